"""What the evidence says, in plain English: what was found, where, and what may be checked by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from tutor.records import (
    CannotRead,
    Contradicts,
    Counterexample,
    Departs,
    DimensionMismatch,
    EqualValues,
    Evidence,
    FalseEquality,
    FollowsFrom,
    FollowThrough,
    Identity,
    InvalidMethod,
    MatchesAnswer,
    NothingClaimed,
    NotTheAnswer,
    Relation,
    Remark,
    Samples,
    SolutionSets,
    SolutionsLost,
    StatesLaw,
    Undecided,
    Verdict,
    WrongLaw,
    WrongQuantity,
)
from tutor.report.notation import GREEK, at_a_point, grouped, interval, printed, value, value_and_decimal

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
    "definition": "Gives something a name; there is nothing to check.",
    "retracted": "Crossed out or taken back, so it is not judged.",
    "crossed out": "Crossed out or taken back, so it is not judged.",
    "blank": "Blank.",
    "label": "A label.",
    "operation": "Says what is done next.",
    "expression": "Says what is worked with; nothing is claimed of it.",
    "a new equation": "A new equation, which the lines after it work with.",
}
# What is said where the final answer is not the problem's, by what the comparison found.
NOT_THE_ANSWER = {
    "the problem's own solution gives another answer": "This is not the answer to the problem. Where the calculation "
    "itself is right, look at whether it is the one that the problem asks for.",
    "not all of these are solutions": "This is not the answer yet: not all of these solve the problem. Put each one "
    "into the problem to see which.",
    "some of the solutions are missing": "This is only a part of the answer: there are more solutions.",
    "the answer found fulfils this line, the right one does not": "From here on the work leads to an answer that is "
    "not the problem's. Look at which law belongs here, and at what is put into it.",
    "the value is outside the tolerance": "This is not the answer: its value is too far off.",
    "the value is another one": "This is not the answer: the value is another one.",
}
LONG_NUMBER = re.compile(r"(?<![\w.,^])\d{5,}(?![\w,]|\.\d)")
# A witness as the verifier words it: what solves the lines before, and what it gives in this one.
WITNESS = re.compile(
    r"(?P<who>.+?) (?P<verb>solves|fulfils) (?P<where>the lines? before)(?:; here |, but )(?P<what>.+)"
)


def listed(items: Iterable[str], last: str = "and") -> str:
    """a, b and c

    >>> listed(["x = 1", "x = 2", "x = 3"])
    'x = 1, x = 2 and x = 3'
    """
    found = [i for i in items if i]
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} {last} {found[-1]}" if found else ""


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
        return f"Keeps every solution of the line before; {new} {verb} there."
    if e.relation is Relation.SAME_ROOTS:
        return f"The same solutions as before, though not each as often: {e.after}."
    return f"The same solutions as before: {e.after}." if e.after else "The same solutions as before."


HOLDS = {"yes": "holds", "true": "holds", "no": "does not hold", "false": "does not hold"}


def _comes_to(side: str) -> str:
    """A side has a value; a statement holds or does not."""
    return HOLDS.get(side.lower(), f"is {at_a_point(side)}")


def _witnessed(witness: str, sole: bool = True) -> str:
    """What a solution of the line before gives in this one; `sole`: nothing else has been said of it yet.

    >>> _witnessed("x = 5 solves the line before; here it gives 28 on the left and 8 on the right.")
    'x = 5 solves the line before, but here the left side is 28 and the right side is 8.'
    """
    found = WITNESS.fullmatch(witness)
    if found is None:
        return witness
    verb = "fits" if found["verb"] == "fulfils" else "solves"
    what = re.sub(
        r"^it gives (\S+) on the left and (\S+) on the right\.$",
        lambda m: f"the left side is {value(m[1])} and the right side is {value(m[2])}.",
        found["what"],
    )
    what = re.sub(r"^it gives (.+?)\.$", r"it says \1.", what)
    what = re.sub(r"^it would say ", "it says ", what)
    what = what.removesuffix(" there.") + "." if what.endswith("no value there.") else what
    if what.startswith("not th"):
        return f"{found['who']} {verb} {found['where']}, but not this line." if sole else ""
    return f"{found['who']} {verb} {found['where']}, but here {what}" if sole else f"At {found['who']} {what}"


def _counterexample(e: Counterexample, witness: str) -> str:
    if witness:
        new = re.fullmatch(r"(.+) fulfils this line, but not the line before \(.+\)\.", witness)
        if new is None:
            return _witnessed(witness)
        means = f": there {e.left_text} is needed" if HOLDS.get(e.left.lower()) == HOLDS["no"] and e.left_text else ""
        return f"{new[1]} fits this line, but not the line before{means}."
    place = listed(f"{name} = {at}" for name, at in e.values.items())
    named = bool(e.left_text and e.right_text)
    if named:
        said = f"{e.left_text} {_comes_to(e.left)} and {e.right_text} {_comes_to(e.right)}"
    else:
        said = f"the line before gives {at_a_point(e.left)} and this one gives {at_a_point(e.right)}"
    if not place:
        return f"{_capital(said)}."
    return f"At {place}, {said}." if named else f"At {place} {said}."


def _false_equality(e: FalseEquality) -> str:
    e = replace(e, left_text=_bare(e.left_text), right_text=_bare(e.right_text))
    said = _two_values(e)
    return _capital(said) if said.startswith(("component ", "row ")) else said


def _bare(text: str) -> str:
    """Without brackets around the whole of it.

    >>> _bare("(3^2)"), _bare("(x + 1)(x + 2)"), _bare("(2, 3)")
    ('3^2', '(x + 1)(x + 2)', '(2, 3)')
    """
    return text[1:-1] if re.fullmatch(r"\([^(),]*\)", text) else text


def _two_values(e: FalseEquality) -> str:
    sign = SIGNS.get(e.sign)
    left, right = value_and_decimal(e.left), value_and_decimal(e.right)
    right, unit = _unit_of_both(e, right)
    left = f"{left}{unit}"
    known_left, known_right = _same(e.left_text, e.left), right == e.right_text or _same(e.right_text, e.right)
    if sign is None:
        return f"{e.left_text} {e.sign} {e.right_text} does not hold: the two are {left} and {right}."
    if e.sign not in ("=", "≈"):
        first = e.left_text if known_left else f"{e.left_text} is {left}"
        return f"{first}, {sign} {e.right_text if known_right else f'{e.right_text} = {right}'}."
    if known_left and known_right:
        return f"{e.left_text} is {sign} {e.right_text}."
    if known_right:
        return f"{e.left_text} is {left}, {sign} {right}."
    if known_left:
        return f"{e.right_text} is {right}, {sign} {left}."
    return f"{e.left_text} is {left}, but {e.right_text} is {right}."


def _unit_of_both(e: FalseEquality, right: str) -> tuple[str, str]:
    """The right value and the unit, where one unit stands on both sides and the values were compared without it."""
    found = re.fullmatch(r"(\S+) ([^\W\d]\S*)", e.right_text)
    if found is None or found[1] != e.right or not re.search(rf"\d {re.escape(found[2])}(?!\w)", e.left_text):
        return right, ""
    units = set(re.findall(r"(?<=\d )[^\W\d][^\s()*·+-]*", e.left_text))
    if units != {found[2]} or re.search(r"[*·/^]", e.left_text):
        return right, ""
    return e.right_text, f" {found[2]}"


def _same(text: str, its_value: str) -> bool:
    """Whether a side is written as its value."""
    return text == its_value or its_value.endswith(f" ({text})") or its_value.startswith(f"{text} (")


def _solutions_lost(e: SolutionsLost, witness: str) -> str:
    one = len(e.lost) == 1
    lost = listed(map(interval, e.lost))
    found = WITNESS.fullmatch(witness)
    ranged = any(" in " in x for x in e.lost)
    if witness and found is None:
        return witness
    if ranged:
        example = f" For example, {_witnessed(witness)}" if found else ""
        return f"The line before allows {lost}, which {'is' if one else 'are'} lost here.{example}"
    if one and found and not found["what"].startswith("not th"):
        return _witnessed(witness)
    before = found["where"] if found else "the line before"
    solve, is_ = ("solves", "is") if one else ("solve", "are")
    told = _witnessed(witness, sole=False) if found else ""
    if e.relation is Relation.SOLUTIONS_LOST or not e.gained:
        said = f"{lost} {solve} {before} and {is_} lost here."
    elif told:
        said = f"{lost} {solve} {before} but not this one."
    else:
        said = f"{lost} {solve} {before} but not this one, which {listed(map(interval, e.gained))} "
        said += "solves." if len(e.gained) == 1 else "solve."
    return f"{said} {told}".rstrip()


def _contradicts(e: Contradicts) -> str:
    source = lines_named(e.lines) or "the problem"
    forced, claimed = listed(e.forced, "or"), listed(e.claimed, "or")
    forced = forced if not e.symbol or e.symbol in forced else f"{e.symbol} = {forced}"
    claimed = claimed if not e.symbol or e.symbol in claimed else f"{e.symbol} = {claimed}"
    return f"From {source} it follows that {forced}, but this line says {claimed}."


def _follow_through(e: FollowThrough, line: int | None) -> str:
    if e.rests_on == line:
        return "Right in itself: it carries on from the mistake before it on this line, and costs nothing more."
    return f"Right in itself: it carries on from the mistake in line {e.rests_on + 1}, and costs nothing more."


def _dimension_mismatch(e: DimensionMismatch) -> str:
    match e.where:
        case "sum":
            return f"{e.left_text} is {e.left} and {e.right_text} is {e.right}: they cannot be added."
        case "argument":
            inside = f" inside {e.right_text}" if e.right_text else ""
            return f"{e.left_text}{inside} is {e.left}, but only a number can stand there."
        case "exponent":
            return f"The exponent {e.left_text} is {e.left}, but only a number can be an exponent."
        case _:
            return f"The left side is {e.left}, the right side {e.right}."


def _wrong_law(e: WrongLaw) -> str:
    witness = _sentence(e.witness)
    return f"{_capital(e.name)}: {e.law_text}, not {e.stated}." + (f" {witness}" if witness else "")


def _sentence(text: str) -> str:
    """With a capital, one full stop and long numbers in groups of three; nothing where there is nothing."""
    text = LONG_NUMBER.sub(lambda m: grouped(m[0]), text.strip().rstrip("."))
    begins = re.match(r"[a-z]{2,}(?![\w^*])", text)  # a word and not a letter of the mathematics
    return f"{_capital(text) if begins and begins[0] not in GREEK else text}." if text else ""


def _wrong_quantity(e: WrongQuantity) -> str:
    used = f"{e.used} ({e.used_role})" if e.used_role else e.used
    needed = f"{e.needed} ({e.needed_role})" if e.needed_role else e.needed
    if e.slip == "degrees":
        said = f"This was worked out with {used}, but the angle is {needed}: set the calculator to degrees"
    else:
        said = f"You put {used}{f' where the law for {e.name}' if e.name else ' where this'} needs {needed}"
    digits = "Look at the digits again" if e.slip == "digits" else ""
    yields = f"With {'that' if e.slip == 'degrees' else 'it'} the line gives {e.yields}" if e.yields else ""
    return " ".join(filter(None, map(_sentence, (said, digits, yields))))


def _departs(e: Departs) -> str:
    what = listed(e.what)
    needed = f" What is needed here is {e.needed}." if e.needed else ""
    match e.slip:
        case "operation":
            said = f"{e.found} is right in itself, but the problem asks for another operation with these numbers."
        case "other_value":
            said = f"{e.found} is right in itself, but {what} is not the number that belongs here."
        case "left_out":
            left = f"{e.found} is right as it stands, but it leaves out {what or 'something'}"
            said = f"{left}, and no later line brings it in."
        case "too_much":
            said = f"{e.found} is right as it stands, but {what or 'something'} does not belong in it."
        case "part":
            said = f"{e.found} is right on the way, but it is not yet what is asked for."
        case "letters":
            said = "The right values do not fulfil this: what it says of the unknown is not what the problem says."
        case _:
            said = f"{e.found} is right in itself, but it leads away from what the problem asks for."
    return f"{_capital(said)}{needed}"


def in_words(evidence: Evidence, remarks: Iterable[Remark] = (), line: int | None = None) -> str:
    """The reason as a sentence or two that a student can check.

    remarks: those that ride on it, of which a witness becomes part of the reason. line: where it is said, from 0.

    >>> in_words(Counterexample({"x": "2"}, "10", "7"))
    'At x = 2 the line before gives 10 and this one gives 7.'
    >>> in_words(FalseEquality("20*3", "50", "60", "50"))
    '20·3 is 60, not 50.'
    >>> in_words(SolutionsLost(("x = -3",), "x = 3 or x = -3", "x = 3"))
    'x = −3 solves the line before and is lost here.'
    """
    witness = next((r.text for r in remarks if r.kind == "witness"), "")
    return printed(_said(evidence, witness, line))


def _said(evidence: Evidence, witness: str, line: int | None) -> str:
    match evidence:
        case Identity():
            return "Holds wherever both sides have a value." if evidence.except_where else "Holds for every value."
        case EqualValues():
            if evidence.exact:
                return f"Both sides are {value(evidence.value)}."
            return f"Both sides are {value_and_decimal(evidence.value)}, to the figures shown."
        case SolutionSets():
            return _solution_sets(evidence)
        case FollowsFrom():
            source = lines_named(evidence.lines) or "what is known"
            if evidence.relation is Relation.SUBSTITUTION:
                return f"Puts in what is known from {source}."
            return f"Follows from {source}."
        case Samples():
            many = f"{evidence.points} point{'' if evidence.points == 1 else 's'}"
            return f"Agrees wherever it was tried, at {many}: strong evidence, though not a proof."
        case MatchesAnswer():
            return "This is the problem's answer."
        case StatesLaw():
            return f"This is the law for {evidence.name}."
        case DimensionMismatch():
            return _dimension_mismatch(evidence)
        case WrongLaw():
            return _wrong_law(evidence)
        case WrongQuantity():
            return _wrong_quantity(evidence)
        case Counterexample():
            return _counterexample(evidence, witness)
        case FalseEquality():
            return _false_equality(evidence)
        case SolutionsLost():
            return _solutions_lost(evidence, witness)
        case Contradicts():
            return _contradicts(evidence)
        case Departs():
            return _departs(evidence)
        case InvalidMethod():
            return f"What this comes to is right, but the step is not: {evidence.rule}. {evidence.witness}."
        case NotTheAnswer():
            found = evidence.witness.rstrip(".")
            return NOT_THE_ANSWER.get(found) or f"This is not the answer yet: {found}."
        case FollowThrough():
            return _follow_through(evidence, line)
        case Undecided():
            if evidence.why:
                return f"{evidence.why.rstrip('.')}. So a person should look at it; it costs no mark."
            what = "The time for this line ran out" if evidence.timeout else "Neither proved nor refuted"
            return f"{what}, so a person should look at it. More steps in between may help. It costs no mark."
        case CannotRead():
            return evidence.expected
        case NothingClaimed():
            return NO_CLAIM.get(evidence.why, _capital(evidence.why).rstrip(".") + "." if evidence.why else "")
        case _:
            assert_never(evidence)


def remarks_in_words(evidence: Evidence, remarks: Iterable[Remark]) -> list[str]:
    """The remarks that the reason does not say already, each once, as sentences."""
    gained = isinstance(evidence, SolutionSets) and evidence.relation is Relation.SOLUTIONS_GAINED and evidence.gained
    # What the line follows from, or that it is not the answer, has been said instead.
    elsewhere = isinstance(evidence, FollowsFrom | NotTheAnswer)
    said: list[str] = []
    for remark in remarks:
        if remark.kind == "witness" or (remark.kind == "solutions_gained" and (gained or elsewhere)):
            continue
        text = printed(_capital(remark.text).rstrip(".") + ".")
        if text not in said:
            said.append(text)
    return said
