"""arg(-a + b*i) -> atan(-b/a)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.complex_parts import parts
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Absolute, Call, Expr, Quotient


def local(expr: Expr) -> Iterator[Expr]:
    """arg(a + b*i) -> arctan(b/a), also of the sizes alone"""
    match expr:
        case Call("arg", (inner,), None, 0) if (found := parts(inner)) is not None:
            slope = Quotient(found[1], found[0])
            yield Call("arctan", (slope,))
            yield Call("arctan", (Absolute(slope),))


RULE = Misconception(id="argument_quadrant_ignored", wrong_forms=anywhere(local), size=8)
