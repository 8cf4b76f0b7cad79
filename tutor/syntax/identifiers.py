"""Letters, names, functions applied, and words that stand for a value."""

from __future__ import annotations

import re

from tutor.syntax import names
from tutor.syntax.cursor import (
    _FUNCTION_OR_LETTER,
    ADDITIVE,
    DERIVATIVE,
    NOT_FUNCTIONS,
    RUN_OF_FUNCTIONS,
    STARTS,
    WORDLIKE,
    Stop,
)
from tutor.syntax.lexer import Token
from tutor.syntax.numerals import numeral
from tutor.syntax.shapes import function_of, is_minus_one, spanning
from tutor.syntax.tree import (
    Bracket,
    Call,
    Chain,
    Choose,
    Constant,
    Degrees,
    Differential,
    Expr,
    Interval,
    Number,
    Power,
    Product,
    Quotient,
    SetBuilder,
    SetOperation,
    Span,
    Symbol,
    Tuple,
    Words,
    walk,
)
from tutor.syntax.typed_names import divided, name_typed
from tutor.syntax.units import Units

_AFTER_WORDS = frozenset(
    {"rel", "end", "+", "-", "*", "/", ")", ",", "arrow", "row", "&", "close", ";", "]", "}", "set}", "±", "set{"}
)


_NAMES_ALONE = frozenset({"gcd", "lcm", "min", "max", "det", "rank", "dim"})


_AFTER_LETTER = frozenset({"_", "sub", "num", "'", "prime", "(", "^"})


_USUALLY_FUNCTIONS = frozenset({"f", "g", "h"})


_BEFORE_WORDS = frozenset(
    {"rel", "+", "-", "*", "/", "(", "arrow", ",", ";", "or", "and", "row", "&", "begin", "{", "set{", "±", "["}
)


# mgsin, Fdcos: letters of the work before a function.
_PHYSICAL_PRODUCT = re.compile(r"([A-Za-z]{0,3}?)(sin|cos|tan|ln|log|sqrt)")
# Subscripts of two letters that mean one thing.
_SUBSCRIPTS = frozenset("in eq av cm ac dc ph rs th sp el kin pot ex if".split()) - {"if"}


