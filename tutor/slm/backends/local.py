"""Any causal model of transformers, by its id on the hub or its folder; `microsoft/phi-2` first."""

from __future__ import annotations

import copy
import hashlib
import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any

import numpy as np
import torch
from transformers import GenerationConfig, LogitsProcessor, LogitsProcessorList, StoppingCriteria, StoppingCriteriaList

from tutor.errors import ModelError
from tutor.slm.backends import DEFAULT
from tutor.slm.backends.generative import Ask, Completion, Generative
from tutor.slm.causal import Settings, load, matrices_in_eight_bits
from tutor.slm.grammar import Grammar, can_constrain

LOOKED_BACK = 24  # tokens in which a stop string is looked for
LEAST_KEPT, MOST_KEPT = 32, 4  # tokens of a common beginning; beginnings, one a job
ROWS = {"cpu": 8, "cuda": 32}  # at once


class Local(Generative):
    """A causal model in this process."""

    name = "local"

    def __init__(
        self,
        model: str = "",
        *,
        seed: int = 0,
        loaded: tuple[Any, Any] | None = None,
        settings: Settings | None = None,
    ) -> None:
        """Load a model.

        model: id or folder, with settings behind a `?` (`microsoft/phi-2?bits=4`); empty for Phi-2.
        loaded: a model and its tokenizer that are here already; `model` is then only their name.

        Raises:
            ModelError: the weights are not here, or are damaged, or are no causal model; and what to do.
        """
        named, _, rest = (model or DEFAULT).partition("?")
        super().__init__(named, seed=seed)
        self.settings = settings or Settings.of(rest)
        if self.settings.threads:
            torch.set_num_threads(self.settings.threads)
        self._model, self._tokenizer = loaded or load(named, self.settings)
        self._model.eval()
        # How values are rounded depends on all that is worked on together: one prompt at a time says the same always.
        self._rows = 1 if matrices_in_eight_bits(self._model) else ROWS.get(self._model.device.type, ROWS["cpu"])
        if self._tokenizer.pad_token_id is None:
            self._tokenizer.pad_token = self._tokenizer.eos_token
        self._ends = _end_tokens(self._model, self._tokenizer)
        self._constrained: Any = None
        self._states: dict[tuple[int, ...], Any] = {}
        self._working = threading.Lock()

    def complete(
        self,
        prompt: str,
        *,
        stop: Sequence[str],
        limit: int,
        grammar: Grammar | None = None,
        seed: int = 0,
        temperature: float = 0.0,
    ) -> Completion:
        """What the model writes after a prompt; the same for the same seed.

        Raises:
            ModelError: the prompt is longer than the model takes, or there is no memory for it.
        """
        found = self.complete_all([Ask(prompt, limit, grammar)], stop=stop, seed=seed, temperature=temperature)[0]
        if isinstance(found, ModelError):
            raise found
        return found

    def complete_all(
        self, asks: Sequence[Ask], *, stop: Sequence[str], seed: int = 0, temperature: float = 0.0
    ) -> list[Completion | ModelError]:
        """The completion of each prompt, in batches of prompts of like length."""
        texts = [self._as_asked(ask.text) for ask in asks]
        lengths = [len(ids) for ids in self._encode(texts)["input_ids"]] if texts else []
        order = sorted(range(len(asks)), key=lambda i: lengths[i])
        rows = self.settings.rows or self._rows
        found: dict[int, Completion | ModelError] = {}
        room = self._room()
        fitting = []
        for i in order:
            if lengths[i] + asks[i].limit > room:
                found[i] = ModelError(
                    f"{self.model} takes {room:,} tokens; this needs {lengths[i]:,} and {asks[i].limit:,} for a reply."
                )
            else:
                fitting.append(i)
        for start in range(0, len(fitting), rows):
            batch = fitting[start : start + rows]
            if self.cancelled.is_set():
                found |= {i: Completion("", "cancelled") for i in batch}
                continue
            job = _Job([texts[i] for i in batch], [asks[i] for i in batch], tuple(stop), seed, temperature)
            try:
                found |= zip(batch, self._run(job), strict=True)
            except RuntimeError as error:  # torch's for too little memory, on any device
                why = str(error).partition("\n")[0][:200]
                found |= {i: ModelError(f"{self.model} could not go on: {why}") for i in batch}
        return [found[i] for i in range(len(asks))]

    def stream(
        self, prompt: str, *, stop: Sequence[str], limit: int, seed: int = 0, temperature: float = 0.0
    ) -> Iterator[str]:
        """The completion piece by piece, as it is written; closing the iterator ends the writing."""
        pieces: queue.SimpleQueue[str | RuntimeError | None] = queue.SimpleQueue()
        ended = threading.Event()
        ask = Ask(prompt, limit)
        job = _Job([self._as_asked(prompt)], [ask], tuple(stop), seed, temperature, pieces.put, ended)

        def write() -> None:
            try:
                self._run(job)
            except RuntimeError as error:
                pieces.put(error)
            finally:
                pieces.put(None)

        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        try:
            while (piece := pieces.get()) is not None:
                if isinstance(piece, RuntimeError):
                    raise ModelError(f"{self.model} could not go on: {str(piece)[:200]}") from piece
                yield piece
        finally:
            ended.set()
            writer.join()

    def close(self) -> None:
        """Stop writing and give the memory back."""
        super().close()
        with self._working:
            self._model = self._tokenizer = self._constrained = None
            self._states.clear()

    # ------------------------------------------------------------ one batch

    def _run(self, job: _Job) -> list[Completion]:
        with self._working, torch.inference_mode():
            ids, mask, kept = self._inputs(job)
            width = ids.shape[1]
            watch = _Watch(self._tokenizer, self._ends, width, job, self.cancelled)
            steering = _Steering(width, job, [self._matcher(ask.grammar) for ask in job.asks], watch)
            out = self._model.generate(
                input_ids=ids,
                attention_mask=mask,
                past_key_values=kept,
                generation_config=GenerationConfig(  # type: ignore[no-untyped-call]
                    max_new_tokens=max(ask.limit for ask in job.asks),
                    do_sample=False,
                    num_beams=1,
                    repetition_penalty=1.0,
                    pad_token_id=self._tokenizer.pad_token_id,
                    eos_token_id=sorted(self._ends) or None,
                    use_cache=True,
                ),
                logits_processor=LogitsProcessorList([steering]),
                stopping_criteria=StoppingCriteriaList([watch]),
            )
        written = out[:, width:].cpu()
        steering.see(written)
        return [watch.completion(row, written[row], steering.log_probability(row)) for row in range(len(job.asks))]

    def _inputs(self, job: _Job) -> tuple[torch.Tensor, torch.Tensor, Any]:
        """Tokens of the prompts, which of them count, and what is kept of their common beginning.

        The padding stands between the common beginning and the rest, which ends every row at the same place.
        """
        rows = self._encode(job.texts)["input_ids"]
        size, kept = self._kept(job, rows)
        rest = [row[size:] for row in rows]
        widest = max(map(len, rest))
        padding = self._tokenizer.pad_token_id
        ids = [rows[0][:size] + [padding] * (widest - len(r)) + r for r in rest]
        mask = [[1] * size + [0] * (widest - len(r)) + [1] * len(r) for r in rest]
        device = self._model.device
        return torch.tensor(ids, device=device), torch.tensor(mask, device=device), kept

    def _kept(self, job: _Job, rows: list[list[int]]) -> tuple[int, Any]:
        """How many tokens all rows begin with, and the model's state after them for so many rows; 0, None for none."""
        text, ask = job.texts[0], job.asks[0]
        if not ask.shared or any(a.text[: a.shared] != ask.text[: ask.shared] for a in job.asks):
            return 0, None
        beginning = text[: text.index(ask.text[: ask.shared]) + ask.shared]
        tokens = self._encode([beginning])["input_ids"][0]
        # The last tokens may be cut otherwise where the text goes on.
        size = next(
            (i for i, column in enumerate(zip(tokens, *rows, strict=False)) if len(set(column)) > 1), len(tokens)
        )
        size = min(size, min(map(len, rows)) - 1)
        if size < LEAST_KEPT:
            return 0, None
        key = tuple(tokens[:size])
        if key not in self._states:
            if len(self._states) >= MOST_KEPT:
                del self._states[next(iter(self._states))]
            # The logits of a thousand tokens are a hundred megabytes that nobody looks at.
            last = {"logits_to_keep": 1} if "logits_to_keep" in signature(self._model.forward).parameters else {}
            ids = torch.tensor([key], device=self._model.device)
            state = getattr(self._model(ids, use_cache=True, **last), "past_key_values", None)
            self._states[key] = state if hasattr(state, "batch_repeat_interleave") else None
        if self._states[key] is None:
            return 0, None
        state = copy.deepcopy(self._states[key])
        state.batch_repeat_interleave(len(rows))
        return size, state

    def _as_asked(self, prompt: str) -> str:
        if getattr(self._tokenizer, "chat_template", None):
            asked: str = self._tokenizer.apply_chat_template(
                [{"role": "user", "content": prompt}], tokenize=False, add_generation_prompt=True, enable_thinking=False
            )
            return asked
        return f"Instruct: {prompt}Output:"

    def _encode(self, texts: Sequence[str]) -> Any:
        """Tokens of the prompts; a chat template has put the special ones there already."""
        special = not getattr(self._tokenizer, "chat_template", None)
        return self._tokenizer(list(texts), add_special_tokens=special)

    def length(self, prompt: str) -> int:
        """How many tokens the model is given for a prompt."""
        return len(self._encode([self._as_asked(prompt)])["input_ids"][0])

    def _room(self) -> int:
        config = self._model.config.get_text_config()
        return int(getattr(config, "max_position_embeddings", 0) or 2048)

    def _matcher(self, grammar: Grammar | None) -> Any:
        """Of llguidance, for a grammar; None where there is no grammar, or no llguidance, or it cannot hold to it."""
        if grammar is None or not can_constrain() or not self._tokenizer.is_fast:
            return None
        import llguidance
        import llguidance.hf

        if self._constrained is None:
            size = self._model.get_output_embeddings().out_features
            self._constrained = llguidance.hf.from_tokenizer(
                self._tokenizer, n_vocab=max(size, len(self._tokenizer)), eos_token=sorted(self._ends) or None
            )
        matcher = llguidance.LLMatcher(self._constrained, llguidance.LLMatcher.grammar_from_lark(grammar.lark))
        return None if matcher.is_error() else matcher


