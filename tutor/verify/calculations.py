"""Chains of numbers, with what is known of their decimals: true, false, or not to be held against the student."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tutor.records import FalseEquality, FollowsFrom, NothingClaimed, Step, Undecided, Verdict
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Call,
    Chain,
    Constant,
    Number,
    Percent,
    Product,
    Quantity,
    Quotient,
    Root,
    Symbol,
    kinds,
    numbers,
    walk,
    without_brackets,
)
from tutor.verify import settled
from tutor.verify.notebook import Notebook
from tutor.verify.questions import EARLIER_LINES_TRIED, Outcome, Question, ask, found, weakest
from tutor.verify.shapes import is_plain_number, without_units
from tutor.verify.tasks import Compare, Entail, Finding, Relate


def judge_calculation(asked: Question, chain: Chain) -> Outcome:
    """Numbers only: true or false by itself, unless an equation with no solution led to it."""
    finding = calculate(chain, asked.book)
    if finding.evidence.verdict is Verdict.CORRECT:
        return found(finding, chain, asked.book.wrong_line_used(chain))
    named = asked.claim.among_words or ONE_OF_THEM.match(asked.claim.text) is not None
    if named and len(chain.operands) > 2 and is_plain_number(chain.operands[0]):
        # "6 pupils drank 2.5 quarts = 6 * 2.5 = 15 quarts": the number before the first = belongs to the words.
        rest = Chain(chain.operands[1:], chain.relations[1:], chain.modulus)
        without_label = calculate(rest, asked.book)
        if without_label.evidence.verdict is Verdict.CORRECT:
            return found(without_label, rest, asked.book.wrong_line_used(rest))
    if isinstance(finding.evidence, Undecided) and isinstance(chain.operands[0], Percent):
        return judge_share(asked, chain)
    if asked.book.tells_a_story and is_fraction_of_a_whole(chain):
        return judge_share(asked, chain)
    if finding.evidence.verdict is Verdict.UNDECIDED and asked.strict and len(chain.operands) == 2:
        left, right = chain.operands
        if settled.divides_by_zero(right) and not settled.divides_by_zero(left) and chain.relations == ("=",):
            evidence = FalseEquality(to_text(left), to_text(right), to_text(left), "no value: a division by 0")
            return Outcome(evidence, chain)
    if asked.book.modular and finding.evidence.verdict is Verdict.WRONG:
        return Outcome(Undecided(("the work may be modulo a number, or in another base",)), chain)
    if divides_with_remainder(chain, asked.step):
        return Outcome(NothingClaimed("a division with remainder"), chain, known=False)
    if not asked.claim.among_words and len(chain.operands) == 2:
        if contradicted(asked.book, chain):
            lines = tuple(sorted({f.line for f in asked.book.facts}))
            return Outcome(FollowsFrom(lines, method="the equations contradict each other"), chain)
        for fact in asked.book.facts[: -EARLIER_LINES_TRIED - 1 : -1]:
            related = ask(asked.book, Relate(fact.statement, without_units(chain), asked.book.setting))
            if related.evidence.verdict is Verdict.CORRECT:
                return found(related, chain, fact.rests_on, fact)
            if fact.names and related.evidence.verdict is Verdict.WRONG:
                return Outcome(finding.evidence, chain, finding.remarks)
    return Outcome(finding.evidence, chain, finding.remarks)


# 1 part = 72 ÷ 9 = £8
ONE_OF_THEM = re.compile(r"\s*1\s+[A-Za-z]{3,}\s*=")


def is_fraction_of_a_whole(chain: Chain) -> bool:
    """`1/5 = 12`, `2/5 = 3 · 8 = 24`: a part of a whole that is not named comes to more than one; not `6/12 = 2`."""
    share, last = chain.operands[0], without_units(chain.operands[-1])
    if set(chain.relations) != {"="} or not isinstance(share, Quotient) or not isinstance(last, Number):
        return False
    top, bottom = share.top, share.bottom
    if not (isinstance(top, Number) and isinstance(bottom, Number) and 0 < top.value <= bottom.value):
        return False
    return last.value > 1 and last.value * top.value != bottom.value


def judge_share(asked: Question, chain: Chain) -> Outcome:
    """`80% = 48`, `10% = 6`, `1/5 = 12`: shares of a whole that is not named."""
    book = asked.book
    share, rest = chain.operands[0], chain.operands[1:]
    if len(rest) > 1:
        calculated = calculate(Chain(rest, chain.relations[1:]), book)
        if calculated.evidence.verdict is not Verdict.CORRECT:
            return Outcome(calculated.evidence, chain, calculated.remarks)
    value = without_units(rest[-1])
    statement = Chain((Product((share, Symbol(WHOLE)), ("*",)), value), ("=",))
    for fact in book.about(frozenset({WHOLE})):
        finding = ask(book, Relate(fact.statement, statement, book.setting))
        if finding.evidence.verdict is Verdict.CORRECT:
            return found(finding, statement, fact.rests_on, fact)
    if len(rest) > 1:
        return found(calculated, statement, book.wrong_line_used(chain))
    return Outcome(NothingClaimed("a share of a whole"), statement)


WHOLE = "whole"


def contradicted(book: Notebook, chain: Chain) -> bool:
    """A false statement follows, because the equations so far have no common solution."""
    names = frozenset[str]().union(*(f.names for f in book.facts))
    premises = book.premises(names, sound=True)
    if not 2 <= len(premises) <= 6:
        return False
    finding = ask(book, Entail(tuple(f.statement for f in premises), without_units(chain), book.setting))
    return finding.evidence.verdict is Verdict.CORRECT


REMAINDER = re.compile(r"\bremain|left\s*over|\bR\s*\d|\brest\b|\bfull\b|\bwhole\b|\bcomplete\b", re.IGNORECASE)


def divides_with_remainder(chain: Chain, step: Step) -> bool:
    """`2250 ÷ 360 = 6 full turns with 90 degrees remaining`: the whole part of a quotient, said to be that."""
    if len(chain.operands) != 2 or not REMAINDER.search(step.text):
        return False
    left, right = (without_brackets(without_units(o)) for o in chain.operands)
    if not isinstance(left, Quotient) or not isinstance(right, Number):
        return False
    top, bottom = without_brackets(left.top), without_brackets(left.bottom)
    if not isinstance(top, Number) or not isinstance(bottom, Number) or not bottom.value:
        return False
    return right.value == top.value // bottom.value


def calculate(chain: Chain, book: Notebook) -> Finding:
    """The finding for a chain of numbers: its first false link, or the least exact of its true ones."""
    from tutor.verify.arithmetic import judge_chain as judge_numbers

    exact = exact_decimals(chain, book)
    setting = replace(book.setting, exact_decimals=exact) if exact else book.setting
    findings = judge_numbers(chain, setting, book.budget)
    if findings is None:
        pairs = zip(chain.operands, chain.relations, chain.operands[1:], strict=False)
        findings = tuple(ask(book, Compare(left, right, sign, setting)) for left, sign, right in pairs)
    return weakest(findings)


def exact_decimals(chain: Chain, book: Notebook) -> frozenset[Fraction]:
    """The decimals of a calculation that were not rounded: the problem's, money, exact results, one decimal place.

    A longer decimal that comes from nowhere may be a rounded fraction (0.67 for 2/3), and one that an inexact line gave
    is; these stand for their rounding intervals.
    """
    alone = {o.value for o in map(without_brackets, chain.operands) if isinstance(o, Number)}
    found: set[Fraction] = set()
    for place, operand in enumerate(chain.operands):
        before = chain.operands[max(0, place - 1)]
        stands_for_root = not kinds(before).isdisjoint((Root, Call, Constant)) and kinds(operand).isdisjoint(
            (Root, Call)
        )
        written_before = {number.value for number in numbers(before)}
        for node in walk(operand):
            value = node.value if isinstance(node, Quantity) and node.unit.text in CURRENCY else node
            if not isinstance(value, Number) or value.places is None or value.value in alone:
                continue
            if value.value in book.rounded_numbers:
                continue
            if stands_for_root and value.value not in written_before and value.value not in book.exact_numbers:
                continue  # 20 cos 30° = 20 × 0.9
            money = isinstance(node, Quantity) and value is not operand and operand is not node
            if money or value.places <= 1 or value.value in book.exact_numbers:
                found.add(value.value)
    return frozenset(found)


CURRENCY = frozenset("$ £ € ¥ ₹".split())


DECIMAL_IN_TEXT = re.compile(r"(?<![\w.])(\d[\d,]*\.\d+|\.\d+|\d[\d,]*)(\s*%|\s*percent)?")


def numbers_of_statement(text: str) -> set[Fraction]:
    """The numbers a problem states; a percentage also as the decimal it stands for."""
    found: set[Fraction] = set()
    for digits, percent in DECIMAL_IN_TEXT.findall(text[:20_000]):
        if len(digits) > 40:
            continue
        value = Fraction(digits.replace(",", ""))
        found.add(value)
        if percent:
            found |= {value / 100, 1 + value / 100, 1 - value / 100}
    return found
