"""`Z = 30 + 40` for a coil behind a resistor: a line in numbers that is a known slip of the law called for.

Wrong only where the line holds with what the slip gives, and with what no law gives that the problem's numbers fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from math import isclose, log10

from tutor.bridge.constants import CONSTANTS
from tutor.errors import StudentError, Unsupported
from tutor.laws.catalogue import catalogue
from tutor.laws.forms import UNDEFINED, NotAFunction, function, prepared, solved
from tutor.laws.law import Law, LawSymbol
from tutor.laws.scene import Given
from tutor.records import WrongLaw
from tutor.syntax.printer import to_text
from tutor.syntax.tree import Chain, Expr, Quantity, kinds, numbers, symbols
from tutor.verify.physical import Physical, dimension_written, in_base_units
from tutor.verify.questions import Outcome, Question
from tutor.verify.shapes import without_units
from tutor.verify.unlettered import SEVERAL
from tutor.verify.witnesses import in_si, listed, short, value_at

HOLDS = 0.006  # what rounding to three figures may cost
FAILS = 0.03  # more than rounding or another g explains
MOST_WAYS = 48
ELSEWHERE = re.compile(r"\b(?:per|each|one|single|every|only|if|wrong|not)\b")


@dataclass(frozen=True, slots=True)
class _Way:
    """A law with the problem's values for all its symbols but one.

    said: the values in words. scale: how many SI units the work's own unit is, by which the value is to be read.
    """

    law: Law
    subject: LawSymbol
    values: dict[str, float]
    said: tuple[str, ...]
    scale: float


def by_a_slip(asked: Question, chain: Chain, physical: Physical) -> Outcome | None:
    """WrongLaw where a line in numbers says of the quantity sought what a slip of its law gives."""
    names = symbols(chain)
    if len(names) != 1 or not set(chain.relations) <= {"=", "≈"} or len(numbers(chain)) < 2:
        return None
    (letter,) = names
    scene = physical.scene
    if "two_stages" in scene.conditions or physical.meaning(letter).value is not None or asked.claim.continues:
        return None
    if any(letter in symbols(fact.statement) for fact in asked.book.facts) or ELSEWHERE.search(asked.step.text.lower()):
        return None
    ways = list(_ways(letter, physical))
    if not ways:
        return None
    left, right = chain.operands[:2]
    if not symbols(left) | symbols(right) or len(numbers(left) + numbers(right)) < 2:
        return None
    lawful = {_solved(way.law.equation, way) for way in ways} - {None}
    for way in ways:
        true = _solved(way.law.equation, way)
        if true is None:
            continue
        for slip, done in _slips(way.law):
            found = _solved(slip, way)
            if found is None or found <= 0 or any(_near(found, v, FAILS) for v in lawful if v is not None):
                continue
            if not _says(left, right, letter, found, way, chain):
                continue
            if any(_says(left, right, letter, v, way, chain, loose=True) for v in lawful if v is not None):
                continue
            if any(_comes_later(v, asked) for v in lawful if v is not None):
                return None
            return Outcome(_evidence(way, true, found, done, left, right), physical.plain(chain))
    return None


def _evidence(way: _Way, true: float, found: float, done: str, left: Expr, right: Expr) -> WrongLaw:
    role = catalogue().roles[way.subject.role]
    unit = f" {role.unit}" if role.unit else ""
    what = way.subject.says or role.says
    witness = f"with {listed(way.said)} {what} is {short(true)}{unit}, but this gives {short(found)}{unit}: {done}"
    stated = to_text(Chain((left, right), ("=",)))
    return WrongLaw(way.law.id, way.law.name, stated, to_text(way.law.equation), "value", witness)


def _slips(law: Law) -> Iterator[tuple[Chain, str]]:
    """What is wrong whatever the values and the signs are."""
    yield from law.slips
    yield from ((slip, done) for slip, done in law.guarded_slips if "turns" in done)


def _ways(letter: str, physical: Physical) -> Iterator[_Way]:
    """The laws for what the letter may stand for, with the problem's values put in every way that their roles allow."""
    known, scene = catalogue(), physical.scene
    kinds_of = known.kinds_of
    wanted = {a.role for a in scene.asked if a.role}
    meaning = physical.meaning(letter)
    several = SEVERAL.search(physical.statement.lower()) is not None
    head = letter.partition("_")[0]
    for law in known.laws.values():
        if len(law.symbols) < 3 or not law.holds_where(scene.conditions):
            continue
        if several and not any(symbol.of for symbol in law.symbols.values()):
            continue
        for symbol in law.symbols.values():
            role = known.roles[symbol.role]
            if symbol.constant or not (letter in role.symbols or head in role.symbols):
                continue
            sought = any(symbol.role in kinds_of(w) or w in kinds_of(symbol.role) for w in wanted)
            if meaning.sure and meaning.role and symbol.role not in kinds_of(meaning.role):
                continue
            if sought or (law.needs and not wanted & {symbol.role}):
                yield from _values(law, symbol, physical)


