"""Equations solved for one symbol: as a student writes it, and true."""

import pytest

from tutor.errors import Unsupported
from tutor.solve.rearranging import rearranged
from tutor.syntax.hints import ReadHints
from tutor.syntax.printer import to_text
from tutor.syntax.read import read
from tutor.syntax.tree import Chain

NAMES = "E_k m v g h u a t s m_1 m_2 u_1 u_2 T theta F mu f d_o d_i N_0 N lambda R R_1 R_2 n_1 n_2 beta I"
HINTS = ReadHints(symbols=frozenset(NAMES.split()))

CASES = [
    # equation                              for      result                       why it is here
    ("E_k = 1/2 m v^2", "m", "2*E_k/v^2", "a half goes to the other side as 2"),
    ("E_k = 1/2 m v^2", "v", "sqrt(2*E_k/m)", "the positive root first"),
    ("v^2 = u^2 + 2 a s", "s", "(v^2 - u^2)/(2*a)", "a term and factors"),
    ("s = u t + 1/2 a t^2", "a", "2*(s - u*t)/t^2", "a sum above the bar"),
    ("m_1 u_1 + m_2 u_2 = (m_1 + m_2) v", "v", "(m_1*u_1 + m_2*u_2)/(m_1 + m_2)", "a sum as a factor"),
    ("m_1 u_1 + m_2 u_2 = (m_1 + m_2) v", "u_1", "((m_1 + m_2)*v - m_2*u_2)/m_1", "one of two products"),
    ("1/f = 1/d_o + 1/d_i", "d_i", "1/(1/f - 1/d_o)", "below a bar"),
    ("N = N_0 e^(-lambda t)", "t", "-ln(N/N_0)/lambda", "an exponent"),
    ("n_1 sin(theta) = n_2 sin(beta)", "beta", "arcsin(n_1*sin(theta)/n_2)", "within a sine"),
    ("f = f_1 v/(v - u)", "u", "v - f_1*v/f", "a sign goes into the bracket"),
    ("T = 2 pi sqrt(h/g)", "h", "(T/(2*pi))^2*g", "under a root"),
    ("v = (u + a)/2", "a", "2*v - u", "half of a sum"),
]


@pytest.mark.parametrize(("equation", "name", "expected", "why"), CASES)
def test_what_is_done_to_a_symbol_is_undone(equation, name, expected, why):
    chain = read(equation, ReadHints(symbols=HINTS.symbols | {"f_1", "f"}))
    assert isinstance(chain, Chain)
    assert to_text(rearranged(chain, name)[0]) == expected, why


def test_a_quadratic_has_two_roots():
    chain = read("s = u t + 1/2 a t^2", HINTS)
    assert isinstance(chain, Chain)
    assert len(rearranged(chain, "t")) == 2


def test_what_cannot_be_undone_is_said_so():
    chain = read("a = sin(theta) - mu cos(theta)", HINTS)
    assert isinstance(chain, Chain)
    with pytest.raises(Unsupported):
        rearranged(chain, "theta")
