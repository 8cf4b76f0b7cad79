"""The pages, and who may open which; every page asks again who is there."""

from __future__ import annotations

import streamlit as st

from web import oidc
from web.parts.of_class import CLASSES, LINES, OVERVIEW, ROSTER, SETTINGS, WORK
from web.views.batch import PATH as BATCH
from web.views.batch import batch_page
from web.views.class_settings import class_settings_page
from web.views.class_view import class_view_page
from web.views.class_work import class_work_page
from web.views.classes import classes_page
from web.views.identify import identify_page
from web.views.my_data import PATH as MY_DATA
from web.views.my_data import my_data_page
from web.views.open_lines import open_lines_page
from web.views.practice import practice_page
from web.views.problem import PATH as PROBLEM
from web.views.problem import problem_page
from web.views.roster import roster_page
from web.views.sets_of_student import PATH as PROBLEMS
from web.views.sets_of_student import sets_page
from web.views.teacher_sets import PATH as SETS
from web.views.teacher_sets import teacher_sets_page
from web.words import _


def pages_for(role: str) -> list[st.Page]:
    """The pages of a "teacher", a "student" or a "guest", the first of them shown first."""
    practice = st.Page(practice_page, title=_("Practice"), url_path="practice", default=role == "guest")
    pages = [practice]
    if role == "guest" and oidc.configured():
        pages.append(st.Page(identify_page, title=_("Sign in"), url_path="identify", visibility="hidden"))
    if role == "student":
        pages.insert(0, st.Page(sets_page, title=_("Problems"), url_path=PROBLEMS, default=True))
        pages.append(st.Page(problem_page, title=_("Problem"), url_path=PROBLEM, visibility="hidden"))
        pages.append(st.Page(my_data_page, title=_("My data"), url_path=MY_DATA))
    if role == "teacher":
        pages.insert(0, st.Page(classes_page, title=_("Classes"), url_path=CLASSES, default=True))
        of_class = (
            (class_view_page, _("Class"), OVERVIEW),
            (class_work_page, _("Work"), WORK),
            (open_lines_page, _("Lines to look at"), LINES),
            (batch_page, _("Mark a file"), BATCH),
            (roster_page, _("Students"), ROSTER),
            (class_settings_page, _("Settings of the class"), SETTINGS),
        )
        pages += [st.Page(draw, title=said, url_path=path, visibility="hidden") for draw, said, path in of_class]
        pages.append(st.Page(teacher_sets_page, title=_("Problem sets"), url_path=SETS))
    return pages
