"""Judge each line of a solution against the problem and the lines before it.

`judge_steps` walks through the work once with a `Notebook`. For every claim it asks the domains the questions that
could make the claim right, in the order of evidence: a true calculation, an identity, a relation to the line before,
to the problem, to any earlier line, a consequence of several, a value put in. Only where one of those questions was
*refuted*, and the claim was surely meant to follow, is it wrong; whatever else was not shown is undecided, or nothing
that can be judged (a new quantity, an assumption).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, pairwise
from typing import assert_never

from tutor.bridge.normal import same as same_form
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.records import (
    CannotRead,
    CheckedStep,
    Claim,
    Contradicts,
    Correct,
    Counterexample,
    EqualValues,
    Evidence,
    FalseEquality,
    FollowsFrom,
    FollowThrough,
    Identity,
    Judged,
    NothingClaimed,
    Problem,
    Relation,
    Remark,
    Role,
    SolutionSets,
    SolutionsLost,
    Step,
    Undecided,
    Verdict,
)
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    AllValues,
    AnyNode,
    Arrow,
    Both,
    Bracket,
    Call,
    Chain,
    Constant,
    Degrees,
    Derivative,
    Differential,
    Either,
    Evaluated,
    Expr,
    Integral,
    Interval,
    Mixed,
    Negative,
    Node,
    NoSolution,
    Number,
    NumberSet,
    Percent,
    PlusMinus,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    SetBuilder,
    SetOf,
    SetOperation,
    Statement,
    Sum,
    Symbol,
    Words,
    children,
    kinds,
    rebuild,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify import settled, wording
from tutor.verify.bounds import integers_among, is_bound, newcomer, numeral, turning_points, within
from tutor.verify.domains import decide
from tutor.verify.meaning import resolve
from tutor.verify.notebook import PROBLEM, Fact, Notebook, numbers_in, solved_for
from tutor.verify.one_unknown import spelt_out
from tutor.verify.tasks import Budget, Compare, Entail, Finding, Relate, Setting, Task

EARLIER_LINES_TRIED = 6
CASES_LOOKED_AHEAD = 12


def judge_steps(steps: Sequence[Step], problem: Problem) -> list[CheckedStep]:
    """Check each step against the problem and the steps before it; never raises on what a student wrote."""
    book = open_notebook(steps, problem)
    checked: list[CheckedStep] = []
    part: str | None = None
    for position, step in enumerate(steps):
        if step.part is not None and step.part != part:
            part = step.part
            for each in problem.parts:
                if each.id == part:
                    take_given(book, each.equations)
        ahead = Ahead(steps, position)
        if book.prose and wording.second_thoughts(step.text):
            book.doubted = step.line
        judged: list[Judged] = []
        for number, claim in enumerate(step.claims):
            judged.append(judge_claim(claim, step, book, ahead.after(number)))
            book.last_claim = (step, claim)
        checked.append(sum_up(step, judged))
        if step.unread:
            book.gaps.append(step.line)
        book.text_before = step.text
    return checked


def open_notebook(steps: Sequence[Step], problem: Problem) -> Notebook:
    """A notebook that holds what the problem says."""
    complex_ = problem.field_ == "complex" or any(
        isinstance(node, Constant) and node.name == "i"
        for step in steps
        for claim in step.claims
        if Constant in kinds(claim.statement)
        for node in walk(claim.statement)
    )
    setting = Setting(
        angle_unit=problem.angle_unit,
        log_base=problem.log_base,
        real=not complex_,
        unknowns=frozenset(problem.unknowns),
        constants=constants_of_integration(steps, problem),
    )
    book = Notebook(
        setting,
        from_equations=any(not isinstance(e, Expr) for e in problem.equations),
        asks_to_rewrite=any(isinstance(e, Expr) for e in problem.equations),
        prose=is_prose(steps),
        tells_a_story=bool(problem.statement) and not problem.equations,
        modular=bool(MODULAR.search(problem.statement)) or any(MODULAR.search(step.text) for step in steps),
    )
    take_given(book, problem.equations)
    book.moduli = wording.moduli(problem.statement)
    read_relations = sum(len(n.relations) for e in problem.equations for n in walk(e) if isinstance(n, Chain))
    book.partly_read = problem.statement.count("=") > read_relations
    book.whole_numbers = bool(WHOLE_NUMBERS.search(problem.statement))
    book.given_functions = frozenset(book.setting.functions)
    book.note_numbers(problem.equations, false=None, line=PROBLEM)
    book.exact_numbers = numbers_of_statement(problem.statement)
    book.sound_numbers |= book.exact_numbers
    return book


CONSTANT_OF_INTEGRATION = re.compile(r"[CcKk](?:_\d)?")


def constants_of_integration(steps: Sequence[Step], problem: Problem) -> frozenset[str]:
    """C, c, K, k, C_1 of work in which an indefinite integral stands, where the problem does not speak of them."""
    work = [claim.statement for step in steps for claim in step.claims]
    nodes = (n for s in (*problem.equations, *work) if Integral in kinds(s) for n in walk(s))
    if not any(isinstance(n, Integral) and n.lower is None for n in nodes):
        return frozenset()
    given = frozenset[str]().union(*(symbols(e) for e in problem.equations))
    found = frozenset[str]().union(*(symbols(s) for s in work)) - given
    return frozenset(name for name in found if CONSTANT_OF_INTEGRATION.fullmatch(name))


def take_given(book: Notebook, equations: Iterable[Statement]) -> None:
    """What the problem, or a part of it, states: facts, functions, or the expression to be rewritten."""
    parts = (part for e in equations for part in (e.parts if isinstance(e, Both) else (e,)))
    for stated in parts:
        equation = without_units(stated)
        if isinstance(equation, Chain) and (named := defined_function(equation)):
            define_function(book, *named)
        if isinstance(equation, Expr):
            book.expression = (equation, PROBLEM, None)
            book.first_expression = equation
        else:
            book.add(equation, PROBLEM, given=True)


WORD = re.compile(r"(?<![\\\w])[A-Za-z]{3,}")
WHOLE_NUMBERS = re.compile(r"\b(?:integers?|integral|whole numbers?|natural numbers?)\b", re.IGNORECASE)
MODULAR = re.compile(
    r"\bmod(?:ulo|ular)?\b|\\[bp]?mod|≡|\\equiv|\bbase[ -]?(?:\d|two|eight|ten|sixteen)|\bbinary\b", re.IGNORECASE
)


def is_prose(steps: Sequence[Step]) -> bool:
    """A third of the lines or more are sentences: mathematics explained rather than worked line by line."""
    wordy = sum(1 for step in steps if step.operation is None and len(WORD.findall(step.text)) >= 5)
    return wordy * 3 >= max(1, len(steps))


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


def sum_up(step: Step, judged: Sequence[Judged]) -> CheckedStep:
    """A line is as good as its worst claim; what could not be read counts only where nothing is wrong."""
    remarks = tuple(dict.fromkeys(remark for j in judged for remark in j.remarks))
    worst = min(judged, key=lambda j: SEVERITY[j.evidence.verdict], default=None)
    evidence: Evidence
    if worst is not None and worst.evidence.verdict is Verdict.WRONG:
        evidence = worst.evidence
    elif step.unread:
        piece = step.unread[0]
        evidence = CannotRead(piece.span.start, piece.span.end, piece.expected)
    elif worst is not None:
        evidence = worst.evidence
    else:
        evidence = NothingClaimed(step.why_no_claim or "words")
    return CheckedStep(step, evidence, tuple(judged), remarks)


SEVERITY = {
    Verdict.WRONG: 0,
    Verdict.UNREADABLE: 1,
    Verdict.UNDECIDED: 2,
    Verdict.FOLLOW_THROUGH: 3,
    Verdict.CORRECT: 4,
    Verdict.NO_CLAIM: 5,
}


# ---------------------------------------------------------------- one claim


def judge_claim(claim: Claim, step: Step, book: Notebook, ahead: Ahead) -> Judged:
    """The first reading that holds is the one that was meant; wrong only where no reading holds."""
    if claim.role is Role.RETRACTED:
        return Judged(claim, NothingClaimed("crossed out"))
    if claim.continues and ARROW_FIRST.match(step.text):
        claim = replace(claim, continues=False, linked=True)  # a line that begins with ⇒ is a claim of its own
    asked = Question(claim, step, book, ahead)
    book.budget = Budget()
    outcomes: list[Outcome] = []
    for number, statement in enumerate((claim.statement, *claim.alternatives)):
        outcome = guarded(asked, statement)
        verdict = outcome.evidence.verdict
        if verdict in (Verdict.CORRECT, Verdict.FOLLOW_THROUGH) or (number == 0 and verdict is Verdict.NO_CLAIM):
            if number:
                remark = Remark("reading", f"read as {to_text(statement)}")
                outcome = replace(outcome, remarks=(*outcome.remarks, remark))
                claim = replace(claim, statement=statement, alternatives=())
            return write_down(outcome, claim, step, book)
        outcomes.append(outcome)
    again = from_the_integral(asked, outcomes[0])
    if again is not None:
        return write_down(again, claim, step, book)
    first = outcomes[0]
    if first.evidence.verdict is Verdict.WRONG and claim.by_model:
        first = replace(first, evidence=Undecided(("only the language model's reading",)))
    if first.evidence.verdict is Verdict.WRONG and (excuse := not_held_against(asked, first)):
        first = replace(first, evidence=excuse)
    in_doubt = cut_in_doubt(claim, step) or (claim.continues and not goes_on_from_last(book))
    if first.evidence.verdict is Verdict.WRONG and signs_in_doubt(claim.statement):
        first = replace(first, evidence=Undecided(("which signs of ± belong together",)))
    if first.evidence.verdict is Verdict.WRONG and in_doubt:
        first = replace(
            first, evidence=Undecided(("where the calculation begins or ends among the words is not sure",))
        )
    if first.evidence.verdict is Verdict.WRONG and any(o.evidence.verdict is Verdict.UNDECIDED for o in outcomes[1:]):
        first = replace(first, evidence=Undecided(("two readings are possible",)))
    return write_down(first, claim, step, book)


def from_the_integral(asked: Question, outcome: Outcome) -> Outcome | None:
    """`= ∫ cos u du` after a line that names u and du goes on from the integral above that line."""
    statement, book = outcome.statement, asked.book
    if not asked.claim.continues or not isinstance(statement, Chain) or book.last_claim is None:
        return None
    aside = book.last_claim[1].statement
    if not any(isinstance(n, Differential) for n in walk(aside)) and not isinstance(aside, Both):
        return None
    for expr, line in reversed(book.integrals[-3:]):
        if line < asked.step.line:
            again = guarded(asked, replace(statement, operands=(expr, *statement.operands[1:])))
            if again.evidence.verdict in (Verdict.CORRECT, Verdict.FOLLOW_THROUGH):
                return again
    return None


def not_held_against(asked: Question, outcome: Outcome) -> Evidence | None:
    """What the words say that makes a false claim no mistake, or leaves open whether it is one."""
    claim, step, book = asked.claim, asked.step, asked.book
    if wording.refused_later(step, claim):
        return NothingClaimed("refused")
    evidence = outcome.evidence
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
    return not step.unread and not WORD.search(step.text[last.span.end :])


ARROW_FIRST = re.compile(r"[\s$&\\\[(]*(?:⇒|⟹|→|⟶|⇔|⟺|∴|=>|->|<=>|Rightarrow|implies|to\b|iff|therefore)")


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


def guarded(asked: Question, statement: Statement) -> Outcome:
    """Judge one reading; what is too large or has no value is undecided, with the reason."""
    try:
        return judge_statement(asked, statement)
    except (StudentError, Undefined, Unsupported) as error:
        return Outcome(Undecided((str(error),)), statement, known=False)


def judge_statement(asked: Question, statement: Statement) -> Outcome:
    """Sort the statement into a calculation, a rewriting, a relation between lines, or something new."""
    claim, book = asked.claim, asked.book
    sided = with_the_sides(statement, book)
    if sided is not statement and isinstance(sided, Chain):
        return judge_links(asked, without_units(sided), rewriting=True)
    statement = percentages_of_unknowns(in_the_letter_used(statement, book))
    statement = without_integers(without_indices(statement, book), book)
    if claim.role in (Role.GIVEN, Role.DEFINITION):
        return assume(asked, statement)
    match statement:
        case Chain() if (counted := settled.with_counts(statement, setting_now(book))) != statement:
            return judge_statement(asked, counted)
        case Chain(_, ("=",)) if (rows := settled.row_by_row(statement, setting_now(book))) is not None:
            if all(isinstance(p, Chain) and is_name(p.operands[0]) and constant(p.operands[1]) for p in rows.parts):
                return judge_together(asked, rows.parts)
            return judge_relation(asked, rows)
        case Chain():
            outcome = judge_chain(asked, statement)
            return rests_on_expression(outcome, book) if claim.continues else outcome
        case Both(parts) if holds_calculus(statement):
            return judge_each(asked, parts)
        case Both(parts) if any(quantities_alone(part) for part in parts):
            return judge_together(asked, parts)
        case Both(parts) if all(about_known_objects(part, book) for part in parts):
            return judge_together(asked, parts)
        case Either() | Both() | NoSolution() | AllValues():
            return judge_relation(asked, without_units(statement))
        case Arrow(parts):
            return judge_arrow(asked, parts)
        case Expr():
            return judge_expression(asked, statement)
        case _:
            assert_never(statement)
    return Outcome(Undecided(), statement, from_fact=None, known=bool(book))


def percentages_of_unknowns(statement: Statement) -> Statement:
    """x - 25% is x less a quarter of x."""
    if not isinstance(statement, Chain) or not symbols(statement):
        return statement
    if Percent not in kinds(statement):
        return statement
    from tutor.verify.arithmetic import percent_of_before

    return replace(statement, operands=tuple(percent_of_before(o) if symbols(o) else o for o in statement.operands))


def quantities_alone(part: Statement) -> bool:
    """`x = 10 cm = 0.10 m`: to be judged with its units."""
    return (
        isinstance(part, Chain)
        and len(part.operands) > 2
        and any(isinstance(n, Quantity) for n in walk(part))
        and all(constant(operand) for operand in part.operands[1:])
    )


def about_known_objects(part: Statement, book: Notebook) -> bool:
    """`|a| = √2` with the vector a known."""
    return isinstance(part, Chain) and settled.known_objects(part.operands[0], part.operands[-1], setting_now(book))


def judge_together(asked: Question, parts: Sequence[Statement]) -> Outcome:
    """Several statements on a line, one after another; the worst tells."""
    outcomes: list[Outcome] = []
    for part in parts:
        outcomes.append(judge_statement(asked, part))
    worst = min(outcomes, key=lambda o: SEVERITY[o.evidence.verdict])
    kept = [o.statement for o in outcomes if not isinstance(o.statement, Expr)]
    remarks = tuple(dict.fromkeys(remark for o in outcomes for remark in o.remarks))
    return Outcome(worst.evidence, Both(tuple(kept)) if len(kept) > 1 else worst.statement, remarks)


def rests_on_expression(outcome: Outcome, book: Notebook) -> Outcome:
    """A line that goes on from a wrong one follows through, unless it is right for the problem all the same."""
    rests_on = book.expression[2] if book.expression is not None else None
    chain, end = outcome.statement, book.last_end
    begins_there = isinstance(chain, Chain) and end is not None
    if rests_on is None and begins_there and same_tree(without_units(chain.operands[0]), without_units(end)):  # type: ignore[union-attr, type-var, arg-type]
        rests_on = book.last_rests_on
    if outcome.evidence.verdict is not Verdict.CORRECT or rests_on is None:
        return outcome
    if isinstance(outcome.statement, Chain) and book.first_expression is not None:
        back = ask(
            book, Compare(book.first_expression, without_units(outcome.statement.operands[-1]), "=", setting_now(book))
        )
        if back.evidence.verdict is Verdict.CORRECT:
            return outcome
    return replace(outcome, evidence=FollowThrough(rests_on, outcome.evidence))  # type: ignore[arg-type]


LEFT_SIDE = frozenset({"LHS", "LS", "L.H.S.", "left side", "left-hand side", "left hand side"})
RIGHT_SIDE = frozenset({"RHS", "RS", "R.H.S.", "right side", "right-hand side", "right hand side"})


def with_the_sides(statement: Statement, book: Notebook) -> Statement:
    """LHS and RHS stand for the sides of the equation that the problem states."""
    if not isinstance(statement, Chain):
        return statement
    for fact in book.facts:
        if fact.line == PROBLEM and isinstance(fact.statement, Chain) and len(fact.statement.operands) == 2:
            left, right = fact.statement.operands
            operands = tuple(
                left if name in LEFT_SIDE else right if name in RIGHT_SIDE else operand
                for operand in statement.operands
                for name in [operand.text if isinstance(operand, Words) else getattr(operand, "name", "")]
            )
            return replace(statement, operands=operands) if operands != statement.operands else statement
    return statement


def in_the_letter_used(statement: Statement, book: Notebook) -> Statement:
    """Y for y: a slip of case, where the work has spoken of one letter only."""
    if len(book.names_seen) != 1:
        return statement
    (letter,) = book.names_seen
    if letter.swapcase() != letter and symbols(statement) == {letter.swapcase()}:
        return substitute(statement, {letter.swapcase(): Symbol(letter)})
    return statement


def without_integers(statement: Statement, book: Notebook) -> Statement:
    """`x = π/4 + kπ, k ∈ Z`: the condition on k tells what k is, and no more."""
    if not isinstance(statement, Both):
        return statement
    kept: list[Statement] = []
    for part in statement.parts:
        match part:
            case Chain((Symbol(name), NumberSet("Z" | "N")), ("in",)):
                book.setting = replace(book.setting, integers=book.setting.integers | {name})
            case _:
                kept.append(part)
    if len(kept) == len(statement.parts) or not kept:
        return statement
    return kept[0] if len(kept) == 1 else Both(tuple(kept))


SOLUTION_NUMBER = re.compile(r"^(\w)_(?:[12345+-]|\{?1\s?[,/;]?\s?2\}?)$")


def without_indices(statement: Statement, book: Notebook) -> Statement:
    """x_1 = 2, x_2 = 3 are the solutions of an equation in x, where only x has been spoken of."""
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


def assume(asked: Question, statement: Statement) -> Outcome:
    """Restated, defined or supposed: nothing to judge, except the calculation in `let A = 2*3 = 7`."""
    book = asked.book
    plain = without_units(statement)
    if isinstance(plain, Chain) and isinstance(statement, Chain):
        if named := defined_function(plain):
            define_function(book, *named)
        if len(plain.operands) > 2 and constant(plain.operands[-1]) and constant(plain.operands[-2]):
            return judge_chain(asked, statement)
    why = "definition" if asked.claim.role is Role.DEFINITION else "given"
    return Outcome(NothingClaimed(why), plain, known=not restated(book, plain))


def judge_each(asked: Question, parts: tuple[Statement, ...]) -> Outcome:
    """`u = x², du = 2x dx`: each by itself, the later ones by the earlier."""
    worst: Outcome | None = None
    for part in parts:
        outcome = judge_statement(asked, part)
        write_down(outcome, asked.claim, asked.step, asked.book)
        if worst is None or SEVERITY[outcome.evidence.verdict] < SEVERITY[worst.evidence.verdict]:
            worst = outcome
    assert worst is not None
    return replace(worst, statement=Both(parts), known=False)


def judge_arrow(asked: Question, parts: tuple[Statement, ...]) -> Outcome:
    """a → b → c between expressions is a rewriting; between statements each follows from the one before."""
    if all(isinstance(part, Expr) for part in parts):
        chain = Chain(tuple(p for p in parts if isinstance(p, Expr)), ("=",) * (len(parts) - 1))
        return judge_links(asked, chain, rewriting=True)
    outcome = judge_statement(asked, parts[0])
    for part in parts[1:]:
        if outcome.evidence.verdict is Verdict.WRONG:
            return outcome
        write_down(outcome, asked.claim, asked.step, asked.book)
        outcome = judge_statement(replace(asked, claim=replace(asked.claim, linked=True)), part)
    return outcome


# ---------------------------------------------------------------- expressions and chains


def judge_expression(asked: Question, expr: Expr) -> Outcome:
    """A bare expression: what was to be rewritten, rewritten; or a value by itself."""
    book = asked.book
    plain = without_units(expr)
    if isinstance(plain, Words) or (isinstance(plain, Bracket) and isinstance(plain.inner, Symbol)):
        return Outcome(NothingClaimed("words"), expr, known=False)
    if (
        isinstance(plain, Interval | SetOf | SetOperation | SetBuilder)
        and book.facts
        and len(book.facts[-1].names) == 1
    ):
        (name,) = book.facts[-1].names
        return judge_relation(asked, Chain((Symbol(name), plain), ("in",)))
    if book.expression is not None and not asked.claim.among_words:
        before, line, rests_on = book.expression
        if same_tree(before, plain):
            return Outcome(NothingClaimed("given"), expr, known=False)
        operation = asked.step.operation
        if operation is not None and operation.name in ("differentiate", "integrate", "substitute", "other"):
            return Outcome(NothingClaimed("expression"), expr)
        if symbols(before) or asked.claim.linked or asked.claim.continues:
            finding = ask(book, Compare(before, plain, "=", setting_now(book)))
            if finding.evidence.verdict is Verdict.CORRECT:
                return found(finding, expr, rests_on)
            same_names = symbols(before) == symbols(plain)
            meant = asked.claim.linked or asked.claim.continues or line == PROBLEM or len(book.facts) == 0
            if finding.evidence.verdict is Verdict.WRONG and same_names and meant and book.asks_to_rewrite:
                return Outcome(finding.evidence, expr, finding.remarks)
            return Outcome(Undecided(("compared with the expression before",)), expr)
    return Outcome(NothingClaimed("expression"), expr)


def judge_chain(asked: Question, chain: Chain) -> Outcome:
    """a = b = c, with numbers, with names for numbers, or with unknowns."""
    book = asked.book
    if all(constant(operand) for operand in chain.operands):
        return judge_calculation(asked, chain)
    head, rest = chain.operands[0], chain.operands[1:]
    if names_a_derivative(book, head) and len(rest) == 1 and is_zero(rest[0]):
        return Outcome(NothingClaimed("where the derivative is zero"), without_units(chain))
    if is_name(head) and all(constant(operand) for operand in rest):
        return judge_named_value(asked, chain, head, rest)
    plain = without_units(chain)
    if ORDER & set(chain.relations):
        return (
            Outcome(NothingClaimed("given"), plain, known=False)
            if restated(book, plain)
            else judge_relation(asked, plain)
        )
    if (named := defined_function(plain)) and not holds_calculus(plain):
        return judge_function(asked, plain, named)
    if holds_calculus(plain):
        return judge_calculus(asked, plain)
    if len(plain.operands) > 2 or asked.claim.continues:
        return judge_links(asked, chain, rewriting=asked.claim.continues)
    if restated(book, plain):
        return Outcome(NothingClaimed("given"), plain, known=False)
    if sets_to_zero(book, plain):
        return Outcome(NothingClaimed("where the derivative or the function is zero"), plain)
    if "=" in plain.relations or "≈" in plain.relations:
        identity = ask(book, Compare(plain.operands[0], plain.operands[1], plain.relations[0], setting_now(book)))
        if identity.evidence.verdict is Verdict.CORRECT:
            return found(identity, plain, book.wrong_line_used(plain) if not symbols(plain) else None)
        by_terms = by_given_terms(plain.operands[0], plain.relations[0], plain.operands[1], book)
        if by_terms is not None:
            return found(by_terms, plain, None)
        put_in = wording.puts_values_in(asked.step.text, book.text_before)
        if identity.evidence.verdict is Verdict.WRONG and factored(asked, plain):
            return Outcome(identity.evidence, plain, identity.remarks)
        if identity.evidence.verdict is Verdict.WRONG and continues_expression(book, plain) and not put_in:
            return Outcome(identity.evidence, plain, identity.remarks)
        meant = no_equation(book, plain) or is_asked_for(plain.operands[0], plain.operands[1], book)
        if identity.evidence.verdict is Verdict.WRONG and asked.strict and not book.prose and meant:
            return Outcome(identity.evidence, plain, identity.remarks)
    return judge_relation(asked, plain)


def is_asked_for(left: Expr, right: Expr, book: Notebook) -> bool:
    """f(g(x)), where the problem defines f and g and asks for just that."""
    if not isinstance(left, Call) or left.name not in book.given_functions or left.primes:
        return False
    return to_text(left) in book.setting.unknowns and symbols(left) == symbols(right)


def factored(asked: Question, chain: Chain) -> bool:
    """`x^2 - 5x + 4 = (x - 1)(x - 3)`, where the left side stood alone on a side of an equation before."""
    left, right = chain.operands
    inner = without_brackets(right)
    if chain.relations != ("=",) or symbols(left) != symbols(right) or len(symbols(left)) != 1:
        return False
    if not isinstance(without_brackets(left), Sum) or not isinstance(inner, Product | Power):
        return False
    if not wording.speaks_of_factors(asked.step.text, asked.book.text_before):
        return False
    sides = [o for f in asked.book.facts if isinstance(f.statement, Chain) for o in f.statement.operands]
    return any(same_tree(left, side) for side in sides)


def no_equation(book: Notebook, chain: Chain) -> bool:
    """Nothing is asked for: known matrices, vectors, sets, or a rewriting of what the problem speaks of."""
    left, right = chain.operands
    if settled.known_objects(left, right, setting_now(book)):
        return True
    if settled.multiples_of_one_term(left, right) and not book.from_equations:
        return True
    if not symbols(right) <= symbols(left):
        return False
    if book.first_expression is not None:
        if symbols(left) != symbols(right):
            return False  # a² = 17 gives the value that is asked for
        return any(same_tree(left, part) for part in settled.parts_to_rewrite(book.first_expression))
    return any(same_tree(left, side) for side in proved_sides(book))


def proved_sides(book: Notebook) -> tuple[Expr, ...]:
    """The sides of the identity that the problem asks to prove."""
    for fact in book.facts:
        stated = fact.statement
        if isinstance(stated, Chain) and defined_function(stated):
            continue  # g(x) = 3 - 2x says what g is
        if fact.line == PROBLEM and isinstance(stated, Chain) and stated.relations == ("=",) and symbols(stated):
            left, right = stated.operands
            if ask(book, Compare(left, right, "=", book.setting)).evidence.verdict is Verdict.CORRECT:
                return left, right
    return ()


def by_given_terms(left: Expr, sign: str, right: Expr, book: Notebook) -> Finding | None:
    """P(A) + P(B) = 0.5 + 0.4 by the probabilities that are given."""
    if sign not in ("=", "≈") or Call not in kinds(left):
        return None
    if not any(isinstance(n, Call) and n.name in settled.MEASURES for n in walk(left)):
        return None
    terms = settled.given_terms(f.statement for f in book.facts if f.rests_on is None)
    if not terms:
        return None
    sides = [settled.with_terms(settled.by_addition(settled.with_terms(side, terms)), terms) for side in (left, right)]
    if not all(map(constant, sides)):
        return None
    finding = calculate(Chain((sides[0], sides[1]), (sign,)), book)
    evidence = finding.evidence
    if isinstance(evidence, FalseEquality):
        shown = {to_text(head): to_text(value) for head, value in terms}
        evidence = Counterexample(shown, evidence.left, evidence.right, to_text(left), to_text(right))
        return Finding(evidence, finding.remarks)
    return finding if evidence.verdict is Verdict.CORRECT else None


def sets_to_zero(book: Notebook, chain: Chain) -> bool:
    """`3x² - 3 = 0` after `f'(x) = 3x² - 3`: asks where it is zero, and claims nothing."""
    if chain.relations != ("=",) or not is_zero(chain.operands[1]):
        return False
    side = chain.operands[0]
    bodies = [body for _, body in book.setting.functions.values()]
    for fact in book.facts:
        stated = fact.statement
        if isinstance(stated, Chain) and set(stated.relations) == {"="} and any(map(holds_calculus, stated.operands)):
            bodies.extend(o for o in stated.operands if not holds_calculus(o))
    bodies.extend(book.derivatives)
    return any(same_tree(side, body) for body in bodies if symbols(body))


def names_a_derivative(book: Notebook, head: Expr) -> bool:
    """v, after `v = ds/dt = …`."""
    name = without_brackets(head)
    return isinstance(name, Symbol) and any(
        isinstance(fact.statement, Chain)
        and without_brackets(fact.statement.operands[0]) == name
        and any(map(holds_calculus, fact.statement.operands[1:]))
        for fact in book.about(frozenset({name.name}))
    )


def is_zero(expr: Expr) -> bool:
    """0"""
    inner = without_brackets(expr)
    return isinstance(inner, Number) and not inner.value


ORDER = frozenset({"<", "<=", ">", ">=", "in", "notin", "!="})


def judge_calculation(asked: Question, chain: Chain) -> Outcome:
    """Numbers only: true or false by itself, unless an equation with no solution led to it."""
    finding = calculate(chain, asked.book)
    if finding.evidence.verdict is Verdict.CORRECT:
        return found(finding, chain, asked.book.wrong_line_used(chain))
    if asked.claim.among_words and len(chain.operands) > 2 and is_plain_number(chain.operands[0]):
        # "4 students drank 1.5 quarts = 4 * 1.5 = 6 quarts": the number before the first = belongs to the words.
        rest = Chain(chain.operands[1:], chain.relations[1:], chain.modulus)
        without_label = calculate(rest, asked.book)
        if without_label.evidence.verdict is Verdict.CORRECT:
            return found(without_label, rest, asked.book.wrong_line_used(rest))
    if isinstance(finding.evidence, Undecided) and isinstance(chain.operands[0], Percent):
        return judge_share(asked, chain)
    if finding.evidence.verdict is Verdict.UNDECIDED and asked.strict and len(chain.operands) == 2:
        left, right = chain.operands
        if settled.divides_by_zero(right) and not settled.divides_by_zero(left) and chain.relations == ("=",):
            evidence = FalseEquality(to_text(left), to_text(right), to_text(left), "no value: a division by 0")
            return Outcome(evidence, chain)
    if asked.book.modular and finding.evidence.verdict is Verdict.WRONG:
        return Outcome(Undecided(("the work may be modulo a number, or in another base",)), chain)
    if divides_with_remainder(chain, asked.step):
        return Outcome(NothingClaimed("a division with remainder"), chain, known=False)
    if not asked.claim.among_words and len(chain.operands) == 2:
        if contradicted(asked.book, chain):
            lines = tuple(sorted({f.line for f in asked.book.facts}))
            return Outcome(FollowsFrom(lines, method="the equations contradict each other"), chain)
        for fact in asked.book.facts[: -EARLIER_LINES_TRIED - 1 : -1]:
            related = ask(asked.book, Relate(fact.statement, without_units(chain), asked.book.setting))
            if related.evidence.verdict is Verdict.CORRECT:
                return found(related, chain, fact.rests_on, fact)
            if fact.names and related.evidence.verdict is Verdict.WRONG:
                return Outcome(finding.evidence, chain, finding.remarks)
    return Outcome(finding.evidence, chain, finding.remarks)


def judge_share(asked: Question, chain: Chain) -> Outcome:
    """`80% = 48`, `10% = 6`: shares of a whole that is not named."""
    book = asked.book
    share, rest = chain.operands[0], chain.operands[1:]
    if len(rest) > 1:
        calculated = calculate(Chain(rest, chain.relations[1:]), book)
        if calculated.evidence.verdict is not Verdict.CORRECT:
            return Outcome(calculated.evidence, chain, calculated.remarks)
    value = without_units(rest[-1])
    statement = Chain((Product((share, Symbol(WHOLE)), ("*",)), value), ("=",))
    for fact in book.about(frozenset({WHOLE})):
        finding = ask(book, Relate(fact.statement, statement, book.setting))
        if finding.evidence.verdict is Verdict.CORRECT:
            return found(finding, statement, fact.rests_on, fact)
    if len(rest) > 1:
        return found(calculated, statement, book.wrong_line_used(chain))
    return Outcome(NothingClaimed("a share of a whole"), statement)


WHOLE = "whole"


def contradicted(book: Notebook, chain: Chain) -> bool:
    """A false statement follows, because the equations so far have no common solution."""
    names = frozenset[str]().union(*(f.names for f in book.facts))
    premises = book.premises(names, sound=True)
    if not 2 <= len(premises) <= 6:
        return False
    finding = ask(book, Entail(tuple(f.statement for f in premises), without_units(chain), book.setting))
    return finding.evidence.verdict is Verdict.CORRECT


REMAINDER = re.compile(r"\bremain|left\s*over|\bR\s*\d|\brest\b|\bfull\b|\bwhole\b|\bcomplete\b", re.IGNORECASE)


def divides_with_remainder(chain: Chain, step: Step) -> bool:
    """`2250 ÷ 360 = 6 full turns with 90 degrees remaining`: the whole part of a quotient, said to be that."""
    if len(chain.operands) != 2 or not REMAINDER.search(step.text):
        return False
    left, right = (without_brackets(without_units(o)) for o in chain.operands)
    if not isinstance(left, Quotient) or not isinstance(right, Number):
        return False
    top, bottom = without_brackets(left.top), without_brackets(left.bottom)
    if not isinstance(top, Number) or not isinstance(bottom, Number) or not bottom.value:
        return False
    return right.value == top.value // bottom.value


def calculate(chain: Chain, book: Notebook) -> Finding:
    """The finding for a chain of numbers: its first false link, or the least exact of its true ones."""
    from tutor.verify.arithmetic import judge_chain as judge_numbers

    exact = exact_decimals(chain, book)
    setting = replace(book.setting, exact_decimals=exact) if exact else book.setting
    findings = judge_numbers(chain, setting, book.budget)
    if findings is None:
        pairs = zip(chain.operands, chain.relations, chain.operands[1:], strict=False)
        findings = tuple(ask(book, Compare(left, right, sign, setting)) for left, sign, right in pairs)
    return weakest(findings)


def exact_decimals(chain: Chain, book: Notebook) -> frozenset[Fraction]:
    """The decimals of a calculation that were not rounded: the problem's, money, exact results, one decimal place.

    A longer decimal that comes from nowhere may be a rounded fraction (0.67 for 2/3), and one that an inexact line gave
    is; these stand for their rounding intervals.
    """
    alone = {o.value for o in map(without_brackets, chain.operands) if isinstance(o, Number)}
    found: set[Fraction] = set()
    for operand in chain.operands:
        for node in walk(operand):
            value = node.value if isinstance(node, Quantity) and node.unit.text in CURRENCY else node
            if not isinstance(value, Number) or value.places is None or value.value in alone:
                continue
            if value.value in book.rounded_numbers:
                continue
            money = isinstance(node, Quantity) and value is not operand and operand is not node
            if money or value.places <= 1 or value.value in book.exact_numbers:
                found.add(value.value)
    return frozenset(found)


CURRENCY = frozenset("$ £ € ¥ ₹".split())
DECIMAL_IN_TEXT = re.compile(r"(?<![\w.])(\d[\d,]*\.\d+|\.\d+|\d[\d,]*)(\s*%|\s*percent)?")


def numbers_of_statement(text: str) -> set[Fraction]:
    """The numbers a problem states; a percentage also as the decimal it stands for."""
    found: set[Fraction] = set()
    for digits, percent in DECIMAL_IN_TEXT.findall(text[:20_000]):
        if len(digits) > 40:
            continue
        value = Fraction(digits.replace(",", ""))
        found.add(value)
        if percent:
            found |= {value / 100, 1 + value / 100, 1 - value / 100}
    return found


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


def judge_named_value(asked: Question, chain: Chain, head: Expr, rest: tuple[Expr, ...]) -> Outcome:
    """`total = 5*3 = 15`, `x = 6/2 = 3`: the calculation is judged, and so is the name's value where it is known."""
    book = asked.book
    outcome: Outcome | None = None
    if len(rest) > 1:
        finding = calculate(Chain(rest, chain.relations[1:], chain.modulus, span=chain.span), book)
        outcome = found(finding, chain, book.wrong_line_used(chain))
        if finding.evidence.verdict in (Verdict.WRONG, Verdict.UNDECIDED):
            return outcome
    named = without_units(Chain((head, rest[-1] if len(rest) > 1 else rest[0]), chain.relations[-1:] or ("=",)))
    names = symbols(named)
    known = bool(names) and any(True for _ in book.about(names))
    if isinstance(head, Call) and (head.name in book.setting.functions or head.primes):
        return judge_calculus(asked, without_units(chain))
    if isinstance(head, Call) or known:
        relation = judge_relation(asked, replace(named, relations=(chain.relations[0],)))
        if relation.evidence.verdict in (Verdict.NO_CLAIM, Verdict.UNDECIDED):
            formula = formula_filled_in(head, rest[0], book)
            if formula is not None:
                evidence = FollowsFrom((formula.line,), Relation.SUBSTITUTION, "numbers put into the formula")
                relation = found(Finding(evidence), named, formula.rests_on)
            elif not names and isinstance(relation.evidence, Undecided):
                relation = Outcome(NothingClaimed("definition"), named, known=False)
        if relation.evidence.verdict is Verdict.WRONG and outcome is not None:
            # t ≈ 3.91/0.22 ≈ 17.77: right by what was written, though the rounding has grown.
            first = judge_relation(asked, without_units(Chain((head, rest[0]), chain.relations[:1])))
            if first.evidence.verdict is not Verdict.WRONG or shows_decimals(rest[0]):
                return replace(outcome, statement=named, from_fact=relation.from_fact)
        if outcome is None or relation.evidence.verdict in (Verdict.WRONG, Verdict.FOLLOW_THROUGH):
            return relation
        return replace(outcome, statement=named, from_fact=relation.from_fact)
    if outcome is not None:
        return replace(outcome, statement=named)
    used = book.wrong_line_used(chain)
    return Outcome(NothingClaimed("definition"), named, from_fact=None, known=used is None or True)


