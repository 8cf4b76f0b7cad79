"""What is stored about a student: to see, to take along, and to delete."""

from __future__ import annotations

import json
from typing import Final

import streamlit as st

from tutor.store import grouped
from tutor.store.place import Place
from web.parts.plain import escaped
from web.resources import place_of, the_student
from web.words import _, ngettext

PATH: Final = "my-data"


def my_data_page() -> None:
    """Draw the page."""
    me = the_student()
    place = place_of(me)
    room = place.room()
    st.title(_("My data"))
    said = _("In the class {title} (code {code}) you are {name}.")
    st.markdown(_bold(said, title=room.title, code=grouped(room.code), name=me.name))
    st.subheader(_("What is stored"))
    st.markdown("\n".join(f"- {escaped(line)}" for line in _stored(place, room.retention_days)))
    st.subheader(_("Take it along"))
    st.write(_("One file with all your work, what was said of it, the hints you took, and your teacher's words."))
    st.download_button(
        _("Download my data"),
        data=lambda: json.dumps(place.export(), ensure_ascii=False, indent=2),
        file_name="my-data.json",
        mime="application/json",
        on_click="ignore",
    )
    st.subheader(_("Delete it"))
    st.write(_("Your place in the class and all your work are deleted for good. Nobody can bring them back."))
    typed = st.text_input(_("To delete everything, type your name as it stands above"), max_chars=200)
    fits = typed.strip() == me.name.strip()
    if typed and not fits:
        st.caption(_("This is not your name as it stands above."))
    if st.button(_("Delete everything of mine"), disabled=not fits) and fits:
        place.delete()
        st.success(_("Everything of yours is deleted. You can close this page."))
        st.stop()


def _bold(said: str, **blanks: str) -> str:
    """The sentence with what fills its blanks in bold, as Markdown."""
    return said.format(**{name: f"**{escaped(text)}**" for name, text in blanks.items()})


def _stored(place: Place, retention_days: int | None) -> list[str]:
    works = len(place.attempts())
    said = [
        _("Your name in the class. It is the one you chose or were given; no e-mail address is asked for."),
        ngettext("Your work: {n} piece handed in.", "Your work: {n} pieces handed in.", works).format(n=works),
        _("For each, when you began and handed it in, what was said of each line, and the hints you took."),
        _("What you are writing at the moment, so that it is not lost."),
        _("Lines that you sent to your teacher, and what your teacher said."),
        _("When you came in, and who looked at or exported your data."),
    ]
    if retention_days is None:
        said.append(_("It is kept until you or your teacher delete it."))
    else:
        said.append(
            ngettext("It is deleted after {n} day.", "It is deleted after {n} days.", retention_days).format(
                n=retention_days
            )
        )
    said.append(_("Your teacher sees your work and its marks; your classmates do not. Nothing leaves this server."))
    return said
