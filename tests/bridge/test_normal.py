from __future__ import annotations

from fractions import Fraction

import pytest

from tutor.bridge.normal import normal_form, normal_forms, same
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.read import ReadHints, read_expr

COMPLEX = ReadHints(complex=True)

SAME = [
    ("(x+1)^3", "x^3+3x^2+3x+1", "expanding"),
    ("1/(sqrt(3)-sqrt(2))", "sqrt(3)+sqrt(2)", "a denominator of roots"),
    ("sqrt(5+2sqrt(6))", "sqrt(2)+sqrt(3)", "nested roots"),
    ("sqrt(2)*8^(1/4)", "2^(5/4)", "roots of different index over one prime"),
    ("12^(1/2)*18^(1/3)", "2^(4/3)*3^(7/6)", "roots of composite numbers"),
    ("ln(12)", "2ln(2)+ln(3)", "prime factors"),
    ("log_8(4)", "2/3", "powers of one prime"),
    ("log(2)+log(5)", "1", "common logarithm"),
    ("e^(3ln(2))", "8", "power through the logarithm"),
    ("arcsin(1/2)", "pi/6", "a known value"),
    ("arctan(sqrt(3))", "pi/3", "a known value"),
    ("cos(3pi/8)^2", "(1-sqrt(2)/2)/2", "a sixteenth of a turn"),
    ("sin(18°)", "(sqrt(5)-1)/4", "the golden angle in degrees"),
    ("sin(x/3+x/6)", "sin(x/2)", "angles that add up"),
    ("sin(20x)", "2sin(10x)*cos(10x)", "a common unit of angles"),
    ("e^(x/2)*e^(x/3)", "e^(5x/6)", "a common unit of exponents"),
    ("x^(1/2)*x^(1/3)*x^(1/6)", "x", "a common unit of exponents of a symbol"),
    ("ln(e^(2x)*x^3)", "2x+3ln(x)", "logarithm of an exponential and a power"),
    ("5!/3!", "20", "factorials of numbers"),
    ("f(x*2)", "f(x+x)", "unknown functions of equal arguments"),
    ("|x-1|^2", "x^2-2x+1", "square of an absolute value"),
]


@pytest.mark.parametrize(("left", "right", "why"), SAME)
def test_equal_functions_have_one_form(left: str, right: str, why: str) -> None:
    assert same(read_expr(left), read_expr(right)), why


DIFFERENT = [
    ("(x+1)^2", "x^2+1", "middle term"),
    ("sqrt(x+y)", "sqrt(x)+sqrt(y)", "root over a sum"),
    ("2^x+3^x", "5^x", "bases added"),
    ("sin(2x)", "2sin(x)", "factor taken out"),
    ("|x-1|", "x-1", "sign not known"),
    ("ln(x+1)", "ln(x)", "shifted"),
    ("f(x+1)", "f(x)+1", "unknown function"),
    ("sqrt(2)+sqrt(3)", "sqrt(5)", "roots added"),
    ("pi", "22/7", "an approximation"),
    ("pi", "3.14", "an approximation"),
]


@pytest.mark.parametrize(("left", "right", "why"), DIFFERENT)
def test_different_functions_are_never_called_the_same(left: str, right: str, why: str) -> None:
    assert same(read_expr(left), read_expr(right)) is not True, why


def test_euler_joins_exponentials_and_trigonometry() -> None:
    assert same(read_expr("e^(i*x)", COMPLEX), read_expr("cos(x)+i*sin(x)", COMPLEX), real=False)
    assert same(read_expr("(1+i)^2", COMPLEX), read_expr("2i", COMPLEX), real=False)
    assert same(read_expr("1/(1+i)", COMPLEX), read_expr("(1-i)/2", COMPLEX), real=False)


@pytest.mark.parametrize(
    "text", ["(x+1)^100000", "9^9^9^9", "((x+y+z+1)^30)^30", "(x+1)^200*(y+1)^200", "10000000!", "sin(1000x)*sin(x)"]
)
def test_what_is_too_large_is_refused_before_it_is_worked_out(text: str) -> None:
    with pytest.raises(TooLarge):
        normal_form(read_expr(text))


@pytest.mark.parametrize(
    "text", ["1/0", "x/(2-2)", "ln(0)", "ln(-3)", "sqrt(-4)", "arcsin(2)", "1/(sin(x)^2+cos(x)^2-1)"]
)
def test_what_has_no_real_value_is_undefined(text: str) -> None:
    with pytest.raises(Undefined):
        normal_form(read_expr(text))


def test_a_rational_function_of_one_symbol_is_two_polynomials() -> None:
    top, bottom = normal_form(read_expr("1/x+1/(x+1)")).to_univariate("x")
    assert str(top) == "2*x + 1"
    assert str(bottom) == "x^2 + x"
    with pytest.raises(Unsupported):
        normal_form(read_expr("x*y")).to_univariate("x")
    with pytest.raises(Unsupported):
        normal_form(read_expr("sqrt(x)")).to_univariate("x")


def test_polynomials_in_named_symbols_keep_their_order() -> None:
    top, bottom = normal_form(read_expr("(2y+x^2)/3")).polynomials_in(("x", "y"))
    assert (str(top), str(bottom)) == ("1/3*x^2 + 2/3*y", "1")


def test_values_are_exact_and_divisors_are_remembered() -> None:
    form = normal_form(read_expr("(x^2-1)/(x-1)"))
    assert form.evaluate({"x": Fraction(1, 2)}) == Fraction(3, 2)
    with pytest.raises(Undefined):
        form.evaluate({"x": 1})
    assert str(form.reduced().denominator) == "1"


def test_forms_of_one_field_can_be_combined() -> None:
    a, b = normal_forms((read_expr("sqrt(x)"), read_expr("sqrt(y)")))
    assert (a * a - b * b - (a - b) * (a + b)).is_zero()
    assert (a / a).constant() == 1
    assert {g.name for g in (a + b).generators} == {"x", "y"}
    assert not (a + b).rational_only
