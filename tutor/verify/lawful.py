"""A line held against the catalogue of laws: it states one, states one wrongly, or says nothing of a law.

Many right lines look like a law and are none (E = ½ m v² + …, V = I R_1, a model made up for one problem), so that a
line is wrong here only where three things come together: no law of the catalogue is stated rightly, the line is a known
slip of one law (or mixes up two roles that are told apart), and what it speaks of is surely what that law is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from tutor.bridge.units import measure
from tutor.laws.catalogue import catalogue
from tutor.laws.forms import UNDEFINED, NotAFunction, equal, function, solved
from tutor.laws.law import Law, LawSymbol, Meaning, RoleKind
from tutor.laws.letters import MARK, mixed_up
from tutor.laws.matching import Match, Swap, matches_of
from tutor.laws.scene import Given
from tutor.records import Remark, StatesLaw, Verdict, WrongLaw, WrongQuantity
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Call,
    Chain,
    Degrees,
    Expr,
    Node,
    Number,
    Quantity,
    Symbol,
    kinds,
    numbers,
    rebuild,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.chains import judge_chain
from tutor.verify.physical import Physical
from tutor.verify.questions import Outcome, Question
from tutor.verify.slipped import by_a_slip
from tutor.verify.unlettered import by_its_numbers
from tutor.verify.witnesses import as_letters, by_dimension, by_numbers, figures, in_si, uncovered, values_for

PROVED = (Verdict.CORRECT, Verdict.FOLLOW_THROUGH)


def judge_by_laws(asked: Question, chain: Chain, physical: Physical, *, proved: bool = False) -> Outcome | None:
    """StatesLaw, WrongLaw or WrongQuantity of kind "role"; None where no law is near enough to say anything.

    proved: the line is known to hold by its numbers, so that only a law stated wrongly has anything to add.
    """
    if not any(symbols(operand) for operand in chain.operands[:2]):
        return None
    scene = physical.scene
    doubted = asked.step.line in physical.doubted
    found = matches_of(
        angles_named(chain, physical),
        lambda name: meaning_of(name, asked, physical),
        scene.givens,
        scene.conditions,
        doubted=doubted,
    )
    for match in found:
        if match.right:
            continue
        outcome = _mixed_up(match, asked, chain, physical) if match.swapped else None
        if outcome is None and not match.swapped:
            outcome = _wrongly_stated(match, asked, chain, physical)
        if outcome is not None:
            return outcome
    if not found:
        if takes_up_a_result(chain, physical):
            return None
        return by_its_numbers(asked, chain, physical) or by_a_slip(asked, chain, physical)
    if not all(match.right for match in found):
        return None
    if (outcome := _against_the_axis(found[0], chain, physical)) is not None:
        return outcome
    return None if proved else _stated(found[0], asked, chain, physical)


def takes_up_a_result(chain: Chain, physical: Physical) -> bool:
    """Whether a line in numbers goes on with what an earlier one came to: a = (150 - 10)/40 after 10 N."""
    found = {n.value for value, _, _ in physical.results for n in numbers(value)}
    taken = {n.value for operand in chain.operands[1:2] for n in numbers(operand)}
    given = {n.value for g in physical.scene.givens for n in numbers(g.value)}
    return bool(taken & found - given)


def meaning_of(name: str, asked: Question, physical: Physical) -> Meaning:
    """What a symbol stands for; a letter of the student's own with a given's value is that given (d = 80 m for L)."""
    known = physical.meaning(name)
    if known.role:
        return known
    value = known.value
    if value is None and (angle := _angle_named(name, physical)) is not None:
        return Meaning(name, angle.role, (), angle.value, sure=True)
    if value is None and (slope := _slope_length(name, physical)) is not None:
        return Meaning(name, slope.role, None, slope.value, sure=True)
    for claim in asked.step.claims if value is None else ():
        statement = claim.statement
        if isinstance(statement, Chain) and statement.operands[0] == Symbol(name) and len(statement.operands) == 2:
            value = statement.operands[1]
    if not isinstance(value, Quantity):
        return known
    same = [g for g in physical.scene.givens if g.role and not g.implied and g.value == value]
    if len(same) != 1:
        return known
    return Meaning(name, same[0].role, known.dimension, value, sure=True)


def _slope_length(name: str, physical: Physical) -> Given | None:
    """L of a slope whose length and height are given without letters."""
    roles = {g.role: g for g in physical.scene.givens if not g.implied and not g.symbol}
    return roles.get("slope_length") if name in ("L", "l") and "height" in roles else None


def _angle_named(name: str, physical: Physical) -> Given | None:
    """The one angle that is given, without a letter, where the work has it in degrees."""
    angles = [g for g in physical.scene.givens if g.role and catalogue().roles[g.role].angle and not g.implied]
    return angles[0] if name == THETA and len(angles) == 1 and not angles[0].symbol else None


THETA = "theta"


def angles_named(chain: Chain, physical: Physical) -> Chain:
    """g sin 25° as g sin θ, where 25° is the one angle that is given."""
    angles = [g for g in physical.scene.givens if g.role and catalogue().roles[g.role].angle and not g.implied]
    if len(angles) != 1 or Call not in kinds(chain):
        return chain
    name = angles[0].symbol or THETA
    given = in_degrees(angles[0].value)
    if given is None or name in symbols(chain):
        return chain

    def change(node: Node) -> Node:
        angular = isinstance(node, Call) and len(node.args) == 1 and node.name in ("sin", "cos", "tan")
        if isinstance(node, Call) and angular and in_degrees(node.args[0]) == given:
            return replace(node, args=(Symbol(name),))
        return rebuild(node, change)

    return rebuild(chain, change)


def in_degrees(expr: Expr) -> Fraction | None:
    """25 of 25°."""
    inner = without_brackets(expr)
    if isinstance(inner, Degrees):
        number = without_brackets(inner.operand)
    elif isinstance(inner, Quantity) and inner.unit.text.strip() in ("°", "deg", "degree", "degrees"):
        number = without_brackets(inner.value)
    else:
        return None
    return number.value if isinstance(number, Number) else None


# ---------------------------------------------------------------- stated rightly


def _stated(match: Match, asked: Question, chain: Chain, physical: Physical) -> Outcome | None:
    """The line states the law, if what stands after the law on the same line holds too."""
    evidence = StatesLaw(match.law.id, match.law.name, match.law.source)
    symbolic = [i for i, operand in enumerate(chain.operands) if symbols(operand)]
    statement = physical.plain(chain)
    if not match.usual or (not match.met and physical.statement) or any(map(_has_one_sense, match.flipped)):
        return None  # it may hold here, but neither the letters nor the problem say so
    if len(chain.operands) == 2:
        return Outcome(evidence, statement)
    if symbolic[-1] > 1:
        return None
    rest = Chain((chain.operands[0], *chain.operands[2:]), chain.relations[1:])
    outcome = judge_chain(asked, physical.plain(rest))
    if outcome.evidence.verdict not in PROVED:
        return None
    return replace(outcome, statement=statement)


def _against_the_axis(match: Match, chain: Chain, physical: Physical) -> Outcome | None:
    """`y = v₀t + ½gt²` where the problem says that up is positive, and gives the size of g."""
    if not match.usual or not match.met or [s.constant for s in match.flipped] != ["g"]:
        return None
    if not {"thrown_up", "thrown_down"} & physical.scene.conditions or not _UP.search(physical.statement):
        return None
    letter = match.names[match.flipped[0].name]
    known = physical.meaning(letter.name).value if isinstance(letter, Symbol) else None
    if known is not None and (in_si(known) or 0) < 0:
        return None
    evidence = _against(match, physical)
    return None if evidence is None else Outcome(evidence, physical.plain(chain))


_UP = re.compile(
    r"\bup(?:wards?)?(?: direction)? (?:is |as |to be |be |counts? as )?(?:the )?positive|positive[^.]{0,20}\bup",
    re.IGNORECASE,
)


def _has_one_sense(symbol: LawSymbol) -> bool:
    """Whether the other sign is right only where the work says which way counts as positive."""
    return symbol.constant == "g" or symbol.role in _ONE_SENSE


_ONE_SENSE = frozenset(
    "gravity acceleration object_distance image_distance focal_length initial_speed final_speed speed velocity".split()
)

# ---------------------------------------------------------------- one quantity for another


def _mixed_up(match: Match, asked: Question, chain: Chain, physical: Physical) -> Outcome | None:
    """`E = m g L`, where L is the slope's length, and the problem gives the height."""
    (swap,) = match.swapped
    roles = catalogue().roles
    value = meaning_of(swap.symbol, asked, physical).value
    if not match.usual or not match.met or value is None:
        return None
    used = f"{swap.symbol} = {to_text(value)}"
    needed = _needed(swap, match, physical)
    if needed is None:
        return None
    text, right_value = needed
    for before, instead in physical.mixed_up:
        if instead == text and before.partition(" = ")[2] == to_text(value):
            used = before  # the same quantity, by whatever letter
    if {swap.role, swap.needed} <= _BEFORE_AND_AFTER and not _speeds_up(physical):
        return None
    yields = _yields(match, swap.symbol, right_value, chain, physical, roles)
    law_symbol = match.law.symbols[swap.law_symbol]
    evidence = WrongQuantity(
        used,
        text,
        "role",
        used_role=roles[swap.role].says,
        needed_role=law_symbol.says or roles[swap.needed].says,
        law=match.law.id,
        name=match.law.name,
        yields=yields,
    )
    remarks: tuple[Remark, ...] = ()
    first = physical.mixed_up.get((used, text))
    if first is not None and first < asked.step.line and yields:
        remarks = (Remark("right_value", f"with {text} in place of {used} this is {yields}"),)
    return Outcome(evidence, physical.plain(chain), remarks)


