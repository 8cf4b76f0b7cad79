"""integrate(abs(f), (x, a, b)) -> integrate(f, (x, a, b))"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.integrating import bounds_of
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Absolute, Expr, Integral, Negative, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """The integral of |f| -> that of f, or its size"""
    match expr:
        case Integral(Absolute(inner), variable, lower, upper) if lower is not None:
            bare = Integral(inner, variable, lower, upper)
            match bounds_of(bare):
                case (above, below):
                    found: Expr = Sum((above, Negative(below)))
                case _:
                    found = bare
            yield found
            yield Absolute(found)


RULE = Misconception(id="area_parts_below_axis_cancel", wrong_forms=anywhere(local), size=8)
