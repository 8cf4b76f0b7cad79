"""A teacher brings a file, hears what to mend, publishes it, and looks after its versions."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from tests.web.screen import screen
from tutor.store.records import State
from web.parts.findings import reviewer

GOOD = """\
title: Week 3
problems:
  - id: two-step
    title: Two steps
    statement: Solve 2x + 3 = 7.
    answer: x = 2
    solution: |
      2x + 3 = 7
      2x = 4
      x = 2
"""
WRONG = GOOD.replace("2x = 4", "2x = 5")
MISSPELT = GOOD.replace("answer:", "anwser:")


@pytest.fixture
def sets(page, as_teacher, room):
    return lambda **query: page("problem-sets", **query)


@pytest.fixture
def book(site, as_teacher, room):
    return site.of_teacher(as_teacher.id).in_class(room.id)


def on_screen(tab: AppTest) -> str:
    kinds = (tab.title, tab.header, tab.subheader, tab.markdown, tab.caption, tab.text)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def button(tab: AppTest, label: str):
    found = [each for each in tab.button if label in each.label]
    assert found, f"no button {label!r}; there are {[each.label for each in tab.button]}"
    return found[0]


def uploaded(tab: AppTest, name: str, text: str | bytes) -> AppTest:
    data = text if isinstance(text, bytes) else text.encode()
    tab.file_uploader[0].upload(name, data)
    return settled(tab.run())


def settled(tab: AppTest) -> AppTest:
    """As it stands when nothing is being looked through any more."""
    for _ in range(3):
        for reviewing in list(reviewer()._known.values()):
            assert reviewing.wait(60).done
        tab.run()
        assert not tab.exception, tab.exception
    return tab


def test_a_good_file_is_published_in_three_clicks_and_a_student_sees_it(sets, book, site, joined):
    tab = uploaded(sets(), "week3.yaml", GOOD)
    assert "Ready for students" in on_screen(tab)
    assert "1 of 1 worked solution verified" in on_screen(tab)
    button(tab, "Publish to 8b").click()
    tab.run()
    assert "Students see version 1" in on_screen(tab)
    assert [version.title for version in site.of_student(joined.student.id).sets()] == ["Week 3"]


def test_two_sets_in_files_of_one_name_stay_two(sets, book):
    uploaded(sets(), "homework.yaml", GOOD)
    other = GOOD.replace("Week 3", "Week 4").replace("id: two-step", "id: three-step")
    uploaded(sets(), "homework.yaml", other)
    assert {(version.title, version.version) for version in book.sets.all()} == {("Week 3", 1), ("Week 4", 1)}


def test_a_form_does_not_begin_in_a_set_that_is_there(sets, book):
    uploaded(sets(), "week3.yaml", GOOD)
    tab = sets().run()
    tab.text_input(key="new-title").set_value(" week 3")
    tab.button(key="begin").click()
    tab.run()
    assert "There is a set of this title already" in on_screen(tab)
    assert len(book.sets.all()) == 1


def test_a_mistake_is_named_with_problem_and_field_and_keeps_the_set_from_students(sets):
    tab = uploaded(sets(), "week3.yaml", WRONG)
    said = screen(tab)
    assert "**To mend**" in said
    assert "two-step" in said
    assert "solution line 2" in said
    assert "is wrong: x = 2 solves the line before" in said
    assert button(tab, "Publish to 8b").disabled
    assert "once everything marked “To mend” is mended" in said


def test_a_mistake_is_mended_in_the_form_and_the_set_published(sets, book):
    tab = uploaded(sets(), "week3.yaml", MISSPELT)
    assert "There is no field anwser; did you mean answer?" in screen(tab)
    button(tab, "Mend").click()
    tab.run()
    assert "Edit the set" in on_screen(tab)
    button(tab, "Use it as answer").click()
    tab.run()
    assert "anwser" not in on_screen(tab)
    button(tab, "Check and publish").click()
    tab.run()
    settled(tab)
    assert "Ready for students" in on_screen(tab)
    button(tab, "Publish to 8b").click()
    tab.run()
    (version,) = book.sets.all(State.PUBLISHED)
    assert "answer: x = 2" in book.sets.content(version.id).yaml


REFUSED = [
    # name            bytes                                    said                              why it is here
    ("a.yaml", b"a: [", "cannot be read here", "no YAML"),
    ("a.xlsx", b"PK\x03\x04", "not an Excel workbook", "no workbook"),
    ("a.xml", b"<!DOCTYPE q [<!ENTITY a 'b'>]><quiz>&a;</quiz>", "declares a document type", "an entity bomb"),
    ("big.yaml", b"#" * 5_000_001, "at most 5&#44;000&#44;000", "too large"),
]


@pytest.mark.parametrize(("name", "data", "said", "why"), REFUSED, ids=[row[-1] for row in REFUSED])
def test_a_file_that_cannot_be_taken_says_why(sets, book, name, data, said, why):
    tab = uploaded(sets(), name, data)
    assert "could not be taken" in on_screen(tab)
    assert said in on_screen(tab)
    assert book.sets.all() == []


def test_a_file_from_moodle_is_taken_and_says_what_was_skipped(sets):
    quiz = (
        "<quiz><question type='shortanswer'><name><text>Two steps</text></name>"
        "<questiontext><text>Solve 2x = 4</text></questiontext>"
        "<answer fraction='100'><text>x=2</text></answer></question>"
        "<question type='essay'><name><text>Say</text></name></question></quiz>"
    )
    tab = uploaded(sets(), "bank.xml", quiz)
    assert "Ready, with 1 thing to look at" in on_screen(tab)
    assert "was skipped&#58; it is a free text" in on_screen(tab)


def test_hostile_names_and_statements_are_shown_as_text(sets):
    text = GOOD.replace("Week 3", "<script>alert(1)</script>").replace("Two steps", "'![x](http://evil/)'")
    tab = uploaded(sets(), "<img src=x onerror=alert(1)>.yaml", text)
    said = on_screen(tab)
    assert "<script>" not in said
    assert "![x]" not in said
    assert "<img" not in said
    assert "&lt;script" in said or "&#60;script" in said


def test_terms_are_taken_with_the_publishing(sets, book):
    tab = uploaded(sets(), "week3.yaml", GOOD)
    tab.toggle[1].set_value(True)
    tab.run()
    assert "An exam needs an end" in on_screen(tab)
    assert button(tab, "Publish to 8b").disabled
    tab.toggle[0].set_value(True)
    tab.run()
    tab.selectbox[-1].set_value(2)
    tab.run()
    button(tab, "Publish to 8b").click()
    tab.run()
    (version,) = book.sets.all(State.PUBLISHED)
    assert (version.exam, version.tries) == (True, 2)
    assert version.due is not None


def test_an_edit_of_what_students_see_is_version_2_and_says_what_changed(sets, book, site, joined):
    tab = uploaded(sets(), "week3.yaml", GOOD)
    button(tab, "Publish to 8b").click()
    tab.run()
    button(tab, "Edit as a new version").click()
    tab.run()
    tab.text_area[0].set_value("Solve 2x + 3 = 7 for x.")
    tab.run()
    assert [(v.version, v.state) for v in book.sets.all()] == [(2, State.DRAFT), (1, State.PUBLISHED)]
    button(tab, "Check and publish").click()
    tab.run()
    settled(tab)
    assert "changed&#58; two&#45;step &#40;statement&#41;" in on_screen(tab)
    button(tab, "Publish to 8b").click()
    tab.run()
    assert [v.version for v in site.of_student(joined.student.id).sets()] == [2]
    button(tab, "Open version 1").click()
    tab.run()
    assert "Archived, version 1" in on_screen(tab)
    assert button(tab, "Restore as a new draft")


def test_a_draft_is_archived_and_deleted(sets, book):
    tab = uploaded(sets(), "week3.yaml", GOOD)
    button(tab, "Archive").click()
    tab.run()
    assert book.sets.all()[0].state is State.ARCHIVED
    assert button(tab, "Delete this version").disabled
    tab.checkbox[0].set_value(True)
    tab.run()
    button(tab, "Delete this version").click()
    tab.run()
    assert book.sets.all() == []
    assert "three clicks away" in on_screen(tab)


def test_a_ready_made_set_is_one_click_away(sets, book):
    tab = sets()
    button(tab, "Quadratic equations").click()
    tab.run()
    settled(tab)
    assert [v.title for v in book.sets.all(State.DRAFT)] == ["Quadratic equations"]
    assert "Ready for students" in on_screen(tab)


def test_a_preview_checks_and_stores_nothing(sets, book):
    tab = uploaded(sets(), "week3.yaml", GOOD)
    button(tab, "Preview as a student").click()
    tab.run()
    assert "Nothing you try here is stored" in on_screen(tab)
    (kind,) = [group for group in tab.button_group if "Plain text" in group.options]
    kind.set_value(False).run()
    tab.text_area[0].set_value("2x = 5").run()
    button(tab, "Check").click()
    tab.run()
    assert "The first line to look at again is line 1" in screen(tab)
    assert book.work.attempts() == []


def test_the_sets_of_another_teacher_cannot_be_reached(sets, site, book):
    other = site.teachers.add("other@example.org", "correct horse battery", "Other")
    theirs = site.of_teacher(other.id)
    room = theirs.open_class("secret class")
    from tutor.store import upload_of

    version = theirs.in_class(room.id).sets.add(upload_of("theirs.yaml", GOOD.encode()))
    for query in ({"class": str(room.id)}, {"version": str(version.id)}, {"version": "9" * 30}, {"class": "x"}):
        tab = sets(**query)
        assert not tab.exception
        assert "secret class" not in on_screen(tab)
        assert "Draft of version" not in on_screen(tab)


@pytest.mark.parametrize("who", ["as_student", "as_guest"])
def test_students_and_guests_are_not_offered_the_page(request, page, room, who):
    request.getfixturevalue(who)
    with pytest.raises(AssertionError, match="no page 'problem-sets'"):
        page("problem-sets")


@pytest.mark.parametrize("who", ["as_student", "as_guest"])
def test_the_page_itself_refuses_whoever_is_no_teacher(request, room, who):
    request.getfixturevalue(who)

    def script() -> None:
        from web.views.teacher_sets import teacher_sets_page

        teacher_sets_page()

    tab = AppTest.from_function(script).run()
    assert "This page is for teachers" in "\n".join(each.value for each in tab.warning)
    assert not tab.file_uploader
