"""Where the numbers of a calculation come from, when no formula says it: from the problem, a constant, an earlier line.

A number is wrong only where what stands on the line itself, or what comes right after it, tells which number was meant:
it and the result stand in each other's place; it has the figures of a given and another unit; with a number that is
known in its place the calculation gives what the next line says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from tutor.bridge import units
from tutor.bridge.constants import CONSTANTS, constant_like
from tutor.bridge.dimensions import over
from tutor.errors import TutorError
from tutor.records import WrongQuantity
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Chain,
    Expr,
    Node,
    Number,
    Power,
    Quantity,
    Symbol,
    Unit,
    rebuild,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.alignment import numerals
from tutor.verify.amounts import (
    Amount,
    agree,
    amount_of,
    digits,
    is_coefficient,
    is_one_number,
    near,
    number_of,
    shown_si,
    unsigned,
)
from tutor.verify.physical import Physical
from tutor.verify.questions import Outcome, Question
from tutor.verify.rounding import show_rational
from tutor.verify.shapes import constant

MAX_PIECES = 10
FREE_FALL = (("m", 1), ("s", -2))
FORCE = (("kg", 1), ("m", 1), ("s", -2))
A_NUMBER = r"(?<![\d.,])(?P<value>\d[\d,]*(?:\.\d+)?)(?:\s*[×x*·]\s*10\^(?P<ten>\(\s*[-−–]?\s*\d+\s*\)|[-−–]?\d{1,3}))?"
CLOSE = 0.012  # what the figures of a result may hide


def judge_by_origins(asked: Question, chain: Chain, physical: Physical) -> Outcome | None:
    """WrongQuantity where it is plain which number of a calculation is wrong; None where nothing is certain."""
    if any(sign not in ("=", "≈") for sign in chain.relations):
        return None
    first = 1 if asked.claim.continues or symbols(chain.operands[0]) else 0
    calculations = [o for o in chain.operands[first:] if constant(o) and not is_one_number(o)]
    if not calculations:
        return None
    line = Calculation(asked, chain, calculations[0], physical)
    if not 1 <= len(line.pieces) <= MAX_PIECES:
        return None
    try:
        found = _exchanged_with_the_result(line) or _unit_of_another(line) or _result_of_bare_numbers(line)
        if found is None and calculations[-1] is chain.operands[-1]:
            found = _by_what_follows(line)
    except (TutorError, ArithmeticError, ValueError):
        return None
    return Outcome(found, chain) if found is not None else None


@dataclass
class Calculation:
    """The numbers of a line, and those that are known before it."""

    asked: Question
    chain: Chain
    numeric: Expr
    physical: Physical

    @cached_property
    def pieces(self) -> list[Expr]:
        """The numbers written in it."""
        return list(dict.fromkeys(numerals(self.numeric)))

    @cached_property
    def known(self) -> list[Expr]:
        """The problem's numbers and the values of earlier lines."""
        physical = self.physical
        given = [g.value for g in physical.scene.givens if not g.implied]
        said = [m.value for m in physical.meanings.values() if m.value is not None and not symbols(m.value)]
        return list(dict.fromkeys([*given, *said, *(result for result, _, _ in physical.results)]))

    @cached_property
    def text_before(self) -> str:
        """The problem's words and the lines before."""
        ahead = self.asked.ahead
        return "\n".join([self.physical.statement, *(s.text for s in ahead.steps[: ahead.position])])

    def speaks_of(self, numeral: float, unit: str) -> bool:
        """Whether the text before has the number with that unit: "2.000 × 10^-6 m", "20 and 20,000 Hz"."""
        after = rf"(?:\s*(?:and|or|to|,)\s*[\d.,]+)?\s*{re.escape(unit)}(?![\w^])"
        for m in re.finditer(A_NUMBER + after, self.text_before):
            ten = re.sub(r"[\s()]", "", m["ten"] or "0").replace("−", "-").replace("–", "-")
            if near(float(m["value"].replace(",", "")) * 10.0 ** int(ten), numeral, 1e-6):
                return True
        return False

    def is_known(self, piece: Expr) -> bool:
        """Whether it is a number of the problem, of an earlier line, a constant, or what a law has."""
        amount = amount_of(piece)
        if amount is None or is_coefficient(piece) or any(agree(piece, value) for value in self.known):
            return True
        if near(amount.numeral, 9.81, 0.025) or constant_like(_exact(amount.si), amount.dimension) is not None:
            return True
        return amount.text in self.text_before

    def value(self, piece: Expr | None = None, instead: Expr | None = None) -> Amount | None:
        """What the calculation gives, with another number in the place of a piece."""
        if piece is None or instead is None:
            return amount_of(self.numeric)

        def change(node: Node) -> Node:
            return instead if node == piece else rebuild(node, change)

        return amount_of(change(self.numeric))  # type: ignore[arg-type]


