"""What a statement asks for: "find the speed at the bottom", "how far does it travel", "what is its mass in grams"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tutor.bridge.units import measure
from tutor.laws.amounts import read_unit, unit_named_in
from tutor.laws.phrases import DEFAULTS, LETTER, Mention
from tutor.regex import regex
from tutor.syntax.tree import Unit


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked. place: of the words that ask it. roles: () where they were not understood."""

    start: int
    end: int
    roles: tuple[str, ...]
    symbol: str = ""
    unit: Unit | None = None
    text: str = ""
    part: str | None = None
    answer_unit: bool = False  # "Give your answer in km/h": of what was asked before


MAX_SENTENCE = 1_200
MAX_ASKS = 12

_ANSWER_IN = regex(
    r"\b(?:give|express|state|write|report|round)\s+(?:your\s+|the\s+|each\s+|all\s+)?(?:final\s+)?(?:answers?|"
    r"results?|it|this|value)\b|\(?\s*units?\s*:|answers? in\b",
    re.IGNORECASE,
)
_ASKS = regex(
    r"\b(?:find|calculate|determine|compute|work out|estimate|evaluate|obtain|deduce|predict|give|state|solve for|"
    r"what(?:'s|\s+(?:is|was|are|were|will|would|must|should|can|could)(?:\s+(?:be|it be))?)?|which|how)\b",
    re.IGNORECASE,
)
_OTHER_ASKS = regex(
    r"\b(?:explain|describe|discuss|compare|sketch|draw (?:a|the|an)|plot|show that|prove|derive|why|identify|"
    r"list|name the|true or false|"
    r"which of|express)\b",
    re.IGNORECASE,
)
# Up to the noun: "the magnitude of the", "its", "the ball's", "the resulting".
_TO_NOUN = regex(
    r"\s*(?:(?:both|first)\s+)?(?:\([a-h]\)\s*)?(?:(?:the|a|an|its|his|her|their|your|this|each|one|[\w-]+'s|"
    r"[\w-]+s')\s+)*"
    r"(?:(?:magnitude|size|value|amount|numerical value)s?\s+(?:and direction\s+)?(?:of\s+)?(?:(?:the|its|his|her|"
    r"their|this|each|[\w-]+'s)\s+)*)?"
    r"(?:(?:resulting|approximate|new|constant|exact|required|horizontal|corresponding|expected|object's|total|linear|"
    r"fundamental|actual|common|same|extra|uniform|necessary|original|gravitational|translational|rotational|"
    r"instantaneous|electrical|mechanical)\s+)*",
    re.IGNORECASE,
)
_HARD = regex(
    r"\b(?:ratio|percentage|per cent|percent|fraction|difference|uncertainty|minimum|maximum|least|greatest|"
    r"smallest|largest|"
    r"relative|graph|function of|terms of|change|direction|component|sign)\b",
    re.IGNORECASE,
)
_AND_MORE = regex(
    r"(?:\s+(?:of|for|in|on|at|through|across|between|acting on)\s+(?:(?!if\b|when\b|that\b|which\b|"
    r"and\b)[\w'.-]+\s*){1,7}?)?\s*(?:,\s*and|,|;|\band|\bor)\s+"
    r"(?:\([a-h]\)\s*)?(?:(?:the|its|his|her|their)\s+)(?:(?:magnitude of the|resulting)\s+)?",
    re.IGNORECASE,
)
_PART = regex(r"(?<!\w)\(?(?P<id>[a-h])\)\s*", re.IGNORECASE)

