"""The line that gives a value on the way for the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.path.reckoning import chains, is_calculation
from tutor.reading.numerals import numerals
from tutor.records import Step
from tutor.syntax.tree import Expr, symbols

WORDS_OF_A_SENTENCE = 4  # what a calculation stands for is said with it
WORD = re.compile(r"[A-Za-z]{3,}")
ASKED = re.compile(
    r"\bhow many (?P<what>(?:[\w'’-]+ ){1,4}?)"
    r"(?:do|does|did|is|are|was|were|will|would|can|could|should|has|have|had|must|in|of|to|for|on|at|from|per)\b",
    re.IGNORECASE,
)
PER = re.compile(r"(?:\bper\b|\ban?\b|/) ?[A-Za-z]+")
NOTHING_LEFT = re.compile(r"\b(?:none|nothing|no|not any|never)\b|n[’']t\b.*\bany\b", re.IGNORECASE)


def asked_for(statement: str) -> frozenset[str]:
    """The words for what is counted: `friends` of "How many friends can she invite?"

    >>> sorted(asked_for("She has 9 cats. How many white cats are there? How many more fish will she need?"))
    ['fish', 'more']
    """
    found = list(ASKED.finditer(statement))
    return frozenset(w.lower() for w in found[-1]["what"].split()) if found else frozenset()


def where_given(steps: Sequence[Step], value: Fraction, asked: frozenset[str]) -> Step | None:
    """The line that a value is given for the answer in: where it is worked out, or said to be what is asked for."""
    there = [s for s in steps if value in {n.value for n in numerals(s.text)}]
    if not value:
        there = [s for s in steps if s in there or NOTHING_LEFT.search(s.text)]
    worked = [s for s in there if any(map(is_calculation, operands(s)))]
    said = [s for s in there if WORD.search(s.text) and (not worked or s.line > worked[-1].line)]
    said = [s for s in said if not is_of_letters(s, value)] or said
    named = [s for s in said if is_named(s.text, value, asked)]
    in_a_sentence = [s for s in worked[-1:] if len(WORD.findall(s.text)) >= WORDS_OF_A_SENTENCE]
    if named and in_a_sentence and asked.isdisjoint(w.lower() for w in WORD.findall(in_a_sentence[0].text)):
        return named[0]
    return next(iter(in_a_sentence or said or worked or there), None)


def is_of_letters(step: Step, value: Fraction) -> bool:
    """Whether a line has a value only for an unknown: x = 14."""
    inside = [c for c in step.claims for chain in chains(c.statement) if symbols(chain)]
    return all(
        any(c.span.start <= n.start < c.span.end for c in inside) for n in numerals(step.text) if n.value == value
    )


def is_named(text: str, value: Fraction, asked: frozenset[str]) -> bool:
    """Whether a value stands with the words for what is asked."""
    after = [WORD.findall(text[n.end :])[:3] for n in numerals(text) if n.value == value]
    return any(w.lower() in asked for words in after for w in words)


def is_counted(text: str, value: Fraction, units: frozenset[str]) -> bool:
    """Whether a value is said to be so many of something: 24 students are boys, 9 hours; but $9 per hour are no hours.

    >>> is_counted("It is 36/4 = $9 per hour", Fraction(9), frozenset({"hour"}))
    False
    """
    for n in numerals(text):
        if n.value == value:
            before, after = text[max(n.start - 1, 0) : n.start], PER.sub(" ", text[n.end :])
            if any(unit in after.lower() for unit in units) or ("dollar" in units and before == "$"):
                return True
    return False


def noun_after(text: str, value: Fraction) -> str:
    """What stands behind a value: `legs` of 6*4 = 24 legs."""
    after = [WORD.match(text[n.end :].lstrip()) for n in numerals(text) if n.value == value]
    return after[-1][0].lower() if after and after[-1] is not None else ""


def operands(step: Step) -> Iterator[Expr]:
    """What stands between the signs of a line's equations."""
    for claim in step.claims:
        for chain in chains(claim.statement):
            yield from chain.operands


def last_number(text: str) -> Fraction | None:
    """The last number of a text that is written in figures."""
    found = [n.value for n in numerals(text) if not n.in_words]
    return found[-1] if found else None
