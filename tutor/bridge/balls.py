"""Rigorous values of expressions in ball (interval) arithmetic: every ball holds the true value.

Real numbers as at school: the cube root of -8 is -2, and so is (-8)^(1/3); √ of a negative number, its logarithm
and division by zero have no value. Sums of balls that overlap prove nothing; balls that are apart refute.
Source: Johansson, Arb: efficient arbitrary-precision midpoint-radius interval arithmetic, IEEE Transactions on
Computers 66 (2017).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from functools import lru_cache
from threading import RLock
from typing import Any

import flint

from tutor.bridge.exact import (
    HYPERBOLIC,
    INVERSE_HYPERBOLIC,
    INVERSE_TRIGONOMETRIC,
    LOGARITHMS,
    MAX_BITS,
    TRIGONOMETRIC,
    AngleUnit,
    Conventions,
    angle_in_turns,
    evaluated_variable,
    exact_value,
    last_place,
    log_base_of,
    series_range,
    to_fmpq,
)
from tutor.errors import TooLarge, Undefined, Unsupported
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
    Words,
    walk,
)

arb = flint.arb
acb = flint.acb
fmpq = flint.fmpq
Ball = Any  # flint.arb
ComplexBall = Any  # flint.acb
Value = Any  # Fraction | int | flint.arb | flint.fmpq

LADDER = (64, 128, 256, 1024)
MAX_LOG = 1_000_000  # of the size of a result, in natural logarithms
MAX_ORDER = 6  # of a derivative taken on the way
INTEGRAL_EVALUATIONS = 3_000

_precision_lock = RLock()


class Uncertain(Unsupported):
    """The balls are too wide to tell whether there is a value; more bits may help."""


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work at this many bits; flint's precision is one for all threads, so one thread works at a time."""
    with _precision_lock:
        before = flint.ctx.prec
        flint.ctx.prec = bits
        try:
            yield
        finally:
            flint.ctx.prec = before


class _Env:
    """What a real evaluation needs to know; `rational` holds the exact values among `values`."""

    __slots__ = ("depth", "exact", "rational", "values", "wide")

    def __init__(
        self, values: Mapping[str, Ball], rational: Conventions, wide: bool, exact: Container[Fraction], depth: int = 0
    ) -> None:
        self.values = values
        self.rational = rational
        self.wide = wide
        self.exact = exact
        self.depth = depth

    def binding(self, name: str, value: Value) -> _Env:
        ball, rational = _as_ball(value), _as_rational(value)
        known = {k: v for k, v in self.rational.values.items() if k != name}
        if rational is not None:
            known[name] = rational
        conventions = Conventions(known, self.rational.angle_unit, self.rational.log_base)
        return _Env({**self.values, name: ball}, conventions, self.wide, self.exact, self.depth)


def _as_ball(value: Value) -> Ball:
    if isinstance(value, arb):
        return value
    if isinstance(value, fmpq):
        return arb(value)
    return arb(fmpq(value.numerator, value.denominator))


def _as_rational(value: Value) -> Any | None:
    if isinstance(value, arb):
        return None
    return value if isinstance(value, fmpq) else fmpq(value.numerator, value.denominator)


def _environment(
    values: Mapping[str, Value] | None,
    wide: bool,
    exact: Container[Fraction],
    angle_unit: AngleUnit,
    log_base: str,
) -> _Env:
    if not values:
        return _Env({}, Conventions({}, angle_unit, log_base), wide, exact)
    balls = {name: _as_ball(v) for name, v in values.items()}
    rational = {name: q for name, v in values.items() if (q := _as_rational(v)) is not None}
    return _Env(balls, Conventions(rational, angle_unit, log_base), wide, exact)


def evaluate(
    expr: Expr,
    values: Mapping[str, Value] | None = None,
    bits: int = 64,
    wide: bool = False,
    *,
    exact: Container[Fraction] = frozenset(),
    angle_unit: AngleUnit = "radian",
    log_base: str = "10",
) -> Ball:
    """A ball that holds the real value of the expression at these values of its symbols.

    wide: each written decimal stands for its rounding interval, but those in `exact`.

    Raises:
        Undefined: there certainly is no real value.
        Uncertain: more bits may tell (it is an `Unsupported`).
        Unsupported: a symbol without a value, or something other than a real number.
        TooLarge: the value is past all bounds, or the expression is nested too deeply.
    """
    with precision(bits):
        return _finite(_real_safely(expr, _environment(values, wide, exact, angle_unit, log_base)))


