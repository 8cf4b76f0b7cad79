"""Errors of physics in a wrong line, found from the worked solution: a rule applied to what belongs there.

The student's formula may be wrong in a way that the line before does not show; the solution has the right one with its
quantities. What a wrong rule makes of it is compared with the value, or the equation, that the student wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from re import IGNORECASE, search

from tutor.bridge.units import measure
from tutor.errors import StudentError, Unsupported
from tutor.laws.scene import scene_of
from tutor.misconceptions.explain import Cause, rank
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import numeral
from tutor.misconceptions.patterns import plain, put_in
from tutor.misconceptions.physical import Situation, Target, first_form, rules_of_physics
from tutor.misconceptions.quantities import absolute, dimension, worth
from tutor.reading import split_steps
from tutor.records import Judged, Problem
from tutor.solve import solve
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Chain,
    Degrees,
    Expr,
    Negative,
    Node,
    Product,
    Quantity,
    Quotient,
    Statement,
    Sum,
    Symbol,
    kinds,
    numbers,
    rebuild,
    symbols,
)
from tutor.verify.physical import in_base_units, without_power_of_ten

NEAR = 2e-3
MOST_LINES = 16
# What is told by the formula or the problem's words alone; a value that fits says too little.
BY_VALUE_TOO_LITTLE = frozenset(
    "too_many_significant_figures too_few_significant_figures sum_rounded_by_figures rounded_too_early "
    "wave_speed_changed_by_source current_used_up acceleration_zero_at_top battery_as_constant_current "
    "heavier_falls_faster motion_needs_force gravity_given_as_speed different_dimensions_added unit_missing".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """subject = side, of a worked solution; whole: with what the lines before it say in the place of their results."""

    subject: str
    side: Expr
    whole: Expr


def causes_by_solution(judged: Judged, problem: Problem, part: str | None) -> tuple[Cause, Line, Chain] | None:
    """The likeliest error of physics that leads from a line of the worked solution to a wrong claim, with both."""
    line = judged.claim.statement
    if not isinstance(line, Chain) or set(line.relations) - {"=", "≈"}:
        return None
    best: tuple[Cause, Line, Chain] | None = None
    for worked in lines_of(problem, part):
        for cause, shown in explained(line, worked, problem.statement):
            if best is None or rank(cause) < rank(best[0]):
                best = cause, worked, shown
    return best


def explained(line: Chain, worked: Line, words: str) -> Iterator[tuple[Cause, Chain]]:
    """The errors that lead from a line of the solution to the student's."""
    name = Symbol(worked.subject)
    shown = line.operands[-1]
    equation = len(line.operands) == 2 and symbols(line) and not any(isinstance(o, Symbol) for o in line.operands)
    if symbols(shown) and not equation:
        return
    wanted = Chain((name, shown), ("=",))
    right = worth(in_base_units(absolute(Chain((name, worked.side), ("=",)))).operands[-1])
    if right is None:
        return
    if not equation:
        kind, theirs = dimension(worked.side), dimension(shown)
        said = (
            isinstance(line.operands[0], Symbol)
            and line.operands[0].name.partition("_")[0] == worked.subject.partition("_")[0]
        )
        if kind != theirs and not (theirs == () and said):
            return
        if not worked_out(line) and not said:
            return
    target: Target = OfEquation(line, name) if equation else Target(wanted)
    if target.value is None or target.met_by(Chain((name, worked.side), ("=",))):
        return
    sides = dict.fromkeys((worked.side, worked.whole))
    where = Situation(tuple(Chain((name, side), ("=",)) for side in sides))
    for rule in tried(words):
        form = first_form(rule, where, target)
        if form is not None and (rule.id not in OF_ANY_FORMULA or equation or all_in(line, form)):
            yield Cause(rule.id, form, False, named=bool(rule.words)), wanted


OF_ANY_FORMULA = frozenset({"half_forgotten_in_formula"})


def all_in(line: Chain, form: Statement) -> bool:
    """Whether the numbers of a calculation are those of the wrong form, in whatever units."""
    there = {without_power_of_ten(n.value) for n in numbers(form)}
    there |= {without_power_of_ten(n.value) for n in numbers(in_base_units(form))}
    calculation = next((o for o in line.operands if not symbols(o) and len(numbers(o)) > 1), None)
    return calculation is None or {without_power_of_ten(n.value) for n in numbers(calculation)} <= there | SMALL


SMALL = frozenset(without_power_of_ten(Fraction(k)) for k in (1, 2, 3, 4, 9, 25, 36))


def worked_out(line: Chain) -> bool:
    """Whether a calculation stands in the line."""
    return len(line.operands) > 2 or not isinstance(line.operands[0], Symbol)


@lru_cache(maxsize=8)
def tried(words: str) -> tuple[Misconception, ...]:
    """The rules of physics that a problem's words allow."""
    return tuple(
        rule
        for name, rule in rules_of_physics().items()
        if name not in BY_VALUE_TOO_LITTLE
        and (not rule.keeps_value or rule.patterns)
        and (not rule.words or search(rule.words, words, IGNORECASE))
    )