def formula_filled_in(head: Expr, numbers: Expr, book: Notebook) -> Fact | None:
    """The formula v = u + at that `v = 5 + 2*3` fills in: the same shape, a number for each letter not yet known."""
    for fact in book.about(symbols(head)):
        statement = fact.statement
        if not isinstance(statement, Chain) or set(statement.relations) != {"="}:
            continue
        if without_brackets(statement.operands[0]) != without_brackets(head):
            continue
        filled: dict[str, Expr] = {}
        if fills_in(statement.operands[-1], without_units(numbers), filled):
            known = {name: book.value_of(name) for name in filled}
            if all(value is None or same_tree(value, filled[name]) for name, value in known.items()):
                return fact
    return None


def fills_in(formula: Node, numbers: Node, filled: dict[str, Expr]) -> bool:
    """Whether `numbers` is the formula with a constant in place of each letter, the same one each time."""
    if isinstance(formula, Expr) and isinstance(numbers, Expr):
        formula, numbers = without_brackets(formula), without_brackets(numbers)
    if isinstance(formula, Symbol) and isinstance(numbers, Expr):
        return constant(numbers) and same_tree(filled.setdefault(formula.name, numbers), numbers)
    if isinstance(formula, Number):
        return isinstance(numbers, Number) and formula.value == numbers.value
    below, beside = list(children(formula)), list(children(numbers))
    if type(formula) is not type(numbers) or len(below) != len(beside):
        return False
    if not below:
        return formula == numbers
    return all(fills_in(a, b, filled) for a, b in zip(below, beside, strict=True))


