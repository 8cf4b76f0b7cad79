"""What costs a mark, and what does not."""

from fractions import Fraction

import pytest

from tutor.pipeline import grade_submission
from tutor.problems import problem_from_object
from tutor.records import Submission

SHARE = {
    "id": "share",
    "statement": "Anna and Ben share £84 in the ratio 3 to 4.",
    "parts": [
        {"id": "a", "statement": "How much does Anna get?", "answer": "£36", "marks": 2},
        {"id": "b", "statement": "How much does Ben get?", "answer": "£48", "marks": 1},
    ],
}
SOLVE = {"id": "solve", "statement": "Solve 3x + 4 = 19.", "answer": "x = 5", "marks": 3}

CASES = [
    # problem, work, earned, pending, why it is here
    (SOLVE, "3x = 15\nx = 5", "3", "0", "all right"),
    (SOLVE, "3x = 14\nx = 14/3", "2", "0", "one mistake costs one mark, what follows from it costs nothing"),
    (SOLVE, "3x = 23\n3x = 22\nx = 22/3", "1", "0", "two mistakes that have nothing to do with each other"),
    (SOLVE, "x = 5", "3", "0", "an answer alone earns all where no working is asked for"),
    (SOLVE, "", "0", "0", "blank"),
    (SOLVE, "x = 4", "0", "0", "a wrong answer and nothing else"),
    (SHARE, "(a) 84/7 = 12\n3*12 = 36\n(b) 84 - 36 = 48", "3", "0", "both parts right"),
    (SHARE, "(a) 84/7 = 14\n3*14 = 42\n(b) 84 - 42 = 42", "2", "0", "part (b) carries on from the mistake in part (a)"),
    (SHARE, "(a) 84/7 = 12\n3*12 = 36\n(b) 84 - 36 = 58", "2", "0", "a mistake in part (b) costs its mark"),
]


@pytest.mark.parametrize(("problem", "work", "earned", "pending", "why"), CASES, ids=[c[-1] for c in CASES])
def test_marks(problem, work, earned, pending, why):
    posed = problem_from_object(problem)
    mark = grade_submission(Submission("1", "a", posed.id, work), posed).mark
    assert (mark.earned, mark.pending) == (Fraction(earned), Fraction(pending)), (why, mark.lost)


BRIDGE = {
    "id": "bridge",
    "statement": "A stone falls from a bridge of height 31 m. Use g = 9.81 m/s². What is its speed at the water?",
    "answer": "24.7 m/s",
    "tolerance": 0.1,
    "marks": 3,
}
PURSUIT = {
    "id": "pursuit",
    "statement": "A motorcycle passes a police car at a constant 25 m/s. At that moment the police car, which was at "
    "rest, starts after it with a constant acceleration of 4.0 m/s². After what time has it caught up?",
    "answer": "12.5 s",
    "tolerance": 0.1,
    "marks": 4,
}
ON_ONE_LINE = [
    (BRIDGE, "v = sqrt(2gh) = sqrt(2*9.81*31) = 24.7 m/s", "3", "0", "right, on one line"),
    (BRIDGE, "v = sqrt(2gh) = sqrt(2*9.81*13) = 16.0 m/s", "2", "0", "law and numbers are shown: one error, one mark"),
    (BRIDGE, "v = sqrt(2*9.81*13) = 16.0 m/s", "2", "0", "the numbers put in are working too"),
    (BRIDGE, "v = 16.0 m/s", "0", "0", "a wrong value and nothing else"),
    (BRIDGE, "v = 1600 cm/s = 16.0 m/s", "0", "0", "a wrong value in two units is still no working"),
    (SOLVE, "x = 1/2 = 0.5", "0", "0", "a wrong fraction and its decimal are no working"),
    (PURSUIT, "25 = 4t\nt = 6.25 s", "3", "0", "the equation that was set up is working, though not the problem's"),
]


@pytest.mark.parametrize(("problem", "work", "earned", "pending", "why"), ON_ONE_LINE, ids=[c[-1] for c in ON_ONE_LINE])
def test_working_on_the_line_of_the_answer_is_working(problem, work, earned, pending, why):
    test_marks(problem, work, earned, pending, why)


def test_a_remark_that_counts_as_an_error_costs_once():
    posed = problem_from_object({**BRIDGE, "strict_remarks": ["unit_missing"]})
    work = "v = sqrt(2*9.81*31) = 24.7"
    assert grade_submission(Submission("1", "a", "bridge", work), posed).mark.earned == 2
    assert grade_submission(Submission("1", "a", "bridge", f"{work}\nv = 24.7"), posed).mark.earned == 2
    assert grade_submission(Submission("1", "a", "bridge", work), problem_from_object(BRIDGE)).mark.earned == 3


