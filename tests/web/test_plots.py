"""Pictures on a page: what is drawn, and that it can be understood without seeing it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.report.test_pictures import step_of
from tutor.report.pictures import picture_of
from web.parts.plots import chart_of, in_words


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.words.language", lambda: "en")


def drawn(statement: str, line: str) -> tuple[str, dict[str, Any]]:
    """What is said of the picture, and the picture as Vega-Lite has it."""
    picture = picture_of(step_of(statement, line))
    assert picture is not None
    said = in_words(picture)
    return said, chart_of(picture, said)


def test_the_picture_of_an_equation_says_in_words_where_the_sides_part() -> None:
    said, chart = drawn("Solve 2(x+3) = 8", "2x + 3 = 8")
    assert said == "At x = 1, which solves the line before, 2x + 3 is 5, not 8: there the two do not meet."
    assert chart["description"] == said


def test_the_picture_of_an_inequality_says_what_is_lost_and_what_is_new() -> None:
    said, _chart = drawn("Solve -2x < 6", "x < -3")
    assert "Lost: x > −3." in said
    assert "New, but no solutions of the line before: x < −3." in said


def test_colour_never_stands_alone() -> None:
    _said, curves = drawn("Expand (x+3)^2", "= x^2 + 9")
    assert "strokeDash" in curves["layer"][0]["encoding"]
    _said, points = drawn("Solve x^2 = 9", "x = 3")
    assert any("shape" in layer.get("encoding", {}) for layer in points["layer"])
    _said, rays = drawn("Solve -2x < 6", "x < -3")
    assert any("strokeDash" in layer.get("encoding", {}) for layer in rays["layer"])


def test_nothing_is_fetched_from_elsewhere() -> None:
    _said, chart = drawn("Expand (x+3)^2", "= x^2 + 9")
    text = json.dumps({key: value for key, value in chart.items() if key != "$schema"})
    assert "http" not in text


def test_an_end_that_belongs_is_filled_and_one_that_does_not_is_open() -> None:
    _said, chart = drawn("Solve 3x - 5 < 10", "3x < 5")
    filled = [layer["mark"]["filled"] for layer in chart["layer"] if layer["mark"].get("shape") == "circle"]
    assert sorted(filled) == [False, True]