def _exchanged_with_the_result(line: Calculation) -> WrongQuantity | None:
    """`13.0 m/s - (3.20 m/s²)(1.00 s) = 9.80 m/s`: the result is a number known before, the number is the result."""
    end = line.chain.operands[-1]
    result = amount_of(end)
    if not is_one_number(end) or result is None or len(result.digits) < 1 or result.bare:
        return None
    for piece in line.pieces:
        own = amount_of(piece)
        if own is None or own.bare or line.is_known(piece):
            continue
        meant = _with_figures_of(unsigned(end), piece, line)
        if meant is None:
            continue
        right = line.value(piece, meant)
        if right is None or right.dimension != result.dimension:
            continue
        reached = right.si if any(map(units.is_affine, units.units_in(end))) else right.si * result.numeral / result.si
        if near(abs(reached), abs(own.numeral), max(CLOSE, 0.55 * 10.0 ** (1 - len(own.digits)) / leading(own))):
            return WrongQuantity(own.text, to_text(meant), "other_given", yields="")
    return None


def leading(amount: Amount) -> float:
    """1.7 of 17 Hz"""
    return float(f"{abs(amount.numeral):e}".partition("e")[0]) or 1.0


def _with_figures_of(result: Expr, piece: Expr, line: Calculation) -> Expr | None:
    """The quantity known before that has the result's figures and the unit of the piece."""
    figures, own = amount_of(result), amount_of(piece)
    if figures is None or own is None or not isinstance(piece, Quantity) or not isinstance(result, Quantity):
        return None
    for value in line.known:
        other = amount_of(value)
        if (
            other is not None
            and other.dimension == own.dimension
            and near(abs(other.numeral), abs(figures.numeral), 1e-6)
        ):
            return unsigned(value)
    number = Quantity(result.value, piece.unit)
    if own.dimension == FREE_FALL and near(abs(figures.numeral), 9.81, 0.002):
        return number
    return number if line.speaks_of(abs(figures.numeral), piece.unit.text) else None


def _unit_of_another(line: Calculation) -> WrongQuantity | None:
    """`(0.0120 N)/(784 m)` where 0.0120 m is given: the figures of a given with the unit of something else."""
    for piece in line.pieces:
        own = amount_of(piece)
        if own is None or own.bare or len(own.digits) < 2 or line.is_known(piece):
            continue
        alike = [
            value
            for value in line.known
            if (other := amount_of(value)) is not None
            and not other.bare
            and dict(over(other.dimension, own.dimension)).keys() - {"s"}  # not 14 kg for 14 kg/week
            and (near(abs(other.si), abs(own.si), 1e-6) or near(abs(other.numeral), abs(own.numeral), 1e-6))
        ]
        used = any(agree(p, value) for value in alike for p in line.pieces)
        if len({to_text(value) for value in alike}) == 1 and not used:
            return WrongQuantity(own.text, to_text(alike[0]), "conversion")
    return None


def _result_of_bare_numbers(line: Calculation) -> WrongQuantity | None:
    """`(1.0)(6.0)/(5.0) = 1.2 km` with the metres of the problem put in as numbers."""
    end = line.chain.operands[-1]
    result = amount_of(end)
    if (
        result is None
        or result.bare
        or not is_one_number(end)
        or not result.si
        or next(units.units_in(line.numeric), None) is not None
        or any(map(units.is_affine, units.units_in(end)))
        or _converts(line)
    ):
        return None
    put_in: dict[Expr, Expr] = {}
    for piece in line.pieces:
        quantity = _quantity_meant(piece, line)
        if quantity is not None:
            put_in[piece] = quantity
        elif not is_coefficient(piece):
            return None
    if not put_in:
        return None

    def change(node: Node) -> Node:
        return put_in[node] if isinstance(node, Expr) and node in put_in else rebuild(node, change)

    right = amount_of(change(line.numeric))  # type: ignore[arg-type]
    plain = number_of(line.numeric)
    if (
        right is None
        or plain is None
        or right.dimension != result.dimension
        or not near(abs(plain), abs(result.numeral), CLOSE)
    ):
        return None
    ratio = abs(right.si / result.si)
    if not any(near(ratio, 10.0**k) for k in (-6, -3, -2, -1, 1, 2, 3, 6)):
        return None
    return WrongQuantity(result.text, shown_si(right), "conversion")


_TURNS = frozenset(
    [*(Fraction(10) ** k for k in (-6, -3, -2, 2, 3, 4, 6)), Fraction(60), Fraction(3600), Fraction("3.6")]
)


def _converts(line: Calculation) -> bool:
    """2.5 * 10^-3 for 2.5 litres, 1000 or 3600: a power of ten by itself turns one unit into another."""
    within = [node for piece in line.pieces for node in walk(piece)]
    for node in walk(line.numeric):
        if isinstance(node, Power) and node not in within:
            base = without_brackets(node.base)
            if isinstance(base, Number) and base.value == 10:
                return True
    return any(
        isinstance(piece, Number) and piece.value in _TURNS and not any(agree(piece, value) for value in line.known)
        for piece in line.pieces
    )


