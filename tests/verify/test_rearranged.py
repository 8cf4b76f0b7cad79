"""Equations solved for another letter: a slip on the way is named, another law in the same letters is left alone."""

from __future__ import annotations

import pytest

from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import Counterexample, Verdict
from tutor.syntax.read import read
from tutor.syntax.tree import Chain
from tutor.verify.rearranged import slip_in_rearranging

# the equation, what was made of it, why
RIGHT = [
    ("m a = 4 T - f", "4 T = m a + f", "a term brought over with its sign"),
    ("m a = 4 T - f", "T = (m a + f)/4", "and divided by 4"),
    ("m a = 4 T - f", "f = 4 T - m a", "the other letter"),
    ("P V = n R T", "V = n R T/P", "a product"),
    ("v = u + a t", "a = (v - u)/t", "a difference below the line"),
    ("1/f = 1/d + 1/e", "e = 1/(1/f - 1/d)", "reciprocals"),
    ("1/f = 1/d + 1/e", "e = f d/(d - f)", "reciprocals put together"),
    ("E = 1/2 m v^2", "v = sqrt(2 E/m)", "a root"),
    ("E = 1/2 m v^2", "2 E = m v^2", "doubled"),
    ("m g h = 1/2 m v^2", "g h = v^2/2", "a letter that falls away: no slip can be shown with it"),
    ("3.0 x + 5 = 17", "3.0 x = 12", "numbers alone, one letter"),
]

WRONG = [
    ("m a = 4 T - f", "4 T = m a - f", "the sign of a term brought over"),
    ("m a = 4 T - f", "T = 4(m a + f)", "multiplied instead of divided, which doubling does not undo", None),
    ("P V = n R T", "P V = 2 n R T", "a factor too many"),
    ("v = u + a t", "u = v + a t", "the sign"),
    ("3 x + 5 = 17", "3 x = 22", "added instead of taken away", None),
    ("3 x - 5 y = 17", "5 x - 3 y = 17", "two numbers exchanged"),
    ("E = 1/2 m v^2", "2 E = m v", "the square lost"),
]

# another law in the same letters is no slip
OTHER = [
    ("s = v t", "v = s t^3", "two powers apart"),
    ("F = m a", "F = m/a + 3", "another equation altogether"),
    ("x + y = 5", "x y = 6", "a second equation of a system"),
    ("x + y = 5", "3 x - 7 y = 1", "a second equation of a system, with coefficients"),
]


def slip(before: str, after: str) -> object:
    """The witness for a slip between two equations."""
    one, other = read(before), read(after)
    assert isinstance(one, Chain)
    assert isinstance(other, Chain)
    return slip_in_rearranging(one, other)


@pytest.mark.parametrize(("before", "after", "why"), RIGHT + OTHER)
def test_what_follows_or_is_something_else_shows_no_slip(before: str, after: str, why: str) -> None:
    assert slip(before, after) is None, why


@pytest.mark.parametrize("row", WRONG, ids=[r[2] for r in WRONG])
def test_one_slip_is_shown_at_a_point(row: tuple[str, ...]) -> None:
    found = slip(row[0], row[1])
    if row[-1] is None:
        assert found is None, row[2]
    else:
        assert isinstance(found, Counterexample), row[2]
        assert found.left != found.right


LIFT = "A man of mass 70 kg stands on a scale in a lift that accelerates at 2.0 m/s^2. Find its reading, up and down."
SLED = "A sled of mass 20 kg is pulled by four dogs, friction is 30 N. Find the pull of each."
SHELL = "A shell is fired upwards at 70.0 m/s. Find how high it gets."

NEVER_ACCUSED = [
    (LIFT, "up\nN - m g = m a\ndown\nm g - N = m a", "a heading between: the way down"),
    (LIFT, "N - m g = m a\nN = m(g + a)\n(b) m g - N = m a\nN = m(g - a)", "a label: the next part"),
    (LIFT, "N - m g = m a\n\nm g - N = m a", "an empty line between"),
    (SLED, "F = m a\nF = 4 T - f\n4 T = m a + f\nT = (m a + f)/4", "two equations put together"),
    (
        SLED,
        "F_net = 2 T - f\nFor the whole team F_net = m a, so we get\nm a = 4 T - f",
        "the law said of another body on the way",
    ),
    (SHELL, "0 = u^2 - 2 g y\nSolving for y gives\ny = u^2/(2 g)", "words that go on"),
]

ACCUSED = [
    (SLED, "F = m a\nF = 4 T - f\n4 T = m a - f", 2, "the sign of f, out of two equations"),
    (
        SLED,
        "F_net = 4 T - f\nNewton's second law says that F_net = m a, so we get\nm a = 8 T - f",
        2,
        "a factor, with the law said on the way",
    ),
    (SLED, "m a = 4 T - f\n4 T = m a - f", 1, "the sign of f"),
]


@pytest.mark.parametrize(("problem", "work", "why"), NEVER_ACCUSED, ids=[r[2] for r in NEVER_ACCUSED])
def test_another_case_is_never_called_a_slip(problem: str, work: str, why: str) -> None:
    assert all(s.verdict is not Verdict.WRONG for s in check_work(work, problem_from_statement(problem))), why


@pytest.mark.parametrize(("problem", "work", "line", "why"), ACCUSED, ids=[r[3] for r in ACCUSED])
def test_the_line_with_the_slip_is_wrong(problem: str, work: str, line: int, why: str) -> None:
    steps = check_work(work, problem_from_statement(problem))
    assert [s.step.line for s in steps if s.verdict is Verdict.WRONG][:1] == [line], why
