"""What holds of all domains together: they never raise, and a witness really differs."""

from __future__ import annotations

import random

import pytest

from tests.verify import (
    test_calculus,
    test_complex_numbers,
    test_limits,
    test_matrices,
    test_probability,
    test_series,
    test_sets,
)
from tests.verify.asking import SEVERITY, setting_of
from tutor.errors import NotReadable
from tutor.syntax.read import read
from tutor.syntax.tree import Chain, Expr
from tutor.verify import domains
from tutor.verify.symbolic import accepts
from tutor.verify.tasks import Compare, Relate, Setting

TABLES = (
    test_calculus.CASES,
    test_limits.CASES,
    test_series.CASES,
    test_matrices.MATRICES,
    test_matrices.VECTORS,
    test_complex_numbers.CASES,
    test_sets.CASES,
    test_probability.CASES,
)


def sides() -> list[Expr]:
    found: list[Expr] = []
    for table in TABLES:
        for row in table:
            try:
                statement = read(row[0])
            except NotReadable:
                continue
            if isinstance(statement, Chain):
                found.extend(statement.operands)
    return found


def test_no_pair_of_sides_makes_a_domain_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    # SymPy is left out: it has its own process and its own tests.
    monkeypatch.setattr(domains, "DOMAINS", tuple(name for name in domains.DOMAINS if name != "symbolic"))
    monkeypatch.setattr("tutor.verify.budget.small_enough", lambda *_: False)
    source = random.Random(7)
    every = sides()
    known = setting_of("f(x) = x^2; u = x^2; A = [[1,2],[3,4]]; v = (1,3); a_n = 2n")
    for _ in range(400):
        a, b = source.choice(every), source.choice(every)
        setting = source.choice((Setting(), known, Setting(real=False), Setting(angle_unit="degree")))
        sign = source.choice(("=", "≈", "<", "in", "subset"))
        assert domains.decide(Compare(a, b, sign, setting)).evidence.verdict in SEVERITY
        before, after = Chain((a, b), ("=",)), Chain((b, a), ("=",))
        assert domains.decide(Relate(before, after, setting)).evidence.verdict in SEVERITY
        assert domains.decide(Relate(a, b, setting)).evidence.verdict in SEVERITY


def test_sympy_is_not_asked_about_what_it_does_not_know() -> None:
    for text in ("f(x) = sin x", "y' = 2 sin x", "x^2 = 4 apples", "2x = 4"):
        chain = read(text)
        assert isinstance(chain, Chain)
        assert not accepts(Compare(*chain.operands[:2]))