class OfEquation(Target):
    """An equation of the student, `1/2*12*3.0^2 = 1/2*20*v^2`, fulfilled by what a wrong rule gives."""

    def __init__(self, line: Chain, name: Symbol) -> None:
        names = symbols(line)
        super().__init__(Chain((name, name), ("=",)))
        self.equation = in_base_units(line)
        self.letter = next(iter(names))
        self.value = 0.0 if len(names) == 1 and self.letter[0] == name.name[0] else None

    def met_by(self, form: Statement, *, as_written: bool = False) -> bool:  # noqa: ARG002
        """Whether the value of the form fulfils the equation."""
        value = self.value_of(form)
        if not value:
            return False
        found = put_in(self.equation, {self.letter: numeral(Fraction(value).limit_denominator(10**9))})
        one, other = (worth(side) for side in found.operands)
        return one is not None and other is not None and abs(one - other) <= NEAR * max(abs(one), abs(other))


# ---------------------------------------------------------------- the worked solution


def lines_of(problem: Problem, part: str | None) -> tuple[Line, ...]:
    """The calculations of the worked solution up to the part, or of the solver's where the problem has none."""
    texts = list(problem.solution)
    for each in problem.parts:
        texts += each.solution
        if each.id == part:
            break
    known = tuple(texts), problem.statement
    if known not in _READ:
        if not texts and scene_of(problem).physical:
            texts = [text for solved in solve(problem).parts for text in solved.lines]
        while len(_READ) >= MOST_READ:
            _READ.pop(next(iter(_READ)))
        _READ[known] = _lines(texts, problem)
    return _READ[known]


MOST_READ = 64
_READ: dict[tuple[tuple[str, ...], str], tuple[Line, ...]] = {}  # a class works at the same few problems


def _lines(texts: Sequence[str], problem: Problem) -> tuple[Line, ...]:
    givens = tuple(g.value for g in scene_of(problem).givens)
    found: list[Line] = []
    defined: dict[str, Expr] = {}
    results: list[tuple[Expr, Expr]] = []  # a value, and what it comes from
    try:
        steps = split_steps("\n".join(texts), problem)
    except StudentError:
        return ()
    for step in steps:
        for claim in step.claims:
            chain = as_calculation((claim.statement, *claim.alternatives))
            if chain is None:
                continue
            name = chain.operands[0]
            rest = chain.operands[isinstance(name, Symbol) :]
            sides = [o for o in rest if not symbols(o) and measured(o)]
            formula = next((o for o in rest if symbols(o) and symbols(o) <= defined.keys()), None)
            if not sides:
                continue
            first, last = sides[0], sides[-1]
            whole = traced(first, [*restated(givens), *results])
            if formula is not None and len(sides) == 1 and worth_of(put_in(formula, defined)) is not None:
                whole = plain(put_in(formula, defined))
            calculated = len(sides) > 1 or not isinstance(first, Quantity) or formula is not None
            if isinstance(name, Symbol):
                defined[name.name] = whole
            if calculated:
                subject = name.name if isinstance(name, Symbol) else to_text(name)
                found.append(Line(subject, first, unfolded(whole)))
                results.append((last, whole))
    return tuple(found[:MOST_LINES])


def as_calculation(readings: Sequence[Statement]) -> Chain | None:
    """The equation among the readings of a line: the first in which all but the subject are quantities, if there is."""
    chains = [c for c in map(plain, readings) if isinstance(c, Chain) and set(c.relations) <= {"=", "≈"}]
    return next((c for c in chains if not any(symbols(o) for o in c.operands[1:])), chains[0] if chains else None)


def measured(expr: Expr) -> bool:
    """Whether a unit or an angle stands in it."""
    return not kinds(expr).isdisjoint({Quantity, Degrees})


def worth_of(expr: Expr) -> float | None:
    """The value in base units."""
    return worth(in_base_units(absolute(expr)))


def unfolded(expr: Expr) -> Expr:
    """30*60/(30 + 60) for 30*60/90."""
    return plain(_unfolded(expr))  # type: ignore[return-value]


def _unfolded(node: Node) -> Node:
    new: Node = rebuild(node, _unfolded)
    match new:
        case Quotient(Product((a, b)), Quantity() as bottom):
            one, other, whole = worth_of(a), worth_of(b), worth_of(bottom)
            if one and other and whole and abs(one + other - whole) <= 1e-6 * whole and dimension(a) == dimension(b):
                return Quotient(Product((a, b)), Sum((a, b)))
    return new


def restated(givens: Sequence[Expr]) -> list[tuple[Expr, Expr]]:
    """Each given quantity that is not in base units, by its value in them."""
    found: list[tuple[Expr, Expr]] = []
    for given in givens:
        if isinstance(given, Quantity):
            try:
                other = measure(given.unit).size != 1 or in_kelvins_differs(given)
            except Unsupported:
                continue
            if other:
                found.append((given, given))
    return found


def in_kelvins_differs(given: Quantity) -> bool:
    """Whether it is a temperature that does not begin at absolute zero."""
    return absolute(given) != given


def traced(expr: Expr, results: Sequence[tuple[Expr, Expr]]) -> Expr:
    """With what earlier lines say in the place of the values that they found."""
    known = [(worth(in_base_units(absolute(value))), dimension(value), source) for value, source in results]

    def change(node: Node) -> Node:
        if isinstance(node, Quantity) and numbers(node):
            mine, kind = worth(in_base_units(absolute(node))), dimension(node)
            for value, other, source in reversed(known):
                if not mine or not value or other != kind or source == node:
                    continue
                if abs(mine - value) <= 1e-3 * abs(mine):
                    return source
                if abs(mine + value) <= 1e-3 * abs(mine):
                    return Negative(source)
        return rebuild(node, change)

    return plain(change(expr))  # type: ignore[return-value]
