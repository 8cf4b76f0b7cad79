"""Where work whose final answer is wrong leaves the problem's own path.

A line departs where it holds with the answer that the student found and does not hold with the problem's: it is what
leads to the wrong answer, and every later line of the same quantity follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product
from math import isfinite, log2, prod

from tutor.bridge.constants import constants_of_symbol
from tutor.bridge.units import AFFINE, measure
from tutor.errors import StudentError, Unsupported
from tutor.laws.catalogue import catalogue
from tutor.laws.forms import UNDEFINED, NotAFunction, function
from tutor.laws.law import Meaning
from tutor.laws.matching import matches_of
from tutor.laws.scene import Scene
from tutor.records import (
    CheckedStep,
    Claim,
    FollowsFrom,
    FollowThrough,
    NotTheAnswer,
    Relation,
    Role,
    Verdict,
)
from tutor.syntax.tree import (
    Chain,
    Expr,
    Node,
    Number,
    Quantity,
    Statement,
    Symbol,
    numbers,
    rebuild,
    symbols,
    without_brackets,
)
from tutor.verify.answers import judged_claims
from tutor.verify.physical import in_base_units
from tutor.verify.shapes import constant, without_units

WITNESS = "the answer found fulfils this line, the right one does not"
HOLDS = 0.01  # what rounding on the way may cost
FAILS = 0.05  # more than another value of a constant and rounding explain
MOST_WAYS = 32
KELVIN = 273.15
ANY_VALUES = (1.37, 2.11)


def departing(
    checked: Sequence[CheckedStep], steps: list[CheckedStep], mine: Expr | None, targets: Sequence[Expr], scene: Scene
) -> list[CheckedStep]:
    """The steps with the blame on the first line that leads to the wrong answer, if one does before the answer's line.

    checked: the steps before the answer was compared; steps: after it. mine: the value claimed; targets: the right one.
    """
    at = next((n for n, s in enumerate(steps) if isinstance(s.evidence, NotTheAnswer)), -1)
    if at < 0 or mine is None or any(s.verdict is Verdict.WRONG for s in steps[:at]):
        return steps
    letter = head_before(steps, at)
    scales = list(in_both_scales(mine, targets))
    if not letter or not scales:
        return steps
    for n in range(at + 1):
        for claim in judged_claims(steps[n]):
            if claim.role in (Role.GIVEN, Role.DEFINITION, Role.RETRACTED) or is_a_law(claim.statement, scene):
                continue
            if leads_away(claim, letter, scales, steps[:n], scene):
                return (
                    blamed(checked, steps, n, at, letter)
                    if n < at
                    else by_what_is_carried(checked, steps, at, scales[0], scene)
                )
    return by_what_is_carried(checked, steps, at, scales[0], scene)


def by_what_is_carried(
    checked: Sequence[CheckedStep],
    steps: list[CheckedStep],
    at: int,
    scale: tuple[float, tuple[float, ...]],
    scene: Scene,
) -> list[CheckedStep]:
    """`F = 120 + 45 = 165 N`, then a = F/m: the law is right, so that the value found before is not the one needed.

    The same where the calculation needs a given in the place of the value found before.
    """
    mine, targets = scale
    for claim in judged_claims(steps[at]):
        chain = claim.statement
        if not isinstance(chain, Chain) or not set(chain.relations) <= {"=", "≈"}:
            continue
        results = list(found_before(steps[:at]))
        for name, value, n in results:
            if is_given(value, scene):
                continue
            for operand in chain.operands[1:]:
                needed = needed_for(operand, name, value, mine, targets[0], steps[:at], scene)
                if needed is None or abs(needed - value) <= FAILS * abs(value):
                    continue
                if steps[n].step.part != steps[at].step.part or len({r[0] for r in results} & symbols(operand)) > 1:
                    continue
                stated = Chain((chain.operands[0], operand), ("=",))
                if states_a_law(stated, scene) if symbols(operand) else is_given(needed, scene):
                    return blamed(checked, steps, n, at, name)
    return steps


def found_before(steps: Sequence[CheckedStep]) -> Iterator[tuple[str, float, int]]:
    """Letters whose values earlier lines have worked out, with the value and the step."""
    for n, step in enumerate(steps):
        for claim in judged_claims(step):
            chain = claim.statement
            if claim.role is not Role.CLAIM or not isinstance(chain, Chain) or len(chain.operands) < 3:
                continue
            head, value = without_brackets(chain.operands[0]), si(chain.operands[-1])
            if isinstance(head, Symbol) and value:
                yield head.name, value, n


def needed_for(
    operand: Expr, name: str, value: float, mine: float, target: float, before: Sequence[CheckedStep], scene: Scene
) -> float | None:
    """The value that a calculation needs in the place of one found before, to come to the right answer."""
    if not symbols(operand):
        operand = with_letter(operand, name, value)
    names = sorted(symbols(operand) - {name})
    choices = [values_of(other, before, scene) for other in names]
    if name not in symbols(operand) or prod(map(len, choices)) != 1:
        return None  # another letter has no value, or may have several
    try:
        body = function(in_base_units(operand), {n: i for i, n in enumerate([name, *names])})
    except (NotAFunction, StudentError, Unsupported):
        return None
    for point in product(*choices):
        try:
            now, twice = body((value, *point)), body((2 * value, *point))
            power = log2(twice / now)
            needed = value * (target / now) ** (1 / power)
            if abs(now - mine) <= HOLDS * abs(mine) and abs(body((needed, *point)) - target) <= HOLDS * abs(target):
                return float(needed)
        except (TypeError, *UNDEFINED):
            continue
    return None


def with_letter(expr: Expr, name: str, value: float) -> Expr:
    """A calculation with a letter for the value found before."""

    def change(node: Node) -> Node:
        if isinstance(node, Number) and abs(float(node.value) - value) <= 1e-9 * abs(value):
            return Symbol(name)
        return rebuild(node, change)

    return change(expr)  # type: ignore[return-value]


def states_a_law(chain: Chain, scene: Scene) -> bool:
    """Whether a formula is a law of the catalogue in its usual letters, that holds here."""
    found = matches_of(chain, Meaning, scene.givens, scene.conditions)
    return bool(found) and found[0].right and found[0].usual and found[0].met


def is_a_law(statement: Statement, scene: Scene) -> bool:
    """Letters alone, that state a law rightly."""
    return isinstance(statement, Chain) and not numbers(statement) and states_a_law(statement, scene)


def is_given(value: float, scene: Scene) -> bool:
    """Whether a value is one of the problem's."""
    given = [v for g in scene.givens if (v := si(g.value)) is not None]
    return any(abs(value - v) <= HOLDS * abs(v) for v in given)


