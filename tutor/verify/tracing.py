"""Each number of a substituted line traced to a given, a constant or an earlier line.

A number is wrong only where the symbol that it stands for has a known value, it is not that value, and it is plain what
happened: another given, exchanged digits, a conversion left out or made wrongly, a square forgotten, degrees taken for
radians. A number that cannot be traced says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from tutor.bridge import units
from tutor.bridge.constants import constant_of_symbol
from tutor.bridge.dimensions import Dimension
from tutor.errors import TutorError
from tutor.laws.catalogue import catalogue
from tutor.laws.matching import Match, match_law
from tutor.laws.scene import Given
from tutor.records import Role, WrongQuantity
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Call,
    Chain,
    Degrees,
    Expr,
    Negative,
    Node,
    Number,
    Quantity,
    Symbol,
    Unit,
    rebuild,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.alignment import Placed, align, numerals
from tutor.verify.amounts import (
    NEAR_CONSTANT,
    Amount,
    agree,
    amount_of,
    another_scale,
    as_named,
    digits_of,
    exchanged,
    figures_of,
    found_before,
    given_like,
    is_coefficient,
    is_one_number,
    near,
    number_of,
    pairs,
    same_kind,
    shown_si,
    shown_with_unit,
    si_value,
    unsigned,
    what_it_is,
)
from tutor.verify.introduced import given_away
from tutor.verify.lawful import judge_by_laws
from tutor.verify.physical import Physical
from tutor.verify.questions import Outcome, Question
from tutor.verify.rounding import show_rational
from tutor.verify.shapes import constant

TRIGONOMETRIC = frozenset({"sin", "cos", "tan"})


def judge_by_tracing(asked: Question, chain: Chain, physical: Physical) -> Outcome | None:
    """WrongQuantity where a number put in is not the one that its symbol has; None where nothing is certain."""
    if any(sign not in ("=", "≈") for sign in chain.relations):
        return None
    try:
        found = (
            _put_in(asked, chain, physical)
            or restated_wrongly(asked, chain, physical)
            or given_away(asked, chain, physical)
            or _restated(asked, chain, physical)
            or _without_formula(asked, chain, physical)
        )
    except (TutorError, ArithmeticError):
        return None
    return Outcome(found, chain) if found is not None else None


# ---------------------------------------------------------------- a formula, then numbers


@dataclass(frozen=True, slots=True)
class Expected:
    """What a symbol of a formula should have been replaced by, and its role in the law that the formula is.

    value: None where it is not known. sure: the problem, or a line, names the symbol itself.
    """

    value: Expr | None
    role: str = ""
    sure: bool = False
    constant: bool = False


def _put_in(asked: Question, chain: Chain, physical: Physical) -> WrongQuantity | None:
    for formula, numeric in _substitutions(asked, chain):
        match = _match(chain.operands[0], formula, physical)
        expected = {name: _expected(name, match, physical) for name in symbols(formula)}
        line = Line(chain, formula, numeric, match, expected, physical)
        placed = align(formula, numeric, line.is_known)
        if placed is None:
            continue
        apart = [p for p in placed if p.coefficient is not None or p.flipped is not None]
        if asked.claim.continues or formula is not chain.operands[0]:  # n : 2000 = 11.5 : 230 is an equation for n
            for each in placed:
                wrong = _sign_changed(each, placed) or _coefficient_changed(each, placed, line)
                if wrong is not None:
                    return wrong
        if any(p.coefficient is not None for p in apart):
            continue
        if any(not isinstance(unsigned(p.flipped[0]), Symbol) for p in apart if p.flipped is not None):
            continue
        for each in placed:
            wrong = _misplaced(each, line)
            if wrong is not None:
                return wrong
        wrong = _two_values(placed) or _in_degrees(placed, line) or _unconverted(placed, line)
        if wrong is not None:
            return wrong
    return None


def _substitutions(asked: Question, chain: Chain) -> Iterator[tuple[Expr, Expr]]:
    """A formula and the same with numbers in it, side by side on the line, or the formula on an earlier line."""
    for formula, numeric in zip(chain.operands, chain.operands[1:], strict=False):
        if not constant(numeric) or is_one_number(numeric):
            continue
        if symbols(formula) and not isinstance(without_brackets(formula), Symbol):
            yield formula, numeric
        elif isinstance(formula, Symbol):
            for fact in reversed(asked.book.facts):
                before = fact.statement
                if isinstance(before, Chain) and before.operands[0] == formula and fact.line >= 0:
                    if symbols(before.operands[-1]) and formula.name not in symbols(before.operands[-1]):
                        yield before.operands[-1], numeric
                    break


@dataclass(frozen=True, slots=True)
class Line:
    """A formula with the numbers put in, and all that is known of its symbols."""

    chain: Chain
    formula: Expr
    numeric: Expr
    match: Match | None
    expected: Mapping[str, Expected]
    physical: Physical

    def is_known(self, name: str, number: Expr) -> bool:
        """Whether a number is what that symbol should be."""
        of = self.expected[name]
        return of.value is not None and agree(number, of.value, constant=of.constant)

    def yields(self, instead: Mapping[str, Expr] | None = None) -> str:
        """What the formula gives with the right values, in the unit of the line's result."""
        values = {name: of.value for name, of in self.expected.items() if of.value is not None} | dict(instead or {})
        right = si_value(self.formula, values)
        if right is None:
            return ""
        end = amount_of(self.chain.operands[-1])
        if end is None or end.bare or not end.numeral:
            return figures_of(right)
        return shown_with_unit(right / (end.si / end.numeral), self.chain.operands[-1])


