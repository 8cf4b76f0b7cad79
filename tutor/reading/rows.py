"""The text of a piece of work, cut into rows: physical lines, and the rows of displays.

A row keeps its text as it was written. `\\\\` cuts rows, except inside a matrix; a display that goes over
several lines gives one row for each of its own rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tutor.errors import TooLarge
from tutor.regex import regex

MAX_TEXT = 4_000_000
MAX_ROWS = 5_000
MAX_ROW = 20_000


class Row(NamedTuple):
    """One row. line: number of the physical line, from 0. display: it begins inside a display."""

    line: int
    text: str
    display: bool = False
    heading: bool = False


_MATRIX = frozenset("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array tabular".split())
_DISPLAY = frozenset(
    "align aligned alignat alignedat gather gathered split eqnarray multline equation displaymath math cases rcases "
    "flalign dcases".split()
)
_TOKEN = regex(
    r"\\begin\s*\{([A-Za-z]+)\*?\}|\\end\s*\{([A-Za-z]+)\*?\}"
    r"|\\\\(?=[\[\(][^\]\)\n]{0,4000}\\\\[\]\)])|\\\\[\]\)]"  # \\[ … \\] is \[ … \] escaped twice
    r"|\\\[|\\\]|\$\$|\\\\(?![A-Za-z])\*?(?:\[[^\]\n]{0,12}\])?|\\\\(?=[A-Za-z])|\\newline\b"
)
_COMMENT = regex(r"(?<!\\)%.*$")
_IGNORED = regex(
    r"\s*\\(?:documentclass|usepackage|maketitle|title|author|date|newcommand|renewcommand|pagestyle|setlength|noindent"
    r"|bigskip|medskip|smallskip|newpage|vspace|hspace|label|centering|begin\s*\{(?:document|enumerate|itemize|center|proof"
    r"|solution|problem|question)\*?\}|end\s*\{(?:document|enumerate|itemize|center|proof|solution|problem|question)\*?\})"
    r"(?:\[[^\]]*\])?(?:\{[^{}]*\})*\s*"
)
_SECTION = regex(r"\s*\\(?:sub)*(?:section|paragraph|chapter)\*?\s*\{")
_CONTINUES = regex(r"\s*(?:&\s*)?[+\-−*/·×]|\s*\\(?:cdot|times|div|pm)\b")
_UNFINISHED = regex(r"(?:[=+\-−*/·×<>≤≥(,]|\\(?:cdot|times|div|pm|leq?|geq?|approx|left\())\s*$")
# Commands that a doubled backslash may stand before, where text was escaped twice.
_ESCAPED = regex(
    r"(?:frac|dfrac|tfrac|sqrt|cdot|times|div|pm|leq?|geq?|neq?|approx|text|left|right|pi|theta|alpha|beta|boxed|sin|cos"
    r"|tan|ln|log|begin|end|int|sum|lim|infty|to|Rightarrow|implies|quad|circ|angle|triangle|mathrm|mathbf|binom)(?![A-Za-z])"
)


def rows(text: str) -> Iterator[Row]:
    """The non-blank rows of a text, in order.

    Raises:
        TooLarge: the text has more characters or rows than one piece of work can have.
    """
    if len(text) > MAX_TEXT:
        raise TooLarge(f"The work has {len(text):,} characters; at most {MAX_TEXT:,} are read. Hand it in in parts.")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    lines = text.split("\n")
    first, last, latex = _document(text, lines)
    count = 0
    for row in _rows_of(lines, first, last, latex):
        if row.text and not row.text.isspace():
            count += 1
            if count > MAX_ROWS:
                raise TooLarge(f"The work has more than {MAX_ROWS:,} lines. Hand it in in parts.")
            yield row


def _document(text: str, lines: list[str]) -> tuple[int, int, bool]:
    """The range of lines that are the work, and whether it is a LaTeX document with comments."""
    if "\\begin{document}" not in text and "\\documentclass" not in text:
        return 0, len(lines), False
    first, last = 0, len(lines)
    for i, line in enumerate(lines):
        if "\\begin{document}" in line:
            first = i
        elif "\\end{document}" in line:
            last = i + 1
            break
    return first, last, True


def _rows_of(lines: list[str], first: int, last: int, latex: bool) -> Iterator[Row]:
    opened: list[str] = []  # displays and matrices that are open
    pending: Row | None = None  # a row that may go on over the next physical line
    in_matrix = False  # it does, because a matrix is open
    for number in range(first, last):
        line = lines[number]
        if latex:
            line = _COMMENT.sub("", line)
        if "\\" not in line and "$$" not in line:
            if not opened:
                if pending is not None:
                    yield pending
                    pending = None
                if line.startswith("```"):
                    continue
                yield Row(number, line)
                continue
        elif not opened:
            if _SECTION.match(line):
                yield Row(number, line, heading=True)
                continue
            if _IGNORED.fullmatch(line):
                continue
        display = bool(opened)
        start = 0
        pieces: list[Row] = []
        if len(line) <= MAX_ROW:
            for token in _TOKEN.finditer(line):
                begins, ends = token.group(1), token.group(2)
                mark = token.group()
                if begins or ends:
                    name = begins or ends
                    if name in _MATRIX or name in _DISPLAY:
                        if begins:
                            piecewise = name.endswith("cases") and _ends_with_relation(line, token.start())
                            opened.append("matrix" if name in _MATRIX or piecewise else "display")
                        elif opened:
                            opened.pop()
                elif mark in ("\\[", "$$") or (mark == "\\\\" and line[token.end() : token.end() + 1] in ("[", "(")):
                    if mark == "$$" and opened and opened[-1] == "$$":
                        opened.pop()
                    elif line[token.end() : token.end() + 1] != "(":
                        opened.append("$$" if mark == "$$" else "display")
                elif mark in ("\\]", "\\\\]"):
                    if opened:
                        opened.pop()
                elif mark == "\\\\)" or (mark.startswith("\\\\") and _ESCAPED.match(line, token.end())):
                    continue
                elif "matrix" not in opened:
                    pieces.append(Row(number, line[start : token.start()], display))
                    start = token.end()
                    display = bool(opened)
        rest = Row(number, line[start:], display)
        if pending is not None:
            head, *others = [*pieces, rest]
            if in_matrix:
                head = Row(pending.line, f"{pending.text} {head.text}", pending.display)
            elif not (_CONTINUES.match(head.text) or _UNFINISHED.search(pending.text)) or not head.display:
                yield pending
            else:
                head = Row(pending.line, f"{pending.text} {head.text}", pending.display)
            pending = None
            joined = [head, *others]
            pieces, rest = joined[:-1], joined[-1]
        yield from pieces
        in_matrix = "matrix" in opened
        if opened and (in_matrix or _TOKEN.sub("", rest.text).strip(" &{}")):
            pending = rest
            if len(rest.text) > MAX_ROW:
                yield rest
                pending = None
        else:
            yield rest
    if pending is not None:
        yield pending


def _ends_with_relation(line: str, end: int) -> bool:
    before = line[:end].rstrip(" \\{left")
    return before.endswith(("=", ":", "&="))
