"""Work about physics: what its symbols stand for, and the questions that only physics asks of a line."""

from __future__ import annotations

from dataclasses import dataclass, field

from tutor.laws.law import Meaning
from tutor.laws.scene import Scene


@dataclass
class Physical:
    """What is known of the physics of a piece of work.

    scene: the problem as physics. meanings: what each symbol stands for so far.
    """

    scene: Scene
    meanings: dict[str, Meaning] = field(default_factory=dict)

    def meaning(self, name: str) -> Meaning:
        """What a symbol stands for, as far as it is known."""
        return self.meanings.get(name) or Meaning(name)
