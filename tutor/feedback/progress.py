"""How far the work has come: lines that hold, lines of the worked solution that it reaches, a route of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tutor.misconceptions.comparing import agrees_as_shown, same_expression, value_at
from tutor.misconceptions.patterns import plain
from tutor.reading import split_steps
from tutor.records import CheckedStep, FinalAnswer, Problem, Progress, Role, Verdict
from tutor.syntax.tree import Both, Chain, Either, Expr, Statement, Symbol, symbols
from tutor.verify.physical import in_base_units
from tutor.verify.tasks import Setting

HOLDS = (Verdict.CORRECT, Verdict.FOLLOW_THROUGH)
PLAIN = Setting()
MOST_RELATED = 40  # pairs of lines that the verifier is asked about


def progress_of(checked: Sequence[CheckedStep], problem: Problem, answer: FinalAnswer | None) -> Progress:
    """What may be said to a student of the work as a whole."""
    wrong = next((n for n, step in enumerate(checked) if step.verdict is Verdict.WRONG), len(checked))
    right = sum(step.verdict is Verdict.CORRECT for step in checked[:wrong])
    after = [step.verdict for step in checked[wrong + 1 :] if step.verdict is not Verdict.NO_CLAIM]
    worked = worked_statements(problem)
    own = [
        c.statement for step in checked if step.verdict is Verdict.CORRECT for c in step.step.claims if is_said(c.role)
    ]
    met = [k for k, line in enumerate(worked) if is_reached(line, own)]
    done = answer is not None and answer.correct is True
    return Progress(
        right=right,
        follows=bool(after) and all(v in HOLDS for v in after) and wrong < len(checked),
        reached=len(worked) if done else 1 + max(met, default=-1),
        of=len(worked),
        own_route=done and wrong == len(checked) and right > 1 and len(worked) > 2 and not set(met) - {len(worked) - 1},
    )


def is_said(role: Role) -> bool:
    """Whether a claim is a step of the work, not a given or what was crossed out."""
    return role in (Role.CLAIM, Role.ANSWER, Role.DEFINITION)


def worked_statements(problem: Problem) -> tuple[Statement, ...]:
    """What the lines of the worked solution say, part by part, the last statement of each line."""
    texts = [problem.solution, *(part.solution for part in problem.parts)]
    return tuple(s for lines in texts if lines for s in said_in(lines, problem.statement))


@lru_cache(maxsize=256)
def said_in(lines: tuple[str, ...], statement: str) -> tuple[Statement, ...]:
    """The same for one part; kept, as a class works on the same problems."""
    steps = split_steps("\n".join(lines), Problem(statement=statement))
    return tuple(step.claims[-1].statement for step in steps if step.claims and is_said(step.claims[-1].role))


def is_reached(line: Statement, own: Iterable[Statement]) -> bool:
    """Whether one of the student's lines says what a line of the worked solution says, or comes to its value."""
    target, value = plain(line), last_value(line)
    for tried, statement in enumerate(own):
        if plain(statement) == target:
            return True
        found = last_value(statement)
        if value is not None and found is not None:
            if agrees_as_shown(value[0], found[0], found[1]) or agrees_as_shown(found[0], value[0], value[1]):
                return True
        elif tried < MOST_RELATED and say_the_same(line, statement):
            return True
    return False


def say_the_same(one: Statement, other: Statement) -> bool:
    """Two equations, inequalities or expressions whose sides are equal, side by side: 5x - 2x = 8 + 7 and 3x = 15."""
    if symbols(one) != symbols(other):
        return False
    match one, other:
        case Chain((a, b), relations), Chain((c, d), others) if relations == others:
            return (equal(a, c) and equal(b, d)) or (relations == ("=",) and equal(a, d) and equal(b, c))
        case Either(parts) | Both(parts), Either(own) | Both(own) if len(parts) == len(own):
            return all(any(say_the_same(p, q) for q in own) for p in parts)
    return isinstance(one, Expr) and isinstance(other, Expr) and equal(one, other)


def equal(one: Expr, other: Expr) -> bool:
    """Equal for all values of the letters."""
    return bool(same_expression(in_base_units(plain(one)), in_base_units(plain(other)), PLAIN))


def last_value(statement: Statement) -> tuple[float, Expr] | None:
    """The number, in base units, to which a line comes."""
    found = next(iter(ends(statement)), None)
    if found is None or symbols(found):
        return None
    value = value_at(in_base_units(found), None)
    return None if value is None else (value, found)


def ends(statement: Statement) -> Iterator[Expr]:
    """The last side of a chain, an expression itself."""
    if isinstance(statement, Chain):
        yield statement.operands[-1] if not isinstance(statement.operands[-1], Symbol) else statement.operands[0]
    elif isinstance(statement, Expr):
        yield statement
