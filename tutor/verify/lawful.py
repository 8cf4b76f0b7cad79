"""A line held against the catalogue of laws: it states one, states one wrongly, or says nothing of a law."""

from __future__ import annotations

from tutor.syntax.tree import Chain
from tutor.verify.physical import Physical
from tutor.verify.questions import Outcome, Question


def judge_by_laws(asked: Question, chain: Chain, physical: Physical) -> Outcome | None:
    """StatesLaw, WrongLaw or WrongQuantity of kind "role"; None where no law is near enough to say anything."""
    return None
