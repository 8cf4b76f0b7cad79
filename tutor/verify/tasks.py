"""What can be asked of the verifier: to compare two sides, to relate two lines, to derive a line from several.

A domain is one file with `accepts(task)` and `judge(task, budget)`; `domains.py` lists them in order, and the
first that returns a `Finding` decides. A domain never raises on a task it accepts: `OutOfBudget`, `Unsupported`,
`Undefined` and `TooLarge` are caught by `domains.decide` and mean "let the next one try".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from tutor.errors import OutOfBudget
from tutor.records import Evidence, Remark
from tutor.syntax.tree import Expr, Statement


@dataclass(frozen=True, slots=True)
class Setting:
    """What the symbols mean while a task is judged.

    angle_unit: "radian" or "degree", of bare numbers inside sin, cos, tan.
    log_base: of a bare `log`: "10", "e" or "2".
    real: symbols are real numbers; False where the problem or the work is about complex ones.
    unknowns: what is solved for, where it is known. integers: symbols that run over Z (`n` in π/6 + 2πn).
    functions: f ↦ (parameters, body) for definitions such as f(x) = x^2.
    values: what earlier lines or the problem say a symbol is.
    constants: constants of integration: arbitrary, so that C may absorb a number (ln|2x| + C = ln|x| + C).
    exact_decimals: decimals known to be exact, so that they stand for no rounding interval: those that the problem
    gives, or that an earlier line got by exact arithmetic.
    """

    angle_unit: str = "radian"
    log_base: str = "10"
    real: bool = True
    unknowns: frozenset[str] = frozenset()
    integers: frozenset[str] = frozenset()
    functions: Mapping[str, tuple[tuple[str, ...], Expr]] = field(default_factory=dict)
    values: Mapping[str, Expr] = field(default_factory=dict)
    constants: frozenset[str] = frozenset()
    exact_decimals: frozenset[Fraction] = frozenset()


@dataclass(frozen=True, slots=True)
class Compare:
    """Does `left sign right` hold for all values of the symbols (where both sides are defined)?

    sign is one of the relations of `Chain`; "=" and "≈" between numbers honour the rounding of written decimals.
    """

    left: Expr
    right: Expr
    sign: str = "="
    setting: Setting = Setting()


@dataclass(frozen=True, slots=True)
class Relate:
    """How do the solutions of `after` stand to those of `before`?"""

    before: Statement
    after: Statement
    setting: Setting = Setting()


@dataclass(frozen=True, slots=True)
class Entail:
    """Does `after` hold wherever all premises hold? Refuted only with a solution of the premises that breaks it."""

    premises: tuple[Statement, ...]
    after: Statement
    setting: Setting = Setting()


Task = Compare | Relate | Entail


@dataclass(frozen=True, slots=True)
class Finding:
    """Evidence with the remarks that ride on it."""

    evidence: Evidence
    remarks: tuple[Remark, ...] = ()


class Budget:
    """Work allowed for one line, counted in units that do not depend on the machine's load.

    One unit is about a microsecond of a laptop's time: callers estimate (terms times terms of a product, bits of a
    power, iterations of a loop) and `spend` before they work.
    """

    MAX_BITS = 20_000  # of an exact integer
    MAX_TERMS = 3_000  # of a polynomial
    MAX_DEGREE = 400

    __slots__ = ("late", "left", "total")

    def __init__(self, units: int = 1_000_000) -> None:
        self.total = units
        self.left = units
        self.late = False  # the clock, a backstop, ended some of the work

    def spend(self, units: int) -> None:
        """Take units away.

        Raises:
            OutOfBudget: fewer were left.
        """
        self.left -= units
        if self.left < 0:
            raise OutOfBudget(f"more than {self.total} units of work")

    def stop(self) -> None:
        """The clock has run out: nothing more is tried that costs."""
        self.late = True
        self.left = 0


class Domain(Protocol):
    """One file of `verify/`."""

    NAME: str

    @staticmethod
    def accepts(task: Task) -> bool:
        """Whether this domain has something to say about the task; cheap."""

    @staticmethod
    def judge(task: Task, budget: Budget) -> Finding | None:
        """A finding, or None to let the next domain try."""
