"""Equations as functions of numbers: points on a law, a letter solved for, terms left out.

Floating point is enough here: a form only proposes that two equations are the same, at points whose values are of
order 1, and what is said of a student's line rests on names, roles and the law itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from random import Random
from typing import Any, NamedTuple

from tutor.laws.law import Law, LawSymbol, RoleKind
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Constant,
    Degrees,
    Expr,
    Mixed,
    Negative,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
    kinds,
    rebuild,
    substitute,
    symbols,
    without_brackets,
)

Point = Sequence[float]
Function = Callable[[Point], float]

TOLERANCE = 1e-8
POINTS = 4
LARGEST = 1e9  # of a value at a point


class NotAFunction(Exception):
    """A node that has no value at a point: a derivative, a vector, words."""


_CALLS: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "cot": lambda x: 1 / math.tan(x),
    "sec": lambda x: 1 / math.cos(x),
    "csc": lambda x: 1 / math.sin(x),
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "exp": math.exp,
    "ln": math.log,
    "lg": math.log10,
    "abs": abs,
    "sqrt": math.sqrt,
}
TRIGONOMETRIC = frozenset({"sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan"})
EXPONENTIAL = frozenset({"exp", "ln", "lg", "log", "sinh", "cosh", "tanh"})
_INVERSE = {"sin": "arcsin", "cos": "arccos", "tan": "arctan", "exp": "ln", "ln": "exp"}
_INVERSE |= {after: before for before, after in _INVERSE.items()}

ONE = Number("1", 1)  # type: ignore[arg-type]
ZERO = Number("0", 0)  # type: ignore[arg-type]


def function(expr: Expr, where: Mapping[str, int]) -> Function:
    """The value of an expression at a point, whose coordinates are the symbols' in the order of `where`.

    The function raises ValueError, ZeroDivisionError or OverflowError where there is no real value.

    Raises:
        NotAFunction: a node has no value, or a symbol is not among them.
    """
    kind = expr.__class__
    e: Any = expr
    if kind is Symbol:
        i = where.get(e.name)
        if i is None:
            raise NotAFunction(e.name)
        return lambda p: p[i]
    if kind is Number:
        value = float(e.value)
        return lambda _: value
    if kind is Bracket:
        return function(e.inner, where)
    if kind is Positive:
        return function(e.operand, where)
    if kind is Product:
        parts = [function(f, where) for f in e.factors]
        if len(parts) == 2:
            a, b = parts
            return lambda p: a(p) * b(p)
        return lambda p: math.prod([f(p) for f in parts])
    if kind is Quotient:
        top, bottom = function(e.top, where), function(e.bottom, where)
        return lambda p: top(p) / bottom(p)
    if kind is Power:
        if e.base.__class__ is Constant and e.base.name == "e":
            inner = function(e.exponent, where)
            return lambda p: math.exp(inner(p))
        base, exponent = function(e.base, where), function(e.exponent, where)
        return lambda p: math.pow(base(p), exponent(p))
    if kind is Sum:
        parts = [function(t, where) for t in e.terms]
        return lambda p: sum([f(p) for f in parts])
    if kind is Negative:
        inner = function(e.operand, where)
        return lambda p: -inner(p)
    if kind is Root:
        inner = function(e.radicand, where)
        if e.index is None:
            return lambda p: math.sqrt(inner(p))
        index = function(e.index, where)
        return lambda p: math.pow(inner(p), 1 / index(p))
    return _rarer(expr, where)


def _rarer(expr: Expr, where: Mapping[str, int]) -> Function:
    match expr:
        case Constant("pi"):
            return lambda _: math.pi
        case Constant("e"):
            return lambda _: math.e
        case Call("log", (argument,), None, 0):
            inner = function(argument, where)
            return lambda p: math.log10(inner(p))
        case Call("log", (argument,), base, 0) if base is not None:
            inner, b = function(argument, where), function(base, where)
            return lambda p: math.log(inner(p)) / math.log(b(p))
        case Call(name, (argument,), None, 0) if name in _CALLS:
            inner, call = function(argument, where), _CALLS[name]
            return lambda p: call(inner(p))
        case Absolute(operand):
            inner = function(operand, where)
            return lambda p: abs(inner(p))
        case Degrees(operand):
            inner = function(operand, where)
            return lambda p: math.radians(inner(p))
        case Percent(operand):
            inner = function(operand, where)
            return lambda p: inner(p) / 100
        case Mixed(whole, top, bottom) if bottom.value:
            mixed = float(whole.value + top.value / bottom.value)
            return lambda _: mixed
    raise NotAFunction(type(expr).__name__)


def equal(a: float, b: float) -> bool:
    """Equal for what floating point can tell."""
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b), 1e-6)


UNDEFINED = (ValueError, ZeroDivisionError, OverflowError)


def occurrences(expr: Expr, name: str) -> int:
    """How often a symbol stands in an expression."""
    if name not in symbols(expr):
        return 0
    if expr.__class__ is Symbol:
        return 1
    found = 0

    def count(node: Any) -> Any:
        nonlocal found
        found += occurrences(node, name)
        return node

    rebuild(expr, count)
    return found


def solved(left: Expr, right: Expr, name: str) -> Expr | None:
    """left = right solved for a symbol that stands in it once; None where it does not, or is not to be got out.

    Of an even power the positive root is taken.
    """
    if occurrences(left, name) + occurrences(right, name) != 1:
        return None
    if name in symbols(right):
        left, right = right, left
    while not isinstance(left := without_brackets(left), Symbol):
        moved = _one_step(left, right, name)
        if moved is None:
            return None
        left, right = moved
    return right


def _one_step(left: Expr, right: Expr, name: str) -> tuple[Expr, Expr] | None:
    """The outermost operation on the side that holds the symbol, undone on both."""
    match left:
        case Negative(inner):
            return inner, Negative(Bracket(right))
        case Positive(inner):
            return inner, right
        case Sum(terms):
            i = next(i for i, t in enumerate(terms) if name in symbols(t))
            others = tuple(Negative(Bracket(t)) for j, t in enumerate(terms) if j != i)
            return terms[i], Sum((right, *others))
        case Product(factors):
            i = next(i for i, f in enumerate(factors) if name in symbols(f))
            rest = tuple(f for j, f in enumerate(factors) if j != i)
            return factors[i], Quotient(right, rest[0] if len(rest) == 1 else Product(rest))
        case Quotient(top, bottom):
            return (top, Product((right, bottom))) if name in symbols(top) else (bottom, Quotient(top, right))
        case Power(base, exponent) if name in symbols(base):
            return base, Power(Bracket(right), Quotient(ONE, Bracket(exponent)))
        case Power(Constant("e"), exponent):
            return exponent, Call("ln", (right,))
        case Power(base, exponent):
            return exponent, Quotient(Call("ln", (right,)), Call("ln", (base,)))
        case Root(radicand, None):
            return radicand, Power(Bracket(right), Number("2", 2))  # type: ignore[arg-type]
        case Root(radicand, index) if index is not None and name in symbols(radicand):
            return radicand, Power(Bracket(right), index)
        case Absolute(inner):
            return inner, right
        case Call("log", (argument,), None, 0):
            return argument, Power(Number("10", 10), Bracket(right))  # type: ignore[arg-type]
        case Call(function_name, (argument,), None, 0) if function_name in _INVERSE:
            return argument, Call(_INVERSE[function_name], (right,))
    return None


def with_zero(expr: Expr, name: str) -> Expr | None:
    """The expression where a symbol is 0, its terms left out; None where that leaves no value to speak of."""
    if name not in symbols(expr):
        return expr
    match expr:
        case Symbol():
            return ZERO
        case Sum(terms):
            kept = [t for term in terms if (t := with_zero(term, name)) is not ZERO]
            if any(t is None for t in kept):
                return None
            if not kept:
                return ZERO
            return kept[0] if len(kept) == 1 else Sum(tuple(kept))  # type: ignore[arg-type]
        case Product(factors):
            new = [with_zero(f, name) for f in factors]
            if any(f is None for f in new):
                return None
            return ZERO if any(f is ZERO for f in new) else Product(tuple(new))  # type: ignore[arg-type]
        case Quotient(top, bottom) if name not in symbols(bottom):
            over = with_zero(top, name)
            return over if over is None or over is ZERO else Quotient(over, bottom)
        case Quotient(top, bottom) if name not in symbols(top):
            under = with_zero(bottom, name)
            return None if under is None or under is ZERO else Quotient(top, under)
        case Power(base, exponent) if name not in symbols(exponent):
            low = with_zero(base, name)
            return low if low is None or low is ZERO else Power(low, exponent)
        case Root(radicand, index):
            inner = with_zero(radicand, name)
            return inner if inner is None or inner is ZERO else Root(inner, index)
        case Negative(inner_) | Positive(inner_):
            inner = with_zero(inner_, name)
            return inner if inner is None or inner is ZERO else type(expr)(inner)
        case Bracket(inner_):
            inner = with_zero(inner_, name)
            return inner if inner is None or inner is ZERO else Bracket(inner)
        case Call("sin" | "tan", (argument,)):
            return ZERO if with_zero(argument, name) is ZERO else None
        case Call("cos", (argument,)):
            return ONE if with_zero(argument, name) is ZERO else None
        case Absolute(operand):
            inner = with_zero(operand, name)
            return inner if inner is None or inner is ZERO else Absolute(inner)
    return None


# Quantities that are often zero, so that their terms are left out.
MAY_BE_ZERO = frozenset(
    """
    speed initial_speed final_speed velocity initial_angular_speed final_angular_speed position initial_position height
    initial_height final_height angle potential_energy kinetic_energy elastic_energy friction internal_resistance work
    heat
    """.split()
)
MOST_ZEROS = 3
MOST_LEFT_OUT = 14
MOST_LIKE_TERMS = 5


class Seen(NamedTuple):
    """What can be told of an equation at sight: how many symbols, and which functions."""

    symbols: int
    trigonometric: bool
    exponential: bool


def sight(left: Expr, right: Expr) -> Seen:
    """What a law and a student's line must have in common."""
    names: set[str] = set()
    e_power = False
    if kinds(left) & _WITH_FUNCTIONS or kinds(right) & _WITH_FUNCTIONS:
        from tutor.syntax.tree import walk

        for side in (left, right):
            for node in walk(side):
                if isinstance(node, Call):
                    names.add(node.name)
                elif isinstance(node, Power) and (
                    symbols(node.exponent) or (isinstance(node.base, Constant) and node.base.name == "e")
                ):
                    e_power = True
    return Seen(
        len(symbols(left) | symbols(right)),
        not names.isdisjoint(TRIGONOMETRIC),
        e_power or not names.isdisjoint(EXPONENTIAL),
    )


