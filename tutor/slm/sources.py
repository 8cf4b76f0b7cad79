"""What stands in a text: its numbers, letters, units and functions, those that are said in words included.

A reading may hold nothing else. Which words say which number is settled in `tokens`; here are those that say one by
the way, such as "twice" and "squared".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from tutor.errors import ModelError, NotReadable, TooLarge
from tutor.slm import notation
from tutor.slm.agreement import short_unit
from tutor.slm.tokens import MAX_CHARACTERS, Token, tokenize
from tutor.syntax.read import read
from tutor.syntax.tree import Call, Constant, Degrees, Mixed, Node, Number, Percent, Symbol, Unit, Words, walk

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
_NTH = re.compile(r"([a-z])th")
_VOWELS = frozenset("aeiouyAEIOUY")
_ARTICLES = frozenset("aAiI")
_LETTER_A = re.compile(r"\b([aA])\s*(?:(?:is|was|equals?|comes|squared|cubed|times|plus|minus|over)\b|[=<>^*/+])")
_WORD = re.compile(r"[^\W\d_]+")
_SYMBOLS_OF_WORDS = {"π": "pi", "∞": "infinity", "θ": "theta", "α": "alpha", "β": "beta", "λ": "lambda", "μ": "mu",
                     "ω": "omega", "ρ": "rho", "φ": "phi"}  # fmt: skip
# Units that are said by a word of another stem.
_SAID_UNITS = {
    "kg": r"kilos?\b", "₹": r"rupees?\b|\brs\b", "£": r"pounds?\b|quid\b", "°C": r"celsius|centigrade|\bc\b",
    "°F": r"fahrenheit|\bf\b", "K": r"kelvins?\b", "kohm": r"kilo-?ohms?\b|kilohms?\b", "¥": r"yen\b",
    "mi": r"miles?\b",
}  # fmt: skip
_DECIMAL_COMMA = re.compile(r"\d+(?:\.\d{3})*,\d+")
_MAGNITUDES = re.compile(
    r"(\d+(?:\.\d+)?)\s*(hundred|thousand|million|billion|trillion|[kK](?![A-Za-z])|mil(?![A-Za-z]))"
)
_POWERS = {"hundred": 2, "thousand": 3, "k": 3, "K": 3, "mil": 6, "million": 6, "billion": 9, "trillion": 12}
_NOUGHT = re.compile(r"naught|nought|not\b|zero|initial|start|[₀0]")
_WORDS_OF_FUNCTIONS = {"sqrt": "root", "cbrt": "root", "exp": "e", "abs": "absolut"}
_PER_HUNDRED = re.compile(r"%|\bper\s?cent|\bpct\b", re.IGNORECASE)
_DEGREES = re.compile(r"°|\bdeg", re.IGNORECASE)


class NotGrounded(ModelError):
    """What a model wrote holds something that does not stand in the text."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text and what stands in it.

    line: the text alone; text: with the value said before it.
    figures: its numbers as they are copied, in written order; letters: its symbols; units: as they are copied.
    """

    line: str
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
            elif isinstance(node, Words):
                found, what = self.has_words(node.text), node.text
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
        """Whether these are claims that stand in the line letter by letter."""
        return bool(self.places(lines))

    def places(self, lines: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
        """Where these claims stand in the line, one after the other; nothing where one does not, letter by letter."""
        found: list[tuple[int, int]] = []
        for line in lines:
            if not any(sign in line for sign in "=<>≈") or line.startswith(("op:", "value:", "let ")):
                return ()
            spaced = r"\s*".join(re.escape(c) for c in line if not c.isspace())
            alone = re.compile(rf"(?<![\w.^*/+-]){spaced}(?!\w|[.,]\d|\s*[-+*/^])")
            place = alone.search(self.line, found[-1][1] if found else 0)
            if place is None:
                return ()
            found.append(place.span())
        return tuple(found)

    def _has_letter(self, name: str) -> bool:
        """Whether a symbol stands in the text; v_0 does where v does and "initial" or a nought."""
        lowered = {letter.lower().replace("_", "") for letter in self.letters}
        said = _SYMBOLS_OF_WORDS.get(name, name)
        if name.lower().replace("_", "") in lowered or (len(said) > 1 and said.lower() in self._words()):
            return True
        base, _, index = name.partition("_")
        if index and self._has_letter(base):
            return self._has_index(index.strip("{}").lower())
        # 40 m and 9 J are read as products, too
        units = [part for unit in self.units for part in _WORD.findall(unit)]
        said_in_full = [word for word in self._words() if len(word) > 2]
        return any(name in (part, _in_short(part)) for part in (*units, *said_in_full))

    def _has_index(self, index: str) -> bool:
        if index.isdecimal():
            return Fraction(index) in self.numbers or (int(index) == 0 and bool(_NOUGHT.search(self.text.lower())))
        return any(word.startswith(index) for word in self._words())

    def _has_function(self, name: str) -> bool:
        said = _WORDS_OF_FUNCTIONS.get(name, name[:3]).lower()
        return name in self.letters or said in self.text.lower()

    def _has_unit(self, name: str) -> bool:
        if name in self.text and not name.isalpha():
            return True
        if name.lower() in self._words():
            return True
        if name in _SAID_UNITS and re.search(_SAID_UNITS[name], self.text, re.IGNORECASE):
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
        elif token.kind == "word" and len(token.text) == 1 and (token.text not in _ARTICLES or token.text in symbols):
            letters[token.text] = None
        elif token.kind == "word":
            letters |= dict.fromkeys(_apart(token.text))
        if token.kind in ("number", "math", "equation"):
            for node in _nodes(token.copy):
                match node:
                    case Number():
                        figures[node.text] = None
                        numbers.add(node.value)
                    case Percent(Number(value=value)):
                        numbers.add(value / 100)
                    case Mixed(whole, top, bottom) if bottom.value:
                        numbers.add(whole.value + top.value / bottom.value)
                    case Symbol(name) | Constant(name) | Call(name=name):
                        letters |= dict.fromkeys((name, *(name if len(name) <= 3 and name.isalpha() else "")))
                    case Unit():
                        units[node.text] = None
    for written in _FIGURES.findall(text):
        digits = written.replace(",", "")
        if len(digits) <= 30:
            numbers.add(Fraction(f"0{digits}" if digits[0] == "." else digits))
            figures[written] = None
    letters |= dict.fromkeys(_LETTER_A.findall(text))
    for written in _DECIMAL_COMMA.findall(text):
        if len(written) <= 30:
            numbers.add(Fraction(written.replace(".", "").replace(",", ".")))
            figures[written.replace(".", "").replace(",", ".")] = None
    for digits, word in _MAGNITUDES.findall(text):
        if len(digits) <= 30:
            power = _POWERS[word]
            numbers |= {Fraction(digits) * 10**power, Fraction(10), Fraction(power)}
            figures |= {str(Fraction(digits) * 10**power): None}
    for said, values in _SAID:
        if said.search(text):
            numbers |= {Fraction(v) for v in values} | ({Fraction(1, values[1])} if len(values) == 2 else set())
            figures |= {str(v): None for v in values}
    return Source(text, f"{text} {previous}".strip(), tuple(figures), frozenset(numbers), tuple(letters), tuple(units))


def _apart(name: str) -> Iterator[str]:
    """The letters of a product that is written like a name: IR, ma; none of a word."""
    if len(name) <= 3 and (name.isupper() or not set(name) & _VOWELS) and name.isalpha():
        yield from name
    elif (found := _NTH.fullmatch(name)) is not None:
        yield found[1]


def _tokens(text: str, symbols: Set[str]) -> tuple[Token, ...]:
    return tokenize(text, symbols) if text else ()


def _nodes(text: str) -> tuple[Node, ...]:
    try:
        return tuple(walk(read(text)))
    except (NotReadable, TooLarge):
        return ()
