"""Three hints for a wrong line, each more direct than the one before, and what they are held to.

First a question that makes the student look, with the place; then the rule; then the correction in general form, with
what its letters stand for. No hint states the answer, nor what the unknown is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.feedback.causes import Diagnosis
from tutor.feedback.letters import letters_in
from tutor.misconceptions.repair import Repair
from tutor.records import (
    CheckedStep,
    Contradicts,
    Counterexample,
    Departs,
    DimensionMismatch,
    Evidence,
    FalseEquality,
    InvalidMethod,
    NotTheAnswer,
    Problem,
    Relation,
    SolutionsLost,
    Verdict,
    WrongLaw,
    WrongQuantity,
)
from tutor.slm.wording import in_own_symbols
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Chain,
    Expr,
    Power,
    Product,
    Quotient,
    Statement,
    Sum,
    numbers,
    symbols,
    walk,
    without_brackets,
)

RUNGS = 3


def hints_for(step: CheckedStep, diagnosis: Diagnosis | None, problem: Problem) -> tuple[str, ...]:
    """The three hints for a wrong line; () for any other."""
    evidence = next((j.evidence for j in step.judged if j.evidence.verdict is Verdict.WRONG), step.evidence)
    # A step that is none is found after its claims, which hold, were judged.
    evidence = step.evidence if isinstance(step.evidence, InvalidMethod) else evidence
    if evidence.verdict is not Verdict.WRONG:
        return ()
    written = diagnosis.line if diagnosis is not None else None
    ladders = [*_of_the_cause(diagnosis), *_of_the_repair(diagnosis), of_the_evidence(evidence)]
    rungs: list[str] = []
    for k in range(RUNGS):
        for ladder in (*ladders, PLAIN):
            if keeps_the_answer(ladder[k], problem, step, written) and ladder[k] not in rungs:
                rungs.append(ladder[k])
                break
    return tuple(rungs)


Ladder = tuple[str, str, str]

PLAIN: Ladder = (
    "Read this line next to the one before: what was done, and was it done to the whole of it?",
    "Work out the line before once more, one operation at a time.",
    "Each line must follow from the one before: write down which rule leads from one to the other.",
)


def _of_the_cause(diagnosis: Diagnosis | None) -> Iterator[Ladder]:
    """The catalogue's hints, the first with the place, the last with what its letters are in the work."""
    if diagnosis is None or not diagnosis.causes:
        return
    look, rule, correction = diagnosis.causes[0].entry.hints
    before = to_text(diagnosis.before)
    place = (
        f"Look at how {before} became {to_text(diagnosis.line)}. " if diagnosis.seen and len(before) <= LONGEST else ""
    )
    own = in_own_symbols(correction, letters_in(diagnosis))
    if own:
        yield f"{place}{look}", rule, own
    yield f"{place}{look}", rule, correction


LONGEST = 60

REPAIRS: dict[str, tuple[str, str]] = {
    "sign": (
        "Is its sign right?",
        "Follow each sign through: a minus before a bracket or a factor changes all it reaches.",
    ),
    "number": ("Is this number right?", "Work it out again from the line before, digit by digit."),
    "digits": ("Are its digits in the right order?", "Compare the number with the one that it was copied from."),
    "value": ("Is this value right?", "Work it out again, one operation at a time."),
    "exponent": ("Is its exponent right?", "Count how often the base is a factor on each side."),
    "operation": (
        "Is this the right operation?",
        "What undoes an addition is a subtraction; what undoes a product is a quotient.",
    ),
    "upside_down": (
        "Which of the two belongs above the bar?",
        "Ask what is divided by what, and try it with easy numbers.",
    ),
    "function": ("Is this the right function?", "Say what each function gives of the triangle, or of the number."),
    "relation": ("Does the sign point the right way?", "Put one number from your solution into the line before."),
    "extra_term": ("Does this term belong here?", "Say for each term of this line from which term it comes."),
    "missing_term": (
        "Is there a term for each term of the line before?",
        "Say for each term of the line before where it went.",
    ),
    "factor": (
        "Was every part multiplied, or divided, by the same?",
        "An operation must reach each term of a side, and both sides.",
    ),
}
GENERAL: dict[str, str] = {
    "sign": "-(a - b) = -a + b, and a*(-b) = -a*b.",
    "number": "Each number of a line comes from numbers of the line before by one operation; name it for this one.",
    "digits": "A number is carried from line to line as it stands.",
    "value": "Put brackets round what belongs together, and work from the inside out.",
    "exponent": "a^m*a^n = a^(m + n), and (a^m)^n = a^(m*n).",
    "operation": "From x + a = b follows x = b - a, and from a*x = b follows x = b/a.",
    "upside_down": "From a*x = b follows x = b/a: what stood with the unknown goes below.",
    "function": "sin = opposite/hypotenuse, cos = adjacent/hypotenuse, tan = opposite/adjacent.",
    "relation": "From -a*x < b with a > 0 follows x > -b/a.",
    "extra_term": "What is added on one side must be added on the other, or taken away again.",
    "missing_term": "(a + b)*(c + d) has four products, a*c + a*d + b*c + b*d.",
    "factor": "a*(b + c) = a*b + a*c.",
}


