"""A role made more exact by the rest of the sentence: the length of a slope, the speed at which something is thrown."""

from __future__ import annotations

import re
from typing import Protocol

from tutor.laws.amounts import Amount
from tutor.laws.phrases import DEFAULTS, NUCLEI, PER_SECOND, Mention
from tutor.regex import regex


class Draft(Protocol):
    """A number with the stretch of text that belongs to it."""

    amount: Amount
    low: int
    high: int
    sentence: tuple[int, int]
    role: str
    symbol: str
    when: str
    noun: Mention | None


_SLOPE = regex(r"\b(?:slope|ramp|incline|hill|inclined plane|chute|slide)\b", re.IGNORECASE)
_HIGH_THING = regex(
    r"[\s-]*(?:(?:high|tall|vertical|sea)[\s-]+)?(?:cliff|building|tower|bridge|ladder|window|roof|table|balcony|"
    r"platform|ledge|"
    r"diving board|wall|skyscraper|tree|dam|waterfall|shelf)\b",
    re.IGNORECASE,
)
_LAUNCH = regex(
    r"\b(?:thrown|throws?|threw|launched|launche?s|kicked|kicks?|fired|fires?|shot|shoots?|projected|hit|struck|"
    r"tossed|tosses|hurled|"
    r"leaves? (?:the|his|her|its|a)|leaving (?:the|his|her|its)|left (?:the|his|her)|starts?|begins?|initially|"
    r"enters?|entering|pitched|batted|"
    r"served|jumps?|leaps?|dives?|ejected|released)\b|\bfrom\s*(?:an? (?:speed|velocity) of\s*)?$",
    re.IGNORECASE,
)
_ARRIVE = regex(
    r"\b(?:reach(?:es|ing|ed)?|attains?|achieves?|acquires?|until (?:it|he|she) (?:is|reaches)|"
    r"(?:hits?|strikes?|lands?)\b[^.;]{0,25}\b(?:ground|floor|water|sea|bottom|surface)|final)\b|"
    r"\bto\s*(?:an? (?:speed|velocity) of\s*)?(?:about\s*)?$",
    re.IGNORECASE,
)
_PROJECTILES = frozenset({"projectile", "thrown_up", "thrown_horizontally", "thrown_down"})
_PROJECTILE_WORDS = regex(
    r"\b(?:thrown|throws?|launched|kicked|kicks|fired|shot|projectile|hit|struck|projected|jumps?|cannon|"
    r"catapult\w*|punted|leaps?|ejected)\b",
    re.IGNORECASE,
)
_PUSHED = regex(
    r"\b(?:pushe[sd]|pulle?[sd]|pulled|pushing|pulling|dragged|drags|dragging|applied|applies)\b",
    re.IGNORECASE,
)
_HORIZONTAL_AFTER = regex(r"\s*(?:above|to|from|with|below)\s+(?:the\s+)?(?:horizontal|ground)\b", re.IGNORECASE)
_HEAT_AFTER = regex(r"\s*of\s+(?:heat|thermal energy)\b", re.IGNORECASE)


# 5 kg of water per second
_EACH_SECOND = re.compile(r"\s*(?:of (?:\w+ ){1,2})?(?:per|every|each|a) (?:second|minute|hour)\b", re.IGNORECASE)
# A motor wastes 150 J; 150 J of it is lost as heat.
_WASTES = regex(r"\b(?:wast\w+|los(?:es?|ing)|dissipat\w+)\b[^.;,\d]{0,25}$", re.IGNORECASE)
_IS_WASTED = regex(
    r"[^.;,\d]{0,25}\b(?:(?:is|are|was|were|be|being) (?:\w+ )?(?:lost|wasted|dissipated)"
    r"|(?:wasted|lost) (?:as|to|in))\b",
    re.IGNORECASE,
)


