"""What is right so far, in words, from a stored report: true, and said only where there is something to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tutor.records import Verdict


def praise_in_words(report: Mapping[str, Any]) -> Iterator[str]:
    """`The 3 lines before the mistake hold.`, how far the work has come, and whether the route is the student's own."""
    progress = report.get("progress")
    if not progress:
        return
    verdicts = [Verdict(step["verdict"]) for step in report["steps"]]
    answer = report.get("answer")
    right = answer is not None and answer["correct"] is True
    if Verdict.WRONG not in verdicts:
        if progress["own_route"]:
            yield "A way of your own: it is not that of the worked solution, and each line of it holds."
        elif not right and 0 < progress["reached"] < progress["of"]:
            yield f"This reaches step {progress['reached']} of {progress['of']} of the worked solution."
        return
    if progress["right"] == 1:
        yield "The line before the mistake holds."
    elif progress["right"]:
        yield f"The {progress['right']} lines before the mistake hold."
    if progress["follows"]:
        yield "After it each line follows from the one before: only one thing is to be mended."
    if not right and 0 < progress["reached"] < progress["of"]:
        yield f"This reaches step {progress['reached']} of {progress['of']} of the worked solution."
