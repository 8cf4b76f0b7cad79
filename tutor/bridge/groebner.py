"""Systems of polynomial equations: linear algebra over Q, Gröbner bases, and their real solutions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import (
    Ordering,
    arb,
    ctx,
    fmpq,
    fmpq_mat,
    fmpq_mpoly,
    fmpq_mpoly_ctx,
    fmpq_poly,
    fmpz_mpoly_ctx,
    fmpz_mpoly_vec,
)

from tutor.bridge.normal import ascii_names, normal_forms
from tutor.bridge.roots import Root, real_roots
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.tree import Expr

MAX_DEGREE = 12
MAX_SYMBOLS = 8
LIMITS = (40, 120, 2_000)  # polynomials in the basis, terms of one, bits of a coefficient
MAX_SOLUTIONS = 64

Solution = dict[str, Root]


class System:
    """Equations num = 0 over Q[names], with the polynomials that were divided by."""

    def __init__(self, pairs: list[tuple[Expr, Expr]], names: tuple[str, ...]) -> None:
        if len(names) > MAX_SYMBOLS:
            raise TooLarge(f"a system in more than {MAX_SYMBOLS} unknowns")
        self.names = names
        self.ctx = fmpq_mpoly_ctx.get(ascii_names(names), Ordering.lex)
        self.polys: list[fmpq_mpoly] = []
        for left, right in pairs:
            self.polys.append(self.polynomial(left, right))

    def polynomial(self, left: Expr, right: Expr) -> fmpq_mpoly:
        """The numerator of left - right.

        Raises:
            Unsupported: there are other symbols, or functions.
        """
        a, b = normal_forms((left, right))
        difference = a - b
        if difference.assumed or not difference.rational_only:
            raise Unsupported("roots or functions in a polynomial system")
        num, _ = difference.polynomials_in(self.names)
        if num.total_degree() > MAX_DEGREE:
            raise TooLarge("an equation of too high a degree")
        return num

    @property
    def linear(self) -> bool:
        """Whether every equation has degree 1 at most."""
        return all(p.total_degree() <= 1 for p in self.polys)


def in_span(target: fmpq_mpoly, polys: list[fmpq_mpoly]) -> bool:
    """Whether target is a combination of the polynomials with numbers for coefficients."""
    monomials: dict[tuple[int, ...], int] = {}
    for p in (*polys, target):
        for m, _ in p.terms():
            monomials.setdefault(tuple(int(e) for e in m), len(monomials))
    if len(monomials) > 200:
        raise TooLarge("too many terms")
    rows = [_row(p, monomials) for p in polys]
    return _rank(rows) == _rank([*rows, _row(target, monomials)])


def _row(p: fmpq_mpoly, monomials: dict[tuple[int, ...], int]) -> list[fmpq]:
    row = [fmpq(0)] * len(monomials)
    for m, c in p.terms():
        row[monomials[tuple(int(e) for e in m)]] = c
    return row


def _rank(rows: list[list[fmpq]]) -> int:
    rows = [r for r in rows if any(c != 0 for c in r)]
    if not rows:
        return 0
    return int(fmpq_mat(rows).rref()[1])


def basis(polys: list[fmpq_mpoly], names: tuple[str, ...]) -> list[fmpq_mpoly]:
    """A reduced lexicographic Gröbner basis.

    Raises:
        TooLarge: the computation grows past its limits.
    """
    integers = fmpz_mpoly_ctx.get(ascii_names(names), Ordering.lex)
    rationals = fmpq_mpoly_ctx.get(ascii_names(names), Ordering.lex)
    vector = []
    for p in polys:
        if not p:
            continue
        den = 1
        for _, c in p.terms():
            den = den * int(c.q) // _gcd(den, int(c.q))
        vector.append(integers.from_dict({tuple(int(e) for e in m): int((c * den).p) for m, c in p.terms()}))
    if not vector:
        return []
    found, complete = fmpz_mpoly_vec(vector, integers).buchberger_naive(limits=LIMITS)
    if not complete:
        raise TooLarge("a system that is too large to eliminate")
    return [
        rationals.from_dict({tuple(int(e) for e in m): fmpq(int(c)) for m, c in p.terms()})
        for p in found.autoreduction()  # type: ignore[attr-defined]
    ]


def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


def vanishes_with(target: fmpq_mpoly, polys: list[fmpq_mpoly], names: tuple[str, ...]) -> bool:
    """Whether target is zero at every common zero of the polynomials, complex ones too.

    By Rabinowitsch: then and only then 1 is a combination of them and 1 - t·target.
    """
    wider = fmpq_mpoly_ctx.get((*ascii_names(names), "_t"), Ordering.lex)

    def lift(p: fmpq_mpoly) -> fmpq_mpoly:
        return wider.from_dict({(*(int(e) for e in m), 0): c for m, c in p.terms()})

    t = wider.gens()[-1]
    found = basis([*(lift(p) for p in polys), 1 - t * lift(target)], (*names, "_t"))
    return any(p.is_constant() and bool(p) for p in found)


# ---------------------------------------------------------------- solutions


def solutions(system: System) -> list[Solution] | None:
    """All real common zeros; None where there are infinitely many.

    Raises:
        Unsupported: they cannot be written one after the other. TooLarge: as it says.
    """
    polys = [p for p in system.polys if p]
    if any(p.is_constant() for p in polys):
        return []
    if system.linear:
        return _linear_solutions(polys, system.names)
    reduced = basis(polys, system.names)
    if any(p.is_constant() for p in reduced):
        return []
    return _back(reduced, system.names)


def _linear_solutions(polys: list[fmpq_mpoly], names: tuple[str, ...]) -> list[Solution] | None:
    n = len(names)
    rows = []
    for p in polys:
        row = [fmpq(0)] * (n + 1)
        for m, c in p.terms():
            where = [i for i, e in enumerate(m) if int(e)]
            row[where[0] if where else n] += c
        rows.append(row)
    if not rows:
        return None
    reduced, rank = fmpq_mat(rows).rref()
    pivots = []
    for i in range(int(rank)):
        pivot = next(j for j in range(n + 1) if reduced[i, j] != 0)
        if pivot == n:
            return []
        pivots.append(pivot)
    if int(rank) < n:
        return None
    return [{names[pivot]: Root(-reduced[i, n]) for i, pivot in enumerate(pivots)}]


def _back(reduced: list[fmpq_mpoly], names: tuple[str, ...]) -> list[Solution] | None:
    """Solve for the last name first; each value is put into what remains."""
    partial: list[Solution] = [{}]
    for k in range(len(names) - 1, -1, -1):
        # Polynomials in names[k:] that hold names[k].
        here = [p for p in reduced if p.degrees()[k] > 0 and not any(p.degrees()[:k])]
        if not here:
            return None
        grown: list[Solution] = []
        for known in partial:
            values = _next_values(here, names, k, known)
            if values is None:
                return None
            grown += [{**known, names[k]: v} for v in values]
        if len(grown) > MAX_SOLUTIONS:
            raise TooLarge("too many solutions")
        partial = grown
    return partial


def _next_values(here: list[fmpq_mpoly], names: tuple[str, ...], k: int, known: Solution) -> list[Root] | None:
    exact = all(r.exact is not None for r in known.values())
    if exact:
        gcd: fmpq_poly | None = None
        for p in here:
            q = _put(p, names, k, known)
            if not q:
                continue
            gcd = q if gcd is None else gcd.gcd(q)
        if gcd is None:
            return None
        return real_roots(gcd) if gcd.degree() > 0 else []
    linear = [p for p in here if p.degrees()[k] == 1]
    for p in linear:
        # a(known) y + b(known) = 0 with a certainly not 0
        slope, rest = _coefficients(p, k)

        def make(bits: int, slope: fmpq_mpoly = slope, rest: fmpq_mpoly = rest) -> arb:
            with ctx.workprec(bits + 60):
                return -_at(rest, names, known, bits + 60) / _at(slope, names, known, bits + 60)

        with ctx.workprec(124):
            if not _at(slope, names, known, 124).contains(0):
                return [Root(None, make, certain=all(r.certain for r in known.values()))]
    raise Unsupported("a system whose solutions do not come one after the other")


def _put(p: fmpq_mpoly, names: tuple[str, ...], k: int, known: Solution) -> fmpq_poly:
    out: dict[int, fmpq] = {}
    for m, c in p.terms():
        value = c
        for i, e in enumerate(m):
            if i != k and int(e):
                value *= known[names[i]].exact ** int(e)  # type: ignore[operator]
        out[int(m[k])] = out.get(int(m[k]), fmpq(0)) + value
    coefficients = [fmpq(0)] * (max(out, default=0) + 1)
    for e, c in out.items():
        coefficients[e] = c
    return fmpq_poly(coefficients)


def _coefficients(p: fmpq_mpoly, k: int) -> tuple[fmpq_mpoly, fmpq_mpoly]:
    context = p.context()
    slope: dict[tuple[int, ...], fmpq] = {}
    rest: dict[tuple[int, ...], fmpq] = {}
    for m, c in p.terms():
        key = tuple(int(e) if i != k else 0 for i, e in enumerate(m))
        (slope if int(m[k]) else rest)[key] = c
    return context.from_dict(slope), context.from_dict(rest)


def _at(p: fmpq_mpoly, names: tuple[str, ...], known: Solution, bits: int) -> arb:
    total = arb(0)
    for m, c in p.terms():
        term = arb(c)
        for i, e in enumerate(m):
            if int(e):
                term *= known[names[i]].ball(bits) ** int(e)
        total += term
    return total


def values_of(solution: Mapping[str, Root]) -> dict[str, Fraction | arb]:
    """A solution as exact numbers where they are rational, else as balls."""
    return {n: r.fraction if r.fraction is not None else r.ball(128) for n, r in solution.items()}


__all__ = ["Solution", "System", "Undefined", "basis", "in_span", "solutions", "values_of", "vanishes_with"]
