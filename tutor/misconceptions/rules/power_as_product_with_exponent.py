"""a^n -> a*n"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, product_of, with_part
from tutor.misconceptions.terms import number, value
from tutor.syntax.tree import Node, Power, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The base times a whole exponent."""
    for place in places(line):
        if isinstance(place, Power):
            n = value(place.exponent)
            if n is not None and n.denominator == 1 and abs(n) > 1:
                yield with_part(line, place, product_of((number(n), place.base)))


RULE = Misconception("power_as_product_with_exponent", wrong_forms=wrong_forms, size=4)
