"""Whatever is handed in, a report comes back: rows that once ended the program, and shipped work made unreadable."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest

from tutor.pipeline import grade_submission
from tutor.problems import load_problem_set
from tutor.records import Problem, Submission
from tutor.report.machine import to_json

SETS = Path(__file__).parents[1] / "problem_sets"
ROWS = [
    ("ln x = 10^18 + 1\nx = 3", "a solution of more digits than the memory holds"),
    ("ln x = 123456789012345678901234567890\nx = e^3", "the same, written out"),
    ("x = 0/2nd = 2\ndx = x", "a value that would be put for the letter of dx"),
    ("y% = ln(x² + 1)\ny = 1/(x² + |x|)", "a percentage of an unknown beside a logarithm"),
]


@pytest.mark.parametrize(("work", "why"), ROWS, ids=[why for _, why in ROWS])
def test_a_report_comes_back(work: str, why: str) -> None:
    report = grade_submission(Submission("1", "a", "", work), Problem())
    assert len(report.steps) == 2, why
    json.dumps(to_json(report))


PIECES = [*"()[]{}|=+-*/^_<>≤≠±√∫∑∂∞π°%$.,;:!'\"\\&²½→∈∪\n\x00\u200b", "\\frac", "\\sqrt{", "\\left(", "\\begin{cases}",
          "\\end{pmatrix}", "d/dx", "lim x->0 ", "0/0", "9^9^9", "e^", "C(5,2)", "P(A|B)", "x_{1}", "<script>",
          " or ", "f'(x)", "1,234", "10^400", "no wait ", "Answer: ", "\ud800"]  # fmt: skip


def garbled(text: str, chance: random.Random) -> str:
    """The text with pieces taken out, doubled, exchanged and thrown in."""
    characters = list(text)
    for _ in range(chance.choice([1, 2, 4, 8, 16])):
        at = chance.randrange(len(characters) + 1)
        end = min(len(characters), at + chance.randrange(1, 9))
        match chance.randrange(4):
            case 0:
                del characters[at:end]
            case 1:
                characters[at:at] = characters[at:end]
            case 2:
                characters[at:end] = [chance.choice(PIECES)]
            case _:
                characters[at:at] = [chance.choice(PIECES)]
    return "".join(characters)


@pytest.mark.parametrize("path", sorted(SETS.glob("*.yaml")), ids=lambda path: path.stem)
def test_garbled_work_gets_a_report_too(path: Path) -> None:
    problems = load_problem_set(path).problems
    with (SETS / "samples" / path.stem / "submissions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chance = random.Random(path.stem)
    for _ in range(40):
        row = chance.choice(rows)
        problem = problems.get(row["problem"], Problem())
        report = grade_submission(Submission("1", "a", problem.id, garbled(row["work"], chance)), problem)
        assert json.loads(json.dumps(to_json(report)))["mark"]["available"] == str(problem.marks)