# how …: the words after "how" and the roles they ask for.
_HOW: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (regex(rf"how\s+(?:{text})\b", re.IGNORECASE), roles)
    for text, roles in (
        (r"fast|quickly", ("speed",)),
        (r"much time", ("time",)),
        (r"far (?:downstream|upstream)", ()),
        (r"far apart", ("separation",)),
        (r"far (?:below|under)", ("depth",)),
        (r"far from the base|far horizontally", ("range",)),
        (r"far does (?:it|he|she|the \w+) fall", ("height",)),
        (r"far (?:is|does) the spring|far will the spring|much (?:does|will|is) the spring", ("extension",)),
        (r"far|much distance|long a distance", ("distance",)),
        (r"high above|high|tall", ("height",)),
        (r"deep", ("depth",)),
        (r"wide", ("width",)),
        (r"thick", ("thickness",)),
        (r"heavy", ("weight_or_mass",)),
        (r"hot|cold|warm", ("temperature",)),
        (r"strong a magnetic field", ("magnetic_field",)),
        (r"long (?:is|was|are) the (?:\w+ )?(?:rope|string|wire|rod|pipe|tube|ramp|pendulum|slope|track|runway|"
         r"board|beam|ladder|cable|air column|spring|bridge|train|column)", ("length",)),
        (r"long (?:must|should|would|can|could) (?:the|a|an) (?:\w+ )?(?:rope|string|wire|rod|pipe|tube|ramp|"
         r"pendulum|slope|track|runway|board|beam|ladder|cable|air column|spring)", ("length",)),
        (r"long (?:does|did|do|will|would|can|could|after|before|until|till|has|have|must|should|is (?:it|he|she|the "
         r"[\\w-]+) (?:in|moving|accelerating|on)|was (?:it|he|she)|into)", ("time",)),
        (r"many (?:seconds|minutes|hours|days|years)", ("time",)),
        (r"many met(?:er|re)s", ("distance",)),
        (r"many joules", ("energy",)),
        (r"many (?:of the (?:\w+ )?)?(?:nuclei|atoms|radioactive atoms)", ("nuclei",)),
        (r"much (?:does|will|would) .{1,40}?(?:expand|lengthen|grow|elongate)", ("length_change",)),
        (r"many moles", ("amount",)),
        (r"many turns", ("turns",)),
        (r"many molecules", ("molecule_count",)),
        (r"many kilograms", ("mass",)),
        (r"many volts", ("voltage",)),
        (r"many newtons", ("force",)),
        (r"efficient", ("efficiency",)),
        (r"much (?:\w+ )?(?:does|would|will) (?:it|he|she|the [\w-]+|an? [\w-]+) weigh", ("weight",)),
        (r"much does .{1,30}(?:stretch|extend|compress)", ("extension",)),
    )
)  # fmt: skip
_HOW_MANY = regex(
    r"how\s+many\s+(?P<unit>(?:cubic |square )?[a-z]+(?:[- ]hours?)?(?: per "
    r"second)?)\b(?:\s+of\s+(?:the\s+)?(?P<of>(?=\w)))?",
    re.IGNORECASE,
)
_HOW_MUCH = regex(
    r"how\s+(?:long|much|great|large|big|strong|many)\s+(?:(?:is|was|are)\s+)?(?:(?:of\s+)?(?:a|an|the|its|his|"
    r"her|their|total|whole|other)\s+)*",
    re.IGNORECASE,
)
_IT_IN = regex(r"\s+(?:it|this|that)(?=\s+in\s)", re.IGNORECASE)  # "What is it in electronvolts?"
_SYMBOL = regex(rf"\s+(?:the\s+)?(?P<symbol>{LETTER})(?=\s*(?:[.,?;)]|$|in\b|if\b|when\b|and\b|for\b))")


def questions(
    text: str, sentences: Sequence[tuple[int, int]], found: Sequence[Mention], taken: frozenset[int]
) -> Iterator[Question]:
    """The questions of a statement in order. taken: starts of mentions that name a number given."""
    part: str | None = None
    before: Question | None = None
    for start, end in sentences:
        asked_here: list[Question] = []
        until = start
        answer = _ANSWER_IN.search(text, start, end)
        if answer:
            yield Question(
                answer.start(),
                end,
                (),
                unit=unit_named_in(text, answer.start(), end),
                text=text[start:end].strip(),
                part=part,
                answer_unit=True,
            )
            if not text[start : answer.start()].strip(" ("):
                continue
            end = answer.start()
        here = [m for m in found if start <= m.start < end]
        for tried, ask in enumerate(_ASKS.finditer(text, start, min(end, start + MAX_SENTENCE))):
            if tried > MAX_ASKS or len(asked_here) > MAX_ASKS:
                break
            if ask.start() < until or not _asks(text, ask, start, end):
                continue
            part = _part_before(text, start, ask.start()) or part
            for question in _read(text, ask, end, here, taken, part):
                again = _IT_IN.match(text, ask.end(), end)
                if again is not None and not question.roles and before is not None:
                    unit = unit_named_in(text, again.end(), end)
                    said = f"{before.text} {question.text}"
                    question = replace(question, roles=before.roles, symbol=before.symbol, unit=unit, text=said)
                before = question
                asked_here.append(question)
                part = question.part
                until = max(until, question.end)
            until = max(until, ask.end())
        label = _PART.match(text, start, end)
        if not label and not asked_here and text[start:end].rstrip().endswith("?"):
            mention = next((m for m in here if m.start not in taken and _TO_NOUN.fullmatch(text, start, m.start)), None)
            if mention:  # "Kinetic energy?"
                asked_here.append(_question(text, start, mention, end, part))
        if label and not asked_here:
            part = label.group("id").lower()
            mention = next(
                (m for m in here if m.start not in taken and _TO_NOUN.fullmatch(text, label.end(), m.start)), None
            )
            if mention:
                asked_here.append(_question(text, label.end(), mention, end, part))
        yield from asked_here
        if (
            not asked_here and (text[start:end].rstrip().endswith("?") or _OTHER_ASKS.search(text, start, end))
        ) or _OTHER_ASKS.search(text, start, end):
            yield Question(start, end, (), text=text[start:end].strip(), part=part)


