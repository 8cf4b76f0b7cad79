"""Lines of prose with a label for each token, and the step notation that they mean.

A line is kept only where its labels, carried out, give exactly the items that it was made to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass
from functools import cache

from tutor.errors import NotReadable, TooLarge
from tutor.slm import notation
from tutor.slm.labels import LABELS, OUTSIDE
from tutor.slm.tokens import Token, tokenize
from tutor.syntax.read import read
from tutor.syntax.tree import Bracket, Negative, Number, Percent, Product, Quantity, Quotient, Sum
from tutor.training.textbook.phrases import Draft, Piece, joined

_OWN_ITEM = frozenset({"V", "VNEG", "D", "RETRACT", "X", "XV", "U", "FIX"})
_KNOWN = frozenset(LABELS)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of prose, labelled.

    items: the reading in step notation. previous: the last value before the line, for "that". true: whether all it
    calculates is right; None where it calculates nothing.
    """

    text: str
    tokens: tuple[Token, ...]
    labels: tuple[str, ...]
    items: tuple[str, ...]
    family: str
    topic: str
    families: tuple[str, ...]
    symbols: frozenset[str] = frozenset()
    previous: str | None = None
    true: bool | None = None


def aligned(
    pieces: list[Piece], draft: Draft, symbols: frozenset[str]
) -> tuple[str, tuple[Token, ...], list[str]] | None:
    """The text of a draft, its tokens, and the label of each; None where a token cuts across what is said."""
    text, starts = joined(pieces)
    tokens = tokenize(text, symbols)
    labels: list[str] = []
    begun: set[int] = set()
    at = 0
    placed = [
        (start, start + len(piece.text), piece)
        for start, piece in zip(starts, pieces, strict=True)
        if piece.label is not None
    ]
    measured = [(start, piece) for start, piece in zip(starts, pieces, strict=True) if piece.unit_of >= 0]
    used = 0
    for token in tokens:
        while at < len(placed) and placed[at][1] <= token.start:
            at += 1
        inside = []
        k = at
        while k < len(placed) and placed[k][0] < token.end:
            inside.append(placed[k])
            k += 1
        if not inside:
            if token.kind == "unit" and labels and labels[-1].removeprefix("B-") in ("A", "V", "X"):
                labels.append("U")
                _add_unit(draft, at - 1, placed, token)
            else:
                labels.append(OUTSIDE)
            continue
        start, end, first = inside[0]
        label = first.label or OUTSIDE
        if start < token.start and end > token.start:
            if token.kind != "unit" or labels[-1].removeprefix("B-") not in ("A", "V", "X"):
                if first.operand >= 0:
                    return None
                labels.append(OUTSIDE)  # a word after the first of a label of several
                continue
            labels.append("U")
            _add_unit(draft, at, placed, token)
            continue
        used += len(inside)
        if len(inside) > 1:
            if len({p.item for _, _, p in inside}) > 1 or token.kind not in ("math", "equation", "number"):
                return None
            label = label if label in _OWN_ITEM else "A"
        for where, piece in measured:  # 3 m * 4 m, in one token
            if token.start <= where < token.end:
                _put_unit(draft, piece.unit_of, _short_unit(piece.text))
        if label not in _OWN_ITEM and not label.startswith("OP_") and first.item not in begun:
            label = "B-" + label
        begun.add(first.item)
        if label not in _KNOWN:
            raise ValueError(f"no label called {label!r}")
        labels.append(label)
    if used != len(placed):
        return None
    return text, tokens, labels


def _add_unit(draft: Draft, at: int, placed: list[tuple[int, int, Piece]], token: Token) -> None:
    operand = placed[at][2].operand
    if operand >= 0:
        _put_unit(draft, operand, token.copy)


def _put_unit(draft: Draft, operand: int, unit: str) -> None:
    number = draft.operands[operand]
    if unit[:1] in "$£€" and unit:
        draft.operands[operand] = unit[0] + number + unit[1:]
    else:
        draft.operands[operand] = number + ("" if unit.startswith("/") else " ") + unit


