"""The model that comes with the package: it reads lines and word problems, offline, with NumPy alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from tutor.errors import ModelError, TooLarge
from tutor.slm.decoding import Decoder
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
from tutor.slm.weights import CONFIG, load_taggers
from tutor.slm.wording import in_own_symbols

FOLDER = Path(__file__).parent.parent / "bundled"
WORDING = Origin("rules", "the letters of a hint")
LEAST_TO_TRY = 0.3  # likely enough to ask the verifier whether it holds
AT_ONCE = 32  # lines that go through the model together
CHARACTERS_AT_ONCE = 8_000  # of all of them, were each as long as the longest


class Bundled:
    """Labels the words of a line and assembles step notation of them.

    model: a folder that `tutor train` wrote; empty for the model that comes with the package.
    """

    name = "bundled"

    def __init__(self, model: str = "", *, seed: int = 0) -> None:
        self.folder = Path(model) if model else FOLDER
        self.seed = seed
        self.model = self.decoder.tagger.name  # opened at once: what is wrong with the weights is said here
        self.least = self._least()

    @cached_property
    def decoder(self) -> Decoder:
        """The model with its weights, and the search."""
        return Decoder(*load_taggers(self.folder))

    def _least(self) -> float:
        """The least probability at which a reading is given, as settled on work kept out of training."""
        said = self.decoder.tagger.config.get("least_probability", 0.5)
        if not isinstance(said, int | float) or not 0 <= said <= 1:
            raise ModelError(f"{self.folder / CONFIG}: least_probability is {said!r}, not from 0 to 1. Train it again.")
        return float(said)

    @property
    def origin(self) -> Origin:
        """Where its readings come from."""
        return Origin(self.name, self.model, seed=self.seed)

    def read_lines(self, asked: Sequence[LineRequest]) -> list[LineReply]:
        """Candidate readings of each line, unsure where the likeliest is not likely enough to stand by itself."""
        replies: list[LineReply] = [LineReply((), self.origin)] * len(asked)
        for some in _batches([len(one.text) for one in asked]):
            for k, reply in zip(some, self._together([asked[k] for k in some]), strict=True):
                replies[k] = reply
        return replies

    def _together(self, asked: Sequence[LineRequest]) -> list[LineReply]:
        try:
            read = self.decoder.read(asked)
        except TooLarge as error:
            if len(asked) == 1:
                return [LineReply((), self.origin, str(error))]
            return [reply for one in asked for reply in self._together([one])]
        replies = []
        for one, readings in zip(asked, read, strict=True):
            if readings and readings[0].probability >= self.least:
                replies.append(LineReply(readings, self.origin))
            elif readings and readings[0].probability >= LEAST_TO_TRY and readings[0].lines:
                replies.append(LineReply(readings, self.origin, unsure=True))
            else:
                replies.append(LineReply((), self.origin, f"It is not clear what this line says: {one.text}"))
        return replies

    def read_problems(self, asked: Sequence[ProblemRequest]) -> list[ProblemReply]:
        """By rules for word problems, without the weights; `laws.statements` knows the words of physics."""
        from tutor.slm.word_problems import reply_to

        return [reply_to(one.statement) for one in asked]

    def reason(self, asked: Sequence[StepRequest]) -> list[Opinion]:
        """What was done, whether it looks right, and why, by the small model beside the one that reads."""
        from tutor.slm import opinions  # a model of its own, which few lines need

        try:
            return opinions.give(asked, self.name, self.seed)
        except ModelError as error:
            return [Opinion(origin=self.origin, fault=str(error)) for _ in asked]

    def word_hints(self, asked: Sequence[HintRequest]) -> list[HintReply]:
        """Each hint in its own words, with what its letters are in the student's work, by rules."""
        return [_worded(one) for one in asked]

    def close(self) -> None:
        """Give back the weights."""
        self.__dict__.pop("decoder", None)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The places of lines that go together: of like length, so that little is padding, and fewer of long ones.

    >>> list(_batches([5000, 20, 3500, 10, 3000]))
    [[3, 1], [4, 2], [0]]
    """
    some: list[int] = []
    for k in sorted(range(len(lengths)), key=lambda k: lengths[k]):
        if len(some) == AT_ONCE or (some and (len(some) + 1) * lengths[k] > CHARACTERS_AT_ONCE):
            yield some
            some = []
        some.append(k)
    if some:
        yield some


def _worded(asked: HintRequest) -> HintReply:
    text = in_own_symbols(asked.text, asked.symbols)
    return HintReply(text, WORDING, "" if text else "The student's symbols say nothing more in this hint.")
