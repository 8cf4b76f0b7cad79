"""The tree of one line of mathematics: what was written, not what it simplifies to.

`0.50` stays `0.50`, brackets stay, order stays, and every node knows its place in the source (`span`,
which does not count in comparisons). Expressions are `Expr`, claims about them are `Statement`s; a bare
expression is a statement too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from functools import cache
from operator import is_
from typing import Any, NamedTuple, TypeVar


class Span(NamedTuple):
    """A half-open range of offsets in the text that was read."""

    start: int
    end: int


NOWHERE = Span(0, 0)


class Remembered:
    """What was found out about a node, kept with it: the judge asks the same of a line many times.

    No fields: they count neither in comparisons nor in copies, and are not pickled.
    """

    __slots__ = ("_folded", "_is_plain", "_kinds", "_notes", "_numbers", "_symbols", "_values")
    _kinds: frozenset[type[Node]]
    _numbers: tuple[Number, ...]
    _symbols: frozenset[str]
    # By misconceptions: the tree worked out, whether it has neither brackets nor nested sums, what rules asked of it,
    # its values at points.
    _folded: Node
    _is_plain: bool
    _notes: dict[Any, Any]
    _values: tuple[tuple[str, ...], tuple[float | None, ...]]


@dataclass(frozen=True, slots=True)
class Node(Remembered):
    """Anything in a tree."""

    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Expr(Node):
    """A mathematical expression."""


# ---------------------------------------------------------------- numbers and names


@dataclass(frozen=True, slots=True)
class Number(Expr):
    """A numeral as it was written: `7`, `0.50`, `1,200`, `0.1\u0305 6`, `3e8`.

    value: what it stands for, exactly.
    places: decimal places shown, None for an integer; `0.50` has 2. Exactly repeating decimals have None.
    """

    text: str
    value: Fraction
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Mixed(Expr):
    """A mixed number, `2 1/2`."""

    whole: Number
    top: Number
    bottom: Number


@dataclass(frozen=True, slots=True)
class Symbol(Expr):
    """A letter or name: `x`, `v_0`, `alpha`, `Delta_t`, `AB`. Greek letters are spelt in English.

    Subscripts follow an underscore, an accent is part of the name (`x_bar`, `v_vec`).
    """

    name: str


@dataclass(frozen=True, slots=True)
class Constant(Expr):
    """One of `pi`, `e`, `i`, `infinity`."""

    name: str


@dataclass(frozen=True, slots=True)
class Unit(Node):
    """A unit or counted noun after a number: `km/h`, `socks/pair`, `$`, `apples`.

    text: as written. factors: (word, exponent) in written order, `(("km", 1), ("h", -1))`.
    """

    text: str
    factors: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Quantity(Expr):
    """A value with its unit: `90 L`, `$5`, `6 eggs/box`."""

    value: Expr
    unit: Unit


# ---------------------------------------------------------------- arithmetic


@dataclass(frozen=True, slots=True)
class Sum(Expr):
    """a + b - c is Sum((a, b, Negative(c))); at least two terms."""

    terms: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Product(Expr):
    """2x, 2*x, 3 x 4; at least two factors. `2*x/3*y` is Product((Quotient(Product((2, x)), 3), y)).

    signs: how factor k+1 was joined to factor k, "" for juxtaposed, else "*", "·", "×", "cross" or "dot".
    """

    factors: tuple[Expr, ...]
    signs: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Quotient(Expr):
    """a / b, a ÷ b, \\frac{a}{b}. stacked: written as a fraction bar, so the operands were not in doubt."""

    top: Expr
    bottom: Expr
    stacked: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Negative(Expr):
    """-a"""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Positive(Expr):
    """+a, the sign written"""

    operand: Expr


@dataclass(frozen=True, slots=True)
class PlusMinus(Expr):
    """a ± b, or ±b where `left` is None. sign: "±" or "∓"."""

    left: Expr | None
    right: Expr
    sign: str = "±"


@dataclass(frozen=True, slots=True)
class Power(Expr):
    """a^b"""

    base: Expr
    exponent: Expr


@dataclass(frozen=True, slots=True)
class Root(Expr):
    """√a, or the index-th root."""

    radicand: Expr
    index: Expr | None = None


@dataclass(frozen=True, slots=True)
class Absolute(Expr):
    """|a|; of a vector its length, of a matrix its determinant."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Factorial(Expr):
    """a!"""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Percent(Expr):
    """a % = a/100"""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Degrees(Expr):
    """a° as an angle, a·π/180"""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Bracket(Expr):
    """A bracket that was written. style: "(", "[" or "{"."""

    inner: Expr
    style: str = "("


