"""A small language for phrases: how the banks are written, and how one phrase is drawn from an entry.

    <take> {b} [away] from/RSUB {a}        a verb to be inflected, two slots, an optional word, a label on a word
    {a} (less|minus|take away)/SUB {b}     one of several; the label goes to the last word of the one drawn
    {thing} on {day}                       a slot that names a bank draws from it
    {she} can {vb:base} {n}                with the form that its verbs are to take

A label belongs to the one word before it; a slot of numbers carries its own. `~` stands for a blank inside a word, `^`
glues a word to the one before, « and » are brackets of the text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from tutor.training.textbook.verbs import inflect

_TOKEN = re.compile(r"\s+|[()\[\]|]|\{[^}]*\}|<[^>]*>|[^\s()\[\]|{}<]+")
_LABELLED = re.compile(r"(?P<text>.+)/(?P<label>[A-Z][A-Z_]*)")
# Round brackets of the text, as against those of the bank's language.
_AS_WRITTEN = {"«": "(", "»": ")"}
_ATTACHED = re.compile(r"[,;:?!)]|'s\b|\.(?!\d)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands, with its label."""

    text: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to be filled: a number, a thing, or a draw from a bank."""

    name: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that takes the form its sentence asks for; a form of its own after a colon."""

    lemma: str
    form: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    options: tuple[Run, ...]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One after the other."""

    nodes: tuple[Node, ...]


Node: TypeAlias = Word | Slot | Verb | Choice | Run


@dataclass(slots=True)
class Piece:
    """A stretch of a line: its text, the label of what it says, the item and the operand that it belongs to.

    fixed: noise leaves it alone. glued: no blank before it.
    """

    text: str
    label: str | None = None
    item: int = -1
    operand: int = -1
    unit_of: int = -1
    fixed: bool = False
    glued: bool = False


Filler: TypeAlias = "Callable[[Draft, str | None], None]"


@dataclass(slots=True)
class Draft:
    """A line in the making. form: of the verbs; filled: what the slots hold; families: those of the entries drawn."""

    rng: random.Random
    banks: Banks
    pieces: list[Piece] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    operands: list[str] = field(default_factory=list)
    families: list[str] = field(default_factory=list)
    form: str = "past"
    filled: dict[str, Filler] = field(default_factory=dict)
    item: int = -1
    items_begun: int = 0

    def begin(self, notation: str) -> None:
        """The pieces that follow belong to a new item of the reading."""
        self.items.append(notation)
        self.item = self.items_begun
        self.items_begun += 1

    def end(self) -> None:
        """The pieces that follow belong to no item."""
        self.item = -1

    def say(self, text: str, label: str | None = None, *, fixed: bool = False, glued: bool = False) -> None:
        """Add a word or more."""
        item = self.item if label is not None else -1
        self.pieces.append(Piece(text, label, item, fixed=fixed or label is not None, glued=glued))

    def copied(self, text: str, notation: str, label: str | None = "A", *, glued: bool = False) -> str:
        """Say what is copied into an item; the mark that stands for it in the item's notation."""
        mark = f"\u27e6{len(self.operands)}\u27e7"
        self.operands.append(notation)
        item = self.item if label is not None else -1
        self.pieces.append(Piece(text, label, item, len(self.operands) - 1, fixed=True, glued=glued))
        return mark

    def unit(self, text: str, *, glued: bool = False) -> None:
        """Say the unit of the number before."""
        self.pieces.append(Piece(text, unit_of=self.pieces[-1].operand, fixed=True, glued=glued))

    def draw(self, node: Node) -> None:
        """Add one phrase drawn from an entry."""
        rng = self.rng
        if isinstance(node, Word):
            text = _AS_WRITTEN.get(node.text, node.text).replace("~", " ")
            if text[0] == "^" and len(text) > 1:
                self.say(text[1:], node.label, glued=True)
            else:
                self.say(text, node.label)
        elif isinstance(node, Run):
            for part in node.nodes:
                self.draw(part)
        elif isinstance(node, Choice):
            self.draw(node.options[int(rng.random() * len(node.options))])
            # Where nothing was drawn, the word before says it: "gives [me]".
            if node.label is not None and self.pieces:
                last = self.pieces[-1]
                last.label, last.item, last.fixed = node.label, self.item, True
        elif isinstance(node, Verb):
            self.say(inflect(node.lemma, node.form or self.form), node.label)
        elif node.name in self.filled:
            self.filled[node.name](self, node.label)
        else:
            name, _, form = node.name.partition(":")
            before = self.form
            self.form = form or before
            self.draw(self.banks.pick(name, rng))
            self.form = before
            if node.label is not None:
                last = self.pieces[-1]
                last.label, last.item, last.fixed = node.label, self.item, True

    def phrase(self, entry: str) -> None:
        """Add a phrase written in the language of the banks."""
        self.draw(parsed(entry))


