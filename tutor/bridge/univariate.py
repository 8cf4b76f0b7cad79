"""num(x) / den(x) over Q, straight from the tree: the fast path for one unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import arb_poly, fmpq, fmpq_poly

from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.tree import (
    Bracket,
    Expr,
    Mixed,
    Negative,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)

MAX_DEGREE = 100
MAX_BITS = 20_000

# fmpq or fmpq_poly; over balls arb or arb_poly.
Part = Any
# A fraction (num, den); den is None for 1.
Pair = tuple[Part, Part | None]

X = fmpq_poly([0, 1])
ZERO = fmpq(0)
ONE = fmpq(1)
PERCENT = fmpq(1, 100)
_POLYNOMIALS: frozenset[Any] = frozenset({fmpq_poly, arb_poly})


class Reader:
    """Converts expressions in one symbol, keeping what was divided by.

    generator: what stands for the symbol: the polynomial x, exact or over balls, or a number to evaluate at.
    number: what stands for a numeral; exact unless told. hook: asked first for nodes that are no arithmetic, and for
    powers and roots that have no rational form.
    """

    __slots__ = ("folded", "generator", "hook", "name", "number", "poles")

    def __init__(
        self,
        name: str,
        *,
        generator: Part = X,
        number: Callable[[Number], Part] | None = None,
        hook: Callable[[Reader, Expr], Pair] | None = None,
        fold_case: bool = False,
    ) -> None:
        self.name = name
        self.generator = generator
        self.number = number
        self.hook = hook
        self.folded = name.casefold() if fold_case else None
        self.poles: list[Part] = []

    def convert(self, e: Expr) -> Pair:
        """The fraction an expression stands for.

        Raises:
            Unsupported: another symbol occurs, or it is no rational function.
            Undefined: a division by zero whatever x is.
            TooLarge: the degree or a number is past what is taken on.
        """
        handler = _HANDLERS.get(e.__class__)
        if handler is None:
            return self.other(e)
        return handler(self, e)

    def other(self, e: Expr) -> Pair:
        """What the hook makes of a node."""
        if self.hook is None:
            raise Unsupported(f"{e.__class__.__name__} in a rational function")
        return self.hook(self, e)

    def difference(self, left: Expr, right: Expr) -> Pair:
        """left - right"""
        a, b = self.convert(left)
        c, d = self.convert(right)
        return _add(a, b, -c, d)


def as_polynomial(p: Part) -> fmpq_poly:
    """A number as a polynomial."""
    return p if p.__class__ is fmpq_poly else fmpq_poly([p])


def _mul(a: Part, b: Part) -> Part:
    if type(a) in _POLYNOMIALS and type(b) in _POLYNOMIALS and a.degree() + b.degree() > MAX_DEGREE:
        raise TooLarge(f"a polynomial of degree more than {MAX_DEGREE}")
    return a * b


def _add(a: Part, b: Part | None, c: Part, d: Part | None) -> Pair:
    if b is None and d is None:
        return a + c, None
    if b is None:
        return _mul(a, d) + c, d
    if d is None:
        return a + _mul(c, b), b
    if b == d:
        return a + c, b
    return _mul(a, d) + _mul(c, b), _mul(b, d)


def _times(a: Part, b: Part | None, c: Part, d: Part | None) -> Pair:
    den = d if b is None else b if d is None else _mul(b, d)
    return _mul(a, c), den


def _inverse(reader: Reader, num: Part, den: Part | None) -> Pair:
    if type(num) in _POLYNOMIALS and num.degree() < 1:
        num = num[0]
    if type(num) not in _POLYNOMIALS:
        if num == 0:
            raise Undefined("division by zero")
        return (ONE if den is None else den) * (ONE / num), None  # a polynomial over balls has no /
    reader.poles.append(num)
    return (ONE if den is None else den), num


def _number(reader: Reader, e: Number) -> Pair:
    if reader.number is not None:
        return reader.number(e), None
    v = e.value
    return fmpq(v.numerator, v.denominator), None


def _symbol(reader: Reader, e: Symbol) -> Pair:
    if e.name == reader.name or (reader.folded is not None and e.name.casefold() == reader.folded):
        return reader.generator, None
    raise Unsupported(f"another symbol, {e.name}")


def _sum(reader: Reader, e: Sum) -> Pair:
    num, den = reader.convert(e.terms[0])
    for term in e.terms[1:]:
        c, d = reader.convert(term)
        num, den = (num + c, None) if den is None and d is None else _add(num, den, c, d)
    return num, den


def _product(reader: Reader, e: Product) -> Pair:
    num, den = reader.convert(e.factors[0])
    for factor in e.factors[1:]:
        c, d = reader.convert(factor)
        num, den = _times(num, den, c, d)
    return num, den


def _quotient(reader: Reader, e: Quotient) -> Pair:
    a, b = reader.convert(e.top)
    c, d = _inverse(reader, *reader.convert(e.bottom))
    return _times(a, b, c, d)


def _negative(reader: Reader, e: Negative) -> Pair:
    num, den = reader.convert(e.operand)
    return -num, den


def _power(reader: Reader, e: Power) -> Pair:
    try:
        exponent, below = _PLAIN.convert(e.exponent)
    except Unsupported:
        return reader.other(e)
    if exponent.__class__ is fmpq_poly and exponent.degree() < 1:
        exponent = exponent[0]
    if below is not None or exponent.__class__ is not fmpq or exponent.q != 1:
        return reader.other(e)
    n = int(exponent.p)
    num, den = reader.convert(e.base)
    if n < 0:
        num, den = _inverse(reader, num, den)
        n = -n
    return _to_power(num, n), None if den is None else _to_power(den, n)


def _to_power(p: Part, n: int) -> Part:
    if type(p) in _POLYNOMIALS:
        if p.degree() * n > MAX_DEGREE:
            raise TooLarge(f"a polynomial of degree {p.degree() * n}")
        if p.degree() < 1:
            p = p[0]
        else:
            return p**n
    if p.__class__ is not fmpq:
        return p**n
    if max(p.p.bit_length(), p.q.bit_length()) * n > MAX_BITS and p not in (0, 1, -1):
        raise TooLarge(f"a number of more than {MAX_BITS} binary digits")
    if p in (0, 1, -1):
        return ONE if n == 0 else p if p != -1 or n % 2 else ONE
    return p**n


def _bracket(reader: Reader, e: Bracket) -> Pair:
    return reader.convert(e.inner)


def _positive(reader: Reader, e: Positive) -> Pair:
    return reader.convert(e.operand)


def _percent(reader: Reader, e: Percent) -> Pair:
    num, den = reader.convert(e.operand)
    return num * PERCENT, den


def _mixed(reader: Reader, e: Mixed) -> Pair:  # noqa: ARG001
    if e.bottom.value == 0:
        raise Undefined("division by zero")
    v = e.whole.value + e.top.value / e.bottom.value
    return fmpq(v.numerator, v.denominator), None


_HANDLERS: Mapping[type[Expr], Callable[[Reader, Any], Pair]] = {
    Number: _number,
    Symbol: _symbol,
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Negative: _negative,
    Power: _power,
    Bracket: _bracket,
    Positive: _positive,
    Percent: _percent,
    Mixed: _mixed,
}

_PLAIN = Reader("")


def fraction(q: fmpq) -> Fraction:
    """The same number as a Fraction."""
    return Fraction(int(q.p), int(q.q))


def rational(v: Fraction | int) -> fmpq:
    """The same number as an fmpq."""
    return fmpq(v.numerator, v.denominator)
