"""The final answer: where it stands in the work, and whether it is the reference answer in any equivalent form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd

from tutor.errors import StudentError, Undefined, Unsupported
from tutor.reading.numerals import numerals
from tutor.records import (
    Answer,
    CheckedStep,
    Claim,
    FinalAnswer,
    FollowsFrom,
    FollowThrough,
    MatchesAnswer,
    NotTheAnswer,
    Part,
    Problem,
    Relation,
    Remark,
    Role,
    SolutionSets,
    SolutionsLost,
    Verdict,
)
from tutor.syntax.printer import to_text
from tutor.syntax.read import ReadHints, read
from tutor.syntax.tree import (
    AllValues,
    Both,
    Call,
    Chain,
    Degrees,
    Derivative,
    Either,
    Expr,
    Interval,
    Listing,
    Matrix,
    Negative,
    NoSolution,
    Number,
    NumberSet,
    Percent,
    PlusMinus,
    Power,
    Product,
    Quantity,
    Quotient,
    SetOf,
    SetOperation,
    Statement,
    Sum,
    Symbol,
    Tuple,
    Words,
    kinds,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.bounds import numeral
from tutor.verify.domains import decide
from tutor.verify.notebook import solved_for, value_claimed
from tutor.verify.shapes import constant, without_units
from tutor.verify.tasks import Compare, Relate, Setting

LONE_NUMBER = re.compile(r"(?<![\w.])[-+]?\d[\d,]*(?:\.\d+)?(?![\w.]*\d)")


@dataclass(frozen=True, slots=True)
class AnswerCheck:
    """correct is None where it could not be decided; `why` is a sentence for the student.

    partial: some of the solutions are given, and nothing that is none.
    """

    correct: bool | None
    why: str = ""
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may be the final answer, with the step and claim it stands in."""

    statement: Statement
    text: str
    step: int
    claim: int | None


def settle_answer(
    checked: Sequence[CheckedStep], problem: Problem, part: Part | None = None
) -> tuple[list[CheckedStep], FinalAnswer | None]:
    """Find the final answer, compare it with the reference, and say so on its line.

    A line that the verifier left open is `correct` where it is the reference answer; a final answer that is not the
    reference is `wrong` unless an earlier wrong line already explains it.
    """
    steps = list(checked)
    reference = part.answer if part is not None else problem.answer
    unknowns = (part.unknowns if part is not None else ()) or problem.unknowns
    mine = [n for n, s in enumerate(steps) if part is None or s.step.part in (part.id, None)]
    wanted = frozenset[str]()
    if reference is not None:
        wanted = frozenset().union(*(symbols(form) for form in reference.forms if isinstance(form, Both)))
    if not wanted and len(unknowns) > 1:
        wanted = frozenset(unknowns)
    if reference is not None and not unknowns:
        unknowns = tuple({h.name for form in reference.forms if (h := head_of(form)) is not None})
    candidates = list(answer_candidates([(n, steps[n]) for n in mine], unknowns, wanted))
    name = part.id if part is not None else None
    if not candidates:
        said = in_words([steps[n] for n in mine], reference, problem.statement) if reference is not None else None
        return steps, replace(said, part=name) if said is not None else None
    setting = setting_of(problem)
    if part is not None and reference is not None and not any(s.step.part for s in steps):
        return steps, answer_anywhere(steps, reference, setting, part)
    if reference is None:
        last = candidates[0]
        verdict = steps[last.step].verdict
        right = True if verdict is Verdict.CORRECT else False if verdict is Verdict.WRONG else None
        return steps, FinalAnswer(
            last.text, steps[last.step].step.line, right if last.claim is not None else None, name
        )
    checks = [(c, compare_answer(c.statement, reference, setting)) for c in candidates]
    checks = [(c, in_the_unit_asked(c, check, reference, problem.statement)) for c, check in checks]
    if not any(check.correct for _, check in checks):
        said = in_words([steps[n] for n in mine], reference, problem.statement)
        line = steps[candidates[0].step].step.line
        if said is not None and said.line is not None and (candidates[0].claim is None or said.line > line):
            return steps, replace(said, part=name)
    best = next((pair for pair in checks if pair[1].correct), None)
    if best is None:
        best = next((pair for pair in checks if pair[0].claim is not None), checks[0])
    candidate, check = best
    if check.partial and (together := all_values(candidate, [(n, steps[n]) for n in mine])) is not None:
        again = compare_answer(together.statement, reference, setting)
        candidate, check = (together, again) if again.correct else (candidate, check)
    at = candidate.step
    if check.correct is False and check.why.startswith(ANOTHER_KIND) and any(s.step.claims for s in steps[at + 1 :]):
        check = AnswerCheck(None)  # something on the way
    if check.correct is False and candidate.claim is not None and steps[at].step.claims[candidate.claim].by_model:
        check = AnswerCheck(None)
    if check.correct is False and all_stand_there([steps[n] for n in mine], reference):
        check = AnswerCheck(None)
    refuted = steps[at].verdict is Verdict.WRONG  # then it is no second result that holds
    others = [steps[n] for n in mine]
    if check.correct is False and not refuted and is_one_of_two(others, candidate, reference, setting, problem, part):
        check = AnswerCheck(None)
    if check.correct is False and stands_in_words([steps[n] for n in mine], reference, problem.statement):
        check = AnswerCheck(None)
    if check.correct is False and holds_quantity(candidate) and any(c.correct is None for _, c in checks):
        check = AnswerCheck(None)
    if check.correct:
        steps = [accept_partial(step) for step in steps]
        if steps[at].verdict in (Verdict.UNDECIDED,) and candidate.claim is not None:
            steps[at] = replace(steps[at], evidence=MatchesAnswer(reference.text))
    elif (
        check.correct is False
        and candidate.claim is not None
        and not any(steps[n].verdict is Verdict.WRONG for n in mine)
        and steps[at].verdict not in (Verdict.UNREADABLE, Verdict.FOLLOW_THROUGH)
    ):
        steps[at] = replace(steps[at], evidence=NotTheAnswer(candidate.text, check.why, check.partial))
    if check.correct is False and (rests_on := one_root_of_own(steps, at, reference)) is not None:
        steps[at] = replace(steps[at], evidence=FollowThrough(rests_on, FollowsFrom((rests_on,))))
    if check.why and check.correct:
        kind = "unit_missing" if check.why.startswith("the unit is missing") else "answer"
        if kind not in {remark.kind for remark in steps[at].remarks}:
            steps[at] = replace(steps[at], remarks=(*steps[at].remarks, Remark(kind, check.why)))
    return steps, FinalAnswer(candidate.text, steps[at].step.line, check.correct, name)


