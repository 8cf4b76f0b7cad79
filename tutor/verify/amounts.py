"""Numbers with their units as a line has them: what they are in SI, and which of them are the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from tutor.bridge import balls, units
from tutor.bridge.dimensions import NO_DIMENSION, Dimension, unit_text
from tutor.errors import TutorError
from tutor.laws.catalogue import catalogue
from tutor.laws.scene import Given
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Call,
    Degrees,
    Expr,
    Negative,
    Node,
    Number,
    Positive,
    Quantity,
    Unit,
    kinds,
    rebuild,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.alignment import numerals
from tutor.verify.physical import Physical
from tutor.verify.rounding import show_rational

TRIGONOMETRIC = frozenset({"sin", "cos", "tan"})

NEAR = 0.015  # what rounding on the way may change
NEAR_CONSTANT = 0.025  # g is 9.8, 9.81 or 10
COEFFICIENTS = frozenset(Fraction(n) for n in (1, 2, 3, 4, 5, 6, 8, 10, 12, 180, 360))
# Between units that students meet: km/h and m/s, minutes, hours, areas and volumes.
FACTORS = tuple(
    Fraction(n) for n in ("3.6", "12.96", "60", "3600", "24", "86400", "1000", "100", "10", "10000", "1000000")
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written (`numeral`) and in SI base units (`si`); bare where it has no unit."""

    numeral: float
    si: float
    dimension: Dimension
    bare: bool
    digits: str
    text: str


def is_one_number(expr: Expr) -> bool:
    """80, 0.20 m, -3.0 × 10^8 m/s, 30°; 89/0.20 is a calculation."""
    return next(iter(numerals(expr)), None) == unsigned(expr)


def unsigned(expr: Expr) -> Expr:
    """Without signs and brackets around it."""
    inner = without_brackets(expr)
    return unsigned(inner.operand) if isinstance(inner, Negative | Positive) else inner


def is_coefficient(piece: Expr) -> bool:
    """A number such as laws have: 2, 4, 0.5, 180."""
    inner = without_brackets(piece)
    return isinstance(inner, Number) and (inner.value in COEFFICIENTS or inner.text in ("0.5", ".5", "1.5", "3.14"))


def amount_of(expr: Expr | None) -> Amount | None:
    """What a number with its unit amounts to; None where it holds letters or has no value."""
    if expr is None:
        return None
    inner = without_brackets(expr)
    found = _amount_of(inner)
    if found is None or kinds(inner) <= _WRITTEN_ONE_WAY:
        return found
    text = to_text(inner)
    return replace(found, text=text.rstrip("°") if isinstance(inner, Degrees) else text)


# Of these, equal trees are written alike; 2·3 and 2×3 are equal trees too.
_WRITTEN_ONE_WAY = frozenset({Number, Quantity, Unit, Negative, Degrees})


@lru_cache(maxsize=4096)  # each number of a line is held against each known one
def _amount_of(inner: Expr) -> Amount | None:
    text = to_text(inner)
    if isinstance(inner, Degrees):
        value = number_of(inner.operand)
        return None if value is None else Amount(value, value, NO_DIMENSION, True, digits(inner), text.rstrip("°"))
    try:
        measured = units.measured(inner)
        si = float(Fraction(int(measured.value.p), int(measured.value.q)))
        dimension: Dimension = measured.dimension
    except (TutorError, ArithmeticError):
        value = number_of(inner) if not symbols(inner) else None
        if value is None:
            return None
        si, dimension = value, _without_functions(inner)
    bare = next(units.units_in(inner), None) is None
    if isinstance(inner, Quantity) and units.is_affine(inner.unit):
        si += float(units.kelvins_at_zero(inner.unit))
    numeral = si
    bare_of_sign = unsigned(inner)
    if isinstance(bare_of_sign, Quantity):
        plain = number_of(bare_of_sign.value)
        if plain is None:
            return None
        numeral = plain if si >= 0 or plain < 0 else -plain
    return Amount(numeral, si, dimension, bare, digits(inner), text)


def _without_functions(expr: Expr) -> Dimension:
    """The dimension of (53.0 m)(cos 20°): a sine or cosine is a number."""

    def change(node: Node) -> Node:
        return Number("1", Fraction(1)) if isinstance(node, Call | Degrees) else rebuild(node, change)

    try:
        return units.measured(change(expr)).dimension  # type: ignore[arg-type]
    except (TutorError, ArithmeticError):
        return NO_DIMENSION


def digits(expr: Expr) -> str:
    """The significant digits of the first number: `0.0980` is 98, with zeros at both ends left out."""
    for node in walk(expr):
        if isinstance(node, Number):
            return "".join(c for c in node.text if c.isdigit()).strip("0")
    return ""


