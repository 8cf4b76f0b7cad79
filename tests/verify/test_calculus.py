"""Derivatives, antiderivatives, definite integrals, differentials, and lines that follow by differentiating."""

from __future__ import annotations

import pytest

from tests.verify.asking import finding, relation, setting_of, verdict
from tutor.records import Counterexample, Verdict
from tutor.verify.tasks import Setting

CASES = [
    # line                                            known            verdict      why it is here
    ("d/dx(x^3 sin x) = 3x^2 sin x + x^3 cos x", "", "correct", "the product rule"),
    ("d/dx(x^3 sin x) = 3x^2 cos x", "", "wrong", "derivatives multiplied instead of the product rule"),
    ("d/dx(x^5) = 5x^4", "", "correct", "the power rule"),
    ("d/dx(x^5) = 5x^5", "", "wrong", "exponent not lowered"),
    ("d/dx(x^5) = x^4", "", "wrong", "exponent not brought down"),
    ("d/dx(7) = 0", "", "correct", "a constant"),
    ("d/dx((2x+1)^3) = 6(2x+1)^2", "", "correct", "the chain rule"),
    ("d/dx((2x+1)^3) = 3(2x+1)^2", "", "wrong", "inner derivative forgotten"),
    ("d/dx(sin(3x)) = 3 cos(3x)", "", "correct", "the chain rule with a sine"),
    ("d/dx(sin(3x)) = cos(3x)", "", "wrong", "inner derivative forgotten"),
    ("d/dx(cos x) = sin x", "", "wrong", "sign lost"),
    ("d/dx(cos x) = -sin x", "", "correct", "the sign kept"),
    ("d/dx(tan x) = sec^2 x", "", "correct", "as in the table"),
    ("d/dx(tan x) = 1 + tan^2 x", "", "correct", "another form of the same"),
    ("d/dx(e^(2x)) = 2e^(2x)", "", "correct", "exponential"),
    ("d/dx(e^(2x)) = 2x e^(2x-1)", "", "wrong", "power rule used on an exponential"),
    ("d/dx(ln x) = 1/x", "", "correct", "logarithm"),
    ("d/dx(ln(x^2+1)) = 2x/(x^2+1)", "", "correct", "logarithm with the chain rule"),
    ("d/dx(ln(x^2+1)) = 1/(x^2+1)", "", "wrong", "inner derivative forgotten"),
    ("d/dx(x/(x+1)) = 1/(x+1)^2", "", "correct", "the quotient rule, tidied"),
    ("d/dx(x/(x+1)) = -1/(x+1)^2", "", "wrong", "quotient rule the wrong way round"),
    ("d/dx(sqrt(x)) = 1/(2 sqrt(x))", "", "correct", "a root"),
    ("d/dx(sqrt(x)) = 1/2 x^(-1/2)", "", "correct", "a root as a power"),
    ("d/dx(1/x) = -1/x^2", "", "correct", "a negative power"),
    ("d/dx(1/x) = ln x", "", "wrong", "integrated instead"),
    ("d^2/dx^2(x^4) = 12x^2", "", "correct", "a second derivative"),
    ("d^2/dx^2(x^4) = 4x^3", "", "wrong", "differentiated once only"),
    ("d/dx(a x^2 + b x + c) = 2 a x + b", "", "correct", "letters as constants"),
    ("d/dt(5t - 4.9t^2) = 5 - 9.8t", "", "correct", "decimals and t"),
    ("f'(x) = 2x + 3", "f(x) = x^2 + 3x", "correct", "a named function"),
    ("f'(x) = 2x", "f(x) = x^2 + 3x", "wrong", "a term lost"),
    ("f'(2) = 7", "f(x) = x^2 + 3x", "correct", "the slope at a place"),
    ("f'(2) = 8", "f(x) = x^2 + 3x", "wrong", "the slope at a place, miscalculated"),
    ("f''(x) = 2", "f(x) = x^2 + 3x", "correct", "second derivative of a named function"),
    ("f'(x) = 2x + 3 = 2(x + 1.5)", "f(x) = x^2 + 3x", "correct", "a chain goes on"),
    ("f'(x) = 0", "f(x) = x^2 + 3x", "undecided", "asks where the slope is 0; claims nothing for all x"),
    ("y' = 3x^2", "y = x^3", "correct", "y known"),
    ("y' = 3x", "y = x^3", "wrong", "y known, exponent slip"),
    ("dy/dx = 3x^2", "y = x^3", "correct", "Leibniz's notation"),
    ("d^2y/dx^2 = 6x", "y = x^3", "correct", "second derivative of y"),
    ("dy/dx = 3x^2", "", "undecided", "y unknown: an equation for y"),
    ("d/dx(x y) = y + x y'", "", "correct", "y is an unknown function of x"),
    ("d/dx(y^2) = 2y y'", "", "correct", "the chain rule with an unknown y"),
    ("d/dx(y^2) = 2y dy/dx", "", "correct", "in Leibniz's notation"),
    ("∫ 2x dx = x^2 + C", "", "correct", "an antiderivative"),
    ("∫ 2x dx = x^2", "", "correct", "constant missing earns a remark, not a verdict"),
    ("∫ 2x dx = x^2 + K", "", "correct", "another name for the constant"),
    ("∫ 2x dx = 2x^2 + C", "", "wrong", "not divided by the new exponent"),
    ("∫ (2x dx)/(x^2+1) = ln(x^2+1) + C", "", "correct", "dx in the bracket on top"),
    ("∫ (2x dx)/(x^2+1) = 2 ln(x^2+1) + C", "", "wrong", "dx in the bracket on top, a factor too many"),
    ("∫ (x^2 + 1) dx = x^3/3 + x + C", "", "correct", "term by term"),
    ("∫ (x^2 + 1) dx = x^3/3 + C", "", "wrong", "a term lost"),
    ("∫ x^2 dx = 2x + C", "", "wrong", "differentiated instead"),
    ("∫ cos x dx = sin x + C", "", "correct", "cosine"),
    ("∫ sin x dx = cos x + C", "", "wrong", "sign lost"),
    ("∫ e^(3x) dx = e^(3x)/3 + C", "", "correct", "exponential"),
    ("∫ e^(3x) dx = 3e^(3x) + C", "", "wrong", "multiplied instead of divided"),
    ("∫ 1/x dx = ln|x| + C", "", "correct", "logarithm"),
    ("∫ 1/x dx = ln x + C", "", "correct", "without the bars: a remark"),
    ("∫ 1/x^2 dx = -1/x + C", "", "correct", "a negative power"),
    ("∫ 1/x^2 dx = ln|x^2| + C", "", "wrong", "logarithm where none belongs"),
    ("∫ x e^x dx = x e^x - e^x + C", "", "correct", "by parts, done"),
    ("∫ x e^x dx = x e^x - ∫ e^x dx", "", "correct", "by parts, half way"),
    ("∫ x e^x dx = x e^x + ∫ e^x dx", "", "wrong", "by parts with the wrong sign"),
    ("∫ u dv = u v - ∫ v du", "", "correct", "the rule itself"),
    ("∫ 2 f dx = ∫ 2 f dx", "", "correct", "the same on both sides"),
    ("∫ 2x cos(x^2) dx = ∫ cos(u) du", "u = x^2", "correct", "a substitution"),
    ("∫ x cos(x^2) dx = 1/2 ∫ cos(u) du", "u = x^2", "correct", "a substitution with a factor"),
    ("∫ x cos(x^2) dx = ∫ cos(u) du", "u = x^2", "wrong", "the factor forgotten"),
    ("∫ 2x cos(x^2) dx = sin(u) + C", "u = x^2", "correct", "answered in terms of u"),
    ("∫ 2x cos(x^2) dx = ∫ cos(u) du", "", "undecided", "u is not known"),
    ("∫ sec^2 x dx = tan x + C", "", "correct", "from the table"),
    ("∫ 1/(1+x^2) dx = arctan x + C", "", "correct", "from the table"),
    ("∫ (2x+1)^3 dx = (2x+1)^4/8 + C", "", "correct", "inner factor"),
    ("∫ (2x+1)^3 dx = (2x+1)^4/4 + C", "", "wrong", "inner factor forgotten"),
    ("∫ a x dx = a x^2/2 + C", "", "correct", "a letter as a factor"),
    ("∫_0^1 x^2 dx = 1/3", "", "correct", "a definite integral"),
    ("∫_0^1 x^2 dx = 1/2", "", "wrong", "a definite integral, wrong"),
    ("∫_0^1 x^2 dx = [x^3/3]_0^1 = 1/3 - 0 = 1/3", "", "correct", "worked out"),
    ("∫_0^1 x^2 dx = [2x]_0^1 = 2", "", "wrong", "differentiated instead"),
    ("[x^2]_0^1 = 1 - 0 = 1", "", "correct", "limits put in"),
    ("[x^2]_1^3 = 1 - 9", "", "wrong", "limits put in the wrong way round"),
    ("∫_0^pi sin x dx = 2", "", "correct", "a sine"),
    ("∫_0^pi sin x dx = 0", "", "wrong", "a sine, sign slip"),
    ("∫_1^e 1/x dx = 1", "", "correct", "a logarithm"),
    ("∫_0^a x^2 dx = a^3/3", "", "correct", "a letter as limit"),
    ("∫_0^a x^2 dx = a^3/2", "", "wrong", "a letter as limit, wrong"),
    ("∫_0^1 e^(x^2) dx ≈ 1.4627", "", "correct", "no elementary antiderivative, to figures"),
    ("∫_0^1 e^(x^2) dx ≈ 1.52", "", "wrong", "no elementary antiderivative, refuted by balls"),
    ("∫_0^2 2x e^(x^2) dx = ∫_0^4 e^u du", "", "correct", "limits changed with the variable"),
    ("∫_0^2 2x e^(x^2) dx = ∫_0^2 e^u du", "", "wrong", "limits not changed"),
    ("∫_1^∞ 1/x^2 dx = 1", "", "correct", "improper"),
    ("∫_0^∞ e^(-x) dx = 1", "", "correct", "improper"),
    ("∫_0^1 1/sqrt(x) dx = 2", "", "correct", "a pole at an end"),
    ("∫_(-1)^1 1/x^2 dx = -2", "", "undecided", "a pole inside: the rule does not hold"),
    ("du = 2x dx", "u = x^2", "correct", "the differential of a substitution"),
    ("du = x dx", "u = x^2", "wrong", "the differential of a substitution, factor lost"),
    ("dx = du/(2x)", "u = x^2", "correct", "solved for dx"),
    ("du = 2x dx", "", "no_claim", "u not known: nothing to check"),
    ("ln|2x| + C = ln|x| + C", "", "correct", "the constant absorbs ln 2"),
    ("ln|2x| + C = ln|x^2| + C", "", "wrong", "more than a constant"),
    ("sin^2 x + C = -cos^2 x + C", "", "correct", "the constant absorbs 1"),
]


