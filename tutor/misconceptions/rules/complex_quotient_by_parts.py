"""(a + b*i)/(c + d*i) -> a/c + (b/d)*i"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.complex_parts import joined, parts
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, value_of
from tutor.syntax.tree import Expr, Quotient


def local(expr: Expr) -> Iterator[Expr]:
    """(a + b*i)/(c + d*i) -> a/c + (b/d)*i"""
    match expr:
        case Quotient(top, bottom) if (below := parts(bottom)) is not None and (above := parts(top)) is not None:
            if value_of(below[0]) != 0 and value_of(below[1]) != 0:
                yield joined(Quotient(above[0], below[0]), Quotient(above[1], below[1]))


RULE = Misconception(id="complex_quotient_by_parts", wrong_forms=anywhere(local), size=8)
