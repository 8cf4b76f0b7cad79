"""Coming in and going out: what is typed into the forms, what they answer, and whom the browser is then."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("streamlit")

from tests.web.conftest import LOGIN, PASSWORD
from tests.web.doors import browser, messages, person, send
from tutor.store import grouped
from web import resources
from web.routes.exchange import FORM_COOKIE, local


def test_a_student_joins_with_the_code_and_gets_one_of_their_own(site, room):
    client = browser()
    answer = send(client, "/join", code=grouped(room.code).lower(), name="")
    assert answer.status_code == 200
    code = re.search(r'<output id="personal"[^>]*>([A-Z0-9-]{14})<', answer.text).group(1)
    student = person(client)
    assert student.class_id == room.id
    assert student.name in answer.text
    assert site.door.come_back(room.code, student.name, code, "10.0.0.1").id == student.id
    cookie = next(line for line in answer.headers.get_list("set-cookie") if line.startswith(resources.COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert answer.headers["cache-control"] == "no-store"


def test_the_form_sent_once_more_takes_no_second_place(site, room, teacher):
    client = browser()
    client.get("/join")
    form = {FORM_COOKIE: client.cookies[FORM_COOKIE], "code": room.code, "name": ""}
    assert client.post("/join", data=form).status_code == 200
    assert client.post("/join", data=form).status_code == 403
    assert len(site.of_teacher(teacher.id).in_class(room.id).students.all()) == 1


def test_a_code_that_opens_no_class_is_said_at_its_field(site, room):
    answer = send(browser(), "/join", code="CDFG-0000", name="Ada")
    assert answer.status_code == 422
    assert messages(answer.text)[0].startswith("No class has this code.")
    assert 'id="code-message"' in answer.text
    assert 'value="Ada"' in answer.text
    assert 'value="CDFG-0000"' in answer.text


def test_a_name_that_is_taken_is_said_at_its_field(site, joined, room):
    answer = send(browser(), "/join", code=room.code, name="bo")
    assert answer.status_code == 422
    assert 'id="name-message"' in answer.text
    assert person(browser()) is None


def test_a_student_comes_back_with_three_things(site, joined, room):
    client = browser()
    answer = send(client, "/come-back", code=room.code, name="BO", personal=joined.personal_code.lower())
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert person(client).id == joined.student.id


def test_a_wrong_personal_code_opens_nothing(site, joined, room):
    client = browser()
    answer = send(client, "/come-back", code=room.code, name="Bo", personal="CDFG-HJKM-NPQR")
    assert answer.status_code == 422
    assert messages(answer.text) == ["The code of the class, the name or your own code does not fit."]
    assert person(client) is None


def test_a_teacher_signs_in_and_out(site, teacher):
    client = browser()
    assert send(client, "/teacher", login=LOGIN, password=PASSWORD).headers["location"] == "/"
    token = client.cookies[resources.COOKIE]
    assert person(client) == teacher
    assert "signed in as Ms Lovelace" in client.get("/teacher").text
    assert "To come back, sign in again." in client.get("/sign-out").text
    assert send(client, "/sign-out").headers["location"] == "/"
    assert resources.COOKIE not in client.cookies
    assert site.sessions.who(token) is None


def test_whoever_signs_in_signs_the_one_before_out(site, joined, room, teacher):
    client = browser()
    send(client, "/come-back", code=room.code, name="Bo", personal=joined.personal_code)
    before = client.cookies[resources.COOKIE]
    send(client, "/teacher", login=LOGIN, password=PASSWORD)
    assert person(client) == teacher
    assert site.sessions.who(before) is None


def test_a_password_is_never_sent_back(site, teacher):
    answer = send(browser(), "/teacher", login=LOGIN, password="not the password")
    assert answer.status_code == 422
    assert "not the password" not in answer.text
    assert f'value="{LOGIN}"' in answer.text


def test_under_https_the_cookies_are_for_https_alone(site, room):
    answer = send(browser("https://testserver"), "/join", code=room.code, name="")
    assert all("Secure" in line for line in answer.headers.get_list("set-cookie"))


def test_a_language_once_chosen_is_spoken(site, monkeypatch):
    monkeypatch.undo()
    client = browser()
    answer = client.post("/language", data={"language": "de", "next": "/join?class=CDFG"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/join?class=CDFG")
    assert client.cookies["tutor_language"] == "de"
    client.post("/language", data={"language": "xx"})
    assert client.cookies["tutor_language"] == "de"


def test_the_pages_speak_the_language_of_the_browser(site, monkeypatch):
    monkeypatch.setattr("web.words.language", lambda: __import__("web.words", fromlist=["_spoken"])._spoken.get())
    assert '<html lang="de">' in browser().get("/join", headers={"accept-language": "de-CH,de;q=0.9"}).text
    assert '<html lang="en">' in browser().get("/join", headers={"accept-language": "fr"}).text


@pytest.mark.parametrize(
    ("asked", "where", "why"),
    [
        ("/practice", "/practice", "a page of ours"),
        ("/problem?set=1&id=a", "/problem?set=1&id=a", "with its query"),
        ("//evil.example", "/", "another host, in short"),
        ("https://evil.example", "/", "another host"),
        ("/\\evil.example", "/", "which browsers take for //"),
        ("/%0d%0aSet-Cookie:x=1\r\n", "/", "a header smuggled in"),
        ("javascript:alert(1)", "/", "no path at all"),
        ("", "/", "nothing"),
    ],
)
def test_nobody_is_sent_to_another_site(site, asked, where, why):
    assert local(asked) == where, why
    assert browser().post("/language", data={"language": "en", "next": asked}).headers["location"] == where


def test_the_code_of_a_link_stands_in_the_form(site):
    assert 'value="CDFG-HJKM"' in browser().get("/join?code=CDFG-HJKM").text


def test_health_says_what_is_well(site, monkeypatch):
    answer = browser().get("/healthz")
    assert answer.json()["store"] == {"ok": True}
    assert answer.json()["disk"]["ok"] is True
    assert answer.status_code == (200 if answer.json()["checking"]["ok"] else 503)


def test_metrics_are_in_the_format_of_prometheus(site):
    answer = browser().get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "# TYPE tutor_waiting gauge" in answer.text
