"""x*(x - a) = 0 -> x = a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ZERO, product_of
from tutor.misconceptions.terms import factors, sides
from tutor.syntax.tree import Node, Power, Statement, Symbol, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The product without its factor x is set to nought."""
    for left, right, make in sides(line):
        parts = factors(left)
        for i, factor in enumerate(parts):
            letter = factor.base if isinstance(factor, Power) else factor
            rest = [*parts[:i], *parts[i + 1 :]]
            if right == ZERO and isinstance(letter, Symbol) and any(symbols(f) for f in rest):
                yield make(product_of(rest), ZERO)


RULE = Misconception("root_zero_lost", wrong_forms=wrong_forms, size=9)