def one_root_of_own(steps: Sequence[CheckedStep], at: int, reference: Answer) -> int | None:
    """The wrong line of which the answer takes one solution, where the problem's own answer is one of several, too."""
    evidence = steps[at].evidence
    if not isinstance(evidence, SolutionsLost) or evidence.relation is not Relation.SOLUTIONS_LOST or evidence.gained:
        return None
    several = (Either, SetOf, Interval, SetOperation, Listing, PlusMinus)
    if any(isinstance(node, several) for form in reference.forms for node in walk(form)):
        return None
    for step in reversed(steps[:at]):
        rests_on = step.evidence.rests_on if isinstance(step.evidence, FollowThrough) else step.step.line
        because = step.evidence.because if isinstance(step.evidence, FollowThrough) else step.evidence
        wrong = step.verdict in (Verdict.WRONG, Verdict.FOLLOW_THROUGH)
        if wrong and isinstance(because, SolutionSets | SolutionsLost) and because.after == evidence.before:
            return rests_on
    return None


def words_named(statement: Statement) -> str | None:
    """The name in words for which a relation gives a value."""
    head = statement.operands[0] if isinstance(statement, Chain) else None
    return head.text if isinstance(head, Words) else None


def all_stand_there(steps: Sequence[CheckedStep], reference: Answer) -> bool:
    """Whether each value of a list stands in the work as a result: `Tom: 5 · 8 = 40`, then `Amy: 4 · 8 = 32`."""
    lists = [form for form in reference.forms if isinstance(form, Listing)]
    if not lists:
        return False
    values = [without_brackets(item.value if isinstance(item, Quantity) else item) for item in lists[0].items]
    wanted = {value.value for value in values if isinstance(value, Number)}
    lines = [step.step.text for step in steps if any(numerals(step.step.text))]
    results = {n.value for n in numerals(lines[-1])} if lines else set()
    for text in lines:
        results |= {n.value for n in numerals(text) if RESULT.search(text[: n.start])}
    return len(wanted) == len(values) > 1 and wanted <= results


# Find the tension and the acceleration; how far does it get and when does it stop
TWO_ASKED = re.compile(
    r"\b(?:find|calculate|determine|work out|compute|state|what|how|where|when|which|berechne\w*|calculer|calcula\w*)\b"
    r"[^.?!]*?\b(?:and|both|each|und|et|y|e)\b",
    re.IGNORECASE,
)


def is_one_of_two(
    steps: Sequence[CheckedStep],
    candidate: Candidate,
    reference: Answer,
    setting: Setting,
    problem: Problem,
    part: Part | None,
) -> bool:
    """Whether the last result may be the second of two that are asked for: a line before comes to the reference."""
    wanted = {form.value for form in reference.forms if isinstance(form, Number)}
    solution = problem.solution if part is None else part.solution
    if solution and wanted & {n.value for n in list(numerals(solution[-1]))[-1:]}:
        return False  # the worked solution ends there, so nothing is asked for after it
    several = TWO_ASKED.search(problem.statement if part is None else part.statement) is not None
    name = head_of(candidate.statement)
    thing = words_named(candidate.statement)
    for step in steps:
        if step.verdict is not Verdict.CORRECT or step.step.line == steps[-1].step.line:
            continue
        for claim in judged_claims(step):
            other = head_of(claim.statement)
            if not isinstance(claim.statement, Chain) or (other is not None and other == name):
                continue
            if not several and (thing is None or words_named(claim.statement) in (None, thing)):
                continue  # flour = 750 g, then eggs = 5: of two things
            if compare_answer(claim.statement, reference, setting).correct:
                return True
    return False


