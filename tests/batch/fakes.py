"""A marking that does what a row's work tells it to, for the processes of a pool to import."""

from __future__ import annotations

import os
import random
import time
from fractions import Fraction
from typing import Any

from tutor.errors import TooLarge
from tutor.records import Mark, Problem, Report, Submission


def grade(submission: Submission, problem: Problem) -> Report:
    match submission.work.split():
        case ["hang"]:
            time.sleep(600)
        case ["hang", "without", "letting", "go"]:
            sum(iter(int, 1))
        case ["die"]:
            os._exit(3)
        case ["fail"]:
            raise ZeroDivisionError("fault of ours")
        case ["large"]:
            raise TooLarge("The number is too large.")
        case ["slow", seconds]:
            time.sleep(float(seconds))
    mark = Mark(Fraction(len(submission.work)), Fraction(0), problem.marks)
    return Report(submission.id, (), None, None, mark, message=f"{random.random():.6f} {hash(submission.work)}")


def encode(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "student": report.student,
        "problem": report.problem,
        "status": report.status,
        "message": report.message,
        "earned": str(report.mark.earned),
    }
