"""The laws made ready to be looked up: by letter, dimension and constant; each is worked out when first met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property
from typing import Any, Literal

from tutor.bridge.dimensions import Dimension
from tutor.laws.catalogue import Catalogue, catalogue
from tutor.laws.forms import Form, Seen, right_forms, slips_of
from tutor.laws.law import Law, LawSymbol
from tutor.laws.letters import COMPONENT, Letter, mixed_up, spellings
from tutor.laws.lines import Line

# Two roles that are only both a length, a force … are not the same thing for a law. Something moves any kind of length.
TOO_WIDE = frozenset("length force energy time mass speed angle ratio count pressure charge voltage number".split())
ANY_WAY = frozenset({"displacement", "distance", "position"})
_OWN_LETTER = 3.5  # a constant of nature goes by no letter of a wider role


# How well a letter stands for a symbol of a law, and whether its role is mixed up; None for not at all.
Fit = tuple[float, bool] | None
MOST_LETTERS = 4096  # that are remembered
MOST_LINES = 512


Kind = Literal["right", "slips", "guarded"]


class Forms:
    """The forms of a law, right and wrong ones, by number of symbols and trigonometry; each worked out when needed."""

    def __init__(self, law: Law) -> None:
        self.law = law

    @cached_property
    def first(self) -> Form:
        """The law as it stands."""
        return self._right[0]

    @cached_property
    def _right(self) -> list[Form]:
        return right_forms(self.law)

    @cached_property
    def right(self) -> Mapping[tuple[int, bool], list[Form]]:
        """The ways to write it."""
        return _by_sight(self._right)

    @cached_property
    def slips(self) -> Mapping[tuple[int, bool], list[Form]]:
        """The ways to write it wrongly."""
        return _by_sight(slips_of(self.law))

    @cached_property
    def guarded(self) -> Mapping[tuple[int, bool], list[Form]]:
        """The ways that are wrong with some values alone."""
        return _by_sight(slips_of(self.law, guarded=True))


def _by_sight(forms: Sequence[Form]) -> dict[tuple[int, bool], list[Form]]:
    found: dict[tuple[int, bool], list[Form]] = {}
    for form in forms:
        found.setdefault((form.seen.symbols, form.seen.trigonometric), []).append(form)
    return found


def sights_of(law: Law) -> list[str]:
    """Of the forms, the slips and the guarded slips of a law: "3 2t" for three symbols, or two and an angle's sine."""
    forms = Forms(law)
    return [
        " ".join(sorted(f"{count}{'t' * trigonometric}" for count, trigonometric in each))
        for each in (forms.right, forms.slips, forms.guarded)
    ]


_OWN_LETTERS = frozenset({"wavelength"})  # roles that go by no letter of a wider one
_OF_A_FALL = ("s", "d", "y")  # what a height goes by where something falls through it
_ANGULAR = re.compile("sin|cos|tan|cot")


