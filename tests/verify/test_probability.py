"""Counting notation, and the laws of probability."""

from __future__ import annotations

import pytest

from tests.verify.asking import verdict

CASES = [
    ("C(5,2) = 10", "correct", "combinations"),
    ("C(5,2) = 20", "wrong", "order counted"),
    ("C(5,2) = 5!/(2!·3!) = 120/(2·6) = 10", "correct", "combinations worked out"),
    ("5! = 120", "correct", "a factorial"),
    ("5! = 25", "wrong", "a square"),
    ("6!/4! = 30", "correct", "a quotient of factorials"),
    ("n!/(n-2)! = n(n-1)", "correct", "letters"),
    ("n!/(n-2)! = n(n-2)", "wrong", "letters, wrong factor"),
    ("(n+1)!/n! = n + 1", "correct", "one step"),
    ("(n+1)!/n! = n", "wrong", "one step, wrong"),
    ("(n+1)! = (n+1) n!", "correct", "the rule itself"),
    ("(2n)!/n! = 2", "wrong", "cancelled as if ! were a factor"),
    ("C(n,2) = n(n-1)/2", "correct", "pairs"),
    ("C(n,2) = n(n-1)", "wrong", "pairs counted twice"),
    ("C(n,k) = n!/(k!(n-k)!)", "correct", "the definition"),
    ("C(n,k) = C(n,n-k)", "correct", "symmetry"),
    ("C(n,k) + C(n,k+1) = C(n+1,k+1)", "correct", "Pascal"),
    ("C(n,k) + C(n,k+1) = C(n+1,k)", "wrong", "Pascal, wrong place"),
    ("P(A) = 3/10", "no_claim", "says what P(A) is"),
    ("17!(n-17)!/(15!(n-15)!) = 17·16/((n-17)(n-16))", "wrong", "one factor slipped"),
    ("P(A ∪ B) = P(A) + P(B) - P(A ∩ B)", "correct", "addition"),
    ("P(A ∪ B) = P(A) + P(B)", "undecided", "true only if the two exclude each other"),
    ("P(A ∩ B) = P(A) P(B)", "undecided", "true only if they are independent"),
    ("P(A') = 1 - P(A)", "correct", "the complement"),
    ("P(A) + P(A') = 1", "correct", "the complement again"),
    ("C(10,3)·0.5^10 = 0.1172", "correct", "a binomial term to figures"),
    ("C(10,3)·0.5^3·0.5^7 = 120/1024", "correct", "a binomial term exactly"),
    ("C(4,2) (1/6)^2 (5/6)^2 = 25/216", "correct", "a binomial term as a fraction"),
    ("C(4,2) (1/6)^2 (5/6)^2 = 25/1296", "wrong", "the coefficient forgotten"),
]


@pytest.mark.parametrize(("line", "expected", "why"), CASES)
def test_a_line_of_counting(line: str, expected: str, why: str) -> None:
    assert verdict(line) == expected, why