def _of_the_repair(diagnosis: Diagnosis | None) -> Iterator[Ladder]:
    """From the change that mends the line: where it is, never what belongs there."""
    if diagnosis is None or diagnosis.repair is None:
        return
    before, repair = diagnosis.before, diagnosis.repair
    written = diagnosis.line
    if isinstance(before, Expr) and isinstance(written, Expr):
        if not symbols(before) and not symbols(written):
            yield of_a_calculation(before, written)
        elif repair.kind in SLIPS and is_factored(written) and not is_factored(before):
            yield FACTORING
    elif repair.kind in SLIPS and holds_factors(written) and not holds_factors(before):
        yield FACTORING
    question, rule = REPAIRS[repair.kind]
    general = GENERAL[repair.kind]
    if isinstance(before, Chain) and repair.kind in OF_EQUATIONS:
        question, rule, general = OF_EQUATIONS[repair.kind]
    yield f"{place_of(repair, written)}{question}", rule, general


SLIPS = ("sign", "number", "digits", "value")
FACTORING: Ladder = (
    "Multiply the brackets out again: do you come back to the line before?",
    "The numbers in the brackets multiply to the last term, and add up to the number in front of x.",
    "(x + m)*(x + n) = x^2 + (m + n)*x + m*n.",
)
OF_EQUATIONS: dict[str, Ladder] = {
    "sign": (
        "Is its sign right?",
        "Do the same to both sides: what is taken away on one side is taken away on the other.",
        "From x + a = b follows x = b - a, and from -x = a follows x = -a.",
    ),
    "exponent": (
        "Is its exponent right?",
        "A square is undone by a square root, a cube by a cube root, on both sides.",
        "From x^n = a follows that x is an nth root of a.",
    ),
}


def of_a_calculation(before: Expr, line: Expr) -> Ladder:
    """2·2 + 3 = 8: nothing but working out."""
    one, other = to_text(before), to_text(line)
    first = (
        f"Work out {one} once more: does it come to {other}?"
        if len(one) <= LONGEST
        else "Work this out once more: do you come to the same?"
    )
    operations = {type(n) for n in walk(before) if isinstance(n, Sum | Product | Quotient | Power)}
    if len(operations) > 1:
        return (
            first,
            "Powers come first, then products and quotients, then sums; brackets before all of them.",
            "Do one operation a line, and copy all the rest as it stands.",
        )
    return (
        first,
        "Round the numbers and estimate: is your result of that size?",
        "Check it backwards: a difference by adding, a quotient by multiplying.",
    )


def is_factored(expr: Expr) -> bool:
    """(x + 1)(x - 3), a product with a sum in it."""
    inner = without_brackets(expr)
    factors = inner.factors if isinstance(inner, Product) else ()
    return len(factors) > 1 and any(isinstance(without_brackets(f), Sum) for f in factors)


def holds_factors(line: Statement) -> bool:
    """Whether a side of an equation is such a product."""
    return isinstance(line, Chain) and any(map(is_factored, line.operands))


def place_of(repair: Repair, line: Statement) -> str:
    """Look at the 12 in 4x = 12: …"""
    whole = to_text(line)
    if repair.was is None or not isinstance(repair.was, Expr):
        return f"Look at {whole}. " if len(whole) <= LONGEST else ""
    was = to_text(repair.was)
    if was == whole or len(whole) > LONGEST or was not in whole:
        return f"Look at {was}. "
    return f"Look at {'the ' if was[-1:].isdigit() and was.isalnum() else ''}{was} in {whole}. "


