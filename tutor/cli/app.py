"""The command `tutor`: check one piece of work, mark a class, look after problem sets.

Commands import what they need when they run, so that `tutor check` starts at once.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from tutor import __version__
from tutor.errors import StudentError, TutorError

USAGE = 2
SOME_NOT_MARKED = 1
INTERRUPTED = 130
LAZY = {  # commands of commands
    "problems": "tutor.cli.problems",
    "model": "tutor.cli.model",
    "db": "tutor.cli.store",
    "admin": "tutor.cli.admin",
}


class LazyGroup(TyperGroup):
    """Commands whose module is loaded when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, those of lazy commands included."""
        names = super().list_commands(ctx)
        return [*names[:2], *LAZY, *names[2:]]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, loaded now if it is a lazy one."""
        if cmd_name in LAZY:
            command = typer.main.get_command(import_module(LAZY[cmd_name]).app)
            command.name = cmd_name  # the list of commands prints it
            return command
        return super().get_command(ctx, cmd_name)


app = typer.Typer(
    name="tutor",
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Checks a student's own mathematics, line by line: says where it first goes wrong, and why.",
)

NoColor = Annotated[bool, typer.Option("--no-color", envvar="TUTOR_NO_COLOR", help="Plain text, no colours.")]
Gradebook = Annotated[
    str,
    typer.Option(
        "--gradebook",
        envvar="TUTOR_GRADEBOOK",
        help="Your own export of the gradebook of Canvas or Moodle (CSV): a copy of it is written beside the results, "
        "the marks in one column and all else as it was.",
    ),
]
Column = Annotated[
    str,
    typer.Option(
        "--column",
        envvar="TUTOR_COLUMN",
        help="The column of the gradebook that the marks go into; one that is not there is added. The default is the "
        "title of the problem set.",
    ),
]
Overrides = Annotated[
    str,
    typer.Option(
        "--overrides",
        metavar="FILE.csv",
        help="Marks given by hand: a table with id (or student and problem), mark, why. Both marks are shown, and the "
        "table is kept beside the results, so that later runs find it again.",
    ),
]
Model = Annotated[
    str,
    typer.Option(
        "--model",
        envvar="TUTOR_MODEL",
        help="The language model that reads lines in words: a folder, or an id of the hub such as microsoft/phi-2. "
        "Without one, the model that comes with the program.",
    ),
]
ModelServer = Annotated[
    str,
    typer.Option(
        "--model-server",
        envvar="TUTOR_MODEL_SERVER",
        help="The address of an OpenAI-compatible server that runs it, such as http://localhost:8000/v1.",
    ),
]
NoModel = Annotated[
    bool, typer.Option("--no-model", envvar="TUTOR_NO_MODEL", help="Leave lines in words as words; ask no model.")
]
Opinions = Annotated[
    bool,
    typer.Option(
        "--opinions",
        envvar="TUTOR_OPINIONS",
        help="Ask the language model what it thinks of every line, not of undecided ones alone. Its opinion stands "
        "beside the verdict and changes none.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", envvar="TUTOR_QUIET", help="Write the files, print nothing.")]


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="The work: a text file, or - for what is typed or piped in.")] = "-",
    problem: Annotated[
        str,
        typer.Option(
            "--problem",
            "-p",
            envvar="TUTOR_PROBLEM",
            help='What it is about: the statement ("Solve 2x + 3 = 7"), or one of a set (linear.yaml#brackets-1).',
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help='A stream: one {"id", "problem", "work"} a line in, one report a line out; a bad line gets an error '
            "object and the stream goes on.",
        ),
    ] = False,
    hints: Annotated[
        int,
        typer.Option(
            "--hints",
            min=0,
            max=4,
            help="How much help with a wrong line: 1 to 3 hints, each more direct; 4 also says what would mend it.",
        ),
    ] = 1,
    model: Model = "",
    model_server: ModelServer = "",
    no_model: NoModel = False,
    opinions: Opinions = False,
    no_color: NoColor = False,
) -> None:
    """Check one piece of work and print a verdict with its reason for every line.

    **Examples**

    `tutor check work.txt --problem "Solve 2x + 3 = 7"`

    `tutor check work.txt --problem problem_sets/linear_equations.yaml#ID`

    `echo "20 * 3 = 50" | tutor check`

    `tutor check --jsonl < rows.jsonl > reports.jsonl`

    Exit status: 0 the work was read, 1 it (or a row of the stream) could not be, 2 wrong usage.
    """
    from tutor.cli.check import check_one, check_stream
    from tutor.slm.choice import ModelChoice

    choice = ModelChoice(model, model_server, no_model)
    if jsonl:
        raise typer.Exit(check_stream(file, problem, choice, opinions=opinions))
    raise typer.Exit(
        check_one(file, problem, choice, as_json=as_json, color=not no_color, hints=hints, opinions=opinions)
    )


