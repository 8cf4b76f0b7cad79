"""A teacher brings a file, hears what to mend, publishes it, and looks after its versions."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

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