def _asks(text: str, ask: re.Match[str], start: int, end: int) -> bool:
    """Find asks at the head of a clause; what, which and how where the sentence is a question or a command."""
    word = ask.group().lower()
    before = text[max(start, ask.start() - 200) : ask.start()]
    if word.startswith(("what", "how", "which")):
        question = text[start:end].rstrip().endswith("?")
        if word.startswith("which"):
            return question and not re.search(r"\b(?:in|at|to|from|of|for|by|with|during)\s+$|\w\s*$|,\s*$", before)
        return question or bool(_ASKS.search(before)) or not before.strip()
    head = re.sub(
        r"(?:\([a-h]\)|\d+[.)]|then|also|and|now|please|hence|to|,|;|:|use .{1,80}|by .{1,60}|first|next|from "
        r".{1,60}|assum\w+ .{1,60}|neglect\w* .{1,60}|ignor\w* .{1,60}|if .{1,120},|for .{1,80},|given .{1,200},|"
        r"when .{1,120},|taking .{1,80},|in .{1,60},|using .{1,80},)\s*",
        "",
        before,
        flags=re.IGNORECASE,
    )
    return not head.strip() or bool(re.search(r"(?:[,;:)]|\band|\bthen|\bto)\s*$", before))


def _part_before(text: str, start: int, end: int) -> str | None:
    labels = list(_PART.finditer(text, start, end))
    return labels[-1].group("id").lower() if labels else None


def _read(
    text: str, ask: re.Match[str], end: int, here: Sequence[Mention], taken: frozenset[int], part: str | None
) -> Iterator[Question]:
    word = ask.group().lower()
    if word == "how":
        many = _HOW_MANY.match(text, ask.start(), end)
        wanted = read_unit(many.group("unit")) if many else None
        if many and wanted is not None and measure(wanted).dimension:
            of = next((m for m in here if many.group("of") and m.start == many.end() and m.start not in taken), None)
            roles = (
                of.roles
                if of is not None
                else ((default,) if (default := DEFAULTS.get(measure(wanted).dimension, "")) else ())
            )
            if measure(wanted).dimension == (("s", 1),):
                roles = ("time",)
            if measure(wanted).dimension == (("m", 1),) and of is None:
                rest = text[many.end() : end]
                moved = re.match(
                    r"\s+(?:does|did|will|has|do|can|would)\b[^,;]*?\b(?:travel|go|move|cover|run|drive|fly|walk|"
                    r"slide|roll)",
                    rest,
                )
                roles = ("distance",) if moved else ("length_change",) if re.match(r"\s+\w+ \w+ longer", rest) else ()
            yield Question(
                ask.start(), of.end if of else many.end(), roles, "", wanted, text[ask.start() : end].strip(), part
            )
            return
        for pattern, roles in _HOW:
            match = pattern.match(text, ask.start(), end)
            if match:
                yield Question(
                    ask.start(),
                    match.end(),
                    roles,
                    "",
                    unit_named_in(text, match.end(), end),
                    text[ask.start() : end].strip(),
                    part,
                )
                return
        much = _HOW_MUCH.match(text, ask.start(), end)
        mention = next((m for m in here if much and m.start == much.end() and m.start not in taken), None)
        if mention:
            yield _question(text, ask.start(), mention, end, part)
        else:
            yield Question(ask.start(), ask.end(), (), text=text[ask.start() : end].strip(), part=part)
        return
    at = ask.end()
    first = True
    for mention in here:
        if mention.start < at or mention.start in taken:
            continue
        if mention.start > at + 160:
            break
        gap = _TO_NOUN if first else _AND_MORE
        if not gap.fullmatch(text, at, mention.start):
            if first:
                break
            continue
        label = _part_before(text, at, mention.start)
        part = label or part
        question = _question(text, ask.start(), mention, end, part)
        yield question
        first = False
        at = mention.end
    if not first:
        return
    symbol = _SYMBOL.match(text, ask.end(), end)
    if symbol and re.fullmatch(r"[a-h]\)", text[symbol.start("symbol") : symbol.end("symbol") + 1]):
        symbol = None
    if symbol and not (symbol.group("symbol") in ("a", "A", "I") and word.startswith("w")):
        yield Question(
            ask.start(),
            symbol.end(),
            (),
            symbol.group("symbol"),
            unit_named_in(text, symbol.end(), end),
            text[ask.start() : end].strip(),
            part,
        )
        return
    if text[ask.end() : end].strip(" :,;-"):
        yield Question(ask.start(), ask.end(), (), text=text[ask.start() : end].strip(), part=part)


_GOES_ON = regex(
    r"[\s-]+(?:level|uncertainty|constant|ratio|limit|gradient|density|difference|change|loss|factor|coefficient|"
    r"rate|per|change[sd]?|"
    r"as a function|distribution|spectrum|vector|lost|gained|dissipated|components?)\b",
    re.IGNORECASE,
)


def _question(text: str, start: int, mention: Mention, end: int, part: str | None) -> Question:
    """The question that a noun asks; none that is understood where the noun is only part of a longer one."""
    if _GOES_ON.match(text, mention.end, end):
        return Question(start, mention.end, (), text=text[start:end].strip(), part=part)
    symbol = regex(rf"\s*,?\s*(?P<symbol>{LETTER})(?=\s*(?:[,.?;]|of\b|$))").match(text, mention.end, end)
    letter = symbol.group("symbol") if symbol and symbol.group("symbol") not in ("a", "A") else ""
    return Question(
        start, mention.end, mention.roles, letter, unit_named_in(text, mention.end, end), text[start:end].strip(), part
    )
