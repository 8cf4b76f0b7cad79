"""A student solves a problem of the class: by what is on the screen, and what the database holds afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from tests.web.screen import pieces, screen
from tutor.service.again import mark_again
from tutor.service.similar import Found
from tutor.store import Store, Terms, upload_of
from tutor.store.records import Classroom, Finding, SetVersion, Student, Teacher
from web import resources

HOSTILE = "<script>alert(1)</script> **b** $\\href{javascript:alert(1)}{x}$ :red[r]"
SET = f"""
title: Brackets
problems:
  - id: one
    title: A bracket
    statement: Solve $2(x + 3) = 8$. It costs $5.
    answer: x = 1
    marks: 3
  - id: two
    title: '{HOSTILE}'
    statement: '{HOSTILE}'
    parts:
      - id: a
        statement: Work out 3 + 4.
        answer: 7
      - id: b
        statement: Work out 3 · 4.
        answer: 12
"""
Open = Callable[..., AppTest]
Publish = Callable[..., SetVersion]


@pytest.fixture
def publish(site: Store, teacher: Teacher, room: Classroom) -> Publish:
    def put_up(terms: Terms | None = None, text: str = SET, name: str = "brackets.yaml") -> SetVersion:
        sets = site.of_teacher(teacher.id).in_class(room.id).sets
        return sets.publish(sets.add(upload_of(name, text.encode()), terms).id)

    return put_up


def opened(page: Open, version: SetVersion, problem: str = "one") -> AppTest:
    tab = page("problem", set=str(version.set_id), problem=problem)
    assert not tab.exception
    plain = [group for group in tab.button_group if list(group.options) == ["Mathematics editor", "Plain text"]]
    return plain[0].set_value(False).run() if plain else tab


def field(tab: AppTest) -> Any:
    return next(area for area in tab.text_area if area.label.startswith("Your work"))


def press(tab: AppTest, words: str) -> AppTest:
    named = [b for b in tab.button if words in b.label]
    assert named, f"no button {words!r}; there are {[b.label for b in tab.button]}"
    tab = named[0].click().run()
    assert not tab.exception, tab.exception
    return tab


def check(tab: AppTest, work: str, button: str = "Check") -> AppTest:
    return press(field(tab).set_value(work).run(), button)


def line(tab: AppTest, n: int) -> str:
    return next(p for p in pieces(tab) if p.startswith(f"{n} "))


def test_wrong_work_names_the_line_hints_come_one_by_one_and_mended_work_is_done(
    page: Open, publish: Publish, as_student: Student, site: Store
):
    version = publish()
    tab = opened(page, version)
    assert "Solve $2\\left(x + 3\\right) = 8$. It costs $5." in screen(tab)
    tab = check(tab, "2x + 3 = 8\n2x = 5\nx = 2.5")
    assert tab.subheader[0].value == "The first line to look at again is line 1"
    assert "wrong" in line(tab, 1)
    assert "x = 1 solves the problem" in line(tab, 1)
    assert "follows through" in line(tab, 2)
    for n in (1, 2, 3):
        tab = press(tab, "hint for line 1")
        assert sum(p.startswith("Hint") for p in pieces(tab)) == n
    tab = press(tab, "what went wrong in line 1")
    assert any("Multiplies only the first term" in p for p in pieces(tab))
    tab = check(tab, "2x + 6 = 8\n2x = 2\nx = 1")
    assert tab.subheader[0].value == "Every line holds"
    assert "Your answer, x = 1 , is right." in screen(tab)
    assert "3 of 3 marks." in screen(tab)

    resources.desk().close()
    place = site.of_student(as_student.id)
    works = place.attempts()
    assert [a.work for a in works] == ["2x + 3 = 8\n2x = 5\nx = 2.5", "2x + 6 = 8\n2x = 2\nx = 1"]
    assert [a.checked.report["first_wrong"] for a in works if a.checked] == [0, None]
    assert [(h.attempt_id, h.line, h.rung) for h in place.hints(works[0].id)] == [
        (works[0].id, 0, rung) for rung in (1, 2, 3, 4)
    ]
    assert place.drafts(version.set_id) == {}
    assert place.objections() == []


def test_what_is_written_is_kept_as_a_draft_and_is_there_in_another_tab(
    page: Open, publish: Publish, as_student: Student, site: Store
):
    version = publish()
    tab = opened(page, version)
    field(tab).set_value("2x + 6 = 8").run()
    assert site.of_student(as_student.id).drafts(version.set_id)["one"].work == "2x + 6 = 8"
    again = opened(page, version)
    assert field(again).value == "2x + 6 = 8"


def test_an_older_tab_does_not_overwrite_what_was_written_elsewhere(
    page: Open, publish: Publish, as_student: Student, site: Store
):
    version = publish()
    older = opened(page, version)
    field(older).set_value("2x").run()
    newer = opened(page, version)
    field(newer).set_value("2x + 6 = 8\n2x = 2").run()
    field(older).set_value("2x +").run()
    assert site.of_student(as_student.id).drafts(version.set_id)["one"].work == "2x + 6 = 8\n2x = 2"
    older.run()
    assert field(older).value == "2x + 6 = 8\n2x = 2"
    assert "You went on in another tab" in screen(older)
    press(older, "Take the last change back")
    assert field(older).value == "2x +"
    field(older).set_value("2x + 5").run()
    assert site.of_student(as_student.id).drafts(version.set_id)["one"].work == "2x + 5"


def test_nothing_written_is_not_handed_in(page: Open, publish: Publish, as_student: Student, site: Store):
    tab = press(opened(page, publish()), "Check")
    assert "write a first line" in screen(tab)
    assert site.of_student(as_student.id).attempts() == []


def test_tries_are_counted_down_and_then_there_is_no_editor(page: Open, publish: Publish, as_student: Student):
    tab = opened(page, publish(Terms(tries=2)))
    assert "2 tries left" in screen(tab)
    tab = check(tab, "2x + 3 = 8")
    assert "1 try left" in screen(tab)
    tab = check(tab, "2x + 6 = 8\nx = 1")
    assert "0 tries left" in screen(tab)
    assert not any(area.label.startswith("Your work") for area in tab.text_area)
    assert tab.subheader[0].value == "Every line holds"
    tab = press(tab, "See what was found in try 1")
    assert tab.subheader[0].value == "The first line to look at again is line 1"


def test_an_exam_keeps_its_verdicts_until_the_end_and_gives_no_hints(
    page: Open, publish: Publish, as_student: Student, site: Store, teacher: Teacher, room: Classroom
):
    version = publish(Terms(due=datetime.now(UTC) + timedelta(hours=1), exam=True))
    tab = check(opened(page, version), "2x + 3 = 8\nx = 2.5", "Hand in")
    assert tab.subheader[0].value == "Handed in"
    for word in ("wrong", "first line", "mark for", "hint for"):
        assert word not in screen(tab)
    assert not any("hint" in b.label.lower() or "right" in b.label for b in tab.button)
    resources.desk().close()
    sets = site.of_teacher(teacher.id).in_class(room.id).sets
    sets.set_terms(version.id, Terms(due=datetime.now(UTC) - timedelta(minutes=1), exam=True))
    resources.desk.cache_clear()
    tab = opened(page, version)
    assert tab.subheader[0].value == "The first line to look at again is line 1"
    assert not any("hint" in b.label.lower() for b in tab.button)
    assert not any(area.label.startswith("Your work") for area in tab.text_area)


FORCES = """
title: Forces
problems:
  - id: one
    statement: A cart of 8 kg is pushed over a level floor with 30 N. The friction is 6 N. Find its acceleration.
    answer: 3 m/s²
