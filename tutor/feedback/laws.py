"""Errors of the catalogue behind what the verifier found wrong in physics: a slip of a law, one quantity for another.

A law's slips are kept with the law ("the time is not squared"); `OF_SLIPS` says which of them the catalogue knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache

from tutor.bridge.constants import CONSTANTS
from tutor.bridge.units import is_affine
from tutor.errors import StudentError, Unsupported
from tutor.laws.catalogue import catalogue
from tutor.laws.law import Law
from tutor.misconceptions.numerals import numeral
from tutor.misconceptions.patterns import plain, put_in
from tutor.misconceptions.quantities import absolute, is_kind, worth
from tutor.misconceptions.rules import rules
from tutor.records import DimensionMismatch, Evidence, FalseEquality, WrongLaw, WrongQuantity
from tutor.syntax.hints import ReadHints
from tutor.syntax.read import read
from tutor.syntax.tree import AnyNode, Chain, Expr, Node, Quantity, Symbol, children, symbols
from tutor.verify.physical import in_base_units
from tutor.verify.shapes import without_units

# (what the slip says, ids of laws, the catalogue's id); the first that fits holds.
OF_SLIPS: tuple[tuple[str, str, str], ...] = (
    (r"factors? 1/2 (is|are) missing", r".*", "half_forgotten_in_formula"),
    (
        r"factor 2 is missing",
        r"stopping_distance|greatest_height|height_from_speed|.*_from_rest.*",
        "half_forgotten_in_formula",
    ),
    (r"there and back", r"echo", "echo_path_not_halved"),
    (r"(current|voltage) is not squared", r"power_.*|joule_heat|line_loss|electric_.*", "current_not_squared_in_power"),
    (r"time is not squared", r".*", "time_not_squared"),
    (r"(initial |final |vertical )?speeds? (is|are) not squared", r".*", "speed_not_squared"),
    (
        r"distances? (is|are) not squared",
        r"coulomb.*|.*gravit.*|field_of_charge|inverse_square|intensity_distance",
        "inverse_square_as_inverse",
    ),
    (r"radius is not squared", r"surface_gravity|gravity_.*", "inverse_square_as_inverse"),
    (r"root is (forgotten|missing)", r".*", "square_root_forgotten"),
    (
        r"cosine in place of sine|sine in place of cosine|sine and cosine are swapped",
        r"(?!launch|projectile|slope_height|pendulum|conical_pendulum_period|speed_down).*",
        "force_components_swapped",
    ),
    (
        r"cosine in place of sine|sine in place of cosine",
        r"launch.*|projectile.*|slope_height|speed_down_slope",
        "sine_cosine_swapped_in_triangle",
    ),
    (r"diameter (is taken|stands) for the radius", r".*", "radius_and_diameter_confused"),
    (
        r"mass is taken for the (weight|normal force)|g is missing",
        (
            r"weight.*|normal_force.*|.*friction_level|force_to_start|pull_.*|friction_.*|"
            r"work_lifting|power_lifting|potential_energy|slope_push"
        ),
        "mass_given_as_weight",
    ),
    (r"weight is taken for the mass|weight holds g already", r".*", "weight_used_as_mass"),
    (
        r"whole weight is taken for the normal force|normal force is not the whole weight",
        r".*",
        "normal_force_equals_weight",
    ),
    (
        r"friction is left out|weight is left out",
        r"net_.*|force_against.*|tension_.*|thrust_up|lift_.*|.*_with_friction",
        "opposite_forces_added",
    ),
    (r"stretched length", r".*", "stretched_length_as_extension"),
    (r"altitude is taken for the distance", r".*", "height_used_as_distance_from_centre"),
    (r"lever arms are swapped", r".*", "lever_arms_swapped"),
    (r"rule for resistors in series", r".*", "parallel_resistors_added"),
    (r"rule for capacitors", r".*", "series_capacitors_added"),
    (
        r"not turned over|reciprocal of f is forgotten",
        r".*resistors_parallel.*|lens.*|capacitors_series.*",
        "parallel_reciprocal_forgotten",
    ),
    (r"voltage is halved", r"voltage_divider", "voltage_split_equally"),
    (r"same amount is taken away|twice the number of half-lives", r".*", "halving_as_linear_decay"),
    (r"that is (momentum|kinetic energy), not", r"(?!power).*", "momentum_and_energy_swapped"),
    (
        r"kinetic energy is (not conserved|conserved in)",
        r"inelastic.*|ballistic.*",
        "kinetic_energy_kept_in_sticking_collision",
    ),
    (r"averaged without regard to the amounts", r".*", "mixing_temperature_plain_mean"),
    (
        (r"added.*right angles|as if they had one direction|" r"sizes are added, though the directions differ"),
        (r".*right_angles|velocity_from_components|resultant.*|crossing_speed|" r"horizontal_throw_impact_speed"),
        "force_magnitudes_added",
    ),
    (r"speeds are subtracted", r"meeting_time|approach_speed", "closing_speed_subtracted"),
    (r"speeds are subtracted", r"impulse_rebound|force_from_momentum_rebound", "direction_sign_lost"),
    (r"distance walked, not the displacement", r".*", "distance_taken_as_displacement"),
    (r"initial speed is left out", r"acceleration", "speed_used_for_change_of_speed"),
    (r"plain mean of the two speeds", r".*", "average_of_speeds"),
    (r"final speed is taken for the whole way", r".*", "final_speed_used_as_average"),
    (r"pressure and volume are taken as proportional", r".*", "inverse_taken_as_direct"),
    (
        r"factor 2 pi is missing|frequency (stands|is taken) for the angular",
        r"generator|angular_speed.*|.*oscillation.*|circle_speed_by_frequency",
        "revolutions_not_turned_into_radians",
    ),
    (r"32 is missing", r"celsius_to_fahrenheit", "fahrenheit_offset_forgotten"),
    (r"angle is left out", r"work.*", "work_angle_ignored"),
    (r"upside down", r"transformer.*", "transformer_ratio_upside_down"),
    (
        r"upside down|divided|multiplied|exchanged|on the wrong side",
        r"efficiency.*|engine_efficiency",
        "efficiency_upside_down",
    ),
    (r"upside down|divided|multiplied", r"ohm.*|ac_ohm", "ohms_law_rearranged_wrongly"),
    (r"upside down|divided|multiplied|exchanged", r"wave_speed|light_wave", "wave_formula_upside_down"),
    (
        r"upside down|reciprocal|forgotten",
        r"period_frequency|oscillation_(period|frequency)|rotation_(period|frequency)",
        "period_and_frequency_swapped",
    ),
    (r"multiplied by the area|upside down|force and area are multiplied", r"pressure", "pressure_as_force_times_area"),
    (r"multiplied by the time", r"power|power_energy|power_lifting.*", "power_multiplied_by_time"),
    (r"upside down|exchanged", r"snell.*|critical_angle.*", "refraction_ratio_upside_down"),
)

# A law stated with each letter's exponent turned or kept, where the slip itself has no words.
TURNED: Mapping[str, str] = {
    "ohm": "ohms_law_rearranged_wrongly",
    "wave_speed": "wave_formula_upside_down",
    "light_wave": "wave_formula_upside_down",
    "transformer": "transformer_ratio_upside_down",
    "efficiency": "efficiency_upside_down",
    "efficiency_power": "efficiency_upside_down",
}

# Right when only the number of the unit was put in: (unit, the catalogue's id).
UNCONVERTED: tuple[tuple[str, str], ...] = (
    ("kg", "gram_used_as_kilogram"),
    ("s", "time_unit_left_in_formula"),
)
NEAR = 8e-3
GIVEN = re.compile(r"with (.+?) (?:the|a|an) ")
OF_WHICH = re.compile(r"which is (.+)$")


def cause_of(evidence: Evidence) -> str | None:
    """The catalogue's id of what the verifier found; None where it has none."""
    match evidence:
        case WrongLaw():
            return of_a_law(evidence)
        case WrongQuantity():
            return of_a_quantity(evidence)
        case DimensionMismatch():
            return of_dimensions(evidence)
        case FalseEquality(left_text=left, right_text=right):
            return of_a_difference(left, right)
    return None


