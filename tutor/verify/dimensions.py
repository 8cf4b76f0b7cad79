"""Dimensions of what a line says: both sides, every sum, what exp, log and sin are taken of, every exponent.

A dimension counts only where it is known for sure: from a unit that is written, or from a symbol whose value came with
one. A bare number may stand for a quantity whose unit was left out, so it is of no known dimension.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from tutor.bridge.dimensions import NO_DIMENSION, Dimension, in_words, over, raised, times
from tutor.bridge.exact import rational_value
from tutor.bridge.units import measure
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.records import DimensionMismatch
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
    PlusMinus,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Sum,
    Symbol,
    Unit,
    numbers,
    without_brackets,
)
from tutor.verify.alignment import numerals
from tutor.verify.physical import UNHEARD_OF, Physical
from tutor.verify.shapes import constant

OF_NUMBERS = frozenset("sin cos tan cot sec csc exp sinh cosh tanh arcsin arccos arctan".split())
LOGARITHMS = frozenset("ln log lg lb".split())
PURE = frozenset({Fraction(1), Fraction(1, 2)})
SMALL = frozenset({Fraction(2), Fraction(3), Fraction(4)})


class Mismatch(Exception):
    """Two dimensions that are both sure, and differ."""

    def __init__(self, evidence: DimensionMismatch) -> None:
        super().__init__(evidence.left)
        self.evidence = evidence


def mismatch(chain: Chain, physical: Physical) -> DimensionMismatch | None:
    """The first place of a chain at which two sure dimensions do not fit each other."""
    found = mismatch_as_counted(chain, physical)
    if found is not None and found.left == found.right:
        return None  # seconds and years: both a time, the one of no certain length
    if found is not None or not all_but_a_count(chain):
        return found
    meanings = [{}, *({value: d} for value in SMALL for d in dimensions_of(value, physical))]
    others = [
        mismatch_as_counted(chain, replace(physical, counted=dict.fromkeys(SMALL, NO_DIMENSION) | m)) for m in meanings
    ]
    return others[0] if all(other is not None for other in others) else None


def mismatch_as_counted(chain: Chain, physical: Physical) -> DimensionMismatch | None:
    """The first place of a chain at which two sure dimensions do not fit each other."""
    try:
        found = [(operand, dimension(operand, physical)) for operand in chain.operands]
    except Mismatch as stop:
        return stop.evidence
    except (StudentError, Undefined, Unsupported):
        return None
    if any(sign not in SIGNS for sign in chain.relations):
        return None
    sure = [(operand, d) for operand, d in found if d is not None]
    for (left, one), (right, other) in pairwise(sure):
        if one != other and not corresponds(left, one, right, other):
            return differ(left, one, right, other, "sides")
    return other_than_asked(chain, physical)


def other_than_asked(chain: Chain, physical: Physical) -> DimensionMismatch | None:
    """`F = 1200·2.5 = 3000 J` where a force is asked for, and F is usual for nothing that is measured in joules."""
    head, last = without_brackets(chain.operands[0]), without_brackets(chain.operands[-1])
    if len(physical.scene.asked) != 1 or not isinstance(head, Symbol) or not isinstance(last, Quantity):
        return None
    from tutor.laws.catalogue import catalogue

    roles = catalogue().roles
    asked = roles.get(physical.scene.asked[0].role)
    if asked is None or not asked.dimension or head.name not in asked.symbols:
        return None
    found = dimension(last, physical)
    if found is None or found == asked.dimension or physical.meaning(head.name).dimension is not None:
        return None
    usual = any(role.dimension == found and head.name in role.symbols for role in roles.values())
    if usual or in_words(found).startswith(UNHEARD_OF) or corresponds(head, asked.dimension, last, found):
        return None
    return differ(head, asked.dimension, last, found, "sides")


def all_but_a_count(chain: Chain) -> bool:
    """`0 + (13 m/s)(1.0 s) + (-9.8 m/s²)(1.0 s)/2 = 8.1 m`: all numbers have their units, but for 0 and a small one."""
    written = [n for operand in chain.operands if constant(operand) for n in numerals(operand)]
    bare_ones = [n for n in written if not isinstance(n, Quantity) and not (isinstance(n, Number) and not n.value)]
    match bare_ones:
        case [Number(value=value, places=None)]:
            return value in SMALL and len(written) > 2
    return False


def dimensions_of(value: Fraction, physical: Physical) -> set[Dimension]:
    """What a number may be, where its unit was left out: what is known with that number."""
    stated = [g.value for g in physical.scene.givens]
    stated += [m.value for m in physical.meanings.values() if m.value is not None]
    stated += [result for result, _, _ in physical.results]
    found = (q for s in stated for q in quantities(s) if any(n.value == value for n in numbers(q)))
    return {measure(q.unit).dimension for q in found}


SIGNS = frozenset({"=", "≈", "<", ">", "<=", ">=", "!="})


def differ(left: Expr, one: Dimension, right: Expr, other: Dimension, where: str) -> DimensionMismatch:
    """The evidence, with both kinds in words."""
    return DimensionMismatch(to_text(left), to_text(right), in_words(one), in_words(other), where)


def corresponds(left: Expr, one: Dimension, right: Expr, other: Dimension) -> bool:
    """`1 cm = 10 N` gives a scale, `1 u = 931.5 MeV` what a mass is worth: no quantity is said to be another."""
    inner = without_brackets(left)
    if isinstance(inner, Quantity) and isinstance(inner.value, Number) and inner.value.value == 1:
        return True
    return in_powers_of_c(one, other) and any(holds_unit(side, MASSES_AS_ENERGIES) for side in (left, right))


def in_powers_of_c(one: Dimension, other: Dimension) -> bool:
    """Masses, momenta and energies in units with c = 1."""
    ratio = dict(over(one, other))
    return ratio.keys() == {"m", "s"} and ratio["m"] == -ratio["s"]


MASSES_AS_ENERGIES = frozenset({"u", "amu", "eV", "keV", "MeV", "GeV"})


def holds_unit(expr: Expr, words: frozenset[str]) -> bool:
    """Whether one of these units is written in it."""
    from tutor.bridge.units import units_in

    return any(word in words for unit in units_in(expr) for word, _ in unit.factors)


def dimension(expr: Expr, physical: Physical) -> Dimension | None:
    """The dimension of an expression, None where it is not sure.

    Raises:
        Mismatch: terms of a sum, an exponent or what a function is taken of do not fit.
    """
    match expr:
        case Quantity(value, unit):
            if isinstance(value, Quotient) and not value.stacked:
                return None  # 1/10 Ω may be one over 10 Ω
            found = measure(unit)
            inside = dimension(value, physical)
            if found.nouns or inside:
                return None
            return found.dimension or None  # rad, %, dB are numbers, and numbers may be anything
        case Symbol(name):
            return physical.meaning(name).dimension or None
        case Bracket(inner) | Positive(inner) | Negative(inner) | Absolute(inner):
            return dimension(inner, physical)
        case PlusMinus(left, right):
            return sum_of([t for t in (left, right) if t is not None], physical)
        case Sum(terms):
            return sum_of(list(terms), physical)
        case Product(factors):
            total: Dimension | None = NO_DIMENSION
            for each in [factor_of(f, physical) for f in factors]:
                total = None if total is None or each is None else times(total, each)
            return total or None
        case Quotient(top, bottom):
            above, below = factor_of(top, physical), factor_of(bottom, physical)
            if above is None or below is None:
                return None
            return times(above, raised(below, -1)) or None
        case Power(base, exponent):
            return power_of(base, exponent, physical)
        case Root(radicand, index):
            inside = dimension(radicand, physical)
            if inside is None or isinstance(without_brackets(radicand), Quantity):
                return None  # √(6601 m) = 81.2 m: the unit was written at the wrong place
            degree = Fraction(2) if index is None else plain_number(index)
            return None if not degree else raised(inside, 1 / degree)
        case Call(name=name, args=args):
            of_function(name, args, physical)
            return None
    return None


def sum_of(terms: list[Expr], physical: Physical) -> Dimension | None:
    """The dimension that the terms of a sum share."""
    sure: tuple[Expr, Dimension] | None = None
    for term in terms:
        found = dimension(term, physical)
        if found is None:
            continue
        if sure is not None and sure[1] != found and not corresponds(term, found, sure[0], sure[1]):
            raise Mismatch(differ(bare(sure[0]), sure[1], bare(term), found, "sum"))
        sure = sure or (term, found)
    if sure is None:
        return None
    # 5 m + 3: the 3 has lost its unit; 0 + 5 m is a length.
    return sure[1]


def bare(term: Expr) -> Expr:
    """A term without its sign."""
    return term.operand if isinstance(term, Negative | Positive) else term


def factor_of(expr: Expr, physical: Physical) -> Dimension | None:
    """As `dimension`, of a factor: 1, 1/2 and π are numbers, and so is the sine of something."""
    inner = without_brackets(expr)
    if isinstance(inner, Constant) and inner.name == "pi":
        return NO_DIMENSION
    if isinstance(inner, Call) and inner.name in OF_NUMBERS and not inner.name.startswith("arc"):
        of_function(inner.name, inner.args, physical)
        return NO_DIMENSION
    if isinstance(inner, Quotient) and (value := plain_number(inner)) is not None and value in PURE:
        return NO_DIMENSION
    if isinstance(inner, Number) and inner.value in PURE and inner.places is None:
        return NO_DIMENSION
    if isinstance(inner, Number) and inner.value in physical.counted and inner.places is None:
        return physical.counted[inner.value]
    if isinstance(inner, Number) and inner.value in SMALL and inner.places is None and counts(inner.value, physical):
        return NO_DIMENSION
    if isinstance(inner, Quantity) and converts(inner.unit) and not dimension(inner.value, physical):
        return NO_DIMENSION
    if isinstance(inner, Product | Quotient):
        parts = inner.factors if isinstance(inner, Product) else (inner.top, inner.bottom)
        dimensions = [factor_of(p, physical) for p in parts]
        if any(d is None for d in dimensions):
            return None
        if isinstance(inner, Quotient):
            return times(dimensions[0] or NO_DIMENSION, raised(dimensions[1] or NO_DIMENSION, -1))
        total = NO_DIMENSION
        for each in dimensions:
            total = times(total, each or NO_DIMENSION)
        return total
    if isinstance(inner, Power):
        base = factor_of(inner.base, physical)
        exponent = plain_number(inner.exponent)
        check_exponent(inner.exponent, physical)
        if base is None or (base and exponent is None):
            return None
        return raised(base, exponent) if exponent is not None else NO_DIMENSION
    return dimension(expr, physical)


def counts(value: Fraction, physical: Physical) -> bool:
    """Whether 2, 3 or 4 is a number of a formula: no quantity with these figures is known, whose unit was left out."""
    stated = [g.value for g in physical.scene.givens]
    stated += [m.value for m in physical.meanings.values() if m.value is not None]
    stated += [result for result, _, _ in physical.results]
    return value not in physical.given_numbers and not any(n.value == value for s in stated for n in numbers(s))


def converts(unit: Unit) -> bool:
    """kg/u, m/km: a ratio of two units of one kind; 7 days/week is how often something happens."""
    words = [measure(Unit(word, ((word, 1),))) for word, _ in unit.factors]
    if any(w.dimension == (("s", 1),) for w in words):
        return False
    return len(words) > 1 and all(w.dimension and not w.nouns for w in words) and not measure(unit).dimension


def power_of(base: Expr, exponent: Expr, physical: Physical) -> Dimension | None:
    """The dimension of a power."""
    check_exponent(exponent, physical)
    inside = dimension(base, physical)
    times_ = plain_number(exponent)
    return raised(inside, times_) if inside and times_ is not None and abs(times_) <= 12 else None


def check_exponent(exponent: Expr, physical: Physical) -> None:
    """An exponent is a number."""
    found = dimension(exponent, physical)
    if found:
        raise Mismatch(DimensionMismatch(to_text(exponent), "", in_words(found), "a number", "exponent"))


def of_function(name: str, args: tuple[Expr, ...], physical: Physical) -> None:
    """exp, sin and the like are taken of numbers; so is a logarithm, but for ln p - ln q."""
    for arg in args:
        found = dimension(arg, physical)
        literal = name in LOGARITHMS and constant(arg)
        if found and (name in OF_NUMBERS or literal):
            raise Mismatch(DimensionMismatch(to_text(arg), name, in_words(found), "a number", "argument"))


def plain_number(expr: Expr) -> Fraction | None:
    """The value of a rational constant without a unit."""
    if not constant(expr) or any(True for _ in quantities(expr)):
        return None
    try:
        return rational_value(expr)
    except (StudentError, Undefined, Unsupported):
        return None


def quantities(expr: Expr) -> Iterator[Quantity]:
    """The quantities written in an expression."""
    from tutor.syntax.tree import walk

    return (node for node in walk(expr) if isinstance(node, Quantity))
