"""Where a browser is led whose address is no page of whoever asks."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from web import resources
from web.ways import OF_STUDENTS, OF_TEACHERS, PRACTICE, Ways


def asked(path: str, person=None, **cookies: str) -> str:
    """Where it leads; empty where the page itself answers."""
    app = Starlette(
        routes=[Route("/{rest:path}", lambda request: PlainTextResponse("the page"))], middleware=[Middleware(Ways)]
    )
    client = TestClient(app, follow_redirects=False, cookies=cookies)
    if person is not None:
        client.cookies.set(resources.COOKIE, resources.store().sessions.begin(person))
    return client.get(path).headers.get("location", "")


CASES = [
    # path                        guest           student     teacher     why it is here
    ("/practice?problem=2x%3D4", "/?problem=2x%3D4", "", "", "a link to free practice, passed on"),
    ("/problem?set=1&problem=a", "/come-back", "", "/?set=1&problem=a", "a bookmark, after the session is over"),
    ("/problems", "/come-back", "/", "/", "a student's first page has no address but /"),
    ("/class?class=1", "/teacher", "/?class=1", "", "a teacher's page"),
    ("/classes", "/teacher", "/", "/", "a teacher's first page"),
    ("/join", "", "", "", "a form is for everybody"),
    ("/_stcore/health", "", "", "", "what Streamlit serves stays"),
    ("/", "", "", "", "the first page of everybody"),
]


@pytest.mark.parametrize(("path", "guest", "student", "teachers", "why"), CASES)
def test_an_address_leads_to_a_page_of_whoever_asks(joined, teacher, path, guest, student, teachers, why):
    assert asked(path) == guest, why
    assert asked(path, joined.student) == student, why
    assert asked(path, teacher) == teachers, why


def test_a_session_that_is_no_session_is_a_guest_s(site):
    assert asked("/class", **{resources.COOKIE: "made up"}) == "/teacher"


def test_whom_another_service_knows_is_let_on_to_the_page(site):
    assert asked("/class", _streamlit_user="signed by Streamlit") == ""


def test_every_page_is_known_here():
    def offered() -> None:
        import streamlit as st

        from web.views import pages_for

        st.json({role: [page._url_path for page in pages_for(role)] for role in ("guest", "student", "teacher")})

    import json

    paths = json.loads(AppTest.from_function(offered).run().json[0].value)
    assert set(paths["student"]) == OF_STUDENTS | {PRACTICE}
    assert set(paths["teacher"]) == OF_TEACHERS | {PRACTICE}
