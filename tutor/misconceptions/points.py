"""The values of an expression at a few points, kept with its parts.

A wrong form shares most of its parts with the line that it was made of: only what is new in it is worked out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from tutor.errors import Unsupported
from tutor.laws.forms import UNDEFINED, NotAFunction, function, prepared
from tutor.syntax.tree import (
    Bracket,
    Constant,
    Negative,
    Node,
    Number,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
)

POINTS = (0.7391, 1.6180, 2.4142, 5.1317, -1.3719)

Values = tuple[float | None, ...]  # one a point; None where there is no value
LARGE = 1e300
NOWHERE: Values = (None,) * len(POINTS)


def values_at(expr: Node, names: Sequence[str]) -> Values:
    """The values at the points, letters in order; the same points for two sides."""
    found = _values(expr, tuple(names))
    total = sum([v for v in found if v is not None])
    # A value that is not finite makes the sum so; one that large is looked at again.
    return found if -LARGE < total < LARGE else tuple([v if v is None or math.isfinite(v) else None for v in found])


@cache
def coordinates(place: int) -> tuple[float, ...]:
    """What the letter in this place of the order is, point by point.

    The points lie on no line through nought, on which all homogeneous equations would be alike.
    """
    return tuple(POINTS[(k + place * place) % len(POINTS)] * (1 + 0.37 * place) for k in range(len(POINTS)))


def _values(node: Node, names: tuple[str, ...]) -> Values:
    """The values, also those that are not finite; kept with the node for the order of letters asked for last."""
    known = getattr(node, "_values", None)
    if known is not None and known[0] == names:
        return known[1]  # type: ignore[no-any-return]
    found = _worked_out(node, names)
    object.__setattr__(node, "_values", (names, found))
    return found


def _worked_out(node: Node, names: tuple[str, ...]) -> Values:
    kind: Any = node.__class__
    e: Any = node
    if kind is Symbol:
        return coordinates(names.index(e.name)) if e.name in names else NOWHERE
    if kind is Number:
        return (float(e.value),) * len(POINTS)
    if kind is Bracket:
        return _values(e.inner, names)
    if kind is Positive:
        return _values(e.operand, names)
    if kind is Negative:
        return tuple([None if v is None else -v for v in _values(e.operand, names)])
    if kind is Sum:
        return _together(sum, [_values(t, names) for t in e.terms])
    if kind is Product:
        return _together(math.prod, [_values(f, names) for f in e.factors])
    if kind is Quotient:
        return _of_two(lambda a, b: a / b, _values(e.top, names), _values(e.bottom, names))
    if kind is Power and e.base.__class__ is not Constant:
        return _of_two(math.pow, _values(e.base, names), _values(e.exponent, names))
    if kind is Root and e.index is not None:
        return _of_two(lambda a, n: math.pow(a, 1 / n), _values(e.radicand, names), _values(e.index, names))
    if kind is Root:
        return _of_two(lambda a, _: math.sqrt(a), radicand := _values(e.radicand, names), radicand)
    return _of_another(e, names)


def _together(join: Callable[[Sequence[float]], float], parts: Sequence[Values]) -> Values:
    return tuple([None if None in at else join(at) for at in zip(*parts, strict=True)])


def _of_two(join: Callable[[float, float], float], one: Values, other: Values) -> Values:
    found: list[float | None] = []
    for a, b in zip(one, other, strict=True):
        try:
            found.append(None if a is None or b is None else join(a, b))
        except UNDEFINED:
            found.append(None)
    return tuple(found)


def _of_another(expr: Any, names: tuple[str, ...]) -> Values:
    """Functions, constants and the rest, each as a whole."""
    try:
        value = function(prepared(expr), {name: i for i, name in enumerate(names)})
    except (NotAFunction, Unsupported, TypeError):
        return NOWHERE
    found: list[float | None] = []
    for point in zip(*map(coordinates, range(len(names))), strict=True) if names else [()] * len(POINTS):
        try:
            at = value(point)
        except UNDEFINED:
            at = None
        found.append(at if isinstance(at, float | int) else None)
    return tuple(found)
