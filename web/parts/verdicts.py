"""A checked line on the page: icon, word and colour, the line as it was read, the reason."""

from __future__ import annotations

import streamlit as st

from tutor.records import CheckedStep, Verdict
from tutor.report.machine import step_to_json
from tutor.report.notation import printed
from tutor.report.opinions import opinion_in_words
from tutor.report.words import VERDICTS, in_words, remarks_in_words
from tutor.syntax.printer import to_text

COLOURS = {
    Verdict.CORRECT: "green",
    Verdict.FOLLOW_THROUGH: "blue",
    Verdict.WRONG: "red",
    Verdict.UNDECIDED: "orange",
    Verdict.UNREADABLE: "orange",
    Verdict.NO_CLAIM: "gray",
}


def draw_step(step: CheckedStep) -> None:
    """One line of work with its verdict; the student's text is shown as code, never as markup."""
    icon, word = VERDICTS[step.verdict]
    with st.container(border=step.verdict is Verdict.WRONG):
        left, right = st.columns([3, 2], vertical_alignment="center")
        left.code(step.step.text, language=None, wrap_lines=True)
        right.markdown(f":{COLOURS[step.verdict]}[{icon} **{word}**]")
        if step.verdict is not Verdict.NO_CLAIM:
            left.text(in_words(step.evidence, step.remarks, step.step.line))
        if read := [printed(to_text(claim.statement)) for claim in step.step.claims if claim.by_model]:
            left.text(f"Read as {' ; '.join(read)} by the language model.")
        if step.verdict is Verdict.UNDECIDED and (opinion := opinion_in_words(step_to_json(step))):
            left.text(opinion)
        for remark in remarks_in_words(step.evidence, step.remarks):
            left.text(remark)
