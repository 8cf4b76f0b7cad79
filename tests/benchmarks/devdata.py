"""Labelled student work: where it lies, and how a row becomes text whose lines know their step."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def devdata_folder() -> Path | None:
    """The folder of labelled work: TUTOR_DEVDATA, or ../shared/devdata beside the project; None where it is missing."""
    named = os.environ.get("TUTOR_DEVDATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "devdata"
    return folder if folder.is_dir() else None


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled solution. step_of[i] is the index in `solution_steps` of line i of `work`."""

    id: str
    problem: str
    steps: tuple[str, ...]
    first_error: int | None
    correct: bool | None
    kind: str | None
    raw: dict[str, Any]

    @property
    def work(self) -> str:
        """The steps as one text."""
        return "\n".join(self.steps)

    @property
    def step_of(self) -> list[int]:
        """The step that each physical line belongs to."""
        return [n for n, step in enumerate(self.steps) for _ in step.split("\n")]


def rows(name: str) -> list[Row]:
    """The rows of one file, by its name without suffix; empty where it is missing."""
    folder = devdata_folder()
    if folder is None or not (folder / f"{name}.jsonl").exists():
        return []
    found = []
    with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            found.append(
                Row(
                    raw["id"],
                    raw["problem"],
                    tuple(raw["solution_steps"]),
                    raw.get("first_error_step"),
                    raw.get("solution_correct"),
                    raw.get("error_type"),
                    raw,
                )
            )
    return found
