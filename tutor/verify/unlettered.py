"""`R = 30 + 60 = 90 Ω` for two resistors in parallel: numbers without a formula, held against the law for their roles.

Wrong only where the problem calls for one law, gives every quantity of it once, and the line has just these numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.errors import StudentError, Unsupported
from tutor.laws.catalogue import catalogue
from tutor.laws.forms import UNDEFINED, NotAFunction, function, prepared
from tutor.laws.law import Law
from tutor.laws.matching import Match
from tutor.records import WrongLaw
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Chain,
    Degrees,
    Expr,
    Node,
    Number,
    Quantity,
    Symbol,
    numbers,
    rebuild,
    symbols,
    without_brackets,
)
from tutor.verify.physical import Physical
from tutor.verify.questions import Outcome, Question
from tutor.verify.witnesses import in_si, lawful_value, listed, short, values_for

APART = 0.03  # more than rounding or another g explains
COEFFICIENTS = frozenset(Fraction(n) for n in ("1", "2", "3", "4", "0.5"))


def by_its_numbers(asked: Question, chain: Chain, physical: Physical) -> Outcome | None:
    """WrongLaw where a calculation has all numbers of the law that is called for, and puts them together otherwise."""
    head = without_brackets(chain.operands[0])
    if not isinstance(head, Symbol) or len(chain.operands) < 2 or set(chain.relations) != {"="}:
        return None
    if any(head.name in symbols(fact.statement) for fact in asked.book.facts):
        return None  # judged by what was stated of it before
    calculation = chain.operands[1]
    if symbols(calculation) or len(numbers(calculation)) < 2 or "two_stages" in physical.scene.conditions:
        return None
    found: list[tuple[Law, float, list[str], str]] = []
    for law, subject in called_for(head.name, physical):
        bare = Match(law, {}, right=False, subject=subject)
        own = values_for(bare, physical, catalogue().roles)
        if own is None or not _just_these(calculation, own[0], physical):
            continue
        value = lawful_value(bare, own[0])
        if value is None:
            return None
        found.append((law, value, own[1], subject))
    if not found:
        return None
    law, value, said, subject = found[0]
    claimed = _in_base_units(calculation, physical)
    if claimed is None or any(not _apart(other, claimed) or _apart(other, value) for _, other, _, _ in found):
        return None
    role = catalogue().roles[law.symbols[subject].role]
    unit = f" {role.unit}" if role.unit else ""
    what = law.symbols[subject].says or role.says
    witness = f"with {listed(said)} {what} is {short(value)}{unit}, but this gives {short(claimed)}{unit}"
    stated = to_text(Chain((head, calculation), ("=",)))
    evidence = WrongLaw(law.id, law.name, stated, to_text(law.equation), "value", witness)
    return Outcome(evidence, physical.plain(chain))


def called_for(name: str, physical: Physical) -> Iterator[tuple[Law, str]]:
    """The laws for what the letter stands for whose needs the problem says, with the symbol for it.

    A law without needs counts only for the quantity that the problem asks for.
    """
    known, conditions = catalogue(), physical.scene.conditions
    meaning = physical.meaning(name)
    wanted = {a.role for a in physical.scene.asked if a.role}
    several = SEVERAL.search(physical.statement.lower()) is not None
    for law in known.laws.values():
        if len(law.symbols) < 3 or not law.holds_where(conditions):
            continue
        if several and not any(symbol.of for symbol in law.symbols.values()):
            continue
        for symbol in law.symbols.values():
            role = known.roles[symbol.role]
            if meaning.sure and meaning.role:
                fits = symbol.role == meaning.role
            else:
                fits = name in role.symbols and (symbol.role in wanted or bool(law.needs))
            if fits and not symbol.of and not symbol.constant:
                yield law, symbol.name


SEVERAL = re.compile(r"\b(?:each|both|two|three|four|five|twice|double[ds]?|half|halve[ds]?|pairs?|total|times)\b|%")


def _just_these(calculation: Expr, values: dict[str, float], physical: Physical) -> bool:
    """Whether the calculation has each given among the values of a law, and no number but those and small factors."""
    met: set[float] = set()
    for number in numbers(calculation):
        given = _given(number, physical)
        if given is not None:
            met.add(given)
        elif number.value not in COEFFICIENTS and not 9.7 < float(number.value) < 10:
            return False
    own = [v for v in values.values() if not 9.7 < v < 10]
    return met == set(own) and len(set(own)) == len(own)  # 20 may be 20 m/s or 20 s: another law's numbers


def _given(number: Number, physical: Physical) -> float | None:
    """The given in SI base units that a number is, as it was written or in those units."""
    if number.value in COEFFICIENTS:
        return None
    for given in physical.scene.givens:
        value = in_si(given.value)
        if value is not None and not given.implied:
            written = numbers(given.value)
            as_written = len(written) == 1 and written[0].value == number.value
            if as_written or abs(value - float(number.value)) <= 1e-9 * abs(value):
                return value
    return None


def _in_base_units(calculation: Expr, physical: Physical) -> float | None:
    """What the calculation gives with the givens in SI base units."""

    def change(node: Node) -> Node:
        if isinstance(node, Degrees):
            return node
        if isinstance(node, Quantity):
            return change(node.value)
        if isinstance(node, Number) and (value := _given(node, physical)) is not None:
            return Number(str(value), Fraction(value))
        return rebuild(node, change)

    try:
        return function(prepared(change(calculation)), {})(())  # type: ignore[arg-type]
    except (NotAFunction, StudentError, Unsupported, *UNDEFINED):
        return None


def _apart(a: float, b: float) -> bool:
    """Whether two values differ in size; which way counts as positive is a choice."""
    return abs(abs(a) - abs(b)) > APART * max(abs(a), abs(b))
