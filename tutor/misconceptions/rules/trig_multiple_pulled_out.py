"""sin(2*x) -> 2*sin(x)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.laws.forms import TRIGONOMETRIC
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, product_of, with_part
from tutor.misconceptions.terms import factors, number, split
from tutor.syntax.tree import Call, Node, Quotient, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A number, or another factor, of the angle in front of the function."""
    for place in places(line):
        if not isinstance(place, Call) or place.name not in TRIGONOMETRIC:
            continue
        angle = place.args[0]
        found, body = split(angle)
        if symbols(angle) and found not in (0, 1) and not (found == -1 and place.name != "cos"):
            yield with_part(line, place, product_of((number(found), Call(place.name, (body,)))))
        top = angle.top if isinstance(angle, Quotient) else angle
        for k, factor in enumerate(factors(top)):
            rest = product_of([*factors(top)[:k], *factors(top)[k + 1 :]])
            inner = Quotient(rest, angle.bottom) if isinstance(angle, Quotient) else rest
            if len(factors(top)) > 1 and factor != number(-1):
                yield with_part(line, place, product_of((factor, Call(place.name, (inner,)))))
        if isinstance(angle, Quotient) and symbols(angle):
            yield with_part(line, place, Quotient(Call(place.name, (angle.top,)), angle.bottom))


RULE = Misconception("trig_multiple_pulled_out", wrong_forms=wrong_forms, size=12)