def _match(subject: Expr, formula: Expr, physical: Physical) -> Match | None:
    if not isinstance(without_brackets(subject), Symbol):
        return None
    match = match_law(Chain((subject, formula), ("=",)), physical.meaning)
    return match if match is not None and match.right and match.usual else None


def _expected(name: str, match: Match | None, physical: Physical) -> Expected:
    meaning = physical.meaning(name)
    role = meaning.role
    if match is not None:
        for symbol, expr in match.names.items():
            if isinstance(expr, Symbol) and expr.name == name:
                if symbol not in match.law.symbols:  # R_3 of a law for any number of resistors
                    continue
                role = match.law.symbols[symbol].role
                if match.law.symbols[symbol].constant and meaning.value is None:
                    return Expected(_constant(name), role, constant=True)
    if meaning.value is not None:
        value = _in_the_sense_of(role, meaning.value)
        return Expected(value, role, meaning.sure or meaning.line >= 0, bool(meaning.constant))
    if meaning.constant or name == "g":
        return Expected(_constant(name), role, constant=True)
    found = _in_the_role(role, physical) if role else None
    return Expected(None if found is None else _in_the_sense_of(role, found), role)


def _in_the_sense_of(role: str, value: Expr) -> Expr:
    """A change of 50 °C is one of 50 K; a temperature of 50 °C is one of 323.15 K."""
    kind = catalogue().roles.get(role)
    temperature = role == "temperature" or (kind is not None and "temperature" in kind.like)
    inner = without_brackets(value)
    if isinstance(inner, Quantity) and units.is_affine(inner.unit) and role and not temperature:
        return Quantity(inner.value, Unit("K", (("K", 1),)))
    return value


def _constant(name: str) -> Expr | None:
    found = constant_of_symbol(name)
    return Number(show_rational(found.value), found.value) if found is not None else None


def _misplaced(each: Placed, line: Line) -> WrongQuantity | None:
    of = line.expected[each.symbol]
    number = amount_of(each.number)
    if of.constant or number is None:
        return None
    used_power, needed_power = abs(each.number_power), abs(each.formula_power)
    value = amount_of(of.value)
    if used_power != needed_power:
        if needed_power < used_power:
            return _squared(each, line)
        if value is None or of.value is None:
            return None
        as_needed = any(near(abs(n) ** used_power, abs(v) ** needed_power) for n, v in pairs(number, value))
        if as_needed or not agree(each.number, of.value):
            return None
        squared = "squared" if needed_power == 2 else f"to the power {needed_power}"
        return WrongQuantity(number.text, f"{number.text} {squared}", "not_squared", yields=line.yields())
    if not is_one_number(each.number) or (of.value is not None and agree(each.number, of.value)):
        return None
    given = given_like(each.number, line.physical)
    if given is not None:
        return _in_another_role(each, given, line)
    if value is None or found_before(each.number, line.physical):
        return None
    if exchanged(number.digits, value.digits):
        kind = "digits"
    elif another_scale(number, value) and not (value.bare or _in_the_unit_of_the_result(number, value, line)):
        kind = "conversion"
    else:
        return None
    needed = f"{each.symbol} = {value.text}"
    role = what_it_is(of.role)
    return WrongQuantity(f"{each.symbol} = {number.text}", needed, kind, "", role, yields=line.yields())


