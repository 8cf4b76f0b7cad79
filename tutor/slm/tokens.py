"""A line of prose to tokens: words, numbers, units, and mathematics in one piece wherever it stands in one piece.

What a token is copied as into the step notation (`copy`) is settled here, so that no model ever writes a numeral:
"twenty one" is copied as `21`, "metres per second" as `m/s`, `$1,200` as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from typing import Literal

from tutor.errors import NotReadable, TooLarge
from tutor.syntax import lexer, names, unit_words
from tutor.syntax.read import read

Kind = Literal["word", "number", "math", "equation", "relation", "operator", "unit", "punct"]

MAX_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a line.

    text, start, end: as written, and where.
    copy: what it is copied as; empty where there is nothing to copy.
    """

    text: str
    start: int
    end: int
    kind: Kind
    copy: str = ""


# ---------------------------------------------------------------- numbers in words

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
} | {  # as they are often misspelt
    "nought": 0, "fourten": 14, "fiveteen": 15, "thirten": 13, "eightteen": 18, "ninteen": 19, "twelv": 12,
     "fiften": 15, "sixten": 16, "seventen": 17, "eigth": 8}  # fmt: skip
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": 40, "fivty": 50, "ninty": 90, "twenny": 20, "eigthy": 80}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9,
    "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100, "twelfth": 12, "twelfths": 12,
}  # fmt: skip
_ONE = frozenset({"a", "an", "one"})
_PERCENT = frozenset({"percent", "percents", "pct"})

_PART_WORDS = frozenset(_PARTS) - frozenset(
    "half third quarter quarters fourth fifth sixth seventh eighth ninth tenth".split()
)
_PER_CENT = re.compile(r"\s*-?\s*per\s?cents?\b", re.IGNORECASE)

# ---------------------------------------------------------------- units

_SHORT = {
    "second": "s", "sec": "s", "secs": "s", "minute": "min", "mins": "min", "hr": "hour", "hrs": "hours",
    "meter": "m", "metre": "m", "gram": "g", "newton": "N", "joule": "J", "watt": "W", "volt": "V", "ampere": "A",
    "amp": "A", "coulomb": "C", "tesla": "T", "hertz": "Hz", "pascal": "Pa", "kelvin": "K", "liter": "L", "litre": "L",
    "mole": "mol", "kgs": "kg", "lbs": "lb", "l": "L", "henry": "H", "farad": "F",
}  # fmt: skip
_PREFIXES = {"kilo": "k", "mega": "M", "giga": "G", "centi": "c", "milli": "m", "micro": "μ", "nano": "n", "deci": "d"}
_MEASURES = frozenset(
    "hour minute day week year month km kilometre kilometer metre meter mile kilogram kg gram litre liter foot yard"
    " inch dollar pound kilowatt".split()
)
_MONEY = {"dollar": "$", "dollars": "$", "bucks": "$", "buck": "$", "euro": "€", "euros": "€",
          "quid": "£"}  # fmt: skip
_CENTS = frozenset({"cent", "cents", "pence"})
# Things that are counted more often than they measure.
_COUNTED = frozenset("bar bars turn turns slug slugs rad ha cc mole acre acres bit bits d u t l D G S at rem".split())
_LONE = frozenset("mgsNJWVKCLhA")  # glued to a number these may be units: 5m

# ---------------------------------------------------------------- pieces

_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = frozenset(_OPENING.values())
_BETWEEN = frozenset({"+", "-", "*", "/", "^", "±", "∓", ":"})
_AFTER = frozenset({"!", "%", "°", "sup", "sub", "'"})
_OPERAND = frozenset({"num", "letter", "vulgar", "const", "func", "cmd", "(", "[", "√", "root", "cur", "|", "name"})
_FULL = frozenset(
    {"num", "letter", "vulgar", "const", ")", "]", "}", "!", "%", "°", "sup", "sub", "unit", "|", "name", "'"}
)
_ARTICLES = frozenset({"a", "A", "i", "I"})
_WORDLIKE_OPERATORS = frozenset(
    "plus minus times percent per of mod equals union intersect intersection setminus lim int integral inf and or"
    " choose root min max sign rank dim trace floor ceiling tr adj Re Im arg".split()
)
_SHORT_NAME = re.compile(r"[A-Z]{2,3}|[b-df-hj-np-tv-z]{2,3}|ab|ac|abc|ax|ay|ut|at|ma|xy")
_SHORT_WORDS = frozenset(
    "a an as at be by do go he if in is it me my no of on or so to up us we am ok hi oh eh um uh the and for are but"
    " not you all any can had her was one our out day get has him his how man new now old see two way who boy did its"
    " let put say she too use dad mom mum yes yet ago ate big bit box buy cat car cup cut dog due eat egg end far few"
    " fit fun got gas hat hot ice key kid kg km cm mm law lay led leg lie lot low map may men mix net nor off oil own"
    " pay pen per pie run sat set six sit sky sum sun tax tea ten tie top try via war wet win won yen ans tot eg ie etc"
    " vs than that this then them they will from with left each what when have has half".split()
)
_PRODUCTS = frozenset("ma mg mgh mv kx vt at ut It IR VI PV pV ab xy ac bc".split())  # said as one word
_LETTERS = re.compile(r"[b-df-hj-np-tv-xz]{2,3}")
_MAX_RUN = 80
_GREEK_LETTERS = frozenset("αβγδεζηθκλμνξπρστφχψωΔΓΛΣΦΨΩ")


