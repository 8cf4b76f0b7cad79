"""Plain data for a picture of a checked line: two curves with the point where they part, or two sets of solutions.

Everything is read from the step's own evidence and worked out from our own trees. There is no picture where it would
not say more than the words: of sides that do not vary, of values that jump about, of two single solutions.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

from tutor.bridge.balls import evaluate
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.records import Verdict
from tutor.syntax.read import read, read_expr
from tutor.syntax.tree import (
    Absolute,
    AllValues,
    Bracket,
    Call,
    Chain,
    Constant,
    Derivative,
    Either,
    Expr,
    Mixed,
    Negative,
    Node,
    NoSolution,
    Number,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    Statement,
    Sum,
    Symbol,
    symbols,
    walk,
)

DRAWN: Final = frozenset(
    {Absolute, Bracket, Call, Constant, Derivative, Mixed, Negative, Number, Positive, Power, Product, Quotient, Root}
    | {Sum, Symbol}
)
MOST_NODES: Final = 80
POINTS: Final = 120
LONGEST: Final = 160  # letters of a side
LARGEST: Final = 1e6
SEEN: Final = 0.04  # of the height of a picture: less of a gap cannot be seen
JUMPS: Final = 3
ANGLES: Final = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})


class Dot(NamedTuple):
    """A place in the plane."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Curve:
    """One side. text: as it is written; strokes: runs of places without a gap; value: where it is at the witness."""

    text: str
    strokes: tuple[tuple[Dot, ...], ...]
    value: float
    value_text: str


@dataclass(frozen=True, slots=True)
class Curves:
    """Two sides over one letter, and the value of the letter at which they differ.

    held: other letters, with the values that they have all along. solves: what the value solves, the line before, where
    that is why it was chosen. low, high: from where to where y is drawn.
    """

    name: str
    at: float
    at_text: str
    left: Curve
    right: Curve
    low: float
    high: float
    held: tuple[tuple[str, str], ...] = ()
    solves: str = ""


