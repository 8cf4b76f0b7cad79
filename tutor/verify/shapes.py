"""Small questions about the shape of a statement: constant, a name, a condition, a definition of f."""

from __future__ import annotations

import re

from tutor.records import Evidence, Relation, SolutionsLost
from tutor.syntax.tree import (
    AnyNode,
    Both,
    Bracket,
    Call,
    Chain,
    Derivative,
    Differential,
    Either,
    Evaluated,
    Expr,
    Integral,
    Mixed,
    Negative,
    Node,
    Number,
    Percent,
    PlusMinus,
    Product,
    Quantity,
    Quotient,
    Statement,
    Symbol,
    Words,
    kinds,
    numbers,
    rebuild,
    symbols,
    walk,
    without_brackets,
)

WORD = re.compile(r"(?<![\\\w])[A-Za-z]{3,}")


def is_zero(expr: Expr) -> bool:
    """0"""
    inner = without_brackets(expr)
    return isinstance(inner, Number) and not inner.value


ORDER = frozenset({"<", "<=", ">", ">=", "in", "notin", "!="})


def holds_calculus(statement: Node) -> bool:
    """A derivative, an integral or f' stands in it."""
    found = kinds(statement)
    return not found.isdisjoint(CALCULUS) or (
        Call in found and any(isinstance(n, Call) and n.primes for n in walk(statement))
    )


CALCULUS = frozenset({Derivative, Integral, Differential, Evaluated})


def moving(expr: Expr) -> frozenset[str]:
    """The letters that something is differentiated by: r in dV/dr."""
    variables = (n.variable for n in walk(expr) if isinstance(n, Derivative))
    return frozenset(v.name for v in variables if v is not None)


def derivative_order(expr: Expr) -> tuple[str, int, str | None] | None:
    """(y, 2, x) of d²y/dx²; (f, 1, x) of f'(x)."""
    match without_brackets(expr):
        case Derivative(Symbol(name), variable, order):
            return name, order, variable.name if variable is not None else None
        case Call(name=name, args=(Symbol(letter),), primes=primes) if primes:
            return name, primes, letter
        case _:
            return None


def term_by_term(chain: Chain) -> bool:
    """A calculation with letters among words: every part is a term, no number or letter alone, nor a unit's letter."""
    parts = [without_brackets(o.operand if isinstance(o, Negative) else o) for o in chain.operands[1:]]
    if any(isinstance(part, Symbol | Number) for part in parts):
        return False
    first = without_brackets(chain.operands[0])
    if isinstance(first, Number) or (isinstance(first, Negative) and not isinstance(first.operand, Product)):
        return False
    return not symbols(chain) & UNIT_LETTERS


UNIT_LETTERS = frozenset("s m g h N J W V A K C T F".split())


def is_condition(statement: Statement) -> bool:
    """w > 0, 0 ≤ x ≤ 2π: restricts the solutions; an equation need not follow from it."""
    if isinstance(statement, Either | Both):
        return all(is_condition(part) for part in statement.parts)
    return isinstance(statement, Chain) and bool(ORDER & set(statement.relations))


def part_of(evidence: Evidence) -> bool:
    """Some solutions are kept, others lost, none gained."""
    return isinstance(evidence, SolutionsLost) and evidence.relation is Relation.SOLUTIONS_LOST and not evidence.gained


def branches(statement: Statement) -> bool:
    """x = a ± b, x = a or x = b"""
    return isinstance(statement, Either) or any(isinstance(n, PlusMinus) for n in walk(statement))


def isolates(statement: Statement) -> bool:
    """`a = (v - u)/t`: one side is a letter that the other does not hold."""
    if not isinstance(statement, Chain) or len(statement.operands) != 2:
        return False
    left, right = (without_brackets(o) for o in statement.operands)
    return (isinstance(left, Symbol) and left.name not in symbols(right)) or (
        isinstance(right, Symbol) and right.name not in symbols(left)
    )


def constant(expr: Node) -> bool:
    """No free symbols, and nothing that stands for a value in words."""
    if symbols(expr):
        return False
    found = kinds(expr)
    return Words not in found and not (Call in found and any(is_unknown_value(n) for n in walk(expr)))


def is_unknown_value(node: Node) -> bool:
    """A name in words, or a function that only the problem knows: `Area`, `P(A)`."""
    if isinstance(node, Words):
        return True
    return isinstance(node, Call) and node.name not in KNOWN_FUNCTIONS


KNOWN_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth arsinh arcosh artanh "
    "arcsinh arccosh arctanh ln log lg exp gcd lcm hcf min max floor ceil round mod det tr Re Im arg conj sgn "
    "abs".split()
)


def shows_decimals(expr: Expr) -> bool:
    """A written decimal stands in it, so that its value is known only within a rounding."""
    return any(isinstance(node, Number) and node.places is not None for node in walk(expr))


def is_plain_number(expr: Expr) -> bool:
    """A numeral, a fraction of numerals, or one of these with a unit."""
    inner = without_brackets(expr)
    if isinstance(inner, Quantity | Percent | Negative):
        return is_plain_number(inner.value if isinstance(inner, Quantity) else inner.operand)
    if isinstance(inner, Quotient):
        return isinstance(inner.top, Number) and isinstance(inner.bottom, Number)
    return isinstance(inner, Number | Mixed)


def is_name(expr: Expr) -> bool:
    """A letter, words, or f(3), |AB|: something that a value is given to."""
    inner = without_brackets(expr)
    if isinstance(inner, Negative):
        inner = inner.operand
    if isinstance(inner, Words | Symbol):
        return True
    return isinstance(inner, Call) and inner.name not in KNOWN_FUNCTIONS


def defined_function(chain: Chain) -> tuple[str, tuple[str, ...], Expr] | None:
    """(f, parameters, body) of `f(x) = body`."""
    head = chain.operands[0]
    if (
        not isinstance(head, Call)
        or head.primes
        or head.name in KNOWN_FUNCTIONS
        or chain.relations[0] not in ("=", ":=")
    ):
        return None
    if not head.args or not all(isinstance(arg, Symbol) for arg in head.args) or head.name in ("P", "E", "Var"):
        return None
    names = tuple(arg.name for arg in head.args if isinstance(arg, Symbol))
    body = chain.operands[1]
    return (head.name, names, body) if symbols(body) & set(names) else None


def without_units(statement: AnyNode) -> AnyNode:
    """Numbers in place of quantities: where symbols are about, the unit is a label."""
    if Quantity not in kinds(statement):
        return statement

    def change(node: Node) -> Node:
        if isinstance(node, Quantity):
            return change(node.value)
        return rebuild(node, change)

    return change(statement)  # type: ignore[return-value]


def same_tree(a: Statement, b: Statement) -> bool:
    """The same, brackets apart."""
    if symbols(a) != symbols(b) or [n.value for n in numbers(a)] != [n.value for n in numbers(b)]:
        return False
    return unbracketed(a) == unbracketed(b)


def unbracketed(statement: Node) -> Node:
    """The tree with no bracket nodes."""
    if Bracket not in kinds(statement):
        return statement
    if isinstance(statement, Expr):
        statement = without_brackets(statement)
    return rebuild(statement, unbracketed)
