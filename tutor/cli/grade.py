"""`tutor grade` and `tutor marks`: a class from submissions to files."""

from __future__ import annotations

import functools
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.batch.outcome import described
from tutor.batch.overrides import Overrides, read_overrides, strangers
from tutor.batch.pool import CannotStart, Pool, Trouble, usual_jobs
from tutor.batch.readers import read_submissions
from tutor.batch.run import Progress, Run, Settings, beside, chosen, read_times
from tutor.batch.store import read_result, read_results
from tutor.cli.output import console
from tutor.errors import AuthorError, ModelError
from tutor.report.gradebooks import entries, fill, moodle_table, write_gradescope_archive
from tutor.report.machine import from_json, override_to_json, to_json
from tutor.report.page import ONE_FILE, About, StudentPage, WriteStudent, write_html
from tutor.report.summary import ClassSummary
from tutor.report.tables import write_errors, write_gradescope, write_marks, write_parquet, write_review
from tutor.report.terminal import show_report, show_summary
from tutor.slm.choice import BUNDLED, ModelChoice, bundled_version
from tutor.slm.standby import Standby

if TYPE_CHECKING:
    from rich.console import Console

    from tutor.problems import ProblemSet
    from tutor.records import Problem
    from tutor.slm.jobs import Backend

INTERRUPTED = 130
NO_MODEL = ModelChoice(off=True)
REFRESH_S = 0.1
REPLIES = "model_replies.jsonl"
IN_A_FOLDER = ("marks.csv", "errors.csv", "review.csv", "report.html")
# What the processes share from the start, so that a new one is there at once.
PRELOAD = ("tutor.pipeline", "tutor.report", "tutor.batch.run", "tutor.cli.grade", "tutor.problems")


@dataclass(frozen=True, slots=True)
class Asked:
    """The command line of `tutor grade`."""

    problem_set: str
    submissions: str
    output: tuple[str, ...] = ()
    jobs: int = 0
    timeout: float = 30.0
    limit: int | None = None
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    shard: str = ""
    seed: int = 0
    fresh: bool = False
    dry_run: bool = False
    quiet: bool = False
    verbose: bool = False
    color: bool = True
    overrides: str = ""
    causes: bool = True
    model: ModelChoice = NO_MODEL
    opinions: bool = False
    gradebook: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Outputs:
    """The results file, and the other files to write with what each holds."""

    results: Path
    files: tuple[tuple[str, Path], ...]


def kind_of(path: Path) -> str:
    """What a file is to hold, by its ending and, for CSV, its name.

    >>> [kind_of(Path(x)) for x in ("a.html", "class-errors.csv", "algebra.csv", "moodle.csv", "results.json")]
    ['html', 'errors', 'marks', 'moodle', 'gradescope']

    Raises:
        AuthorError: the ending is none of those that are known.
    """
    match path.suffix.lower():
        case ".csv":
            return next((k for k in ("errors", "review", "moodle") if k in path.stem.lower()), "marks")
        case ".html" | ".htm":
            return "html"
        case ".json":
            return "gradescope"
        case ".zip":
            return "gradescope archive"
        case ".parquet" | ".jsonl":
            return path.suffix[1:].lower()
        case _:
            raise AuthorError(
                f"-o {path}: the ending is to be .jsonl, .csv, .html, .parquet, .json or .zip, or name a folder"
            )


def outputs(asked: Sequence[str], usual: Path) -> Outputs:
    """Where everything goes. A folder gets it all; without one, results are kept in the usual folder."""
    results: Path | None = None
    files: list[tuple[str, Path]] = []
    for text in asked:
        path = Path(text)
        if text.endswith("/") or path.is_dir() or not path.suffix:
            results = path / "results.jsonl"
            files += [(kind_of(Path(n)), path / n) for n in IN_A_FOLDER]
        elif kind_of(path) == "jsonl":
            results = path
        else:
            files.append((kind_of(path), path))
    if results is None:
        results = usual / "results.jsonl"
        if not files:
            files = [(kind_of(Path(n)), usual / n) for n in IN_A_FOLDER]
    if "errors" not in {k for k, _ in files}:
        files.append(("errors", beside(results, "errors.csv")))
    return Outputs(results, tuple(files))


