"""Work about physics: what its symbols stand for, and its statements in base units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeGuard

from tutor.bridge.dimensions import Dimension, in_words
from tutor.bridge.units import ANGLES, measure, turns_in
from tutor.errors import Unsupported
from tutor.laws.law import Meaning
from tutor.laws.scene import Scene, scene_of
from tutor.records import Claim, DimensionMismatch, Evidence, Problem, Step
from tutor.regex import regex
from tutor.syntax.tree import (
    AnyNode,
    Both,
    Bracket,
    Call,
    Chain,
    Degrees,
    Expr,
    Negative,
    Node,
    Number,
    PlusMinus,
    Power,
    Product,
    Quantity,
    Quotient,
    Symbol,
    Unit,
    kinds,
    numbers,
    rebuild,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.measured import is_measured, spread_of, with_unit_for_both, without_spreads
from tutor.verify.shapes import constant, without_units
from tutor.verify.trees import number

PROBLEM = -1
UNHEARD_OF = "a quantity in"


@dataclass
class Physical:
    """What is known of the physics of a piece of work.

    scene: the problem as physics. meanings: what each symbol stands for so far. rests: symbols whose values hang on a
    wrong line, with that line. mixed_up: (used, needed) of quantities put for one another, with the line that did so
    first. head: what the lines that go on with "=" are about. given_numbers: the figures of the problem's numbers,
    which were not rounded. results: quantities that lines ended with, the line, and the wrong line that they hang on.
    as_written: quantities are read by their numerals, with the units left out. spreads: values that were given with
    their uncertainty, and the line that did so.
    statement: the problem's words. doubted: lines that lead to an answer that is wrong, while none of them is.
    counted: the dimensions that bare small numbers are taken to have, where this is tried out.
    """

    scene: Scene
    meanings: dict[str, Meaning] = field(default_factory=dict)
    rests: dict[str, int] = field(default_factory=dict)
    mixed_up: dict[tuple[str, str], int] = field(default_factory=dict)
    head: str = ""
    given_numbers: frozenset[Fraction] = frozenset()
    results: list[tuple[Expr, int, int | None]] = field(default_factory=list)
    as_written: bool = False
    statement: str = ""
    spreads: dict[str, tuple[Expr, int]] = field(default_factory=dict)
    doubted: frozenset[int] = frozenset()
    counted: Mapping[Fraction, Dimension] = field(default_factory=dict)

    def meaning(self, name: str) -> Meaning:
        """What a symbol stands for, as far as it is known."""
        return self.meanings.get(name) or Meaning(name)

    def is_given(self, value: object) -> bool:
        """Whether a decimal is one of the problem's, in a unit of its own or another power of ten of it."""
        if not isinstance(value, Fraction):
            return False
        return without_power_of_ten(value) in self.given_numbers

    def plain(self, statement: AnyNode) -> AnyNode:
        """The statement with numbers in place of quantities: in base units, or as they are written."""
        return without_units(statement) if self.as_written else in_base_units(statement)

    def learn(self, claim: Claim, evidence: Evidence, line: int, rests_on: int | None) -> None:
        """Take in what a line says that a symbol is: `v = 14 m/s` tells its value and its dimension."""
        if isinstance(evidence, DimensionMismatch):
            return
        statement = claim.statement
        for part in statement.parts if isinstance(statement, Both) else (statement,):
            if isinstance(part, Chain) and PlusMinus in kinds(part) and (measured := spread_of(part)) is not None:
                self.spreads[measured[0]] = measured[1], line
        statement = without_spreads(with_unit_for_both(statement))
        for part in statement.parts if isinstance(statement, Both) else (statement,):
            if not isinstance(part, Chain) or not set(part.relations) <= {"=", "≈"}:
                continue
            head, last = without_brackets(part.operands[0]), part.operands[-1]
            if constant(last) and dimension_written(last):
                self.results.append((last, line, rests_on))
            if claim.continues:
                if self.head and constant(last):
                    self.bind(self.head, last, line, rests_on)
                continue
            if not isinstance(head, Symbol) and isinstance(without_brackets(last), Symbol) and constant(head):
                head, last = without_brackets(last), head
            self.head = head.name if isinstance(head, Symbol) else ""
            if self.head and constant(last):
                self.bind(self.head, last, line, rests_on)

    def bind(self, name: str, value: Expr, line: int, rests_on: int | None) -> None:
        """The value that a line gives to a symbol."""
        before = self.meaning(name)
        dimension = dimension_written(value)
        if dimension is not None and in_words(dimension).startswith(UNHEARD_OF):
            return  # E = 1/2 C V²: letters, rather than units
        if dimension is not None and before.dimension not in (None, dimension):
            before = Meaning(name)  # the letter stands for something else from here on
        self.meanings[name] = replace(
            before, dimension=dimension if dimension is not None else before.dimension, value=value, line=line
        )
        if rests_on is None:
            self.rests.pop(name, None)
        else:
            self.rests[name] = rests_on


