import io
import json
import zipfile
from pathlib import Path

import pytest

from tutor.batch.readers import read_submissions
from tutor.errors import AuthorError

ROWS = [
    {"id": "1", "student": "Zoë", "problem": "p-1", "work": "x² = 9\nx = ±3", "class": "9b"},
    {"id": "2", "student": "Bo", "problem": "p-2", "work": "= 2(x+1), so", "class": "9b"},
]
TEXT = 'id,student,problem,work,class\n1,Zoë,p-1,"x² = 9\nx = ±3",9b\n2,Bo,p-2,"= 2(x+1), so",9b\n'


def read(path, problems=("p-1", "p-2")):
    return list(read_submissions(Path(path), problems))


def as_dicts(rows):
    return [
        {"id": s.id, "student": s.student, "problem": s.problem, "work": s.work, **s.extra}
        for s in (r.submission for r in rows)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_csv_is_read_in_whatever_encoding_it_was_saved(tmp_path, encoding):
    (tmp_path / "a.csv").write_bytes(TEXT.encode(encoding))
    assert as_dicts(read(tmp_path / "a.csv")) == ROWS


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_found(tmp_path, delimiter):
    text = f"student{delimiter}problem{delimiter}work\nBo{delimiter}p-1{delimiter}x = 1,5\n"
    (tmp_path / "a.csv").write_text(text)
    assert as_dicts(read(tmp_path / "a.csv")) == [
        {"id": "Bo/p-1", "student": "Bo", "problem": "p-1", "work": "x = 1,5"}
    ]


def test_one_broken_byte_does_not_change_the_rest(tmp_path):
    (tmp_path / "a.csv").write_bytes(TEXT.encode().replace(b"so", b"\xff"))
    first, second = as_dicts(read(tmp_path / "a.csv"))
    assert first == ROWS[0]
    assert second["work"] == "= 2(x+1), �"


def test_json_lines_json_parquet_and_xlsx_say_the_same(tmp_path):
    import openpyxl
    import pyarrow
    import pyarrow.parquet

    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(r) for r in ROWS))
    (tmp_path / "a.json").write_text(json.dumps(ROWS))
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(ROWS), tmp_path / "a.parquet")
    book = openpyxl.Workbook()
    book.active.append(list(ROWS[0]))
    for row in ROWS:
        book.active.append(list(row.values()))
    book.save(tmp_path / "a.xlsx")
    for name in ("a.jsonl", "a.json", "a.parquet", "a.xlsx"):
        assert as_dicts(read(tmp_path / name)) == ROWS, name


