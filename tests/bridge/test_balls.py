"""Balls hold the value; what has none is told from what is only not certain."""

import threading
from fractions import Fraction

import flint
import pytest
from hypothesis import assume, given

from tests.bridge.trees import constants, number
from tutor.bridge.balls import Uncertain, bounds, decide_sign, disjoint, evaluate, evaluate_complex, sample_points
from tutor.bridge.exact import rational_value, rounding_interval, to_fmpq
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.tree import (
    Absolute,
    Call,
    Constant,
    Degrees,
    Derivative,
    Evaluated,
    Integral,
    Negative,
    Power,
    Product,
    Quotient,
    Root,
    Series,
    Sum,
    Symbol,
)

N = number
x, k = Symbol("x"), Symbol("k")
PI, E, IMAGINARY = Constant("pi"), Constant("e"), Constant("i")

VALUES = [
    # expression                                             value       why it is here
    (Root(N("2")), "1.414213562", "a root"),
    (Root(N("-8"), N("3")), "-2", "the real cube root"),
    (Power(N("-8"), Quotient(N("2"), N("3"))), "4", "the same as a power"),
    (Power(E, N("2")), "7.389056099", "e^2"),
    (Power(N("2"), Root(N("2"))), "2.665144143", "an irrational exponent"),
    (Call("sin", (Degrees(N("30")),)), "0.5", "degrees"),
    (Call("cos", (N("1"),)), "0.540302306", "radians"),
    (Call("sec", (N("1"),)), "1.850815718", "secant"),
    (Call("arcsin", (N("1"),)), "1.570796327", "an end of the domain"),
    (Call("arctan", (Quotient(N("3"), N("4")),)), "0.643501109", "inverse tangent"),
    (Call("ln", (N("2"),)), "0.693147181", "natural logarithm"),
    (Call("log", (N("8"),), N("2")), "3", "base 2"),
    (Call("log", (N("50"),)), "1.698970004", "base 10"),
    (Call("sinh", (N("1"),)), "1.175201194", "hyperbolic"),
    (Call("arcosh", (N("2"),)), "1.316957897", "inverse hyperbolic"),
    (Call("max", (N("2"), Root(N("5")))), "2.236067977", "the larger"),
    (Call("floor", (Product((N("10"), PI)),)), "31", "a floor that is certain"),
    (Call("floor", (Product((N("0.1"), N("10"))),)), "1", "an exact floor"),
    (Series(Quotient(N("1"), k), k, N("1"), N("4")), "2.083333333", "a finite sum"),
    (Evaluated(Call("ln", (x,)), N("1"), E), "1", "[ln x] from 1 to e"),
    (Derivative(Power(x, N("3")), x), "12", "a derivative at x = 2"),
    (Integral(Power(x, N("2")), x, N("0"), N("1")), "0.333333333", "a definite integral"),
    (Integral(Root(x), x, N("0"), N("4")), "5.333333333", "a branch point at an end"),
    (Integral(Absolute(x), x, Negative(N("1")), N("2")), "2.5", "not analytic inside"),
    (Integral(Call("ln", (x,)), x, N("1"), N("2")), "0.386294361", "a branch cut beside the path"),
    (Integral(Root(x, N("3")), x, Negative(N("1")), N("1")), "0", "the real cube root of negative numbers"),
    (Integral(Call("sin", (x,)), x, N("0"), PI), "2", "up to π"),
]


@pytest.mark.parametrize(("expr", "value", "why"), VALUES, ids=[row[2] for row in VALUES])
def test_value(expr, value, why):
    low, high = bounds(evaluate(expr, {"x": 2}))
    close = to_fmpq(Fraction(1, 10**9))
    assert low - close <= to_fmpq(Fraction(value)) <= high + close


