"""The words around a number that say what it is: nouns (from `roles.toml`), verbs, prepositions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tutor.bridge.dimensions import Dimension
from tutor.errors import StudentError
from tutor.laws.catalogue import CONDITIONS, DATA, ROLES, conditions_of, roles_of
from tutor.laws.law import RoleKind
from tutor.regex import regex
from tutor.syntax.read import read
from tutor.syntax.tree import Symbol


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that names roles, at its place."""

    start: int
    end: int
    phrase: str
    roles: tuple[str, ...]


@cache
def roles() -> Mapping[str, RoleKind]:
    """The shipped roles; the laws are not read."""
    return roles_of(DATA / ROLES)


@cache
def roles_of_dimension(dimension: Dimension, angle: bool) -> frozenset[str]:
    """The roles that a number with such a unit may have."""
    return frozenset(r.id for r in roles().values() if r.dimension == dimension and r.angle == angle)


def _wider(role: str) -> set[str]:
    found: set[str] = set()
    stack = [role]
    while stack:
        new = roles()[stack.pop()].like - found
        found |= new
        stack.extend(new)
    return found


# ---------------------------------------------------------------- phrases in a text

_TOKEN = regex(r"[^\W_]+(?:['.][^\W_]+)*|(?<!\w)-|-(?!\w)|[^\w\s-]")
_Index = Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]


def _index(phrases: Mapping[str, Sequence[str]]) -> _Index:
    """Phrases by their first word, longest first; each as its words, with what it stands for."""
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase, ids in phrases.items():
        words = tuple(_TOKEN.findall(phrase.lower()))
        if words:
            by_first.setdefault(words[0], []).append((words, tuple(ids)))
    return {first: tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0]))) for first, rows in by_first.items()}


