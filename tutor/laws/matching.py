"""A student's equation matched to a law, up to names and rearrangement.

The letters are paired by name, role and dimension first; then the student's equation must hold at points of the law,
and fail beside it. What holds there for compatible roles states the law. What does so for one letter whose role is
mixed up, or holds at points of a slip, is the law stated wrongly, unless any law of the catalogue is stated rightly.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import chain, combinations
from typing import Any, NamedTuple

from tutor.bridge.dimensions import Dimension
from tutor.bridge.units import measure
from tutor.errors import StudentError, Unsupported
from tutor.laws.catalogue import Catalogue, catalogue
from tutor.laws.forms import (
    ONE,
    UNDEFINED,
    ZERO,
    Form,
    Function,
    NotAFunction,
    Seen,
    differences_named,
    equal,
    function,
    prepared,
    right_forms,
    sight,
    slips_of,
    solved,
    with_zero,
)
from tutor.laws.law import Law, LawSymbol, Meaning
from tutor.laws.scene import Given
from tutor.syntax.names import FUNCTIONS, GREEK
from tutor.syntax.read import ReadHints, read
from tutor.syntax.tree import (
    Chain,
    Expr,
    Negative,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Symbol,
    Words,
    kinds,
    numbers,
    rebuild,
    substitute,
    symbols,
    walk,
    without_brackets,
)

MOST_SYMBOLS = 9
MOST_PAIRINGS = 24  # of one line with one form
MOST_NODES = 80
BESIDE = 1.37  # how far beside the law a point is taken


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


class Letter(NamedTuple):
    """A symbol of the student's, with all that is known of it.

    spelt: names that it goes by, from its full name to its bare letter. kin: its place in `like` above and below.
    """

    name: str
    spelt: tuple[str, ...]
    role: str
    sure: bool
    dimension: Dimension | None
    constant: str
    value: bool  # a number that a constant of nature is written as


Means = Callable[[str], Meaning]


# ---------------------------------------------------------------- names


@lru_cache(maxsize=4096)
def spellings(name: str) -> tuple[str, ...]:
    """Delta_v_0y: the names that it may stand under in a table of usual letters, the most exact first."""
    found = [name]
    if name.endswith(("_vec", "_bar", "_hat")):
        found.append(name[:-4])
    bare = found[-1]
    if bare.startswith("Delta_"):
        bare = bare[6:]
        found.append(bare)
    head, _, below = bare.partition("_")
    if len(below) > 1 and below[-1] in "xyz":
        found.append(f"{head}_{below[:-1]}")
    if below:
        found.append(head)
    return tuple(dict.fromkeys(found))


def _kin(role: str, known: Catalogue) -> frozenset[str]:
    """The role and all wider ones; a depth is as vertical as a height."""
    found = known.kinds_of(role)
    return found | {"height"} if "depth" in found or "altitude" in found else found


def mixed_up(have: str, need: str, known: Catalogue) -> bool:
    """Whether two roles are told apart in `unlike`, one way or the other, by themselves or by a wider role.

    A length along the slope is no height, and so no greatest height either.
    """
    if have == need or have not in known.roles or need not in known.roles:
        return False
    mine, its = _kin(have, known), _kin(need, known)
    if need in mine or have in its:
        return need in known.roles[have].unlike or have in known.roles[need].unlike
    return not (known.roles[have].unlike.isdisjoint(its - mine) and known.roles[need].unlike.isdisjoint(mine - its))


# ---------------------------------------------------------------- the laws, made ready


# Two roles that are only both a length, a force … are not the same thing for a law. Something moves any kind of length.
TOO_WIDE = frozenset("length force energy time mass speed angle ratio count pressure charge voltage number".split())
ANY_WAY = frozenset({"displacement", "distance", "position"})


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
        self.sizes: list[tuple[int, int]] = []
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
        self.all = (1 << len(self.laws)) - 1
        self.masks: dict[Letter, int] = {}
        self.fitting: dict[tuple[Letter, str, str, str], tuple[float, bool] | None] = {}
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

    def sized(self, i: int, line: Line) -> bool:
        """Whether a law may have as many symbols as a line, and functions of angles where it has them, at sight."""
        law = self.laws[i]
        most = len(law.symbols) + len(law.others)
        if line.seen.symbols > most and not any(name.endswith("_2") for name in law.symbols):
            return False
        if not line.seen.trigonometric:
            return True
        texts = (law.text, *law.form_texts, *(text for text, _ in law.slip_texts))
        return any(_ANGULAR.search(text) for text in texts)

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
            if len(self.masks) > 4096:
                self.masks.clear()
            self.masks[letter] = found
        return found

    def near(self, letters: Sequence[Letter]) -> Iterator[int]:
        """The laws that have a place for each of the letters, one excepted where there are three or more."""
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
        while found:
            low = found & -found
            yield low.bit_length() - 1
            found ^= low

    def fits(self, letter: Letter, symbol: LawSymbol) -> tuple[float, bool] | None:
        """How well a letter stands for a symbol of a law, and whether its role is mixed up; None for not at all."""
        key = (letter, symbol.name, symbol.role, symbol.constant)
        if key not in self.fitting:
            if len(self.fitting) > 100_000:
                self.fitting.clear()
            self.fitting[key] = self._fits(letter, symbol)
        return self.fitting[key]

    def _fits(self, letter: Letter, symbol: LawSymbol) -> tuple[float, bool] | None:
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
        if "_" not in name or _COMPONENT.search(name):
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


# ---------------------------------------------------------------- the student's side


# Numbers that stand for a constant of nature wherever they stand in a formula, without a unit.
_PLAIN_CONSTANTS = "g c h hbar k_B G N_A R epsilon_0 mu_0 k_e e sigma".split()


@lru_cache(maxsize=1)
def _bare_constants() -> Mapping[Fraction, str]:
    from tutor.bridge.constants import CONSTANTS

    found: dict[Fraction, str] = {}
    for id_ in _PLAIN_CONSTANTS:
        constant = CONSTANTS[id_]
        for value in (constant.value, *constant.roundings):
            if value.denominator > 1 or value > 1000:  # 9.8 and 3e8, not 10
                found.setdefault(value, id_)
    return found


_OWN_LETTER = 3.5  # a constant of nature goes by no letter of a wider role
MARK = "="  # before the id of a constant that is written as a number


def plain(expr: Expr, names: Mapping[str, str]) -> Expr:
    """The expression with numbers in SI units, constants of nature by name, and runs of letters as products."""
    plainly: Expr = _plain(prepared(expr), names)
    return plainly


def _plain(expr: Any, names: Mapping[str, str]) -> Any:
    kind = expr.__class__
    if kind is Symbol:
        return _letters_apart(expr)
    if kind is Number:
        constant = _bare_constants().get(expr.value)
        return expr if constant is None else Symbol(MARK + constant)
    if kind is Quantity:
        return _quantity(expr)
    if kind is Words:
        return _words(expr, names)
    if kind is Product:
        product: Product = expr
        joined = _scientific(product)
        if joined is not product:
            return _plain(joined, names)
        if len(product.factors) == 2 and product.signs in ((), ("",)):
            a, b = product.factors
            if a.__class__ is Symbol and b.__class__ is Symbol and a.name + b.name in ("KE", "PE"):
                return Symbol(a.name + b.name)
        if any(f.__class__ is Symbol and f.name == "Sigma" for f in product.factors):
            return _plain(_with_sigma(product), names)
    if kind is Power and expr.exponent.__class__ is Number:
        base = _plain(expr.base, names)
        return expr if base is expr.base else Power(base, expr.exponent)
    return rebuild(expr, lambda node: _plain(node, names))


def _scientific(product: Product) -> Product | Number:
    """9.0 × 10^9 as one number."""
    factors = list(product.factors)
    for i in range(len(factors) - 1):
        a, b = factors[i], factors[i + 1]
        if isinstance(a, Number) and isinstance(b, Power) and isinstance(b.base, Number) and b.base.value == 10:
            exponent = without_brackets(b.exponent)
            sign = 1
            if isinstance(exponent, Negative):
                exponent, sign = without_brackets(exponent.operand), -1
            if isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value <= 40:
                value = a.value * Fraction(10) ** (sign * int(exponent.value))
                factors[i : i + 2] = [Number(f"{a.text}e{sign * int(exponent.value)}", value)]
                whole = factors[0]
                return whole if len(factors) == 1 and isinstance(whole, Number) else Product(tuple(factors))
    return product


def _with_sigma(product: Product) -> Expr:
    """Σ F is one name."""
    factors: list[Expr] = []
    for factor in product.factors:
        last = factors[-1] if factors else None
        if isinstance(last, Symbol) and last.name == "Sigma" and isinstance(factor, Symbol):
            factors[-1] = Symbol("Sigma" + factor.name)
        else:
            factors.append(Symbol("sigma") if len(product.factors) == 1 else factor)
    if any(isinstance(f, Symbol) and f.name == "Sigma" for f in factors):
        return Product(tuple(Symbol("Sigma_") if isinstance(f, Symbol) and f.name == "Sigma" else f for f in factors))
    return factors[0] if len(factors) == 1 else Product(tuple(factors))


def _quantity(expr: Quantity) -> Expr:
    from tutor.bridge.constants import constant_like

    value = without_brackets(expr.value)
    if isinstance(value, Product):
        value = _scientific(value)
    try:
        found = measure(expr.unit)
    except (Unsupported, StudentError):
        return value
    if isinstance(value, Number):
        si = value.value * found.size
        constant = constant_like(si, found.dimension) if found.dimension else None
        if constant is not None and constant.id in _PLAIN_CONSTANTS:
            return Symbol(MARK + constant.id)
        return value if found.size == 1 else Number(value.text, si)
    return value


_ONE_NAME = frozenset("KE PE TE ME GE EE SE GPE EPE EMF SPE AC DC  RMS AB BC CD AC OA OB SigmaF".split())


def _letters_apart(symbol: Symbol) -> Expr:
    """BIL, which no law knows as a name, is B·I·L; mgh_1 is m·g·h_1."""
    head, _, below = symbol.name.partition("_")
    if len(head) < 2 or head in _ONE_NAME or not head.isascii() or not head.isalpha() or head in GREEK:
        return symbol
    if not head.isupper() and not (2 <= len(head) <= 3 and below and head.startswith("m")):
        return symbol
    parts = [Symbol(c) for c in head]
    if below:
        parts[-1] = Symbol(f"{head[-1]}_{below}")
    return Product(tuple(parts))


def _words(expr: Words, names: Mapping[str, str]) -> Expr:
    text = expr.text.strip()
    if text.lower() in names:
        return Symbol(text)
    return _read_again(text) or Symbol(text)


@lru_cache(maxsize=1024)
def _read_again(text: str) -> Expr | None:
    """`mgh`, `qvB sinθ`, `mgsinθ`: letters that were read as a word, each as a quantity of its own."""
    spaced = _RUN_ON.sub(r"\1 \2", text)
    letters: set[str] = set()
    for word in spaced.split():
        if word.isascii() and word.isalpha() and word not in FUNCTIONS:
            if len(word) > 4:
                return None
            letters |= set(word)
    try:
        found = read(spaced, ReadHints(symbols=frozenset(letters)))
    except StudentError:
        return None
    return found if isinstance(found, Expr) and Words not in kinds(found) else None


_RUN_ON = re.compile(r"([A-Za-z])(sin|cos|tan)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Line:
    """One equation of the student's, ready to be tried."""

    left: Expr
    right: Expr
    letters: tuple[Letter, ...]
    seen: Seen
    sides: tuple[Function, Function]

    @property
    def names(self) -> tuple[str, ...]:
        """In the order of the coordinates."""
        return tuple(letter.name for letter in self.letters)

    @property
    def components(self) -> bool:
        """Whether one of the letters is a component, v_0y, which is another quantity than v_0."""
        return any(_COMPONENT.search(letter.name) for letter in self.letters)


