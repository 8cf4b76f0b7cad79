"""Which lines the grammar leaves to a language model."""

from __future__ import annotations

import re

from tutor.reading.numerals import numerals
from tutor.records import Step

CALCULATES = re.compile(
    r"\b(?:times|plus|minus|multipl\w+|divid\w+|subtract\w*|add(?:s|ed|ing)?|sum|difference|product|half|halve[ds]?|twice|"
    r"doubl\w+|tripl\w+|squared?|root|took|take|taking|percent|equals?)\b|%",
    re.IGNORECASE,
)


def is_left(step: Step) -> bool:
    """Whether the grammar made no claim of a line, or of a part of it, that speaks of numbers or letters."""
    if step.unread or step.operation is not None or step.why_no_claim in ("heading", "question", "a rule", "a ratio"):
        return False
    if step.claims:
        return all(c.among_words for c in step.claims) and calculates(outside(step))
    return step.needs_model or any(True for _ in numerals(step.text))


def calculates(text: str) -> bool:
    """Whether the words say that something is calculated with a number.

    >>> calculates("he took 3 from both sides"), calculates("on day 3")
    (True, False)
    """
    return CALCULATES.search(text) is not None and any(True for _ in numerals(text))


def outside(step: Step) -> str:
    """A line without what its claims were read from."""
    text, place = "", 0
    for start, end in sorted((c.span.start, c.span.end) for c in step.claims):
        text += step.text[place:start] + " "
        place = max(place, end)
    return text + step.text[place:]
