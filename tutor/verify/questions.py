"""A claim as a question, the outcome of one of its readings, and the setting that the notebook gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tutor.records import Claim, Evidence, FollowThrough, NothingClaimed, Remark, Role, Step, Verdict
from tutor.syntax.tree import Both, Chain, Either, Expr, Statement, Symbol, substitute, symbols, without_brackets
from tutor.verify.memory import SHARED
from tutor.verify.notebook import Fact, Notebook, solved_for
from tutor.verify.shapes import holds_calculus
from tutor.verify.tasks import Finding, Setting, Task

EARLIER_LINES_TRIED = 6


CASES_LOOKED_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Ahead:
    """The claims that are still to come; a case of a case distinction is known by them."""

    steps: Sequence[Step]
    position: int
    skip: int = 0

    def after(self, number: int) -> Ahead:
        """The same, seen from a claim of the step."""
        return replace(self, skip=number + 1)

    def statements(self) -> list[Statement]:
        """The next few statements, in order."""
        found = [c.statement for c in self.steps[self.position].claims[self.skip :] if c.role is not Role.RETRACTED]
        for step in self.steps[self.position + 1 :]:
            if len(found) >= CASES_LOOKED_AHEAD:
                break
            found.extend(c.statement for c in step.claims if c.role is not Role.RETRACTED)
        return found[:CASES_LOOKED_AHEAD]

    def claims_next(self) -> Claim | None:
        """The claim that comes next."""
        rest = (c for c in self.steps[self.position].claims[self.skip :])
        later = (c for step in self.steps[self.position + 1 : self.position + 3] for c in step.claims)
        return next((c for c in (*rest, *later) if c.role is not Role.RETRACTED), None)

    def refused(self) -> list[Statement]:
        """The values that this line, or the next, refuses."""
        later = (c for step in self.steps[self.position : self.position + 2] for c in step.claims)
        return [c.statement for c in later if c.role is Role.RETRACTED and solved_for(c.statement) is not None]


SEVERITY = {
    Verdict.WRONG: 0,
    Verdict.UNREADABLE: 1,
    Verdict.UNDECIDED: 2,
    Verdict.FOLLOW_THROUGH: 3,
    Verdict.CORRECT: 4,
    Verdict.NO_CLAIM: 5,
}


@dataclass(frozen=True, slots=True)
class Question:
    """A claim with all that it is judged by."""

    claim: Claim
    step: Step
    book: Notebook
    ahead: Ahead

    @property
    def strict(self) -> bool:
        """Whether the claim was surely meant to follow from what stands before it."""
        return self.claim.linked or self.claim.continues or not self.claim.among_words


@dataclass(frozen=True, slots=True)
class Outcome:
    """Evidence for one reading of a claim, and what the notebook is to remember of it."""

    evidence: Evidence
    statement: Statement
    remarks: tuple[Remark, ...] = ()
    from_fact: Fact | None = None
    known: bool = True  # worth remembering as a fact


SOLUTION_NUMBER = re.compile(r"^(\w)_(?:[12345+-]|\{?1\s?[,/;]?\s?2\}?)$")


def without_indices(statement: Statement, book: Notebook) -> Statement:
    """x_1 = 2, x_2 = 3 are the solutions of an equation in x, where only x has been spoken of."""
    if book.iterates:
        return statement
    renamed = {}
    for name in symbols(statement) - book.names_seen:
        match = SOLUTION_NUMBER.match(name)
        if match and match.group(1) in book.names_seen:
            renamed[name] = Symbol(match.group(1))
    if not renamed:
        return statement
    statement = substitute(statement, renamed)
    if isinstance(statement, Both) and all(solved_for(part) is not None for part in statement.parts):
        return Either(statement.parts)
    return statement


def weakest(findings: Iterable[Finding]) -> Finding:
    """The finding that decides a chain: a refuted link, else one not decided, else the last true one."""
    chosen: Finding | None = None
    remarks: list[Remark] = []
    for finding in findings:
        remarks.extend(finding.remarks)
        if chosen is None or SEVERITY[finding.evidence.verdict] <= SEVERITY[chosen.evidence.verdict]:
            if chosen is not None and chosen.evidence.verdict is Verdict.WRONG:
                continue
            chosen = finding
    if chosen is None:
        return Finding(NothingClaimed("expression"))
    return Finding(chosen.evidence, tuple(dict.fromkeys(remarks)))


def with_definitions(setting: Setting, book: Notebook) -> Setting:
    """The setting with y ↦ x² + 1 for facts that give y in terms of other symbols."""
    values = dict(setting.values)
    for fact in book.facts:
        statement = fact.statement
        if isinstance(statement, Chain) and set(statement.relations) == {"="}:
            head = without_brackets(statement.operands[0])
            body = statement.operands[-1]
            if len(statement.operands) > 2 and not symbols(body):
                body = statement.operands[1]  # dA/dx = 20 - 2x = 0 ends in an equation
            if holds_calculus(head) or holds_calculus(body):
                continue
            if isinstance(head, Symbol) and symbols(body) and head.name not in symbols(body):
                values[head.name] = body
    functions = dict(setting.functions)
    curves = [body for body in values.values() if len(symbols(body)) == 1]
    if not functions and len(curves) == 1:
        # y = x³ - 3x in the problem, f'(x) = 3x² - 3 in the work: f is that function.
        (parameter,) = symbols(curves[0])
        functions = {"f": ((parameter,), curves[0])}
    if "y" not in values and len(functions) == 1:
        # f(x) = x² - 3x in the problem, y' = 2x - 3 in the work: y is f(x).
        ((names, body),) = functions.values()
        if len(names) == 1 and names[0] != "y" and not speaks_of_y(book):
            values["y"] = body
    curve = values.get("y")
    if curve is not None and len(symbols(curve)) == 1 and "y" not in functions:
        (parameter,) = symbols(curve)
        functions = {**functions, "y": ((parameter,), curve)}
    return replace(setting, values=values, functions=functions)


def speaks_of_y(book: Notebook) -> bool:
    """An equation in y, other than for y': y is something of its own."""
    return any("y" in fact.names and not holds_calculus(fact.statement) for fact in book.facts)


def replace_setting(book: Notebook, counters: frozenset[str]) -> Notebook:
    """The same notebook, with these letters known to be integers."""
    book.setting = replace(book.setting, integers=book.setting.integers | counters)
    return book


def found(
    finding: Finding, statement: Statement, rests_on: int | None, fact: Fact | None = None, *, known: bool = True
) -> Outcome:
    """A finding as an outcome; what is right but rests on a wrong line follows through."""
    evidence = finding.evidence
    if rests_on is not None and evidence.verdict is Verdict.CORRECT:
        evidence = FollowThrough(rests_on, evidence)  # type: ignore[arg-type]
    return Outcome(evidence, statement, finding.remarks, fact, known)


def define_function(book: Notebook, name: str, names: tuple[str, ...], body: Expr) -> None:
    """Remember f(x) = body."""
    book.setting = replace(book.setting, functions={**book.setting.functions, name: (names, body)})


def ask(book: Notebook, task: Task) -> Finding:
    """The finding of the first domain that has one; all that is asked about one claim shares one budget."""
    return SHARED.decide(task, book.budget)


def setting_now(book: Notebook, without: frozenset[str] = frozenset()) -> Setting:
    """The setting with the values that earlier lines gave to symbols."""
    values = book.values
    if not values.keys().isdisjoint(without):
        values = {name: value for name, value in values.items() if name not in without}
    return replace(book.setting, values=dict(values)) if values else book.setting
