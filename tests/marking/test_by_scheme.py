"""Explicit mark schemes: which line earns which mark, and why one is lost."""

from fractions import Fraction

import pytest

from tutor.pipeline import grade_submission
from tutor.problems import problem_from_object
from tutor.records import Submission

CAR = {
    "id": "car",
    "statement": "A car travels at 4.0 m/s and then accelerates at 2.0 m/s² over a distance of 30 m. "
    "What is its final speed?",
    "answer": "11.7 m/s",
    "tolerance": "0.1",
    "scheme": ["M1: v² = u² + 2as", "M1 (the numbers put in): v² = 4.0² + 2·2.0·30", "A1 unit, 3 sf: v = 11.7 m/s"],
}
LINEAR = {
    "id": "linear",
    "statement": "Solve 3x + 4 = 19.",
    "answer": "x = 5",
    "scheme": ["M1: 3x = 15", "A1: x = 5"],
}
QUADRATIC = {
    "id": "quadratic",
    "statement": "Solve (x + 3)(2 - x) = 4.",
    "answer": "x = 1 or x = -2",
    "scheme": ["M1: x^2 + x - 2 = 0", "M1: (x + 2)(x - 1) = 0", "A1: x = 1 or x = -2"],
}
SALE = {
    "id": "sale",
    "statement": "A coat costs £240. In a sale it is 15% cheaper. What does it cost now?",
    "answer": "£204",
    "scheme": ["M1: 0.85 · 240; or 0.15 · 240", "A1 cao: answer"],
}
EXPAND = {
    "id": "expand",
    "statement": "Expand and simplify 3(2x + 5) - 2(x - 4).",
    "answer": "4x + 23",
    "scheme": ["M1: 6x + 15 - 2x + 8", "A1: 4x + 23"],
}
AGES = {
    "id": "ages",
    "statement": "Mia is 4 years older than Leo. Together they are 30. How old is Leo?",
    "answer": "13",
    "scheme": ["M1 (an equation for the ages): x + x + 4 = 30", "A1: x = 13"],
}
RAMP = {
    "id": "ramp",
    "statement": "A box with a mass of 5.0 kg slides from rest down a smooth ramp of height 3.0 m. Use g = 9.81 m/s². "
    "What is its speed at the bottom?",
    "answer": "7.67 m/s",
    "tolerance": "0.05",
    "scheme": ["M1: m g h = 1/2 m v²; or v = sqrt(2 g h)", "A1: v = 7.67 m/s", "B1 (its energy): 147 J"],
}
TWO_WAYS = {
    "id": "two-ways",
    "statement": "Solve the system x + y = 7, x - y = 3.",
    "answer": "x = 5, y = 2",
    "scheme": ["M1: 2x = 10", "A1: x = 5", "A1: y = 2", "or", "M1: x = 7 - y", "M1: 7 - y - y = 3", "A1: answer"],
}
CIRCLE = {
    "id": "circle",
    "statement": "A circle has the radius 3 cm. Find its circumference.",
    "answer": "18.85 cm",
    "tolerance": "0.05",
    "scheme": ["M1/2: 2π·3", "A1 ±0.05: 18.85 cm", "B1/2 unit: answer"],
}
PARTS = {
    "id": "parts",
    "statement": "Anna and Ben share £84 in the ratio 3 to 4.",
    "parts": [
        {"id": "a", "statement": "How much is one share?", "answer": "£12", "scheme": ["M1: 84/7", "A1: 12"]},
        {"id": "b", "statement": "How much does Ben get?", "answer": "£48", "scheme": ["M1: 4 · 12", "A1 ft: 48"]},
    ],
}