class Identifiers(Units):
    """Reads names and what they are applied to."""

    __slots__ = ()

    def resolve(self) -> bool:
        """Split the run of letters at hand into names that mean something; False where it is a word."""
        _, value, _start, _end = self.toks[self.pos]
        if value in self.hints.symbols or value in self.hints.functions or value in names.GREEK:
            return True
        pieces = self.pieces(value)
        if pieces is None:
            return False
        if len(pieces) > 1:
            self.split(self.pos, pieces)
        return True

    def split(self, index: int, pieces: list[str]) -> None:
        """Put several tokens in the place of one run of letters."""
        _, _, start, _ = self.toks[index]
        new: list[Token] = []
        for piece in pieces:
            kind = "func" if piece in names.FUNCTIONS else "const" if piece == "pi" else "name"
            new.append((kind, piece, start, start + len(piece)))
            start += len(piece)
        self.toks[index : index + 1] = new

    def pieces(self, value: str) -> list[str] | None:
        """The names in a run of letters, or None for a word."""
        if len(value) == 1:
            return [value]
        singles = self.singles()
        letters = list(value)
        if self.hints.physical and (applied := _PHYSICAL_PRODUCT.fullmatch(value)):
            before, function = applied.groups()
            if before and (parts := divided(before, self.hints.typed)) is not None:
                return [*parts, function]
            if before and set(before) <= singles:
                return [*before, function]
        if self.hints.typed and (found := divided(value, self.hints.typed)) is not None:
            return found
        if value.isupper() and len(value) <= 4:
            known = {n for n in self.hints.symbols if len(n) == 1}
            return letters if set(value) <= known else [value]
        if self.integrals and len(value) >= 2 and value[-2] == "d" and value[-1].isalpha():
            if len(value) == 2:
                return [value]
            before = self.pieces(value[:-2])
            return None if before is None else [*before, value[-2:]]
        if len(value) == 2:
            return letters
        if set(value) <= singles and value not in names.STOP_WORDS:
            return letters
        if value not in NOT_FUNCTIONS and RUN_OF_FUNCTIONS.fullmatch(value):
            found = _FUNCTION_OR_LETTER.findall(value)
            if any(len(f) > 1 for f in found):
                return list(found)
        if value.startswith("pi") and len(value) <= 4:
            rest = value[2:]
            if len(rest) == 1 or set(rest) <= singles:
                return ["pi", *rest]
        return None

    def name(self) -> Expr:
        """A symbol, a function applied, a differential, or words that stand for a value."""
        toks = self.toks
        _, value, start, end = toks[self.pos]
        hints = self.hints
        if len(value) == 1:
            if value == "d" and (found := DERIVATIVE.match(self.source, start)) and "d" not in hints.symbols:
                return self.derivative(found)
            return self.letter()
        if hints.typed and (name := name_typed(value, hints.typed)) is not None:
            self.pos += 1
            return self.named(name, start, end)
        if value in hints.symbols:
            self.pos += 1
            return self.named(value, start, end)
        if value in hints.functions:
            return self.letter()
        if value in names.GREEK or self.source[start] == "\\":
            if value == "Delta":
                return self.delta()
            return self.letter()
        if toks[self.pos + 1][0] == "_" and value not in ("sum", "prod") and toks[self.pos + 1][2] == end:
            if hints.physical and len(value) < 4 and set(value[:-1]) <= hints.symbols:
                self.split(self.pos, list(value))  # mL_f is m times L_f
                return self.letter()
            self.pos += 1
            return self.named(value, start, end)
        if value[0] == "d" and (len(value) == 2 or value[1:] in names.GREEK):
            found = DERIVATIVE.match(self.source, start)
            if found is not None:
                return self.derivative(found)
            if self.integrals:
                self.pos += 1
                self.closing = True
                return Differential(Symbol(value[1:], span=Span(start + 1, end)), span=Span(start, end))
            if value[1:] in "xyztuvw" and "d" not in self.singles():
                self.pos += 1
                return Differential(Symbol(value[1], span=Span(start + 1, end)), span=Span(start, end))
        if value in ("sum", "prod") and toks[self.pos + 1][0] == "_":
            return self.series("sum" if value == "sum" else "product")
        if value in names.CURRENCY_WORDS and toks[self.pos + 1][0] == "num":
            return self.money()
        raised = toks[self.pos + 1][0] in ("^", "sup") and toks[self.pos + 1][2] == end
        if (
            len(value) == 2
            and value in names.STOP_WORDS
            and not self.after_operator()
            and (self.soft or toks[self.pos + 1][0] not in ("+", "-", "*", "/", "rel", "^"))
            and not (raised and set(value) <= hints.symbols)  # ½ at²
        ):
            raise Stop("operand", self.pos)
        if hints.physical and raised and len(value) < 4 and value.isupper() and value[-1] in "TVIR":
            self.split(self.pos, list(value))  # σAT⁴, CV²
            return self.letter()
        pieces = self.pieces(value)
        if pieces is None:
            return self.words()
        if len(pieces) == 1:
            self.pos += 1
            return self.named(value, start, end)
        if len(value) == 2 and toks[self.pos + 1][0] in ("name", "func") and end < toks[self.pos + 1][2]:
            following = toks[self.pos + 1][1]
            applied = hints.physical and toks[self.pos + 1][0] == "func" and set(value) <= self.singles()  # mg sin 30°
            if len(following) > 2 and following.isalpha() and not self.after_operator() and not applied:
                return self.words()
        self.split(self.pos, pieces)
        return self.factor_again()

    def factor_again(self) -> Expr:
        """Read what the run of letters was split into."""
        kind = self.kind()
        return self.name() if kind == "name" else self.operand(kind)

    def after_operator(self) -> bool:
        """The token at hand follows an operator, an opening bracket or a digit without a space."""
        if not self.pos:
            return False
        before = self.toks[self.pos - 1]
        if before[0] in ("+", "-", "*", "/", "^", "(", "[", "{", "rel", "√", "func"):
            return True
        return before[0] in ("num", "vulgar") and before[3] == self.toks[self.pos][2]

    def delta(self) -> Expr:
        """Δt is one name."""
        toks = self.toks
        _, _value, start, end = toks[self.pos]
        after = toks[self.pos + 1]
        if self.source[start] not in "Δ∆\\" or after[0] != "name" or not after[1][0].isalpha():
            return self.letter()
        if self.source[start] != "\\" and after[2] != end:
            return self.letter()
        if len(after[1]) > 1 and after[1] not in names.GREEK:
            self.split(self.pos + 1, [after[1][0], after[1][1:]])
            after = toks[self.pos + 1]
        self.pos += 2
        return self.named(f"Delta_{after[1]}", start, after[3])

    def letter(self) -> Expr:
        """A one-letter (or Greek, or declared) name: constant, symbol or function."""
        toks = self.toks
        _, value, start, end = toks[self.pos]
        self.pos += 1
        hints = self.hints
        kind = toks[self.pos][0]
        if value in "ei" and value not in hints.symbols and kind != "_" and kind != "sub":
            if value == "e":
                return Constant("e", span=Span(start, end))
            if self.i_is_unit():
                return Constant("i", span=Span(start, end))
        elif value == "d" and self.integrals and kind == "name" and "d" not in hints.symbols:
            letter = toks[self.pos]
            if len(letter[1]) == 1:
                self.pos += 1
                self.closing = True
                return Differential(Symbol(letter[1], span=Span(letter[2], letter[3])), span=Span(start, letter[3]))
        if kind == "name" and hints.typed and value in names.GREEK and toks[self.pos][2] == end:
            below = toks[self.pos][1]
            for k in range(len(below), 0, -1):
                if f"{value}_{below[:k]}" in hints.typed:  # μkmg is μ_k times mg
                    if k < len(below):
                        self.split(self.pos, [below[:k], below[k:]])
                    self.pos += 1
                    return self.named(f"{value}_{below[:k]}", start, toks[self.pos - 1][3])
        if kind in _AFTER_LETTER:
            return self.named(value, start, end)
        return Symbol(value, span=Span(start, end))

    def i_is_unit(self) -> bool:
        """The line shows that i is the imaginary unit: 4i, i^2, e^(iπ)."""
        if self.hints.complex:
            return True
        toks = self.toks
        for i, t in enumerate(toks):
            if t[0] == "name" and t[1] == "i":
                before, after = toks[i - 1] if i else t, toks[i + 1]
                if before[0] == "_" or (before[0] == "{" and i > 1 and toks[i - 2][0] == "_"):
                    return False
                if (before[0] in ("num", "const") and before[3] == t[2]) or after[0] == "sup":
                    return not self.asks("i is a letter")
                if after[0] == "^" and (toks[i + 2][1] in ("2", "3", "4") or toks[i + 3][1] in ("2", "3", "4")):
                    return not self.asks("i is a letter")
                if after[0] == "const" or (
                    before[1] == "(" and i > 2 and toks[i - 2][0] == "^" and toks[i - 3][1] == "e"
                ):
                    return not self.asks("i is a letter")
                if before[0] in ("+", "-") and i > 1 and toks[i - 2][0] == "num" and after[0] in (")", "end", "rel"):
                    return not self.asks("i is a letter")
        return False

    def named(self, name: str, start: int, end: int) -> Expr:
        """A name with what may follow it: a subscript, primes, arguments."""
        toks = self.toks
        kind, value, at, last = toks[self.pos]
        if kind == "_" or kind == "sub":
            symbol = self.subscripted(Symbol(name, span=Span(start, end)), start)
            if self.kind() not in ("(", "'"):
                return symbol
            name = symbol.name
        elif kind == "num":
            if last > at and value.isdigit() and end == at and (len(name) == 1 or name in names.GREEK):
                return self.letter_and_digits(name, start, end)
            return Symbol(name, span=Span(start, end))
        primes = 0
        back = self.pos
        raised = 1 + (toks[self.pos + 1][0] == "{") if self.kind() == "^" else 0  # f^{\prime}(x)
        if raised and toks[self.pos + raised][0] in ("'", "prime"):
            self.pos += raised
        while self.kind() in ("'", "prime"):
            primes += 1
            self.pos += 1
        if primes and raised == 2 and self.kind() == "}":
            self.pos += 1
        if primes and self.kind() == "(" and (name in self.hints.functions or name not in self.hints.symbols):
            self.deeper()
            args = self.arguments()
            self.depth -= 1
            return Call(name, args, primes=primes, span=self.span_from(start))
        if primes:
            self.pos = back
            return Symbol(name, span=Span(start, toks[back - 1][3]))
        if self.kind() == "^" and name in ("f", "g", "h") and self.inverse_of():
            self.deeper()
            args = self.arguments()
            self.depth -= 1
            return Call(f"{name}_inverse", args, span=self.span_from(start))
        if self.kind() == "(":
            applied = self.maybe_applied(name, start)
            if applied is not None:
                return applied
        return Symbol(name, span=self.span_from(start))

    def inverse_of(self) -> bool:
        """f^-1(, f^{-1}("""
        toks = self.toks
        at = self.pos + 1
        braced = toks[at][0] == "{"
        at += braced
        if toks[at][0] != "-" or toks[at + 1][1] != "1":
            return False
        at += 2
        if braced:
            if toks[at][0] != "}":
                return False
            at += 1
        if toks[at][0] != "(":
            return False
        self.pos = at
        return True

    def subscripted(self, symbol: Symbol, start: int) -> Symbol:
        """x_1, v_max, a_{n+1}: the subscript is part of the name."""
        toks = self.toks
        base = symbol.name
        if base.count("_") > 3:
            raise Stop("subscript", self.pos)
        kind, value, _at, _end = toks[self.pos]
        self.pos += 1
        if kind == "sub":
            below = value
        elif self.kind() == "{":
            opened = self.pos
            depth = 0
            while True:
                k = self.kind()
                if k == "end":
                    raise Stop("}", self.pos)
                depth += (k == "{") - (k == "}")
                self.pos += 1
                if not depth:
                    break
            inner = [t[1] for t in toks[opened + 1 : self.pos - 1] if t[0] not in ("cmd",)]
            below = "".join(inner)
        else:
            below = toks[self.pos][1]
            letter = toks[self.pos + 1]
            if self.hints.physical and toks[self.pos][0] == "name" and self.runs_on(base, below, letter):
                # d_id_o is d_i times d_o
                self.split(self.pos, [below[:-1], below[-1]])
                below = below[:-1]
            if (
                below == "0"
                and base == "v"
                and letter[0] == "name"
                and letter[1] in ("x", "y", "z")
                and letter[2] == toks[self.pos][3]
            ):
                # v_0y is one name in physics, unlike a_1x.
                self.pos += 1
                below += letter[1]
            elif (
                self.hints.physical
                and below == "0"
                and letter[0] == "name"
                and letter[2] == toks[self.pos][3]
                and 1 < len(letter[1]) < 4
                and (f"{base}_0{letter[1][0]}" in self.hints.symbols or (base in "vu" and letter[1][0] in "xyz"))
            ):
                # v_0yt is v_0y times t
                self.split(self.pos + 1, list(letter[1]))
                self.pos += 1
                below += letter[1][0]
            if self.kind() not in ("num", "name", "upright", "func", "of", "per", "const", "int", "or", "and", "*"):
                raise Stop("subscript", self.pos)
            self.pos += 1
        if not below:
            raise Stop("subscript", self.pos - 1)
        if not below.isalnum():
            below = "{" + below.replace(" ", "") + "}"
        found = Symbol(f"{base}_{below}", span=self.span_from(start))
        return self.subscripted(found, start) if self.kind() in ("_", "sub") else found

    def runs_on(self, base: str, below: str, following: Token) -> bool:
        """Whether the last letter of a subscript is the next factor, as in `d_id_o` and `d_if`."""
        if not 1 < len(below) < 4 or (f"{base}_{below}" in self.hints.symbols and len(below) == 1):
            return False
        if f"{base}_{below[:-1]}" not in self.hints.symbols:
            return False
        if following[0] == "_" and following[2] == self.toks[self.pos][3]:
            return True
        return below[-1] in self.hints.symbols and below not in _SUBSCRIPTS

    def letter_and_digits(self, name: str, start: int, end: int) -> Expr:
        """x1: likelier x with a subscript than x times 1, and x2 may be a lost x^2."""
        _, digits, at, last = self.toks[self.pos]
        span = Span(start, last)
        known = f"{name}_{digits}" in self.hints.symbols or f"{name}{digits}" in self.hints.symbols
        if len(digits) == 1 or known:
            if known or not self.asks("the digit multiplies"):
                self.pos += 1
                kind, below, place, _ = self.toks[self.pos]
                typed = f"{name}_{digits}{below[:1]}"
                if kind == "name" and place == last and typed in self.hints.typed:  # v1f, v0yt
                    if len(below) > 1:
                        self.split(self.pos, [below[0], below[1:]])
                    self.pos += 1
                    return Symbol(typed, span=self.span_from(start))
                return Symbol(f"{name}_{digits}", span=span)
        elif len(digits) == 2 and self.pos == 1 and self.toks[2][0] == "rel":  # u20 = 5 + 19 · 3
            self.pos += 1
            return Symbol(f"{name}_{digits}", span=span)
        else:
            raise Stop("operator", self.pos)
        self.pos += 1
        number = Number(digits, *numeral(digits), span=Span(at, last))
        return Product((Symbol(name, span=Span(start, end)), number), ("",), span=span)

    def maybe_applied(self, name: str, start: int) -> Expr | None:
        """f(x), P(A|B), C(5, 2); None where a bracket after a letter means a product."""
        hints = self.hints
        known = name in hints.functions
        if known and name in ("P", "Pr") and self.adjacent() and self.is_event(self.pos):
            return self.probability(start)  # also where the work is known to speak of probability
        if name in ("C", "P") and self.adjacent() and self.two_numerals():
            both = self.arguments(separating=True)
            if len(both) != 2:
                raise Stop("argument", self.pos - 1)
            return Choose(both[0], both[1], name == "P", span=self.span_from(start))
        if known or (name in _USUALLY_FUNCTIONS and name not in hints.symbols and self.adjacent()):
            doubtful = name == "h" or self.toks[self.pos - 2][0] == "num"
            if not known and doubtful and self.asks("the letter multiplies"):
                return None
            self.deeper()
            args = self.arguments()
            self.depth -= 1
            return Call(name, args, span=self.span_from(start))
        if not self.adjacent() or name in hints.symbols:
            return None
        toks = self.toks
        opened = self.pos
        inside, after = toks[opened + 1], toks[opened + 2]
        if name in ("C", "P") and self.comma_inside(opened):
            self.deeper()
            args = self.arguments(separating=True)
            self.depth -= 1
            if len(args) == 2:
                return Choose(args[0], args[1], name == "P", span=self.span_from(start))
            raise Stop("argument", self.pos - 1)
        if name in ("P", "Pr", "p") and self.is_event(opened):
            return self.probability(start)
        if name in ("E", "Var") and inside[0] == "name" and inside[1].isupper() and after[0] == ")":
            return self.applied_plainly(name, start)
        if after[0] == ")" and inside[0] == "name" and inside[1] != name:
            if inside[1] == "t" and name in "vsaxyzuhrpqNPTVIAQdfgm":
                return self.applied_plainly(name, start)
            if inside[1] in ("x", "n") and name in "yuvpqrPQRFGHATVCSNwz" and not self.asks("the letter multiplies"):
                return self.applied_plainly(name, start)
        if (
            after[0] == ")"
            and (
                (inside[0] == "num" and (name.isupper() or name in "pqruvwsy"))
                or (inside[0] == "name" and inside[1] != name)
            )
            and toks[self.pos - 2][0] != "num"
            and self.asks("the letter is applied")
        ):
            return self.applied_plainly(name, start)
        likely = name in ("F", "G") and after[0] == ")" and inside[0] in ("num", "name")
        if likely and not self.asks("the letter multiplies"):
            return self.applied_plainly(name, start)
        return None

    def applied_plainly(self, name: str, start: int) -> Expr:
        """The name with the arguments in the bracket at hand."""
        self.deeper()
        args = self.arguments()
        self.depth -= 1
        return Call(name, args, span=self.span_from(start))

    def comma_inside(self, opened: int) -> bool:
        """A comma separates arguments in this bracket."""
        depth = 0
        for kind, value, _, _ in self.toks[opened:]:
            if kind == "(":
                depth += 1
            elif kind == ")":
                depth -= 1
                if not depth:
                    return False
            elif depth == 1 and (kind == "," or (kind == "num" and "," in value)):
                return True
        return False

    def two_numerals(self) -> bool:
        """(5, 2) comes next."""
        kinds = tuple(t[0] for t in self.toks[self.pos : self.pos + 5])
        return kinds == ("(", "num", ",", "num", ")")

    def is_event(self, opened: int) -> bool:
        """P(A), P(A|B), P(X = 2), P(red): the bracket holds an event."""
        toks = self.toks
        first = toks[opened + 1]
        if first[0] == "upright":
            return True
        if first[0] == "name" and first[1][0].isupper() and first[1] not in self.hints.symbols:
            return True
        depth = 0
        for kind, _value, _, _ in toks[opened:]:
            if kind == "(":
                depth += 1
            elif kind == ")":
                depth -= 1
                if not depth:
                    break
            elif depth == 1 and kind in ("setop", "rel", "and", "or"):
                return True
        return (
            first[0] == "name" and len(first[1]) > 1 and (first[1] in names.STOP_WORDS or self.pieces(first[1]) is None)
        )

    def probability(self, start: int) -> Expr:
        """P(A), P(A|B), P(A ∩ B), P(X = 2); "A and B" is A ∩ B."""
        self.pos += 1
        self.deeper()
        outer, self.bars = self.bars, 0
        args = [self.event()]
        if self.kind() == "|":
            self.pos += 1
            args.append(self.event())
        elif self.kind() == ",":
            self.pos += 1
            second = self.event()
            args = [SetOperation("intersection", (args[0], second), span=spanning(args[0], second))]
        self.bars = outer
        self.depth -= 1
        self.take(")", ")")
        return Call("P", tuple(args), span=self.span_from(start))

    def event(self) -> Expr:
        """A ∩ B, A or B, X > 2: what a probability is of"""
        found = self.event_part()
        while self.kind() in ("and", "or"):
            operator = "intersection" if self.kind() == "and" else "union"
            self.pos += 1
            right = self.event_part()
            found = SetOperation(operator, (found, right), span=spanning(found, right))
        return found

    def event_part(self) -> Expr:
        """One event: a set, a claim, or words."""
        self.bars = -1
        back = self.pos
        words = back
        while self.toks[words][0] in WORDLIKE or self.toks[words][0] in ("num", "-"):
            words += 1
        if self.toks[words][0] in (")", "|") and words > back + 1:
            # P(at least 2 heads)
            self.pos = words
            self.bars = 0
            span = self.span_from(self.toks[back][2])
            if any(len(t[1]) > 2 and t[0] in ("name", "upright") for t in self.toks[back:words]):
                return Words(" ".join(self.source[span[0] : span[1]].split()), span=span)
            self.pos = back
            self.bars = -1
        claim = self.chain()
        self.bars = 0
        if isinstance(claim, Chain):
            subject = claim.operands[0] if len(claim.operands) == 2 else claim.operands[1]
            return SetBuilder(subject, claim, span=claim.span)
        if not isinstance(claim, Expr):
            raise Stop("operand", self.pos)
        return claim

    def function(self) -> Expr:
        """sin x, sin²x, sin^-1 x, log_2 8, sqrt(x), gcd(12, 18)"""
        toks = self.toks
        _, value, start, end = toks[self.pos]
        if value in self.hints.symbols:
            self.pos += 1
            return self.named(value, start, end)
        name = names.FUNCTIONS[value]
        if (
            value in ("tr", "Re", "Im", "tg", "lg")
            and toks[self.pos + 1][0] not in ("(", "begin", "\\")
            and (self.source[start] != "\\")
        ):
            toks[self.pos : self.pos + 1] = [
                ("name", value[0], start, start + 1),
                ("name", value[1], start + 1, end),
            ]
            return self.letter()
        if name in _NAMES_ALONE and toks[self.pos + 1][0] in ("rel", "end", ",", ")"):
            self.pos += 1
            return Symbol(value, span=Span(start, end))
        if name in ("min", "max", "det", "arg", "rank", "dim") and toks[self.pos + 1][0] not in (
            "(",
            "{",
            "begin",
            "[",
            "|",
        ):
            if toks[self.pos + 1][0] == "name" and name == "det":
                pass
            else:
                return self.words()
        self.pos += 1
        subscript: Expr | None = None
        kind, sign, at, last = toks[self.pos]
        if kind == "_":
            self.pos += 1
            subscript = self.function_subscript(toks[self.pos - 2][2])
        elif kind == "sub":
            self.pos += 1
            subscript = self.little(sign, at)
        elif kind == "num" and name == "log" and self.adjacent() and sign.isdigit():
            # log2(8) and log10 100 name their base; log2x does not.
            after = toks[self.pos + 1]
            if after[0] == "(" or (after[0] in ("num", "name") and last < after[2]):
                self.pos += 1
                subscript = Number(sign, *numeral(sign), span=Span(at, last))
        power: Expr | None = None
        kind, sign, at, last = toks[self.pos]
        if kind == "^":
            self.pos += 1
            power = self.signed(self.raised) if self.kind() in ADDITIVE else self.raised()
        elif kind == "sup":
            self.pos += 1
            power = self.little(sign, at)
        primes = 0
        while self.kind() == "'":
            primes += 1
            self.pos += 1
        if self.kind() == "_" and subscript is None:
            self.pos += 1
            subscript = self.function_subscript(start)
        if power is not None and is_minus_one(power) and name in names.INVERSE:
            name, power = names.INVERSE[name], None
        self.deeper()
        args: tuple[Expr, ...]
        bracketed = True
        kind = self.kind()
        if kind == "(":
            args = self.arguments(separating=name in names.SEVERAL)
        elif kind == "[" and name not in ("det",):
            inner = self.bracket()
            if isinstance(inner, Interval | Tuple):
                raise Stop("operand", self.pos - 1)
            args = (inner.inner if isinstance(inner, Bracket) else inner,)
        elif kind == "{" and "\\" in self.source:
            args = (self.group(),)
        elif name == "sqrt":
            self.pos -= 1
            self.depth -= 1
            node = self.radical()
            return node if power is None else Power(node, power, span=node.span)
        elif name == "nCr" or name == "nPr":
            if subscript is not None or value not in ("nCr", "nPr"):
                raise Stop("operand", self.pos)
            self.depth -= 1
            n, k = Symbol("n", span=Span(start, start + 1)), Symbol("r", span=Span(end - 1, end))
            return Choose(n, k, name == "nPr", span=Span(start, end))
        else:
            if kind not in STARTS and kind not in ADDITIVE:
                self.pos -= 1
                raise Stop("argument", self.pos + 1)
            args = (self.argument(),)
            bracketed = False
        self.depth -= 1
        span = self.span_from(start)
        applied = function_of(name, args, subscript, primes, bracketed, span)
        if applied is None:
            raise Stop("argument", self.pos - 1)
        return applied if power is None else Power(applied, power, span=span)

    def function_subscript(self, start: int) -> Expr:
        """The base after log_."""
        if self.source[start] == "\\":
            return self.argument_group()
        return self.limit_value()

    def raised(self) -> Expr:
        """The exponent between a function's name and its argument."""
        kind, value, start, end = self.toks[self.pos]
        if kind == "num":
            self.pos += 1
            return Number(value, *numeral(value), span=Span(start, end))
        if kind == "{":
            self.pos += 1
            self.deeper()
            inner = self.sum()
            self.depth -= 1
            self.take("}", "}")
            return inner
        if kind == "(":
            inner = self.bracket()
            return inner.inner if isinstance(inner, Bracket) else inner
        if kind == "name" and len(value) == 1:
            return self.letter()
        raise Stop("operand", self.pos)

    def arguments(self, separating: bool = False) -> tuple[Expr, ...]:
        """(a, b): the arguments in a bracket."""
        self.pos += 1
        outer, self.bars = self.bars, 0
        waiting, self.integrals = self.integrals, 0
        closing, self.closing = self.closing, False
        found = []
        while True:
            if separating:
                self.ungroup()
            found.append(self.operands())
            if self.kind() not in (",", ";"):
                break
            self.pos += 1
        self.bars, self.integrals, self.closing = outer, waiting, closing
        self.take(")", ")")
        return tuple(found)

    def argument(self, derivative: bool = False) -> Expr:
        """What an unbracketed function takes: 2x of sin 2x + 1, π/6 of sin π/6, x of sin x cos x."""
        toks = self.toks
        factors = [self.signed_factor()]
        while True:
            kind = toks[self.pos][0]
            if kind in ("name", "const"):
                if kind == "name" and len(toks[self.pos][1]) > 1 and not self.resolve():
                    break
                if toks[self.pos][0] not in ("name", "const", "func"):
                    break
                if toks[self.pos][0] == "func" and not derivative:
                    break
                if self.is_differential():
                    break
                if toks[self.pos][0] == "name" and toks[self.pos][1] == "x" and self.looks_cross(self.pos, factors[-1]):
                    break
            elif (kind == "func" and derivative) or (kind in ("cmd", "√") and self.adjacent()):
                pass
            elif not (kind == "(" and self.adjacent() and isinstance(factors[-1], Number | Constant | Symbol)):
                break
            more = self.attempt(self.factor, self.pos)
            if more is None:
                break
            factors.append(more)
        node = factors[0] if len(factors) == 1 else self.multiplied(factors, [""] * (len(factors) - 1))
        if toks[self.pos][0] == "/" and not isinstance(node, Bracket) and not derivative:
            numeric = toks[self.pos + 1][0] == "num"
            has_pi = any(isinstance(n, Constant) for n in walk(node)) and not any(
                isinstance(n, Degrees) for n in walk(node)
            )
            if numeric and (has_pi or self.asks("the function takes the quotient")):
                self.pos += 1
                below = self.factor()
                node = Quotient(node, below, span=spanning(node, below))
        return node

    def is_differential(self) -> bool:
        """The letters at hand are the dx of an open integral."""
        kind, value, _, _end = self.toks[self.pos]
        if kind != "name" or value[0] != "d" or not self.integrals:
            return False
        return len(value) == 2 or (len(value) == 1 and self.toks[self.pos + 1][0] == "name")

    def words(self) -> Expr:
        """A phrase that stands for a value: `cost per kg`, `Total`, `\\text{Area}`."""
        toks = self.toks
        start = toks[self.pos][2]
        first = self.pos
        if toks[first][0] == "upright" and toks[first + 1][0] in ("_", "sub"):
            self.pos += 1
            return self.subscripted(Symbol(toks[first][1]), start)
        if toks[first][1].lower() in names.CONNECTIVES and toks[first + 1][0] != "rel":
            raise Stop("words", first)
        if self.soft and toks[first][0] != "upright" and toks[first][1].lower() in names.STOP_WORDS:
            raise Stop("operand", first)
        pos = first
        while toks[pos][0] in WORDLIKE or (
            toks[pos][0] in ("-", "'")
            and pos > first
            and toks[pos + 1][0] in WORDLIKE
            and toks[pos - 1][3] == toks[pos][2]
            and toks[pos][3] == toks[pos + 1][2]
        ):
            if pos > first and toks[pos][0] in ("and", "or") and toks[pos + 1][0] not in WORDLIKE:
                break
            pos += 1
        last = toks[pos - 1]
        if toks[pos][0] not in _AFTER_WORDS and not (toks[pos][0] == "." and toks[pos + 1][0] == "end"):
            raise Stop("words", first)
        # `the cost c = 5` speaks of c.
        if pos - first > 1 and last[0] == "name" and len(last[1]) == 1 and toks[pos][0] == "rel":
            self.pos = pos - 1
            if toks[pos - 2][1] == "Delta":
                self.pos -= 1
                return self.delta()
            return self.letter()
        if first and toks[first - 1][0] not in _BEFORE_WORDS:
            raise Stop("operator", first)
        self.pos = pos
        self.wordy = True
        return Words(" ".join(self.source[start : last[3]].split()), span=Span(start, last[3]))

    def variable(self) -> Symbol:
        """The letter that a limit, a sum or an integral runs over."""
        kind, value, start, end = self.toks[self.pos]
        if kind != "name":
            raise Stop("variable", self.pos)
        self.pos += 1
        return Symbol(value, span=Span(start, end))
