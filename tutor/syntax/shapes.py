"""Small rules about trees that several parts of the reader share."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tutor.syntax import names
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Choose,
    Constant,
    Differential,
    Expr,
    Factorial,
    Interval,
    Negative,
    Node,
    Number,
    NumberSet,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    SetOf,
    Span,
    Sum,
    Symbol,
    Tuple,
    rebuild,
)


def spanning(first: Node, last: Node) -> Span:
    """From the beginning of one node to the end of another."""
    return Span(first.span[0], last.span[1])


def unit_text(factors: list[tuple[str, int]]) -> str:
    """m/s^2, the factors in written order"""
    text = ""
    for word, n in factors:
        text += ("/" if n < 0 else "*" if text else "") + word + (f"^{abs(n)}" if abs(n) != 1 else "")
    return text


def letter_name(text: str) -> str:
    """A letter as names are spelt in the tree."""
    text = text.lstrip("\\")
    return names.LETTERS.get(text, text)


def vulgar_parts(value: str, span: Span) -> tuple[Number, Number]:
    """½ as 1 and 2"""
    top, bottom = value.split("/")
    return Number(top, Fraction(int(top)), span=span), Number(bottom, Fraction(int(bottom)), span=span)


def is_minus_one(expr: Expr) -> bool:
    """-1"""
    return isinstance(expr, Negative) and isinstance(expr.operand, Number) and expr.operand.text == "1"


def is_power_of_ten(expr: Expr) -> bool:
    """10^8"""
    return isinstance(expr, Power) and isinstance(expr.base, Number) and expr.base.text == "10"


def is_infinite(expr: Expr) -> bool:
    """∞, -∞ or +∞"""
    inner = expr.operand if isinstance(expr, Negative | Positive) else expr
    return isinstance(inner, Constant) and inner.name == "infinity"


def row_of(item: Expr) -> tuple[Expr, ...]:
    """The entries of a bracketed row."""
    if isinstance(item, Interval):
        return (item.lower, item.upper)
    if isinstance(item, Tuple):
        return item.items
    assert isinstance(item, Bracket)
    return (item.inner,)


def as_set(expr: Expr) -> Expr:
    """(a, b) among sets is an open interval, R the real numbers."""
    if isinstance(expr, Tuple) and len(expr.items) == 2 and not expr.angle:
        return Interval(expr.items[0], expr.items[1], False, False, span=expr.span)
    if isinstance(expr, Symbol) and expr.name in names.SETS:
        return NumberSet(expr.name, span=expr.span)
    return expr


def moved(expr: Expr, by: int) -> Expr:
    """The tree of a superscript, at its place in the line."""
    inner = rebuild(expr, lambda n: moved(n, by) if isinstance(n, Expr) else n)
    return replace(inner, span=Span(expr.span[0] + by, expr.span[1] + by))


def without_differential(expr: Expr) -> tuple[Expr, Symbol | None]:
    """The integrand without its dx, and the variable."""
    if isinstance(expr, Differential):
        return Number("1", Fraction(1), span=expr.span), expr.variable
    if isinstance(expr, Product):
        for i, factor in enumerate(expr.factors):
            inner, variable = without_differential(factor)
            if variable is None:
                continue
            if isinstance(factor, Differential):
                rest = expr.factors[:i] + expr.factors[i + 1 :]
                signs = expr.signs[: max(i - 1, 0)] + expr.signs[max(i, 1) :] if expr.signs else ()
                if len(rest) == 1:
                    return rest[0], variable
                return Product(rest, signs, span=spanning(rest[0], rest[-1])), variable
            return replace(expr, factors=(*expr.factors[:i], inner, *expr.factors[i + 1 :])), variable
        return expr, None
    if isinstance(expr, Quotient):
        inner, variable = without_differential(expr.top)
        return (expr, None) if variable is None else (replace(expr, top=inner), variable)
    if isinstance(expr, Bracket) and not isinstance(expr.inner, Differential):  # (2x dx)/(x^2 + 1)
        inner, variable = without_differential(expr.inner)
        return (expr, None) if variable is None else (replace(expr, inner=inner), variable)
    if isinstance(expr, Negative):
        inner, variable = without_differential(expr.operand)
        return (expr, None) if variable is None else (replace(expr, operand=inner), variable)
    if isinstance(expr, Sum):
        inner, variable = without_differential(expr.terms[-1])
        return (expr, None) if variable is None else (replace(expr, terms=(*expr.terms[:-1], inner)), variable)
    return expr, None


def function_of(
    name: str, args: tuple[Expr, ...], subscript: Expr | None, primes: int, bracketed: bool, span: Span
) -> Expr | None:
    """A function applied to its arguments; None where it takes another number of them."""
    if name in names.SEVERAL and len(args) == 1 and isinstance(args[0], SetOf):
        args = args[0].items
    if name == "sqrt":
        if len(args) == 2:
            return Root(args[0], args[1], span=span)
        return Root(args[0], span=span) if len(args) == 1 else None
    if name == "cbrt":
        return Root(args[0], Number("3", Fraction(3)), span=span) if len(args) == 1 else None
    if name == "abs":
        return Absolute(args[0], span=span) if len(args) == 1 else None
    if name == "factorial":
        return Factorial(Bracket(args[0]), span=span) if len(args) == 1 else None
    if name in ("nCr", "nPr"):
        return Choose(args[0], args[1], name == "nPr", span=span) if len(args) == 2 else None
    if len(args) > 1 and name in names.TRIGONOMETRIC:
        return None
    return Call(name, args, subscript, primes, span=span, bracketed=bracketed)
