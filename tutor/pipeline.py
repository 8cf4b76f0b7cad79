"""One submission, end to end: text to steps, steps to evidence, evidence to a mark and a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from time import perf_counter
from typing import TYPE_CHECKING

from tutor.errors import StudentError
from tutor.marking import mark_problem
from tutor.problems.statement import told_in_words
from tutor.reading import split_steps
from tutor.reading.left import is_left
from tutor.records import (
    GRAMMAR,
    CheckedStep,
    FalseEquality,
    FinalAnswer,
    Mark,
    Part,
    Problem,
    Progress,
    Report,
    Step,
    Submission,
    Undecided,
    Verdict,
    WrongLaw,
    WrongQuantity,
)
from tutor.verify.about_physics import may_be_physical
from tutor.verify.answers import setting_of, settle_answer
from tutor.verify.carried import carry_over
from tutor.verify.judge import judge_steps

if TYPE_CHECKING:
    from tutor.slm.jobs import Backend


def check_work(text: str, problem: Problem | None = None, model: Backend | None = None) -> list[CheckedStep]:
    """Check each line of a solution against the problem and the lines before it.

    model: reads the lines that the grammar leaves; without one they are words.

    Raises:
        StudentError: the whole text is too large.
    """
    problem = problem or Problem()
    return explained(assess(text, problem, model)[0], problem, model)


def explained(
    checked: Sequence[CheckedStep], problem: Problem, model: Backend | None = None, opinions: str = "undecided"
) -> list[CheckedStep]:
    """The wrong lines with their causes, the changes that mend them, and hints; the model's opinions where it is asked.

    opinions: on which steps: "undecided", "every" or "none".
    """
    steps = list(checked)
    if problem.feedback and any(step.verdict is Verdict.WRONG for step in steps):
        from tutor.feedback.telling import with_causes

        steps = with_causes(steps, problem)
    hinted = any(step.hints for step in steps)
    asked = {"every": ASKED_OF_MODEL, "undecided": {Verdict.UNDECIDED}}.get(opinions, frozenset())
    # What the bundled model says of a hint is in the hint.
    reworded = model is not None and model.name != BUNDLED and hinted
    if model is None or not (reworded or any(step.verdict in asked for step in steps)):
        return steps
    from tutor.feedback.opinions import with_hints_in_other_words, with_opinions

    if reworded:
        steps = with_hints_in_other_words(steps, problem, model)
    return with_opinions(steps, problem, model, opinions)


ASKED_OF_MODEL = frozenset(Verdict) - {Verdict.NO_CLAIM}
BUNDLED = "bundled"
MOST_STEPS = 200  # of a piece of work that is looked through for invalid steps

Answers = tuple[tuple[Part | None, FinalAnswer | None], ...]
Watch = Callable[[CheckedStep], None]  # told of each line as it is judged; what stands in the end may differ


def assess(
    text: str, problem: Problem, model: Backend | None = None, watch: Watch | None = None
) -> tuple[list[CheckedStep], Answers]:
    """The checked steps, and for each part of the problem the final answer found in the work.

    What the model reads can turn no line wrong: where one is refuted only because of an earlier line in the model's
    reading, the work is judged again without that reading.
    """
    steps = split_steps(text, problem)
    if model is None or not any(is_left(step) for step in steps):
        return assess_steps(steps, problem, watch)
    from tutor.reading.prose import with_prose_read, without

    read = with_prose_read(steps, problem, model)
    found = assess_steps(read, problem, None if watch is None else unless_blamed(watch))
    if unconfirmed := not_confirmed(found[0]):
        read = without(read, unconfirmed, steps)
        found = assess_steps(read, problem)
    blamed = blames(found)
    if not blamed:
        return found
    plain = assess_steps(steps, problem)
    allowed = blames(plain)
    if blamed <= allowed:
        return found
    first = min(blamed - allowed)
    again = assess_steps(without(read, frozenset(range(first + 1)), steps), problem)
    return again if blames(again) <= allowed else plain


def unless_blamed(watch: Watch) -> Watch:
    """Told of what is not wrong: with a model's readings a line counts as wrong only when the whole has been judged."""

    def told(step: CheckedStep) -> None:
        if step.verdict is not Verdict.WRONG:
            watch(step)

    return told


