"""What is known while a solution is read: the student's own earlier lines, the problem's, and what rests on what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.records import Claim, Step
from tutor.syntax.tree import (
    AnyNode,
    Chain,
    Either,
    Expr,
    Node,
    Number,
    Power,
    Quotient,
    Statement,
    Symbol,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.shapes import without_units
from tutor.verify.tasks import Budget, Finding, Setting

if TYPE_CHECKING:
    from tutor.verify.physical import Physical

PROBLEM = -1
LARGEST_EXPONENT, LARGEST_BASE = 40, 1000


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement that later lines may build on.

    line: where it stands, -1 for the problem. rests_on: the wrong line that it builds on, if it does.
    replaces: the number of the fact that it was derived from alone, if it was.
    alone: it stood on its line without words. given: by the problem, or taken as an assumption.
    solves: the symbol whose values it states.
    """

    number: int
    statement: Statement
    line: int
    names: frozenset[str]
    rests_on: int | None = None
    replaces: int | None = None
    alone: bool = True
    given: bool = False
    solves: str | None = None


@dataclass
class Notebook:
    """The facts so far, the values and functions they fix, and the numbers that wrong lines brought in.

    false_numbers: a result that a wrong line claimed, with that line. sound_numbers: those that the problem or a right
    line holds, so that using them says nothing about the wrong line. values: what the newest facts say that symbols
    are. budget: of the claim that is being judged.
    """

    setting: Setting
    budget: Budget = field(default_factory=Budget)
    values: dict[str, Expr] = field(default_factory=dict)
    from_equations: bool = False
    asks_to_rewrite: bool = False
    prose: bool = False
    tells_a_story: bool = False
    modular: bool = False
    moduli: frozenset[int] = frozenset()  # calculations may hold modulo these only: last digits, remainders
    given_functions: frozenset[str] = frozenset()  # those that the problem defines
    partly_read: bool = False  # the problem states relations that could not be read
    doubted: int = PROBLEM  # what stands before this line was taken back, or may have been
    text_before: str = ""  # the step before
    iterates: bool = False  # x_1, x_2, … approach a solution
    whole_numbers: bool = False  # the problem asks for integers
    last_claim: tuple[Step, Claim] | None = None
    last_rests_on: int | None = None  # the wrong line that the last claim is, or rests on
    last_end: Expr | None = None  # the last side of the last claim
    integrals: list[tuple[Expr, int]] = field(default_factory=list)  # with an integral in them, and their lines
    derivatives: list[Expr] = field(default_factory=list)  # what stood beside f'(x), dy/dx, …
    facts: list[Fact] = field(default_factory=list)
    false_numbers: dict[Fraction, int] = field(default_factory=dict)
    sound_numbers: set[Fraction] = field(default_factory=set)
    exact_numbers: set[Fraction] = field(default_factory=set)  # given, or got exactly
    rounded_numbers: set[Fraction] = field(default_factory=set)  # got by rounding
    no_identities: set[int] = field(default_factory=set)  # facts of the problem that do not hold for every value
    names_seen: set[str] = field(default_factory=set)
    expression: tuple[Expr, int, int | None] | None = None  # (expression, line, the wrong line it rests on)
    first_expression: Expr | None = None  # the one that the problem gives
    # How statements stand to facts: each line looks ahead for its other cases, so that the same is asked again.
    related: dict[tuple[int, int], tuple[Statement, Setting, Finding]] = field(default_factory=dict)
    gaps: list[int] = field(default_factory=list)  # lines that could not be read
    open_cases: list[Fact] = field(default_factory=list)
    rejected: list[Statement] = field(default_factory=list)  # values that the work refuses
    physical: Physical | None = None  # where the work is about physics

    def plain(self, statement: AnyNode) -> AnyNode:
        """Numbers in place of quantities: in base units where the work is about physics, else as written."""
        return without_units(statement) if self.physical is None else self.physical.plain(statement)

    def add(
        self,
        statement: Statement,
        line: int,
        *,
        rests_on: int | None = None,
        replaces: int | None = None,
        alone: bool = True,
        given: bool = False,
    ) -> Fact:
        """Write a statement down and return it as a fact."""
        names = symbols(statement)
        name = solved_for(statement)
        if name is not None and (value := value_claimed(statement, name)) is not None:
            self.values[name] = value
        fact = Fact(len(self.facts), statement, line, names, rests_on, replaces, alone, given, name)
        self.facts.append(fact)
        self.names_seen |= names
        return fact

    def about(self, names: frozenset[str]) -> Iterator[Fact]:
        """Facts that share a symbol with these, newest first."""
        return (fact for fact in reversed(self.facts) if fact.names & names)

    def premises(self, names: frozenset[str], *, sound: bool) -> tuple[Fact, ...]:
        """The facts that these symbols hang on, oldest first, without those that a later one restates.

        sound: only what rests on no wrong line; otherwise the student's own version of things.
        """
        usable = [f for f in self.facts if not (sound and f.rests_on is not None)]
        restated = {f.replaces for f in usable if f.replaces is not None}
        active = [f for f in usable if f.number not in restated]
        reached = set(names)
        chosen: set[int] = set()
        grew = True
        while grew:
            grew = False
            for fact in active:
                if fact.number not in chosen and fact.names & reached:
                    chosen.add(fact.number)
                    grew = grew or not fact.names <= reached
                    reached |= fact.names
        return tuple(f for f in active if f.number in chosen)

    def value_of(self, name: str) -> Expr | None:
        """What the newest fact of the form `name = value` says, where the value has no symbols."""
        return self.values.get(name)

    def note_numbers(self, statements: Iterable[Statement], *, false: Fraction | None, line: int) -> None:
        """Remember the numbers of a line, and the false result it claimed, if it did."""
        for statement in statements:
            for value in numbers_in(statement):
                if value != false and value not in self.false_numbers:
                    self.sound_numbers.add(value)
        if false is not None and false not in self.sound_numbers:
            self.false_numbers.setdefault(false, line)

    def note_result(self, result: Node, line: int) -> None:
        """A result that follows through from a wrong line brings that line along."""
        for value in numbers_in(result):
            if value not in self.sound_numbers:
                self.false_numbers.setdefault(value, line)

    def wrong_line_used(self, statement: Statement) -> int | None:
        """The wrong line whose false result stands in this statement."""
        if not self.false_numbers:
            return None
        lines = [self.false_numbers[value] for value in numbers_in(statement) if value in self.false_numbers]
        return min(lines, default=None)