@pytest.mark.parametrize(("line", "known", "expected", "why"), CASES)
def test_a_line_of_calculus(line: str, known: str, expected: str, why: str) -> None:
    assert verdict(line, known) == expected, why


RELATIONS = [
    # before               after                       verdict      why it is here
    ("x^2 + y^2 = 25", "2x + 2y y' = 0", "correct", "implicit differentiation"),
    ("x^2 + y^2 = 25", "2x + 2y dy/dx = 0", "correct", "in Leibniz's notation"),
    ("x^2 + y^2 = 25", "2x + y y' = 0", "wrong", "factor lost"),
    ("2x + 2y y' = 0", "y' = -x/y", "correct", "solved for y'"),
    ("2x + 2y y' = 0", "y' = x/y", "wrong", "sign lost"),
    ("x y = 1", "y + x y' = 0", "correct", "the product rule"),
    ("x y = 1", "y' = -y/x", "correct", "solved at once"),
    ("y = x^3", "y' = 3x^2", "correct", "differentiated"),
    ("y = x^3", "dy/dx = 3x^2", "correct", "differentiated"),
    ("y = x^3", "dy/dx = x^2", "wrong", "differentiated wrongly"),
    ("f(x) = x^3", "f'(x) = 3x^2", "correct", "a named function"),
    ("dy/dx = 2x", "y = x^2 + C", "correct", "integrated"),
    ("dy/dx = 2x", "dy = 2x dx", "correct", "separated"),
    ("dy/dx = x y", "dy/y = x dx", "correct", "separated"),
    ("dy/y = x dx", "∫ 1/y dy = ∫ x dx", "correct", "integral signs put before"),
    ("∫ 1/y dy = ∫ x dx", "ln|y| = x^2/2 + C", "correct", "both sides integrated"),
    ("ln|y| = x^2/2 + C", "y' = x y", "correct", "and back"),
    ("dy/dx = x y", "dy/y = y dx", "wrong", "separated wrongly"),
]


