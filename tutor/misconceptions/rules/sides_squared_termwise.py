"""sqrt(x) + a = b -> x + a^2 = b^2"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ONE, sum_of
from tutor.misconceptions.terms import equation, number, scaled, sides, split, terms
from tutor.syntax.tree import Expr, Node, Power, Root, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The square of each term, the sign kept."""
    for left, right, make in sides(line):
        both = (*terms(left), *terms(right))
        if not equation(line) or len(terms(left)) < 2 or not any(isinstance(split(t)[1], Root) for t in both):
            continue
        new = [square_of_term(t) for t in both]
        yield make(sum_of(new[: len(terms(left))]), sum_of(new[len(terms(left)) :]))


def square_of_term(term: Expr) -> Expr:
    """-9 for -3, x for √x, 4x for 2√x."""
    found, body = split(term)
    inside = body.radicand if isinstance(body, Root) else ONE if body == ONE else Power(body, number(2))
    return scaled(inside, found * abs(found))


RULE = Misconception("sides_squared_termwise", wrong_forms=wrong_forms, size=10)
