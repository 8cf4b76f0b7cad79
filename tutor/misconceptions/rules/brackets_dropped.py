"""(a + b)*c -> a + b*c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, product_of, sum_of, with_part
from tutor.syntax.tree import Node, Product, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The last term of a sum times what comes after it, or the first times what comes before."""
    for place in places(line):
        if isinstance(place, Product):
            for k, part in enumerate(place.factors):
                if isinstance(part, Sum):
                    before, after = place.factors[:k], place.factors[k + 1 :]
                    *first, last = part.terms
                    if after and not before:
                        yield with_part(line, place, sum_of((*first, product_of((last, *after)))))
                    if before and after:
                        head, *middle = first
                        new = (product_of((*before, head)), *middle, product_of((last, *after)))
                        yield with_part(line, place, sum_of(new))


RULE = Misconception("brackets_dropped", wrong_forms=wrong_forms, size=6)