def judge_function(asked: Question, chain: Chain, named: tuple[str, tuple[str, ...], Expr]) -> Outcome:
    """f(x) = …: a definition where f is new, else a rewriting of the function that is known."""
    name, _, body = named
    book = asked.book
    links = Chain(chain.operands[1:], chain.relations[1:]) if len(chain.operands) > 2 else None
    if (inverse := judge_inverse(asked, chain, named)) is not None:
        return inverse
    if name not in book.setting.functions:
        define_function(book, *named)
        if links is not None:
            return judge_links(asked, links, rewriting=True)
        return Outcome(NothingClaimed("definition"), chain, known=False)
    finding = ask(book, Compare(chain.operands[0], body, "=", setting_now(book)))
    known_names, known_body = book.setting.functions[name]
    comparable = symbols(body) <= set(named[1]) and symbols(known_body) <= set(known_names)
    if finding.evidence.verdict is Verdict.WRONG and (book.prose or not asked.strict or not comparable):
        define_function(book, *named)
        return Outcome(NothingClaimed("definition"), chain, known=False)
    if links is not None and finding.evidence.verdict is Verdict.CORRECT:
        return judge_links(asked, links, rewriting=True)
    return found(finding, chain, None, known=False)


def judge_inverse(asked: Question, chain: Chain, named: tuple[str, tuple[str, ...], Expr]) -> Outcome | None:
    """f⁻¹(x) = …, where f is known: f(f⁻¹(x)) = x, or f⁻¹(f(x)) = x, which says the same where f is one to one."""
    book = asked.book
    name, parameters, body = named
    known = book.setting.functions.get(name.removesuffix("_inverse"))
    if known is None or not name.endswith("_inverse") or len(parameters) != 1 or len(known[0]) != 1:
        return None
    letter, (own,), inside = parameters[0], known[0], known[1]
    if symbols(body) != {letter} or symbols(inside) != {own}:
        return None
    there = ask(book, Compare(substitute(inside, {own: Bracket(body)}), Symbol(letter), "=", book.setting))
    if there.evidence.verdict is not Verdict.WRONG:
        return found(there, chain, None, known=False)
    back = ask(book, Compare(substitute(body, {letter: Bracket(inside)}), Symbol(own), "=", book.setting))
    if back.evidence.verdict is not Verdict.WRONG:
        return found(back, chain, None, known=False)
    wrong = [f for f in book.facts if f.rests_on is not None]
    for fact in reversed(wrong):
        if not isinstance(fact.statement, Chain) or not isolates(fact.statement):
            continue
        for side in fact.statement.operands:
            if len(symbols(side)) == 1 and not isinstance(side, Symbol):
                (other,) = symbols(side)
                same = ask(book, Compare(substitute(side, {other: Symbol(letter)}), body, "=", book.setting))
                if same.evidence.verdict is Verdict.CORRECT:
                    return found(same, chain, fact.rests_on, known=False)
    if wrong or book.prose or not asked.strict:
        return Outcome(NothingClaimed("definition"), chain, known=False)
    return Outcome(there.evidence, chain, there.remarks, known=False)


