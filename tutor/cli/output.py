"""Where things are printed: results on standard output, progress on standard error and only on a terminal."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def console(*, color: bool = True, stderr: bool = False) -> Console:
    """A console that wraps at the terminal's width and prints plain text where there is no terminal."""
    from rich.console import Console

    plain = not color or "NO_COLOR" in os.environ
    made = Console(stderr=stderr, no_color=plain, highlight=False, markup=False, emoji=False)
    if not made.is_terminal:
        made.width = max(100, shutil.get_terminal_size((100, 24)).columns)
    return made
