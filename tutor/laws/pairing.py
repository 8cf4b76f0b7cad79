"""The letters of a line paired with the symbols of a law, and whether the line holds where the law does.

A line holds where it does so at points of the law and fails beside them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain, combinations
from typing import NamedTuple

from tutor.laws.forms import UNDEFINED, Form, NotAFunction, equal, function, solved
from tutor.laws.law import LawSymbol
from tutor.laws.letters import Letter
from tutor.laws.library import TOO_WIDE, Library
from tutor.laws.lines import Line
from tutor.laws.scene import Given
from tutor.syntax.tree import Expr, numbers, symbols

MOST_PAIRINGS = 24  # of one line with one form
BESIDE = 1.37  # how far beside the law a point is taken
_MOSTLY_USUAL = 2.9


class Pairing(NamedTuple):
    """For each symbol of a form the coordinate of the line that stands for it."""

    places: tuple[int, ...]
    score: float
    swapped: int  # the place in the form, -1 for none
    foreign: bool  # one letter is none that the law is written with
    usual: bool  # none is, and most are the law's own


def pairings(line: Line, form: Form, shelf: Library, *, swaps: int) -> list[Pairing]:
    """The ways to pair the letters of a line with the symbols of a form, likeliest first.

    swaps: how many letters may have a role that is mixed up with the one needed; exactly so many are.
    """
    found = line.paired.get((form, swaps))
    if found is None:
        found = line.paired[form, swaps] = _pairings(line.letters, form, shelf, swaps)
    return found


def _pairings(letters: Sequence[Letter], form: Form, shelf: Library, swaps: int) -> list[Pairing]:
    n = len(letters)
    if n != len(form.symbols):
        return []
    table: list[list[tuple[float, int, bool]]] = []
    for letter in letters:
        fits = shelf.fits(letter, form)
        row = [(fit[0], j, fit[1]) for j, fit in enumerate(fits) if fit is not None and (swaps or not fit[1])]
        if not row:
            return []
        row.sort(key=_score_down)
        table.append(row)
    if swaps and not any(mixed for row in table for _, _, mixed in row):
        return []
    order = sorted(range(n), key=lambda i: len(table[i]))
    found: list[Pairing] = []
    places = [-1] * n
    taken = [False] * n

    def go(k: int, score: float, foreign: int, swapped: int) -> None:
        if len(found) >= MOST_PAIRINGS:
            return
        if k == n:
            if (swapped >= 0) == bool(swaps):
                found.append(
                    Pairing(tuple(places), score, swapped, foreign > 0, foreign == 0 and score >= _MOSTLY_USUAL * n)
                )
            return
        i = order[k]
        for fit, j, mixed in table[i]:
            if taken[j] or (mixed and swapped >= 0):
                continue
            strange = foreign + (fit == 0)
            if strange > (1 if n > 2 else 0):
                continue
            taken[j] = True
            places[j] = i
            go(k + 1, score + fit, strange, j if mixed else swapped)
            taken[j] = False

    go(0, 0.0, 0, -1)
    found.sort(key=lambda p: -p.score)
    return found


def _score_down(entry: tuple[float, int, bool]) -> float:
    return -entry[0]


def states(line: Line, form: Form, places: tuple[int, ...], shelf: Library) -> tuple[int, ...] | None:
    """The symbols that have the opposite sign where the line holds at the points of the form and fails beside them.

    Empty where it holds as it stands; None where it does not hold, not even with a sign by convention.
    """
    points = form.points(shelf.roles)
    if len(points) < 2:
        return None
    if holds(line, form, places, points, ()):
        return ()
    free = [i for i, s in enumerate(form.symbols) if _sign_is_free(s, shelf)]
    flips = chain(combinations(free, 1), combinations(free, 2) if len(free) <= 4 else ())
    return next((flip for flip in flips if holds(line, form, places, points, flip)), None)


def _sign_is_free(symbol: LawSymbol, shelf: Library) -> bool:
    """Whether a positive number may be meant for the opposite direction: a vector, a charge, g."""
    role = shelf.roles[symbol.role]
    return role.vector or symbol.constant == "g" or role.id in _SIGNED


_SIGNED = frozenset(
    "work heat height extension emf voltage gravity spring_force weight acceleration pressure_difference".split()
)


def holds(
    line: Line, form: Form, places: tuple[int, ...], points: Sequence[Sequence[float]], flipped: tuple[int, ...]
) -> bool:
    """Whether a line holds at the points, those symbols with the opposite sign, and fails beside them."""
    left, right = line.sides
    at = [0.0] * len(places)
    tried = 0
    for point in points:
        for j, i in enumerate(places):
            at[i] = -point[j] if j in flipped else point[j]
        try:
            a, b = left(at), right(at)
        except UNDEFINED:
            continue
        if not equal(a, b):
            return False
        at[places[form.free]] *= BESIDE
        try:
            if equal(left(at), right(at)):
                return False
        except UNDEFINED:
            pass
        tried += 1
    return tried >= 2


def falls_sideways(line: Line, form: Form, places: tuple[int, ...], shelf: Library) -> bool:
    """g stands for the acceleration of something, along a length that is surely not a height."""
    if not any(s.role == "acceleration" and _is_g(line.letters[places[j]]) for j, s in enumerate(form.symbols)):
        return False
    return any(
        shelf.kin[s.role] & _ALONG and line.letters[places[j]].sure and _level(line.letters[places[j]].role, shelf)
        for j, s in enumerate(form.symbols)
    )


def _level(role: str, shelf: Library) -> bool:
    """Whether a length of this role is surely not one that something falls through."""
    return role in ("range", "width") or shelf.apart(role, "height")


def _is_g(letter: Letter) -> bool:
    return letter.constant == "g" or (letter.name == "g" and letter.role in ("", "gravity"))


_ALONG = frozenset({"distance", "displacement", "position", "length"})


def left_out_wrongly(form: Form, givens: Sequence[Given], shelf: Library) -> bool:
    """A symbol is taken for 0, and the problem gives a value for it that is not."""
    for symbol in form.left_out:
        for given in givens:
            if not given.role or given.role not in shelf.kin or _is_zero(given.value):
                continue
            wider = given.role in shelf.kin[symbol.role] and given.role not in TOO_WIDE
            if symbol.role in shelf.kin[given.role] or wider:
                return True
            if "angle" in shelf.kin[given.role] and shelf.roles[symbol.role].angle:
                return True
    return False


def _is_zero(value: Expr) -> bool:
    return all(n.value == 0 for n in numbers(value)) and not symbols(value)


def factor_between(line: Line, form: Form, places: tuple[int, ...], shelf: Library) -> float | None:
    """What the line's value of the subject is to the law's, where that is the same at every point."""
    points = form.points(shelf.roles)
    if len(points) < 3:
        return None
    subject = form.free
    name = line.names[places[subject]]
    body = solved(line.left, line.right, name)
    if body is None:
        return None
    where = {n: i for i, n in enumerate(line.names)}
    try:
        value = function(body, where)
    except NotAFunction:
        return None
    ratios = []
    at = [0.0] * len(places)
    for point in points:
        for j, i in enumerate(places):
            at[i] = point[j]
        try:
            ratios.append(value(at) / point[subject])
        except UNDEFINED:
            continue
    if len(ratios) < 3 or not all(equal(r, ratios[0]) for r in ratios):
        return None
    return ratios[0] if math.isfinite(ratios[0]) else None


def factor_of_slip(line: Line, form: Form, pairing: Pairing, right: Form, shelf: Library) -> float | None:
    """What the value of a slip is to that of its law, where that is one number."""
    place = {symbol.name: pairing.places[j] for j, symbol in enumerate(form.symbols)}
    if place.keys() != {symbol.name for symbol in right.symbols}:
        return None
    return factor_between(line, right, tuple(place[symbol.name] for symbol in right.symbols), shelf)
