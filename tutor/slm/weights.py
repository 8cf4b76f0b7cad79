"""A tagger as a folder: `config.json`, `vocabulary.txt`, weights in shards, and a manifest with the sum of each file.

The weights are those of `transformers.PhiForTokenClassification`, which reads the folder as well, and the embeddings of
the spelling under a name of their own. Numbers are stored in 16 bits and computed with in 32.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from tutor.errors import ModelError
from tutor.slm.labels import LABELS
from tutor.slm.phi import FEATURES, Array, Phi, Shape
from tutor.slm.vocabulary import BUCKETS, SPECIAL, Vocabulary

ARCHITECTURE = "PhiForTokenClassification"
MANIFEST, CONFIG, VOCABULARY, INDEX = "manifest.json", "config.json", "vocabulary.txt", "model.safetensors.index.json"
OTHER_SEED = "seed-"
MAX_SHARD_BYTES = 15_000_000
MOST_LAYERS = 256


@dataclass(frozen=True, slots=True)
class Tagger:
    """A model with the labels it tells apart and the classes that it knows.

    name: as shown where its readings are shown. config: all that its `config.json` says.
    """

    name: str
    phi: Phi
    labels: tuple[str, ...]
    vocabulary: Vocabulary
    config: Mapping[str, Any]


def load_tagger(folder: Path, known: Collection[str] = LABELS, features: int = BUCKETS) -> Tagger:
    """The tagger in a folder, its files checked against their sums.

    known: the labels that this version understands. features: how many a token may have beside its class.

    Raises:
        ModelError: something is missing, altered or of another kind; says what, and what to do.
    """
    manifest = _manifest(folder)
    if not isinstance(manifest.get("files"), dict):
        raise ModelError(f"{folder / MANIFEST} lists no files. Install the model again.")
    files = {name: _checked(folder, name, str(sum_)) for name, sum_ in manifest["files"].items()}
    config = _config(folder, files, known)
    if VOCABULARY not in files:
        raise ModelError(f"{folder} has no {VOCABULARY}. Install the model again.")
    try:
        vocabulary = Vocabulary(tuple(files[VOCABULARY].decode().split("\n")))
    except UnicodeDecodeError as error:
        raise ModelError(f"{folder / VOCABULARY} is no text ({error}). Install the model again.") from None
    weights: dict[str, Array] = {}
    for name, content in files.items():
        if name.endswith(".safetensors"):
            try:
                weights |= {key: value.astype(np.float32) for key, value in load(content).items()}
            except (SafetensorError, KeyError) as error:  # KeyError for a type that NumPy lacks, such as BF16
                raise ModelError(f"{folder / name} holds no weights ({error}). Install the model again.") from None
    shape = _shape(folder, config)
    labels = tuple(config["id2label"][str(k)] for k in range(len(config["id2label"])))
    _check_sizes(folder, shape, weights, len(vocabulary.classes), len(labels), features)
    return Tagger(str(config.get("name", folder.name)), Phi(shape, weights), labels, vocabulary, config)


def load_taggers(folder: Path) -> tuple[Tagger, ...]:
    """The tagger in a folder, and those of other seeds in its folders `seed-…`, which read every line beside it.

    Raises:
        ModelError: as `load_tagger` does, or one tells other labels apart than the first.
    """
    found = (load_tagger(folder), *load_others(folder))
    if any(other.labels != found[0].labels for other in found):
        raise ModelError(f"A model in {folder} has other labels than the rest. Train all with the same version.")
    return found


def load_others(folder: Path) -> list[Tagger]:
    """The taggers of other seeds in the folders `seed-…` of a folder; raises ModelError as `load_tagger` does."""
    return [load_tagger(other) for other in sorted(folder.glob(f"{OTHER_SEED}*"))]


def save_tagger(folder: Path, config: Mapping[str, Any], vocabulary: Vocabulary, weights: Mapping[str, Array]) -> None:
    """Write a tagger, its weights in 16 bits, as `load_tagger` and transformers read it."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("model*.safetensors"):
        old.unlink()
    shards: list[dict[str, NDArray16]] = [{}]
    filled = 0
    for name in sorted(weights):
        half = np.ascontiguousarray(weights[name].astype(np.float16))
        if filled + half.nbytes > MAX_SHARD_BYTES and shards[-1]:
            shards.append({})
            filled = 0
        shards[-1][name] = half
        filled += half.nbytes
    files: dict[str, bytes] = {
        CONFIG: (json.dumps(config, indent=1) + "\n").encode(),
        VOCABULARY: "\n".join(vocabulary.classes).encode(),
    }
    places: dict[str, str] = {}
    for k, shard in enumerate(shards, start=1):
        name = f"model-{k:05}-of-{len(shards):05}.safetensors"
        files[name] = save(shard, {"format": "pt"})
        places |= dict.fromkeys(shard, name)
    total = sum(half.nbytes for shard in shards for half in shard.values())
    files[INDEX] = (json.dumps({"metadata": {"total_size": total}, "weight_map": places}, indent=1) + "\n").encode()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    sums = {name: sha256(content).hexdigest() for name, content in files.items()}
    (folder / MANIFEST).write_text(json.dumps({"files": sums}, indent=1) + "\n", encoding="utf-8")


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        content = (folder / MANIFEST).read_bytes()
    except OSError:
        raise ModelError(f"{folder} has no {MANIFEST}, so there is no tagger in it. `tutor train` makes one.") from None
    return _json(folder, MANIFEST, content)


