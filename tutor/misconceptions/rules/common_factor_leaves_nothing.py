"""a*b + a -> a*b"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ONE, places, sum_of, with_part
from tutor.misconceptions.terms import factors, partial_sums, split, value
from tutor.syntax.tree import Expr, Node, Power, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A sum without the term that is itself the common factor."""
    for place in places(line):
        for part, beside in partial_sums(place):
            for k, term in enumerate(part.terms) if symbols(part) and len(part.terms) < 5 else ():
                rest = [*part.terms[:k], *part.terms[k + 1 :]]
                if all(goes_into(term, t) for t in rest):
                    yield with_part(line, place, beside(sum_of(rest)))


def goes_into(one: Expr, other: Expr) -> bool:
    """Whether a term is a factor of another: 3 of 3x, x² of x²y, x of x²."""
    (a, body), (b, whole) = split(one), split(other)
    if not a or body == whole or (abs(a) == 1 and body == ONE) or (b / a).denominator != 1:
        return False
    powers = dict(powers_of(whole))
    return all(powers.get(base, Fraction(0)) >= n for base, n in powers_of(body))


def powers_of(body: Expr) -> list[tuple[Expr, Fraction]]:
    """x, 2 and y, 1 for x²y."""
    found: list[tuple[Expr, Fraction]] = []
    for factor in factors(body) if body != ONE else ():
        n = value(factor.exponent) if isinstance(factor, Power) else None
        found.append((factor.base, n) if isinstance(factor, Power) and n is not None else (factor, Fraction(1)))
    return found


RULE = Misconception("common_factor_leaves_nothing", wrong_forms=wrong_forms, size=8)
