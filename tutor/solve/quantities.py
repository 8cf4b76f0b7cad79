"""Quantities of a problem in base units: what is given, what was found, and how it was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.bridge.balls import evaluate
from tutor.bridge.exact import rational_value
from tutor.bridge.units import degrees_in, is_affine, kelvins_at_zero, measure, turns_in
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.laws.law import Law, RoleKind
from tutor.laws.scene import Given
from tutor.syntax.tree import Bracket, Chain, Degrees, Expr, Negative, Positive, Quantity, Sum

PI = Fraction(314159265358979323846264338327950288, 10**35)
MONTH = Fraction(31_557_600, 12)  # seconds in a twelfth of a Julian year


@dataclass(frozen=True)
class Known:
    """A quantity with its value in base units of the SI; angles in radians, temperatures in kelvins.

    symbol: the problem's letter for it, "" for none. body, when: as in `Given`. given: its number among the givens,
    -1 for what was found, and for constants. constant: id of a constant of nature. found_by: the law it was found by.
    uses: numbers of the givens it rests on. guesses: how often a wider word of the problem ("a force") was taken for a
    narrower one of a law ("the net force"). signed: of a deceleration "size" or "signed", with its sign.
    """

    role: str
    value: Fraction
    symbol: str = ""
    body: str = ""
    when: str = ""
    given: int = -1
    constant: str = ""
    found_by: Use | None = field(default=None, compare=False)
    uses: frozenset[int] = frozenset()
    guesses: int = 0
    written: Expr | None = field(default=None, compare=False)
    signed: str = ""

    @property
    def steps(self) -> tuple[Use, ...]:
        """The uses of laws it rests on, each after those that it needs."""
        found: dict[int, Use] = {}

        def visit(known: Known) -> None:
            use = known.found_by
            if use is not None and id(use) not in found:
                for each in use.inputs.values():
                    visit(each)
                found[id(use)] = use

        visit(self)
        return tuple(found.values())


@dataclass(frozen=True, eq=False)
class Use:
    """A law solved for one of its symbols, with what the other symbols stand for.

    result: the expression of the other symbols that the unknown equals.
    """

    law: Law
    equation: Chain
    unknown: str
    inputs: Mapping[str, Known]
    result: Expr


def value_in_base_units(written: Expr, role: RoleKind | None) -> Fraction | None:
    """The value of a given; None where it is no single number with a unit of the role's dimension."""
    sign = 1
    expr = written
    while isinstance(expr, Bracket | Negative | Positive):
        sign = -sign if isinstance(expr, Negative) else sign
        expr = expr.inner if isinstance(expr, Bracket) else expr.operand
    if isinstance(expr, Sum):  # 2 min 30 s
        parts = [value_in_base_units(term, role) for term in expr.terms]
        return sign * sum((p for p in parts if p is not None), Fraction(0)) if None not in parts else None
    try:
        if isinstance(expr, Degrees):
            return sign * number(expr.operand) * PI / 180
        if not isinstance(expr, Quantity):
            return sign * number(expr) if role is None or not role.dimension else None
        unit = expr.unit
        found = measure(unit)
        dimension = dict(found.dimension)
        size = found.size
        if months := dimension.pop("month", 0):
            size *= MONTH ** int(months)
            dimension["s"] = dimension.get("s", 0) + months
        value = sign * number(expr.value)
        if is_affine(unit):
            shift = Fraction(0) if role is not None and role.id == "temperature_change" else kelvins_at_zero(unit)
            return value * size + shift
        if degrees_in(unit):
            value *= (PI / 180) ** degrees_in(unit)
        if turns_in(unit) and (role is None or is_angular(role)):
            value *= (2 * PI) ** turns_in(unit)
    except (Unsupported, Undefined, StudentError):
        return None
    if role is not None and {b: e for b, e in dimension.items() if e} != dict(role.dimension):
        return None
    return value * size


def is_angular(role: RoleKind) -> bool:
    """Whether a turn of it is 2π: an angle, an angular speed, an angular acceleration."""
    return role.angle or "angular" in role.id


def number(expr: Expr) -> Fraction:
    """The value of an expression without units: exact where it is rational, to 15 figures otherwise.

    Raises:
        Unsupported, Undefined, TooLarge: as `evaluate`.
    """
    return value_of(expr, {})


def value_of(expr: Expr, values: Mapping[str, Fraction]) -> Fraction:
    """The value of an expression at these values of its symbols; raises as `number`."""
    try:
        return rational_value(expr, values)
    except Unsupported:
        return Fraction(float(evaluate(expr, values, 80).mid()))


def known_of_given(given: Given, index: int, role: RoleKind | None) -> Known | None:
    """A given as a quantity with a value."""
    value = value_in_base_units(given.value, role)
    if value is None:
        return None
    return Known(
        given.role,
        value,
        given.symbol,
        given.of,
        given.when,
        index,
        uses=frozenset((index,)),
        written=given.value,
    )
