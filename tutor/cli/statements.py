"""What the words of a problem give, ask and relate, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tutor.laws.statements import PartRead, read_parts
from tutor.slm.choice import BUNDLED, ModelChoice
from tutor.slm.standby import Standby
from tutor.solve.writing import pretty

if TYPE_CHECKING:
    from tutor.records import Problem
    from tutor.slm.jobs import GivenValue, Origin


def read_statement(problem: Problem, choice: ModelChoice) -> list[PartRead]:
    """What a problem gives and asks, by the model that is chosen; the bundled one reads problems by rules."""
    if choice.spec in ("", BUNDLED):
        return read_parts(problem)
    model = Standby(choice)
    try:
        return read_parts(problem, model)
    finally:
        model.close()


def in_lines(read: PartRead) -> Iterator[str]:
    """A line for each given and each relation, and what is asked."""
    reply = read.reply
    for given in reply.givens:
        yield f"given: {_in_words(given)}"
    if reply.unknown:
        yield f"asks: {reply.unknown}"
    for relation in reply.relations:
        yield f"in words: {pretty(relation)}"
    if reply.letters:
        yield "  where " + ", ".join(f"{letter} is {meaning}" for letter, meaning in reply.letters)


def sources(read: Sequence[PartRead]) -> Iterator[str]:
    """Where all of this comes from, and why it does not come from the model that was asked first."""
    if read:
        yield "read by: " + "; ".join(dict.fromkeys(_named(one.reply.origin) for one in read))
    for fault in dict.fromkeys(one.fault for one in read if one.fault):
        yield f"  not by the model: {fault}"


def _in_words(given: GivenValue) -> str:
    if given.unit in ("$", "€", "£"):
        value = given.unit + given.value
    else:
        value = f"{given.value}{'' if given.unit in ('', '%', '°') else ' '}{given.unit}"
    return ", ".join(filter(None, (f"{given.symbol} = {value}" if given.symbol else value, given.role)))


def _named(origin: Origin) -> str:
    return f"{origin.backend}, {origin.model}" if origin.model else origin.backend


def as_objects(read: Sequence[PartRead]) -> list[dict[str, Any]]:
    """One object for the statement (part null) and for each part of which something was read."""
    return [
        {
            "part": one.part,
            "givens": [
                {"value": g.value, "unit": g.unit or None, "role": g.role or None, "symbol": g.symbol or None}
                for g in one.reply.givens
            ],
            "asked": one.reply.unknown or None,
            "relations": list(one.reply.relations),
            "letters": dict(one.reply.letters),
            "read_by": _named(one.reply.origin),
        }
        for one in read
    ]
