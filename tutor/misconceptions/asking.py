"""What a line answers: f'(x) = 2x after f(x) = x^2 is a derivative; what follows an integral is so up to a constant."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.bridge.derive import derivative
from tutor.errors import StudentError, Unsupported
from tutor.misconceptions.patterns import plain
from tutor.syntax.tree import Call, Chain, Derivative, Expr, Integral, Statement, Sum, Symbol, kinds, symbols, walk

Pair = tuple[list[Statement], Statement]


def as_asked(subjects: list[Statement], line: Statement) -> Pair:
    """The statements before and the line; d/dx and its value where the line names a derivative of what stood before."""
    if not isinstance(line, Chain) or line.relations != ("=",):
        return subjects, line
    left, found = line.operands
    if (wanted := primed(left)) is not None:
        for subject in reversed(subjects):
            if (asked := derivative_asked(subject, *wanted)) is not None:
                return [asked], found
    elif isinstance(left, Call) and len(left.args) == 1:
        for subject in reversed(subjects):
            if (asked := derivative_by_name(subject, left)) is not None:
                return [asked], found
            if (asked := integral_by_name(subject, left)) is not None:
                return [asked], found if symbols(found) - symbols(asked) else Sum((found, Symbol("C")))
    return subjects, line


RATES = {"s": "v", "x": "v", "v": "a"}


def derivative_by_name(subject: Statement, left: Call) -> Expr | None:
    """v(t) after s(t), a(t) after v(t)."""
    match subject:
        case Chain((Call(name, (Symbol(),)), _), ("=",)) if RATES.get(name) == left.name:
            return derivative_asked(subject, name, left.args[0], 1)
    return None


def integral_by_name(subject: Statement, left: Call) -> Expr | None:
    """F(x) after f(x)."""
    match subject:
        case Chain((Call(name, (Symbol() as x,), None, 0), body), ("=",)) if (
            name.islower() and name.upper() == left.name
        ):
            return Integral(body, x) if left.args == (x,) else None
    return None


def primed(expr: Expr) -> tuple[str, Expr | None, int] | None:
    """The function, its argument and the order: f'(x), y', dy/dx."""
    match expr:
        case Call(name, (argument,), None, primes) if primes:
            return name, argument, primes
        case Derivative(Symbol(name), variable, order):
            return name, variable, order
        case Derivative(Call(name, (argument,), None, 0), _, order):
            return name, argument, order
    return None


def derivative_asked(subject: Statement, name: str, argument: Expr | None, order: int) -> Expr | None:
    """The derivative of what a statement says that a function is; at a point where the argument is one."""
    if not isinstance(subject, Chain) or subject.relations != ("=",):
        return None
    left, body = subject.operands
    known = 0
    if isinstance(left, Call | Derivative) and (before := primed(left)) is not None:
        known, named, variable = before[2], before[0], before[1]
    elif isinstance(left, Call) and len(left.args) == 1:
        named, variable = left.name, left.args[0]
    elif isinstance(left, Symbol):
        named, variable = left.name, None
    else:
        return None
    names = symbols(body)
    if not isinstance(variable, Symbol):
        variable = argument if isinstance(argument, Symbol) else Symbol(min(names)) if len(names) == 1 else None
    if named != name or order <= known or variable is None or named in names:
        return None
    found = Derivative(body, variable, order - known)
    if argument is None or argument == variable:
        return found
    return Call("at", (found, variable, argument))


# ---------------------------------------------------------------- constants of integration


def up_to_constants(form: Statement, line: Statement, subjects: Sequence[Statement]) -> tuple[Statement, Statement]:
    """The slopes of both where they are antiderivatives, so that constants do not count."""
    if not any(Integral in kinds(s) for s in subjects):
        return form, line
    found = (n for s in subjects for n in walk(s) if isinstance(n, Integral))
    variable = next((n.variable.name for n in found if n.lower is None), None)
    if variable is None or isinstance(form, Expr) != isinstance(line, Expr):
        return form, line
    known = frozenset().union(*(symbols(s) for s in subjects))
    if isinstance(form, Chain) and isinstance(line, Chain):
        same = len(form.operands) == len(line.operands) == 2 and form.operands[0] == line.operands[0]
        if not same or form.relations != line.relations:
            return form, line
        form, line = form.operands[1], line.operands[1]
    if not isinstance(form, Expr) or not isinstance(line, Expr):
        return form, line
    mine, theirs = without_constant(form, known), without_constant(line, known)
    if mine == theirs:
        return mine, theirs
    try:
        return plain(derivative(mine, variable)), plain(derivative(theirs, variable))
    except (StudentError, Unsupported):
        return mine, theirs


def without_constant(expr: Expr, known: frozenset[str]) -> Expr:
    """Without an added letter that did not stand in the lines before."""
    if not isinstance(expr, Sum):
        return expr
    kept = tuple(t for t in expr.terms if not (isinstance(t, Symbol) and t.name not in known))
    return expr if len(kept) == len(expr.terms) or not kept else kept[0] if len(kept) == 1 else Sum(kept)
