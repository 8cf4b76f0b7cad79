"""The bodies of a statement: which cart a mass belongs to, and which is meant by "the second cart"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tutor.laws.amounts import Amount
from tutor.regex import regex

_NOUNS = """
    cart car block box crate ball truck train skier sled sledge person man woman boy girl child student skater
    player football baseball bullet rocket satellite planet bike bicycle cyclist runner stone rock book airplane
    plane jet aircraft bus lorry van elevator lift spring pendulum string rope wire rod beam ladder wheel disk
    disc cylinder sphere hoop pulley charge particle electron proton neutron nucleus atom molecule ion photon
    resistor capacitor inductor battery cell bulb lamp heater motor generator coil solenoid gas water ice steam
    oil copper aluminium aluminum iron lead mercury air helium oxygen nitrogen glycerin milk coffee tea brass
    steel balloon lens mirror object body image source siren ambulance observer star moon earth sun asteroid
    spacecraft spaceship astronaut boat ship submarine raft canoe log iceberg piston tube pipe puck projectile
    arrow golfer jumper diver parachutist worker toboggan glider trolley wagon carriage mass weight load package
    parcel suitcase trunk barrel bucket bag piano desk table chair fridge kettle pot pan bowl cup calorimeter
    metal slope ramp incline hill cliff building tower bridge flywheel turntable carousel slug locomotive
    motorcycle motorbike scooter tractor horse dog cat bird cheetah kangaroo frog plate conductor lamppost
    loudspeaker speaker fork dart meteor comet probe shuttle catapult hammer nail seesaw board plank door bar
    skydiver climber swimmer bowling-ball cannonball shell fragment loop slit grating film window wall gymnast
    pole-vaulter vehicle shelf rifle gun cannon
"""
_PLURALS = {
    "batteries": "battery", "masses": "mass", "boxes": "box", "buses": "bus", "lenses": "lens", "nuclei": "nucleus",
    "men": "man", "women": "woman", "children": "child", "lorries": "lorry", "bodies": "body",
}  # fmt: skip
NOUNS = frozenset(_NOUNS.split())
# What carries no motion of its own in a school problem, so that "it" is something else.
_SCENERY = frozenset(
    "slope ramp incline hill cliff building tower bridge table wall window string rope spring door plank shelf "
    "air".split()
)
# Nouns that name a quantity as well: only after an article or with a number before them are they bodies.
_QUANTITIES = frozenset(
    {"mass", "weight", "charge", "lift", "load", "lead", "film", "source", "image", "body", "coffee"}
)

_BODY = regex(
    rf"(?<![\w])(?P<noun>{'|'.join(sorted(NOUNS | set(_PLURALS), key=lambda w: (-len(w), w)))})"
    r"(?P<plural>s|es)?(?P<own>'s?)?(?:\s+(?P<label>[A-Z]|[1-9])(?![\w.°'-]|\s*=|\s+(?:m|kg|s)\b))?(?![\w])(?!-[a-z])",
    re.IGNORECASE,
)
_STOP = (
    r"(?!(?:of|at|in|on|by|to|from|with|and|or|is|are|was|the|a|an|if|for|into|onto|against|moving|travell?ing|"
    r"when|which|that|it|its|"
    r"hits?|strikes?|hangs?|over|under|per|after|before|has|have|above|below|collides|as|than|resting|running|"
    r"rolling|sliding|down|up)\b)"
)
_DETERMINER = regex(
    rf"\b(?P<det>a second|the second|the first|the other|the third|a third|one|an|another|a|the|its|his|her|this|"
    rf"two|three|four|"
    rf"second|first|third|other|each|both|these|those|identical)\s+(?:(?P<adj>{_STOP}[a-z][a-z-]*)\s+){{0,2}}$",
    re.IGNORECASE,
)
_ADJECTIVES = regex(rf"[\s-]*(?:{_STOP}[a-z][a-z-]*\s+){{0,2}}(?:of\s+)?", re.IGNORECASE)
_ARTICLE = regex(r"\b(?P<det>a second|the second|another|a|an|the|second|other|each|the other)\s+$", re.IGNORECASE)


@dataclass(slots=True)
class Individual:
    """One body. number: which of its noun, from 1. label: "A" where the statement gives it one."""

    noun: str
    number: int
    label: str = ""
    amount: str = ""  # the number that stands before its noun, "the 2.0 kg cart"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A body at its place. who: None where it is not known which; several: "two carts". head_of: the
    number before it, "the 2 kg cart".
    """

    start: int
    end: int
    noun: str
    who: Individual | None
    several: bool = False
    head_of: Amount | None = None


