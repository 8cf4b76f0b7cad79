"""log(a/b) -> log(a)/log(b)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("log_of_quotient_as_quotient", patterns=("log(a/b) -> log(a)/log(b)",), size=7)