def _finite(value: Ball) -> Ball:
    if not value.is_finite():
        raise Uncertain("no finite value at this precision")
    return value


def _real_safely(expr: Expr, env: _Env) -> Ball:
    try:
        return _real(expr, env)
    except RecursionError:
        raise TooLarge("This expression is nested too deeply.") from None


def _real(expr: Expr, env: _Env) -> Ball:
    handler = _REAL.get(expr.__class__)
    if handler is None:
        raise Unsupported(f"no real value of a {type(expr).__name__}")
    return handler(expr, env)


# ---------------------------------------------------------------- real values, one function a node


def _number(n: Number, env: _Env) -> Ball:
    value = n.value
    ball = arb(fmpq(value.numerator, value.denominator))
    if env.wide and n.places is not None and value not in env.exact:
        unit = last_place(n)
        if unit is not None:
            return ball + arb(0, arb(to_fmpq(unit)) / 2)
    return ball


def _mixed(n: Mixed, _: _Env) -> Ball:
    return arb(exact_value(n))


def _symbol(n: Symbol, env: _Env) -> Ball:
    value = env.values.get(n.name)
    if value is None:
        raise Unsupported(f"{n.name} has no value")
    return value


def _words(n: Words, env: _Env) -> Ball:
    value = env.values.get(n.text)
    if value is None:
        raise Unsupported(f"{n.text} has no value")
    return value


def _constant(n: Constant, _: _Env) -> Ball:
    if n.name == "pi":
        return arb.pi()
    if n.name == "e":
        return arb.const_e()
    raise Unsupported(f"{n.name} is not a real number")


def _sum(n: Sum, env: _Env) -> Ball:
    total = _real(n.terms[0], env)
    for term in n.terms[1:]:
        total = total + _real(term, env)
    return total


def _product(n: Product, env: _Env) -> Ball:
    total = _real(n.factors[0], env)
    for factor in n.factors[1:]:
        total = total * _real(factor, env)
    return total


def _quotient(n: Quotient, env: _Env) -> Ball:
    return _divide(_real(n.top, env), _real(n.bottom, env))


def _divide(top: Ball, bottom: Ball) -> Ball:
    if bottom.contains(0):
        if bottom.is_zero():
            raise Undefined("division by zero")
        raise Uncertain("the denominator may be zero")
    return top / bottom


def _degrees(n: Degrees, env: _Env) -> Ball:
    value = _real(n.operand, env)
    return value if env.rational.angle_unit == "degree" else value * arb.pi() / 180


def _exponent(expr: Expr, env: _Env) -> Any | None:
    """The exact rational value of an exponent or an index, None where it has none that is plain to see."""
    if env.wide and expr.__class__ is not Number and any(isinstance(n, Number) and n.places for n in walk(expr)):
        return None
    try:
        return exact_value(expr, env.rational)
    except Unsupported:
        return None


def _power(n: Power, env: _Env) -> Ball:
    exponent = _exponent(n.exponent, env)
    if n.base.__class__ is Constant and n.base.name == "e":
        return _exp(arb(exponent) if exponent is not None else _real(n.exponent, env))
    base = _real(n.base, env)
    if exponent is None:
        return _general_power(base, _real(n.exponent, env))
    if exponent.q == 1:
        return _integer_power(base, int(exponent.p))
    # (-8)^(1/3) is meant as a root; x^y at x = -8, y = 1/3 is not.
    odd_root = exponent.q % 2 == 1 and not any(isinstance(m, Symbol) for m in walk(n.exponent))
    if odd_root and not base > 0:
        return _integer_power(_odd_root(base, int(exponent.q)), int(exponent.p))
    return _general_power(base, arb(exponent))


def _integer_power(base: Ball, exponent: int) -> Ball:
    if exponent <= 0 and base.is_zero():
        raise Undefined("division by zero" if exponent else "0^0")
    if exponent < 0 and base.contains(0):
        raise Uncertain("the denominator may be zero")
    if exponent == 0:
        if base.contains(0):
            raise Uncertain("the base may be zero")
        return arb(1)
    if abs(exponent) > 64:
        size = abs(base).upper()
        if size > 0:
            _check_size(abs(exponent) * abs(size.log()))
    if base.mid().is_zero() and not base.is_zero():
        # flint has no value for the power of a ball whose middle is 0, though the whole ball has one.
        return arb(0, (base.rad() ** exponent).upper())
    return base**exponent


