"""Laws and roles: what each symbol of a law stands for, and where the law holds.

The data lie in `data/*.toml`: `roles.toml` has the roles, `conditions.toml` the conditions, every other file laws.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from tutor.bridge.dimensions import Dimension
from tutor.errors import AuthorError, StudentError
from tutor.syntax.hints import ReadHints
from tutor.syntax.read import read
from tutor.syntax.tree import Chain, Expr
from tutor.syntax.tree import symbols as symbols_of


@dataclass(frozen=True, slots=True)
class RoleKind:
    """What a quantity is in a problem or a law: "height", "slope_length", "net_force".

    says: with its article, as in "the law needs the height". unit: a unit of its dimension, "" for a number.
    symbols: letters it usually goes by. words: phrases that name it in a statement, longest first.
    like: wider roles that it may stand for (an initial speed is a speed). unlike: roles that students mix it up with.
    vector: it has a direction, so that it may be negative. angle: it is an angle.
    """

    id: str
    says: str
    unit: str
    dimension: Dimension
    symbols: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    like: frozenset[str] = frozenset()
    unlike: frozenset[str] = frozenset()
    vector: bool = False
    angle: bool = False


@dataclass(frozen=True, slots=True)
class LawSymbol:
    """One symbol of a law.

    role: id of a RoleKind. says: more exactly than the role ("the height above the reference level"), "" for the same.
    of: which body it belongs to where the law speaks of several ("1", "2"); symbols with the same `of` are one body's.
    sign: "any", "positive" or "nonnegative"; where a law file says nothing, "any" for angles and for roles with a
    direction, else "nonnegative". constant: id of a constant ("g", "c", "h"), "" for a variable.
    stated: a solver puts here only what the problem gives or asks for, nothing that it found on the way: where the law
    speaks of "the force", the weight that another law yields is a force too, yet not the one that is meant.
    """

    name: str
    role: str
    says: str = ""
    of: str = ""
    sign: str = "any"
    constant: str = ""
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that a statement may say of a scene, and that laws need or exclude.

    says: goes on after "where" ("there is no friction"). words: phrases that say so, longest first.
    unless: phrases that hold one of `words` and mean something else.
    """

    id: str
    says: str
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)  # no slots: the equations are read when first asked for
class Law:
    """A law of physics.

    name: goes on after "the law for" ("kinetic energy"). text: the equation as its author wrote it; `equation` has it
    read, two sides. forms: other ways to write it, where a rearrangement would not find them.
    slips: wrong versions that are met with, each (equation, what was done). guarded_slips: the same, but right under
    another sign convention or in a special case (from rest, equal masses); nothing is wrong until values say so.
    needs: conditions that must be known to hold before a solver uses it, all of them; "frictionless|free_fall" is one
    of the two. excludes: conditions under any of which it does not hold. conditions: in words, for the reader.
    source: paper, standard or textbook section. place: file and line, for messages.
    others: symbols that stand in slips and forms alone (a diameter where the law has the radius, a mass that cancels).
    sights: what can be told of its forms, slips and guarded slips at sight; empty where that was not compiled.
    """

    id: str
    name: str
    text: str
    symbols: Mapping[str, LawSymbol]
    topic: str
    source: str
    form_texts: tuple[str, ...] = ()
    slip_texts: tuple[tuple[str, str], ...] = ()
    guarded_texts: tuple[tuple[str, str], ...] = ()
    needs: frozenset[str] = frozenset()
    excludes: frozenset[str] = frozenset()
    conditions: str = ""
    level: str = "school"
    others: Mapping[str, LawSymbol] = field(default_factory=dict)
    place: str = field(default="", compare=False)
    sights: tuple[str, ...] = field(default=(), compare=False)

    def __hash__(self) -> int:
        return hash(self.id)

    @cached_property
    def equation(self) -> Chain:
        """The law, two sides.

        Raises:
            AuthorError: it cannot be read, or names a symbol that has no entry.
        """
        return self._read(self.text, self.symbols)

    @cached_property
    def forms(self) -> tuple[Chain, ...]:
        """Other ways to write it. Raises as `equation`."""
        known = {**self.symbols, **self.others}
        return tuple(self._read(text, known) for text in self.form_texts)

    @cached_property
    def slips(self) -> tuple[tuple[Chain, str], ...]:
        """Wrong versions, each with what was done. Raises as `equation`."""
        known = {**self.symbols, **self.others}
        return tuple((self._read(text, known), done) for text, done in self.slip_texts)

    @cached_property
    def guarded_slips(self) -> tuple[tuple[Chain, str], ...]:
        """Versions that are wrong with some values alone, each with what was done. Raises as `equation`."""
        known = {**self.symbols, **self.others}
        return tuple((self._read(text, known), done) for text, done in self.guarded_texts)

    def holds_where(self, conditions: Set[str]) -> bool:
        """Whether everything it needs is known to hold, and nothing that it excludes."""
        if not self.excludes.isdisjoint(conditions):
            return False
        return all(any(one in conditions for one in need.split("|")) for need in self.needs)

    def read_all(self) -> None:
        """Read everything that is otherwise read when asked for. Raises as `equation`."""
        _ = self.equation, self.forms, self.slips, self.guarded_slips

    def _read(self, text: str, known: Mapping[str, LawSymbol]) -> Chain:
        try:
            found = read(text, ReadHints(symbols=frozenset(known)))
        except StudentError as error:
            raise AuthorError(f'{self.place}, law "{self.id}": "{text}" cannot be read:\n{error}') from None
        if not isinstance(found, Chain) or found.relations != ("=",):
            raise AuthorError(f'{self.place}, law "{self.id}": "{text}" is not an equation with two sides')
        unknown = sorted(symbols_of(found) - set(known))
        if unknown:
            raise AuthorError(f'{self.place}, law "{self.id}": "{text}" has {", ".join(unknown)}, without an entry')
        return found


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a symbol of a student's work stands for, as far as it is known.

    role: id of a role, "" where unknown. dimension: None where unknown. value: what the problem or a line says it is.
    sure: the role comes from the problem's own words for that letter, or from the student's; not from the letter alone.
    constant: id of a constant of nature ("g", "c"), "" for none. line: where it comes from, -1 for the problem.
    """

    name: str
    role: str = ""
    dimension: Dimension | None = None
    value: Expr | None = None
    sure: bool = False
    constant: str = ""
    line: int = -1
