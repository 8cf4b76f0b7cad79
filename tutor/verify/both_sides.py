"""The same operation on both sides, written without the brackets it needs: -8 + y = 6, then -8 + y/6 = 6/6."""

from __future__ import annotations

from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Bracket,
    Chain,
    Expr,
    Negative,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    without_brackets,
)

# A side in written order: operators as text, everything else as it stands.
Token = str | Expr

WORDS = {"+": "add {0} on both sides", "-": "subtract {0} on both sides"}
WORDS |= {"*": "multiply both sides by {0}", "/": "divide both sides by {0}"}
MAX_TOKENS = 200


def tokens(e: Expr) -> list[Token] | None:
    """The side as it was written, left to right; None where it is too long to be worth it."""
    out: list[Token] = []
    _flatten(e, out)
    return out if len(out) <= MAX_TOKENS else None


def _flatten(e: Expr, out: list[Token]) -> None:
    kind = e.__class__
    if kind is Sum:
        for i, term in enumerate(e.terms):  # type: ignore[attr-defined]
            if i and term.__class__ is not Negative:
                out.append("+")
            _flatten(term, out)
    elif kind is Negative:
        out.append("-")
        _flatten(e.operand, out)  # type: ignore[attr-defined]
    elif kind is Positive:
        out.append("+")
        _flatten(e.operand, out)  # type: ignore[attr-defined]
    elif kind is Product:
        signs = e.signs or ("*",) * (len(e.factors) - 1)  # type: ignore[attr-defined]
        for i, factor in enumerate(e.factors):  # type: ignore[attr-defined]
            if i and signs[i - 1]:
                out.append("*")
            _flatten(factor, out)
    elif kind is Quotient and not e.stacked:  # type: ignore[attr-defined]
        _flatten(e.top, out)  # type: ignore[attr-defined]
        out.append("/")
        _flatten(e.bottom, out)  # type: ignore[attr-defined]
    elif kind is Power:
        _flatten(e.base, out)  # type: ignore[attr-defined]
        out.append("^")
        out.append(e.exponent)  # type: ignore[attr-defined]
    elif kind is Percent:
        _flatten(e.operand, out)  # type: ignore[attr-defined]
        out.append("%")
    elif kind is Symbol:
        out.append(Symbol(e.name.casefold()) if len(e.name) == 1 else e)  # type: ignore[attr-defined]
    elif kind is Bracket:
        # (-2) and -2 differ as written, so a bracket is one piece; its letters may still slip in case.
        out.append("(")
        _flatten(e.inner, out)  # type: ignore[attr-defined]
        out.append(")")
    else:
        out.append(e)


def _simplified(row: list[Token]) -> list[Token]:
    """`a+-b` and `a-b` read to one tree, so they are one here too; a sign at the start stays."""
    out: list[Token] = []
    for token in row:
        if token == "-" and out and out[-1] == "+":
            out.pop()
        out.append(token)
    return out


def _tail(before: list[Token], after: list[Token]) -> tuple[str, list[Token]] | None:
    """What was written after the side of the line before: an operator and its operand."""
    n = len(before)
    if len(after) <= n + 1 or after[:n] != before:
        return None
    operator = after[n]
    if operator not in ("+", "-", "*", "/"):
        return None
    return operator, after[n + 1 :]


class _Operand:
    """Reads the operand back from its pieces: sums of products of signed powers."""

    def __init__(self, row: list[Token]) -> None:
        self.row = row
        self.at = 0

    def read(self) -> Expr | None:
        found = self.sum()
        return found if found is not None and self.at == len(self.row) else None

    def peek(self) -> Token | None:
        return self.row[self.at] if self.at < len(self.row) else None

    def sum(self) -> Expr | None:
        terms: list[Expr] = []
        while True:
            token = self.peek()
            negative = False
            if terms:
                if token not in ("+", "-"):
                    break
                negative = token == "-"
                self.at += 1
            term = self.product()
            if term is None:
                return None
            terms.append(Negative(term) if negative else term)
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def product(self) -> Expr | None:
        result = self.signed()
        while result is not None:
            token = self.peek()
            if token in ("*", "/"):
                self.at += 1
                right = self.signed()
                if right is None:
                    return None
                result = Product((result, right), ("*",)) if token == "*" else Quotient(result, right)
            elif token is None or token in ("+", "-", ")", "^", "%"):
                return result
            else:
                right = self.power()
                if right is None:
                    return None
                # 2x in 1/2x is one piece, as the reader has it.
                result = (
                    Quotient(result.top, Product((result.bottom, right), ("",)))
                    if isinstance(result, Quotient)
                    else Product((result, right), ("",))
                )
        return result

    def signed(self) -> Expr | None:
        token = self.peek()
        if token in ("-", "+"):
            self.at += 1
            inner = self.signed()
            return None if inner is None else Negative(inner) if token == "-" else inner
        return self.power()

    def power(self) -> Expr | None:
        base = self.atom()
        if base is not None and self.peek() == "^":
            exponent = self.row[self.at + 1] if self.at + 1 < len(self.row) else None
            if not isinstance(exponent, Expr):
                return None
            self.at += 2
            base = Power(base, exponent)
        if base is not None and self.peek() == "%":
            self.at += 1
            base = Percent(base)
        return base

    def atom(self) -> Expr | None:
        token = self.peek()
        if token == "(":
            self.at += 1
            inner = self.sum()
            if inner is None or self.peek() != ")":
                return None
            self.at += 1
            return Bracket(inner)
        if isinstance(token, Expr):
            self.at += 1
            return token
        return None


def same_operation_on_both_sides(before: Chain, after: Chain) -> tuple[Chain, str] | None:
    """The line with the brackets it means, and the operation in words; None where it is no such line.

    Each side of `after` must be, piece by piece, the side of `before` followed by the same operator and operand.
    Letters are equal up to case.
    """
    if before.relations != ("=",) or after.relations != ("=",):
        return None
    rows = [tokens(o) for o in (*before.operands, *after.operands)]
    if any(row is None for row in rows):
        return None
    b0, b1, a0, a1 = (_simplified(row) for row in rows if row is not None)
    for first, second, sides in ((b0, b1, before.operands), (b1, b0, before.operands[::-1])):
        left, right = _tail(first, a0), _tail(second, a1)
        if left is None or right is None or left != right:
            continue
        operator, row = left
        # The sign before an operand that was added belongs to it: 8 + -2 and 8 - 2 are written alike in the tree.
        operand = _Operand(row).read()
        if operand is None:
            continue
        return Chain(tuple(_applied(s, operator, operand) for s in sides), ("=",), span=after.span), _words(
            operator, operand
        )
    return None


def _applied(side: Expr, operator: str, operand: Expr) -> Expr:
    whole = side if isinstance(side, Bracket | Symbol | Number) else Bracket(side)
    other = operand if isinstance(operand, Bracket | Symbol | Number) else Bracket(operand)
    if operator == "+":
        return Sum((whole, other))
    if operator == "-":
        return Sum((whole, Negative(other)))
    if operator == "*":
        return Product((whole, other), ("*",))
    return Quotient(whole, other)


def _words(operator: str, operand: Expr) -> str:
    return WORDS[operator].format(to_text(without_brackets(operand)))
