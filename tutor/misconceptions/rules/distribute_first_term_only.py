"""a*(b + c) -> a*b + c"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, product_of, sum_of, with_part
from tutor.syntax.tree import Expr, Negative, Node, Product, Statement, Sum, rebuild


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Some terms of a bracket without the factor: all but one, or one alone."""
    for place in places(line):
        for factor, bracket, rest in multiples(place):
            parts = bracket.terms
            for k in range(len(parts)):
                one = [product_of((factor, t)) if j == k else t for j, t in enumerate(parts)]
                most = [t if j == k else product_of((factor, t)) for j, t in enumerate(parts)]
                for new in (one, most) if len(parts) > 2 else (one,):
                    done = sum_of(new)
                    yield with_part(line, place, product_of((done, *rest)) if rest else done)
    everywhere = first_terms_only(line)
    if everywhere != line:
        yield everywhere


def first_terms_only(node: Node) -> Node:
    """The line with each bracket so."""
    for factor, bracket, rest in multiples(node):
        done = sum_of((product_of((factor, bracket.terms[0])), *bracket.terms[1:]))
        return product_of((done, *rest)) if rest else done
    return rebuild(node, first_terms_only)


def multiples(place: Node) -> Iterator[tuple[Expr, Sum, list[Expr]]]:
    """A factor, a sum that it multiplies, and what else stands in the product."""
    if isinstance(place, Product):
        for i, bracket in enumerate(place.factors):
            others = [f for k, f in enumerate(place.factors) if k != i]
            if isinstance(bracket, Sum):
                yield product_of(others), bracket, []
                if len(others) > 1:
                    for k, factor in enumerate(others):
                        yield factor, bracket, [f for j, f in enumerate(others) if j != k]
    elif isinstance(place, Negative) and isinstance(place.operand, Product):
        for factor, bracket, rest in multiples(place.operand):
            yield negated(factor), bracket, rest


RULE = Misconception("distribute_first_term_only", wrong_forms=wrong_forms, size=9)