def _sign_changed(each: Placed, placed: tuple[Placed, ...]) -> WrongQuantity | None:
    """`R_3 - R_5 = 10 Ω + 10 Ω`: a quantity that is never negative has the other sign among the numbers.

    Each factor of the term must be one: m_2 u_2 is negative where u_2 is.
    """
    if each.flipped is None or not all(_is_never_negative(p) for p in placed if p.flipped == each.flipped):
        return None
    formula, numbers = (_with_sign(term) for term in each.flipped)
    return WrongQuantity(numbers, f"{formula}, as in the formula beside it", "sign")


def _is_never_negative(each: Placed) -> bool:
    number = amount_of(unsigned(each.number))
    if number is None or not number.si:
        return number is not None
    return not number.bare and number.dimension in _never_negative() and not each.symbol.startswith("Delta")


def _with_sign(term: Expr) -> str:
    text = to_text(term.operand) if isinstance(term, Negative) else to_text(term)
    return f"{'-' if isinstance(term, Negative) else '+'} {text}"


@cache
def _never_negative() -> frozenset[Dimension]:
    """Masses, resistances, capacitances, areas, volumes, densities, specific heats."""
    words = ("kg", "ohm", "F", "m^2", "m^3", "kg/m^3", "J/kg", "J/kg K")
    factors = (
        [("kg", 1)],
        [("ohm", 1)],
        [("F", 1)],
        [("m", 2)],
        [("m", 3)],
        [("kg", 1), ("m", -3)],
        [("J", 1), ("kg", -1)],
        [("J", 1), ("kg", -1), ("K", -1)],
    )
    return frozenset(units.measure(Unit(word, tuple(f))).dimension for word, f in zip(words, factors, strict=True))


def _coefficient_changed(each: Placed, placed: tuple[Placed, ...], line: Line) -> WrongQuantity | None:
    """`2 f_1` beside 4(120 Hz): the numbers beside it are those of the formula's symbols, but for one."""
    if each.coefficient is None:
        return None
    one, other = each.coefficient
    sure = isinstance(one, Number) and (not one.value or (other is not None and _both_written(one, other, placed)))
    if not sure and not all(
        line.is_known(p.symbol, p.number) or (not _bare(p.number) and given_like(p.number, line.physical) is not None)
        for p in placed
        if p.coefficient == each.coefficient
    ):
        return None
    if any(p.number_power != p.formula_power for p in placed):
        return None
    used = to_text(other) if other is not None else f"no {to_text(one)} with {to_text(each.number)}"
    return WrongQuantity(used, f"the {to_text(one)} of the formula beside it", "coefficient")


def _both_written(one: Number, other: Expr, placed: tuple[Placed, ...]) -> bool:
    """2 and 4, neither of which a symbol's number can have been drawn into: the others are no small whole numbers."""
    whole = isinstance(other, Number) and other.places is None and one.places is None
    return whole and not any(is_coefficient(p.number) for p in placed if p.coefficient is not None)


def _bare(number: Expr) -> bool:
    return next(units.units_in(number), None) is None


def _squared(each: Placed, line: Line) -> WrongQuantity | None:
    """`(0.656 Pa)^2` where the formula beside it has p, not p²."""
    number = amount_of(each.number)
    if number is None or abs(each.number_power) != 2 * abs(each.formula_power) or number.numeral in (0, 1):
        return None
    value = line.expected[each.symbol].value
    if value is not None:
        if not agree(each.number, value) or near(number.si**2, abs(_amount_si(value))):
            return None
    elif each.symbol.partition("_")[0] in _SQUARES or not is_one_number(each.number) or _may_be_a_power(number):
        return None
    formula = each.symbol if abs(each.formula_power) == 1 else f"{each.symbol}^{abs(each.formula_power)}"
    power = "squared" if abs(each.number_power) == 2 else f"to the power {abs(each.number_power)}"
    return WrongQuantity(f"{number.text} {power}", f"{formula}, as in the formula beside it", "squared")


