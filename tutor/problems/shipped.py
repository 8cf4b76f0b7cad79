"""The ready-made sets that come with the program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "problem_sets"
_TITLE = re.compile(r"^title:\s*(.+?)\s*$", re.MULTILINE)
_PROBLEM = re.compile(r"^ {2}- id:", re.MULTILINE)


@cache
def shipped_sets() -> Mapping[str, tuple[str, int, Path]]:
    """By name, for people: the title, how many problems there are, the file; empty where they were not installed."""
    found = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        title = _TITLE.search(text)
        found[path.stem] = (title.group(1).strip("\"'") if title else path.stem, len(_PROBLEM.findall(text)), path)
    return found
