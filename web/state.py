"""What one browser tab holds, as one typed object; nothing else touches `st.session_state`."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from tutor.records import CheckedStep


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
