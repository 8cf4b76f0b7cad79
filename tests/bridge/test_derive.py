"""Derivatives on the tree agree with difference quotients in ball arithmetic."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.bridge.trees import number
from tutor.bridge.balls import evaluate
from tutor.bridge.derive import derivative
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Constant,
    Derivative,
    Factorial,
    Integral,
    Matrix,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Series,
    Sum,
    Symbol,
    Tuple,
)

N = number
x, y, k = Symbol("x"), Symbol("y"), Symbol("k")
E = Constant("e")


def call(name, *args):
    return Call(name, args)


SHAPES = [
    # expression                          derivative                                        why it is here
    (N("7"), N("0"), "a constant"),
    (y, N("0"), "another letter"),
    (x, N("1"), "the variable"),
    (Sum((x, N("3"))), N("1"), "zeros drop"),
    (Product((N("3"), x)), N("3"), "ones drop"),
    (Power(x, N("2")), Product((N("2"), x)), "the power rule"),
    (Power(x, N("3")), Product((N("3"), Power(x, N("2")))), "the power rule again"),
    (call("sin", x), call("cos", x), "sine"),
    (call("ln", x), Quotient(N("1"), x), "logarithm"),
    (Power(E, x), Power(E, x), "e^x stays"),
    (call("f", x), Call("f", (x,), primes=1), "an unknown function gets a prime"),
    (Derivative(y, x), Derivative(y, x, 2), "a derivative of a derivative"),
    (Integral(call("sin", x), x), call("sin", x), "undoes an antiderivative"),
    (Integral(call("sin", y), y, N("0"), x), call("sin", x), "the fundamental theorem"),
    (Tuple((x, Power(x, N("2")))), Tuple((N("1"), Product((N("2"), x)))), "entry by entry"),
    (Matrix(((x,), (N("2"),))), Matrix(((N("1"),), (N("0"),))), "a column"),
]


@pytest.mark.parametrize(("expr", "expected", "why"), SHAPES, ids=[row[2] for row in SHAPES])
def test_shape(expr, expected, why):
    assert derivative(expr, "x") == expected


FUNCTIONS = [
    # expression                                              where
    (Product((x, call("sin", x), call("exp", x))), "0.7"),
    (Quotient(Sum((Power(x, N("2")), N("1"))), Sum((x, N("5")))), "0.7"),
    (Power(x, x), "0.7"),
    (Power(N("2"), Sum((N("3"), Negative(x)))), "0.7"),
    (Power(Sum((Power(x, N("2")), N("1"))), Quotient(N("1"), N("3"))), "0.7"),
    (Power(x, Negative(N("2"))), "0.7"),
    (Power(x, Negative(Quotient(N("1"), N("2")))), "0.7"),
    (Power(x, N("1.5")), "0.7"),
    (Root(Sum((N("1"), Power(x, N("2"))))), "0.7"),
    (Root(Sum((N("1"), x)), N("3")), "0.7"),
    (Absolute(Sum((x, N("-2")))), "0.7"),
    (call("tan", Product((N("2"), x))), "0.3"),
    (call("cot", x), "0.3"),
    (call("sec", x), "0.3"),
    (call("csc", x), "0.3"),
    (call("cos", Power(x, N("2"))), "0.3"),
    (call("arcsin", x), "0.3"),
    (call("arccos", x), "0.3"),
    (call("arctan", Sum((x, N("1")))), "0.3"),
    (call("arccot", x), "0.3"),
    (call("arcsec", x), "1.7"),
    (call("arccsc", x), "1.7"),
    (call("sinh", x), "0.3"),
    (call("cosh", x), "0.3"),
    (call("tanh", x), "0.3"),
    (call("coth", x), "0.3"),
    (call("sech", x), "0.3"),
    (call("csch", x), "0.3"),
    (call("arsinh", x), "0.3"),
    (call("arcosh", x), "1.7"),
    (call("artanh", x), "0.3"),
    (call("arcoth", x), "1.7"),
    (call("ln", Sum((Power(x, N("2")), N("1")))), "0.3"),
    (call("log", x), "0.3"),
    (Call("log", (x,), N("2")), "0.3"),
    (Call("log", (N("5"),), Sum((x, N("2")))), "0.3"),
    (Series(Power(x, k), k, N("0"), N("4")), "0.3"),
    (Integral(Power(y, N("2")), y, x, Power(x, N("2"))), "0.3"),
    (Bracket(Negative(Bracket(Sum((x, Negative(Bracket(Sum((x, Power(x, N("2"))))))))))), "0.3"),
    (Power(call("sin", x), N("2")), "0.3"),
]


def agrees_with_difference_quotient(expr, at):
    step = Fraction(1, 2**120)
    slope = evaluate(derivative(expr, "x"), {"x": at}, 400)
    ahead, behind = evaluate(expr, {"x": at + step}, 400), evaluate(expr, {"x": at - step}, 400)
    quotient = (ahead - behind) / (2 * step.numerator) * step.denominator
    return abs(quotient - slope) * 10**15 < 1 + abs(slope)


@pytest.mark.parametrize(("expr", "at"), FUNCTIONS, ids=[str(i) for i in range(len(FUNCTIONS))])
def test_agrees_with_the_difference_quotient(expr, at):
    assert agrees_with_difference_quotient(expr, Fraction(at))


def _grow(parts):
    few = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        few.map(Sum),
        few.map(Product),
        st.tuples(parts, parts).map(lambda p: Quotient(*p)),
        parts.map(Negative),
        st.tuples(parts, st.integers(0, 4)).map(lambda p: Power(p[0], N(str(p[1])))),
        st.tuples(st.sampled_from(("sin", "cos", "exp", "arctan")), parts).map(lambda p: Call(p[0], (p[1],))),
    )


functions = st.recursive(st.just(x) | st.integers(0, 9).map(lambda n: N(str(n))), _grow, max_leaves=6)


@given(functions, st.fractions(-2, 2, max_denominator=7))
def test_agrees_on_any_tree(expr, at):
    try:
        size = abs(evaluate(expr, {"x": at}, 400))
        slope = abs(evaluate(derivative(expr, "x"), {"x": at}, 400))
        third = derivative(derivative(derivative(expr, "x"), "x"), "x")
        assume(size < 1000 and slope < 1000 and abs(evaluate(third, {"x": at}, 400)) < 10**6)
        assert agrees_with_difference_quotient(expr, at)
    except (Undefined, Unsupported, TooLarge):
        assume(False)


def test_what_has_no_derivative_says_so():
    for expr in (Factorial(x), call("floor", x)):
        with pytest.raises(Unsupported):
            derivative(expr, "x")


def test_deep_trees_raise_no_recursion_error():
    expr = x
    for _ in range(10_000):
        expr = Call("sin", (expr,))
    with pytest.raises(TooLarge):
        derivative(expr, "x")


def test_numbers_stay_numbers():
    assert isinstance(derivative(Product((N("4"), x)), "x"), Number)
