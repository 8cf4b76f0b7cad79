"""How many figures a result shows: more than the data justify, only one, or others than without rounding on the way.

These are remarks on results alone, never on the lines that lead to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from tutor.bridge import balls
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.records import CheckedStep, EqualValues, Remark, Role, Verdict
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Chain,
    Expr,
    Negative,
    Node,
    Number,
    PlusMinus,
    Product,
    Quantity,
    kinds,
    numbers,
    rebuild,
    walk,
    without_brackets,
)
from tutor.verify.figures import Numeral, plain_numeral
from tutor.verify.physical import Physical
from tutor.verify.shapes import constant, without_units

ALLOWED = 2  # more figures than the data by no more than this are usual
FEWEST = 2  # 5 kg is seldom a mass known to one figure
THREE = 3
RIGHT = (Verdict.CORRECT, Verdict.FOLLOW_THROUGH)


class Result(NamedTuple):
    """A value that a line ends with: the calculation before it, and the numeral."""

    calculation: Expr | None
    shown: Numeral
    text: str
    decimal: bool


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number that the work goes on with, and what it was rounded from."""

    shown: Fraction
    exact: float


def with_precision(checked: Sequence[CheckedStep], physical: Physical) -> list[CheckedStep]:
    """The steps with remarks on the figures of their results."""
    data = figures_of_data(physical)
    results = lines_of_results(checked)
    carried: list[Rounded] = []
    found: list[CheckedStep] = []
    for position, step in enumerate(checked):
        remarks = tuple(r for r in step.remarks if r.kind != "figures_few")
        said: list[Remark] = []
        for result in results_of(step):
            unrounded = without_early_rounding(result, carried)
            if position in results and step.verdict in RIGHT:
                said = list(remarks_on(result, step, data, unrounded))
            if unrounded is not None and not close(unrounded, result.shown.value):
                carried.append(Rounded(Fraction(result.shown.value).limit_denominator(10**12), unrounded))
        if said or remarks != step.remarks:
            judged = tuple(
                replace(j, remarks=tuple(r for r in j.remarks if r.kind != "figures_few")) for j in step.judged
            )
            step = replace(step, judged=judged, remarks=(*remarks, *(r for r in said if r not in remarks)))
        found.append(step)
    return found


def lines_of_results(checked: Sequence[CheckedStep]) -> frozenset[int]:
    """Where answers stand: on marked lines, and on the last line with a value of the work and of each part."""
    last: dict[str | None, int] = {}
    marked: set[int] = set()
    for position, step in enumerate(checked):
        if next(results_of(step), None) is None:
            continue
        last[step.step.part] = position
        if any(j.claim.role is Role.ANSWER for j in step.judged):
            marked.add(position)
    return frozenset(marked | set(last.values()))


def results_of(step: CheckedStep) -> Iterator[Result]:
    """The numerals that the claims of a line end with."""
    for judged in step.judged:
        statement = judged.claim.statement
        if not isinstance(statement, Chain) or not set(statement.relations) <= {"=", "≈"}:
            continue
        last = statement.operands[-1]
        if PlusMinus in kinds(statement) or judged.claim.role in (Role.GIVEN, Role.RETRACTED):
            continue
        numeral = numeral_shown(last)
        if numeral is None:
            continue
        before = statement.operands[-2]
        calculation = before if constant(before) and numeral_shown(before) is None else None
        decimal = any(n.places is not None for n in numbers(last)) or Product in kinds(last)
        yield Result(calculation, numeral, to_text(last), decimal)


def numeral_shown(expr: Expr) -> Numeral | None:
    """The numeral of a result as written, its unit left out."""
    inner = without_brackets(without_units(expr))
    sign = 1
    if isinstance(inner, Negative):
        inner, sign = without_brackets(inner.operand), -1
    found = plain_numeral(inner)
    return found._replace(value=sign * found.value) if found is not None and found.value else None


def figures_of_data(physical: Physical) -> int | None:
    """The figures of the least precise quantity that the problem gives, a whole number counted with all its digits."""
    figures = [f for g in physical.scene.givens if not g.implied for f in figures_given(g.value)]
    return max(FEWEST, min(figures)) if figures else None


def figures_given(value: Expr) -> Iterator[int]:
    """The figures of each quantity in a given."""
    for node in walk(value):
        if isinstance(node, Quantity):
            inner = without_brackets(node.value)
            numeral = plain_numeral(inner)
            if numeral is None:
                continue
            whole = isinstance(inner, Number) and inner.places is None
            yield len(str(abs(int(numeral.value)))) if whole else numeral.figures


def remarks_on(result: Result, step: CheckedStep, data: int | None, unrounded: float | None) -> Iterator[Remark]:
    """What is to be said of the figures of a result."""
    shown = result.shown
    if data is not None and result.decimal and shown.figures > data + ALLOWED:
        yield Remark(
            "figures_many",
            f"{result.text} shows {shown.figures} figures, but the data only {data}: "
            f"{figured(shown.value, data + 1)} would do",
        )
    exact = isinstance(step.evidence, EqualValues) and step.evidence.exact
    if data is not None and data >= THREE and shown.figures == 1 and result.decimal and not exact:
        yield Remark("figures_few", f"{result.text} shows only one figure, where the data have {data}")
    if unrounded is None or not shown.last or result.calculation is None:
        return
    direct = value_of(without_units(result.calculation))
    half = shown.last / 2 * (1 + 1e-9)
    if direct is not None and abs(direct - shown.value) <= half < abs(unrounded - shown.value):
        figures = max(shown.figures, 2)
        yield Remark(
            "early_rounding",
            f"rounding on the way has changed the last figure: without it this is {figured(unrounded, figures)}",
        )


def without_early_rounding(result: Result, carried: Sequence[Rounded]) -> float | None:
    """What the calculation gives with the numbers that earlier lines rounded taken unrounded."""
    if result.calculation is None:
        return None
    by_value = {c.shown: c.exact for c in carried}
    plain = without_units(result.calculation)

    def change(node: Node) -> Node:
        if isinstance(node, Number) and node.places is not None and node.value in by_value:
            return Number(node.text, Fraction(by_value[node.value]), node.places)
        return rebuild(node, change)

    direct = value_of(plain)
    if direct is None or not shows(result.shown, direct):
        return None  # a unit was changed on the way
    return value_of(change(plain))  # type: ignore[arg-type]


def value_of(expr: Expr) -> float | None:
    """A calculation worked out; None where it cannot be."""
    try:
        return float(balls.evaluate(expr).mid())
    except (StudentError, Undefined, Unsupported, OverflowError, TypeError):
        return None


def shows(numeral: Numeral, value: float) -> bool:
    """Whether the numeral is the value, rounded or cut off."""
    return abs(value - numeral.value) <= (numeral.last or 0) * (1 + 1e-9) or close(value, numeral.value)


def close(a: float, b: float) -> bool:
    """Equal but for the noise of floating point."""
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b))


def figured(value: float, figures: int) -> str:
    """A value to so many figures: `28.0`, `24.9`, `1.91×10^5`"""
    text = f"{value:#.{figures}g}".rstrip(".")
    if "e" not in text:
        return text
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}×10^{int(exponent)}"
