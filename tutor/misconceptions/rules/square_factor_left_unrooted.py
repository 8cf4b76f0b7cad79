"""sqrt(a^2*b) -> a^2*sqrt(b)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ONE, places, product_of, with_part
from tutor.misconceptions.terms import exact_root, factors, number, root_of, split, times, value
from tutor.syntax.tree import Node, Power, Root, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A square factor of what is under a root, in front of it as it stands."""
    for place in places(line):
        if not isinstance(place, Root) or place.index is not None:
            continue
        found, body = split(place.radicand)
        rest = () if body == ONE else factors(body)
        if found.denominator == 1 and found > 3:
            for n in range(2, 40):
                if found % (n * n) == 0 and (rest or exact_root(found) is None):
                    inside = times(found / (n * n), body)
                    new = product_of((number(n * n), Root(inside))) if inside != ONE else None
                    if new is not None:
                        yield with_part(line, place, new)
        for k, factor in enumerate(rest):
            power = value(factor.exponent) if isinstance(factor, Power) else None
            inside = times(found, product_of([*rest[:k], *rest[k + 1 :]]))
            if power is not None and power % 2 == 0 and inside != ONE:
                yield with_part(line, place, product_of((factor, root_of(inside))))


RULE = Misconception("square_factor_left_unrooted", wrong_forms=wrong_forms, size=7)
