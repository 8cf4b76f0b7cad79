"""The roster: who is who, by table and by file; new codes, names, export, deletion."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")
from tests.web.of_class import Opened, book_of, button, words_of
from tests.web.seeded import Seeded
from tutor.store import Store


@pytest.fixture
def opened(school: Seeded, page: Opened):
    return page("class-roster", **{"class": str(school.room.id)})


def test_the_roster_shows_who_is_who(opened) -> None:
    assert not opened.exception
    table = opened.dataframe[0].value
    assert list(table.iloc[0]) == ["Amber Otter", "s4100", "Mia Abel"]
    assert len(table) == 28


def test_a_file_fills_it(opened, school: Seeded, site: Store) -> None:
    data = "pseudonym;gradebook_id;full_name\nviolet zebra;s9;Ömer Öz\n".encode()
    opened.file_uploader[0].upload("roster.csv", data, "text/csv")
    shown = button(opened.run(), "Take it over").click().run()
    assert "1 line is saved." in [s.value for s in shown.success]
    lines = {line.pseudonym: line for line in book_of(site, school).students.roster()}
    assert (lines["Violet Zebra"].gradebook_id, lines["Violet Zebra"].full_name) == ("s9", "Ömer Öz")
    assert lines["Amber Otter"].full_name == "Mia Abel", "others stay"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"name;id\nx;y", "has to name the columns"),
        (b"pseudonym;full_name\nNobody;x", "line 2: nobody in the class is called"),
        (b"pseudonym,gradebook_id\nViolet Zebra,s4100", "stands for two students"),
        (b"%PDF-1.4", "is a PDF"),
    ],
)
def test_a_file_that_will_not_do_is_refused_in_words(opened, data: bytes, said: str) -> None:
    opened.file_uploader[0].upload("roster.csv", data, "text/csv")
    shown = button(opened.run(), "Take it over").click().run()
    assert not shown.exception
    assert said in shown.warning[0].value.replace("&#58;", ":")


def test_a_new_code_is_shown_until_it_is_put_away(opened, site: Store, school: Seeded) -> None:
    shown = button(opened, "Draw a new personal code").click().run()
    code = shown.code[0].value
    student = site.door.come_back(school.room.code, "Amber Otter", code, "10.0.0.7")
    assert student.name == "Amber Otter"
    shown = button(shown, "I have passed it on").click().run()
    assert code not in words_of(shown)


def test_a_student_is_renamed_with_hostile_text_shown_as_text(opened, site: Store, school: Seeded) -> None:
    next(t for t in opened.text_input if t.label == "Pseudonym").set_value("=HYPERLINK(1)")
    shown = button(opened, "Rename").click().run()
    assert not shown.exception
    assert "=HYPERLINK(1)" in [s.name for s in book_of(site, school).students.all()]


def test_deletion_wants_the_pseudonym(opened, site: Store, school: Seeded) -> None:
    shown = button(opened, "Delete with all data").click().run()
    assert "nothing was deleted" in shown.warning[0].value
    assert len(book_of(site, school).students.all()) == 28
    next(t for t in shown.text_input if t.label.startswith("To go on")).set_value("Amber Otter")
    shown = button(shown, "Delete with all data").click().run()
    assert not shown.exception
    assert "Amber Otter" not in [s.name for s in book_of(site, school).students.all()]


def test_everything_of_a_student_can_be_saved(opened) -> None:
    shown = button(opened, "Prepare an export of all data").click().run()
    assert not shown.exception
    assert any(each.proto.label == "Save the export" for each in shown.get("download_button"))
