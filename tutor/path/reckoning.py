"""What written calculations come to: a number, and the ways in which it comes from the problem's numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice, product

from tutor.path.routes import (
    NOTHING,
    ONE,
    Formula,
    added,
    formula_of_number,
    formulas_of_number,
    inverted,
    multiplied,
    negated,
    together,
    written,
)
from tutor.syntax.tree import (
    Both,
    Bracket,
    Chain,
    Degrees,
    Either,
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
    Statement,
    Sum,
    Symbol,
    Words,
    symbols,
    without_brackets,
)

MOST_READINGS = 12
MOST_WAYS = 300
MOST_DIGITS = 40
NEAR = Fraction(6, 1000)  # what rounding explains
CONVERSIONS = frozenset(map(Fraction, (7, 12, 24, 52, 60, 100, 365, 1000, 3600)))
UNITS = CONVERSIONS | frozenset(map(Fraction, (1, 10, 30)))  # how units convert


@dataclass(frozen=True, slots=True)
class Value:
    """A number with one way in which it comes from the problem's numbers."""

    number: Fraction
    formula: Formula


@dataclass
class Sources:
    """What a written number may stand for: a value found before, or itself.

    givens: the problem's own numbers. found: what the work has found. solution: what the worked solution finds, which
    somebody may have found in their head. letters: what unknowns are taken to be. instead: numbers read as others, to
    see what a calculation would come to with them. named: values that have been given a name, friends = 3.
    """

    givens: frozenset[Fraction] = frozenset()
    found: dict[Fraction, list[Formula]] = field(default_factory=dict)
    solution: Mapping[Fraction, list[Formula]] = field(default_factory=dict)
    letters: Mapping[str, Value] = field(default_factory=dict)
    instead: Mapping[Fraction, Fraction] = field(default_factory=dict)
    named: dict[str, Fraction] = field(default_factory=dict)

    def of(self, number: Fraction) -> list[Value]:
        """The readings of a written number, a value found before first."""
        is_put_in = number in self.instead
        number = self.instead.get(number, number)
        if max(abs(number.numerator), number.denominator) >= 10**MOST_DIGITS:
            return []
        readings = [Value(number, f) for f in self.found.get(number, ())]
        if is_put_in or (not readings and number not in self.givens):  # found in the head
            readings += [Value(number, f) for f in self.solution.get(number, ())]
        if not readings or number in self.givens or number in UNITS:
            for itself in (*formulas_of_number(number), *self.changed(number)):
                if all(r.formula != itself for r in readings):
                    readings.append(Value(number, itself))
        return readings

    def changed(self, number: Fraction) -> Iterator[Formula]:
        """1.5 and 0.5 where the problem has 50 %: the whole and what is added to or taken from it."""
        share = abs(number - 1)
        if number in self.givens or not 0 < share < 1 or not 0 < number < 2:
            return
        for given in (share, share * 100):
            if given in self.givens:
                size = formula_of_number(share)
                if (found := added((ONE, size if number > 1 else negated(size)))) is not None:
                    yield found
                return

    def note(self, number: Fraction, formulas: Sequence[Formula]) -> None:
        """A value that a calculation has given."""
        known = self.found.setdefault(number, [])
        for formula in formulas:
            if formula not in known and len(known) < MOST_READINGS:
                known.insert(0, formula)


class AsWritten(Sources):
    """Every number stands for itself, wherever it comes from."""

    def of(self, number: Fraction) -> list[Value]:
        """The one reading of a number."""
        if max(abs(number.numerator), number.denominator) >= 10**MOST_DIGITS:
            return []
        return [Value(number, written(number))]


def evaluate(expr: Expr, sources: Sources) -> list[Value]:
    """The values that a calculation may have; none where it is none."""
    return list(islice(_evaluate(expr, sources), MOST_READINGS))