def of_a_law(evidence: WrongLaw) -> str | None:
    """From the slip of the law that was stated."""
    law = catalogue().laws.get(evidence.law)
    if law is None:
        return None
    for text in dict.fromkeys(slips_stated(law, evidence)):
        if (found := named(law.id, text)) is not None:
            return found
    try:
        stated, lawful = read(evidence.stated, PHYSICAL), read(evidence.law_text, PHYSICAL)
    except StudentError:
        return None
    for name in ("square_root_forgotten", "half_forgotten_in_formula"):
        for form in rules()[name].forms(plain(lawful)):
            if isinstance(form, Chain) and isinstance(stated, Chain) and says_the_same(form, plain(stated), {}):
                return name
    turned = symbols(stated) == symbols(lawful) and evidence.because != "value"
    return TURNED.get(law.id) if turned else None


PHYSICAL = ReadHints(units=True, physical=True)


@cache
def named(law: str, text: str) -> str | None:
    """The id of a slip by its words, among the catalogue's."""
    for words, laws, name in OF_SLIPS:
        if re.search(words, text) and re.fullmatch(laws, law):
            return name
    return None


def slips_stated(law: Law, evidence: WrongLaw) -> Iterator[str]:
    """What was done, for each slip of the law that says what the student does."""
    try:
        stated = plain(read(evidence.stated, ReadHints(units=True)))
        lawful = plain(read(evidence.law_text))
    except StudentError:
        return
    if not isinstance(stated, Chain) or len(stated.operands) != 2:
        return
    names = next((n for n in paired(law, lawful) if n is not None), None)
    for slip, done in (*law.slips, *law.guarded_slips):
        if evidence.because == "value":
            if by_values(law, slip, stated, evidence.witness):
                yield done
        elif names is not None and says_the_same(plain(slip), stated, names):
            yield done


