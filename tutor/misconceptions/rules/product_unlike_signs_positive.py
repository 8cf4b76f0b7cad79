"""(-a)*b -> a*b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.signs import signed_parts
from tutor.syntax.tree import Node, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """(-a)*b -> a*b and a/(-b) -> a/b, for every odd number of minus signs"""
    for size, count, put in signed_parts(line):
        if count % 2:
            yield put(size)


RULE = Misconception(id="product_unlike_signs_positive", wrong_forms=wrong_forms, size=6)
