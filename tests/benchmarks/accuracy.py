"""Verdicts against labels: Algebra I steps, calculations in prose, model-written solutions, the shipped sets."""

from __future__ import annotations

import ast
import csv
import operator
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from tests.benchmarks.devdata import ROOT, Row, rows
from tests.benchmarks.noise import LABEL_NOISE
from tests.benchmarks.tables import Figure
from tutor.pipeline import check_work, grade_submission
from tutor.problems import problem_from_statement
from tutor.records import CheckedStep, Submission, Verdict

TRUE_ERRORS = {
    "EXPRESSION_NOT_EQUIVALENT",
    "DIVIDE_MULTIPLY_OPP_SIGNS",
    "CHECK_SIGN",
    "WRONG_OPERATION",
    "FORGOT_NEGATIVE",
    "REVERSED_SIDES",
    "FORGOT_VARIABLE",
}


def checked(row: Row) -> list[CheckedStep]:
    """The row's work, checked against its statement alone."""
    return check_work(row.work, problem_from_statement(row.problem))


def first_flagged(row: Row, steps: list[CheckedStep]) -> int | None:
    """The first of the row's steps that holds a wrong line."""
    lines = [s.step.line for s in steps if s.verdict is Verdict.WRONG]
    return row.step_of[min(lines)] if lines else None


def cogtutor() -> Iterator[Figure]:
    """Single steps of real Algebra I students."""
    wrong = legal = wrong_found = legal_flagged = open_ = 0
    misses: list[str] = []
    data = rows("cogtutor_bugs")
    for row in data:
        steps = checked(row)
        last = steps[-1] if steps else None
        verdict = last.verdict if last else Verdict.UNREADABLE
        if verdict in (Verdict.UNDECIDED, Verdict.UNREADABLE):
            open_ += 1
        if row.kind in TRUE_ERRORS:
            wrong += 1
            if verdict is Verdict.WRONG:
                wrong_found += 1
            elif row.id not in LABEL_NOISE:
                misses.append(f"{row.id} {row.kind} {verdict}: {row.steps[0]} -> {row.steps[-1]}")
        else:
            legal += 1
            if verdict is Verdict.WRONG:
                legal_flagged += 1
                if row.id not in LABEL_NOISE:
                    misses.append(f"{row.id} {row.kind} WRONG: {row.steps[0]} -> {row.steps[-1]}")
    noisy_wrong = sum(row.id in LABEL_NOISE for row in data if row.kind in TRUE_ERRORS)
    noisy_legal = sum(row.id in LABEL_NOISE for row in data if row.kind not in TRUE_ERRORS)
    if data:
        yield Figure.share("cogtutor_bugs", "true errors wrong, raw", wrong_found, wrong)
        yield Figure.share(
            "cogtutor_bugs", "true errors wrong, label noise out", wrong_found, wrong - noisy_wrong, ">= 99 %", misses
        )
        yield Figure.share("cogtutor_bugs", "legal moves wrong, raw", legal_flagged, legal)
        yield Figure.share(
            "cogtutor_bugs",
            "legal moves wrong, label noise out",
            sum(1 for m in misses if " WRONG: " in m),
            legal - noisy_legal,
            "<= 0.5 %",
        )
        yield Figure.share("cogtutor_bugs", "undecided or unreadable", open_, len(data), "<= 1 %")


def gsm8k_human() -> Iterator[Figure]:
    """People's correct solutions: no false alarm, and most equalities read and right."""
    holding = right = 0
    flagged: list[str] = []
    verdicts: Counter[str] = Counter()
    left: list[str] = []
    for row in rows("gsm8k_human_correct"):
        for step in checked(row):
            if step.verdict is Verdict.WRONG:
                flagged.append(f"{row.id} line {step.step.line}: {step.step.text}")
            if "=" in step.step.text:
                holding += 1
                verdicts[step.verdict] += 1
                right += step.verdict in (Verdict.CORRECT, Verdict.FOLLOW_THROUGH)
                if step.verdict not in (Verdict.CORRECT, Verdict.WRONG):
                    left.append(f"{row.id} {step.verdict}: {step.step.text}")
    if holding:
        false_alarms = [line for line in flagged if line.split()[0] not in LABEL_NOISE]
        yield Figure.count("gsm8k_human_correct", "lines wrong, all", len(flagged), None, flagged)
        yield Figure.count("gsm8k_human_correct", "lines wrong that hold no false equality", len(false_alarms), "0")
        yield Figure.share("gsm8k_human_correct", "lines with = read and correct", right, holding, ">= 97 %", left)
        definitions = verdicts[Verdict.NO_CLAIM]
        yield Figure.share(
            "gsm8k_human_correct", "the same, definitions and givens left out", right, holding - definitions, ">= 97 %"
        )


OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def exact(text: str) -> Fraction | None:
    """An integer calculation by Python's own grammar, as an independent check; None where it is none."""

    def value(node: ast.expr) -> Fraction:
        match node:
            case ast.Constant(int(n)):
                return Fraction(n)
            case ast.UnaryOp(ast.USub(), operand):
                return -value(operand)
            case ast.BinOp(left, op, right):
                return Fraction(OPERATIONS[type(op)](value(left), value(right)))
            case _:
                raise ValueError(text)

    try:
        return value(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, KeyError, ZeroDivisionError):
        return None


def false_equalities(step: str) -> int:
    """Adjacent integer expressions of a step, joined by =, that differ."""
    false = 0
    for run in re.split(r"[^-+*/()0-9= ]+", step):
        values = [exact(piece) for piece in run.split("=")]
        false += sum(a is not None and b is not None and a != b for a, b in pairwise(values))
    return false


def bbm() -> Iterator[Figure]:
    """Bracketed arithmetic, done in words and lines."""
    agree = clean_agree = clean = holding = found = 0
    misses: list[str] = []
    data = rows("bbm_multistep_arithmetic")
    for row in data:
        steps = checked(row)
        first = first_flagged(row, steps)
        flagged_steps = {row.step_of[s.step.line] for s in steps if s.verdict is Verdict.WRONG}
        agree += first == row.first_error
        if row.id not in LABEL_NOISE:
            clean += 1
            clean_agree += first == row.first_error
            if first != row.first_error:
                misses.append(f"{row.id}: labelled {row.first_error}, flagged {first}")
        for n, step in enumerate(row.steps):
            if false_equalities(step):
                holding += 1
                found += n in flagged_steps
                if n not in flagged_steps:
                    misses.append(f"{row.id} step {n} holds a false equality: {step}")
    if data:
        yield Figure.share("bbm_multistep_arithmetic", "steps with a false equality found", found, holding, "100 %")
        yield Figure.share("bbm_multistep_arithmetic", "first wrong line as labelled, raw", agree, len(data))
        yield Figure.share(
            "bbm_multistep_arithmetic", "the same, label noise out", clean_agree, clean, ">= 95 %", misses
        )


def solutions(name: str, recall_baseline: float) -> Iterator[Figure]:
    """Model-written solutions with the first wrong step marked by experts."""
    hit = flagged = wrong = correct = flagged_correct = 0
    hit_clean = flagged_clean = 0
    misses: list[str] = []
    data = rows(name)
    for row in data:
        first = first_flagged(row, checked(row))
        wrong += row.first_error is not None
        is_correct = row.first_error is None and row.correct is not False
        correct += is_correct
        if first is None:
            continue
        if is_correct:
            flagged_correct += row.id not in LABEL_NOISE
        flagged += 1
        hit += first == row.first_error
        if row.id not in LABEL_NOISE:
            flagged_clean += 1
            hit_clean += first == row.first_error
            if first != row.first_error:
                misses.append(f"{row.id}: labelled {row.first_error}, flagged {first}")
    if data:
        yield Figure.count(name, "correct solutions flagged, label noise out", flagged_correct, "0", misses)
        yield Figure.share(name, "precision of the first wrong line, raw", hit, flagged)
        yield Figure.share(name, "the same, label noise out", hit_clean, flagged_clean, ">= 80 %")
        yield Figure.share(name, "recall", hit, wrong, f"> {recall_baseline} %")
        yield Figure.share(name, "accuracy on correct work, raw", correct - flagged_on_correct(data), correct)


