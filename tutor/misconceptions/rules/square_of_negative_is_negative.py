"""(-a)^2 -> -a^2"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal
from tutor.syntax.tree import Expr, Negative, Power


def local(expr: Expr) -> Iterator[Expr]:
    """(-a)^n -> -a^n for even n"""
    match expr:
        case Power(Negative(base), exponent) if (n := literal(exponent)) is not None and n % 2 == 0:
            yield Negative(Power(base, exponent))


RULE = Misconception(id="square_of_negative_is_negative", wrong_forms=anywhere(local), size=7)
