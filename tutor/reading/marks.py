"""What surrounds the mathematics of a row, painted over: markup goes, and every other character keeps its place.

The painted text has the row's length, so that a place in it is a place in the row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tutor.regex import regex
from tutor.syntax.unit_words import scan

BREAK = "\x1f"  # stands where two pieces of mathematics are set apart
_BLANKS = dict.fromkeys(range(32), " ") | {
    0x7F: " ", 0xA0: " ", 0xAD: " ", 0x2000: " ", 0x2001: " ", 0x2002: " ", 0x2003: " ", 0x2004: " ", 0x2005: " ",
    0x2006: " ", 0x2007: " ", 0x2008: " ", 0x2009: " ", 0x200A: " ", 0x200B: " ", 0x200C: " ", 0x200D: " ",
    0x200E: " ", 0x200F: " ", 0x202F: " ", 0x205F: " ", 0x2060: " ", 0x3000: " ", 0xFEFF: " ", 0x2028: " ", 0x2029: " ",
    0x20D7: " ", 0x20D1: " ", 0x2018: "'", 0x2019: "'",
}  # fmt: skip
_PLAIN = regex(r"[^\\$*_~`<#&✓✔✗✘☑]*")


@dataclass(slots=True)
class Painted:
    """A row without its markup.

    segments: places between mathematics delimiters (`$…$`, `\\(…\\)`). boxed, struck, underlined: places so marked.
    tag: of `\\tag{1}`. ticked: a tick stood in the row.
    """

    text: str
    segments: list[tuple[int, int]] = field(default_factory=list)
    boxed: list[tuple[int, int]] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)
    underlined: list[tuple[int, int]] = field(default_factory=list)
    tag: str | None = None
    ticked: bool = False


def paint(text: str, display: bool = False, physical: bool = False) -> Painted:
    """Paint over the markup of a row.

    display: it begins inside a display. physical: it is of work about physics, whose units stay as they are set.
    """
    text = text.translate(_BLANKS)
    if physical:
        text = _put_right(text)
    if "∘" in text:
        text = _RING.sub(lambda m: ("°," if "," in m.group() else "°").ljust(len(m.group())), text)
    if "_" in text:
        text = _SUBSCRIPT_GAP.sub("\t", text)
    if text.count(":") > 1:
        text = _PROPORTION.sub(_as_quotients, text)
    if " : " in text and "=" in text:
        text = _DIVIDED.sub(lambda m: m.group() if m["bare"] else m.group().replace(":", "/"), text)
    if "] " in text:
        text = _LIMITS_IN_WORDS.sub(lambda m: f"]_{{{m[1]}}}^{{{m[2]}}}".ljust(len(m.group())), text)
    painted = Painted(text)
    if _PLAIN.fullmatch(text):
        if display:
            painted.segments.append((0, len(text)))
        return painted
    chars = list(text)
    _marks_and_markdown(text, chars, painted)
    if "\\" in text or "$" in text or display:
        _latex("".join(chars), chars, painted, display, physical)
    painted.text = "".join(chars)
    return painted


# K.E. = 1000 J, T.E. = K.E. + P.E., p.d. across R
_DOTTED = re.compile(r"(?<![\w.])(?:(?:[A-Z]\.){2,3}|p\.d\.|e\.m\.f\.)(?=\s*(?:[=+\-−/*×·≈),;]|$))")


def without_dots(text: str) -> str:
    """K.E., P.E. and p.d. without their dots, where they stand for a quantity: followed by a sign, or the row's end."""
    if "=" not in text or "." not in text:
        return text
    return _DOTTED.sub(lambda m: m.group().replace(".", "").ljust(len(m.group())), text)


def half_lives(text: str) -> str:
    """t1/2, T_1/2 and t_(1/2) with the half as one character, for work about half-lives."""
    return _HALVED.sub(lambda m: f"{m[1]}_½".ljust(len(m.group())), text)


def _as_quotients(m: re.Match[str]) -> str:
    """A proportion with its colons as slashes; `b: x = 3:4` names a part of the exercise."""
    names = [bool(re.search(r"[^\W\d]", m[part])) for part in "abcd"]
    label = m["one"][0] == ":" and m["one"][-1] == " " and names[0]
    if label or not any(names):
        return m.group()
    one, two = m["one"].replace(":", "/"), m["two"].replace(":", "/")
    return f"{m['lead']}{m['a']}{one}{m['b']}{m['is']}{m['c']}{two}{m['d']}"


