"""Sums, products, dots, geometric series, terms of sequences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verify.asking import verdict
from tutor.syntax.tree import Symbol
from tutor.verify.series import _at, _faulhaber

CASES = [
    # line                                                     known                 verdict      why it is here
    ("Σ_{k=1}^{n} k = n(n+1)/2", "", "correct", "the sum of the first n numbers"),
    ("Σ_{k=1}^{n} k = n(n-1)/2", "", "wrong", "one number short"),
    ("Σ_{k=1}^{n} k^2 = n(n+1)(2n+1)/6", "", "correct", "squares"),
    ("Σ_{k=1}^{n} k^2 = (n(n+1)/2)^2", "", "wrong", "squares taken for cubes"),
    ("Σ_{k=1}^{n} k^3 = (n(n+1)/2)^2", "", "correct", "cubes"),
    ("Σ_{k=1}^{n} (2k - 1) = n^2", "", "correct", "odd numbers"),
    ("Σ_{k=1}^{10} k = 55", "", "correct", "to a numeral"),
    ("Σ_{k=1}^{10} k = 45", "", "wrong", "to a numeral, one term short"),
    ("Σ_{k=1}^{1000} k = 500500", "", "correct", "more terms than are added one by one"),
    ("Σ_{k=0}^{4} 2^k = 31", "", "correct", "powers of 2"),
    ("Σ_{k=0}^{4} 2^k = 32", "", "wrong", "powers of 2, off by one"),
    ("Σ_{k=0}^{n} 2^k = 2^(n+1) - 1", "", "correct", "geometric to n"),
    ("Σ_{k=0}^{n} 2^k = 2^n - 1", "", "wrong", "geometric to n, exponent slip"),
    ("Σ_{k=1}^{n} 1/(k(k+1)) = 1 - 1/(n+1)", "", "correct", "telescoping"),
    ("Σ_{k=1}^{n} 1/(k(k+1)) = 1 - 1/n", "", "wrong", "telescoping, last term slip"),
    ("Σ_{k=0}^{∞} (1/2)^k = 2", "", "correct", "geometric without end"),
    ("Σ_{k=0}^{∞} (1/2)^k = 1", "", "wrong", "first term forgotten"),
    ("Σ_{k=1}^{∞} (1/2)^k = 1", "", "correct", "from k = 1"),
    ("Σ_{k=0}^{∞} 3(1/4)^k = 4", "", "correct", "with a factor"),
    ("Σ_{k=0}^{∞} r^k = 1/(1-r)", "", "correct", "a letter as ratio, for |r| < 1"),
    ("Σ_{k=0}^{∞} 2^k = -1", "", "wrong", "the formula used where it does not hold"),
    ("Σ_{k=1}^{4} k(k+1) = 40", "", "correct", "a product in the term"),
    ("Π_{k=1}^{5} k = 120", "", "correct", "a product"),
    ("Π_{k=1}^{5} k = 5!", "", "correct", "a product as a factorial"),
    ("Σ_{k=1}^{3} a k = 6a", "", "correct", "a letter in the term"),
    ("Σ_{k=1}^{3} a k = 5a", "", "wrong", "a letter in the term, miscounted"),
    ("Σ_{i=1}^{3} x_i = x_1 + x_2 + x_3", "", "correct", "letters with an index"),
    ("Σ_{i=1}^{3} x_i = 3 x_1", "", "undecided", "more may be known of the letters"),
    ("Σ_{i=1}^{n} x_i = n x", "", "undecided", "x_i is not a constant"),
    ("Σ_{k=1}^{n} (k + 1) = Σ_{k=1}^{n} k + n", "", "correct", "split"),
    ("Σ_{k=1}^{n} 3k = 3 Σ_{k=1}^{n} k", "", "correct", "factor taken out"),
    ("Σ_{k=1}^{n} 3k = 3 n^2", "", "wrong", "nonsense"),
    ("1 + 2 + … + 100 = 5050", "", "correct", "Gauss"),
    ("1 + 2 + … + 100 = 5000", "", "wrong", "Gauss, miscalculated"),
    ("1 + 2 + 3 + … + n = n(n+1)/2", "", "correct", "to n"),
    ("1 + 3 + 5 + … + (2n - 1) = n^2", "", "correct", "odd numbers to 2n - 1"),
    ("1 + 3 + 5 + … + (2n - 1) = n(n+1)", "", "wrong", "odd numbers taken for even ones"),
    ("2 + 4 + 6 + … + 2n = n(n+1)", "", "correct", "even numbers"),
    ("1 + 2 + 4 + 8 + … + 512 = 1023", "", "correct", "geometric"),
    ("1 + 2 + 4 + 8 + … + 2^n = 2^(n+1) - 1", "", "correct", "geometric to n"),
    ("1^2 + 2^2 + … + n^2 = n(n+1)(2n+1)/6", "", "correct", "squares"),
    ("1 + 4 + 9 + … + 100 = 385", "", "correct", "squares written out"),
    ("1 + 1/2 + 1/4 + … = 2", "", "correct", "geometric without end"),
    ("1 + 1/2 + 1/4 + … = 1", "", "wrong", "geometric without end, wrong"),
    ("1 + x + x^2 + … + x^n = (1 - x^(n+1))/(1 - x)", "", "correct", "a letter as ratio"),
    ("1·2·3·…·6 = 720", "", "correct", "a product with dots"),
    ("5 + 8 + 11 + … + 35 = 11(5 + 35)/2", "", "correct", "half of first and last, times how many"),
    ("5 + 8 + 11 + … + 35 = 10(5 + 35)/2", "", "wrong", "one term not counted"),
    ("1 + 2 + 5 + 9 + … + 77 = 400", "", "undecided", "no rule is seen"),
    ("a_5 = 3 + 2·4 = 11", "a_n = 3 + 2(n - 1)", "correct", "the fifth term"),
    ("a_5 = 13", "a_n = 3 + 2(n - 1)", "wrong", "the sixth term instead"),
    ("a_4 = 2·3^3 = 54", "a_n = 2·3^(n-1)", "correct", "a geometric sequence"),
]


@pytest.mark.parametrize(("line", "known", "expected", "why"), CASES)
def test_a_line_with_a_sum(line: str, known: str, expected: str, why: str) -> None:
    assert verdict(line, known) == expected, why


@given(st.integers(0, 8), st.integers(0, 30))
def test_sums_of_powers_by_formula_are_sums_of_powers(degree: int, n: int) -> None:
    from tutor.bridge.exact import rational_value

    formula = _at(_faulhaber(degree), Symbol("n"))
    assert rational_value(formula, {"n": n}) == sum(k**degree for k in range(1, n + 1))