@dataclass(frozen=True, slots=True)
class _Piece:
    """kind: that of the lexer's token, or `word`, `letter`, `unit`, `punct`. copy: for units, in short."""

    kind: str
    text: str
    start: int
    end: int
    copy: str = ""


def tokenize(text: str, symbols: Set[str] = frozenset()) -> tuple[Token, ...]:
    """The tokens of a line, in order.

    symbols: letters that the work uses, which are then no units.

    Raises:
        TooLarge: more than MAX_CHARACTERS characters.

    >>> [(t.text, t.kind, t.copy) for t in tokenize("twice 2 x + 3 is twenty one metres per second")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('twice', 'word', ''), ('2 x + 3', 'math', '2 x + 3'), ('is', 'word', ''), ('twenty one', 'number', '21'),
     ('metres per second', 'unit', 'm/s')]
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(f"This line has {len(text):,} characters; at most {MAX_CHARACTERS:,} can be read at once.")
    source = lexer.plain(text)
    pieces = _pieces(source, symbols)
    found: list[Token] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        taken = _in_words(pieces, at, source) if piece.kind == "word" else _mathematics(pieces, at, source, found)
        if taken is not None:
            token, at = taken
            found.append(token)
            if token.kind in ("number", "math") and (unit := _unit(source, token, symbols)) is not None:
                found.append(unit)
                while at < len(pieces) and pieces[at].start < unit.end:
                    at += 1
            continue
        found.append(_single(piece, text))
        at += 1
    return tuple(_with_late_units(found, source, symbols))


_BEFORE_A_UNIT = frozenset("more extra additional other full whole complete entire further spare".split())


def _with_late_units(tokens: list[Token], source: str, symbols: Set[str]) -> list[Token]:
    """Units that a word parts from their number: 15 more seconds."""
    found: list[Token] = []
    end = 0
    for k, token in enumerate(tokens):
        if token.start < end:
            continue
        if (
            token.kind == "word"
            and k > 1
            and tokens[k - 1].text.lower() in _BEFORE_A_UNIT
            and tokens[k - 2].kind == "number"
            and (unit := _unit_at(source, tokens[k - 2].start, tokens[k - 1].end, symbols)) is not None
            and unit.start == token.start
            and len(unit.text) > 1
        ):
            found.append(Token(unit.text, unit.start, unit.end, "unit", unit.copy))
            end = unit.end
            continue
        found.append(token)
    return found


# ---------------------------------------------------------------- what the pieces are


def _pieces(source: str, symbols: Set[str]) -> list[_Piece]:
    """The lexer's tokens, told apart as words and mathematics; units after numbers in one piece."""
    toks = [t for t in lexer.tokenize(source) if t[0] not in ("end", "delim", "skip")]
    found: list[_Piece] = []
    i = 0
    while i < len(toks):
        kind, _value, start, end = toks[i]
        written = source[start:end]
        if kind == "num" or (kind == "vulgar" and not (found and found[-1].kind == "num" and found[-1].end == start)):
            if (comma := _decimal_comma(toks, i, source, symbols)) is not None:
                found.append(comma)
                i += 3
                if (unit := _unit_at(source, start, comma.end, symbols)) is not None:
                    found.append(unit)
                    while i < len(toks) and toks[i][2] < unit.end:
                        i += 1
                continue
            stop = _number_end(toks, i, source)
            last = toks[stop - 1][3]
            if (percent := _PER_CENT.match(source, last)) is not None and not source[start:last].endswith("%"):
                found.append(
                    _Piece("num", source[start : percent.end()], start, percent.end(), source[start:last] + "%")
                )
                while stop < len(toks) and toks[stop][2] < percent.end():
                    stop += 1
                i = stop
                continue
            if stop == i + 1 and stop < len(toks) and toks[stop][2] == last and _is_word(toks, stop, source):
                # 3rd, 5apples, 10ths; 2x and 5kg go on below
                word = source[toks[stop][2] : toks[stop][3]]
                if word in ("st", "nd", "rd", "th") or (word == "s" and len(written) > 2 and written.isdigit()):
                    found.append(_Piece("word", written + word, start, toks[stop][3]))
                    i = stop + 1
                    continue
            money = bool(found) and found[-1].kind == "cur" and found[-1].end == start
            large = _LARGE_AFTER.match(source, last) if stop == i + 1 else None
            if large is not None and (size := _multiplied(written, large[1])):
                found.append(_Piece("num", source[start : large.end()], start, large.end(), size))
                last = large.end()
                unit = _rate(source, last) if money else _unit_at(source, start, last, symbols)
                found += [unit] if unit is not None else []
                while stop < len(toks) and toks[stop][2] < found[-1].end:
                    stop += 1
                i = stop
                continue
            parts = _PARTS.get(source[start:last].split()[-1].lower()) if stop == i + 2 else None
            copy = f"{written}/{parts}" if parts else "".join(written.split()) if _GROUPED.fullmatch(written) else ""
            found.append(_Piece("num", source[start:last], start, last, copy))
            i = stop
            unit = _rate(source, last) if money else _unit_at(source, start, last, symbols)
            if unit is not None:
                found.append(unit)
                while i < len(toks) and toks[i][2] < unit.end:
                    i += 1
            continue
        if written[:1].isalpha() and kind not in ("cmd",):
            last, stop = _word_end(toks, i, source)
            word = source[start:last]
            if stop == i + 1:
                found.append(_Piece(_letters(kind, word, toks, i, source, symbols), word, start, last))
            else:
                found.append(_Piece("word", word, start, last))
            if found[-1].kind == "name" and not word.isupper() and word[0] != "d":
                found[-1] = replace(found[-1], copy="*".join(word))  # mgh
            if len(found) > 1 and found[-1].kind == "letter" and found[-2].text == "delta" and len(word) == 1:
                found[-2:] = [_Piece("letter", source[found[-2].start : last], found[-2].start, last, "Δ" + word)]
            i = stop
            continue
        if kind in ("dots", "arrow", "bad", "row", "&") or kind == ".":
            found.append(_Piece("punct", written, start, end))
        else:
            found.append(_Piece(kind, written, start, end))
        i += 1
    return _without_words_in_brackets(found)


