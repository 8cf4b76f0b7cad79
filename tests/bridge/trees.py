"""Hypothesis trees of constants, for the tests of the bridge."""

from fractions import Fraction

from hypothesis import strategies as st

from tutor.syntax.tree import Absolute, Bracket, Expr, Negative, Number, Percent, Power, Product, Quotient, Sum


def number(text: str) -> Number:
    """A numeral, places counted."""
    _, point, decimals = text.partition(".")
    return Number(text, Fraction(text), len(decimals) if point else None)


integers = st.integers(0, 60).map(lambda n: number(str(n)))
decimals = st.tuples(st.integers(0, 999), st.integers(1, 3)).map(
    lambda pair: number(f"{pair[0] // 10 ** pair[1]}.{pair[0] % 10 ** pair[1]:0{pair[1]}d}")
)


def _grow(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    few = st.lists(parts, min_size=2, max_size=3).map(tuple)
    small = st.integers(0, 3).map(lambda n: number(str(n)))
    return st.one_of(
        few.map(Sum),
        few.map(Product),
        st.tuples(parts, parts).map(lambda pair: Quotient(*pair)),
        parts.map(Negative),
        parts.map(Bracket),
        parts.map(Absolute),
        parts.map(Percent),
        st.tuples(parts, small).map(lambda pair: Power(*pair)),
    )


constants = st.recursive(integers | decimals, _grow, max_leaves=8)
