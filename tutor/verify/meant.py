"""What a statement means in work about physics, where its letters and signs alone would say another thing."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from tutor.bridge.exact import rational_value
from tutor.bridge.units import measure
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.syntax.tree import (
    AnyNode,
    Bracket,
    Chain,
    Constant,
    Expr,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Statement,
    Symbol,
    Unit,
    kinds,
    rebuild,
    without_brackets,
)
from tutor.verify.physical import Physical
from tutor.verify.shapes import constant


def as_meant(statement: Statement, text: str, physical: Physical) -> Statement:
    """The statement with powers of ten, units and letters where physics has them. text: the claim as typed."""
    statement = with_powers_below(with_elementary_charge(with_charge_times_voltage(statement)))
    return ending_in_unit(statement, text, physical) if isinstance(statement, Chain) else statement


def with_powers_below(chain: AnyNode) -> AnyNode:
    """3×10⁸/(98×10⁶) for `3×10⁸ / 98×10⁶`, 3000 W/(3.00 × 10^8 m/s) for `3000 W / 3.00 × 10^8 m/s`"""
    if Quotient not in kinds(chain) or Power not in kinds(chain):
        return chain

    def change(node: Node) -> Node:
        if isinstance(node, Product) and len(node.factors) > 1:
            for place, (first, second) in enumerate(pairwise(node.factors)):
                if isinstance(first, Quotient) and not first.stacked and is_mantissa(first.bottom, second):
                    below = Bracket(Product((first.bottom, second), ("×",)))
                    rest = (*node.factors[:place], Quotient(first.top, below), *node.factors[place + 2 :])
                    return change(rest[0] if len(rest) == 1 else Product(rest))
        return rebuild(node, change)

    return change(chain)  # type: ignore[return-value]


def is_mantissa(number: Expr, power: Expr) -> bool:
    """3.00 and 10^8, or 10^8 m/s; 450 and 10^-9"""
    power = power.value if isinstance(power, Quantity) else power
    if not isinstance(number, Number) or not isinstance(power, Power) or abs(number.value) >= 1000:
        return False
    base = without_brackets(power.base)
    return isinstance(base, Number) and base.value == 10


def with_charge_times_voltage(statement: AnyNode) -> AnyNode:
    """2·e·V/m for `2eV/m`: nothing is so many electronvolts to the metre."""
    if Quantity not in kinds(statement):
        return statement

    def change(node: Node) -> Node:
        if isinstance(node, Quantity) and node.unit.factors == (("eV", 1), ("m", -1)):
            return Quotient(Product((node.value, Symbol("e"), Symbol("V")), ("", "")), Symbol("m"))
        return rebuild(node, change)

    return change(statement)  # type: ignore[return-value]


def without_rates(chain: Chain) -> Chain:
    """6.6 kWh for `6.6 kWh per day`: what one day takes."""

    def change(node: Node) -> Node:
        if isinstance(node, Quantity) and len(node.unit.factors) > 1:
            kept = tuple(f for f in node.unit.factors if not (f[1] == -1 and f[0] in PERIODS))
            if kept != node.unit.factors:
                return Quantity(node.value, Unit(" ".join(word for word, _ in kept), kept))
        return rebuild(node, change)

    return rebuild(chain, change) if Quantity in kinds(chain) else chain


PERIODS = frozenset("day days night week weeks month months year years".split())


def with_elementary_charge(statement: AnyNode) -> AnyNode:
    """q = 4e: the letter e for the charge of a proton, where it is no base of a power."""
    if Constant not in kinds(statement):
        return statement

    def change(node: Node) -> Node:
        if isinstance(node, Power):
            return replace(node, exponent=change(node.exponent))  # type: ignore[arg-type]
        return Symbol("e") if isinstance(node, Constant) and node.name == "e" else rebuild(node, change)

    return change(statement)  # type: ignore[return-value]


def ending_in_unit(chain: Chain, text: str, physical: Physical) -> Chain:
    """`V1 = 2·2 = 4 V`: a calculation that comes to so many volts, in work with a letter V."""
    head, last = without_brackets(chain.operands[0]), chain.operands[-1]
    if not (isinstance(last, Product) and len(last.factors) == 2):
        return chain
    value, unit = last.factors
    if not (isinstance(value, Number) and isinstance(unit, Symbol)) or not AT_THE_END.search(text):
        return chain
    if len(chain.operands) > 2 and not constant(chain.operands[-2]):
        return chain
    if len(chain.operands) == 2 and physical.meaning(unit.name).value is not None:
        return chain
    if not (measures(head.name, unit.name) if isinstance(head, Symbol) else comes_to(chain.operands[-2], value)):
        return chain
    return Chain((*chain.operands[:-1], Quantity(value, Unit(unit.name, ((unit.name, 1),)))), chain.relations)


def comes_to(calculation: Expr, value: Number) -> bool:
    """4 + 8 and 12"""
    try:
        return constant(calculation) and rational_value(calculation) == value.value
    except (StudentError, Undefined, Unsupported):
        return False


AT_THE_END = re.compile(r"\d\s+[A-Z][.,;]?\s*$")


def measures(name: str, unit: str) -> bool:
    """Whether a letter is a usual one for what is measured in a unit: V_1 in V, Q in C."""
    from tutor.laws.catalogue import catalogue

    try:
        found = measure(Unit(unit, ((unit, 1),)))
    except Unsupported:
        return False
    if found.nouns:
        return False
    letter = name.partition("_")[0]
    return any(r.dimension == found.dimension and letter in r.symbols for r in catalogue().roles.values())
