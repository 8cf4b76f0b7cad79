"""The ways in: `/join` a class, `/come-back` to a place in one, `/teacher`; and `/sign-out` and `/language`.

Secrets are compared in a thread, for argon2 takes its time by design; the store counts the tries.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tutor.store import Refused, StoreError, TooManyTries
from tutor.store.records import Student, Teacher
from web import oidc, resources, words
from web.routes.exchange import (
    A_YEAR_S,
    FORM_COOKIE,
    Field,
    Form,
    Unfit,
    address_of,
    begin_session,
    drawn,
    forget,
    keep,
    language_of,
    local,
    new_form_token,
    sent_to,
    typed_in,
)
from web.words import _, refusal, speaking

Answer = Callable[[Request], Awaitable[Response]]


def _spoken(answer: Answer) -> Answer:
    """Answer in the reader's language; where the database cannot be used, say so in words."""

    async def spoken(request: Request) -> Response:
        with speaking(language_of(request)):
            try:
                return await answer(request)
            except StoreError:
                title, lead = (
                    _("The site has a problem"),
                    _("It cannot reach its records. Please try again in a minute."),
                )
                return drawn(request, "message.html", 503, title=title, lead=lead, link=("/", _("Try again")))

    return spoken


# ---------------------------------------------------------------- forms


def join_form() -> Form:
    """For a new place in a class."""
    return Form(
        _("Join your class"),
        _("Your teacher has a code for the class. No e-mail address is needed."),
        (
            Field("code", _("Code of the class"), _("Eight letters and digits, such as CDFG-HJKM."), code=True),
            Field(
                "name",
                _("Your name in the class"),
                _("Your classmates do not see it. Leave it empty and you get a made-up name, such as Teal Otter."),
                required=False,
                longest=60,
            ),
        ),
        _("Join the class"),
        links=(("/come-back", _("I have been here before")), ("/", _("Practise as a guest"))),
    )


def come_back_form() -> Form:
    """For a place that somebody has."""
    return Form(
        _("Welcome back"),
        _("These three open your own place, with all your work in it."),
        (
            Field("code", _("Code of the class"), _("Eight letters and digits, such as CDFG-HJKM."), code=True),
            Field("name", _("Your name in the class"), longest=60, complete="username"),
            Field(
                "personal",
                _("Your own code"),
                _("The twelve letters and digits that you wrote down. Lost? Your teacher can give you a new one."),
                code=True,
                complete="current-password",
            ),
        ),
        _("Come in"),
        links=(("/join", _("I am new in this class")), ("/", _("Practise as a guest"))),
    )


def teacher_form() -> Form:
    """For teachers."""
    aside = (("/identify", _("Sign in with your school's account")),) if oidc.configured() else ()
    return Form(
        _("For teachers"),
        _("Sign in to your classes."),
        (
            Field("login", _("Login"), _("Most often your e-mail address."), complete="username"),
            Field("password", _("Password"), kind="password", complete="current-password", longest=1_000),
        ),
        _("Sign in"),
        links=(("/join", _("I am a student")),),
        aside=aside,
    )


# ---------------------------------------------------------------- routes


def _status(error: Refused) -> int:
    return 429 if isinstance(error, TooManyTries) else 422


async def join(request: Request) -> Response:
    """A new place in a class; its code is shown on the page that answers, and never again."""
    form = join_form()
    if request.method != "POST":
        return await _asked(request, form.filled({"code": request.query_params.get("code", "")}))
    try:
        typed = await typed_in(request)
    except Unfit as unfit:
        return drawn(request, "form.html", unfit.status, anew=True, form=form.saying(str(unfit)), signed_in="")
    door, form, where = resources.store().door, form.filled(typed), "code"
    try:
        room = await asyncio.to_thread(door.find, typed.get("code", ""), address_of(request))
        where = "name"
        joined = await asyncio.to_thread(door.join, room.code, typed.get("name", ""), address_of(request))
    except Refused as error:
        return drawn(request, "form.html", _status(error), form=form.saying(refusal(error), where), signed_in="")
    response = drawn(request, "code.html", anew=True, room=room, joined=joined)
    await asyncio.to_thread(begin_session, request, response, joined.student)
    return response


