"""p*q -> p + q"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.events import CHANCE, chance
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal
from tutor.syntax.tree import Call, Expr, Power, Product, SetOperation, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """p*q -> p + q for chances; P(A and B) -> P(A) + P(B)"""
    match expr:
        case Product(factors) if all(chance(f) is not None for f in factors):
            yield Sum(factors)
        case Power(base, exponent) if chance(base) is not None and literal(exponent) is not None:
            yield Product((exponent, base))
        case Call("P", (SetOperation("intersection", events),)):
            yield Sum(tuple(Call("P", (event,)) for event in events))
        case Product(factors) if all(isinstance(f, Call) and f.name == "P" for f in factors):
            yield Sum(factors)


RULE = Misconception(id="and_probability_added", wrong_forms=anywhere(local), size=5, words=CHANCE)
