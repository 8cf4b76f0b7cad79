"""Equations in several unknowns: what the work's own equations together make of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from tutor.path.reckoning import AsWritten, Value, chains, evaluate
from tutor.path.routes import NOTHING
from tutor.records import Role, Step
from tutor.syntax.tree import Expr, Words, symbols

MOST_UNKNOWNS = 5
MOST_EQUATIONS = 40


def solved(steps: Iterable[Step]) -> dict[str, Fraction]:
    """The values of the unknowns by all equations of a piece of work; none where one contradicts the others.

    Raises nothing: where an equation is not linear, or there are too many, nothing is found.
    """
    equations = [c for s in steps for claim in s.claims if claim.role is not Role.RETRACTED
                 for c in chains(claim.statement) if symbols(c)]  # fmt: skip
    names = sorted({name for chain in equations for name in symbols(chain)})
    if not 0 < len(names) <= MOST_UNKNOWNS or len(equations) > MOST_EQUATIONS:
        return {}
    rows: list[list[Fraction]] = []
    for chain in equations:
        for left, right in pairwise(o for o in chain.operands if not isinstance(o, Words)):
            row = linear(left, right, names)
            if row is None:
                return {}
            rows.append(row)
    return {names[k]: value for k, value in reduced(rows, len(names))}


def linear(left: Expr, right: Expr, names: Sequence[str]) -> list[Fraction] | None:
    """The coefficients and the constant of a x + b y = c; None where it is no such equation."""

    def gap(values: Mapping[str, int]) -> Fraction | None:
        letters = {n: Value(Fraction(values.get(n, 0)), NOTHING) for n in names}
        sides = [evaluate(side, AsWritten(letters=letters)) for side in (left, right)]
        return sides[0][0].number - sides[1][0].number if all(sides) else None

    constant = gap({})
    slopes = [gap({n: 1}) for n in names]
    twice = gap(dict.fromkeys(names, 2))
    if constant is None or twice is None or None in slopes:
        return None
    row = [s - constant for s in slopes if s is not None]
    return [*row, -constant] if twice == constant + 2 * sum(row) else None


def reduced(rows: list[list[Fraction]], width: int) -> Iterator[tuple[int, Fraction]]:
    """The unknowns that are settled, by elimination; none where the equations contradict one another."""
    rows = [list(row) for row in rows]
    done = 0
    for column in range(width):
        pivot = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [v / rows[done][column] for v in rows[done]]
        for r, row in enumerate(rows):
            if r != done and row[column]:
                rows[r] = [v - row[column] * p for v, p in zip(row, rows[done], strict=True)]
        done += 1
    if any(row[-1] and not any(row[:-1]) for row in rows):
        return
    for row in rows[:done]:
        (column, *others) = [k for k, v in enumerate(row[:-1]) if v]
        if not others:
            yield column, row[-1]


def lead_to(steps: Sequence[Step], answers: Iterable[Fraction]) -> bool:
    """Whether the equations of the work together come to one of some values: then each of them is right."""
    return not set(answers).isdisjoint(solved(steps).values())
