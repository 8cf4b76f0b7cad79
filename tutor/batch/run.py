"""A class marked from beginning to end: which rows are to be done, who does them, and where what they give is kept."""

from __future__ import annotations

import csv
import fnmatch
import functools
import hashlib
import io
import json
import platform
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import IO, Any

from tutor import __version__
from tutor.batch.outcome import Grade, graded, unmarked
from tutor.batch.pool import Pool, Trouble
from tutor.batch.rows import Row, in_shard
from tutor.batch.store import CONTENT, Results
from tutor.records import Problem, Report

Encode = Callable[[Report], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is told. only, exclude: patterns for a row's problem, student or id. shard: (i, n), i from 1."""

    jobs: int = 1
    timeout: float = 30.0
    seed: int = 0
    limit: int | None = None
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    shard: tuple[int, int] | None = None
    fresh: bool = False


@dataclass(slots=True)
class Progress:
    """How far a run is. kept: rows whose stored result is still true. unmarked: those not graded."""

    done: int = 0
    kept: int = 0
    unmarked: int = 0
    passed_over: int = 0
    dropped: int = 0
    seconds: float = 0.0


# ---------------------------------------------------------------- what a result depends on


def stable(value: object) -> object:
    """A value as plain lists and text in one order, whatever order its sets have in this process."""
    if is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, *(stable(getattr(value, f.name)) for f in fields(value) if f.compare)]
    if isinstance(value, Mapping):
        return sorted([str(k), stable(v)] for k, v in value.items())
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if isinstance(value, list | tuple):
        return [stable(v) for v in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def digest(value: object) -> str:
    """A short digest of a plain value."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


@functools.cache
def program_hash() -> str:
    """A digest of every file of the program, so that results made by another version are marked anew."""
    root = Path(__file__).resolve().parents[1]
    total = hashlib.blake2b(digest_size=12)
    for path in sorted(root.rglob("*.py")):
        total.update(path.relative_to(root).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def content_digest(row: Row, key: str) -> str:
    """Everything that the row's report depends on: the row itself, and `key` for its problem, program and settings."""
    s = row.submission
    return digest(
        [key, s.id, s.student, s.problem, s.work, sorted(s.extra.items()), row.status, row.message]
        + [row.where] * bool(row.status)
    )


def timed_out(limit_s: float) -> str:
    """What is added to the digest of a row that ran out of time: another limit is another chance."""
    return f"/{limit_s:g}s"


# ---------------------------------------------------------------- one row


@dataclass(frozen=True, slots=True)
class Done:
    """A row's stored line, without its digest's place in the run: ready to be written."""

    line: bytes
    status: str
    seconds: float


@dataclass(frozen=True)
class Marker:
    """Marks one row; lives in a process of the pool."""

    problems: Mapping[str, Problem]
    keys: Mapping[str, str]
    encode: Encode
    grade: Grade
    timeout: float

    def __call__(self, row: Row) -> Done:
        """The row's line."""
        begun = time.perf_counter()
        problem = self.problems.get(row.submission.problem)
        if row.status or problem is None:
            report = unmarked(row.submission, problem, row.status or "error", row.message)
        else:
            report = graded(row.submission, problem, self.grade)
        return self.done(row, report, time.perf_counter() - begun)

    def done(self, row: Row, report: Report, seconds: float) -> Done:
        """The report as a line of the results file; times go to a side file."""
        report = replace(report, seconds=None, student=row.submission.student, problem=row.submission.problem)
        record = with_row(self.encode(report), row)
        record[CONTENT] = content_digest(row, self.key(row))
        if report.status == "timeout":
            record[CONTENT] += timed_out(self.timeout)
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
        return Done(line, report.status, seconds)

    def key(self, row: Row) -> str:
        """What beside the row decides its report."""
        return self.keys.get(row.submission.problem, self.keys[""])


def _same(marker: Marker) -> Marker:
    """What each process of the pool calls first."""
    return marker


def with_row(record: dict[str, Any], row: Row) -> dict[str, Any]:
    """The report's record with what the row brings along."""
    if row.submission.extra:
        record["extra"] = dict(row.submission.extra)
    if row.status:
        record["where"] = row.where
    return record


# ---------------------------------------------------------------- which rows


def chosen(rows: Iterable[Row], settings: Settings) -> Iterator[tuple[Row, bool]]:
    """Each row with whether it is to be marked in this run."""
    left = settings.limit
    for row in rows:
        s = row.submission
        names = (s.problem, s.student, s.id)
        wanted = (
            (left is None or left > 0)
            and (settings.shard is None or in_shard(s.id, settings.shard))
            and (not settings.only or any(fnmatch.fnmatchcase(n, p) for n in names for p in settings.only))
            and not any(fnmatch.fnmatchcase(n, p) for n in names for p in settings.exclude)
        )
        if wanted and left is not None:
            left -= 1
        yield row, wanted


# ---------------------------------------------------------------- the run


@dataclass
class Run:
    """A class, its problems and its results file; `go` does what is not done yet.

    watch: called after each chunk with how far the run is and the lines just written.
    """

    problems: Mapping[str, Problem]
    results: Path
    settings: Settings
    encode: Encode
    grade: Grade
    about: Mapping[str, Any]
    preload: tuple[str, ...] = ()
    reader: str = ""  # the model that reads lines in words, on which the reports depend
    watch: Callable[[Progress, list[bytes]], None] = lambda _progress, _lines: None
    program: str = field(default_factory=program_hash)

    @property
    def times(self) -> Path:
        """Seconds for each row, beside the results, which must not depend on the machine."""
        return beside(self.results, "times.csv")

    @property
    def manifest(self) -> Path:
        """What the results were made with."""
        return beside(self.results, "manifest.json")

    def marker(self) -> Marker:
        """What marks a row, with the key of each problem."""
        general = [self.program, __version__, self.settings.seed, *([self.reader] if self.reader else [])]
        keys = {name: digest([general, stable(problem)]) for name, problem in self.problems.items()}
        return Marker(self.problems, keys | {"": digest(general)}, self.encode, self.grade, self.settings.timeout)

    def go(self, rows: Iterable[Row]) -> Progress:
        """Mark what is to be marked; on return, or when interrupted, the files are whole.

        Raises:
            AuthorError: another run is writing to the same results.
        """
        progress = Progress()
        begun = time.monotonic()
        store = Results(self.results, fresh=self.settings.fresh)
        if self.settings.fresh:
            self.times.unlink(missing_ok=True)
        complete = False
        try:
            self._write_manifest(progress, finished=False)
            self._mark(rows, store, progress, begun)
            complete = True
        finally:
            store.finish(complete=complete)
            progress.dropped = store.dropped
            progress.seconds = time.monotonic() - begun
            self._write_manifest(progress, finished=complete)
        return progress

    def _mark(self, rows: Iterable[Row], store: Results, progress: Progress, begun: float) -> None:
        marker = self.marker()
        order: deque[bytes | None] = deque()  # a stored line, or None for the next row that the pool gives back
        todo = self._todo(rows, store, marker, order, progress)
        first = next(todo, None)
        if first is None:
            store.append([line for line in order if line is not None])
            self.watch(progress, [])
            return
        settings = self.settings
        make = functools.partial(_same, marker)
        pool: Pool[Row, Done] = Pool(make, settings.jobs, settings.timeout, settings.seed, self.preload)
        with pool, self.times.open("a", encoding="utf-8", newline="") as times:
            for results in pool.results(_again(first, todo)):
                lines: list[bytes] = []
                spent: list[tuple[str, float]] = []
                for row, result in results:
                    _flush_kept(order, lines)
                    order.popleft()
                    done = result if isinstance(result, Done) else self._troubled(marker, row, result)
                    lines.append(done.line)
                    spent.append((row.submission.id, done.seconds))
                    progress.unmarked += done.status != "graded"
                _flush_kept(order, lines)
                store.append(lines)
                _write_times(times, spent)
                progress.done += len(results)
                progress.seconds = time.monotonic() - begun
                self.watch(progress, lines)

    def _todo(
        self, rows: Iterable[Row], store: Results, marker: Marker, order: deque[bytes | None], progress: Progress
    ) -> Iterator[Row]:
        for row, wanted in chosen(rows, self.settings):
            content = content_digest(row, marker.key(row))
            kept = store.keep(content, content + timed_out(marker.timeout))
            if kept is True:
                progress.kept += 1
            elif kept:
                progress.kept += 1
                order.append(kept)
            elif wanted:
                order.append(None)
                yield row
            else:
                progress.passed_over += 1

    def _troubled(self, marker: Marker, row: Row, trouble: Trouble) -> Done:
        report = unmarked(row.submission, self.problems.get(row.submission.problem), trouble.status, trouble.message)
        return marker.done(row, report, self.settings.timeout if trouble.status == "timeout" else 0.0)

    def _write_manifest(self, progress: Progress, *, finished: bool) -> None:
        found = {
            "version": __version__,
            "program": self.program,
            "python": platform.python_version(),
            "platform": platform.platform(),
            **self.about,
            "model": self.reader or None,
            "settings": {k: v for k, v in asdict(self.settings).items() if k != "fresh"},
            "finished": finished,
            "marked": progress.done,
            "kept": progress.kept,
            "not_marked": progress.unmarked,
            "seconds": round(progress.seconds, 3),
        }
        draft = self.manifest.with_name(self.manifest.name + ".draft")
        draft.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(self.manifest)


def beside(results: Path, name: str) -> Path:
    """A side file of a results file: `manifest.json` in its folder, `<name>.manifest.json` where it has its own name.

    >>> beside(Path("out/results.jsonl"), "times.csv").as_posix(), beside(Path("a.jsonl"), "times.csv").as_posix()
    ('out/times.csv', 'a.times.csv')
    """
    return results.with_name(name if results.stem == "results" else f"{results.stem}.{name}")


def _again(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _flush_kept(order: deque[bytes | None], lines: list[bytes]) -> None:
    while order and order[0] is not None:
        lines.append(order[0])
        order.popleft()


def _write_times(file: IO[str], spent: list[tuple[str, float]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((name, f"{seconds:.6f}") for name, seconds in spent)
    file.write(text.getvalue())
    file.flush()


def read_times(path: Path) -> dict[str, float]:
    """Seconds by row id; a broken last line is passed over."""
    found: dict[str, float] = {}
    if path.exists():
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            for cells in csv.reader(file):
                try:
                    found[cells[0]] = float(cells[1])
                except (IndexError, ValueError):
                    continue
    return found
