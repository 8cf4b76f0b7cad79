"""(a*x + b*y) - (a*x - c*y) -> b*y - c*y"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ONE, sum_of
from tutor.misconceptions.terms import difference, number, sides, split, terms, times
from tutor.syntax.tree import Both, Chain, Node, Statement, Symbol, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Two equations added or subtracted so that a letter goes, with one term taken the other way."""
    names = sorted(symbols(line))
    if not isinstance(line, Both) or len(line.parts) != 2 or len(names) != 2:
        return
    one, other = (row(part, names) for part in line.parts)
    if one is None or other is None:
        return
    pairs = {(Fraction(1), Fraction(1))}
    for k in range(2):
        if one[k] and other[k]:
            shared = Fraction(gcd(one[k].numerator, other[k].numerator))
            pairs.add((abs(other[k]) / shared, abs(one[k]) / shared))
    for p, q in sorted(pairs):
        for sign in (-1, 1):
            for slip in range(3):
                signs = [-sign if k == slip else sign for k in range(3)]
                new = [p * a + s * q * b for a, b, s in zip(one, other, signs, strict=True)]
                if sum(bool(c) for c in new[:2]) == 1:
                    left = sum_of([times(c, Symbol(n)) for c, n in zip(new[:2], names, strict=True) if c])
                    yield Chain((left, number(new[2])), ("=",))


def row(part: Statement, names: list[str]) -> list[Fraction] | None:
    """3, -1, 7 for 3x - y = 7."""
    for left, right, _ in sides(part):
        found = {name: Fraction(0) for name in names}
        known = Fraction(0)
        for term in terms(difference(left, right)):
            c, body = split(term)
            if isinstance(body, Symbol):
                found[body.name] += c
            elif body == ONE:
                known -= c
            else:
                return None
        return [*found.values(), known]
    return None


RULE = Misconception("elimination_sign_slip", wrong_forms=wrong_forms, size=9)
