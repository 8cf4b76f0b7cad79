"""conj(a + b*i) -> -a - b*i"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.complex_parts import joined, parts
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Call, Expr, Negative


def local(expr: Expr) -> Iterator[Expr]:
    """The conjugate of z -> -z, or with the sign of the real part turned alone"""
    match expr:
        case Call("conj", (inner,), None, 0):
            yield Negative(inner)
            if (found := parts(inner)) is not None:
                yield joined(Negative(found[0]), found[1])


RULE = Misconception(id="conjugate_changes_both_signs", wrong_forms=anywhere(local), size=8)