def _blank(chars: list[str], start: int, end: int) -> None:
    chars[start:end] = " " * (end - start)


_RING = regex(r"\^\s*[({]?\s*∘\s*,?\s*[)}]?|∘(?=\s|$)")
# After a subscript a blank before three digits groups no thousands: log_5 125.
_SUBSCRIPT_GAP = regex(r"(?<=_\d) (?=\d{3}(?!\d))")
# d : 75 = 3 : 4, N1:N2 = U1:U2
_TERM = r"(?:\d+(?:[.,]\d+|(?: \d{3})+)?(?: ?[a-zµμ]{1,2}(?![\w(]))?|\d*(?![A-Za-z]{4})[^\W\d_][\w'′]{0,4})"
_PROPORTION = regex(
    rf"(?:(?<=^)|(?<=[,;⇒→∴>])|(?<=\bso\b)|(?<=\bhence\b)|(?<=\bthus\b)|(?<=\bthen\b))(?P<lead>\s*\$?)"
    rf"(?P<a>{_TERM})(?P<one> *: *)(?P<b>{_TERM})(?P<is> *= *)(?P<c>{_TERM})(?P<two> *: *)(?P<d>{_TERM})"
    r"(?=\s*(?:\$|$|[,;.⇒→∴]))"
)
# [x³] from 1 to 2
_LIMITS_IN_WORDS = regex(
    r"\] (?:from|with limits|between|evaluated from)(?: [a-z] ?=)? (-?[\w.]+) (?:to|and)(?: [a-z] ?=)? "
    r"(-?[\w.]+?)(?=$|[\s,;.])"
)
# p = F : A, p = 45 N : 9 m², 30 € : 12 = 2.50 €; not `m = 2 kg : v = 3 m/s`, and 3 : 4 is read as it is
_INDEXED = r"[^\W\d_](?:_?\d|_[a-z]|_\{\w+\})?"
_NUMERAL = r"\d+(?:[.,]\d+)?"
_DIVIDED = regex(
    rf"(?:(?P<lead>[=≈·*/]\s*)|^\s*)(?:(?P<bare>{_NUMERAL})|{_NUMERAL} ?(?:(?![xX])[^\W\d_]{{1,3}}|[€$£Ω])[²³]?"
    rf"|(?P<let>(?<=[=≈·*/] ){_INDEXED})) : (?:{_NUMERAL}|{_INDEXED}(?![\w(])(?(let)|(?!\s*=)))"
)
_HALVED = regex(r"(?<![A-Za-z\\])([Tt])(?:_?1/2(?![\d.])|_\(1/2\))")
_CALCULATOR = regex(r"<<[^<>]{0,2000}>>")
_BOLD = regex(r"(?<![\w)\]}*])\*\*(?=[^\s*])([^*]{1,400}?)(?<=\S)\*\*(?!\*)")
_ITALIC = regex(r"(?<![\w)\]}*\s])\*(?=[A-Za-z])([^*=]{1,80}?)(?<=[A-Za-z.:!?])\*(?![\w(*])")
_UNDERLINE = regex(r"(?<![\w}])__(?=[^\s_])([^_]{1,200}|[^_]{1,100}_[^_]{1,100})(?<=\S)__(?![\w{])")
_STRIKE = regex(r"~~(?=\S)([^~]{1,400})~~")
_TICKS = regex(r"[✓✔☑✗✘`]|\\(?:checkmark|cmark)\b")
_BREAKS = regex(r"<br\s*/?>")


def _marks_and_markdown(text: str, chars: list[str], painted: Painted) -> None:
    if "<<" in text:
        for m in _CALCULATOR.finditer(text):
            _blank(chars, *m.span())
    if "<br" in text:
        for m in _BREAKS.finditer(text):
            _blank(chars, *m.span())
            chars[m.start()] = BREAK
    if "**" in text:
        for m in _BOLD.finditer(text):
            _blank(chars, m.start(), m.start(1))
            _blank(chars, m.end(1), m.end())
    if "*" in text:
        for m in _ITALIC.finditer(text):
            _blank(chars, m.start(), m.start(1))
            _blank(chars, m.end(1), m.end())
    if "__" in text:
        for m in _UNDERLINE.finditer(text):
            painted.underlined.append(m.span(1))
            _blank(chars, m.start(), m.start(1))
            _blank(chars, m.end(1), m.end())
    if "~~" in text:
        for m in _STRIKE.finditer(text):
            painted.struck.append(m.span(1))
            _blank(chars, m.start(), m.start(1))
            _blank(chars, m.end(1), m.end())
    for m in _TICKS.finditer(text):
        painted.ticked = painted.ticked or m.group() != "`"
        _blank(chars, *m.span())


