"""Errors of physics: a wrong rule is applied to the formula with the given quantities in it, and compared by value.

Values are compared in base units and, for rules about units, as the numbers stand: 250 g · 2 m/s² = 500 N.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from re import IGNORECASE, search

from tutor.errors import StudentError
from tutor.misconceptions.comparing import Agreement
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import plain, put_in
from tutor.misconceptions.quantities import absolute, worth
from tutor.misconceptions.rules import Place, index, rules
from tutor.syntax.tree import (
    Both,
    Chain,
    Degrees,
    Expr,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Statement,
    Symbol,
    kinds,
    numbers,
    symbols,
)
from tutor.verify.physical import in_base_units
from tutor.verify.shapes import without_units

SLACK = 4e-4  # what rounding on the way explains, where many figures are shown
ROUGH = 2e-3  # what another value of g, c or e explains, where few are
FEW_FIGURES = 3
MOST_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One error that gives the line's value; form: what the wrong rule makes of the line before."""

    id: str
    form: Statement
    agreement: Agreement
    named: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """The lines before as physics.

    formulas: as they were written, with quantities put in, and with what other formulas say put in. wholes: all lines
    together, for rules that look at more than one. values: the quantities by letter; defined: what formulas say of one.
    """

    formulas: tuple[Statement, ...]
    wholes: tuple[Statement, ...] = ()
    values: Mapping[str, Expr] = field(default_factory=dict)
    defined: Mapping[str, Expr] = field(default_factory=dict)


def situation_of(subjects: Sequence[Statement]) -> Situation:
    """The formulas among some lines, with the quantities that the others give put in."""
    values: dict[str, Expr] = {}
    formulas: list[Chain | Expr] = []
    for subject in subjects:
        if isinstance(subject, Chain) and len(subject.operands) == 2 and subject.relations == ("=",):
            name, value = subject.operands
            if isinstance(name, Symbol) and not symbols(value) and numbers(value) and len(subjects) > 1:
                values[name.name] = value
                continue
        if isinstance(subject, Chain | Expr):
            formulas.append(subject)
    if not formulas:
        return Situation(tuple(subjects[-1:]), (), values)
    defined = {
        f.operands[0].name: f.operands[1]
        for f in formulas
        if isinstance(f, Chain) and len(f.operands) == 2 and isinstance(f.operands[0], Symbol)
    }
    found: list[Statement] = []
    for formula in reversed(formulas):
        level: Statement = plain(put_in(formula, values))
        found.append(level)
        own = formula.operands[0].name if isinstance(formula, Chain) and isinstance(formula.operands[0], Symbol) else ""
        others = {name: body for name, body in defined.items() if name != own}
        for _ in range(MOST_LEVELS):
            new = plain(put_in(put_in(level, others), values)) if symbols(level) & others.keys() else level
            if new == level:
                break
            level = new
            found.append(level)
    whole = (Both(tuple(subjects)),) if len(subjects) > 1 else ()
    return Situation(tuple(found), whole, values, {name: plain(put_in(body, values)) for name, body in defined.items()})


def physical_causes(
    subjects: Sequence[Statement], line: Statement, words: str, follows: bool, *, bare: bool
) -> Iterator[Found]:
    """The errors of physics that give a line.

    follows: whether the verifier says that it follows. bare: only rules that numbers without units are enough for.
    """
    where = situation_of(subjects)
    target = Target(line)
    right = any(target.met_by(f) for f in where.formulas) if target.comparable(where.formulas) else follows
    there = frozenset().union(*map(kinds, (*where.formulas, *where.wholes)))
    for place in places_of_physics(bare=bare):
        if not place.may_fit(there):
            continue
        rule = rules()[place.id]
        if not rule.keeps_value if right else rule.only_if_right:
            continue
        named = bool(words and rule.words and search(rule.words, words, IGNORECASE))
        if words and rule.words and not named:
            continue
        if words and rule.unless and search(rule.unless, words, IGNORECASE):
            continue
        form = first_form(rule, where, target)
        if form is not None:
            yield Found(
                rule.id,
                form,
                Agreement.WRITTEN if form == line and (rule.bare or rule.fits is None) else Agreement.VALUE,
                named,
            )


def first_form(rule: Misconception, where: Situation, target: Target) -> Statement | None:
    """What the rule makes of the lines before, where that is the line."""
    for formula in (*where.formulas, *where.wholes):
        try:
            if rule.fits is not None and not isinstance(formula, Both) and rule.fits(formula, target.line):
                return target.line
            for each in rule.forms(formula):
                form = with_definitions(each, where.defined)
                if form != formula and target.met_by(form, as_written=rule.as_written):
                    return form
        except (StudentError, ArithmeticError, ValueError, RecursionError, TypeError):
            continue
    return None


