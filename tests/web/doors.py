"""The forms and health of the site without Streamlit, as a browser would use them."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from web import resources
from web.headers import SecurityHeaders
from web.routes import ROUTES
from web.routes.exchange import FORM_COOKIE


def browser(base: str = "http://testserver") -> TestClient:
    """A browser with cookies of its own that does not follow where it is sent."""
    app = Starlette(routes=ROUTES, middleware=[Middleware(SecurityHeaders)])
    return TestClient(app, base_url=base, follow_redirects=False)


def send(client: TestClient, path: str, **typed: str):
    """Open a form, fill it in and send it."""
    client.get(path)
    return client.post(path, data={FORM_COOKIE: client.cookies[FORM_COOKIE], **typed})


def person(client: TestClient):
    """Whom the site takes the browser for."""
    return resources.store().sessions.who(client.cookies.get(resources.COOKIE, ""))


def messages(text: str) -> list[str]:
    """What a page says of what was typed: (the field that it stands at or "", words)."""
    return re.findall(r'class="message"[^>]*>([^<]*)<', text)
