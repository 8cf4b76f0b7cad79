"""The exact rational value of a constant expression, and the interval its written decimals leave open.

Values are flint's `fmpq` inside and `Fraction` outside. Every size is estimated before the work is done, so
`9^9^9^9` costs no more than `9^9`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Mapping
from fractions import Fraction
from typing import Any, Literal

import flint

from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Choose,
    Constant,
    Degrees,
    Evaluated,
    Expr,
    Factorial,
    Integral,
    Limit,
    Mixed,
    Negative,
    Node,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Series,
    Sum,
    Symbol,
    children,
    symbols,
)

fmpq = flint.fmpq
Q = Any  # a flint.fmpq; the library ships no types

MAX_BITS = 20_000  # of the numerator and of the denominator
MAX_SERIES_TERMS = 2_000

ZERO = fmpq(0)
ONE = fmpq(1)
HALF = fmpq(1, 2)
HUNDRED = fmpq(100)

TRIGONOMETRIC = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
INVERSE_TRIGONOMETRIC = frozenset({"arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc"})
HYPERBOLIC = frozenset({"sinh", "cosh", "tanh", "coth", "sech", "csch"})
INVERSE_HYPERBOLIC = frozenset({"arsinh", "arcosh", "artanh", "arcsinh", "arccosh", "arctanh", "arcoth", "arccoth"})
LOGARITHMS = frozenset({"ln", "log", "lg", "lb"})
ARITHMETIC_CALLS = frozenset({"gcd", "lcm", "min", "max", "floor", "ceil", "mod", "sgn", "abs", "sqrt", "exp"})
KNOWN_CALLS = TRIGONOMETRIC | INVERSE_TRIGONOMETRIC | HYPERBOLIC | INVERSE_HYPERBOLIC | LOGARITHMS | ARITHMETIC_CALLS

AngleUnit = Literal["radian", "degree"] | str


class Conventions:
    """What symbols and bare functions mean while one expression is evaluated.

    values: of free and bound names. angle_unit: of bare numbers inside sin, cos, tan. log_base: of a bare `log`.
    degrees_are_units: `60°` outside a function counts as 60, the sign as a unit.
    """

    __slots__ = ("angle_unit", "degrees_are_units", "log_base", "values")

    def __init__(
        self,
        values: Mapping[str, Q],
        angle_unit: AngleUnit = "radian",
        log_base: str = "10",
        degrees_are_units: bool = False,
    ) -> None:
        self.values = values
        self.angle_unit = angle_unit
        self.log_base = log_base
        self.degrees_are_units = degrees_are_units

    def binding(self, name: str, value: Q) -> Conventions:
        """The same with one more name bound."""
        return Conventions({**self.values, name: value}, self.angle_unit, self.log_base, self.degrees_are_units)


PLAIN = Conventions({})


def to_fraction(value: Q) -> Fraction:
    """The same number as a `Fraction`."""
    return Fraction(int(value.p), int(value.q))


def to_fmpq(value: Fraction | int) -> Q:
    """The same number as flint's `fmpq`."""
    return fmpq(value.numerator, value.denominator)


def rational_value(
    expr: Expr,
    values: Mapping[str, Fraction | int] | None = None,
    *,
    angle_unit: AngleUnit = "radian",
    log_base: str = "10",
    degrees_are_units: bool = False,
) -> Fraction:
    """The exact value of an expression that has a rational one.

    Raises:
        Undefined: there is no real value (division by zero, 0^0, √-4).
        Unsupported: it has symbols without a value, or the value is not seen to be rational.
        TooLarge: past `MAX_BITS`, or nested too deeply.
    """
    env = PLAIN
    if values or angle_unit != "radian" or log_base != "10" or degrees_are_units:
        known = {k: to_fmpq(v) for k, v in values.items()} if values else {}
        env = Conventions(known, angle_unit, log_base, degrees_are_units)
    return to_fraction(exact_value(expr, env))


def exact_value(expr: Expr, env: Conventions = PLAIN) -> Q:
    """As `rational_value`, in flint's terms, for the rest of the bridge."""
    try:
        return _value(expr, env)
    except RecursionError:
        raise TooLarge("This expression is nested too deeply.") from None


def _value(expr: Expr, env: Conventions) -> Q:
    handler = _HANDLERS.get(expr.__class__)
    if handler is None:
        raise Unsupported(f"no rational value of a {type(expr).__name__}")
    return handler(expr, env)


