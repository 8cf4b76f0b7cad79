import pytest

from tutor.syntax.printer import to_text
from tutor.syntax.read import read_longest

CUT = [
    # sentence, begins at, piece, why
    ("so she plants 280 * 3/4 = 210 tulips.", "280", "280 * 3/4 = 210 tulips", "the sentence ends"),
    ("that is $50 x 180 = $9000, which", "$50", "$50 x 180 = $9000", "money, x as times"),
    ("x = 3, so 2x = 6", "x", "x = 3", "prose after a comma"),
    ("we get x = 3 and y = 4. Then", "x", "x = 3 and y = 4", "two claims"),
    ("x = -1, 2, and 3.", "x", "x = -1, 2, and 3", "a list of values"),
    ("x = 1 or whatever", "x", "x = 1", "a word is not a value"),
    ("3(4) = 12 (by distributing)", "3", "3(4) = 12", "a remark in brackets"),
    ("f(x) = x^2 where x > 0", "f", "f(x) = x^2", "a condition in words"),
    ("y = 2x+1 is a line", "y", "y = 2x+1", "a verb"),
    ("5 + 3 = 8 a day", "5", "5 + 3 = 8", "a is an article here"),
    ("he has 8 - 6 = 2 children's bowls left", "8", "8 - 6 = 2 children's bowls", "a possessive"),
    ("2x = 4 → x = 2 by division", "2x", "2x = 4 → x = 2", "an arrow"),
    ("since \\(2z^2 = 8\\), we get z", "2z", "2z^2 = 8", "the end of inline mathematics"),
    ("Here $a = -2$ and $b = 128$.", "a =", "a = -2$ and $b = 128", "dollars around mathematics"),
    ("rows at 4 miles per hour, so 3*4=12 miles", "3*4", "3*4=12 miles", "a rate"),
    ("Choice D, x = 1/8, has", "x", "x = 1/8", "words and then a claim"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "begins", "piece", "why"), CUT)
def test_the_claim_is_cut_out_of_the_sentence(sentence, begins, piece, why):
    start = sentence.index(begins)
    found = read_longest(sentence, start)
    assert found is not None
    assert sentence[start : found[1]] == piece


@pytest.mark.parametrize("sentence", ["the cat", "", "...", ") = 3", "= 4"])
def test_where_no_mathematics_begins_there_is_none(sentence):
    assert read_longest(sentence, 0) is None or to_text(read_longest(sentence, 0)[0]) == "..."