"""


def test_the_forces_of_a_wrong_line_are_drawn_but_in_an_exam_not_before_its_end(
    page: Open, publish: Publish, as_student: Student, site: Store, teacher: Teacher, room: Classroom
):
    version = publish(Terms(due=datetime.now(UTC) + timedelta(hours=1), exam=True), FORCES, "forces.yaml")
    tab = check(opened(page, version), "F_net = 30 N + 6 N = 36 N\na = 4.5 m/s²", "Hand in")
    assert not any("picture" in one.label for one in tab.expander)
    assert "points" not in screen(tab)
    resources.desk().close()
    sets = site.of_teacher(teacher.id).in_class(room.id).sets
    sets.set_terms(version.id, Terms(due=datetime.now(UTC) - timedelta(minutes=1), exam=True))
    resources.desk.cache_clear()
    tab = opened(page, version)
    assert [one.label for one in tab.expander if "picture" in one.label] == ["See the forces in a picture, line 2"]
    assert "The friction f = 6 N points to the left." in screen(tab)
    assert "The resultant F_net points to the right; its size is not known yet." in screen(tab)


def test_a_line_is_sent_to_the_teacher_whose_word_then_stands_beside_it(
    page: Open, publish: Publish, as_student: Student, site: Store, teacher: Teacher, room: Classroom
):
    version = publish()
    tab = check(opened(page, version), "2x + 3 = 8\n2x = 5\nx = 2.5")
    tab = press(tab, "I think line 1 is right")
    next(a for a in tab.text_area if a.label.startswith("Why")).set_value("<b>see</b> the book").run()
    tab = press(tab, "Send to your teacher")
    assert "You have sent this line to your teacher: “<b>see</b> the book”" in screen(tab)
    sent = site.of_student(as_student.id).objections()
    assert [(d.line, d.text, d.why, d.settled) for d in sent] == [(0, "2x + 3 = 8", "<b>see</b> the book", None)]

    desk = site.of_teacher(teacher.id).in_class(room.id)
    ruling = desk.lines.settle(version.set_id, "one", "2x + 3 = 8", Finding.RIGHT, "A slip in the book.")
    resources.desk().close()
    assert list(mark_again(site, resources.service(), "t", version.set_id, "one", ruling.key)) == [(1, 1)]
    resources.desk.cache_clear()
    tab = opened(page, version)
    assert "right, says your teacher" in line(tab, 1)
    assert not any("line 1" in b.label for b in tab.button)
    assert "Your teacher says this line is right: A slip in the book." in line(tab, 1)


def test_an_earlier_try_can_be_gone_on_from(page: Open, publish: Publish, as_student: Student):
    tab = check(opened(page, publish()), "2x + 3 = 8")
    tab = check(tab, "2x + 6 = 8")
    tab = press(tab, "Go on from try 1")
    assert field(tab).value == "2x + 3 = 8"


def test_another_class_is_not_to_be_seen(
    page: Open, site: Store, teacher: Teacher, publish: Publish, as_student: Student
):
    mine = publish()
    other = site.of_teacher(teacher.id).open_class("9c")
    sets = site.of_teacher(teacher.id).in_class(other.id).sets
    theirs = sets.publish(sets.add(upload_of("secret.yaml", SET.replace("A bracket", "Secret").encode())).id)
    for address in (
        {"set": str(theirs.set_id), "problem": "one"},
        {"set": str(mine.set_id), "problem": "none"},
        {"set": "-1", "problem": "one"},
        {"set": "'; drop table", "problem": HOSTILE},
        {},
    ):
        tab = page("problem", **address)
        assert not tab.exception
        assert tab.title[0].value == "This problem is not here"
        assert "Secret" not in screen(tab)


def test_hostile_text_in_statement_title_name_and_work_is_shown_as_text(
    page: Open, publish: Publish, as_student: Student
):
    version = publish()
    tab = opened(page, version, "two")
    assert HOSTILE in screen(tab)
    tab = check(tab, f"{HOSTILE}\n3 + 4 = 8")
    assert HOSTILE in screen(tab)
    assert not any("<script" in element.proto.body for element in tab.get("html"))
    assert not any("$\\href" in m.value or "<script" in m.value for m in tab.markdown)


def test_the_next_problem_is_one_click_away_and_has_an_address(page: Open, publish: Publish, as_student: Student):
    version = publish()
    tab = press(opened(page, version), "Next problem")
    assert tab.title[0].value != "A bracket"
    assert tab.query_params["problem"] in ("two", ["two"])
    assert not any("Next problem" in b.label for b in tab.button)


def test_parts_are_named(page: Open, publish: Publish, as_student: Student):
    tab = check(opened(page, publish(), "two"), "a) 3 + 4 = 7\nb) 3*4 = 13")
    assert "(a)" in screen(tab)
    assert "is right." in screen(tab)
    assert "is not right yet." in screen(tab)


def test_a_guest_is_shown_no_problem(page: Open, publish: Publish, as_guest: None):
    version = publish()
    with pytest.raises(AssertionError, match="no page 'problem'"):
        opened(page, version)


def test_a_similar_problem_opens_in_free_practice(
    page: Open, publish: Publish, as_student: Student, monkeypatch: pytest.MonkeyPatch
):
    found = Found("Solve $3(x + 2) = 9$. It costs $5.", ("x = 1",), ("x = 1",))
    monkeypatch.setattr("web.parts.similar.find_similar", lambda problem, seed: found)
    tab = opened(page, publish())
    assert not [b for b in tab.button if "similar" in b.label]  # its own work comes first
    tab = press(check(tab, "2x + 6 = 8\nx = 1"), "similar problem")
    assert tab.title[0].value == "Check your work"
    assert tab.text_area(key="problem").value == found.statement
