"""Lines of the textbook as arrays, and batches of them with the noise of real writing put in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.slm.labels import LABELS
from tutor.slm.vocabulary import SPECIAL, UNKNOWN, Vocabulary

if TYPE_CHECKING:
    from tutor.training.textbook.lines import Line

IGNORED = -100  # the label of what counts in no loss
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Integers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Lines one after another: for each token its class, the number of its spelling, and its label.

    starts: where each line begins, and where the last ends. spellings: the buckets of each spelling.
    words: the places of tokens that are words, from which noise is drawn.
    """

    classes: Integers
    spelling: Integers
    labels: Integers
    starts: Integers
    spellings: tuple[tuple[int, ...], ...]
    words: Integers

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def hash(self) -> str:
        """Says whether two corpora are the same."""
        found = hashlib.sha256()
        for part in (self.classes, self.labels, self.starts, self.spelling):
            found.update(part.astype(np.int32).tobytes())
        return found.hexdigest()[:16]


def corpus(lines: Sequence[Line], vocabulary: Vocabulary) -> Corpus:
    """The arrays of labelled lines; the start of a line carries no label."""
    numbers = {label: k for k, label in enumerate(LABELS)}
    known: dict[tuple[int, ...], int] = {(): 0}
    classes: list[int] = []
    spelling: list[int] = []
    labels: list[int] = []
    starts = [0]
    words: list[int] = []
    for line in lines:
        found, buckets = vocabulary.encoded(line.tokens, value=line.previous is not None)
        words += [len(classes) + 1 + k for k, token in enumerate(line.tokens) if token.kind == "word"]
        classes += found
        spelling += [known.setdefault(pieces, len(known)) for pieces in buckets]
        labels += [IGNORED, *(numbers[label] for label in line.labels)]
        starts.append(len(classes))
    return Corpus(
        np.array(classes, dtype=np.int64),
        np.array(spelling, dtype=np.int64),
        np.array(labels, dtype=np.int64),
        np.array(starts, dtype=np.int64),
        tuple(known),
        np.array(words, dtype=np.int64),
    )


@dataclass(frozen=True, slots=True)
class Noise:
    """How much of a line is spoilt before the model sees it.

    unknown: words that lose their class, so that their spelling must do. replaced: words without a label that give way
    to a word drawn from anywhere, so that no reading hangs on what stands between. spelling: words that lose their
    spelling.
    """

    unknown: float = 0.1
    replaced: float = 0.08
    spelling: float = 0.05


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines side by side, padded    (B, T); the spellings' buckets flat, with where each token's begin."""

    classes: Integers
    labels: Integers
    lengths: Integers
    buckets: Integers
    offsets: Integers


def batches(source: Corpus, tokens: int, noise: Noise, seed: int) -> Iterator[Batch]:
    """One pass over the lines in batches of lines of like length, each of about so many tokens."""
    rng = np.random.default_rng(seed)
    sizes = np.diff(source.starts)
    # Of like length, but not always the same neighbours.
    order = np.argsort(sizes + rng.uniform(-1.5, 1.5, size=len(sizes)), kind="stable")
    groups: list[list[int]] = [[]]
    longest = 0
    for line in order:
        longest = max(longest, int(sizes[line]))
        if longest * (len(groups[-1]) + 1) > tokens and groups[-1]:
            groups.append([])
            longest = int(sizes[line])
        groups[-1].append(int(line))
    is_word = np.zeros(len(source.classes), dtype=bool)
    is_word[source.words] = True
    for k in rng.permutation(len(groups)):
        yield _batch(source, groups[k], is_word, noise, rng)


def _batch(source: Corpus, lines: Sequence[int], is_word: Mask, noise: Noise, rng: np.random.Generator) -> Batch:
    lengths = np.array([source.starts[k + 1] - source.starts[k] for k in lines])
    longest = int(lengths.max())
    classes = np.zeros((len(lines), longest), dtype=np.int64)
    spelling = np.zeros_like(classes)
    labels = np.full_like(classes, IGNORED)
    word = np.zeros(classes.shape, dtype=bool)
    for row, line in enumerate(lines):
        part = slice(source.starts[line], source.starts[line + 1])
        size = lengths[row]
        classes[row, :size] = source.classes[part]
        spelling[row, :size] = source.spelling[part]
        labels[row, :size] = source.labels[part]
        word[row, :size] = is_word[part]
    chance = rng.random(classes.shape)
    replaced = word & (labels == 0) & (chance < noise.replaced)
    drawn = rng.choice(source.words, size=int(replaced.sum()))
    classes[replaced], spelling[replaced] = source.classes[drawn], source.spelling[drawn]
    chance = rng.random(classes.shape)
    classes[word & (chance < noise.unknown)] = SPECIAL.index(UNKNOWN)
    spelling[word & (chance > 1 - noise.spelling)] = 0
    pieces = [source.spellings[k] for k in spelling.reshape(-1)]
    counts = np.array([len(p) for p in pieces])
    buckets = np.array([b for p in pieces for b in p], dtype=np.int64)
    offsets = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    return Batch(classes, labels, lengths, buckets, offsets)
