"""Tokens of a line to what the tagger sees of them: a class for each, and pieces of its spelling.

A word is its own class where the training knew it, else `<unk>`. Its spelling (prefixes, suffixes and runs of three
letters, hashed into a fixed number of buckets) is seen beside the class, so that a word never met still says something:
"recalculated" ends like a past tense, "subtrcated" has most of "subtracted" in it. Of numbers and formulas only the
shape is seen, so that no reading hangs on which numbers they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from zlib import crc32

from tutor.slm.tokens import Token

BUCKETS = 4096
PAD, UNKNOWN, START, START_WITH_VALUE = "<pad>", "<unk>", "<start>", "<start value>"
SPECIAL = (PAD, UNKNOWN, START, START_WITH_VALUE)
_REPEATED = re.compile(r"(.)\1{2,}")
_SMALL = frozenset(str(n) for n in range(11))
_RELATION = re.compile(r"[=<>≤≥≈≠]")


def shape(token: Token) -> str:
    """The class of a token: the word itself, or what kind of number, formula or sign it is.

    >>> from tutor.slm.tokens import tokenize
    >>> [shape(t) for t in tokenize("Half of $1.50 is sixty kilometres, so 2x = 4")]
    ['half', 'of', '<money>', 'is', '<number>', '<unit>', ',', 'so', '<equation>']
    """
    match token.kind:
        case "word":
            return _REPEATED.sub(r"\1\1", token.text.lower())
        case "number":
            return _number(token.copy)
        case "math":
            return "<letter>" if len(token.text) == 1 else "<power>" if "^" in token.text else "<math>"
        case "equation":
            return "<inequality>" if set(token.copy) & set("<>≤≥") else "<equation>"
        case "unit":
            return "<rate>" if "/" in token.copy else "<unit>"
        case _:
            return token.text


def _number(copy: str) -> str:
    if copy.endswith("%"):
        return "<percent>"
    if copy[:1] in "$£€":
        return "<money>"
    if copy[:1] in "+-":
        return "<signed>"
    if "/" in copy:
        return "<fraction>"
    if copy in _SMALL:
        return f"<{copy}>"
    return "<decimal>" if "." in copy else "<number>"


@lru_cache(maxsize=20_000)
def _buckets(kind: str, text: str, copy: str) -> tuple[int, ...]:
    """The buckets of a token's spelling, and of what else is seen of it."""
    seen: list[str] = [f"kind {kind}"]
    if kind == "word":
        word = _REPEATED.sub(r"\1\1", text.lower())
        bare = word.replace("'", "")
        padded = f"<{bare}>"
        seen += [f"whole {bare}", f"first {bare[:4]}", f"last {bare[-3:]}", f"last {bare[-2:]}"]
        seen += [padded[i : i + 3] for i in range(len(padded) - 2)]
        if text[:1].isupper():
            seen.append("capital")
    elif kind == "number":
        if copy != text:
            seen.append("in words")
        if text.lower().startswith(("a ", "an ", "one")):
            seen.append("article")
    elif kind == "unit":
        seen.append(f"unit {copy}")
    elif kind == "math" and len(copy) <= 3:
        seen.append(f"math {copy}")
    elif kind == "equation":
        head = _RELATION.split(copy, maxsplit=1)[0].strip()
        seen.append(
            "of a letter" if len(head) == 1 and head.isalpha() else "of numbers" if _figures(copy) else "of both"
        )
        seen.append(f"relations {min(len(_RELATION.findall(copy)), 3)}")
    return tuple(sorted({crc32(piece.encode()) % BUCKETS for piece in seen}))


def _figures(text: str) -> bool:
    return not any(c.isalpha() for c in text)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The classes in the order of their numbers; the first are `SPECIAL`."""

    classes: tuple[str, ...]
    _numbers: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_numbers", {name: number for number, name in enumerate(self.classes)})

    @classmethod
    def of(cls, lines: Iterable[Sequence[Token]], least: int) -> Vocabulary:
        """The classes that occur at least so often in lines."""
        counts: dict[str, int] = {}
        for tokens in lines:
            for token in tokens:
                name = shape(token)
                counts[name] = counts.get(name, 0) + 1
        kept = sorted((name for name, count in counts.items() if count >= least), key=lambda n: (-counts[n], n))
        return cls((*SPECIAL, *(name for name in kept if name not in SPECIAL)))

    def number(self, name: str) -> int:
        """The number of a class; that of `<unk>` for one that is not there."""
        return self._numbers.get(name, 1)

    def knows(self, token: Token) -> bool:
        """Whether the training met the token's class."""
        return shape(token) in self._numbers

    def encoded(self, tokens: Sequence[Token], *, value: bool) -> tuple[list[int], list[tuple[int, ...]]]:
        """Classes and buckets of a line, after one for its start. value: something was said before the line."""
        classes = [self.number(START_WITH_VALUE if value else START)]
        buckets: list[tuple[int, ...]] = [()]
        for token in tokens:
            classes.append(self.number(shape(token)))
            buckets.append(_buckets(token.kind, token.text, token.copy))
        return classes, buckets
