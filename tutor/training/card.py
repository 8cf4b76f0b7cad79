"""What a training run leaves beside the weights: its curve as a picture, and a model card."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.errors import ModelError

if TYPE_CHECKING:
    from tutor.training.scores import Score
    from tutor.training.train import Progress, Recipe, Run

CARD, CURVE = "card.md", "curve.png"
WATTS = {"cpu": 15.0, "cuda": 600.0}  # of one busy core of a laptop; of a large GPU with its host


def draw_curve(history: Sequence[Progress], path: Path) -> None:
    """Loss and accuracy over the steps, as a picture.

    Raises:
        ModelError: matplotlib is not there.
    """
    try:
        import matplotlib as mpl
    except ImportError:
        raise ModelError('The curve needs matplotlib: pip install "showwork-tutor[train]".') from None
    mpl.use("Agg")
    from matplotlib import pyplot

    steps = [now.step for now in history]
    figure, left = pyplot.subplots(figsize=(7, 4), layout="constrained")
    left.plot(steps, [now.loss for now in history], color="tab:blue")
    left.set(xlabel="steps", yscale="log")
    left.set_ylabel("loss", color="tab:blue")
    right = left.twinx()
    right.plot(steps, [100 * now.accuracy for now in history], color="tab:orange")
    right.set_ylabel("labels right, %", color="tab:orange")
    figure.savefig(path, dpi=100)
    pyplot.close(figure)


def energy_wh(run: Run) -> float:
    """Watt hours, estimated: the time of the run at the power of what it ran on."""
    return run.seconds / 3600 * WATTS.get(run.device.type, 15.0)


def write_card(run: Run, name: str, command: str, least: float, scores: Mapping[str, Score]) -> None:
    """The model card: what it is, what it was trained on, what it cost, what it scores."""
    size = sum(p.numel() for p in run.model.parameters())
    machine = platform.machine() + (", GPU" if run.device.type == "cuda" else ", one core")
    lines = [
        f"# {name}",
        "",
        "Reads a line of prose, as a student writes it, into step notation. A token classifier on a bidirectional Phi"
        " trunk, trained from nothing on lines that this project's own generator writes and labels,"
        " and on lines that were written for it by hand; no text by others was used. It proposes; what it reads is"
        " checked before anyone sees it, and sets no verdict.",
        "",
        f"- Made by `{command}`, again and again the same up to rounding.",
        f"- {size:,} parameters: {run.recipe.layers} layers of {run.recipe.hidden},"
        f" {len(run.vocabulary.classes):,} classes of tokens.",
        f"- Data: {len(run.corpus):,} lines ({len(run.corpus.classes):,} tokens) of `tutor.training.textbook`, seed"
        f" {run.recipe.seed}, hash `{run.corpus.hash}`, {run.recipe.passes} passes; whole families of phrasings are"
        " held out.",
        f"- Cost: {run.seconds / 60:.0f} minutes ({machine}), about {energy_wh(run):.1f} Wh (estimated from the time).",
        f"- Gives a reading where it holds it at least {least:.3f} likely; settled so that of lines by hand"
        " that were kept out, and of phrasings held out, at most one in 100 is read wrongly in what it claims.",
        "",
        "| on | lines | exact | abstained | silently wrong | of these in what is claimed |",
        "|---|---|---|---|---|---|",
    ]
    for what, score in scores.items():
        parts = (score.exact, score.abstained, score.wrong, score.claims_wrong)
        share = [f"{100 * part / max(score.lines, 1):.1f} %" for part in parts]
        lines.append(f"| {what} | {score.lines} | {' | '.join(share)} |")
    lines += ["", "## Recipe", "", "```", *_as_lines(run.recipe), "```", "", f"![Loss and accuracy]({CURVE})", ""]
    (run.folder / CARD).write_text("\n".join(lines), encoding="utf-8")


def _as_lines(recipe: Recipe) -> list[str]:
    return [f"{key} = {value}" for key, value in asdict(recipe).items()]
