"""sqrt(a) -> a/2"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception("square_root_as_half", patterns=("sqrt(a) -> a/2",), size=4)