# Roles at two moments: a motion may be told backwards, so that one stands for the other with the sign of a changed.
_BEFORE_AND_AFTER = frozenset({"initial_speed", "final_speed", "initial_angular_speed", "final_angular_speed"})


def _speeds_up(physical: Physical) -> bool:
    """Both speeds are given, and the later is the greater."""
    values: dict[str, float] = {}
    for given in physical.scene.givens:
        number = in_si(given.value)
        if given.role in _BEFORE_AND_AFTER and number is not None:
            values[given.role] = number
    pairs = (("initial_speed", "final_speed"), ("initial_angular_speed", "final_angular_speed"))
    return any(a in values and b in values and values[b] > values[a] >= 0 for a, b in pairs)


def _needed(swap: Swap, match: Match, physical: Physical) -> tuple[str, Expr] | None:
    """The one given that has the role that the law needs, "H = 40 m", and its value."""
    written = symbols(match.left) | symbols(match.right_side)
    free = [g for g in physical.scene.givens if g.role and not (g.symbol and g.symbol in written)]
    free = [g for g in free if not mixed_up(g.role, swap.needed, catalogue())]
    kinds_of = catalogue().kinds_of
    fitting = [g for g in free if swap.needed in kinds_of(g.role)]
    if not fitting:
        fitting = [g for g in free if g.role in kinds_of(swap.needed) and g.role not in WIDE]
    if len(fitting) == 1:
        return _named(fitting[0]), fitting[0].value
    if fitting:
        return None
    return _half_or_double(swap, physical)