def _decimal_comma(toks: list[lexer.Token], i: int, source: str, symbols: Set[str]) -> _Piece | None:
    """A number with a decimal comma: one that measures something, since "2,3" may be two numbers."""
    if [t[0] for t in toks[i : i + 3]] != ["num", ",", "num"] or toks[i][3] + 1 != toks[i + 2][2]:
        return None
    start, end = toks[i][2], toks[i + 2][3]
    written = source[start:end]
    if not written.replace(",", "").isdigit() or source[start - 1 : start] == "," or source[end : end + 1] == ",":
        return None
    money = source[start - 1 : start] in ("$", "£", "€") and start > 0
    if not money and source[end : end + 1] != "%" and _unit_at(source, start, end, symbols) is None:
        return None
    if source[end : end + 1] == "%":
        return None
    return _Piece("num", written, start, end, written.replace(",", "."))


def _multiplied(written: str, large: str) -> str:
    """1.2 and million -> 1200000; empty for a number that is no plain decimal, such as ½, or too long to write out."""
    try:
        size = _EXACT.multiply(Decimal("".join(written.split()).replace(",", "")), _LARGE[large.lower()])
    except (InvalidOperation, Inexact, Overflow):
        return ""
    return f"{_EXACT.normalize(size):f}" if abs(size.adjusted()) <= _MOST_DIGITS else ""


_MOST_DIGITS = 400
_EXACT = Context(prec=_MOST_DIGITS, traps=[InvalidOperation, Inexact, Overflow])
_LARGE_AFTER = re.compile(r" (hundred|thousand|million|billion|trillion)\b", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:\s\d{3})+(?:\.\d+)?")


def _number_end(toks: list[lexer.Token], i: int, source: str) -> int:
    """Past the lexer's tokens of one numeral: 2 1/2, 3½, 15%, 3/4; the index after the last of them."""
    kind = [t[0] for t in toks[i : i + 5]] + [""] * 5
    where = [(t[2], t[3]) for t in toks[i : i + 5]] + [(-9, -9)] * 5
    stop = i + 1

    def joined(k: int) -> bool:
        return where[k][0] == where[k - 1][1]

    def whole(k: int) -> bool:
        return source[where[k][0] : where[k][1]].isdigit()

    if kind[0] == "num" and kind[1] == "vulgar":
        stop = i + 2
    elif kind[:4] == ["num", "num", "/", "num"] and all(map(whole, (0, 1, 3))) and joined(2) and joined(3):
        after = source[where[3][1] : where[3][1] + 1]
        if where[1][0] == where[0][1] + 1 and after not in ("/", "^"):
            stop = i + 4
    elif (kind[1] == "name" and source[slice(*where[1])].lower() in _PART_WORDS and whole(0)) or (
        kind[1] == "%" and where[1][0] <= where[0][1] + 1
    ):
        stop = i + 2
    return stop


def _is_word(toks: list[lexer.Token], i: int, source: str) -> bool:
    return source[toks[i][2] : toks[i][3]].isalpha() and toks[i][0] != "cmd"


