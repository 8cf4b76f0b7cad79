from typing import get_args

import pytest

from tutor.records import (
    CannotRead,
    Contradicts,
    Correct,
    Counterexample,
    EqualValues,
    FalseEquality,
    FollowsFrom,
    FollowThrough,
    Identity,
    MatchesAnswer,
    NothingClaimed,
    NotTheAnswer,
    Relation,
    Samples,
    SolutionSets,
    SolutionsLost,
    Undecided,
    Wrong,
)
from tutor.report.words import in_words, printed

GAINED, SAME_ROOTS = Relation.SOLUTIONS_GAINED, Relation.SAME_ROOTS

CASES = [
    # evidence, what a student reads
    (Identity(), "Equal for every value."),
    (
        Identity(except_where=("x - 1 = 0", "x = 0")),
        "Equal wherever both sides have a value; not where x - 1 = 0 or x = 0.",
    ),
    (EqualValues("60"), "Both sides are 60."),
    (EqualValues("0.67", exact=False), "Both sides are 0.67, to the figures shown."),
    (SolutionSets(Relation.EQUIVALENT, "x = 2", "x = 2"), "The same solutions as before: x = 2."),
    (SolutionSets(SAME_ROOTS, "x = 2", "x = 2"), "The same solutions as before, though not each as often: x = 2."),
    (
        SolutionSets(GAINED, "x = 2", "x = 2 or x = -2", ("x = -2",)),
        "Keeps every solution of the line before; x = -2 is new: check it in the line before.",
    ),
    (FollowsFrom((0, 2)), "Follows from lines 1 and 3."),
    (FollowsFrom((-1,), Relation.SUBSTITUTION), "Puts in what is known from the problem."),
    (Samples(12), "Agrees at 12 points, which is strong evidence and not a proof."),
    (MatchesAnswer("x = 2"), "This is the answer, x = 2."),
    (Counterexample({"x": "2"}, "10", "7"), "At x = 2 the line before gives 10 and this one gives 7."),
    (
        Counterexample({"x": "2", "y": "1"}, "10", "7", "2(x+3)", "2x+3"),
        "At x = 2 and y = 1, 2(x+3) is 10 and 2x+3 is 7.",
    ),
    (
        Counterexample({"x": "7/2"}, "no", "yes", "x <= 3", "x <= 7/2"),
        "At x = 7/2, x <= 3 does not hold and x <= 7/2 holds.",
    ),
    (FalseEquality("20 × 3", "50", "60", "50"), "20 × 3 is 60, not 50."),
    (FalseEquality("50", "20 × 3", "50", "60"), "20 × 3 is 60, not 50."),
    (FalseEquality("2 + 3", "2 × 3", "5", "6"), "2 + 3 is 5, and 2 × 3 is 6."),
    (FalseEquality("5", "6", "5", "6"), "5 is not 6."),
    (FalseEquality("2 + 3", "4", "5", "4", sign="<"), "2 + 3 is 5, which is not less than 4."),
    (SolutionsLost(("x = -3",), "", ""), "x = -3 solves the line before and is lost here."),
    (SolutionsLost(("x = 0", "x = 1"), "", ""), "x = 0 and x = 1 solve the line before and are lost here."),
    (
        SolutionsLost(("x = 2",), "", "", ("x = 5",), Relation.DIFFERENT),
        "x = 2 solves the line before but not this one, which x = 5 solves.",
    ),
    (Contradicts("x", ("2",), ("3",), (0,)), "From line 1 it follows that x = 2, but this line says x = 3."),
    (Contradicts("x", ("2",), ("3",), (-1,)), "From the problem it follows that x = 2, but this line says x = 3."),
    (NotTheAnswer("x = 3", "at x = 3 the left side is 9"), "x = 3 is not the answer: at x = 3 the left side is 9."),
    (FollowThrough(1, Identity()), "Follows from line 2, which is wrong; no further mark is lost."),
    (Undecided(), "Neither proved nor refuted, so it is left for a person; it costs nothing."),
    (Undecided(timeout=True), "The time for this line ran out, so it is left for a person; it costs nothing."),
    (CannotRead(3, 3, "Close the bracket you opened."), "Close the bracket you opened."),
    (NothingClaimed("heading"), "A heading."),
    (NothingClaimed("the name of a method"), "The name of a method."),
]


@pytest.mark.parametrize(("evidence", "says"), CASES, ids=lambda x: x if isinstance(x, str) else type(x).__name__)
def test_evidence_in_words(evidence, says):
    assert in_words(evidence) == says


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
    ],
)
def test_typed_notation_as_it_is_printed(typed, shown, why):
    assert printed(typed) == shown, why
