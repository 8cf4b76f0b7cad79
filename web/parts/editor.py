"""Where a student writes work: line by line in notation, or as plain text; the one is as good as the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from web.state import editing, widget
from web.words import _

LETTERS = 50_000  # that one piece of work may have, as the service takes it


@dataclass(frozen=True, slots=True)
class Draft:
    """Work as it stands on the page, one line a step."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """As the reader takes it."""
        return "\n".join(self.lines)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to check."""
        return not any(line.strip() for line in self.lines)


def work_editor(
    key: str,
    initial: str = "",
    *,
    label: str = "",
    placeholder: str = "",
    on_change: Callable[[], None] | None = None,
) -> Draft:
    """Draw the editor and give back what stands in it.

    key: of the piece of work, so that two problems have two drafts; what is written stays with the tab, whatever page
    it goes to. initial: what stands there when the tab first comes to it, such as a saved draft. on_change: called
    after the student has changed something, before the page is drawn anew; `draft_of` then has the new text. Not to be
    put into a form.
    """
    now = editing(key, initial)
    place = f"{key}-plain-{now.revision}"

    def take() -> None:
        now.text = str(widget(place) or "")
        if on_change is not None:
            on_change()

    st.text_area(
        label or _("Your work, one line a step"),
        value=now.text,
        key=place,
        height=220,
        max_chars=LETTERS,
        placeholder=placeholder,
        on_change=take,
    )
    now.text = str(widget(place) or "")
    return draft_of(key)


def draft_of(key: str) -> Draft:
    """What stands in the editor of that key, without drawing it."""
    return Draft(tuple(editing(key).text.splitlines()))


def put_work(key: str, text: str) -> None:
    """Replace what stands there; the student can take it back. Call it in a callback, or rerun afterwards."""
    editing(key).put(text)