def _json(folder: Path, name: str, content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{folder / name} is not JSON ({error}). Install the model again.") from None
    if not isinstance(found, dict):
        raise ModelError(f"{folder / name} is no JSON object. Install the model again.")
    return found


def _checked(folder: Path, name: str, expected: str) -> bytes:
    if Path(name).name != name or name == ".." or not name.isprintable():
        raise ModelError(
            f"{folder / MANIFEST} names {name!r}, which is no file of the folder. Install the model again."
        )
    try:
        content = (folder / name).read_bytes()
    except OSError:
        raise ModelError(f"{folder} has no {name}, which its {MANIFEST} lists. Install the model again.") from None
    if sha256(content).hexdigest() != expected:
        raise ModelError(
            f"{folder / name} ({len(content):,} bytes) is not as it was written: cut short or altered."
            " Install the model again."
        )
    return content


def _config(folder: Path, files: Mapping[str, bytes], known: Collection[str]) -> dict[str, Any]:
    if CONFIG not in files:
        raise ModelError(f"{folder} has no {CONFIG}. Install the model again.")
    config = _json(folder, CONFIG, files[CONFIG])
    kinds = config.get("architectures")
    found = ", ".join(map(str, kinds)) if isinstance(kinds, list) and kinds else "none"
    if found != ARCHITECTURE:
        raise ModelError(
            f"{folder / CONFIG} is of another kind: {found}, not {ARCHITECTURE}."
            f" `--model {folder}` opens causal models."
        )
    named = config.get("id2label")
    labels = named if isinstance(named, dict) else {}
    unknown = sorted({str(label) for label in labels.values()} - set(known))
    if unknown or not labels or labels.keys() != {str(k) for k in range(len(labels))}:
        raise ModelError(
            f"{folder / CONFIG} has labels of another version: {', '.join(unknown[:5]) or 'none'}. Train it again."
        )
    return config


def _shape(folder: Path, config: Mapping[str, Any]) -> Shape:
    try:
        hidden, heads = int(config["hidden_size"]), int(config["num_attention_heads"])
        rope = config.get("rope_parameters") or config
        found = Shape(
            hidden,
            int(config["intermediate_size"]),
            int(config["num_hidden_layers"]),
            heads,
            int(hidden // heads * float(rope["partial_rotary_factor"])),
            float(rope["rope_theta"]),
            float(config["layer_norm_eps"]),
        )
    except KeyError as error:
        raise ModelError(f"{folder / CONFIG} does not say {error}. Install the model again.") from None
    except (TypeError, ValueError, ArithmeticError) as error:
        raise ModelError(f"{folder / CONFIG} gives no sizes ({error}). Install the model again.") from None
    whole = hidden > 0 and heads > 0 and hidden % heads == 0 and 0 < found.layers <= MOST_LAYERS
    if not whole or found.rotary % 2 or not 0 < found.rotary <= hidden // heads or not 0 < found.theta < inf:
        raise ModelError(f"{folder / CONFIG} gives sizes that no model has: {found}. Install the model again.")
    return found


def _check_sizes(
    folder: Path, shape: Shape, weights: Mapping[str, Array], classes: int, labels: int, features: int
) -> None:
    """Every weight that the forward pass reads is there, in the size that the configuration says."""
    d, f = shape.hidden, shape.feed_forward
    expected: dict[str, tuple[int, ...]] = {
        "model.embed_tokens.weight": (classes, d),
        "model.final_layernorm.weight": (d,),
        "model.final_layernorm.bias": (d,),
        "score.weight": (labels, d),
        "score.bias": (labels,),
    }
    for k in range(shape.layers):
        layer = f"model.layers.{k}."
        for part in ("q_proj", "k_proj", "v_proj", "dense"):
            expected |= {f"{layer}self_attn.{part}.weight": (d, d), f"{layer}self_attn.{part}.bias": (d,)}
        expected |= {
            f"{layer}mlp.fc1.weight": (f, d), f"{layer}mlp.fc1.bias": (f,), f"{layer}mlp.fc2.weight": (d, f),
            f"{layer}mlp.fc2.bias": (d,), f"{layer}input_layernorm.weight": (d,), f"{layer}input_layernorm.bias": (d,),
        }  # fmt: skip
    for name, size in expected.items():
        if name not in weights:
            raise ModelError(f"{folder} has no weights called {name}. Install the model again.")
        if weights[name].shape != size:
            raise ModelError(
                f"{folder}: {name} has the size {weights[name].shape}, not {size}. Install the model again."
            )
    if FEATURES not in weights or weights[FEATURES].shape != (features, d):
        raise ModelError(f"{folder} has no weights called {FEATURES}: it was trained by another program.")
    if odd := [name for name, values in weights.items() if not np.isfinite(values).all()]:
        raise ModelError(f"{folder}: {odd[0]} holds what is no number. Train it again.")
    if classes < len(SPECIAL):
        raise ModelError(f"{folder / VOCABULARY} is too short. Install the model again.")


NDArray16 = np.ndarray[Any, np.dtype[np.float16]]
