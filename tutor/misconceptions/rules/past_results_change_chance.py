"""P(A after n misses) -> larger than P(A)"""

from __future__ import annotations

from tutor.misconceptions.events import CHANCE, chance, counts
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import value_of
from tutor.syntax.tree import Chain, Expr, Statement

MOST_TRIALS = 12


def fits(before: Statement, line: Statement) -> bool:
    """p -> p^k, 1 - p, q^k, 1 - q^k: the chance of a series in place of that of one trial"""
    if isinstance(before, Chain) and isinstance(line, Chain) and before.operands[0] == line.operands[0]:
        before, line = before.operands[-1], line.operands[-1]
    if not isinstance(before, Expr) or not isinstance(line, Expr) or counts(before) is None:
        return False
    p, shown = chance(before), value_of(line)
    if p is None or shown is None or not 0 <= shown <= 1 or shown == p:
        return False
    series = [x for k in range(1, MOST_TRIALS + 1) for x in (p**k, (1 - p) ** k, 1 - (1 - p) ** k, 1 - p**k)]
    return shown in series or shown in (0, 1)


RULE = Misconception(id="past_results_change_chance", fits=fits, size=4, words=CHANCE, only_named=True)
