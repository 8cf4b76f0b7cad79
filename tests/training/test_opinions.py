"""The generator of steps with their operation: by seed, held-out families apart, labels that the verifier shares."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
import torch

from tutor.errors import NotReadable
from tutor.slm.jobs import StepRequest
from tutor.slm.notation import OPERATIONS
from tutor.slm.opinions import Thresholds, seen
from tutor.syntax.read import read
from tutor.training.opinions.drafts import Draw, tidy
from tutor.training.opinions.measure import as_seen, signs_of, train_perceptron
from tutor.training.opinions.steps import ALL, HELD_OUT, judged, slip, some
from tutor.training.opinions.train import (
    RECIPE,
    SURE_RIGHT,
    SURE_WRONG,
    arrays,
    example,
    settled,
    trained,
    vocabulary_of,
    write,
)
from tutor.training.opinions.wording import dressed, in_words, number_in_words


def test_the_same_seed_gives_the_same_pairs():
    assert some(7, 60, held_out=False) == some(7, 60, held_out=False)
    assert some(7, 60, held_out=False) != some(8, 60, held_out=False)


def test_held_out_families_never_occur_in_training():
    train = {p.family for p in some(3, 1500, held_out=False)}
    other = {p.family for p in some(3, 300, held_out=True)}
    assert not train & HELD_OUT
    assert other <= HELD_OUT
    assert len(HELD_OUT) >= 0.15 * len(ALL)


def test_every_operation_but_none_else_is_there():
    counts = Counter(p.operation for p in some(3, 3000, held_out=False))
    assert set(counts) == set(OPERATIONS)
    assert {f.make(Draw(random.Random(1))).operation for f in ALL if f.held_out} >= set(OPERATIONS) - {"add"}


@pytest.mark.parametrize("family", ALL, ids=lambda f: f.name)
def test_the_right_step_of_a_family_is_not_refuted_and_can_be_read(family):
    rng = random.Random(5)
    for _ in range(6):
        move = family.make(Draw(rng))
        assert move.operation in OPERATIONS
        if not move.verified:
            continue
        before = tidy(move.before)
        for line in (move.line, *move.also):
            assert judged(before, tidy(line)) is not False, (before, tidy(line))


def test_the_errors_of_families_are_errors():
    rng = random.Random(6)
    verdicts: Counter[bool | None] = Counter()
    for family in ALL:
        for _ in range(2):
            move = family.make(Draw(rng))
            if move.verified:
                verdicts.update(judged(tidy(move.before), tidy(w)) for w in move.wrong if w)
    # From an equation without solutions everything follows, and 2 + 2 is 2*2: such a step is dropped.
    assert verdicts[True] < 0.2 * verdicts[False]


def test_a_step_with_an_error_that_happens_to_hold_is_dropped_or_right():
    for pair in some(12, 300, held_out=True):
        assert pair.right is not None
        if pair.confirmed and not pair.right and not pair.problem and judged(pair.before, pair.line) is not None:
            assert judged(pair.before, pair.line) is False


SLIPS = ["2x = 4", "x = -3", "3x + 5 = 20", "0.5x = 12", "(x - 2)(x + 3) = 0"]


@pytest.mark.parametrize("line", SLIPS)
def test_a_slip_changes_a_number_or_a_sign_and_can_be_read(line):
    for seed in range(20):
        slipped = slip(line, random.Random(seed))
        assert slipped != line
        read(slipped)


def test_words_for_a_line_say_all_its_numbers():
    rng = random.Random(2)
    for text in ("2x + 3 = 7", "x^2 - 5x = 14", "x/4 >= 3"):
        said = in_words(read(text), rng)
        spoken = {number_in_words(n): str(n) for n in range(20)}
        found = " ".join(spoken.get(word, word) for word in said.split())
        for number in ("2", "3", "7") if "7" in text else ("5", "14") if "14" in text else ("4", "3"):
            assert number in found


@pytest.mark.parametrize("style", ["plain", "close", "signs", "latex"])
def test_other_dress_says_the_same(style):
    rng = random.Random(4)
    for text in ("2x + 3 = 7", "3(x - 2) = x^2", "sqrt(x + 1) >= 4"):
        shown = dressed(text, rng, style)
        try:
            assert tidy_tree(shown) == tidy_tree(text)
        except NotReadable as error:
            pytest.fail(f"{shown}: {error}")


def tidy_tree(text):
    from tutor.misconceptions.patterns import plain

    return plain(read(text))


def test_the_perceptron_learns_what_is_plain():
    sample = [
        (("2x + 3 = 7", "2x = 4"), "subtract"),
        (("2x = 4", "x = 2"), "divide"),
        (("x/2 = 4", "x = 8"), "multiply"),
    ]
    learnt = [(signs_of(seen(StepRequest(*lines))), operation) for lines, operation in sample]
    model = train_perceptron(learnt, OPERATIONS, passes=5)
    assert [model.best(signs, OPERATIONS) for signs, _ in learnt] == [operation for _, operation in learnt]


def test_a_trained_model_is_written_and_says_the_same_in_numpy(tmp_path):
    recipe = replace(RECIPE, lines=80, passes=2, tokens=400, least=1, hidden=64, layers=1)
    pairs = some(1, recipe.lines, held_out=False)
    steps = [as_seen(p) for p in pairs]
    vocabulary = vocabulary_of(steps, recipe.least)
    examples = [example(p, s, vocabulary) for p, s in zip(pairs, steps, strict=True)]
    model = trained(recipe, examples, len(vocabulary.classes), 60, lambda _: None).eval()
    opinions = write(tmp_path, recipe, vocabulary, model, Thresholds(0.9, 0.1))
    assert opinions.thresholds == Thresholds(0.9, 0.1)
    with torch.no_grad():
        classes, features, offsets, lengths, places, _ = arrays(examples[:5], None)
        at = model(classes, features, offsets, lengths)[torch.arange(5)[:, None], places]
    operations = [OPERATIONS[int(row[0, : len(OPERATIONS)].argmax())] for row in at]
    right = [float(row[1, len(OPERATIONS) :].softmax(-1)[0]) for row in at]
    found = opinions.scores(steps[:5])
    assert [name for name, _, _ in found] == operations
    assert [r for _, _, r in found] == pytest.approx(right, abs=0.01)  # stored in 16 bits


def test_thresholds_keep_to_what_was_sure():
    probabilities = [k / 200 for k in range(200)]
    limits = settled(probabilities, [p > 0.6 for p in probabilities])
    above = [p > 0.6 for p in probabilities if p >= limits.right]
    below = [p <= 0.6 for p in probabilities if p <= limits.wrong]
    assert sum(above) >= SURE_RIGHT * len(above)
    assert sum(below) >= SURE_WRONG * len(below)
    too_few = settled([0.5] * 10, [True] * 10)
    assert too_few.right > 1
    assert too_few.wrong < 0
