"""Plain data for a picture of the forces on one body: which way each acts, and how large it is as far as that is known.

A force is drawn where the law that holds and the words of the problem leave one direction for it. Where one force of
the problem has none, there is no picture. A size is shown where the problem states it or the student has found it; the
weight from mass and g too, unless a force of that size is asked for. What is not known yet has no size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, cast

from tutor.bridge.balls import evaluate
from tutor.bridge.dimensions import NO_DIMENSION, Dimension
from tutor.bridge.units import measured
from tutor.errors import TutorError
from tutor.laws.phrases import roles
from tutor.laws.scene import Given, Scene, scene_of
from tutor.records import Problem, Verdict
from tutor.regex import regex
from tutor.syntax.hints import ReadHints
from tutor.syntax.printer import to_text
from tutor.syntax.read import read
from tutor.syntax.tree import Call, Chain, Degrees, Expr, Node, Number, Quantity, Root, Symbol, rebuild, symbols

RIGHT, UP, LEFT, DOWN = 0.0, 90.0, 180.0, 270.0  # degrees, counter-clockwise
EARTH: Final = 9.81
AGREE: Final = 0.012  # of a size: rounded on the way
LIKELY: Final = 0.99  # cosine of what all forces together may be off the direction of their resultant
LONGEST: Final = 160  # letters of a line

# A picture of one body by itself does not hold these.
BARRED: Final = frozenset(
    {"circular", "vertical_circle", "banked", "conical", "pendulum", "atwood", "table_pulley", "submerged", "rolling"}
    | {"collision", "inelastic", "projectile", "orbit", "lever", "two_stages", "levitated", "oscillation", "thrown_up"}
    | {"thrown_down", "thrown_horizontally", "angle_from_vertical", "about_to_slip"}
)
OTHER_SURFACE: Final = regex(
    r"\b(?:walls?|ceilings?|conveyor|trucks?|stacked|on top of|pulleys?|magnets?|hang\w*|wedge"
    r"|two (?:blocks|boxes|bodies|masses|crates|carts|cars)|tow\w*|trailer|coupled|connected)\b"
)
COMPASS: Final = regex(r"\b(?:north|south|east|west)", 2)
STANDS: Final = regex(r"\b(?:scales?|stands?|floor of)\b")
ROPE: Final = regex(r"\b(?:rope|cable|string|wire|chain|cord)\b")
FALLS: Final = regex(r"\b(?:fall(?:s|ing)?|skydiver|parachut\w*|terminal)\b")

LETTERS: Final = {
    "weight": ("W", "F_g", "F_G", "G", "w", "F_W"),
    "normal_force": ("N", "F_N", "n", "F_n", "R"),
    "friction": ("f", "F_f", "F_r", "F_R", "f_k", "F_k", "F_fr"),
    "applied_force": ("F", "F_A", "F_a", "P", "F_app"),
    "tension": ("T", "F_T", "F_S", "F"),
    "thrust": ("F", "T", "F_T"),
    "drag_force": ("F_D", "D", "F_d", "F_L", "F", "R"),
    "spring_force": ("F_s", "F", "F_S"),
    "horizontal_force": ("F_x", "F_h", "F_H"),
    "vertical_force": ("F_y", "F_v", "F_V"),
    "net_force": ("F_net", "F_res", "F_ges", "F_tot", "Sigma_F", "F"),
    "first_force": ("F_1",),
    "second_force": ("F_2",),
}
OF_GIVENS: Final = {
    "mass": ("m", "M"),
    "gravity": ("g",),
    "incline_angle": ("theta", "alpha", "beta", "phi"),
    "angle": ("theta", "alpha", "beta", "phi"),
    "force_angle": ("theta", "alpha", "beta", "phi"),
    "kinetic_friction_coefficient": ("mu", "mu_k"),
}
NEWTON: Final[Dimension] = roles()["force"].dimension


@dataclass(frozen=True, slots=True)
class Arrow:
    """One force. angle: degrees from the right, counter-clockwise. size: in newtons, None where it is not known yet.

    text: the size as the problem or the student has it. part: it is a component of another force, none of its own.
    """

    role: str
    symbol: str
    angle: float
    size: float | None = None
    text: str = ""
    part: bool = False


@dataclass(frozen=True, slots=True)
class FreeBody:
    """One body with the forces on it.

    slope: of the surface in degrees, from left up to the right; None where it rests on nothing. resultant: where its
    direction is certain. claimed: what a refuted line says of one of the forces. above: it is seen from above.
    """

    arrows: tuple[Arrow, ...]
    slope: float | None = None
    resultant: Arrow | None = None
    balanced: bool = False
    claimed: Arrow | None = None
    above: bool = False


def forces_of(problem: Problem, report: Mapping[str, Any], step: Mapping[str, Any]) -> FreeBody | None:
    """The forces on the body that a problem is about, as far as the work has found them, for one line of it.

    A refuted line that speaks of a force has its own picture. Without one, the first wrong line has it, or the last.

    >>> from tutor.problems import problem_from_statement
    >>> from tutor.report.forces import forces_of
    >>> cart = problem_from_statement("A cart of mass 8 kg is pushed over a level floor with 30 N. "
    ...                               "The friction is 6 N. Find its acceleration.")
    >>> line = {"line": 0, "verdict": "wrong", "reading": ["F_net = 36 N"], "text": "F_net = 36 N"}
    >>> found = forces_of(cart, {"steps": [line]}, line)
    >>> [(arrow.role, arrow.angle, arrow.size) for arrow in found.arrows]
    [('weight', 270.0, 78.48), ('normal_force', 90.0, None), ('applied_force', 0.0, 30.0), ('friction', 180.0, 6.0)]
    >>> found.resultant.size, found.claimed.size
    (None, 36.0)
    """
    planned = _plan(problem)
    if planned is None:
        return None
    steps: Sequence[Mapping[str, Any]] = report["steps"]
    found = planned.body
    letters = planned.letters
    for one in steps:
        for letter, value, text in _sizes(one, letters):
            role = _role(letter, value, found, planned)
            arrow = _arrow(found, role)
            holds = planned.right(role, value) if role in planned.truths else _accepted(one, steps)
            if arrow is not None and arrow.size is None and holds:
                found = _with(found, replace(arrow, symbol=letter, size=abs(value), text=text))
    own = _claim(step, found, planned) if _refuted(step) else None
    if own is None and step is not _place(steps, found, planned):
        return None
    found = replace(found, claimed=own)
    says = bool(found.slope) or any(one and one.size for one in (*found.arrows, found.resultant, own))
    return found if says else None


# ---------------------------------------------------------------- which forces, and which way


@dataclass(frozen=True, slots=True)
class _Planned:
    """What the statement says. truths: sizes that follow from it, to compare with; they are never shown."""

    body: FreeBody
    truths: Mapping[str, float]
    letters: Mapping[str, Expr]
    asked: frozenset[str]

    def right(self, role: str, value: float) -> bool:
        """Whether the size of a force follows from the statement."""
        return role in self.truths and _close(value, self.truths[role])


@lru_cache(maxsize=256)
def _plan_of(statement: str, scene: Scene) -> _Planned | None:
    conditions = scene.conditions
    if scene.unread or not scene.conditions.isdisjoint(BARRED):
        return None
    asked = frozenset(one.role for one in scene.asked)
    by_role: dict[str, Given] = {}
    for given in scene.givens:
        if given.role in by_role and given.role != "force" and roles()[given.role].dimension == NEWTON:
            return None  # two of a kind: of two bodies, or at two times
        by_role.setdefault(given.role, given)
    forces = {role for role in by_role if role in roles() and roles()[role].dimension == NEWTON}
    for plan in (_two_forces, _component, _on_slope, _vertical, _on_level):
        body = plan(statement, conditions, by_role, asked, [g for g in scene.givens if g.role == "force"])
        if body is not None:
            break
    else:
        return None
    drawn = {arrow.role for arrow in body.arrows} | {"net_force", "centripetal_force"}
    if not forces - {"force"} <= drawn or ("force" in forces and "first_force" not in drawn):
        return None
    truths = _truths(body, by_role)
    if truths.get("net_force", 0.0) < 0:  # the pull is weaker than the friction, say
        body, truths = replace(body, resultant=None), {**truths, "net_force": 0.0}
    weight = _arrow(body, "weight")
    shown = weight is not None and weight.size is None and not _tells_answer(truths, asked, body)
    if weight is not None and shown and "weight" in truths:
        body = _with(body, replace(weight, size=truths["weight"], text=_in_newtons(truths["weight"])))
    if body.resultant is not None and (net := by_role.get("net_force")) is not None:
        body = replace(body, resultant=_of_given("net_force", body.resultant.angle, net))
    letters = {given.symbol: given.value for given in scene.givens if given.symbol}
    for role, usual in OF_GIVENS.items():
        for letter in usual if role in by_role else ():
            letters.setdefault(letter, by_role[role].value)
    return _Planned(body, truths, letters, asked)


def _tells_answer(truths: Mapping[str, float], asked: frozenset[str], body: FreeBody) -> bool:
    """Whether the size of the weight is one that the problem asks for, or may be."""
    for role in asked:
        if role in roles() and roles()[role].dimension == NEWTON:
            own = body.arrows[-1].role if role in ("force", "apparent_weight") else role
            if own not in truths or _close(truths[own], truths.get("weight", 0.0)):
                return True
    return False


def _plan(problem: Problem) -> _Planned | None:
    if not problem.statement:
        return None
    scene = scene_of(problem)
    if not scene.physical and not scene.givens:
        return None
    words = " ".join((problem.statement, *(part.statement for part in problem.parts)))
    return _plan_of(words, scene)


_Givens = Mapping[str, Given]
_Body = Callable[[str, frozenset[str], _Givens, frozenset[str], Sequence[Given]], FreeBody | None]


def _two_forces(
    statement: str, conditions: frozenset[str], _given: _Givens, _asked: frozenset[str], plain: Sequence[Given]
) -> FreeBody | None:
    """Two forces whose directions are told by each other."""
    ways = {"right_angles": (RIGHT, UP), "opposite_directions": (RIGHT, LEFT), "same_direction": (RIGHT, RIGHT)}
    way = [one for one in ways if one in conditions]
    if len(plain) != 2 or len(way) != 1 or COMPASS.search(statement) or "incline" in conditions:
        return None
    angles = ways[way[0]]
    arrows = tuple(
        _of_given(role, angle, one)
        for role, angle, one in zip(("first_force", "second_force"), angles, plain, strict=True)
    )
    first, second = (arrow.size or 0.0 for arrow in arrows)
    angle = math.degrees(math.atan2(second, first)) if way[0] == "right_angles" else RIGHT
    if way[0] == "opposite_directions" and first == second:
        return FreeBody(arrows, balanced=True, above=True)
    if way[0] == "opposite_directions" and second > first:
        angle = LEFT
    return FreeBody(arrows, None, Arrow("net_force", "F", angle), above=True)


def _component(
    _statement: str, conditions: frozenset[str], given: _Givens, asked: frozenset[str], _plain: Sequence[Given]
) -> FreeBody | None:
    """A force at an angle, and the component of it that is asked for."""
    parts = [role for role in ("horizontal_force", "vertical_force") if role in asked]
    angle = _tilt(conditions, given)
    if not parts or angle is None or "applied_force" not in given or "incline" in conditions:
        return None
    ways = {"horizontal_force": RIGHT, "vertical_force": UP if angle > 0 else DOWN}
    found = [_of_given("applied_force", angle, given["applied_force"])]
    found += [Arrow(role, LETTERS[role][0], ways[role], part=True) for role in parts]
    return FreeBody(tuple(found))


def _on_slope(
    statement: str, conditions: frozenset[str], given: _Givens, asked: frozenset[str], _plain: Sequence[Given]
) -> FreeBody | None:
    """Weight, normal force, and friction against the motion; down the slope is down to the left."""
    slope = _degrees(given.get("incline_angle"))
    if "incline" not in conditions or slope is None or not 0 < slope < 90 or OTHER_SURFACE.search(statement):
        return None
    if not conditions.isdisjoint({"force_at_angle", "spring", "drag_acts", "lifting"}) or ROPE.search(statement):
        return None
    arrows = [*_weight(given), _of_given("normal_force", UP + slope, given.get("normal_force"))]
    down = "moving_down_slope" in conditions or "from_rest" in conditions
    up = "moving_up_slope" in conditions
    rubs = _rubs(conditions, given, asked)
    if (rubs and down == up) or (not rubs and "frictionless" not in conditions):
        return None
    if rubs:
        arrows.append(_of_given("friction", slope if down else LEFT + slope, given.get("friction")))
    size = math.tan(math.radians(slope))
    slides = not rubs or up or ((mu := _number(given.get("kinetic_friction_coefficient"))) is not None and mu < size)
    resultant = Arrow("net_force", "F_net", LEFT + slope) if slides and "constant_speed" not in conditions else None
    return FreeBody(tuple(arrows), slope, resultant, balanced="constant_speed" in conditions)


def _vertical(
    statement: str, conditions: frozenset[str], given: _Givens, asked: frozenset[str], _plain: Sequence[Given]
) -> FreeBody | None:
    """Weight down and one force up: of a rope, a floor that rises, a spring, an engine, the air."""
    if "incline" in conditions or "applied_force" in given or _rubs(conditions, given, asked):
        return None
    known = {*given, *asked}
    speeds = {"accelerating_up": UP, "accelerating_down": DOWN}
    way = next((angle for name, angle in speeds.items() if name in conditions), None)
    rests = not conditions.isdisjoint({"equilibrium", "constant_speed"})
    hangs = "spring" not in conditions and ("lifting" in conditions or way is not None) and (way is not None or rests)
    if "tension" in known and hangs:
        role = "tension"
    elif "thrust" in known and "lifting" in conditions and "drag_acts" not in conditions:
        role, way = "thrust", UP
    elif not known.isdisjoint({"normal_force", "apparent_weight", "force"}) and hangs and STANDS.search(statement):
        role = "normal_force"
    elif {"spring", "lifting", "equilibrium"} <= conditions and not conditions & {"frictionless", "horizontal_surface"}:
        role = "spring_force"
    elif ("drag_acts" in conditions or "drag_force" in known) and FALLS.search(statement):
        role, rests = "drag_force", "terminal" in statement
    else:
        return None
    if role != "drag_force" and "drag_acts" in conditions:
        return None
    size = given.get(role) or (given.get("apparent_weight") if role == "normal_force" else None)
    arrows = (*_weight(given), _of_given(role, UP, size))
    resultant = None if way is None else Arrow("net_force", "F_net", way)
    return FreeBody(arrows, None, resultant, balanced=rests and way is None)


def _on_level(
    statement: str, conditions: frozenset[str], given: _Givens, asked: frozenset[str], _plain: Sequence[Given]
) -> FreeBody | None:
    """Weight, normal force, a push or pull to the right or at its angle, friction to the left."""
    if not conditions.isdisjoint({"incline", "spring", "lifting", "accelerating_up", "accelerating_down", "drag_acts"}):
        return None
    rubs, pulled = _rubs(conditions, given, asked), not {"applied_force"}.isdisjoint({*given, *asked})
    if OTHER_SURFACE.search(statement) or not (rubs or "horizontal_surface" in conditions):
        return None
    if pulled and "to_rest" in conditions:
        return None
    angle: float | None = RIGHT
    if "force_at_angle" in conditions or not {"angle", "force_angle"}.isdisjoint(given):
        angle = _tilt(conditions, given)
    if angle is None:
        return None
    arrows = [*_weight(given), _of_given("normal_force", UP, given.get("normal_force"))]
    if pulled:
        arrows.append(_of_given("applied_force", angle, given.get("applied_force")))
    if rubs:
        arrows.append(_of_given("friction", LEFT, given.get("friction")))
    balanced = "constant_speed" in conditions
    way = None
    if pulled and not balanced and "acceleration" in {*given, *asked}:
        way = RIGHT
    elif rubs and not pulled and not balanced:
        way = LEFT
    resultant = None if way is None else Arrow("net_force", "F_net", way)
    return FreeBody(tuple(arrows), 0.0, resultant, balanced)


def _rubs(conditions: frozenset[str], given: _Givens, asked: frozenset[str]) -> bool:
    named = {"friction", "kinetic_friction_coefficient", "friction_coefficient"}
    return "frictionless" not in conditions and (
        "friction_acts" in conditions or not named.isdisjoint({*given, *asked})
    )


def _tilt(conditions: frozenset[str], given: _Givens) -> float | None:
    """The angle of a pull to the horizontal, where it is certain."""
    angle = _degrees(next((given[name] for name in ("force_angle", "angle") if name in given), None))
    if angle is None or "angle_from_horizontal" not in conditions or not 0 < angle < 90:
        return None
    return -angle if "below_horizontal" in conditions else angle


def _weight(given: _Givens) -> Iterator[Arrow]:
    yield _of_given("weight", DOWN, given.get("weight"))


def _of_given(role: str, angle: float, given: Given | None) -> Arrow:
    symbol = given.symbol if given is not None and given.symbol else LETTERS[role][0]
    size = None if given is None else _newtons(given.value)
    if given is None or size is None:
        return Arrow(role, symbol, angle)
    return Arrow(role, symbol, angle, abs(size), to_text(given.value))


def _truths(body: FreeBody, given: _Givens) -> dict[str, float]:
    """Sizes that follow from the statement, to tell by whether the student has found one."""
    found = {arrow.role: arrow.size for arrow in body.arrows if arrow.size is not None}
    mass, g = _measure(given.get("mass")), _measure(given.get("gravity")) if "gravity" in given else EARTH
    if mass is not None and g is not None and _arrow(body, "weight") is not None:
        found.setdefault("weight", round(mass * g, 9))
    up = body.arrows[-1]
    if [arrow.angle for arrow in body.arrows] == [DOWN, UP] and body.slope is None and "weight" in found:
        push = _measure(given.get("acceleration"))
        if body.balanced:
            found.setdefault(up.role, found["weight"])
        elif body.resultant is not None and push is not None and mass is not None:
            net = mass * push * (1 if body.resultant.angle == UP else -1)
            found.setdefault(up.role, found["weight"] + net)
    elif body.slope is not None and "weight" in found:
        _on_surface(body, found, given)
    whole = found.get("applied_force")
    for arrow in body.arrows:
        if arrow.part and whole is not None:
            turn = math.radians(arrow.angle - body.arrows[0].angle)
            found[arrow.role] = abs(whole * math.cos(turn))
    if body.resultant is not None and all(arrow.role in found for arrow in body.arrows):
        ways = [(found[arrow.role], math.radians(arrow.angle)) for arrow in body.arrows]
        across, along = (sum(size * turn(way) for size, way in ways) for turn in (math.cos, math.sin))
        off = math.degrees(math.atan2(along, across)) - body.resultant.angle
        found["net_force"] = math.hypot(across, along) if math.cos(math.radians(off)) > LIKELY else -1.0
    return found


def _on_surface(body: FreeBody, found: dict[str, float], given: _Givens) -> None:
    pull = _arrow(body, "applied_force")
    if pull is not None and pull.angle != RIGHT and pull.size is None:
        return
    lifted = pull.size * math.sin(math.radians(pull.angle)) if pull is not None and pull.size else 0.0
    found.setdefault("normal_force", found["weight"] * math.cos(math.radians(body.slope or 0.0)) - lifted)
    mu = _number(given.get("kinetic_friction_coefficient"))
    if _arrow(body, "friction") is not None and mu is not None:
        found.setdefault("friction", mu * found["normal_force"])


# ---------------------------------------------------------------- what the work says of them


def _accepted(step: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a line is right, and rests on no wrong one: a right sum of wrong numbers is none of the forces."""
    wrong = next((one["line"] for one in steps if _refuted(one)), math.inf)
    return step["verdict"] == Verdict.CORRECT.value and "ruling" not in step and step["line"] < wrong


