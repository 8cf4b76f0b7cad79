"""Where a student is with a problem, read off the drafts and attempts that the student's own place shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tutor.store.records import Attempt, GivenMark


class Stage(StrEnum):
    """Of a student with a problem; the last attempt counts."""

    NOT_BEGUN = "not_begun"
    DRAFT = "draft"  # something is written that was never handed in
    WAITING = "waiting"  # for its report
    HANDED_IN = "handed_in"  # in an exam, until its end
    LOOK_AGAIN = "look_again"  # a line, or the answer, is wrong
    OPEN = "open"  # a person has to look at it
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """stage: where the student is. line: the first that is wrong, from 0. tries: attempts handed in.

    earned, available: the mark that counts, None while there is none.
    """

    stage: Stage
    tries: int = 0
    line: int | None = None
    earned: Fraction | None = None
    available: Fraction | None = None


def progress_of(attempts: Sequence[Attempt], *, draft: bool = False, given: GivenMark | None = None) -> Progress:
    """attempts: of one problem, oldest first. draft: something is written besides. given: the teacher's mark."""
    if not attempts:
        return Progress(Stage.DRAFT if draft else Stage.NOT_BEGUN)
    last, tries = attempts[-1], len(attempts)
    if last.withheld:
        return Progress(Stage.HANDED_IN, tries)
    if last.checked is None:
        return Progress(Stage.WAITING, tries)
    report = last.checked.report
    mark, answer, line = report["mark"], report["answer"], report["first_wrong"]
    earned, pending, available = (Fraction(mark[name]) for name in ("earned", "pending", "available"))
    if given is not None:
        earned, pending = given.earned, Fraction(0)
    if line is not None and earned < available:
        stage = Stage.LOOK_AGAIN
    elif pending:
        stage = Stage.OPEN
    elif earned >= available and (available or answer is None or answer["correct"] is not False):
        stage, line = Stage.DONE, None
    else:
        stage = Stage.LOOK_AGAIN
    return Progress(stage, tries, line, earned, available)