def _values(law: Law, subject: LawSymbol, physical: Physical) -> Iterator[_Way]:
    kinds_of = catalogue().kinds_of
    givens = [g for g in physical.scene.givens if g.role and not g.implied and in_si(g.value) is not None]
    places = [s for s in law.symbols.values() if s.name != subject.name and not s.constant]
    if not places or len(places) > 4 or len(places) > len(givens):
        return
    constants: dict[str, Sequence[float]] = {}
    for symbol in law.symbols.values():
        if symbol.constant == "g":
            own = [v for g in givens if g.role == "gravity" and (v := in_si(g.value)) is not None]
            constants[symbol.name] = own[:1] or (9.81, 9.8, 10.0)
        elif symbol.constant:
            if symbol.constant not in CONSTANTS:
                return
            constants[symbol.name] = (float(CONSTANTS[symbol.constant].value),)

    def fits(given: Given, symbol: LawSymbol) -> bool:
        return symbol.role in kinds_of(given.role) or given.role in kinds_of(symbol.role)

    count = 0
    for chosen in permutations(givens, len(places)):
        if not all(fits(*pair) for pair in zip(chosen, places, strict=True)):
            continue
        count += 1
        if count > MOST_WAYS:
            return
        values = {s.name: in_si(g.value) or 0.0 for g, s in zip(chosen, places, strict=True)}
        said = tuple(f"{s.name} = {to_text(g.value)}" for g, s in zip(chosen, places, strict=True))
        for others in product(*constants.values()):
            yield _Way(law, subject, values | dict(zip(constants, others, strict=True)), said, 1.0)


def _solved(equation: Chain, way: _Way) -> float | None:
    """What an equation gives for the subject."""
    left, right = (prepared(o) for o in equation.operands)
    body = solved(left, right, way.subject.name)
    if body is None:
        return None
    try:
        value = value_at(body, way.values)
    except (NotAFunction, StudentError, Unsupported, KeyError, TypeError, *UNDEFINED):
        return None
    return value if isinstance(value, float | int) else None


def _comes_later(value: float, asked: Question) -> bool:
    """Whether a later line has the value that a law gives, in any power of ten: 1020 m there and back, so 510 m."""
    for statement in asked.ahead.statements():
        for number in numbers(statement):
            if number.value and value:
                power = log10(abs(float(number.value) / value))
                if abs(power - round(power)) < HOLDS:
                    return True
    return False


def _near(a: float, b: float, within: float) -> bool:
    return isclose(abs(a), abs(b), rel_tol=within)


def _says(left: Expr, right: Expr, letter: str, value: float, way: _Way, chain: Chain, *, loose: bool = False) -> bool:
    """Whether the line holds where the letter has a value, in SI units, or in the unit that the line ends with."""
    within = FAILS if loose else HOLDS
    scales = {1.0}
    last = chain.operands[-1]
    if Quantity in kinds(last):
        inner = last if isinstance(last, Quantity) else None
        if inner is None or dimension_written(inner) != catalogue().roles[way.subject.role].dimension:
            return loose
        size = in_si(Quantity(numbers(inner)[0], inner.unit))
        if size and numbers(inner)[0].value:
            scales.add(size / float(numbers(inner)[0].value))
    for scale in scales:
        for plain in (in_base_units, without_units):
            try:
                order = {letter: 0}
                a = function(prepared(plain(left)), order)([value / scale])
                b = function(prepared(plain(right)), order)([value / scale])
            except (NotAFunction, StudentError, Unsupported, TypeError, *UNDEFINED):
                continue
            if _near(a, b, within):
                return True
    return False