def _general_power(base: Ball, exponent: Ball) -> Ball:
    if base > 0:
        logarithm = base.log() * exponent
        _check_size(logarithm)
        return base**exponent
    if base.is_zero():
        if exponent > 0:
            return arb(0)
        if exponent <= 0:
            raise Undefined("0 to a power that is not positive")
    if base < 0:
        if exponent.contains_integer():
            raise Uncertain("a negative number to a power that may be whole")
        raise Undefined("a negative number to a power that is not whole")
    raise Uncertain("the base may be negative")


def _check_size(logarithm: Ball) -> None:
    if not abs(logarithm) < MAX_LOG:
        if logarithm.is_finite():
            raise TooLarge("This power is too large to work out.")
        raise Uncertain("the size of a power is not certain")


def _odd_root(value: Ball, index: int) -> Ball:
    if value > 0:
        return value.root(index)
    if value < 0:
        return -((-value).root(index))
    if value.is_zero():
        return value
    # Increasing, so the ends give the image.
    low, high = value.lower(), value.upper()
    return _odd_root_of_end(low, index).union(_odd_root_of_end(high, index))


def _odd_root_of_end(end: Ball, index: int) -> Ball:
    if end.is_zero():
        return end
    return -((-end).root(index)) if end < 0 else end.root(index)


def _root(n: Root, env: _Env) -> Ball:
    radicand = _real(n.radicand, env)
    index = 2
    if n.index is not None:
        found = _exponent(n.index, env)
        if found is None:
            return _general_power(radicand, _divide(arb(1), _real(n.index, env)))
        if found.q != 1 or found < 1:
            raise Undefined("the index of a root is a positive whole number")
        if found > 10_000:
            raise TooLarge("The index of this root is too large.")
        index = int(found.p)
    if index % 2:
        return _odd_root(radicand, index)
    return _even_root(radicand, index)


def _even_root(radicand: Ball, index: int = 2) -> Ball:
    if radicand < 0:
        raise Undefined("an even root of a negative number is not real")
    if not radicand >= 0:
        raise Uncertain("what stands under the root may be negative")
    if radicand.contains(0) and not radicand.is_zero():
        return radicand.upper().root(index).union(arb(0))
    return radicand.sqrt() if index == 2 else radicand.root(index)


def _absolute(n: Absolute, env: _Env) -> Ball:
    return abs(_real(n.operand, env))


def _exact(n: Expr, env: _Env) -> Ball:
    """Of what has a value at whole numbers only."""
    return arb(exact_value(n, env.rational))


def _series(n: Series, env: _Env) -> Ball:
    first, last = series_range(n, env.rational)
    total = arb(0 if n.kind == "sum" else 1)
    for k in range(first, last + 1):
        term = _real(n.term, env.binding(n.variable.name, k))
        total = total + term if n.kind == "sum" else total * term
    return total


def _limit_value(expr: Expr, env: _Env) -> Value:
    """An end of an integral or of [F]_a^b: exact where it can be."""
    try:
        return exact_value(expr, env.rational)
    except Unsupported:
        return _real(expr, env)


def _evaluated(n: Evaluated, env: _Env) -> Ball:
    name = evaluated_variable(n)
    upper = _real(n.operand, env.binding(name, _limit_value(n.upper, env)))
    return upper - _real(n.operand, env.binding(name, _limit_value(n.lower, env)))


def _derivative(n: Derivative, env: _Env) -> Ball:
    if n.variable is None or n.order > MAX_ORDER or env.depth > 2:
        raise Unsupported("a derivative without its variable")
    from tutor.bridge.derive import derivative

    expr: Expr = n.operand
    for _ in range(n.order):
        expr = derivative(expr, n.variable.name)
    return _real(expr, _Env(env.values, env.rational, env.wide, env.exact, env.depth + 1))


