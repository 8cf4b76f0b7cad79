"""The text of a whole solution to steps."""

from tutor.reading.steps import split_steps

__all__ = ["split_steps"]
