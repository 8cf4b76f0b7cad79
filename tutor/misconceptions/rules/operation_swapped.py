"""a - b -> a + b, and so with each two of + - * /"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, joined, literal, pairs, times_rest
from tutor.syntax.tree import Expr, Negative, Node, Product, Quotient, Statement, Sum, numbers


def local(expr: Expr) -> Iterator[Expr]:
    """Another operation between two terms, two numerals in a product, top and bottom of a fraction."""
    match expr:
        case Sum(terms):
            for k, term in enumerate(terms[1:], 1):
                turned = term.operand if isinstance(term, Negative) else Negative(term)
                yield Sum((*terms[:k], turned, *terms[k + 1 :]))
            for one, other, rest in pairs(terms):
                a, b = literal(one), literal(other)
                if a is not None and b is not None and a > 0:
                    size = other.operand if isinstance(other, Negative) else other
                    yield joined(Product((one, size)), rest)
                    if b:
                        yield joined(Quotient(one, size), rest)
        case Product(factors):
            for one, other, rest in pairs(factors):
                if literal(one) is not None and literal(other) is not None:
                    yield times_rest(Sum((one, other)), rest)
                    yield times_rest(Sum((one, Negative(other))), rest)
                    if literal(other):
                        yield times_rest(Quotient(one, other), rest)
        case Quotient(top, bottom) if literal(top) is not None and literal(bottom):
            yield Product((top, bottom))
            yield Sum((top, Negative(bottom)))
            yield Sum((top, bottom))


MOST_NUMBERS = 4  # in a longer calculation one of its many signs can be changed to give almost anything


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Another operation in one place of a short line."""
    if len(numbers(line)) <= MOST_NUMBERS:
        yield from anywhere(local)(line)


RULE = Misconception(id="operation_swapped", wrong_forms=wrong_forms, size=2)
