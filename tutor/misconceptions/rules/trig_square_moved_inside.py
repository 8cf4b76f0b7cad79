"""sin(x)^2 -> sin(x^2)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.laws.forms import TRIGONOMETRIC
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, with_part
from tutor.syntax.tree import Call, Node, Power, Statement, rebuild


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The power of the value moved onto the angle, or the power of the angle onto the value."""
    for place in places(line):
        match place:
            case Power(Call(name, (angle,)), exponent) if name in TRIGONOMETRIC:
                yield with_part(line, place, Call(name, (Power(angle, exponent),)))
            case Call(name, (Power(base, exponent),)) if name in TRIGONOMETRIC:
                yield with_part(line, place, Power(Call(name, (base,)), exponent))
    everywhere = on_the_angle(line)
    if everywhere != line:
        yield everywhere


def on_the_angle(node: Node) -> Node:
    """Each power of a function as the power of its angle."""
    match node:
        case Power(Call(name, (angle,)), exponent) if name in TRIGONOMETRIC:
            return Call(name, (Power(angle, exponent),))
    return rebuild(node, on_the_angle)


RULE = Misconception("trig_square_moved_inside", wrong_forms=wrong_forms, size=12)