@dataclass(frozen=True, slots=True)
class Call(Expr):
    """f(a, b). Known names: sin cos tan cot sec csc, arcsin …, sinh …, ln, log, exp, sqrt is a Root, gcd, lcm,
    min, max, floor, ceil, det, tr, Re, Im, arg, conj, sgn, P (probability), E, Var; any other name is the problem's
    own. f^-1 is `f_inverse`. P(A | B) has two arguments, P(A and B) one; an event such as X = 2 is a SetBuilder.

    subscript: the base of `log_2 8`. primes: 2 for f''(x). No power is kept here: sin²x is Power(Call("sin", (x,)), 2).
    bracketed: False for `sin 2x`, where no bracket marks the end of the argument.
    """

    name: str
    args: tuple[Expr, ...]
    subscript: Expr | None = None
    primes: int = 0
    bracketed: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class Choose(Expr):
    """C(n, k), \\binom{n}{k}, nCk; ordered: P(n, k) as in nPk."""

    n: Expr
    k: Expr
    ordered: bool = False


# ---------------------------------------------------------------- calculus


@dataclass(frozen=True, slots=True)
class Derivative(Expr):
    """d/dx (a), dy/dx, d²y/dx²; `y'` is Derivative(Symbol("y"), None, 1)."""

    operand: Expr
    variable: Symbol | None
    order: int = 1


@dataclass(frozen=True, slots=True)
class Integral(Expr):
    """∫ a dx, with limits or without"""

    integrand: Expr
    variable: Symbol
    lower: Expr | None = None
    upper: Expr | None = None


@dataclass(frozen=True, slots=True)
class Evaluated(Expr):
    """[F(x)]_a^b = F(b) - F(a)"""

    operand: Expr
    lower: Expr
    upper: Expr
    variable: Symbol | None = None


@dataclass(frozen=True, slots=True)
class Limit(Expr):
    """lim_{x→a} f; side "+", "-" or ""."""

    operand: Expr
    variable: Symbol
    target: Expr
    side: str = ""


@dataclass(frozen=True, slots=True)
class Series(Expr):
    """Σ (kind "sum") or Π (kind "product") of a for k from lower to upper."""

    term: Expr
    variable: Symbol
    lower: Expr
    upper: Expr
    kind: str = "sum"


@dataclass(frozen=True, slots=True)
class Differential(Expr):
    """dx standing alone, as in du = 2x dx."""

    variable: Symbol


# ---------------------------------------------------------------- collections


@dataclass(frozen=True, slots=True)
class Matrix(Expr):
    """Rows of entries; a column vector is one entry a row. bars: written |…|, so it means its determinant."""

    rows: tuple[tuple[Expr, ...], ...]
    bars: bool = False


@dataclass(frozen=True, slots=True)
class Tuple(Expr):
    """(a, b): a point, a vector, an open interval: the context tells. angle: written ⟨a, b⟩."""

    items: tuple[Expr, ...]
    angle: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Listing(Expr):
    """a, b, c without brackets, as on the right of `x = 1, 2`."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class SetOf(Expr):
    """{a, b}; {} is the empty set."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class SetBuilder(Expr):
    """{x | condition} or {x ∈ R : condition}"""

    variable: Expr
    condition: Statement


@dataclass(frozen=True, slots=True)
class Interval(Expr):
    """[a, b), with each end closed or open. `(a, b)` reads as Tuple until the context asks for an interval."""

    lower: Expr
    upper: Expr
    closed_lower: bool
    closed_upper: bool


@dataclass(frozen=True, slots=True)
class NumberSet(Expr):
    """N, Z, Q, R or C"""

    name: str


@dataclass(frozen=True, slots=True)
class SetOperation(Expr):
    """a ∪ b, a ∩ b, a \\ b; operator "union", "intersection", "minus"."""

    operator: str
    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Dots(Expr):
    """… within a sum or a list"""


@dataclass(frozen=True, slots=True)
class Words(Expr):
    """A name made of words that stands for a value: the left of `cost per kg = 40/8`, `\\text{Area}`."""

    text: str


# ---------------------------------------------------------------- statements


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """a = b < c: operands a, b, c with relations "=", "<".

    Relations: = != < <= > >= ≈ in notin subset ≡ ∝ := . `modulus` belongs to ≡.
    """

    operands: tuple[Expr, ...]
    relations: tuple[str, ...]
    modulus: Expr | None = None


@dataclass(frozen=True, slots=True)
class Either(Node):
    """p or q: `x = 1 or x = -2`. `x = 1, -2` for the solutions of an equation is an Either too."""

    parts: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Both(Node):
    """p and q, a system."""

    parts: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Arrow(Node):
    """p ⇒ q, p ⇔ q, a → b; arrows "=>", "<=>", "<=" or "->" between the parts."""

    parts: tuple[Statement, ...]
    arrows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoSolution(Node):
    """`no solution`, `x ∈ ∅`, `no real roots`"""


@dataclass(frozen=True, slots=True)
class AllValues(Node):
    """`all real numbers`, `always true`, `x ∈ R`"""


Statement = Expr | Chain | Either | Both | Arrow | NoSolution | AllValues

BINDERS = (Integral, Series, Limit, Derivative, Differential)

AnyNode = TypeVar("AnyNode", bound=Node)


# ---------------------------------------------------------------- walking


