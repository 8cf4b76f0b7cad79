"""Numbers against numbers: `3*20 = 60`, `2/3 = 0.67`, `√2 ≈ 1.414`, `1.25 hours = 75 minutes`, `20*3 = 60*2 = 120`.

What refutes is exact: two rationals that differ, or balls that are apart with every written decimal taken for its
whole rounding interval. What people mean by sloppy notation is tried before anything is called false: percent signs
dropped, an equals sign for "then", units converted in passing, 3.14 for π, degrees without the sign.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

from tutor.bridge.exact import (
    INVERSE_TRIGONOMETRIC,
    TRIGONOMETRIC,
    Conventions,
    exact_value,
    has_decimals,
    interval,
    is_constant,
    last_place,
    to_fmpq,
    to_fraction,
    turns,
)
from tutor.errors import Undefined, Unsupported
from tutor.records import EqualValues, FalseEquality, Identity, Remark, Undecided, Verdict
from tutor.syntax.tree import (
    Bracket,
    Call,
    Chain,
    Constant,
    Degrees,
    Expr,
    Negative,
    Node,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Sum,
    children,
    rebuild,
    walk,
)
from tutor.verify.rounding import How, Side, compare, numeral_of, show, shows
from tutor.verify.tasks import Budget, Compare, Finding, Setting, Task

NAME = "arithmetic"
Q = Any  # the bridge's exact rational

EQUALITIES = frozenset({"=", "≈", "≡"})
ORDERS = frozenset({"<", "<=", ">", ">="})
SIGNS = EQUALITIES | ORDERS | {"!="}
UNDECIDED = Finding(Undecided((NAME,)))

# Cost in units of `Budget`.
EXACT_COST = 10
BALL_COST = 300


def accepts(task: Task) -> bool:
    """Two constants and a sign between numbers."""
    return isinstance(task, Compare) and task.sign in SIGNS and is_constant(task.left) and is_constant(task.right)


def judge(task: Task, budget: Budget) -> Finding | None:
    """A finding about two constants; None where only a proof of an irrational identity would tell."""
    if not isinstance(task, Compare):
        return None
    return judge_pair(task.left, task.right, task.sign, task.setting, budget)


def judge_pair(left: Expr, right: Expr, sign: str, setting: Setting, budget: Budget) -> Finding | None:
    """`left sign right` between two constants."""
    budget.spend(EXACT_COST)
    if sign in ("≡", "=") and (modulus := modulus_of(right)) is not None:
        return judge_congruence(left, right, modulus, setting)
    if sign in EQUALITIES:
        return judge_equality(left, right, sign, setting, budget)
    return judge_order(left, right, sign, setting, budget)


# ---------------------------------------------------------------- sides


def conventions(setting: Setting) -> Conventions:
    """The setting in the bridge's terms; `60°` counts as 60 of a unit."""
    return Conventions({}, setting.angle_unit, setting.log_base, degrees_are_units=True)


def side_of(expr: Expr, setting: Setting, budget: Budget, bits: int = 64) -> Side:
    """The side's value, exact or in a ball, and all that its decimals may stand for.

    Raises:
        Undefined, Unsupported, TooLarge: as the bridge.
    """
    env = conventions(setting)
    decimals = has_decimals(expr, setting.exact_decimals)
    try:
        value = exact_value(expr, env)
    except Unsupported:
        return ball_side(expr, setting, budget, decimals, bits)
    wide: tuple[Q, Q] | None = (value, value)
    if decimals:
        try:
            wide = interval(expr, setting.exact_decimals, env)
        except Unsupported:
            wide = wide_ball(expr, setting, budget)
    return Side(value, value, wide, numeral_of(expr))


