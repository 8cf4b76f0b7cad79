"""integrate(f, x) -> F"""

from __future__ import annotations

from tutor.bridge.derive import ZERO, derivative
from tutor.errors import StudentError, Unsupported
from tutor.misconceptions.misconception import Misconception
from tutor.records import Verdict
from tutor.syntax.tree import Chain, Expr, Integral, Negative, Statement, Sum, kinds, symbols
from tutor.verify.domains import decide
from tutor.verify.tasks import Budget, Compare

UNITS_OF_WORK = 100_000


def fits(before: Statement, line: Statement) -> bool:
    """An integral without bounds, and an antiderivative without a letter of its own."""
    if isinstance(before, Chain) and isinstance(line, Chain) and before.operands[0] == line.operands[0]:
        before, line = before.operands[-1], line.operands[-1]
    if not isinstance(before, Integral) or before.lower is not None or not isinstance(line, Expr):
        return False
    if symbols(line) - symbols(before) or Integral in kinds(line):
        return False
    try:
        slope = Sum((derivative(line, before.variable.name), Negative(before.integrand)))
        found = decide(Compare(slope, ZERO), Budget(UNITS_OF_WORK)).evidence
    except (StudentError, Unsupported):
        return False
    return found.verdict is Verdict.CORRECT


RULE = Misconception(id="constant_of_integration_missing", fits=fits, size=9, keeps_value=True)
