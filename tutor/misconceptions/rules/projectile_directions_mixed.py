"""sqrt(2*h/g) -> h/u"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception, compiled
from tutor.misconceptions.patterns import put_in, rewritten
from tutor.misconceptions.quantities import holding, is_kind
from tutor.syntax.tree import Both, Chain, Expr, Node, Quotient, Statement, Sum, Symbol, symbols

FALL = ("sqrt(2*h/g) -> h",)
OF = {"h": "m", "g": "gravity"}


def wrong_forms(lines: Statement) -> Iterator[Node]:
    """The horizontal speed, which the fall does not know of, in the time or the speed of the fall."""
    if not isinstance(lines, Both):
        return
    given: dict[str, Expr] = {}
    for part in lines.parts:
        match part:
            case Chain((Symbol(name), value), ("=",)) if not symbols(value):
                given[name] = value
    for part in lines.parts:
        if not isinstance(part, Chain) or len(part.operands) != 2 or not symbols(part.operands[1]):
            continue
        strange = [v for name, v in given.items() if name not in symbols(part) and is_kind(v, "m/s")]
        formula = put_in(part, given)
        for speed in strange:
            for rule in compiled(FALL):
                for height in rewritten(rule, formula.operands[1], holding(OF)):
                    if isinstance(height, Expr):
                        yield Chain((formula.operands[0], Quotient(height, speed)), ("=",))
            if is_kind(formula.operands[1], "m/s") and any(is_kind(v, "gravity") for v in given.values()):
                yield Chain((formula.operands[0], Sum((formula.operands[1], speed))), ("=",))


RULE = Misconception(
    id="projectile_directions_mixed",
    wrong_forms=wrong_forms,
    words=r"horizontal|thrown|projectile|launch|kick|roll",
    size=9,
)
