from __future__ import annotations

import re
from itertools import islice

import pytest

from tutor.pipeline import check_work
from tutor.records import Verdict
from tutor.slm import notation
from tutor.slm.labels import LABELS, assemble
from tutor.slm.tokens import tokenize
from tutor.training.textbook import HELD_OUT, Line, families, lines
from tutor.training.textbook.lines import same
from tutor.training.textbook.phrases import Choice, Run, Slot, Verb, Word, parsed, read_banks
from tutor.training.textbook.verbs import inflect

_WORD = re.compile(r"[a-z][a-z'-]+")


@pytest.fixture(scope="module")
def some() -> list[Line]:
    return list(lines(7, 6_000))


def _words_of(node: object) -> set[str]:
    """The words that an entry itself brings, in every form of its verbs."""
    match node:
        case Word(text):
            return set(_WORD.findall(text.lower().replace("~", " ")))
        case Verb(lemma, _form):
            forms = ("past", "base", "s", "ing", "pp")
            return {w for form in forms for w in _WORD.findall(inflect(lemma.replace("~", " "), form).lower())}
        case Run(nodes):
            return set().union(*map(_words_of, nodes))
        case Choice(options):
            return set().union(*map(_words_of, options))
        case Slot():
            return set()
    raise AssertionError(node)


def test_the_same_seed_gives_the_same_lines():
    assert list(lines(3, 150)) == list(lines(3, 150))
    assert list(lines(3, 30)) != list(lines(4, 30))


def test_a_longer_run_begins_with_the_shorter_one():
    assert list(islice(lines(5, 1000), 40)) == list(lines(5, 40))


def test_the_labels_of_a_line_make_its_items(some: list[Line]):
    for line in some:
        assert tokenize(line.text, line.symbols) == line.tokens
        assert assemble(line.tokens, line.labels, line.previous) == line.items, line.text


def test_every_item_can_be_read(some: list[Line]):
    for line in some:
        for text in line.items:
            notation.item(text)


def test_nothing_is_said_that_is_not_in_the_line(some: list[Line]):
    for line in some[:2000]:
        said = {t.copy.replace(",", "") for t in line.tokens if t.copy}
        numbers = set(re.findall(r"\d+(?:\.\d+)?", " ".join(said) + " " + (line.previous or ""))) | {"1", "2", "3"}
        for item in line.items:
            assert set(re.findall(r"\d+(?:\.\d+)?", item.replace(",", ""))) <= numbers, (line.text, item)


def test_every_label_occurs():
    wanted = {label.removeprefix("B-") for label in LABELS} - {"PCT"}  # "15 percent" is one token
    seen: set[str] = set()
    for line in lines(11, 40_000):
        seen |= {label.removeprefix("B-") for label in line.labels}
        if wanted <= seen:
            break
    missing = wanted - seen
    assert not missing


def test_enough_families_are_held_out_in_every_topic():
    assert len(HELD_OUT) >= 0.15 * len(families())
    entries = [(name, e) for name, bank in read_banks().items() for e in bank]
    kept_out = {name.split(".")[0] for name, e in entries if e.held_out}
    assert {"add", "sub", "mul", "div", "v", "n", "s", "said", "none", "gap", "op", "rel", "define", "phys"} <= kept_out


def test_every_held_out_phrase_brings_a_word_that_no_training_phrase_has():
    entries = [e for bank in read_banks().values() for e in bank]
    known = set().union(*(_words_of(e.node) for e in entries if not e.held_out))
    for entry in entries:
        if entry.held_out:
            assert _words_of(entry.node) - known, entry.text


def test_no_training_line_has_a_word_of_a_held_out_family(some: list[Line]):
    entries = [e for bank in read_banks().values() for e in bank]
    known = set().union(*(_words_of(e.node) for e in entries if not e.held_out))
    distinctive = set().union(*(_words_of(e.node) for e in entries if e.held_out)) - known
    for line in some:
        assert not HELD_OUT.intersection(line.families)
        # Words that nobody has seen are made up at random, and a slip of the fingers may hit upon anything.
        found = distinctive.intersection(_WORD.findall(line.text.lower()))
        assert len(found) <= 1, line.text
    hit = sum(bool(distinctive.intersection(_WORD.findall(line.text.lower()))) for line in some)
    assert hit <= len(some) / 200


def test_lines_of_a_family_use_it():
    for line in lines(2, 200, families=HELD_OUT):
        assert HELD_OUT.intersection(line.families)
        assert line.family in HELD_OUT


def test_lines_are_varied(some: list[Line]):
    words = {w for line in some for w in _WORD.findall(line.text.lower())}
    skeletons = {re.sub(r"\d[\d.,]*", "0", line.text.lower()) for line in some}
    assert len(words) > 3_000
    assert len(skeletons) > 0.9 * len(some)


def test_what_is_said_to_be_true_is_held_true():
    checked = 0
    for line in lines(21, 3_000):
        if not line.true or len(line.items) != 1 or "=" not in line.items[0] or "~" in line.items[0]:
            continue
        if re.search(r"[a-zA-Z$£€°²³]", line.items[0]):
            continue  # units, letters and money of several kinds, which the bare sum leaves out
        (step,) = check_work(line.items[0])
        assert step.verdict is not Verdict.WRONG, line
        checked += 1
        if checked == 60:
            break
    assert checked == 60


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("78 - 44 = 34", "(78) - (44) = 34", True),
        ("3 + 4 = 7", "4 + 3 = 7", True),
        ("(12 - 5)*3 = 21", "12 - 5*3 = 21", False),
        ("value: 34", "34 = 34", False),
        ("op: -3", "op: +3", False),
    ],
)
def test_items_are_the_same_apart_from_order_and_brackets(first: str, second: str, alike: bool):
    assert same(first, second) is alike


def test_a_phrase_with_a_bracket_too_many_is_refused():
    with pytest.raises(ValueError, match="bracket"):
        parsed("take {b} (away|off")