def test_a_bad_line_of_json_is_a_row_that_says_so(tmp_path):
    good = json.dumps(ROWS[0])
    (tmp_path / "a.jsonl").write_text(f'{good}\n{{"id": 3\n[1]\n{{"id": "4"}}\n{"[" * 100_000}\n')
    statuses = [r.status for r in read(tmp_path / "a.jsonl")]
    assert statuses == ["", "error", "error", "error", "error"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", "name,works\nBo,x\n", 'no column "work" .* did you mean "works"'),
        ("a.csv", "", "is empty"),
        ("a.xlsx", "no workbook", "cannot be read as XLSX"),
        ("a.parquet", "no table", "cannot be read as Parquet"),
        ("a.zip", "no archive", "cannot be read as a ZIP"),
        ("a.json", '{"id": 1}', "no list"),
        ("a.pdf", "%PDF", "submissions come as"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_is_wanted(tmp_path, name, content, says):
    (tmp_path / name).write_text(content)
    with pytest.raises(AuthorError, match=says):
        read(tmp_path / name)


def test_an_unknown_problem_is_named_with_its_neighbours(tmp_path):
    (tmp_path / "a.csv").write_text("student,problem,work\nBo,p1,x\nBo,P_2,x\nBo,,x\n")
    rows = read(tmp_path / "a.csv")
    assert rows[0].message == 'There is no problem "p1" in the set; did you mean "p-1"?'
    assert rows[1].submission.problem == "p-2"
    assert "names no problem" in rows[2].message


def test_work_without_end_is_not_read(tmp_path):
    (tmp_path / "a.csv").write_text("work\n" + "x" * 3_000_000 + "\n")
    (row,) = read(tmp_path / "a.csv", ["p"])
    assert row.status == "unreadable"
    assert "3,000,000 letters" in row.message


# ---------------------------------------------------------------- folders and archives

FILES = {
    "ada/p-1.txt": b"x = 1",
    "ada/P-2.md": b"x = 2",
    "bo/p-1.pdf": b"%PDF-1.7 ...",
    "bo/p-2.txt": b"%PDF-1.7 ...",
    "cy/p-1.tex": b"\\documentclass{article}\\begin{document}$x=1$\\end{document}",
    "cy/p-2.docx": b"PK\x03\x04....",
    "di/holiday.jpg": b"\xff\xd8\xff....",
    "di/essay.txt": b"x = 1",
    "__MACOSX/ada/._p-1.txt": b"junk",
    "ada/.DS_Store": b"junk",
}
WANTED = [
    ("ada", "p-1", "x = 1", ""),
    ("ada", "p-2", "x = 2", ""),
    ("bo", "p-1", "", "p-1.pdf is a PDF."),
    ("bo", "p-2", "", "p-2.txt is a PDF."),
    ("cy", "p-1", "$x=1$", ""),
    ("cy", "p-2", "", "p-2.docx is a Word document."),
    ("di", "", "", "holiday.jpg is a photo (JPEG)."),
    ("di", "", "", "the file's name is to be a problem's"),
]


def zipped(files, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def check(rows, wanted):
    found = [(r.submission.student, r.submission.problem, r.submission.work, r.message) for r in rows]
    assert sorted(f[:3] for f in found) == sorted(w[:3] for w in wanted)
    for student, problem, work, message in wanted:
        assert any(f[:3] == (student, problem, work) and message in f[3] for f in found), (student, problem, found)


def test_a_folder_per_student(tmp_path):
    for name, data in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / "eve").mkdir()
    check(read(tmp_path), [*WANTED, ("eve", "", "", "nothing was handed in")])


def test_folders_packed_by_hand_with_or_without_a_folder_around(tmp_path):
    check(read(zipped(FILES, tmp_path / "a.zip")), WANTED)
    around = {f"class 9b/{name}": data for name, data in FILES.items()}
    check(read(zipped(around, tmp_path / "b.zip")), WANTED)


def test_moodle_hands_out_files_and_online_text(tmp_path):
    files = {
        "Ada Love_lace_101_assignsubmission_file_/p-1.txt": b"x = 1",
        "Bo Li_102_assignsubmission_file_p-2.txt": b"x = 2",
        "Cy Ö_103_assignsubmission_onlinetext_/onlinetext.html": "<p>x<sup>2</sup> = 4</p><p>x = ±2</p>".encode(),
    }
    rows = read(zipped(files, tmp_path / "a.zip"), ["p-1"])
    found = [(r.submission.student, r.submission.problem, r.submission.work) for r in rows]
    assert found[0] == ("Ada Love_lace", "p-1", "x = 1")
    assert found[1][0] == "Bo Li"
    assert found[2] == ("Cy Ö", "p-1", "x^(2) = 4\nx = ±2")
    assert rows[0].submission.extra["moodle_id"] == "101"


def test_canvas_hands_out_flat_names_with_a_late_mark(tmp_path):
    files = {
        "lovelaceada_12_900_p-1.txt": b"x = 1",
        "libo_LATE_13_901_p-2-1.txt": b"x = 2",
        "ng_14_text.html": b"<p>x = 3</p>",
    }
    rows = read(zipped(files, tmp_path / "a.zip"))
    found = {r.submission.student: r for r in rows}
    assert found["lovelaceada"].submission.problem == "p-1"
    assert found["libo"].submission.problem == "p-2"
    assert found["libo"].submission.extra["late"] == "yes"
    assert found["ng"].status == "error"
    assert {r.submission.student: r for r in read(tmp_path / "a.zip", ["p-1"])}["ng"].submission.work == "x = 3"


def test_an_archive_leads_nowhere_and_does_not_swell(tmp_path):
    path = zipped({"../../evil/p-1.txt": b"x = 1", "bo/p-1.txt": b"0" * 50_000_000}, tmp_path / "a.zip")
    rows = read(path)
    assert "leads out of it" in rows[0].message
    assert "50,000,000" in rows[1].message
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_file_in_an_archive_costs_itself(tmp_path):
    path = zipped({"ada/p-1.txt": b"x = 1" * 100, "bo/p-1.txt": b"x = 1"}, tmp_path / "a.zip")
    data = bytearray(path.read_bytes())
    data[45] ^= 0xFF
    path.write_bytes(data)
    assert [r.status for r in read(path)] == ["error", ""]


def test_an_archive_inside_an_archive_is_not_opened(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("p-1.txt", "x")
    (row,) = read(zipped({"ada/p-1.zip": inner.getvalue()}, tmp_path / "a.zip"))
    assert row.status == "unreadable"
    assert "a ZIP archive" in row.message


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "class" / "ada").mkdir(parents=True)
    (tmp_path / "class" / "ada" / "p-1.txt").symlink_to(tmp_path / "secret.txt")
    (row,) = read(tmp_path / "class")
    assert (row.status, row.submission.work) == ("error", "")
