"""A student's equation matched to a law, up to names and rearrangement.

The letters are paired by name, role and dimension first; then the student's equation must hold at points of the law,
and fail beside it. What holds there for compatible roles states the law. What does so for one letter whose role is
mixed up, or holds at points of a slip, is the law stated wrongly, unless any law of the catalogue is stated rightly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from tutor.laws.catalogue import Catalogue
from tutor.laws.forms import ONE, Form
from tutor.laws.law import Law, LawSymbol
from tutor.laws.letters import Means
from tutor.laws.library import Forms, Kind, Library, library
from tutor.laws.lines import Line, lines_of
from tutor.laws.pairing import (
    Pairing,
    factor_between,
    factor_of_slip,
    falls_sideways,
    holds,
    left_out_wrongly,
    pairings,
    states,
)
from tutor.laws.scene import Given
from tutor.syntax.tree import Chain, Expr, Number, Power, Quotient, Symbol, symbols, without_brackets

LEFT_OUT = 3.0  # less for each symbol that is taken for 0
_NOT_SAID = 8.0  # less for a law that needs what the problem does not say


class Swap(NamedTuple):
    """A letter whose role is not the one that the law needs there."""

    symbol: str
    role: str
    needed: str
    law_symbol: str


@dataclass(frozen=True, slots=True)
class Match:
    """A line that states a law, or nearly does.

    names: symbol of the law → what the student has there. right: it states the law. slip: what was done, "" where
    nothing was. swapped: letters whose roles are mixed up. usual: every letter is one that the law is usually written
    with, or its role is known for sure. factor: what the student's value of the subject is to the right one's, where
    that is one number. subject: the symbol of the law that stands alone, "" where none does. left_out: symbols of the
    law that are 0 here. met: the problem says all that the law needs. known: the slip is one that the catalogue has.
    flipped: symbols of the law that the line has with the opposite sign. left, right_side: the equation as taken.
    """

    law: Law
    names: Mapping[str, Expr]
    right: bool
    slip: str = ""
    swapped: tuple[Swap, ...] = ()
    usual: bool = True
    factor: float | None = None
    subject: str = ""
    left_out: tuple[LawSymbol, ...] = ()
    known: bool = True
    left: Expr = ONE
    right_side: Expr = ONE
    form: Form | None = field(default=None, compare=False)
    score: float = 0
    met: bool = True
    flipped: tuple[LawSymbol, ...] = ()


def match_law(
    statement: Chain,
    meaning: Means,
    givens: Sequence[Given] = (),
    conditions: Set[str] = frozenset(),
    known: Catalogue | None = None,
) -> Match | None:
    """The law that a chain states, rightly or nearly; None where no law is near enough.

    meaning: what is known of each of its symbols. givens, conditions: of the problem; a law that one of them
    excludes is not matched. A wrong match is returned only where no law at all is matched rightly.
    """
    found = matches_of(statement, meaning, givens, conditions, known)
    wrong = [m for m in found if not m.right]
    return wrong[0] if wrong else found[0] if found else None


def matches_of(
    statement: Chain,
    meaning: Means,
    givens: Sequence[Given] = (),
    conditions: Set[str] = frozenset(),
    known: Catalogue | None = None,
    *,
    doubted: bool = False,
) -> list[Match]:
    """One match for each link of a chain that has one, in order.

    doubted: the answer that the line leads to is wrong, so that no sign by convention, and no law that needs what the
    problem does not say, excuses what is else a law stated wrongly.
    """
    shelf = library(known)
    found = []
    for ways in lines_of(statement, meaning, shelf.roles):
        match = _match(ways, givens, conditions, shelf, doubted=doubted)
        if match is not None:
            found.append(match)
    return found


def _match(
    ways: Sequence[Line], givens: Sequence[Given], conditions: Set[str], shelf: Library, *, doubted: bool
) -> Match | None:
    near = [(shelf.remembering(line), shelf.near(line.letters, line.seen, conditions)) for line in ways]
    stated = _best(_stated, "right", near, givens, conditions, shelf)
    if stated is not None and stated.met and not (doubted and (stated.flipped or not stated.usual)):
        return stated
    mixed = _best(_swapped, "right", near, givens, conditions, shelf)
    if mixed is not None and (stated is None or mixed.met):
        return mixed  # a law that needs what the problem does not say excuses no role that is surely mixed up
    wrong = _best(_slipped, "slips", near, givens, conditions, shelf)
    if doubted and wrong is None:
        wrong = _best(_slipped_here, "guarded", near, givens, conditions, shelf)
    if stated is not None:
        # Nor does it excuse the slip of a law for which the problem says all that it needs.
        spoken_of = wrong is not None and wrong.met and bool(wrong.law.needs)
        if spoken_of and (doubted or not stated.met):
            return wrong
        if not doubted:
            return stated
    if doubted:
        if wrong is None or not wrong.met:
            nearly = _best(_nearly, "right", near, givens, conditions, shelf)
            wrong = nearly if nearly is not None and (wrong is None or nearly.met) else wrong
        return wrong or stated
    return (
        wrong
        or _best(_stated_oddly, "right", near, givens, conditions, shelf)
        or _best(_nearly, "right", near[:1], givens, conditions, shelf)
    )


Attempt = Callable[[Line, Forms, Sequence[Given], Library], Match | None]


def _best(
    attempt: Attempt,
    kind: Kind,
    near: Sequence[tuple[Line, int]],
    givens: Sequence[Given],
    conditions: Set[str],
    shelf: Library,
) -> Match | None:
    """The likeliest law: one that the problem's conditions allow, of the first way to take the line that has one."""
    best: Match | None = None
    for line, laws in near:
        if best is not None and best.met:
            break
        before = best
        for i in shelf.written(kind, line.seen, laws):
            match = attempt(line, shelf.forms(i), givens, shelf)
            if match is None:
                continue
            if not shelf.laws[i].holds_where(conditions):
                if before is not None:
                    continue
                match = replace(match, score=match.score - _NOT_SAID, met=False)
            if best is None or (match.met, match.score) > (best.met, best.score):
                best = match
    return best


