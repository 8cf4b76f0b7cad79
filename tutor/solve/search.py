"""Search the laws: from what is known, each law with all but one symbol known yields that one.

The search goes round by round; a round applies every law that may lead to what is asked, in at most as many steps as
are left, to every fitting choice of quantities. A quantity fits a symbol by its role, its body and its state: never by
its letter or its unit alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache

from tutor.errors import AuthorError, StudentError, Undefined, Unsupported
from tutor.laws.catalogue import Catalogue
from tutor.laws.law import Law, LawSymbol
from tutor.laws.scene import Asked
from tutor.solve.quantities import Known, Use, value_of
from tutor.solve.rearranging import rearranged
from tutor.syntax.tree import Chain, Expr, Quotient, Sum, Symbol, symbols

MAX_LAWS = 4
MAX_GUESSES = 2
MAX_TRIES = 60_000  # choices of quantities for the symbols of laws, in one search
MAX_KNOWNS = 1_500
MAX_TERMS = 8  # resistors in a row
# What goes by another role where a statement says so: a horizontal throw begins with its horizontal velocity.
SAME_WHERE: tuple[tuple[str, str, str], ...] = (
    ("thrown_horizontally", "horizontal_velocity", "initial_speed"),
    ("thrown_horizontally", "speed", "initial_speed"),
    ("thrown_horizontally", "fall_distance", "height"),
    ("thrown_horizontally", "distance", "range"),
    ("projectile", "distance", "range"),
    ("projectile", "max_height", "height"),
    ("projectile", "angle", "launch_angle"),
    ("highest_point", "max_height", "height"),
    ("highest_point", "distance", "height"),
    ("free_fall", "fall_distance", "height"),
    ("free_fall", "fall_distance", "depth"),
    ("free_fall", "fall_distance", "distance"),
    ("incline", "angle", "incline_angle"),
    ("series", "voltage", "total_voltage"),
    ("series", "current", "total_current"),
    ("parallel", "voltage", "total_voltage"),
    ("parallel", "current", "total_current"),
    ("submerged", "volume", "displaced_volume"),
    ("turns_known", "time", "period"),
    ("turns_known", "lever_arm", "radius"),
    ("lifting", "power", "useful_power"),
    ("lifting", "fluid_density", "density"),
    ("warms_and_melts", "heat", "total_heat"),
    ("circular", "distance", "radius"),
    ("circular", "length", "radius"),
    ("lever", "distance", "lever_arm"),
    ("mixing", "temperature", "initial_temperature"),
    ("mixing", "final_temperature", "equilibrium_temperature"),
    ("echo", "depth", "reflector_distance"),
    ("echo", "distance", "reflector_distance"),
    ("conduction", "power", "heat_flow"),
    ("spring", "length", "stretched_length"),
    ("greatest_value", "max_speed", "speed"),
    ("ideal_engine", "heat", "hot_heat"),
    ("orbit", "mass", "central_mass"),
    ("elsewhere", "mass", "central_mass"),
    ("accelerating_up", "force", "apparent_weight"),
    ("accelerating_down", "force", "apparent_weight"),
    ("double_slit", "separation", "slit_separation"),
    ("pendulum", "length", "pendulum_length"),
    ("lens", "distance", "image_distance"),
    ("mirror", "distance", "image_distance"),
)
# An average over a time says little of one moment, a difference of two little of either.
NOT_ALONE = ("average_", "beat_", "relative_", "mean_")
# What a plain word of a statement may mean, where nothing says it more exactly.
NARROWER: Mapping[str, frozenset[str]] = {
    wide: frozenset(narrow.split())
    for wide, narrow in {
        "speed": "initial_speed final_speed average_speed wave_speed orbital_speed source_speed boat_speed "
        "common_speed",
        "force": "net_force applied_force spring_force centripetal_force magnetic_force electric_force",
        "distance": "range stopping_distance displacement separation height fall_distance screen_distance "
        "orbit_radius object_distance image_distance plate_separation",
        "length": "pendulum_length wire_length string_length pipe_length original_length slope_length height",
        "energy": "input_energy useful_energy heat work electric_energy elastic_energy photon_energy",
        "power": "input_power useful_power heat_flow radiated_power",
        "work": "work_by_gas electric_energy energy",
        "voltage": "total_voltage emf terminal_voltage accelerating_voltage rms_voltage primary_voltage",
        "current": "total_current rms_current primary_current",
        "charge": "test_charge source_charge",
        "angle": "field_angle "
        "launch_angle incline_angle incidence_angle angular_displacement swing_angle diffraction_angle",
        "time": "time_of_flight echo_time reaction_time",
        "area": "plate_area original_area",
        "volume": "original_volume displaced_volume initial_volume",
        "radius": "orbit_radius curvature_radius distance",
        "diameter": "wire_diameter",
        "frequency": "source_frequency threshold_frequency resonance_frequency fundamental_frequency",
        "wavelength": "peak_wavelength threshold_wavelength",
        "temperature": "initial_temperature",
        "pressure": "initial_pressure gauge_pressure",
        "density": "fluid_density",
        "separation": "distance slit_separation plate_separation",
        "friction_coefficient": "kinetic_friction_coefficient static_friction_coefficient",
        "momentum": "initial_momentum final_momentum",
        "kinetic_energy": "initial_kinetic_energy final_kinetic_energy",
        "count": "turns order harmonic_number molecule_count nuclei",
        "resistance": "total_resistance",
        "capacitance": "total_capacitance",
    }.items()
}
NOTHING: frozenset[str] = frozenset()
# Laws of one field go together; those of two only where they stand in one of these groups.
FIELDS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "kinematics forces energy momentum rotation gravitation",
        "forces energy fluids",
        "circuits electricity magnetism",
        "electricity magnetism kinematics forces energy",
        "circuits energy thermal",
        "thermal energy fluids",
        "waves optics",
        "optics modern",
        "modern electricity energy",
        "waves kinematics",
        "waves energy forces",
    )
)
# How far something is from something is no way that it goes.
MOTION = frozenset({"kinematics", "energy", "momentum", "waves"})
PLACES = frozenset(
    "lever_arm radius orbit_radius curvature_radius object_distance image_distance screen_distance fringe_position "
    "plate_separation slit_separation diameter focal_length extension".split()
)
# Where one of these is said, an answer needs a law that is about it.
COMPLICATIONS = frozenset(
    "round_trip reaction atwood table_pulley banked conical rolling inelastic elastic crossing accelerating_up "
    "accelerating_down warms_and_melts rebound".split()
)
# What a question would call by its own name.
FORCES_OF_ITS_OWN = frozenset("weight buoyant_force normal_force drag_force weight_along weight_across".split())
OF_ITS_OWN = FORCES_OF_ITS_OWN | frozenset("wave_speed terminal_speed escape_speed drift_speed rms_speed".split())
FLUIDS = frozenset("water seawater oil mercury air alcohol ethanol liquid fluid gas petrol gasoline glycerine".split())
SIGNED = frozenset({"energy", "work", "heat", "potential_energy", "electric_energy", "internal_energy"})


class _Roles:
    """A catalogue, to be told apart by which it is."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Roles) and other.catalogue is self.catalogue


