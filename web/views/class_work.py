"""One student's work on one problem, for the teacher: every try with its report, hints taken, the mark by hand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import streamlit as st

from tutor.records import Problem, Verdict
from tutor.report.causes import cause_in_words
from tutor.report.opinions import opinion_in_words
from tutor.report.summary import losses_in_words, number
from tutor.store import BadInput, Missing
from tutor.store.desk import Book
from tutor.store.marks import read_mark
from tutor.store.overview import where
from tutor.store.records import Attempt, Classroom, HintTaken, SetVersion, Standing, Student
from web.parts.of_class import OVERVIEW, WORK, address, no_set_yet, number_of, the_class, the_set, titled
from web.parts.plain import escaped
from web.parts.verdicts import draw_lines, summary_of
from web.resources import desk
from web.views.class_view import ICONS, spoken, title_of, word_of
from web.views.open_lines import draw_ruling, tell
from web.words import _, ngettext


def class_work_page() -> None:
    """Draw the page."""
    room, book = the_class(WORK)
    _from_attempt(book)
    version = the_set(room, book)
    students = book.students.all()
    if version is None or not students:
        no_set_yet(room)
        return
    problems = desk().problems(version.id)
    student, problem_id = _chosen(version, problems, students)
    query = {"class": str(room.id), "set": str(version.set_id)}
    titled(student.name)
    st.page_link(address(OVERVIEW), label=_("← Back to {title}").format(title=escaped(room.title)), query_params=query)
    _draw_choice(version, problems, students, student, problem_id)
    tell()
    st.subheader(escaped(title_of(problems, problem_id)), anchor=False)
    if problem_id in problems:
        st.markdown(escaped(problems[problem_id].statement))
    works = [w for w in book.work.attempts(set_id=version.set_id, student_id=student.id) if w.problem_id == problem_id]
    if not works:
        st.markdown(_("{name} has handed in nothing for this problem.").format(name=escaped(student.name)))
        return
    standings = book.work.standings(version.set_id)
    standing = next(s for s in standings if (s.student_id, s.problem_id) == (student.id, problem_id))
    _draw_standing(standing)
    work = _draw_tries(works)
    _draw_work(book, work)
    if work.checked is not None:
        _draw_on_a_line(room, book, version, problem_id, work)
    _draw_mark(book, version, student, problem_id, standing, work)


def _from_attempt(book: Book) -> None:
    """An address that names one work names its student and problem."""
    asked = number_of("attempt")
    if asked is None or "student" in st.query_params:
        return
    try:
        work = book.work.attempt(asked)
    except Missing:
        return
    st.query_params["student"], st.query_params["problem"] = str(work.student_id), work.problem_id


def _chosen(version: SetVersion, problems: Mapping[str, Problem], students: list[Student]) -> tuple[Student, str]:
    asked = number_of("student")
    student = next((s for s in students if s.id == asked), students[0])
    problem_id = st.query_params.get("problem", "")
    return student, problem_id if problem_id in version.problem_ids else version.problem_ids[0]


def _draw_choice(
    version: SetVersion, problems: Mapping[str, Problem], students: list[Student], student: Student, problem_id: str
) -> None:
    names = {s.id: s.name for s in students}
    left, right = st.columns(2)
    ids = list(names)
    of = left.selectbox(
        _("Student"), ids, index=ids.index(student.id), format_func=names.__getitem__, key=f"who-{student.id}"
    )
    titles = list(version.problem_ids)
    on = right.selectbox(
        _("Problem"),
        titles,
        index=titles.index(problem_id),
        format_func=lambda p: f"{titles.index(p) + 1}. {title_of(problems, p)}",
        key=f"which-{problem_id}",
    )
    if (of, on) != (student.id, problem_id):
        st.query_params["student"], st.query_params["problem"] = str(of), on
        st.query_params.pop("attempt", None)
        st.rerun()


def _draw_standing(standing: Standing) -> None:
    state = where(standing)
    said = [f"{ICONS[state]} **{word_of(state)}**"]
    said.append(ngettext("{n} try", "{n} tries", standing.attempts).format(n=standing.attempts))
    said.append(_("{n} min").format(n=max(1, round(standing.seconds / 60))))
    if standing.hints:
        said.append(ngettext("{n} hint", "{n} hints", standing.hints).format(n=standing.hints))
    st.markdown(" · ".join(said))


def _draw_tries(works: list[Attempt]) -> Attempt:
    """The try to look at; the last, unless an earlier one is chosen."""
    if len(works) == 1:
        return works[0]
    names = {n: _("Try {n}, {when}").format(n=n + 1, when=spoken(work.handed_in_at)) for n, work in enumerate(works)}
    asked = number_of("attempt")
    first = next((n for n, work in enumerate(works) if work.id == asked), len(works) - 1)
    chosen = st.selectbox(
        _("Try"), list(reversed(names)), index=len(works) - 1 - first, format_func=names.__getitem__,
        key=f"try-{works[0].id}",
    )  # fmt: skip
    return works[chosen]


def _draw_work(book: Book, work: Attempt) -> None:
    late = " · " + _("late") if work.late else ""
    st.caption(_("Handed in {when}").format(when=spoken(work.handed_in_at)) + late)
    if work.checked is None:
        st.markdown(_("This work is being checked."))
        st.code(work.work, language=None, wrap_lines=True)
        return
    report = work.checked.report
    st.markdown(f"**{summary_of(report)}**")
    if report.get("message"):
        st.text(report["message"])
    taken: dict[int, list[HintTaken]] = {}
    for hint in book.work.hints(work.id):
        taken.setdefault(hint.line, []).append(hint)

    def below(step: Mapping[str, Any], _place: int) -> None:
        ruling = step.get("ruling")
        for cause in () if ruling is not None and ruling["right"] else cause_in_words(step):
            st.caption(escaped(cause))
        if Verdict(step["verdict"]) is not Verdict.UNDECIDED and (opinion := opinion_in_words(step)):
            st.caption(escaped(opinion))
        for hint in taken.pop(step["line"], ()):
            st.caption(_("Hint {n} taken, {when}").format(n=hint.rung, when=spoken(hint.at)))

    draw_lines(report["steps"], below=below, to_teacher=True)


def _draw_on_a_line(room: Classroom, book: Book, version: SetVersion, problem_id: str, work: Attempt) -> None:
    assert work.checked is not None
    lines = {n: step for n, step in enumerate(work.checked.report["steps"]) if step["verdict"] != "no_claim"}
    if not lines:
        return
    with st.expander(_("Rule on a line")):
        chosen = st.selectbox(
            _("Line"),
            list(lines),
            format_func=lambda n: f"{lines[n]['line'] + 1}: {lines[n]['text']}",
            key=f"rule-{work.id}",
        )
        draw_ruling(room, book, version, problem_id, lines[chosen]["text"], f"work-{work.id}-{chosen}")


def _draw_mark(
    book: Book, version: SetVersion, student: Student, problem_id: str, standing: Standing, work: Attempt
) -> None:
    st.subheader(_("Mark"), anchor=False)
    if standing.earned is not None and standing.available is not None:
        said = _("The program gives {earned} of {available}.")
        if standing.pending:
            said = _("The program gives {earned} of {available}; {pending} wait for you.")
        st.markdown(
            said.format(
                earned=number(standing.earned),
                available=number(standing.available),
                pending=number(standing.pending or Fraction(0)),
            )
        )
    if work.checked is not None:
        for loss in losses_in_words(work.checked.report):
            st.caption(escaped(loss))
    given = standing.given
    if given is not None:
        st.markdown(
            "✎ " + _("{who} gives {mark}.").format(who=escaped(given.by), mark=f"**{number(given.earned)}**")
            + (f" {escaped(given.why)}" if given.why else "")
        )  # fmt: skip
    with st.form(f"mark-{student.id}-{problem_id}", border=False):
        left, right = st.columns([1, 3])
        typed = left.text_input(_("Mark by hand"), placeholder="5/2", max_chars=20, autocomplete="off")
        why = right.text_input(_("Reason, shown to the student"), max_chars=2_000, autocomplete="off")
        pressed = st.form_submit_button(_("Give this mark"), type="primary")
    if pressed:
        try:
            book.marks.give(student.id, version.set_id, problem_id, read_mark(typed), why)
        except BadInput as error:
            st.warning(escaped(str(error)))
            return
        st.rerun()
    if given is not None and st.button(_("Take the mark by hand back"), key=f"take-back-{student.id}-{problem_id}"):
        book.marks.take_back(student.id, version.set_id, problem_id)
        st.rerun()
