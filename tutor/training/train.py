"""Training the tagger: a bidirectional Phi trunk of transformers on lines of the textbook.

The same code on a CPU and on a GPU. Matrices inside the layers are moved by Muon, the rest by AdamW; products are made
in bfloat16. A run can be stopped and goes on from its last checkpoint. Data, order and noise follow from the seed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn
from transformers import PhiConfig, PhiForTokenClassification

from tutor.errors import ModelError
from tutor.slm.decoding import Decoder
from tutor.slm.labels import LABELS
from tutor.slm.phi import FEATURES
from tutor.slm.vocabulary import BUCKETS, Vocabulary
from tutor.slm.weights import load_taggers, save_tagger
from tutor.training import textbook
from tutor.training.data import IGNORED, Batch, Corpus, Noise, batches, corpus
from tutor.training.scores import Answer, Asked, least_probability
from tutor.training.textbook import by_hand

if TYPE_CHECKING:
    from tutor.training.textbook.lines import Line

CHECKPOINT = "checkpoint.pt"
VALIDATION_SEED = 1_000_003  # no training run begins there
SILENTLY_WRONG = 0.01  # of lines that were kept out, at the least probability that is settled on


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that a training run follows from.

    lines: drawn from the textbook. passes: over all of them. tokens: in a batch. least: times that a word occurs to be
    a class. hidden: the width, a multiple of 64, which is that of a head; the feed-forward is four times as wide.
    rate: of AdamW, `rate_matrices` of Muon, both at their highest.
    """

    lines: int = 75_000
    passes: int = 1
    tokens: int = 2_000
    seed: int = 1
    least: int = 3
    hidden: int = 192
    layers: int = 4
    dropout: float = 0.1
    rate: float = 3e-3
    rate_matrices: float = 2e-2
    noise: Noise = field(default_factory=Noise)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands: its steps, what they cost, and the loss and accuracy of the last ones."""

    step: int
    steps: int
    loss: float
    accuracy: float
    seconds: float


class Tagging(nn.Module):
    """A Phi token classifier whose tokens are the sum of a class and the mean of their spelling."""

    def __init__(self, recipe: Recipe, classes: int) -> None:
        super().__init__()
        self.phi = PhiForTokenClassification(phi_config(recipe, classes))  # type: ignore[no-untyped-call]
        self.features = nn.EmbeddingBag(BUCKETS, recipe.hidden, mode="mean")
        nn.init.normal_(self.features.weight, std=0.02)

    def forward(
        self, classes: torch.Tensor, buckets: torch.Tensor, offsets: torch.Tensor, lengths: torch.Tensor
    ) -> torch.Tensor:
        """Logits of the labels    (B, T) -> (B, T, L)"""
        spelling = self.features(buckets, offsets).view(*classes.shape, -1)
        x = self.phi.model.embed_tokens(classes) + spelling
        there = torch.arange(classes.shape[1], device=classes.device)[None] < lengths[:, None]
        # Of four dimensions, a mask is taken as it is: every token sees every other, and none sees padding.
        mask = torch.zeros(there.shape, dtype=x.dtype, device=x.device).masked_fill(~there, -1e9)[:, None, None, :]
        mask = mask.expand(-1, 1, classes.shape[1], -1)
        logits: torch.Tensor = self.phi(inputs_embeds=x, attention_mask=mask, use_cache=False).logits
        return logits

    def arrays(self) -> dict[str, np.ndarray[Any, np.dtype[np.float32]]]:
        """The weights as they are stored."""
        found = {name: values.detach().float().cpu().numpy() for name, values in self.phi.state_dict().items()}
        return found | {FEATURES: self.features.weight.detach().float().cpu().numpy()}


def phi_config(recipe: Recipe, classes: int) -> PhiConfig:
    """The configuration of the trunk, as transformers writes it."""
    config = PhiConfig(
        vocab_size=classes,
        hidden_size=recipe.hidden,
        intermediate_size=4 * recipe.hidden,
        num_hidden_layers=recipe.layers,
        num_attention_heads=max(recipe.hidden // 64, 1),
        max_position_embeddings=512,
        resid_pdrop=recipe.dropout,
        embd_pdrop=recipe.dropout,
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0, "partial_rotary_factor": 0.5},
        id2label=dict(enumerate(LABELS)),
        label2id={label: k for k, label in enumerate(LABELS)},
        bos_token_id=None,
        eos_token_id=None,
        pad_token_id=0,
    )
    config.classifier_dropout = recipe.dropout
    return config


# ---------------------------------------------------------------- data


def drawn(recipe: Recipe) -> list[Line]:
    """The lines that a recipe trains on: no phrasing that is held out."""
    return list(textbook.lines(recipe.seed, recipe.lines))


def asked_of(lines: Sequence[Line]) -> list[Asked]:
    """Lines of the textbook as they are asked."""
    return [Asked(k.text, k.items, k.previous or "", tuple(sorted(k.symbols)), k.family) for k in lines]


def held_out(count: int) -> list[Line]:
    """Lines whose phrasings no training sees."""
    return list(textbook.lines(VALIDATION_SEED, count, textbook.HELD_OUT))


def by_hand_kept_out() -> list[Asked]:
    """Lines written by hand that no training sees."""
    return [Asked(text, means, before) for text, means, before in by_hand.kept_out()]


def seen_phrasings(count: int) -> list[Line]:
    """Lines of phrasings that training sees, but with other numbers and words."""
    return list(textbook.lines(VALIDATION_SEED + 1, count))


# ---------------------------------------------------------------- a run


@dataclass(slots=True)
class Run:
    """A training run in its folder. history: a Progress for each report."""

    recipe: Recipe
    folder: Path
    device: torch.device
    model: Tagging
    vocabulary: Vocabulary
    corpus: Corpus
    optimisers: list[torch.optim.Optimizer]
    step: int = 0
    seconds: float = 0.0
    history: list[Progress] = field(default_factory=list)

    def train(self, report: Callable[[Progress], None], every: int = 50) -> None:
        """Make all steps that are left; a checkpoint every few reports."""
        total = self.steps
        losses: list[float] = []
        hits: list[float] = []
        started = time.monotonic() - self.seconds
        saved = time.monotonic()
        self.model.train()
        for batch in islice(self._all_batches(), self.step, None):
            self._set_rates(self.step / total)
            loss, hit = self._advance(batch)
            losses.append(loss)
            hits.append(hit)
            self.step += 1
            self.seconds = time.monotonic() - started
            if self.step % every == 0 or self.step == total:
                now = Progress(self.step, total, float(np.mean(losses)), float(np.mean(hits)), self.seconds)
                self.history.append(now)
                report(now)
                losses, hits = [], []
            if time.monotonic() - saved > 120:
                self.save()
                saved = time.monotonic()
        self.save()

    @property
    def steps(self) -> int:
        """Steps in all."""
        one_pass = sum(1 for _ in batches(self.corpus, self.recipe.tokens, Noise(0, 0, 0), self.recipe.seed))
        return one_pass * self.recipe.passes

    def _all_batches(self) -> Iterator[Batch]:
        for k in range(self.recipe.passes):
            yield from batches(self.corpus, self.recipe.tokens, self.recipe.noise, self.recipe.seed + 7919 * k)

    def _set_rates(self, done: float) -> None:
        """Up for the first twentieth, then down to nothing."""
        share = min(done / 0.05, 1.0) * (1 - done) ** 0.8 if done < 1 else 0.0
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = group["highest"] * max(share, 1e-3)

    def _advance(self, batch: Batch) -> tuple[float, float]:
        def there(values: np.ndarray[Any, Any]) -> torch.Tensor:
            return torch.from_numpy(values).to(self.device)

        labels = there(batch.labels)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            logits = self.model(there(batch.classes), there(batch.buckets), there(batch.offsets), there(batch.lengths))
        flat = logits.float().reshape(-1, logits.shape[-1])
        loss = nn.functional.cross_entropy(flat, labels.reshape(-1), ignore_index=IGNORED)
        for optimiser in self.optimisers:
            optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
        counted = labels != IGNORED
        hit = (logits.argmax(-1) == labels)[counted].float().mean()
        return float(loss.detach()), float(hit)

    def save(self) -> None:
        """A checkpoint, written beside the last and put in its place."""
        state = {
            "recipe": asdict(self.recipe),
            "data": self.corpus.hash,
            "labels": LABELS,
            "model": self.model.state_dict(),
            "optimisers": [o.state_dict() for o in self.optimisers],
            "random": torch.get_rng_state(),  # what is dropped out follows from it
            "step": self.step,
            "seconds": self.seconds,
            "history": [asdict(p) for p in self.history],
        }
        beside = self.folder / f"{CHECKPOINT}.new"
        torch.save(state, beside)
        beside.replace(self.folder / CHECKPOINT)

    def resume(self) -> bool:
        """Go on from the checkpoint in the folder, if it is of this recipe, these lines and these labels.

        Raises:
            ModelError: the checkpoint is damaged.
        """
        path = self.folder / CHECKPOINT
        if not path.exists():
            return False
        try:
            state = torch.load(path, map_location=self.device, weights_only=True)
        except (RuntimeError, EOFError, UnpicklingError) as error:
            why = str(error).partition("\n")[0][:200]
            raise ModelError(f"{path} is damaged ({why}). Delete it to begin anew.") from None
        same_lines = state["data"] == self.corpus.hash and state.get("labels") == LABELS
        if state["recipe"] != asdict(self.recipe) or not same_lines:
            return False
        self.model.load_state_dict(state["model"])
        for optimiser, values in zip(self.optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(values)
        torch.set_rng_state(state["random"].cpu())
        self.step, self.seconds = state["step"], state["seconds"]
        self.history = [Progress(**values) for values in state["history"]]
        return True


def prepare(recipe: Recipe, folder: Path, device: str, lines: Sequence[Line]) -> Run:
    """A run with its lines and an untrained model."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = Vocabulary.of((line.tokens for line in lines), recipe.least)
    torch.manual_seed(recipe.seed)
    model = Tagging(recipe, len(vocabulary.classes)).to(device)
    return Run(
        recipe, folder, torch.device(device), model, vocabulary, corpus(lines, vocabulary), optimisers_of(model, recipe)
    )