class Piece(NamedTuple):
    """An interval of numbers, or one number. closed_low, closed_high: whether the ends belong; infinity never does."""

    low: float
    high: float
    closed_low: bool
    closed_high: bool

    @property
    def is_point(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The solutions before and after on one line of numbers.

    kept, lost: of the line before; held, gained: of this line. ends: each end with its own text, from left to right.
    """

    name: str
    before_text: str
    after_text: str
    kept: tuple[Piece, ...]
    lost: tuple[Piece, ...]
    held: tuple[Piece, ...]
    gained: tuple[Piece, ...]
    ends: tuple[tuple[float, str], ...]


Picture = Curves | NumberLine


def picture_of(step: Mapping[str, Any]) -> Picture | None:
    """The picture of a step of the machine interface; None where words say as much.

    >>> from tutor.report.pictures import picture_of
    >>> picture = picture_of({"verdict": "wrong", "reading": ["(x + 3)^2 = x^2 + 9"], "evidence": {
    ...     "kind": "counterexample", "values": {"x": "2"}, "left": "25", "right": "13", "left_text": "(x + 3)^2",
    ...     "right_text": "x^2 + 9", "relation": "different"}})
    >>> picture.at, picture.left.value, picture.right.value
    (2.0, 25.0, 13.0)
    """
    evidence = step["evidence"]
    match evidence["kind"]:
        case "counterexample" if step["verdict"] == Verdict.WRONG.value:
            texts = (evidence.get("left_text") or "", evidence.get("right_text") or "")
            if evidence["left"] in ("yes", "no"):
                return _number_line(*texts)
            values = tuple(sorted(evidence["values"].items()))
            return _curves(*texts, values, evidence["left"], evidence["right"])
        case "solutions_lost":
            line = step["reading"][-1] if len(step["reading"]) == 1 else ""
            return _number_line(evidence["before"], evidence["after"]) or _unsolved(line, evidence["lost"])
        case "solution_sets" if evidence.get("gained"):
            return _number_line(evidence["before"], evidence["after"])
    return None


# ---------------------------------------------------------------- values


def _value(expr: Expr, values: Mapping[str, Fraction]) -> float | None:
    """Where it has a value that can be drawn."""
    try:
        found = float(evaluate(expr, values).mid())
    except (StudentError, Undefined, Unsupported, OverflowError, ZeroDivisionError):
        return None
    return found if abs(found) <= LARGEST else None


def _number(text: str) -> Fraction | None:
    """The number that a text stands for, near enough for a drawing."""
    found = _side(text.partition(" (")[0])
    value = None if found is None or symbols(found) else _value(found, {})
    return None if value is None else Fraction(value).limit_denominator(10**9)


def _side(text: str) -> Expr | None:
    """A side of an equation that can be drawn: no sums to n, no integrals, nothing long."""
    if not 0 < len(text) <= LONGEST:
        return None
    try:
        expr = read_expr(text)
    except StudentError:
        return None
    return expr if _is_drawn(expr) else None


def _is_drawn(node: Node) -> bool:
    nodes = list(walk(node))
    return len(nodes) <= MOST_NODES and all(type(one) in DRAWN for one in nodes)


# ---------------------------------------------------------------- curves


@lru_cache(maxsize=256)
def _curves(
    left_text: str,
    right_text: str,
    values: tuple[tuple[str, str], ...],
    left_value: str = "",
    right_value: str = "",
    solves: str = "",
) -> Curves | None:
    """Both sides around the witness. left_value, right_value: what the evidence says of them there, "" for nothing."""
    left, right = _side(left_text), _side(right_text)
    at = {name: number for name, text in values if (number := _number(text)) is not None}
    if left is None or right is None or len(at) != len(values) or not 1 <= len(values) <= 2:
        return None
    names = symbols(left) | symbols(right)
    if not names <= set(at):
        return None
    name = next((one for one, _text in values if one in symbols(left) and one in symbols(right)), "")
    name = name or next((one for one, _text in values if one in names), "")
    here = _value(left, at), _value(right, at)
    if not name or not _agree(here[0], left_value) or not _agree(here[1], right_value):
        return None  # what would be drawn is not what the evidence says: another unit of angles, another logarithm
    assert here[0] is not None
    assert here[1] is not None
    low, high = _range((left, right), float(at[name]))
    runs = [_strokes(side, name, at, low, high) for side in (left, right)]
    if not all(runs) or any(len(run) > JUMPS for run in runs):
        return None
    floor, top = _height(runs, here[0], here[1])
    if abs(here[0] - here[1]) < SEEN * (top - floor):
        return None
    cut = [tuple(_within(run, floor, top)) for run in runs]
    return Curves(
        name,
        float(at[name]),
        dict(values)[name],
        Curve(left_text, cut[0], here[0], left_value or _short(here[0])),
        Curve(right_text, cut[1], here[1], right_value or _short(here[1])),
        floor,
        top,
        tuple((one, text) for one, text in values if one != name and one in names),
        solves,
    )


def _agree(drawn: float | None, said: str) -> bool:
    if drawn is None or not said:
        return drawn is not None
    number = _number(said)
    return number is not None and math.isclose(drawn, number, rel_tol=1e-4, abs_tol=1e-6)


def _short(value: float) -> str:
    return f"{value:.6g}"


def _range(sides: Sequence[Expr], at: float) -> tuple[Fraction, Fraction]:
    """From where to where: 0 and the witness with room around them, two turns of an angle, or far from 0 no 0."""
    if abs(at) > 20:
        return Fraction(at - abs(at) / 2), Fraction(at + abs(at) / 2)
    turning = any(isinstance(node, Call) and node.name in ANGLES for side in sides for node in walk(side))
    room = 2 * math.pi - abs(at) if turning and abs(at) < math.pi else max(2.0, abs(at) / 2)
    return Fraction(min(0.0, at) - room), Fraction(max(0.0, at) + room)


def _strokes(
    side: Expr, name: str, at: Mapping[str, Fraction], low: Fraction, high: Fraction
) -> tuple[tuple[Dot, ...], ...]:
    """The curve in runs; a new run where it has no value."""
    runs: list[list[Dot]] = [[]]
    for k in range(POINTS + 1):
        x = low + (high - low) * Fraction(k, POINTS)
        y = _value(side, {**at, name: x})
        if y is None:
            runs.append([])
        else:
            runs[-1].append(Dot(float(x), y))
    return tuple(tuple(run) for run in runs if len(run) > 1)


def _height(runs: Sequence[Sequence[Sequence[Dot]]], one: float, other: float) -> tuple[float, float]:
    """From where to where y is drawn: all of it, unless that would make the gap at the witness too small to see."""
    ys = [dot.y for curve in runs for run in curve for dot in run]
    middle, reach = (one + other) / 2, 2.5 * max(abs(one - other), abs(one), abs(other), 1.0)
    low = max(min(*ys, one, other), middle - reach)
    high = min(max(*ys, one, other), middle + reach)
    pad = 0.06 * (high - low)
    return low - pad, high + pad


def _within(runs: Sequence[Sequence[Dot]], low: float, high: float) -> Iterator[tuple[Dot, ...]]:
    """What of the curve is drawn; at a pole it goes out at the top and comes in from below."""
    for run in runs:
        kept: list[Dot] = []
        for one, dot in pairwise((Dot(math.nan, math.nan), *run)):
            leaps = bool(kept) and abs(dot.y - one.y) > 0.8 * (high - low)
            if leaps or not low <= dot.y <= high:
                if len(kept) > 1:
                    yield tuple(kept)
                kept = []
            if low <= dot.y <= high:
                kept.append(dot)
        if len(kept) > 1:
            yield tuple(kept)


def _unsolved(line: str, lost: Sequence[str]) -> Curves | None:
    """The two sides of an equation at a number that solves the line before, but not this one."""
    if not 0 < len(line) <= 2 * LONGEST or not lost:
        return None
    try:
        equation, solution = read(line), read(lost[0])
    except StudentError:
        return None
    match equation, solution:
        case Chain((left, right), ("=",)), Chain((Symbol(name), _), ("=",)):
            if isinstance(left, Symbol) or isinstance(right, Symbol) or symbols(equation) != {name}:
                return None
            sides = [part.strip() for part in line.split(" = ")]
            value = lost[0].split(" = ", 1)[1]
            return _curves(*sides, ((name, value),), solves=lost[0]) if len(sides) == 2 else None
    return None


# ---------------------------------------------------------------- a line of numbers


@lru_cache(maxsize=256)
def _number_line(before_text: str, after_text: str) -> NumberLine | None:
    """Two sets on one line of numbers; None where each is one number, or one cannot be read."""
    before, after = _set(before_text), _set(after_text)
    if before is None or after is None:
        return None
    names = {name for name, _pieces, _ends in (before, after) if name}
    pieces, later = before[1], after[1]
    if len(names) != 1 or not pieces or (max(len(pieces), len(later)) < 2 and all(p.is_point for p in pieces + later)):
        return None
    kept, lost = _split(pieces, later)
    held, gained = _split(later, pieces)
    if not lost and not gained:
        return None
    ends = {**dict(before[2]), **dict(after[2])}
    if len(ends) > 8 or len({f"{end:.4g}" for end in ends}) < len(ends):
        return None
    return NumberLine(names.pop(), before_text, after_text, kept, lost, held, gained, tuple(sorted(ends.items())))


_Set = tuple[str, tuple[Piece, ...], tuple[tuple[float, str], ...]]


def _set(text: str) -> _Set | None:
    """`x <= -3 or x = 2` as pieces, from left to right, and the text of each end; None for anything else."""
    if not 0 < len(text) <= LONGEST or "n" in text.split("=")[-1] or "…" in text:
        return None  # x = π/6 + 2πn has no end
    if text.startswith("all "):
        return text[4:], (Piece(-math.inf, math.inf, False, False),), ()
    try:
        found = read(text)
    except StudentError:
        return None
    if isinstance(found, NoSolution | AllValues):
        return "", () if isinstance(found, NoSolution) else (Piece(-math.inf, math.inf, False, False),), ()
    parts = found.parts if isinstance(found, Either) else (found,)
    texts = text.split(" or ")
    if len(texts) != len(parts):
        return None
    names: set[str] = set()
    pieces: list[Piece] = []
    ends: list[tuple[float, str]] = []
    for part, own in zip(parts, texts, strict=True):
        one = _piece(part, own)
        if one is None:
            return None
        names.add(one[0])
        pieces.append(one[1])
        ends += one[2]
    return (names.pop(), tuple(sorted(pieces)), tuple(ends)) if len(names) == 1 else None


def _piece(part: Statement, text: str) -> tuple[str, Piece, list[tuple[float, str]]] | None:
    if not isinstance(part, Chain) or not set(part.relations) <= {"=", "<", "<=", ">", ">="}:
        return None
    written = [one for one in text.split(" ") if one not in ("=", "<", "<=", ">", ">=")]
    name = next((side.name for side in part.operands if isinstance(side, Symbol)), None)
    if name is None or len(part.operands) > 3 or len(written) != len(part.operands):
        return None
    low, high, closed = -math.inf, math.inf, {"low": False, "high": False}
    ends: list[tuple[float, str]] = []
    for k, sign in enumerate(part.relations):
        left, right = part.operands[k : k + 2]
        ours = isinstance(left, Symbol)
        if ours == isinstance(right, Symbol):
            return None
        other = right if ours else left
        value = _value(other, {}) if _is_drawn(other) and not symbols(other) else None
        if value is None:
            return None
        ends.append((value, written[k + ours]))
        if sign == "=":
            low = high = value
            closed = {"low": True, "high": True}
        elif (sign[0] == "<") == ours:
            high, closed["high"] = value, len(sign) == 2
        else:
            low, closed["low"] = value, len(sign) == 2
    return (name, Piece(low, high, closed["low"], closed["high"]), ends) if low <= high else None


def _split(pieces: Sequence[Piece], other: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """What of the pieces the other set has, too, and what it has not."""
    cuts = sorted({end for piece in (*pieces, *other) for end in piece[:2] if math.isfinite(end)})
    shared: list[Piece] = []
    alone: list[Piece] = []
    atoms = [Piece(cut, cut, True, True) for cut in cuts]
    atoms += [Piece(a, b, False, False) for a, b in pairwise((-math.inf, *cuts, math.inf))]
    for atom in sorted(atoms, key=lambda p: (p.low, p.high)):
        if any(_holds(piece, atom) for piece in pieces):
            _join(shared if any(_holds(piece, atom) for piece in other) else alone, atom)
    return tuple(shared), tuple(alone)


def _holds(piece: Piece, atom: Piece) -> bool:
    if not piece.low <= atom.low <= atom.high <= piece.high:
        return False
    if not atom.is_point:
        return True
    return (atom.low > piece.low or piece.closed_low) and (atom.high < piece.high or piece.closed_high)


def _join(to: list[Piece], atom: Piece) -> None:
    """Add what comes next on the line of numbers; one piece with the last where nothing lies between."""
    if to and to[-1].high == atom.low and (to[-1].closed_high or atom.closed_low):
        last = to.pop()
        atom = Piece(last.low, atom.high, last.closed_low, atom.closed_high)
    to.append(atom)
