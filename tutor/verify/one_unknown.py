"""Statements about one real unknown as sets of numbers, and how two such sets stand to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.bridge.by_substitution import member_text
from tutor.bridge.roots import Root
from tutor.bridge.solution_sets import (
    EVERYTHING,
    NOTHING,
    Family,
    Periodic,
    RealSet,
    SolutionSet,
    aligned,
    between_roots,
    intersection,
    union,
)
from tutor.bridge.solving import SIGNS, fulfils, proved, significant_figures, solve
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.records import Relation
from tutor.syntax.tree import (
    AllValues,
    Both,
    Bracket,
    Chain,
    Constant,
    Either,
    Expr,
    Interval,
    Listing,
    Negative,
    Node,
    NoSolution,
    NumberSet,
    PlusMinus,
    SetBuilder,
    SetOf,
    SetOperation,
    Statement,
    Sum,
    Symbol,
    Tuple,
    numbers,
    rebuild,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.meaning import resolve
from tutor.verify.tasks import Setting

MAX_PARTS = 40


# ---------------------------------------------------------------- what a statement says, spelt out


def decimals(statement: Node) -> frozenset[Fraction]:
    """The values of the decimals written in a line."""
    return frozenset(n.value for n in numbers(statement) if n.places or "e" in n.text.lower())


def exact_decimals(known: frozenset[Fraction], after: Node) -> frozenset[Fraction]:
    """`known` and the decimals of one figure: a coefficient of 0.2 is seldom a rounded one."""
    return known | {n.value for n in numbers(after) if n.places and significant_figures(n) == 1}


def _has_plus_minus(node: Node) -> bool:
    return any(n.__class__ is PlusMinus for n in walk(node))


def _choose_sign(e: Expr, upper: bool) -> Expr:
    if isinstance(e, PlusMinus):
        right = _choose_sign(e.right, upper)
        term: Expr = Negative(right) if (e.sign == "±") != upper else right
        return term if e.left is None else Sum((_choose_sign(e.left, upper), term))
    return rebuild(e, lambda c: _choose_sign(c, upper) if isinstance(c, Expr) else c)


def spelt_out(statement: Statement) -> Statement:
    """± as two cases, lists as several, `x = 1, x = -2` as an or."""
    if isinstance(statement, Chain):
        return _spelt_chain(statement)
    if isinstance(statement, Either):
        return Either(tuple(_parts(statement.parts)))
    if isinstance(statement, Both):
        parts = tuple(_parts(statement.parts))
        return Either(parts) if _alternatives(parts) else Both(parts)
    return statement


def _parts(parts: tuple[Statement, ...]) -> Iterator[Statement]:
    """The parts, where a bare value (`x = 1, -2`) takes the left side of the part before it."""
    left: Expr | None = None
    for part in parts:
        if isinstance(part, Chain):
            left = part.operands[0]
            yield spelt_out(part)
        elif isinstance(part, Expr) and left is not None:
            yield spelt_out(Chain((left, part), ("=",)))
        else:
            yield spelt_out(part)


def _alternatives(parts: tuple[Statement, ...]) -> bool:
    """Whether `x = 1, x = -2` are the values that one unknown may have, rather than conditions on it."""
    names: set[str] = set()
    for part in parts:
        if isinstance(part, Either):
            if not _alternatives(part.parts):
                return False
            names |= symbols(part)
            continue
        if not (isinstance(part, Chain) and part.relations in (("=",), ("≈",))):
            return False
        left, right = part.operands
        if isinstance(right, Symbol):
            left, right = right, left
        if not isinstance(left, Symbol) or symbols(right):
            return False
        names.add(left.name)
    return len(names) == 1 and len(parts) > 1


def _spelt_chain(chain: Chain) -> Statement:
    last = chain.operands[-1]
    if len(chain.operands) == 2 and chain.relations[0] in ("=", "≈") and isinstance(last, Listing):
        return Either(tuple(_spelt_chain(Chain((chain.operands[0], item), chain.relations)) for item in last.items))
    if _has_plus_minus(chain):
        cases = tuple(
            Chain(tuple(_choose_sign(o, up) for o in chain.operands), chain.relations) for up in (True, False)
        )
        left = chain.operands[0]
        if _has_plus_minus(left) and any(_has_plus_minus(o) for o in chain.operands[1:]):
            cases += tuple(
                Chain(
                    (_choose_sign(left, up), *(_choose_sign(o, not up) for o in chain.operands[1:])),
                    chain.relations,
                )
                for up in (True, False)
            )
        return Either(cases)
    return chain


# ---------------------------------------------------------------- a statement as a set


def solution_set(
    statement: Statement, name: str, setting: Setting, known: frozenset[Fraction] | None = None
) -> SolutionSet:
    """The real values of one unknown for which a statement holds.

    known: decimals that are exact, because the line before has them; None: all are.

    Raises:
        Unsupported, TooLarge, Undefined: no method applies.
    """
    if isinstance(statement, Chain):
        return _of_chain(statement, name, setting, known)
    if isinstance(statement, Either | Both):
        if len(statement.parts) > MAX_PARTS:
            raise Unsupported("too many cases")
        join = union if isinstance(statement, Either) else intersection
        return _joined([solution_set(part, name, setting, known) for part in statement.parts], join)
    if isinstance(statement, NoSolution):
        return NOTHING
    if isinstance(statement, AllValues):
        return EVERYTHING
    raise Unsupported("a statement of another kind")


def _joined(sets: list[SolutionSet], join: Callable[[SolutionSet, SolutionSet], SolutionSet]) -> SolutionSet:
    """All of them in one; families last, when the bounds that they are cut by are together."""
    sets.sort(key=lambda s: isinstance(s, Periodic))
    found = sets[0]
    for each in sets[1:]:
        found = join(found, each)
    return found


def _of_chain(chain: Chain, name: str, setting: Setting, known: frozenset[Fraction] | None) -> SolutionSet:
    sets = [
        _of_pair(a, sign, b, name, setting, known)
        for a, sign, b in zip(chain.operands, chain.relations, chain.operands[1:], strict=False)
    ]
    return _joined(sets, intersection)


def _of_pair(
    left: Expr, sign: str, right: Expr, name: str, setting: Setting, known: frozenset[Fraction] | None
) -> SolutionSet:
    if sign in SIGNS:
        left, right = resolve(left, setting), resolve(right, setting)
        if sign == "=" and symbols(right) - {name} and symbols(left) == {name}:
            from tutor.bridge.by_substitution import families

            return families(left, right, name, setting.integers)
        return solve(left, sign, right, name, known)
    if sign in ("in", "notin"):
        if not (isinstance(left, Symbol) and left.name == name):
            raise Unsupported("membership of something that is not the unknown")
        inside = set_of(right, name, setting, known)
        if sign == "in":
            return inside
        if isinstance(inside, RealSet):
            from tutor.bridge.solution_sets import complement

            return complement(inside)
    raise Unsupported(f"the relation {sign}")


def _is_infinite(e: Expr) -> int:
    e = without_brackets(e)
    if isinstance(e, Negative):
        return -_is_infinite(e.operand)
    return 1 if isinstance(e, Constant) and e.name == "infinity" else 0


def set_of(e: Expr, name: str, setting: Setting, known: frozenset[Fraction] | None = None) -> SolutionSet:
    """A set that is written down: {1, 2}, (-1, 3], unions of those."""
    e = e if isinstance(e, Bracket) and e.style == "{" else without_brackets(e)
    unknown = Symbol(name)
    match e:
        case SetOf(items):
            found: SolutionSet = NOTHING
            for item in items:
                found = union(found, _of_chain_any(Chain((unknown, item), ("=",)), name, setting, known))
            return found
        case Tuple((lower, upper)):
            return _interval(lower, upper, False, False, name, setting, known)
        case Interval(lower, upper, closed_lower, closed_upper):
            return _interval(lower, upper, closed_lower, closed_upper, name, setting, known)
        case SetOperation(operator, parts):
            sets = [set_of(p, name, setting, known) for p in parts]
            result = sets[0]
            for other in sets[1:]:
                if operator == "union":
                    result = union(result, other)
                elif operator == "intersection":
                    result = intersection(result, other)
                elif isinstance(result, RealSet) and isinstance(other, RealSet):
                    from tutor.bridge.solution_sets import minus

                    result = minus(result, other)
                else:
                    raise Unsupported("a family of solutions less others")
            return result
        case NumberSet("R"):
            return EVERYTHING
        case SetBuilder(variable, condition) if variable == unknown:
            return solution_set(spelt_out(condition), name, setting, known)
        case Bracket(inner, "{"):
            return solution_set(Chain((unknown, inner), ("=",)), name, setting, known)
    raise Unsupported("a set of another kind")


def _of_chain_any(chain: Chain, name: str, setting: Setting, known: frozenset[Fraction] | None) -> SolutionSet:
    return solution_set(_spelt_chain(chain), name, setting, known)


def _interval(
    lower: Expr,
    upper: Expr,
    closed_lower: bool,
    closed_upper: bool,
    name: str,
    setting: Setting,
    known: frozenset[Fraction] | None,
) -> SolutionSet:
    unknown = Symbol(name)
    found: SolutionSet = EVERYTHING
    if _is_infinite(lower) >= 0:
        if _is_infinite(lower):
            return NOTHING
        found = solve(unknown, ">=" if closed_lower else ">", resolve(lower, setting), name, known)
    if _is_infinite(upper) <= 0:
        if _is_infinite(upper):
            return NOTHING
        found = intersection(found, solve(unknown, "<=" if closed_upper else "<", resolve(upper, setting), name, known))
    return found


# ---------------------------------------------------------------- how two sets stand to each other


@dataclass(slots=True)
class Standing:
    """What `after` keeps of `before`. relation: as in DESIGN. rounding: 'rounded' or 'truncated' where decimals count.

    lost and gained are numbers; `lost_text` and `gained_text` name them, or the intervals and families they come from.
    """

    relation: Relation
    lost: list[Root] = field(default_factory=list)
    gained: list[Root] = field(default_factory=list)
    lost_text: list[str] = field(default_factory=list)
    gained_text: list[str] = field(default_factory=list)
    rounding: str | None = None
    principal_only: bool = False


def stand(before: SolutionSet, after: SolutionSet, *, decimal: bool = False) -> Standing:
    """How the solutions of `after` stand to those of `before`. decimal: numbers are shown as decimals."""
    if isinstance(before, RealSet) and isinstance(after, RealSet):
        return _stand(before, after, decimal)
    return _stand_by_members(before, after, decimal)


def _stand(before: RealSet, after: RealSet, decimal: bool) -> Standing:
    cuts, at, between = aligned(before, after)
    result = Standing(Relation.EQUIVALENT)
    kept = False
    for (b, a), (had, has) in zip(cuts, at, strict=True):
        root = b if b is not None else a
        assert root is not None
        if had and has:
            kept = True
            if a is not None and b is not None and a.accepts is not None:
                how = a.accepts(b)
                if how and not _equal(a, b) and result.rounding != "truncated":
                    result.rounding = how
        elif had:
            result.lost.append(root)
            result.lost_text.append(root.show(decimal))
        elif has:
            result.gained.append(root)
            result.gained_text.append(root.show(decimal))
        if a is not None and b is not None and a.accepts is not None and not had and result.rounding is None:
            how = a.accepts(b)
            if how and not _equal(a, b):
                result.rounding = how
    ends: list[Root | None] = [None, *(b if b is not None else a for b, a in cuts), None]
    for k, (had, has) in enumerate(between):
        if had and has:
            kept = True
        elif had or has:
            q = between_roots(ends[k], ends[k + 1])
            (result.lost if had else result.gained).append(Root(q))
            (result.lost_text if had else result.gained_text).append(_gap_text(ends[k], ends[k + 1], decimal))
    if result.lost:
        result.relation = Relation.SOLUTIONS_LOST if kept else Relation.DIFFERENT
    elif result.gained:
        result.relation = Relation.SOLUTIONS_GAINED
    return result


def _equal(a: Root, b: Root) -> bool:
    from tutor.bridge.roots import compare

    return compare(a, b) == 0


def _gap_text(a: Root | None, b: Root | None, decimal: bool) -> str:
    return f"({a.show(decimal) if a else '-∞'}, {b.show(decimal) if b else '∞'})"


def _stand_by_members(before: SolutionSet, after: SolutionSet, decimal: bool) -> Standing:
    result = Standing(Relation.EQUIVALENT)
    if (isinstance(before, RealSet) and not before.finite) or (isinstance(after, RealSet) and not after.finite):
        if isinstance(after, RealSet) and after.everything:
            result.relation = Relation.SOLUTIONS_GAINED
            return result
        raise Unsupported("a family of solutions beside an interval")
    had = before.members(6) if isinstance(before, Periodic) else list(before.points)
    has = after.members(6) if isinstance(after, Periodic) else list(after.points)
    result.lost = _nearest_first([r for r in had if r not in after])
    result.gained = _nearest_first([r for r in has if r not in before])
    if isinstance(before, Periodic) and result.gained:
        for r in result.gained:
            result.rounding = before.accepted_by(r) or result.rounding
        result.gained = [r for r in result.gained if not before.accepted_by(r)]
    result.lost_text = _texts(before, after, result.lost, decimal)
    result.gained_text = _texts(after, before, result.gained, decimal)
    if result.lost:
        result.relation = Relation.SOLUTIONS_LOST if len(result.lost) < len(had) else Relation.DIFFERENT
        if isinstance(before, Periodic) and isinstance(after, RealSet) and has and not result.gained:
            result.principal_only = True
    elif result.gained:
        result.relation = Relation.SOLUTIONS_GAINED
    return result


def _nearest_first(roots: list[Root]) -> list[Root]:
    return sorted(roots, key=lambda r: (abs(float(r.ball().mid())), -float(r.ball().mid())))


def _texts(of: SolutionSet, other: SolutionSet, roots: list[Root], decimal: bool) -> list[str]:
    """Whole families by their formula, single members by themselves."""
    if not isinstance(of, Periodic) or not roots:
        return [r.show(decimal) for r in roots[:6]]
    whole = [f for f in of.families if all(f.member(n) not in other for n in range(-2, 3))]
    if whole:
        return [family_text(f) for f in whole[:6]]
    return [member_text(r) for r in roots[:6]]


# ---------------------------------------------------------------- how sets are shown


def set_text(found: SolutionSet, name: str, *, decimal: bool = False) -> str:
    """`x = -3 or x = 3`, `-1 < x <= 3`, `no solution`."""
    if isinstance(found, Periodic):
        return " or ".join(f"{name} = {family_text(f)}" for f in found.families)
    if found.empty:
        return "no solution"
    if found.everything:
        return f"all {name}"
    pieces: list[str] = []
    n = len(found.cuts)
    k = 0
    while k <= n:
        if found.between[k]:
            start = k
            while k < n and found.at[k] and found.between[k + 1]:
                k += 1
            low = found.cuts[start - 1] if start else None
            high = found.cuts[k] if k < n else None
            closed_low = bool(start and found.at[start - 1])
            closed_high = bool(k < n and found.at[k])
            pieces.append(_piece_text(low, closed_low, high, closed_high, name, decimal))
        if k < n and found.at[k] and not found.between[k] and not found.between[k + 1]:
            pieces.append(f"{name} = {found.cuts[k].show(decimal)}")
        k += 1
    if len(pieces) > 12:
        pieces = [*pieces[:12], "…"]
    return " or ".join(pieces)


def _piece_text(
    low: Root | None, closed_low: bool, high: Root | None, closed_high: bool, name: str, decimal: bool
) -> str:
    if low is None and high is None:
        return f"all {name}"
    if low is None:
        return f"{name} {'<=' if closed_high else '<'} {high.show(decimal)}"  # type: ignore[union-attr]
    if high is None:
        return f"{name} {'>=' if closed_low else '>'} {low.show(decimal)}"
    return (
        f"{low.show(decimal)} {'<=' if closed_low else '<'} {name} {'<=' if closed_high else '<'} {high.show(decimal)}"
    )


def family_text(f: Family) -> str:
    """`π/6 + 2πn`"""
    step = f.step.text
    if "/" in step and "π" in step:
        top, bottom = step.split("/", 1)
        step = f"{top}n/{bottom}"
    else:
        step = f"({step})n" if "/" in step else f"{step}n"
    step = {"1n": "n", "-1n": "-n"}.get(step, step)
    if f.base.exact is not None and f.base.exact == 0:
        return step
    return f"{f.base.text} + {step}"


def named(text: str, name: str) -> str:
    """`x = 2`, or `x in (2, 3)` for an interval."""
    return f"{name} in {text}" if text.startswith("(") and "," in text else f"{name} = {text}"


# ---------------------------------------------------------------- does a number fulfil a statement


def holds(
    statement: Statement,
    name: str,
    root: Root,
    setting: Setting,
    known: frozenset[Fraction] | None,
    *,
    prove: bool = False,
) -> bool | None:
    """Whether a statement is true of a number: False is proved by balls that are apart, True is not but for `prove`.

    known: decimals that are exact; the others stand for their rounding. None: all are exact.
    prove: True only where an exact value, or a change of sign, proves it.
    """
    if isinstance(statement, Chain):
        results = [
            _pair_holds(a, sign, b, name, root, setting, known, prove)
            for a, sign, b in zip(statement.operands, statement.relations, statement.operands[1:], strict=False)
        ]
        return _all(results)
    if isinstance(statement, Both):
        return _all([holds(p, name, root, setting, known, prove=prove) for p in statement.parts])
    if isinstance(statement, Either):
        results = [holds(p, name, root, setting, known, prove=prove) for p in statement.parts]
        return True if True in results else None if None in results else False
    if isinstance(statement, NoSolution):
        return False
    return True if isinstance(statement, AllValues) else None


def _all(results: list[bool | None]) -> bool | None:
    return False if False in results else None if None in results else True


def _pair_holds(
    left: Expr,
    sign: str,
    right: Expr,
    name: str,
    root: Root,
    setting: Setting,
    known: frozenset[Fraction] | None,
    prove: bool,
) -> bool | None:
    if sign in ("in", "notin") or symbols(right) - {name}:
        try:
            inside = root in _of_pair(left, sign, right, name, setting, known)
        except (Unsupported, Undefined, TooLarge):
            return None
        return None if inside and prove and root.exact is None else inside
    left, right = resolve(left, setting), resolve(right, setting)
    if prove:
        return proved(left, sign, right, name, root)
    return fulfils(left, sign, right, name, root, known)