@app.command()
def grade(
    problem_set: Annotated[
        str, typer.Argument(metavar="PROBLEM_SET", help="The problems: a YAML, JSON, CSV or XLSX file.")
    ],
    submissions: Annotated[
        str,
        typer.Argument(
            metavar="SUBMISSIONS",
            help="What was handed in: a table (.csv, .jsonl, .parquet, .xlsx) with the columns id, student, problem, "
            "work; a folder per student; or the ZIP that Moodle or Canvas hands out.",
        ),
    ],
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            envvar="TUTOR_OUTPUT",
            help="Where to write: a folder for everything (the default is results/SET-SUBMISSIONS), or files whose "
            "ending says what they hold: results.jsonl, marks.csv, errors.csv, review.csv, x.html, x.parquet, "
            "moodle.csv, results.json (Gradescope, one student), x.zip (Gradescope, a results.json for each). May be "
            "given several times.",
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=0, envvar="TUTOR_JOBS", help="Processes; 0 is one a core.")
    ] = 0,
    timeout: Annotated[
        float, typer.Option(min=0.1, envvar="TUTOR_TIMEOUT", help="Seconds for one submission before it is given up.")
    ] = 30.0,
    limit: Annotated[
        int | None, typer.Option(min=0, envvar="TUTOR_LIMIT", help="Mark only the first so many rows.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(envvar="TUTOR_ONLY", help='Mark only rows whose problem, student or id fits, such as "linear-*".'),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(envvar="TUTOR_EXCLUDE", help="Leave out rows whose problem, student or id fits.")
    ] = None,
    shard: Annotated[
        str,
        typer.Option(
            envvar="TUTOR_SHARD", help="Mark part i of n, such as 2/8, for several machines; `tutor marks` joins them."
        ),
    ] = "",
    seed: Annotated[int, typer.Option(envvar="TUTOR_SEED", help="Of whatever is drawn at random; results say it.")] = 0,
    fresh: Annotated[
        bool, typer.Option("--fresh", envvar="TUTOR_FRESH", help="Forget earlier results and mark all again.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", envvar="TUTOR_DRY_RUN", help="Say what would be marked, and mark nothing.")
    ] = False,
    overrides: Overrides = "",
    gradebook: Gradebook = "",
    column: Column = "",
    causes: Annotated[
        bool,
        typer.Option(
            "--causes/--no-causes",
            help="Look for the cause of each wrong line, and give hints. Verdicts and marks are the same without, and "
            "a class of thousands is marked several times faster.",
        ),
    ] = True,
    model: Model = "",
    model_server: ModelServer = "",
    no_model: NoModel = False,
    opinions: Opinions = False,
    quiet: Quiet = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", "-v", envvar="TUTOR_VERBOSE", help="Print every line's verdict for large classes too."
        ),
    ] = False,
    no_color: NoColor = False,
) -> None:
    """Mark what a class handed in: a verdict and a reason for every line, marks and a report in files.

    A run may be stopped at any moment: the same command goes on where it was, and marks again only what has changed.

    **Examples**

    `tutor grade problem_sets/linear_equations.yaml problem_sets/samples/linear_equations/submissions.csv`

    `tutor grade set.yaml moodle.zip -o out/`

    `tutor grade set.yaml class.xlsx -o marks.csv -o report.html --jobs 4`

    Exit status: 0 every row was marked, 1 some could not be (errors.csv lists them), 2 wrong usage, 130 interrupted.
    """
    from tutor.cli.grade import Asked, grade_class
    from tutor.slm.choice import ModelChoice

    asked = Asked(
        problem_set, submissions, tuple(output or ()), jobs, timeout, limit, tuple(only or ()), tuple(exclude or ()),
        shard, seed, fresh, dry_run, quiet, verbose, not no_color, overrides, causes,
        ModelChoice(model, model_server, no_model, seed), opinions, gradebook, column,
    )  # fmt: skip
    raise typer.Exit(grade_class(asked))


