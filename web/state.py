"""What one browser tab holds, as one typed object; nothing else touches `st.session_state`."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from tutor.records import CheckedStep


def belongs_to(person: str) -> None:
    """Forget what the tab holds where somebody else sits there now than at its last run."""
    if st.session_state.get("belongs_to", person) != person:  # noqa: TID251
        st.session_state.clear()  # noqa: TID251
    st.session_state["belongs_to"] = person  # noqa: TID251


@dataclass
class Practice:
    """The work in the tab and what was said of it. `message` is shown instead where the work could not be taken on.

    asked_for: by place of the step, how many of its hints the student has asked for.
    """

    checked: list[CheckedStep] = field(default_factory=list)
    message: str = ""
    asked_for: dict[int, int] = field(default_factory=dict)


def practice() -> Practice:
    """The state of the tab that asks."""
    if "practice" not in st.session_state:  # noqa: TID251
        st.session_state["practice"] = Practice()  # noqa: TID251
    state: Practice = st.session_state["practice"]  # noqa: TID251
    return state


@dataclass
class Editing:
    """One piece of work in the editor. revision: grows where something else than typing changed the text.

    earlier: the texts that were replaced, the latest last.
    """

    text: str = ""
    revision: int = 0
    mathematics: bool = True
    earlier: list[str] = field(default_factory=list)

    def put(self, text: str) -> None:
        """Replace the text."""
        if text != self.text:
            self.earlier.append(self.text)
            self.text, self.revision = text, self.revision + 1

    def take_back(self) -> None:
        """Undo the latest replacement."""
        if self.earlier:
            self.text, self.revision = self.earlier.pop(), self.revision + 1


def editing(key: str, initial: str = "") -> Editing:
    """The work in the editor of that key; `initial` where the tab has none yet."""
    editors: dict[str, Editing] = st.session_state.setdefault("editors", {})  # noqa: TID251
    return editors.setdefault(key, Editing(initial))


def widget(key: str) -> object:
    """What the widget of that key holds; None where it has not been drawn."""
    return st.session_state.get(key)  # noqa: TID251
