"""Trees as the reader makes them: brackets stand wherever plain text needs them."""

from fractions import Fraction

from hypothesis import strategies as st

from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Chain,
    Choose,
    Constant,
    Either,
    Expr,
    Factorial,
    Interval,
    Mixed,
    Negative,
    Number,
    Percent,
    PlusMinus,
    Power,
    Product,
    Quotient,
    Root,
    SetOf,
    Sum,
    Symbol,
    Tuple,
)


def number(text: str) -> Number:
    places = len(text.partition(".")[2]) or None
    return Number(text, Fraction(text), places)


integers = st.integers(0, 999).map(lambda n: number(str(n)))
decimals = st.tuples(st.integers(0, 99), st.integers(0, 999)).map(lambda p: number(f"{p[0]}.{p[1]:03d}"))
symbols = st.sampled_from(["x", "y", "z", "a", "n", "t", "k", "x_1", "v_0", "theta", "AB"]).map(Symbol)
constants = st.sampled_from(["pi", "e"]).map(Constant)
mixed = st.tuples(st.integers(1, 9), st.integers(1, 5), st.integers(6, 9)).map(
    lambda t: Mixed(number(str(t[0])), number(str(t[1])), number(str(t[2])))
)
atoms: st.SearchStrategy[Expr] = st.one_of(integers, decimals, symbols, constants)


def _bracketed(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return inner.map(Bracket)


def _grow(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    bracket = _bracketed(inner)
    operand = st.one_of(
        atoms,
        bracket,
        inner.map(Absolute),
        inner.map(Root),
        st.tuples(inner, st.integers(3, 5).map(lambda n: number(str(n)))).map(lambda t: Root(*t)),
        st.tuples(st.sampled_from(["sin", "cos", "ln", "exp", "f"]), inner).map(lambda t: Call(t[0], (t[1],))),
        st.tuples(inner, inner).map(lambda t: Choose(*t)),
    )
    factor = st.one_of(
        operand,
        mixed,
        st.tuples(operand, st.one_of(atoms, bracket, integers.map(Negative))).map(lambda t: Power(*t)),
        operand.map(Factorial),
        st.one_of(integers, decimals).map(Percent),
    )
    product = st.one_of(
        factor,
        st.lists(factor, min_size=2, max_size=4).map(lambda f: Product(tuple(f))),
        st.tuples(factor, factor).map(lambda t: Quotient(*t)),
        st.tuples(st.lists(factor, min_size=2, max_size=3), factor).map(lambda t: Quotient(Product(tuple(t[0])), t[1])),
        st.tuples(factor, factor, factor).map(lambda t: Product((Quotient(t[0], t[1]), t[2]))),
    )
    term = st.one_of(product, product.map(Negative))
    return st.one_of(
        term,
        st.lists(term, min_size=2, max_size=4).map(lambda t: Sum(tuple(t))),
        st.tuples(term, product).map(lambda t: PlusMinus(*t)),
    )


exprs = st.recursive(atoms, _grow, max_leaves=12)
chains = st.tuples(
    st.lists(exprs, min_size=2, max_size=4),
    st.lists(st.sampled_from(["=", "<", "<=", ">", ">=", "!=", "≈"]), min_size=3),
).map(lambda t: Chain(tuple(t[0]), tuple(t[1][: len(t[0]) - 1])))
statements = st.one_of(
    exprs,
    chains,
    st.lists(chains, min_size=2, max_size=3).map(lambda c: Either(tuple(c))),
    st.lists(exprs, min_size=2, max_size=3).map(lambda e: SetOf(tuple(e))),
    st.lists(exprs, min_size=2, max_size=3).map(lambda e: Tuple(tuple(e))),
    st.tuples(exprs, exprs).map(lambda t: Interval(t[0], t[1], True, False)),
)
