from typing import get_args

import pytest

from tutor.records import (
    CannotRead,
    Contradicts,
    Correct,
    Counterexample,
    Departs,
    DimensionMismatch,
    EqualValues,
    FalseEquality,
    FollowsFrom,
    FollowThrough,
    Identity,
    InvalidMethod,
    MatchesAnswer,
    NothingClaimed,
    NotTheAnswer,
    Relation,
    Remark,
    Samples,
    SolutionSets,
    SolutionsLost,
    StatesLaw,
    Undecided,
    Wrong,
    WrongLaw,
    WrongQuantity,
)
from tutor.report.notation import printed
from tutor.report.summary import reason_of
from tutor.report.words import in_words, remarks_in_words

GAINED, SAME_ROOTS = Relation.SOLUTIONS_GAINED, Relation.SAME_ROOTS

CASES = [
    # evidence, what a student reads
    (Identity(), "Holds for every value."),
    (
        Identity(except_where=("x - 1 = 0", "x = 0")),
        "Holds wherever both sides have a value.",
    ),
    (EqualValues("60"), "Both sides are 60."),
    (EqualValues("0.67", exact=False), "Both sides are 0.67, to the figures shown."),
    (SolutionSets(Relation.EQUIVALENT, "x = 2", "x = 2"), "The same solutions as before: x = 2."),
    (SolutionSets(SAME_ROOTS, "x = 2", "x = 2"), "The same solutions as before, though not each as often: x = 2."),
    (
        SolutionSets(GAINED, "x = 2", "x = 2 or x = -2", ("x = -2",)),
        "Keeps every solution of the line before; x = −2 is new: check it there.",
    ),
    (FollowsFrom((0, 2)), "Follows from lines 1 and 3."),
    (FollowsFrom((-1,), Relation.SUBSTITUTION), "Puts in what is known from the problem."),
    (Samples(12), "Agrees wherever it was tried, at 12 points: strong evidence, though not a proof."),
    (
        Departs("30 + 6 = 36", "30 - 6 = 24", "operation"),
        "30 + 6 = 36 is right in itself, but the problem asks for another operation with these numbers. "
        "What is needed here is 30 − 6 = 24.",
    ),
    (
        Departs("250*2 = 500", "125*2", "other_value", ("250",)),
        "250·2 = 500 is right in itself, but 250 is not the number that belongs here. What is needed here is 125·2.",
    ),
    (
        Departs("3*4 = 12", slip="left_out", what=("2",)),
        "3·4 = 12 is right as it stands, but it leaves out 2, and no later line brings it in.",
    ),
    (Departs("6*7 = 42", slip="too_much", what=("7",)), "6·7 = 42 is right as it stands, but 7 does not belong in it."),
    (Departs("14", slip="part"), "14 is right on the way, but it is not yet what is asked for."),
    (
        Departs("2x + 6 = 30", slip="letters"),
        "The right values do not fulfil this: what it says of the unknown is not what the problem says.",
    ),
    (
        Departs("90 - 5 = 85"),
        "90 − 5 = 85 is right in itself, but it leads away from what the problem asks for.",
    ),
    (
        InvalidMethod(
            "cancel_shared_digits", "a digit is no factor", "By the same step 16/61 would be 1/1, but it is 16/61"
        ),
        "What this comes to is right, but the step is not: a digit is no factor. "
        "By the same step 16/61 would be 1/1, but it is 16/61.",
    ),
    (MatchesAnswer("x = 2"), "This is the problem's answer."),
    (Counterexample({"x": "2"}, "10", "7"), "At x = 2 the line before gives 10 and this one gives 7."),
    (
        Counterexample({"x": "2", "y": "1"}, "10", "7", "2(x+3)", "2x+3"),
        "At x = 2 and y = 1, 2(x+3) is 10 and 2x+3 is 7.",
    ),
    (
        Counterexample({"x": "7/2"}, "no", "yes", "x <= 3", "x <= 7/2"),
        "At x = 7/2, x ≤ 3 does not hold and x ≤ 7/2 holds.",
    ),
    (FalseEquality("20 × 3", "50", "60", "50"), "20 × 3 is 60, not 50."),
    (FalseEquality("50", "20 × 3", "50", "60"), "20 × 3 is 60, not 50."),
    (FalseEquality("2 + 3", "2 × 3", "5", "6"), "2 + 3 is 5, but 2 × 3 is 6."),
    (FalseEquality("5", "6", "5", "6"), "5 is not 6."),
    (FalseEquality("1.5 h + 0.5 h", "2.5 h", "2", "2.5"), "1.5 h + 0.5 h is 2 h, not 2.5 h."),
    (FalseEquality("12 m / 3 s", "5 m", "4", "5"), "12 m / 3 s is 4, but 5 m is 5."),
    (FalseEquality("3/4", "0.6", "0.75 (3/4)", "0.6"), "3/4 is not 0.6."),
    (FalseEquality("1/2+1/3", "2/5", "0.8333 (5/6)", "0.4"), "1/2+1/3 is 5/6 (about 0.8333), but 2/5 is 0.4."),
    (FalseEquality("(3^2)", "3*2", "9", "6"), "3² is 9, but 3·2 is 6."),
    (FalseEquality("2 + 3", "4", "5", "4", sign="<"), "2 + 3 is 5, which is not less than 4."),
    (SolutionsLost(("x = -3",), "", ""), "x = −3 solves the line before and is lost here."),
    (SolutionsLost(("x = 0", "x = 1"), "", ""), "x = 0 and x = 1 solve the line before and are lost here."),
    (
        SolutionsLost(("x = 2",), "", "", ("x = 5",), Relation.DIFFERENT),
        "x = 2 solves the line before but not this one, which x = 5 solves.",
    ),
    (
        SolutionsLost(("x in (-∞, 3)",), "", ""),
        "The line before allows x < 3, which is lost here.",
    ),
    (Contradicts("x", ("2",), ("3",), (0,)), "From line 1 it follows that x = 2, but this line says x = 3."),
    (Contradicts("x", ("2",), ("3",), (-1,)), "From the problem it follows that x = 2, but this line says x = 3."),
    (NotTheAnswer("x = 3", "at x = 3 the left side is 9"), "This is not the answer yet: at x = 3 the left side is 9."),
    (NotTheAnswer("s = 76.8 m", "the value is another one"), "This is not the answer: the value is another one."),
    (
        NotTheAnswer("s = 76.8 m", "the value is outside the tolerance"),
        "This is not the answer: its value is too far off.",
    ),
    (
        FollowThrough(1, Identity()),
        "Right in itself: it carries on from the mistake in line 2, and costs nothing more.",
    ),
    (
        Undecided(),
        "Neither proved nor refuted, so a person should look at it. More steps in between may help. It costs no mark.",
    ),
    (
        Undecided(why="10^8! has too many digits."),
        "10^8! has too many digits. So a person should look at it; it costs no mark.",
    ),
    (
        Undecided(timeout=True),
        "The time for this line ran out, so a person should look at it. More steps in between may help. "
        "It costs no mark.",
    ),
    (StatesLaw("charles", "a gas of constant pressure"), "This is the law for a gas of constant pressure."),
    (DimensionMismatch("s", "t", "a length", "a time"), "The left side is a length, the right side a time."),
    (
        DimensionMismatch("5 m", "v_1", "a length", "a speed", "sum"),
        "5 m is a length and v₁ is a speed: they cannot be added.",
    ),
    (
        DimensionMismatch("omega", "sin", "an angular speed or a frequency", "a number", "argument"),
        "ω inside sin is an angular speed or a frequency, but only a number can stand there.",
    ),
    (
        DimensionMismatch("t_0", "", "a time", "a number", "exponent"),
        "The exponent t₀ is a time, but only a number can be an exponent.",
    ),
    (
        WrongLaw(
            "kinetic_energy",
            "kinetic energy",
            "E_1 = m*v_1^2",
            "E_1 = 1/2*m*v_1^2",
            "form",
            "with m = 2 kg and v_1 = 300 m/s the kinetic energy is 90000 J, but this gives 180000 J.",
        ),
        "Kinetic energy: E₁ = 1/2·m·v₁², not E₁ = m·v₁². With m = 2 kg and v₁ = 300 m/s the kinetic energy is "
        "90 000 J, but this gives 180 000 J.",
    ),
    (
        WrongLaw("x", "the centripetal force", "F = m*v/r", "F = m*v^2/r", "dimension", "in units, m*v/r is in kg/s"),
        "The centripetal force: F = m·v²/r, not F = m·v/r. In units, m·v/r is in kg/s.",
    ),
    (
        WrongLaw(
            "x", "the area of a circle", "A = pi*d^2", "A = pi*r^2", "role", "here d is the diameter, not the radius"
        ),
        "The area of a circle: A = π·r², not A = π·d². Here d is the diameter, not the radius.",
    ),
    (
        WrongLaw("x", "two resistors in series", "R = R_1", "R = R_1 + R_2", "value", ""),
        "Two resistors in series: R = R₁ + R₂, not R = R₁.",
    ),
    (
        WrongQuantity(
            "L = 80 m",
            "H = 40 m",
            "role",
            "the length along the slope",
            "the height above the reference level",
            "weight_energy",
            "gravitational energy",
            "28.0 m/s",
        ),
        "You put L = 80 m (the length along the slope) where the law for gravitational energy needs H = 40 m "
        "(the height above the reference level). With it the line gives 28.0 m/s.",
    ),
    (
        WrongQuantity("v_1 = 3 m/s", "v_1 = 5 m/s", "other_given"),
        "You put v₁ = 3 m/s where this needs v₁ = 5 m/s.",
    ),
    (
        WrongQuantity("F = 89", "F = 98 N", "digits", "", "the spring force", yields="490 N/m"),
        "You put F = 89 where this needs F = 98 N (the spring force). Look at the digits again. With it the line "
        "gives 490 N/m.",
    ),
    (
        WrongQuantity("v = 72", "v = 20 m/s, which is 72 km/h", "conversion", yields="240000 J"),
        "You put v = 72 where this needs v = 20 m/s, which is 72 km/h. With it the line gives 240 000 J.",
    ),
    (WrongQuantity("15", "15 squared", "not_squared"), "You put 15 where this needs 15 squared."),
    (
        WrongQuantity("15 squared", "v, as in the formula beside it", "squared"),
        "You put 15 squared where this needs v, as in the formula beside it.",
    ),
    (
        WrongQuantity("4", "the 2 of the formula beside it", "coefficient"),
        "You put 4 where this needs the 2 of the formula beside it.",
    ),
    (
        WrongQuantity("30 radians", "30°", "degrees", yields="4.91 m/s^2"),
        "This was worked out with 30 radians, but the angle is 30°: set the calculator to degrees. With that the line "
        "gives 4.91 m/s².",
    ),
    (
        WrongQuantity("+ 10 Ω", "- R_5, as in the formula beside it", "sign"),
        "You put + 10 Ω where this needs − R₅, as in the formula beside it.",
    ),
    (CannotRead(3, 3, "Close the bracket you opened."), "Close the bracket you opened."),
    (NothingClaimed("heading"), "A heading."),
    (NothingClaimed("the name of a method"), "The name of a method."),
]


