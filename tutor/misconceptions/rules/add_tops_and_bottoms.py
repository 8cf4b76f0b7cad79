"""a/b + c/d -> (a + c)/(b + d)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "add_tops_and_bottoms",
    patterns=(
        "a/b + c/d -> (a + c)/(b + d)",
        "a/b + c/d + p/q -> (a + c + p)/(b + d + q)",
        "a/b + c -> (a + c)/(b + 1)",
        "a/b + c -> (a + c)/(b + c)",
    ),
    size=9,
)
