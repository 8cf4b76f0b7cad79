import json

import pytest

from tests.cli.test_app import tutor
from tutor.errors import AuthorError
from tutor.evaluate import evaluate, harmonic_mean, read_labelled

PROBLEM = "A box holds 6 rows of 8 pears. 5 pears are bad. How many are good?"
SOLUTION = "6 * 8 = 48 pears\n48 - 5 = 43 pears"
ROWS = [
    # id, steps, first wrong step, right, kind
    ("added", ["6 + 8 = 14 pears", "14 - 5 = 9 pears", "9"], 0, False, "operation"),
    ("part", ["6 * 8 = 48 pears", "So 48 pears are good."], 1, False, "part"),
    ("false", ["6 * 8 = 46 pears", "46 - 5 = 41 pears"], 0, False, "calculation"),
    ("right", ["6 * 8 = 48 pears", "48 - 5 = 43 pears"], None, True, None),
    (
        "words",
        ["There are 48 pears in all.", "Without the 5 bad ones that leaves 43 good pears in the box."],
        None,
        True,
        None,
    ),
    ("unplaced", ["6 * 8 = 48", "48 + 5 = 53"], None, False, None),
]


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "labelled.jsonl"
    lines = [
        json.dumps(
            {
                "id": name,
                "problem": PROBLEM,
                "solution_steps": steps,
                "first_error_step": first,
                "solution_correct": right,
                "error_type": kind,
                "reference_answer": "43",
                **({"reference_solution": SOLUTION} if name == "added" else {}),
            }
        )
        for name, steps, first, right, kind in ROWS
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_solution_in_one_row_serves_all_rows_of_its_problem(data):
    assert all(row.solution == tuple(SOLUTION.split("\n")) for row in read_labelled(data))


def test_with_the_reference_true_lines_that_lead_astray_are_found(data):
    scores = evaluate(read_labelled(data), reference=True, jobs=1)
    assert [(f.row.id, f.step) for f in scores.rows] == [
        ("added", 0),
        ("part", 1),
        ("false", 0),
        ("right", None),
        ("words", None),
        ("unplaced", 1),
    ]
    assert (scores.wrong.hit, scores.wrong.rows, scores.kept, scores.correct) == (3, 3, 2, 2)
    assert (scores.noticed, scores.unplaced) == (1, 1)
    assert scores.f1 == 1


def test_without_the_reference_only_false_lines_are(data):
    scores = evaluate(read_labelled(data), reference=False, jobs=1)
    assert {f.row.id for f in scores.rows if f.step is not None} == {"false"}
    assert scores.wrong.missed == 2
    assert scores.f1 == harmonic_mean(1 / 3, 1.0)


def test_several_processes_say_the_same(data):
    one, two = (evaluate(read_labelled(data), reference=True, jobs=jobs) for jobs in (1, 2))
    assert [(f.row.id, f.step) for f in one.rows] == [(f.row.id, f.step) for f in two.rows]


def test_the_command_prints_a_table_and_json(data):
    table = tutor("evaluate", data, "--jobs", 1).stdout.decode()
    assert "with reference answer and solution" in table
    assert "without reference answer and solution" in table
    found = json.loads(tutor("evaluate", data, "--jobs", 1, "--json", "--rows", "--reference", "with").stdout)
    (setting,) = found["settings"]
    assert setting["first_error"] == {"rows": 3, "hit": 3, "early": 0, "late": 0, "missed": 0, "accuracy": 1.0}
    assert setting["correct_work"]["accuracy"] == setting["f1"] == 1.0
    assert set(setting["kinds"]) == {"operation", "part", "calculation"}
    assert setting["rows"][0] == {
        "id": "added",
        "labelled": 0,
        "found": 0,
        "evidence": "Departs",
        "answer_correct": False,
    }


def test_the_language_model_is_one_of_the_settings(data):
    found = json.loads(
        tutor("evaluate", data, "--model", "both", "--reference", "without", "--json", "--jobs", 1).stdout
    )
    plain, helped = found["settings"]
    assert plain["model"] is None
    assert helped["model"] == found["model"] != ""
    assert helped["correct_work"] == plain["correct_work"]


def test_a_model_that_is_not_there_is_said_plainly(data):
    asked = tutor("evaluate", data, "--model", "with", TUTOR_MODEL="/no/such/model")
    assert asked.returncode == 2
    assert b"/no/such/model" in asked.stderr


BROKEN = [
    # what a line holds, what is said of it
    ("{", "line 2 is not JSON"),
    ("[]", "line 2 is not an object"),
    ('{"problem": "p"}', "`solution_steps` a list of texts"),
    ('{"problem": "p", "solution_steps": ["a", 3]}', "`solution_steps` a list of texts"),
    ('{"problem": "p", "solution_steps": ["a"], "first_error_step": 1}', "a step's number from 0 to 0"),
    ('{"problem": "p", "solution_steps": ["a"], "first_error_step": true}', "a step's number"),
]


@pytest.mark.parametrize(("line", "said"), BROKEN)
def test_a_broken_line_is_named(tmp_path, line, said):
    path = tmp_path / "x.jsonl"
    path.write_text('{"problem": "p", "solution_steps": ["1 + 1 = 2"]}\n' + line, encoding="utf-8")
    with pytest.raises(AuthorError, match="line 2") as caught:
        read_labelled(path)
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(AuthorError, match="cannot be opened"):
        read_labelled(tmp_path / "none.jsonl")