def default_role(amount: Amount) -> str:
    """What a number can only be, by its unit: kilograms are a mass, ohms a resistance; "" where there is a choice."""
    if amount.angle:
        return "angle"
    words = {word for word, _ in amount.unit.factors} if amount.unit is not None else set()
    if amount.dimension == PER_SECOND:
        counted = amount.unit is not None and amount.unit.text.startswith(("times", "cycles", "vib", "osc", "beats"))
        if counted or any(word.endswith("Hz") or word == "hertz" for word in words):
            return "frequency"
        if any(word.endswith("Bq") or word.startswith("becq") for word in words):
            return "activity"
        return (
            "angular_speed"
            if words & {"rad", "rpm", "rps", "rev", "radians", "radian", "revolutions", "revolution"}
            else ""
        )
    role = DEFAULTS.get(amount.dimension, "")
    if role == "energy" and amount.unit is not None and len(amount.unit.factors) > 1 and _newtons(words):
        return "torque"
    if role == "specific_heat" and not any("J" in w or "cal" in w or "joule" in w for w in words):
        return ""
    if (
        not role
        and amount.unit is not None
        and len(amount.unit.factors) == 2
        and any("J" in w or "joule" in w for w in words)
    ):
        return "latent_heat" if any("g" in w for w in words) else ""
    if role == "momentum" and _newtons(words):
        return "impulse"
    return role


def _newtons(words: set[str]) -> bool:
    return any(word.endswith("N") or "newton" in word for word in words)


