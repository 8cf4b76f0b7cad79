"""Work whose final answer is wrong: the first line that leads to it is the wrong one, and what rests on it follows."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement

C, W, F, N = "correct", "wrong", "follow_through", "no_claim"

CARTS = (
    "A 3.0 kg cart moving at 4.0 m/s collides with a 1.0 kg cart at rest and the two stick together. Find their speed "
    "after the collision."
)
CLIFF = "A stone is thrown horizontally at 12 m/s from a cliff 44 m high. How long does it take to reach the sea?"
CRATE = (
    "A crate is pushed with 120 N while friction of 45 N acts against the motion. Its mass is 25 kg. Find its "
    "acceleration."
)
COPPER = "How much heat is given off when 0.50 kg of copper (c = 390 J/(kg K)) cools by 40 °C?"
BEND = "A 900 kg car takes a bend of radius 60 m at 54 km/h. Find the centripetal force."
FLASK = "A sealed flask holds air at 20 °C and 100 kPa. It is heated to 60 °C. What is the new pressure?"

# problem, work, verdicts (of which several may be as good), why
ROWS = [
    (CARTS, "½·3·4² = ½·(3+1)·v²\n24 = 2v²\nv² = 12\nv = 3.46 m/s", [W, F, F, F], "an equation that gives the answer"),
    (CLIFF, "44 = 12t + 4.9t²\n4.9t² + 12t − 44 = 0\nt = 2.01 s", [W, F, F], "the horizontal speed in the fall"),
    (CRATE, "F_net = 120 + 45 = 165 N\na = F_net/m = 165/25 = 6.6 m/s²", [W, F], "the law is right, its force is not"),
    (COPPER, "ΔT = 40 + 273 = 313 K\nQ = 0.5·390·313 = 61 000 J", [W, F], "a given is needed in place of the result"),
    (BEND, "v = 54·3.6 = 194.4 m/s\nF = mv²/r = 900·194.4²/60 = 5.67·10^5 N", [W, F], "a conversion upside down"),
    (FLASK, "p1/T1 = p2/T2\np2 = 100·60/20 = 300 kPa", [N, W], "the law is right, what was put in is not"),
    (CARTS, "3·4 = 4v\n12 = 4v\nv = 3 m/s", [N, C, C], "nothing to blame"),
    (CRATE, "F_net = 120 - 45 = 75 N\na = F_net/m = 75/25 = 3 m/s²", [C, C], "nothing to blame"),
]


@pytest.mark.parametrize(
    ("problem", "work", "verdicts", "why"), ROWS, ids=[row[3] + str(i) for i, row in enumerate(ROWS)]
)
def test_the_line_that_leads_to_a_wrong_answer_is_wrong(problem: str, work: str, verdicts: list[str], why: str) -> None:
    found = [str(step.verdict) for step in check_work(work, problem_from_statement(problem))]
    fine = [a == b or {a, b} <= {C, N} for a, b in zip(found, verdicts, strict=True)]
    assert all(fine), (found, why)
