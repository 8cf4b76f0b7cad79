"""`tutor model …`: which language model reads lines in words, and how long each takes here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer

from tutor.cli.output import console
from tutor.errors import ModelError
from tutor.slm import BACKENDS, ModelChoice
from tutor.slm.bench import PHI_2, Measured, available_bytes, busy
from tutor.slm.hub import hub_folder

app = typer.Typer(
    help="The language model: what is here, and how fast it is.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

OPTIONAL = {
    "torch": "runs models of transformers",
    "transformers": "runs models of transformers",
    "llguidance": "holds them to the notation while they write: pip install 'showwork-tutor[model]'",
    "accelerate": "spreads a model over several devices",
    "bitsandbytes": "loads weights in 4 bits, or in 8 on a GPU",
}
BUSY = 0.5
LONGEST_S = 1800.0  # a model that takes longer has hung

Model = Annotated[
    str,
    typer.Option("--model", "-m", envvar="TUTOR_MODEL", help="A folder, or an id of the hub such as microsoft/phi-2."),
]
ModelServer = Annotated[
    str, typer.Option("--model-server", envvar="TUTOR_MODEL_SERVER", help="An OpenAI-compatible server's address.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
NoColor = Annotated[bool, typer.Option("--no-color", envvar="TUTOR_NO_COLOR", help="Plain text, no colours.")]


@app.command()
def info(model: Model = "", model_server: ModelServer = "", as_json: AsJson = False) -> None:
    """Say which model is chosen, whether it opens, and what could be used here.

    Exit status: 0 it opens, 1 it does not.
    """
    choice = ModelChoice(model, model_server)
    opened, fault = "", ""
    try:
        backend = choice.open()
        if backend is not None:
            opened = f"{backend.model} ({backend.name})"
            backend.close()
    except ModelError as error:
        fault = str(error)
    free = available_bytes()
    said = {
        "chosen": choice.spec,
        "opens": opened or None,
        "fault": fault or None,
        "backends": list(BACKENDS),
        "libraries": {name: _version(name) for name in OPTIONAL},
        "hub_folder": hub_folder(),
        "memory_free_bytes": free,
        "cores": os.cpu_count(),
    }
    if as_json:
        sys.stdout.write(json.dumps(said) + "\n")
    else:
        _print_info(said, free)
    raise typer.Exit(1 if fault else 0)


def _print_info(said: Mapping[str, object], free: int | None) -> None:
    out = sys.stdout.write
    out(f"chosen      {said['chosen']}\n")
    out(f"opens       {said['opens']}\n" if said["opens"] else f"does not open: {said['fault']}\n")
    out(f"backends    {', '.join(BACKENDS)}\n")
    for name, what in OPTIONAL.items():
        out(f"{name:<12}{_version(name) or 'not installed'}; {what}\n")
    out(f"weights of the hub are looked for in {said['hub_folder']}\n")
    out(f"memory      {free / 1e9:.1f} GB free\n" if free is not None else "memory      unknown\n")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


@app.command()
def bench(
    models: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[MODEL]...",
            help="Folders, ids of the hub or addresses of servers, beside the bundled model.",
        ),
    ] = None,
    phi2: Annotated[
        bool,
        typer.Option(
            "--phi2/--no-phi2",
            help="Time a model of Phi-2's exact shape, too; its weights are random and take 5.6 GB of memory.",
        ),
    ] = True,
    seconds: Annotated[float, typer.Option(min=0.1, help="For reading lines, about; for each model.")] = 20.0,
    watts: Annotated[float, typer.Option(min=0.1, help="Of a core at work, for the estimate of energy.")] = 10.0,
    as_json: AsJson = False,
    no_color: NoColor = False,
) -> None:
    """Time models on this machine: loading, memory, tokens and lines a second, energy.

    Each model has a process of its own, one after the other. Energy is an estimate: CPU time times the watts of a core.

    **Examples**

    `tutor model bench`

    `tutor model bench ./my-model microsoft/phi-2 --no-phi2 --json`

    Exit status: 0 all were measured, 1 some could not be.
    """
    wanted = [ModelChoice().spec, *(models or ()), *((PHI_2,) if phi2 else ())]
    found = []
    load = busy()
    for spec in wanted:
        if sys.stderr.isatty():
            sys.stderr.write(f"measuring {spec} …\n")
        found.append(_measured(spec, seconds, watts))
    if as_json:
        sys.stdout.write(
            json.dumps({"cores": os.cpu_count(), "load_a_core": load, "models": [asdict(m) for m in found]}) + "\n"
        )
    else:
        _print_table(found, color=not no_color)
        if load is not None and load > BUSY:
            sys.stdout.write(f"{load:.1f} processes wanted each core before: on a quiet machine models are faster.\n")
    raise typer.Exit(1 if any(m.line_s is None for m in found) else 0)


def _measured(spec: str, seconds: float, watts: float) -> Measured:
    """One model, in a process of its own."""
    command = [sys.executable, "-m", "tutor.slm.bench", spec, str(seconds), str(watts), str(time.time())]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_S, check=False)
    except subprocess.TimeoutExpired:
        return Measured(spec, note=f"was not done after {LONGEST_S:,.0f} s")
    printed = done.stdout.strip().rpartition("\n")[2]
    if not printed.startswith("{"):
        why = done.stderr.strip().rpartition("\n")[2] or "no reason was given"
        return Measured(spec, note=f"ended with status {done.returncode}: {why[:200]}")
    return Measured(**json.loads(printed))


ROWS: tuple[tuple[str, Callable[[Measured], str]], ...] = (
    ("parameters", lambda m: _number(m.parameters, 1e-6, " M")),
    ("weights", lambda m: _number(m.weights_bytes, 1e-6, " MB")),
    ("runs on", lambda m: f"{m.device} {m.dtype}".strip() or "–"),
    ("loading", lambda m: _number(m.load_s, 1, " s")),
    ("first line read after", lambda m: _number(m.first_s, 1, " s")),
    ("memory at most", lambda m: _number(m.peak_bytes, 1e-6, " MB")),
    ("prompt, tokens/s", lambda m: _number(m.prefill_tokens_per_s)),
    ("reply, tokens/s", lambda m: _number(m.decode_tokens_per_s)),
    ("one line", lambda m: _number(m.line_s, 1e3, " ms")),
    ("many lines, lines/s", lambda m: _number(m.lines_per_s)),
    ("energy a line, about", lambda m: _number(m.joules_per_line, 1, " J")),
)


def _number(value: float | None, factor: float = 1.0, unit: str = "") -> str:
    if value is None:
        return "–"
    scaled = value * factor
    return (f"{scaled:,.0f}" if scaled >= 100 else f"{scaled:.3g}") + unit


def _print_table(found: Iterable[Measured], *, color: bool) -> None:
    from rich.table import Table

    found = list(found)
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for one in found:
        table.add_column(one.model, justify="right", overflow="fold")
    for name, show in ROWS:
        table.add_row(name, *(show(one) for one in found))
    out = console(color=color)
    out.print(table)
    for one in found:
        out.print(f"{one.model}: {one.note}")
