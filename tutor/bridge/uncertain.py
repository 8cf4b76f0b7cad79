"""Values with a spread, `9.8 ± 0.1 m/s²`, carried through an expression to first order by the `uncertainties` package.

A symbol that stands twice is one quantity, so that x - x has no spread. Built node by node from the tree.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from tutor.bridge.units import measure
from tutor.errors import Undefined, Unsupported
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Constant,
    Degrees,
    Expr,
    Mixed,
    Negative,
    Number,
    Percent,
    PlusMinus,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Sum,
    Symbol,
    without_brackets,
)

MOST = 1e300
_FUNCTIONS = {
    "sin": "sin", "cos": "cos", "tan": "tan", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "exp": "exp",
    "ln": "log", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
}  # fmt: skip


class Spread(NamedTuple):
    """A value and its standard uncertainty, both in SI base units where the expression has units."""

    nominal: float
    spread: float


def with_uncertainty(expr: Expr, values: Mapping[str, Spread | tuple[float, float]] | None = None) -> Spread:
    """The value of an expression and its spread, from those of its symbols and from each `±` in it.

    Units: quantities are taken in SI base units; whether they may be added is not asked here.

    Raises:
        Unsupported: something in it that has no spread (an integral), or a symbol without a value.
        Undefined: a division by zero, the root of a negative number.
    """
    import uncertainties
    from uncertainties import umath

    known = {n: uncertainties.ufloat(*pair) if pair[1] else float(pair[0]) for n, pair in (values or {}).items()}
    try:
        found = _Builder(known, uncertainties.ufloat, umath).of(expr)
        nominal, spread = float(getattr(found, "nominal_value", found)), float(getattr(found, "std_dev", 0.0))
    except ZeroDivisionError:
        raise Undefined("division by zero") from None
    except ValueError:
        raise Undefined("a function outside its domain") from None
    except OverflowError:
        raise Unsupported("too large a value") from None
    if not math.isfinite(nominal) or math.isnan(spread) or abs(nominal) > MOST:
        raise Unsupported("too large a value")
    return Spread(nominal, spread)


class Propagated(NamedTuple):
    """A value, and its uncertainty by both rules that students use: contributions added, and added in quadrature.

    parts: the contribution of each symbol that has one, largest first.
    """

    nominal: float
    linear: float
    quadrature: float
    parts: tuple[tuple[str, float], ...] = ()


def propagate(expr: Expr, values: Mapping[str, Spread | tuple[float, float]] | None = None) -> Propagated:
    """An expression's value and its uncertainty, worst case and in quadrature, from those of its symbols and its `±`.

    Raises:
        Unsupported, Undefined: as `with_uncertainty`.
    """
    import uncertainties
    from uncertainties import umath

    known = {n: uncertainties.ufloat(*pair, tag=n) if pair[1] else float(pair[0]) for n, pair in (values or {}).items()}
    try:
        found = _Builder(known, uncertainties.ufloat, umath).of(expr)
        nominal = float(getattr(found, "nominal_value", found))
        each = dict(found.error_components()) if hasattr(found, "error_components") else {}
    except ZeroDivisionError:
        raise Undefined("division by zero") from None
    except ValueError:
        raise Undefined("a function outside its domain") from None
    except (OverflowError, TypeError):
        raise Unsupported("too large a value") from None
    sizes = [abs(float(c)) for c in each.values()]
    total = sum(sizes)
    if not math.isfinite(nominal) or not math.isfinite(total) or abs(nominal) > MOST:
        raise Unsupported("too large a value")
    named = [(str(v.tag), abs(float(c))) for v, c in each.items() if v.tag is not None and c]
    parts = tuple(sorted(named, key=lambda part: (-part[1], part[0])))
    return Propagated(nominal, total, math.hypot(*sizes) if sizes else 0.0, parts)


class _Builder:
    def __init__(self, known: Mapping[str, Any], ufloat: Any, umath: Any) -> None:
        self.known = known
        self.ufloat = ufloat
        self.umath = umath

    def of(self, expr: Expr) -> Any:
        match expr:
            case Number(_, value):
                return float(value)
            case Mixed(whole, top, bottom):
                return float(whole.value + top.value / bottom.value)
            case Symbol(name):
                if name not in self.known:
                    raise Unsupported(f"no value for {name}")
                return self.known[name]
            case Constant("pi"):
                return math.pi
            case Constant("e"):
                return math.e
            case PlusMinus(Expr() as left, right, "±"):
                middle, half = self.of(left), self.of(right)
                if isinstance(without_brackets(right), Percent) and not isinstance(without_brackets(left), Percent):
                    half = half * self.nominal(middle)
                spread = abs(self.nominal(half))
                return self.ufloat(self.nominal(middle), spread) if spread else middle
            case Quantity(value, unit):
                return self.of(value) * float(measure(unit).size)
            case Bracket(inner) | Positive(inner):
                return self.of(inner)
            case Negative(inner):
                return -self.of(inner)
            case Percent(inner):
                return self.of(inner) / 100
            case Degrees(inner):
                return self.of(inner) * (math.pi / 180)
            case Absolute(inner):
                return abs(self.of(inner))
            case Sum(terms):
                total = self.of(terms[0])
                for term in terms[1:]:
                    total = total + self.of(term)
                return total
            case Product(factors):
                total = self.of(factors[0])
                for factor in factors[1:]:
                    total = total * self.of(factor)
                return total
            case Quotient(top, bottom):
                return self.of(top) / self.of(bottom)
            case Power(base, exponent):
                return self.of(base) ** self.of(exponent)
            case Root(radicand, None):
                return self.umath.sqrt(self.of(radicand))
            case Root(radicand, Expr() as index):
                return self.of(radicand) ** (1 / self.of(index))
            case Call("log", (argument,), subscript):
                ten = 10.0 if subscript is None else self.of(subscript)
                return self.umath.log(self.of(argument)) / self.umath.log(ten)
            case Call(name, (argument,), None) if name in _FUNCTIONS:
                return getattr(self.umath, _FUNCTIONS[name])(self.of(argument))
        raise Unsupported(f"a spread through a {type(expr).__name__}")

    @staticmethod
    def nominal(value: Any) -> float:
        return float(getattr(value, "nominal_value", value))
