"""Walking trees and changing them."""

from __future__ import annotations

import pytest

from tutor.syntax.printer import to_text
from tutor.syntax.read import read_expr
from tutor.syntax.tree import Bracket, Node, Number, Symbol, rebuild

BOUND = [
    # expression           with 2 put for every x that is no bound letter
    ("int x^2 dx", "int (2)^2 dx", "the letter under the integral sign stays a letter"),
    ("d/dx (x^2)", "d/dx ((2)^2)", "so does that of a derivative"),
    ("x + y", "(2) + y", "and a free one does not"),
]


@pytest.mark.parametrize(("text", "expected", "why"), BOUND, ids=[row[2] for row in BOUND])
def test_a_value_never_takes_the_place_of_a_bound_letter(text: str, expected: str, why: str) -> None:
    two = Bracket(Number("2", read_expr("2").value))

    def change(node: Node) -> Node:
        return two if node == Symbol("x") else rebuild(node, change)

    assert to_text(change(read_expr(text))) == to_text(read_expr(expected)), why
