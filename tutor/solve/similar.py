"""Another problem of the same kind: the numbers that a statement gives changed, solved anew and verified.

Only numbers change that are known to be givens: those that a scene of physics has, or that stand in the equations of
the problem. What is offered was solved by the same laws, or the same way, as the problem; its answer is as simple, and
the verifier has found every line and the answer right. Where that cannot be had, nothing is offered.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from tutor.bridge.exact import exact_value, to_fraction
from tutor.bridge.units import measured
from tutor.errors import AuthorError, StudentError, Undefined, Unsupported
from tutor.laws.scene import Given
from tutor.problems.statement import problem_from_statement
from tutor.reading import split_steps
from tutor.records import Answer, Problem, Verdict
from tutor.solve.solution import Solution
from tutor.solve.solver import default_constants, solve
from tutor.syntax.printer import to_text
from tutor.syntax.read import read
from tutor.syntax.tree import (
    Both,
    Chain,
    Derivative,
    Expr,
    Mixed,
    Node,
    Number,
    Quantity,
    Quotient,
    Statement,
    numbers,
    rebuild,
    substitute,
    symbols,
    walk,
)
from tutor.verify.answers import compare_answer, setting_of, settle_answer
from tutor.verify.judge import judge_steps
from tutor.verify.one_unknown import set_text, solution_set
from tutor.verify.trees import number, powers_in

TRIES: Final = 600  # of equations, each a millisecond or two
TRIES_BY_LAWS: Final = 16  # each as long as solving the problem
NUMERAL: Final = re.compile(r"(?<![\w.,^_])\d+(?:\.\d+)?(?![\d.]*\d)")
RAISED: Final = re.compile(r"[\^_]\s*[({]?\s*-?$|√$|root$")
KEPT_WORDS: Final = re.compile(r"\s*(?:decimal|significant|d\.?p|s\.?f|figures?|places?|digit)", re.IGNORECASE)
ROUNDED: Final = re.compile(r"\b(?:decimal places?|significant|standard form|round)", re.IGNORECASE)
# Properties of things and of the world: another number would be another world.
OF_THE_WORLD: Final = re.compile(
    r"gravity|_constant$|light_speed|density|specific_heat|latent|resistivity|refractive|conductivity|work_function"
    r"|wave_speed|sound|expansion|molar|half_life|emissivity|efficiency|count|order|turns|modulus|permittivity|year|date"
)
CALENDAR: Final = frozenset({"day", "week", "month", "year", "d", "a"})
MAINS: Final = frozenset({"110", "115", "120", "220", "230", "240"})
BOILING: Final = 95  # degrees Celsius, which water may have
CANNOT_READ = (StudentError, AuthorError, Unsupported, Undefined, OverflowError, ZeroDivisionError)
POLITE: Final = ("square", "expand", "multiply", "differentiate", "derivative", "simplify", "derive")


@dataclass(frozen=True, slots=True)
class Similar:
    """A problem with other numbers. answers: one for each question; lines: a worked solution, each line verified."""

    statement: str
    answers: tuple[str, ...]
    lines: tuple[str, ...]
    problem: Problem


@dataclass(frozen=True, slots=True)
class Slot:
    """A number of the statement that may change. apart: it stands before a letter, so it cannot become 1."""

    start: int
    end: int
    text: str
    apart: bool = False
    group: str = ""

    @property
    def value(self) -> Fraction:
        """What it stands for."""
        return Fraction(self.text)


def similar(problem: Problem, seed: int = 0) -> Similar | None:
    """A problem of the same kind with other numbers; None where none was found that can be verified."""
    chance = random.Random(f"{seed} {problem.statement}")
    for find in (_by_laws, _by_equations):
        try:
            found = find(problem, chance)
        except CANNOT_READ:
            continue
        if found is not None and found.statement != whole_statement(problem):
            return found
    return None


def whole_statement(problem: Problem) -> str:
    """The statement with those of its parts, each after its letter.

    >>> from tutor.records import Part
    >>> whole_statement(Problem(statement="A bus stops.", parts=(Part("a", "Where?"), Part("b", "Why?"))))
    'A bus stops.\\n(a) Where?\\n(b) Why?'
    """
    return "\n".join((problem.statement.strip(), *(f"({part.id}) {part.statement.strip()}" for part in problem.parts)))


# ---------------------------------------------------------------- other numbers


def _choices(slot: Slot) -> list[str]:
    """Numbers like this one: as many places, about as round, of about that size."""
    places = len(slot.text.partition(".")[2])
    digits = int(slot.text.replace(".", ""))
    if not digits or slot.text == "1":
        return []
    step = 1
    while digits % (step * 10) == 0:
        step *= 10
    if step == 1 and digits % 5 == 0 and digits >= 20:
        step = 5
    while step > 1 and digits // step < 4:
        step = step // 2 if step % 2 == 0 else step // 5
    if digits < 10 and not slot.group:
        low, high = 2 if slot.apart or not places else 1, 9
    else:
        low, high = max(2, digits * 6 // 10 + 1), max(digits + 1, digits * 15 // 10)
    found = [k * step for k in range(max(1, -(-low // step)), high // step + 1) if k * step != digits]
    if slot.group.endswith("°C") and digits <= 100:
        found = [k for k in found if k <= BOILING]
    if places and digits % 10:
        found = [k for k in found if k % 10]
    shown = [f"{k:0{places + 1}d}" for k in found]
    return [f"{text[:-places]}.{text[-places:]}" if places else text for text in shown]


def _drawn(slots: Sequence[Slot], chance: random.Random) -> dict[Slot, str]:
    """Another number for each; the order of those that measure the same is kept."""
    new = {slot: chance.choice(choices) if (choices := _choices(slot)) else slot.text for slot in slots}
    for one in slots:
        for other in slots:
            if one.group and one.group == other.group:
                before, after = one.value - other.value, Fraction(new[one]) - Fraction(new[other])
                if (before > 0) != (after > 0) or (before < 0) != (after < 0):
                    return {}
    return new if any(new[slot] != slot.text for slot in slots) else {}


def _put(text: str, new: Mapping[Slot, str]) -> str:
    for slot in sorted(new, key=lambda s: -s.start):
        text = text[: slot.start] + new[slot] + text[slot.end :]
    return text


# ---------------------------------------------------------------- physics


def _by_laws(problem: Problem, chance: random.Random) -> Similar | None:
    text = whole_statement(problem)
    posed = _posed(text, problem)
    solution = solve(posed)
    if not _is_solved(solution) or not _as_the_author(solution, problem):
        return None
    slots = list(_given_slots(text, solution))
    if not slots:
        return None
    seen: set[str] = set()
    for _ in range(TRIES_BY_LAWS):
        other = _put(text, _drawn(slots, chance))
        if other == text or other in seen:
            continue
        seen.add(other)
        again_posed = _posed(other, problem)
        again = solve(again_posed)
        if _same_way(solution, again) and all(map(_as_simple, _values(solution), _values(again))):
            found = _verified_by_laws(other, again_posed, again)
            if found is not None:
                return found
    return None


def _posed(text: str, problem: Problem) -> Problem:
    """The statement by itself, with the conventions of the problem."""
    posed = problem_from_statement(text)
    return replace(
        posed,
        unknowns=posed.unknowns or (problem.unknowns if not problem.parts else ()),
        angle_unit=problem.angle_unit,
        log_base=problem.log_base,
        field_=problem.field_,
        locale=problem.locale,
    )


def _is_solved(solution: Solution) -> bool:
    return bool(solution.parts) and all(one.answer is not None for one in solution.parts)


def _as_the_author(solution: Solution, problem: Problem) -> bool:
    """Whether what was solved is what the author has; true where the author says nothing."""
    wanted: dict[str | None, Answer | None] = {part.id: part.answer for part in problem.parts}
    for one in solution.parts:
        name = one.asked.part if one.asked is not None else None
        reference = wanted.get(name) if problem.parts else problem.answer
        if reference is None or one.answer is None:
            continue
        if compare_answer(one.answer.forms[0], reference, setting_of(problem)).correct is not True:
            return False
    return True


def _given_slots(text: str, solution: Solution) -> Iterator[Slot]:
    """The numbers of the givens, less those that belong to the world or that stand there twice."""
    for given in solution.scene.givens:
        if given.implied or OF_THE_WORLD.search(given.role) or _is_constant(given):
            continue
        written = text[given.span.start : given.span.end]
        found = NUMERAL.match(written)
        if found is None or len(NUMERAL.findall(re.sub(r"[×x*·]\s*10\^?\S*", "", written))) != 1:
            continue
        if text.count(written) > 1:
            continue
        start = given.span.start + found.start()
        unit = written[found.end() :].strip() if isinstance(given.value, Quantity) else given.role
        if unit == "nm" or (unit == "V" and found.group() in MAINS):
            continue  # the colour of a light; what comes out of a socket
        if unit.rstrip("s") in CALENDAR or (given.role.endswith("temperature") and unit == "K"):
            continue
        yield Slot(start, given.span.start + found.end(), found.group(), group=f"{given.role[-8:]} {unit}")


def _is_constant(given: Given) -> bool:
    """The charge of an electron, the radius of the earth: what is huge or tiny is a number of nature."""
    if not isinstance(given.value, Quantity):
        return False
    value = abs(to_fraction(measured(given.value).value))
    known = (constant for constant in default_constants().values() if constant)
    return any(abs(value - c) <= c / 50 for c in known) or value > 10**6 or 0 < value < Fraction(1, 10**12)


def _same_way(one: Solution, other: Solution) -> bool:
    return (
        _is_solved(other)
        and [s.laws for s in one.parts] == [s.laws for s in other.parts]
        and [g.role for g in one.scene.givens] == [g.role for g in other.scene.givens]
        and one.scene.conditions == other.scene.conditions
    )


def _values(solution: Solution) -> list[Number]:
    return [numbers(one.answer.forms[0])[0] for one in solution.parts if one.answer is not None]


def _as_simple(old: Number, new: Number) -> bool:
    """No more figures than before, or two; a whole number where it was one; of about that size."""
    if old.value and not Fraction(1, 6) <= abs(new.value / old.value) <= 6:
        return False
    return _figures(new) <= max(2, _figures(old)) and (old.value.denominator > 1 or new.value.denominator == 1)


def _figures(shown: Number) -> int:
    mantissa = shown.text.lower().split("e")[0]
    return len(mantissa.replace(".", "").strip("0")) or 1


def _verified_by_laws(text: str, posed: Problem, solution: Solution) -> Similar | None:
    """With the lines of each question judged, and its answer found in them."""
    lines: list[str] = []
    for one in solution.parts:
        assert one.answer is not None
        if not _is_right("\n".join(one.lines), replace(posed, answer=one.answer)):
            return None
        lines += one.lines
    answers = tuple(one.answer.text for one in solution.parts if one.answer is not None)
    alone = solution.parts[0].answer if len(solution.parts) == 1 else None
    return Similar(text, answers, tuple(lines), replace(posed, answer=alone))


def _is_right(work: str, posed: Problem) -> bool:
    """Whether the verifier finds nothing to object to in the work, and its final answer right."""
    checked, final = settle_answer(judge_steps(split_steps(work, posed), posed), posed)
    fine = all(step.verdict in (Verdict.CORRECT, Verdict.NO_CLAIM) for step in checked)
    return fine and final is not None and final.correct is True


# ---------------------------------------------------------------- equations and expressions

Solve = Callable[[Sequence[Statement], Problem], str | None]


def _by_equations(problem: Problem, chance: random.Random) -> Similar | None:
    text = problem.statement.strip()
    if problem.parts or ROUNDED.search(text):
        return None
    bare = _posed(text, problem)
    own = bool(bare.equations) and (not problem.equations or bare.equations == problem.equations)
    posed = bare if own else replace(problem, statement=text)
    if not posed.equations or (own and not _asks_for_them(posed, problem)):
        return None
    solved = _solved(posed)
    if solved is None or not _agrees(solved, problem):
        return None
    slots = list(_equation_slots(text, posed, problem, own=own))
    if not slots:
        return None
    pattern, size, tidy = _pattern(solved), _size(solved), _is_tidy(posed.equations)
    seen: set[str] = set()
    for _ in range(TRIES):
        new = _drawn(slots, chance)
        other = _put(text, new)
        if other == text or other in seen:
            continue
        seen.add(other)
        try:
            if own:
                again = _posed(other, problem)
            else:
                values = {slot.value: shown for slot, shown in new.items()}
                again = replace(posed, statement=other, equations=tuple(_with(e, values) for e in posed.equations))
            if not _same_shape(posed.equations, again.equations) or (tidy and not _is_tidy(again.equations)):
                continue
            found = _solved(again)
            if found is None or _pattern(found) != pattern or _size(found) > max(Fraction(12), 2 * size):
                continue
            if not own and "-" in found and "-" not in solved:
                continue  # nobody sells -5 tickets
            form = read(found)
        except CANNOT_READ:
            continue
        unit = problem.answer.unit if problem.answer is not None else None
        again = replace(again, answer=Answer(found, (form,), unit=unit), solution=(), schemes=())
        first = again.equations[0]
        line = f"{to_text(first)} = {found}" if isinstance(first, Expr) else found
        if _is_right(line, again):
            return Similar(other, (found,), (line,), again)
    return None


def _asks_for_them(posed: Problem, problem: Problem) -> bool:
    """Whether what the statement has in notation is what it asks about, rather than something that it gives."""
    if any(isinstance(node, Quantity) for equation in posed.equations for node in walk(equation)):
        return False
    if all(isinstance(equation, Expr) for equation in posed.equations):
        return True
    return problem.answer is not None or "solve" in posed.statement.lower()


def _agrees(solved: str, problem: Problem) -> bool:
    """Whether the answer is the author's, where there is one."""
    if problem.answer is None:
        return True
    if problem.answer.form not in ("any", "exact", "lowest_terms", "expanded"):
        return False
    return compare_answer(read(solved), problem.answer, setting_of(problem)).correct is True


