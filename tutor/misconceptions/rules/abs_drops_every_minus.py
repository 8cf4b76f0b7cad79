"""abs(x - a) -> x + a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, sum_of, with_part
from tutor.syntax.tree import Absolute, Negative, Node, Statement, Sum


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Each minus inside the bars a plus, the bars gone or kept."""
    for place in places(line):
        if isinstance(place, Absolute) and isinstance(place.operand, Sum):
            new = sum_of([t.operand if isinstance(t, Negative) else t for t in place.operand.terms])
            if new != place.operand:
                yield with_part(line, place, new)
                yield with_part(line, place, Absolute(new))


RULE = Misconception("abs_drops_every_minus", wrong_forms=wrong_forms, size=6)