def _half_or_double(swap: Swap, physical: Physical) -> tuple[str, Expr] | None:
    """The radius from the diameter, where only one of them is given."""
    value = physical.meaning(swap.symbol).value
    factor = {("diameter", "radius"): Fraction(1, 2), ("radius", "diameter"): Fraction(2)}.get((swap.role, swap.needed))
    if factor is None or value is None:
        return None
    inner = without_brackets(value)
    unit = inner.unit if isinstance(inner, Quantity) else None
    number = without_brackets(inner.value) if isinstance(inner, Quantity) else inner
    if not isinstance(number, Number):
        return None
    half = number.value * factor
    shown = Number(figures(float(half), 6), half)
    right: Expr = shown if unit is None else Quantity(shown, unit)
    letter = "r" if swap.needed == "radius" else "d"
    return f"{letter} = {to_text(right)}", right


def _named(given: Given) -> str:
    return f"{given.symbol} = {to_text(given.value)}" if given.symbol else to_text(given.value)


def _yields(
    match: Match, symbol: str, value: Expr, chain: Chain, physical: Physical, roles: Mapping[str, RoleKind]
) -> str:
    """What the line gives for its subject with the right quantity, "" where that is not known."""
    subject = match.names.get(match.subject)
    if not isinstance(subject, Symbol):
        return ""
    body = solved(match.left, match.right_side, subject.name)
    number = in_si(value)
    if body is None or number is None:
        return ""
    names = sorted(symbols(body))
    point = []
    for name in names:
        known = number if name == symbol else _known(name, match, physical)
        if known is None:
            return ""
        point.append(known)
    try:
        result = function(body, {n: i for i, n in enumerate(names)})(point)
    except (NotAFunction, *UNDEFINED):
        return ""
    return _with_unit(result, chain, roles[match.law.symbols[match.subject].role])


