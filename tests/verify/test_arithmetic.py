"""Numbers against numbers. A false alarm is the worst mistake: every `wrong` row here is false beyond rounding."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bridge.trees import number
from tutor.records import EqualValues, FalseEquality
from tutor.syntax.tree import (
    Bracket,
    Call,
    Chain,
    Constant,
    Degrees,
    Expr,
    Factorial,
    Negative,
    Percent,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Sum,
    Symbol,
    Unit,
)
from tutor.verify.arithmetic import accepts, judge, judge_chain
from tutor.verify.rounding import show_rational
from tutor.verify.tasks import Budget, Compare, Setting

N = number
PI, E = Constant("pi"), Constant("e")
PLAIN = Setting()


def times(*factors: Expr | str) -> Expr:
    return Product(tuple(N(f) if isinstance(f, str) else f for f in factors))


def plus(*terms: Expr | str) -> Expr:
    return Sum(tuple(N(t) if isinstance(t, str) else t for t in terms))


def minus(first: str | Expr, *others: str | Expr) -> Expr:
    return plus(first, *(Negative(N(o) if isinstance(o, str) else o) for o in others))


def over(top: Expr | str, bottom: Expr | str) -> Expr:
    return Quotient(N(top) if isinstance(top, str) else top, N(bottom) if isinstance(bottom, str) else bottom)


def per(text: str) -> Expr:
    return Percent(N(text))


def q(value: str | Expr, *factors: tuple[str, int] | str) -> Expr:
    pairs = tuple((f, 1) if isinstance(f, str) else f for f in factors)
    return Quantity(N(value) if isinstance(value, str) else value, Unit(" ".join(w for w, _ in pairs), pairs))


def usd(value: str) -> Expr:
    return q(value, "$")


def call(name: str, argument: Expr) -> Expr:
    return Call(name, (argument,))


def judged(left: Expr, right: Expr, sign: str = "=", setting: Setting = PLAIN) -> tuple[str, set[str]]:
    finding = judge(Compare(left, right, sign, setting), Budget())
    if finding is None:
        return "none", set()
    return finding.evidence.verdict.value, {remark.kind for remark in finding.remarks}


THIRD, TWO_THIRDS = over("1", "3"), over("2", "3")
SCIENCE = times("3.0", Power(N("10"), N("8")))

CASES = [
    # left                                     right                     sign  verdict      remarks             why
    (times("3", "20"), N("60"), "=", "correct", "", "a product"),
    (times("3", "20"), N("61"), "=", "wrong", "", "a wrong product"),
    (plus("0.1", "0.2"), N("0.3"), "=", "correct", "", "no binary fractions"),
    (times("1.983", "10"), N("19.83"), "=", "correct", "", "likewise"),
    (over("6", "4"), over("3", "2"), "=", "correct", "", "a fraction in lowest terms"),
    (over("6", "4"), over("2", "3"), "=", "wrong", "", "a fraction upside down"),
    (TWO_THIRDS, N("0.67"), "=", "correct", "rounded", "rounded to two places"),
    (N("0.67"), TWO_THIRDS, "=", "correct", "rounded", "either way round"),
    (TWO_THIRDS, N("0.66"), "=", "correct", "truncated", "cut off"),
    (Negative(TWO_THIRDS), Negative(N("0.66")), "=", "correct", "truncated", "cut off towards zero"),
    (TWO_THIRDS, N("0.65"), "=", "wrong", "", "neither rounded nor cut off"),
    (TWO_THIRDS, N("0.7"), "=", "correct", "rounded", "to one figure"),
    (TWO_THIRDS, N("0.68"), "=", "wrong", "", "rounded too far up"),
    (THIRD, per("33"), "=", "correct", "rounded", "a whole percentage is a rounded one"),
    (THIRD, per("33.3"), "=", "correct", "rounded", "a percentage with a decimal"),
    (THIRD, per("35"), "=", "wrong", "", "a wrong percentage"),
    (times("0.67", "3"), N("2.01"), "=", "correct", "", "what was written, exactly"),
    (times("0.67", "3"), N("2"), "=", "correct", "early_rounding", "0.67 stands for 2/3"),
    (times(THIRD, "6"), times("0.33", "6"), "=", "correct", "early_rounding", "1/3 written as 0.33"),
    (times("0.2", "60"), N("14"), "=", "undecided", "", "0.2 might stand for 0.233…"),
    (times("2.5", "4"), N("11"), "=", "wrong", "", "no rounding of 2.5 gives 11"),
    (times("1.50", "4"), N("6.20"), "=", "wrong", "", "nor of 1.50 gives 6.20"),
    (N("6.75"), N("7"), "≈", "correct", "rounded", "≈ says that rounding is meant"),
    (N("6.75"), N("7"), "=", "wrong", "", "integers are exact"),
    (over("10", "4"), N("2"), "=", "wrong", "", "integers are exact"),
    (over("10", "4"), N("2"), "≈", "correct", "rounded", "half a unit either way"),
    (over("10", "4"), N("3"), "≈", "correct", "rounded", "half a unit either way"),
    (over("7", "3"), N("3"), "≈", "undecided", "", "rounded up, as for buses"),
    (over("7", "3"), N("9"), "≈", "wrong", "", "not about the same"),
    (times("37", "24"), N("800"), "≈", "undecided", "", "an estimate"),
    (times("48", "52"), times("50", "50"), "≈", "correct", "rounded", "a good estimate"),
    (over("1000", "3"), N("333"), "=", "correct", "rounded", "an integer of three figures"),
    (SCIENCE, N("299792458"), "=", "correct", "rounded", "two figures in scientific notation"),
    (Root(N("2")), N("1.414"), "=", "correct", "rounded", "an irrational number"),
    (Root(N("2")), N("1.41"), "≈", "correct", "rounded", "likewise"),
    (Root(N("2")), N("1.5"), "=", "wrong", "", "too far off"),
    (Root(N("50")), N("7"), "=", "wrong", "", "7² is 49"),
    (Root(N("49")), N("7"), "=", "correct", "", "a perfect square"),
    (Root(N("12")), times("2", Root(N("3"))), "=", "none", "", "true, but balls cannot prove it"),
    (Root(plus("25", "46.25")), Root(N("71.25")), "=", "none", "", "true, with decimals under the root"),
    (Root(N("12")), times("3", Root(N("2"))), "=", "wrong", "", "balls that are apart"),
    (Power(E, N("2")), N("7.389"), "=", "correct", "rounded", "e²"),
    (PI, N("3.14"), "≈", "correct", "rounded", "π"),
    (PI, N("3.14"), "=", "correct", "rounded", "a decimal stands for its interval"),
    (PI, over("22", "7"), "=", "wrong", "", "22/7 is a fraction, π is none"),
    (PI, over("22", "7"), "≈", "correct", "rounded", "close enough for ≈"),
    (times(PI, Power(N("20"), N("2"))), N("1256"), "=", "correct", "early_rounding", "with π as 3.14"),
    (times(PI, Power(N("7"), N("2"))), N("154"), "=", "correct", "rounded", "with π as 22/7, or rounded"),
    (times("2", PI), N("6.28"), "=", "correct", "rounded", "2π"),
    (times("2", PI), N("6.4"), "=", "wrong", "", "not 2π"),
    (over(times("44", PI), times("100", PI)), over("11", "25"), "=", "none", "", "π cancels: a proof is wanted"),
    (over(PI, "6"), Degrees(N("30")), "=", "correct", "", "radians and degrees"),
    (over(PI, "6"), Degrees(N("60")), "=", "wrong", "", "radians and the wrong degrees"),
    (minus(Degrees(N("180")), Degrees(N("125"))), Degrees(N("55")), "=", "correct", "", "degrees as a unit"),
    (call("arctan", over("3", "4")), Degrees(N("36.87")), "=", "correct", "rounded", "an angle found"),
    (call("arctan", N("1")), Degrees(N("45")), "=", "none", "", "true, but balls cannot prove it"),
    (call("arctan", N("1")), Degrees(N("60")), "=", "wrong", "", "another angle"),
    (call("arctan", over("3", "4")), N("36.87"), "=", "correct", "reading", "the degree sign left off"),
    (call("sin", Degrees(N("30"))), N("0.5"), "=", "correct", "", "sine of a special angle"),
    (call("sin", N("30")), N("0.5"), "=", "correct", "reading", "the degree sign left off"),
    (call("sin", N("1")), N("0.84"), "=", "correct", "rounded", "radians"),
    (call("sin", N("30")), N("0.6"), "=", "wrong", "", "in neither unit"),
    (call("log", N("100")), N("2"), "=", "correct", "", "base 10"),
    (call("log", N("8")), N("2.079"), "=", "correct", "reading", "base e was meant"),
    (Factorial(N("5")), N("120"), "=", "correct", "", "a factorial"),
    (over("1", "0"), N("0"), "=", "wrong", "", "division by zero has no value"),
    (Root(N("-4")), N("-2"), "=", "wrong", "", "no real root, and not -2 either"),
    (Power(N("0"), N("0")), N("1"), "=", "undecided", "", "books differ about 0^0"),
    # percent signs
    (minus("100", "60"), per("40"), "=", "correct", "percent", "the sign put on at the end"),
    (times(over("10", "50"), "100"), per("20"), "=", "correct", "percent", "times 100 makes percent"),
    (N("0.4"), per("40"), "=", "correct", "", "percent as it should be"),
    (N("40"), per("40"), "=", "correct", "percent", "sloppy, but meant"),
    (times(over("3", "5"), per("100")), N("60"), "=", "correct", "percent", "the sign left off at the end"),
    (plus(per("20"), per("30")), N("50"), "=", "correct", "percent", "likewise"),
    (times(per("5"), "400"), N("20"), "=", "correct", "", "percent of"),
    (times(per("5"), "400"), N("2000"), "=", "wrong", "", "the percent sign was forgotten"),
    (times(per("10"), "3"), N("30"), "=", "undecided", "", "30, or 30 %?"),
    (over("1", "4"), per("20"), "=", "wrong", "", "a wrong conversion"),
    (N("48"), per("120"), "=", "undecided", "", "48 is what makes 120 %"),
    (minus("100", "60"), per("45"), "=", "wrong", "", "neither number nor percentage"),
    # money and things
    (over(usd("10"), "3"), usd("3.33"), "=", "correct", "rounded", "to the cent"),
    (over(usd("10"), "3"), usd("3.34"), "=", "correct", "rounded", "up to the cent, as shops do"),
    (over("10", "3"), N("3.34"), "=", "wrong", "", "no money: wrongly rounded"),
    (over(usd("10"), "3"), usd("3.35"), "=", "wrong", "", "two cents too much"),
    (times(usd("20"), "3"), N("60"), "=", "correct", "", "the unit on one side only"),
    (times("20", "3"), usd("50"), "=", "wrong", "", "the unit on one side only"),
    (plus(usd("35"), usd("5")), usd("165"), "=", "wrong", "", "the same unit"),
    (over("50", "8"), q("7", "buses"), "=", "undecided", "", "whole things, rounded up"),
    (over("50", "8"), q("9", "buses"), "=", "wrong", "", "too far for rounding"),
    (q("2", "weeks"), N("14"), "=", "undecided", "", "days were perhaps meant"),
    (over("2", "5"), q("12.8", "hectares"), "=", "undecided", "", "two fifths of it amount to that"),
    (Positive(usd("25")), usd("125"), "=", "undecided", "", "begins in mid-sum"),
    (N("2014"), times(q("20", "pounds"), usd("3")), "=", "undecided", "", "the year belongs to the words before"),
    (times("2", "10"), times(usd("20"), Power(N("10"), N("6"))), "=", "correct", "reading", "counted in millions"),
    # units
    (q("1.25", "hours"), q("75", "minutes"), "=", "correct", "", "converted"),
    (q("1.25", "hours"), q("85", "minutes"), "=", "wrong", "", "converted wrongly"),
    (usd("1.50"), q("150", "cents"), "=", "correct", "", "dollars and cents"),
    (q("5", "dozen"), q("60", "eggs"), "=", "correct", "", "a dozen is a number"),
    (q("3", "km"), q("3000", "m"), "=", "correct", "", "lengths"),
    (q("3", "km"), q("300", "m"), "=", "wrong", "", "lengths"),
    (q("3", "km"), q("3", "m"), "=", "wrong", "", "the same number of other units"),
    (q("5", "miles"), q("8", "km"), "=", "undecided", "", "a rule of thumb"),
    (q("5", "miles"), q("8.05", "km"), "=", "correct", "", "to the figures shown"),
    (times(q("2", "weeks"), q("7", "days", ("week", -1))), q("14", "days"), "=", "correct", "", "a rate"),
    (times(q("60", "mph"), q("30", "minutes")), q("30", "miles"), "=", "correct", "", "units converted in passing"),
    (times(q("60", "mph"), q("30", "minutes")), q("50", "miles"), "=", "wrong", "", "not in any way"),
    (q("1", "month"), q("30", "days"), "=", "correct", "reading", "a month of 30 days"),
    (q("1", "month"), q("25", "days"), "=", "undecided", "", "a month has no fixed length"),
    (q("2", "years"), q("24", "months"), "=", "correct", "", "the calendar"),
    (q("2", "boxes"), q("24", "pens"), "=", "undecided", "", "the problem says how many to a box"),
    (times(q("3", "boxes"), q("12", "pens")), q("40", "pens"), "=", "wrong", "", "a product of counts"),
    (plus(q("1", "hour"), q("30", "minutes")), q("90", "minutes"), "=", "correct", "", "mixed units of time"),
    (plus(q("3", "apples"), q("2", "pears")), q("6", "fruits"), "=", "undecided", "", "different kinds"),
    (over(q("12", "inches"), q("10", "feet")), per("1.2"), "=", "undecided", "", "inches were not turned into feet"),
    (times(q("216", ("ft", 2)), usd("34")), usd("7544"), "=", "wrong", "", "the price is per ft², but 216·34 = 7344"),
    (times(usd("5"), q("2", "weeks")), usd("70"), "=", "undecided", "", "perhaps $5 a day"),
    (times("600", "7"), q("1400", "grams"), "=", "wrong", "", "no unit of mass is 3 grams"),
    (over("100", "0.30"), q("333.33333333333337", "people"), "=", "correct", "rounded", "a computer's noise"),
    (over("3", "200"), q("0.05", "feet"), "=", "wrong", "", "a quotient worked out wrongly"),
    # order
    (N("3"), N("5"), "<", "correct", "", "order"),
    (N("5"), N("3"), "<", "wrong", "", "order the wrong way"),
    (N("3"), N("3"), "<", "wrong", "", "equal is not less"),
    (N("3"), N("3"), "<=", "correct", "", "but not more"),
    (PI, N("3.14"), ">", "correct", "", "by balls"),
    (THIRD, N("0.33"), "<", "undecided", "", "0.33 may stand for 1/3"),
    (N("3"), N("4"), "!=", "correct", "", "different"),
    (N("3"), N("3"), "!=", "wrong", "", "the same"),
    (q("30", "minutes"), q("1", "hour"), "<", "undecided", "", "different units"),
    # congruences
    (N("27"), Call("mod", (N("3"), N("8"))), "≡", "correct", "", "27 = 3·8 + 3"),
    (N("27"), Call("mod", (N("4"), N("8"))), "≡", "wrong", "", "another remainder"),
    (N("27"), N("3"), "≡", "undecided", "", "no modulus is given"),
]


@pytest.mark.parametrize(("left", "right", "sign", "verdict", "remarks", "why"), CASES)
def test_pair(left, right, sign, verdict, remarks, why):
    task = Compare(left, right, sign)
    assert accepts(task)
    assert judged(left, right, sign) == (verdict, set(remarks.split()))


CHAINS = [
    # chain                                                         verdicts                remarks          why
    ((times("20", "3"), times("60", "2"), N("120")), "correct correct", "run_on_equals", "an equals sign for then"),
    ((times("20", "3"), times("61", "2"), N("122")), "wrong correct", "", "begins with another number"),
    ((times("20", "3"), times("60", "2"), N("130")), "wrong wrong", "", "the total is wrong too"),
    ((times("20", "3"), times("60", "2")), "wrong", "", "never finished: 60 is not 120"),
    ((plus("5", "7"), plus("12", "3"), N("15")), "correct correct", "run_on_equals", "sums"),
    (
        (times("2", "3"), plus("6", "4"), times("10", "2"), N("20")),
        "correct correct correct",
        "run_on_equals",
        "twice in a row",
    ),
    (
        (over("16", "40"), times("0.4", "100"), per("40")),
        "correct correct",
        "run_on_equals percent",
        "a percentage on the way",
    ),
    (
        (times(THIRD, "6"), times("0.33", "6"), N("1.98")),
        "correct correct",
        "early_rounding",
        "a carried decimal",
    ),
    (
        (q("2.5", "quarts"), times("6", "2.5"), q("15", "quarts")),
        "undecided correct",
        "",
        "which makes, not equals",
    ),
    (
        (q("1", "hour"), times("60", "1"), q("60", "minutes")),
        "correct correct",
        "unit_missing",
        "the unit comes back at the end",
    ),
    ((per("25"), times("5", "4"), q("20", "eggs")), "undecided correct", "", "a part that amounts to a quantity"),
]


@pytest.mark.parametrize(("operands", "verdicts", "remarks", "why"), CHAINS)
def test_chain(operands, verdicts, remarks, why):
    findings = judge_chain(Chain(operands, ("=",) * (len(operands) - 1)), Setting(), Budget())
    assert [f.evidence.verdict.value for f in findings] == verdicts.split()
    assert {r.kind for f in findings for r in f.remarks} == set(remarks.split())


def test_a_chain_modulo_m():
    chain = Chain((Power(N("3"), N("3")), N("27"), N("3")), ("=", "≡"), N("8"))
    assert [f.evidence.verdict.value for f in judge_chain(chain, Setting(), Budget())] == ["correct", "correct"]


def test_a_chain_with_a_symbol_is_for_others():
    assert judge_chain(Chain((Symbol("x"), N("3")), ("=",)), Setting(), Budget()) is None
    assert not accepts(Compare(Symbol("x"), N("3")))
    assert not accepts(Compare(N("3"), N("3"), "in"))


def test_a_decimal_known_to_be_exact_leaves_no_room():
    exact = Setting(exact_decimals=frozenset({Fraction(1, 5)}))
    assert judged(times("0.2", "60"), N("14"), setting=exact) == ("wrong", set())
    assert judged(times("0.2", "60"), N("12"), setting=exact) == ("correct", set())


def test_angles_in_degrees_where_the_problem_says_so():
    degrees = Setting(angle_unit="degree")
    assert judged(call("sin", N("30")), N("0.5"), setting=degrees) == ("correct", set())
    assert judged(call("arctan", N("1")), N("45"), setting=degrees)[0] in ("correct", "none")


def test_numbers_past_all_bounds_are_left_alone():
    tower = Power(N("9"), Power(N("9"), Power(N("9"), N("9"))))
    findings = judge_chain(Chain((tower, N("3")), ("=",)), Setting(), Budget())
    assert findings[0].evidence.verdict.value == "undecided"
    deep = N("1")
    for _ in range(5000):
        deep = Negative(Bracket(deep))
    findings = judge_chain(Chain((deep, N("3")), ("=",)), Setting(), Budget())
    assert findings[0].evidence.verdict.value == "undecided"


def test_the_witness_shows_both_values():
    finding = judge(Compare(over("2", "3"), N("0.5")), Budget())
    assert isinstance(finding.evidence, FalseEquality)
    assert (finding.evidence.left, finding.evidence.right) == ("0.6667 (2/3)", "0.5")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(60), "60"),
        (Fraction(27, 4), "6.75"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(2, 3), "0.6667 (2/3)"),
        (Fraction(10**30), "1.000×10^30"),
        (Fraction(1, 10**9), "1.000×10^-9"),
        (Fraction(1999999, 3), "666666.33 (1999999/3)"),
    ],
)
def test_values_as_people_write_them(value, text):
    assert show_rational(value) == text


@given(st.fractions(-1000, 1000, max_denominator=999), st.integers(1, 4))
def test_a_rounded_value_is_never_wrong(value, places):
    rounded = round(value, places)
    digits = f"{abs(rounded.numerator * 10**places // rounded.denominator):0{places + 1}d}"
    shown = N(f"{digits[:-places]}.{digits[-places:]}")
    left = over(Negative(N(str(-value.numerator))) if value < 0 else str(value.numerator), str(value.denominator))
    verdict, _ = judged(left, Negative(shown) if rounded < 0 else shown)
    assert verdict == "correct"


@given(st.integers(-500, 500), st.integers(-500, 500))
def test_integers_are_told_apart(a, b):
    one, other = (Negative(N(str(-n))) if n < 0 else N(str(n)) for n in (a, b))
    finding = judge(Compare(Sum((one, N("0"))), other), Budget())
    assert isinstance(finding.evidence, EqualValues if a == b else FalseEquality)
