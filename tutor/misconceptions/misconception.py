"""A misconception as the program uses it: what a wrong rule makes of the line before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from tutor.misconceptions.catalogue import Entry, entries
from tutor.misconceptions.notation import statement
from tutor.misconceptions.patterns import Rewriting, plain, rewritten
from tutor.misconceptions.quantities import holding
from tutor.syntax.tree import Node, Statement, kinds

WrongForms = Callable[[Statement], Iterator[Node]]
Fits = Callable[[Statement, Statement], bool]


@dataclass(frozen=True, slots=True)
class Misconception:
    """One rule of `rules/`, or the pattern of an entry as it stands.

    id: the catalogue's; names, hints and confusables come from its entry.
    patterns: wrong rules as `pattern -> pattern`, tried anywhere in the line. wrong_forms: what the wrong rule makes of
    a line, whole lines, where patterns do not suffice; a line is a statement without brackets and with flat sums and
    products (`patterns.plain`), of several lines together a `Both`.
    says: what was done, in words, where the entry's name does not say it well.
    keeps_value: the line follows and is wrong all the same (too many figures, no unit, a root too much).
    final: of lines that follow, only those that state solutions.
    fits: whether a line is what the error makes of the line before, where not all that it makes can be listed.
    size: how much of the line it takes into account, as nodes of a pattern, where its patterns do not tell.
    words: a regular expression for the problems of which it speaks; with another problem it is left out. only_named:
    also where nothing is known of the problem. unless: for problems in which it is no error: a length is not negative.
    of: the unit of what a letter of the patterns stands for (`quantities.is_kind`). as_written: in rules of physics,
    what it gives is compared by the numbers alone, too. bare: in rules of physics, numbers without units are enough.
    only_if_right: the line is right but for this.
    """

    id: str
    patterns: tuple[str, ...] = ()
    wrong_forms: WrongForms | None = None
    fits: Fits | None = None
    size: int = 0
    words: str = ""
    only_named: bool = False
    unless: str = ""
    says: str = ""
    keeps_value: bool = False
    final: bool = False
    of: Mapping[str, str] = field(default_factory=dict)
    as_written: bool = False
    bare: bool = False
    only_if_right: bool = False

    @property
    def entry(self) -> Entry:
        """What the catalogue has of it."""
        return entries()[self.id]

    def forms(self, line: Statement) -> Iterator[Statement]:
        """What it makes of a line."""
        if self.patterns:
            holds = holding(self.of)
            there = kinds(line)
            for rule in compiled(self.patterns):
                if rule.needed <= there:
                    yield from rewritten(rule, line, holds)  # type: ignore[misc]
        if self.wrong_forms is not None:
            yield from self.wrong_forms(line)  # type: ignore[misc]


@cache
def compiled(patterns: tuple[str, ...]) -> tuple[Rewriting, ...]:
    """The two sides of each pattern as trees."""
    sides = (pattern.split("->") for pattern in patterns)
    return tuple(Rewriting.of(plain(statement(left)), plain(statement(right))) for left, right in sides)


def as_it_stands(entry: Entry) -> Misconception:
    """The entry's own rule."""
    return Misconception(entry.id, patterns=(entry.rule,))
