import pytest

from tutor.errors import NotReadable, TooLarge
from tutor.syntax.read import MAX_DEPTH, read, read_longest, readings

TOO_LARGE = [
    # line                                why it is there
    ("(" * 10_000 + "x" + ")" * 10_000,   "nested brackets"),
    ("x+" * 600_000,                      "a megabyte"),
    ("-" * 5_000 + "1",                   "signs"),
    ("2^" * 5_000 + "2",                  "a tower of powers"),
    ("5" + "!" * 5_000,                   "factorials"),
    ("1" + "/2" * 5_000,                  "divisions, a tree as deep as the line is long"),
    ("9" * 20_000,                        "a numeral"),
    ("1e999999999",                       "an exponent"),
    ("√" * 5_000 + "x",                   "roots"),
    ("\\frac{" * 3_000,                   "fractions"),
    ("|" * 5_000,                         "bars"),
    ("{1," * 5_000,                       "sets"),
    ("sin " * 5_000 + "x",                "functions"),
    ("∫" * 5_000 + "x dx",                "integrals"),
    ("[" * 5_000,                         "matrices"),
    ("f(" * 5_000,                        "calls"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "why"), TOO_LARGE)
def test_too_much_is_refused_without_running_out_of_stack(line, why):
    for way in (read, readings, read_longest):
        with pytest.raises(TooLarge):
            way(line)


@pytest.mark.parametrize(
    "line", ["x" + "_1" * 5_000, "x_{" * 4_000, "f" + "'" * 5_000, "\\text{" * 5_000, "\\left(" * 30]
)
def test_other_long_nonsense_is_only_unreadable(line):
    with pytest.raises((NotReadable, TooLarge)):
        read(line + "=")


def test_what_a_person_writes_is_within_the_limits():
    read("(" * (MAX_DEPTH - 1) + "x" + ")" * (MAX_DEPTH - 1))
    read("+".join(["2x"] * 500))
    assert read("9" * 9_000).value == 10**9_000 - 1