@pytest.mark.parametrize(("before", "after", "expected", "why"), RELATIONS)
def test_lines_that_follow_by_calculus(before: str, after: str, expected: str, why: str) -> None:
    assert str(relation(before, after).evidence.verdict) == expected, why


def test_a_missing_constant_and_missing_bars_are_remarks() -> None:
    assert [r.kind for r in finding("∫ 2x dx = x^2").remarks] == ["constant_missing"]
    assert [r.kind for r in finding("∫ 1/x dx = ln x + C").remarks] == ["domain"]
    assert finding("∫ 2x dx = x^2 + C").remarks == ()


def test_a_wrong_antiderivative_is_shown_at_a_point() -> None:
    evidence = finding("∫ 3x^2 dx = x^3 + x + C").evidence
    assert isinstance(evidence, Counterexample)
    assert evidence.left_text == "the integrand"
    assert "derivative of x^3" in evidence.right_text
    assert list(evidence.values) == ["x"]


def test_constants_of_integration_are_arbitrary_where_the_work_says_so() -> None:
    setting = Setting(constants=frozenset({"C"}))
    assert finding("e^(x + C) = C e^x", setting).evidence.verdict is Verdict.CORRECT
    assert finding("e^(x + C) = C e^(2x)", setting).evidence.verdict is Verdict.WRONG


def test_saying_what_the_derivative_is_solves_nothing() -> None:
    known = "f(x) = x^3 - 3x"
    assert relation("f'(x) = 3x^2 - 3", "3x^2 - 3 = 0", known).evidence.verdict is not Verdict.WRONG
    for after in ("3x^2 - 3 = 0", "f'(x) = 0", "x^3 - 3x = 0"):
        assert relation("f(x) = x^3 - 3x", after, known).evidence.verdict is not Verdict.WRONG
    assert relation("f'(x) = 0", "3x^2 - 3 = 0", known).evidence.verdict is Verdict.CORRECT
    assert relation("f'(x) = 0", "3x^2 + 3 = 0", known).evidence.verdict is Verdict.WRONG
    assert finding("2x dx = ∫ cos u du", setting_of("u = x^2")).evidence.verdict is Verdict.UNDECIDED


def test_a_definition_that_leads_to_itself_is_not_followed() -> None:
    setting = setting_of("u = sqrt(x); x = u^2")
    assert finding("d/dx(u) = 1/(2 sqrt(x))", setting).evidence.verdict in (Verdict.CORRECT, Verdict.UNDECIDED)