def _tokens(text: str) -> list[tuple[str, int, int]]:
    return [(m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def _same(token: str, word: str, plural: bool) -> bool:
    return token == word or (plural and token.startswith(word) and token[len(word) :] in ("s", "es", "'s"))


def _longest(
    index: _Index, tokens: Sequence[tuple[str, int, int]], at: int, plural: bool
) -> tuple[int, tuple[str, ...]] | None:
    """How many words the longest phrase that begins at a token has, and what it stands for."""
    token = tokens[at][0]
    best: tuple[int, tuple[str, ...]] | None = None
    firsts = [token]
    if plural and token.endswith("s"):
        firsts += [token[:-1], token.removesuffix("es"), token.removesuffix("'s")]
    for first in dict.fromkeys(firsts):
        for words, ids in index.get(first, ()):
            n = len(words)
            if (best is not None and n <= best[0]) or at + n > len(tokens) or (first != token and n > 1):
                continue
            last = tokens[at + n - 1][0]
            if _same(last, words[-1], plural) and all(tokens[at + k][0] == words[k] for k in range(n - 1)):
                best = (n, ids)
                break
    return best


# "to the vertical" is no noun; the frames below know what to make of it.
_PREPOSITION = regex(
    r"(?:to|from|with|in|on|at|of|above|below|down|up|along|between|behind|off|into|has|is)\b", re.IGNORECASE
)


@cache
def _noun_index() -> _Index:
    by_phrase: dict[str, list[str]] = {}
    for noun in roles().values():
        for word in noun.words:
            if not _PREPOSITION.match(word):
                by_phrase.setdefault(word.lower(), []).append(noun.id)
    # The more special role first: a common speed is a speed.
    return _index({phrase: sorted(ids, key=lambda i: -len(_wider(i))) for phrase, ids in by_phrase.items()})


def mentions(text: str) -> tuple[Mention, ...]:
    """The nouns that name roles, left to right, the longest where several begin at one place."""
    index, tokens = _noun_index(), _tokens(text)
    found = []
    at = 0
    while at < len(tokens):
        hit = _longest(index, tokens, at, plural=True)
        if hit is None:
            at += 1
            continue
        n, ids = hit
        last = tokens[at + n - 1]
        found.append(Mention(tokens[at][1], last[2], " ".join(t for t, _, _ in tokens[at : at + n]), ids))
        at += n
    return tuple(found)


@cache
def _condition_index() -> _Index:
    """Conditions by phrase; "!collision" for a phrase that holds its words and means something else."""
    by_phrase: dict[str, list[str]] = {}
    for condition in conditions_of(DATA / CONDITIONS).values():
        for word in condition.words:
            by_phrase.setdefault(word.lower(), []).append(condition.id)
        for word in condition.unless:
            by_phrase.setdefault(word.lower(), []).append(f"!{condition.id}")
    return _index(by_phrase)


_NEGATED = regex(
    r"\b(?:not|n't|cannot|never|isn't|aren't)\s+(?:be\s+|a\s+|an\s+|in\s+|any\s+|\w+ly\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A phrase that speaks of conditions, at its place, and those that it says hold."""

    start: int
    end: int
    phrase: str
    ids: tuple[str, ...]


def conditions_in(text: str) -> tuple[frozenset[str], tuple[Condition, ...]]:
    """The conditions that a statement says hold, and the phrases that speak of conditions."""
    index, tokens = _condition_index(), _tokens(text)
    hits: list[tuple[int, int, str, tuple[str, ...]]] = []
    others: dict[str, list[tuple[int, int]]] = {}
    for at, (_, start, _) in enumerate(tokens):
        hit = _longest(index, tokens, at, plural=False)
        if hit is None:
            continue
        n, ids = hit
        end = tokens[at + n - 1][2]
        hits.append((start, end, " ".join(t for t, _, _ in tokens[at : at + n]), ids))
        for id_ in ids:
            if id_.startswith("!"):
                others.setdefault(id_[1:], []).append((start, end))
    held: set[str] = set()
    denied: set[str] = set()
    found: list[Condition] = []
    for start, end, phrase, ids in hits:
        said = tuple(i for i in ids if i[0] != "!" and not any(a < end and start < b for a, b in others.get(i, ())))
        if _NEGATED.search(text, max(0, start - 30), start):
            denied.update(said)
            said = ()
        held.update(said)
        found.append(Condition(start, end, phrase, said))
    return frozenset(held - denied), tuple(found)


# ---------------------------------------------------------------- words at a number

# What may stand between a noun and its number: "mass m of", "height, H, is", "speed of about", "length = ".
LETTER = r"(?:Δ?[A-Za-zα-ωΑ-Ωℓ](?:_\{?\w{1,6}\}?|[0-9₀-₉]{1,2}|')?)"
_FILLER = (
    r"(?:of|is|was|are|were|be|being|has|have|had|at|=|≈|:|equals?|equal|that|which|to|as|only|about|"
    r"approximately|roughly|"
    r"nearly|around|just|exactly|a|an|the|constant|magnitude|value|initially|now|each|both|uniform|steady|total|"
    r"some|almost|over|up|known|found|measured|given|respectively|through|must|will|should|remains?|stays?|kept)"
)
LINK = regex(
    rf"\s*(?:,?\s*\(?(?P<symbol>{LETTER})\)?(?=[\s,=)(:≈]|"
    rf"$)\s*,?)?\s*(?:{_FILLER}(?![a-z])[\s,:(]*)*\s*\(?(?:{LETTER}\s*[=≈]\s*)?",
    re.IGNORECASE,
)
# "the mass of the mower is 240 kg": words between that name no other quantity.
LONG_LINK = regex(
    rf"\s*(?:,?\s*\(?(?P<symbol>{LETTER})\)?,?)?(?:\s+\([^()]{{1,40}}\))?\s+(?:of|in|on|at|for|between|across|"
    rf"through|along|from|acting|exerted|"
    rf"applied|due|used|by|above|inside)\s+[^.;:?!()\d=]{{1,70}}?\s*(?:\b(?:is|was|are|were|equals|be)\b|(?<!\b\w "
    rf")[=≈])\s*(?:{_FILLER}(?![a-z])\s*)*(?:{LETTER}\s*[=≈]\s*)?",
    re.IGNORECASE,
)
SYMBOL_BEFORE = regex(rf"(?<![A-Za-z0-9_\\])(?P<symbol>{LETTER})\s*(?:=|≈)\s*$")


@dataclass(frozen=True, slots=True)
class Frame:
    """Words beside a number of some dimension that say its role. weight: what wins where several fit."""

    pattern: re.Pattern[str]
    role: str
    weight: int = 5
    when: str = ""


L: Dimension = (("m", 1),)
T: Dimension = (("s", 1),)
V: Dimension = (("m", 1), ("s", -1))
KELVIN: Dimension = (("K", 1),)
VOLT: Dimension = (("A", -1), ("kg", 1), ("m", 2), ("s", -3))
OHM: Dimension = (("A", -2), ("kg", 1), ("m", 2), ("s", -3))
NEWTON: Dimension = (("kg", 1), ("m", 1), ("s", -2))
PER_SECOND: Dimension = (("s", -1),)
JOULE: Dimension = (("kg", 1), ("m", 2), ("s", -2))
KILOGRAM: Dimension = (("kg", 1),)
ANGLE = "angle"

_BY = (
    r"(?:\s+(?:the|by|through|for|over|up|down|about|another|only|a (?:total )?(?:distance|height|depth|length) "
    r"of|to))*\s*"
)
_SLOPE = r"(?:slope|incline|ramp|inclined plane|hill|plank|track|plane)"


def _before(text: str) -> re.Pattern[str]:
    return regex(rf"(?<![\w-])(?:{text})\s*$", re.IGNORECASE)


def _after(text: str) -> re.Pattern[str]:
    return regex(rf"[\s-]*(?:{text})(?![\w])", re.IGNORECASE)


_LIFTED = (
    r"(?:lifts?|lifted|raise[sd]?|raising|hoists?|hoisted|pumps?|pumped|climbs?|"
    r"climbed)\b[^.;:?!]{0,70}?\s+(?:by|through|up)"
)

BEFORE: dict[Dimension | str, tuple[Frame, ...]] = {
    L: (
        Frame(_before(_LIFTED), "height", 6),
        Frame(_before(rf"(?:stretched|compressed|stretches|compresses|compress|stretch|stretching|compressing|"
                      rf"extends|extended|elongates|sinks|settles)"
                      rf"(?:\s+(?:the|a|an|this|its|by|it|that|spring|cord))*{_BY}"), "extension", 7),
        Frame(_before(rf"(?:falls?|fell|falling|drops?|dropped|descends?|descending|climbs?|climbing|rises?|rose|"
                      rf"lifts?|lifted|raises?|raised|raise|lift|lifting|raising|hoisted|hoists?)"
                      rf"(?:\s+(?:it|him|her|vertically|straight|freely|from rest|(?:the|an?|his|her|this) "
                      rf"(?:[\w./-]+ ){{0,3}}?[\w-]+|[\d.,]+ ?kg of \w+))?{_BY}"), "height", 6),
        Frame(_before(r"(?:from|off)\s+(?:the\s+(?:top|roof|edge)\s+of\s+)?an?(?:\s+(?:vertical|tall|"
                      r"high))?"), "height_if_high", 4),
        Frame(_before(rf"(?:travels?|travell?ed|travell?ing|moves?|moved|moving|covers?|covered|covering|drives?|"
                      rf"drove|driven|runs?|ran|running|walks?|walked|"
                      rf"goes|went|skids?|skidded|flies|rides?|rode|sails?|swims?|pushed|pulled|dragged|pushes|"
                      rf"pulls|drags|push|pull|drag|travel|move|cover|displaced)"
                      rf"(?:\s+(?:it|him|her|(?:the|an?|his|her|this) (?:[\w./-]+ ){{0,3}}?[\w-]+|across [\w "
                      rf"]{{1,25}}|along [\w ]{{1,25}}|horizontally|forward|north|south|east|west|at constant "
                      rf"\w+))?{_BY}"), "distance", 5),
        Frame(_before(r"(?:stops?|stopped|stopping|comes to rest|slides?|slid|sliding|rolls?|rolled)(?:\s+(?:it|"
                      r"across [\w ]{1,25}|along [\w ]{1,25}|to rest))?\s*"
                      r"(?:after|in|within|for|over)?(?:\s+(?:a distance of|another|about|only))*"), "distance", 5),
        Frame(_before(r"(?:in|within|over|after(?: travell?ing| moving| sliding)?|distance of)"), "distance", 3),
        Frame(_before(r"(?:\band|,)?\s*(?:are|is|placed|located|held|kept|charges)\s+(?:separated\s+by|at a "
                      r"separation of)"), "separation", 6),
        Frame(_before(r"separated\s+by(?:\s+(?:a distance of|about))*"), "separation", 6),
    ),
    T: (
        Frame(_before(r"(?:turns|rotates|revolves|spins|circles|orbits|goes "
                      r"(?:a)?round)(?:\s+\w+){0,3}?\s+once\s+(?:in|every|each)"), "period", 8),
        Frame(_before(r"(?:one|a|each|every|per|complete|full|single)\s+(?:complete |full )?(?:revolution|"
                      r"rotation|oscillation|orbit|lap|circle|turn|cycle|vibration|swing)s?\s+"
                      r"(?:every|in|takes|lasts|about|is|around)"), "period", 7),
        Frame(_before(r"(?:in|for|after|during|takes?|took|lasts?|lasted|within|over|every|taking|lasting|next|"
                      r"first|last|at t\s*=|of)"
                      r"(?:\s+(?:about|only|just|a time of|a period of|another|the (?:first|next|last)|it|exactly|"
                      r"approximately|an? (?:interval|duration) of|time))*"), "time", 4),
    ),
    V: (),
    KELVIN: (
        Frame(
            _before(
                r"(?:warm|warms|warmed|heat|heats|heated|cool|cools|cooled|raise|raises|raised|rises|rise|lowered|"
                r"drops|falls|freezes?|brought|increases|increased|decreases|expands?)"
                r"(?:\s+(?!from\b)[\w']+){0,6}?\s+to(?:\s+(?:about|a (?:final )?temperature of))*"
            ),
            "final_temperature",
            6,
            "final",
        ),
        Frame(_before(r"(?:warms?|heated|heats?|cools?|cooled|rises?|rose|falls?|drops?|raised?|increases?|"
                      r"decreases?|increased|warm|heat|cool)"
                      r"(?:\s+(?:it|the [\w ]{1,30}|its temperature|up|down))?\s+by(?:\s+(?:about|"
                      r"only))*"), "temperature_change", 8),
        Frame(_before(r"(?:hot|high[- ]temperature)\s+(?:reservoir|source|side|one)\s+(?:is\s+)?(?:at|of|"
                      r"temperature is)"), "hot_temperature", 8),
        Frame(_before(r"(?:cold|low[- ]temperature)\s+(?:reservoir|sink|side|one)\s+(?:is\s+)?(?:at|of|"
                      r"temperature is)"), "cold_temperature", 8),
    ),
    JOULE: (
        Frame(_before(r"(?:takes? in|consumes?|is supplied with|draws|input (?:of|is)|supplied)(?:\s+(?:about|"
                      r"with|energy of))*"), "energy_in", 6),
    ),
    NEWTON: (
        Frame(_before(r"(?:weighs|weighing)(?:\s+(?:about|only|exactly))?"), "weight", 8),
        Frame(_before(r"(?:pushe[sd]|pulle?[sd]|pushed|pulled|push|pull|applied|applies|exerts|"
                      r"exerted)(?:\s+[^.;:?!\d,]{0,40}?)?\s+(?:with|of)"
                      r"(?:\s+(?:a|an|the|steady|constant|horizontal|net|force|of|total))*"), "applied_force", 6),
    ),
    ANGLE: (
        Frame(_before(rf"(?:inclined|incline|slopes?|tilted|sloping|ramp|{_SLOPE})(?:\s+(?:is|are|plane|that|which|"
                      rf"makes?|inclined|tilted|of|at|with|an?|angle|to))*"), "incline_angle", 6),
        Frame(_before(r"(?:rotates?|turns?|rotated|turned|swings?)\s+(?:through|by)(?:\s+an angle "
                      r"of)?"), "angular_displacement", 6),
    ),
}  # fmt: skip

NUCLEI = regex(r"\s*(?:radioactive |undecayed )?(?:nuclei|atoms)\b", re.IGNORECASE)

AFTER: dict[Dimension | str, tuple[Frame, ...]] = {
    L: (
        Frame(_after(rf"(?:long|up|down|along)\s+(?:(?:frictionless|smooth|rough|a|an|the|"
                     rf"wooden)\s+)*{_SLOPE}"), "slope_length", 8),
        Frame(_after(r"(?:high(?:er)?|tall(?:er)?)"), "height", 8),
        Frame(_after(r"above\s+(?:the\s+)?(?:earth(?:'s)?|planet|moon|mars)\b(?!\s+on)"), "altitude", 8),
        Frame(_after(r"above\s+(?:the\s+|its\s+|their\s+)?\w+|off the (?:ground|floor)|in height|"
                     r"vertically"), "height", 7),
        Frame(_after(r"(?:deep|below the surface|beneath the surface|underwater|under water|below the "
                     r"water)"), "depth", 8),
        Frame(_after(r"(?:wide|in width)"), "width", 8),
        Frame(_after(r"(?:thick|in thickness)"), "thickness", 8),
        Frame(_after(r"(?:long|in length)"), "length", 8),
        Frame(_after(r"(?:in diameter|across|diameter)"), "diameter", 8),
        Frame(_after(r"(?:in radius)"), "radius", 8),
        Frame(_after(r"apart"), "separation", 8),
        Frame(_after(r"(?:away )?from the (?:slits?|grating|double slit)|behind the (?:slits?|grating)|beyond the "
                     r"slits?"), "screen_distance", 8),
        Frame(_after(r"(?:away )?from (?:the|its) (?:cent(?:er|re)|axis|rotation axis)(?: of (?:the )?(?:earth|"
                     r"planet|sun|moon))"), "orbit_radius", 8),
        Frame(_after(r"(?:away )?from (?:the|its) (?:cent(?:er|re)|axis of rotation|rotation "
                     r"axis)"), "center_distance", 8),
        Frame(_after(r"away"), "away", 3),
        Frame(_after(r"from\s+(?:the|its)\s+(?:pivot|fulcrum|hinge|axis|axle|support)"), "lever_arm", 8),
        Frame(_after(r"in front of\s+(?:a|an|the)\b[\w ,.-]{0,30}?(?:lens|mirror)"), "object_distance", 6),
        Frame(_after(r"from\s+(?:a|an|the)\b[\w ,.-]{0,30}?(?:lens|mirror)"), "object_distance", 5),
        Frame(_after(r"wavelength|light\b"), "wavelength", 5),
        Frame(_after(rf"(?:up|down|along)\s+(?:a|an|the)\s+(?:[\w°-]+\s+){{0,3}}?{_SLOPE}"), "slope_length", 8),
    ),
    T: (Frame(_after(r"(?:later|after|long|time|interval|into)"), "time", 4),),
    ANGLE: (
        Frame(_after(r"(?:to|with|from) the (?:magnetic )?field"), "field_angle", 8),
        Frame(_after(r"(?:above|to|from|with|below)\s+(?:the\s+)?horizontal"), "horizontal_angle", 6),
        Frame(_after(rf"(?:(?:frictionless|smooth|rough)\s+)?{_SLOPE}"), "incline_angle", 7),
        Frame(_after(r"(?:north|south|east|west)\s+of"), "", 9),
    ),
}  # fmt: skip


def _dimension(**powers: int) -> Dimension:
    return tuple(sorted(powers.items()))


# Where a unit leaves but one thing to think of.
DEFAULTS: dict[Dimension, str] = {
    KILOGRAM: "mass",
    NEWTON: "force",
    VOLT: "voltage",
    OHM: "resistance",
    KELVIN: "temperature",
    JOULE: "energy",
    V: "speed",
    _dimension(m=1, s=-2): "acceleration",
    _dimension(kg=1, m=2, s=-3): "power",
    _dimension(kg=1, m=-1, s=-2): "pressure",
    _dimension(A=1): "current",
    _dimension(A=1, s=1): "charge",
    _dimension(A=2, kg=-1, m=-2, s=4): "capacitance",
    _dimension(A=-2, kg=1, m=2, s=-2): "inductance",
    _dimension(A=-1, kg=1, s=-2): "magnetic_field",
    _dimension(A=-1, kg=1, m=2, s=-2): "magnetic_flux",
    _dimension(A=-1, kg=1, m=1, s=-3): "electric_field",
    _dimension(kg=-1, m=3, s=-2): "gravitational_constant",
    _dimension(A=-2, kg=1, m=3, s=-4): "coulomb_constant",
    _dimension(K=-1, kg=1, m=2, mol=-1, s=-2): "gas_constant",
    _dimension(K=-4, kg=1, s=-3): "stefan_boltzmann_constant",
    _dimension(s=-2): "angular_acceleration",
    _dimension(m=-1): "line_density",
    _dimension(m=2): "area",
    _dimension(m=3): "volume",
    _dimension(kg=1, m=-3): "density",
    _dimension(mol=1): "amount",
    _dimension(kg=1, mol=-1): "molar_mass",
    _dimension(K=-1, m=2, s=-2): "specific_heat",
    _dimension(kg=1, s=-3): "intensity",
    _dimension(kg=1, m=1, s=-1): "momentum",
    _dimension(kg=1, m=-1): "linear_density",
    _dimension(kg=1, m=2): "moment_of_inertia",
    _dimension(kg=1, m=2, s=-1): "angular_momentum",
    _dimension(m=3, s=-1): "volume_flow",
    _dimension(kg=1, s=-1): "mass_flow",
    _dimension(K=-1, kg=1, m=1, s=-3): "thermal_conductivity",
    _dimension(kg=1, s=-2): "spring_constant",
}

FROM_END = regex(r"\b(?:from|between)\s+(?:an?\s+(?:initial\s+)?[\w ]{1,25}\s+of\s+)?$", re.IGNORECASE)
TO_ONLY = regex(r"\s*(?:up |down )?(?:to|and)\s+(?:an?\s+(?:final\s+)?[\w ]{1,25}\s+of\s+)?", re.IGNORECASE)

# The roles that a quantity has before and after.
STATES: Mapping[str, tuple[str, str]] = {
    "speed": ("initial_speed", "final_speed"),
    "initial_speed": ("initial_speed", "final_speed"),
    "final_speed": ("initial_speed", "final_speed"),
    "temperature": ("initial_temperature", "final_temperature"),
    "pressure": ("initial_pressure", "final_pressure"),
    "volume": ("initial_volume", "final_volume"),
    "magnetic_field": ("initial_magnetic_field", "final_magnetic_field"),
    "angular_speed": ("initial_angular_speed", "final_angular_speed"),
}

PHYSICS_WORDS = regex(
    r"(?<!\w)(?:velocity|accelerat\w+|decelerat\w+|force|kinetic|frictionless|friction|momentum|wavelength|"
    r"voltage|resistors?|circuit|"
    r"gravity|gravitational|projectile|torque|pendulum|electrons?|protons?|photons?|magnetic|electric field|"
    r"capacitors?|inductors?|"
    r"refractive|refraction|radioactive|half-life|ideal gas|specific heat|latent heat|buoyan\w+|from rest|"
    r"collides?|spring constant|"
    r"satellite|orbits?|focal length|angular|joules?|newtons?|watts?|volts?|amperes?|ohms?|isothermal|adiabatic|"
    r"free fall|"
    r"thermal|heat engine|slit|diffraction|interference|relativistic|nucleus|nuclei|isotope|lens|mirror|moles "
    r"of|incidence|refracts?|refracted|ray of light|light ray|critical angle|uncertaint(?:y|ies)|coulombs?|emf)(?!\w)",
    re.IGNORECASE,
)


@lru_cache(maxsize=512)
def letter_name(letter: str) -> str:
    """The tree's name for a letter as written: theta for θ, v_0 for v0 and v₀; "" for none."""
    if not letter:
        return ""
    try:
        expr = read(letter)
    except StudentError:
        return letter
    return expr.name if isinstance(expr, Symbol) else letter


def letter_role(letter: str, possible: frozenset[str]) -> str:
    """What a school problem means by a letter: v is a speed, v_0 an initial one; "" where that is open."""
    name = letter_name(letter)
    head = re.fullmatch(r"([A-Za-z]+)_[0-9A-Z]", name)
    for key in (name, head.group(1) if head and head.group(1) not in ("r", "R", "v", "h") else name):
        role = next((r for r in USUAL.get(key, "").split() if r in possible), "")
        if role:
            return role
    return ""


USUAL = {
    "h": "height", "H": "height", "L": "length inductance angular_momentum", "l": "length",
    "T": "temperature period", "t": "time", "v": "speed", "u": "initial_speed", "v_0": "initial_speed",
    "v_i": "initial_speed", "v_f": "final_speed", "a": "acceleration", "m": "mass", "M": "mass", "F": "force",
    "r": "radius", "R": "resistance radius", "V": "voltage volume", "I": "current", "f": "frequency",
    "lambda": "wavelength", "Q": "heat charge", "q": "charge", "W": "work", "P": "power pressure",
    "p": "momentum pressure", "E": "energy electric_field", "g": "gravity", "omega": "angular_speed",
    "alpha": "angular_acceleration", "mu": "friction_coefficient", "mu_k": "kinetic_friction_coefficient",
    "mu_s": "static_friction_coefficient", "E_k": "kinetic_energy", "KE": "kinetic_energy",
    "PE": "potential_energy", "E_p": "potential_energy", "A": "area amplitude", "s": "distance",
    "k": "spring_constant", "B": "magnetic_field", "C": "capacitance", "rho": "density resistivity",
    "F_net": "net_force", "F_N": "normal_force", "tau": "torque", "theta": "angle", "c": "specific_heat",
    "n": "amount refractive_index",
}  # fmt: skip


# Words that change a problem; where nothing has understood them, nothing may be solved.
TURNS = regex(
    r"(?<![\w-])(?:twice|half|doubled?|doubles|doubling|halved?|triples?|tripled|quadrupled?|three times|four "
    r"times|five times|(?:\w+ )?times (?:as|the|its|that|faster|more|greater|longer)|"
    r"one[- ](?:third|half|quarter|fourth|fifth|tenth)|two[- ]thirds|three[- ](?:quarters|fourths)|a (?:third|"
    r"quarter|fifth|tenth) of|"
    r"minimum|maximum|least|smallest|largest|greatest|average|mean|relative to|per cent|percent(?:age)?|instead|"
    r"compare[ds]?|as a function of|in terms of|graph|figure|diagram|shown|table below|plotted|versus|"
    r"unless|except|respectively|another|identical|similar|equally|equal|remaining|remainder|rest of the|"
    r"ratio|factor of|difference|twelve|several|many|few|gradually|varies|varying|non-uniform|increas(?:es|ing) "
    r"(?:linearly|uniformly)|"
    r"midway|halfway|third|caught up|catch(?:es)? up|overtakes?|caught up with|passes another|single body|aboard|"
    r"combined|changing at|overtones?|harmonics?|nodes?|antinodes?|excited|ground state|(?:lower|higher) than|"
    r"below (?:its|the) start\w*|"
    r"horizontally|vertically|northward|southward|eastward|westward|north|south|east|west|"
    r"each time|three|four|five|six|seven|eight|nine|ten|dozen)(?![\w])",
    re.IGNORECASE,
)
# Of these the rest of the reading takes care, or they change nothing.
HARMLESS = frozenset(
    "respectively another identical similar equally equal several many few horizontally vertically northward "
    "southward eastward westward north south "
    "east west shown figure".split()
)

LETTER_AFTER = regex(rf"\s*,?\s*\(?(?P<symbol>{LETTER})(?=[\s,.;:?=)]|$)")
LISTED = regex(
    r"\s*(?:,\s*(?:(?:and|while|but)\s+)?|;\s*|and\s+|or\s+)(?:(?:an?|of|the other|that of the other)\s+|"
    r"the\s+(?:other|second|large|larger|small|smaller)"
    r"(?:\s+one)?\s+(?:(?:has|of|one|is|an?|mass|area|charge|radius|resistance|diameter|weighs|at|with|constant|"
    r"steady)\s+)*)?",
    re.IGNORECASE,
)
AFTERWARDS = regex(
    r"\b(?:after|afterwards|recoils?|rebounds?|bounces? (?:back|off)|flies (?:straight )?back|then moves?|"
    r"(?:hits?|struck|kicked|thrown|comes|goes) (?:it )?(?:straight )?back|"
    r"emerges?|leaves?|final|until|later|now|new)\b",
    re.IGNORECASE,
)
RESTING = regex(
    r"\b(?:stands? still|standing still|a parked|parked|stationary|resting|at rest|motionless|not moving|"
    r"initially at rest)\b",
    re.IGNORECASE,
)
SENTENCE_STOP = regex(r"[.;?!]\s")
# What has a quantity of which there are several.
THINGS = {
    "resistance": "resistor", "charge": "charge", "capacitance": "capacitor", "mass": "mass", "force": "force",
    "inductance": "inductor", "distance": "stage", "time": "stage", "speed": "stage", "focal_length": "lens",
}  # fmt: skip

ARTICLE_END = regex(r"\b(?:a|an|the|each|another)\s*$", re.IGNORECASE)
OF_AFTER = regex(r"\s+of\s+(?!(?:the\s+)?(?:slope|ramp|incline))[a-z]")
NUMBER_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}
COUNT_BEFORE = regex(rf"\b(?P<count>{'|'.join(NUMBER_WORDS)})\s+(?:identical\s+|equal\s+)?$", re.IGNORECASE)

STARTING = regex(r"\b(?:initial\w*|originally|at first|moving at|travell?ing at|before)\b", re.IGNORECASE)
ORDERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
ORDER_WORDS = regex(
    rf"\b(?P<order>{'|'.join(ORDERS)})[- ](?:order|bright (?:fringe|line))(?:\s+(?:maximum|minimum))?\b", re.IGNORECASE
)

# 1 eV = 1.60 × 10^-19 J, (0 °C is 273 K): how units convert, no givens.
CONVERTS = regex(r"\s*(?:=|≈|is(?: equal to)?|equals|corresponds to)\s*", re.IGNORECASE)
EACH_TIME = regex(r"\b(?:each|every|per|in one|in a|within one)\s+(?P<unit>second|minute|hour|day)\b", re.IGNORECASE)
