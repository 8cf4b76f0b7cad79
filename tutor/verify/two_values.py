"""A value that is to be one of two that were found: `the two solutions are t = 3.96 and t = -1.03`, so t = 3.96 s."""

from __future__ import annotations

import re

from tutor.records import Contradicts
from tutor.syntax.printer import to_text
from tutor.syntax.tree import Chain, Expr
from tutor.verify.amounts import Amount, amount_of, is_one_number, near
from tutor.verify.notebook import Fact
from tutor.verify.questions import Question
from tutor.verify.shapes import constant

# "The equation has two solutions:"; what is said of something else comes after the end of a sentence.
SOLUTIONS = re.compile(r"\b(?:solutions|roots)\b(?:[^.!?]|\.(?=\d))*$", re.IGNORECASE)
TIME = (("s", 1),)
_EARLIER = re.compile(r"^\s*(?:before|earlier|ago|later|after|more|less)\b", re.IGNORECASE)
_CHOOSES = re.compile(
    r"\b(?:discard\w*|reject\w*|ignor\w*|therefore|thus|hence|so|choos\w*|take|the time is|only)\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:half\w*|twice|total|sum|difference|average|mean|middle|between|apart|each|other|next|new|top|highest|maxim\w*"
    r"|vertex|interval|duration|long\w*|flight|again)\b",
    re.IGNORECASE,
)


def neither_of_two(asked: Question, name: str, claimed: Expr) -> Contradicts | None:
    """`t = -3.96 s` after `two solutions, t = 3.96 and t = -1.03`; a speed may be said without its sign."""
    book, step, claim = asked.book, asked.step, asked.claim
    number = amount_of(claimed)
    if number is None or not is_one_number(claimed) or _EARLIER.search(step.text[claim.span.end :]):
        return None
    those = _those_found(asked, name)
    if len(those) < 2 or not 0 <= step.line - those[0].line <= 1 or those[0].line < book.doubted:
        return None
    between = step.text[: claim.span.start]
    if those[0].line < step.line:
        between = book.text_before + " " + between
    if not _CHOOSES.search(between) or _OTHER.search(between):
        return None
    values = [f.statement.operands[-1] for f in those if isinstance(f.statement, Chain)]
    amounts = [a for v in values if (a := amount_of(v)) is not None]
    signed = number.dimension == TIME
    if len(amounts) < len(values) or any(_same(number, a, signed=signed) for a in amounts):
        return None
    found = " or ".join(dict.fromkeys(f"{name} = {to_text(v)}" for v in values[::-1]))
    return Contradicts(name, (found,), (f"{name} = {to_text(claimed)}",), (those[0].line,))


def _those_found(asked: Question, name: str) -> list[Fact]:
    """The values of a line that speaks of solutions, newest first."""
    steps = {s.line: s.text for s in asked.ahead.steps[: asked.ahead.position + 1]}
    found: list[Fact] = []
    for fact in asked.book.about(frozenset({name})):
        if fact.solves != name or not isinstance(fact.statement, Chain) or not constant(fact.statement.operands[-1]):
            break
        if (found and fact.line != found[0].line) or not SOLUTIONS_OF_ALL.search(steps.get(fact.line, "")):
            break
        found.append(fact)
    return found


SOLUTIONS_OF_ALL = re.compile(r"\b(?:solutions|roots)\b", re.IGNORECASE)


def _same(one: Amount, other: Amount, *, signed: bool) -> bool:
    sides = [(one.si, other.si)] + ([(one.numeral, other.numeral)] if one.bare or other.bare else [])
    return any(near(a, b) or (not signed and near(abs(a), abs(b))) for a, b in sides)
