"""Lines that wait for the teacher's word: what could not be read or decided, and what students think is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from tutor.records import Problem, Verdict
from tutor.report.summary import reason_of
from tutor.service.again import mark_again
from tutor.service.service import Busy, Closed
from tutor.service.ticket import NoReport
from tutor.store import BadInput, case_key
from tutor.store.desk import Book
from tutor.store.overview import earned
from tutor.store.records import Classroom, Dispute, Finding, OpenLine, Ruling, SetVersion
from web.parts.of_class import LINES, WORK, address, no_set_yet, the_class, the_set, titled
from web.parts.plain import escaped
from web.parts.tables import draw_download
from web.parts.verdicts import word_of
from web.resources import desk, service, store
from web.state import open_lines
from web.views.class_view import spoken, title_of, when
from web.words import _, language, ngettext

SHOWN = 12  # cases on a page


def open_lines_page() -> None:
    """Draw the page."""
    room, book = the_class(LINES)
    titled(_("Lines to look at"))
    version = the_set(room, book)
    if version is None:
        no_set_yet(room)
        return
    tell()
    problems = desk().problems(version.id)
    cases = sorted(book.lines.open(version.set_id), key=lambda case: -case.works)
    disputes = book.lines.disputes(version.set_id)
    if cases:
        st.markdown(
            _(
                "Your word counts for every work in which the same line stands, and its marks follow at once. "
                "A line that could not be read or decided costs nobody a mark until then."
            )
        )
    else:
        st.markdown("✓ " + _("No line waits for you."))
    for case in cases[:SHOWN]:
        _draw_case(room, book, version, problems, case, disputes)
    if len(cases) > SHOWN:
        st.markdown(_("{n} more follow when these are settled.").format(n=len(cases) - SHOWN))
    if cases:
        heads = [_("problem"), _("line"), _("verdict"), _("works"), _("objections")]
        rows = [[title_of(problems, c.problem_id), c.text, c.verdict, c.works, c.disputed] for c in cases]
        draw_download("open-lines.csv", heads, rows)
    _draw_rulings(room, book, version, problems)


def tell() -> None:
    """What became of the last ruling, once."""
    now = open_lines()
    for news in now.news:
        st.success(news)
    now.news.clear()


# ---------------------------------------------------------------- one case


def _draw_case(
    room: Classroom,
    book: Book,
    version: SetVersion,
    problems: Mapping[str, Problem],
    case: OpenLine,
    disputes: Sequence[Dispute],
) -> None:
    with st.container(border=True):
        many = ngettext("in {n} work", "in {n} works", case.works).format(n=case.works)
        said = [escaped(title_of(problems, case.problem_id)), many]
        if case.disputed:
            n = case.disputed
            said.append(ngettext("{n} student thinks it is right", "{n} students think it is right", n).format(n=n))
        st.markdown(f"**{said[0]}** · {' · '.join(said[1:])}")
        if case.problem_id in problems and (statement := problems[case.problem_id].statement):
            st.caption(escaped(statement))
        step, before = _places(book, case)
        if before:
            st.caption(_("After"))
            st.code(before, language=None, wrap_lines=True)
        st.caption(_("The line"))
        st.code(case.text, language=None, wrap_lines=True)
        if step is not None:
            verdict = Verdict(step["verdict"])
            st.markdown(f"{_ICON.get(verdict, '✗')} **{word_of(verdict)}**: {escaped(reason_of(step))}")
        for why in dict.fromkeys(d.why.strip() for d in disputes if _same(d, case)):
            if why:
                st.markdown(f"„{escaped(why)}“" if language() == "de" else f"“{escaped(why)}”")
        draw_ruling(room, book, version, case.problem_id, case.text, f"case-{case.key[:16]}")
        query = {"class": str(room.id), "set": str(case.set_id), "attempt": str(case.attempt_id)}
        st.page_link(address(WORK), label=_("See a work in which it stands"), query_params=query)


def _same(dispute: Dispute, case: OpenLine) -> bool:
    return dispute.settled is None and case_key(dispute.problem_id, dispute.text) == case.key


_ICON = {Verdict.UNREADABLE: "⌧", Verdict.UNDECIDED: "?"}


def _places(book: Book, case: OpenLine) -> tuple[Mapping[str, Any] | None, str]:
    """The line as it was judged in one work, and the line before it there."""
    reports = book.work.reports(case.attempt_id)
    steps = reports[-1].report["steps"] if reports else []
    for n, step in enumerate(steps):
        if step["line"] == case.line and case_key(case.problem_id, step["text"]) == case.key:
            return step, str(steps[n - 1]["text"]) if n else ""
    return None, ""


# ---------------------------------------------------------------- ruling


def draw_ruling(room: Classroom, book: Book, version: SetVersion, problem_id: str, text: str, key: str) -> None:
    """A comment and the two words that a teacher may say of a line."""
    comment = st.text_input(
        _("Comment for the students (may stay empty)"), max_chars=2_000, key=f"comment-{key}", autocomplete="off"
    )
    with st.container(horizontal=True):
        for finding, label in ((Finding.RIGHT, _("✓ It is right")), (Finding.WRONG, _("✗ It is wrong"))):
            if st.button(label, key=f"{finding.value}-{key}"):
                try:
                    ruling = book.lines.settle(version.set_id, problem_id, text, finding, comment)
                except BadInput as error:
                    st.warning(escaped(str(error)))
                    return
                _mark_again(room, book, ruling)
                st.rerun()


def _mark_again(room: Classroom, book: Book, ruling: Ruling) -> None:
    """Let the marks follow, with a bar while they do; what came of it is told with the next run."""
    before = {(s.student_id, s.problem_id): earned(s) for s in book.work.standings(ruling.set_id)}
    bar, done = st.progress(0.0, _("Marking again …")), 0
    news = open_lines().news
    try:
        user = f"teacher {room.teacher_id}"
        for done, of in mark_again(store(), service(), user, ruling.set_id, ruling.problem_id, ruling.key):
            bar.progress(done / of, _("Marking again: {done} of {of}").format(done=done, of=of))
    except (Busy, Closed, NoReport):
        desk().look_at_rulings()
        news.append(_("Your word is stored. Much is being checked at the moment, so some marks follow a little later."))
    bar.empty()
    after = {(s.student_id, s.problem_id): earned(s) for s in book.work.standings(ruling.set_id)}
    changed = sum(before.get(whose) != mark for whose, mark in after.items())
    works = ngettext("{n} work was marked again", "{n} works were marked again", done).format(n=done)
    marks = ngettext("the mark of {n} student changed", "the marks of {n} students changed", changed).format(n=changed)
    news.append(f"{works}; {marks}.")


# ---------------------------------------------------------------- what was ruled


def _draw_rulings(room: Classroom, book: Book, version: SetVersion, problems: Mapping[str, Problem]) -> None:
    rulings = sorted(book.lines.rulings(version.set_id).values(), key=lambda ruling: ruling.at, reverse=True)
    if not rulings:
        return
    st.subheader(_("What you have ruled"), anchor=False)
    for ruling in rulings:
        with st.container(border=True):
            word = _("✓ right") if ruling.finding is Finding.RIGHT else _("✗ wrong")
            st.markdown(f"**{word}** · {escaped(title_of(problems, ruling.problem_id))}")
            st.code(ruling.text, language=None, wrap_lines=True)
            if ruling.comment:
                st.markdown(escaped(ruling.comment))
            st.caption(_("{who}, {when}").format(who=escaped(ruling.by), when=spoken(ruling.at)))
            if st.button(_("Withdraw"), key=f"withdraw-{ruling.id}"):
                book.lines.withdraw(ruling.id)
                _mark_again(room, book, ruling)
                st.rerun()
    heads = [_("problem"), _("line"), _("ruling"), _("comment"), _("by"), _("at")]
    rows = [[title_of(problems, r.problem_id), r.text, r.finding.value, r.comment, r.by, when(r.at)] for r in rulings]
    draw_download("rulings.csv", heads, rows)