async def come_back(request: Request) -> Response:
    """A place that somebody has."""
    form = come_back_form()
    if request.method != "POST":
        return await _asked(request, form.filled({"code": request.query_params.get("code", "")}))

    def found(typed: dict[str, str]) -> Student:
        code, name, personal = (typed.get(each, "") for each in ("code", "name", "personal"))
        return resources.store().door.come_back(code, name, personal, address_of(request))

    return await _signed_in(request, form, "personal", found)


async def teacher(request: Request) -> Response:
    """A teacher's account."""
    form = teacher_form()
    if request.method != "POST":
        return await _asked(request, form)

    def found(typed: dict[str, str]) -> Teacher:
        return resources.store().teachers.sign_in(
            typed.get("login", ""), typed.get("password", ""), address_of(request)
        )

    return await _signed_in(request, form, "password", found)


async def _asked(request: Request, form: Form) -> Response:
    """An empty form; whoever is signed in is told so."""
    token = request.cookies.get(resources.COOKIE, "")
    person = await asyncio.to_thread(resources.store().sessions.who, token) if token else None
    return drawn(request, "form.html", form=form, signed_in=person.name if person else "")


async def _signed_in(
    request: Request, form: Form, where: str, found: Callable[[dict[str, str]], Teacher | Student]
) -> Response:
    """On to the pages where the form opens an account; else the form with a message at that field."""
    try:
        typed = await typed_in(request)
    except Unfit as unfit:
        return drawn(request, "form.html", unfit.status, anew=True, form=form.saying(str(unfit)), signed_in="")
    try:
        person = await asyncio.to_thread(found, typed)
    except Refused as error:
        form = form.filled(typed).saying(refusal(error), where)
        return drawn(request, "form.html", _status(error), form=form, signed_in="")
    response = sent_to("/")
    keep(request, response, FORM_COOKIE, new_form_token(), 60)
    await asyncio.to_thread(begin_session, request, response, person)
    return response


async def sign_out(request: Request) -> Response:
    """End the session; where it is opened as a page, ask first."""
    title, lead = _("Sign out?"), _("Your work is stored. To come back you need your own code.")
    known = await asyncio.to_thread(resources.store().sessions.who, request.cookies.get(resources.COOKIE, ""))
    if not isinstance(known, Student):
        lead = _("Everything is stored. To come back, sign in again.")
    if request.method == "POST":
        try:
            await typed_in(request)
        except Unfit as unfit:
            return drawn(request, "sign_out.html", unfit.status, anew=True, title=title, lead=str(unfit))
        await asyncio.to_thread(resources.store().sessions.end, request.cookies.get(resources.COOKIE, ""))
        response = sent_to("/")
        forget(response, resources.COOKIE)
        for name in request.cookies:
            if name.startswith(oidc.COOKIES):
                forget(response, name)
        return response
    return drawn(request, "sign_out.html", title=title, lead=lead)


async def language(request: Request) -> Response:
    """Speak another language from now on, and go on where the reader was."""
    try:
        typed = await typed_in(request, harmless=True)
    except Unfit:
        return sent_to("/")
    response = sent_to(local(typed.get("next", "/")))
    if typed.get("language") in words.LANGUAGES:
        keep(request, response, words.COOKIE, typed["language"], A_YEAR_S)
    return response


COMING_IN = [
    Route("/join", _spoken(join), methods=["GET", "POST"]),
    Route("/come-back", _spoken(come_back), methods=["GET", "POST"]),
    Route("/teacher", _spoken(teacher), methods=["GET", "POST"]),
    Route("/sign-out", _spoken(sign_out), methods=["GET", "POST"]),
    Route("/language", _spoken(language), methods=["POST"]),
]