CASES = [
    # problem, work, what is earned of each entry, why it is here
    (CAR, "v² = u² + 2as\nv² = 16 + 120 = 136\nv = 11.7 m/s", "1 1 1", "law, numbers, value"),
    (CAR, "v_f^2 = v_i^2 + 2ad\nv_f = sqrt(16+120)\nv_f = 11.7 m/s", "1 1 1", "letters of one's own"),
    (CAR, "a = (v^2-u^2)/(2s)\n2.0 = (v^2-16)/60\nv^2 = 136\nv = 11.7 m/s", "1 1 1", "the law rearranged"),
    (CAR, "v = sqrt(4^2 + 2*2*30) = 11.7 m/s", "1 1 1", "all on one line, with the numbers only"),
    (CAR, "v^2 = 4^2+2*2*30\nv = 11.66 m/s", "1 1 0", "four figures, where three are asked for"),
    (CAR, "v² = 136\nv = 11.7", "1 1 0", "no unit"),
    (CAR, "v = 11.7 m/s", "1 1 1", "a right value implies its methods"),
    ({**CAR, "show_work": "required"}, "v = 11.7 m/s", "0 0 0", "unless the work is to be shown"),
    (CAR, "v² = u² + 2as\nv² = 16 + 120 = 126\nv = 11.2 m/s", "1 1 0", "a slip after the method"),
    (CAR, "v² = u² + 2as\nv² = 4 + 2*2*30 = 124\nv = 11.1 m/s", "1 0 0", "a number put in wrongly"),
    (CAR, "v² = u² + as\nv² = 16 + 60 = 76\nv = 8.7 m/s", "0 0 0", "a wrong law"),
    (CAR, "v = u + at\nv = 4 + 2*30 = 64 m/s", "0 0 0", "a law that does not serve"),
    (CAR, "", "0 0 0", "blank"),
    (LINEAR, "3x + 4 = 19\n3x = 15\nx = 5", "1 1", "as the scheme has it"),
    (LINEAR, "3x = 19 - 4\nx = 5", "1 1", "not worked out"),
    (LINEAR, "15 = 3x\n5 = x", "1 1", "sides exchanged"),
    (LINEAR, "6x = 30\nx = 5", "1 1", "twice the equation"),
    (LINEAR, "x + 4/3 = 19/3\nx = 5", "1 1", "another way to a right value"),
    (LINEAR, "3x + 4 = 19", "0 0", "the problem itself shows no method"),
    (LINEAR, "3x = 19 - 4 = 14\nx = 14/3", "1 0", "the method stands before the slip"),
    (LINEAR, "3x = 23\nx = 23/3", "0 0", "adding in place of subtracting"),
    (LINEAR, "3x = 23\n3x = 15\nx = 5", "1 0", "a wrong line on the way to the right value"),
    (LINEAR, "3x = 15\nx = 45", "1 0", "the method, then a slip"),
    (QUADRATIC, "2x - x^2 + 6 - 3x = 4\n-x^2 - x + 2 = 0\n(x+2)(x-1) = 0\nx = -2 or x = 1", "1 1 1", "other signs"),
    (QUADRATIC, "x^2 + x - 2 = 0\nx = (-1±3)/2\nx = 1 or x = -2", "1 1 1", "the formula in place of factors"),
    (QUADRATIC, "x^2 + x - 2 = 0\n(x-2)(x+1) = 0\nx = 2 or x = -1", "1 0 0", "signs of the factors exchanged"),
    (QUADRATIC, "x^2 + x = 2\n(x-1)(x+2) = 0\nx = 2 or x = -1", "1 1 0", "solutions read off wrongly"),
    (SALE, "0.85 · 240 = 204", "1 1", "in one step"),
    (SALE, "15% of 240 = 36\n240 - 36 = 204", "1 1", "in two"),
    (SALE, "0.15 · 240 = 36\n240 - 36 = 214", "1 0", "the second step fails"),
    (SALE, "240 - 15 = 225", "0 0", "pounds for percent"),
    (EXPAND, "3(2x + 5) - 2(x - 4)\n= 6x + 15 - 2x + 8\n= 4x + 23", "1 1", "expanded, then gathered"),
    (EXPAND, "= 6x - 2x + 15 + 8\n= 4x + 23", "1 1", "in another order"),
    (EXPAND, "= 6x + 15 - 2x - 8\n= 4x + 7", "0 0", "a sign"),
    (AGES, "2n + 4 = 30\nn = 13", "1 1", "another letter, gathered"),
    (AGES, "x + x + 4 = 30\n2x = 26\nx = 12", "1 0", "the equation is right"),
    (AGES, "(30 - 4)/2 = 13", "1 1", "without letters: implied by the value"),
    (RAMP, "m g h = 1/2 m v^2\nE = 5·9.81·3 = 147 J\nv = 7.67 m/s", "1 1 1", "with the fact by itself"),
    (RAMP, "g h = v²/2\nv = 7.67 m/s", "1 1 0", "the mass cancelled; the energy is not there"),
    (RAMP, "v = sqrt(2·9.81·3.0) = 7.67 m/s", "1 1 0", "with numbers only"),
    (RAMP, "v = sqrt(2·9.81·3.0) = 8.67 m/s", "1 0 0", "the calculation is shown, its result is wrong"),
    (TWO_WAYS, "2x = 10\nx = 5\ny = 2", "1 1 1", "the first way"),
    (TWO_WAYS, "x = 7 - y\n7 - 2y = 3\ny = 3\nx = 4", "1 1 0", "the second gives more"),
    (CIRCLE, "2·π·3 = 18.85 cm", "1/2 1 1/2", "fractions of marks"),
    (CIRCLE, "2π·3 = 18.85", "1/2 1 0", "half a mark for the unit"),
    (PARTS, "(a) 84/7 = 12\n(b) 4·12 = 48", "1 1 1 1", "both parts"),
    (PARTS, "(a) 84/7 = 14\n(b) 4·14 = 56", "1 0 1 1", "the method of (b) with the number from (a)"),
    (PARTS, "(a) 84/7 = 14\n(b) 3·14 = 42", "1 0 0 0", "another method with it"),
]


