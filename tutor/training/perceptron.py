"""An averaged perceptron over windows of tokens: what the bundled model must beat."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tutor.slm.labels import OUTSIDE, assemble
from tutor.slm.tokens import Token
from tutor.slm.vocabulary import shape

if TYPE_CHECKING:
    from tutor.training.textbook.lines import Line


class Perceptron:
    """Labels tokens from left to right by a weighted vote of what stands around and what was labelled before."""

    def __init__(self) -> None:
        self.weights: dict[str, dict[str, float]] = {}
        self.labels: list[str] = []

    def label(self, tokens: Sequence[Token], *, value: bool) -> list[str]:
        """A label for each token."""
        seen = [shape(token) for token in tokens]
        found: list[str] = []
        for k in range(len(tokens)):
            found.append(self._best(list(_features(tokens, seen, k, found, value=value))))
        return found

    def read(self, tokens: Sequence[Token], previous: str | None) -> tuple[str, ...] | None:
        """The lines of step notation of its labels; None where they make none."""
        return assemble(tokens, self.label(tokens, value=previous is not None), previous)

    def _best(self, features: Sequence[str]) -> str:
        scores: dict[str, float] = defaultdict(float)
        for feature in features:
            for label, weight in self.weights.get(feature, {}).items():
                scores[label] += weight
        return max(scores, key=lambda label: (scores[label], label)) if scores else OUTSIDE


def train_perceptron(lines: Sequence[Line], passes: int = 3, seed: int = 0) -> Perceptron:
    """A perceptron whose weights are the mean of those it had after each token."""
    model = Perceptron()
    totals: dict[tuple[str, str], float] = defaultdict(float)
    since: dict[tuple[str, str], int] = defaultdict(int)
    step = 0

    def change(feature: str, label: str, by: float) -> None:
        row = model.weights.setdefault(feature, {})
        key = feature, label
        totals[key] += (step - since[key]) * row.get(label, 0.0)
        since[key] = step
        row[label] = row.get(label, 0.0) + by

    rng = random.Random(seed)
    order = list(lines)
    for _ in range(passes):
        rng.shuffle(order)
        for line in order:
            seen = [shape(token) for token in line.tokens]
            for k, right in enumerate(line.labels):
                step += 1
                # The labels before are the right ones: a wrong one would teach from a line nobody wrote.
                features = list(_features(line.tokens, seen, k, line.labels, value=line.previous is not None))
                guess = model._best(features)
                if guess != right:
                    for feature in features:
                        change(feature, right, 1.0)
                        change(feature, guess, -1.0)
    for (feature, label), total in totals.items():
        row = model.weights[feature]
        row[label] = (total + (step - since[feature, label]) * row[label]) / max(step, 1)
    return model


def _features(
    tokens: Sequence[Token], seen: Sequence[str], k: int, labels: Sequence[str], *, value: bool
) -> Iterator[str]:
    def at(place: int) -> str:
        return seen[place] if 0 <= place < len(seen) else "<end>"

    here = seen[k]
    last = labels[k - 1] if k else "<start>"
    before = labels[k - 2] if k > 1 else "<start>"
    open_ = next((label for label in reversed(labels[:k]) if label != OUTSIDE), "none")
    yield "bias"
    yield f"0 {here}"
    yield f"kind {tokens[k].kind}"
    for far in (-3, -2, -1, 1, 2, 3):
        yield f"{far} {at(k + far)}"
    yield f"-1,0 {at(k - 1)} {here}"
    yield f"0,1 {here} {at(k + 1)}"
    yield f"-2,-1 {at(k - 2)} {at(k - 1)}"
    yield f"1,2 {at(k + 1)} {at(k + 2)}"
    yield f"last {last}"
    yield f"last {last} {here}"
    yield f"lasts {before} {last}"
    yield f"open {open_} {here}"
    yield f"open {open_} {last}"
    yield f"value {value} {here}"
    if tokens[k].kind == "word":
        yield f"begins {here[:4]}"
        yield f"ends {here[-3:]}"
