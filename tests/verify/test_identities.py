from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verify.identity_cases import AGREES, CASES, CUT, DOMAIN, OPEN, ROUNDED, SAME, WRONG
from tutor.bridge.balls import evaluate
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.records import Counterexample, Identity, Remark, Verdict
from tutor.syntax.read import ReadHints, read_expr
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Constant,
    Expr,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
    rebuild,
    walk,
)
from tutor.verify import identities
from tutor.verify.domains import decide
from tutor.verify.tasks import Budget, Compare, Finding, Setting


def compare(left: str, right: str, sign: str = "=", **setting: object) -> Finding | None:
    task = Compare(read_expr(left), read_expr(right), sign, Setting(**setting))  # type: ignore[arg-type]
    return identities.judge(task, Budget())


def summary(finding: Finding | None) -> str:
    if finding is None:
        return OPEN
    if finding.evidence.verdict is Verdict.WRONG:
        return WRONG
    kinds = {r.kind for r in finding.remarks}
    for kind, word in (("domain", DOMAIN), ("rounded", ROUNDED), ("truncated", CUT)):
        if kind in kinds:
            return word
    return SAME


@pytest.mark.parametrize(("left", "right", "expected", "why"), CASES, ids=lambda v: str(v))
def test_a_pair_gets_the_verdict_that_a_teacher_would_give(left: str, right: str, expected: str, why: str) -> None:
    found = summary(compare(left, right))
    if expected == AGREES:
        assert found in (SAME, DOMAIN), why
    else:
        assert found == expected, why


# ---------------------------------------------------------------- remarks and witnesses


def test_a_cancelled_factor_is_named() -> None:
    finding = compare("(x^2-1)/(x-1)", "x+1")
    assert finding is not None
    assert finding.evidence == Identity(except_where=("x - 1 = 0",))
    assert [(r.kind, r.text) for r in finding.remarks] == [("domain", "true only where x is not 1")]


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        ("sqrt(x^2)", "x", "true only where x ≥ 0"),
        ("ln(x^2)", "2ln(x)", "true only where x > 0"),
        ("sqrt(a*b)", "sqrt(a)*sqrt(b)", "true only where a ≥ 0 and b ≥ 0"),
        ("sqrt((x+1)^2)", "x+1", "true only where x + 1 ≥ 0"),
        ("(a^2-b^2)/(a+b)", "a-b", "true only where a + b is not 0"),
        ("2x/(4x-6)*(2x-3)", "x", "true only where x is not 3/2"),
    ],
)
def test_a_remark_says_where_it_is_true(left: str, right: str, text: str) -> None:
    finding = compare(left, right)
    assert finding is not None
    assert finding.evidence.verdict is Verdict.CORRECT
    assert [r.text for r in finding.remarks] == [text]


@pytest.mark.parametrize(
    ("left", "right", "values", "sides"),
    [
        ("2(x+3)", "2x+3", {"x": "2"}, ("10", "7")),
        ("x*x", "2x", {"x": "1"}, ("1", "2")),
        ("sqrt(x^2+y^2)", "x+y", {"x": "3", "y": "4"}, ("5", "7")),
        ("|x-1|", "x-1", {"x": "1/2"}, ("1/2", "-1/2")),
        ("ln(x+1)", "ln(x)+1", {"x": "2"}, ("1.09861", "1.69315")),
        ("0.5x", "0.52x", {"x": "2"}, ("1", "1.04")),
    ],
)
def test_a_witness_can_be_checked_by_hand(
    left: str, right: str, values: dict[str, str], sides: tuple[str, str]
) -> None:
    finding = compare(left, right)
    assert finding is not None
    evidence = finding.evidence
    assert isinstance(evidence, Counterexample)
    assert (evidence.values, (evidence.left, evidence.right)) == (values, sides)


def test_where_only_one_side_has_a_value_nothing_is_refuted() -> None:
    for left, right in [("sqrt(x)^2", "x"), ("e^(ln(x))", "x"), ("1/(1/x)", "x"), ("n!/(n-1)!", "n")]:
        finding = compare(left, right)
        assert finding is not None
        assert finding.evidence.verdict is Verdict.CORRECT


