"""Training the model that gives opinions on steps.

`python -m tutor.training.opinions.train FOLDER` makes it again: the pairs, their order and the noise follow from the
seed. The trunk is the one of `training.train`, smaller, with a loss at the two markers alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from tutor.slm.notation import OPERATIONS
from tutor.slm.opinions import (
    FEATURES,
    FOLDER,
    LABELS,
    RIGHT,
    SPECIAL,
    SPELLINGS,
    WRONG,
    Opinions,
    Seen,
    Thresholds,
)
from tutor.slm.vocabulary import Vocabulary
from tutor.slm.weights import load_tagger, save_tagger
from tutor.training.data import IGNORED
from tutor.training.opinions.measure import (
    BASELINE_PAIRS,
    VALIDATION_SEED,
    as_seen,
    samples_to_measure,
    score,
    signs_of,
    train_perceptron,
)
from tutor.training.opinions.steps import Pair, some
from tutor.training.train import Recipe, Tagging, optimisers_of, phi_config

RECIPE = Recipe(lines=26_000, passes=4, tokens=2_000, seed=1, least=4, hidden=128, layers=3, dropout=0.0)
NAME = "showwork-opinion-1"
# How often right and wrong must be so, on validation, where they are said: to doubt right work is the worse mistake.
SURE_RIGHT, SURE_WRONG = 0.95, 0.98
WORDS_UNKNOWN = 0.15  # of the lines, whose words are made unknown while training


@dataclass(frozen=True, slots=True)
class Example:
    """A pair as numbers: classes and features of its tokens, the place of the second marker, and the two labels."""

    classes: tuple[int, ...]
    features: tuple[tuple[int, ...], ...]
    place: int
    operation: int
    right: int
    words: tuple[int, ...]  # places of words of the line


def vocabulary_of(steps: Sequence[Seen], least: int) -> Vocabulary:
    """The classes that occur at least so often."""
    counts: dict[str, int] = defaultdict(int)
    for step in steps:
        for name in step.classes:
            counts[name] += 1
    kept = sorted(name for name, count in counts.items() if count >= least and name not in SPECIAL)
    return Vocabulary((*SPECIAL, *kept))


def example(pair: Pair, step: Seen, vocabulary: Vocabulary) -> Example:
    """The numbers of a pair."""
    place = step.place_of_line
    words = tuple(place + 1 + k for k, token in enumerate(step.line) if token.kind == "word")
    return Example(
        tuple(vocabulary.number(name) for name in step.classes),
        step.features,
        place,
        LABELS.index(pair.operation),
        IGNORED if pair.right is None else LABELS.index(RIGHT if pair.right else WRONG),
        words,
    )


Arrays = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]


def batches(examples: Sequence[Example], tokens: int, rng: random.Random) -> Iterator[list[Example]]:
    """Examples of like length together, in any order."""
    order = sorted(examples, key=lambda e: (len(e.classes), rng.random()))
    found: list[list[Example]] = [[]]
    for each in order:
        if (len(found[-1]) + 1) * len(each.classes) > tokens and found[-1]:
            found.append([])
        found[-1].append(each)
    rng.shuffle(found)
    yield from found


def arrays(batch: Sequence[Example], rng: random.Random | None) -> Arrays:
    """Classes, feature numbers with their offsets, lengths, and the labels with their places; noise where asked."""
    longest = max(len(e.classes) for e in batch)
    classes = np.zeros((len(batch), longest), np.int64)
    features: list[int] = []
    offsets: list[int] = []
    for row, each in enumerate(batch):
        classes[row, : len(each.classes)] = each.classes
        unknown: set[int] = set()
        if rng is not None and each.words and rng.random() < WORDS_UNKNOWN:
            unknown = set(each.words)
        for place in range(longest):
            offsets.append(len(features))
            if place >= len(each.features):
                continue
            if place in unknown:
                assert rng is not None
                classes[row, place] = 1
                features += [n for n in each.features[place] if n >= SPELLINGS]
                features += [rng.randrange(SPELLINGS) for _ in range(3)]
            else:
                features += each.features[place]
    return (
        torch.from_numpy(classes),
        torch.tensor(features, dtype=torch.long),
        torch.tensor(offsets, dtype=torch.long),
        torch.tensor([len(e.classes) for e in batch]),
        torch.tensor([[0, e.place] for e in batch]),
        torch.tensor([[e.operation, e.right] for e in batch]),
    )


def model_of(recipe: Recipe, classes: int) -> Tagging:
    """The trunk with the features and labels of opinions."""
    model = Tagging(recipe, classes)
    model.features = nn.EmbeddingBag(FEATURES, recipe.hidden, mode="mean")
    nn.init.normal_(model.features.weight, std=0.1)
    model.phi.score = nn.Linear(recipe.hidden, len(LABELS))
    return model


def trained(
    recipe: Recipe, examples: Sequence[Example], classes: int, seconds: float, report: Callable[[str], None]
) -> Tagging:
    """A model after all passes, or as many steps of them as the time allows; the rate falls with the time."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    model = model_of(recipe, classes)
    optimisers = optimisers_of(model, recipe)
    started = time.monotonic()
    model.train()
    step, losses, hits = 0, [0.0], [0.0]
    steps = recipe.passes * sum(1 for _ in batches(examples, recipe.tokens, random.Random(0)))
    for _ in range(recipe.passes):
        for batch in batches(examples, recipe.tokens, rng):
            done = max(step / steps, (time.monotonic() - started) / seconds)
            if done >= 1:
                return model
            share = min(step / 200, 1.0) * (1 - done) ** 0.8
            for optimiser in optimisers:
                for group in optimiser.param_groups:
                    group["lr"] = group["highest"] * max(share, 1e-3)
            classes_, features, offsets, lengths, places, labels = arrays(batch, rng)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(classes_, features, offsets, lengths)
            at = logits.float()[torch.arange(len(batch))[:, None], places]
            loss = nn.functional.cross_entropy(at.reshape(-1, len(LABELS)), labels.reshape(-1), ignore_index=IGNORED)
            for optimiser in optimisers:
                optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for optimiser in optimisers:
                optimiser.step()
            step += 1
            losses.append(float(loss.detach()))
            hits.append(float((at.argmax(-1) == labels)[labels != IGNORED].float().mean()))
            if step % 100 == 0:
                report(
                    f"{step}/{steps} loss {np.mean(losses[-100:]):.3f} hit {np.mean(hits[-100:]):.3f}"
                    f" {time.monotonic() - started:.0f} s"
                )
    return model


