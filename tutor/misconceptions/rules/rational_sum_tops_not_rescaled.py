"""a/x + b/y -> (a + b)/(x*y)"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception

RULE = Misconception(
    "rational_sum_tops_not_rescaled",
    patterns=(
        "a/x + b/y -> (a + b)/(x*y)",
        "a/x - b/y -> (a - b)/(x*y)",
        "a/x + b/n -> (a + b)/(n*x)",
        "a/x - b/n -> (a - b)/(n*x)",
        "b/n - a/x -> (b - a)/(n*x)",
        "a/x + b/(c*x) -> (a + b)/(c*x)",
        "a/x - b/(c*x) -> (a - b)/(c*x)",
        "b/(c*x) - a/x -> (b - a)/(c*x)",
        "a/(c*x) + b/(d*x) -> (a + b)/(c*d*x)",
        "a/(c*x) - b/(d*x) -> (a - b)/(c*d*x)",
        "a/x + b/x^n -> (a + b)/x^n",
        "a/x - b/x^n -> (a - b)/x^n",
    ),
    size=9,
)
