"""Each entry's examples are the first test of its rule: the wrong line is explained, the right one never accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.misconceptions.catalogue import COMPILED, DATA, Entry, Example, compile_data, entries
from tutor.misconceptions.explain import Cause, explain
from tutor.misconceptions.notation import statements
from tutor.misconceptions.rules import CATALOGUE, rules
from tutor.syntax.tree import Both, Statement

TOPICS = sorted({entry.topic for entry in entries().values()})
EXAMPLES = [(e, x) for e in entries().values() if e.checked for x in e.examples]


def causes(entry: Entry, before: str, line: str, situation: str = "") -> tuple[Cause, ...]:
    def together(text: str) -> Statement:
        found = statements(text, physical=entry.physical)
        return found[0] if len(found) == 1 else Both(found)

    return explain(statements(before, physical=entry.physical), together(line), situation=situation)


def test_the_compiled_catalogue_is_that_of_the_files():
    assert (DATA / COMPILED).read_text(encoding="utf-8") == compile_data()


def test_each_file_of_a_rule_is_registered_and_each_registered_rule_has_its_file():
    folder = Path(__file__).parents[2] / "tutor" / "misconceptions" / "rules"
    assert sorted(CATALOGUE) == sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    assert set(CATALOGUE) <= set(entries())
    assert all(rules()[name].id == name for name in CATALOGUE)


@pytest.mark.parametrize("topic", TOPICS)
def test_no_right_example_is_accused_by_any_rule(topic: str):
    accused = [
        (entry.id, example.before, example.right, [c.id for c in found])
        for entry, example in EXAMPLES
        if entry.topic == topic and (found := causes(entry, example.before, example.right, example.situation))
    ]
    assert accused == []


def explained(entry: Entry, example: Example) -> bool:
    found = causes(entry, example.before, example.wrong, example.situation)
    return bool(found) and found[0].id in {entry.id} | entry.confusable


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_rule_explains_the_examples_of_its_entry(name: str):
    entry = entries()[name]
    assert [x.before for x in entry.examples if not explained(entry, x)] == []
