"""Help with a wrong line, one rung at a time and only where it is asked for; last, the change that mends the line."""

from __future__ import annotations

import streamlit as st

from tutor.records import CheckedStep
from tutor.report.causes import cause_in_words
from tutor.report.machine import step_to_json
from tutor.report.notation import printed


def draw_hints(step: CheckedStep, place: int, asked_for: dict[int, int]) -> None:
    """The hints asked for so far, and a button for the next; text is shown as text, never as markup.

    place: of the step among all, for a line may have several.
    """
    rungs = [f"Hint {k}: {printed(hint)}" for k, hint in enumerate(step.hints, 1)]
    if not rungs:
        return
    rungs += [" ".join(x for x in (*cause_in_words(step_to_json(step)), printed(step.repair)) if x)]
    rungs = [rung for rung in rungs if rung]
    line = step.step.line
    shown = asked_for.get(place, 0)
    for rung in rungs[:shown]:
        st.text(rung)
    if shown < len(rungs):
        label = (
            "Give me a hint" if not shown else "A more direct hint" if shown < len(step.hints) else "What went wrong"
        )
        if st.button(f"{label} (line {line + 1})", key=f"hint-{place}"):
            asked_for[place] = shown + 1
            st.rerun()