SENTENCE = re.compile(r"[a-z]{3,} +[a-z]{2,}", re.IGNORECASE)


def stands_in_words(steps: Sequence[CheckedStep], reference: Answer, statement: str) -> bool:
    """Whether the reference stands as a result in the last two lines with numbers of work that ends in a sentence.

    Which of its numbers is meant for the answer cannot be told for sure there.
    """
    wanted = [form.value for form in reference.forms if isinstance(form, Number)]
    lines = [s for s in steps if any(numerals(s.step.text))][-2:]
    if not wanted or not lines or not SENTENCE.search(lines[-1].step.text):
        return False
    if any(c.role is Role.ANSWER for s in steps for c in s.step.claims):
        return False
    given = {n.value for n in numerals(statement)}
    return any(
        n.value in wanted and (n.value not in given or RESULT.search(s.step.text[: n.start]))
        for s in lines
        for n in numerals(s.step.text)
    )


HUNDREDTHS = re.compile(r"\b(?:cents?|pence|pennies|percent(?:age)?|per cent)\b|%", re.IGNORECASE)


def in_the_unit_asked(candidate: Candidate, check: AnswerCheck, reference: Answer, statement: str) -> AnswerCheck:
    """$0.25 where 25 cents are asked for, 0.25 or 25 % where a percentage is: the same value."""
    wanted = [form.value for form in reference.forms if isinstance(form, Number)]
    if check.correct or len(wanted) != 1 or not HUNDREDTHS.search(statement):
        return check
    value = value_in(candidate.statement)
    inner = without_brackets(value) if value is not None else None
    if isinstance(inner, Quantity) and inner.unit.text.strip() in ("$", "£", "€"):
        inner = without_brackets(inner.value)
    if isinstance(inner, Percent):
        inner = without_brackets(inner.operand)
        return AnswerCheck(isinstance(inner, Number) and inner.value == wanted[0], OTHER_VALUE)
    if isinstance(inner, Number) and inner.places is not None and inner.value * 100 == wanted[0]:
        return AnswerCheck(True)
    return check


OTHER_VALUE = "the value is another one"
RESULT = re.compile(
    r"(?:\b(?:is|are|equals?|gives?|giving|gets?|got|get|leaves?|leaving|totall?ing|total of|result(?:s|ed|ing)? in|"
    r"cost|costs|takes?|needs?|find that|answer of|has|have|had|was|were|be|pays?|paid|saves?|earns?|makes?|made)\b|=)"
    r"[^.;=]*?$"
)


def in_words(steps: Sequence[CheckedStep], reference: Answer, statement: str) -> FinalAnswer | None:
    """The answer to a problem where the last line with numbers says it in words: `which equals 54 pencils in total`.

    It is right where the reference stands there as a result: the last number, or one that nothing before has named. It
    is wrong where the reference stands in no line after the last calculation, and is left open otherwise.
    """
    wanted = [form.value for form in reference.forms if isinstance(form, Number)]
    last = next((n for n in reversed(range(len(steps))) if any(numerals(steps[n].step.text))), None)
    if last is None or len(wanted) != len(reference.forms) or steps[last].verdict is not Verdict.NO_CLAIM:
        return None
    step = steps[last].step
    if any(c.role is Role.ANSWER for s in steps for c in s.step.claims):
        return None
    found = list(numerals(step.text))
    before = {n.value for text in (statement, *(s.step.text for s in steps[:last])) for n in numerals(text)}
    news = [n for n in found if n.value not in before and RESULT.search(step.text[: n.start])]
    results = [*news, found[-1]] if found[-1] not in news else news
    right = next((n for n in results if n.value in wanted), None)
    if right is not None:
        return FinalAnswer(step.text[right.start : right.end].strip(), step.line, True)
    after = next((n + 1 for n in reversed(range(last)) if steps[n].step.claims), 0)
    if any(n.value in wanted for s in steps[after : last + 1] for n in numerals(s.step.text)):
        return FinalAnswer(step.text.strip(), step.line, None)
    meant = news[-1] if news else found[-1]
    return FinalAnswer(step.text[meant.start : meant.end].strip(), step.line, False)


ANOTHER_KIND = "the answer is "


def holds_quantity(candidate: Candidate) -> bool:
    """Whether it ends in a value with a unit of measurement."""
    value = value_in(candidate.statement)
    return value is not None and holds_unit(value)


def head_of(form: Statement) -> Symbol | None:
    """y in the reference answer y = 3x - 1"""
    if isinstance(form, Chain) and form.relations == ("=",) and isinstance(form.operands[0], Symbol):
        return form.operands[0]
    return None