@pytest.mark.parametrize(("evidence", "says"), CASES, ids=lambda x: x if isinstance(x, str) else type(x).__name__)
def test_evidence_in_words(evidence, says):
    assert in_words(evidence) == says


LOST_ONE = SolutionsLost(("x = -3",), "", "")
LOST_TWO = SolutionsLost(("x = 2", "x = 3"), "", "", ("x = 1",), Relation.DIFFERENT)
LOST_RANGE = SolutionsLost(("x in (-2, 3)",), "", "")
BROKEN = "x = -3 solves the line before; here it gives 9 on the left and 1/2 on the right."
WITNESSED = [
    # evidence, witness, what is said, why it is here
    (LOST_ONE, BROKEN, "x = −3 solves the line before, but here the left side is 9 and the right side is 1/2.", "once"),
    (
        LOST_TWO,
        "x = 2 solves the line before; here it gives -4 on the left and 0 on the right.",
        "x = 2 and x = 3 solve the line before but not this one. At x = 2 the left side is −4 and the right side is 0.",
        "one of several put in",
    ),
    (
        LOST_RANGE,
        "x = 0 fulfils the line before; here it would say 0 >= 3.",
        "The line before allows −2 < x < 3, which is lost here. "
        "For example, x = 0 fits the line before, but here it says 0 ≥ 3.",
        "a range and one value of it",
    ),
    (
        LOST_ONE,
        "x = -3 solves the line before, but not this line.",
        "x = −3 solves the line before and is lost here.",
        "",
    ),
    (LOST_ONE, "Something quite different.", "Something quite different.", "a witness in words of its own"),
    (
        Counterexample({"x": "7/2"}, "no", "yes", "x <= 3", "x <= 7/2"),
        "x = 7/2 fulfils this line, but not the line before (x = 7/2 is new).",
        "x = 7/2 fits this line, but not the line before: there x ≤ 3 is needed.",
        "a value too many",
    ),
    (
        Counterexample({"y": "3", "x": "13"}, "9", "1", "3*y", "x - 12"),
        "y = 3, x = 13 fulfils the line before; here it gives 9 on the left and 1 on the right.",
        "y = 3, x = 13 fits the line before, but here the left side is 9 and the right side is 1.",
        "two letters",
    ),
]