def _word_end(toks: list[lexer.Token], i: int, source: str) -> tuple[int, int]:
    """Past a word with what is glued to it by a hyphen or an apostrophe: don't, twenty-one, x-axis, co-ordinates."""
    stop = i + 1
    last = toks[i][3]
    while stop + 1 < len(toks) and toks[stop][0] in ("'", "-") and toks[stop][2] == last == toks[stop + 1][2] - 1:
        after = source[toks[stop + 1][2] : toks[stop + 1][3]]
        if not after.isalpha() or toks[stop + 1][0] == "cmd":
            break
        before = source[toks[stop - 1][2] : toks[stop - 1][3]]
        if toks[stop][0] == "-" and len(before) < 3 and len(after) < 3:
            break
        last = toks[stop + 1][3]
        stop += 2
    if stop < len(toks) and toks[stop][0] == "'" and toks[stop][2] == last and len(source[toks[i][2] : last]) > 1:
        last, stop = toks[stop][3], stop + 1
    return last, stop


def _letters(kind: str, word: str, toks: list[lexer.Token], i: int, source: str, symbols: Set[str]) -> str:
    """What a run of letters is: a word, a letter of mathematics, a function, a name beside a sign."""
    before = toks[i - 1] if i else None
    after = toks[i + 1] if i + 1 < len(toks) else None
    glued_before = before is not None and before[3] == toks[i][2]
    glued_after = after is not None and after[2] == toks[i][3]
    sign_before = before is not None and before[0] in _BETWEEN | {"rel"}
    sign_after = after is not None and after[0] in _BETWEEN | {"rel", "sup", "sub", "_"}
    if len(word) == 1:
        if word not in _ARTICLES:
            return "letter"
        if glued_after and after is not None and after[0] in ("num", "("):
            return "letter"  # A1, a(b + c)
        beyond_after = toks[i + 2] if i + 2 < len(toks) else None
        if sign_after and after is not None and (after[0] in ("rel", "sup", "sub", "_") or glued_after):
            return "letter"
        if sign_after and beyond_after is not None and not _is_long_word(beyond_after, source):
            return "letter"
        if sign_before and (after is None or not _is_long_word(after, source)):
            return "letter"
        if (
            glued_before
            and before is not None
            and before[0] in ("num", "(", "name", ")")
            and (after is None or not _is_long_word(after, source) or before[0] == "num")
        ):
            return "letter"
        if word in symbols and after is not None and source[after[2] : after[3]] in ("is", "equals", "equal"):
            return "letter"
        return "word"
    if word in names.GREEK or word in ("pi", "Pi", "infinity"):
        return "const" if kind == "const" else "letter"
    if word in _WORDLIKE_OPERATORS:
        return "func" if kind == "func" and glued_after and after is not None and after[0] == "(" else "word"
    if kind == "func":
        return "func" if after is not None and not _is_long_word(after, source) else "word"
    if kind in ("set", "Sigma", "int", "series"):
        return "letter"
    beside = (glued_before and before is not None and before[0] in _BETWEEN | {"rel", "num", ")", "("}) or (
        glued_after and sign_after
    )
    if _SHORT_NAME.fullmatch(word) and (
        beside or (sign_before and sign_after) or (word.isupper() and (sign_before or sign_after))
    ):
        return "name"
    ends = after is None or after[0] in ("rel", "sup", ",", ".", ";", "?", "!", *_BETWEEN)
    is_product = word in _PRODUCTS
    may_be_one = is_product or (len(word) < 4 and word not in unit_words.WORDS)
    if sign_before and may_be_one and (word.lower() not in _SHORT_WORDS or (is_product and ends)):
        return "name"  # F = ma, v = u + at
    if glued_before and before is not None and source[before[2] : before[3]] in _GREEK_LETTERS and len(word) < 4:
        return "name"  # ρgh
    first_of_all = is_product and before is None and after is not None and word.lower() not in _SHORT_WORDS
    if first_of_all and after is not None and source[after[2] : after[3]] in ("is", "equals"):
        return "name"  # mgh is 5 J
    related = after is not None and after[0] == "rel"
    if related and (is_product or (_LETTERS.fullmatch(word) and word not in unit_words.WORDS)):
        return "name"  # mgh = 100
    if word in symbols and (sign_before or sign_after):
        return "name"
    return "word"


def _is_long_word(token: lexer.Token, source: str) -> bool:
    written = source[token[2] : token[3]]
    return len(written) > 1 and written.isalpha() and token[0] not in ("func", "const", "cmd")


def _without_words_in_brackets(pieces: list[_Piece]) -> list[_Piece]:
    """Brackets with words inside, or without a partner, are punctuation."""
    kept = list(pieces)
    opened: list[int] = []
    matched: set[int] = set()
    for i, piece in enumerate(kept):
        if piece.kind in _OPENING:
            opened.append(i)
        elif piece.kind in _CLOSING and opened:
            start = opened.pop()
            if _OPENING[kept[start].kind] == piece.kind or piece.kind in ")]":
                inside = kept[start + 1 : i]
                if inside and not any(p.kind in ("word", "punct", ";") for p in inside):
                    matched |= {start, i}
                if _in_passing(kept, start, i):
                    matched -= {start, i}
    for i, piece in enumerate(kept):
        if piece.kind in (*_OPENING, *_CLOSING) and i not in matched:
            kept[i] = _Piece("punct", piece.text, piece.start, piece.end)
    return kept