def refine(draft: Draft, text: str, conditions: frozenset[str]) -> None:
    """Make a role more exact, or take it back where the words leave a choice."""
    start, end = draft.amount.span
    before, after = text[draft.low : start], text[end : draft.high]
    clause = text[draft.sentence[0] : start]
    match draft.role:
        case "length" | "distance" if _names_slope(clause, after):
            draft.role = "slope_length"
        case "height_if_high":
            draft.role = "height" if _HIGH_THING.match(after) else ""
        case "" if draft.amount.dimension == (("m", 1),) and _HIGH_THING.match(after) and draft.noun is None:
            draft.role = "height"
        case "energy_in":
            whole = text.lower()
            draft.role = (
                "input_energy"
                if "efficien" in whole and "reservoir" not in whole and "heat engine" not in whole
                else "energy"
            )
        case "mass" | "volume" | "fluid_mass" if _EACH_SECOND.match(after):
            draft.role = ""
        case "force" if draft.noun is None and _HEAVY.match(after):
            draft.role = "weight"
        case "force" if _PUSHED.search(clause[-90:]):
            draft.role = "applied_force"
        case "angle" if _HORIZONTAL_AFTER.match(after):
            thrown = _is_thrown(text)
            draft.role = "launch_angle" if thrown else "angle"
        case "horizontal_angle":
            thrown = _is_thrown(text)
            draft.role = "launch_angle" if thrown else "angle"
        case "angle" if draft.noun is not None and _SLOPE.search(clause) and "incline" in conditions:
            draft.role = "incline_angle"
        case "speed":
            _refine_speed(draft, text, before, conditions)
        case "acceleration" if draft.symbol == "g" or re.search(r"\bgravity\b", before, re.IGNORECASE):
            draft.role = "gravity"
        case "mass" if _ASTRONOMICAL.search(draft.amount.number) and _HEAVENLY.search(clause):
            draft.role = "central_mass"
        case "radius" if draft.noun is not None and _HEAVENLY.search(clause) and "orbit" not in draft.noun.phrase:
            draft.role = "planet_radius"
        case "heat" | "energy" if "reservoir" in text and re.search(
            r"\b(?:takes? in|absorbs?)\s*$", before, re.IGNORECASE
        ):
            draft.role = "hot_heat"
        case "energy" | "heat" if "efficien" in text.lower() and (_WASTES.search(clause) or _IS_WASTED.match(after)):
            draft.role = "wasted_energy"
        case "power" if "efficien" in text.lower() and (_WASTES.search(clause) or _IS_WASTED.match(after)):
            draft.role = "lost_power"
        case "energy" if _HEAT_AFTER.match(after):
            draft.role = "heat"
        case "distance" if re.match(
            r"\s*(?:away )?from the cent(?:er|re) of (?:the )?(?:earth|planet|sun|moon|star)", after, re.IGNORECASE
        ):
            draft.role = "orbit_radius"
        case "object_distance" if _IMAGE_LAST.search(clause):
            draft.role = "image_distance"
        case "angle" if "light" in conditions and _TO_NORMAL.match(after) and _INTO_GLASS.search(text):
            draft.role = "incidence_angle"
        case "voltage" if "transformer" in conditions and _FED.search(before):
            draft.role = "primary_voltage"
        case "turns" | "voltage" | "current" if "transformer" in conditions:
            sides = re.findall(r"\b(?:primary|secondary)\b", clause) or re.findall(
                r"^[^.;,]*?\b(primary|secondary)\b", after
            )
            if re.match(r"[^.;,]{0,25}\b(?:primary|secondary)\b", after):
                sides = re.findall(r"\b(?:primary|secondary)\b", after)[:1]
            draft.role = f"{sides[-1]}_{draft.role}" if sides else draft.role
        case "lever_arm" if re.search(
            r"\b(?:carousel|merry-go-round|turntable|rotat\w+|spins?|revol\w+|once)\b", text, re.IGNORECASE
        ):
            draft.role = "radius"
        case "horizontal_velocity" if "thrown_horizontally" in conditions:
            draft.role, draft.when = "initial_speed", "initial"
        case "length" if "spring" in conditions and re.search(
            r"\b(?:unloaded|unstretched|natural|relaxed)\b", clause, re.IGNORECASE
        ):
            draft.role = "natural_length"
        case "density" if re.search(
            r"\b(?:water|oil|liquid|fluid|mercury|alcohol|seawater)\b", clause[-45:], re.IGNORECASE
        ) and re.search(
            r"\b(?:pressure|buoya\w+|floats?|floating|submerged|immersed|depth|under water|sinks?)\b",
            text,
            re.IGNORECASE,
        ):
            draft.role = "fluid_density"
        case "separation" if re.search(r"\bcrests?\b|\bwavefronts?\b", clause, re.IGNORECASE):
            draft.role = "wavelength"
        case "separation" if re.search(r"\b(?:plates?)\b", clause, re.IGNORECASE):
            draft.role = "plate_separation"
        case "separation" if re.search(r"\b(?:slits?)\b", clause, re.IGNORECASE):
            draft.role = "slit_separation"
        case "center_distance":
            draft.role = (
                "radius"
                if "circular" in conditions or re.search(r"\b(?:rotat|spin|turn|revol)", text, re.IGNORECASE)
                else ""
            )
        case "away":
            draft.role = "screen_distance" if re.search(r"\bscreen\b", clause, re.IGNORECASE) else ""
        case "work" if "ideal_gas" in conditions and re.search(r"\bdoes\b[^.;]*$", clause, re.IGNORECASE):
            draft.role = "work_by_gas"
        case "work" if "ideal_gas" in conditions and re.match(
            r"[^.;]{0,20}\bon the (?:gas|system)", after, re.IGNORECASE
        ):
            draft.role = "work_on_gas"
        case "line_density" if re.search(r"turns|loops", text[start:end]):
            draft.role = "turn_density"
        case "line_density" if not re.search(r"lines|slits|grooves|rulings", text[start:end]):
            draft.role = ""
        case "frequency" if _SOUNDS.search(clause) and conditions & {"approaching", "receding"}:
            draft.role = "source_frequency"
        case "" if draft.amount.bare and NUCLEI.match(text, end):
            later = re.search(r"\bafter\b|\blater\b|\bleft\b|remain|decayed|\bin \d|half-lives", text, re.IGNORECASE)
            draft.role = ("initial_nuclei" if later else "nuclei") if "radioactive" in conditions else ""
        case "" if draft.amount.bare and draft.symbol:
            draft.role = _bare_letter(draft.symbol, text)
        case "height" | "length" if conditions & {
            "lens",
            "converging_lens",
            "diverging_lens",
            "mirror",
            "concave_mirror",
            "convex_mirror",
        } and re.match(r"[\s-]*(?:tall|high)\b", after):
            draft.role = "object_height"
        case "energy" if re.search(r"\bphotons?\b", clause, re.IGNORECASE):
            draft.role = "photon_energy"
        case "height" if "orbit" in conditions and re.search(
            r"\b(?:orbit|satellite|circles|station|spacecraft)", clause, re.IGNORECASE
        ):
            draft.role = "altitude"