def paired(law: Law, lawful: Node) -> Iterator[dict[str, Expr] | None]:
    """Which letter of the student stands for which of the law."""
    for form in (law.equation, *law.forms):
        yield aligned(plain(form), lawful, {})


def aligned(ours: AnyNode, theirs: AnyNode, known: dict[str, Expr]) -> dict[str, Expr] | None:
    """The letters of one tree as parts of another of the same shape."""
    if isinstance(ours, Symbol):
        if not isinstance(theirs, Expr) or known.get(ours.name, theirs) != theirs:
            return None
        return {**known, ours.name: theirs}
    mine, others = children(ours), children(theirs)
    if ours.__class__ is not theirs.__class__ or len(mine) != len(others):
        return None
    if not mine:
        return known if ours == theirs else None
    found: dict[str, Expr] | None = known
    for one, other in zip(mine, others, strict=True):
        if found is None:
            return None
        found = aligned(one, other, found)
    return found


POINTS = (0.7391, 1.318, 0.4142, 1.1317, 0.8719, 0.6127, 1.2791)


def says_the_same(slip: Chain, stated: Chain, names: Mapping[str, Expr]) -> bool:
    """Whether an equation is a slip in the student's letters, solved for any of them."""
    ours = put_in(slip, names)
    rest = symbols(ours) - symbols(stated)
    subject = stated.operands[0]
    if rest or symbols(stated) - symbols(ours) or not isinstance(subject, Symbol) or not isinstance(ours, Chain):
        return plain(ours) == stated
    others = sorted(symbols(ours) - {subject.name})
    agreed = 0
    for shift in range(3):
        values: dict[str, Expr] = {n: decimal(POINTS[(i + shift) % len(POINTS)]) for i, n in enumerate(others)}
        found = worth(put_in(stated.operands[1], values))
        if found is None:
            continue
        sides = [worth(put_in(side, {**values, subject.name: decimal(found)})) for side in ours.operands]
        if None in sides or abs(sides[0] - sides[1]) > 1e-7 * max(abs(sides[0]), abs(sides[1])):  # type: ignore[operator,arg-type]
            return False
        agreed += 1
    return agreed > 1


def decimal(value: float) -> Expr:
    """A number as a tree."""
    return numeral(Fraction(value).limit_denominator(10**12))


def by_values(law: Law, slip: Chain, stated: Chain, witness: str) -> bool:
    """Whether a slip gives the number that was written, with the values that the witness names."""
    found = GIVEN.search(witness)
    if found is None:
        return False
    values: dict[str, Expr] = {}
    numbers_of: dict[str, Expr] = {}
    for text in re.split(r", | and ", found.group(1)):
        try:
            given = read(text, PHYSICAL)
        except StudentError:
            continue
        if isinstance(given, Chain) and isinstance(given.operands[0], Symbol):
            values[given.operands[0].name] = in_base_units(absolute(given)).operands[-1]
            numbers_of[given.operands[0].name] = without_units(given.operands[-1])
    for name, symbol in law.symbols.items():
        if symbol.constant and name not in values and symbol.constant in CONSTANTS:
            values[name] = decimal(float(CONSTANTS[symbol.constant].value))
    left = symbols(slip) - values.keys()
    if len(left) != 1 or any(n not in law.symbols for n in left):
        return False
    for known, claimed in (
        (values, in_base_units(stated.operands[1])),
        (numbers_of, without_units(stated.operands[1])),
    ):
        result = worth(claimed)
        if result is None:
            continue
        whole = {**values, **known, next(iter(left)): decimal(result)}
        one, other = (worth(put_in(plain(side), whole)) for side in slip.operands)
        if one is not None and other is not None and abs(one - other) <= NEAR * max(abs(one), abs(other)):
            return True
    return False


