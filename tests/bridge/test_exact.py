"""Exact values, rounding intervals, and the sizes that are refused."""

from fractions import Fraction

import pytest
from hypothesis import assume, given

from tests.bridge.trees import constants, number
from tutor.bridge.exact import has_decimals, is_constant, last_place, rational_value, rounding_interval
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.tree import (
    Absolute,
    Call,
    Choose,
    Constant,
    Degrees,
    Evaluated,
    Factorial,
    Limit,
    Mixed,
    Negative,
    Number,
    Percent,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Series,
    Sum,
    Symbol,
    Unit,
    Words,
)

N = number
x, k = Symbol("x"), Symbol("k")
PI = Constant("pi")

VALUES = [
    # expression                                                   value            why it is here
    (Sum((N("0.1"), N("0.2"))), "3/10", "no binary fractions"),
    (Product((N("1.983"), N("10"))), "19.83", "likewise"),
    (Mixed(N("2"), N("1"), N("2")), "5/2", "a mixed number"),
    (Negative(Mixed(N("2"), N("1"), N("2"))), "-5/2", "the sign is outside the mixed number"),
    (Percent(N("12.5")), "1/8", "percent"),
    (Quantity(N("5"), Unit("$", (("$", 1),))), "5", "a quantity's value"),
    (Power(N("8"), Quotient(N("2"), N("3"))), "4", "a perfect power under a fraction"),
    (Power(N("-8"), Quotient(N("1"), N("3"))), "-2", "odd roots of negative numbers are real at school"),
    (Power(N("2"), Negative(N("3"))), "1/8", "a negative exponent"),
    (Power(Negative(N("1")), N("1000000001")), "-1", "a huge power of -1 costs nothing"),
    (Root(N("16")), "4", "a perfect square"),
    (Root(Quotient(N("8"), N("27")), N("3")), "2/3", "a cube root of a fraction"),
    (Factorial(N("5")), "120", "factorial"),
    (Choose(N("5"), N("2")), "10", "combinations"),
    (Choose(N("5"), N("2"), ordered=True), "20", "permutations"),
    (Choose(N("3"), N("5")), "0", "more than there are"),
    (Absolute(N("-3")), "3", "absolute value"),
    (Series(Power(k, N("2")), k, N("1"), N("4")), "30", "a finite sum"),
    (Series(k, k, N("1"), N("5"), "product"), "120", "a finite product"),
    (Evaluated(Power(x, N("2")), N("1"), N("3")), "8", "[x²] from 1 to 3"),
    (Call("gcd", (N("12"), N("18"))), "6", "greatest common divisor"),
    (Call("lcm", (N("4"), N("6"))), "12", "least common multiple"),
    (Call("floor", (N("-2.5"),)), "-3", "floor goes down"),
    (Call("ceil", (N("-2.5"),)), "-2", "ceil goes up"),
    (Call("mod", (N("-7"), N("3"))), "2", "a remainder is not negative"),
    (Call("sin", (Degrees(N("30")),)), "1/2", "Niven's values"),
    (Call("cos", (Product((N("2"), Quotient(PI, N("3")))),)), "-1/2", "in radians too"),
    (Call("tan", (Degrees(N("-45")),)), "-1", "negative angles"),
    (Call("log", (N("8"),), N("2")), "3", "a logarithm that is whole"),
    (Call("log", (N("8"),), N("4")), "3/2", "a logarithm that is a fraction"),
    (Call("log", (N("0.001"),)), "-3", "the common logarithm"),
    (Call("ln", (N("1"),)), "0", "ln 1"),
]


@pytest.mark.parametrize(("expr", "value", "why"), VALUES, ids=[row[2] for row in VALUES])
def test_value(expr, value, why):
    assert rational_value(expr) == Fraction(value)


REFUSED = [
    # expression                                       error         why it is here
    (Quotient(N("5"), N("0")), Undefined, "division by zero"),
    (Quotient(N("5"), Sum((N("1"), Negative(N("1"))))), Undefined, "division by what turns out to be zero"),
    (Power(N("0"), N("0")), Undefined, "0^0"),
    (Power(N("0"), Negative(N("2"))), Undefined, "0 to a negative power"),
    (Root(N("-4")), Undefined, "no real square root"),
    (Factorial(N("-3")), Undefined, "no factorial"),
    (Call("tan", (Degrees(N("90")),)), Undefined, "a right angle has no tangent"),
    (Call("log", (N("-1"),)), Undefined, "no logarithm"),
    (Root(N("2")), Unsupported, "irrational"),
    (PI, Unsupported, "irrational"),
    (x, Unsupported, "a symbol without a value"),
    (Call("sin", (Degrees(N("20")),)), Unsupported, "irrational sine"),
    (Call("log", (N("7"),)), Unsupported, "irrational logarithm"),
    (Words("total"), Unsupported, "words"),
    (Limit(x, x, N("0")), Unsupported, "limits are not taken here"),
    (Power(N("9"), Power(N("9"), Power(N("9"), N("9")))), TooLarge, "9^9^9^9"),
    (Power(N("2"), N("1000000000")), TooLarge, "2^(10^9)"),
    (Factorial(Power(N("10"), N("8"))), TooLarge, "10^8!"),
    (Factorial(Factorial(Factorial(N("9")))), TooLarge, "9!!!"),
    (Choose(N("1000000"), N("500000")), TooLarge, "a huge binomial coefficient"),
    (Series(k, k, N("1"), N("1000000000")), TooLarge, "a sum of 10^9 terms"),
]