@dataclass(frozen=True, slots=True)
class _Job:
    """A batch.

    tell: is given each new piece of the first prompt's completion. ended: once set, nothing more is written.
    """

    texts: list[str]
    asks: list[Ask]
    stop: tuple[str, ...]
    seed: int
    temperature: float
    tell: Any = None
    ended: threading.Event | None = None


class _Watch(StoppingCriteria):
    """Ends a row at a stop string, at its limit, or when it is told to."""

    def __init__(self, tokenizer: Any, ends: frozenset[int], width: int, job: _Job, cancelled: threading.Event) -> None:
        self.tokenizer, self.ends, self.width, self.job, self.cancelled = tokenizer, ends, width, job, cancelled
        self.length = [0] * len(job.asks)
        self.finish = [""] * len(job.asks)
        self.told = 0

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor, **_: Any) -> torch.Tensor:  # noqa: ARG002
        """Which rows have ended."""
        ended = self.cancelled.is_set() or (self.job.ended is not None and self.job.ended.is_set())
        written = input_ids[:, self.width :]
        last = written[:, -1].tolist()
        for row, ask in enumerate(self.job.asks):
            if self.finish[row]:
                continue
            self.length[row] = count = written.shape[1]
            if last[row] in self.ends or self._stands(written[row, -LOOKED_BACK:]):
                self.finish[row] = "stop"
            elif ended:
                self.finish[row] = "cancelled"
            elif count >= ask.limit:
                self.finish[row] = "limit"
        if self.job.tell is not None:
            self._tell(written[0])
        return torch.tensor([bool(f) for f in self.finish], device=input_ids.device)

    def _stands(self, tail: torch.Tensor) -> bool:
        text = self._decode(tail)
        return any(s in text for s in self.job.stop)

    def _decode(self, ids: torch.Tensor) -> str:
        text: str = self.tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return text

    def _tell(self, ids: torch.Tensor) -> None:
        """Hand on what cannot be the beginning of a stop string any more, nor half a letter."""
        text = self._cut(self._decode(ids[: self.length[0]]))
        if not self.finish[0]:
            text = text[: len(text) - max((len(s) for s in self.job.stop), default=1)].rstrip(
                "\N{REPLACEMENT CHARACTER}"
            )
        if len(text) > self.told:
            self.job.tell(text[self.told :])
            self.told = len(text)

    def _cut(self, text: str) -> str:
        return text[: min((at for s in self.job.stop if (at := text.find(s)) >= 0), default=len(text))]

    def completion(self, row: int, ids: torch.Tensor, log_probability: float | None) -> Completion:
        """What was written in a row."""
        text = self._cut(self._decode(ids[: self.length[row]]))
        return Completion(text, self.finish[row] or "limit", self.length[row], log_probability)


