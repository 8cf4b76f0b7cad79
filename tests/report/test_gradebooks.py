import csv
import io
import json
import zipfile
from fractions import Fraction

import pytest

from tests.report.test_tables import CLASS, report
from tutor.errors import AuthorError
from tutor.report.gradebooks import Entry, columns_of, entries, fill, moodle_table, write_gradescope_archive

HEAD = "Student,ID,SIS User ID,SIS Login ID,Section,Homework (12),Test 1 (34),Total (read only)"
CANVAS = (
    f"{HEAD}\r\n"
    '"    Points Possible",,,,,10.00,3.00,(read only)\r\n'
    '"Lovelace, Ada",101,ada1,ada@example.org,"8b, maths",7.5,,\r\n'
    "Noether Emmy,102,emmy1,emmy@example.org,8b,EX,EX,\r\n"
    '"Hopper, ""Amazing"" Grace",103,grace1,grace@example.org,8b,-,1.00,\r\n'
    '"Student, Test",999,,,8b,,,\r\n'
)


def entry(name, earned, pending=0, **more):
    return Entry((name,), None if earned is None else Fraction(earned), Fraction(pending), Fraction(3), **more)


CASES = [
    # who is known by what        why it is here
    ("Ada Lovelace", "first name first"),
    ("lovelace,  ADA", "as Canvas writes it, but for blanks and capitals"),
    ("101", "Canvas's own number"),
    ("ada1", "the school's number"),
    ("ada@example.org", "the login"),
]


@pytest.mark.parametrize(("name", "why"), CASES)
def test_a_student_is_found_by_name_number_or_login(name, why):
    found = fill(CANVAS.encode(), "Test 1", [entry(name, "5/2")])
    assert found.data.decode() == CANVAS.replace('maths",7.5,,', 'maths",7.5,2.5,'), why
    assert (found.filled, found.column, found.added, found.unknown) == (1, "Test 1 (34)", False, ())


FORMS = [
    # change                                            encoding     mark   why it is here
    (lambda s: s, "utf-8", "2.5", "as Canvas writes it"),
    (lambda s: s.replace("\r\n", "\n"), "utf-8", "2.5", "line ends of other systems"),
    (lambda s: s.rstrip("\r\n"), "utf-8", "2.5", "no line end after the last row"),
    (lambda s: "\ufeff" + s, "utf-8", "2.5", "a byte order mark"),
    (lambda s: "\ufeff" + s, "utf-16-le", "2.5", "as old spreadsheets save text"),
    (lambda s: s.replace("Ada", "Adä"), "cp1252", "2.5", "letters that are no UTF-8"),
    (lambda s: s.replace("8b, maths", "8b").replace(",", ";").replace(".", ","), "utf-8", "2,5", "decimal commas"),
    (lambda s: s.replace("Ada", "Ada\nMaria"), "utf-8", "2.5", "a line end in a cell"),
    (lambda s: s.replace("\r\nNoether", "\r\n\r\n,,,,,,,\r\nNoether"), "utf-8", "2.5", "empty rows"),
]


@pytest.mark.parametrize(("change", "encoding", "mark", "why"), FORMS)
def test_every_other_byte_stays(change, encoding, mark, why):
    export = change(CANVAS).encode(encoding)
    found = fill(export, "Test 1 (34)", [entry("101", "5/2")])
    separator = ";" if ";" in change(CANVAS) else ","
    text = change(CANVAS)
    row = next(line for line in text.split("\n") if "ada1" in line)
    cells = row.rstrip("\r").rsplit(separator, 2)
    filled = separator.join([cells[0], mark, cells[2]]) + ("\r" if row.endswith("\r") else "")
    assert found.data == text.replace(row, filled).encode(encoding), why


def test_a_decimal_comma_in_a_table_with_commas_is_quoted():
    export = 'Student,ID,Old (1),New (2)\nAda,1,"7,5",\nBo,2,"8,25",""\n'
    found = fill(export.encode(), "New", [entry("Ada", "5/2"), entry("Bo", 3)])
    assert found.data.decode() == 'Student,ID,Old (1),New (2)\nAda,1,"7,5","2,5"\nBo,2,"8,25","3"\n'


def test_what_is_excused_waits_or_is_not_there_is_left_and_named():
    given = [entry("Ada Lovelace", 2, 1), entry("Emmy Noether", 3), entry("103", None), entry("Zoe", 1)]
    found = fill(CANVAS.encode(), "Test 1", [*given, Entry(("Noether Emmy",), Fraction(3))])
    assert found.data == CANVAS.encode()
    assert (found.waiting, found.excused, found.unmarked) == (("Ada Lovelace",), ("Noether Emmy",), ("103",))
    assert found.unknown == ("Emmy Noether", "Zoe")
    assert "1 excused, and left so: Noether Emmy." in found.in_words()
    filled = fill(CANVAS.encode(), "Test 1", given, with_pending=True)
    assert ",7.5,2,\r\n" in filled.data.decode()


