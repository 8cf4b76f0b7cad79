"""What students of the load script write: problems of six kinds, six lines that solve each, and slips."""

from __future__ import annotations

import random
from dataclasses import dataclass

SIX = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """A lesson. every_s: between two checks of a student. arrive_s: they come in spread over that.

    fresh: checks until a student begins another problem. processes: that check. model: whether lines in words are read.
    """

    students: int = 100
    every_s: float = 20.0
    arrive_s: float = 60.0
    minutes: float = 5.0
    fresh: int = 5
    processes: int = 2
    model: bool = True


def draft(rng: random.Random) -> tuple[str, str, list[str]]:
    """A problem's statement with numbers of its own, its answer, and the six lines that solve it."""
    a, b, x, t = rng.randint(2, 9), rng.randint(2, 12), rng.randint(2, 12), rng.randint(2, 9)
    kinds = (
        (
            f"Solve {a}(x + {b}) = {a * (x + b)}",
            f"x = {x}",
            [f"{a}(x + {b}) = {a * (x + b)}", f"{a}x + {a * b} = {a * (x + b)}", f"{a}x = {a * (x + b)} - {a * b}",
             f"{a}x = {a * x}", f"x = {x}", f"check: {a}({x} + {b}) = {a * (x + b)}"],
        ),
        (
            f"Solve x^2 - {x + b}x + {x * b} = 0",
            f"x = {x} or x = {b}",
            [f"x^2 - {x + b}x + {x * b} = 0", f"(x - {x})(x - {b}) = 0", f"x - {x} = 0 or x - {b} = 0",
             f"x = {x} or x = {b}", f"check: {x}^2 - {x + b}*{x} + {x * b} = 0", f"{b}^2 - {x + b}*{b} + {x * b} = 0"],
        ),
        (
            f"A car accelerates from rest at {a} m/s^2 for {t} s. How far does it go, and how fast is it then?",
            f"{a * t * t / 2} m",
            ["u = 0 m/s", "v = u + at", f"v = {a}*{t} = {a * t} m/s", "s = 1/2 a t^2", f"s = 1/2*{a}*{t}^2",
             f"s = {a * t * t / 2} m"],
        ),
        (
            f"Differentiate x^{b} + {a}x^2 and find the slope at x = 1",
            f"{b + 2 * a}",
            [f"f(x) = x^{b} + {a}x^2", f"f'(x) = {b}x^{b - 1} + {2 * a}x", f"f'(1) = {b}*1 + {2 * a}*1",
             f"= {b} + {2 * a}", f"= {b + 2 * a}", f"the slope is {b + 2 * a}"],
        ),
        (
            f"Find the integral of {a}x*sin(x)",
            f"-{a}x cos x + {a} sin x",
            [f"int {a}x sin x dx", f"u = {a}x, dv = sin x dx", f"du = {a} dx, v = -cos x",
             f"= -{a}x cos x + int {a} cos x dx", f"= -{a}x cos x + {a} sin x + C",
             f"check: d/dx(-{a}x cos x + {a} sin x) = {a}x sin x"],
        ),
        (
            f"A shop sells {a} pens at {b} dollars each and {t} books at {x} dollars each. What do they cost together?",
            f"{a * b + t * x}",
            [f"{a} pens times {b} dollars each makes {a * b} dollars", f"{a} * {b} = {a * b}",
             f"the books are {t} times {x} which is {t * x}", f"{t} * {x} = {t * x}",
             f"{a * b} + {t * x} = {a * b + t * x}", f"together they cost {a * b + t * x} dollars"],
        ),
    )  # fmt: skip
    return rng.choice(kinds)


def slipped(line: str, rng: random.Random) -> str:
    """The line with its last digit another one."""
    places = [n for n, letter in enumerate(line) if letter.isdigit()]
    if not places:
        return line
    digit = str((int(line[places[-1]]) + rng.randint(1, 8)) % 10)
    return line[: places[-1]] + digit + line[places[-1] + 1 :]


def handed_in(lines: list[str], rng: random.Random, before: list[str]) -> list[str]:
    """What a student hands in next: mostly with a slip in a line, else all right, now and then the same once more."""
    if before and rng.random() < 0.1:
        return before
    written = list(lines)
    if rng.random() < 0.7:
        at = rng.randrange(SIX)
        written[at] = slipped(written[at], rng)
    return written
