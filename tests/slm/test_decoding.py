"""From probabilities of labels to readings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.slm.random_tagger import write_tagger
from tests.slm.test_labels import CASES, labelled
from tutor.slm.decoding import Decoder, without_repeats
from tutor.slm.jobs import LineRequest
from tutor.slm.labels import LABELS
from tutor.slm.sources import source_of
from tutor.slm.tokens import tokenize
from tutor.slm.weights import load_tagger


@pytest.fixture(scope="module")
def decoder(tmp_path_factory) -> Decoder:
    return Decoder(load_tagger(write_tagger(tmp_path_factory.mktemp("tagger"))))


def likely(labels: list[str], sure: float) -> np.ndarray:
    """Log probabilities that are sure of these labels to such a degree, and of no other."""
    scores = np.full((len(labels), len(LABELS)), (1 - sure) / (len(LABELS) - 1), dtype=np.float32)
    for row, label in zip(scores, labels, strict=True):
        row[LABELS.index(label)] = sure
    return np.log(scores)


@pytest.mark.parametrize(("text", "pairs", "before", "lines"), CASES)
def test_labels_that_may_follow_one_another_are_found(decoder, text, pairs, before, lines):
    scores = likely(labelled(text, pairs), 0.97)
    readings = decoder.readings(tokenize(text), scores, LineRequest(text, previous=before))
    assert readings[0].lines == tuple(line for line, _, _ in without_repeats(tuple((line, 0, 0) for line in lines)))
    assert 0.5 * 0.97 ** len(scores) < readings[0].probability <= 1


def test_a_label_that_cannot_stand_gives_way_to_the_next(decoder):
    text = "so 5 times 3 is 15"
    scores = likely("O B-A MUL A EQ A".split(), 0.9)
    scores[1] = likely(["A"], 0.6)[0]  # no claim was begun
    scores[1, LABELS.index("B-A")] = np.log(0.3)
    assert decoder.readings(tokenize(text), scores, LineRequest(text))[0].lines == ("5*3 = 15",)


def test_sequences_that_make_the_same_reading_add_up(decoder):
    text = "it has a value of 5"
    scores = likely("O O O O O V".split(), 0.9)
    readings = decoder.readings(tokenize(text), scores, LineRequest(text))
    assert readings[0].lines == ("value: 5",)
    assert sum(r.probability for r in readings) <= 1 + 1e-6


def split(text: str, labels: str, place: int, other: str, share: float) -> np.ndarray:
    """Log probabilities that leave one label open between two."""
    scores = likely(labels.split(), 0.999)
    scores[place] = np.log((1 - share) / len(LABELS))
    scores[place, LABELS.index(labels.split()[place])] = np.log(0.99 * share)
    scores[place, LABELS.index(other)] = np.log(0.99 * (1 - share))
    return scores


@pytest.mark.parametrize(
    ("text", "share", "line"),
    [
        ("2 amassed 29 gives 31", 0.4, "2 + 29 = 31"),  # left open by the words, and it comes out
        ("2 times 29 gives 31", 0.99, "2*29 = 31"),  # said clearly, though it does not come out
    ],
)
def test_what_is_left_open_is_what_comes_out(decoder, text, share, line):
    labels = "B-A MUL A EQ A" if "times" in text else "B-A ADD A EQ A"
    other = "ADD" if "times" in text else "MUL"
    scores = split(text, labels, 1, other, share)
    assert decoder.readings(tokenize(text), scores, LineRequest(text))[0].lines == (line,)


def test_what_stood_in_the_text_is_certain(decoder):
    text = "so then 2x = 4 i think"
    readings = decoder.readings(tokenize(text), likely("O O B-A O O".split(), 0.99), LineRequest(text))
    assert readings[0].certain
    assert readings[0].spans == ((8, 14),)


def test_a_number_that_no_word_says_is_no_reading(decoder):
    # HALF on "apple" would bring a 2 into the text.
    text = "apple 18 is 9"
    readings = decoder.readings(tokenize(text), likely("B-HALF A EQ A".split(), 0.99), LineRequest(text))
    assert all("2" not in line for reading in readings for line in reading.lines)


PARTS = "half twice 3 12 x 2x+1 plus from is of that squared 5 m/s 15% =  , $4 and or minus root divided by 7/8 sides"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PARTS.split()), min_size=1, max_size=14), st.integers(0, 2**32 - 1))
def test_nothing_is_read_that_does_not_stand_in_the_text(decoder, words, seed):
    text = " ".join(words)
    tokens = tokenize(text)
    scores = np.random.default_rng(seed).normal(scale=4, size=(len(tokens), len(LABELS)))
    scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
    source = source_of(text, "40")
    for reading in decoder.readings(tokens, scores.astype(np.float32), LineRequest(text, previous="40")):
        assert reading.probability <= 1
        for line in reading.lines:
            source.check(line)  # raises where a number, a letter or a unit was invented


def test_several_taggers_give_the_mean_of_their_probabilities(tmp_path):
    one, other = (load_tagger(write_tagger(tmp_path / str(seed), seed=seed)) for seed in (1, 2))
    tokens = tokenize("5 times 3 is 15")
    alone = [Decoder(tagger)._scores([tokens], [False])[0] for tagger in (one, other)]
    both = Decoder(one, other)._scores([tokens], [False])[0]
    assert np.allclose(np.exp(both), (np.exp(alone[0]) + np.exp(alone[1])) / 2, atol=1e-6)


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (("value: 2", "30 - 28 = 2"), ("30 - 28 = 2",)),
        (("18/3 = 6", "value: 18", "value: 6"), ("18/3 = 6",)),
        (("value: 2 h", "12/2 = 6"), ("value: 2 h", "12/2 = 6")),
        (("value: 5", "value: 5"), ("value: 5", "value: 5")),
        (("x^2 = 9", "value: 29"), ("x^2 = 9", "value: 29")),
        (("op: /4", "value: 4"), ("op: /4",)),
    ],
)
def test_a_number_of_a_claim_is_not_a_value_as_well(lines, kept):
    assert tuple(line for line, _, _ in without_repeats(tuple((line, 0, 0) for line in lines))) == kept