def _equation_slots(text: str, posed: Problem, problem: Problem, *, own: bool) -> Iterator[Slot]:
    """The numbers of the statement that stand in its equations, and nowhere else with another meaning."""
    found = list(NUMERAL.finditer(text))
    inside = [n.value for equation in posed.equations for n in numbers(equation)]
    for match in found:
        if RAISED.search(text[: match.start()]) or KEPT_WORDS.match(text, match.end()):
            continue
        after = text[match.end() : match.end() + 1]
        if after == "^" and (match.group() == "10" or text.count(f"{match.group()}^") > 1):
            continue  # powers of one base, or of ten
        slot = Slot(*match.span(), match.group(), apart=after.isalpha() or after in "(√")
        if own:
            probe = _put(text, {slot: str(int(slot.value) + 1) if slot.value.denominator == 1 else f"{slot.text}1"})
            try:
                again = _posed(probe, problem).equations
            except CANNOT_READ:
                continue
            if again != posed.equations and _same_shape(posed.equations, again):
                yield slot
        elif slot.value > 2 and slot.value in inside and [m.group() for m in found].count(slot.text) == 1:
            yield slot


def _with(statement: Statement, values: Mapping[Fraction, str]) -> Statement:
    """The statement with these numbers in place of those."""

    def change(node: Node) -> Node:
        if isinstance(node, Number):
            if (shown := values.get(node.value)) is None:
                return node
            return Number(shown, Fraction(shown), len(shown.partition(".")[2]) or None)
        return rebuild(node, change)

    return rebuild(statement, change) if not isinstance(statement, Number) else statement


