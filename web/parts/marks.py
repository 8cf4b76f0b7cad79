"""A class's marks on a set, to take away: as a table, for Moodle, or put into a gradebook that was exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import streamlit as st

from tutor.errors import AuthorError
from tutor.records import Problem
from tutor.report.gradebooks import Entry, Filled, columns_of, fill, moodle_table
from tutor.report.summary import number
from tutor.service.class_marks import class_entries
from tutor.store.desk import Book
from tutor.store.overview import earned
from tutor.store.records import SetVersion, Standing
from web.parts.plain import escaped
from web.parts.tables import Cell, csv_of
from web.words import _


def draw_marks(book: Book, version: SetVersion, problems: Mapping[str, Problem], standings: Sequence[Standing]) -> None:
    """The ways out. The roster is looked at only when a file is taken, which is noted."""
    st.subheader(_("Take the marks away"), anchor=False)

    def entries() -> list[Entry]:
        book.note_export(f"marks of set {version.set_id}")
        return class_entries(standings, book.students.roster(), _available(version, problems))

    def table() -> bytes:
        book.note_export(f"marks of set {version.set_id}")
        return _table(book, version, standings)

    def for_moodle() -> bytes:
        return moodle_table(entries(), version.title, known_by="useridnumber")

    with st.container(horizontal=True):
        for label, made, name in (
            (_("marks.csv"), table, "marks.csv"),
            (_("For Moodle (by id number)"), for_moodle, "moodle.csv"),
        ):
            st.download_button(label, made, name, "text/csv", key=f"take-{name}-{version.id}", on_click="ignore")
    with st.expander(_("Fill in a gradebook exported from Canvas or Moodle")):
        _draw_filling(version, entries)


def _draw_filling(version: SetVersion, entries: Callable[[], list[Entry]]) -> None:
    st.markdown(_("Students are found by the gradebook ids and names of your roster. All else in the file stays."))
    export = st.file_uploader(_("The exported gradebook"), type=["csv", "txt"], key=f"export-{version.id}")
    if export is None:
        return
    data = export.getvalue()
    try:
        column = st.selectbox(
            _("The column"),
            columns_of(data),
            index=None,
            accept_new_options=True,
            placeholder=_("Choose a column, or write the name of a new one"),
            key=f"column-{export.file_id}",
        )
        whole = st.checkbox(_("Also where some marks still wait for me"), key=f"whole-{version.id}")
        if not column:
            return
        filled: Filled = fill(data, column, entries(), with_pending=whole)
    except AuthorError as error:
        st.warning(escaped(str(error)))
        return
    for sentence in filled.in_words():
        st.markdown("- " + escaped(sentence))
    st.download_button(
        _("Download the gradebook"), filled.data, export.name, "text/csv", key=f"filled-{version.id}", on_click="ignore"
    )


def _available(version: SetVersion, problems: Mapping[str, Problem]) -> Fraction:
    return sum((marks_of(problems[p]) for p in version.problem_ids if p in problems), Fraction(0))


def marks_of(problem: Problem) -> Fraction:
    """What there is to earn, its parts together."""
    return sum((part.marks for part in problem.parts), Fraction(0)) if problem.parts else problem.marks


def _table(book: Book, version: SetVersion, standings: Sequence[Standing]) -> bytes:
    of = {(s.student_id, s.problem_id): s for s in standings}
    heads = ["gradebook_id", "full_name", "pseudonym", *version.problem_ids, "total", "pending"]
    rows: list[list[Cell]] = []
    for line in book.students.roster():
        mine = [of.get((line.student_id, p)) for p in version.problem_ids]
        marks = [None if s is None else earned(s) for s in mine]
        pending = sum((s.pending or Fraction(0) for s in mine if s is not None and s.given is None), Fraction(0))
        cells: list[Cell] = [None if mark is None else _cell(mark) for mark in marks]
        total = sum((mark for mark in marks if mark is not None), Fraction(0))
        names: list[Cell] = [line.gradebook_id, line.full_name, line.pseudonym]
        rows.append([*names, *cells, _cell(total), _cell(pending)])
    return csv_of(heads, rows)


def _cell(mark: Fraction) -> Cell:
    return int(mark) if mark.denominator == 1 else number(mark)