@cache
def _short_unit(unit: str) -> str:
    tokens = tokenize("12 " + unit)
    return tokens[-1].copy if len(tokens) == 2 else unit


_SECONDS = re.compile(r"\bsecs?\b")
_MONOMIAL = re.compile(r"[\d.]* ?[A-Za-z]")
_IN_BRACKETS = re.compile(
    r"(?<![/^A-Za-z'])\(([$£€]?[\d.,/]+%?|[$£€]?[\d.,]+ [A-Za-zμΩ°$%]+(?:\^\d)?|[A-Za-z])\)(?!\^)"
)


def filled_in(item: str, operands: list[str]) -> str:
    """An item with what its marks stand for; brackets that numbers do not need are left out."""
    if "\u27e6" not in item:
        return item
    parts = item.split("\u27e6")
    alone = len(parts) == 2 and parts[0].startswith(("value: ", "let ", "op: substitute "))
    out = [parts[0]]
    for part in parts[1:]:
        index, _, rest = part.partition("\u27e7")
        operand = operands[int(index)]
        out.append((operand if alone or "=" in operand or _MONOMIAL.fullmatch(operand) else f"({operand})") + rest)
    text = "".join(out).replace("/ (", "/(")
    before = ""
    while before != text:
        before, text = text, _IN_BRACKETS.sub(r"\1", text)
    return text


def reads(item: str) -> bool:
    """Whether an item is step notation."""
    try:
        notation.item(item)
    except (NotReadable, TooLarge):
        return False
    return True


def same(first: str, second: str) -> bool:
    """Whether two items say the same: brackets, order of terms and spacing apart."""
    if first == second:
        return True
    for head in ("value:", "op: substitute", "op:", "let "):
        if first.startswith(head) or second.startswith(head):
            if not (first.startswith(head) and second.startswith(head)):
                return False
            one, two = first[len(head) :].strip(), second[len(head) :].strip()
            if one == two:
                return True
            if head == "op:" and (one[:1] != two[:1] or one[:1] not in "+-*/"):
                return False
            first, second = (one[1:], two[1:]) if head == "op:" else (one, two)
            break
    first, second = (_SECONDS.sub("s", text) for text in (first, second))  # `sec` by itself is a function
    try:
        return _canonical(read(first)) == _canonical(read(second))
    except (NotReadable, TooLarge):
        return False


def _canonical(node: object) -> object:
    """A tree without brackets, the terms of sums and the factors of products sorted."""
    if isinstance(node, Bracket):
        return _canonical(node.inner)
    if isinstance(node, Number):
        return "n", node.value
    if isinstance(node, Quantity):
        return "q", _canonical(node.value), repr(node.unit.factors)
    if isinstance(node, Percent):
        return "%", _canonical(node.operand)
    if isinstance(node, Sum):
        terms: list[tuple[int, object]] = []
        _terms(node, 1, terms)
        return "+", tuple(sorted(terms, key=repr))
    if isinstance(node, Product | Quotient):
        factors: list[tuple[int, object]] = []
        _factors(node, 1, factors)
        return "*", tuple(sorted(factors, key=repr))
    if isinstance(node, tuple):
        return tuple(map(_canonical, node))
    if is_dataclass(node) and not isinstance(node, type):
        return type(node).__name__, tuple(_canonical(getattr(node, f.name)) for f in fields(node) if f.compare)
    return node


def _terms(node: object, sign: int, out: list[tuple[int, object]]) -> None:
    while isinstance(node, Bracket):
        node = node.inner
    if isinstance(node, Sum):
        for term in node.terms:
            _terms(term, sign, out)
    elif isinstance(node, Negative):
        _terms(node.operand, -sign, out)
    else:
        out.append((sign, _canonical(node)))


def _factors(node: object, power: int, out: list[tuple[int, object]]) -> None:
    while isinstance(node, Bracket):
        node = node.inner
    if isinstance(node, Product):
        for factor in node.factors:
            _factors(factor, power, out)
    elif isinstance(node, Quotient):
        _factors(node.top, power, out)
        _factors(node.bottom, -power, out)
    else:
        out.append((power, _canonical(node)))
