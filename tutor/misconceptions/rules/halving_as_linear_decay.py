"""N*(1/2)^k -> N*(1 - k/2)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="halving_as_linear_decay",
    patterns=("a*(1/2)^k -> a*(1 - k/2)", "a*(1/2)^k -> a/(2*k)", "a/2^k -> a*(1 - k/2)", "a/2^k -> a/(2*k)"),
    bare=True,
    as_written=True,
)