# ---------------------------------------------------------------- other relations


@pytest.mark.parametrize(
    ("left", "sign", "right", "expected", "why"),
    [
        ("x^2+1", ">", "0", SAME, "a square and one"),
        ("x^2", ">=", "0", SAME, "a square"),
        ("x^2", ">", "0", WRONG, "0 at 0"),
        ("-x^2", "<=", "0", SAME, "minus a square"),
        ("x^2-x+1", ">", "0", SAME, "no real zeros"),
        ("x+1", ">", "x", SAME, "one more"),
        ("x+1", "<", "x", WRONG, "one more"),
        ("x+1", "!=", "x", SAME, "never equal"),
        ("x^2+y^2", ">=", "2x*y", SAME, "means"),
        ("x^2+y^2", "<=", "2x*y", WRONG, "means, the other way"),
        ("e^x", ">", "0", SAME, "an exponential"),
        ("|x|", ">=", "0", SAME, "an absolute value"),
        ("2(x+1)", "<=", "2x+2", SAME, "equal is enough"),
        ("2(x+1)", "<", "2x+2", WRONG, "equal is not less"),
        ("x", ">", "3", WRONG, "a condition is not true for all values"),
        ("sqrt(2)x", "≈", "1.41x", ROUNDED, "about"),
        ("x/3", "≈", "0.4x", WRONG, "not even about"),
    ],
)
def test_order_and_approximation(left: str, sign: str, right: str, expected: str, why: str) -> None:
    assert summary(compare(left, right, sign)) == expected, why


@pytest.mark.parametrize(
    ("left", "right", "expected", "why"),
    [
        ("a±sqrt(12)", "a±2sqrt(3)", SAME, "both signs simplified"),
        ("(-b±sqrt(4b^2))/2", "(-b±2b)/2", DOMAIN, "true for b ≥ 0"),
        ("(3±x)/(-1)", "-3∓x", SAME, "signs exchanged"),
        ("a±sqrt(12)", "a±3sqrt(2)", WRONG, "a root simplified wrongly"),
        ("(6±sqrt(8)*c)/2", "3±sqrt(8)*c", WRONG, "only one term divided"),
        ("±sqrt(x^2)", "±|x|", SAME, "a sign alone"),
    ],
)
def test_both_signs_are_compared(left: str, right: str, expected: str, why: str) -> None:
    assert summary(compare(left, right)) == expected, why


# ---------------------------------------------------------------- the setting


def test_bare_angles_are_in_degrees_where_the_setting_says_so() -> None:
    assert summary(compare("x*sin(30)", "x/2", angle_unit="degree")) == SAME
    assert summary(compare("sin(x+180)", "-sin(x)", angle_unit="degree")) == SAME
    assert summary(compare("x*cos(pi)", "-x", angle_unit="degree")) == SAME
    assert summary(compare("x*arctan(1)", "45x", angle_unit="degree")) == SAME


def test_what_is_true_in_another_reading_is_not_refuted() -> None:
    for left, right, words in [
        ("x*cos(60)", "x/2", "angles read in degrees"),
        ("sin(x+180)", "-sin(x)", "angles read in degrees"),
        ("log(e^x)", "x", "log read as the natural logarithm"),
    ]:
        finding = compare(left, right)
        assert finding is not None
        assert finding.evidence.verdict is Verdict.CORRECT
        assert finding.remarks == (Remark("reading", words),)
    assert summary(compare("x*cos(60)", "x/3")) == WRONG
    assert summary(compare("log(x+1)", "log(x)+1")) == WRONG


def test_log_has_the_base_of_the_setting() -> None:
    assert summary(compare("log(100x)", "2+log(x)")) == SAME
    assert summary(compare("log(e^x)", "x", log_base="e")) == SAME
    assert summary(compare("log(8x)", "3+log(x)", log_base="2")) == SAME
    assert summary(compare("log(8x)", "3+log(x)")) == WRONG


