"""Units as people write them after a number: `kmh⁻¹`, `m/s/s`, `kg·m²/s²`, `J/kg °C`, `metres per second squared`.

A scanner over the text, used where mathematics is cut out of prose, where the letters of the work are gathered, and by
the reader itself. Which letter is a unit and which a symbol is decided from what stands around it and from the work.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import NamedTuple

from tutor.regex import regex
from tutor.syntax import names

_MU = "\N{GREEK SMALL LETTER MU}"
_OHM = "\N{GREEK CAPITAL LETTER OMEGA}"
_DEGREE = "\N{DEGREE SIGN}"
# Symbols that stand with a prefix; left out are those that are likelier two letters of a formula (kT, Gm, Mg, pV).
_PREFIXED = {
    "k": f"m g N J W V A C F Hz Pa eV mol bar cal Wh B L l {_OHM} ohm Bq pc K lm lx",
    "M": f"N J W V Hz Pa eV Wh {_OHM} ohm Bq pc",
    "G": f"N J W V Hz Pa eV Wh {_OHM} ohm Bq pc",
    "T": f"Hz W J eV {_OHM}",
    "h": "Pa",
    "d": "m L l g B",
    "c": "m L l g",
    "m": f"m s g N J W V A C F T H K L l mol bar eV Sv Gy {_OHM} Wb Ci rad Wh Ah Hz cd M rem lm",
    _MU: f"m s g N J W V A C F T H K L l mol eV Sv Gy {_OHM} Wb Ci rad Pa M Bq",
    "u": "m s g N J W V A C F T H L l",
    "n": f"m s g N J W V A C F T H L mol M Ci {_OHM}",
    "p": "m s F C A g mol Ci N",
    "f": "m s F C",
    "K": "Hz",
}
_ALONE = f"""
    N J W V A C F T H K S m s g h L l t d u {_OHM} Pa Hz mol cd lm lx Wb Bq Ci Gy Sv eV bar cal Wh Ah pc ly AU au
    min hr hrs sec secs mins day days week weeks yr yrs kph kmh kmph mph fps mps rpm RPM rps bpm cc atm torr Torr
    mmHg cmHg inHg psi lb lbs lbf lbm ft yd mi oz slug slugs hp Cal kcal Btu BTU rad rev revs deg sr turn turns dyn erg
    ergs \N{LATIN CAPITAL LETTER A WITH RING ABOVE} amu Da rem dB kgs cms gal qt acre acres ha knot knots kn nmi G D
    kgf ton tons tonne tonnes Mbar ohm ohms {_DEGREE}C {_DEGREE}F {_DEGREE}K degC degF gauss year years month months
    inch inches foot feet yard yards mile miles pound pounds ounce ounces gallon gallons light-year light-years
    lightyear lightyears parsec parsecs horsepower hour hours minute minutes atmosphere atmospheres revolution
    revolutions degree degrees angstrom angstroms micron microns Celsius Fahrenheit celsius fahrenheit centigrade
    """
_NAMED = """
    meter metre second gram newton Newton joule Joule watt Watt volt Volt ampere Ampere amp Amp ohm Ohm coulomb Coulomb
    farad Farad henry Henry tesla Tesla weber Weber pascal Pascal kelvin Kelvin mole candela lumen becquerel
    gray sievert radian electronvolt calorie liter litre dyne bar parsec byte bit watthour
    """.split()
_PREFIX_NAMES = ("kilo", "mega", "giga", "tera", "hecto", "deci", "centi", "milli", "micro", "nano", "pico", "femto")
WORDS: frozenset[str] = frozenset(
    [
        *_ALONE.split(),
        *(prefix + symbol for prefix, symbols in _PREFIXED.items() for symbol in symbols.split()),
        *(word + plural for word in _NAMED for plural in ("", "s")),
        *(prefix + word.lower() + plural for prefix in _PREFIX_NAMES for word in _NAMED[:-1] for plural in ("", "s")),
        *(prefix + "hertz" for prefix in ("", "kilo", "mega", "giga", "tera")),
        "henries", "siemens", "hertz", "Hertz", "lux", "mcg",
    ]
)  # fmt: skip
_UNPREFIXED = frozenset(_ALONE.split())
SINGLES = frozenset(word for word in WORDS if len(word) == 1)
# 152.0 ± 0.5 g
MEASURED = regex(
    r"\d\)?\s?(?:±|\+/-|\\pm)\s?\d+(?:\.\d+)?\)?\s?"
    r"(?:(?:[kcmnµμ]?[msgNJVAWLΩ]|[KCTFh])\b(?!\s*(?:[A-Za-z]\b|[\d(=]))|°\s?[CF])"
)
# A letter after a number is one of these without a word more; `t`, `d`, `u`, `l`, `G`, `D`, `S` need a reason.
_USUAL_SINGLES = frozenset("NJWVACFTHKmsghL" + _OHM + "\N{LATIN CAPITAL LETTER A WITH RING ABOVE}")
# Numbers of things, and amounts, that the reader of counted nouns knows better.
_LEFT_TO_OTHERS = frozenset(
    "day days week weeks yr yrs year years month months deg degree degrees acre acres ton tons tonne tonnes bit bits"
    " byte bytes pound pounds gal gallon gallons".split()
)
_SPELLINGS = {"Omega": _OHM, "degC": _DEGREE + "C", "degF": _DEGREE + "F", "mu": _MU}
_TEMPERATURES = {"c": "C", "celsius": "C", "centigrade": "C", "f": "F", "fahrenheit": "F", "k": "K", "kelvin": "K"}
# What may be written side by side, prefixes left out: newton metres, ampere hours.
_BESIDE = frozenset(
    "Nm Ns Js As Ah Wh Ws Vs VA Tm Cm mK Km CV eVs Vm Pas eVm kgm kgK molK KJ gcm Km lbft ftlb ftlbf lbfft kgC"
    f" m{_OHM} {_OHM}m Am Latm atmL molL slugft Cs kgs mN barL Lbar sV Vms kWh hA sN sJ gm kgms Bqs".split()
)
_OVER = frozenset(
    "ms Nm NC Vm Wm Js Cs JK JC gL mh Ns Km KW WK VA Vs As Am Ts CV JN NA gs gh Ls Lh Ks Cm Fm Hm sm WA JT gm Jm Jg Wg"
    " Nkg VK WL CN WV TA KJ Am Ng Vh mV mA gmol Lmol mm gC WC".split()
)
# Letters for quantities that are measured in the unit: `s = 20 m` is a length, `E = 2 m` none.
_MEASURED_IN = {
    "m": frozenset("s d x y z h H L l r R D a b w λ Δ A f u v i o p q W".split()),
    "s": frozenset("t T τ Δ".split()),
    "h": frozenset("t T Δ".split()),
    "d": frozenset("t T Δ".split()),
    "N": frozenset("F W T N f R G P Δ n w".split()),
    "J": frozenset("E W Q U K Δ H L KE PE EPE GPE ke pe p".split()),
    "W": frozenset("P Δ".split()),
    "V": frozenset("V U E ε Δ emf φ v".split()),
    "A": frozenset("I i Δ".split()),
    "K": frozenset("T t Δ".split()),
    "C": frozenset("Q q Δ T t e".split()),
    "F": frozenset("C Δ".split()),
    "T": frozenset("B Δ".split()),
    "H": frozenset("L M".split()),
    "g": frozenset("m M Δ".split()),
    "L": frozenset("V v Δ".split()),
    "u": frozenset("m M Δ".split()),
    "t": frozenset("m M".split()),
    "l": frozenset("V".split()),
}
_SPACE = r"(?:[\s~]|\\[,;:! ]|\{\}|\\thinspace\b|\\quad\b)*"
_UPRIGHT = r"\\(?:text|mathrm|textrm|mathsf|textnormal|operatorname|mbox|unit|si|rm)\s*\{?\s*"
_BEGIN = regex(rf"{_SPACE}(?P<upright>(?:{_UPRIGHT}|\{{\s*\\rm\s+|\}}\s*\{{)?){_SPACE}(?P<open>\(?)")
_WORD = regex(
    r"\\?(?P<degree>\^?\{?\s*(?:\\circ|°|º|˚|∘|℃|℉)\s*\}?\s*(?:\\(?:text|mathrm|textrm)\s*\{\s*)?(?P<scale>[CFK](?![A-Za-z]))?\}?)"
    r"|(?P<of>deg(?:rees?|s)?\.?\s+(?P<named>[Cc]elsius|[Cc]entigrade|[Ff]ahrenheit|[Kk]elvin|[CFK](?![A-Za-z])))"
    r"|(?P<power>sq(?:uare)?|cubic|cu)\.?\s+(?=[A-Za-z])"
    r"|light[- ]years?\b|mm\s?Hg\b"
    rf"|(?P<prefix>\\mu\s*|[{_MU}\N{{MICRO SIGN}}])?(?P<command>\\(?:Omega|ohm|Ohm|AA)\b|\\(?P<si>[a-z]+))?"
    rf"(?P<word>[A-Za-z{_OHM}\N{{OHM SIGN}}\N{{LATIN CAPITAL LETTER A WITH RING ABOVE}}\N{{ANGSTROM SIGN}}]*)"
)
_EXPONENT = regex(
    r"\s*(?:\^|\*\*)\s*(?:\{\s*([-−+]?\s*\d{1,2})\s*\}|\(\s*([-−+]?\s*\d{1,2})\s*\)|([-−+]?\d{1,2}))(?![\d.])"
    r"|\s*([⁻⁺]?[¹²³⁴⁵⁶])|\s+(squared|cubed)\b|([2-4])(?![\d.\w])|([-−][1-4])(?![\d.\w])"
)
_SUPERSCRIPTS = str.maketrans("⁻⁺¹²³⁴⁵⁶−", "-+123456-")
_CLOSE = regex(r"\s*\}")
_BETWEEN = regex(
    rf"\}}?{_SPACE}(?:(?P<over>/|\bper\b|\\per\b|p(?=er\b)){_SPACE}(?P<group>\(?)|(?P<times>[·⋅∙•*]|\\cdot\b|\\times\b|(?<=\w)\.(?=[A-Za-z])|(?<=[A-Za-z])-(?=[A-Za-z])))?{_SPACE}"
    rf"(?:{_UPRIGHT})?{_SPACE}"
)
_NOUN = regex(r"[a-z]{3,}")
_AFTER = regex(rf"(?:\}}|{_SPACE})*")
_LETTERS = regex(r"\\?[A-Za-zÀ-ÖØ-öø-ɏΑ-ω]+")
_RELATED = regex(r"[=≈≅≃<>≤≥]|\\approx|\\(?:leq?|geq?)\b")
_NAME = regex(r"(?:^|[\s,;:.(])\\?(?P<name>[A-Za-zα-ωΔ]{1,12})(?:_\{?\w+\}?|[₀-₉])?(?:'|\s*\([A-Za-z0-9]\))?\s*$")
_PROSE = regex(r"[A-Za-z]{2,}")
_WEIGHTY = regex(r"\d[.,]\d|\d{3}|\d\s*[eE][-+]?\d|10\s*\^")
_PREFIX_LETTERS = f"kMGTmcdhnpf{_MU}u"


class Written(NamedTuple):
    """A unit in a text: its end, its factors, and whether a product of symbols would be another reading."""

    end: int
    factors: tuple[tuple[str, int], ...]
    doubtful: bool


class _Factor(NamedTuple):
    word: str
    exponent: int
    end: int
    upright: bool
    joined: str  # how it is joined to the one before: "", " ", "·", "-", "/"
    signed: bool  # its exponent is written with a minus


_NO_UNIT = frozenset(["", *"+-*/=),;:<>0123456789≈·×⋅−|]!?"])


def scan(
    text: str,
    at: int,
    symbols: Set[str] = frozenset(),
    *,
    physical: bool = False,
    number: str = "",
    before: str = "",
    bare: bool = True,
) -> Written | None:
    """The unit that begins at a place of a text, after a number; None where none does, or where it is not sure.

    symbols: letters that the work uses. physical: it is about physics, so that a lone letter after a number is a unit.
    number: the number before, as written; before: the text before it. bare: a numeral stands before, no bracket.
    """
    place = at
    while text[place : place + 1] == " ":
        place += 1
    if text[place : place + 1] in _NO_UNIT:  # the end of the text, too
        return None
    begun = _BEGIN.match(text, at)
    assert begun is not None
    start = begun.end()
    first = text[start : start + 1]
    if not (first.isalpha() or first in "\\°º˚∘℃℉^" or (first == "{" and "\\" in text)):
        return None
    upright = bool(begun.group("upright"))
    bracket = bool(begun.group("open"))
    if bracket and not (physical and begun.end() == at + 1 and not symbols & {first}):
        return None
    if first == "\\" and (m := _STACKED.match(text, start)):
        return _stacked(m, text, upright or "\\" in m.group(1) + m.group(2), symbols, physical)
    factors = _factors(text, start, upright, symbols)
    if not factors:
        return None
    if bracket:
        closing = text[factors[-1].end :].lstrip()
        if not closing.startswith(")") or any(f.word in symbols for f in factors):
            return None
    spaced = start > at
    for count in range(len(factors), 0, -1):
        part = factors[:count]
        verdict = _judge(text, part, spaced, symbols, physical, number, before, bare)
        if verdict is not None:
            end = part[-1].end
            if bracket:
                if count < len(factors):
                    return None
                end = text.index(")", end) + 1
                below = regex(r"\s*/\s*\(([a-z]{3,})\)").match(text, end)
                if below:
                    return Written(below.end(), (*((f.word, f.exponent) for f in part), (below.group(1), -1)), False)
            elif upright or any(f.upright for f in part):
                end = _closed(text, at, end)
                if end > part[-1].end and part[-1].exponent in (1, -1) and (e := _EXPONENT.match(text, end)):
                    # \\text{m/s}^2
                    written = e.group(1) or e.group(2) or e.group(3) or e.group(4)
                    if written:
                        power = part[-1].exponent * int(written.translate(_SUPERSCRIPTS).replace(" ", ""))
                        part = [*part[:-1], part[-1]._replace(exponent=power)]
                        end = e.end()
            return Written(end, tuple((f.word, f.exponent) for f in part), verdict)
    return None


_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_STACKED = regex(rf"\\[dt]?frac\s*{_GROUP}\s*{_GROUP}")


def _stacked(m: re.Match[str], text: str, upright: bool, symbols: Set[str], physical: bool) -> Written | None:
    """`\\frac{\\text{m}}{\\text{s}^2}` after a number."""
    found: list[tuple[str, int]] = []
    for sign, part in ((1, m.group(1)), (-1, m.group(2))):
        begun = _BEGIN.match(part, 0)
        assert begun is not None
        if sign == 1 and part.strip() == "1":
            continue
        factors = _factors(part, begun.end(), upright or bool(begun.group("upright")), symbols)
        if not factors or part[_closed(part, 0, factors[-1].end) :].strip(" }"):
            return None
        found += [(f.word, sign * f.exponent) for f in factors]
    if not found or (not upright and ({w for w, _ in found} <= symbols or not physical)):
        return None
    return Written(_closed(text, m.start(), m.end()), tuple(found), False)


def _closed(text: str, start: int, end: int) -> int:
    """The end moved past the braces that were opened since the start."""
    opened = text.count("{", start, end) - text.count("}", start, end)
    while opened > 0 and (m := _CLOSE.match(text, end)):
        end, opened = m.end(), opened - 1
    return end


def _factors(text: str, start: int, upright: bool, symbols: Set[str]) -> list[_Factor]:
    """All that may be factors of one unit, in written order."""
    found: list[_Factor] = []
    place, sign, joined = start, 1, ""
    grouped = False
    before_group = 0
    raised = 1
    depth = text.count("{", max(0, start - 12), start) if upright else 0
    while len(found) < 12:
        m = _WORD.match(text, place)
        if m is None or m.end() == place:
            break
        if m.group("power"):
            raised = names.POWER_WORDS[{"sq": "sq", "square": "square"}.get(m.group("power"), "cubic")]
            place = m.end()
            continue
        words = _words_of(m, text, bool(found))
        if words is None and joined == "/" and found[-1].word.endswith("eV") and text[place : place + 1] == "c":
            words = (("c",), place + 1)
        if words is None:
            if joined == "/" and found and (noun := _NOUN.match(text, place)) and not found[-1].word.endswith("%"):
                word = noun.group()
                after = text[noun.end() : noun.end() + 1]
                known = word in names.STOP_WORDS or word in names.GREEK or word in names.FUNCTIONS
                if not known and after not in ("(", "_") and word not in symbols and not set(word) <= symbols:
                    found.append(_Factor(word, -1, noun.end(), upright, "/", False))
            break
        end = words[1]
        if end == place:
            break
        pieces = list(words[0])
        e = _EXPONENT.match(text, end)
        exponent, signed = 1, False
        if e is not None:
            written = e.group(1) or e.group(2) or e.group(3) or e.group(4)
            if written:
                exponent = int(written.translate(_SUPERSCRIPTS).replace(" ", ""))
                signed = exponent < 0
            elif e.group(5):
                exponent = 2 if e.group(5) == "squared" else 3
            elif e.group(6):
                exponent = int(e.group(6))
                if pieces[-1] not in ("m", "s", "cm", "mm", "km", "ft", "in", "dm", "nm"):
                    e, exponent = None, 1
            elif (found or pieces == ["ms"]) and pieces[-1] in (
                "s",
                "ms",
                "m",
                "kg",
                "K",
                "mol",
                "C",
                "L",
                "min",
                "h",
                "cm",
            ):
                exponent, signed = int(e.group(7).replace("−", "-")), True
            else:
                e = None
        if e is not None:
            end = e.end()
        if signed and pieces == ["kmh"]:
            pieces = ["km", "h"]
        elif signed and pieces == ["ms"]:
            pieces = ["m", "s"]
        for k, word in enumerate(pieces):
            last = k == len(pieces) - 1
            power = (exponent if last else 1) * raised
            over = -1 if sign < 0 and not (last and signed) else 1
            found.append(_Factor(word, over * power, end, upright or depth > 0, joined, last and signed))
            joined = ""
        raised = 1
        if grouped:
            closing = regex(r"\s*\)").match(text, end)
            if closing:
                found[-1] = found[-1]._replace(end=closing.end())
                end, grouped = closing.end(), False
        elif (dot := text[end : end + 1]) == "." and found[-1].word in _DOTTED:
            after = text[end + 1 : end + 2]
            if after in "^²³)" or text[end + 1 :].lstrip()[:1] in tuple("=*/×·+-)<>≈"):
                found[-1] = found[-1]._replace(end=end + 1)
                end += 1
                if (e := _EXPONENT.match(text, end)) and (e.group(1) or e.group(2) or e.group(3) or e.group(4)):
                    written = (e.group(1) or e.group(2) or e.group(3) or e.group(4)).translate(_SUPERSCRIPTS)
                    found[-1] = found[-1]._replace(exponent=sign * int(written), end=e.end())
                    end = e.end()
            del dot
        b = _BETWEEN.match(text, end)
        if b is None or (b.end() == end and not upright and not text[end : end + 1].isalpha()):
            break
        if "}" in b.group() and not ("\\" in b.group() or upright):
            break
        if b.group("over"):
            sign, joined = -1, "/"
            grouped = bool(b.group("group"))
            before_group = len(found)
        elif b.group("times"):
            joined = "-" if b.group("times") == "-" else "·"
        else:
            joined = " "
        if "}" in b.group() and b.group().count("{") == 0 and not b.group("over") and not b.group("times"):
            break
        if b.end() == end and not found[-1].upright:
            break
        place = b.end()
    if grouped:
        # A bracket below the bar that is not all units is none of the unit.
        del found[before_group:]
    return found


_DOTTED = frozenset("in ft lb oz min sec hr yd mi".split())


def _words_of(m: re.Match[str], text: str, inside: bool) -> tuple[tuple[str, ...], int] | None:
    """The unit words in a run of letters, and where they end; None where it is no unit."""
    if m.group("degree") is not None and m.group("degree").strip():
        written = m.group("degree")
        if "℃" in written or "℉" in written:
            return (_DEGREE + ("C" if "℃" in written else "F"),), m.end()
        if m.group("scale") is None:
            return None
        return (_DEGREE + m.group("scale"),), m.end()
    if m.group("of"):
        return (_DEGREE + _TEMPERATURES[m.group("named").lower()],), m.end()
    run = m.group()
    if run.startswith("light"):
        return ("light-year",), m.end()
    if run.startswith("mm") and run.endswith("Hg"):
        return ("mmHg",), m.end()
    word = m.group("word") or ""
    word = word.replace("\N{OHM SIGN}", _OHM).replace("\N{ANGSTROM SIGN}", "\N{LATIN CAPITAL LETTER A WITH RING ABOVE}")
    if m.group("prefix"):
        word = _MU + word
    command = m.group("command")
    if command:
        if m.group("si"):
            si = m.group("si")
            if si in ("per", "squared", "cubed"):
                return None
            word = word + si if si in WORDS and (len(si) > 4 or si in ("volt", "watt", "ohm")) else ""
        else:
            sign = "\N{LATIN CAPITAL LETTER A WITH RING ABOVE}" if command == "\\AA" else _OHM
            word = (_MU if m.group("prefix") else "") + sign
            if m.group("word"):
                return None
    if not word:
        return None
    after = text[m.end() : m.end() + 2]
    if word in ("k", "M", "m", "G") and after.startswith("\\"):
        # k\Omega, M\Omega
        ohm = regex(r"\\(?:Omega|ohm)(?![A-Za-z])|\\mathrm\{\\Omega\}").match(text, m.end())
        if ohm:
            return (word + _OHM,), ohm.end()
    if word == "in" and not inside:
        nxt = text[m.end() :].lstrip()[:1]
        return None if nxt.isalnum() or nxt in ("(", "\\", "$") else (("in",), m.end())
    if word in WORDS:
        return (word,), m.end()
    if word in _SPELLINGS:
        return (_SPELLINGS[word],), m.end()
    if word.lower() in WORDS and len(word) > 3:
        return (word.lower(),), m.end()
    if after[:1] == "_":
        return None
    pieces = _run_together(word)
    return (pieces, m.end()) if pieces else None


_TOGETHER = regex(rf"(kg|mol|km|cm|mm|nm|eV|Pa|kN|kJ|kW|Hz|MeV|GeV|keV|[NJWVACFTKmsghL{_OHM}]|lb|ft|lbf|atm|min|kmol)")


def _run_together(word: str) -> tuple[str, ...] | None:
    """`Nm`, `kgm`, `Jkg`, `ftlb`: two or three units typed together."""
    if not 2 <= len(word) <= 7:
        return None
    pieces = [p for p in _TOGETHER.split(word) if p]
    if not 2 <= len(pieces) <= 3 or any(p not in WORDS for p in pieces):
        return None
    return tuple(pieces) if pieces[0] + pieces[1] in _TYPED_TOGETHER else None


_TYPED_TOGETHER = frozenset(
    "Nm Ns Js As VA Vs Tm kgm Jkg Jmol Wm Pas Nkg Jg gmol molL gL ftlb lbft ftlbf kNm mmol kmh WmK gcm kgms".split()
)


def _base(word: str) -> str:
    """A unit without its prefix."""
    if len(word) > 1 and word != "kg" and word not in _UNPREFIXED and word[0] in _PREFIX_LETTERS:
        return word[1:] if word[1:] in WORDS else word
    return word


def _judge(
    text: str,
    factors: list[_Factor],
    spaced: bool,
    symbols: Set[str],
    physical: bool,
    number: str,
    before: str,
    bare: bool,
) -> bool | None:
    """Whether these factors are a unit: None for no, else whether they may be symbols as well."""
    head = factors[0]
    last = factors[-1]
    bases = [_base(f.word) for f in factors]
    for k in range(1, len(factors)):
        f = factors[k]
        if f.upright or f.signed or len(f.word) > 3:
            continue
        pair = bases[k - 1] + bases[k]
        if f.joined == "/":
            continue
        if any(g.exponent < 0 for g in factors[:k]) and k + 1 <= len(factors):
            if f.word in symbols and f.word not in ("K", "C") and f.joined == " ":
                return None
            continue
        if pair not in _BESIDE and not (f.joined == "" and f.word != head.word):
            return None
        if f.joined in ("·", " ") and f.word in symbols and head.word in symbols:
            return None
        if pair == "kgm" and k == len(factors) - 1 and f.exponent == 1:
            return None
        if pair == "gm" and k == len(factors) - 1:
            return None
    following = text[_AFTER.match(text, last.end).end() :]  # type: ignore[union-attr]
    nxt = following[:1]
    if nxt == "_" and text[last.end : last.end + 1] == "_":
        return None
    if last.joined == "-" and len(last.word) == 1 and head.word not in ("N", "kg", "kW", "A"):
        return None
    if any(f.upright for f in factors):
        return False
    letters = [f.word for f in factors if len(f.word) == 1]
    if any(f.word[0] in (_DEGREE, _MU, _OHM) or f.word.endswith(_OHM) for f in factors):
        return False
    if len(letters) < len(factors) or len(factors) > 1:
        # Something of two letters, or a compound.
        if len(factors) == 1:
            return _word_alone(head, spaced, symbols, physical, following, bare, number)
        if any(f.signed for f in factors):
            return False
        if len(letters) < len(factors):
            known = [f for f in factors if len(f.word) > 1]
            if all(len(f.word) == 2 and set(f.word) <= symbols for f in known) and set(letters) <= symbols:
                return True if spaced else None
            return False
        over = next((k for k, f in enumerate(factors) if f.joined == "/"), 0)
        if (over and head.word + factors[over].word in _OVER) or (over and bases[over - 1] + bases[over] in _OVER):
            if head.word == "m" and factors[over].word == "s" and (physical or not {"m", "s"} <= symbols):
                return False
            if set(letters) <= symbols:
                weighty = spaced and _WEIGHTY.search(number) is not None
                return True if weighty or (spaced and physical and _fits(head.word, before)) else None
            if letters[0] in symbols and not spaced and not physical:
                return None
            return False
        if over:
            return None
        if set(letters) <= symbols or (not spaced and symbols & set(letters)):
            return None
        return False if physical or spaced else None
    return _letter_alone(head, spaced, symbols, physical, number, before, following, text, bare)


def _word_alone(
    head: _Factor, spaced: bool, symbols: Set[str], physical: bool, following: str, bare: bool, number: str
) -> bool | None:
    """A unit of two letters or more, by itself."""
    word = head.word
    if word[0] == "f" and len(word) == 2 and number.rstrip().endswith(("π", "pi")):
        return None  # 1/(2πfC)
    if not physical and (word in _LEFT_TO_OTHERS or (len(word) > 3 and word in names.UNITS)):
        return None
    if len(word) == 2 and word.isalpha() and set(word) <= symbols and word != "mm":
        if word == "mg" or not spaced or head.exponent != 1:
            return None
        return word != "nm" and not _WEIGHTY.search(number)
    if word == "meV" and not spaced and set(word) <= symbols:
        return None  # sqrt(2meV)
    if not bare and not spaced and len(word) == 2 and not physical:
        return None
    if word in ("sec", "min", "rad", "bar", "deg", "rem") and following[:1] == "(":
        return None
    if word in ("au", "as", "is", "hp", "kn", "us") and not spaced and not physical:
        return None
    return False


def _letter_alone(
    head: _Factor,
    spaced: bool,
    symbols: Set[str],
    physical: bool,
    number: str,
    before: str,
    following: str,
    text: str,
    bare: bool,
) -> bool | None:
    """A single letter after a number: `20 m`."""
    letter = head.word
    if not physical:
        return None
    nxt = following[:1]
    if text[head.end - 2 : head.end - 1] == letter and f"{letter}_1" in symbols:
        return None  # 2 m2, beside m1
    fits = _fits(letter, before)
    if letter not in _USUAL_SINGLES:
        decimals = _WEIGHTY.search(number) is not None
        if letter not in "tduSl" or letter in symbols or not (fits or decimals or (letter == "u" and not bare)):
            return None
    if head.exponent != 1:
        if head.exponent < 0 or letter not in "ms":
            return None if head.exponent != -1 else False
        if letter in symbols and not (spaced and (letter == "m" or _other_units(text, letter))):
            return None
        return letter in symbols or not spaced
    glued = text[head.end : head.end + 1]
    if glued.isdecimal():
        return None  # 0.24 V2
    if glued == "'" or glued == "^" or (glued and glued in "⁻¹²³⁴⁵⁶ⁿ₀₁₂₃₄₅₆₇₈₉"):
        return None
    if nxt == "(":
        if glued == "(" or letter in symbols or not spaced:
            return None
    elif nxt == "√":
        return None
    elif nxt.isalpha() or nxt == "\\":
        run = _LETTERS.match(following)
        word = run.group() if run else ""
        plain = word.lstrip("\\")
        cross = word == "x" and regex(r"x\s*[\d(]").match(following) is not None
        if word.startswith("\\"):
            if plain in names.GREEK or plain in names.FUNCTIONS or plain in ("frac", "sqrt", "dfrac", "vec"):
                return None
        elif not cross:
            function = plain in names.FUNCTIONS
            if function and letter in symbols:
                return None
            if not function and (len(plain) < 2 or plain in names.GREEK or plain in symbols or ord(plain[0]) > 0x370):
                return None
            if not function and (set(plain) <= symbols or glued == plain[0]):
                return None
    weighty = _WEIGHTY.search(number) is not None
    if letter not in symbols:
        small = not spaced and not weighty and bare and len(number) < 3
        if small and letter == "h" and nxt == "/" and before.rstrip()[-1:] in tuple("(/{√"):
            return None  # t = √(2h/g)
        small = small and not fits
        if small and (not _other_units(text, letter) or (letter in "ghLTH" and before.rstrip()[-1:] in tuple("(/{√"))):
            return None  # v²/(2g)
        return bool(symbols) and not spaced and not fits
    operand = not before.rstrip() or before.rstrip()[-1] in "=≈≅(+-−–±<>≤≥:,*·×⋅x[{"
    if not operand:
        return None
    if fits and (not nxt or nxt not in "(^"):
        return not weighty
    if spaced and (weighty or _other_units(text, letter) or (before.rstrip().endswith("(") and nxt == ")")):
        return True
    if fits is False and not weighty:
        return None
    if not spaced and fits is None and before.rstrip()[-1:] in tuple("+-−–"):
        return None  # 0 = 100 - 19.6h
    if not spaced and fits is None and not before.strip() and _IS_BARE.match(following):
        return None  # 1050T = 21100
    if weighty and (not nxt or nxt in ")=≈,;" or "^" in number):
        return True
    if not bare:
        return True
    return None


_IS_BARE = regex(r"\s*=\s*[-−]?[\d., ]+\s*$")
_SURE = regex(
    r"\d\s*(?:km|cm|mm|kg|m/s|ms\b|N/|kN|J/|kJ|Pa|Hz|eV|mol|[kMmμnp]?Ω|[mμnp]F)|10\s*\^.{1,8}\s[A-Z]\b"
    r"|\d\.\d+\s+[mNJsVACWK]\b"
)
_SPACED_LETTER = regex(r"\d\s+([mNJsVAWK])(?=\s*(?:$|[=)·×*/+,.;≈⋅-]))")


def _other_units(text: str, letter: str) -> bool:
    """Whether sure units stand elsewhere in the line, or other letters that are likely units."""
    return _SURE.search(text) is not None or any(m[1] != letter for m in _SPACED_LETTER.finditer(text))


def _fits(letter: str, before: str) -> bool | None:
    """Whether the letter measures what stands on the left of the relation; None where that is not known."""
    related = _RELATED.search(before)
    if related is None:
        return None
    left = before[: related.start()]
    m = _NAME.search(left)
    if m is None:
        return None
    name = m.group("name")
    if name.startswith(("Δ", "Delta")) and len(name) > 1:
        name = name.removeprefix("Delta").lstrip("Δ") or "Δ"
    name = {"lambda": "λ", "tau": "τ", "varepsilon": "ε", "epsilon": "ε", "phi": "φ"}.get(name, name)
    if len(name) > 1 and name not in ("KE", "PE", "EPE", "GPE", "emf", "ke", "pe"):
        return None
    return name in _MEASURED_IN.get(letter, ())


# Where a number ends after which a unit may stand: a numeral, or a power of ten.
NUMBER = regex(
    r"(?<![A-Za-z_\d.])(?:\d[\d,]*(?:\.\s?\d+)?|\.\d+)(?:[eE][-+−]?\d+(?![A-Za-z]))?"
    r"(?:\s*(?:[×x·*⋅]|\\times|\\cdot)\s*10\s*(?:\^\s*(?:\{\s*[-−+–]?\s*\d+\s*\}|\(\s*[-−+–]?\s*\d+\s*\)|[-−+–]?\s*\d+)"
    r"|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
    r"|(?<![\d.])10\s*\^\s*(?:\{\s*[-−+–]?\s*\d+\s*\}|\(\s*[-−+–]?\s*\d+\s*\)|[-−+–]?\d+)"
)


def blank_units(text: str, symbols: Set[str] = frozenset(), physical: bool = False) -> str:
    """The text with the units after its numbers replaced by blanks, so that the letters that remain are symbols."""
    return "\n".join(_blanked(line, symbols, physical) if _HAS_DIGIT(line) else line for line in text.split("\n"))


_HAS_DIGIT = regex(r"\d").search
_CLOSED = regex(r"(?<=[\d\s)])\)")


def _blanked(line: str, symbols: Set[str], physical: bool) -> str:
    found: list[tuple[int, int]] = []
    place = 0
    for m in NUMBER.finditer(line):
        if m.start() < place:
            continue
        before = line[max(0, m.start() - 80) : m.start()]
        unit = scan(line, m.end(), symbols, physical=physical, number=m.group(), before=before)
        if unit is not None:
            found.append((m.end(), unit.end))
            place = unit.end
    for start, end in reversed(found):
        line = line[:start] + " " * (end - start) + line[end:]
    if ")" in line and physical:
        for m in _CLOSED.finditer(line):
            unit = scan(line, m.end(), symbols, physical=True, number=")", before=line[: m.start()], bare=False)
            if unit is not None and line[m.end() : m.end() + 1] == " ":
                line = line[: m.end()] + " " * (unit.end - m.end()) + line[unit.end :]
    return line
