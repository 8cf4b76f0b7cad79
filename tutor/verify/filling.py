"""Numbers put into an equation of an earlier line: 1/10 = 1/30 + 1/v after 1/f = 1/u + 1/v."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from tutor.laws.matching import match_law
from tutor.records import FollowsFrom, Relation
from tutor.syntax.tree import Chain, Expr, Node, Number, Symbol, children, numbers, symbols, without_brackets
from tutor.verify.physical import Physical, without_power_of_ten
from tutor.verify.questions import Outcome, Question
from tutor.verify.shapes import constant, same_tree

FACTS_TRIED = 8


def judge_by_filling(asked: Question, chain: Chain, physical: Physical) -> Outcome | None:
    """Right where each number is one that the problem gives, and the one that belongs there so far as that is known."""
    if chain.relations != ("=",) or not symbols(chain) or all(len(symbols(o)) == 1 for o in chain.operands):
        return None
    for fact in list(reversed(asked.book.facts))[:FACTS_TRIED]:
        formula = fact.statement
        if fact.line < 0 or fact.rests_on is not None or not isinstance(formula, Chain):
            continue
        if formula.relations != ("=",):
            continue
        for sides in (formula.operands, formula.operands[::-1]):
            filled: dict[str, Expr] = {}
            if all(fills(a, b, filled) for a, b in zip(sides, chain.operands, strict=True)):
                numerals = {name: value for name, value in filled.items() if constant(value)}
                if numerals and belong(numerals, formula, physical):
                    evidence = FollowsFrom((fact.line,), Relation.SUBSTITUTION, "numbers put into the formula")
                    return Outcome(evidence, physical.plain(chain))
    return None


def fills(formula: Node, written: Node, filled: dict[str, Expr]) -> bool:
    """Whether `written` is the formula with constants, the same ones each time, in place of some of its letters."""
    if isinstance(formula, Expr) and isinstance(written, Expr):
        formula, written = without_brackets(formula), without_brackets(written)
    if isinstance(formula, Symbol) and isinstance(written, Expr):
        kept = isinstance(written, Symbol) and written.name == formula.name
        return (kept or constant(written)) and same_tree(filled.setdefault(formula.name, written), written)
    if isinstance(formula, Number):
        return isinstance(written, Number) and formula.value == written.value
    below, beside = list(children(formula)), list(children(written))
    if type(formula) is not type(written) or len(below) != len(beside):
        return False
    if not below:
        return formula == written
    return all(fills(a, b, filled) for a, b in zip(below, beside, strict=True))


def belong(numerals: Mapping[str, Expr], formula: Chain, physical: Physical) -> bool:
    """Whether each number is what its letter stands for, or a given that no other letter has."""
    match = match_law(formula, physical.meaning)
    roles: dict[str, str] = {}
    if match is not None:
        of_law = match.law.symbols
        alone = [role for role, count in Counter(symbol.role for symbol in of_law.values()).items() if count == 1]
        for name, expr in match.names.items():
            if isinstance(expr, Symbol) and name in of_law and of_law[name].role in alone:
                roles[expr.name] = of_law[name].role
    for name, value in numerals.items():
        figures = figures_of(value)
        known = physical.meaning(name).value
        if known is not None:
            if figures_of(known) != figures:
                return False
            continue
        same = [g for g in physical.scene.givens if g.role and g.role == roles.get(name)]
        if len(same) == 1 and figures_of(same[0].value) != figures:
            return False
        if len(figures) != 1 or not (figures <= physical.given_numbers or figures == {Fraction(1)}):
            return False
    return True


def figures_of(value: Expr) -> frozenset[Fraction]:
    """The figures of the numbers in a value, its powers of ten left out."""
    found = {without_power_of_ten(n.value) for n in numbers(value)}
    return frozenset(found - {Fraction(1)} if len(found) > 1 else found)