def answer_anywhere(
    steps: Sequence[CheckedStep], reference: Answer, setting: Setting, part: Part
) -> FinalAnswer | None:
    """Work without part labels: the part is answered where any claim is its answer; otherwise it is left open."""
    for step in reversed(steps):
        for claim in judged_claims(step):
            if claim.role not in (Role.RETRACTED, Role.GIVEN):
                check = compare_answer(claim.statement, reference, setting)
                if check.correct:
                    return FinalAnswer(claim.text, step.step.line, True, part.id)
    return FinalAnswer("", None, None, part.id) if steps else None


def accept_partial(step: CheckedStep) -> CheckedStep:
    """Solutions left out are no error where the answer that remains is the one asked for."""
    evidence = step.evidence
    if isinstance(evidence, SolutionsLost) and evidence.relation is Relation.SOLUTIONS_LOST and not evidence.gained:
        remark = Remark("solutions_left_out", f"{', '.join(evidence.lost)} is left out: say why")
        return replace(step, evidence=FollowsFrom((), method="one of the solutions"), remarks=(*step.remarks, remark))
    return step


def setting_of(problem: Problem) -> Setting:
    """What symbols mean in this problem."""
    return Setting(
        angle_unit=problem.angle_unit,
        log_base=problem.log_base,
        real=problem.field_ != "complex",
        unknowns=frozenset(problem.unknowns),
    )


# ---------------------------------------------------------------- finding it


def answer_candidates(
    steps: Sequence[tuple[int, CheckedStep]], unknowns: Sequence[str], wanted: frozenset[str]
) -> Iterator[Candidate]:
    """Likeliest first: what is marked as the answer, the last values of the unknown, the last claim, a last number."""
    claims: list[tuple[int, int, Claim]] = [
        (n, number, claim)
        for n, step in steps
        for number, claim in enumerate(judged_claims(step))
        if claim.role not in (Role.RETRACTED, Role.GIVEN)
    ]
    for n, number, claim in reversed(claims):
        if claim.role is Role.ANSWER:
            yield Candidate(claim.statement, claim.text, n, number)
            break
    work = [entry for entry in claims if entry[2].role is not Role.CHECK]
    gathered = gather_values(work, unknowns, wanted)
    if gathered is not None:
        yield carried_on(gathered, work)
    for n, number, claim in reversed(work):
        if claim.role is Role.DEFINITION:
            continue
        yield Candidate(claim.statement, claim.text, n, number)
        break
    for n, step in reversed(steps):
        said = SAID_LAST.search(step.step.text)
        if said is not None and (quantity := quantity_said(said.group(1))) is not None:
            yield Candidate(quantity, said.group(1), n, None)
            break
    if steps:
        n, last = steps[-1]
        found = LONE_NUMBER.findall(last.step.text)
        if not last.step.claims and len(found) == 1:
            value = found[0].replace(",", "")
            places = len(value.partition(".")[2]) or None
            digits = value.lstrip("+-")
            number_node: Expr = Number(digits, Fraction(digits), places)
            if value.startswith("-"):
                number_node = Negative(number_node)
            yield Candidate(number_node, value, n, None)


# 3-4-5, so 5 m/s; … = -2.61, so 2.61 kg m/s
SAID_LAST = re.compile(r"(?:\b(?:so|hence|thus|therefore)|∴|⇒)[ ,:]+([-+−]?\d[^,;:=\n]*?)\.?\s*$")


def quantity_said(text: str) -> Quantity | None:
    """A value with its unit that stands in words, where it is nothing else."""
    try:
        said = read(text, ReadHints(units=True))
    except StudentError:
        return None
    return said if isinstance(said, Quantity) else None


def judged_claims(step: CheckedStep) -> Sequence[Claim]:
    """The claims with the readings that were taken."""
    return [j.claim for j in step.judged] or step.step.claims


