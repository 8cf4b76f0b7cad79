"""x + y = b -> k*x + k*y = b"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import scaled, sides, split, terms
from tutor.syntax.tree import Both, Node, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """One side of one equation of a system times a number."""
    if not isinstance(line, Both) or len(line.parts) != 2:
        return
    found = {abs(split(t)[0]) for part in line.parts for a, b, _ in sides(part) for t in (*terms(a), *terms(b))}
    for by in sorted({Fraction(2), Fraction(3), *found} - {Fraction(1), Fraction(0)}):
        for k, part in enumerate(line.parts):
            for left, right, make in sides(part):
                for sign in (1, -1):
                    if symbols(left) and terms(right):
                        new = make(scaled(left, sign * by), right)
                        yield Both((*line.parts[:k], new, *line.parts[k + 1 :]))
                        yield new


RULE = Misconception("scaled_left_side_only", wrong_forms=wrong_forms, size=9)
