"""(x - a)*(x + b) = 0 -> x = -a or x = b"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ZERO
from tutor.misconceptions.terms import either, equation, factors, number, polynomial, sides, the_letter
from tutor.syntax.tree import Node, Power, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The roots of some factors, or all, with the other sign."""
    name = the_letter(line)
    if name is None or not equation(line):
        return
    for left, right, _ in sides(line):
        found = [polynomial(f.base if isinstance(f, Power) else f, name) for f in factors(left) if symbols(f)]
        if right != ZERO or not found or any(f is None or len(f) != 2 for f in found):
            continue
        gained = [-f[0] / f[1] for f in found if f is not None]
        for turned in range(len(gained), 0, -1):
            for some in combinations(range(len(gained)), turned):
                if all(gained[k] for k in some):
                    yield either(name, [number(-g if k in some else g) for k, g in enumerate(gained)])


RULE = Misconception("root_sign_not_reversed", wrong_forms=wrong_forms, size=9)
