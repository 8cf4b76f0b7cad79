"""What the whole work says of its notation: which letters are symbols, what `x` and the comma mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tutor.reading.marks import without_dots
from tutor.reading.pieces import Context
from tutor.reading.vocabulary import DETERMINERS, NOT_A_NOUN, UNITS
from tutor.records import Problem
from tutor.regex import regex
from tutor.syntax.names import STOP_WORDS
from tutor.syntax.read import ReadHints
from tutor.syntax.tree import Call, symbols, walk
from tutor.syntax.typed_names import divided, typed_names
from tutor.syntax.typeset import typeset_plainly
from tutor.syntax.unit_words import MEASURED, WORDS, blank_units

MAX_SCANNED = 200_000

_SIGN = r"=+*/^<>≤≥≠·×÷⇒→∈²³|"
# A letter beside a sign, or after a digit without a blank.
_LETTER = regex(
    rf"(?<![A-Za-zÀ-ÖØ-öø-ɏ\\_'’{{°])(?P<before>[{_SIGN}(\-−]\s*|\d)?(?P<letter>[A-Za-zα-ωΑ-Ω])(?:_\{{?\w+\}}?)?"
    rf"(?=(?P<after>\s*(?:[{_SIGN})_]|[-−]\s*[\dA-Za-z(]|\\(?:cdot|leq?|geq?|neq?|approx|in|to|Rightarrow)\b|$))?)(?![A-Za-zÀ-ÖØ-öø-ɏ'’])"
)
_PAIR = regex(r"(?<![A-Za-zÀ-ÖØ-öø-ɏ\\{/])(?:\d|[=+\-*(^]\s*)([a-z]{2,3})(?=\s*[=+*/^)<>≤≥²³]|\s*-\s*\d)")
# u + at, 1/2 at², F = ma: two letters between signs, or before the end of the line, are a product even where they
# spell a word.
_PRODUCT = regex(
    r"(?:[=+\-*/(]\s*(?:\d+(?:/\d+)?\s*)?)(at|as|ma|mv|ut|gh|it|is)(?=\s*(?:$|[+^²³)]|[-−]\s*[\da-z]))", re.MULTILINE
)


def _letter_x(x: str) -> re.Pattern[str]:
    """Where x is surely a letter: beside a sign on one side and no digit on the other, or named as the unknown."""
    return regex(
        rf"\d\s?{x}(?=\s*[=+^)<>≤≥²³/*|]|\s*-\s*\d|\s*$|[,.;]\s)|\d{x}(?=\s)(?!\s*[\d$£€(])|(?<![A-Za-z\d)])\s*{x}\s*(?:[=^<>≤≥²³]|\+|-\s*\d)"
        rf"|(?:[=+(\-*/]|(?:^|[a-z])\s){x}\s*[=+\-^)<>≤≥²³]|\({x}\)|\b(?:[Ll]et|for|of|find|value|variable"
        rf"|solve for)\s+{x}\b",
        re.MULTILINE,
    )


_X_LETTER = {x: _letter_x(x) for x in "xX"}
_LONE = {x: regex(rf"(?<![A-Za-z]){x}(?![A-Za-z])") for x in "xX"}
_X_CROSS = {x: regex(rf"[\d)%]\s*{x}\s*[$£€(]?\s*\d|[a-z]\s{x}\s[$£€]?\d") for x in "xX"}
_BEFORE_BRACKET = {x: regex(rf"[\d)]\s*{x}\s*\(") for x in "xX"}
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_UNIT_LETTERS = frozenset("msghLlNJWVAKCTFtk")
_POINT = regex(r"\d\.\d")
_COMMA = regex(r"(?<![\d,.(\[{])\d+,\d{1,2}(?![\d,)\]}])")
# 0,5 as a decimal; the row [0,2] of a matrix and the point (0,2) are none.
_COMMA_SURE = regex(r"(?<![\d,.])(?!(?<=[(\[{<])0,\d+\s*[)\]}>])0,\d+(?![\d,])")
_UNITS = regex(r"\d\s?(?:m/s|km|kg|cm|mm|m\b|s\b|N\b|J\b|°C|mol|Hz|ms\b)")
_LAST_LETTER = regex(r"\d\s+([gmsNLlWVAJKh])(?=\s*(?:$|[.,;)]))", re.MULTILINE)
# km/h, m/s², dy/dx, d/dx, "in m³": their letters are no symbols.
_UNIT_OR_DIFFERENTIAL = regex(
    r"(?<=\d)\s?(?:km|cm|mm|kg|mi|m|g|L)\s?/\s?(?:h|s|min|m|L|cm|kg)(?:²|³|\^\d)?\b|(?<![A-Za-z\\])d[²2]?[A-Za-z]?\s?/\s?d[a-zθ]"
    r"|(?<=\bin )m(?:²|³|\^[23])(?!\s*[=+\-*/\d])"
)
# Units of physics after a number: whoever writes them means quantities, and a letter after a number is likely a unit.
_PHYSICS = regex(
    r"\d\)?\s?(?:\\[,;: ]|~)?(?:\\(?:mathrm|text|textrm)\s*\{\s*)?(?:[mk]?m\s?/\s?s|m\s?s\s?[\^⁻]"
    r"|km\s?h\s?[\^⁻]|rad/s|rev/|ms-[12]\b|rpm\b|k?Hz\b|[MG]Hz\b"
    r"|[kMh]?Pa\b|dB\b|[kMm]?J\b|[kMGm]W\b|[kMm]?N\b(?![ \t]*[A-Za-z(])"
    r"|[kMm]V\b|[mμµnpk]?[CFΩ]\b(?=\s*(?:$|[.,;)/=]))|[mμµ]A\b|[kMG]?eV\b"
    r"|[kM]?Ω|[kM]?\\Omega|k?mol\b|kg\s?[·⋅*/]\s?m|kg\s?m|g/cm|N\s?[·⋅*/]\s?[mkC]|N\s?m\b|N/|V/m|W/|J/|[μµn]m\b|mT\b|atm\b|K\b(?=\s*(?:$|[.,;)]))|Å"
    r"|[VWAT]\b(?=\s*(?:$|[.,;)]))|[º°˚]\s?[CF]\b|\^?\{?\\circ\}?\s*(?:\\(?:mathrm|text)\{)?C\b|newtons?\b|joules?\b|watts?\b|volts?\b|amperes?\b|ohms?\b)"
    r"|[\d⁰¹²³⁴-⁹] s⁻¹"
    r"|10(?:[⁻⁰¹²³⁴-⁹]+|\^\{?[-−]?\d+\}?) ?[kcmμµn]?(?:m|g|s|A|V|W|J|N|C|F|T|Hz|Pa|K)(?:[²³]|\^[23])?"
    r"(?=\s*(?:$|[.,;)=≈]))",
    re.MULTILINE,
)
# v = 5 · 2 = 10 m, f = … = -1.2 m: a letter that comes to so many of a unit.
_COMES_TO = regex(
    r"(?:^|\s)[A-Za-zα-ωΔ]{1,2}(?:_\{?\w+\}?)?\s*=[^\n]*\d\)?\s?(?:kg|k?m|c?m|mm|s|h|N|J|W|V|A|K|C|T|F)\s*[.,]?$|\d\s?in\.(?=\s*[\^×)=²³])"
    r"|(?<![A-Za-z])[A-Za-zΔ]{1,2}(?:_\{?\w+\}?)?\s*=\s*[-−]?\d+(?:\.\d+)?\s?(?:kg|m|s|cm|mm|N|J|W|V|A|K|C|T|g)\b(?!\s*[\w(])",
    re.MULTILINE,
)
# `((24.0 h)/(d))`: a unit by itself below a quantity whose unit has been blanked.
_BELOW = regex(r"(?<=\s\))\s*/\s*\(\s*([A-Za-z]{1,4})\s*\)")
# = ma, mgh, 2qvB: letters typed together where an operand belongs.
_TOGETHER = regex(
    r"(?:^|[=+\-−*/(·×⋅,]|≈|\bis\b|\bas\b)\s*(?:\d+(?:\.\d+)?(?:/\d+)?|\(1\)/\(2\)|½)?\s*([A-Za-z]{2,7})"
    r"(?=\s*(?:$|[=+*/^)(²³,.;·×⋅Δθ_\u03b1-\u03c9]|[-−]\s*[\dA-Za-z(]|\\?(?:sin|cos|tan)(?![a-z])|√|[0-9](?![0-9])))",
    re.MULTILINE,
)
# mg sin 30°: letters before a function, even where they spell a unit.
_BEFORE_FUNCTION = regex(r"(?<![A-Za-z\d])(?<!\d\s)([A-Za-z]{2})\s+\\?(?:sin|cos|tan)(?![a-z])")
# m g h =, 1/2 m v^2, n R T: letters with blanks between them where an operand belongs.
_SPACED_RUN = regex(
    r"(?:^|[=+\-−*/(·×⋅√≈,]|\d|½)\s*((?:Δ?[A-Za-zα-ωΦ](?:_\{?\w+\}?|[₀-₉])?(?:\^\d|[²³])?[ ]+)+"
    r"Δ?[A-Za-zα-ωΦ](?:_\{?\w+\}?|[₀-₉])?)(?=\s*(?:$|[=+\-−*/).,;^²³≈(]|sin\b|cos\b|tan\b|√|sqrt))",
    re.MULTILINE,
)
_BASE = regex(r"(?<![A-Za-z_{])[A-Za-zα-ωΦ](?![A-Za-z])")
_FUNCTION_IN = regex(r"sin|cos|tan|log|ln|exp|sqrt|arc")
# Units by their spelling, and far oftener two letters of a formula where no number stands before them.
_LIKELY_PRODUCTS = frozenset("mg ms mh mL mV mA mC mT Nm Ns As Vs pA fm cm fs".split()) - {"cm"}
_CAPITAL_PRODUCTS = frozenset("RT IR VI PV QV IV CV RI RC LI QR NA GM".split())
# KE = 1/2 mv²; PE + KE: names of energies in two letters or more.
_NAMED_ENERGY = regex(r"(?<![A-Za-z])([KPGE]?[PK]E|TE|ME)(?=(?:_\{?\w+\}?)?\s*[=+\-−])|(?<=[=+])\s*([KPGE]?[PK]E)\b")
_SUBSCRIPTED = regex(r"(?<![A-Za-z])([A-Za-zα-ω])_\{?([A-Za-z0-9]|0[xy])\}?(?![A-Za-z0-9])")
_NO_PRODUCT = frozenset(
    "sin cos tan log ln exp sqrt sum net max min rms avg tot and the for are with then from to in of is no ok".split()
)
# Q = It: no pronoun between signs.
_CURRENT_AND_TIME = regex(r"[=·×*]\s*(It)\s*(?==|≈|$)", re.MULTILINE)
# F12 = 60 N: the force of one body on another.
_TWO_DIGITS = regex(r"(?:^|[,;:]|\band\b|[⇒→])[ \t]*([A-Za-zα-ω])([0-9]{2})[ \t]*=", re.MULTILINE)
# 1 u = 931.5 MeV
_UNIT_DEFINED = regex(r"(?<![\w.,])1 [A-Za-wyz]{1,3}\s*=(?=\s*\d)")
# m1 = 3 kg: then m2 is no area.
_FIRST_MASS = regex(r"(?:^|[,;:(=+]|\band\b|[⇒→])[ \t]*m1(?![\w.])", re.MULTILINE)
_IMAGINARY = regex(r"(?<![A-Za-z\\])(?:\d+|[+\-−±]\s*)i(?![A-Za-z_(=])|(?<![A-Za-z\\_])i\^2|i²|\\mathbb\{C\}")
_EULER = regex(r"(?<![A-Za-z\\])e\s*(?:\^|\*\*|[⁰¹²³⁻ˣ])|\bln\b|\\ln|\bexp\b")
_LETTER_E = regex(r"(?<![A-Za-z\\])e\s*=|=\s*e\s*$|\b[Ll]et e\b|\d\s?e\s*[+\-−=]", re.MULTILINE)
_APPLIED = regex(
    r"(?<![A-Za-z\\])([A-Za-z])(?:'{0,3}|_\{?\w\}?|\^\{?\(?-1\)?\}?|⁻¹)\(\s*[a-z](?:\s*,\s*[a-z])*\s*\)\s*(?:=|\\equiv|:=)"
)
_ALWAYS_APPLIED = regex(r"(?<![A-Za-z\\])([fghFGH])(?:'{0,3}|\^\{?-1\}?|⁻¹)\(")
_PROBABILITY = regex(r"(?<![A-Za-z\\])P\(")
_PLAIN_P = regex(r"(?<![A-Za-z\\])P(?![A-Za-z(])")
_COMMA_LOCALES = frozenset("de fr es it nl pt pl cs sk ru uk sv da nb no fi tr el hu ro bg hr sl sr id vi".split())


@dataclass(frozen=True, slots=True)
class Work:
    """The hints for the reader of mathematics, and the context for cutting pieces out of prose."""

    hints: ReadHints
    context: Context


# 10^{-34}\ \text{J s}$: what stands around a unit in LaTeX
_SET_UPRIGHT = regex(r"\\(?:text|mathrm|textrm|mathsf|textnormal)\s*\{([^{}]*)\}")
_RAISED = regex(r"\^\s*\{\s*([-−]?\d+)\s*\}")
_LAID_OUT = regex(r"(?<=[\d)])~|\\[,;:! ]|\$")


def _flat(source: str) -> str:
    """LaTeX without what sets its units."""
    return re.sub(r"(?<=\d) {2,}", " ", _LAID_OUT.sub(" ", _RAISED.sub(r"^\1", _SET_UPRIGHT.sub(r"\1", source))))


def gather(text: str, problem: Problem | None) -> Work:
    """Collect the notation of a piece of work and its problem."""
    source = text[:MAX_SCANNED]
    if problem is not None:
        source = f"{source}\n{problem.statement}"
    source = "\n".join(map(without_dots, typeset_plainly(source).split("\n")))
    flat = _flat(source) if "\\" in source else source
    physical = any(p.search(t) is not None for t in {source: 0, flat: 0} for p in (_PHYSICS, _COMES_TO, MEASURED))
    letters: set[str] = set()
    below: set[str] = set()  # letters that are met with a subscript alone
    plain = _UNIT_OR_DIFFERENTIAL.sub(lambda m: " " * len(m.group()), source)
    if physical:
        source = _UNIT_DEFINED.sub(lambda m: " " * len(m.group()), source)
        plain = _BELOW.sub(_blanked, blank_units(source, physical=True))
    for m in _LETTER.finditer(plain):
        letter, before = m.group("letter"), m.group("before")
        if before is None and m.group("after") is None:
            continue
        if physical:
            if letter in ("a", "A", "I") and before is None and not m.group("after").strip():
                continue
            if letter == "e" and before is not None and before.isdigit():
                continue
            if plain[m.end("letter") : m.end("letter") + 1] == "_":
                below.add(letter)
            else:
                letters.add(letter)
            continue
        if before is not None and before.isdigit() and (letter in _UNIT_LETTERS or letter in "xX"):
            continue
        if (
            letter in _UNIT_LETTERS
            and before is None
            and source[max(0, m.start("letter") - 2) : m.start("letter")].rstrip(" ")[-1:].isdigit()
        ):
            continue
        if letter in ("a", "A", "I") and before is None and not m.group("after").strip():
            continue
        letters.add(letter)
    for m in _PAIR.finditer(plain if physical else source):
        word = m.group(1)
        if word not in UNITS and word not in NOT_A_NOUN and word not in DETERMINERS and word not in _ORDINALS:
            letters.update(word)
    for m in _PRODUCT.finditer(source):
        letters.update(m.group(1))
    typed = typed_names(plain) if physical else frozenset()
    if physical:
        letters |= typed
        for m in _TOGETHER.finditer(plain):
            word = m.group(1)
            if typed and (parts := divided(word, typed)) is not None:
                letters.update(part for part in parts if len(part) == 1)
                continue
            if (function := _FUNCTION_IN.search(word)) is not None:
                word = word[: function.start()]
            if len(word) > 4 or (word.isupper() and word not in _CAPITAL_PRODUCTS):
                continue
            spelt = len(word) > 2 and any(c in "aeiouAEIOU" for c in word)
            after_number = plain[max(0, m.start(1) - 2) : m.start(1)].rstrip()[-1:].isdigit()
            known = word.lower() in _NO_PRODUCT or word.lower() in STOP_WORDS
            known = known or (len(word) > 1 and word in WORDS and (after_number or word not in _LIKELY_PRODUCTS))
            if not spelt and not known and word not in NOT_A_NOUN:
                letters.update(word)
        for m in _CURRENT_AND_TIME.finditer(source):
            letters.update(m.group(1))
        letters.update(f"{m.group(1)}_{m.group(2)}" for m in _TWO_DIGITS.finditer(source))
        if _FIRST_MASS.search(text):
            letters.add("m_1")
        for m in _BEFORE_FUNCTION.finditer(source):
            if m.group(1).lower() not in _NO_PRODUCT and m.group(1) not in NOT_A_NOUN:
                letters.update(m.group(1))
        for m in _SPACED_RUN.finditer(plain):
            letters.update(_BASE.findall(m.group(1)))
        letters.update(m.group(1) or m.group(2) for m in _NAMED_ENERGY.finditer(source))
        letters.update(f"{m.group(1)}_{m.group(2)}" for m in _SUBSCRIPTED.finditer(source))
    letters |= _unknowns_that_are_units(source)
    letters -= {"x", "X"}
    euler = "e" in letters and bool(_EULER.search(source) or not (physical or _LETTER_E.search(source)))
    if euler:
        letters.discard("e")
    complex_ = bool(problem is not None and problem.field_ == "complex") or bool(
        not physical and _IMAGINARY.search(source)
    )
    if complex_:
        letters.discard("i")
    if problem is not None:
        letters |= _of_problem(problem)
    cross: dict[str, bool | None] = {}
    for x, letter in _X_LETTER.items():
        if x in letters or (_LONE[x].search(source) and letter.search(source)):
            letters.add(x)
            cross[x] = False
        else:
            numbers = problem is not None and bool(problem.equations) and not any(map(symbols, problem.equations))
            found = _X_CROSS[x].search(source) or (numbers and _BEFORE_BRACKET[x].search(source))
            cross[x] = True if found else None
    functions = frozenset(m.group(1) for m in _APPLIED.finditer(source))
    if not physical:
        functions |= frozenset(m.group(1) for m in _ALWAYS_APPLIED.finditer(source))
    if _PROBABILITY.search(source) and not _PLAIN_P.search(source):
        functions |= {"P"}
        letters.discard("P")
    if problem is not None:
        functions |= {n.name for e in problem.equations for n in walk(e) if isinstance(n, Call) and len(n.name) == 1}
    hints = ReadHints(
        symbols=frozenset(letters),
        functions=functions,
        decimal_comma=True if physical and _measured_with_comma(text) else _decimal_comma(source, problem),
        cross_is_times=False if False in cross.values() else cross["x"] or cross["X"],
        complex=complex_,
        units=physical or bool(_UNITS.search(source)) or any(m not in letters for m in _LAST_LETTER.findall(source)),
        physical=physical,
        typed=typed,
    )
    written = frozenset(letters | below | ({"e"} if euler else set()) | ({"i"} if complex_ else set()))
    return Work(hints, Context(written, cross["x"], cross["X"], hints.symbols, physical, typed))


_SIDE = regex(r"\s*[-+−]?\s*\d+(?:\.\d+)?[A-Za-z]?(?:\s*[-+−]\s*\d+(?:\.\d+)?[A-Za-z]?)*\s*")
_TERM = regex(r"([-+−]?)\s*(\d+(?:\.\d+)?)([A-Za-z]?)")


def _unknowns_that_are_units(source: str) -> set[str]:
    """The letter of `70t + 80t = 300`, `16700 + 210T = 37800 - 1260T`: as a unit it would make the line false."""
    found: set[str] = set()
    for line in source.split("\n"):
        sides = line.split("=") if len(line) < 200 else []
        if len(sides) != 2 or not all(_SIDE.fullmatch(side) for side in sides):
            continue
        terms = [_TERM.findall(side) for side in sides]
        letters = {letter for side in terms for *_, letter in side if letter}
        sums = [
            sum(Fraction(value) * (-1 if sign in "-−" and sign else 1) for sign, value, _ in side) for side in terms
        ]
        if len(letters) == 1 and letters <= _UNIT_LETTERS and max(map(len, terms)) > 1 and sums[0] != sums[1]:
            found |= letters
    return found


def _blanked(m: re.Match[str]) -> str:
    return " " * len(m.group()) if m.group(1) in WORDS else m.group()


def _of_problem(problem: Problem) -> set[str]:
    found = {name for name in (*problem.unknowns, *problem.givens) if name.isidentifier()}
    for equation in problem.equations:
        found |= symbols(equation)
    return {name for name in found if len(name) == 1 or "_" in name}


# a = 6400/4000 = 1,6 m/s²; v ≈ 24,7 m/s: what a calculation comes to, or is rounded to, is one value.
_COMMA_COMES_TO = regex(r"(?:≈\s*|=[^=≈\n;]*\d[^=≈\n;]*[=≈]\s*)[-−]?\d+,\d{1,4}\s?(?:[a-zA-ZμµΩ°%]{1,3}\b|°)")


def _measured_with_comma(text: str) -> bool:
    """Whether the work writes its decimals with a comma, whatever the problem does."""
    return _POINT.search(text) is None and _COMMA_COMES_TO.search(text[:MAX_SCANNED]) is not None


def _decimal_comma(source: str, problem: Problem | None) -> bool | None:
    if problem is not None and problem.locale.split("-")[0].split("_")[0] in _COMMA_LOCALES:
        return True
    sure = _COMMA_SURE.search(source) is not None
    if _POINT.search(source):
        return None if sure else False
    if sure:
        return True
    return True if len(_COMMA.findall(source)) > 2 else None
