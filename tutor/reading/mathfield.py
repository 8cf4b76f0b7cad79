"""A line of a mathematics field, LaTeX with its words in `\\text`, to the line as somebody would type it, and back.

Typed text is what is stored, checked and shown, so it has to say what the LaTeX says: it is taken only where both are
read alike. Letters are not taken apart on the way, as `KE = mgh` may be about names of more letters than one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tutor.errors import NotReadable, TooLarge
from tutor.reading.rows import rows
from tutor.reading.steps import split_steps
from tutor.syntax.names import FUNCTIONS, GREEK
from tutor.syntax.printer import to_latex, to_text
from tutor.syntax.read import read
from tutor.syntax.tree import (
    Bracket,
    Node,
    Power,
    Product,
    Quantity,
    Quotient,
    Statement,
    Words,
    rebuild,
    without_brackets,
)

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}^_]|\s+|[A-Za-z]+|\d+(?:\.\d+)?|.", re.DOTALL)
_PLAIN: Final = {
    "cdot": "*", "times": " × ", "ast": "*", "div": " ÷ ", "pm": "±", "mp": "∓", "le": " <= ", "leq": " <= ",
    "ge": " >= ", "geq": " >= ", "lt": " < ", "gt": " > ", "ne": " != ", "neq": " != ", "approx": " ≈ ", "to": " -> ",
    "rightarrow": " -> ", "Rightarrow": " => ", "implies": " => ", "Leftrightarrow": " <=> ", "iff": " <=> ",
    "therefore": "∴ ", "lor": " or ", "land": " and ", "infty": "infinity", "degree": "°", "circ": "°", "in": " in ",
    "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|",
    "prime": "'", "pi": "π", "Delta": "Δ", "Omega": "Ω", "ldots": "...", "dots": "...", "colon": ":", "emptyset": "∅",
    "mu": "μ", "doubleprime": "''",
    "exponentialE": "e", "differentialD": "d", "imaginaryI": "i", "quad": " ", "qquad": " ", "int": "int",
}  # fmt: skip
_GAPS: Final = {",", ":", ";", "!", " ", ">"}
_RELATION = re.compile(r"\s*(<=>|<=|>=|!=|->|=>|[=<>≈])\s*")
_MATHLIVE: Final = {r"\exponentialE": "e ", r"\differentialD": "d ", r"\imaginaryI": "i "}
_SPECIAL = re.compile(r"[\\{}$%&#_^~]")
_UPRIGHT = re.compile(r"\\text\{((?:[^{}\\]|\\.)*)\}")
_UNIT = re.compile(r"\\text\{(?! )")  # words have blanks around them
_UNIT_FRACTION = re.compile(r"(?<=\d)(?:\\[:, ]|\s)+\\frac\{([A-Za-z]{1,3})\}\{([A-Za-z]{1,3}(?:\^\{?\d\}?)?)\}")
_PROSE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}")
_DOLLARS = re.compile(r"\$([^\s$](?:[^$]*[^\s$])?)\$(?!\d)")
_BRACKET = re.compile(r"[\[({]")
_SPOKEN = re.compile(
    r"(?<![A-Za-z\\])(?:equals?|is|plus|minus|times|over|half|of|squared|cubed|divided|by|gleich|ist|mal|durch)(?![A-Za-z])",
    re.IGNORECASE,
)
_CARET = re.compile(r"\\textasciicircum(?:\{\}|\s)?")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SPACES = re.compile(r" {2,}")


def typed(line: str) -> str:
    """What a line of a mathematics field says, as somebody would type it; LaTeX that has no such form stays LaTeX.

    >>> typed(r"\\frac12x=4"), typed(r"\\text{so }x=2\\lor x=-3"), typed(r"\\left(x+3\\right)^2\\le9")
    ('(1/2)x = 4', 'so x = 2 or x = -3', '(x+3)^2 <= 9')
    >>> typed(r"v=14\\:m/s"), typed(r"KE=\\frac12mv^2"), typed(r"\\frac{x}{}")
    ('v = 14 m/s', 'KE = (1/2)mv^2', '\\\\frac{x}{}')
    """
    line = _CARET.sub("^", " ".join(line.split()))
    if not line or ("\\" not in line and "{" not in line and "=" not in line):
        return line
    pieces: list[str] = []
    for words, mathematics in _segments(line):
        pieces.append(words if mathematics is None else _typed_mathematics(mathematics))
    return _SPACES.sub(" ", "".join(pieces)).strip()


def in_notation(line: str) -> str:
    """A typed line as LaTeX for a mathematics field: its mathematics set, its words in `\\text`.

    >>> in_notation("x^2 = 1/4"), in_notation("so x = 2 or 3")
    ('x^{2} = \\\\frac{1}{4}', '\\\\text{so }x = 2 \\\\text{ or } x = 3')
    >>> in_notation("divide both sides by 2"), in_notation(r"\\frac{x}{2} = 4")
    ('\\\\text{divide both sides by 2}', '\\\\frac{x}{2} = 4')
    """
    line = _DOLLARS.sub(r"\1", line.strip())
    if not line:
        return ""
    if "\\" in line:
        if not _balanced(line):
            return _words(line)
        if _statement(line) is not None:
            return line
    elif _DECIMAL_COMMA.search(line) and not _BRACKET.search(line) and _statement(line) is not None:
        return re.sub(r"(?<=[\w)])\s+(?=\w)", r"\\:", _DECIMAL_COMMA.sub("{,}", line))
    elif (alone := _set(line)) is not None:
        return alone
    try:
        steps = split_steps(line)
    except TooLarge:
        return _words(line)
    pieces, done = [], 0
    for claim in sorted((c for s in steps for c in s.claims), key=lambda c: c.span.start):
        start, end = claim.span.start, claim.span.end
        piece = line[start:end]
        found = (piece if _balanced(piece) else None) if "\\" in piece else _set(piece)
        if start >= done and found is not None:
            pieces += [_words(line[done:start]), found]
            done = end
    if not pieces and "\\" in line and not _PROSE.search(_UPRIGHT.sub("", line)):
        return line
    return "".join(pieces) + _words(line[done:])


def lines_of(text: str) -> list[str]:
    """The lines of something pasted: of free text, of LaTeX with its displays and rows, of a whole page.

    >>> lines_of("2x = 4\\n\\n  x = 2 ")
    ['2x = 4', 'x = 2']
    >>> lines_of(r"\\begin{align} 2x &= 4 \\\\\\\\ x &= 2 \\end{align}")
    ['2x = 4', 'x = 2']
    """
    try:
        found = [row.text for row in rows(text)]
    except TooLarge:
        found = text.splitlines()
    if "\\" in text or "$$" in text:
        found = [_without_display(line) for line in found]
    return [line for line in (" ".join(line.split()) for line in found) if line]


_DISPLAY = re.compile(r"\\[\[\]]|\$\$")
_ROWS = re.compile(
    r"\\(?:begin|end)\s*\{(?:align|aligned|alignat|gather|gathered|split|eqnarray|multline|equation|displaymath|document)\*?\}"
    r"|(?<!\\)&|\\\\(?:\[[^\]]*\])?\s*$"
)


def _without_display(line: str) -> str:
    """Without the commands that only set a line apart."""
    line = _DISPLAY.sub("", line)
    return line if "matrix" in line or "cases" in line or "array" in line else _ROWS.sub("", line)


def _statement(text: str) -> Statement | None:
    try:
        return read(text)
    except (NotReadable, TooLarge):
        return None


def _set(text: str) -> str | None:
    """Typed mathematics as LaTeX; None where it is not mathematics alone."""
    lead = re.match(r"\s*(=>|<=>|=|≈|→|⇒)", text)
    rest = text[lead.end() :] if lead else text
    found = _statement(rest)
    if found is None or isinstance(found, Words) or _SPOKEN.search(text):
        return None
    signs = {"=>": r"\Rightarrow ", "⇒": r"\Rightarrow ", "<=>": r"\Leftrightarrow ", "≈": r"\approx ", "→": r"\to "}
    return (signs.get(lead[1], lead[1]) if lead else "") + notation_of(found)


def notation_of(statement: Statement) -> str:
    """What was read as LaTeX, without the brackets that its fraction bars and exponents make needless.

    >>> notation_of(read("(1/2)x = (a + 1)/(2b)"))
    '\\\\frac{1}{2}x = \\\\frac{a + 1}{2b}'
    """
    return _UNIT.sub(r"\\mathrm{", to_latex(_stacked(statement)))


def _stacked(node: Node) -> Node:
    """Without the brackets that a fraction bar or a raised exponent makes needless."""
    node = rebuild(node, _stacked)
    if isinstance(node, Quotient):
        return replace(node, top=without_brackets(node.top), bottom=without_brackets(node.bottom), stacked=True)
    if isinstance(node, Power):
        return replace(node, exponent=without_brackets(node.exponent))
    if isinstance(node, Product) and isinstance(node.factors[0], Bracket):
        first = without_brackets(node.factors[0])
        return replace(node, factors=(first, *node.factors[1:])) if isinstance(first, Quotient) else node
    return node


def _bare(node: Node) -> Node:
    """Without any brackets: what two spellings of one line have in common."""
    return _bare(node.inner) if isinstance(node, Bracket) else rebuild(node, _bare)


def _balanced(text: str) -> bool:
    depth = 0
    for sign in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return not depth


def _words(text: str) -> str:
    """Text for `\\text`."""
    escaped = _SPECIAL.sub(lambda m: {"\\": r"\backslash "}.get(m[0], "\\" + m[0]), text)
    return f"\\text{{{escaped}}}" if text.strip() else ""


def _segments(line: str) -> Iterator[tuple[str, str | None]]:
    """Words as ("words", None), mathematics as ("", mathematics); units and names within mathematics stay in it."""
    done = 0
    for m in _UPRIGHT.finditer(line):
        inside = re.sub(r"\\([{}$%&#_^~])", r"\1", m[1]).replace(r"\backslash ", "\\")
        depth = line.count("{", 0, m.start()) - line.count("}", 0, m.start())
        if depth or not inside.strip():
            continue
        if before := line[done : m.start()].strip():
            yield "", before
        yield f" {inside} " if before or done or m.end() < len(line) else inside, None
        done = m.end()
    if rest := line[done:].strip():
        yield "", rest


def _typed_mathematics(latex: str) -> str:
    """LaTeX without words at its outermost level."""
    spelt = latex.replace("{,}", ",")  # whether a comma is a decimal one, the lines around it say
    spelt = _UNIT_FRACTION.sub(_per, spelt)
    for command, letter in _MATHLIVE.items():
        spelt = spelt.replace(command, letter)
    candidate = _spelt(spelt)
    meant = _statement(spelt)
    if candidate is not None:
        candidate = _RELATION.sub(r" \1 ", candidate)
        candidate = _SPACES.sub(" ", candidate).strip()
        read_again = _statement(candidate)
        if meant is None or (read_again is not None and _bare(read_again) == _bare(meant)):
            return candidate
    return latex if meant is None else to_text(meant)


def _per(m: re.Match[str]) -> str:
    """14 m/s, where a fraction of two letters after a number and a gap can only be a unit."""
    unit = f"{m[1]}/{m[2]}"
    return f"\\:{unit} " if isinstance(_statement(f"1 {unit}"), Quantity) else m[0]


def _spelt(latex: str) -> str | None:
    """Token by token; None where a command has no typed form."""
    tokens = [m[0] for m in _TOKEN.finditer(latex)]
    out, at = _run(tokens, 0)
    return out if at == len(tokens) else None


class _NoTypedForm(Exception):
    """A command that has none."""


def _run(tokens: list[str], at: int) -> tuple[str, int]:
    """The tokens up to a closing brace, typed."""
    out = ""
    try:
        while at < len(tokens) and tokens[at] != "}":
            piece, at = _one(tokens, at, out)
            out += piece
    except _NoTypedForm:
        return "", -1
    return out, at


def _group(tokens: list[str], at: int) -> tuple[str, int]:
    """An argument: a group in braces, or the next token or digit."""
    while at < len(tokens) and tokens[at].isspace():
        at += 1
    if at >= len(tokens):
        raise _NoTypedForm
    if tokens[at] == "{":
        inside, at = _run(tokens, at + 1)
        if at < 0 or at >= len(tokens):
            raise _NoTypedForm
        return inside.strip(), at + 1
    token = tokens[at]
    if len(token) > 1 and token[0] != "\\":
        tokens[at] = token[1:]  # \frac12 takes a digit at a time
        return token[0], at
    return _one(tokens, at, "")


def _closed(text: str) -> str:
    """In brackets, where it is more than one numeral or letter and not in brackets as it stands."""
    if re.fullmatch(r"\([^()]*\)", text):
        return text
    return text if re.fullmatch(r"\d+(?:\.\d+)?|[^\W\d_]|[A-Za-z]\w*\([^()]*\)", text) else f"({text})"


def _one(tokens: list[str], at: int, before: str) -> tuple[str, int]:
    token = tokens[at]
    at += 1
    if token.isspace():
        return "", at
    if token == "{":
        inside, at = _run(tokens, at)
        if at < 0 or at >= len(tokens):
            raise _NoTypedForm
        return inside, at + 1
    if token in "^_":
        inside, at = _group(tokens, at)
        if token == "^" and inside == "°":
            return "°", at
        if token == "^" and inside and not inside.strip("'"):
            return inside, at
        if token == "_" and re.fullmatch(r"\w+", inside):
            return f"_{inside}", at
        return token + _closed(inside), at
    if token[0] != "\\":
        return token, at
    name = token[1:]
    if name in _GAPS:
        return ("" if name == "!" else " "), at
    if name in ("left", "right"):
        return _delimiter(tokens, at)
    if name in ("frac", "dfrac", "tfrac"):
        above, at = _group(tokens, at)
        below, at = _group(tokens, at)
        if not above or not below:
            raise _NoTypedForm
        found = f"{_closed(above)}/{_closed(below)}"
        joined = re.search(r"[\w)°'.!]\s*$", before) or (at < len(tokens) and _goes_on(tokens[at]))
        return (f"({found})" if joined else found), at
    if name == "sqrt":
        if at < len(tokens) and tokens[at] == "[":
            raise _NoTypedForm
        inside, at = _group(tokens, at)
        return f"sqrt({inside})", at
    if name in ("mathrm", "text", "operatorname"):
        inside, at = _group(tokens, at)
        return (f" {inside}" if re.search(r"[\w)]$", before) else inside), at
    if name in _PLAIN:
        return _PLAIN[name], at
    if name in FUNCTIONS or name in GREEK:
        lead = " " if re.search(r"[A-Za-z]$", before) else ""
        while at < len(tokens) and tokens[at].isspace():
            at += 1
        after = " " if at < len(tokens) and re.match(r"[A-Za-z\d]|\\(?!left)", tokens[at]) else ""
        return f"{lead}{name}{after}", at
    if len(name) == 1 and not name.isalnum():
        return name, at
    raise _NoTypedForm


def _delimiter(tokens: list[str], at: int) -> tuple[str, int]:
    if at >= len(tokens):
        raise _NoTypedForm
    token = tokens[at]
    if token == ".":
        return "", at + 1
    if token in "()[]|":
        return token, at + 1
    sign = _PLAIN.get(token[1:], "")
    if sign not in ("{", "}", "[", "]", "|"):
        raise _NoTypedForm
    return sign, at + 1


def _goes_on(token: str) -> bool:
    """Whether a factor or an exponent follows without a sign between."""
    return bool(re.match(r"[\w({^|]", token)) or (token[0] == "\\" and token[1:] not in _PLAIN and token[1:] != "right")
