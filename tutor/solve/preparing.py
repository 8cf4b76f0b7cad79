"""What a scene says without saying it: conditions that its givens imply, and which of two states a given belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tutor.laws.catalogue import Catalogue
from tutor.laws.scene import Given, Scene
from tutor.solve.quantities import Known, known_of_given
from tutor.syntax.tree import Bracket, Negative

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
_SLOWING = re.compile(r"\b(?:decelerat|brak|slow|retard)", re.IGNORECASE)


def prepared(scene: Scene) -> Scene:
    """The scene with what it implies."""
    conditions = set(scene.conditions)
    conditions |= {SHOWN_BY[g.role] for g in scene.givens if g.role in SHOWN_BY}
    wanted = {a.role for a in scene.asked}
    if "acceleration" in wanted | {g.role for g in scene.givens}:
        conditions.add("constant_acceleration")
    return replace(scene, conditions=frozenset(conditions), givens=_in_states(scene.givens, frozenset(conditions)))


def _in_states(givens: tuple[Given, ...], conditions: frozenset[str]) -> tuple[Given, ...]:
    """Two volumes of one gas are the initial and the final one, in the order in which they are told."""
    two = {r for r in STATES if sum(g.role == r for g in givens) == 2}
    if not conditions & OF_A_GAS or not two or any(g.when for g in givens if g.role in STATES):
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


def sizes(knowns: Sequence[Known]) -> list[Known]:
    """Each given once."""
    return [k for k in knowns if k.signed != "signed"]
