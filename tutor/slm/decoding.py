"""From the probabilities of labels to readings: the likeliest label sequences that make lines of step notation.

A search over sequences that keeps to the order in which labels can follow one another; sequences that make the same
reading add up to its probability. A reading is kept only where each line can be read and all that it holds stands in
the text. What is calculated weighs in: where the words leave open what was meant, the reading that comes out is
likelier, by how often calculations that people write, and such as were misread, do.
"""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tutor.errors import ModelError, NotReadable, TooLarge
from tutor.slm import labels as names
from tutor.slm.arithmetic import comes_out
from tutor.slm.jobs import LineRequest, Reading
from tutor.slm.phi import Array
from tutor.slm.sources import Source, source_of
from tutor.slm.tokens import Token, tokenize
from tutor.slm.weights import Tagger

WIDTH = 48  # sequences that are followed at once
AT_LEAST = 2e-3  # probability of a label that is considered
MAX_READINGS = 4
MOST_TOKENS = 511  # of a line, and its start: a tagger has so many places
WORTH_SAYING = 0.01  # the least probability of a reading beside the likeliest
# Of what no sequence that was looked at accounts for, the part that may be another reading; the most makes none.
NONE_OF_THEM = 0.3
_HARDLY = math.log(1e-3)  # sequences so much less likely than the likeliest are not looked at
# How likely a reading becomes, against one that calculates nothing, where a calculation of it comes out or does not.
# A word that is clear must weigh more, or a slip would be read as what it should have been.
COMES_OUT = {True: 9.0, False: 0.3, None: 1.0}

# What may come next depends on what has come: nothing open, an operand due, an operand there, an operation, an
# operand taken back, a sign said before a value.
NOTHING_OPEN, _DUE, _THERE, _OPERATION, _TAKEN_BACK, _SIGNED = range(6)
_FREE = frozenset({NOTHING_OPEN, _THERE, _OPERATION, _TAKEN_BACK})
_ANY = frozenset(range(6))


@dataclass(frozen=True, slots=True)
class Rule:
    """After which states a label may come, the state after it (None: the same), and on which kinds of token."""

    after: frozenset[int]
    then: int | None
    kinds: frozenset[str]


def rule_of(label: str) -> Rule:
    """Where a label may stand."""
    begins = label.startswith("B-")
    base = label.removeprefix("B-")
    copies = frozenset({"number", "math", "equation", "word"})
    says = frozenset({"word", "operator", "relation", "punct", "math", "number"})
    if base == names.OUTSIDE:
        return Rule(_ANY - {_SIGNED}, None, frozenset({"word", *copies, *says, "unit"}))
    if base in names.OPERATIONS:
        return Rule(_FREE, _OPERATION, says)
    if base == "V":
        return Rule(_FREE | {_SIGNED}, _THERE, frozenset({"number", "math"}))
    if base == "VNEG":
        return Rule(_FREE, _SIGNED, says)
    if base == "D":
        return Rule(_FREE, _THERE, copies)
    if base in ("X", "XV"):
        return Rule(_FREE, _OPERATION, copies)
    if base == "RETRACT":
        return Rule(_FREE, NOTHING_OPEN, says)
    if base == "U":
        return Rule(frozenset({_THERE, _OPERATION}), None, frozenset({"unit"}))
    if base == "FIX":
        return Rule(frozenset({_THERE, _OPERATION}), _TAKEN_BACK, says)
    if base in ("A", "REF", "SUMUP", "DIFF"):
        kinds = copies if base == "A" else says
        return Rule(_FREE if begins else frozenset({_DUE, _TAKEN_BACK}), _THERE, kinds)
    if base in names.CALLS or base in names.FACTORS or base in names.POWERS or base == "LP":
        return Rule(_FREE if begins else frozenset({_DUE}), _DUE, says)
    before = _FREE if begins else frozenset({_THERE})
    if base in ("AJ", "AEQ", "RES", "PCT", "RP", *names.POSTFIX, *names.THEN_ALONE):
        return Rule(before, _THERE, copies if base in ("AJ", "AEQ", "RES") else says)
    return Rule(before, _DUE, says)  # signs, relations, alternatives