def _in_passing(pieces: list[_Piece], start: int, end: int) -> bool:
    """An amount that a sentence holds in brackets: "the radius (7 cm) is"."""
    kinds = [p.kind for p in pieces[start + 1 : end] if p.kind != "cur"]
    before = pieces[start - 1] if start else None
    after = pieces[end + 1] if end + 1 < len(pieces) else None
    return (
        kinds in (["num"], ["num", "unit"])
        and before is not None
        and before.kind == "word"
        and before.end < pieces[start].start
        and (after is None or after.kind in ("word", "punct", ".", ",", ";", "?", "!"))
    )


# ---------------------------------------------------------------- units


def _unit_at(source: str, start: int, end: int, symbols: Set[str]) -> _Piece | None:
    """The unit after the number at a place."""
    number = source[start:end]
    if number.endswith("%"):
        return None
    place = end
    while source[place : place + 1] in (" ", "-"):
        place += 1
    if place == end + 1 and source[end] == "-" and not source[place : place + 2].isalpha():
        return None
    if source[end:place].strip(" ") not in ("", "-"):
        return None
    sign, around = source[place : place + 1], (source[:start].rstrip()[-1:], source[place + 1 :].lstrip()[:1])
    if (
        sign in ("€", "£")
        and source[end:place] in ("", " ")
        and around[0] not in ("€", "£")
        and not around[1].isdigit()
    ):
        return _Piece("unit", sign, place, place + 1, sign)  # 7 € each
    word = re.match(r"[A-Za-z]+", source[place:])
    lower = word.group().lower() if word else ""
    if lower in _MONEY or lower in _CENTS:
        written = place + len(lower)
        over = _rate(source, written)
        written = over.end if over else written
        copy = _MONEY.get(lower, "cents") + (over.copy if over else "")
        return _Piece("unit", source[place:written], place, written, copy)
    found = unit_words.scan(
        source,
        place if source[end:place] == "-" else end,
        symbols,
        physical=True,
        number=number if number[0].isdigit() else "12",
        before=_related(source[:start]),
    )
    if found is None:
        glued = _GLUED.match(source, end)
        if glued and source[glued.end() :].lstrip()[:1] in ("", ".", ",", ";", ")") and _is_lone(glued[0], source):
            return _Piece("unit", glued[0], end, glued.end(), glued[0])
        return _other_unit(source, place)
    words = [w for w, _ in found.factors]
    if words[0] in _COUNTED and len(words) == 1:
        return None
    if any(w in names.STOP_WORDS and w != "second" for w in words[1:]):
        return None
    if (turn := _TURNS.search(source[end : found.end])) is not None:
        return _unit_at(source[: end + turn.start()], start, end, symbols)  # 3 m turns out
    stop = found.end
    if place == end and len(words) == 1 and found.factors[0][1] == 1 and len(source[end:stop]) == 1:
        # 5m: a unit in front of words, a product among signs
        around = source[stop:].lstrip()[:1], source[:start].rstrip()[-1:].replace("=", "")
        if not _is_lone(words[0], source):
            return None
        if words[0] not in _LONE or around[0] in tuple("+-*/^=<>(") or (around[1] in tuple("+-*/^=<>(") and around[1]):
            return None
    if not source[stop - 1].isalnum() and source[stop - 1] not in "°²³⁻¹)":
        stop = end + len(source[end:stop].rstrip())
    over = _rate(source, stop) if all(e > 0 for _, e in found.factors) else None
    if over is not None:
        return _Piece("unit", source[place : over.end], place, over.end, _short(words[0]) + over.copy)
    return _Piece("unit", source[place:stop], place, stop, _in_short(found.factors))


_TURNS = re.compile(r"(?<=\w)\s+(?:turns?|light)\b")


def _is_lone(letter: str, source: str) -> bool:
    """Whether a letter stands once, so that it is hardly an unknown of the line."""
    return len(re.findall(rf"(?<![A-Za-z]){re.escape(letter)}(?![A-Za-z])", source)) == 1


_GLUED = re.compile(r"[mgsNJWVKCLA](?![A-Za-z^])")
_RATE = re.compile(
    r"\s*(?:/|per\b|(?:an?|every|each)\b(?=\s+(?:hour|minute|day|week|month|year|kilogram|kilo|kg|litre|liter|mile|gallon)\b))\s*([a-z]+)",
    re.IGNORECASE,
)


def _rate(source: str, at: int) -> _Piece | None:
    """`/day`, "per hour" after money."""
    found = _RATE.match(source, at)
    if found is None or found[1].lower() not in unit_words.WORDS:
        return None
    start = at + len(found.group()) - len(found.group().lstrip())
    return _Piece("unit", source[start : found.end()], start, found.end(), "/" + _short(found[1].lower()))


