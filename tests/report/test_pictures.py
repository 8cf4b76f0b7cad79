"""Plain data for pictures: what is drawn of which line, and of which nothing."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tutor.pipeline import grade_submission
from tutor.problems import problem_from_statement
from tutor.records import Submission
from tutor.report.machine import to_json
from tutor.report.pictures import Curves, NumberLine, Piece, picture_of


def step_of(statement: str, work: str) -> dict[str, Any]:
    """The last step of a piece of work."""
    report = to_json(grade_submission(Submission("", "", "", work), problem_from_statement(statement)))
    found: dict[str, Any] = report["steps"][-1]
    return found


CURVES = [
    # statement          line                x     left   right  why it is here
    ("Expand (x+3)^2", "= x^2 + 9", 2, 25, 13, "an identity that is none"),
    ("Solve 2(x+3) = 8", "2x + 3 = 8", 1, 5, 8, "the solution of the line before, put into this one"),
    ("Expand (x+y)^2", "= x^2 + y^2", 2, 9, 5, "a slice, with the other letter held"),
    ("Differentiate x^3", "= 3x", 2, 12, 6, "a derivative"),
]


@pytest.mark.parametrize(("statement", "line", "x", "left", "right", "why"), CURVES)
def test_two_curves_with_the_point_where_they_part(
    statement: str, line: str, x: float, left: float, right: float, why: str
) -> None:
    picture = picture_of(step_of(statement, line))
    assert isinstance(picture, Curves), why
    assert (picture.at, picture.left.value, picture.right.value) == (x, left, right)
    for curve in (picture.left, picture.right):
        dots = [dot for stroke in curve.strokes for dot in stroke]
        assert min(dot.x for dot in dots) < x < max(dot.x for dot in dots)
        assert all(picture.low <= dot.y <= picture.high for dot in dots)


def test_the_witness_lies_on_its_curve() -> None:
    picture = picture_of(step_of("Simplify sqrt(x^2 + 9)", "= x + 3"))
    assert isinstance(picture, Curves)
    near = min((dot for stroke in picture.left.strokes for dot in stroke), key=lambda dot: abs(dot.x - picture.at))
    assert near.y == pytest.approx(picture.left.value, abs=0.1)


def test_a_ray_that_was_lost_and_one_that_is_new() -> None:
    picture = picture_of(step_of("Solve -2x < 6", "x < -3"))
    assert isinstance(picture, NumberLine)
    assert picture.lost == (Piece(-3, math.inf, False, False),)
    assert picture.gained == (Piece(-math.inf, -3, False, False),)
    assert picture.kept == picture.held == ()


def test_the_end_that_a_set_shares_with_another_belongs_to_what_is_lost() -> None:
    picture = picture_of(step_of("Solve 3x - 5 < 10", "3x < 5"))
    assert isinstance(picture, NumberLine)
    assert picture.lost == (Piece(5 / 3, 5, True, False),)
    assert picture.ends == ((5 / 3, "5/3"), (5, "5"))


def test_solutions_that_come_with_squaring_are_new() -> None:
    picture = picture_of(step_of("Solve sqrt(x + 6) = x", "x + 6 = x^2"))
    assert isinstance(picture, NumberLine)
    assert picture.gained == (Piece(-2, -2, True, True),)
    assert not picture.lost


NOTHING = [
    ("Solve 2x = 10", "x = -5", "two numbers: the words say as much"),
    ("Solve 2x = 10", "x = 5", "a right line"),
    ("A car goes 100 m in 8 s. Find its speed v.", "v = 13.5 m/s", "one number"),
    ("Work out 20*3 + 2", "= 63", "sides that do not vary"),
    ("Solve 2x = 10", "I do not know", "no mathematics"),
]


@pytest.mark.parametrize(("statement", "line", "why"), NOTHING)
def test_nothing_is_drawn_where_words_say_as_much(statement: str, line: str, why: str) -> None:
    assert picture_of(step_of(statement, line)) is None, why


HOSTILE = [
    ("9^9^9^9^x", "x"),
    ("sum_(k=1)^100000000 x", "x"),
    ("(" * 70 + "x" + ")" * 70, "1"),
    ("x" * 500, "1"),
    ("<script>alert(1)</script>", "x"),
    ("tan(40x)", "x"),
]


@pytest.mark.parametrize(("left", "right"), HOSTILE)
def test_what_cannot_be_drawn_is_left_out(left: str, right: str) -> None:
    evidence = {"kind": "counterexample", "values": {"x": "2"}, "left": "1", "right": "2"}
    evidence |= {"left_text": left, "right_text": right}
    assert picture_of({"verdict": "wrong", "reading": [], "evidence": evidence}) is None


def test_sides_that_are_not_what_the_evidence_says_are_not_drawn() -> None:
    """sin 30 in degrees is 1/2; drawn in radians it would be something else."""
    evidence = {"kind": "counterexample", "values": {"x": "30"}, "left": "0.5", "right": "30"}
    evidence |= {"left_text": "sin(x)", "right_text": "x"}
    assert picture_of({"verdict": "wrong", "reading": [], "evidence": evidence}) is None
