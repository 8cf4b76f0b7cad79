"""Whether what a wrong rule makes of a line is what the student wrote: by structure, by value, or by the verifier."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from fractions import Fraction
from math import isfinite

from tutor.errors import StudentError, Unsupported
from tutor.laws.forms import UNDEFINED, NotAFunction, function, prepared
from tutor.misconceptions.patterns import put_in
from tutor.records import Relation, Verdict
from tutor.syntax.tree import Chain, Expr, Negative, Node, Number, Product, Statement, Symbol, numbers, symbols
from tutor.verify.domains import decide
from tutor.verify.physical import in_base_units
from tutor.verify.tasks import Budget, Compare, Relate, Setting

UNITS_OF_WORK = 100_000  # of the verifier, for one comparison
SAME = (Relation.EQUIVALENT, Relation.SAME_ROOTS)
SAMPLES = (0.7391, 1.6180)
SLACK = 2e-6


class Agreement(IntEnum):
    """How a wrong form and the student's line agree; the closer the better."""

    NONE = 0
    VALUE = 1
    WRITTEN = 2


def agreement(form: Statement, line: Statement, setting: Setting, values: Mapping[str, Expr]) -> Agreement:
    """How a form agrees with a line, both `plain`; values: what is known of the symbols, in base units."""
    if form == line:
        return Agreement.WRITTEN
    if isinstance(form, Expr) != isinstance(line, Expr):
        return Agreement.NONE
    if values and not isinstance(form, Expr):
        return by_value_of_subject(form, line, values)
    form, line = in_base_units(form), in_base_units(line)
    if values:
        form, line = put_in(form, values), put_in(line, values)
    if isinstance(form, Expr) and isinstance(line, Expr):
        return same_expression(form, line, setting)
    if isinstance(form, Chain) and isinstance(line, Chain) and not plausible(form, line):
        return Agreement.NONE
    try:
        evidence = decide(Relate(form, line, setting), Budget(UNITS_OF_WORK)).evidence
    except StudentError:
        return Agreement.NONE
    same = evidence.verdict is Verdict.CORRECT and getattr(evidence, "relation", None) in SAME
    return Agreement.VALUE if same else Agreement.NONE


def same_expression(form: Expr, line: Expr, setting: Setting) -> Agreement:
    """Equal for all values of the letters, within the digits shown."""
    one, other = value_at(form, SAMPLES[0]), value_at(line, SAMPLES[0])
    if one is not None and other is not None and not symbols(form) and not symbols(line):
        return Agreement.VALUE if agrees_as_shown(one, other, line) else Agreement.NONE
    if one is not None and other is not None and abs(one - other) > SLACK * max(abs(one), abs(other), 1.0):
        return Agreement.NONE
    try:
        evidence = decide(Compare(form, line, "=", setting), Budget(UNITS_OF_WORK)).evidence
    except StudentError:
        return Agreement.NONE
    return Agreement.VALUE if evidence.verdict is Verdict.CORRECT else Agreement.NONE


def plausible(form: Chain, line: Chain) -> bool:
    """Whether two equations may have the same solutions: a value that the line states must fulfil the form."""
    if len(form.operands) != 2 or len(line.operands) != 2 or form.relations != ("=",) or line.relations != ("=",):
        return True
    names = symbols(form) | symbols(line)
    left, right = line.operands
    if len(names) == 1 and isinstance(left, Symbol) and not symbols(right):
        value = value_at(right, 1.0)
        if value is None:
            return True
        try:
            a, b = (function(prepared(o), {left.name: 0})((value,)) for o in form.operands)
        except (NotAFunction, *UNDEFINED):
            return True
        return abs(a - b) <= 1e-3 * max(abs(a), abs(b), 1e-6)
    return True


def by_value_of_subject(form: Statement, line: Statement, values: Mapping[str, Expr]) -> Agreement:
    """`E = m v^2` with m = 2 and v = 3 put in, for `E = 18 J`: one subject and, to the digits shown, one value."""
    if not isinstance(form, Chain) or not isinstance(line, Chain) or form.relations != line.relations:
        return Agreement.NONE
    if len(form.operands) != 2 or len(line.operands) != 2 or form.operands[0] != line.operands[0]:
        return Agreement.NONE
    mine = put_in(in_base_units(form.operands[1]), values)
    theirs = put_in(in_base_units(line.operands[1]), values)
    if mine == theirs:
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
        value = function(prepared(expr), where)(point)  # type: ignore[arg-type]
    except (NotAFunction, Unsupported, TypeError, *UNDEFINED):
        return None
    return value if isinstance(value, float | int) and isfinite(value) else None


def agrees_as_shown(value: float, shown: float, line: Expr) -> bool:
    """Whether a value rounds to what is shown: half a unit of the last digit, where the numeral stands alone."""
    slack = SLACK * max(abs(value), abs(shown))
    return abs(value - shown) <= max(slack, half_unit(line, shown))


def half_unit(line: Expr, shown: float) -> float:
    """Half a unit of the last digit of a numeral that stands alone, with its unit; 0 of a calculation."""
    base = in_base_units(line)
    inner: Node = base
    while isinstance(inner, Negative):
        inner = inner.operand
    numeral = written_numeral(line)
    if numeral is None or not isinstance(inner, Number | Product) or not numeral.value:
        return 0.0
    places = numeral.places or 0
    if numeral.places is None and len(numeral.text.strip("0")) < 2:
        return 0.0  # a short whole number is exact
    unit = float(Fraction(1, 10**places) / abs(numeral.value))
    return 0.505 * unit * abs(shown)


def written_numeral(line: Expr) -> Number | None:
    """The one numeral of a value as written: -33.3 °C, 3.0 × 10^8 m/s."""
    found = numbers(line)
    return found[0] if found and (len(found) == 1 or isinstance(line, Product)) else None
