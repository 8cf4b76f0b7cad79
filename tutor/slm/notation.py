"""Step notation: the short lines of text that a reading is made of, each of which the grammar of `syntax` reads.

`2x = 4` a claim, `op: -3` an operation, `value: 12 m/s` a quantity said in a sentence, `let x` a definition, `no wait`
a retraction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tutor.errors import NotReadable
from tutor.syntax.hints import ReadHints
from tutor.syntax.read import read, read_expr
from tutor.syntax.tree import Call, Expr, Node, Statement, Words, children, kinds

# Done to both sides, with what; the sign that writes it.
SIGNED = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}
# Written as a word; `substitute` alone may go on with what is put in.
NAMED = (
    "square", "root", "expand", "factorise", "collect", "simplify", "substitute", "differentiate", "integrate",
    "cross multiply", "swap", "log", "exp", "reciprocal", "rearrange", "cancel", "convert",
)  # fmt: skip
# What a step may be said to do, the calculating of a value and the stating of a fact included.
OPERATIONS = (*SIGNED.values(), *NAMED, "calculate", "state", "other")

MAX_LINES = 12
MAX_LENGTH = 400


class Kind(StrEnum):
    """What a line of step notation is."""

    CLAIM = "claim"
    OPERATION = "operation"
    VALUE = "value"
    DEFINITION = "definition"
    RETRACTION = "retraction"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of step notation, read.

    operation: one of `OPERATIONS`; empty for the other kinds.
    content: the claim, the value, what is defined, or what an operation is done with; None where there is none.
    """

    kind: Kind
    operation: str = ""
    content: Statement | None = None


_SIGNED = re.compile(r"op:\s*(?P<sign>[-+*/])\s*(?P<operand>\S.*)")
_PUT_IN = re.compile(r"op:\s*substitute\s+(\S.*)")


def item(line: str) -> Item:
    """A line of step notation, read.

    >>> item("op: +5x").operation
    'add'
    >>> item("value: 12 m/s").kind
    <Kind.VALUE: 'value'>

    Raises:
        NotReadable: it is none of the kinds, or its mathematics cannot be read.
        TooLarge: as `read` does.
    """
    line = line.strip()
    if len(line) > MAX_LENGTH:
        raise NotReadable(line[:MAX_LENGTH], MAX_LENGTH, MAX_LENGTH, f"A line has at most {MAX_LENGTH} characters.")
    if line == "no wait":
        return Item(Kind.RETRACTION)
    if line.startswith("op:"):
        return _operation(line)
    if line.startswith("value:"):
        return Item(Kind.VALUE, content=value(line.removeprefix("value:")))
    if line.startswith("let "):
        return Item(Kind.DEFINITION, content=_mathematics(line.removeprefix("let ")))
    return Item(Kind.CLAIM, content=_mathematics(line))


def value(text: str) -> Expr:
    """A quantity said by itself, such as `12 m`, whose letter after the number is a unit.

    Raises:
        NotReadable, TooLarge: it cannot be read.
    """
    found = read_expr(text, ReadHints(units=True))
    _no_words(found, text)
    return found


def _operation(line: str) -> Item:
    if (put_in := _PUT_IN.fullmatch(line)) is not None:
        return Item(Kind.OPERATION, "substitute", _mathematics(put_in[1]))
    if (found := _SIGNED.fullmatch(line)) is not None:
        return Item(Kind.OPERATION, SIGNED[found["sign"]], _mathematics(found["operand"], expression=True))
    name = line.removeprefix("op:").strip()
    if name not in NAMED:
        raise NotReadable(line, 3, len(line), f"An operation is +, -, * or / with a term, or {', '.join(NAMED)}.")
    return Item(Kind.OPERATION, name)


def _mathematics(text: str, *, expression: bool = False) -> Statement:
    found: Statement = read_expr(text) if expression else read(text)
    _no_words(found, text)
    return found


def _no_words(found: Statement, text: str) -> None:
    if Words in kinds(found) and _has_stray_words(found):
        raise NotReadable(text, 0, len(text), "There are words here that are not part of the mathematics.")


def _has_stray_words(node: Node) -> bool:
    """Words are no mathematics, but for an event: P(red)."""
    if isinstance(node, Words):
        return True
    below = children(node)
    if isinstance(node, Call) and node.name == "P":
        below = [n for n in below if not isinstance(n, Words)]
    return any(map(_has_stray_words, below))
