"""A tree to a SymPy object, node by node. No text but a checked symbol name ever reaches SymPy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tutor.errors import TooLarge, Unsupported
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Choose,
    Constant,
    Degrees,
    Derivative,
    Evaluated,
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
    walk,
)

MAX_NODES = 400
MAX_EXPONENT = 10_000
MAX_FACTORIAL = 2_000
NAME = re.compile(r"[^\W\d]\w{0,39}", re.ASCII)

# Our names, where SymPy's differ.
RENAMED = {
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arccot": "acot",
    "arcsec": "asec",
    "arccsc": "acsc",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "ceil": "ceiling",
    "conj": "conjugate",
    "Re": "re",
    "Im": "im",
    "sgn": "sign",
    "gcd": "igcd",
    "lcm": "ilcm",
    "min": "Min",
    "max": "Max",
}
TRIGONOMETRIC = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
INVERSE = frozenset({"arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc"})
OTHER = frozenset(
    {"sinh", "cosh", "tanh", "coth", "sech", "csch", "arcsinh", "arccosh", "arctanh", "exp", "floor", "ceil"}
    | {"conj", "Re", "Im", "arg", "sgn", "min", "max"}
)


def to_sympy(
    expr: Expr,
    *,
    real: bool = True,
    angle_unit: str = "radian",
    log_base: str = "10",
    integers: frozenset[str] = frozenset(),
    symbols: Mapping[str, Any] | None = None,
) -> Any:
    """The SymPy object of a tree; decimals become exact rationals.

    real: whether symbols are real numbers. symbols: objects to use for some names.

    Raises:
        Unsupported: a node that has no SymPy counterpart here (a quantity, ±, words, …).
        TooLarge: more than 400 nodes, or a number that would be enormous.
    """
    if sum(1 for _ in walk(expr)) > MAX_NODES:
        raise TooLarge(f"an expression of more than {MAX_NODES} parts")
    return _Builder(real, angle_unit, log_base, integers, dict(symbols or {})).build(expr)


class _Builder:
    """Holds what the symbols mean while one tree is built."""

    def __init__(
        self, real: bool, angle_unit: str, log_base: str, integers: frozenset[str], symbols: dict[str, Any]
    ) -> None:
        import sympy

        self.sp = sympy
        self.real = real
        self.degrees = angle_unit == "degree"
        self.log_base = log_base
        self.integers = integers
        self.symbols = symbols

    def symbol(self, name: str) -> Any:
        """The one SymPy symbol of this name."""
        found = self.symbols.get(name)
        if found is None:
            if not NAME.fullmatch(name):
                raise Unsupported(f"{name!r} as the name of a symbol")
            if name in self.integers:
                found = self.sp.Symbol(name, integer=True)
            else:
                found = self.sp.Symbol(name, real=True) if self.real else self.sp.Symbol(name)
            self.symbols[name] = found
        return found

    def rational(self, value: Fraction) -> Any:
        """An exact fraction as SymPy's."""
        return self.sp.Rational(value.numerator, value.denominator)

    def build(self, expr: Expr) -> Any:
        """One node."""
        sp = self.sp
        match expr:
            case Number():
                return self.rational(expr.value)
            case Mixed(whole, top, bottom):
                return self.rational(whole.value) + self.rational(top.value) / self.rational(bottom.value)
            case Symbol(name):
                return self.symbol(name)
            case Constant("pi"):
                return sp.pi
            case Constant("e"):
                return sp.E
            case Constant("i"):
                return sp.I
            case Constant("infinity"):
                return sp.oo
            case Bracket(inner) | Positive(inner):
                return self.build(inner)
            case Sum(terms):
                return sp.Add(*[self.build(t) for t in terms])
            case Product(factors):
                return sp.Mul(*[self.build(f) for f in factors])
            case Quotient(top, bottom):
                below = self.build(bottom)
                if below.is_zero:
                    raise Unsupported("division by zero")
                return self.build(top) / below
            case Negative(inner):
                return -self.build(inner)
            case Power(base, exponent):
                return self.power(self.build(base), self.build(exponent))
            case Root(radicand, index):
                return self.root(self.build(radicand), 2 if index is None else self.build(index))
            case Absolute(inner):
                return sp.Abs(self.build(inner))
            case Factorial(inner):
                value = self.build(inner)
                if value.is_number and not value <= MAX_FACTORIAL:
                    raise TooLarge(f"a factorial above {MAX_FACTORIAL}!")
                return sp.factorial(value)
            case Percent(inner):
                return self.build(inner) / 100
            case Degrees(inner):
                return self.build(inner) * sp.pi / 180
            case Choose(n, k, ordered):
                top, below = self.build(n), self.build(k)
                if any(v.is_number and not v <= MAX_FACTORIAL for v in (top, below)):
                    raise TooLarge(f"a binomial coefficient above {MAX_FACTORIAL}")
                return sp.ff(top, below) if ordered else sp.binomial(top, below)
            case Call():
                return self.call(expr)
            case Derivative(operand, Symbol(name), order) if not isinstance(operand, Symbol):
                return sp.diff(self.build(operand), self.symbol(name), order)
            case Integral(integrand, Symbol(name), lower, upper):
                below = self.build(integrand)
                if lower is None or upper is None:
                    return sp.Integral(below, self.symbol(name))
                return sp.Integral(below, (self.symbol(name), self.build(lower), self.build(upper)))
            case Evaluated(operand, lower, upper, Symbol(name)):
                inside, variable = self.build(operand), self.symbol(name)
                return inside.subs(variable, self.build(upper)) - inside.subs(variable, self.build(lower))
            case Limit(operand, Symbol(name), target, side):
                return sp.Limit(self.build(operand), self.symbol(name), self.build(target), side or "+-")
            case Series(term, Symbol(name), lower, upper, kind):
                within = _Builder(self.real, "radian", self.log_base, self.integers | {name}, dict(self.symbols))
                within.degrees = self.degrees
                within.symbols.pop(name, None)
                below = within.build(term)
                limits = (within.symbol(name), self.build(lower), self.build(upper))
                return sp.Sum(below, limits) if kind == "sum" else sp.Product(below, limits)
        raise Unsupported(f"{type(expr).__name__} has no SymPy counterpart")

    def power(self, base: Any, exponent: Any) -> Any:
        """base^exponent, unless the number would be enormous."""
        if exponent.is_number and not abs(exponent) <= MAX_EXPONENT:
            raise TooLarge(f"an exponent above {MAX_EXPONENT}")
        return base**exponent

    def root(self, radicand: Any, index: Any) -> Any:
        """The real root where the index is odd, the principal one otherwise."""
        sp = self.sp
        if index == 2:
            return sp.sqrt(radicand)
        if not (index.is_Integer and 1 < index <= 100):
            raise Unsupported("a root whose index is no small whole number")
        if index % 2 and self.real and not radicand.is_nonnegative:
            return sp.sign(radicand) * sp.Abs(radicand) ** sp.Rational(1, int(index))
        return sp.root(radicand, int(index))

    def call(self, expr: Call) -> Any:
        """A function of the known list."""
        sp = self.sp
        if expr.primes or not expr.args:
            raise Unsupported(f"{expr.name} with primes or without arguments")
        args = [self.build(a) for a in expr.args]
        name = expr.name
        if name in ("ln", "log"):
            if len(args) != 1:
                raise Unsupported("a logarithm of several numbers")
            if expr.subscript is not None:
                return sp.log(args[0], self.build(expr.subscript))
            if name == "ln" or self.log_base == "e":
                return sp.log(args[0])
            return sp.log(args[0], int(self.log_base))
        if expr.subscript is not None:
            raise Unsupported(f"{name} with a subscript")
        if name in ("gcd", "lcm"):
            if not all(a.is_Integer for a in args):
                raise Unsupported(f"{name} of what are not whole numbers")
            return sp.Integer(getattr(sp, RENAMED[name])(*args))
        if name in ("min", "max"):
            return getattr(sp, RENAMED[name])(*args)
        if len(args) != 1:
            raise Unsupported(f"{name} of several arguments")
        if name in TRIGONOMETRIC:
            (argument,) = args
            if self.degrees and not any(isinstance(n, Degrees) for n in walk(expr.args[0])):
                argument = argument * sp.pi / 180
            return getattr(sp, name)(argument)
        if name in INVERSE:
            value = getattr(sp, RENAMED[name])(args[0])
            return value * 180 / sp.pi if self.degrees else value
        if name in OTHER:
            return getattr(sp, RENAMED.get(name, name))(args[0])
        raise Unsupported(f"the function {name}")
