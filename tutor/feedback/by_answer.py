"""Errors in a calculation that is true and not the problem's: another formula put in its place comes to the answer.

Of a word problem often nothing but the answer is known. An error is named where the student's calculation has its form,
the problem speaks of such things, and the right form with the same numbers is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from tutor.misconceptions.comparing import agrees_as_shown, value_at
from tutor.misconceptions.notation import statement
from tutor.misconceptions.patterns import matches, plain, put_in
from tutor.records import CheckedStep, Departs, NotTheAnswer, Problem, Verdict
from tutor.syntax.tree import Chain, Degrees, Expr, Node, Number, Power, Statement, numbers, rebuild, symbols
from tutor.verify.shapes import without_units


class Mistaken(NamedTuple):
    """A formula that stands for another.

    id: the catalogue's. forms: `the student's -> the right one`. words: of the problems that speak of it.
    """

    id: str
    forms: tuple[str, ...]
    words: str


PERCENT = r"%|per ?cent"
CHANGE = (
    r"increas|decreas|reduc|\bris|rose|goes (?:up|down)|went (?:up|down)|discount|\boff\b|sale|fall|fell|grow|grew|tax"
    r"|vat\b|\btip\b"
)
TRIANGLE = r"triangle|ladder|angle|slope|ramp|kite|tower"
SWAPPED = ("c*sin(b) -> c*cos(b)", "c*cos(b) -> c*sin(b)", "a/sin(b) -> a/cos(b)", "a/cos(b) -> a/sin(b)")
FORMULAS: tuple[Mistaken, ...] = (
    Mistaken(
        "compound_growth_as_linear",
        ("v + v*p*n -> v*(1 + p)^n", "v*(1 + p*n) -> v*(1 + p)^n", "v - v*p*n -> v*(1 - p)^n"),
        r"compound|per year|a year|each year|every year|annual|interest|per hour|every hour",
    ),
    Mistaken(
        "percent_undone_by_same_percent",
        (
            "v - p*v -> v/(1 + p)",
            "v*(1 - p) -> v/(1 + p)",
            "v + p*v -> v/(1 - p)",
            "v*(1 + p) -> v/(1 - p)",
        ),
        PERCENT,
    ),
    Mistaken("percent_increase_only", ("v*p -> v + v*p", "v*p -> v - v*p"), CHANGE),
    Mistaken(
        "ratio_part_taken_as_fraction",
        ("r/q*n -> r/(r + q)*n", "n*r/q -> n*r/(r + q)", "n/q*r -> n*r/(r + q)"),
        r"ratio|share|\d ?: ?\d",
    ),
    Mistaken(
        "inverse_taken_as_direct",
        ("a/b*c -> b/a*c", "c*a/b -> c*b/a", "c/b*a -> c*b/a"),
        r"work|take|last|pump|pipe|tap|machine|speed|gear|press|volume|feed|painter|builder",
    ),
    Mistaken("at_least_one_added", ("n*p -> 1 - (1 - p)^n", "p + p -> 1 - (1 - p)^2"), r"at least"),
    Mistaken(
        "drawing_without_replacement_unchanged",
        ("a/n*(a/n) -> a/n*((a - 1)/(n - 1))", "a/n*(b/n) -> a/n*(b/(n - 1))", "(a/n)^2 -> a/n*((a - 1)/(n - 1))"),
        r"without|draw|taken|picked|chosen|two|cards",
    ),
    Mistaken("and_probability_added", ("a + b -> a*b",), r"probab|chance|likely"),
    Mistaken(
        "order_counted_in_combination",
        ("a*b -> a*b/2", "a*b*c -> a*b*c/6", "a*b*c*d -> a*b*c*d/24"),
        r"how many (?:\w+ ){0,2}(?:ways|pairs|games|matches|handshakes|teams|groups|committees|choices)|number of ways",
    ),
    Mistaken("normal_force_equals_weight", ("m*g -> m*g*cos(given_angle)",), r"inclin|ramp|slope|slides down"),
    Mistaken("force_components_swapped", SWAPPED, r"force|component"),
    Mistaken("sine_cosine_swapped_in_triangle", SWAPPED, TRIANGLE),
    Mistaken("hypotenuse_multiplied_by_ratio", ("a*sin(b) -> a/sin(b)", "a*cos(b) -> a/cos(b)"), TRIANGLE),
    Mistaken(
        "pythagoras_leg_as_hypotenuse",
        ("sqrt(a^2 + b^2) -> sqrt(a^2 - b^2)", "a^2 + b^2 -> a^2 - b^2"),
        TRIANGLE + r"|right-angled|hypotenuse|diagonal|rectangle",
    ),
    Mistaken("triangle_area_half_forgotten", ("a*h -> a*h/2",), r"triang"),
    Mistaken("radius_and_diameter_confused", ("pi*d^2 -> pi*(d/2)^2", "2*pi*d -> pi*d"), r"circ|diameter|wheel|round"),
    Mistaken("circumference_and_area_swapped", ("pi*r^2 -> 2*pi*r", "2*pi*r -> pi*r^2"), r"circ|wheel|round|disc"),
    Mistaken("perimeter_and_area_swapped", ("a*b -> 2*(a + b)", "2*(a + b) -> a*b", "2*a + 2*b -> a*b"), r"area|perim"),
    Mistaken("determinant_plus_between_products", ("a*d + b*c -> a*d - b*c",), r"determinant|\bdet\b"),
    Mistaken("average_of_speeds", ("(v + w)/2 -> 2*v*w/(v + w)",), r"speed|km/h|mph"),
    Mistaken(
        "final_speed_used_as_average",
        ("v*s -> v*s/2",),
        r"accelerat|decelerat|from rest|uniformly|brak|comes to a stop|slows",
    ),
    Mistaken("unit_relabelled_without_converting", ("v*s -> v*s/3.6",), r"km ?/ ?h|kilomet\w+ per hour"),
    Mistaken("work_angle_ignored", ("f*s -> f*s*cos(given_angle)",), r"\bwork\b"),
    Mistaken("times_as_many_read_as_more", ("a + k -> a*k",), r"times as"),
)
ANGLE = "given_angle"
RATE = "p"  # a percentage or a chance
LONGEST = 12  # numbers of a calculation


def cause_by_answer(steps: Sequence[CheckedStep], n: int, problem: Problem) -> tuple[str, Statement] | None:
    """The catalogue's id of the error in a calculation up to the n-th step, with that calculation; None if none is."""
    evidence = next((j.evidence for j in steps[n].judged if j.evidence.verdict is Verdict.WRONG), steps[n].evidence)
    if not isinstance(evidence, NotTheAnswer | Departs):
        return None
    targets = [t for t in values_asked_for(problem) if not symbols(t)]
    for chain, calculation in calculations(steps[: n + 1]):
        squared = isinstance(chain, Chain) and isinstance(plain(chain.operands[0]), Power)
        for id_, right in corrected(calculation, problem.statement):
            value = value_at(without_units(right), None)
            if value is None:
                continue
            if any(meets(value**0.5 if squared and value > 0 else value, target) for target in targets):
                return id_, chain
    return None


def meets(value: float, target: Expr) -> bool:
    """Whether a value is the answer, within the figures that it shows."""
    wanted = value_at(target, None)
    return wanted is not None and agrees_as_shown(value, wanted, target)


def values_asked_for(problem: Problem) -> Iterator[Expr]:
    """The answers, without their units."""
    for answer in (problem.answer, *(part.answer for part in problem.parts)):
        for form in answer.forms if answer is not None else ():
            last = form.operands[-1] if isinstance(form, Chain) else form
            if isinstance(last, Expr):
                yield plain(without_units(last))


def calculations(steps: Sequence[CheckedStep]) -> Iterator[tuple[Statement, Expr]]:
    """The last calculation of the work, with earlier ones in the place of their results, and as it stands."""
    found: list[tuple[Statement, Expr]] = []
    results: dict[object, Expr] = {}
    for step in steps:
        for judged in step.judged:
            chain = judged.claim.statement
            sides = chain.operands if isinstance(chain, Chain) and set(chain.relations) <= {"=", "≈"} else ()
            bare = [plain(without_units(side)) for side in sides if isinstance(side, Expr) and not symbols(side)]
            worked = next((side for side in bare if len(numbers(side)) > 1 or not isinstance(side, Number)), None)
            if worked is None or not numbers(worked):
                continue
            whole = unfolded(worked, results)
            if len(numbers(whole)) <= LONGEST:
                found = [(chain, form) for form in dict.fromkeys((whole, worked))]
            last = bare[-1]
            if isinstance(last, Number) and last is not worked:
                results[last.value] = whole
    yield from found


def unfolded(expr: Expr, results: Mapping[object, Expr]) -> Expr:
    """500 + 500*0.04*3 for 500 + 60."""

    def change(node: Node) -> Node:
        if isinstance(node, Number):
            return results.get(node.value, node)
        return rebuild(node, change)

    return plain(change(expr)) if results else expr  # type: ignore[return-value]


def corrected(calculation: Expr, words: str) -> Iterator[tuple[str, Expr]]:
    """What the calculation should have been, for each error whose form it has."""
    angles = angles_in(words)
    for mistaken in FORMULAS:
        if not re.search(mistaken.words, words, re.IGNORECASE):
            continue
        for pattern, right in sides_of(mistaken.forms):
            for bound, rest in matches(pattern, calculation):
                if rest or not below_one(bound.get(RATE)):
                    continue
                for angle in angles if ANGLE in symbols(right) else (None,):
                    known = bound if angle is None else {**bound, ANGLE: angle}
                    new = put_in(right, known)
                    if isinstance(new, Expr) and not symbols(new):
                        yield mistaken.id, new


def below_one(rate: Expr | None) -> bool:
    """Whether a rate is one; there may be none."""
    value = value_at(rate, None) if rate is not None else 0.5
    return value is not None and 0 < value < 1


@cache
def sides_of(forms: tuple[str, ...]) -> tuple[tuple[Node, Node], ...]:
    """The two sides of each form as trees."""
    sides = (form.split("->") for form in forms)
    return tuple((plain(statement(left)), plain(statement(right))) for left, right in sides)


DEGREES = re.compile(r"(\d+(?:\.\d+)?) ?(?:°(?! ?[CF])|degrees?\b(?! (?:C|F|celsius|fahrenheit)))", re.IGNORECASE)


def angles_in(words: str) -> tuple[Expr, ...]:
    """The angles that a problem's words give."""
    return tuple(Degrees(Number(text, Fraction(text))) for text in dict.fromkeys(DEGREES.findall(words)))
