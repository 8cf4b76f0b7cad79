"""v = u + a*t -> t = v - u/a"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ONE, negated, product_of, sum_of
from tutor.misconceptions.terms import factors, sides, split, terms, times, value
from tutor.syntax.tree import Expr, Node, Quotient, Statement, Symbol, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The term with the wanted letter alone, and only one of the terms on the other side divided."""
    for left, right, make in sides(line):
        parts = terms(left)
        for i, term in enumerate(parts):
            rest = (*parts[:i], *parts[i + 1 :])
            if not rest or not symbols(term):
                continue
            for wanted in factors(split(term)[1]):
                if not isinstance(wanted, Symbol) or wanted.name in symbols(sum_of((*rest, right))):
                    continue
                by = sum_of((term,))
                by = without(by, wanted)
                moved = (*terms(right), *(negated(t) for t in rest))
                if by == ONE or len(moved) < 2 or abs(value(by) or Fraction(1)) < 1:
                    continue
                for k in range(len(moved)):
                    yield make(wanted, sum_of([Quotient(t, by) if j == k else t for j, t in enumerate(moved)]))


def without(term: Expr, letter: Symbol) -> Expr:
    """What a term has beside a letter: a for a*t, 2 for 2*W."""
    found, body = split(term)
    others = [f for f in factors(body) if f != letter]
    return times(found, product_of(others))


RULE = Misconception("rearrange_divides_last_term_only", wrong_forms=wrong_forms, size=7)