def _bounded(value: Q) -> Q:
    if value.height_bits() > MAX_BITS:
        raise TooLarge(f"This number has more than {MAX_BITS * 3 // 10} digits.")
    return value


# ---------------------------------------------------------------- one function a node


def _number(n: Number, _: Conventions = PLAIN) -> Q:
    value = n.value
    return _bounded(fmpq(value.numerator, value.denominator))


def _mixed(n: Mixed, _: Conventions) -> Q:
    if n.bottom.value == 0:
        raise Undefined("division by zero")
    part = to_fmpq(n.top.value / n.bottom.value)
    whole = to_fmpq(n.whole.value)
    return _bounded(whole - part if whole < 0 else whole + part)


def _symbol(n: Symbol, env: Conventions) -> Q:
    value = env.values.get(n.name)
    if value is None:
        raise Unsupported(f"{n.name} has no value")
    return value


def _constant(n: Constant, _: Conventions) -> Q:
    raise Unsupported(f"{n.name} is not rational")


def _quantity(n: Quantity, env: Conventions) -> Q:
    return _value(n.value, env)


def _bracket(n: Bracket, env: Conventions) -> Q:
    inner = n.inner
    while inner.__class__ is Bracket:
        inner = inner.inner
    return _value(inner, env)


def _sum(n: Sum, env: Conventions) -> Q:
    terms = n.terms
    total = _value(terms[0], env)
    for term in terms[1:]:
        total = total + _value(term, env)
        if total.height_bits() > MAX_BITS:
            _bounded(total)
    return total


def _product(n: Product, env: Conventions) -> Q:
    factors = n.factors
    total = _value(factors[0], env)
    for factor in factors[1:]:
        total = total * _value(factor, env)
        if total.height_bits() > MAX_BITS:
            _bounded(total)
    return total


def _quotient(n: Quotient, env: Conventions) -> Q:
    top = _value(n.top, env)
    bottom = _value(n.bottom, env)
    if not bottom:
        raise Undefined("division by zero")
    return _bounded(top / bottom)


def _negative(n: Negative, env: Conventions) -> Q:
    return -_value(n.operand, env)


def _positive(n: Positive, env: Conventions) -> Q:
    return _value(n.operand, env)


def _percent(n: Percent, env: Conventions) -> Q:
    return _value(n.operand, env) / HUNDRED


def _degrees(n: Degrees, env: Conventions) -> Q:
    value = _value(n.operand, env)
    if env.degrees_are_units or env.angle_unit == "degree" or not value:
        return value
    raise Unsupported("an angle in degrees is a multiple of π")


def _absolute(n: Absolute, env: Conventions) -> Q:
    return abs(_value(n.operand, env))


def _power(n: Power, env: Conventions) -> Q:
    # The exponent first: a huge one needs no base to be refused.
    return power(_value(n.base, env), _value(n.exponent, env))


def power(base: Q, exponent: Q) -> Q:
    """base^exponent where it is rational; odd roots of negative numbers are real.

    Raises:
        Undefined: 0 to a power that is not positive, an even root of a negative number.
        Unsupported: the value is irrational.
        TooLarge: past `MAX_BITS`.
    """
    if not base:
        if exponent > 0:
            return ZERO
        raise Undefined("0^0" if not exponent else "division by zero")
    if exponent.q != 1:
        base = root(base, exponent.q)
    if base == 1:
        return ONE
    times = exponent.p
    if base == -1:
        return ONE if times % 2 == 0 else base
    if abs(times) * (base.height_bits() - 1) > MAX_BITS:
        raise TooLarge(f"This power has more than {MAX_BITS * 3 // 10} digits.")
    return base ** int(times)


def root(radicand: Q, index: Any) -> Q:
    """The real index-th root of a rational number, where it is rational.

    Raises:
        Undefined: an even root of a negative number, or an index below 1.
        Unsupported: the root is irrational.
    """
    k = int(index)
    if k < 1:
        raise Undefined("the index of a root is a positive whole number")
    negative = radicand < 0
    if negative and k % 2 == 0:
        raise Undefined("an even root of a negative number is not real")
    if not radicand or k == 1:
        return radicand
    top, bottom = abs(radicand.p), radicand.q
    if k > MAX_BITS:
        raise Unsupported("the root is irrational") if abs(radicand) != 1 else TooLarge("This index is too large.")
    top_root, bottom_root = top.root(k), bottom.root(k)
    if top_root**k != top or bottom_root**k != bottom:
        raise Unsupported("the root is irrational")
    found = fmpq(top_root, bottom_root)
    return -found if negative else found


