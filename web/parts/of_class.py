"""The frame of the pages of one class: which class the address names, its title, and the ways to its other pages."""

from __future__ import annotations

from typing import Final

import streamlit as st

from tutor.store import Missing
from tutor.store.desk import Book
from tutor.store.records import Classroom, SetVersion, State
from web.parts.plain import escaped
from web.parts.tables import draw_style
from web.resources import desk_of, the_teacher
from web.words import _

CLASSES: Final = "classes"
OVERVIEW: Final = "class"
WORK: Final = "class-work"
LINES: Final = "class-lines"
ROSTER: Final = "class-roster"
SETTINGS: Final = "class-settings"


def address(path: str) -> st.Page:
    """The page of that path, to link to; what it draws is known where the pages are listed."""
    return st.Page(_nothing, url_path=path, title=path, default=path == CLASSES)


def _nothing() -> None:
    """In the place of a page that is only linked to."""


def number_of(name: str) -> int | None:
    """A number from the address; None where there is none that could be one."""
    given = st.query_params.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else None


def the_class(here: str) -> tuple[Classroom, Book]:
    """The class that the address names, or the newest; its title and the ways to its pages are drawn.

    For anybody but its teacher the page ends here. here: the path of the page that is drawn.
    """
    teacher = the_teacher()
    desk = desk_of(teacher)
    asked = number_of("class")
    if asked is None:
        rooms = desk.classes()
        if not rooms:
            st.title(_("No class yet"))
            st.page_link(address(CLASSES), label=_("Open your first class"))
            st.stop()
        asked = rooms[0].id
    book = desk.in_class(asked)
    try:
        room = book.room()
    except Missing:
        st.title(_("There is no such class among yours"))
        st.text(_("It may have been deleted, or it belongs to somebody else."))
        st.page_link(address(CLASSES), label=_("To my classes"))
        st.stop()
    draw_style()
    _draw_ways(room, here)
    return room, book


def _draw_ways(room: Classroom, here: str) -> None:
    from web.views import pages_for  # the list of pages imports this module

    offered = {page._url_path for page in pages_for("teacher")}
    ways = {
        OVERVIEW: _("Overview"),
        LINES: _("Lines to look at"),
        "problem-sets": _("Problem sets"),
        "batch": _("Mark a file"),
        ROSTER: _("Students"),
        SETTINGS: _("Settings"),
    }
    with st.container(horizontal=True, gap="small", key="ways-of-class"):
        st.page_link(address(CLASSES), label=_("← Classes"))
        for path, label in ways.items():
            if path in offered and path != here:
                st.page_link(address(path), label=label, query_params={"class": str(room.id)})


def the_set(room: Classroom, book: Book) -> SetVersion | None:
    """The published or archived set to look at: of the address, else the newest; a choice where there are several."""
    newest: dict[int, SetVersion] = {}
    for version in book.sets.all(State.PUBLISHED, State.ARCHIVED):
        kept = newest.get(version.set_id)
        if kept is None or (version.state is State.PUBLISHED, version.version) > (
            kept.state is State.PUBLISHED,
            kept.version,
        ):
            newest[version.set_id] = version
    if not newest:
        return None
    found = sorted(newest.values(), key=lambda v: (v.state is State.PUBLISHED, v.id), reverse=True)
    asked = number_of("set")
    chosen = next((version for version in found if version.set_id == asked), found[0])
    if len(found) > 1:
        titles = {version.set_id: version.title for version in found}
        ids = list(titles)
        picked = st.selectbox(
            _("Problem set"),
            ids,
            index=ids.index(chosen.set_id),
            format_func=lambda n: titles[n],
            key=f"set-of-{room.id}",
        )
        if picked != chosen.set_id:
            chosen = newest[picked]
            st.query_params["set"] = str(picked)
    return chosen


def no_set_yet(room: Classroom) -> None:
    """What to do in a class that works on nothing."""
    st.markdown(_("Nothing to see yet: publish a problem set, and what students hand in appears here."))
    st.page_link(address("problem-sets"), label=_("Problem sets"), query_params={"class": str(room.id)})


def titled(title: str) -> None:
    """The title of a page that holds a text of a teacher's."""
    st.title(escaped(title), anchor=False)
