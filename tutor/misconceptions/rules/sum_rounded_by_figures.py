"""a sum of measured numbers -> rounded to the fewest figures"""

from __future__ import annotations

from tutor.misconceptions.figures import sum_by_figures
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Statement


def fits(before: Statement, line: Statement) -> bool:
    """The sum with as many figures as the term with the fewest, though its decimals are known."""
    return sum_by_figures(before, line)


RULE = Misconception(
    id="sum_rounded_by_figures",
    fits=fits,
    keeps_value=True,
    bare=True,
    size=6,
)
