"""With the bundled model and without it: what is read of the lines that the grammar leaves, and what that changes."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.path import rows
from tests.benchmarks.tables import Figure
from tutor.evaluate import Labelled
from tutor.pipeline import assess
from tutor.reading import split_steps
from tutor.reading.left import is_left
from tutor.records import GRAMMAR, CheckedStep, Problem, Step, Verdict
from tutor.slm.backends.bundled import Bundled

FILES = ("gsm8k_human_correct", "stepverify", "processbench_gsm8k")


def left() -> Iterator[Figure]:
    """Lines read, right work called wrong because of the model, lines with a verdict with it and without it."""
    model = Bundled()
    for name in FILES:
        data = rows(name)
        if not data:
            continue
        found = Found()
        for row in data:
            found.add(row, model)
        yield Figure.share(name, "lines left by the grammar that the model reads", found.read, found.left, ">= 70 %",
                           found.unread)  # fmt: skip
        yield Figure(name, "of these with a claim, correct / undecided / wrong", found.verdicts())
        yield Figure(name, "right work: lines wrong with the model that are not without", str(found.new_alarms), "0")
        yield Figure.share(
            name, "lines with figures that have a verdict, without the model", found.plain, found.figures
        )
        yield Figure.share(name, "lines with figures that have a verdict, with the model", found.helped, found.figures)


class Found:
    """What was counted over a file."""

    def __init__(self) -> None:
        self.left = self.read = self.new_alarms = self.figures = self.plain = self.helped = 0
        self.by_verdict: dict[Verdict, int] = {}
        self.unread: list[str] = []

    def add(self, row: Labelled, model: Bundled) -> None:
        """One piece of work."""
        problem, work = Problem(statement=row.problem), "\n".join(row.steps)
        steps = split_steps(work, problem)
        places = [step for step in steps if is_left(step) and not step.claims]
        plain, helped = assess(work, problem)[0], assess(work, problem, model)[0]
        read = {step.step.line for step in helped if step.step.read_by != GRAMMAR}
        self.left += len(places)
        self.read += sum(step.line in read for step in places)
        self.unread += [f"{row.id}: {step.text}" for step in places if step.line not in read]
        if row.first_error is None and row.correct is not False:
            self.new_alarms += len(wrong_lines(helped) - wrong_lines(plain))
        self.figures += len(lines_with_figures(steps))
        self.plain += len(decided(plain) & lines_with_figures(steps))
        self.helped += len(decided(helped) & lines_with_figures(steps))
        for step in helped:
            if step.step.read_by != GRAMMAR and step.step.claims:
                self.by_verdict[step.verdict] = self.by_verdict.get(step.verdict, 0) + 1

    def verdicts(self) -> str:
        """How many of the claims that the model read have which verdict."""
        kinds = (Verdict.CORRECT, Verdict.UNDECIDED, Verdict.WRONG)
        return " / ".join(str(self.by_verdict.get(kind, 0)) for kind in kinds)


def wrong_lines(checked: list[CheckedStep]) -> set[int]:
    """The lines that are called wrong."""
    return {step.step.line for step in checked if step.verdict is Verdict.WRONG}


def decided(checked: list[CheckedStep]) -> set[int]:
    """The lines with a verdict on a claim."""
    kinds = (Verdict.CORRECT, Verdict.FOLLOW_THROUGH, Verdict.WRONG)
    return {step.step.line for step in checked if step.verdict in kinds}


def lines_with_figures(steps: tuple[Step, ...]) -> set[int]:
    """The lines in which a figure stands."""
    return {step.line for step in steps if any(c.isdigit() for c in step.text)}
