from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch
from typer.testing import CliRunner

from tests.slm import tiny
from tests.slm.random_tagger import write_tagger
from tutor.cli.app import app
from tutor.errors import ModelError
from tutor.slm import bench
from tutor.slm.bench import PHI_2, PHI_2_SHAPE, Measured, lines, measure, phi_2_shape


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tiny-phi")
    tiny.model().save_pretrained(made)
    tiny.tokenizer().save_pretrained(made)
    return made


def test_lines_are_all_different() -> None:
    asked = lines(100)
    assert len({line.text for line in asked}) == 100


def test_a_model_is_measured_in_a_process_of_its_own(folder: Path) -> None:
    said = CliRunner().invoke(
        app, ["model", "bench", f"{folder}?device=cpu", "echo", "--no-phi2", "--seconds", "0.1", "--json"]
    )
    found = {m["model"]: m for m in json.loads(said.stdout)["models"]}
    local, echo = found[str(folder)], found["echo"]
    weights = sum(p.numel() for p in tiny.model().parameters())
    assert (local["parameters"], local["weights_bytes"], local["dtype"]) == (weights, 2 * weights, "bfloat16")
    for measured in (local, echo):
        assert 0 < measured["load_s"] < measured["first_s"]
        assert measured["line_s"] > 0
        assert measured["lines_per_s"] > 0
        assert measured["joules_per_line"] >= 0
    assert local["prefill_tokens_per_s"] > 0
    assert local["peak_bytes"] > echo["peak_bytes"] > 1_000_000


def test_a_trained_folder_is_measured_without_pytorch(tmp_path: Path) -> None:
    write_tagger(tmp_path)
    command = [sys.executable, "-m", "tutor.slm.bench", str(tmp_path), "0.2", "10", str(time.time())]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert found["model"] == "random"
    assert found["parameters"] > 1000
    assert 0 < found["weights_bytes"] / found["parameters"] < 4
    assert found["peak_bytes"] < 300_000_000
    assert found["lines_per_s"] > 0


def test_a_model_that_is_not_here_says_why_and_the_others_are_measured() -> None:
    said = CliRunner().invoke(app, ["model", "bench", "nobody/no-model", "echo", "--no-phi2", "--seconds", "0.1"])
    assert said.exit_code == 1
    assert "hf download nobody/no-model" in said.stdout
    assert "many lines, lines/s" in said.stdout


def test_the_shape_is_phi_2s() -> None:
    """As its published configuration has it; the rotation turns 32 of 80 numbers of a head."""
    small = phi_2_shape(num_hidden_layers=1, vocab_size=512)
    block = small.model.layers[0]
    assert (block.self_attn.q_proj.in_features, block.mlp.fc1.out_features) == (2560, 10240)
    assert (small.config.num_attention_heads, block.self_attn.rotary_ndims) == (32, 32)
    assert PHI_2_SHAPE["num_hidden_layers"] == 32
    assert small.dtype == torch.bfloat16
    assert torch.isfinite(small(torch.arange(5).unsqueeze(0)).logits).all()
    whole = 51200 * 2560 * 2 + 51200 + 2 * 2560 + 32 * sum(p.numel() for p in block.parameters())
    assert whole == 2_779_683_840


def test_phi_2s_shape_is_not_tried_where_it_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "available_bytes", lambda: 4_000_000_000)
    with pytest.raises(ModelError, match=r"needs 6\.6 GB of memory; 4\.0 GB are free"):
        measure(PHI_2, seconds=1, watts=10, begun=0)


def test_a_small_shape_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    shape: dict[str, Any] = {
        "hidden_size": 64,
        "intermediate_size": 64,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
    }
    monkeypatch.setattr(bench, "PHI_2_SHAPE", PHI_2_SHAPE | shape | {"vocab_size": 512})
    found = measure(PHI_2, seconds=1, watts=10, begun=0)
    assert found.prefill_tokens_per_s is not None
    assert found.decode_tokens_per_s is not None
    assert found.line_s is not None
    assert found.line_s == pytest.approx(30 / found.prefill_tokens_per_s + 16 / found.decode_tokens_per_s)


def test_a_table_shows_what_was_not_measured_as_a_dash(capsys: pytest.CaptureFixture[str]) -> None:
    from tutor.cli.model import _print_table

    _print_table([Measured("a model", line_s=0.0123, peak_bytes=123_456_789, note="why")], color=False)
    printed = capsys.readouterr().out
    assert "12.3 ms" in printed
    assert "123 MB" in printed
    assert "–" in printed
    assert "a model: why" in printed


def test_info_says_what_is_chosen_and_how_to_get_it() -> None:
    said = CliRunner().invoke(app, ["model", "info", "--model", "nobody/no-model"])
    assert said.exit_code == 1
    assert "hf download nobody/no-model" in said.stdout
    opens = CliRunner().invoke(app, ["model", "info", "--model", "echo", "--json"])
    assert opens.exit_code == 0
    assert json.loads(opens.stdout)["opens"] == "echo (echo)"
