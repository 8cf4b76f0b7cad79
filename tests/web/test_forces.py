"""Forces as arrows on a page: each is named, and can be understood without seeing it or its colour."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.report.test_forces import CRATE, LIFT, RAMP, SLEDGE, TUGS, a_line, body_of
from web.parts.forces import HIGH, WIDE, forces_chart, forces_in_words


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.words.language", lambda: "en")


def drawn(statement: str, line: str) -> tuple[str, dict[str, Any]]:
    """What is said of the picture, and the picture as Vega-Lite has it."""
    body = body_of(statement, a_line("wrong", line))
    assert body is not None
    said = forces_in_words(body)
    return said, forces_chart(body, said)


def marks(chart: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The layers with one kind of mark."""
    return [layer for layer in chart["layer"] if layer["mark"]["type"] == kind]


LINES = [
    (CRATE, "F = 248.1 N"),
    (RAMP, "N = 58.9 N"),
    (LIFT, "N = 637.7 N"),
    (TUGS, "F = 17 kN"),
    (SLEDGE, "F_x = 19 N"),
]


def test_every_force_is_said_in_words() -> None:
    said, chart = drawn(RAMP, "N = 58.9 N")
    assert "The weight W = 117.7 N points straight down." in said
    assert "The normal force N points away from the slope, at right angles to it; its size is not known yet." in said
    assert "The friction f points up the slope" in said
    assert "Dashed: what the line says, N = 58.9 N." in said
    assert chart["description"] == said


@pytest.mark.parametrize(("statement", "line"), LINES)
def test_what_is_not_known_has_a_question_mark_and_what_a_line_says_is_dashed(statement: str, line: str) -> None:
    _said, chart = drawn(statement, line)
    words = [layer["mark"]["text"] for layer in marks(chart, "text")]
    assert any(text.endswith("= ?") for text in words)
    assert sum(text.startswith("line: ") for text in words) == 1
    dashes = [layer["mark"]["strokeDash"] for layer in marks(chart, "rule")]
    assert [7, 4] in dashes
    assert [2, 4] in dashes


@pytest.mark.parametrize(("statement", "line"), LINES)
def test_all_of_it_lies_within_the_picture(statement: str, line: str) -> None:
    _said, chart = drawn(statement, line)
    for layer in chart["layer"]:
        places = {name: one["value"] for name, one in layer["encoding"].items()}
        assert all(0 <= places[name] <= WIDE for name in ("x", "x2") if name in places)
        assert all(0 <= places[name] <= HIGH for name in ("y", "y2") if name in places)


def test_lengths_are_to_scale() -> None:
    _said, chart = drawn(CRATE, "F = 248.1 N")
    found = {tuple(layer["mark"]["strokeDash"]): layer["encoding"] for layer in marks(chart, "rule")}
    claimed = found[7, 4]
    long = {
        round(abs(e["x"]["value"] - e["x2"]["value"]) + abs(e["y"]["value"] - e["y2"]["value"]) + 6)
        for e in (layer["encoding"] for layer in marks(chart, "rule") if layer["mark"]["color"] == "#3b82d6")
    }
    assert long == {92, round(92 * 150 / 392.4)}
    assert round(claimed["x2"]["value"] - claimed["x"]["value"] + 6) == round(92 * 248.1 / 392.4)


def test_nothing_is_fetched_from_elsewhere() -> None:
    _said, chart = drawn(CRATE, "F = 248.1 N")
    assert "http" not in json.dumps(chart)
