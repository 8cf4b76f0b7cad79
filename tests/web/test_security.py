"""What the site refuses: forged forms and sessions, other people's pages, markup in names, too many tries, too much."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from tests.web.conftest import LOGIN, PASSWORD
from tests.web.doors import browser, messages, person, send
from tutor.store import Missing, upload_of
from web import oidc, resources
from web.headers import policy
from web.routes.exchange import FORM_COOKIE, new_form_token
from web.views import pages_for

SCRIPT = '<script>alert("x")</script>'


@pytest.mark.parametrize("path", ["/join", "/come-back", "/teacher", "/sign-out"])
@pytest.mark.parametrize("forged", ["", "made-up", "another's"])
def test_a_form_without_our_token_does_nothing(site, room, path, forged):
    client = browser()
    client.get(path)
    sent = new_form_token() if forged == "another's" else forged
    answer = client.post(path, data={FORM_COOKIE: sent, "code": room.code, "name": ""})
    assert answer.status_code == 403
    assert person(client) is None
    assert "sent already" in answer.text


def test_a_token_that_we_did_not_sign_does_nothing(site, room):
    client = browser()
    client.cookies.set(FORM_COOKIE, "a.b.c")
    assert client.post("/join", data={FORM_COOKIE: "a.b.c", "code": room.code}).status_code == 403


def test_a_form_from_another_site_does_nothing(site, room):
    client = browser()
    client.get("/join")
    form = {FORM_COOKIE: client.cookies[FORM_COOKIE], "code": room.code, "name": ""}
    answer = client.post("/join", data=form, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_an_old_form_has_to_be_sent_once_more(site, room, monkeypatch):
    client = browser()
    client.get("/join")
    form = {FORM_COOKIE: client.cookies[FORM_COOKIE], "code": room.code, "name": ""}
    monkeypatch.setattr("web.routes.exchange.FORM_FOR_S", -1)
    assert client.post("/join", data=form).status_code == 403


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"code=" + b"A" * 50_000_000, "application/x-www-form-urlencoded", 413),
        (b"{}", "application/json", 415),
        (b"--x\r\n", "multipart/form-data; boundary=x", 415),
        (b"a=1&" * 500, "application/x-www-form-urlencoded", 400),
        (b"code=\xff\xfe", "application/x-www-form-urlencoded", 400),
    ],
    ids=["fifty megabytes", "json", "a file", "many fields", "no text"],
)
def test_what_is_no_form_is_refused_with_a_message(site, body, kind, status):
    answer = browser().post("/join", content=body, headers={"content-type": kind})
    assert answer.status_code == status
    assert messages(answer.text)


def test_sign_in_is_throttled(site, teacher):
    client = browser()
    tries = [send(client, "/teacher", login=LOGIN, password=f"guess number {n}") for n in range(6)]
    assert [answer.status_code for answer in tries] == [422] * 5 + [429]
    assert "Please wait" in messages(tries[-1].text)[0]
    assert send(client, "/teacher", login=LOGIN, password=PASSWORD).status_code == 429
    assert person(client) is None


def test_a_refusal_that_names_somebody_is_in_the_reader_s_language(site, joined, room, monkeypatch):
    monkeypatch.setattr("web.words.language", lambda: "de")
    client = browser()
    said = messages(send(client, "/join", code=room.code, name="Bo").text)
    assert said == ["In dieser Klasse heißt schon jemand „Bo“. Wenn du das bist, komm mit deinem eigenen Code herein."]
    said = messages(send(client, "/join", code=room.code, name="{code}").text)
    assert said == [], "what fills a blank is no blank"


def test_guessing_personal_codes_is_throttled(site, joined, room):
    client = browser()
    tries = [send(client, "/come-back", code=room.code, name="Bo", personal="CDFG") for n in range(6)]
    assert tries[-1].status_code == 429


@pytest.mark.parametrize("path", ["/join", "/come-back", "/teacher"])
def test_markup_that_is_typed_is_shown_as_text(site, room, path):
    typed = {"code": SCRIPT, "name": SCRIPT, "personal": SCRIPT, "login": SCRIPT, "password": "x"}
    answer = send(browser(), path, **typed)
    assert SCRIPT not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_script_for_a_name_is_a_name(site, room, sign_in, page):
    client = browser()
    answer = send(client, "/join", code=room.code, name=SCRIPT)
    assert SCRIPT not in answer.text
    assert "&lt;script&gt;" in answer.text
    sign_in(person(client))
    shown = page()
    assert not shown.exception
    assert all(SCRIPT not in html.proto.body for html in shown.get("html"))
    assert any("&lt;script&gt;" in html.proto.body for html in shown.get("html"))


def test_every_answer_forbids_what_the_site_does_not_need(site):
    for path in ("/join", "/healthz", "/not-there"):
        headers = browser().get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "geolocation=()" in headers["permissions-policy"]
        assert headers["content-security-policy"] == policy()
    scripts = next(part for part in policy().split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "'sha256-" in scripts
    assert "http" not in policy()
    assert "frame-ancestors 'self'" in policy()


def test_no_host_outside_is_asked_for_the_address_of_this_machine(monkeypatch):
    from streamlit import net_util
    from streamlit.web.server.server_util import is_url_from_allowed_origins

    import web.app  # noqa: F401

    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda *asked, **how: pytest.fail("asked a host outside"))
    assert not is_url_from_allowed_origins("https://evil.example")
    assert not is_url_from_allowed_origins("")


def bar(tab: AppTest) -> str:
    return "".join(html.proto.body for html in tab.get("html"))


def test_a_forged_session_is_a_guest_s(site, page, monkeypatch):
    for forged in ("x", "a" * 43, "../../etc/passwd", "' OR 1=1 --", "€" * 40, "a" * 100_000):
        monkeypatch.setattr(resources, "token", lambda forged=forged: forged)
        assert resources.who() is None
    assert "Join a class" in bar(page())


def test_a_session_that_is_over_is_a_guest_s(site, page, as_teacher, monkeypatch):
    assert "Ms Lovelace" in bar(page())
    monkeypatch.setattr(site, "now", lambda: datetime.now(UTC) + timedelta(hours=13))
    assert "Ms Lovelace" not in bar(page())
    assert "Join a class" in bar(page())


def test_a_disabled_account_is_a_guest_s_at_once(site, page, as_teacher):
    tab = page()
    site.teachers.set_disabled(LOGIN, disabled=True)
    assert "Join a class" in bar(tab.run())


def test_a_tab_forgets_what_it_holds_when_somebody_else_sits_there(site, page, as_student, sign_in, teacher):
    tab = page()
    tab.session_state["something of Bo's"] = "2x = 4"
    assert "something of Bo's" in tab.run().session_state
    sign_in(teacher)
    assert "something of Bo's" not in tab.run().session_state


def test_a_tab_that_was_signed_out_elsewhere_hands_nothing_in(site, page, as_student, teacher, room):
    """What is pressed in it is done before the page is drawn anew, so the page is not what can refuse it."""
    sets = site.of_teacher(teacher.id).in_class(room.id).sets
    upload = upload_of("one.yaml", b"title: One\nproblems:\n  - {id: eq, statement: Solve 2x = 4, answer: x = 2}\n")
    version = sets.publish(sets.add(upload).id)
    tab = page("problem", set=str(version.set_id), problem="eq")
    tab = tab.button_group[0].set_value(False).run()
    work = next(area for area in tab.text_area if area.label.startswith("Your work"))
    tab = work.set_value("2x = 4").run()
    place = site.of_student(as_student.id)
    assert place.drafts(version.set_id)["eq"].work == "2x = 4"
    site.sessions.end(resources.token())
    next(button for button in tab.button if button.label == "Check").click()
    tab.run()
    assert place.attempts() == []
    assert "Join a class" in bar(tab)


def a_teachers_page() -> None:
    import streamlit as st

    from web.resources import the_teacher

    st.text(f"Marks of the class of {the_teacher().name}")


def a_students_page() -> None:
    import streamlit as st

    from web.resources import the_student

    st.text(f"Work of {the_student().name}")


@pytest.mark.parametrize("who", ["student", "guest"])
def test_a_teacher_s_page_is_drawn_for_teachers_alone(request, site, teacher, who):
    request.getfixturevalue(f"as_{who}")
    tab = AppTest.from_function(a_teachers_page).run()
    assert not tab.text
    assert [warning.value for warning in tab.warning] == ["This page is for teachers. Please sign in as one."]


def test_a_student_s_page_is_drawn_for_students_alone(site, as_teacher):
    tab = AppTest.from_function(a_students_page).run()
    assert not tab.text
    assert tab.warning


@pytest.mark.parametrize("who", ["student", "guest"])
def test_whoever_gets_at_the_pages_of_teachers_sees_nothing_of_them(request, site, room, page, monkeypatch, who):
    theirs = teachers_pages()
    request.getfixturevalue(f"as_{who}")
    monkeypatch.setattr("tests.web.conftest.pages_for", lambda role: pages_for("teacher"))  # as if a check were missing
    for path in theirs:
        tab = page(path)
        assert not tab.exception, path
        assert any(said.value == "This page is for teachers. Please sign in as one." for said in tab.warning), path
        assert not [*tab.text, *tab.dataframe, *tab.get("file_uploader"), *tab.button], path


def teachers_pages() -> list[str]:
    """The paths that only teachers are offered."""

    def offered() -> None:
        import streamlit as st

        from web.views import pages_for

        paths = {role: {page._url_path for page in pages_for(role)} for role in ("teacher", "student", "guest")}
        st.json(sorted(paths["teacher"] - paths["student"] - paths["guest"]))

    return json.loads(AppTest.from_function(offered).run().json[0].value)


def test_a_class_is_open_to_its_own_teacher_alone(site, room, joined):
    other = site.teachers.add("emmy@example.org", PASSWORD)
    with pytest.raises(Missing):
        site.of_teacher(other.id).in_class(room.id).students.all()


@pytest.mark.parametrize(
    ("said", "who", "why"),
    [
        ({"email": LOGIN, "email_verified": True}, "teacher", "known and verified"),
        ({"email": LOGIN.upper(), "email_verified": True}, "teacher", "addresses are written either way"),
        ({"email": LOGIN}, None, "nothing says that it is verified"),
        ({"email": LOGIN, "email_verified": "true"}, None, "words are no proof"),
        ({"email": "nobody@example.org", "email_verified": True}, None, "no account here"),
        ({"email": ["x"], "email_verified": True}, None, "no address"),
        ({"email_verified": True, "role": "teacher"}, None, "roles come from our table"),
        ({}, None, "nobody"),
    ],
)
def test_who_another_service_says_it_is(site, teacher, said, who, why):
    found = oidc.teacher_of(said, site.teachers.known)
    assert (found == teacher) if who else (found is None), why


def test_a_disabled_teacher_is_not_let_in_by_another_service_either(site, teacher):
    site.teachers.set_disabled(LOGIN, disabled=True)
    assert oidc.teacher_of({"email": LOGIN, "email_verified": True}, site.teachers.known) is None


def test_a_teacher_whom_another_service_names_is_signed_in(site, teacher, page, monkeypatch):
    monkeypatch.setattr(oidc, "claims", lambda: {"email": LOGIN, "email_verified": True})
    assert "<strong>Ms Lovelace</strong>" in bar(page())


def test_somebody_whom_another_service_names_and_we_do_not_know_is_told_so(site, teacher, page, monkeypatch):
    monkeypatch.setattr(oidc, "claims", lambda: {"email": "eve@example.org", "email_verified": True})
    tab = page()
    assert [title.value for title in tab.title] == ["No teacher has this account"]
    assert not tab.text_area


def test_the_other_service_is_offered_where_there_is_one(site, monkeypatch):
    assert "/identify" not in browser().get("/teacher").text
    monkeypatch.setattr(oidc, "configured", lambda: True)
    assert 'href="/identify"' in browser().get("/teacher").text
    assert 'href="/identify"' not in browser().get("/join").text