def _quantity_meant(piece: Expr, line: Calculation) -> Expr | None:
    """The given that a bare number is, in its own unit, or in a smaller one: 300 for 3.00 m."""
    own = amount_of(piece)
    if own is None:
        return None
    found: list[Expr] = []
    for value in line.known:
        inner, other = unsigned(value), amount_of(value)
        if other is None or not isinstance(inner, Quantity) or not other.numeral:
            continue
        if near(abs(other.numeral), abs(own.numeral), 1e-6):
            found.append(Quantity(piece, inner.unit))
        elif other.dimension == (("m", 1),) and near(abs(other.si) * 100, abs(own.numeral), 1e-6):
            found.append(Quantity(piece, Unit("cm", (("cm", 1),))))
        elif near(abs(other.si), abs(own.numeral), 1e-6) and other.dimension == (("m", 1),):
            found.append(Quantity(piece, Unit("m", (("m", 1),))))
    kinds_found = {(a.si, a.dimension) for f in found if (a := amount_of(f)) is not None}
    return found[0] if len(kinds_found) == 1 else None


def _by_what_follows(line: Calculation) -> WrongQuantity | None:
    """`(392 N)/(0.0120 m)` with `= 6.53 × 10^4 N/m` on the next line, which 784 N gives, the weight of 80.0 kg."""
    result = _next_value(line)
    now = line.value()
    if result is None or now is None or not result.si or _gives(now, result):
        return None
    for piece in line.pieces:
        own = amount_of(piece)
        if own is None or is_coefficient(piece):
            continue
        for candidate in _candidates(piece, own, line):
            right = line.value(piece, candidate)
            if right is not None and _gives(right, result):
                kind = "conversion" if digits(candidate) == own.digits else "other_given"
                return WrongQuantity(own.text, to_text(candidate), kind)
    return _two_exchanged(line, result)


def _two_exchanged(line: Calculation, result: Amount) -> WrongQuantity | None:
    """`(0.0010 F/m)(1.00 m²)/(8.85×10⁻¹² m)`: two figures in each other's place, as the next line tells."""
    quantities = [p for p in line.pieces if isinstance(p, Quantity)]
    for one, other in combinations(quantities, 2):
        if one.unit == other.unit:
            continue
        put = {one: Quantity(other.value, one.unit), other: Quantity(one.value, other.unit)}

        def change(node: Node, put: Mapping[Quantity, Quantity] = put) -> Node:
            return put[node] if isinstance(node, Quantity) and node in put else rebuild(node, change)

        right = amount_of(change(line.numeric))  # type: ignore[arg-type]
        if right is not None and not right.bare and not result.bare and _gives(right, result):
            return WrongQuantity(to_text(one), to_text(put[one]), "other_given")
    return None


def _next_value(line: Calculation) -> Amount | None:
    """The value that the next claim goes on with."""
    coming = line.asked.ahead.claims_next()
    if coming is None or not isinstance(coming.statement, Chain) or coming.among_words:
        return None
    operands = coming.statement.operands
    head = without_brackets(line.chain.operands[0])
    same = isinstance(head, Symbol) and without_brackets(operands[0]) == head
    if not coming.continues and not same:
        return None
    following = operands[-1]
    return amount_of(following) if constant(following) and is_one_number(following) else None


def _gives(value: Amount, result: Amount) -> bool:
    bare = value.bare or result.bare
    if not bare and value.dimension != result.dimension:
        return False
    return near(abs(value.si), abs(result.si), CLOSE) or (bare and near(abs(value.numeral), abs(result.numeral), CLOSE))


def _exact(value: float) -> Fraction:
    return Fraction(f"{value:.12g}")


def _candidates(piece: Expr, own: Amount, line: Calculation) -> Iterator[Expr]:
    """The numbers that may have been meant: of the same kind, known, and not on the line yet."""
    others = [p for p in line.pieces if p != piece]
    for value in line.known:
        other = amount_of(value)
        if other is None or agree(piece, value) or any(agree(p, value) for p in others):
            continue
        if own.bare and not other.bare:
            yield Number(show_rational(Fraction(str(abs(other.numeral)))), Fraction(str(abs(other.numeral))))
        elif other.bare == own.bare and other.dimension == own.dimension:
            yield unsigned(value)
    if own.dimension == FORCE:
        for value in line.known:
            other = amount_of(value)
            if other is not None and other.dimension == (("kg", 1),):
                weight = Fraction(f"{other.si * 9.8:.4g}")
                yield Quantity(Number(show_rational(weight), weight), Unit("N", (("N", 1),)))
    if not own.bare and (same := constant_like(_exact(own.numeral), own.dimension)) is not None:
        yield Quantity(
            Number(show_rational(same.value), same.value),
            Unit(same.unit, tuple((base, int(power)) for base, power in same.dimension)),
        )
    if len(own.dimension) > 1:
        for constant_ in CONSTANTS.values():
            if constant_.dimension == own.dimension and all(power == int(power) for _, power in own.dimension):
                yield Quantity(
                    Number(show_rational(constant_.value), constant_.value),
                    Unit(constant_.unit, tuple((base, int(power)) for base, power in own.dimension)),
                )
