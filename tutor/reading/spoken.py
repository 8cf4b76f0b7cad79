"""Mathematics said in words and nothing else: `half of 18 is 9`, `2x is four`, `x squared plus 1 equals thirteen`.

A clause is read only where every word of it is a number, a letter, a sign said in words or the noun that is counted. So
what is read stood in the text, word by word; it is what makes the reading of a language model certain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.errors import NotReadable, TooLarge
from tutor.reading.numerals import numerals
from tutor.reading.vocabulary import CLAUSE, NOT_A_NOUN
from tutor.regex import regex
from tutor.syntax.hints import ReadHints
from tutor.syntax.read import readings
from tutor.syntax.tree import Chain, Number, Statement
from tutor.syntax.unit_words import WORDS as UNIT_WORDS

# Words that are signs, longest first. An operand stands before and after each.
_BETWEEN: tuple[tuple[str, str], ...] = (
    (r"to the power(?: of)?", "^"),
    (r"(?:is|are) (?:greater|bigger|larger|more) than or equal to|is at least", ">="),
    (r"(?:is|are) (?:less|smaller) than or equal to|is at most", "<="),
    (r"(?:is|are) (?:greater|bigger|larger|more) than", ">"),
    (r"(?:is|are) (?:less|smaller) than", "<"),
    (r"(?:is|are|becomes?) (?:equal to|the same as)|equals(?: to)?|is|are", "="),
    (r"makes|gives|comes to|works out (?:as|to be)", "="),
    (r"multiplied by|times|lots of", "*"),
    (r"divided by|over", "/"),
    (r"plus|added to", "+"),
    (r"minus|take away", "-"),
)  # fmt: skip
_AFTER = (("squared", "^2"), ("cubed", "^3"))
_BEFORE = (("the square root of|square root of|root", "sqrt"), ("negative|minus", "-"))
_MULTIPLE = {"twice": "2", "double": "2", "triple": "3", "thrice": "3"}

_SIGN = regex(
    "|".join(rf"(?P<b{k}>{words})" for k, (words, _) in enumerate(_BETWEEN))
    + "|"
    + "|".join(rf"(?P<a{k}>{words})" for k, (words, _) in enumerate(_AFTER))
    + r"|(?P<of>of)",
)
_PREFIX = regex("|".join(rf"(?P<p{k}>{words})" for k, (words, _) in enumerate(_BEFORE)))
_MULTIPLIED = regex(rf"(?P<word>{'|'.join(_MULTIPLE)})\s+")
_NOTATION = regex(r"[-+−]?[$£€]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)?(?:[a-zA-Z](?![a-zA-Z])(?:\^\d+|[²³])?)*%?")
_PLAIN_SIGN = regex(r"[-+*/=<>≤≥×÷·−]|<=|>=")
_THOUSANDS = regex(r"(?<=\d),(?=\d{3}(?!\d))")
_ALONE = regex(r"[a-z]|\d+(?:\.\d+)?")  # surely the whole of what "squared" is said of
_NOUN = regex(r"[a-zA-Z]{3,}(?:s|es)?\b")
_ENDS = regex(r"[.,;:!?]+(?=\s|$)|\s+(?:so|then|and then|which|because|since)\s+")
_OPENS = regex(
    r"\s*(?:(?:ok|okay|so|then|and|now|thus|hence|therefore|because|since|but|well|right|first|next|finally|that means)"
    r"[\s,]+)*",
    re.IGNORECASE,
)
_ARTICLE = regex(r"(?:the|a|an)\s+(?=\S)")
_RELATIONS = frozenset(("=", "<", ">", "<=", ">="))
_NEVER_COUNTED = NOT_A_NOUN | CLAUSE | frozenset("hundred thousand million billion dozen half third quarter".split())


@dataclass(frozen=True, slots=True)
class Spoken:
    """A clause that is mathematics word by word, with its place in the text."""

    statement: Statement
    notation: str
    start: int
    end: int


SAYS_RELATION = frozenset("is are equals equal becomes become makes gives comes works".split())


def spoken(text: str, hints: ReadHints) -> tuple[Spoken, ...]:
    """The clauses of a text that are relations said in words.

    >>> [s.notation for s in spoken("so half of 18 is nine, and then 3 times nine apples makes 27.", ReadHints())]
    ['1/2*18=9', '3*9=27']
    >>> spoken("he gave 3 of 4 to me, 5 is 2 more than 3", ReadHints())
    ()
    """
    return tuple(found for start, end in clauses(text) if (found := _clause(text, start, end, hints)) is not None)


def clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a text begin, after the words that only lead to them, and end; none is empty."""
    found = []
    place = 0
    for m in (*_ENDS.finditer(text), None):
        end = m.start() if m is not None else len(text)
        opened = _OPENS.match(text, place, end)
        start = opened.end() if opened is not None else place
        if text[start:end].strip():
            found.append((start, end))
        place = m.end() if m is not None else end
    return found


def _clause(text: str, start: int, end: int, hints: ReadHints) -> Spoken | None:
    notation = _Clause(text[start:end]).notation()
    if notation is None:
        return None
    try:
        statement = readings(notation, hints)[0]
    except (NotReadable, TooLarge):
        return None
    if not isinstance(statement, Chain) or all(isinstance(operand, Number) for operand in statement.operands):
        return None  # the LCM of 4, 6, and 10 is 60
    return Spoken(statement, notation, start, end)