_COMPONENT = re.compile(r"_(?:\w*[xyz]|par\w*|perp\w*|hor\w*|ver\w*|[HV])$|_[xyz](?:_|$)")


def lines_of(links: Chain, meaning: Means, shelf: Library) -> Iterator[list[Line]]:
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
            line = _line(a, b, meaning, shelf)
            if line is not None:
                ways.append(line)
        if ways:
            yield ways


def _may_be_a_law(left: Expr, right: Expr) -> bool:
    """Two sides with symbols, neither too many nor too few."""
    if not symbols(left) or not symbols(right) or not 2 <= len(symbols(left) | symbols(right)) <= MOST_SYMBOLS:
        return False
    return sum(1 for side in (left, right) for _ in walk(side)) <= MOST_NODES


def letters_for_units(expr: Expr) -> Expr:
    """2 g L as 2·g·L, where it may have been read as two grams times L."""
    if Quantity not in kinds(expr):
        return expr

    def change(node: Any) -> Any:
        if isinstance(node, Quantity) and len(node.unit.factors) == 1:
            ((word, exponent),) = node.unit.factors
            if len(word) == 1 and word.isalpha():
                letter: Expr = Symbol(word)
                if exponent != 1:
                    letter = Power(letter, Number(str(exponent), Fraction(exponent)))
                return Product((change(node.value), letter))
        return rebuild(node, change)

    return change(expr)  # type: ignore[no-any-return]


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