_WITH_FUNCTIONS = frozenset({Call, Power})


@dataclass(eq=False)  # each is itself alone, so that it can be a key
class Form:
    """One way to write a law, or a slip of it, with points at which it holds.

    symbols: of the law, in the order of the coordinates. left_out: those that are 0 here. slip: what was done, "" where
    it is right. right: of a slip, the law itself.
    """

    law: Law
    left: Expr
    right: Expr
    symbols: tuple[LawSymbol, ...]
    left_out: tuple[LawSymbol, ...] = ()
    slip: str = ""
    _points: list[list[float]] | None = None
    free: int = 0  # the coordinate that was solved for

    @cached_property
    def seen(self) -> Seen:
        """What can be told at sight."""
        return sight(self.left, self.right)

    @cached_property
    def keys(self) -> tuple[tuple[str, str, str], ...]:
        """By what each symbol is told from others."""
        return tuple((s.name, s.role, s.constant) for s in self.symbols)

    def points(self, roles: Mapping[str, RoleKind]) -> list[list[float]]:
        """Points at which the form holds; empty where none were found."""
        if self._points is None:
            self._points = self._find(roles)
        return self._points

    def _find(self, roles: Mapping[str, RoleKind]) -> list[list[float]]:
        where = {s.name: i for i, s in enumerate(self.symbols)}
        angle = [roles[s.role].angle for s in self.symbols]
        random = Random(len(where) * 31 + 7)
        for i, symbol in enumerate(self.symbols):
            body = solved(self.left, self.right, symbol.name)
            if body is None:
                continue
            try:
                value = function(body, where)
                sides = function(self.left, where), function(self.right, where)
            except NotAFunction:
                return []
            found: list[list[float]] = []
            for _ in range(10 * POINTS):
                point = [random.uniform(0.25, 1.25) if a else random.uniform(0.6, 2.4) for a in angle]
                try:
                    point[i] = value(point)
                    holds = equal(sides[0](point), sides[1](point))
                except UNDEFINED:
                    continue
                if holds and 1e-6 < abs(point[i]) < LARGEST:
                    found.append(point)
                if len(found) == POINTS:
                    self.free = i
                    return found
            if len(found) >= 2:
                self.free = i
                return found
        return []


