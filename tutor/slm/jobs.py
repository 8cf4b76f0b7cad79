"""The four jobs of a language model, as typed requests and replies, and the one interface of all backends.

A reply is data until it has been checked: it sets no verdict, and its mathematics is read by `tutor.syntax` like a
student's. A job that came to nothing says so in `fault`; it does not raise, so that a run of a class goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a reply comes from; enough to ask for the same one again.

    prompt: the version of the prompt, a short hash of its file; empty for a model without prompts.
    """

    backend: str
    model: str
    prompt: str = ""
    seed: int = 0


# ---------------------------------------------------------------- reading a line


@dataclass(frozen=True, slots=True)
class LineRequest:
    """A line that the grammar left.

    symbols: the letters that stand for something so far, such as ("x", "v_0").
    previous: the last value said before the line, which "that" and "it" stand for; empty where there is none.
    problem: the words of the problem.
    """

    text: str
    symbols: tuple[str, ...] = ()
    previous: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line may say, in lines of step notation (`slm.notation`); none where it says nothing.

    probability: the model's own, from 0 to 1.
    certain: the notation stood in the text, so that nothing hangs on the model but the place where it begins and ends.
    spans: where each line stands in the text, from its first word to after its last; empty where the model cannot tell.
    """

    lines: tuple[str, ...]
    probability: float
    certain: bool = False
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LineReply:
    """The readings of a line, likeliest first.

    fault: why there is none, with the text quoted; empty where there is one.
    passing: the model could not be asked, such as a server that is down: another time there may be a reading.
    unsure: the model does not vouch for them: they count only where the verifier confirms one.
    """

    readings: tuple[Reading, ...]
    origin: Origin
    fault: str = ""
    passing: bool = False
    unsure: bool = False


# ---------------------------------------------------------------- reading a problem


@dataclass(frozen=True, slots=True)
class ProblemRequest:
    """The statement of a problem."""

    statement: str


@dataclass(frozen=True, slots=True)
class GivenValue:
    """A quantity that a statement gives: `12`, `m/s`, "speed of the car", `v`.

    unit, symbol: empty where the statement has none.
    """

    value: str
    unit: str
    role: str
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class ProblemReply:
    """What a statement gives, asks and relates.

    unknown: what is asked for, in the statement's words.
    relations: what is said in words, as lines of step notation over symbols ("twice as many as": `a = 2*b`).
    letters: what stands for what in them where the statement has no letters: ("a", "marbles Tom has").
    fault: why nothing was read; empty where something was.
    """

    givens: tuple[GivenValue, ...] = ()
    unknown: str = ""
    relations: tuple[str, ...] = ()
    letters: tuple[tuple[str, str], ...] = ()
    origin: Origin = field(kw_only=True)
    fault: str = ""


# ---------------------------------------------------------------- an opinion on a step


@dataclass(frozen=True, slots=True)
class StepRequest:
    """A line of work with the one before it (empty for the first) and the words of the problem."""

    before: str
    line: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model thinks of a step; kept beside the verifier's evidence, never instead of it.

    operation: what the student seems to have done, one of `notation.OPERATIONS`; empty where nothing is said of it.
    looks_right: None where the model does not say.
    fault: why there is no opinion; empty where there is one. passing: the model could not be asked: another time there
        may be one.
    """

    operation: str = ""
    looks_right: bool | None = None
    reason: str = ""
    origin: Origin = field(kw_only=True)
    probability: float = 0.0
    fault: str = ""
    passing: bool = False


# ---------------------------------------------------------------- wording a hint


@dataclass(frozen=True, slots=True)
class HintRequest:
    """A hint in the catalogue's words, to be said in the student's own symbols.

    rung: 1 (where to look) to 4 (what would mend it).
    text: the hint in general form.
    symbols: what the student calls things, as pairs (general, own), such as ("a", "2x").
    """

    rung: int
    text: str
    symbols: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HintReply:
    """A hint in a model's words; `text` is empty, and `fault` says why, where its words could not be used."""

    text: str
    origin: Origin
    fault: str = ""


class Backend(Protocol):
    """A model that does the four jobs; requests come many at a time, and one reply answers each, in order."""

    @property
    def name(self) -> str:
        """The name in `BACKENDS`."""
        ...

    @property
    def model(self) -> str:
        """Which model it runs, as shown wherever its words are shown."""
        ...

    def read_lines(self, asked: Sequence[LineRequest]) -> list[LineReply]:
        """Candidate readings of each line."""
        ...

    def read_problems(self, asked: Sequence[ProblemRequest]) -> list[ProblemReply]:
        """Givens, unknown and relations of each statement."""
        ...

    def reason(self, asked: Sequence[StepRequest]) -> list[Opinion]:
        """An opinion on each step."""
        ...

    def word_hints(self, asked: Sequence[HintRequest]) -> list[HintReply]:
        """Each hint in the student's own symbols."""
        ...

    def close(self) -> None:
        """Give back memory and connections; nothing may be asked afterwards."""
        ...
