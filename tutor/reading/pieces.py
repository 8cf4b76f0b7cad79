"""Where mathematics begins and ends in a row: the pieces around relation signs, cut out of whatever surrounds them.

The right edge of a piece is easy, the left edge is the hard part: `After 3 years 5*3 = 15` claims `5*3 = 15`, and
`8 boxes of eggs * 6 eggs/box = 48 eggs` goes on over its words. Words between a number and a sign are what is
counted; words where an operand should stand are a name for a value; anything else ends the piece. Words that are
signs or numbers (`half of 30`, `3 times 4`) are written over in their own place, so that offsets stay true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tutor.reading.vocabulary import (
    CLAUSE,
    DESCRIBING,
    DETERMINERS,
    FILLERS,
    FRACTION_WORDS,
    FUNCTIONS,
    GREEK,
    LINKS,
    MAGNITUDES,
    MULTIPLES,
    NAME_BREAK,
    NOT_A_NOUN,
    NUMBER_WORDS,
    SHOUTED,
    SIGN_WORDS,
    UNITS,
)
from tutor.regex import regex
from tutor.syntax.typed_names import divided, name_typed
from tutor.syntax.unit_words import NUMBER, WORDS, scan

# (kind, start, end, text)
Token = tuple[str, int, int, str]

_TOKEN = regex(
    r"""
    (?P<matrix>\\begin\s*\{(?:[a-zA-Z]*matrix|array)\*?\}.{0,4000}?\\end\s*\{(?:[a-zA-Z]*matrix|array)\*?\})
  | (?P<repeating>\d*\.\d*(?:\\(?:overline|bar|dot)\s*\{?\d+\}?|\(\d+\)))
  | (?P<clock>\d{1,2}:[0-5]\d(?::[0-5]\d)?(?![\d:])(?:\s*(?:[ap]\.?m\b\.?|[AP]M\b))?
        |\d{1,2}\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b))
  | (?P<degree>°\s?[CFK]\b)
  | (?P<num>\d{1,3}(?:(?:,|\{,\})\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?(?:[eE][+-]?\d+(?![A-Za-z]))?|\.\d+
        |[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])
  | (?P<arrow><=>|<->|<==>|==>|-->|=>|->|[⇒⇔→⟹⟶↔⟺∴∵]|\\(?:Rightarrow|implies|iff|to|rightarrow|Leftrightarrow
        |longrightarrow|Longrightarrow|therefore|because|Longleftrightarrow|leftrightarrow)(?![A-Za-z]))
  | (?P<rel><=|=<|>=|!=|==|:=|=|[≤≥≠≈≅≃≡∈∉⊂⊆∝<>~⩽⩾]
        |\\(?:leq?|geq?|neq?|approx|equiv|in|notin|lt|gt|sim|simeq|cong|subseteq|subset|propto|leqslant|geqslant|not)
         (?![A-Za-z]))
  | (?P<word>[A-Za-zÀ-ÖØ-öø-ɏ]-(?:axis|intercepts?|coordinates?|values?|direction|component|th)\b
        |[A-Za-zÀ-ÖØ-öø-ɏ]{2,}(?:'[a-z]{1,2}(?![a-z(]))?(?:-[A-Za-zÀ-ÖØ-öø-ɏ]{2,})*(?:'s)?
         (?:_(?:\{[^{}]*\}|[A-Za-z0-9]+))?)
  | (?P<let>(?:[A-Za-zͰ-ϿℓℏÀ-ÖØ-öø-ɏ]|\\(?:alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota
        |kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi
        |Omega|infty|hbar|ell|emptyset|varnothing)(?![A-Za-z]))(?:_(?:\{[^{}]*\}|\\?[A-Za-z0-9]+))?|[∞∅ℝℤℕℚℂ])
  | (?P<cmd>\\[A-Za-z]+\*?)
  | (?P<post>[!%°′″²³¹⁰⁴⁵⁶⁷⁸⁹⁻ⁿˣ₀₁₂₃₄₅₆₇₈₉]|\\%|')
  | (?P<op>\*\*|[*/×·⋅÷^+±∓−–-]|\\pm)
  | (?P<prefix>[√∛∫∑∏Σ])
  | (?P<money>[$£€¥₹])
  | (?P<open>[(\[{⟨⌊⌈])
  | (?P<close>[)\]}⟩⌋⌉])
  | (?P<bar>\|)
  | (?P<dots>\.\.\.|…|⋯)
  | (?P<stop>\.(?=\s|$|["')\]])|[;—?"“”\x1f]|:)
  | (?P<comma>,)
  | (?P<other>\S)
    """,
    re.VERBOSE,
)
_BINARY_COMMANDS = frozenset(
    "\\cdot \\times \\div \\pm \\mp \\ast \\star \\over \\cup \\cap \\setminus \\bmod \\pmod \\mod \\choose".split()
)
# Commands after which an operand is already there.
_WHOLE_COMMANDS = frozenset(
    "\\ldots \\cdots \\dots \\circ \\degree \\prime \\vdots \\ddots \\mid \\right \\bot".split()
)
_AROUND = frozenset("\\left \\right \\big \\Big \\bigg \\Bigg \\bigl \\bigr \\Bigl \\Bigr \\middle".split())
_REMAINDER = regex(
    r"\s*,?\s*(?:with\s+(?:a\s+)?)?(?:(?:remainder|rem\.?)\s*(?:of\s+)?|[rR]\s*)(\d+)(?![\d.]*[A-Za-z\d])",
    re.IGNORECASE,
)
_AND_A_FRACTION = regex(r"\s+(and)\s+(?:\d+\s*/\s*\d+|(?:a|one)[- ](half|quarter|third))\b(?!\s*[*/×])", re.IGNORECASE)
_CROSS = regex(r"(?<=[\d)%.])(\s*)[xX](\s*)(?=[\d$£€(.])")
# Whether 3:30 is a time of day: it says so, or the row speaks of times; else it is a ratio.
_CLOCK_TIME = regex(
    r"\d\s?(?:[ap]\.?m\b|[AP]M\b)|\b(?:o'clock|time|clock|arriv\w+|leav\w+|start\w*|end\w*|hours?|minutes?|noon|midnight|until)\b",
    re.IGNORECASE,
)
_ENGLISH = frozenset("floor ceil max min abs det arg root exp mod gcd lcm GCD LCM GCF HCF hcf gcf Var Re Im".split())
_LEADS_ON = frozenset("to in for from with at by on as of when where".split())  # no name ends so
_LEADS = frozenset("is are we have that which this it and or now".split())
_LETTER_AND_FUNCTION = regex(r"[A-Zbdg-np-rv-y](sin|cos|tan|cot|ln|log)")
_LETTERS_AND_FUNCTION = regex(r"([A-Za-z]{1,3}?)(sin|cos|tan|ln|log|sqrt)")
_GREEK_NAMES = {"μ": "mu", "θ": "theta", "ω": "omega"}
_BEFORE_UNIT = regex(r"(?:[\d/]|[\d/] )\Z")
_RATIO = regex(r"(?<![\d:])\d+:\d+(?![\d:])")
_SPARE = "ξζψχηκιυ"
_SPARE_NAMES = dict(zip(_SPARE, "xi zeta psi chi eta kappa iota upsilon".split(), strict=True))


@dataclass(slots=True)
class Context:
    """What the whole work says of its letters.

    letters: single letters used as symbols. cross, capital_cross: `x`, `X` between numbers is the times sign; None
    where unknown. physical: the work is about physics; symbols: the letters that stand for a quantity in it; typed: its
    names whose subscript is typed beside the letter.
    """

    letters: frozenset[str] = frozenset()
    cross: bool | None = None
    capital_cross: bool | None = None
    symbols: frozenset[str] = frozenset()
    physical: bool = False
    typed: frozenset[str] = frozenset()


@dataclass(slots=True)
class Piece:
    """A stretch of mathematics with its relation, or without one.

    text: the row up to the piece's end, blank before its start, with words written over. names: spare letters that
    stand for names made of words. nouns: places of what is counted. doubtful: an edge may lie inside an expression.
    others: other texts that it may be. starts_with: a relation that it begins with. remainder: of `51/4 = 12 R 3`.
    """

    start: int
    end: int
    text: str
    relations: int = 0
    names: dict[str, str] = field(default_factory=dict)
    doubtful: bool = False
    among_words: bool = False
    starts_with: str = ""
    others: tuple[str, ...] = ()
    remainder: int | None = None
    has_letter: bool = False
    nouns: tuple[tuple[int, int], ...] = ()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of a painted row between two places."""
    found: list[Token] = []
    times_of_day = ":" not in text or _CLOCK_TIME.search(text, start, end) is not None
    clocks = times_of_day or _RATIO.search(text, start, end) is None
    for m in _TOKEN.finditer(text, start, end):
        kind = m.lastgroup or "other"
        value = m.group()
        if kind == "repeating":
            kind = "num"
        elif kind == "degree":
            kind = "word"  # 25 °C
        elif kind == "word" and "_" in value and value.partition("_")[0] in FUNCTIONS:
            kind = "func"  # log_2 8
        elif kind == "word" and (product := _LETTER_AND_FUNCTION.fullmatch(value)) and value not in FUNCTIONS:
            found.append(("let", m.start(), m.start() + 1, value[0]))
            found.append(("func", m.start() + 1, m.end(), product.group(1)))
            continue
        if kind == "clock" and not clocks:
            colon = value.index(":") if ":" in value else len(value)
            found.append(("num", m.start(), m.start() + colon, value[:colon]))
            found.append(("stop", m.start() + colon, m.start() + colon + 1, ":"))
            found.append(("num", m.start() + colon + 1, m.end(), value[colon + 1 :]))
            continue
        if kind == "word" and (value in FUNCTIONS or value in GREEK):
            kind = "func" if value in FUNCTIONS else "let"
            if (
                value in ("min", "sec")
                and _BEFORE_UNIT.search(text, 0, m.start())
                and text[m.end() : m.end() + 1] != "("
            ):
                kind = "word"  # 5 min, grams/min
        elif kind == "word" and value in UNITS:
            pass
        elif kind == "word" and len(value) <= 3 and value.isupper() and value not in SHOUTED:
            kind = "let"  # the segment AB, the triangle ABC
        elif (
            kind == "word"
            and len(value) == 2
            and value[0] == "d"
            and (text[m.start() - 1 : m.start()] == "/" or text[m.end() : m.end() + 1] == "/")
        ):
            kind = "let"  # dy/dx
        elif kind == "word" and len(value) <= 4 and value[-1].isupper() and value[:-1].islower():
            kind = "let"  # rA, mvB
        found.append((kind, m.start(), m.end(), value))
    for i, (kind, at, to, value) in enumerate(found):
        if kind == "func" and value[0] != "\\" and "_" not in value:
            after = found[i + 1] if i + 1 < len(found) else ("end", to, to, "")
            applied = after[0] in ("open", "cmd") or after[3] in ("_", "^")
            if not applied and (value in _ENGLISH or after[0] in ("word", "stop", "end", "comma", "rel")):
                found[i] = ("word", at, to, value)
    return found


def _functions_apart(found: list[Token], letters: frozenset[str], typed: frozenset[str]) -> list[Token]:
    """`mgsinθ`, `vit`: the letters and names of the work, and the function after them, as tokens of their own."""
    apart: list[Token] = []
    for token in found:
        kind, start, end, value = token
        if kind != "word":
            apart.append(token)
            continue
        if value in letters:
            apart.append(("let", start, end, value))  # KE
            continue
        if typed and apart and apart[-1][2] == start and f"{_GREEK_NAMES.get(apart[-1][3])}_{value[0]}" in typed:
            before = apart.pop()  # μkmg
            apart.append(("let", before[1], start + 1, before[3] + value[0]))
            start, value = start + 1, value[1:]
            if set(value) <= letters:
                apart += [("let", start + k, start + k + 1, c) for k, c in enumerate(value)]
                continue
        parts = divided(value, typed) if typed else None
        if parts is not None and all(len(p) > 1 or p in letters for p in parts):
            for part in parts:
                apart.append(("let", start, start + len(part), part))
                start += len(part)
            continue
        product = _LETTERS_AND_FUNCTION.fullmatch(value)
        parts = divided(product.group(1), typed) if product is not None and typed else None
        if product is None or not (parts or set(product.group(1)) <= letters):
            apart.append((kind, start, end, value))
            continue
        place = start
        for part in parts or product.group(1):
            apart.append(("let", place, place + len(part), part))
            place += len(part)
        apart.append(("func", start + product.end(1), end, product.group(2)))
    return apart


def _measured(text: str, found: list[Token], symbols: frozenset[str]) -> list[Token]:
    """The tokens with every unit of physics after a number as one token, which belongs to the number before it."""
    numbers = {m.end(): m.start() for m in NUMBER.finditer(text)}
    units: list[tuple[int, int, int]] = []  # after which token, start, end
    past = 0
    for i, (kind, start, end, _) in enumerate(found):
        if start < past or i + 1 == len(found):
            continue
        begun = numbers.get(end, -1)
        closing = kind == "close" or (kind == "post" and begun < 0)
        if begun < 0 and not closing and kind != "num":
            continue
        after = found[i + 1][0]
        if after not in ("word", "let", "func", "cmd", "post", "other", "open"):
            continue
        begun = begun if begun >= 0 else start
        unit = scan(text, end, symbols, physical=True, number=text[begun:end], before=text[:begun], bare=not closing)
        if unit is not None and (not closing or not unit.doubtful):
            first = found[i + 1][1]
            if kind == "post" and text[end : unit.end].lstrip()[:1] in "⁻¹²³":
                continue
            units.append((i, max(first, end), unit.end))
            past = unit.end
    if not units:
        return found
    merged: list[Token] = []
    place = 0
    for i, start, end in units:
        stop = i + 1
        while stop < len(found) and found[stop][1] < end:
            stop += 1
        if found[stop - 1][2] > end:
            continue
        merged += found[place : i + 1]
        merged.append(("post", start, end, text[start:end]))
        place = stop
    return merged + found[place:]


class _Cutter:
    """Cuts one row into pieces."""

    def __init__(self, text: str, start: int, end: int, segments: list[tuple[int, int]], context: Context) -> None:
        self.context = context
        self.segments = segments
        self.text = text
        self.toks = tokens(text, start, end)
        if context.physical:
            self.toks = _measured(text, _functions_apart(self.toks, context.letters, context.typed), context.symbols)
        self.begin = start
        self.pieces: list[Piece] = []
        self.lost = False  # an operand or a claim was left out: it is made of words
        self.edits: list[tuple[int, int, str]] = []
        self.unmatched = self.unmatched_brackets()
        self.after_words = False  # a sign whose left operand is lost in words stands right before
        self.begin_index = 0
        self.reset(0)

    def unmatched_brackets(self) -> frozenset[int]:
        """Brackets without a partner, where a row of numbers has any: they are read over."""
        opened: list[int] = []
        lone: list[int] = []
        for i, token in enumerate(self.toks):
            if token[0] == "open":
                opened.append(i)
            elif token[0] == "close":
                if opened:
                    opened.pop()
                else:
                    lone.append(i)
        lone += opened
        if not lone or self.segments or sum(t[0] == "rel" for t in self.toks) < 2:
            return frozenset()
        if any(t[0] == "let" and self.kind(i + 1) != "rel" for i, t in enumerate(self.toks)):
            return frozenset()
        return frozenset(lone)

    # ------------------------------------------------------------ the run being built

    def reset(self, at: int) -> None:
        self.first = -1  # index of the first token of the run
        self.last = -1  # index of the last token after which the run is complete
        self.after: int = 0  # place where the run is complete, units and all
        self.expect = True
        self.depth = 0
        self.relations = 0
        self.relations_at_last = 0
        self.names: list[tuple[int, int, str]] = []
        self.doubtful = False
        self.others: list[list[tuple[int, int, str]]] = []
        self.starts_with = ""
        self.remainder: int | None = None
        self.from_place = -1
        self.opens: list[int] = []
        self.nouns: list[tuple[int, int]] = []
        self.has_unit = False
        self.free_from = at  # tokens from here on belong to no piece

    def open_run(self, i: int, place: int | None = None) -> None:
        self.first = i
        self.doubtful = self.after_words or self.follows_a_sign(i) or (self.context.physical and self.is_cut_off(i))
        self.after_words = False
        self.from_place = self.toks[i][1] if place is None else place

    def follows_a_sign(self, i: int) -> bool:
        """Whether token i is the right operand of a sign whose left operand belongs to no run."""
        return (
            self.kind(i - 1) == "op"
            and self.toks[i - 1][3] not in "-–−+±"
            and self.kind(i - 2) in ("word", "num", "close", "let", "post")
        )

    def is_cut_off(self, i: int) -> bool:
        """Whether token i begins a run in the middle of a product: right after a letter, or letters before a function.

        What is left of a line whose first factors are lost must not be held against it.
        """
        kind, before = self.kind(i), self.kind(i - 1)
        if kind == "func" and before == "word":
            word = self.word(i - 1)
            spelt = word in CLAUSE or word in LINKS or word in NOT_A_NOUN or word in DETERMINERS or word in FILLERS
            return len(word) < 4 and not spelt and i - 1 >= self.free_from
        if kind not in ("let", "func") or before not in ("let", "word") or not self.pieces:
            return False
        last = self.pieces[-1]
        if last.end != self.toks[i - 1][2] or self.kind(i - 2) == "num" or not last.relations:
            return False
        last.doubtful = True
        return True

    def complete(self, i: int, end: int | None = None) -> None:
        """Token i completes an operand."""
        self.expect = False
        self.has_unit = False
        if self.depth == 0:
            self.last = i
            self.after = self.toks[i][2] if end is None else end
            self.relations_at_last = self.relations

    def close_run(self, i: int) -> None:
        """The run is over before token i."""
        if self.first >= 0 and self.last >= self.first:
            if self.expect and self.dangles(i):
                self.doubtful = True
            self.pieces.append(self.piece())
        elif self.first >= 0 and self.opens and not self.expect:
            # A bracket that nobody closed: what stands inside may still be a piece.
            inner = self.opens[-1]
            start, end = self.toks[inner][2], self.toks[i - 1][2]
            if inner == self.first and self.relations:
                self.opens.clear()
                self.from_place = start
                self.after, self.relations_at_last = end, self.relations
                self.pieces.append(self.piece())
        self.reset(i)

    def dangles(self, i: int) -> bool:
        """Whether the run breaks off after a sign that is no dash: the operand that follows is lost."""
        k = i - 1
        while k > self.last and self.toks[k][0] not in ("op", "rel", "cmd", "func", "prefix", "open", "money"):
            k -= 1
        if k <= self.last:
            return False
        sign = self.toks[self.last + 1]
        if sign[0] == "rel":
            return False
        dash = sign[3] in ("-", "–", "—", "−") and k == self.last + 1 and self.spaced(k)
        return not (dash and self.kind(i) in ("word", "let", "end"))

    def piece(self) -> Piece:
        start, end = self.from_place, self.after
        names: dict[str, str] = {}
        edits = [e for e in self.edits if start <= e[0] and e[1] <= end]
        free = [c for c in _SPARE if c not in self.context.letters]
        for at, to, name in self.names:
            if to <= end and free:
                spare = next((s for s, n in names.items() if n == name), None) or free.pop(0)
                names[spare] = name
                edits.append((at, to, spare))
        text = self._written(start, end, edits)
        others = tuple(self._written(start, end, edits + more) for more in self.others)
        letters = False
        for kind, at, _, value in self.toks[self.first : self.last + 1]:
            if kind == "let" and at >= start:
                letters = letters or value.lower() != "x" or text[at] == value[0]
        return Piece(
            start, end, text, self.relations_at_last, names, self.doubtful, False, self.starts_with, others,
            self.remainder, letters, tuple(n for n in self.nouns if start <= n[0] and n[1] <= end),
        )  # fmt: skip

    def _written(self, start: int, end: int, edits: list[tuple[int, int, str]]) -> str:
        if not edits:
            return " " * start + self.text[start:end]
        chars = list(self.text[start:end])
        for at, to, new in edits:
            if at >= start and to <= end:
                width = to - at
                chars[at - start : to - start] = new.ljust(width)[:width]
        return " " * start + "".join(chars)

    # ------------------------------------------------------------ where a token stands

    def segment(self, place: int) -> int:
        """Which delimited segment a place lies in, -1 for none."""
        for k, (a, b) in enumerate(self.segments):
            if a <= place < b:
                return k
            if place < a:
                break
        return -1

    def spaced(self, i: int) -> bool:
        """Whether a blank stands before token i."""
        return i > 0 and self.toks[i][1] > self.toks[i - 1][2]

    def kind(self, i: int) -> str:
        return self.toks[i][0] if 0 <= i < len(self.toks) else "end"

    def word(self, i: int) -> str:
        return self.toks[i][3].lower() if 0 <= i < len(self.toks) and self.toks[i][0] in ("word", "let") else ""

    def is_article(self, i: int) -> bool:
        """`a`, `A` or `I` as a word of prose rather than a letter."""
        kind, _, end, value = self.toks[i]
        if kind != "let" or value not in ("a", "A", "I", "i") or self.segment(end - 1) >= 0:
            return False
        following, before = self.kind(i + 1), self.kind(i - 1)
        if following in ("op", "rel", "close", "post", "arrow") or before in ("op", "rel", "open"):
            return False
        if before == "num" and following != "word":
            return False
        if before == "end" and following == "end":
            return False
        return following in ("num", "money", "word", "cmd", "let") and (
            i + 1 < len(self.toks) and self.toks[i + 1][1] > end
        )

    # ------------------------------------------------------------ the pass

    def cut(self) -> list[Piece]:
        toks = self.toks
        i, n = 0, len(toks)
        inside = -1
        while i < n:
            kind, start, end, value = toks[i]
            if self.segments:
                now = self.segment(start)
                if now != inside:
                    self.cross_border(i, kind, now)
                    inside = now
            i = self.step(i, kind, start, end, value, inside >= 0)
        self.close_run(n)
        return self.pieces

    def cross_border(self, i: int, kind: str, now: int) -> None:
        """A delimiter stands before token i. `$x$ = $5$` goes on over it, `$x = 5$ $y = 3$` does not."""
        if self.first < 0 or self.expect:
            return
        leaving = now < 0 and kind in ("rel", "op", "post", "comma", "word")
        entering = now >= 0 and kind == "rel" and not self.relations
        if not (leaving or entering):
            self.close_run(i)

    def step(self, i: int, kind: str, start: int, end: int, value: str, hard: bool) -> int:
        if kind == "num":
            return self.number(i, hard)
        if kind == "op" or (kind == "cmd" and value in _BINARY_COMMANDS):
            return self.sign(i, value)
        if kind == "rel":
            return self.relation(i, value)
        if kind == "word":
            return self.words(i, hard)
        if kind == "let":
            return self.letter(i, value, hard)
        if kind == "func" or kind == "prefix" or kind == "cmd":
            return self.function(i, value)
        if kind == "money":
            return self.money(i)
        if kind == "open" or kind == "close":
            return self.bracket(i, kind, value, hard)
        if kind == "post":
            return self.postfix(i, value)
        if kind == "bar":
            if self.expect:
                if self.first < 0:
                    self.open_run(i)
                closing = next((k for k in range(i + 1, min(i + 40, len(self.toks))) if self.toks[k][0] == "bar"), -1)
                if closing > 0:
                    self.complete(closing)
                    return closing + 1
                self.close_run(i)
                return i + 1
            if self.depth > 0:
                self.expect = True
                return i + 1
            self.close_run(i)
            return i + 1
        if kind == "comma":
            if self.depth > 0:
                self.expect = True
                return i + 1
            self.close_run(i)
            return i + 1
        if kind == "matrix":
            if self.first < 0:
                self.open_run(i)
            self.complete(i)
            return i + 1
        if kind == "dots":
            if self.first >= 0:
                self.complete(i)
            return i + 1
        if kind == "stop" and value == ":" and (self.is_ratio(i) or (self.depth > 0 and hard)):
            self.expect = True
            return i + 1
        if kind == "arrow":
            return self.arrow(i, value)
        if kind == "clock":
            if not self.expect:
                self.close_run(i)
            if self.first < 0:
                self.open_run(i)
            self.names.append((start, end, value))
            self.complete(i)
            return i + 1
        if kind == "other" and value in "_&\\" and self.first >= 0:
            self.expect = True
            return self.after_subscript(i + 1) if self.kind(i - 1) in ("cmd", "func") else i + 1
        if kind == "stop" and value == "?" and (self.expect or self.kind(i + 1) in ("op", "rel")):
            # A question mark where an operand should stand is the unknown.
            alone = self.first < 0 and self.kind(i + 1) == "rel"
            if self.first < 0:
                self.open_run(i)
            if alone:
                self.names.append((start, end, value))
            self.doubtful = self.doubtful or not alone
            self.complete(i)
            return i + 1
        self.close_run(i)
        return i + 1

    def after_subscript(self, i: int) -> int:
        """The index after the subscript of a function or a sum that begins at token i; its argument comes next."""
        if self.kind(i) != "open":
            return i + 1
        depth = 0
        for k in range(i, len(self.toks)):
            depth += (self.kind(k) == "open") - (self.kind(k) == "close")
            if depth == 0:
                return k + 1
        return i

    # ------------------------------------------------------------ operands

    def is_ratio(self, i: int) -> bool:
        """Whether the colon at token i stands between two numbers: 3:4, and 300 : 4 where no word names the 300."""
        if self.kind(i - 1) != "num" or self.kind(i + 1) != "num" or self.expect:
            return False
        if self.spaced(i) and self.spaced(i + 1):
            return self.kind(i - 2) not in ("word", "let")
        return not self.spaced(i) and not self.spaced(i + 1)

    def number(self, i: int, hard: bool) -> int:
        _, start, _, value = self.toks[i]
        adjective = self.is_adjective(i)
        if adjective and not self.expect and self.spaced(i) and self.kind(i - 1) == "num":
            # 4 1-hour lessons
            self.edits.append((start, self.toks[i + 2][2], ""))
            self.complete(i + 2)
            return i + 3
        if not self.expect:
            before = self.toks[i - 1]
            joins = hard or not self.spaced(i) or (before[0] == "word" and self.is_compound(i - 1))
            joins = joins or (
                before[0] in ("post", "let")
                and _finer(before[3], self.toks[i + 1][3] if i + 1 < len(self.toks) else "")
            )
            if before[0] == "num" and self.spaced(i):
                # 2 1/2 is one number; 3 5*3 is not.
                joins = "." not in before[3] and (
                    (self.kind(i + 1) == "op" and self.toks[i + 1][3] == "/" and not self.spaced(i + 1)
                     and self.kind(i + 2) == "num" and not self.spaced(i + 2) and value.isdigit()
                     and self.toks[i + 2][3].isdigit() and int(value) < int(self.toks[i + 2][3]))
                    or not value[0].isdigit()
                    or ((hard or self.is_group(i)) and len(value.partition(".")[0]) == 3 and len(before[3]) <= 3)
                )  # fmt: skip
            if not joins:
                self.close_run(i)
        if self.first < 0:
            self.open_run(i)
            self.words_before(i)
        self.complete(i)
        if adjective:
            self.edits.append((self.toks[i + 1][1], self.toks[i + 1][2], ""))
            return i + 2
        if self.word(i + 1) in ("st", "nd", "rd", "th") and not self.spaced(i + 1):
            # 1st - 5 = 6th counts places, not things; 2/3rds does not.
            counts_places = self.is_sign_token(i + 2) and self.toks[i - 1][3] not in ("/", "\\frac")
            self.doubtful = self.doubtful or (counts_places and self.toks[i + 2][3] in "+-–−")
            self.edits.append((self.toks[i + 1][1], self.toks[i + 1][2], ""))
            self.complete(i + 1)
            return i + 2
        return self.tail(i)

    def is_group(self, i: int) -> bool:
        """`= 251 381 Pa`: three more digits of a number in work about physics, its unit or a sign after them."""
        if self.toks[i][1] - self.toks[i - 1][2] != 1:
            return False
        if not self.context.physical and not (
            self.relations and self.kind(i - 2) == "rel" and len(self.toks[i][3]) == 3
        ):
            return False  # 2 × 5730 = 11 460 years
        first = i - 1
        while self.kind(first - 1) == "num" and len(self.toks[first][3]) == 3:
            first -= 1
        last = i
        while self.kind(last + 1) == "num" and len(self.toks[last + 1][3]) == 3:
            last += 1
        begun = self.kind(first - 1) in ("rel", "op", "open", "end", "arrow")
        ended = self.kind(last + 1) in ("post", "rel", "end", "close", "word", "op")
        if self.kind(last + 1) == "let" and self.toks[last + 1][3] in WORDS:
            ended = self.kind(last + 2) in ("rel", "end", "close", "comma")  # 15 000 W, beside W = F d
        return begun and ended and all(len(self.toks[j][3].partition(".")[0]) == 3 for j in range(first + 1, last + 1))

    def is_adjective(self, i: int) -> bool:
        """`60-minute`: a number joined to a word."""
        return (
            self.kind(i + 1) == "op" and self.toks[i + 1][3] == "-" and self.kind(i + 2) == "word"
            and not self.spaced(i + 1) and not self.spaced(i + 2) and len(self.toks[i + 2][3]) > 2
            and self.segment(self.toks[i][1]) < 0
        )  # fmt: skip

    def tail(self, i: int) -> int:
        """After a number: a remainder, or `and a half`; then the next token's index."""
        end = self.toks[i][2]
        if self.depth == 0 and self.relations and self.toks[i][3].isdigit():
            if m := _REMAINDER.match(self.text, end):
                letter = m.group().strip(" ,")[0]
                if m.group().strip(" ,")[1:].strip().isdigit() and letter in self.context.letters:
                    return i + 1
                self.remainder = int(m.group(1)) if len(m.group(1)) < 12 else None
                k = i + 1
                while k < len(self.toks) and self.toks[k][1] < m.end():
                    k += 1
                self.last = k - 1
                self.close_run(k)
                return k
            if m := _AND_A_FRACTION.match(self.text, end):
                k = i + 1
                while k < len(self.toks) and self.toks[k][1] < m.end():
                    k += 1
                if m.group(2):
                    half = {"half": "+1/2", "quarter": "+1/4", "third": "+1/3"}[m.group(2).lower()]
                    self.edits.append((m.start(1), m.end(), half))
                else:
                    self.edits.append((*m.span(1), "+"))
                self.complete(k - 1, m.end())
                return k
        return i + 1

    def words_before(self, i: int) -> None:
        """A multiplier in words before the first number: `half of 30`, `twice 5`, `three times 4`."""
        j = i - 1
        before = self.word(j)
        if not before or self.toks[j][0] != "word" or j < self.free_from:
            return
        two = self.word(j - 1)
        start, new = -1, ""
        if before == "of" and two.split("-")[-1] in FRACTION_WORDS:
            bottom = FRACTION_WORDS[two.split("-")[-1]]
            top = 1
            start = self.toks[j - 1][1]
            lead = two.split("-")[0] if "-" in two else self.word(j - 2)
            if lead in NUMBER_WORDS:
                top = NUMBER_WORDS[lead]
                start = start if "-" in two else self.toks[j - 2][1]
            elif self.kind(j - 2) == "num":
                self.doubtful = True
                return
            new = f"({top}/{bottom})*"
        elif before in MULTIPLES:
            start, new = self.toks[j][1], MULTIPLES[before]
        elif before == "times" and two in NUMBER_WORDS:
            start, new = self.toks[j - 1][1], f"{NUMBER_WORDS[two]}*"
        elif (
            (before in DETERMINERS and self.sign_word_before(j))
            or before in ("times", "plus", "minus", "negative", "percent", "divided", "multiplied", "squared")
            or (before == "by" and two in ("divided", "multiplied", "divide", "multiply"))
            or (before == "of" and two in ("root", "square", "cube", "percent", "reciprocal", "times"))
        ):
            self.doubtful = True
            return
        if start >= 0 and len(new) <= self.toks[i][1] - start:
            self.others.append([(start, self.toks[i][1], "")])
            self.edits.append((start, self.toks[i][1], new))
            self.from_place = start

    def sign_word_before(self, j: int) -> bool:
        """Whether only articles stand between token j and a word that is a sign: `times the 5+2`."""
        k = j
        while k >= self.free_from and j - k < 3 and self.word(k) in DETERMINERS:
            k -= 1
        return self.word(k) in ("times", "plus", "minus") or (
            self.word(k) == "by" and self.word(k - 1) in ("divided", "multiplied")
        )

    def letter(self, i: int, value: str, hard: bool) -> int:
        if not hard and self.is_article(i):
            return self.words(i, hard)
        if value == "P" and self.expect and (after := self.probability(i)):
            return after
        if not self.expect:
            if value in ("x", "X") and self.is_cross(i):
                self.edits.append((self.toks[i][1], self.toks[i][2], "*"))
                self.expect = True
                return i + 1
            if self.spaced(i) and not hard:
                before = self.toks[i - 1]
                known = (
                    value[0] in self.context.letters
                    or value in self.context.letters
                    or (len(value) > 1 and name_typed(value, self.context.typed) is not None)
                    or (value[0] == "Δ" and self.context.physical)
                    or value.startswith("\\")
                    or any(t[0] == "func" for t in self.toks[self.first : i])
                )
                unit = before[0] == "num" and value in UNITS
                if self.context.physical and self.relations and before[0] == "post" and self.kind(i + 1) == "rel":
                    known = known and before[3][0] in "²³⁴^'"  # v = 3 m/s a = 2 m/s²: two claims
                if before[0] not in ("num", "close", "let", "post") or not (known or unit):
                    self.close_run(i)
        if self.first < 0:
            self.open_run(i)
            self.words_before(i)
        self.complete(i)
        return i + 1

    def probability(self, i: int) -> int:
        """`P(red or blue)`: the index after it, where what is in the bracket is made of words; else 0."""
        if self.kind(i + 1) != "open" or self.spaced(i + 1):
            return 0
        depth, words = 0, False
        for k in range(i + 1, len(self.toks)):
            depth += (self.kind(k) == "open") - (self.kind(k) == "close")
            words = words or self.kind(k) in ("word", "bar")
            if depth == 0:
                break
        else:
            return 0
        if not words:
            return 0
        if self.first < 0:
            self.open_run(i)
        start, end = self.toks[i][1], self.toks[k][2]
        if self.word(i) == "conjugate":
            self.edits.append((start, self.toks[i][2], "conj"))
        else:
            self.names.append((start, end, self.text[start:end]))
        self.complete(k)
        return k + 1

    def is_cross(self, i: int) -> bool:
        """`x` as the times sign: digits on both sides and blanks around it, or the work uses it so."""
        cross = self.context.cross if self.toks[i][3] == "x" else self.context.capital_cross
        after, before = self.kind(i + 1), self.kind(i - 1)
        if after not in ("num", "money", "open") and not (after == "op" and self.toks[i + 1][3] in "-−"):
            named = before == "word" and after == "word" and bool(self.names)
            return named or bool(cross and after in ("word", "let", "func", "cmd") and self.spaced(i))
        if cross:
            return True
        digits = before in ("num", "post") and after in ("num", "money")
        if cross is None:
            return digits or before in ("num", "close", "post", "word")
        return digits and self.spaced(i) and self.spaced(i + 1)

    def function(self, i: int, value: str) -> int:
        if value in _AROUND:
            if self.first < 0 and value != "\\right" and self.kind(i + 1) in ("open", "bar"):
                self.open_run(i)
                self.expect = True
            return i + 1
        if value in _WHOLE_COMMANDS:
            if self.first >= 0:
                self.complete(i)
            return i + 1
        if self.first < 0:
            self.open_run(i)
        self.expect = True
        return i + 1

    def money(self, i: int) -> int:
        following = self.kind(i + 1)
        if not self.expect:
            if not self.spaced(i) and following != "num":
                self.complete(i)
                return i + 1
            self.close_run(i)
        if following not in ("num", "let", "open"):
            if self.first >= 0 and self.expect and following != "op":
                self.close_run(i)
            return i + 1
        if self.first < 0:
            self.open_run(i)
            self.words_before(i)
        self.expect = True
        return i + 1

    def bracket(self, i: int, kind: str, value: str, hard: bool) -> int:
        if i in self.unmatched and (kind == "open" or self.kind(i + 1) in ("rel", "op", "end", "close")):
            self.edits.append((self.toks[i][1], self.toks[i][2], ""))
            return i + 1
        if kind == "open" and value == "(" and (after := self.name_in_bracket(i)):
            return after
        if kind == "open":
            if value == "(" and self.relations and not self.expect and self.spaced(i) and (after := self.same_again(i)):
                self.close_run(i)
                return after
            remark = not hard and value in "([" and self.is_remark(i, needs_relation=self.expect and self.first >= 0)
            if remark and (self.spaced(i) or self.first < 0):
                if self.first >= 0 and not self.expect and (after := self.annotation(i)):
                    return after
                self.close_run(i)
                return i + 1
            if not self.expect and self.spaced(i) and not hard and self.kind(i - 1) == "word":
                self.close_run(i)
            if self.first < 0:
                self.open_run(i)
            self.opens.append(i)
            self.depth += 1
            self.expect = True
            return i + 1
        if self.depth > 0:
            self.depth -= 1
            self.opens.pop()
            if self.expect and self.kind(i - 1) == "op" and self.depth == 0:
                self.close_run(i)
                return i + 1
            self.complete(i)
            return i + 1
        self.close_run(i)
        return i + 1

    def name_in_bracket(self, i: int) -> int:
        """`(eggs for 4 cakes) / 2`: the index after a bracket that holds a name where an operand belongs; else 0."""
        if self.kind(i + 1) != "word" or not self.expect or self.is_product_of_letters(i + 1, False):
            return 0
        k = i + 1
        while self.kind(k) in ("word", "num", "let"):
            k += 1
        if self.kind(k) != "close" or sum(t[0] == "word" for t in self.toks[i + 1 : k]) < 2:
            return 0
        if self.first < 0:
            if not (self.is_sign_token(k + 1) or self.kind(k + 1) == "rel"):
                return 0
            self.open_run(i)
        start, end = self.toks[i][1], self.toks[k][2]
        self.names.append((start, end, " ".join(self.text[start + 1 : end - 1].split())))
        self.complete(k)
        return k + 1

    def annotation(self, i: int) -> int:
        """The index after a bracket of words alone that a sign follows: `$5 (mini-golf) + $6 (food) = $11`; else 0."""
        k = i + 1
        while k < len(self.toks) and (
            self.kind(k) in ("word", "let", "comma")
            or self.toks[k][3] == "&"
            or (self.toks[k][3] == "-" and not self.spaced(k))
        ):
            k += 1
        if self.kind(k) != "close" or k == i + 1 or not any(t[0] == "word" for t in self.toks[i + 1 : k]):
            return 0
        if not (self.is_sign_token(k + 1) or self.kind(k + 1) == "rel") or self.toks[k + 1][3] == "^":
            return 0
        place = (self.toks[i][1], self.toks[k][2])
        self.edits.append((*place, ""))
        self.complete(k)
        return k + 1

    def same_again(self, i: int) -> int:
        """`$0.20 (20 cents).`: the index after a bracket that says an amount again, in other units; else 0."""
        k = i + 1 + (self.kind(i + 1) == "money")
        money = k > i + 1
        if self.kind(k) != "num" or (not money and self.kind(k + 1) != "word"):
            return 0
        k += 1
        while self.kind(k) == "word":
            k += 1
        if self.kind(k) != "close" or self.is_sign_token(k + 1) or self.kind(k + 1) in ("rel", "open", "num", "post"):
            return 0
        return k + 1

    def is_remark(self, i: int, *, needs_relation: bool) -> bool:
        """A bracket that holds a relation or a sentence is a remark, no factor; after a sign only a relation counts."""
        depth = 0
        for k in range(i, min(i + 60, len(self.toks))):
            kind, _, _, value = self.toks[k]
            if kind == "open":
                depth += 1
            elif kind == "close":
                depth -= 1
                if depth == 0:
                    return False
            elif kind in ("rel", "arrow") and value not in (":=", "→", "->"):
                return True
            elif needs_relation:
                continue
            elif kind == "word":
                if value.lower() in CLAUSE or (k == i + 1 and self.kind(k + 1) in ("word", "close")):
                    return True
            elif kind == "stop" and value not in ":\x1f":
                return True
        return True

    def postfix(self, i: int, value: str) -> int:
        if self.first < 0 or self.expect:
            raised = self.kind(i - 1) in ("func", "cmd", "post") and value in "²³⁻¹⁴"  # sin²x
            if value == "'" or self.first < 0 or raised:
                return i + 1
            self.close_run(i)
            return i + 1
        if value == "!" and self.kind(i + 1) in ("end", "word") and self.kind(i - 1) != "let" and self.ends_sentence(i):
            self.close_run(i)
            return i + 1
        self.complete(i)
        if value in ("%", "\\%") and self.word(i + 1) == "of" and self.operand_follows(i + 2):
            self.edits.append((self.toks[i + 1][1], self.toks[i + 1][2], "*"))
            self.expect = True
            return i + 2
        return i + 1

    def ends_sentence(self, i: int) -> bool:
        """Whether an exclamation mark is one of prose: words stand in the row, and it ends a sentence."""
        if not any(t[0] == "word" for t in self.toks):
            return False
        return self.kind(i + 1) == "end" or self.toks[i + 1][3][:1].isupper()

    def operand_follows(self, i: int) -> bool:
        kind = self.kind(i)
        return kind in ("num", "money", "func", "open") or (kind == "let" and not self.is_article(i))

    # ------------------------------------------------------------ signs

    def sign(self, i: int, value: str) -> int:
        kinds = self.kind(i + 1)
        if self.first < 0:
            glued = i + 1 < len(self.toks) and self.toks[i + 1][1] == self.toks[i][2]
            named = self.name_before(i)
            if value in ("-", "−", "–", "±", "+", "\\pm") and (glued or not named):
                if kinds in ("num", "let", "open", "func", "cmd", "money", "prefix"):
                    self.open_run(i)
                    self.expect = True
                return i + 1
            if named:
                self.open_named(i, named)
                if value in ("-", "−", "–") and not any(t[0] == "num" for t in self.toks[named[0] : i]):
                    # A dash, or a minus after a name: the reader of the claim may drop the name.
                    self.others.append([(self.from_place, self.toks[i][2], "")])
                self.expect = True
            elif not glued and self.kind(i - 1) in ("word", "num", "close", "let") and i > self.begin_index:
                self.after_words = True
            return i + 1
        if self.expect and value not in ("-", "−", "+", "±", "–", "\\pm"):
            if value == "^" or self.kind(i - 1) in ("cmd", "func"):  # sin^2 x
                return i + 1
            self.close_run(i)
            return i + 1
        self.expect = True
        return i + 1

    def relation(self, i: int, value: str) -> int:
        if value == "\\not":
            return i + 1
        if self.first < 0:
            named = self.name_before(i)
            if named:
                self.open_named(i, named)
                self.relations += 1
                self.expect = True
                return i + 1
            if (k := self.letter_after_name(i)) >= 0:
                # Principal (P) = $24,000
                self.open_run(k)
                self.edits.append((self.toks[i - 1][1], self.toks[i - 1][2], ""))
                self.relations += 1
                self.complete(i - 1)
                self.relations_at_last = 0
                self.expect = True
                return i + 1
            if not self.is_led_to(i):
                # Words that are no name stand on its left: only what follows can be a claim.
                self.lost = True
                return i + 1
            self.open_run(i)
            self.starts_with = value
            self.from_place = self.toks[i][2]
            self.expect = True
            return i + 1
        self.relations += 1
        self.expect = True
        return i + 1

    def letter_after_name(self, i: int) -> int:
        """The index of the letter in `Principal (P) =`, where token i is the relation; else -1."""
        k = i - 2
        apart = self.kind(i - 1) == "close" and self.kind(k) == "let" and self.kind(k - 1) == "open"
        return k if apart and self.kind(k - 2) == "word" and k >= self.free_from else -1

    def is_led_to(self, i: int) -> bool:
        """Whether a relation without a left side goes on from before: nothing, or only links, stand before it."""
        k = i - 1
        while self.kind(k) == "word" and (self.word(k) in LINKS or self.word(k) in _LEADS):
            k -= 1
        if k < i - 1 and self.kind(k) in ("rel", "op"):
            return False  # Q = it = …: an operand that was taken for a word
        return self.kind(k) not in ("word", "num", "let", "close", "post", "clock")

    def arrow(self, i: int, value: str) -> int:
        if value not in "∴∵" and (
            self.depth > 0 or (self.first >= 0 and self.toks[self.first][3] in ("lim", "\\lim") and not self.relations)
        ):
            self.expect = True
            return i + 1
        self.close_run(i)
        self.free_from = i + 1
        return i + 1

    def name_before(self, i: int) -> tuple[int, int, str] | None:
        """A name made of words right before token i: (index of its first token, place of its end, the name)."""
        j = i - 1
        toks = self.toks
        if j < 0 or toks[j][0] not in ("word", "num", "let", "close"):
            return None
        k = j
        here = self.segment(toks[i][1]) if self.segments else -1
        while k >= self.free_from and toks[k][0] in ("word", "let", "num") and j - k < 9:
            if here >= 0 and self.segment(toks[k][1]) != here:
                break
            if toks[k][0] == "word" and toks[k][3].lower() in NAME_BREAK:
                break
            k -= 1
        k += 1
        while k <= j and toks[k][3].lower() in DETERMINERS:
            k += 1
        if k > j or not any(t[0] == "word" for t in toks[k : j + 1]):
            return None
        return k, toks[j][2], " ".join(self.text[toks[k][1] : toks[j][2]].split())

    def open_named(self, i: int, named: tuple[int, int, str]) -> None:
        k, end, name = named
        self.open_run(k)
        self.names.append((self.toks[k][1], end, name))
        self.complete(i - 1, end)
        self.first = k

    # ------------------------------------------------------------ words

    def words(self, i: int, hard: bool) -> int:
        if (self.first < 0 or self.expect) and (after := self.unknown_function(i)):
            return after
        if (self.first < 0 or self.expect) and self.is_product_of_letters(i, hard):
            if self.first < 0:
                applied = self.context.physical and self.kind(i + 1) == "func"  # mg sin 30°
                if not hard and not applied and self.kind(i + 1) not in ("op", "rel", "close", "post", "open"):
                    return i + 1
                self.open_run(i)
            self.complete(i)
            return i + 1
        if self.first < 0:
            return self.number_word(i)
        if self.expect:
            return self.words_as_operand(i)
        return self.words_after_operand(i, hard)

    def unknown_function(self, i: int) -> int:
        """`conjugate(z)`: the index after a word applied to a bracket, which is a name for a value; else 0."""
        if self.kind(i + 1) != "open" or self.spaced(i + 1) or self.toks[i + 1][3] != "(":
            return 0
        if self.is_remark(i + 1, needs_relation=True):
            return 0
        depth = 0
        for k in range(i + 1, len(self.toks)):
            depth += (self.kind(k) == "open") - (self.kind(k) == "close")
            if depth == 0:
                break
        else:
            return 0
        if self.first < 0:
            if not (self.is_sign_token(k + 1) or self.kind(k + 1) == "rel"):
                return 0
            self.open_run(i)
        start, end = self.toks[i][1], self.toks[k][2]
        self.names.append((start, end, self.text[start:end]))
        self.complete(k)
        return k + 1

    def number_word(self, i: int) -> int:
        """`three + 4`: a number in words that begins a piece."""
        value = _number_word(self.toks[i][3].lower())
        if value is not None:
            following = self.kind(i + 1)
            sign = self.sign_words(i + 1)
            if (following == "op" and self.spaced(i + 1) and self.operand_follows(i + 2)) or (
                sign is not None and sign[1] != "=" and self.operand_follows(sign[0])
            ):
                self.open_run(i)
                self.edits.append((self.toks[i][1], self.toks[i][2], str(value)))
                self.complete(i)
        return i + 1

    def sign_words(self, i: int) -> tuple[int, str] | None:
        """Words that are a sign between two operands: (index after them, the sign)."""
        first = self.word(i)
        if not first:
            return None
        for phrase, sign in SIGN_WORDS:
            if phrase[0] == first and all(self.word(i + k) == w for k, w in enumerate(phrase)):
                return i + len(phrase), sign
        return None

    def words_after_operand(self, i: int, hard: bool) -> int:
        toks = self.toks
        first = toks[i][3].lower()
        if self.is_glued(i):
            self.complete(i)
            self.has_unit = toks[i][3] in UNITS
            return self.after_unit(i)
        if self.is_product_of_letters(i, hard):
            self.complete(i)
            return i + 1
        if (sign := self.sign_words(i)) is not None:
            after, mark = sign
            value = _number_word(self.word(after)) if self.word(after) else None
            if self.operand_follows(after) or value is not None:
                if mark == "=" and self.relations == 0 and not self.has_sign_so_far(i):
                    pass  # 3/4 is equal to 7.5 acres: of something, not a calculation
                else:
                    self.edits.append((toks[i][1], toks[after - 1][2], mark))
                    self.relations += mark == "="
                    self.expect = True
                    if value is not None and not self.operand_follows(after):
                        self.edits.append((toks[after][1], toks[after][2], str(value)))
                        self.complete(after)
                        return after + 1
                    return after
            elif first == "times":
                # 6 times longer, 2 times/day: times are what is counted
                if self.kind(after) == "op" and self.toks[after][3] == "/" and self.kind(after + 1) == "word":
                    after += 2
                self.complete(after - 1)
                self.edits.append((toks[i][1], toks[after - 1][2], ""))
                if not (self.is_sign_token(after) or self.kind(after) == "rel" or self.depth):
                    self.close_run(after)
                    self.free_from = i
                return after
            elif mark != "=" and self.word(after):
                self.lost = True
                self.abandon(after)
                return after
        if first in ("squared", "cubed"):
            self.edits.append((toks[i][1], toks[i][2], "^2" if first == "squared" else "^3"))
            self.complete(i)
            return i + 1
        if first == "percent" or (first == "per" and self.word(i + 1) == "cent"):
            to = i + 1 if first == "percent" else i + 2
            self.edits.append((toks[i][1], toks[to - 1][2], "%"))
            self.complete(to - 1)
            if self.word(to) == "of" and self.operand_follows(to + 1):
                self.edits.append((toks[to][1], toks[to][2], "*"))
                self.expect = True
                return to + 1
            return to
        if first == "of" and self.operand_follows(i + 1) and self.is_fraction(i - 1):
            self.edits.append((toks[i][1], toks[i][2], "*"))
            self.expect = True
            return i + 1
        if first in ("a", "an", "each") and self.kind(i + 1) == "word":
            j = self.noun_end(i + 1)
            if j > i + 1 and self.is_sign_token(j):
                self.edits.append((toks[i][1], toks[j - 1][2], ""))
                self.complete(j - 1)
                return j
        if first in MAGNITUDES and self.kind(i - 1) in ("num", "post"):
            self.others.append([(toks[i][1], toks[i][2], MAGNITUDES[first])])
            if not first.startswith("dozen"):
                self.edits.append((toks[i][1], toks[i][2], MAGNITUDES[first]))
                self.others[-1] = [(toks[i][1], toks[i][2], "")]
            else:
                self.edits.append((toks[i][1], toks[i][2], ""))
            self.complete(i)
            return i + 1
        return self.counted(i)

    def is_glued(self, i: int) -> bool:
        """`2xy`, `3ab`, `5km`: letters right after a number, a product or a unit; the reader of mathematics decides."""
        word = self.toks[i][3]
        if self.spaced(i) or self.kind(i - 1) not in ("num", "close", "let") or len(word) > 4:
            return False
        return word in UNITS or len(word) < 3 or all(c in self.context.letters or c in "xyzabcdmnpqt" for c in word)

    def has_sign_so_far(self, i: int) -> bool:
        return any(
            t[0] in ("prefix", "cmd", "let", "func") or (t[0] == "op" and t[3] != "/")
            for t in self.toks[self.first : i]
        ) or any(e[0] >= self.from_place and e[2].strip() for e in self.edits)

    def is_product_of_letters(self, i: int, hard: bool) -> bool:
        """`ab`, `mgh`, `dx`: letters that the work uses one by one."""
        word = self.toks[i][3]
        if len(word) > 4 or not word.isalpha():
            return False
        if word.lower() in NOT_A_NOUN or word.lower() in DETERMINERS:
            if len(word) == 2 and self.is_raised(i) and all(c in self.context.letters for c in word):
                return True  # ½ at²
            # ax + by = c
            signs = self.kind(i - 1) == "op" and self.kind(i + 1) in ("op", "rel", "close", "end", "comma", "stop")
            return signs and len(word) == 2 and any(c in self.context.letters or c in "xyz" for c in word)
        known = [c in self.context.letters for c in word]
        below = self.kind(i - 1) == "op" and not (self.context.physical and all(known) and self.kind(i - 2) != "num")
        if word in UNITS and (self.kind(i - 1) in ("num", "close", "post") or below):
            return False
        if all(known):
            formula = self.context.physical and self.kind(i - 1) not in ("num", "close", "post")  # F = mg
            return word not in UNITS or hard or formula
        if hard:
            return len(word) <= 3 and word.lower() not in NUMBER_WORDS
        if len(word) != 2 or not any(k or c in "xyz" for k, c in zip(known, word, strict=True)):
            return False
        return self.expect and (self.first >= 0 or self.kind(i + 1) in ("op", "rel"))

    def is_raised(self, i: int) -> bool:
        """Whether an exponent stands right after token i: at², it^3."""
        return i + 1 < len(self.toks) and self.toks[i + 1][3][0] in "^²³⁴" and not self.spaced(i + 1)

    def abandon(self, i: int) -> None:
        """The run breaks off inside an expression: what it claims so far is not what was written."""
        self.first = -1
        self.reset(i)

    def is_fraction(self, i: int) -> bool:
        kind, _, _, value = self.toks[i]
        if kind == "close" and self.kind(self.first) == "cmd":
            return True
        if kind == "num" and not value[0].isdigit():
            return True
        return (kind == "num" and i - 2 >= self.first and self.toks[i - 1][3] == "/" and self.kind(i - 2) == "num") or (
            kind == "num" and value.startswith(("0.", "."))
        )

    def noun_end(self, i: int) -> int:
        """The index after the words of a counted noun that begins at token i, slashes included."""
        toks = self.toks
        j = i
        while j < len(toks) and j - i < 8:
            kind, _, _, value = toks[j]
            if kind == "word":
                low = value.lower()
                if low in NOT_A_NOUN and not (low == "per" and j > i - 1 and self.kind(j + 1) == "word"):
                    break
                if low in ("per", "of") and self.kind(j + 1) != "word":
                    break
                j += 1
            elif value == "/" and self.kind(j + 1) == "word" and j > i - 1 and not self.spaced(j + 1):
                j += 2
            elif kind == "post" and value in "²³" and j > i:
                j += 1
            else:
                break
        return j

    def counted(self, i: int) -> int:
        """Words after a number: what is counted, if a sign goes on after them; else the end of the piece."""
        toks = self.toks
        operand = toks[i - 1]
        j = self.noun_end(i)
        following = self.kind(j)
        if j > i and not (following == "word" or following == "num"):
            goes_on = (
                following == "rel" or self.is_sign_token(j) or (self.depth > 0 and following in ("close", "comma"))
            )
            counts = any(t[3] in UNITS or t[3].lower() in UNITS or _plural(t[3].lower()) for t in toks[i:j])
            if following == "rel" and self.relations and not counts:
                goes_on = False  # `x = 3 area = 5`: the words are the name of the next claim
            if following == "open" and toks[j][3] == "(" and self.depth == 0:
                unit, self.expect = self.expect, False
                after = self.annotation(j)
                self.expect = unit
                if after:
                    self.keep_unit(i, j)
                    return after
            if following == "op" and toks[j][3] in "-–" and self.spaced(j) and self.kind(j + 1) == "word":
                goes_on = False
            if goes_on:
                self.keep_unit(i, j)
                self.complete(j - 1)
                return j
        if (k := self.longer_phrase(i)) and operand[0] != "let":
            self.nouns.append((toks[i][1], toks[k - 1][2]))
            self.edits.append((toks[i][1], toks[k - 1][2], ""))
            self.complete(k - 1)
            return k
        if j == i + 1 and self.is_compound(i):
            self.complete(i)
            return j
        if self.depth > 0:
            # Words inside a bracket that lead nowhere: the bracket was a remark.
            self.close_run(i)
            return i + 1
        crosses = bool(self.segments) and self.segment(operand[1]) != self.segment(toks[i][1])
        if j > i and operand[0] != "let" and not self.has_unit and not crosses:
            word = toks[i][3]
            low = word.lower()
            if low in UNITS or word in UNITS or (_plural(low) and low not in NOT_A_NOUN):
                stop = i + 1
                while stop < j and (toks[stop][3] == "/" or (toks[stop][3].lower() == "per" and stop + 1 < j)):
                    stop += 2
                if stop < j and toks[stop][0] == "post":
                    stop += 1
                self.nouns.append((toks[i][1], toks[stop - 1][2]))
                self.complete(stop - 1)
                self.close_run(stop)
                return max(stop, i + 1)
        begun = i if self.relations else self.first
        self.close_run(i)
        self.free_from = begun
        return self.number_word(i)

    def is_compound(self, i: int) -> bool:
        """`2 hours 30 minutes`: a known unit, then a number with another one."""
        finer = self.kind(i + 2) == "word" or (self.kind(i + 2) == "let" and self.toks[i + 2][3] in ("s", "m"))
        units = self.toks[i][3] in UNITS and self.kind(i + 1) == "num" and finer
        if self.kind(i + 2) == "let":
            return units and self.toks[i][3] in ("min", "mins", "minutes", "h", "hours", "km")
        return units and self.toks[i + 2][3] in UNITS and self.toks[i + 2][3] != self.toks[i][3]

    def longer_phrase(self, i: int) -> int:
        """`$45 for the delivery = $120`: the index after a longer description that a sign follows; else 0."""
        k = i
        while k < len(self.toks) and k - i < 8:
            if self.kind(k) == "word":
                word = self.word(k)
                if word in NOT_A_NOUN and word not in DESCRIBING:
                    return 0
            elif not (self.kind(k) == "let" and self.toks[k][3] == "a"):
                break
            k += 1
        if k == i:
            return 0
        if self.kind(k) == "rel":
            signed = self.has_sign_so_far(i) or any(t[0] == "op" for t in self.toks[self.first : i])
            return k if not self.relations and signed else 0
        if not self.is_sign_token(k) or (self.toks[k][3] == "/" and not self.spaced(k)):
            return 0
        dash = self.toks[k][3] in "-–" and self.kind(k + 1) == "word"
        return 0 if dash else k

    def is_sign_token(self, j: int) -> bool:
        """Whether token j is a sign between two operands."""
        kind = self.kind(j)
        if kind == "let":
            return self.toks[j][3] in ("x", "X") and self.is_cross(j)
        return kind == "op" or (kind == "cmd" and self.toks[j][3] in _BINARY_COMMANDS)

    def keep_unit(self, i: int, j: int) -> None:
        """Of the words i … j-1 after a number keep one as its unit, and one below its bar; paint over the rest."""
        toks = self.toks
        self.nouns.append((toks[i][1], toks[j - 1][2]))
        head, below = i, j
        for k in range(i, j):
            if toks[k][3].lower() in ("of", "per") or toks[k][3] == "/":
                break
            if toks[k][0] != "post":  # 1.5 cm²
                head = k
        for k in range(i, j):
            if toks[k][3] == "/" or toks[k][3].lower() == "per":
                below = k
                break
        if head > i:
            self.edits.append((toks[i][1], toks[head - 1][2], ""))
        slashes = [k for k in range(i, j) if toks[k][3] == "/"]
        if len(slashes) > 1 and all(toks[k][3] != "/" for k in range(i, j, 2)) and len(slashes) * 2 + 1 == j - i:
            return
        after = head + 2 if self.kind(head + 1) == "post" else head + 1
        if below > after:
            self.edits.append((toks[after][1], toks[below - 1][2], ""))
        if j - 1 > below + 1:
            self.edits.append((toks[below + 1][1], toks[j - 2][2], ""))

    def after_unit(self, i: int) -> int:
        toks = self.toks
        j = i + 1
        while (
            j + 1 < len(toks) and toks[j][3] == "/" and not self.spaced(j) and self.kind(j + 1) in ("word", "let")
            and not self.spaced(j + 1) and toks[j + 1][3] in UNITS
        ):  # fmt: skip
            j += 2
            self.complete(j - 1)
        return j

    def words_as_operand(self, i: int) -> int:
        """Words where an operand should stand: filler before a number, a number in words, or a name."""
        toks = self.toks
        before = self.toks[i - 1]
        measured = self.kind(i - 2) in ("num", "close", "post", "word") and not self.is_name(i - 2)
        if before[3] == "/" and self.depth == 0 and not self.spaced(i) and measured:
            return self.below_bar(i)  # $12/hour: a unit below the bar
        if (
            before[3] == "/"
            and self.kind(i - 2) in ("num", "word")
            and not self.is_name(i - 2)
            and self.kind(i + 1) != "word"
        ):
            return self.below_bar(i)
        if before[3] == "/" and toks[i][3].lower() in UNITS:
            return self.below_bar(i)
        if before[0] == "op" and before[3] in "·⋅*" and toks[i][3] in UNITS and toks[i - 2][3] in UNITS:
            self.complete(i)  # J/kg ⋅ °C
            return i + 1
        if (value := _number_word(toks[i][3].lower())) is not None and self.kind(i + 1) != "word":
            self.edits.append((toks[i][1], toks[i][2], str(value)))
            self.complete(i)
            return i + 1
        j = i
        while j < len(toks) and (toks[j][0] == "word" or (toks[j][0] == "let" and self.is_article(j))) and j - i < 12:
            j += 1
        following = self.kind(j)
        phrase = [t[3].lower() for t in toks[i:j]]
        if following in ("num", "money") and all(w in FILLERS for w in phrase):
            self.edits.append((toks[i][1], toks[j - 1][2], ""))
            return j
        ends_here = False
        if any(w in NAME_BREAK for w in phrase):
            k = next(k for k, w in enumerate(phrase) if w in NAME_BREAK)
            while k > 1 and phrase[k - 1] in _LEADS_ON:
                k -= 1  # E = mc to find the energy
            j, ends_here = i + k, True
        elif (following == "num" or (following == "let" and self.toks[j][3].isupper())) and (
            self.is_sign_token(j + 1) or self.kind(j + 1) in ("rel", "end", "close", "stop", "comma")
        ):
            j += 1  # a name with a number in it: total expenses in 2014
            following = self.kind(j)
        starts_operand = following in ("num", "money", "let", "func", "open", "cmd") and not self.is_sign_token(j)
        if j == i or (starts_operand and not ends_here):
            self.broken(i)
            return max(j, i + 1)
        end = toks[j - 1][2]
        self.names.append((toks[i][1], end, " ".join(self.text[toks[i][1] : end].split())))
        self.complete(j - 1, end)
        if ends_here:
            self.lost = self.lost or before[0] == "op"
            self.close_run(j)
            self.free_from = i
        return j

    def is_name(self, i: int) -> bool:
        """Whether token i ends a name made of words."""
        return any(end == self.toks[i][2] for _, end, _ in self.names)

    def below_bar(self, i: int) -> int:
        """$3/head of lettuce * 2: the unit below the bar, and more words of it where a sign follows them."""
        j = self.noun_end(i)
        self.nouns.append((self.toks[i - 1][1], self.toks[i][2]))
        self.complete(i)
        if j > i + 1 and (self.is_sign_token(j) or self.kind(j) == "rel"):
            self.edits.append((self.toks[i + 1][1], self.toks[j - 1][2], ""))
            self.complete(j - 1)
            return j
        self.has_unit = True
        return i + 1

    def broken(self, i: int) -> None:
        """An operand is missing before token i: what stands before the dangling sign is still a piece."""
        dangling = self.toks[i - 1][0] in ("op", "cmd")
        self.lost = True
        self.close_run(i)
        if dangling and self.pieces and self.pieces[-1].relations == 0:
            self.pieces[-1].doubtful = True


_FINER = (
    ("day days d", "h hr hrs hour hours"),
    ("h hr hrs hour hours", "min mins minute minutes"),
    ("min mins minute minutes", "s sec secs second seconds"),
    ("km", "m"),
    ("m", "cm"),
    ("kg", "g"),
    ("ft", "in inches"),
)


def _finer(unit: str, following: str) -> bool:
    """2 h 30 min, 1 km 200 m: whether the second unit measures what is left over of the first."""
    return any(unit.strip() in one.split() and following.strip() in other.split() for one, other in _FINER)


def _number_word(word: str) -> int | None:
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    tens, dash, ones = word.partition("-")
    if dash and tens in NUMBER_WORDS and ones in NUMBER_WORDS and NUMBER_WORDS[tens] >= 20 and NUMBER_WORDS[ones] < 10:
        return NUMBER_WORDS[tens] + NUMBER_WORDS[ones]
    return None


def _plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def cut(text: str, start: int, end: int, segments: list[tuple[int, int]], context: Context) -> tuple[list[Piece], bool]:
    """The pieces of a painted row between two places, in order, those without a relation too.

    The flag says that something was left out because an operand is made of words.
    """
    cutter = _Cutter(text, start, end, segments, context)
    pieces = cutter.cut()
    return pieces, cutter.lost