def gather_values(
    claims: Sequence[tuple[int, int, Claim]], unknowns: Sequence[str], wanted: frozenset[str]
) -> Candidate | None:
    """`x = 1` and `x = -2` on lines of their own at the end are one answer; so are the last `x = 1` and `y = 2`."""
    if len(wanted) > 1:
        newest: dict[str, tuple[int, int, Claim]] = {}
        for n, number, claim in claims:
            for part in claim.statement.parts if isinstance(claim.statement, Both) else (claim.statement,):
                name = solved_for(part)
                if name in wanted:
                    newest[name] = (n, number, replace(claim, statement=part))
        if set(newest) == wanted:
            chosen = sorted(newest.values(), key=lambda entry: entry[:2])
            n, number, _ = chosen[-1]
            text = ", ".join(to_text(c.statement) for _, _, c in chosen)
            return Candidate(Both(tuple(c.statement for _, _, c in chosen)), text, n, number)
        return None
    gathered: list[tuple[int, int, Claim]] = []
    first_name: str | None = None
    for n, number, claim in reversed(claims):
        name = solved_for(claim.statement)
        base = name.split("_")[0] if name is not None else None
        if (
            base is None
            or (unknowns and name not in unknowns and base not in unknowns)
            or first_name not in (None, base)
        ):
            if gathered:
                break
            continue
        many = isinstance(claim.statement, Either) or any(isinstance(x, PlusMinus) for x in walk(claim.statement))
        if many and gathered:
            break  # what comes after is a choice among these, or their list
        first_name = base
        gathered.append((n, number, claim))
        if many:
            break
    if not gathered:
        return None
    if (shown := value_in(gathered[0][2].statement)) is not None and holds_unit(shown):
        gathered = gathered[:1]  # v_0 = 5 m/s, v = 12 m/s: a quantity has one value, and the last one is the answer
    n, number, last = gathered[0]
    if len(gathered) == 1:
        return Candidate(last.statement, last.text, n, number)
    kept: list[Statement] = []
    for _, _, claim in reversed(gathered):
        statement = claim.statement
        name = solved_for(statement)
        if name is not None and name != first_name and first_name is not None:
            statement = substitute(statement, {name: Symbol(first_name)})
        kept = [k for k in kept if not same_value(k, statement)]  # x = 3/12, x = 1/4: the last form counts
        kept.append(statement)
    if len(kept) == 1:
        return Candidate(kept[0], last.text, n, number)
    return Candidate(Either(tuple(kept)), " or ".join(to_text(k) for k in kept), n, number)


def all_values(candidate: Candidate, steps: Sequence[tuple[int, CheckedStep]]) -> Candidate | None:
    """x = 2 on one line and x = -3 on a later one, with other claims between: both are the answer."""
    name = solved_for(candidate.statement)
    said: list[Statement] = []
    for n, step in steps:
        if n > candidate.step or REFUSES.search(step.step.text):
            continue
        for claim in judged_claims(step):
            if claim.role in (Role.RETRACTED, Role.GIVEN) or solved_for(claim.statement) != name:
                continue
            if not isinstance(claim.statement, Chain) or PlusMinus in kinds(claim.statement):
                return None  # the last value is a choice among these
            if not any(same_value(claim.statement, other) for other in said):
                said.append(claim.statement)
    if name is None or len(said) < 2:
        return None
    return replace(candidate, statement=Either(tuple(said)), text=" or ".join(map(to_text, said)))


REFUSES = re.compile(
    r"\b(?:reject\w*|discard\w*|not|isn'?t|can'?t|cannot|only|invalid|ignore|impossible|false|wrong|try|trial)\b",
    re.IGNORECASE,
)


def same_value(one: Statement, other: Statement) -> bool:
    """x = 3/12 and x = 1/4"""
    if one == other:
        return True
    match one, other:
        case Chain((head, *_, value), _), Chain((head_too, *_, value_too), _) if head == head_too:
            finding = decide(Compare(without_units(value), without_units(value_too), "=", Setting()))
            return finding.evidence.verdict is Verdict.CORRECT
    return False


def carried_on(candidate: Candidate, claims: Sequence[tuple[int, int, Claim]]) -> Candidate:
    """`u = 5 + 19·3` and `= 62` on the next line: the value is the last one."""
    statement = candidate.statement
    after = [entry for entry in claims if entry[:2] > (candidate.step, candidate.claim)]
    if not after or not isinstance(statement, Chain) or not all(entry[2].continues for entry in after):
        return candidate
    n, number, last = after[-1]
    if not isinstance(last.statement, Chain):
        return candidate
    end = Chain((statement.operands[0], last.statement.operands[-1]), last.statement.relations[-1:])
    return Candidate(end, to_text(end), n, number)


# ---------------------------------------------------------------- comparing it


def compare_answer(claimed: Statement, reference: Answer, setting: Setting) -> AnswerCheck:
    """Whether the claim is the reference answer, in any of its forms."""
    checks = []
    for form in reference.forms:
        try:
            check = compare_form(claimed, form, reference, setting)
        except (StudentError, Undefined, Unsupported) as error:
            check = AnswerCheck(None, str(error))
        if check.correct:
            return in_the_form_asked(claimed, reference)
        checks.append(check)
    if checks and all(check.correct is False for check in checks):
        return checks[0]
    return next((check for check in checks if check.correct is None), AnswerCheck(None))


