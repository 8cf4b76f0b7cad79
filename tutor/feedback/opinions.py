"""What a language model says of steps: an opinion on each that it is asked of, and hints in other words.

An opinion is kept beside the evidence and changes nothing. A hint of the model takes the place of the catalogue's only
where it keeps to what the catalogue's says (the backend holds it to the numbers and letters) and names no answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from tutor.feedback.hints import keeps_the_answer
from tutor.records import CheckedStep, Opinion, Problem, Verdict
from tutor.slm import jobs
from tutor.slm.tokens import tokenize

UNDECIDED, EVERY, NONE = "undecided", "every", "none"  # which steps a model is asked of
DECIDED = (Verdict.CORRECT, Verdict.FOLLOW_THROUGH, Verdict.WRONG)


class Advisor(Protocol):
    """The two jobs of a model that are done after the verdicts."""

    def reason(self, asked: Sequence[jobs.StepRequest]) -> list[jobs.Opinion]:
        """An opinion on each step."""
        ...

    def word_hints(self, asked: Sequence[jobs.HintRequest]) -> list[jobs.HintReply]:
        """Each hint in other words."""
        ...


def with_opinions(
    checked: Sequence[CheckedStep], problem: Problem, model: Advisor, which: str = UNDECIDED
) -> list[CheckedStep]:
    """The steps with the model's opinion on those that the verifier left undecided, or on every one that claims."""
    steps = list(checked)
    places = [n for n, s in enumerate(steps) if wanted(s, which)]
    if not places:
        return steps
    said = model.reason([step_request(steps, n, problem) for n in places])
    for n, opinion in zip(places, said, strict=True):
        if not opinion.fault:
            steps[n] = replace(steps[n], opinion=as_record(opinion, steps[n].verdict))
    return steps


def wanted(step: CheckedStep, which: str) -> bool:
    """Whether a model is asked of this step."""
    if which == NONE or step.verdict is Verdict.NO_CLAIM:
        return False
    return which == EVERY or step.verdict is Verdict.UNDECIDED


def step_request(steps: Sequence[CheckedStep], place: int, problem: Problem) -> jobs.StepRequest:
    """A step with the one before it that claims something."""
    before = next((s.step.text for s in reversed(steps[:place]) if s.step.claims), "")
    return jobs.StepRequest(before, steps[place].step.text, problem.statement)


def as_record(opinion: jobs.Opinion, verdict: Verdict) -> Opinion:
    """The opinion as it is stored; whether it agrees is said only where the verifier has decided."""
    right = verdict is not Verdict.WRONG
    agrees = opinion.looks_right is right if verdict in DECIDED and opinion.looks_right is not None else None
    prompt = f" (prompt {opinion.origin.prompt})" if opinion.origin.prompt else ""
    return Opinion(opinion.operation, opinion.looks_right, opinion.reason, agrees, f"{opinion.origin.model}{prompt}")


def with_hints_in_other_words(checked: Sequence[CheckedStep], problem: Problem, model: Advisor) -> list[CheckedStep]:
    """The steps with each hint in the model's words, where they may stand for the catalogue's."""
    steps = list(checked)
    asked = [(n, k, hint) for n, s in enumerate(steps) for k, hint in enumerate(s.hints)]
    if not asked:
        return steps
    replies = model.word_hints([jobs.HintRequest(k + 1, hint) for _, k, hint in asked])
    for (n, k, _), reply in zip(asked, replies, strict=True):
        step = steps[n]
        others = [hint for place, hint in enumerate(step.hints) if place != k]
        kept = holds_no_new_mathematics(reply.text, step.hints[k]) and keeps_the_answer(reply.text, problem, step, None)
        if reply.text and reply.text not in others and kept:
            steps[n] = replace(step, hints=(*step.hints[:k], reply.text, *step.hints[k + 1 :]))
    return steps


def holds_no_new_mathematics(text: str, hint: str) -> bool:
    """Whether each piece of mathematics in a text stands in the hint that it words anew.

    >>> holds_no_new_mathematics("What became of -3x here?", "Look at -3x: where is it now?")
    True
    >>> holds_no_new_mathematics("Try 3x - 1.", "Look at 3x and at 1.")
    False
    >>> holds_no_new_mathematics("Could x be 3?", "Look at x and at 13.")
    False
    """
    there = _mathematics(hint)
    return all(_within(piece, there) for piece in _mathematics(text))


def _mathematics(text: str) -> list[str]:
    return [token.text.replace(" ", "") for token in tokenize(text) if token.kind not in ("word", "punct")]


def _within(piece: str, there: list[str]) -> bool:
    """Whether it stands in one of these pieces, and not as a part of a number or of a name."""
    alone = re.compile(rf"(?<![\w.]){re.escape(piece)}(?![\w]|\.\d)")
    return any(piece == one or alone.search(one) for one in there)