def _may_be_a_power(number: Amount) -> bool:
    return number.bare and (number.numeral < 3 or number.numeral % 10 == 0)


_SQUARES = frozenset("A S V a s I Q E".split())  # which a square may well be put in for


def _amount_si(value: Expr) -> float:
    amount = amount_of(value)
    return amount.si if amount is not None else 0.0


def _in_the_unit_of_the_result(number: Amount, value: Amount, line: Line) -> bool:
    """300 for 3.00 m, where the result is in centimetres."""
    result = amount_of(line.chain.operands[-1])
    if result is None or not number.bare or not result.numeral or not number.numeral:
        return False
    return near(abs(result.si / result.numeral), abs(value.si / number.numeral))


def _in_another_role(each: Placed, given: Given, line: Line) -> WrongQuantity | None:
    """The diameter where the law has a radius, the mass where it has a force."""
    of = line.expected[each.symbol]
    roles = catalogue().roles
    needed_kind, given_kind = roles.get(of.role), roles.get(given.role)
    right = of.value
    mixed_up = False
    if needed_kind is not None and given_kind is not None:
        if given.role == of.role or of.role in given_kind.like or given.role in needed_kind.like:
            return None
        mixed_up = given.role in needed_kind.unlike or of.role in given_kind.unlike
    named = any(g.symbol == each.symbol and not g.implied for g in line.physical.scene.givens)
    if not mixed_up and not (named and right is not None):
        return None
    if right is None:
        right = _in_the_role(of.role, line.physical, given)
        if right is None:
            return None
    law = line.match.law if line.match is not None else None
    return WrongQuantity(
        as_named(given),
        f"{each.symbol} = {to_text(right)}",
        "role" if mixed_up else "other_given",
        given_kind.says if given_kind is not None else "",
        needed_kind.says if needed_kind is not None else "",
        law.id if law is not None else "",
        law.name if law is not None else "",
        line.yields({each.symbol: right}),
    )


def _in_the_role(role: str, physical: Physical, given: Given | None = None) -> Expr | None:
    """The quantity of the problem in that role: given as such, or half the diameter, or the weight of the mass."""
    roles = catalogue().roles
    if role not in roles:
        return None
    givens = [g for g in physical.scene.givens if g.role in roles and not g.implied]
    fitting = [g for g in givens if g.role == role] or [g for g in givens if role in roles[g.role].like]
    fitting = fitting or [g for g in givens if g.role in roles[role].like]
    if len(fitting) == 1:
        return fitting[0].value
    if fitting or given is None:
        return None
    amount = amount_of(given.value)
    match role, given.role:
        case "radius", "diameter":
            return _scaled(given.value, Fraction(1, 2))
        case "diameter", "radius":
            return _scaled(given.value, Fraction(2))
        case (("weight" | "normal_force"), "mass") if amount is not None and amount.dimension == (("kg", 1),):
            if role == "normal_force" and "incline" in physical.scene.conditions:
                return None
            value = Fraction(f"{amount.si * 9.81:.3g}")
            return Quantity(Number(show_rational(value), value), Unit("N", (("N", 1),)))
    return None


def _scaled(value: Expr, by: Fraction) -> Expr | None:
    inner = value.value if isinstance(value, Quantity) else value
    if not isinstance(inner, Number):
        return None
    new = inner.value * by
    number = Number(show_rational(new), new)
    return Quantity(number, value.unit) if isinstance(value, Quantity) else number