def _known(name: str, match: Match, physical: Physical) -> float | None:
    """The value of a symbol of the line in SI units: as the work has it, or of a constant."""
    from tutor.bridge.constants import CONSTANTS

    if name.startswith(MARK):
        return float(CONSTANTS[name[1:]].value)
    value = physical.meaning(name).value
    if value is not None:
        return in_si(value)
    for law_symbol, expr in match.names.items():
        if isinstance(expr, Symbol) and expr.name == name:
            symbol = match.law.symbols.get(law_symbol)
            if symbol is not None and symbol.constant in CONSTANTS:
                return 9.81 if symbol.constant == "g" else float(CONSTANTS[symbol.constant].value)
    return None


def _with_unit(result: float, chain: Chain, role: RoleKind) -> str:
    """The value in the unit that the line ends with, else in the unit of its role."""
    last = without_brackets(chain.operands[-1])
    if isinstance(last, Quantity):
        found = measure(last.unit)
        if found.dimension == role.dimension and found.size:
            return f"{figures(result / float(found.size))} {last.unit.text}"
    return f"{figures(result)} {role.unit}".strip()


# ---------------------------------------------------------------- a law stated wrongly


def _wrongly_stated(match: Match, asked: Question, chain: Chain, physical: Physical) -> Outcome | None:
    """A known slip of a law, or the law of a named quantity with other powers or another factor."""
    doubted = asked.step.line in physical.doubted
    if not match.usual or not match.met:
        return None
    if not (surely_about(match, asked, physical) or forced(match, physical, doubted=doubted)):
        return None
    factor = match.factor
    if factor is not None and (factor <= 0 or _several(factor, physical, asked)):
        return None
    evidence: WrongLaw | WrongQuantity | None = None
    if match.known and _from_the_other_axis(match, physical):
        return None
    if match.known or doubted:
        special = special_case(match, physical)
        evidence = _other_role(match, asked, physical) or _against(match, physical, by_dimension_only=special)
    elif factor is None:
        evidence = _against(match, physical, by_dimension_only=True)
    elif _defined_by_it(match):
        evidence = _against(match, physical)
    return None if evidence is None else Outcome(evidence, physical.plain(chain))


def _from_the_other_axis(match: Match, physical: Physical) -> bool:
    """sin for cos is right where the angle is to the vertical, to a wall, to the normal."""
    angular = any(isinstance(n, Call) for side in (match.left, match.right_side) for n in walk(side))
    return angular and _OTHER_AXIS.search(physical.statement.lower()) is not None


_OTHER_AXIS = re.compile(r"\bvertical|\bnormal\b|\bperpendicular|\bwall\b|\bplumb|\bplane of\b|\bwith the slope\b")


def special_case(match: Match, physical: Physical) -> bool:
    """A quantity of the law is left out, and the problem says nothing of it: at 90°, from rest, … it may well be."""
    given = {g.role for g in physical.scene.givens if not g.implied}
    kinds_of = catalogue().kinds_of
    missing = [s.role for n, s in match.law.symbols.items() if n not in match.names and not s.constant]
    return any(not any(need in kinds_of(r) or r in kinds_of(need) for r in given if r) for need in missing)


