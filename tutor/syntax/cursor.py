# ruff: noqa: D102  (the declarations at the end are documented where they are defined)
"""The reader's place in a line, and what every part of the reader asks of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from tutor.errors import TooLarge
from tutor.regex import regex
from tutor.syntax import names
from tutor.syntax.hints import ReadHints
from tutor.syntax.lexer import Token
from tutor.syntax.tree import Chain, Expr, Number, Product, Span, Statement

MAX_DEPTH = 40


class Stop(Exception):
    """Reading cannot go on at this token; `wanted` says what was looked for."""

    def __init__(self, wanted: str, index: int) -> None:
        self.wanted = wanted
        self.index = index


ADDITIVE = frozenset("+-±∓")


# Kinds that may follow an operand as the next factor of an unwritten product.
STARTS = frozenset(
    """
    num name upright func const ( [ { √ root vulgar | |( cmd begin int floor ceil set angle series lim Sigma Pi
    cur deriv ⟨ ‖
    """.split()
)


CLOSERS = frozenset({")", "]", "}", "set}", "|", "|)", "⌋", "⌉", "⟩", "close", "row", "&", "end"})


WORDLIKE = frozenset({"name", "upright", "func", "of", "per", "int", "and", "or", "mod", "lim"})


_D = r"(?:d|∂|\\mathrm\s*\{\s*d\s*\}|\\text\s*\{\s*d\s*\}|\\partial\s*)"


_LETTER = r"(?:\\?(?:alpha|beta|theta|phi|omega|rho|lambda|sigma|tau)(?![A-Za-z])|[A-Za-zα-ω])"


_ORDER = r"(?:\s*\^\s*\{?\s*([2-9])\s*\}?|([²³⁴]))?"


DERIVATIVE = regex(rf"{_D}{_ORDER}\s?({_LETTER}(?:\([a-z]\))?)?\s?/\s?{_D}\s?({_LETTER}){_ORDER}(?![A-Za-z0-9])")


STACKED_DERIVATIVE = regex(
    rf"\\[dtc]?frac\s*\{{\s*{_D}{_ORDER}\s*({_LETTER})?\s*\}}\s*\{{\s*{_D}\s*({_LETTER}){_ORDER}\s*\}}"
)


_SPLIT_FUNCTIONS = sorted(
    (f for f in (*names.TRIGONOMETRIC, *names.INVERSE.values(), "ln", "log", "exp", "sqrt")), key=len, reverse=True
)


_VARIABLES = "[xyztuvwabknrmABCDR]"


RUN_OF_FUNCTIONS = regex(
    rf"(?:{_VARIABLES}{{0,2}}?(?:{'|'.join(_SPLIT_FUNCTIONS)}))+(?:{_VARIABLES}{{0,2}}|{_VARIABLES}?d[a-z]|pi)"
)


_FUNCTION_OR_LETTER = regex(rf"{'|'.join(_SPLIT_FUNCTIONS)}|pi$|.")


NOT_FUNCTIONS = frozenset(
    """
    cost costs since single sing sink tank tang tang sine cosine tangent login logs logo land secant secs sect
    since tang tango sing basin blog knots rexp unsin sins sini cosy cots cotta expo expel lnd logic
    """.split()
)


FINER: dict[str, frozenset[str]] = {
    word: frozenset(finer.split())
    for words, finer in (
        ("h hr hrs hour hours", "m min mins minute minutes s sec secs second seconds"),
        ("min mins minute minutes", "s sec secs second seconds"),
        ("day days", "h hr hrs hour hours"),
        ("week weeks", "day days"),
        ("year years", "month months week weeks day days"),
        ("month months", "day days week weeks"),
        ("ft foot feet", "in inch inches"),
        ("yd yard yards", "ft foot feet in inch inches"),
        ("lb lbs pound pounds", "oz ounce ounces"),
        ("m metre metres meter meters", "cm mm centimetres centimeters"),
        ("km", "m"),
        ("kg", "g"),
        ("dollar dollars", "cent cents"),
    )
    for word in words.split()
}


FRACTION_UNIT = Span(-1, -1)


RELATION_WORDS = {"in": "in", "notin": "notin", "subset": "subset", "propto": "∝"}


DEGREES = frozenset({"degrees", "degree", "deg"})


Part = TypeVar("Part")


class Cursor:
    """One pass over the tokens of a line.

    toks: its own list, since a run of letters may be split on the way.
    bars: |…| open in the innermost bracket, -1 where | separates. integrals: ∫ whose dx is still to come.
    closing: that dx has just been read. raising: inside an exponent, where no unit stands.
    soft: stop at prose instead of failing. wordy: a phrase was read as a value.
    choices: the questions that are to have their second answer. seen: the questions that came up.
    """

    __slots__ = (
        "bars",
        "choices",
        "closing",
        "depth",
        "hints",
        "integrals",
        "letters",
        "pos",
        "raising",
        "seen",
        "soft",
        "source",
        "toks",
        "wordy",
    )

    def __init__(self, source: str, toks: list[Token], hints: ReadHints, choices: frozenset[str]) -> None:
        self.source = source
        self.toks = toks
        self.hints = hints
        self.choices = choices
        self.seen: dict[str, None] = {}
        self.pos = 0
        self.depth = 0
        self.bars = 0
        self.integrals = 0
        self.closing = False
        self.raising = False
        self.soft = False
        self.wordy = False
        self.letters: frozenset[str] | None = None

    def asks(self, question: str) -> bool:
        """Note that the line is ambiguous here; True where the second answer is to be taken."""
        self.seen[question] = None
        return question in self.choices

    def deeper(self) -> None:
        """Go one level down; see MAX_DEPTH."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooLarge(f"More than {MAX_DEPTH} brackets, signs or powers stand inside one another.")

    def kind(self) -> str:
        """The kind of the token at hand."""
        return self.toks[self.pos][0]

    def take(self, kind: str, wanted: str) -> int:
        """Pass a token of this kind; its end."""
        token = self.toks[self.pos]
        if token[0] != kind:
            raise Stop(wanted, self.pos)
        self.pos += 1
        return token[3]

    def adjacent(self) -> bool:
        """No space stands before the token at hand."""
        return self.pos > 0 and self.toks[self.pos - 1][3] == self.toks[self.pos][2]

    def span_from(self, start: int) -> Span:
        """From an offset to the end of the last token passed."""
        return Span(start, self.toks[self.pos - 1][3])

    def singles(self) -> frozenset[str]:
        """The letters that stand alone somewhere in the line or are known from the work."""
        if self.letters is None:
            known = {n for n in self.hints.symbols if len(n) == 1}
            self.letters = frozenset(known | {t[1] for t in self.toks if t[0] == "name" and len(t[1]) == 1})
        return self.letters

    def attempt(self, part: Callable[[], Part], back_to: int) -> Part | None:
        """The part, or None (and back to the token) where prose begins; outside prose a failure is a failure."""
        if not self.soft:
            return part()
        state = (back_to, self.depth, self.bars, self.integrals, self.closing, self.raising)
        try:
            return part()
        except Stop:
            self.pos, self.depth, self.bars, self.integrals, self.closing, self.raising = state
            return None

    if TYPE_CHECKING:
        # The classes built on this one provide these.
        def alternatives(self) -> Statement: ...
        def chain(self) -> Statement: ...
        def chain_from(self, first: Expr | Chain) -> Statement: ...
        def operands(self) -> Expr: ...
        def sum(self) -> Expr: ...
        def signed(self, part: Callable[[], Expr] | None = None) -> Expr: ...
        def signed_factor(self) -> Expr: ...
        def multiplied(self, factors: list[Expr], signs: list[str]) -> Product: ...
        def looks_cross(self, index: int, before: Expr | None = None) -> bool: ...
        def factor(self) -> Expr: ...
        def number_with(self, number: Number) -> Expr: ...
        def power(self, base: Expr, start: int) -> Expr | None: ...
        def superscript(self, base: Expr, start: int) -> Expr: ...
        def little(self, value: str, at: int) -> Expr: ...
        def limit_value(self) -> Expr: ...
        def operand(self, kind: str) -> Expr: ...
        def ungroup(self) -> None: ...
        def group(self) -> Expr: ...
        def argument_group(self) -> Expr: ...
        def bracket(self) -> Expr: ...
        def radical(self) -> Expr: ...
        def derivative(self, found: re.Match[str]) -> Expr: ...
        def series(self, kind: str) -> Expr: ...
        def letter(self) -> Expr: ...