def flagged_on_correct(data: list[Row]) -> int:
    """Correct rows with any wrong line; a second pass, kept apart for plainness."""
    return sum(
        first_flagged(row, checked(row)) is not None
        for row in data
        if row.first_error is None and row.correct is not False
    )


def prose_word_problems() -> Iterator[Figure]:
    """Word problems without a reference: line checks alone find little there, and must not accuse."""
    for name in ("stepverify", "processbench_gsm8k", "mr_gsm8k_subset"):
        data = rows(name)
        flagged = hit = correct = kept = wrong = 0
        alarms: list[str] = []
        for row in data:
            first = first_flagged(row, checked(row))
            if row.first_error is None:
                correct += 1
                kept += first is None
                if first is not None:
                    alarms.append(f"{row.id} step {first}: {row.steps[first]}")
            else:
                wrong += 1
                flagged += first is not None
                hit += first == row.first_error
        if data:
            yield Figure.share(name, "accuracy on correct work", kept, correct, None, alarms)
            yield Figure.share(name, "precision of the first wrong line", hit, flagged)
            yield Figure.share(name, "recall", hit, wrong)


def shipped_sets() -> Iterator[Figure]:
    """Every worked solution right on every line; every sample as settled by hand."""
    from ruamel.yaml import YAML

    from tutor.problems import load_problem_set

    tally: Counter[str] = Counter()
    misses: list[str] = []
    for path in sorted((ROOT / "problem_sets").glob("*.yaml")):
        shipped = load_problem_set(path)
        for problem in shipped.problems.values():
            tally["problems"] += 1
            for part in problem.parts or (None,):
                lines = problem.solution if part is None else (f"({part.id})", *part.solution)
                for step in check_work("\n".join(lines), problem):
                    fine = step.verdict in (Verdict.CORRECT, Verdict.NO_CLAIM)
                    tally["lines"] += 1
                    tally["lines right"] += fine
                    if not fine:
                        misses.append(f"{path.stem} {problem.id}: {step.verdict}: {step.step.text}")
        folder = path.parent / "samples" / path.stem
        settled = YAML(typ="safe").load((folder / "expected.yaml").read_text(encoding="utf-8"))
        with (folder / "submissions.csv").open(newline="", encoding="utf-8") as table:
            samples = [
                Submission(row["id"], row["student"], row["problem"], row["work"]) for row in csv.DictReader(table)
            ]
        for sample in samples:
            want = settled[sample.id]
            report = grade_submission(sample, shipped.problems[sample.problem])
            kind = "right" if want["first_wrong"] is None else "departing" if "departs" in want else "wrong"
            as_settled = report.first_wrong == want["first_wrong"]
            if kind == "departing":
                as_settled = report.first_wrong is not None
            same_mark = report.mark.earned == Fraction(str(want["mark"]))
            tally[kind] += 1
            tally[f"{kind} as settled"] += as_settled
            tally["marks"] += same_mark
            if not as_settled:
                misses.append(f"{sample.id}: flagged {report.first_wrong}, settled {want['first_wrong']}")
            if not same_mark:
                misses.append(f"{sample.id}: mark {report.mark.earned}, settled {want['mark']}")
    of = "shipped sets"
    yield Figure.count(of, "problems", tally["problems"], ">= 80")
    yield Figure.share(of, "lines of worked solutions correct", tally["lines right"], tally["lines"], "100 %", misses)
    yield Figure.share(of, "right samples not flagged", tally["right as settled"], tally["right"], "100 %")
    yield Figure.share(
        of, "wrong samples flagged at the right line", tally["wrong as settled"], tally["wrong"], "100 %"
    )
    yield Figure.share(
        of, "all lines true, answer wrong: flagged at all", tally["departing as settled"], tally["departing"]
    )
    judged = tally["right"] + tally["wrong"] + tally["departing"]
    yield Figure.share(of, "marks as settled by hand", tally["marks"], judged)
