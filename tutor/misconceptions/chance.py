"""Errors that explain a line by its value alone, though the line itself shows that they were not made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.misconceptions.repair import alike
from tutor.syntax.tree import Chain, Either, Expr, Statement, Symbol, symbols


def by_chance(topic: str, subjects: Sequence[Statement], form: Statement, line: Statement) -> bool:
    """Whether an error that leads only to the same solutions is no reason for the line.

    topic: of the error. form: what it makes of the line before. Where a side of an equation still stands, x/3 + 4 = 14
    after x/3 + 4 = 6, nothing was moved: an error that changes this side is none. Two solutions, x = -1/2 or x = -9,
    are not found through a slip in a term.
    """
    if isinstance(line, Either):
        return not topic.startswith("equations")
    kept = {side for subject in subjects for side in sides_kept(subject, line)}
    return any(not any(alike(side, own) for own in sides(form)) for side in kept)


def sides_kept(before: Statement, line: Statement) -> Iterator[Expr]:
    """The sides of an equation, but for a letter alone, that are the same in the line, where the other side is not."""
    match sides(before), sides(line):
        case (a, b), (c, d):
            for mine, rest in ((a, b), (b, a)):
                for own, its in ((c, d), (d, c)):
                    if symbols(mine) and not isinstance(mine, Symbol) and alike(mine, own) and not alike(rest, its):
                        yield mine


def sides(statement: Statement) -> tuple[Expr, ...]:
    """Both sides of an equation."""
    return statement.operands if isinstance(statement, Chain) and statement.relations == ("=",) else ()
