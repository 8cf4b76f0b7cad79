"""Complex numbers, and polynomial equations with all their roots."""

from __future__ import annotations

import pytest

from tests.verify.asking import relation, verdict
from tutor.verify.tasks import Setting

CASES = [
    ("i^2 = -1", "correct", "what i is"),
    ("i^2 = 1", "wrong", "sign lost"),
    ("i^3 = -i", "correct", "a power"),
    ("i^2026 = -1", "correct", "a high power"),
    ("(3+4i)(1-2i) = 11 - 2i", "correct", "a product"),
    ("(3+4i)(1-2i) = 3 - 8i^2 = 11", "wrong", "multiplied term by term"),
    ("(3+4i)(1-2i) = 3 - 6i + 4i - 8i^2 = 3 - 2i + 8 = 11 - 2i", "correct", "a product step by step"),
    ("(3+4i)(1-2i) = -5 - 2i", "wrong", "i² taken as 1"),
    ("(2+i) + (3-4i) = 5 - 3i", "correct", "a sum"),
    ("(2+i) - (3-4i) = -1 - 3i", "wrong", "sign lost in the bracket"),
    ("(2+i)/(1-i) = 1/2 + 3/2 i", "correct", "a quotient"),
    ("(2+i)/(1-i) = (2+i)(1+i)/((1-i)(1+i)) = (1+3i)/2", "correct", "extended with the conjugate"),
    ("1/i = -i", "correct", "a reciprocal"),
    ("1/i = i", "wrong", "a reciprocal, sign lost"),
    ("|3+4i| = 5", "correct", "a modulus"),
    ("|3+4i| = 7", "wrong", "parts added"),
    ("|1+i| = sqrt(2)", "correct", "an irrational modulus"),
    ("conj(3+4i) = 3 - 4i", "correct", "a conjugate"),
    ("conj(3+4i) = -3 + 4i", "wrong", "the wrong part turned"),
    ("Re(3+4i) = 3", "correct", "a real part"),
    ("Im(3+4i) = 4i", "wrong", "the imaginary part is a real number"),
    ("arg(1+i) = pi/4", "correct", "an argument"),
    ("arg(1+i) = pi/3", "wrong", "an argument, wrong"),
    ("e^(i pi) = -1", "correct", "Euler"),
    ("e^(i pi) + 1 = 0", "correct", "Euler again"),
    ("e^(i x) = cos x + i sin x", "correct", "Euler's formula"),
    ("e^(i x) = sin x + i cos x", "wrong", "Euler's formula, mixed up"),
    ("1 + i = sqrt(2)(cos(pi/4) + i sin(pi/4))", "correct", "polar form"),
    ("(1+i)^8 = 16", "correct", "a power by de Moivre"),
    ("(1+i)^8 = 256", "wrong", "a power of the wrong number"),
    ("sqrt(-9) = 3i", "correct", "a negative root"),
    ("(a + b i)(a - b i) = a^2 + b^2", "correct", "letters"),
    ("(a + b i)(a - b i) = a^2 - b^2", "wrong", "letters, i² taken as 1"),
    ("(a + b i)^2 = a^2 - b^2 + 2 a b i", "correct", "letters squared"),
    ("(1+2i)/3 = 0.33 + 0.67i", "correct", "decimals"),
    ("(1+2i)/3 = 0.33 + 0.76i", "wrong", "decimals, digits swapped"),
]


@pytest.mark.parametrize(("line", "expected", "why"), CASES)
def test_a_line_with_complex_numbers(line: str, expected: str, why: str) -> None:
    assert verdict(line, setting=Setting(real=False), complex_numbers=True) == expected, why


EQUATIONS = [
    ("x^2 = -1", "x = ±i", "correct", "both roots"),
    ("x^2 = -1", "x = i", "wrong", "one root lost"),
    ("x^2 = -4", "x = ±2i", "correct", "both roots"),
    ("x^2 = -4", "x = ±4i", "wrong", "root not taken"),
    ("x^2 + 2x + 5 = 0", "x = -1 ± 2i", "correct", "by the formula"),
    ("x^2 + 2x + 5 = 0", "x = 1 ± 2i", "wrong", "sign lost"),
    ("x^2 + 2x + 5 = 0", "(x+1)^2 = -4", "correct", "completed square"),
    ("(x+1)^2 = -4", "x + 1 = ±2i", "correct", "roots taken"),
    ("x + 1 = ±2i", "x = -1 ± 2i", "correct", "solved"),
    ("x^3 = 1", "x = 1 or x = (-1 ± sqrt(3) i)/2", "correct", "three roots"),
    ("x^2 = -2", "x = ±sqrt(2) i", "correct", "an irrational root"),
    ("(2+i) z = 5", "z = 2 - i", "correct", "linear with complex coefficients"),
    ("(2+i) z = 5", "z = 2 + i", "wrong", "linear, conjugate forgotten"),
    ("x^4 = 1", "x = ±1 or x = ±i", "correct", "four roots"),
]


@pytest.mark.parametrize(("before", "after", "expected", "why"), EQUATIONS)
def test_equations_in_the_plane(before: str, after: str, expected: str, why: str) -> None:
    found = relation(before, after, setting=Setting(real=False), complex_numbers=True)
    assert str(found.evidence.verdict) == expected, why


def test_a_letter_i_is_the_imaginary_unit_where_that_makes_the_line_right() -> None:
    assert verdict("(3+4i)(1-2i) = 11 - 2i") == "correct"
    assert verdict("3 - 6i + 4i - 8i^2 = 3 - 2i + 8") == "correct"
    assert verdict("2(i + 1) = 2i + 2") == "correct"
    assert verdict("2(i + 1) = 2i + 1") == "wrong"


def test_a_root_that_is_lost_is_named() -> None:
    evidence = relation("x^2 + 2x + 5 = 0", "x = -1 + 2i", setting=Setting(real=False), complex_numbers=True).evidence
    assert evidence.lost == ("x = -1 - 2i",)