def _two_values(placed: tuple[Placed, ...]) -> WrongQuantity | None:
    """One symbol of the formula replaced by two numbers, or by the negative of what it is elsewhere on the line."""
    seen: dict[str, tuple[Placed, Amount]] = {}
    for each in placed:
        number = amount_of(each.number)
        if number is None or abs(each.formula_power) != abs(each.number_power) or not is_one_number(each.number):
            continue
        before = seen.setdefault(each.symbol, (each, number))
        if before[0] is each or near(before[1].numeral, number.numeral) or near(before[1].si, number.si):
            continue
        if near(abs(before[1].numeral), abs(number.numeral)) and not (before[1].bare and number.bare):
            continue
        kind = "sign" if near(abs(before[1].numeral), abs(number.numeral)) else "other_given"
        used = f"{each.symbol} = {number.text}"
        return WrongQuantity(used, f"{each.symbol} = {before[1].text}, as elsewhere on the line", kind)
    return None


def _in_degrees(placed: tuple[Placed, ...], line: Line) -> WrongQuantity | None:
    """sin(30) worked out with the 30 in radians, where the angle is 30°."""
    turned = [p for p in placed if p.inside in TRIGONOMETRIC and _is_angle(p, line.physical)]
    result = amount_of(line.chain.operands[-1])
    if not turned or result is None:
        return None
    in_degrees = number_of(_with_degrees(line.numeric))
    in_radians = number_of(line.numeric)
    if in_degrees is None or in_radians is None or near(in_degrees, in_radians):
        return None
    if not near(result.numeral, in_radians) or near(result.numeral, in_degrees):
        return None
    number = amount_of(turned[0].number)
    text = number.text if number is not None else ""
    yields = shown_with_unit(in_degrees, line.chain.operands[-1])
    return WrongQuantity(f"{text} radians", f"{text}°", "degrees", yields=yields)


def _is_angle(placed: Placed, physical: Physical) -> bool:
    number = amount_of(placed.number)
    if number is None or not number.bare or isinstance(without_brackets(placed.number), Degrees):
        return False
    known = [physical.meaning(placed.symbol).value, *(g.value for g in physical.scene.givens)]
    return any(v is not None and _in_degrees_already(v) and agree(placed.number, v) for v in known)


def _in_degrees_already(value: Expr) -> bool:
    value = without_brackets(value)
    if isinstance(value, Quantity):
        return value.unit.text.strip() in ("°", "deg", "degree", "degrees")
    return isinstance(value, Degrees)


def _with_degrees(expr: Expr) -> Expr:
    def change(node: Node) -> Node:
        if isinstance(node, Call) and node.name in TRIGONOMETRIC and len(node.args) == 1:
            if not any(isinstance(n, Degrees) for n in walk(node.args[0])):
                return Call(node.name, (Degrees(node.args[0]),), node.subscript, node.primes, span=node.span)
            return node
        return rebuild(node, change)

    return change(expr)  # type: ignore[return-value]


def _unconverted(placed: tuple[Placed, ...], line: Line) -> WrongQuantity | None:
    """72 put in for 72 km/h, and the result said to be in joules."""
    result = amount_of(line.chain.operands[-1])
    if result is None or result.bare or not result.numeral or any(of.value is None for of in line.expected.values()):
        return None
    right = si_value(line.formula, {name: of.value for name, of in line.expected.items() if of.value is not None})
    as_written = number_of(line.numeric)
    if right is None or as_written is None or near(right, result.si) or not near(as_written, result.numeral):
        return None
    end = {u.text for u in units.units_in(line.chain.operands[-1])}
    # Degrees Celsius first: 100 kPa may stay what it is where the result is in kPa.
    for each in sorted(placed, key=lambda p: not _in_celsius(line.expected[p.symbol].value)):
        value = line.expected[each.symbol].value
        number, true = amount_of(each.number), amount_of(value)
        if number is None or true is None or not number.bare or true.bare or near(true.si, true.numeral):
            continue
        if value is not None and {u.text for u in units.units_in(value)} == end:
            continue
        if near(number.numeral, true.numeral) and not _is_angle(each, line.physical):
            return WrongQuantity(
                f"{each.symbol} = {number.text}",
                f"{each.symbol} = {shown_si(true)}, which is {true.text}",
                "conversion",
                yields=shown_with_unit(right / (result.si / result.numeral), line.chain.operands[-1]),
            )
    return _result_in_another_unit(placed, line, result, right)


