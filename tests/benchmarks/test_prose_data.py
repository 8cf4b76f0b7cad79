"""The labelled prose lines: every label is well formed, rows are distinct, and no row of the shared data is copied."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.benchmarks.devdata import Row, devdata_folder, rows
from tutor.reading import split_steps
from tutor.records import Problem
from tutor.syntax.read import read
from tutor.syntax.tree import Both, Chain, Either

FOLDER = Path(__file__).parent
CLAIMS = (Chain, Either, Both)
WRITTEN = {"prose_dev": 100, "prose_lines": 300}
NAMED_OPERATIONS = (
    "square|root|expand|factorise|collect|simplify|substitute|differentiate|integrate|cross multiply|swap|log|exp"
    "|reciprocal|rearrange|cancel|convert"
)
OPERATION = re.compile(rf"(?:(?:{NAMED_OPERATIONS})|[-+*/](?P<operand>.+)|substitute (?P<given>.+))")


@cache
def labelled(name: str) -> list[dict[str, Any]]:
    """The rows of one file of labelled lines."""
    return YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def mathematics_of(item: str) -> str | None:
    """The part of an item that the grammar has to read; None where it has none."""
    if item == "no wait":
        return None
    if item.startswith("op: "):
        match = OPERATION.fullmatch(item.removeprefix("op: "))
        assert match is not None, item
        return match["operand"] or match["given"]
    return item.removeprefix("value: ").removeprefix("let ")


@pytest.mark.parametrize("name", [*WRITTEN, "prose_devdata"])
def test_labels_are_well_formed(name: str) -> None:
    for row in labelled(name):
        for item in row["means"]:
            mathematics = mathematics_of(item)
            if mathematics is None:
                continue
            statement = read(mathematics)
            kind = item.partition(":")[0]
            if kind == "value":
                assert not isinstance(statement, CLAIMS), item
            elif kind != "op" and not item.startswith("let "):
                assert isinstance(statement, CLAIMS), item
        if "before" in row:
            read(str(row["before"]))


@pytest.mark.parametrize(("name", "size"), WRITTEN.items())
def test_written_files_have_their_size(name: str, size: int) -> None:
    assert len(labelled(name)) == size
    assert all(set(row) <= {"text", "means", "before", "topic", "slip"} for row in labelled(name))


def test_no_line_is_written_twice() -> None:
    texts = [re.sub(r"\W+", " ", row["text"]).strip().lower() for name in WRITTEN for row in labelled(name)]
    assert len(set(texts)) == len(texts)


def test_a_slip_has_something_that_can_be_wrong() -> None:
    for name in WRITTEN:
        assert all(row["means"] for row in labelled(name) if row.get("slip"))


def test_places_in_the_shared_data_are_distinct_and_hold_no_text() -> None:
    places = labelled("prose_devdata")
    assert len({(p["file"], p["row"], p["line"]) for p in places}) == len(places) == 200
    assert all(set(p) <= {"file", "row", "line", "sha", "means", "before"} for p in places)


needs_devdata = pytest.mark.skipif(devdata_folder() is None, reason="the shared data are not here")


@needs_devdata
def test_places_in_the_shared_data_still_hold_the_line_that_was_labelled() -> None:
    by_id: dict[tuple[str, str], Row] = {
        (name, row.id): row for name in {p["file"] for p in labelled("prose_devdata")} for row in rows(name)
    }
    for place in labelled("prose_devdata"):
        row = by_id[place["file"], place["row"]]
        text = split_steps(row.work, Problem(statement=row.problem))[place["line"]].text
        assert hashlib.sha256(text.encode()).hexdigest()[:12] == place["sha"], (place["row"], place["line"])


@needs_devdata
def test_no_written_line_is_a_line_of_the_shared_data() -> None:
    folder = devdata_folder()
    assert folder is not None
    files = [path.stem for path in folder.glob("*.jsonl")]
    shared = {line.strip().lower() for name in files for row in rows(name) for line in row.work.split("\n")}
    for name in WRITTEN:
        assert not [r["text"] for r in labelled(name) if len(r["text"]) > 12 and r["text"].strip().lower() in shared]
