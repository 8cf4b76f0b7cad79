"""The index of rules: it is that of the rules, and no rule that it leaves out has anything to say of a line."""

from __future__ import annotations

import ast

import pytest

from tests.misconceptions.test_examples import EXAMPLES
from tutor.errors import StudentError
from tutor.misconceptions.catalogue import DATA
from tutor.misconceptions.explain import all_lines, forms
from tutor.misconceptions.needs import NOTHING, compile_index, needs_of_code
from tutor.misconceptions.notation import statements
from tutor.misconceptions.patterns import plain
from tutor.misconceptions.rules import CATALOGUE, INDEX, Rules, index, rules
from tutor.syntax.tree import kinds

# What a rule's function says, and what a line must have for it.
CODE = [
    # function                                                                            needs
    ("match line:\n  case Quotient(a, Absolute(b)):\n   yield a", [["Absolute", "Quotient"]]),
    ("match line:\n  case Power(a, b) | Root(a, b):\n   yield a", [["Power"], ["Root"]]),
    ("match line:\n  case Power(a, b):\n   yield a\n  case _:\n   yield line", [[]]),
    ("if not isinstance(line, Sum):\n  return\n yield line", [["Sum"]]),
    ("if not equation(line) or line == 1:\n  return\n yield line", [["Chain"]]),
    ("line = plain(line)\n if not isinstance(line, Sum):\n  return\n yield line", [[]]),
    ("for p in places(line):\n  if isinstance(p, Sum) and p:\n   yield p", [["Sum"]]),
    ("for a, b, c in isolated(line):\n  match a:\n   case Absolute(d):\n    yield d", [["Absolute", "Chain"]]),
    # What is isolated may be a product that does not stand in the line.
    ("for a, b, c in isolated(line):\n  match a:\n   case Product(d):\n    yield d", [["Chain"]]),
    ("for move in right_moves(line):\n  match move:\n   case Power(a, b):\n    yield a", [[]]),
    ("if isinstance(line, Sum):\n  yield line\n yield 1", [[]]),
]


@pytest.mark.parametrize(("body", "needs"), CODE)
def test_what_a_rule_needs_is_read_off_its_code(body: str, needs: list[list[str]]):
    code = ast.parse(f"def wrong_forms(line):\n {body}\nRULE = Misconception('x', wrong_forms=wrong_forms)\n")
    assert sorted(map(sorted, needs_of_code(code))) == needs


def test_a_rule_made_by_another_function_is_tried_on_every_line():
    assert needs_of_code(ast.parse("RULE = Misconception('x', wrong_forms=with_slip(slip))")) == NOTHING


def test_the_index_is_that_of_the_rules():
    assert (DATA / INDEX).read_text(encoding="utf-8") == compile_index(), "run python -m tutor.misconceptions"
    assert set(CATALOGUE) <= {place.id for place in index()}


def test_a_rule_that_the_index_leaves_out_makes_nothing_of_a_line():
    lines = set()
    for entry, example in EXAMPLES:
        for text in (example.before, example.wrong):
            try:
                found = [plain(s) for s in statements(text, physical=entry.physical)]
            except StudentError:
                continue
            lines.update(all_lines(found, found))
    assert len(lines) > 1000
    told = [
        (place.id, line)
        for place in index()
        for line in lines
        if not place.may_fit(kinds(line)) and next(forms(rules()[place.id], [line]), None) is not None
    ]
    assert told == []


def test_a_rule_is_loaded_when_it_is_asked_for():
    found = Rules()
    assert len(found) == len(list(found)) > 300
    assert found.loaded == {}
    assert found["unlike_terms_joined"].id == "unlike_terms_joined"
    assert set(found.loaded) == {"unlike_terms_joined"}
    assert "no such rule" not in found