def with_definitions(form: Node, defined: Mapping[str, Expr]) -> Statement:
    """The right side of a form with what other formulas say of its letters."""
    if isinstance(form, Chain) and len(form.operands) == 2 and symbols(form.operands[1]) & defined.keys():
        return Chain((form.operands[0], put_in(form.operands[1], defined)), form.relations)
    return form  # type: ignore[return-value]


class Target:
    """A student's line, to be compared with many others by value."""

    def __init__(self, line: Statement) -> None:
        self.line = line
        self.subject: Expr | None = None
        self.shown: Expr | None = None
        match line:
            case Chain((subject, *_, shown)):
                self.subject, self.shown = subject, shown
            case Expr():
                self.shown = line
        base = in_base_units(absolute(line))
        self.side = base.operands[-1] if isinstance(base, Chain) else base
        self.value = worth(self.side) if self.shown is not None and not symbols(self.shown) else None
        self.number = worth(without_units(self.shown)) if self.value is not None and self.shown is not None else None

    def comparable(self, formulas: Sequence[Statement]) -> bool:
        """Whether one of the formulas speaks of the same, and has a value."""
        return self.value is not None and any(self.value_of(f) is not None for f in formulas)

    def value_of(self, form: Statement, *, as_written: bool = False) -> float | None:
        """The value that a formula gives to what the line is about."""
        if isinstance(form, Expr):
            side: Expr = form
            if self.subject is not None:
                return None
        elif isinstance(form, Chain) and self.subject is not None and form.operands[0] == self.subject:
            side = form.operands[-1]
        else:
            return None
        if symbols(side):
            return None
        if as_written:
            return worth(without_units(side))
        base = in_base_units(absolute(Chain((form.operands[0], side), ("=",)) if isinstance(form, Chain) else side))
        return worth(base.operands[-1] if isinstance(base, Chain) else base)

    def met_by(self, form: Statement, *, as_written: bool = False) -> bool:
        """Whether a form gives the value of the line, within the digits shown."""
        if self.value is None or self.shown is None:
            return form == self.line
        value = self.value_of(form)
        if value is not None and self.agrees(value, self.value):
            return True
        if value is None and isinstance(form, Chain) and isinstance(self.subject, Symbol):
            return self.fulfils(form)
        if as_written and self.number is not None:
            number = self.value_of(form, as_written=True)
            return number is not None and self.agrees(number, self.number)
        return False

    def fulfils(self, form: Chain) -> bool:
        """Whether the line's value makes both sides of an equation equal."""
        assert isinstance(self.subject, Symbol)
        if len(form.operands) != 2 or form.relations != ("=",) or symbols(form) != {self.subject.name}:
            return False
        base = put_in(in_base_units(absolute(form)), {self.subject.name: self.side})  # type: ignore[dict-item]
        one, other = (worth(side) for side in base.operands)
        return one is not None and other is not None and abs(one - other) <= 5e-3 * max(abs(one), abs(other))

    def agrees(self, value: float, shown: float) -> bool:
        """Within the digits shown, or what another g explains."""
        assert self.shown is not None
        digits = figures_shown(self.shown)
        slack = SLACK if len(digits) > FEW_FIGURES else ROUGH
        half = 0.505 / int(digits) if len(digits) > 1 else 0.0
        return abs(value - shown) <= max(slack * abs(value), half * abs(shown))


MOST_ZEROS = 2  # at the end of a whole number, taken to be rounded where three figures stand before them


def figures_shown(shown: Expr) -> str:
    """The digits of a value; "" of a calculation: 3.0 × 10^8 has two."""
    inner: Node = shown
    while isinstance(inner, Negative | Quantity | Degrees):
        inner = inner.value if isinstance(inner, Quantity) else inner.operand
    if isinstance(inner, Product) and len(inner.factors) == 2 and isinstance(inner.factors[1], Power):
        inner = inner.factors[0]
    if not isinstance(inner, Number) or not inner.value:
        return ""
    digits = inner.text.lower().partition("e")[0].replace(",", "").replace(" ", "").replace(".", "").lstrip("0")
    if not inner.places:
        bare = digits.rstrip("0")
        digits = bare if len(bare) > MOST_ZEROS else digits
    return digits


@cache
def places_of_physics(*, bare: bool) -> tuple[Place, ...]:
    """Where the rules about quantities are; bare: those that numbers without units are enough for."""
    return tuple(place for place in index() if place.physical and (place.bare or not bare))


@cache
def rules_of_physics() -> Mapping[str, Misconception]:
    """The rules about quantities, by id."""
    return {place.id: rules()[place.id] for place in places_of_physics(bare=False)}
