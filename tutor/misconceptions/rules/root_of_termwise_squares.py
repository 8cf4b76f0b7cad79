"""x^2 + a^2 = b^2 -> x + a = b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, sum_of
from tutor.misconceptions.terms import equation, root_of, sides, split, terms, times
from tutor.syntax.tree import Expr, Node, Number, Power, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The root of each term."""
    for left, right, make in sides(line):
        both = (*terms(left), *terms(right))
        if not equation(line) or len(terms(left)) < 2 or not any(square(t) for t in both):
            continue
        new = [root_of_term(t) for t in both]
        yield make(sum_of(new[: len(terms(left))]), sum_of(new[len(terms(left)) :]))


def square(term: Expr) -> bool:
    """Whether a term holds the square of a letter."""
    match split(term)[1]:
        case Power(base, Number(value=n)):
            return n % 2 == 0 and bool(symbols(base))
    return False


def root_of_term(term: Expr) -> Expr:
    """-3 for -9, x for x², 2x for 4x²."""
    found, body = split(term)
    root = root_of(times(abs(found), body))
    return negated(root) if found < 0 else root


RULE = Misconception("root_of_termwise_squares", wrong_forms=wrong_forms, size=10)