def _root(n: Root, env: Conventions) -> Q:
    radicand = _value(n.radicand, env)
    if n.index is None:
        return root(radicand, 2)
    index = _value(n.index, env)
    if index.q != 1:
        raise Unsupported("the index of a root is not a whole number")
    return root(radicand, index.p)


def whole(value: Q, what: str) -> int:
    """The integer that a value is.

    Raises:
        Unsupported: it is not one.
    """
    if value.q != 1:
        raise Unsupported(f"{what} is not a whole number")
    return int(value.p)


def _factorial(n: Factorial, env: Conventions) -> Q:
    return factorial(whole(_value(n.operand, env), "the number before !"))


def factorial(n: int) -> Q:
    """1·2·…·n

    Raises:
        Undefined: n < 0.
        TooLarge: past `MAX_BITS`.
    """
    if n < 0:
        raise Undefined("the factorial of a negative number")
    if n > MAX_BITS or math.lgamma(n + 1) > MAX_BITS * math.log(2):
        raise TooLarge(f"{n if n < 10**12 else 'This'}! has more than {MAX_BITS * 3 // 10} digits.")
    return fmpq(math.factorial(n))


def choose(n: int, k: int, ordered: bool = False) -> Q:
    """C(n, k) = n! / (k! (n-k)!), or P(n, k) = n! / (n-k)!

    Raises:
        Undefined: n or k below 0.
        TooLarge: past `MAX_BITS`.
    """
    if n < 0 or k < 0:
        raise Undefined("choosing from a negative number")
    if k > n:
        return ZERO
    few = k if ordered else min(k, n - k)
    if few * n.bit_length() > 2 * MAX_BITS:
        raise TooLarge("This number of choices is too large.")
    return _bounded(fmpq(math.perm(n, few) if ordered else math.comb(n, few)))


def _choose(n: Choose, env: Conventions) -> Q:
    return choose(whole(_value(n.n, env), "n"), whole(_value(n.k, env), "k"), n.ordered)


def _series(n: Series, env: Conventions) -> Q:
    first, last = series_range(n, env)
    total = ZERO if n.kind == "sum" else ONE
    for k in range(first, last + 1):
        term = _value(n.term, env.binding(n.variable.name, fmpq(k)))
        total = _bounded(total + term if n.kind == "sum" else total * term)
    return total


def series_range(n: Series, env: Conventions) -> tuple[int, int]:
    """First and last index of a finite series.

    Raises:
        Unsupported: the limits are no whole numbers.
        TooLarge: more than `MAX_SERIES_TERMS` terms.
    """
    first = whole(_value(n.lower, env), "the lower limit")
    last = whole(_value(n.upper, env), "the upper limit")
    if last - first >= MAX_SERIES_TERMS:
        raise TooLarge(f"A sum of more than {MAX_SERIES_TERMS} terms.")
    return first, last


def evaluated_variable(n: Evaluated) -> str:
    """The variable of [F]_a^b: the one written, or the only one there is.

    Raises:
        Unsupported: there is no telling.
    """
    if n.variable is not None:
        return n.variable.name
    names = symbols(n.operand)
    if len(names) != 1:
        raise Unsupported("the variable of [F]_a^b is not clear")
    return next(iter(names))


def _evaluated(n: Evaluated, env: Conventions) -> Q:
    name = evaluated_variable(n)
    upper = _value(n.operand, env.binding(name, _value(n.upper, env)))
    return upper - _value(n.operand, env.binding(name, _value(n.lower, env)))


# ---------------------------------------------------------------- functions


def turns(expr: Expr, env: Conventions, depth: int = 0) -> Q | None:
    """The t for which the expression is t·π, if that is plain to see: `30°`, `π/6`, `2π/3 + π`; None if not."""
    if depth > 50:
        return None
    match expr:
        case Constant("pi"):
            return ONE
        case Degrees(operand):
            try:
                return _value(operand, env) / 180
            except Unsupported:
                return None
        case Bracket(inner) | Positive(inner):
            return turns(inner, env, depth + 1)
        case Negative(inner):
            t = turns(inner, env, depth + 1)
            return None if t is None else -t
        case Quotient(top, bottom):
            t = turns(top, env, depth + 1)
            if t is None:
                return None
            try:
                by = _value(bottom, env)
            except Unsupported:
                return None
            if not by:
                raise Undefined("division by zero")
            return _bounded(t / by)
        case Product(factors):
            found: Q | None = None
            scale = ONE
            for factor in factors:
                t = turns(factor, env, depth + 1) if found is None else None
                if t is not None:
                    found = t
                    continue
                try:
                    scale = _bounded(scale * _value(factor, env))
                except Unsupported:
                    return None
            return None if found is None else _bounded(found * scale)
        case Sum(terms):
            total = ZERO
            for term in terms:
                t = turns(term, env, depth + 1)
                if t is None:
                    return None
                total = _bounded(total + t)
            return total
        case Number(value=value) if value == 0:
            return ZERO
    return None


