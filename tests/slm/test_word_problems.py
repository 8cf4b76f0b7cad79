from __future__ import annotations

import pytest

from tutor.slm import notation
from tutor.slm.agreement import canonical
from tutor.slm.jobs import Origin
from tutor.slm.word_problems import MAX_STATEMENT, read_word_problem, reply_to

RELATIONS = [
    # statement                                                          relations                    letters
    ("Rita has twice as many shells as Olaf.", ["r = 2*l"], {"r": "Rita", "l": "Olaf"}),
    ("Rita has 4 fewer shells than Max.", ["r = m - 4"], {"r": "Rita", "m": "Max"}),
    (
        "The green ribbon is five cm longer than the white ribbon.",
        ["g = w + 5"],
        {"g": "green ribbon", "w": "white ribbon"},
    ),
    ("Rita is 3 years younger than half the age of Max.", ["r = 1/2*m - 3"], {"r": "Rita", "m": "Max"}),
    ("There are 3 times as many cows as goats on a farm.", ["c = 3*g"], {"c": "cows", "g": "goats"}),
    ("There are 30 forks and half as many spoons.", ["s = 1/2*f"], {"s": "spoons", "f": "forks"}),
    ("A stall sold 20 pies on Friday and twice as many on Sunday.", ["s = 2*f"], {"s": "Sunday", "f": "Friday"}),
    (
        "Rita has 2 more pears than Max. Together they have 18.",
        ["r = m + 2", "r + m = 18"],
        {"r": "Rita", "m": "Max"},
    ),
    (
        "The sum of two numbers is 9. One is twice the other.",
        ["n + t = 9", "n = 2*t"],
        {"n": "one", "t": "the other"},
    ),
    ("The sum of three consecutive even numbers is 30.", ["n + (n + 2) + (n + 4) = 30"], {"n": "number"}),
    ("A table is 40 cm longer than it is wide.", ["l = w + 40"], {"l": "longer", "w": "wide"}),
    ("There were 12 plums. A quarter of them were green.", ["g = 1/4*p"], {"g": "green plums", "p": "plums"}),
    ("A coat costs $90. In the sale it costs 20% less.", ["s = c - 20%*c"], {"s": "sale", "c": "coat"}),
]


@pytest.mark.parametrize(("statement", "relations", "letters"), RELATIONS, ids=[r[0] for r in RELATIONS])
def test_a_comparison_in_words_is_a_relation(statement: str, relations: list[str], letters: dict[str, str]) -> None:
    read = read_word_problem(statement)
    assert read.relations == relations
    assert read.letters == letters


@pytest.mark.parametrize("relations", [r[1] for r in RELATIONS], ids=[r[0] for r in RELATIONS])
def test_a_relation_is_a_claim_of_the_notation(relations: list[str]) -> None:
    for line in relations:
        assert notation.item(line).kind is notation.Kind.CLAIM
        assert canonical(line) != line


GIVENS = [
    # statement                                         givens                                      why it is here
    ("Max has fifteen shells.", [("15", "", "shells of Max")], "a number in words"),
    ("A pot costs $12.50.", [("12.50", "$", "pot")], "money"),
    ("A path is 1,200 m long.", [("1200", "m", "path")], "a unit; grouped digits"),
    (
        "Rita threw 7, 9 and 11 points.",
        [("7", "", "points of Rita"), ("9", "", "points of Rita"), ("11", "", "points of Rita")],
        "a list has one noun",
    ),
    ("A town grows by 3% a year.", [("3", "%", "town")], "per cent; a year is no given"),
    ("Max is 4 years older than Rita. Rita is 9.", [("9", "", "Rita")], "the difference is no given"),
    ("How much flour is needed for 10 people?", [("10", "", "people")], "a number in the question"),
    ("A rope is cut into two pieces.", [], "a number of pieces"),
]


@pytest.mark.parametrize(("statement", "givens", "why"), GIVENS, ids=[g[2] for g in GIVENS])
def test_a_number_is_given_with_what_it_counts(statement: str, givens: list[tuple[str, str, str]], why: str) -> None:
    assert [(g.value, g.unit, g.role) for g in read_word_problem(statement).givens] == givens, why


ASKED = [
    ("Max has 3 shells. How many shells does Rita have?", "shells Rita have"),
    ("Rita is 3. How old is Max?", "how old Max"),
    ("A pot costs $12. What is the price of three pots?", "price of three pots"),
    ("The sum of two numbers is 7. Find the smaller number.", "smaller number"),
]


@pytest.mark.parametrize(("statement", "asked"), ASKED)
def test_what_is_asked_is_said_in_the_statements_words(statement: str, asked: str) -> None:
    assert read_word_problem(statement).unknown.replace("3 pots", "three pots") == asked


UNCLEAR = [
    "He is twice as old as she was when they met.",
    "The roof is 3 times as high as this.",
    "Messages were a third as many as the messages.",
    "Anna put together a puzzle in 2 hours more than usual.",
]


@pytest.mark.parametrize("statement", UNCLEAR)
def test_no_relation_where_it_is_not_clear_between_what(statement: str) -> None:
    assert read_word_problem(statement).relations == []


@pytest.mark.parametrize(
    "statement", ["", "?", "x" * (MAX_STATEMENT + 1), "1 " * 900, "1," * 900, "twice as many as " * 100, "$ % ° ½"]
)
def test_odd_statements_are_read_without_a_fault(statement: str) -> None:
    read = read_word_problem(statement)
    assert all(g.value for g in read.givens)


def test_a_reply_holds_the_reading_or_says_why_there_is_none() -> None:
    origin = Origin("bundled", "test")
    read = reply_to("Rita has twice as many shells as Max. Max has 4 shells.", origin)
    assert read.relations == ("r = 2*m",)
    assert read.letters == (("r", "Rita"), ("m", "Max"))
    assert not read.fault
    nothing = reply_to("Good morning", origin)
    assert nothing.givens == ()
    assert nothing.fault
