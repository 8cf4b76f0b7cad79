"""Loading a causal model of transformers: what it takes, where it is looked for, and what to do where it is not there.

Weights are looked for here only: nothing is downloaded behind anyone's back, no code of a model's own is run.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import torch
import transformers
from safetensors import SafetensorError

from tutor.errors import ModelError
from tutor.slm.hub import look_for

DTYPES = {"bfloat16": torch.bfloat16, "float16": torch.float16, "float32": torch.float32}
MOST = 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is loaded.

    dtype: empty for bfloat16, or float16 on a GPU that has no other; many configurations ask for float16, the worst
        choice on a CPU.
    device: `cpu`, `cuda`, `cuda:1`, or `auto` to spread over what there is (needs accelerate); empty for a GPU if one
        is here.
    bits: 4 or 8 to load the weights so rounded (needs bitsandbytes); 0 for as they are.
    rows: prompts worked on at once; 0 for the usual.
    threads: of PyTorch on a CPU; 0 for the usual. On cores that others use, too, one is many times faster than two.
    """

    dtype: str = ""
    device: str = ""
    bits: int = 0
    rows: int = 0
    threads: int = 0

    @classmethod
    def of(cls, text: str) -> Settings:
        """`bits=4&device=cuda`, as they stand behind the `?` of a model's name."""
        given = dict(parse_qsl(text, keep_blank_values=True))
        if unknown := given.keys() - {"dtype", "device", "bits", "rows", "threads"}:
            raise ModelError(
                f"{', '.join(sorted(unknown))}: a model is loaded with dtype, device, bits, rows and threads."
            )
        if (dtype := given.get("dtype", "")) not in ("", *DTYPES):
            raise ModelError(f"dtype={dtype}: there are {', '.join(DTYPES)}.")
        if (bits := given.get("bits", "0")) not in ("0", "4", "8"):
            raise ModelError(f"bits={bits}: weights are loaded in 4 or 8 bits.")
        return cls(dtype, given.get("device", ""), int(bits), _count(given, "rows"), _count(given, "threads"))


def _count(given: Mapping[str, str], name: str) -> int:
    said = given.get(name, "0")
    if not said.isdecimal() or int(said) > MOST:
        raise ModelError(f"{name}={said}: it is a whole number up to {MOST:,}.")
    return int(said)


def load(named: str, settings: Settings) -> tuple[Any, Any]:
    """A model and its tokenizer.

    Raises:
        ModelError: the weights are not here, or are damaged, or are no causal model; and what to do.
    """
    look_for(named)
    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    options = _options(settings)
    try:
        config = transformers.AutoConfig.from_pretrained(named, local_files_only=True)
    except (OSError, ValueError) as error:
        why = str(error).partition("\n")[0][:200]
        raise ModelError(f"{named} holds no model that transformers can load: {why}") from None
    made_as = [a for a in getattr(config, "architectures", None) or [] if isinstance(a, str)]
    if made_as and not any("CausalLM" in a or "LMHead" in a or "ConditionalGeneration" in a for a in made_as):
        raise ModelError(f"{named} is a {', '.join(made_as)}, which completes no text; a causal model is needed.")
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(named, local_files_only=True)
        loaded: Any = transformers.AutoModelForCausalLM.from_pretrained(
            named, local_files_only=True, output_loading_info=True, **options
        )
    except (OSError, ValueError, RuntimeError, ImportError, SafetensorError) as error:
        raise ModelError(_damaged(named, str(error))) from None
    model, info = loaded
    if missing := sorted(info.get("missing_keys") or ()):
        raise ModelError(
            f"{named} lacks weights of a {type(model).__name__}: {', '.join(missing[:3])}"
            f"{' …' if len(missing) > 3 else ''}. The folder is incomplete, or holds another kind of model."
        )
    if "device_map" not in options:
        model = model.to(_device(settings))
    return model, tokenizer


def _device(settings: Settings) -> str:
    if settings.device:
        if settings.device.startswith("cuda") and not torch.cuda.is_available():
            raise ModelError(f"device={settings.device}: there is no GPU that PyTorch can use here.")
        return settings.device
    return "cuda" if torch.cuda.is_available() else "cpu"


def _options(settings: Settings) -> Mapping[str, Any]:
    """The keywords of from_pretrained."""
    on_gpu = torch.cuda.is_available() and settings.device != "cpu"
    best = torch.float16 if on_gpu and not torch.cuda.is_bf16_supported() else torch.bfloat16
    options: dict[str, Any] = {"dtype": DTYPES.get(settings.dtype, best)}
    if settings.device == "auto":
        if importlib.util.find_spec("accelerate") is None:
            raise ModelError("device=auto needs accelerate: pip install accelerate")
        options["device_map"] = "auto"
    if settings.bits:
        if importlib.util.find_spec("bitsandbytes") is None or importlib.util.find_spec("accelerate") is None:
            raise ModelError(
                f"bits={settings.bits} needs bitsandbytes and accelerate: pip install bitsandbytes accelerate"
            )
        options["quantization_config"] = transformers.BitsAndBytesConfig(  # type: ignore[no-untyped-call]
            load_in_4bit=settings.bits == 4, load_in_8bit=settings.bits == 8, bnb_4bit_compute_dtype=best
        )
        options["device_map"] = settings.device or ("auto" if on_gpu else "cpu")
    return options


def _damaged(named: str, why: str) -> str:
    first = next((line for line in why.split("\n") if line.strip()), "no reason was given")
    return f"{named} could not be loaded: {first[:300]}\nA file may be damaged or missing; fetch the model again."