def angle_in_turns(expr: Expr, env: Conventions) -> Q | None:
    """The argument of sin, cos, … as a multiple of π, if that is plain to see; bare numbers may be degrees."""
    t = turns(expr, env)
    if t is None and env.angle_unit == "degree":
        try:
            t = _value(expr, env) / 180
        except Unsupported:
            return None
    return t


# sin(tπ) for the t in [0, 2) at which it is rational (Niven's theorem), in units of 1/6.
_SINES = {0: ZERO, 1: HALF, 3: ONE, 5: HALF, 6: ZERO, 7: -HALF, 9: -ONE, 11: -HALF}


def _sine(t: Q) -> Q:
    sixths = t * 6
    if sixths.q != 1:
        raise Unsupported("an irrational sine")
    found = _SINES.get(int(sixths.p) % 12)
    if found is None:
        raise Unsupported("an irrational sine")
    return found


def _tangent(t: Q) -> Q:
    quarters = t * 4
    if quarters.q != 1:
        raise Unsupported("an irrational tangent")
    k = int(quarters.p) % 4
    if k == 2:
        raise Undefined("the tangent of a right angle")
    return (ZERO, ONE, ZERO, -ONE)[k]


def _reciprocal(value: Q) -> Q:
    if not value:
        raise Undefined("division by zero")
    return ONE / value


def _trigonometric(name: str, t: Q) -> Q:
    match name:
        case "sin":
            return _sine(t)
        case "cos":
            return _sine(HALF - t)
        case "tan":
            return _tangent(t)
        case "cot":
            return _tangent(HALF - t)
        case "sec":
            return _reciprocal(_sine(HALF - t))
        case _:
            return _reciprocal(_sine(t))


def logarithm(value: Q, base: Q) -> Q:
    """log_base(value) where it is rational.

    Raises:
        Undefined: value ≤ 0, or the base is not a positive number other than 1.
        Unsupported: it is irrational.
    """
    if value <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    if base <= 0 or base == 1:
        raise Undefined("the base of a logarithm is positive and not 1")
    if value == 1:
        return ZERO
    # value^q = base^p with small p, q; p/q is found from the sizes and checked exactly.
    guess = (_log2(value) / _log2(base)) if _log2(base) else 0.0
    ratio = Fraction(guess).limit_denominator(12)
    if abs(ratio.numerator) * base.height_bits() > MAX_BITS or ratio.denominator * value.height_bits() > MAX_BITS:
        raise Unsupported("an irrational logarithm")
    if ratio and value**ratio.denominator == base**ratio.numerator:
        return to_fmpq(ratio)
    raise Unsupported("an irrational logarithm")


def _log2(value: Q) -> float:
    return math.log2(int(value.p)) - math.log2(int(value.q))


def log_base_of(call: Call, env: Conventions) -> Expr | str:
    """The base of a logarithm as written (an Expr), or "e", "2", "10" where none was."""
    if call.subscript is not None and call.name in ("log", "lg", "lb"):
        return call.subscript
    return {"ln": "e", "lg": "10", "lb": "2"}.get(call.name, env.log_base)


