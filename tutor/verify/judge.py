"""Judge each line of a solution against the problem and the lines before it.

`judge_steps` walks through the work once with a `Notebook`. For every claim it asks the domains the questions that
could make the claim right, in the order of evidence: a true calculation, an identity, a relation to the line before,
to the problem, to any earlier line, a consequence of several, a value put in. Only where one of those questions was
*refuted*, and the claim was surely meant to follow, is it wrong; whatever else was not shown is undecided, or nothing
that can be judged (a new quantity, an assumption).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from tutor.errors import StudentError, Undefined, Unsupported
from tutor.records import (
    CannotRead,
    CheckedStep,
    Claim,
    Contradicts,
    Counterexample,
    EqualValues,
    Evidence,
    FalseEquality,
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
    WrongLaw,
    WrongQuantity,
)
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    AllValues,
    Arrow,
    Both,
    Bracket,
    Chain,
    Constant,
    Degrees,
    Differential,
    Either,
    Expr,
    Integral,
    Interval,
    NoSolution,
    Number,
    NumberSet,
    Percent,
    Quantity,
    SetBuilder,
    SetOf,
    SetOperation,
    Statement,
    Symbol,
    Words,
    kinds,
    numbers,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify import settled, wording
from tutor.verify.about_physics import physics_of
from tutor.verify.calculations import numbers_of_statement
from tutor.verify.chains import judge_chain, judge_links
from tutor.verify.doubts import not_held_against, reading_in_doubt, supposed
from tutor.verify.notebook import PROBLEM, Notebook, numbers_in, solved_for
from tutor.verify.questions import (
    SEVERITY,
    Ahead,
    Outcome,
    Question,
    ask,
    define_function,
    found,
    setting_now,
    without_indices,
)
from tutor.verify.relations import A_CONDITION, judge_relation, restated
from tutor.verify.shapes import WORD, constant, defined_function, holds_calculus, is_name, same_tree
from tutor.verify.tasks import Budget, Compare, Setting


def judge_steps(
    steps: Sequence[Step],
    problem: Problem,
    doubted: frozenset[int] = frozenset(),
    watch: Callable[[CheckedStep], None] | None = None,
) -> list[CheckedStep]:
    """Check each step against the problem and the steps before it; never raises on what a student wrote.

    doubted: lines that lead to a wrong answer, while none of them is wrong by itself. watch: called with each step when
    it has been judged; what it raises ends the work.
    """
    book = open_notebook(steps, problem)
    if book.physical is not None:
        book.physical.doubted = doubted
    checked: list[CheckedStep] = []
    part: str | None = None
    label_before = "a"
    for position, step in enumerate(steps):
        if step.part is not None and step.part != part:
            part = step.part
            for each in problem.parts:
                if each.id == part:
                    take_given(book, each.equations)
        if (label := PART_LABEL.match(step.text)) and step.line > 0:
            if label.group(1) > label_before:
                book.doubted = step.line
            label_before = label.group(1)
        ahead = Ahead(steps, position)
        if book.prose and wording.second_thoughts(step.text):
            book.doubted = step.line
        judged: list[Judged] = []
        for number, claim in enumerate(step.claims):
            judged.append(judge_claim(claim, step, book, ahead.after(number)))
            book.last_claim = (step, claim)
        checked.append(sum_up(step, judged))
        if watch is not None:
            watch(checked[-1])
        if step.unread:
            book.gaps.append(step.line)
        book.text_before = step.text
    if book.physical is None:
        return checked
    from tutor.verify.precision import with_precision
    from tutor.verify.unit_names import with_unknown_units

    return with_unknown_units(with_precision(checked, book.physical), book.physical)


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
        physical=physics_of(steps, problem, numbers_of_statement(problem.statement)),
        modular=bool(MODULAR.search(problem.statement)) or any(MODULAR.search(step.text) for step in steps),
    )
    take_given(book, problem.equations)
    book.moduli = wording.moduli(problem.statement)
    read_relations = sum(len(n.relations) for e in problem.equations for n in walk(e) if isinstance(n, Chain))
    book.partly_read = problem.statement.count("=") > read_relations
    book.partly_read = book.partly_read or bool(ANOTHER_CURVE.search(problem.statement))
    book.iterates = any(ITERATES.search(text) for text in (problem.statement, *(step.text for step in steps)))
    book.whole_numbers = bool(WHOLE_NUMBERS.search(problem.statement))
    book.given_functions = frozenset(book.setting.functions)
    book.note_numbers(problem.equations, false=None, line=PROBLEM)
    book.exact_numbers = numbers_of_statement(problem.statement)
    book.sound_numbers |= book.exact_numbers
    return book


PART_LABEL = re.compile(r"[\s*#]*\(?([a-h])\s?\)(?=[\s*])")
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
        equation = book.plain(stated)
        if isinstance(equation, Chain) and (named := defined_function(equation)):
            define_function(book, *named)
        if isinstance(equation, Expr):
            book.expression = (equation, PROBLEM, None)
            book.first_expression = equation
        else:
            book.add(equation, PROBLEM, given=True)


ANOTHER_CURVE = re.compile(
    r"\b(?:perpendicular|parallel|tangent|normal|reflect\w*|translat\w*|rotat\w*|image)\b", re.IGNORECASE
)


ITERATES = re.compile(
    r"\b(?:newton|iterat\w*|bisection|secant|fixed[- ]point)\b|[xu]_\{?(?:0|n)\b|\bx0\b", re.IGNORECASE
)


WHOLE_NUMBERS = re.compile(r"\b(?:integers?|integral|whole numbers?|natural numbers?)\b", re.IGNORECASE)


MODULAR = re.compile(
    r"\bmod(?:ulo|ular)?\b|\\[bp]?mod|≡|\\equiv|\bbase[ -]?(?:\d|two|eight|ten|sixteen)|\bbinary\b", re.IGNORECASE
)


def is_prose(steps: Sequence[Step]) -> bool:
    """A third of the lines or more are sentences: mathematics explained rather than worked line by line."""
    wordy = sum(1 for step in steps if step.operation is None and len(WORD.findall(step.text)) >= 5)
    return wordy * 3 >= max(1, len(steps))


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


def judge_claim(claim: Claim, step: Step, book: Notebook, ahead: Ahead) -> Judged:
    """The first reading that holds is the one that was meant; wrong only where no reading holds."""
    if claim.role is Role.RETRACTED:
        if solved_for(claim.statement) is not None:
            book.rejected.append(claim.statement)
        return Judged(claim, NothingClaimed("crossed out"))
    if wording.of_something(step, claim):
        return Judged(claim, NothingClaimed("words"))
    if supposed(claim, step):
        claim = replace(claim, role=Role.GIVEN)
    if claim.continues and ARROW_FIRST.match(step.text):
        claim = replace(claim, continues=False, linked=True)  # a line that begins with ⇒ is a claim of its own
    if book.physical is not None:
        from tutor.verify.meant import as_meant

        meant = as_meant(claim.statement, claim.text, book.physical)
        if meant != claim.statement:
            claim = replace(claim, statement=meant, alternatives=(claim.statement, *claim.alternatives))
    elif isinstance(claim.statement, Chain) and Degrees in kinds(claim.statement):
        from tutor.verify.quantities import with_functions_first

        before = with_functions_first(claim.statement)  # sin 45°/1.5
        claim = claim if before == claim.statement else replace(claim, alternatives=(*claim.alternatives, before))
    if (per_hundred := in_hundredths(claim.statement, book)) is not None:
        claim = replace(claim, alternatives=(*claim.alternatives, per_hundred))
    if isinstance(claim.statement, Chain) and wording.says_rounded(step.text, claim.span.end):
        claim = replace(claim, statement=about_equal(claim.statement))
    asked = Question(claim, step, book, ahead)
    book.budget = Budget()
    outcomes: list[Outcome] = []
    for number, statement in enumerate((claim.statement, *claim.alternatives)):
        outcome = guarded(asked, statement)
        verdict = outcome.evidence.verdict
        if number and isinstance(outcomes[0].evidence, WrongLaw) and not same_letters(claim.statement, statement):
            continue  # p1/V1 = p2/V2 is no less wrong as p·1/(V·1) = p·2/(V·2)
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
    if first.evidence.verdict is Verdict.WRONG:
        others_open = any(o.evidence.verdict is Verdict.UNDECIDED for o in outcomes[1:])
        others_open = others_open and not all(same_quantity_wrong(first.evidence, s) for s in claim.alternatives)
        excuse = None if claim.by_model else not_held_against(asked, first)
        if excuse is None and (reason := reading_in_doubt(claim, step, book, others_open=others_open)) is not None:
            excuse = Undecided((reason,), why=as_read_by_model(claim) if claim.by_model else "")
        if excuse is None and book.physical is not None:
            from tutor.verify.unit_names import unheard_of_in

            if unheard_of_in(claim.statement, book.physical.statement):
                excuse = Undecided(("it has a unit that is not known here",))
        first = replace(first, evidence=excuse or first.evidence)
    return write_down(first, claim, step, book)


def as_read_by_model(claim: Claim) -> str:
    """What is said of a claim that does not hold as the language model reads it."""
    return (
        f"The language model reads this as {to_text(claim.statement)}, which does not hold; "
        "write it with signs to have it checked"
    )


def in_hundredths(statement: Statement, book: Notebook) -> Statement | None:
    """`p = 65 %` after `p = 26/40 · 100`: the sign says what the 100 has done already."""
    if not isinstance(statement, Chain) or len(statement.operands) != 2 or book.last_claim is None:
        return None
    last = without_brackets(statement.operands[1])
    if not isinstance(last, Percent) or not isinstance(last.operand, Number):
        return None
    if all(n.value != 100 for n in numbers(book.last_claim[1].statement)):
        return None
    return replace(statement, operands=(statement.operands[0], last.operand))


def same_quantity_wrong(evidence: Evidence, other: Statement) -> bool:
    """(120 C)/(10 kF) for 10 F is no less wrong where the C is read as a letter."""
    if not isinstance(evidence, WrongQuantity) or evidence.slip not in ("conversion", "digits", "other_given"):
        return False
    used = evidence.used.partition(" = ")[2] or evidence.used
    return any(to_text(node) == used for node in walk(other) if isinstance(node, Quantity))


def same_letters(one: Statement, other: Statement) -> bool:
    """Whether two readings have the indexed letters in common: p_1 is not p times 1."""
    return {name for name in symbols(one) if "_" in name} <= symbols(other)


def about_equal(chain: Chain) -> Chain:
    """x = 43.4 ≈ 43 for a line that says that it was rounded."""
    if chain.relations[-1] != "=" or not constant(chain.operands[-1]):
        return chain
    return replace(chain, relations=(*chain.relations[:-1], "≈"))


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


ARROW_FIRST = re.compile(r"[\s$&\\\[(]*(?:⇒|⟹|→|⟶|⇔|⟺|∴|=>|->|<=>|Rightarrow|implies|to\b|iff|therefore)")


def guarded(asked: Question, statement: Statement) -> Outcome:
    """Judge one reading; what is too large or has no value is undecided, with the reason."""
    try:
        return judge_statement(asked, statement)
    except (StudentError, Undefined, Unsupported) as error:
        return Outcome(Undecided((str(error),)), statement, known=False)


def judge_statement(asked: Question, statement: Statement) -> Outcome:
    """Sort the statement into a calculation, a rewriting, a relation between lines, or something new."""
    claim, book = asked.claim, asked.book
    statement = either_of_them(statement)
    sided = with_the_sides(statement, book)
    if sided is not statement and isinstance(sided, Chain):
        return judge_links(asked, book.plain(sided), rewriting=True)
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
            physical = book.physical
            if physical is None:
                outcome = judge_chain(asked, statement)
            else:
                from tutor.verify.quantities import judge_quantities

                outcome = judge_quantities(asked, statement, physical)
            return rests_on_expression(outcome, book) if claim.continues else outcome
        case Both(parts) if holds_calculus(statement):
            return judge_each(asked, parts)
        case Both(parts) if any(quantities_alone(part) for part in parts):
            return judge_together(asked, parts)
        case Both(parts) if all(about_known_objects(part, book) for part in parts):
            return judge_together(asked, parts)
        case Either() | Both() | NoSolution() | AllValues():
            outcome = judge_relation(asked, book.plain(statement))
            if book.physical is not None and outcome.evidence.verdict is Verdict.WRONG:
                outcome = replace(outcome, evidence=Undecided(("values of quantities beside each other",)), remarks=())
            return outcome
        case Arrow(parts):
            return judge_arrow(asked, parts)
        case Expr():
            return judge_expression(asked, statement)
        case _:
            assert_never(statement)
    return Outcome(Undecided(), statement, from_fact=None, known=bool(book))


def either_of_them(statement: Statement) -> Statement:
    """`t = 9; t = 4`: a letter has one value or the other."""
    if isinstance(statement, Both) and len(statement.parts) > 1:
        names = {solved_for(part) for part in statement.parts}
        if len(names) == 1 and None not in names and len(set(statement.parts)) == len(statement.parts):
            ends = [part.operands[-1] for part in statement.parts if isinstance(part, Chain)]
            if all(constant(end) for end in ends) and len(ends) == len(statement.parts):
                return Either(statement.parts)
    return statement


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
    if rests_on is None and begins_there and same_tree(book.plain(chain.operands[0]), book.plain(end)):  # type: ignore[union-attr, type-var, arg-type]
        rests_on = book.last_rests_on
    if outcome.evidence.verdict is not Verdict.CORRECT or rests_on is None:
        return outcome
    if isinstance(outcome.statement, Chain) and book.first_expression is not None:
        back = ask(
            book, Compare(book.first_expression, book.plain(outcome.statement.operands[-1]), "=", setting_now(book))
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
    """Y for y: a slip of case, where the work has spoken of one letter only, and has an equation in it.

    After m = 2 alone, M = 5 is another mass.
    """
    if len(book.names_seen) != 1:
        return statement
    (letter,) = book.names_seen
    in_it = [fact.statement for fact in book.facts if letter in symbols(fact.statement)]
    if in_it and all(solved_for(one) is not None for one in in_it) and solved_for(statement) is not None:
        return statement
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


def assume(asked: Question, statement: Statement) -> Outcome:
    """Restated, defined or supposed: nothing to judge, except the calculation in `let A = 2*3 = 7`."""
    book = asked.book
    plain = book.plain(statement)
    if isinstance(plain, Chain) and isinstance(statement, Chain):
        if named := defined_function(plain):
            define_function(book, *named)
        if len(plain.operands) > 2 and constant(plain.operands[-1]) and constant(plain.operands[-2]):
            return judge_chain(asked, statement)
        if book.physical is not None:
            from tutor.verify.introduced import given_away
            from tutor.verify.tracing import restated_wrongly

            wrong = restated_wrongly(asked, statement, book.physical) or given_away(asked, statement, book.physical)
            if wrong is not None:
                return Outcome(wrong, plain)
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


def judge_expression(asked: Question, expr: Expr) -> Outcome:
    """A bare expression: what was to be rewritten, rewritten; or a value by itself."""
    book = asked.book
    plain = book.plain(expr)
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


def write_down(outcome: Outcome, claim: Claim, step: Step, book: Notebook) -> Judged:
    """Remember the claim for the lines to come, with what it rests on."""
    evidence = outcome.evidence
    if isinstance(evidence, Undecided) and book.budget.late:
        evidence = replace(evidence, timeout=True)
    wrong = evidence.verdict is Verdict.WRONG
    rests_on = step.line if wrong else evidence.rests_on if isinstance(evidence, FollowThrough) else None
    statement = outcome.statement
    if book.physical is not None and claim.role is not Role.RETRACTED:
        book.physical.learn(claim, evidence, step.line, rests_on)
    last = claim.statement.operands[-1] if isinstance(claim.statement, Chain) else claim.statement
    book.last_end = last if isinstance(last, Expr) else None
    if isinstance(last, Expr) and Integral in kinds(last):
        book.integrals.append((last, step.line))
    book.last_rests_on = rests_on
    if isinstance(statement, Expr):
        if not constant(statement) or not claim.among_words:
            book.expression = (book.plain(statement), step.line, rests_on)
    elif outcome.known or as_it_ends(statement, evidence) is not statement:
        statement = book.plain(statement)
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
            parts = statement.parts if isinstance(statement, Both) else (as_it_ends(statement, evidence),)
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
        book.expression = (book.plain(statement.operands[-1]), step.line, rests_on)
    if isinstance(evidence, EqualValues) and isinstance(claim.statement, Chain):
        results = {n for operand in claim.statement.operands[1:] for n in numbers_in(operand)}
        (book.exact_numbers if evidence.exact else book.rounded_numbers).update(results)
    false = false_result(evidence, claim.statement)
    if isinstance(evidence, FollowThrough) and isinstance(claim.statement, Chain):
        book.note_result(claim.statement.operands[-1], evidence.rests_on)
    book.note_numbers((claim.statement,), false=false, line=step.line)
    return Judged(claim, evidence, outcome.remarks)


def as_it_ends(statement: Statement, evidence: Evidence) -> Statement:
    """3x = 14 of 3x = 19 - 4 = 14: what the student goes on from, where the mistake is in the calculation."""
    if not isinstance(evidence, FalseEquality) or not isinstance(statement, Chain) or len(statement.operands) < 3:
        return statement
    first, last = statement.operands[0], statement.operands[-1]
    if not symbols(first) or symbols(last) or set(statement.relations) - {"=", "≈"}:
        return statement
    return Chain((first, last), statement.relations[-1:])


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
