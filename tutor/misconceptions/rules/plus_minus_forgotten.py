"""x^2 = a^2 -> x = a"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated
from tutor.misconceptions.right_moves import right_moves
from tutor.misconceptions.terms import (
    all_on_one_side,
    either,
    equation,
    isolated,
    quadratic_roots,
    root_of,
    the_letter,
    value,
)
from tutor.syntax.tree import Chain, Node, Number, Power, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """One root alone of an even power."""
    if not equation(line):
        return
    for body, other, _ in isolated(line):
        match body:
            case Power(base, Number(value=n)) if n % 2 == 0 and n > 0:
                known = value(other)
                if known is None or known > 0:
                    yield either(base, [root_of(other, int(n))])
                    yield either(base, [negated(root_of(other, int(n)))])
    for move in right_moves(line):  # x² + 6x + 9 = 25 as (x + 3)² = 25
        match move:
            case Chain((Power(base, Number(value=n)), other), ("=",)) if n == 2 and (value(other) or Fraction(0)) > 0:
                yield either(base, [root_of(other)])
                yield either(base, [negated(root_of(other))])
    name = the_letter(line)
    found = all_on_one_side(line, name) if name is not None else None
    if name is not None and found is not None and len(found) == 3 and not found[1] and found[0] * found[2] < 0:
        for one in quadratic_roots(found[2], found[1], found[0]):
            yield either(name, [one])


# What is asked for is positive.
SIZES = r"hypotenuse|\bleg\b|\bside|length|radius|diameter|distance|height|width|positive"

RULE = Misconception("plus_minus_forgotten", wrong_forms=wrong_forms, size=9, unless=SIZES)
