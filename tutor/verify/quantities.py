"""Chains of quantities: their dimensions, their numbers in base units, the laws they state, the numbers put in."""

from __future__ import annotations

from dataclasses import replace

from tutor.records import (
    FollowsFrom,
    FollowThrough,
    Verdict,
    WrongQuantity,
)
from tutor.syntax.tree import (
    Chain,
    symbols,
)
from tutor.verify.chains import judge_chain
from tutor.verify.lawful import judge_by_laws
from tutor.verify.physical import Physical
from tutor.verify.questions import Outcome, Question
from tutor.verify.tracing import judge_by_tracing

PROVED = (Verdict.CORRECT, Verdict.FOLLOW_THROUGH)


def judge_quantities(asked: Question, chain: Chain, physical: Physical) -> Outcome:
    """A chain in work about physics: by its dimensions, its numbers, the laws, and by what it follows from."""
    generic = judge_generally(asked, chain, physical)
    by_law = judge_by_laws(asked, chain, physical) if symbols(chain) else None
    if by_law is not None and by_law.evidence.verdict is Verdict.WRONG:
        return once_more(by_law, physical, asked)
    by_trace = judge_by_tracing(asked, chain, physical)
    if by_trace is not None and by_trace.evidence.verdict is Verdict.WRONG:
        return once_more(by_trace, physical, asked)
    for other in (by_law, by_trace):
        if other is not None and other.evidence.verdict in PROVED and generic.evidence.verdict not in PROVED:
            return other
    return generic


def once_more(outcome: Outcome, physical: Physical, asked: Question) -> Outcome:
    """The same quantity put for the same other one on a later line follows through from the first such line."""
    evidence = outcome.evidence
    if isinstance(evidence, WrongQuantity):
        key = (evidence.used, evidence.needed)
        first = physical.mixed_up.setdefault(key, asked.step.line)
        if first < asked.step.line:
            return replace(outcome, evidence=FollowThrough(first, FollowsFrom((first,))))
    return outcome


def judge_generally(asked: Question, chain: Chain, physical: Physical) -> Outcome:
    """The chain in base units, as any other."""
    return judge_chain(asked, physical.plain(chain))
