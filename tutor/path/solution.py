"""The worked solution of a problem as a graph of quantities, each a formula in the problem's numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import islice, pairwise

from tutor.path.answering import asked_for
from tutor.path.reckoning import AsWritten, Sources, Value, chains, evaluate, implied, is_calculation, near
from tutor.path.routes import Formula, collected, formula_of_number, inverted, lacking, merged, on_the_way, short_of
from tutor.reading import split_steps
from tutor.reading.numerals import Numeral, numerals
from tutor.records import Answer, Problem, Step
from tutor.syntax.printer import to_text
from tutor.syntax.tree import Chain, Expr, Quantity, Symbol, Words, numbers, symbols, without_brackets

MOST_MERGED = 4
MOST_PUT_IN = 12
MOST_COUNTED = 10  # days, steps and people that are numbered or counted


@dataclass(frozen=True, slots=True)
class Calculation:
    """A calculation as it is written, with its numbers in order of size and what it comes to."""

    expr: Expr
    numbers: tuple[Fraction, ...]
    result: Fraction
    end: str

    @property
    def text(self) -> str:
        """`3*4 = 12`"""
        return f"{to_text(self.expr)} = {self.end}"


def calculation(expr: Expr, result: Fraction, end: Expr) -> Calculation:
    """A calculation with its result."""
    return Calculation(expr, tuple(sorted(n.value for n in numbers(expr))), result, to_text(end))


@dataclass(frozen=True)
class Route:
    """A worked solution as values: what it finds, in order, and the problem's own numbers.

    nodes: in the problem's numbers. steps: in the numbers as they are written. numbers: all that are written in it.
    unexplained: values without a calculation. answers: the problem's. asked: the words for what is counted.
    units: what the results are counted in.
    """

    givens: frozenset[Fraction]
    nodes: tuple[Value, ...]
    steps: tuple[Value, ...]
    calculations: tuple[Calculation, ...]
    numbers: frozenset[Fraction]
    unexplained: frozenset[Fraction]
    answers: frozenset[Fraction]
    asked: frozenset[str] = frozenset()
    units: Mapping[Fraction, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def wholes(self) -> list[Formula]:
        """The formulas of what the solution finds, each once."""
        found: list[Formula] = []
        for node in self.nodes:
            for formula in (node.formula, *islice(merged(node.formula), MOST_MERGED)):
                if formula not in found:
                    found.append(formula)
        return found

    @cached_property
    def results(self) -> list[Formula]:
        """The same, with like products collected."""
        return [collected(whole) for whole in self.wholes]

    def reaches(self, value: Value) -> bool:
        """Whether a value is a result of the solution."""
        return value.number in self.unexplained or collected(value.formula) in self.results

    def leads(self, value: Value) -> bool:
        """Whether a value is a result of the solution, or short of a factor of one."""
        if value.number in self.unexplained:
            return True
        back = inverted(value.formula) if len(value.formula) == 1 else None
        return any(short_of(value.formula, w) or (back and short_of(back, w)) for w in self.wholes)

    def lacking(self, value: Value) -> tuple[Fraction, ...]:
        """The numbers that a value lacks of the first result that it is on the way to."""
        return next((found for w in self.wholes if (found := lacking(value.formula, w))), ())

    def part(self, value: Value) -> bool:
        """Whether a value is a sum that a later line may still complete."""
        return any(on_the_way(value.formula, whole) for whole in self.wholes)

    def follows(self, value: Value) -> bool:
        """Whether a calculation is part of one of the solution's as it is written."""
        return any(on_the_way(value.formula, step.formula) for step in self.steps)


def route_of(problem: Problem, solution: Sequence[str], answer: Answer | None) -> Route:
    """The values of a worked solution."""
    draft = _Draft(frozenset(n.value for n in numerals(problem.statement)), asked_for(problem.statement))
    for step in split_steps("\n".join(solution), problem):
        draft.read(step)
    for form in answer.forms if answer is not None else ():
        value = form.operands[-1] if isinstance(form, Chain) else form
        ends = evaluate(value, AsWritten()) if isinstance(value, Expr) else []
        draft.answers |= {v.number for v in ends}
    for number in draft.answers - {n.number for n in draft.nodes}:
        draft.without_calculation(number)
    return draft.route()


