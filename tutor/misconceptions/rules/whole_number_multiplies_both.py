"""n*(a/b) -> (n*a)/(n*b)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "whole_number_multiplies_both",
    patterns=("n*(a/b) -> (n*a)/(n*b)", "n*a/b -> (n*a)/(n*b)"),
    size=7,
)
