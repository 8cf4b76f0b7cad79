"""a + b*c -> (a + b)*c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, value_of
from tutor.syntax.tree import Expr, Negative, Number, Power, Product, Quotient, Sum

Step = tuple[str, Expr]


def local(expr: Expr) -> Iterator[Expr]:
    """All operations of a sum in the order in which they are written; or only up to one product in it."""
    if not isinstance(expr, Sum) or any(value_of(f) is None for t in expr.terms for _, f in steps(t, "+")):
        return
    for k, term in enumerate(expr.terms[1:], 1):
        if isinstance(size(term), Product | Quotient | Power):
            yield from_left(expr.terms, k)


def from_left(terms: tuple[Expr, ...], last: int) -> Expr:
    """2 + 3*4 - 5 -> (2 + 3)*4 - 5: the terms up to that one from left to right, the others as they are"""
    found = terms[0]
    for term in terms[1 : last + 1]:
        for sign, part in steps(size(term), "-" if isinstance(term, Negative) else "+"):
            match sign:
                case "+":
                    found = Sum((found, part))
                case "-":
                    found = Sum((found, Negative(part)))
                case "*":
                    found = Product((found, part))
                case "/":
                    found = Quotient(found, part)
                case _:
                    found = Power(found, part)
    return Sum((found, *terms[last + 1 :])) if terms[last + 1 :] else found


def steps(term: Expr, sign: str) -> list[Step]:
    """3*4/2 as + 3, * 4, / 2."""
    match term:
        case Product(factors):
            return [*steps(factors[0], sign), *(s for f in factors[1:] for s in steps(f, "*"))]
        case Quotient(top, bottom) if isinstance(size(bottom), Number):
            return [*steps(top, sign), ("/", bottom)]
        case Power(base, exponent) if isinstance(base, Number):
            return [(sign, base), ("^", exponent)]
        case Negative(Product() | Quotient() as inner) if sign == "+":
            return steps(inner, "-")
    return [(sign, term)]


def size(term: Expr) -> Expr:
    """Without its minus."""
    return term.operand if isinstance(term, Negative) else term


RULE = Misconception(id="left_to_right_only", wrong_forms=anywhere(local), size=6)
