"""The four jobs for a model that writes text: a prompt, a completion, and a strict reading of what came back.

A backend of this kind implements `complete`, and `complete_all` where it can do several at once.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from tutor.errors import ModelError, NotReadable, TooLarge
from tutor.slm import grammar as grammars
from tutor.slm import written
from tutor.slm.grammar import Grammar
from tutor.slm.jobs import (
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
from tutor.slm.notation import NAMED, OPERATIONS
from tutor.slm.prompts import Prompt, prompt
from tutor.slm.sources import NotGrounded, source_of

# A model goes on with a new example of its own where nothing holds it.
STOP = ("\nend", "\nLine:", "\nProblem:", "\nHint:", "\nInstruct:", "\n\n\n")
UNKNOWN = 0.5  # the probability of a reply whose model gives none
QUOTED = 80

Result = TypeVar("Result", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote.

    text: without the stop string.
    finish: "stop", "limit" (cut off) or "cancelled".
    tokens: how many it wrote.
    log_probability: natural logarithm of its probability; None where the model does not say.
    """

    text: str
    finish: str
    tokens: int = 0
    log_probability: float | None = None

    @property
    def probability(self) -> float:
        """From 0 to 1."""
        return UNKNOWN if self.log_probability is None else math.exp(min(self.log_probability, 0.0))


@dataclass(frozen=True, slots=True)
class Ask:
    """One prompt, ready to be sent.

    limit: tokens of the reply. shared: how much of the text, from its beginning, is the same for every such prompt;
        a model may keep what it worked out for it.
    """

    text: str
    limit: int
    grammar: Grammar | None = None
    shared: int = 0


class _Answer(NamedTuple, Generic[Result]):
    """What was read of a completion; None where nothing was, and why. passing: another time something may be."""

    result: Result | None
    probability: float = 0.0
    fault: str = ""
    passing: bool = False


