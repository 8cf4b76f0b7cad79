"""A problem read as physics: what is given, with roles, what is asked, and under which conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from tutor.laws.amounts import EVERYDAY_DIMENSIONS, Amount, amounts, plain, read_unit
from tutor.laws.asking import questions
from tutor.laws.catalogue import symbol_name
from tutor.laws.phrases import (
    AFTER,
    ANGLE,
    BEFORE,
    FROM_END,
    LINK,
    LONG_LINK,
    PHYSICS_WORDS,
    STATES,
    SYMBOL_BEFORE,
    TO_ONLY,
    Frame,
    Mention,
    condition_ids,
    conditions_in,
    mentions,
    roles_by_letter,
    roles_of_dimension,
)
from tutor.laws.refining import default_role, refine
from tutor.records import Part, Problem
from tutor.syntax.tree import Expr, Number, Quantity, Span, Unit


@dataclass(frozen=True, slots=True)
class Given:
    """A quantity that the problem states: "a slope of height H = 40 m".

    symbol: the problem's own letter, "" where it has none. role: id of a role, "" where the words were not understood.
    value: as written, a Quantity or a number. of: the body or thing it belongs to ("skier", "slope"), "" where unknown.
    when: "initial", "final" or "". text: the words around it. span: of the number and unit in the statement.
    implied: not written as a number ("from rest" is an initial speed of 0 m/s). part: of the problem that states it,
    None for the head.
    """

    symbol: str
    role: str
    value: Expr
    of: str = ""
    when: str = ""
    text: str = ""
    span: Span = Span(0, 0)
    implied: bool = False
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the problem asks for; `unit` is the one it wants the answer in, where it says so."""

    role: str
    symbol: str = ""
    unit: Unit | None = None
    of: str = ""
    when: str = ""
    text: str = ""
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A statement as physics.

    physical: it speaks of quantities of physics at all. conditions: ids of `conditions.toml`.
    unread: pieces with a number, a condition or a question that were not understood; a solver stays silent then.
    """

    givens: tuple[Given, ...] = ()
    asked: tuple[Asked, ...] = ()
    conditions: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()
    physical: bool = False


MAX_STATEMENT = 6_000

_SENTENCE_END = re.compile(
    r"(?<=[.?!;])(?<!\b[a-z]\.[a-z]\.)(?<!\bapprox\.)(?<!\bi\.e\.)(?<!\be\.g\.)\s+(?=[A-Z(\d\"'])|\n+|(?<=\?)\s+"
)
_OPTIONS = re.compile(r"\n\s*(?:Options|Choices|Answer choices)\b|\n\s*\(?A[.:)]\s", re.IGNORECASE)


def scene_of(problem: Problem, part: Part | None = None) -> Scene:
    """The scene of a problem (cached by its statement and givens), or of one of its parts with the head's givens."""
    parts: tuple[tuple[str, str, tuple[str, ...]], ...] = tuple(
        (p.id, p.statement, p.unknowns) for p in ((part,) if part is not None else problem.parts)
    )
    return _scene(
        problem.statement,
        tuple(problem.givens.items()),
        () if parts and part is not None and part.unknowns else problem.unknowns,
        parts,
        problem.topic,
    )


@lru_cache(maxsize=256)
def _scene(
    statement: str,
    fields: tuple[tuple[str, str], ...],
    unknowns: tuple[str, ...],
    parts: tuple[tuple[str, str, tuple[str, ...]], ...],
    topic: str,
) -> Scene:
    text = plain(statement[:MAX_STATEMENT])
    options = _OPTIONS.search(text)
    if options:
        text = text[: options.start()]
    return _Reading(text).scene()


@dataclass(slots=True)
class _Draft:
    """A number on its way to becoming a given. low, high: the stretch of its sentence that belongs to it."""

    amount: Amount
    low: int
    high: int
    sentence: tuple[int, int]
    role: str = ""
    symbol: str = ""
    when: str = ""
    of: str = ""
    noun: Mention | None = None
    known: bool = False  # as a number that is no quantity of its own, so that it is not missed