def of_the_evidence(evidence: Evidence) -> Ladder:
    """From what the verifier found, where neither a cause nor a change is known."""
    match evidence:
        case SolutionsLost(relation=Relation.SOLUTIONS_LOST):
            return (
                "Does this line still have every solution of the one before?",
                "Dividing by something that may be 0, or taking one root of two, loses solutions.",
                "From a*b = 0 follows a = 0 or b = 0, and from x^2 = a^2 follows x = a or x = -a.",
            )
        case WrongQuantity(used=used, slip=slip) if slip == "conversion":
            return (
                f"Look at {used}: which unit does it have in the problem, and which here?",
                "Write the conversion as a factor equal to 1, with the old unit below the bar.",
                "n units are n times the size of one unit; an area scales by the square, a volume by the cube.",
            )
        case WrongQuantity(used=used, used_role=used_role, needed_role=needed_role, name=name):
            law = f"the law for {name}" if name else "the problem"
            is_what = f"{used} is {used_role}. " if used_role else ""
            return (
                f"Where does {used} come from, and what does it stand for?",
                f"{is_what}Write down what each quantity of {law} stands for.",
                f"What is needed here is {needed_role}."
                if needed_role
                else "Compare each number of this line with the givens of the problem.",
            )
        case WrongLaw(name=name, law_text=law):
            return (
                f"Which law is this line meant to be? Check it against the law for {name}.",
                "Write down what each letter of that law stands for, with its unit, and what you put for it.",
                f"The law for {name} is {law}.",
            )
        case DimensionMismatch(left_text=left, right_text=right):
            return (
                f"Which unit does {left} have, and which {right}?",
                "Only quantities of one kind can be equal, added or taken from one another.",
                "Put the units in for the letters and cancel: both sides must come to the same unit.",
            )
        case FalseEquality(left_text=left, right_text=right):
            return (
                f"Work out {left} and {right} each by itself: do they agree?",
                "Do the operations in order: brackets, powers, products and quotients, then sums.",
                "An equals sign says that both sides have one value; work out one side at a time.",
            )
        case Counterexample(left_text=left, right_text=right) if left and right:
            return (
                f"Put an easy number into {left} and into {right}: do they agree?",
                "A rewriting holds for every number; one that breaks it is enough.",
                "Write out each step from one side to the other, and name the rule that it uses.",
            )
        case InvalidMethod(method="antiderivative"):
            return (
                "Differentiate what you wrote in the bracket: what do you get?",
                "An antiderivative is a function whose derivative is the integrand.",
                "x^n has the antiderivative x^(n + 1)/(n + 1); check it by differentiating.",
            )
        case InvalidMethod(rule=rule):
            return (
                "Try the same step with other numbers: does it still hold?",
                "A step must be right for all numbers, even where its result is right this time.",
                f"Look for another way: {rule}.",
            )
        case Contradicts():
            return (
                "Does this agree with what you found before?",
                "Put what you know into the equation and work it out again.",
                "A letter has one value throughout the work.",
            )
        case Departs(slip="letters"):
            return (
                "Say in words what this line claims of the unknown: does the problem say so?",
                "Put each condition of the problem into its own equation, and say what each letter stands for.",
                "Try a value by hand: does it fulfil the problem's sentence and the equation alike?",
            )
        case Departs(slip="part"):
            return (
                "Read the question again: is this already what it asks for?",
                "Say what this number stands for, in words and with a unit, and compare it with the question.",
                "Look for what the problem tells you that you have not used yet.",
            )
        case Departs():
            return of_a_true_calculation(evidence)
        case NotTheAnswer():
            return (
                "Read the question again: is this what it asks for?",
                "Say for each calculation what its result stands for, in words and with a unit.",
                "Write down what is given, what is asked, and how one leads to the other.",
            )
    return PLAIN


def of_a_true_calculation(evidence: Departs) -> Ladder:
    """The hints for a line that holds and is not the problem's: what it stands for, what differs, in general form."""
    what = ", ".join(evidence.what)
    first = "The calculation is right: say in words what its result stands for."
    match evidence.slip:
        case "operation":
            return (
                first,
                "The numbers are the right ones. Is one of them to be added, taken away, multiplied or divided by?",
                "Read the sentence again and say what happens: more, less, so many times, or shared.",
            )
        case "other_value" if what:
            return (
                first,
                f"Where does {what} come from, and what does it count? Does this step need just that?",
                "Take the number that the sentence speaks of here: one that is given, or one that you found before.",
            )
        case "left_out" if what:
            return (
                first,
                f"Where in the problem does {what} stand, and which line of yours makes use of it?",
                "Use each thing that the problem tells: what is left out here has to come in.",
            )
        case "left_out":
            return (
                first,
                "Go through the problem sentence by sentence: which of them has this line left out?",
                "Use each thing that the problem tells: what is left out here has to come in.",
            )
        case "too_much" if what:
            return (
                first,
                f"What is {what} doing in this line? Say what it counts.",
                "Use each thing once, where it belongs, and nothing that this step does not need.",
            )
    return (
        first,
        "Compare each number of this line, and the operation, with the sentence of the problem it comes from.",
        "Use each thing that the problem tells once, where it belongs, and nothing that it does not tell.",
    )


# ---------------------------------------------------------------- what a hint may not say

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:/\d+)?(?![\w.]*\d)")


def keeps_the_answer(hint: str, problem: Problem, step: CheckedStep, line: Statement | None) -> bool:
    """Whether a hint keeps the answer to itself: no number of it that the student has not written or been given."""
    known = numbers_in(problem.statement) | numbers_in(step.step.text)
    if line is not None:
        known |= {n.value for n in numbers(line)}
    secret = {value for value in answers_of(problem) if value not in known}
    return not secret & numbers_in(hint)


def numbers_in(text: str) -> set[Fraction]:
    """The numbers in a text, fractions as one."""
    found: set[Fraction] = set()
    for written in _NUMBER.findall(text):
        try:
            found.add(Fraction(written))
        except (ValueError, ZeroDivisionError):
            continue
    return found


def answers_of(problem: Problem) -> set[Fraction]:
    """The numbers of the answers, 1/15 as one."""
    answers = [problem.answer, *(part.answer for part in problem.parts)]
    return {value for answer in answers if answer is not None for value in numbers_in(answer.text)}
