"""a + b = s, s*c = t -> a + b = s*c = t"""

from __future__ import annotations

from itertools import pairwise

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import value_of
from tutor.syntax.tree import Chain, Expr, Negative, Product, Quotient, Statement, Sum, numbers


def runs_on(before: Expr, after: Expr) -> bool:
    """3 + 4 = 7*2: the value of the one goes on in the other"""
    result, value = value_of(before), value_of(after)
    if result is None or value is None or result == value or len(numbers(after)) < 2:
        return False
    return value_of(first_of(after)) == result


def first_of(expr: Expr) -> Expr:
    """What an expression starts with: 7 of 7*2 - 1."""
    match expr:
        case Sum(parts) | Product(parts):
            return first_of(parts[0])
        case Quotient(top, _):
            return first_of(top)
        case Negative(Product() | Quotient() as inner):
            return Negative(first_of(inner))
    return expr


def fits(before: Statement, line: Statement) -> bool:
    """Neighbours in the line run on, or the line runs on from what stands before."""
    if isinstance(line, Chain) and set(line.relations) == {"="}:
        return any(runs_on(one, other) for one, other in pairwise(line.operands))
    return isinstance(before, Expr) and isinstance(line, Expr) and runs_on(before, line)


RULE = Misconception(id="run_on_equals", fits=fits, size=8)
