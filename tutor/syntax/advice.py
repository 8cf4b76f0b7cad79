"""What to say where reading stopped."""

from __future__ import annotations


def sentence(wanted: str, before: str, found: str) -> str:
    """Advice for a stop."""
    return "Something is missing here." if found == "end" else "This cannot be read here."
