"""log(a*b) -> log(a)*log(b)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("log_of_product_as_product", patterns=("log(a*b) -> log(a)*log(b)",), size=7)
