"""Text to tokens: one compiled expression for ASCII, Unicode and LaTeX, every token with its place in the source.

A token is `(kind, value, start, end)`. The kind of an operator is the operator in one canonical spelling; LaTeX
commands become the same tokens as their plain spelling, so the reader never asks which of the two was typed.

    num     a numeral                         name    a run of letters        upright  letters in \\text{} or \\mathrm{}
    func    a known function name             rel     a relation (canonical)  arrow    "->", "=>", "<=>", "<="
    sup sub Unicode super- and subscripts     vulgar  ½                       cur      a currency sign
    delim   \\( \\) \\[ \\] or a $ that sets mathematics off
    cmd     a LaTeX command with arguments    begin, close   environments     row, &   separators inside them
    dots    …                                 bad     what no rule reads      end      after the last token
"""

from __future__ import annotations

import re
from functools import lru_cache

from tutor.errors import TooLarge
from tutor.syntax import latex, names

Token = tuple[str, str, int, int]

MAX_CHARACTERS = 100_000

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<name>[A-Za-zÀ-ÖØ-öø-ɏ]+)
  | (?P<num>(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+(?!,?[0-9])(?:\.[0-9]+)?
        | [1-9][0-9]{0,2}(?:\ [0-9]{3})+(?![0-9]|\ [0-9]|/)(?:\.[0-9]+)?
        | [1-9][0-9]{0,2}(?:'[0-9]{3})+(?!['0-9])(?:\.[0-9]+)?
        | [0-9]+(?:\.(?:[0-9]\u0305?)+|\.\([0-9]+\)|\.(?=\s*(?:[-+*/=)×·÷,;]|\\overline|\\bar|\\dot)))?
        | \.[0-9]+ )
      (?:[eE][+-]?[0-9]+(?![A-Za-z_.0-9]|\())?
      (?:\.\.\.|…)?)
  | (?P<cmd>\\[A-Za-z]+\*?)
  | (?P<op>\+/-|-/\+|\+-|===|<==(?!>)|<=>|<->|<==>|==>|-->|->|=>|<=|=<|>=|!=|/=|<>|==|:=|~=|=~|~~|\*\*|\.\.\.)
  | (?P<sup>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣʸᵃᵇᶜᵈᵏᵐᵖᵗⁱᵀ]+)
  | (?P<sub>[₀₁₂₃₄₅₆₇₈₉₊₋ₐₑᵢⱼₖₘₙₚₜₓ]+)
  | (?P<esc>\\(?:\\|.)?)
  | (?P<char>\S)
    )""",
    re.VERBOSE | re.DOTALL,
)

_SUP = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣʸᵃᵇᶜᵈᵏᵐᵖᵗⁱᵀ", "0123456789+-()nxyabcdkmptiT")
_SUB = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋ₐₑᵢⱼₖₘₙₚₜₓ", "0123456789+-aeijkmnptx")

# One character to one token: (kind, value).
_CHARACTERS: dict[str, tuple[str, str]] = {
    **{c: (c, c) for c in "+-*/^_()[]{}|,;!%'&°±∓√:"},
    "·": ("*", "·"), "∙": ("*", "·"), "•": ("*", "·"), "⋅": ("*", "·"), "×": ("*", "×"), "✕": ("*", "×"),
    "✖": ("*", "×"), "⨯": ("*", "×"), "÷": ("/", "÷"), "=": ("rel", "="), "<": ("rel", "<"), ">": ("rel", ">"),
    "≤": ("rel", "<="), "⩽": ("rel", "<="), "≦": ("rel", "<="), "≥": ("rel", ">="), "⩾": ("rel", ">="),
    "≧": ("rel", ">="), "≠": ("rel", "!="), "≈": ("rel", "≈"), "≅": ("rel", "≈"), "≃": ("rel", "≈"), "~": ("rel", "≈"),
    "≡": ("rel", "≡"), "∝": ("rel", "∝"), "∈": ("rel", "in"), "∉": ("rel", "notin"), "⊂": ("rel", "subset"),
    "⊆": ("rel", "subset"), "≔": ("rel", ":="), "→": ("arrow", "->"), "⟶": ("arrow", "->"), "⇒": ("arrow", "=>"),
    "⟹": ("arrow", "=>"), "⇔": ("arrow", "<=>"), "⟺": ("arrow", "<=>"), "⇐": ("arrow", "<="), "↔": ("arrow", "<=>"),
    "↦": ("arrow", "->"), "⇌": ("bad", "⇌"), "∛": ("root", "3"), "∜": ("root", "4"), "∞": ("const", "infinity"),
    "π": ("const", "pi"), "∅": ("{}", "∅"), "∪": ("setop", "union"), "∩": ("setop", "intersection"),
    "∖": ("setop", "minus"), "∫": ("int", "∫"), "∑": ("series", "sum"), "∏": ("series", "product"), "…": ("dots", "…"),
    "⋯": ("dots", "…"), "⌊": ("floor", "⌊"), "⌋": ("⌋", "⌋"), "⌈": ("ceil", "⌈"), "⌉": ("⌉", "⌉"), "⟨": ("⟨", "⟨"),
    "⟩": ("⟩", "⟩"), "∧": ("and", "∧"), "∨": ("or", "∨"), "$": ("cur", "$"), "£": ("cur", "£"), "€": ("cur", "€"),
    "¢": ("cur", "¢"), "₹": ("cur", "₹"), "¥": ("cur", "¥"), "∠": ("angle", "angle"), "△": ("angle", "triangle"),
    "ℝ": ("set", "R"), "ℕ": ("set", "N"), "ℤ": ("set", "Z"), "ℚ": ("set", "Q"), "ℂ": ("set", "C"), "∴": ("skip", ""),
    "∵": ("skip", ""), "✓": ("skip", ""), "✔": ("skip", ""), "☑": ("skip", ""), "✅": ("skip", ""), "∎": ("skip", ""),
    "□": ("skip", ""), "■": ("skip", ""), "∂": ("name", "d"), "‰": ("permille", "‰"), ".": (".", "."), "?": ("?", "?"),
    "∡": ("angle", "angle"), "‖": ("‖", "‖"), "º": ("°", "º"), "˚": ("°", "˚"), "∘": ("°", "circ"), "ʹ": ("'", "'"),
    **{c: ("vulgar", v) for c, v in zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒",
       ["1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "3/5", "4/5", "1/6", "5/6", "1/8", "3/8", "5/8", "7/8", "1/7",
        "1/9", "1/10"], strict=True)},
    **{c: ("name", v) for c, v in names.LETTERS.items()},
    "℃": ("°", "℃"), "℉": ("°", "℉"), "Σ": ("Sigma", "Sigma"), "Π": ("Pi", "Pi"),
}  # fmt: skip

_OPERATORS: dict[str, tuple[str, str]] = {
    "<=>": ("arrow", "<=>"), "<->": ("arrow", "<=>"), "<==>": ("arrow", "<=>"), "==>": ("arrow", "=>"),
    "-->": ("arrow", "->"), "->": ("arrow", "->"), "=>": ("arrow", "=>"), "<=": ("rel", "<="), "=<": ("rel", "<="),
    ">=": ("rel", ">="), "!=": ("rel", "!="), "/=": ("rel", "!="), "<>": ("rel", "!="), "==": ("rel", "="),
    ":=": ("rel", ":="), "~=": ("rel", "≈"), "=~": ("rel", "≈"), "~~": ("rel", "≈"), "**": ("^", "**"),
    "...": ("dots", "…"), "+/-": ("±", "±"), "+-": ("±", "±"), "-/+": ("∓", "∓"), "===": ("rel", "≡"),
    "<==": ("arrow", "<="),
}  # fmt: skip

_WORDS: dict[str, str] = {**dict.fromkeys(names.FUNCTIONS, "func"), **names.KEYWORDS}

# Characters that stand for another one in its place, so that every offset stays true.
_LOOKALIKES: dict[int, str] = {
    **{0xFF01 + i: chr(0x21 + i) for i in range(94)},
    **dict.fromkeys(map(ord, "−‒–—﹣－⁃"), "-"),
    **dict.fromkeys(map(ord, "∗＊⁎"), "*"), **dict.fromkeys(map(ord, "⁄∕／"), "/"),
    **dict.fromkeys(map(ord, "’‘′ʼ`´"), "'"), **dict.fromkeys(map(ord, "∣｜❘"), "|"), ord("µ"): "μ",
    **dict.fromkeys(map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
                             "\u205f\u3000"
                             "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
                             "\u20d7\u20d1\u2066\u2067\u2068\u2069\ufeff\u00ad\ufe0e\ufe0f"), " "),
    **dict(zip(map(ord, "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"), "ABEZHIKMNOPTYXo", strict=True)),
    ord("，"): ",", ord("；"): ";", ord("："): ":", ord("。"): ".", ord("ı"): "i", ord("〈"): "⟨", ord("〉"): "⟩",
    ord("″"): "\u2033", ord("ⅇ"): "e", ord("ⅈ"): "i", ord("ⅆ"): "d", ord("ℎ"): "h", ord("ℯ"): "e",
    0x212B: "\N{LATIN CAPITAL LETTER A WITH RING ABOVE}", 0x2126: "\N{GREEK CAPITAL LETTER OMEGA}",
}  # fmt: skip


def _mathematical_letters() -> dict[int, str]:
    table: dict[int, str] = {}
    plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    for block in range(13):
        for i, letter in enumerate(plain):
            table[0x1D400 + 52 * block + i] = letter
    for block in range(5):
        for i in range(10):
            table[0x1D7CE + 10 * block + i] = "0123456789"[i]
    greek = "αβγδεζηθικλμνξοπρςστυφχψω"
    for block in range(5):
        for i, letter in enumerate(greek):
            table[0x1D6C2 + 58 * block + i] = letter
    return table


_LOOKALIKES |= _mathematical_letters()

# Cyrillic letters that look Latin are read as Latin where they stand alone or two together.
_CYRILLIC = dict(zip("асеорухіАВЕКМНОРСТХУ", "aceopyxiABEKMHOPCTXY", strict=True))
_LONE_CYRILLIC = re.compile(f"(?<![\u0400-\u04ff])[{''.join(_CYRILLIC)}]{{1,2}}(?![\u0400-\u04ff])")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff]")


def plain(text: str) -> str:
    """The text with look-alike characters put right, character for character."""
    if not text.isascii():
        text = text.translate(_LOOKALIKES)
        text = _LONE_CYRILLIC.sub(lambda m: "".join(_CYRILLIC[c] for c in m[0]), text)
    return _UNPRINTABLE.sub("\ufffd", text) if not text.isprintable() else text


@lru_cache(maxsize=256)
def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text; the last has kind "end".

    Raises:
        TooLarge: more than MAX_CHARACTERS characters.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(f"This line has {len(text):,} characters; at most {MAX_CHARACTERS:,} can be read at once.")
    source = plain(text)
    if "\\" in source or "{,}" in source:
        return tuple(latex.tokens(source, _scan(source)))
    return tuple(_scan(source))


# $x = 2$, but not "$5 + $3": what is between has no space at its ends, and no digit follows.
_DOLLARS = re.compile(r"(?<![\\\d$])(\$\$?)(?=[^\s$])(?:[^$\\]|\\.)*?(?<![\s$])(\$\$?)(?![\d$])", re.DOTALL)


def _delimiters(source: str) -> frozenset[int]:
    """The offsets of the $ signs that set mathematics off from words."""
    found: set[int] = set()
    for m in _DOLLARS.finditer(source):
        for i in (1, 2):
            found.update(range(*m.span(i)))
    return frozenset(found)


def _scan(source: str) -> list[Token]:
    tokens: list[Token] = []
    delimiters = _delimiters(source) if source.count("$") > 1 else frozenset()
    add = tokens.append
    words = _WORDS
    for m in _TOKEN.finditer(source):
        group = m.lastgroup
        if group is None:
            continue
        value = m[group]
        start, end = m.span(group)
        if group == "name":
            kind = words.get(value, "name")
            if value == "min" and tokens and tokens[-1][0] in ("num", "/", "per") and source[end : end + 1] != "(":
                kind = "name"  # 30 min, km/min: minutes
            add((kind, value, start, end))
        elif group == "char":
            kind, value = _CHARACTERS.get(value) or ("bad", value)
            if start in delimiters:
                kind = "delim"
            elif value == "1/2" and (below := _of_half_life(tokens, start)) is not None:
                del tokens[below:]
                kind, start = "sub", tokens[-1][3]
            add((kind, value, start, end))
        elif group == "op" and value == "+-" and not _says_plus_minus(source, tokens, end):
            add(("+", "+", start, start + 1))
            add(("-", "-", start + 1, end))
        elif group == "op":
            kind, value = _OPERATORS[value]
            if value == "!=" and source[start] == "!" and _ends_a_factorial(source, tokens, start, end):
                add(("!", "!", start, start + 1))
                kind, value, start = "rel", "=", start + 1
            add((kind, value, start, end))
        elif group == "sup":
            add(("sup", value.translate(_SUP), start, end))
        elif group == "sub":
            value = value.translate(_SUB)
            if value == "2" and [t[0] for t in tokens[-3:]] == ["name", "sub", "/"] and tokens[-2][1] == "1":
                start, value = tokens[-2][2], "1/2"  # T₁/₂
                del tokens[-2:]
            add(("sub", value, start, end))
        else:
            add((group, value, start, end))
    add(("end", "", len(source), len(source)))
    return tokens


def _of_half_life(tokens: list[Token], start: int) -> int | None:
    """Where the tokens between the T of T½ or T_½ and its ½ begin; None where no T stands right before."""
    end = len(tokens) - 1 if tokens and tokens[-1][0] == "_" else len(tokens)
    joined = tokens and tokens[-1][3] == start and end > 0
    return end if joined and tokens[end - 1][:2] in (("name", "T"), ("name", "t")) else None


_AFTER_PLUS_MINUS = re.compile(r"\s+\S|√|\\?sqrt\b")


def _says_plus_minus(source: str, tokens: list[Token], end: int) -> bool:
    """x = +-3, 3.1 +- 0.2 and 2 +-√5 say plus or minus; 8+-6 and 8 +-6 add a negative number."""
    begins = not tokens or tokens[-1][0] in ("rel", "arrow", "(", "[", ",", "or", "delim")
    return begins or _AFTER_PLUS_MINUS.match(source, end) is not None


def _ends_a_factorial(source: str, tokens: list[Token], start: int, end: int) -> bool:
    """5!=120 says that 5! is 120; x!=2 and x != 2 say that x is not 2."""
    if not tokens or tokens[-1][3] != start or source[end : end + 1].isspace():
        return False
    return tokens[-1][0] == "num" or (tokens[-1][0] in ("name", ")") and source.count("!") > 1)
