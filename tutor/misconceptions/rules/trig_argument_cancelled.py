"""sin(a*x)/a -> sin(x)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.laws.forms import TRIGONOMETRIC
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import ONE, places, product_of, with_part
from tutor.misconceptions.terms import factors, over
from tutor.syntax.tree import Call, Expr, Node, Quotient, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The angle divided by what the function is divided by; or the word struck out."""
    for place in places(line):
        if isinstance(place, Quotient):
            for call in factors(place.top):
                if isinstance(call, Call) and call.name in TRIGONOMETRIC:
                    for by in dict.fromkeys((place.bottom, *factors(place.bottom))):
                        inner = Call(call.name, (Quotient(call.args[0], by),))
                        yield with_part(line, place, over(with_part(place.top, call, inner), without(place.bottom, by)))  # type: ignore[arg-type]
            match place:
                case Quotient(Call(name, (a,)), Call(other, (b,))) if name == other and name in TRIGONOMETRIC:
                    yield with_part(line, place, Quotient(a, b))


def without(expr: Expr, factor: Expr) -> Expr:
    """A product without one of its factors."""
    if expr == factor:
        return ONE
    rest = list(factors(expr))
    if factor in rest:
        rest.remove(factor)
    return product_of(rest)


RULE = Misconception("trig_argument_cancelled", wrong_forms=wrong_forms, size=13)
