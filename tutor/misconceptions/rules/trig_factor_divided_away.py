"""sin(x)*f = sin(x)*g -> f = g"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.angles import factors_of, some_are_missing
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import product_of
from tutor.misconceptions.terms import factors, number, sides, value
from tutor.syntax.tree import Both, Call, Expr, Node, Power, Statement, symbols


def fits(before: Statement, line: Statement) -> bool:
    """Whether the angles that are stated are those at which a shared factor is not nought."""
    found = factors_of(before)
    return len(found) > 1 and some_are_missing(before, line)


def wrong_forms(line: Statement) -> Iterator[Node]:
    """Both sides without a function that they share."""
    for one in line.parts if isinstance(line, Both) else (line,):
        for left, right, make in sides(one):
            for factor in factors(left):
                mine, theirs = list(factors(left)), list(factors(right))
                call = factor.base if isinstance(factor, Power) else factor
                if isinstance(call, Call) and symbols(call) and call in [base(f) for f in theirs]:
                    yield make(divided(mine, call), divided(theirs, call))


def base(factor: Expr) -> Expr:
    """sin x for sin² x."""
    return factor.base if isinstance(factor, Power) else factor


def divided(parts: list[Expr], by: Expr) -> Expr:
    """The product divided by a factor."""
    for k, part in enumerate(parts):
        n = value(part.exponent) if isinstance(part, Power) else None
        if part == by:
            return product_of((*parts[:k], *parts[k + 1 :]))
        if isinstance(part, Power) and part.base == by and n is not None:
            lower = by if n == 2 else Power(by, number(n - 1))
            return product_of((*parts[:k], lower, *parts[k + 1 :]))
    return product_of(parts)


RULE = Misconception("trig_factor_divided_away", fits=fits, wrong_forms=wrong_forms, size=11)
