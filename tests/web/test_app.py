"""The practice page: a wrong line is named, right work is said to hold, hostile text is shown as text."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from tests.web.screen import pieces, screen

pytestmark = pytest.mark.usefixtures("site")

PAGE = Path(__file__).resolve().parents[2] / "web" / "main.py"


def check(problem: str, work: str) -> AppTest:
    page = AppTest.from_file(str(PAGE), default_timeout=30).run()
    page.text_input[0].set_value(problem)
    page.text_area[0].set_value(work)
    page.button[0].click()
    return page.run()


def test_the_first_wrong_line_is_named_with_a_reason():
    page = check("Solve 2(x+3) = 8", "2x + 3 = 8\n2x = 5\nx = 2.5")
    assert page.subheader[0].value == "The first line to look at again is line 1"
    first, second = (next(p for p in pieces(page) if p.startswith(f"{n} ")) for n in (1, 2))
    assert "wrong" in first
    assert "x = 1" in first
    assert "follows through" in second


def test_right_work_is_said_to_hold():
    page = check("Solve 2(x+3) = 8", "2x + 6 = 8\n2x = 2\nx = 1")
    assert page.subheader[0].value == "Every line holds"
    assert not page.exception


def test_remarks_are_worded_as_in_the_reports():
    page = check("A car goes 100 m in 8 s. Find its speed v.", "v = 100 m / (8 s) = 12.5 frobs/s\nv = 12.5")
    assert '"frobs" is not a unit known here' in screen(page)
    assert "The unit is missing" in screen(page)
    assert "Remark:" not in screen(page)


def test_hostile_text_is_shown_as_text():
    page = check("", "<script>alert(1)</script>\n2+2 = 5")
    assert not page.exception
    assert "<script>alert(1)</script>" in screen(page)
    assert not any("<script" in element.proto.body for element in page.get("html"))
    assert page.subheader[0].value == "The first line to look at again is line 2"


def test_hints_come_one_at_a_time_and_only_when_asked_for():
    page = check("Expand (x+3)^2", "(x+3)^2 = x^2 + 9")
    assert not any(p.startswith("Hint") for p in pieces(page))
    for rung in (1, 2, 3):
        page = next(b for b in page.button if "line 1" in b.label).click().run()
        assert sum(p.startswith("Hint") for p in pieces(page)) == rung
    page = next(b for b in page.button if "what went wrong" in b.label).click().run()
    assert any("Squares a sum term by term" in p and "6x more" in p for p in pieces(page))
    assert not any("line 1" in b.label for b in page.button)


def test_a_line_in_words_is_read_and_its_reading_shown(monkeypatch):
    monkeypatch.delenv("TUTOR_NO_MODEL")
    page = check("Solve 2x + 3 = 7", "so i took 3 from both sides and got 2x is four, then halved it, x equals 2")
    assert not page.exception
    lines = ["1 so i took 3 from both sides and got 2x is four", "then halved it", "x equals 2"]
    assert all(any(p.startswith(line) for p in pieces(page)) for line in lines), pieces(page)
    assert "Read as 2x = 4 by the language model." in screen(page)
    assert page.subheader[0].value == "Every line holds"


def test_two_wrong_steps_of_one_line_have_their_own_hints():
    page = check("", "half of 18 is 8, 3 times 4 is 13")
    assert not page.exception
