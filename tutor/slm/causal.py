"""Loading a causal model of transformers: what it takes, where it is looked for, and what to do where it is not there.

Weights are looked for here only: nothing is downloaded behind anyone's back, no code of a model's own is run.
"""

from __future__ import annotations

import importlib.util
import warnings
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
    bits: 4 or 8 to load the weights so rounded; 0 for as they are. On a CPU PyTorch rounds to 8 by itself, and what is
        not rounded is float32; else bitsandbytes is needed.
    rows: prompts worked on at once; 0 for the usual. In 8 bits on a CPU that is one: how the values between two layers
        are rounded depends on all that is worked on together.
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
    if settings.bits == 8 and _is_on_cpu(settings):
        model = in_eight_bits(model)
    return model, tokenizer


def in_eight_bits(model: Any) -> Any:
    """The model with its matrices in 8 bits, for a CPU: a quarter of float32, read four times as fast.

    Raises:
        ModelError: this PyTorch cannot do that.
    """
    engine = torch.backends.quantized.engine
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a later PyTorch will have it elsewhere
            from torch.ao.nn.quantized.dynamic import Linear
            from torch.ao.quantization import default_dynamic_qconfig, per_channel_dynamic_qconfig

            rounding = default_dynamic_qconfig if engine == "qnnpack" else per_channel_dynamic_qconfig
            for module in list(model.modules()):
                for name, child in list(module.named_children()):
                    if type(child) is torch.nn.Linear:
                        whole = child.float()
                        whole.qconfig = rounding  # type: ignore[assignment]
                        setattr(module, name, Linear.from_float(whole))  # type: ignore[no-untyped-call]
    except (ImportError, RuntimeError) as error:
        why = str(error).partition("\n")[0][:200]
        raise ModelError(
            f"bits=8: PyTorch {torch.__version__} cannot round weights on this CPU ({why}). Leave bits out."
        ) from None
    return model.float()


def matrices_in_eight_bits(model: Any) -> list[torch.Tensor]:
    """Those that `in_eight_bits` has rounded, which are no parameters any more."""
    rounded = (m for m in model.modules() if type(m).__module__.startswith("torch.ao.nn.quantized.dynamic"))
    return [module.weight() for module in rounded if hasattr(module, "out_features")]


def _is_on_cpu(settings: Settings) -> bool:
    return settings.device == "cpu" or (settings.device in ("", "auto") and not torch.cuda.is_available())


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
    if settings.bits == 4 or (settings.bits and not _is_on_cpu(settings)):
        if absent := [name for name in ("bitsandbytes", "accelerate") if importlib.util.find_spec(name) is None]:
            without = "On a CPU bits=8 needs neither." if _is_on_cpu(settings) else "device=cpu&bits=8 needs neither."
            raise ModelError(
                f"bits={settings.bits} needs {' and '.join(absent)}: pip install {' '.join(absent)}. {without}"
            )
        options["quantization_config"] = transformers.BitsAndBytesConfig(  # type: ignore[no-untyped-call]
            load_in_4bit=settings.bits == 4, load_in_8bit=settings.bits == 8, bnb_4bit_compute_dtype=best
        )
        options["device_map"] = settings.device or ("auto" if on_gpu else "cpu")
    return options


def _damaged(named: str, why: str) -> str:
    first = next((line for line in why.split("\n") if line.strip()), "no reason was given")
    return f"{named} could not be loaded: {first[:300]}\nA file may be damaged or missing; fetch the model again."