@app.command()
def solve(
    problem: Annotated[
        str,
        typer.Argument(
            metavar="PROBLEM",
            help="A problem of physics: its statement, a set (mechanics.yaml), or one problem of it "
            "(mechanics.yaml#skier).",
        ),
    ],
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Problems of the set; without any, all of them.")
    ] = None,
    part: Annotated[str, typer.Option("--part", help="Only this part of a problem, such as b.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a problem.")] = False,
    model: Model = "",
    model_server: ModelServer = "",
    no_model: NoModel = False,
    no_color: NoColor = False,
) -> None:
    """Solve problems of physics from their statements: what is given and asked, a worked solution, the answer.

    An answer is given only where the whole statement is understood and the laws lead to one value;
    otherwise it says what was not understood. Of a problem that is none of physics it says what is given and asked.

    **Examples**

    `tutor solve "A car accelerates from rest at 2.0 m/s² for 6.0 s. Find its final speed."`

    `tutor solve problem_sets/physics_kinematics.yaml`

    `tutor solve problem_sets/physics_kinematics.yaml bus --part a --json`

    Exit status: 0 all were solved, 1 some could not be, 2 wrong usage.
    """
    from tutor.cli.solve import solve_problems
    from tutor.slm.choice import ModelChoice

    choice = ModelChoice(model, model_server, no_model)
    raise typer.Exit(solve_problems(problem, tuple(ids or ()), part, choice, as_json=as_json, color=not no_color))


@app.command()
def evaluate(
    data: Annotated[
        str,
        typer.Argument(
            metavar="DATA.jsonl",
            help="Labelled solutions, one JSON object a line: problem, solution_steps, first_error_step, "
            "solution_correct, error_type, reference_answer, reference_solution.",
        ),
    ],
    reference: Annotated[
        str, typer.Option("--reference", help="with, without or both: the reference answer and worked solution.")
    ] = "both",
    model: Annotated[
        str, typer.Option("--model", help="with, without or both: the language model that reads lines in words.")
    ] = "without",
    limit: Annotated[int | None, typer.Option(min=0, help="Check only the first so many rows.")] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=0, envvar="TUTOR_JOBS", help="Processes; 0 is one a core.")
    ] = 0,
    rows: Annotated[bool, typer.Option("--rows", help="List the rows, too; in the table those that differ.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    no_color: NoColor = False,
) -> None:
    """Check labelled solutions and print how often the first line called wrong is the labelled one.

    **Examples**

    `tutor evaluate labelled.jsonl`

    `tutor evaluate labelled.jsonl --reference without --json > figures.json`
    """
    from tutor.cli.evaluate import evaluate_file

    raise typer.Exit(
        evaluate_file(data, reference, model, limit=limit, jobs=jobs, rows=rows, as_json=as_json, color=not no_color)
    )


@app.command()
def marks(
    results: Annotated[
        list[str], typer.Argument(metavar="RESULTS...", help="One or more results.jsonl, as `grade` wrote them.")
    ],
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", envvar="TUTOR_OUTPUT", help="As for `grade`; the default is beside the results."
        ),
    ] = None,
    problem_set: Annotated[
        str,
        typer.Option("--problem-set", help="Redo the marks by this set's marks and rules, from the stored evidence."),
    ] = "",
    overrides: Overrides = "",
    gradebook: Gradebook = "",
    column: Column = "",
    quiet: Quiet = False,
    no_color: NoColor = False,
) -> None:
    """Write marks, tables and the report again from stored results; nothing is checked anew.

    **Examples**

    `tutor marks results/class/results.jsonl`

    `tutor marks part1/results.jsonl part2/results.jsonl -o whole/`

    `tutor marks results/class/results.jsonl --problem-set set.yaml -o marks.csv`

    `tutor marks results/class/results.jsonl --overrides by_hand.csv`

    `tutor marks results/class/results.jsonl --gradebook canvas_export.csv --column "Test 1"`
    """
    from tutor.cli.grade import redo_marks

    where = tuple(output or ())
    raise typer.Exit(
        redo_marks(results, where, problem_set, overrides, gradebook, column, quiet=quiet, color=not no_color)
    )