def _refuted(step: Mapping[str, Any]) -> bool:
    return step["verdict"] == Verdict.WRONG.value and "ruling" not in step


def _place(steps: Sequence[Mapping[str, Any]], found: FreeBody, planned: _Planned) -> Mapping[str, Any] | None:
    """The line beneath which the picture stands where no line has one of its own."""
    wrong = [one for one in steps if _refuted(one)]
    if any(_claim(one, found, planned) is not None for one in wrong):
        return None
    return wrong[0] if wrong else steps[-1] if steps else None


def _claim(step: Mapping[str, Any], found: FreeBody, planned: _Planned) -> Arrow | None:
    """What a refuted line says of a force: another size than it has."""
    for letter, value, text in _sizes(step, planned.letters):
        role = _role(letter, value, found, planned)
        arrow = _arrow(found, role)
        if arrow is None or (arrow.size is not None and _close(value, arrow.size)) or planned.right(role, value):
            continue
        angle = arrow.angle if value >= 0 else (arrow.angle + 180) % 360
        return Arrow(role, letter, angle, abs(value), text, arrow.part)
    return None


def _role(letter: str, value: float, found: FreeBody, planned: _Planned) -> str:
    """Which of the forces of the picture a letter stands for; "" where that is open."""
    present = [arrow.role for arrow in (*found.arrows, *([found.resultant] if found.resultant else []))]
    own = [role for role in present if (arrow := _arrow(found, role)) is not None and arrow.symbol == letter]
    fitting = [role for role in present if letter in LETTERS[role]]
    if letter == "F" and "net_force" in fitting:
        others = [role for role in fitting if role != "net_force"]
        if len(others) != 1:
            return "" if others else "net_force"
        arrow = _arrow(found, others[0])
        if arrow is not None and arrow.size is None:
            return others[0] if others[0] in planned.asked else ""
        return others[0] if arrow is not None and arrow.size and _close(value, arrow.size) else "net_force"
    if len(own) == 1:
        return own[0]
    return fitting[0] if len(fitting) == 1 else ""


