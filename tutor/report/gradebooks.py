"""Marks for the gradebooks of learning platforms.

`fill` puts marks into one column of a table that the teacher has exported from Canvas or Moodle, and leaves every other
byte as it is: separators, quotes, line ends, encoding and whatever else stands there. `moodle_table` makes a table that
Moodle's import asks which column is which. `write_gradescope_archive` has a `results.json` for each student.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import IO, Any, Final

from tutor.errors import AuthorError
from tutor.report.summary import ClassSummary, Stored, number, student_of
from tutor.report.tables import cell, gradescope

MAX_EXPORT: Final = 20_000_000  # bytes of a gradebook
SHOWN: Final = 8  # columns that a message names
PLATFORM_IDS: Final = {
    "canvas_id": "id",
    "moodle_id": "identifier",
}  # of a download's rows, and where exports have them

# Headings of columns that say who somebody is, in English and German exports.
PERSON: Final = frozenset(
    {
        "student", "id", "sis user id", "sis login id", "integration id", "lastname, firstname", "identifier",
        "username", "full name", "name", "id number", "email address", "email", "user id", "userid", "useridnumber",
        "useremail", "institution id", "teilnehmer/in", "id-nummer", "e-mail-adresse", "anmeldename",
        "vollständiger name",
    }
)  # fmt: skip
FIRST_NAME: Final = ("first name", "firstname", "vorname")
LAST_NAME: Final = ("last name", "lastname", "surname", "nachname")
FEW_COLUMNS: Final = 6  # at the front, in which a person is looked for where no heading is known
NOT_STUDENTS: Final = ("points possible", "punkte möglich", "mögliche punkte")
NOT_A_MARK: Final = ("manual posting", "muted")
CANVAS_NUMBER: Final = re.compile(r"\s*\(\d+\)\s*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a gradebook is to hold of one student.

    names: what it may know the student by, the surest first. ids: by kind as in `PLATFORM_IDS`, where a download told.
    earned: None where nothing could be marked. pending: marks that wait for a person. feedback: in words.
    """

    names: tuple[str, ...]
    earned: Fraction | None
    pending: Fraction = Fraction(0)
    available: Fraction = Fraction(0)
    feedback: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """For a message."""
        return self.names[0] if self.names else ""


def entries(reports: Iterable[Stored], problems: Iterable[str] = ()) -> list[Entry]:
    """An entry for each student of a class: the marks of all problems together, as `marks.csv` has them."""
    ids: dict[str, dict[str, str]] = defaultdict(dict)
    summary = ClassSummary.of((), problems)
    for report in reports:
        summary.add(report)
        for kind in PLATFORM_IDS:
            if (found := report.get("extra", {}).get(kind)) is not None:
                ids[student_of(report)][kind] = str(found)
    result = []
    for student, cells in summary.marks.items():
        marked = [c for c in cells.values() if c.status == "graded"]
        feedback = [f"{p}, {said}" if len(cells) > 1 else said for p, c in cells.items() for said in c.lost]
        result.append(
            Entry(
                names=(student,),
                earned=sum((c.earned for c in marked), Fraction(0)) if marked else None,
                pending=sum((c.pending for c in cells.values()), Fraction(0)),
                available=sum((c.available for c in cells.values()), Fraction(0)),
                feedback="\n".join(feedback),
                ids=ids[student],
            )
        )
    return result