def _integral(n: Integral, env: _Env) -> Ball:
    if n.lower is None or n.upper is None:
        raise Unsupported("an indefinite integral has no value")
    if env.depth > 0:
        raise Unsupported("an integral inside an integral")
    lower, upper = _as_ball(_limit_value(n.lower, env)), _as_ball(_limit_value(n.upper, env))
    name = n.variable.name
    outer = {k: acb(v) for k, v in env.values.items()}
    rational = env.rational
    if name in rational.values:
        known = {k: v for k, v in rational.values.items() if k != name}
        rational = Conventions(known, rational.angle_unit, rational.log_base)

    def integrand(x: ComplexBall, analytic: bool) -> ComplexBall:
        inner = _ComplexEnv({**outer, name: x}, rational, analytic, real_roots=True)
        try:
            return _complex(n.integrand, inner)
        except (Undefined, Uncertain, TooLarge):
            return acb("nan")

    _complex_check(n.integrand, _ComplexEnv({**outer, name: acb(lower)}, rational, False, real_roots=True))
    tolerance = arb(2) ** -min(flint.ctx.prec, 256)
    found = acb.integral(
        integrand,
        acb(lower),
        acb(upper),
        rel_tol=tolerance,
        abs_tol=tolerance,
        eval_limit=INTEGRAL_EVALUATIONS,
        depth_limit=200,
    )
    if not found.real.is_finite():
        raise Unsupported("the integral was not enclosed")
    return found.real


def _call(n: Call, env: _Env) -> Ball:
    if n.primes:
        raise Unsupported(f"no value of {n.name}'")
    name, args = n.name, n.args
    if len(args) == 1:
        function = _REAL_FUNCTIONS.get(name)
        if function is not None:
            return function(_real(args[0], env))
        if name in TRIGONOMETRIC:
            return _trigonometric(name, args[0], env)
        if name in LOGARITHMS:
            return _logarithm(n, env)
        if name in INVERSE_TRIGONOMETRIC:
            angle = _inverse_trigonometric(name, _real(args[0], env))
            return angle * 180 / arb.pi() if env.rational.angle_unit == "degree" else angle
        if name in ("floor", "ceil"):
            return _rounded(name, args[0], env)
    if args and name in ("min", "max"):
        numbers = [_real(a, env) for a in args]
        found = numbers[0]
        for value in numbers[1:]:
            found = found.min(value) if name == "min" else found.max(value)
        return found
    return _exact(n, env)


def _trigonometric(name: str, argument: Expr, env: _Env) -> Ball:
    turns = None
    if not env.wide:
        turns = angle_in_turns(argument, env.rational)
    if turns is not None and turns.height_bits() < 200:
        sine, cosine = arb.sin_cos_pi_fmpq(turns)
    else:
        angle = _real(argument, env)
        if env.rational.angle_unit == "degree" and not _in_radians(argument):
            angle = angle * arb.pi() / 180
        if not angle.is_finite():
            raise Uncertain("the angle is not certain")
        sine, cosine = angle.sin_cos()
    match name:
        case "sin":
            return sine
        case "cos":
            return cosine
        case "tan":
            return _divide(sine, cosine)
        case "cot":
            return _divide(cosine, sine)
        case "sec":
            return _divide(arb(1), cosine)
        case _:
            return _divide(arb(1), sine)


def _in_radians(argument: Expr) -> bool:
    return any(isinstance(n, Constant) and n.name == "pi" for n in walk(argument))


def _log(value: Ball) -> Ball:
    if value > 0:
        return value.log()
    if value <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    raise Uncertain("the logarithm of a number that may not be positive")


def _logarithm(n: Call, env: _Env) -> Ball:
    base = log_base_of(n, env.rational)
    value = _log(_real(n.args[0], env))
    if base == "e":
        return value
    bottom = _log(arb(int(base)) if isinstance(base, str) else _real(base, env))
    return _divide(value, bottom)


def _exp(value: Ball) -> Ball:
    _check_size(value)
    return value.exp()


def _within_one(value: Ball) -> Ball:
    if abs(value) > 1:
        raise Undefined("the sine or cosine of no real angle")
    if not abs(value) <= 1:
        raise Uncertain("the sine or cosine of perhaps no real angle")
    return value


def _inverse_trigonometric(name: str, value: Ball) -> Ball:
    match name:
        case "arcsin":
            return _within_one(value).asin()
        case "arccos":
            return _within_one(value).acos()
        case "arctan":
            return value.atan()
        case "arcsec":
            return _within_one(_divide(arb(1), value)).acos()
        case "arccsc":
            return _within_one(_divide(arb(1), value)).asin()
        case _:
            if not value > 0:
                raise Unsupported("books differ about the inverse cotangent of a negative number")
            return (1 / value).atan()