def _line(left: Expr, right: Expr, meaning: Means, shelf: Library) -> Line | None:
    names = sorted(symbols(left) | symbols(right))
    if len(names) < 2:
        return None
    where = {n: i for i, n in enumerate(names)}
    try:
        sides = function(left, where), function(right, where)
    except NotAFunction:
        return None
    letters = tuple(_letter(name, meaning, shelf) for name in names)
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


def _letter(name: str, meaning: Means, shelf: Library) -> Letter:
    if name.startswith(MARK):
        return Letter(name, (name,), "", False, None, name[1:], True)
    role = _role_words().get(name.lower()) if len(name) > 3 and "_" not in name else None
    if role is not None and role in shelf.roles:
        return Letter(name, spellings(name), role, True, shelf.roles[role].dimension, "", False)
    known = meaning(name)
    dimension = known.dimension
    if dimension is None and known.sure and known.role in shelf.roles:
        dimension = shelf.roles[known.role].dimension
    return Letter(name, spellings(name), known.role, known.sure, dimension, known.constant, False)


# ---------------------------------------------------------------- trying


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
    letters = line.letters
    n = len(letters)
    if n != len(form.symbols):
        return []
    table: list[list[tuple[float, int, bool]]] = []
    for letter in letters:
        row: list[tuple[float, int, bool]] = []
        for j, symbol in enumerate(form.symbols):
            fit = shelf.fits(letter, symbol)
            if fit is not None and (swaps or not fit[1]):
                row.append((fit[0], j, fit[1]))
        if not row:
            return []
        row.sort(key=lambda r: -r[0])
        table.append(row)
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