# ---------------------------------------------------------------- the model that comes of it


def settled(probabilities: Sequence[float], truth: Sequence[bool]) -> Thresholds:
    """The least far apart thresholds at which both sayings are sure enough."""

    def least(values: Sequence[float], wanted: Sequence[bool], sure: float) -> float:
        """The lowest value from which on so many of the steps are as wanted."""
        order = sorted(zip(values, wanted, strict=True), reverse=True)
        best, good = 1.01, 0
        for count, (value, is_so) in enumerate(order, start=1):
            good += is_so
            if count >= 20 and good / count >= sure:
                best = value
        return best

    right = least(probabilities, truth, SURE_RIGHT)
    wrong = 1 - least([1 - p for p in probabilities], [not t for t in truth], SURE_WRONG)
    return Thresholds(max(right, 0.5), min(wrong, 0.5))


def write(folder: Path, recipe: Recipe, vocabulary: Vocabulary, model: Tagging, limits: Thresholds) -> Opinions:
    """The model written to its folder and read again."""
    config: dict[str, Any] = json.loads(phi_config(recipe, len(vocabulary.classes)).to_json_string(use_diff=False))
    config |= {
        "architectures": ["PhiForTokenClassification"],
        "name": NAME,
        "is_causal": False,
        "id2label": {str(k): label for k, label in enumerate(LABELS)},
        "label2id": {label: k for k, label in enumerate(LABELS)},
        "thresholds": {"right": round(limits.right, 4), "wrong": round(limits.wrong, 4)},
    }
    save_tagger(folder, config, vocabulary, model.arrays())
    return Opinions(load_tagger(folder, LABELS, FEATURES), limits)


