"""Folders and ZIP archives of files that students handed in, as Moodle and Canvas give them out or one folder each.

Nothing of an archive is written to disk: names in it are only looked at, so they cannot lead anywhere.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tutor.batch.decode import TEXT_SUFFIXES, file_to_work, not_text, suffix
from tutor.batch.rows import ProblemNames, Row, row_of
from tutor.errors import AuthorError
from tutor.records import Submission

MAX_FILES = 200_000
MAX_FILE_BYTES = 4_000_000
MAX_TOTAL_BYTES = 1_000_000_000
MAX_RATIO = 500  # unpacked to packed; text packs to about a tenth

SYSTEM_FILES = re.compile(r"(^|/)(__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
MOODLE = re.compile(r"^(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?(?P<rest>.*)$")
CANVAS = re.compile(r"^(?P<name>[^_]+)_(?P<late>LATE_)?(?P<id>\d+)_(?:(?P<submission>\d+)_)?(?P<file>.+)$")
ASK_FOR = "Only text is read: ask for .txt, .md or .tex."


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, with a way to read at most so many of its bytes; `trouble` says why it must not be read."""

    path: PurePosixPath
    read: Callable[[int], bytes]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Whose:
    """What a file's place says: the student, the file's own name without the platform's marks, and the extras."""

    student: str
    file: str
    extra: dict[str, str]


def whose(path: PurePosixPath) -> Whose:
    """The student and the file's name from where the file is.

    >>> whose(PurePosixPath("Ada Lovelace_1234_assignsubmission_file_/linear-1.txt"))
    Whose(student='Ada Lovelace', file='linear-1.txt', extra={'moodle_id': '1234'})
    >>> whose(PurePosixPath("lovelaceada_LATE_55_9981_linear-1-2.txt"))
    Whose(student='lovelaceada', file='linear-1-2.txt', extra={'canvas_id': '55', 'late': 'yes'})
    >>> whose(PurePosixPath("ada/linear-1.txt"))
    Whose(student='ada', file='linear-1.txt', extra={})
    """
    for i, part in enumerate(path.parts):
        moodle = MOODLE.match(part)
        if moodle:
            last = i == len(path.parts) - 1
            file = (moodle["rest"] or f"{moodle['kind']}.html") if last else path.name
            return Whose(moodle["name"], file, {"moodle_id": moodle["id"]})
    if len(path.parts) == 1:
        canvas = CANVAS.match(path.name)
        if canvas:
            extra = {"canvas_id": canvas["id"]} | ({"late": "yes"} if canvas["late"] else {})
            return Whose(canvas["name"], canvas["file"], extra)
        return Whose(path.stem, path.name, {})
    return Whose(path.parts[-2], path.name, {})


def _problem(file: str, alone: bool, names: ProblemNames) -> str:
    """The problem a file is about, by its name; "" where the name says nothing of it."""
    stem = PurePosixPath(file).stem
    # Canvas numbers what is handed in again: linear-1-2.txt; browsers write linear-1 (2).txt.
    for spelt in (stem, re.sub(r"\s*\(\d+\)$", "", stem), re.sub(r"-\d+$", "", stem)):
        found = names.find(spelt) if spelt else None
        if found is not None:
            return found
    if alone and len(names.names) == 1:
        return names.names[0]
    return ""


def _row(entry: Entry, whose_: Whose, alone: bool, names: ProblemNames) -> Row:
    where = str(entry.path)
    problem = _problem(whose_.file, alone, names)
    extra = whose_.extra | {"file": where}

    def bad(status: str, message: str) -> Row:
        return Row(Submission("", whose_.student, problem, "", extra), where, status, message)

    if entry.trouble:
        return bad("error", entry.trouble)
    try:
        data = entry.read(MAX_FILE_BYTES + 1)
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        return bad("error", f"The file cannot be opened: {error}.")
    what = not_text(whose_.file, data[:64])
    if what is not None:
        return bad("unreadable", f"{whose_.file} is {what}. {ASK_FOR}")
    if suffix(whose_.file) not in TEXT_SUFFIXES:
        return bad("unreadable", f"{whose_.file} is no kind of text that is known. {ASK_FOR}")
    if len(data) > MAX_FILE_BYTES:
        return bad("unreadable", f"{whose_.file} is larger than {MAX_FILE_BYTES:,} bytes.")
    if not problem:
        return bad(
            "error",
            f"{whose_.file}: the file's name is to be a problem's. " + names.why_not(PurePosixPath(whose_.file).stem),
        )
    return row_of(Submission("", whose_.student, problem, file_to_work(whose_.file, data), extra), names, where)


