"""Work on its way through the check: its place in the queue, each line as it is decided, words for what may fail."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from tutor.errors import TooLarge, TutorError
from tutor.service import Busy, Closed, Ticket
from tutor.service.ticket import NoReport
from tutor.store import NotTaken, StoreError
from web.parts.verdicts import draw_lines
from web.words import _, ngettext, refusal

AT_ONCE_S: Final = 0.3  # what is checked within this time needs no progress
LOOK_S: Final = 0.2
LONG_S: Final = 1.0  # from then on it can be cancelled


def follow(
    ticket: Ticket, *, lines: int = 0, cancel: Callable[[], None] | None = None, key: str = "check"
) -> dict[str, Any] | None:
    """Draw what becomes of the work until its report is there; None where it was withdrawn.

    What is drawn is gone when it returns. The page may be drawn anew meanwhile and follow the same ticket again, so it
    should keep the ticket until then. lines: of the work, for the progress. cancel: called where the student wants to
    wait no longer; None offers no such button.
    """
    begun = time.monotonic()
    report = _within(ticket, AT_ONCE_S)
    if report is not None or ticket.done:
        return report or _within(ticket, 0.0)  # it may have come between the two looks
    said, bar, stop, drawn = st.empty(), st.empty(), st.empty(), st.empty()
    shown, offered = 0, False
    while not ticket.done:
        steps = ticket.steps
        place = ticket.place
        done = min(steps[-1]["line"] + 1, lines) if steps and lines else 0
        said.text(waiting_in_words(place, done, lines))
        if lines:
            bar.progress(done / lines)
        if cancel is not None and not offered and time.monotonic() - begun > LONG_S:
            stop.button(_("Stop the check"), key=f"{key}-stop", on_click=cancel)
            offered = True
        if len(steps) != shown:
            with drawn.container():
                draw_lines(steps)
            shown = len(steps)
        if (report := _within(ticket, LOOK_S)) is not None:
            break
    for spot in (said, bar, stop, drawn):
        spot.empty()
    return report or _within(ticket, 0.0)


def _within(ticket: Ticket, seconds: float) -> dict[str, Any] | None:
    """The report if it comes in that time, and if there will be one."""
    try:
        return ticket.report(seconds)
    except (TimeoutError, NoReport):
        return None


def waiting_in_words(place: int, done: int, lines: int) -> str:
    """Where the work is: in the queue, or at which of its lines."""
    if place == 1:
        return _("Yours is the next to be checked.")
    if place > 1:
        return ngettext("{n} piece of work is before yours.", "{n} pieces of work are before yours.", place - 1).format(
            n=place - 1
        )
    if lines and done:
        return _("Checked {done} of {lines} lines …").format(done=done, lines=lines)
    return _("Checking …")


def refusal_in_words(error: TutorError) -> str:
    """What to tell a student whose work was not taken on; plain text."""
    match error:
        case Busy():
            return _("Much is being checked at the moment. Please try again in about {seconds} seconds.").format(
                seconds=max(1, round(error.again_s))
            )
        case Closed():
            return _("The site is about to be started anew. Please try again in a minute.")
        case TooLarge() | NotTaken() | StoreError():
            return refusal(error)
        case _:
            return _("This could not be checked: {why}").format(why=str(error))
