"""x + a = b -> x = b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import sum_of
from tutor.misconceptions.terms import difference, scaled, sides, split, terms
from tutor.syntax.tree import Call, Expr, Node, Power, Product, Root, Statement, Sum, symbols, walk


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A term taken away, or a coefficient divided off, on one side alone."""
    for left, right, make in sides(line):
        parts = terms(left)
        if len(parts) == 1 and symbols(left) and not isinstance(left, Sum):
            found, body = split(left)
            if abs(found) not in (0, 1):
                yield make(body, right)
                yield make(left, scaled(right, 1 / found))
            match left:
                case Root(inner) | Power(inner) | Call("ln" | "log" | "lg" | "exp", (inner,)):  # undone here alone
                    yield make(inner, right)
            match left:
                case Power(base, exponent) if symbols(exponent) and not symbols(base):
                    yield make(exponent, right)
        for i, term in enumerate(parts):
            rest = (*parts[:i], *parts[i + 1 :])
            if rest and all(split(term)[1] != split(t)[1] for t in rest):
                yield make(sum_of(rest), right)
                if not symbols(term) and not any(
                    isinstance(n, Product) and any(isinstance(f, Sum) for f in n.factors) for n in walk(left)
                ):
                    yield make(left, difference(right, term))


def has_a_bracket(expr: Expr) -> bool:
    """Whether a sum stands in a product."""
    return any(isinstance(n, Product) and any(isinstance(f, Sum) for f in n.factors) for n in walk(expr))


RULE = Misconception("operation_on_one_side_only", wrong_forms=wrong_forms, size=9)
