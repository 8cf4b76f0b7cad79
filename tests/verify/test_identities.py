from __future__ import annotations

import pytest

from tests.verify.identity_cases import AGREES, CASES, CUT, DOMAIN, OPEN, ROUNDED, SAME, WRONG
from tutor.records import Verdict
from tutor.syntax.read import read_expr
from tutor.verify import identities
from tutor.verify.tasks import Budget, Compare, Finding, Setting


def compare(left: str, right: str, sign: str = "=", **setting: object) -> Finding | None:
    task = Compare(read_expr(left), read_expr(right), sign, Setting(**setting))  # type: ignore[arg-type]
    return identities.judge(task, Budget())


def summary(finding: Finding | None) -> str:
    if finding is None:
        return OPEN
    if finding.evidence.verdict is Verdict.WRONG:
        return WRONG
    kinds = {r.kind for r in finding.remarks}
    for kind, word in (("domain", DOMAIN), ("rounded", ROUNDED), ("truncated", CUT)):
        if kind in kinds:
            return word
    return SAME


@pytest.mark.parametrize(("left", "right", "expected", "why"), CASES, ids=lambda v: str(v))
def test_a_pair_gets_the_verdict_that_a_teacher_would_give(left: str, right: str, expected: str, why: str) -> None:
    found = summary(compare(left, right))
    if expected == AGREES:
        assert found in (SAME, DOMAIN), why
    else:
        assert found == expected, why
