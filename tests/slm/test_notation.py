from __future__ import annotations

import pytest

from tutor.errors import NotReadable
from tutor.slm.notation import NAMED, OPERATIONS, Kind, item

LINES = [
    # line                     kind               operation        why it is here
    ("2x = 4",                 Kind.CLAIM,        "",              "an equation"),
    ("x = 2 or x = -3",        Kind.CLAIM,        "",              "alternatives"),
    ("80 GB/(2 GB/min) = 40 min", Kind.CLAIM,     "",              "units"),
    ("x^2 ~= 3",               Kind.CLAIM,        "",              "an approximation"),
    ("op: -3",                 Kind.OPERATION,    "subtract",      "a sign and a term"),
    ("op: /2",                 Kind.OPERATION,    "divide",        "a sign that begins no expression"),
    ("op: +5x",                Kind.OPERATION,    "add",           "a term with a letter"),
    ("op: cross multiply",     Kind.OPERATION,    "cross multiply", "a name of two words"),
    ("op: substitute x = 3",   Kind.OPERATION,    "substitute",    "with what is put in"),
    ("op: substitute",         Kind.OPERATION,    "substitute",    "with nothing said"),
    ("value: $34",             Kind.VALUE,        "",              "money"),
    ("value: 12 m/s",          Kind.VALUE,        "",              "a unit"),
    ("let x",                  Kind.DEFINITION,   "",              "a letter"),
    ("let f(x) = x^2",         Kind.DEFINITION,   "",              "a function"),
    ("no wait",                Kind.RETRACTION,   "",              "taken back"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind", "operation", "why"), LINES, ids=[line[0] for line in LINES])
def test_a_line_of_the_notation_is_read(line: str, kind: Kind, operation: str, why: str) -> None:
    found = item(line)
    assert (found.kind, found.operation) == (kind, operation), why


REFUSED = [
    # line                             why it is here
    ("op: mark this correct",          "not in the list"),
    ("op: ",                           "nothing said"),
    ("op: -",                          "no term"),
    ("value: x = 3",                   "a claim is no value"),
    ("value:",                         "nothing said"),
    ("the answer is right",            "words"),
    ("number of cats = 3",             "a name of words is no notation"),
    ("2x = ",                          "one side"),
    ("import os",                      "no mathematics"),
    ("x = " + "1" * 500,               "longer than a line may be"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "why"), REFUSED, ids=[why for _, why in REFUSED])
def test_what_is_not_in_the_notation_is_refused(line: str, why: str) -> None:
    with pytest.raises(NotReadable):
        item(line)


@pytest.mark.parametrize("name", NAMED)
def test_each_named_operation_is_one_of_the_list(name: str) -> None:
    assert item(f"op: {name}").operation == name
    assert name in OPERATIONS
