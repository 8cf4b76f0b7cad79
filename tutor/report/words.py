"""What the evidence says, in plain English: what was found, where, and what may be checked by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import assert_never

from tutor.records import (
    CannotRead,
    Contradicts,
    Counterexample,
    EqualValues,
    Evidence,
    FalseEquality,
    FollowsFrom,
    FollowThrough,
    Identity,
    MatchesAnswer,
    NothingClaimed,
    NotTheAnswer,
    Relation,
    Samples,
    SolutionSets,
    SolutionsLost,
    Undecided,
    Verdict,
)

# Icon and word; colour comes third and never alone.
VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.CORRECT: ("✓", "correct"),
    Verdict.FOLLOW_THROUGH: ("↪", "follows through"),
    Verdict.WRONG: ("✗", "wrong"),
    Verdict.UNDECIDED: ("?", "undecided"),
    Verdict.UNREADABLE: ("⌧", "unreadable"),
    Verdict.NO_CLAIM: ("·", "no claim"),
}

SIGNS = {
    "=": "not",
    "≈": "not near",
    "<": "which is not less than",
    "<=": "which is more than",
    ">": "which is not more than",
    ">=": "which is less than",
}

NO_CLAIM = {
    "words": "Words; there is nothing here to check.",
    "heading": "A heading.",
    "given": "Restates what is given.",
    "restated": "Restates what is given.",
    "definition": "Introduces a name; there is nothing to check.",
    "retracted": "Crossed out or taken back, so it is not judged.",
    "blank": "Blank.",
    "label": "A label.",
    "operation": "Says what is done next.",
}


def listed(items: Iterable[str], last: str = "and") -> str:
    """a, b and c

    >>> listed(["x = 1", "x = 2", "x = 3"])
    'x = 1, x = 2 and x = 3'
    """
    found = [i for i in items if i]
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} {last} {found[-1]}" if found else ""


SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
PRINTED = (("<=", "≤"), (">=", "≥"), ("!=", "≠"), ("sqrt(", "√("))


def printed(text: str) -> str:
    """Typed notation as a book prints it.

    >>> printed("2*x^2 >= 3*a*sqrt(y)"), printed("20*3*(x + 1)*(x - 1)")
    ('2x² ≥ 3a·√(y)', '20·3(x + 1)(x - 1)')
    """
    for typed, shown in PRINTED:
        text = text.replace(typed, shown)
    text = re.sub(r"(?<![\w.^])(\d+(?:\.\d+)?)\*(?=[^\W\d]|[(√])", r"\1", text).replace(")*(", ")(")
    text = re.sub(r"(?<=[\w)\]!%°′])\s?\*\s?(?=[\w(√\[+-])", "·", text)
    text = re.sub(r"(?<=[\w)])\^(\d{1,3})(?![\d.,^!])", lambda m: m[1].translate(SUPERSCRIPT), text)
    return re.sub(r"\bpi\b", "π", text)


def lines_named(lines: Iterable[int]) -> str:
    """Lines as a person counts them; -1 is the problem.

    >>> lines_named([-1, 0, 2])
    'the problem and lines 1 and 3'
    """
    numbers = sorted(set(lines))
    counted = [str(n + 1) for n in numbers if n >= 0]
    own = f"line{'s' if len(counted) > 1 else ''} {listed(counted)}" if counted else ""
    return listed(["the problem" if -1 in numbers else "", own])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _solution_sets(e: SolutionSets) -> str:
    if e.relation is Relation.SOLUTIONS_GAINED:
        new = listed(e.gained)
        if not new:
            return "Keeps every solution of the line before and may have new ones: check them in the line before."
        verb = "is new: check it" if len(e.gained) == 1 else "are new: check them"
        return f"Keeps every solution of the line before; {new} {verb} in the line before."
    if e.relation is Relation.SAME_ROOTS:
        return f"The same solutions as before, though not each as often: {e.after}."
    return f"The same solutions as before: {e.after}." if e.after else "The same solutions as before."


HOLDS = {"yes": "holds", "true": "holds", "no": "does not hold", "false": "does not hold"}


def _comes_to(value: str) -> str:
    """A side has a value; a statement holds or does not."""
    return HOLDS.get(value.lower(), f"is {value}")


def _counterexample(e: Counterexample) -> str:
    place = listed(f"{name} = {value}" for name, value in e.values.items())
    named = bool(e.left_text and e.right_text)
    if named:
        said = f"{e.left_text} {_comes_to(e.left)} and {e.right_text} {_comes_to(e.right)}"
    else:
        said = f"the line before gives {e.left} and this one gives {e.right}"
    if not place:
        return f"{_capital(said)}."
    return f"At {place}, {said}." if named else f"At {place} {said}."


def _false_equality(e: FalseEquality) -> str:
    sign = SIGNS.get(e.sign)
    left = e.left_text if e.left_text == e.left else f"{e.left_text} is {e.left}"
    right = e.right_text if e.right_text == e.right else f"{e.right_text} = {e.right}"
    if e.sign in ("=", "≈") and e.left_text != e.left and e.right_text == e.right:
        return f"{left}, {sign} {e.right}."
    if e.sign in ("=", "≈"):
        if e.left_text == e.left:
            return (
                f"{e.right_text} is {e.right}, {sign} {e.left}."
                if e.right_text != e.right
                else f"{left} is {sign} {right}."
            )
        return f"{left}, and {e.right_text} is {e.right}."
    if sign is None:
        return f"{e.left_text} {e.sign} {e.right_text} does not hold: the two are {e.left} and {e.right}."
    return f"{left}, {sign} {right}."


def _solutions_lost(e: SolutionsLost) -> str:
    lost = listed(e.lost)
    one = len(e.lost) == 1
    said = f"{lost} {'solves' if one else 'solve'} the line before and {'is' if one else 'are'} lost here."
    if e.relation is Relation.SOLUTIONS_LOST or not e.gained:
        return said
    verb = "solves" if len(e.gained) == 1 else "solve"
    return f"{lost} {'solves' if one else 'solve'} the line before but not this one, which {listed(e.gained)} {verb}."


def _contradicts(e: Contradicts) -> str:
    source = lines_named(e.lines) or "the problem"
    forced, claimed = listed(e.forced, "or"), listed(e.claimed, "or")
    forced = forced if not e.symbol or e.symbol in forced else f"{e.symbol} = {forced}"
    claimed = claimed if not e.symbol or e.symbol in claimed else f"{e.symbol} = {claimed}"
    return f"From {source} it follows that {forced}, but this line says {claimed}."


def in_words(evidence: Evidence) -> str:
    """The reason as a sentence or two that a student can check.

    >>> in_words(Counterexample({"x": "2"}, "10", "7"))
    'At x = 2 the line before gives 10 and this one gives 7.'
    >>> in_words(FalseEquality("20*3", "50", "60", "50"))
    '20*3 is 60, not 50.'
    >>> in_words(SolutionsLost(("x = -3",), "x = 3 or x = -3", "x = 3"))
    'x = -3 solves the line before and is lost here.'
    """
    match evidence:
        case Identity():
            if evidence.except_where:
                return f"Equal wherever both sides have a value; not where {listed(evidence.except_where, 'or')}."
            return "Equal for every value."
        case EqualValues():
            return f"Both sides are {evidence.value}{'' if evidence.exact else ', to the figures shown'}."
        case SolutionSets():
            return _solution_sets(evidence)
        case FollowsFrom():
            source = lines_named(evidence.lines) or "what is known"
            if evidence.relation is Relation.SUBSTITUTION:
                return f"Puts in what is known from {source}."
            return f"Follows from {source}."
        case Samples():
            return f"Agrees at {evidence.points} points, which is strong evidence and not a proof."
        case MatchesAnswer():
            return f"This is the answer, {evidence.answer}."
        case Counterexample():
            return _counterexample(evidence)
        case FalseEquality():
            return _false_equality(evidence)
        case SolutionsLost():
            return _solutions_lost(evidence)
        case Contradicts():
            return _contradicts(evidence)
        case NotTheAnswer():
            return f"{evidence.claimed} is not the answer: {evidence.witness.rstrip('.')}."
        case FollowThrough():
            return f"Follows from line {evidence.rests_on + 1}, which is wrong; no further mark is lost."
        case Undecided():
            if evidence.timeout:
                return "The time for this line ran out, so it is left for a person; it costs nothing."
            if evidence.why:
                return f"{evidence.why.rstrip('.')}. So it is left for a person; it costs nothing."
            return "Neither proved nor refuted, so it is left for a person; it costs nothing."
        case CannotRead():
            return evidence.expected
        case NothingClaimed():
            return NO_CLAIM.get(evidence.why, _capital(evidence.why).rstrip(".") + "." if evidence.why else "")
        case _:
            assert_never(evidence)
