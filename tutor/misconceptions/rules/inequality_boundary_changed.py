"""a*x <= b -> x < b/a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.terms import difference, polynomial, roots, the_letter, value
from tutor.syntax.tree import Both, Chain, Either, Node, Statement, Symbol

CHANGED = {"<": "<=", ">": ">=", "<=": "<", ">=": ">"}


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The same bounds, with or without the points on them."""
    match line:
        case Chain(operands, relations) if all(r in CHANGED for r in relations):
            yield Chain(operands, tuple(CHANGED[r] for r in relations))
            name = the_letter(line)
            if name is not None and len(operands) == 2:
                rest = polynomial(difference(*operands), name)
                bounds = roots(rest) if rest is not None and len(rest) == 3 else None
                if rest is not None and bounds is not None and len(bounds) == 2:
                    low, high = sorted(bounds, key=lambda b: float(value(b) or 0))
                    sign = CHANGED[relations[0]]
                    between = (rest[2] > 0) == (sign[0] == "<")
                    end = "=" if len(sign) > 1 else ""
                    x = Symbol(name)
                    if between:
                        yield Both((Chain((low, x), ("<" + end,)), Chain((x, high), ("<" + end,))))
                    else:
                        yield Either((Chain((x, low), ("<" + end,)), Chain((x, high), (">" + end,))))
        case Both(parts) | Either(parts) if all(isinstance(p, Chain) and p.relations[0] in CHANGED for p in parts):
            for k, part in enumerate(parts):
                if isinstance(part, Chain) and all(r in CHANGED for r in part.relations):
                    new = Chain(part.operands, tuple(CHANGED[r] for r in part.relations))
                    yield type(line)((*parts[:k], new, *parts[k + 1 :]))


RULE = Misconception("inequality_boundary_changed", wrong_forms=wrong_forms, keeps_value=True, size=8, final=True)