def optimisers_of(model: Tagging, recipe: Recipe) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside the layers, AdamW for the rest."""
    inside = {id(p) for p in model.phi.model.layers.parameters() if p.ndim == 2}
    matrices = [p for p in model.parameters() if id(p) in inside]
    rest = [p for p in model.parameters() if id(p) not in inside]
    found: list[torch.optim.Optimizer] = [
        torch.optim.Muon(matrices, lr=recipe.rate_matrices, weight_decay=0.01, momentum=0.95),
        torch.optim.AdamW(rest, lr=recipe.rate, weight_decay=0.01, betas=(0.9, 0.98)),
    ]
    for optimiser in found:
        for group in optimiser.param_groups:
            group["highest"] = group["lr"]
    return found


# ---------------------------------------------------------------- the model that comes of it


def write(run: Run, name: str) -> Decoder:
    """The tagger of a run, written to its folder and read again; those of other seeds in the folder read beside it."""
    config = json.loads(phi_config(run.recipe, len(run.vocabulary.classes)).to_json_string(use_diff=False))
    config |= {"architectures": ["PhiForTokenClassification"], "name": name, "is_causal": False}
    save_tagger(run.folder, config, run.vocabulary, run.model.arrays())
    return Decoder(*load_taggers(run.folder))


def settle(run: Run, decoder: Decoder, name: str, *given: Sequence[Answer]) -> float:
    """The least probability at which the tagger may speak, by each of these sets; written beside its weights."""
    least = round(max(0.3, *(least_probability(one, SILENTLY_WRONG) for one in given)), 3)
    config = dict(decoder.tagger.config) | {"name": name, "least_probability": least}
    save_tagger(run.folder, config, run.vocabulary, run.model.arrays())
    return least
