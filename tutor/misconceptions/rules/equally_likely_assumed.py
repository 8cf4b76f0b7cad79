"""one of k results -> 1/k"""

from __future__ import annotations

from tutor.misconceptions.events import CHANCE, chance, counts
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import value_of
from tutor.syntax.tree import Chain, Expr, Statement, Symbol


def fits(before: Statement, line: Statement) -> bool:
    """m/N -> 1/k for a number of results k other than N"""
    if isinstance(before, Chain) and isinstance(line, Chain) and before.operands[0] == line.operands[0]:
        before, line = before.operands[-1], line.operands[-1]
    if not isinstance(before, Expr) or not isinstance(line, Expr) or isinstance(before, Symbol):
        return False
    outcomes, shown, true = counts(before), value_of(line), chance(before)
    if outcomes is None or shown is None or true is None or shown <= 0 or shown == true:
        return False
    return shown.numerator == 1 and 1 < shown.denominator < outcomes[1]


RULE = Misconception(id="equally_likely_assumed", fits=fits, size=3, words=CHANCE, only_named=True)
