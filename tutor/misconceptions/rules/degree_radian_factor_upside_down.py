"""n deg -> n*180/pi rad"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import product_of, with_part
from tutor.misconceptions.terms import number
from tutor.syntax.tree import Chain, Constant, Degrees, Expr, Node, Quantity, Quotient, Statement, Unit, kinds, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """180/pi for pi/180, from degrees or from radians, with the unit or without."""
    for place in line.operands if isinstance(line, Chain) else (line,):
        factor = Quotient(number(180), Constant("pi"))
        match place:
            case Degrees(inner) | Quantity(inner, Unit(text="°" | "deg" | "degrees")):
                new = product_of((inner, factor))
                yield with_part(line, place, Quantity(new, Unit("rad", (("rad", 1),))))
                yield with_part(line, place, new)
            case Quantity(inner, Unit(text="rad")):
                new = Quotient(inner, factor)
                yield with_part(line, place, Degrees(new))
                yield with_part(line, place, new)
    if isinstance(line, Expr) and Constant in kinds(line) and not symbols(line):
        yield Degrees(product_of((line, Quotient(Constant("pi"), number(180)))))


RULE = Misconception("degree_radian_factor_upside_down", wrong_forms=wrong_forms, size=8)