_OTHER = re.compile(r"([A-Za-z]+)(?:\s*(?:/|per\b)\s*([A-Za-z]+))?")
_OTHERS = frozenset(
    "kB KB MB GB TB kb Mb Gb Mbps Gbps mL ml cL kL kilobyte kilobytes megabyte megabytes gigabyte gigabytes kmph bps dB"
    " pint pints quart quarts tablespoon tablespoons teaspoon teaspoons tsp tbsp decade decades century centuries"
    " hectare hectares px".split()
)


_LOOSE = {"kilo": "kg", "kilos": "kg", "kmh": "km/h", "kph": "km/h"}


def _other_unit(source: str, place: int) -> _Piece | None:
    """A unit that physics does not use: GB/min, pints."""
    found = _OTHER.match(source, place)
    if found is not None and found[1].lower() in _LOOSE:
        return _Piece("unit", found[1], place, found.end(1), _LOOSE[found[1].lower()])
    if found is None or found[1] not in _OTHERS:
        return None
    if found[2] and found[2].lower() in unit_words.WORDS:
        return _Piece("unit", found.group(), place, found.end(), f"{found[1]}/{_short(found[2])}")
    return _Piece("unit", found[1], place, found.end(1), found[1])


def _related(before: str) -> str:
    """The text before a number, where it may name what is measured: `s = 20 m`, but not "is 20 m"."""
    return before if before.rstrip().endswith(("=", "≈", "<", ">")) else ""


def _unit(source: str, token: Token, symbols: Set[str]) -> Token | None:
    """The unit after a number in words."""
    if token.kind != "number" or token.copy.endswith("%") or token.text[-1:].isdigit():
        return None
    found = _unit_at(source, token.start, token.end, symbols)
    if found is None or source[found.start : found.end].lower() in ("second", "third"):
        return None
    if len(found.text) == 1:
        return None
    return Token(found.text, found.start, found.end, "unit", found.copy)


def _in_short(factors: tuple[tuple[str, int], ...]) -> str:
    """(("metres", 1), ("second", -2)) -> m/s^2"""

    def power(word: str, exponent: int) -> str:
        return _short(word) + (f"^{exponent}" if exponent != 1 else "")

    above = "*".join(power(w, e) for w, e in factors if e > 0)
    below = [power(w, -e) for w, e in factors if e < 0]
    if len(factors) == 1 and factors[0][1] == 1 and len(above) == 1:
        return factors[0][0]  # "5 metres" is a length in any text; 5 m may be a product
    if not above:
        return "*".join(f"{_short(w)}^{e}" for w, e in factors)
    if len(below) > 1:
        return f"{above}/({'*'.join(below)})"
    return above + "".join("/" + b for b in below)


def _short(word: str) -> str:
    """metres -> m, kilograms -> kg; what has no short form stays."""
    if word in unit_words.SINGLES:
        return word
    for form in (word, word.lower(), word.lower().removesuffix("s")):
        if form in _SHORT:
            return _SHORT[form]
        for prefix, letter in _PREFIXES.items():
            if form.startswith(prefix) and (rest := form.removeprefix(prefix)) in _SHORT:
                return letter + _SHORT[rest]
    return word


# ---------------------------------------------------------------- mathematics in one piece


def _mathematics(pieces: list[_Piece], at: int, source: str, before: list[Token]) -> tuple[Token, int] | None:
    """The longest run from a place on that is mathematics and can be read; None where none begins."""
    first = pieces[at]
    signed = first.kind in ("-", "+", "±") and _is_prefix(pieces, at, before)
    if not (signed or first.kind in _OPERAND):
        return None
    end = at + 1
    while end < len(pieces) and end - at < _MAX_RUN and _goes_on(pieces, end, at):
        end += 1
    for stop in range(end, at, -1):
        last = pieces[stop - 1]
        if last.kind not in _FULL:
            continue
        run = pieces[at:stop]
        if not _balanced(run):
            continue
        if len(run) == 1:
            return _alone(run[0], source), stop
        if len(run) == 2 and run[0].kind == "num" and run[1].kind == "unit":
            return _alone(run[0], source), at + 1
        if len(run) == 3 and run[0].kind == "cur" and run[1].kind == "num" and run[2].kind == "unit":
            continue
        text = _written(run, source)
        if not _reads(text):
            continue
        kind: Kind = "equation" if any(p.kind == "rel" for p in run) else "math"
        if kind == "math" and _is_numeral(run):
            kind = "number"
        if kind == "math" and run[-1].kind == "unit" and sum(p.kind == "unit" for p in run) == 1:
            # 3 × 10^8 m/s is copied with its unit beside it.
            run, stop = run[:-1], stop - 1
            text = _written(run, source)
        return Token(source[first.start : run[-1].end], first.start, run[-1].end, kind, text), stop
    return None


def _is_prefix(pieces: list[_Piece], at: int, before: list[Token]) -> bool:
    """A sign that stands before a number or letter, glued to it, and with nothing to join it to."""
    if at + 1 >= len(pieces) or pieces[at + 1].start != pieces[at].end or pieces[at + 1].kind not in _OPERAND:
        return False
    if not before or at == 0:
        return True
    glued = before[-1].end == pieces[at].start
    return not glued and before[-1].kind not in ("number", "math", "unit")


