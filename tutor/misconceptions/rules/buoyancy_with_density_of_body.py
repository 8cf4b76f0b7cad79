"""rho_fluid*V*g -> rho_body*V*g"""

from __future__ import annotations

from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import plain
from tutor.misconceptions.quantities import is_kind, last_side, worth
from tutor.syntax.tree import Chain, Product, Quantity, Statement
from tutor.verify.physical import in_base_units

DENSITIES = (100.0, 23_000.0)  # kg/m^3, cork to platinum
ROUNDED_TO = 50  # kg/m^3, as densities in problems are
NEAR = 2e-3


def fits(before: Statement, line: Statement) -> bool:
    """The same product with another density in it."""
    if not isinstance(before, Chain) or not isinstance(before.operands[-1], Product):
        return False
    factors = before.operands[-1].factors
    fluid = next((f for f in factors if isinstance(f, Quantity) and is_kind(f, "kg/m^3")), None)
    displaced = any(is_kind(f, "m^3") for f in factors) and any(is_kind(f, "gravity") for f in factors)
    shown = last_side(line)
    if fluid is None or not displaced or len(factors) != 3 or shown is None:
        return False
    right, claimed, density = (worth(in_base_units(plain(e))) for e in (before.operands[-1], shown, fluid))
    if not right or not claimed or not density:
        return False
    other = claimed / right * density
    nearest = round(other / ROUNDED_TO) * ROUNDED_TO
    simple = {2.0, 0.5, 10.0, 0.1}
    close = abs(other - nearest) <= NEAR * other
    return close and DENSITIES[0] <= other <= DENSITIES[1] and round(claimed / right, 3) not in simple


RULE = Misconception(
    id="buoyancy_with_density_of_body",
    fits=fits,
    words=r"float|immers|submerg|under ?water|buoy|upthrust|sink|fluid|liquid|in water",
    size=6,
)
