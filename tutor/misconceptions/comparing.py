"""Whether what a wrong rule makes of a line is what the student wrote: by structure, by value, or by the verifier."""

from __future__ import annotations

from cmath import sqrt as csqrt
from collections.abc import Mapping, Sequence
from enum import IntEnum
from fractions import Fraction
from math import isfinite, prod

from tutor.bridge.derive import RULES
from tutor.errors import StudentError, Unsupported
from tutor.laws.forms import UNDEFINED, NotAFunction, function, prepared
from tutor.misconceptions.numerals import folded
from tutor.misconceptions.patterns import TURNED, put_in, with_part
from tutor.misconceptions.points import POINTS, values_at
from tutor.misconceptions.trying import can_be_same
from tutor.misconceptions.worth import spelt_out
from tutor.records import Relation, Verdict
from tutor.syntax.tree import (
    Absolute,
    Both,
    Call,
    Chain,
    Degrees,
    Either,
    Expr,
    Negative,
    Node,
    NoSolution,
    Number,
    PlusMinus,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Statement,
    Sum,
    Symbol,
    kinds,
    numbers,
    rebuild,
    symbols,
    walk,
)
from tutor.verify.domains import decide
from tutor.verify.physical import in_base_units
from tutor.verify.tasks import Budget, Compare, Relate, Setting

UNITS_OF_WORK = 100_000  # of the verifier, for one comparison
SAME = (Relation.EQUIVALENT, Relation.SAME_ROOTS)
SAMPLES = (0.7391, 1.6180)
SLACK = 2e-6
FAR = 1e-3  # of the size of two values: more than any error of floating point
ROUNDING = 1e-12  # of floating point, for nought


Stated = tuple[str, float | complex, Expr]
Sampled = tuple[Sequence[float], Sequence[float]]  # points, and the values there

NOTHING = "no solution"  # what the verifier writes of an equation that has none


class Agreement(IntEnum):
    """How a wrong form and the student's line agree; the closer the better.

    VALUE: the same value, or the same solutions. SIDES: an equation whose sides have the same values, each.
    """

    NONE = 0
    VALUE = 1
    SIDES = 2
    WRITTEN = 3


def agreement(form: Statement, line: Statement, setting: Setting, values: Mapping[str, Expr]) -> Agreement:
    """How a form agrees with a line, both `plain`; values: what is known of the symbols, in base units."""
    if is_written(form, line):
        return Agreement.WRITTEN
    if isinstance(form, Expr) != isinstance(line, Expr):
        return Agreement.NONE
    form, line = spelt_out(form), spelt_out(line)
    if values and not isinstance(form, Expr):
        return by_value_of_subject(form, line, values)
    form, line = in_base_units(form), in_base_units(line)
    if values:
        form, line = put_in(form, values), put_in(line, values)
    if isinstance(form, Expr) and isinstance(line, Expr):
        return same_expression(form, line, setting)
    if isinstance(form, Chain) and isinstance(line, Chain):
        if (bodies := of_one_function(form, line)) is not None:
            return Agreement.SIDES if bodies and same_expression(*bodies, setting) else Agreement.NONE
        quick = at_points(form, line)
        if quick is not None:
            return quick
        if not symbols(line):
            return Agreement.NONE  # 1 = 3/8 has no solutions to compare
    if isinstance(form, Both) and isinstance(line, Both) and len(form.parts) == len(line.parts):
        close = min(agreement(one, other, setting, {}) for one, other in zip(form.parts, line.parts, strict=True))
        if close:
            return min(close, Agreement.SIDES)
    mine, theirs = stated_values(form), stated_values(line)
    if mine and theirs:
        return same_solutions(mine, theirs)
    if not fulfilled(form, line) or not can_be_same(form, line):
        return Agreement.NONE
    if isinstance(form, Both) and isinstance(line, Chain) and symbols(form) != symbols(line):
        return Agreement.NONE  # the line leaves a letter free
    try:
        evidence = decide(Relate(form, line, setting), Budget(UNITS_OF_WORK)).evidence
    except StudentError:
        return Agreement.NONE
    same = evidence.verdict is Verdict.CORRECT and getattr(evidence, "relation", None) in SAME
    if getattr(evidence, "after", "") == NOTHING and not isinstance(line, NoSolution):
        return Agreement.NONE  # all equations without a solution are alike
    return Agreement.VALUE if same else Agreement.NONE