@pytest.mark.parametrize(("expr", "error", "why"), REFUSED, ids=[row[2] for row in REFUSED])
def test_refused(expr, error, why):
    with pytest.raises(error):
        rational_value(expr)


def test_ten_thousand_levels_are_too_large_and_no_recursion_error():
    expr = N("1")
    for _ in range(10_000):
        expr = Negative(expr)
    with pytest.raises(TooLarge):
        rational_value(expr)
    with pytest.raises(TooLarge):
        rounding_interval(expr)
    assert is_constant(expr)


def test_symbols_take_the_values_given():
    assert rational_value(Sum((x, N("1"))), {"x": Fraction(1, 2)}) == Fraction(3, 2)


def test_degrees_may_count_as_a_unit():
    angles = Sum((Degrees(N("180")), Negative(Degrees(N("125")))))
    assert rational_value(angles, degrees_are_units=True) == 55
    assert rational_value(Call("sin", (N("30"),)), angle_unit="degree") == Fraction(1, 2)


CONSTANT = [
    # expression                                           constant  why it is here
    (Sum((N("1"), Root(N("2")))), True, "a radical is a number"),
    (Product((N("2"), x)), False, "a letter"),
    (Series(k, k, N("1"), N("3")), True, "a bound letter is none"),
    (Call("f", (N("2"),)), False, "a function of the problem's own"),
    (Words("total cost"), False, "words"),
    (Evaluated(x, N("0"), N("1")), True, "the variable is bound"),
    (Limit(Quotient(Call("sin", (x,)), x), x, N("0")), True, "a limit is a number"),
]


@pytest.mark.parametrize(("expr", "expected", "why"), CONSTANT, ids=[row[2] for row in CONSTANT])
def test_is_constant(expr, expected, why):
    assert is_constant(expr) is expected


INTERVALS = [
    # expression                                         low        high       why it is here
    (N("0.67"), "0.665", "0.675", "half a unit of the last place"),
    (N("0.50"), "0.495", "0.505", "a zero that was written counts"),
    (N("60"), "60", "60", "integers are exact"),
    (Quotient(N("2"), N("3")), "2/3", "2/3", "fractions are exact"),
    (Number("0.333...", Fraction(1, 3), None), "1/3", "1/3", "repeating decimals are exact"),
    (Product((N("0.33"), N("6"))), "1.95", "2.01", "products widen"),
    (Sum((N("0.5"), Negative(N("0.5")))), "-0.1", "0.1", "each numeral by itself"),
    (Product((N("3.0"), Power(N("10"), N("8")))), "295000000", "305000000", "scientific notation, spelt out"),
    (Number("3.0e8", Fraction(300000000), 1), "295000000", "305000000", "scientific notation, as one numeral"),
    (Power(N("-0.1"), N("2")), "0.0025", "0.0225", "an even power"),
    (Quotient(N("1"), N("0.5")), "20/11", "20/9", "quotients"),
    (Percent(N("12.5")), "0.1245", "0.1255", "percent of a decimal"),
]


@pytest.mark.parametrize(("expr", "low", "high", "why"), INTERVALS, ids=[row[3] for row in INTERVALS])
def test_rounding_interval(expr, low, high, why):
    assert rounding_interval(expr) == (Fraction(low), Fraction(high))


def test_decimals_known_to_be_exact_have_no_interval():
    expr = Product((N("0.2"), N("60")))
    assert rounding_interval(expr, exact={Fraction(1, 5)}) == (12, 12)


@given(constants)
def test_the_interval_holds_the_value(expr):
    try:
        value = rational_value(expr)
        low, high = rounding_interval(expr)
    except (Undefined, Unsupported, TooLarge):
        assume(False)
    assert low <= value <= high
    if not has_decimals(expr):
        assert low == high


def test_the_last_place_of_a_numeral():
    assert last_place(N("7")) is None
    assert last_place(N("0.50")) == Fraction(1, 100)
    assert last_place(Number("3e8", Fraction(3 * 10**8), None)) is None
    assert last_place(Number("6.02e-3", Fraction("0.00602"), 2)) == Fraction(1, 100_000)
