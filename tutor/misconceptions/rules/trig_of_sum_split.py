"""sin(a + b) -> sin(a) + sin(b)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.laws.forms import TRIGONOMETRIC
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, sum_of, with_part
from tutor.syntax.tree import Call, Expr, Negative, Node, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The function of each term, with its sign; also of an angle such as pi/3 + pi/3."""
    for place in places(line):
        if isinstance(place, Call) and place.name in TRIGONOMETRIC and isinstance(place.args[0], Sum):
            new: list[Expr] = []
            for term in place.args[0].terms:
                sign = isinstance(term, Negative)
                call = Call(place.name, (negated(term) if sign else term,))
                new.append(negated(call) if sign else call)
            yield with_part(line, place, sum_of(new))
            if any(isinstance(t, Negative) for t in new):
                yield with_part(line, place, sum_of([Call(place.name, (t,)) for t in place.args[0].terms]))


RULE = Misconception("trig_of_sum_split", wrong_forms=wrong_forms, size=8)
