"""Pairs of terms with opposite signs that can be added: two numerals, or two terms with the same letters."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.numerals import literal, pairs
from tutor.syntax.tree import Expr, Negative, Product, Sum


def unlike(expr: Expr) -> Iterator[tuple[Expr, Expr, tuple[Expr, ...], bool]]:
    """The size of the negative term, the positive one, what is left over, and whether the negative one is first."""
    if not isinstance(expr, Sum):
        return
    for one, other, rest in pairs(expr.terms):
        if isinstance(one, Negative) == isinstance(other, Negative):
            continue
        negative, positive = (one, other) if isinstance(one, Negative) else (other, one)
        assert isinstance(negative, Negative)
        if not isinstance(negative.operand, Negative) and alike(negative.operand, positive):
            yield negative.operand, positive, rest, negative is one


def alike(one: Expr, other: Expr) -> bool:
    """Whether they differ in a number in front alone."""
    return letters(one) == letters(other)


def letters(term: Expr) -> tuple[Expr, ...]:
    """A term without its number in front."""
    if isinstance(term, Product):
        return tuple(f for f in term.factors if literal(f) is None)
    return () if literal(term) is not None else (term,)