def open_physical(steps: Sequence[Step], problem: Problem, stated: Iterable[Fraction]) -> Physical | None:
    """The physics of the problem and the work, None where they are not about physics.

    stated: the numbers of the problem's statement.
    """
    scene = scene_of(problem)
    letters = frozenset[str]().union(*(symbols(e) for e in problem.equations))
    units = [g.value for g in scene.givens if dimension_written(g.value) or Degrees in kinds(g.value)]
    measured = not all(of_a_formula(value, letters) for value in units)
    measuring = any(g.spread is not None for g in scene.givens)
    if not (scene.physical and measured) and not measuring and not speaks_of_physics(steps, problem):
        return None
    physical = Physical(scene, given_numbers=frozenset(map(without_power_of_ten, stated)), statement=problem.statement)
    for given in scene.givens:
        if given.symbol:
            dimension = dimension_written(given.value)
            sure = bool(given.role)
            if given.spread is not None:
                physical.spreads[given.symbol] = PlusMinus(given.value, given.spread, "±"), PROBLEM
            physical.meanings[given.symbol] = Meaning(given.symbol, given.role, dimension, given.value, sure)
    for asked in scene.asked:
        if asked.symbol and asked.symbol not in physical.meanings:
            physical.meanings[asked.symbol] = Meaning(asked.symbol, asked.role, None, None, bool(asked.role))
    return physical


def of_a_formula(value: Expr, letters: frozenset[str]) -> bool:
    """9t of a formula in t is no mass of nine tonnes."""
    words = {w for n in walk(value) if isinstance(n, Quantity) for w, _ in n.unit.factors}
    return "t" in letters and words <= {"t", "tonne", "tonnes"}


def speaks_of_physics(steps: Sequence[Step], problem: Problem) -> bool:
    """A unit that only physics uses stands in the problem's equations or in the work: m/s, N, J, V; m beside s.

    The same where a letter is given in one unit and then in another: there the units are part of what is said.
    """
    statements = [*problem.equations, *(c.statement for step in steps for c in step.claims)]
    symbols_met: set[str] = set()
    sizes: dict[tuple[str, Dimension], Fraction] = {}
    angles = False
    for statement in statements:
        if Quantity not in kinds(statement):
            continue
        if isinstance(statement, Chain) and {"kg", "m"} <= {o.unit.text for o in statement.operands if is_quantity(o)}:
            return True  # 5 kg = 5 m
        if isinstance(statement, Chain) and isinstance(head := statement.operands[0], Symbol):
            last = in_one_unit(without_brackets(statement.operands[-1]))
            if isinstance(last, Quantity) and (dimension := dimension_written(last)):
                size = measure(last.unit).size
                if sizes.setdefault((head.name, dimension), size) != size:
                    return True  # x = 0.5 m, then x = 50 cm
        for node in walk(statement):
            if isinstance(node, Quantity):
                if of_physics(node.unit) or is_measured(without_brackets(node.value)):
                    return True
                symbols_met |= {word for word, _ in node.unit.factors}
            elif isinstance(node, Call) and node.name in OF_NUMBERS:
                if any(Quantity in kinds(a) for a in node.args):
                    return True
                angles = True
    if not symbols_met.isdisjoint(FAHRENHEIT) and not symbols_met.isdisjoint(CELSIUS):
        return True
    return ("s" in symbols_met or angles) and not symbols_met.isdisjoint(LENGTHS)


def in_one_unit(expr: Expr) -> Expr:
    """30 km / 20 min as a quantity in km/min, 60 km/h / 2 as one in km/h; anything else as it is."""
    if not isinstance(expr, Quotient):
        return expr
    top, bottom = in_one_unit(without_brackets(expr.top)), in_one_unit(without_brackets(expr.bottom))
    if not isinstance(top, Quantity) or not isinstance(bottom, Quantity | Number):
        return expr
    below = bottom.unit.factors if isinstance(bottom, Quantity) else ()
    unit = replace(top.unit, factors=(*top.unit.factors, *((word, -exponent) for word, exponent in below)))
    return Quantity(Quotient(top.value, bottom.value if isinstance(bottom, Quantity) else bottom), unit)


def is_quantity(expr: Expr) -> TypeGuard[Quantity]:
    """A number with its unit."""
    return isinstance(expr, Quantity) and isinstance(expr.value, Number)


OF_NUMBERS = frozenset("sin cos tan exp ln log".split())
LENGTHS = frozenset("m km cm mm".split())
FAHRENHEIT = frozenset({"\N{DEGREE SIGN}F", "degF", "Fahrenheit", "fahrenheit"})
CELSIUS = frozenset({"\N{DEGREE SIGN}C", "degC", "Celsius", "celsius", "centigrade", "K"})
EVERYDAY_BASES = frozenset({"m", "s", "kg", "month", "bit", "dollar", "euro", "sterling", "rupee"})