# ---------------------------------------------------------------- the whole run


def main() -> int:
    """Make pairs, train, settle the thresholds, write the model and its figures."""
    parser = argparse.ArgumentParser(prog="python -m tutor.training.opinions.train", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--pairs", type=int, default=RECIPE.lines)
    parser.add_argument("--minutes", type=float, default=60.0)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    say(f"{asked.pairs} pairs")
    train = some(RECIPE.seed, asked.pairs, held_out=False)
    steps = [as_seen(p) for p in train]
    data = hashlib.sha256("\n".join(f"{p.before}|{p.line}|{p.operation}|{p.right}" for p in train).encode()).hexdigest()
    vocabulary = vocabulary_of(steps, RECIPE.least)
    examples = [example(p, s, vocabulary) for p, s in zip(train, steps, strict=True)]
    recipe = replace(RECIPE, lines=asked.pairs)
    say(f"{len(vocabulary.classes)} classes, data {data[:16]}, {sum(p.confirmed for p in train)} confirmed")
    started = time.monotonic()
    model = trained(recipe, examples, len(vocabulary.classes), asked.minutes * 60, say).eval()
    seconds = time.monotonic() - started
    validation = [p for p in some(VALIDATION_SEED, 1500, held_out=False) if p.right is not None]
    opinions = write(asked.folder, recipe, vocabulary, model, Thresholds(0.5, 0.5))
    found = [right for _, _, right in opinions.scores([as_seen(p) for p in validation])]
    opinions = write(asked.folder, recipe, vocabulary, model, settled(found, [p.right is True for p in validation]))
    samples = samples_to_measure()
    named = train_perceptron(
        [(signs_of(s), p.operation) for p, s in zip(train[:BASELINE_PAIRS], steps, strict=False)], OPERATIONS
    )
    figures: dict[str, Any] = {}
    for name, sample in samples.items():
        result = score(opinions, sample)
        baseline = sum(named.best(signs_of(as_seen(p)), OPERATIONS) == p.operation for p in sample)
        figures[name] = {
            "model": [result.named, result.said, result.sound, result.known, result.asked],
            "perceptron": baseline,
        }
        say(f"{name}: {figures[name]}")
    (asked.folder / "card.md").write_text(
        card(recipe, data[:16], seconds, len(train), sum(p.confirmed for p in train), figures), encoding="utf-8"
    )
    return 0


def card(recipe: Recipe, data: str, seconds: float, pairs: int, confirmed: int, figures: dict[str, Any]) -> str:
    """What the model is, from what it came, and what it scored."""
    rows = "\n".join(
        f"| {name} | {100 * f['model'][0] / f['model'][4]:.1f} % | {100 * f['perceptron'] / f['model'][4]:.1f} % |"
        f" {100 * f['model'][1] / f['model'][3]:.1f} % | {100 * f['model'][2] / max(f['model'][1], 1):.1f} % |"
        for name, f in figures.items()
    )
    return f"""# {NAME}

Says of a step of mathematics or physics what was done and whether it looks right. A Phi token classifier
({recipe.layers} layers of {recipe.hidden}) over the finest tokens of two lines, with marks of what comparing them
shows. Trained from nothing by `python -m tutor.training.opinions.train` on a CPU, one thread, in
{seconds / 60:.0f} minutes, on {pairs:,} pairs of lines that its own generator wrote (seed {recipe.seed}, hash {data}).
The verifier confirmed the label of {confirmed:,} of them; the rest are right or wrong by the way they were made.

It never sets a verdict. A step is said to look right where {SURE_RIGHT:.0%} of such steps were right on
validation, and wrong where {SURE_WRONG:.0%} were.

| on (600 pairs each) | operation named | the same, perceptron | right or wrong said | of these rightly |
|---|---|---|---|---|
{rows}
"""


def say(line: str) -> None:
    """To the standard error, at once."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - a command


if __name__ == "__main__":
    sys.exit(main())