def not_confirmed(checked: Sequence[CheckedStep]) -> frozenset[int]:
    """The lines whose reading the model is not sure of, and of which the verifier cannot show that something holds."""
    unsure = {step.step.line for step in checked if step.step.unsure}
    holds = {s.step.line for s in checked if s.verdict in (Verdict.CORRECT, Verdict.FOLLOW_THROUGH)}
    fails = {
        s.step.line for s in checked if s.verdict not in (Verdict.CORRECT, Verdict.FOLLOW_THROUGH, Verdict.NO_CLAIM)
    }
    return frozenset(line for line in unsure if line not in holds or line in fails)


def blames(found: tuple[list[CheckedStep], Answers]) -> frozenset[int]:
    """The lines that are wrong and those of wrong answers; a calculation in words that is false needs no other line."""
    checked, answers = found
    wrong = {
        step.step.line
        for step in checked
        if step.verdict is Verdict.WRONG
        and (step.step.read_by == GRAMMAR or not isinstance(step.evidence, FalseEquality))
    }
    return frozenset(
        wrong | {a.line for _, a in answers if a is not None and a.correct is False and a.line is not None}
    )


def assess_steps(
    steps: Sequence[Step], problem: Problem, watch: Watch | None = None
) -> tuple[list[CheckedStep], Answers]:
    """The checked steps and the final answers of work that has been read.

    Where only an answer is wrong, the lines that lead to it are held against the laws once more, with less in their
    favour: what would pass for a convention, or for another law, may be the mistake.
    """
    judged = judge_steps(steps, problem, watch=watch)
    checked, answers = settle_answers(judged, problem)
    if (doubted := lines_in_doubt(judged, answers)) and is_physical(problem):
        again = judge_steps(steps, problem, doubted=doubted)
        if any(isinstance(s.evidence, WrongLaw | WrongQuantity) and s.step.line in doubted for s in again):
            return settle_answers(again, problem)
    return told_apart(checked, problem), answers


def told_apart(checked: list[CheckedStep], problem: Problem) -> list[CheckedStep]:
    """Of lines that hold, those that only an invalid step leads to as wrong."""
    if len(checked) > MOST_STEPS or not any(step.verdict is Verdict.CORRECT for step in checked):
        return checked
    from tutor.misconceptions.coincidence import told_apart as by_coincidence

    return by_coincidence(checked, problem, setting_of(problem))


def lines_in_doubt(judged: Sequence[CheckedStep], answers: Answers) -> frozenset[int]:
    """The lines up to a wrong answer, none of which is wrong by itself."""
    wrong = [a.line for _, a in answers if a is not None and a.correct is False and a.line is not None]
    last = max(wrong, default=-1)
    if any(s.verdict is Verdict.WRONG and s.step.line <= last for s in judged):
        return frozenset()
    return frozenset(s.step.line for s in judged if s.step.line <= last)


def is_physical(problem: Problem) -> bool:
    """Whether the problem speaks of physics."""
    if not may_be_physical(problem):
        return False
    from tutor.laws.scene import scene_of

    return scene_of(problem).physical


def settle_answers(judged: list[CheckedStep], problem: Problem) -> tuple[list[CheckedStep], Answers]:
    """Each part's final answer compared with the reference, or with what the laws give."""
    checked = judged
    answers: list[tuple[Part | None, FinalAnswer | None]] = []
    for part in problem.parts or (None,):
        solved = None
        if (problem.answer if part is None else part.answer) is None and problem.statement and checked:
            solved = by_solving(checked, problem, part)
        if solved is not None:
            checked, answer = solved
        else:
            settled, answer = settle_answer(checked, problem, part)
            answer = open_where_compared_with_nothing(answer, problem, part)
            checked = from_where_it_departs(checked, settled, answer, problem, part)
            if checked == settled and answer is not None and answer.correct is False:
                checked = off_the_path(settled, answer, problem, part)
        answers.append((part, answer))
    return carry_over(judged, checked, tuple(answers), problem)


def open_where_compared_with_nothing(
    answer: FinalAnswer | None, problem: Problem, part: Part | None
) -> FinalAnswer | None:
    """A final answer that is true, but that nothing says is the one asked for, is left open.

    So it is in a word problem without a reference that was not solved: `40 - 15 = 25` holds whatever was asked.
    """
    reference = problem.answer if part is None else part.answer
    if answer is None or answer.correct is not True or reference is not None or problem.equations:
        return answer
    return replace(answer, correct=None) if told_in_words(problem.statement) else answer


