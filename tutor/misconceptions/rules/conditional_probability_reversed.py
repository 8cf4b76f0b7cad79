"""P(A given B) -> P(B given A)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.events import CHANCE, chance
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Call, Expr, Product, Quotient, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """(p*q)/(p*q + r*s) -> p, q; P(A given B) -> P(B given A)"""
    match expr:
        case Quotient(Product((p, q)) as joint, Sum(terms)) if joint in terms:
            yield p
            yield q
        case Quotient(both, whole) if (chance(both) or 1) < (chance(whole) or 0) and isinstance(both, Product):
            yield from both.factors
        case Call("P", (one, other), None, 0):
            yield Call("P", (other, one))


RULE = Misconception(id="conditional_probability_reversed", wrong_forms=anywhere(local), size=8, words=CHANCE)