def compare_form(claimed: Statement, form: Statement, reference: Answer, setting: Setting) -> AnswerCheck:
    """One form of the reference answer against the claim."""
    claimed, setting = plain_claim(claimed, form, setting)
    if isinstance(form, Tuple | Matrix) and isinstance(claimed, Chain) and set(claimed.relations) <= {"=", "≈"}:
        claimed = claimed.operands[-1]
    if isinstance(form, NoSolution | AllValues) and isinstance(claimed, NoSolution | AllValues):
        return AnswerCheck(type(form) is type(claimed))
    if isinstance(form, Expr) and not is_collection(form):
        value = value_in(claimed)
        if value is None:
            return AnswerCheck(None)
        return compare_values(value, form, reference, setting)
    name = solved_for(form)
    if (
        isinstance(form, Chain)
        and form.relations == ("=",)
        and symbols(form.operands[1])
        and value_in(claimed) is not None
    ):
        # dy/dx = 3x² - 8x, A = l w: what stands for the name on the left is the answer.
        head = without_brackets(form.operands[0])
        given = value_in(claimed)
        if isinstance(head, Derivative | Call | Words) and given is not None:
            return compare_values(given, form.operands[1], reference, setting)
    if isinstance(claimed, Expr) and not is_collection(claimed):
        wanted = value_claimed(form, name) if name is not None else None
        if wanted is not None:
            return compare_values(claimed, wanted, reference, setting)
        return AnswerCheck(None)
    if isinstance(form, Chain) and name is not None and reference.tolerance is not None:
        value, wanted = value_claimed(claimed, name), value_claimed(form, name)
        if value is not None and wanted is not None:
            return compare_values(value, wanted, reference, setting)
    names = symbols(form) | symbols(claimed)
    if isinstance(form, Expr) and isinstance(claimed, Expr):
        return read_off(decide(Compare(unlisted(claimed), unlisted(form), "=", setting)).evidence.verdict)
    if isinstance(claimed, Tuple) and isinstance(form, Both) and len(claimed.items) == len(form.parts):
        order = [name for part in form.parts if (name := solved_for(part)) is not None]
        if len(order) == len(claimed.items):
            claimed = Both(
                tuple(Chain((Symbol(n), item), ("=",)) for n, item in zip(order, claimed.items, strict=True))
            )
    left, right = as_condition(form, names), as_condition(claimed, names)
    if left is None or right is None:
        return AnswerCheck(None)
    if decide(Relate(right, left, setting)).evidence.verdict is Verdict.CORRECT and has_rounded(form):
        return AnswerCheck(True)
    finding = decide(Relate(left, right, setting))
    if finding.evidence.verdict is Verdict.CORRECT and finding.evidence.relation in (  # type: ignore[union-attr]
        Relation.SOLUTIONS_GAINED,
        Relation.CONSEQUENCE,
    ):
        back = decide(Relate(right, left, setting))
        if back.evidence.verdict is Verdict.WRONG:
            return AnswerCheck(False, "not all of these are solutions")
        return read_off(back.evidence.verdict)
    relation = getattr(finding.evidence, "relation", None)
    if relation is Relation.SOLUTIONS_LOST and not getattr(finding.evidence, "gained", ()):
        return AnswerCheck(False, "some of the solutions are missing", partial=True)
    return read_off(finding.evidence.verdict)


def plain_claim(claimed: Statement, form: Statement, setting: Setting) -> tuple[Statement, Setting]:
    """`x = π/4 + kπ, k ∈ Z` without its condition, `x₁ = 2, x₂ = 3` as the solutions of an equation in x, x = … = 2
    by its ends.
    """
    if isinstance(claimed, Both):
        kept: list[Statement] = []
        for part in claimed.parts:
            match part:
                case Chain((Symbol(letter), NumberSet("Z" | "N")), ("in",)):
                    setting = replace(setting, integers=setting.integers | {letter})
                case _:
                    kept.append(part)
        bases = {name.partition("_")[0] for part in kept if (name := solved_for(part)) is not None}
        names = symbols(Both(tuple(kept)))
        if len(kept) == 1:
            claimed = kept[0]
        elif len(bases) == 1 and len(names) == len(kept) and all("_" in name for name in names):
            (base,) = bases
            claimed = Either(tuple(substitute(part, {n: Symbol(base) for n in names}) for part in kept))
        elif len(kept) < len(claimed.parts):
            claimed = Both(tuple(kept))
    if isinstance(claimed, Chain) and len(claimed.operands) > 2 and set(claimed.relations) <= {"=", "≈"}:
        claimed = Chain((claimed.operands[0], claimed.operands[-1]), claimed.relations[-1:])
    counters, wanted = (symbols(s) & INTEGER_LETTERS for s in (claimed, form))
    if len(counters) == len(wanted) == 1 and counters != wanted and not counters & symbols(form):
        (counter,), (other,) = counters, wanted
        claimed = substitute(claimed, {counter: Symbol(other)})
        setting = replace(setting, integers=setting.integers | {other})
    return claimed, setting


INTEGER_LETTERS = frozenset({"n", "k", "m", "N", "K"})


def has_rounded(statement: Statement) -> bool:
    """A decimal stands in it."""
    return any(isinstance(node, Number) and node.places is not None for node in walk(statement))


def read_off(verdict: Verdict) -> AnswerCheck:
    """A verdict on claim against reference as a check."""
    if verdict is Verdict.CORRECT:
        return AnswerCheck(True)
    if verdict is Verdict.WRONG:
        return AnswerCheck(False, "the problem's own solution gives another answer")
    return AnswerCheck(None)


