"""What an expression means in its setting: f(3) by the definition of f, log by its base, sin 30 in degrees."""

from __future__ import annotations

from fractions import Fraction

from tutor.errors import TooLarge
from tutor.syntax.tree import (
    Bracket,
    Call,
    Constant,
    Degrees,
    Derivative,
    Expr,
    Node,
    Number,
    Quantity,
    Quotient,
    Symbol,
    rebuild,
    substitute,
    symbols,
    walk,
)
from tutor.verify.tasks import Setting

TRIGONOMETRIC = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
INVERSE = frozenset({"arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc"})
MAX_NODES = 20_000
MAX_NESTING = 20


def resolve(expr: Expr, setting: Setting, *, values: bool = False) -> Expr:
    """The expression with definitions put in: f(x) by its body, log by its base, bare angles in degrees.

    values: put in the known values of symbols too.

    Raises:
        TooLarge: the definitions refer to each other without end, or grow too much.
    """
    if setting.functions or setting.log_base != "10" or setting.angle_unit == "degree":
        expr = _resolve(expr, setting, 0)
    if not setting.real and "i" not in setting.values:
        expr = _with_imaginary_unit(expr)
    if values and setting.values:
        # x = cos y and y = arccos x define each other: no chain of definitions is longer than there are names.
        for _ in range(min(MAX_NESTING, len(setting.values))):
            known = {n: v for n, v in setting.values.items() if n in symbols(expr) and n not in symbols(v)}
            if not known:
                break
            expr = substitute(expr, known)
            _bound(expr)
    return expr


def _with_imaginary_unit(expr: Expr) -> Expr:
    """Where complex numbers are meant, the letter i is the imaginary unit."""

    def change(node: Node) -> Node:
        if isinstance(node, Symbol):
            return Constant("i", span=node.span) if node.name == "i" else node
        return rebuild(node, change)

    return change(expr)  # type: ignore[return-value]


def _bound(expr: Expr) -> None:
    for count, _ in enumerate(walk(expr)):
        if count > MAX_NODES:
            raise TooLarge("the definitions, put in, make an expression that is too long")


def _resolve(expr: Expr, setting: Setting, depth: int) -> Expr:
    def change(node: Node) -> Node:
        if isinstance(node, Call):
            return _call(node)
        return rebuild(node, change)

    def _call(call: Call) -> Expr:
        name = call.name
        definition = setting.functions.get(name)
        # Once only: below, twice at each level would be 2^depth times.
        call = rebuild(call, change)
        args = call.args
        if definition is not None and len(definition[0]) == len(args) and call.subscript is None:
            if depth >= MAX_NESTING:
                raise TooLarge(f"the definition of {name} refers to itself")
            parameters, body = definition
            if call.primes:
                if len(parameters) != 1:
                    return call
                body = Derivative(Bracket(body), Symbol(parameters[0]), call.primes)
                # d/dx is taken before a number is put for x; only a name can stand in both places.
                if not (len(args) == 1 and args[0] == Symbol(parameters[0])):
                    return call
                _bound(body)
                return Bracket(_resolve(body, setting, depth + 1))
            new = substitute(body, dict(zip(parameters, args, strict=True)))
            _bound(new)
            return Bracket(_resolve(new, setting, depth + 1))
        if name == "log" and call.subscript is None and setting.log_base != "10":
            number = setting.log_base
            base: Expr = Constant("e") if number == "e" else Number(number, Fraction(number))
            return Call("log", args, base, call.primes, bracketed=call.bracketed, span=call.span)
        if setting.angle_unit == "degree":
            if name in TRIGONOMETRIC and len(args) == 1 and not _has_angle_unit(args[0]):
                return Call(name, (Degrees(Bracket(args[0])),), call.subscript, call.primes, span=call.span)
            if name in INVERSE and len(args) == 1:
                inverse = Call(name, args, call.subscript, call.primes, bracketed=call.bracketed, span=call.span)
                return Quotient(inverse, Degrees(Number("1", Fraction(1))))
        return call

    return change(expr)  # type: ignore[return-value]


def _has_angle_unit(angle: Expr) -> bool:
    """Whether the angle says itself what it is measured in: a degree sign, π, or a unit."""
    return any(isinstance(n, Degrees | Quantity) or (isinstance(n, Constant) and n.name == "pi") for n in walk(angle))
