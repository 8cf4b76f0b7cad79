"""What the words of a line say of the claims among them: a new equation, a rounding, a second thought, a refusal.

Each question forbids an accusation and never makes one: a claim that is introduced, rounded off or refused by the
words around it may be false without anybody having asserted it.
"""

from __future__ import annotations

import re

from tutor.records import Claim, Role, Step
from tutor.regex import regex

_INTRODUCES = regex(
    r"\b(?:can|could|may|must|need to|should|have to|will|let['’]s|us)\s+(?:now |also |then |therefore )*"
    r"(?:write|set up|express|represent|form|say|state|model|use)\b"
    r"|\bset(?:ting)? up\b|\b(?:have|get|gives?) (?:the|an) equation\b"
    r"|\b(?:are|is|were|was) (?:given|told)\b|\bwe (?:also )?know\b"
    r"|\baccording to\b|\bthe (?:problem|question) (?:says|states|tells)\b|\bin terms of\b"
    r"|\bmust (?:be|equal|satisfy)\b",
    re.IGNORECASE,
)
_ROUNDS = regex(
    r"\b(?:round(?:s|ed|ing)?(?: (?:it|this|that|up|down|off|to))?|nearest|whole number|integer|at least|at most"
    r"|approximat\w*|about|roughly|estimate[ds]?|truncat\w*)\b",
    re.IGNORECASE,
)
_PART_OF = regex(r"(?<![A-Za-z])(?:arg|amp|mod|Re|Im)\s*$")
_ARGUMENT = regex(r"[\s$]*\\?arg\s+[A-Za-z]\b")
_PENCE = regex(r"\d\s?p\b")
_COUNTED = regex(r"=\s*\d+\s*(?:full |whole |complete )?[A-Za-z]{3,}\.?\s*$")
_CLOCK = regex(r"(?<![\d:.,])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:.,])")
_DAYTIME = regex(r"\b(?:min(?:ute)?s?|h(?:ou)?rs?|h|[ap]\.?m\.?|o['’]clock)\b|\d(?:min|h|[ap]m)\b", re.IGNORECASE)
_SECOND_THOUGHTS = regex(
    r"\b(?:misunder\w+|mistak(?:e|en|enly)|misread|misinterpret\w*"
    r"|re-?(?:evaluat|examin|consider|calculat|check|interpret|visit)\w*"
    r"|let['’]?s (?:correct|fix|try again|redo|re)"
    r"|correct(?:ed|ing)? (?:the|our|this|that|my|understanding|approach|calculation)"
    r"|(?:an|the|my|our|this) error|try (?:another|a different)|different approach|contradict\w*"
    r"|not (?:possible|valid|consistent))\b",
    re.IGNORECASE,
)
_DERIVES = regex(
    r"\b(?:factor(?:ing|ise|ize|ising|izing)?|expand(?:ing)?|simplif(?:y|ying|ies)|divid(?:e|ing)|multipl(?:y|ying)"
    r"|subtract(?:ing)?|add(?:ing)?|combin(?:e|ing)|rearrang(?:e|ing)|isolat(?:e|ing)|distribut(?:e|ing)|solv(?:e|ing)"
    r"|collect(?:ing)?|cancel(?:ing|ling)?|squar(?:e|ing)|tak(?:e|ing) the (?:square|cube) root)\b[^.]*"
    r"(?:\b(?:get|gives?|have|obtain|find|yields?|is|becomes?|to)\b[^.]{0,12}|:\s*)$",
    re.IGNORECASE,
)
_FACTORS = regex(r"\bfactor", re.IGNORECASE)
_SOLVES = regex(r"\bsolv(?:e|ing)\b|\bsolutions?\b|\bsimultaneous", re.IGNORECASE)
_SENTENCE = regex(r"[.!?](?=\s|$)")
_DIGITS = regex(
    r"\b(?:units?|ones|last|final|tens|hundreds)(?:['’]s?)?[ -](?:two )?digits?\b|\bends? (?:in|with)\b", re.IGNORECASE
)
_REMAINDER = regex(r"\bremainders?\b|\bdivisible\b|\bclock\b|\bday of the week\b", re.IGNORECASE)
_DIVIDED_BY = regex(r"\b(?:divided|divisible|division) by\D{0,12}?(\d{1,4})\b")
_PUTS_IN = regex(r"\b(?:substitut|plug|put(?:ting)? in|insert|replac|known value|given value)", re.IGNORECASE)
_WITHIN = regex(r"\s*\$?\s*[(\[]?\s*(?:all\s+)?in\s+(?:\$|\\)?(?:mathbb|Z|S|[A-Z]\b|base\b)|\s*\(?\s*mod\b")
_DASH = regex(r"\s*[-–—]\s+\S")


