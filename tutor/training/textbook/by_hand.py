"""Lines written by hand, drawn again and again with other numbers, letters and things.

A generator says what its grammar can say; a line written by hand says what nobody would have put in a grammar. The
files of the folder `hand` hold such lines with what they mean and with a label for each word that does something
(`training.labelling` finds the labels):

    [before: 20] then you take 3 off and its 17 left
      = 20 - 3 = 17
      : 2 B-TSUB, 3 A, 7 EQ, 8 A

Labels hang on the words, never on which numbers they are, so that other numbers make another line with the same labels.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tutor.errors import TooLarge
from tutor.slm.labels import OUTSIDE, assemble
from tutor.slm.tokens import Token, tokenize
from tutor.training.textbook import habits
from tutor.training.textbook.lines import Line, reads
from tutor.training.textbook.phrases import Piece, joined

_BEFORE = re.compile(r"\[before: (?P<value>[^\]]+)\] ")
# A number of its own, or one that opens a term: no index, no exponent, no part of a word.
_NUMBER = re.compile(r"(?<![\w^{.,\\])(?<!\^-)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w^]*\d|,\d)")
_LETTERS = "xyznkpw"
_OTHER_LETTERS = "xyznkpwqbcrht"
_CARDINALS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen twenty thirty forty fifty sixty seventy eighty ninety"
).split()
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line with what it means. labels: of each token. before: the last value before the line, empty for none."""

    text: str
    items: tuple[str, ...]
    labels: tuple[str, ...]
    before: str
    source: str


def written(entry: Entry) -> str:
    """An entry as its file has it."""
    before = f"[before: {entry.before}] " if entry.before else ""
    said = ", ".join(f"{k} {label}" for k, label in enumerate(entry.labels) if label != OUTSIDE)
    return f"{before}{entry.text}\n  = {' ; '.join(entry.items)}\n  : {said}\n"


def read_entries(text: str, source: str) -> Iterator[Entry]:
    """The entries of a file.

    Raises:
        ValueError: a line stands where another is due, or a label has no token.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for first, second, third in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        if not second.startswith("  =") or not third.startswith("  :"):
            raise ValueError(f"{source}: items and labels are due after {first!r}")
        before = _BEFORE.match(first)
        words = first[before.end() :] if before else first
        labels = [OUTSIDE] * len(tokenize(words))
        for part in third[3:].split(","):
            if part.strip():
                place, label = part.split()
                if int(place) >= len(labels):
                    raise ValueError(f"{source}: {words!r} has no token {place}")
                labels[int(place)] = label
        items = tuple(item.strip() for item in second[3:].split(" ; ") if item.strip())
        yield Entry(words, items, tuple(labels), before["value"] if before else "", source)


def meant(text: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The lines of a file without labels: each with what it means, and the last value before it.

    >>> list(meant("[before: 20] take 3 off, 17 left => 20 - 3 = 17"))
    [('take 3 off, 17 left', ('20 - 3 = 17',), '20')]
    """
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            words, _, means = f"{line.rstrip()} ".rpartition(" => ")
            before = _BEFORE.match(words)
            items = tuple(item.strip() for item in means.split(" ; ") if item.strip())
            yield words[before.end() :] if before else words, items, before["value"] if before else ""


def kept_out() -> list[tuple[str, tuple[str, ...], str]]:
    """Lines by hand that no training sees: by them it is settled how sure a model must be."""
    file = files("tutor.training.textbook").joinpath("hand", "kept_out", "lines.txt")
    return list(meant(file.read_text(encoding="utf-8")))


@cache
def entries() -> tuple[Entry, ...]:
    """Every line of the folder."""
    folder = files("tutor.training.textbook").joinpath("hand")
    found: list[Entry] = []
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            found += read_entries(file.read_text(encoding="utf-8"), file.name.removesuffix(".txt"))
    return tuple(found)


def line(rng: random.Random, swaps: Sequence[str]) -> Line | None:
    """One of the lines as another would have written it; None where what came out cannot be read.

    swaps: things that take the place of others.
    """
    every = entries()
    entry = every[int(rng.random() * len(every))]
    text, before = entry.text, entry.before
    if rng.random() < 0.85:
        text, before = _with_other_numbers(text, before, rng)
    if rng.random() < 0.35:
        text, before = _with_other_letters(text, before, rng)
    tokens = tokenize(text)
    if len(tokens) != len(entry.labels):
        return None
    pieces = list(_pieces(tokens, entry.labels, rng, swaps))
    for typed in (habits.typed(pieces, rng, swaps), pieces):
        found = _aligned(typed)
        if found is None:
            continue
        text, tokens, labels = found
        try:
            made = assemble(tokens, labels, before or None)
        except TooLarge:
            continue
        if made is not None and len(made) == len(entry.items) and all(map(reads, made)):
            family = f"by hand:{entry.source}"
            return Line(text, tokens, labels, made, family, "by hand", (family,), frozenset(), before or None)
    return None