@pytest.mark.parametrize(("evidence", "witness", "says", "why"), WITNESSED, ids=[w[2] for w in WITNESSED])
def test_a_witness_is_the_reason_and_no_remark_beside_it(evidence, witness, says, why):
    remark = Remark("witness", witness)
    assert in_words(evidence, [remark]) == says, why
    assert remarks_in_words(evidence, [remark, Remark("rounded", "rounded, from 1.847 (277/150)")]) == [
        "Rounded, from 277/150 ≈ 1.847."
    ]


def test_new_solutions_are_named_once():
    gained = SolutionSets(GAINED, "x = 2", "x = 2 or x = -2", ("x = -2",))
    assert (
        remarks_in_words(gained, [Remark("solutions_gained", "New here: x = -2. Check it in the line before.")]) == []
    )


def test_the_first_line_is_compared_with_the_problem():
    wrong = {"kind": "solutions_lost", "lost": ["x = 2"], "before": "", "after": ""}
    step = {"line": 0, "evidence": wrong, "remarks": [], "claims": [{}]}
    assert reason_of(step) == "x = 2 solves the problem and is lost here."
    assert reason_of({**step, "line": 1}) == "x = 2 solves the line before and is lost here."


def test_a_mistake_earlier_on_the_same_line_is_not_called_another_line():
    assert "this line" in in_words(FollowThrough(4, Identity()), line=4)