def _rounded(name: str, argument: Expr, env: _Env) -> Ball:
    try:
        value = exact_value(argument, env.rational)
        return arb(value.floor() if name == "floor" else value.ceil())
    except Unsupported:
        pass
    ball = _real(argument, env)
    ball = ball.floor() if name == "floor" else ball.ceil()
    if ball.unique_fmpz() is None:
        raise Uncertain("the whole number is not certain")
    return ball


def _sign(value: Ball) -> Ball:
    if value > 0:
        return arb(1)
    if value < 0:
        return arb(-1)
    if value.is_zero():
        return arb(0)
    raise Uncertain("the sign is not certain")


def _sized(function: Callable[[Ball], Ball]) -> Callable[[Ball], Ball]:
    def with_bound(value: Ball) -> Ball:
        _check_size(value)
        return function(value)

    return with_bound


def _arcosh(value: Ball) -> Ball:
    if value < 1:
        raise Undefined("the hyperbolic cosine of no real number")
    if not value >= 1:
        raise Uncertain("the hyperbolic cosine of perhaps no real number")
    return value.acosh()


def _artanh(value: Ball) -> Ball:
    if abs(value) >= 1:
        raise Undefined("the hyperbolic tangent of no real number")
    if not abs(value) < 1:
        raise Uncertain("the hyperbolic tangent of perhaps no real number")
    return value.atanh()


def _arcoth(value: Ball) -> Ball:
    return _artanh(_divide(arb(1), value))


_REAL_FUNCTIONS: dict[str, Callable[[Ball], Ball]] = {
    "exp": _exp,
    "sqrt": _even_root,
    "abs": abs,
    "sgn": _sign,
    "sinh": _sized(lambda v: v.sinh()),
    "cosh": _sized(lambda v: v.cosh()),
    "tanh": _sized(lambda v: v.tanh()),
    "coth": _sized(lambda v: _divide(v.cosh(), v.sinh())),
    "sech": _sized(lambda v: 1 / v.cosh()),
    "csch": _sized(lambda v: _divide(arb(1), v.sinh())),
    "arsinh": lambda v: v.asinh(),
    "arcsinh": lambda v: v.asinh(),
    "arcosh": _arcosh,
    "arccosh": _arcosh,
    "artanh": _artanh,
    "arctanh": _artanh,
    "arcoth": _arcoth,
    "arccoth": _arcoth,
}
assert set(_REAL_FUNCTIONS) >= HYPERBOLIC | INVERSE_HYPERBOLIC

_REAL: dict[type[Node], Callable[[Any, _Env], Ball]] = {
    Number: _number,
    Mixed: _mixed,
    Symbol: _symbol,
    Words: _words,
    Constant: _constant,
    Quantity: lambda n, env: _real(n.value, env),
    Bracket: lambda n, env: _real(n.inner, env),
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Negative: lambda n, env: -_real(n.operand, env),
    Positive: lambda n, env: _real(n.operand, env),
    Percent: lambda n, env: _real(n.operand, env) / 100,
    Degrees: _degrees,
    Absolute: _absolute,
    Power: _power,
    Root: _root,
    Factorial: _exact,
    Choose: _exact,
    Series: _series,
    Evaluated: _evaluated,
    Derivative: _derivative,
    Integral: _integral,
    Call: _call,
}


# ---------------------------------------------------------------- complex values


class _ComplexEnv:
    """analytic: answer NaN wherever the function is not analytic on the ball.

    real_roots: the cube root of a negative number is real, as in a real integrand; else the principal root.
    """

    __slots__ = ("analytic", "rational", "real_roots", "values")

    def __init__(
        self, values: Mapping[str, ComplexBall], rational: Conventions, analytic: bool, real_roots: bool
    ) -> None:
        self.values = values
        self.rational = rational
        self.analytic = analytic
        self.real_roots = real_roots


def evaluate_complex(
    expr: Expr,
    values: Mapping[str, Any] | None = None,
    bits: int = 64,
    *,
    angle_unit: AngleUnit = "radian",
    log_base: str = "10",
) -> ComplexBall:
    """A ball in the plane that holds the value, principal branches throughout.

    Raises:
        Undefined, Uncertain, Unsupported, TooLarge: as `evaluate`.
    """
    with precision(bits):
        balls = {k: v if isinstance(v, acb) else acb(_as_ball(v)) for k, v in values.items()} if values else {}
        rational: dict[str, Any] = {}
        for k, v in (values or {}).items():
            if not isinstance(v, acb | arb):
                rational[k] = _as_rational(v)
        env = _ComplexEnv(balls, Conventions(rational, angle_unit, log_base), False, real_roots=False)
        try:
            found = _complex(expr, env)
        except RecursionError:
            raise TooLarge("This expression is nested too deeply.") from None
        if not found.is_finite():
            raise Uncertain("no finite value at this precision")
        return found


