"""Where an address leads that is no page of whoever asks: a bookmark, a link passed on, a session that is over.

Streamlit would say "Page not found", and it knows the first page of everybody under "/" alone.
"""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tutor.store import StoreError
from tutor.store.records import Student, Teacher
from web import oidc, resources
from web.parts.of_class import CLASSES, LINES, OVERVIEW, ROSTER, SETTINGS, WORK
from web.views.batch import PATH as BATCH
from web.views.my_data import PATH as MY_DATA
from web.views.problem import PATH as PROBLEM
from web.views.sets_of_student import PATH as PROBLEMS
from web.views.teacher_sets import PATH as SETS

PRACTICE: Final = "practice"
OF_STUDENTS: Final = frozenset({PROBLEMS, PROBLEM, MY_DATA})
OF_TEACHERS: Final = frozenset({CLASSES, OVERVIEW, WORK, LINES, ROSTER, SETTINGS, SETS, BATCH})


def way_from(page: str, person: Teacher | Student | None) -> str | None:
    """Where to go instead of that page; None where it is one of theirs.

    >>> way_from("problem", None), way_from("class", None), way_from("practice", None), way_from("join", None)
    ('/come-back', '/teacher', '/', None)
    """
    match person:
        case None:
            if page in OF_STUDENTS | OF_TEACHERS:
                return "/come-back" if page in OF_STUDENTS else "/teacher"
            return "/" if page == PRACTICE else None
        case Student():
            return "/" if page == PROBLEMS or page in OF_TEACHERS else None
        case Teacher():
            return "/" if page == CLASSES or page in OF_STUDENTS else None


class Ways:
    """Sends browsers there; everything else is answered as the application within does."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at requests for a page alone."""
        page = scope.get("path", "").strip("/")
        if scope["type"] == "http" and scope["method"] == "GET" and page in {PRACTICE, *OF_STUDENTS, *OF_TEACHERS}:
            request = Request(scope)
            # Whom another service has identified, the page alone can tell.
            if not any(name.startswith(oidc.COOKIES) for name in request.cookies):
                way = await asyncio.to_thread(_way, page, request.cookies.get(resources.COOKIE, ""))
                if way is not None:
                    asked = f"?{request.url.query}" if way == "/" and request.url.query else ""
                    await RedirectResponse(way + asked, 303, {"cache-control": "no-store"})(scope, receive, send)
                    return
        await self.app(scope, receive, send)


def _way(page: str, token: str) -> str | None:
    try:
        return way_from(page, resources.store().sessions.who(token) if token else None)
    except StoreError:
        return None  # the page says what the matter is
