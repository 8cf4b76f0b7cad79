"""p.q + r.s -> (p + r) . (q + s)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, decimal, joined, pairs
from tutor.syntax.tree import Expr, Number, Sum


def local(expr: Expr) -> Iterator[Expr]:
    """2.9 + 1.4 -> 3.13"""
    if not isinstance(expr, Sum):
        return
    for one, other, rest in pairs(expr.terms):
        if isinstance(one, Number) and isinstance(other, Number) and one.places and other.places:
            (p, q), (r, s) = (parts(n) for n in (one, other))
            tail = str(q + s)
            if one.places == other.places:
                tail = tail.rjust(one.places, "0")
            yield joined(decimal(int(f"{p + r}{tail}"), len(tail)), rest)


def parts(n: Number) -> tuple[int, int]:
    """2.9 as 2 and 9."""
    places = n.places or 0
    whole = int(n.value)
    return whole, int((n.value - whole) * 10**places)


RULE = Misconception(id="decimal_parts_kept_apart", wrong_forms=anywhere(local), size=9)