def numbers_in(statement: Node) -> Iterator[Fraction]:
    """The values of the numerals written in a statement, and of 4/3 and 10^7, which are numbers as well."""
    for node in walk(statement):
        match node:
            case Number(value=value):
                yield value
            case Quotient(Number(value=top), Number(value=bottom)) if bottom:
                yield top / bottom
            case Power(Number(value=base), Number(value=exponent)):
                if exponent.denominator == 1 and 1 < exponent <= LARGEST_EXPONENT and abs(base) <= LARGEST_BASE:
                    yield base**exponent.numerator


def value_claimed(statement: Statement, name: str) -> Expr | None:
    """c where the statement is `name = … = c` or `c = name`, c free of symbols."""
    if not isinstance(statement, Chain) or any(sign not in ("=", "≈") for sign in statement.relations):
        return None
    ends = (statement.operands[0], statement.operands[-1])
    for one, other in (ends, ends[::-1]):
        inner = without_brackets(one)
        if isinstance(inner, Symbol) and inner.name == name and not symbols(other):
            return other
    return None


def solved_for(statement: Statement) -> str | None:
    """x where the statement says which values x has: `x = 3`, `4 = x`, `x = 1 or x = -2`."""
    if isinstance(statement, Either):
        names = {solved_for(part) for part in statement.parts}
        return names.pop() if len(names) == 1 else None
    if isinstance(statement, Chain):
        for end in (statement.operands[0], statement.operands[-1]):
            inner = without_brackets(end)
            if isinstance(inner, Symbol) and value_claimed(statement, inner.name) is not None:
                return inner.name
    return None