def clause_before(step: Step, claim: Claim) -> str:
    """The words of the sentence that lead to a claim."""
    before = step.text[: claim.span.start]
    ends = [m.end() for m in _SENTENCE.finditer(before)]
    return before[ends[-1] :] if ends else before


def introduces(step: Step, claim: Claim) -> bool:
    """`we are given that it is 120, so we can write: 40x = 120`: new information, however it is linked."""
    return bool(_INTRODUCES.search(clause_before(step, claim)))


def derives(step: Step, claim: Claim) -> bool:
    """`Factoring the left side, we have (x - 2)(x + 3) = 0`: an operation is said to lead to the claim."""
    return bool(_DERIVES.search(clause_before(step, claim)))


def solves(step: Step, claim: Claim, before: str) -> bool:
    """`Solving the two equations, we get x = 2`: the claim is said to be the solution."""
    clause = clause_before(step, claim)
    return bool(_SOLVES.search(clause) or (not clause.strip(" $\\[(") and _SOLVES.search(before)))


def speaks_of_factors(*texts: str) -> bool:
    """The words say that something is written as a product."""
    return any(_FACTORS.search(text) for text in texts)


def rounds_off(*texts: str) -> bool:
    """`so we round down to a whole number: x = 9`"""
    return any(_ROUNDS.search(text) for text in texts)


def of_something(step: Step, claim: Claim) -> bool:
    """`arg z = π/3`, where z = π/3 was read: it speaks of a part of z."""
    return bool(_PART_OF.search(step.text[: claim.span.start]) or _ARGUMENT.match(claim.text))


def pence(text: str) -> bool:
    """`560p = £5.60`"""
    return "£" in text and bool(_PENCE.search(text))


def counts(text: str) -> bool:
    """`n = 18 years`: a whole number of something, so that 17.67 was rounded up."""
    return bool(_COUNTED.search(text))


def times_of_day(text: str) -> bool:
    """`20:45 + 20 min = 21:05`"""
    return len(_CLOCK.findall(text)) > 1 or bool(_CLOCK.search(text) and _DAYTIME.search(text))


def second_thoughts(text: str) -> bool:
    """The words take back, or doubt, what stands before them."""
    return bool(_SECOND_THOUGHTS.search(text))


def refused_later(step: Step, claim: Claim) -> bool:
    """`we get 0 + 7/2·7 = 7/2, so 24.5 = 7/2, which is false`: the sentence refuses what it arrives at."""
    for other in step.claims:
        if other.role is Role.RETRACTED and other.span.start > claim.span.end:
            return not _SENTENCE.search(step.text[claim.span.end : other.span.start])
    return False


def moduli(problem: str) -> frozenset[int]:
    """The numbers modulo which the calculations may hold: 10 for last digits, the divisors of remainders."""
    found = {10, 100} if _DIGITS.search(problem) else set()
    if _REMAINDER.search(problem):
        found |= {int(n) for n in _DIVIDED_BY.findall(problem)[:8]}
    return frozenset(found - {0, 1})


def same_modulo(left: str, right: str, numbers: frozenset[int]) -> bool:
    """Whether two integers agree modulo one of the numbers."""
    if not numbers or not all(side.lstrip("-").isdigit() for side in (left, right)):
        return False
    return any((int(left) - int(right)) % n == 0 for n in numbers)


def puts_values_in(*texts: str) -> bool:
    """The line, or the one before, says that known values are put in."""
    return any(_PUTS_IN.search(text) for text in texts)


def calculates_within(step: Step, claim: Claim) -> bool:
    """`8 + 8 = 6 (all in S)`, `3·5 = 1 mod 7`: in another arithmetic."""
    return bool(_WITHIN.match(step.text[claim.span.end :]))


def dash_may_be_bullet(step: Step, claim: Claim) -> bool:
    """`- 3 * 2 = 6` at the beginning of a line."""
    return bool(_DASH.match(step.text)) and not step.text[: claim.span.start].strip(" -–—")


ROUNDED = regex(
    r"\s*[,(\[]?\s*(?:(?:rounded|correct|given|accurate)?\s*(?:up|down)?\s*(?:to|in)?\s*)?(?:the\s+)?"
    r"(?:(?:\d|one|two|three|four)\s*(?:s\.?\s?f\b|d\.?\s?p\b|sig\w*\.?(?:\s*(?:fig\w*|dig\w*))|dec\w*\s*(?:places?)?)"
    r"|nearest\b|rounded\b)",
    re.IGNORECASE,
)


def says_rounded(text: str, end: int) -> bool:
    """`43 cm² (2 s.f.)`, `2.7 to 1 d.p.`: what stands behind a claim says that its result was rounded."""
    return ROUNDED.match(text, end) is not None
