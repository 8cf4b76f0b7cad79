"""sqrt(2*h/g) -> sqrt(2*h/g)/k for k times the mass"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="heavier_falls_faster",
    patterns=tuple(f"sqrt(2*h/g) -> {k}*sqrt(2*h/g)" for k in ("1/2", "2", "1/3", "1/4", "3", "1/5", "1/10")),
    of={"h": "m", "g": "gravity"},
    words=r"mass|heav|\bkg\b|weigh|stone|ball",
)