def _key(line: Line) -> tuple[int, bool]:
    return line.seen.symbols, line.seen.trigonometric


def _made(line: Line, form: Form, pairing: Pairing, *, right: bool, **more: Any) -> Match:
    names = {s.name: Symbol(line.names[pairing.places[j]]) for j, s in enumerate(form.symbols)}
    return Match(
        form.law,
        dict(names),
        right,
        usual=pairing.usual,
        subject=_subject(line, names),
        left_out=form.left_out,
        left=line.left,
        right_side=line.right,
        form=form,
        score=pairing.score - LEFT_OUT * len(form.left_out),
        **more,
    )


def _subject(line: Line, names: Mapping[str, Expr]) -> str:
    """The symbol of the law that stands alone on a side."""
    for side, other in ((line.left, line.right), (line.right, line.left)):
        inner = without_brackets(side)
        if isinstance(inner, Power):
            inner = without_brackets(inner.base)
        if isinstance(inner, Quotient) and isinstance(inner.top, Number):
            inner = without_brackets(inner.bottom)
        if isinstance(inner, Symbol) and inner.name not in symbols(other):
            for law_symbol, expr in names.items():
                if expr == inner:
                    return law_symbol
    return ""


def _stated_oddly(line: Line, forms: Forms, givens: Sequence[Given], shelf: Library) -> Match | None:
    return _stated(line, forms, givens, shelf, odd=True)


def _stated(line: Line, forms: Forms, givens: Sequence[Given], shelf: Library, *, odd: bool = False) -> Match | None:
    """The law itself; odd: with one letter that it is not written with."""
    best: Match | None = None
    for form in forms.right.get(_key(line), ()):
        if left_out_wrongly(form, givens, shelf):
            continue
        for pairing in pairings(line, form, shelf, swaps=0):
            if best is not None and pairing.score - LEFT_OUT * len(form.left_out) <= best.score:
                break
            if pairing.foreign is not odd:
                continue
            flips = states(line, form, pairing.places, shelf)
            if flips is not None and not falls_sideways(line, form, pairing.places, shelf):
                best = _made(line, form, pairing, right=True, flipped=tuple(form.symbols[i] for i in flips))
                break
        if best is not None and not form.left_out:
            break
    return best


def _swapped(line: Line, forms: Forms, givens: Sequence[Given], shelf: Library) -> Match | None:
    if not any(letter.sure for letter in line.letters) or line.components:
        return None
    for form in forms.right.get(_key(line), ()):
        if left_out_wrongly(form, givens, shelf):
            continue
        for pairing in pairings(line, form, shelf, swaps=1):
            if states(line, form, pairing.places, shelf) is not None:
                letter = line.letters[pairing.places[pairing.swapped]]
                symbol = form.symbols[pairing.swapped]
                swap = Swap(letter.name, letter.role, symbol.role, symbol.name)
                return _made(line, form, pairing, right=False, swapped=(swap,))
    return None


def _slipped(line: Line, forms: Forms, givens: Sequence[Given], shelf: Library) -> Match | None:
    return _as_one_of(forms.slips.get(_key(line), ()), line, forms, givens, shelf)


def _slipped_here(line: Line, forms: Forms, givens: Sequence[Given], shelf: Library) -> Match | None:
    return _as_one_of(forms.guarded.get(_key(line), ()), line, forms, givens, shelf)


def _as_one_of(
    slips: Sequence[Form], line: Line, forms: Forms, givens: Sequence[Given], shelf: Library
) -> Match | None:
    if line.components:
        return None
    best: Match | None = None
    for form in slips:
        if left_out_wrongly(form, givens, shelf):
            continue
        for pairing in pairings(line, form, shelf, swaps=0):
            if best is not None and pairing.score - LEFT_OUT * len(form.left_out) <= best.score:
                break
            if not pairing.usual:
                continue
            points = form.points(shelf.roles)
            if len(points) >= 2 and holds(line, form, pairing.places, points, ()):
                factor = factor_of_slip(line, form, pairing, forms.first, shelf)
                best = _made(line, form, pairing, right=False, slip=form.slip, factor=factor)
                break
    return best


def _nearly(line: Line, forms: Forms, _: Sequence[Given], shelf: Library) -> Match | None:
    """The very letters of a law, otherwise put together: with another factor, or to other powers."""
    form = forms.first
    if line.components or line.seen.symbols != form.seen.symbols or line.seen.trigonometric != form.seen.trigonometric:
        return None
    for pairing in pairings(line, form, shelf, swaps=0)[:1]:
        if pairing.usual:
            factor = factor_between(line, form, pairing.places, shelf)
            return _made(line, form, pairing, right=False, factor=factor, known=False)
    return None
