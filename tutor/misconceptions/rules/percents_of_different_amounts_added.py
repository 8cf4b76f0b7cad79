"""p*m + q*n -> (p + q)*(m + n)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="percents_of_different_amounts_added",
    patterns=(
        "p*m + q*n -> (p + q)*(m + n)",
        "a*b + c*d -> (a + c)*(b + d)",
    ),
    size=9,
)
