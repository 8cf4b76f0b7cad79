"""A teacher's home: the classes, what is new in each, the code that lets students in, and a new class."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from tutor.store import BadInput, Change, grouped
from tutor.store.desk import USUAL_RETENTION, Book, TeacherDesk
from tutor.store.records import Classroom, State
from web.parts.of_class import LINES, OVERVIEW, address
from web.parts.plain import escaped
from web.parts.tables import draw_style
from web.resources import desk_of, store, the_teacher
from web.views.class_settings import retention_field
from web.words import _, ngettext

NEW: Final = timedelta(days=1)


def classes_page() -> None:
    """Draw the page."""
    teacher = the_teacher()
    desk = desk_of(teacher)
    draw_style()
    st.title(_("Your classes"), anchor=False)
    rooms = desk.classes()
    if not rooms:
        st.markdown(_("Open a class, show its code to your students, and publish a problem set: that is all."))
    for room in rooms:
        with st.container(border=True):
            _draw_class(room, desk.in_class(room.id), alone=len(rooms) == 1)
    with st.expander(_("Open a new class"), expanded=not rooms):
        _draw_new(desk)


# ---------------------------------------------------------------- one class


def _draw_class(room: Classroom, book: Book, *, alone: bool) -> None:
    students = book.students.all()
    st.subheader(escaped(room.title), anchor=False)
    st.markdown(_news(book, len(students)))
    query = {"class": str(room.id)}
    with st.container(horizontal=True, key=f"ways-to-{room.id}"):
        st.page_link(address(OVERVIEW), label=_("Who is where"), query_params=query)
        st.page_link(address(LINES), label=_("Lines to look at"), query_params=query)
        st.page_link(address("problem-sets"), label=_("Problem sets"), query_params=query)
    with st.expander(_("Let students in"), expanded=alone or not students):
        _draw_way_in(room, book)


def _news(book: Book, students: int) -> str:
    """What is new: works of the last day, lines that wait."""
    said = [ngettext("{n} student", "{n} students", students).format(n=students)]
    sets = {version.set_id for version in book.sets.all(State.PUBLISHED)}
    if not sets:
        said.append(_("no problem set is published"))
        return ", ".join(said) + "."
    since = store().now() - NEW
    works = sum(standing.last_at >= since for n in sets for standing in book.work.standings(n))
    lines = sum(len(book.lines.open(n)) for n in sets)
    if works:
        many = ngettext("{n} work since yesterday", "{n} works since yesterday", works).format(n=works)
        said.append(f"**{many}**")
    else:
        said.append(_("nothing handed in since yesterday"))
    if lines:
        many = ngettext("{n} line waits for you", "{n} lines wait for you", lines).format(n=lines)
        said.append(f"**{many}**")
    return ", ".join(said) + "."


def _draw_way_in(room: Classroom, book: Book) -> None:
    if not room.joining:
        st.markdown(_("Joining is closed. Students who are in come back with their personal codes."))
        if st.button(_("Open joining"), key=f"join-{room.id}"):
            book.change(Change(joining=True))
            st.rerun()
        return
    link = join_link(room)
    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        st.caption(_("Class code"))
        st.html(f'<div class="code-of-class">{grouped(room.code)}</div>')
        st.caption(_("Or by this link:"))
        st.code(link, language=None, wrap_lines=True)
    right.image(qr(link), width=220, alt=_("QR code of the link for joining"))
    if st.button(_("Close joining"), key=f"join-{room.id}"):
        book.change(Change(joining=False))
        st.rerun()


def join_link(room: Classroom) -> str:
    """The address that leads into the class, on the site as this browser reached it."""
    here = urlsplit(st.context.url or "http://localhost:8501/")
    return f"{here.scheme}://{here.netloc}/join?{urlencode({'code': grouped(room.code)})}"


@st.cache_data(max_entries=200, show_spinner=False)
def qr(link: str) -> bytes:
    """The link as a picture that a phone reads: black on white, for dark pages, too."""
    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=8, border=3)
    return picture.getvalue()


# ---------------------------------------------------------------- a new one


def _draw_new(desk: TeacherDesk) -> None:
    with st.form("new-class", border=False):
        title = st.text_input(_("Title"), placeholder=_("9b Mathematics"), max_chars=200, autocomplete="off")
        days = retention_field("retention-of-new", USUAL_RETENTION)
        pseudonyms = st.checkbox(_("Give a pseudonym to whoever types no name"), True)
        pressed = st.form_submit_button(_("Open the class"), type="primary")
    if pressed:
        try:
            room = desk.open_class(title, retention_days=days, pseudonyms=pseudonyms)
        except BadInput as error:
            st.warning(escaped(str(error)))
            return
        st.toast(_("{title} is open.").format(title=escaped(room.title)))
        st.rerun()