def _in_celsius(value: Expr | None) -> bool:
    return value is not None and any(units.is_affine(u) for u in units.units_in(value))


def _result_in_another_unit(
    placed: tuple[Placed, ...], line: Line, result: Amount, right: float
) -> WrongQuantity | None:
    """-1.2 km for -1.2 m: the numbers are those of the givens in base units, and so is the result."""
    if not near(right, result.numeral) or near(result.numeral, result.si):
        return None
    for each in placed:
        true = amount_of(line.expected[each.symbol].value)
        if true is None or true.bare or not near(true.si, true.numeral):
            return None
    needed = replace(result, si=right)
    return WrongQuantity(result.text, shown_si(needed), "conversion")


# ---------------------------------------------------------------- a given stated again, numbers without a formula


def _restated(asked: Question, chain: Chain, physical: Physical) -> WrongQuantity | None:
    """`F = 89 N` where the problem says 98 N."""
    if len(chain.operands) != 2 or asked.claim.role is Role.ANSWER:
        return None
    name, value = without_brackets(chain.operands[0]), chain.operands[1]
    if not isinstance(name, Symbol) or not is_one_number(value):
        return None
    number = amount_of(value)
    if number is None or given_like(value, physical) is not None:
        return None
    named = [g for g in physical.scene.givens if g.symbol == name.name and not g.implied]
    if len(named) == 1 and physical.meaning(name.name).line < 0:
        given = named[0]
    elif not _has_calculated(asked):
        alike = [g for g in physical.scene.givens if same_kind(value, g.value)]
        same = [g for g in alike if digits_of(g.value) == number.digits and len(number.digits) > 1]
        if len(same) != 1 and (len(alike) != 1 or not exchanged(number.digits, digits_of(alike[0].value))):
            return None
        given = same[0] if len(same) == 1 else alike[0]
    else:
        return None
    true = amount_of(given.value)
    if true is None or agree(value, given.value):
        return None
    if exchanged(number.digits, true.digits):
        kind = "digits"
    elif number.digits == true.digits or another_scale(number, true):
        kind = "conversion"
    else:
        return None
    return WrongQuantity(f"{name.name} = {number.text}", as_named(given), kind, needed_role=what_it_is(given.role))


def restated_wrongly(asked: Question, chain: Chain, physical: Physical) -> WrongQuantity | None:
    """`t = 25 ms` where the problem says 25 s, `t = -25 s`: a value that is said to be given."""
    if len(chain.operands) != 2 or asked.claim.role is Role.ANSWER or chain.relations != ("=",):
        return None
    name, value = without_brackets(chain.operands[0]), chain.operands[1]
    number = amount_of(value)
    if not isinstance(name, Symbol) or not is_one_number(value) or number is None or number.bare:
        return None
    said = asked.claim.role in (Role.GIVEN, Role.DEFINITION) or bool(_PUTS_IN.search(asked.step.text))
    if not said and _has_calculated(asked):
        return None
    used = f"{name.name} = {number.text}"
    given = given_like(value, physical)
    if given is not None:
        true = amount_of(given.value)
        negative = number.si < 0 and true is not None and true.si > 0 and not name.name.startswith("Delta")
        if negative and number.dimension in _never_negative() | {(("s", 1),)}:
            return WrongQuantity(used, as_named(given), "sign", needed_role=what_it_is(given.role))
        return None
    givens = [g for g in physical.scene.givens if not g.implied]
    if any(agree(value, g.value) for g in givens) or found_before(value, physical):
        return None
    alike = [g for g in givens if same_kind(value, g.value)]
    same = [g for g in alike if _same_numeral(number, g.value)]
    if not same and asked.claim.role is Role.GIVEN and len(alike) == 1 and len(number.digits) > 1:
        same = [g for g in alike if digits_of(g.value) == number.digits]
    if len(same) == 1:
        return WrongQuantity(used, as_named(same[0]), "conversion", needed_role=what_it_is(same[0].role))
    return None


_PUTS_IN = re.compile(r"\b(?:insert\w*|substitut\w*|given|known|enter\w*|plug\w*)\b", re.IGNORECASE)


