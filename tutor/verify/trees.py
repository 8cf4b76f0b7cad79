"""Small trees made by the verifier itself, with the brackets that a reader of the text would need."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tutor.errors import TooLarge
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Choose,
    Constant,
    Expr,
    Factorial,
    Matrix,
    Mixed,
    Negative,
    Node,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    SetOf,
    Sum,
    Symbol,
    Tuple,
    rebuild,
    symbols,
    walk,
    without_brackets,
)

CLOSED = (Number, Symbol, Constant, Bracket, Call, Absolute, Matrix, Tuple, SetOf, Root, Choose)
ATOMS = (*CLOSED, Power, Factorial)
FACTORS = (*ATOMS, Quotient, Product)
MAX_NODES = 5_000

ZERO = Number("0", Fraction(0))
ONE = Number("1", Fraction(1))


def number(value: Fraction | int) -> Expr:
    """An exact number as a tree: `3`, `-3`, `2/3`, `-2/3`."""
    value = Fraction(value)
    if value < 0:
        return Negative(number(-value))
    top = Number(str(value.numerator), Fraction(value.numerator))
    if value.denominator == 1:
        return top
    return Quotient(top, Number(str(value.denominator), Fraction(value.denominator)))


def literal(expr: Expr) -> Fraction | None:
    """The value of a number written plainly: `3`, `-3`, `(2/3)`, `2 1/2`, `5%`; None for anything else."""
    match expr:
        case Number():
            return expr.value
        case Bracket(inner) | Positive(inner):
            return literal(inner)
        case Negative(inner):
            value = literal(inner)
            return None if value is None else -value
        case Percent(inner):
            value = literal(inner)
            return None if value is None else value / 100
        case Mixed(whole, top, bottom):
            return whole.value + top.value / bottom.value if bottom.value else None
        case Quotient(top, bottom):
            over, under = literal(top), literal(bottom)
            return over / under if over is not None and under else None
    return None


def integer(expr: Expr) -> int | None:
    """The value of a plainly written whole number."""
    value = literal(expr)
    return int(value) if value is not None and value.denominator == 1 else None


def _as(expr: Expr, kinds: tuple[type[Expr], ...]) -> Expr:
    return expr if isinstance(expr, kinds) else Bracket(expr)


def total(*terms: Expr) -> Expr:
    """The sum a + b + …, zeros left out."""
    kept = [t for t in terms if literal(t) != 0]
    if not kept:
        return ZERO
    if len(kept) == 1:
        return kept[0]
    flat: list[Expr] = []
    for t in kept:
        flat.extend(t.terms if isinstance(t, Sum) else (t,))
    head, *rest = flat
    return Sum((head, *(_as(t, (*FACTORS, Negative)) for t in rest)))


def negative(a: Expr) -> Expr:
    """-a"""
    if isinstance(a, Negative):
        return a.operand
    value = literal(a)
    if value is not None:
        return number(-value)
    return Negative(_as(a, FACTORS))


def difference(a: Expr, b: Expr) -> Expr:
    """The difference a - b."""
    return total(a, negative(b))


def times(*factors: Expr) -> Expr:
    """The product a b …, ones left out and plain numbers gathered in front."""
    coefficient = Fraction(1)
    kept: list[Expr] = []
    for f in factors:
        bare = without_brackets(f)
        if isinstance(bare, Negative) and literal(bare) is None:
            coefficient, bare = -coefficient, without_brackets(bare.operand)
        value = literal(bare)
        if value is None:
            kept.extend(bare.factors if isinstance(bare, Product) else (bare,))
        else:
            coefficient *= value
    if coefficient == 0:
        return ZERO
    if not kept:
        return number(coefficient)
    sign, size = coefficient < 0, abs(coefficient)
    parts = ([] if size == 1 else [number(size)]) + kept
    result = parts[0] if len(parts) == 1 else Product(tuple(_as(p, ATOMS) for p in parts), ("*",) * (len(parts) - 1))
    return Negative(_as(result, FACTORS)) if sign else result


def over(a: Expr, b: Expr) -> Expr:
    """The quotient a / b."""
    top, bottom = literal(a), literal(b)
    if bottom is not None and bottom != 0:
        if top is not None:
            return number(top / bottom)
        if bottom == 1:
            return a
        if bottom < 0:
            return negative(over(a, number(-bottom)))
    if isinstance(a, Negative):
        return negative(over(a.operand, b))
    return Quotient(_as(a, ATOMS), _as(b, ATOMS), stacked=True)


def to_power(a: Expr, n: Expr | Fraction | int) -> Expr:
    """a^n"""
    exponent = n if isinstance(n, Expr) else number(n)
    value = literal(exponent)
    if value == 1:
        return a
    if value == 0:
        return ONE
    return Power(_as(a, CLOSED), exponent if isinstance(exponent, Number | Symbol) else Bracket(exponent))


def replace_each(node: Expr, change: Callable[[Node], Node | None]) -> Expr:
    """The tree with each node for which `change` gives another one replaced, from the top down."""

    def visit(n: Node) -> Node:
        new = change(n)
        if new is not None:
            if isinstance(new, Expr) and not isinstance(new, CLOSED) and isinstance(n, Expr):
                return Bracket(new)
            return new
        return rebuild(n, visit)

    result = visit(node)
    assert isinstance(result, Expr)
    return without_brackets(result) if not isinstance(node, Bracket) else result


def text_of(node: Node) -> str:
    """The node as a person would type it."""
    from tutor.syntax.printer import to_text

    return to_text(node)


def bounded(expr: Expr) -> Expr:
    """The expression itself.

    Raises:
        TooLarge: it has more than 5 000 parts.
    """
    for count, _ in enumerate(walk(expr)):
        if count > MAX_NODES:
            raise TooLarge("an expression that grows too long on the way")
    return expr


def has(expr: Node, name: str) -> bool:
    """Whether a symbol occurs freely."""
    return name in symbols(expr)


def powers_in(expr: Expr, name: str, degree: int = 60) -> dict[Fraction, Expr] | None:
    """{n: coefficient} of a sum of powers of one symbol, n rational; None where it is no such sum.

    √x is x^(1/2), 1/x is x^(-1); coefficients do not contain the symbol.
    """
    if not has(expr, name):
        return {Fraction(0): expr}
    match expr:
        case Symbol():
            return {Fraction(1): ONE}
        case Bracket(inner) | Positive(inner):
            return powers_in(inner, name, degree)
        case Negative(inner):
            below = powers_in(inner, name, degree)
            return None if below is None else {n: negative(c) for n, c in below.items()}
        case Sum(terms):
            result: dict[Fraction, Expr] = {}
            for term in terms:
                below = powers_in(term, name, degree)
                if below is None:
                    return None
                for n, c in below.items():
                    result[n] = total(result[n], c) if n in result else c
            return result
        case Product(factors):
            result = {Fraction(0): ONE}
            for factor in factors:
                below = powers_in(factor, name, degree)
                if below is None:
                    return None
                result = _product(result, below)
                if len(result) > degree:
                    return None
            return result
        case Quotient(top, bottom):
            over_, under = powers_in(top, name, degree), powers_in(bottom, name, degree)
            if over_ is None or under is None or len(under) != 1:
                return None
            ((n, c),) = under.items()
            return {m - n: over(d, c) for m, d in over_.items()}
        case Root(radicand, index):
            root = Fraction(2) if index is None else literal(index)
            below = powers_in(radicand, name, degree)
            if below is None or len(below) != 1 or not root or root.denominator != 1:
                return None
            ((m, c),) = below.items()
            # √(x²) is |x|, not x.
            if m != 1:
                return None
            return {m / root: c if literal(c) == 1 else Root(c, index)}
        case Power(base, exponent):
            up = literal(exponent)
            below = powers_in(base, name, degree)
            if below is None or up is None or abs(up) > degree:
                return None
            if len(below) == 1:
                ((m, c),) = below.items()
                if up.denominator != 1 and m != 1:
                    return None
                return {m * up: to_power(c, up) if literal(c) != 1 else ONE}
            if up.denominator != 1 or up < 0 or up > 12 or len(below) ** min(int(up), 4) > 200:
                return None
            result = {Fraction(0): ONE}
            for _ in range(int(up)):
                result = _product(result, below)
            return result
    return None


def _product(a: dict[Fraction, Expr], b: dict[Fraction, Expr]) -> dict[Fraction, Expr]:
    result: dict[Fraction, Expr] = {}
    for m, c in a.items():
        for n, d in b.items():
            term = times(c, d)
            result[m + n] = total(result[m + n], term) if m + n in result else term
    return result


def linear_in(expr: Expr, name: str) -> tuple[Expr, Expr] | None:
    """(a, b) with expr = a x + b and a ≠ 0 as far as can be seen; None where it is not linear."""
    found = powers_in(expr, name)
    if found is None or not set(found) <= {Fraction(0), Fraction(1)} or Fraction(1) not in found:
        return None
    a = found[Fraction(1)]
    return None if literal(a) == 0 else (a, found.get(Fraction(0), ZERO))
