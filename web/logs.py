"""The log: one JSON object a line, of our own words, numbers and places in the code; never what a student wrote."""

from __future__ import annotations

import json
import logging
import secrets
import sys
from datetime import UTC, datetime
from typing import Final

from tutor.service.faults import where

LOG: Final = logging.getLogger("tutor.web")
# Streamlit logs an exception with its message, and a message may quote a student; `fault` notes where it was instead.
QUOTING: Final = ("streamlit.error_util", "streamlit.runtime.scriptrunner.exec_code")


class Lines(logging.Formatter):
    """A record as a JSON object; an object that a record has for its message is taken in."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said: dict[str, object] = {"at": at, "level": record.levelname.lower(), "from": record.name}
        message = record.getMessage()
        try:
            inner = json.loads(message)
        except ValueError:
            inner = None
        said |= inner if isinstance(inner, dict) else {"message": message}
        if record.exc_info and record.exc_info[1] is not None:
            said |= where(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False, default=str)


def fault(error: BaseException) -> str:
    """Note a fault of ours; the number by which whoever runs the site finds it in the log."""
    number = secrets.token_hex(4)
    LOG.error("%s", json.dumps({"event": "fault", "reference": number, **where(error)}))
    return number


def begin() -> None:
    """Write what the program notes to the standard error, a line each."""
    for name in QUOTING:
        logging.getLogger(name).addFilter(lambda record: not record.exc_info)
    ours = logging.getLogger("tutor")
    if not any(isinstance(handler.formatter, Lines) for handler in ours.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(Lines())
        ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    ours.propagate = False
