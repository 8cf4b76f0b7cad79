"""Units, counted nouns and money after and before a number."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tutor.syntax import names
from tutor.syntax.cursor import FINER, NOT_FUNCTIONS, RUN_OF_FUNCTIONS, WORDLIKE, Cursor, Stop
from tutor.syntax.numerals import numeral
from tutor.syntax.shapes import is_power_of_ten, unit_text
from tutor.syntax.tree import (
    Bracket,
    Call,
    Constant,
    Degrees,
    Expr,
    Mixed,
    Negative,
    Node,
    Number,
    Percent,
    PlusMinus,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Span,
    Sum,
    Symbol,
    Unit,
    rebuild,
    walk,
)
from tutor.syntax.unit_words import SINGLES, WORDS, scan

_ABBREVIATED = frozenset(
    ["in", "ft", "oz", "lb", "hr", "min", "sec", "yd", "mi", "hrs", "lbs", "mins", "secs", "gal", "qt", "pt", "sq"]
)


_COMPOUND = frozenset(
    (p[0], p[2]) for p in ["m/s", "N/m", "N/C", "V/m", "W/m", "J/s", "C/s", "J/K", "J/C", "g/L", "m/h", "N/s"]
)


_SHORT_UNITS = names.SINGLE_UNITS | frozenset(u for u in names.UNITS if len(u) <= 3)


class Units(Cursor):
    """Reads units and amounts."""

    __slots__ = ()

    def unit_here(self, node: Expr) -> Unit | None:
        """The unit or counted noun that begins at this token, if one does."""
        toks = self.toks
        kind, value, start, _end = toks[self.pos]
        hints = self.hints
        if self.raising:
            return None
        if (found := self.written_unit(node)) is not None:
            return found
        if value in hints.symbols or (kind == "name" and value in hints.functions):
            return None
        if hints.physical and kind == "name" and value in SINGLES:
            return None
        numeric = isinstance(node, Number | Mixed | Percent | Quotient) or (
            isinstance(node, Power) and isinstance(node.base, Number)
        )
        if kind == "upright":
            if not isinstance(node, Number | Mixed | Bracket | Quotient | Symbol | Root | Power | Constant):
                return None
            if value in names.STOP_WORDS and value != "in":
                return None
            if len(value) == 1 and value not in names.SINGLE_UNITS:
                return None
        elif len(value) == 1:
            if isinstance(node, Power) and isinstance(node.base, Number) and node.base.text == "10":
                # 7.35 × 10^6 J
                if value not in names.SINGLE_UNITS:
                    return None
                return self.unit()
            if not numeric or value not in names.SINGLE_UNITS or not self.single_letter_unit(value):
                return None
        elif not numeric:
            if value not in names.UNITS or value in ("in", "second", "square") or self.adjacent():
                return None
            if hints.physical and isinstance(node, Symbol) and set(value) <= self.singles():
                return None  # μ mg: the letters of the work
            if not isinstance(node, Bracket | Symbol | Root | Power | Constant):
                return None
        elif not self.word_unit(value, start):
            return None
        return self.unit()

    def written_unit(self, node: Expr) -> Unit | None:
        """The unit of physics at hand, `m/s²` or `J/(kg K)`, if one is; the tokens in it are passed."""
        toks = self.toks
        bare = isinstance(node, Number | Mixed) or is_power_of_ten(node)
        if not bare and not _is_measurable(node):
            return None
        at = toks[self.pos - 1][3] if self.pos else 0
        if "\\" in self.source:
            at = max(at, node.span[1])
        start = node.span[0]
        found = scan(
            self.source,
            at,
            self.hints.symbols,
            physical=self.hints.physical,
            number=self.source[start:at],
            before=self.source[:start],
            bare=bare,
        )
        if found is None:
            return None
        last = self.pos
        while toks[last][2] < found.end and toks[last][0] != "end":
            last += 1
        if toks[last - 1][3] > found.end or (found.doubtful and self.asks("the letter after the number is a symbol")):
            return None
        first = toks[self.pos][2]
        self.pos = last
        plain = "\\" not in self.source and self.source[first] != "("
        text = self.source[first : found.end].strip() if plain else unit_text(list(found.factors))
        return Unit(text, found.factors, span=Span(first, found.end))

    def one_of(self, top: Expr, bottom: Expr) -> Expr:
        """`(24.0 h)/(d)`: a unit alone below a quantity is one of it."""
        if (
            not isinstance(bottom, Bracket)
            or not isinstance(bottom.inner, Symbol)
            or not isinstance(top, Bracket | Quantity)
            or (isinstance(top, Bracket) and not isinstance(top.inner, Quantity))
        ):
            return bottom
        word = bottom.inner.name
        if word not in WORDS or word in self.hints.symbols:
            return bottom
        unit = Unit(word, ((word, 1),), span=bottom.inner.span)
        one = Quantity(Number("1", Fraction(1), span=bottom.inner.span), unit, span=bottom.inner.span)
        return replace(bottom, inner=one)

    def single_letter_unit(self, letter: str) -> bool:
        """`14 m`, `14 m/s`: a letter after a number that is a unit."""
        toks = self.toks
        pos = self.pos
        spaced = not self.adjacent()
        if self.hints.units:
            numbered = toks[pos + 1][0] == "num" and toks[pos + 1][2] == toks[pos][3]
            return not numbered or (letter in "ms" and toks[pos + 1][1] in ("2", "3"))  # 0.24 V2; 5 m2
        after, following = toks[pos + 1], toks[pos + 2]
        if letter in "CFTHtlΩ" and letter != "C":
            return False
        if after[0] == "/" and following[0] in ("name", "upright") and after[2] == toks[pos][3]:
            known = following[1] in names.UNITS or following[1] in names.SINGLE_UNITS
            if known and (len(following[1]) > 1 or spaced or toks[pos + 3][0] in ("^", "sup")):
                return following[1] not in self.hints.symbols
        if after[0] == "/" and following[0] == "(" and toks[pos + 3][1] in names.UNITS:
            return True
        if after[0] == "/" and (letter, following[1]) in _COMPOUND and following[1] not in self.hints.symbols:
            return True
        if not spaced:
            return False
        if after[0] == "num" and following[1] in FINER.get(letter, ()):
            return True
        if after[0] == ")" and (toks[pos - 2][0] == "(" or (toks[pos - 2][0] in "+-" and toks[pos - 3][0] == "(")):
            return True
        if after[0] == "name" and after[1] == "x" and following[0] == "num":
            return True
        used = sum(
            t[0] == "name" and t[1] == letter and not (i > 1 and toks[i - 1][0] == "/" and self.is_unit_word(i - 2))
            for i, t in enumerate(toks)
        )
        as_unit = sum(
            t[0] == "name" and t[1] == letter and i > 0 and toks[i - 1][0] == "num" and toks[i - 1][3] < t[2]
            for i, t in enumerate(toks)
        )
        ends = after[0] in ("end", "rel", ",", ".", ";", ")", "arrow", "delim")
        if used != as_unit and any(t[0] == "^" and i and toks[i - 1][1] == "10" for i, t in enumerate(toks)):
            return ends
        if (
            used != as_unit
            or (not ends and after[0] in ("^", "sup", "name", "const", "func"))
            or (after[0] == "(" and after[2] == toks[pos][3])
        ):
            return after[0] in ("^", "sup") and used == as_unit and letter in "ms" and toks[0][1] != letter
        others = any(
            t[0] == "name"
            and i
            and (toks[i - 1][0] == "num" or toks[i - 2][1] == "10")
            and (t[1] in names.UNITS or (t[1] in names.SINGLE_UNITS and (t[1], toks[i + 2][1]) in _COMPOUND))
            for i, t in enumerate(toks)
        )
        alone = toks[1][1] == "=" and toks[0][0] == "name" and ends
        return others or used > 1 or alone

    def word_unit(self, value: str, start: int) -> bool:
        """Whether a word of two letters or more after a number is a unit or a counted noun."""
        toks = self.toks
        if value in names.UNITS:
            if value == "in":
                return (
                    toks[self.pos + 1][0] not in WORDLIKE
                    and toks[self.pos + 1][0] not in ("delim", "upright")
                    and toks[self.pos + 1][0] != "num"
                )
            if len(value) == 2 and set(value) <= self.singles():
                return False
            return not (
                (value in ("mo", "Omega") and self.source[start : start + 1] not in ("Ω", "\\"))
                or (value == "sec" and toks[self.pos + 1][0] in ("(", "name", "^", "sup"))
            )
        if len(value) == 2 or value in names.STOP_WORDS or value in names.GREEK or value in names.EACH:
            return False
        if value.lower() in names.UNITS:
            return True
        if not value.isalpha() or value in ("choose", "sum", "prod") or set(value) <= self.singles():
            return False
        if RUN_OF_FUNCTIONS.fullmatch(value) and value not in NOT_FUNCTIONS:
            return False
        if value.startswith("pi") and len(value) <= 4:
            return False
        if value.isupper() or not value[1:].islower() or (self.soft and value[0].isupper()):
            return False
        # `2abc` typed together is a product whose letters are not known, not a noun.
        return toks[self.pos - 1][3] < start or len(value) > 4

    def unit(self) -> Unit:
        """km, m/s^2, kg·m/s², socks per pair, square feet: the factors with their exponents."""
        toks = self.toks
        start = toks[self.pos][2]
        factors: list[tuple[str, int]] = []
        sign = 1
        if self.kind() in ("/", "per"):
            sign = -1
            self.pos += 1
        while True:
            self.unit_factor(factors, sign)
            kind, value, at, end = toks[self.pos]
            after = toks[self.pos + 1]
            if kind in ("/", "*") and after[0] == "°" and toks[self.pos + 2][1] in ("C", "F"):
                factors.append((f"°{toks[self.pos + 2][1]}", -1 if kind == "/" else sign))
                self.pos += 3
                break
            if kind == "/" and self.is_unit_word(self.pos + 1):
                self.pos += 1
                sign = -1
            elif kind == "/" and after[0] == "(" and self.is_unit_word(self.pos + 2):
                self.pos += 2
                while self.kind() in ("name", "upright"):
                    self.unit_factor(factors, -1)
                    if self.kind() == "*":
                        self.pos += 1
                self.take(")", ")")
                break
            elif kind == "per" and after[0] in ("name", "upright"):
                self.pos += 1
                sign = -1
            elif (
                kind == "*"
                and self.is_unit_word(self.pos + 1)
                and after[1] in _SHORT_UNITS
                and (value == "·" or (value == "*" and toks[self.pos - 1][3] == at and end == after[2]))
            ):
                self.pos += 1
            elif kind in ("name", "upright") and self.unit_goes_on(factors[-1][0]):
                if value in ("a", "an"):
                    self.pos += 1
                    sign = -1
            else:
                break
        written = self.source[start : toks[self.pos - 1][3]]
        if "\\" in self.source:
            written = unit_text(factors)
        return Unit(written, tuple(factors), span=self.span_from(start))

    def unit_goes_on(self, last: str) -> bool:
        """Whether the word at hand belongs to the unit: `kg m`, `glue sticks`, `dollars an hour`, `dozen eggs`."""
        kind, value, _, _ = self.toks[self.pos]
        after = self.toks[self.pos + 1]
        if value in self.hints.symbols or (value in ("x", "X")):
            return False
        if value in ("a", "an"):
            return after[0] in ("name", "upright") and after[1] in names.UNITS and len(after[1]) > 2
        if last in names.MULTIPLES or last == "$":
            return value in names.MULTIPLES or (
                last in names.MULTIPLES and self.is_unit_word(self.pos) and len(value) > 2
            )
        if value in _SHORT_UNITS and last in _SHORT_UNITS and value != "in":
            return (
                kind == "upright" or after[0] in ("^", "sup", "/") or self.hints.units or (len(last + value) > 2)
            ) and value not in self.hints.symbols
        return False

    def is_unit_word(self, index: int) -> bool:
        """The token can be a factor of a unit."""
        kind, value, _start, _ = self.toks[index]
        if kind not in ("name", "upright") or value in self.hints.symbols:
            return False
        if kind == "upright":
            return value not in names.STOP_WORDS
        if len(value) == 1:
            return value in names.SINGLE_UNITS
        if value in names.UNITS:
            return True
        return len(value) > 2 and value.islower() and value not in names.STOP_WORDS and value not in names.GREEK

    def unit_factor(self, factors: list[tuple[str, int]], sign: int) -> None:
        """One factor of a unit with its exponent, added to the factors."""
        toks = self.toks
        kind, value, _, _ = toks[self.pos]
        if kind not in ("name", "upright"):
            raise Stop("unit", self.pos)
        self.pos += 1
        exponent = 1
        if value in names.POWER_WORDS and self.is_unit_word(self.pos):
            exponent = names.POWER_WORDS[value]
            value = toks[self.pos][1]
            self.pos += 1
        word = self.possessive(value)
        known = value in names.UNITS or len(value) == 1
        if not known:
            # A counted noun of two words, `glue sticks`, and `pairs of socks`.
            nxt = toks[self.pos]
            if (
                nxt[0] == "name"
                and len(nxt[1]) > 2
                and nxt[1].islower()
                and nxt[1] not in names.STOP_WORDS
                and nxt[1] not in names.UNITS
                and nxt[1] not in names.EACH
                and nxt[1] not in self.hints.symbols
                and not nxt[1].endswith(("ed", "ing", "ly"))
            ):
                word = f"{word} {nxt[1]}"
                self.pos += 1
        if (
            toks[self.pos][0] == "of"
            and toks[self.pos + 1][0] in ("name", "upright")
            and len(toks[self.pos + 1][1]) > 2
            and toks[self.pos + 1][1] not in names.STOP_WORDS
            and value not in names.MULTIPLES
        ):
            if not known:
                word = f"{word} of {toks[self.pos + 1][1]}"
            self.pos += 2
        kind, value, _, _ = toks[self.pos]
        if kind == "^":
            after = toks[self.pos + 1]
            braced = after[0] == "{"
            at = self.pos + 1 + braced
            minus = toks[at][0] == "-"
            at += minus
            if toks[at][0] != "num" or not toks[at][1].isdigit() or len(toks[at][1]) > 2:
                raise Stop("unit", at)
            exponent = int(toks[at][1]) * (-1 if minus else 1)
            self.pos = at + 1
            if braced:
                self.take("}", "}")
        elif kind == "sup" and value.lstrip("-").isdigit() and len(value) < 4:
            exponent = int(value)
            self.pos += 1
        elif kind == "name" and value in ("squared", "cubed"):
            exponent = names.POWER_WORDS[value]
            self.pos += 1
        if (
            self.kind() == "."
            and word in _ABBREVIATED
            and toks[self.pos + 1][0] in ("*", "+", "-", "/", "rel", ")", "^")
        ):
            self.pos += 1
        factors.append(("Ω" if word == "Omega" else word, sign * exponent))

    def stacked_unit(self, number: Number) -> Expr:
        """10 \\frac{\\text{m}}{\\text{s}}"""
        start = self.toks[self.pos][2]
        self.pos += 1
        factors: list[tuple[str, int]] = []
        for sign in (1, -1):
            self.take("{", "{")
            while self.kind() in ("upright", "name"):
                self.unit_factor(factors, sign)
                if self.kind() == "*":
                    self.pos += 1
            self.take("}", "}")
        unit = Unit(unit_text(factors), tuple(factors), span=self.span_from(start))
        return Quantity(number, unit, span=self.span_from(number.span[0]))

    def compound(self, first: Quantity) -> Expr:
        """5 ft 6 in, 2 hours and 30 minutes: the sum of the two"""
        toks = self.toks
        finer = FINER.get(first.unit.factors[0][0]) if len(first.unit.factors) == 1 else None
        at = self.pos + (self.kind() == "and")
        if finer is None or toks[at][0] != "num" or toks[at + 1][0] not in ("name", "upright"):
            return first
        if toks[at + 1][1] not in finer or toks[at + 2][0] in ("/", "per", "^"):
            return first
        self.pos = at + 1
        _, value, start, end = toks[at]
        number = Number(value, *numeral(value), span=Span(start, end))
        unit = self.unit()
        second: Expr = Quantity(number, unit, span=self.span_from(start))
        if self.kind() in ("num", "and"):
            second = self.compound(second)  # type: ignore[arg-type]
        terms = second.terms if isinstance(second, Sum) else (second,)
        return Sum((first, *terms), span=self.span_from(first.span[0]))

    def possessive(self, word: str) -> str:
        """`children's bowls`, `girls' shoes`"""
        toks = self.toks
        if self.kind() == "'" and self.adjacent():
            after = toks[self.pos + 1]
            if after[1] == "s" and after[2] == toks[self.pos][3]:
                self.pos += 2
                return word + "'s"
            if word.endswith("s") and after[0] == "name":
                self.pos += 1
                return word + "'"
        return word

    def degrees(self, node: Expr, start: int) -> Expr:
        """30°, or 25 °C"""
        end = self.toks[self.pos][3]
        self.pos += 1
        kind, value, at, letter_end = self.toks[self.pos]
        value = {"Celsius": "C", "celsius": "C", "Fahrenheit": "F", "fahrenheit": "F"}.get(value, value)
        closing = kind == "}" and self.toks[self.pos + 1][1] in ("C", "F")
        if closing:
            kind, value, at, letter_end = self.toks[self.pos + 1]
        if kind in ("name", "upright") and value in ("C", "F", "K") and value not in self.hints.symbols:
            if closing:
                # The brace after ^{\circ} is passed by the caller; the letter is put in its place.
                self.toks[self.pos], self.toks[self.pos + 1] = self.toks[self.pos + 1], self.toks[self.pos]
            self.pos += 1
            unit = Unit(f"°{value}", ((f"°{value}", 1),), span=Span(at - 1, letter_end))
            return Quantity(node, unit, span=Span(start, letter_end))
        if isinstance(node, Call) and node.name in names.TRIGONOMETRIC and len(node.args) == 1:
            # sin (2x)^∘: the sign belongs to the angle.
            angle = _without_degrees(node.args[0])
            written = angle if isinstance(angle, Number | Symbol | Bracket) else Bracket(angle, span=angle.span)
            return replace(node, args=(Degrees(written, span=Span(angle.span[0], end)),), span=Span(start, end))
        return Degrees(node, span=Span(start, end))

    def degree_word(self, node: Expr) -> bool:
        """`30 degrees`, `30 deg`"""
        value = self.toks[self.pos][1]
        return value not in self.hints.symbols and (value != "deg" or not isinstance(node, Call))

    def money(self) -> Expr:
        """$5, $4/hour, $2.5 per kg, $3 million"""
        toks = self.toks
        _, sign, start, _end = toks[self.pos]
        self.pos += 1
        kind, value, at, number_end = toks[self.pos]
        node: Expr
        if kind == "num":
            self.pos += 1
            number = Number(value, *numeral(value), span=Span(at, number_end))
            node = self.number_with(number) if self.kind() in ("num", "vulgar", ",") else number
        elif kind == "(":
            node = self.bracket()
        elif kind == "-" and toks[self.pos + 1][0] == "num":
            node = self.signed(self.factor)
        elif kind == "name" and len(value) == 1:
            node = self.letter()
        else:
            raise Stop("amount", self.pos)
        factors = [(sign, 1)]
        kind, value, _, _ = toks[self.pos]
        if (kind == "/" and self.is_unit_word(self.pos + 1)) or (
            kind == "per" and toks[self.pos + 1][0] in ("name", "upright")
        ):
            factors += self.unit().factors
        elif kind in ("name", "upright") and (
            value in names.MULTIPLES or (value in ("a", "an") and self.unit_goes_on("$"))
        ):
            if value in ("a", "an"):
                self.pos += 1
                self.unit_factor(factors, -1)
            else:
                factors += self.unit().factors
        elif kind in ("name", "upright") and value in ("dollars", "dollar"):
            self.pos += 1
        self.each()
        text = sign + "".join(f"/{w}" if n == -1 else f" {w}" for w, n in factors[1:])
        span = self.span_from(start)
        return Quantity(node, Unit(text, tuple(factors), span=span), span=span)

    def each(self) -> None:
        """Pass `each` or `in total` after a quantity, where the line goes on or ends after it."""
        toks = self.toks
        at = self.pos
        if toks[at][1] == "in" and toks[at + 1][1] in ("total", "all"):
            at += 1
        goes_on = toks[at + 1][0] in ("rel", "end", "*", "+", "-", "/") or at > self.pos
        if toks[at][0] == "name" and toks[at][1] in names.EACH and goes_on:
            self.pos = at + 1


def _is_measurable(node: Expr) -> bool:
    """Whether a unit may stand after such an expression: a bracket, a fraction, a root, a constant without letters."""
    match node:
        case Number() | Mixed() | Constant():
            return True
        case Percent() | Symbol() | Quantity():
            return False
        case Bracket(inner) | Negative(inner):
            return _is_measurable(inner)
        case Sum() | Product() | Quotient() | Power() | Root() | Call() | PlusMinus():
            return all(n.__class__ is not Symbol and n.__class__ is not Quantity for n in walk(node))
    return False


def _without_degrees(angle: Expr) -> Expr:
    """The angle with the degree signs inside it left out, where one stands around all of it."""

    def change(node: Node) -> Node:
        return change(node.operand) if isinstance(node, Degrees) else rebuild(node, change)

    return change(angle)  # type: ignore[return-value]
