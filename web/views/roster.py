"""The students of a class: who each pseudonym is, new personal codes, names, and all that is stored of one student."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from tutor.service.roster import COLUMNS, read_roster, roster_rows
from tutor.store import BadInput
from tutor.store.desk import Book
from tutor.store.records import Classroom, RosterLine
from web.parts.of_class import ROSTER, the_class, titled
from web.parts.plain import escaped
from web.parts.tables import draw_download
from web.state import roster_codes
from web.words import _, ngettext

# The table's own download would not be escaped; ours is.
NO_TOOLBAR = '<style>[data-testid="stElementToolbar"] { display: none; }</style>'


def roster_page() -> None:
    """Draw the page."""
    room, book = the_class(ROSTER)
    titled(_("Students"))
    now = roster_codes()
    for news in now.news:
        st.success(news)
    now.news.clear()
    lines = book.students.roster()
    if not lines:
        st.markdown(_("Nobody has joined yet. The class code is on the page of your classes."))
        return
    st.markdown(_("Everybody else sees pseudonyms. Who they are is seen here, by you alone."))
    _draw_codes(book)
    _draw_table(room, book, lines)
    _draw_file(room, book, lines)
    _draw_one(room, book, lines)


def _draw_codes(book: Book) -> None:
    """Codes that were drawn anew, until they are put away."""
    now = roster_codes()
    names = {student.id: student.name for student in book.students.all()}
    for student_id, code in list(now.shown.items()):
        if student_id not in names:
            continue
        with st.container(border=True):
            st.markdown(_("The new personal code of **{name}**:").format(name=escaped(names[student_id])))
            st.code(code, language=None)
            st.caption(_("It is shown once: pass it on, then put it away. The old code does not work any more."))
            if st.button(_("I have passed it on"), key=f"away-{student_id}"):
                del now.shown[student_id]
                st.rerun()


# ---------------------------------------------------------------- the table


def _draw_table(room: Classroom, book: Book, lines: Sequence[RosterLine]) -> None:
    import pandas as pd

    st.html(NO_TOOLBAR)
    table = pd.DataFrame(
        {name: [row[n] for row in roster_rows(lines)] for n, name in enumerate(COLUMNS)},
        index=pd.Index([line.student_id for line in lines]),
    )
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=["pseudonym"],
        column_config={
            "pseudonym": st.column_config.TextColumn(_("Pseudonym")),
            "gradebook_id": st.column_config.TextColumn(_("Gradebook id"), max_chars=200),
            "full_name": st.column_config.TextColumn(_("Full name"), max_chars=200),
        },
        alt=_("The roster: pseudonym, gradebook id and full name; the last two can be edited"),
        key=f"roster-{room.id}",
    )
    with st.container(horizontal=True):
        if st.button(_("Save the roster"), type="primary", key=f"save-roster-{room.id}"):
            changed = [
                RosterLine(line.student_id, line.pseudonym, str(ids or ""), str(full or ""))
                for line, ids, full in zip(lines, edited["gradebook_id"], edited["full_name"], strict=True)
            ]
            _store(book, changed)
        draw_download("roster.csv", COLUMNS, roster_rows(lines))


def _store(book: Book, lines: Sequence[RosterLine]) -> None:
    try:
        book.students.set_roster(lines)
    except BadInput as error:
        st.warning(escaped(str(error)))
        return
    roster_codes().news.append(ngettext("{n} line is saved.", "{n} lines are saved.", len(lines)).format(n=len(lines)))
    st.rerun()


def _draw_file(room: Classroom, book: Book, lines: Sequence[RosterLine]) -> None:
    with st.expander(_("Fill it from a file")):
        st.markdown(
            _("A CSV with the columns {columns}; download the roster for a pattern.").format(
                columns=", ".join(f"`{column}`" for column in COLUMNS)
            )
        )
        file = st.file_uploader(_("Roster as CSV"), type=["csv", "txt", "tsv"], key=f"roster-file-{room.id}")
        if file is not None and st.button(_("Take it over"), key=f"take-roster-{room.id}"):
            try:
                found = read_roster(file.name, file.getvalue(), lines)
            except BadInput as error:
                st.warning(escaped(str(error)))
                return
            _store(book, found)


# ---------------------------------------------------------------- one student


def _draw_one(room: Classroom, book: Book, lines: Sequence[RosterLine]) -> None:
    st.subheader(_("One student"), anchor=False)
    of = {line.student_id: line for line in lines}
    chosen = st.selectbox(_("Student"), list(of), format_func=lambda n: _named(of[n]), key=f"one-of-{room.id}")
    line = of[chosen]
    with st.form(f"rename-{chosen}", border=False):
        name = st.text_input(_("Pseudonym"), line.pseudonym, max_chars=60, autocomplete="off")
        if st.form_submit_button(_("Rename")) and name != line.pseudonym:
            try:
                renamed = book.students.rename(chosen, name)
            except BadInput as error:
                st.warning(escaped(str(error)))
            else:
                said = _("{old} is called {new} now.")
                roster_codes().news.append(said.format(old=escaped(line.pseudonym), new=escaped(renamed.name)))
                st.rerun()
    with st.container(horizontal=True):
        if st.button(_("Draw a new personal code"), key=f"code-{chosen}"):
            roster_codes().shown[chosen] = book.students.reset_code(chosen)
            st.rerun()
        if st.button(_("Prepare an export of all data"), key=f"export-{chosen}"):
            data = json.dumps(book.students.export(chosen), ensure_ascii=False, indent=2).encode()
            st.download_button(
                _("Save the export"), data, f"student-{chosen}.json", "application/json", on_click="ignore"
            )
    with st.expander(_("Remove this student")):
        st.markdown(
            _("All work, marks and reports of **{name}** are deleted, for good.").format(name=escaped(line.pseudonym))
        )
        typed = st.text_input(_("To go on, type the pseudonym"), key=f"sure-{chosen}", autocomplete="off", max_chars=60)
        if st.button(_("Delete with all data"), key=f"delete-{chosen}"):
            if typed.strip() != line.pseudonym:
                st.warning(_("That is not the pseudonym; nothing was deleted."))
                return
            book.students.delete(chosen)
            roster_codes().news.append(_("{name} is deleted.").format(name=escaped(line.pseudonym)))
            st.rerun()


def _named(line: RosterLine) -> str:
    return f"{line.pseudonym} ({line.full_name})" if line.full_name else line.pseudonym
