"""a product of measured numbers -> with fewer figures than the fewest of theirs"""

from __future__ import annotations

from tutor.misconceptions.figures import of_product
from tutor.misconceptions.misconception import Misconception
from tutor.syntax.tree import Statement


def fits(before: Statement, line: Statement) -> bool:
    """Fewer figures than the least exact number has, and so rounded."""
    found = of_product(before, line)
    return found is not None and found.shown < found.data and found.rounded


RULE = Misconception(
    id="too_few_significant_figures",
    fits=fits,
    keeps_value=True,
    only_if_right=True,
    bare=True,
    size=6,
)
