"""Checked steps to a mark by an explicit mark scheme: M for a form or method, A for a value, B for a fact by itself.

An M or B is earned where a line shows what it demands, and implied where an A below it is right and nothing is wrong
on the way. An A needs its M's and a right value, or with `ft` one that follows from the student's own. A right
value that stands on a wrong line does not earn its A. What could not be read or decided leaves marks pending.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tutor.marking.by_errors import strict_losses
from tutor.marking.shown import Entry, Showing, entries_of, is_bare_value
from tutor.records import (
    Answer,
    Award,
    CheckedStep,
    FinalAnswer,
    Mark,
    Part,
    Point,
    Problem,
    Scheme,
    Verdict,
)
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Both,
    Chain,
    Either,
    Expr,
    Negative,
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
    substitute,
    symbols,
    without_brackets,
)
from tutor.verify.answers import compare_answer, significant_figures, value_in
from tutor.verify.calculations import numbers_of_statement
from tutor.verify.notebook import solved_for, value_claimed
from tutor.verify.physical import in_base_units
from tutor.verify.shapes import constant

OPEN = (Verdict.UNDECIDED, Verdict.UNREADABLE)


def mark_by_schemes(
    steps: Sequence[CheckedStep],
    schemes: Sequence[Scheme],
    problem: Problem,
    part: Part | None,
    answer: FinalAnswer | None,
    everything: Sequence[CheckedStep] = (),
) -> Mark:
    """The mark by the scheme that gives most; of those that give the same, the first.

    everything: the steps of all parts, of which a later one may carry on from an earlier.
    """
    marks = [_Marking(steps, scheme, problem, part, answer, everything or steps).mark() for scheme in schemes]
    return max(marks, key=lambda m: (m.earned, m.earned + m.pending))


@dataclass(frozen=True, slots=True)
class _Found:
    """What became of an entry: earned at a line (None: implied), or not, and why; `waits` for a person."""

    earned: bool
    line: int | None = None
    why: str = ""
    waits: bool = False
    reached: bool = False  # the value itself is right


class _Marking:
    """One scheme held against one piece of work."""

    def __init__(
        self,
        steps: Sequence[CheckedStep],
        scheme: Scheme,
        problem: Problem,
        part: Part | None,
        answer: FinalAnswer | None,
        everything: Sequence[CheckedStep],
    ) -> None:
        self.steps = steps
        self.scheme = scheme
        self.problem = problem
        self.part = part
        self.answer = answer
        self.reference = problem.answer if part is None else part.answer
        self.entries = tuple(entries_of(steps))
        given: list[Statement] = [*problem.equations, *(part.equations if part is not None else ())]
        self.showing = Showing(problem, part, self.entries, tuple(entries_of(everything)), given)
        self.wrong = [s.step.line for s in steps if s.verdict is Verdict.WRONG]
        self.open = any(s.verdict in OPEN for s in steps)
        self.refuted = answer is not None and answer.correct is False
        self.charged: set[int] = set()  # wrong lines that have cost a value its mark
        self.blamed: set[int] = set()  # wrong lines that stand in the place of a method

    def mark(self) -> Mark:
        """Every entry's marks together."""
        found: list[_Found | None] = []
        for award in self.scheme:
            found.append(self.shown(award) if self.is_shown(award) else None)
            self.showing.given.extend(award.forms if award.kind == "M" else ())
        for n, award in enumerate(self.scheme):
            if found[n] is None:
                found[n] = self.valued(award, n, found)
                if found[n].reached and award.kind == "A":  # type: ignore[union-attr]
                    self.imply(n, found)
        points = tuple(self.point(award, f) for award, f in zip(self.scheme, found, strict=True) if f is not None)
        available = sum((a.marks for a in self.scheme), Fraction(0))
        strict = list(strict_losses(self.steps, self.problem.strict_remarks))
        pending = sum((p.pending for p in points), Fraction(0))
        earned = sum((p.earned for p in points), Fraction(0)) - sum((amount for _, amount, _ in strict), Fraction(0))
        lost = [
            (p.line, p.marks - p.earned - p.pending, f"{p.label}: {p.why}")
            for p in points
            if p.earned + p.pending < p.marks
        ]
        return Mark(max(Fraction(0), earned), pending, available, (*lost, *strict), points)

    def point(self, award: Award, found: _Found) -> Point:
        """An entry with its marks."""
        earned = award.marks if found.earned else Fraction(0)
        pending = award.marks if found.waits and not found.earned else Fraction(0)
        part = self.part.id if self.part is not None else None
        return Point(award.label, award.says or award.text, award.marks, earned, pending, found.line, found.why, part)

    # ------------------------------------------------------------ forms and methods

    def is_shown(self, award: Award) -> bool:
        """Whether the demand is a form rather than a value."""
        return award.kind == "M" or (award.kind == "B" and bool(award.forms) and not any(map(is_value, award.forms)))

    def shown(self, award: Award) -> _Found:
        """Whether a line shows the form."""
        if not award.forms:  # M1: answer
            return self.valued(award, 0, [])
        entry = self.showing.line_that_shows(award)
        if entry is None and any(map(is_value, award.forms)):
            entry = self.value_shown(award)[0]
        if entry is not None:
            return _Found(True, entry.line)
        what = award.says or award.text
        waits = self.open and not self.refuted
        # Where a line is wrong, it is what stands in the place of the one demanded.
        instead = next((line for line in self.wrong if line not in self.blamed), None)
        if instead is not None:
            self.blamed.add(instead)
        return _Found(False, instead, f"no line shows it ({what})", waits)

    def imply(self, n: int, found: list[_Found | None]) -> None:
        """Methods, facts and values above a right value that nothing wrong leads to."""
        at = found[n]
        if at is None or self.problem.show_work == "required" or self.wrong:
            return
        for k in range(n):
            before = found[k]
            if before is not None and not before.earned and not before.reached:
                found[k] = _Found(True, at.line, "implied by the right value")

    def rests_on(self, n: int) -> list[int]:
        """The M's above an A: the nearest run of them."""
        k = n - 1
        while k >= 0 and self.scheme[k].kind != "M":
            k -= 1
        run = []
        while k >= 0 and self.scheme[k].kind != "A":
            if self.scheme[k].kind == "M":
                run.append(k)
            k -= 1
        return run

    # ------------------------------------------------------------ values

    def valued(self, award: Award, n: int, found: list[_Found | None]) -> _Found:
        """Whether the value is reached."""
        entry, why = self.value_shown(award)
        what = award.says or award.text
        carried = entry is None and award.kind == "A" and award.follow_through
        if carried:
            entry = self.carried(award)
        if entry is None and award.kind == "B":
            entry = self.put_in(award)
        if entry is None:
            if why:
                return _Found(False, self.answer.line if self.answer is not None else None, why, reached=True)
            waits = not self.refuted and (self.open or (self.answer is not None and self.answer.correct is None))
            got = f"; the work ends in {self.answer.text.strip()}" if self.refuted and self.answer is not None else ""
            line = self.answer.line if self.refuted and self.answer is not None else None
            return _Found(False, line, f"{what} is not reached{got}", waits)
        if award.kind == "A":
            missing = [k for k in self.rests_on(n) if (f := found[k]) is not None and not f.earned]
            cause = next((w for w in self.wrong if w < entry.line), None)
            implied = self.can_be_implied() and not carried
            held = [k for k in missing if not (found[k].waits or implied)]  # type: ignore[union-attr]
            if held:
                return _Found(False, entry.line, f"it rests on {self.scheme[held[0]].label}, which is not earned")
            if any(found[k].waits for k in missing) and not implied:  # type: ignore[union-attr]
                return _Found(False, entry.line, "it rests on a line that waits for a person", waits=True)
            if cause is not None and cause not in self.charged and not carried:
                self.charged.add(cause)
                return _Found(False, entry.line, f"the value is right, but line {cause + 1} on the way to it is wrong")
        return _Found(True, entry.line, reached=not carried)

    def can_be_implied(self) -> bool:
        """Whether a right value speaks for methods that no line shows."""
        return self.problem.show_work != "required" and not self.wrong

    def value_shown(self, award: Award) -> tuple[Entry | None, str]:
        """The claim that has the value; else why one that nearly has it does not count."""
        if not award.forms:
            return self.final(award)
        if not all(map(is_value, award.forms)):
            return self.showing.line_that_shows(award), ""
        near = ""
        answer = Answer(award.text, award.forms, award.tolerance)
        for entry in reversed(self.entries):
            if entry.evidence.verdict is Verdict.WRONG or not states_a_value(entry.statement):
                continue
            if not self.has_value(entry, answer):
                continue
            near = self.short_of(award, value_in(entry.statement))
            if not near and award.correct_only and self.refuted:
                return None, "it is not the final answer"
            if not near:
                return entry, ""
        return None, near

    def has_value(self, entry: Entry, answer: Answer) -> bool:
        """Whether a claim has one of the values."""
        statement = entry.statement
        setting = self.showing.setting
        if compare_answer(statement, answer, setting).correct:
            return True
        for form in answer.forms:
            name, own = (solved_for(s) for s in (form, statement))
            if name is not None and not symbols(statement) and (value := value_claimed(form, name)) is not None:
                if compare_answer(statement, replace(answer, forms=(value,)), setting).correct:
                    return True  # (30 - 4)/2 = 13 for x = 13
                continue
            if name is None or own is None or name == own:
                continue
            # The student's own letter: n = 19 for x = 19 where the problem has no letters, v_f = 3 m/s for v = 3 m/s.
            if own not in self.letters_of_problem() and (kinds(form) & {Quantity} or not self.uses(name)):
                renamed = substitute(statement, {own: Symbol(name)})
                if compare_answer(renamed, answer, setting).correct:
                    return True
        return False

    def letters_of_problem(self) -> frozenset[str]:
        """The letters that the problem itself uses."""
        return frozenset(self.problem.unknowns).union(*(symbols(e) for e in self.problem.equations))

    def uses(self, name: str) -> bool:
        """Whether the work has this letter."""
        return any(name in symbols(entry.statement) for entry in self.entries)

    def short_of(self, award: Award, value: Expr | None) -> str:
        """What a right value lacks: its unit, its figures."""
        if value is None:
            return ""
        if award.unit and Quantity not in kinds(value):
            return "the unit is missing"
        if award.figures is not None:
            inner = value
            while isinstance(inner, Quantity):
                inner = inner.value
            shown = significant_figures(inner)
            if shown is not None and shown != award.figures:
                return f"{shown} significant figures, where {award.figures} are asked for"
        return ""

    def final(self, award: Award) -> tuple[Entry | None, str]:
        """The claim that is the final answer, where it is right."""
        answer = self.answer
        if answer is None or answer.correct is not True:
            return None, ""
        own = [e for e in self.entries if e.line == answer.line and self.is_reference(e.statement)]
        for entry in own[-1:]:
            if short := self.short_of(award, value_in(entry.statement)):
                return None, short
            return entry, ""
        # It stands in words, or is put together from several lines.
        step = next((s for s in self.steps if s.step.line == answer.line), None)
        if step is None:
            return None, ""
        return Entry(step.step.line, Chain((), ()), step.evidence), ""

    def is_reference(self, statement: Statement) -> bool:
        """Whether a statement is the problem's answer."""
        if self.reference is None:
            return True
        return bool(compare_answer(statement, replace(self.reference, figures=None), self.showing.setting).correct)

    def carried(self, award: Award) -> Entry | None:
        """A value that follows from the student's own earlier one, where the scheme allows for that."""
        forms = award.forms or (self.reference.forms if self.reference is not None else ())
        names = {solved_for(form) for form in forms} - {None}
        for entry in reversed(self.entries):
            if not self.follows(entry):
                continue
            value = value_in(entry.statement)
            last = self.answer is not None and entry.line == self.answer.line
            named = solved_for(entry.statement) in names if names else last
            several = isinstance(entry.statement, Either) or PlusMinus in kinds(entry.statement)
            if several != any(isinstance(form, Either) for form in forms):
                continue
            lettered = several or any(symbols(form) - names for form in forms)
            if (several or (value is not None and (constant(value) or lettered))) and (named or last):
                return entry if not self.short_of(award, value) else None
        return None

    def put_in(self, award: Award) -> Entry | None:
        """A fact that is no number of the problem and stands in a calculation: 1800 kg in ½ · 1800 · 15²."""
        wanted = {n.value for form in award.forms if isinstance(form, Quantity) for n in numbers(in_base_units(form))}
        wanted |= {n.value for form in award.forms if isinstance(form, Number) for n in (form,)}
        wanted -= numbers_of_statement(self.problem.statement)
        for entry in self.entries:
            if any(n.value in wanted for n in numbers(in_base_units(entry.statement))):
                return entry
        return None

    def follows(self, entry: Entry) -> bool:
        """Whether a claim follows from a wrong one, or restates (in figures, with its unit) what does."""
        if entry.evidence.verdict is Verdict.FOLLOW_THROUGH:
            return True
        if entry.evidence.verdict is not Verdict.UNDECIDED or solved_for(entry.statement) is None:
            return False
        for earlier in self.entries:
            if earlier.line < entry.line and earlier.evidence.verdict is Verdict.FOLLOW_THROUGH:
                parts = earlier.statement.parts if isinstance(earlier.statement, Either) else (earlier.statement,)
                answer = Answer("", tuple(p for p in parts if is_bare_value(p)))
                if answer.forms and compare_answer(entry.statement, answer, self.showing.setting).correct:
                    return True
        return False


def states_a_value(statement: Statement) -> bool:
    """x = 3·5 = 15, 15 m, x > 2, x = 1 and y = 2: rather than an equation that is still to be solved."""
    if isinstance(statement, Both):
        return all(map(states_a_value, statement.parts))
    if isinstance(statement, Chain):
        ends = (statement.operands[0], statement.operands[-1])
        return any(constant(end) for end in ends) and (
            all(constant(o) for o in statement.operands)
            or any(not isinstance(without_brackets(end), STILL_TO_SOLVE) and not constant(end) for end in ends)
        )
    return isinstance(statement, Expr) or solved_for(statement) is not None


STILL_TO_SOLVE = (Sum, Product, Quotient, Power, Root, Negative)  # 3x + 4 of 3x + 4 = 19


def is_value(form: Statement) -> bool:
    """x = 5, v = 24.7 m/s, 9.81 m/s², x = 1 or x = 2: rather than a form or a calculation."""
    if isinstance(form, Chain | Either):
        return is_bare_value(form)
    return (
        isinstance(form, Expr)
        and constant(form)
        and (isinstance(form, Quantity) or not to_text(form).strip("0123456789.,-/"))
    )