def _complex_check(expr: Expr, env: _ComplexEnv) -> None:
    """Raise Unsupported now if the integrand has a node that complex evaluation does not know."""
    with suppress(Undefined, Uncertain, TooLarge):
        _complex(expr, env)


def _complex(expr: Expr, env: _ComplexEnv) -> ComplexBall:
    match expr:
        case Number(value=value):
            return acb(arb(fmpq(value.numerator, value.denominator)))
        case Symbol(name):
            found = env.values.get(name)
            if found is None:
                raise Unsupported(f"{name} has no value")
            return found
        case Constant(name):
            match name:
                case "pi":
                    return acb(arb.pi())
                case "e":
                    return acb(arb.const_e())
                case "i":
                    return acb(0, 1)
            raise Unsupported(f"{name} is not a number")
        case Sum(terms):
            total = _complex(terms[0], env)
            for term in terms[1:]:
                total = total + _complex(term, env)
            return total
        case Product(factors):
            total = _complex(factors[0], env)
            for factor in factors[1:]:
                total = total * _complex(factor, env)
            return total
        case Quotient(top, bottom):
            return _divide_complex(_complex(top, env), _complex(bottom, env))
        case Negative(operand):
            return -_complex(operand, env)
        case Positive(inner) | Bracket(inner) | Quantity(inner, _):
            return _complex(inner, env)
        case Percent(operand):
            return _complex(operand, env) / 100
        case Degrees(operand):
            value = _complex(operand, env)
            return value if env.rational.angle_unit == "degree" else value * arb.pi() / 180
        case Power(base, exponent):
            return _complex_power(base, exponent, env)
        case Root(radicand, index):
            k = 2
            if index is not None:
                found = exact_value(index, env.rational)
                if found.q != 1 or not 1 <= found <= 10_000:
                    raise Unsupported("the index of a root is a positive whole number")
                k = int(found.p)
            return _complex_root(_complex(radicand, env), k, env)
        case Absolute(operand):
            value = _complex(operand, env)
            if env.real_roots:
                return value.real_abs(analytic=env.analytic)
            return acb(abs(value))
        case Call():
            return _complex_call(expr, env)
        case Mixed() | Factorial() | Choose() | Series():
            return acb(arb(exact_value(expr, env.rational)))
        case Evaluated(operand, lower, upper):
            name = evaluated_variable(expr)
            ends = [
                _complex(
                    operand,
                    _ComplexEnv({**env.values, name: _complex(end, env)}, env.rational, env.analytic, env.real_roots),
                )
                for end in (lower, upper)
            ]
            return ends[1] - ends[0]
    raise Unsupported(f"no complex value of a {type(expr).__name__}")


def _divide_complex(top: ComplexBall, bottom: ComplexBall) -> ComplexBall:
    if bottom.contains(0):
        if bottom.is_zero():
            raise Undefined("division by zero")
        raise Uncertain("the denominator may be zero")
    return top / bottom


def _complex_power(base: Expr, exponent: Expr, env: _ComplexEnv) -> ComplexBall:
    try:
        k = exact_value(exponent, env.rational)
    except Unsupported:
        k = None
    if isinstance(base, Constant) and base.name == "e":
        return _complex_exp(_complex(exponent, env))
    value = _complex(base, env)
    if k is not None and k.q == 1:
        times = int(k.p)
        if times <= 0 and value.contains(0):
            if value.is_zero():
                raise Undefined("0 to a power that is not positive")
            raise Uncertain("the base may be zero")
        if abs(times) > 64:
            size = value.abs_upper()
            if size > 0:
                _check_size(abs(times) * abs(size.log()))
        return value**times
    if k is not None and env.real_roots and k.q % 2 == 1:
        return _complex_root(value, int(k.q), env) ** int(k.p)
    power = acb(arb(k)) if k is not None else _complex(exponent, env)
    if value.is_zero() and power.real > 0:
        return acb(0)
    if value.is_zero():
        raise Undefined("0 to a power that is not positive")
    return value.pow(power, analytic=env.analytic)


