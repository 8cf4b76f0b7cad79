"""a - b*x with x = -n -> a - b - n"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, is_numeral
from tutor.syntax.tree import Expr, Negative, Power, Product, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """A negative value without its bracket: 5 - 3*(-2) -> 5 - 3 - 2, 7 - (-4) -> 7 - 4, (-3)^2 -> -3^2"""
    match expr:
        case Sum(terms):
            for k, term in enumerate(terms):
                minus = isinstance(term, Negative)
                size = term.operand if isinstance(term, Negative) else term
                rest = terms[:k], terms[k + 1 :]
                match size:
                    case Negative(value) if minus and is_numeral(value):
                        yield Sum((*rest[0], Negative(value), *rest[1]))
                    case Product((*head, Negative(value))) if head and is_numeral(value):
                        first = head[0] if len(head) == 1 else Product(tuple(head))
                        yield Sum((*rest[0], Negative(first) if minus else first, Negative(value), *rest[1]))
        case Product((*head, Negative(value))) if head and is_numeral(value):
            yield Sum((head[0] if len(head) == 1 else Product(tuple(head)), Negative(value)))
        case Power(Negative(base), exponent) if is_numeral(base):
            yield Negative(Power(base, exponent))


RULE = Misconception(id="substitution_without_brackets", wrong_forms=anywhere(local), size=4)
