"""Lines of a mathematics field as typed text and back: what is read is the same."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.syntax.strategies import statements
from tutor.errors import NotReadable
from tutor.reading.mathfield import in_notation, lines_of, typed
from tutor.syntax.printer import to_latex
from tutor.syntax.read import read
from tutor.syntax.tree import Bracket, Node, Statement, rebuild

LINES = [
    # of the field                                    typed                              why it is here
    (r"\frac12x=4", "(1/2)x = 4", "a fraction before a letter keeps its end"),
    (r"2\frac12=x", "2 1/2 = x", "a mixed number stays one"),
    (r"x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}", "x = (-b±sqrt(b^2-4ac))/(2a)", "brackets stand for the bar"),
    (r"\frac{(x+1)}{2}=4", "(x+1)/2 = 4", "no brackets twice"),
    (r"\text{so }x=2\lor x=-3", "so x = 2 or x = -3", "words and mathematics"),
    (r"x=2\:\text{or }x=3", "x = 2 or x = 3", "a gap before a word"),
    (r"KE=\frac12mv^2", "KE = (1/2)mv^2", "letters stay together, for a name may have two"),
    (r"v=14\:\frac{m}{s}", "v = 14 m/s", "a unit written as a fraction"),
    (r"x=2\:\frac{x}{y}", "x = 2 (x/y)", "letters that are no unit"),
    (r"x=9{,}81", "x = 9,81", "a decimal comma is for the reader to see"),
    (r"=2\left(x+1\right)", "= 2(x+1)", "a line that goes on from the one before"),
    (r"\Rightarrow x\le3", "=> x <= 3", "an arrow in front"),
    (r"\exponentialE^{2x}=2", "e^(2x) = 2", "a name of MathLive's own"),
    (r"30^{\circ}", "30°", "degrees"),
    (r"\sin\:x=\frac12", "sin x = 1/2", "a function without brackets"),
    (r"2(x+3=8", "2(x+3 = 8", "what cannot be read is not mended"),
    (r"\frac{x}{}=2", r"\frac{x}{}=2", "nor is LaTeX"),
    (r"\text{so x equals 2}", "so x equals 2", "what is said in words stays in words"),
    (r"f^{\prime}(x)=6x", "f'(x) = 6x", "the derivative, not a power"),
    (r"f^{\doubleprime}(x)=6", "f''(x) = 6", "nor is the second one"),
    (r"v=100\:m/8\:s", "v = 100 m/8 s", "a stroke in the line"),
    ("", "", "an empty line"),
]


@pytest.mark.parametrize(("field", "line"), [case[:2] for case in LINES], ids=[case[2] for case in LINES])
def test_a_line_of_the_field_says_what_somebody_would_type(field: str, line: str):
    assert typed(field) == line


@pytest.mark.parametrize("line", [case[1] for case in LINES])
def test_a_typed_line_comes_back_from_the_field_with_the_same_meaning(line: str):
    again = typed(in_notation(line))
    assert typed(in_notation(again)) == again
    try:
        meant = read(line)
    except NotReadable:
        assert again.replace(" ", "") == line.replace(" ", "")
    else:
        assert without_any_brackets(read(again)) == without_any_brackets(meant)


def without_any_brackets(node: Node) -> Node:
    return without_any_brackets(node.inner) if isinstance(node, Bracket) else rebuild(node, without_any_brackets)


@given(statements)
def test_whatever_can_be_read_means_the_same_when_typed(statement: Statement):
    latex = to_latex(statement)
    try:
        meant = read(latex)
    except NotReadable:
        return
    assert without_any_brackets(read(typed(latex))) == without_any_brackets(meant)


def test_a_page_is_cut_into_its_lines():
    assert lines_of("Solution:\n\n2x = 4\r\n   x = 2") == ["Solution:", "2x = 4", "x = 2"]
    assert lines_of("\\begin{align*}\n2x &= 4 \\\\\nx &= 2\n\\end{align*}") == ["2x = 4", "x = 2"]
    assert lines_of(r"$$2x = 4$$") == ["2x = 4"]
    assert lines_of(r"\[ \begin{pmatrix} 1 & 2 \end{pmatrix} \]") == [r"\begin{pmatrix} 1 & 2 \end{pmatrix}"]


@pytest.mark.parametrize("line", ["# 5 { % $", "a_b ~ ^", "\\", "50% of it & more", "}{"])
def test_signs_that_mean_something_to_latex_are_text_among_words(line: str):
    assert typed(in_notation(line)) == line
