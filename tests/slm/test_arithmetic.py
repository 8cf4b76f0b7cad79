"""Whether a calculation comes out."""

from __future__ import annotations

import pytest

from tutor.slm.arithmetic import comes_out

CASES = [
    ("12*6 = 72", True, ""),
    ("12*6 = 71", False, ""),
    ("15%*60 = 9", True, "percent"),
    ("0.75*100 = 75%", True, "the sign only says: in percent"),
    ("80 - 20%*80 = 64", True, ""),
    ("2/3 = 0.67", True, "rounded as shown"),
    ("2/3 = 0.7", True, "rounded as shown"),
    ("2/3 = 0.66", False, "cut off"),
    ("355/113 ~= 3.1", True, "said to be about"),
    ("355/113 = 3", False, "a whole number shows no rounding"),
    ("sqrt(49) = 7", True, ""),
    ("1 1/2*4 = 6", True, ""),
    ("v = 0 + 3*4 = 12 m/s", True, "only numbers are compared"),
    ("60 km/h*2 h = 120 km", True, "units left out"),
    ("3 km*2 = 6000 m", None, "may have been converted"),
    ("90 min = 1.5 h", None, "calculates nothing"),
    ("2x = 4", None, "an equation to be solved"),
    ("15 + 27 = 42 - 10 = 32", False, "all of a chain"),
    ("1/0 = 1", None, ""),
    ("2^999999999 = 1", None, "not tried"),
    ("x > 3", None, ""),
    ("value: 3/8", None, "no claim"),
    ("op: -3", None, "no claim"),
    ("3 +", None, "cannot be read"),
]


@pytest.mark.parametrize(("line", "expected", "why"), CASES)
def test_a_calculation_comes_out_or_does_not(line, expected, why):
    assert comes_out(line) is expected, why
