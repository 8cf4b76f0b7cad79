"""How long a model takes: one process a model, so that loading and memory are its own.

`python -m tutor.slm.bench SPEC SECONDS` measures one and prints it as a JSON object; SPEC `phi-2-shape` is a model of
Phi-2's exact shape with random weights, which takes as long as Phi-2 without its 5.6 GB of download.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.errors import ModelError
from tutor.slm.backends import open_backend
from tutor.slm.jobs import LineReply, LineRequest

if TYPE_CHECKING:
    from tutor.slm.backends.local import Local

PHI_2 = "phi-2-shape"
PHI_2_SHAPE = {
    "vocab_size": 51200, "hidden_size": 2560, "intermediate_size": 10240, "num_hidden_layers": 32,
    "num_attention_heads": 32, "partial_rotary_factor": 0.4, "max_position_embeddings": 2048,
}  # fmt: skip
PHI_2_BYTES = 5_600_000_000
ROOM = 1_000_000_000  # bytes beside the weights: PyTorch, and what is worked out between two layers
# A line costs a generative model the part of the prompt that is its own, and the reply; the rest is worked out once.
PROMPT_TOKENS, REPLY_TOKENS = 30, 16
PREFILL_TOKENS, DECODE_TOKENS = 256, 16

LINES = (
    "so i took {a} from both sides and got {b}x is {c}",
    "half of {a} is {b} and then i add {c}",
    "she subtracted {a} from {b} so there are {c} apples left",
    "the speed is {a} metres divided by {b} seconds which makes {c} metres per second",
    "then i multiplied it by {a} to get {b}",
    "twice {a} plus {b} equals {c}",
    "x squared minus {a} is {b} so x is the root of {c}",
    "he has {a} boxes with {b} pens in each, that is {c} pens",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one model takes. None is not measured, or has no meaning for such a model.

    load_s: importing and loading. first_s: from the start of the process to the first line read.
    peak_bytes: memory of the whole process at most. line_s: median of lines read one by one.
    lines_per_s: many lines asked together.
    joules_per_line: the estimate, CPU time of a line times the watts of a core.
    note: what else to know; why there are no figures where there are none.
    """

    model: str
    parameters: int | None = None
    weights_bytes: int | None = None
    device: str = ""
    dtype: str = ""
    load_s: float | None = None
    first_s: float | None = None
    peak_bytes: int | None = None
    prefill_tokens_per_s: float | None = None
    decode_tokens_per_s: float | None = None
    line_s: float | None = None
    lines_per_s: float | None = None
    joules_per_line: float | None = None
    note: str = ""


def lines(count: int) -> list[LineRequest]:
    """Lines of work in words, no two the same."""
    made = []
    for n in range(count):
        numbers = {"a": 3 + n % 17, "b": 20 + 7 * n % 101, "c": 2 + 13 * n % 997}
        made.append(LineRequest(LINES[n % len(LINES)].format(**numbers), previous=str(5 + n)))
    return made


def measure(spec: str, *, seconds: float, watts: float, begun: float) -> Measured:
    """What the model of a line of configuration takes.

    seconds: for reading lines, about; a slow model reads at least one.
    watts: of a core at work, for the estimate of energy. begun: when the process started, on the clock of time().

    Raises:
        ModelError: it cannot be opened, or there is no memory for it.
    """
    if spec == PHI_2:
        return _phi_2(watts)
    start = time.perf_counter()
    backend = open_backend(spec)
    asked = lines(400)
    load_s = time.perf_counter() - start
    replies = backend.read_lines(asked[:1])
    first_s = time.time() - begun
    singles, cpu_s = _one_by_one(backend.read_lines, asked, seconds / 2)
    replies += [reply for reply, _ in singles]
    line_s = statistics.median(took for _, took in singles)
    many = asked[: max(1, min(len(asked), int(seconds / 2 / line_s)))]
    at = time.perf_counter()
    replies += backend.read_lines(many)
    together_s = time.perf_counter() - at
    prefill: float | None = None
    decode: float | None = None
    parts: dict[str, Any] = {}
    if backend.name == "local":
        prefill, decode = _pace(backend)  # type: ignore[arg-type]
        parts = size_of(backend._model)  # type: ignore[attr-defined]
    elif backend.name == "bundled":
        parts = _size_of_bundled(backend.folder)  # type: ignore[attr-defined]
    read = sum(not reply.fault for reply in replies)
    backend.close()
    return Measured(
        model=backend.model, **parts, load_s=load_s, first_s=first_s, peak_bytes=peak_bytes(),
        prefill_tokens_per_s=prefill, decode_tokens_per_s=decode, line_s=line_s, lines_per_s=len(many) / together_s,
        joules_per_line=None if backend.name == "server" else cpu_s * watts / len(singles),
        note=f"{read} of {len(replies)} lines read",
    )  # fmt: skip