def _same_numeral(number: Amount, value: Expr) -> bool:
    other = amount_of(value)
    return other is not None and not other.bare and near(abs(number.numeral), abs(other.numeral), 1e-9)


def _has_calculated(asked: Question) -> bool:
    physical = asked.book.physical
    if physical is not None and any(line < asked.step.line for _, line, _ in physical.results):
        return True
    return any(not fact.given and fact.line >= 0 and fact.solves is not None for fact in asked.book.facts)


def _without_formula(asked: Question, chain: Chain, physical: Physical) -> WrongQuantity | None:
    """`v = sqrt(2·9.81·80)`: the formula behind the numbers, held against the laws."""
    name = without_brackets(chain.operands[0])
    if not isinstance(name, Symbol) or len(chain.operands) < 2 or not physical.scene.givens:
        return None
    numeric = chain.operands[1]
    if not constant(numeric) or is_one_number(numeric):
        return None
    pieces = list(numerals(numeric))
    if len(pieces) > 12:
        return None
    letters: dict[Expr, str] = {}
    suspects: list[tuple[Expr, Given, str]] = []
    unknown = False  # a number whose origin is not seen
    for piece in dict.fromkeys(pieces):
        letter = _letter_for(piece, physical)
        if letter is not None:
            letters[piece] = letter
            continue
        if is_coefficient(piece) or found_before(piece, physical):
            continue
        suspect = _suspect(piece, pieces, physical)
        if suspect is None:
            unknown = True
        else:
            suspects.append((piece, *suspect))
    if len(suspects) == 1 and (not unknown or suspects[0][2] == "conversion"):
        piece, given, kind = suspects[0]
        number, true = amount_of(piece), amount_of(given.value)
        if number is None or true is None:
            return None
        return WrongQuantity(number.text, as_named(given), kind, needed_role=what_it_is(given.role))
    if suspects or unknown or not letters:
        return None
    formula = _with_letters(numeric, letters)
    if not symbols(formula) or name.name in symbols(formula):
        return None
    outcome = judge_by_laws(asked, Chain((name, formula), ("=",)), physical)
    if outcome is not None and isinstance(outcome.evidence, WrongQuantity):
        return outcome.evidence
    return None


def _suspect(piece: Expr, pieces: list[Expr], physical: Physical) -> tuple[Given, str] | None:
    """The given that a quantity with its unit was meant to be: the same number, or its digits exchanged."""
    number = amount_of(piece)
    if number is None or any(agree(piece, g.value) for g in physical.scene.givens):
        return None
    used = [g for g in physical.scene.givens if any(agree(other, g.value) for other in pieces)]
    free = [g for g in physical.scene.givens if g not in used and not g.implied]
    alike = [g for g in free if same_kind(piece, g.value)]
    if len(alike) != 1:
        return None
    true = amount_of(alike[0].value)
    if true is None or true.bare is not number.bare:
        return None
    if exchanged(number.digits, true.digits) and number.text.strip("0123456789.,× ^") == true.text.strip(
        "0123456789.,× ^"
    ):
        return alike[0], "digits"
    if number.bare:
        return None
    if number.digits == true.digits and len(number.digits) >= 2:
        return alike[0], "conversion"
    if any(g is not alike[0] and digits_of(g.value) == number.digits for g in physical.scene.givens):
        return alike[0], "other_given"
    return None


def _letter_for(piece: Expr, physical: Physical) -> str | None:
    number = amount_of(piece)
    if number is None:
        return None
    fitting = [g for g in physical.scene.givens if not g.implied and agree(piece, g.value)]
    named = {g.symbol for g in fitting if g.symbol}
    if len(fitting) == 1 and len(named) == 1:
        return named.pop()
    if fitting:
        return None
    if near(number.numeral, 9.81, NEAR_CONSTANT) and (number.bare or dict(number.dimension) == {"m": 1, "s": -2}):
        return "g" if number.numeral not in (10.0,) or not is_coefficient(piece) else None
    return None


def _with_letters(expr: Expr, letters: Mapping[Expr, str]) -> Expr:
    def change(node: Node) -> Node:
        for piece, letter in letters.items():
            if node == piece:
                return Symbol(letter)
        return rebuild(node, change)

    return change(expr)  # type: ignore[return-value]
