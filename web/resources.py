"""What all tabs share: the database, the service that checks, and who is behind a tab.

Each is opened once for the process, from the environment: `$TUTOR_STORE`, `$TUTOR_MODEL` and so on.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Final

import streamlit as st

from tutor.service import Service, Settings
from tutor.service.batches import Batches
from tutor.service.desk import Desk
from tutor.store import Store, open_store
from tutor.store.desk import TeacherDesk
from tutor.store.place import Place
from tutor.store.records import Student, Teacher
from web import oidc
from web.words import _

COOKIE: Final = "tutor_session"


@cache
def store() -> Store:
    """The database; raises StoreError where it cannot be opened."""
    return open_store()


@cache
def service() -> Service:
    """Where work is checked; its processes are started with the site, or with the first work.

    As many as `$TUTOR_PROCESSES`, else one for each core.
    """
    processes = os.environ.get("TUTOR_PROCESSES", "")
    return Service(Settings(processes=int(processes)) if processes else Settings())


@cache
def desk() -> Desk:
    """Where students' work is handed in; what it has accepted is checked and stored whether or not a page looks on."""
    opened = Desk(store(), service())
    opened.start()
    return opened


@cache
def batches() -> Batches:
    """The uploads of submissions are marked in the background, while students come first."""
    opened = Batches(store(), service())
    opened.start()
    return opened


def token() -> str:
    """The session token that the tab's browser sent; empty where it sent none."""
    return st.context.cookies.get(COOKIE, "")


def who() -> Teacher | Student | None:
    """Who is signed in, asked of the database anew at every run of a page; None for a guest."""
    return store().sessions.who(token()) or oidc.teacher_of(oidc.claims(), store().teachers.known)


def place_of(student: Student) -> Place:
    """What that student may do, for as long as the tab's session lasts: what is pressed later asks anew, too."""
    return store().of_student(student.id, token())


def desk_of(teacher: Teacher) -> TeacherDesk:
    """The same for a teacher; whom another service identifies has no session of ours."""
    held = token()
    return store().of_teacher(teacher.id, held if store().sessions.who(held) is not None else "")


def the_teacher() -> Teacher:
    """The teacher behind the tab; for anybody else the page ends here. Every page for teachers calls it first."""
    person = who()
    if not isinstance(person, Teacher):
        st.warning(_("This page is for teachers. Please sign in as one."))
        st.stop()
    return person


def the_student() -> Student:
    """The student behind the tab; for anybody else the page ends here."""
    person = who()
    if not isinstance(person, Student):
        st.warning(_("This page is for students of a class. Please open your class first."))
        st.stop()
    return person