_TO_NORMAL = regex(r"\s*(?:to|from|with)\s+the\s+normal\b", re.IGNORECASE)
_INTO_GLASS = regex(r"\b(?:refract\w*|enters?|hits?|strikes?|passes|goes|falls)\b", re.IGNORECASE)
_FED = regex(  # the secondary is not fed, though it may be connected
    r"\b(?:fed|supplied|powered|plugged|input|mains|runs?|works)\b[^.;,]*$|^(?:(?!secondary)[^.;,])*\bconnected\b[^.;,]*$",
    re.IGNORECASE,
)
_THINGS = regex(
    r"\b(?:slope|ramp|incline|hill|inclined plane|chute|slide|pendulum|rope|string|wire|rod|spring|block|crate|"
    r"box|plank|beam|"
    r"ladder|pipe|tube|bar|cable|solenoid|spring|coil|cord|stick|its)\b",
    re.IGNORECASE,
)


_MOVING_THING = regex(
    r"\b(?:car|train|ambulance|truck|bus|police|source|observer|boat|plane|aircraft|electron|proton|particle|bat)\b",
    re.IGNORECASE,
)
_IMAGE_LAST = regex(r"\bimage\b(?!.*\bobject\b)", re.IGNORECASE)
# A 980-N person
_HEAVY = regex(
    r"[\s-]*(?:[a-z]+\s+)?(?:person|man|woman|boy|girl|child|crate|box|block|student|skier|piano|safe|sign|"
    r"painter|rock|stone|object|"
    r"weight|load|car|truck|suitcase|bag|barrel|lamp|picture|traffic light|chandelier|athlete|gymnast|astronaut|"
    r"trunk|sled|beam|ladder)\b",
    re.IGNORECASE,
)
_HEAVENLY = regex(
    r"\b(?:earth|moon|mars|venus|jupiter|saturn|mercury|neptune|uranus|pluto|planet|sun|star|"
    r"asteroid)(?:'s)?\b(?!.*\borbits?\b)",
    re.IGNORECASE,
)
_ASTRONOMICAL = regex(r"10\s?\^?\s?[{(]?(?:1[5-9]|[2-9]\d)|10[²³]")
_SOUNDS = regex(r"\b(?:emit\w*|siren|horn|whistle|sounds?|sounding|blows|source)\b", re.IGNORECASE)


def _bare_letter(letter: str, text: str) -> str:
    """n = 1.5 of glass, μ = 0.2 where there is friction."""
    head = letter.split("_")[0].rstrip("0123456789")
    levels = re.search(r"\b(?:transition|levels?|states?|hydrogen|orbit|order|quantum)\b", text, re.IGNORECASE)
    if (
        head == "n"
        and not levels
        and re.search(r"\b(?:glass|refract\w*|index|prism|diamond|water)\b", text, re.IGNORECASE)
    ):
        return "refractive_index"
    if head == "μ" and re.search(r"\bfriction", text, re.IGNORECASE):
        return {"μ_k": "kinetic_friction_coefficient", "μ_s": "static_friction_coefficient"}.get(
            letter, "friction_coefficient"
        )
    return ""