def is_written(form: Statement, line: Statement) -> bool:
    """Whether a form is the line sign for sign, but for calculations with numerals."""
    if form == line:
        return True
    if isinstance(form, Expr) != isinstance(line, Expr):
        return False
    form, line = spelt_out(form), spelt_out(line)
    return not clearly_different(form, line) and folded(form) == folded(line)


def clearly_different(form: Statement, line: Statement) -> bool:
    """Whether the sides differ in value at a point, so that no calculation worked out makes the one of the other."""
    ours = form.operands if isinstance(form, Chain) else (form,) if isinstance(form, Expr) else ()
    theirs = line.operands if isinstance(line, Chain) else (line,) if isinstance(line, Expr) else ()
    if not ours or len(ours) != len(theirs):
        return False
    names = sorted(symbols(form) | symbols(line))
    for one, other in zip(ours, theirs, strict=True):
        for a, b in zip(values_at(one, names), values_at(other, names), strict=True):
            if a is not None and b is not None and abs(a - b) > FAR * max(abs(a), abs(b), FAR):
                return True
    return False


def of_one_function(form: Chain, line: Chain) -> tuple[Expr, Expr] | tuple[()] | None:
    """What two definitions say that f(x) is; empty of two functions, None where neither defines one."""
    match form, line:
        case (
            Chain((Call(_, (Symbol(),)) as one, mine), ("=",)),
            Chain((Call(_, (Symbol(),)) as other, theirs), ("=",)),
        ) if one.name not in RULES and other.name not in RULES:
            return (mine, theirs) if one == other else ()
    return None


def same_expression(form: Expr, line: Expr, setting: Setting) -> Agreement:
    """Equal for all values of the letters, within the digits shown."""
    one, other = value_at(form, SAMPLES[0]), value_at(line, SAMPLES[0])
    if one is not None and other is not None and not symbols(form) and not symbols(line):
        near = agrees_as_shown(one, other, line) or as_rounded(form, line)
        return Agreement.VALUE if near else Agreement.NONE
    if one is not None and other is not None and abs(one - other) > SLACK * max(abs(one), abs(other), 1.0):
        return Agreement.VALUE if as_rounded(form, line) else Agreement.NONE
    try:
        evidence = decide(Compare(form, line, "=", setting), Budget(UNITS_OF_WORK)).evidence
    except StudentError:
        return Agreement.NONE
    return Agreement.VALUE if evidence.verdict is Verdict.CORRECT else Agreement.NONE


def as_rounded(form: Expr, line: Expr) -> bool:
    """Whether it is the same but for the digits that numerals of the line show: 1.33x for 4x/3, 5 - 0.99 for 4.012."""
    shown = [n for n in numbers(line) if n.places]
    if not shown:
        return False
    mine = {n.value for n in numbers(form)}
    shown = [n for n in shown if n.value not in mine]
    names = sorted(symbols(line) | symbols(form))
    if not shown or len(shown) > 3:
        return False
    at_form, at_line = values_at(form, names)[:3], values_at(line, names)[:3]
    pairs = [(a, b) for a, b in zip(at_form, at_line, strict=True) if a is not None and b is not None]
    if len(pairs) < len(at_line) or any(abs(a - b) > 0.05 * max(abs(a), abs(b)) for a, b in pairs):
        return False
    slack = [0.0] * len(pairs)
    for numeral in shown:
        half = Fraction(505, 1000) / 10 ** (numeral.places or 0)
        moved = values_at(with_part(line, numeral, Number(numeral.text, numeral.value + half)), names)
        slack = [s + abs((m or 0.0) - b) for s, m, (_, b) in zip(slack, moved, pairs, strict=False)]
    return all(abs(a - b) <= s for (a, b), s in zip(pairs, slack, strict=True))


