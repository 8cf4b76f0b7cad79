"""Where on a line of work it goes wrong: places in its text to be underlined, found from a stored report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tutor.records import Verdict

NOT_COMPARED = frozenset(" \t\u00a0*·×⋅()[]$")  # what the printer writes otherwise than people do
NEARLY_ALL = 0.8  # of a line: then it is the line that is meant
SAME_SIGN = str.maketrans({"−": "-", "–": "-", "÷": "/", "²": "2", "³": "3"})


def places_of(step: Mapping[str, Any]) -> list[tuple[int, int]]:
    """From and to, in the text of the line; nothing where it is the line as a whole.

    >>> places_of({"verdict": "wrong", "text": "so 20*3 = 60 = 6*11", "claims": [{"start": 3, "end": 19}],
    ...            "evidence": {"kind": "false_equality", "left_text": "60", "right_text": "6*11"}})
    [(15, 19)]
    """
    text, evidence = step["text"], step["evidence"]
    match step["verdict"]:
        case Verdict.UNREADABLE.value:
            found = [_within(text, evidence["start"], evidence["end"])]
        case Verdict.WRONG.value:
            claims = step.get("claims", ())
            several = [claim for claim in claims if claim.get("verdict") == Verdict.WRONG.value]
            found = [_narrowed(text, c["start"], c["end"], c["evidence"]) for c in several]
            if not found and len(claims) == 1:
                found = [_narrowed(text, claims[0]["start"], claims[0]["end"], evidence)]
        case _:
            found = []
    return [(start, end) for start, end in found if end - start < NEARLY_ALL * len(text.strip())]


def _within(text: str, start: int, end: int) -> tuple[int, int]:
    start = max(0, min(start, len(text)))
    return start, max(start, min(end, len(text)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _narrowed(text: str, start: int, end: int, evidence: Mapping[str, Any]) -> tuple[int, int]:
    """The part of a claim at which the evidence points, where it stands there once; else the claim."""
    start, end = _trimmed(text, *_within(text, start, end))
    left, right = evidence.get("left_text") or "", evidence.get("right_text") or ""
    shown, at = _compared(text[start:end], start)
    wanted = _compared(right, 0)[0]
    before = shown.find(_compared(left, 0)[0] + "=") + 1 if left else 0
    first = shown.find(wanted, before) if wanted else -1
    if first < 0 or (not before and shown.count(wanted) > 1):
        return start, end
    low, high = at[first], at[first + len(wanted) - 1] + 1
    while high < end and text[high] in ")]" and _open(text[low:high]) > 0:
        high += 1
    while low > start and text[low - 1] in "([" and _open(text[low:high]) < 0:
        low -= 1
    if low > start and high < end and text[low - 1] + text[high] in ("()", "[]"):
        low, high = low - 1, high + 1
    return low, high


def _open(text: str) -> int:
    """How many brackets are opened and not closed; negative where more are closed."""
    return sum(text.count(c) for c in "([") - sum(text.count(c) for c in ")]")


def _compared(text: str, start: int) -> tuple[str, list[int]]:
    """What is compared of a text, and where each letter of that stands."""
    kept = [(c, start + n) for n, c in enumerate(text.translate(SAME_SIGN)) if c not in NOT_COMPARED]
    return "".join(c for c, _ in kept), [n for _, n in kept]