def _names_slope(clause: str, after: str) -> bool:
    """The length of a slope, where the slope is the last thing spoken of."""
    if re.match(r"[\s-]*(?:long\s+)?(?:[\w-]+\s+){0,2}?(?:slope|ramp|incline|hill)\b", after, re.IGNORECASE):
        return True
    things = _THINGS.findall(clause)
    return bool(things) and bool(_SLOPE.fullmatch(things[-1]))


def _is_thrown(text: str) -> bool:
    pulled = re.search(r"\b(?:pull\w*|push\w*|rope|drag\w*|ramp|incline\w*|slope)\b", text, re.IGNORECASE)
    return bool(_PROJECTILE_WORDS.search(text)) and pulled is None


def _refine_speed(draft: Draft, text: str, before: str, conditions: frozenset[str]) -> None:
    clause = text[draft.sentence[0] : draft.amount.span.start]
    if re.search(r"\b(?:river|stream|canal)\b", text, re.IGNORECASE):
        if re.search(
            r"\bstill water\b|relative to the water", clause + text[draft.amount.span.end : draft.high], re.IGNORECASE
        ):
            draft.role = "boat_speed"
        elif re.search(r"\b(?:flows?|current|stream|river)\b[^,;]*$", before, re.IGNORECASE):
            draft.role = "stream_speed"
        return
    if re.search(
        r"\b(?:sound|waves?|ultrasound|pulses?)\b(?! (?:frequency|length))", clause, re.IGNORECASE
    ) and not _MOVING_THING.search(clause):
        draft.role = "wave_speed"
        return
    if (
        conditions & {"approaching", "receding"}
        and re.search(r"\bfrequency\b", text, re.IGNORECASE)
        and re.search(r"\bsound|\bheard?\b|\bhears\b|siren|whistle|horn", text, re.IGNORECASE)
    ):
        if re.search(r"\b(?:observer|listener|person|cyclist|student|you)\b", clause, re.IGNORECASE):
            draft.role = ""
        else:
            draft.role = "source_speed"
        return
    arrive = list(_ARRIVE.finditer(before))
    launch = list(_LAUNCH.finditer(before))
    if arrive and (not launch or launch[-1].start() < arrive[-1].start()):
        draft.role, draft.when = "final_speed", "final"
    elif launch:
        draft.role, draft.when = "initial_speed", "initial"


# ---------------------------------------------------------------- what is asked

_ARRIVING = regex(
    r"\b(?:at the (?:bottom|end|foot|base)|at impact|on impact|when (?:it|he|she|they|the)\b|just (?:before|as|"
    r"after|when)|after|hits?|strikes?|"
    r"lands?|reach\w*|leaves?|by the time|upon|be (?:moving|going|travell?ing)|have|at that (?:point|time|"
    r"instant)|acquires?|gains?)\b",
    re.IGNORECASE,
)
_AT_TOP = regex(r"\b(?:highest point|top of its|at the top|maximum height|greatest height)\b", re.IGNORECASE)
_TAKES_TO_TOP = regex(
    r"\b(?:reach|get|rise|to)\b[^.?]{0,30}\b(?:highest point|top|maximum height|peak|greatest height)", re.IGNORECASE
)
_IN_AIR = regex(
    r"\b(?:in the air|hits? the (?:ground|floor)|return\w*|lands?|come back|caught|comes? down|back (?:to|in)|"
    r"before it (?:hits|lands)|strikes? the (?:ground|floor))\b",
    re.IGNORECASE,
)
_FALLS = regex(r"\b(?:fall|falls|fallen|fell|drop|dropped)\b", re.IGNORECASE)
_HORIZONTALLY = regex(r"\b(?:horizontal\w*|from the (?:base|foot|bottom)|land|lands|away)\b", re.IGNORECASE)
_STARTING = regex(
    r"\b(?:initial\w*|at first|before (?:the )?(?:collision|impact|braking)|was the (?:bullet|pellet|arrow|dart|"
    r"ball)\b(?! after)|was (?:it|he|she|the \w+) (?:thrown|moving|going|travell?ing))\b",
    re.IGNORECASE,
)
_AFTER_COLLISION = regex(r"\b(?:after|afterwards|together|recoil\w*|then|now|combined)\b", re.IGNORECASE)
_OF_A_BUILDING = regex(r"\b(?:cliff|building|tower|bridge|window)\b", re.IGNORECASE)
_GREATEST = regex(r"\b(?:how high|maximum|greatest)\b", re.IGNORECASE)
_AT_A_TIME = regex(r"\b(?:after|at t|when)\b", re.IGNORECASE)
_MOVES_ON = frozenset({"from_rest", "constant_acceleration", "free_fall", "thrown_up", "thrown_down"})