def of_physics(unit: Unit) -> bool:
    """N, J/K, m/s, m/s²; not kg, km/h, $/lb, °C alone or litres."""
    try:
        found = measure(unit)
    except Unsupported:
        return False
    bases = dict(found.dimension)
    if not bases or found.nouns:
        return False
    if not bases.keys() <= EVERYDAY_BASES:
        return len(bases) > 1 or bases.keys() <= {"A", "mol", "cd"} or unit.text == "K"
    if "kg" in bases and len(bases) > 1:
        return bases != {"kg": 1, "m": -3} or "kg" in unit.text
    if bases == {"m": 1, "s": -1}:
        return any(word in ("s", "sec", "second", "seconds") for word, _ in unit.factors)
    if bases == {"s": -1} and (turns_in(unit) or any(ANGLES.get(word) == "radian" for word, _ in unit.factors)):
        return True  # rad/s, rpm
    return bases.keys() == {"m", "s"} or (bases.keys() == {"s"} and bases["s"] < 0 and "z" in unit.text.lower())


def dimension_written(expr: Expr) -> Dimension | None:
    """The dimension of a value with a unit; None for a bare number, or where no unit of measurement stands."""
    inner = expr
    while isinstance(inner, Bracket | Negative):
        inner = inner.inner if isinstance(inner, Bracket) else inner.operand
    if not isinstance(inner, Quantity):
        return None
    try:
        found = measure(inner.unit)
    except Unsupported:
        return None
    return None if found.nouns else found.dimension


def redefines(chain: Chain, physical: Physical) -> bool:
    """`T = 15 N` after T = 2 s: the letter is a usual one for such a quantity, and stands for it from here on."""
    from tutor.laws.catalogue import catalogue

    head, last = without_brackets(chain.operands[0]), chain.operands[-1]
    dimension = dimension_written(last)
    if not isinstance(head, Symbol) or not constant(last) or dimension is None:
        return False
    if physical.meaning(head.name).dimension in (None, dimension) or len(chain.operands) > 2:
        return False
    before = physical.meaning(head.name).value
    if before is not None and numerals_of(before) == numerals_of(last):
        return False  # v = 20 m after v = 20 m/s: only the unit is another
    letter = head.name.partition("_")[0]
    return any(r.dimension == dimension and letter in r.symbols for r in catalogue().roles.values())


def numerals_of(expr: Expr) -> list[Fraction]:
    """The figures of the numbers in an expression."""
    return [without_power_of_ten(n.value) for n in numbers(expr)]


def without_power_of_ten(value: Fraction) -> Fraction:
    """12 for 1200, 1.2 and 0.012: the figures of a number."""
    if not value:
        return value
    value = abs(value)
    if value.denominator != 1:
        twos = (value.denominator & -value.denominator).bit_length() - 1
        rest, fives = value.denominator >> twos, 0
        while rest % 5 == 0:
            rest, fives = rest // 5, fives + 1
        if rest != 1 or max(twos, fives) > 400:
            return value
        value *= Fraction(10) ** max(twos, fives)
    digits = str(value.numerator).rstrip("0")
    return Fraction(int(digits))


# ---------------------------------------------------------------- base units


def in_base_units(statement: AnyNode) -> AnyNode:
    """72 km/h as 20, 5.0 cm as 5.0e-2: numbers that mean the same wherever they are put together."""
    if Quantity not in kinds(statement):
        return statement

    def change(node: Node) -> Node:
        if isinstance(node, Quantity):
            try:
                size = measure(node.unit).size
            except Unsupported:
                size = Fraction(1)
            return scaled(change(node.value), size)  # type: ignore[arg-type]
        return rebuild(node, change)

    return change(statement)  # type: ignore[return-value]


def scaled(value: Expr, size: Fraction) -> Expr:
    """A value in a unit of this size; a numeral keeps its figures, so that its rounding interval scales with it."""
    if size == 1:
        return value
    ten = power_of_ten(size)
    inner = without_brackets(value)
    if isinstance(inner, Number) and ten is not None:
        if inner.places is None:
            exact = inner.value * size
            if exact.denominator == 1:
                return Number(str(exact), exact)
            return number(exact) if not isinstance(number(exact), Negative) else Bracket(number(exact))
        match = NUMERAL.fullmatch(inner.text.replace(",", "").replace(" ", ""))
        if match:
            exponent = int(match.group(2) or 0) + ten
            return Number(f"{match.group(1)}e{exponent}", inner.value * size, inner.places)
    if isinstance(inner, Number) and inner.places is None:
        exact = inner.value * size
        return Number(str(exact), exact) if exact.denominator == 1 else Bracket(number(exact))
    if isinstance(inner, Product) and ten is not None and isinstance(inner.factors[0], Number):
        rest = inner.factors[1:]
        if len(rest) == 1 and isinstance(rest[0], Power) and inner.factors[0].places is not None:
            return Bracket(Product((scaled(inner.factors[0], size), *rest), inner.signs))
    factor = number(size)
    return Bracket(Product((value, factor if isinstance(factor, Number) else Bracket(factor)), ("*",)))


NUMERAL = regex(r"(\d*\.\d+|\d+\.?)(?:[eE]([+-]?\d+))?")


def power_of_ten(size: Fraction) -> int | None:
    """k where size = 10^k"""
    large = size if size >= 1 else 1 / size
    digits = str(large.numerator)
    if large.denominator != 1 or digits.rstrip("0") != "1" or len(digits) > 60:
        return None
    return (len(digits) - 1) if size >= 1 else 1 - len(digits)
