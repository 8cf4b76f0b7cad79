"""Which model is asked, as the options and the environment say it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.errors import ModelError
from tutor.slm.backends import open_backend

if TYPE_CHECKING:
    from tutor.slm.jobs import Backend

BUNDLED = "bundled"
ON = frozenset({"1", "true", "yes", "on"})


def bundled_version() -> str:
    """`bundled`, with a short sum of its weights; without loading them, for a process that is going to fork.

    Raises:
        ModelError: there are no weights.
    """
    try:
        sums = (Path(__file__).parent / "bundled" / "manifest.json").read_bytes()
    except OSError as error:
        raise ModelError(
            f"The bundled model's weights are not there ({error.strerror}); install the package anew."
        ) from None
    return f"{BUNDLED} {sha256(sums).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """The options `--model`, `--model-server` and `--no-model`.

    model: an id of the hub, a folder, or a name in `BACKENDS`; empty for the bundled model. With a server, the name
        that the server knows a model by; empty for its first.
    server: the address of an OpenAI-compatible server.
    off: no model at all; goes before the other two.
    seed: of whatever is drawn at random.
    """

    model: str = ""
    server: str = ""
    off: bool = False
    seed: int = 0

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> ModelChoice:
        """TUTOR_MODEL, TUTOR_MODEL_SERVER and TUTOR_NO_MODEL, as typer reads the options' variables."""
        return cls(
            environ.get("TUTOR_MODEL", ""),
            environ.get("TUTOR_MODEL_SERVER", ""),
            environ.get("TUTOR_NO_MODEL", "").strip().lower() in ON,
        )

    @property
    def spec(self) -> str:
        """The line of configuration for `open_backend`; empty for none."""
        if self.off:
            return ""
        if self.server:
            return f"server:{self.server}#{self.model}" if self.model else f"server:{self.server}"
        return self.model or BUNDLED

    def open(self) -> Backend | None:
        """The backend that is chosen; None for none.

        Raises:
            ModelError: it cannot be opened, and what to do about it.
        """
        return open_backend(self.spec, seed=self.seed) if self.spec else None
