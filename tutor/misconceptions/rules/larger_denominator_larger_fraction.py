"""the larger of 1/m and 1/n -> the one with the larger bottom"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import TURNED, places, with_part
from tutor.misconceptions.terms import value
from tutor.syntax.tree import Call, Chain, Node, Quotient, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The other one of two fractions named as the larger, or the smaller; a comparison turned round."""
    for place in places(line):
        if isinstance(place, Call) and place.name in ("max", "min"):
            found = [(b, a) for a in place.args if isinstance(a, Quotient) and (b := value(a.bottom)) is not None]
            if found and len(found) == len(place.args):
                choose = max if place.name == "max" else min
                yield with_part(line, place, choose(found, key=lambda pair: pair[0])[1])
    if isinstance(line, Chain) and len(line.operands) == 2 and line.relations[0] in ("<", ">"):
        one, other = line.operands
        if isinstance(one, Quotient) and isinstance(other, Quotient) and not symbols(line):
            yield Chain(line.operands, (TURNED[line.relations[0]],))


RULE = Misconception("larger_denominator_larger_fraction", wrong_forms=wrong_forms, size=8)