REFUSED = [
    # expression                                                  error        why it is here
    (Root(N("-4")), Undefined, "no real square root"),
    (Power(N("-2"), Root(N("2"))), Undefined, "a negative base"),
    (Call("ln", (N("0"),)), Undefined, "ln 0"),
    (Call("ln", (N("-1"),)), Undefined, "ln of a negative number"),
    (Call("arcsin", (N("2"),)), Undefined, "outside the domain"),
    (Call("arcosh", (N("0.5"),)), Undefined, "outside the domain"),
    (Call("tan", (Quotient(PI, N("2")),)), Undefined, "a pole that is certain"),
    (Quotient(N("1"), Sum((N("2"), Negative(N("2"))))), Undefined, "an exact zero below"),
    (Root(Call("sin", (Root(Sum((Power(PI, N("2")),))),))), Uncertain, "a zero that no ball can prove"),
    (Quotient(N("1"), Sum((Root(N("2")), Negative(Root(N("2")))))), Uncertain, "likewise below a fraction bar"),
    (Symbol("y"), Unsupported, "no value given"),
    (Call("f", (N("2"),)), Unsupported, "an unknown function"),
    (IMAGINARY, Unsupported, "not real"),
    (Integral(Quotient(N("1"), x), x, Negative(N("1")), N("1")), Unsupported, "a pole on the path"),
    (Integral(x, x), Unsupported, "no limits"),
    (Call("exp", (Power(N("10"), N("9")),)), TooLarge, "exp(10^9)"),
    (Power(Root(N("2")), Power(N("10"), N("12"))), TooLarge, "a huge power"),
    (Power(Constant("pi"), Power(N("9"), Power(N("9"), N("9")))), TooLarge, "a tower"),
]


@pytest.mark.parametrize(("expr", "error", "why"), REFUSED, ids=[row[2] for row in REFUSED])
def test_refused(expr, error, why):
    with pytest.raises(error):
        evaluate(expr)


def holds(ball, value):
    low, high = bounds(ball)
    return low <= to_fmpq(value) <= high


@given(constants)
def test_the_ball_holds_the_exact_value(expr):
    try:
        value = rational_value(expr)
        ball = evaluate(expr)
    except (Undefined, Unsupported, TooLarge):
        assume(False)
    assert holds(ball, value)


@given(constants)
def test_the_wide_ball_holds_the_rounding_interval(expr):
    try:
        low, high = rounding_interval(expr)
        ball = evaluate(expr, wide=True)
    except (Undefined, Unsupported, TooLarge):
        assume(False)
    assert holds(ball, low)
    assert holds(ball, high)


def test_precision_is_put_back_and_threads_do_not_disturb_each_other():
    before = flint.ctx.prec
    widths = {}

    def work(bits):
        widths[bits] = [evaluate(Root(N("2")), bits=bits).rel_accuracy_bits() for _ in range(50)]

    threads = [threading.Thread(target=work, args=(bits,)) for bits in (64, 512)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert flint.ctx.prec == before
    assert all(bits - 4 <= got <= bits + 4 for bits in widths for got in widths[bits])


def test_complex_values_take_principal_branches():
    euler = evaluate_complex(Power(E, Product((IMAGINARY, PI))))
    assert euler.contains(-1)
    root = evaluate_complex(Power(N("-8"), Quotient(N("1"), N("3"))))
    assert root.imag > 1.7
    assert evaluate_complex(Root(N("-4"))).contains(2j)


def test_signs():
    assert decide_sign(Sum((Root(N("2")), N("-1.414")))) == 1
    assert decide_sign(Sum((Root(N("2")), N("-1.415")))) == -1
    assert decide_sign(Sum((N("0.1"), N("0.2"), N("-0.3")))) in (0, None)
    assert decide_sign(Sum((Root(N("8")), Product((N("-2"), Root(N("2"))))))) is None


def test_sides_that_differ_far_behind_the_point_are_told_apart():
    near = Sum((Root(N("2")), Power(N("10"), Negative(N("60")))))
    assert disjoint(Root(N("2")), near) is not None
    assert disjoint(Root(N("8")), Product((N("2"), Root(N("2"))))) is None


def test_sample_points_are_the_same_each_time_and_no_two_names_agree():
    points = sample_points(["x", "y", "z"], seed=3, count=10)
    assert points == sample_points(("z", "y", "x"), seed=3, count=10)
    assert all(len({abs(v) for v in p.values()}) == 3 for p in points)
    assert any(v < 0 for p in points for v in p.values())
    assert all(v > 0 for p in sample_points("ab", positive=True) for v in p.values())
    assert len(sample_points(tuple(f"x{i}" for i in range(60)))) == 8
