"""V/R -> V*R or R/V, V/I -> I/V, I*R -> I/R"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="ohms_law_rearranged_wrongly",
    patterns=(
        "V/R -> V*R",
        "V/R -> R/V",
        "V/I -> I/V",
        "V/I -> V*I",
        "I*R -> I/R",
        "I*R -> R/I",
    ),
    of={"V": "V", "R": "ohm", "I": "A"},
    as_written=True,
)
