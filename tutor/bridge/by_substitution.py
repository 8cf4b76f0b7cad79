"""Equations with roots, absolute values, exponentials, logarithms and sines, made polynomial by a substitution.

Roots and |u| become new unknowns that are eliminated by resultants, c^(ax+b) becomes t, sin and cos become rational
in t = tan(u/2), logarithms are exponentiated. That gives finitely many candidates; each is then tried in the
relation as it was written, and the gaps between them at a rational point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from flint import Ordering, acb_poly, arb, arb_poly, ctx, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly, fmpz

from tutor.bridge.balls import evaluate
from tutor.bridge.exact import rational_value
from tutor.bridge.roots import LAST_BITS, Root, decimal_text, rational_text, real_roots, sorted_roots
from tutor.bridge.solution_sets import (
    EVERYTHING,
    NOTHING,
    Family,
    Periodic,
    RealSet,
    SolutionSet,
    between_roots,
    of_points,
    ray,
    union,
)
from tutor.bridge.solving import FLIPPED, fulfils
from tutor.bridge.univariate import Reader, as_polynomial, rational
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Constant,
    Degrees,
    Expr,
    Mixed,
    Negative,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    children,
    rebuild,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.syntax.tree import Root as Radical

MAX_KERNELS = 4
MAX_DEGREE = 48
MAX_TERMS = 600
TRIG = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
LOGS = frozenset({"ln", "log", "lg", "lb"})


def contains(e: Expr, name: str) -> bool:
    """Whether the symbol occurs."""
    return name in symbols(e)


# ---------------------------------------------------------------- choosing the way


def solve_with_kernels(left: Expr, sign: str, right: Expr, name: str) -> SolutionSet:
    """{x real : left sign right} where the two sides are no rational functions over Q.

    Raises:
        Unsupported: no method applies.
    """
    here, there = contains(left, name), contains(right, name)
    others = (symbols(left) | symbols(right)) - {name}
    if others:
        raise Unsupported(f"another symbol, {min(others)}")
    if not here and not there:
        true = fulfils(left, sign, right, "", Root(fmpq(0)), None)
        if true is None:
            raise Unsupported("two numbers that cannot be compared")
        return EVERYTHING if true else NOTHING
    if not there and isinstance(left, Symbol):
        return _explicit(right, sign)
    if not here and isinstance(right, Symbol):
        return _explicit(left, FLIPPED[sign])
    kinds = _kinds(left, name) | _kinds(right, name)
    if "trig" in kinds:
        if kinds == {"trig"} and sign == "=":
            return _trigonometric(left, right, name)
        raise Unsupported("trigonometric functions beside others")
    if kinds == {"exp"}:
        return _exponential(left, sign, right, name)
    if kinds == {"log"}:
        return _logarithmic(left, sign, right, name)
    if kinds <= {"x", "algebraic"}:
        try:
            return _algebraic(left, sign, right, name)
        except Unsupported:
            if "algebraic" in kinds:
                raise
            return _over_balls(left, sign, right, name)
    raise Unsupported("a mixture of functions")


def _kinds(e: Expr, name: str) -> set[str]:
    """How the symbol occurs: bare, under a root or |…|, in an exponent, in a logarithm, in a sine."""
    if not contains(e, name):
        return set()
    if isinstance(e, Symbol):
        return {"x"}
    if isinstance(e, Radical | Absolute):
        if isinstance(e, Radical) and e.index is not None and contains(e.index, name):
            return {"other"}
        inner = set().union(*(_kinds(c, name) for c in children(e)))  # type: ignore[arg-type]
        return {"algebraic"} if inner <= {"x", "algebraic"} else inner | {"other"}
    if isinstance(e, Power):
        if contains(e.exponent, name):
            return {"exp"} if not contains(e.base, name) and _kinds(e.exponent, name) == {"x"} else {"other"}
        inner = _kinds(e.base, name)
        if _exact(e.exponent).q == 1:
            return inner
        return {"algebraic"} if inner <= {"x", "algebraic"} else {"other"}
    if isinstance(e, Call):
        inner = set().union(*(_kinds(a, name) for a in e.args))
        if inner != {"x"}:
            return {"other"}
        if e.name in TRIG and len(e.args) == 1 and e.subscript is None:
            return {"trig"}
        if e.name == "exp" and len(e.args) == 1:
            return {"exp"}
        if e.name in LOGS and len(e.args) == 1:
            return {"log"}
        return {"other"}
    if isinstance(e, Sum | Product | Quotient | Negative | Positive | Bracket | Percent | Degrees):
        return set().union(*(_kinds(c, name) for c in children(e)))  # type: ignore[arg-type]
    return {"other"}


def _exact(e: Expr) -> fmpq:
    """The rational value of a constant; Unsupported otherwise."""
    num, den = Reader("").convert(e)
    if den is not None or num.__class__ is not fmpq:
        raise Unsupported("not a rational number")
    return num


def _explicit(side: Expr, sign: str) -> RealSet:
    """x sign a number that is written out, such as (1+√5)/2."""
    evaluate(side, {}, 64)
    try:
        root = Root(rational(rational_value(side)))
    except (Unsupported, Undefined, TooLarge):
        root = Root(None, lambda bits: evaluate(side, {}, bits + 10), lambda: _number_text(side))
    if sign in ("=", "≈", "≡"):
        return of_points([root])
    if sign == "!=":
        return RealSet((root,), (False,), (True, True))
    return ray(root, sign)


def _number_text(side: Expr) -> str:
    from tutor.syntax.printer import to_text

    text = to_text(side)
    return text if len(text) <= 24 else decimal_text(evaluate(side, {}, 64))


def from_candidates(candidates: Iterable[Root], left: Expr, sign: str, right: Expr, name: str) -> RealSet:
    """The solution set, where truth can change at the candidates only: each is tried, and a point of each gap.

    Raises:
        Unsupported: the relation cannot be decided at one of the points.
    """
    cuts = sorted_roots(list(candidates))
    at = [_true_at(c, left, sign, right, name) for c in cuts]
    ends: list[Root | None] = [None, *cuts, None]
    between = [_true_at(Root(between_roots(a, b)), left, sign, right, name) for a, b in pairwise(ends)]
    keep = [k for k in range(len(cuts)) if not (at[k] == between[k] == between[k + 1])]
    return RealSet(
        tuple(cuts[k] for k in keep),
        tuple(at[k] for k in keep),
        (between[0], *(between[k + 1] for k in keep)),
    )


def _true_at(root: Root, left: Expr, sign: str, right: Expr, name: str) -> bool:
    true = fulfils(left, sign, right, name, root, None)
    if true is None:
        raise Unsupported("a point at which the relation cannot be decided")
    return true


# ---------------------------------------------------------------- constants that are no fractions, as balls


def _over_balls(left: Expr, sign: str, right: Expr, name: str) -> RealSet:
    """A polynomial relation whose coefficients are such numbers as π."""

    def at(bits: int) -> tuple[arb_poly, list[arb_poly]]:
        with ctx.workprec(bits + 30):
            reader = Reader(
                name,
                generator=arb_poly([0, 1]),
                number=lambda n: arb(fmpq(n.value.numerator, n.value.denominator)),
                hook=lambda _, e: (evaluate(e, {}, bits + 30), None),
            )
            num, _ = reader.difference(left, right)
            return arb_poly(num), [arb_poly(p) for p in reader.poles]

    _, poles = at(64)
    candidates = _ball_roots(lambda bits: at(bits)[0])
    for k in range(len(poles)):
        candidates += _ball_roots(lambda bits, k=k: at(bits)[1][k])  # type: ignore[misc]
    return from_candidates(candidates, left, sign, right, name)


def _ball_roots(make: Callable[[int], arb_poly]) -> list[Root]:
    """The real roots of a polynomial with ball coefficients, all of them simple."""

    def balls(bits: int) -> list[arb]:
        p = make(bits)
        while p.degree() >= 0 and p[p.degree()].contains(0):
            if not p[p.degree()].is_zero():
                raise Unsupported("a leading coefficient that may be zero")
            p = arb_poly([p[i] for i in range(p.degree())])
        if p.degree() > MAX_DEGREE:
            raise TooLarge(f"an equation of degree {p.degree()}")
        if p.degree() < 1:
            return []
        with ctx.workprec(bits + 30):
            if p.degree() == 1:
                return [-p[0] / p[1]]
            try:
                found = acb_poly(p).roots(maxprec=8 * (bits + 30))
            except ValueError:
                raise Unsupported("roots that cannot be parted") from None
            # The coefficients are real, so a root whose ball meets the real line is its own conjugate.
            return sorted((z.real for z in found if z.imag.contains(0)), key=lambda z: float(z.mid()))

    n = len(balls(64))
    return [Root(None, lambda bits, i=i: balls(bits)[i], certain=False) for i in range(n)]  # type: ignore[misc]


# ---------------------------------------------------------------- elimination


# (num, den)
Fractions = tuple[fmpq_mpoly, fmpq_mpoly]


class Elimination:
    """Polynomials over Q in x (or t) and one unknown for each root and absolute value."""

    def __init__(
        self, name: str, *sides: Expr, hook: Callable[[Elimination, Expr], Fractions | None] | None = None
    ) -> None:
        self.name = name
        self.hook = hook
        kernels = 0
        for side in sides:
            for n in walk(side):
                if isinstance(n, Radical | Absolute) or (isinstance(n, Power) and not isinstance(n.exponent, Number)):
                    kernels += 1
        self.ctx = fmpq_mpoly_ctx.get(("x", *(f"y{i}" for i in range(min(kernels, MAX_KERNELS)))), Ordering.lex)
        self.gens = self.ctx.gens()
        self.x = self.gens[0]
        self.relations: list[fmpq_mpoly] = []
        self.known: list[tuple[Expr, int]] = []
        self.edges: list[fmpq_mpoly] = []

    def convert(self, e: Expr) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        """(num, den)"""
        if self.hook is not None:
            found = self.hook(self, e)
            if found is not None:
                return found
        one = self.ctx.constant(1)
        match e:
            case Number(value=v):
                return self.ctx.constant(fmpq(v.numerator, v.denominator)), one
            case Symbol(name=symbol):
                if symbol != self.name or self.hook is not None:
                    raise Unsupported(f"another symbol, {symbol}")
                return self.x, one
            case Bracket(inner=inner) | Positive(operand=inner):
                return self.convert(inner)
            case Negative(operand=inner):
                num, den = self.convert(inner)
                return -num, den
            case Sum(terms=terms):
                num, den = self.convert(terms[0])
                for term in terms[1:]:
                    c, d = self.convert(term)
                    num, den = (num + c, den) if den == d else (self.mul(num, d) + self.mul(c, den), self.mul(den, d))
                return num, den
            case Product(factors=factors):
                num, den = self.convert(factors[0])
                for factor in factors[1:]:
                    c, d = self.convert(factor)
                    num, den = self.mul(num, c), self.mul(den, d)
                return num, den
            case Quotient(top=top, bottom=bottom):
                a, b = self.convert(top)
                c, d = self.inverse(*self.convert(bottom))
                return self.mul(a, c), self.mul(b, d)
            case Percent(operand=inner):
                num, den = self.convert(inner)
                return num / 100, den
            case Mixed():
                return self.ctx.constant(_exact(e)), one
            case Power(base=base, exponent=exponent):
                q = _exact(exponent)
                if q.q == 1:
                    return self.power(self.convert(base), int(q.p))
                return self.power((self.kernel(base, int(q.q)), one), int(q.p))
            case Radical(radicand=radicand, index=index):
                n = 2 if index is None else int(_exact(index).p)
                if index is not None and (_exact(index).q != 1 or not 2 <= n <= 12):
                    raise Unsupported("the index of a root")
                return self.kernel(radicand, n), one
            case Absolute(operand=inner):
                return self.kernel(inner, 0), one
        raise Unsupported(f"{type(e).__name__} in an algebraic equation")

    def mul(self, a: fmpq_mpoly, b: fmpq_mpoly) -> fmpq_mpoly:
        """a b"""
        if len(a) * len(b) > MAX_TERMS * 10:
            raise TooLarge("an equation with too many terms")
        return a * b

    def power(self, pair: tuple[fmpq_mpoly, fmpq_mpoly], n: int) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        """(num / den)^n"""
        if n < 0:
            pair, n = self.inverse(*pair), -n
        if n * max(pair[0].total_degree(), pair[1].total_degree(), 1) > 4 * MAX_DEGREE:
            raise TooLarge("a power that is too high")
        return pair[0] ** n, pair[1] ** n

    def inverse(self, num: fmpq_mpoly, den: fmpq_mpoly) -> tuple[fmpq_mpoly, fmpq_mpoly]:
        """den / num"""
        if not num:
            raise Undefined("division by zero")
        if not num.is_constant():
            self.edges.append(num)
        return den, num

    def kernel(self, inner: Expr, n: int) -> fmpq_mpoly:
        """The unknown y with y^n = inner, or y² = inner² for n = 0."""
        key = without_brackets(inner)
        for i, (known, index) in enumerate(self.known):
            if index == n and known == key:
                return self.gens[i + 1]
        num, den = self.convert(key)
        i = len(self.known)
        if i + 1 >= len(self.gens):
            raise Unsupported("too many roots")
        self.known.append((key, n))
        y = self.gens[i + 1]
        self.relations.append(den * y**n - num if n else den * den * y * y - num * num)
        if n % 2 == 0 and not num.is_constant():
            self.edges.append(num)
        return y

    def univariate(self, p: fmpq_mpoly) -> list[fmpq_poly]:
        """Polynomials in x that vanish wherever p does."""
        out = []
        _, factors = p.factor()
        for factor, _ in factors:
            for i in range(len(self.relations) - 1, -1, -1):
                if factor.degrees()[i + 1]:
                    if factor.total_degree() * self.relations[i].total_degree() > 6 * MAX_DEGREE:
                        raise TooLarge("an elimination that is too large")
                    factor = factor.resultant(self.relations[i], i + 1)
            degree = factor.degrees()[0] if factor else 0
            if degree > MAX_DEGREE:
                raise TooLarge(f"an equation of degree {degree}")
            coefficients = [fmpq(0)] * (degree + 1)
            for exponents, c in factor.terms():
                coefficients[int(exponents[0])] = c
            poly = fmpq_poly(coefficients)
            if poly.degree() > 0:
                out.append(poly)
        return out

    def candidates(self, p: fmpq_mpoly, *, edges: bool = True) -> list[Root]:
        """All real x at which p or an edge can vanish."""
        found: list[Root] = []
        for each in (p, *(self.edges if edges else ())):
            if each and not each.is_constant():
                for poly in self.univariate(each):
                    found.extend(real_roots(poly))
        if self.relations:
            for root in found:
                root.certain = False
        return found


def _algebraic(left: Expr, sign: str, right: Expr, name: str) -> RealSet:
    system = Elimination(name, left, right)
    (a, b), (c, d) = system.convert(left), system.convert(right)
    f = system.mul(a, d) - system.mul(c, b)
    return from_candidates(system.candidates(f), left, sign, right, name)


# ---------------------------------------------------------------- linear arguments over Q + Qπ

# {(power of x, power of π): coefficient}
Form = dict[tuple[int, int], fmpq]


def linear_form(e: Expr, name: str) -> Form:
    """An expression as a polynomial in x and π of low degree.

    Raises:
        Unsupported: it is none.
    """
    match e:
        case Number() | Mixed():
            value = _exact(e)
            return {(0, 0): value} if value != 0 else {}
        case Symbol(name=symbol):
            if symbol != name:
                raise Unsupported(f"another symbol, {symbol}")
            return {(1, 0): fmpq(1)}
        case Constant(name="pi"):
            return {(0, 1): fmpq(1)}
        case Bracket(inner=inner) | Positive(operand=inner):
            return linear_form(inner, name)
        case Negative(operand=inner):
            return {k: -v for k, v in linear_form(inner, name).items()}
        case Degrees(operand=inner):
            return _times(linear_form(inner, name), {(0, 1): fmpq(1, 180)})
        case Percent(operand=inner):
            return _times(linear_form(inner, name), {(0, 0): fmpq(1, 100)})
        case Sum(terms=terms):
            total: Form = {}
            for term in terms:
                for k, v in linear_form(term, name).items():
                    total[k] = total.get(k, fmpq(0)) + v
            return {k: v for k, v in total.items() if v != 0}
        case Product(factors=factors):
            result: Form = {(0, 0): fmpq(1)}
            for factor in factors:
                result = _times(result, linear_form(factor, name))
            return result
        case Quotient(top=top, bottom=bottom):
            below = linear_form(bottom, name)
            if len(below) != 1:
                raise Unsupported("a quotient in an argument")
            ((i, j), c) = next(iter(below.items()))
            if i:
                raise Unsupported("a quotient in an argument")
            return {(k, m - j): v / c for (k, m), v in linear_form(top, name).items()}
    raise Unsupported("an argument that is not linear")


def _times(a: Form, b: Form) -> Form:
    out: Form = {}
    for (i, j), v in a.items():
        for (k, m), w in b.items():
            key = (i + k, j + m)
            if key[0] > 2 or abs(key[1]) > 3:
                raise Unsupported("an argument that is not linear")
            out[key] = out.get(key, fmpq(0)) + v * w
    return {k: v for k, v in out.items() if v != 0}


def _integer_multiples(forms: list[Form]) -> tuple[Form, list[int]] | None:
    """(v, m_i) with forms_i = m_i v for integers m_i; None where they have no common divisor."""
    first = forms[0]
    ratios: list[fmpq] = []
    for form in forms:
        if form.keys() != first.keys():
            return None
        key = next(iter(first))
        ratio = form[key] / first[key]
        if any(form[k] != ratio * first[k] for k in first):
            return None
        ratios.append(ratio)
    den = fmpz(1)
    for r in ratios:
        den = den * r.q // den.gcd(r.q)
    whole = [int((r * den).p) for r in ratios]
    common = fmpz(0)
    for w in whole:
        common = common.gcd(fmpz(w))
    unit = fmpq(common, den)
    return {k: v * unit for k, v in first.items()}, [w // int(common) for w in whole]


def _value(form: Form, bits: int) -> arb:
    """A form without x, as a ball."""
    with ctx.workprec(bits + 20):
        total = arb(0)
        for (_, j), v in form.items():
            total += arb(v) * arb.pi() ** j
        return total


def _split(form: Form) -> tuple[Form, Form]:
    """A x + B: (A, B), both without x."""
    a = {(0, j): v for (i, j), v in form.items() if i == 1}
    b = {(0, j): v for (i, j), v in form.items() if i == 0}
    if len(a) + len(b) != len(form) or not a:
        raise Unsupported("an argument that is not linear")
    return a, b


# ---------------------------------------------------------------- sines


def _trigonometric(left: Expr, right: Expr, name: str) -> SolutionSet:
    calls = [n for side in (left, right) for n in walk(side) if isinstance(n, Call) and contains(n, name)]
    forms = [linear_form(c.args[0], name) for c in calls]
    if not all(any(power for power, _ in form) for form in forms):
        raise Unsupported("an argument in which the unknown cancels")
    base = _integer_multiples(forms)
    if base is None:
        base = _multiples_but_for_quarters(forms)
    if base is None:
        raise Unsupported("arguments of sines that do not go together")
    v, _ = base
    a, b = _split(v)

    def quarters(form: Form) -> tuple[int, int]:
        """m, k with form = m v + k π/2"""
        key = next(k for k in v if k[0] == 1)
        m = form.get(key, fmpq(0)) / v[key]
        rest = dict(form)
        for k, c in v.items():
            rest[k] = rest.get(k, fmpq(0)) - m * c
        rest = {k: c for k, c in rest.items() if c != 0}
        quarter = rest.pop((0, 1), fmpq(0)) * 2
        if rest or m.q != 1 or quarter.q != 1 or abs(m.p) > 12:
            raise Unsupported("arguments of sines that do not go together")
        return int(m.p), int(quarter.p)

    def hook(system: Elimination, e: Expr) -> Fractions | None:
        if not (isinstance(e, Call) and e.name in TRIG and contains(e, name)):
            return None
        m, k = quarters(linear_form(e.args[0], name))
        re, im, den = _half_angle(system.x, abs(m))
        if m < 0:
            im = -im
        for _ in range(k % 4):
            re, im = -im, re
        one = system.ctx.constant(1)
        if e.name == "sin":
            return im, den
        if e.name == "cos":
            return re, den
        top, bottom = {"tan": (im, re), "cot": (re, im), "sec": (den, re), "csc": (den, im)}[e.name]
        if not bottom:
            raise Undefined("a function without a value")
        system.edges.append(bottom)
        return top, bottom if bottom != one else one

    system = Elimination(name, left, right, hook=hook)
    (p, q), (r, s) = system.convert(left), system.convert(right)
    f = system.mul(p, s) - system.mul(r, q)
    period_form = {(0, 1 - j): 2 / c for (_, j), c in a.items()} if len(a) == 1 else None
    if period_form is None:
        raise Unsupported("an argument with π in it twice")
    step = _angle_root(period_form)
    found: list[Family] = []
    if not f:
        return EVERYTHING
    bases = [_angle(t, a, b) for t in system.candidates(f, edges=False)] + [_angle(None, a, b)]
    for root in bases:
        if fulfils(left, "=", right, name, root, None):
            root.certain = root.certain and not system.relations
            found.append(Family(root, step))
    if not found:
        return NOTHING
    return Periodic(tuple(_folded(found, step)))


def _multiples_but_for_quarters(forms: list[Form]) -> tuple[Form, list[int]] | None:
    """A common v of the x parts, where the rest are multiples of π/2."""
    bare = [{k: c for k, c in f.items() if k[0]} for f in forms]
    if not all(bare):
        return None
    return _integer_multiples(bare)


@lru_cache(maxsize=64)
def _chebyshev(m: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Coefficients in t of Re and Im of (1 + i t)^(2m)."""
    re, im = fmpq_poly([1]), fmpq_poly([0])
    t = fmpq_poly([0, 1])
    for _ in range(2 * m):
        re, im = re - im * t, im + re * t
    return tuple(int(c.p) for c in re.coeffs()), tuple(int(c.p) for c in im.coeffs())


