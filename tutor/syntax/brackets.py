"""Whatever opens and closes: brackets, braces, bars, roots, LaTeX commands and environments."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tutor.syntax import names
from tutor.syntax.calculus import Calculus
from tutor.syntax.cursor import STACKED_DERIVATIVE, Stop
from tutor.syntax.lexer import Token
from tutor.syntax.numerals import numeral
from tutor.syntax.shapes import is_infinite, row_of, spanning
from tutor.syntax.tree import (
    Absolute,
    Both,
    Bracket,
    Call,
    Choose,
    Expr,
    Interval,
    Matrix,
    Number,
    NumberSet,
    Quotient,
    Root,
    SetBuilder,
    SetOf,
    Span,
    Statement,
    Symbol,
    Tuple,
)

_MATRICES = frozenset(["matrix", "pmatrix", "bmatrix", "vmatrix", "Vmatrix", "Bmatrix", "smallmatrix", "array"])


_ACCENTS = {
    "overline": "bar", "bar": "bar", "hat": "hat", "widehat": "hat", "vec": "vec", "overrightarrow": "vec",
    "tilde": "tilde", "widetilde": "tilde", "dot": "dot", "ddot": "ddot",
}  # fmt: skip


class Brackets(Calculus):
    """Reads what stands between an opening and a closing sign."""

    __slots__ = ()

    def inside(self, closer: str) -> Expr:
        """One expression up to its closing sign."""
        self.deeper()
        outer, self.bars = self.bars, 0
        closing, self.closing = self.closing, False
        inner = self.sum()
        # A dx inside, as in ∫ \\frac{dx}{x}, closes the integral around it.
        self.closing = closing or (self.closing and self.integrals > 0)
        self.bars = outer
        self.depth -= 1
        self.take(closer, closer)
        return inner

    def items(self, closer: str) -> list[Expr]:
        """Expressions between commas, up to the closing sign."""
        self.deeper()
        outer, self.bars = self.bars, 0
        found: list[Expr] = []
        while True:
            if closer in ("}", "set}"):
                self.ungroup()
            found.append(self.operands())
            if self.kind() not in (",", ";"):
                break
            self.pos += 1
        self.bars = outer
        self.depth -= 1
        self.take(closer, closer)
        return found

    def ungroup(self) -> None:
        """Inside {…} and gcd(…) a comma always separates: {100,200} has two members."""
        kind, value, start, _end = self.toks[self.pos]
        if kind == "num" and "," in value:
            pieces: list[Token] = []
            for i, piece in enumerate(value.split(",")):
                if i:
                    pieces.append((",", ",", start - 1, start))
                pieces.append(("num", piece, start, start + len(piece)))
                start += len(piece) + 1
            self.toks[self.pos : self.pos + 1] = pieces

    def group(self) -> Expr:
        """{…} of LaTeX: the expression inside, with no bracket of its own."""
        self.take("{", "{")
        return self.inside("}")

    def argument_group(self) -> Expr:
        """The argument of a LaTeX command: a group, or one letter or digit."""
        kind, value, start, end = self.toks[self.pos]
        if kind == "{":
            return self.group()
        if kind == "num" and len(value) > 1 and value.isdigit():
            self.toks[self.pos : self.pos + 1] = [
                ("num", value[0], start, start + 1),
                ("num", value[1:], start + 1, end),
            ]
            end = start + 1
            value = value[0]
        if kind == "num":
            self.pos += 1
            return Number(value, *numeral(value), span=Span(start, end))
        if kind == "name":
            if len(value) > 1 and value not in names.GREEK:
                self.split(self.pos, [value[0], value[1:]])
            return self.letter()
        return self.operand(kind)

    def bracket(self) -> Expr:
        """(a), (a, b), [a, b), [[1, 2], [3, 4]], [F]_a^b"""
        toks = self.toks
        kind, _, start, _ = toks[self.pos]
        self.pos += 1
        if toks[self.pos][0] in (")", "]"):
            raise Stop("operand", self.pos)
        self.deeper()
        outer, self.bars = self.bars, 0
        waiting, self.integrals = self.integrals, 0
        closing, self.closing = self.closing, False
        raising, self.raising = self.raising, False
        items = [self.operands()]
        separators = 0
        while (k := toks[self.pos][0]) in (",", ";"):
            separators += 1
            self.pos += 1
            items.append(self.operands())
        self.bars, self.integrals, self.closing, self.raising = outer, waiting, closing, raising
        self.depth -= 1
        k = toks[self.pos][0]
        if k not in (")", "]"):
            raise Stop(")" if kind == "(" else "]", self.pos)
        end = toks[self.pos][3]
        self.pos += 1
        span = Span(start, end)
        matching = (kind == "(") == (k == ")")
        if len(items) == 1:
            if not matching:
                raise Stop(")" if kind == "(" else "]", self.pos - 1)
            if kind == "[" and isinstance(items[0], Tuple | Bracket) and toks[self.pos - 2][0] == "]":
                row = items[0].items if isinstance(items[0], Tuple) else (items[0].inner,)
                return Matrix((row,), span=span)
            if isinstance(items[0], Matrix):
                return replace(items[0], span=span)
            if kind == "[" and toks[self.pos][0] in ("_", "sub"):
                return self.evaluated_bracket(items[0], start)
            return Bracket(items[0], kind, span=span)
        if kind == "[" and k == "]" and all(self.is_row(i) for i in items):
            rows = tuple(row_of(i) for i in items)
            if len({len(r) for r in rows}) == 1:
                return Matrix(rows, span=span)
        if len(items) == 2 and (kind == "[" or k == "]"):
            return Interval(items[0], items[1], kind == "[", k == "]", span=span)
        if len(items) == 2 and (is_infinite(items[0]) or is_infinite(items[1])):
            return Interval(items[0], items[1], False, False, span=span)
        return Tuple(tuple(items), span=span)

    def is_row(self, item: Expr) -> bool:
        """A row of a matrix, written in square brackets."""
        return isinstance(item, Interval | Tuple | Bracket) and self.source[item.span[0]] == "["

    def braces(self) -> Expr:
        """{1, 2}, {x | x > 1}, or a LaTeX group."""
        toks = self.toks
        kind, _, start, _ = toks[self.pos]
        closer = "}" if kind == "{" else "set}"
        if kind == "set{" and toks[self.pos + 1][0] == "begin":
            raise Stop("operand", self.pos)
        if kind == "{" and "\\" in self.source and not (self.pos and toks[self.pos - 1][0] == "setop"):
            if toks[self.pos + 1][0] == "}" and toks[self.pos + 2][0] in ("_", "^"):
                return self.choose_around()
            return self.group()
        self.pos += 1
        if self.kind() == closer:
            self.pos += 1
            return SetOf((), span=self.span_from(start))
        back = self.pos
        self.deeper()
        outer, self.bars = self.bars, -1
        if self.kind() == "name":
            variable: Expr = self.operands()
            condition: Statement | None = None
            if self.kind() == "rel" and toks[self.pos][1] == "in":
                within = self.chain_from(variable)
                variable_ok = self.kind() in ("|", ":", "|(")
                if variable_ok:
                    self.pos += 1
                    rest = self.alternatives()
                    condition = Both((within, rest), span=spanning(within, rest))
            elif self.kind() in ("|", ":"):
                self.pos += 1
                condition = self.alternatives()
            if condition is not None:
                self.depth -= 1
                self.bars = outer
                self.take(closer, closer)
                return SetBuilder(variable, condition, span=self.span_from(start))
        self.depth -= 1
        self.bars = outer
        self.pos = back
        items = self.items(closer)
        return SetOf(tuple(items), span=self.span_from(start))

    def choose_around(self) -> Expr:
        """{}_nC_k"""
        start = self.toks[self.pos][2]
        self.pos += 2
        sign = self.kind()
        self.pos += 1
        n = self.argument_group()
        letter = self.toks[self.pos][1]
        if letter not in ("C", "P") or self.toks[self.pos + 1][0] != "_" or sign not in "_^":
            raise Stop("operand", self.pos)
        self.pos += 2
        k = self.argument_group()
        return Choose(n, k, letter == "P", span=self.span_from(start))

    def absolute(self) -> Expr:
        """|a|"""
        _kind, _, start, _ = self.toks[self.pos]
        self.pos += 1
        self.deeper()
        outer, self.bars = self.bars, 1
        inner = self.sum()
        self.bars = outer
        self.depth -= 1
        if self.kind() not in ("|", "|)"):
            raise Stop("|", self.pos)
        self.pos += 1
        if isinstance(inner, Matrix):
            return Matrix(inner.rows, bars=True, span=self.span_from(start))
        return Absolute(inner, span=self.span_from(start))

    def angle_vector(self) -> Expr:
        """<1, 2>"""
        start = self.toks[self.pos][2]
        self.pos += 1
        self.deeper()
        items = [self.sum()]
        while self.kind() == ",":
            self.pos += 1
            items.append(self.sum())
        self.depth -= 1
        if len(items) < 2 or self.toks[self.pos][1] != ">":
            raise Stop("operand", self.pos)
        self.pos += 1
        return Tuple(tuple(items), angle=True, span=self.span_from(start))

    def radical(self) -> Expr:
        """√a takes one operand: √2x is (√2)x, and √(2x) the other."""
        kind, value, start, end = self.toks[self.pos]
        self.pos += 1
        self.deeper()
        token = self.toks[self.pos]
        inner = self.root_operand()
        if (
            isinstance(inner, Number)
            and self.kind() == "name"
            and self.adjacent()
            and self.asks("the root covers the product")
        ):
            more: list[Expr] = [inner]
            while self.kind() == "name" and self.adjacent():
                more.append(self.factor())
            inner = self.multiplied(more, [""] * (len(more) - 1))
        self.depth -= 1
        index: Expr | None = None
        if kind == "root":
            index = Number(value, Fraction(int(value)), span=Span(start, end))
        if isinstance(inner, Bracket) and token[0] == "(":
            inner = inner.inner
        return Root(inner, index, span=self.span_from(start))

    def root_operand(self) -> Expr:
        """What stands under a root sign without a bar over it."""
        kind, value, start, end = self.toks[self.pos]
        if kind == "num":
            self.pos += 1
            return self.root_power(Number(value, *numeral(value), span=Span(start, end)))
        if kind == "name":
            if len(value) > 1 and self.resolve():
                kind = self.kind()
            return self.root_power(self.letter() if kind == "name" else self.operand(kind))
        if kind in ("(", "["):
            return self.bracket()
        return self.operand(kind)

    def root_power(self, node: Expr) -> Expr:
        """√x² is the root of x², as -x² is the negative of x²."""
        kind = self.kind()
        if kind == "sup" and not self.asks("the power stands outside the root"):
            return self.superscript(node, node.span[0])
        if kind == "^" and not self.asks("the power stands outside the root"):
            return self.power(node, node.span[0]) or node
        return node

    def command(self) -> Expr:
        """A LaTeX command with its arguments."""
        toks = self.toks
        _, value, start, _ = toks[self.pos]
        if value.endswith("frac"):
            found = STACKED_DERIVATIVE.match(self.source, start)
            if found is not None:
                return self.derivative(found)
            self.pos += 1
            top = self.argument_group()
            bottom = self.argument_group()
            return Quotient(top, bottom, stacked=True, span=self.span_from(start))
        self.pos += 1
        if value == "sqrt":
            index: Expr | None = None
            if self.kind() == "[":
                self.pos += 1
                index = self.inside("]")
            return Root(self.argument_group(), index, span=self.span_from(start))
        if value.endswith("binom"):
            n = self.argument_group()
            return Choose(n, self.argument_group(), span=self.span_from(start))
        if value == "mathbb":
            braced = self.kind() == "{"
            self.pos += braced
            letter = toks[self.pos][1]
            if letter not in ("N", "Z", "Q", "R", "C"):
                raise Stop("operand", self.pos)
            self.pos += 1
            if braced:
                self.take("}", "}")
            return NumberSet(letter, span=self.span_from(start))
        if value == "not":
            raise Stop("operand", self.pos - 1)
        accent = _ACCENTS[value]
        inner = self.argument_group()
        span = self.span_from(start)
        if isinstance(inner, Symbol):
            if len(inner.name) > 1 and inner.name.isupper():
                return replace(inner, span=span)
            base, underscore, below = inner.name.partition("_")
            sub = Symbol(f"{base}_{accent}{underscore}{below}", span=span)
            return self.subscripted(sub, start) if self.kind() in ("_", "sub") else sub
        if accent == "bar":
            return Call("conj", (inner,), span=span)
        raise Stop("operand", self.pos - 1)

    def environment(self) -> Expr:
        """Matrices; cases and arrays of claims are read by `system`."""
        _, name, start, _ = self.toks[self.pos]
        if name.rstrip("*") not in _MATRICES:
            raise Stop("operand", self.pos)
        self.pos += 1
        rows: list[tuple[Expr, ...]] = []
        row: list[Expr] = []
        self.deeper()
        outer, self.bars = self.bars, 0
        while True:
            kind = self.kind()
            if kind == "close" and not row:
                break
            row.append(self.sum())
            kind = self.kind()
            if kind == "&":
                self.pos += 1
            elif kind == "row":
                self.pos += 1
                rows.append(tuple(row))
                row = []
            elif kind == "close":
                rows.append(tuple(row))
                break
            else:
                raise Stop("operator", self.pos)
        self.bars = outer
        self.depth -= 1
        self.pos += 1
        if not rows or len({len(r) for r in rows}) != 1:
            raise Stop("row", self.pos - 1)
        return Matrix(tuple(rows), bars=name.startswith(("v", "V")), span=self.span_from(start))