# Roles that only such a scene has; elsewhere the words mean something wider.
ONLY_WHERE: dict[str, frozenset[str]] = {
    "pendulum_length": frozenset({"pendulum", "conical"}),
    "string_length": frozenset({"string_wave"}),
    "pipe_length": frozenset({"open_pipe", "closed_pipe"}),
    "common_speed": frozenset({"inelastic"}),
    "planet_radius": frozenset({"orbit", "elsewhere"}),
    "apparent_depth": frozenset({"submerged"}),
    "wire_diameter": frozenset({"no such scene"}),
    "echo_time": frozenset({"echo"}),
    "original_volume": frozenset({"no such scene"}),
    "total_extent": frozenset({"spring"}),
    "drag_force": frozenset({"drag_acts"}),
    "celsius_reading": frozenset({"no such scene"}),
    "fahrenheit_reading": frozenset({"no such scene"}),
    "kelvin_reading": frozenset({"no such scene"}),
    "harmonic_number": frozenset({"no such scene"}),
    "static_friction": frozenset({"friction_acts", "about_to_slip"}),
    "initial_voltage": frozenset({"discharging"}),
    "final_current": frozenset({"inductor"}),
    "peak_current": frozenset({"ac"}),
}


def fitting(roles: tuple[str, ...], conditions: frozenset[str]) -> tuple[str, ...]:
    """The roles that may be meant in such a scene."""
    return tuple(r for r in roles if r not in ONLY_WHERE or ONLY_WHERE[r] & conditions)


