"""An equation that was to be the one of the line before, solved for another letter, and is so but for one slip.

In physics an equation that does not follow may well be another law. It is a faulty rearrangement only where one change,
a sign, a factor, a square, two numbers exchanged, makes it the equation of the line before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from math import isfinite

from tutor.records import Counterexample, Evidence
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Bracket,
    Chain,
    Expr,
    Negative,
    Node,
    Number,
    Positive,
    Power,
    Product,
    Sum,
    Symbol,
    rebuild,
    substitute,
    symbols,
    walk,
)
from tutor.verify.amounts import number_of
from tutor.verify.shapes import holds_calculus

MAX_CHANGES = 120
MAX_NODES = 60
TIMES = tuple(Fraction(k) for k in ("2", "1/2", "10", "1/10", "1000", "1/1000", "4", "1/4", "100", "1/100"))
PRIMES = (2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0)
EXACT = 1e-9

Values = Mapping[str, float]


def slip_in_rearranging(before: Chain, after: Chain) -> Evidence | None:
    """A point of the first equation that the second does not hold at, where one slip parts them; None otherwise.

    >>> from tutor.syntax.read import read
    >>> slip_in_rearranging(read("m a = 4 T - f"), read("4 T = m a - f")).values["T"]
    '6.5'
    """
    equations = (before, after)
    if any(len(e.operands) != 2 or e.relations != ("=",) or holds_calculus(e) for e in equations):
        return None
    names = symbols(before)
    if names != symbols(after) or not 1 <= len(names) <= len(PRIMES):
        return None
    if sum(1 for _ in walk(after)) > MAX_NODES or sum(1 for _ in walk(before)) > MAX_NODES:
        return None
    point = _point_on(before, sorted(names))
    if point is None or _fulfils(after, point) is not False:
        return None
    for count, changed in enumerate(_changes(after)):
        if count > MAX_CHANGES:
            return None
        if symbols(changed) == names and _same(before, changed, sorted(names)):
            left, right = (_value(o, point) for o in after.operands)
            if left is None or right is None:
                return None
            values = {name: f"{value:.4g}" for name, value in point.items()}
            one, other = map(to_text, after.operands)
            return Counterexample(values, f"{left:.4g}", f"{right:.4g}", one, other)
    return None


def _value(expr: Expr, values: Values) -> float | None:
    put_in = {name: _numeral(value) for name, value in values.items()}
    value = number_of(substitute(expr, put_in))
    return value if value is not None and isfinite(value) else None


def _numeral(value: float) -> Expr:
    exact = Fraction(value)
    number = Number(str(abs(value)), abs(exact))
    return Bracket(Negative(number)) if value < 0 else number


def _difference(equation: Chain, values: Values) -> float | None:
    left, right = (_value(o, values) for o in equation.operands)
    return None if left is None or right is None else left - right


def _scale(equation: Chain, values: Values) -> float:
    terms = [t for o in equation.operands for t in (o, *(o.terms if isinstance(o, Sum) else ()))]
    return max((abs(v) for t in terms if (v := _value(t, values)) is not None), default=1.0) or 1.0


def _fulfils(equation: Chain, values: Values) -> bool | None:
    """None where it has no value there."""
    gap = _difference(equation, values)
    return None if gap is None else abs(gap) <= 1e-6 * _scale(equation, values)


def _solved(equation: Chain, name: str, others: Values) -> float | None:
    """The value of a letter that stands in the equation to the first power."""
    gaps = [_difference(equation, {**others, name: x}) for x in (1.0, 2.0, 3.0)]
    if gaps[0] is None or gaps[1] is None or gaps[2] is None:
        return None
    slope = gaps[1] - gaps[0]
    size = max(map(abs, (gaps[0], gaps[1], gaps[2], slope)))
    if abs(slope) <= EXACT * size or abs(gaps[2] - gaps[1] - slope) > EXACT * size:
        return None
    value = 1.0 - gaps[0] / slope
    return value if isfinite(value) else None


def _point_on(equation: Chain, names: list[str], shift: int = 0) -> dict[str, float] | None:
    """Values that fulfil it."""
    for name in names:
        chosen = [PRIMES[(i + shift) % len(PRIMES)] for i in range(len(names))]
        others = {n: v for n, v in zip(names, chosen, strict=True) if n != name}
        value = _solved(equation, name, others)
        if value is not None:
            return {**others, name: value}
    return _root_of(equation, names[0]) if len(names) == 1 else None


def _root_of(equation: Chain, name: str) -> dict[str, float] | None:
    """A root of an equation in one letter, by bisection."""
    grid = [-(10.0**k) for k in range(3, -4, -1)] + [10.0**k for k in range(-3, 4)]
    gaps = [(x, g) for x in grid if (g := _difference(equation, {name: x})) is not None]
    for (a, one), (b, other) in pairwise(gaps):
        if one * other < 0:
            for _ in range(80):
                middle = (a + b) / 2
                gap = _difference(equation, {name: middle})
                if gap is None:
                    return None
                a, b, one = (middle, b, gap) if gap * one > 0 else (a, middle, one)
            return {name: (a + b) / 2}
    return None


def _same(before: Chain, changed: Chain, names: list[str]) -> bool:
    """Whether the two hold at the same points, as far as samples tell."""
    if len(names) == 1:
        ratios = []
        for x in (1.3, 2.7, 4.1, 0.6):
            one, other = _difference(before, {names[0]: x}), _difference(changed, {names[0]: x})
            if one is None or other is None or not one or not other:
                return False
            ratios.append(one / other)
        return max(ratios) - min(ratios) <= 1e-6 * max(map(abs, ratios))
    for shift in (0, 3, 5):
        for first, second in ((before, changed), (changed, before)):
            point = _point_on(first, names, shift)
            if point is None or _fulfils(second, point) is not True:
                return False
    return True


def _changes(chain: Chain) -> Iterator[Chain]:
    """The equation with one slip made, or undone."""
    numbers = [n for n in walk(chain) if isinstance(n, Number) and n.value]
    for node in list(walk(chain)):
        match node:
            case Sum(terms):
                for i, term in enumerate(terms):
                    other = term.operand if isinstance(term, Negative) else Negative(_plain(term))
                    yield _with(chain, node, Sum((*terms[:i], other, *terms[i + 1 :]), span=node.span))
            case Power(base, Number(value=value)) if value == 2:
                yield _with(chain, node, base)
            case Symbol():
                yield _with(chain, node, Power(node, Number("2", Fraction(2))))
            case Number(value=value) if value:
                for k in TIMES:
                    yield _with(chain, node, Number(str(float(value * k)), value * k))
    for i, one in enumerate(numbers):
        for other in numbers[i + 1 :]:
            if one.value != other.value:
                yield _with(chain, one, other, other, one)
    for place, operand in enumerate(chain.operands):
        for factor in (2, 4, 3):
            yield Chain(
                tuple(
                    Product((Number(str(factor), Fraction(factor)), Bracket(o)), ("*",)) if at == place else o
                    for at, o in enumerate(chain.operands)
                ),
                chain.relations,
            )
        yield Chain(
            tuple(Negative(Bracket(o)) if at == place else o for at, o in enumerate(chain.operands)), chain.relations
        )
        if isinstance(operand, Negative | Positive):
            yield Chain(
                tuple(operand.operand if at == place else o for at, o in enumerate(chain.operands)), chain.relations
            )


def _plain(term: Expr) -> Expr:
    return term.operand if isinstance(term, Positive) else term


def _with(chain: Chain, old: Node, new: Expr, old_too: Node | None = None, new_too: Expr | None = None) -> Chain:
    """The same with one node, the very one, in place of another."""

    def change(node: Node) -> Node:
        if node is old:
            return new
        if node is old_too and new_too is not None:
            return new_too
        return rebuild(node, change)

    return rebuild(chain, change)
