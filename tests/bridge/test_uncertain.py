"""A spread goes through an expression as the rules of first order say."""

import pytest

from tutor.bridge.uncertain import with_uncertainty
from tutor.errors import Undefined, Unsupported
from tutor.syntax.read import read_expr

CASES = [
    # expression                     values                       nominal  spread      why it is here
    ("9.8 ± 0.1 m/s^2", {}, 9.8, 0.1, "as written"),
    ("9.80(2) m/s^2", {}, 9.8, 0.02, "the digits in the bracket are the last ones"),
    ("(2.0 ± 0.1) cm", {}, 0.02, 0.001, "in metres"),
    ("(3 ± 0.3) + (4 ± 0.4)", {}, 7, 0.5, "spreads add in quadrature"),
    ("x - x", {"x": (5, 1)}, 0, 0, "one quantity, twice"),
    ("x*x", {"x": (3, 0.1)}, 9, 0.6, "not 0.42: both factors move together"),
    ("sqrt(2 g h)", {"g": (9.8, 0), "h": (5, 0.1)}, 9.899495, 0.0989949, "half the relative spread"),
    ("m/V", {"m": (10, 0.1), "V": (2, 0)}, 5, 0.05, "a density"),
    ("sin(30°)", {}, 0.5, 0, "no spread at all"),
]


@pytest.mark.parametrize(("written", "values", "nominal", "spread", "why"), CASES)
def test_a_spread_is_carried(written, values, nominal, spread, why):
    found = with_uncertainty(read_expr(written), values)
    assert found.nominal == pytest.approx(nominal, rel=1e-5), why
    assert found.spread == pytest.approx(spread, rel=1e-4, abs=1e-12), why


@pytest.mark.parametrize(
    ("written", "values", "error"),
    [
        ("1/x", {"x": (0, 1)}, Undefined),
        ("sqrt(x)", {"x": (-1, 0.1)}, Undefined),
        ("x + y", {"x": (1, 0.1)}, Unsupported),
        ("10^999", {}, Unsupported),
    ],
)
def test_what_has_no_spread_says_so(written, values, error):
    with pytest.raises(error):
        with_uncertainty(read_expr(written), values)
