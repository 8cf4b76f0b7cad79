"""`(a + b)^2 -> a^2 + b^2` as a rewriting: what a wrong rule makes of a line, anywhere in its tree.

Sums and products are matched in any order, and what is left over of them stays beside the match; equations are matched
from either side. Letters of a pattern stand for any expression but these: `n` for a number, `x`, `y`, `z`, `t` for
something with a letter in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.syntax.tree import (
    AnyNode,
    Both,
    Bracket,
    Call,
    Chain,
    Constant,
    Either,
    Expr,
    Mixed,
    Negative,
    Node,
    Number,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Sum,
    Symbol,
    children,
    kinds,
    numbers,
    rebuild,
    symbols,
)

Bindings = Mapping[str, Expr]

MOST_MATCHES = 60  # of one pattern in one line
MOST_TERMS = 7  # of a sum or product that is matched in any order
ONE = Number("1", Fraction(1))
ZERO = Number("0", Fraction(0))
WITH_A_LETTER = frozenset("xyzt")
NUMERIC = frozenset("n")
LOGARITHMS = frozenset({"log", "ln", "lg"})  # `log` in a pattern is a logarithm to any base
ANY_LOGARITHM = "log("  # where the one that was found is kept among the letters
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


def plain(node: AnyNode) -> AnyNode:
    """The tree without brackets and plus signs, its sums and products flat: the structure alone."""
    if getattr(node, "_is_plain", False):
        return node
    if isinstance(node, Bracket):
        return plain(node.inner)  # type: ignore[return-value]
    if isinstance(node, Positive):
        return plain(node.operand)  # type: ignore[return-value]
    found = flat(rebuild(node, plain))
    object.__setattr__(found, "_is_plain", True)
    return found  # type: ignore[return-value]


def flat(node: Node) -> Node:
    """Sums and products with those inside them written out."""
    match node:
        case Sum(terms) if any(isinstance(t, Sum) for t in terms):
            return Sum(tuple(s for t in terms for s in (t.terms if isinstance(t, Sum) else (t,))), span=node.span)
        case Product(factors) if any(isinstance(f, Product) for f in factors):
            parts = tuple(s for f in factors for s in (f.factors if isinstance(f, Product) else (f,)))
            return Product(parts, span=node.span)
        case Quotient(Product((*head, Number() as top)), Number() as bottom, False) if head and is_fraction(head[-1]):
            # 1/6*1/6 is a product of fractions, though it is read from left to right.
            return Product((*head, Quotient(top, bottom)), span=node.span)
    return node


def is_fraction(expr: Expr) -> bool:
    """3/4, of two numerals."""
    return isinstance(expr, Quotient) and isinstance(expr.top, Number) and isinstance(expr.bottom, Number)


def negated(expr: Expr) -> Expr:
    """-a, and a for -a."""
    return expr.operand if isinstance(expr, Negative) else Negative(expr)


def sum_of(terms: Sequence[Expr]) -> Expr:
    """The sum of any number of terms."""
    flat = [s for t in terms for s in (t.terms if isinstance(t, Sum) else (t,))]
    return ZERO if not flat else flat[0] if len(flat) == 1 else Sum(tuple(flat))


def product_of(factors: Sequence[Expr]) -> Expr:
    """The product of any number of factors."""
    flat = [s for f in factors for s in (f.factors if isinstance(f, Product) else (f,))]
    return ONE if not flat else flat[0] if len(flat) == 1 else Product(tuple(flat))


# ---------------------------------------------------------------- rewriting


def rewritten(rule: Rewriting, line: Node, holds: Callable[[Bindings], bool] | None = None) -> Iterator[Node]:
    """Each line that one use of the wrong rule gives, with the rule's match anywhere in the line.

    holds: what the letters must fulfil besides.
    """
    if not rule.needed <= kinds(line):
        return
    count = 0
    for place in places(line):
        if rule.fitting is not None and place.__class__ not in rule.fitting:
            continue
        for bound, rest in matches(rule.pattern, place):
            if not rule.names <= bound.keys() or (holds is not None and not holds(bound)):
                continue
            new = put_in(rule.replacement, bound)
            if rest and isinstance(new, Expr):
                new = product_of((new, *rest)) if isinstance(place, Product) else sum_of((new, *rest))
            yield with_part(line, place, new)
            count += 1
            if count >= MOST_MATCHES:
                return


# What a pattern with such a root may match.
FITTING: Mapping[type[Node], frozenset[type[Node]]] = {
    Chain: frozenset({Chain}),
    Sum: frozenset({Sum}),
    Product: frozenset({Product, Negative}),
    Quotient: frozenset({Quotient, Negative}),
    Power: frozenset({Power}),
    Root: frozenset({Root}),
    Negative: frozenset({Negative, Product, Quotient}),
}
FREE = frozenset({Symbol, Number, Negative, Chain})  # kinds in a pattern that a line may do without


@dataclass(frozen=True, slots=True)
class Rewriting:
    """`pattern -> replacement`, with what a line must have for the pattern to match.

    names: the letters of the replacement. needed: the kinds of node without which no line matches. fitting: those that
    the match itself may have.
    """

    pattern: Node
    replacement: Node
    names: frozenset[str]
    needed: frozenset[type[Node]]
    fitting: frozenset[type[Node]] | None

    @classmethod
    def of(cls, pattern: Node, replacement: Node) -> Rewriting:
        """One of two trees, both plain."""
        return cls(pattern, replacement, symbols(replacement), kinds(pattern) - FREE, FITTING.get(pattern.__class__))


_KNOWN: dict[int, tuple[Node, tuple[Node, ...]]] = {}  # by identity: every rule asks for the parts of the same lines
MOST_KNOWN = 32


def places(node: Node) -> tuple[Node, ...]:
    """The node and every expression below it."""
    known = _KNOWN.get(id(node))
    if known is not None and known[0] is node:
        return known[1]
    found = tuple(_places(node))
    if len(_KNOWN) >= MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[id(node)] = (node, found)
    return found


def _places(node: Node) -> Iterator[Node]:
    yield node
    for part in () if isinstance(node, Mixed) else children(node):
        if isinstance(part, Expr | Chain | Either | Both):
            yield from _places(part)


def with_part(root: Node, part: Node, new: Node) -> Node:
    """The tree with another part in one place."""
    if root is part:
        return new

    def change(node: Node) -> Node:
        return new if node is part else rebuild(node, change)

    return plain(rebuild(root, change))


def put_in(replacement: AnyNode, bound: Bindings) -> AnyNode:
    """The replacement with the letters of the pattern as what they stand for."""

    def change(node: Node) -> Node:
        if isinstance(node, Symbol):
            return bound.get(node.name, node)
        if isinstance(node, Call) and node.name == "log" and node.subscript is None:
            kind = bound.get(ANY_LOGARITHM)
            if isinstance(kind, Call):
                return Call(kind.name, tuple(change(a) for a in node.args), kind.subscript)  # type: ignore[misc]
        return rebuild(node, change)

    return plain(change(replacement))  # type: ignore[return-value]


# ---------------------------------------------------------------- matching


def matches(pattern: Node, place: Node) -> Iterator[tuple[Bindings, tuple[Expr, ...]]]:
    """The ways to match a whole pattern with a part of a line, and what is left over of a sum or product."""
    if isinstance(pattern, Chain):
        if isinstance(place, Chain):
            for bound in chains(pattern, place):
                yield bound, ()
        return
    if not isinstance(place, Expr) or not isinstance(pattern, Expr):
        return
    if isinstance(pattern, Sum) and isinstance(place, Sum):
        yield from unordered(pattern.terms, place.terms, {}, signs=has_a_plus(pattern.terms))
    elif isinstance(pattern, Product) and isinstance(place, Product):
        yield from unordered(pattern.factors, place.factors, {}, signs=False)
        return
    else:
        for bound in match(pattern, place, {}):
            yield bound, ()


def chains(pattern: Chain, place: Chain) -> Iterator[Bindings]:
    """An equation or inequality of two sides, from either side."""
    if len(pattern.operands) != 2 or len(place.operands) != 2:
        return
    sign = pattern.relations[0]
    for operands, relation in (
        (place.operands, place.relations[0]),
        (place.operands[::-1], TURNED.get(place.relations[0], "")),
    ):
        if relation != sign:
            continue
        for left in match(pattern.operands[0], operands[0], {}):
            yield from match(pattern.operands[1], operands[1], left)


def match(pattern: Expr, expr: Expr, bound: Bindings) -> Iterator[Bindings]:
    """The ways to match a pattern with all of an expression, given what some letters stand for."""
    match pattern:
        case Symbol(name):
            yield from as_letter(name, expr, bound)
        case Number(value=value):
            if isinstance(expr, Number) and expr.value == value:
                yield bound
        case Constant():
            if expr == pattern:
                yield bound
        case Negative(operand):
            if isinstance(expr, Negative):
                yield from match(operand, expr.operand, bound)
            elif isinstance(expr, Product) and isinstance(expr.factors[0], Negative):
                yield from match(operand, product_of((expr.factors[0].operand, *expr.factors[1:])), bound)
            elif isinstance(expr, Quotient) and isinstance(expr.top, Negative):
                yield from match(operand, Quotient(expr.top.operand, expr.bottom), bound)
        case Sum(terms):
            if isinstance(expr, Sum):
                for found, rest in unordered(terms, expr.terms, bound, signs=has_a_plus(terms)):
                    yield from absorbed(terms, found, rest, Sum)
        case Product(factors):
            if isinstance(expr, Negative):
                expr = signed_first(expr.operand)
            if isinstance(expr, Product):
                for found, rest in unordered(factors, expr.factors, bound, signs=False):
                    yield from absorbed(factors, found, rest, Product)
        case Quotient(top, bottom):
            if isinstance(expr, Negative) and isinstance(expr.operand, Quotient):
                expr = Quotient(negated(expr.operand.top), expr.operand.bottom)
            if isinstance(expr, Quotient):
                for found in match(top, expr.top, bound):
                    yield from match(bottom, expr.bottom, found)
        case Power(base, exponent):
            if isinstance(expr, Power):
                for found in match(base, expr.base, bound):
                    yield from match(exponent, expr.exponent, found)
        case Root(radicand, index):
            if isinstance(expr, Root) and (index is None) == (expr.index is None):
                for found in match(radicand, expr.radicand, bound):
                    if index is None or expr.index is None:
                        yield found
                    else:
                        yield from match(index, expr.index, found)
        case _:
            yield from by_parts(pattern, expr, bound)


def by_parts(pattern: Expr, expr: Expr, bound: Bindings) -> Iterator[Bindings]:
    """Any other node: the same kind, name and number of parts, each matched."""
    if pattern.__class__ is not expr.__class__:
        return
    if isinstance(pattern, Call) and isinstance(expr, Call):
        if pattern.name == "log" and pattern.subscript is None and expr.name in LOGARITHMS:
            known = bound.get(ANY_LOGARITHM, expr)
            if isinstance(known, Call) and (known.name, known.subscript) == (expr.name, expr.subscript):
                yield from in_order(pattern.args, expr.args, {**bound, ANY_LOGARITHM: expr})
            return
        same = pattern.name == expr.name and pattern.primes == expr.primes
        if not same or (pattern.subscript is None) != (expr.subscript is None):
            return
    if isinstance(pattern, Quantity) and isinstance(expr, Quantity) and pattern.unit != expr.unit:
        return
    mine = [c for c in children(pattern) if isinstance(c, Expr)]
    theirs = [c for c in children(expr) if isinstance(c, Expr)]
    if len(mine) == len(theirs):
        yield from in_order(mine, theirs, bound)


def in_order(patterns: Sequence[Expr], exprs: Sequence[Expr], bound: Bindings) -> Iterator[Bindings]:
    """Each pattern with the expression in the same place."""
    if not patterns:
        yield bound
        return
    for found in match(patterns[0], exprs[0], bound):
        yield from in_order(patterns[1:], exprs[1:], found)


def as_letter(name: str, expr: Expr, bound: Bindings) -> Iterator[Bindings]:
    """A letter of the pattern for an expression, the same one each time."""
    known = bound.get(name)
    if known is not None:
        if known == expr:
            yield bound
        return
    first = name[0]
    if first in WITH_A_LETTER and not symbols(expr):
        return
    if first in NUMERIC and (symbols(expr) or not numbers(expr)):
        return
    yield {**bound, name: expr}


def unordered(
    patterns: Sequence[Expr], exprs: Sequence[Expr], bound: Bindings, *, signs: bool
) -> Iterator[tuple[Bindings, tuple[Expr, ...]]]:
    """Each pattern with one of the terms or factors, in any order, and those that are left over.

    signs: `- b` matches `- 5` and, with the sign turned, `+ 5` as -(-5).
    """
    if not patterns:
        yield bound, tuple(exprs)
        return
    if len(patterns) > len(exprs) or len(exprs) > MOST_TERMS:
        return
    # The most telling pattern first: a letter matches anything.
    k = next((i for i, p in enumerate(patterns) if not is_letter(p)), 0)
    first, others = patterns[k], (*patterns[:k], *patterns[k + 1 :])
    for i, expr in enumerate(exprs):
        left = (*exprs[:i], *exprs[i + 1 :])
        for found in match(first, expr, bound):
            yield from unordered(others, left, found, signs=signs)
        if signs and isinstance(first, Negative) and not isinstance(expr, Negative) and is_letter(first.operand):
            for found in match(first.operand, Negative(expr), bound):
                yield from unordered(others, left, found, signs=signs)


def has_a_plus(terms: Sequence[Expr]) -> bool:
    """Whether one of the terms has no minus: only beside it may another one's sign be turned."""
    return any(not isinstance(term, Negative) for term in terms)


def is_letter(pattern: Expr) -> bool:
    """Whether a pattern is a letter, with or without a sign."""
    return isinstance(pattern, Symbol) or (isinstance(pattern, Negative) and isinstance(pattern.operand, Symbol))


def absorbed(
    patterns: Sequence[Expr], bound: Bindings, rest: tuple[Expr, ...], kind: type[Sum] | type[Product]
) -> Iterator[Bindings]:
    """With what is left over taken into the last letter of the pattern that stands alone."""
    if not rest:
        yield bound
        return
    for pattern in reversed(patterns):
        if isinstance(pattern, Symbol) and pattern.name[0] not in NUMERIC:
            whole = (bound[pattern.name], *rest)
            yield {**bound, pattern.name: sum_of(whole) if kind is Sum else product_of(whole)}
            return


def signed_first(expr: Expr) -> Expr:
    """-(2x) as (-2)x."""
    if isinstance(expr, Product):
        return product_of((negated(expr.factors[0]), *expr.factors[1:]))
    return Negative(expr)
