"""Explicit mark schemes as teachers write them: every kind of line, every fault, every format."""

from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tutor.cli.app import app
from tutor.problems import InvalidSet, load_problem_set, problem_from_object
from tutor.problems.schemes import letters_of

HEAD = "title: A set\nproblems:\n  - id: p\n    statement: Solve 3x + 4 = 19.\n    answer: x = 5\n"
SOLUTION = "    solution: |\n      3x = 15\n      x = 5\n"


def entry(line: str):
    ((award,),) = problem_from_object({"statement": "Solve 3x + 4 = 19.", "answer": "5", "scheme": [line]}).schemes
    return award


LINES = [
    # line, kind, marks, forms, what else it says, why it is here
    ("M1: 3x = 15", "M", "1", 1, {}, "a form"),
    ("m1: 3x = 15", "M", "1", 1, {}, "small letters"),
    ("A2: x = 5", "A", "2", 1, {}, "two marks"),
    ("B1/2: 15", "B", "1/2", 1, {}, "half a mark"),
    ("M0.5: 15", "M", "1/2", 1, {}, "as a decimal"),
    ("A: x = 5", "A", "1", 1, {}, "one mark where none are said"),
    ("A1 ft: x = 5", "A", "1", 1, {"follow_through": True}, "follow-through"),
    ("A1 cao: answer", "A", "1", 0, {"correct_only": True}, "correct answer only; the problem's own"),
    ("A1 units, 3 sf, ±0.1: 24.7 m/s", "A", "1", 1, {"unit": True, "figures": 3}, "demands on the value"),
    ("A1 2 s.f.: 25", "A", "1", 1, {"figures": 2}, "figures with stops"),
    ("A1 +-1/4: 25", "A", "1", 1, {"tolerance": Fraction(1, 4)}, "an exact tolerance"),
    ("M1 (no time in it): v² = u² + 2as", "M", "1", 1, {"says": "no time in it"}, "in words"),
    ("M1: mgh = 1/2 m v²; or v = √(2gh); OR v² = 2gh", "M", "1", 3, {}, "three forms"),
    ("A1: x = 1 or x = -2", "A", "1", 1, {}, "an or of mathematics is one form"),
]
FAULTS = [
    # scheme as YAML, line of the file, what is said of it
    ("    scheme: |\n      M1 3x = 15\n", 7, 'scheme line 1, "M1 3x = 15": a line is like'),
    ("    scheme: |\n      M1: 3x = 15\n      C1: x = 5\n", 8, "begins with C, which is none of M, A and B"),
    ("    scheme:\n      - M1: 3x = 15\n      - A1 fft: x = 5\n", 8, "fft is none of ft, cao, unit, 3 sf, ±0.1"),
    ("    scheme: |\n      M1: 3x = (15\n", 7, 'scheme line 1, "3x = (15" cannot be read: Close the bracket'),
    ("    scheme: |\n      M1:\n", 7, "says nothing after its colon"),
    ("    scheme: |\n      A1 ft cao: x = 5\n", 7, "ft and cao exclude each other"),
    ("    scheme: |\n      M1 ft: 3x = 15\n", 7, "ft is for A marks"),
    ("    scheme: |\n      M0: 3x = 15\n", 7, "is for no marks"),
    ("    scheme: |\n      M1: 3x = 15\n      or\n", 6, "`or` stands between two schemes"),
    ("    marks: 3\n    scheme: |\n      M1: 3x = 15\n      A1: x = 5\n", 7, "adds up to 2, where the marks are 3"),
    (
        "    scheme: |\n      M1: 3x = 15\n      or\n      A2: x = 5\n",
        6,
        "scheme 2 adds up to 2, where the first has 1",
    ),
]


@pytest.mark.parametrize(("line", "kind", "marks", "forms", "also", "why"), LINES, ids=[c[-1] for c in LINES])
def test_a_line_of_a_scheme(line, kind, marks, forms, also, why):
    award = entry(line)
    assert (award.kind, award.marks, len(award.forms)) == (kind, Fraction(marks), forms), why
    for name, value in also.items():
        assert getattr(award, name) == value


@pytest.mark.parametrize(("scheme", "line", "said"), FAULTS, ids=[f[-1][:40] for f in FAULTS])
def test_a_fault_is_named_with_file_line_and_field(tmp_path, scheme, line, said):
    path = tmp_path / "set.yaml"
    path.write_text(HEAD + scheme, encoding="utf-8")
    with pytest.raises(InvalidSet) as caught:
        load_problem_set(path)
    (message,) = caught.value.messages
    assert message.startswith(f'{path} line {line}, problem "p": ')
    assert said in message


def test_letters_that_spell_a_word_or_a_unit_are_letters():
    assert {"a", "s", "u", "v"} <= letters_of("v² = u² + 2as")
    law = entry("M1: E = 1/2 m v²").forms[0]
    assert "'m'" in repr(law)
    assert "Unit" not in repr(law)
    assert "Unit" in repr(entry("B1: 2.61 kg m/s").forms[0])


def test_marks_are_those_of_the_scheme_where_none_are_said():
    posed = problem_from_object({"statement": "Solve 3x = 15.", "answer": "5", "scheme": "M1/2: 3x = 15\nA1: 5"})
    assert posed.marks == Fraction(3, 2)


@pytest.mark.parametrize("ending", [".json", ".csv", ".xlsx", ".yaml"])
def test_schemes_go_through_every_format(tmp_path, ending):
    source = tmp_path / "set.yaml"
    entries = "    scheme:\n      - M1: 3x = 15\n      - A1 ft: x = 5\n      - or\n      - M2 (at once): x = 15/3\n"
    part = "      - {id: a, statement: Solve 2x = 6., answer: x = 3, scheme: ['M1: x = 6/2', 'A1: x = 3']}\n"
    second = f"  - id: q\n    statement: Two equations.\n    parts:\n{part}"
    source.write_text(HEAD + entries + SOLUTION + second, encoding="utf-8")
    target = tmp_path / f"other{ending}"
    assert CliRunner().invoke(app, ["problems", "convert", str(source), str(target)]).exit_code == 0
    one, other = load_problem_set(source), load_problem_set(target)
    assert one["p"].schemes == other["p"].schemes
    assert len(one["p"].schemes) == 2
    assert one["q"].parts[0].schemes == other["q"].parts[0].schemes
    assert one["q"].parts[0].schemes


def test_the_worked_solution_must_earn_every_mark_of_its_scheme(tmp_path):
    path = tmp_path / "set.yaml"
    path.write_text(
        HEAD + "    show_work: required\n    scheme: |\n      M1: 6x = 30\n      B1: 7\n" + SOLUTION, "utf-8"
    )
    result = CliRunner().invoke(app, ["problems", "check", str(path)])
    assert result.exit_code == 1
    assert "the worked solution earns 1 of 2 marks; B1: 7 is not reached" in result.output


def test_every_line_fits_the_schema_that_editors_use():
    import json
    import re

    schema = json.loads((Path(__file__).parents[2] / "problem_sets" / "schema.json").read_text(encoding="utf-8"))
    pattern = re.compile(
        schema["$defs"]["PartEntry"]["properties"]["scheme"]["anyOf"][1]["items"]["anyOf"][0]["pattern"]
    )
    assert all(pattern.search(line) for line, *_ in LINES)
    assert pattern.search("or")
    assert not pattern.search("3x = 15")
