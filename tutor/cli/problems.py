"""`tutor problems …`: look after problem sets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import Annotated

import typer

from tutor.cli.app import Model, ModelServer, NoModel
from tutor.errors import AuthorError
from tutor.problems import InvalidSet, ProblemSet, load_problem_set
from tutor.records import Part, Problem

app = typer.Typer(
    help="Check, list, show and convert problem sets.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Files = Annotated[
    list[Path], typer.Argument(help="Problem sets: .yaml, .json, .csv, .xlsx, Moodle's .xml.", show_default=False)
]


class Exit(IntEnum):
    """What the exit status says."""

    FINE = 0
    FAULTS = 1
    USAGE = 2

    def leave(self) -> typer.Exit:
        """To raise."""
        return typer.Exit(int(self.value))


@app.command()
def check(
    files: Files,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Only read the files; do not verify the worked solutions.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print faults only.")] = False,
) -> None:
    """Check problem sets and verify their worked solutions, line by line.

    Each fault is printed with its file and line. The worked solutions are verified like a student's work: every line
    must be found correct, and the final answer must be the reference answer.

    Exit status: 0 no faults, 1 faults (all are printed), 2 a file is missing or of an unknown kind.
    """
    from tutor.laws.catalogue import catalogue
    from tutor.service.review import solution_faults, unit_faults, worked_lines

    faults = 0
    usable = True
    for fault in catalogue().faults:
        faults += 1
        typer.echo(fault)
    for path in files:
        try:
            loaded = load_problem_set(path)
        except InvalidSet as error:
            faults += len(error.messages)
            typer.echo(str(error))
            continue
        except AuthorError as error:
            usable = False
            typer.echo(str(error), err=True)
            continue
        said = [(problem, at, message) for problem in loaded for _, at, message in unit_faults(problem)]
        if not read_only:
            said += [(problem, at, message) for problem in loaded for _, at, message in solution_faults(problem)]
        found = [f"{loaded.where(problem.id, *at)}: {message}" for problem, at, message in said]
        for remark in loaded.draft.remarks:
            typer.echo(f"{loaded.where(remark.problem_id) if remark.problem_id else path}: {remark.message}")
        faults += len(found)
        for message in found:
            typer.echo(message)
        if not found and not quiet:
            solved = sum(1 for problem in loaded if worked_lines(problem))
            verified = "" if read_only else f", {solved} worked solutions verified"
            typer.echo(f"{path}: {_counted(len(loaded), 'problem')}{verified}")
    if faults and not quiet:
        typer.echo(_counted(faults, "fault"), err=True)
    raise (Exit.USAGE if not usable else Exit.FAULTS if faults else Exit.FINE).leave()


@app.command("list")
def list_(
    files: Files,
    topic: Annotated[str, typer.Option(help="Only problems whose topic contains this.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the problems of sets: id, marks, topic and title."""
    for path in files:
        loaded = _load(path)
        if not as_json:
            typer.echo(f"{path}: {loaded.title}, {_counted(len(loaded), 'problem')}")
        for problem in loaded:
            if topic.lower() not in problem.topic.lower():
                continue
            if as_json:
                row = {"set": loaded.name, "id": problem.id, "title": problem.title, "topic": problem.topic}
                row |= {"level": problem.level, "marks": str(problem.marks)}
                typer.echo(json.dumps(row, ensure_ascii=False))
            else:
                marks = _counted(problem.marks, "mark")
                typer.echo(f"  {problem.id:<28} {marks:<9} {problem.topic:<24} {problem.title}")


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="A problem set.", show_default=False)],
    problem_id: Annotated[str, typer.Argument(metavar="ID", help="The problem's id.", show_default=False)],
    solution: Annotated[bool, typer.Option("--solution/--no-solution", help="With the worked solution.")] = True,
    model: Model = "",
    model_server: ModelServer = "",
    no_model: NoModel = False,
) -> None:
    """Show one problem: what its words give, ask and relate, the answer and the worked solution.

    Physics and most word problems are read by rules. With --model or --model-server that model reads word problems.
    """
    from tutor.cli.statements import in_lines, read_statement, sources
    from tutor.slm.choice import ModelChoice

    try:
        problem = _load(file)[problem_id]
    except AuthorError as error:
        typer.echo(str(error), err=True)
        raise Exit.USAGE.leave() from None
    read = read_statement(problem, ModelChoice(model, model_server, no_model))
    lines = {one.part: list(in_lines(one)) for one in read}
    typer.echo(f"{problem.title or problem.id} ({_counted(problem.marks, 'mark')})")
    for line in (problem.statement, *lines.pop(None, ())):
        typer.echo(line)
    for line in _stated(problem, solution=solution):
        typer.echo(line)
    for part in problem.parts:
        typer.echo(f"({part.id}) {part.statement} ({_counted(part.marks, 'mark')})")
        for line in (*lines.pop(part.id, ()), *_stated(part, solution=solution)):
            typer.echo("    " + line)
    for label, those in lines.items():  # of a part that stands in the statement
        typer.echo(f"({label})")
        for line in those:
            typer.echo("    " + line)
    for line in sources(read):
        typer.echo(line)


