"""Why a line is wrong: the catalogue's own examples, real Algebra I slips, and what the hints say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from statistics import median, quantiles
from time import perf_counter

from tests.benchmarks.accuracy import TRUE_ERRORS
from tests.benchmarks.devdata import ROOT, rows
from tests.benchmarks.tables import Figure
from tutor.errors import StudentError
from tutor.feedback.hints import numbers_in
from tutor.misconceptions.catalogue import Entry, entries
from tutor.misconceptions.explain import Cause, explain
from tutor.misconceptions.notation import statements
from tutor.pipeline import check_work, grade_submission
from tutor.problems import load_problem_set, problem_from_statement
from tutor.records import CheckedStep, Problem, Submission, Verdict
from tutor.syntax.tree import Both, Statement
from tutor.verify.notebook import solved_for


def of_catalogue() -> Iterator[Figure]:
    """Each checkable example: is the wrong line explained by its own entry, is the right one spared?"""
    top = own = total = 0
    accused: list[str] = []
    missed: list[str] = []
    by_topic: Counter[str] = Counter()
    for entry in entries().values():
        for example in entry.examples if entry.checked else ():
            total += 1
            try:
                wrong = causes_of(entry, example.before, example.wrong, example.situation)
                right = causes_of(entry, example.before, example.right, example.situation)
            except StudentError as error:
                missed.append(f"{entry.id}: {example.before}: {str(error).splitlines()[0]}")
                continue
            ids = [cause.id for cause in wrong]
            own += entry.id in ids
            met = bool(ids) and ids[0] in {entry.id} | entry.confusable
            top += met
            by_topic[entry.topic] += not met
            if not met:
                missed.append(f"{entry.id}: {example.before} => {example.wrong}: {ids[:3]}")
            if right:
                accused.append(f"{entry.id}: {example.before} => {example.right}: {[c.id for c in right][:3]}")
    yield Figure(
        "catalogue", "wrong example explained by its own id or a confusable", share(top, total), ">= 97 %", missed
    )
    yield Figure("catalogue", "own id among the causes", share(own, total))
    yield Figure("catalogue", "right example accused by a rule", str(len(accused)), "0", accused)


def causes_of(entry: Entry, before: str, line: str, situation: str) -> tuple[Cause, ...]:
    """What explains a line in the catalogue's notation."""
    found = statements(line, physical=entry.physical)
    together: Statement = found[0] if len(found) == 1 else Both(found)
    return explain(statements(before, physical=entry.physical), together, situation=situation)


def of_algebra() -> Iterator[Figure]:
    """Real Algebra I steps that do not follow: a named cause, or one change that mends the line."""
    named = mended = either = total = 0
    seconds: list[float] = []
    missed: list[str] = []
    causes: Counter[str] = Counter()
    for row in rows("cogtutor_bugs"):
        if row.kind not in TRUE_ERRORS:
            continue
        problem = problem_from_statement(row.problem)
        steps = check_work(row.work, problem)
        wrong = next((s for s in steps if s.verdict is Verdict.WRONG), None)
        if wrong is None:
            continue
        total += 1
        seconds.append(time_to_diagnose(steps, problem))
        repair = wrong.repair or (solved_for(wrong.judged[0].claim.statement) is not None and mends(steps, problem))
        named += wrong.misconception is not None
        mended += bool(repair)
        either += wrong.misconception is not None or bool(repair)
        causes[wrong.misconception or "-"] += 1
        if wrong.misconception is None and not repair:
            missed.append(f"{row.id}: {row.steps[0]} -> {row.steps[-1]}")
    yield Figure("cogtutor_bugs", "cause named, or mended by one change", share(either, total), ">= 85 %", missed)
    yield Figure(
        "cogtutor_bugs", "cause named", share(named, total), details=[f"{n} {c}" for c, n in causes.most_common()]
    )
    yield Figure("cogtutor_bugs", "mended by one change", share(mended, total))
    cuts = quantiles(seconds, n=100)
    yield Figure("cogtutor_bugs", "median of a diagnosis", f"{1000 * median(seconds):.1f} ms", "<= 50 ms")
    yield Figure("cogtutor_bugs", "p99 of a diagnosis", f"{1000 * cuts[98]:.0f} ms", "<= 500 ms")


def mends(steps: list[CheckedStep], problem: Problem) -> bool:
    """Whether a change was found that a student is not told, as it is the solution."""
    from tutor.feedback.causes import diagnosed

    n = next(n for n, s in enumerate(steps) if s.verdict is Verdict.WRONG)
    found = diagnosed(steps, n, problem)
    return found is not None and found.repair is not None


def time_to_diagnose(steps: list[CheckedStep], problem: Problem) -> float:
    """Seconds for the causes and the repair of the first wrong line."""
    from tutor.feedback.causes import diagnosed, of_one_slip, of_two_slips

    of_one_slip.cache_clear()  # the work was explained before
    of_two_slips.cache_clear()
    n = next(n for n, s in enumerate(steps) if s.verdict is Verdict.WRONG)
    started = perf_counter()
    diagnosed(steps, n, problem)
    return perf_counter() - started