def from_where_it_departs(
    checked: list[CheckedStep],
    settled: list[CheckedStep],
    answer: FinalAnswer | None,
    problem: Problem,
    part: Part | None,
) -> list[CheckedStep]:
    """Of a wrong answer to a problem of physics: the blame on the line that leads to it, where one surely does."""
    reference = problem.answer if part is None else part.answer
    if answer is None or answer.correct is not False or reference is None or not may_be_physical(problem):
        return settled
    from tutor.laws.scene import scene_of

    if not scene_of(problem, part).physical:
        return settled
    from tutor.solve.reference import with_first_departure

    return with_first_departure(checked, settled, answer, problem, part, reference)


def off_the_path(
    settled: list[CheckedStep], answer: FinalAnswer, problem: Problem, part: Part | None
) -> list[CheckedStep]:
    """Of a wrong answer with true lines: the blame on the first line that leaves the problem's worked solution."""
    solution = problem.solution if part is None else part.solution
    reference = problem.answer if part is None else part.answer
    if not solution or reference is None or problem.departing == "off" or is_physical(problem):
        return settled
    from tutor.path import in_notation, with_departure

    if in_notation(problem.statement) or (part is not None and in_notation(part.statement)):
        return settled
    return with_departure(settled, answer, problem, part)


def by_solving(
    checked: list[CheckedStep], problem: Problem, part: Part | None
) -> tuple[list[CheckedStep], FinalAnswer | None] | None:
    """The final answer of a problem of physics without a reference answer, compared with the one that the laws give.

    None where it is no physics, or the laws give no certain answer.
    """
    if not may_be_physical(problem):
        return None
    from tutor.laws.scene import scene_of

    if not scene_of(problem, part).physical:
        return None
    from tutor.solve.reference import settle_by_solving

    return settle_by_solving(checked, problem, part)


def grade_submission(
    submission: Submission,
    problem: Problem,
    model: Backend | None = None,
    opinions: str = "undecided",
    watch: Watch | None = None,
) -> Report:
    """The report for one submission; what is too large to read is reported, not raised.

    model: reads the lines that the grammar leaves; without one they are words. opinions: on which steps it is asked
    for one. watch: is told of each line as it is judged.
    """
    started = perf_counter()
    marks = sum((part.marks for part in problem.parts), Fraction(0)) if problem.parts else problem.marks
    try:
        checked, answers = assess(submission.work, problem, model, watch)
    except StudentError as error:
        nothing = Mark(earned=Fraction(0), pending=marks, available=marks)
        return Report(
            submission.id,
            (),
            None,
            None,
            nothing,
            "unreadable",
            (),
            submission.student,
            submission.problem,
            perf_counter() - started,
            str(error),
        )
    found = [answer for _, answer in answers]
    return Report(
        id=submission.id,
        steps=tuple(explained(checked, problem, model, opinions)),
        first_wrong=next((s.step.line for s in checked if s.verdict is Verdict.WRONG), None),
        answer=answer_to_all(found),
        mark=mark_problem(checked, problem, answers),
        status=status_of(checked),
        parts=tuple(a for a in found if a is not None) if problem.parts else (),
        student=submission.student,
        problem=submission.problem,
        seconds=perf_counter() - started,
        progress=how_far(checked, problem, answer_to_all(found)),
    )


def how_far(checked: Sequence[CheckedStep], problem: Problem, answer: FinalAnswer | None) -> Progress | None:
    """What is right so far, where there is something to say: after a mistake, or beside a worked solution."""
    worked = problem.solution or any(part.solution for part in problem.parts)
    if not checked or not (worked or any(step.verdict is Verdict.WRONG for step in checked)):
        return None
    from tutor.feedback.progress import progress_of

    return progress_of(checked, problem, answer)


def answer_to_all(found: Sequence[FinalAnswer | None]) -> FinalAnswer | None:
    """The answers to all parts as one, right only where each of them is."""
    there = [answer for answer in found if answer is not None]
    if len(found) == 1 or not there:
        return there[0] if there else None
    verdicts = [None if answer is None else answer.correct for answer in found]
    correct = False if False in verdicts else None if None in verdicts else True
    text = "; ".join(f"({answer.part}) {answer.text}" for answer in there if answer.text)
    return FinalAnswer(text, there[-1].line, correct)


def status_of(checked: list[CheckedStep]) -> str:
    """graded, timeout where a line hit the clock, unreadable where not one line with mathematics could be read."""
    if any(isinstance(s.evidence, Undecided) and s.evidence.timeout for s in checked):
        return "timeout"
    judged = [s for s in checked if s.verdict is not Verdict.NO_CLAIM]
    if judged and all(s.verdict is Verdict.UNREADABLE for s in judged):
        return "unreadable"
    return "graded"
