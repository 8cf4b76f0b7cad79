"""log(x)/log(a) = c -> x = c^a"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import LOGARITHMS, product_of
from tutor.misconceptions.terms import isolated, number
from tutor.syntax.tree import Call, Chain, Constant, Node, Power, Quotient, Statement


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The result to the power of the base; or base times result."""
    for body, other, relation in isolated(line):
        if isinstance(body, Call) and body.name in LOGARITHMS and relation == "=":
            base = body.subscript or (Constant("e") if body.name == "ln" else number(10))
            yield Chain((body.args[0], Power(other, base)), ("=",))
            yield Chain((body.args[0], product_of((base, other))), ("=",))
        if isinstance(body, Quotient) and relation == "=":
            match body.top, body.bottom:
                case Call("log" | "ln", (inside,)), Call("log" | "ln", (base,)):
                    yield Chain((inside, Power(other, base)), ("=",))


RULE = Misconception("log_base_and_result_swapped", wrong_forms=wrong_forms, size=9)
