import csv
import json
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest

SET = """
title: A small set
problems:
  - id: eq
    statement: Solve 2x + 3 = 7
    answer: x = 2
    marks: 3
    solution: ["2x = 4", "x = 2"]
  - id: sum
    statement: Work out 20 × 3
    answer: "60"
    marks: 1
    solution: ["20 × 3 = 60"]
"""
ROWS = [
    ("1", "ada", "eq", "2x = 4\nx = 2"),
    ("2", "bo", "eq", "2x = 10\nx = 5"),
    ("3", "=cmd()", "sum", "20 × 3 = 60"),
    ("4", "di", "sum", ""),
]
HOSTILE = [
    "9^9^9^9",
    "10^8!",
    "(x+1)^100000 = 0",
    "(" * 10_000 + "x" + ")" * 10_000,
    "x = " + "1+" * 500_000 + "1",
    "__import__('os').system('touch hacked')",
    "х = 2",  # a Cyrillic letter that looks like x
    "x = 2\x00",
    "\x1b[2J\x1b]0;owned\x07 x = 2",
    "x = \u202e2",
]


def tutor(*args, text=None, cwd=None, **env):
    given = text.encode() if isinstance(text, str) else text
    return subprocess.run(
        [sys.executable, "-m", "tutor", *map(str, args)],
        input=given,
        capture_output=True,
        cwd=cwd,
        env=os.environ | env,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    (folder / "set.yaml").write_text(SET, encoding="utf-8")
    with (folder / "class.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "student", "problem", "work"), *ROWS])
    return folder


# ---------------------------------------------------------------- check


def test_check_prints_a_verdict_and_a_reason_for_every_line():
    done = tutor("check", "-p", "Solve 2x + 3 = 7", text="2x = 4\nx = 3\n2(x+3\n")
    out = done.stdout.decode()
    assert done.returncode == 0
    assert "✓ correct" in out
    assert "✗ wrong" in out
    assert "\x1b" not in out
    assert done.stderr == b""


def test_check_reads_a_file_and_a_problem_of_a_set(place):
    (place / "work.tex").write_text("\\begin{document}\n$2x = 4$\n\n$x = 2$\n\\end{document}")
    done = tutor("check", place / "work.tex", "--problem", f"{place / 'set.yaml'}#eq", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["mark"]["earned"] == "3"
    assert found["problem"] == "eq"


def test_a_stream_answers_each_line_and_goes_on_after_bad_ones():
    lines = [
        json.dumps({"id": "a", "problem": "Solve 2x = 4", "work": "x = 2"}),
        "{broken",
        json.dumps({"id": "c", "work": 5}),
        "",
        json.dumps([1]),
        json.dumps({"id": "e", "problem": {"statement": "Solve 2x = 4", "answer": "x = 2"}, "work": "x = 3"}),
        json.dumps({"id": "f", "problem": {"answers": 3}, "work": "x"}),
    ]
    done = tutor("check", "--jsonl", text="\n".join(lines) + "\n\xff\n")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(r["id"], r["status"]) for r in found][:6] == [
        ("a", "graded"), ("2", "error"), ("c", "error"), ("5", "error"), ("e", "graded"), ("f", "error"),
    ]  # fmt: skip
    assert found[5]["message"]
    assert found[4]["first_wrong"] == 0
    assert done.returncode == 1


@pytest.mark.parametrize("field", ["id", "student", "problem", "work"])
def test_a_stream_goes_on_after_half_of_a_surrogate_pair(field):
    row = {"id": "a", "student": "b", "problem": "Solve 2x = 4", "work": "x = 2"}
    rows = [row | {field: row[field] + "\ud800"}, row]
    done = tutor("check", "--jsonl", text="\n".join(map(json.dumps, rows)) + "\n")
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["graded", "graded"], done.stderr


def test_a_stream_names_a_problem_that_is_none():
    done = tutor("check", "--jsonl", text='{"id": "n", "problem": 3, "work": "x = 2"}\n')
    row = json.loads(done.stdout)
    assert (row["id"], row["status"]) == ("n", "error")
    assert "is to be a statement" in row["message"]


def test_the_final_answer_is_not_judged_where_a_later_line_cannot_be_read():
    done = tutor("check", "--problem", "Solve 2x + 3 = 7", text="2x = 4\nx = 2(\n").stdout.decode()
    assert "unreadable" in done
    assert "Final answer" not in done


def test_each_report_of_a_stream_is_written_at_once():
    process = subprocess.Popen(
        [sys.executable, "-m", "tutor", "check", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    for n in range(2):
        process.stdin.write(json.dumps({"id": str(n), "work": "1 + 1 = 2"}).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == str(n)
    process.stdin.close()
    assert process.wait(20) == 0
    process.stdout.close()


def test_hostile_lines_get_a_message_and_the_rest_is_checked(tmp_path):
    rows = [json.dumps({"id": str(n), "work": f"1 + 1 = 2\n{text}\n2 + 2 = 5"}) for n, text in enumerate(HOSTILE)]
    begun = time.monotonic()
    done = tutor("check", "--jsonl", text="\n".join(rows), cwd=tmp_path)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(HOSTILE)
    for report, text in zip(found, HOSTILE, strict=True):
        assert report["status"] == "graded", (text[:40], report.get("message"))
        assert [s["verdict"] for s in report["steps"]][:1] == ["correct"], text[:40]
        assert [s["verdict"] for s in report["steps"]][-1:] == ["wrong"], text[:40]
    assert not list(tmp_path.iterdir())
    assert time.monotonic() - begun < 20
    shown = tutor("check", text=HOSTILE[8]).stdout
    assert b"\x1b" not in shown


# ---------------------------------------------------------------- grade


def test_grade_marks_a_class_and_prints_every_line(place, tmp_path):
    done = tutor("grade", place / "set.yaml", place / "class.csv", "-o", tmp_path / "out", "--jobs", 1)
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "✗ wrong" in out
    assert "submissions     4 (4 graded)" in out
    with (tmp_path / "out" / "marks.csv").open(encoding="utf-8-sig") as file:
        rows = {r["student"]: r for r in csv.DictReader(file)}
    assert rows["ada"]["eq"] == "3"
    assert rows["'=cmd()"]["sum"] == "1"
    assert rows["di"]["total"] == "0"
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "results.jsonl", "marks.csv", "errors.csv", "review.csv", "report.html", "manifest.json", "times.csv",
    }  # fmt: skip
    again = tutor("grade", place / "set.yaml", place / "class.csv", "-o", tmp_path / "out", TUTOR_QUIET="1")
    assert (again.returncode, again.stdout, again.stderr) == (0, b"", b"")


def test_a_class_of_hostile_work_is_marked_to_the_end(place, tmp_path):
    with (tmp_path / "class.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "problem", "work"), *((n, "sum", text) for n, text in enumerate(HOSTILE))])
    with (tmp_path / "class.csv").open("ab") as file:
        file.write(b'last,sum,"20 \xd7 3 = 60 \xff\xfe"\n')
    done = tutor("grade", place / "set.yaml", tmp_path / "class.csv", "-o", tmp_path / "out", "--timeout", 20)
    assert done.returncode in (0, 1), done.stderr
    rows = [json.loads(line) for line in (tmp_path / "out" / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [r["id"] for r in rows] == [*map(str, range(len(HOSTILE))), "last"]
    assert {r["status"] for r in rows} <= {"graded", "unreadable"}
    assert b"\x1b" not in done.stdout
    assert not list(tmp_path.glob("hacked"))


def test_the_number_of_processes_changes_nothing(place, tmp_path):
    for jobs in (1, 2):
        tutor("grade", place / "set.yaml", place / "class.csv", "-o", tmp_path / str(jobs), "--jobs", jobs, "-q")
    assert (tmp_path / "1" / "results.jsonl").read_bytes() == (tmp_path / "2" / "results.jsonl").read_bytes()


def test_the_teacher_s_own_gradebook_is_filled_in_a_copy(place, tmp_path):
    sheet = "\ufeffIdentifier;Full name;Grade;Feedback\r\nParticipant 1;Ada L;;\r\nParticipant 2;Bo Li;;\r\n"
    (tmp_path / "export.csv").write_bytes(sheet.encode())
    with zipfile.ZipFile(tmp_path / "moodle.zip", "w") as archive:
        archive.writestr("Ada L_1_assignsubmission_file_/eq.txt", "2x = 4\nx = 2")
    done = tutor(
        "grade", place / "set.yaml", tmp_path / "moodle.zip", "-o", "out", "-o", "moodle.csv", "-o", "scope.zip",
        "--gradebook", "export.csv", "--column", "Grade", "-j", 1, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b'1 mark in the column "Grade"' in done.stdout
    filled = (tmp_path / "out" / "gradebook-export.csv").read_bytes().decode()
    assert filled == sheet.replace("Ada L;;", "Ada L;3;")
    assert (tmp_path / "moodle.csv").read_text(encoding="utf-8").splitlines()[1].startswith("Ada L,3,")
    assert zipfile.ZipFile(tmp_path / "scope.zip").namelist() == ["Ada-L/results.json"]


def test_rows_that_cannot_be_marked_are_listed_and_set_the_exit_status(place, tmp_path):
    with zipfile.ZipFile(tmp_path / "moodle.zip", "w") as archive:
        archive.writestr("Ada L_1_assignsubmission_file_/eq.txt", "2x = 4\nx = 2")
        archive.writestr("Bo Li_2_assignsubmission_file_/eq.pdf", b"%PDF-1.4")
    done = tutor(
        "grade", place / "set.yaml", tmp_path / "moodle.zip", "-o", "marks.csv", "-o", "x.parquet", cwd=tmp_path
    )
    assert done.returncode == 1
    with (tmp_path / "results" / "set-moodle" / "errors.csv").open(encoding="utf-8-sig") as file:
        (row,) = csv.DictReader(file)
    assert (row["student"], row["status"]) == ("Bo Li", "unreadable")
    assert (tmp_path / "x.parquet").exists()
    assert (tmp_path / "marks.csv").exists()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["grade", "none.yaml", "class.csv"], "none.yaml"),
        (["grade", "set.yaml", "none.csv"], "there is no file or folder none.csv"),
        (["grade", "set.yaml", "set.yaml"], "submissions come as"),
        (["grade", "set.yaml", "class.csv", "-o", "x.docx"], "the ending is to be"),
        (["grade", "set.yaml", "class.csv", "--shard", "3/2"], "write i/n"),
        (["grade", "set.yaml", "class.csv", "--jobs", "many"], "--jobs"),
        (["check", "none.txt"], "there is no file none.txt"),
        (["check", "-p", "set.yaml#eqq"], 'did you mean "eq"?'),
        (["marks", "none.jsonl"], "there is no results file"),
        (["mark"], "mark"),
    ],
)
def test_wrong_usage_is_said_without_a_traceback(place, args, says):
    done = tutor(*args, text="", cwd=place)
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_dry_run_says_what_would_be_done_and_does_nothing(place, tmp_path):
    done = tutor("grade", place / "set.yaml", place / "class.csv", "--dry-run", "--only", "eq", cwd=tmp_path)
    assert "2 would be marked" in done.stdout.decode()
    assert list(tmp_path.iterdir()) == []


def test_marks_are_redone_from_stored_results(place, tmp_path):
    tutor("grade", place / "set.yaml", place / "class.csv", "-o", tmp_path / "out", "-q")
    (tmp_path / "set.yaml").write_text(SET.replace("marks: 3", "marks: 5"), encoding="utf-8")
    results = tmp_path / "out" / "results.jsonl"
    for more, total in (([], "3"), (["--problem-set", tmp_path / "set.yaml"], "5")):
        done = tutor("marks", results, "-o", tmp_path / "again.csv", "-o", tmp_path / "again.html", *more)
        assert done.returncode == 0, done.stderr
        with (tmp_path / "again.csv").open(encoding="utf-8-sig") as file:
            assert next(csv.DictReader(file))["eq"] == total


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a Unix signal")
def test_ctrl_c_leaves_whole_files_and_says_how_to_go_on(place, tmp_path):
    rows = [{"id": str(n), "problem": "eq", "work": "2x = 4\nx = 2\n" * 30} for n in range(4000)]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, rows)))
    command = [sys.executable, "-m", "tutor", "grade", str(place / "set.yaml"), "many.jsonl", "-o", "out", "-j", "1"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What a shell starts in the background ignores Ctrl-C, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    path = tmp_path / "out" / "results.jsonl"
    until = time.monotonic() + 30
    while time.monotonic() < until and not (path.exists() and path.stat().st_size):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "the same command goes on from there" in stderr.decode()
    lines = path.read_bytes().splitlines()
    assert 0 < len(lines) < 4000
    assert all(json.loads(line) for line in lines)


# ---------------------------------------------------------------- the rest


def test_help_shows_a_teacher_what_to_type():
    for command in ((), ("check",), ("grade",), ("marks",), ("problems",)):
        done = tutor(*command, "--help", COLUMNS="100")
        assert done.returncode == 0
        assert done.stdout
    assert "tutor grade set.yaml moodle.zip" in tutor("grade", "--help", COLUMNS="100").stdout.decode()


def test_the_doctor_finds_that_checking_works():
    done = tutor("doctor")
    assert "✓ checking" in done.stdout.decode()


def test_checking_starts_without_the_heavy_libraries():
    code = (
        "import sys; sys.argv = ['tutor', 'check', '-p', 'Solve 2x + 3 = 7']\n"
        "from tutor.cli.app import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'sympy', 'torch', 'transformers', 'pandas', 'sqlalchemy', 'pint', 'numpy', 'jinja2', 'pyarrow'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=b"2x = 4\nx = 2", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_what_the_words_of_the_problem_give_and_ask_stands_in_the_json_report():
    words = "Tom has twice as many marbles as Ann. Ann has 15 marbles. How many marbles does Tom have?"
    (read,) = json.loads(tutor("check", "-p", words, "--json", "--no-model", text="2*15 = 30").stdout)["problem_read"]
    assert read["givens"] == [{"value": "15", "unit": None, "role": "marbles of Ann", "symbol": None}]
    assert read["relations"] == ["t = 2*a"]
    assert read["letters"] == {"t": "Tom", "a": "Ann"}
    assert (read["part"], read["asked"], read["read_by"]) == (
        None,
        "marbles Tom have",
        "rules, phrases of word problems",
    )


def test_each_row_of_a_stream_says_what_its_own_problem_gives():
    rows = [
        {"problem": "A ball of mass 0.5 kg falls 20 m from rest. How fast is it then?", "work": "v = 20 m/s"},
        {"problem": "Solve 2x + 3 = 7", "work": "2x = 4"},
        {"work": "1 + 1 = 2"},
    ]
    run = tutor("check", "--jsonl", "--no-model", text="\n".join(map(json.dumps, rows)))
    ball, *others = map(json.loads, run.stdout.splitlines())
    assert [given["value"] for given in ball["problem_read"][0]["givens"]] == ["0.5", "20"]
    assert ["problem_read" in other for other in others] == [False, False]