def _goes_on(pieces: list[_Piece], k: int, first: int) -> bool:
    """Whether the piece can belong to the mathematics that runs up to it."""
    piece, last = pieces[k], pieces[k - 1]
    spaced = piece.start > last.end
    kind = piece.kind
    after = pieces[k + 1] if k + 1 < len(pieces) else None
    if kind == "cur" and k - first > 1 and _is_times(pieces, k - 1):
        return True
    if kind in ("word", "punct", ";", ".", "?", "cur") and not (kind == "cur" and last.kind not in _FULL):
        return False
    if kind == ",":
        return _depth(pieces, first, k) > 0
    if kind in _BETWEEN:
        if kind == ":":
            return last.kind == "num" and after is not None and after.kind == "num"
        if kind in "+-" and last.kind in _FULL and spaced and after is not None and after.start == piece.end:
            return after.kind in _OPERAND  # 5 -3
        return after is not None and (after.kind in _OPERAND or after.kind in _BETWEEN)
    if kind == "rel":
        return after is not None and (after.kind in _OPERAND or after.kind in ("-", "+", "±")) and last.kind in _FULL
    if kind == "!":
        return not spaced and after is not None and (after.kind in _BETWEEN | {"rel", ")"} or after.start == piece.end)
    if kind in _AFTER or kind == "_":
        return not spaced or kind == "°"
    if kind in _CLOSING:
        return True
    if kind == "unit":
        return True
    joined = last.kind in _FULL
    if kind == "num" and last.kind == "letter" and not spaced:
        return True  # x1
    if kind == "num" and joined and last.kind not in (")", "]", "sup"):
        return last.kind == "letter" and last.text in "xX" and k - first >= 2 and pieces[k - 2].kind == "num" and spaced
    if kind == "num" and joined:
        return False
    if kind in ("letter", "name") and joined and spaced:
        if last.kind == "letter":
            return after is not None and after.kind in _BETWEEN | {"rel", "sup", "sub"}
        if last.kind == "unit":
            return piece.text in "xX" and _is_times(pieces, k)
        return piece.text not in _ARTICLES
    if kind in ("(", "[") and joined and spaced:
        return last.kind in ("num", "letter", ")")
    if kind == "func" and joined and spaced:
        return last.kind in ("num", "letter", ")")
    return True


def _depth(pieces: list[_Piece], first: int, k: int) -> int:
    return sum((p.kind in _OPENING) - (p.kind in _CLOSING) for p in pieces[first:k])


def _balanced(run: list[_Piece]) -> bool:
    depth = 0
    for piece in run:
        depth += (piece.kind in _OPENING) - (piece.kind in _CLOSING)
        if depth < 0:
            return False
    return depth == 0


def _is_numeral(run: list[_Piece]) -> bool:
    """$1,200   3/4   -5   2 1/2   15%"""
    kinds = [p.kind for p in run]
    if kinds[0] in "+-" and len(kinds) > 1:
        kinds = kinds[1:]
    if kinds[0] == "cur":
        kinds = kinds[1:]
    if kinds == ["num", "/", "num"]:
        return run[-1].end - run[-3].start == sum(len(p.text) for p in run[-3:]) and all(
            p.text.isdigit() for p in (run[-3], run[-1])
        )
    return kinds in (["num"], ["num", "%"], ["num", "unit"])


def _alone(piece: _Piece, source: str) -> Token:
    kind: Kind = "number" if piece.kind in ("num", "vulgar") else "math"
    written = source[piece.start : piece.end]
    return Token(written, piece.start, piece.end, kind, piece.copy or written)


def _written(run: list[_Piece], source: str) -> str:
    """The run as it stands, its units in short."""
    out: list[str] = []
    at = run[0].start
    for k, piece in enumerate(run):
        out.append(source[at : piece.start])
        if piece.kind == "unit":
            if piece.copy[:1] in "$£€":
                out[-1] = out[-1].rstrip()
                number = len(out) - 2
                out[number] = piece.copy[:1] + out[number]
                out.append(piece.copy[1:])
            else:
                glued = out[-1] == "" and piece.copy[:1].isalpha()
                out.append(f" {piece.copy}" if glued else piece.copy)
        elif piece.text in ("x", "X") and _is_times(run, k):
            out.append("*")
        else:
            out.append(piece.copy or source[piece.start : piece.end])
        at = piece.end
    return "".join(out)


def _is_times(run: list[_Piece], k: int) -> bool:
    """3 x 4, 5 kg x (2 + 3)"""
    if not 0 < k < len(run) - 1 or run[k - 1].end == run[k].start:
        return False
    return run[k - 1].kind in ("num", "unit", ")", "%") and run[k + 1].kind in ("num", "(", "cur")


def _reads(text: str) -> bool:
    try:
        read(text)
    except (NotReadable, TooLarge):
        return False
    return True


# ---------------------------------------------------------------- words, and numbers in words


