"""A problem as its author wrote it: text as text, and mathematics between dollar signs typeset where it can be read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import streamlit as st

from tutor.errors import StudentError
from tutor.records import Problem
from tutor.syntax.printer import to_latex
from tutor.syntax.read import read
from tutor.syntax.tree import Listing, Words, walk
from web.parts.plain import escaped

# $…$ with no blank just inside and no digit after it, so that two prices are no mathematics.
MATHEMATICS: Final = re.compile(
    r"\$\$(?P<display>[^$]+?)\$\$|\\\[(?P<square>.+?)\\\]|\\\((?P<round>.+?)\\\)"
    r"|(?<!\\)\$(?P<inline>(?!\s)[^$\n]+?(?<!\s))\$(?!\d)",
    re.DOTALL,
)


def draw_statement(problem: Problem) -> None:
    """The statement, and each part's with its letter."""
    if problem.statement.strip():
        st.markdown(statement_in_markdown(problem.statement))
    for part in problem.parts:
        st.markdown(f"**({escaped(part.id)})** {statement_in_markdown(part.statement)}")


@lru_cache(maxsize=2_000)
def statement_in_markdown(text: str) -> str:
    """The text for Streamlit's Markdown; formulas are printed anew from what our reader makes of them.

    >>> statement_in_markdown("Solve $2x = 6$"), statement_in_markdown("It costs $5")
    ('Solve $2 x = 6$', 'It costs &#36;5')
    """
    pieces, done, text = [], 0, text.strip()
    for found in MATHEMATICS.finditer(text):
        typeset = _typeset(next(group for group in found.groups() if group is not None))
        if typeset is not None:
            pieces += [_between(text[done : found.start()]), f"${typeset}$"]
            done = found.end()
    return "".join([*pieces, _between(text[done:])])


def _between(text: str) -> str:
    """Text beside a formula, from which a blank parts it that a line may be broken at."""
    return f" {escaped(text[1:])}" if text.startswith(" ") else escaped(text)


def _typeset(notation: str) -> str | None:
    try:
        tree = read(notation.strip())
    except StudentError:
        return None
    if any(isinstance(node, Words | Listing) for node in walk(tree)):
        return None
    typeset = to_latex(tree)
    return None if "$" in typeset or "\n" in typeset else typeset
