"""log(a)/log(b) -> a/b"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import LOGARITHMS, sum_of
from tutor.misconceptions.terms import number, split, terms, value
from tutor.syntax.tree import Call, Chain, Constant, Node, Power, Statement, Sum, rebuild, walk


def wrong_forms(line: Statement) -> Iterator[Node]:
    """An equation of sums of logarithms without the word log."""
    if isinstance(line, Chain) and sum(isinstance(n, Call) and n.name in LOGARITHMS for n in walk(line)) > 1:
        long = any(isinstance(o, Sum) or split(o)[0] != 1 for o in line.operands)
        if long:
            yield bare(line)
            calls = [n for n in walk(line) if isinstance(n, Call) and n.name in LOGARITHMS]
            base = calls[0].subscript or (Constant("e") if calls[0].name == "ln" else number(10))
            sides_of = [
                sum_of([Power(base, t) if value(t) is not None else bare(t) for t in terms(o)])  # type: ignore[misc]
                for o in line.operands
            ]
            yield Chain(tuple(sides_of), line.relations)


def bare(node: Node) -> Node:
    """What stands after each logarithm, in its place."""
    node = rebuild(node, bare)
    return node.args[0] if isinstance(node, Call) and node.name in LOGARITHMS else node


RULE = Misconception("log_symbol_cancelled", patterns=("log(a)/log(b) -> a/b",), wrong_forms=wrong_forms, size=8)