def _half_angle(t: fmpq_mpoly, m: int) -> tuple[fmpq_mpoly, fmpq_mpoly, fmpq_mpoly]:
    """cos mu, sin mu and their common denominator in t = tan(u/2)."""
    re, im = _chebyshev(m)
    return (
        sum((c * t**i for i, c in enumerate(re)), t * 0),
        sum((c * t**i for i, c in enumerate(im)), t * 0),
        (1 + t * t) ** m,
    )


def _pi_multiple(ball: Callable[[int], arb]) -> fmpq | None:
    """q with value = q π for a q with a small denominator, as far as `LAST_BITS` bits tell."""
    with ctx.workprec(80):
        ratio = ball(64) / arb.pi()
        for den in (1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 30, 36, 60, 180):
            whole = (ratio * den).unique_fmpz()
            if whole is not None and abs(ratio * den - whole) < 1e-12:
                with ctx.workprec(LAST_BITS + 20):
                    if (ball(LAST_BITS) / arb.pi() * den - whole).contains(0):
                        return fmpq(whole, den)
                return None
    return None


def pi_text(q: fmpq) -> str:
    """q π as it is written: 2π, π/6, -3π/4."""
    num, den = int(q.p), int(q.q)
    if not num:
        return "0"
    top = "π" if num == 1 else "-π" if num == -1 else f"{num}π"
    return top if den == 1 else f"{top}/{den}"


