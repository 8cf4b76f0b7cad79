"""Steps that are no rule, though what they give happens to hold: (x + 3)(2 - x) = 4, so x + 3 = 4 or 2 - x = 4.

A line may be true, and even have the same solutions as the line before, while the step to it is none that holds in
general. It is told from a right one only where the step itself can be seen on the page, and with a case in which the
same step goes wrong; a step that is not shown, or skips too much, is never held against anyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from tutor.bridge.derive import derivative
from tutor.errors import OutOfBudget, StudentError, TooLarge, Undefined, Unsupported
from tutor.records import CheckedStep, Counterexample, InvalidMethod, Problem, Role, SolutionsLost, Verdict
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Both,
    Bracket,
    Call,
    Chain,
    Either,
    Evaluated,
    Expr,
    Integral,
    Negative,
    Number,
    Product,
    Quotient,
    Statement,
    Sum,
    Symbol,
    symbols,
    without_brackets,
)
from tutor.verify.domains import decide
from tutor.verify.shapes import constant, is_zero, same_tree, unbracketed
from tutor.verify.tasks import Budget, Compare, Setting
from tutor.verify.trees import literal

WORK = 200_000
CANCELS = re.compile(
    r"\b(?:cancel\w*|cross(?:ed|ing)?\s+out|strike|struck|striking)\s+(?:out\s+)?(?:the\s+)?(?:common\s+)?"
    r"(?:digits?\s+|numbers?\s+)?(?P<digit>\d(?!\d)|zero|one|two|three|four|five|six|seven|eight|nine)(?:e?s)?\b",
    re.IGNORECASE,
)
DIGITS = {word: str(n) for n, word in enumerate("zero one two three four five six seven eight nine".split())}
# Errors that rewrite one expression; what is done to a whole side (a root of (x + 1)^3 = 1) may be right.
REWRITINGS = tuple(
    "function_of_sum_split root_of_sum_termwise roots_added_under_one_root log_of_sum_split log_of_product_as_product "
    "log_of_quotient_as_quotient quotient_of_logs_as_difference trig_of_sum_split trig_multiple_pulled_out "
    "add_tops_and_bottoms subtract_tops_and_bottoms reciprocals_added_as_reciprocal fraction_split_over_denominator "
    "power_of_product_partial power_product_multiplies_exponents power_product_multiplies_bases "
    "power_quotient_divides_exponents sum_of_powers_joined like_terms_exponents_added distribute_first_term_only "
    "minus_reaches_first_term_only brackets_dropped unlike_terms_joined sum_of_squares_factored".split()
)
MOST_RULES = 400  # wrong forms compared for one line


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of the work that stands, with the number of its step."""

    step: int
    statement: Statement


def told_apart(checked: Sequence[CheckedStep], problem: Problem, setting: Setting) -> list[CheckedStep]:
    """The steps, those that hold by coincidence alone as wrong."""
    steps = list(checked)
    said = [
        Said(n, judged.claim.statement)
        for n, step in enumerate(steps)
        for judged in step.judged
        if judged.claim.role not in (Role.RETRACTED, Role.GIVEN)
    ]
    for n, evidence, rule in (
        *split_products(said, steps, problem, setting),
        *single_steps(said, steps, problem, setting),
    ):
        if steps[n].verdict is Verdict.CORRECT or partial_only(steps[n]):
            steps[n] = replace(steps[n], evidence=evidence, misconception=steps[n].misconception or rule or None)
    return steps


def partial_only(step: CheckedStep) -> bool:
    """Wrong for no more than solutions that are left out."""
    return isinstance(step.evidence, SolutionsLost) and not step.evidence.gained


Finding = tuple[int, InvalidMethod, str]


# ---------------------------------------------------------------- a product that is not nought


