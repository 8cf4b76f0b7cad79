"""Limits by continuity, cancelling, L'Hôpital's rule and growth."""

from __future__ import annotations

import pytest

from tests.verify.asking import finding, verdict
from tutor.verify.antiderivatives import antiderivative

CASES = [
    # line                                                       verdict      why it is here
    ("lim_{x→0} sin x/x = 1", "correct", "the classic"),
    ("lim_{x→0} sin x/x = 0", "wrong", "the classic, with 0/0 = 0"),
    ("lim_{x→2} (x^2 - 4)/(x - 2) = 4", "correct", "removable"),
    ("lim_{x→2} (x^2 - 4)/(x - 2) = 0", "wrong", "0/0 read as 0"),
    ("lim_{x→2} (x^2 - 4)/(x - 2) = lim_{x→2} (x + 2)", "correct", "cancelled"),
    ("lim_{x→2} (x^2 - 4)/(x - 2) = lim_{x→2} (x - 2)", "wrong", "cancelled wrongly"),
    ("lim_{x→2} (x^2 - 4)/(x - 2) = lim_{x→2} (x + 2) = 4", "correct", "a whole chain"),
    ("lim_{x→3} (x^2 + 1) = 10", "correct", "continuous"),
    ("lim_{x→3} (x^2 + 1) = 9", "wrong", "continuous, miscalculated"),
    ("lim_{x→∞} 1/x = 0", "correct", "at infinity"),
    ("lim_{x→∞} (2x^2 + 1)/(x^2 - 3) = 2", "correct", "equal degrees"),
    ("lim_{x→∞} (2x^2 + 1)/(x^2 - 3) = ∞", "wrong", "equal degrees do not grow"),
    ("lim_{x→∞} (2x + 1)/(x^2 - 3) = 0", "correct", "lower degree on top"),
    ("lim_{x→∞} x^2 = ∞", "correct", "grows"),
    ("lim_{x→-∞} x^3 = -∞", "correct", "falls"),
    ("lim_{x→0^+} 1/x = ∞", "correct", "one-sided pole"),
    ("lim_{x→0^-} 1/x = ∞", "wrong", "one-sided pole, sign lost"),
    ("lim_{x→0} 1/x^2 = ∞", "correct", "even pole"),
    ("lim_{x→0} 1/x = ∞", "undecided", "the two sides differ: there is no limit, yet many write it so"),
    ("lim_{x→0} (e^x - 1)/x = 1", "correct", "L'Hôpital"),
    ("lim_{x→0} (1 - cos x)/x^2 = 1/2", "correct", "L'Hôpital twice"),
    ("lim_{x→0} (1 - cos x)/x^2 = 1", "wrong", "L'Hôpital once only"),
    ("lim_{x→0} sin(5x)/sin(3x) = 5/3", "correct", "two sines"),
    ("lim_{x→0} sin(5x)/sin(3x) = 3/5", "wrong", "two sines, upside down"),
    ("lim_{x→∞} x e^(-x) = 0", "correct", "0 times ∞"),
    ("lim_{x→∞} ln x / x = 0", "correct", "logarithms grow slowly"),
    ("lim_{x→0^+} x ln x = 0", "correct", "0 times -∞"),
    ("lim_{x→∞} (1 + 1/x)^x = e", "correct", "1 to the ∞"),
    ("lim_{x→∞} (1 + 1/x)^x = 1", "wrong", "1 to the ∞ is not 1"),
    ("lim_{n→∞} (1 + 2/n)^n = e^2", "correct", "another letter"),
    ("lim_{h→0} ((x+h)^2 - x^2)/h = 2x", "correct", "a derivative from its definition"),
    ("lim_{h→0} ((x+h)^2 - x^2)/h = x", "wrong", "a derivative from its definition, wrong"),
    ("lim_{h→0} ((x+h)^2 - x^2)/h = lim_{h→0} (2x + h) = 2x", "correct", "with the step shown"),
    ("lim_{x→0} (sqrt(x+1) - 1)/x = 1/2", "correct", "a root"),
    ("lim_{x→∞} arctan x = pi/2", "correct", "a horizontal asymptote"),
    ("lim_{x→4} (sqrt(x) - 2)/(x - 4) = 1/4", "correct", "a root, removable"),
    ("lim_{x→a} (x^2 - a^2)/(x - a) = 2a", "correct", "at a letter"),
    ("lim_{x→∞} (sqrt(x^2 + x) - x) = 1/2", "correct", "∞ - ∞, by SymPy"),
    ("lim_{x→0} x sin(1/x) = 0", "correct", "squeezed, by SymPy"),
]


@pytest.mark.parametrize(("line", "expected", "why"), CASES)
def test_a_line_with_a_limit(line: str, expected: str, why: str) -> None:
    assert verdict(line) == expected, why


def test_leaving_out_lim_is_a_remark() -> None:
    found = finding("lim_{x→2} (x^2 - 4)/(x - 2) = x + 2")
    assert str(found.evidence.verdict) == "correct"
    assert [r.kind for r in found.remarks][-1] == "limit_dropped"


INTEGRANDS = [
    "x^3 - 2x + 1", "(x + 1)(x - 2)", "1/x", "sqrt(x)", "3/x^2", "e^(2x)", "sin(3x + 1)", "cos x - sin x", "1/(2x + 1)",
    "(3x - 2)^5", "x e^x", "x^2 e^(2x)", "x sin x", "x^2 cos(2x)", "ln x", "x ln x", "tan x", "sec^2 x", "1/(1 + x^2)",
    "1/(4 + 9x^2)", "1/sqrt(1 - x^2)", "sin^2 x", "2x/(x^2 + 1)", "(x + 1)/x", "2^x", "x^(1/3)", "a x + b", "sinh x",
]  # fmt: skip


@pytest.mark.parametrize("integrand", INTEGRANDS)
def test_the_derivative_of_an_antiderivative_is_the_integrand(integrand: str) -> None:
    from tests.verify.asking import expression
    from tutor.bridge.derive import derivative
    from tutor.verify.domains import decide
    from tutor.verify.tasks import Compare

    f = expression(integrand)
    found = antiderivative(f, "x")
    assert found is not None
    assert str(decide(Compare(derivative(found, "x"), f)).evidence.verdict) == "correct"
