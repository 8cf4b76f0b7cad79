"""What the whole work says of its notation: which letters are symbols, what `x` and the comma mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.reading.pieces import Context
from tutor.reading.vocabulary import DETERMINERS, NOT_A_NOUN, UNITS
from tutor.records import Problem
from tutor.syntax.read import ReadHints
from tutor.syntax.tree import Call, symbols, walk

MAX_SCANNED = 200_000

_SIGN = r"=+*/^<>≤≥≠·×÷⇒→∈²³|"
# A letter beside a sign, or after a digit without a blank.
_LETTER = re.compile(
    rf"(?<![A-Za-zÀ-ÖØ-öø-ɏ\\_'’{{°])(?P<before>[{_SIGN}(\-−]\s*|\d)?(?P<letter>[A-Za-zα-ωΑ-Ω])(?:_\{{?\w+\}}?)?"
    rf"(?=(?P<after>\s*(?:[{_SIGN})_]|[-−]\s*[\dA-Za-z(]|\\(?:cdot|leq?|geq?|neq?|approx|in|to|Rightarrow)\b|$))?)(?![A-Za-zÀ-ÖØ-öø-ɏ'’])"
)
_PAIR = re.compile(r"(?<![A-Za-zÀ-ÖØ-öø-ɏ\\{/])(?:\d|[=+\-*(^]\s*)([a-z]{2,3})(?=\s*[=+*/^)<>≤≥²³]|\s*-\s*\d)")
# u + at, 1/2 at², F = ma: two letters between signs, or before the end of the line, are a product even where they
# spell a word.
_PRODUCT = re.compile(
    r"(?:[=+\-*/(]\s*(?:\d+(?:/\d+)?\s*)?)(at|as|ma|mv|ut|gh|it|is)(?=\s*(?:$|[+^²³)]|[-−]\s*[\da-z]))", re.MULTILINE
)


def _letter_x(x: str) -> re.Pattern[str]:
    """Where x is surely a letter: beside a sign on one side and no digit on the other, or named as the unknown."""
    return re.compile(
        rf"\d\s?{x}(?=\s*[=+^)<>≤≥²³/*|]|\s*-\s*\d|\s*$|[,.;]\s)|\d{x}(?=\s)(?!\s*[\d$£€(])|(?<![A-Za-z\d)])\s*{x}\s*(?:[=^<>≤≥²³]|\+|-\s*\d)"
        rf"|(?:[=+(\-*/]|(?:^|[a-z])\s){x}\s*[=+\-^)<>≤≥²³]|\({x}\)|\b(?:[Ll]et|for|of|find|value|variable"
        rf"|solve for)\s+{x}\b",
        re.MULTILINE,
    )


_X_LETTER = {x: _letter_x(x) for x in "xX"}
_X_CROSS = {x: re.compile(rf"[\d)%]\s*{x}\s*[$£€(]?\s*\d|[a-z]\s{x}\s[$£€]?\d") for x in "xX"}
_BEFORE_BRACKET = {x: re.compile(rf"[\d)]\s*{x}\s*\(") for x in "xX"}
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_UNIT_LETTERS = frozenset("msghLlNJWVAKCTFtk")
_POINT = re.compile(r"\d\.\d")
_COMMA = re.compile(r"(?<![\d,.(\[{])\d+,\d{1,2}(?![\d,)\]}])")
# 0,5 as a decimal; the row [0,2] of a matrix and the point (0,2) are none.
_COMMA_SURE = re.compile(r"(?<![\d,.])(?!(?<=[(\[{<])0,\d+\s*[)\]}>])0,\d+(?![\d,])")
_UNITS = re.compile(r"\d\s?(?:m/s|km|kg|cm|mm|m\b|s\b|N\b|J\b|°C|mol|Hz|ms\b)")
_LAST_LETTER = re.compile(r"\d\s+([gmsNLlWVAJKh])(?=\s*(?:$|[.,;)]))", re.MULTILINE)
# km/h, m/s², dy/dx, d/dx: their letters are no symbols.
_UNIT_OR_DIFFERENTIAL = re.compile(
    r"(?<=\d)\s?(?:km|cm|mm|kg|mi|m|g|L)\s?/\s?(?:h|s|min|m|L|cm|kg)(?:²|³|\^\d)?\b|(?<![A-Za-z\\])d[²2]?[A-Za-z]?\s?/\s?d[a-zθ]"
)
_IMAGINARY = re.compile(r"(?<![A-Za-z\\])(?:\d+|[+\-−±]\s*)i(?![A-Za-z_(=])|(?<![A-Za-z\\_])i\^2|i²|\\mathbb\{C\}")
_EULER = re.compile(r"(?<![A-Za-z\\])e\s*(?:\^|\*\*|[⁰¹²³⁻ˣ])|\bln\b|\\ln|\bexp\b")
_LETTER_E = re.compile(r"(?<![A-Za-z\\])e\s*=|=\s*e\s*$|\b[Ll]et e\b|\d\s?e\s*[+\-−=]", re.MULTILINE)
_APPLIED = re.compile(
    r"(?<![A-Za-z\\])([A-Za-z])(?:'{0,3}|_\{?\w\}?|\^\{?\(?-1\)?\}?|⁻¹)\(\s*[a-z](?:\s*,\s*[a-z])*\s*\)\s*(?:=|\\equiv|:=)"
)
_ALWAYS_APPLIED = re.compile(r"(?<![A-Za-z\\])([fghFGH])(?:'{0,3}|\^\{?-1\}?|⁻¹)\(")
_PROBABILITY = re.compile(r"(?<![A-Za-z\\])P\(")
_PLAIN_P = re.compile(r"(?<![A-Za-z\\])P(?![A-Za-z(])")
_COMMA_LOCALES = frozenset("de fr es it nl pt pl cs sk ru uk sv da nb no fi tr el hu ro bg hr sl sr id vi".split())


@dataclass(frozen=True, slots=True)
class Work:
    """The hints for the reader of mathematics, and the context for cutting pieces out of prose."""

    hints: ReadHints
    context: Context


def gather(text: str, problem: Problem | None) -> Work:
    """Collect the notation of a piece of work and its problem."""
    source = text[:MAX_SCANNED]
    if problem is not None:
        source = f"{source}\n{problem.statement}"
    letters: set[str] = set()
    for m in _LETTER.finditer(_UNIT_OR_DIFFERENTIAL.sub(lambda m: " " * len(m.group()), source)):
        letter, before = m.group("letter"), m.group("before")
        if before is None and m.group("after") is None:
            continue
        if before is not None and before.isdigit() and (letter in _UNIT_LETTERS or letter in "xX"):
            continue
        if (
            letter in _UNIT_LETTERS
            and before is None
            and source[max(0, m.start("letter") - 2) : m.start("letter")].rstrip()[-1:].isdigit()
        ):
            continue
        if letter in ("a", "A", "I") and before is None and not m.group("after").strip():
            continue
        letters.add(letter)
    for m in _PAIR.finditer(source):
        word = m.group(1)
        if word not in UNITS and word not in NOT_A_NOUN and word not in DETERMINERS and word not in _ORDINALS:
            letters.update(word)
    for m in _PRODUCT.finditer(source):
        letters.update(m.group(1))
    letters -= {"x", "X"}
    euler = "e" in letters and bool(_EULER.search(source) or not _LETTER_E.search(source))
    if euler:
        letters.discard("e")
    complex_ = bool(problem is not None and problem.field_ == "complex") or bool(_IMAGINARY.search(source))
    if complex_:
        letters.discard("i")
    if problem is not None:
        letters |= _of_problem(problem)
    cross: dict[str, bool | None] = {}
    for x, letter in _X_LETTER.items():
        if x in letters or letter.search(source):
            letters.add(x)
            cross[x] = False
        else:
            numbers = problem is not None and bool(problem.equations) and not any(map(symbols, problem.equations))
            found = _X_CROSS[x].search(source) or (numbers and _BEFORE_BRACKET[x].search(source))
            cross[x] = True if found else None
    functions = frozenset(m.group(1) for m in _APPLIED.finditer(source)) | frozenset(
        m.group(1) for m in _ALWAYS_APPLIED.finditer(source)
    )
    if _PROBABILITY.search(source) and not _PLAIN_P.search(source):
        functions |= {"P"}
        letters.discard("P")
    if problem is not None:
        functions |= {n.name for e in problem.equations for n in walk(e) if isinstance(n, Call) and len(n.name) == 1}
    hints = ReadHints(
        symbols=frozenset(letters),
        functions=functions,
        decimal_comma=_decimal_comma(source, problem),
        cross_is_times=False if False in cross.values() else cross["x"] or cross["X"],
        complex=complex_,
        units=bool(_UNITS.search(source)) or any(m not in letters for m in _LAST_LETTER.findall(source)),
    )
    written = frozenset(letters | ({"e"} if euler else set()) | ({"i"} if complex_ else set()))
    return Work(hints, Context(written, cross["x"], cross["X"]))


def _of_problem(problem: Problem) -> set[str]:
    found = {name for name in (*problem.unknowns, *problem.givens) if name.isidentifier()}
    for equation in problem.equations:
        found |= symbols(equation)
    return {name for name in found if len(name) == 1 or "_" in name}


def _decimal_comma(source: str, problem: Problem | None) -> bool | None:
    if problem is not None and problem.locale.split("-")[0].split("_")[0] in _COMMA_LOCALES:
        return True
    sure = _COMMA_SURE.search(source) is not None
    if _POINT.search(source):
        return None if sure else False
    if sure:
        return True
    return True if len(_COMMA.findall(source)) > 2 else None
