"""Whether a law is written without slips of its own: dimensions, forms, wrong versions, symbols.

Used by the tests of the catalogue, and by whoever adds a law.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations, pairwise

from tutor.bridge.dimensions import NO_DIMENSION, Dimension
from tutor.errors import AuthorError
from tutor.laws.law import Law, RoleKind
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Chain,
    Constant,
    Expr,
    Negative,
    Number,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
    symbols,
)

SAMPLES = 12
ZERO = Number("0", Fraction(0))  # of any dimension
SAME = 1e-9  # relative, for forms that must agree
APART = 1e-4  # relative, for slips that must differ

_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "arcsin": math.asin, "arccos": math.acos, "arctan": math.atan,
    "ln": math.log, "log": math.log10, "exp": math.exp,
}  # fmt: skip
_DIRECTED: tuple[Dimension, ...] = (
    (("m", 1), ("s", -1)),
    (("m", 1), ("s", -2)),
    (("kg", 1), ("m", 1), ("s", -2)),
    (("kg", 1), ("m", 1), ("s", -1)),
)
_CONSTANTS = {"pi": math.pi, "e": math.e}


def check_law(law: Law, roles: Mapping[str, RoleKind]) -> tuple[str, ...]:
    """What is wrong with a law, one sentence each; nothing where all is well.

    Both sides of the equation and of each form have one dimension; every form says the same as the equation and no
    slip does, at random positive values; every symbol is used.
    """
    try:
        equation, forms, slips, guarded = law.equation, law.forms, law.slips, law.guarded_slips
    except AuthorError as error:
        return (str(error),)
    found = [f"symbol {name} is not in the equation" for name in sorted(set(law.symbols) - symbols(equation))]
    elsewhere = frozenset[str]().union(*(symbols(line) for line in (*forms, *(slip for slip, _ in (*slips, *guarded)))))
    found += [f"symbol {name} is in no slip or form" for name in sorted(set(law.others) - elsewhere)]
    dimensions = {name: roles[symbol.role].dimension for name, symbol in {**law.symbols, **law.others}.items()}
    for line in (equation, *forms):
        try:
            left, right = (_dimension(side, dimensions) for side in line.operands)
            if left != right and ZERO not in line.operands:
                found.append(f'the sides of "{to_text(line)}" have the dimensions {left} and {right}')
        except ValueError as error:
            found.append(f'"{to_text(line)}": {error}')
    points = list(_points(law, equation, roles))
    if len(points) < SAMPLES // 2:
        return (*found, "no values were found at which it holds")
    for form in forms:
        if any(_residual(form, at) > SAME for at in points):
            found.append(f'"{to_text(form)}" says something else than the law')
    for slip, _ in (*slips, *guarded):
        # Random values may come close to where both hold, but not often.
        if sum(_residual(slip, at) < APART for at in points) > 2:
            found.append(f'the slip "{to_text(slip)}" says the same as the law')
    return tuple(found)


def excuse_for(slip: Chain, law: Law, roles: Mapping[str, RoleKind]) -> str:
    """Under which other sign convention, or in which special case, a slip says what the law says; "" for none."""
    everything = {name: roles[symbol.role].dimension for name, symbol in {**law.symbols, **law.others}.items()}
    try:
        left, right = (_dimension(side, everything) for side in slip.operands)
        if left != right and ZERO not in slip.operands:
            return ""
    except ValueError:  # units refute it under any convention
        return ""
    names = sorted(law.symbols)
    signed = [name for name in names if _has_sign(roles[law.symbols[name].role])]
    for flipped in (*((name,) for name in signed), *combinations(signed, 2)):
        if _agree(slip, law, roles, {name: (-1, name) for name in flipped}):
            return f"where {' and '.join(flipped)} count the other way"
    left_out = sorted(symbols(law.equation) - symbols(slip))
    for name in left_out:
        if _may_be_nought(roles[law.symbols[name].role]) and _agree(slip, law, roles, {name: (0, name)}, both=True):
            return f"where {name} is nought"
    for one, other in combinations(names if left_out else (), 2):
        if law.symbols[one].role == law.symbols[other].role and _agree(
            slip, law, roles, {one: (1, one), other: (1, one)}, both=True
        ):
            return f"where {one} and {other} are equal"
    return ""


def _may_be_nought(role: RoleKind) -> bool:
    """A speed, an acceleration, a friction is often nought, and then left out."""
    return (role.dimension in _DIRECTED[:2] and role.id != "gravity") or "friction" in role.id


def _has_sign(role: RoleKind) -> bool:
    """A velocity, an acceleration, a force and the like may be counted positive either way."""
    return role.vector or role.dimension in _DIRECTED


def _agree(
    slip: Chain,
    law: Law,
    roles: Mapping[str, RoleKind],
    change: Mapping[str, tuple[int, str]],
    both: bool = False,
) -> bool:
    """Whether the slip holds wherever the law does with some symbols changed (in the slip too, if `both`).

    change: {"u": (-1, "u")} turns u round, {"u": (0, "u")} makes it nought, {"u": (1, "v")} makes it equal to v.
    """
    rng = random.Random(law.id)
    agreeing = 0
    for _ in range(8):
        at = _drawn(law, roles, rng)
        changed = at | {name: times * at[of] for name, (times, of) in change.items()}
        names = [name for name in _to_solve_for(law.equation) if name not in change]
        for name in names or sorted(symbols(law.equation).difference(change)):
            value = _solved(law.equation, name, changed)
            if value is not None and value != 0:
                if _residual(slip, {**(changed if both else at), name: value}) > SAME:
                    return False
                agreeing += 1
                break
        if agreeing == 3:
            return True
    return False


def _drawn(law: Law, roles: Mapping[str, RoleKind], rng: random.Random) -> dict[str, float]:
    """Random positive values, acute angles."""
    everything = {**law.symbols, **law.others}
    return {
        name: rng.uniform(0.2, 0.7) if roles[symbol.role].angle else rng.uniform(0.5, 2.5)
        for name, symbol in everything.items()
    }


def _dimension(expr: Expr, known: Mapping[str, Dimension]) -> Dimension:
    """Raises ValueError for a sum of unlike terms or a function of something that is no number."""
    match expr:
        case Number() | Constant():
            return NO_DIMENSION
        case Symbol(name):
            return known[name]
        case Bracket(inner) | Negative(inner) | Positive(inner) | Absolute(inner):
            return _dimension(inner, known)
        case Sum(terms):
            first, *rest = (_dimension(term, known) for term in terms)
            if any(dimension != first for dimension in rest):
                raise ValueError(f"the terms of {to_text(expr)} differ in dimension")
            return first
        case Product(factors):
            return _times(*((_dimension(factor, known), Fraction(1)) for factor in factors))
        case Quotient(top, bottom):
            return _times((_dimension(top, known), Fraction(1)), (_dimension(bottom, known), Fraction(-1)))
        case Root(radicand, index):
            order = 2 if index is None else round(_value(index, {}))
            return _times((_dimension(radicand, known), Fraction(1, order)))
        case Power(base, exponent):
            below = _dimension(base, known)
            if _dimension(exponent, known):
                raise ValueError(f"the exponent of {to_text(expr)} is no number")
            if not below:
                return NO_DIMENSION
            return _times((below, Fraction(_value(exponent, {})).limit_denominator(100)))
        case Call(name, args):
            if name == "abs":
                return _dimension(args[0], known)
            if any(_dimension(arg, known) for arg in args):
                raise ValueError(f"the argument of {to_text(expr)} is no number")
            return NO_DIMENSION
    raise ValueError(f"laws are not written with {type(expr).__name__}")


def _times(*parts: tuple[Dimension, Fraction]) -> Dimension:
    exponents: dict[str, Fraction] = {}
    for dimension, power in parts:
        for base, exponent in dimension:
            exponents[base] = exponents.get(base, Fraction(0)) + Fraction(exponent) * power
    return tuple((base, e.numerator if e.denominator == 1 else e) for base, e in sorted(exponents.items()) if e)


def _value(expr: Expr, at: Mapping[str, float]) -> float:
    match expr:
        case Number():
            return float(expr.value)
        case Constant(name):
            return _CONSTANTS[name]
        case Symbol(name):
            return at[name]
        case Bracket(inner) | Positive(inner):
            return _value(inner, at)
        case Negative(inner):
            return -_value(inner, at)
        case Absolute(inner):
            return abs(_value(inner, at))
        case Sum(terms):
            return sum(_value(term, at) for term in terms)
        case Product(factors):
            return math.prod(_value(factor, at) for factor in factors)
        case Quotient(top, bottom):
            return _value(top, at) / _value(bottom, at)
        case Power(base, exponent):
            return math.pow(_value(base, at), _value(exponent, at))
        case Root(radicand, index):
            return math.pow(_value(radicand, at), 1 / (2 if index is None else _value(index, at)))
        case Call("log", (argument,), subscript) if subscript is not None:
            return math.log(_value(argument, at), _value(subscript, at))
        case Call("abs", (argument,)):
            return abs(_value(argument, at))
        case Call(name, (argument,)):
            return _FUNCTIONS[name](_value(argument, at))
    raise ValueError(f"laws are not written with {type(expr).__name__}")


def _residual(line: Chain, at: Mapping[str, float]) -> float:
    """How far the sides are apart, as a part of their largest term; infinite where one has no value."""
    try:
        left, right = (_value(side, at) for side in line.operands)
    except (ArithmeticError, ValueError):
        return math.inf
    terms = (term for side in line.operands for term in (side.terms if isinstance(side, Sum) else (side,)))
    return abs(left - right) / max(*(abs(_value(term, at)) for term in terms), 1e-300)


def _points(law: Law, equation: Chain, roles: Mapping[str, RoleKind]) -> Iterator[dict[str, float]]:
    """Values at which the law holds, all but one of them random."""
    rng = random.Random(law.id)
    found = 0
    for _ in range(SAMPLES * 20):
        at = _drawn(law, roles, rng)
        for name in _to_solve_for(equation):
            if (value := _solved(equation, name, at)) is not None:
                at[name] = value
                yield at
                found += 1
                break
        if found == SAMPLES:
            return


def _to_solve_for(equation: Chain) -> list[str]:
    """The symbol that stands alone on a side first."""
    left, right = equation.operands
    for side, other in ((left, right), (right, left)):
        if isinstance(side, Symbol) and side.name not in symbols(other):
            return [side.name]
    return sorted(symbols(equation))


def _solved(equation: Chain, name: str, at: Mapping[str, float]) -> float | None:
    """A value of the symbol at which the equation holds, by bisection where it does not stand alone."""
    left, right = equation.operands
    for side, other in ((left, right), (right, left)):
        if isinstance(side, Symbol) and side.name == name and name not in symbols(other):
            try:
                return _value(other, at)
            except (ArithmeticError, ValueError):
                return None

    def gap(x: float) -> float:
        try:
            return _value(left, {**at, name: x}) - _value(right, {**at, name: x})
        except (ArithmeticError, ValueError):
            return math.nan

    grid = [10 ** (k / 20) for k in range(-40, 41)]
    grid = [-x for x in reversed(grid)] + grid
    for low, high in pairwise(grid):
        below, above = gap(low), gap(high)
        if below * above < 0:
            for _ in range(60):
                middle = (low + high) / 2
                if gap(middle) * below > 0:
                    low = middle
                else:
                    high = middle
            if _residual(equation, {**at, name: low}) < SAME / 10:
                return low
    return None
