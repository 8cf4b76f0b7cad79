"""The links of a student's chain as equations that may state a law, in the ways that each can be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tutor.laws.catalogue import catalogue
from tutor.laws.forms import (
    ONE,
    UNDEFINED,
    ZERO,
    Function,
    NotAFunction,
    Seen,
    differences_named,
    equal,
    function,
    sight,
    with_zero,
)
from tutor.laws.law import RoleKind
from tutor.laws.letters import COMPONENT, MARK, Letter, Means, spellings
from tutor.laws.plain import letters_for_units, plain
from tutor.syntax.tree import Chain, Expr, Symbol, substitute, symbols, walk

MOST_SYMBOLS = 9
MOST_NODES = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One equation of the student's, ready to be tried."""

    left: Expr
    right: Expr
    letters: tuple[Letter, ...]
    seen: Seen
    sides: tuple[Function, Function]
    paired: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)  # what `pairings` found

    @property
    def names(self) -> tuple[str, ...]:
        """In the order of the coordinates."""
        return tuple(letter.name for letter in self.letters)

    @property
    def components(self) -> bool:
        """Whether one of the letters is a component, v_0y, which is another quantity than v_0."""
        return any(COMPONENT.search(letter.name) for letter in self.letters)


def lines_of(links: Chain, meaning: Means, roles: Mapping[str, RoleKind]) -> Iterator[list[Line]]:
    """Each link of the chain that may state a law, in the ways it can be taken."""
    names = _role_words()
    sides = [plain(o, names) for o in links.operands]
    as_letters = [letters_for_units(o) if symbols(o) else o for o in links.operands]
    others = [
        plain(o, names) if o is not before else None for o, before in zip(as_letters, links.operands, strict=True)
    ]
    pairs: list[tuple[int, int]] = []
    for i, relation in enumerate(links.relations):
        if relation in ("=", "≈", ":="):
            pairs.append((i, i + 1))
            if i and (0, i + 1) not in pairs and all(r == "=" for r in links.relations[: i + 1]):
                pairs.append((0, i + 1))
    for i, j in pairs[:6]:
        taken = list(_ways(sides[i], sides[j])) if _may_be_a_law(sides[i], sides[j]) else []
        left, right = others[i] or sides[i], others[j] or sides[j]
        if (others[i] or others[j]) and _may_be_a_law(left, right):
            taken += _ways(left, right)
        ways = []
        for a, b in dict.fromkeys(taken):
            line = _line(a, b, meaning, roles)
            if line is not None:
                ways.append(line)
        if ways:
            yield ways


def _may_be_a_law(left: Expr, right: Expr) -> bool:
    """Two sides with symbols, neither too many nor too few."""
    if not symbols(left) or not symbols(right) or not 2 <= len(symbols(left) | symbols(right)) <= MOST_SYMBOLS:
        return False
    return sum(1 for side in (left, right) for _ in walk(side)) <= MOST_NODES


def _ways(left: Expr, right: Expr) -> Iterator[tuple[Expr, Expr]]:
    yield left, right
    a, b = differences_named(left), differences_named(right)
    if a is not left or b is not right:
        yield a, b
    yield from _as_change(left, right)
    for name in sorted(symbols(left) & symbols(right)):
        if drops_out(left, right, name):
            one: Mapping[str, Expr] = {name: ONE}
            yield substitute(left, one), substitute(right, one)


def _as_change(left: Expr, right: Expr) -> Iterator[tuple[Expr, Expr]]:
    """x = x_0 + v t as Δx = v t, where only the difference of two symbols of one letter counts."""
    names = sorted(symbols(left) | symbols(right))
    for name in names:
        head, _, below = name.partition("_")
        late = [n for n in (head, f"{head}_f") if n in names]
        if below in ("0", "i") and late and _shifts(left, right, names, name, late[0]):
            change = {late[0]: Symbol(f"Delta_{head}")}
            new = [with_zero(side, name) for side in (left, right)]
            if new[0] is not None and new[1] is not None and ZERO not in new:
                yield substitute(new[0], change), substitute(new[1], change)


def _shifts(left: Expr, right: Expr, names: Sequence[str], one: str, other: str) -> bool:
    """Whether the difference of the sides stays the same where both symbols grow alike."""
    where = {n: i for i, n in enumerate(names)}
    try:
        a, b = function(left, where), function(right, where)
        point = [0.9 + 0.23 * k for k in range(len(names))]
        before = a(point) - b(point)
        point[where[one]] += 0.77
        point[where[other]] += 0.77
        return equal(before, a(point) - b(point))
    except (NotAFunction, *UNDEFINED):
        return False


def drops_out(left: Expr, right: Expr, name: str) -> bool:
    """Whether both sides are proportional to the same power of a symbol, so that it says nothing."""
    names = sorted(symbols(left) | symbols(right))
    where = {n: i for i, n in enumerate(names)}
    try:
        a, b = function(left, where), function(right, where)
        i = where[name]
        point = [0.7 + 0.31 * k for k in range(len(names))]
        before = a(point) / b(point)
        point[i] *= 1.83
        return equal(before, a(point) / b(point))
    except (NotAFunction, *UNDEFINED):
        return False


def _line(left: Expr, right: Expr, meaning: Means, roles: Mapping[str, RoleKind]) -> Line | None:
    names = sorted(symbols(left) | symbols(right))
    if len(names) < 2:
        return None
    where = {n: i for i, n in enumerate(names)}
    try:
        sides = function(left, where), function(right, where)
    except NotAFunction:
        return None
    letters = tuple(_letter(name, meaning, roles) for name in names)
    return Line(left, right, letters, sight(left, right), sides)


@lru_cache(maxsize=1)
def _role_words() -> Mapping[str, str]:
    """Phrase → role, for phrases that stand for a quantity in the place of a letter."""
    found: dict[str, str] = {}
    for role in catalogue().roles.values():
        for phrase in (role.says.removeprefix("the "), *role.words):
            if len(phrase) > 3:
                found.setdefault(phrase.lower(), role.id)
    return found


def _letter(name: str, meaning: Means, roles: Mapping[str, RoleKind]) -> Letter:
    if name.startswith(MARK):
        return Letter(name, (name,), "", False, None, name[1:], True)
    role = _role_words().get(name.lower()) if len(name) > 3 and "_" not in name else None
    if role is not None and role in roles:
        return Letter(name, spellings(name), role, True, roles[role].dimension, "", False)
    known = meaning(name)
    dimension = known.dimension
    if dimension is None and known.sure and known.role in roles:
        dimension = roles[known.role].dimension
    return Letter(name, spellings(name), known.role, known.sure, dimension, known.constant, False)
