"""Sets and intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verify.asking import finding, verdict
from tutor.verify.domains import decide
from tutor.verify.tasks import Compare

CASES = [
    ("{1,2} ∪ {2,3} = {1,2,3}", "", "correct", "a union"),
    ("{1,2} ∪ {2,3} = {1,3}", "", "wrong", "a union without the common element"),
    ("{1,2} ∩ {2,3} = {2}", "", "correct", "an intersection"),
    ("{1,2} ∩ {2,3} = {1,2,3}", "", "wrong", "an intersection taken for a union"),
    ("{1,2,3} - {2} = {1,3}", "", "correct", "a difference"),
    ("{1,2} = {2,1}", "", "correct", "order does not count"),
    ("{1,1,2} = {1,2}", "", "correct", "each element counts once"),
    ("{1/2} = {0.5}", "", "correct", "the same number written otherwise"),
    ("{1,2} ∩ {3,4} = ∅", "", "correct", "nothing in common"),
    ("A ∪ B = {1,2,3,4}", "A = {1,2}; B = {3,4}", "correct", "known sets"),
    ("A ∩ B = {1}", "A = {1,2}; B = {2,3}", "wrong", "known sets, wrong element"),
    ("{a, b} ∪ {b, c} = {a, b, c}", "", "correct", "letters"),
    ("(1,3] ∪ [2,5) = (1,5)", "", "correct", "intervals that overlap"),
    ("(1,3] ∪ [2,5) = (1,5]", "", "wrong", "an end that does not belong"),
    ("[1,3] ∩ [2,5] = [2,3]", "", "correct", "an intersection of intervals"),
    ("[1,3] ∩ (3,5] = ∅", "", "correct", "they only touch"),
    ("[1,3] ∩ [3,5] = {3}", "", "correct", "one common point"),
    ("[0,2) ∪ [2,4] = [0,4]", "", "correct", "they join"),
    ("[0,2) ∪ (2,4] = [0,4]", "", "wrong", "2 is missing"),
    ("(-∞,3) ∩ (1,∞) = (1,3)", "", "correct", "rays"),
    ("\\mathbb{R} \\setminus \\{0\\} = (-∞,0) ∪ (0,∞)", "", "correct", "all numbers but one"),
    ("[0,√2] ∩ [1,2] = [1,√2]", "", "correct", "an irrational end"),
    ("{x | x^2 < 4} = (-2,2)", "", "correct", "a condition"),
    ("{x | x^2 < 4} = (-∞,2)", "", "wrong", "a condition, half of it lost"),
    ("Z ∩ (-2,2) = {-1,0,1}", "", "correct", "the whole numbers of an interval"),
    ("Z ∩ (10^17, 10^17 + 3) = {10^17 + 1, 10^17 + 2}", "", "correct", "larger than floating point holds exactly"),
    ("3 ∈ {1,2,3}", "", "correct", "membership"),
    ("4 ∈ {1,2,3}", "", "wrong", "membership, wrong"),
    ("4 ∉ {1,2,3}", "", "correct", "not a member"),
    ("2 ∈ (2,5)", "", "wrong", "an open end"),
    ("√2 ∉ Q", "", "correct", "irrational"),
    ("√4 ∈ Z", "", "correct", "a whole number in disguise"),
    ("1/2 ∈ Z", "", "wrong", "no whole number"),
    ("{1,2} ⊂ {1,2,3}", "", "correct", "inclusion"),
    ("{1,4} ⊂ {1,2,3}", "", "wrong", "inclusion, wrong"),
    ("Z ⊂ Q", "", "correct", "number sets"),
    ("|{1,2,3}| = 3", "", "correct", "how many elements"),
    ("n(A ∪ B) = 4", "A = {1,2}; B = {2,3}", "wrong", "counted twice"),
    ("{x, 2} = {3, 2}", "", "undecided", "says what x is"),
]


@pytest.mark.parametrize(("line", "known", "expected", "why"), CASES)
def test_a_line_with_sets(line: str, known: str, expected: str, why: str) -> None:
    assert verdict(line, known) == expected, why


def test_a_witness_is_in_one_set_alone() -> None:
    evidence = finding("{1,2} ∪ {2,3} = {1,3}").evidence
    assert evidence.left == "a set that holds 2"


ends = st.integers(-5, 5)


@given(ends, ends, ends, ends)
def test_union_and_intersection_have_as_many_members_as_the_two_sets(a: int, b: int, c: int, d: int) -> None:
    from tutor.syntax.tree import SetOf, SetOperation
    from tutor.verify.trees import number

    one, two = (SetOf(tuple(map(number, v))) for v in ((a, b), (c, d)))
    union = SetOf(tuple(map(number, sorted({a, b, c, d}))))
    assert str(decide(Compare(SetOperation("union", (one, two)), union)).evidence.verdict) == "correct"
    common = SetOf(tuple(map(number, sorted({a, b} & {c, d}))))
    assert str(decide(Compare(SetOperation("intersection", (one, two)), common)).evidence.verdict) == "correct"
