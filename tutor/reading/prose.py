"""Lines that the grammar left, read by a language model: its readings become steps once they have been checked.

The model proposes. A line of its reading is taken only where the grammar of `syntax` reads it and where each of its
numbers and symbols stands in the student's text. What the grammar read in a part of the line stays as it is; a claim of
the model is marked as such and can never be called wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from tutor.errors import NotReadable, TooLarge
from tutor.reading.left import CALCULATES, is_left
from tutor.reading.numerals import numerals
from tutor.records import Claim, Operation, Problem, Role, Step, Unread
from tutor.slm.jobs import Backend, LineReply, LineRequest, Reading
from tutor.slm.notation import Item, Kind, item
from tutor.syntax.tree import Chain, Either, Expr, Node, Span, Statement, Symbol, Words, symbols

# What the step notation calls an operation, and what a step does.
OPERATION_NAMES = {
    "factorise": "factor",
    "collect": "combine",
    "cross multiply": "multiply",
    "rearrange": "other",
    "cancel": "other",
    "convert": "other",
}
WRITE_SIGNS = "Write the calculation with signs, such as 3*4 = 12."
MOST_LINES = 200  # of one piece of work that a model is asked to read
SEPARATOR = re.compile(r"[,;.:](?!\d)|\bthen\b", re.IGNORECASE)


def with_prose_read(steps: Sequence[Step], problem: Problem, model: Backend) -> tuple[Step, ...]:
    """The steps with those in words read by the model; a line that says several things becomes a step for each."""
    asked = requests(steps, problem)
    if not asked:
        return tuple(steps)
    replies = model.read_lines(list(asked.values()))
    read = {n: as_steps(steps[n], reply) for n, reply in zip(asked, replies, strict=True)}
    return tuple(new for n, step in enumerate(steps) for new in read.get(n, (step,)))


def requests(steps: Sequence[Step], problem: Problem) -> dict[int, LineRequest]:
    """What the model is asked of a piece of work, by the place of the step that the grammar left."""
    places = [n for n, step in enumerate(steps) if is_left(step)][:MOST_LINES]
    return {n: request(steps, n, problem) for n in places}


def request(steps: Sequence[Step], place: int, problem: Problem) -> LineRequest:
    """What the model is asked of a line: with the letters that stand for something, and the value said before it."""
    known = {name for step in steps[:place] for claim in step.claims for name in symbols(claim.statement)}
    known |= {name for equation in problem.equations for name in symbols(equation)}
    previous = ""
    for step in reversed(steps[:place]):
        said = [step.text[n.start : n.end] if not n.in_words else str(n.value) for n in numerals(step.text)]
        if said:
            previous = said[-1]
            break
    return LineRequest(steps[place].text, tuple(sorted(known)), previous, problem.statement)


# ---------------------------------------------------------------- a reply to steps


def as_steps(step: Step, reply: LineReply) -> tuple[Step, ...]:
    """The steps that a line is, by the likeliest reading that can be taken; the line itself where there is none."""
    if not reply.origin.model:
        return (step,)  # no model was there to ask
    every = [items for reading in reply.readings if (items := checked_items(reading, step)) is not None]
    if not every:
        return (unread(step),)
    best, *others = every
    if step.claims and not any(adds(placed) for placed in best):
        return (step,)
    if not best:
        return (replace(step, read_by=reply.origin.model, needs_model=False),)
    groups = list(_groups(step.text, best))
    found = (
        _step(step, group, start, end, reply.origin.model, others if len(groups) == 1 else [])
        for group, start, end in groups
    )
    return tuple(replace(each, unsure=reply.unsure) for each in found)


def adds(placed: Placed) -> bool:
    """Whether an item says more than the grammar has read: something that is claimed or done."""
    if placed.claim is not None:
        return False
    return placed.item.kind is Kind.OPERATION or states(placed.item)


def states(one: Item) -> bool:
    """Whether an item is a relation; an expression alone claims nothing."""
    return one.kind is Kind.CLAIM and not isinstance(one.content, Expr)


def without(read: Sequence[Step], lines: Set[int], steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps as they were read, but for these lines, which are as the grammar left them."""
    found: list[Step] = []
    done: set[int] = set()
    for step in read:
        if step.line not in lines:
            found.append(step)
        elif step.line not in done:
            done.add(step.line)
            found += [unread(each) for each in steps if each.line == step.line]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Placed:
    """An item of a reading, its line of step notation, and where it stands in the text (-1: somewhere).

    claim: what the grammar read there, which goes before what the model makes of it.
    """

    item: Item
    line: str
    start: int
    end: int
    claim: Claim | None = None


