"""Values side by side without a comma between them: `u=-15 a=10 s=20`."""

from __future__ import annotations

import re

from tutor.reading.vocabulary import UNITS
from tutor.syntax.names import STOP_WORDS
from tutor.syntax.unit_words import WORDS

_NAME = r"[A-Za-zΔαθλμρτω](?:_?[A-Za-z0-9]{1,3})?"
_POWER = r"[ ]?[x×*·][ ]?10(?:\^[-(){}\d]+|[⁰¹²³⁴-⁹⁻]+)"
_UNIT = r"[ ](?P<first>[A-Za-zμΩ°]+)[^\s=<>≈,;→⇒]*"
_VALUE = rf"[-+−]?[\d.]+(?:{_POWER})?[ ]?(?P<other>[A-Za-zμΩ°]+)?(?![\w.])(?!\s*[-=+−*/×·(^<>≈²³])"
_LISTED = re.compile(
    rf"(?<![\w)\]}}^²³.\\]){_NAME}(?P<is>[ ]?=[ ]?)[-+−]?\d[^\s=<>≈,;]*(?P<unit>{_UNIT})?(?P<gap>[ ]+)"
    rf"(?=(?P<name>{_NAME})(?P<too>[ ]?=[ ]?)(?:{_VALUE}|\?))"
)
# u = x     dv = e^(2x) dx
_WIDE_GAP = re.compile(rf"(?<=[\w)²³'])(?: {{3,}}| *\t\s*)(?={_NAME}['′’]{{0,2}}[ ]?=[ ]?[^\s=])")
# R = V/I = 12 V/0.25 A = 48 Ω
_DIVIDES = re.compile(r"/\s*\d")
# v = 10 m/s^2*3 s = 30 m/s
_GOES_ON_WITH = re.compile(r"[/*·×]\s*\d")
_OPERAND = re.compile(r"[+\-−*/·×=]\s*$")
# | v | 25 m/s |
_TABLE_ROW = re.compile(r"(\s*)\|( [^|=]* )\|( [^|=]* )\|(\s*)")
_LENGTHS = frozenset("m cm mm km nm in ft yd mi".split())
_TIMES = frozenset("s ms min h hr hrs hours minutes days seconds".split())
_MASSES = frozenset("g kg mg lb oz".split())
_ALIKE = {"m": _LENGTHS, "s": _TIMES, "h": _TIMES, "g": _MASSES}


# h = 90 min = 5400 s
_GOES_ON = re.compile(rf"{_NAME}[ ]?=[ ]?[-+−]?[\d.]+[ ]?([A-Za-z]+)[ ]?=[ ]?[\d.]+[ ]?([A-Za-z]+)")


def goes_on_in(text: str, start: int) -> str | None:
    """The unit of a value that a chain of one quantity in several units goes on from."""
    m = _GOES_ON.match(text, start)
    kinds = (_LENGTHS, _TIMES, _MASSES)
    return m[1] if m is not None and any(m[1] in kind and m[2] in kind for kind in kinds) else None


def with_signs_between(text: str) -> str:
    """A row with a semicolon for the blank before each further name, and between the two cells of a table.

    A name that is a unit, too, ends what stands before it where the value after it is in such a unit.

    >>> with_signs_between("u=-15 a=10 s=20")
    'u=-15;a=10;s=20'
    >>> with_signs_between("d=12 m=1200 cm")
    'd=12 m=1200 cm'
    >>> with_signs_between("t = 1.5 h = 90 min = 5400 s")
    't = 1.5 h = 90 min = 5400 s'
    """
    if text.count("|") == 3 and (row := _TABLE_ROW.fullmatch(text)):
        return f"{row[1]} {row[2]};{row[3]} {row[4]}"
    if text.count("=") < 2:
        return text
    if ("   " in text or "\t" in text) and "\\" not in text:
        text = _WIDE_GAP.sub(lambda m: ";".ljust(len(m.group())) if "=" in text[: m.start()] else m.group(), text)
    signs = list(text)
    every = list(_LISTED.finditer(text))
    for m in every:
        name, other = m["name"], m["other"] or goes_on_in(text, m.end())
        if m["first"] and (m["first"] not in WORDS or m["first"] in STOP_WORDS):
            continue  # x = 2 or x = 3
        plain_unit = (
            m["unit"] and name in WORDS and not _DIVIDES.search(m["unit"]) and not _OPERAND.search(text, 0, m.start())
        )
        if name in UNITS and m["unit"] and _GOES_ON_WITH.search(m["unit"]):
            continue
        if len(every) == 1 and " " in m["is"] + m["too"] and not plain_unit:
            break  # y = 3 x = 6; but v = 3 m/s t = 20 s has no tonnes
        if name in UNITS and not m["unit"] and other is not None and (name not in _ALIKE or other in _ALIKE[name]):
            continue
        signs[m.end("gap") - 1] = ";"
    return "".join(signs)
