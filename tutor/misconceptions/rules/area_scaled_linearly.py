"""A*k^2 -> A*k"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="area_scaled_linearly",
    patterns=(
        "a*k^2 -> a*k",
        "a*k^3 -> a*k",
        "a*k^3 -> a*k^2",
        "a/k^2 -> a/k",
        "a/k^3 -> a/k",
    ),
    size=6,
    words="area|volume|scal|enlarg|shrink|reduc|similar|times as|model|map|figure|bottle",
    only_named=True,
)