def _sizes(step: Mapping[str, Any], letters: Mapping[str, Expr]) -> Iterator[tuple[str, float, str]]:
    """The letter, the size in newtons and its text, for each `F = … = 20 N` of a line."""
    for text in step["reading"]:
        line = _line(text)
        if line is None or not isinstance(line.operands[0], Symbol):
            continue
        last = line.operands[-1]
        open_ = symbols(last)
        if open_ and not open_ <= set(letters):
            continue
        size = _newtons(_filled(last, letters) if open_ else last)
        if size is not None and size != 0:
            yield line.operands[0].name, size, to_text(last) if isinstance(last, Quantity) else _in_newtons(abs(size))


@lru_cache(maxsize=1024)
def _line(text: str) -> Chain | None:
    if not 0 < len(text) <= LONGEST:
        return None
    try:
        found = read(text, ReadHints(units=True))
    except TutorError:
        return None
    return found if isinstance(found, Chain) and set(found.relations) <= {"=", "~="} else None


def _filled(expr: Expr, letters: Mapping[str, Expr]) -> Expr:
    def fill(node: Node) -> Node:
        return letters.get(node.name, node) if isinstance(node, Symbol) else rebuild(node, fill)

    return cast(Expr, fill(expr))


# ---------------------------------------------------------------- arrows and numbers