def test_definitions_are_put_in() -> None:
    f = {"f": (("x",), read_expr("x^2+1")), "g": (("t",), read_expr("f(t)-1", ReadHints(functions=frozenset("f"))))}
    hints = ReadHints(functions=frozenset("fg"))

    def with_f(left: str, right: str) -> str:
        task = Compare(read_expr(left, hints), read_expr(right, hints), "=", Setting(functions=f))
        return summary(identities.judge(task, Budget()))

    assert with_f("f(x+1)", "x^2+2x+2") == SAME
    assert with_f("f(x+1)", "x^2+2") == WRONG
    assert with_f("f(f(x))", "(x^2+1)^2+1") == SAME
    assert with_f("g(x)", "x^2") == SAME


def test_known_values_are_a_second_try() -> None:
    values = {"a": read_expr("3")}
    assert summary(compare("a*x", "3x", values=values)) == SAME
    assert summary(compare("a*x", "4x", values=values)) == WRONG
    assert summary(compare("x*b", "b*x", values={"b": read_expr("b+1")})) == SAME


def test_whole_numbers_make_periods_vanish() -> None:
    assert summary(compare("sin(x+2pi*n)", "sin(x)", integers=frozenset("n"))) == SAME
    assert summary(compare("cos(pi*n)", "(-1)^n", integers=frozenset("n"))) == SAME
    assert summary(compare("sin(x+2pi*n)", "sin(x)")) == DOMAIN
    assert summary(compare("sin(pi*n)", "0")) == DOMAIN
    assert summary(compare("sin(pi*n)", "1")) == WRONG
    assert summary(compare("(-1)^(2n)", "1")) == DOMAIN
    assert summary(compare("sin(x+2pi*y)", "sin(x)")) == WRONG


def test_complex_symbols() -> None:
    assert summary(compare("(z+i)(z-i)", "z^2+1", real=False)) == SAME
    assert summary(compare("(z+i)^2", "z^2-1", real=False)) == WRONG
    assert summary(compare("e^(i*x)", "cos(x)+i*sin(x)", real=False)) == SAME


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("((x+y+z+1)^30)^30", "1"),
        ("(x+1)^200*(y+1)^200", "x"),
        ("x^(9^9^9)", "x"),
        ("(x+1)!^100000", "1"),
        ("+".join(f"1/(x+{i})" for i in range(60)), "1"),
        ("+".join(f"sin({i}x+{i})" for i in range(40)), "cos(x)"),
        ("*".join(f"sqrt(x+{i})" for i in range(30)), "x"),
    ],
)
def test_what_is_too_large_ends_soon(left: str, right: str) -> None:
    finding = decide(Compare(read_expr(left), read_expr(right)))
    assert finding.evidence.verdict in (Verdict.WRONG, Verdict.UNDECIDED)


# ---------------------------------------------------------------- properties

LEAVES = st.sampled_from([Symbol("x"), Symbol("y"), *(Number(str(n), Fraction(n)) for n in range(1, 6))])


