"""A site of its own for every test: an empty database, one checking process for all tests, people who come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.web.of_class import school  # noqa: F401 - a fixture
from tutor.store import Store, teachers
from tutor.store.passwords import hash_password
from tutor.store.records import Classroom, Joined, Student, Teacher
from web import resources
from web.views import pages_for

MAIN = Path(__file__).resolve().parents[2] / "web" / "main.py"
LOGIN, PASSWORD = "ada.lovelace@example.org", "correct horse battery"

hashed_once = cache(hash_password)


@pytest.fixture(scope="session", autouse=True)
def _checking_ends() -> Iterator[None]:
    """The process that checks is started with the first work of any test, and ended after the last."""
    yield
    if resources.service.cache_info().currsize:
        resources.service().close()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store of a site to which a guest comes who reads English; work is checked by one process, without a model."""
    monkeypatch.setenv("TUTOR_STORE", f"sqlite:///{tmp_path}/site.db")
    monkeypatch.setenv("TUTOR_PROCESSES", "1")
    monkeypatch.setenv("TUTOR_NO_MODEL", "1")
    monkeypatch.setattr(resources, "token", lambda: "")
    monkeypatch.setattr("web.words.language", lambda: "en")
    monkeypatch.setattr(teachers, "hash_password", hashed_once)  # a fifth of a second each adds up
    resources.store.cache_clear()
    with resources.store() as store:
        yield store
        for opened in (resources.batches, resources.desk):
            if opened.cache_info().currsize:
                opened().close()
                opened.cache_clear()
    resources.store.cache_clear()


@pytest.fixture
def teacher(site: Store) -> Teacher:
    """An account with `LOGIN` and `PASSWORD`; not signed in."""
    return site.teachers.add(LOGIN, PASSWORD, "Ms Lovelace")


@pytest.fixture
def room(site: Store, teacher: Teacher) -> Classroom:
    """A class of that teacher, empty and without problem sets."""
    return site.of_teacher(teacher.id).open_class("8b")


@pytest.fixture
def joined(site: Store, room: Classroom) -> Joined:
    """Bo of that class, with the personal code; not signed in."""
    return site.door.join(room.code, "Bo", "10.0.0.2")


@pytest.fixture
def sign_in(site: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[Teacher | Student | None], None]:
    """Be somebody from the next run of a page on; None for a guest."""

    def be(person: Teacher | Student | None) -> None:
        token = "" if person is None else site.sessions.begin(person)
        monkeypatch.setattr(resources, "token", lambda: token)

    return be


@pytest.fixture
def as_teacher(teacher: Teacher, sign_in: Callable[[Teacher], None]) -> Teacher:
    """The teacher, signed in. Further classes: `site.of_teacher(as_teacher.id)`."""
    sign_in(teacher)
    return teacher


@pytest.fixture
def as_student(joined: Joined, sign_in: Callable[[Student], None]) -> Student:
    """Bo, signed in; of the class `room`, whose teacher is `teacher`."""
    sign_in(joined.student)
    return joined.student


@pytest.fixture
def as_guest(sign_in: Callable[[None], None]) -> None:
    """Nobody is signed in."""
    sign_in(None)


@pytest.fixture
def page(site: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page by its path, `page("practice")` or `page("problem", set="1")`; "" is whichever is shown first."""
    offered: dict[str, str] = {}

    def noted(role: str) -> list[st.Page]:
        pages = pages_for(role)
        offered.clear()
        offered.update((each._url_path, each._script_hash) for each in pages)
        offered[""] = next((each._script_hash for each in pages if each._default), pages[0]._script_hash)
        return pages

    def opened(path: str = "", **query: str) -> AppTest:
        tab = AppTest.from_file(str(MAIN), default_timeout=30)
        for name, value in query.items():
            tab.query_params[name] = value
        tab.run()
        if path:
            assert path in offered, f"no page {path!r} for whoever is there; there are {sorted(offered)}"
            if offered[path] != offered[""]:
                tab._page_hash = offered[path]
                for name, value in query.items():
                    tab.query_params[name] = value
                tab.run()
        return tab

    monkeypatch.setattr("web.views.pages_for", noted)
    return opened
