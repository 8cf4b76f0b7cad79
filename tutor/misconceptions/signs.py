"""Products and quotients with their minus signs counted, wherever they stand in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tutor.misconceptions.patterns import places, product_of, with_part
from tutor.syntax.tree import Expr, Negative, Node, Product, Quotient, Statement, Sum

# What is left without minus signs, how many there were, and how to put something in its place.
Part = tuple[Expr, int, Callable[[Expr], Node]]


def signed_parts(line: Statement) -> Iterator[Part]:
    """Each product and quotient; a minus before it counts, unless it is a subtraction."""
    for place in places(line):
        if isinstance(place, Product | Quotient):
            size, count = without_signs(place)
            yield size, count, lambda new, place=place: with_part(line, place, new)  # type: ignore[misc]
        elif isinstance(place, Negative) and isinstance(place.operand, Product | Quotient):
            size, count = without_signs(place.operand)
            if not subtracted(line, place):
                yield size, count + 1, lambda new, place=place: with_part(line, place, new)  # type: ignore[misc]


def subtracted(line: Node, part: Negative) -> bool:
    """Whether it is a term after the first: its minus is a subtraction."""
    return any(isinstance(p, Sum) and any(t is part for t in p.terms[1:]) for p in places(line))


def without_signs(expr: Expr) -> tuple[Expr, int]:
    """The factors without minus, and how many there were."""
    match expr:
        case Product(factors):
            parts = [without_signs(f) for f in factors]
            return product_of([p for p, _ in parts]), sum(n for _, n in parts)
        case Quotient(top, bottom):
            (above, m), (below, n) = without_signs(top), without_signs(bottom)
            return Quotient(above, below), m + n
        case Negative(inner):
            size, count = without_signs(inner)
            return size, count + 1
    return expr, 0
