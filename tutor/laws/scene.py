"""A problem read as physics: what is given, with roles, what is asked, and under which conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from tutor.bridge.units import measure
from tutor.laws.amounts import Amount, amounts, is_physical, plain, read_unit
from tutor.laws.asking import questions
from tutor.laws.bodies import bodies_of
from tutor.laws.phrases import (
    AFTER,
    AFTERWARDS,
    ANGLE,
    ARTICLE_END,
    BEFORE,
    CONVERTS,
    COUNT_BEFORE,
    EACH_TIME,
    FROM_END,
    HARMLESS,
    LETTER_AFTER,
    LINK,
    LISTED,
    LONG_LINK,
    NUMBER_WORDS,
    OF_AFTER,
    ORDER_WORDS,
    ORDERS,
    PHYSICS_WORDS,
    RESTING,
    SENTENCE_STOP,
    STARTING,
    STATES,
    SYMBOL_BEFORE,
    THINGS,
    TO_ONLY,
    TURNS,
    VOLT,
    Frame,
    Mention,
    conditions_in,
    letter_name,
    letter_role,
    mentions,
    roles,
    roles_of_dimension,
)
from tutor.laws.refining import default_role, fitting, refine, refine_asked
from tutor.records import Part, Problem
from tutor.regex import regex
from tutor.syntax.tree import Expr, Number, Quantity, Span, Unit

_NOWHERE = Span(0, 0)


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
    span: Span = _NOWHERE
    implied: bool = False
    part: str | None = None
    spread: Expr | None = None


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

_SENTENCE_END = regex(
    r"(?<=[.?!;])(?<!\b[a-z]\.[a-z]\.)(?<!\bapprox\.)(?<!\bi\.e\.)(?<!\be\.g\.)\s+(?=[A-Z(\d\"'])|\n+|(?<=\?)\s+"
)
_OPTIONS = regex(r"\n\s*(?:Options|Choices|Answer choices)\b|\n\s*\(?A[.:)]\s", re.IGNORECASE)


def scene_of(problem: Problem, part: Part | None = None) -> Scene:
    """The scene of a problem (cached by its statement and givens), or of one of its parts with the head's givens."""
    shown = (part,) if part is not None else problem.parts
    unknowns = part.unknowns if part is not None else problem.unknowns
    return _scene(
        problem.statement,
        tuple(problem.givens.items()),
        tuple(unknowns),
        tuple((p.id, p.statement) for p in shown),
    )