def _pieces(
    tokens: Sequence[Token], labels: Sequence[str], rng: random.Random, swaps: Sequence[str]
) -> Iterator[Piece]:
    """The tokens as pieces; what stands between them in the text, and is no token, is lost."""
    things = frozenset(swaps)
    end = 0
    swapped: dict[str, str] = {}
    for token, label in zip(tokens, labels, strict=True):
        said = token.text
        if token.kind == "word" and label == OUTSIDE and said in things and rng.random() < 0.4:
            said = swapped.setdefault(said, rng.choice(swaps))
        glued = token.start == end and end > 0
        # An operand is left alone by what spoils the rest.
        operand = 0 if token.kind not in ("word", "operator", "relation", "punct") else -1
        kept = None if label == OUTSIDE else label
        yield Piece(said, kept, operand=operand, fixed=operand == 0 or kept is not None, glued=glued)
        end = token.end


def _aligned(pieces: Sequence[Piece]) -> tuple[str, tuple[Token, ...], tuple[str, ...]] | None:
    """The text of pieces with the label of each token; None where the tokens are not the pieces."""
    text, starts = joined(pieces)
    places = {
        start: (start + len(piece.text), piece.label or OUTSIDE) for start, piece in zip(starts, pieces, strict=True)
    }
    try:
        tokens = tokenize(text)
    except TooLarge:
        return None
    labels: list[str] = []
    seen = 0
    for token in tokens:
        place = places.get(token.start)
        if place is None or place[0] != token.end:
            labels.append(OUTSIDE)  # within a piece that says nothing
            continue
        labels.append(place[1])
        seen += place[1] != OUTSIDE
    if seen != sum(piece.label is not None for piece in pieces):
        return None
    return text, tokens, tuple(labels)


# ---------------------------------------------------------------- other numbers and letters


def _with_other_numbers(text: str, before: str, rng: random.Random) -> tuple[str, str]:
    """Each number another of its kind, the same wherever it stands."""
    others: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        number = found[0]
        if number not in others:
            others[number] = _other_number(number, rng)
        return others[number]

    words: dict[str, str] = {}

    def other_word(found: re.Match[str]) -> str:
        word = found[0]
        if word.lower() not in _CARDINALS:
            return word
        if word.lower() not in words:
            words[word.lower()] = rng.choice(_CARDINALS)
        return words[word.lower()] if word.islower() else words[word.lower()].capitalize()

    return tuple(_WORD.sub(other_word, _NUMBER.sub(other, t)) for t in (text, before))  # type: ignore[return-value]


def _other_number(number: str, rng: random.Random) -> str:
    if "," in number:
        return f"{rng.randint(1, 99)},{rng.randint(0, 999):03}"
    whole, point, part = number.partition(".")
    if point:
        low = rng.randint(0, 9) if len(whole) == 1 else rng.randint(10 ** (len(whole) - 1), 10 ** len(whole) - 1)
        return f"{low}.{rng.randint(0, 10 ** len(part) - 1):0{len(part)}}"
    if number in ("0", "1"):
        return number
    if len(number) == 1:
        return str(rng.randint(2, 9) if rng.random() < 0.7 else rng.randint(10, 30))
    if number == "100" or (len(number) == 4 and number[:2] in ("19", "20")):
        return number
    return str(rng.randint(10 ** (len(number) - 1), 10 ** len(number) - 1))


def _with_other_letters(text: str, before: str, rng: random.Random) -> tuple[str, str]:
    """The one unknown of a line under another name."""
    here = [letter for letter in _LETTERS if _alone(letter).search(f"{text} {before}")]
    if len(here) != 1 or any(token.kind == "unit" for token in tokenize(text)):
        return text, before
    other = rng.choice([letter for letter in _OTHER_LETTERS if not _alone(letter).search(text)])
    return _alone(here[0]).sub(other, text), _alone(here[0]).sub(other, before)


@cache
def _alone(letter: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z'’\\]){letter}(?![A-Za-z'’])")