def _call(n: Call, env: Conventions) -> Q:
    if n.primes or n.name not in KNOWN_CALLS:
        raise Unsupported(f"no rational value of {n.name}")
    name, args = n.name, n.args
    if len(args) == 1:
        if name in TRIGONOMETRIC:
            t = angle_in_turns(args[0], env)
            if t is None:
                raise Unsupported(f"an irrational {name}")
            return _trigonometric(name, t)
        if name in LOGARITHMS:
            base = log_base_of(n, env)
            value = _value(args[0], env)
            if base == "e":
                if value == 1:
                    return ZERO
                if value <= 0:
                    raise Undefined("the logarithm of a number that is not positive")
                raise Unsupported("an irrational logarithm")
            return logarithm(value, fmpq(int(base)) if isinstance(base, str) else _value(base, env))
        value = _value(args[0], env)
        match name:
            case "floor":
                return fmpq(value.floor())
            case "ceil":
                return fmpq(value.ceil())
            case "abs":
                return abs(value)
            case "sgn":
                return fmpq((value > 0) - (value < 0))
            case "sqrt":
                return root(value, 2)
            case "gcd" | "lcm" | "min" | "max":
                return value
        if not value:
            if name in ("exp", "cosh", "sech"):
                return ONE
            if name in ("sinh", "tanh", "arsinh", "arcsinh", "artanh", "arctanh", "arcsin", "arctan"):
                return ZERO
        raise Unsupported(f"no rational value of {name}")
    if not args or n.name not in ARITHMETIC_CALLS:
        raise Unsupported(f"{name} of {len(args)} numbers")
    numbers = [_value(a, env) for a in args]
    match name:
        case "min":
            return min(numbers)
        case "max":
            return max(numbers)
        case "gcd":
            return fmpq(math.gcd(*(whole(v, "a number") for v in numbers)))
        case "lcm":
            integers = [whole(v, "a number") for v in numbers]
            if sum(i.bit_length() for i in integers) > MAX_BITS:
                raise TooLarge("This least common multiple is too large.")
            return fmpq(math.lcm(*integers))
        case "mod" if len(numbers) == 2:
            if not numbers[1]:
                raise Undefined("a remainder on division by zero")
            return numbers[0] - numbers[1] * fmpq((numbers[0] / numbers[1]).floor())
    raise Unsupported(f"{name} of {len(args)} numbers")


_HANDLERS: dict[type[Expr], Callable[[Any, Conventions], Q]] = {
    Number: _number,
    Mixed: _mixed,
    Symbol: _symbol,
    Constant: _constant,
    Quantity: _quantity,
    Bracket: _bracket,
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Negative: _negative,
    Positive: _positive,
    Percent: _percent,
    Degrees: _degrees,
    Absolute: _absolute,
    Power: _power,
    Root: _root,
    Factorial: _factorial,
    Choose: _choose,
    Series: _series,
    Evaluated: _evaluated,
    Call: _call,
}


# ---------------------------------------------------------------- what kind of expression it is

_ALWAYS_CONSTANT = frozenset({Number, Mixed, Constant})
_CONSTANT_IF_PARTS_ARE = frozenset(_HANDLERS) - {Symbol, Series, Evaluated} | {Integral, Limit}


def is_constant(expr: Expr) -> bool:
    """Whether it stands for one number: no free symbols, no words, lists, sets or functions of the problem's own."""
    stack: list[Node] = [expr]
    while stack:
        n = stack.pop()
        kind = n.__class__
        if kind in _ALWAYS_CONSTANT:
            continue
        if kind is Sum:
            stack.extend(n.terms)  # type: ignore[attr-defined]
        elif kind is Product:
            stack.extend(n.factors)  # type: ignore[attr-defined]
        elif kind is Bracket:
            stack.append(n.inner)  # type: ignore[attr-defined]
        elif kind is Quotient:
            stack.append(n.top)  # type: ignore[attr-defined]
            stack.append(n.bottom)  # type: ignore[attr-defined]
        elif kind is Quantity:
            stack.append(n.value)  # type: ignore[attr-defined]
        elif kind in (Series, Integral, Limit, Evaluated):
            if not _binder_is_constant(n):
                return False
        elif kind not in _CONSTANT_IF_PARTS_ARE or (kind is Call and n.name not in KNOWN_CALLS):  # type: ignore[attr-defined]
            return False
        else:
            stack.extend(children(n))
    return True


def _binder_is_constant(n: Node) -> bool:
    free = symbols(n)
    if isinstance(n, Evaluated):
        return free <= ({n.variable.name} if n.variable else free) and len(free) <= 1
    return not free


# ---------------------------------------------------------------- rounding intervals


def last_place(number: Number) -> Fraction | None:
    """The unit of the last decimal place shown: 1/100 of `0.67`, 10^7 of `3.0e8`; None where the numeral is exact."""
    text = number.text
    if number.places is None:
        return None
    at = max(text.rfind("e"), text.rfind("E"))
    if at > 0:
        mantissa, exponent = text[:at], text[at + 1 :]
        if exponent.lstrip("+-").isdecimal() and len(exponent) < 6:
            digits = mantissa.replace(",", ".").rpartition(".")
            if not digits[1]:
                return None
            return Fraction(10) ** (int(exponent) - sum(c.isdecimal() for c in digits[2]))
    if number.places <= 0:
        return None
    return Fraction(1, 10**number.places)


