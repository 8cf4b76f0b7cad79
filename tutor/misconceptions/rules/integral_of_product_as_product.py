"""integrate(f*g, x) -> F*G + C"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.bridge.derive import times
from tutor.misconceptions.integrating import integral_of, with_slip
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Expr, Product, Quotient, symbols


def slip(expr: Expr, name: str) -> Iterator[Expr]:
    """f*g -> F*G, f/g -> F/G"""
    match expr:
        case Product(factors) if len(moving := [f for f in factors if name in symbols(f)]) > 1:
            found = [integral_of(f, name) for f in moving]
            if all(f is not None for f in found):
                fixed = [f for f in factors if name not in symbols(f)]
                yield times(*fixed, *(f for f in found if f is not None))
        case Quotient(top, bottom) if name in symbols(top) and name in symbols(bottom):
            above, below = integral_of(top, name), integral_of(bottom, name)
            if above is not None and below is not None:
                yield Quotient(above, below)


RULE = Misconception(id="integral_of_product_as_product", wrong_forms=with_slip(slip), size=8)
