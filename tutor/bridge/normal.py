"""num / den over Q[symbols, kernels]: the form in which true identities become equal polynomials.

Two expressions are the same function where num1 den2 - num2 den1 reduces to zero; where it does not, that proves
nothing unless both are rational functions. What is taken as a generator, and by which relations it is reduced, is
said in `kernels.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly

from tutor.bridge.field import MAX_DEGREE, Again, Field, Generator, Pair, Part, to_fraction
from tutor.bridge.kernels import Kernels
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Choose,
    Constant,
    Degrees,
    Derivative,
    Expr,
    Factorial,
    Integral,
    Limit,
    Mixed,
    Negative,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    Series,
    Sum,
    Symbol,
    Words,
)

# ---------------------------------------------------------------- from the tree, one function a node


def _convert(e: Any, f: Kernels) -> Pair:
    handler = _CONVERT.get(e.__class__)
    if handler is None:
        raise Unsupported(f"{type(e).__name__} in a normal form")
    return handler(e, f)


def _number(e: Number, f: Kernels) -> Pair:  # noqa: ARG001
    v = e.value
    return (v.numerator if v.denominator == 1 else fmpq(v.numerator, v.denominator)), 1


def _symbol(e: Symbol, f: Kernels) -> Pair:
    element = f.names.get(e.name)
    return (f.symbol(e.name) if element is None else element), 1


def _words(e: Words, f: Kernels) -> Pair:
    return f.symbol(e.text), 1


def _constant(e: Constant, f: Kernels) -> Pair:
    if e.name == "pi":
        return f.pi.gen, 1
    if e.name == "e":
        return f.exp((1, 1))
    if e.name == "i":
        return f.i.gen, 1
    raise Unsupported(f"{e.name} in a normal form")


def _sum(e: Sum, f: Kernels) -> Pair:
    total = _convert(e.terms[0], f)
    for term in e.terms[1:]:
        total = f.add(total, _convert(term, f))
    return total


def _product(e: Product, f: Kernels) -> Pair:
    result = _convert(e.factors[0], f)
    for factor in e.factors[1:]:
        result = f.multiply(result, _convert(factor, f))
    return result


def _negative(e: Negative, f: Kernels) -> Pair:
    num, den = _convert(e.operand, f)
    return -num, den


def _quotient(e: Quotient, f: Kernels) -> Pair:
    return f.multiply(_convert(e.top, f), f.inverse(_convert(e.bottom, f)))


def _power(e: Power, f: Kernels) -> Pair:
    base = e.base
    exponent = _convert(e.exponent, f)
    if base.__class__ is Constant and base.name == "e":
        return f.exp(exponent)
    element = _convert(base, f)
    n = exponent[0]
    if type(n) is int and type(exponent[1]) is int:
        if n <= 0 and f.is_zero(element):
            raise Undefined("0^0" if n == 0 else "division by zero")
        return f.to_power(element, n)
    return f.general_power(element, exponent)


def _root(e: Root, f: Kernels) -> Pair:
    if e.index is None:
        return f.rational_power(_convert(e.radicand, f), HALF)
    n = f.number(_convert(e.index, f))
    if n is None:
        return f.general_power(_convert(e.radicand, f), f.inverse(_convert(e.index, f)))
    if n == 0:
        raise Undefined("a root of index 0")
    return f.rational_power(_convert(e.radicand, f), 1 / to_fraction(n))


def _inside(e: Bracket, f: Kernels) -> Pair:
    return _convert(e.inner, f)


def _operand(e: Positive, f: Kernels) -> Pair:
    return _convert(e.operand, f)


def _percent(e: Percent, f: Kernels) -> Pair:
    return f.multiply(_convert(e.operand, f), (fmpq(1, 100), 1))


def _degrees(e: Degrees, f: Kernels) -> Pair:
    return f.multiply(_convert(e.operand, f), (f.pi.gen * fmpq(1, 180), 1))


def _mixed(e: Mixed, f: Kernels) -> Pair:  # noqa: ARG001
    if e.bottom.value == 0:
        raise Undefined("division by zero")
    value = e.whole.value + e.top.value / e.bottom.value
    return fmpq(value.numerator, value.denominator), 1


def _absolute(e: Absolute, f: Kernels) -> Pair:
    return f.absolute(_convert(e.operand, f))


def _factorial(e: Factorial, f: Kernels) -> Pair:
    return f.factorial(_convert(e.operand, f))


def _choose(e: Choose, f: Kernels) -> Pair:
    return f.choose(_convert(e.n, f), _convert(e.k, f), ordered=e.ordered)


def _opaque(e: Expr, f: Kernels) -> Pair:
    return f.function(type(e).__name__, (), e)


def _call(e: Call, f: Kernels) -> Pair:
    function = _FUNCTIONS.get(e.name)
    args = tuple(_convert(a, f) for a in e.args)
    if e.name == "log":
        if len(args) == 1 and not e.primes:
            return f.log(args[0], (10, 1) if e.subscript is None else _base(e.subscript, f))
    elif function is not None and len(args) == 1 and e.subscript is None and not e.primes:
        return function(args[0], f)
    return f.function(e.name, args, (e.subscript, e.primes))


def _base(e: Expr, f: Kernels) -> Pair:
    return f.exp((1, 1)) if isinstance(e, Constant) and e.name == "e" else _convert(e, f)


def _hyperbolic(x: Pair, f: Kernels) -> tuple[Pair, Pair]:
    """(cosh x, sinh x)"""
    grows = f.exp(x)
    shrinks = grows[1], grows[0]
    half: Pair = (fmpq(1, 2), 1)
    return f.multiply(half, f.add(grows, shrinks)), f.multiply(half, f.subtract(grows, shrinks))


def _over(x: tuple[Pair, Pair], f: Kernels) -> Pair:
    return f.divide(*x)


def _floor(x: Pair, f: Kernels, name: str) -> Pair:
    n = f.number(x)
    if n is None:
        return f.function(name, (x,), (None, 0))
    q = to_fraction(n)
    return (q.__floor__() if name == "floor" else q.__ceil__()), 1


def _sign(x: Pair, f: Kernels) -> Pair:
    n = f.number(x)
    if n is None:
        return f.function("sgn", (x,), (None, 0))
    return (n > 0) - (n < 0), 1


def _area(x: Pair, sign: int, f: Kernels) -> Pair:
    """arsinh x = ln(x + √(x²+1)), arcosh x = ln(x + √(x²-1))"""
    return f.ln(f.add(x, f.root(f.add(f.multiply(x, x), (sign, 1)), 2)))


_ONE: Pair = (1, 1)
HALF = Fraction(1, 2)
_FUNCTIONS: dict[str, Callable[[Pair, Kernels], Pair]] = {
    "sin": lambda x, f: f.cis(x)[1],
    "cos": lambda x, f: f.cis(x)[0],
    "tan": lambda x, f: _over(f.cis(x)[::-1], f),
    "cot": lambda x, f: _over(f.cis(x), f),
    "sec": lambda x, f: f.inverse(f.cis(x)[0]),
    "csc": lambda x, f: f.inverse(f.cis(x)[1]),
    "sinh": lambda x, f: _hyperbolic(x, f)[1],
    "cosh": lambda x, f: _hyperbolic(x, f)[0],
    "tanh": lambda x, f: _over(_hyperbolic(x, f)[::-1], f),
    "coth": lambda x, f: _over(_hyperbolic(x, f), f),
    "sech": lambda x, f: f.inverse(_hyperbolic(x, f)[0]),
    "csch": lambda x, f: f.inverse(_hyperbolic(x, f)[1]),
    "arcsin": lambda x, f: f.inverse_function("arcsin", x),
    "arccos": lambda x, f: f.subtract((f.pi.gen * fmpq(1, 2), 1), f.inverse_function("arcsin", x)),
    "arctan": lambda x, f: f.inverse_function("arctan", x),
    "arccot": lambda x, f: f.subtract((f.pi.gen * fmpq(1, 2), 1), f.inverse_function("arctan", x)),
    "arcsec": lambda x, f: f.subtract((f.pi.gen * fmpq(1, 2), 1), f.inverse_function("arcsin", f.inverse(x))),
    "arccsc": lambda x, f: f.inverse_function("arcsin", f.inverse(x)),
    "arsinh": lambda x, f: _area(x, 1, f),
    "arcosh": lambda x, f: _area(x, -1, f),
    "artanh": lambda x, f: f.multiply((fmpq(1, 2), 1), f.ln(f.divide(f.add(_ONE, x), f.subtract(_ONE, x)))),
    "exp": lambda x, f: f.exp(x),
    "ln": lambda x, f: f.ln(x),
    "lg": lambda x, f: f.log(x, (10, 1)),
    "lb": lambda x, f: f.log(x, (2, 1)),
    "abs": lambda x, f: f.absolute(x),
    "sqrt": lambda x, f: f.root(x, 2),
    "floor": lambda x, f: _floor(x, f, "floor"),
    "ceil": lambda x, f: _floor(x, f, "ceil"),
    "sgn": _sign,
}
_FUNCTIONS |= {"arcsinh": _FUNCTIONS["arsinh"], "arccosh": _FUNCTIONS["arcosh"], "arctanh": _FUNCTIONS["artanh"]}

_CONVERT: dict[type, Callable[[Any, Kernels], Pair]] = {
    Number: _number,
    Symbol: _symbol,
    Words: _words,
    Constant: _constant,
    Sum: _sum,
    Product: _product,
    Negative: _negative,
    Positive: _operand,
    Quotient: _quotient,
    Power: _power,
    Root: _root,
    Bracket: _inside,
    Percent: _percent,
    Degrees: _degrees,
    Mixed: _mixed,
    Absolute: _absolute,
    Factorial: _factorial,
    Choose: _choose,
    Call: _call,
    Derivative: _opaque,
    Integral: _opaque,
    Limit: _opaque,
    Series: _opaque,
}


def normal_forms(
    exprs: Iterable[Expr],
    *,
    real: bool = True,
    integers: frozenset[str] = frozenset(),
    positive_symbols: bool = True,
) -> tuple[Normal, ...]:
    """Several expressions over one field, so that they can be compared and combined.

    positive_symbols: √(x²) = x, and `Normal.assumed` says so; else √(x²) = |x|.

    Raises:
        Undefined: a division by zero, the root or logarithm of a negative number.
        Unsupported: a node that is no function of real or complex numbers.
        TooLarge: too many terms, too high a degree, too large a number.
    """
    exprs = tuple(exprs)
    field = Kernels(real=real, integers=integers, positive_symbols=positive_symbols)
    while True:
        try:
            result = []
            for e in exprs:
                field.divisors = []
                num, den = _convert(e, field)
                result.append(Normal(field, num, den, tuple(field.divisors)))
            return tuple(result)
        except Again:
            field.open()
        except RecursionError:
            raise TooLarge("brackets nested too deeply") from None


def normal_form(expr: Expr, *, real: bool = True) -> Normal:
    """num / den; see `Normal`."""
    return normal_forms((expr,), real=real)[0]


def same(a: Expr, b: Expr, *, real: bool = True) -> bool | None:
    """Whether a = b for positive values of the symbols; None where neither is seen."""
    x, y = normal_forms((a, b), real=real)
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
    def pair(self) -> Pair:
        """(num, den) as the field keeps them, numbers as numbers."""
        return self._num, self._den

    @property
    def numerator(self) -> fmpq_mpoly:
        """As a polynomial of the field's context."""
        return self._num if type(self._num) is fmpq_mpoly else self.field.ctx.constant(self._num)

    @property
    def denominator(self) -> fmpq_mpoly:
        """As a polynomial of the field's context."""
        return self._den if type(self._den) is fmpq_mpoly else self.field.ctx.constant(self._den)

    @property
    def generators(self) -> tuple[Generator, ...]:
        """The symbols and kernels that occur, in the order in which they were met."""
        used = self.field.used_in(self._num, self._den)
        return tuple(g for g in self.field.generators if g.index in used)

    @property
    def symbols(self) -> tuple[str, ...]:
        """Names of the symbols that occur outside kernels."""
        return tuple(g.name for g in self.generators if g.kind == "symbol")

    @property
    def kernels(self) -> tuple[Generator, ...]:
        """The generators that are no symbols."""
        return tuple(g for g in self.generators if g.kind != "symbol")

    @property
    def rational_only(self) -> bool:
        """Whether it is a rational function of the symbols alone."""
        return self.field.rational

    @property
    def assumed(self) -> list[fmpq_mpoly]:
        """What was taken to be positive on the way; empty where every step is valid wherever it is defined."""
        return self.field.assumed

    def is_zero(self) -> bool:
        """Whether the numerator is the zero polynomial."""
        return bool(self._num == 0)

    def constant(self) -> Fraction | None:
        """Its value where it is a rational number."""
        n = self.field.number((self._num, self._den))
        return None if n is None else to_fraction(n)

    def reduced(self) -> Normal:
        """The same with common factors cancelled and a denominator whose leading coefficient is 1."""
        return Normal(self.field, *self.field.cancel((self._num, self._den)), self.divisors)

    def _with(self, pair: Pair, other: Normal | None = None) -> Normal:
        return Normal(self.field, *pair, self.divisors + other.divisors if other else self.divisors)

    def __add__(self, other: Normal) -> Normal:
        return self._with(self.field.add(self.pair, other.pair), other)

    def __sub__(self, other: Normal) -> Normal:
        return self._with(self.field.subtract(self.pair, other.pair), other)

    def __mul__(self, other: Normal) -> Normal:
        return self._with(self.field.multiply(self.pair, other.pair), other)

    def __truediv__(self, other: Normal) -> Normal:
        return self._with(self.field.divide(self.pair, other.pair), other)

    def __neg__(self) -> Normal:
        return self._with((-self._num, self._den))

    def __pow__(self, n: int) -> Normal:
        return self._with(self.field.to_power(self.pair, n))

    def index(self, name: str) -> int:
        """The index of a symbol's generator in the context, -1 where the symbol was not met."""
        return next((g.index for g in self.field.generators if g.kind == "symbol" and g.name == name), -1)

    def _indices(self, names: tuple[str, ...]) -> list[int]:
        where = [self.index(n) for n in names]
        if not self.field.rational and any(f"{n}|root" in self.field.units for n in names):
            raise Unsupported("a root of one of these symbols occurs")
        if not self.field.used_in(self._num, self._den) <= set(where):
            raise Unsupported("not a rational function of these symbols")
        return where

    def polynomials_in(self, names: tuple[str, ...]) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        """Numerator and denominator in the context of these names, in this order (lexicographic).

        Raises:
            Unsupported: another symbol, or a kernel, occurs.
        """
        ctx = fmpq_mpoly_ctx.get(ascii_names(names), Ordering.lex)
        where = self._indices(names)
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
        (i,) = self._indices((name,))
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
        for g in self.field.generators:
            if g.kind == "symbol" and g.name in values:
                v = values[g.name]
                where[g.index] = fmpq(v.numerator, v.denominator)
                known.add(g.index)
        if not self.field.rational or not self.field.used_in(self._num, self._den) <= known:
            raise Unsupported("a symbol without a value, or a kernel")
        for d in self.divisors:
            if d(*where) == 0:
                raise Undefined("division by zero")
        bottom = self.denominator(*where)
        if bottom == 0:
            raise Undefined("division by zero")
        return to_fraction(self.numerator(*where) / bottom)


def ascii_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names with letters such as ö spelled by their bytes, because flint takes ASCII only."""
    return tuple(name if name.isascii() else f"u_{name.encode().hex()}" for name in names)
