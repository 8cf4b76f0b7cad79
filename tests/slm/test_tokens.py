"""A line of prose to tokens."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import TooLarge
from tutor.slm.tokens import MAX_CHARACTERS, tokenize
from tutor.syntax.lexer import plain

# text, its tokens that are no words and no punctuation, as kind:copy
CASES = [
    ("took 3 from both sides and got 2x is four", "number:3 math:2x number:4"),
    ("twice 2 x + 3 = 7", "equation:2 x + 3 = 7"),
    ("twenty-one metres per second", "number:21 unit:m/s"),
    ("one hundred and five of them", "number:105"),
    ("two and a half hours at 60 km per hr", "number:2 1/2 unit:hours number:60 unit:km/hour"),
    ("three point one four", "number:3.14"),
    ("a half of a dozen, two thirds of a hundred", "number:1/2 number:12 number:2/3 number:100"),
    ("fifteen percent, 20 per cent, 7%", "number:15% number:20% number:7%"),
    ("$1,200 plus 3/4 and 2 1/2", "number:$1,200 number:3/4 number:2 1/2"),
    ("it costs 5 dollars per hour or $3/day", "number:5 unit:$/hour number:$3 unit:/day"),
    ("80 GB/(2 GB/min) = 40 min", "equation:80 GB/(2 GB/min) = 40 min"),
    ("12 m/s * 3 s = 36 m", "equation:12 m/s * 3 s = 36 m"),
    ("30 metres * 2 = 60 metres", "equation:30 metres * 2 = 60 metres"),
    ("I = V/R so I is 3 and a = 2", "equation:I = V/R number:3 equation:a = 2"),
    ("a car, 5 apples + 4 apples = 9 apples", "number:5 operator:+ number:4 relation:= number:9"),
    ("3 x 4 = 12, then 5 - 3 apples", "equation:3 * 4 = 12 math:5 - 3"),
    ("so -3 is less than x", "number:-3 math:x"),
    ("x + 3 = seven", "math:x + 3 relation:= number:7"),
    ("we know (because he lost 4) that it is 10!", "number:4 number:10"),
    ("$x = 3$ and $y$ is $4$", "equation:x = 3 math:y number:4"),
    ("2x+3=7 -> 2x=4", "equation:2x+3=7 equation:2x=4"),
    ("the 3rd 2-step one-way street on the x-axis", "number:2 operator:-"),
    ("3.0 × 10^8 m/s", "math:3.0 × 10^8 unit:m/s"),
    ("5m tall, 20kg", "number:5 unit:m number:20 unit:kg"),
    ("sin 30 = 0.5 and KE = 1/2 m v^2", "equation:sin 30 = 0.5 equation:KE = 1/2 m v^2"),
    ("x1 = 3, f(x) = x^2, f'(x) = 2x", "equation:x1 = 3 equation:f(x) = x^2 equation:f'(x) = 2x"),
    ("2.5 million plus 2 000 million", "number:2500000 number:2000000000"),
    ("½ million is half", "number:½ number:1000000"),
    ("12345678901234567890123456789 thousand", "number:12345678901234567890123456789000"),
    ("1e999999 million", "number:1e999999 number:1000000"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_mathematics_is_told_from_words(text, expected):
    found = [f"{t.kind}:{t.copy or t.text}" for t in tokenize(text) if t.kind not in ("word", "punct")]
    assert " ".join(found) == expected


def test_a_letter_of_the_work_is_no_unit():
    assert [t.copy for t in tokenize("so 5 m is 20", {"m"}) if t.copy] == ["5 m", "20"]


@given(
    st.lists(st.sampled_from("½ 1'000 1e999999 3½ 2 000 5 1/ hundred million $ € % per cent kg a ( ] km/ -".split()))
    | st.lists(st.characters(), max_size=20)
)
def test_no_line_is_too_odd(parts):
    text = " ".join(parts)
    assert all(a.end <= b.start for a, b in pairwise(tokenize(text)))


@given(st.text(alphabet=st.sampled_from("0123456789 .,+-*/^=<>()[]{}|xyab$%°'½²µ√\\\"!?:;metrsndoi"), max_size=60))
def test_tokens_stand_in_the_text_in_order(text):
    found = tokenize(text)
    assert all(plain(text)[t.start : t.end] == t.text for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(t.start < t.end for t in found)


@given(
    st.lists(
        st.sampled_from("one two twenty hundred and a half thirds point dozen percent metres per x 3 - of".split())
    )
)
def test_numbers_in_words_keep_their_place(words):
    text = " ".join(words)
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text


def test_a_line_that_never_ends_is_refused():
    with pytest.raises(TooLarge):
        tokenize("x " * MAX_CHARACTERS)
