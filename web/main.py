"""The frame of every page: who is there, and the pages that they may open."""

from __future__ import annotations

import streamlit as st

from tutor.store.records import Student, Teacher
from web.resources import who
from web.views import pages_for
from web.words import _

st.set_page_config(page_title=_("Show your work"), page_icon="✏️", layout="centered")
person = who()
role = "teacher" if isinstance(person, Teacher) else "student" if isinstance(person, Student) else "guest"
st.navigation(pages_for(role), position="top").run()
