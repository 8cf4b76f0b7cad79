"""Whether two readings of a line say the same: item by item, claims as trees.

The order of terms and factors does not count, nor which side of one equals sign stands first, nor how a product, a
unit or a number is written: `12 m/s` is `12 metres per second`, `3 + 4` is `4 + 3`, `36 = 4*9` is `4*9 = 36`, `1/2*18`
is `18/2`, `0.50` is `.5`.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import fields
from fractions import Fraction

from tutor.errors import NotReadable, TooLarge
from tutor.syntax.hints import ReadHints
from tutor.syntax.read import read
from tutor.syntax.tree import (
    Both,
    Bracket,
    Chain,
    Degrees,
    Either,
    Expr,
    Mixed,
    Negative,
    Node,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Sum,
    Symbol,
    Unit,
)

_UNITS = {
    "second": "s", "sec": "s", "minute": "min", "hour": "h", "hr": "h", "metre": "m", "meter": "m", "gram": "g",
    "gm": "g", "newton": "N", "joule": "J", "watt": "W", "volt": "V", "ampere": "A", "amp": "A", "ohm": "Ω",
    "coulomb": "C", "tesla": "T", "hertz": "Hz", "pascal": "Pa", "kelvin": "K", "liter": "L", "litre": "L", "l": "L",
    "mole": "mol", "dollar": "$", "euro": "€", "deg": "°", "degree": "°", "inch": "in", "inche": "in", "foot": "ft",
    "feet": "ft", "yard": "yd", "mile": "mi", "pound": "lb", "ounce": "oz", "yr": "year", "wk": "week", "°": "°",
    "degc": "°C", "degf": "°F", "calorie": "cal", "hp": "horsepower", "gallon": "gal", "quart": "qt", "pint": "pt",
    "byte": "B", "bit": "b",
}  # fmt: skip
_PREFIXES = {"kilo": "k", "mega": "M", "giga": "G", "centi": "c", "milli": "m", "micro": "μ", "nano": "n", "deci": "d"}


def same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two readings, in lines of step notation, say the same in the same order.

    >>> same(["4*3 = 12", "value: 5 metres"], ["3 * 4 = 12", "value: 5 m"])
    True
    """
    return len(one) == len(other) and all(canonical(a) == canonical(b) for a, b in zip(one, other, strict=True))


def canonical(line: str) -> Hashable:
    """What a line of step notation says, in a form that is equal for equal lines; the line itself if unreadable."""
    line = " ".join(line.split())
    found = _PREFIX.match(line)
    prefix, rest = (found[0], line[found.end() :]) if found else ("", line)
    try:
        return prefix.replace(" ", ""), _form(read(rest, _PHYSICAL)) if rest else None
    except (NotReadable, TooLarge):
        return line


_PREFIX = re.compile(r"op: ?(?:[-+*/]|substitute ?|[a-z ]+$)|value: ?|let |no wait")
_PHYSICAL = ReadHints(physical=True)  # in "5 s" the letter is a unit


def _form(node: object) -> Hashable:
    match node:
        case Number(value=value):
            return value
        case Mixed(whole, top, bottom):
            return whole.value + top.value / bottom.value if bottom.value else ("mixed", whole.value)
        case Bracket(inner) | Positive(inner):
            return _form(inner)
        case Negative(operand):
            inside = _form(operand)
            return -inside if isinstance(inside, Fraction) else _product([node])
        case Sum(terms):
            return "sum", _sorted([_form(t) for t in _terms(terms)])
        case Product() | Quotient():
            return _product([node])
        case Power(base, exponent):
            return "power", _form(base), _form(exponent)
        case Percent(operand):
            return "percent", _form(operand)
        case Degrees(operand):
            return "quantity", _form(operand), (("°", 1),)
        case Quantity(value, unit):
            return "quantity", _form(value), _unit(unit)
        case Chain((left, right), ("=" | ":=",)):
            return "equal", _sorted([_form(left), _form(right)])
        case Chain(operands, relations):
            return "chain", tuple(_form(o) for o in operands), tuple("=" if r == ":=" else r for r in relations)
        case Either(parts):
            return "either", _sorted([_form(p) for p in parts])
        case Both(parts):
            return "both", tuple(_form(p) for p in parts)
        case Symbol(name) if name.isupper() and name.isalpha() and len(name) == 2:
            return "product", 1, _sorted([("symbol", letter) for letter in name]), ()  # V = IR
        case Symbol(name):
            return "symbol", name.replace("_", "").replace("Δ", "Delta")
        case Node():
            named = [f.name for f in fields(node) if f.compare]
            return type(node).__name__, tuple(_form(getattr(node, name)) for name in named)
        case tuple():
            return tuple(_form(part) for part in node)
        case Hashable():
            return node
        case _:
            return repr(node)


def _terms(terms: Sequence[Expr]) -> list[Expr]:
    found: list[Expr] = []
    for term in terms:
        inner = term.inner if isinstance(term, Bracket) else term
        found += _terms(inner.terms) if isinstance(inner, Sum) else [term]
    return found


def _product(nodes: Sequence[Expr]) -> Hashable:
    """Factors above and below the bar; signs gathered in front, whole numbers alone not multiplied out."""
    above: list[Hashable] = []
    below: list[Hashable] = []
    sign = 1

    def gather(node: Expr, over: list[Hashable], under: list[Hashable]) -> None:
        nonlocal sign
        match node:
            case Bracket(inner) | Positive(inner):
                gather(inner, over, under)
            case Negative(operand):
                sign = -sign
                gather(operand, over, under)
            case Product(factors):
                for factor in factors:
                    gather(factor, over, under)
            case Quotient(top, bottom):
                gather(top, over, under)
                gather(bottom, under, over)
            case _:
                form = _form(node)
                if form != 1:
                    over.append(form)

    for node in nodes:
        gather(node, above, below)
    return "product", sign, _sorted(above), _sorted(below)


def _sorted(forms: Sequence[Hashable]) -> tuple[Hashable, ...]:
    return tuple(sorted(forms, key=repr))


def _unit(unit: Unit) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((short_unit(word), exponent) for word, exponent in unit.factors))


def short_unit(word: str) -> str:
    """metres -> m, kilograms -> kg, dollars -> $"""
    for form in (word, word.lower(), word.lower().removesuffix("s")):
        if form in _UNITS:
            return _UNITS[form]
        for prefix, letter in _PREFIXES.items():
            rest = form.removeprefix(prefix)
            if rest != form and rest in _UNITS:
                return letter + _UNITS[rest]
    return word.removesuffix("s") if len(word) > 3 else word
