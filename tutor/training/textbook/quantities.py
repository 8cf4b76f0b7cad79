"""Numbers as students say them: 1,200 and twelve hundred, $3.50 and 12 bucks, 15 percent, three quarters, 4 km/h."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_PARTS = {
    2: "half",
    3: "third",
    4: "quarter",
    5: "fifth",
    6: "sixth",
    7: "seventh",
    8: "eighth",
    9: "ninth",
    10: "tenth",
}

# What is measured, with the units it is said in: as a symbol after a blank or without one, or in words.
UNITS: dict[str, tuple[str, ...]] = {
    "length": ("m", "cm", "km", "mm", "metres", "meters", "centimetres", "kilometers", "miles",
        "feet", "ft", "inches", "yards",
    ),
    "time": ("s", "seconds", "sec", "min", "minutes", "mins", "hours", "h", "hrs", "days", "weeks", "months", "years"),
    "mass": ("kg", "g", "kilograms", "grams", "kilos", "pounds", "lbs", "tons", "ounces"),
    "speed": ("m/s", "km/h", "mph", "metres per second", "miles per hour", "km per hour", "m/s", "kilometers per hour"),
    "acceleration": ("m/s^2", "m/s²", "m/s/s", "metres per second squared"),
    "force": ("N", "newtons", "newton", "kN"),
    "energy": ("J", "joules", "kJ", "joule"),
    "power": ("W", "watts", "kW"),
    "voltage": ("V", "volts", "volt"),
    "current": ("A", "amps", "mA", "amperes"),
    "resistance": ("ohms", "ohm", "Ω"),
    "charge": ("C", "coulombs"),
    "temperature": ("°C", "degrees", "K", "degrees Celsius"),
    "area": ("m^2", "cm^2", "m²", "cm²", "square metres", "square cm", "square feet"),
    "volume": ("m^3", "cm^3", "L", "liters", "litres", "ml", "gallons", "cm³"),
    "angle": ("degrees", "°", "deg"),
    "frequency": ("Hz", "hertz", "kHz"),
    "pressure": ("Pa", "kPa", "pascals"),
    "density": ("kg/m^3", "g/cm^3", "kg/m³", "g/cm³"),
    "momentum": ("kg m/s", "Ns"),
    "data": ("GB", "MB"),
}  # fmt: skip


_CURRENCIES = {"$": ("dollars", "dollars", "dollars", "bucks"), "£": ("quid",), "€": ("euros",)}


@dataclass(frozen=True, slots=True)
class Said:
    """A number as it is said and as it is copied, with the unit that follows it. glued: no blank before the unit."""

    text: str
    notation: str
    value: Fraction
    unit: str = ""
    glued: bool = False


def in_words(n: int, rng: random.Random) -> str:
    """A whole number below ten thousand in words.

    >>> in_words(9, random.Random(1)), in_words(40, random.Random(1))
    ('nine', 'forty')
    """
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + (rng.choice((" ", "-", " ")) + _ONES[n % 10] if n % 10 else "")
    if n < 1000:
        rest = rng.choice((" ", " and ")) + in_words(n % 100, rng) if n % 100 else ""
        return f"{_ONES[n // 100]} hundred{rest}"
    rest = " " + in_words(n % 1000, rng) if n % 1000 else ""
    return f"{in_words(n // 1000, rng)} thousand{rest}"


def figures(value: Fraction) -> str | None:
    """The decimal of a value; None where it does not end within six places."""
    places = 0
    scaled = value
    while scaled.denominator != 1 and places < 6:
        scaled *= 10
        places += 1
    if scaled.denominator != 1:
        return None
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    text = digits if not places else f"{digits[:-places]}.{digits[-places:]}"
    return "-" + text if value < 0 else text


def number(rng: random.Random, value: Fraction, *, words: float = 0.15) -> Said:
    """A bare number: figures, now and then words."""
    if value.denominator == 1:
        n = int(value)
        if 0 < n < 101 and rng.random() < words:
            if n == 12 and rng.random() < 0.2:
                return Said("a dozen", "12", value)
            return Said(in_words(n, rng), str(n), value)
        if n >= 1000 and rng.random() < 0.5:
            return Said(f"{n:,}", f"{n}", value)
        if 100 < n < 1000 and rng.random() < words / 5:
            return Said(in_words(n, rng), str(n), value)
        return Said(str(n), str(n), value)
    text = figures(value)
    if text is None or (value.denominator <= 10 and rng.random() < 0.3):
        top, bottom = value.numerator, value.denominator
        if 0 < top < bottom and bottom in _PARTS and rng.random() < 0.5:
            part = _PARTS[bottom]
            if top == 1:
                return Said(f"{rng.choice(('a', 'one'))} {part}", f"1/{bottom}", value)
            plural = "halves" if bottom == 2 else part + "s"
            return Said(f"{_ONES[top]} {plural}", f"{top}/{bottom}", value)
        if top > bottom and rng.random() < 0.5:
            whole = f"{top // bottom} {top % bottom}/{bottom}"
            return Said(whole, whole, value)
        return Said(f"{top}/{bottom}", f"{top}/{bottom}", value)
    if text.startswith("0.") and rng.random() < 0.15:
        return Said(text[1:], text, value)
    if rng.random() < 0.1 and not text.startswith("-"):
        text += "0"
    return Said(text, text, value)


def money(rng: random.Random, value: Fraction, sign: str = "$") -> Said:
    """An amount of money in one currency."""
    text = figures(value)
    if text is None:
        return number(rng, value)
    if rng.random() < 0.3:
        whole = number(rng, value, words=0.3)
        unit = rng.choice(_CURRENCIES[sign])
        return Said(whole.text, whole.notation, value, unit)
    if value.denominator != 1 or rng.random() < 0.15:
        text = f"{float(value):.2f}" if (value * 100).denominator == 1 else text
    elif value >= 1000 and rng.random() < 0.5:
        text = f"{int(value):,}"
    if value < 0:
        return Said("-" + sign + text.removeprefix("-"), "-" + sign + text.removeprefix("-").replace(",", ""), value)
    return Said(sign + text, sign + text.replace(",", ""), value)


def percent(rng: random.Random, value: Fraction) -> Said:
    """So many percent; `value` is the number before the sign."""
    text = figures(value) or str(value)
    spoken = text
    if value.denominator == 1 and 0 < value < 101 and rng.random() < 0.15:
        spoken = in_words(int(value), rng)
    after = rng.choices(("%", " %", " percent", " per cent"), (10, 1, 3, 0.5))[0]
    if spoken != text:
        after = " percent"
    return Said(spoken + after, text + "%", value / 100)


def measured(rng: random.Random, value: Fraction, kind: str, unit: str | None = None) -> Said:
    """A number with a unit."""
    unit = unit or rng.choice(UNITS[kind])
    spelled = unit.isalpha() and len(unit) > 3
    whole = number(rng, value, words=0.3 if spelled else 0.02)
    glued = not spelled and whole.text[-1].isdigit() and (unit[0] == "°" or (len(unit) > 1 and rng.random() < 0.35))
    return Said(whole.text, whole.notation, value, unit, glued)