class _Reading:
    """One statement being read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.amounts = amounts(text)
        self.sentences = _sentences(text)
        self.mentions = mentions(text)
        self.conditions, self.condition_places = conditions_in(text)
        self.taken: set[int] = set()  # starts of mentions that name a number
        self.unread: list[str] = []
        self.drafts: list[_Draft] = []

    def scene(self) -> Scene:
        """Numbers first, then what follows from words alone, then the questions."""
        for i, amount in enumerate(self.amounts):
            self._take(i, amount)
        self._tell_states_apart()
        asked = self._asked()
        givens = [self._given(draft) for draft in self.drafts]
        givens += self._implied(givens, asked)
        return Scene(tuple(givens), asked, self.conditions, tuple(dict.fromkeys(self.unread)), self._physical(asked))

    def _given(self, draft: _Draft) -> Given:
        amount = draft.amount
        start, end = amount.span
        context = " ".join(self.text[max(draft.low, start - 60) : min(draft.high, end + 40)].split())
        if not draft.role and not draft.known:
            self.unread.append(context)
        return Given(draft.symbol, draft.role, amount.value, draft.of, draft.when, context, amount.span)

    # ------------------------------------------------------------ numbers

    def _take(self, i: int, amount: Amount) -> None:
        """A number with its role, so far as its own clause tells it."""
        start, end = amount.span
        sentence = self._sentence_of(start)
        low = max(self.amounts[i - 1].span.end if i else 0, sentence[0])
        high = min(self.amounts[i + 1].span.start if i + 1 < len(self.amounts) else len(self.text), sentence[1])
        draft = _Draft(amount, low, high, sentence)
        self.drafts.append(draft)
        possible = roles_of_dimension(amount.dimension, amount.angle)
        equals = SYMBOL_BEFORE.search(self.text, low, start)
        if equals:
            draft.symbol = equals.group("symbol")
        if not self._by_noun(draft, possible):
            self._by_frame(draft, possible)
        refine(draft, self.text, self.conditions)

    def _by_noun(self, draft: _Draft, possible: frozenset[str]) -> bool:
        """A noun that is tied to the number: "height H = 40 m", "a 5 m radius". A noun that cannot be is a stop too."""
        start, end = draft.amount.span
        for mention in reversed(self.mentions):
            if mention.end > start or mention.start < draft.low:
                continue
            link = LINK.fullmatch(self.text, mention.end, start) or LONG_LINK.fullmatch(self.text, mention.end, start)
            if link is None:
                continue
            draft.symbol = draft.symbol or link.group("symbol") or ""
            self.taken.add(mention.start)
            draft.noun = mention
            draft.role = next((r for r in mention.roles if r in possible), "")
            return True
        for mention in self.mentions:
            if mention.start >= end and mention.end <= draft.high:
                if self.text[end : mention.start].strip(" -") not in ("", "of"):
                    break
                draft.role = next((r for r in mention.roles if r in possible), "")
                if draft.role:
                    self.taken.add(mention.start)
                    draft.noun = mention
                    return True
        return False

    def _by_frame(self, draft: _Draft, possible: frozenset[str]) -> None:
        """Verbs and prepositions around the number; then what its unit or its letter leaves to think of."""
        amount = draft.amount
        start, end = amount.span
        key = ANGLE if amount.angle else amount.dimension
        best: Frame | None = None
        for frame in BEFORE.get(key, ()):
            if (best is None or frame.weight > best.weight) and frame.pattern.search(self.text, draft.low, start):
                best = frame
        for frame in AFTER.get(key, ()):
            if (best is None or frame.weight > best.weight) and frame.pattern.match(self.text, end, draft.high):
                best = frame
        if best is not None:
            draft.role, draft.when = best.role, best.when
            return
        if draft.symbol and not amount.bare:
            fitting = [r for r in roles_by_letter(symbol_name(draft.symbol)) if r in possible]
            if len(fitting) == 1:
                draft.role = fitting[0]
                return
        role = default_role(amount)
        draft.role = role if role in possible else ""

    def _sentence_of(self, place: int) -> tuple[int, int]:
        return next((s for s in self.sentences if s[0] <= place < s[1]), (0, len(self.text)))

    def _tell_states_apart(self) -> None:
        """From 20 °C to 80 °C: the first is the initial one, the second the final one."""
        for first, second in pairwise(self.drafts):
            if first.amount.dimension != second.amount.dimension or not first.amount.dimension:
                continue
            between = self.text[first.amount.span.end : second.amount.span.start]
            if FROM_END.search(self.text, first.low, first.amount.span.start) and TO_ONLY.fullmatch(between):
                first.when, second.when = "initial", "final"
                for draft in (first, second):
                    general = STATES.get(draft.role)
                    if general is not None:
                        draft.role = general[draft.when == "final"]

    # ------------------------------------------------------------ what words alone say

    def _implied(self, givens: list[Given], asked: tuple[Asked, ...]) -> list[Given]:
        roles = {g.role for g in givens} | {a.role for a in asked}
        turning = any("angular" in role for role in roles)
        unit = read_unit("rad/s" if turning else "m/s")
        if unit is None:
            return []
        nought = Quantity(Number("0", Fraction(0)), unit)
        found = []
        initial, final = (
            ("initial_angular_speed", "final_angular_speed") if turning else ("initial_speed", "final_speed")
        )
        for condition, role, when in (("from_rest", initial, "initial"), ("to_rest", final, "final")):
            if condition in self.conditions and role not in roles:
                place = next((p for p in self.condition_places if condition in condition_ids(p[2])), None)
                text, span = (place[2], Span(place[0], place[1])) if place else ("", Span(0, 0))
                found.append(Given("", role, nought, "", when, text, span, implied=True))
        return found

    def _physical(self, asked: tuple[Asked, ...]) -> bool:
        """Whether it is physics: a unit that only physics has, or several of its words beside a number with a unit."""
        if any(a.unit is not None and a.dimension not in EVERYDAY_DIMENSIONS for a in self.amounts):
            return True
        words = {m.group().lower() for m in PHYSICS_WORDS.finditer(self.text)}
        measured = any(a.unit is not None or a.angle for a in self.amounts)
        return len(words) >= (1 if measured else 2)

    # ------------------------------------------------------------ questions

    def _asked(self) -> tuple[Asked, ...]:
        found: list[Asked] = []
        for question in questions(self.text, self.sentences, self.mentions, frozenset(self.taken)):
            if not question.roles and not question.symbol:
                self.unread.append(question.text)
                continue
            role = question.roles[0] if question.roles else ""
            found.append(Asked(role, question.symbol, question.unit, "", "", question.text, question.part))
        return tuple(found)


def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    found, at = [], 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() > at:
            found.append((at, match.start()))
        at = match.end()
    if text[at:].strip():
        found.append((at, len(text)))
    return tuple(found)