def _complex_root(value: ComplexBall, index: int, env: _ComplexEnv) -> ComplexBall:
    if value.is_zero():
        return value
    if env.real_roots and index % 2:
        if value.real > 0:
            return _principal_root(value, index, env.analytic)
        if value.real < 0:
            return -_principal_root(-value, index, env.analytic)
        if env.analytic or not value.imag.is_zero():
            return acb("nan")
        return acb(_odd_root(value.real, index))
    return _principal_root(value, index, env.analytic)


def _principal_root(value: ComplexBall, index: int, analytic: bool) -> ComplexBall:
    if index == 1:
        return value
    if index == 2:
        return value.sqrt(analytic=analytic)
    return value.pow(acb(arb(fmpq(1, index))), analytic=analytic)


def _complex_exp(value: ComplexBall) -> ComplexBall:
    _check_size(value.real)
    return value.exp()


def _complex_log(value: ComplexBall, env: _ComplexEnv) -> ComplexBall:
    if value.is_zero():
        raise Undefined("the logarithm of zero")
    return value.log(analytic=env.analytic)


def _complex_call(n: Call, env: _ComplexEnv) -> ComplexBall:
    if n.primes:
        raise Unsupported(f"no value of {n.name}'")
    name = n.name
    if len(n.args) != 1:
        return acb(arb(exact_value(n, env.rational)))
    value = _complex(n.args[0], env)
    one = acb(1)
    if name in TRIGONOMETRIC:
        if env.rational.angle_unit == "degree" and not _in_radians(n.args[0]):
            value = value * arb.pi() / 180
        if not abs(value.imag) < MAX_LOG:
            raise Uncertain("the sine of a large imaginary number")
    elif name in HYPERBOLIC:
        _check_size(value.real)
    match name:
        case "sin":
            return value.sin()
        case "cos":
            return value.cos()
        case "tan":
            return value.tan()
        case "cot":
            return value.cot()
        case "sec":
            return value.sec()
        case "csc":
            return value.csc()
        case "sinh":
            return value.sinh()
        case "cosh":
            return value.cosh()
        case "tanh":
            return value.tanh()
        case "coth":
            return value.coth()
        case "sech":
            return value.sech()
        case "csch":
            return value.csch()
        case "exp":
            return _complex_exp(value)
        case "sqrt":
            return value if value.is_zero() else value.sqrt(analytic=env.analytic)
        case "Re":
            return _not_analytic(acb(value.real), env)
        case "Im":
            return _not_analytic(acb(value.imag), env)
        case "conj":
            return _not_analytic(value.conjugate(), env)
        case "arg":
            if value.is_zero():
                raise Undefined("the argument of zero")
            return _not_analytic(acb(value.arg()), env)
        case "abs":
            return value.real_abs(analytic=env.analytic) if env.real_roots else acb(abs(value))
        case "sgn" if env.real_roots:
            return value.real_sgn(analytic=env.analytic)
        case "floor" if env.real_roots:
            return value.real_floor(analytic=env.analytic)
        case "ceil" if env.real_roots:
            return value.real_ceil(analytic=env.analytic)
    if name in LOGARITHMS:
        base = log_base_of(n, env.rational)
        found = _complex_log(value, env)
        if base == "e":
            return found
        bottom = acb(int(base)) if isinstance(base, str) else _complex(base, env)
        return _divide_complex(found, _complex_log(bottom, env))
    # The inverse functions have cuts; they are built from the logarithm and the root, which honour `analytic`.
    if name in INVERSE_TRIGONOMETRIC or name in INVERSE_HYPERBOLIC:
        found = _complex_inverse(name, value, one, env)
        if name in INVERSE_TRIGONOMETRIC and env.rational.angle_unit == "degree":
            return found * 180 / arb.pi()
        return found
    raise Unsupported(f"no complex value of {name}")


def _not_analytic(value: ComplexBall, env: _ComplexEnv) -> ComplexBall:
    return acb("nan") if env.analytic else value