def blamed(
    checked: Sequence[CheckedStep], steps: list[CheckedStep], first: int, at: int, letter: str
) -> list[CheckedStep]:
    """The steps with the first of them wrong, and those after it that speak of the letter following through."""
    found = list(steps)
    line = steps[first].step.line
    found[first] = replace(steps[first], evidence=NotTheAnswer(steps[first].step.text, WITNESS))
    for n in range(first + 1, at + 1):
        named = any(letter in symbols(c.statement) for c in judged_claims(steps[n])) or n == at
        evidence = checked[n].evidence
        if not named or evidence.verdict not in (Verdict.CORRECT, Verdict.NO_CLAIM):
            continue
        because = FollowsFrom((line,), Relation.CONSEQUENCE, "what was found before")
        found[n] = replace(steps[n], evidence=FollowThrough(line, because))
    return found


def head_before(steps: Sequence[CheckedStep], at: int) -> str:
    """The letter that the final answer is the value of."""
    for step in reversed(steps[: at + 1]):
        for claim in reversed(judged_claims(step)):
            statement = claim.statement
            if isinstance(statement, Chain) and isinstance(head := without_brackets(statement.operands[0]), Symbol):
                return head.name
            if not claim.continues:
                return ""
    return ""


def in_both_scales(mine: Expr, targets: Sequence[Expr]) -> Iterator[tuple[float, tuple[float, ...]]]:
    """The value claimed and the right ones, in base units and in the unit written."""
    found = si(mine)
    right = [t for target in targets if (t := si(target)) is not None]
    if found is None or not right:
        return
    yield found, tuple(right)
    inner = without_brackets(mine)
    if isinstance(inner, Quantity) and (size := float(measure(inner.unit).size)) not in (0.0, 1.0):
        yield found / size, tuple(t / size for t in right)


