"""Two numbers as they were written: equal, equal within the figures shown, or apart.

A written decimal stands for its rounding interval. `2/3 = 0.67` is rounded, `2/3 = 0.66` cut off, `2/3 = 0.65` false:
DESIGN, "Numbers and rounding". Values are the bridge's exact rationals.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Any, NamedTuple

from tutor.bridge.exact import last_place, to_fmpq, to_fraction
from tutor.syntax.tree import Bracket, Degrees, Expr, Negative, Number, Percent, Positive, Power, Product, Quantity

Q = Any  # the bridge's exact rational

ONE = to_fmpq(1)
HALF = to_fmpq(Fraction(1, 2))
WHOLE_NUMBER_TOLERANCE = 200  # an integer of three figures is within 1/200 of what it was rounded from
CLOSE = 200  # ≈ between two things without decimals: they agree to three figures
NOISE = 10**14  # digits beyond are a computer's rounding noise, 0.30000000000000004
FAR = to_fmpq(Fraction(3, 2))  # ≈ is refuted only beyond this ratio, because people estimate


class Numeral(NamedTuple):
    """A side that is one numeral: its value, and the unit of its last place; `unit` is None for an integer."""

    value: Q
    unit: Q | None
    percent: bool = False


class Side(NamedTuple):
    """One side of a comparison.

    lo, hi: around what is written; equal where it is exact. wide: around all that the written decimals may stand
    for, None where that is not known.
    """

    lo: Q
    hi: Q
    wide: tuple[Q, Q] | None
    numeral: Numeral | None

    @property
    def exact(self) -> bool:
        """Known exactly, because it is rational."""
        return bool(self.lo == self.hi)

    def scaled(self, by: Q) -> Side:
        """The same in another unit; `by` is positive."""
        wide = None if self.wide is None else (self.wide[0] * by, self.wide[1] * by)
        numeral = None
        if self.numeral is not None:
            unit = self.numeral.unit
            numeral = Numeral(self.numeral.value * by, None if unit is None else unit * by, self.numeral.percent)
        return Side(self.lo * by, self.hi * by, wide, numeral)


class How(Enum):
    """How two written numbers agree."""

    EXACT = "exact"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    WHOLE = "rounded to a whole number"
    ROUGHLY = "about"
    OVERLAP = "within what the decimals leave open"
    APART = "apart"
    UNKNOWN = "not known"


def numeral_of(expr: Expr) -> Numeral | None:
    """The numeral that an expression is: `-0.67`, `$3.50`, `12.5%`, `3.0 × 10^8`; None for anything else."""
    match expr:
        case Number(value=value):
            unit = last_place(expr)
            if unit is not None and abs(value) > NOISE * unit:
                unit = abs(value) / NOISE
            return Numeral(to_fmpq(value), None if unit is None else to_fmpq(unit))
        case Bracket(inner) | Positive(inner) | Quantity(inner, _) | Degrees(inner):
            return numeral_of(inner)
        case Negative(inner):
            found = numeral_of(inner)
            return None if found is None else found._replace(value=-found.value)
        case Percent(inner):
            found = numeral_of(inner)
            if found is None:
                return None
            # A whole percentage is a decimal with two places.
            return Numeral(found.value / 100, (found.unit if found.unit is not None else ONE) / 100, percent=True)
        case Product((Number() as mantissa, power)):
            ten = _power_of_ten(power)
            if ten is None or not abs(mantissa.value) < 10:
                return None
            unit = last_place(mantissa)
            if unit is None:
                if -3 < ten < 5:
                    return None
                unit = Fraction(1)
            scale = Fraction(10) ** ten
            return Numeral(to_fmpq(mantissa.value * scale), to_fmpq(unit * scale))
    return None


def _power_of_ten(expr: Expr) -> int | None:
    match expr:
        case Bracket(inner):
            return _power_of_ten(inner)
        case Power(Number(value=base), exponent) if base == 10:
            found = numeral_of(exponent)
            if found is not None and found.unit is None and found.value.q == 1 and abs(found.value) <= 400:
                return int(found.value.p)
    return None


def compare(left: Side, right: Side, approximate: bool = False) -> How:
    """How two sides of `=` (or `≈`) agree.

    APART is certain: no choice of values that the written decimals may stand for makes the sides equal, nor would
    cutting a shown result off. OVERLAP and UNKNOWN decide nothing.
    """
    if left.exact and right.exact and left.lo == right.lo:
        return How.EXACT
    found = How.UNKNOWN
    for side, other in ((right, left), (left, right)):
        if side.numeral is None:
            continue
        found = shows(side.numeral, other, approximate)
        if found is not How.UNKNOWN:
            return found
    if approximate:
        return _roughly(left, right)
    return _apart(left, right)


def shows(numeral: Numeral, other: Side, approximate: bool = False) -> How:
    """Whether a numeral shows the other side's value to the figures written; UNKNOWN if not."""
    value, unit = numeral.value, numeral.unit
    lo, hi = other.lo, other.hi
    if unit is not None:
        half = unit / 2
        if lo <= value + half and hi >= value - half:
            return How.ROUNDED
        if (value >= 0 and value <= hi and lo < value + unit) or (value <= 0 and lo <= value and value - unit < hi):
            return How.TRUNCATED
        return How.UNKNOWN
    if value.q != 1:
        return How.UNKNOWN
    away = max(abs(lo - value), abs(hi - value))
    if approximate:
        return How.ROUNDED if away <= trailing(value) / 2 else How.UNKNOWN
    # An integer on both sides, or a ball that holds this one: equal or not, but not rounded.
    if (other.exact and lo.q == 1) or lo <= value <= hi:
        return How.UNKNOWN
    if away <= HALF and away * WHOLE_NUMBER_TOLERANCE <= abs(value):
        return How.WHOLE
    return How.UNKNOWN


