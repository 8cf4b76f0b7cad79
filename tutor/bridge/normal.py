"""num / den over Q[symbols, kernels]: the form in which true identities become equal polynomials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import comb

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly

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

MAX_BITS = 20_000
MAX_TERMS = 3_000
MAX_DEGREE = 400
CAPACITIES = (8, 16, 40)

# An element of the field while it is built: a number, or a polynomial; a pair of these is a fraction.
Part = int | fmpq | fmpq_mpoly
Pair = tuple[Part, Part]


class _Again(Exception):
    """A choice made earlier was too small (room for generators, a common divisor); start over with a better one."""


def _context(capacity: int) -> fmpq_mpoly_ctx:
    # Generators are taken from the last to the first: in lexicographic order each new one is above all before it,
    # so that the leading monomial of its defining relation r^q - u is r^q.
    return fmpq_mpoly_ctx.get(tuple(f"g{i}" for i in range(capacity)), Ordering.lex)


def _pow_int(base: int, n: int) -> int:
    if base.bit_length() * n > MAX_BITS and base not in (0, 1, -1):
        raise TooLarge(f"a number of more than {MAX_BITS} binary digits")
    return base**n


class Field:
    """Q(symbols, kernels) as far as it has been met."""

    def __init__(self) -> None:
        self.level = 0
        self._open()

    def _open(self) -> None:
        self.capacity = CAPACITIES[self.level]
        self.ctx = _context(self.capacity)
        self.names: dict[str, fmpq_mpoly] = {}
        self.used = 0
        self.divisors: list[fmpq_mpoly] = []

    # ------------------------------------------------------------ generators

    def _new(self) -> fmpq_mpoly:
        if self.used == self.capacity:
            self.level += 1
            if self.level == len(CAPACITIES):
                raise TooLarge(f"more than {CAPACITIES[-1]} different symbols and functions")
            raise _Again
        self.used += 1
        return self.ctx.gen(self.capacity - self.used)

    def symbol(self, name: str) -> fmpq_mpoly:
        """The generator of a symbol."""
        gen = self.names.get(name)
        if gen is None:
            gen = self.names[name] = self._new()
        return gen

    def index(self, name: str) -> int:
        """The index of a symbol's generator in the context."""
        return self.capacity - 1 - list(self.names).index(name)

    # ------------------------------------------------------------ arithmetic

    def mul(self, a: Part, b: Part) -> Part:
        """a b"""
        if type(a) is fmpq_mpoly and type(b) is fmpq_mpoly and len(a) * len(b) > MAX_TERMS:
            raise TooLarge(f"a product of more than {MAX_TERMS} terms")
        return a * b

    def power(self, a: Part, n: int) -> Part:
        """a^n, n >= 0"""
        if n < 2:
            return a if n else 1
        if type(a) is int:
            return _pow_int(a, n)
        if type(a) is fmpq:
            return fmpq(_pow_int(int(a.p), n), _pow_int(int(a.q), n))
        terms = len(a)
        if (terms > 1 and (n * a.total_degree() > MAX_DEGREE or comb(terms + n - 1, n) > MAX_TERMS)) or n > 10_000:
            raise TooLarge("a power with too many terms")
        return a**n

    def multiply(self, x: Pair, y: Pair) -> Pair:
        """x y"""
        a, b = x
        c, d = y
        num = self.mul(a, c)
        if b == 1:
            return num, d
        if d == 1:
            return num, b
        return num, self.mul(b, d)

    def add(self, x: Pair, y: Pair) -> Pair:
        """x + y"""
        a, b = x
        c, d = y
        if b is d or b == d:
            return a + c, b
        if b == 1:
            return self.mul(a, d) + c, d
        if d == 1:
            return a + self.mul(c, b), b
        return self.mul(a, d) + self.mul(c, b), self.mul(b, d)

    def inverse(self, x: Pair) -> Pair:
        """1 / x"""
        num, den = x
        if num == 0:
            raise Undefined("division by zero")
        if type(num) is fmpq_mpoly:
            if num.is_constant():
                return den * (1 / num.leading_coefficient()), 1
            self.divisors.append(num)
            return den, num
        return den * (fmpq(1) / num), 1

    def to_power(self, x: Pair, n: int) -> Pair:
        """x^n for an integer n"""
        if n < 0:
            x, n = self.inverse(x), -n
        num, den = x
        return self.power(num, n), den if den == 1 else self.power(den, n)

    # ------------------------------------------------------------ from the tree

    def convert(self, e: Expr) -> Pair:  # noqa: C901
        """The element that an expression stands for."""
        kind = e.__class__
        if kind is Number:
            v = e.value  # type: ignore[attr-defined]
            return (v.numerator if v.denominator == 1 else fmpq(v.numerator, v.denominator)), 1
        if kind is Symbol:
            return self.symbol(e.name), 1  # type: ignore[attr-defined]
        if kind is Sum:
            terms = e.terms  # type: ignore[attr-defined]
            total = self.convert(terms[0])
            for term in terms[1:]:
                total = self.add(total, self.convert(term))
            return total
        if kind is Product:
            factors = e.factors  # type: ignore[attr-defined]
            result = self.convert(factors[0])
            for factor in factors[1:]:
                result = self.multiply(result, self.convert(factor))
            return result
        if kind is Negative:
            num, den = self.convert(e.operand)  # type: ignore[attr-defined]
            return -num, den
        if kind is Quotient:
            return self.multiply(self.convert(e.top), self.inverse(self.convert(e.bottom)))  # type: ignore[attr-defined]
        if kind is Power:
            base, exponent = self.convert(e.base), self.convert(e.exponent)  # type: ignore[attr-defined]
            n = exponent[0]
            if type(n) is int and exponent[1] == 1:
                return self.to_power(base, n)
            raise Unsupported("a power whose exponent is not an integer")
        if kind is Bracket:
            return self.convert(e.inner)  # type: ignore[attr-defined]
        if kind is Positive:
            return self.convert(e.operand)  # type: ignore[attr-defined]
        if kind is Percent:
            return self.multiply(self.convert(e.operand), (fmpq(1, 100), 1))  # type: ignore[attr-defined]
        if kind is Mixed:
            whole, top, bottom = e.whole.value, e.top.value, e.bottom.value  # type: ignore[attr-defined]
            if bottom == 0:
                raise Undefined("division by zero")
            value = whole + top / bottom
            return fmpq(value.numerator, value.denominator), 1
        raise Unsupported(f"{kind.__name__} in a normal form")