def _other_role(match: Match, asked: Question, physical: Physical) -> WrongLaw | WrongQuantity | None:
    """A slip that has a quantity of another role (the diameter) in the place of one of the law's (the radius)."""
    law, roles = match.law, catalogue().roles
    strange = [name for name in match.names if name in law.others and name not in law.symbols]
    missing = [name for name, symbol in law.symbols.items() if name not in match.names and not symbol.constant]
    if len(strange) != 1 or len(missing) != 1:
        return None
    expr = match.names[strange[0]]
    used, needed = law.others[strange[0]], law.symbols[missing[0]]
    if not isinstance(expr, Symbol) or roles[used.role].dimension != roles[needed.role].dimension:
        return None
    known = meaning_of(expr.name, asked, physical)
    if not known.sure or used.role not in catalogue().kinds_of(known.role):
        return None
    says, needs = used.says or roles[used.role].says, needed.says or roles[needed.role].says
    right = _needed(Swap(expr.name, known.role, needed.role, needed.name), match, physical)
    if known.value is not None and right is not None:
        shown = f"{expr.name} = {to_text(known.value)}"
        return WrongQuantity(shown, right[0], "role", says, needs, law.id, law.name)
    stated = to_text(Chain((as_letters(match.left), as_letters(match.right_side)), ("=",)))
    return WrongLaw(law.id, law.name, stated, to_text(law.equation), "role", f"here {expr.name} is {says}, not {needs}")


def _against(match: Match, physical: Physical, *, by_dimension_only: bool = False) -> WrongLaw | None:
    law, roles = match.law, catalogue().roles
    lawful = _right_text(match)
    stated = to_text(Chain((as_letters(match.left), as_letters(match.right_side)), ("=",)))
    dimension = by_dimension(match, physical, roles)
    if dimension is not None:
        return WrongLaw(law.id, law.name, stated, lawful, "dimension", dimension)
    witness = None if by_dimension_only else by_numbers(match, physical, roles)
    if witness is None:
        return None
    return WrongLaw(law.id, law.name, stated, lawful, "form", witness)


def _right_text(match: Match) -> str:
    """The law in the student's letters."""
    form = match.form
    left, right = match.law.equation.operands
    if form is not None and not form.slip:
        left, right = form.left, form.right
    shown = {name: as_letters(expr) for name, expr in match.names.items() if expr != Symbol(name)}
    rest = {name for name in symbols(left) | symbols(right) if name not in match.names}
    if rest & {e.name for e in shown.values() if isinstance(e, Symbol)}:
        shown = {}
    return to_text(Chain((substitute(left, shown), substitute(right, shown)), ("=",)))


def surely_about(match: Match, asked: Question, physical: Physical) -> bool:
    """Whether the line surely speaks of what the law is about: by its name, the problem's words or the student's."""
    if all(
        physical.meaning(expr.name).sure or symbol_constant(match.law, name)
        for name, expr in match.names.items()
        if isinstance(expr, Symbol) and not expr.name.startswith(MARK)
    ):
        return True
    law_symbol = match.law.symbols.get(match.subject)
    subject = match.names.get(match.subject)
    if law_symbol is None or not isinstance(subject, Symbol):
        return False
    role = catalogue().roles[law_symbol.role]
    meaning = physical.meaning(subject.name)
    if meaning.sure and meaning.role:
        of_this_kind = law_symbol.role in catalogue().kinds_of(meaning.role)
        return of_this_kind and (meaning.role not in WIDE or _with_a_constant_and_other_units(match, physical))
    if named_for_sure(subject.name, role) or _said(asked, role):
        return True
    asked_for = subject.name in role.symbols and role.id in {a.role for a in physical.scene.asked}
    return asked_for and (match.known or role.id not in WIDE)


def _with_a_constant_and_other_units(match: Match, physical: Physical) -> bool:
    """`E = m c` for E = m c²: the constant of nature tells the law, and the units that it is not met."""
    told = {s.constant for n, s in match.law.symbols.items() if s.constant and n in match.names} - {"g"}
    return match.known and bool(told) and by_dimension(match, physical, catalogue().roles) is not None