def _in_words(pieces: list[_Piece], at: int, source: str) -> tuple[Token, int] | None:
    """The number that a run of words says, and the index after it; None where none begins."""
    words: list[tuple[str, int]] = []  # a word of the run, the index of its piece
    for k in range(at, min(at + 10, len(pieces))):
        piece = pieces[k]
        if piece.kind == "word":
            if k > at and source[pieces[k - 1].end : piece.start].strip():
                break
            words += [(part, k) for part in piece.text.lower().split("-")]
        elif piece.kind == "num" and k > at and words[-1][0] == "point":
            words.append((piece.text, k))
        else:
            break
    taken = _number_in_words([w for w, _ in words])
    if taken is None and words[0][0] in ("a", "an") and len(words) > 1 and words[1][0] in _MEASURES:
        taken = 1, "1"  # an hour
    if [w for w, _ in words[:2]] in (["half", "a"], ["half", "an"]) and len(words) > 2 and words[2][0] in _MEASURES:
        taken = 2, "1/2"  # half an hour
    if taken is None:
        return None
    count, copy = taken
    stop = words[count - 1][1] + 1
    if count < len(words) and words[count][1] == stop - 1:
        return None  # a part of a hyphened word: "one-way"
    start, end = pieces[at].start, pieces[stop - 1].end
    if stop < len(pieces) and pieces[stop].text.lower() in _PERCENT:
        end, copy, stop = pieces[stop].end, copy + "%", stop + 1
    return Token(source[start:end], start, end, "number", copy), stop


def _number_in_words(words: list[str]) -> tuple[int, str] | None:
    """How many words of a list say a number at its beginning, and the number in figures.

    >>> _number_in_words("one hundred and five apples".split())
    (4, '105')
    >>> _number_in_words("two and a half of".split()), _number_in_words("a quarter of".split())
    ((4, '2 1/2'), (2, '1/4'))
    """
    if not words:
        return None
    first = words[0]
    second = words[1] if len(words) > 1 else ""
    if first in _ONE and second in _PARTS and second not in ("second",):
        return 2, f"1/{_PARTS[second]}"
    if first in ("a", "an") and second not in _LARGE:
        return None
    if first not in _SMALL and first not in _TENS and first not in _LARGE and first not in ("a", "an"):
        return None
    count, value = _whole(words)
    if count == 0:
        return None
    rest = words[count:]
    if rest[:1] == ["point"] and len(rest) > 1:
        digits = ""
        used = 1
        for word in rest[1:]:
            if word not in _SMALL or _SMALL[word] > 9:
                break
            digits, used = digits + str(_SMALL[word]), used + 1
        if digits:
            return count + used, f"{value}.{digits}"
    if rest[:1] and rest[0] in _PARTS and value < 20 and (value > 1) == rest[0].endswith("s"):
        return count + 1, f"{value}/{_PARTS[rest[0]]}"
    if rest[:1] == ["and"] and len(rest) > 2:
        top = 1 if rest[1] in _ONE else _SMALL.get(rest[1], 0)
        if top and rest[2] in _PARTS and rest[2] != "second" and (top > 1) == (rest[2].endswith("s")):
            return count + 3, f"{value} {top}/{_PARTS[rest[2]]}"
    return count, str(value)


def _whole(words: list[str]) -> tuple[int, int]:
    """How many words say a whole number, and which: "one hundred and twenty three"."""
    total, group, used, k = 0, 0, 0, 0
    last = ""  # the class of the word before
    while k < len(words):
        word = words[k]
        if (word in _SMALL and last in ("", "large", "and")) or (
            word in _SMALL and last == "tens" and 0 < _SMALL[word] < 10
        ):
            group += _SMALL[word]
            last = "small"
        elif word in _TENS and last in ("", "large", "and"):
            group += _TENS[word]
            last = "tens"
        elif word in ("a", "an") and k == 0:
            group = 1
            last = "small"
        elif word in _LARGE and last in ("", "small", "tens", "large"):
            size = _LARGE[word]
            if size <= 100:
                group = max(group, 1) * size
            else:
                total, group = total + max(group, 1) * size, 0
            last = "large"
        elif (
            word == "and"
            and last == "large"
            and k + 1 < len(words)
            and (words[k + 1] in _TENS or words[k + 1] in _SMALL)
            and words[k - 1] != "dozen"
        ):
            last = "and"
            k += 1
            continue
        else:
            break
        k += 1
        used = k
    return used, total + group


def _single(piece: _Piece, text: str) -> Token:
    written = text[piece.start : piece.end]
    kind: Kind
    if piece.kind == "rel":
        kind = "relation"
    elif piece.kind in _BETWEEN and piece.kind != ":":
        kind = "operator"
    elif piece.kind == "unit":
        return Token(written, piece.start, piece.end, "unit", piece.copy)
    elif piece.kind in ("word", "name", "func", "letter", "upright") or written[:1].isalpha():
        kind = "word"
    else:
        kind = "punct"
    copy = written if len(written) == 1 and written.isalpha() else ""
    return Token(written, piece.start, piece.end, kind, copy)
