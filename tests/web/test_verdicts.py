"""What a student reads of a checked line: the verdict in a word, the place, the reason, numbers to try."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from tests.web.screen import pieces, plain, screen
from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import Verdict
from tutor.report.machine import step_to_json
from web.parts.verdicts import line_in_html, reading_in_markdown, summary_of, word_of


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.words.language", lambda: "en")


def steps(problem: str, work: str) -> list[dict[str, Any]]:
    return [step_to_json(step) for step in check_work(work, problem_from_statement(problem))]


def report(lines: list[dict[str, Any]], answer: bool | None = None, **more: Any) -> dict[str, Any]:
    wrong = next((s["line"] for s in lines if s["verdict"] == "wrong"), None)
    found = None if answer is None else {"text": "x = 1", "correct": answer, "line": 0}
    return {"steps": lines, "first_wrong": wrong, "answer": found, "status": "graded", **more}


# problem, work, the line, what is read of it, what is underlined, why it is here
LINES = [
    ("Solve 2(x+3) = 8", "2x + 3 = 8", 0,
     "1 2x + 3 = 8 ✗ wrong x = 1 solves the problem, but here the left side is 5 and the right side is 8.", "",
     "a witness to put in"),
    ("Expand (x+3)^2", "(x+3)^2 = x^2 + 9", 0,
     "1 (x+3)^2 = x^2 + 9 ✗ wrong The two are not the same for every value. "
     "Try x = 2: (x + 3)² gives 25, x² + 9 gives 13.", "x^2 + 9",
     "two sides that differ: numbers to try"),
    ("", "so 20*3 = 60 = 6*11", 0, "1 so 20*3 = 60 = 6*11 ✗ wrong 6·11 is 66, not 60.", "6*11",
     "the side of a chain that is wrong"),
    ("Solve 2(x+3) = 8", "2(x+3 = 8", 0, "1 2(x+3 = 8 ⌧ could not be read Close the bracket you opened.", "= 8",
     "the place that cannot be read"),
    ("Solve 2x = 6", "first I divide by 2", 0, "1 first I divide by 2 · nothing to check Says what is done next.", "",
     "an operation in words"),
    ("Solve 2(x+3) = 8", "2x + 3 = 8\n2x = 5", 1,
     "2 2x = 5 ↪ follows through Right in itself: it carries on from the mistake in line 1, and costs nothing more.",
     "", "not blamed twice"),
    ("", "<b>2+2</b> = 5 <script>alert(1)</script>", 0, None, None, "hostile"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("problem", "work", "line", "read", "underlined", "why"), LINES, ids=[row[-1] for row in LINES]
)
def test_a_line_is_read_as(problem: str, work: str, line: int, read: str, underlined: str, why: str):
    html = line_in_html(steps(problem, work)[line])
    if read is None:
        assert "<script" not in html
        assert "<b>" not in html
        assert "<script>alert(1)</script>" in plain(html)
        return
    assert plain(html) == read
    assert ("<u>" in html) == bool(underlined)
    if underlined:
        assert f"<u>{underlined}</u>" in html


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_verdict_is_an_icon_and_a_word_of_its_own_and_is_named_to_a_screen_reader(verdict: Verdict):
    assert len({word_of(other) for other in Verdict}) == len(Verdict)
    step = {
        **steps("", "2+2 = 4")[0],
        "verdict": verdict.value,
        "evidence": {"kind": "nothing_claimed", "why": "words"},
    }
    if verdict is Verdict.UNREADABLE:
        step["evidence"] = {"kind": "cannot_read", "start": 0, "end": 1, "expected": "A number."}
    html = line_in_html(step)
    assert f'aria-label="Line 1: {word_of(verdict)}"' in html
    assert word_of(verdict) in plain(html)


def test_the_opinion_of_the_model_is_labelled_and_only_where_nothing_is_decided():
    opinion = {"operation": "add", "looks_right": True, "reason": "", "agrees": None, "model": "bundled 1"}
    undecided = {**steps("", "f'(x) = 2x cos(x)")[0], "model_opinion": opinion}
    assert undecided["verdict"] == "undecided"
    assert "Opinion of the language model bundled 1, not checked: add; it looks right" in plain(line_in_html(undecided))
    wrong = {**steps("", "2+2 = 5")[0], "model_opinion": opinion}
    assert "Opinion" not in plain(line_in_html(wrong))


@pytest.mark.parametrize(("right", "word"), [(True, "right, says your teacher"), (False, "wrong, says your teacher")])
def test_a_teachers_word_stands_in_place_of_the_verdict(right: bool, word: str):
    ruling = {"right": right, "comment": "<i>see</i> the book", "by": "Ms L"}
    said = plain(line_in_html({**steps("", "2+2 = 5")[0], "ruling": ruling}))
    assert word in said
    assert f"Your teacher says this line is {'right' if right else 'wrong'}: <i>see</i> the book" in said
    assert ("2 + 2 is 4" in said) is not right
    own = plain(line_in_html({**steps("", "2+2 = 5")[0], "ruling": ruling}, to_teacher=True))
    assert f"{'right' if right else 'wrong'}, as you ruled" in own
    assert "our teacher" not in own


def test_a_reading_is_typeset_where_it_says_more_than_the_line():
    assert reading_in_markdown(steps("", "2x + 3 = 8")[0]) == ""
    assert reading_in_markdown(steps("", r"\frac{1}{2} = 0.5")[0]).endswith(r"$\frac{1}{2} = 0.5$")


WORDS = [
    ("Solve 2(x+3) = 8", "2x + 6 = 8\n2x = 3", None, "The first line to look at again is line 2"),
    ("Solve 2(x+3) = 8", "2x + 6 = 8\nx = 1", True, "Every line holds"),
    ("Solve 2(x+3) = 8", "2x + 6 = 8", False, "No line is wrong, but this is not the answer yet"),
    ("Solve 2(x+3) = 8", "2(x+3 = 8", None, "No line is wrong; 1 could not be read"),
    ("", "f'(x) = 2x cos(x)", None, "No line is wrong; 1 could not be decided"),
    ("", "hello", None, "There is nothing to check yet"),
]


@pytest.mark.parametrize(("problem", "work", "answer", "said"), WORDS)
def test_one_line_says_how_the_whole_stands(problem: str, work: str, answer: bool | None, said: str):
    assert summary_of(report(steps(problem, work), answer)) == said


def whole() -> None:
    import json

    import streamlit as st

    from web.parts.verdicts import draw_report

    draw_report(json.loads(st.query_params["report"]), marks=True)


def drawn(found: Mapping[str, Any]) -> AppTest:
    import json

    page = AppTest.from_function(whole, default_timeout=30)
    page.query_params["report"] = json.dumps(found)
    page.run()
    assert not page.exception
    return page


def test_the_summary_the_answer_and_the_mark_come_before_the_lines():
    mark = {"earned": str(Fraction(5, 2)), "pending": "1/2", "available": "3", "lost": []}
    found = report(steps("Solve 2(x+3) = 8", "2x + 6 = 8\nx = 1"), True, mark=mark)
    found["parts"] = [
        {"text": "<b>7</b>", "correct": True, "line": 0, "part": "a"},
        {"text": "y = 3", "correct": False, "line": 1, "part": "b"},
        {"text": "z = 3", "correct": None, "line": 1, "part": "c"},
    ]
    page = drawn(found)
    assert "Your answer to (a), <b>7</b> , is right." in screen(page)
    assert "Your answer to (b), y = 3 , is not right yet." in screen(page)
    assert "Your answer to (c), z = 3 , could not be decided; a person should look at it." in screen(page)
    assert "2.5 of 3 marks. 0.5 more waits for your teacher to look." in screen(page)
    said = pieces(page)
    order = [
        next(n for n, piece in enumerate(said) if piece.startswith(begins)) for begins in ("Every", "Your", "1 ", "2 ")
    ]
    assert order == sorted(order)


def test_work_that_was_not_checked_to_its_end_says_so():
    mark = {"earned": "0", "pending": "1", "available": "1", "lost": []}
    page = drawn(
        report([], None, mark=mark, message="The check took too long <b>.", status="timeout") | {"status": "timeout"}
    )
    assert page.subheader[0].value == "The check did not come to its end"
    assert "The check took too long <b>." in screen(page)