def values_put_in_wrongly(left: Expr, sign: str, right: Expr, setting: Setting, book: Notebook) -> Finding | None:
    """A - B = -12 - 8, where A = -12 and B = -8 stand above: the values were put in, and wrongly."""
    names = symbols(left)
    written_out = isinstance(without_brackets(right), Sum | Product | Quotient) and constant(right)
    if len(names) < 2 or not written_out or not names <= set(setting.values) or sign != "=" or book.doubted >= 0:
        return None
    put_in = substitute(left, {name: setting.values[name] for name in names})
    if not constant(put_in) or (shows_decimals(right) and not all(is_plain_number(setting.values[n]) for n in names)):
        return None
    finding = calculate(Chain((put_in, right), (sign,)), book)
    evidence = finding.evidence
    if not isinstance(evidence, FalseEquality):
        return finding if evidence.verdict is Verdict.CORRECT else None
    values = {name: to_text(setting.values[name]) for name in sorted(names)}
    return Finding(
        Counterexample(values, evidence.left, evidence.right, to_text(left), evidence.right_text), finding.remarks
    )


def holds_calculus(statement: Node) -> bool:
    """A derivative, an integral or f' stands in it."""
    found = kinds(statement)
    return not found.isdisjoint(CALCULUS) or (
        Call in found and any(isinstance(n, Call) and n.primes for n in walk(statement))
    )


CALCULUS = frozenset({Derivative, Integral, Differential, Evaluated})


