"""sample variance -> sum of squares/n"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, literal, numeral
from tutor.misconceptions.worth import data_of, squares
from tutor.syntax.tree import Call, Expr, Power, Quotient, Root, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """Sum of squares/(n - 1) -> /n, and the root of it"""
    match expr:
        case Call("var" | "stdev" as name, args, None, 0) if len(data := data_of(args)) > 1:
            found = numeral(squares(data) / len(data))
            yield found if name == "var" else Root(found)
        case Quotient(Sum(terms), bottom) if literal(bottom) == len(terms) - 1 and all(is_square(t) for t in terms):
            yield Quotient(expr.top, numeral(len(terms)))
        case Quotient(Sum(terms), bottom) if literal(bottom) == len(terms) and all(is_square(t) for t in terms):
            yield Quotient(expr.top, numeral(len(terms) - 1))


def is_square(term: Expr) -> bool:
    """A power with exponent 2."""
    return isinstance(term, Power) and literal(term.exponent) == 2


RULE = Misconception(id="sample_and_population_divisor_mixed", wrong_forms=anywhere(local), size=8)
