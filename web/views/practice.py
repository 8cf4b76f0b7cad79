"""Free practice, for everybody: type a problem, write the work, see which line breaks and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from tutor.errors import StudentError, TutorError
from tutor.problems import problem_from_statement
from tutor.problems.statement import told_in_words
from tutor.records import Problem
from tutor.report.notation import printed
from tutor.report.words import listed
from web.parts.checking import follow, refusal_in_words
from web.parts.editor import draft_of, work_editor
from web.parts.hints import draw_hints
from web.parts.plots import draw_picture
from web.parts.readings import draw_correction
from web.parts.similar import none_found, offer_similar
from web.parts.statement import MATHEMATICS, statement_in_markdown
from web.parts.verdicts import draw_report
from web.resources import service, who
from web.state import Practice, editing, practice, set_widget, widget
from web.words import _

WORK: Final = "practice"
STATEMENT: Final = "problem"  # of the address, too: `?problem=Solve 2x = 4` opens the page with it
LETTERS: Final = 5_000


def practice_page() -> None:
    """Draw the page."""
    now = practice()
    st.title(_("Check your work"))
    st.markdown(_("Write your solution line by line. You will see which line breaks, and why."))
    statement = st.text_area(
        _("The problem"),
        key=STATEMENT,
        height="content",
        max_chars=LETTERS,
        placeholder=_("Solve 2(x + 3) = 8"),
        help=_(
            "An equation, a task or a word problem. You can leave it empty: then the lines are checked on their own."
        ),
        bind="query-params",
        persist_state="session",
    )
    # What stands here comes and goes; without a box of its own the editor would move up and be built anew each time.
    with st.container():
        if MATHEMATICS.search(statement or ""):
            st.markdown(statement_in_markdown(statement))
        if not (statement or "").strip() and draft_of(WORK).empty:
            _draw_examples()
    problem = _problem(statement or "")
    draft = work_editor(WORK, placeholder="2x + 6 = 8\n2x = 2\nx = 1", problem=problem, in_tab=who() is None)
    st.button(_("Check"), type="primary", key="practice-check", on_click=_check, args=(now,))
    if now.ticket is not None:
        ticket = now.ticket
        lines = sum(bool(line.strip()) for line in now.work.splitlines())
        now.report = follow(ticket, lines=lines, cancel=ticket.cancel, key="practice")
        now.ticket = None
    if now.message:
        st.text(now.message)
    if now.report is not None:
        if draft.text != now.work:
            st.caption(_("You have changed your work since this check."))
        checked = _of_practice(now.report, _problem(now.statement))
        draw_report(checked, below=lambda step, place: _below(now, step, place))
        if problem is not None and problem.statement:
            offer_similar(problem, lambda statement: _take_similar(now, statement), key=WORK)


def _problem(statement: str) -> Problem | None:
    try:
        return problem_from_statement(statement)
    except StudentError:
        return None


def _check(now: Practice) -> None:
    """Hand the work in; `follow` then waits for it."""
    draft = draft_of(WORK)
    now.report, now.ticket, now.message, now.asked_for = None, None, "", {}
    if draft.empty:
        now.message = _("There is nothing to check yet: write a first line.")
        return
    try:
        now.statement = str(widget(STATEMENT) or "")
        problem = problem_from_statement(now.statement)
        now.ticket = service().submit(now.user, problem, draft.text, slot=WORK)
        now.work = draft.text
    except TutorError as error:
        now.message = refusal_in_words(error)


def _of_practice(report: Mapping[str, Any], problem: Problem | None) -> Mapping[str, Any]:
    """Without an answer that was not decided: no teacher looks at it here.

    Nor is one called right that was compared with nothing: 40 - 15 = 25 holds, whatever a problem in words asks for.
    """
    answer = report["answer"]
    if answer is None or answer["correct"] is False:
        return report
    told = problem is not None and not problem.equations and problem.answer is None and bool(problem.statement)
    in_words = told and problem is not None and told_in_words(problem.statement)
    if answer["correct"] and in_words:
        return report  # the laws of physics gave it, too
    said = report.get("message")
    if told:
        said = said or _("I have checked the lines. Whether they answer a problem in words I cannot say here.")
    elif answer["correct"] and (gained := _gained(report)):
        said = said or _("Put each solution into the problem before you trust it: {gained} came in on the way.").format(
            gained=listed(map(printed, gained))
        )
    elif answer["correct"] and problem is not None and problem.equations and not _is_of_numbers(report):
        return report
    return {**report, "answer": None, "message": said}


def _gained(report: Mapping[str, Any]) -> list[str]:
    """The solutions that a line brought in, and that the last line still has."""
    found = [step["evidence"] for step in report["steps"] if step["evidence"]["kind"] == "solution_sets"]
    last = re.split(" or |, ", found[-1]["after"]) if found else []
    return [each for evidence in found for each in evidence["gained"] if each in last]


def _is_of_numbers(report: Mapping[str, Any]) -> bool:
    """Whether the answer stands in a line that says nothing but what two numbers are: 2 + 2 = 4."""
    return any(
        step["line"] == report["answer"]["line"] and step["evidence"]["kind"] == "equal_values"
        for step in report["steps"]
    )


def _below(now: Practice, step: Mapping[str, Any], place: int) -> None:
    """What belongs to a line: what it was meant to say, and the hints with it that were asked for."""

    def take(rung: int) -> None:
        now.asked_for[place] = rung

    draw_picture(step, _problem(now.statement), now.report or {})
    draw_hints(step, place, now.asked_for.get(place, 0), take, key=WORK)
    draw_correction(step, place, WORK, then=lambda: _check(now))


def _draw_examples() -> None:
    """Work to try the page with; an empty page teaches nothing."""
    examples = [
        (_("An equation"), _("Solve 2(x + 3) = 8"), "2x + 3 = 8\n2x = 5\nx = 2.5"),
        (
            _("Physics, with units"),
            _("A car goes 100 m in 8 s. Find its speed v."),
            "v = 100 m / (8 s)\nv = 12.5 m/s\nv = 12.5 km/h",
        ),
        (
            _("In words"),
            _("Solve 2x + 3 = 7"),
            _("I took 3 from both sides and got 2x is four\nthen I halved it, so x equals 2"),
        ),
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("Try one:"), width="content")
        for n, (name, statement, work) in enumerate(examples):
            st.button(name, key=f"example-{n}", on_click=open_problem, args=(statement, work))


def _take_similar(now: Practice, statement: str) -> None:
    if statement:
        open_problem(statement)
    else:
        now.message = none_found()


def open_problem(statement: str, work: str = "") -> None:
    """Have the page show this problem when it is drawn next."""
    set_widget(STATEMENT, statement)
    editing(WORK).show(work)
    now = practice()
    now.report, now.message = None, ""