_RESULT = re.compile(r"(?<![<>=])=\s*(-?\d+(?:\.\d+)?(?:/\d+)?)\s*(?:[.,;]|$)")


def of_hints() -> Iterator[Figure]:
    """The hints of the whole catalogue and of the shipped sets' wrong samples."""
    total = short = told = 0
    shown: list[str] = []
    refuted: list[str] = []
    for entry in entries().values():
        total += 1
        short += len({*entry.hints}) < 3
        refuted += [f"{entry.id}: {hint}" for hint in entry.hints if holds_a_false_formula(hint)]
    for path in sorted((ROOT / "problem_sets").glob("*.yaml")):
        problems = load_problem_set(path)
        for problem, step in wrong_lines(path.stem, problems.problems):
            total += 1
            refuted += [f"{problem.id}: {hint}" for hint in step.hints if holds_a_false_formula(hint, step)]
            if len(set(step.hints)) < 3:
                short += 1
                shown.append(f"{problem.id}: {step.step.text}: {step.hints}")
            if any(tells(hint, problem, step) for hint in step.hints):
                told += 1
                shown.append(f"{problem.id}: {step.step.text}: {step.hints}")
    yield Figure("hints", "ladders looked at", str(total))
    yield Figure("hints", "without three different rungs", str(short), "0", shown)
    yield Figure("hints", "a rung states the answer", str(told), "0", shown)
    yield Figure("hints", "a rung holds a formula that the verifier refutes", str(len(refuted)), "0", refuted)


def holds_a_false_formula(hint: str, step: CheckedStep | None = None) -> bool:
    """Whether the verifier refutes a formula of a hint; the student's own line, quoted, does not count."""
    text = _QUOTED.sub("", hint) if step is not None else hint
    return any(s.verdict is Verdict.WRONG for s in check_work(text))


_QUOTED = re.compile(r"^Look at .*?\. (?=[A-Z])|Work out .*? each by itself|Which unit does .*?\?|Put an easy .*?\?")


def wrong_lines(name: str, problems: dict[str, Problem]) -> Iterator[tuple[Problem, CheckedStep]]:
    """The wrong lines of a set's sample submissions."""
    import csv

    with (ROOT / "problem_sets" / "samples" / name / "submissions.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            problem = problems[row["problem"]]
            report = grade_submission(Submission(**row), problem)
            yield from ((problem, s) for s in report.steps if s.verdict is Verdict.WRONG)


def tells(hint: str, problem: Problem, step: CheckedStep) -> bool:
    """Whether a hint has `= answer`, or a number of the answer that is neither given nor the student's."""
    answers: set[Fraction] = set()
    for answer in (problem.answer, *(part.answer for part in problem.parts)):
        if answer is not None:
            answers |= numbers_in(answer.text)
    hint = _QUOTED.sub("", hint)
    given = numbers_in(problem.statement) | numbers_in(step.step.text)
    results = {Fraction(value) for value in _RESULT.findall(hint)}
    return bool(answers & results - numbers_in(step.step.text)) or bool((answers - given) & numbers_in(hint))


def share(part: int, whole: int) -> str:
    """97.1 % (34/35)"""
    return f"{100 * part / whole:.1f} % ({part}/{whole})" if whole else "-"


def of_chance() -> Iterator[Figure]:
    """Random numbers for the results in the worked solutions of the shipped sets: how many are given a cause."""
    random = Random(7)
    total = named = 0
    causes: Counter[str] = Counter()
    for path in sorted((ROOT / "problem_sets").glob("*.yaml")):
        for problem in load_problem_set(path).problems.values():
            lines = list(problem.solution) or [line for part in problem.parts for line in part.solution]
            for n, line in enumerate(lines):
                for new in two_random_results(line, random):
                    work = "\n".join([*lines[:n], new])
                    steps = check_work(work, problem)
                    wrong = next((s for s in steps if s.verdict is Verdict.WRONG), None)
                    if wrong is None or wrong.step.line != n:
                        continue
                    total += 1
                    if wrong.misconception:
                        named += 1
                        causes[wrong.misconception] += 1
    details = [f"{n} {c}" for c, n in causes.most_common()]
    yield Figure("shipped sets", "a random wrong number given a cause", share(named, total), "<= 5 %", details)


_LAST_NUMBER = re.compile(r"=\s*(-?\d+(?:\.\d+)?)(?=\s*[^\d]*$)")


def two_random_results(line: str, random: Random) -> Iterator[str]:
    """The line with another number at its end: one near by, one of the same size."""
    found = _LAST_NUMBER.search(line)
    if found is None:
        return
    text = found[1]
    places = len(text.partition(".")[2])
    near = float(text) + random.choice((-1, 1)) * random.randint(1, 9) * 10**-places
    of_its_size = float(text) * random.choice((0.3, 0.45, 0.7, 1.3, 1.7, 2.4, 3.1))
    for value in (near, of_its_size):
        if float(new := f"{value:.{places}f}") != float(text):
            yield f"{line[: found.start(1)]}{new}{line[found.end(1) :]}"
