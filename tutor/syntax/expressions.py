"""Sums, products, powers: precedence climbing over the tokens of a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from tutor.errors import TooLarge
from tutor.syntax import names
from tutor.syntax.brackets import Brackets
from tutor.syntax.cursor import (
    ADDITIVE,
    CLOSERS,
    DEGREES,
    FRACTION_UNIT,
    MAX_DEPTH,
    RELATION_WORDS,
    STARTS,
    WORDLIKE,
    Stop,
)
from tutor.syntax.lexer import tokenize
from tutor.syntax.numerals import GROUPED, numeral, with_point
from tutor.syntax.shapes import is_power_of_ten, moved, spanning, vulgar_parts
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Choose,
    Constant,
    Differential,
    Dots,
    Expr,
    Factorial,
    Interval,
    Mixed,
    Negative,
    Number,
    NumberSet,
    Percent,
    PlusMinus,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    SetOf,
    SetOperation,
    Span,
    Sum,
    Symbol,
    Tuple,
    Unit,
    Words,
)

_GOES_ON = (STARTS | {"*", "/", "of", "mod", "per", ":", "."}) - {"cur", "set", "⟨"}


_POSTFIX = frozenset({"percent", "^", "!", "%", "°", "sup", "sub", "'", "prime", "permille", "cur", "name", "upright"})


_AFTER_NUMBER = frozenset({"num", "vulgar", "cmd", "name", ",", "("})


_THREE_DIGITS = re.compile(r"\d{3}")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})


class Expressions(Brackets):
    """Reads expressions."""

    __slots__ = ()

    def sum(self) -> Expr:
        """a + b - c, and F(x) |_a^b after it"""
        toks = self.toks
        kind, _, start, _ = toks[self.pos]
        left = self.signed() if kind in ADDITIVE else self.product()
        kind = toks[self.pos][0]
        if kind not in ADDITIVE:
            if kind == "|" and self.bars == 0 and toks[self.pos + 1][0] == "_":
                return self.evaluated(left)
            return left
        if self.integrals and self.closing:
            return left
        terms = [left]
        while kind in ADDITIVE:
            back = self.pos
            sign_at = toks[back][2]
            if self.closing and (toks[back + 1][0] in CLOSERS):
                break
            self.pos += 1
            part = self.signed if toks[self.pos][0] in ADDITIVE else self.product
            right = part() if not self.soft else self.attempt(part, back)
            if right is None:
                break
            if kind == "+":
                terms.append(right)
            elif kind == "-":
                terms.append(Negative(right, span=Span(sign_at, right.span[1])))
            else:
                before = terms[0] if len(terms) == 1 else Sum(tuple(terms), span=Span(start, terms[-1].span[1]))
                if right.__class__ is Quantity and before.__class__ is Number:
                    # 9.8 ± 0.1 m/s²: the unit belongs to both.
                    both = PlusMinus(before, right.value, kind, span=Span(start, right.value.span[1]))
                    terms = [Quantity(both, right.unit, span=Span(start, right.span[1]))]
                else:
                    terms = [PlusMinus(before, right, kind, span=Span(start, right.span[1]))]
            if self.integrals and self.closing:
                break
            kind = toks[self.pos][0]
        left = terms[0] if len(terms) == 1 else Sum(tuple(terms), span=Span(start, terms[-1].span[1]))
        if toks[self.pos][0] == "|" and self.bars == 0 and toks[self.pos + 1][0] == "_":
            return self.evaluated(left)
        return left

    def signed(self, part: Callable[[], Expr] | None = None) -> Expr:
        """A term (or what `part` reads) with signs before it."""
        kind, _, start, _ = self.toks[self.pos]
        if kind not in ADDITIVE:
            return (part or self.product)()
        self.pos += 1
        self.deeper()
        inner = self.signed(part)
        self.depth -= 1
        span = Span(start, inner.span[1])
        if kind == "-":
            return Negative(inner, span=span)
        if kind == "+":
            return Positive(inner, span=span)
        return PlusMinus(None, inner, kind, span=span)

    def signed_factor(self) -> Expr:
        """A factor with signs before it."""
        if self.toks[self.pos][0] not in ADDITIVE:
            return self.factor()
        return self.signed(self.factor)

    def product(self) -> Expr:
        """a b * c / d, from left to right"""
        toks = self.toks
        left = self.factor()
        kind = toks[self.pos][0]
        if kind not in _GOES_ON:
            return left
        start = left.span[0]
        factors = [left]
        signs: list[str] = []
        quotients = 0
        while kind in _GOES_ON:
            back = self.pos
            if self.integrals and self.closing and not (kind == "/" and isinstance(factors[-1], Differential)):
                break
            if kind == "*" or kind == "of":
                sign = toks[back][1]
                self.pos += 1
                right = self.signed_factor() if not self.soft else self.attempt(self.signed_factor, back)
                if right is None:
                    break
                if right.__class__ is Quantity and is_power_of_ten(right.value) and factors[-1].__class__ is Number:
                    # 3.0 × 10^8 m/s: the unit belongs to the whole numeral.
                    whole = self.multiplied([factors.pop(), right.value], [sign])
                    factors.append(Quantity(whole, right.unit, span=spanning(whole, right)))
                else:
                    factors.append(right)
                    signs.append("*" if kind == "of" else sign)
            elif kind == "/" or kind == ":":
                if kind == ":" and (
                    not (toks[back - 1][0] == toks[back + 1][0] == "num")
                    or (toks[back - 1][3] == toks[back][2] and toks[back][3] < toks[back + 1][2])
                ):
                    break  # in "x = 5: 25 - 10" the colon parts clauses
                has_unit = any(isinstance(f, Quantity) for f in factors)
                bottom = self.attempt(self.bottom_measured if has_unit else self.bottom, back)
                if bottom is None:
                    break
                if self.hints.physical and bottom.__class__ is Bracket:
                    bottom = self.one_of(factors[-1], bottom)
                if self.is_numeral_below(back, bottom, factors):
                    self.pos += 1
                    bottom = Quotient(bottom, self.factor(), span=self.span_from(bottom.span[0]))
                quotients += 1
                if quotients > MAX_DEPTH:
                    raise TooLarge(f"More than {MAX_DEPTH} divisions follow one another.")
                unit: Unit | None = None
                if isinstance(bottom, Quantity) and bottom.span == FRACTION_UNIT:
                    unit, bottom = bottom.unit, bottom.value
                top = factors[0] if len(factors) == 1 else self.multiplied(factors, signs)
                quotient: Expr = Quotient(top, bottom, span=Span(start, bottom.span[1]))
                if unit is not None:
                    quotient = Quantity(quotient, unit, span=Span(start, unit.span[1]))
                factors, signs = [quotient], []
            elif kind == "mod":
                self.pos += 1
                right = self.attempt(self.signed_factor, back)
                if right is None:
                    break
                left = factors[0] if len(factors) == 1 else self.multiplied(factors, signs)
                factors, signs = [Call("mod", (left, right), span=spanning(left, right))], []
            elif kind == ".":
                # A full stop between letters is the scalar product; anywhere else it ends a sentence.
                if toks[back - 1][0] != "name" or toks[back + 1][0] != "name" or self.soft or not self.adjacent():
                    break
                self.pos += 1
                factors.append(self.factor())
                signs.append("dot")
            elif kind == "per":
                break
            else:
                if (
                    kind == "("
                    and self.hints.physical
                    and self.adjacent()
                    and (factors[-1].__class__ is Number or factors[-1].__class__ is Power)
                    and (unit := self.written_unit(factors[-1])) is not None
                ):
                    measured = Quantity(factors[-1], unit, span=self.span_from(factors[-1].span[0]))
                    factors[-1] = measured
                    kind = toks[self.pos][0]
                    if len(factors) > 1 and factors[-2].__class__ is Number and is_power_of_ten(measured.value):
                        whole = self.multiplied([factors[-2], measured.value], [signs.pop()])
                        factors[-2:] = [Quantity(whole, unit, span=spanning(whole, measured))]
                    continue
                if not self.may_follow(kind, factors[-1]):
                    break
                sign = ""
                if kind == "name" and toks[back][1] in ("x", "X") and self.is_cross(factors[-1]):
                    self.pos += 1
                    sign = "cross"
                elif kind == "name" and toks[back][1] == "choose":
                    break
                part = self.signed_factor if sign else self.factor
                right = part() if not self.soft else self.attempt(part, back)
                if right is None or isinstance(right, Words):
                    self.pos = back
                    break
                factors.append(right)
                signs.append(sign)
            kind = toks[self.pos][0]
        if len(factors) == 1:
            return factors[0]
        return self.multiplied(factors, signs)

    def multiplied(self, factors: list[Expr], signs: list[str]) -> Product:
        """The product of these factors."""
        return Product(tuple(factors), tuple(signs), span=spanning(factors[0], factors[-1]))

    def may_follow(self, kind: str, before: Expr) -> bool:
        """Whether a token of this kind may be the next factor without a sign."""
        if kind == "num":
            return isinstance(before, Bracket | Call | Factorial) and self.adjacent()
        if kind == "(" and self.toks[self.pos + 1][0] == "mod":
            return False
        if kind == "name" and (self.is_union(before) or self.relation_word()):
            return False
        if kind == "|":
            return self.bars == 0 and self.toks[self.pos + 1][0] not in ("_", *CLOSERS) and not self.soft
        if kind == "(" and self.soft and not self.adjacent() and isinstance(before, Number | Quantity | Percent):
            return self.toks[self.pos + 1][0] in ("num", "-")
        if kind == "upright":
            return False
        if kind == "angle":
            return self.toks[self.pos][1] == "angle" and isinstance(before, Number | Quotient | Bracket)
        if kind in ("name", "const") and isinstance(before, Quantity):
            value = self.toks[self.pos][1]
            if self.toks[self.pos + 1][0] == "rel" and any(t[0] == "rel" for t in self.toks[: self.pos]):
                return False  # v = 3 m/s a = 2 m/s²: two claims
            return value in ("x", "X") or value in self.hints.symbols
        if kind == "name" and self.soft and self.toks[self.pos][1] in ("a", "A", "I") and not self.adjacent():
            return self.toks[self.pos + 1][0] not in WORDLIKE
        return not (kind == "vulgar" and isinstance(before, Number))

    def is_cross(self, before: Expr) -> bool:
        """`5 x 3`: the letter stands for times."""
        hint = self.hints.cross_is_times
        if hint is False or not self.looks_cross(self.pos, before):
            return False
        left, here, right = self.toks[self.pos - 1 : self.pos + 2]
        spaced = left[3] < here[2] and here[3] < right[2]
        numbers = right[0] in ("num", "cur", "vulgar") and isinstance(before, Number | Quantity | Percent | Mixed)
        if hint:
            return spaced or numbers or here[1] not in self.hints.symbols
        x_is_letter = here[1] in self.hints.symbols or self.x_elsewhere()
        if numbers:
            return spaced or (not x_is_letter and not self.asks("x is a letter"))
        return spaced and not x_is_letter and not self.asks("x is a letter")

    def looks_cross(self, index: int, before: Expr | None = None) -> bool:
        """The letter x at this token stands between two things that can be multiplied."""
        left, right = self.toks[index - 1], self.toks[index + 1]
        return right[0] in ("num", "cur", "vulgar", "(", "√", "[") and (
            left[0] in ("num", "vulgar", ")", "%", "cur", "upright", "]")
            or (left[0] == "name" and (isinstance(before, Quantity) or len(left[1]) > 1))
        )

    def x_elsewhere(self) -> bool:
        """x stands somewhere in the line where it cannot be a times sign."""
        return any(
            t[0] == "name" and t[1] in ("x", "X") and not (i and self.looks_cross(i)) for i, t in enumerate(self.toks)
        )

    def is_numeral_below(self, sign: int, bottom: Expr, factors: list[Expr]) -> bool:
        """A fraction of numerals stands below the division sign: 5/8 ÷ 15/4, 1 1/2 / 1/2, and perhaps 120/1/6."""
        toks = self.toks
        slash, after = toks[self.pos], toks[self.pos + 1]
        if not isinstance(bottom, Number) or slash[0] != "/" or slash[1] != "/" or after[0] != "num":
            return False
        if bottom.span[1] != slash[2] or slash[3] != after[2]:
            return False
        if toks[sign][1] != "/" or (toks[sign - 1][3] < toks[sign][2] and toks[sign][3] < toks[sign + 1][2]):
            return not self.asks("the divisions go from left to right")
        return isinstance(factors[-1], Number) and self.asks("the second fraction stands below")

    def bottom_measured(self) -> Expr:
        """What stands below a division sign when there is a unit above it."""
        return self.bottom(measured=True)

    def bottom(self, measured: bool = False) -> Expr:
        """What stands below a division sign.

        `3/4 cup` is three quarters of a cup: there the unit is handed back with the span FRACTION_UNIT.
        """
        toks = self.toks
        slash = self.pos
        self.pos += 1
        tight = toks[slash - 1][3] == toks[slash][2] and toks[slash][3] == toks[slash + 1][2]
        if tight and not measured and toks[slash + 1][0] == "num" and toks[slash + 2][0] in ("name", "upright"):
            _, value, start, end = toks[self.pos]
            self.pos += 1
            number = Number(value, *numeral(value), span=Span(start, end))
            if (unit := self.unit_here(number)) is not None:
                return Quantity(number, unit, span=FRACTION_UNIT)
            self.pos -= 1
        node = self.signed_factor()
        if (
            toks[slash][1] == "/"
            and isinstance(node, Number | Symbol | Constant | Power)
            and self.kind() in ("name", "const", "(", "√", "func")
            and self.adjacent()
            and not self.is_hidden_cross()
            and self.asks("the product stands below the bar")
        ):
            more: list[Expr] = [node]
            while self.kind() in ("name", "const", "(", "√", "func") and self.adjacent():
                more.append(self.factor())
            node = self.multiplied(more, [""] * (len(more) - 1))
        return node

    def is_hidden_cross(self) -> bool:
        """The letter at hand is a times sign that needs no space, as in 1/2x3."""
        return self.kind() == "name" and self.toks[self.pos][1] in ("x", "X") and self.toks[self.pos + 1][0] == "num"

    def factor(self) -> Expr:
        """An operand with its exponent, factorial, percent, degree and unit signs."""
        toks = self.toks
        kind, value, start, end = toks[self.pos]
        node: Expr
        if kind == "num":
            self.pos += 1
            exact, places = numeral(value if not self.hints.decimal_comma else with_point(value))
            node = Number(value, exact, places, span=Span(start, end))
            if toks[self.pos][0] in _AFTER_NUMBER:
                node = self.number_with(node)
        elif kind == "name":
            node = self.name()
        elif kind == "(":
            node = self.bracket()
        else:
            node = self.operand(kind)
        kind = toks[self.pos][0]
        marks = 0
        while kind in _POSTFIX:
            marks += 1
            if marks > MAX_DEPTH:
                raise TooLarge(f"More than {MAX_DEPTH} signs follow one another.")
            if kind == "^":
                powered = self.power(node, start)
                if powered is None:
                    break
                node = powered
            elif kind == "sup":
                node = self.superscript(node, start)
            elif (kind == "name" or kind == "upright") and toks[self.pos][1] in DEGREES:
                if not self.degree_word(node):
                    break
                node = self.degrees(node, start)
            elif kind == "name" or kind == "upright":
                unit = self.unit_here(node)
                if unit is None:
                    break
                node = Quantity(node, unit, span=Span(start, self.toks[self.pos - 1][3]))
                if toks[self.pos][0] in ("num", "and"):
                    node = self.compound(node)
            elif kind == "!":
                node = Factorial(node, span=Span(start, toks[self.pos][3]))
                self.pos += 1
            elif kind == "%":
                if isinstance(node, Symbol) and self.toks[self.pos + 1][0] in ("num", "name"):
                    raise Stop("operator", self.pos)
                node = Percent(node, span=Span(start, toks[self.pos][3]))
                self.pos += 1
            elif kind == "°":
                if (unit := self.unit_here(node)) is not None:
                    node = Quantity(node, unit, span=Span(start, toks[self.pos - 1][3]))
                elif toks[self.pos][1] == "circ":
                    break
                else:
                    node = self.degrees(node, start)
            elif kind == "cur":
                if not isinstance(node, Number) or toks[self.pos + 1][0] in ("num", "(", "cur"):
                    break
                _, sign, at, end = toks[self.pos]
                self.pos += 1
                node = Quantity(node, Unit(sign, ((sign, 1),), span=Span(at, end)), span=Span(start, end))
            elif kind == "percent":
                self.pos += 1
                node = Percent(node, span=Span(start, toks[self.pos - 1][3]))
            elif (kind == "'" or kind == "prime") and isinstance(node, Symbol):
                node = self.primed(node, start)
            else:
                break
            kind = toks[self.pos][0]
        return node

    def number_with(self, number: Number) -> Expr:
        """A numeral whose meaning the next token changes: mixed numbers, 5C2, decimal commas, repeating marks."""
        toks = self.toks
        kind, value, start, end = toks[self.pos]
        first = number.span[0]
        if kind == "num":
            if self.hints.physical and (grouped := self.grouped_over(number)) is not None:
                return grouped
            after = toks[self.pos + 1]
            last = toks[self.pos + 2] if after[0] == "/" else None
            if (
                last is not None
                and last[0] == "num"
                and end == after[2]
                and after[3] == last[2]
                and start > number.span[1]
                and number.text.isdigit()
                and value.isdigit()
                and last[1].isdigit()
            ):
                self.pos += 3
                top = Number(value, *numeral(value), span=Span(start, end))
                bottom = Number(last[1], *numeral(last[1]), span=Span(last[2], last[3]))
                return Mixed(number, top, bottom, span=Span(first, last[3]))
        elif kind == "vulgar":
            if number.text.isdigit():
                self.pos += 1
                top, bottom = vulgar_parts(value, Span(start, end))
                return Mixed(number, top, bottom, span=Span(first, end))
        elif kind == "cmd":
            if value in ("frac", "dfrac", "tfrac") and (unit := self.written_unit(number)) is not None:
                return Quantity(number, unit, span=self.span_from(first))
            if value in ("frac", "dfrac", "tfrac") and toks[self.pos + 2][0] == "upright":
                return self.stacked_unit(number)
            if value in ("frac", "dfrac", "tfrac") and number.text.isdigit():
                back = self.pos
                fraction = self.command()
                if (
                    isinstance(fraction, Quotient)
                    and isinstance(fraction.top, Number)
                    and isinstance(fraction.bottom, Number)
                    and fraction.top.text.isdigit()
                    and fraction.bottom.text.isdigit()
                    and fraction.top.value < fraction.bottom.value
                    and not self.asks("the fraction multiplies")
                ):
                    return Mixed(number, fraction.top, fraction.bottom, span=spanning(number, fraction))
                self.pos = back
            elif value in ("overline", "bar", "dot") and "." in self.source[number.span[0] : start]:
                return self.repeating(number)
        elif kind == "name":
            after = toks[self.pos + 1]
            if value in _ORDINALS and number.span[1] == start and number.text.isdigit():
                self.pos += 1
                return replace(number, span=Span(first, end))
            if value in "CP" and after[0] == "num" and number.span[1] == start and end == after[2]:
                self.pos += 2
                below = Number(after[1], *numeral(after[1]), span=Span(after[2], after[3]))
                return Choose(number, below, value == "P", span=spanning(number, below))
            if value == "choose":
                self.pos += 1
                below_expr = self.factor()
                return Choose(number, below_expr, span=spanning(number, below_expr))
        elif kind == ",":
            return self.decimal_comma(number)
        elif kind == "(":
            return self.uncertain(number)
        return number

    def uncertain(self, number: Number) -> Expr:
        """`9.80(2) m/s²` is 9.80 ± 0.02: digits in a bracket right after a decimal, with a unit or a power of ten."""
        toks = self.toks
        digits, closing = toks[self.pos + 1], toks[self.pos + 2]
        if number.places is None or not self.adjacent() or digits[0] != "num" or closing[0] != ")":
            return number
        if not digits[1].isdigit() or len(digits[1]) > 2 or closing[2] != digits[3]:
            return number
        back = self.pos
        self.pos += 3
        size = Fraction(int(digits[1])) / 10**number.places
        spread = Number(f"{float(size):.{number.places}f}", size, number.places, span=Span(*digits[2:]))
        both = PlusMinus(number, spread, "±", span=self.span_from(number.span[0]))
        unit = self.written_unit(both) if self.kind() in ("name", "upright", "cmd") else None
        if unit is not None:
            return Quantity(both, unit, span=self.span_from(number.span[0]))
        self.pos = back
        return number

    def repeating(self, number: Number) -> Expr:
        """0.1\\overline{6}"""
        toks = self.toks
        start = number.span[0]
        digits = ""
        while self.kind() == "cmd" and toks[self.pos][1] in ("overline", "bar", "dot"):
            self.pos += 1
            if self.kind() == "{":
                self.pos += 1
                digits += toks[self.pos][1]
                self.take("num", "digits")
                self.take("}", "}")
            else:
                digits += toks[self.pos][1][0]
                self.take("num", "digits")
        if not digits.isdigit():
            raise Stop("digits", self.pos)
        span = self.span_from(start)
        text = f"{number.text.rstrip('.')}{'' if '.' in number.text.rstrip('.') else '.'}({digits})"
        return Number(text, *numeral(text), span=span)

    def grouped_over(self, number: Number) -> Number | None:
        """`34 986/3500`: a number in groups of three above a slash; a mixed number is the other reading."""
        toks, at = self.toks, self.pos
        if not (number.text.isdigit() and len(number.text) < 4 and number.text[0] != "0"):
            return None
        while toks[at][0] == "num" and _THREE_DIGITS.fullmatch(toks[at][1]) and toks[at][2] == toks[at - 1][3] + 1:
            at += 1
        if at == self.pos or toks[at][0] != "/" or toks[at][2] != toks[at - 1][3]:
            return None
        top, below = toks[at - 1][1], toks[at + 1]
        fraction = at == self.pos + 1 and below[0] == "num" and below[1].isdigit() and int(top) < int(below[1])
        if fraction and self.asks("the digits over the slash are a fraction's"):
            return None
        text = " ".join((number.text, *(t[1] for t in toks[self.pos : at])))
        self.pos = at
        return Number(text, *numeral(text), span=Span(number.span[0], toks[at - 1][3]))

    def decimal_comma(self, number: Number) -> Expr:
        """0,5 where a comma marks the decimals."""
        toks = self.toks
        comma, after = toks[self.pos], toks[self.pos + 1]
        hint = self.hints.decimal_comma
        if (
            hint is False
            or after[0] != "num"
            or comma[2] != number.span[1]
            or comma[3] != after[2]
            or not after[1].isdigit()
            or not number.text.replace(".", "").replace(" ", "").isdigit()
        ):
            return number
        if hint is None and not GROUPED.fullmatch(number.text):
            following = toks[self.pos + 2][0]
            arithmetic = following in "+-*/%" or following == "cur"
            before = toks[self.pos - 2][0] if self.pos >= 2 else ""
            zero = number.text == "0"
            if self.depth or following == "," or not (zero or arithmetic or before in ("+", "-", "*", "/", "cur")):
                if self.depth or following == "," or not self.asks("the comma marks decimals"):
                    return number
            elif before == "," or (not zero and not arithmetic and before == "-"):
                return number
        self.pos += 2
        text = number.text + "," + after[1]
        value, places = numeral(number.text.replace(".", "") + "." + after[1])
        return Number(text, value, places, span=Span(number.span[0], after[3]))

    def power(self, base: Expr, start: int) -> Expr | None:
        """a^b, with b a single operand, a signed one or a braced group."""
        toks = self.toks
        self.pos += 1
        kind, _value, _, _end = toks[self.pos]
        if kind in ("+", "-") and (toks[self.pos + 1][0] in CLOSERS or toks[self.pos + 1][0] in "(),"):
            self.pos -= 1
            return None
        if kind == "{" and toks[self.pos + 1][0] in ("+", "-") and toks[self.pos + 2][0] == "}":
            self.pos -= 1
            return None
        if kind == "°" or (kind in "{(" and toks[self.pos + 1][0] == "°" and toks[self.pos + 2][0] in "})"):
            self.pos += 0 if kind == "°" else 1
            node = self.degrees(base, start)
            if kind != "°":
                self.pos += 1
            return node
        if kind == "prime" or (kind == "{" and toks[self.pos + 1][0] in ("prime", "'")):
            self.pos += kind == "{"
            node = self.primed(base, start)
            if kind == "{":
                self.take("}", "}")
            return node
        self.deeper()
        # x^23 in LaTeX is x² times 3, yet whoever types it means x to the 23.
        raising, self.raising = self.raising, True
        exponent: Expr = self.signed(self.factor) if kind in ADDITIVE else self.exponent_operand()
        self.raising = raising
        numeric = isinstance(base, Number | Constant)
        physical = self.hints.physical and is_power_of_ten(Power(base, exponent))
        if numeric and isinstance(exponent, Number) and self.kind() == "name" and self.adjacent() and not physical:
            if not self.is_hidden_cross() and self.asks("the product stands in the exponent"):
                more: list[Expr] = [exponent]
                while self.kind() == "name" and self.adjacent():
                    more.append(self.factor())
                exponent = self.multiplied(more, [""] * (len(more) - 1))
        elif (
            isinstance(exponent, Number)
            and self.kind() == "/"
            and self.adjacent()
            and toks[self.pos + 1][0] == "num"
            and toks[self.pos][3] == toks[self.pos + 1][2]
            and toks[self.pos - 2][0] == "^"
            and exponent.text == "1"
            and not numeric
            and self.asks("the fraction stands in the exponent")
        ):
            self.pos += 1
            below = self.factor()
            exponent = Quotient(exponent, below, span=spanning(exponent, below))
        self.depth -= 1
        return Power(base, exponent, span=Span(start, self.toks[self.pos - 1][3]))

    def exponent_operand(self) -> Expr:
        """What stands raised: a braced group, or a factor."""
        if self.kind() == "{":
            return self.group()
        return self.factor()

    def superscript(self, base: Expr, start: int) -> Expr:
        """x²: the raised text is read by a reader of its own."""
        _, value, at, end = self.toks[self.pos]
        if value[-1] in "+-" and len(value) == 1:
            raise Stop("operator", self.pos)
        self.pos += 1
        if value.isdigit():
            exponent: Expr = Number(value, *numeral(value), span=Span(at, end))
        else:
            inner = type(self)(value, list(tokenize(value)), self.hints, self.choices)
            exponent = inner.sum()
            if inner.kind() != "end":
                raise Stop("operator", self.pos - 1)
            exponent = moved(exponent, at)
        return Power(base, exponent, span=Span(start, end))

    def operand(self, kind: str) -> Expr:
        """What a factor begins with."""
        toks = self.toks
        _, value, start, end = toks[self.pos]
        if kind == "func":
            return self.function()
        if kind == "const":
            self.pos += 1
            return Constant(names.CONSTANTS.get(value, value), span=Span(start, end))
        if kind == "√" or kind == "root":
            return self.radical()
        if kind == "vulgar":
            self.pos += 1
            top, bottom = vulgar_parts(value, Span(start, end))
            return Quotient(top, bottom, stacked=True, span=Span(start, end))
        if kind == "|" or kind == "|(":
            return self.absolute()
        if kind == "[":
            return self.bracket()
        if kind == "{" or kind == "set{":
            return self.braces()
        if kind == "cmd":
            return self.command()
        if kind == "cur":
            return self.money()
        if kind == "begin":
            return self.environment()
        if kind == "int":
            return self.integral()
        if kind == "series":
            return self.series(value)
        if kind in ("Sigma", "Pi"):
            if toks[self.pos + 1][0] in ("_", "sub", "^") and toks[self.pos + 2][0] in ("{", "("):
                return self.series("sum" if kind == "Sigma" else "product")
            self.pos += 1
            return self.named(kind, start, end)
        if kind == "lim":
            return self.limit()
        if kind in ("floor", "ceil"):
            self.pos += 1
            inner = self.inside("⌋" if kind == "floor" else "⌉")
            return Call(kind, (inner,), span=self.span_from(start))
        if kind == "⟨":
            self.pos += 1
            items = self.items("⟩")
            return Tuple(tuple(items), angle=True, span=self.span_from(start))
        if kind == "rel" and value == "<":
            return self.angle_vector()
        if kind == "‖":
            self.pos += 1
            return Absolute(self.inside("‖"), span=self.span_from(start))
        if kind == "angle":
            self.pos += 1
            _, letters, _, last = toks[self.pos]
            self.take("name", "operand")
            return Symbol(f"{value}_{letters}", span=Span(start, last))
        if kind == "set":
            self.pos += 1
            return NumberSet(value, span=Span(start, end))
        if kind == "{}":
            self.pos += 1
            return SetOf((), span=Span(start, end))
        if kind == "dots":
            self.pos += 1
            return Dots(span=Span(start, end))
        if kind == "upright":
            if len(value) == 1 or (value.isupper() and len(value) <= 4):
                toks[self.pos] = ("name", value, start, end)
                return self.name()
            return self.words()
        if kind == "sup" and toks[self.pos + 1][0] == "name" and toks[self.pos + 1][1] in "CP":
            below = toks[self.pos + 2]
            if below[0] == "sub" and value.isdigit() and below[1].isdigit():
                self.pos += 3
                n = Number(value, *numeral(value), span=Span(start, end))
                k = Number(below[1], *numeral(below[1]), span=Span(below[2], below[3]))
                return Choose(n, k, toks[self.pos - 2][1] == "P", span=Span(start, below[3]))
        raise Stop("operand", self.pos)

    def is_union(self, left: Expr) -> bool:
        """U between two intervals, or "or" between them."""
        return (
            isinstance(left, Interval | SetOperation)
            and self.toks[self.pos][1] in ("U", "u", "or")
            and self.toks[self.pos + 1][0] in "(["
        )

    def relation_word(self) -> bool:
        """`in`, `notin`, `subset`, `propto`, `equals` between two operands; the token is made a relation."""
        kind, value, start, end = self.toks[self.pos]
        if kind == "equals":
            self.toks[self.pos] = ("rel", "=", start, end)
            return True
        if kind != "name" or value not in RELATION_WORDS:
            return False
        after = self.toks[self.pos + 1]
        if value == "in" and after[0] not in ("(", "[", "{", "set", "set{", "{}", "cmd") and after[1] not in names.SETS:
            return False
        self.toks[self.pos] = ("rel", RELATION_WORDS[value], start, end)
        return True
