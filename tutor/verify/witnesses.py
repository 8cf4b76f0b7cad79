"""Witnesses against a line that has a law wrong: its units, or what it gives with the problem's own numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from tutor.bridge.dimensions import Dimension, in_words, raised, times, unit_text
from tutor.bridge.units import measure
from tutor.errors import StudentError, Unsupported
from tutor.laws.catalogue import catalogue
from tutor.laws.forms import UNDEFINED, NotAFunction, equal, function, prepared, solved
from tutor.laws.law import RoleKind
from tutor.laws.letters import MARK
from tutor.laws.matching import Match
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Constant,
    Degrees,
    Expr,
    Negative,
    Number,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Sum,
    Symbol,
    substitute,
    symbols,
    without_brackets,
)
from tutor.verify.physical import Physical


def as_letters(expr: Expr) -> Expr:
    """The expression with the numbers that were taken for constants as letters."""
    marks = {n: Symbol(n[1:]) for n in symbols(expr) if n.startswith(MARK)}
    return substitute(expr, marks) if marks else expr


def in_si(value: Expr) -> float | None:
    """A written quantity in SI base units."""
    inner = without_brackets(value)
    size = 1.0
    if isinstance(inner, Quantity):
        try:
            size = float(measure(inner.unit).size)
        except (Unsupported, StudentError):
            return None
        inner = inner.value
    try:
        return function(prepared(inner), {})(()) * size
    except (NotAFunction, *UNDEFINED):
        return None


def figures(value: float, shown: int = 3) -> str:
    """A value to three figures, as people write it."""
    if value == 0:
        return "0"
    size = abs(value)
    if 1e-3 <= size < 1e5:
        from math import floor, log10

        places = shown - 1 - floor(log10(size))
        text = f"{round(value, places):.{max(places, 0)}f}"
        return text if shown == 3 else text.rstrip("0").rstrip(".")
    mantissa, exponent = f"{value:.{shown - 1}e}".split("e")
    return f"{mantissa} × 10^{int(exponent)}"


def by_dimension(match: Match, physical: Physical, roles: Mapping[str, RoleKind]) -> str | None:
    """As in "1/2 m v is in kg m/s, a kinetic energy in kg m^2/s^2"."""
    known = {**match.law.symbols, **match.law.others}
    of = {
        expr.name: roles[known[name].role].dimension
        for name, expr in match.names.items()
        if isinstance(expr, Symbol) and name in known
    }
    constants = {s.name for s in known.values() if s.constant}
    if any(roles[known[name].role].dimension == () for name in constants if name in match.names):
        return None  # the unit of the constant is not told by its role
    left, right = dimension_under(match.left, of), dimension_under(match.right_side, of)
    if left is None or right is None or left == right:
        return None
    a, b = (match.right_side, match.left) if isinstance(match.left, Symbol) else (match.left, match.right_side)
    inside, wanted = (right, left) if isinstance(match.left, Symbol) else (left, right)
    subject = match.names.get(match.subject)
    if isinstance(subject, Symbol) and b == subject:
        kind = roles[known[match.subject].role].says.removeprefix("the ")
        units = f"in units, {to_text(as_letters(a))} is in {unit_text(inside)}, {_article(kind)} in {unit_text(wanted)}"
        found = values_for(match, physical, roles)
        true = None if found is None else lawful_value(match, found[0])
        if found is None or true is None:
            return units
        unit = roles[known[match.subject].role].unit
        return f"{units}; with {listed(found[1])} the law gives {short(true)} {unit}".rstrip()
    return f"in units, {to_text(as_letters(a))} is {in_words(inside)}, {to_text(as_letters(b))} is {in_words(wanted)}"


def lawful_value(match: Match, values: Mapping[str, float]) -> float | None:
    """What the law gives for the subject of the line."""
    if not match.subject:
        return None
    left, right = (prepared(o) for o in match.law.equation.operands)
    lawful = solved(left, right, match.subject)
    try:
        return None if lawful is None else value_at(lawful, values)
    except (NotAFunction, KeyError, *UNDEFINED):
        return None


def listed(said: Sequence[str]) -> str:
    """a, b and c"""
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def values_for(
    match: Match, physical: Physical, roles: Mapping[str, RoleKind]
) -> tuple[dict[str, float], list[str]] | None:
    """The problem's own values for the symbols of a law, in SI units, and how to say them; None where one is missing.

    A symbol of the work by what is known of it; else the one given that has its role.
    """
    from tutor.bridge.constants import CONSTANTS

    values: dict[str, float] = {}
    said: list[str] = []
    used: set[int] = set()
    subject = match.subject or uncovered(match, physical)
    for name, symbol in match.law.symbols.items():
        if name == subject:
            continue
        if symbol.constant in CONSTANTS:
            values[name] = 9.81 if symbol.constant == "g" else float(CONSTANTS[symbol.constant].value)
            continue
        expr = match.names.get(name)
        letter = expr.name if isinstance(expr, Symbol) else name
        written = physical.meaning(letter).value
        if written is None:
            fitting = [
                i
                for i, g in enumerate(physical.scene.givens)
                if i not in used and g.role and (symbol.role in catalogue().kinds_of(g.role))
            ]
            if not fitting:
                wider = catalogue().kinds_of(symbol.role)
                fitting = [i for i, g in enumerate(physical.scene.givens) if i not in used and g.role in wider]
            alike = sum(s.role == symbol.role for s in match.law.symbols.values())
            if not fitting or len(fitting) > alike:
                return None
            used.add(fitting[0])
            written = physical.scene.givens[fitting[0]].value
        number = in_si(written)
        if number is None:
            return None
        values[name] = number
        unit = roles[symbol.role].unit
        plain = isinstance(without_brackets(written), Quantity | Degrees) or not unit
        said.append(f"{letter} = {to_text(written)}" if plain else f"{letter} = {to_text(written)} {unit}")
    return (values, said) if said else None


def uncovered(match: Match, physical: Physical) -> str:
    """The one symbol of a law that nothing gives a value for, "" where there are several or none."""
    kinds_of = catalogue().kinds_of
    missing = []
    for name, symbol in match.law.symbols.items():
        expr = match.names.get(name)
        letter = expr.name if isinstance(expr, Symbol) else name
        if symbol.constant or physical.meaning(letter).value is not None:
            continue
        roles = [g.role for g in physical.scene.givens if g.role]
        if not any(symbol.role in kinds_of(r) or r in kinds_of(symbol.role) for r in roles):
            missing.append(name)
    return missing[0] if len(missing) == 1 else ""


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def dimension_under(expr: Expr, of: Mapping[str, Dimension]) -> Dimension | None:
    """The dimension of an expression whose symbols have these; None where it has none that is sure."""
    match expr:
        case Symbol(name):
            return of.get(name)
        case Number() | Constant():
            return ()
        case Bracket(inner) | Negative(inner) | Positive(inner) | Absolute(inner):
            return dimension_under(inner, of)
        case Product(factors):
            total: Dimension = ()
            for factor in factors:
                one = dimension_under(factor, of)
                if one is None:
                    return None
                total = times(total, one)
            return total
        case Quotient(top, bottom):
            above, below = dimension_under(top, of), dimension_under(bottom, of)
            return None if above is None or below is None else times(above, raised(below, -1))
        case Power(base, exponent):
            low, power = dimension_under(base, of), without_brackets(exponent)
            sign = 1
            if isinstance(power, Negative):
                power, sign = without_brackets(power.operand), -1
            if low is None or not isinstance(power, Number):
                return None
            return raised(low, sign * power.value)
        case Root(radicand, None):
            inner_dimension = dimension_under(radicand, of)
            return None if inner_dimension is None else raised(inner_dimension, Fraction(1, 2))
        case Sum(terms):
            found = {dimension_under(term, of) for term in terms}
            return found.pop() if len(found) == 1 else None
        case Call(name, (_,)) if name in ("sin", "cos", "tan"):
            return ()
    return None


_SMALL = (2.0, 3.0, 5.0, 4.0, 7.0, 6.0, 8.0, 9.0)


def by_numbers(match: Match, physical: Physical, roles: Mapping[str, RoleKind]) -> str | None:
    """As in "with m = 2 kg and v = 3 m/s the kinetic energy is 9 J, but this gives 18 J"."""
    from tutor.bridge.constants import CONSTANTS

    law, names = match.law, match.names
    subject = match.subject or uncovered(match, physical)
    subject = subject or (match.form.symbols[match.form.free].name if match.form is not None else "")
    student = names.get(subject)
    if not isinstance(student, Symbol) or subject not in law.symbols:
        return None
    stated = solved(match.left, match.right_side, student.name)
    left, right = (prepared(o) for o in law.equation.operands)
    if match.form is not None and not match.form.slip:
        left, right = match.form.left, match.form.right
    lawful = solved(left, right, subject)
    if stated is None or lawful is None:
        return None
    own = values_for(match, physical, roles) if match.subject or uncovered(match, physical) else None
    values: dict[str, float] = {} if own is None else own[0]
    said: list[str] = [] if own is None else own[1]
    small = iter(_SMALL)
    for symbol in law.symbols.values() if own is None else ():
        if symbol.name == subject or symbol.name not in symbols(left) | symbols(right):
            continue
        expr = names.get(symbol.name)
        shown = expr.name if isinstance(expr, Symbol) else symbol.name
        if symbol.constant in CONSTANTS:
            values[symbol.name] = 9.81 if symbol.constant == "g" else float(CONSTANTS[symbol.constant].value)
            continue
        role = roles[symbol.role]
        if role.angle:
            values[symbol.name] = 0.5235987755982988
            said.append(f"{shown} = 30°")
            continue
        value = next(small, 10.0)
        values[symbol.name] = value
        said.append(f"{shown} = {value:g} {role.unit}".strip())
    if any(s in match.law.others for s in names) or not said:
        return None
    by_student = {e.name: values[n] for n, e in names.items() if isinstance(e, Symbol) and n in values}
    try:
        true = value_at(lawful, values)
        claimed = value_at(stated, by_student)
    except (NotAFunction, KeyError, *UNDEFINED):
        return None
    if equal(true, claimed) or f"{true:.3g}" == f"{claimed:.3g}":
        return None
    role = roles[law.symbols[subject].role]
    unit = f" {role.unit}" if role.unit else ""
    what = law.symbols[subject].says or role.says
    return f"with {listed(said)} {what} is {short(true)}{unit}, but this gives {short(claimed)}{unit}"


def short(value: float) -> str:
    """A whole number as it is, others to three figures."""
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e7 else figures(value)


def value_at(expr: Expr, values: Mapping[str, float]) -> float:
    """The value of an expression. Raises as `function` does, and KeyError for a symbol that has no value."""
    names = sorted(symbols(expr))
    return function(expr, {n: i for i, n in enumerate(names)})([values[n] for n in names])
