"""The labels of statements cover what they say they cover, and can be met."""

from __future__ import annotations

import re

import pytest

from tests.benchmarks.statements import Label, others, problems, same_quantity, shipped, word_problems
from tutor.laws.phrases import roles
from tutor.slm import notation
from tutor.slm.jobs import GivenValue

PHYSICS = [*shipped(), *others("physics"), *others("physics_unseen")]
MATHEMATICS = [*others("mathematics"), *word_problems(), *others("mathematics_unseen")]


def test_every_shipped_problem_of_physics_is_labelled() -> None:
    assert {label.name for label in shipped()} == set(problems())


@pytest.mark.parametrize("label", PHYSICS, ids=lambda label: label.name)
def test_the_roles_of_a_label_are_roles(label: Label) -> None:
    for words in [given.words for given in label.givens] + list(label.unknowns):
        assert set(words) <= set(roles())


@pytest.mark.parametrize("label", PHYSICS + MATHEMATICS, ids=lambda label: label.name)
def test_a_reading_can_have_each_quantity_of_a_label(label: Label) -> None:
    for given in label.givens:
        found = re.fullmatch(r"(?P<value>[\d.]+(?:\s?×\s?10\^-?\d+)?)\s*(?P<unit>.*)", given.quantity)
        whole = GivenValue(given.quantity, "", "") if found is None else GivenValue(found["value"], found["unit"], "")
        assert same_quantity(given.quantity, whole), given.quantity


@pytest.mark.parametrize("label", MATHEMATICS, ids=lambda label: label.name)
def test_the_relations_of_a_label_are_claims(label: Label) -> None:
    for line in label.relations:
        assert notation.item(line).kind is notation.Kind.CLAIM
