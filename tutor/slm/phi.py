"""The forward pass of a bidirectional Phi token classifier in NumPy, on the weights that transformers writes.

Layers are as in `transformers.PhiForTokenClassification`: attention and feed-forward in parallel on one normed input,
rotary positions on a part of each head, `gelu_new`; every token sees every other. One thing is added in front: to the
embedding of a token's class comes the mean of the embeddings of its `features` (`features.weight`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
FEATURES = "features.weight"


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a model, as in its `config.json`."""

    hidden: int
    feed_forward: int
    layers: int
    heads: int
    rotary: int  # how many of a head's numbers are turned by position
    theta: float
    epsilon: float


@dataclass(frozen=True, slots=True)
class _Layer:
    norm: tuple[Array, Array]
    joint: tuple[Array, Array]  # q, k, v and fc1 beside one another: one product instead of four
    out: tuple[Array, Array]  # dense and fc2 below one another
    """Weights transposed, (in, out)."""


class Phi:
    """A token classifier with its weights."""

    def __init__(self, shape: Shape, weights: Mapping[str, Array]) -> None:
        self.shape = shape
        self.classes = weights["model.embed_tokens.weight"]
        self.features = weights[FEATURES]
        self.layers = [_layer(weights, f"model.layers.{k}.") for k in range(shape.layers)]
        self.final = weights["model.final_layernorm.weight"], weights["model.final_layernorm.bias"]
        self.score = np.ascontiguousarray(weights["score.weight"].T), weights["score.bias"]

    def log_probabilities(
        self, classes: Sequence[Sequence[int]], buckets: Sequence[Sequence[tuple[int, ...]]]
    ) -> list[Array]:
        """For each line, log p(label | token)    (T,) -> (T, L)"""
        sizes = [len(line) for line in classes]
        longest = max(sizes)
        x = np.zeros((len(sizes), longest, self.shape.hidden), np.float32)
        hidden_away = np.zeros((len(sizes), 1, 1, longest), np.float32)
        for row, (line, spelt) in enumerate(zip(classes, buckets, strict=True)):
            x[row, : len(line)] = self.classes[list(line)]
            for place, pieces in enumerate(spelt):
                if pieces:
                    x[row, place] += self.features[list(pieces)].mean(axis=0)
            hidden_away[row, ..., len(line) :] = -1e9
        logits = self.forward(x, hidden_away if min(sizes) < longest else None)
        logits -= logits.max(axis=-1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(axis=-1, keepdims=True))
        return [logits[row, :size] for row, size in enumerate(sizes)]

    def forward(self, x: Array, hidden_away: Array | None = None) -> Array:
        """Logits of embedded tokens    (B, T, D) -> (B, T, L)

        hidden_away: what is added to the attention, so that padding is not seen    (B, 1, 1, T)
        """
        cosine, sine = self._turns(x.shape[1])
        for layer in self.layers:
            x = self._through(layer, x, cosine, sine, hidden_away)
        logits: Array = _normed(x, self.final, self.shape.epsilon) @ self.score[0] + self.score[1]
        return logits

    def _through(self, layer: _Layer, x: Array, cosine: Array, sine: Array, hidden_away: Array | None) -> Array:
        lines, length, width = x.shape
        heads = self.shape.heads
        joint = _normed(x, layer.norm, self.shape.epsilon) @ layer.joint[0] + layer.joint[1]
        qkv = joint[..., : 3 * width].reshape(lines, length, 3, heads, width // heads).transpose(2, 0, 3, 1, 4)
        q, k, v = self._turned(qkv[0], cosine, sine), self._turned(qkv[1], cosine, sine), qkv[2]
        weights = q @ k.swapaxes(-1, -2) * np.float32((width // heads) ** -0.5)
        if hidden_away is not None:
            weights += hidden_away
        weights -= weights.max(axis=-1, keepdims=True)
        np.exp(weights, out=weights)
        weights /= weights.sum(axis=-1, keepdims=True)
        attended = (weights @ v).transpose(0, 2, 1, 3).reshape(lines, length, width)
        both: Array = np.concatenate([attended, _gelu(joint[..., 3 * width :])], axis=-1)
        return np.asarray(x + both @ layer.out[0] + layer.out[1], dtype=np.float32)

    def _turns(self, length: int) -> tuple[Array, Array]:
        rate = self.shape.theta ** (-np.arange(0, self.shape.rotary, 2, dtype=np.float32) / self.shape.rotary)
        angle = np.arange(length, dtype=np.float32)[:, None] * rate
        angle = np.concatenate([angle, angle], axis=-1)
        return np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)

    def _turned(self, x: Array, cosine: Array, sine: Array) -> Array:
        part = self.shape.rotary
        turned = x[..., :part]
        half = np.concatenate([-turned[..., part // 2 :], turned[..., : part // 2]], axis=-1)
        return np.concatenate([turned * cosine + half * sine, x[..., part:]], axis=-1)


def _layer(weights: Mapping[str, Array], name: str) -> _Layer:
    def both(part: str) -> tuple[Array, Array]:
        return weights[f"{name}{part}.weight"], weights[f"{name}{part}.bias"]

    inward = [both(f"self_attn.{p}_proj") for p in "qkv"] + [both("mlp.fc1")]
    outward = [both("self_attn.dense"), both("mlp.fc2")]
    return _Layer(
        both("input_layernorm"),
        (np.concatenate([w.T for w, _ in inward], axis=1), np.concatenate([b for _, b in inward])),
        (np.concatenate([w.T for w, _ in outward]), outward[0][1] + outward[1][1]),
    )


def _normed(x: Array, norm: tuple[Array, Array], epsilon: float) -> Array:
    x = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.square(x).mean(axis=-1, keepdims=True) + np.float32(epsilon))
    normed: Array = x / spread * norm[0] + norm[1]
    return normed


def _gelu(x: Array) -> Array:
    """x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))"""
    inner = np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)
    bent: Array = np.float32(0.5) * x * (1 + np.tanh(inner))
    return bent
