"""The generator of steps with their operation: by seed, held-out families apart, labels that the verifier shares."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tutor.errors import NotReadable
from tutor.slm.jobs import StepRequest
from tutor.slm.notation import OPERATIONS
from tutor.slm.opinions import seen
from tutor.syntax.read import read
from tutor.training.opinions.drafts import Draw, tidy
from tutor.training.opinions.measure import signs_of, train_perceptron
from tutor.training.opinions.steps import ALL, HELD_OUT, judged, slip, some
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
