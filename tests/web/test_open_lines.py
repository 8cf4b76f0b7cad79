"""Lines that wait for a word: the commonest first; a ruling changes the marks, and withdrawing it changes them back."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")
from tests.web.of_class import Opened, book_of, button, words_of
from tests.web.seeded import Seeded
from tutor.store import Store
from tutor.store.records import Finding


def of_lines(school: Seeded) -> dict[str, str]:
    return {"class": str(school.room.id)}


def test_lines_that_wait_are_shown_with_reason_and_objections(school: Seeded, page: Opened) -> None:
    shown = page("class-lines", **of_lines(school))
    assert not shown.exception
    words = words_of(shown)
    assert "**By factorising** · in 5 works · 2 students think it is right" in words
    assert "I only need one&#33;" in words
    assert "3(x + 1) ~> 2(2x - 1" in [c.value for c in shown.code]
    assert "could not be read" in words
    assert words.index("in 5 works") < words.index("in 2 works"), "the most frequent first"


def test_a_ruling_counts_for_all_like_it_and_changes_their_marks(school: Seeded, site: Store, page: Opened) -> None:
    book = book_of(site, school)
    set_id = school.version.set_id

    def marks() -> list[str]:
        return sorted(str(s.earned) for s in book.work.standings(set_id) if s.problem_id == "by-factors")

    before = marks()
    shown = page("class-lines", **of_lines(school))
    shown.text_input[0].set_value("One is enough <here>.")
    shown = button(shown, "✓ It is right").click().run(timeout=120)
    assert not shown.exception
    assert "5 works were marked again; the marks of 5 students changed." in [s.value for s in shown.success]
    assert marks().count("3") == before.count("3") + 5
    ruling = next(iter(book.lines.rulings(set_id).values()))
    assert (ruling.text, ruling.finding, ruling.by) == ("x = 2", Finding.RIGHT, "Dr Noether")
    assert "in 5 works" not in words_of(shown), "it waits no more"
    assert "One is enough &#60;here&#62;&#46;" in words_of(shown)
    shown = button(shown, "Withdraw").click().run(timeout=120)
    assert marks() == before
    assert "in 5 works" in words_of(shown)


def test_a_line_called_wrong_costs_its_mark(school: Seeded, site: Store, page: Opened) -> None:
    book = book_of(site, school)
    shown = page("class-lines", **of_lines(school))
    n = [c.value for c in shown.code].index("3(x + 1) ~> 2(2x - 1")
    assert n >= 0
    shown = button(shown, "✗ It is wrong", 2).click().run(timeout=120)
    assert not shown.exception
    assert any("2 works were marked again" in s.value for s in shown.success)
    ruling = next(iter(book.lines.rulings(school.version.set_id).values()))
    assert ruling.finding is Finding.WRONG


def test_a_line_of_a_single_work_can_be_ruled_on_there(school: Seeded, site: Store, page: Opened) -> None:
    book = book_of(site, school)
    standing = next(
        s for s in book.work.standings(school.version.set_id) if s.problem_id == "by-factors" and s.first_wrong == 1
    )
    whose = {"student": str(standing.student_id), "problem": "by-factors"}
    shown = page("class-work", **of_lines(school), **whose)
    next(s for s in shown.selectbox if s.label == "Line").select_index(1)
    shown = button(shown.run(), "✓ It is right").click().run(timeout=120)
    assert not shown.exception
    after = {(s.student_id, s.problem_id): s.earned for s in book.work.standings(school.version.set_id)}
    assert after[standing.student_id, "by-factors"] == 3


def test_a_class_without_a_set_is_told_what_to_do(as_teacher, room, page: Opened) -> None:
    shown = page("class-lines", **{"class": str(room.id)})
    assert "publish a problem set" in words_of(shown)
