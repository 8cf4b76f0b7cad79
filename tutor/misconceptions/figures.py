"""Significant figures of measured numbers, and of what is worked out from them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10

from tutor.misconceptions.quantities import last_side, worth
from tutor.syntax.tree import (
    Expr,
    Negative,
    Node,
    Number,
    Product,
    Quantity,
    Quotient,
    Statement,
    Sum,
    numbers,
)
from tutor.verify.physical import in_base_units


@dataclass(frozen=True, slots=True)
class Figures:
    """data: the fewest figures of the numbers that went in; shown: those of the result; rounded: it is not exact."""

    data: int
    shown: int
    rounded: bool


def figures(number: Number) -> int:
    """The significant figures of a numeral; zeros at the end of a whole number do not count."""
    digits = number.text.lower().partition("e")[0].replace(",", "").replace(" ", "")
    plain = digits.replace(".", "").lstrip("0")
    if "." not in digits and "e" not in number.text.lower():
        plain = plain.rstrip("0")
    return max(len(plain), 1)


def rounded_to(value: float, count: int) -> Number:
    """A value with so many significant figures."""
    if not value:
        return Number("0", Fraction(0))
    places = count - 1 - floor(log10(abs(value)))
    exact = Fraction(round(value * 10**places)) / Fraction(10) ** places
    text = f"{float(exact):.{max(places, 0)}f}"
    return Number(text, exact, max(places, 0) or None)


def single(expr: Expr | None) -> Number | None:
    """The numeral of a value that stands alone, with or without a unit."""
    while isinstance(expr, Negative | Quantity):
        expr = expr.operand if isinstance(expr, Negative) else expr.value
    return expr if isinstance(expr, Number) else None


def measured(expr: Node) -> list[Number]:
    """The numbers that were measured: those with decimals."""
    if isinstance(expr, Quantity | Number):
        return [n for n in numbers(expr) if n.places]
    found: list[Number] = []
    if isinstance(expr, Product):
        for factor in expr.factors:
            found += measured(factor)
    if isinstance(expr, Quotient):
        found = measured(expr.top) + measured(expr.bottom)
    return found


def of_product(before: Statement, line: Statement) -> Figures | None:
    """The figures of a product or quotient of measured numbers and of its result."""
    one, shown = last_side(before), single(last_side(line))
    if shown is None or not isinstance(one, Product | Quotient):
        return None
    data = measured(one)
    if len(data) < 2 or len(data) != len(numbers(one)):
        return None
    exact, claimed = worth(in_base_units(one)), worth(in_base_units(last_side(line) or one))
    if exact is None or claimed is None:
        return None
    near = abs(exact - claimed) <= 1e-9 * abs(exact)
    if near and not any(isinstance(n, Quantity) for n in walk_values(one)):
        return None  # an exercise in arithmetic
    return Figures(min(figures(n) for n in data), figures(shown), not near)


def walk_values(expr: Expr) -> list[Node]:
    """The factors, and what is above and below a bar."""
    if isinstance(expr, Product):
        return [v for f in expr.factors for v in walk_values(f)]
    if isinstance(expr, Quotient):
        return walk_values(expr.top) + walk_values(expr.bottom)
    return [expr]


def sum_by_figures(before: Statement, line: Statement) -> bool:
    """Whether a sum was rounded to the fewest figures of its terms where more of its digits are known."""
    one, shown = last_side(before), single(last_side(line))
    if shown is None or not isinstance(one, Sum):
        return False
    terms = [single(t) for t in one.terms]
    data = [t for t in terms if t is not None]
    if len(data) != len(terms) or any(not t.places for t in data):
        return False
    exact, claimed = worth(in_base_units(one)), worth(in_base_units(last_side(line) or one))
    if exact is None or claimed is None or abs(exact - claimed) <= 1e-9 * abs(exact):
        return False
    fewest = min(figures(t) for t in data)
    decimals = min(t.places or 0 for t in data)
    as_done = worth(rounded_to(exact, fewest))
    as_should = round(exact, decimals)
    return as_done is not None and abs(as_done - claimed) <= 1e-9 * abs(exact) and abs(as_should - claimed) > 1e-9
