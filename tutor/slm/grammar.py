"""What a model may write, as a grammar for constrained decoding; built for one line, with no numbers but its own.

The grammars are in the dialect of Lark that llguidance reads, and in that of llama.cpp, GBNF, which servers take.
Without either, replies are held to the same by being read strictly afterwards; with it a model cannot waste a reply.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from re import Match
from typing import Any

from tutor.regex import regex
from tutor.slm.notation import MAX_LINES, NAMED, OPERATIONS
from tutor.slm.sources import Source
from tutor.slm.written import MAX_REASON, RIGHT


@dataclass(frozen=True, slots=True)
class Grammar:
    """A grammar in the dialect of Lark, a rule a line; its only regular expressions are sets of characters.

    fields: where the lines of a reply are fields, each with the values that it may have, none for any text.
    """

    lark: str
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def gbnf(self) -> str:
        """The same in the dialect of llama.cpp, which vLLM and SGLang read too.

        >>> Grammar('start: BLANK? "a/b"\\nBLANK: /[ ]{1,3}/').gbnf
        'root ::= BLANK? "a/b"\\nBLANK ::= [ ]{1,3}'
        """
        rules = (rule.partition(": ") for rule in self.lark.splitlines() if rule)
        return "\n".join(
            f"{'root' if name == 'start' else name} ::= {_QUOTED_OR_SET.sub(_bare, body)}" for name, _, body in rules
        )

    @property
    def schema(self) -> dict[str, Any]:
        """A JSON Schema of the same reply: its fields, or its lines."""
        properties: dict[str, Any] = {"lines": {"type": "array", "items": {"type": "string"}}}
        if self.fields:
            properties = {name: {"type": "string"} | ({"enum": list(v)} if v else {}) for name, v in self.fields}
        return {
            "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
        }  # fmt: skip

    def from_json(self, text: str) -> str:
        """The lines of a reply that keeps to the schema; any other text as it stands.

        >>> Grammar("").from_json('{"lines": ["op: -3", "2x = 4"]}')
        'op: -3\\n2x = 4\\nend'
        """
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return text
        if not isinstance(found, dict):
            return text
        lines = [f"{n}: {found.get(n)}" for n, _ in self.fields] if self.fields else found.get("lines")
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            return text
        return "\n".join((*(" ".join(line.split()) for line in lines), "end"))


_QUOTED_OR_SET = regex(r'"(?:[^"\\]|\\.)*"|/(?P<set>\[(?:[^\]\\]|\\.)*\]\{\d+,\d+\})/')


def _bare(found: Match[str]) -> str:
    return found["set"] or found[0]


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
REL: " "? ("=" | "<" | ">" | "<=" | ">=" | "~=") " "?
SUM: " "? ("+" | "-") " "?
PRODUCT: " "? ("*" | "/") " "?
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
        _OPINION % {"operations": _any_of(OPERATIONS), "right": _any_of(RIGHT), "longest": MAX_REASON},
        (("operation", tuple(OPERATIONS)), ("right", tuple(RIGHT)), ("reason", ())),
    )


def can_constrain() -> bool:
    """Whether llguidance is installed (the extra `model`)."""
    return importlib.util.find_spec("llguidance") is not None
