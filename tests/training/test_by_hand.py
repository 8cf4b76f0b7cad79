"""Lines written by hand: how their file is read, what is varied of them, and how their labels are found."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tutor.slm import notation
from tutor.slm.agreement import same
from tutor.slm.backends.bundled import Bundled
from tutor.slm.labels import assemble
from tutor.slm.tokens import tokenize
from tutor.training.labelling import labels_of
from tutor.training.textbook import by_hand

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SAID = """
# a comment
[before: 20] then you take 3 off and its 17 left
  = 20 - 3 = 17
  : 2 B-TSUB, 3 A, 7 EQ, 8 A
nothing to say here
  =
  :
"""


def test_a_file_is_read_as_it_is_written():
    found = list(by_hand.read_entries(SAID, "here"))
    assert [entry.items for entry in found] == [("20 - 3 = 17",), ()]
    assert found[0].before == "20"
    again = "".join(map(by_hand.written, found))
    assert list(by_hand.read_entries(again, "here")) == found


def test_a_label_without_a_token_is_told():
    with pytest.raises(ValueError, match="no token 9"):
        list(by_hand.read_entries("x is 3\n  = x = 3\n  : 9 A\n", "here"))
    with pytest.raises(ValueError, match="are due after"):
        list(by_hand.read_entries("x is 3\ny is 3\n  = x = 3\n", "here"))


def test_every_line_means_what_its_labels_make():
    assert len(by_hand.entries()) > 2_000
    for entry in by_hand.entries():
        made = assemble(tokenize(entry.text), entry.labels, entry.before or None)
        assert made is not None, entry.text
        assert same(made, entry.items), entry.text
        for item in made:
            notation.item(item)


def test_a_line_comes_back_with_other_numbers_and_the_same_kinds_of_items():
    rng = random.Random(2)
    found = [one for one in (by_hand.line(rng, ("apples", "dogs")) for _ in range(600)) if one is not None]
    assert len(found) > 500
    for one in found:
        assert tokenize(one.text) == one.tokens
        assert assemble(one.tokens, one.labels, one.previous) == one.items
    written = {entry.text for entry in by_hand.entries()}
    assert sum(one.text in written for one in found) < 200


def test_a_number_is_the_same_wherever_it_stands():
    for seed in range(30):
        text, before = by_hand._with_other_numbers("take 17 from 25, so 25 - 17 is 8", "25", random.Random(seed))
        numbers = re.findall(r"\d+", text)
        assert numbers[0] == numbers[3]
        assert numbers[1] == numbers[2] == before


def test_exponents_indices_and_years_stay():
    text, _ = by_hand._with_other_numbers("x^2 + v_0 in 1999, 10^-3 of them, 0 or 1", "", random.Random(1))
    assert text.replace("10^", "").startswith("x^2 + v_0 in 1999, ")
    assert text.endswith("^-3 of them, 0 or 1")


def test_no_line_for_measuring_is_trained_on():
    texts = {_bare(entry.text) for entry in by_hand.entries()}
    kept_out = {_bare(text) for text, _, _ in by_hand.kept_out()}
    assert not texts & kept_out
    rows = YAML(typ="safe").load((BENCHMARKS / "prose_lines.yaml").read_text(encoding="utf-8"))
    assert not (texts | kept_out) & {_bare(row["text"]) for row in rows}


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


@pytest.fixture(scope="module")
def decoder():
    return Bundled().decoder


def test_the_labels_found_make_the_meaning(decoder):
    text = "so i took 3 from both sides and got 2x is four"
    labels = labels_of(decoder, text, ("op: -3", "2x = 4"))
    assert labels is not None
    assert assemble(tokenize(text), labels) == ("op: -3", "2x = 4")


def test_a_meaning_that_no_labels_make_has_none(decoder):
    assert labels_of(decoder, "x is 2", ("x = 3",)) is None
    assert labels_of(decoder, "x is 2", ("x = 2", "op: -3")) is None
