"""Where a student writes work: line by line in notation, or as plain text; the one is as good as the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

from tutor.reading.mathfield import in_notation, lines_of, typed
from tutor.records import Problem
from web.parts.readings import draw_readings
from web.state import Editing, editing, widget, writing
from web.words import _

LETTERS: Final = 50_000  # that one piece of work may have, as the service takes it
LINES: Final = 500  # that the mathematics editor takes
HERE: Final = Path(__file__).parent

_fields = st.components.v2.component(
    "tutor_work",
    html='<div class="work"><div class="keys" role="toolbar"></div><p class="waiting"></p><ol></ol>'
    '<button type="button" class="add"></button></div>',
    css=(HERE / "editor.css").read_text(encoding="utf-8"),
    js=(HERE / "editor.js").read_text(encoding="utf-8"),
)


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
    problem: Problem | None = None,
    on_change: Callable[[], None] | None = None,
    in_tab: bool = False,
) -> Draft:
    """Draw the editor, below it how its lines are read, and give back what stands in it.

    key: of the piece of work, so that two problems have two drafts; what is written stays with the tab, whatever page
    it goes to. initial: what stands there when the tab first comes to it, such as a saved draft. problem: what the
    lines are read with. on_change: called after the student has changed something, before the editor is drawn anew;
    `draft_of` then has the new text. in_tab: a reload of the page finds what was written there, as of a guest, of whom
    the store keeps no draft. While the student writes, the editor alone is drawn anew, and the page with the
    next button. Not to be put into a form.
    """
    editing(key, initial).in_tab = in_tab
    _draw(key, label or _("Your work, one line a step"), placeholder, problem, on_change)
    return draft_of(key)


def draft_of(key: str) -> Draft:
    """What stands in the editor of that key, without drawing it."""
    now = editing(key)
    # In the callback of a button, what was written just before it was pressed may not have been taken over.
    _take(now, _told(_fields_key(key), "work"))
    if isinstance(text := widget(_text_key(key, now)), str):
        now.text = text
    return Draft(tuple(now.text.splitlines()))


def put_work(key: str, text: str) -> None:
    """Replace what stands there; the student can take it back. Call it in a callback, or rerun afterwards."""
    editing(key).put(text)


def _fields_key(key: str) -> str:
    return f"{key}-fields"


def _text_key(key: str, now: Editing) -> str:
    return f"{key}-plain-{now.revision}"


@st.fragment
def _draw(
    key: str, label: str, placeholder: str, problem: Problem | None, on_change: Callable[[], None] | None
) -> None:
    now = editing(key)
    _choose_editor(key, now)
    if writing().mathematics:
        _draw_fields(key, now, label, on_change)
    else:
        _draw_text(key, now, label, placeholder, on_change)
    if now.earlier:
        st.button(_("Take the last change back"), key=f"{key}-back", on_click=now.take_back, type="tertiary")
    draw_readings(key, problem, opened=not writing().mathematics)
    if now.left:
        # A button of the page may have been pressed in the same moment, and would have drawn the editor alone anew.
        now.left = False
        st.rerun()


def _choose_editor(key: str, now: Editing) -> None:
    names = {True: _("Mathematics editor"), False: _("Plain text")}
    place = f"{key}-kind"

    def switch() -> None:
        writing().mathematics = widget(place) is not False
        now.show(now.text)

    st.segmented_control(
        _("How to write"),
        list(names),
        default=writing().mathematics,
        required=True,
        format_func=names.__getitem__,
        key=place,
        on_change=switch,
        label_visibility="collapsed",
    )


def _draw_text(key: str, now: Editing, label: str, placeholder: str, on_change: Callable[[], None] | None) -> None:
    place = _text_key(key, now)

    def take() -> None:
        now.text, now.earlier = str(widget(place) or ""), []
        if on_change is not None:
            on_change()

    st.text_area(
        label,
        value=now.text,
        key=place,
        height=max(220, min(600, 28 * (now.text.count("\n") + 3))),
        max_chars=LETTERS,
        placeholder=placeholder,
        on_change=take,
    )
    now.text = str(widget(place) or "")


def _draw_fields(key: str, now: Editing, label: str, on_change: Callable[[], None] | None) -> None:
    place = _fields_key(key)

    def take() -> None:
        said = _told(place, "work")
        now.left = said.get("left") is True
        if _take(now, said) and on_change is not None:
            on_change()

    def paste() -> None:
        if _paste(now, _told(place, "pasted")) and on_change is not None:
            on_change()

    _take(now, _told(place, "work"))
    _fields(
        key=place,
        data={
            "name": now.name,
            "revision": now.revision,
            "lines": [_latex(now, line) for line in now.text.splitlines()],
            "focus": now.focus,
            "keep": key if now.in_tab else "",
            "labels": _labels(label),
        },
        on_work_change=take,
        on_pasted_change=paste,
    )


def _latex(now: Editing, line: str) -> str:
    if line not in now.notation:
        now.notation[line] = in_notation(line)
    return now.notation[line]


def _told(place: str, name: str) -> Mapping[str, Any]:
    """What the fields in the browser last said under that name."""
    said = widget(place)
    found = said.get(name) if isinstance(said, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _fields_of(said: Mapping[str, Any]) -> list[str]:
    """The LaTeX of the fields, as far as it is what the editor can have sent."""
    lines = said.get("lines")
    if not isinstance(lines, list) or len(lines) > LINES or not all(isinstance(line, str) for line in lines):
        return []
    return lines if sum(map(len, lines)) <= LETTERS else []


def _take(now: Editing, said: Mapping[str, Any]) -> bool:
    """Take over what was written; whether that is news."""
    lines = _fields_of(said)
    if not lines or said.get("revision") != now.revision:
        return False
    # What the fields hold is not taken apart again unless it changed.
    known = {latex: text for text, latex in now.notation.items()}
    texts = [known[line] if line in known else typed(line) for line in lines]
    now.notation = dict(zip(texts, lines, strict=True))
    text = "\n".join(texts)
    if text == now.text:
        return False
    now.text, now.earlier = text, []
    return True


def _paste(now: Editing, said: Mapping[str, Any]) -> bool:
    """Put what was pasted where the caret stood, a line for each of its lines."""
    _take(now, said)
    text, place = said.get("text"), said.get("place")
    if not isinstance(text, str) or not isinstance(place, int) or len(text) > LETTERS:
        return False
    lines = now.text.split("\n")
    new = lines_of(text)[:LINES]
    place = max(0, min(place, len(lines) - 1))
    start = place if not lines[place].strip() else place + 1
    after = lines[start + 1 :] if start == place else lines[start:]
    now.put("\n".join([*lines[:start], *new, *after]), start + len(new) - 1)
    return True


def _labels(label: str) -> dict[str, str]:
    return {
        "work": label,
        "line": _("Line {line} of your work"),
        "remove": _("Delete line {line}"),
        "add": _("Add a line"),
        "keys": _("Signs to put in"),
        "loading": _("One moment …"),
        "failed": _("The mathematics editor could not be loaded here. Plain text, above, does the same."),
        "fraction": _("fraction"),
        "power": _("power"),
        "root": _("square root"),
        "brackets": _("brackets"),
        "times": _("times"),
        "plus_minus": _("plus or minus"),
        "at_most": _("less than or equal to"),
        "at_least": _("greater than or equal to"),
        "unequal": _("not equal to"),
        "pi": _("pi"),
        "degree": _("degree"),
        "follows": _("it follows that"),
    }
