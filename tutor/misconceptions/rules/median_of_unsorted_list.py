"""median of list -> middle entry as written"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.numerals import anywhere, numeral
from tutor.misconceptions.worth import data_of
from tutor.syntax.tree import Call, Expr


def local(expr: Expr) -> Iterator[Expr]:
    """The middle entry or entries as written"""
    match expr:
        case Call("median", args, None, 0) if data := data_of(args):
            half = len(data) // 2
            if len(data) % 2:
                yield numeral(data[half])
            else:
                yield numeral((data[half - 1] + data[half]) / 2)
                yield numeral(data[half - 1])
                yield numeral(data[half])


RULE = Misconception(id="median_of_unsorted_list", wrong_forms=anywhere(local), size=7)
