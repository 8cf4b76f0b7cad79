"""Measured values, `2.84 ± 0.02 s`, `1.5 kg ± 2 %`: told from two roots, and taken with or without their spread."""

from __future__ import annotations

from typing import NamedTuple

from tutor.bridge.uncertain import with_uncertainty
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.syntax.tree import (
    AnyNode,
    Bracket,
    Chain,
    Expr,
    Negative,
    Node,
    Number,
    Percent,
    PlusMinus,
    Product,
    Quantity,
    Symbol,
    kinds,
    rebuild,
    walk,
    without_brackets,
)
from tutor.verify.figures import plain_numeral
from tutor.verify.shapes import constant, is_name, without_units

LARGEST = 0.35  # a spread of more than a third of the value is likelier two solutions: t = 2.0 ± 1.5


class Stated(NamedTuple):
    """An uncertainty as it was written: its size in base units, and what its last figure is worth."""

    nominal: float
    spread: float
    last: float
    relative: bool


def is_measured(node: Node) -> bool:
    """2.84 ± 0.02, 1.5 kg ± 2 %: numerals, the second much the smaller; not the two roots 3 ± √5."""
    if not isinstance(node, PlusMinus) or node.left is None or node.sign != "±":
        return False
    left, right = without_brackets(node.left), without_brackets(node.right)
    if not is_numeral(left) or not (is_numeral(right) or isinstance(right, Percent)):
        return False
    try:
        found = with_uncertainty(node)
    except (StudentError, Undefined, Unsupported):
        return False
    if isinstance(right, Quantity) and not isinstance(left, Quantity):
        return False
    return bool(found.spread) and (found.spread <= LARGEST * abs(found.nominal) or found.nominal == 0)


def with_unit_for_both(statement: AnyNode) -> AnyNode:
    """(100.0 ± 0.5) g for 100.0 ± (0.5 g)"""
    if PlusMinus not in kinds(statement):
        return statement

    def change(node: Node) -> Node:
        if isinstance(node, PlusMinus) and isinstance(node.left, Number) and isinstance(node.right, Quantity):
            both = PlusMinus(node.left, node.right.value, node.sign)
            return Quantity(both, node.right.unit) if is_measured(both) else node
        return rebuild(node, change)

    return change(statement)  # type: ignore[return-value]


def is_numeral(expr: Expr) -> bool:
    """A number with or without a sign, a power of ten and a unit."""
    inner = without_brackets(expr)
    if isinstance(inner, Negative):
        inner = without_brackets(inner.operand)
    if isinstance(inner, Quantity):
        inner = without_brackets(inner.value)
    if isinstance(inner, Product):
        return plain_numeral(inner) is not None
    return isinstance(inner, Number)


def without_spreads(statement: AnyNode) -> AnyNode:
    """2.84 s for 2.84 ± 0.02 s"""
    if PlusMinus not in kinds(statement):
        return statement

    def change(node: Node) -> Node:
        if isinstance(node, PlusMinus) and is_measured(node):
            return node.left  # type: ignore[return-value]
        if isinstance(node, Bracket) and isinstance(node.inner, PlusMinus) and is_measured(node.inner):
            return node.inner.left  # type: ignore[return-value]
        return rebuild(node, change)

    return change(statement)  # type: ignore[return-value]


def holds_spread(expr: Node) -> bool:
    """Whether something measured, with its uncertainty, stands in it."""
    return PlusMinus in kinds(expr) and any(is_measured(n) for n in walk(expr))


def stated_spread(expr: Expr) -> Stated | None:
    """The uncertainty of a result: that of its one `±`."""
    found = [n for n in walk(expr) if isinstance(n, PlusMinus)]
    if len(found) != 1 or found[0].left is None:
        return None
    right = without_brackets(found[0].right)
    try:
        whole = with_uncertainty(expr)
    except (StudentError, Undefined, Unsupported):
        return None
    relative = isinstance(right, Percent)
    shown = right.operand if isinstance(right, Percent) else right
    if isinstance(shown, Quantity):
        shown = shown.value
    numeral = plain_numeral(without_brackets(shown))
    if numeral is None or not numeral.value or not whole.spread:
        return None
    return Stated(whole.nominal, whole.spread, whole.spread * numeral.last / abs(numeral.value), relative)


def spread_of(chain: Chain) -> tuple[str, Expr] | None:
    """The name and the value of `l = 2.00 ± 0.02 m`."""
    head, value = without_brackets(chain.operands[0]), with_unit_for_both(chain.operands[-1])
    if isinstance(head, Symbol) and is_name(head) and holds_spread(value):
        return (head.name, value) if constant(without_units(without_spreads(value))) else None
    return None