_MOSTLY_USUAL = 2.9
LEFT_OUT = 3.0  # less for each symbol that is taken for 0


def states(line: Line, form: Form, places: tuple[int, ...], shelf: Library) -> tuple[int, ...] | None:
    """The symbols that have the opposite sign where the line holds at the points of the form and fails beside them.

    Empty where it holds as it stands; None where it does not hold, not even with a sign by convention.
    """
    points = form.points(shelf.roles)
    if len(points) < 2:
        return None
    if _holds(line, form, places, points, ()):
        return ()
    free = [i for i, s in enumerate(form.symbols) if _sign_is_free(s, shelf)]
    flips = chain(combinations(free, 1), combinations(free, 2) if len(free) <= 4 else ())
    return next((flip for flip in flips if _holds(line, form, places, points, flip)), None)


def _sign_is_free(symbol: LawSymbol, shelf: Library) -> bool:
    """Whether a positive number may be meant for the opposite direction: a vector, a charge, g."""
    role = shelf.roles[symbol.role]
    return role.vector or symbol.constant == "g" or role.id in _SIGNED


_SIGNED = frozenset(
    "work heat height extension emf voltage gravity spring_force weight acceleration pressure_difference".split()
)


def _holds(
    line: Line, form: Form, places: tuple[int, ...], points: Sequence[Sequence[float]], flipped: tuple[int, ...]
) -> bool:
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
    for ways in lines_of(statement, meaning, shelf):
        match = _match(ways, givens, conditions, shelf, doubted=doubted)
        if match is not None:
            found.append(match)
    return found


def _match(
    ways: Sequence[Line], givens: Sequence[Given], conditions: Set[str], shelf: Library, *, doubted: bool
) -> Match | None:
    near = [(line, list(shelf.near(line.letters))) for line in ways]
    stated = _best(_stated, near, givens, conditions, shelf)
    if stated is not None and stated.met and not (doubted and (stated.flipped or not stated.usual)):
        return stated
    mixed = _best(_swapped, near, givens, conditions, shelf)
    if mixed is not None and (stated is None or mixed.met):
        return mixed  # a law that needs what the problem does not say excuses no role that is surely mixed up
    wrong = _best(_slipped, near, givens, conditions, shelf)
    if doubted and wrong is None:
        wrong = _best(_slipped_here, near, givens, conditions, shelf)
    if stated is not None:
        # Nor does it excuse the slip of a law for which the problem says all that it needs.
        spoken_of = wrong is not None and wrong.met and bool(wrong.law.needs)
        if spoken_of and (doubted or not stated.met):
            return wrong
        if not doubted:
            return stated
    if doubted:
        if wrong is None or not wrong.met:
            nearly = _best(_nearly, near, givens, conditions, shelf)
            wrong = nearly if nearly is not None and (wrong is None or nearly.met) else wrong
        return wrong or stated
    return (
        wrong
        or _best(_stated_oddly, near, givens, conditions, shelf)
        or _best(_nearly, near[:1], givens, conditions, shelf)
    )


Attempt = Callable[[Line, Forms, Sequence[Given], Library], Match | None]


def _best(
    attempt: Attempt,
    near: Sequence[tuple[Line, Sequence[int]]],
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
        for i in laws:
            if not shelf.laws[i].excludes.isdisjoint(conditions) or not shelf.sized(i, line):
                continue
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


_NOT_SAID = 8.0  # less for a law that needs what the problem does not say


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
            if len(points) >= 2 and _holds(line, form, pairing.places, points, ()):
                factor = _factor_of_slip(line, form, pairing, forms.first, shelf)
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


def _factor_of_slip(line: Line, form: Form, pairing: Pairing, right: Form, shelf: Library) -> float | None:
    """What the value of a slip is to that of its law, where that is one number."""
    place = {symbol.name: pairing.places[j] for j, symbol in enumerate(form.symbols)}
    if place.keys() != {symbol.name for symbol in right.symbols}:
        return None
    return factor_between(line, right, tuple(place[symbol.name] for symbol in right.symbols), shelf)