class _Draft:
    """A route as it is gathered from the lines of a solution."""

    def __init__(self, givens: frozenset[Fraction], asked: frozenset[str]) -> None:
        self.givens = givens
        self.asked = asked
        self.sources = Sources(givens)
        self.nodes: list[Value] = []
        self.steps: list[Value] = []
        self.calculations: list[Calculation] = []
        self.written: set[Fraction] = set()
        self.unexplained: set[Fraction] = set()
        self.answers: set[Fraction] = set()
        self.units: dict[Fraction, set[str]] = {}

    def route(self) -> Route:
        """What was gathered."""
        numbers = frozenset(self.written | {n.number for n in self.nodes})
        return Route(
            self.givens,
            tuple(self.nodes),
            tuple(self.steps),
            tuple(self.calculations),
            numbers,
            frozenset(self.unexplained),
            frozenset(self.answers),
            self.asked,
            {n: frozenset(units) for n, units in self.units.items()},
        )

    def read(self, step: Step) -> None:
        """A line of the solution."""
        for claim in step.claims:
            for chain in chains(claim.statement):
                self.unknown(chain)
                for operand in chain.operands:
                    self.written |= {n.value for n in numbers(operand)}
                    if is_calculation(operand):
                        self.steps += evaluate(operand, AsWritten())
                for left, right in pairwise(chain.operands):
                    self.equation(left, right)
                if is_calculation(chain.operands[-1]):
                    self.nodes += evaluate(chain.operands[-1], self.sources)
        for n in outside(step):
            self.written.add(n.value)
            if n.value not in self.sources.found and n.value not in self.givens and n.value > MOST_COUNTED:
                self.without_calculation(n.value)

    def unknown(self, chain: Chain) -> None:
        """3 + 2k = 17: what k comes to by it."""
        if not symbols(chain) or not any(map(is_calculation, chain.operands)):
            return
        if (found := implied(chain, self.sources)) is not None and found[1].number not in self.sources.found:
            self.sources.note(found[1].number, [found[1].formula])
            self.nodes.append(found[1])

    def equation(self, left: Expr, right: Expr) -> None:
        """A calculation with its result, or a value that is only stated."""
        ends = [] if is_calculation(right) else [v.number for v in evaluate(right, AsWritten())]
        if not is_calculation(left):
            if ends and isinstance(left, Words | Symbol) and ends[0] not in self.sources.found:
                self.without_calculation(ends[0])
            return
        values = evaluate(left, self.sources)
        self.nodes += values
        if ends and values and near(ends[0], values[0].number):
            self.sources.note(ends[0], [v.formula for v in values])
            self.nodes += [Value(ends[0], v.formula) for v in values]
            self.calculations.append(calculation(left, ends[0], right))
            self.units.setdefault(ends[0], set()).update(unit_of(right))
        elif ends:
            self.without_calculation(ends[0])
            self.nodes += [Value(ends[0], v.formula) for v in self.put_right(left, ends[0])]

    def put_right(self, left: Expr, end: Fraction) -> list[Value]:
        """7 + 9 + 1 + 2 = 19.50 with 1.50 for 1: a slip of the solution."""
        known = sorted(self.givens | self.sources.found.keys())[:MOST_PUT_IN]
        for n in sorted({n.value for n in numbers(left)})[:MOST_PUT_IN]:
            for other in known:
                values = evaluate(left, replace(self.sources, instead={n: other}))
                if any(v.number == end for v in values):
                    return values
        return []

    def without_calculation(self, number: Fraction) -> None:
        """A value that stands there without what it comes from."""
        self.unexplained.add(number)
        self.nodes.append(Value(number, formula_of_number(number)))


def in_notation(statement: str) -> bool:
    """Whether a problem is put in notation, so that there are no quantities to follow: `Solve 2x + 3 = 7`.

    An equation sign between two values, `1 km = 1000 m`, is none of this.

    >>> [in_notation(text) for text in ("Solve 2x + 3 = 7.", "1 inch = 2.54 cm. How long is it?", "3 + 4 * 2 = ?")]
    [True, False, True]
    """
    signs = {at for at, c in enumerate(statement) if c in "=<>≤≥"}
    start = 0
    for step in split_steps(statement) if signs else ():
        start = statement.find(step.text, start)
        for claim in step.claims:
            chain = claim.statement
            if isinstance(chain, Chain) and not symbols(chain) and not any(map(is_calculation, chain.operands)):
                signs -= set(range(start + claim.span.start, start + claim.span.end))
    return bool(signs)


def unit_of(expr: Expr) -> frozenset[str]:
    """What a value is counted in: `hour` of 9 hours and of 9 hours/day.

    >>> from tutor.syntax.read import read
    >>> [sorted(unit_of(read(text))) for text in ("$5", "5 dollars", "12 hours/day", "7")]
    [['dollar'], ['dollar'], ['hour'], []]
    """
    inner = without_brackets(expr)
    if not isinstance(inner, Quantity):
        return frozenset()
    names = {"dollar" if name == "$" else name.lower() for name, power in inner.unit.factors if power > 0}
    return frozenset(name.removesuffix("s") for name in names)


def outside(step: Step) -> Iterator[Numeral]:
    """The numbers of a line that stand in no formula."""
    spans = [c.span for c in step.claims if not isinstance(c.statement, Expr) or is_calculation(c.statement)]
    for n in numerals(step.text):
        if not any(s.start <= n.start < s.end for s in spans):
            yield n