def split_products(
    said: Sequence[Said], steps: Sequence[CheckedStep], problem: Problem, setting: Setting
) -> Iterator[Finding]:
    """x + 3 = 4 and 2 - x = 4 from (x + 3)(2 - x) = 4, on one line or on several."""
    products = [e for e in (*problem.equations, *(s.statement for s in said)) if isinstance(e, Chain)]
    seen: set[int] = set()
    for equation in dict.fromkeys(products):
        found = factors_and_value(equation)
        if found is None:
            continue
        factors, value = found
        claims = [(s.step, part) for s in said for part in single_claims(s.statement)]
        lines: dict[int, int] = {}
        others = False
        for k, factor in enumerate(factors):
            for n, claim in claims:
                right = claimed_of(factor, claim)
                if right is not None and literal(right) == literal(value):
                    lines.setdefault(k, n)
                elif right is not None and not isinstance(factor, Symbol):
                    others = True  # the pairs of numbers whose product it is are tried
        if others or len(lines) < len(factors):
            continue
        for n in sorted(set(lines.values()) - seen):
            seen.add(n)
            if steps[n].verdict is Verdict.CORRECT or partial_only(steps[n]):
                yield n, split_product(equation, factors, value, setting), "product_equals_nonzero_split"


def single_claims(statement: Statement) -> Iterator[Chain]:
    """The equations that a line states."""
    if isinstance(statement, Either | Both):
        for part in statement.parts:
            yield from single_claims(part)
    elif isinstance(statement, Chain) and len(statement.operands) == 2 and statement.relations == ("=",):
        yield statement


def claimed_of(factor: Expr, claim: Chain) -> Expr | None:
    """4 where the claim is `factor = 4`."""
    for one, other in (claim.operands, claim.operands[::-1]):
        if constant(other) and same_tree(without_brackets(one), factor):
            return other
    return None


def factors_and_value(equation: Chain) -> tuple[list[Expr], Expr] | None:
    """The factors with letters of a product that is said to be a number other than nought, and that number."""
    if len(equation.operands) != 2 or equation.relations != ("=",):
        return None
    for one, other in (equation.operands, equation.operands[::-1]):
        inner = without_brackets(one)
        value = literal(other) if constant(other) else None
        if not isinstance(inner, Product) or not value:
            continue
        factors = [without_brackets(f) for f in inner.factors]
        if len(factors) == 2 and all(map(symbols, factors)) and not same_tree(factors[0], factors[1]):
            return factors, other
    return None


def split_product(equation: Chain, factors: Sequence[Expr], value: Expr, setting: Setting) -> InvalidMethod:
    """What the step would do to the same product of another value."""
    c = literal(value) or Fraction(1)
    shown = to_text(unbracketed(value))
    names = sorted(symbols(equation))
    rule = f"a product of {shown} does not make one of its factors {shown}"
    for other in (c + 1, c - 1, 2 * c, -c, c + 2) if len(names) == 1 else ():
        root = root_of(factors[0], names[0], other, setting) if other else None
        second = value_at(factors[1], names[0], root) if root is not None else None
        if root is not None and second is not None and second != 1 and other * second != c:
            product = to_text(equation.operands[0] if not constant(equation.operands[0]) else equation.operands[1])
            witness = (
                f"By the same step {product} = {text_of(other)} would have the solution {names[0]} = {text_of(root)}, "
                f"where the product is {text_of(other * second)}"
            )
            return InvalidMethod("product_equals_nonzero_split", rule, witness)
    return InvalidMethod("product_equals_nonzero_split", rule, f"It is {shown} for 2 · {text_of(c / 2)}, too")


def root_of(factor: Expr, name: str, value: Fraction, setting: Setting) -> Fraction | None:
    """x where a linear factor has a value."""
    del setting
    at_0, at_1, at_2 = (value_at(factor, name, Fraction(k)) for k in (0, 1, 2))
    if at_0 is None or at_1 is None or at_2 is None or at_1 == at_0 or at_2 - at_1 != at_1 - at_0:
        return None
    return (value - at_0) / (at_1 - at_0)


def value_at(expr: Expr, name: str, value: Fraction) -> Fraction | None:
    """The exact value of an expression in one letter."""
    from tutor.bridge.exact import rational_value
    from tutor.syntax.tree import substitute

    try:
        return rational_value(substitute(expr, {name: Bracket(numeral(value))}))
    except (StudentError, Undefined, Unsupported, OutOfBudget, TooLarge, ArithmeticError):
        return None


def numeral(value: Fraction) -> Expr:
    """A fraction as it is written."""
    size = abs(value)
    top: Expr = Number(str(size.numerator), Fraction(size.numerator))
    if size.denominator != 1:
        top = Quotient(top, Number(str(size.denominator), Fraction(size.denominator)))
    return Negative(top) if value < 0 else top


def text_of(value: Fraction) -> str:
    """2/3, -4"""
    return str(value)


# ---------------------------------------------------------------- one line from the line before


