"""A checker whose lines tell it what to do: `hang`, `die`, `slow 0.2`, `until FILE`; every other line holds."""

from __future__ import annotations

import os
import time
from fractions import Fraction
from pathlib import Path

from tutor.pipeline import Watch
from tutor.records import CheckedStep, EqualValues, Mark, NothingClaimed, Report, Step
from tutor.service.messages import Asked
from tutor.slm.choice import ModelChoice

CHECKER = "tests.service.fakes:Obedient"


class Obedient:
    def __init__(self, choice: ModelChoice) -> None:
        self.checks = 0

    def check(self, asked: Asked, watch: Watch) -> Report:
        self.checks += 1
        steps = []
        for n, line in enumerate(asked.work.split("\n")):
            word, _, value = line.partition(" ")
            if word == "hang":
                time.sleep(600)
            elif word == "die":
                os._exit(3)
            elif word == "once":  # dies of it the first time
                if not Path(value).exists():
                    Path(value).touch()
                    os._exit(3)
            elif word == "until":
                while not Path(value).exists():
                    time.sleep(0.005)
            elif word == "slow":
                time.sleep(float(value))
            evidence = NothingClaimed() if word in ("hang", "die", "once", "slow", "until") else EqualValues("1")
            steps.append(CheckedStep(Step(n, line), evidence))
            watch(steps[-1])
        return Report("", tuple(steps), None, None, Mark(Fraction(1), Fraction(0), Fraction(1)))

    def counts(self) -> dict[str, int]:
        return {"questions": self.checks, "recalled": 0}


class NeverReady:
    def __init__(self, choice: ModelChoice) -> None:
        raise SystemExit(4)
