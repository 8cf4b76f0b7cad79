"""What a model may write, as a grammar for constrained decoding; built for one line, with no numbers but its own.

The grammars are in the dialect of Lark that llguidance reads. Without llguidance replies are held to the same by being
read strictly afterwards; with it a model cannot waste a reply.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tutor.slm.notation import MAX_LINES, NAMED, OPERATIONS
from tutor.slm.sources import Source
from tutor.slm.written import MAX_REASON, RIGHT


@dataclass(frozen=True, slots=True)
class Grammar:
    """A grammar in the dialect of Lark."""

    lark: str


_LINE = """
start: BLANK? ("nothing\\n" | (line "\\n"){1,%(most)d}) "end"
line: claim | "op: " operation | "value: " sum | "let " claim | "no wait"
operation: ("+" | "-" | "*" | "/") factor | %(named)s | "substitute " claim
claim: chain (" or " chain)*
chain: sum (REL sum)*
sum: "-"? term (SUM term)*
term: factor (PRODUCT factor | glued)*
factor: atom ("^" "-"? atom)?
glued: name ("^" "-"? atom)?
atom: %(numbers)s | name
name: %(names)s
BLANK: /[ \\n]{1,3}/
REL: / ?(=|<|>|<=|>=|~=) ?/
SUM: / ?[+-] ?/
PRODUCT: / ?[*\\/] ?/
"""

_OPINION = """
start: BLANK? "operation: " OPERATION "\\nright: " RIGHT "\\nreason: " REASON "\\nend"
BLANK: /[ \\n]{1,3}/
OPERATION: %(operations)s
RIGHT: %(right)s
REASON: /[^\\n]{1,%(longest)d}/
"""


def _any_of(texts: Iterable[str]) -> str:
    """Alternatives, the longest first."""
    return " | ".join(json.dumps(t, ensure_ascii=False) for t in sorted(set(texts), key=lambda t: (-len(t), t)))


def of_line(source: Source) -> Grammar:
    """Step notation with the numbers, letters and units of a line, and no others."""
    letters = [name for name in source.letters if name.strip()]
    if not (source.figures or letters):
        return Grammar('start: /[ \\n]{0,3}/ "nothing\\nend"\n')
    numbers = []
    names = ['"(" sum ")"', '"sqrt(" sum ")"']
    terminals = []
    if source.figures:
        numbers.append('NUMBER (" "? UNIT)?' if source.units else "NUMBER")
        terminals.append(f"NUMBER: {_any_of(source.figures)}")
    if source.figures and source.units:
        terminals.append(f"UNIT: {_any_of(source.units)}")
    if letters:
        names += ["LETTER", 'LETTER "(" sum ")"']
        terminals.append(f"LETTER: {_any_of(letters)}")
    head = _LINE % {
        "most": MAX_LINES,
        "named": _any_of(NAMED),
        "numbers": " | ".join(numbers or ["LETTER"]),
        "names": " | ".join(names),
    }
    return Grammar(head + "\n".join(terminals) + "\n")


@cache
def of_opinion() -> Grammar:
    """An operation of the closed list, yes or no, and a reason on one line."""
    return Grammar(
        _OPINION % {"operations": _any_of(OPERATIONS), "right": _any_of(RIGHT), "longest": MAX_REASON}
    )  # fmt: skip


def can_constrain() -> bool:
    """Whether llguidance is installed (the extra `model`)."""
    return importlib.util.find_spec("llguidance") is not None