def at_points(form: Chain, line: Chain) -> Agreement | None:
    """How two equations or inequalities of two sides agree, from their values at points; None where that is open."""
    if len(form.operands) != 2 or len(line.operands) != 2:
        return None
    if two_faced(form) or two_faced(line):
        return None
    relation = line.relations[0]
    names = sorted(symbols(form) | symbols(line))
    theirs = [values_at(o, names) for o in line.operands]
    for operands, sign in (
        (form.operands, form.relations[0]),
        (form.operands[::-1], TURNED.get(form.relations[0])),
    ):
        if sign == relation and all(
            same_values(values_at(mine, names), their, shown, mine)
            for mine, their, shown in zip(operands, theirs, line.operands, strict=True)
        ):
            return Agreement.SIDES
    mine = [values_at(o, names) for o in form.operands]
    if not names:
        return Agreement.NONE
    open_points = [k for k in range(len(POINTS)) if None not in [values[k] for values in (*mine, *theirs)]]
    if len(open_points) < 3:
        return None
    at = [POINTS[k] for k in open_points]
    one, other = ([a[k] - b[k] for k in open_points] for a, b in (mine, theirs))  # type: ignore[operator]
    if len(names) == 1 and form.relations[0] in TURNED:
        close = by_roots(form, line, (at, one), (at, other))
        if close is not None:
            return close
    if max(one) - min(one) <= SLACK * max(map(abs, one)):
        return Agreement.NONE  # no letter is left that a solution could be of
    if form.relations == line.relations == ("=",) and proportional(one, other):
        return Agreement.VALUE
    return None


def two_faced(line: Chain) -> bool:
    """Whether it holds |x| or √x, of which some points tell too little."""
    if kinds(line).isdisjoint({Absolute, Root}):
        return False
    return any(isinstance(n, Absolute | Root) and symbols(n) for n in walk(line))


def by_roots(form: Chain, line: Chain, one: Sampled, other: Sampled) -> Agreement | None:
    """Two equations or inequalities of one letter, linear in it, from where their sides are equal."""
    mine, theirs = root_of_line(*one), root_of_line(*other)
    if mine is None or theirs is None:
        return None
    if abs(mine) < SLACK and all(symbols(o) for o in line.operands):
        return Agreement.NONE  # 8x = -6x has the solution of every such line
    rises, rises_too = one[1][1] > one[1][0], other[1][1] > other[1][0]
    stated = next((o for o in line.operands if not symbols(o)), line.operands[1])
    alone = any(isinstance(o, Symbol) for o in line.operands)
    near = agrees_as_shown(mine, theirs, stated) if alone else abs(mine - theirs) <= SLACK * max(1.0, abs(mine))
    if not near:
        return Agreement.NONE
    if form.relations == line.relations == ("=",):
        return Agreement.VALUE
    same = TURNED[form.relations[0]] if rises != rises_too else form.relations[0]
    return Agreement.VALUE if same == line.relations[0] else Agreement.NONE


def same_values(
    mine: Sequence[float | None], theirs: Sequence[float | None], shown: Expr, mine_side: Expr | None = None
) -> bool:
    """Whether a side is the same at each point, within the digits shown; mine_side: what has the first values."""
    pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if a is not None and b is not None]
    if len(pairs) < 2:
        return False
    if not symbols(shown):
        return agrees_as_shown(*pairs[0], shown) and abs(pairs[0][0] - pairs[1][0]) <= SLACK * max(
            1.0, abs(pairs[0][0])
        )
    if all(abs(a - b) <= SLACK * max(abs(a), abs(b), 1e-3) for a, b in pairs):
        return True
    return mine_side is not None and as_rounded(mine_side, shown)


