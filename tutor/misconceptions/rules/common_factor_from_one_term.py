"""a*b + a*c -> a*(b + a*c)"""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import places, product_of, sum_of, with_part
from tutor.misconceptions.terms import factors, number, partial_sums, split
from tutor.syntax.tree import Expr, Node, Power, Quotient, Statement, symbols


def wrong_forms(line: Statement) -> Iterator[Node]:
    """A common factor before the bracket that only some of the terms inside gave up."""
    for place in places(line):
        for part, beside in partial_sums(place):
            if not symbols(part) or len(part.terms) > 4:
                continue
            for factor in shared(part.terms):
                for k in range(len(part.terms)):
                    for chosen in ({k}, set(range(len(part.terms))) - {k}):
                        new = [Quotient(t, factor) if j in chosen else t for j, t in enumerate(part.terms)]
                        yield with_part(line, place, beside(product_of((factor, sum_of(new)))))


def shared(parts: tuple[Expr, ...]) -> list[Expr]:
    """Numbers and letters that go into more than one term."""
    found: list[Expr] = []
    sizes = [abs(split(t)[0]) for t in parts]
    for k, one in enumerate(sizes):
        for other in sizes[k + 1 :]:
            if one.denominator == other.denominator == 1 and (by := gcd(one.numerator, other.numerator)) > 1:
                found.append(number(by))
    letters = [{f.base if isinstance(f, Power) else f for f in factors(split(t)[1]) if symbols(f)} for t in parts]
    found.extend(sorted(set.intersection(*letters), key=str) if letters else ())
    return list(dict.fromkeys(found))


RULE = Misconception("common_factor_from_one_term", wrong_forms=wrong_forms, size=9)
