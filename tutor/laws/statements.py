"""What a statement gives and asks, as a language model's job answers it, read by the rules of this package."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from tutor.errors import TutorError
from tutor.laws.amounts import plain
from tutor.laws.phrases import SENTENCE_STOP, roles
from tutor.laws.scene import Asked, Given, Scene, scene_of
from tutor.records import Part, Problem
from tutor.regex import regex
from tutor.slm.agreement import short_unit
from tutor.slm.jobs import Backend, GivenValue, Origin, ProblemReply, ProblemRequest
from tutor.slm.word_problems import read_word_problem, reply_to
from tutor.syntax.printer import to_text
from tutor.syntax.read import ReadHints, read_expr
from tutor.syntax.tree import Degrees, Expr, Percent, Quantity, Span, Unit

BY_RULES = Origin("rules", "phrases of physics")


@dataclass(frozen=True, slots=True)
class PartRead:
    """What the words of a part give and ask; of the problem's own statement where `part` is None.

    fault: why the model that was asked first read nothing; empty where it was not asked, or read it.
    """

    part: str | None
    reply: ProblemReply
    fault: str = ""


def read_parts(problem: Problem, model: Backend | None = None) -> list[PartRead]:
    """What a problem gives and asks, its statement and its parts apart.

    Physics is read by its own phrases, for which no model is needed; everything else by the model, in one batch, or by
    rules where there is none or where it reads nothing. What relates amounts in words is no physics here, though "a
    rope 18 m long is cut into two pieces" gives a length.
    """
    scene = scene_of(Problem(statement=problem.statement, parts=problem.parts))
    if _understood(scene) and not read_word_problem(problem.statement).relations:
        named = [None, *(p.id for p in problem.parts), *(g.part for g in scene.givens), *(a.part for a in scene.asked)]
        physics = [PartRead(part, _of_part(scene, problem.statement, part)) for part in dict.fromkeys(named)]
        return [one for one in physics if _says_something(one.reply)]
    texts = {None: problem.statement} | {p.id: p.statement for p in problem.parts}
    said = model.read_problems([ProblemRequest(text) for text in texts.values()]) if model is not None else ()
    replies = dict(zip(texts, said, strict=False))
    read = [_or_by_rules(part, text, replies.get(part)) for part, text in texts.items()]
    return [one for one in read if one.fault or _says_something(one.reply)]


def _or_by_rules(part: str | None, text: str, said: ProblemReply | None) -> PartRead:
    rules = reply_to(text)
    if said is None or said.origin == rules.origin:
        return PartRead(part, rules)
    return PartRead(part, rules, said.fault) if said.fault else PartRead(part, said)


def read_physics(asked: ProblemRequest, parts: Sequence[Part] = ()) -> ProblemReply | None:
    """The reading of a statement of physics with all its parts; None of any other."""
    scene = scene_of(Problem(statement=asked.statement, parts=tuple(parts)))
    if not _understood(scene):
        return None
    # A question whose words name no role is quoted.
    asks = _asks(scene.asked) or read_word_problem(asked.statement).unknown
    return ProblemReply(_givens(scene, scene.givens, asked.statement), asks, origin=BY_RULES)


def _of_part(scene: Scene, statement: str, part: str | None) -> ProblemReply:
    asks = _asks([one for one in scene.asked if one.part == part])
    if part is None and not scene.asked:
        asks = read_word_problem(statement).unknown
    givens = _givens(scene, [given for given in scene.givens if given.part == part], statement)
    return ProblemReply(givens, asks, origin=BY_RULES)


def _says_something(reply: ProblemReply) -> bool:
    return bool(reply.givens or reply.unknown or reply.relations)


def _understood(scene: Scene) -> bool:
    """Whether it is physics: a quantity whose role is known, and a question or the words of physics."""
    return any(given.role for given in _written_once(scene).values()) and bool(scene.asked or scene.physical)


def _written_once(scene: Scene) -> dict[tuple[str | None, Span], Given]:
    """The mass of each of two tanks was written once: it is one given."""
    return {(given.part, given.span): given for given in reversed(scene.givens) if _is_written(given)}


def _asks(asked: Sequence[Asked]) -> str:
    return "; ".join(_in_words(one, one.of) for one in asked)


def _givens(scene: Scene, givens: Sequence[Given], statement: str) -> tuple[GivenValue, ...]:
    written = _written_once(scene)
    return tuple(
        GivenValue(*_written(given.value), _in_words(given, _owner(given, statement)), given.symbol)
        for given in givens
        if written.get((given.part, given.span)) is given
    )


def _is_written(given: Given) -> bool:
    """As a number, though it be in words: "in one minute", but not "from rest"."""
    return not given.implied or _ONE.search(given.text) is not None


_ONE = regex(r"\b(?:in|within) (?:one|a)\b", re.IGNORECASE)
_BEFORE = regex(
    r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Ee]ach)\s(?:[a-z-]+\s)?(?P<owner>[a-z-]+)(?:\s(?:of|has|having)|(?<!s)\swith)\s+"
    r"(?:(?:a|an|the)\s+)?(?:[a-z]+\s+)??(?P<role>[a-z][a-z -]*?)"
    r"(?:\s+of)?(?:\s+\S{1,4}\s*=)?\s*$"
)
_AFTER = regex(
    r"\b(?P<role>[a-z]+)\s+of\s+(?:a|an|the|this|that|its|each)\s+(?P<owner>[a-z][a-z-]+(?:\s[a-z]+)?)"
    r"\s+(?:is|are|was|equals|=)\s*$"
)
_NOBODYS = frozenset({"gravity", "time", "elementary_charge", "light_speed", "hearing_threshold"})


def _owner(given: Given, statement: str) -> str:
    """What has the quantity: "a slope of height 40 m", "the height of the slope is 40 m"; else the body."""
    if given.role in _NOBODYS or given.role.endswith("_constant"):
        return ""
    role = roles().get(given.role)
    if given.part is None and role is not None:
        before = SENTENCE_STOP.split(plain(statement)[max(0, given.span.start - 90) : given.span.start])[-1]
        for found in (_BEFORE.search(before), _AFTER.search(before)):
            if found is not None and any(found["role"].endswith(word.split()[-1]) for word in role.words):
                return found["owner"]
    return given.of


def _in_words(quantity: Given | Asked, owner: str) -> str:
    """The height of the slope; empty where the words around the quantity were not understood."""
    role = roles().get(quantity.role)
    if role is None:
        return ""
    name = role.says.removeprefix("the ")
    if not owner or owner in name.split():
        return name
    article = "" if owner[0].isupper() or owner[-1].isdigit() else "the "
    return f"{name} of {article}{owner}"


def _written(value: Expr) -> tuple[str, str]:
    """Number and unit; of 2 min 30 s, which has two, everything is the number."""
    match value:
        case Quantity(number, unit):
            return to_text(number), _readable(unit)
        case Degrees(number):
            return to_text(number), "°"
        case Percent(number):
            return to_text(number), "%"
        case _:
            return to_text(value), ""


def _readable(unit: Unit) -> str:
    """As written where that can be read again, else by its factors: "lines per millimetre" is mm^-1."""
    with suppress(TutorError):
        again = read_expr(f"1 {unit.text}", ReadHints(units=True))
        if isinstance(again, Quantity) and again.unit.factors == unit.factors:
            return unit.text
    return " ".join(short_unit(word) + (f"^{power}" if power != 1 else "") for word, power in unit.factors)
