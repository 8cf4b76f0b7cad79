"""Patterns that are compiled at their first use do what compiled ones do."""

from __future__ import annotations

import copy
import re

import pytest

from tutor.regex import METHODS, regex

WORD = r"(?P<first>[a-z])(\w*)"


@pytest.mark.parametrize("method", ["search", "match", "fullmatch"])
def test_a_pattern_matches_as_a_compiled_one(method: str):
    for text in ("abc", " abc", "ABC", ""):
        found, wanted = (getattr(p, method)(text) for p in (regex(WORD), re.compile(WORD)))
        assert (found and (found.span(), found.groupdict())) == (wanted and (wanted.span(), wanted.groupdict()))


def test_flags_replacements_and_parts_are_those_of_a_compiled_one():
    lazy, compiled = regex(WORD, re.IGNORECASE), re.compile(WORD, re.IGNORECASE)
    assert lazy.sub("-", "Ab cd") == compiled.sub("-", "Ab cd") == "- -"
    assert lazy.split("Ab, cd") == compiled.split("Ab, cd")
    assert [m.span() for m in lazy.finditer("Ab cd")] == [m.span() for m in compiled.finditer("Ab cd")]
    assert (lazy.groups, lazy.groupindex, lazy.pattern) == (compiled.groups, compiled.groupindex, compiled.pattern)


def test_nothing_is_compiled_before_it_is_used():
    broken = regex("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("x")
    fresh = regex(WORD)
    assert not set(METHODS) & set(vars(fresh))
    fresh.search("x")
    assert set(METHODS) <= set(vars(fresh))
    assert copy.copy(fresh).search("x")
