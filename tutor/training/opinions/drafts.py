"""Steps in the making: the numbers and letters of one, how it is written, and the registry of the families of steps."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

_TIDY = (
    (re.compile(r"\+ ?-(?=[\w(.])"), "- "),
    (re.compile(r"(?<=[\w)] )- ?-(?=[\w(.])"), "+ "),
    (re.compile(r"(?<![\d.,^/_])1(?=[a-zA-Z(])(?!e\d)"), ""),
    (re.compile(r"\^1(?![\d./])"), ""),
    (re.compile(r" {2,}"), " "),
)


def tidy(text: str) -> str:
    """As a person writes it: no `+ -3`, no `1x`, no first power.

    >>> tidy("1x + -3 = 2 - -5")
    'x - 3 = 2 + 5'
    """
    for pattern, instead in _TIDY:
        text = pattern.sub(instead, text)
    return text.strip()


def fraction(value: Fraction) -> str:
    """3/4, or 3 where it is whole."""
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


@dataclass(frozen=True, slots=True)
class Move:
    """A right step before it is written out: two lines of plain notation, and what was done.

    also: other true lines that the same operation may give, such as with the calculation left open.
    given: what the problem says, where the line draws on it.
    operand: what both sides were changed by.
    verified: whether the verifier can be asked; words are only right by the way they were made.
    """

    before: str
    line: str
    operation: str
    also: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    given: str = ""
    verified: bool = True
    operand: str = ""


class Draw:
    """Numbers and letters for one step."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.x, self.y, self.z = rng.sample("xxxxxxyyyzztnmpkabcrsuvwqh", 3)
        if len({self.x, self.y, self.z}) < 3:
            self.x, self.y, self.z = "x", "y", "z"

    def n(self, low: int = 2, high: int = 12) -> int:
        """A whole number; now and then a larger one."""
        return self.rng.randint(low, high * (4 if self.rng.random() < 0.15 else 1))

    def s(self, low: int = 1, high: int = 12) -> int:
        """A whole number of either sign, not 0."""
        return self.n(low, high) * self.rng.choice((1, 1, -1))

    def two(self, low: int = 2, high: int = 12) -> tuple[int, int]:
        """Two that differ."""
        one = self.n(low, high)
        other = self.n(low, high)
        return one, other if other != one else one + 1

    def dec(self) -> str:
        """A decimal."""
        return f"{self.rng.randint(1, 99) / self.rng.choice((10, 10, 100)):g}"

    def any(self) -> str:
        """A number as a formula may hold it."""
        return self.dec() if self.rng.random() < 0.4 else str(self.n(2, 60))

    def pick(self, *options: str) -> str:
        """One of several."""
        return self.rng.choice(options)


Maker = Callable[[Draw], Move]


@dataclass(frozen=True, slots=True)
class Family:
    """Steps of one form. held_out: kept from training, to be measured on."""

    name: str
    make: Maker
    held_out: bool = False


def moved(sign: int) -> str:
    """What takes a term of a sign away from one side."""
    return "subtract" if sign > 0 else "add"
