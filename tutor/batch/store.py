"""The file of results: one JSON object a line in the order of the rows, appended and synced a chunk at a time.

A run may be killed at any moment. What stands in the file afterwards is whole lines and at most one broken one at the
end, which is dropped and done again. Each line carries a digest of everything it was made from, so a later run keeps
the lines that are still true and marks the others anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from tutor.errors import AuthorError

CONTENT: Final = "content"  # the field that carries the digest


class Results:
    """Lines that are kept, and lines to come, of one results file.

    The lines at the front that agree with the rows stay where they are. When a row turns up that does not agree with
    the next line, the lines from there on move to a second file, from which they are copied back where they fit.
    """

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        """Raises AuthorError where another run is writing to the same file."""
        self.path = path
        self.aside = path.with_name(path.name + ".old")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: IO[bytes] = path.open("ab+", buffering=0)
        _lock(self._file, path)
        if fresh:
            self.aside.unlink(missing_ok=True)
            self._file.truncate(0)
        self._front = _scan(path, self._file)  # (digest, offset) of each line
        self._next = 0
        self._old: dict[str, int] = {}
        self._old_file: IO[bytes] | None = None
        if self.aside.exists():
            self._open_aside()
        self.dropped = 0

    def __len__(self) -> int:
        """How many lines an earlier run left behind."""
        return len(self._front) + len(self._old)

    def _open_aside(self) -> None:
        if self._old_file is not None:
            self._old_file.close()
        with self.aside.open("ab") as file:
            self._old = dict(_scan(self.aside, file))
        self._old_file = self.aside.open("rb")

    def keep(self, *digests: str) -> bool | bytes:
        """Whether the next row's line, under any of these digests, is there: in place (True), or as bytes to append."""
        if self._next < len(self._front):
            if self._front[self._next][0] in digests:
                self._next += 1
                return True
            self._set_aside()
        for digest in digests:
            offset = self._old.pop(digest, None)
            if offset is not None and self._old_file is not None:
                self._old_file.seek(offset)
                return self._old_file.readline()
        return False

    def _set_aside(self) -> None:
        """Move the lines from the first that does not agree on; each stands in one of the two files at any moment."""
        start = self._front[self._next][1]
        self._file.seek(start)
        with self.aside.open("ab") as aside:
            while block := self._file.read(1 << 20):
                aside.write(block)
            aside.flush()
            os.fsync(aside.fileno())
        self._file.truncate(start)
        os.fsync(self._file.fileno())
        del self._front[self._next :]
        self._open_aside()

    def append(self, lines: list[bytes]) -> None:
        """Write whole lines and see them on the disk."""
        if lines:
            self._file.write(b"".join(lines))
            os.fsync(self._file.fileno())

    def finish(self, *, complete: bool) -> None:
        """Close; after a complete run, lines that belong to no row any more are dropped."""
        if complete and self._next < len(self._front):
            self._set_aside()
        if self._old_file is not None:
            self._old_file.close()
            if complete:
                self.dropped = len(self._old)
                self.aside.unlink(missing_ok=True)
        self._file.close()


def rewrite(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Put what `change` makes of each report in its place, all at once; its digest stays.

    Raises:
        AuthorError: a run is writing to the same file.
    """
    draft = path.with_name(path.name + ".draft")
    with path.open("ab+", buffering=0) as file:
        _lock(file, path)
        changed = False
        with draft.open("wb") as new, path.open("rb") as old:
            for line in old:
                record = _record(line)
                if record is None:
                    break
                again = change(record)
                if again is not record:
                    line = (
                        json.dumps(again, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
                    )
                    changed = True
                new.write(line)
            new.flush()
            os.fsync(new.fileno())
        if changed:
            draft.replace(path)
        else:
            draft.unlink()


def _lock(file: IO[bytes], path: Path) -> None:
    """One run at a time on one file; the lock goes with the process, however it ends."""
    try:
        import fcntl
    except ImportError:  # not a Unix
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise AuthorError(f"another run is writing to {path}; wait for it, or choose another -o") from None


def _scan(path: Path, writable: IO[bytes]) -> list[tuple[str, int]]:
    """The digest and place of each whole line; what follows the last of them is cut off."""
    found: list[tuple[str, int]] = []
    offset = 0
    with path.open("rb") as reader:
        for line in reader:
            record = _record(line)
            if record is None:
                break
            found.append((str(record.get(CONTENT, "")), offset))
            offset += len(line)
    writable.truncate(offset)
    return found


def _record(line: bytes) -> dict[str, Any] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def read_results(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The stored reports in order, each with its place; a broken last line is passed over."""
    offset = 0
    with path.open("rb") as file:
        for line in file:
            record = _record(line)
            if record is None:
                return
            yield offset, record
            offset += len(line)


def read_result(path: Path, offset: int) -> dict[str, Any]:
    """The stored report at a place."""
    with path.open("rb") as file:
        file.seek(offset)
        record = _record(file.readline())
    if record is None:
        raise ValueError(f"{path} has no whole line at {offset}")
    return record
