"""The small language model: reads prose into step notation, gives an opinion on a step, words a hint.

Nothing heavy is imported here: a backend, and what it needs, is loaded when it is opened.
"""

from __future__ import annotations

from tutor.slm.backends import BACKENDS, open_backend
from tutor.slm.choice import ModelChoice
from tutor.slm.jobs import (
    Backend,
    GivenValue,
    HintReply,
    HintRequest,
    LineReply,
    LineRequest,
    Opinion,
    Origin,
    ProblemReply,
    ProblemRequest,
    Reading,
    StepRequest,
)

__all__ = [
    "BACKENDS",
    "Backend",
    "GivenValue",
    "HintReply",
    "HintRequest",
    "LineReply",
    "LineRequest",
    "ModelChoice",
    "Opinion",
    "Origin",
    "ProblemReply",
    "ProblemRequest",
    "Reading",
    "StepRequest",
    "open_backend",
]
