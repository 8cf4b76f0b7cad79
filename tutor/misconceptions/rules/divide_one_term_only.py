"""a*x + b = c -> x + b = c/a"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import sum_of
from tutor.misconceptions.terms import sides, split, terms, times
from tutor.syntax.tree import Node, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Some of the terms divided by the number in front of one of them, at least one left as it was."""
    for left, right, make in sides(line):
        mine, theirs = terms(left), terms(right)
        both = (*mine, *theirs)
        if len(both) < 3 or len(both) > 6:
            continue
        seen: set[tuple[frozenset[int], Fraction]] = set()
        for i, term in enumerate(mine):
            found = split(term)[0]
            if not symbols(term) or found in (0, 1) or abs(found) < 1:
                continue
            others = frozenset(range(len(mine), len(both)))
            most = [frozenset(range(len(both))) - {k} for k in range(len(both)) if k != i]
            for chosen in (frozenset({i} | others), frozenset({i}), *most):
                kept = (chosen, found)
                if found == -1 and not chosen & others:
                    continue
                if kept in seen or len(chosen) == len(both) or chosen == set(range(len(mine))):
                    continue
                if not theirs and len(chosen) < 2:
                    continue
                seen.add(kept)
                new = [times(split(t)[0] / found, split(t)[1]) if k in chosen else t for k, t in enumerate(both)]
                yield make(sum_of(new[: len(mine)]), sum_of(new[len(mine) :]))


RULE = Misconception("divide_one_term_only", wrong_forms=wrong_forms, size=8)
