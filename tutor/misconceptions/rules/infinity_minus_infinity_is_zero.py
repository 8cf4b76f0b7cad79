"""limit of the form infinity - infinity -> 0"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from tutor.misconceptions.approaching import of_limits, tends_to
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import whole
from tutor.syntax.tree import Expr, Limit, Sum


def local(limit: Limit) -> Iterator[Expr]:
    """A sum with terms that go beyond all bounds on both sides"""
    if isinstance(limit.operand, Sum):
        ends = {tends_to(term, limit) for term in limit.operand.terms}
        if {inf, -inf} <= ends:
            yield whole(0)


RULE = Misconception(id="infinity_minus_infinity_is_zero", wrong_forms=of_limits(local), size=7)
