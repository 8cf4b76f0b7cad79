"""`tutor train`: make the model that reads prose, from nothing."""

from __future__ import annotations

from pathlib import Path

import torch
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from tutor.cli.output import console
from tutor.errors import ModelError
from tutor.slm.weights import load_others
from tutor.training.card import CURVE, draw_curve, write_card
from tutor.training.scores import Score, answers, score
from tutor.training.train import Progress as Now
from tutor.training.train import (
    Recipe,
    asked_of,
    by_hand_kept_out,
    drawn,
    held_out,
    prepare,
    seen_phrasings,
    settle,
    write,
)


def train(target: str, recipe: Recipe, name: str, device: str, threads: int, checked: int, *, color: bool) -> None:
    """Train, and write weights, card and curve to a folder; a run that was stopped goes on.

    name: empty for that of the folder. device: empty for a GPU where there is one. checked: lines of the textbook that
    each score is taken on.
    """
    folder = Path(target)
    name = name or folder.name
    torch.set_num_threads(threads)
    out = console(color=color)
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    if device != "cpu" and not (device.partition(":")[0] == "cuda" and torch.cuda.is_available()):
        raise ModelError(f"--device {device}: there is no such device that PyTorch can use here.")
    load_others(folder)  # one whose training is under way is told before an hour has gone by
    out.print(f"Writing {recipe.lines:,} lines of the textbook (seed {recipe.seed}).")
    run = prepare(recipe, folder, device, drawn(recipe))
    if run.resume():
        out.print(f"Going on after step {run.step:,}.")
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[state]}"), TimeRemainingColumn()
    with Progress(*columns, console=out) as bar:
        task = bar.add_task(f"Training on {device}", total=run.steps, completed=run.step, state="")

        def report(now: Now) -> None:
            bar.update(task, completed=now.step, state=f"loss {now.loss:.3f}, {100 * now.accuracy:.1f} % right")

        run.train(report)
    decoder = write(run, name)
    by_hand = answers(decoder, by_hand_kept_out())
    kept_out = answers(decoder, asked_of(held_out(checked)))
    seen = answers(decoder, asked_of(seen_phrasings(checked)))
    least = settle(run, decoder, name, by_hand, kept_out)
    scores: dict[str, Score] = {
        "lines by hand kept out, every reading": score(by_hand),
        "lines by hand kept out": score(by_hand, least),
        "phrasings held out, every reading": score(kept_out),
        "phrasings held out": score(kept_out, least),
        "phrasings seen, every reading": score(seen),
        "phrasings seen": score(seen, least),
    }
    write_card(run, name, command(folder, recipe, name), least, scores)
    for what, found in scores.items():
        out.print(f"{what}: {found}")
    draw_curve(run.history, folder / CURVE)
    out.print(f"Written to {folder}.")


def command(folder: Path, recipe: Recipe, name: str) -> str:
    """The command that makes the same model again."""
    usual = Recipe()
    said = [
        f"--{option} {getattr(recipe, option)}"
        for option in ("lines", "passes", "seed", "hidden", "layers")
        if getattr(recipe, option) != getattr(usual, option)
    ]
    return " ".join(["tutor train", folder.name, f'--name "{name}"', *said])
