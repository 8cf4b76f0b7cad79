"""The numbers of a statement, with their units: where they stand and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from tutor.bridge.dimensions import Dimension
from tutor.bridge.units import measure, measure_of_word
from tutor.errors import StudentError, Unsupported
from tutor.regex import regex
from tutor.syntax.read import ReadHints, read
from tutor.syntax.tree import (
    Chain,
    Degrees,
    Expr,
    Negative,
    Number,
    Percent,
    Product,
    Quantity,
    Span,
    Sum,
    Symbol,
    Unit,
)
from tutor.syntax.typeset import typeset_plainly

MAX_AMOUNTS = 60

# What is counted and measured outside physics too.
_EVERYDAY: frozenset[Dimension] = frozenset(
    {(), (("m", 1),), (("m", 2),), (("m", 3),), (("s", 1),), (("kg", 1),), (("K", 1),), (("m", 3), ("s", -1)),
     (("kg", 1), ("m", -3)), (("kg", 1), ("s", -1)), (("s", -1),)}
)  # fmt: skip
_BASES = frozenset({"m", "kg", "s", "A", "K", "mol", "cd"})


def is_physical(amount: Amount) -> bool:
    """Whether hardly anyone uses the unit outside physics: N, m/s, Ω; not miles per hour, years or calories."""
    if amount.unit is not None and any(word.endswith(("Hz", "hertz")) for word, _ in amount.unit.factors):
        return True
    if (
        amount.unit is None
        or amount.dimension in _EVERYDAY
        or not _BASES.issuperset(base for base, _ in amount.dimension)
    ):
        return False
    words = {word for word, _ in amount.unit.factors}
    if amount.dimension == (("m", 1), ("s", -1)):
        return words <= {"m", "s", "cm", "meters", "metres", "second", "meter", "metre"}
    return not any("cal" in word.lower() for word in words)


_HINTS = ReadHints(units=True)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of the statement, with its unit where it has one.

    span: of number and unit. number: as written. dimension: of the unit, () for none. angle: in degrees or radians.
    percent: per cent. shared: the unit stands at a later number of the same list, "4 and 6 Ω".
    hyphen: "a 5-kg block", so that what follows is what it belongs to. spread: its uncertainty, of 9.8 ± 0.1 m/s².
    """

    span: Span
    number: str
    value: Expr
    unit: Unit | None = None
    dimension: Dimension = ()
    angle: bool = False
    percent: bool = False
    shared: bool = False
    hyphen: bool = False
    spread: Expr | None = None

    @property
    def bare(self) -> bool:
        """A number and no unit at all."""
        return self.unit is None and not self.angle and not self.percent


_SAME_LENGTH = str.maketrans(
    {"−": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "º": "°", "∘": "°", "˚": "°", "µ": "μ", "⋅": "·", "$": " ",
     "\t": " ", "’": "'", "‐": "-", "‑": "-", "–": "-", "Ω": "Ω", "\r": " ", "∙": "·", "•": "·"}
)  # fmt: skip
_LATEX = regex(
    r"\\(?:text|mathrm|mathit|rm|mbox|textrm|operatorname)\s*\{([^{}]{0,40})\}|\\(?:times|cdot|pm|circ|degree|mu|"
    r"Omega|theta|"
    r"alpha|beta|lambda|rho|pi|Delta|omega|phi|approx|left|right|quad|[,;!: ]|%|\(|\)|\[|\])"
)
_LATEX_SIGNS = {
    "times": "×", "cdot": "·", "pm": "±", "circ": "°", "degree": "°", "mu": "μ", "Omega": "Ω", "theta": "θ",
    "alpha": "α", "beta": "β", "lambda": "λ", "rho": "ρ", "Delta": "Δ", "omega": "ω", "phi": "φ", "approx": "≈",
    "%": "%",
}  # fmt: skip


# 10 \mu F, 10 \mathrm{\mu F}: a prefix; and a tie before a unit
_MICRO = regex(
    r"(?<=\d)(?P<lead>(?:\\[,;:! ]|[\s~{]|\\(?:mathrm|text)(?=\s*\{))*)(?P<all>\\mu\s*(?P<unit>[A-Zmsglb](?![a-z])))"
)
_TIE = regex(r"(?<=[\d}])~(?=[A-Za-z\\])")


