"""A small tagger with weights drawn at random, as `tutor train` would write it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tutor.slm.labels import LABELS
from tutor.slm.phi import FEATURES
from tutor.slm.tokens import tokenize
from tutor.slm.vocabulary import BUCKETS, Vocabulary
from tutor.slm.weights import save_tagger

HIDDEN, FEED_FORWARD, LAYERS = 16, 32, 2
WORDS = "so she took 3 from both sides and got 2x is four then halved it by 12 m/s, x = 2 twice that minus"


def write_tagger(folder: Path, *, loud: float = 1.0, seed: int = 0, **config) -> Path:
    """A tagger in a folder. loud: how sure it is of its random labels; config: what its config.json says besides."""
    rng = np.random.default_rng(seed)
    vocabulary = Vocabulary.of([tokenize(WORDS)], least=1)
    sizes = {
        "model.embed_tokens.weight": (len(vocabulary.classes), HIDDEN), "model.final_layernorm.weight": (HIDDEN,),
        "model.final_layernorm.bias": (HIDDEN,), "score.weight": (len(LABELS), HIDDEN), "score.bias": (len(LABELS),),
        FEATURES: (BUCKETS, HIDDEN),
    }  # fmt: skip
    for k in range(LAYERS):
        name = f"model.layers.{k}."
        for part in ("q_proj", "k_proj", "v_proj", "dense"):
            sizes |= {f"{name}self_attn.{part}.weight": (HIDDEN, HIDDEN), f"{name}self_attn.{part}.bias": (HIDDEN,)}
        sizes |= {
            f"{name}mlp.fc1.weight": (FEED_FORWARD, HIDDEN), f"{name}mlp.fc1.bias": (FEED_FORWARD,),
            f"{name}mlp.fc2.weight": (HIDDEN, FEED_FORWARD), f"{name}mlp.fc2.bias": (HIDDEN,),
            f"{name}input_layernorm.weight": (HIDDEN,), f"{name}input_layernorm.bias": (HIDDEN,),
        }  # fmt: skip
    weights = {name: rng.normal(size=size).astype(np.float32) for name, size in sizes.items()}
    weights["score.weight"] *= loud
    settings = {
        "architectures": ["PhiForTokenClassification"], "model_type": "phi", "name": "random", "hidden_size": HIDDEN,
        "intermediate_size": FEED_FORWARD, "num_hidden_layers": LAYERS, "num_attention_heads": 2,
        "layer_norm_eps": 1e-5, "vocab_size": len(vocabulary.classes), "hidden_act": "gelu_new",
        "rope_parameters": {"rope_type": "default", "rope_theta": 10000.0, "partial_rotary_factor": 0.5},
        "id2label": {str(k): label for k, label in enumerate(LABELS)}, "least_probability": 0.0,
    } | config  # fmt: skip
    save_tagger(folder, settings, vocabulary, weights)
    return folder