def compare_values(value: Expr, wanted: Expr, reference: Answer, setting: Setting) -> AnswerCheck:
    """Two values or expressions, within the tolerance or the precision shown."""
    if holds_unit(wanted) and symbols(value):
        from tutor.verify.quantities import letters_as_units

        value = letters_as_units(Chain((value, wanted), ("=",)), None).operands[0]
    if isinstance(without_brackets(value), Symbol) and constant(wanted):
        return AnswerCheck(None, "a letter, where a value is asked for")
    if reference.tolerance is not None and constant(value) and constant(wanted):
        inside = within_tolerance(value, wanted, reference.tolerance)
        if inside is False and holds_unit(wanted) and within_tolerance(Negative(value), wanted, reference.tolerance):
            return AnswerCheck(None)  # the direction may be meant
        if inside is not None:
            return AnswerCheck(True) if inside else AnswerCheck(False, "the value is outside the tolerance")
    if (holds_unit(value) or holds_unit(wanted)) and constant(value) and constant(wanted):
        by_quantity = compare_quantities(value, wanted)
        if by_quantity is not None:
            return by_quantity
    if not (isinstance(value, Quantity) and isinstance(wanted, Quantity)):
        value, wanted = without_units(value), without_units(wanted)
    finding = decide(Compare(value, wanted, "=", setting))
    if finding.evidence.verdict is Verdict.WRONG:
        constants = free_constant(wanted) - symbols(value) | free_constant(value) - symbols(wanted)
        if constants:
            return AnswerCheck(None)
    return read_off(finding.evidence.verdict)


NEAR = Fraction(1, 100)  # what rounding on the way may cost
NEAR_FOR_G = Fraction(25, 1000)  # what taking 10 for 9.81 may change


def holds_unit(expr: Expr) -> bool:
    """Whether a unit of measurement stands in it, by its symbol: m, km/h, N; not $, hours or apples."""
    if Quantity not in kinds(expr):
        return False
    from tutor.verify.physical import dimension_written

    units = [n for n in walk(expr) if isinstance(n, Quantity)]
    return any(dimension_written(n) and all(len(w) < 4 and w.isalpha() for w, _ in n.unit.factors) for n in units)


def compare_quantities(value: Expr, wanted: Expr) -> AnswerCheck | None:
    """Two values, at least one with a unit: converted, and to the figures shown. None where they cannot be worked out.

    A value without its unit is right where its number is, in the unit wanted or in base units.
    """
    from tutor.bridge.dimensions import in_words
    from tutor.laws.scene import Scene
    from tutor.verify.dimensions import Mismatch, dimension
    from tutor.verify.figures import AGREE, compare, reckon
    from tutor.verify.physical import Physical, in_base_units
    from tutor.verify.quantities import temperatures

    if (affine := temperatures(value, wanted)) is not None:
        return AnswerCheck(affine in AGREE, "" if affine in AGREE else "the value is another temperature")
    nothing_known = Physical(Scene())
    try:
        one, other = dimension(value, nothing_known), dimension(wanted, nothing_known)
    except (Mismatch, StudentError, Undefined, Unsupported):
        return None
    if one and other and one != other:
        return AnswerCheck(False, f"{ANOTHER_KIND}{in_words(other)}, this is {in_words(one)}")
    readings = [(in_base_units(value), in_base_units(wanted), True)]
    if not (one and other):
        readings.append((without_units(value), without_units(wanted), False))
    near = False
    for mine, theirs, scaled in readings:
        a, b = reckon(value, mine, scaled=scaled), reckon(wanted, theirs, scaled=scaled)
        if a is None or b is None:
            return None
        how = compare(a, b)
        missing = "" if one else f"the unit is missing: this is {in_words(other)}" if other else ""
        away = abs(a.value - b.value)
        near = near or abs(a.value + b.value) <= float(NEAR) * abs(b.value)  # the direction may be meant
        if how in AGREE or away <= float(NEAR) * abs(b.value):
            return AnswerCheck(True, missing)
        near = near or away <= float(NEAR_FOR_G) * abs(b.value)
    return AnswerCheck(None) if near else AnswerCheck(False, "the value is another one")


def within_tolerance(value: Expr, wanted: Expr, tolerance: Fraction) -> bool | None:
    """Whether two numbers or quantities are no further apart than this, in the unit of the one wanted.

    Exact for rational numbers, by balls for others; None where that does not tell.

    Raises:
        Undefined: one of them has no value.
    """
    from tutor.bridge.balls import evaluate
    from tutor.bridge.exact import rational_value, to_fraction
    from tutor.bridge.units import measure, measured, units_in

    found, asked = set(units_in(value)), set(units_in(wanted))
    if found and asked and found != asked:
        a, b = measured(value), measured(wanted)
        # Degrees of temperature begin at different zeros.
        if len(asked) != 1 or (a.dimension, a.nouns) != (b.dimension, b.nouns) or "K" in dict(a.dimension):
            return None
        return abs(to_fraction(a.value) - to_fraction(b.value)) <= tolerance * measure(asked.pop()).size
    bare, target = without_units(value), without_units(wanted)
    try:
        return abs(rational_value(bare) - rational_value(target)) <= tolerance
    except Unsupported:
        allowed = evaluate(Degrees(numeral(tolerance)) if Degrees in kinds(target) else numeral(tolerance), {})
        distance = abs(evaluate(bare, {}) - evaluate(target, {}))
        return True if distance < allowed else False if distance > allowed else None


