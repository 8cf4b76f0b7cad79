"""y = x - b; a*x - c*y = d -> a*x - c*x - b = d"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, sum_of, with_part
from tutor.misconceptions.terms import sides, split, terms, times
from tutor.syntax.tree import Both, Expr, Node, Statement, Sum, Symbol, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A sum in place of a letter, the coefficient on its first term alone."""
    if not isinstance(line, Both):
        return
    for part in line.parts:
        for left, right, _ in sides(part):
            if not isinstance(left, Symbol) or not isinstance(right, Sum) or left.name in symbols(right):
                continue
            for other in line.parts:
                for place in places(other) if other is not part else ():
                    if not isinstance(place, Expr) or place == left:
                        continue
                    for slip in (put_in, signs_lost):
                        new = [slip(t, left, right.terms) for t in terms(place)]
                        if new != [(t,) for t in terms(place)]:
                            done = with_part(other, place, sum_of([t for ts in new for t in ts]))
                            yield done
                            yield Both(tuple(done if p is other else p for p in line.parts))  # type: ignore[misc]


def put_in(term: Expr, letter: Symbol, sum_terms: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """-2x, -2 for -2y with x - 2 put in for y."""
    found, body = split(term)
    if body != letter:
        return (term,)
    c, first = split(sum_terms[0])
    return (times(found * c, first), *sum_terms[1:])


def signs_lost(term: Expr, letter: Symbol, sum_terms: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """-4x, -10 for -2y with 2x - 5 put in for y: each term multiplied, but without the minus of the factor."""
    found, body = split(term)
    if body != letter or found > 0:
        return (term,)
    c, first = split(sum_terms[0])
    return (times(found * c, first), *(times(-found * d, rest) for d, rest in map(split, sum_terms[1:])))


RULE = Misconception("substituted_without_brackets_in_system", wrong_forms=wrong_forms, size=11)
