"""log(1/a) -> 1/log(a)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("log_of_reciprocal_as_reciprocal", patterns=("log(1/a) -> 1/log(a)",), size=8)
