"""A is k times B -> A = B + k"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import literal
from tutor.syntax.tree import Chain, Expr, Negative, Node, Product, Quotient, Statement, Sum, Symbol, symbols

TIMES = (
    r"times|twice|doubl|tripl|hal[fv]|third|fourth|quarter|fifth|sixth|eighth|tenth|"
    r"as (many|much|long|tall|old|heavy|fast|big)"
)


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A = k*B -> A = B + k, A = B/k -> A = B - k"""
    match line:
        case Chain((Symbol() as one, right), ("=",)):
            for changed in turned(right):
                yield Chain((one, changed), ("=",))


def turned(right: Expr) -> Iterator[Expr]:
    """The factor as a difference."""
    match right:
        case Product((one, other)):
            for k, rest in ((one, other), (other, one)):
                if literal(k) is not None and symbols(rest):
                    yield Sum((rest, k))
        case Quotient(other, k) if literal(k) is not None and symbols(other):
            yield Sum((other, Negative(k)))


RULE = Misconception(id="times_as_many_read_as_more", wrong_forms=wrong_forms, size=6, words=TIMES)
