"""A set written in a form: faults at the field, how it was read, nothing lost, and a student sees it in the end."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from tests.web.screen import screen
from tests.web.test_teacher_sets import button, settled
from tutor.store.records import State
from web.views.set_form import begin_form


@pytest.fixture
def book(site, as_teacher, room):
    return site.of_teacher(as_teacher.id).in_class(room.id)


@pytest.fixture
def draft(book):
    return begin_form(book, "Week 4")


@pytest.fixture
def form(page, draft, room):
    """The form of the draft, as somebody opens it who comes to its address."""
    return lambda: page("problem-sets", **{"class": str(room.id), "version": str(draft.id), "do": "form"})


def fill(tab: AppTest, **fields: str) -> AppTest:
    """Type into the boxes whose labels begin with these words."""
    for words, text in fields.items():
        label = words.replace("_", " ")
        boxes = [box for box in (*tab.text_input, *tab.text_area) if box.label.startswith(label)]
        assert boxes, f"no box {label!r}; there are {[box.label for box in (*tab.text_input, *tab.text_area)]}"
        boxes[0].set_value(text)
        tab.run()
        assert not tab.exception, tab.exception
    return tab


def latex(tab: AppTest) -> list[str]:
    return [each.value.strip("$\n") for each in tab.latex]


def test_a_set_is_written_published_and_seen_by_a_student(page, book, room, site, joined):
    tab = page("problem-sets")
    fill(tab, Title_of_the_set="Week 4")
    button(tab, "Begin").click()
    tab.run()
    fill(tab, Title_of_the_problem="Two steps", What_students_read="Solve 2x + 3 = 7.", Answer="x = 2")
    fill(tab, Worked_solution="2x = 4\nx = 2", Marks="2")
    button(tab, "Check and publish").click()
    tab.run()
    settled(tab)
    assert "Ready for students" in screen(tab)
    button(tab, "Publish to 8b").click()
    tab.run()
    (version,) = site.of_student(joined.student.id).sets()
    assert version.title == "Week 4"
    assert "marks: '2'" in book.sets.content(version.id).yaml


FAULTS = [
    # box                 text              said                                          why it is here
    ("Answer", "2x+", "Something is missing after this sign", "a formula cut off"),
    ("Marks", "many", "should be a number", "no number"),
    ("Tolerance", "-1", "should not be negative", "below nothing"),
    ("Worked_solution", "2x = 4\nx = (2", "solution line 2", "which line of several"),
    ("Id", "?", "should begin with a letter", "no id"),
    ("Mark_scheme", "Z1: x", "is none of M, A and B", "no mark"),
]


@pytest.mark.parametrize(("box", "text", "said", "why"), FAULTS, ids=[row[-1] for row in FAULTS])
def test_a_fault_is_said_at_the_field_and_the_text_is_kept(form, book, draft, box, text, said, why):
    tab = fill(form(), What_students_read="Solve 2x + 3 = 7.", Answer="x = 2")
    fill(tab, **{box: text})
    assert said in screen(tab)
    assert (box in ("Id", "Mark_scheme")) == next(each for each in tab.expander if "More" in each.label).proto.expanded
    assert "1 to mend" in tab.selectbox[0].options[0]
    assert text.splitlines()[-1] in book.sets.content(draft.id).yaml.replace("''", "'")
    fill(tab, **{box: "" if box in ("Mark_scheme", "Worked_solution") else "2"})
    assert said not in screen(tab)


def test_it_shows_how_statement_and_answer_are_read(form):
    tab = fill(form(), What_students_read="Solve 2x + 3 = 7.", Answer="x=2")
    assert latex(tab) == ["2x + 3 = 7", "x = 2"]
    assert "Asked for: x" in screen(tab)


def test_a_reload_loses_nothing(form, book, draft):
    fill(form(), Title_of_the_problem="Half", Answer="2x+")
    again = form()
    values = [box.value for box in (*again.text_input, *again.text_area)]
    assert "Half" in values
    assert "2x+" in values


def test_problems_are_added_duplicated_moved_and_deleted(form, book, draft):
    tab = fill(form(), Title_of_the_problem="first", What_students_read="Solve x = 1", Answer="x = 1")

    def press(label: str) -> list[str]:
        button(tab, label).click()
        tab.run()
        assert not tab.exception, tab.exception
        return [option.split(" · ")[0] for option in tab.selectbox[0].options]

    assert press("Add a problem") == ["1. first", "2. problem-2"]
    fill(tab, Title_of_the_problem="second")
    assert press("↑") == ["1. second", "2. first"]
    assert press("Duplicate") == ["1. second", "2. second", "3. first"]
    assert press("Delete this problem") == ["1. second", "2. first"]
    assert press("↓") == ["1. first", "2. second"]
    assert [box.value for box in tab.text_input if box.label == "Title of the problem"] == ["second"]
    assert book.sets.get(draft.id).problem_ids == ("problem", "problem-2")


def test_parts_are_added_and_taken_out(form, book, draft):
    tab = fill(form(), What_students_read="A car.", Answer="v = 2", Worked_solution="v = 2")
    button(tab, "Add a part").click()
    tab.run()
    assert "Part (a)" in screen(tab)
    assert "Part (b)" in screen(tab)
    yaml = book.sets.content(draft.id).yaml
    assert yaml.index("parts:") < yaml.index("answer:")
    assert "part (b) has no answer" in screen(tab)
    button(tab, "Take part (b) out").click()
    tab.run()
    assert "Part (b)" not in screen(tab)


def test_what_students_see_is_not_opened_in_the_form(form, book, draft):
    book.sets.publish(draft.id)
    tab = form()
    assert "Edit the set" not in screen(tab)
    assert "Students see version 1" in screen(tab)
    assert book.sets.all(State.PUBLISHED)


def test_a_hostile_field_of_a_file_is_shown_as_text(page, book, room):
    tab = page("problem-sets")
    evil = "problems:\n  - id: p\n    statement: S\n    '<b>x</b>': '![x](http://evil)'\n    answer: 1\n"
    tab.file_uploader[0].upload("evil.yaml", evil.encode())
    settled(tab.run())
    button(tab, "Mend").click()
    tab.run()
    assert not any("<b>" in each.value or "![x]" in each.value for each in (*tab.markdown, *tab.caption))
    button(tab, "Take it out").click()
    tab.run()
    assert "http" not in book.sets.content(book.sets.all()[0].id).yaml


def test_a_wrong_line_of_the_worked_solution_is_said_while_it_is_written(form):
    tab = fill(form(), What_students_read="Solve 2x + 3 = 7.", Answer="x = 2", Worked_solution="2x = 5\nx = 2")
    settled(tab)
    assert 'solution line 1, "2x = 5", is wrong' in screen(tab)
    settled(fill(tab, Worked_solution="2x = 4\nx = 2"))
    assert "The worked solution holds, line by line." in screen(tab)
