"""x^2 + (p - q)*x - p*q -> (x - p)*(x + q)"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import negated, places, product_of, sum_of, with_part
from tutor.misconceptions.terms import exact_root, partial_sums, polynomial, quadratic_roots, the_letter, times
from tutor.syntax.tree import Node, Statement, Symbol


def wrong_forms(line: Statement) -> Iterator[Node]:
    """The factors of a trinomial with -x in place of x."""
    for place in places(line):
        for part, beside in partial_sums(place):
            name = the_letter(part)
            found = polynomial(part, name) if name is not None else None
            if name is None or found is None or len(found) != 3 or not found[1] or not found[0]:
                continue
            if exact_root(found[1] ** 2 - 4 * found[0] * found[2]) is not None:
                gained = quadratic_roots(found[2], -found[1], found[0])
                x = Symbol(name)
                two = [sum_of((x, negated(r))) for r in (gained if len(gained) == 2 else gained * 2)]
                yield with_part(line, place, beside(times(found[2], product_of(two))))


RULE = Misconception("factor_signs_swapped", wrong_forms=wrong_forms, size=12)
