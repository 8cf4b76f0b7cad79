"""Small models with random weights, of the classes that people load, made on the spot."""

from __future__ import annotations

from functools import cache
from typing import Any

import torch
import transformers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

CHAT = (
    "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
KINDS: dict[str, dict[str, Any]] = {
    "Phi": {"partial_rotary_factor": 0.5},
    "Phi3": {},
    "Qwen2": {},
    "Qwen3": {"head_dim": 16},
    "Llama": {},
    "Gemma": {"head_dim": 16},
    "Gemma2": {"head_dim": 16, "query_pre_attn_scalar": 16},
    "SmolLM3": {"pad_token_id": 257},
}


@cache
def tokenizer(*, chat: bool = False) -> Any:
    """Bytes, and a few special tokens."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    made = Tokenizer(models.BPE(vocab={c: i for i, c in enumerate(letters)}, merges=[]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_object=made, eos_token="<|end|>", pad_token="<|pad|>",
        additional_special_tokens=["<|user|>", "<|assistant|>"],
    )  # fmt: skip
    if chat:
        fast.chat_template = CHAT
    return fast


def model(kind: str = "Phi", *, seed: int = 0, room: int = 4096) -> Any:
    """A causal model of a class, of some ten thousand weights; the same for the same seed."""
    torch.manual_seed(seed)
    config = getattr(transformers, f"{kind}Config")(
        vocab_size=264, hidden_size=64, intermediate_size=96, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=room, eos_token_id=256, bos_token_id=None,
        **({"pad_token_id": 257} | KINDS[kind]),
    )  # fmt: skip
    made = getattr(transformers, f"{kind}ForCausalLM")(config)
    # Random weights as they come write one token for ever; wider ones write all sorts.
    with torch.no_grad():
        for weight in made.parameters():
            if weight.dim() > 1:
                weight.normal_(0, 0.4)
    return made