@lru_cache(maxsize=256)
def _scene(
    statement: str,
    fields: tuple[tuple[str, str], ...],
    unknowns: tuple[str, ...],
    parts: tuple[tuple[str, str], ...],
) -> Scene:
    text = plain(statement[:MAX_STATEMENT])
    options = _OPTIONS.search(text)
    if options:
        text = text[: options.start()]
    if not fields and not _WORTH_READING.search(text) and not any(_WORTH_READING.search(p[1]) for p in parts):
        return Scene()
    regions = _inline_parts(text)
    for id_, own in parts[:MAX_PARTS]:
        text += "\n"
        regions.append(_Region(len(text), len(text) + len(own), id_, own=True))
        text += plain(own[: MAX_STATEMENT // 4])
    reading = _Reading(text, regions)
    if len(statement) > MAX_STATEMENT:
        reading.unread.append(f"the statement has {len(statement)} characters; {MAX_STATEMENT} are read")
    return reading.scene(fields, unknowns)


# A number at least, or one of the words of physics.
_WORTH_READING = regex(rf"\d|{PHYSICS_WORDS.pattern}", re.IGNORECASE)
_MEETING = frozenset({"collision", "explosion", "inelastic", "rebound"})
WORKS_AT = regex(r"works\s+(?:at|on|from|with|off)\b", re.IGNORECASE)  # a verb: it is no work that is told
OF_A_FALL = frozenset({"speed", "final_speed", "initial_speed", "time", "time_of_flight"})
OF_A_MIXTURE = frozenset({"final_temperature", "equilibrium_temperature", "temperature", "initial_temperature"})
MAX_PARTS = 20
MAX_SENTENCES = 60


@dataclass(frozen=True, slots=True)
class _Region:
    """The stretch of text that belongs to a part. own: it is the part's own statement, not some of the problem's."""

    start: int
    end: int
    part: str
    own: bool = False


_LABEL = regex(r"(?<![\w(])\((?P<id>[a-hA-H])\)\s|(?:^|(?<=\n)|(?<=[.?] ))(?P<bare>[a-h])\)\s")


def _inline_parts(text: str) -> list[_Region]:
    """(a) …, (b) …: from each label to the next, where they come in order."""
    labels = [(m.start(), (m.group("id") or m.group("bare")).lower()) for m in _LABEL.finditer(text)]
    if not labels or [id_ for _, id_ in labels] != list("abcdefgh")[: len(labels)]:
        return []
    ends = [start for start, _ in labels[1:]] + [len(text)]
    return [_Region(start, end, id_) for (start, id_), end in zip(labels, ends, strict=True)]


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

    def __init__(self, text: str, regions: list[_Region]) -> None:
        self.text = text
        self.regions = regions
        self.amounts = amounts(text)
        self.sentences = _sentences(text, regions)
        self.mentions = mentions(text)
        self.conditions, self.condition_places = conditions_in(text)
        self.bodies = bodies_of(text, self.amounts)
        self.taken: set[int] = set()  # starts of mentions that name a number
        self.unread: list[str] = []
        self.said_again: list[tuple[int, str]] = []  # where a number of an earlier body stands again
        self.understood: list[tuple[int, int]] = []  # places of words that were taken care of
        self.drafts: list[_Draft] = []

    def scene(self, fields: tuple[tuple[str, str], ...], unknowns: tuple[str, ...]) -> Scene:
        """Numbers first, then what follows from words alone, then the questions."""
        for i, amount in enumerate(self.amounts):
            self._take(i, amount)
        self._conversions()
        if sum(d.role == "mass" for d in self.drafts) < 2:
            self.conditions -= {"explosion"}
        self._tell_states_apart()
        self._speeds_before_a_change()
        self._turning_before_a_change()
        self._name_listed()
        counted = self._counted()
        self._in_mixtures()
        self._warmed()
        if any(d.role == "launch_angle" for d in self.drafts):
            self.conditions |= {"projectile"}
        drafts = self._without_repeats()
        if any(d.role == "initial_speed" for d in drafts):
            self.conditions -= {"from_rest"}
        roles = frozenset(d.role for d in drafts)
        asked = self._asked(roles)
        self._states_of_gas(drafts, asked)
        self._clashes(drafts)
        givens = [self._given(draft) for draft in drafts if draft.role or not draft.known] + counted
        givens += self._from_fields(fields, givens)
        asked = self._from_unknowns(unknowns, asked, givens)
        givens += self._implied(givens, asked)
        self._turns(givens, asked)
        unread = tuple(dict.fromkeys(" ".join(piece.split())[:200] for piece in self.unread))
        return Scene(tuple(givens), asked, self.conditions, unread, self._physical(asked))

    def _given(self, draft: _Draft) -> Given:
        amount = draft.amount
        start, end = amount.span
        context = " ".join(self.text[max(draft.low, start - 60) : min(draft.high, end + 40)].split())
        if not draft.role and not draft.known:
            self.unread.append(context)
        region = self._region(start)
        span = Span(start - region.start, end - region.start) if region is not None and region.own else amount.span
        return Given(
            letter_name(draft.symbol), draft.role, amount.value, draft.of, draft.when, context, span,
            part=region.part if region is not None else None, spread=amount.spread,
        )  # fmt: skip

    def _part_at(self, place: int) -> str | None:
        region = self._region(place)
        return region.part if region is not None else None

    def _region(self, place: int) -> _Region | None:
        return next((r for r in self.regions if r.start <= place < r.end), None)

    # ------------------------------------------------------------ numbers

    def _take(self, i: int, amount: Amount) -> None:
        """A number with its role, so far as its own clause tells it."""
        start = amount.span.start
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
        if draft.role not in roles():
            draft.role = ""
        place = (draft.noun.start, draft.noun.end) if draft.noun is not None else None
        who = self.bodies.of_amount(amount, self.text, place, sentence)
        draft.of = self.bodies.name(who) if who is not None else ""

    def _by_noun(self, draft: _Draft, possible: frozenset[str]) -> bool:
        """A noun that is tied to the number: "height H = 40 m", "a 5 m radius". A noun that cannot be is a stop too."""
        start, end = draft.amount.span
        for mention in reversed(self.mentions):
            if mention.end > start or mention.start < draft.low:
                continue
            if WORKS_AT.match(self.text, mention.start):
                continue
            link = LINK.fullmatch(self.text, mention.end, start) or LONG_LINK.fullmatch(self.text, mention.end, start)
            if link is None:
                continue
            meant = fitting(mention.roles, self.conditions)
            if not meant:
                continue
            role = next((r for r in meant if r in possible), "")
            if not role and (ARTICLE_END.search(self.text, mention.end, start) or OF_AFTER.match(self.text, end)):
                break  # "the weight of a 70 kg person", "the volume of 2.0 mol of gas"
            draft.symbol = draft.symbol or link.group("symbol") or ""
            self.taken.add(mention.start)
            draft.noun = mention
            draft.role = role
            return True
        for mention in self.mentions:
            if mention.start >= end and mention.end <= draft.high:
                if self.text[end : mention.start].strip(" -") not in ("", "of"):
                    break
                draft.role = next((r for r in fitting(mention.roles, self.conditions) if r in possible), "")
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
            if (best is None or frame.weight > best.weight) and frame.pattern.search(
                self.text, max(draft.sentence[0], start - 100), start
            ):
                best = frame
        for frame in AFTER.get(key, ()):
            if (best is None or frame.weight > best.weight) and frame.pattern.match(self.text, end, draft.high):
                best = frame
        if best is not None:
            draft.role, draft.when = best.role, best.when
            return
        if draft.symbol and not amount.bare:
            role = letter_role(draft.symbol, possible)
            if role:
                draft.role = role
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

    def _speeds_before_a_change(self) -> None:
        """It moves at 20 m/s and brakes: a speed that does not stay is the initial one."""
        speeds = [d for d in self.drafts if d.role in ("speed", "initial_speed", "final_speed")]
        masses = sum(d.role == "mass" for d in self.drafts)
        exploding = self.conditions & {"collision", "explosion"} == {"explosion"} and masses > 1
        if len(speeds) != 1 or (speeds[0].role != "speed" and not exploding):
            if self.conditions & _MEETING:
                for draft in speeds:
                    clause = self.text[draft.sentence[0] : draft.amount.span.start]
                    if draft.noun is not None and draft.noun.phrase.startswith("initial"):
                        continue
                    if "explosion" in self.conditions and "collision" not in self.conditions:
                        if not STARTING.search(clause):
                            draft.role, draft.when = "final_speed", "final"
                    elif draft.role == "speed" and not AFTERWARDS.search(clause):
                        draft.role, draft.when = "initial_speed", "initial"
                    elif draft.role in ("speed", "initial_speed") and AFTERWARDS.search(clause):
                        draft.role, draft.when = "final_speed", "final"
            return
        draft = speeds[0]
        changes = self.conditions & {"constant_acceleration", "to_rest"} or any(
            d.role == "acceleration" for d in self.drafts
        )
        if self.conditions & _MEETING:
            clause = self.text[draft.sentence[0] : draft.amount.span.start]
            later = bool(AFTERWARDS.search(clause)) or exploding
            if draft.noun is not None and draft.noun.phrase.startswith("initial"):
                later = False
            draft.role, draft.when = ("final_speed", "final") if later else ("initial_speed", "initial")
        elif "from_rest" in self.conditions and changes and "to_rest" not in self.conditions:
            draft.role, draft.when = "final_speed", "final"
        elif changes and "constant_speed" not in self.conditions and "circular" not in self.conditions:
            region = self._region(draft.amount.span.start)
            if region is None or not self.regions:
                draft.role, draft.when = "initial_speed", "initial"

    def _shared_by_several(self, draft: _Draft, count: str, found: list[Given]) -> None:
        """Two spheres of mass 5 kg each: both have it. Of other quantities the sum may be meant."""
        noun = self._noun_of_list(draft)
        if count not in ("two", "both") or draft.role not in ("mass", "charge", "resistance", "capacitance", "speed"):
            self.unread.append(self.text[draft.low : draft.amount.span.end + 5])
            return
        draft.of = f"{noun} 1"
        region = self._region(draft.amount.span.start)
        found.append(
            Given(
                "",
                draft.role,
                draft.amount.value,
                f"{noun} 2",
                draft.when,
                "each",
                draft.amount.span,
                part=region.part if region else None,
            )
        )

    def _in_mixtures(self) -> None:
        """Iron at 100 °C into water at 20 °C, a rod at 10 °C that is heated to 40 °C: initial temperatures."""
        plain_ones = [d for d in self.drafts if d.role == "temperature"]
        mixing = "mixing" in self.conditions and len(plain_ones) > 1
        later = any(d.role == "final_temperature" for d in self.drafts)
        if mixing or (later and len(plain_ones) == 1):
            for draft in plain_ones:
                draft.role, draft.when = "initial_temperature", "initial"

    def _warmed(self) -> None:
        """Dropped into water: bodies of two temperatures are mixed, nothing falls. A rod at 5 °C, then at 45 °C."""
        temperatures = [d for d in self.drafts if "temperature" in d.role]
        if "mixing" in self.conditions:
            self.conditions -= {"free_fall", "from_rest"} if len(temperatures) > 1 else {"mixing"}
        same = [d for d in temperatures if d.role == "temperature"]
        if any("expansion" in d.role for d in self.drafts) and len(same) == 2:
            for draft, when in zip(same, ("initial", "final"), strict=True):
                draft.role, draft.when = f"{when}_temperature", when
        sides = [d for d in self.drafts if d.role in ("voltage", "") and d.amount.dimension == VOLT]
        if "transformer" in self.conditions and len(sides) == 2:
            between = self.text[sides[0].amount.span.end : sides[1].amount.span.start]
            if re.fullmatch(r"\s*(?:in)?to\s*", between):
                sides[0].role, sides[1].role = "primary_voltage", "secondary_voltage"

    def _conversions(self) -> None:
        """1 eV = 1.60 × 10^-19 J tells how units convert, nothing of the bodies."""
        for first, second in pairwise(self.drafts):
            between = self.text[first.amount.span.end : second.amount.span.start]
            if (
                CONVERTS.fullmatch(between)
                and first.amount.number in ("1", "0")
                and second.amount.dimension == first.amount.dimension
            ):
                first.role = second.role = ""
                first.known = second.known = True

    def _states_of_gas(self, drafts: list[_Draft], asked: tuple[Asked, ...]) -> None:
        """Where the final pressure is asked, one that is given is the initial one; of two temperatures the first."""
        activity = [d for d in drafts if d.role == "activity"]
        if len(activity) == 1 and any(a.role == "activity" for a in asked):
            activity[0].role, activity[0].when = "initial_activity", "initial"
        for role in ("voltage", "charge", "current") if "discharging" in self.conditions else ():
            same = [d for d in drafts if d.role == role]
            if len(same) == 1 and any(a.role == role for a in asked):
                same[0].role, same[0].when = f"initial_{role}", "initial"
        for role in ("pressure", "volume", "temperature"):
            same = [d for d in drafts if d.role in (role, f"absolute_{role}")]
            wanted = any(a.role == f"final_{role}" for a in asked)
            gas = bool(self.conditions & {"constant_pressure", "constant_volume", "constant_temperature", "adiabatic"})
            if len(same) == 1 and wanted and gas:
                same[0].role, same[0].when = f"initial_{role}", "initial"
            if len(same) == 2 and gas and AFTERWARDS.search(self.text[same[1].sentence[0] : same[1].amount.span.start]):
                for draft, when in zip(same, ("initial", "final"), strict=True):
                    draft.role, draft.when = f"{when}_{role}", when

    def _counted(self) -> list[Given]:
        """Three 6-Ω resistors: their number is given too."""
        found: list[Given] = []
        for draft in self.drafts:
            start = draft.amount.span.start
            each = re.match(r"\s+each\b", self.text[draft.amount.span.end : draft.amount.span.end + 8])
            two = re.search(
                r"\b(?:two|both|three|four)\b[^.;?!]*$", self.text[draft.sentence[0] : start], re.IGNORECASE
            )
            if each and two:
                self._shared_by_several(draft, two.group().split()[0].lower(), found)
                continue
            before = COUNT_BEFORE.search(self.text, max(0, start - 24), start)
            after = [b for b in self.bodies.spoken if b.head_of is draft.amount and b.several]
            if before is None or not after:
                continue
            word = before.group("count").lower()
            number = NUMBER_WORDS[word]
            self.understood.append(before.span("count"))
            value = Number(str(number), Fraction(number))
            region = self._region(start)
            text = self.text[before.start("count") : after[0].end]
            found.append(
                Given(
                    "",
                    "count",
                    value,
                    after[0].noun,
                    "",
                    text,
                    Span(*before.span("count")),
                    part=region.part if region else None,
                )
            )
            if after[0].noun in ("resistor", "capacitor", "lamp", "bulb") and number >= 3:
                self.conditions |= {"three" if number == 3 else "more_than_three"}
        return found

    def _turning_before_a_change(self) -> None:
        """The same for what turns."""
        speeds = [d for d in self.drafts if d.role == "angular_speed"]
        if len(speeds) != 1:
            return
        draft = speeds[0]
        changes = any(d.role == "angular_acceleration" for d in self.drafts) or self.conditions & {
            "to_rest",
            "constant_acceleration",
        }
        if "from_rest" in self.conditions:
            draft.role, draft.when = "final_angular_speed", "final"
        elif changes:
            draft.role, draft.when = "initial_angular_speed", "initial"

    def _name_listed(self) -> None:
        """Two resistors of 4 Ω and 6 Ω: each number is of one of them."""
        run: list[_Draft] = []
        for draft in [*self.drafts, None]:
            if draft is not None and run and self._goes_on(run[-1], draft):
                if not draft.role or draft.role == default_role(draft.amount):
                    draft.role = run[-1].role
                run.append(draft)
                continue
            if len(run) > 1 and not run[0].when:
                noun = self._noun_of_list(run[0])
                for i, one in enumerate(run, 1):
                    one.of = f"{noun} {i}"
            run = [draft] if draft is not None else []

    def _goes_on(self, before: _Draft, draft: _Draft) -> bool:
        between = self.text[before.amount.span.end : draft.amount.span.start]
        return (
            bool(before.role)
            and before.amount.dimension == draft.amount.dimension
            and before.amount.angle == draft.amount.angle
            and not before.when
            and (draft.role in ("", before.role) or draft.role == default_role(draft.amount))
            and bool(LISTED.fullmatch(between))
        )

    def _noun_of_list(self, draft: _Draft) -> str:
        several = [b for b in self.bodies.spoken if b.several and draft.sentence[0] <= b.start < draft.high]
        return several[-1].noun if several else THINGS.get(draft.role, draft.role.replace("_", " "))

    def _without_repeats(self) -> list[_Draft]:
        """A number said again ("the 2.0 kg cart") is the same given."""
        seen: set[tuple[object, ...]] = set()
        found: list[_Draft] = []
        for draft in self.drafts:
            key = (draft.role, draft.of, draft.when, draft.amount.number, draft.amount.unit and draft.amount.unit.text)
            region = self._region(draft.amount.span.start)
            number, unit = draft.amount.number, draft.amount.unit and draft.amount.unit.text
            listed = [d for d in found if d.role == draft.role and d.amount.number == number]
            listed = [
                d for d in listed if (d.amount.unit and d.amount.unit.text) == unit and d.of.startswith(draft.of or "?")
            ]
            if draft.role and (key in seen or (len(listed) == 1 and region is not None)):
                self.said_again.append((draft.amount.span.start, (listed or [draft])[0].of))
                continue
            seen.add(key)
            found.append(draft)
        return found

    def _clashes(self, drafts: list[_Draft]) -> None:
        """Two values for one quantity of one body at one time: told apart by their letters, or not understood."""
        groups: dict[tuple[str, str, str | None], list[_Draft]] = {}
        for draft in drafts:
            region = self._region(draft.amount.span.start)
            if draft.role:
                groups.setdefault((draft.role, draft.when, region.part if region else None), []).append(draft)
        for group in groups.values():
            if len(group) < 2 or (len({d.of for d in group}) == len(group) and all(d.of for d in group)):
                continue
            letters = [d.symbol for d in group]
            if all(letters) and len(set(letters)) == len(letters):
                for draft in group:
                    index = re.search(r"(?:_|(?<=[A-Za-z]))\{?(\w+)\}?$", draft.symbol)
                    name = draft.of or THINGS.get(draft.role, "")
                    draft.of = f"{name} {index.group(1)}".strip() if index else (name or draft.symbol)
                continue
            for draft in group[1:]:
                start, end = draft.amount.span
                self.unread.append(self.text[max(draft.low, start - 60) : end])

    # ------------------------------------------------------------ what the problem's fields say

    def _from_fields(self, fields: tuple[tuple[str, str], ...], givens: list[Given]) -> list[Given]:
        found: list[Given] = []
        for name, written in fields[:40]:
            own = amounts(plain(written[:200]))
            if len(own) != 1 or own[0].span != (0, len(written.strip())):
                continue
            amount, letter = own[0], letter_name(name)
            same = [i for i, g in enumerate(givens) if g.value == amount.value]
            named = [i for i in same if givens[i].symbol == letter] or [i for i in same if not givens[i].symbol]
            possible = roles_of_dimension(amount.dimension, amount.angle)
            if named:
                given = givens[named[0]]
                role = given.role or self._role_of_letter(letter, possible)
                givens[named[0]] = replace(given, symbol=letter, role=role)
                continue
            if any(g.symbol == letter for g in givens):
                continue
            role = self._role_of_letter(letter, possible) or default_role(amount)
            if not role:
                self.unread.append(f"{name} = {written}")
            found.append(Given(letter, role if role in possible else "", amount.value, text=f"{name} = {written}"))
        return found

    def _role_of_letter(self, letter: str, possible: frozenset[str]) -> str:
        """What the statement calls a letter ("a mass m"), or else what usually goes by it."""
        for mention in self.mentions[:200]:
            named = LETTER_AFTER.match(self.text, mention.end)
            if named and letter_name(named.group("symbol")) == letter:
                role = next((r for r in fitting(mention.roles, self.conditions) if r in possible), "")
                if role:
                    return role
        return letter_role(letter, possible)

    def _from_unknowns(
        self, unknowns: tuple[str, ...], asked: tuple[Asked, ...], givens: list[Given]
    ) -> tuple[Asked, ...]:
        """The letters that the problem's author wants."""
        letters = [letter_name(u) for u in unknowns if len(u) <= 12]
        found = list(asked)
        if len(letters) == 1 and len(found) == 1 and not found[0].symbol:
            return (replace(found[0], symbol=letters[0]),)
        known = {g.symbol for g in givens} | {a.symbol for a in found}
        for letter in letters:
            if letter in known or any(letter in _letters_for(a.role) for a in found):
                continue
            if not found:
                every = frozenset(roles())
                role = self._role_of_letter(letter, every)
                if role:
                    found.append(Asked(role, letter))
                else:
                    self.unread.append(letter)
        return tuple(found)

    # ------------------------------------------------------------ what words alone say

    def _implied(self, givens: list[Given], asked: tuple[Asked, ...]) -> list[Given]:
        given = {g.role for g in givens}
        wanted = {a.role for a in asked}
        turning = any("angular" in role for role in given | wanted)
        unit = read_unit("rad/s" if turning else "m/s")
        if unit is None:
            return []
        nought = Quantity(Number("0", Fraction(0)), unit)
        found: list[Given] = []
        initial, final = (
            ("initial_angular_speed", "final_angular_speed") if turning else ("initial_speed", "final_speed")
        )
        stages = (("from_rest", initial, "initial"), ("to_rest", final, "final"))
        if self.conditions & (_MEETING - {"rebound"}):
            return self._at_rest_before(givens, nought)
        for condition, role, when in stages:
            if condition in self.conditions and role not in given | wanted:
                place = next((p for p in self.condition_places if condition in p.ids), None)
                if place is None:
                    continue
                region = self._region(place.start)
                span = Span(place.start, place.end)
                found.append(
                    Given(
                        "",
                        role,
                        nought,
                        "",
                        when,
                        place.phrase,
                        span,
                        implied=True,
                        part=region.part if region else None,
                    )
                )
        if "thrown_up" in self.conditions and final not in given | wanted:
            place = next((p for p in self.condition_places if "highest_point" in p.ids), None)
            roles_asked = {"max_height", "time_to_top", "initial_speed", "height"}
            if place is not None and wanted & roles_asked:
                found.append(
                    Given(
                        "",
                        final,
                        nought,
                        "",
                        "final",
                        place.phrase,
                        Span(place.start, place.end),
                        implied=True,
                        part=self._part_at(place.start),
                    )
                )
        return found

    def _at_rest_before(self, givens: list[Given], nought: Quantity) -> list[Given]:
        """Hits a stationary 1 kg cart, hits a cart at rest: that cart's initial speed is 0."""
        found: list[Given] = []
        for match in RESTING.finditer(self.text):
            region = self._region(match.start())
            after = [b for b in self.bodies.spoken if match.end() <= b.start <= match.end() + 30]
            before = [
                b
                for b in self.bodies.spoken
                if b.end <= match.start() and not SENTENCE_STOP.search(self.text, b.end, match.start())
            ]
            word = match.group().lower()
            body = (
                (after[0] if after else None)
                if word.startswith(("stationary", "resting", "a parked", "parked"))
                else (before[-1] if before else None)
            )
            body = body or (before[-1] if before else None)
            if body is None or body.who is None:
                continue
            name = self.bodies.name(body.who)
            if any(g.of == name and g.role == "initial_speed" for g in (*givens, *found)):
                continue
            found.append(
                Given(
                    "",
                    "initial_speed",
                    nought,
                    name,
                    "initial",
                    match.group(),
                    Span(*match.span()),
                    implied=True,
                    part=region.part if region else None,
                )
            )
        return found

    def _turns(self, givens: list[Given], asked: tuple[Asked, ...]) -> None:
        """Words that change a problem and that nothing above has understood."""
        for match in EACH_TIME.finditer(self.text):
            inside = any(a.span.start <= match.start() < a.span.end for a in self.amounts)
            before = self.text[: match.start()].split()[-1:]
            if (
                match.group().lower().startswith("per")
                and before
                and read_unit(before[0].lower().rstrip("s")) is not None
            ):
                continue  # in metres per second
            given = any(g.role in ("time", "period") for g in givens)
            unit = read_unit(match.group("unit").lower())
            if inside or given or unit is None or not asked:
                if not inside:
                    self.unread.append(self.text[max(0, match.start() - 30) : match.end() + 20])
                continue
            region = self._region(match.start())
            one = Quantity(Number("1", Fraction(1)), unit)
            givens.append(
                Given(
                    "",
                    "time",
                    one,
                    "",
                    "",
                    match.group(),
                    Span(*match.span()),
                    implied=True,
                    part=region.part if region else None,
                )
            )
        for match in ORDER_WORDS.finditer(self.text):
            if "grating" in self.conditions or "double_slit" in self.conditions or "single_slit" in self.conditions:
                number = ORDERS[match.group("order").lower()]
                self.understood.append(match.span())
                givens.append(
                    Given(
                        "",
                        "order",
                        Number(str(number), Fraction(number)),
                        "",
                        "",
                        match.group(),
                        Span(*match.span()),
                        implied=True,
                    )
                )
                break
        covered = [(m.start, m.end) for m in self.mentions if m.start in self.taken or len(m.phrase.split()) > 1]
        covered += [(c.start, c.end) for c in self.condition_places if " " in c.phrase]
        covered += [(a.span.start, a.span.end) for a in self.amounts] + self.understood
        for match in TURNS.finditer(self.text):
            word = " ".join(match.group().lower().split())
            if word == "average" and self.text[: match.start()].endswith("on "):
                continue
            if word in HARMLESS or any(start <= match.start() and match.end() <= end for start, end in covered):
                continue
            self.unread.append(self.text[max(0, match.start() - 30) : match.end() + 30])

    def _physical(self, asked: tuple[Asked, ...]) -> bool:
        """Whether it is physics: a unit that only physics has, its words beside a number with a unit, a fall."""
        if any(is_physical(a) for a in self.amounts):
            return True
        words = {m.group().lower() for m in PHYSICS_WORDS.finditer(self.text)}
        measured = any(a.unit is not None or a.angle for a in self.amounts)
        if len(words) >= (1 if measured else 2):
            return True
        falls = measured and "free_fall" in self.conditions and "=" not in self.text
        mixes = measured and "mixing" in self.conditions
        wanted = {a.role for a in asked}
        return bool((falls and wanted & OF_A_FALL) or (mixes and wanted & OF_A_MIXTURE))

    # ------------------------------------------------------------ questions

    def _asked(self, given: frozenset[str]) -> tuple[Asked, ...]:
        found: list[Asked] = []
        for question in questions(self.text, self.sentences[:MAX_SENTENCES], self.mentions, frozenset(self.taken)):
            region = self._region(question.end - 1)
            part = region.part if region is not None else question.part
            candidates = fitting(question.roles, self.conditions)
            if question.answer_unit:
                for i, one in enumerate(found):
                    if (
                        one.unit is None
                        and question.unit is not None
                        and roles()[one.role].dimension == measure(question.unit).dimension
                    ):
                        found[i] = replace(one, unit=question.unit)
                continue
            if not candidates and not question.symbol:
                self.unread.append(question.text)
                continue
            symbol = letter_name(question.symbol)
            role = candidates[0] if candidates else self._role_of_letter(symbol, frozenset(roles()))
            role, when = refine_asked(role, question.text, self.conditions, given)
            if role not in roles():
                self.unread.append(question.text)
                continue
            unit = question.unit
            if unit is not None and measure(unit).dimension != roles()[role].dimension:
                self.unread.append(question.text)
            who = self.bodies.asked_of(self.text, question.end, self._sentence_of(question.start)[1])
            of = self.bodies.name(who) if who is not None else ""
            sentence = self._sentence_of(question.start)
            of = next((name for at, name in self.said_again if question.end <= at < sentence[1]), of)
            if not any((a.role, a.of, a.part, a.when) == (role, of, part, when) for a in found):
                found.append(Asked(role, symbol, unit, of, when, question.text, part))
        return tuple(found)


def _letters_for(role: str) -> tuple[str, ...]:
    kind = roles().get(role)
    return kind.symbols if kind is not None else ()


def _sentences(text: str, regions: list[_Region]) -> tuple[tuple[int, int], ...]:
    """Where the sentences begin and end; a part's label begins one."""
    found, at = [], 0
    ends = [(m.start(), m.end()) for m in _SENTENCE_END.finditer(text)]
    ends += [(r.start, r.start) for r in regions if r.start]
    for start, end in sorted(ends):
        if start > at and text[at:start].strip():
            found.append((at, start))
        at = max(at, end)
    if text[at:].strip():
        found.append((at, len(text)))
    return tuple(found)
