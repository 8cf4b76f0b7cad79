"""n*(1 + p%) -> n*p%"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.changes import change_of
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal, numeral
from tutor.syntax.tree import Expr, Negative, Product, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """n*(1 + p%), n*1.15 and n + n*p% -> the change alone"""
    match expr:
        case Product(factors):
            for k, factor in enumerate(factors):
                change = change_of(factor)
                if change is not None:
                    yield Product((*factors[:k], numeral(abs(change)), *factors[k + 1 :]))
        case Sum((whole, part)):
            size = part.operand if isinstance(part, Negative) else part
            if (
                isinstance(size, Product)
                and whole in size.factors
                and any(0 < (literal(f) or 0) < 1 for f in size.factors)
            ):
                yield size


RULE = Misconception(id="percent_increase_only", wrong_forms=anywhere(local), size=6)