def _complex_inverse(name: str, value: ComplexBall, one: ComplexBall, env: _ComplexEnv) -> ComplexBall:
    if name in ("arcsec", "arccsc", "arcoth"):
        value = _divide_complex(one, value)
        name = {"arcsec": "arccos", "arccsc": "arcsin", "arcoth": "artanh"}[name]
    plane_cut = {"arctan": "imag", "arsinh": "imag", "arcsinh": "imag", "arcsin": "real", "arccos": "real"}
    plane_cut |= {"artanh": "real", "arctanh": "real"}
    if env.analytic:
        across = plane_cut.get(name)
        if across is None:
            return acb("nan")
        beside, along = (value.imag, value.real) if across == "real" else (value.real, value.imag)
        if beside.contains(0) and not abs(along) < 1:
            return acb("nan")
    match name:
        case "arcsin":
            return value.asin()
        case "arccos":
            return value.acos()
        case "arctan":
            return value.atan()
        case "arsinh" | "arcsinh":
            return value.asinh()
        case "arcosh" | "arccosh":
            return value.acosh()
        case "artanh" | "arctanh":
            return value.atanh()
    raise Unsupported(f"no complex value of {name}")


# ---------------------------------------------------------------- deciding


def decide_sign(
    expr: Expr,
    values: Mapping[str, Value] | None = None,
    *,
    angle_unit: AngleUnit = "radian",
    log_base: str = "10",
) -> int | None:
    """-1, 0 or 1, certainly; None where 1024 bits do not tell.

    Raises:
        Undefined, Unsupported, TooLarge: as `evaluate`.
    """
    for bits in LADDER:
        try:
            value = evaluate(expr, values, bits, angle_unit=angle_unit, log_base=log_base)
        except Uncertain:
            continue
        if value > 0:
            return 1
        if value < 0:
            return -1
        if value.is_zero():
            return 0
    return None


def disjoint(
    a: Expr,
    b: Expr,
    values: Mapping[str, Value] | None = None,
    *,
    wide: bool = False,
    exact: Container[Fraction] = frozenset(),
    angle_unit: AngleUnit = "radian",
    log_base: str = "10",
    ladder: Sequence[int] = LADDER,
) -> tuple[Ball, Ball] | None:
    """The two sides' balls where they are apart, so that a ≠ b there; None where 1024 bits do not tell.

    Raises:
        Undefined, Unsupported, TooLarge: as `evaluate`.
    """
    for bits in ladder:
        try:
            left = evaluate(a, values, bits, wide, exact=exact, angle_unit=angle_unit, log_base=log_base)
            right = evaluate(b, values, bits, wide, exact=exact, angle_unit=angle_unit, log_base=log_base)
        except Uncertain:
            continue
        if not left.overlaps(right):
            return left, right
        if wide and bits > 64:
            return None
    return None


def bounds(ball: Ball) -> tuple[Any, Any]:
    """Rational numbers [lo, hi] around all of a ball.

    Raises:
        TooLarge: the ends need too many bits.
    """
    return _rational(ball.lower()), _rational(ball.upper())


def _rational(end: Ball) -> Any:
    if not end.is_finite():
        raise TooLarge("This number is too large to compare.")
    mantissa, exponent = end.man_exp()
    k = int(exponent)
    if abs(k) > MAX_BITS:
        raise TooLarge("This number is too large to compare.")
    return fmpq(mantissa * flint.fmpz(2) ** k) if k >= 0 else fmpq(mantissa, flint.fmpz(2) ** -k)


# ---------------------------------------------------------------- points to look at

_PRIMES = (2, 3, 5, 7, 11, 13)


def sample_points(
    names: Iterable[str], seed: int = 0, positive: bool = False, count: int = 8
) -> tuple[Mapping[str, Fraction], ...]:
    """The same rational points each time: small primes over small primes, every other one of mixed signs.

    No two names share a size at a point, so that x - y = 0 and x + y = 0 are not met by accident.
    """
    return _sample_points(tuple(sorted(names)), seed, positive, count)


@lru_cache(maxsize=256)
def _sample_points(names: tuple[str, ...], seed: int, positive: bool, count: int) -> tuple[Mapping[str, Fraction], ...]:
    source = random.Random(f"{seed}:{','.join(names)}")
    points: list[Mapping[str, Fraction]] = []
    for k in range(count):
        point: dict[str, Fraction] = {}
        taken: set[Fraction] = set()
        for name in names:
            value = Fraction(0)
            while not value or value.denominator == 1 or abs(value) in taken:
                value = Fraction(source.choice(_PRIMES), source.choice(_PRIMES[: 3 + len(taken) // 20]))
                if len(taken) > 12:
                    value += source.randrange(1, 1000)
            taken.add(abs(value))
            point[name] = -value if not positive and k % 2 and source.random() < 0.6 else value
        points.append(point)
    return tuple(points)