def right_forms(law: Law) -> list[Form]:
    """The ways to write a law: as it stands, with zeros left out, with more terms of a kind."""
    right: list[Form] = []
    for chain in (law.equation, *law.forms):
        left, r = (prepared(o) for o in chain.operands)
        first = _form(law, left, r, law.symbols)
        right += [first, *_with_zeros(first), *_with_more_terms(first), *_with_differences(first)]
    return right


def slips_of(law: Law, *, guarded: bool = False) -> list[Form]:
    """The ways to write a law wrongly; guarded: those that are wrong with some values alone."""
    found: list[Form] = []
    known = {**law.symbols, **law.others}
    for chain, done in law.guarded_slips if guarded else law.slips:
        left, r = (prepared(o) for o in chain.operands)
        first = _form(law, left, r, known, slip=done)
        found += [first, *_with_zeros(first)]
    return found


def _form(
    law: Law,
    left: Expr,
    right: Expr,
    known: Mapping[str, LawSymbol],
    left_out: tuple[LawSymbol, ...] = (),
    slip: str = "",
) -> Form:
    names = symbols(left) | symbols(right)
    return Form(law, left, right, tuple(s for n, s in known.items() if n in names), left_out, slip)


def _with_zeros(form: Form) -> list[Form]:
    """The same with some of the symbols that are often zero left out."""
    often = [s for s in form.symbols if s.role in MAY_BE_ZERO or "angle" in s.role]
    known = {s.name: s for s in form.symbols}
    found: list[Form] = []
    for size in range(1, min(MOST_ZEROS, len(often)) + 1):
        for chosen in combinations(often, size):
            left: Expr | None = form.left
            right: Expr | None = form.right
            for symbol in chosen:
                left = with_zero(left, symbol.name) if left is not None else None
                right = with_zero(right, symbol.name) if right is not None else None
            if left is None or right is None:
                continue
            new = _form(form.law, left, right, known, chosen, form.slip)
            # Nothing but those symbols may have gone: v = 0 leaves no law of a momentum m v, but one of m1 v1 + m2 v2.
            if len(new.symbols) >= 2 and ZERO not in (new.left, new.right) and not _says_nothing(new):
                found.append(new)
            if len(found) >= MOST_LEFT_OUT:
                return found
    return found


