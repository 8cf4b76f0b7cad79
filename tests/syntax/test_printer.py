import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given, settings

from tests.syntax.strategies import exprs, statements
from tutor.syntax.printer import to_latex, to_mathml, to_text
from tutor.syntax.read import read
from tutor.syntax.tree import (
    Bracket,
    Call,
    Chain,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Words,
    rebuild,
)


def bare(node: Node) -> Node:
    """The tree without its brackets."""
    if isinstance(node, Bracket):
        return bare(node.inner)
    return rebuild(node, bare)


@settings(max_examples=150, deadline=None)
@given(statements)
def test_printing_then_reading_gives_the_same_tree(statement):
    assert read(to_text(statement)) == statement


@settings(max_examples=80, deadline=None)
@given(exprs)
def test_latex_reads_back_to_the_same_mathematics(expr):
    assert bare(read(to_latex(expr))) == bare(read(to_text(expr)))


@settings(max_examples=60, deadline=None)
@given(statements)
def test_mathml_is_well_formed(statement):
    assert ElementTree.fromstring(to_mathml(statement)).tag.endswith("math")


x, y = Symbol("x"), Symbol("y")
# tree that has no brackets of its own    text          why
NEEDED = [
    (Power(Sum((x, y)), x), "(x + y)^x", "a sum under a power"),
    (Power(Negative(x), y), "(-x)^y", "a sign under a power"),
    (Quotient(x, Product((x, y))), "x/(x*y)", "a product below the bar"),
    (Product((x, Sum((x, y)))), "x*(x + y)", "a sum as a factor"),
    (Negative(Sum((x, y))), "-(x + y)", "a sum after a sign"),
    (Sum((x, Sum((x, y)))), "x + (x + y)", "a sum within a sum"),
    (Quotient(Quotient(x, y), x), "x/y/x", "division goes from left to right"),
    (Quotient(x, Quotient(y, x)), "x/(y/x)", "a quotient below the bar"),
    (Power(Power(x, y), x), "(x^y)^x", "powers go from right to left"),
    (Call("sin", (Sum((x, y)),)), "sin(x + y)", "the call has its own bracket"),
]


@pytest.mark.parametrize(("tree", "text", "why"), NEEDED)
def test_brackets_appear_where_the_text_needs_them(tree, text, why):
    assert to_text(tree) == text


SHOWN = [
    ("1/2", r"\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
    ("x_1", "x_{1}", "<msub><mi>x</mi><mrow><mi>1</mi></mrow></msub>"),
    ("alpha", r"\alpha", "<mi>α</mi>"),
    ("x <= 3", r"x \le 3", "<mrow><mi>x</mi><mo>≤</mo><mn>3</mn></mrow>"),
    ("sqrt(x)", r"\sqrt{x}", "<msqrt><mi>x</mi></msqrt>"),
    ("$5", r"\$5", "<mrow><mtext>$</mtext><mn>5</mn></mrow>"),
]


@pytest.mark.parametrize(("text", "latex", "mathml"), SHOWN)
def test_spellings(text, latex, mathml):
    tree = read(text)
    assert to_latex(tree) == latex
    assert mathml in to_mathml(tree)


def test_what_a_student_typed_is_never_markup():
    hostile = Chain((Words(r"<script>\input{x}&$"), x), ("=",))
    assert "<script>" not in to_mathml(hostile)
    assert "\\input" not in to_latex(hostile).replace("textbackslash{}input", "")
    ElementTree.fromstring(to_mathml(hostile))
