"""Two slips at once: the line that one wrong rule gives is the line before for a second one.

Tried only where no single error and no single change explains a line. What two rules together can make of a line is
much: only what gives the line as it was written, sign for sign, counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.misconceptions.explain import PLAIN, Cause, all_lines, explain, forms, rules_about
from tutor.misconceptions.patterns import plain
from tutor.misconceptions.right_moves import right_moves
from tutor.syntax.tree import Expr, Statement, numbers, symbols, walk
from tutor.verify.tasks import Setting

FIRST_SLIPS = 6
LARGEST = 30  # nodes of the line before


def explain_two(before: Statement, line: Statement, setting: Setting = PLAIN, situation: str = "") -> tuple[Cause, ...]:
    """The second of two errors that together lead to the line, with the first as `after`; () where there are none."""
    if sum(1 for _ in walk(before)) > LARGEST or isinstance(before, Expr) != isinstance(line, Expr):
        return ()
    for name, form in first_slips(plain(before), plain(line)):
        cause = as_written(form, line, setting, situation)
        if cause is None and any(as_written(move, line, setting, situation) for move in right_moves(form)):
            # Right steps are taken only where no error leads from the form to the line by its value, either.
            cause = next((c for c in explain((form,), line, setting, situation) if c.written), None)
        if cause is not None:
            return (replace(cause, after=name),)
    return ()


def as_written(before: Statement, line: Statement, setting: Setting, situation: str) -> Cause | None:
    """The likeliest error that gives the line as it was written."""
    causes = explain((before,), line, setting, situation, moved=True, as_it_stands=True)
    return next((cause for cause in causes if cause.written), None)


def first_slips(before: Statement, line: Statement) -> Iterator[tuple[str, Statement]]:
    """What single rules make of the line before, those first that bring it nearer to the student's line."""
    made: list[tuple[int, str, Statement]] = []
    lines = all_lines([before], [before])
    for rule in rules_about((before,), line, lines):
        if rule.words or rule.keeps_value:
            continue
        made += [(distance(form, line), rule.id, form) for form in forms(rule, lines)]
    made.sort(key=lambda m: (m[0], m[1]))
    seen: set[Statement] = set()
    for _, name, form in made:
        if form not in seen:
            seen.add(form)
            yield name, form
        if len(seen) >= FIRST_SLIPS:
            return


def distance(one: Statement, other: Statement) -> int:
    """How many numbers and letters are in one line only."""
    mine = {n.value for n in numbers(one)} | set(symbols(one))
    theirs = {n.value for n in numbers(other)} | set(symbols(other))
    return len(mine ^ theirs)