def _arrow(body: FreeBody, role: str) -> Arrow | None:
    if body.resultant is not None and role == "net_force":
        return body.resultant
    return next((arrow for arrow in body.arrows if arrow.role == role), None)


def _with(body: FreeBody, new: Arrow) -> FreeBody:
    if new.role == "net_force":
        return replace(body, resultant=new)
    return replace(body, arrows=tuple(new if arrow.role == new.role else arrow for arrow in body.arrows))


def _close(one: float, other: float) -> bool:
    return math.isclose(abs(one), abs(other), rel_tol=AGREE)


def _worth(expr: Expr) -> tuple[float, Dimension] | None:
    try:
        found = measured(cast(Expr, _rational(expr)))
        middle = (float(found.lo) + float(found.hi)) / 2
    except (TutorError, OverflowError, ZeroDivisionError, RecursionError):
        return None
    return (middle, found.dimension) if math.isfinite(middle) else None


def _rational(node: Node) -> Node:
    """With a number near enough in place of every sine and root."""
    if isinstance(node, Call | Root):
        value = Fraction(float(evaluate(node, {}).mid())).limit_denominator(10**9)
        return Number(str(value), value)
    return rebuild(node, _rational)


def _in_newtons(size: float) -> str:
    size *= 1 + 1e-9  # 637.65 is 637.7
    return f"{size:.4g} N" if size < 10_000 else f"{size:.0f} N"


def _newtons(expr: Expr) -> float | None:
    found = _worth(expr)
    return found[0] if found is not None and found[1] == NEWTON and abs(found[0]) < 1e12 else None


def _measure(given: Given | None) -> float | None:
    found = None if given is None else _worth(given.value)
    return None if found is None else found[0]


def _number(given: Given | None) -> float | None:
    found = None if given is None else _worth(given.value)
    return found[0] if found is not None and found[1] == NO_DIMENSION else None


def _degrees(given: Given | None) -> float | None:
    if given is None or not isinstance(given.value, Degrees):
        return None
    found = _worth(given.value.operand)
    return None if found is None else found[0]
