"""Whether a problem may be about physics at all, told at once: what judges physics is loaded only where it may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.records import Problem, Step
from tutor.syntax.tree import Degrees, Quantity, kinds

if TYPE_CHECKING:
    from tutor.verify.physical import Physical

# The words of exercises that are nothing but mathematics; any other word may be one of physics.
COMMANDS = frozenset(
    "solve simplify expand factor factorise factorize differentiate integrate evaluate calculate compute find the "
    "value values for and with respect equation equations inequality inequalities system expression function "
    "prove show that your own out make derivative integral limit roots root solutions solution each following "
    "given where all real numbers number sum product difference quotient bracket brackets sin cos tan log exp "
    "sqrt frac left right lim int text begin end aligned cdot times from its term terms common denominator "
    "fraction fractions lowest form".split()
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def may_be_physical(problem: Problem) -> bool:
    """Whether the problem gives values by name, or has a word that no exercise of plain mathematics needs."""
    texts = (problem.statement, *(part.statement for part in problem.parts))
    return bool(problem.givens) or any(word.lower() not in COMMANDS for text in texts for word in _WORD.findall(text))


def physics_of(steps: Sequence[Step], problem: Problem, stated: Iterable[Fraction]) -> Physical | None:
    """The physics of the problem and the work, None where they are not about physics.

    stated: the numbers of the problem's statement.
    """
    measured = (Quantity, Degrees)
    statements = [*problem.equations, *(c.statement for step in steps for c in step.claims)]
    if not may_be_physical(problem) and all(kinds(s).isdisjoint(measured) for s in statements):
        return None
    from tutor.verify.physical import open_physical

    return open_physical(steps, problem, stated)