def normal_forms(exprs: Iterable[Expr]) -> tuple[Normal, ...]:
    """Several expressions over one field, so that they can be compared and combined."""
    exprs = tuple(exprs)
    field = Field()
    while True:
        try:
            result = []
            for e in exprs:
                field.divisors = []
                result.append(Normal(field, *field.convert(e), tuple(field.divisors)))
            return tuple(result)
        except _Again:
            field._open()
        except RecursionError:
            raise TooLarge("brackets nested too deeply") from None


def normal_form(expr: Expr) -> Normal:
    """num / den; see `Normal`."""
    return normal_forms((expr,))[0]


def same(a: Expr, b: Expr) -> bool | None:
    """Whether a - b reduces to zero; None where it does not and that proves nothing."""
    x, y = normal_forms((a, b))
    difference = x - y
    if difference.is_zero():
        return True
    return False if difference.rational_only else None


class Normal:
    """num / den over Q[generators]; `divisors` are the polynomials that were divided by on the way."""

    __slots__ = ("_den", "_num", "divisors", "field")

    def __init__(self, field: Field, num: Part, den: Part = 1, divisors: tuple[fmpq_mpoly, ...] = ()) -> None:
        self.field = field
        self._num = num
        self._den = den
        self.divisors = divisors

    @property
    def numerator(self) -> fmpq_mpoly:
        """As a polynomial of the field's context."""
        return self._num if type(self._num) is fmpq_mpoly else self.field.ctx.constant(self._num)

    @property
    def denominator(self) -> fmpq_mpoly:
        """As a polynomial of the field's context."""
        return self._den if type(self._den) is fmpq_mpoly else self.field.ctx.constant(self._den)

    @property
    def symbols(self) -> tuple[str, ...]:
        """Names of the symbols that occur in it."""
        used = self._used()
        return tuple(name for name in self.field.names if self.field.index(name) in used)

    def _used(self) -> set[int]:
        used: set[int] = set()
        for part in (self._num, self._den):
            if type(part) is fmpq_mpoly:
                used.update(i for i, d in enumerate(part.degrees()) if d)
        return used

    @property
    def rational_only(self) -> bool:
        """Whether it is a rational function of the symbols alone."""
        return True

    def is_zero(self) -> bool:
        """Whether the numerator is the zero polynomial."""
        return bool(self._num == 0)

    def constant(self) -> Fraction | None:
        """Its value where no generator occurs in it."""
        value = self.numerator, self.denominator
        if not all(p.is_constant() for p in value):
            reduced = self.reduced()
            value = reduced.numerator, reduced.denominator
            if not all(p.is_constant() for p in value):
                return None
        top, bottom = (p.leading_coefficient() if p else fmpq(0) for p in value)
        return Fraction(int((top / bottom).p), int((top / bottom).q))

    def reduced(self) -> Normal:
        """The same with common factors cancelled and a denominator whose leading coefficient is 1."""
        num, den = self.numerator, self.denominator
        if not den.is_constant():
            common = num.gcd(den)
            if not common.is_one():
                num, den = num / common, den / common
        lead = den.leading_coefficient()
        if lead != 1:
            num, den = num / lead, den / lead
        return Normal(self.field, num, den, self.divisors)

    def _with(self, pair: Pair, other: Normal | None = None) -> Normal:
        return Normal(self.field, *pair, self.divisors + other.divisors if other else self.divisors)

    def __add__(self, other: Normal) -> Normal:
        return self._with(self.field.add((self._num, self._den), (other._num, other._den)), other)

    def __sub__(self, other: Normal) -> Normal:
        return self._with(self.field.add((self._num, self._den), (-other._num, other._den)), other)

    def __mul__(self, other: Normal) -> Normal:
        return self._with(self.field.multiply((self._num, self._den), (other._num, other._den)), other)

    def __truediv__(self, other: Normal) -> Normal:
        return self._with(
            self.field.multiply((self._num, self._den), self.field.inverse((other._num, other._den))), other
        )

    def __neg__(self) -> Normal:
        return self._with((-self._num, self._den))

    def __pow__(self, n: int) -> Normal:
        return self._with(self.field.to_power((self._num, self._den), n))

    def polynomials_in(self, names: tuple[str, ...]) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        """Numerator and denominator in the context of these names, in this order (lexicographic).

        Raises:
            Unsupported: another symbol, or a kernel, occurs.
        """
        ctx = fmpq_mpoly_ctx.get(names, Ordering.lex)
        where = [self.field.index(n) if n in self.field.names else -1 for n in names]
        if not self._used() <= set(where):
            raise Unsupported("not a rational function of these symbols")
        return tuple(  # type: ignore[return-value]
            ctx.from_dict({tuple(m[i] if i >= 0 else 0 for i in where): c for m, c in p.terms()})
            for p in (self.numerator, self.denominator)
        )

    def to_univariate(self, name: str) -> tuple[fmpq_poly, fmpq_poly]:
        """Numerator and denominator as polynomials in one symbol.

        Raises:
            Unsupported: another symbol, or a kernel, occurs.
            TooLarge: the degree is past what is taken on.
        """
        used = self._used()
        i = self.field.index(name) if name in self.field.names else -1
        if not used <= {i}:
            raise Unsupported(f"not a rational function of {name} alone")
        polys = []
        for p in (self.numerator, self.denominator):
            degree = p.degrees()[i] if i >= 0 and p else 0
            if degree > 10 * MAX_DEGREE:
                raise TooLarge(f"a polynomial of degree {degree}")
            coefficients: list[fmpq] = [fmpq(0)] * (degree + 1)
            for m, c in p.terms():
                coefficients[m[i] if i >= 0 else 0] = c
            polys.append(fmpq_poly(coefficients))
        return polys[0], polys[1]

    def evaluate(self, values: Mapping[str, Fraction | int]) -> Fraction:
        """The value of a rational function at rational values of its symbols.

        Raises:
            Undefined: a divisor is zero there.
            Unsupported: a symbol has no value, or there is a kernel.
        """
        where: list[fmpq | int] = [0] * self.field.capacity
        known: set[int] = set()
        for name in self.field.names:
            if name in values:
                i = self.field.index(name)
                v = values[name]
                where[i] = fmpq(v.numerator, v.denominator)
                known.add(i)
        if not self._used() <= known:
            raise Unsupported("a symbol without a value")
        for d in self.divisors:
            if d(*where) == 0:
                raise Undefined("division by zero")
        bottom = self.denominator(*where)
        if bottom == 0:
            raise Undefined("division by zero")
        value = self.numerator(*where) / bottom
        return Fraction(int(value.p), int(value.q))