class _Clause:
    """Operand, sign, operand, …, from the first word of a clause to its last."""

    def __init__(self, text: str) -> None:
        self.text = text.lower().rstrip()
        self.numbers = {n.start: n for n in numerals(self.text)}
        self.at = 0
        self.signs = 0
        self.side: list[str] = []  # the signs on this side of the relation

    def notation(self) -> str | None:
        """The clause in figures and signs; None where a word of it is neither."""
        found: list[str] = []
        related = False
        while True:
            operand = self.operand()
            if operand is None:
                return None
            found.append(operand)
            self.space()
            while (after := self.after()) is not None:
                if not _ALONE.fullmatch(found[-1]) or (not found[-1].isalpha() and self.side):
                    return None  # negative 3 squared, 2x squared, 3 plus 4 squared
                found[-1] += after
                self.space()
            if self.at >= len(self.text):
                return "".join(found) if related and self.signs else None
            sign = self.between(found[-1])
            if sign is None or not self.goes_with(sign) or (sign == "^" and not _ALONE.fullmatch(found[-1])):
                return None
            related = related or sign in _RELATIONS
            found.append(sign)

    def goes_with(self, sign: str) -> bool:
        """Whether the sign leaves no doubt about what belongs together on its side: in speech there are no brackets.

        `3 plus 4 times 2`, `half of 6 plus 4`, `10 over 2 times 5` and `2 times 3 to the power of 2` may each be meant
        in two ways.
        """
        if sign in _RELATIONS:
            self.side = []
            return True
        self.side.append(sign)
        sums = [s for s in self.side if s in "+-"]
        quotients = [s for s in self.side if s == "/"]
        if "^" in self.side and len(self.side) > 1:
            return False
        return len(sums) in (0, len(self.side)) and (not quotients or self.side[-1:] == quotients)

    def space(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def word(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The words of a pattern that stand here, whole."""
        m = pattern.match(self.text, self.at)
        if m is None or not m.group() or self.text[m.end() : m.end() + 1].isalpha():
            return None
        return m

    def operand(self) -> str | None:
        """A number in figures or words, a letter with or without a factor, or one of these after `twice`, `root`."""
        self.space()
        if (m := _ARTICLE.match(self.text, self.at)) and m.end() not in self.numbers and not self.numbers.get(self.at):
            self.at = m.end()
        if (m := _MULTIPLIED.match(self.text, self.at)) is not None:
            self.at, self.signs = m.end(), self.signs + 1
            inner = self.operand() if self.goes_with("*") else None
            return None if inner is None else f"{_MULTIPLE[m['word']]}*{inner}"
        if (m := self.word(_PREFIX)) is not None:
            self.at, self.signs = m.end(), self.signs + 1
            sign = next(s for k, (_, s) in enumerate(_BEFORE) if m[f"p{k}"])
            inner = self.operand() if sign == "-" or self.goes_with("root") else None
            return None if inner is None else f"{sign}({inner})"
        number = self.numbers.get(self.at)
        if number is not None and number.in_words:
            self.at, self.signs = number.end, self.signs + 1
            value = str(number.value)
            self.counted()
            return f"({value})" if "/" in value and not self.text[self.at :].lstrip().startswith("of ") else value
        m = _NOTATION.match(self.text, self.at)
        if m is None or not m.group() or self.text[m.end() : m.end() + 1].isalnum():
            return None
        self.at = m.end()
        if m.group().count(",") != len(_THOUSANDS.findall(m.group())):
            return None  # 1,5 may be one number and may be two
        found = m.group().replace(",", "")
        if not found.strip("+-−"):
            return None
        if not found[-1].isalpha():
            self.counted()
        return found

    def counted(self) -> None:
        """One noun after a number, which says what is counted; a unit of measure is no such noun."""
        m = regex(r"\s+").match(self.text, self.at)
        if m is None:
            return
        noun = _NOUN.match(self.text, m.end())
        if noun is None or noun.group() in _NEVER_COUNTED or noun.group() in UNIT_WORDS:
            return
        if _SIGN.match(self.text, noun.start()) or noun.start() in self.numbers or noun.group() in _MULTIPLE:
            return
        self.at = noun.end()

    def after(self) -> str | None:
        for words, sign in _AFTER:
            if self.word(regex(words)):
                self.at, self.signs = self.at + len(words), self.signs + 1
                return sign
        return None

    def between(self, before: str) -> str | None:
        """The sign that stands here; `of` is one only after a fraction or a percentage."""
        plain = _PLAIN_SIGN.match(self.text, self.at)
        if plain is not None:
            self.at = plain.end()
            return {"×": "*", "·": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">="}.get(plain.group(), plain.group())
        m = self.word(_SIGN)
        if m is None:
            return None
        self.at, self.signs = m.end(), self.signs + 1
        if m["of"]:
            return "*" if before.endswith("%") or re.fullmatch(r"\(?\d+/\d+\)?", before) else None
        return next((s for k, (_, s) in enumerate(_BETWEEN) if m[f"b{k}"]), None)