def single_steps(
    said: Sequence[Said], steps: Sequence[CheckedStep], problem: Problem, setting: Setting
) -> Iterator[Finding]:
    """Steps within a line, and from one equation to the next."""
    before: Statement | None = problem.equations[-1] if len(problem.equations) == 1 else None
    for each in said:
        if steps[each.step].verdict is Verdict.CORRECT:
            found = within(each, steps, setting) or one_side(before, each.statement, setting)
            if found is not None:
                yield each.step, found, found.method if found.method.startswith("cancel") else ""
        before = each.statement


def within(said: Said, steps: Sequence[CheckedStep], setting: Setting) -> InvalidMethod | None:
    """A step between two sides of one line."""
    if not isinstance(said.statement, Chain) or set(said.statement.relations) - {"="}:
        return None
    for one, other in pairwise(map(without_brackets, said.statement.operands)):
        found = (
            by_terms(one, other)
            or digit_struck_out(one, other, words_about(said.step, steps))
            or not_an_antiderivative(one, other, setting)
        )
        if found is not None:
            return found
    return None


def words_about(n: int, steps: Sequence[CheckedStep]) -> str:
    """What is said on a line and, where it claims nothing, on the line before."""
    before = steps[n - 1].step.text if n and not steps[n - 1].step.claims else ""
    return f"{before} {steps[n].step.text}"


def by_terms(one: Expr, other: Expr) -> InvalidMethod | None:
    """(x² - 4)/(x - 2) = x²/x + 4/2"""
    if not isinstance(one, Quotient) or not isinstance(other, Sum) or len(other.terms) != 2:
        return None
    top, bottom = without_brackets(one.top), without_brackets(one.bottom)
    if not isinstance(top, Sum) or not isinstance(bottom, Sum) or len(top.terms) != 2 or len(bottom.terms) != 2:
        return None
    quotients = [size_of(term) for term in other.terms]
    if not all(isinstance(q, Quotient) for q in quotients):
        return None
    for a, b in ((0, 1), (1, 0)):
        wanted = [(size_of(top.terms[i]), size_of(bottom.terms[j])) for i, j in ((0, a), (1, b))]
        own = [(size_of(q.top), size_of(q.bottom)) for q in quotients if isinstance(q, Quotient)]
        if all(any(same(p, w) and same(q, v) for p, q in own) for w, v in wanted):
            return InvalidMethod(
                "cancel_across_sums",
                "a quotient of sums is not worked out term by term",
                "By the same step (9 + 1)/(3 + 1) would be 9/3 + 1/1 = 4, but it is 10/4 = 2.5",
            )
    return None


def size_of(expr: Expr) -> Expr:
    """4 of -4."""
    inner = without_brackets(expr)
    return size_of(inner.operand) if isinstance(inner, Negative) else inner


def same(one: Expr, other: Expr) -> bool:
    """The same but for brackets."""
    return same_tree(one, other)