@pytest.mark.parametrize(("problem", "work", "earned", "why"), CASES, ids=[f"{c[0]['id']}: {c[-1]}" for c in CASES])
def test_each_mark_of_a_scheme(problem, work, earned, why):
    posed = problem_from_object(problem)
    mark = grade_submission(Submission("1", "a", posed.id, work), posed).mark
    assert [p.earned for p in mark.points] == [Fraction(e) for e in earned.split()], (why, mark.points)
    assert mark.earned == sum(p.earned for p in mark.points)
    assert mark.earned + mark.pending + sum(amount for _, amount, _ in mark.lost) == mark.available
    assert all(reason for _, _, reason in mark.lost)


def test_a_line_that_cannot_be_read_leaves_marks_pending():
    posed = problem_from_object(LINEAR)
    mark = grade_submission(Submission("1", "a", "linear", "3x = (15\nso it is five"), posed).mark
    assert (mark.earned, mark.pending, mark.lost) == (0, 2, ())


def test_follow_through_needs_ft():
    for value, earned in (("A1: x = 5", 0), ("A1 ft: x = 5", 1)):
        posed = problem_from_object({**LINEAR, "scheme": ["M1: 3x = 15; or 3x = 14", value]})
        mark = grade_submission(Submission("1", "a", "linear", "3x = 19 - 4 = 14\nx = 14/3"), posed).mark
        assert [p.earned for p in mark.points] == [1, earned], mark


def test_the_answer_only_is_cao():
    posed = problem_from_object({**SALE, "scheme": ["M1: 0.85·240", "A1 cao: £204"]})
    kept = grade_submission(Submission("1", "a", "sale", "0.85·240 = 204"), posed).mark
    spoiled = grade_submission(Submission("1", "a", "sale", "0.85·240 = 204\n240 - 204 = 36"), posed).mark
    assert (kept.earned, spoiled.earned) == (2, 1)