def _micro(match: re.Match[str]) -> str:
    return match.group("lead") + ("μ" + match.group("unit")).rjust(len(match.group("all")))


def plain(text: str) -> str:
    """The statement with LaTeX and look-alike signs in plain signs, each place where it was."""

    def sign(match: re.Match[str]) -> str:
        whole = match.group()
        inner = match.group(1)
        if inner is not None:
            return (" " * (len(whole) - len(inner) - 1)) + inner + " "
        return _LATEX_SIGNS.get(whole[1:], " ").ljust(len(whole))

    flat = typeset_plainly(text).translate(_SAME_LENGTH)
    if "\\" in flat:
        flat = _TIE.sub(" ", _MICRO.sub(_micro, flat))
        flat = _LATEX.sub(sign, flat)
    if "^" in flat:
        flat = re.sub(r"\^[({]?\s*°[ ]*[)}]?", lambda m: "°".ljust(len(m.group())), flat)
    return flat


# ---------------------------------------------------------------- numbers

_SUPERSCRIPT = "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹"
# 20 200 km; "2 500 g" may be two things of 500 g each
_GROUPED = r"(?<!\d )\d{2,3}(?: \d{3})+(?![\d.,])(?= (?:km|m|kg|g|N|J|W|V|Pa|s)\b)"
_MANTISSA = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|{_GROUPED}|\d+)(?:\.\d+)?|\.\d+"
_POWER = rf"10(?:\s?\^\s?\{{?\(?\s?[-+]?\s?\d{{1,3}}\)?\}}?|[{_SUPERSCRIPT}]{{1,4}})"
_NUMBER = regex(
    rf"(?<![\w.,^/])(?<![A-Za-z)]-)(?P<sign>[-+](?=[\d.]))?"
    rf"(?:(?P<power>{_POWER})|(?P<frac>\d{{1,3}}\s?/\s?\d{{1,3}})(?![\w./])"
    rf"|(?P<mixed>(?:{_MANTISSA})(?:[eE][-+]?\d{{1,3}}(?![\w.]))?(?:\s*[×x*·]\s*{_POWER})?))"
    rf"|(?<![\w.])(?P<eq>(?<==)[-+]?(?:{_MANTISSA}))"
)

