"""The forward pass in NumPy against transformers'."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.slm.phi import FEATURES, Phi, Shape

torch = pytest.importorskip("torch")
from transformers import PhiConfig, PhiForTokenClassification  # noqa: E402

CLASSES, LABELS, BUCKETS = 50, 7, 30


def reference(layers: int, hidden: int, heads: int, part: float):
    torch.manual_seed(1)
    config = PhiConfig(
        vocab_size=CLASSES, hidden_size=hidden, intermediate_size=3 * hidden, num_hidden_layers=layers,
        num_attention_heads=heads, max_position_embeddings=64, num_labels=LABELS, initializer_range=0.3,
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0, "partial_rotary_factor": part},
    )  # fmt: skip
    model = PhiForTokenClassification(config).eval()
    for name, values in model.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.normal_(values, std=0.3)
    return model


def ours(model) -> Phi:
    config = model.config
    weights = {name: values.detach().numpy() for name, values in model.state_dict().items()}
    weights[FEATURES] = np.random.default_rng(1).normal(size=(BUCKETS, config.hidden_size)).astype(np.float32)
    head = config.hidden_size // config.num_attention_heads
    shape = Shape(
        config.hidden_size, config.intermediate_size, config.num_hidden_layers, config.num_attention_heads,
        int(head * config.rope_parameters["partial_rotary_factor"]), 10000.0, config.layer_norm_eps,
    )  # fmt: skip
    return Phi(shape, weights)


def theirs(model, line: list[int]):
    """Log probabilities where every token sees every other: a mask of four dimensions that hides nothing."""
    mask = torch.zeros(1, 1, len(line), len(line))
    with torch.no_grad():
        logits = model(input_ids=torch.tensor([line]), attention_mask=mask).logits[0]
    return torch.log_softmax(logits, dim=-1).numpy()


@pytest.mark.parametrize(("layers", "hidden", "heads", "part"), [(1, 32, 2, 0.5), (3, 48, 3, 0.5), (2, 64, 4, 1.0)])
def test_it_agrees_with_transformers(layers, hidden, heads, part):
    model = reference(layers, hidden, heads, part)
    lines = [list(np.random.default_rng(k).integers(0, CLASSES, size=size)) for k, size in enumerate((1, 5, 17, 9))]
    found = ours(model).log_probabilities(lines, [[()] * len(line) for line in lines])
    for line, log_probabilities in zip(lines, found, strict=True):
        np.testing.assert_allclose(log_probabilities, theirs(model, [int(n) for n in line]), atol=1e-4)


def test_the_first_token_sees_the_last():
    model = ours(reference(2, 32, 2, 0.5))
    one, other = model.log_probabilities([[1, 2, 3, 4], [1, 2, 3, 5]], [[()] * 4] * 2)
    assert np.abs(one[0] - other[0]).max() > 1e-3


def test_lines_beside_a_line_change_nothing():
    model = ours(reference(2, 32, 2, 0.5))
    spelt = [(), (3, 4), (5,), ()]
    alone = model.log_probabilities([[1, 2, 3, 4]], [spelt])[0]
    beside = model.log_probabilities([[1, 2, 3, 4], [9] * 20], [spelt, [()] * 20])[0]
    np.testing.assert_allclose(alone, beside, atol=1e-5)


def test_spelling_is_seen():
    model = ours(reference(2, 32, 2, 0.5))
    one, other = model.log_probabilities([[1, 2], [1, 2]], [[(), ()], [(), (7, 8)]])
    assert np.abs(one - other).max() > 1e-3