def trailing(value: Q) -> Q:
    """10^k for the zeros at the end of an integer: 100 for 1200."""
    digits = str(abs(int(value.p)))
    return to_fmpq(10 ** (len(digits) - len(digits.rstrip("0")))) if value else ONE


def _cells(side: Side) -> tuple[Q, Q] | None:
    """All that a side may stand for; a shown result may also have been cut off."""
    if side.numeral is not None and side.numeral.unit is not None:
        value, unit = side.numeral.value, side.numeral.unit
        half = unit / 2
        return (value - half, value + unit) if value >= 0 else (value - unit, value + half)
    return side.wide


def _apart(left: Side, right: Side) -> How:
    a, b = _cells(left), _cells(right)
    if a is None or b is None:
        return How.UNKNOWN
    if a[1] < b[0] or b[1] < a[0]:
        return How.APART
    # Both sides exact, or known to 1024 bits and touching: only a proof can tell.
    narrow = a == (left.lo, left.hi) and b == (right.lo, right.hi)
    return How.UNKNOWN if narrow else How.OVERLAP


def _roughly(left: Side, right: Side) -> How:
    a, b = (left.lo + left.hi) / 2, (right.lo + right.hi) / 2
    if abs(a - b) * CLOSE <= max(abs(a), abs(b)):
        return How.ROUGHLY
    apart = _apart(left, right)
    if apart is not How.APART:
        return apart
    for side, other in ((right, left), (left, right)):
        if side.numeral is not None and side.numeral.unit is not None:
            # Decimals say how far they were rounded; up to a whole unit away, it may have been rounded up.
            gap = max(abs(other.lo - side.numeral.value), abs(other.hi - side.numeral.value))
            return How.APART if gap > side.numeral.unit else How.UNKNOWN
    small, large = sorted((abs(a), abs(b)))
    if a * b < 0 or large > small * FAR:
        gap = max(abs(left.lo - right.hi), abs(left.hi - right.lo))
        return How.APART if gap > ONE else How.UNKNOWN
    return How.UNKNOWN


# ---------------------------------------------------------------- numbers for people


def show(lo: Q, hi: Q | None = None) -> str:
    """A value as a person would write it: `60`, `6.75`, `0.6667 (2/3)`, `28.27…`."""
    if hi is None or lo == hi:
        return show_rational(to_fraction(lo))
    middle = to_fraction((lo + hi) / 2)
    return f"{_figures(middle)}…"


def show_rational(value: Fraction) -> str:
    """An exact rational as a person would write it."""
    if value.denominator == 1:
        n = value.numerator
        return str(n) if abs(n) < 10**21 else _figures(value)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1 and value.denominator <= 10**6 and abs(value) < 10**15:
        places = 0
        while (value * 10**places).denominator != 1:
            places += 1
        if places <= 8:
            return _fixed(value, places)
    short = _figures(value)
    return f"{short} ({value})" if value.denominator < 10**4 and abs(value.numerator) < 10**7 else short


def _fixed(value: Fraction, places: int) -> str:
    scaled = round(abs(value) * 10**places)
    digits = str(scaled).rjust(places + 1, "0")
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def _figures(value: Fraction, figures: int = 4) -> str:
    """To this many significant figures, or all of the whole part."""
    if not value:
        return "0"
    size = abs(value)
    exponent = len(str(size.numerator)) - len(str(size.denominator))
    if Fraction(10) ** exponent > size:
        exponent -= 1
    if -5 <= exponent < 15:
        return _fixed(value, max(0, figures - 1 - exponent) if exponent < figures else 2)
    mantissa = value / Fraction(10) ** exponent
    return f"{_fixed(mantissa, figures - 1)}×10^{exponent}"
