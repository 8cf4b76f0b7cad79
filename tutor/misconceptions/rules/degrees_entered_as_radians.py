"""sin(n deg) -> sin(n rad)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.laws.forms import TRIGONOMETRIC
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Call, Degrees, Expr, Node, Quantity, Statement, Unit, rebuild


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The function of the bare number of degrees; all angles of the line at once."""
    new = bare(line)
    if new != line:
        yield new


def bare(node: Node) -> Node:
    """The angle in degrees as a number, inside functions alone."""
    node = rebuild(node, bare)
    if isinstance(node, Call) and node.name in TRIGONOMETRIC and len(node.args) == 1:
        return Call(node.name, (number_of(node.args[0]),))
    return node


def number_of(angle: Expr) -> Expr:
    """30 for 30°."""
    match angle:
        case Degrees(operand):
            return operand
        case Quantity(inner, Unit(factors=(("°" | "deg" | "degree" | "degrees", 1),))):
            return inner
    return angle


RULE = Misconception("degrees_entered_as_radians", wrong_forms=wrong_forms, size=8)
