"""What is noted of a fault of ours: its kind and the places in the code, never its message, which may quote a student.

A thread in the background notes it and goes on, for nobody would see that it has ended.
"""

from __future__ import annotations

import json
import logging
import traceback
from pathlib import Path


def where(error: BaseException) -> dict[str, object]:
    """An exception without its message: its kind, and the places in the code that it came through."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return {
        "fault": type(error).__name__,
        "where": [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames],
    }


def note_fault(log: logging.Logger, thread: str, error: BaseException) -> None:
    """A line of the log about a thread that goes on."""
    log.error("%s", json.dumps({"event": "fault", "thread": thread, **where(error)}, separators=(",", ":")))
