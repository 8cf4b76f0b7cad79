"""Numerals to exact values: decimals, thousands, exponents, repeating decimals."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from tutor.errors import TooLarge

MAX_DIGITS = 10_000


GROUPED = re.compile(r"[1-9]\d{0,2}(?:[. ]\d{3})+")


_REPEATING = re.compile(r"(\d*)\.(\d*?)(\d+?)\3+$")


_BRACKETED = re.compile(r"(\d*)\.(\d*)\((\d+)\)$")


_OVERLINED = re.compile(r"(\d*)\.(\d*)((?:\d\u0305)+)$")


def _repeating(whole: str, fixed: str, block: str) -> Fraction:
    """whole.fixed block block block …, exactly"""
    nines = 10 ** len(block) - 1
    return Fraction(int(whole + fixed or "0") * nines + int(block), 10 ** len(fixed) * nines)


@lru_cache(maxsize=4096)
def numeral(text: str) -> tuple[Fraction, int | None]:
    """The exact value of a numeral and its decimal places."""
    if len(text) > MAX_DIGITS:
        raise TooLarge(f"This numeral has more than {MAX_DIGITS:,} digits.")
    digits = text.replace(",", "").replace(" ", "").replace("'", "")
    if (found := _BRACKETED.match(digits)) is not None:
        return _repeating(*found.groups()), None
    if "\u0305" in digits and (found := _OVERLINED.match(digits)) is not None:
        return _repeating(found[1], found[2], found[3].replace("\u0305", "")), None
    if digits.endswith(("...", "…")):
        digits = digits.rstrip(".…")
        found = _REPEATING.match(digits)
        # Two equal digits at the end are a pattern, as in 0.1666…; so is a longer block seen twice.
        if found is not None and (len(found[3]) > 1 or len(digits) - found.start(3) >= 2):
            return _repeating(found[1], found[2], found[3]), None
    digits = digits.replace("\u0305", "")
    mantissa, _, exponent = digits.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    value = Fraction(_integer(whole + decimals), 10 ** len(decimals))
    places: int | None = len(decimals) if decimals else None
    if exponent:
        power = int(exponent) if len(exponent) < 8 else MAX_DIGITS + 1
        if abs(power) > MAX_DIGITS:
            raise TooLarge(f"This numeral has more than {MAX_DIGITS:,} digits.")
        value *= Fraction(10) ** power
        rounded = places is not None  # 2.93e37 is no whole number, though no decimals remain
        places = max((places or 0) - power, 0) or (0 if rounded else None)
    return value, places


def with_point(numeral: str) -> str:
    """1,234 and 1.234 where a comma marks the decimals."""
    if numeral.count(",") == 1:
        return numeral.replace(".", "").replace(",", ".")
    return numeral.replace(".", "") if GROUPED.fullmatch(numeral) else numeral


def _integer(digits: str) -> int:
    # Python refuses int() of more than 4 300 digits at once.
    if len(digits) <= 4000:
        return int(digits or "0")
    value = 0
    for i in range(0, len(digits), 4000):
        part = digits[i : i + 4000]
        value = value * 10 ** len(part) + int(part)
    return value
