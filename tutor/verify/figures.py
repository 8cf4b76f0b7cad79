"""Quantities worked out with their rounding: equal, equal to the figures shown, or apart for certain.

Values are enclosed by balls, and widened a little more when they become floating-point numbers, so that two of them
that are apart differ whatever the written decimals stand for.
"""

from __future__ import annotations

import math
from collections.abc import Container, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any, NamedTuple

from tutor.bridge.balls import arb, evaluate
from tutor.bridge.units import measure
from tutor.errors import OutOfBudget, StudentError, TooLarge, Undefined, Unsupported
from tutor.syntax.tree import (
    Bracket,
    Degrees,
    Expr,
    Negative,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quantity,
    without_brackets,
)
from tutor.verify.rounding import numeral_of

Ball = Any  # flint.arb

SLACK = 1e-12  # relative; far more than what turning a ball into floating-point numbers loses
LARGEST = 1e250
ESTIMATE = 0.7  # ≈ 2 × 10^-5, one figure: an estimate
CLOSE = 0.1  # ≈ between things without decimals is refuted only beyond this


class Numeral(NamedTuple):
    """A result as it was written: its value, what its last figure is worth, and how many figures it shows."""

    value: float
    last: float
    figures: int
    whole: bool


class Reckoned(NamedTuple):
    """A value between lo and hi; between low and high for all that the written decimals may stand for."""

    lo: float
    hi: float
    low: float
    high: float
    numeral: Numeral | None = None

    @property
    def value(self) -> float:
        """The middle."""
        return (self.lo + self.hi) / 2

    def ball(self) -> Ball:
        """All that it may stand for, a whole number as a result of rounding."""
        low, high = cell(self)
        if self.numeral is not None and self.numeral.whole:
            low, high = min(low, self.value - self.numeral.last / 2), max(high, self.value + self.numeral.last / 2)
        return arb((low + high) / 2, abs(high - low) / 2 * (1 + SLACK))


class How(Enum):
    """How two values agree."""

    EXACT = "exact"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    FEW = "rounded to one figure"
    WITHIN = "within what the rounding of the numbers shown leaves open"
    OPEN = "open"
    APART = "apart"


AGREE = frozenset({How.EXACT, How.ROUNDED, How.TRUNCATED, How.FEW, How.WITHIN})


def reckon(
    expr: Expr,
    plain: Expr,
    values: Mapping[str, Any] | None = None,
    exact: Container[Fraction] = frozenset(),
    *,
    angle_unit: str = "radian",
    log_base: str = "10",
    scaled: bool = True,
) -> Reckoned | None:
    """An expression worked out; None where it has no value that can be found.

    plain: the same with its quantities as numbers. values: balls for the symbols. scaled: `plain` is in base units.
    """
    try:
        narrow = bounds_of(evaluate(plain, values, angle_unit=angle_unit, log_base=log_base))
        if narrow is None:
            return None
        try:
            wide = bounds_of(evaluate(plain, values, wide=True, exact=exact, angle_unit=angle_unit, log_base=log_base))
        except (Unsupported, Undefined):
            wide = None
    except (StudentError, Undefined, Unsupported, OutOfBudget, TooLarge):
        return None
    low, high = wide or (-math.inf, math.inf)
    return Reckoned(narrow[0], narrow[1], min(low, narrow[0]), max(high, narrow[1]), numeral(expr, scaled=scaled))


def bounds_of(ball: Any) -> tuple[float, float] | None:
    """Floating-point numbers around a ball."""
    lo, hi = float(ball.lower()), float(ball.upper())
    if not (math.isfinite(lo) and math.isfinite(hi)) or max(abs(lo), abs(hi)) > LARGEST:
        return None
    away = max(abs(lo), abs(hi)) * SLACK
    return lo - away, hi + away


def numeral(expr: Expr, *, scaled: bool = True) -> Numeral | None:
    """The numeral that an expression is, in base units where `scaled`: `-2.0 cm`, `3.0 × 10^8 m/s`, `36.6°`."""
    size, inner, sign = 1.0, expr, 1
    while True:
        match inner:
            case Bracket(below) | Positive(below):
                inner = below
            case Negative(below):
                inner, sign = below, -sign
            case Quantity(below, unit):
                inner = below
                if scaled:
                    size *= float(measure(unit).size)
            case Degrees(below):
                inner, size = below, size * math.pi / 180
            case Percent(below):
                inner, size = below, size / 100
            case Product((first, Quantity(power, unit))) if isinstance(power, Power):
                inner = Product((first, power))
                if scaled:
                    size *= float(measure(unit).size)
            case _:
                break
    shown = plain_numeral(inner)
    if shown is None:
        return None
    value, last, figures, whole = shown
    return Numeral(sign * value * size, last * size, figures, whole)