def _shard(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    found = re.fullmatch(r"(\d+)/(\d+)", text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise AuthorError(f'--shard "{text}": write i/n with i from 1 to n, such as 2/8')
    return int(found[1]), int(found[2])


def _safe_stem(path: Path) -> str:
    return re.sub(r"[^\w.-]+", "-", path.resolve().stem) or "class"


def grade_class(asked: Asked) -> int:
    """Mark the class and write its files; the exit status."""
    from tutor.pipeline import grade_submission
    from tutor.problems import load_problem_set

    problem_set = load_problem_set(Path(asked.problem_set))
    if not asked.causes:
        plain = {name: replace(problem, feedback=False) for name, problem in problem_set.problems.items()}
        problem_set = replace(problem_set, problems=plain)
    submissions = Path(asked.submissions)
    shard = _shard(asked.shard)
    # Both names, so that the same class on another set does not take this one's place.
    usual = Path("results") / f"{_safe_stem(Path(asked.problem_set))}-{_safe_stem(submissions)}"
    where = outputs(asked.output, usual if shard is None else usual.with_name(f"{usual.name}-{shard[0]}of{shard[1]}"))
    settings = Settings(
        asked.jobs or usual_jobs(),
        asked.timeout,
        asked.seed,
        asked.limit,
        asked.only,
        asked.exclude,
        shard,
        asked.fresh,
    )
    names = list(problem_set.problems)
    out = console(color=asked.color)
    if asked.dry_run:
        return _dry_run(problem_set, submissions, settings, where, out)
    notes = console(color=asked.color, stderr=True)
    showing = notes.is_terminal and not asked.quiet
    total = sum(1 for _ in read_submissions(submissions, names)) if showing else None
    run = Run(
        problem_set.problems,
        where.results,
        settings,
        to_json,
        grade_submission,
        _about(problem_set, asked),
        PRELOAD,
    )
    try:
        model = with_model(run, asked, names, notes)
        with _Bar(notes if showing else None, total) as bar:
            run.watch = bar.show
            progress = run.go(read_submissions(submissions, names))
        if model is not None:
            with_opinions(run, asked, model, notes)
    except KeyboardInterrupt:
        notes.print(
            f"\nStopped. What is marked is kept in {where.results}; the same command goes on from there.",
            soft_wrap=True,
        )
        return INTERRUPTED
    except CannotStart as error:
        raise AuthorError(str(error)) from None
    return _finish(where, names, run, progress, asked, out)


def with_model(run: Run, asked: Asked, names: Sequence[str], notes: Console) -> Backend | None:
    """Give the run a model that reads the lines in words; the model that is still to be asked for opinions.

    The bundled model is small, and each process has its own. Any other one is asked for the whole class: what the lines
    say before the marking, what it thinks of them afterwards.
    """
    from tutor.pipeline import grade_submission

    if asked.model.off:
        return None
    model = Standby(asked.model)
    if asked.model.spec == BUNDLED:
        try:
            run.reader = bundled_version()  # and not opened here: its threads would make forks unsafe
        except ModelError as error:
            notes.print(f"Lines in words are left as they are: {error}", soft_wrap=True, markup=False)
            return None
        run.reader += ", opinions on every line" if asked.opinions else ""
        run.grade = functools.partial(grade_submission, model=model, opinions=_which(asked))
        return None
    backend = model.backend()
    if backend is None:
        notes.print(f"Lines in words are left as they are: {model.fault}", soft_wrap=True, markup=False)
        return None
    run.reader = backend.model + (", opinions on every line" if asked.opinions else "")
    from tutor.batch.prose import lines_left, read_or_say_why

    rows = (row for row, wanted in chosen(read_submissions(Path(asked.submissions), names), run.settings) if wanted)
    with _Bar(notes if notes.is_terminal and not asked.quiet else None, None, "reading") as bar:
        kept = beside(run.results, REPLIES)
        recall, fault = read_or_say_why(lines_left(rows, run.problems), backend, kept, bar.count)
    if fault:
        notes.print(f"Some lines in words are left as they are: {fault}", soft_wrap=True, markup=False)
    run.grade = functools.partial(grade_submission, model=recall, opinions="none")
    return backend


def with_opinions(run: Run, asked: Asked, model: Backend, notes: Console) -> None:
    """Ask the model of the lines of the whole class, and put its opinions into the results."""
    from tutor.batch.opinions import add_opinions

    with _Bar(notes if notes.is_terminal and not asked.quiet else None, None, "asking") as bar:
        kept = beside(run.results, REPLIES)
        fault = add_opinions(run.results, run.problems, model, _which(asked), kept, bar.count)
    if fault:
        notes.print(f"Some lines have no opinion: {fault}", soft_wrap=True, markup=False)


def _which(asked: Asked) -> str:
    """The lines of which a model is asked what it thinks."""
    return "every" if asked.opinions else "undecided"


def _about(problem_set: ProblemSet, asked: Asked) -> dict[str, Any]:
    return {
        "problem_set": {"file": asked.problem_set, "title": problem_set.title, "sha256": problem_set.sha256},
        "submissions": asked.submissions,
        "problems": described(problem_set.problems),
    }


def _finish(where: Outputs, names: Sequence[str], run: Run, progress: Progress, asked: Asked, out: Console) -> int:
    by_hand = given_by_hand((where.results,), asked.overrides)
    reports = StoredReports((where.results,), overrides=by_hand)
    summary = ClassSummary.of(reports, names)
    keep_given(by_hand, where.results, summary, out)
    if not asked.quiet and (asked.verbose or summary.rows < ONE_FILE):
        for record in reports:
            show_report(record, out)
    about = _about_page(run.manifest)
    written = write_files(where.files, reports, summary, about, jobs=run.settings.jobs)
    folder = where.results.parent
    written += fill_gradebook(asked.gradebook, asked.column, reports, about, folder, out, quiet=asked.quiet)
    if not asked.quiet:
        show_summary(
            summary,
            out,
            seconds=progress.seconds,
            done=progress.done,
            times=read_times(run.times) if progress.done else {},
            kept=progress.kept,
        )
        if progress.passed_over:
            out.print(f"{'left out':<16}{progress.passed_over} (by --limit, --only, --exclude or --shard)")
        if progress.dropped:
            out.print(f"{'dropped':<16}{progress.dropped} stored results that belong to no row any more")
        out.print(f"{'written':<16}{', '.join(map(str, [where.results, *written]))}", soft_wrap=True)
    return 1 if summary.not_marked else 0


def _dry_run(problem_set: ProblemSet, submissions: Path, settings: Settings, where: Outputs, out: Console) -> int:
    counts: Counter[str] = Counter()
    bad: list[str] = []
    blank = rows = left_out = 0
    for row, wanted in chosen(read_submissions(submissions, list(problem_set.problems)), settings):
        rows += 1
        if not wanted:
            left_out += 1
        elif row.status:
            bad.append(f"{row.where or row.submission.id}: {row.message}")
        else:
            counts[row.submission.problem] += 1
            blank += not row.submission.work.strip()
    out.print(f"{rows} rows in {submissions}; {sum(counts.values())} would be marked, {blank} of them blank.")
    for name, problem in problem_set.problems.items():
        if counts[name]:
            out.print(f"{counts[name]:>8}  {name}  {problem.title}")
    if left_out:
        out.print(f"{left_out:>8}  left out by --limit, --only, --exclude or --shard")
    if bad:
        out.print(f"{len(bad):>8}  cannot be marked:")
        for message in bad[:20]:
            out.print(f"          {message}", soft_wrap=True)
        if len(bad) > 20:
            out.print(f"          … and {len(bad) - 20} more")
    out.print(f"Nothing was marked. Results would go to {where.results}.", soft_wrap=True)
    return 0


# ---------------------------------------------------------------- files from stored results


@dataclass(frozen=True)
class StoredReports:
    """The reports of one or more results files, in the order of the files, never all of them at once.

    problems: marks are given by these, from the stored evidence, where there are some. overrides: marks that people
    gave, which stand beside the program's.
    """

    paths: tuple[Path, ...]
    problems: Mapping[str, Problem] | None = None
    overrides: Overrides | None = None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each report once."""
        for _, report in self.placed():
            yield report

    def placed(self) -> Iterator[tuple[tuple[int, int], dict[str, Any]]]:
        """Each report with where it is."""
        for i, path in enumerate(self.paths):
            for offset, record in read_results(path):
                yield (i, offset), self._marked(record)

    def at(self, place: tuple[int, int]) -> dict[str, Any]:
        """The report at a place."""
        return self._marked(read_result(self.paths[place[0]], place[1]))

    def _marked(self, record: dict[str, Any]) -> dict[str, Any]:
        problem = (self.problems or {}).get(record.get("problem") or "")
        if problem is not None and record["steps"]:
            record = _marked_again(record, problem)
        override = self.overrides.of(record) if self.overrides is not None else None
        return record if override is None else record | {"override": override_to_json(override)}


def given_by_hand(results: Sequence[Path], file: str) -> Overrides:
    """The marks that people gave: those kept beside the results, and those of a file, which come after them.

    Raises:
        AuthorError: a table that cannot be understood.
    """
    found = Overrides()
    for path in results:
        kept = beside(path, "overrides.csv")
        if kept.is_file():
            found.add(read_overrides(kept))
    if file:
        found.add(read_overrides(Path(file)))
    return found


def keep_given(overrides: Overrides, results: Path, summary: ClassSummary, out: Console) -> None:
    """Store them beside the results, so that the next run finds them; say which belong to no submission."""
    if not overrides.entries:
        return
    overrides.write(beside(results, "overrides.csv"))
    ids = [cell.row for cells in summary.marks.values() for cell in cells.values()]
    for sentence in strangers(overrides, ids, summary.marks):
        out.print(sentence, soft_wrap=True, markup=False)


def _marked_again(record: dict[str, Any], problem: Problem) -> dict[str, Any]:
    """The same evidence with the marks that the problem gives now."""
    from tutor.marking import mark_problem

    report = from_json(record)
    found = {a.part: a for a in report.parts}
    answers = tuple((p, found.get(p.id)) for p in problem.parts) if problem.parts else ((None, report.answer),)
    again = replace(report, mark=mark_problem(list(report.steps), problem, answers))
    return record | {"mark": to_json(again)["mark"]}


def write_files(
    files: Sequence[tuple[str, Path]],
    reports: StoredReports,
    summary: ClassSummary,
    about: About,
    jobs: int = 1,
) -> list[Path]:
    """Write each file; returns their paths."""
    for kind, path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        match kind:
            case "marks":
                write_marks(path, summary)
            case "errors":
                write_errors(path, summary)
            case "review":
                write_review(path, summary)
            case "html":
                write_html(path, reports, summary, about, functools.partial(_in_processes, jobs))
            case "parquet":
                write_parquet(path, reports)
            case "gradescope":
                write_gradescope(path, reports)
            case "gradescope archive":
                with path.open("wb") as file:
                    write_gradescope_archive(file, reports)
            case "moodle":
                path.write_bytes(moodle_table(entries(reports), about.title))
            case _:
                raise ValueError(kind)
    return [path for _, path in files]


def fill_gradebook(
    export: str, column: str, reports: StoredReports, about: About, folder: Path, out: Console, *, quiet: bool
) -> list[Path]:
    """Put the marks into a column of the teacher's export, in a copy of it; the copy's path, where there is one.

    Raises:
        AuthorError: it is no gradebook, or has nobody who was marked.
    """
    if not export:
        return []
    source = Path(export)
    if not source.is_file():
        raise AuthorError(f"there is no gradebook {source}")
    found = fill(source.read_bytes(), column or about.title, entries(reports))
    path = folder / f"gradebook-{source.name}"
    path.write_bytes(found.data)
    if not quiet:
        for sentence in found.in_words():
            out.print(f"{'gradebook':<16}{sentence}", soft_wrap=True, markup=False)
    return [path]


def _in_processes(jobs: int, write: WriteStudent, pages: Iterable[StudentPage]) -> None:
    """The pages of a large class, written by as many processes as marked it."""
    with Pool(functools.partial(_same, write), jobs, timeout=60.0, preload=PRELOAD, chunk_rows=20) as pool:
        for some in pool.results(pages):
            for page, result in some:
                if isinstance(result, Trouble):
                    raise AuthorError(f"the page of {page.name} could not be written: {result.message}")


def _same(write: WriteStudent) -> WriteStudent:
    return write


def _about_page(manifest: Path) -> About:
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return About("Class report", {})
    set_ = found.get("problem_set", {})
    made = f"Program {found.get('program', '')}, problem set {str(set_.get('sha256', ''))[:24]}."
    return About(set_.get("title") or Path(set_.get("file", "Class report")).stem, found.get("problems", {}), made)


def redo_marks(
    results: Sequence[str],
    output: Sequence[str],
    problem_set: str,
    overrides: str = "",
    gradebook: str = "",
    column: str = "",
    *,
    quiet: bool,
    color: bool,
) -> int:
    """Write marks, tables and the page from stored results; the exit status."""
    from tutor.problems import load_problem_set

    paths = tuple(p / "results.jsonl" if p.is_dir() else p for p in map(Path, results))
    for path in paths:
        if not path.is_file():
            raise AuthorError(f"there is no results file {path}")
    problems = load_problem_set(Path(problem_set)).problems if problem_set else None
    where = outputs(output, paths[0].parent)
    about = _about_page(beside(paths[0], "manifest.json"))
    names = list(problems or about.problems)
    by_hand = given_by_hand(paths, overrides)
    reports = StoredReports(paths, problems, by_hand)
    summary = ClassSummary.of(reports, names)
    out = console(color=color)
    keep_given(by_hand, paths[0], summary, out)
    written = write_files(where.files, reports, summary, about, usual_jobs())
    written += fill_gradebook(gradebook, column, reports, about, where.results.parent, out, quiet=quiet)
    if not quiet:
        show_summary(summary, out, seconds=0, done=0, times={}, kept=0)
        earned = sum((p.earned for p in summary.problems.values()), Fraction(0))
        available = sum((p.available for p in summary.problems.values()), Fraction(0))
        out.print(f"{'marks':<16}{float(earned):g} of {float(available):g}")
        out.print(f"{'written':<16}{', '.join(map(str, written))}", soft_wrap=True)
    return 1 if summary.not_marked else 0


# ---------------------------------------------------------------- progress


class _Bar:
    """A progress bar with rate and time left, drawn by the main thread: a second one would make forks unsafe."""

    def __init__(self, notes: Console | None, total: int | None, what: str = "marking") -> None:
        self.notes = notes
        self.total = total
        self.what = what
        self._last = 0.0

    def __enter__(self) -> _Bar:
        if self.notes is not None:
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._progress = Progress(
                TextColumn(self.what), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(), console=self.notes, auto_refresh=False, transient=True,
            )  # fmt: skip
            self._task = self._progress.add_task("", total=self.total, rate="")
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.notes is not None:
            self._progress.stop()

    def show(self, progress: Progress, _lines: list[bytes]) -> None:
        """Draw, at most ten times a second."""
        now = time.monotonic()
        if self.notes is None or now - self._last < REFRESH_S:
            return
        self._last = now
        rate = f"{progress.done / progress.seconds:.0f}/s" if progress.seconds else ""
        known = progress.done + progress.kept + progress.passed_over
        self._progress.update(self._task, completed=known, rate=rate)
        self._progress.refresh()

    def count(self, done: int, total: int) -> None:
        """Draw so many of so many."""
        if self.notes is not None:
            self._progress.update(self._task, completed=done, total=total)
            self._progress.refresh()