def refine_asked(role: str, question: str, conditions: frozenset[str], given: frozenset[str]) -> tuple[str, str]:
    """What is asked, more exactly, and when: the speed at the bottom is a final speed."""
    thrown = conditions & {"thrown_up", "projectile", "thrown_horizontally"}
    match role:
        case "depth" if "free_fall" in conditions:
            return "height", ""
        case "range" if _AT_TOP.search(question) or re.search(r"\b(?:when|explod\w+|after)\b", question, re.IGNORECASE):
            return "", ""
        case "speed":
            if _AT_TOP.search(question) and thrown:
                return "", ""
            if "wavelength" in given or ("frequency" in given and conditions & {"string_wave", "sound", "light"}):
                return "wave_speed", ""
            if re.search(r"\b(?:waves?|sound|pulse)\b", question, re.IGNORECASE):
                return "wave_speed", ""
            if conditions & {"collision", "explosion", "inelastic"}:
                if _STARTING.search(question):
                    return "initial_speed", "initial"
                if "inelastic" in conditions:
                    return "common_speed", "final"
                return (
                    ("final_speed", "final")
                    if _AFTER_COLLISION.search(question) or "explosion" in conditions
                    else ("speed", "")
                )
            if conditions & {"orbit", "circular"}:
                return ("orbital_speed" if "orbit" in conditions else "speed"), ""
            if _STARTING.search(question):
                return "initial_speed", "initial"
            moves_on = conditions & _MOVES_ON or given & {"acceleration", "initial_speed"}
            if moves_on or (
                _ARRIVING.search(question)
                and conditions & {"incline", "spring", "pendulum", "thrown_horizontally", "projectile"}
            ):
                return "final_speed", "final"
        case "magnetic_force" if "magnetic_field" not in given and "magnetic" not in question:
            return "force", ""
        case "separation" if conditions & {"double_slit"} and re.search(
            r"\bfringes?|maxima|bright", question, re.IGNORECASE
        ):
            return "fringe_spacing", ""
        case "height" | "length" if re.search(r"\bimage\b", question, re.IGNORECASE):
            return "image_height", ""
        case "distance" if re.search(r"\bimage\b", question, re.IGNORECASE):
            return "image_distance", ""
        case "turns" | "voltage" | "current" if "transformer" in conditions and re.search(
            r"\b(?:primary|secondary)\b", question
        ):
            side = re.findall(r"\b(?:primary|secondary)\b", question)[-1]
            return f"{side}_{role}", ""
        case "pressure" | "volume" | "temperature" | "absolute_pressure" if conditions & {
            "constant_pressure",
            "constant_volume",
            "constant_temperature",
            "adiabatic",
        } and re.search(r"\b(?:then|new|after\w*|now|become\w*|final\w*|will)\b", question, re.IGNORECASE):
            return f"final_{role.removeprefix('absolute_')}", "final"
        case "kinetic_energy" | "energy" if re.search(r"\b(?:lost|loss|dissipated)\b", question, re.IGNORECASE):
            return ("lost_energy", "") if conditions & {"collision", "inelastic"} else ("", "")
        case "distance" if re.search(r"\bfrom the (?:pivot|fulcrum|hinge)", question, re.IGNORECASE):
            return "lever_arm", ""
        case "distance":
            if _FALLS.search(question) and conditions & {"free_fall", "from_rest"} and "incline" not in conditions:
                return "height", ""
            if conditions & {"projectile", "thrown_horizontally"} and "stretch" not in question:
                return "range", ""
            if (
                "to_rest" in conditions
                and re.search(r"\bstop|\brest\b|\bskid|\bslide", question, re.IGNORECASE)
                and "from_rest" not in conditions
            ):
                return "stopping_distance", ""
            if re.search(r"\b(?:along|up|down) the (?:slope|ramp|incline|hill)", question, re.IGNORECASE):
                return "slope_length", ""
        case "height":
            rising = thrown & {"thrown_up", "projectile"} and not _OF_A_BUILDING.search(question)
            if rising and _GREATEST.search(question) and not _AT_A_TIME.search(question):
                return "max_height", ""
        case "time":
            if _TAKES_TO_TOP.search(question) and thrown:
                return "time_to_top", ""
            if _IN_AIR.search(question) and thrown & {"thrown_up", "projectile"}:
                return "time_of_flight", ""
        case "temperature":
            if conditions & {"mixing"}:
                return "final_temperature", "final"
        case "frequency":
            if conditions & {"approaching", "receding"} and re.search(
                r"\bhears?\b|\bobserve|\bdetect|\bheard\b", question, re.IGNORECASE
            ):
                return "observed_frequency", ""
        case "angle":
            if conditions & {"grating", "double_slit", "single_slit"}:
                return "diffraction_angle", ""
            if re.search(r"\brefracted|\bin the (?:glass|water)", question, re.IGNORECASE):
                return "refraction_angle", ""
            if "incline" in conditions and _SLOPE.search(question):
                return "incline_angle", ""
        case "length":
            if _SLOPE.search(question):
                return "slope_length", ""
        case "weight_or_mass":
            return "", ""
        case "initial_speed":
            return role, "initial"
        case "final_speed" | "common_speed":
            return role, "final"
    return role, ""