def joined(pieces: Sequence[Piece]) -> tuple[str, list[int]]:
    """The text of a line and where each of its pieces begins."""
    text, starts = "", []
    for piece in pieces:
        if text and piece.text[:2] == "..":
            apart = text[-1].isdigit()  # 5... would be a decimal without an end
        elif not text or piece.glued:
            apart = False
        else:
            apart = _ATTACHED.match(piece.text) is None and text[-1] not in "(“"
        if apart:
            text += " "
        starts.append(len(text))
        text += piece.text
    return text, starts


@cache
def parsed(entry: str) -> Node:
    """A phrase of the bank's language as a tree."""
    tokens = [t for t in _TOKEN.findall(entry) if not t.isspace()]
    spaced = _TOKEN.findall(entry)
    run, rest = _run(spaced, 0)
    if rest != len(spaced) or not tokens:
        raise ValueError(f"the phrase {entry!r} has a bracket too many, or nothing in it")
    return run


def _run(tokens: list[str], place: int) -> tuple[Run, int]:
    nodes: list[Node] = []
    while place < len(tokens):
        token = tokens[place]
        if token in ")]|":
            break
        place += 1
        if token.isspace():
            continue
        if token in "([":
            options: list[Run] = []
            while True:
                option, place = _run(tokens, place)
                options.append(option)
                if place >= len(tokens):
                    raise ValueError(f"a bracket is not closed: {''.join(tokens)}")
                place += 1
                if tokens[place - 1] != "|":
                    break
            if token == "[":
                options = [*options, Run(())] if len(options) == 1 else [*options, *(Run(()) for _ in options[1:])]
            label, place = _label(tokens, place)
            nodes.append(Choice(tuple(options), label))
        elif token[0] == "{":
            label, place = _label(tokens, place)
            nodes.append(Slot(token[1:-1], label))
        elif token[0] == "<":
            label, place = _label(tokens, place)
            lemma, _, form = token[1:-1].partition(":")
            nodes.append(Verb(lemma, form or None, label))
        else:
            found = _LABELLED.fullmatch(token)
            nodes.append(Word(found["text"], found["label"]) if found else Word(token))
    return Run(tuple(nodes)), place


def _label(tokens: list[str], place: int) -> tuple[str | None, int]:
    if place < len(tokens) and (found := re.fullmatch(r"/([A-Z][A-Z_]*)", tokens[place])) is not None:
        return found[1], place + 1
    return None, place


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of a bank with the family of phrasings it belongs to."""

    family: str
    held_out: bool
    node: Node
    text: str


@dataclass(slots=True)
class Banks:
    """The phrases by name. Held-out families are drawn only by a generator that is told to use them."""

    entries: Mapping[str, Sequence[Entry]]
    held_out: bool = False
    chosen: list[str] = field(default_factory=list)
    _usable: dict[str, tuple[Sequence[Entry], Sequence[Entry]]] = field(default_factory=dict)

    def pick(self, name: str, rng: random.Random) -> Node:
        """One phrase of a bank; its family is noted."""
        usable = self._usable.get(name)
        if usable is None:
            every = self.entries[name]
            usable = tuple(e for e in every if not e.held_out), tuple(e for e in every if e.held_out)
            self._usable[name] = usable
        training, kept_out = usable
        # Where held-out phrasings are asked for, most places that have some use one.
        pool = kept_out if kept_out and (not training or (self.held_out and rng.random() < 0.7)) else training
        entry = pool[int(rng.random() * len(pool))]
        self.chosen.append(f"{name}:{entry.family}")
        return entry.node


@cache
def read_banks() -> Mapping[str, Sequence[Entry]]:
    """Every bank of the folder `bank`.

    A file has heads `== name`, or `== name family` with `!` after a family that is kept out of training, and an entry a
    line under each. A head ending in `:` holds words, many to a line, parted by commas.
    """
    entries: dict[str, list[Entry]] = {}
    for file in sorted(files("tutor.training.textbook").joinpath("bank").iterdir(), key=lambda f: f.name):
        name, family, held_out, words = "", "", False, False
        for line in file.read_text(encoding="utf-8").splitlines():
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("== "):
                head = line[3:].split()
                words = head[0].endswith(":")
                name = head[0].rstrip(":")
                family = head[1] if len(head) > 1 else name
                held_out = family.endswith("!")
                family = family.rstrip("!")
                continue
            for text in line.split(",") if words else (line,):
                text = text.strip()
                if text:
                    try:
                        entries.setdefault(name, []).append(Entry(family, held_out, parsed(text), text))
                    except ValueError as error:
                        raise ValueError(f"{file.name}, {name}: {error}") from error
    return entries