def forced(match: Match, physical: Physical, *, doubted: bool) -> bool:
    """Whether the problem gives all that the law has but one quantity, and asks for that one or speaks of the law.

    doubted: the answer is wrong, so that less need be said.
    """
    if len(match.law.symbols) < 3 or "two_stages" in physical.scene.conditions:
        return False
    subject = match.subject or uncovered(match, physical)
    symbol = match.law.symbols.get(subject)
    if symbol is None:
        return False
    # Several bodies, or parts, may bring in a factor; another function or power, they do not.
    if (match.factor is not None or not (match.known or doubted)) and _SEVERAL.search(physical.statement.lower()):
        return False
    if match.law.needs and (match.known or doubted):
        return True
    if match.law.symbols.keys() - match.names.keys() - {subject} and not match.known:
        return False
    own = values_for(match, physical, catalogue().roles)
    if own is None:
        return False
    kinds_of = catalogue().kinds_of
    asked_for = {a.role for a in physical.scene.asked if a.role}
    return doubted or not asked_for or any(symbol.role in kinds_of(r) or r in kinds_of(symbol.role) for r in asked_for)


def symbol_constant(law: Law, name: str) -> bool:
    """Whether a symbol of a law is a constant of nature."""
    symbol = law.symbols.get(name)
    return symbol is not None and bool(symbol.constant)


# Too wide to say which law was meant.
WIDE = frozenset("energy force speed length distance time mass angle power work heat charge ratio count".split())

_INDEX = re.compile(r"[0-9ifox]|[A-Z]?[0-9]")


def named_for_sure(name: str, role: RoleKind) -> bool:
    """Whether a name says by itself what it stands for: KE, E_kin, F_net; not v_0, E, F_1."""
    if name == role.says.removeprefix("the ") or name.lower() in role.words:
        return True
    if len(name) < 2 or name not in role.symbols or role.id in WIDE or name.startswith("Delta_"):
        return False
    head, _, below = name.partition("_")
    return (len(head) > 1 and head.isupper()) or (bool(below) and _INDEX.fullmatch(below) is None)


def _said(asked: Question, role: RoleKind) -> bool:
    """`the kinetic energy is E = m v²`: the words right before the equation name the role."""
    text = asked.step.text
    before = text[: asked.claim.span.start].lower()
    if role.id in WIDE or not before.strip():
        return False
    words = (role.says.removeprefix("the "), *role.words)
    return any(
        re.search(rf"\b{re.escape(w.lower())}\b{_UP_TO_THERE}", before) for w in words if len(w) > 4 and " " in w
    )


_UP_TO_THERE = r"(?:\s+[a-z]+){0,3}[\s:,=$]*$"


# Several bodies or parts; bodies that turn; bodies whose middle counts; another planet: each may bring in a factor.
_SEVERAL = re.compile(
    r"\b(?:each|both|two|three|four|twice|thrice|double[ds]?|half|halve[ds]?|triple[ds]?|pairs?|identical|times|equal|total"
    r"|third|quarter|fifth|sixth|roll\w*|rotat\w*|spin\w*|turns?|hoop|cylinder|dis[ck]|sphere|flywheel|wheel|pulleys?"
    r"|uniform\s+\w+\s+(?:rod|beam|chain|rope)|rod|pole|beam|column|stack\w*|tank|pillar|ladder|chain|rope|cent(?:re|er)"
    r"|moon|mars|planet|jupiter|venus)\b|%"
)


def _several(factor: float, physical: Physical, asked: Question) -> bool:
    """The problem or the line speaks of several bodies, or of parts, that may well bring in a factor."""
    if _SEVERAL.search(physical.statement.lower()) or _SEVERAL.search(asked.step.text.lower()):
        return True
    given = {v for g in physical.scene.givens if (v := in_si(g.value)) is not None}
    loose = {float(n) for n in asked.book.exact_numbers} - given
    return any(equal(n, factor) or (n and equal(1 / n, factor)) for n in loose)


# Quantities that a law defines, so that no other situation brings in a factor, once one body is spoken of.
_DEFINED = frozenset(
    "kinetic_energy potential_energy elastic_energy net_force centripetal_force centripetal_acceleration".split()
)


def _defined_by_it(match: Match) -> bool:
    symbol = match.law.symbols.get(match.subject)
    return symbol is not None and symbol.role in _DEFINED