_DOUBLED = regex(r"\\\\(?=[\[\]()]|[A-Za-z]{2})")
_COMMAND = regex(
    r"\\\\|\\(?:"
    r"(?P<env>begin|end)\s*\{(?P<name>[A-Za-z]+)\*?\}"
    r"|(?P<box>boxed|fbox|framebox)\s*\{"
    r"|(?P<strike>cancel|bcancel|xcancel|sout|st|hcancel)\s*\{"
    r"|(?P<under>underline|uline)\s*\{"
    r"|(?P<words>text|textbf|textit|textrm|mathrm|mathbf|mathit|mbox|textsf|emph|boldsymbol|bm|mathsf|textnormal)\s*\{"
    r"|tag\*?\s*\{(?P<tag>[^{}]{0,20})\}"
    r"|(?P<gone>label\s*\{[^{}]*\}|nonumber\b|notag\b|displaystyle\b|textstyle\b|noindent\b|item\b(?:\s*\[[^\]]*\])?"
    r"|bigl?r?\b(?=[(\[)\]|])|Bigl?r?\b(?=[(\[)\]|])|hfill\b|limits\b|color\s*\{[^{}]*\}|hspace\*?\s*\{[^{}]*\}"
    r"|phantom\s*\{[^{}]*\}|newline\b|par\b|centering\b)"
    r"|(?P<gap>quad\b|qquad\b)"
    r"|(?P<thin>[,;:! ]|\Z)"
    r"|(?P<literal>[$%#&*_])"
    r"|(?P<open>[(\[])|(?P<close>[)\]])"
    r")"
)
_SUBSCRIPT = regex(r"[A-Za-z0-9]+")
_SET_MINUS = regex(r"[A-Z)}] \\ [A-Z({]")
_MATRIX = regex(r"\\begin\s*\{(?:[a-zA-Z]*matrix|array|cases|dcases)\*?\}")
_MATRIX_ENVS = regex(r"[a-zA-Z]*matrix|array")


_SPLIT_DECIMAL = regex(r"(?<=[=≈×(]) (\d+)\. (\d+)(?=\s*[A-Za-z])|(?<=[=≈×(])(\d+)\. (\d+)(?=\s*[A-Za-z])")
_STRAY_COMMA = regex(r"(?<!∘),(?=\s*\))")
# β (dB) = 90: the unit that a symbol is measured in.
_UNIT_OF_NAME = regex(r"(?<=[A-Za-zα-ω0-9])\s*\(([A-Za-z°Ω]{1,3}(?:/[a-z]{1,3}(?:\^?[23²³])?)?)\)(?=\s*=)")


def _put_right(text: str) -> str:
    """`= 2. 00 m/s`, `(9.8 m/s^2,)`, `β (dB) =`: slips of typing, put right in their own place."""
    if ". " in text:
        text = _SPLIT_DECIMAL.sub(lambda m: f" {m[1]}.{m[2]} " if m[1] else f"{m[3]}.{m[4]} ", text)
    if ",)" in text or ", )" in text:
        text = _STRAY_COMMA.sub(" ", text)
    if ") =" in text or ")=" in text:
        text = _UNIT_OF_NAME.sub(lambda m: " " * len(m.group()) if m.group(1) in _MEASURES else m.group(), text)
    return text


_MEASURES = frozenset("dB m/s m/s^2 m/s² kg kN kJ kW Pa Hz °C Ω cm km m s ms N J W V A K".split())


def _is_unit(text: str, start: int, end: int) -> bool:
    """Whether the words set upright at a place are a unit after a number."""
    content = text[start:end]
    if not text[:start].rstrip()[-1:] or len(content) > 60:
        return False
    found = scan(text, start, physical=True)
    return found is not None and found.end >= end