def _evaluate(expr: Expr, sources: Sources) -> Iterator[Value]:
    match expr:
        case Number():
            yield from sources.of(expr.value)
        case Bracket():
            yield from _evaluate(expr.inner, sources)
        case Quantity():
            yield from _evaluate(expr.value, sources)
        case Positive() | Degrees():
            yield from _evaluate(expr.operand, sources)
        case Words() if expr.text in sources.named:
            yield from sources.of(sources.named[expr.text])
        case Quotient(bottom=Words(name)) if name not in sources.named:  # 2 degrees/hour
            yield from _evaluate(expr.top, sources)
        case Symbol():
            if expr.name in sources.letters:
                yield sources.letters[expr.name]
        case Mixed():
            if expr.bottom.value:
                yield from sources.of(expr.whole.value + expr.top.value / expr.bottom.value)
        case Negative():
            for v in _evaluate(expr.operand, sources):
                yield Value(-v.number, negated(v.formula))
        case Percent():
            hundredth = formula_of_number(Fraction(1, 100))
            inner = without_brackets(expr.operand)
            if isinstance(inner, Number):
                for known in (*sources.found.get(inner.value / 100, ()), *formulas_of_number(inner.value / 100)[1:]):
                    yield Value(inner.value / 100, known)
            for v in _evaluate(expr.operand, sources):
                formula = multiplied(v.formula, hundredth)
                if formula is not None:
                    yield Value(v.number / 100, formula)
        case Quotient():
            top, bottom = without_brackets(expr.top), without_brackets(expr.bottom)
            if isinstance(top, Number) and isinstance(bottom, Number) and 0 < top.value < bottom.value:
                for formula in formulas_of_number(top.value / bottom.value):
                    yield Value(top.value / bottom.value, formula)
            for a in evaluate(expr.top, sources):
                for b in evaluate(expr.bottom, sources):
                    back = inverted(b.formula) if b.number else None
                    formula = multiplied(a.formula, back) if back is not None else None
                    if formula is not None:
                        yield Value(a.number / b.number, formula)
        case Product() | Sum():
            parts = expr.factors if isinstance(expr, Product) else expr.terms
            for choice in islice(product(*(evaluate(p, sources) for p in parts)), MOST_WAYS):
                if isinstance(expr, Sum):
                    whole = added(v.formula for v in choice)
                    number = sum((v.number for v in choice), Fraction(0))
                else:
                    whole, number = choice[0].formula, choice[0].number
                    for v in choice[1:]:
                        whole = multiplied(whole, v.formula) if whole is not None else None
                        number *= v.number
                if whole is None:
                    continue
                yield Value(number, whole)
                if isinstance(expr, Sum) and len(choice) == 2:
                    for other in together(choice[0].formula, choice[1].formula):
                        yield Value(number, other)
        case Power():
            exponent = without_brackets(expr.exponent)
            base = without_brackets(expr.base)
            if isinstance(exponent, Number) and exponent.value.denominator == 1 and 0 < exponent.value <= 12:
                if isinstance(base, Number) and base.value == 10:
                    yield from sources.of(base.value ** int(exponent.value))
                    return
                for v in evaluate(expr.base, sources):
                    formula = v.formula
                    for _ in range(int(exponent.value) - 1):
                        whole = multiplied(formula, v.formula)
                        if whole is None:
                            break
                        formula = whole
                    else:
                        yield Value(v.number ** int(exponent.value), formula)


def is_calculation(expr: Expr) -> bool:
    """Something is worked out: more than a written number."""
    inner = without_brackets(expr)
    if isinstance(inner, Quantity | Percent | Negative | Positive):
        return is_calculation(inner.value if isinstance(inner, Quantity) else inner.operand)
    if isinstance(inner, Quotient):  # 1/4 of something is a number
        return not (
            isinstance(inner.top, Number)
            and isinstance(inner.bottom, Number)
            and inner.top.value < inner.bottom.value <= 12
        )
    return isinstance(inner, Sum | Product | Power)


def chains(statement: Statement) -> Iterator[Chain]:
    """The equations of a statement."""
    if isinstance(statement, Chain):
        if set(statement.relations) <= {"=", "≈"}:
            yield statement
    elif isinstance(statement, Both | Either):
        for part in statement.parts:
            yield from chains(part)


def near(a: Fraction, b: Fraction) -> bool:
    """Equal, to what rounding explains."""
    return a == b or abs(a - b) <= NEAR * max(abs(a), abs(b))


def implied(chain: Chain, sources: Sources) -> tuple[str, Value] | None:
    """The one unknown of an equation a x + b = c x + d, with its value; None where it is no such equation."""
    names = sorted(symbols(chain) - sources.letters.keys())
    if len(names) != 1 or len(chain.operands) != 2:
        return None
    at: list[tuple[Value, Value]] = []
    trials: tuple[Formula, ...] = (NOTHING, ONE, {(): 2})
    for trial, formula in enumerate(trials):
        tried = replace(sources, letters={**sources.letters, names[0]: Value(Fraction(trial), formula)})
        sides = [evaluate(o, tried) for o in chain.operands]
        if not all(sides):
            return None
        at.append((sides[0][0], sides[1][0]))
    (left, right), (left_1, right_1), (left_2, right_2) = at
    slope = (left_1.number - left.number) - (right_1.number - right.number)
    if not slope or (left_2.number - left.number) - (right_2.number - right.number) != 2 * slope:
        return None
    rise = added((left_1.formula, negated(left.formula), right.formula, negated(right_1.formula)))
    rest = added((right.formula, negated(left.formula)))
    back = inverted(rise) if rise else None
    found = multiplied(rest, back) if rest and back is not None else None
    return (names[0], Value((right.number - left.number) / slope, found)) if found is not None else None