def _one_by_one(
    read_lines: Callable[[list[LineRequest]], list[LineReply]], asked: list[LineRequest], seconds: float
) -> tuple[list[tuple[LineReply, float]], float]:
    """The reply to each line and the seconds it took, as many as there is time for; CPU seconds of all."""
    taken: list[tuple[LineReply, float]] = []
    begun, cpu = time.perf_counter(), time.process_time()
    for one in asked:
        at = time.perf_counter()
        (reply,) = read_lines([one])
        taken.append((reply, time.perf_counter() - at))
        if time.perf_counter() - begun > seconds:
            break
    return taken, time.process_time() - cpu


def _pace(backend: Local) -> tuple[float, float | None]:
    """Tokens a second of the prompt, and of the reply; None where it ends at once."""
    prompt = "Say it again: " + "2x + 3 = 7 and so x is 2. " * (PREFILL_TOKENS // 12)
    length = backend.length(prompt)
    backend.complete(prompt, stop=(), limit=1)
    at = time.perf_counter()
    backend.complete(prompt, stop=(), limit=1)
    first_s = time.perf_counter() - at
    at = time.perf_counter()
    written = backend.complete(prompt, stop=(), limit=1 + DECODE_TOKENS).tokens
    rest_s = time.perf_counter() - at - first_s
    return length / first_s, (written - 1) / rest_s if written > 1 and rest_s > 0 else None


def size_of(model: Any) -> dict[str, Any]:
    """How many weights a model of transformers has, in how many bytes, where, and in which type."""
    from tutor.slm.causal import matrices_in_eight_bits

    each = [*model.parameters(), *matrices_in_eight_bits(model)]
    return {
        "parameters": sum(p.numel() for p in each),
        "weights_bytes": sum(p.numel() * p.element_size() for p in each),
        "device": str(model.device.type),
        "dtype": str(model.dtype).removeprefix("torch."),
    }


def _size_of_bundled(folder: Path) -> dict[str, Any]:
    from safetensors import safe_open

    files = [path for path in folder.iterdir() if path.suffix == ".safetensors"]
    count = 0
    for path in files:
        with safe_open(path, "np") as weights:
            count += sum(math.prod(weights.get_slice(name).get_shape()) for name in weights.keys())  # noqa: SIM118
    size = sum(path.stat().st_size for path in files)
    return {"parameters": count, "weights_bytes": size, "device": "cpu", "dtype": "float32"}


# ---------------------------------------------------------------- Phi-2's shape


def _phi_2(watts: float) -> Measured:
    """Load time apart, as long as Phi-2 takes; a line is reckoned from its tokens."""
    free = available_bytes()
    if free is not None and free < PHI_2_BYTES + ROOM:
        raise ModelError(
            f"Phi-2's shape needs {(PHI_2_BYTES + ROOM) / 1e9:.1f} GB of memory; {free / 1e9:.1f} GB are free here."
        )
    import torch

    model = phi_2_shape()
    tokens = torch.arange(PREFILL_TOKENS).unsqueeze(0)
    with torch.inference_mode():
        model(tokens[:, :4], use_cache=True, logits_to_keep=1)
        at, cpu = time.perf_counter(), time.process_time()
        state = model(tokens, use_cache=True, logits_to_keep=1)
        prefill = PREFILL_TOKENS / (time.perf_counter() - at)
        prefill_cpu_s = (time.process_time() - cpu) / PREFILL_TOKENS
        at, cpu = time.perf_counter(), time.process_time()
        for _ in range(DECODE_TOKENS):
            state = model(state.logits[:, -1:].argmax(-1), past_key_values=state.past_key_values, use_cache=True)
        decode = DECODE_TOKENS / (time.perf_counter() - at)
        decode_cpu_s = (time.process_time() - cpu) / DECODE_TOKENS
    line_s = PROMPT_TOKENS / prefill + REPLY_TOKENS / decode
    return Measured(
        model="Phi-2's shape, random weights", **size_of(model), peak_bytes=peak_bytes(),
        prefill_tokens_per_s=prefill, decode_tokens_per_s=decode, line_s=line_s, lines_per_s=1 / line_s,
        joules_per_line=watts * (PROMPT_TOKENS * prefill_cpu_s + REPLY_TOKENS * decode_cpu_s),
        note=f"a line is reckoned from {PROMPT_TOKENS} tokens of its own in the prompt and {REPLY_TOKENS} of reply",
    )  # fmt: skip


def phi_2_shape(**smaller: int) -> Any:
    """A causal model as Phi-2 is built, with random weights in bfloat16; `smaller` changes its shape.

    The weights are one small block of random numbers over and over, which is as slow to multiply by as any and is
    quickly made.
    """
    import torch
    from transformers import PhiConfig, PhiForCausalLM

    shape: dict[str, Any] = PHI_2_SHAPE | smaller
    config = PhiConfig(**shape)
    with torch.device("meta"):
        model: Any = PhiForCausalLM(config)
    model = model.to(torch.bfloat16).to_empty(device="cpu")
    # What is no weight, such as the angles of the rotation, is not on the way to being filled: make it again.
    model.model.rotary_emb = type(model.model.rotary_emb)(config)
    block = (torch.randn(1 << 16, generator=torch.Generator().manual_seed(0)) * 0.02).to(torch.bfloat16)
    for weight in model.parameters():
        flat = weight.data.view(-1)
        whole = flat.numel() // block.numel() * block.numel()
        flat[:whole].view(-1, block.numel()).copy_(block)
        flat[whole:].copy_(block[: flat.numel() - whole])
    return model.eval()


# ---------------------------------------------------------------- the machine


def available_bytes() -> int | None:
    """Memory that a new process may take; None where the system does not say."""
    known = [n for n in (_available_here(), _left_in_group()) if n is not None]
    return min(known, default=None)


def _available_here() -> int | None:
    if (free := _kilobytes("/proc/meminfo", "MemAvailable:")) is not None:
        return free
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return None


def _left_in_group() -> int | None:
    """Of the control group, in a container."""
    try:
        with (
            open("/sys/fs/cgroup/memory.max", encoding="ascii") as most,
            open("/sys/fs/cgroup/memory.current", encoding="ascii") as now,
        ):
            limit = most.read().strip()
            return int(limit) - int(now.read()) if limit.isdigit() else None
    except (OSError, ValueError):
        return None


def busy() -> float | None:
    """Processes that wanted a core in the last minute, for each core; None where the system does not say."""
    try:
        return os.getloadavg()[0] / (os.cpu_count() or 1)
    except (OSError, AttributeError):  # Windows
        return None


def peak_bytes() -> int | None:
    """The most memory that this process has had; None where the system does not say."""
    # getrusage would count what the process had before it became this program: the memory of whoever started it.
    if (most := _kilobytes("/proc/self/status", "VmHWM:")) is not None:
        return most
    try:
        import resource
    except ImportError:  # Windows
        return None
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return usage if sys.platform == "darwin" else usage * 1024


def _kilobytes(file: str, row: str) -> int | None:
    """A figure of a table of Linux, in bytes; None where there is no such table."""
    try:
        with open(file, encoding="ascii") as table:
            for line in table:
                if line.startswith(row):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return None


def main(arguments: list[str]) -> int:
    """Measure one model and print it; 1 where it cannot be."""
    spec, seconds, watts, begun = arguments
    try:
        found = measure(spec, seconds=float(seconds), watts=float(watts), begun=float(begun))
    except ModelError as error:
        found = Measured(spec, note=str(error))
    sys.stdout.write(json.dumps(asdict(found)) + "\n")
    return 0 if found.line_s is not None else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
