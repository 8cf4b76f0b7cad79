"""All real solutions of one relation in one unknown, by the first method that applies.

Rational relations are solved exactly (roots of polynomials, sign charts); the others are handed on to
`tutor.bridge.by_substitution`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from flint import arb, ctx, fmpq, fmpq_poly

from tutor.bridge.balls import Uncertain, evaluate
from tutor.bridge.exact import rational_value
from tutor.bridge.roots import Root, Window, decimal_text, rational_text, real_roots, sorted_roots
from tutor.bridge.solution_sets import (
    EVERYTHING,
    NOTHING,
    RealSet,
    SolutionSet,
    between_roots,
    intersection,
    of_points,
    without_points,
)
from tutor.bridge.univariate import Reader, as_polynomial, fraction, rational
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.tree import (
    Bracket,
    Expr,
    Negative,
    Number,
    Percent,
    Positive,
    Symbol,
    numbers,
    walk,
)

SIGNS = frozenset({"=", "!=", "<", "<=", ">", ">=", "≈", "≡"})
FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!=", "≈": "≈", "≡": "≡"}


# ---------------------------------------------------------------- written decimals


def unit_of(number: Number, *, approximate: bool = False) -> fmpq | None:
    """One unit of the last place shown: 1/100 for `0.67`; None for what is exact.

    approximate: the line says ≈, so that integers are rounded too, as far as their zeros show.
    """
    text = number.text.lower()
    if number.places:
        if "e" not in text:
            return fmpq(1, 10**number.places)
    elif number.places is None and number.value.denominator != 1 and "e" not in text:
        return None
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        places = len(mantissa.partition(".")[2])
        if not places and not approximate:
            return None
        try:
            power = int(exponent) - places
        except ValueError:
            return None
        return None if abs(power) > 400 else fmpq(10) ** power if power >= 0 else fmpq(1, 10**-power)
    if not approximate:
        return None
    digits = text.replace(",", "").replace(" ", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    return fmpq(10) ** (zeros if zeros < len(digits) else 0)


def new_decimals(left: Expr, right: Expr, known: Container[Fraction], *, approximate: bool = False) -> bool:
    """Whether a decimal is written here that does not stand in the line before."""
    for side in (left, right):
        for n in numbers(side):
            rounded = (n.places or approximate or "e" in n.text) and n.value not in known
            if rounded and unit_of(n, approximate=approximate) is not None:
                return True
    return False


class _Rounded:
    """Reads numerals as the balls of all numbers that they may stand for."""

    def __init__(self, known: Container[Fraction], approximate: bool, cut: bool) -> None:
        self.known = known
        self.approximate = approximate
        self.cut = cut

    def __call__(self, n: Number) -> arb:
        value = fmpq(n.value.numerator, n.value.denominator)
        unit = None if n.value in self.known else unit_of(n, approximate=self.approximate)
        if unit is None:
            return arb(value)
        low = high = unit / 2
        if self.cut and value != 0:
            # What is cut off makes the number nearer to 0.
            low, high = (low, unit) if value > 0 else (unit, high)
        with ctx.workprec(80):
            return arb(value - low).union(arb(value + high))


class _Joined:
    """The numbers of either container."""

    def __init__(self, a: Container[Fraction], b: Container[Fraction]) -> None:
        self.a = a
        self.b = b

    def __contains__(self, value: object) -> bool:
        return value in self.a or value in self.b


def _decimals(*sides: Expr) -> list[Number]:
    return [n for side in sides for n in walk(side) if isinstance(n, Number) and n.places]


def significant_figures(n: Number) -> int:
    """1 for 0.2 and .05, 2 for 0.20 and 2.5."""
    return len("".join(c for c in n.text.lower().partition("e")[0] if c.isdecimal()).lstrip("0"))


def _ends_soon(
    one: Fraction,
    s: Root,
    difference: Callable[[Root, Callable[[Number], arb], Container[Fraction]], arb | None],
    others: Container[Fraction],
) -> bool:
    """Whether the number that should stand for `one` ends within four figures more."""

    def with_value(v: fmpq) -> arb | None:
        def number(n: Number) -> arb:
            return arb(v if n.value == one else rational(n.value))

        return difference(s, number, others)

    at = rational(one)
    here, there = with_value(at), with_value(at + 1)
    if here is None or there is None:
        return True
    with ctx.workprec(100):
        slope = there - here
        if slope.contains(0):
            return True
        scaled = (at - here / slope) * (10_000 * at.q)
        return bool((scaled - arb(round(float(scaled.mid())))).abs_upper() < 1e-9)


def _side_window(e: Expr, known: Container[Fraction], approximate: bool) -> Window | None:
    """The window of a side that is nothing but a decimal."""
    sign, percent = 1, False
    while True:
        if isinstance(e, Negative):
            sign, e = -sign, e.operand
        elif isinstance(e, Positive):
            e = e.operand
        elif isinstance(e, Bracket):
            e = e.inner
        elif isinstance(e, Percent) and not percent:
            percent, e = True, e.operand
        else:
            break
    if not isinstance(e, Number) or e.value in known:
        return None
    unit = unit_of(e, approximate=approximate)
    if unit is None:
        return None
    scale = fmpq(1, 100) if percent else fmpq(1)
    return Window(fmpq(e.value.numerator, e.value.denominator) * sign * scale, unit * scale)


def rounding_of(
    left: Expr, right: Expr, name: str, known: Container[Fraction], *, approximate: bool
) -> Callable[[Root], Callable[[Root], str | None]] | None:
    """For a root t of the line: which numbers pass for t, given how its decimals are written."""
    if not new_decimals(left, right, known, approximate=approximate):
        return None
    for side, other in ((left, right), (right, left)):
        window = _side_window(other, known, approximate) if isinstance(side, Symbol) else None
        if window is not None:
            accepted = window.holds
            return lambda _: accepted

    def near(s: Root, t: Root) -> bool:
        a, b = s.ball(64), t.ball(64)
        return not abs(a - b) * 2 > abs(a).max(abs(b))

    single = frozenset(n.value for n in _decimals(left, right) if significant_figures(n) == 1 and n.value not in known)
    exact = _Joined(known, single)

    def difference(s: Root, number: Callable[[Number], arb], exactly: Container[Fraction]) -> arb | None:
        ball = s.ball(80)

        def hook(_: Reader, e: Expr) -> tuple[arb, None]:
            return evaluate(e, {name: ball}, 80, wide=True, exact=exactly), None

        with ctx.workprec(100):
            try:
                num, den = Reader(name, generator=ball, number=number, hook=hook).difference(left, right)
            except (Unsupported, Undefined):
                return None
            value = arb(num if den is None else num / den)
            return value if value.is_finite() else None

    def accepts(s: Root) -> str | None:
        for cut in (False, True):
            value = difference(s, _Rounded(exact, approximate, cut), exact)
            if value is not None and value.contains(arb(0)):
                return "truncated" if cut else "rounded"
        # A figure alone is a rounding only of a number that does not end soon after it: 0.3 of 1/3, not 0.2 of 0.16.
        for one in single:
            others = _Joined(known, single - {one})
            value = difference(s, _Rounded(others, approximate, cut=False), others)
            if value is not None and value.contains(arb(0)) and not _ends_soon(one, s, difference, others):
                return "rounded"
        return None

    return lambda t: lambda s: accepts(s) if near(s, t) else None


# ---------------------------------------------------------------- rational relations


def _sign_of(sign: str, negative: bool, zero: bool) -> bool:
    if zero:
        return sign in ("=", "<=", ">=", "≈", "≡")
    return sign == "!=" or sign[0] == ("<" if negative else ">")


def solve_rational(left: Expr, sign: str, right: Expr, name: str) -> RealSet:
    """{x : left sign right}, exactly.

    Raises:
        Unsupported: it is no rational relation in this one symbol.
    """
    reader = Reader(name)
    num, den = reader.difference(left, right)
    top = as_polynomial(num)
    excluded: list[Root] = []
    for pole in reader.poles:
        if pole.__class__ is not fmpq:
            excluded.extend(real_roots(pole))
    if sign in ("=", "≈", "≡"):
        if top.degree() < 1:
            if top[0] != 0:
                return NOTHING
            return without_points(excluded) if excluded else EVERYTHING
        roots = real_roots(top)
        if not excluded:
            return RealSet(tuple(roots), (True,) * len(roots), (False,) * (len(roots) + 1))
        return intersection(of_points(roots), without_points(excluded))  # type: ignore[return-value]
    bottom = None if den is None else as_polynomial(den)
    zeros = real_roots(top) if top.degree() > 0 else []
    cuts = sorted_roots(zeros + excluded) if excluded else zeros
    dropped = of_points(excluded) if excluded else NOTHING
    ends: list[Root | None] = [None, *cuts, None]
    between = []
    for a, b in pairwise(ends):
        q = between_roots(a, b)
        value = top(q) * (1 if bottom is None else bottom(q))
        between.append(_sign_of(sign, bool(value < 0), bool(value == 0)))
    whole = top.degree() < 1 and top[0] == 0
    zero_set = EVERYTHING if whole else of_points(zeros)
    at = tuple(c not in dropped and _sign_of(sign, False, True) and c in zero_set for c in cuts)
    return RealSet(tuple(cuts), at, tuple(between))


def solve(left: Expr, sign: str, right: Expr, name: str, known: Container[Fraction] | None = None) -> SolutionSet:
    """{x real : left sign right}

    known: decimals taken as exact; the others carry their rounding. None: all are exact.

    Raises:
        Unsupported: no method applies. TooLarge, Undefined: as they say.
    """
    if sign not in SIGNS:
        raise Unsupported(f"the relation {sign}")
    try:
        found: SolutionSet = solve_rational(left, sign, right, name)
    except Unsupported:
        from tutor.bridge.by_substitution import solve_with_kernels

        found = solve_with_kernels(left, sign, right, name)
    if known is not None and isinstance(found, RealSet) and found.cuts:
        widen = rounding_of(left, right, name, known, approximate=sign == "≈")
        if widen is not None:
            cuts = tuple(Root(c.exact, c.make, c._text, certain=c.certain, accepts=widen(c)) for c in found.cuts)
            return RealSet(cuts, found.at, found.between)
    return found


# ---------------------------------------------------------------- the common case: degree one


class Linear(NamedTuple):
    """a x = b and what the next line makes of it.

    root: the solution of the line before. after: that of the line, None where it has none.
    everything: the line holds for all x. rounding: 'rounded' or 'truncated' where that alone parts the two.
    sides: the two sides of the line at the root, where they differ for certain.
    """

    root: Root
    after: Root | None
    everything: bool = False
    rounding: str | None = None
    sides: tuple[str, str] | None = None
    decimal: bool = False


def linear_relation(
    before: tuple[Expr, Expr], after: tuple[Expr, Expr], name: str, known: Callable[[], Container[Fraction]]
) -> Linear | None:
    """Two equations of degree one without divisions by the unknown; None for anything else."""
    reader = Reader(name)
    try:
        f, below = reader.difference(*before)
        if below is not None or f.__class__ is not fmpq_poly or f.degree() != 1:
            return None
        g, below = reader.difference(*after)
    except (Unsupported, Undefined):
        return None
    if below is not None or reader.poles:
        return None
    x = -f[0] / f[1]
    if g.__class__ is fmpq_poly and g.degree() < 1:
        g = g[0]
    if g.__class__ is fmpq_poly and g.degree() > 1:
        return None
    if g.__class__ is fmpq:
        if g == 0:
            return Linear(Root(x), None, everything=True)
        own = None
        there = g
    else:
        own = Root(-g[0] / g[1])
        there = g(x)
        if there == 0:
            return Linear(own, own)
    root = Root(x)
    widen = rounding_of(*after, name, known(), approximate=False)
    if widen is not None:
        how = widen(own or root)(root)
        if how:
            return Linear(root, own, rounding=how, everything=own is None, decimal=True)
    at = Reader(name, generator=x)
    decimal = bool(known()) or widen is not None
    sides = tuple(rational_text(at.convert(side)[0], decimal=decimal) for side in after)
    return Linear(root, own, sides=sides, decimal=decimal)  # type: ignore[arg-type]


def value_text(side: Expr, name: str, root: Root, *, decimal: bool = False) -> str | None:
    """The value of one side at a root, as it is shown; None where it has none."""
    try:
        if root.exact is not None:
            try:
                num, den = Reader(name, generator=root.exact).convert(side)
                return rational_text(num if den is None else num / den, decimal=decimal)
            except Unsupported:
                return decimal_text(evaluate(side, {name: root.exact}, 64))
        return decimal_text(evaluate(side, {name: root.ball(64)}, 64))
    except (Unsupported, Undefined, TooLarge):
        return None


def multiplicity_differs(before: tuple[Expr, Expr], after: tuple[Expr, Expr], name: str) -> bool:
    """Whether two polynomial equations have the same roots, but not each as often."""
    reader = Reader(name)
    try:
        f, g = (as_polynomial(reader.difference(*sides)[0]) for sides in (before, after))
    except (Unsupported, Undefined, TooLarge):
        return False
    if f.degree() == g.degree() or f.degree() < 1 or g.degree() < 1:
        return False
    return _same_simple_part(f, g)


def _same_simple_part(f: fmpq_poly, g: fmpq_poly) -> bool:
    a, b = (p // p.gcd(p.derivative()) for p in (f, g))
    return bool(a / a.leading_coefficient() == b / b.leading_coefficient())


# ---------------------------------------------------------------- is a relation true of a number


def told_apart(a: arb, sign: str, b: arb) -> bool | None:
    """Whether `a sign b` for balls that do not meet; None where they do."""
    if a < b:
        return sign in ("<", "<=", "!=")
    if a > b:
        return sign in (">", ">=", "!=")
    return None


def fulfils(
    left: Expr, sign: str, right: Expr, name: str, root: Root, known: Container[Fraction] | None
) -> bool | None:
    """Whether `left sign right` is true at a root. False is rigorous; True for "=" means that the balls meet."""
    for bits in (64, 256):
        at = {name: root.exact if root.exact is not None else root.ball(bits)} if name else {}
        try:
            a, b = (evaluate(side, at, bits, wide=known is not None, exact=known or ()) for side in (left, right))
        except Uncertain:
            continue
        except Undefined:
            return False
        except (Unsupported, TooLarge):
            return None
        with ctx.workprec(bits):
            if (told := told_apart(a, sign, b)) is not None:
                return told
        if bits == 256:
            if sign in ("=", "<=", ">=", "≈", "≡"):
                return True
            return None if known is not None and sign != "!=" and not (a - b).is_zero() else False
        if known is not None and sign == "=":
            return True
    return None


def proved(left: Expr, sign: str, right: Expr, name: str, root: Root) -> bool | None:
    """True where the relation certainly holds within the root's ball: exactly, or by a change of sign."""
    try:
        if root.exact is not None:
            a, b = (rational_value(side, {name: fraction(root.exact)}) for side in (left, right))
            return _sign_of(sign, a < b, a == b)
    except (Unsupported, Undefined, TooLarge):
        pass
    if sign != "=":
        found = fulfils(left, sign, right, name, root, None)
        return found if sign != "<=" and sign != ">=" else None
    try:
        with ctx.workprec(200):
            ball = root.ball(128)
            width = arb(2) ** -60 * (1 + abs(ball))
            low, high = (ball - width).lower(), (ball + width).upper()
            whole = low.union(high)
            ends = [evaluate(left, {name: e}, 200) - evaluate(right, {name: e}, 200) for e in (low, high)]
            # Continuous on the whole ball, as every value there is finite; of opposite signs at its ends.
            inside = evaluate(left, {name: whole}, 200) - evaluate(right, {name: whole}, 200)
    except (Unsupported, Undefined, TooLarge):
        return None
    if inside.is_finite() and ((ends[0] < 0 and ends[1] > 0) or (ends[0] > 0 and ends[1] < 0)):
        return True
    return None


