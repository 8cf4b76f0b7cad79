"""A tagger's folder: written, read again, and refused where something is wrong with it."""

from __future__ import annotations

import importlib
import json

import numpy as np
import pytest
from safetensors.numpy import load, save

from tests.slm.random_tagger import write_tagger
from tutor.errors import ModelError
from tutor.slm import weights as module
from tutor.slm.backends.bundled import Bundled
from tutor.slm.jobs import LineRequest
from tutor.slm.labels import LABELS
from tutor.slm.phi import FEATURES
from tutor.slm.weights import CONFIG, MANIFEST, VOCABULARY, load_tagger, load_taggers

SHARD = "model-00001-of-00001.safetensors"


def test_what_is_written_is_read_again(tmp_path):
    tagger = load_tagger(write_tagger(tmp_path))
    assert tagger.name == "random"
    assert tagger.phi.score[0].shape == (tagger.phi.shape.hidden, len(tagger.labels))


def test_weights_are_cut_into_shards(tmp_path, monkeypatch):
    whole = load_tagger(write_tagger(tmp_path / "whole"))
    monkeypatch.setattr(module, "MAX_SHARD_BYTES", 40_000)
    folder = write_tagger(tmp_path / "cut")
    assert len(list(folder.glob("*.safetensors"))) > 1
    assert (load_tagger(folder).phi.score[0] == whole.phi.score[0]).all()


def truncate(folder):
    path = folder / SHARD
    path.write_bytes(path.read_bytes()[:-100])


def alter(folder):
    content = bytearray((folder / SHARD).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / SHARD).write_bytes(content)


def resummed(folder, name):
    """The manifest's sum put right after a change, so that what comes after it is tried."""
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["files"][name] = module.sha256((folder / name).read_bytes()).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest))


def no_weights(folder):
    (folder / SHARD).write_bytes(b"not weights at all")
    resummed(folder, SHARD)


def configured(**changes):
    """Its config.json saying something else."""

    def change(folder):
        config = json.loads((folder / CONFIG).read_text()) | changes
        (folder / CONFIG).write_text(json.dumps(config))
        resummed(folder, CONFIG)

    return change


def written(name, content):
    def change(folder):
        (folder / name).write_bytes(content)
        resummed(folder, name)

    return change


def weights_changed(change):
    def changed(folder):
        weights = load((folder / SHARD).read_bytes())
        change(weights)
        (folder / SHARD).write_bytes(save(weights))
        resummed(folder, SHARD)

    return changed


def in_another_type(folder):
    torch = pytest.importorskip("torch")
    (folder / SHARD).write_bytes(importlib.import_module("safetensors.torch").save({"a": torch.zeros(2).bfloat16()}))
    resummed(folder, SHARD)


def listing(name):
    def change(folder):
        manifest = json.loads((folder / MANIFEST).read_text())
        manifest["files"][name] = "0"
        (folder / MANIFEST).write_text(json.dumps(manifest))

    return change


BROKEN = [
    # what is done to it                                      what the message says
    (truncate, "cut short or altered"),
    (alter, "cut short or altered"),
    (lambda f: (f / SHARD).unlink(), "has no model-00001"),
    (lambda f: (f / MANIFEST).unlink(), "no tagger in it"),
    (lambda f: (f / MANIFEST).write_text("{"), "is not JSON"),
    (lambda f: (f / MANIFEST).write_text("[]"), "is no JSON object"),
    (lambda f: (f / VOCABULARY).write_text("one"), "cut short or altered"),
    (no_weights, "holds no weights"),
    (in_another_type, "holds no weights"),
    (configured(architectures=["PhiForCausalLM"]), "of another kind: PhiForCausalLM"),
    (configured(architectures=7), "of another kind: none"),
    (configured(id2label={"0": "O", "1": "NOUN"}), "labels of another version: NOUN"),
    (configured(id2label={"1": "O", "2": "A"}), "labels of another version"),
    (configured(id2label=["O", "A"]), "labels of another version"),
    (configured(hidden_size=32), "has the size"),
    (configured(hidden_size="wide"), "gives no sizes"),
    (configured(num_attention_heads=0), "gives no sizes"),
    (configured(num_attention_heads=3), "sizes that no model has"),
    (configured(num_hidden_layers=10**9), "sizes that no model has"),
    (configured(rope_parameters={"rope_theta": 1e4}), "does not say 'partial_rotary_factor'"),
    (configured(rope_parameters={"rope_theta": 1e4, "partial_rotary_factor": 2}), "sizes that no model has"),
    (configured(least_probability="high"), "least_probability is 'high'"),
    (written(CONFIG, b"["), "is not JSON"),
    (written(CONFIG, b"[]"), "is no JSON object"),
    (written(VOCABULARY, b"\xff\xfe"), "is no text"),
    (weights_changed(lambda w: w.update({FEATURES: w[FEATURES][:9].copy()})), f"no weights called {FEATURES}"),
    (weights_changed(lambda w: w["score.bias"].fill(np.nan)), "score.bias holds what is no number"),
    (lambda f: (f / MANIFEST).write_bytes(b"[" * 100_000), "is not JSON"),
    (listing("../secret"), "is no file of the folder"),
    (listing(".."), "is no file of the folder"),
    (listing("\0"), "is no file of the folder"),
]


@pytest.mark.parametrize(("breaks", "says"), BROKEN)
def test_what_is_wrong_with_a_folder_is_said(tmp_path, breaks, says):
    breaks(write_tagger(tmp_path))
    with pytest.raises(ModelError, match=says):
        Bundled(str(tmp_path))


def test_a_folder_that_is_not_there_is_no_crash(tmp_path):
    with pytest.raises(ModelError, match="`tutor train` makes one"):
        Bundled(str(tmp_path / "nowhere"))


def test_lines_come_back_in_the_order_asked(tmp_path):
    backend = Bundled(str(write_tagger(tmp_path)))
    asked = [LineRequest("x = 2 " * n) for n in (9, 1, 5, 30)] + [LineRequest("x " * 3000), LineRequest("")]
    together = backend.read_lines(asked)
    alone = [backend.read_lines([a])[0] for a in asked]
    assert [[r.lines for r in reply.readings] for reply in together] == [
        [r.lines for r in reply.readings] for reply in alone
    ]
    assert "at most" in together[4].fault


def test_taggers_of_other_seeds_in_the_folder_read_beside_the_first(tmp_path):
    write_tagger(tmp_path)
    write_tagger(tmp_path / "seed-2", seed=2)
    found = load_taggers(tmp_path)
    assert len(found) == 2
    assert not np.array_equal(found[0].phi.score[0], found[1].phi.score[0])


def test_a_tagger_of_another_seed_with_other_labels_is_refused(tmp_path):
    write_tagger(tmp_path)
    labels = {str(k): label for k, label in enumerate(reversed(LABELS))}
    write_tagger(tmp_path / "seed-2", seed=2, id2label=labels)
    with pytest.raises(ModelError, match="has other labels than"):
        load_taggers(tmp_path)
