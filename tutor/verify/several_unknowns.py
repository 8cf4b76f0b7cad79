"""One equation in several symbols: by factors of the numerators, else by values put for all symbols but one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.bridge.factors import Factored, compare_by_factors
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.records import Counterexample, Relation, Remark, Samples, SolutionSets, SolutionsLost
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Both,
    Bracket,
    Chain,
    Derivative,
    Differential,
    Either,
    Expr,
    Integral,
    Limit,
    Negative,
    Node,
    Number,
    Quotient,
    Statement,
    Symbol,
    kinds,
    substitute,
    symbols,
    walk,
)
from tutor.verify.meaning import resolve
from tutor.verify.one_unknown import decimals, exact_decimals, holds, named, set_text, solution_set, stand
from tutor.verify.tasks import Budget, Finding, Setting

POINTS = 8
TRIES = 20
MAX_SYMBOLS = 12

# Small, pairwise different and in no simple relation; negative ones come later, as letters often stand for sizes.
VALUES = (3, 5, 7, 2, 11, 13, 4, 17, 6, 9, 19, 8)


def is_equation(statement: Statement) -> bool:
    """left = right"""
    return isinstance(statement, Chain) and statement.relations == ("=",)


def relate_in_several(before: Statement, after: Statement, setting: Setting, budget: Budget) -> Finding | None:
    """How two statements in several symbols stand to each other; None where no method reaches."""
    before, after = resolved(before, setting), resolved(after, setting)
    parted: Factored | None = None
    if is_equation(before) and is_equation(after):
        budget.spend(1_000)
        try:
            parted = compare_by_factors(before.operands, after.operands)  # type: ignore[union-attr,arg-type]
        except (Unsupported, Undefined, TooLarge):
            parted = None
        if parted is not None:
            found = _by_factors(parted, after, setting)
            if found is not None:
                return found
    if symbols(after) - symbols(before) - setting.integers:
        return None
    return by_values(before, after, setting, budget)


def resolved(statement: Statement, setting: Setting) -> Statement:
    """The statement with what its functions mean put in."""
    if isinstance(statement, Chain):
        return Chain(
            tuple(resolve(o, setting) for o in statement.operands),
            statement.relations,
            statement.modulus,
            span=statement.span,
        )
    if isinstance(statement, Either):
        return Either(tuple(resolved(p, setting) for p in statement.parts))
    if isinstance(statement, Both):
        return Both(tuple(resolved(p, setting) for p in statement.parts))
    return statement


def _solved_for(statement: Statement) -> str | None:
    """The symbol that stands alone on one side."""
    if is_equation(statement):
        left, right = statement.operands  # type: ignore[union-attr]
        for side, other in ((left, right), (right, left)):
            if isinstance(side, Symbol) and side.name not in symbols(other):
                return side.name
    return None


def _by_factors(parted: Factored, after: Statement, setting: Setting) -> Finding | None:
    if parted.assumed and not parted.exact:
        return None
    remarks = tuple(Remark("domain", f"This is true only where {c} is not 0.") for c in parted.conditions if c)
    if parted.missing:
        unknown = _solved_for(after)
        unknowns = setting.unknowns | ({unknown} if unknown else set())
        if not parted.shared or parted.extra or not parted.exact:
            return None
        if any(names & unknowns or len(names) != 1 for _, names in parted.missing):
            return None
        dropped = tuple(
            Remark("domain", f"Dividing by {text} loses the case {text} = 0.") for text, _ in parted.missing if text
        )
        return Finding(SolutionSets(Relation.EQUIVALENT, "", ""), remarks + dropped)
    if parted.extra:
        gained = tuple(f"{text} = 0" for text, _ in parted.extra if text)
        note = Remark("solutions_gained", f"New here: {', '.join(gained)}. Check it in the line before.")
        return Finding(SolutionSets(Relation.SOLUTIONS_GAINED, "", "", gained), (*remarks, note))
    if parted.multiplicity:
        return Finding(SolutionSets(Relation.SAME_ROOTS, "", ""), remarks)
    return Finding(SolutionSets(Relation.EQUIVALENT, "", ""), remarks)


# ---------------------------------------------------------------- by values


def assignments(names: list[str], tries: int = TRIES) -> Iterator[dict[str, Fraction]]:
    """Values for the symbols: different, positive first, then of both signs and not whole; the same each time."""
    n = len(VALUES)
    for k in range(tries):
        values: dict[str, Fraction] = {}
        for i, name in enumerate(names):
            v = Fraction(VALUES[(i * (k % 3 + 1) + 5 * k + (i // n)) % n])
            if k >= 4 and k % 2:
                v = v / VALUES[(i + k) % n]
            if k >= 6 and (i + k) % 3 == 0:
                v = -v
            values[name] = v
        yield values


def number(v: Fraction) -> Expr:
    """A number as a tree."""
    top: Expr = Number(str(abs(v.numerator)), Fraction(abs(v.numerator)))
    if v.denominator != 1:
        top = Bracket(Quotient(top, Number(str(v.denominator), Fraction(v.denominator))))
    return Bracket(Negative(top)) if v < 0 else top


def names_variables(statement: Node) -> bool:
    """Whether a symbol stands for itself, as in d/dx: no number can be put for it."""
    return not kinds(statement).isdisjoint((Derivative, Differential, Integral, Limit))


def put(statement: Statement, values: dict[str, Fraction]) -> Statement:
    """The statement with numbers for symbols."""
    return substitute(statement, {name: number(v) for name, v in values.items()})


def _degree_hint(statement: Node, name: str) -> int:
    """How hard it looks to solve for a symbol: how often it occurs, more where it stands in a function."""
    from tutor.syntax.tree import Absolute, Call, Power, Root

    score = 0
    for node in walk(statement):
        if isinstance(node, Symbol) and node.name == name:
            score += 1
        elif isinstance(node, Power | Root | Call | Absolute) and name in symbols(node):
            score += 3
    return score


def targets(before: Statement, after: Statement, setting: Setting) -> list[str]:
    """The symbols to solve the line before for, best first."""
    names = sorted(symbols(before) - setting.integers)
    asked = _solved_for(after)
    return sorted(names, key=lambda n: (n != asked, n not in setting.unknowns, _degree_hint(before, n), n))


def by_values(before: Statement, after: Statement, setting: Setting, budget: Budget) -> Finding | None:
    """Put values for all symbols but one, and compare what is left as statements about that one."""
    if names_variables(before) or names_variables(after):
        return None
    names = targets(before, after, setting)
    if not names or len(names) > MAX_SYMBOLS:
        return None
    known = decimals(before)
    for target in names[:3]:
        others = [n for n in sorted(symbols(before) | symbols(after)) if n != target and n not in setting.integers]
        agreeing = gained = 0
        rounding = None
        failed = 0
        for values in assignments(others):
            if failed > 6:
                break
            budget.spend(1_500)
            b, a = put(before, values), put(after, values)
            try:
                had = solution_set(b, target, setting)
                if had.empty if hasattr(had, "empty") else False:
                    failed += 1
                    continue
                has = solution_set(a, target, setting, known)
                standing = stand(had, has)
            except (Unsupported, Undefined, TooLarge):
                failed += 1
                continue
            if standing.lost:
                witness = _witness(b, a, before, after, values, target, standing, had, has, setting, known)
                if witness is not None:
                    return witness
                failed += 1
                continue
            rounding = rounding or standing.rounding
            agreeing += 1
            gained += bool(standing.gained)
            if agreeing >= POINTS:
                break
        if agreeing >= POINTS:
            from tutor.verify.equations import rounding_remark

            remarks = (rounding_remark(rounding),) if rounding else ()
            if gained:
                note = Remark("solutions_gained", "There may be new solutions here; check them in the line before.")
                return Finding(Samples(agreeing, Relation.SOLUTIONS_GAINED), (*remarks, note))
            return Finding(Samples(agreeing, Relation.EQUIVALENT), remarks)
    return None


def _witness(  # type: ignore[no-untyped-def]
    b: Statement,
    a: Statement,
    before: Statement,
    after: Statement,
    values: dict[str, Fraction],
    target: str,
    standing,
    had,
    has,
    setting: Setting,
    known: frozenset[Fraction],
) -> Finding | None:
    from tutor.bridge.solving import value_text

    where = {name: str(v) for name, v in values.items() if name in symbols(before) | symbols(after)}
    for root, text in zip(standing.lost, standing.lost_text, strict=False):
        if holds(a, target, root, setting, exact_decimals(known, after)) is not False:
            continue
        if not root.certain and holds(b, target, root, setting, None, prove=True) is not True:
            continue
        given = ", ".join(f"{n} = {v}" for n, v in where.items())
        if standing.relation is Relation.SOLUTIONS_LOST:
            shown, now = set_text(had, target), set_text(has, target)
            evidence: SolutionsLost | Counterexample = SolutionsLost(
                (named(text, target),), shown, now, (), Relation.SOLUTIONS_LOST
            )
            note = f"With {given}, the line before has {shown}; this line has {now}."
            return Finding(evidence, (Remark("witness", note),))
        if is_equation(a):
            left, right = (value_text(o, target, root) for o in a.operands)  # type: ignore[union-attr]
            if left is not None and right is not None:
                sides = [to_text(o) for o in after.operands]  # type: ignore[union-attr]
                told = f"{given}, {target} = {root.text} fulfils the line before"
                note = f"{told}; here it gives {left} on the left and {right} on the right."
                evidence = Counterexample({**where, target: root.text}, left, right, sides[0], sides[1])
                return Finding(evidence, (Remark("witness", note),))
        shown, now = set_text(had, target), set_text(has, target)
        note = f"With {given}, the line before has {shown}; this line has {now}."
        return Finding(
            SolutionsLost((named(text, target),), shown, now, (), Relation.DIFFERENT), (Remark("witness", note),)
        )
    return None
