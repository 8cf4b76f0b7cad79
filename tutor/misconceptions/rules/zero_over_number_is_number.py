"""0/n -> n"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="zero_over_number_is_number",
    patterns=("0/a -> a",),
    size=5,
)