def test_two_who_may_be_the_same_person_get_nothing():
    twins = CANVAS.replace("Noether Emmy", '"Lovelace, Ada"')
    with pytest.raises(AuthorError, match="Nobody who was marked"):
        fill(twins.encode(), "Test 1", [entry("Ada Lovelace", 3)])
    found = fill(CANVAS.encode(), "Test 1", [entry("Ada Lovelace", 1), entry("101", 2), entry("grace1", 3)])
    assert found.unknown == ("Ada Lovelace", "101")


def test_nobody_poses_as_the_row_of_points():
    with pytest.raises(AuthorError, match="Nobody who was marked"):
        fill(CANVAS.encode(), "Test 1", [entry("Points Possible", 100)])


def test_a_new_column_comes_last_and_its_points_are_said():
    found = fill(CANVAS.encode(), "Brackets, first try", [entry("Ada Lovelace", 3)])
    rows = list(csv.reader(io.StringIO(found.data.decode())))
    assert [row[-1] for row in rows] == ["Brackets, first try", "3", "3", "", "", ""]
    assert [row[:-1] for row in rows] == list(csv.reader(io.StringIO(CANVAS)))
    assert found.added


def test_columns_that_take_no_marks_are_refused():
    assert columns_of(CANVAS.encode()) == ["Section", "Homework (12)", "Test 1 (34)"]
    for column in ("Total (read only)", "Student"):
        with pytest.raises(AuthorError, match="cannot go into"):
            fill(CANVAS.encode(), column, [entry("Ada Lovelace", 3)])
    with pytest.raises(AuthorError, match="2 columns"):
        fill(CANVAS.replace("Homework (12)", "Test 1 (12)").encode(), "Test 1", [entry("Ada Lovelace", 3)])


@pytest.mark.parametrize("export", [b"", b"\n\n", b"PK\x03\x04spreadsheet", b"\xff\xfea"])
def test_what_is_no_table_is_refused(export):
    with pytest.raises(AuthorError):
        fill(export, "Test 1", [entry("Ada", 3)])


def test_moodle_s_grading_worksheet_is_filled_by_participant():
    sheet = (
        '\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum Grade","Feedback comments"\n'
        '"Participant 1234","Ada Lovelace",ada@example.org,"Submitted",,100.00,\n'
        '"Participant 1235","Ada Lovelace",other@example.org,"Submitted",,100.00,\n'
    )
    found = fill(sheet.encode(), "Grade", [Entry(("Ada Lovelace",), Fraction(3), ids={"moodle_id": "1234"})])
    assert found.data.decode() == sheet.replace('ada@example.org,"Submitted",,', 'ada@example.org,"Submitted",3,')


def test_first_and_last_name_may_stand_in_two_columns():
    export = "Vorname;Nachname;ID-Nummer;Test 1\nAda;Lovelace;;\n"
    assert fill(export.encode(), "Test 1", [entry("Ada Lovelace", "1/2")]).data.endswith(b"Ada;Lovelace;;0,5\n")


def test_an_entry_is_all_that_a_student_has():
    found = {e.name: e for e in entries([*CLASS, report("9", "ada", "q", earned="1/2", extra={"canvas_id": "101"})])}
    assert found["ada"].earned == sum(Fraction(r["mark"]["earned"]) for r in CLASS if r["student"] == "ada") + Fraction(
        1, 2
    )
    assert found["ada"].ids == {"canvas_id": "101"}
    failed = entries([report("1", "bo", "p", earned="0", pending="2", status="error", message="No.")])
    assert (failed[0].earned, failed[0].pending) == (None, 2)


def test_moodle_s_import_has_no_mark_where_there_is_none_and_runs_no_formula():
    given = [
        entry("ada", "5/2", feedback="line 2"),
        entry("=2+3", 1),
        entry("bo", 2, 1, feedback="x"),
        entry("cy", None),
    ]
    rows = list(csv.reader(io.StringIO(moodle_table(given, "Test 1", decimal_comma=True).decode())))
    assert rows == [
        ["username", "Test 1", "Test 1: feedback"],
        ["ada", "2,5", "line 2"],
        ["'=2+3", "1", ""],
        ["bo", "-", ""],
        ["cy", "-", ""],
    ]


def test_gradescope_has_a_folder_for_each_student_whatever_they_are_called():
    class_ = [report(str(n), name, "p") for n, name in enumerate(["ada", "ADA", "../../etc", "", "x" * 300, "ada"])]
    file = io.BytesIO()
    assert write_gradescope_archive(file, class_) == 5
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        scores = {name: json.loads(archive.read(name))["score"] for name in names}
    assert names[:3] == ["ada/results.json", "ADA-2/results.json", "etc/results.json"]
    assert scores["ada/results.json"] == 2
    assert all(len(name) < 100 and ".." not in name for name in names)