def digit_struck_out(one: Expr, other: Expr, words: str) -> InvalidMethod | None:
    """16/64 = 1/4 where the words are "cancel the 6"."""
    said = CANCELS.search(words)
    match one, other:
        case Quotient(Number(text=above), Number(text=below)), Quotient(Number(text=top), Number(text=bottom)):
            pass
        case _:
            return None
    if said is None or not all(text.isdigit() for text in (above, below, top, bottom)) or not int(bottom):
        return None
    digit = DIGITS.get(said["digit"].lower(), said["digit"])
    struck = any(
        (without_digit(above, i, digit), without_digit(below, j, digit)) == (top, bottom)
        for i in range(len(above))
        for j in range(len(below))
    )
    # Cancelling the factor 5 of 15/25 is another thing, and 3/5 is not what is left without the digits.
    factor = digit != "0" and int(above) % int(digit) == 0 and int(below) % int(digit) == 0
    if not struck or digit == "0" or (factor and int(above) // int(digit) == int(top)):
        return None
    for last in "23456789":
        if Fraction(int("1" + digit), int(digit + last)) != Fraction(1, int(last)):
            value = Fraction(int("1" + digit), int(digit + last))
            return InvalidMethod(
                "cancel_shared_digits",
                "a digit is no factor, and cannot be cancelled",
                f"By the same step 1{digit}/{digit}{last} would be 1/{last}, but it is {value}",
            )
    return None


def without_digit(text: str, place: int, digit: str) -> str | None:
    """16 without its 6."""
    return text[:place] + text[place + 1 :] if text[place] == digit and len(text) > 1 else None


def not_an_antiderivative(one: Expr, other: Expr, setting: Setting) -> InvalidMethod | None:
    """∫_0^2 x dx = [x]_0^2"""
    if not isinstance(one, Integral) or not isinstance(other, Evaluated) or one.lower is None or one.upper is None:
        return None
    if not same_tree(one.lower, other.lower) or not same_tree(one.upper, other.upper):
        return None
    if symbols(other.operand) - {one.variable.name} != symbols(one.integrand) - {one.variable.name}:
        return None
    try:
        slope = derivative(other.operand, one.variable.name)
    except (StudentError, Undefined, Unsupported, OutOfBudget, TooLarge):
        return None
    evidence = compared(slope, one.integrand, setting)
    if not isinstance(evidence, Counterexample):
        return None
    at = ", ".join(f"{name} = {value}" for name, value in evidence.values.items())
    written, wanted = to_text(other.operand), to_text(one.integrand)
    return InvalidMethod(
        "antiderivative",
        f"the derivative of {written} is not {wanted}",
        f"At {at} the derivative of {written} is {evidence.left}, and {wanted} is {evidence.right}",
    )


def one_side(before: Statement | None, after: Statement, setting: Setting) -> InvalidMethod | None:
    """log x + log 2 = log 4, so log(x + 2) = log 4: one side rewritten by no rule, with the same solutions."""
    for statement in (before, after):
        if not isinstance(statement, Chain) or len(statement.operands) != 2 or statement.relations != ("=",):
            return None
    assert isinstance(before, Chain)
    assert isinstance(after, Chain)
    for kept, changed in ((0, 1), (1, 0)):
        side, new = before.operands[changed], after.operands[changed]
        if not same_tree(before.operands[kept], after.operands[kept]) or is_zero(
            without_brackets(after.operands[kept])
        ):
            continue
        if not symbols(side) or symbols(side) != symbols(new) or isinstance(without_brackets(new), Symbol):
            continue
        evidence = compared(side, new, setting)
        if not isinstance(evidence, Counterexample):
            continue
        rule = wrong_rule(before, after, setting)
        if rule is not None:
            at = ", ".join(f"{name} = {value}" for name, value in evidence.values.items())
            return InvalidMethod(
                rule,
                f"{to_text(side)} is not {to_text(new)}",
                f"At {at} the one is {evidence.left} and the other {evidence.right}; "
                "that the equation keeps its solutions is chance",
            )
    return None


def compared(one: Expr, other: Expr, setting: Setting) -> object:
    """What the verifier finds of two expressions."""
    try:
        return decide(Compare(one, other, "=", setting), Budget(WORK)).evidence
    except (StudentError, Undefined, Unsupported, OutOfBudget, TooLarge):
        return None


def logarithms_joined(equation: Chain) -> Iterator[Chain]:
    """log(a + b) for log a + log b"""
    for k, side in enumerate(equation.operands):
        match without_brackets(side):
            case Sum((Call(args=(a,)) as one, last)):
                sign = isinstance(last, Negative)
                other = without_brackets(last.operand) if isinstance(last, Negative) else last
                if isinstance(other, Call) and one.name == other.name and one.name in ("log", "ln", "lg"):
                    joined = replace(one, args=(Sum((a, Negative(other.args[0]) if sign else other.args[0])),))
                    yield replace(equation, operands=(*equation.operands[:k], joined, *equation.operands[k + 1 :]))


def wrong_rule(before: Chain, after: Chain, setting: Setting) -> str | None:
    """The error of the catalogue that makes the one line of the other, each side for itself."""
    from tutor.misconceptions.comparing import Agreement, agreement
    from tutor.misconceptions.explain import all_lines, forms
    from tutor.misconceptions.patterns import plain
    from tutor.misconceptions.rules import rules

    line, wanted = plain(before), plain(after)
    if any(same_tree(plain(form), wanted) for form in logarithms_joined(before)):
        return "log_of_sum_split"
    left = MOST_RULES
    lines = all_lines([line], [line])
    for name in REWRITINGS:
        rule = rules().get(name)
        for form in forms(rule, lines) if rule is not None else ():
            left -= 1
            if agreement(form, wanted, setting, {}) >= Agreement.SIDES:
                return name
            if left < 0:
                return None
    return None
