"""Laws and roles: what each symbol of a law stands for, and where the law holds.

The data lie in `data/*.toml`: `roles.toml` has the roles, `conditions.toml` the conditions, every other file laws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tutor.bridge.units import Dimension
from tutor.syntax.tree import Chain, Expr


@dataclass(frozen=True, slots=True)
class RoleKind:
    """What a quantity is in a problem or a law: "height", "slope_length", "net_force".

    says: with its article, as in "the law needs the height". unit: a unit of its dimension, "" for a number.
    symbols: letters it usually goes by. words: phrases that name it in a statement, longest first.
    like: wider roles that it may stand for (an initial speed is a speed). unlike: roles that students mix it up with.
    vector: it has a direction, so that it may be negative. angle: it is an angle.
    """

    id: str
    says: str
    unit: str
    dimension: Dimension
    symbols: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    like: frozenset[str] = frozenset()
    unlike: frozenset[str] = frozenset()
    vector: bool = False
    angle: bool = False


@dataclass(frozen=True, slots=True)
class LawSymbol:
    """One symbol of a law.

    role: id of a RoleKind. says: more exactly than the role ("the height above the reference level"), "" for the same.
    of: which body it belongs to where the law speaks of several ("1", "2"); symbols with the same `of` are one body's.
    sign: "any", "positive" or "nonnegative". constant: id of a constant ("g", "c", "h"), "" for a variable.
    """

    name: str
    role: str
    says: str = ""
    of: str = ""
    sign: str = "any"
    constant: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """A law of physics.

    name: goes on after "the law for" ("kinetic energy"). equation: two sides. forms: other ways to write it, where a
    rearrangement would not find them. slips: wrong versions that are met with, each (equation, what was done).
    needs: conditions that must be known to hold before a solver uses it. excludes: conditions under which it does not
    hold. conditions: in words, for the reader. source: paper, standard or textbook section.
    """

    id: str
    name: str
    equation: Chain
    symbols: Mapping[str, LawSymbol]
    topic: str
    source: str
    forms: tuple[Chain, ...] = ()
    slips: tuple[tuple[Chain, str], ...] = ()
    needs: frozenset[str] = frozenset()
    excludes: frozenset[str] = frozenset()
    conditions: str = ""
    level: str = "school"
    text: str = field(default="", compare=False)  # the equation as its author wrote it


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a symbol of a student's work stands for, as far as it is known.

    role: id of a role, "" where unknown. dimension: None where unknown. value: what the problem or a line says it is.
    sure: the role comes from the problem's own words for that letter, or from the student's; not from the letter alone.
    constant: id of a constant of nature ("g", "c"), "" for none. line: where it comes from, -1 for the problem.
    """

    name: str
    role: str = ""
    dimension: Dimension | None = None
    value: Expr | None = None
    sure: bool = False
    constant: str = ""
    line: int = -1
