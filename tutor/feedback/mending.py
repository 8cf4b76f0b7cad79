"""The change that mends a line, as a sentence."""

from __future__ import annotations

from tutor.misconceptions.repair import Repair
from tutor.syntax.printer import to_text
from tutor.syntax.tree import Node


def in_words(repair: Repair | None) -> str:
    """`with -3 in place of 3 this line would follow`"""
    if repair is None:
        return ""
    was, now = text_of(repair.was), text_of(repair.now)
    match repair.kind:
        case "extra_term":
            change = f"without the term {was}"
        case "missing_term":
            change = f"with a term {now} more"
        case "factor":
            change = f"with the factor {now} more" if repair.was is None else f"without the factor {was}"
        case "relation":
            change = f"written as {text_of(repair.line)}"
        case _:
            change = f"with {now} in place of {was}"
    return f"{change[0].upper()}{change[1:]} this line would follow."


def text_of(node: Node | None) -> str:
    """As the student would write it."""
    return "" if node is None else to_text(node)