_PREFIXED = (
    r"(?:da|[kMGTcdmμnphf])?(?:Hz|Pa|eV|mol|Wb|bar|Bq|Sv|Gy|cal|Wh|Ω|ohms?|Ohms?|[mgsJNWVAKCFTHLl])"
    r"|min|rpm|rps|mph|kmh|kph|kmph|fps|atm|mmHg|torr|Torr|psi|hr|hrs|sec|secs|ft|yd|mi|oz|lb|lbs|lbf|inches|amu|AU|ly|"
    r"dB|rad|deg|rev|revs?|Btu|BTU|[hutDR]|Å|diopters?|dioptres?|dpt|Ci|cc|gal|°\s?[CFK]|°|℃|turns/m"
)
_NAMED = (
    r"(?:kilo|centi|milli|micro|nano|mega|giga|pico|deci|hecto|tera)?(?:met(?:er|re)s?|grams?|seconds?|newtons?|"
    r"joules?|"
    r"watts?|volts?|amp(?:ere)?s?|coulombs?|pascals?|hertz|teslas?|farads?|henr(?:y|ies|ys)|lit(?:er|re)s?|"
    r"electron[- ]?volts?"
    r"|moles?|webers?|calories?|becquerels?|ohms?)|kelvins?|minutes?|hours?|days?|weeks?|months?|years?|radians?|"
    r"degrees?"
    r"(?:\s(?:[Cc]elsius|[Ff]ahrenheit|[CF](?![\w'°])))?|miles?|feet|foot|inch(?:es)?|yards?|pounds?|ounces?|tons?|tonnes?|knots?|gallons?|"
    r"revolutions?|atmospheres?|decibels?|slugs?|atomic mass units?|kilowatt[- ]hours?|light[- ]years?|centuries|"
    r"percent|per cent"
)
_EXPONENT = (
    rf"(?:\s?\^\s?(?:\{{\s?[-+]?\d\s?\}}|\([-+]?\d\)|[-+]?\d)(?!\d)|[{_SUPERSCRIPT}]{{1,2}}|(?<=[mst])[23](?![\w.]))"
)
_FACTOR = (
    rf"(?:(?:{_NAMED}|(?:{_PREFIXED}))(?![A-Za-zΩμ])(?:{_EXPONENT}|\s(?:squared|cubed)\b)?|(?:square|cubic|"
    rf"sq\.?|cu\.?)\s(?:{_NAMED}|{_PREFIXED})(?![A-Za-z]))"
)
_UNIT = regex(
    rf"(?P<gap>\s?-\s?|[ \n]?[ ]{{0,14}})(?P<unit>(?:%|(?:{_FACTOR})(?:\s{{0,3}}(?:/|·|\*|\sper\s|\sa\s(?=second|"
    rf"minute|hour|day))\s{{0,3}}"
    rf"(?:\(\s?{_FACTOR}(?:\s?[·*.]?\s?{_FACTOR}){{0,2}}\s?\)|{_FACTOR})|[ ·-]?\s?(?:{_FACTOR})){{0,4}}))",
)
_TIMES_PER = regex(
    r"\s+(?:times|cycles|vibrations|oscillations|beats)\s+(?:an?|per|each|every)\s+(?P<below>second|minute|hour)\b"
)
# After a number these letters are words or symbols unless more of a unit stands there: "5 a", "in 3 A".
_PER_UNIT = regex(
    r"\s*(?:(?:lines|slits|grooves|rulings|turns|loops)\s*(?:/|per)|/|per)\s*"
    r"(?P<below>°\s?[CFK]|[cmkμ]?m|[Km]|s|(?:centi|milli)?met(?:er|re)|inch|second|degree Celsius|kelvin)(?![\w/])"
)
# 2A=bh, 1.3333u-u: a letter of an equation.
_GOES_ON = regex(r"[=+*/^(a-zA-Z]|-\s?[a-z0-9](?![a-z])")
# three hours, ten metres: a number word before a unit in full
_IN_WORDS = {
    word: value
    for value, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_WORDED = regex(rf"\b(?P<word>{'|'.join(_IN_WORDS)})\s(?P<unit>{_NAMED})(?![\w-])", re.IGNORECASE)
_INCH = regex(r"\s?(?:in\.|in(?=\s*(?:[,;)]|$))|')(?!\w)")
_SHARE = regex(r"\s*(?:,\s*(?:and|or)?|and|or|to|-)\s*(?:a\s|an\s|to\s)?", re.IGNORECASE)
_LABELLED = regex(
    r"(?:\b(?:fig(?:ure)?|table|eq(?:uation)?s?|problem|question|exercise|example|chapter|section|step|part|case|"
    r"page|no|type|"
    r"experiment|trial|point|position|event|grade|channel|number|#)\.?\s*\(?|\b(?:Apollo|Boeing|flight|route|"
    r"highway)\s+)$",
    re.IGNORECASE,
)
_CLOCK = regex(r"\s?(?:[ap]\.?m\b|o'clock|:\d\d)", re.IGNORECASE)


def amounts(text: str) -> tuple[Amount, ...]:
    """The numbers of a statement in order (given in plain signs), each with its unit; labels and dates are left out."""
    found: list[Amount] = []
    end = 0
    spreads: dict[int, Expr] = {}
    if "±" in text or "+/-" in text:
        text = _without_spreads(text, spreads)
    for match in _NUMBER.finditer(text):
        if len(found) >= MAX_AMOUNTS:
            break
        if match.start() < end or _is_label(text, match):
            continue
        amount = _amount(text, match)
        if amount is not None:
            end = amount.span.end
            compound = _compound(text, found[-1], amount) if found else None
            if compound is not None:
                found[-1] = compound
                continue
            found.append(amount)
    found = sorted([*found, *_worded(text, found)], key=lambda a: a.span.start)[:MAX_AMOUNTS]
    if spreads:
        found = [replace(a, spread=_spread(spreads.get(a.span.start), a)) for a in found]
    return tuple(_share_units(text, found))


def _worded(text: str, found: Sequence[Amount]) -> Iterator[Amount]:
    """Three hours, ten metres: numbers in words, where no figures stand ("2 (two) hours")."""
    for match in _WORDED.finditer(text):
        start, end = match.span()
        unit = read_unit(match.group("unit").lower())
        if unit is None or not measure(unit).dimension or any(a.span.start < end and start < a.span.end for a in found):
            continue
        value = _IN_WORDS[match.group("word").lower()]
        number = Number(str(value), Fraction(value))
        yield Amount(Span(start, end), str(value), Quantity(number, unit), unit, measure(unit).dimension)


def _without_spreads(text: str, spreads: dict[int, Expr]) -> str:
    """9.8       m/s² for 9.8 ± 0.1 m/s², with what is left out by the place of its number."""
    signs = list(text)
    for sign in _PLUS_MINUS.finditer(text):
        before = _BEFORE_SIGN.search(text, max(0, sign.start() - 40), sign.start())
        after = _SPREAD.match(text, sign.end())
        value: Expr | None = _number(after.group("number")) if after else None
        if before is None or after is None or value is None:
            continue
        end, written = after.end("number"), before.group("unit").strip()
        if after.group("percent"):
            value, end = Percent(value), after.end()
        elif written == "°":
            end = after.end()
        elif written:
            unit = _UNIT.match(text, end)
            known = read_unit(unit.group("unit")) if unit else None
            if unit is None or known is None:
                continue
            value, end = Quantity(value, known), unit.end()
        if before.group("open") and (close := _CLOSING.match(text, end)):
            signs[before.start("open")], end = " ", close.end()
        signs[sign.start() : end] = " " * (end - sign.start())
        spreads[before.start("number")] = value
    return "".join(signs)


_PLUS_MINUS = regex(r"\s*(?:±|\+/-)\s*")
_BEFORE_SIGN = regex(rf"(?P<open>\(\s?)?(?<![\w.])(?P<number>{_MANTISSA})(?P<unit>[^\d(),;]{{0,14}})$")
_SPREAD = regex(rf"(?P<number>{_MANTISSA})(?:(?P<percent>\s?%)|°(?!\s?[CFK]))?")
_CLOSING = regex(r"\s?\)")


def _spread(written: Expr | None, amount: Amount) -> Expr | None:
    """The uncertainty in the unit of the amount."""
    if written is None or isinstance(written, Percent | Quantity) or amount.unit is None:
        return Degrees(written) if isinstance(amount.value, Degrees) and isinstance(written, Number) else written
    value = amount.value.value if isinstance(amount.value, Quantity) else None
    if isinstance(value, Product) and isinstance(written, Number) and len(value.factors) == 2:
        written = Product((written, value.factors[1]), value.signs)  # (2.0 ± 0.1) × 10^-4
    return Quantity(written, amount.unit)


def _is_label(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    number = match.group()
    if _LABELLED.search(text, max(0, start - 20), start):
        return True
    if number.isdigit() and len(number) <= 2:
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        if before == "(" and after == ")" and not text[max(0, start - 2) : start - 1].isalpha():
            return True
        line = text.rfind("\n", 0, start) + 1
        if after in (".", ")") and not text[line:start].strip() and text[end + 1 : end + 2] in (" ", "\n"):
            return True
    if re.search(r"\bunits?\s*:\s*$", text[max(0, start - 12) : start], re.IGNORECASE):
        return True
    if _CLOCK.match(text, end):
        return True
    # A year.
    return (
        number.isdigit()
        and len(number) == 4
        and 1600 <= int(number) <= 2100
        and bool(re.search(r"\b(?:in|since|year|of|by|the)\s$", text[max(0, start - 6) : start], re.IGNORECASE))
        and not _UNIT.match(text, end)
    )


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    number = match.group()
    value = _number(number)
    if value is None:
        return None
    span = Span(start, end)
    if text[end : end + 1] == "%":
        return Amount(Span(start, end + 1), number, Percent(value), percent=True)
    unit = _UNIT.match(text, end)
    lines = _TIMES_PER.match(text, end) or _PER_UNIT.match(text, end)
    if lines is not None and (unit is None or unit.end() < lines.end()):
        below = read_unit(lines.group("below"))
        if below is not None:
            inverse = Unit(lines.group().strip(), tuple((word, -n) for word, n in below.factors))
            whole = Span(start, lines.end())
            return Amount(whole, number, Quantity(value, inverse), inverse, measure(inverse).dimension)
    if unit is None:
        inch = _INCH.match(text, end)
        if inch and inch.group().strip() != "'":
            found = read_unit("inches")
            if found is not None:
                return Amount(Span(start, inch.end()), number, Quantity(value, found), found, measure(found).dimension)
        return Amount(span, number, value)
    written, stop, gap = unit.group("unit"), unit.end(), unit.group("gap")
    tight = gap == ""
    letter = len(written) == 1 or re.fullmatch(r"[A-Za-z]-[A-Za-z]", written)
    symbolic = _GOES_ON.match(text, unit.start("unit") + 1)
    if tight and letter and (symbolic or _is_a_symbol(text, written[0])):
        return Amount(span, number, value)
    if written in ("percent", "per cent", "%"):
        return Amount(Span(start, stop), number, Percent(value), percent=True)
    while True:
        known = read_unit(written)
        # "an 8 hour day" has no square seconds.
        if known is not None and ("s", 2) not in measure(known).dimension:
            break
        # "5 m s later": what cannot be a unit at the end belongs to the sentence.
        shorter = re.match(r"(.+)(?:\s|·|/|-|\*)", written)
        if shorter is None:
            return Amount(span, number, value)
        written = shorter.group(1).rstrip(" ·/-*")
        stop = unit.start("unit") + len(written)
    stop = unit.start("unit") + len(written)
    hyphen = "-" in gap
    if written in ("°", "deg", "degree", "degrees"):
        return Amount(Span(start, stop), number, Degrees(value), None, (), angle=True, hyphen=hyphen)
    dimension = measure(known).dimension
    angle = not dimension and written.startswith("rad")
    return Amount(Span(start, stop), number, Quantity(value, known), known, dimension, angle=angle, hyphen=hyphen)


def _is_a_symbol(text: str, letter: str) -> bool:
    """A cart of mass m hits one of mass 4m: there m is no metre."""
    return bool(re.search(rf"(?<!\d )(?<![\w/·]){re.escape(letter)}(?![\w/^'·])", text)) and letter in "mvfhgRVTCFA"


def _compound(text: str, first: Amount, second: Amount) -> Amount | None:
    """2 min 30 s, 5 ft 6 in: one quantity."""
    between = text[first.span.end : second.span.start]
    if (
        first.unit is None
        or second.unit is None
        or first.dimension != second.dimension
        or between.strip() not in ("", "and")
        or not first.number.isdigit()
        or measure(second.unit).size >= measure(first.unit).size
    ):
        return None
    span = Span(first.span.start, second.span.end)
    return replace(first, span=span, value=Sum((first.value, second.value)), number=text[span.start : span.end])


def _share_units(text: str, found: list[Amount]) -> list[Amount]:
    """4, 6 and 12 Ω; from 20 to 80 °C: the unit at the last holds for all."""
    for i in range(len(found) - 2, -1, -1):
        here, after = found[i], found[i + 1]
        if here.bare and (after.unit is not None or after.angle):
            between = _SHARE.fullmatch(text, here.span.end, after.span.start)
            if between is None:
                continue
            value: Expr = Degrees(here.value) if after.unit is None else Quantity(here.value, after.unit)
            found[i] = replace(
                here, value=value, unit=after.unit, dimension=after.dimension, angle=after.angle, shared=True
            )
    return found


@lru_cache(maxsize=512)
def _number(text: str) -> Expr | None:
    clean = re.sub(r"\s*[×x*·]\s*10", " × 10", text).replace(" ^", "^").replace("^ ", "^")
    clean = clean.replace("{ ", "{").replace("( ", "(")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?.*", clean):
        clean = clean.replace(",", "")
    if re.fullmatch(r"-?\d{2,3}(?: \d{3})+", clean):
        clean = clean.replace(" ", "")
    negative = clean.startswith("-")
    try:
        expr = read(clean.lstrip("+-"), _HINTS)
    except StudentError:
        return None
    if not isinstance(expr, Expr) or isinstance(expr, Chain | Symbol):
        return None
    return Negative(expr) if negative else expr


@lru_cache(maxsize=1024)
def read_unit(text: str) -> Unit | None:
    """The unit that a text names, None where it is none; counted nouns are none."""
    text = " ".join(text.replace("-", " ").split()) if "^" not in text and "⁻" not in text else text
    text = re.sub(r"(?<=[A-Za-z])([23])(?!\d)", r"^\1", text)
    text = re.sub(r"°\s+(?=[CFK])", "°", text).replace("℃", "°C")
    text = re.sub(r"^(?:sq|cu)\.", lambda m: {"sq.": "square", "cu.": "cubic"}[m.group()], text)
    text = _SPELLINGS.get(text, text)
    by_factors = _unit_by_factors(text)
    if by_factors is None or any(_unknown(word) for word, _ in by_factors.factors):
        return None  # reading what cannot be read is slow, for the sake of its advice
    try:
        expr = read(f"1 {text}", _HINTS)
    except StudentError:
        expr = None
    unit = expr.unit if isinstance(expr, Quantity) and isinstance(expr.value, Number) else None
    if isinstance(expr, Degrees) and isinstance(expr.operand, Number):
        unit = Unit(text, (("degree", 1),))
    if unit is None:
        unit = by_factors
    if any(measure_of_word(word) is None for word, _ in unit.factors):
        return None
    try:
        measure(unit)
    except Unsupported:
        return None
    return unit


_SPELLINGS = {
    "degrees Celsius": "°C", "degrees celsius": "°C", "degree Celsius": "°C", "degrees Fahrenheit": "°F",
    "degrees fahrenheit": "°F", "degrees C": "°C", "degrees F": "°F",
    "rev": "revolutions", "revs": "revolutions",
    "t": "tonnes",
    "km h": "km/h", "atomic mass units": "u", "atomic mass unit": "u",
}  # fmt: skip
_PART = regex(rf"(?P<word>[A-Za-zμΩÅ°]+)(?:\^?[{{(]?(?P<exp>[-+]?\d)[)}}]?|(?P<sup>[{_SUPERSCRIPT}]{{1,2}}))?")
_SUP = str.maketrans(_SUPERSCRIPT, "-+0123456789")


def _unknown(word: str) -> bool:
    return word not in ("per", "square", "cubic", "squared", "cubed", "sq", "cu") and measure_of_word(word) is None


def _unit_by_factors(text: str) -> Unit | None:
    """J/(kg·°C), μC: factor by factor."""
    top, *rest = re.split(r"/|\sper\s", text)
    factors: list[tuple[str, int]] = []
    for i, part in enumerate((top, *rest)):
        for match in _PART.finditer(part):
            exponent = int(match.group("exp") or (match.group("sup") or "1").translate(_SUP))
            factors.append((match.group("word"), -exponent if i else exponent))
    return Unit(text, tuple(factors)) if factors and len(factors) <= 6 else None


_NAMED_UNIT = regex(
    rf"(?:\b(?:in|units? of)\s+|\bunits?:\s*)(?P<unit>(?:{_FACTOR})(?:\s?(?:/|·|\*|\sper\s|"
    rf"\s)\s?(?:{_FACTOR})){{0,3}})",
    re.IGNORECASE,
)


def unit_named_in(text: str, start: int, end: int) -> Unit | None:
    """The unit of "in km/h", "(Unit: Hz)"."""
    for match in _NAMED_UNIT.finditer(text, start, end):
        written = text[match.start("unit") : match.end("unit")].strip()
        if len(written) == 1 and text[match.end("unit") : match.end("unit") + 1] not in (".", "?", ")", ",", ";", ""):
            continue
        unit = read_unit(written)
        if unit is not None and measure(unit).dimension:
            return unit
    return None
