"""Models that stand in front of another: one that is opened when it is first asked, one that only remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tutor.errors import ModelError
from tutor.slm.choice import BUNDLED, ModelChoice, bundled_version
from tutor.slm.jobs import (
    HintReply,
    HintRequest,
    LineReply,
    LineRequest,
    Opinion,
    Origin,
    ProblemReply,
    ProblemRequest,
    StepRequest,
)

if TYPE_CHECKING:
    from tutor.slm.jobs import Backend

NOBODY = Origin("", "")  # of a reply that no model gave


@dataclass
class Standby:
    """The model that is chosen, opened when it is first asked; where it cannot be, the replies hold nothing but why.

    fault: why it could not be opened; empty until it is asked.
    """

    choice: ModelChoice
    fault: str = ""
    opened: Backend | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The name in `BACKENDS`."""
        return self.opened.name if self.opened is not None else self.choice.spec

    @property
    def model(self) -> str:
        """Which model it is; of the bundled one its version, which is known before it is opened."""
        if self.choice.spec == BUNDLED:
            return bundled_version()
        return self.opened.model if self.opened is not None else self.choice.spec

    def backend(self) -> Backend | None:
        """The model; None where it cannot be opened."""
        if self.opened is None and not self.fault:
            try:
                self.opened = self.choice.open()
            except ModelError as error:
                self.fault = str(error)
        return self.opened

    def read_lines(self, asked: Sequence[LineRequest]) -> list[LineReply]:
        """Candidate readings of each line."""
        backend = self.backend()
        if backend is None:
            return [LineReply((), origin=NOBODY, fault=self.fault) for _ in asked]
        return backend.read_lines(asked)

    def read_problems(self, asked: Sequence[ProblemRequest]) -> list[ProblemReply]:
        """Givens, unknown and relations of each statement."""
        backend = self.backend()
        if backend is None:
            return [ProblemReply((), "", (), origin=NOBODY, fault=self.fault) for _ in asked]
        return backend.read_problems(asked)

    def reason(self, asked: Sequence[StepRequest]) -> list[Opinion]:
        """An opinion on each step."""
        backend = self.backend()
        if backend is None:
            return [Opinion("", None, "", origin=NOBODY, fault=self.fault) for _ in asked]
        return backend.reason(asked)

    def word_hints(self, asked: Sequence[HintRequest]) -> list[HintReply]:
        """Each hint in the student's own symbols."""
        backend = self.backend()
        if backend is None:
            return [HintReply("", origin=NOBODY, fault=self.fault) for _ in asked]
        return backend.word_hints(asked)

    def close(self) -> None:
        """Give back what the model holds."""
        if self.opened is not None:
            self.opened.close()
            self.opened = None

    def __getstate__(self) -> dict[str, object]:
        """Another process opens the model anew."""
        return {"choice": self.choice, "fault": "", "opened": None}


@dataclass(frozen=True)
class Recall:
    """What a model has said of lines; asked of another line, it knows nothing."""

    name: str
    model: str
    lines: Mapping[LineRequest, LineReply]

    def read_lines(self, asked: Sequence[LineRequest]) -> list[LineReply]:
        """The replies that are known."""
        return [self.lines.get(a, LineReply((), origin=NOBODY)) for a in asked]

    def read_problems(self, asked: Sequence[ProblemRequest]) -> list[ProblemReply]:
        """Nothing."""
        return [ProblemReply((), "", (), origin=NOBODY) for _ in asked]

    def reason(self, asked: Sequence[StepRequest]) -> list[Opinion]:
        """Nothing: a class's opinions are asked for when its verdicts are there."""
        return [Opinion(origin=NOBODY, fault="It is not asked here.") for _ in asked]

    def word_hints(self, asked: Sequence[HintRequest]) -> list[HintReply]:
        """Nothing."""
        return [HintReply("", origin=NOBODY) for _ in asked]

    def close(self) -> None:
        """There is nothing to give back."""
