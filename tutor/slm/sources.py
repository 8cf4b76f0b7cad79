"""What stands in a text: its numbers, letters, units and functions, those that are said in words included.

A reading may hold nothing else. Which words say which number is settled in `tokens`; here are those that say one by
the way, such as "twice" and "squared".
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from tutor.errors import ModelError, NotReadable, TooLarge
from tutor.slm import notation
from tutor.slm.agreement import short_unit
from tutor.slm.tokens import MAX_CHARACTERS, Token, tokenize
from tutor.syntax.read import read
from tutor.syntax.tree import Call, Constant, Degrees, Node, Number, Percent, Symbol, Unit, walk

_SAID: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...] = tuple(
    (re.compile(rf"\b(?:{words})", re.IGNORECASE), numbers)
    for words, numbers in (
        (r"twice|doubl|pairs?\b|couple|square|squaring|both\b", (2,)),
        (r"thrice|tripl|trebl|cub(?:e|ing)", (3,)),
        (r"quadrupl", (4,)),
        (r"half|halv", (1, 2)),
        (r"third|thirds", (1, 3)),
        (r"quarter|fourth", (1, 4)),
        (r"fifth", (1, 5)),
        (r"tenth", (1, 10)),
        (r"dozen", (12,)),
        (r"per\s?cent|pct", (100,)),
        (r"reciprocal|inverse|unit\b|whole\b|once\b", (1,)),
        (r"nothing|none|zero|vanish", (0,)),
    )
)
_FIGURES = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+")
_WORD = re.compile(r"[^\W\d_]+")
_SYMBOLS_OF_WORDS = {"π": "pi", "∞": "infinity", "θ": "theta", "α": "alpha", "β": "beta", "λ": "lambda", "μ": "mu",
                     "ω": "omega", "ρ": "rho", "φ": "phi"}  # fmt: skip
_WORDS_OF_FUNCTIONS = {"sqrt": "root", "cbrt": "root", "exp": "e", "abs": "absolut"}
_PER_HUNDRED = re.compile(r"%|\bper\s?cent|\bpct\b", re.IGNORECASE)
_DEGREES = re.compile(r"°|\bdeg", re.IGNORECASE)


class NotGrounded(ModelError):
    """What a model wrote holds something that does not stand in the text."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text and what stands in it.

    figures: its numbers as they are copied, in written order; letters: its symbols; units: as they are copied.
    """

    text: str
    figures: tuple[str, ...]
    numbers: frozenset[Fraction]
    letters: tuple[str, ...]
    units: tuple[str, ...]

    def check(self, line: str) -> None:
        """Nothing, where a line of step notation can be read and all that it holds stands in the text.

        Raises:
            NotReadable, TooLarge: it cannot be read.
            NotGrounded: it holds a number, a letter, a unit or a function that the text lacks.
        """
        content = notation.item(line).content
        if content is not None:
            self.check_tree(content)

    def check_tree(self, tree: Node) -> None:
        """The same for mathematics that has been read."""
        for node in walk(tree):
            if isinstance(node, Number):
                found = node.value in self.numbers
                what = node.text
            elif isinstance(node, Symbol | Constant):
                found, what = self._has_letter(node.name), node.name
            elif isinstance(node, Call):
                found, what = self._has_function(node.name), node.name
            elif isinstance(node, Unit):
                found, what = all(self._has_unit(name) for name, _ in node.factors), node.text
            elif isinstance(node, Percent):
                found, what = _PER_HUNDRED.search(self.text) is not None, "%"
            elif isinstance(node, Degrees):
                found, what = _DEGREES.search(self.text) is not None, "°"
            else:
                continue
            if not found:
                raise NotGrounded(f"{what} does not stand in the text.")

    def has_words(self, text: str) -> bool:
        """Whether each longer word of a description stands in the text, up to its ending."""
        mine = {w.lower()[:5] for w in _WORD.findall(self.text)}
        return all(w.lower()[:5] in mine for w in _WORD.findall(text) if len(w) > 3)

    def holds(self, lines: tuple[str, ...]) -> bool:
        """Whether these are claims that stand in the text letter by letter."""
        return bool(lines) and all(self._stands(line) for line in lines)

    def _stands(self, line: str) -> bool:
        if not any(sign in line for sign in "=<>≈") or line.startswith(("op:", "value:", "let ")):
            return False
        spaced = r"\s*".join(re.escape(c) for c in line if not c.isspace())
        return re.search(rf"(?<![\w.^*/+-]){spaced}(?!\w|[.,]\d|\s*[-+*/^])", self.text) is not None

    def _has_letter(self, name: str) -> bool:
        lowered = {letter.lower() for letter in self.letters}
        said = _SYMBOLS_OF_WORDS.get(name, name)
        if name.lower() in lowered or (len(said) > 1 and said.lower() in self._words()):
            return True
        parts = [part for unit in self.units for part in _WORD.findall(unit)]
        return any(name in (part, short_unit(part)) for part in parts)  # 40 m, read as a product

    def _has_function(self, name: str) -> bool:
        said = _WORDS_OF_FUNCTIONS.get(name, name[:3]).lower()
        return name in self.letters or said in self.text.lower()

    def _has_unit(self, name: str) -> bool:
        if name in self.text and not name.isalpha():
            return True
        if name.lower() in self._words():
            return True
        wanted = _in_short(name)
        return any(wanted == _in_short(part) for unit in self.units for part in _WORD.findall(unit) or [unit]) or any(
            wanted == _in_short(word) for word in self._words()
        )

    def _words(self) -> set[str]:
        return {w.lower() for w in _WORD.findall(self.text)}


@cache
def _in_short(unit: str) -> str:
    """metres -> m: the unit as it may be written after a number."""
    for token in tokenize(f"7 {unit}"):
        if token.kind == "unit":
            return short_unit(token.copy)
    return short_unit(unit)


def source_of(text: str, previous: str = "", symbols: Set[str] = frozenset()) -> Source:
    """What stands in a text, and in the value said before it.

    symbols: letters that the work uses, which are then no units.
    """
    text, previous = text[:MAX_CHARACTERS], previous[:MAX_CHARACTERS]
    tokens = (*_tokens(text, symbols), *_tokens(previous, symbols))
    figures: dict[str, None] = {}
    letters: dict[str, None] = {}
    units: dict[str, None] = {}
    numbers: set[Fraction] = set()
    for token in tokens:
        if token.kind == "number":
            figures[token.copy] = None
        elif token.kind == "unit":
            units[token.copy] = None
        elif token.kind == "word" and len(token.text) == 1:
            letters[token.text] = None
        if token.kind in ("number", "math", "equation"):
            for node in _nodes(token.copy):
                match node:
                    case Number():
                        figures[node.text] = None
                        numbers.add(node.value)
                    case Percent(Number(value=value)):
                        numbers.add(value / 100)
                    case Symbol(name) | Constant(name) | Call(name=name):
                        letters[name] = None
                    case Unit():
                        units[node.text] = None
    for written in _FIGURES.findall(text):
        digits = written.replace(",", "")
        if len(digits) <= 30:
            numbers.add(Fraction(f"0{digits}" if digits[0] == "." else digits))
            figures[written] = None
    for said, values in _SAID:
        if said.search(text):
            numbers |= {Fraction(v) for v in values} | ({Fraction(1, values[1])} if len(values) == 2 else set())
            figures |= {str(v): None for v in values}
    return Source(f"{text} {previous}".strip(), tuple(figures), frozenset(numbers), tuple(letters), tuple(units))


def _tokens(text: str, symbols: Set[str]) -> tuple[Token, ...]:
    return tokenize(text, symbols) if text else ()


def _nodes(text: str) -> tuple[Node, ...]:
    try:
        return tuple(walk(read(text)))
    except (NotReadable, TooLarge):
        return ()