def _state(role: str) -> str:
    """The state that a role speaks of."""
    return next((state for state in ("initial", "final") if role.startswith(f"{state}_")), "")


@lru_cache(maxsize=4)
def _standing_for(of: _Roles) -> dict[str, dict[str, int]]:
    """For each role those that may stand for it, with the guesses it takes."""
    roles = of.catalogue.roles
    found: dict[str, dict[str, int]] = {role: {role: 0} for role in roles}
    for role, kind in roles.items():
        wider = of.catalogue.kinds_of(role)
        for wanted in wider | NARROWER.get(role, NOTHING):
            if wanted == role or wanted not in roles or role in roles[wanted].unlike or wanted in kind.unlike:
                continue
            found[wanted][role] = int(wanted not in wider or role.startswith(NOT_ALONE))
    return found


@dataclass
class Search:
    """Everything that follows from the knowns by the laws that hold, up to a number of laws."""

    catalogue: Catalogue
    conditions: frozenset[str]
    knowns: list[Known]
    asked: Asked
    constants: Mapping[str, Fraction]
    rivals: frozenset[str] = frozenset()
    tries: int = 0
    found: dict[tuple[object, ...], Known] = field(default_factory=dict)
    newest: list[Known] = field(default_factory=list)
    far: dict[str, int] = field(default_factory=dict)
    laws: list[Law] = field(default_factory=list)
    same: set[tuple[str, str]] = field(default_factory=set)
    standing_for: dict[str, dict[str, int]] = field(default_factory=dict)
    by_role: dict[str, list[Known]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.standing_for = dict(_standing_for(_Roles(self.catalogue)))
        for condition, one, other in SAME_WHERE:
            if condition in self.conditions:
                for role, wanted in ((one, other), (other, one)):
                    self.same.add((role, wanted))
                    self.standing_for[wanted] = {**self.standing_for.get(wanted, {}), role: 0}
        bodies: dict[str, set[str]] = defaultdict(set)
        for known in self.knowns:
            if known.body:
                bodies[known.role].add(known.body)
        self.rivals = frozenset(b for group in bodies.values() if len(group) > 1 for b in group)
        self.newest = list(self.knowns)
        for known in self.knowns:
            self.by_role.setdefault(known.role, []).append(known)
        self._measure_distances()

    def _measure_distances(self) -> None:
        """How many laws lie at least between a role and what is asked."""
        usable = [law for law in self.catalogue.laws.values() if law.holds_where(self.conditions)]
        self.far = {r: 0 for r in self.catalogue.roles if self.role_fits(r, self.asked.role) is not None}
        taken: set[str] = set()
        for distance in range(1, MAX_LAWS + 1):
            new: set[str] = set()
            for law in usable:
                roles = {s.role for s in law.symbols.values()}
                if law.id not in taken and not roles.isdisjoint(self.far):
                    taken.add(law.id)
                    self.laws.append(law)
                    new |= roles
            for wanted in new:
                for role in self.standing_for.get(wanted, {wanted: 0}):
                    self.far.setdefault(role, distance)

    def role_fits(self, role: str, wanted: str) -> int | None:
        """Guesses it takes to let one role stand for another: 0 for the same or a wider one, 1 for a narrower one."""
        if role == wanted or (role, wanted) in self.same:
            return 0
        return self.standing_for.get(wanted, {}).get(role)

    def fits(self, known: Known, symbol: LawSymbol, law: Law) -> int | None:
        """Guesses it takes to let a quantity stand for a symbol; None where it cannot."""
        state = _state(symbol.role)
        if state and known.when and known.when != state:
            return None
        guesses = self.role_fits(known.role, symbol.role)
        if symbol.role == "distance" and known.role in PLACES and law.topic in MOTION:
            return None
        if known.signed:
            size = law.topic != "kinematics" or any("to_rest" in need for need in law.needs)
            if size != (known.signed == "size"):
                return None
        if law.topic == "fluids" and known.role == "density" and symbol.role in ("density", "fluid_density"):
            return 0 if (known.body in FLUIDS) == (symbol.role == "fluid_density") else None
        if guesses and known.given == -1:  # what a law has yielded is what the law says, no narrower
            return None
        return 0 if guesses and state and known.when == state else guesses

    def answers(self) -> list[Known]:
        """The quantities found that are what is asked for."""
        found = []
        for known in self.found.values():
            guesses = self.role_fits(known.role, self.asked.role)
            if guesses is None and (known.role, self.asked.role) == ("gauge_pressure", "pressure"):
                guesses = 1  # the pressure of a liquid, where nothing is said of the air above it
            if guesses is None or not self.of_the_body(known) or self._far_fetched(known) or self._in_two_roles(known):
                continue
            state = self.asked.when or _state(self.asked.role)
            if state and known.when and known.when != state:
                continue
            found.append(replace(known, guesses=known.guesses + guesses) if guesses else known)
        return found

    def _in_two_roles(self, known: Known) -> bool:
        """A given taken for something narrower in one law, and for something else in another."""
        taken: dict[int, set[str]] = defaultdict(set)
        narrowed: set[int] = set()
        for use in known.steps:
            for name, one in use.inputs.items():
                if one.given >= 0:
                    role = use.law.symbols[name].role if name in use.law.symbols else one.role
                    taken[one.given].add(role)
                    if self.role_fits(one.role, role):
                        narrowed.add(one.given)
        return any(len(taken[given]) > 1 for given in narrowed)

    def _far_fetched(self, known: Known) -> bool:
        """A special kind of what is asked, by a law that holds anywhere, from one quantity: the peak of a spectrum."""
        use = known.found_by
        about = {need for each in known.steps for need in "|".join(each.law.needs).split("|")}
        if not (self.conditions & COMPLICATIONS) <= about:
            return True
        staged = "two_stages" in self.conditions and about.isdisjoint({"two_stages", "reaction"})
        if staged and any(u.law.topic == "kinematics" for u in known.steps):
            return True
        if use is None or known.role == self.asked.role:
            return False
        if use.law.needs:
            return known.role in FORCES_OF_ITS_OWN
        if known.role in OF_ITS_OWN:
            return True
        return sum(not k.constant for k in use.inputs.values()) == 1

    def of_the_body(self, known: Known) -> bool:
        """Whether it may belong to the body that is asked about."""
        body = self.asked.of
        return known.body not in self.rivals or known.body == body

    # ------------------------------------------------------------ one round

    def advance(self, left: int) -> bool:
        """Apply every law once to what is known, with something new in each; `left` rounds may follow this one."""
        fresh: list[Known] = []
        new = set(map(id, self.newest))
        for law in self.laws:
            for wanted in law.symbols.values():
                if self.far.get(wanted.role, MAX_LAWS) > left or (
                    wanted.constant and self.role_fits(wanted.role, self.asked.role) is None
                ):
                    continue
                for known in self._applied(law, wanted, new):
                    if self._add(known):
                        fresh.append(known)
                    if len(self.found) > MAX_KNOWNS:
                        break
        self.knowns = self.knowns + fresh
        for known in fresh:
            self.by_role.setdefault(known.role, []).append(known)
        self.newest = fresh
        return bool(fresh)

    def _add(self, known: Known) -> bool:
        """Remember a quantity, unless it is known already and as simply."""
        key = (known.role, known.body, known.when, f"{float(known.value):.9g}", known.uses)
        old = self.found.get(key)
        if old is not None and (old.guesses, len(old.steps)) <= (known.guesses, len(known.steps)):
            return False
        given = any(
            k.role == known.role
            and k.given >= 0
            and (k.body == known.body or not (k.body and known.body))
            and (k.when == known.when or not (k.when and known.when))
            for k in self.knowns
        )
        if given and self.role_fits(known.role, self.asked.role) is None:
            return False
        self.found[key] = known
        return old is None

    def _applied(self, law: Law, wanted: LawSymbol, new: set[int]) -> Iterator[Known]:
        try:
            equation = law.equation
        except AuthorError:
            return
        present = symbols(equation)
        if wanted.name not in present:
            return
        others = [s for name, s in law.symbols.items() if name != wanted.name and name in present]
        choices: list[list[tuple[Known, int]]] = []
        for symbol in others:
            fitting = self._candidates(symbol, law)
            if not fitting:
                return
            choices.append(fitting)
        results: tuple[Expr, ...] | None = None
        for chosen, guesses in self._chosen(law, others, choices, new):
            if results is None:
                try:
                    results = rearranged(equation, wanted.name)
                except Unsupported:
                    return
            inputs = {s.name: k for s, k in zip(others, chosen, strict=True)}
            yield from self._values(law, equation, wanted, inputs, results, guesses)
        yield from self._more_terms(law, wanted, equation, new)

    def _candidates(self, symbol: LawSymbol, law: Law) -> list[tuple[Known, int]]:
        exact: list[tuple[Known, int]] = []
        fitting: list[tuple[Known, int]] = []
        roles = self.standing_for.get(symbol.role, {symbol.role: 0})
        for known in (k for role in roles for k in self.by_role.get(role, ())):
            guesses = self.fits(known, symbol, law)
            if guesses is not None:
                fitting.append((known, guesses))
                if known.role == symbol.role and known.given >= 0 and known.body not in self.rivals:
                    exact.append((known, 0))
        if symbol.constant and not any(g == 0 for _, g in fitting):
            value = self.constants.get(symbol.constant)
            if value is not None:
                return [(Known(symbol.role, value, symbol.name, constant=symbol.constant), 0)]
        if exact:  # a given of just this role leaves no place for givens of other roles
            fitting = [pair for pair in fitting if pair in exact or pair[0].given == -1]
        return fitting

    def _chosen(
        self,
        law: Law,
        others: Sequence[LawSymbol],
        choices: Sequence[Sequence[tuple[Known, int]]],
        new: set[int],
    ) -> Iterator[tuple[tuple[Known, ...], int]]:
        """Every choice of one quantity a symbol, no quantity twice, bodies and states agreeing."""
        chosen: list[Known] = []

        def go(place: int, guesses: int, fresh: bool) -> Iterator[tuple[tuple[Known, ...], int]]:
            if self.tries > MAX_TRIES:
                return
            if place == len(others):
                self.tries += 1
                if fresh and self._agree(law, others, chosen):
                    yield tuple(chosen), guesses
                return
            for known, cost in choices[place]:
                if any(known is k for k in chosen) or guesses + cost + known.guesses > MAX_GUESSES:
                    continue
                chosen.append(known)
                yield from go(place + 1, guesses + cost + known.guesses, fresh or id(known) in new)
                chosen.pop()

        yield from go(0, 0, fresh=not others)

    def _agree(self, law: Law, others: Sequence[LawSymbol], chosen: Sequence[Known]) -> bool:
        bodies: dict[str, set[str]] = defaultdict(set)
        states: set[str] = set()
        if any(self._goes_back(law, known, chosen) for known in chosen):
            return False
        for symbol, known in zip(others, chosen, strict=True):
            if known.body in self.rivals:
                bodies[symbol.of].add(known.body)
            if known.when and not symbol.role.startswith(("initial_", "final_")):
                states.add(known.when)
        if len(states) > 1:
            return False
        steps = {id(u): u for k in chosen for u in k.steps}
        topics = {u.law.topic for u in steps.values()} | {law.topic}
        if len(topics) > 1 and not any(topics <= field for field in FIELDS):
            return False
        if len(steps) >= (MAX_LAWS if len(topics) == 1 else MAX_LAWS - 1):
            return False
        roles = [s.role for s in law.symbols.values()]
        labelled = any(s.of for s in law.symbols.values())
        if not labelled:
            repeated = len(set(roles)) < len(roles)
            return repeated or len(bodies[""]) <= 1
        named = {label: group for label, group in bodies.items() if label}
        if any(len(group) > 1 for group in named.values()):
            return False
        all_named = [b for group in named.values() for b in group]
        return len(set(all_named)) == len(all_named)

    @staticmethod
    def _goes_back(law: Law, known: Known, chosen: Sequence[Known]) -> bool:
        """Whether a quantity came from this very law, by one of the other quantities."""
        use = known.found_by
        if use is None or use.law.id != law.id:
            return False
        before = [k for k in use.inputs.values() if not k.constant]
        return sum(all(k is not other for other in chosen) for k in before) <= 1

    def _values(
        self,
        law: Law,
        equation: Chain,
        wanted: LawSymbol,
        inputs: Mapping[str, Known],
        results: Sequence[Expr],
        guesses: int,
    ) -> Iterator[Known]:
        """The unknown's values that the law and the signs allow."""
        numbers = {name: known.value for name, known in inputs.items()}
        role = self.catalogue.roles[wanted.role]
        seen: list[Fraction] = []
        for result in results:
            try:
                value = value_of(result, numbers)
                holds = self._holds(equation, {**numbers, wanted.name: value})
            except (Undefined, Unsupported, StudentError, OverflowError, ValueError):
                continue
            if not holds or any(abs(value) == abs(v) for v in seen):
                continue
            if wanted.sign == "positive" and value <= 0:
                continue
            may_be_negative = role.vector or wanted.role in SIGNED
            if value < 0 and (wanted.sign == "nonnegative" or not may_be_negative):
                continue
            uses = frozenset().union(*(k.uses for k in inputs.values()))
            if self._is_given(wanted.role, value, uses):
                continue
            seen.append(value)
            body, when = self._whose(law, wanted, inputs)
            use = Use(law, equation, wanted.name, dict(inputs), result)
            yield Known(wanted.role, value, "", body, when, found_by=use, uses=uses, guesses=guesses)

    def _is_given(self, role: str, value: Fraction, uses: frozenset[int]) -> bool:
        """Whether it is a given again that it was found from."""
        return any(k.given in uses and k.value == value and value and self._related(k.role, role) for k in self.knowns)

    def _related(self, one: str, other: str) -> bool:
        kinds_of = self.catalogue.kinds_of
        return not kinds_of(one).isdisjoint(kinds_of(other))

    @staticmethod
    def _holds(equation: Chain, numbers: Mapping[str, Fraction]) -> bool:
        left, right = (float(value_of(side, numbers)) for side in equation.operands)
        return abs(left - right) <= 1e-9 * max(abs(left), abs(right), 1e-300)

    def _whose(self, law: Law, wanted: LawSymbol, inputs: Mapping[str, Known]) -> tuple[str, str]:
        """The body and the state of what was found."""
        same = [k for name, k in inputs.items() if law.symbols[name].of == wanted.of]
        bodies = {k.body for k in same if k.body in self.rivals}
        body = next(iter(bodies)) if len(bodies) == 1 else ""
        if not body and wanted.of:
            taken = {k.body for k in inputs.values()}
            rest = self.rivals - taken
            body = next(iter(rest)) if len(rest) == 1 and len(self.rivals) == 2 else ""
        when = ""
        if not wanted.role.startswith(("initial_", "final_")):
            states = {
                k.when for n, k in inputs.items() if not law.symbols[n].role.startswith(("initial_", "final_"))
            } - {""}
            when = next(iter(states)) if len(states) == 1 else ""
        return body, when

    # ------------------------------------------------------------ any number of terms

    def _more_terms(self, law: Law, wanted: LawSymbol, equation: Chain, new: set[int]) -> Iterator[Known]:
        """R = R_1 + R_2 and 1/R = 1/R_1 + 1/R_2 for as many resistors as there are."""
        alone, many = equation.operands
        if not isinstance(many, Sum) or {wanted.name} != symbols(alone):
            return
        names = [next(iter(symbols(t))) if len(symbols(t)) == 1 else "" for t in many.terms]
        if "" in names or len(set(names)) != len(names) or any(n not in law.symbols for n in names):
            return
        roles = {law.symbols[n].role for n in names}
        patterns = {_pattern(t) for t in many.terms}
        if len(roles) != 1 or len(patterns) != 1 or patterns == {None}:
            return
        (role,) = roles
        terms = [k for k in self.knowns if k.role == role and (k.given >= 0)]
        if not len(names) < len(terms) <= MAX_TERMS or not any(id(k) in new for k in terms):
            return
        stem = names[0].rstrip("0123456789").rstrip("_") or names[0]
        inputs = {f"{stem}_{n}": known for n, known in enumerate(terms, 1)}
        over = patterns == {"one over"}
        one = many.terms[0].top if isinstance(many.terms[0], Quotient) else None
        parts = tuple(Quotient(one, Symbol(n)) if over and one is not None else Symbol(n) for n in inputs)
        longer = Chain((alone, Sum(parts)), ("=",))
        symbol = law.symbols[names[0]]
        extended = replace(law, symbols={wanted.name: wanted, **{n: replace(symbol, name=n, of="") for n in inputs}})
        for result in rearranged(longer, wanted.name):
            yield from self._values(extended, longer, wanted, inputs, (result,), 0)


def _pattern(term: Expr) -> str | None:
    """`R_1` alone, or one over it."""
    if isinstance(term, Symbol):
        return "alone"
    if isinstance(term, Quotient) and not symbols(term.top) and isinstance(term.bottom, Symbol):
        return "one over"
    return None
