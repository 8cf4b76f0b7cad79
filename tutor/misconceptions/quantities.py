"""Quantities in wrong rules: of what kind a part of a line is, other units, units left out, what a conversion did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from tutor.bridge.dimensions import NO_DIMENSION, Dimension, raised, times
from tutor.bridge.units import in_kelvins, is_affine, is_difference, measure, units_in
from tutor.errors import StudentError, Unsupported
from tutor.laws.amounts import read_unit
from tutor.laws.forms import UNDEFINED, NotAFunction, function, prepared
from tutor.misconceptions.patterns import Bindings, places, with_part
from tutor.syntax.tree import (
    AnyNode,
    Call,
    Chain,
    Constant,
    Degrees,
    Expr,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Statement,
    Sum,
    Unit,
    kinds,
    numbers,
    rebuild,
)
from tutor.verify.physical import in_base_units
from tutor.verify.shapes import without_units

NEAR = 5e-3  # of factors of conversions, which are powers of ten, 3.6, 60, …
OF_GRAVITY = (Fraction(96, 10), Fraction(101, 10))  # m/s^2: 9.8, 9.81, 10, …
KELVIN = Unit("K", (("K", 1),))


# ---------------------------------------------------------------- kinds of quantity


def dimension(expr: Node) -> Dimension | None:
    """The dimension of an expression of quantities; None where a letter or a word leaves it open."""
    match expr:
        case Number() | Constant() | Call() | Degrees():
            return NO_DIMENSION
        case Quantity(unit=unit):
            try:
                found = measure(unit)
            except Unsupported:
                return None
            return None if found.nouns else found.dimension
        case Negative(operand):
            return dimension(operand)
        case Sum(terms):
            return next((d for t in terms if (d := dimension(t)) is not None), None)
        case Product(factors):
            found_all = [dimension(f) for f in factors]
            whole = NO_DIMENSION
            for each in found_all:
                if each is None:
                    return None
                whole = times(whole, each)
            return whole
        case Quotient(top, bottom):
            above, below = dimension(top), dimension(bottom)
            return None if above is None or below is None else times(above, raised(below, -1))
        case Power(base, Number(value=exponent)):
            inner = dimension(base)
            return None if inner is None else raised(inner, exponent)
        case Root(radicand, None):
            inner = dimension(radicand)
            return None if inner is None else raised(inner, Fraction(1, 2))
    return None


@cache
def kind_of_unit(text: str) -> Dimension:
    """The dimension of a unit by its name; "" for a number."""
    if not text:
        return NO_DIMENSION
    unit = read_unit(text)
    assert unit is not None, text
    return measure(unit).dimension


def is_kind(expr: Node, kind: str) -> bool:
    """Whether an expression is a quantity that can have one of these units: "m/s", "N|kg m/s", "" for a number.

    "gravity" is an acceleration of 9.6 to 10.1 m/s^2, "acceleration" is any other.
    """
    known = dimension(expr)
    if known is None:
        return False
    if kind in ("gravity", "acceleration"):
        if known != kind_of_unit("m/s^2"):
            return False
        value = worth(in_base_units(expr))
        falls = value is not None and OF_GRAVITY[0] <= abs(value) <= OF_GRAVITY[1]
        return falls == (kind == "gravity")
    return any(known == kind_of_unit(each) for each in kind.split("|"))


def holding(of: Mapping[str, str]) -> Callable[[Bindings], bool] | None:
    """The test that the letters of a pattern stand for quantities of their kinds."""
    if not of:
        return None

    def holds(bound: Bindings) -> bool:
        return all(is_kind(bound[name], kind) for name, kind in of.items() if name in bound)

    return holds


def worth(expr: Node) -> float | None:
    """The value of an expression without letters."""
    try:
        value = function(prepared(expr), {})(())  # type: ignore[arg-type]
    except (NotAFunction, Unsupported, StudentError, TypeError, *UNDEFINED):
        return None
    return value if isinstance(value, float | int) else None


# ---------------------------------------------------------------- other units


def absolute(statement: AnyNode) -> AnyNode:
    """Temperatures in °C and °F as kelvins, but for differences of them."""
    if Quantity not in kinds(statement):
        return statement

    def change(node: Node) -> Node:
        if isinstance(node, Chain) and any(is_difference(o) for o in node.operands[:1]):
            return node
        if isinstance(node, Sum) and is_difference(node):
            return node
        if isinstance(node, Quantity) and is_affine(node.unit):
            value = worth(node.value)
            if value is not None:
                return in_kelvin(Fraction(value).limit_denominator(10**9), node)
        if isinstance(node, Negative) and isinstance(node.operand, Quantity) and is_affine(node.operand.unit):
            value = worth(node.operand.value)
            if value is not None:
                return in_kelvin(-Fraction(value).limit_denominator(10**9), node.operand)
        return rebuild(node, change)

    return change(statement)  # type: ignore[return-value]


def in_kelvin(value: Fraction, quantity: Quantity) -> Quantity:
    """The temperature in kelvins, with as many decimals as were written."""
    kelvins = in_kelvins(value, quantity.unit)
    shown = next((n.places or 0 for n in numbers(quantity.value)), 0)
    return Quantity(Number(f"{float(kelvins):.{max(shown, 2)}f}", kelvins, shown or None), KELVIN)


@cache
def coherent(dim: Dimension) -> Unit:
    """The product of base units of a dimension."""
    return Unit(" ".join(f"{b}^{x}" for b, x in dim), tuple((b, int(x)) for b, x in dim))


def relabelled(quantity: Quantity) -> Quantity | None:
    """The same number with the base unit: 250 kg for 250 g; None where the unit is one already."""
    try:
        found = measure(quantity.unit)
    except Unsupported:
        return None
    if found.nouns or not found.dimension or any(not isinstance(x, int) for _, x in found.dimension):
        return None
    if found.size == 1 and not is_affine(quantity.unit):
        return None
    return Quantity(quantity.value, coherent(found.dimension))


def unconverted(wanted: Callable[[Quantity], bool]) -> Callable[[Statement], Iterator[Node]]:
    """The lines in which quantities of a kind are put in as their numbers: all of them, all of one unit, and each."""

    def wrong_forms(line: Statement) -> Iterator[Node]:
        there = [p for p in places(line) if isinstance(p, Quantity) and wanted(p) and relabelled(p) is not None]
        if len(there) > 1:

            def change(node: Node) -> Node:
                if isinstance(node, Quantity) and wanted(node):
                    return relabelled(node) or node
                return rebuild(node, change)

            yield change(line)
        units = dict.fromkeys(place.unit for place in there)
        for unit in units if 1 < len(units) < len(there) else ():

            def change_these(node: Node, unit: Unit = unit) -> Node:
                if isinstance(node, Quantity) and node.unit == unit:
                    return relabelled(node) or node
                return rebuild(node, change_these)

            yield change_these(line)
        for place in there:
            new = relabelled(place)
            if new is not None:
                yield with_part(line, place, new)

    return wrong_forms


def within_a_formula(line: Statement) -> bool:
    """Whether quantities are multiplied, divided or put under a root, rather than restated."""
    sides = line.operands[1:] if isinstance(line, Chain) else (line,)
    return any(not isinstance(side, Quantity | Negative | Number) for side in sides)


# ---------------------------------------------------------------- conversions


@dataclass(frozen=True, slots=True)
class Conversion:
    """n units written as m of others. right: what the number should be multiplied by; done: what it was.

    before, after: the units, by word and exponent.
    """

    right: float
    done: float
    before: tuple[tuple[str, int], ...]
    after: tuple[tuple[str, int], ...]
    value: Quantity | Expr

    @property
    def words(self) -> frozenset[str]:
        """The words of both units."""
        return frozenset(word for word, _ in (*self.before, *self.after))

    def did(self, factor: float | Fraction) -> bool:
        """Whether the number was multiplied by this."""
        return abs(self.done - float(factor)) <= NEAR * abs(float(factor))

    def did_one_of(self, *factors: float | Fraction) -> bool:
        """Whether the number was multiplied by one of these."""
        return any(self.did(factor) for factor in factors)


def conversion(before: Statement, line: Statement) -> Conversion | None:
    """What was done to a number between two lines of one quantity in different units."""
    one, other = last_side(before), last_side(line)
    if one is None or other is None or isinstance(other, Sum) or Quantity not in kinds(one):
        return None
    mine, theirs = unit_of(one), unit_of(other)
    if not mine or not theirs or mine == theirs:
        return None
    n, m = worth(without_units(one)), worth(without_units(other))
    a, b = worth(in_base_units(one)), worth(in_base_units(other))
    if not n or not m or not a or not b or dimension(one) != dimension(other):
        return None
    return Conversion((a / n) / (b / m), m / n, mine, theirs, one)


def last_side(statement: Statement) -> Expr | None:
    """The value: the expression, or the last side of an equation."""
    if isinstance(statement, Chain):
        return statement.operands[-1]
    return statement if isinstance(statement, Expr) else None


def unit_of(expr: Expr) -> tuple[tuple[str, int], ...]:
    """The unit of a product of quantities, as written; () where there is none."""
    if isinstance(expr, Sum):
        return ()
    found: dict[str, int] = {}
    for unit in units_in(expr):
        for word, exponent in unit.factors:
            found[word] = found.get(word, 0) + exponent
    return tuple(sorted((w, x) for w, x in found.items() if x))


def converts(test: Callable[[Conversion], bool]) -> Callable[[Statement, Statement], bool]:
    """A wrong conversion as a test of two lines."""

    def fits(before: Statement, line: Statement) -> bool:
        found = conversion(before, line)
        return found is not None and abs(found.done / found.right - 1) > NEAR and test(found)

    return fits


def lengths(found: Conversion) -> tuple[float, int] | None:
    """The factor of the length and its power, where areas or volumes are converted: (100, 2) for m² in cm²."""
    if len(found.before) != 1 or len(found.after) != 1:
        return None
    (one, power), (other, same) = found.before[0], found.after[0]
    if power != same or power < 1:
        return None
    a, b = measure(Unit(one, ((one, 1),))), measure(Unit(other, ((other, 1),)))
    if a.dimension != kind_of_unit("m") or b.dimension != a.dimension:
        return None
    return float(a.size / b.size), power


def prefix(word: str) -> int:
    """The power of ten of a unit's prefix: -3 of mm, 6 of MHz, 0 where there is none."""
    for base in BASES:
        if word.endswith(base) and word != base and word[: -len(base)] in PREFIXES:
            return PREFIXES[word[: -len(base)]]
    return 0


PREFIXES = {
    "p": -12, "n": -9, "µ": -6, "μ": -6, "u": -6, "m": -3, "c": -2, "d": -1, "h": 2, "k": 3, "M": 6, "G": 9, "T": 12,
}  # fmt: skip
BASES = (
    "Hz",
    "Pa",
    "eV",
    "Wh",
    "ohm",
    "Ω",
    "mol",
    "m",
    "g",
    "s",
    "A",
    "V",
    "W",
    "J",
    "N",
    "F",
    "C",
    "T",
    "L",
    "l",
    "Bq",
)
