"""(a*x - b)*(x - c) = 0 -> x = b or x = c"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ZERO
from tutor.misconceptions.terms import either, equation, factors, number, polynomial, sides, the_letter
from tutor.syntax.tree import Node, Power, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The roots of some factors without division by the coefficient of x."""
    name = the_letter(line)
    if name is None or not equation(line):
        return
    for left, right, _ in sides(line):
        found = [polynomial(f.base if isinstance(f, Power) else f, name) for f in factors(left) if symbols(f)]
        if right != ZERO or not found or any(f is None or len(f) != 2 for f in found):
            continue
        known = [f for f in found if f is not None]
        ignored = [k for k, f in enumerate(known) if abs(f[1]) != 1 and f[0]]
        for count in range(1, len(ignored) + 1):
            for some in combinations(ignored, count):
                yield either(name, [number(-f[0] / (1 if k in some else f[1])) for k, f in enumerate(known)])


RULE = Misconception("factor_coefficient_ignored", wrong_forms=wrong_forms, size=8)
