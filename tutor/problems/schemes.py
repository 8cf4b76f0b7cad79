"""Explicit mark schemes, line by line as exam boards write them.

`M1: v² = u² + 2as` is a form or method, `A1 ft: v = 24.7 m/s` a value that rests on the methods above it, `B1: …` a
fact by itself, and a line `or` begins another scheme, of which the better counts. Between the marks and the colon may
stand `ft`, `cao`, `unit`, `3 sf`, `±0.1` and, in brackets, what the mark is for in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.records import Award, Scheme
from tutor.syntax.names import FUNCTIONS
from tutor.syntax.read import ReadHints
from tutor.syntax.tree import Statement
from tutor.syntax.unit_words import WORDS

SHAPE = "a line is like `M1: 3x = 15`, `A1 ft: x = 5` or `B1 (units): answer`, or it is `or`"
ANSWER = "answer"
_LINE = re.compile(r"\s*([A-Za-z])(\d{1,3}(?:\.\d{1,3}|/\d{1,3})?)?([^:]*):(.*)", re.DOTALL)
_OPTION = re.compile(
    r"\s*,?\s*(?:(?P<ft>ft)\b|(?P<cao>cao)\b|(?P<unit>units?)\b|(?P<figures>[1-9]\d?)\s*s\.?\s?f\.?(?![a-z])"
    r"|(?:±|\+-|\+/-)\s*(?P<tolerance>\d+(?:\.\d+)?(?:/\d+)?)|\((?P<says>[^()]*)\))",
    re.IGNORECASE,
)
_FORMS = re.compile(r"\s*;\s*or\s+", re.IGNORECASE)
_RUNS = re.compile(r"(?<![A-Za-z\\_])[A-Za-zα-ωΔ]{1,4}(?![A-Za-z])")
_AFTER_NUMBER = re.compile(r"\d $")
# 24.7 m/s, 3.0 × 10^8 m/s and 2.61 kg m/s, but no 1/2 m v² and no 2 m g.
_MEASURED = re.compile(
    r"(?:^|[=≈])\s*[-−]?[\d.,]+(?:\s*[·×*]\s*10\^?[-−⁻\d{}⁰¹²³⁴-⁹]+)?\s*"
    r"(?:°|[A-Za-zµμΩ°][A-Za-zµμΩ°]*(?:[²³⁻¹^·⋅*/(][^=≈]*)?|[A-Za-zµμΩ°][A-Za-zµμΩ° ]*[/·⋅²³^⁻][^=≈+]*)\s*$"
)

Read = Callable[[str, ReadHints], Statement | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of a scheme, counted from 0; None for the scheme as a whole."""

    line: int | None
    message: str


def letters_of(text: str) -> frozenset[str]:
    """The letters that a formula uses one by one: m, g and h of mgh.

    >>> sorted(letters_of("mgh = 1/2 mv^2")), sorted(letters_of("sin(a) = 3 km"))
    (['g', 'h', 'm', 'v'], ['a'])
    """
    runs = (
        m.group() for m in _RUNS.finditer(text) if not (_AFTER_NUMBER.search(text[: m.start()]) and m.group() in WORDS)
    )
    return frozenset(c for run in runs if run not in FUNCTIONS and run not in ("or", "and") for c in run)


def read_schemes(
    lines: Sequence[str], marks: Fraction | None, hints: ReadHints, read: Read
) -> tuple[tuple[Scheme, ...], list[Fault]]:
    """The schemes that these lines hold, and what is wrong with them.

    marks: those of the problem or part, which each scheme must add up to; None where the scheme itself says them.
    read: a formula of the file, None where it cannot be read (and has been complained of).
    """
    faults: list[Fault] = []
    schemes: list[list[Award]] = [[]]
    for n, line in enumerate(lines):
        if line.strip().lower().rstrip(":") == "or":
            schemes.append([])
        elif line.strip():
            found = _award(line, hints, read)
            if isinstance(found, Award):
                schemes[-1].append(found)
            elif found:
                faults.append(Fault(n, f'"{line}": {found}'))
            else:
                faults.append(Fault(n, ""))  # what cannot be read has been complained of
    if any(not scheme for scheme in schemes) and not faults:
        faults.append(Fault(None, "`or` stands between two schemes, each with a line at least"))
    totals = [sum((a.marks for a in scheme), Fraction(0)) for scheme in schemes]
    wanted = marks if marks is not None else totals[0]
    for k, total in enumerate(totals):
        if total != wanted and not faults:
            which = f"scheme {k + 1}" if len(totals) > 1 else "the scheme"
            other = "the marks are" if marks is not None else "the first has"
            faults.append(Fault(None, f"{which} adds up to {total}, where {other} {wanted}"))
    return tuple(map(tuple, schemes)), [f for f in faults if f.message]


def _award(line: str, hints: ReadHints, read: Read) -> Award | str:
    """An entry of a scheme, or what is wrong with it; "" where that has been said."""
    match = _LINE.fullmatch(line)
    if match is None:
        return SHAPE
    kind, number, between, demand = match.groups()
    kind, demand = kind.upper(), demand.strip()
    if kind not in ("M", "A", "B"):
        return f"begins with {kind}, which is none of M, A and B; {SHAPE}"
    try:
        marks = Fraction(number or "1")
    except ZeroDivisionError:
        return f"{number} is no number of marks"
    if not marks:
        return "is for no marks"
    if not demand:
        return "says nothing after its colon: a formula, a value, or `answer`"
    given: dict[str, str] = {}
    for option in _options(between):
        if isinstance(option, str):
            return f"{option} is none of ft, cao, unit, 3 sf, ±0.1 and (words)"
        given |= {name: value for name, value in option.groupdict().items() if value is not None}
    if "ft" in given and "cao" in given:
        return "ft and cao exclude each other"
    if "ft" in given and kind != "A":
        return "ft is for A marks"
    forms: list[Statement] = []
    for text in () if demand.lower() == ANSWER else _FORMS.split(demand):
        measured = _MEASURED.search(text)
        # V = 6.0 V: the first V is a letter, whatever is said of it, and the last one is none.
        known = letters_of(text) if measured is None else hints.symbols - letters_of(text[measured.start() :])
        letters = ReadHints(symbols=known, decimal_comma=hints.decimal_comma, units=measured is not None)
        form = read(text, letters)
        if form is None:
            return ""
        forms.append(form)
    return Award(
        kind,
        marks,
        tuple(forms),
        demand,
        given.get("says", "").strip(),
        "ft" in given,
        "cao" in given,
        "unit" in given,
        int(given["figures"]) if "figures" in given else None,
        Fraction(given["tolerance"]) if "tolerance" in given else None,
    )


def _options(text: str) -> Iterator[re.Match[str] | str]:
    """What stands between the marks and the colon, piece by piece; text that is none of it as it stands."""
    at = 0
    while text[at:].strip(" ,"):
        match = _OPTION.match(text, at)
        if match is None or match.end() == at:
            yield text[at:].strip(" ,")
            return
        yield match
        at = match.end()
