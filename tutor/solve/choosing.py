"""Which of the quantities that follow is the answer; nothing where that is not certain.

An answer is certain where all that the problem gives goes into it, or is shown to be irrelevant, and where no other way
of the same length, or one longer, leads to another value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tutor.laws.catalogue import Catalogue
from tutor.laws.scene import Asked, Given, Scene
from tutor.solve.preparing import sizes
from tutor.solve.quantities import Known
from tutor.solve.search import MAX_LAWS, Search

CLOSE = Fraction(1, 100)  # how far two ways may be apart where the data are rounded
LIGHT = 299_792_458
MOVED_BY_GRAVITY = frozenset({"frictionless", "free_fall", "no_air", "pendulum", "thrown_up", "thrown_down"})
MASSES = frozenset({"mass", "weight"})


@dataclass(frozen=True)
class Choice:
    """What is asked with what was found, or why nothing was.

    earlier: results of earlier questions, which may be used as if they were given.
    """

    asked: Asked
    known: Known | None = None
    why: str = ""
    irrelevant: tuple[str, ...] = ()
    earlier: tuple[Known, ...] = ()


@dataclass
class _Question:
    asked: Asked
    complete: list[Known] = field(default_factory=list)
    partial: list[Known] = field(default_factory=list)
    chosen: Known | None = None
    why: str = ""


def choose(
    scene: Scene, laws: Catalogue, knowns: Sequence[Known], constants: Mapping[str, Fraction]
) -> tuple[Choice, ...]:
    """A choice for each thing asked, in the order asked; what one finds may serve the others."""
    needed = frozenset(i for i, g in enumerate(scene.givens) if not g.implied and (g.role != "gravity" or falls(scene)))
    questions = [_Question(asked) for asked in scene.asked]
    parts = {q.asked.part: n for n, q in enumerate(questions)}
    earlier: list[Known] = []
    used: frozenset[int] = frozenset()
    for _ in questions:  # what a later question needs may be what an earlier pass has found
        for question in questions:
            if question.chosen is not None:
                continue
            if (same := _restated(question.asked, scene, knowns)) is not None:
                question.chosen = same
            else:
                own = [k for k in knowns if k.given < 0 or _said_for(scene.givens[k.given], question.asked, parts)]
                wanted = frozenset(i for i in needed if scene.givens[i].part in (None, question.asked.part))
                _look(question, scene, laws, [*own, *earlier], constants, wanted, alone=len(questions) == 1)
            if question.chosen is not None:
                used |= question.chosen.uses
                found = question.chosen
                earlier.append(
                    replace(found, found_by=None, symbol=question.asked.symbol, given=-2, body=found.body, guesses=0)
                )
        if all(q.chosen is not None for q in questions):
            break
    choices: list[Choice] = []
    before: list[Known] = []
    for question in questions:
        choice = _certain(question, scene, needed, used)
        choices.append(replace(choice, earlier=tuple(before)))
    return tuple(choices)


def falls(scene: Scene) -> bool:
    """Whether something is dropped or thrown, so that a gravity which is said is there to be used."""
    return bool(scene.conditions & {"free_fall", "thrown_up", "thrown_down"})


def _said_for(given: Given, asked: Asked, order: Mapping[str | None, int]) -> bool:
    """Whether a given holds for a question: it is said at the head, in the question's own part or in one before."""
    return given.part is None or order.get(given.part, 0) <= order.get(asked.part, 0)


def _restated(asked: Asked, scene: Scene, knowns: Sequence[Known]) -> Known | None:
    """The one given, where nothing is asked but another unit."""
    knowns = [k for k in sizes(knowns) if k.given >= 0]
    if asked.unit is None or len(knowns) != 1 or len(scene.givens) != 1:
        return None
    (known,) = knowns
    return known if known.role == asked.role else None


def _look(
    question: _Question,
    scene: Scene,
    laws: Catalogue,
    knowns: list[Known],
    constants: Mapping[str, Fraction],
    needed: frozenset[int],
    *,
    alone: bool,
) -> None:
    """Search, to one law further than the shortest way found."""
    search = Search(laws, scene.conditions, knowns, question.asked, _with_givens(constants, knowns))
    stop = MAX_LAWS
    for depth in range(1, MAX_LAWS + 1):
        going = search.advance(MAX_LAWS - depth)
        answers = [a for a in search.answers() if _physical(a)]
        complete = [a for a in answers if not _unexplained(a, needed - a.uses, scene)]
        question.complete, question.partial = complete, answers
        if complete or (answers and not alone):
            stop = min(stop, depth + 1)
        if depth >= stop or not going:
            break
    pool = question.complete or ([] if alone else question.partial)
    if not pool:
        if question.partial:
            unused = _unexplained(question.partial[0], needed - question.partial[0].uses, scene)
            question.why = unneeded(sorted(unused))
        else:
            question.why = "no law leads from what is given to what is asked"
        return
    best = min(pool, key=lambda k: (k.guesses, len(k.steps), -len(k.uses)))
    others = [
        k
        for k in pool
        if (k.guesses <= best.guesses and len(k.steps) <= len(best.steps) + (best.guesses > 0))
        or len(k.steps) < len(best.steps)
        or len(k.uses) > len(best.uses)
    ]
    different = next((k for k in others if not _close(k.value, best.value)), None)
    if different is not None:
        question.why = _in_doubt(best, different)
        return
    question.chosen = best


