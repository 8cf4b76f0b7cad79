"""arcsin(a*sin(c)/b) -> arcsin(b*sin(c)/a) or a*c/b"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="refraction_ratio_upside_down",
    patterns=(
        "arcsin(a*sin(c)/b) -> arcsin(b*sin(c)/a)",
        "arcsin(a*sin(c)/b) -> a*c/b",
        "arcsin(sin(c)/b) -> arcsin(b*sin(c))",
        "arcsin(b*sin(c)) -> arcsin(sin(c)/b)",
        "sin(d) = sin(c)/b -> sin(d) = b*sin(c)",
        "sin(c)/b -> b*sin(c)",
        "sin(d) = a*sin(c)/b -> sin(d) = b*sin(c)/a",
    ),
    words=r"light|refract|glass|water|ray|beam",
    of={"a": "", "b": ""},
)