def _latex(text: str, chars: list[str], painted: Painted, display: bool, physical: bool = False) -> None:
    for m in _DOUBLED.finditer(text):
        chars[m.start()] = " "
    if "\\\\" in text:
        text = "".join(chars)
    matrix = bool(_MATRIX.search(text)) if "begin" in text else False
    opened = 0 if display else -1
    for m in _COMMAND.finditer(text) if "\\" in text else ():
        kind = m.lastgroup
        if m.group("env"):
            # An environment that is not a matrix only lays out its rows.
            if not _MATRIX_ENVS.fullmatch(m.group("name")) and not (m.group("name").endswith("cases") and "&" in text):
                _blank(chars, *m.span())
        elif kind in ("box", "strike", "under", "words"):
            end = _closing(text, m.end())
            if kind == "words" and text[: m.start()].rstrip(" {").endswith(("_", "^")):
                continue
            if kind == "words" and physical and _is_unit(text, m.start(), end):
                continue
            if kind == "strike":
                inner = text[m.end() : end]
                if m.group("strike") in ("sout", "st") or re.search(r"[=<>]|\\(?:leq?|geq?|neq?)\b", inner):
                    painted.struck.append((m.end(), end))
            elif kind == "box":
                painted.boxed.append((m.end(), end))
            elif kind == "under":
                painted.underlined.append((m.end(), end))
            _blank(chars, *m.span())
            if end < len(text):
                chars[end] = " "
        elif kind == "tag":
            painted.tag = m.group("tag").strip("() ")
            _blank(chars, *m.span())
        elif kind == "gap":
            _blank(chars, *m.span())
            chars[m.start()] = BREAK
        elif kind == "thin" and _SET_MINUS.match(text, m.start() - 2) and "$" not in text:
            chars[m.start()] = "∖"  # A \ B, typed plainly
        elif kind in ("gone", "thin"):
            _blank(chars, *m.span())
        elif kind == "literal":
            chars[m.start()] = " "
            if m.group("literal") == "_" and (name := _SUBSCRIPT.match(text, m.end())):
                # n\_oil is n_oil; the subscript moves one place to the left.
                chars[m.start() : name.end()] = f"_{name.group()} "
            if m.group("literal") == "$":
                chars[m.end() - 1] = "\x1a"  # a dollar of money, until the delimiters are found
        elif kind == "open":
            _blank(chars, *m.span())
            if opened < 0:
                opened = m.end()
        elif kind == "close":
            _blank(chars, *m.span())
            if opened >= 0:
                painted.segments.append((opened, m.start()))
                opened = -1
    if opened >= 0:
        painted.segments.append((opened, len(text)))
    if not matrix:
        for i in range(len(chars)):
            if chars[i] == "&":
                chars[i] = " "
    if "$" in text:
        _dollars(text, chars, painted)
    for i in range(len(chars)):
        if chars[i] == "\x1a":
            chars[i] = "$"
    painted.segments.sort()


def _closing(text: str, start: int) -> int:
    """The place of the brace that closes one opened just before `start`; the end of the text if there is none."""
    depth = 1
    for m in regex(r"\\.|[{}]").finditer(text, start):
        if m.group() == "{":
            depth += 1
        elif m.group() == "}":
            depth -= 1
            if depth == 0:
                return m.start()
    return len(text)


def _dollars(source: str, chars: list[str], painted: Painted) -> None:
    """Pair the dollars that set mathematics off; the others are money.

    A pair: something right after the first, nothing blank right before the second, no digit right after it.
    """
    text = "".join(chars)
    places = [m.start() for m in re.finditer(r"\$", text)]
    i = 0
    while i < len(places):
        at = places[i]
        if text.startswith("$$", at):
            end = text.find("$$", at + 2)
            stop = end if end >= 0 else len(text)
            _blank(chars, at, at + 2)
            if end >= 0:
                _blank(chars, end, end + 2)
            if at + 2 < stop:
                painted.segments.append((at + 2, stop))
            while i < len(places) and places[i] < stop + 2:
                i += 1
            continue
        nxt = places[i + 1] if i + 1 < len(places) else -1
        if nxt > at + 1 and _delimits(source, at, nxt):
            chars[at] = chars[nxt] = " "
            painted.segments.append((at + 1, nxt))
            i += 2
        else:
            i += 1


_MONEY = regex(r"\s*\d[\d,]*(?:\.\d+)?\s*(?:[-+*/x×÷]\s*)?$|\s*\d[\d,.]*\s+[A-Za-z]{2}")


def _delimits(text: str, at: int, nxt: int) -> bool:
    before, after = text[at - 1 : at], text[nxt + 1 : nxt + 2]
    inside = text[at + 1 : nxt]
    if before.isdigit() or after.isdigit():
        return False
    if inside[0].isspace() and not inside[-1].isspace():
        return False
    if inside[-1].isspace() and not (inside[0].isspace() and "\\" in inside):
        return False
    # `$5 and $`, `$5 + $` are money, `$5$` and `$5 + 3$` are not.
    return not (inside[0].isdigit() and re.search(r"\s[A-Za-z]{2,}\s", inside) and "\\" not in inside)