def checked_items(reading: Reading, step: Step) -> list[Placed] | None:
    """The items of a reading; None where one of its lines cannot be read, or its place beside the claims is unknown."""
    placed = len(reading.spans) == len(reading.lines)
    if step.claims and not placed:
        return None
    spans = reading.spans if placed else ((-1, -1),) * len(reading.lines)
    try:
        found = [Placed(item(line), line, *span) for line, span in zip(reading.lines, spans, strict=True)]
    except (NotReadable, TooLarge):
        return None
    claims = [Placed(Item(Kind.CLAIM), c.text, c.span.start, c.span.end, c) for c in step.claims]
    others = [p for p in found if not any(p.start < c.end and c.start < p.end for c in claims)]
    return sorted((*others, *claims), key=lambda p: p.start) if claims else found


def unread(step: Step) -> Step:
    """A line that calculates in words and that nobody could read; other words are words."""
    numbers = sum(1 for _ in numerals(step.text))
    if step.claims or not step.needs_model or numbers < 2 or not CALCULATES.search(step.text):
        return step
    return replace(step, unread=(Unread(step.text, Span(0, len(step.text)), WRITE_SIGNS),), why_no_claim="")


def _groups(text: str, items: Sequence[Placed]) -> list[tuple[list[Placed], int, int]]:
    """The items of each step, and the part of the line in which they stand.

    An operation opens a step, and so does a claim after a claim, where a comma or a linking word stands between.
    """
    found: list[tuple[list[Placed], int, int]] = []
    for placed in items:
        if not found:
            found.append(([placed], 0, len(text)))
            continue
        group, start, _ = found[-1]
        cut = _cut(text, group[-1].end, placed.start) if placed.start >= 0 and _opens(placed, group) else None
        if cut is None:
            group.append(placed)
        else:
            found[-1] = (group, start, cut)
            found.append(([placed], cut, len(text)))
    return found


def _opens(placed: Placed, before: Sequence[Placed]) -> bool:
    kinds = {p.item.kind for p in before}
    if placed.item.kind is Kind.OPERATION:
        return True
    return placed.item.kind is Kind.CLAIM and bool(kinds & {Kind.CLAIM, Kind.OPERATION})


def _cut(text: str, start: int, end: int) -> int | None:
    """Where a line is cut between two items; None where they belong to one clause."""
    m = next(SEPARATOR.finditer(text, max(start, 0), max(end, 0)), None)
    if m is None:
        return None
    return m.end() if m.group() in ",;.:" else m.start()


def _step(
    step: Step, group: Sequence[Placed], start: int, end: int, model: str, others: Sequence[Sequence[Placed]]
) -> Step:
    """One step of a line: its operation, its claims, and what else was read in the words."""
    text = step.text[start:end].strip(" ,;")
    shift = step.text.index(text, start) if text else start
    operation: Operation | None = None
    claims: list[Claim] = []
    said: list[str] = []
    for number, placed in enumerate(group):
        kind, content = placed.item.kind, placed.item.content
        inside = placed.start >= shift
        span = Span(placed.start - shift, placed.end - shift) if inside else Span(0, len(text))
        if placed.claim is not None:
            claims.append(replace(placed.claim, span=span))
        elif kind is Kind.OPERATION:
            name = OPERATION_NAMES.get(placed.item.operation, placed.item.operation)
            operand = content if isinstance(content, Expr) else None
            operation = Operation(name, operand, placed.line.removeprefix("op:").strip())
        elif kind is Kind.RETRACTION:
            claims = [replace(c, role=Role.RETRACTED) for c in claims]
        elif kind is Kind.VALUE or (kind is Kind.CLAIM and not states(placed.item)):
            said.append(placed.line)
        elif kind is Kind.DEFINITION and isinstance(content, Symbol):
            words = Words(" ".join(step.text.split())[:200])
            claims.append(Claim(Chain((content, words), ("=",)), text, span, Role.DEFINITION, among_words=True))
        elif isinstance(content, Node):
            role = Role.DEFINITION if kind is Kind.DEFINITION else Role.CLAIM
            claims.append(
                Claim(
                    content,
                    text[span.start : span.end],
                    span,
                    role,
                    alternatives=_others(others, number),
                    linked=True,
                    among_words=True,
                    by_model=True,
                )
            )
    why = "" if claims else "operation" if operation is not None else "value" if said else "words"
    return replace(
        step,
        text=text,
        claims=tuple(claims),
        operation=operation,
        read_by=model,
        needs_model=False,
        why_no_claim=why,
        said=tuple(said),
    )


def _others(readings: Sequence[Sequence[Placed]], number: int) -> tuple[Statement, ...]:
    """What other readings make of the same item."""
    found: list[Statement] = []
    for items in readings:
        content = items[number].item.content if number < len(items) else None
        if isinstance(content, Chain | Either) and content not in found:
            found.append(content)
    return tuple(found)
