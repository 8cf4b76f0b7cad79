"""Training in small: batches, a run that is stopped and goes on, what it leaves behind, the baseline."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

from tutor.cli.app import app
from tutor.errors import ModelError
from tutor.slm.labels import LABELS
from tutor.slm.vocabulary import SPECIAL, UNKNOWN, Vocabulary
from tutor.training import textbook
from tutor.training.data import IGNORED, Noise, batches, corpus
from tutor.training.perceptron import train_perceptron
from tutor.training.scores import Answer, Asked, Score, least_probability, score

LINES = list(textbook.lines(5, 300))
SILENT = Noise(0, 0, 0)


@pytest.fixture(scope="module")
def source():
    return corpus(LINES, Vocabulary.of((line.tokens for line in LINES), 1))


def test_every_line_is_in_one_batch(source):
    found = list(batches(source, 200, SILENT, seed=1))
    assert sum(len(b.lengths) for b in found) == len(source) == len(LINES)
    labels = np.concatenate([b.labels[b.labels != IGNORED] for b in found])
    assert sorted(labels) == sorted(LABELS.index(label) for line in LINES for label in line.labels)


def test_the_same_seed_gives_the_same_batches(source):
    one, again, other = ([b.classes.tolist() for b in batches(source, 200, Noise(), seed=s)] for s in (1, 1, 2))
    assert one == again != other


def test_noise_takes_the_class_of_words_alone(source):
    plain = np.concatenate([b.classes.ravel() for b in batches(source, 200, SILENT, seed=1)])
    spoilt = np.concatenate([b.classes.ravel() for b in batches(source, 200, Noise(1, 0, 0), seed=1)])
    changed = plain != spoilt
    words = set(source.classes[source.words].tolist())
    assert set(spoilt[changed].tolist()) == {SPECIAL.index(UNKNOWN)}
    assert set(plain[changed].tolist()) <= words


def test_noise_leaves_words_that_say_something(source):
    for plain, spoilt in zip(
        batches(source, 200, SILENT, seed=1), batches(source, 200, Noise(0, 1, 0), seed=1), strict=True
    ):
        said = plain.labels > 0
        assert (plain.classes[said] == spoilt.classes[said]).all()


def test_the_baseline_learns_what_it_is_shown():
    some = LINES[:60]
    model = train_perceptron(some, passes=8)
    right = sum(model.label(k.tokens, value=k.previous is not None) == list(k.labels) for k in some)
    assert right > 45


def answer(probability: float, read: tuple[str, ...] | None) -> Answer:
    return Answer(Asked("x is 2", ("x = 2",)), read, probability)


def test_wrong_readings_below_the_threshold_count_as_none():
    given = [answer(0.9, ("x = 4",)), answer(0.8, ("x = 2",)), answer(0.3, ("x = 3",)), answer(0.0, None)]
    said = "25.0 % exact, 50.0 % abstained, 25.0 % silently wrong (25.0 % in what is claimed)"
    assert str(score(given, 0.5)) == said


def test_a_value_said_in_passing_makes_a_reading_inexact_but_no_claim_wrong():
    given = [answer(0.9, ("value: 3", "x = 2"))]
    assert score(given) == Score(lines=1, exact=0, abstained=0, wrong=1, claims_wrong=0)


def test_the_threshold_lets_through_what_is_allowed():
    given = [answer(k / 100, ("x = 2",) if k % 10 else ("x = 3",)) for k in range(100)]
    least = least_probability(given, allowed=0.02)
    assert score(given, least).wrong == 2
    assert score(given, least - 0.01).wrong == 3


# ---------------------------------------------------------------- a run

torch = pytest.importorskip("torch")
from tutor.slm.backends.bundled import Bundled  # noqa: E402
from tutor.slm.jobs import LineRequest  # noqa: E402
from tutor.training.card import CARD, write_card  # noqa: E402
from tutor.training.train import CHECKPOINT, Recipe, prepare, settle, write  # noqa: E402

TINY = Recipe(lines=len(LINES), passes=2, tokens=800, hidden=64, layers=1, dropout=0.0)


def losses(run, stop: int | None = None) -> list[float]:
    found = []

    def report(now):
        found.append(now.loss)
        if now.step == stop:
            raise KeyboardInterrupt

    run.train(report, every=1)
    return found


def test_a_run_that_was_stopped_ends_as_if_it_had_not_been(tmp_path):
    whole = prepare(TINY, tmp_path / "whole", "cpu", LINES)
    expected = losses(whole)
    assert expected[-1] < 0.85 * expected[0]
    stopped = prepare(TINY, tmp_path / "stopped", "cpu", LINES)
    with pytest.raises(KeyboardInterrupt):
        losses(stopped, stop=4)
    stopped.save()
    again = prepare(TINY, tmp_path / "stopped", "cpu", LINES)
    assert again.resume()
    assert losses(again) == pytest.approx(expected[4:], rel=1e-3)


def test_a_run_of_another_recipe_is_not_gone_on_with(tmp_path):
    prepare(TINY, tmp_path, "cpu", LINES).save()
    assert not prepare(replace(TINY, seed=9), tmp_path, "cpu", LINES).resume()
    assert not prepare(TINY, tmp_path, "cpu", LINES[1:]).resume()


def test_a_run_with_other_labels_is_not_gone_on_with(tmp_path, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr("tutor.training.train.LABELS", LABELS[:-1])
        prepare(TINY, tmp_path, "cpu", LINES).save()
    assert not prepare(TINY, tmp_path, "cpu", LINES).resume()


def test_what_is_written_reads_as_it_was_trained(tmp_path):
    run = prepare(TINY, tmp_path, "cpu", LINES)
    losses(run)
    decoder = write(run, "tiny")
    batch = next(batches(run.corpus, 400, SILENT, seed=3))
    run.model.eval()
    with torch.no_grad():
        arrays = (batch.classes, batch.buckets, batch.offsets, batch.lengths)
        theirs = torch.log_softmax(run.model(*map(torch.from_numpy, arrays)), -1).numpy()
    pieces = np.split(batch.buckets, batch.offsets[1:])
    width = batch.classes.shape[1]
    spelt = [
        [tuple(p.tolist()) for p in pieces[row * width : row * width + size]] for row, size in enumerate(batch.lengths)
    ]
    classes = [line[:size].tolist() for line, size in zip(batch.classes, batch.lengths, strict=True)]
    for row, ours in enumerate(decoder.tagger.phi.log_probabilities(classes, spelt)):
        np.testing.assert_allclose(ours, theirs[row, : len(ours)], atol=0.02)  # 16 bits on the way


def test_a_run_leaves_a_model_and_its_card(tmp_path):
    run = prepare(TINY, tmp_path, "cpu", LINES)
    losses(run)
    least = settle(run, write(run, "tiny"), "tiny", [answer(0.9, ("x = 2",))])
    write_card(run, "tiny", "tutor train tiny", least, {"nothing": score([])})
    card = (tmp_path / CARD).read_text()
    assert run.corpus.hash in card
    assert "tutor train tiny" in card
    backend = Bundled(str(tmp_path))
    assert backend.model == "tiny"
    assert len(backend.read_lines([LineRequest("so 3 times 4 is 12")])) == 1


def test_a_damaged_checkpoint_is_told(tmp_path):
    run = prepare(TINY, tmp_path, "cpu", LINES)
    for content in (b"", b"no checkpoint", b"PK\x03\x04 cut short"):
        (tmp_path / CHECKPOINT).write_bytes(content)
        with pytest.raises(ModelError, match="Delete it to begin anew"):
            run.resume()


@pytest.mark.parametrize(
    ("options", "says"),
    [(["--hidden", "100"], "multiple of 64"), (["--lines", "0"], "lines"), (["--passes", "0"], "passes")],
)
def test_sizes_that_no_model_has_are_refused_before_a_line_is_written(tmp_path, options, says):
    found = CliRunner().invoke(app, ["train", str(tmp_path / "m"), *options])
    assert found.exit_code == 2
    assert says in found.output
    assert not (tmp_path / "m").exists()


def test_a_device_that_is_not_there_is_told_before_a_line_is_written(tmp_path):
    found = CliRunner().invoke(app, ["train", str(tmp_path / "m"), "--device", "abacus"])
    assert isinstance(found.exception, ModelError)
    assert "abacus" in str(found.exception)
