"""What the problem and the lines before settle of an equality, so that it is true or false and asks for nothing.

`A B = [[2, 0], [3, 20]]` with both matrices known, `P(A) + P(B) = 0.9` with both probabilities given, a side of the
identity to be proved: none of these is an equation to be solved, and each may be refuted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.errors import StudentError, Undefined, Unsupported
from tutor.syntax.tree import (
    Absolute,
    Both,
    Bracket,
    Call,
    Chain,
    Choose,
    Constant,
    Derivative,
    Evaluated,
    Expr,
    Factorial,
    Integral,
    Limit,
    Matrix,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Series,
    SetOf,
    SetOperation,
    Statement,
    Sum,
    Symbol,
    Tuple,
    kinds,
    rebuild,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.tasks import Setting

STRUCTURED = (Matrix, Tuple, SetOf)
MEASURES = frozenset({"P", "Pr"})
Term = tuple[Expr, Expr]


def known_objects(left: Expr, right: Expr, setting: Setting) -> bool:
    """All letters stand for matrices, vectors, sets or complex numbers that are known: A B, |v|, |z|, A ∪ B."""
    names = symbols(left) | symbols(right)
    if not names or isinstance(without_brackets(left), Symbol):
        return False
    return names <= set(setting.values) and all(is_object(setting.values[name]) for name in names)


def is_object(value: Expr) -> bool:
    """A matrix, a vector, a set, or a number with an imaginary part, with no letters in it."""
    if symbols(value):
        return False
    return any(isinstance(n, STRUCTURED) or (isinstance(n, Constant) and n.name == "i") for n in walk(value))


def given_terms(statements: Iterable[Statement]) -> list[Term]:
    """P(A) = 0.5, |AB| = 3: terms with the numbers that they are said to be, the newest first."""
    found: list[Term] = []
    for statement in statements:
        if not isinstance(statement, Chain) or set(statement.relations) != {"="}:
            continue
        head, value = without_brackets(statement.operands[0]), statement.operands[-1]
        if isinstance(head, Call) and head.name in MEASURES and not any(_opaque(n) for n in walk(value)):
            found.insert(0, (head, value))
    return found


def _opaque(node: Node) -> bool:
    return isinstance(node, Symbol | Call)


def with_terms(expr: Expr, terms: Iterable[Term]) -> Expr:
    """The expression with the given numbers in place of the terms."""
    known = {_plain(head): value for head, value in terms}

    def change(node: Node) -> Node:
        if isinstance(node, Call) and (value := known.get(_plain(node))) is not None:
            return Bracket(value)
        return rebuild(node, change)

    return change(expr)  # type: ignore[return-value]


def _plain(node: Node) -> Node:
    if isinstance(node, Expr):
        node = without_brackets(node)
    return rebuild(node, _plain)


def by_addition(expr: Expr) -> Expr:
    """P(A ∪ B) as P(A) + P(B) - P(A ∩ B)"""

    def change(node: Node) -> Node:
        match node:
            case Call(name, (event,), None, 0) if name in MEASURES:
                inner = without_brackets(event)
                if isinstance(inner, SetOperation) and inner.operator == "union" and len(inner.parts) == 2:
                    both = SetOperation("intersection", inner.parts)
                    one, other = inner.parts
                    return Bracket(Sum((Call(name, (one,)), Call(name, (other,)), Negative(Call(name, (both,))))))
        return rebuild(node, change)

    return change(expr)  # type: ignore[return-value]


def row_by_row(chain: Chain, setting: Setting) -> Both | None:
    """A x = b as its equations, where the matrices hold unknowns: [[x], [y]] = [[2], [1]] is x = 2, y = 1."""
    from tutor.verify.tasks import Budget
    from tutor.verify.tensors import Array, Evaluator, WrongShape

    left, right = chain.operands
    if Matrix not in kinds(chain):
        return None
    objects = {name for name, value in setting.values.items() if is_object(value)}
    if not symbols(chain) - objects:
        return None
    evaluator = Evaluator(setting.values, Budget(), identity=True)
    try:
        a, b = evaluator.value(left), evaluator.value(right)
    except (WrongShape, StudentError, Undefined, Unsupported):
        return None
    if not (isinstance(a, Array) and isinstance(b, Array)) or a.shape != b.shape or len(a.entries) < 2:
        return None
    if evaluator.letters_scaled:
        return None
    return Both(tuple(Chain((x, y), ("=",)) for x, y in zip(a.entries, b.entries, strict=True)))


def with_counts(chain: Chain, setting: Setting) -> Chain:
    """n(A) as |A|, where A is a set that is known."""
    if "n" in setting.values:
        return chain

    def change(node: Node) -> Node:
        match node:
            case Product((Symbol("n"), Bracket(inner))) | Call("n", (inner,)) if _is_set(inner, setting):
                return Absolute(inner)
        return rebuild(node, change)

    return change(chain)  # type: ignore[return-value]


def _is_set(expr: Expr, setting: Setting) -> bool:
    inner = without_brackets(expr)
    if isinstance(inner, Symbol):
        return isinstance(setting.values.get(inner.name), SetOf)
    return isinstance(inner, SetOf) or (
        isinstance(inner, SetOperation) and all(_is_set(p, setting) for p in inner.parts)
    )


def divides_by_zero(expr: Expr) -> bool:
    """Some denominator is a numeral expression that is 0."""
    from tutor.bridge.exact import rational_value

    for node in walk(expr):
        if isinstance(node, Quotient):
            try:
                if rational_value(node.bottom) == 0:
                    return True
            except (StudentError, Undefined, Unsupported):
                continue
    return False


def parts_to_rewrite(expr: Expr) -> Iterator[Expr]:
    """The expression, and what stands under its integral, limit, sum or derivative."""
    yield expr
    match without_brackets(expr):
        case Integral(integrand=inner) | Limit(operand=inner) | Series(term=inner) | Evaluated(operand=inner):
            yield inner
        case Derivative(operand=inner):
            yield inner


def multiples_of_one_term(left: Expr, right: Expr) -> bool:
    """`C(5,3) (2x)^3 = 10 · 2x^3`: one term on either side, worked out rather than solved for x."""
    from tutor.bridge.normal import normal_forms

    names = symbols(left)
    if not names or symbols(right) != names or not _to_be_worked_out(left):
        return False
    try:
        a, b = normal_forms((left, right))
        ratio = (a / b).constant()
    except (StudentError, Undefined, Unsupported, ZeroDivisionError):
        return False
    return ratio is not None and ratio != 1


def _to_be_worked_out(expr: Expr) -> bool:
    """A product in which numbers are still to be multiplied."""
    inner = without_brackets(expr)
    if isinstance(inner, Power):
        return isinstance(without_brackets(inner.base), Product)
    if not isinstance(inner, Product):
        return False
    factors = [without_brackets(f) for f in inner.factors]
    numbers = sum(isinstance(f, Number | Choose | Factorial) for f in factors)
    powers = any(isinstance(f, Power) and isinstance(without_brackets(f.base), Product) for f in factors)
    counted = any(isinstance(f, Choose | Factorial) for f in factors)
    return numbers > 1 or powers or counted