def si(expr: Expr) -> float | None:
    """A written value in base units."""
    try:
        value = float(function(in_base_units(expr), {})(()))
    except (NotAFunction, StudentError, Unsupported, *UNDEFINED):
        return None
    return value if isfinite(value) else None


def leads_away(
    claim: Claim,
    letter: str,
    scales: Sequence[tuple[float, tuple[float, ...]]],
    before: Sequence[CheckedStep],
    scene: Scene,
) -> bool:
    """Whether an equation of the claim holds with the value claimed, and with the right one in no way."""
    chain = claim.statement
    if not isinstance(chain, Chain) or not set(chain.relations) <= {"=", "≈"}:
        return False
    for left, right in pairwise(chain.operands):
        names = sorted((symbols(left) | symbols(right)) - {letter})
        says_value = {is_value(left), is_value(right)} == {True, False} and Symbol(letter) in (left, right)
        if letter not in symbols(left) | symbols(right) or says_value:
            continue
        known = [values_of(name, before, scene) for name in names]
        if prod(len(choice) or 1 for choice in known) > MOST_WAYS:
            continue
        # A letter of which nothing is known may cancel: then any value does.
        letters_alone = not numbers(left) and not numbers(right)
        signed = [[*c, *(-v for v in c)] if letters_alone else c for c in known]  # by whatever convention
        some, others = ([choice or [any_] for choice in signed] for any_ in ANY_VALUES)
        order = {name: i for i, name in enumerate([letter, *names])}
        for plain in (in_base_units, without_units):
            try:
                a, b = function(plain(left), order), function(plain(right), order)
            except (NotAFunction, StudentError, Unsupported):
                continue
            for mine, targets in scales:
                points = [*product(*some), *product(*others)]
                fulfilled = all(any(apart(a, b, (mine, *p)) <= HOLDS for p in product(*c)) for c in (some, others))
                if fulfilled and all(apart(a, b, (t, *p)) > FAILS for p in points for t in targets):
                    return True
    return False


def is_value(expr: Expr) -> bool:
    """A number by itself: what an answer says, not what leads to it."""
    inner = without_brackets(expr)
    return isinstance(inner.value if isinstance(inner, Quantity) else inner, Number) and constant(inner)


def values_of(name: str, before: Sequence[CheckedStep], scene: Scene) -> list[float]:
    """What a letter may stand for: as the work has it, a given by its usual letter, a constant; 1 where it cancels."""
    for step in reversed(before):
        for claim in judged_claims(step):
            chain = claim.statement
            if isinstance(chain, Chain) and chain.operands[0] == Symbol(name) and constant(chain.operands[-1]):
                value = si(chain.operands[-1])
                if value is not None:
                    return [value]
    roles = catalogue().roles
    base = name.partition("_")[0]
    found: list[float] = []
    for given in scene.givens:
        role = roles.get(given.role)
        usual = role is not None and (name in role.symbols or base in role.symbols)
        if given.symbol == name or (not given.symbol and usual):
            value = si(given.value)
            if value is not None and value not in found:
                found += [value, value + KELVIN] if in_degrees_celsius(given.value) else [value]
    found += [float(c.value) for c in constants_of_symbol(name)[:1]]
    return found


def in_degrees_celsius(expr: Expr) -> bool:
    """A temperature whose scale does not begin at nothing."""
    inner = without_brackets(expr)
    return isinstance(inner, Quantity) and any(word in AFFINE for word, _ in inner.unit.factors)


def apart(left: object, right: object, point: tuple[float, ...]) -> float:
    """How far the two sides are apart, as a part of the larger."""
    try:
        a, b = float(left(point)), float(right(point))  # type: ignore[operator]
    except UNDEFINED:
        return 1.0
    size = max(abs(a), abs(b))
    return abs(a - b) / size if size and isfinite(size) else 1.0