def _angle_root(form: Form) -> Root:
    """A number of Q + Qπ."""
    keys = set(form)
    if not keys:
        return Root(fmpq(0))
    if keys == {(0, 0)}:
        return Root(form[0, 0])
    text: str | None = pi_text(form[0, 1]) if keys == {(0, 1)} else None
    return Root(None, lambda bits: _value(form, bits), text)


def _angle(t: Root | None, a: Form, b: Form) -> Root:
    """x with A x + B = 2 arctan t, in [0, 2π) before the shift; t None is π."""

    def u(bits: int) -> arb:
        with ctx.workprec(bits + 20):
            if t is None:
                return arb.pi()
            angle = 2 * t.ball(bits + 10).atan()
            return angle + 2 * arb.pi() if angle < 0 else angle

    q = fmpq(1) if t is None else fmpq(0) if t.exact == 0 else _pi_multiple(u)
    certain = t is None or t.certain
    if q is not None and len(a) == 1:
        ((_, j), c) = next(iter(a.items()))
        form: Form = {(0, 1): q}
        for k, v in b.items():
            form[k] = form.get(k, fmpq(0)) - v
        root = _angle_root({(0, k - j): v / c for (_, k), v in form.items() if v != 0})
        root.certain = certain
        return root
    return Root(None, lambda bits: (u(bits) - _value(b, bits)) / _value(a, bits), certain=certain)


