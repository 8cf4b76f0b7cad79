"""A side of a student's equation as laws are written: SI units, constants of nature by name, a letter a quantity."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tutor.bridge.units import measure
from tutor.errors import StudentError, Unsupported
from tutor.laws.forms import prepared
from tutor.laws.letters import MARK
from tutor.syntax.names import FUNCTIONS, GREEK
from tutor.syntax.read import ReadHints, read
from tutor.syntax.tree import (
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quantity,
    Symbol,
    Words,
    kinds,
    rebuild,
    without_brackets,
)

# Numbers that stand for a constant of nature wherever they stand in a formula, without a unit.
_PLAIN_CONSTANTS = "g c h hbar k_B G N_A R epsilon_0 mu_0 k_e e sigma".split()


@lru_cache(maxsize=1)
def _bare_constants() -> Mapping[Fraction, str]:
    from tutor.bridge.constants import CONSTANTS

    found: dict[Fraction, str] = {}
    for id_ in _PLAIN_CONSTANTS:
        constant = CONSTANTS[id_]
        for value in (constant.value, *constant.roundings):
            if value.denominator > 1 or value > 1000:  # 9.8 and 3e8, not 10
                found.setdefault(value, id_)
    return found


def plain(expr: Expr, names: Mapping[str, str]) -> Expr:
    """The expression with numbers in SI units, constants of nature by name, and runs of letters as products."""
    plainly: Expr = _plain(prepared(expr), names)
    return plainly


def _plain(expr: Any, names: Mapping[str, str]) -> Any:
    kind = expr.__class__
    if kind is Symbol:
        return _letters_apart(expr)
    if kind is Number:
        constant = _bare_constants().get(expr.value)
        return expr if constant is None else Symbol(MARK + constant)
    if kind is Quantity:
        return _quantity(expr)
    if kind is Words:
        return _words(expr, names)
    if kind is Product:
        product: Product = expr
        joined = _scientific(product)
        if joined is not product:
            return _plain(joined, names)
        if len(product.factors) == 2 and product.signs in ((), ("",)):
            a, b = product.factors
            if a.__class__ is Symbol and b.__class__ is Symbol and a.name + b.name in ("KE", "PE"):
                return Symbol(a.name + b.name)
        if any(f.__class__ is Symbol and f.name == "Sigma" for f in product.factors):
            return _plain(_with_sigma(product), names)
    if kind is Power and expr.exponent.__class__ is Number:
        base = _plain(expr.base, names)
        return expr if base is expr.base else Power(base, expr.exponent)
    return rebuild(expr, lambda node: _plain(node, names))


def _scientific(product: Product) -> Product | Number:
    """9.0 × 10^9 as one number."""
    factors = list(product.factors)
    for i in range(len(factors) - 1):
        a, b = factors[i], factors[i + 1]
        if isinstance(a, Number) and isinstance(b, Power) and isinstance(b.base, Number) and b.base.value == 10:
            exponent = without_brackets(b.exponent)
            sign = 1
            if isinstance(exponent, Negative):
                exponent, sign = without_brackets(exponent.operand), -1
            if isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value <= 40:
                value = a.value * Fraction(10) ** (sign * int(exponent.value))
                factors[i : i + 2] = [Number(f"{a.text}e{sign * int(exponent.value)}", value)]
                whole = factors[0]
                return whole if len(factors) == 1 and isinstance(whole, Number) else Product(tuple(factors))
    return product


def _with_sigma(product: Product) -> Expr:
    """Σ F is one name."""
    factors: list[Expr] = []
    for factor in product.factors:
        last = factors[-1] if factors else None
        if isinstance(last, Symbol) and last.name == "Sigma" and isinstance(factor, Symbol):
            factors[-1] = Symbol("Sigma" + factor.name)
        else:
            factors.append(Symbol("sigma") if len(product.factors) == 1 else factor)
    if any(isinstance(f, Symbol) and f.name == "Sigma" for f in factors):
        return Product(tuple(Symbol("Sigma_") if isinstance(f, Symbol) and f.name == "Sigma" else f for f in factors))
    return factors[0] if len(factors) == 1 else Product(tuple(factors))


def _quantity(expr: Quantity) -> Expr:
    from tutor.bridge.constants import constant_like

    value = without_brackets(expr.value)
    if isinstance(value, Product):
        value = _scientific(value)
    try:
        found = measure(expr.unit)
    except (Unsupported, StudentError):
        return value
    if isinstance(value, Number):
        si = value.value * found.size
        constant = constant_like(si, found.dimension) if found.dimension else None
        if constant is not None and constant.id in _PLAIN_CONSTANTS:
            return Symbol(MARK + constant.id)
        return value if found.size == 1 else Number(value.text, si)
    return value


_ONE_NAME = frozenset("KE PE TE ME GE EE SE GPE EPE EMF SPE AC DC  RMS AB BC CD AC OA OB SigmaF".split())


def _letters_apart(symbol: Symbol) -> Expr:
    """BIL, which no law knows as a name, is B·I·L; mgh_1 is m·g·h_1."""
    head, _, below = symbol.name.partition("_")
    if len(head) < 2 or head in _ONE_NAME or not head.isascii() or not head.isalpha() or head in GREEK:
        return symbol
    if not head.isupper() and not (2 <= len(head) <= 3 and below and head.startswith("m")):
        return symbol
    parts = [Symbol(c) for c in head]
    if below:
        parts[-1] = Symbol(f"{head[-1]}_{below}")
    return Product(tuple(parts))


def _words(expr: Words, names: Mapping[str, str]) -> Expr:
    text = expr.text.strip()
    if text.lower() in names:
        return Symbol(text)
    return _read_again(text) or Symbol(text)


@lru_cache(maxsize=1024)
def _read_again(text: str) -> Expr | None:
    """`mgh`, `qvB sinθ`, `mgsinθ`: letters that were read as a word, each as a quantity of its own."""
    spaced = _RUN_ON.sub(r"\1 \2", text)
    letters: set[str] = set()
    for word in spaced.split():
        if word.isascii() and word.isalpha() and word not in FUNCTIONS:
            if len(word) > 4:
                return None
            letters |= set(word)
    try:
        found = read(spaced, ReadHints(symbols=frozenset(letters)))
    except StudentError:
        return None
    return found if isinstance(found, Expr) and Words not in kinds(found) else None


_RUN_ON = re.compile(r"([A-Za-z])(sin|cos|tan)(?![a-z])")


def letters_for_units(expr: Expr) -> Expr:
    """2 g L as 2·g·L, where it may have been read as two grams times L."""
    if Quantity not in kinds(expr):
        return expr

    def change(node: Any) -> Any:
        if isinstance(node, Quantity) and len(node.unit.factors) == 1:
            ((word, exponent),) = node.unit.factors
            if len(word) == 1 and word.isalpha():
                letter: Expr = Symbol(word)
                if exponent != 1:
                    letter = Power(letter, Number(str(exponent), Fraction(exponent)))
                return Product((change(node.value), letter))
        return rebuild(node, change)

    return change(expr)  # type: ignore[no-any-return]
