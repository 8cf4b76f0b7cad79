"""Written arithmetic column by column: sums and differences of numerals with slips in some of the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tutor.misconceptions.misconception import WrongForms
from tutor.misconceptions.numerals import anywhere, decimal, joined, pairs
from tutor.syntax.tree import Expr, Negative, Number, Sum

MOST_COLUMNS = 10
MOST_RESULTS = 24

Columns = list[list[int]]
# What a slip makes of a column: the digit that is written and what is carried or borrowed, or None where it does not
# apply. Of a difference: (top digit, what is left of it after lending, bottom digit, whether it lent).
Slip = Callable[[int, int, bool], tuple[int, int] | None]


def columns(numerals: Sequence[Number]) -> tuple[Columns, int] | None:
    """The digits of numerals, one under the other at the point, and how many stand after it."""
    places = max(n.places or 0 for n in numerals)
    whole = [n.value * 10**places for n in numerals]
    if any(w.denominator != 1 or w < 0 for w in whole):
        return None
    texts = [str(int(w)) for w in whole]
    width = max(len(t) for t in texts)
    if width < 2 or width > MOST_COLUMNS:
        return None
    return [[int(d) for d in t.rjust(width, "0")] for t in texts], places


def number_of(digits: Sequence[int]) -> int:
    """The digits, first to last, as one number."""
    return int("".join(map(str, digits)) or "0")


def differences(slip: Slip) -> WrongForms:
    """Each difference of two numerals with the slip in one or more columns."""

    def local(expr: Expr) -> Iterator[Expr]:
        if not isinstance(expr, Sum):
            return
        for one, other, rest in pairs(expr.terms):
            top, bottom = (other, one) if isinstance(one, Negative) else (one, other)
            if not isinstance(top, Number) or not isinstance(bottom, Negative):
                continue
            if not isinstance(bottom.operand, Number) or bottom.operand.value >= top.value:
                continue
            found = columns((top, bottom.operand))
            if found is None:
                continue
            (above, below), places = found
            for k, digits in enumerate(_differences(above[::-1], below[::-1], slip)):
                if k >= MOST_RESULTS:
                    break
                yield joined(decimal(number_of(digits[::-1]), places), rest)

    return anywhere(local)


def _differences(top: list[int], bottom: list[int], slip: Slip) -> Iterator[list[int]]:
    def go(i: int, borrowed: int, slipped: bool) -> Iterator[list[int]]:
        if i == len(top):
            if slipped and not borrowed:
                yield []
            return
        p, q = top[i], bottom[i]
        made = slip(p, q, bool(borrowed))
        if made is not None and 0 <= made[0] <= 9:
            for others in go(i + 1, made[1], True):
                yield [made[0], *others]
        left = p - borrowed
        digit, lent = (left - q, 0) if left >= q else (left + 10 - q, 1)
        for others in go(i + 1, lent, slipped):
            yield [digit, *others]

    return go(0, 0, False)


def sums(make: Callable[[Columns], Iterator[str]]) -> WrongForms:
    """Each sum of numerals as a wrong way of writing it gives it; make: digits of the columns to those of the sum."""

    def local(expr: Expr) -> Iterator[Expr]:
        if not isinstance(expr, Sum):
            return
        groups: list[tuple[Sequence[Expr], tuple[Expr, ...]]] = [((a, b), rest) for a, b, rest in pairs(expr.terms)]
        if len(expr.terms) > 2:
            groups.append((expr.terms, ()))
        for terms, rest in groups:
            numerals = [t for t in terms if isinstance(t, Number)]
            if len(numerals) < len(terms):
                continue
            found = columns(numerals)
            if found is not None:
                digits, places = found
                for k, text in enumerate(make(digits)):
                    if k >= MOST_RESULTS:
                        break
                    yield joined(decimal(int(text), places), rest)

    return anywhere(local)


def sums_without_carry(digits: Columns) -> Iterator[str]:
    """Sums in which one or more carried tens are left out."""
    totals = [sum(column) for column in zip(*digits, strict=True)][::-1]

    def go(i: int, carry: int, slipped: bool) -> Iterator[str]:
        if i == len(totals):
            if slipped:
                yield str(carry) if carry else ""
            return
        s = totals[i] + carry
        last = i == len(totals) - 1
        if s >= 10 and not last:
            for others in go(i + 1, 0, True):
                yield others + str(s % 10)
        for others in go(i + 1, s // 10, slipped):
            yield others + str(s % 10)

    return go(0, 0, False)


def sums_in_place(digits: Columns) -> Iterator[str]:
    """The sums of the columns side by side."""
    totals = [sum(column) for column in zip(*digits, strict=True)]
    if any(t > 9 for t in totals[1:]):
        yield "".join(map(str, totals))
