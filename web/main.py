"""The frame of every page: who is there, and the pages that they may open."""

from __future__ import annotations

import streamlit as st

from tutor.store import StoreError
from tutor.store.records import Student, Teacher
from web import oidc
from web.parts.bar import draw_bar
from web.resources import service, who
from web.state import belongs_to
from web.trouble import draw_store_trouble
from web.views import pages_for
from web.views.identify import draw_unknown
from web.words import _


def frame() -> None:
    """Draw the page that was asked for, for whoever is there now."""
    person = who()
    role = "teacher" if isinstance(person, Teacher) else "student" if isinstance(person, Student) else "guest"
    belongs_to(f"{role} {person.id}" if person else role)
    service().counters.add("tutor_page_runs_total", role=role)
    pages = pages_for(role)
    page = st.navigation(pages, position="hidden")
    draw_bar(person, pages)
    if person is None and oidc.claims():
        draw_unknown()
    else:
        page.run()


st.set_page_config(page_title=_("Show your work"), page_icon="✏️", layout="centered")
try:
    frame()
except StoreError as error:
    draw_store_trouble(error)
