"""A class at a glance, and single works: who needs the teacher, who is where, marks by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

pytest.importorskip("streamlit")
from tests.web.of_class import Opened, book_of, button, html_of, words_of
from tests.web.seeded import Seeded
from tutor.store import Store


def test_the_first_screen_says_who_needs_help_and_about_what(school: Seeded, page: Opened) -> None:
    shown = page("class", **{"class": str(school.room.id)})
    assert not shown.exception
    assert shown.title[0].value == "9b Mathematics"
    assert shown.subheader[0].value == "Who needs you"
    words = words_of(shown)
    assert "24 of 28 students have handed something in" in words
    html = html_of(shown)
    assert "<b>9</b> students share a mistake" in html
    assert "Changes only the first sign after a minus before a bracket" in html
    assert html.count("<summary>Who?</summary>") >= 1
    who = html.partition("<summary>Who?</summary>")[2].partition("</details>")[0]
    assert who.count("<li>") == 9
    assert "lines wait for your word" in html
    assert "students have handed in nothing" in html
    assert "Violet Zebra" in html


def test_every_student_stands_in_the_table_with_state_in_words(school: Seeded, page: Opened) -> None:
    html = html_of(page("class", **{"class": str(school.room.id)}))
    assert html.count('<th scope="row">') >= 28
    assert '<span class="icon">✗</span><span class="word">wrong</span>' in html
    assert '<span class="icon">✓</span><span class="word">solved</span>' in html
    assert "class-work?class=" in html


def test_charts_and_mistakes_of_a_problem_are_named(school: Seeded, page: Opened) -> None:
    shown = page("class", **{"class": str(school.room.id)})
    closer = next(s for s in shown.selectbox if s.label == "Look closer at")
    assert "A minus sign before a bracket" in closer.options[closer.index], "the worst one is shown first"
    shown = closer.select_index(0).run()
    assert not shown.exception
    assert "Moves a number across" in html_of(shown)


def test_another_teacher_s_class_is_refused(school: Seeded, site: Store, page: Opened) -> None:
    other = site.teachers.add("other@example.org", "another horse battery", "Mr Other")
    theirs = site.of_teacher(other.id).open_class("Secret class")
    for path in ("class", "class-work", "class-lines", "class-roster", "class-settings"):
        shown = page(path, **{"class": str(theirs.id)})
        assert shown.title[0].value == "There is no such class among yours", path
        assert "Secret class" not in words_of(shown)


@pytest.mark.parametrize("who", ["as_student", "as_guest"])
def test_only_teachers_come_in(who: str, request: pytest.FixtureRequest, page: Opened) -> None:
    request.getfixturevalue(who)
    for path in ("classes", "class", "class-work", "class-lines", "class-roster", "class-settings"):
        with pytest.raises(AssertionError, match="no page"):
            page(path)


def test_a_page_that_is_reached_all_the_same_ends_at_once(as_student: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.testing.v1 import AppTest

    def script() -> None:
        from web.views.class_view import class_view_page

        class_view_page()

    shown = AppTest.from_function(script, default_timeout=30).run()
    assert "This page is for teachers" in shown.warning[0].value
    assert not shown.title


def test_a_work_shows_its_tries_reasons_and_hints(school: Seeded, site: Store, page: Opened) -> None:
    book = book_of(site, school)
    standing = next(
        s for s in book.work.standings(school.version.set_id) if s.attempts == 2 and s.hints and s.first_wrong
    )
    shown = page(
        "class-work",
        **{"class": str(school.room.id), "student": str(standing.student_id), "problem": standing.problem_id},
    )
    assert not shown.exception
    words = words_of(shown)
    assert "The first line to look at again is line" in words
    assert "Hint" in words
    tries = next(s for s in shown.selectbox if s.label == "Try")
    assert len(tries.options) == 2
    assert not tries.select_index(1).run().exception


def test_a_mark_by_hand_is_exact_and_can_be_taken_back(school: Seeded, site: Store, page: Opened) -> None:
    book = book_of(site, school)
    standing = next(s for s in book.work.standings(school.version.set_id) if s.earned == 2 and s.available == 3)
    whose = {"class": str(school.room.id), "student": str(standing.student_id), "problem": standing.problem_id}
    shown = page("class-work", **whose)
    next(t for t in shown.text_input if t.label == "Mark by hand").set_value("7/3")
    next(t for t in shown.text_input if t.label.startswith("Reason")).set_value("the idea counts *a lot*")
    shown = button(shown, "Give this mark").click().run()
    given = book.marks.of_set(school.version.set_id)[standing.student_id, standing.problem_id]
    assert (given.earned, given.why) == (Fraction(7, 3), "the idea counts *a lot*")
    assert "Dr Noether gives" in words_of(shown)
    assert "the idea counts &#42;a lot&#42;" in words_of(shown)
    shown = button(shown, "Take the mark by hand back").click().run()
    assert not book.marks.of_set(school.version.set_id)


@pytest.mark.parametrize("typed", ["four", "-1", "9", "1/0", ""])
def test_what_is_no_mark_is_refused_in_words(typed: str, school: Seeded, page: Opened) -> None:
    shown = page("class-work", **{"class": str(school.room.id)})
    next(t for t in shown.text_input if t.label == "Mark by hand").set_value(typed)
    shown = button(shown, "Give this mark").click().run()
    assert not shown.exception
    assert shown.warning


def test_hostile_names_and_lines_are_shown_as_text(site: Store, as_teacher, room, page: Opened) -> None:
    from tests.web.seeded import source
    from tutor.store import upload_of

    book = site.of_teacher(as_teacher.id).in_class(room.id)
    version = book.sets.publish(book.sets.add(upload_of("equations.yaml", source())).id)
    bad = site.door.join(room.code, "<img src=x onerror=alert(1)>", "10.0.0.9").student
    at = site.of_student(bad.id)
    attempt = at.hand_in(version.id, version.problem_ids[0], "<script>alert(1)</script> = $x$")
    step = {"line": 0, "text": attempt.work, "verdict": "undecided", "misconception": None, "reading": [], "hints": [],
            "evidence": {"kind": "undecided", "tried": []}, "remarks": [], "model_opinion": None}  # fmt: skip
    report = {"steps": [step], "first_wrong": None, "answer": None, "status": "graded", "version": "1",
              "mark": {"earned": "0", "pending": "3", "available": "3", "lost": []}}  # fmt: skip
    site.checking.report(attempt.id, report, engine="1", seconds=0.1)
    for path in ("classes", "class", "class-work", "class-lines", "class-roster", "class-settings"):
        shown = page(path, **{"class": str(room.id)})
        assert not shown.exception, path
        html = html_of(shown) + "".join(m.value for m in (*shown.markdown, *shown.caption, *shown.title))
        assert "<img" not in html, path
        assert "<script>" not in html, path


def test_marks_can_be_put_into_an_exported_gradebook(school: Seeded, site: Store, page: Opened) -> None:
    shown = page("class", **{"class": str(school.room.id)})
    labels = [each.proto.label for each in shown.get("download_button")]
    assert {"marks.csv", "For Moodle (by id number)", "Download as CSV"} <= set(labels)
    export = b"Student,ID,SIS User ID,Equations (12)\nAbel,1,s4100,\nBecker,2,s4107,\n"
    uploader = next(f for f in shown.file_uploader if f.label == "The exported gradebook")
    shown = uploader.upload("grades.csv", export, "text/csv").run()
    shown = next(s for s in shown.selectbox if s.label == "The column").set_value("Equations (12)").run()
    assert not shown.exception
    assert any("2 marks in the column" in m.value for m in shown.markdown), [m.value for m in shown.markdown]
    assert any(e.what == "exported" for e in book_of(site, school).events())
