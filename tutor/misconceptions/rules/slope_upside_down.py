"""(y_2 - y_1)/(x_2 - x_1) -> (x_2 - x_1)/(y_2 - y_1)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="slope_upside_down",
    patterns=("(a - b)/(c - d) -> (c - d)/(a - b)",),
    size=8,
    words=r"slope|gradient|steep|\bline|points?\b|through|rate",
)
