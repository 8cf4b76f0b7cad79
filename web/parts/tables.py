"""Tables on a page and as files: HTML for screen readers, too, and CSV that no spreadsheet takes for formulas.

Streamlit's own table is not taken where people's names or lines stand in it, for its CSV is not escaped.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import streamlit as st

from tutor.report.tables import cell
from web.parts.plain import in_html
from web.words import _

STYLE: Final = Path(__file__).with_name("tables.css")
Cell = str | int | float | None


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table for a spreadsheet: UTF-8 with its mark, text that begins like a formula behind an apostrophe.

    >>> csv_of(["name", "marks"], [["=1+1", -2]]).decode("utf-8-sig").split()
    ['name,marks', "'=1+1,-2"]
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([cell(head) for head in heads])
    writer.writerows([["" if c is None else cell(c) if isinstance(c, str) else c for c in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def draw_download(file_name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], label: str = "") -> None:
    """A button that saves the table."""
    st.download_button(
        label or _("Download as CSV"),
        csv_of(heads, rows),
        file_name,
        "text/csv",
        key=f"download-{file_name}",
        on_click="ignore",
        type="tertiary",
    )


def draw_style() -> None:
    """The look of tables and numbers; to be drawn before them."""
    st.html(STYLE)


def draw_table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A plain table; the first cell of a row is its head. caption: for who cannot see it."""
    top = "".join(f'<th scope="col">{in_html(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{_shown(row[0])}</th>{"".join(f"<td>{_shown(c)}</td>" for c in row[1:])}</tr>'
        for row in rows
    )
    st.html(
        f'<div class="sheet" tabindex="0" role="region" aria-label="{in_html(caption)}">'
        f'<table class="plain"><caption>{in_html(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _shown(value: Cell) -> str:
    return "" if value is None else in_html(str(value))
