"""(a + b*i)*(c + d*i) -> a*c + b*d + (a*d + b*c)*i"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.complex_parts import has_i, is_i, joined, with_square_of_i
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, numeral
from tutor.syntax.tree import Expr, Number, Power, Product, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """A product or power with i worked out with i^2 = 1; also a sum with such in it"""
    if isinstance(expr, Product | Power | Sum) and has_i(expr):
        found = with_square_of_i(expr, 1)
        if found is not None:
            yield joined(numeral(found[0]), numeral(found[1]))
    match expr:
        case Power(base, Number(value=n)) if is_i(base) and n.denominator == 1 and n > 1:
            yield base if n % 2 else numeral(1)


RULE = Misconception(
    id="i_squared_positive",
    patterns=(
        "(a + b*i)*(c + d*i) -> a*c + b*d + (a*d + b*c)*i",
        "(a + b*i)*(a - b*i) -> a^2 - b^2",
        "(a + i)*(a - i) -> a^2 - 1",
        "(a + b*i)^2 -> a^2 + b^2 + 2*a*b*i",
        "(a - b*i)^2 -> a^2 + b^2 - 2*a*b*i",
        "(a + i)^2 -> a^2 + 1 + 2*a*i",
    ),
    wrong_forms=anywhere(local),
    size=9,
)