def digits_of(value: Expr) -> str:
    """As `digits`, of a value in brackets."""
    return digits(without_brackets(value))


def exchanged(one: str, other: str) -> bool:
    """The same digits with two neighbours exchanged: 89 and 98, 1250 and 1520.

    >>> exchanged("89", "98"), exchanged("98", "98"), exchanged("123", "321")
    (True, False, False)
    """
    if len(one) != len(other) or one == other:
        return False
    i, *rest = (at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    return rest == [i + 1] and one[i : i + 2] == other[i : i + 2][::-1]


def near(a: float, b: float, tolerance: float = NEAR) -> bool:
    """Whether two numbers differ by no more than rounding on the way."""
    return abs(a - b) <= tolerance * max(abs(a), abs(b)) + 1e-300


def pairs(number: Amount, value: Amount) -> Iterator[tuple[float, float]]:
    """The sizes that may be held against each other: in SI, or as the numbers stand where a unit was left out."""
    if number.bare or value.bare:
        yield number.numeral, value.numeral
    if number.bare != value.bare or number.dimension == value.dimension:
        yield number.si, value.si


def agree(number: Expr, value: Expr, *, constant: bool = False) -> bool:
    """Whether a number is that value, but for its sign."""
    one, other = amount_of(number), amount_of(value)
    if one is None or other is None:
        return False
    tolerance = NEAR_CONSTANT if constant else NEAR
    return any(near(abs(a), abs(b), tolerance) for a, b in pairs(one, other))


def same_kind(piece: Expr, value: Expr) -> bool:
    """Whether two numbers have units of one dimension."""
    one, other = amount_of(piece), amount_of(value)
    return one is not None and other is not None and one.dimension == other.dimension and one.bare == other.bare


def another_scale(number: Amount, value: Amount) -> bool:
    """The right digits at a wrong power of ten, or a factor between units too many."""
    if not number.si or not value.si:
        return False
    if not number.bare and number.dimension != value.dimension:
        return False
    ratio = abs(number.si / value.si)
    return any(near(ratio, float(f)) or near(ratio, float(1 / f)) for f in FACTORS)


def given_like(number: Expr, physical: Physical) -> Given | None:
    """The one given that a number is."""
    found = [g for g in physical.scene.givens if not g.implied and agree(number, g.value)]
    return found[0] if len(found) == 1 else None


def found_before(number: Expr, physical: Physical) -> bool:
    """A line of the work, or a constant, has this value."""
    amount = amount_of(number)
    if amount is not None and near(amount.numeral, 9.81, NEAR_CONSTANT):
        return True
    return any(m.value is not None and agree(number, m.value) for m in physical.meanings.values())


def as_named(given: Given) -> str:
    """A given with its symbol, as the student can find it."""
    text = to_text(given.value)
    return f"{given.symbol} = {text}" if given.symbol else text


def what_it_is(role: str) -> str:
    """A role in words."""
    kind = catalogue().roles.get(role)
    return kind.says if kind is not None else ""


def number_of(expr: Expr) -> float | None:
    """The number that an expression is as written, units left out."""

    def bare(node: Node) -> Node:
        return bare(node.value) if isinstance(node, Quantity) else rebuild(node, bare)

    try:
        return float(balls.evaluate(bare(expr)).mid())  # type: ignore[arg-type]
    except (TutorError, ArithmeticError, ValueError):
        return None


def si_value(formula: Expr, values: Mapping[str, Expr]) -> float | None:
    """The formula's value in SI with these values."""
    put_in: dict[str, Expr] = {}
    for name in symbols(formula):
        value = values.get(name)
        if value is None:
            return None
        inner = without_brackets(value)
        if isinstance(inner, Degrees):
            put_in[name] = inner
            continue
        amount = amount_of(value)
        if amount is None:
            return None
        put_in[name] = Number(str(amount.si), Fraction(amount.si))
    return number_of(substitute(formula, put_in))


def figures_of(value: float) -> str:
    """A value to three figures."""
    return show_rational(Fraction(f"{value:.3g}"))


def shown_with_unit(value: float, like: Expr) -> str:
    """A value to three figures, in the unit of another."""
    unit = next((f" {u.text}" for u in units.units_in(like)), "")
    return figures_of(value) + unit


NAMED = ("N", "J", "W", "Pa", "V", "\N{GREEK CAPITAL LETTER OMEGA}", "C", "F", "T", "H", "Hz")


def shown_si(amount: Amount) -> str:
    """In base units, or in the SI unit that has a name of its own."""
    named = (n for n in NAMED if (found := units.measure_of_word(n)) is not None and found[1] == amount.dimension)
    unit = next(named, unit_text(amount.dimension)) if amount.dimension else ""
    return f"{figures_of(amount.si)} {unit}".rstrip()
