"""What a statement gives and asks, as a language model's job answers it, read by the rules of this package."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from tutor.errors import TutorError
from tutor.laws.amounts import plain
from tutor.laws.phrases import SENTENCE_STOP, roles
from tutor.laws.scene import Asked, Given, scene_of
from tutor.records import Part, Problem
from tutor.regex import regex
from tutor.slm.agreement import short_unit
from tutor.slm.jobs import Backend, GivenValue, Origin, ProblemReply, ProblemRequest
from tutor.slm.word_problems import read_word_problem
from tutor.syntax.printer import to_text
from tutor.syntax.read import ReadHints, read_expr
from tutor.syntax.tree import Degrees, Expr, Percent, Quantity, Unit

BY_RULES = Origin("rules", "phrases of physics")


def read_problems(asked: Sequence[ProblemRequest], model: Backend) -> list[ProblemReply]:
    """Physics by its own phrases, for which no model is needed; everything else by the model, in one batch.

    "A rope 18 m long is cut into two pieces" gives a length too, so what relates amounts in words is the model's.
    """
    replies = {
        i: reply
        for i, one in enumerate(asked)
        if (reply := read_physics(one)) is not None and not read_word_problem(one.statement).relations
    }
    others = [i for i in range(len(asked)) if i not in replies]
    replies.update(zip(others, model.read_problems([asked[i] for i in others]), strict=True))
    return [replies[i] for i in range(len(asked))]


def read_physics(asked: ProblemRequest, parts: Sequence[Part] = ()) -> ProblemReply | None:
    """The reading of a statement of physics; None of any other."""
    scene = scene_of(Problem(statement=asked.statement, parts=tuple(parts)))
    written = {(given.part, given.span): given for given in reversed(scene.givens) if _is_written(given)}
    understood = any(given.role for given in written.values())
    if not understood or not (scene.asked or scene.physical):
        return None
    # A question whose words name no role is quoted.
    asks = "; ".join(_in_words(one, one.of) for one in scene.asked) or read_word_problem(asked.statement).unknown
    # The mass of each of two tanks was written once: it is one given.
    givens = tuple(
        GivenValue(*_written(given.value), _in_words(given, _owner(given, asked.statement)), given.symbol)
        for given in scene.givens
        if written.get((given.part, given.span)) is given
    )
    return ProblemReply(givens, asks, origin=BY_RULES)


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
