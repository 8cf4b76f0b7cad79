"""(new - old)/old -> (new - old)/new"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="percent_change_wrong_base",
    patterns=(
        "(a - b)/b -> (a - b)/a",
        "a/b - 1 -> 1 - b/a",
    ),
    size=10,
)