def _stated(problem: Problem | Part, *, solution: bool) -> Iterator[str]:
    """What the fields of a problem, or of a part, say."""
    from tutor.syntax.printer import to_text

    if isinstance(problem, Problem) and problem.givens:
        yield "values: " + ", ".join(f"{name} = {value}" for name, value in problem.givens.items())
    if problem.equations:
        yield "read as: " + "; ".join(to_text(equation) for equation in problem.equations)
    if problem.unknowns:
        yield "asked for: " + ", ".join(problem.unknowns)
    if problem.answer is not None:
        yield "answer: " + " or ".join(to_text(form) for form in problem.answer.forms)
    if solution:
        yield from ("  " + line for line in problem.solution)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a problem set, for editors that complete and check YAML and JSON."""
    from tutor.problems.author import json_schema

    typer.echo(json_schema(), nl=False)


@app.command()
def convert(
    source: Annotated[Path, typer.Argument(help="The problem set to read.", show_default=False)],
    target: Annotated[Path, typer.Argument(help="The file to write; its ending names the format.", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
) -> None:
    """Write a problem set in another format: .yaml, .json, .csv or .xlsx."""
    from tutor.problems.formats import format_of

    loaded = _load(source)
    try:
        data = format_of(target).write(loaded.draft.content)
    except AuthorError as error:
        typer.echo(f"{target} {error}", err=True)
        raise Exit.USAGE.leave() from None
    if target.exists() and not force:
        typer.echo(f"{target} exists; --force replaces it", err=True)
        raise Exit.USAGE.leave()
    target.write_bytes(data)
    typer.echo(f"{target}: {_counted(len(loaded), 'problem')}")


@app.command()
def similar(
    named: Annotated[
        str, typer.Argument(metavar="SET#ID|STATEMENT", help="A problem of a set, or a statement in quotes.")
    ],
    seed: Annotated[int, typer.Option(help="Another seed finds other numbers.")] = 0,
    count: Annotated[int, typer.Option(min=1, max=100, help="How many are wanted.")] = 1,
) -> None:
    """Make problems of the same kind with other numbers; each answer is verified.

    Exit status: 0 as many as wanted, 1 fewer, since none was found whose answer could be verified, 2 no such problem.
    """
    from tutor.cli.check import problem_named
    from tutor.problems import problem_from_statement
    from tutor.solve.similar import similar as find

    try:
        problem = problem_named(named) if ".yaml#" in named.lower() else problem_from_statement(named)
    except AuthorError as error:
        typer.echo(str(error), err=True)
        raise Exit.USAGE.leave() from None
    seen: set[str] = set()
    for tried in range(seed, seed + 3 * count):
        found = find(problem, tried)
        if found is None or found.statement in seen:
            continue
        seen.add(found.statement)
        typer.echo(f"{found.statement}\n  answer: {'; '.join(found.answers)}")
        if len(seen) == count:
            return
    typer.echo("no similar problem was found whose answer could be verified", err=True)
    raise Exit.FAULTS.leave()


def _load(path: Path) -> ProblemSet:
    try:
        return load_problem_set(path)
    except InvalidSet as error:
        typer.echo(str(error), err=True)
        raise Exit.FAULTS.leave() from None
    except AuthorError as error:
        typer.echo(str(error), err=True)
        raise Exit.USAGE.leave() from None


def _counted(number: object, thing: str) -> str:
    return f"{number} {thing}" if str(number) == "1" else f"{number} {thing}s"