def judge_calculus(asked: Question, chain: Chain) -> Outcome:
    """dy/dx = …, f'(x) = …, ∫ … = …: each link by what is known of y and f; `f'(x) = 0` is an equation to solve."""
    book = asked.book
    setting = with_definitions(setting_now(book), book)
    if chain.relations == ("=",) and is_zero(chain.operands[1]) and derivative_order(chain.operands[0]):
        return Outcome(NothingClaimed("where the derivative is zero"), slope_worked_out(chain, setting))
    findings: list[Finding] = []
    equations: list[Chain] = []
    for place, (left, sign, right) in enumerate(zip(chain.operands, chain.relations, chain.operands[1:], strict=False)):
        if place == 0 and isinstance(left, Symbol) and left.name not in book.names_seen and holds_calculus(right):
            continue  # v = ds/dt: a name for the derivative
        finding = ask(book, Compare(left, right, sign, setting))
        numbers = {n for n in symbols(right) & set(setting.values) if not symbols(setting.values[n])} - moving(left)
        if finding.evidence.verdict is not Verdict.CORRECT and symbols(right) & set(setting.values):
            again = ask(book, Compare(left, resolve(right, setting, values=True), sign, setting))
            if again.evidence.verdict is Verdict.CORRECT or numbers:
                finding = again if again.evidence.verdict is Verdict.CORRECT else Finding(Undecided(("values put in",)))
        if finding.evidence.verdict is not Verdict.CORRECT:
            through = own_derivative(left, right, sign, book) or own_value(left, right, sign, book)
            if through is None and finding.evidence.verdict is Verdict.WRONG:
                through = by_own_parts(left, right, sign, book, setting)
            if through is not None:
                return through
        evidence = finding.evidence
        if isinstance(evidence, Counterexample) and evidence.values and constant(right):
            equations.append(Chain((left, right), (sign,)))
            continue
        findings.append(finding)
    book.derivatives.extend(o for o in chain.operands if symbols(o) and not holds_calculus(o))
    whole = weakest(findings)
    verdict = whole.evidence.verdict
    known = all(closed(left, right, book) for left, right in zip(chain.operands, chain.operands[1:], strict=False))
    if verdict is Verdict.WRONG and not known and ((book.prose and not asked.claim.linked) or not asked.strict):
        return Outcome(Undecided(("compared with what is known",)), chain)
    if verdict in (Verdict.CORRECT, Verdict.WRONG) or equations:
        statement: Statement = chain
        if equations:
            statement = slope_worked_out(equations[-1], setting)
        if not findings:
            return Outcome(NothingClaimed("a new equation"), statement)
        return found(whole, statement, None)
    relation = judge_relation(asked, chain)
    return relation if relation.evidence.verdict is not Verdict.NO_CLAIM else found(whole, chain, None)


def slope_worked_out(chain: Chain, setting: Setting) -> Statement:
    """f'(x) = 0 as 3x² - 3 = 0, where f is known."""
    from tutor.verify.calculus import Unfolder

    try:
        return Unfolder(setting, Budget(), chain).unfold(chain)  # type: ignore[return-value]
    except (Unsupported, Undefined, StudentError):
        return chain


def moving(expr: Expr) -> frozenset[str]:
    """The letters that something is differentiated by: r in dV/dr."""
    variables = (n.variable for n in walk(expr) if isinstance(n, Derivative))
    return frozenset(v.name for v in variables if v is not None)


def own_derivative(left: Expr, right: Expr, sign: str, book: Notebook) -> Outcome | None:
    """y'' by the student's own, wrong y': it follows through."""
    from tutor.bridge.derive import derivative

    order = derivative_order(left)
    if order is None or order[1] < 2:
        return None
    name, primes, variable = order
    for fact in reversed(book.facts):
        statement = fact.statement
        if fact.rests_on is None or not isinstance(statement, Chain):
            continue
        lower = derivative_order(statement.operands[0])
        body = statement.operands[-1]
        if lower is not None and lower[:2] == (name, primes - 1):
            letter = variable or next(iter(symbols(body)), "x")
            finding = ask(book, Compare(derivative(body, letter), right, sign, book.setting))
            if finding.evidence.verdict is Verdict.CORRECT:
                return found(finding, Chain((left, right), (sign,)), fact.rests_on)
    return None


def own_value(left: Expr, right: Expr, sign: str, book: Notebook) -> Outcome | None:
    """The left side once more, equal to what the student wrongly had for it: it follows through."""
    for fact in reversed(book.facts):
        statement = fact.statement
        if fact.rests_on is None or not isinstance(statement, Chain) or set(statement.relations) != {"="}:
            continue
        own = put_for(left, statement.operands[0], statement.operands[-1])
        if own != left:
            own = resolve(own, setting_now(book), values=constant(right))
            finding = ask(book, Compare(own, right, sign, book.setting))
            if finding.evidence.verdict is Verdict.CORRECT:
                return found(finding, Chain((left, right), (sign,)), fact.rests_on)
    return None


def put_for(expr: Expr, part: Expr, instead: Expr) -> Expr:
    """The expression with `instead` wherever `part` stands."""
    wanted = unbracketed(part)

    def change(node: Node) -> Node:
        if isinstance(node, Expr) and unbracketed(node) == wanted:
            return Bracket(instead)
        return rebuild(node, change)

    return change(expr)  # type: ignore[return-value]


def by_own_parts(left: Expr, right: Expr, sign: str, book: Notebook, setting: Setting) -> Outcome | None:
    """y' = u'v + uv' or (u'v - uv')/v² with the student's own, wrong u' or v': it follows through."""
    from tutor.bridge.derive import derivative

    order = derivative_order(left)
    if order is None or order[1] != 1:
        return None
    body = setting.values.get(order[0]) or setting.functions.get(order[0], ((), None))[1]
    parts = {n: v for n, v in setting.values.items() if n != order[0] and len(symbols(v)) == 1}
    if body is None or len(symbols(body)) != 1 or not 2 <= len(parts) <= 4:
        return None
    (letter,) = symbols(body)
    slopes: dict[str, tuple[Expr, int | None]] = {n: (derivative(v, letter), None) for n, v in parts.items()}
    for fact in book.facts:
        statement = fact.statement
        if fact.rests_on is not None and isinstance(statement, Chain):
            own = derivative_order(statement.operands[0])
            if own is not None and own[1] == 1 and own[0] in slopes:
                slopes[own[0]] = (statement.operands[-1], fact.rests_on)
    for u in parts:
        for v in parts:
            lines = [line for name in (u, v) for line in [slopes[name][1]] if line is not None]
            if u == v or not lines:
                continue
            a, b = Bracket(parts[u]), Bracket(parts[v])
            da, db = Bracket(slopes[u][0]), Bracket(slopes[v][0])
            product = Sum((Product((da, b)), Product((a, db))))
            quotient = Quotient(Bracket(Sum((Product((da, b)), Negative(Product((a, db)))))), Bracket(Product((b, b))))
            for whole, slope in ((Product((a, b)), product), (Quotient(a, b), quotient)):
                if decide(Compare(body, whole, "=", book.setting)).evidence.verdict is not Verdict.CORRECT:
                    continue
                finding = decide(Compare(slope, right, sign, book.setting))
                if finding.evidence.verdict is Verdict.CORRECT:
                    return found(finding, Chain((left, right), (sign,)), min(lines))
    return None


def derivative_order(expr: Expr) -> tuple[str, int, str | None] | None:
    """(y, 2, x) of d²y/dx²; (f, 1, x) of f'(x)."""
    match without_brackets(expr):
        case Derivative(Symbol(name), variable, order):
            return name, order, variable.name if variable is not None else None
        case Call(name=name, args=(Symbol(letter),), primes=primes) if primes:
            return name, primes, letter
        case _:
            return None


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


def is_new_angle(head: Expr, book: Notebook) -> bool:
    """cos θ, where nothing was said of θ."""
    inner = without_brackets(head)
    return isinstance(inner, Call) and bool(symbols(inner)) and not symbols(inner) & book.names_seen


def is_new_value(head: Expr, book: Notebook) -> bool:
    """cos θ, where nothing was said of θ."""
    inner = without_brackets(head)
    return isinstance(inner, Call) and bool(symbols(inner)) and not symbols(inner) & book.names_seen


def speaks_of_y(book: Notebook) -> bool:
    """An equation in y, other than for y': y is something of its own."""
    return any("y" in fact.names and not holds_calculus(fact.statement) for fact in book.facts)


def closed(left: Expr, right: Expr, book: Notebook) -> bool:
    """f(-1) = 2, g(f(2)) = g(4): no unknowns, and the problem defines the functions."""
    if symbols(left) or symbols(right):
        return False
    nodes = [n for side in (left, right) for n in walk(side)]
    if any(isinstance(n, Words | Derivative | Integral | Differential | Evaluated) for n in nodes):
        return False
    defined = book.given_functions if book.prose else book.setting.functions
    return all(n.name in KNOWN_FUNCTIONS or (n.name in defined and not n.primes) for n in nodes if isinstance(n, Call))


def term_by_term(chain: Chain) -> bool:
    """A calculation with letters among words: every part is a term, no number or letter alone, nor a unit's letter."""
    parts = [without_brackets(o.operand if isinstance(o, Negative) else o) for o in chain.operands[1:]]
    if any(isinstance(part, Symbol | Number) for part in parts):
        return False
    first = without_brackets(chain.operands[0])
    if isinstance(first, Number) or (isinstance(first, Negative) and not isinstance(first.operand, Product)):
        return False
    return not symbols(chain) & UNIT_LETTERS


UNIT_LETTERS = frozenset("s m g h N J W V A K C T F".split())


def judge_links(asked: Question, chain: Chain, *, rewriting: bool) -> Outcome:
    """a = b = c with symbols: each link is a rewriting, a value put in, or an equation.

    A link is refuted only where both sides are in the same symbols, no known value makes it true, and the chain goes
    on from an expression, so that a rewriting was meant.
    """
    book = asked.book
    findings: list[Finding] = []
    own_line: int | None = None
    left_over: list[tuple[Expr, str, Expr]] = []
    setting = setting_now(book)
    for place, (left, sign, right) in enumerate(zip(chain.operands, chain.relations, chain.operands[1:], strict=False)):
        if constant(left) and constant(right):
            findings.append(calculate(Chain((left, right), (sign,)), book))
            continue
        left, right = without_units(left), without_units(right)
        known = values_put_in_wrongly(left, sign, right, setting, book)
        if known is not None:
            findings.append(known)
            continue
        if place == 0 and is_name(left) and not (symbols(left) & book.names_seen) and not isinstance(left, Call):
            continue  # a new name for what follows
        finding = by_given_terms(left, sign, right, book) or ask(book, Compare(left, right, sign, setting))
        if finding.evidence.verdict is not Verdict.CORRECT and symbols(left) != symbols(right):
            defined = with_definitions(setting, book)
            put_in = [resolve(side, defined, values=True) for side in (left, right)]
            again = ask(book, Compare(put_in[0], put_in[1], sign, book.setting))
            finding = again if again.evidence.verdict is Verdict.CORRECT else finding
        if finding.evidence.verdict is Verdict.CORRECT:
            findings.append(finding)
            continue
        same_names = bool(symbols(left)) and symbols(left) == symbols(right)
        meant = rewriting or place > 0
        if (
            finding.evidence.verdict is Verdict.WRONG
            and meant
            and same_names
            and sign == "="
            and (rewriting or not equation_known(book, left, right))
            and (not asked.claim.among_words or (place > 0 and term_by_term(chain)))
        ) or (finding.evidence.verdict is Verdict.WRONG and sign == "=" and closed(left, right, book)):
            findings.append(finding)
        elif (
            finding.evidence.verdict is Verdict.WRONG
            and asked.strict
            and not book.prose
            and settled.known_objects(left, right, setting)
        ):
            through = own_value(left, right, sign, book)
            if through is None:
                findings.append(finding)
            else:
                findings.append(
                    Finding(
                        through.evidence.because if isinstance(through.evidence, FollowThrough) else through.evidence
                    )
                )
                own_line = through.evidence.rests_on if isinstance(through.evidence, FollowThrough) else None
        elif finding.evidence.verdict is Verdict.WRONG:
            left_over.append((left, sign, right))
        else:
            findings.append(finding)
    whole = weakest(findings)
    if own_line is not None and whole.evidence.verdict is Verdict.CORRECT and not left_over:
        return found(whole, chain, own_line)
    if whole.evidence.verdict is Verdict.WRONG or not left_over:
        named = is_name(chain.operands[0]) or is_new_value(chain.operands[0], book)
        if whole.evidence.verdict is Verdict.WRONG and named and constant(chain.operands[-1]):
            claimed = without_units(Chain((chain.operands[0], chain.operands[-1]), ("=",)))
            return found(whole, claimed, None)  # later lines go by the value
        return found(whole, chain, book.wrong_line_used(chain), known=whole.evidence.verdict is not Verdict.WRONG)
    outcome: Outcome | None = None
    for left, sign, right in left_over:
        outcome = judge_relation(asked, Chain((left, right), (sign,)))
        if outcome.evidence.verdict is Verdict.WRONG:
            return replace(outcome, statement=chain)
    assert outcome is not None
    if findings and outcome.evidence.verdict is Verdict.NO_CLAIM:
        return found(whole, outcome.statement, book.wrong_line_used(chain))
    return replace(outcome, statement=chain)


