"""What the forms outside Streamlit share: a bounded body, a token against forged forms, cookies, a page drawn.

The token against forged forms is drawn by us, signed, and sent twice: as a cookie and in the form. Another site can
send neither. It is drawn anew when a form has been taken, so that going back and sending it once more does nothing.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

import streamlit
from itsdangerous import BadSignature, TimestampSigner
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tutor.store.records import Student, Teacher
from tutor.store.sessions import STUDENT_FOR, TEACHER_FOR
from web import resources, words
from web.words import _

FORM_COOKIE: Final = "tutor_form"
FORM_FOR_S: Final = 12 * 3600
LARGEST: Final = 16_384
MOST_FIELDS: Final = 20
A_YEAR_S: Final = 365 * 86_400
LOCAL: Final = re.compile(r"/(?![/\\])[A-Za-z0-9_./?=&%~-]{0,300}")


class Unfit(Exception):
    """A form that is not looked at. status: of the answer; says why in the reader's words."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled field of a form.

    hint: what to write, below the label. message: what is wrong with it. complete: an autocomplete token of HTML.
    """

    name: str
    label: str
    hint: str = ""
    kind: str = "text"
    complete: str = "off"
    longest: int = 200
    required: bool = True
    code: bool = False
    value: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A page with one form. message: about the whole of it. links: (path, words) to other ways."""

    title: str
    lead: str
    fields: tuple[Field, ...]
    button: str
    message: str = ""
    links: tuple[tuple[str, str], ...] = ()
    aside: tuple[tuple[str, str], ...] = ()

    def filled(self, typed: Mapping[str, str]) -> Form:
        """With what was typed, save secrets."""
        return replace(
            self,
            fields=tuple(
                each if each.kind == "password" else replace(each, value=typed.get(each.name, each.value)[:200])
                for each in self.fields
            ),
        )

    def saying(self, message: str, name: str = "") -> Form:
        """With a message at the field of that name, or about the whole form."""
        if not name:
            return replace(self, message=message)
        return replace(self, fields=tuple(replace(f, message=message) if f.name == name else f for f in self.fields))


@cache
def templates() -> Environment:
    """Every value is escaped; a name that a template lacks is an error."""
    folder = Path(__file__).parents[1] / "templates"
    return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)


@cache
def _signer() -> TimestampSigner:
    """Signs with the secret that replicas share, else with one of this process."""
    return TimestampSigner(os.environ.get("STREAMLIT_SERVER_COOKIE_SECRET") or secrets.token_hex(32), salt=FORM_COOKIE)


@cache
def font() -> str:
    """Where Streamlit serves the typeface of the pages; empty where this version of it has none by that name."""
    media = Path(streamlit.__file__).parent / "static" / "static" / "media"
    return next((f"/static/media/{file.name}" for file in sorted(media.glob("SourceSansVF-Upright*.woff2"))), "")


def new_form_token() -> str:
    """A token for one form."""
    return _signer().sign(secrets.token_urlsafe(18)).decode()


def _ours(token: str) -> bool:
    try:
        _signer().unsign(token, max_age=FORM_FOR_S)
    except BadSignature:
        return False
    return True


def language_of(request: Request) -> str:
    """The language that the reader has chosen or the browser asks for."""
    return words.best_of(request.cookies.get(words.COOKIE, ""), request.headers.get("accept-language", ""))


def address_of(request: Request) -> str:
    """The browser's; behind a proxy that uvicorn is told to trust (FORWARDED_ALLOW_IPS), the one that it names."""
    return request.client.host if request.client else ""


def local(path: str) -> str:
    """A path of this site, "/" where it is anything else: nobody is sent elsewhere by what stands in an address.

    >>> local("/practice"), local("//evil.example"), local("https://evil.example"), local("/\\\\evil.example")
    ('/practice', '/', '/', '/')
    """
    return path if LOCAL.fullmatch(path) else "/"


async def typed_in(request: Request, *, harmless: bool = False) -> dict[str, str]:
    """The fields of a form that was sent. harmless: it may come without a token, though not from another site.

    Raises:
        Unfit: it is too large, no form, forged, or was open for too long.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise Unfit(415, _("This is not the form of this page."))
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise Unfit(413, _("This is more than fits into this form."))
    try:
        found = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Unfit(400, _("This form cannot be read.")) from None
    typed = dict(found)
    sent, kept = typed.pop(FORM_COOKIE, ""), request.cookies.get(FORM_COOKIE, "")
    from_elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    genuine = harmless or (hmac.compare_digest(sent.encode(), kept.encode()) and _ours(sent))
    if from_elsewhere or not genuine:
        raise Unfit(403, _("This form was sent already, or was open for a long time. Please send it once more."))
    return typed


def drawn(request: Request, template: str, status: int = 200, *, anew: bool = False, **values: Any) -> Response:
    """A page of ours. anew: with another form token, as after a form that was taken."""
    kept = request.cookies.get(FORM_COOKIE, "")
    token = kept if kept and not anew and _ours(kept) else new_form_token()
    page = templates().get_template(template)
    text = page.render(
        _=_,
        form_token=token,
        form_cookie=FORM_COOKIE,
        spoken=words.language(),
        languages=words.LANGUAGES,
        here=local(request.url.path),
        font=font(),
        **values,
    )
    response = HTMLResponse(text, status, headers={"cache-control": "no-store"})
    keep(request, response, FORM_COOKIE, token, FORM_FOR_S)
    return response


def keep(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    """Give the browser a cookie that scripts cannot read and other sites cannot have sent along."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=secure)


def forget(response: Response, name: str) -> None:
    """Have the browser throw a cookie away."""
    response.delete_cookie(name, path="/", httponly=True, samesite="lax")


def begin_session(request: Request, response: Response, person: Teacher | Student) -> None:
    """Sign somebody in with this answer, and whoever the browser was before out."""
    sessions = resources.store().sessions
    if before := request.cookies.get(resources.COOKIE, ""):
        sessions.end(before)
    lasting = TEACHER_FOR if isinstance(person, Teacher) else STUDENT_FOR
    keep(request, response, resources.COOKIE, sessions.begin(person), int(lasting.total_seconds()))


def sent_to(path: str) -> RedirectResponse:
    """On to a page of this site."""
    return RedirectResponse(local(path), 303, headers={"cache-control": "no-store"})