def may_stand(token: Token, label: str, rule: Rule) -> bool:
    """Whether a label may stand on a token of its kind."""
    return token.kind in rule.kinds and (bool(token.copy) or label not in names.COPYING)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label sequence and the logarithm of its probability."""

    labels: tuple[int, ...]
    log_probability: float


class Decoder:
    """Readings of lines by one tagger, or by several with the same labels, whose probabilities are averaged.

    Taggers of other seeds err on other lines, so that their mean is right more often and knows better when it is not
    (Lakshminarayanan, Pritzel and Blundell, "Simple and scalable predictive uncertainty estimation using deep
    ensembles", 2017).
    """

    def __init__(self, tagger: Tagger, *others: Tagger) -> None:
        self.tagger = tagger
        self.others = others
        self.rules = [rule_of(label) for label in tagger.labels]

    def read(self, asked: Sequence[LineRequest]) -> list[tuple[Reading, ...]]:
        """The readings of each line, likeliest first; the lines go through the model together.

        Raises:
            TooLarge: a line has more than MOST_TOKENS tokens, or more characters than `tokenize` takes.
        """
        tokens = [tokenize(a.text, frozenset(a.symbols)) for a in asked]
        if (longest := max(map(len, tokens), default=0)) > MOST_TOKENS:
            raise TooLarge(f"This line has {longest:,} words and signs; at most {MOST_TOKENS} can be read at once.")
        scores = self._scores(tokens, [bool(a.previous) for a in asked])
        return [self.readings(t, s[1:], a) for t, s, a in zip(tokens, scores, asked, strict=True)]

    def _scores(self, lines: Sequence[Sequence[Token]], values: Sequence[bool]) -> list[Array]:
        """The log probabilities of the labels of each line    (T, L), the mean of all taggers."""
        given: list[list[Array]] = []
        for tagger in (self.tagger, *self.others):
            coded = [tagger.vocabulary.encoded(t, value=v) for t, v in zip(lines, values, strict=True)]
            given.append(tagger.phi.log_probabilities([c for c, _ in coded], [b for _, b in coded]))
        if not self.others:
            return given[0]
        return [np.logaddexp.reduce(of_line) - np.log(len(given)) for of_line in zip(*given, strict=True)]

    def readings(self, tokens: Sequence[Token], scores: Array, asked: LineRequest) -> tuple[Reading, ...]:
        """The readings of a line from the log probabilities of its labels    (T, L)

        What is judged are claims: of readings that differ in values said in passing alone, there is the likeliest, and
        it is as likely as all of them together.
        """
        source = source_of(asked.text, asked.previous, frozenset(asked.symbols))
        found: dict[tuple[str, ...], list[float]] = {}
        places: dict[tuple[str, ...], tuple[tuple[int, int], ...]] = {}
        stands: dict[str, bool] = {}
        candidates = self.sequences(tokens, scores)
        for candidate in candidates:
            if candidate.log_probability < candidates[0].log_probability + _HARDLY:
                break
            made = names.with_places(tokens, [self.tagger.labels[k] for k in candidate.labels], asked.previous or None)
            if made is None:
                continue
            made = without_repeats(made)
            lines = tuple(line for line, _, _ in made)
            if lines not in found:
                if not all(_stands(line, source, stands) for line in lines):
                    continue
                places[lines] = tuple((start, end) for _, start, end in made)
            found.setdefault(lines, []).append(candidate.log_probability)
        likely = {lines: sum(map(math.exp, logs)) for lines, logs in found.items()}
        rest = NONE_OF_THEM * max(1 - sum(likely.values()), 0.0)
        weighed = {lines: share * _weight(lines) for lines, share in likely.items()}
        whole = sum(weighed.values()) + rest
        claimed: dict[tuple[str, ...], list[tuple[float, tuple[str, ...]]]] = {}
        for lines, share in weighed.items():
            claimed.setdefault(without_values(lines), []).append((share / whole, lines))
        ranked = sorted(((sum(share for share, _ in alike), max(alike)[1]) for alike in claimed.values()), reverse=True)
        return tuple(
            Reading(lines, probability, certain=source.holds(lines), spans=places[lines])
            for k, (probability, lines) in enumerate(ranked[:MAX_READINGS])
            if k == 0 or probability >= WORTH_SAYING
        )

    def sequences(self, tokens: Sequence[Token], scores: Array) -> list[Candidate]:
        """The likeliest label sequences whose labels may follow one another, likeliest first."""
        least = math.log(AT_LEAST)
        beam: list[tuple[float, int, tuple[int, ...]]] = [(0.0, NOTHING_OPEN, ())]
        for token, row in zip(tokens, scores, strict=True):
            likely = [int(k) for k in np.flatnonzero(row > least)] or [int(row.argmax())]
            options = [(k, float(row[k])) for k in likely if self._may_stand(token, k)]
            longer: list[tuple[float, int, tuple[int, ...]]] = []
            for total, state, so_far in beam:
                for k, score in options:
                    rule = self.rules[k]
                    if state in rule.after:
                        longer.append((total + score, state if rule.then is None else rule.then, (*so_far, k)))
            beam = heapq.nlargest(WIDTH, longer)
        ended = (NOTHING_OPEN, _THERE, _OPERATION)
        return [Candidate(labels, total) for total, state, labels in beam if state in ended]

    def _may_stand(self, token: Token, label: int) -> bool:
        return may_stand(token, self.tagger.labels[label], self.rules[label])


_BARE = re.compile(r"value: -?[$£€]?(?P<number>[\d,]*\.?\d+(?:/\d+)?%?)")
_NUMBER = re.compile(r"(?<![\d.,])(?:[\d,]*\d)?\.?\d+(?:/[\d,]*\.?\d+)?%?")


def without_repeats(made: tuple[tuple[str, int, int], ...]) -> tuple[tuple[str, int, int], ...]:
    """Lines of notation without the values that only say a number of a claim or an operation again.

    >>> [line for line, _, _ in without_repeats((("1 - 3/7 = 4/7", 0, 19), ("value: 4/7", 24, 27)))]
    ['1 - 3/7 = 4/7']
    """
    said: set[str] = set()
    for line, _start, _end in made:
        if not line.startswith("value:"):
            for number in _NUMBER.findall(line):
                said |= {number, *number.split("/")}
    return tuple(one for one in made if (bare := _BARE.fullmatch(one[0])) is None or bare["number"] not in said)


def without_values(lines: tuple[str, ...]) -> tuple[str, ...]:
    """A reading without the values that are said and nothing is claimed of; itself where it says nothing else."""
    return tuple(line for line in lines if not line.startswith("value:")) or lines


def _weight(lines: tuple[str, ...]) -> float:
    return math.prod(COMES_OUT[comes_out(line)] for line in lines)


def _stands(line: str, source: Source, known: dict[str, bool]) -> bool:
    """Whether a line can be read and holds nothing but what stands in the text; `known` is for the text at hand."""
    if line not in known:
        try:
            source.check(line)
            known[line] = True
        except (NotReadable, TooLarge, ModelError):
            known[line] = False
    return known[line]