class Library:
    """The laws of a catalogue, to be looked up by letters and dimensions; each is worked out when first met."""

    def __init__(self, known: Catalogue) -> None:
        self.known = known
        self.roles = known.roles
        self.laws = tuple(known.laws.values())
        self.kin = {id_: known.kinds_of(id_) for id_ in known.roles}
        self.by_letter: dict[str, int] = {}
        self.by_dimension: dict[Dimension, int] = {}
        self.by_constant: dict[str, int] = {}
        self.angular = 0  # the laws with a function of an angle
        self.seen: dict[Kind, dict[str, int]] = {"right": {}, "slips": {}, "guarded": {}}  # sight → laws
        self.unseen = 0  # the laws of which nothing is known at sight
        self.excluded: dict[str, int] = {}  # condition → the laws that it excludes
        self.sizes: dict[tuple[int, bool], int] = {}
        self.paired: dict[tuple[Letter, ...], dict[Any, Any]] = {}
        self.ready: dict[int, Forms] = {}
        self.letters: dict[str, Mapping[str, float]] = {}
        for i, law in enumerate(self.laws):
            bit = 1 << i
            for symbol in (*law.symbols.values(), *law.others.values()):
                for letter in self.usual(symbol):
                    self.by_letter[letter] = self.by_letter.get(letter, 0) | bit
                dimension = self.roles[symbol.role].dimension
                self.by_dimension[dimension] = self.by_dimension.get(dimension, 0) | bit
                if symbol.constant:
                    self.by_constant[symbol.constant] = self.by_constant.get(symbol.constant, 0) | bit
            if any(
                _ANGULAR.search(text) for text in (law.text, *law.form_texts, *(text for text, _ in law.slip_texts))
            ):
                self.angular |= bit
            for known_at_sight, sights in zip(self.seen.values(), law.sights, strict=False):
                for sight in sights.split():
                    known_at_sight[sight] = known_at_sight.get(sight, 0) | bit
            if not law.sights:
                self.unseen |= bit
            for condition in law.excludes:
                self.excluded[condition] = self.excluded.get(condition, 0) | bit
        self.all = (1 << len(self.laws)) - 1
        self.masks: dict[Letter, int] = {}
        self.fitting: dict[Letter, dict[tuple[str, str, str], Fit]] = {}
        self.told_apart: dict[tuple[str, str], bool] = {}
        self.meant: dict[str, list[str]] = {}

    def usual(self, symbol: LawSymbol) -> Mapping[str, float]:
        """The letters that a symbol of a law goes by, each with how usual it is."""
        key = f"{symbol.name} {symbol.role}"
        found = self.letters.get(key)
        if found is None:
            fresh: dict[str, float] = {}

            def add(name: str, weight: float) -> None:
                for less, spelt in enumerate(spellings(name)):
                    fresh[spelt] = max(fresh.get(spelt, 0), weight - 0.5 * less)

            add(symbol.name, 5)
            for letter in self.roles[symbol.role].symbols:
                add(letter, 4)
            for wider in self.kin[symbol.role] - {symbol.role} if symbol.role not in _OWN_LETTERS else ():
                for letter in self.roles[wider].symbols:
                    add(letter, 3)
            if "height" in self.kin[symbol.role]:
                for letter in _OF_A_FALL:
                    add(letter, 2)
            found = self.letters[key] = fresh
        return found

    def forms(self, i: int) -> Forms:
        """The forms of a law, by what can be told of them at sight."""
        found = self.ready.get(i)
        if found is None:
            found = self.ready[i] = Forms(self.laws[i])
        return found

    def sized(self, seen: Seen) -> int:
        """The laws that may have as many symbols as a line, and functions of angles where it has them, at sight."""
        key = seen.symbols, seen.trigonometric
        found = self.sizes.get(key)
        if found is None:
            found = 0
            for i, law in enumerate(self.laws):
                enough = seen.symbols <= len(law.symbols) + len(law.others)
                if enough or any(name.endswith("_2") for name in law.symbols):
                    found |= 1 << i
            self.sizes[key] = found = found & self.angular if seen.trigonometric else found
        return found

    def mask(self, letter: Letter) -> int:
        """The laws that have a symbol of this letter or dimension."""
        found = self.masks.get(letter)
        if found is None:
            found = self.by_constant.get(letter.constant, 0) if letter.constant else 0
            if not letter.value:
                for name in letter.spelt:
                    found |= self.by_letter.get(name, 0)
                if letter.dimension is not None:
                    found |= self.by_dimension.get(letter.dimension, 0)
            if len(self.masks) > MOST_LETTERS:
                self.masks.clear()
            self.masks[letter] = found
        return found

    def written(self, kind: Kind, seen: Seen, among: int) -> Iterator[int]:
        """Those of some laws that have a form of a kind that a line may be, at sight."""
        found = among & (self.seen[kind].get(f"{seen.symbols}{'t' * seen.trigonometric}", 0) | self.unseen)
        while found:
            low = found & -found
            yield low.bit_length() - 1
            found ^= low

    def near(self, letters: Sequence[Letter], seen: Seen, conditions: Set[str]) -> int:
        """The laws of a line's size that the conditions allow and that have a place for each of the letters.

        One letter is excepted where there are three or more.
        """
        allowed = self.sized(seen)
        for condition in conditions:
            allowed &= ~self.excluded.get(condition, 0)
        masks = [self.mask(letter) for letter in letters]
        found = self.all
        for mask in masks:
            found &= mask
        if len(masks) > 2:
            for i, letter in enumerate(letters):
                if letter.dimension is None and not letter.value and not letter.constant:
                    others = self.all
                    for j, mask in enumerate(masks):
                        if j != i:
                            others &= mask
                    found |= others
        return found & allowed

    def remembering(self, line: Line) -> Line:
        """The line with the pairings that were found before for its letters."""
        found = self.paired.get(line.letters)
        if found is None:
            if len(self.paired) > MOST_LINES:
                self.paired.clear()
            found = self.paired[line.letters] = line.paired
        return replace(line, paired=found)

    def fits(self, letter: Letter, form: Form) -> list[Fit]:
        """How well a letter stands for each symbol of a form."""
        known = self.fitting.get(letter)
        if known is None:
            if len(self.fitting) > MOST_LETTERS:
                self.fitting.clear()
            known = self.fitting[letter] = {}
        try:
            return [known[key] for key in form.keys]
        except KeyError:
            for key, symbol in zip(form.keys, form.symbols, strict=True):
                if key not in known:
                    known[key] = self._fits(letter, symbol)
        return [known[key] for key in form.keys]

    def _fits(self, letter: Letter, symbol: LawSymbol) -> Fit:
        role = self.roles[symbol.role]
        if letter.value:
            return (5, False) if symbol.constant == letter.constant else None
        if letter.dimension is not None and letter.dimension != role.dimension:
            return None
        if symbol.constant:
            if letter.constant:
                return (6, False) if letter.constant == symbol.constant else None
            if letter.sure and letter.role and letter.role != symbol.role:
                return None
        score = 0.0
        usual = self.usual(symbol)
        for less, spelt in enumerate(letter.spelt):
            if spelt in usual:
                score = usual[spelt] - 0.5 * less
                break
        if symbol.constant and score < _OWN_LETTER:
            return None
        if score == 0 and symbol.role == "acceleration" and (letter.constant or letter.name) == "g":
            score = 3
        if letter.name not in usual and not letter.sure and self._means_another(letter.name, symbol.role):
            return None
        if letter.constant and not symbol.constant and letter.constant != "g" and not score:
            return None
        if letter.role and letter.role in self.kin:
            have, need = letter.role, symbol.role
            if self.apart(have, need):
                return (score + 1, True) if letter.sure else None
            if have == need:
                return score + (6 if letter.sure else 2), False
            if need in self.kin[have] or have in self.kin[need]:
                return score + (3 if letter.sure else 1), False
            if letter.sure:
                near = (self.kin[have] & self.kin[need]) - TOO_WIDE
                if self.roles[have].dimension != role.dimension or not (near or need in ANY_WAY):
                    return None
                return score + 0.5, False
        if not score and letter.dimension is not None:
            return (1, False)
        return (score, False)

    def _means_another(self, name: str, need: str) -> bool:
        """Whether a name such as v_i or T_c is the usual one of a role that is mixed up with the one needed."""
        if "_" not in name or COMPONENT.search(name):
            return False
        if not self.meant:
            for role in self.roles.values():
                for letter in role.symbols:
                    self.meant.setdefault(letter, []).append(role.id)
        meant = self.meant.get(name, ())
        dimension = self.roles[need].dimension
        if meant and all(self.roles[role].dimension != dimension for role in meant):
            return True
        return any(self.apart(role, need) for role in meant)

    def apart(self, have: str, need: str) -> bool:
        """`mixed_up`, remembered."""
        found = self.told_apart.get((have, need))
        if found is None:
            found = self.told_apart[have, need] = mixed_up(have, need, self.known)
        return found


def library(known: Catalogue | None = None) -> Library:
    """The library of a catalogue, the shipped one where none is given."""
    known = catalogue() if known is None else known
    found = _LIBRARIES.get(id(known))
    if found is None:
        found = _LIBRARIES[id(known)] = Library(known)
    return found


_LIBRARIES: dict[int, Library] = {}  # each keeps its catalogue, so that no other comes to have its id
