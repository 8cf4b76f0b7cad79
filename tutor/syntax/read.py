"""One line of mathematics to a tree: a precedence-climbing reader over the tokens of `lexer`.

Where a line has two plausible meanings the reader takes the likelier and notes the question; `readings` asks it
again with the other answer. Nothing is evaluated here.
"""

from __future__ import annotations

import re

from tutor.errors import NotReadable, TooLarge
from tutor.syntax import advice
from tutor.syntax.cursor import MAX_DEPTH, Stop
from tutor.syntax.hints import NO_HINTS, ReadHints
from tutor.syntax.lexer import Token, plain, tokenize
from tutor.syntax.statements import Reader
from tutor.syntax.tree import (
    AllValues,
    Chain,
    Expr,
    Interval,
    NoSolution,
    NumberSet,
    SetOf,
    Span,
    Statement,
    Symbol,
    Words,
)

__all__ = [
    "MAX_DEPTH",
    "MAX_READINGS",
    "NO_HINTS",
    "ReadHints",
    "read",
    "read_expr",
    "read_longest",
    "readings",
    "tokenize",
]

MAX_READINGS = 4


_NO_SOLUTION = re.compile(
    r"(?:(?:so |hence |therefore |∴ ?)?(?:there (?:is|are|exists?)|(?:the |this )?(?:equation|system|inequality) has"
    r"|[a-z] has|[a-z] ?=|it has|has)\s+)?(?:no\s+(?:such\s+)?(?:real\s+|integer\s+|rational\s+|possible\s+|valid\s+)?"
    r"(?:solutions?|roots?|zeros?|values?|answers?)(?:\s+(?:for|of)\s+[a-z])?|no\s+[a-z]|none)",
    re.IGNORECASE,
)


_ALL_VALUES = re.compile(
    r"(?:(?:so |hence |therefore )?(?:[a-z]\s*=\s*|[a-z]\s+(?:is|can be)\s+|(?:the )?solutions?(?: set)? (?:is|are)\s+"
    r"|there (?:is|are)\s+|true for\s+|it is\s+))?(?:(?:all|any|every)\s+(?:real\s+)?(?:numbers?|values?|reals?|[a-z])"
    r"(?:\s+of\s+[a-z])?|infinitely\s+many(?:\s+solutions)?|infinite(?:\s+number\s+of)?\s+solutions|always\s+true"
    r"|\(?-(?:∞|infinity|oo),\s*(?:∞|infinity|oo)\))",
    re.IGNORECASE,
)


_UPRIGHT = re.compile(r"\\(?:text|mathrm|textrm|mbox)\s*\{([^{}]*)\}")


def _run(text: str, hints: ReadHints, choices: frozenset[str]) -> tuple[Statement, dict[str, None]]:
    toks = list(tokenize(text))
    source = text if text.isascii() else plain(text)
    reader = Reader(source, toks, hints, choices)
    _trim(toks)
    try:
        if toks[0][0] == "arrow":
            reader.pos = 1
        found = _whole(reader)
        if toks[reader.pos][0] != "end":
            raise Stop("operator", reader.pos)
    except Stop as stop:
        phrase = _phrase(text)
        if phrase is not None:
            return phrase, {}
        raise _unreadable(text, toks, stop) from None
    if reader.wordy or isinstance(found, Interval):
        found = _phrase(text) or found
        if isinstance(found, Words) and len(found.text.split()) > 3:
            raise NotReadable(plain(text), 0, len(text), "There are words here, and no mathematics.")
    return _settled(found), reader.seen


def _whole(reader: Reader) -> Statement:
    if reader.kind() in ("begin", "set{"):
        found = reader.system()
        if found is not None:
            return found
    return reader.statement()


def _connected(toks: list[Token], soft: bool) -> list[Token]:
    """Without the signs that set mathematics off from words, where the mathematics goes on across them."""
    kept: list[Token] = []
    around = _ACROSS if soft else _ACROSS | {",", "(", ")", "."}
    for i, token in enumerate(toks):
        if token[0] == "delim":
            after = i + 1
            while toks[after][0] == "delim":
                after += 1
            if not kept or toks[after][0] == "end" or kept[-1][0] in around or toks[after][0] in around:
                continue
        kept.append(token)
    return kept


_ACROSS = frozenset({"or", "and", "rel", "arrow"})