# ---------------------------------------------------------------- relations between lines


def judge_relation(asked: Question, statement: Statement) -> Outcome:
    """Does the statement follow from the line before, the problem, an earlier line, or several of them?"""
    book = asked.book
    names = symbols(statement)
    counters = counting_letters(statement, book)
    if counters:
        # The n of π/6 + 2πn runs over the integers; it is no unknown.
        book = replace_setting(book, counters)
        names -= counters
    if names - book.setting.integers:
        names -= book.setting.integers
    solutions_of_last = isinstance(statement, NoSolution | AllValues)
    related = [
        f
        for f in (reversed(book.facts) if solutions_of_last else book.about(names))
        if names <= f.names or solutions_of_last
    ][: EARLIER_LINES_TRIED * 2]
    through: Outcome | None = None
    refused: list[tuple[Finding, Fact]] = []
    refuted: list[tuple[Finding, Fact]] = []  # those that count against it
    open_ = False
    for fact in islice(ordered(related), EARLIER_LINES_TRIED):
        finding = relate(fact, statement, book)
        verdict = finding.evidence.verdict
        if verdict is Verdict.CORRECT:
            outcome = found(finding, statement, fact.rests_on, fact)
            if (gained := gained_for_good(asked, statement, fact, finding)) is not None:
                if through is None:
                    return gained
                continue
            if fact.rests_on is None:
                return outcome
            through = through or outcome
        elif verdict is Verdict.WRONG:
            refused.append((finding, fact))
            given = fact.line == PROBLEM or fact.given
            condition = given and is_condition(fact.statement) and not is_condition(statement)
            if not condition and not says_nothing(finding.evidence):
                refuted.append((finding, fact))
        else:
            open_ = True
    put_in = with_values_put_in(statement, book)
    if put_in is not None and put_in.evidence.verdict is Verdict.CORRECT:
        return put_in
    several = follows_from_several(statement, book, sound=True)
    if several is not None and several.evidence.verdict is Verdict.CORRECT:
        return several
    if through is not None or put_in is not None:
        return through or put_in  # type: ignore[return-value]
    own = follows_from_own(statement, book)
    if own is not None:
        return own
    tried = (
        one_of_the_cases(asked, statement, refuted),
        by_own_lines(statement, book),
        values_not_taken(statement, book) or by_own_discriminant(statement, book) if solutions_of_last else None,
    )
    for other in tried:
        if other is not None:
            return other
    if refused and (bounded := about_bounds(statement, refused, book)) is not None:
        return bounded
    return not_shown(asked, statement, refuted, several, open_=open_)


def says_nothing(evidence: Evidence) -> bool:
    """What stands before holds for every value: an identity, which fixes no unknown."""
    return isinstance(evidence, SolutionsLost) and evidence.before.startswith("all ")


def gained_for_good(asked: Question, statement: Statement, fact: Fact, finding: Finding) -> Outcome | None:
    """An inequality that lets numbers in which the one before keeps out, and no later line takes that back."""
    evidence, book = finding.evidence, asked.book
    if not isinstance(evidence, SolutionSets) or evidence.relation is not Relation.SOLUTIONS_GAINED:
        return None
    if not is_condition(fact.statement) or not is_condition(statement) or asked.claim.among_words or book.prose:
        return None
    if len(fact.names) != 1 or any(f.given and f.line != PROBLEM for f in book.about(fact.names)):
        return None
    (name,) = fact.names
    later = [s for s in asked.ahead.statements() if symbols(s) == fact.names and not isinstance(s, Expr)]
    for other in (*later, *(within(statement, (s,)) for s in later)):
        back = relate(fact, other, book).evidence
        if isinstance(back, SolutionSets) and back.relation is not Relation.SOLUTIONS_GAINED:
            return None
    value = newcomer(fact.statement, statement, name)
    if value is None:
        return None
    shown = to_text(numeral(value))
    remark = Remark("witness", f"{name} = {shown} fulfils this line, but not the line before.")
    witness = Counterexample({name: shown}, "no", "yes", evidence.before, evidence.after, Relation.SOLUTIONS_GAINED)
    return Outcome(witness, statement, (remark,), fact)


def by_own_lines(statement: Statement, book: Notebook) -> Outcome | None:
    """The student's last lines together give it, though one of them is wrong: it follows through."""
    names = symbols(statement)
    own = [f for f in islice(book.about(names), 3) if f.line != PROBLEM]
    for count in (2, 3):
        chosen = own[:count]
        wrong = [f.rests_on for f in chosen if f.rests_on is not None]
        if len(chosen) < count or not wrong:
            continue
        setting = setting_now(book, without=frozenset[str]().union(*(f.names for f in chosen)))
        finding = ask(book, Entail(tuple(f.statement for f in chosen), statement, setting))
        if finding.evidence.verdict is Verdict.CORRECT:
            return found(finding, statement, min(wrong))
    return None


def values_not_taken(statement: Statement, book: Notebook) -> Outcome | None:
    """No solution, where u = -2 or u = -4 and u stands for 2^x."""
    for fact in reversed(book.facts):
        name = solved_for(fact.statement)
        if name is None:
            continue
        for meant in book.about(frozenset({name})):
            body = meant.statement
            if not isinstance(body, Chain) or body.relations != ("=",) or body.operands[0] != Symbol(name):
                continue
            if len(symbols(body.operands[1])) != 1 or name in symbols(body.operands[1]):
                continue
            put_in = substitute(fact.statement, {name: body.operands[1]})
            finding = ask(book, Relate(put_in, statement, book.setting))
            if finding.evidence.verdict is Verdict.CORRECT:
                return found(finding, statement, fact.rests_on, fact)
    return None


def by_own_discriminant(statement: Statement, book: Notebook) -> Outcome | None:
    """No real solution, by a discriminant that a wrong line made negative."""
    for fact in reversed(book.facts):
        if fact.rests_on is None:
            continue
        roots = spelt_out(fact.statement)  # x = (2 ± √(4 - 16))/2 has no value
        if isinstance(roots, Either) and roots != fact.statement:
            finding = ask(book, Relate(roots, statement, book.setting))
            if finding.evidence.verdict is Verdict.CORRECT:
                return found(finding, statement, fact.rests_on, fact)
        if not fact.names or not fact.names <= {"D", "Delta"}:
            continue
        (name,) = fact.names
        negative = ask(book, Relate(fact.statement, Chain((Symbol(name), numeral(Fraction(0))), ("<",)), book.setting))
        if isinstance(statement, NoSolution) and negative.evidence.verdict is Verdict.CORRECT:
            evidence = FollowsFrom((fact.line,), method="a negative discriminant")
            return found(Finding(evidence), statement, fact.rests_on)
    return None


A_CONDITION = NothingClaimed("a condition")


def about_bounds(statement: Statement, refuted: Sequence[tuple[Finding, Fact]], book: Notebook) -> Outcome | None:
    """Where an inequality turns; the integers among its solutions; a condition that leaves some solutions out."""
    for finding, fact in refuted:
        if not is_condition(fact.statement):
            continue
        if not is_condition(statement):
            for turning in turning_points(fact.statement):
                evidence = ask(book, Relate(turning, statement, book.setting)).evidence
                if evidence.verdict is Verdict.CORRECT or part_of(evidence):
                    kept = FollowsFrom((fact.line,), method="where both sides are equal")
                    return replace(found(Finding(kept), statement, fact.rests_on), known=False)
        if book.whole_numbers and len(fact.names) == 1 and part_of(finding.evidence):
            (name,) = fact.names
            if integers_among(fact.statement, statement, name):
                kept = FollowsFrom((fact.line,), method="the integers among the solutions")
                return found(Finding(kept), statement, fact.rests_on, fact)
    evidence = refuted[0][0].evidence
    some_kept = isinstance(evidence, SolutionsLost) and evidence.relation is Relation.SOLUTIONS_LOST
    if is_bound(statement) and some_kept and not any(is_condition(fact.statement) for _, fact in refuted):
        return Outcome(A_CONDITION, statement)
    return None


def counting_letters(statement: Statement, book: Notebook) -> frozenset[str]:
    """n, k or m as an integer factor of a period: new here, and beside π or a degree sign."""
    new = (symbols(statement) - book.names_seen) & {"n", "k", "m", "N", "K"}
    if not new:
        return frozenset()
    period = any(isinstance(n, Degrees) or (isinstance(n, Constant) and n.name == "pi") for n in walk(statement))
    return new if period else frozenset()


def replace_setting(book: Notebook, counters: frozenset[str]) -> Notebook:
    """The same notebook, with these letters known to be integers."""
    book.setting = replace(book.setting, integers=book.setting.integers | counters)
    return book


def is_condition(statement: Statement) -> bool:
    """w > 0, 0 ≤ x ≤ 2π: restricts the solutions; an equation need not follow from it."""
    if isinstance(statement, Either | Both):
        return all(is_condition(part) for part in statement.parts)
    return isinstance(statement, Chain) and bool(ORDER & set(statement.relations))


def ordered(facts: Sequence[Fact]) -> Iterable[Fact]:
    """The line before first, then the problem's own, then the others from the newest back."""
    yield from facts[:1]
    yield from (f for f in facts[1:] if f.line == PROBLEM)
    yield from (f for f in facts[1:] if f.line != PROBLEM)


def relate(fact: Fact, statement: Statement, book: Notebook) -> Finding:
    """How the statement stands to one fact, as written, or with the brackets that "do it to both sides" leaves out."""
    setting = setting_now(book, without=fact.names)
    key = (fact.number, id(statement))
    known = book.related.get(key)
    if known is not None and known[0] is statement and known[1] == setting:
        return known[2]
    finding = relate_as_meant(fact, statement, setting, book)
    if book.budget.left >= 0 and not book.budget.late:  # else more may be found when it is asked for itself
        book.related[key] = (statement, setting, finding)
    return finding


def relate_as_meant(fact: Fact, statement: Statement, setting: Setting, book: Notebook) -> Finding:
    """The same, asked anew."""
    finding = ask(book, Relate(fact.statement, statement, setting))
    if (
        finding.evidence.verdict is not Verdict.CORRECT
        and isinstance(fact.statement, Chain)
        and isinstance(statement, Chain)
    ):
        from tutor.verify.equations import same_operation_on_both_sides

        meant = same_operation_on_both_sides(fact.statement, statement)
        if meant is not None:
            reading, operation = meant
            again = ask(book, Relate(fact.statement, reading, setting))
            if again.evidence.verdict is Verdict.CORRECT:
                remark = Remark("reading", f"read as {to_text(reading)}: {operation}")
                return Finding(again.evidence, (*again.remarks, remark))
    evidence = finding.evidence
    if evidence.verdict is Verdict.UNDECIDED and same_values(fact.statement, statement):
        return Finding(SolutionSets(Relation.EQUIVALENT, to_text(fact.statement), to_text(statement)))
    if isinstance(evidence, SolutionSets) and evidence.relation is Relation.SOLUTIONS_LOST:
        ranges = [
            f.statement for f in book.facts if f.line == PROBLEM and f.names == fact.names and is_bound(f.statement)
        ]
        if ranges:  # sin x = 1/2 has two solutions between 0° and 360°
            inside = ask(book, Relate(within(fact.statement, ranges), statement, setting))
            return finding if inside.evidence.verdict is Verdict.UNDECIDED else inside
    return finding


