"""A formula and the same formula with numbers in it, laid side by side: which number stands for which symbol."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

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
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Sum,
    Symbol,
    symbols,
    without_brackets,
)

MAX_FACTORS = 12


@dataclass(frozen=True, slots=True)
class Placed:
    """A number that stands where the formula has a symbol.

    formula_power, number_power: to which power each stands there; inside: the function around it, "" for none.
    flipped: the term that holds it has the other sign among the numbers: `- R` and `+ 10 Ω`. coefficient: the number
    that the formula has before it, where the numbers have another one.
    """

    symbol: str
    number: Expr
    formula_power: int = 1
    number_power: int = 1
    inside: str = ""
    flipped: tuple[Expr, Expr] | None = None
    coefficient: tuple[Expr, Expr | None] | None = None


Known = Callable[[str, Expr], bool]  # whether this number is the known value of that symbol


class _Differs(Exception):
    """The two trees are not the same formula."""


def align(formula: Expr, numeric: Expr, known: Known) -> tuple[Placed, ...] | None:
    """Each number that was put in, with its symbol; None where the second is not the first with numbers in it.

    known: tells a symbol's own number, so that the factors of a product may stand in any order.
    """
    found: list[Placed] = []
    try:
        _align(formula, numeric, known, found, "")
    except _Differs:
        return None
    return tuple(found)


def _align(formula: Expr, numeric: Expr, known: Known, found: list[Placed], inside: str) -> None:
    formula, numeric = _plain(formula), _plain(numeric)
    if isinstance(formula, Negative) and isinstance(numeric, Negative):
        return _align(formula.operand, numeric.operand, known, found, inside)
    if isinstance(numeric, Quantity) and isinstance(numeric.value, Quotient) and not numeric.value.stacked:
        numeric = Quotient(numeric.value.top, Quantity(numeric.value.bottom, numeric.unit))  # 1/15 Ω is 1/(15 Ω)
    if isinstance(formula, Symbol):
        if symbols(numeric):
            raise _Differs
        found.append(Placed(formula.name, numeric, inside=inside))
        return None
    match formula, numeric:
        case Sum(), Sum():
            return _align_sums(formula, numeric, known, found, inside)
        case Root(), Root() if formula.index == numeric.index:
            return _align(formula.radicand, numeric.radicand, known, found, inside)
        case Root(), Quantity(Root() as root) if formula.index == root.index:
            return _align(formula.radicand, root.radicand, known, found, inside)
        case Call(), Call() if formula.name == numeric.name and len(formula.args) == len(numeric.args):
            for one, other in zip(formula.args, numeric.args, strict=True):
                _align(one, other, known, found, formula.name)
            return None
        case Absolute(), Absolute():
            return _align(formula.operand, numeric.operand, known, found, inside)
    if not symbols(formula):
        if symbols(numeric) or not _same_number(formula, numeric):
            raise _Differs
        return None
    return _align_products(formula, numeric, known, found, inside)


def _plain(expr: Expr) -> Expr:
    expr = without_brackets(expr)
    while isinstance(expr, Positive):
        expr = without_brackets(expr.operand)
    return expr


def _same_number(one: Expr, other: Expr) -> bool:
    one, other = _plain(one), _plain(other)
    if isinstance(one, Number) and isinstance(other, Number):
        return one.value == other.value
    return one == other


def _align_sums(formula: Sum, numeric: Sum, known: Known, found: list[Placed], inside: str) -> None:
    if len(formula.terms) != len(numeric.terms):
        raise _Differs
    for one, other in zip(formula.terms, numeric.terms, strict=True):
        one, other = _plain(one), _plain(other)
        minus = isinstance(one, Negative), isinstance(other, Negative)
        if isinstance(one, Negative) and not minus[1] and isinstance(_plain(one.operand), Symbol):
            # - d_i with d_i = -1.0 is + 1.0
            tried: list[Placed] = []
            _align(one.operand, Negative(other), known, tried, inside)
            found.extend(replace(p, flipped=(one, other)) for p in tried)
            continue
        if minus[0] == minus[1]:
            _align(one, other, known, found, inside)
            continue
        tried = []
        try:
            _align(one, other, known, tried, inside)
            if isinstance(one, Symbol):
                tried = [replace(p, flipped=(one, other)) for p in tried]
        except _Differs:
            tried = []
            _align(_without_minus(one), _without_minus(other), known, tried, inside)
            tried = [replace(p, flipped=(one, other)) for p in tried]
        found.extend(tried)


def _without_minus(term: Expr) -> Expr:
    return term.operand if isinstance(term, Negative) else term


Factor = tuple[Expr, int]


def factors(expr: Expr, power: int = 1, *, signed: bool = False) -> Iterator[Factor]:
    """The factors of products and quotients with their whole powers: 1/2 m v² is 1, 2⁻¹, m, v².

    signed: -784 N is one factor.
    """
    expr = _plain(expr)
    match expr:
        case Product() if not (signed and _power_of_ten(expr)):
            for factor in expr.factors:
                yield from factors(factor, power, signed=signed)
        case Quotient():
            yield from factors(expr.top, power, signed=signed)
            yield from factors(expr.bottom, -power, signed=signed)
        case Negative(operand) if signed and isinstance(_plain(operand), Number | Quantity):
            yield expr, power
        case Negative():
            yield Number("-1", Fraction(-1)), power
            yield from factors(expr.operand, power, signed=signed)
        case Power(base, Number(value=value)) if value.denominator == 1 and abs(value) <= 6:
            yield from factors(base, power * int(value), signed=signed)
        case Number(value=value) if value == 1:
            return
        case _:
            yield expr, power


def _align_products(formula: Expr, numeric: Expr, known: Known, found: list[Placed], inside: str) -> None:
    for signed in (False, True):
        tried: list[Placed] = []
        try:
            _align_factors(formula, numeric, known, tried, inside, signed)
        except _Differs:
            if signed:
                raise
            continue
        found.extend(tried)
        return


def _align_factors(formula: Expr, numeric: Expr, known: Known, found: list[Placed], inside: str, signed: bool) -> None:
    left, right = list(factors(formula)), list(factors(numeric, signed=signed))
    if len(left) > MAX_FACTORS or len(right) > MAX_FACTORS:
        raise _Differs
    if len(left) == 1 and left[0][1] == 1 and left[0][0] == formula:
        raise _Differs  # a node of a kind that is not looked into
    own, first = [f for f in left if not symbols(f[0])], len(found)
    left = [f for f in left if symbols(f[0])]
    coefficient: tuple[Expr, Expr | None] | None = None
    try:
        right = _without_coefficient(own, right)
    except _Differs:
        right, coefficient = _another_coefficient(own, right, len(left), known, left)
    # Functions and roots by their kind, then symbols by what they are known to be, then the rest in order.
    for factor in [f for f in left if not isinstance(f[0], Symbol)]:
        for i, other in enumerate(right):
            if other[1] == factor[1]:
                tried: list[Placed] = []
                try:
                    _align(factor[0], other[0], known, tried, inside)
                except _Differs:
                    continue
                found.extend(tried)
                left.remove(factor)
                right.pop(i)
                break
        else:
            raise _Differs
    for factor in list(left):
        assert isinstance(factor[0], Symbol)
        name = factor[0].name
        at = next((i for i, other in enumerate(right) if other[1] == factor[1] and known(name, other[0])), None)
        if at is not None:
            found.append(Placed(name, right.pop(at)[0], factor[1], factor[1], inside))
            left.remove(factor)
    if len(left) != len(right):
        raise _Differs
    for (symbol, power), (number, its_power) in zip(left, right, strict=True):
        if power * its_power < 0 or symbols(number) or not isinstance(symbol, Symbol):
            raise _Differs
        found.append(Placed(symbol.name, number, power, its_power, inside))
    if coefficient is not None:
        found[first:] = [replace(p, coefficient=coefficient) for p in found[first:]]


def _another_coefficient(
    own: list[Factor], right: list[Factor], count: int, known: Known, left: list[Factor]
) -> tuple[list[Factor], tuple[Expr, Expr | None]]:
    """`2 f_1` beside 4(120 Hz), `0/R` beside 1/(10 Ω): one number of the formula is another among the numbers."""
    missing = [
        (node, power) for node, power in own if not any(p == power and _same_number(node, other) for other, p in right)
    ]
    if len(missing) != 1 or not isinstance(missing[0][0], Number):
        raise _Differs
    rest = list(right)
    for node, power in own:
        at = next((i for i, (other, p) in enumerate(rest) if p == power and _same_number(node, other)), None)
        if at is not None:
            rest.pop(at)
    if len(rest) == count:
        return rest, (missing[0][0], None)
    names = [node.name for node, _ in left if isinstance(node, Symbol)]
    spare = [
        i
        for i, (node, power) in enumerate(rest)
        if isinstance(node, Number) and power == missing[0][1] and not any(known(name, node) for name in names)
    ]
    if len(rest) != count + 1 or len(spare) != 1:
        raise _Differs
    return rest[: spare[0]] + rest[spare[0] + 1 :], (missing[0][0], rest[spare[0]][0])


def _without_coefficient(own: list[Factor], right: list[Factor]) -> list[Factor]:
    """The numbers that the formula itself has must all be there, one by one or as one: 1/2, 0.5."""
    left_over = list(right)
    missing = []
    for node, power in own:
        same = (i for i, other in enumerate(left_over) if other[1] == power and _same_number(node, other[0]))
        at = next(same, None)
        if at is None:
            missing.append((node, power))
        else:
            left_over.pop(at)
    if not missing:
        return left_over
    total = Fraction(1)
    for node, power in own:
        if not isinstance(node, Number) or not node.value:
            raise _Differs
        total *= node.value**power
    for i, (node, power) in enumerate(right):
        if isinstance(node, Number) and node.value and node.value**power == total:
            return right[:i] + right[i + 1 :]
    raise _Differs


def numerals(expr: Expr) -> Iterator[Expr]:
    """The numbers and quantities written in an expression, largest pieces first: `9.81 m/s²`, `80`, `30°`."""
    expr = _plain(expr)
    match expr:
        case Number() | Mixed() | Percent() | Degrees() | Quantity():
            yield expr
        case Product() if _power_of_ten(expr):
            yield expr
        case Sum():
            for term in expr.terms:
                yield from numerals(term)
        case Product():
            for factor in expr.factors:
                yield from numerals(factor)
        case Quotient():
            yield from numerals(expr.top)
            yield from numerals(expr.bottom)
        case Negative() | Absolute():
            yield from numerals(expr.operand)
        case Power():
            yield from numerals(expr.base)
        case Root():
            yield from numerals(expr.radicand)
        case Call():
            for arg in expr.args:
                yield from numerals(arg)
        case Bracket() | Constant() | Symbol():
            return


def _power_of_ten(expr: Product) -> bool:
    """3.0 × 10^8"""
    match expr.factors:
        case (Number(), Power(Number(text="10"), _)):
            return True
        case _:
            return False