def _trim(toks: list[Token]) -> None:
    """Drop what does not belong to the claim: a tick, a full stop, a comma at the end, a $ at either end."""
    if any(t[0] == "skip" or t[0] == "delim" for t in toks):
        toks[:] = _connected([t for t in toks if t[0] != "skip"], soft=False)
    while len(toks) > 1 and (toks[-2][0] in (".", ",", ";", "row") or toks[-2][1] == "QED"):
        del toks[-2]
    while len(toks) > 3 and toks[0][1] == "$" == toks[-2][1] and toks[-3][0] != "num":
        del toks[-2], toks[0]
        while len(toks) > 1 and toks[-2][0] in (".", ","):
            del toks[-2]
    if len(toks) > 3 and toks[0][1] == "$" == toks[-2][1] and sum(t[1] == "$" for t in toks) == 2:
        del toks[-2], toks[0]
    # So that looking ahead needs no bounds.
    toks += toks[-1:] * 3
    toks += toks[-1:] * 3  # so that looking ahead needs no bounds


def _phrase(text: str) -> Statement | None:
    """`no solution`, `all real numbers`"""
    if len(text) > 100:
        return None
    words = " ".join(_UPRIGHT.sub(r"\1", plain(text)).strip(" .!$").split())
    span = Span(0, len(text))
    if _NO_SOLUTION.fullmatch(words):
        return NoSolution(span=span)
    if _ALL_VALUES.fullmatch(words):
        return AllValues(span=span)
    return None


def _settled(found: Statement) -> Statement:
    """x ∈ ∅ and x ∈ R say that there is no solution, or that every value is one."""
    if isinstance(found, Chain) and found.relations == ("in",) and isinstance(found.operands[0], Symbol):
        right = found.operands[1]
        if isinstance(right, SetOf) and not right.items:
            return NoSolution(span=found.span)
        if isinstance(right, NumberSet) and right.name == "R":
            return AllValues(span=found.span)
    if isinstance(found, SetOf) and not found.items:
        return NoSolution(span=found.span)
    return found


def _unreadable(text: str, toks: list[Token], stop: Stop) -> NotReadable:
    found = toks[min(stop.index, len(toks) - 1)]
    before = toks[stop.index - 1][0] if stop.index else ""
    return NotReadable(plain(text), found[2], found[3], advice.sentence(stop.wanted, before, found[0]))


def where_it_stops(text: str) -> tuple[str, str, str]:
    """What the reader looked for where it stops in a broken text, the kind of token before, and the kind found."""
    toks = list(tokenize(text))
    reader = Reader(plain(text), toks, NO_HINTS, frozenset())
    _trim(toks)
    try:
        _whole(reader)
        wanted, index = "operator", reader.pos
    except Stop as stop:
        wanted, index = stop.wanted, stop.index
    return wanted, toks[index - 1][0] if index else "", toks[min(index, len(toks) - 1)][0]


def read(text: str, hints: ReadHints = NO_HINTS) -> Statement:
    """The likeliest meaning of a line.

    Raises:
        NotReadable: with the place and what was expected there.
        TooLarge: longer, deeper or with longer numerals than is taken on.
    """
    return _run(text, hints, frozenset())[0]


def readings(text: str, hints: ReadHints = NO_HINTS) -> tuple[Statement, ...]:
    """All plausible meanings of a line, likeliest first; at most four.

    Raises as `read` does.
    """
    first, questions = _run(text, hints, frozenset())
    if not questions:
        return (first,)
    found = [first]
    for question in questions:
        try:
            other = _run(text, hints, frozenset({question}))[0]
        except (NotReadable, TooLarge):
            continue
        if other not in found:
            found.append(other)
    return tuple(found[:MAX_READINGS])


def read_expr(text: str, hints: ReadHints = NO_HINTS) -> Expr:
    """The likeliest meaning of a text that is one expression; raises as `read` does."""
    found = read(text, hints)
    if not isinstance(found, Expr):
        raise NotReadable(plain(text), 0, len(text), "An expression belongs here, without a relation sign.")
    return found


def read_longest(text: str, start: int = 0, hints: ReadHints = NO_HINTS) -> tuple[Statement, int] | None:
    """The longest claim that begins at an offset, and the offset where it ends; None where none begins.

    Prose ends it: of "so she plants 280 * 3/4 = 210 tulips." and the offset of 280 it reads up to "tulips".

    Raises:
        TooLarge: as `read` does.
    """
    toks = list(tokenize(text))
    first = 0
    while toks[first][2] < start:
        first += 1
    toks = toks[first:]
    if any(t[0] == "skip" or t[0] == "delim" for t in toks):
        toks = _connected([t for t in toks if t[0] != "skip"], soft=True)
    if toks[0][0] == "end":
        return None
    toks += toks[-1:] * 3
    source = text if text.isascii() else plain(text)
    reader = Reader(source, toks, hints, frozenset())
    reader.soft = True
    try:
        found = _whole(reader)
    except Stop:
        return None
    return found, toks[reader.pos - 1][3]