def _deeper(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    b = inner.map(Bracket)
    return st.one_of(
        st.tuples(b, b).map(Sum),
        st.tuples(b, b.map(Negative)).map(Sum),
        st.tuples(b, b).map(Product),
        st.builds(Quotient, b, b),
        st.builds(Power, b, st.integers(0, 3).map(lambda n: Number(str(n), Fraction(n)))),
        b.map(Root),
        b.map(Absolute),
        st.builds(lambda name, a: Call(name, (a,)), st.sampled_from(["sin", "cos", "exp", "ln"]), inner),
    )


EXPRS = st.recursive(LEAVES, _deeper, max_leaves=6)
ONE = Number("1", Fraction(1))
TWO = Number("2", Fraction(2))


def _call(name: str, arg: Expr) -> Expr:
    return Call(name, (arg,))


def _rewritten(node: Expr, draw: st.DataObject) -> Expr:
    """The same function of real numbers, wherever both have values, written another way."""

    def change(child: Node) -> Node:
        return _rewritten(child, draw) if isinstance(child, Expr) else child

    node = rebuild(node, change)
    if not draw.draw(st.booleans()):
        return node
    b = Bracket(node)
    match node:
        case Sum((p, q)):
            return draw.draw(st.sampled_from([Sum((q, p)), Negative(Bracket(Sum((Negative(p), Negative(q)))))]))
        case Product((Bracket(Sum((p, q))), r)):
            return Sum((Product((p, r)), Product((q, r))))
        case Product((p, q)):
            return Product((q, p))
        case Quotient(p, q):
            return draw.draw(
                st.sampled_from([Product((p, Power(q, Negative(ONE)))), Quotient(Product((p, TWO)), Product((TWO, q)))])
            )
        case Power(p, Number(value=n)) if n == 2:
            return draw.draw(st.sampled_from([Product((p, p)), Power(Negative(p), TWO)]))
        case Root(p):
            return draw.draw(st.sampled_from([Power(p, Bracket(Quotient(ONE, TWO))), Negative(Negative(node))]))
        case Absolute(p):
            return draw.draw(st.sampled_from([Absolute(Negative(p)), Root(Power(p, TWO))]))
        case Call("sin", (p,)):
            half = Quotient(Bracket(p), TWO)
            return draw.draw(
                st.sampled_from(
                    [
                        Negative(_call("sin", Negative(Bracket(p)))),
                        Product((TWO, _call("sin", half), _call("cos", half))),
                    ]
                )
            )
        case Call("cos", (p,)):
            half = Bracket(Quotient(Bracket(p), TWO))
            return Sum((ONE, Negative(Product((TWO, Power(Bracket(_call("sin", half)), TWO))))))
        case Call("exp", (p,)):
            return Power(Constant("e"), Bracket(p))
        case Call("ln", (p,)):
            return Negative(_call("ln", Quotient(ONE, Bracket(p))))
        case _:
            return draw.draw(st.sampled_from([Sum((b, ONE, Negative(ONE))), Quotient(Product((b, TWO)), TWO), b]))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_a_valid_rewriting_is_never_wrong(draw: st.DataObject) -> None:
    before = draw.draw(EXPRS)
    after = _rewritten(before, draw)
    finding = decide(Compare(before, after))
    assert finding.evidence.verdict is not Verdict.WRONG, finding


def _with_an_error(node: Expr, draw: st.DataObject) -> Expr:
    """One number of the expression made one more, or one symbol exchanged."""
    leaves = [n for n in walk(node) if isinstance(n, Number | Symbol)]
    at = draw.draw(st.integers(0, len(leaves) - 1))
    seen = iter(range(len(leaves)))

    def change(child: Node) -> Node:
        if isinstance(child, Number | Symbol):
            if next(seen) != at:
                return child
            return TWO if isinstance(child, Symbol) else Number(str(child.value + 1), child.value + 1)
        return rebuild(child, change)

    return change(node)  # type: ignore[return-value]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_what_differs_at_a_point_is_correct_only_with_the_remark_where(draw: st.DataObject) -> None:
    before = draw.draw(EXPRS)
    after = _with_an_error(before, draw)
    finding = decide(Compare(before, after))
    if finding.evidence.verdict is not Verdict.CORRECT:
        return
    for x in (Fraction(3, 7), Fraction(11, 5), Fraction(17, 3), Fraction(29, 4)):
        for y in (Fraction(2, 9), Fraction(5, 2), Fraction(13, 3)):
            try:
                pair = [evaluate(e, {"x": x, "y": y}, 128) for e in (before, after)]
            except (Undefined, Unsupported, TooLarge):
                continue
            assert pair[0].overlaps(pair[1]), finding


@settings(max_examples=100, deadline=None, derandomize=True)
@given(EXPRS, EXPRS)
def test_a_witness_really_differs(left: Expr, right: Expr) -> None:
    finding = decide(Compare(left, right))
    if not isinstance(finding.evidence, Counterexample):
        return
    values = {k: Fraction(v) for k, v in finding.evidence.values.items()}
    pair = [evaluate(e, values, 256) for e in (left, right)]
    assert not pair[0].overlaps(pair[1])
