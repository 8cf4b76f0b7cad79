"""The bundled model's opinion alone, without the verifier: the operation, and whether a step looks right."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from tests.benchmarks.accuracy import checked
from tests.benchmarks.devdata import Row, rows
from tests.benchmarks.tables import Figure
from tutor.records import Verdict
from tutor.slm.jobs import Opinion, Origin, StepRequest
from tutor.slm.notation import OPERATIONS
from tutor.slm.opinions import bundled
from tutor.training.opinions.measure import (
    BASELINE_PAIRS,
    as_seen,
    samples_to_measure,
    score,
    signs_of,
    train_perceptron,
)
from tutor.training.opinions.steps import some

ORIGIN = Origin("bundled", "")
DECIDED = {Verdict.CORRECT: True, Verdict.FOLLOW_THROUGH: True, Verdict.WRONG: False}


def operations() -> Iterator[Figure]:
    """The operation named, on forms and words kept out of training, beside a perceptron with the same to see."""
    train = some(1, BASELINE_PAIRS, held_out=False)
    perceptron = train_perceptron([(signs_of(as_seen(p)), p.operation) for p in train], OPERATIONS)
    for name, sample in samples_to_measure().items():
        found = score(bundled(), sample)
        named = sum(perceptron.best(signs_of(as_seen(p)), OPERATIONS) == p.operation for p in sample)
        target = ">= 90 %" if name.startswith("held-out") else None
        of = f"opinion, {name}"
        yield Figure.share(of, "operation named", found.named, found.asked, target)
        yield Figure.share(of, "the same, perceptron", named, len(sample))
        yield Figure.share(of, "right or wrong said", found.said, found.known)
        yield Figure.share(of, "of these rightly", found.sound, found.said)


def of_work(row: Row) -> list[tuple[int, Opinion]]:
    """An opinion on each line of a solution that is not blank, with the number of the line."""
    lines = [(k, text) for k, text in enumerate(row.work.split("\n")) if text.strip()]
    before = ["", *(text for _, text in lines)]
    asked = [StepRequest(b, text, row.problem) for b, (_, text) in zip(before, lines, strict=False)]
    return [(k, opinion) for (k, _), opinion in zip(lines, bundled().of(asked, ORIGIN), strict=True)]


def against_verifier() -> Iterator[Figure]:
    """Agreement with the verifier on the lines that it decides, and the first step that looks wrong against labels."""
    for name in ("stepverify", "processbench_gsm8k"):
        data = rows(name)
        decided = said = agrees = wrong = wrong_said = 0
        found = {True: [0, 0], False: [0, 0]}  # of correct and of wrong work: as labelled, all
        lines, seconds = 0, 0.0
        for row in data:
            started = perf_counter()
            opinions = of_work(row)
            seconds += perf_counter() - started
            lines += len(opinions)
            verdicts = {s.step.line: DECIDED[s.verdict] for s in checked(row) if s.verdict in DECIDED}
            first = None
            for line, opinion in opinions:
                if opinion.looks_right is False and first is None:
                    first = row.step_of[line]
                if line in verdicts:
                    decided += 1
                    said += opinion.looks_right is not None
                    agrees += opinion.looks_right is verdicts[line]
                    wrong += not verdicts[line]
                    wrong_said += not verdicts[line] and opinion.looks_right is False
            counts = found[row.first_error is None]
            counts[0] += first == row.first_error
            counts[1] += 1
        if not data:
            continue
        of = f"opinion, {name}"
        yield Figure.share(of, "right or wrong said, of lines the verifier decides", said, decided)
        yield Figure.share(of, "of these as the verifier", agrees, said)
        yield Figure.share(of, "as the verifier, if all were called right", decided - wrong, decided)
        yield Figure.share(of, "lines the verifier refutes that look wrong", wrong_said, wrong)
        correct, errors = (found[k][0] / max(found[k][1], 1) for k in (True, False))
        f1 = 2 * correct * errors / (correct + errors) if correct + errors else 0.0
        yield Figure(of, "first error: on correct, on wrong work, F1", f"{correct:.1%}, {errors:.1%}, {f1:.1%}")
        yield Figure(of, "milliseconds a line", f"{1000 * seconds / max(lines, 1):.1f}", "<= 5")


def opinions() -> Iterator[Figure]:
    """Both."""
    yield from operations()
    yield from against_verifier()
