"""What a scene says without saying it: conditions that its givens imply, and which of two states a given belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from fractions import Fraction

from tutor.laws.catalogue import Catalogue
from tutor.laws.scene import Asked, Given, Scene
from tutor.solve.quantities import Known, known_of_given
from tutor.syntax.tree import Bracket, Expr, Negative, numbers

# A given of such a role shows a condition that the words may not name.
SHOWN_BY: dict[str, str] = {
    "friction": "friction_acts",
    "kinetic_friction_coefficient": "friction_acts",
    "friction_coefficient": "friction_acts",
    "spring_constant": "spring",
    "incline_angle": "incline",
    "launch_angle": "projectile",
    "capacitance": "capacitor",
    "half_life": "radioactive",
    "decay_constant": "radioactive",
    "work_function": "photoelectric",
    "thermal_conductivity": "conduction",
    "emissivity": "radiation",
    "drag_force": "drag_acts",
    "primary_turns": "transformer",
}
# Roles of a gas in two states, which a statement names in this order.
STATES = frozenset({"pressure", "volume", "temperature", "absolute_pressure"})
OF_A_GAS = frozenset({"constant_temperature", "constant_pressure", "constant_volume", "ideal_gas", "adiabatic"})
MEETING = frozenset({"collision", "inelastic", "elastic"})
OPPOSITE = {"left": "right", "right": "left", "east": "west", "west": "east", "north": "south", "south": "north"}
_WAY = re.compile(r"\b(left|right|east|west|north|south)(?:ward)?s?\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:opposite directions?|towards? each other|head-on|the other way)\b", re.IGNORECASE)
_COMPARED = re.compile(r"\b(heavier|lighter|larger|smaller|bigger)\b", re.IGNORECASE)
_EACH_SECOND = re.compile(r"\b(?:each|every|per|a) second\b", re.IGNORECASE)
_RATE = re.compile(r"\b(?:each|every|per|a) (?:second|minute|hour)\b", re.IGNORECASE)
_DRAWN = re.compile(r"\b(?:draws?|drawn|consum\w+|takes? in|uses?|used|needs?|needed|supplied|input)\b", re.IGNORECASE)
_SLOWING = re.compile(r"\b(?:decelerat|brak|slow|retard)", re.IGNORECASE)


# What is known of particles and substances without being said: role and constant.
PARTICLES: dict[str, tuple[tuple[str, str], ...]] = {
    "electron": (("mass", "m_e"), ("charge", "e")),
    "proton": (("mass", "m_p"), ("charge", "e")),
    "neutron": (("mass", "m_n"),),
    "water": (("specific_heat", "c_water"), ("fluid_density", "rho_water")),
    "ice": (("latent_heat", "L_f"),),
}


def prepared(scene: Scene, statement: str = "") -> Scene:
    """The scene with what it implies."""
    conditions = set(scene.conditions)
    conditions |= {SHOWN_BY[g.role] for g in scene.givens if g.role in SHOWN_BY}
    wanted = {a.role for a in scene.asked}
    if "acceleration" in wanted | {g.role for g in scene.givens}:
        conditions.add("constant_acceleration")
    givens, asked = scene.givens, scene.asked
    if any(g.implied and g.role == "time" for g in givens) and _EACH_SECOND.search(statement):
        givens = tuple(g for g in givens if not (g.implied and g.role == "time"))
        asked = tuple(replace(a, role="power") if a.role in ("heat", "energy", "work") else a for a in asked)
    asked = tuple(replace(a, role="volume_flow") if a.role == "volume" and _RATE.search(a.text) else a for a in asked)
    if any(g.role == "efficiency" for g in givens):
        asked = tuple(
            replace(a, role="input_power") if a.role == "power" and _DRAWN.search(a.text) else a for a in asked
        )
    givens, more = _more_exactly(givens, wanted, conditions)
    conditions |= more
    conditions = _as_it_goes(givens, wanted, conditions)
    if "capacitor" in conditions and wanted & {"energy", "electric_energy"}:
        conditions.add("stored")
    givens, asked = _of_bodies(_in_states(givens, frozenset(conditions)), asked, statement)
    if conditions & MEETING:
        directed = _with_directions(givens, statement)
        if directed is None:
            return replace(scene, unread=(*scene.unread, "the directions of the two velocities"))
        givens = directed
    return replace(scene, conditions=frozenset(conditions), givens=givens, asked=asked)


def _more_exactly(
    givens: tuple[Given, ...], wanted: Set[str], conditions: Set[str]
) -> tuple[tuple[Given, ...], frozenset[str]]:
    """What the givens are, in the light of what is asked for; conditions that they show."""
    more: set[str] = set()

    def renamed(old: str, new: str) -> tuple[Given, ...]:
        return tuple(replace(g, role=new) if g.role == old else g for g in givens)

    roles = [g.role for g in givens]
    if "efficiency" in wanted:
        for kind in ("energy", "power"):
            if f"useful_{kind}" in roles:
                givens = renamed(f"electric_{kind}", f"input_{kind}")
    if "gravitational_force" in wanted and roles.count("mass") + roles.count("central_mass") == 2:
        givens = renamed("central_mass", "mass")
    two = any(g.role == "count" and numbers(g.value) and numbers(g.value)[0].value == 2 for g in givens)
    if "gravitational_force" in wanted and two and roles.count("mass") == 1:
        (mass,) = (g for g in givens if g.role == "mass")
        both = tuple(replace(mass, of=f"{mass.of or 'body'} {n}") for n in (1, 2))
        givens = (*both, *(g for g in givens if g.role not in ("mass", "count")))
    if "mixing" in conditions and "specific_heat" not in roles:
        owners = {g.of.partition(" ")[0] for g in givens if g.role in ("mass", "initial_temperature") and g.of}
        if len(owners) == 1:
            more.add("same_substance")
    if roles.count("magnetic_field") == 2 and {g.when for g in givens if g.role == "magnetic_field"} == {
        "initial",
        "final",
    }:
        givens = tuple(replace(g, role=f"{g.when}_{g.role}") if g.role == "magnetic_field" else g for g in givens)
    pulled = {"angle", "applied_force"} <= set(roles) and "angle_from_horizontal" in conditions
    if pulled and "work" in wanted and "incline" not in conditions:
        more.add("force_at_angle")
        givens = renamed("angle", "force_angle")
    if roles.count("original_length") == roles.count("natural_length") == 1 and "spring" in conditions:
        givens = tuple(replace(g, role="stretched_length") if g.role == "natural_length" else g for g in givens)
        givens = renamed("original_length", "natural_length")
    return givens, frozenset(more)


def _as_it_goes(givens: tuple[Given, ...], wanted: Set[str], conditions: Set[str]) -> set[str]:
    """The conditions, with those that the course of events shows, and without those that it explains."""
    found = set(conditions)
    bodies = {g.of for g in givens if g.role == "mass" and g.of}
    starts = [g for g in givens if g.role in ("speed", "initial_speed", "velocity")]
    if found & MEETING and any(g.implied and numbers(g.value)[0].value == 0 for g in starts if numbers(g.value)):
        found.add("struck_at_rest")
    if "rebound" in found and len(bodies) < 2:
        found.discard("opposite_directions")  # there and back, not two bodies that meet
    if "explosion" in found and not starts and len(bodies) == 2:
        found.add("both_at_rest")
    if "approaching" in found and "separation" in {g.role for g in givens} and len(starts) == 2 and "time" in wanted:
        found.add("opposite_directions")
    return found


def _way_of(given: Given, statement: str) -> str:
    """The direction said after a speed, or before it, within its clause; "" for none."""
    after = re.split(r"\d|[.;]", statement[given.span.end : given.span.end + 60])[0]
    before = re.split(r"\d|[.;]", statement[max(0, given.span.start - 60) : given.span.start])[-1]
    found = _WAY.search(after) or _WAY.search(before)
    return found[1].lower() if found else ""


def _with_directions(givens: tuple[Given, ...], statement: str) -> tuple[Given, ...] | None:
    """Of two bodies that move in opposite directions the second has a negative velocity; None where that is unclear."""
    moving = [
        n
        for n, g in enumerate(givens)
        if g.role in ("speed", "initial_speed", "velocity") and g.of and not g.implied and g.span.end
    ]
    if len(moving) != 2 or givens[moving[0]].of == givens[moving[1]].of:
        return givens
    second = moving[1]
    ways = [_way_of(givens[n], statement) for n in moving]
    if any(ways) and not all(ways):
        return None
    if all(ways) and ways[1] not in (ways[0], OPPOSITE[ways[0]]):
        return None  # east and north: not along one line
    opposite = OPPOSITE.get(ways[0]) == ways[1] if all(ways) else bool(_AGAINST.search(statement))
    if not opposite:
        return givens
    turned = replace(givens[second], value=Negative(givens[second].value))
    return (*givens[:second], turned, *givens[second + 1 :])


def _clause(given: Given, statement: str) -> str:
    """What stands before a given in its sentence, back to the number before."""
    return (
        re.split(r"\d|[.;]", statement[max(0, given.span.start - 80) : given.span.start])[-1] if given.span.end else ""
    )


def _compared(masses: Mapping[str, Expr], how: str) -> str:
    """The heavier or the lighter of two bodies; "" where they do not differ."""
    values = {of: known_of_given(Given("", "mass", value), 0, None) for of, value in masses.items()}
    sizes = {of: known.value for of, known in values.items() if known is not None}
    if len(set(sizes.values())) != 2:
        return ""
    pick = max if how.lower() in ("heavier", "larger", "bigger") else min
    return pick(sizes, key=lambda of: sizes[of])


def _of_bodies(
    givens: tuple[Given, ...], asked: tuple[Asked, ...], statement: str
) -> tuple[tuple[Given, ...], tuple[Asked, ...]]:
    """What is said in the sentence of one of two like bodies is its own; what is asked again is of the other."""
    bodies: dict[str, set[str]] = {}
    for given in givens:
        if given.of:
            bodies.setdefault(given.role, set()).add(given.of)
    pairs = [group for group in bodies.values() if len(group) == 2]
    if not pairs or any(group != pairs[0] for group in pairs) or not statement:
        return givens, asked
    two = pairs[0]
    ends = [m.end() for m in re.finditer(r"[.;?!](?=\s|$)", statement)]

    def sentence(given: Given) -> int:
        return sum(end <= given.span.start for end in ends)

    masses = {g.of: g.value for g in givens if g.role == "mass" and g.of in two}
    found: list[Given] = []
    for given in givens:
        if masses.keys() == two and (said := _COMPARED.search(_clause(given, statement))):
            given = replace(given, of=_compared(masses, said[1]) or given.of)
        elif given.of not in two and given.role != "gravity" and given.span.end:
            near = {g.of for g in givens if g.of in two and sentence(g) == sentence(given)}
            if len(near) == 1 and sum(g.role == given.role for g in givens) == 1:
                given = replace(given, of=near.pop())
        found.append(given)
    questions: list[Asked] = []
    for one in asked:
        if masses.keys() == two and (said := _COMPARED.search(one.text)):
            one = replace(one, of=_compared(masses, said[1]) or one.of)
        owners = {g.of for g in found if g.role == one.role}
        if not one.of and len(owners) == 1 and owners <= two:
            one = replace(one, of=(two - owners).pop())
        questions.append(one)
    return tuple(found), tuple(questions)


def _in_states(givens: tuple[Given, ...], conditions: frozenset[str]) -> tuple[Given, ...]:
    """Two volumes of one gas are the initial and the final one, in the order in which they are told.

    So are two temperatures of what is warmed.
    """
    two = {r for r in STATES if sum(g.role == r for g in givens) == 2}
    warmed = "warms_and_melts" in conditions and two == {"temperature"}
    if not (conditions & OF_A_GAS or warmed) or not two or any(g.when for g in givens if g.role in STATES):
        return givens
    found: list[Given] = []
    seen: set[str] = set()
    for given in givens:
        if given.role in STATES:
            when = "final" if given.role in seen else "initial"
            seen.add(given.role)
            if given.role in two or not any(g.role in two and g.span < given.span for g in givens):
                given = replace(given, when=when, of="")
        found.append(given)
    return tuple(found)


def knowns_of(scene: Scene, laws: Catalogue, statement: str) -> list[Known]:
    """The givens as quantities; of a deceleration both its size and the acceleration that it is."""
    slowing = bool(_SLOWING.search(statement))
    found: list[Known] = []
    for index, given in enumerate(scene.givens):
        known = known_of_given(given, index, laws.roles.get(given.role))
        if known is None:
            continue
        if given.role == "acceleration" and slowing and known.value > 0 and given.when == "":
            written = Bracket(Negative(given.value))
            found.append(replace(known, signed="size"))
            found.append(replace(known, signed="signed", value=-known.value, written=written))
        else:
            found.append(known)
    return found


def known_constants(scene: Scene, knowns: Sequence[Known], constants: Mapping[str, Fraction]) -> list[Known]:
    """The mass and the charge of an electron, the specific heat of water …, where the problem does not give them."""
    found: list[Known] = []
    for body in dict.fromkeys([g.of for g in scene.givens] + [a.of for a in scene.asked]):
        for role, constant in PARTICLES.get(body, ()):
            if constant in constants and not any(k.role == role for k in knowns):
                found.append(Known(role, constants[constant], body=body, constant=constant))
    return found


def sizes(knowns: Sequence[Known]) -> list[Known]:
    """Each given once."""
    return [k for k in knowns if k.signed != "signed"]
