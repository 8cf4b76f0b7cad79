"""pi*(d/2)^2 -> pi*d^2"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import TWO
from tutor.misconceptions.functions import put_for
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal
from tutor.syntax.tree import Constant, Expr, Power, Product, Quotient, Symbol, walk

PI = Constant("pi")


def local(expr: Expr) -> Iterator[Expr]:
    """A length d/2 in a formula with pi as d, and r as 2*r"""
    if not isinstance(expr, Product | Quotient) or PI not in walk(expr):
        return
    for part in inner_parts_of_numbers(expr):
        yield put_for(expr, part, changed(part))


def inner_parts_of_numbers(expr: Expr) -> Iterator[Expr]:
    """The lengths in it: d/2, a letter, or what is squared or cubed."""
    for part in walk(expr):
        match part:
            case Quotient(top, bottom) if (
                literal(bottom) == 2 and PI not in walk(part) and not isinstance(top, Product)
            ):
                yield part
            case Power(base, _) if base != PI:
                yield part
            case Symbol():
                yield part


def changed(part: Expr) -> Expr:
    """d for d/2, 2*r for r."""
    match part:
        case Power(base, exponent):
            return Power(changed(base), exponent)
        case Quotient(top, bottom) if literal(bottom) == 2:
            return top
    return Product((TWO, part))


RULE = Misconception(id="radius_and_diameter_confused", wrong_forms=anywhere(local), size=9)
