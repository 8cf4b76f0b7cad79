"""compare 0.p with 0.q -> compare p and q as whole numbers"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere
from tutor.syntax.tree import Call, Chain, Expr, Node, Number, Statement

TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def after_point(n: Number) -> tuple[int, int]:
    """3.28 as (3, 28)."""
    head, _, tail = n.text.partition(".")
    return int(head or "0"), int(tail or "0") if tail.isdigit() or not tail else 0


def local(expr: Expr) -> Iterator[Expr]:
    """max(0.7, 0.125) -> 0.125, min(0.7, 0.125) -> 0.7"""
    match expr:
        case Call("max" | "min" as name, args) if all(isinstance(a, Number) for a in args):
            numerals = [a for a in args if isinstance(a, Number) and a.text.replace(".", "", 1).isdigit()]
            if len({n.places or 0 for n in numerals}) > 1:
                yield (max if name == "max" else min)(numerals, key=after_point)


def wrong_forms(line: Statement) -> Iterator[Node]:
    """0.7 > 0.125 -> 0.7 < 0.125, where that puts them in the order of their digits"""
    yield from anywhere(local)(line)
    match line:
        case Chain((Number() as a, Number() as b), (relation,)) if relation in TURNED and a.places != b.places:
            written = a.text.replace(".", "", 1).isdigit() and b.text.replace(".", "", 1).isdigit()
            if written and (after_point(a) > after_point(b)) != (a.value > b.value):
                yield Chain((a, b), (TURNED[relation],))


RULE = Misconception(id="longer_decimal_is_larger", wrong_forms=wrong_forms, size=7)
