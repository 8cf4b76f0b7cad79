"""(y_2 - y_1)/(x_2 - x_1) -> (y_2 - y_1)/(x_1 - x_2)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="slope_order_mixed",
    patterns=("(a - b)/(c - d) -> (a - b)/(d - c)",),
    size=8,
    words=r"slope|gradient|steep|\bline|points?\b|through|rate",
)
