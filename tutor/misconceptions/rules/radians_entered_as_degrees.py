"""sin(t rad) -> sin(t deg)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Call, Degrees, Node, Quantity, Statement, kinds, rebuild, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The function of the number of radians taken as degrees; all angles of the line at once."""
    new = turned(line)
    if new != line:
        yield new


def turned(node: Node) -> Node:
    """A bare number, or one in radians, inside a function as degrees."""
    node = rebuild(node, turned)
    if isinstance(node, Call) and node.name in DIRECT and not symbols(node):
        angle = node.args[0]
        if isinstance(angle, Quantity) and angle.unit.text == "rad":
            return Call(node.name, (Degrees(angle.value),))
        if kinds(angle).isdisjoint({Degrees, Quantity}):
            return Call(node.name, (Degrees(angle),))
    return node


DIRECT = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})


RULE = Misconception("radians_entered_as_degrees", wrong_forms=wrong_forms, size=8)
