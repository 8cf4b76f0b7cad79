"""One line of mathematics to a tree: a precedence-climbing reader over the tokens of `lexer`.

Where a line has two plausible meanings the reader takes the likelier and notes the question; `readings` asks it
again with the other answer. Nothing is evaluated here.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tutor.errors import NotReadable, TooLarge
from tutor.syntax import advice, names
from tutor.syntax.lexer import Token, plain, tokenize
from tutor.syntax.tree import (
    Absolute,
    Arrow,
    Both,
    Bracket,
    Call,
    Chain,
    Constant,
    Either,
    Expr,
    Factorial,
    Listing,
    Negative,
    Number,
    Percent,
    PlusMinus,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    Span,
    Statement,
    Sum,
    Symbol,
    Tuple,
)

MAX_DEPTH = 64
MAX_DIGITS = 10_000
MAX_READINGS = 4


@dataclass(frozen=True, slots=True)
class ReadHints:
    """What is known of the work around the line.

    symbols: the unknowns and givens in use. functions: names that are applied, as f in f(x).
    decimal_comma, cross_is_times: None where nothing is known. complex: i is the imaginary unit.
    units: a single letter after a number is a unit.
    """

    symbols: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    decimal_comma: bool | None = None
    cross_is_times: bool | None = None
    complex: bool = False
    units: bool = False


NO_HINTS = ReadHints()

_STARTS = frozenset({"num", "name", "func", "const", "(", "[", "√", "root", "vulgar", "|"})
_RELATIONS = frozenset({"rel"})


class _Stop(Exception):
    """Reading cannot go on at this token; `wanted` says what was looked for."""

    def __init__(self, wanted: str, index: int) -> None:
        self.wanted = wanted
        self.index = index


@lru_cache(maxsize=4096)
def _numeral(text: str) -> tuple[Fraction, int | None]:
    """The exact value of a numeral and its decimal places."""
    digits = text.replace(",", "").replace(" ", "").replace("'", "")
    if len(digits) > MAX_DIGITS:
        raise TooLarge(f"This numeral has more than {MAX_DIGITS:,} digits.")
    mantissa, _, exponent = digits.lower().partition("e")
    whole, point, decimals = mantissa.partition(".")
    value = Fraction(int(whole + decimals or "0"), 10 ** len(decimals))
    places: int | None = len(decimals) if decimals else None
    if exponent:
        power = int(exponent)
        if abs(power) > MAX_DIGITS:
            raise TooLarge(f"This numeral has more than {MAX_DIGITS:,} digits.")
        value *= Fraction(10) ** power
        places = max((places or 0) - power, 0) or None
    return value, places


class _Reader:
    __slots__ = ("bars", "choices", "depth", "hints", "pos", "seen", "soft", "text", "toks")

    def __init__(self, text: str, toks: tuple[Token, ...], hints: ReadHints, choices: frozenset[str]) -> None:
        self.text = text
        self.toks = toks
        self.hints = hints
        self.choices = choices
        self.seen: dict[str, None] = {}
        self.pos = 0
        self.depth = 0
        self.bars = 0
        self.soft = False

    def asks(self, question: str) -> bool:
        """Note that the line is ambiguous here; True where the second answer is to be taken."""
        self.seen[question] = None
        return question in self.choices

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooLarge(f"More than {MAX_DEPTH} brackets or signs stand inside one another.")

    # ------------------------------------------------------------ statements

    def statement(self) -> Statement:
        first: Statement = self.alternatives()
        if self.toks[self.pos][0] != "arrow":
            return first
        parts = [first]
        arrows = []
        while self.toks[self.pos][0] == "arrow":
            arrows.append(self.toks[self.pos][1])
            self.pos += 1
            parts.append(self.alternatives())
        return Arrow(tuple(parts), tuple(arrows), span=Span(parts[0].span.start, parts[-1].span.end))

    def alternatives(self) -> Statement:
        first = self.claims()
        kind = self.toks[self.pos][0]
        if kind not in ("or", "and", ";"):
            return first
        parts = [first]
        while (k := self.toks[self.pos][0]) == kind or k in ("or", "and", ";"):
            self.pos += 1
            parts.append(self.claims())
        cls = Either if kind == "or" else Both
        return cls(tuple(parts), span=Span(parts[0].span.start, parts[-1].span.end))

    def claims(self) -> Statement:
        first = self.chain()
        if self.toks[self.pos][0] != ",":
            return first
        parts = [first]
        while self.toks[self.pos][0] == ",":
            self.pos += 1
            parts.append(self.chain())
        span = Span(parts[0].span.start, parts[-1].span.end)
        if all(isinstance(p, Expr) for p in parts):
            return Listing(tuple(parts), span=span)  # type: ignore[arg-type]
        return Both(tuple(parts), span=span)

    def chain(self) -> Statement:
        first = self.sum()
        toks = self.toks
        if toks[self.pos][0] != "rel":
            return first
        operands = [first]
        relations = []
        while toks[self.pos][0] == "rel":
            relations.append(toks[self.pos][1])
            self.pos += 1
            operands.append(self.sum())
        return Chain(tuple(operands), tuple(relations), span=Span(first.span[0], operands[-1].span[1]))

    # ------------------------------------------------------------ expressions

    def sum(self) -> Expr:
        toks = self.toks
        kind, _, start, _ = toks[self.pos]
        left = self.signed() if kind in "+-±∓" else self.product()
        kind = toks[self.pos][0]
        if kind not in _ADDITIVE:
            return left
        terms = [left]
        while kind in _ADDITIVE:
            sign_at = toks[self.pos][2]
            self.pos += 1
            k = toks[self.pos][0]
            right = self.signed() if k in _ADDITIVE else self.product()
            if kind == "+":
                terms.append(right)
            elif kind == "-":
                terms.append(Negative(right, span=Span(sign_at, right.span[1])))
            else:
                before = terms[0] if len(terms) == 1 else Sum(tuple(terms), span=Span(start, terms[-1].span[1]))
                terms = [PlusMinus(before, right, kind, span=Span(start, right.span[1]))]
            kind = toks[self.pos][0]
        if len(terms) == 1:
            return terms[0]
        return Sum(tuple(terms), span=Span(start, terms[-1].span[1]))

    def signed(self) -> Expr:
        """A term with a sign before it."""
        kind, _, start, _ = self.toks[self.pos]
        self.pos += 1
        self.deeper()
        inner = self.signed() if self.toks[self.pos][0] in _ADDITIVE else self.product()
        self.depth -= 1
        span = Span(start, inner.span[1])
        if kind == "-":
            return Negative(inner, span=span)
        if kind == "+":
            return Positive(inner, span=span)
        return PlusMinus(None, inner, kind, span=span)

    def signed_factor(self) -> Expr:
        kind, _, start, _ = self.toks[self.pos]
        if kind not in _ADDITIVE:
            return self.factor()
        self.pos += 1
        self.deeper()
        inner = self.signed_factor()
        self.depth -= 1
        span = Span(start, inner.span[1])
        if kind == "-":
            return Negative(inner, span=span)
        if kind == "+":
            return Positive(inner, span=span)
        return PlusMinus(None, inner, kind, span=span)

    def product(self) -> Expr:
        toks = self.toks
        left = self.factor()
        kind = toks[self.pos][0]
        if kind not in _GOES_ON:
            return left
        start = left.span[0]
        factors = [left]
        signs: list[str] = []
        while kind in _GOES_ON:
            if kind == "*" or kind == "of":
                sign = toks[self.pos][1]
                self.pos += 1
                factors.append(self.signed_factor())
                signs.append(sign)
            elif kind == "/":
                self.pos += 1
                bottom = self.signed_factor()
                top = factors[0] if len(factors) == 1 else self._product(factors, signs)
                factors = [Quotient(top, bottom, span=Span(start, bottom.span[1]))]
                signs = []
            elif kind == "|" and self.bars:
                break
            elif kind == "num" and not isinstance(factors[-1], Bracket):
                break
            else:
                factors.append(self.factor())
                signs.append("")
            kind = toks[self.pos][0]
        if len(factors) == 1:
            return factors[0]
        return self._product(factors, signs)

    def _product(self, factors: list[Expr], signs: list[str]) -> Product:
        return Product(tuple(factors), tuple(signs), span=Span(factors[0].span[0], factors[-1].span[1]))

    def factor(self) -> Expr:
        """An operand with its exponent, factorial, percent and degree signs."""
        toks = self.toks
        kind, value, start, end = toks[self.pos]
        node: Expr
        if kind == "num":
            self.pos += 1
            exact, places = _numeral(value)
            node = Number(value, exact, places, span=Span(start, end))
        elif kind == "name":
            node = self.name()
        elif kind == "(":
            node = self.bracket()
        else:
            node = self.operand(kind)
        kind = toks[self.pos][0]
        while kind in _POSTFIX:
            if kind == "^":
                self.pos += 1
                self.deeper()
                exponent = self.signed_factor()
                self.depth -= 1
                node = Power(node, exponent, span=Span(start, exponent.span[1]))
            elif kind == "!":
                node = Factorial(node, span=Span(start, toks[self.pos][3]))
                self.pos += 1
            elif kind == "%":
                node = Percent(node, span=Span(start, toks[self.pos][3]))
                self.pos += 1
            kind = toks[self.pos][0]
        return node

    def operand(self, kind: str) -> Expr:
        _, value, start, end = self.toks[self.pos]
        if kind == "func":
            return self.function()
        if kind == "const":
            self.pos += 1
            return Constant(names.CONSTANTS.get(value, value), span=Span(start, end))
        if kind == "√":
            self.pos += 1
            self.deeper()
            inner = self.factor()
            self.depth -= 1
            return Root(inner, span=Span(start, inner.span[1]))
        if kind == "|":
            self.pos += 1
            self.deeper()
            outer = self.bars
            self.bars = 1
            inner = self.sum()
            self.bars = outer
            self.depth -= 1
            if self.toks[self.pos][0] != "|":
                raise _Stop("|", self.pos)
            self.pos += 1
            return Absolute(inner, span=Span(start, self.toks[self.pos - 1][3]))
        if kind == "[":
            return self.bracket()
        raise _Stop("operand", self.pos)

    def bracket(self) -> Expr:
        toks = self.toks
        kind, _, start, _ = toks[self.pos]
        self.pos += 1
        self.deeper()
        outer, self.bars = self.bars, 0
        items = [self.sum()]
        while toks[self.pos][0] == ",":
            self.pos += 1
            items.append(self.sum())
        self.bars = outer
        self.depth -= 1
        if toks[self.pos][0] != (")" if kind == "(" else "]"):
            raise _Stop(")", self.pos)
        end = toks[self.pos][3]
        self.pos += 1
        if len(items) == 1:
            return Bracket(items[0], kind, span=Span(start, end))
        return Tuple(tuple(items), span=Span(start, end))

    def function(self) -> Expr:
        _, value, start, _ = self.toks[self.pos]
        name = names.FUNCTIONS[value]
        self.pos += 1
        subscript: Expr | None = None
        if self.toks[self.pos][0] == "_":
            self.pos += 1
            subscript = self.factor()
        power: Expr | None = None
        if self.toks[self.pos][0] == "^":
            self.pos += 1
            power = self.signed_factor()
        self.deeper()
        args: tuple[Expr, ...]
        if self.toks[self.pos][0] == "(":
            inner = self.bracket()
            args = inner.items if isinstance(inner, Tuple) else (inner.inner,)  # type: ignore[attr-defined]
            bracketed = True
        else:
            args = (self.argument(),)
            bracketed = False
        self.depth -= 1
        span = Span(start, self.toks[self.pos - 1][3])
        node: Expr
        if name == "sqrt":
            node = Root(args[0], span=span)
        elif name == "abs":
            node = Absolute(args[0], span=span)
        else:
            node = Call(name, args, subscript, span=span, bracketed=bracketed)
        return node if power is None else Power(node, power, span=span)

    def argument(self) -> Expr:
        factors = [self.signed_factor()]
        while self.toks[self.pos][0] in ("name", "const"):
            factors.append(self.factor())
        return factors[0] if len(factors) == 1 else self._product(factors, [""] * (len(factors) - 1))

    def name(self) -> Expr:
        _, value, start, end = self.toks[self.pos]
        self.pos += 1
        if len(value) > 1 and value not in self.hints.symbols and value not in names.GREEK:
            if len(value) > 2:
                raise _Stop("operand", self.pos - 1)
            factors: list[Expr] = [Symbol(c, span=Span(start + i, start + i + 1)) for i, c in enumerate(value)]
            return self._product(factors, [""] * (len(factors) - 1))
        if value == "e":
            return Constant("e", span=Span(start, end))
        if self.toks[self.pos][0] == "_":
            sub = self.toks[self.pos + 1]
            self.pos += 2
            return Symbol(f"{value}_{sub[1]}", span=Span(start, sub[3]))
        return Symbol(value, span=Span(start, end))


_ADDITIVE = frozenset("+-±∓")
_POSTFIX = frozenset({"^", "!", "%"})
_GOES_ON = _STARTS | {"*", "/", "of"}


def _run(text: str, hints: ReadHints, choices: frozenset[str]) -> tuple[Statement, dict[str, None]]:
    toks = tokenize(text)
    reader = _Reader(text, toks, hints, choices)
    try:
        found = reader.statement()
        if toks[reader.pos][0] != "end":
            raise _Stop("operator", reader.pos)
    except _Stop as stop:
        raise unreadable(text, toks, stop) from None
    return found, reader.seen


def unreadable(text: str, toks: tuple[Token, ...], stop: _Stop) -> NotReadable:
    found = toks[stop.index]
    before = toks[stop.index - 1][0] if stop.index else ""
    return NotReadable(plain(text), found[2], found[3], advice.sentence(stop.wanted, before, found[0]))


def read(text: str, hints: ReadHints = NO_HINTS) -> Statement:
    """The likeliest meaning of a line.

    Raises:
        NotReadable: with the place and what was expected there.
        TooLarge: longer, deeper or with longer numerals than is taken on.
    """
    return _run(text, hints, frozenset())[0]


def readings(text: str, hints: ReadHints = NO_HINTS) -> tuple[Statement, ...]:
    """All plausible meanings of a line, likeliest first; at most four."""
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
    """The likeliest meaning of a text that is one expression."""
    found = read(text, hints)
    if not isinstance(found, Expr):
        raise NotReadable(plain(text), 0, len(text), "An expression belongs here, without a relation sign.")
    return found