class _Steering(LogitsProcessor):
    """Holds rows to their grammars, draws by their seeds, and keeps the model's own probability of what is chosen.

    argmax(l/T + g) with Gumbel noise g is a draw from softmax(l/T); so a row is drawn the same in any batch.
    """

    def __init__(self, width: int, job: _Job, matchers: list[Any], watch: _Watch) -> None:
        self.width, self.temperature, self.matchers, self.watch = width, job.temperature, matchers, watch
        self.draws = [_generator(job.seed, text) for text in job.texts]
        self.before: torch.Tensor | None = None
        self.chosen: list[torch.Tensor] = []

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """The scores by which the next tokens are chosen."""
        self.see(input_ids[:, self.width :].cpu())
        scores = scores.float()
        self.before = torch.log_softmax(scores, dim=-1).cpu()
        if any(m is not None for m in self.matchers):
            scores = scores.clone()
            for row, matcher in enumerate(self.matchers):
                if matcher is not None and not self.watch.finish[row]:
                    self._hold(row, matcher, input_ids, scores)
        if self.temperature > 0:
            scores = scores / self.temperature
            for row, draw in enumerate(self.draws):
                even = torch.rand(scores.shape[-1], generator=draw).clamp_(1e-20, 1 - 1e-7)
                scores[row] -= torch.log(-torch.log(even)).to(scores.device)
        return scores

    def _hold(self, row: int, matcher: Any, input_ids: torch.Tensor, scores: torch.Tensor) -> None:
        written = input_ids.shape[1] - self.width
        if written and not matcher.is_stopped():
            matcher.consume_token(int(input_ids[row, -1]))
        if matcher.is_error():
            self.matchers[row] = None
            return
        allowed = np.unpackbits(np.frombuffer(matcher.compute_bitmask(), np.uint8), bitorder="little")
        mask = torch.zeros(scores.shape[-1], dtype=torch.bool)
        size = min(len(allowed), len(mask))
        mask[:size] = torch.from_numpy(allowed[:size].astype(bool))
        if mask.any():
            scores[row].masked_fill_(~mask.to(scores.device), -torch.inf)

    def see(self, written: torch.Tensor) -> None:
        """Note the probability of the tokens that were chosen last."""
        if self.before is not None and written.shape[1] == len(self.chosen) + 1:
            self.chosen.append(self.before.gather(1, written[:, -1:]).squeeze(1))

    def log_probability(self, row: int) -> float | None:
        """Of all that was written in a row."""
        each = [float(c[row]) for c in self.chosen[: self.watch.length[row]]]
        return sum(each) if each and np.isfinite(each).all() else None


def _generator(seed: int, text: str) -> torch.Generator:
    digest = hashlib.sha256(f"{seed}\0{text}".encode()).digest()
    made = torch.Generator()
    made.manual_seed(int.from_bytes(digest[:7], "big"))
    return made


def _end_tokens(model: Any, tokenizer: Any) -> frozenset[int]:
    """The tokens that end a reply, by the tokenizer and by the model."""
    of_model = getattr(getattr(model, "generation_config", None), "eos_token_id", None)
    several = of_model if isinstance(of_model, list) else [of_model]
    return frozenset(t for t in (*several, tokenizer.eos_token_id) if isinstance(t, int))
