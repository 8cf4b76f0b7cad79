"""log(1) -> 1"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("log_of_one_taken_as_one", patterns=("log(1) -> 1",), size=6)
