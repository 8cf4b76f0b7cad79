"""Derivatives, integrals, limits and sums."""

from __future__ import annotations

import re

from tutor.syntax import names
from tutor.syntax.cursor import Stop
from tutor.syntax.identifiers import Identifiers
from tutor.syntax.lexer import tokenize
from tutor.syntax.numerals import numeral
from tutor.syntax.shapes import letter_name, moved, spanning, without_differential
from tutor.syntax.tree import (
    Bracket,
    Call,
    Constant,
    Derivative,
    Differential,
    Evaluated,
    Expr,
    Integral,
    Limit,
    Negative,
    Number,
    Positive,
    Quotient,
    Series,
    Span,
    Symbol,
    symbols,
    walk,
)

_ORDERS = {"²": 2, "³": 3, "⁴": 4}


class Calculus(Identifiers):
    """Reads the notation of calculus."""

    __slots__ = ()

    def derivative(self, found: re.Match[str]) -> Expr:
        """d/dx (f), dy/dx, d²y/dx²"""
        start, end = found.span()
        order = int(found[1] or _ORDERS.get(found[2] or "", 1))
        while self.toks[self.pos][2] < end:
            self.pos += 1
        variable = Symbol(letter_name(found[4]), span=Span(*found.span(4)))
        if found[3]:
            at = Span(*found.span(3))
            if found[3].endswith(")"):
                argument = Symbol(found[3][-2], span=Span(at.end - 2, at.end - 1))
                call = Call(letter_name(found[3][:1]), (argument,), span=at)
                return Derivative(call, variable, order, span=Span(start, end))
            return Derivative(Symbol(letter_name(found[3]), span=at), variable, order, span=Span(start, end))
        operand: Expr
        self.deeper()
        kind = self.kind()
        if kind in "([":
            operand = self.factor()
            if isinstance(operand, Bracket):
                operand = operand.inner
        elif kind == "{" or kind == "set{":
            operand = self.factor()
        else:
            operand = self.argument(derivative=True)
        self.depth -= 1
        return Derivative(operand, variable, order, span=self.span_from(start))

    def integral(self) -> Expr:
        """∫ f dx, int_a^b f dx, integral from a to b of f dx"""
        start = self.toks[self.pos][2]
        self.pos += 1
        if self.kind() == "of":
            self.pos += 1
        lower, upper, _ = self.limits()
        if self.kind() == "name" and self.toks[self.pos][1] == "from":
            self.pos += 1
            lower = self.sum()
            if self.toks[self.pos][1] != "to":
                raise Stop("limits", self.pos)
            self.pos += 1
            upper = self.limit_value()
            if self.kind() == "of":
                self.pos += 1
        self.deeper()
        self.integrals += 1
        outer, self.closing = self.closing, False
        bars, self.bars = self.bars, 0
        integrand = self.sum()
        self.bars = bars
        self.closing = outer
        self.integrals -= 1
        self.depth -= 1
        if (
            isinstance(integrand, Bracket)
            and not any(isinstance(n, Differential) for n in walk(integrand))
            and self.kind() == "name"
        ):
            raise Stop("dx", self.pos)
        stripped, variable = without_differential(integrand)
        if variable is None:
            free = symbols(integrand)
            if len(free) != 1:
                raise Stop("dx", self.pos)
            variable = Symbol(next(iter(free)))
        return Integral(stripped, variable, lower, upper, span=self.span_from(start))

    def limit(self) -> Expr:
        """lim_{x→a} f, lim x->a f, lim(x->a) f"""
        start = self.toks[self.pos][2]
        self.pos += 1
        if self.kind() == "_":
            self.pos += 1
        opener = self.kind()
        grouped = opener in ("{", "(")
        if grouped or self.toks[self.pos][1] == "as":
            self.pos += 1
        variable = self.variable()
        if self.kind() != "arrow":
            raise Stop("->", self.pos)
        self.pos += 1
        outer, self.closing = self.closing, True
        target = self.signed() if grouped else self.limit_value()
        self.closing = outer
        side = ""
        kind, value, _, end = self.toks[self.pos]
        if kind == "^":
            self.pos += 1
            braced = self.kind() == "{"
            self.pos += braced
            side = self.kind()
            self.pos += 1
            if braced:
                self.take("}", "}")
        elif kind == "sup" and value in "+-":
            side = value
            self.pos += 1
        elif kind in ("+", "-") and (grouped or (self.adjacent() and end < self.toks[self.pos + 1][2])):
            side = kind
            self.pos += 1
        if side not in ("", "+", "-"):
            raise Stop("->", self.pos)
        if grouped:
            self.take(")" if opener == "(" else "}", ")")
        if self.kind() in ("of", ","):
            self.pos += 1
        self.deeper()
        operand = self.signed()
        self.depth -= 1
        return Limit(operand, variable, target, side, span=self.span_from(start))

    def series(self, kind: str) -> Expr:
        """Σ_{k=1}^{n} a_k"""
        start = self.toks[self.pos][2]
        self.pos += 1
        variable: Symbol | None = None
        lower: Expr | None = None
        upper: Expr | None = None
        for _ in range(2):
            if self.kind() == "_" and lower is None:
                self.pos += 1
                opener = self.kind()
                if opener not in ("{", "("):
                    raise Stop("limits", self.pos)
                self.pos += 1
                variable = self.variable()
                if self.toks[self.pos][1] != "=":
                    raise Stop("limits", self.pos)
                self.pos += 1
                lower = self.sum()
                self.take("}" if opener == "{" else ")", ")")
            elif self.kind() == "^" and upper is None:
                self.pos += 1
                upper = self.limit_value()
        if variable is None or lower is None or upper is None:
            raise Stop("limits", self.pos)
        self.deeper()
        term = self.signed()
        self.depth -= 1
        return Series(term, variable, lower, upper, kind, span=self.span_from(start))

    def primed(self, node: Expr, start: int) -> Expr:
        """y' and y''"""
        order = 0
        while self.kind() in ("'", "prime"):
            order += 1
            self.pos += 1
        if not isinstance(node, Symbol):
            raise Stop("operator", self.pos - 1)
        return Derivative(node, None, order, span=self.span_from(start))

    def evaluated(self, node: Expr) -> Expr:
        """F(x) |_a^b"""
        self.pos += 1
        lower, upper, variable = self.limits()
        if lower is None or upper is None:
            raise Stop("limits", self.pos)
        return Evaluated(node, lower, upper, variable, span=self.span_from(node.span[0]))

    def limits(self) -> tuple[Expr | None, Expr | None, Symbol | None]:
        """_a^b, in either order; `x=a` names the variable."""
        lower: Expr | None = None
        upper: Expr | None = None
        variable: Symbol | None = None
        for _ in range(2):
            kind, value, at, _end = self.toks[self.pos]
            if kind == "_" and lower is None:
                self.pos += 1
                if self.kind() == "{" and self.toks[self.pos + 2][1] == "=" and self.toks[self.pos + 1][0] == "name":
                    self.pos += 1
                    variable = self.variable()
                    self.pos += 1
                    lower = self.sum()
                    self.take("}", "}")
                else:
                    lower = self.limit_value()
            elif kind == "sub" and lower is None:
                self.pos += 1
                lower = self.little(value, at)
            elif kind == "^" and upper is None:
                self.pos += 1
                upper = self.limit_value()
            elif kind == "sup" and upper is None:
                self.pos += 1
                upper = self.little(value, at)
        return lower, upper, variable

    def little(self, value: str, at: int) -> Expr:
        """The value of raised or lowered text."""
        inner = type(self)(value, list(tokenize(value)), self.hints, self.choices)
        return moved(inner.sum(), at)

    def limit_value(self) -> Expr:
        """One operand of _ or ^: a group, a bracket, a signed letter or numeral (never with its own exponent)."""
        kind, value, start, end = self.toks[self.pos]
        if kind == "{":
            return self.group()
        if kind == "(":
            inner = self.bracket()
            return inner.inner if isinstance(inner, Bracket) else inner
        if kind in ("-", "+"):
            self.pos += 1
            inner = self.limit_value()
            cls = Negative if kind == "-" else Positive
            return cls(inner, span=Span(start, inner.span[1]))
        self.pos += 1
        if kind == "num":
            number = Number(value, *numeral(value), span=Span(start, end))
            if self.kind() == "/" and self.toks[self.pos + 1][0] == "num" and self.adjacent():
                self.pos += 1
                below = self.limit_value()
                return Quotient(number, below, span=spanning(number, below))
            return number
        if kind == "const":
            constant = Constant(names.CONSTANTS.get(value, value), span=Span(start, end))
            if self.kind() == "/" and self.toks[self.pos + 1][0] == "num" and self.adjacent():
                self.pos += 1
                below = self.limit_value()
                return Quotient(constant, below, span=spanning(constant, below))
            return constant
        self.pos -= 1
        if kind == "name" and len(value) == 1:
            return self.letter()
        if kind in ("cmd", "√"):
            return self.operand(kind)
        raise Stop("limits", self.pos)

    def evaluated_bracket(self, inner: Expr, start: int) -> Expr:
        """[F(x)]_a^b after its bracket"""
        lower, upper, variable = self.limits()
        if lower is None or upper is None:
            raise Stop("limits", self.pos)
        return Evaluated(inner, lower, upper, variable, span=self.span_from(start))
