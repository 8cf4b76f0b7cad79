"""Problem sets in YAML 1.2, the format that teachers write by hand.

Built from the parser's events rather than by a constructor: every scalar stays the text that was written (`0.50`,
`no`, `1:30`), every piece knows its line, and size, depth and aliases are bounded while reading.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.scalarstring import LiteralScalarString

from tutor.errors import AuthorError
from tutor.problems.sets import Draft, Place

SCHEMA_LINE = "# yaml-language-server: $schema=schema.json\n"
MAX_DEPTH = 12
MAX_PIECES = 200_000


def read(data: bytes) -> Draft:
    """The content of a YAML file with the line of every piece.

    Raises:
        AuthorError: not YAML, not a mapping, or past the limits.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AuthorError(f"line {line}: this is not UTF-8 text; save the file as UTF-8") from None
    building = _Building()
    try:
        for event in YAML(typ="safe", pure=True).parse(io.StringIO(text)):
            building.take(event)
    except MarkedYAMLError as error:
        # A bracket left open is found out lines later; it began where the context is.
        opened = "flow" in (error.context or "") or "quoted" in (error.context or "")
        mark = error.context_mark if opened else error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise AuthorError(f"line {line}: {_advice(text, line, error)}") from None
    except YAMLError as error:
        raise AuthorError(f"line 1: this is not YAML: {error}") from None
    if not isinstance(building.root, dict):
        raise AuthorError("line 1: a problem set is a group of fields: title, and a list of problems")
    return Draft(building.root, building.places)


def _advice(text: str, number: int, error: MarkedYAMLError) -> str:
    """What to do about a line that YAML refuses; mostly it begins with a sign that YAML keeps for itself."""
    lines = text.splitlines()
    shown = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    value = (shown.lstrip("- ").partition(": ")[2] or shown.lstrip("- ")).strip()
    if "\t" in (lines[number - 1] if shown else "") and shown:
        return f"`{shown}` is indented with a tab; use spaces"
    if value[:1] and value[0] in "[{|>&*!%@`?#'\"":
        return f"`{shown}` cannot be read here; text that begins with {value[0]} goes in quotes"
    if ": " in value:
        return f"`{shown}` cannot be read here; text that holds a colon goes in quotes"
    return f"`{shown}` cannot be read here: {error.problem or 'not YAML'}; is it indented like its neighbours?"


class _Building:
    """Grows plain mappings and lists out of events, with the line of each piece."""

    def __init__(self) -> None:
        self.root: Any = None
        self.places: dict[Place, int] = {}
        self.open: list[tuple[Any, Place]] = []
        self.keys: list[str | None] = []
        self.anchors: dict[str, Any] = {}
        self.sizes: dict[str, int] = {}
        self.starts: dict[int, tuple[str, int]] = {}
        self.pieces = 0
        self.documents = 0

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        match event:
            case DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise AuthorError(f"line {line}: `---` begins a second document; a file holds one problem set")
            case ScalarEvent():
                self.count(1, line)
                self.scalar(event, line)
            case AliasEvent():
                if event.anchor not in self.anchors:
                    raise AuthorError(
                        f"line {line}: *{event.anchor} names nothing; text that begins with * goes in quotes"
                    )
                self.count(self.sizes[event.anchor], line)
                self.put(self.anchors[event.anchor], line)
            case MappingStartEvent() | SequenceStartEvent():
                self.count(1, line)
                if len(self.open) >= MAX_DEPTH:
                    raise AuthorError(f"line {line}: more than {MAX_DEPTH} levels inside one another")
                value: Any = {} if isinstance(event, MappingStartEvent) else []
                place = self.put(value, line)
                self.open.append((value, place))
                self.keys.append(None)
                if event.anchor:
                    self.starts[len(self.open)] = (event.anchor, self.pieces)
            case MappingEndEvent() | SequenceEndEvent():
                started = self.starts.pop(len(self.open), None)
                value, _ = self.open.pop()
                self.keys.pop()
                # Known only now, so that nothing can hold itself.
                if started:
                    self.anchors[started[0]] = value
                    self.sizes[started[0]] = self.pieces - started[1] + 1

    def count(self, pieces: int, line: int) -> None:
        self.pieces += pieces
        if self.pieces > MAX_PIECES:
            raise AuthorError(f"line {line}: more than {MAX_PIECES} pieces in one file")

    def scalar(self, event: ScalarEvent, line: int) -> None:
        plain = event.implicit[0]
        value = None if plain and event.value in ("", "~", "null") else event.value
        if self.open and isinstance(self.open[-1][0], dict) and self.keys[-1] is None:
            mapping, place = self.open[-1]
            if event.value in mapping:
                raise AuthorError(f"line {line}: the field {event.value} stands here twice")
            if event.value == "<<":
                raise AuthorError(f"line {line}: merging with << is not supported; write the fields out")
            self.keys[-1] = event.value
            self.places[*place, event.value] = line
            return
        if event.anchor:
            self.anchors[event.anchor] = value
            self.sizes[event.anchor] = 1
        place = self.put(value, line)
        # The lines of a block of text have their own numbers.
        if event.style == "|" and isinstance(value, str):
            for k in range(value.count("\n")):
                self.places[*place, k] = line + 1 + k

    def put(self, value: Any, line: int) -> Place:
        """Store a value where the file has it; the place of the value."""
        if not self.open:
            self.root = value
            return ()
        holder, place = self.open[-1]
        if isinstance(holder, list):
            holder.append(value)
            here = (*place, len(holder) - 1)
            self.places[here] = line
            return here
        key = self.keys[-1]
        if key is None:
            raise AuthorError(f"line {line}: a field's name is a word, not a list or group")
        holder[key] = value
        self.keys[-1] = None
        return (*place, key)


def write(content: Mapping[str, Any]) -> bytes:
    """The content as YAML, worked solutions as blocks of text."""
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.BytesIO()
    yaml.dump(_styled(dict(content)), stream)
    return SCHEMA_LINE.encode() + stream.getvalue()


def _styled(value: Any, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {k: _styled(v, k) for k, v in value.items()}
    if isinstance(value, list | tuple):
        lines = [str(item) for item in value]
        if (
            key in ("solution", "scheme")
            and all(isinstance(item, str) and _fits_a_block(item) for item in value)
            and lines
        ):
            return LiteralScalarString("\n".join(lines) + "\n")
        return [_styled(item) for item in value]
    if isinstance(value, str) and "\n" in value:
        return LiteralScalarString(value)
    return value


def _fits_a_block(line: str) -> bool:
    return line == line.strip() and line.isprintable() and bool(line)
