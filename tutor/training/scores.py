"""How well lines are read: exactly, not at all, or wrongly without a word.

What is judged are claims and operations. A reading that has those as they were meant, and differs in a value said in
passing ("the 3 shirts cost 3 × 12 = 36": whether it says 3 besides), is not exact; but it accuses and excuses nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tutor.slm.agreement import same
from tutor.slm.decoding import Decoder, without_values
from tutor.slm.jobs import LineRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """A line to be read, and what it says."""

    text: str
    means: tuple[str, ...]
    previous: str = ""
    symbols: tuple[str, ...] = ()
    family: str = ""

    @property
    def request(self) -> LineRequest:
        """As a model is asked."""
        return LineRequest(self.text, self.symbols, self.previous)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a line: its reading (None: none at all) and how likely the model holds it."""

    asked: Asked
    lines: tuple[str, ...] | None
    probability: float = 1.0

    @property
    def right(self) -> bool:
        """Whether the reading says what the line says."""
        return self.lines is not None and same(self.lines, self.asked.means)

    @property
    def claims_right(self) -> bool:
        """Whether it claims what the line claims, whatever values are said in passing."""
        return self.lines is not None and same(without_values(self.lines), without_values(self.asked.means))


@dataclass(frozen=True, slots=True)
class Score:
    """Of lines: how many were read exactly, were left unread, were read wrongly; of these, in what they claim."""

    lines: int
    exact: int
    abstained: int
    wrong: int
    claims_wrong: int

    def __str__(self) -> str:
        parts = (self.exact, self.abstained, self.wrong, self.claims_wrong)
        share = [f"{100 * part / max(self.lines, 1):.1f} %" for part in parts]
        return f"{share[0]} exact, {share[1]} abstained, {share[2]} silently wrong ({share[3]} in what is claimed)"


def answers(decoder: Decoder, asked: Sequence[Asked], at_once: int = 16) -> list[Answer]:
    """The likeliest reading of each line, whatever its probability."""
    found: list[Answer | None] = [None] * len(asked)
    order = sorted(range(len(asked)), key=lambda k: len(asked[k].text))
    for start in range(0, len(order), at_once):
        some = order[start : start + at_once]
        for k, readings in zip(some, decoder.read([asked[k].request for k in some]), strict=True):
            best = readings[0] if readings else None
            found[k] = Answer(asked[k], best.lines if best else None, best.probability if best else 0.0)
    return [answer for answer in found if answer is not None]


def score(given: Iterable[Answer], least: float = 0.0) -> Score:
    """The score of answers, those less likely than `least` counted as none."""
    lines = exact = abstained = claims_wrong = 0
    for answer in given:
        lines += 1
        if answer.lines is None or answer.probability < least:
            abstained += 1
        else:
            exact += answer.right
            claims_wrong += not answer.claims_right
    return Score(lines, exact, abstained, lines - exact - abstained, claims_wrong)


def least_probability(given: Sequence[Answer], allowed: float) -> float:
    """The least probability at which, of all lines, at most the allowed share is read wrongly in what is claimed."""
    wrong = sorted((a.probability for a in given if a.lines is not None and not a.claims_right), reverse=True)
    spare = int(allowed * len(given))
    return min(wrong[spare] + 1e-3, 0.999) if len(wrong) > spare else 0.0