def _same_shape(one: Sequence[Statement], other: Sequence[Statement]) -> bool:
    return len(one) == len(other) and all(_shape(a) == _shape(b) for a, b in zip(one, other, strict=True))


def _is_tidy(equations: Sequence[Statement]) -> bool:
    """Whether its fractions are in their lowest terms, those of mixed numbers less than one."""
    for node in (node for equation in equations for node in walk(equation)):
        match node:
            case Quotient(Number() as top, Number() as bottom):
                if bottom.value <= 1 or (top.value / bottom.value).denominator != bottom.value:
                    return False
            case Mixed(top=top, bottom=bottom):
                if top.value >= bottom.value or (top.value / bottom.value).denominator != bottom.value:
                    return False
    return True


def _shape(statement: Statement) -> str:
    return re.sub(r"\d+(?:\.\d+)?", "#", to_text(statement))


def _solved(posed: Problem) -> str | None:
    """The answer in our notation; None where no method for it is known here."""
    equations = posed.equations
    if len(equations) == 1 and isinstance(equations[0], Expr):
        return _worked_out(equations[0], posed)
    if any(isinstance(e, Expr) for e in equations):
        return None
    names = sorted(frozenset().union(*(symbols(e) for e in equations)))
    if len(names) == 1:
        both = equations[0] if len(equations) == 1 else Both(tuple(equations))
        found = set_text(solution_set(both, names[0], setting_of(posed)), names[0])
        return None if any(c in found for c in "n…≈.") and "no " not in found else found
    values = _system(equations, names)
    if values is None:
        return None
    asked = [name for name in names if name in posed.unknowns] or names
    return ", ".join(f"{name} = {values[name]}" for name in asked)


