"""-a*(b - c) -> -a*b - a*c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, product_of, sum_of, with_part
from tutor.misconceptions.terms import number, split
from tutor.syntax.tree import Negative, Node, Product, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A negative factor gives a minus to each product, or a product the wrong sign."""
    for place in places(line):
        if not isinstance(place, Negative | Product):
            continue
        found, body = split(place)
        if found < 0 and found != -1 and isinstance(body, Sum):
            new = [product_of((number(found), t)) for t in body.terms]
            for k in range(1, len(new)):
                yield with_part(line, place, sum_of([*new[:k], negated(new[k]), *new[k + 1 :]]))
            minus = [n if split(t)[0] > 0 else negated(n) for n, t in zip(new, body.terms, strict=True)]
            yield with_part(line, place, sum_of(minus))


RULE = Misconception("second_sign_kept_after_negative_factor", wrong_forms=wrong_forms, size=9)
