"""How good opinions are: on pairs kept out of training, and beside a perceptron that sees the same."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.slm.jobs import StepRequest
from tutor.slm.opinions import MARKS, SLOTS, SPELLINGS, Opinions, Seen, looks_right, seen
from tutor.training.opinions.steps import Pair, some

VALIDATION_SEED = 2_000_003  # no training run begins there
BASELINE_PAIRS = 6_000  # that the perceptron learns from


def as_seen(pair: Pair) -> Seen:
    """A pair as the model is shown it."""
    return seen(StepRequest(pair.before, pair.line, pair.problem))


@dataclass(frozen=True, slots=True)
class Score:
    """How many operations are named rightly, of how many; how often right or wrong was said, and rightly.

    sound: of the steps called right or wrong, those that are. known: those of which that is known. asked: all.
    """

    named: int
    said: int
    sound: int
    known: int
    asked: int


def score(opinions: Opinions, sample: Sequence[Pair]) -> Score:
    """The model on pairs."""
    named = said = sound = judged = 0
    found = opinions.scores([as_seen(p) for p in sample])
    for pair, (operation, _, right) in zip(sample, found, strict=True):
        named += operation == pair.operation
        looks = looks_right(right, opinions.thresholds)
        if pair.right is not None:
            said += looks is not None
            sound += looks is pair.right
            judged += 1
    return Score(named, said, sound, judged, len(sample))


def samples_to_measure(count: int = 600) -> dict[str, list[Pair]]:
    """What is kept out of training: other numbers alone, other forms, other words, and both other."""
    return {
        "forms and words of training": some(VALIDATION_SEED + 1, count, held_out=False),
        "held-out forms": some(VALIDATION_SEED + 2, count, held_out=True),
        "held-out words": some(VALIDATION_SEED + 3, count, held_out=False, other_words=True),
        "held-out forms and words": some(VALIDATION_SEED + 4, count, held_out=True, other_words=True),
    }


# ---------------------------------------------------------------- the baseline


class Perceptron:
    """An averaged perceptron over what the tokens are and how they are marked: what the model must beat."""

    def __init__(self) -> None:
        self.weights: dict[str, dict[str, float]] = {}

    def best(self, seen_: Sequence[str], labels: Sequence[str]) -> str:
        """The label with the most votes."""
        votes = dict.fromkeys(labels, 0.0)
        for name in seen_:
            for label, weight in self.weights.get(name, {}).items():
                if label in votes:
                    votes[label] += weight
        return max(votes, key=lambda label: votes[label])


def signs_of(step: Seen) -> list[str]:
    """What the perceptron sees: each token with its line, two in a row, and each mark with its line and kind."""
    found: set[str] = {"bias"}
    line = 0
    last = ""
    first_mark = SPELLINGS + SLOTS
    for k, (name, features) in enumerate(zip(step.classes, step.features, strict=True)):
        line = int(k >= step.place_of_line)
        found.add(f"{line} {name}")
        found.add(f"{line} {last} {name}")
        kind = "number" if name[:1] == "<" else "sign" if not name[:1].isalpha() else "word"
        marks = [MARKS[n - first_mark] for n in features if n >= first_mark]
        found |= {f"{line} {kind} {m}" for m in marks}
        found |= {f"{line} {kind} {a} {b}" for a in marks for b in marks if a < b}
        last = name
    return sorted(found)


def train_perceptron(
    sample: Sequence[tuple[Sequence[str], str]], labels: Sequence[str], passes: int = 2, seed: int = 0
) -> Perceptron:
    """Weights that are the mean of those after each example."""
    model = Perceptron()
    totals: dict[tuple[str, str], float] = defaultdict(float)
    since: dict[tuple[str, str], int] = defaultdict(int)
    order = list(sample)
    rng = random.Random(seed)
    step = 0
    for _ in range(passes):
        rng.shuffle(order)
        for names, label in order:
            step += 1
            guess = model.best(names, labels)
            if guess == label:
                continue
            for name in names:
                row = model.weights.setdefault(name, {})
                for which, by in ((label, 1.0), (guess, -1.0)):
                    totals[name, which] += (step - since[name, which]) * row.get(which, 0.0)
                    since[name, which] = step
                    row[which] = row.get(which, 0.0) + by
    for (name, label), total in totals.items():
        row = model.weights[name]
        row[label] = (total + (step - since[name, label]) * row[label]) / max(step, 1)
    return model
