"""Free practice, for everybody: type a problem, write the work, see which line breaks and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from tutor.errors import StudentError
from tutor.pipeline import check_work
from tutor.problems import problem_from_statement
from tutor.records import Verdict
from tutor.report.machine import step_to_json
from web.parts.hints import draw_hints
from web.parts.verdicts import draw_lines
from web.resources import language_model
from web.state import Practice, practice
from web.words import _


def practice_page() -> None:
    """Draw the page."""
    st.title(_("Check your work"))
    now = practice()
    with st.form("work"):
        statement = st.text_input(_("The problem"), placeholder="Solve 2(x + 3) = 8", max_chars=5_000)
        draft = st.text_area(_("Your work, one line a step"), height=220, placeholder="2x + 6 = 8\n2x = 2\nx = 1")
        pressed = st.form_submit_button(_("Check"), type="primary")
    if pressed:
        try:
            checked = check_work(draft, problem_from_statement(statement), language_model())
            now.checked, now.message, now.asked_for = checked, "", {}
        except StudentError as error:
            now.checked, now.message = [], str(error)
    if now.message:
        st.code(now.message, language=None)
    if now.checked:
        wrong = [step for step in now.checked if step.verdict is Verdict.WRONG]
        judged = [step for step in now.checked if step.verdict is not Verdict.NO_CLAIM]
        if wrong:
            line = wrong[0].step.line + 1
            st.subheader(_("The first line to look at again is line {line}").format(line=line))
        elif judged and all(step.verdict is Verdict.CORRECT for step in judged):
            st.subheader(_("Every line holds"))
        else:
            st.subheader(_("No line is wrong"))
        steps = [step_to_json(step) for step in now.checked]
        draw_lines(steps, below=lambda step, place: _help(now, step, place))


def _help(now: Practice, step: Mapping[str, Any], place: int) -> None:
    """The hints with a line that were asked for, and the way to the next."""

    def take(rung: int) -> None:
        now.asked_for[place] = rung

    draw_hints(step, place, now.asked_for.get(place, 0), take)
