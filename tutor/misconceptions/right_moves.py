"""Right steps taken in the same line as a slip: denominators cleared, both sides squared, factors taken out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from tutor.misconceptions.keeping import kept
from tutor.misconceptions.patterns import ONE, ZERO, plain, product_of, sum_of
from tutor.misconceptions.terms import (
    exact_root,
    factors,
    isolated,
    number,
    polynomial,
    sides,
    split,
    terms,
    the_letter,
    times,
    written,
)
from tutor.syntax.tree import Chain, Expr, Negative, Power, Quotient, Root, Statement, Sum, Symbol, symbols

MOST = 4


@kept
def right_moves(line: Statement) -> tuple[Statement, ...]:
    """Some lines that say the same, their products and powers not yet worked out."""
    if not isinstance(line, Chain) or line.relations != ("=",) or len(line.operands) != 2:
        return ()
    for left, right, _ in sides(line):
        if isinstance(left, Symbol) and left.name not in symbols(right):
            return ()  # solved: no step leads on
    found: list[Statement] = []
    for move in _moves(line):
        new = plain(move)
        if new != line and new not in found:
            found.append(new)
    return tuple(found[:MOST])


def _moves(line: Chain) -> Iterator[Chain]:
    cleared = without_denominators(line)
    if cleared is not None:
        yield cleared
    for body, other, _ in isolated(line):
        if isinstance(body, Root) and body.index is None:
            yield Chain((body.radicand, Power(other, number(2))), ("=",))
    name = the_letter(line)
    if name is None:
        return
    for left, right, make in sides(line):
        found = polynomial(left, name)
        if found is None or len(found) != 3 or not isinstance(left, Sum):
            continue
        c, b, a = found
        root, last = exact_root(a), exact_root(c)
        if b and root is not None and last is not None and b * b == 4 * a * c:
            inner = sum_of((times(root, Symbol(name)), number(last if b > 0 else -last)))
            yield make(Power(inner, number(2)), right)
        if not c and b:
            yield make(product_of((Symbol(name), written((b, a), name))), right)


def without_denominators(line: Chain) -> Chain | None:
    """Both sides times all denominators: 3(x + 1) + 2(x - 1) = 24 for (x + 1)/2 + (x - 1)/3 = 4."""
    parts = [[fraction(t) for t in terms(side)] for side in line.operands]
    numbers = lcm(*(b.denominator for side in parts for _, n, _ in side if (b := Fraction(n))))
    letters = list(dict.fromkeys(bottom for side in parts for _, _, bottom in side if bottom != ONE))
    if (numbers == 1 and not letters) or len(letters) > 2:
        return None
    if any(bottom != ONE and bottom in factors(top) for side in parts for top, _, bottom in side):
        return None  # 8x/x is simplified, not cleared
    new: list[Expr] = []
    for side, whole in zip(parts, line.operands, strict=True):
        if all(bottom == ONE and factor.denominator == 1 for _, factor, bottom in side) and len(side) > 1:
            new.append(product_of((*((number(numbers),) if numbers > 1 else ()), *letters, whole)))
            continue
        made: list[Expr] = []
        for top, factor, bottom in side:
            others = [b for b in letters if b != bottom]
            made.append(times(factor * numbers, product_of([p for p in (*others, top) if p != ONE] or [ONE])))
        new.append(sum_of(made) if made else ZERO)
    return Chain((new[0], new[1]), ("=",))


def fraction(term: Expr) -> tuple[Expr, Fraction, Expr]:
    """x + 1, 1/2, 1 for (x + 1)/2; 1, 3, x - 2 for 3/(x - 2)."""
    inner = term.operand if isinstance(term, Negative) else term
    sign = Fraction(-1 if isinstance(term, Negative) else 1)
    if isinstance(inner, Quotient):
        found, top = split(inner.top)
        below, bottom = split(inner.bottom)
        if below:
            return top, sign * found / below, bottom
    found, body = split(inner)
    return body, sign * found, ONE