def ball_side(expr: Expr, setting: Setting, budget: Budget, decimals: bool, bits: int) -> Side:
    """As `side_of`, of an irrational value."""
    from tutor.bridge.balls import LADDER, Uncertain, bounds, evaluate

    if shows_degrees(expr):
        raise Unsupported("degrees among irrational numbers")
    budget.spend(BALL_COST * bits // 64)
    for precision in (b for b in LADDER if b >= bits):
        try:
            ball = evaluate(expr, bits=precision, angle_unit=setting.angle_unit, log_base=setting.log_base)
            break
        except Uncertain:
            if precision == LADDER[-1]:
                raise
    lo, hi = bounds(ball)
    return Side(lo, hi, wide_ball(expr, setting, budget) if decimals else (lo, hi), None)


def wide_ball(expr: Expr, setting: Setting, budget: Budget) -> tuple[Q, Q] | None:
    """All that the decimals in an expression may stand for, None where no ball holds it."""
    from tutor.bridge.balls import bounds, evaluate

    budget.spend(BALL_COST)
    try:
        return bounds(
            evaluate(
                expr,
                wide=True,
                exact=setting.exact_decimals,
                angle_unit=setting.angle_unit,
                log_base=setting.log_base,
            )
        )
    except (Unsupported, Undefined):
        return None


def shows_degrees(expr: Expr) -> bool:
    """Whether a degree sign stands outside the functions of angles."""
    stack: list[Node] = [expr]
    while stack:
        n = stack.pop()
        if isinstance(n, Degrees):
            return True
        if isinstance(n, Call) and n.name in TRIGONOMETRIC:
            continue
        stack.extend(children(n))
    return False


def angles_in_degrees(left: Expr, right: Expr, setting: Setting, budget: Budget) -> tuple[Side, Side] | None:
    """Both sides in degrees, where one of them shows a degree sign and the other is an irrational angle."""
    on_left, on_right = shows_degrees(left), shows_degrees(right)
    if on_left == on_right or setting.angle_unit == "degree":
        return None
    bare = right if on_left else left
    try:
        exact_value(bare, conventions(setting))
        return None
    except Unsupported:
        pass
    as_degrees = Quotient(Product((Bracket(bare), Number("180", Fraction(180)))), Constant("pi"))
    angle = side_of(as_degrees, setting, budget)
    shown = side_of(left if on_left else right, setting, budget)
    return (shown, angle) if on_left else (angle, shown)


# ---------------------------------------------------------------- equality


def judge_equality(left: Expr, right: Expr, sign: str, setting: Setting, budget: Budget) -> Finding | None:
    """`left = right`, `left ≈ right`"""
    env = conventions(setting)
    try:
        try:
            a = exact_value(left, env)
            if a == exact_value(right, env):
                return other_size(left, right, sign) or Finding(EqualValues(show(a)))
        except Unsupported:
            budget.spend(EXACT_COST)
            if (found := equal_angles(left, right, env)) is not None:
                return found
        return judge_unequal(left, right, sign, setting, budget)
    except Undefined as reason:
        return judge_undefined(left, right, sign, reason, env)


def other_size(left: Expr, right: Expr, sign: str) -> Finding | None:
    """`3 km = 3 m`, `3 km + 2 km = 5 m`: the same number of units that differ in size."""
    if right.__class__ is not Quantity:
        return None
    if left.__class__ is Sum:
        return other_size_of_sum(left, right, sign)
    if left.__class__ is not Quantity:
        return None
    from tutor.bridge.units import measure, measured

    ours, theirs = measure(left.unit), measure(right.unit)
    if not ours.dimension or ours.dimension != theirs.dimension or ours.size == theirs.size:
        return None
    a = measured(left)
    return false_equality(left, right, in_words(a, right), in_words(measured(right), right), sign) if a.value else None


def other_size_of_sum(left: Sum, right: Quantity, sign: str) -> Finding | None:
    """`3 km + 2 km = 5 m`, each term with its unit."""
    from tutor.bridge.units import measure, measured

    terms = [t.operand if isinstance(t, Negative | Positive) else t for t in map(without_outer_brackets, left.terms)]
    units = [measure(t.unit) for t in map(without_outer_brackets, terms) if isinstance(t, Quantity)]
    whole = measure(right.unit)
    if len(units) != len(terms) or not whole.dimension or any(u.dimension != whole.dimension for u in units):
        return None
    if all(u.size == whole.size for u in units):
        return None
    a, b = measured(left), measured(right)
    return false_equality(left, right, in_words(a, right), in_words(b, right), sign) if a.value != b.value else None


def equal_angles(left: Expr, right: Expr, env: Conventions) -> Finding | None:
    """Both sides the same multiple of π, with or without a degree sign."""
    a = turns(left, env)
    if a is None:
        return None
    b = turns(right, env)
    if b is None or a != b:
        return None
    return Finding(EqualValues(f"{show(a)}·π"))


def judge_undefined(left: Expr, right: Expr, sign: str, reason: Undefined, env: Conventions) -> Finding | None:
    """A number is not equal to something that has no value."""
    if str(reason) == "0^0":
        return UNDECIDED
    try:
        value = exact_value(right, env)
        return false_equality(left, right, f"no value: {reason}", show(value), sign)
    except Unsupported:
        return None
    except Undefined:
        pass
    try:
        value = exact_value(left, env)
    except (Unsupported, Undefined):
        return UNDECIDED
    return false_equality(left, right, show(value), f"no value: {reason}", sign)


def judge_unequal(left: Expr, right: Expr, sign: str, setting: Setting, budget: Budget) -> Finding | None:
    """Two sides that are not the same rational number: within the figures shown, meant otherwise, or false."""
    approximate = sign == "≈"
    sides = in_degrees = angles_in_degrees(left, right, setting, budget)
    if sides is None:
        try:
            sides = side_of(left, setting, budget), side_of(right, setting, budget)
        except Unsupported:
            return None
    how = compare(*sides, approximate)
    if how is How.WHOLE and (found := by_early_rounding(left, right, setting, budget)) is not None:
        return found
    if how not in (How.APART, How.UNKNOWN, How.OVERLAP):
        return agreed(how, *sides)
    if how is How.UNKNOWN and not approximate and not all(side.exact for side in sides):
        how = separate(left, right, setting, budget) if in_degrees is None else How.UNKNOWN
        if how is How.UNKNOWN:
            return None
    if (found := meant_otherwise(left, right, sides, sign, setting, budget)) is not None:
        return found
    if how is How.OVERLAP and sign == "=" and rounded_values_put_in(*sides):
        return agreed(How.ROUGHLY, *sides)
    if how is not How.APART or sign == "≡":
        touching = sides[0].lo <= sides[1].hi and sides[1].lo <= sides[0].hi
        return None if touching and not approximate else UNDECIDED
    return false_equality(left, right, show(sides[0].lo, sides[0].hi), show(sides[1].lo, sides[1].hi), sign)


# Values put in for roots, logarithms, sines: how far they may be from what they stand for, of the whole.
ROUNDED_AWAY = to_fmpq(Fraction(1, 500))


def rounded_values_put_in(left: Side, right: Side) -> bool:
    """`ln 20/ln 3 = 2.9957/1.0986`: an irrational value, and a calculation whose decimals leave little else open."""
    for side, other in ((left, right), (right, left)):
        irrational = not side.exact and side.wide == (side.lo, side.hi)
        if not irrational or other.wide is None or other.numeral is not None or other.wide == (other.lo, other.hi):
            continue
        away = max(abs(other.wide[0] - side.lo), abs(other.wide[1] - side.hi), abs(other.lo - side.lo))
        if away <= ROUNDED_AWAY * 4 * abs(side.lo) and abs(other.lo - side.lo) <= ROUNDED_AWAY * abs(side.lo):
            return True
    return False


def separate(left: Expr, right: Expr, setting: Setting, budget: Budget) -> How:
    """Whether more bits tell two irrational values apart."""
    from tutor.bridge.balls import LADDER

    if has_decimals(left, setting.exact_decimals) or has_decimals(right, setting.exact_decimals):
        return How.OVERLAP
    for bits in LADDER[1:]:
        a, b = side_of(left, setting, budget, bits), side_of(right, setting, budget, bits)
        if a.hi < b.lo or b.hi < a.lo:
            return How.APART
    return How.UNKNOWN


def agreed(how: How, left: Side, right: Side) -> Finding:
    """Evidence and remark for two sides that agree."""
    shown, other = (right, left) if right.numeral is not None else (left, right)
    value = show(other.lo, other.hi)
    if how is How.EXACT:
        return Finding(EqualValues(value))
    evidence = EqualValues(value, exact=False)
    if how is How.WHOLE:
        return Finding(evidence, (Remark("rounded", f"rounded to a whole number, from {value}"),))
    if how is How.ROUGHLY:
        return Finding(evidence, (Remark("rounded", "the two sides agree to about 3 figures"),))
    numeral = shown.numeral
    for candidate, opposite in ((right, left), (left, right)):
        if candidate.numeral is None:
            continue
        if shows(candidate.numeral, opposite, approximate=candidate.numeral.unit is None) is how:
            numeral, value = candidate.numeral, show(opposite.lo, opposite.hi)
            break
    places = decimal_places(numeral.unit, numeral.percent) if numeral is not None and numeral.unit is not None else ""
    if how is How.TRUNCATED:
        return Finding(evidence, (Remark("truncated", f"cut off{places} instead of rounded, from {value}"),))
    return Finding(evidence, (Remark("rounded", f"rounded{places}, from {value}"),))


def decimal_places(unit: Q, percent: bool) -> str:
    """` to 2 decimal places`, in the unit shown."""
    if percent:
        unit = unit * 100
    places = len(str(int(unit.q))) - 1
    if unit.p != 1 or int(unit.q) != 10**places:
        return ""
    if not places:
        return " to a whole percentage" if percent else " to a whole number"
    return f" to {places} decimal place{'s' if places > 1 else ''}"


def false_equality(left: Expr, right: Expr, left_value: str, right_value: str, sign: str) -> Finding:
    """The witness: both sides as written, with their values."""
    return Finding(FalseEquality(written(left), written(right), left_value, right_value, sign))


def written(expr: Expr) -> str:
    """The expression as text."""
    from tutor.syntax.printer import to_text

    return to_text(expr)


# ---------------------------------------------------------------- what people mean


def meant_otherwise(
    left: Expr, right: Expr, sides: tuple[Side, Side], sign: str, setting: Setting, budget: Budget
) -> Finding | None:
    """A reading of sloppy notation under which the sides agree, or that forbids to call them different."""
    found = by_percent(left, right, sides)
    if found is None and (corresponds(left, right) or corresponds(right, left) or begins_within(left, right)):
        found = UNDECIDED
    if found is None:
        found = by_magnitude(left, right, sides)
    if found is None:
        found = by_rounded_measure(left, right, sides, sign, setting)
    if found is None:
        found = by_units(left, right, sides, sign, setting)
    if found is None:
        found = by_money(left, right, sides)
    if found is None:
        found = by_percent_of(left, right, sign, setting, budget)
    if found is None:
        found = by_fraction_below(left, right, sign, setting, budget)
    if found is None and any(isinstance(n, Constant | Call) for e in (left, right) for n in walk(e)):
        found = by_convention(left, right, sign, setting, budget)
    if found is None:
        found = by_early_rounding(left, right, setting, budget)
    return found


def by_percent(left: Expr, right: Expr, sides: tuple[Side, Side]) -> Finding | None:
    """`100 - 60 = 40%`, `3/5 * 100% = 60`, `20% + 30% = 50`: a percent sign put on or left off."""
    from tutor.bridge.units import convertible

    signs = percent_signs(left), percent_signs(right)
    if not any(signs) or convertible(left, right):
        return None
    for k in (0, 1):
        with_sign, other = (left, right)[k], (left, right)[1 - k]
        if not signs[k]:
            continue
        if signs[1 - k] and not times_hundred_percent(with_sign):
            continue
        if not (only_percentages(with_sign) or times_hundred_percent(with_sign)):
            small = not signs[1 - k] and sides[1 - k].hi <= 100 and isinstance(without_outer(other), Number)
            # `10% * 3 = 30`: the sign may have been dropped, or the percentage forgotten.
            if small and compare(sides[k].scaled(to_fmpq(100)), sides[1 - k]) is How.EXACT:
                return UNDECIDED
            continue
        how = compare(sides[k].scaled(to_fmpq(100)), sides[1 - k])
        if how in (How.EXACT, How.ROUNDED, How.TRUNCATED, How.WHOLE):
            value = show(sides[k].lo * 100, sides[k].hi * 100)
            remark = Remark("percent", f"{value} % is not the number {value}: the percent sign belongs on both sides")
            return Finding(EqualValues(f"{value} %", exact=how is How.EXACT), (remark,))
    return None


def corresponds(part: Expr, whole: Expr) -> bool:
    """`3/4 = 7.5 acres`, `48 = 120%`: what a part amounts to, rather than that two numbers are equal.

    A calculation on either side (`12/48 = 20%`, `88/3 = $34`) is meant as an equality.
    """
    from tutor.bridge.units import units_in

    part, bare = without_outer_brackets(part), without_outer(whole)
    if isinstance(whole, Quantity):
        if isinstance(part, Quotient):
            top, bottom = part.top, part.bottom
            proper = isinstance(top, Number) and isinstance(bottom, Number) and top.value < bottom.value <= 20
            return proper and not (isinstance(bare, Number) and bare.value < 1)
        return only_percentages(part)
    if next(units_in(part), None) is not None:
        return False
    return only_percentages(part) and isinstance(bare, Number) and bare.places is None and bare.value >= 2


def begins_within(left: Expr, right: Expr) -> bool:
    """`+ $25 = $125`, `2014 = 20,000 lb * $0.24/lb`: what stands before the left side belongs to it."""
    from tutor.bridge.units import units_in

    return isinstance(left, Positive) or (isinstance(left, Number) and next(units_in(right), None) is not None)


MAGNITUDES = {3: "thousands", 6: "millions", 9: "billions", 12: "trillions"}


def by_magnitude(left: Expr, right: Expr, sides: tuple[Side, Side]) -> Finding | None:
    """`2 * 10 = $20 million`: calculated in millions."""
    for k, expr in ((1, right), (0, left)):
        match without_outer_brackets(expr):
            case Product((Quantity(), Power(Number(value=base), Number(value=exponent)))) if base == 10:
                name = MAGNITUDES.get(int(exponent))
                if name is None:
                    continue
                how = compare(sides[k].scaled(to_fmpq(Fraction(1, 10 ** int(exponent)))), sides[1 - k])
                if how in (How.EXACT, How.ROUNDED, How.TRUNCATED):
                    remark = Remark("reading", f"calculated in {name}")
                    return Finding(EqualValues(show(sides[k].lo), exact=how is How.EXACT), (remark,))
    return None


def percent_signs(expr: Expr) -> bool:
    """Whether a percent sign is written in it."""
    return any(isinstance(n, Percent) for n in walk(expr))


def without_outer(expr: Expr) -> Expr:
    """Without brackets, signs and unit around it."""
    while isinstance(expr, Bracket | Negative | Quantity):
        expr = expr.inner if isinstance(expr, Bracket) else expr.operand if isinstance(expr, Negative) else expr.value
    return expr


def only_percentages(expr: Expr) -> bool:
    """`40%`, `100% - 60%`: every term is a percentage."""
    inner = without_outer(expr)
    if isinstance(inner, Sum):
        return all(only_percentages(term) for term in inner.terms)
    return isinstance(inner, Percent)


def times_hundred_percent(expr: Expr) -> bool:
    """`3/5 * 100%`"""
    inner = without_outer(expr)
    if isinstance(inner, Quotient):
        return times_hundred_percent(inner.top)
    return isinstance(inner, Product) and any(
        isinstance(f, Percent) and isinstance(f.operand, Number) and f.operand.value == 100
        for f in map(without_outer, inner.factors)
    )


def by_money(left: Expr, right: Expr, sides: tuple[Side, Side]) -> Finding | None:
    """`$10/3 = $3.34`: cents rounded up, as shops and sharers do."""
    for k in (1, 0):
        numeral, other = sides[k].numeral, sides[1 - k]
        if numeral is None or numeral.unit is None or numeral.percent or int(numeral.unit.q) != 100:
            continue
        if numeral.value - numeral.unit < other.lo and other.hi <= numeral.value and about_money(left, right):
            value = show(other.lo, other.hi)
            return Finding(EqualValues(value, exact=False), (Remark("rounded", f"rounded up to cents, from {value}"),))
    return None


def by_rounded_measure(
    left: Expr, right: Expr, sides: tuple[Side, Side], sign: str, setting: Setting
) -> Finding | None:
    """`348.7 m/s / 20 Hz = 17 m`, `1.7 cm ≈ 2 cm`: a measurement to as many figures as are shown."""
    from tutor.bridge.units import is_money, measure, measured, size_of

    shown, numeral = without_outer_brackets(right), sides[1].numeral
    if not isinstance(shown, Quantity) or numeral is None or numeral.unit is not None or is_money(shown.unit):
        return None
    dimension = measure(shown.unit).dimension
    if not dimension or not (has_decimals(left, frozenset()) or sign == "≈"):
        return None
    try:
        value = measured(left, setting.exact_decimals)
    except (Unsupported, Undefined):
        return None
    if value.dimension != dimension:
        return None
    meant = to_fraction(value.value) / size_of(shown.unit)
    whole = to_fraction(numeral.value)
    if abs(whole) < 10 and sign != "≈":
        return None
    if meant == whole or abs(meant - whole) * 2 > 1:
        return None
    text = show(to_fmpq(meant))
    return Finding(EqualValues(text, exact=False), (Remark("rounded", f"rounded to a whole number, from {text}"),))


def by_percent_of(left: Expr, right: Expr, sign: str, setting: Setting, budget: Budget) -> Finding | None:
    """`200 - 25% = 150`: a percentage of what stands before it."""
    a, b = percent_of_before(left), percent_of_before(right)
    if a is left and b is right:
        return None
    how = agreement(a, b, sign, setting, budget)
    if how not in (How.EXACT, How.ROUNDED, How.TRUNCATED, How.WHOLE):
        return None
    remark = Remark("reading", "read as a percentage of the number before it")
    return Finding(EqualValues(written(right), exact=how is How.EXACT), (remark,))


def percent_of_before(expr: Expr) -> Expr:
    """A·(1 - p) for each A - p% in it, where A is no percentage; the same object where there is none."""

    def change(n: Node) -> Node:
        if not isinstance(n, Sum):
            return rebuild(n, change)
        terms = [change(term) for term in n.terms]
        last = terms[-1]
        rate = last.operand if isinstance(last, Negative) else last
        if not isinstance(rate, Percent) or any(
            only_percentages(term) for term in terms[:-1] if isinstance(term, Expr)
        ):
            return rebuild(n, change)
        before = terms[0] if len(terms) == 2 else Sum(tuple(terms[:-1]))  # type: ignore[arg-type]
        one = Number("1", Fraction(1))
        return Product((Bracket(before), Bracket(Sum((one, last)))), ("*",))  # type: ignore[arg-type]

    if not any(isinstance(n, Sum) for n in walk(expr)) or not percent_signs(expr):
        return expr
    changed = change(expr)
    return expr if changed == expr else changed  # type: ignore[return-value]


def by_fraction_below(left: Expr, right: Expr, sign: str, setting: Setting, budget: Budget) -> Finding | None:
    """`120/1/6 = 720`: divided by one sixth, typed without a bracket."""

    def change(n: Node) -> Node:
        match n:
            case Quotient(Quotient(top, Number() as above, False), Number() as below, False) if (
                above.value < below.value
            ):
                return Quotient(top, Bracket(Quotient(above, below)))
        return rebuild(n, change)

    a, b = change(left), change(right)
    if a == left and b == right:
        return None
    if agreement(a, b, sign, setting, budget) is not How.EXACT:  # type: ignore[arg-type]
        return None
    remark = Remark("reading", f"read as {written(a if a != left else b)}")  # type: ignore[arg-type]
    return Finding(EqualValues(written(right)), (remark,))


def about_money(*sides: Expr) -> bool:
    """Whether an amount of money is written in one of them."""
    from tutor.bridge.units import is_money, units_in

    return any(is_money(unit) for side in sides for unit in units_in(side))


# ---------------------------------------------------------------- other conventions

PI_VALUES = (
    ("3.14", Fraction(314, 100)),
    ("22/7", Fraction(22, 7)),
    ("3.1416", Fraction(31416, 10_000)),
    ("3.142", Fraction(3142, 1000)),
    ("3.1", Fraction(31, 10)),
    ("3", Fraction(3)),
)


def by_convention(left: Expr, right: Expr, sign: str, setting: Setting, budget: Budget) -> Finding | None:
    """True with a school value of π, with angles in the other unit, or with the other logarithm."""
    nodes = [n for e in (left, right) for n in walk(e)]
    if any(isinstance(n, Constant) and n.name == "pi" for n in nodes) and not any(
        isinstance(n, Call) and n.name in TRIGONOMETRIC for n in nodes
    ):
        for name, value in PI_VALUES:
            a, b = with_pi(left, name, value), with_pi(right, name, value)
            how = agreement(a, b, sign, setting, budget)
            if how in (How.EXACT, How.ROUNDED, How.TRUNCATED) and not isinstance(without_outer(left), Constant):
                if value.denominator == 1:
                    return UNDECIDED
                text = f"π was taken as {name}; a better value changes the last figures"
                return Finding(EqualValues(written(right), exact=False), (Remark("early_rounding", text),))
    functions = {n.name for n in nodes if isinstance(n, Call)}
    if functions & (TRIGONOMETRIC | INVERSE_TRIGONOMETRIC) and not any(
        isinstance(n, Degrees) or (isinstance(n, Constant) and n.name == "pi") for n in nodes
    ):
        other = "degree" if setting.angle_unit == "radian" else "radian"
        how = agreement(left, right, sign, with_changes(setting, angle_unit=other), budget)
        if how in (How.EXACT, How.ROUNDED, How.TRUNCATED):
            text = f"read with angles in {other}s; write the degree sign" if other == "degree" else "read in radians"
            return Finding(EqualValues(written(right), exact=how is How.EXACT), (Remark("reading", text),))
        if how is not How.APART:
            return UNDECIDED  # arctan √3 = 60, in degrees
    if any(isinstance(n, Call) and n.name == "log" and n.subscript is None for n in nodes):
        for base in {"10", "e", "2"} - {setting.log_base}:
            how = agreement(left, right, sign, with_changes(setting, log_base=base), budget)
            if how in (How.EXACT, How.ROUNDED, How.TRUNCATED):
                remark = Remark("reading", f"read with log to base {base}")
                return Finding(EqualValues(written(right), exact=how is How.EXACT), (remark,))
    return None


def with_changes(setting: Setting, angle_unit: str | None = None, log_base: str | None = None) -> Setting:
    """The setting with another angle unit or base."""
    return Setting(
        angle_unit=angle_unit or setting.angle_unit,
        log_base=log_base or setting.log_base,
        real=setting.real,
        exact_decimals=setting.exact_decimals,
    )


def agreement(left: Expr, right: Expr, sign: str, setting: Setting, budget: Budget) -> How:
    """How the sides agree in another setting; UNKNOWN where they have no value in it."""
    try:
        return compare(side_of(left, setting, budget), side_of(right, setting, budget), sign == "≈")
    except (Unsupported, Undefined):
        return How.UNKNOWN


def with_pi(expr: Expr, name: str, value: Fraction) -> Expr:
    """The expression with a school value in the place of π."""

    def change(n: Node) -> Node:
        if isinstance(n, Constant) and n.name == "pi":
            return Number(name, value)
        return rebuild(n, change)

    return change(expr)  # type: ignore[return-value]


# ---------------------------------------------------------------- values rounded on the way

MAX_CARRIED = 3
MAX_DENOMINATOR = 99
# Denominators with a prime factor other than 2 and 5.
REPEATING = tuple(n for n in range(3, MAX_DENOMINATOR + 1) if any(n % p == 0 for p in range(3, n + 1, 2) if p % 5))


def by_early_rounding(left: Expr, right: Expr, setting: Setting, budget: Budget) -> Finding | None:
    """`0.67 * 3 = 2`: true with the fraction, 2/3, that the decimal was rounded from."""
    carried: dict[Fraction, Number] = {}
    for side in (left, right):
        if numeral_of(side) is not None:
            continue
        for n in walk(side):
            if isinstance(n, Number) and n.value not in setting.exact_decimals and last_place(n) is not None:
                carried[n.value] = n
    if not carried or len(carried) > MAX_CARRIED:
        return None
    meant = {value: fraction for value, n in carried.items() if (fraction := simplest_repeating(n)) is not None}
    for count in range(1, len(meant) + 1):
        for chosen in combinations(meant, count):
            budget.spend(10 * EXACT_COST)
            change = {value: meant[value] for value in chosen}
            a, b = with_fractions(left, change), with_fractions(right, change)
            if agreement(a, b, "=", setting, budget) in (How.EXACT, How.ROUNDED, How.TRUNCATED):
                instead = ", ".join(f"{fraction} for {carried[value].text}" for value, fraction in change.items())
                remark = Remark("early_rounding", f"true with {instead}; rounding early costs accuracy")
                return Finding(EqualValues(written(right), exact=False), (remark,))
    return None


def simplest_repeating(n: Number) -> Fraction | None:
    """The simplest fraction without a finite decimal that the numeral may be rounded or cut off from."""
    unit = last_place(n)
    if unit is None or unit > Fraction(1, 10) or n.value.denominator == 1:
        return None
    most = 12 if unit == Fraction(1, 10) else MAX_DENOMINATOR
    # The value in units of the last place, and how many of those make 1.
    shown, scale = n.value / unit, 1 / unit
    if shown.denominator != 1 or scale.denominator != 1:
        return None
    value, whole = shown.numerator, scale.numerator
    for bottom in REPEATING:
        if bottom > most:
            break
        top = (2 * value * bottom + whole) // (2 * whole)
        # 2·whole·bottom times the distance from the numeral to the fraction, and to the next one up.
        for candidate in (top, top + 1):
            away = candidate * whole - value * bottom
            if -bottom <= 2 * away < 2 * bottom and math.gcd(candidate, bottom) == 1:
                return Fraction(candidate, bottom)
    return None


def with_fractions(expr: Expr, change: dict[Fraction, Fraction]) -> Expr:
    """The expression with exact fractions for some of its decimals."""

    def swap(n: Node) -> Node:
        if isinstance(n, Number):
            new = change.get(n.value)
            return n if new is None or n.places is None else Number(str(new), new)
        return rebuild(n, swap)

    return swap(expr)  # type: ignore[return-value]


# ---------------------------------------------------------------- units


def by_units(left: Expr, right: Expr, sides: tuple[Side, Side], sign: str, setting: Setting) -> Finding | None:
    """Converted, the sides agree; or the units leave open whether they do. None where the numbers alone tell."""
    from tutor.bridge.units import (
        CALENDARS,
        Measured,
        convertible,
        measure,
        measure_of_word,
        measured,
        singular,
        units_in,
    )

    units = [list(units_in(left)), list(units_in(right))]
    if not units[0] and not units[1]:
        return None
    words = [{singular(w) for unit in each for w, _ in unit.factors} for each in units]
    sizes: dict[Any, set[Fraction]] = {}
    for each in units:
        for unit in each:
            for word, _ in unit.factors:
                if (known := measure_of_word(word)) is not None:
                    sizes.setdefault(known[1], set()).add(known[0])
    converts = convertible(left, right)

    def attempt(calendar: tuple[Fraction, Fraction] | None) -> tuple[How, Measured, Measured] | None:
        a = measured(left, setting.exact_decimals, calendar)
        b = measured(right, setting.exact_decimals, calendar)
        if a.dimension != b.dimension and units[0] and units[1]:
            return None
        return compare(in_unit_of(a, left, calendar), in_unit_of(b, right, calendar), sign == "≈"), a, b

    agree = (How.EXACT, How.ROUNDED, How.TRUNCATED, How.WHOLE, How.ROUGHLY)
    try:
        found = attempt(None)
        if found is None:
            if any("month" in dict(measure(u).dimension) for each in units for u in each):
                for calendar in CALENDARS:
                    again = attempt(calendar)
                    if again is not None and again[0] in agree:
                        text = f"a month taken as {show(to_fmpq(calendar[0]))} days, a year as {calendar[1]}"
                        return Finding(
                            EqualValues(written(right), exact=again[0] is How.EXACT), (Remark("reading", text),)
                        )
                return UNDECIDED
            # No unit meets another one of its kind, so that none can be converted.
            if converts or not (calculated(left) or calculated(right)) or counts_whole_things(left, right, sides):
                return UNDECIDED
            return UNDECIDED if ratio_of_units(sides, [*units[0], *units[1]]) else None
    except Unsupported:
        # Terms of different kinds were added: `1 hour + 30 minutes`, `3 apples + 2`.
        return UNDECIDED if len(words[0] | words[1]) > 1 else None
    how, a, b = found
    if how in agree and a.dimension == b.dimension:
        return Finding(EqualValues(written(right), exact=how is How.EXACT))
    if counts_whole_things(left, right, sides):
        return UNDECIDED
    if not units[0] or not units[1]:
        return UNDECIDED if converts or ratio_of_units(sides, units[0] or units[1]) else None
    if not a.dimension and not (words[0] <= words[1] or words[1] <= words[0]):
        return UNDECIDED
    if not converts:
        return None
    if how is not How.APART or ("bit" in dict(a.dimension)):
        return UNDECIDED
    simple = all(simple_ratio(x / y) for s in sizes.values() for x in s for y in s)
    if not simple and abs(a.value - b.value) * 33 <= max(abs(a.value), abs(b.value)):
        return UNDECIDED
    return false_equality(left, right, in_words(a, right), in_words(b, right), sign)


def in_unit_of(m: Any, expr: Expr, calendar: tuple[Fraction, Fraction] | None) -> Side:
    """A measured side; a bare quantity keeps its numeral, in base units."""
    from tutor.bridge.units import size_of

    side = Side(m.value, m.value, (m.lo, m.hi), None)
    inner, negative = expr, False
    while isinstance(inner, Bracket | Negative):
        negative ^= isinstance(inner, Negative)
        inner = inner.inner if isinstance(inner, Bracket) else inner.operand
    numeral = numeral_of(inner)
    if numeral is None:
        return side
    scale = to_fmpq(size_of(inner.unit, calendar)) if isinstance(inner, Quantity) else to_fmpq(1)
    value = (-numeral.value if negative else numeral.value) * scale
    unit = None if numeral.unit is None else numeral.unit * scale
    return side._replace(numeral=numeral._replace(value=value, unit=unit))


def in_words(m: Any, like: Expr) -> str:
    """A measured value in the unit of a bare quantity, or in base units."""
    from tutor.bridge.units import size_of

    inner = like
    while isinstance(inner, Bracket | Negative):
        inner = inner.inner if isinstance(inner, Bracket) else inner.operand
    if isinstance(inner, Quantity):
        return f"{show(m.value / to_fmpq(size_of(inner.unit)))} {inner.unit.text}"
    base = " ".join(b if e == 1 else f"{b}^{e}" for b, e in m.dimension)
    return f"{show(m.value)} {base}".strip()


def simple_ratio(ratio: Fraction) -> bool:
    """60, 1/1000, 5280: units of one system."""
    return ratio.numerator == 1 or ratio.denominator == 1


def ratio_of_units(sides: tuple[Side, Side], units: list[Any]) -> bool:
    """Whether a number may be meant in another unit: `3 hours = 180`, `$1.50 = 150`, `$5 * 2 weeks = $70`."""
    from tutor.bridge.units import measure, measure_of_word, ratios

    a, b = sides[0].lo, sides[1].lo
    if not a or not b or not sides[0].exact or not sides[1].exact:
        return False
    found = {to_fraction(a / b), to_fraction(b / a)}
    dimensions = {measure(unit).dimension for unit in units}
    dimensions |= {known[1] for unit in units for w, _ in unit.factors if (known := measure_of_word(w)) is not None}
    return any(found & ratios(dimension) for dimension in dimensions if dimension)


def calculated(expr: Expr) -> bool:
    """Whether an operation is written in it."""
    return isinstance(without_outer(expr), Sum | Product | Quotient | Power)


def counts_whole_things(left: Expr, right: Expr, sides: tuple[Side, Side]) -> bool:
    """`50/8 = 7 buses`: a whole number of things, next to what the calculation gives."""
    from tutor.bridge.units import measure

    for k, expr in ((1, right), (0, left)):
        inner = without_outer_brackets(expr)
        numeral, other = sides[k].numeral, sides[1 - k]
        if isinstance(inner, Quantity) and numeral is not None and numeral.unit is None:
            found = measure(inner.unit)
            if found.nouns and not found.dimension and other.exact and other.lo.q != 1:
                return bool(abs(other.lo - numeral.value) < 1)
    return False


def without_outer_brackets(expr: Expr) -> Expr:
    """Without brackets around it."""
    while isinstance(expr, Bracket):
        expr = expr.inner
    return expr


# ---------------------------------------------------------------- order


def judge_order(left: Expr, right: Expr, sign: str, setting: Setting, budget: Budget) -> Finding | None:
    """`left < right` and the like, and `left != right`; decimals are taken as written where that makes it true."""
    try:
        a, b = side_of(left, setting, budget), side_of(right, setting, budget)
    except (Undefined, Unsupported):
        return None
    if (a.exact and b.exact) or a.hi < b.lo or b.hi < a.lo:
        below, above = a.hi < b.lo, a.lo > b.hi
    else:
        how = separate(left, right, setting, budget)
        if how is not How.APART:
            return None
        a, b = side_of(left, setting, budget, 1024), side_of(right, setting, budget, 1024)
        below, above = a.hi < b.lo, a.lo > b.hi
    equal = not below and not above
    holds = {"<": below, "<=": below or equal, ">": above, ">=": above or equal, "!=": not equal}[sign]
    if units_differ(left, right):
        return UNDECIDED
    if holds:
        return Finding(Identity("comparison of numbers"))
    if a.wide is None or b.wide is None:
        return UNDECIDED
    touching = a.wide[1] >= b.wide[0] and b.wide[1] >= a.wide[0]
    decimals = a.wide != (a.lo, a.hi) or b.wide != (b.lo, b.hi)
    if touching and decimals and sign != "!=":
        return UNDECIDED
    return false_equality(left, right, show(a.lo, a.hi), show(b.lo, b.hi), sign)


def units_differ(left: Expr, right: Expr) -> bool:
    """Whether both sides show units, and not the same ones."""
    from tutor.bridge.units import singular, units_in

    words = [{singular(word) for unit in units_in(side) for word, _ in unit.factors} for side in (left, right)]
    return bool(words[0] and words[1] and words[0] != words[1])


# ---------------------------------------------------------------- chains

RUN_ON = Remark("run_on_equals", "the equals sign is used to mean “then”: the sides of the chain are not all equal")


def judge_chain(chain: Chain, setting: Setting, budget: Budget) -> tuple[Finding, ...] | None:
    """A finding for each link of a chain of numbers, run-on equals understood; None if it holds more than numbers."""
    operands, signs = chain.operands, chain.relations
    if any(sign not in SIGNS for sign in signs) or not all(map(is_constant, operands)):
        return None
    modulus = chain.modulus if chain.modulus is not None else modulus_of(operands[-1])
    findings: list[Finding] = []
    for left, sign, right in zip(operands, signs, operands[1:], strict=False):
        if sign == "≡" and modulus is not None:
            findings.append(judge_congruence(left, right, modulus, setting) or UNDECIDED)
        else:
            findings.append(judge_link(left, sign, right, setting, budget))
    env = conventions(setting)
    # From the end: a run-on link is sound only if the calculation that it leads into comes out right.
    for k in range(len(findings) - 2, -1, -1):
        verdict, after = findings[k].evidence.verdict, findings[k + 1].evidence.verdict
        if verdict in (Verdict.WRONG, Verdict.UNDECIDED) and after is Verdict.CORRECT and signs[k] in ("=", "≈"):
            head = run_on_head(operands[k], operands[k + 1], signs[k], setting, budget)
            if head is not None:
                findings[k] = Finding(head.evidence, (*head.remarks, RUN_ON))
            elif (whole := unit_left_out(operands[k], operands[k + 1], operands[-1], setting, budget)) is not None:
                findings[k] = whole
            elif goes_into(operands[k], operands[k + 1], env):
                findings[k] = UNDECIDED
    if findings[0].evidence.verdict is Verdict.WRONG and corresponds(operands[0], operands[-1]):
        findings[0] = UNDECIDED
    return tuple(findings)


def judge_link(left: Expr, sign: str, right: Expr, setting: Setting, budget: Budget) -> Finding:
    """One link, by this domain or by the next that can."""
    from tutor.errors import OutOfBudget, TooLarge
    from tutor.verify.domains import decide

    try:
        found = judge_pair(left, right, sign, setting, budget)
    except (Unsupported, Undefined, TooLarge, OutOfBudget):
        found = None
    return found if found is not None else decide(Compare(left, right, sign, setting), budget)


def run_on_head(left: Expr, right: Expr, sign: str, setting: Setting, budget: Budget) -> Finding | None:
    """The finding for `left = (the number that right begins with)`, where that is true: 20*3 = 60 in `20*3 = 60*2`."""
    for head in leading(right):
        try:
            found = judge_pair(left, head, sign, setting, budget)
        except (Unsupported, Undefined):
            continue
        if found is not None and found.evidence.verdict is Verdict.CORRECT:
            return found
    return None


def unit_left_out(left: Expr, middle: Expr, last: Expr, setting: Setting, budget: Budget) -> Finding | None:
    """`1 hour = 60 * 1 = 60 minutes`: the unit comes back at the end of the chain."""
    from tutor.bridge.units import units_in

    if next(units_in(left), None) is None or next(units_in(middle), None) is not None or not isinstance(last, Quantity):
        return None
    found = judge_pair(left, last, "=", setting, budget)
    if found is None or found.evidence.verdict is not Verdict.CORRECT:
        return None
    remark = Remark("unit_missing", "the unit is missing in the middle of the chain")
    return Finding(found.evidence, (*found.remarks, remark))


def goes_into(quantity: Expr, calculation: Expr, env: Conventions) -> bool:
    """`2.5 quarts = 6 * 2.5 = 15 quarts`: a quantity, "which makes", and the calculation that it goes into."""
    if not isinstance(quantity, Quantity) or not isinstance(calculation, Product | Quotient | Sum):
        return False
    value = exact_value(quantity, env)
    return any(isinstance(n, Number) and to_fmpq(n.value) == value for n in walk(calculation))


def leading(expr: Expr) -> Iterator[Expr]:
    """What an expression begins with: 60*2 and 60 in `60*2 + 5`."""
    while True:
        match expr:
            case Sum((first, *_)) | Product((first, *_)):
                expr = first
            case Quotient(top, _, False):
                expr = top
            case Power(base, _):
                expr = base
            case Quantity(value, _) if not isinstance(value, Number):
                expr = value
            case _:
                return
        yield expr


def modulus_of(expr: Expr) -> Expr | None:
    """8 in `1 mod 8`"""
    return expr.args[1] if isinstance(expr, Call) and expr.name == "mod" and len(expr.args) == 2 else None


def judge_congruence(left: Expr, right: Expr, modulus: Expr, setting: Setting) -> Finding | None:
    """a ≡ b (mod m): m divides a - b"""
    env = conventions(setting)
    sides = [e.args[0] if isinstance(e, Call) and e.name == "mod" and len(e.args) == 2 else e for e in (left, right)]
    try:
        m, a, b = (exact_value(e, env) for e in (modulus, *sides))
    except (Unsupported, Undefined):
        return None
    if m <= 0 or any(v.q != 1 for v in (m, a, b)):
        return None
    rest, other = int(a.p) % int(m.p), int(b.p) % int(m.p)
    if rest == other:
        return Finding(EqualValues(f"{rest} mod {show(m)}"))
    return false_equality(left, right, f"{rest} mod {show(m)}", f"{other} mod {show(m)}", "≡")