def free_constant(expr: Expr) -> frozenset[str]:
    """Letters that a constant of integration goes by."""
    return symbols(expr) & {"C", "c", "K", "k", "C_1"}


def value_in(claimed: Statement) -> Expr | None:
    """The value that a claim ends with: `total = 5*3 = $15` has $15."""
    if isinstance(claimed, Expr):
        return claimed
    if isinstance(claimed, Chain):
        last, first = claimed.operands[-1], claimed.operands[0]
        if isinstance(without_brackets(last), Symbol) and constant(first):
            return first
        return last
    return None


def is_collection(expr: Expr) -> bool:
    """A set, an interval, a list of solutions, a point."""
    return isinstance(without_brackets(expr), SetOf | Interval | SetOperation | Listing | Tuple) or isinstance(
        expr, SetOf | Interval | SetOperation | Listing | Tuple
    )


def unlisted(expr: Expr) -> Expr:
    """`1, -2` stands for the set of both."""
    inner = without_brackets(expr)
    return SetOf(inner.items) if isinstance(inner, Listing) else expr


def as_condition(statement: Statement, names: frozenset[str]) -> Statement | None:
    """A statement about the unknown: a set or interval as `x ∈ …`, where there is just one unknown."""
    if not isinstance(statement, Expr):
        return statement
    if len(names) == 1 and is_collection(statement):
        (name,) = names
        return Chain((Symbol(name), unlisted(statement)), ("in",))
    return None


# ---------------------------------------------------------------- the form asked for


def in_the_form_asked(claimed: Statement, reference: Answer) -> AnswerCheck:
    """The value is right; is it factored, expanded, in lowest terms, a decimal, exact, to the figures asked?"""
    value = value_in(claimed)
    if value is None:
        return AnswerCheck(True)
    bare = without_brackets(value)
    if isinstance(bare, Quantity):
        bare = without_brackets(bare.value)
    wanted = reference.form
    if wanted == "factored" and isinstance(bare, Sum):
        return AnswerCheck(False, "equal to the answer, but not factorised")
    if wanted == "expanded" and any(holds_product_of_sum(node) for node in walk(bare)):
        return AnswerCheck(False, "equal to the answer, but not expanded")
    if wanted == "lowest_terms" and not in_lowest_terms(bare):
        return AnswerCheck(False, "equal to the answer, but the fraction can be cancelled")
    if wanted == "exact" and any(isinstance(n, Number) and n.places is not None for n in walk(bare)):
        return AnswerCheck(False, "a decimal, where the exact value is asked for")
    if wanted == "decimal" and any(isinstance(n, Quotient) for n in walk(bare)):
        return AnswerCheck(False, "equal to the answer, but not a decimal")
    if reference.figures is not None:
        shown = significant_figures(bare)
        if shown is not None and shown != reference.figures:
            return AnswerCheck(False, f"{shown} significant figures, where {reference.figures} are asked for")
    return AnswerCheck(True)


def holds_product_of_sum(node: object) -> bool:
    """a(b + c) or (a + b)^n"""
    if isinstance(node, Product):
        return any(isinstance(without_brackets(f), Sum) for f in node.factors)
    return isinstance(node, Power) and isinstance(without_brackets(node.base), Sum)


def in_lowest_terms(expr: Expr) -> bool:
    """a/b with no common factor."""
    inner = expr.operand if isinstance(expr, Negative) else expr
    if isinstance(inner, Quotient):
        top, bottom = without_brackets(inner.top), without_brackets(inner.bottom)
        if isinstance(top, Negative):
            top = without_brackets(top.operand)
        if isinstance(top, Number) and isinstance(bottom, Number):
            whole = top.value.denominator == bottom.value.denominator == 1
            return whole and gcd(top.value.numerator, bottom.value.numerator) == 1
    return True


def significant_figures(expr: Expr) -> int | None:
    """Figures shown by a decimal: 0.050 shows 2, 12.0 shows 3; None for an integer with trailing zeros."""
    inner = expr.operand if isinstance(expr, Negative) else expr
    if not isinstance(inner, Number):
        return None
    digits = re.sub(r"[^\d.]", "", inner.text)
    if "." in digits:
        return len(digits.replace(".", "").lstrip("0")) or 1
    stripped = digits.lstrip("0")
    return len(stripped) if stripped and not stripped.endswith("0") else None
