"""A tagger's folder: written, read again, and refused where something is wrong with it."""

from __future__ import annotations

import json

import pytest

from tests.slm.random_tagger import write_tagger
from tutor.errors import ModelError
from tutor.slm import weights as module
from tutor.slm.backends.bundled import Bundled
from tutor.slm.jobs import LineRequest
from tutor.slm.weights import CONFIG, MANIFEST, VOCABULARY, load_tagger

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


def other_class(folder):
    config = json.loads((folder / CONFIG).read_text()) | {"architectures": ["PhiForCausalLM"]}
    (folder / CONFIG).write_text(json.dumps(config))
    resummed(folder, CONFIG)


def other_labels(folder):
    config = json.loads((folder / CONFIG).read_text()) | {"id2label": {"0": "O", "1": "NOUN"}}
    (folder / CONFIG).write_text(json.dumps(config))
    resummed(folder, CONFIG)


def other_size(folder):
    config = json.loads((folder / CONFIG).read_text()) | {"hidden_size": 32}
    (folder / CONFIG).write_text(json.dumps(config))
    resummed(folder, CONFIG)


def outside(folder):
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["files"]["../secret"] = "0"
    (folder / MANIFEST).write_text(json.dumps(manifest))


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
    (other_class, "of another kind: PhiForCausalLM"),
    (other_labels, "labels of another version: NOUN"),
    (other_size, "has the size"),
    (outside, "is no file of the folder"),
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