def of_a_quantity(evidence: WrongQuantity) -> str | None:
    """From what stands for what."""
    match evidence.slip:
        case "conversion":
            found = OF_WHICH.search(evidence.needed)
            return unconverted(found.group(1)) if found else None
        case "degrees":
            return "degrees_entered_as_radians"
        case "not_squared":
            used = quantity_in(evidence.used)
            if used is not None and is_kind(used, "m/s"):
                return "speed_not_squared"
            if used is not None and is_kind(used, "A|V"):
                return "current_not_squared_in_power"
            return "time_not_squared" if used is not None and is_kind(used, "s") else None
        case "role" | "other_given":
            return ROLES.get((bare(evidence.used_role), bare(evidence.needed_role)))
    return None


def unconverted(text: str) -> str | None:
    """The id for a quantity whose number was taken as one of base units."""
    quantity = quantity_in(text)
    if quantity is None:
        return None
    words = {word for word, _ in quantity.unit.factors}
    if words & {"eV", "keV", "MeV"}:
        return "electronvolt_used_as_joule"
    if words & {"L", "l", "mL", "ml"}:
        return "litres_as_cubic_metres"
    if words & {"°C", "degC", "℃"}:
        return "celsius_used_as_kelvin"
    for unit, name in UNCONVERTED:
        if is_kind(quantity, unit):
            return name
    return "unit_relabelled_without_converting"


def quantity_in(text: str) -> Quantity | None:
    """The quantity of `t = 1.5 h` or `1.5 h`."""
    try:
        found = read(text, PHYSICAL)
    except (StudentError, Unsupported):
        return None
    last = found.operands[-1] if isinstance(found, Chain) else found
    return last if isinstance(last, Quantity) else None


def bare(role: str) -> str:
    """Without its article."""
    return re.sub(r"^(the|an?) ", "", role)


ROLES: Mapping[tuple[str, str], str] = {
    ("diameter", "radius"): "radius_and_diameter_confused",
    ("radius", "diameter"): "radius_and_diameter_confused",
    ("weight", "mass"): "weight_used_as_mass",
    ("mass", "weight"): "mass_given_as_weight",
    ("period", "frequency"): "period_and_frequency_swapped",
    ("frequency", "period"): "period_and_frequency_swapped",
    ("final speed", "average speed"): "final_speed_used_as_average",
    ("height above the ground", "distance from the centre"): "height_used_as_distance_from_centre",
}


def of_a_difference(left: str, right: str) -> str | None:
    """273 added to a change of temperature: 60 °C = 333 K, where the verifier takes it for a change."""
    one, other = quantity_in(left), quantity_in(right)
    if one is None or other is None or not is_affine(one.unit) or other.unit.text != "K":
        return None
    before, after = worth(one.value), worth(other.value)
    shifted = before is not None and after is not None and abs(after - before - 273) < 0.5
    return "temperature_difference_shifted" if shifted else None


def of_dimensions(evidence: DimensionMismatch) -> str | None:
    """From two kinds of quantity that cannot stand together."""
    if evidence.where == "sum":
        return "different_dimensions_added"
    if evidence.where != "sides":
        return None
    shown = quantity_in(evidence.right_text) or quantity_in(evidence.left_text)
    if shown is None:
        return None
    watts = {"W", "kW", "MW"} & {word for word, x in shown.unit.factors if x == 1}
    if {evidence.left, evidence.right} == {"a force", "a mass"}:
        return "unit_of_result_wrong"  # m g in kg
    if watts and ("h", -1) in shown.unit.factors and "energy" in f"{evidence.left} {evidence.right}":
        return "kilowatt_hour_as_rate"
    return None