# How the types of fields without nodes are written in the classes above.
_PLAIN = frozenset(
    {"Span", "str", "bool", "int", "int | None", "Fraction", "tuple[str, ...]", "tuple[tuple[str, int], ...]"}
)


@cache
def _field_names(kind: type[Node]) -> tuple[str, ...]:
    """The names of the fields that hold nodes."""
    return tuple(f.name for f in fields(kind) if f.type not in _PLAIN)


@cache
def _all_field_names(kind: type[Node]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def children(node: Node) -> list[Node]:
    """The nodes right below this one, in written order."""
    found: list[Node] = []
    kind: Any = node.__class__
    for name in _field_names(kind):
        value = getattr(node, name)
        if value is None:
            continue
        if value.__class__ is not tuple:
            found.append(value)
        elif value and value[0].__class__ is tuple:
            for row in value:
                found.extend(row)
        else:
            found.extend(value)
    return found


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, parents first."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        below = children(top)
        if below:
            below.reverse()
            stack.extend(below)


def kinds(node: Node) -> frozenset[type[Node]]:
    """The classes of the node and of all below it."""
    try:
        return node._kinds
    except AttributeError:
        kinds_there: set[type[Node]] = set()
        stack = [node]
        while stack:
            top = stack.pop()
            known = getattr(top, "_kinds", None)
            if known is not None:
                kinds_there |= known
            else:
                kinds_there.add(top.__class__)
                stack.extend(children(top))
        found = frozenset(kinds_there)
        object.__setattr__(node, "_kinds", found)
        return found


def numbers(node: Node) -> tuple[Number, ...]:
    """The numerals in it, in written order."""
    try:
        return node._numbers
    except AttributeError:
        found = tuple(n for n in walk(node) if isinstance(n, Number))
        object.__setattr__(node, "_numbers", found)
        return found


def rebuild(node: AnyNode, change: Callable[[Node], Node]) -> AnyNode:
    """The same node with `change` applied to each child; the node itself where nothing changed."""
    kind: Any = node.__class__
    changes: dict[str, object] = {}
    for name in _field_names(kind):
        value = getattr(node, name)
        if value is None:
            continue
        new = _changed(value, change) if value.__class__ is tuple else change(value)
        # What a sign binds is a name: where a value is put for the letter, the letter under d/dx or ∫ … dx stays.
        if new is not value and (name != "variable" or value.__class__ is not Symbol or new.__class__ is Symbol):
            changes[name] = new
    if not changes:
        return node
    for name in _all_field_names(kind):
        if name not in changes:
            changes[name] = getattr(node, name)
    rebuilt: AnyNode = kind(**changes)
    return rebuilt


def _changed(items: tuple[Any, ...], change: Callable[[Node], Node]) -> tuple[Any, ...]:
    """The same for the nodes of a tuple, or of a tuple of tuples."""
    new = [_changed(item, change) if item.__class__ is tuple else change(item) for item in items]
    return items if all(map(is_, new, items)) else tuple(new)


def substitute(node: AnyNode, values: Mapping[str, Expr]) -> AnyNode:
    """Put expressions for symbols, everywhere; each arrives in a bracket unless it is a bare number or name.

    A variable that is bound (of an integral, a sum, a limit) or differentiated by is left alone.
    """

    def change(n: Node) -> Node:
        if isinstance(n, Symbol):
            new = values.get(n.name)
            if new is None:
                return n
            return new if isinstance(new, Number | Symbol | Constant | Bracket) else Bracket(new)
        if symbols(n).isdisjoint(values):
            return n
        if isinstance(n, BINDERS) and n.variable is not None and n.variable.name in values:
            inner = {k: v for k, v in values.items() if k != n.variable.name}
            return rebuild(n, lambda c: substitute(c, inner)) if inner else n
        return rebuild(n, change)

    return change(node)  # type: ignore[return-value]


def symbols(node: Node) -> frozenset[str]:
    """The names of the free symbols."""
    try:
        return node._symbols
    except AttributeError:
        found = _free(node)
        object.__setattr__(node, "_symbols", found)
        return found


NONE: frozenset[str] = frozenset()


def _free(node: Node) -> frozenset[str]:
    if isinstance(node, Symbol):
        return frozenset((node.name,))
    if isinstance(node, Integral | Series | Limit):
        body = node.integrand if isinstance(node, Integral) else node.term if isinstance(node, Series) else node.operand
        beside = [symbols(c) for c in children(node) if c is not body and c is not node.variable]
        free = (symbols(body) - {node.variable.name}).union(*beside)
        # An antiderivative is a function of its variable.
        return free | {node.variable.name} if isinstance(node, Integral) and node.lower is None else free
    below = [found for child in children(node) if (found := symbols(child))]
    if len(below) < 2:
        return below[0] if below else NONE
    return NONE.union(*below)


def without_brackets(expr: Expr) -> Expr:
    """The expression inside any brackets around it."""
    while isinstance(expr, Bracket):
        expr = expr.inner
    return expr
