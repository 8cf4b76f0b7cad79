"""A model that says what it was told to say, and otherwise what it was asked: for tests and for trying things out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tutor.slm.backends.generative import Completion, Generative
from tutor.slm.grammar import Grammar

_ASKED = re.compile(r"<<< (.*?) >>>")


class Echo(Generative):
    """Completes a prompt with the answer to its last fenced text.

    answers: what it says to which text; to any other it says the text itself.
    """

    name = "echo"

    def __init__(self, model: str = "", *, seed: int = 0, answers: Mapping[str, str] | None = None) -> None:
        super().__init__(model or "echo", seed=seed)
        self.answers = dict(answers or {})

    def complete(
        self,
        prompt: str,
        *,
        stop: Sequence[str],
        limit: int,
        grammar: Grammar | None = None,  # noqa: ARG002
        seed: int = 0,  # noqa: ARG002
        temperature: float = 0.0,  # noqa: ARG002
    ) -> Completion:
        """The answer, up to a stop string and to so many words."""
        if self.cancelled.is_set():
            return Completion("", "cancelled")
        fenced = _ASKED.findall(prompt)
        asked = fenced[-1] if fenced else prompt
        text = self.answers.get(asked, asked)
        text = text[: min((at for s in stop if (at := text.find(s)) >= 0), default=len(text))]
        words = text.split(" ")
        return Completion(
            " ".join(words[:limit]), "stop" if len(words) <= limit else "limit", min(len(words), limit), 0.0
        )
