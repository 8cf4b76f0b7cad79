"""The first line of work that leaves the path of the problem's worked solution.

Every value of the worked solution, and every value that the work finds, is a formula in written numbers (`routes`). A
value is on the path where it is a result of the solution, or lacks only a factor or terms that a later line may still
bring in. A line departs where its value is not on the path; the blame goes back to the first of the values that it was
worked out from that lacks something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise, product

from tutor.errors import StudentError
from tutor.path.answering import is_counted, last_number, noun_after, where_given
from tutor.path.equations import lead_to
from tutor.path.reckoning import (
    CONVERSIONS,
    UNITS,
    AsWritten,
    Sources,
    Value,
    chains,
    evaluate,
    implied,
    is_calculation,
    near,
)
from tutor.path.routes import Formula, added, collected, formulas_of_number, inverted, multiplied, negated
from tutor.path.slips import left_out, other_operations, side_step
from tutor.path.solution import MOST_COUNTED, Calculation, Route, calculation, outside, unit_of
from tutor.reading.numerals import Numeral
from tutor.records import Role, Step
from tutor.syntax.read import read
from tutor.syntax.tree import (
    Chain,
    Expr,
    Node,
    Number,
    Product,
    Quantity,
    Quotient,
    Symbol,
    Words,
    numbers,
    rebuild,
    symbols,
    without_brackets,
)

MOST_WORLDS = 400
MOST_TRIES = 60_000  # a budget of work: what takes more is left alone
MOST_KNOWN = 60
MOST_LETTERS = 4
INTRODUCED = re.compile(
    r"\b(?:let|let's|call|say|denote|assume|suppose|represent\w*)\b[^.;:]*?(?<![\w'’$])[\"“'(\\]*(?P<letter>[b-hj-zB-HJ-Z])"
    r"(?![\w'’])",
    re.IGNORECASE,
)
TERM = re.compile(
    r"(?<![\w.$'’])(?P<coefficient>\d+(?:\.\d+)? ?)?(?P<letter>[A-Za-z])(?![\w'’])"
    r"(?P<more>(?: ?[-+*/] ?\d+(?:\.\d+)?(?!\w|\.\d))*)"
)


@dataclass(frozen=True, slots=True)
class Departure:
    """Where work leaves the path.

    kind: "off" (no result of the solution can come of it), "factor", "terms" (a factor or terms are missing), "units"
    (only converted), "letters", "said" (a number without a calculation), "answer" (a value on the way is the answer).
    lacks: the numbers that are missing.
    """

    line: int
    kind: str
    number: Fraction | None = None
    made_by: Calculation | None = None
    lacks: tuple[Fraction, ...] = ()


class OutOfTries(Exception):
    """More would have to be tried than is allowed."""


def first_departure(
    steps: Sequence[Step], route: Route, *, answer: str = "", to_the_end: bool = True
) -> Departure | None:
    """The first line that departs from a route, if any does.

    to_the_end: the answer is known to be wrong, so that where no line departs the answer's value is looked at. answer:
    where that stands; without it, it is the last number of the work.
    """
    if not route.nodes:
        return None
    try:
        walk = _Walk(route, equations_hold=lead_to(steps, route.answers))
        for step in steps:
            if (found := walk.step(step)) is not None:
                return walk.detour() or found
        return walk.detour() or walk.ended() or (walk.at_the_answer(steps, answer) if to_the_end else None)
    except OutOfTries:
        return None


class _Walk:
    """The work, line by line, along a route.

    lacking: values that lack a factor or terms, with the first of the values they come from that does. unfinished: sums
    that no later line has taken up. worlds: what the unknowns may be, of the values of the solution.
    """

    def __init__(self, route: Route, *, equations_hold: bool = False) -> None:
        self.route = route
        self.equations_hold = equations_hold
        solution: dict[Fraction, list[Formula]] = {}
        for node in route.nodes:
            solution.setdefault(node.number, []).append(node.formula)
        self.sources = Sources(route.givens, solution=solution)
        self.seen: set[Fraction] = set(route.givens) | route.numbers | UNITS
        self.lacking: dict[Fraction, Departure] = {}
        self.unfinished: dict[Fraction, Departure] = {}
        self.detours: dict[Fraction, Departure] = {}
        self.made: dict[Fraction, Departure] = {}
        self.told: dict[Fraction, Departure] = {}
        self.misnamed: dict[Fraction, Departure] = {}
        self.said_again: dict[Fraction, Departure] = {}
        self.in_prose: dict[Fraction, list[int]] = {}
        self.nouns: dict[Fraction, str] = {}
        self.renamed: dict[Fraction | None, Departure] = {}
        self.worlds: list[dict[str, Value]] = [{}]
        self.letters: set[str] = set()
        self.unit_letters: set[str] = set()
        self.line = 0
        self.text = ""
        self.tries = 0

    def try_once(self) -> None:
        """Count one more trial."""
        self.tries += 1
        if self.tries > MOST_TRIES:
            raise OutOfTries

    def detour(self) -> Departure | None:
        """What was worked out off the path, and not put right."""
        return next((d for d in self.detours.values() if d.kind == "off"), None)

    def ended(self) -> Departure | None:
        """A sum that no line has taken up."""
        if not self.unfinished:
            return None
        number = next(iter(self.unfinished))
        return self.lacking.get(number, self.unfinished[number])

    def at_the_answer(self, steps: Sequence[Step], answer: str) -> Departure | None:
        """Where all values are on the path: what the answer's value lacks, or where it is given for the answer."""
        last = last_number(answer)
        if last is None:
            last = next((n for step in reversed(steps) if (n := last_number(step.text)) is not None), None)
        if last is None:
            return None
        if last in self.lacking:
            return self.renamed.get(self.lacking[last].number, self.lacking[last])
        if last in self.made and last in self.route.givens:
            return replace(self.made[last], kind="answer")
        found = where_given(steps, last, self.route.asked)
        return Departure(found.line, "answer", last) if found is not None else None

    def step(self, step: Step) -> Departure | None:
        self.line = step.line
        self.text = step.text
        said = list(outside(step))
        known = self.sources.found.keys() - self.route.givens
        for n in said:  # twice 2 is 4, and 4 + 3 = 7
            if n.value not in self.route.givens | UNITS | self.sources.found.keys():
                self.comes_of_two(n.value)
        for claim in step.claims:
            if claim.role is Role.RETRACTED:
                continue
            statement = claim.statement
            for chain in chains(statement):
                found = self.with_letters(chain) if symbols(chain) else self.chain(chain)
                if found is not None:
                    return found
            if isinstance(statement, Expr) and symbols(statement) and is_calculation(statement):
                found = self.with_letters(Chain((statement,), ()))
                if found is not None:
                    return found
        for term in self.terms_in_words(step):
            if (found := self.with_letters(Chain((term,), ()))) is not None:
                return found
        for n in said:
            if not step.claims:
                self.in_prose.setdefault(n.value, []).append(step.line)
            if not n.in_words and n.value in known and not step.claims:
                self.said_again.setdefault(n.value, Departure(step.line, "said", n.value))
                if self.nouns.get(n.value, "") and self.nouns[n.value] != noun_after(step.text, n.value):
                    self.renamed.setdefault(n.value, Departure(step.line, "said", n.value))
            if (exact := self.rounded(n.value)) is not None:
                self.lacking[n.value] = self.lacking[exact]
                self.seen.add(n.value)
            if self.is_news(n):
                return Departure(step.line, "said", n.value)
            if not n.in_words and n.value not in self.seen | self.sources.found.keys() | {0}:
                self.told.setdefault(n.value, Departure(step.line, "said", n.value))
            self.seen.add(n.value)
        return None

    # ------------------------------------------------------------ calculations

    def chain(self, chain: Chain) -> Departure | None:
        """`20*3 = 60 = 6*10`, each calculation with the value after it."""
        first, last = chain.operands[0], chain.operands[-1]
        if isinstance(first, Words) and (named := evaluate(last, self.sources)):
            self.sources.named[first.text] = named[0].number
        on_path: Fraction | None = None
        for left, right in [*pairwise(chain.operands), (last, last)]:
            if not is_calculation(left):
                continue
            self.try_once()
            values = evaluate(left, self.sources)
            if on_path is not None and any(near(v.number, on_path) for v in values):
                continue  # 60*4/5 = 240/5
            ends = [] if right is left else [v.number for v in evaluate(right, AsWritten())]
            if not values or (ends and not near(ends[0], values[0].number) and ends[0] in self.seen):
                continue  # 1 hour - 20 minutes = 40 minutes
            found = self.value(left, values, ends[0] if ends else values[0].number, right)
            if found is not None:
                return found
            on_path = values[0].number
        return None

    def value(self, expr: Expr, values: Sequence[Value], number: Fraction, end: Expr) -> Departure | None:
        """Take in what a calculation comes to; where it departs, say so."""
        kind, good = self.place(expr, values)
        used = {n.value for n in numbers(expr)}
        lacks = self.route.lacking(good[0]) if kind in ("factor", "terms") else ()
        here = Departure(self.line, kind, number, calculation(expr, number, end), lacks)
        if kind in ("off", "units") and used <= self.route.givens | UNITS - self.sources.found.keys():
            self.detours[number] = here
            self.seen |= {number, values[0].number}
            return None
        if kind != "whole":
            for u in used & self.told.keys() - self.sources.found.keys():
                return here if any(self.whole_with(expr, u, g) for g in self.route.givens) else self.told[u]
        if kind == "off":
            return self.blamed(expr, here)
        if not self.is_written(expr):
            self.made.setdefault(number, here)
        theirs = self.route.units.get(number, frozenset())
        if kind == "whole" and theirs and unit_of(end) and not is_counted(self.text, number, theirs):
            self.misnamed.setdefault(number, here)
        before = [by[u] for u in used for by in (self.lacking, self.misnamed) if u in by]
        for u in used:
            self.unfinished.pop(u, None)
        self.lacking.pop(number, None)
        if kind != "whole" and (
            number not in self.route.givens
            or all(v.formula != itself for v in good for itself in formulas_of_number(number))
        ):
            self.lacking[number] = min([*before, here], key=lambda d: d.line)
            if kind == "terms":
                self.unfinished[number] = here
        self.seen |= {number, good[0].number}
        self.nouns[number] = noun_after(self.text, number)
        if near(number, good[0].number):
            itself = formulas_of_number(number)[:1] if number in self.route.unexplained else []
            self.sources.note(number, [v.formula for v in good] + itself)
        return None

    def blamed(self, expr: Expr, here: Departure) -> Departure:
        """Of a calculation that is off the path, the line to blame: this one, or one that led to it."""
        used = {n.value for n in numbers(expr)}
        for number in used & self.detours.keys():
            detour = self.detours[number]
            if any(self.whole_with(expr, number, g) for g in side_step(detour.made_by)):
                self.detours.clear()
                return here
            return detour
        for u in used & self.said_again.keys():
            if any(self.whole_with(expr, u, w) for w in self.route.givens | self.route.numbers):
                return self.said_again[u]
        if named := [self.misnamed[u] for u in used & self.misnamed.keys()]:
            return min(named, key=lambda d: d.line)
        for u in used & self.made.keys():
            if any(self.whole_with(expr, u, w) for w in self.before(u)):
                return self.made[u]
        before = [self.lacking[u] for u in used if u in self.lacking]
        for u, rest in left_out(expr):  # the fifth side takes 5 minutes, too
            if len(self.in_prose.get(u, ())) > 1 and any(map(self.route.reaches, evaluate(rest, self.sources))):
                return Departure(self.in_prose[u][-1], "said", u)
        if before and self.whole_otherwise(expr):
            return here
        first = min([*before, here], key=lambda d: d.line)
        return self.renamed.get(first.number, first)

    def is_written(self, expr: Expr) -> bool:
        """Whether the worked solution has this calculation, but for the order."""
        mine = [collected(v.formula) for v in evaluate(expr, AsWritten())]
        return any(collected(step.formula) in mine for step in self.route.steps)

    def before(self, number: Fraction) -> list[Fraction]:
        """What the worked solution finds before a value; all of it, where the value is one of the problem's."""
        found = list(dict.fromkeys(n.number for n in self.route.nodes))
        if number not in found:
            return found if number in self.route.givens else []
        return found[: found.index(number)]

    def whole_with(self, expr: Expr, number: Fraction, other: Fraction) -> bool:
        """Whether a calculation would give a result of the solution with another number in place of one."""
        self.try_once()
        values = evaluate(expr, replace(self.sources, instead={number: other}))
        return any(self.route.reaches(v) for v in values)

    def whole_otherwise(self, expr: Expr) -> bool:
        """Whether a calculation would give a result of the solution with another operation."""
        self.try_once()
        return any(self.route.reaches(v) for other in other_operations(expr) for v in evaluate(other, self.sources))

    def place(self, expr: Expr, values: Sequence[Value]) -> tuple[str, Sequence[Value]]:
        """How a value stands to the route, with its formulas that do."""
        if good := [v for v in values if self.route.reaches(v)]:
            return "whole", good
        if good := [v for v in values if self.route.leads(v)]:
            return "factor", good
        if any(self.route.follows(v) for v in evaluate(expr, AsWritten())):
            return "as written", values
        if self.converts(expr):
            return "units", values
        if good := [v for v in values if self.route.part(v)]:
            return "terms", good
        return "off", values

    def converts(self, expr: Expr) -> bool:
        """3 dozen * 12, 90 minutes * 60: a known value in another unit, of which the solution has no need."""
        match without_brackets(expr):
            case Product((a, b)) | Quotient(a, b):
                plain = [without_brackets(x.value if isinstance(x, Quantity) else x) for x in (a, b)]
                if all(isinstance(x, Number) for x in plain):
                    free = CONVERSIONS - self.route.givens - self.route.numbers - self.sources.found.keys()
                    return any(n.value in free for x in plain for n in numbers(x))
        return False

    # ------------------------------------------------------------ unknowns

    def with_letters(self, chain: Chain) -> Departure | None:
        """A chain with unknowns: some values of the solution in their place must make it true and lead on."""
        chain = without_unit_letters(chain, self.unit_letters)
        names = sorted(symbols(chain))
        if not names:
            return self.chain(chain)
        if len(names) > MOST_LETTERS:
            return None
        constants = [o for o in chain.operands if not symbols(o)]
        is_named = any(isinstance(o, Symbol) for o in chain.operands) and len(names) == 1
        if is_named and constants and all(names[0] not in w for w in self.worlds):
            # M = 2*5 = 10
            if (found := self.chain(Chain(tuple(constants), ("=",) * (len(constants) - 1)))) is not None:
                return found
            if values := evaluate(constants[-1], self.sources):
                self.worlds = [w | {names[0]: values[0]} for w in self.worlds]
            return None
        kept: list[dict[str, Value]] = []
        tried = 0
        for world in self.worlds:
            for more in self.choices([n for n in names if n not in world]):
                tried += 1
                if tried > MOST_WORLDS:
                    return None
                if self.holds(chain, world | more):
                    kept.append(world | more)
        if tried and not kept:
            kept = self.implied(chain)
        if tried and not kept and not self.equations_hold:
            return Departure(self.line, "letters")
        self.worlds = kept[:MOST_WORLDS] or self.worlds
        return None

    def choices(self, names: Sequence[str]) -> Iterator[dict[str, Value]]:
        """Values of the solution for unknowns."""
        found: dict[Fraction, Value] = {}
        for node in self.route.nodes:
            found.setdefault(node.number, node)
        for values in product(found.values(), repeat=len(names)):
            yield dict(zip(names, values, strict=True))

    def implied(self, chain: Chain) -> list[dict[str, Value]]:
        """The one unknown of an equation, where what it comes to is on the path."""
        found = implied(chain, self.sources)
        if found is None or not (self.route.reaches(found[1]) or self.route.leads(found[1])):
            return []
        return [dict([found])]

    def holds(self, chain: Chain, world: Mapping[str, Value]) -> bool:
        """Whether both sides agree there, and have a value on the path."""
        self.try_once()
        sources = replace(self.sources, letters=world)
        values = [side for o in chain.operands if (side := evaluate(o, sources))]
        if any(not near(a[0].number, b[0].number) for a, b in pairwise(values)):
            return False
        if not values:
            return True
        known = self.seen - UNITS | self.route.givens | self.route.numbers
        return any(v.number in known or self.route.leads(v) or self.route.part(v) for v in values[0])

    def terms_in_words(self, step: Step) -> Iterator[Expr]:
        """5x of `the cost is 5x dollars`, for letters that the work has introduced."""
        for introduced in INTRODUCED.finditer(step.text):
            self.letters.add(introduced["letter"])
        if not self.letters:
            return
        spans = [c.span for c in step.claims]
        for found in TERM.finditer(step.text):
            inside = any(s.start <= found.start() < s.end for s in spans)
            if inside or found["letter"] not in self.letters or (not found["coefficient"] and not found["more"]):
                continue
            try:
                term = read(found[0])
            except StudentError:
                continue
            if isinstance(term, Expr) and symbols(term) == {found["letter"]} and is_calculation(term):
                yield term

    # ------------------------------------------------------------ numbers in words

    def is_news(self, n: Numeral) -> bool:
        """A number in words that neither stands in the problem or solution nor comes of what is known."""
        known = self.route.givens | UNITS | self.sources.found.keys()
        if n.value in known or self.comes_of_two(n.value):
            return False
        if n.in_words or not self.seen.isdisjoint((n.value, n.value / 100, n.value * 100)):
            return False
        return n.value.denominator != 1 or n.value > MOST_COUNTED

    def rounded(self, value: Fraction) -> Fraction | None:
        """5.33 for 5, where that lacks something."""
        if value.denominator != 1 or value in self.sources.found or value in self.route.givens | self.route.numbers:
            return None
        return next((q for q in self.lacking if q.denominator != 1 and abs(q - value) < 1), None)

    def comes_of_two(self, value: Fraction) -> bool:
        """Whether one calculation with known values gives it on the path; it is noted then."""
        units = UNITS - self.route.givens - self.sources.found.keys()
        known = sorted(self.seen)[:MOST_KNOWN] if value > MOST_COUNTED else sorted(self.seen - units)[:MOST_KNOWN]
        there = set(known) - units
        before = len(self.sources.found.get(value, ()))
        for a in known:
            self.try_once()
            for b, how in ((value - a, "+"), (value + a, "-"), (value / a if a else None, "*"), (value * a, "/")):
                if b is None or b not in there or (a in units and how in "+-"):
                    continue
                for p in self.sources.of(b):
                    for q in self.sources.of(a):
                        formula = _combined(p.formula, q.formula, how)
                        found = Value(value, formula) if formula is not None else None
                        if found is not None and (self.route.leads(found) or self.route.part(found)):
                            self.sources.note(value, [found.formula])
        return len(self.sources.found.get(value, ())) > before


def without_unit_letters(chain: Chain, units: set[str]) -> Chain:
    """`40/2 = 20g`: a letter that only the result of a calculation has is a unit, here and from then on."""

    def bare(node: Node) -> Node:
        match node:
            case Product((*factors, Symbol(name))) if factors and name in units:
                return factors[0] if len(factors) == 1 else Product(tuple(factors), node.signs[:-1])
        return rebuild(node, bare)

    *before, last = chain.operands
    if before and not any(symbols(o) for o in before) and any(map(is_calculation, before)):
        match last:
            case Product((Number(), Symbol(name))):
                units.add(name)
    if units.isdisjoint(symbols(chain)):
        return chain
    return Chain(tuple(bare(o) for o in chain.operands), chain.relations)  # type: ignore[misc]


def _combined(a: Formula, b: Formula, how: str) -> Formula | None:
    match how:
        case "+":
            return added((a, b))
        case "-":
            return added((a, negated(b)))
        case "*":
            return multiplied(a, b)
        case _:
            back = inverted(b)
            return multiplied(a, back) if back is not None else None
