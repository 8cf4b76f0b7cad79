"""Numbers in running text: figures, number words, fractions in words, multiples such as "twice".

Money, thousands and percent are taken as people mean them; 8:20 is minutes after midnight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tutor.reading.vocabulary import FRACTION_WORDS, NUMBER_WORDS

MULTIPLES = {
    "twice": 2, "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "triple": 3, "triples": 3, "tripled": 3,
    "thrice": 3, "treble": 3, "quadruple": 4, "quadrupled": 4, "couple": 2, "pair": 2, "pairs": 2, "both": 2,
    "dozen": 12, "dozens": 12, "once": 1, "hundred": 100, "thousand": 1000, "million": 1_000_000,
}  # fmt: skip
WORDS = {**NUMBER_WORDS, **MULTIPLES}
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_FRACTIONS = "|".join(sorted(FRACTION_WORDS, key=len, reverse=True))

NUMERAL = re.compile(
    r"(?P<clock>\b\d{1,2}:\d{2}\b)"
    r"|(?P<mixed>(?<![\w./])\d+[ -]\d+/\d+(?![\w/]))"
    r"|(?P<fraction>(?<![\w./])\d+/\d+(?![\w/.]\d))"
    r"|(?P<number>(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![A-Za-z_\d])\.\d+|(?<![A-Za-z_.\d])\d+(?:\.\d+)?)"
    r"(?!\d|(?:st|nd|rd|th|k)\b)(?P<percent>\s*(?:\\?%|percent\b|per cent\b))?"
    rf"|(?P<tens>\b(?:{_TENS})[- ](?:{_ONES})\b(?!-))"
    rf"|(?P<share>\b(?:(?P<top>{_ONES}|ten|a|an)[ -])?(?P<bottom>{_FRACTIONS})\b)"
    rf"|(?P<word>\b(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in text, with its place."""

    value: Fraction
    start: int
    end: int
    percent: bool = False
    in_words: bool = False


def numerals(text: str) -> Iterator[Numeral]:
    """The numbers of a text, in order.

    >>> [str(n.value) for n in numerals("Twice 1,200 and 5% of $0.50, two-thirds of twenty-one, 2 1/2 at 8:20")]
    ['2', '1200', '5', '1/2', '2/3', '21', '5/2', '500']
    """
    for found in NUMERAL.finditer(text):
        value, words = _value(found)
        if value is not None:
            yield Numeral(value, found.start(), found.end(), found["percent"] is not None, words)


def _value(found: re.Match[str]) -> tuple[Fraction | None, bool]:
    if found["clock"]:
        hours, minutes = found["clock"].split(":")
        return Fraction(60 * int(hours) + int(minutes)), False
    if found["mixed"]:
        whole, top, bottom = re.split(r"[ /-]", found["mixed"])
        return (Fraction(int(whole)) + Fraction(int(top), int(bottom)) if int(bottom) else None), False
    if found["fraction"]:
        top, bottom = found["fraction"].split("/")
        return (Fraction(int(top), int(bottom)) if int(bottom) else None), False
    if found["number"]:
        digits = found["number"].replace(",", "")
        return (Fraction(digits if digits[0] != "." else f"0{digits}") if len(digits) < 30 else None), False
    if found["tens"]:
        ten, one = re.split(r"[ -]", found["tens"].lower())
        return Fraction(NUMBER_WORDS[ten] + NUMBER_WORDS[one]), True
    if found["share"]:
        top = (found["top"] or "a").lower()
        many = 1 if top in ("a", "an") else NUMBER_WORDS[top]
        return Fraction(many, FRACTION_WORDS[found["bottom"].lower()]), True
    return Fraction(WORDS[found["word"].lower()]), True
