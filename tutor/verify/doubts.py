"""What speaks against calling a claim wrong: how it was cut out, signs that may belong apart, what the words excuse."""

from __future__ import annotations

import re
from itertools import pairwise

from tutor.records import (
    Claim,
    Contradicts,
    Counterexample,
    Evidence,
    FalseEquality,
    NothingClaimed,
    Role,
    SolutionsLost,
    Step,
    Undecided,
)
from tutor.syntax.tree import (
    Both,
    Chain,
    Integral,
    Negative,
    NoSolution,
    Number,
    PlusMinus,
    Statement,
    Words,
    walk,
)
from tutor.verify import wording
from tutor.verify.notebook import Notebook, solved_for
from tutor.verify.questions import Outcome, Question
from tutor.verify.shapes import WORD


def not_held_against(asked: Question, outcome: Outcome) -> Evidence | None:
    """What the words say that makes a false claim no mistake, or leaves open whether it is one."""
    claim, step, book = asked.claim, asked.step, asked.book
    if wording.refused_later(step, claim):
        return NothingClaimed("refused")
    evidence = outcome.evidence
    if isinstance(evidence, SolutionsLost | Counterexample | Contradicts) and another_case(asked, outcome):
        return NothingClaimed("another case")
    if isinstance(evidence, FalseEquality) and wording.times_of_day(step.text):
        return Undecided(("a time of day",))
    if isinstance(evidence, FalseEquality) and arrives_at_the_absurd(asked, outcome.statement):
        return NothingClaimed("a contradiction reached")
    opaque = any(isinstance(n, Words) and "(" in n.text for n in walk(outcome.statement))
    if opaque and not isinstance(evidence, FalseEquality):
        return Undecided(("a value that depends on others",))
    if isinstance(evidence, FalseEquality) and same_ends_in_another_letter(outcome.statement, book):
        return Undecided(("the ends of the integral may be meant for the old letter",))
    if isinstance(evidence, FalseEquality):
        if wording.calculates_within(step, claim) or wording.same_modulo(evidence.left, evidence.right, book.moduli):
            return Undecided(("the work may be modulo a number",))
        return Undecided(("a dash may be a bullet",)) if wording.dash_may_be_bullet(step, claim) else None
    if isinstance(evidence, SolutionsLost | Counterexample | Contradicts):
        solved = solved_for(outcome.statement)
        if solved is None and wording.introduces(step, claim):
            return NothingClaimed("a new equation")
        if solved is not None and wording.rounds_off(step.text, book.text_before):
            return Undecided(("it may be rounded",))
    return None


def supposed(claim: Claim, step: Step) -> bool:
    """`x = 2: 8 + 2 = 10`, the value that is tried, at the beginning of its line."""
    first = bool(step.claims) and step.claims[0].span == claim.span
    if not first or claim.role not in (Role.CLAIM, Role.CHECK) or solved_for(claim.statement) is None:
        return False
    plain = isinstance(claim.statement, Chain) and len(claim.statement.operands) == 2
    return plain and bool(COLON.match(step.text, claim.span.end))


COLON = re.compile(r"[\s$)\]\\*]*:[\s$(\[\\*]*\S")


def another_case(asked: Question, outcome: Outcome) -> bool:
    """Values of a case of their own: after `x = 1: y = -2`, `x = -1: y = 2`; after (-1, -2), the point (0, -3)."""
    step, book, statement = asked.step, asked.book, outcome.statement
    fact = outcome.from_fact
    if supposed(step.claims[0], step) and (fact is None or (fact.solves is not None and fact.line != step.line)):
        return True
    if not isinstance(statement, Both) or book.last_claim is None:
        return False
    before = book.last_claim[1].statement
    return isinstance(before, Both) and len(valued(before)) > 1 and valued(before) == valued(statement)


def valued(statement: Both) -> frozenset[str | None]:
    """{x, y} of `x = -1, y = -2`; nothing where a part is no value."""
    names = frozenset(solved_for(part) for part in statement.parts)
    return names if None not in names and len(names) == len(statement.parts) else frozenset()


def arrives_at_the_absurd(asked: Question, statement: Statement) -> bool:
    """`4 = 5`, and then: no solution."""
    bare = isinstance(statement, Chain) and all(isinstance(o, Number | Negative) for o in statement.operands)
    coming = asked.ahead.statements()
    return bare and bool(coming) and isinstance(coming[0], NoSolution)


def same_ends_in_another_letter(statement: Statement, book: Notebook) -> bool:
    """∫_0^2 2x e^(x²) dx = ∫_0^2 e^u du: the ends were not changed with the letter, or are those of x."""
    integrals = [n for n in walk(statement) if isinstance(n, Integral) and n.lower is not None]
    return any(
        a.variable != b.variable
        and (a.lower, a.upper) == (b.lower, b.upper)
        and {a.variable.name, b.variable.name} & book.names_seen
        for a, b in pairwise(integrals)
    )


OPERATORS = tuple("+-*/×·÷−–^")


OPERATION_WORDS = re.compile(
    r"\b(?:divided by|times|multiplied by|plus|minus|over|of|than|by)\s*[$(\\]*$", re.IGNORECASE
)


def cut_in_doubt(claim: Claim, step: Step) -> bool:
    """Words may hide an operand: an operator, a letter or "divided by" touches the piece that was read."""
    if not claim.among_words:
        return False
    before, after = step.text[: claim.span.start], step.text[claim.span.end :]
    if before[-1:].isalnum() or after[:1].isalnum():
        return True
    before, after = before.rstrip(), after.lstrip()
    if len(before) > 1 and (before.endswith(OPERATORS) or OPERATION_WORDS.search(before)):
        return True
    return after.startswith(tuple("+*/×·÷^=%"))


def signs_in_doubt(statement: Statement) -> bool:
    """Two ± on one side may be meant independently."""
    if not isinstance(statement, Chain):
        return False
    return any(sum(isinstance(node, PlusMinus) for node in walk(side)) > 1 for side in statement.operands)


def goes_on_from_last(book: Notebook) -> bool:
    """A line that begins with = goes on from the claim before where that one ended its line."""
    if book.last_claim is None:
        return True
    step, last = book.last_claim
    return not supposed(last, step) and not step.unread and not WORD.search(step.text[last.span.end :])
