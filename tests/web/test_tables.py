"""Tables that people save: no cell is a formula, no text is markup."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from web.parts.tables import csv_of


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1"])
def test_a_cell_that_begins_like_a_formula_is_text(text: str) -> None:
    assert csv_of([text], [[text]]).decode("utf-8-sig").count("'" + text.split("=")[0]) >= 1


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert csv_of(["a", "b", "c"], [[-2, None, 0.5]]) == "\ufeffa,b,c\n-2,,0.5\n".encode()


def test_text_in_a_table_is_text() -> None:
    def script() -> None:
        from web.parts.tables import draw_table

        draw_table("<b>", ["<i>"], [["<script>", 1]])

    body = AppTest.from_function(script, default_timeout=30).run().get("html")[0].proto.body
    assert "&lt;script&gt;" in body
    assert "<script>" not in body