def test_the_reference_answer_is_never_given_away():
    assert "x = 7" not in in_words(NotTheAnswer("x = 3", "the problem's own solution gives another answer"))


def test_every_kind_of_evidence_is_in_the_table():
    kinds = {*get_args(Correct), *get_args(Wrong), FollowThrough, Undecided, CannotRead, NothingClaimed}
    assert {type(e) for e, _ in CASES} == kinds


@pytest.mark.parametrize(
    ("typed", "shown", "why"),
    [
        ("2*x", "2x", "a number before a letter"),
        ("a*t", "a·t", "two letters are not one name"),
        ("x^2*cos(x)", "x²·cos(x)", "the number is a power"),
        ("0.5*x*(1 + y)", "0.5x·(1 + y)", "a decimal before a letter"),
        ("x*(y + 1)", "x·(y + 1)", "not a function's argument"),
        ("20*3", "20·3", "not two hundred and three"),
        ("x^2 + y^10", "x² + y¹⁰", "powers"),
        ("2^0.5", "2^0.5", "a decimal power stays"),
        ("x <= pi", "x ≤ π", "signs"),
        ("5pi/6", "5π/6", "a letter after a number"),
        ("sqrt(37) + sqrt(x + 1)", "√37 + √(x + 1)", "brackets where they are needed"),
        ("x = -3 or 2-x", "x = −3 or 2−x", "a minus sign is no hyphen"),
        ("a well-known follow-through", "a well-known follow-through", "a hyphen is no minus sign"),
        ("[x^3]_0^2", "[x³]₀²", "bounds"),
        ("x_1^2", "x₁²", "an index and a power"),
        ("60 deg", "60°", "degrees"),
        ("W = F*s*cos(theta)", "W = F·s·cos(θ)", "Greek letters"),
        ("theta_1 = 2*omega_0*t", "θ₁ = 2ω₀·t", "Greek letters with an index"),
        ("1/2*m*v^2", "1/2·m·v²", "half of m, not one over 2m"),
        ("not R_2.", "not R₂.", "at the end of a sentence"),
    ],
)
def test_typed_notation_as_it_is_printed(typed, shown, why):
    assert printed(typed) == shown, why