LIFTER = {
    "id": "lifter",
    "statement": "A weightlifter lifts a mass of 110 kg by 2.1 m in 1.5 s. Use g = 9.81 m/s².",
    "parts": [
        {"id": "a", "statement": "How much work is done?", "answer": "2266 J", "tolerance": 5, "marks": 2},
        {
            "id": "b",
            "statement": "What is the mean power?",
            "answer": "1511 W",
            "tolerance": 5,
            "marks": 2,
            "solution": "P = W/t = 2266 J / (1.5 s) = 1511 W",
        },
    ],
}
STONE = {
    "id": "stone",
    "statement": "A stone with a volume of 2.5 dm³ and a density of 2600 kg/m³ lies under water, which has a "
    "density of 1000 kg/m³. Use g = 9.81 m/s².",
    "parts": [
        {"id": "a", "statement": "How large is the buoyant force?", "answer": "24.5 N", "tolerance": 0.1, "marks": 3},
        {"id": "b", "statement": "What force lifts it slowly?", "answer": "39.2 N", "tolerance": 0.2, "marks": 2},
    ],
}
PARTS = [
    # problem, work, earned, (a) right, (b) right, why it is here
    (LIFTER, "(a) W = mgh = 2266 J\n(b) P = W/t = 2266/1.5 = 1511 W", "4", True, True, "both right"),
    (LIFTER, "(a) W = F s = 110·2.1 = 231 J\n(b) P = W/t = 231/1.5 = 154 W", "3", False, False, "(b) carries on"),
    (LIFTER, "(a) W = F s = 110·2.1 = 231 J\n(b) P = 154 W", "3", False, False, "(b) carries on, by the solution"),
    (LIFTER, "(a) W = F s = 110·2.1 = 231 J\n(b) P = 231 J · 1.5 s = 347 W", "2", False, False, "(b) errs again"),
    (LIFTER, "(a) W = F s = 110·2.1 = 231 J\n(b) P = 165 W", "1", False, False, "(b) is another value"),
    (LIFTER, "(a) W = F s = 110·2.1 = 231 J\n(b) P = 2266/1.5 = 1511 W", "3", False, True, "(b) starts afresh"),
    (STONE, "(a) F = 1000·9.81·0.0025 = 24.5 N\n(b) (2600 - 1000)·9.81·0.0025 = 39.24 N", "5", True, True, "no letter"),
    (
        STONE,
        "(a) F = 2600·9.81·0.0025 = 63.8 N\n(b) W = 2600·0.0025·9.81 = 63.8 N\nF = 63.8 - 63.8 = 0 N",
        "4",
        False,
        False,
        "one of two equal numbers is the wrong one",
    ),
]


@pytest.mark.parametrize(("problem", "work", "earned", "first", "second", "why"), PARTS, ids=[c[-1] for c in PARTS])
def test_a_mistake_in_one_part_is_not_charged_in_the_next(problem, work, earned, first, second, why):
    posed = problem_from_object(problem)
    report = grade_submission(Submission("1", "a", posed.id, work), posed)
    assert report.mark.earned == Fraction(earned), (why, report.mark.lost)
    assert [a.correct for a in report.parts] == [first, second]
    assert report.answer is not None
    assert report.answer.correct is (first and second)


LADDER = {
    "id": "ladder",
    "statement": "A ladder 6.5 m long leans against a wall, its foot 2.5 m from the wall. How high does it reach?",
    "equations": ["h^2 + 2.5^2 = 6.5^2"],
    "answer": "6 m",
    "marks": 3,
}
PAIR = {
    "id": "pair",
    "statement": "Solve the system x + y = 7, xy = 12.",
    "answer": "x = 3, y = 4 or x = 4, y = 3",
    "marks": 4,
}
CANOE = {
    "id": "canoe",
    "statement": "A canoe that moves at 1.2 m/s through still water is paddled straight across a river that flows at "
    "0.5 m/s. What is its speed over the ground?",
    "answer": "1.3 m/s",
    "marks": 2,
}
RAMP = {
    "id": "ramp",
    "statement": "A tram starts from rest with a constant acceleration of 1.2 m/s². How far has it come after 5.0 s?",
    "answer": "15 m",
    "marks": 3,
}
CARRIED = [
    (LADDER, "h² = 6.5² + 2.5²\nh² = 48.5\nh = 6.96 m", "2", "0", "the root that is left out is left out rightly, too"),
    (LADDER, "h² = 6.5² + 2.5² = 48.5\nh = 24.25 m", "1", "0", "the root is taken wrongly: an error of its own"),
    (
        PAIR,
        "y = 7 - x\nx(7 - x) = 12\nx^2 - 7x + 12 = 0\n(x - 1)(x - 6) = 0\nx = 1 or x = 6\nx = 1, y = 6 or x = 6, y = 1",
        "3",
        "0",
        "pairs that follow from wrong roots and the right relation between the two",
    ),
    (BRIDGE, "v = 2gh\nv = 2 · 9.81 m/s² · 31 m = 608 m/s", "2", "0", "the wrong law once more, with its numbers"),
    (CANOE, "Pythagoras with 0.5, 1.2, so 1.3 m/s", "2", "0", "the answer stands in words"),
    (RAMP, "s = at²/2 = 1,2·5²/2 = 15,0 m", "3", "0", "decimals with commas, though the problem has points"),
]


@pytest.mark.parametrize(("problem", "work", "earned", "pending", "why"), CARRIED, ids=[c[-1] for c in CARRIED])
def test_one_mistake_costs_one_mark_however_it_is_carried_on(problem, work, earned, pending, why):
    test_marks(problem, work, earned, pending, why)
