"""log(a)^n -> n*log(a)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("power_of_log_as_log_of_power", patterns=("log(a)^n -> n*log(a)",), size=6)
