"""Labels for lines whose meaning is given: the likeliest label sequence that makes exactly the meaning.

`python -m tutor.training.labelling LINES HAND` labels a file of lines with the bundled model,

    [before: 20] then you take 3 off and its 17 left => 20 - 3 = 17

and writes them as `textbook.by_hand` reads them; labels that the file has already, and that hold, are kept. What the
model holds likely guides the search alone: the labels of a line are right because they make what its writer said that
it means. Lines of which no labels make it are told.
"""

from __future__ import annotations

import heapq
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from tutor.errors import NotReadable, TooLarge
from tutor.slm import notation
from tutor.slm.agreement import same
from tutor.slm.backends.bundled import Bundled
from tutor.slm.decoding import NOTHING_OPEN, Decoder, may_stand, rule_of
from tutor.slm.labels import COPYING, LABELS, OPERATIONS, OUTSIDE, Assembly, Nonsense, assemble
from tutor.slm.tokens import Token, tokenize
from tutor.training.textbook.by_hand import Entry, meant, read_entries, written

WIDTHS = (24, 240)  # label sequences that are followed at once; many only where few lead nowhere
TRIED = 16  # so many times as many are looked at
_LEAST = -14.0  # of a logarithm of a probability: the model may be as wrong as that
_NEW = -9.0  # likewise, of a label that the model does not know
_RULES = [rule_of(label) for label in LABELS]
_NUMBER = re.compile(r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+")
_SIGNS_OF_OWN = frozenset({1.0, 2.0, 3.0, 100.0})  # of "half", "squared", "percent"
_TAKES_BACK = re.compile(r"\b(?:no|wait|sorry|mean|meant|actually|oops|scratch|correction|rather)\b", re.IGNORECASE)
# What a reading holds where a label was used.
_MADE_OF = {
    "V": ("value:",), "VNEG": ("value: -",), "D": ("let ",), "RETRACT": ("no wait",), "EQ": ("=",), "AEQ": ("=",),
    "RES": ("=",),
    "LT": ("<",), "GT": (">",), "LE": ("<=", "≤"), "GE": (">=", "≥"), "NE": ("!=",), "APPROX": ("~=",), "OR": (" or ",),
    "AND": (" and ",), "RATIO": (":",), "POW": ("^",), "TPOW": ("^",), "SQ": ("^",), "CUBE": ("^",), "SQOF": ("^",),
    "CUBEOF": ("^",), "TSQ": ("^",), "TCUBE": ("^",), "SQRT": ("sqrt", "^"), "TSQRT": ("sqrt",), "CBRT": ("cbrt",),
    "SIN": ("sin",), "COS": ("cos",), "TAN": ("tan",), "ASIN": ("arcsin", "asin"), "ACOS": ("arccos", "acos"),
    "ATAN": ("arctan", "atan"), "LOG": ("log",), "LN": ("ln",), "DERIV": ("d/d",), "INT": ("int",), "PCT": ("%",),
    "LP": ("(",), "MULLP": ("(",), "SUMUP": ("+",), "DIFF": ("-",), "OFF": ("%", "-"), "MORE": ("%", "+"),
    "DOWNBY": ("%", "-"), "UPBY": ("%", "+"), "SUB": ("-",), "RSUB": ("-",), "TSUB": ("-",), "TSUBFROM": ("-",),
    "NEG": ("-",), "TNEG": ("-",), "ADD": ("+",), "TADD": ("+",), "DIV": ("/",), "RDIV": ("/",), "TDIV": ("/",),
}  # fmt: skip
_PLACES = {label: k for k, label in enumerate(LABELS)}


def labels_of(decoder: Decoder, text: str, means: tuple[str, ...], before: str = "") -> tuple[str, ...] | None:
    """The likeliest labels that make the items meant; None where none do."""
    tokens = tokenize(text)
    classes, buckets = decoder.tagger.vocabulary.encoded(tokens, value=bool(before))
    known = decoder.tagger.phi.log_probabilities([classes], [buckets])[0][1:]
    scores = np.full((len(tokens), len(LABELS)), _NEW)
    scores[:, [_PLACES[label] for label in decoder.tagger.labels]] = np.maximum(known, _LEAST)
    for width in WIDTHS:
        found = _found(tokens, scores, _Wanted(text, means), before, width)
        if found is not None:
            return found
    return None


def _found(
    tokens: tuple[Token, ...], scores: np.ndarray[Any, Any], wanted: _Wanted, before: str, width: int
) -> tuple[str, ...] | None:
    beam: list[tuple[float, int, tuple[str, ...], Assembly]] = [(0.0, NOTHING_OPEN, (), Assembly(before or None))]
    for token, row in zip(tokens, scores, strict=True):
        likely = [int(k) for k in np.argsort(-row) if wanted.may_stand(token, LABELS[k])]
        longer = [
            (total + float(row[k]), k, state, so_far, made)
            for total, state, so_far, made in beam
            for k in likely
            if state in _RULES[k].after
        ]
        beam = []
        seen: set[tuple[object, ...]] = set()
        for total, k, state, so_far, made in heapq.nsmallest(TRIED * width, longer, key=lambda one: -one[0]):
            further = wanted.taken(made, token, LABELS[k])
            if further is None:
                continue
            now = state if (then := _RULES[k].then) is None else then
            if (kind := (now, further.state)) not in seen:
                seen.add(kind)
                beam.append((total, now, (*so_far, LABELS[k]), further))
                if len(beam) == width:
                    break
    for _total, _state, labels, _made in beam:
        made_of_all = assemble(tokens, labels, before or None)
        if made_of_all is not None and same(made_of_all, wanted.means):
            return labels
    return None


class _Wanted:
    """What a line is to mean, and what can therefore not come of a label."""

    def __init__(self, text: str, means: tuple[str, ...]) -> None:
        self.takes_back = _TAKES_BACK.search(text) is not None  # what is not meant may be said first
        self.means = means
        self.text = " ".join(means)
        self.numbers = [_numbers(item) for item in means]
        self.every = frozenset().union(*self.numbers)
        self.known: dict[tuple[str, int], bool] = {}

    def may_stand(self, token: Token, label: str) -> bool:
        """Whether a label may stand on a token, and can help to make what is meant."""
        if label == OUTSIDE:
            return may_stand(token, label, _RULES[_PLACES[label]])
        base = label.removeprefix("B-")
        if base in OPERATIONS or base in ("X", "XV"):
            if "op:" not in self.text:
                return False
        elif (sign := _MADE_OF.get(base)) is not None and not any(one in self.text for one in sign):
            return False
        if label in COPYING and base != "U" and not self.takes_back and not _numbers(token.copy) <= self.every:
            return False
        return may_stand(token, label, _RULES[_PLACES[label]])

    def taken(self, made: Assembly, token: Token, label: str) -> Assembly | None:
        """What comes of one more label; None where it makes nothing, or what is not meant."""
        if label == OUTSIDE:
            return made
        further = made.copied()
        try:
            further.take(token, label)
        except Nonsense:
            return None
        done = [line for line, _start, _end in further.lines]
        if not all(self._is_meant(line, k) for k, line in enumerate(done) if k >= len(made.lines)):
            return None
        if further.now is not None and not self._may_become(repr(further.now), len(done)):
            return None
        return further

    def _is_meant(self, line: str, k: int) -> bool:
        if (line, k) not in self.known:
            self.known[line, k] = k < len(self.means) and same((line,), self.means[k : k + 1])
        return self.known[line, k]

    def _may_become(self, now: str, k: int) -> bool:
        """Whether an item that is being put together, as it prints itself, can be the one that is due."""
        if k >= len(self.means):
            return False
        due = self.means[k]
        if due == "no wait" or due.startswith("op:"):
            return now.startswith("_Retraction" if due == "no wait" else "_Operation")
        kind = next((kind for kind in ("value: ", "let ") if due.startswith(kind)), "")
        if not now.startswith("_Claim") or f"kind='{kind}'" not in now:
            return False
        return self.takes_back or _numbers(now) <= self.numbers[k] | _SIGNS_OF_OWN


def _numbers(text: str) -> frozenset[float]:
    text = _MIXED.sub(lambda found: str(int(found[1]) + int(found[2]) / int(found[3])), text)
    return frozenset(float(number.replace(",", "")) for number in _NUMBER.findall(text))


_MIXED = re.compile(r"(\d+) (\d+)/([1-9]\d*)")


# ---------------------------------------------------------------- files


def main(lines: str, hand: str) -> None:
    """Label a file of lines."""
    decoder = Bundled().decoder
    source = Path(hand).stem
    path = Path(hand)
    settled = {(entry.text, entry.items, entry.before): entry for entry in _labelled_before(path)}
    found: dict[str, Entry] = {}
    for text, means, before in meant(Path(lines).read_text(encoding="utf-8")):
        try:
            for item in means:
                notation.item(item)
        except (NotReadable, TooLarge) as error:
            _tell(f"{text}: {error}")
            continue
        known = settled.get((text, means, before))
        labels = known.labels if known else labels_of(decoder, text, means, before)
        if labels is None:
            _tell(f"No labels make {' ; '.join(means)} of: {text}")
        else:
            found.setdefault(text.lower(), Entry(text, means, labels, before, source))
    path.write_text("".join(map(written, found.values())), encoding="utf-8")
    _tell(f"{len(found)} lines labelled.")


def _labelled_before(path: Path) -> Iterator[Entry]:
    """The entries of a file whose labels make their items still."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for k in range(0, len(lines), 3):
        with suppress(ValueError):  # it has other tokens now
            for entry in read_entries("\n".join(lines[k : k + 3]), path.stem):
                made = assemble(tokenize(entry.text), entry.labels, entry.before or None)
                if made is not None and same(made, entry.items):
                    yield entry


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - a command


if __name__ == "__main__":
    main(*sys.argv[1:])