def compare_sides(
    left: Expr, sign: str, right: Expr, values: Mapping[str, Fraction | arb], known: Container[Fraction] | None
) -> bool | None:
    """Whether `left sign right` holds at these values; False is rigorous, True for "=" means that the balls meet.

    known: decimals that are exact, the others stand for their rounding. None: all are exact.
    """
    for bits in (64, 200):
        try:
            a, b = (evaluate(side, values, bits, wide=known is not None, exact=known or ()) for side in (left, right))
        except Uncertain:
            continue
        except Undefined:
            return False
        except (Unsupported, TooLarge):
            return None
        with ctx.workprec(bits):
            if (told := told_apart(a, sign, b)) is not None:
                return told
    try:
        a, b = (evaluate(side, values, 200, wide=known is not None, exact=known or ()) for side in (left, right))
    except (Unsupported, Undefined, TooLarge):
        return None
    return sign in ("=", "≈", "<=", ">=")


def value_at(side: Expr, values: Mapping[str, Fraction | arb], *, decimal: bool = False) -> str | None:
    """The value of an expression as it is shown; None where it has none."""
    exact = {n: v for n, v in values.items() if not isinstance(v, arb)}
    try:
        return rational_text(rational(rational_value(side, exact)), decimal=decimal)
    except (Unsupported, Undefined, TooLarge):
        pass
    try:
        return decimal_text(evaluate(side, values, 64))
    except (Unsupported, Undefined, TooLarge):
        return None


def is_affine(sides: tuple[Expr, Expr], name: str) -> bool:
    """Whether left - right is a x + b, with no division by x on the way."""
    reader = Reader(name)
    try:
        num, den = reader.difference(*sides)
    except (Unsupported, Undefined, TooLarge):
        return False
    return den is None and not reader.poles and as_polynomial(num).degree() <= 1
