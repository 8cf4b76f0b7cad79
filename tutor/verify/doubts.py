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
    Verdict,
)
from tutor.syntax.tree import (
    Absolute,
    Both,
    Bracket,
    Call,
    Chain,
    Expr,
    Integral,
    Negative,
    NoSolution,
    Number,
    PlusMinus,
    Power,
    Quantity,
    Statement,
    Symbol,
    Words,
    kinds,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify import wording
from tutor.verify.notebook import PROBLEM, Notebook, solved_for
from tutor.verify.questions import Outcome, Question, ask, setting_now
from tutor.verify.shapes import WORD, without_units
from tutor.verify.tasks import Compare, Relate


def not_held_against(asked: Question, outcome: Outcome) -> Evidence | None:
    """What the words say that makes a false claim no mistake, or leaves open whether it is one."""
    claim, step, book = asked.claim, asked.step, asked.book
    if wording.refused_later(step, claim):
        return NothingClaimed("refused")
    evidence = outcome.evidence
    if isinstance(evidence, SolutionsLost | Counterexample | Contradicts) and another_case(asked, outcome):
        return NothingClaimed("another case")
    if isinstance(evidence, SolutionsLost | Counterexample | Contradicts) and (why := another_meaning(asked, outcome)):
        return Undecided((why,))
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
    if not isinstance(statement, Both):
        return False
    if on_the_curve(asked, statement):
        return True
    if book.last_claim is None:
        return False
    before = book.last_claim[1].statement
    return isinstance(before, Both) and len(valued(before)) > 1 and valued(before) == valued(statement)


def another_meaning(asked: Question, outcome: Outcome) -> str:
    """What else a line may mean that its letters alone do not tell."""
    statement, text = outcome.statement, asked.step.text
    if isinstance(statement, Chain) and "≡" in statement.relations:
        return "the work may be modulo a number"
    if wording.pence(text) and "p" in symbols(statement):
        return "p may be pence"
    value, fact = whole(statement), outcome.from_fact
    if value is not None and fact is not None and wording.counts(text) and isinstance(fact.statement, Chain):
        end = fact.statement.operands[-1]
        if isinstance(end, Number) and end.places and abs(end.value - value) < 1:
            return "it may be rounded"
    if fact is not None and not asked.book.setting.real and Absolute in kinds(fact.statement):
        return "many complex numbers have that modulus"
    before = said_before(statement, asked.book)
    if before is not None and without_limits(before.operands[-1]):
        return "the limits of the integral may have been left out"
    if before is not None and asked.book.physical is None and in_another_unit(asked.claim.statement, before):
        return "the value before may be in another unit"
    if fact is not None and ratio_of(statement) and ratio_of(fact.statement):
        return "the angle may lie in one quadrant"
    if asked.book.physical is not None and follows_by_numbers(asked, statement):
        return "the letter may stand for a number of the units before"
    return ""


def follows_by_numbers(asked: Question, statement: Statement) -> bool:
    """`1/4 · 48 = 1 · x` after `1/(1/4 pound) = 48/(x pounds)`: x counts pounds, and the units are left out."""
    book = asked.book
    if book.last_claim is None or Quantity in kinds(asked.claim.statement):
        return False
    before = book.last_claim[1].statement
    from tutor.verify.physical import dimension_written

    units = {n.unit.text for n in walk(before) if isinstance(n, Quantity) and dimension_written(n)}
    if len(units) != 1 or not isinstance(before, Chain) or not symbols(before):
        return False  # of two units the one may have to be converted
    finding = ask(book, Relate(without_units(before), statement, setting_now(book)))
    return finding.evidence.verdict is Verdict.CORRECT


def said_before(statement: Statement, book: Notebook) -> Chain | None:
    """What the lines before said last of the letter that a claim is about."""
    if not isinstance(statement, Chain) or not isinstance(statement.operands[0], Symbol):
        return None
    facts = (f.statement for f in reversed(book.facts) if f.line != PROBLEM)
    return next((s for s in facts if isinstance(s, Chain) and s.operands[0] == statement.operands[0]), None)


def without_limits(expr: Expr) -> bool:
    """∫ 3x² dx, or [x³] before its limits are put in."""
    return (isinstance(expr, Integral) and expr.lower is None) or (
        isinstance(expr, Bracket) and expr.style == "[" and bool(symbols(expr))
    )


def in_another_unit(statement: Statement, before: Chain) -> bool:
    """`V = 1`, a number of cubic metres, and then `V = 1000 litres`."""
    if not isinstance(statement, Chain):
        return False
    now, then = without_brackets(statement.operands[-1]), without_brackets(before.operands[-1])
    if not isinstance(now, Quantity) or not isinstance(now.value, Number) or not isinstance(then, Number):
        return False
    if statement.operands[0] != before.operands[0] or not now.value.value or not then.value:
        return False
    times = now.value.value / then.value
    from tutor.verify.physical import dimension_written

    return max(times, 1 / times) in UNITS_APART and dimension_written(now) is not None


UNITS_APART = frozenset({24, 60, 100, 1000, 3600, 10_000, 1_000_000})


def whole(statement: Statement) -> int | None:
    """18 of `n = 18`."""
    end = statement.operands[-1] if isinstance(statement, Chain) else None
    return int(end.value) if isinstance(end, Number) and end.value.denominator == 1 else None


def ratio_of(statement: Statement) -> str:
    """A of `cos A = 4/5` and `cos² A = 16/25`: an angle of a figure has a capital letter."""
    if not isinstance(statement, Chain) or symbols(statement.operands[-1]):
        return ""
    ratio = statement.operands[0]
    ratio = ratio.base if isinstance(ratio, Power) else ratio
    if isinstance(ratio, Call) and ratio.name in ("sin", "cos", "tan") and len(ratio.args) == 1:
        angle = ratio.args[0]
        return angle.name if isinstance(angle, Symbol) and angle.name in ("A", "B", "C", "D", "P", "Q", "R") else ""
    return ""


def on_the_curve(asked: Question, statement: Both) -> bool:
    """x = -2, y = 1 fulfils all that the problem says of x and y."""
    book = asked.book
    names = valued(statement)
    said = [f.statement for f in book.facts if f.line == PROBLEM and f.names and f.names <= names]
    if len(names) < 2 or book.partly_read or not said:
        return False
    values = {solved_for(part): part.operands[-1] for part in statement.parts if isinstance(part, Chain)}
    known = {name: value for name, value in values.items() if name is not None and not symbols(value)}
    if len(known) < len(names):
        return False
    for each in said:
        put_in = substitute(each, known)
        if not isinstance(put_in, Chain) or len(put_in.operands) != 2 or put_in.relations != ("=",):
            return False
        left, right = put_in.operands
        if (
            ask(book, Compare(left, right, "=", setting_now(book, without=frozenset(known)))).evidence.verdict
            is not Verdict.CORRECT
        ):
            return False
    return True


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


def reading_in_doubt(claim: Claim, step: Step, book: Notebook, *, others_open: bool) -> str | None:
    """Why a claim that was refuted as read may not say what was read; None where it surely does.

    others_open: another reading of it was neither proved nor refuted.
    """
    if claim.by_model:
        return "only the language model's reading"
    if signs_in_doubt(claim.statement):
        return "which signs of ± belong together"
    if cut_in_doubt(claim, step) or (claim.continues and not goes_on_from_last(book)):
        return "where the calculation begins or ends among the words is not sure"
    return "two readings are possible" if others_open else None


ENDS_IN = re.compile(r"\w\s+(?:in|during|for|on|of|by|after|at|until|year)$", re.IGNORECASE)


def cut_in_doubt(claim: Claim, step: Step) -> bool:
    """Words may hide an operand: an operator, a letter or "divided by" touches the piece that was read."""
    if not claim.among_words:
        return False
    before, after = step.text[: claim.span.start], step.text[claim.span.end :]
    if before[-1:].isalnum() or after[:1].isalnum():
        return True
    before, after = before.rstrip(), after.lstrip()
    if (
        isinstance(claim.statement, Chain)
        and isinstance(claim.statement.operands[0], Number)
        and ENDS_IN.search(before)
    ):
        return True  # the expenses in 2014 = 20*3: the number names what the calculation is of
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
