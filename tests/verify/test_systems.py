"""Systems, and what follows from several lines together."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.records import Contradicts, Relation, SolutionsLost, Verdict
from tutor.syntax.read import read
from tutor.verify.domains import decide
from tutor.verify.tasks import Entail, Relate, Setting


def entail(premises, after):
    return decide(Entail(tuple(read(p) for p in premises), read(after), Setting())).evidence


RIGHT = [
    (["x + y = 5", "x - y = 1"], "2x = 6", "the sum of two equations"),
    (["x + y = 5", "x - y = 1"], "2y = 4", "their difference"),
    (["x + y = 5", "x - y = 1"], "x = 3", "solved"),
    (["x + y = 5", "x - y = 1"], "x = 3, y = 2", "both values"),
    (["x + y = 5", "x - y = 1"], "(x, y) = (3, 2)", "as a point"),
    (["y = 2x + 1", "x + y = 7"], "x + 2x + 1 = 7", "one put into the other"),
    (["y = 2x + 1", "x = 2"], "y = 5", "a value put in"),
    (["y = 2x + 1", "x = 2"], "y = 2*2 + 1", "shown put in"),
    (["v = u + a t", "u = 2", "a = 3", "t = 4"], "v = 14", "a formula with its values"),
    (["v = u + a t", "u = 2", "a = 3", "t = 4"], "v = 2 + 3*4", "not yet worked out"),
    (["a = 3", "b = 4", "c^2 = a^2 + b^2"], "c^2 = 25", "Pythagoras"),
    (["T = 2π√(L/g)", "L = 1", "g = 9.81"], "T = 2.006", "rounded"),
    (["s = v t", "v = 12.5", "t = 3"], "s = 37.5", "exact decimals"),
    (["x^2 + y^2 = 25", "y = x + 1"], "2x^2 + 2x = 24", "a circle and a line"),
    (["x^2 + y^2 = 25", "y = x + 1"], "x = 3 or x = -4", "both points"),
    (["x^2 + y^2 = 10", "x*y = 3"], "(x+y)^2 = 16", "a combination of degree two"),
    (["x + y = 1", "y + z = 2"], "x - z = -1", "three unknowns, two equations"),
    (["x + y + z = 6", "x - y = 0", "z = 2"], "x = 2", "three equations"),
    (["x = 2 or x = -2", "y = x^2"], "y = 4", "in either case"),
    (["u = 3x", "u^2 = 9"], "9x^2 = 9", "a change of variable undone"),
    (["sin(A) = 1/2", "0 < A < 1"], "A = π/6", "a range that leaves one solution"),
    (["x + y = 1", "x + y = 2"], "0 = 1", "what contradicts itself"),
    (["x = 3", "y = x"], "x + y = 6", "a value used twice"),
]


@pytest.mark.parametrize(("premises", "after", "why"), RIGHT)
def test_what_follows_is_right(premises, after, why):
    assert entail(premises, after).verdict is Verdict.CORRECT, why


WRONG = [
    (["x + y = 5", "x - y = 1"], "2x = 4", "the sum taken wrongly"),
    (["x + y = 5", "x - y = 1"], "(x, y) = (2, 3)", "the point turned round"),
    (["y = 2x + 1", "x + y = 7"], "x + 2x - 1 = 7", "a sign when putting in"),
    (["y = 2x + 1", "x = 2"], "y = 6", "a value put in wrongly"),
    (["v = u + a t", "u = 2", "a = 3", "t = 4"], "v = 20", "added before multiplying"),
    (["s = v t", "v = 12.5", "t = 3"], "s = 37", "a half lost"),
    (["a = 3", "b = 4", "c^2 = a^2 + b^2"], "c = 7", "a root taken termwise"),
    (["x^2 + y^2 = 10", "x*y = 3"], "(x+y)^2 = 13", "the middle term halved"),
    (["x + y = 1"], "x = 2", "one equation does not fix x"),
    (["x + y = 1", "y + z = 2"], "x + z = 3", "the sum forgets 2y"),
]


@pytest.mark.parametrize(("premises", "after", "why"), WRONG)
def test_what_does_not_follow_is_refuted(premises, after, why):
    assert entail(premises, after).verdict is Verdict.WRONG, why


UNDECIDED = [
    (["x + y = 1", "x + y = 2"], "x = 5", "premises without a solution refute nothing"),
    (["a = 2", "b = 3"], "z = 5", "nothing is known of z"),
]


@pytest.mark.parametrize(("premises", "after", "why"), UNDECIDED)
def test_without_a_common_solution_nothing_is_refuted(premises, after, why):
    assert entail(premises, after).verdict is not Verdict.WRONG, why


def test_a_positive_root_is_told_from_a_wrong_value():
    root = entail(["a = 3", "b = 4", "c^2 = a^2 + b^2"], "c = 5")
    assert isinstance(root, SolutionsLost)
    assert root.relation is Relation.SOLUTIONS_LOST
    assert root.lost == ("c = -5",)
    wrong = entail(["a = 3", "b = 4", "c^2 = a^2 + b^2"], "c = 7")
    assert wrong.relation is Relation.DIFFERENT


def test_a_forced_value_is_named():
    found = entail(["y = 2x + 1", "x = 2"], "y = 6")
    assert found == Contradicts("y", ("5",), ("6",))


SYSTEMS = [
    (
        "2x + y = 3, x - y = 0",
        "3x = 3, x - y = 0",
        Verdict.CORRECT,
        Relation.EQUIVALENT,
        "one line replaced by the sum",
    ),
    ("2x + y = 3, x - y = 0", "x = 1, y = 1", Verdict.CORRECT, Relation.EQUIVALENT, "solved"),
    ("2x + y = 3, x - y = 0", "x = 1, y = 2", Verdict.WRONG, Relation.DIFFERENT, "a wrong value"),
    ("x + y = 2, x*y = 1", "x = 1, y = 1", Verdict.CORRECT, Relation.EQUIVALENT, "a double solution"),
    ("x + y = 3, x*y = 2", "x = 1, y = 2", Verdict.WRONG, Relation.SOLUTIONS_LOST, "one of two points"),
]


@pytest.mark.parametrize(("before", "after", "verdict", "relation", "why"), SYSTEMS)
def test_systems_are_related(before, after, verdict, relation, why):
    evidence = decide(Relate(read(before), read(after))).evidence
    assert evidence.verdict is verdict, why
    assert evidence.relation is relation, why


numbers = st.integers(-6, 6)


@given(numbers, numbers, numbers, numbers, numbers, numbers, numbers, numbers)
def test_a_combination_of_two_equations_always_follows(a, b, c, d, e, f, m, n):
    premises = [f"({a})x + ({b})y = {e}", f"({c})x + ({d})y = {f}"]
    after = f"({m * a + n * c})x + ({m * b + n * d})y = {m * e + n * f}"
    assert entail(premises, after).verdict is not Verdict.WRONG


@given(numbers, numbers, numbers, numbers, numbers, numbers)
def test_the_solution_of_a_system_is_found(a, b, c, d, x, y):
    assume(a * d != b * c)
    premises = [f"({a})x + ({b})y = {a * x + b * y}", f"({c})x + ({d})y = {c * x + d * y}"]
    assert entail(premises, f"x = {x}, y = {y}").verdict is Verdict.CORRECT
    assert entail(premises, f"x = {x + 1}").verdict is Verdict.WRONG
