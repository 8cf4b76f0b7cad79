"""x/a + b = c -> x + b = a*c"""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, product_of, sum_of
from tutor.misconceptions.terms import sides, split, terms, times
from tutor.syntax.tree import Negative, Node, Quotient, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Some of the terms multiplied by a denominator, at least one left as it was."""
    for left, right, make in sides(line):
        mine, theirs = terms(left), terms(right)
        both = (*mine, *theirs)
        bottoms = [split(t)[0].denominator for t in both]
        if len(both) < 3 or len(both) > 6:
            continue
        fractions = frozenset(k for k, b in enumerate(bottoms) if b > 1)
        for by in sorted({b for b in bottoms if b > 1} | {lcm(*bottoms)}):
            if by == 1:
                continue
            others = frozenset(range(len(mine), len(both)))
            chosen = {fractions, fractions | others, *(frozenset(range(len(both))) - {k} for k in range(len(both)))}
            for some in sorted(chosen, key=sorted):
                if some and len(some) < len(both) and some & fractions:
                    new = [times(split(t)[0] * by, split(t)[1]) if k in some else t for k, t in enumerate(both)]
                    yield make(sum_of(new[: len(mine)]), sum_of(new[len(mine) :]))
        for i, term in enumerate(both):
            inner = term.operand if isinstance(term, Negative) else term
            if not isinstance(inner, Quotient) or not symbols(inner.bottom):
                continue
            top = negated(inner.top) if isinstance(term, Negative) else inner.top
            for left_out in range(len(both)):
                if left_out != i:
                    new = [product_of((inner.bottom, t)) for t in both]
                    new[i], new[left_out] = top, both[left_out]
                    yield make(sum_of(new[: len(mine)]), sum_of(new[len(mine) :]))


RULE = Misconception("multiply_one_term_only", wrong_forms=wrong_forms, size=8)
