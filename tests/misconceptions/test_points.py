"""Values at points, kept with the parts of a tree, are those of the whole tree."""

from __future__ import annotations

import math

import pytest

from tutor.laws.forms import UNDEFINED, NotAFunction, function, prepared
from tutor.misconceptions.keeping import MOST_KEPT, kept
from tutor.misconceptions.patterns import plain
from tutor.misconceptions.points import NOWHERE, POINTS, coordinates, values_at
from tutor.syntax.read import read_expr
from tutor.syntax.tree import Expr, Symbol, symbols

EXPRESSIONS = [
    # expression             why it is here
    "2x + 3 - x*y/4",  # sums, products of two and of three, quotients
    "-(x + 1)^2 - 2*3*x",
    "1/(x - 0.7391)",  # a pole at the first point
    "sqrt(x) + sqrt(-x)",  # no value anywhere but at one sign
    "x^(1/2) + x^y",
    "(-2)^x",  # a power that is not real
    "10^(400*x) - 10^(400*x)",  # too large
    "e^x + pi",
    "x + e",  # e as a letter is no function
    "sin(2x) + ln(x) + |x - 2|",
    "2 1/3 + 50% + cbrt(x)",
    "f(x) + 1",  # not known what it is
]


def directly(expr: Expr, names: list[str]) -> list[float | None]:
    try:
        value = function(prepared(expr), {name: i for i, name in enumerate(names)})
    except NotAFunction:
        return [None] * len(POINTS)
    found: list[float | None] = []
    for k in range(len(POINTS)):
        try:
            at = value(tuple(coordinates(i)[k] for i in range(len(names))))
        except UNDEFINED:
            at = math.nan
        found.append(at if math.isfinite(at) else None)
    return found


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_values_are_those_of_the_whole_expression(text: str):
    expr = plain(read_expr(text))
    names = sorted(symbols(expr))
    for order in (names, names[::-1], names):  # kept for another order of the letters they are worked out anew
        assert list(values_at(expr, order)) == directly(expr, order)


def test_a_letter_that_is_not_asked_for_has_no_value():
    assert values_at(Symbol("x"), ["y"]) == NOWHERE


def test_what_was_found_about_a_node_is_worked_out_once():
    asked: list[tuple[str, int]] = []

    @kept
    def found(node: Symbol, n: int) -> str:
        asked.append((node.name, n))
        return node.name * n

    x, y = Symbol("x"), Symbol("x")
    assert [found(x, 2), found(x, 2), found(x, 3), found(y, 2)] == ["xx", "xx", "xxx", "xx"]
    assert asked == [("x", 2), ("x", 3), ("x", 2)]  # y is another node
    for n in range(2 * MOST_KEPT):
        found(x, n)
    assert len(x._notes) <= MOST_KEPT
