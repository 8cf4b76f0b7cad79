"""a/(b + c) -> a/b + a/c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, sum_of, with_part
from tutor.syntax.tree import Expr, Negative, Node, Quotient, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A fraction for each term of the denominator."""
    for place in places(line):
        if isinstance(place, Quotient) and isinstance(place.bottom, Sum):
            yield with_part(line, place, sum_of([signed(place.top, t) for t in place.bottom.terms]))
            if isinstance(place.top, Sum) and len(place.top.terms) == len(place.bottom.terms):
                pairs = zip(place.top.terms, place.bottom.terms, strict=True)
                yield with_part(line, place, sum_of([signed(a, b) for a, b in pairs]))


def signed(top: Expr, bottom: Expr) -> Expr:
    """-a/b for a/(-b)."""
    return negated(Quotient(top, bottom.operand)) if isinstance(bottom, Negative) else Quotient(top, bottom)


RULE = Misconception("fraction_split_over_denominator", wrong_forms=wrong_forms, size=6)