def root_of_line(at: Sequence[float], values: Sequence[float]) -> float | None:
    """Where a function that is linear through the points is nought; None where it is not linear, or constant."""
    slope = (values[1] - values[0]) / (at[1] - at[0])
    size = max(abs(v) for v in values)
    if abs(slope) <= 1e-9 * max(1.0, size):
        return None
    for point, value in zip(at[2:], values[2:], strict=True):
        if abs(values[0] + slope * (point - at[0]) - value) > 1e-8 * max(1.0, size):
            return None
    return at[0] - values[0] / slope


def proportional(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether one list is a number times the other, neither all nought."""
    k = max(range(len(one)), key=lambda i: abs(one[i]))
    if abs(one[k]) < 1e-9 or abs(other[k]) < 1e-9:
        return False
    ratio = other[k] / one[k]
    return all(abs(a * ratio - b) <= 1e-7 * max(abs(b), abs(other[k]) * 1e-2) for a, b in zip(one, other, strict=True))


def fulfilled(form: Statement, line: Statement) -> bool:
    """Whether each value of one letter that the line states fulfils the form, as far as can be told by trying."""
    for name, value, _ in stated_values(line):
        if symbols(form) != {name}:
            return True
        if isinstance(value, complex) or fulfils(form, name, value) is False:
            return False
    return True


def same_solutions(mine: Sequence[Stated], theirs: Sequence[Stated]) -> Agreement:
    """Whether the same values are stated, within the digits that the second shows."""

    def like(one: Stated, other: Stated) -> bool:
        if one[0] != other[0]:
            return False
        if isinstance(one[1], complex) or isinstance(other[1], complex):
            return abs(one[1] - other[1]) <= 1e-6 * max(1.0, abs(one[1]))
        return agrees_as_shown(one[1], other[1], other[2])

    every = all(any(like(a, b) for b in theirs) for a in mine) and all(any(like(a, b) for a in mine) for b in theirs)
    return Agreement.VALUE if every else Agreement.NONE


def stated_values(line: Statement) -> tuple[Stated, ...]:
    """x = 3 or x = -2, x = (1 ± √5)/2 as letters with values; none where the line is anything else."""
    parts = line.parts if isinstance(line, Either) else (line,)
    found: list[Stated] = []
    for part in parts:
        match part:
            case Chain((Symbol(name), shown), ("=",)) | Chain((shown, Symbol(name)), ("=",)) if not symbols(shown):
                for one in both_signs(shown):
                    value = value_at(one, 1.0)
                    if value is None:
                        value = complex_value(one)  # type: ignore[assignment]
                    if value is None:
                        return ()
                    found.append((name, value, one))
            case _:
                return ()
    return tuple(found)


def both_signs(expr: Expr) -> tuple[Expr, ...]:
    """a + b and a - b for a ± b; what has no such sign alone."""
    if PlusMinus not in kinds(expr):
        return (expr,)

    def taking(upper: bool) -> Expr:
        def change(node: Node) -> Node:
            node = rebuild(node, change)
            if not isinstance(node, PlusMinus):
                return node
            right = node.right if (node.sign == "±") == upper else Negative(node.right)
            return right if node.left is None else Sum((node.left, right))

        return change(expr)  # type: ignore[return-value]

    return taking(True), taking(False)


def complex_value(expr: Expr) -> complex | None:
    """The value where a root of a negative number is taken; None where there is none."""
    match expr:
        case Number(value=value):
            return complex(value)
        case Negative(operand) | Root(operand, None):
            inside = complex_value(operand)
            return None if inside is None else -inside if isinstance(expr, Negative) else csqrt(inside)
        case Sum(parts) | Product(parts):
            found = [complex_value(part) for part in parts]
            if None in found:
                return None
            return sum(found) if isinstance(expr, Sum) else prod(found)  # type: ignore[arg-type]
        case Quotient(top, bottom):
            a, b = complex_value(top), complex_value(bottom)
            return None if a is None or not b else a / b
        case Power(base, Number(value=n)):
            inside = complex_value(base)
            return None if inside is None or n.denominator != 1 or abs(n) > 9 else inside ** int(n)
    return None


def fulfils(form: Statement, name: str, value: float) -> bool | None:
    """Whether a value fulfils an equation, or one of several; None where that cannot be told."""
    if isinstance(form, Either):
        found = [fulfils(part, name, value) for part in form.parts]
        return True if True in found else None if None in found else False
    if not isinstance(form, Chain) or len(form.operands) != 2 or form.relations != ("=",):
        return None
    try:
        a, b = (function(prepared(o), {name: 0})((value,)) for o in form.operands)
    except UNDEFINED:
        return False
    except (NotAFunction, Unsupported, TypeError):
        return None
    return bool(abs(a - b) <= 1e-3 * max(abs(a), abs(b), 1e-6))


def by_value_of_subject(form: Statement, line: Statement, values: Mapping[str, Expr]) -> Agreement:
    """`E = m v^2` with m = 2 and v = 3 put in, for `E = 18 J`: one subject and, to the digits shown, one value."""
    if not isinstance(form, Chain) or not isinstance(line, Chain) or form.relations != line.relations:
        return Agreement.NONE
    if len(form.operands) != 2 or len(line.operands) != 2 or form.operands[0] != line.operands[0]:
        return Agreement.NONE
    mine = put_in(in_base_units(form.operands[1]), values)
    theirs = put_in(in_base_units(line.operands[1]), values)
    if mine == theirs or folded(mine) == folded(theirs):
        return Agreement.WRITTEN
    one, other = value_at(mine, None), value_at(theirs, None)
    if one is None or other is None or not isinstance(theirs, Expr):
        return Agreement.NONE
    return Agreement.VALUE if agrees_as_shown(one, other, line.operands[1]) else Agreement.NONE


def value_at(expr: Node, sample: float | None) -> float | None:
    """The value with each letter at a sample (a different one for each), None where there is none."""
    names = sorted(symbols(expr))
    if sample is None and names:
        return None
    where = {name: i for i, name in enumerate(names)}
    point = tuple(sample * (1 + 0.37 * i) for i in range(len(names))) if sample is not None else ()
    try:
        value = function(expr, where)(point)  # type: ignore[arg-type]
    except (NotAFunction, Unsupported, TypeError, *UNDEFINED):
        return None
    return value if isinstance(value, float | int) and isfinite(value) else None


def agrees_as_shown(value: float, shown: float, line: Expr) -> bool:
    """Whether a value rounds to what is shown: half a unit of the last digit, where the numeral stands alone."""
    slack = SLACK * max(abs(value), abs(shown)) if shown else ROUNDING
    return abs(value - shown) <= max(slack, half_unit(line, shown))


def half_unit(line: Expr, shown: float) -> float:
    """Half a unit of the last digit of a numeral that stands alone, with its unit; 0 of a calculation."""
    base = in_base_units(line)
    inner: Node = base
    while isinstance(inner, Negative):
        inner = inner.operand
    numeral = written_numeral(line)
    alone = isinstance(inner, Number | Product | Degrees) or Quantity in kinds(line)
    if numeral is None or not alone or not numeral.value:
        return 0.0
    places = numeral.places or 0
    if numeral.places is None and len(numeral.text.strip("0")) < (2 if Quantity in kinds(line) else 3):
        return 0.0  # a short whole number is exact
    unit = float(Fraction(1, 10**places) / abs(numeral.value))
    return 0.505 * unit * abs(shown)


def written_numeral(line: Expr) -> Number | None:
    """The one numeral of a value as written: -33.3 °C, 3.0 × 10^8 m/s."""
    found = numbers(line)
    return found[0] if found and (len(found) == 1 or isinstance(line, Product)) else None
