"""Units that all stand on a line are kept on the next: a prefix gained there is no unit left out."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import Verdict

BALLS = "Two metal balls with +9 C and -3 C touch. One then has +4 C. Find the charge q of the other."
LENS = "A lens of focal length 20 cm shows a candle 30 cm before it. Where is the image?"
PLATES = "A capacitor of 20 μF carries a charge of 300 μC. Find its voltage."

DRIVE = "A car drives 30 km in 20 minutes. What is its speed?"

WRONG = [
    (DRIVE, "v = 30 km / 20 min\nv = 80 km/h", 1, "a quotient of quantities, not that many km/h"),
    (BALLS, "6 C = 4 C + q\n2 kC = q", 1, "a prefix gained"),
    (
        PLATES,
        "C = 20 μF = 20×10^-6 F and Q = 300 μC = 300×10^-6 C\nV = Q/C = (300×10^-6 C)/(20×10^-6 kF) = 15 V",
        1,
        "a prefix gained below the bar",
    ),
]
ROLLS = (
    "It takes 1/4 pound of flour to make 1 dozen rolls. He makes 3 dozen a day for a week. "
    "How many pounds of flour does he need?"
)
RIGHT = [
    (DRIVE, "v = s/t\nv = 30 km / 20 min\nv = 90 km/h", "the unit of a quotient, then another"),
    (DRIVE, "v = 180 km/h / 2\nv = 25 m/s", "a part of a quantity, in another unit"),
    (
        ROLLS,
        "Next, it takes 1/4 pound of flour to make 1 dozen rolls. We set up a proportion: (1 dozen) / (1/4 pound) = "
        "(36 rolls) / x pounds, where x is the amount of flour needed.\nCross-multiplying gives us: 1/4 × 36 = 1 × x, "
        "which simplifies to 9 = x. So he needs 9 pounds of flour per day.\n9 pounds/day × 7 days = 63 pounds",
        "x counts pounds, and the line after leaves them out",
    ),
    (BALLS, "6 C = 4 C + q\n2 C = q", "as it should be"),
    (BALLS, "6 C = 4 C + q\n2000 mC = q", "another unit"),
    (BALLS, "6 = 4 + q\n2 C = q", "the unit comes last"),
    (LENS, "1/v = 1/20 - 1/30 = 1/60 → v = 60 cm", "the unit comes last on the line itself"),
    (
        PLATES,
        "C = 20 μF = 20×10^-6 F and Q = 300 μC = 300×10^-6 C\nV = Q/C = (300×10^-6 C)/(20×10^-6 F) = 15 V",
        "as it should be",
    ),
    (PLATES, "V = Q/C = (300 μC)/(20 μF) = 15 V", "the prefixes cancel"),
]


@pytest.mark.parametrize(("problem", "work", "line", "why"), WRONG, ids=[r[3] for r in WRONG])
def test_a_prefix_gained_is_wrong(problem: str, work: str, line: int, why: str) -> None:
    steps = check_work(work, problem_from_statement(problem))
    assert [s.step.line for s in steps if s.verdict is Verdict.WRONG] == [line], why


@pytest.mark.parametrize(("problem", "work", "why"), RIGHT, ids=[r[2] for r in RIGHT])
def test_other_units_are_left_alone(problem: str, work: str, why: str) -> None:
    assert all(s.verdict is not Verdict.WRONG for s in check_work(work, problem_from_statement(problem))), why