def _says_nothing(form: Form) -> bool:
    """Z = R: one thing is another, which may be said of anything."""
    return isinstance(without_brackets(form.left), Symbol) and isinstance(without_brackets(form.right), Symbol)


# What the difference of two of these is.
_CHANGE = {"temperature": "temperature_change", "position": "displacement"}


def _with_differences(form: Form) -> list[Form]:
    """The same with ΔT for T_f - T_i."""
    left, right = differences_named(form.left), differences_named(form.right)
    if left is form.left and right is form.right:
        return []
    known = {s.name: s for s in form.symbols}
    for name in symbols(left) | symbols(right):
        if name not in known:
            late = next(s for s in form.symbols if s.name.partition("_")[0] == name[6:])
            role = next((r for word, r in _CHANGE.items() if word in late.role), late.role)
            known[name] = LawSymbol(name, role)
    return [_form(form.law, left, right, known, form.left_out, form.slip)]


def _with_more_terms(form: Form) -> list[Form]:
    """R = R_1 + R_2 goes on with R_3, …; so does 1/R = 1/R_1 + 1/R_2."""
    pair = [s for s in form.symbols if s.name.endswith(("_1", "_2"))]
    if len(pair) != 2 or pair[0].role != pair[1].role or pair[0].name[:-1] != pair[1].name[:-1]:
        return []
    first, second = pair
    found = []
    known = {s.name: s for s in form.symbols}
    sides = [form.left, form.right]
    for i, side in enumerate(sides):
        whole = without_brackets(side)
        if not isinstance(whole, Sum) or len(whole.terms) != 2:
            continue
        alike = substitute(whole.terms[0], {first.name: Symbol(second.name)})
        if alike != whole.terms[1] or len(symbols(whole)) != 2:
            continue
        terms: tuple[Expr, ...] = whole.terms
        for k in range(3, MOST_LIKE_TERMS + 1):
            name = f"{first.name[:-1]}{k}"
            known[name] = LawSymbol(name, first.role, first.says, str(k), first.sign)
            terms = (*terms, substitute(whole.terms[0], {first.name: Symbol(name)}))
            new = [*sides[:i], Sum(terms), *sides[i + 1 :]]
            found.append(_form(form.law, new[0], new[1], known, slip=form.slip))
    return found


def prepared(expr: Expr) -> Expr:
    """A letter e that is no base of a power is a quantity (a charge, an efficiency), not Euler's number."""
    if Constant not in kinds(expr):
        return expr

    def change(node: Any) -> Any:
        if node.__class__ is Constant and node.name == "e":
            return Symbol("e")
        if node.__class__ is Power and node.base.__class__ is Constant:
            exponent = change(node.exponent)
            return node if exponent is node.exponent else Power(node.base, exponent)
        return rebuild(node, change)

    return change(expr)  # type: ignore[no-any-return]


def differences_named(expr: Expr) -> Expr:
    """T_2 - T_1 as Δ_T: two of one letter, the later less the earlier."""
    if Sum not in kinds(expr):
        return expr

    def change(node: Any) -> Any:
        if isinstance(node, Sum) and len(node.terms) == 2:
            a, b = node.terms
            if isinstance(b, Negative) and isinstance(a, Symbol) and isinstance(b.operand, Symbol):
                (head, _, late), (other, _, early) = a.name.partition("_"), b.operand.name.partition("_")
                if head == other and early != late and early in ("0", "1", "i", "o", "A", "a", "initial"):
                    return Symbol("Delta_" + head)
        return rebuild(node, change)

    return change(expr)  # type: ignore[no-any-return]
