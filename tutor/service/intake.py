"""Uploads of submissions, read in a process of their own: what a hostile file costs is that process.

`read_upload` is what pages call. The process has so much memory and time, and gives back rows or a sentence.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tutor.batch.readers import read_submissions
from tutor.batch.rows import Row
from tutor.batch.tables import TABLES, guessed, headings_of
from tutor.errors import AuthorError
from tutor.records import Submission
from tutor.verify.worker import environment

KINDS: Final = (*TABLES, ".zip")
MAX_UPLOAD: Final = 50_000_000  # bytes
MAX_ROWS: Final = 50_000
MAX_LETTERS: Final = 100_000_000  # of all work together, which bounds what an archive may unpack to
MEMORY_BYTES: Final = 2_000_000_000
LONGEST_S: Final = 60

TOO_LARGE = "The file has {size:,} bytes; at most {most:,} can be uploaded. Split it, or use tutor grade."
TOO_MANY = "The file has more than {most:,} submissions. Split it, or use tutor grade."
TOO_LONG = "The submissions are longer than {most:,} letters together. Split the file, or use tutor grade."
BROKE_OFF = "The file took too much time or memory to read. Is it the one you meant?"


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds. heads: the headings of a table, none for an archive; columns: which of them are ours.

    trouble: why there are no rows.
    """

    rows: tuple[Row, ...]
    heads: tuple[str, ...] = ()
    columns: Mapping[str, str] | None = None
    trouble: str = ""


def read_upload(file_name: str, data: bytes, problems: Sequence[str], columns: Mapping[str, str] | None = None) -> Read:
    """The submissions in a file. columns: heading → id, student, problem or work, where the teacher has said so."""
    kind = Path(file_name.replace("\\", "/")).suffix.lower()
    if len(data) > MAX_UPLOAD:
        return Read((), trouble=TOO_LARGE.format(size=len(data), most=MAX_UPLOAD))
    if kind not in KINDS:
        return Read((), trouble=f"Submissions come as a table or an archive: {', '.join(KINDS)}.")
    with tempfile.TemporaryDirectory(prefix="tutor-") as folder:
        # The file's own name stays out of the file system.
        path, found = Path(folder) / f"upload{kind}", Path(folder) / "rows.jsonl"
        path.write_bytes(data)
        asked = json.dumps({"problems": list(problems), "columns": columns})
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", "tutor.service.intake", str(path), str(found), asked],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # a traceback may quote a student
                env=environment(),
                timeout=LONGEST_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Read((), trouble=BROKE_OFF)
        if not found.exists():
            return Read((), trouble=BROKE_OFF)
        with found.open(encoding="utf-8") as lines:
            head = json.loads(lines.readline() or "{}")
            rows = tuple(_row(json.loads(line)) for line in lines)
    trouble = head.get("trouble", "") or (BROKE_OFF if done.returncode else "")
    trouble = trouble.replace(str(path), file_name)
    return Read(() if trouble else rows, tuple(head.get("heads", ())), head.get("columns"), trouble)


def _row(found: Mapping[str, Any]) -> Row:
    return Row(Submission(**found["submission"]), found["where"], found["status"], found["message"])


def _plain(row: Row) -> dict[str, Any]:
    s = row.submission
    submission = {"id": s.id, "student": s.student, "problem": s.problem, "work": s.work, "extra": dict(s.extra)}
    return {"submission": submission, "where": row.where, "status": row.status, "message": row.message}


# ---------------------------------------------------------------- in the process


def main() -> None:
    """Read the file of the first argument into the one of the second; the third says how, as JSON."""
    _bounded()
    path, found, asked = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
    head: dict[str, Any] = {}
    rows = found.with_suffix(".part")
    try:
        if path.suffix.lower() in TABLES:
            heads = headings_of(path)
            head = {"heads": heads, "columns": asked["columns"] or guessed(heads)}
        with rows.open("w", encoding="utf-8") as file:
            for row in _counted(read_submissions(path, asked["problems"], asked["columns"])):
                file.write(json.dumps(_plain(row)) + "\n")
    except AuthorError as error:
        head["trouble"] = str(error)
        rows.write_text("", encoding="utf-8")
    except MemoryError:
        head["trouble"] = BROKE_OFF
        rows.write_text("", encoding="utf-8")
    with rows.open("rb") as file_of_rows, found.with_suffix(".whole").open("wb") as whole:
        whole.write(json.dumps(head).encode("ascii") + b"\n")
        while block := file_of_rows.read(1 << 20):
            whole.write(block)
    found.with_suffix(".whole").replace(found)


def _counted(rows: Iterator[Row]) -> Iterator[Row]:
    letters = 0
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS:
            raise AuthorError(TOO_MANY.format(most=MAX_ROWS))
        letters += len(row.submission.work) + sum(map(len, row.submission.extra.values()))
        if letters > MAX_LETTERS:
            raise AuthorError(TOO_LONG.format(most=MAX_LETTERS))
        yield row


def _bounded() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES if hard < 0 else min(MEMORY_BYTES, hard), hard))


if __name__ == "__main__":
    main()
