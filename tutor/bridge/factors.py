"""Two equations in several symbols by the irreducible factors of their numerators."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq_mpoly

from tutor.bridge.normal import Normal, normal_forms
from tutor.errors import TooLarge
from tutor.syntax.tree import Expr

MAX_TERMS = 400
MAX_DEGREE = 40


@dataclass(frozen=True, slots=True)
class Factored:
    """What parts two equations f = 0 and g = 0.

    same: f and g have the same irreducible factors; multiplicity: but not each as often.
    extra: factors of g alone. missing: factors of f alone. Each as (text, symbols in it).
    conditions: what g divides by and f does not; lifted: what f divides by and g does not.
    assumed: positive symbols were assumed on the way. exact: there are no functions or roots in it.
    """

    same: bool
    multiplicity: bool
    extra: tuple[tuple[str, frozenset[str]], ...]
    missing: tuple[tuple[str, frozenset[str]], ...]
    conditions: tuple[str, ...]
    lifted: tuple[str, ...]
    assumed: bool
    exact: bool
    shared: bool


def compare_by_factors(before: tuple[Expr, Expr], after: tuple[Expr, Expr]) -> Factored | None:
    """The factors that part the two; None where one side of the comparison is trivial or too large."""
    l0, r0, l1, r1 = normal_forms((*before, *after))
    f, g = l0 - r0, l1 - r1
    p, q = f.numerator, g.numerator
    if not p or not q or p.is_constant() or q.is_constant():
        return None
    poles = _pole_factors(f), _pole_factors(g)
    conditions = tuple(_text(h, g) for h in _without(poles[1], poles[0]))
    lifted = tuple(_text(h, f) for h in _without(poles[0], poles[1]))
    exact = f.rational_only
    assumed = bool(f.assumed or g.assumed)
    if p * q.leading_coefficient() == q * p.leading_coefficient():
        return Factored(True, False, (), (), conditions, lifted, assumed, exact, True)
    fs, gs = _factors(p), _factors(q)
    # Factors that were divided by cannot vanish where the line has a meaning.
    fs = {k: v for k, v in fs.items() if k not in poles[0]}
    gs = {k: v for k, v in gs.items() if k not in poles[1]}
    extra = tuple(gs[k][0] for k in gs if k not in fs)
    missing = tuple(fs[k][0] for k in fs if k not in gs)
    shared = any(k in gs for k in fs)
    multiplicity = not extra and not missing and any(fs[k][1] != gs[k][1] for k in fs)
    return Factored(
        not extra and not missing,
        multiplicity,
        tuple((_text(h, g), _symbols(h, g)) for h in extra),
        tuple((_text(h, f), _symbols(h, f)) for h in missing),
        conditions,
        lifted,
        assumed,
        exact,
        shared,
    )


def _monic(p: fmpq_mpoly) -> fmpq_mpoly:
    return p / p.leading_coefficient()


def _factors(p: fmpq_mpoly) -> dict[str, tuple[fmpq_mpoly, int]]:
    if len(p) > MAX_TERMS or p.total_degree() > MAX_DEGREE:
        raise TooLarge("an equation with too many terms to factor")
    _, found = p.factor()
    out = {}
    for h, count in found:
        h = _monic(h)
        out[str(h)] = (h, int(count))
    return out


def _pole_factors(n: Normal) -> dict[str, fmpq_mpoly]:
    out: dict[str, fmpq_mpoly] = {}
    for d in n.divisors:
        if not d.is_constant():
            for key, (h, _) in _factors(d).items():
                out[key] = h
    return out


def _without(a: dict[str, fmpq_mpoly], b: dict[str, fmpq_mpoly]) -> list[fmpq_mpoly]:
    return [h for key, h in a.items() if key not in b]


def _names(n: Normal) -> dict[int, str]:
    return {g.index: g.name for g in n.field.generators if g.kind == "symbol"}


def _symbols(p: fmpq_mpoly, n: Normal) -> frozenset[str]:
    names = _names(n)
    used = {i for i, d in enumerate(p.degrees()) if d}
    # A kernel hides its symbols; an empty name says that something of the kind is there.
    return frozenset(names.get(i, "") for i in used)


def _text(p: fmpq_mpoly, n: Normal) -> str:
    """A polynomial of a few terms as it is written at school; '' where it holds functions."""
    names = _names(n)
    if "" in _symbols(p, n) or len(p) > 12:
        return ""
    scale = 1
    for _, c in p.terms():
        scale = scale * int(c.q) // _gcd(scale, int(c.q))
    parts: list[str] = []
    for exponents, c in p.terms():
        whole = int((c * scale).p)
        factors = [f"{names[i]}^{int(e)}" if int(e) > 1 else names[i] for i, e in enumerate(exponents) if int(e)]
        size = abs(whole)
        body = "*".join(([str(size)] if size != 1 or not factors else []) + factors)
        sign = "-" if whole < 0 else "+"
        parts.append(f"-{body}" if not parts and whole < 0 else body if not parts else f" {sign} {body}")
    return "".join(parts)


def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


def constant_factor(before: tuple[Expr, Expr], after: tuple[Expr, Expr]) -> int:
    """1 or -1 as L' - R' is a positive or a negative number times L - R; 0 where it is neither."""
    l0, r0, l1, r1 = normal_forms((*before, *after))
    f, g = l0 - r0, l1 - r1
    if f.assumed or g.assumed or f.is_zero() or g.is_zero():
        return 0
    a, b = f.numerator * g.denominator, g.numerator * f.denominator
    if a * b.leading_coefficient() != b * a.leading_coefficient():
        return 0
    # Equal up to a number only where neither divides by what the other does not.
    if f.divisors or g.divisors:
        return 0
    return 1 if a.leading_coefficient() / b.leading_coefficient() > 0 else -1
