"""What holds for a class: its title, how long work is kept, pseudonyms, who may join; who looked at what; its end."""

from __future__ import annotations

import streamlit as st

from tutor.store import BadInput, Change
from tutor.store.desk import Book
from tutor.store.records import Classroom, Event
from web.parts.of_class import CLASSES, SETTINGS, address, the_class, titled
from web.parts.plain import escaped
from web.parts.tables import draw_download, draw_table
from web.views.class_view import when
from web.words import _, ngettext

SHOWN = 20
FOR_EVER = 0


def class_settings_page() -> None:
    """Draw the page."""
    room, book = the_class(SETTINGS)
    titled(_("Settings"))
    _draw_settings(room, book)
    _draw_joining(room, book)
    _draw_events(room, book)
    _draw_end(room, book)


def retention_in_words(days: int | None) -> str:
    """How long work is kept."""
    if days is None:
        return _("Work is kept until you delete it.")
    return ngettext(
        "Work is deleted {n} day after it was handed in.", "Work is deleted {n} days after it was handed in.", days
    ).format(n=days)


def retention_field(key: str, days: int | None) -> int | None:
    """A choice of how long work is kept, in days; None for ever."""
    usual = {30: _("a month"), 180: _("half a year"), 400: _("a school year and the weeks after it")}
    choices = [*sorted({*usual, *([days] if days is not None else [])}), FOR_EVER]

    def named(n: int) -> str:
        if n == FOR_EVER:
            return _("until I delete it")
        in_days = ngettext("{n} day", "{n} days", n).format(n=n)
        return f"{usual[n]} ({in_days})" if n in usual else in_days

    chosen = st.selectbox(
        _("Keep work for"),
        choices,
        index=choices.index(FOR_EVER if days is None else days),
        format_func=named,
        key=key,
    )
    return chosen or None


def _draw_settings(room: Classroom, book: Book) -> None:
    with st.form(f"settings-{room.id}", border=False):
        title = st.text_input(_("Title"), room.title, max_chars=200, autocomplete="off")
        days = retention_field(f"retention-{room.id}", room.retention_days)
        st.caption(retention_in_words(room.retention_days))
        pseudonyms = st.checkbox(_("Give a pseudonym to whoever types no name"), room.pseudonyms)
        pressed = st.form_submit_button(_("Save"), type="primary")
    if pressed:
        try:
            book.change(Change(title=title, retention_days=days or 0, pseudonyms=pseudonyms))
        except BadInput as error:
            st.warning(escaped(str(error)))
            return
        st.toast(_("Saved."))
        st.rerun()


def _draw_joining(room: Classroom, book: Book) -> None:
    st.subheader(_("Joining"), anchor=False)
    if room.joining:
        st.markdown(_("Whoever has the class code may join."))
    else:
        st.markdown(_("Nobody new may join; those who are in come back with their personal codes."))
    with st.container(horizontal=True):
        label = _("Close joining") if room.joining else _("Open joining")
        if st.button(label, key=f"joining-{room.id}"):
            book.change(Change(joining=not room.joining))
            st.rerun()
        if st.button(_("Draw a new class code"), key=f"code-{room.id}"):
            book.new_code()
            st.toast(_("The old code does not work any more; the new one is on the page of your classes."))


# ---------------------------------------------------------------- who looked at what


def _draw_events(room: Classroom, book: Book) -> None:
    st.subheader(_("Who looked at or changed what"), anchor=False)
    names = {student.id: student.name for student in book.students.all()}
    heads = [_("when"), _("who"), _("what"), _("about")]
    rows = [[when(e.at), _actor(e, room, names), e.what, _about(e, names)] for e in book.events(1_000)]
    draw_table(_("Who looked at or changed what, newest first"), heads, rows[:SHOWN])
    if len(rows) > SHOWN:
        st.caption(_("The newest {n}; the file has all of them.").format(n=SHOWN))
    draw_download("events.csv", heads, rows)


def _actor(event: Event, room: Classroom, names: dict[int, str]) -> str:
    kind, _blank, number = event.actor.partition(" ")
    if event.actor == f"teacher {room.teacher_id}":
        return _("you")
    if kind == "student" and number.isdigit():
        return names.get(int(number), _("a student who was deleted"))
    return event.actor


def _about(event: Event, names: dict[int, str]) -> str:
    if event.about is None:
        return event.detail
    return names.get(event.about, _("a student who was deleted"))


# ---------------------------------------------------------------- its end


def _draw_end(room: Classroom, book: Book) -> None:
    with st.expander(_("Delete this class")):
        st.markdown(
            _("The class **{title}** goes with its students, sets, works and marks, for good.").format(
                title=escaped(room.title)
            )
        )
        typed = st.text_input(_("To go on, type the title"), key=f"sure-{room.id}", autocomplete="off", max_chars=200)
        if st.button(_("Delete the class with all its data"), key=f"delete-{room.id}"):
            if typed.strip() != room.title:
                st.warning(_("That is not the title; nothing was deleted."))
                return
            book.delete()
            st.switch_page(address(CLASSES))