def _rows(entries: list[Entry], names: ProblemNames) -> Iterator[Row]:
    """Entries grouped by student; a student with one file for a set of one problem need not name it."""
    placed = [(entry, whose(entry.path)) for entry in entries]
    files: dict[str, int] = {}
    for _, w in placed:
        files[w.student] = files.get(w.student, 0) + 1
    for entry, w in placed:
        yield _row(entry, w, files[w.student] == 1, names)


# ---------------------------------------------------------------- folders


def read_folder(root: Path, names: ProblemNames) -> Iterator[Row]:
    """A folder per student, or a platform's archive that was unpacked."""
    inside = root.resolve()
    entries: list[Entry] = []
    for path in sorted(root.rglob("*")):
        relative = PurePosixPath(path.relative_to(root).as_posix())
        if SYSTEM_FILES.search(str(relative)):
            continue
        if path.is_dir():
            if not path.is_symlink() and len(relative.parts) == 1 and not any(path.iterdir()):
                entries.append(Entry(relative / "", lambda _: b"", "The folder is empty: nothing was handed in."))
            continue
        trouble = "" if path.resolve().is_relative_to(inside) else "The file is a link that leads out of the folder."
        if len(entries) >= MAX_FILES:
            raise AuthorError(f"{root} holds more than {MAX_FILES:,} files")
        entries.append(Entry(relative, lambda size, p=path: _read_file(p, size), trouble))  # type: ignore[misc]
    yield from _rows(entries, names)


def _read_file(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


# ---------------------------------------------------------------- archives


def read_zip(path: Path, names: ProblemNames) -> Iterator[Row]:
    """What Moodle ("Download all submissions") or Canvas hands out, or folders packed by hand."""
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise AuthorError(f"{path} cannot be read as a ZIP archive: {error}") from None
    with archive:
        infos = [i for i in archive.infolist() if not i.is_dir()]
        if len(infos) > MAX_FILES:
            raise AuthorError(f"{path} holds {len(infos):,} files; at most {MAX_FILES:,} are read")
        unpacked = sum(i.file_size for i in infos)
        if unpacked > MAX_TOTAL_BYTES:
            raise AuthorError(f"{path} unpacks to {unpacked:,} bytes; at most {MAX_TOTAL_BYTES:,} are read")
        entries = []
        for info in infos:
            name = info.filename.replace("\\", "/")
            if SYSTEM_FILES.search(name.lstrip("./")):
                continue
            entries.append(Entry(_safe(name), lambda size, i=info: _unpack(archive, i, size), _distrust(info, name)))  # type: ignore[misc]
        yield from _rows(_without_common_root(entries), names)


def _safe(name: str) -> PurePosixPath:
    """The name without anything that leads upwards or to the root; it is only ever shown."""
    parts = [p for p in name.split("/") if p not in ("", ".", "..")]
    return PurePosixPath(*(parts or ["?"]))


def _distrust(info: zipfile.ZipInfo, name: str) -> str:
    if info.flag_bits & 1:
        return "The file in the archive is locked with a password."
    if name.startswith("/") or ".." in name.split("/") or re.match(r"^[A-Za-z]:", name):
        return "The name of the file in the archive leads out of it."
    if info.file_size > MAX_FILE_BYTES and info.file_size > MAX_RATIO * max(1, info.compress_size):
        return f"The file unpacks to {info.file_size:,} bytes from {info.compress_size:,}, so it was not opened."
    return ""


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, size: int) -> bytes:
    with archive.open(info) as file:
        return file.read(size)


def _without_common_root(entries: list[Entry]) -> list[Entry]:
    """Archives packed by hand have one folder around everything; the students are below it."""
    tops = {e.path.parts[0] for e in entries}
    if len(tops) != 1 or any(len(e.path.parts) < 3 for e in entries):
        return entries
    if MOODLE.match(next(iter(tops))):
        return entries
    return [Entry(PurePosixPath(*e.path.parts[1:]), e.read, e.trouble) for e in entries]