class Generative:
    """A model that completes a text.

    cancelled: once set, what is underway ends, and nothing more is begun.
    """

    name = ""

    def __init__(self, model: str, *, seed: int = 0) -> None:
        self.model = model
        self.seed = seed
        self.cancelled = threading.Event()

    def complete(
        self,
        prompt: str,
        *,
        stop: Sequence[str],
        limit: int,
        grammar: Grammar | None = None,
        seed: int = 0,
        temperature: float = 0.0,
    ) -> Completion:
        """What the model writes after a prompt: up to a stop string, or so many tokens.

        grammar: what it may write; a backend that cannot hold to one leaves it, for the reply is read strictly.
        temperature: 0 for the likeliest text; above, drawn by the seed.

        Raises:
            ModelError: the model did not answer.
        """
        raise NotImplementedError

    def complete_all(
        self, asks: Sequence[Ask], *, stop: Sequence[str], seed: int = 0, temperature: float = 0.0
    ) -> list[Completion | ModelError]:
        """The completion of each prompt, or why there is none."""
        found: list[Completion | ModelError] = []
        for ask in asks:
            try:
                found.append(
                    self.complete(
                        ask.text,
                        stop=stop,
                        limit=ask.limit,
                        grammar=ask.grammar,
                        seed=seed,
                        temperature=temperature,
                    )
                )
            except ModelError as error:
                found.append(error)
        return found

    def close(self) -> None:
        """End what is underway."""
        self.cancelled.set()

    # ------------------------------------------------------------ the jobs

    def read_lines(self, asked: Sequence[LineRequest]) -> list[LineReply]:
        """One or two readings of each line, or none where what came back does not stand in the line."""
        wanted = prompt("read_line")
        operations = ", ".join(NAMED)
        shared = len(wanted.shared(operations=operations))
        sources = [source_of(r.text, r.previous, frozenset(r.symbols)) for r in asked]
        asks = [
            Ask(
                wanted.fill(line=r.text, previous=r.previous or "none", operations=operations),
                limit=48 + 2 * len(r.text.split()),
                grammar=grammars.of_line(source),
                shared=shared,
            )
            for r, source in zip(asked, sources, strict=True)
        ]
        readers = [partial(written.line, source=s) for s in sources]
        found = self._each(asks, readers)
        others = self._others(asks, readers, found)
        return [
            LineReply(
                tuple(
                    Reading(lines, p, source.holds(lines), source.places(lines)) for lines, p in _ranked(first, other)
                ),
                self._origin(wanted),
                f"{first.fault} The line is {_quote(r.text)}." if first.fault else "",
                first.passing,
            )
            for r, source, first, other in zip(asked, sources, found, others, strict=True)
        ]

    def read_problems(self, asked: Sequence[ProblemRequest]) -> list[ProblemReply]:
        """What stands in each statement; what the model adds to it is left out."""
        wanted = prompt("read_problem")
        asks = [
            Ask(wanted.fill(statement=r.statement), limit=96 + len(r.statement.split()), shared=len(wanted.shared()))
            for r in asked
        ]
        sources = [source_of(r.statement) for r in asked]
        found = self._each(asks, [partial(written.problem, source=s) for s in sources])
        origin = self._origin(wanted)
        return [
            ProblemReply(origin=origin, fault=fault)
            if parts is None
            else ProblemReply(parts.givens, parts.unknown, parts.relations, parts.letters, origin=origin)
            for parts, _, fault, _ in found
        ]

    def reason(self, asked: Sequence[StepRequest]) -> list[Opinion]:
        """An operation of the closed list, a yes or no, and a reason without mathematics of its own."""
        wanted = prompt("reason")
        operations = ", ".join(OPERATIONS)
        shared = len(wanted.shared(operations=operations))
        asks = [
            Ask(
                wanted.fill(
                    problem=r.problem or "none",
                    before=r.before or "none",
                    line=r.line,
                    operations=operations,
                ),
                limit=80,
                grammar=grammars.of_opinion(),
                shared=shared,
            )
            for r in asked
        ]
        sources = [source_of(" ; ".join((r.problem, r.before, r.line))) for r in asked]
        found = self._each(asks, [partial(written.opinion, source=s) for s in sources])
        origin = self._origin(wanted)
        return [
            Opinion(origin=origin, fault=fault, passing=passing)
            if said is None
            else Opinion(said.operation, said.looks_right, said.reason, origin=origin, probability=probability)
            for said, probability, fault, passing in found
        ]

    def word_hints(self, asked: Sequence[HintRequest]) -> list[HintReply]:
        """The hint in other words, with no number or letter that the hint and the symbols lack."""
        wanted = prompt("word_hint")
        asks = [
            Ask(
                wanted.fill(text=r.text, symbols="; ".join(f"{a} is {own}" for a, own in r.symbols) or "none"),
                limit=80,
                shared=len(wanted.shared()),
            )
            for r in asked
        ]
        sources = [source_of(" ; ".join((r.text, *(own for _, own in r.symbols)))) for r in asked]
        found = self._each(asks, [partial(written.hint, source=s) for s in sources])
        return [HintReply(text or "", self._origin(wanted), fault) for text, _, fault, _ in found]

    # ------------------------------------------------------------ asking

    def _each(self, asks: Sequence[Ask], readers: Sequence[Callable[[str], Result]]) -> list[_Answer[Result]]:
        """What was read of each completion, its probability, and why nothing was; what fails is asked once more."""
        found = self._once(asks, readers, self.seed, 0.0)
        again = [i for i, answer in enumerate(found) if answer.result is None and not answer.passing]
        if again and not self.cancelled.is_set():
            second = self._once([asks[i] for i in again], [readers[i] for i in again], self.seed + 1, 0.5)
            for i, other in zip(again, second, strict=True):
                if other.result is not None:
                    found[i] = other
        return found

    def _others(
        self,
        asks: Sequence[Ask],
        readers: Sequence[Callable[[str], Result]],
        found: Sequence[_Answer[Result]],
    ) -> list[_Answer[Result]]:
        """A second opinion, drawn by another seed, where the first is less likely than not."""
        others: list[_Answer[Result]] = [_Answer(None)] * len(asks)
        unsure = [i for i, answer in enumerate(found) if answer.result is not None and answer.probability < UNKNOWN]
        if unsure and not self.cancelled.is_set():
            some = self._once([asks[i] for i in unsure], [readers[i] for i in unsure], self.seed + 2, 0.7)
            for i, other in zip(unsure, some, strict=True):
                others[i] = other
        return others

    def _once(
        self, asks: Sequence[Ask], readers: Sequence[Callable[[str], Result]], seed: int, temperature: float
    ) -> list[_Answer[Result]]:
        completions = self.complete_all(asks, stop=STOP, seed=seed, temperature=temperature)
        return [self._read(c, reader) for c, reader in zip(completions, readers, strict=True)]

    def _read(self, completion: Completion | ModelError, reader: Callable[[str], Result]) -> _Answer[Result]:
        if isinstance(completion, ModelError):
            return _Answer(None, fault=str(completion), passing=True)
        if completion.finish != "stop":
            stopped = completion.finish == "cancelled"
            why = "was stopped" if stopped else "did not come to an end"
            return _Answer(None, fault=f"{self.model} {why}.", passing=stopped)
        try:
            return _Answer(reader(completion.text), completion.probability)
        except (NotReadable, TooLarge, NotGrounded) as error:
            reason = error.expected if isinstance(error, NotReadable) else str(error)
            return _Answer(None, fault=f"{self.model} wrote {_quote(completion.text)}: {reason}")

    def _origin(self, used: Prompt) -> Origin:
        return Origin(self.name, self.model, used.version, self.seed)


def _ranked(*found: _Answer[Result]) -> list[tuple[Result, float]]:
    """What was read, likeliest first, each once."""
    each: dict[Result, float] = {}
    for answer in found:
        if answer.result is not None:
            each.setdefault(answer.result, answer.probability)
    return sorted(each.items(), key=lambda pair: -pair[1])


def shown_safely(text: str) -> str:
    """A text by others without what would command a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _quote(text: str) -> str:
    text = shown_safely(" / ".join(text.split("\n")))
    return f'"{text[:QUOTED]}{"…" if len(text) > QUOTED else ""}"'
