"""x + y = a; x - y = b -> x = a and y = b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import sides
from tutor.syntax.tree import Both, Chain, Node, Statement, Symbol, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Each letter equal to the right side of one of the equations."""
    names = sorted(symbols(line))
    if not isinstance(line, Both) or len(line.parts) != 2 or len(names) != 2:
        return
    known = [next((b for a, b, _ in sides(part) if symbols(a) and not symbols(b)), None) for part in line.parts]
    if known[0] is not None and known[1] is not None:
        for one, other in (known, known[::-1]):
            if one is not None and other is not None:
                yield Both((Chain((Symbol(names[0]), one), ("=",)), Chain((Symbol(names[1]), other), ("=",))))


RULE = Misconception("unknowns_set_equal_to_constant_each", wrong_forms=wrong_forms, size=9)
