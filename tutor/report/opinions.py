"""The opinion of a language model on a line, in words, from a stored report: labelled as one, and with whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def opinion_in_words(step: Mapping[str, Any]) -> str:
    """What the model thinks of a line; empty where it was not asked, or has nothing to say.

    >>> opinion_in_words({"model_opinion": {"operation": "subtract", "looks_right": True, "reason": "3 is gone.",
    ...                                     "agrees": None, "model": "bundled 1"}})
    'Opinion of the language model bundled 1, not checked: subtract; it looks right. 3 is gone.'
    """
    opinion = step.get("model_opinion")
    if not opinion:
        return ""
    looks = {True: "it looks right", False: "it does not look right", None: ""}[opinion["looks_right"]]
    said = "; ".join(x for x in (opinion["operation"], looks) if x)
    if not said:
        return ""
    differs = " The verifier has decided otherwise." if opinion["agrees"] is False else ""
    reason = f" {opinion['reason']}" if opinion["reason"] else ""
    return f"Opinion of the language model {opinion['model']}, not checked: {said}.{reason}{differs}"
