import pytest

from tutor.errors import NotReadable
from tutor.syntax.advice import ADVICE
from tutor.syntax.read import read

EXAMPLES = [(example, says) for says, examples in ADVICE.items() for example in examples]


@pytest.mark.parametrize(("broken", "says"), EXAMPLES)
def test_each_broken_example_gets_its_own_advice(broken, says):
    with pytest.raises(NotReadable) as error:
        read(broken)
    assert error.value.expected == says


PLACES = [
    # line                          place  says                                              why
    ("2(x+3", 5,     "Close the bracket you opened.", "the caret is at the end"),
    ("3(x+2) = 4(y-1", 14,    "Close the bracket you opened.", "the second bracket"),
    ("x + 2) = 3", 5,     "There is a closing bracket with no opening one.", "none was opened"),
    ("5x + = 3", 5,     "Something is missing after this sign.", "a term is missing"),
    ("x = 5 because", 6,     "There are words here that are not part of the mathematics.", "prose"),
    ("пять = 5", 0,     "This character is not part of mathematics.", "a word in other letters"),
    ("x \x00= 3", 2,     "This character is not part of mathematics.", "a control character"),
    ("x = \ud800", 4,     "This character is not part of mathematics.", "half a character"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "place", "says", "why"), PLACES)
def test_the_place_is_shown(line, place, says, why):
    with pytest.raises(NotReadable) as error:
        read(line)
    assert (error.value.start, error.value.expected) == (place, says)
    str(error.value).encode()  # can be shown, whatever was typed


@pytest.mark.parametrize(
    "line", ["__import__('os').system('x')", "eval(input())", "x.__class__", "lambda: 0", "f'{x}'"]
)
def test_code_is_not_mathematics(line):
    with pytest.raises(NotReadable):
        read(line)