def _worked_out(expr: Expr, posed: Problem) -> str | None:
    names = symbols(expr)
    if not names:
        value = to_fraction(exact_value(expr))
        if any(n.places for n in numbers(expr)):
            shown = f"{float(value):.10g}"
            return shown if Fraction(shown) == value else None
        return str(value)
    told = posed.statement.lower()
    if len(names) != 1 or not any(word in told for word in POLITE) or "factor" in told:
        return None
    (name,) = names
    if isinstance(expr, Derivative):
        inner = powers_in(expr.operand, name)
        if inner is None or expr.order != 1:
            return None
        found = {power - 1: (power, e) for power, e in inner.items() if power != 0}
        terms = {power: by * _constant(e) for power, (by, e) in found.items()}
    else:
        powers = powers_in(expr, name)
        if powers is None:
            return None
        terms = {power: _constant(e) for power, e in powers.items()}
    if any(power.denominator > 1 or power < 0 for power in terms):
        return None
    return _polynomial(terms, name)


def _constant(expr: Expr) -> Fraction:
    return to_fraction(exact_value(expr))


def _polynomial(terms: Mapping[Fraction, Fraction], name: str) -> str:
    """As it is written, the highest power first.

    >>> _polynomial({Fraction(2): Fraction(3), Fraction(1): Fraction(-1), Fraction(0): Fraction(4)}, "x")
    '3x^2 - x + 4'
    """
    found = ""
    for power, value in sorted(terms.items(), reverse=True):
        if not value:
            continue
        letter = "" if not power else name if power == 1 else f"{name}^{power}"
        size = str(abs(value)) if value.denominator == 1 or not letter else f"({abs(value)})"
        size = "" if size == "1" and letter else size
        sign = ("-" if value < 0 else "") if not found else " - " if value < 0 else " + "
        found += f"{sign}{size}{letter}"
    return found or "0"


