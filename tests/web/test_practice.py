"""The practice page: a wrong line is named, right work is said to hold, hostile text is shown as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

pytest.importorskip("streamlit")
from streamlit.testing.v1 import AppTest

from tests.web.screen import pieces, screen
from tutor.service import Service, Settings

pytestmark = pytest.mark.usefixtures("site")

Open = Callable[..., AppTest]


def press(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if label in b.label).click().run()


@pytest.fixture
def check(page: Open) -> Callable[[str, str], AppTest]:
    def checked(problem: str, work: str) -> AppTest:
        tab = page("practice")
        tab.button_group[0].set_value(False).run()
        tab.text_area[0].set_value(problem)
        tab.text_area[1].set_value(work)
        return press(tab, "Check")

    return checked


@pytest.fixture
def with_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("TUTOR_NO_MODEL", raising=False)
    with Service(Settings(processes=1)) as service:
        monkeypatch.setattr("web.views.practice.service", lambda: service)
        yield


def test_the_first_wrong_line_is_named_with_a_reason(check):
    page = check("Solve 2(x+3) = 8", "2x + 3 = 8\n2x = 5\nx = 2.5")
    assert page.subheader[0].value == "The first line to look at again is line 1"
    first, second = (next(p for p in pieces(page) if p.startswith(f"{n} ")) for n in (1, 2))
    assert "wrong" in first
    assert "x = 1" in first
    assert "follows through" in second


def test_right_work_is_said_to_hold(check):
    page = check("Solve 2(x+3) = 8", "2x + 6 = 8\n2x = 2\nx = 1")
    assert page.subheader[0].value == "Every line holds"
    assert not page.exception


def test_what_is_written_in_notation_is_checked_as_it_would_be_typed(page):
    tab = page("practice")
    tab.text_area[0].set_value("Solve 1/2 x = 3")
    tab.session_state["practice-fields"] = {"work": {"revision": 0, "lines": [r"\text{so }\frac12x=3", "x=6"]}}
    tab = press(tab, "Check")
    assert tab.subheader[0].value == "Every line holds"
    assert any(p.startswith("1 so (1/2)x = 3") for p in pieces(tab)), pieces(tab)


def test_an_example_is_one_click_away_and_gone_once_there_is_work(page):
    tab = press(page("practice"), "An equation")
    assert tab.text_area[0].value == "Solve 2(x + 3) = 8"
    assert not any(b.label == "An equation" for b in tab.button)
    tab = press(tab, "Check")
    assert tab.subheader[0].value == "The first line to look at again is line 1"


@pytest.mark.parametrize("name", ["Physics, with units", "In words"])
def test_every_example_can_be_checked(page, name):
    tab = press(press(page("practice"), name), "Check")
    assert tab.subheader
    assert not tab.exception


def test_a_link_opens_the_page_with_its_problem(page):
    assert page("practice", problem="Solve 3x = 12").text_area[0].value == "Solve 3x = 12"


def test_nothing_is_asked_of_empty_work(page):
    tab = press(page("practice"), "Check")
    assert "There is nothing to check yet: write a first line." in screen(tab)


def test_work_that_was_changed_since_is_said_to_be(check):
    page = check("Solve 2x = 4", "x = 3")
    page.text_area[1].set_value("x = 2").run()
    assert "You have changed your work since this check." in screen(page)


def test_work_stays_with_the_tab(check):
    page = check("Solve 2x = 4", "x = 2")
    page.button_group[0].set_value(True).run()
    page.button_group[0].set_value(False).run()
    assert page.text_area[1].value == "x = 2"
    assert page.subheader[0].value == "Every line holds"


def test_remarks_are_worded_as_in_the_reports(check):
    page = check("A car goes 100 m in 8 s. Find its speed v.", "v = 100 m / (8 s) = 12.5 frobs/s\nv = 12.5")
    assert '"frobs" is not a unit known here' in screen(page)
    assert "The unit is missing" in screen(page)
    assert "Remark:" not in screen(page)


def test_hostile_text_is_shown_as_text(check):
    page = check("", "<script>alert(1)</script>\n2+2 = 5")
    assert not page.exception
    assert "<script>alert(1)</script>" in screen(page)
    assert not any("<script" in element.proto.body for element in page.get("html"))
    assert not any("<script" in element.value for element in page.markdown)
    assert page.subheader[0].value == "The first line to look at again is line 2"


def test_hints_come_one_at_a_time_and_only_when_asked_for(check):
    page = check("Expand (x+3)^2", "(x+3)^2 = x^2 + 9")
    assert not any(p.startswith("Hint") for p in pieces(page))
    for rung in (1, 2, 3):
        page = press(page, "int for line 1")
        assert sum(p.startswith("Hint") for p in pieces(page)) == rung
    page = press(page, "what went wrong")
    assert any("Squares a sum term by term" in p and "6x more" in p for p in pieces(page))
    assert not any("int for line 1" in b.label for b in page.button)


@pytest.mark.usefixtures("with_model")
def test_a_line_in_words_is_read_and_a_misreading_put_right(check):
    page = check("Solve 2x + 3 = 7", "so i took 3 from both sides and got 2x is four, then halved it, x equals 2")
    assert not page.exception
    lines = ["1 so i took 3 from both sides and got 2x is four", "then halved it", "x equals 2"]
    assert all(any(p.startswith(line) for p in pieces(page)) for line in lines), pieces(page)
    assert "Read by the language model as $2x = 4$" in " ".join(screen(page).split())
    assert page.subheader[0].value == "Every line holds"
    field = next(t for t in page.text_input if t.label == "What line 1 says, in notation")
    assert field.value == "2*x = 4"
    field.set_value("2x = 4")
    page = press(page, "Put it in my work")
    assert page.text_area[1].value == "2x = 4, then halved it, x equals 2"
    assert "Read by the language model" not in screen(page)
    assert page.subheader[0].value == "Every line holds"
    page = press(page, "Take the last change back")
    assert page.text_area[1].value.startswith("so i took 3")


def test_two_wrong_steps_of_one_line_have_their_own_hints(check):
    page = check("", "half of 18 is 8, 3 times 4 is 13")
    assert not page.exception


def test_an_answer_that_was_compared_with_nothing_is_not_called_right(check):
    page = check("A shirt costs 40 euros. It is reduced by 15 %. What is the new price?", "40 - 15 = 25")
    said = screen(page)
    assert "is right" not in said
    assert "Whether they answer a problem in words I cannot say here." in said


def test_a_solution_that_came_in_on_the_way_is_not_called_right(check):
    work = "x + 3 = (x - 3)^2\nx = 1 or x = 6"
    said = screen(check("Solve sqrt(x + 3) = x - 3", work))
    assert "is right." not in said
    assert "before you trust it: x = 1 came in on the way." in said
    assert "came in on the way" not in screen(check("Solve sqrt(x + 3) = x - 3", f"{work}\nx = 6"))


@pytest.mark.parametrize(
    ("problem", "work", "right"),
    [
        ("Solve 2(x+3) = 8", "2x + 6 = 8\nx = 1", True),
        ("Expand (x+3)^2", "(x+3)^2 = x^2 + 6x + 9", True),
        ("Calculate 1/2 + 1/3", "2 + 2 = 4", False),
        ("", "2 + 2 = 4", False),
    ],
)
def test_only_an_answer_of_the_problem_is_called_right(check, problem: str, work: str, right: bool):
    assert ("is right." in screen(check(problem, work))) is right