def same_values(before: Statement, after: Statement) -> bool:
    """x = (-3 ± √(9 - 32))/4 and x = (-3 ± √(-23))/4: the same, written out further, be it real or not."""
    one, other = spelt_out(before), spelt_out(after)
    if not isinstance(one, Either) or not isinstance(other, Either) or len(one.parts) != len(other.parts):
        return False
    for left, right in zip(one.parts, other.parts, strict=True):
        if not isinstance(left, Chain) or not isinstance(right, Chain) or len(left.operands) != len(right.operands):
            return False
        if left.operands[0] != right.operands[0] or left.relations != ("=",) or right.relations != ("=",):
            return False
        try:
            if not same_form(roots_named(left.operands[1]), roots_named(right.operands[1])):
                return False
        except (StudentError, Undefined, Unsupported):
            return False
    return True


def roots_named(expr: Expr) -> Expr:
    """A letter for √(9 - 32), the same one as for √(-23)."""
    from tutor.bridge.exact import rational_value

    def change(node: Node) -> Node:
        if isinstance(node, Root) and node.index is None and not symbols(node):
            return Symbol(f"root_{rational_value(node.radicand)}")
        return rebuild(node, change)

    return change(expr)  # type: ignore[return-value]


def follows_from_several(statement: Statement, book: Notebook, *, sound: bool) -> Outcome | None:
    """Several earlier lines together: a system, values put in; None where there are not several."""
    names = symbols(statement)
    about = names or (book.facts[-1].names if book.facts else names)  # "no solution" is about what came before
    premises = book.premises(about, sound=sound)
    if len(premises) < 2 or len(premises) > 8:
        return None
    if not names <= frozenset[str]().union(*(f.names for f in premises)):
        return None
    finding = ask(book, Entail(tuple(f.statement for f in premises), statement, setting_now(book, without=names)))
    rests_on = None if sound else min((f.rests_on for f in premises if f.rests_on is not None), default=None)
    if isinstance(finding.evidence, FollowsFrom):
        lines = tuple(sorted({f.line for f in premises}))
        finding = Finding(replace(finding.evidence, lines=lines), finding.remarks)
    return found(finding, statement, rests_on)


def follows_from_own(statement: Statement, book: Notebook) -> Outcome | None:
    """What the student's own lines give that rest on a wrong one: it follows through."""
    names = symbols(statement)
    replaced = {f.replaces for f in book.facts if f.replaces is not None}
    shaky = [f for f in book.about(names) if f.rests_on is not None and f.number not in replaced][:4]
    if len(shaky) < 2 or not names <= frozenset[str]().union(*(f.names for f in shaky)):
        return None
    premises = tuple(f.statement for f in shaky)
    setting = setting_now(book, without=frozenset[str]().union(*(f.names for f in shaky)))
    finding = decide(Entail(premises, statement, setting))
    if finding.evidence.verdict is not Verdict.CORRECT or contradictory(premises, setting):
        return None
    return found(finding, statement, min(f.rests_on for f in shaky if f.rests_on is not None))


def contradictory(premises: tuple[Statement, ...], setting: Setting) -> bool:
    """0 = 1 follows from them."""
    zero, one = (Number(digit, Fraction(digit)) for digit in "01")
    return decide(Entail(premises, Chain((zero, one), ("=",)), setting)).evidence.verdict is Verdict.CORRECT


def with_values_put_in(statement: Statement, book: Notebook) -> Outcome | None:
    """The newest values of the symbols, put into one of the equations: 1 + 2 + z = 6 from x + y + z = 6."""
    names = symbols(statement)
    newest: dict[str, Fact] = {}
    for fact in book.facts:
        name = solved_for(fact.statement)
        if name is not None and isinstance(fact.statement, Chain):
            newest[name] = fact
    for fact in book.about(names):
        known = fact.names & set(newest) - {solved_for(statement)}
        used = [newest[name] for name in sorted(known) if newest[name] is not fact]
        if len(fact.names) < 2 or not used or not names <= fact.names:
            continue
        premises = (*(f.statement for f in used), fact.statement)
        finding = ask(book, Entail(premises, statement, setting_now(book, without=fact.names)))
        if finding.evidence.verdict is Verdict.CORRECT:
            shaky = [f.rests_on for f in (*used, fact) if f.rests_on is not None]
            lines = tuple(sorted({f.line for f in (*used, fact)}))
            evidence = FollowsFrom(lines, Relation.SUBSTITUTION, "values put in")
            return found(Finding(evidence, finding.remarks), statement, min(shaky, default=None))
    return None


def one_of_the_cases(asked: Question, statement: Statement, refuted: Sequence[tuple[Finding, Fact]]) -> Outcome | None:
    """A line that keeps some of the solutions is one case of several where the lines to come have the others."""
    book = asked.book
    for fact in book.open_cases:
        finding = relate(fact, statement, book)
        if part_of(finding.evidence):
            return found(Finding(FollowsFrom((fact.line,), method="one of the cases")), statement, fact.rests_on)
    for finding, fact in refuted:
        if not part_of(finding.evidence):
            continue
        later = [
            s
            for s in (without_indices(each, book) for each in asked.ahead.statements())
            if isinstance(s, Chain | Either) and symbols(s) and symbols(s) <= fact.names
        ]
        cases: list[Statement] = [statement]
        for other in later:
            seen = relate(fact, other, book).evidence
            if part_of(seen):
                cases.append(other)
            elif isinstance(seen, SolutionSets) and seen.relation is Relation.EQUIVALENT and solved_for(other):
                cases = [statement, other]  # x = 30° first, x = 30°, 150° in the end
                break
        if len(cases) > 1:
            together = relate(fact, Either(tuple(cases)), book)
            if together.evidence.verdict is Verdict.CORRECT:
                book.open_cases.append(fact)
                evidence: Correct = FollowsFrom((fact.line,), method="one of the cases")
                return found(Finding(evidence), statement, fact.rests_on)
    return None


def part_of(evidence: Evidence) -> bool:
    """Some solutions are kept, others lost, none gained."""
    return isinstance(evidence, SolutionsLost) and evidence.relation is Relation.SOLUTIONS_LOST and not evidence.gained


def not_shown(
    asked: Question,
    statement: Statement,
    refuted: Sequence[tuple[Finding, Fact]],
    several: Outcome | None,
    *,
    open_: bool,
) -> Outcome:
    """Nothing made the claim right: refuted where it was surely meant to follow, else new or undecided."""
    book, claim = asked.book, asked.claim
    names = symbols(statement)
    if not names and not isinstance(statement, NoSolution | AllValues):
        return Outcome(Undecided(("no method fits",)), statement, known=False)
    unseen = names - book.names_seen - book.setting.integers
    if unseen and not claim.continues:
        return Outcome(NothingClaimed("introduces " + ", ".join(sorted(unseen))), statement)
    if not refuted and several is None and not any(True for f in book.about(names) if names <= f.names):
        return Outcome(NothingClaimed("a new equation"), statement)
    gap = bool(book.gaps) and (not refuted or book.gaps[-1] > refuted[0][1].line)
    if refuted and not open_ and not gap and surely_meant(asked, statement, refuted[0][1]):
        finding, fact = refuted[0]
        evidence = finding.evidence
        # x_max, t_1: one of the solutions is meant; c = 5 from c² = 25 in a triangle: a length is positive.
        chosen = any("_" in name for name in names) or is_magnitude(evidence, names, book)
        if part_of(evidence) and (book.prose or chosen or claim.among_words or not (book.from_equations or fact.alone)):
            remark = Remark("solutions_left_out", "other solutions are left out: say why")
            kept = Finding(FollowsFrom((fact.line,), method="one of the solutions"), (remark,))
            return found(kept, statement, fact.rests_on, fact)
        if part_of(evidence) and (kept_branch := one_branch(statement, book)) is not None:
            return kept_branch
        return Outcome(evidence, statement, finding.remarks, fact)
    if several is not None and several.evidence.verdict is Verdict.WRONG and not gap and determined(asked, statement):
        in_words = book.prose or claim.among_words
        if not (in_words and part_of(several.evidence)):
            return several
    stronger = one_branch(statement, book)
    if stronger is not None:
        return stronger
    premises = book.premises(names, sound=False)
    unknowns = names.union(*(f.names for f in premises))
    if len(premises) < len(unknowns) and not claim.linked and not (book.from_equations and len(unknowns) == 1):
        return Outcome(NothingClaimed("a new equation"), statement)
    return Outcome(Undecided(("does it follow from an earlier line",)), statement)


def one_branch(statement: Statement, book: Notebook) -> Outcome | None:
    """r = √(A/π) from A = πr²: it gives the line before, and only a sign was chosen."""
    last = next((f for f in book.about(symbols(statement)) if f.names == symbols(statement)), None)
    if last is None or len(last.names - book.setting.integers) < 2 or not isolates(statement):
        return None
    if ask(book, Relate(statement, last.statement, book.setting)).evidence.verdict is not Verdict.CORRECT:
        return None
    remark = Remark("solutions_left_out", "other solutions are left out: say why")
    evidence = FollowsFrom((last.line,), method="one of the solutions")
    return replace(found(Finding(evidence, (remark,)), statement, last.rests_on), from_fact=last)


def is_magnitude(evidence: Evidence, names: frozenset[str], book: Notebook) -> bool:
    """Only negative solutions are left out, of a letter that stands for a quantity rather than the x of an equation."""
    if len(names) != 1 or not isinstance(evidence, SolutionsLost) or book.from_equations:
        return False
    (name,) = names
    if not all(lost.replace(" ", "").startswith(f"{name}=-") for lost in evidence.lost):
        return False
    related = any(len(fact.names) > 1 for fact in book.about(names))
    return related or book.tells_a_story or name not in UNKNOWN_LETTERS


UNKNOWN_LETTERS = frozenset("xyzuwpqknm")