def plain_numeral(expr: Expr) -> Numeral | None:
    """A number without sign and unit."""
    if isinstance(expr, Product) and len(expr.factors) == 2:
        first, power = (without_brackets(f) for f in expr.factors)
        if not isinstance(first, Number) or not isinstance(power, Power):
            return None
        if not isinstance(base := without_brackets(power.base), Number) or base.value != 10:
            return None
        found, ten = plain_numeral(first), numeral_of(power.exponent)
        if found is None or ten is None or ten.value.q != 1 or abs(ten.value) > 200:
            return None
        scale = 10.0 ** int(ten.value.p)
        # 3 × 10^8 shows one figure, and is no whole number.
        return Numeral(found.value * scale, found.last * scale, found.figures, False)
    if not isinstance(expr, Number):
        return None
    value = expr.value
    if not value or abs(value) > 10**200 or abs(value) < Fraction(1, 10**200):
        return Numeral(0.0, 0.0, 1, True) if not value else None
    written = numeral_of(expr)
    if written is not None and written.unit is not None:
        last = Fraction(int(written.unit.p), int(written.unit.q))
        figures = max(1, len(str(abs(int(value / last)))))
        return Numeral(float(value), float(last), figures, False)
    if value.denominator != 1:
        return None
    digits = str(abs(value.numerator))
    bare = digits.rstrip("0")
    return Numeral(float(value), float(10 ** (len(digits) - len(bare))), len(bare), True)


def compare(left: Reckoned, right: Reckoned, *, approximate: bool = False) -> How:
    """How two values agree; APART is certain."""
    if left.lo <= right.hi and right.lo <= left.hi:
        return How.EXACT
    how = How.APART
    for shown, other in ((right, left), (left, right)):
        if shown.numeral is None:
            continue
        if shown is left and right.numeral is not None and shown.numeral.whole and not approximate:
            continue  # 12 cm = 0.115 m: what is converted was not rounded
        found = shows(shown.numeral, other, approximate)
        if found in AGREE:
            return found
        if found is How.OPEN:
            how = How.OPEN
    a, b = cell(left), cell(right)
    if a[0] <= b[1] and b[0] <= a[1]:
        return How.WITHIN
    if approximate and how is How.APART:
        decimals = [s.numeral for s in (left, right) if s.numeral is not None and not s.numeral.whole]
        gap = max(a[0] - b[1], b[0] - a[1])
        size = max(abs(left.value), abs(right.value))
        rough = any(n.figures == 1 for n in decimals) and gap <= size * ESTIMATE
        if gap <= CLOSE * size or rough or any(gap <= n.last for n in decimals):
            return How.OPEN
    return how


def shows(numeral: Numeral, other: Reckoned, approximate: bool = False) -> How:
    """Whether a numeral shows a value to the figures written."""
    value, last = numeral.value, numeral.last
    if not value or not last:
        return How.APART
    away = 1e-9 * last
    lo, hi = other.lo - away, other.hi + away
    if numeral.whole and not approximate and last > abs(numeral.value / 1e6) and other_is_whole(other):
        return How.OPEN if shown_roughly(numeral, other) and not approximate and other.value > 99 else How.APART
    if lo <= value + last / 2 and hi >= value - last / 2:
        return How.FEW if numeral.figures == 1 and last > 1 else How.ROUNDED
    cut = last * (1 - 1e-6)
    if (value > 0 and value <= hi and lo < value + cut) or (value < 0 and lo <= value and value - cut < hi):
        return How.TRUNCATED
    return How.APART


def other_is_whole(other: Reckoned) -> bool:
    """A small whole number, which nobody rounds."""
    middle = round(other.value)
    return abs(other.value) < 1000 and abs(other.value - middle) <= 1e-9 * max(1.0, abs(middle))


def shown_roughly(numeral: Numeral, other: Reckoned) -> bool:
    """40 for 36: rounded to one figure, though both are whole."""
    return numeral.figures == 1 and numeral.last >= 10 and abs(other.value - numeral.value) <= numeral.last / 2


def cell(side: Reckoned) -> tuple[float, float]:
    """All that a side may stand for; a shown result may have been cut off."""
    if side.numeral is None or not side.numeral.last:
        return side.low, side.high
    value, last = side.numeral.value, side.numeral.last
    if side.numeral.whole:
        # A whole number within a calculation is exact; as a result it has been rounded, which `shows` has tried.
        return side.low, side.high
    half = last / 2
    cut = last * (1 - 1e-6)  # 0.11 is not 0.12 cut off
    low, high = (value - half, value + cut) if value > 0 else (value - cut, value + half)
    return min(low, side.low), max(high, side.high)


def span_of(low: Fraction, high: Fraction) -> Ball:
    """A ball from low to high."""
    a, b = float(low), float(high)
    return arb((a + b) / 2, (b - a) / 2 * (1 + 1e-9) + abs(a) * SLACK)
