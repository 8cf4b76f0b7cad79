"""Help with a wrong line, one rung at a time and only where it is asked for; last, what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from tutor.report.causes import cause_in_words
from tutor.report.notation import printed
from web.parts.plain import in_html
from web.words import _


def rungs_of(step: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Title and text of each rung of a line's ladder; none where there is no help with it."""
    if step.get("ruling", {}).get("right"):
        return []
    rungs = [(_("Hint {n}").format(n=n), printed(hint)) for n, hint in enumerate(step["hints"], 1)]
    last = " ".join(x for x in (*cause_in_words(step), printed(step.get("repair", ""))) if x)
    return [*rungs, (_("What went wrong"), last)] if rungs and last else rungs


def draw_hints(step: Mapping[str, Any], place: int, taken: int, take: Callable[[int], None], *, key: str = "") -> None:
    """The rungs taken so far, and a button for the next one.

    place: of the step among all, for a line may have several. taken: how many rungs the student has asked for. take:
    called with the number of the rung, from 1, before the page is drawn anew. key: of the piece of work.
    """
    draw_rungs(step, taken)
    offer_hint(step, place, taken, take, key=key)


def draw_rungs(step: Mapping[str, Any], taken: int) -> None:
    """The rungs taken so far."""
    for title, text in rungs_of(step)[:taken]:
        st.html(f'<div class="rung"><b>{in_html(title)}</b>{in_html(text)}</div>')


def offer_hint(step: Mapping[str, Any], place: int, taken: int, take: Callable[[int], None], *, key: str = "") -> None:
    """The button for the next rung, where there is one."""
    if taken >= len(rungs_of(step)):
        return
    line = step["line"] + 1
    if taken == len(step["hints"]):
        label = _("Show what went wrong in line {line}")
    elif taken:
        label = _("Another hint for line {line}")
    else:
        label = _("A hint for line {line}")
    st.button(label.format(line=line), key=f"hint-{key}-{place}", on_click=take, args=(taken + 1,))
