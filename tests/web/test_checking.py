"""Following a check: what is said while it waits, what is drawn while it runs, and words for what may fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from tests.web.screen import screen
from tutor.errors import TooLarge
from tutor.service import Busy, Closed, Ticket
from tutor.service.ticket import Withdrawn
from web.parts import checking

STEP = {
    "line": 0, "text": "2x = 6", "reading": ["2*x = 6"], "verdict": "correct", "remarks": [], "hints": [],
    "evidence": {"kind": "equal_values", "value": "6", "exact": True, "relation": "equivalent"},
}  # fmt: skip
REPORT = {"steps": [STEP], "status": "graded"}
TICKETS: dict[str, Ticket] = {}


class Queue:
    """Stands for a service in which the work is the third."""

    def place_of(self, ticket: Ticket) -> int:
        return 0 if ticket.steps else 3

    def withdraw(self, ticket: Ticket, why: str = "withdrawn") -> bool:
        return ticket.tell_withdrawn(why)


@pytest.fixture
def ticket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ticket]:
    monkeypatch.setattr("web.words.language", lambda: "en")
    TICKETS["it"] = Ticket(1, "ann", "", {}, Queue())
    yield TICKETS["it"]
    del TICKETS["it"]


def following() -> None:
    import streamlit as st

    from tests.web import test_checking
    from web.parts.checking import follow

    report = follow(test_checking.TICKETS["it"], lines=2, cancel=test_checking.TICKETS["it"].cancel)
    st.write("no report" if report is None else f"{len(report['steps'])} lines reported")


def test_lines_are_drawn_as_they_are_decided_and_give_way_to_the_report(
    ticket: Ticket, monkeypatch: pytest.MonkeyPatch
):
    seen: list[str] = []
    real = checking.draw_lines

    def noted(steps: list[Mapping[str, Any]]) -> None:
        real(steps)
        seen.append(f"{len(steps)} lines")
        if len(steps) == 1:
            ticket.tell_step(1, {**STEP, "line": 1})
        else:
            ticket.tell_report(REPORT)

    monkeypatch.setattr(checking, "draw_lines", noted)
    monkeypatch.setattr(checking, "AT_ONCE_S", 0)
    ticket.tell_step(0, STEP)
    page = AppTest.from_function(following, default_timeout=30).run()
    assert not page.exception
    assert seen == ["1 lines", "2 lines"]
    assert screen(page) == "1 lines reported"


def test_a_report_that_is_there_is_given_at_once(ticket: Ticket):
    ticket.tell_report(REPORT)
    assert screen(AppTest.from_function(following, default_timeout=30).run()) == "1 lines reported"


def test_work_that_is_withdrawn_meanwhile_has_no_report(ticket: Ticket, monkeypatch: pytest.MonkeyPatch):
    said = checking.waiting_in_words

    def withdrawn(place: int, done: int, lines: int) -> str:
        ticket.cancel()
        return said(place, done, lines)

    monkeypatch.setattr(checking, "waiting_in_words", withdrawn)
    assert screen(AppTest.from_function(following, default_timeout=30).run()) == "no report"
    assert isinstance(next(ticket.events()), Withdrawn)


@pytest.mark.parametrize(
    ("place", "done", "lines", "said"),
    [
        (1, 0, 6, "Yours is the next to be checked."),
        (2, 0, 6, "1 piece of work is before yours."),
        (9, 0, 6, "8 pieces of work are before yours."),
        (0, 0, 6, "Checking …"),
        (0, 4, 6, "Checked 4 of 6 lines …"),
    ],
)
def test_where_the_work_is_is_said_in_words(ticket: Ticket, place: int, done: int, lines: int, said: str):
    assert checking.waiting_in_words(place, done, lines) == said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Busy(40, 12.4), "Much is being checked at the moment. Please try again in about 12 seconds."),
        (Closed("shut down"), "The site is about to be started anew. Please try again in a minute."),
        (TooLarge("The work has 60,000 letters."), "The work has 60,000 letters."),
    ],
)
def test_a_refusal_says_what_to_do(ticket: Ticket, error: Any, said: str):
    assert checking.refusal_in_words(error) == said


@pytest.mark.parametrize("looks", [1, 2])
def test_a_report_that_comes_between_two_looks_is_shown(ticket: Ticket, monkeypatch: pytest.MonkeyPatch, looks: int):
    real, seen = checking._within, []

    def too_early(asked: Ticket, seconds: float) -> dict[str, Any] | None:
        seen.append(seconds)
        if len(seen) > looks:
            return real(asked, seconds)
        if len(seen) == looks:
            ticket.tell_report(REPORT)
        return None

    monkeypatch.setattr(checking, "_within", too_early)
    assert "1 lines reported" in screen(AppTest.from_function(following).run())
