"""a*b -> 2*(a + b)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    id="perimeter_and_area_swapped",
    patterns=(
        "2*(a + b) -> a*b",
        "2*a + 2*b -> a*b",
        "a + b + a + b -> a*b",
        "4*a -> a^2",
        "a*b -> 2*(a + b)",
        "a^2 -> 4*a",
    ),
    size=6,
    words="area|perimeter|rectang|square|frame|fence|edge|round|floor|room|garden|field|picture|surface|side",
    only_named=True,
)