def _folded(found: list[Family], step: Root) -> list[Family]:
    """Families of a shorter period, where they repeat within the period: x = 0, π + 2πn as πn."""
    found.sort(key=lambda f: float(f.base.ball(64).mid()))
    n = len(found)
    for parts in range(n, 1, -1):
        if n % parts:
            continue
        shorter = Root(
            None if step.exact is None else step.exact / parts,
            lambda bits, m=parts: step.ball(bits) / m,  # type: ignore[misc]
            None,
        )
        q = _pi_multiple(shorter.ball)
        if q is not None:
            shorter = Root(None, shorter.make, pi_text(q))
        cut = Periodic(tuple(found))
        moved = [Root(None, lambda bits, f=f, s=shorter: f.base.ball(bits) + s.ball(bits)) for f in found]  # type: ignore[misc]
        if all(m in cut for m in moved):
            return [Family(f.base, shorter) for f in found[: n // parts]]
    return found


# ---------------------------------------------------------------- exponentials


def _vector(e: Expr) -> dict[str, fmpq]:
    """The logarithm of a base as a combination of logarithms of primes, and of e."""
    e = without_brackets(e)
    if isinstance(e, Constant) and e.name == "e":
        return {"e": fmpq(1)}
    if isinstance(e, Power):
        q = _exact(e.exponent)
        return {k: v * q for k, v in _vector(e.base).items()}
    if isinstance(e, Radical):
        n = fmpq(2) if e.index is None else _exact(e.index)
        return {k: v / n for k, v in _vector(e.radicand).items()}
    return rational_vector(_exact(e))


def rational_vector(q: fmpq) -> dict[str, fmpq]:
    """ln q = Σ v_p ln p"""
    if q <= 0:
        raise Unsupported("a base that is not positive")
    if max(q.p.bit_length(), q.q.bit_length()) > 64:
        raise Unsupported("a base with many digits")
    out: dict[str, fmpq] = {}
    for part, sign in ((q.p, 1), (q.q, -1)):
        if part > 1:
            for p, k in part.factor():
                out[str(p)] = out.get(str(p), fmpq(0)) + sign * k
    return out


def _ratio(a: dict[str, fmpq], b: dict[str, fmpq]) -> fmpq | None:
    """a / b for proportional vectors."""
    if a.keys() != b.keys() or not b:
        return None
    key = next(iter(b))
    ratio = a[key] / b[key]
    return ratio if all(a[k] == ratio * b[k] for k in b) else None


def _log_of(vector: dict[str, fmpq], bits: int) -> arb:
    with ctx.workprec(bits + 20):
        total = arb(0)
        for k, v in vector.items():
            total += arb(v) * (1 if k == "e" else arb(int(k)).log())
        return total


def _exponential(left: Expr, sign: str, right: Expr, name: str) -> RealSet:
    nodes: list[tuple[dict[str, fmpq], Form]] = []

    def read_node(e: Expr) -> tuple[dict[str, fmpq], Form] | None:
        if isinstance(e, Power) and contains(e.exponent, name):
            return _vector(e.base), linear_form(e.exponent, name)
        if isinstance(e, Call) and e.name == "exp" and contains(e, name):
            return {"e": fmpq(1)}, linear_form(e.args[0], name)
        return None

    for side in (left, right):
        for n in walk(side):
            found = read_node(n)  # type: ignore[arg-type]
            if found is not None:
                nodes.append(found)
    g = nodes[0][0]
    # Each power is g^(m (u x)) times a constant, with integers m.
    exponents: list[fmpq] = []
    for vector, form in nodes:
        ratio = _ratio(vector, g)
        if ratio is None or set(form) - {(1, 0), (0, 0)} or (1, 0) not in form:
            return _two_powers(left, sign, right, name, read_node)
        exponents.append(ratio * form[1, 0])
    shift = fmpq(0)
    if "e" in g or any((form.get((0, 0), fmpq(0)) * _ratio(v, g)).q != 1 for v, form in nodes):  # type: ignore[operator]
        # e^(2x+1): take u x + w together where all exponents are multiples of it.
        shift = nodes[0][1].get((0, 0), fmpq(0)) / nodes[0][1][1, 0]
        if any(form.get((0, 0), fmpq(0)) != shift * form[1, 0] for _, form in nodes):
            raise Unsupported("powers of e with different constants in the exponent")
    den = fmpz(1)
    for m in exponents:
        den = den * m.q // den.gcd(m.q)
    common = fmpz(0)
    for m in exponents:
        common = common.gcd((m * den).p)
    unit = fmpq(common, den)

    def hook(system: Elimination, e: Expr) -> Fractions | None:
        found = read_node(e)
        if found is None:
            return None
        vector, form = found
        ratio = _ratio(vector, g)
        assert ratio is not None
        power = int((ratio * form[1, 0] / unit).p)
        if abs(power) > MAX_DEGREE:
            raise TooLarge("an equation of too high a degree")
        one = system.ctx.constant(1)
        rest = form.get((0, 0), fmpq(0)) - shift * form[1, 0]
        factor = fmpq(1)
        for prime, k in vector.items():
            if prime != "e" and rest != 0:
                e_ = k * rest
                if e_.q != 1 or abs(e_.p) > 400:
                    raise Unsupported("a power with a fraction in the exponent")
                factor *= fmpq(int(prime)) ** int(e_.p)
        scale = system.ctx.constant(factor)
        return (scale * system.x**power, one) if power >= 0 else (scale, system.x**-power)

    system = Elimination(name, left, right, hook=hook)
    (a, b), (c, d) = system.convert(left), system.convert(right)
    f = system.mul(a, d) - system.mul(c, b)
    candidates = []
    for t in sorted_roots(system.candidates(f)):
        if t.ball(64) > 0 and not (t.exact is not None and t.exact <= 0):
            candidates.append(_logarithm(t, g, unit, shift))
    return from_candidates(candidates, left, sign, right, name)


def _logarithm(t: Root, g: dict[str, fmpq], unit: fmpq, shift: fmpq) -> Root:
    """x with g^(unit (x + shift)) = t"""
    if t.exact is not None:
        vector = (
            rational_vector(t.exact) if max(t.exact.p.bit_length(), t.exact.q.bit_length()) <= 64 else {"?": fmpq(1)}
        )
        ratio = fmpq(0) if not vector else _ratio(vector, g)
        if ratio is not None:
            return Root(ratio / unit - shift)

    def make(bits: int) -> arb:
        with ctx.workprec(bits + 30):
            return t.ball(bits + 20).log() / (_log_of(g, bits + 20) * arb(unit)) - arb(shift)

    text = None
    if shift == 0 and t.exact is not None:
        inside = rational_text(t.exact)
        base = "" if g == {"e": fmpq(1)} else _base_text(g)
        log = f"ln({inside})" if not base else f"ln({inside})/ln({base})" if unit == 1 else ""
        if log:
            text = (
                log
                if unit == 1
                else f"ln({inside})/{rational_text(unit)}"
                if unit.q == 1
                else f"{rational_text(1 / unit)}*ln({inside})"
                if (1 / unit).q == 1
                else None
            )
    return Root(None, make, text, certain=t.certain)


def _base_text(g: dict[str, fmpq]) -> str:
    value = fmpq(1)
    for p, k in g.items():
        if k.q != 1:
            return ""
        value *= fmpq(int(p)) ** int(k.p)
    return rational_text(value)


def _two_powers(
    left: Expr, sign: str, right: Expr, name: str, read_node: Callable[[Expr], tuple[dict[str, fmpq], Form] | None]
) -> RealSet:
    """c a^(px+q) = d b^(rx+s): taking logarithms makes it linear."""

    def monomial(side: Expr) -> tuple[fmpq, list[tuple[dict[str, fmpq], Form]]]:
        side = without_brackets(side)
        found = read_node(side)
        if found is not None:
            return fmpq(1), [found]
        if isinstance(side, Product):
            scale, powers = fmpq(1), []
            for factor in side.factors:
                s, more = monomial(factor)
                scale *= s
                powers += more
            return scale, powers
        if isinstance(side, Quotient):
            s, top = monomial(side.top)
            r, bottom = monomial(side.bottom)
            return s / r, top + [({k: -v for k, v in vec.items()}, form) for vec, form in bottom]
        return _exact(side), []

    c, above = monomial(left)
    d, below = monomial(right)
    if c <= 0 or d <= 0:
        raise Unsupported("powers with unlike bases")
    slope: dict[str, fmpq] = {}
    height = dict(rational_vector(c / d))
    for powers, way in ((above, 1), (below, -1)):
        for vector, form in powers:
            if set(form) - {(1, 0), (0, 0)}:
                raise Unsupported("powers with unlike bases")
            for k, v in vector.items():
                slope[k] = slope.get(k, fmpq(0)) + way * v * form.get((1, 0), fmpq(0))
                height[k] = height.get(k, fmpq(0)) + way * v * form.get((0, 0), fmpq(0))
    slope = {k: v for k, v in slope.items() if v != 0}
    height = {k: v for k, v in height.items() if v != 0}
    if not slope:
        raise Unsupported("powers with unlike bases")
    ratio = fmpq(0) if not height else _ratio(height, slope)
    root = (
        Root(-ratio)
        if ratio is not None
        else Root(None, lambda bits: -_log_of(height, bits + 20) / _log_of(slope, bits + 20))
    )
    return from_candidates([root], left, sign, right, name)


# ---------------------------------------------------------------- logarithms


def _log_parts(e: Expr) -> tuple[dict[str, fmpq], Expr] | None:
    """(base, argument) of a logarithm."""
    if not (isinstance(e, Call) and e.name in LOGS and len(e.args) == 1):
        return None
    if e.name == "ln":
        base = {"e": fmpq(1)}
    elif e.subscript is not None:
        base = _vector(e.subscript)
    else:
        base = rational_vector(fmpq(2 if e.name == "lb" else 10))
    return base, e.args[0]


def _logarithmic(left: Expr, sign: str, right: Expr, name: str) -> RealSet:
    found = [p for side in (left, right) for n in walk(side) if (p := _log_parts(n)) is not None]  # type: ignore[arg-type]
    g = found[0][0]
    if any(_ratio(base, g) is None for base, _ in found):
        raise Unsupported("logarithms to unlike bases")
    arguments: list[Expr] = []
    for _, argument in found:
        key = without_brackets(argument)
        if key not in arguments:
            arguments.append(key)
    if len(arguments) > 6:
        raise Unsupported("too many logarithms")
    context = fmpq_mpoly_ctx.get(("x", *(f"y{i}" for i in range(len(arguments)))), Ordering.lex)
    gens = context.gens()

    def hook(system: Elimination, e: Expr) -> Fractions | None:  # noqa: ARG001
        parts = _log_parts(e)
        if parts is None:
            return None
        ratio = _ratio(parts[0], g)
        assert ratio is not None
        return gens[arguments.index(without_brackets(parts[1])) + 1] / ratio, context.constant(1)

    system = Elimination(name, hook=hook)
    system.ctx, system.gens = context, gens
    (a, b), (c, d) = system.convert(left), system.convert(right)
    f = system.mul(a, d) - system.mul(c, b)
    edges: list[Root] = []
    pairs: list[tuple[fmpq_poly, fmpq_poly]] = []
    for argument in arguments:
        reader = Reader(name)
        num, den = reader.convert(argument)
        pairs.append((as_polynomial(num), as_polynomial(den if den is not None else fmpq(1))))
        for side in pairs[-1]:
            edges += real_roots(side) if side.degree() > 0 else []
    candidates = edges
    if len(arguments) == 1:
        degree = int(f.degrees()[1])
        coefficients = [fmpq(0)] * (degree + 1)
        for exponents, c_ in f.terms():
            coefficients[int(exponents[1])] = c_
        for level in real_roots(fmpq_poly(coefficients)) if degree else []:
            candidates = candidates + _where_equal(*pairs[0], level, g)
    else:
        if f.total_degree() != 1:
            raise Unsupported("products of logarithms")
        candidates = candidates + _product_of_arguments(f, pairs, g)
    return from_candidates(candidates, left, sign, right, name)


def _exact_power(g: dict[str, fmpq], exponent: fmpq) -> fmpq | None:
    """g^exponent where it is rational."""
    value = fmpq(1)
    for p, k in g.items():
        total = k * exponent
        if p == "e" and total != 0:
            return None
        if p != "e":
            if total.q != 1 or abs(total.p) > 300:
                return None
            value *= fmpq(int(p)) ** int(total.p)
    return value


def _where_equal(num: fmpq_poly, den: fmpq_poly, level: Root, g: dict[str, fmpq]) -> list[Root]:
    """x with num/den = g^level"""
    if level.exact is not None:
        value = _exact_power(g, level.exact)
        if value is not None:
            p = num - value * den
            return real_roots(p) if p.degree() > 0 else []

    def make(bits: int) -> arb_poly:
        with ctx.workprec(bits + 30):
            value = (level.ball(bits + 20) * _log_of(g, bits + 20)).exp()
            return arb_poly(num) - arb_poly(den) * value

    roots = _ball_roots(make)
    if (
        den.degree() < 1
        and num.degree() == 1
        and g == {"e": fmpq(1)}
        and level.exact is not None
        and num[0] == 0
        and num[1] == den[0]
    ):
        roots[0] = Root(
            None,
            roots[0].make,
            f"e^{rational_text(level.exact)}"
            if level.exact.q == 1 and level.exact > 0
            else f"e^({rational_text(level.exact)})",
        )
    return roots


def _product_of_arguments(f: fmpq_mpoly, pairs: list[tuple[fmpq_poly, fmpq_poly]], g: dict[str, fmpq]) -> list[Root]:
    """Σ q_i log u_i + c = 0 as Π u_i^(n_i) = g^(-c m)"""
    weights = [fmpq(0)] * len(pairs)
    constant = fmpq(0)
    for exponents, c in f.terms():
        where = [i for i, e in enumerate(exponents) if int(e)]
        if where:
            weights[where[0] - 1] = c
        else:
            constant = c
    den = fmpz(1)
    for w in weights:
        den = den * w.q // den.gcd(w.q)
    powers = [int((w * den).p) for w in weights]
    top, bottom = fmpq_poly([1]), fmpq_poly([1])
    for (num, below), n in zip(pairs, powers, strict=True):
        if (num.degree() + below.degree()) * abs(n) > MAX_DEGREE:
            raise TooLarge("an equation of too high a degree")
        if n > 0:
            top, bottom = top * num**n, bottom * below**n
        elif n < 0:
            top, bottom = top * below**-n, bottom * num**-n
    return _where_equal(top, bottom, Root(-constant * den), g)


# ---------------------------------------------------------------- x = π/6 + 2πn


INTEGER_LETTERS = frozenset({"n", "k", "m", "l", "j", "N", "K", "z"})


def families(left: Expr, right: Expr, name: str, integers: frozenset[str]) -> SolutionSet:
    """{x : left = right for some integer n}, both sides linear; (-1)^n may stand on the right.

    Raises:
        Unsupported: it is no such family.
    """
    letters = symbols(right) - {name}
    if len(letters) != 1:
        raise Unsupported("several letters on the right")
    (letter,) = letters
    if letter not in integers and letter not in INTEGER_LETTERS:
        raise Unsupported(f"{letter} is not known to be an integer")
    if any(isinstance(n, Power) and contains(n.exponent, letter) for n in walk(right)):
        even, odd = (_by_parity(right, letter, k) for k in (0, 1))
        return union(families(left, even, name, integers), families(left, odd, name, integers))
    a, b = _split(linear_form(left, name))
    if len(a) != 1:
        raise Unsupported("an unknown with two factors")
    ((_, j), c) = next(iter(a.items()))
    try:
        step, base = _split(linear_form(right, letter))
    except Unsupported:
        return _evenly_spaced(right, letter, a, b)
    for k, v in b.items():
        base[k] = base.get(k, fmpq(0)) - v
    forms = [{(0, k - j): v / c for (_, k), v in form.items() if v != 0} for form in (base, step)]
    return Periodic((Family(_angle_root(forms[0]), _angle_root(forms[1])),))


def _evenly_spaced(right: Expr, letter: str, a: Form, b: Form) -> SolutionSet:
    """A right side such as arcsin(1/3) + 2πn."""
    at = [substitute(right, {letter: Number(str(k), Fraction(k))}) for k in range(3)]

    def value(k: int, bits: int) -> arb:
        ball: arb = evaluate(at[k], {}, bits + 20)
        return ball

    with ctx.workprec(LAST_BITS):
        if not (value(2, 256) - 2 * value(1, 256) + value(0, 256)).contains(0):
            raise Unsupported("not evenly spaced")
    base = Root(None, lambda bits: (value(0, bits) - _value(b, bits)) / _value(a, bits))
    step = Root(None, lambda bits: (value(1, bits) - value(0, bits)) / _value(a, bits))
    return Periodic((Family(base, step),))


def member_text(root: Root) -> str:
    """A member of a family as it is written: 5π/6."""
    if root.exact is None:
        q = _pi_multiple(root.ball)
        if q is not None:
            return pi_text(q)
    return root.text


def _by_parity(e: Expr, letter: str, parity: int) -> Expr:
    """(-1)^n as ±1, and n as 2n or 2n + 1."""
    two_n: Expr = Product((Number("2", Fraction(2)), Symbol(letter)), ("",))
    replaced: Expr = Bracket(Sum((two_n, Number("1", Fraction(1))))) if parity else Bracket(two_n)

    def change(n: object) -> object:
        if isinstance(n, Power) and contains(n.exponent, letter):
            if not (isinstance(n.exponent, Symbol) and _exact(n.base) == -1):
                raise Unsupported("a power in a family")
            return Bracket(Negative(Number("1", Fraction(1)))) if parity else Number("1", Fraction(1))
        if isinstance(n, Symbol) and n.name == letter:
            return replaced
        return rebuild(n, change)  # type: ignore[arg-type,type-var]

    return change(e)  # type: ignore[return-value]