def _in_doubt(one: Known, other: Known) -> str:
    ways = [" with ".join(f"the law for {u.law.name}" for u in k.steps) or "what is given" for k in (one, other)]
    if ways[0] == ways[1]:
        return f"{ways[0]} can be used in two ways, which lead to different values"
    return f"two ways lead to different values: {' and '.join(ways)}"


def _with_givens(constants: Mapping[str, Fraction], knowns: Sequence[Known]) -> Mapping[str, Fraction]:
    """The constants, with g as the problem gives it."""
    found = dict(constants)
    for known in knowns:
        if known.role == "gravity" and known.given >= 0:
            found["g"] = abs(known.value)
    return found


def _close(a: Fraction, b: Fraction) -> bool:
    return abs(a - b) <= CLOSE * max(abs(a), abs(b))


def _physical(known: Known) -> bool:
    if known.role == "efficiency" and known.value > 1:
        return False
    return not ("speed" in known.role and "angular" not in known.role and abs(known.value) > LIGHT)


def _certain(question: _Question, scene: Scene, needed: frozenset[int], used: frozenset[int]) -> Choice:
    """The choice, unless something given is left over after all questions."""
    known = question.chosen
    if known is None:
        return Choice(question.asked, why=question.why)
    reasons = {i: _why_irrelevant(scene.givens[i], known, scene) for i in needed - used}
    left = [_in_words(scene.givens[i]) for i, reason in reasons.items() if not reason]
    if left and not _redundant(known, question, needed):
        return Choice(question.asked, why=unneeded(left))
    return Choice(question.asked, known, irrelevant=tuple(reason for reason in reasons.values() if reason))


def _redundant(known: Known, question: _Question, needed: frozenset[int]) -> bool:
    """Another way uses all that is given and leads to the same value."""
    return any(needed <= k.uses and _close(k.value, known.value) for k in question.complete)


def _unexplained(known: Known, unused: frozenset[int], scene: Scene) -> frozenset[str]:
    """Givens that a way leaves out, and of which nothing says that they do not matter."""
    return frozenset(_in_words(scene.givens[i]) for i in unused if not _why_irrelevant(scene.givens[i], known, scene))


def unneeded(texts: Sequence[str]) -> str:
    """Why a way is not taken that leaves out what is given."""
    return "no way was found that uses all that is given; left over: " + "; ".join(f'"{text}"' for text in texts)


def _in_words(given: Given) -> str:
    return given.text.strip(" ,.;:?") or given.symbol or given.role


def _why_irrelevant(given: Given, known: Known, scene: Scene) -> str:
    """Why a given does not matter for a way that leaves it out; "" where nothing shows it."""
    constants = {k.constant for use in known.steps for k in use.inputs.values()}
    under_gravity = "g" in constants or any(k.role == "gravity" for use in known.steps for k in use.inputs.values())
    roles = {k.role for use in known.steps for k in use.inputs.values()}
    topics = {use.law.topic for use in known.steps}
    masses = sum(g.role in MASSES for g in scene.givens)
    if given.role in MASSES and masses == 1 and roles.isdisjoint(MASSES):
        if under_gravity and scene.conditions & MOVED_BY_GRAVITY:
            return "the mass cancels where only gravity does work"
        if topics == {"kinematics"}:
            return "how something moves at a given acceleration does not depend on its mass"
    if given.role in ("object_height", "height") and scene.conditions & {"lens", "mirror"} and topics == {"optics"}:
        return "where the image is does not depend on how tall the object is"
    timed = any(g.role == "time" for g in scene.givens)
    if given.role == "power" and not timed and known.role == "heat" and "specific_heat" in roles:
        return "the power says how fast the heat goes over, not how much is needed"
    if given.role == "width" and "crossing" in scene.conditions and "speed" in known.role:
        return "how wide the river is does not change the speed"
    lifted = any(a.role == "buoyant_force" for a in scene.asked) and known.role == "buoyant_force"
    if given.role == "density" and lifted and roles & {"volume", "displaced_volume"}:
        return "the buoyant force depends on the fluid and the volume under it alone"
    way = given.role in ("slope_length", "distance", "length", "incline_angle")
    if way and under_gravity and "frictionless" in scene.conditions and "height" in roles and "speed" in known.role:
        return "without friction only the height counts, not the way down"
    return ""
