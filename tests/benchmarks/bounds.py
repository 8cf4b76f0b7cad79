"""Nasty but legal lines: how long the slowest of them takes."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from unittest.mock import patch

from tests.benchmarks.speed import quantile
from tests.benchmarks.tables import Figure
from tutor.pipeline import assess
from tutor.records import Claim, Judged, Problem, Step
from tutor.verify import judge

CHANCE = random.Random(3)
LETTERS = "abcdfghk"


def nested(depth: int) -> str:
    """√(x + √(x + … + 1))"""
    return "sqrt(x + " * depth + "1" + ")" * depth


def polynomial(degree: int, largest: int = 9) -> str:
    """A polynomial in x with every term."""
    return " + ".join(f"{CHANCE.randint(1, largest)}x^{k}" for k in range(degree, 1, -1)) + " + 3x + 1"


def digits(count: int) -> str:
    """A number of this many digits."""
    return str(CHANCE.randint(10 ** (count - 1), 10**count - 1))


def linear(count: int) -> str:
    """As many linear equations as unknowns, one a line."""
    rows = (" + ".join(f"{CHANCE.randint(1, 9)}{v}" for v in LETTERS[:count]) for _ in range(count))
    return "\n".join(f"{row} = {CHANCE.randint(1, 99)}" for row in rows)


def quadratic(count: int) -> str:
    """As many quadratic equations as unknowns, one a line."""
    rows = (
        " + ".join(f"{CHANCE.randint(1, 9)}{LETTERS[(i + j) % count]}{LETTERS[(i * j + 1) % count]}" for j in range(3))
        for i in range(count)
    )
    return "\n".join(f"{row} = {CHANCE.randint(1, 99)}" for row in rows)


def sines(order: range) -> str:
    """sin x + sin 2x + … in this order"""
    return "+".join(f"sin({k}x)" for k in order)


WORKS = {
    "nested roots": f"{nested(12)} = 3\n{nested(12)} = 9/3\nx = 2",
    "a sum of eight roots": "+".join(f"sqrt(x+{k})" for k in range(8)) + " = 20\nx = 3",
    "roots of different orders": "cbrt(x+1)+cbrt(x+2)+cbrt(x+3)+sqrt(x) = 7\nx = 4.1",
    "degree 40": f"{polynomial(40)} = 0\n{polynomial(40, 10**9)} = 0\nx = 1 or x = -2",
    "forty factors": "*".join(f"(x-{k})" for k in range(40)) + " = 0\nx = 1",
    "degree 400": "x^400 - 2x^399 + x - 7 = 0\nx^400 + x = 2x^399 + 7\nx=2",
    "a large expansion": "(a+b+c+d)^12 = ((a+b)+(c+d))^12\n(x+1)^60 (x-1)^60 = (x^2-1)^60",
    "many letters": "(" + "+".join("abcdfghkmnpqrstuvwxyz") + ")^4 = 1",
    "eight unknowns, linear": linear(8) + "\na = 1\nb = 2",
    "eight unknowns, quadratic": quadratic(8) + "\nb = 2\nc = 3\na + b = 4",
    "four unknowns, quadratic": quadratic(4) + "\nb = 2\nc = 3\na + b = 4",
    "three surfaces": "x^4+y^4+z^4 = 3\nx^3 y + y^3 z + z^3 x = 3\nx^2+y^2+z^2 = 3\nx = 1",
    "thirty sines": f"{sines(range(1, 31))} = {sines(range(30, 0, -1))}",
    "an equation of thirty sines": f"{sines(range(1, 31))} = 0\nx = 0",
    "eight angles": "*".join(f"sin({c})" for c in LETTERS) + " = " + "*".join(f"cos({c})" for c in LETTERS),
    "angles without a common measure": "sin(sqrt(2)x) + cos(pi x) + tan(x/7) + sin(x^2) = 0\nx = 0.3",
    "a tower": "e^(e^(e^x)) = 3\nx = ln(ln(ln 3))\n2^(3^x) + 3^(2^x) = 5\nx = 0",
    "huge rationals": f"{digits(400)}/{digits(400)} * x = {digits(400)}/{digits(399)}\nx = {digits(400)}/{digits(100)}",
    "huge coefficients": "\n".join(
        " + ".join(f"{digits(80)}x^{k}" for k in range(12, 0, -1)) + f" = {digits(90)}" for _ in range(2)
    ),
    "huge powers": "7^3000 * 3^3000 = 21^3000\n123456789^900 = 5\n1.000001^5000 = 1.005",
    "a chain of 200": " = ".join(f"{k}+{500 - k}" for k in range(200)),
    "a chain of 200 with x": " = ".join(f"(x+{k})^2 - x^2 - 2*{k}x - {k * k}+x" for k in range(200)),
    "forty fractions": "+".join(f"1/(x+{k})" for k in range(1, 40)) + " = 1\nx = 2",
    "a continued fraction": "1+1/(" * 25 + "x" + ")" * 25 + " = 2\nx = 1",
    "eleven absolute values": "+".join(f"|x-{k}|" for k in range(1, 12)) + " = 30\nx = 6",
    "twenty signs": "*".join(f"(x-{k})" for k in range(20)) + " > 0\nx > 19",
    "means": "a^4+b^4+c^4+d^4 >= 4abcd\n(a+b+c+d)/4 >= (abcd)^(1/4)",
    "long sums": "\\sum_{k=1}^{5000} k^3 = 156312506250000\n\\sum_{k=1}^{1000} 1/k^2 = 1.64",
    "a long product": "\\prod_{k=1}^{30} (x-k) = 0",
    "integrals": "\\int x^10 e^x sin(x) dx = x^10 e^x\n\\int_0^{10} sin(x^2) cos(x^3) dx = 0.5",
    "derivatives": "f(x) = sin(cos(tan(ln(x^2+1))))^5\nf'(x) = 5\nf'''(x) = x^2",
    "limits": "\\lim_{x\\to 0} (tan(sin x) - sin(tan x))/x^7 = 1/30",
    "names that define each other": "x = cos(y)\ny = arccos(x)\nz = x + y\nx = sin(z)\nx + y + z = 5",
    "functions of functions": "f(x) = x^2 + x + 1\nf(f(f(f(f(x))))) = x\nf(f(f(f(f(f(3)))))) = 5",
    "sixty cases": "x^2 = 4\n" + " or ".join(f"x = {k}" for k in range(60)),
    "300 lines": "\n".join(f"{k}x + {k} = {3 * k}\nx = 2\n{k}*7 = {7 * k}" for k in range(1, 101)),
    "300 lines of new letters": "\n".join(f"a_{k} + b_{k} = a_{k + 1}\na_{k} = {k}" for k in range(1, 151)),
    "300 equations in three letters": "\n".join(f"x + {k}y + {k * k}z = {k}" for k in range(1, 301)),
}


def bounds() -> Iterator[Figure]:
    """Milliseconds a claim, each work judged once with nothing known before."""
    taken: list[tuple[float, str]] = []
    judged = judge.judge_claim
    title = ""

    def timed(claim: Claim, step: Step, book: judge.Notebook, ahead: judge.Ahead) -> Judged:
        started = time.perf_counter()
        result = judged(claim, step, book, ahead)
        taken.append((1000 * (time.perf_counter() - started), f"{title}: {step.text[:60]} {result.evidence.verdict}"))
        return result

    with patch.object(judge, "judge_claim", timed):
        assess("sin(x)^2 + cos(x)^2 = 1\nx^2 = 4\nx = 2", Problem())
        taken.clear()
        slowest = 0.0
        for title, work in WORKS.items():  # noqa: B007  the title is told by `timed`
            started = time.perf_counter()
            assess(work, Problem())
            slowest = max(slowest, time.perf_counter() - started)
    told = [f"{ms:.0f} ms {what}" for ms, what in sorted(taken, reverse=True)[:10]]
    below = sum(ms < 100 for ms, _ in taken)
    worst = f"{max(taken)[0]:.0f} ms"
    yield Figure("bounds", "slowest claim of the nasty works", worst, "<= 2000 ms", told)
    yield Figure.share("bounds", "below 100 ms", below, len(taken))
    yield Figure("bounds", "median", f"{quantile([ms for ms, _ in taken], 0.5):.2f} ms")
    yield Figure("bounds", "slowest whole work", f"{slowest:.2f} s")
