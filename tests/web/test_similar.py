"""A similar problem on request, on the pages where work is written."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.web.conftest import MAIN
from tutor.service.similar import Found
from tutor.store import Store
from web.state import Editing

FOUND = Found("Solve 3x + 5 = 20.", ("x = 5",), ("x = 5",))


@pytest.fixture
def page(site: Store) -> AppTest:
    """Free practice with a problem that has been worked on."""
    page = AppTest.from_file(str(MAIN), default_timeout=30).run()
    page.text_area(key="problem").set_value("Solve 2x + 3 = 11.").run()
    return page


def worked_on(page: AppTest) -> AppTest:
    """The same page after a check."""
    page.session_state["editors"] = {"practice": Editing("2x = 8\nx = 4")}
    return page.button(key="practice-check").click().run()


def test_a_similar_problem_takes_the_place_of_the_one_that_is_done(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.parts.similar.find_similar", lambda problem, seed: FOUND)
    page = worked_on(page)
    page = page.button(key="similar-practice").click().run()
    assert not page.exception
    assert page.text_area(key="problem").value == FOUND.statement
    assert page.session_state["editors"]["practice"].text == ""
    assert not [one for one in page.subheader if "line" in one.value]


def test_where_none_is_found_the_page_says_so_and_stays(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.parts.similar.find_similar", lambda problem, seed: None)
    page = worked_on(page)
    page = page.button(key="similar-practice").click().run()
    assert not page.exception
    assert page.text_area(key="problem").value == "Solve 2x + 3 = 11."
    assert any("No similar problem" in one.value for one in page.text)
