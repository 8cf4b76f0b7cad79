"""A word problem to what it gives, what it asks, and the relations that it says in words, by rules.

"Tom has twice as many marbles as Ana" relates two amounts, which get letters: `t = 2*a`. A number that stands in such
a comparison is no given; every other number is one, with what is counted and whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tutor.errors import NotReadable, TooLarge
from tutor.regex import regex
from tutor.slm.jobs import GivenValue, Origin, ProblemReply
from tutor.slm.tokens import tokenize

MAX_STATEMENT = 2_000  # characters
BY_RULES = Origin("rules", "phrases of word problems")


@dataclass(slots=True)
class WordProblem:
    """What was read; `letters` says what each letter of the relations stands for."""

    givens: list[GivenValue] = field(default_factory=list)
    unknown: str = ""
    relations: list[str] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)


def reply_to(statement: str, origin: Origin = BY_RULES) -> ProblemReply:
    """The reading of a statement as the answer of a model."""
    read = read_word_problem(statement)
    if not read.givens and not read.relations:
        return ProblemReply(origin=origin, fault="No quantity was found in this statement.")
    letters = tuple(read.letters.items())
    return ProblemReply(tuple(read.givens), read.unknown, tuple(read.relations), letters, origin=origin)


def read_word_problem(statement: str) -> WordProblem:
    """What a statement gives, asks and relates; of one that is too long to be one, nothing."""
    reading = _Reading()
    if len(statement) <= MAX_STATEMENT:
        for sentence in _SENTENCES.split(" ".join(statement.split())):
            reading.take(_in_figures(sentence.strip().rstrip(".")))
    return reading.problem


# Clauses with a verb of their own are as good as sentences.
_SENTENCES = regex(
    r"(?<=[.?!])\s+(?=[A-Z(])|;\s|,\s(?:and|but|while)\s(?!\S*\d)|,\s(?=[A-Z][a-z]+ (?:has|had|is|was)\b)"
    r"|\s+and\s+(?=(?:twice|half|double|\S+ times|\S+ thirds|\S+ quarters|\S+ fifths)\s+as\b)"
)


def _in_figures(sentence: str) -> str:
    """The sentence with its number words in figures; "one" stays, which is seldom a number of its own."""
    try:
        tokens = tokenize(sentence)
    except (NotReadable, TooLarge):
        return sentence
    for token in reversed(tokens):
        if token.kind == "number" and token.text[0].isalpha() and token.copy != "1":
            sentence = sentence[: token.start] + token.copy + sentence[token.end :]
    return sentence


# ---------------------------------------------------------------- patterns

_NUMBER = r"[$€]?(?<![\d,.])\d[\d,]{0,20}(?:\.\d{1,12})?(?:/\d{1,6})?"
_UNIT = (
    r"(?:\s(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|km|cm|mm|m|kg|g|l|litres?|metres?|meters?|dollars?"
    r"|cents?))?"
)
_FACTORS = {"twice": "2", "double": "2", "triple": "3", "thrice": "3", "half": "1/2"}
_FACTOR = rf"(?:{'|'.join(_FACTORS)}|{_NUMBER} times|\d+/\d+)"
_MORE = "more|older|longer|taller|heavier|higher|larger|bigger|greater|wider|deeper|faster|dearer|further|farther"
_LESS = "fewer|less|younger|shorter|smaller|lighter|cheaper|lower|slower|narrower|nearer"
_AS = r"(?:as|so)\s+(?P<how>many|much|\w+)"

# X has twice as many marbles as Y
_TIMES = regex(
    rf"(?P<subject>.*?)\s*\b(?P<factor>{_FACTOR})\s+{_AS}(?P<noun>(?:\s(?!as\b)[\w-]+){{0,3}}?)\s+as\s+(?P<other>.+)",
    re.IGNORECASE,
)
# and half as many on Tuesday; and two thirds as many boys
_TIMES_ALONE = regex(
    rf"(?P<subject>.*?)\s*\b(?P<factor>{_FACTOR})\s+{_AS}\s+(?:on|in|at|for)?\s*(?P<own>[\w -]+)", re.IGNORECASE
)
# X is 4 times the other; X is double that distance
_TIMES_OF = regex(
    rf"(?P<subject>.*?)\s*\b(?P<factor>{_FACTOR})\s+(?P<other>(?:the|that|his|her|its|their)\b.*)", re.IGNORECASE
)
# X is 3 years older than (twice) Y; X has 5 fewer stickers than Y
_DIFFERENCE = regex(
    rf"(?P<subject>.*?)\s*(?<![\w$€.,])(?P<by>{_NUMBER}){_UNIT}\s+(?P<way>{_MORE}|{_LESS})\b"
    rf"(?P<noun>(?:\s(?!than\b)[\w-]+){{0,3}}?)\s+than\s+(?:(?P<factor>{_FACTOR})\s+)?(?P<other>.+)",
    re.IGNORECASE,
)
_BY_PER_CENT = regex(
    r"(?P<subject>.*?)\s*\b(?P<by>\d+(?:\.\d+)?)\s?(?:%|per cent|percent)\s+(?P<way>more|less|off|dearer|cheaper)\b"
    r"(?:(?P<noun>(?:\s(?!than\b)[\w-]+){0,3}?)\s+than\s+(?P<other>.+))?",
    re.IGNORECASE,
)
# half of them are brown; she gave a third of them to …
_PART_OF = regex(
    r"(?P<subject>.*?)\s*\b(?P<factor>half|\d+/\d+)\s+of\s+(?:them|it|these|those|the\s\w+|his\s\w+|her\s\w+)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_ALL = r"(?:together|in all|altogether|in total|between them|combined)"
_HAVE = r"(?:have|has|had|are|is|were|weigh|cost|own|make|made|got|sold|[a-z]+ed)"
_TOGETHER = regex(
    rf"(?<!put )\b{_ALL},?\s+(?:[a-z]+\s+)?{_HAVE}\s+(?P<sum>{_NUMBER})"
    rf"|\b(?:they|both|the 2)\s(?:[a-z]+\s)?{_HAVE}\s+(?P<total>{_NUMBER})\b.*?\b{_ALL}\b",
    re.IGNORECASE,
)
_SUM_OF = regex(rf"\bsum of (?:2|the 2) numbers is (?P<sum>{_NUMBER})(?P<total>)", re.IGNORECASE)
_CONSECUTIVE = regex(
    rf"\bsum of (?P<count>[2-9]) consecutive (?P<kind>\w+)?.*?\b(?:is|equals|gives)\s(?P<sum>{_NUMBER})", re.IGNORECASE
)
_CUT = regex(rf"(?P<sum>{_NUMBER}){_UNIT}.*\b(?:cut|split|divided|broken)\s+into\s+2\b(?P<total>)", re.IGNORECASE)
_QUESTION = regex(
    r"\b(?:how\s+(?P<how>\w+)|what\s+(?:is|are|was|were|does|do|will)|find|calculate|work out|determine)\s+"
    r"(?P<asked>.+?)\??$",
    re.IGNORECASE,
)

_VERB = regex(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|would|can|costs?|weighs?|needs?|gets?|got|ran|runs?|reads?|gave|gives?"
    r"|makes?|made|buys?|bought|sells?|sold|pays?|paid|eats?|ate|drives?|drove|saves?|holds?|spends?|spent|collects?|takes?"
    r"|took|earns?|picks?|walks?|contains?|keeps?|kept|leans?|charges?|grows?|lays?|works?|uses?|lives?|falls?|rises?|moves?|throws?|threw|found|went|saw|put|slept|came|knew|felt|brought|thought|left|lost|met|said|told|stood|began|grew|flew|won|doesn't|don't"
    r"|didn't|[a-z]{2,}ed)\b",
    re.IGNORECASE,
)
_ARTICLE = regex(
    r"^(?:(?:and|but|then|if|together|each|every|which|that|on|in|at|for|of|with|the|a|an|his|her|its|their|my|our|your|there)\b[\s,]*)+",
    re.IGNORECASE,
)
_PRONOUN = frozenset({"he", "she", "it", "they", "we", "i", "you", "which", "who", "that", "this", "them", "there"})
_TIME_OR_PLACE = regex(r"^(?:on|in|at|during)\s+(?:the\s+)?(?P<name>[A-Za-z]+)\b", re.IGNORECASE)
_NOUN_ALONE = regex(r"[a-z]+")
# A party with one of these in it was not understood.
_UNCLEAR = frozenset(
    "he she it they we i you his her its their he'd she'd and or what who when while as if than that those these this"
    " there also to amount number get plus less only each other others another not initial time times before after"
    " same first second next rest remaining such more outside"
    " top usual normal expected planned minimum maximum second third fourth fifth in".split()
)


class _Reading:
    """A statement on its way, sentence by sentence."""

    def __init__(self) -> None:
        self.problem = WordProblem()
        self.last = ""  # whom or what the sentence before was about
        self.counted = ""  # the noun counted last
        self.when = False  # the last number was of a day, "48 pens on Monday"
        self.whole = 0  # a sum whose parts have not been named yet: its place among the relations
        self.of_sum = ""

    def take(self, sentence: str) -> None:
        """A sentence: what it asks, else its relations and then the numbers that are left."""
        question = _QUESTION.search(sentence)
        if question is not None and (sentence.endswith("?") or question.start() == 0):
            self.problem.unknown = _asked(question["asked"], question["how"] or "")
            self._numbers(question["asked"], (0, 0), "")
            sentence = sentence[: question.start()]
        used = self._relation(sentence)
        self._sum(sentence)
        self._numbers(sentence, used)

    # ------------------------------------------------------------ relations

    def _relation(self, sentence: str) -> tuple[int, int]:
        """The comparison of a sentence, where there is one; the stretch whose numbers belong to it."""
        for pattern in (_DIFFERENCE, _TIMES, _TIMES_ALONE, _TIMES_OF, _BY_PER_CENT, _PART_OF):
            found = pattern.match(sentence)
            if found is None:
                continue
            groups = found.groupdict()
            pair = self._compared(groups)
            if pair is None or pair[0].lower() == pair[1].lower():
                continue
            mine, other = (self._letter(name) for name in pair)
            times = _factor(groups.get("factor"))
            right = f"{times}*{other}" if times else other
            start, end = found.start("factor") if groups.get("factor") else found.end(), found.end()
            if pattern is _TIMES_ALONE:  # the numbers before it have been taken
                start = 0
            if groups.get("by"):
                sign = "-" if re.fullmatch(rf"(?:{_LESS}|off)", groups["way"], re.IGNORECASE) else "+"
                amount = f"{groups['by']}%*{other}" if pattern is _BY_PER_CENT else groups["by"].strip("$€")
                right += f" {sign} {amount}"
                start = found.start("by")
            self.problem.relations.append(f"{mine} = {right}")
            if pattern is _BY_PER_CENT:  # the rate is a given too
                start = end
            return start, end
        return len(sentence), len(sentence)

    def _compared(self, groups: dict[str, str | None]) -> tuple[str, str] | None:
        """What is compared with what, in words; None where that is not clear."""
        subject, noun = groups["subject"] or "", (groups.get("noun") or "").strip()
        if "rest" in groups:  # a part of the whole
            whole = self.counted or self.last
            rest = re.match(r"\s*(?:is|are|was|were)\s+(\w+)", groups["rest"] or "")
            part = f"{rest[1]} {self.counted}".strip() if rest else f"part of the {whole}"
            fresh = part not in self.problem.letters.values() and part != whole  # the second half is of what is left
            return (part, whole) if whole and fresh and not _UNCLEAR.intersection(whole.lower().split()) else None
        if "own" in groups:
            self._numbers(subject, (len(subject), len(subject)))
            other = self.last if self.when else self.counted
            return (_party(groups["own"] or ""), other) if other else None
        said = groups.get("other")
        if said is None or re.match(r"that\b", said):
            other = self.last
        else:
            said = re.sub(r"^as\s\w+\sas\s", "", said)
            bare = re.split(r",|\s(?:and|but|on|in|at)\s", said)[0].strip(" ?.,")
            if noun and _NOUN_ALONE.fullmatch(bare):
                return noun, bare  # 4 times as many hens as ducks
            itself = re.match(r"(?:it|they)\s(?:is|are)\s(\w+)", said)
            if itself is not None:
                return groups["way"] or "", itself[1]  # 3 m longer than it is wide
            other = self._subject(said)
            if re.fullmatch(r"other(?: \w+)?", other) and re.match(r"(?:the\s)?one\b", subject, re.IGNORECASE):
                return "one", "the other"
        mine = self._subject(subject)
        clear = mine and other and not _UNCLEAR.intersection(f"{mine} {other}".lower().split())
        return (mine, other) if clear else None

    def _subject(self, words: str) -> str:
        """Whom a clause is about: "On Saturday he read" is about Saturday, "which is" about what came before."""
        words = words.split(", which")[0].strip()
        name = _party(words)
        if not name or name.split()[-1].lower() in _PRONOUN:
            where = _TIME_OR_PLACE.match(words.strip()) or re.search(r"\bon (?P<name>[A-Z]\w+)", words)
            return where["name"] if where is not None else self.last
        return name

    def _letter(self, name: str) -> str:
        """The letter of an amount; a new one is the first of its letters that is free."""
        for letter, meaning in self.problem.letters.items():
            if meaning.lower() == name.lower():
                return letter
        word = name.lower().removeprefix("the ")
        free = [c for c in word + "abcdfghjklmnpqrstuvwxyz" if "a" <= c <= "z" and c not in "eio"]
        letter = next(c for c in free if c not in self.problem.letters)
        self.problem.letters[letter] = name
        if self.of_sum and len(self.problem.letters) == 2:
            self.problem.relations.insert(self.whole, f"{' + '.join(self.problem.letters)} = {self.of_sum}")
            self.of_sum = ""
        return letter

    def _sum(self, sentence: str) -> None:
        """Together they have 41; a sum whose parts are named later waits for them."""
        row = _CONSECUTIVE.search(sentence)
        if row is not None:
            letter, step = self._letter("number"), 2 if row["kind"] in ("even", "odd") else 1
            terms = [letter] + [f"({letter} + {step * k})" for k in range(1, int(row["count"]))]
            self.problem.relations.append(f"{' + '.join(terms)} = {row['sum']}")
            return
        found = _TOGETHER.search(sentence) or _SUM_OF.search(sentence) or _CUT.search(sentence)
        if found is None:
            return
        total = (found["sum"] or found["total"]).strip("$€").replace(",", "")
        if len(self.problem.letters) == 2:
            self.problem.relations.append(f"{' + '.join(self.problem.letters)} = {total}")
        elif not self.problem.letters:
            self.whole, self.of_sum = len(self.problem.relations), total

    # ------------------------------------------------------------ numbers

    def _numbers(self, sentence: str, used: tuple[int, int], subject: str | None = None) -> None:
        subject = self._subject(sentence) if subject is None else subject
        found = list(_quantities(sentence))
        for k, (number, unit, start, end) in enumerate(found):
            after = sentence[end : found[k + 1][2] if k + 1 < len(found) else len(sentence)]
            if used[0] <= start < used[1] or _NO_QUANTITY.match(after):
                continue
            # In "11, 14 and 15 points" and "2 of 6 girls" the last noun is that of all.
            shared = next((n for n in range(k, len(found)) if not _JOINS.fullmatch(_between(sentence, found, n))), k)
            noun = _noun(_between(sentence, found, shared))
            when = _ON_DAY.search(after)
            owner = subject if subject.lower() != noun.lower() else ""
            role = " of ".join(filter(None, (noun, owner)))
            if when is not None:
                role += f" on {when[1]}"
            self.problem.givens.append(GivenValue(number, unit, role))
            self.counted, self.when = noun, when is not None
            subject = when[1] if when is not None else subject
        if subject:
            self.last = subject


def _factor(words: str | None) -> str:
    return "" if words is None else _FACTORS.get(words.lower(), words.removesuffix(" times"))


def _party(words: str) -> str:
    """Whom or what words are about: of "her brother saved" the brother, of "the blue box." the blue box."""
    words = re.split(rf"(?<!\w){_NUMBER}", words.strip(" ,.?"))[0]
    verb = _VERB.search(words)
    before = words[: verb.start()] if verb is not None else words
    before = before.split(",")[-1]
    if verb is not None and not before.strip():
        return ""
    name = _ARTICLE.sub("", before.strip(" ,"))
    found = re.search(r"\b(?:age|height|number|price|cost|weight) of (?:the )?(?P<whose>.+)", name)
    name = found["whose"] if found is not None else name
    name = re.split(r"\s(?:of|with|in|on|at|for|to|by|who|that)\s", f"{name} ")[0]
    parts = name.split()
    if len(parts) > 1 and parts[0][0].isupper() and not parts[0].endswith("s") and parts[1].islower():
        parts = parts[:1]  # "Anna put together": a verb that is not known
    return " ".join(parts[:3])


_Found = tuple[str, str, int, int]
_NO_QUANTITY = regex(r"\s*(?:pieces|parts|numbers|consecutive|times|significant|decimal)\b")
_JOINS = regex(r"\s*(?:,|and|or|of|,\s*and)\s*")
_ON_DAY = regex(r"\bon ([A-Z]\w+)")
_SIGNED = regex(r"(?P<money>[$€£])?(?P<number>[\d.,/ ]+?)(?P<sign>\s?[%°])?")


def _quantities(sentence: str) -> Iterator[_Found]:
    """Each number with its unit, and where it stands with that."""
    try:
        tokens = [*tokenize(sentence), None]
    except (NotReadable, TooLarge):
        return
    for token, after in pairwise(tokens):
        if token is None or token.kind not in ("number", "math") or token.text.lower() in ("one", "a", "an"):
            continue
        signed = _SIGNED.fullmatch(token.copy)
        if signed is None:
            continue
        unit, end = (signed["money"] or signed["sign"] or "").strip(), token.end
        if after is not None and after.kind == "unit":
            unit, end = after.copy, after.end
        yield signed["number"].replace(",", ""), unit, token.start, end


def _between(sentence: str, found: list[_Found], k: int) -> str:
    """What stands after a number, up to the next."""
    return sentence[found[k][3] : found[k + 1][2] if k + 1 < len(found) else len(sentence)]


def _noun(after: str) -> str:
    """What is counted or measured: of " red pens on Monday" the red pens, of " for adults" the adults."""
    after = re.sub(r"^[\s-]*(?:(?:for|per|of|with|at)\s+(?:an?\s+)?)?(?:(?:each|every|the)\s+)?", "", after)
    noun = re.split(r"[,.;:?!]|\b(?:on|in|of|for|at|to|from|and|or|with|by|as|each|a|per|than|now|long|old)\b", after)[
        0
    ]
    verb = _VERB.search(noun)
    return " ".join((noun[: verb.start()] if verb is not None else noun).split()[:3])


def _asked(words: str, how: str) -> str:
    """What a question asks for, in its words: "How many marbles does Tom have" is "marbles Tom have"."""
    kept = re.sub(r"\b(?:does|do|did|is|are|was|were|will|the)\s", "", words.strip(" .?"), flags=re.IGNORECASE)
    return kept if how.lower() in ("", "many", "much") else f"how {how.lower()} {kept}"