# ---------------------------------------------------------------- a table as it is


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a cell stands in the text, quotes included, and what it says."""

    start: int
    end: int
    text: str
    quoted: bool


class _Table:
    """The cells of a CSV file, each with its place."""

    def __init__(self, data: bytes) -> None:
        self.encoding, self.errors = _encoding(data)
        try:
            self.text = data.decode(self.encoding, self.errors)
        except UnicodeDecodeError as error:
            raise AuthorError(f"The gradebook's letters cannot be read: {error}.") from None
        self.separator = _separator(self.text)
        self.rows = [row for row in _rows(self.text, self.separator) if any(c.text.strip() for c in row)]
        if not self.rows:
            raise AuthorError("The gradebook is empty.")
        self.heads = [_readable(c.text).removeprefix("\ufeff").strip() for c in self.rows[0]]

    def changed(self, changes: Iterable[tuple[int, int, str]]) -> bytes:
        """The file with other text at these places."""
        found, at = [], 0
        for start, end, text in sorted(changes):
            found += [self.text[at:start], text]
            at = end
        return "".join((*found, self.text[at:])).encode(self.encoding, self.errors)


def _encoding(data: bytes) -> tuple[str, str]:
    if data.startswith(b"\xff\xfe"):
        return "utf-16-le", "surrogatepass"
    if data.startswith(b"\xfe\xff"):
        return "utf-16-be", "surrogatepass"
    return "utf-8", "surrogateescape"


def _readable(text: str) -> str:
    """Bytes that are no UTF-8 are taken for what old spreadsheets write."""
    if text.isascii() or not re.search("[\udc80-\udcff]", text):
        return text
    return text.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _separator(text: str) -> str:
    head = re.sub(r'"[^"]*"', "", text[:100_000]).split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _rows(text: str, separator: str) -> Iterable[list[_Cell]]:
    rest = re.escape(separator)
    pattern = re.compile(rf'(?:"(?P<quoted>[^"]*(?:""[^"]*)*)"(?=[{rest}\r\n]|\Z)|(?P<plain>[^{rest}\r\n]*))')
    row: list[_Cell] = []
    at = len("\ufeff") if text.startswith("\ufeff") else 0
    while True:
        match = pattern.match(text, at)
        assert match is not None
        quoted = match["quoted"] is not None
        said = match["quoted"].replace('""', '"') if quoted else match["plain"]
        row.append(_Cell(at, match.end(), said, quoted))
        at = match.end()
        if text.startswith(separator, at):
            at += 1
            continue
        yield row
        row = []
        if at >= len(text):
            return
        at += 2 if text.startswith("\r\n", at) else 1
        if at >= len(text):
            return


# ---------------------------------------------------------------- filling a column


@dataclass(frozen=True, slots=True)
class Filled:
    """The export with its column filled, and what a person should know of it, by the students' names.

    waiting: marks of whom some wait for a person, so that the cell was left. excused: marked EX by the teacher, and
    left. unknown: whom the export does not have, or not surely. unmarked: of whom there is no mark. added: the column
    is new.
    """

    data: bytes
    filled: int
    column: str
    added: bool
    waiting: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()

    def in_words(self) -> list[str]:
        """A sentence for each thing to know."""
        new = " (a new one)" if self.added else ""
        said = [f'{self.filled} mark{"" if self.filled == 1 else "s"} in the column "{self.column}"{new}.']
        for names, why in (
            (self.waiting, "left as they were, because marks still wait for a person"),
            (self.excused, "excused, and left so"),
            (self.unmarked, "left as they were, because nothing could be marked"),
            (self.unknown, "not found in the gradebook, or more than once"),
        ):
            if names:
                more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
                said.append(f"{len(names)} {why}: {', '.join(names[:SHOWN])}{more}.")
        return said


def columns_of(export: bytes) -> list[str]:
    """The columns of an exported gradebook that marks may go into.

    Raises:
        AuthorError: it is too large, or no table.
    """
    table = _table(export)
    people = set(_person_columns(table.heads))
    return [h for n, h in enumerate(table.heads) if h and n not in people and "(read only)" not in h.casefold()]


def fill(export: bytes, column: str, marks: Iterable[Entry], *, with_pending: bool = False) -> Filled:
    """Put marks into a column of the teacher's own export; every other byte stays.

    column: a heading, of Canvas also without its number; one that is not there is added as the last column.
    with_pending: fill also where some marks still wait for a person.

    Raises:
        AuthorError: it is no table, the column is for reading only, or nobody in it is known.
    """
    table = _table(export)
    title = column.strip()
    at = _column(table.heads, title)
    people = _person_columns(table.heads)
    if at is not None and (at in people or "(read only)" in table.heads[at].casefold()):
        raise AuthorError(f'Marks cannot go into the column "{table.heads[at]}".')
    found = list(marks)
    comma = _decimal_comma(table)
    by_row, unknown = _matched(table, found)
    cells: dict[int, str] = {}
    told: dict[str, list[str]] = defaultdict(list)
    for n, entry in by_row.items():
        row = table.rows[n]
        if at is not None and at < len(row) and row[at].text.strip().upper() == "EX":
            told["excused"].append(entry.name)
        elif entry.earned is None:
            told["unmarked"].append(entry.name)
        elif entry.pending and not with_pending:
            told["waiting"].append(entry.name)
        else:
            cells[n] = _decimal(entry.earned, comma)
    filled = len(cells)
    if found and not by_row:
        raise AuthorError(
            "Nobody who was marked is in this gradebook. Its people are known by: "
            f"{', '.join(table.heads[c] for c in people) or 'no column that is known'}."
        )
    if at is None:
        cells |= _new_column(table, title, found, comma)
    changes = _changes(table, at, cells)
    names = {kind: tuple(some) for kind, some in told.items()}
    head = title if at is None else table.heads[at]
    return Filled(table.changed(changes), filled, head, at is None, unknown=tuple(unknown), **names)


def _table(export: bytes) -> _Table:
    if len(export) > MAX_EXPORT:
        raise AuthorError(f"The gradebook has {len(export):,} bytes; at most {MAX_EXPORT:,} are read.")
    if export.startswith((b"PK", b"\xd0\xcf")):
        raise AuthorError("This is a spreadsheet. Please export the gradebook as CSV (text with commas).")
    return _Table(export)


def _column(heads: Sequence[str], title: str) -> int | None:
    """Exactly so; else but for capital letters; else but for Canvas's number, where one column fits."""
    for plain in (str, str.casefold, lambda h: CANVAS_NUMBER.sub("", h).casefold()):
        fitting = [n for n, head in enumerate(heads) if plain(head) == plain(title)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise AuthorError(f'The gradebook has {len(fitting)} columns "{title}"; name one with its number.')
    return None


def _person_columns(heads: Sequence[str]) -> list[int]:
    known = PERSON | set(FIRST_NAME) | set(LAST_NAME)
    found = [n for n, head in enumerate(heads) if head.casefold() in known]
    return found or list(range(min(FEW_COLUMNS, len(heads) - 1)))


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", _readable(name)).casefold().split())


def _is_student(row: Sequence[_Cell]) -> bool:
    first = _plain(row[0].text)
    cells = [_plain(c.text) for c in row]
    return not any(said in first for said in NOT_STUDENTS) and not any(c in NOT_A_MARK for c in cells)


def _names_in(row: Sequence[_Cell], heads: Sequence[str], people: Iterable[int]) -> Iterable[str]:
    """What a row may be known by: each cell that says who it is, and names the other way round."""
    lower = [head.casefold() for head in heads]
    for n in people:
        if n < len(row) and (said := _plain(row[n].text)):
            yield said
            last, comma, first = said.partition(", ")
            if comma:
                yield f"{first} {last}"
    first, last = (
        next((_plain(row[lower.index(head)].text) for head in heads_of if head in lower[: len(row)]), "")
        for heads_of in (FIRST_NAME, LAST_NAME)
    )
    if first and last:
        yield from (f"{first} {last}", f"{last}, {first}", f"{last} {first}")


def _matched(table: _Table, found: Sequence[Entry]) -> tuple[dict[int, Entry], list[str]]:
    """Entries by row, and the names of those who are not there, or not surely."""
    people = _person_columns(table.heads)
    lower = [head.casefold() for head in table.heads]
    rows: dict[str, set[int]] = defaultdict(set)
    by_id: dict[tuple[str, str], set[int]] = defaultdict(set)
    for n, row in enumerate(table.rows[1:], 1):
        if not _is_student(row):
            continue
        for name in _names_in(row, table.heads, people):
            rows[name].add(n)
        for kind, head in PLATFORM_IDS.items():
            if head in lower[: len(row)]:
                by_id[kind, re.sub(r"\D", "", row[lower.index(head)].text)].add(n)
    places: list[int | None] = []
    for entry in found:
        tried = [by_id[kind, said] for kind, said in entry.ids.items() if said]
        tried += [rows.get(_plain(name), set()) for name in entry.names if name.strip()]
        sure = next((some for some in tried if some), set())
        places.append(next(iter(sure)) if len(sure) == 1 else None)
    twice = {place for place, times in Counter(places).items() if times > 1}
    known = {p: entry for p, entry in zip(places, found, strict=True) if p is not None and p not in twice}
    unknown = [entry.name for p, entry in zip(places, found, strict=True) if p is None or p in twice]
    return known, unknown


def _decimal_comma(table: _Table) -> bool:
    """Whether the numbers of the table are written with commas; where it has none that tell, as its separator says."""
    cells = [c.text.strip() for row in table.rows[1:] for c in row]
    commas = sum(bool(re.fullmatch(r"-?\d+,\d{1,2}", c)) for c in cells)
    points = sum(bool(re.fullmatch(r"-?\d+\.\d{1,4}", c)) for c in cells)
    return commas > points if commas or points else table.separator == ";"


def _decimal(mark: Fraction, comma: bool) -> str:
    said = number(mark)
    return said.replace(".", ",") if comma else said


def _new_column(table: _Table, title: str, found: Sequence[Entry], comma: bool) -> dict[int, str]:
    """The heading, and the marks that there are where the export has a row for them."""
    cells = {0: title}
    most = max((entry.available for entry in found), default=Fraction(0))
    for n, row in enumerate(table.rows[1:], 1):
        if any(said in _plain(row[0].text) for said in NOT_STUDENTS):
            cells[n] = _decimal(most, comma)
    return cells


def _changes(table: _Table, at: int | None, cells: Mapping[int, str]) -> Iterable[tuple[int, int, str]]:
    width = len(table.rows[0])
    for n, row in enumerate(table.rows):
        text = cells.get(n)
        if at is not None and at < len(row):
            if text is not None:
                yield row[at].start, row[at].end, _quoted(text, table.separator, row[at].quoted)
        elif at is None or text is not None:
            # A row that is cut short is filled up to the column; every row gets a new column.
            short = (width if at is None else at) - len(row)
            end = row[-1].end
            yield end, end, table.separator * (short + 1) + _quoted(text or "", table.separator, False)


def _quoted(text: str, separator: str, always: bool) -> str:
    if always or separator in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


# ---------------------------------------------------------------- tables of our own


def moodle_table(
    marks: Iterable[Entry], item: str, *, known_by: str = "username", decimal_comma: bool = False
) -> bytes:
    """A CSV file for Moodle's import of grades: who, the mark, and the feedback.

    known_by: what the students' names are: "username", "useridnumber", "useremail" or "userid". A mark that there is
    not yet is "-", which makes no grade; its feedback is left out, since feedback alone would take a grade away.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([known_by, cell(item), cell(f"{item}: feedback")])
    for entry in marks:
        given = entry.earned is not None and not entry.pending
        mark = _decimal(entry.earned, decimal_comma) if given and entry.earned is not None else "-"
        writer.writerow([cell(entry.name), mark, cell(entry.feedback) if given else ""])
    return file.getvalue().encode("utf-8")


def write_gradescope_archive(file: IO[bytes], reports: Iterable[Stored]) -> int:
    """A ZIP archive with a folder for each student, and Gradescope's `results.json` in it; how many there are."""
    of_student: dict[str, list[Stored]] = defaultdict(list)
    for report in reports:
        of_student[student_of(report)].append(report)
    taken: set[str] = set()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for student, found in of_student.items():
            name = _folder(student, taken)
            result: dict[str, Any] = gradescope(found)
            # The date of every file is the same, so that the same marks make the same archive.
            info = zipfile.ZipInfo(f"{name}/results.json")
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    return len(of_student)


def _folder(student: str, taken: set[str]) -> str:
    """A name that every system takes for one folder, and that no other student has."""
    plain = re.sub(r"[^\w.@-]+", "-", unicodedata.normalize("NFC", student)).strip(".-")[:80] or "student"
    name, again = plain, 1
    while name.casefold() in taken:
        again += 1
        name = f"{plain}-{again}"
    taken.add(name.casefold())
    return name