@dataclass(slots=True)
class Bodies:
    """The bodies of a statement."""

    spoken: list[Spoken] = field(default_factory=list)
    known: dict[str, list[Individual]] = field(default_factory=dict)

    def name(self, who: Individual) -> str:
        """Cart, or cart 2 where there are several."""
        if who.label:
            return f"{who.noun} {who.label}"
        return f"{who.noun} {who.number}" if len(self.known[who.noun]) > 1 else who.noun

    def of_amount(
        self, amount: Amount, text: str, noun: tuple[int, int] | None, sentence: tuple[int, int]
    ) -> Individual | None:
        """Whose a number is: of the noun right after it, of the noun that has it, or of what was spoken of last.

        noun: place of the word for the quantity, "mass" in "the mass of the mower is 240 kg".
        """
        start = amount.span.start
        for body in self.spoken:
            if body.start >= amount.span.end and re.fullmatch(
                r"\s+for\s+(?:the\s+)?", text[amount.span.end : body.start]
            ):
                return body.who
            if body.head_of is amount:
                return body.who
        if noun is not None and noun[1] <= start:
            for body in self.spoken:
                if noun[1] <= body.start and body.end <= start and not body.several:
                    return body.who
        touching = [
            b for b in self.spoken if b.end <= start and re.fullmatch(r"\s+(?:is\s+|are\s+)?", text[b.end : start])
        ]
        if touching:
            return touching[-1].who
        here = [b for b in self.spoken if sentence[0] <= b.start and b.end <= start and b.noun not in _SCENERY]
        if here:
            return None if here[-1].several else here[-1].who
        past = [b for b in self.spoken if b.end <= sentence[0] and b.noun not in _SCENERY]
        people = {id(b.who) for b in past}
        return past[-1].who if len(people) == 1 else None

    def asked_of(self, text: str, start: int, end: int) -> Individual | None:
        """Whose quantity is asked for: "the speed of the second cart"."""
        for body in self.spoken:
            if start <= body.start < end and re.fullmatch(
                r"[^.;:?!]{0,40}?\b(?:of|does|is|do|will|did|must|should|can|on|by|has|have|for|in)\s+(?:(?:the|a|"
                r"an|each|this|"
                r"its)\s+)?(?:[\w.-]+\s+){0,3}",
                text[start : body.start],
            ):
                return body.who
        return None


def bodies_of(text: str, amounts: Sequence[Amount]) -> Bodies:
    """The bodies that a statement speaks of, left to right."""
    found = Bodies()
    at = 0
    matches = list(_BODY.finditer(text))
    others = {m.group("noun").lower() for m in _HAVING.finditer(text)} - NOUNS - _NOT_BODIES
    if others:
        pattern = (
            rf"(?<![\w])(?P<noun>{'|'.join(sorted(map(re.escape, others)))})(?P<plural>s)?(?P<label>(?!))?(?![\w-])"
        )
        matches = sorted([*matches, *re.finditer(pattern, text, re.IGNORECASE)], key=lambda m: m.start())
    for match in matches:
        word = match.group("noun").lower()
        noun = _PLURALS.get(word, word)
        while at < len(amounts) and amounts[at].span.end <= match.start():
            at += 1
        before = (
            amounts[at - 1] if at and _ADJECTIVES.fullmatch(text, amounts[at - 1].span.end, match.start()) else None
        )
        if before is not None and (before.bare or before.percent):
            before = None
        low = max(0, match.start() - 40)
        determiner = (
            _DETERMINER.search(text[low : match.start()])
            if before is None
            else _ARTICLE.search(text[: before.span.start][-14:])
        )
        word_before = " ".join(determiner.group("det").lower().split()) if determiner else ""
        if (
            noun in _QUANTITIES
            and before is None
            and (not word_before or _NAMES_QUANTITY.match(text, match.end("noun")))
        ):
            continue
        if noun in _QUANTITIES and before is None and word_before == "its":
            continue
        if (
            found.spoken
            and text[found.spoken[-1].end : match.start()] == " "
            and not found.spoken[-1].several
            and before is None
        ):
            material = found.spoken.pop()  # a steel bolt is one body
        else:
            material = None
        plural = match.group("plural") is not None or (word in _PLURALS and word.endswith(("s", "n", "i")))
        who = _who(found, noun, word_before, match.group("label") or "", before, plural)
        if material is not None and who is not None:
            found.known[material.noun] = [who]
        found.spoken.append(Spoken(match.start(), match.end(), noun, who, several=plural, head_of=before))
    return found


_HAVING = regex(
    r"\b(?:a|an|the|another|second|first|one|"
    r"other)\s+(?:[a-z-]+\s+){0,1}?(?P<noun>[a-z]{3,20})(?:\s+of\s+[a-z]+)?\s+(?:of|with|has|having|"
    r"whose)\s+(?:an?\s+|its\s+)?"
    r"(?:total\s+)?(?:mass|charge|\d[\d.]*\s*kg(?!\s*[/·]))\b",
    re.IGNORECASE,
)
_NOT_BODIES = frozenset(
    "density weight speed velocity force height length radius distance one other second first value magnitude "
    "total with that this and has".split()
)
_NAMES_QUANTITY = regex(r"\s+(?:of\b|is\b|distance\b|[a-zA-Z]\b|=)|\s*=")


def _who(
    found: Bodies, noun: str, determiner: str, label: str, before: Amount | None, plural: bool
) -> Individual | None:
    all_known = found.known.setdefault(noun, [])
    fresh = determiner in ("a", "an", "another", "a second", "second")
    if label:
        return next((who for who in all_known if who.label == label), None) or _new(all_known, noun, label=label)
    if plural:
        return None
    number = f"{before.number} {before.unit.text if before.unit else ''}" if before is not None else ""
    if number and not fresh:
        same = [who for who in all_known if who.amount == number]
        return same[0] if len(same) == 1 else None if same else _new(all_known, noun, amount=number)
    if "second" in determiner or "other" in determiner:
        if not all_known:
            _new(all_known, noun)
        if len(all_known) >= 2 and determiner != "another":
            return all_known[1] if "second" in determiner or len(all_known) == 2 else None
        return _new(all_known, noun, amount=number)
    if "third" in determiner:
        while len(all_known) < 3:
            _new(all_known, noun)
        return all_known[2]
    if "first" in determiner:
        return all_known[0] if all_known else _new(all_known, noun)
    if fresh or not all_known:
        return _new(all_known, noun, amount=number)
    return all_known[-1] if len(all_known) == 1 else None


def _new(all_known: list[Individual], noun: str, label: str = "", amount: str = "") -> Individual:
    who = Individual(noun, len(all_known) + 1, label, amount)
    all_known.append(who)
    return who
