"""(-a)*(-b) -> -a*b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.signs import signed_parts
from tutor.syntax.tree import Negative, Node, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """(-a)*(-b) -> -a*b and (-a)/(-b) -> -a/b, for every even number of minus signs"""
    for size, count, put in signed_parts(line):
        if count and count % 2 == 0:
            yield put(Negative(size))


RULE = Misconception(id="product_two_negatives_negative", wrong_forms=wrong_forms, size=6)