def rounding_interval(
    expr: Expr, exact: Container[Fraction] = frozenset(), env: Conventions = PLAIN
) -> tuple[Fraction, Fraction]:
    """[lo, hi] that holds the value for every number which the written decimals may stand for.

    A decimal stands for its value ± half a unit of its last place; integers, fractions and repeating decimals are
    exact, and so are the numbers in `exact`.

    Raises:
        Undefined: division by zero.
        Unsupported: a decimal stands where only ball arithmetic reaches (a root, a logarithm).
        TooLarge: past `MAX_BITS`.
    """
    lo, hi = interval(expr, exact, env)
    return to_fraction(lo), to_fraction(hi)


def interval(expr: Expr, exact: Container[Fraction] = frozenset(), env: Conventions = PLAIN) -> tuple[Q, Q]:
    """As `rounding_interval`, in flint's terms."""
    try:
        return _interval(expr, exact, env)
    except RecursionError:
        raise TooLarge("This expression is nested too deeply.") from None


def _interval(n: Expr, exact: Container[Fraction], env: Conventions) -> tuple[Q, Q]:
    match n:
        case Number(value=value):
            v = _number(n, env)
            unit = None if value in exact else last_place(n)
            if unit is None:
                return v, v
            half = to_fmpq(unit) / 2
            return v - half, v + half
        case Bracket(inner) | Positive(inner):
            return _interval(inner, exact, env)
        case Quantity(value, _):
            return _interval(value, exact, env)
        case Degrees(inner) if env.degrees_are_units or env.angle_unit == "degree":
            return _interval(inner, exact, env)
        case Percent(inner):
            lo, hi = _interval(inner, exact, env)
            return lo / HUNDRED, hi / HUNDRED
        case Negative(inner):
            lo, hi = _interval(inner, exact, env)
            return -hi, -lo
        case Absolute(inner):
            lo, hi = _interval(inner, exact, env)
            if lo >= 0:
                return lo, hi
            return (-hi, -lo) if hi <= 0 else (ZERO, max(-lo, hi))
        case Sum(terms):
            lo, hi = _interval(terms[0], exact, env)
            for term in terms[1:]:
                a, b = _interval(term, exact, env)
                lo, hi = _bounded(lo + a), _bounded(hi + b)
            return lo, hi
        case Product(factors):
            lo, hi = _interval(factors[0], exact, env)
            for factor in factors[1:]:
                lo, hi = _times(lo, hi, *_interval(factor, exact, env))
            return lo, hi
        case Quotient(top, bottom):
            a, b = _interval(top, exact, env)
            c, d = _interval(bottom, exact, env)
            if c <= 0 <= d:
                if c == d:
                    raise Undefined("division by zero")
                raise Unsupported("the denominator may be zero")
            return _times(a, b, ONE / d, ONE / c)
        case Power(base, exponent) if not has_decimals(exponent):
            lo, hi = _interval(base, exact, env)
            if lo == hi:
                v = power(lo, _value(exponent, env))
                return v, v
            times = _value(exponent, env)
            if times.q != 1 or times < 0:
                raise Unsupported("a rounded base under such an exponent")
            a, b = power(lo, times) if times else ONE, power(hi, times) if times else ONE
            if lo < 0 < hi and times.p % 2 == 0:
                return ZERO, max(a, b)
            return (a, b) if a <= b else (b, a)
    if has_decimals(n, exact):
        raise Unsupported(f"no interval of a {type(n).__name__}")
    v = _value(n, env)
    return v, v


def _times(a: Q, b: Q, c: Q, d: Q) -> tuple[Q, Q]:
    if a == b and c == d:
        v = _bounded(a * c)
        return v, v
    corners = (a * c, a * d, b * c, b * d)
    return _bounded(min(corners)), _bounded(max(corners))


def has_decimals(expr: Expr, exact: Container[Fraction] = frozenset()) -> bool:
    """Whether some numeral in it may be a rounded one."""
    stack: list[Node] = [expr]
    while stack:
        n = stack.pop()
        kind = n.__class__
        if kind is Number:
            if n.places is not None and n.value not in exact and last_place(n) is not None:  # type: ignore[attr-defined,arg-type]
                return True
        elif kind is Sum:
            stack.extend(n.terms)  # type: ignore[attr-defined]
        elif kind is Product:
            stack.extend(n.factors)  # type: ignore[attr-defined]
        else:
            stack.extend(children(n))
    return False