def surely_meant(asked: Question, statement: Statement, fact: Fact) -> bool:
    """Whether a line that does not follow from `fact` was surely meant to.

    In one unknown, lines of mathematics follow each other. With several unknowns a new line may be new information,
    unless the problem gave the one equation, or the line solves for one of three or more letters. In prose, and among
    words, names are used again for other things, so only what is linked ("so", "⇒") to the claim right before counts.
    """
    claim, book = asked.claim, asked.book
    names = symbols(statement) - book.setting.integers or symbols(statement)
    about = fact.names - book.setting.integers or fact.names
    if fact.line < book.doubted and fact.line != PROBLEM:
        return False
    derived = isinstance(claim.statement, Chain) and len(claim.statement.operands) > 2
    if derived and solved_for(fact.statement) and branches(fact.statement) and branches(statement):
        return False  # worked out by themselves: the solutions of another equation
    if book.prose or claim.among_words:
        last = book.facts[-1] if book.facts else None
        # Formulas on lines of their own, right below each other, follow each other in prose too.
        below = not claim.among_words and fact.alone and fact.line == asked.step.line - 1
        return (
            (claim.linked or below or wording.derives(asked.step, claim))
            and fact is last
            and fact.line >= asked.step.line - 1
            and len(fact.names) == 1
            and not fact.given
            and solved_for(fact.statement) is None
        )
    if len(about) == 1:
        return fact.alone or fact.line == PROBLEM
    if holds_calculus(statement) and holds_calculus(fact.statement) and names == fact.names:
        return fact is book.facts[-1]  # 2x + 2y y' = 0, 2y y' = 2x: the same slope is meant
    solves = len(names) == 2 and names == fact.names and fact is book.facts[-1] and fact.alone and isolates(statement)
    if solves and contradictory((fact.statement, statement), book.setting):
        return True  # 2x + 2y = 40, y = 40 - x: both cannot hold, and the second solves the first for y
    if len(book.premises(names, sound=False)) > 1:
        return False
    if claim.linked or claim.continues:
        return names == fact.names
    if book.from_equations and fact.line == PROBLEM:
        return names == fact.names and not book.partly_read
    if book.from_equations and fact.alone and fact.replaces is not None and not book.partly_read:
        return names == fact.names  # one equation in two letters, and a line that it turned into
    return len(names) >= 3 and names == fact.names and fact.alone and isolates(statement)


def branches(statement: Statement) -> bool:
    """x = a ± b, x = a or x = b"""
    return isinstance(statement, Either) or any(isinstance(n, PlusMinus) for n in walk(statement))


def isolates(statement: Statement) -> bool:
    """`a = (v - u)/t`: one side is a letter that the other does not hold."""
    if not isinstance(statement, Chain) or len(statement.operands) != 2:
        return False
    left, right = (without_brackets(o) for o in statement.operands)
    return (isinstance(left, Symbol) and left.name not in symbols(right)) or (
        isinstance(right, Symbol) and right.name not in symbols(left)
    )


def determined(asked: Question, statement: Statement) -> bool:
    """The premises fix all unknowns, and the problem (or the student, line by line) wrote them as equations."""
    if asked.claim.among_words or asked.book.prose:
        solved = solved_for(statement) is not None or isinstance(statement, Both)
        if not solved or not wording.solves(asked.step, asked.claim, asked.book.text_before):
            return False
        if asked.book.doubted >= 0:
            return False
    premises = asked.book.premises(symbols(statement), sound=False)
    unknowns = frozenset[str]().union(*(f.names for f in premises))
    return len(premises) >= len(unknowns)


def restated(book: Notebook, statement: Statement) -> bool:
    """The statement is one of the problem's own, as written or with its sides exchanged."""
    flipped = (
        Chain(statement.operands[::-1], statement.relations)
        if isinstance(statement, Chain) and statement.relations == ("=",)
        else None
    )
    return any(
        f.line == PROBLEM and (same_tree(f.statement, statement) or (flipped and same_tree(f.statement, flipped)))
        for f in book.facts
    )


def continues_expression(book: Notebook, chain: Chain) -> bool:
    """The left side is the expression that was to be rewritten, so the right side must equal it."""
    return (
        book.expression is not None
        and len(chain.operands) == 2
        and same_tree(book.expression[0], chain.operands[0])
        and symbols(chain.operands[0]) == symbols(chain.operands[1])
    )


def equation_known(book: Notebook, left: Expr, right: Expr) -> bool:
    """Some fact relates these symbols, so that `left = right` may hold because of it."""
    names = symbols(left) | symbols(right)
    return any(True for f in book.about(names) if f.names <= names)


# ---------------------------------------------------------------- writing down


def found(
    finding: Finding, statement: Statement, rests_on: int | None, fact: Fact | None = None, *, known: bool = True
) -> Outcome:
    """A finding as an outcome; what is right but rests on a wrong line follows through."""
    evidence = finding.evidence
    if rests_on is not None and evidence.verdict is Verdict.CORRECT:
        evidence = FollowThrough(rests_on, evidence)  # type: ignore[arg-type]
    return Outcome(evidence, statement, finding.remarks, fact, known)


def write_down(outcome: Outcome, claim: Claim, step: Step, book: Notebook) -> Judged:
    """Remember the claim for the lines to come, with what it rests on."""
    evidence = outcome.evidence
    if isinstance(evidence, Undecided) and book.budget.late:
        evidence = replace(evidence, timeout=True)
    wrong = evidence.verdict is Verdict.WRONG
    rests_on = step.line if wrong else evidence.rests_on if isinstance(evidence, FollowThrough) else None
    statement = outcome.statement
    last = claim.statement.operands[-1] if isinstance(claim.statement, Chain) else claim.statement
    book.last_end = last if isinstance(last, Expr) else None
    if isinstance(last, Expr) and Integral in kinds(last):
        book.integrals.append((last, step.line))
    book.last_rests_on = rests_on
    if isinstance(statement, Expr):
        if not constant(statement) or not claim.among_words:
            book.expression = (without_units(statement), step.line, rests_on)
    elif outcome.known:
        statement = without_units(statement)
        tells = bool(symbols(statement)) or isinstance(statement, NoSolution | AllValues)
        as_written = not isinstance(claim.statement, Chain) or len(claim.statement.operands) == 2
        if (
            isinstance(evidence, Identity)
            and isinstance(statement, Chain)
            and len(statement.operands) == 2
            and as_written
        ):
            tells = False  # true for all values: it says nothing about the unknown
        if tells and Words not in kinds(statement):
            replaces = outcome.from_fact.number if outcome.from_fact is not None and keeps(evidence) else None
            parts = statement.parts if isinstance(statement, Both) else (statement,)
            for part in parts:
                book.add(
                    part,
                    step.line,
                    rests_on=rests_on,
                    replaces=replaces,
                    alone=not claim.among_words,
                    given=claim.role in (Role.GIVEN, Role.DEFINITION) or evidence == A_CONDITION,
                )
    if isinstance(statement, Chain) and not constant(statement.operands[-1]):
        book.expression = (without_units(statement.operands[-1]), step.line, rests_on)
    if isinstance(evidence, EqualValues) and isinstance(claim.statement, Chain):
        results = {n for operand in claim.statement.operands[1:] for n in numbers_in(operand)}
        (book.exact_numbers if evidence.exact else book.rounded_numbers).update(results)
    false = false_result(evidence, claim.statement)
    if isinstance(evidence, FollowThrough) and isinstance(claim.statement, Chain):
        book.note_result(claim.statement.operands[-1], evidence.rests_on)
    book.note_numbers((claim.statement,), false=false, line=step.line)
    return Judged(claim, evidence, outcome.remarks)


def keeps(evidence: Evidence) -> bool:
    """The line stands for the one before, rightly or wrongly, so that later lines need only this one."""
    match evidence:
        case SolutionSets(relation=relation):
            return relation is not Relation.SOLUTIONS_GAINED
        case FollowThrough(because=because):
            return keeps(because)
        case SolutionsLost() | Counterexample() | Contradicts() | FalseEquality():
            return True
        case _:
            return False


def false_result(evidence: Evidence, statement: Statement) -> Fraction | None:
    """The number that a false calculation gave as its result."""
    from tutor.bridge.exact import rational_value

    if isinstance(evidence, FalseEquality) and isinstance(statement, Chain):
        try:
            return rational_value(statement.operands[-1])
        except (StudentError, Undefined, Unsupported):
            return None
    return None


# ---------------------------------------------------------------- small questions


def constant(expr: Node) -> bool:
    """No free symbols, and nothing that stands for a value in words."""
    if symbols(expr):
        return False
    found = kinds(expr)
    return Words not in found and not (Call in found and any(is_unknown_value(n) for n in walk(expr)))


def is_unknown_value(node: Node) -> bool:
    """A name in words, or a function that only the problem knows: `Area`, `P(A)`."""
    if isinstance(node, Words):
        return True
    return isinstance(node, Call) and node.name not in KNOWN_FUNCTIONS


KNOWN_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth arsinh arcosh artanh "
    "arcsinh arccosh arctanh ln log lg exp gcd lcm hcf min max floor ceil round mod det tr Re Im arg conj sgn "
    "abs".split()
)


def shows_decimals(expr: Expr) -> bool:
    """A written decimal stands in it, so that its value is known only within a rounding."""
    return any(isinstance(node, Number) and node.places is not None for node in walk(expr))


def is_plain_number(expr: Expr) -> bool:
    """A numeral, a fraction of numerals, or one of these with a unit."""
    inner = without_brackets(expr)
    if isinstance(inner, Quantity | Percent | Negative):
        return is_plain_number(inner.value if isinstance(inner, Quantity) else inner.operand)
    if isinstance(inner, Quotient):
        return isinstance(inner.top, Number) and isinstance(inner.bottom, Number)
    return isinstance(inner, Number | Mixed)


def is_name(expr: Expr) -> bool:
    """A letter, words, or f(3), |AB|: something that a value is given to."""
    inner = without_brackets(expr)
    if isinstance(inner, Negative):
        inner = inner.operand
    if isinstance(inner, Words | Symbol):
        return True
    return isinstance(inner, Call) and inner.name not in KNOWN_FUNCTIONS


def defined_function(chain: Chain) -> tuple[str, tuple[str, ...], Expr] | None:
    """(f, parameters, body) of `f(x) = body`."""
    head = chain.operands[0]
    if (
        not isinstance(head, Call)
        or head.primes
        or head.name in KNOWN_FUNCTIONS
        or chain.relations[0] not in ("=", ":=")
    ):
        return None
    if not head.args or not all(isinstance(arg, Symbol) for arg in head.args) or head.name in ("P", "E", "Var"):
        return None
    names = tuple(arg.name for arg in head.args if isinstance(arg, Symbol))
    body = chain.operands[1]
    return (head.name, names, body) if symbols(body) & set(names) else None


def define_function(book: Notebook, name: str, names: tuple[str, ...], body: Expr) -> None:
    """Remember f(x) = body."""
    book.setting = replace(book.setting, functions={**book.setting.functions, name: (names, body)})


def ask(book: Notebook, task: Task) -> Finding:
    """The finding of the first domain that has one; all that is asked about one claim shares one budget."""
    return decide(task, book.budget)


def setting_now(book: Notebook, without: frozenset[str] = frozenset()) -> Setting:
    """The setting with the values that earlier lines gave to symbols."""
    values = book.values
    if not values.keys().isdisjoint(without):
        values = {name: value for name, value in values.items() if name not in without}
    return replace(book.setting, values=dict(values)) if values else book.setting


def without_units(statement: AnyNode) -> AnyNode:
    """Numbers in place of quantities: where symbols are about, the unit is a label."""
    if Quantity not in kinds(statement):
        return statement

    def change(node: Node) -> Node:
        if isinstance(node, Quantity):
            return change(node.value)
        return rebuild(node, change)

    return change(statement)  # type: ignore[return-value]


def same_tree(a: Statement, b: Statement) -> bool:
    """The same, brackets apart."""
    return unbracketed(a) == unbracketed(b)


def unbracketed(statement: Node) -> Node:
    """The tree with no bracket nodes."""
    if Bracket not in kinds(statement):
        return statement
    if isinstance(statement, Expr):
        statement = without_brackets(statement)
    return rebuild(statement, unbracketed)
