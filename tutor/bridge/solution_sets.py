"""Sets of real numbers: points and intervals between roots, and families x + nP."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flint import ctx, fmpq

from tutor.bridge.balls import bounds
from tutor.bridge.roots import LAST_BITS, Root, compare, sorted_roots
from tutor.errors import Unsupported

MAX_MEMBERS = 400


@dataclass(frozen=True, slots=True)
class RealSet:
    """Cuts c_1 < … < c_n of the real line; `at` says which of them belong, `between` which of the n+1 gaps."""

    cuts: tuple[Root, ...]
    at: tuple[bool, ...]
    between: tuple[bool, ...]

    @property
    def empty(self) -> bool:
        """Nothing belongs."""
        return not (any(self.at) or any(self.between))

    @property
    def finite(self) -> bool:
        """Only points belong."""
        return not any(self.between)

    @property
    def everything(self) -> bool:
        """All real numbers belong."""
        return all(self.at) and all(self.between)

    @property
    def points(self) -> tuple[Root, ...]:
        """The isolated points."""
        return tuple(
            c for i, c in enumerate(self.cuts) if self.at[i] and not self.between[i] and not self.between[i + 1]
        )

    def __contains__(self, root: Root) -> bool:
        for i, cut in enumerate(self.cuts):
            order = compare(root, cut)
            if order == 0 or (cut.accepts is not None and cut.accepts(root)):
                return self.at[i]
            if order < 0:
                return self.between[i]
        return self.between[-1]


NOTHING = RealSet((), (), (False,))
EVERYTHING = RealSet((), (), (True,))


def of_points(roots: Iterable[Root]) -> RealSet:
    """The finite set of these numbers."""
    cuts = tuple(sorted_roots(list(roots)))
    return RealSet(cuts, (True,) * len(cuts), (False,) * (len(cuts) + 1))


def ray(end: Root, sign: str) -> RealSet:
    """{x : x sign end}"""
    closed = sign in ("<=", ">=")
    below = sign[0] == "<"
    return RealSet((end,), (closed,), (below, not below))


def without_points(roots: Iterable[Root]) -> RealSet:
    """All numbers but these."""
    cuts = tuple(sorted_roots(list(roots)))
    return RealSet(cuts, (False,) * len(cuts), (True,) * (len(cuts) + 1))


def complement(a: RealSet) -> RealSet:
    """What does not belong."""
    return RealSet(a.cuts, tuple(not v for v in a.at), tuple(not v for v in a.between))


def _same(a: Root, b: Root) -> int:
    order = compare(a, b)
    if order and ((b.accepts is not None and b.accepts(a)) or (a.accepts is not None and a.accepts(b))):
        return 0
    return order


def aligned(
    a: RealSet, b: RealSet
) -> tuple[list[tuple[Root | None, Root | None]], list[tuple[bool, bool]], list[tuple[bool, bool]]]:
    """Both sets over one list of cuts: (cut of a, cut of b), who has each cut, who has each gap."""
    cuts: list[tuple[Root | None, Root | None]] = []
    at: list[tuple[bool, bool]] = []
    between: list[tuple[bool, bool]] = [(a.between[0], b.between[0])]
    i = j = 0
    while i < len(a.cuts) or j < len(b.cuts):
        order = -1 if j == len(b.cuts) else 1 if i == len(a.cuts) else _same(a.cuts[i], b.cuts[j])
        if order < 0:
            cuts.append((a.cuts[i], None))
            at.append((a.at[i], b.between[j]))
            i += 1
        elif order > 0:
            cuts.append((None, b.cuts[j]))
            at.append((a.between[i], b.at[j]))
            j += 1
        else:
            cuts.append((a.cuts[i], b.cuts[j]))
            at.append((a.at[i], b.at[j]))
            i += 1
            j += 1
        between.append((a.between[i], b.between[j]))
    return cuts, at, between


def _combined(a: RealSet, b: RealSet, op: Callable[[bool, bool], bool]) -> RealSet:
    pairs, at, between = aligned(a, b)
    # The cut of b is kept where both have it: only there may one carry the width of a written decimal.
    cuts: list[Root] = [y if y is not None and (x is None or y.accepts is not None) else x for x, y in pairs]  # type: ignore[misc]
    new_at = [op(*v) for v in at]
    new_between = [op(*v) for v in between]
    keep = [k for k in range(len(cuts)) if not (new_at[k] == new_between[k] == new_between[k + 1])]
    return RealSet(
        tuple(cuts[k] for k in keep),
        tuple(new_at[k] for k in keep),
        (new_between[0], *(new_between[k + 1] for k in keep)),
    )


def union(a: SolutionSet, b: SolutionSet) -> SolutionSet:
    """a ∪ b"""
    if isinstance(a, Periodic) or isinstance(b, Periodic):
        if isinstance(a, RealSet) and a.empty:
            return b
        if isinstance(b, RealSet) and b.empty:
            return a
        if isinstance(a, Periodic) and isinstance(b, Periodic):
            return Periodic(a.families + b.families)
        raise Unsupported("a family of solutions beside single ones")
    return _combined(a, b, lambda p, q: p or q)


def intersection(a: SolutionSet, b: SolutionSet) -> SolutionSet:
    """a ∩ b"""
    if isinstance(a, Periodic) and isinstance(b, RealSet):
        return a.within(b)
    if isinstance(b, Periodic) and isinstance(a, RealSet):
        return b.within(a)
    if isinstance(a, Periodic) or isinstance(b, Periodic):
        raise Unsupported("two families of solutions at once")
    return _combined(a, b, lambda p, q: p and q)


def minus(a: RealSet, b: RealSet) -> RealSet:
    """a \\ b"""
    return _combined(a, b, lambda p, q: p and not q)


# ---------------------------------------------------------------- families


@dataclass(frozen=True, slots=True)
class Family:
    """base + n·step for all integers n; in units of π where `turns`, which are then exact."""

    base: Root
    step: Root

    def member(self, n: int) -> Root:
        """base + n·step"""
        base, step = self.base, self.step
        if base.exact is not None and step.exact is not None:
            return Root(base.exact + n * step.exact)
        return Root(None, lambda bits: base.ball(bits) + n * step.ball(bits), certain=base.certain)

    def nearest(self, root: Root) -> Root:
        """The member nearest to a number."""
        with ctx.workprec(64):
            n = (root.ball(64) - self.base.ball(64)) / self.step.ball(64)
        return self.member(round(float(n.mid())))

    def has(self, root: Root) -> bool:
        """Whether (root - base) / step is an integer, as far as `LAST_BITS` bits tell."""
        accepts = self.base.accepts
        for bits in (64, LAST_BITS):
            with ctx.workprec(bits):
                n = (root.ball(bits) - self.base.ball(bits)) / self.step.ball(bits)
                whole = n.unique_fmpz()
                if whole is None and not n.contains_integer():
                    if accepts is None:
                        return False
                    nearest = round(float(n.mid()))
                    step = self.step
                    moved = Root(None, lambda b, k=nearest, step=step: root.ball(b) - k * step.ball(b))  # type: ignore[misc]
                    return accepts(moved) is not None
        return True


@dataclass(frozen=True, slots=True)
class Periodic:
    """A union of families."""

    families: tuple[Family, ...]

    def __contains__(self, root: Root) -> bool:
        return any(f.has(root) for f in self.families)

    def accepted_by(self, root: Root) -> str | None:
        """How a written decimal stands for a member: 'rounded', 'truncated' or not at all."""
        if root.accepts is None:
            return None
        return next((how for f in self.families if (how := root.accepts(f.nearest(root)))), None)

    def members(self, count: int) -> list[Root]:
        """The members with -count <= n <= count of each family."""
        return [f.member(n) for f in self.families for n in range(-count, count + 1)]

    def within(self, bounds: RealSet) -> RealSet:
        """The members that belong to a bounded set.

        Raises:
            Unsupported: the set is not bounded, or holds too many of them.
        """
        if bounds.empty:
            return NOTHING
        if bounds.between[0] or bounds.between[-1] or not bounds.cuts:
            raise Unsupported("a family of solutions on an unbounded set")
        low, high = bounds.cuts[0].ball(64), bounds.cuts[-1].ball(64)
        found: list[Root] = []
        for family in self.families:
            base, step = family.base.ball(64), family.step.ball(64)
            first, last = sorted((float(((low - base) / step).mid()), float(((high - base) / step).mid())))
            if last - first > MAX_MEMBERS:
                raise Unsupported("too many members of a family")
            for n in range(int(first) - 2, int(last) + 3):
                member = family.member(n)
                if member in bounds:
                    found.append(member)
        return of_points(found)


SolutionSet = RealSet | Periodic


# ---------------------------------------------------------------- gaps


def between_roots(a: Root | None, b: Root | None) -> fmpq:
    """A rational number strictly between two roots, as simple as may be; None is ∓∞."""
    if a is None and b is None:
        return fmpq(0)
    if a is None or b is None:
        if a is None:
            low = _reach(b)[0]  # type: ignore[arg-type]
            return fmpq(low.p // low.q - 1)
        # The upper end of its ball: of a number of fifty digits the ball is wide.
        high = _reach(a)[1]
        return fmpq(high.p // high.q + 2)
    for bits in (64, LAST_BITS):
        x, y = a.ball(bits), b.ball(bits)
        if x < y:
            low, high = bounds(x)[1], bounds(y)[0]
            if low < high:
                return _simplest(low, high)
    raise Unsupported("two numbers too close to part")


def _reach(root: Root) -> tuple[fmpq, fmpq]:
    """Rational numbers that the root lies between, or is."""
    return (root.exact, root.exact) if root.exact is not None else bounds(root.ball(64))


def _simplest(low: fmpq, high: fmpq) -> fmpq:
    """A short number strictly between: the middle, rounded as far as the gap allows."""
    if low < 0 < high:
        return fmpq(0)
    middle = (low + high) / 2
    for unit in (1, 2, 4, 10, 100, 1000, 10**6, 10**9):
        scaled = middle * unit
        near = fmpq((2 * scaled.p + scaled.q) // (2 * scaled.q), unit)
        if low < near < high:
            return near
    return middle
