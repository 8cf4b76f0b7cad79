"""P(A or B) -> P(A) + P(B)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.events import CHANCE, chance
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Call, Expr, Negative, SetOperation, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """p + q - r -> p + q for chances with r below both; P(A or B) -> P(A) + P(B)"""
    match expr:
        case Sum((one, other, Negative(both))):
            p, q, r = chance(one), chance(other), chance(both)
            if p is not None and q is not None and r is not None and r <= min(p, q):
                yield Sum((one, other))
        case Sum((Call("P") as one, Call("P") as other, Negative(Call("P")))):
            yield Sum((one, other))
        case Call("P", (SetOperation("union", events),)):
            yield Sum(tuple(Call("P", (event,)) for event in events))


RULE = Misconception(id="or_probability_overlap_counted_twice", wrong_forms=anywhere(local), size=8, words=CHANCE)
