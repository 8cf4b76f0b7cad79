"""Real numbers that solve something: exact, or a ball that can be made as small as one likes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from typing import Any

from flint import arb, ctx, fmpq, fmpq_poly, fmpz, fmpz_poly

from tutor.bridge.univariate import fraction
from tutor.errors import TooLarge

MAX_FACTOR_DEGREE = 60
MAX_ISOLATE_DEGREE = 120
# Two numbers whose balls still touch at this precision are taken for the same: enough to part any two that
# equations of school size have, and only ever used to call work right.
LAST_BITS = 320


class Window:
    """The numbers that a written decimal may stand for: by rounding (half a unit), or by cutting off (one unit)."""

    __slots__ = ("cut_high", "cut_low", "high", "low")

    def __init__(self, value: fmpq, unit: fmpq) -> None:
        half = unit / 2
        self.low, self.high = value - half, value + half
        self.cut_low = value - unit if value < 0 else self.low
        self.cut_high = value + unit if value > 0 else self.high

    def holds(self, root: Root) -> str | None:
        """'rounded' or 'truncated' where the number is written so, None where it is not."""
        exact = root.exact
        if exact is not None:
            if self.low <= exact <= self.high:
                return "rounded"
            return "truncated" if self.cut_low < exact < self.cut_high else None
        ball = root.ball(64)
        if not (ball < self.low or ball > self.high):
            return "rounded"
        return None if ball <= self.cut_low or ball >= self.cut_high else "truncated"


class Root:
    """A real number.

    exact: its value where it is rational. certain: proved to solve what it was found for (always so for exact
    algebra; by a change of sign otherwise). accepts: how near another number must be to pass for this one, where
    the line wrote it as a decimal.
    """

    __slots__ = ("_ball", "_bits", "_text", "accepts", "certain", "exact", "make")

    def __init__(
        self,
        exact: fmpq | None,
        make: Callable[[int], arb] | None = None,
        text: str | Callable[[], str] | None = None,
        *,
        certain: bool = True,
        accepts: Callable[[Root], str | None] | None = None,
    ) -> None:
        self.exact = exact
        self.make = make
        self.certain = certain
        self.accepts = accepts
        self._text = text
        self._ball: arb | None = None
        self._bits = 0

    def ball(self, bits: int = 64) -> arb:
        """A ball that contains it, to about this many bits."""
        if self._ball is None or self._bits < bits:
            with ctx.workprec(bits + 10):
                self._ball = arb(self.exact) if self.exact is not None else self.make(bits)  # type: ignore[misc]
            self._bits = bits
        return self._ball

    @property
    def text(self) -> str:
        """As it is shown to a student."""
        if self._text is None:
            self._text = rational_text(self.exact) if self.exact is not None else decimal_text(self.ball(64))
        elif not isinstance(self._text, str):
            self._text = self._text()
        return self._text

    def show(self, decimal: bool) -> str:
        """Its text; as a decimal where that is asked for and it has a short one."""
        return rational_text(self.exact, decimal=True) if decimal and self.exact is not None else self.text

    @property
    def fraction(self) -> Fraction | None:
        """Its exact value, where rational."""
        return None if self.exact is None else fraction(self.exact)

    def __repr__(self) -> str:
        return f"Root({self.text})"


def compare(a: Root, b: Root) -> int:
    """-1, 0 or 1 as a < b, a = b, a > b; 0 also where they agree to `LAST_BITS` bits."""
    if a is b:
        return 0
    if a.exact is not None and b.exact is not None:
        return -1 if a.exact < b.exact else 1 if a.exact > b.exact else 0
    for bits in (64, LAST_BITS):
        x, y = a.ball(bits), b.ball(bits)
        with ctx.workprec(bits):
            if x < y:
                return -1
            if x > y:
                return 1
    return 0


def certainly_differ(a: Root, b: Root) -> bool:
    """Whether the two numbers are proved to be different."""
    return compare(a, b) != 0


# ---------------------------------------------------------------- how numbers are shown


def rational_text(q: fmpq, *, decimal: bool = False) -> str:
    """`7`, `-3/2`; a decimal where the denominator is large, or where it is asked for and ends soon."""
    num, den = int(q.p), int(q.q)
    if den == 1:
        return str(num)
    if den <= 999 and not decimal:
        return f"{num}/{den}"
    rest, places = den, 0
    for p in (2, 5):
        count = 0
        while rest % p == 0:
            rest //= p
            count += 1
        places = max(places, count)
    if rest == 1 and places <= 9:
        scaled = abs(num) * 10**places // den
        digits = str(scaled).rjust(places + 1, "0")
        return f"{'-' if num < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    return f"{num}/{den}" if den <= 999 else decimal_text(arb(q))


def decimal_text(ball: arb) -> str:
    """About seven figures, with … for what is left out."""
    with ctx.workprec(64):
        whole = ball.unique_fmpz()
        if whole is not None and (ball - whole).rad() < 1e-12 and abs(whole) < 10**9:
            return str(whole)
    text = ball.mid().str(7, radius=False)
    return text if "e" in text else f"{text.rstrip('0').rstrip('.') if '.' in text else text}…"


def _square_part(n: int) -> tuple[int, int]:
    """n = s² r with s as large as a short search finds."""
    s, r = 1, n
    p = 2
    while p * p <= r and p < 1000:
        while r % (p * p) == 0:
            r //= p * p
            s *= p
        p += 1
    root = isqrt(r)
    return (s * root, 1) if root * root == r else (s, r)


def surd_text(a: int, b: int, disc: int, sign: int) -> str:
    """(-b ± √disc) / (2a) in lowest terms."""
    s, r = _square_part(disc)
    p, q, den = -b, sign * s, 2 * a
    if den < 0:
        p, q, den = -p, -q, -den
    common = int(fmpz(p).gcd(fmpz(q)).gcd(fmpz(den)))
    p, q, den = p // common, q // common, den // common
    radical = f"√{r}" if abs(q) == 1 else f"{abs(q)}√{r}"
    if p == 0:
        top = f"-{radical}" if q < 0 else radical
        return top if den == 1 else f"{top}/{den}"
    top = f"{p} {'-' if q < 0 else '+'} {radical}"
    return top if den == 1 else f"({top})/{den}"


# ---------------------------------------------------------------- roots of polynomials


def rational_root(q: fmpq) -> Root:
    """The number q."""
    return Root(q)


def _surd(a: fmpz, b: fmpz, disc: fmpz, sign: int) -> Root:
    def make(bits: int) -> arb:
        with ctx.workprec(bits + 20):
            return (arb(disc).sqrt() * sign - arb(b)) / (2 * arb(a))

    return Root(None, make, lambda: surd_text(int(a), int(b), int(disc), sign))


def _of_quadratic(p: fmpz_poly) -> list[Root]:
    c, b, a = p[0], p[1], p[2]
    disc = b * b - 4 * a * c
    if disc < 0:
        return []
    if disc == 0:
        return [Root(fmpq(-b, 2 * a))]
    whole = disc.isqrt()
    if whole * whole == disc:
        found = sorted((fmpq(-b - whole, 2 * a), fmpq(-b + whole, 2 * a)))
        return [Root(found[0]), Root(found[1])]
    order = (-1, 1) if a > 0 else (1, -1)
    return [_surd(a, b, disc, s) for s in order]


class _Isolated:
    """The real roots of an irreducible polynomial, in order, at any precision."""

    def __init__(self, poly: fmpz_poly) -> None:
        self.poly = poly
        self.bits = 0
        self.balls: list[arb] = []
        self.at(64)

    def at(self, bits: int) -> list[arb]:
        if self.bits < bits:
            with ctx.workprec(bits + 10):
                roots: Any = self.poly.complex_roots()
                found = [z.real for z, _ in roots if z.imag == 0]
            self.balls = sorted(found, key=lambda z: float(z.mid()))
            self.bits = bits
        return self.balls

    def root(self, i: int) -> Root:
        return Root(None, lambda bits: self.at(bits)[i])


def _of_irreducible(p: fmpz_poly) -> list[Root]:
    degree = p.degree()
    if degree == 1:
        return [Root(fmpq(-p[0], p[1]))]
    if degree == 2:
        return _of_quadratic(p)
    isolated = _Isolated(p)
    return [isolated.root(i) for i in range(len(isolated.balls))]


def sorted_roots(roots: list[Root]) -> list[Root]:
    """In increasing order, each once."""
    out: list[Root] = []
    for root in roots:
        lo, hi = 0, len(out)
        same = False
        while lo < hi:
            mid = (lo + hi) // 2
            order = compare(root, out[mid])
            if order == 0:
                same = True
                break
            if order < 0:
                hi = mid
            else:
                lo = mid + 1
        if not same:
            out.insert(lo, root)
    return out


def real_roots(p: fmpq_poly) -> list[Root]:
    """The distinct real roots in increasing order; p is not zero.

    Exact: rational roots are rational, quadratic ones are radicals, the others are isolated by certified balls.

    Raises:
        TooLarge: the degree is past what is taken on.
    """
    degree = p.degree()
    if degree < 1:
        return []
    if degree == 1:
        return [Root(-p[0] / p[1])]
    poly = p.numer()
    if degree == 2:
        return _of_quadratic(poly)
    if degree > MAX_ISOLATE_DEGREE:
        raise TooLarge(f"an equation of degree {degree}")
    if poly.height_bits() > 4000:
        raise TooLarge("an equation with very long coefficients")
    _, factors = poly.factor() if degree <= MAX_FACTOR_DEGREE else poly.factor_squarefree()
    found: list[Root] = []
    for factor, _ in factors:
        found.extend(_of_irreducible(factor))
    return sorted_roots(found)