@app.command()
def train(
    folder: Annotated[str, typer.Argument(help="Where weights, card, curve and checkpoints are written.")],
    name: Annotated[str, typer.Option("--name", help="What the model is called wherever its readings are shown.")] = "",
    lines: Annotated[int, typer.Option("--lines", min=1, help="Lines of the textbook to write and train on.")] = 75_000,
    passes: Annotated[int, typer.Option("--passes", min=1, help="Times that training goes over them.")] = 1,
    seed: Annotated[int, typer.Option("--seed", help="Everything drawn at random follows from it.")] = 1,
    hidden: Annotated[int, typer.Option("--hidden", min=64, help="Width of the model; a multiple of 64.")] = 192,
    layers: Annotated[int, typer.Option("--layers", min=1, help="Depth of the model.")] = 4,
    device: Annotated[str, typer.Option("--device", help="cpu or cuda; a GPU where there is one.")] = "",
    threads: Annotated[
        int, typer.Option("--threads", min=1, help="Threads of the CPU; more is slower on a busy one.")
    ] = 1,
    checked: Annotated[
        int, typer.Option("--checked", min=1, help="Lines that each score of the card is taken on.")
    ] = 1_000,
    no_color: NoColor = False,
) -> None:
    """Train the model that reads lines in words, from nothing, on lines that the program writes itself.

    A run that was stopped goes on where it was with the same command.

    **Examples**

    `tutor train reader --lines 160000 --passes 2`

    `tutor train reader --lines 2000000 --hidden 384 --layers 6 --device cuda`
    """
    from tutor.cli.train import train as run
    from tutor.training.train import Recipe

    if hidden % 64:
        raise typer.BadParameter(f"{hidden} is no multiple of 64.", param_hint="--hidden")
    recipe = Recipe(lines=lines, passes=passes, seed=seed, hidden=hidden, layers=layers)
    run(folder, recipe, name, device, threads, checked, color=not no_color)


@app.command()
def serve(
    host: Annotated[
        str,
        typer.Option(
            envvar="TUTOR_HOST", help="Where to listen: 127.0.0.1 is this computer alone, 0.0.0.0 the whole network."
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, envvar="TUTOR_PORT", help="The port.")] = 8501,
    store: Annotated[
        str,
        typer.Option(
            envvar="TUTOR_STORE",
            metavar="URL",
            help="The database: sqlite:///tutor.db (the usual one), or postgresql://user@host/database.",
        ),
    ] = "",
    processes: Annotated[
        int, typer.Option(min=0, envvar="TUTOR_PROCESSES", help="That check work side by side; 0 is one a core.")
    ] = 0,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the site in the browser.")] = True,
    proxy: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            envvar="FORWARDED_ALLOW_IPS",
            help="The address of a reverse proxy whose X-Forwarded-For and X-Forwarded-Proto are believed.",
        ),
    ] = "",
    model: Model = "",
    model_server: ModelServer = "",
    no_model: NoModel = False,
) -> None:
    """Open the site: students work in the browser, teachers upload problem sets and watch their classes.

    **Examples**

    `tutor serve`

    `tutor serve --host 0.0.0.0 --port 8080 --store sqlite:////srv/tutor/school.db --no-open`

    `tutor serve --store postgresql://tutor@db/tutor --proxy 10.0.0.1`
    """
    from tutor.cli.serve import Asked, serve
    from tutor.slm.choice import ModelChoice

    serve(Asked(host, port, store, processes, open_browser, proxy, ModelChoice(model, model_server, no_model)))


@app.command()
def doctor() -> None:
    """Say which versions and optional parts are here, and whether a line of work can be checked."""
    from tutor.cli.doctor import examine

    raise typer.Exit(examine())


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"showwork-tutor {__version__}")


def main() -> None:
    """Run the command; messages for people come without a traceback."""
    try:
        app()
    except TutorError as error:
        typer.echo(str(error), err=True)
        sys.exit(SOME_NOT_MARKED if isinstance(error, StudentError) else USAGE)


if __name__ == "__main__":
    main()