def _system(equations: Sequence[Statement], names: Sequence[str]) -> dict[str, Fraction] | None:
    """The one solution of as many linear equations as unknowns."""
    rows: list[list[Fraction]] = []
    if len(equations) != len(names):
        return None
    for equation in equations:
        if not isinstance(equation, Chain) or equation.relations != ("=",):
            return None
        at = [_gap(equation, names, {name: Fraction(1)}) for name in names]
        base = _gap(equation, names, {})
        row = [value - base for value in at]
        trial = {name: Fraction(2 * k + 3) for k, name in enumerate(names)}
        if _gap(equation, names, trial) != base + sum(a * b for a, b in zip(row, trial.values(), strict=True)):
            return None
        rows.append([*row, -base])
    for k in range(len(names)):
        pivot = next((row for row in rows[k:] if row[k]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        rows.insert(k, [value / pivot[k] for value in pivot])
        for i, row in enumerate(rows):
            if i != k:
                rows[i] = [a - row[k] * b for a, b in zip(row, rows[k], strict=True)]
    return {name: rows[k][-1] for k, name in enumerate(names)}


def _gap(equation: Chain, names: Sequence[str], values: Mapping[str, Fraction]) -> Fraction:
    put = {name: number(values.get(name, Fraction(0))) for name in names}
    left, right = (to_fraction(exact_value(substitute(side, put))) for side in equation.operands)
    return left - right


def _pattern(answer: str) -> tuple[str, ...]:
    """What kind of answer it is: how many solutions, which of them fractions, which with roots, which nought."""
    parts = (re.sub(r"(?!0\b)\d+(?:\.\d+)?", "#", part).replace("-", "") for part in re.split(r" or |, ", answer))
    return tuple(sorted(parts))


def _size(answer: str) -> Fraction:
    size = Fraction(0)
    for shown in re.findall(r"\d+(?:\.\d+)?", answer):
        size = max(size, Fraction(shown))
    return size
