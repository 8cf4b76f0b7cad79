"""Physics: worked examples, clean and with one error put in; labelled reasoning; problems solved from statements."""

from __future__ import annotations

import random
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from tests.benchmarks.accuracy import checked, first_flagged
from tests.benchmarks.devdata import ROOT, Row, rows
from tests.benchmarks.noise import LABEL_NOISE
from tests.benchmarks.speed import quantile
from tests.benchmarks.tables import Figure
from tutor.bridge import units
from tutor.errors import TutorError
from tutor.pipeline import check_work
from tutor.problems import load_problem_set, problem_from_statement
from tutor.reading import split_steps
from tutor.records import CheckedStep, Role, Verdict
from tutor.syntax.tree import Quantity, Statement, kinds, numbers
from tutor.verify.judge import judge_steps

# A number with a unit as worked examples write it: 13.0 m/s, 2.6 × 10^4 N, 49m/s^2.
# Not a digit cut out of 20,000 or of "2. 00", an exponent, a subscript, a label "(2) Solve".
NOT_WITHIN = r"(?<![\w.,^_{])(?<!\d\. )(?<!\^\()(?<!\^-)(?<!\^\(-)(?<!\^\(- )(?<!_\()(?!10\^)(?!\d\) [A-Z])"
NUMBER = NOT_WITHIN + r"\d[\d,]*(?:\.\d+)?(?:\s?[×x*]\s?10\^(?:\(\s?-?\s?\d+\)|-?\d+))?"
UNIT = r"(?:[kcmµμnMG]?(?:m|s|g|N|J|W|V|A|C|F|Hz|Pa|K|Ω|eV|T)|ft|in\.|rad|°C)(?![A-Za-z])"
QUANTITY = re.compile(rf"(?P<value>{NUMBER})(?P<gap>\s?)(?P<unit>{UNIT})")


def holds_quantity(step: CheckedStep) -> bool:
    """The line has a relation in which a number with a unit stands."""
    return "=" in step.step.text and bool(QUANTITY.search(step.step.text))


def worked_examples() -> Iterator[Figure]:
    """Correct worked examples of a textbook: no line wrong, most lines with a quantity decided."""
    flagged: list[str] = []
    left: list[str] = []
    held = decided = 0
    for row in rows("physics_openstax_hs"):
        for step in checked(row):
            if step.verdict is Verdict.WRONG:
                flagged.append(f"{row.id}: {step.step.text}")
            if holds_quantity(step):
                held += 1
                if settled(step, row):
                    decided += 1
                else:
                    left.append(f"{row.id} {step.verdict}: {step.step.text}")
    if held:
        of = "physics_openstax_hs"
        yield Figure.count(of, "correct lines wrong", len(flagged), "0", flagged)
        yield Figure.share(of, "lines with a quantity read and decided", decided, held, ">= 90 %", left)


def settled(step: CheckedStep, row: Row) -> bool:
    """Proved, or nothing but a value that the problem gives; a calculation that is only taken note of is neither."""
    if step.step.unread:
        return False
    if step.verdict in (Verdict.CORRECT, Verdict.FOLLOW_THROUGH):
        return True
    if step.verdict is not Verdict.NO_CLAIM:
        return False
    return bool(step.judged) and all(
        j.claim.role in (Role.GIVEN, Role.DEFINITION) or restates(j.claim.statement, row.problem) for j in step.judged
    )


def restates(statement: Statement, problem: str) -> bool:
    """`x_f = 10 cm`: a name and one number of the problem."""
    found = list(numbers(statement))
    return len(found) == 1 and found[0].text in problem and len(getattr(statement, "operands", ())) == 2


# ---------------------------------------------------------------- one error put in


@dataclass(frozen=True, slots=True)
class Injection:
    """A line of a row, changed in one place."""

    row: Row
    line: int
    kind: str
    text: str


def unit_slip(line: str, chance: random.Random) -> str | None:
    """A prefix gained or lost on one quantity: 12 cm for 12 m, 5 N for 5 kN."""
    found = list(QUANTITY.finditer(line))
    chance.shuffle(found)
    for m in found:
        unit = m["unit"]
        if unit in ("m", "N", "J", "V", "s", "W", "Hz", "Pa", "A", "C", "F", "Ω", "eV"):
            new = ("m" if unit == "s" else "k") + unit
        elif len(unit) > 1 and unit[0] in "kcmµμnM" and unit not in ("cd", "mol"):
            new = unit[1:]
        else:
            continue
        return line[: m.start("unit")] + new + line[m.end("unit") :]
    return None


def factor(line: str, chance: random.Random) -> str | None:
    """One number doubled, halved, or ten times too large."""
    found = list(re.finditer(NUMBER, line))
    if not found:
        return None
    m = chance.choice(found)
    digits = re.match(r"[\d,]+(?:\.\d+)?", m.group())
    assert digits is not None
    text = digits.group().replace(",", "")
    places = len(text.partition(".")[2])
    if line.startswith((" sig", " significant"), m.end()):
        return None
    # Half of 25 is not 12: only what the number's own figures can show.
    by = [k for k in (Fraction(1, 2), Fraction(2), Fraction(10)) if (Fraction(text) * k * 10**places).denominator == 1]
    value = Fraction(text) * chance.choice(by)
    new = f"{float(value):.{places}f}"
    return line[: m.start()] + new + line[m.start() + digits.end() :]


def sign(line: str, chance: random.Random) -> str | None:
    """A plus for a minus between terms, or the sign of one side changed."""
    found = list(re.finditer(r"(?<=[\w)\]]) ([+\-−–]) (?=[\w(\d])", line))
    if found:
        m = chance.choice(found)
        return line[: m.start(1)] + ("-" if m[1] == "+" else "+") + line[m.end(1) :]
    result = re.search(r"=\s*(?=\d[^=]*$)", line)
    return line[: result.end()] + "-" + line[result.end() :] if result else None


def swapped_given(line: str, chance: random.Random) -> str | None:
    """Two different numbers exchanged, units staying where they are."""
    found = list(QUANTITY.finditer(line))
    pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :] if a["value"] != b["value"]]
    if not pairs:
        return None
    a, b = chance.choice(pairs)
    return (
        line[: a.start("value")]
        + b["value"]
        + line[a.end("value") : b.start("value")]
        + a["value"]
        + line[b.end("value") :]
    )


def dropped_square(line: str, chance: random.Random) -> str | None:
    """A square left out, not that of a unit."""
    found = [m for m in re.finditer(r"(?<=[\w)\]])(?:\^2|²|\^\(2\))(?!\d)", line) if not _unit_before(line, m.start())]
    found = [m for m in found if not re.search(r"(?<![\w.])1$", line[: m.start()])]  # 1² is 1
    if not found:
        return None
    m = chance.choice(found)
    return line[: m.start()] + line[m.end() :]


def _unit_before(line: str, at: int) -> bool:
    return bool(re.search(r"(?:/|\d\s?|[·⋅*])(?:m|s|cm|km|kg|in\.|yd|ft)$", line[:at]))


INJECTORS: dict[str, Callable[[str, random.Random], str | None]] = {
    "unit slip": unit_slip,
    "factor": factor,
    "sign": sign,
    "swapped given": swapped_given,
    "dropped square": dropped_square,
}


def injections(seed: int = 20) -> Iterator[Injection]:
    """For each worked example, line with a quantity and kind: up to two changed lines.

    Only lines that are proved when clean, or restate a given: against a value that comes from a figure, or an equation
    that sets out a model, nothing can be held.
    """
    chance = random.Random(seed)
    for row in rows("physics_openstax_hs"):
        lines = row.work.split("\n")
        clean = {s.step.line: s for s in checked(row)}
        for number, line in enumerate(lines):
            if number not in clean or not holds_quantity(clean[number]) or not settled(clean[number], row):
                continue
            for kind, inject in INJECTORS.items():
                made = {inject(line, chance) for _ in range(3)} - {None, line}
                for text in sorted(t for t in made if t is not None)[:2]:
                    yield Injection(row, number, kind, text)


def still_true(injection: Injection) -> bool:
    """Whether the changed line says the same as the clean one, by a plain calculation in floats of each side."""
    before = _sides(injection.row, injection.line, injection.row.work.split("\n")[injection.line])
    after = _sides(injection.row, injection.line, injection.text)
    if len(before) != len(after):
        return False
    return all(_near(a, b) for a, b in zip(before, after, strict=True))


def _sides(row: Row, number: int, text: str) -> list[tuple[str, float, object]]:
    """Value and dimension of each numeric side of the relations on a line; of the others their text."""
    lines = row.work.split("\n")
    lines[number] = text
    found: list[tuple[str, float, object]] = []
    for step in split_steps("\n".join(lines), problem_from_statement(row.problem)):
        if step.line != number:
            continue
        for claim in step.claims:
            for operand in getattr(claim.statement, "operands", ()):
                try:
                    m = units.measured(operand)
                    found.append(("", float(Fraction(int(m.value.p), int(m.value.q))), m.dimension))
                except (TutorError, ArithmeticError, ValueError, AttributeError):
                    found.append((repr(operand).split("span")[0], 0.0, None))
    return found


def _near(a: tuple[str, float, object], b: tuple[str, float, object]) -> bool:
    if a[2] is None or b[2] is None:
        return a[0] == b[0]
    return a[2] == b[2] and abs(a[1] - b[1]) <= 0.03 * max(abs(a[1]), abs(b[1]))


def one_error_put_in() -> Iterator[Figure]:
    """One error in one line: flagged there, by kind; what is still true is discarded."""
    tally: Counter[str] = Counter()
    misses: dict[str, list[str]] = defaultdict(list)
    for injection in injections():
        if still_true(injection):
            tally["still true"] += 1
            continue
        lines = injection.row.work.split("\n")
        lines[injection.line] = injection.text
        steps = check_work("\n".join(lines), problem_from_statement(injection.row.problem))
        wrong = [s.step.line for s in steps if s.verdict is Verdict.WRONG]
        tally[injection.kind] += 1
        if wrong and wrong[0] == injection.line:
            tally[f"{injection.kind} found"] += 1
        else:
            verdict = next((s.verdict for s in steps if s.step.line == injection.line), None)
            misses[injection.kind].append(f"{injection.row.id} {verdict}: {injection.text}")
    for kind in INJECTORS:
        if tally[kind]:
            yield Figure.share("one error put in", kind, tally[f"{kind} found"], tally[kind], ">= 95 %", misses[kind])
    yield Figure.count("one error put in", "discarded, the line being still true", tally["still true"])


# ---------------------------------------------------------------- reasoning, solving, speed


def expert_labelled() -> Iterator[Figure]:
    """mr_ben_physics: correct solutions must not be flagged."""
    flagged: list[str] = []
    raw = correct = hit = any_flagged = wrong = 0
    for row in rows("mr_ben_physics"):
        first = first_flagged(row, checked(row))
        is_correct = row.first_error is None and row.correct is not False
        correct += is_correct
        wrong += row.first_error is not None
        if first is None:
            continue
        any_flagged += 1
        hit += first == row.first_error
        if is_correct:
            raw += 1
            if row.id not in LABEL_NOISE:
                flagged.append(f"{row.id} step {first}: {row.steps[first]}")
    if correct:
        of = "mr_ben_physics"
        yield Figure.share(of, "correct solutions flagged, raw", raw, correct)
        yield Figure.share(of, "correct solutions flagged, label noise out", len(flagged), correct, "<= 1 %", flagged)
        yield Figure.share(of, "precision of the first wrong line, raw", hit, any_flagged)
        yield Figure.share(of, "recall", hit, wrong, "> 1.0 %")


def compare_value(text: str, reference: str, unit: str | None) -> bool:
    """A solved value against a reference: equal to its figures, 2 % allowed (g = 9.8, rounding on the way)."""
    from tutor.syntax.read import ReadHints, read_expr

    if "°" in text and "°" in reference and "C" not in text:  # an angle
        text, reference = text.replace("°", ""), reference.replace("°", "")
    wanted = f"{reference} {unit}" if unit and not re.search(r"[A-Za-zΩ°]", reference) else reference
    try:
        one = units.measured(read_expr(text, ReadHints(units=True)))
        other = units.measured(read_expr(wanted.replace("^(∘)", "°"), ReadHints(units=True)))
    except (TutorError, ArithmeticError):
        return False
    a, b = (float(Fraction(int(m.value.p), int(m.value.q))) for m in (one, other))
    if one.dimension != other.dimension and other.dimension != units.NO_DIMENSION:
        return False
    if other.dimension == units.NO_DIMENSION and one.dimension != units.NO_DIMENSION:
        shown = re.match(r"\s*[-−]?[\d.,]+(?:\s?[×·*]\s?10\^\(?-?\d+\)?)?", text)
        a = (
            float(Fraction(int((m := units.measured(read_expr(shown.group()))).value.p), int(m.value.q)))
            if shown
            else a
        )
    shown = re.fullmatch(r"[-−]?0*\.?0*(\d[\d.]*)", reference.strip())
    figures = len(shown.group(1).replace(".", "")) if shown else 0
    if figures and float(f"{abs(a):.{figures - 1}e}") == abs(b):
        return True  # 12.3 for a reference of 12
    return abs(abs(a) - abs(b)) <= 0.02 * abs(b)


def statements_alone() -> Iterator[Figure]:
    """Problems as statements only: right, silent or wrong."""
    from tutor.solve import solve

    groups: dict[str, list[tuple[str, str, str, str | None]]] = defaultdict(list)
    for path in sorted((ROOT / "problem_sets").glob("physics_*.yaml")):
        for problem in load_problem_set(path):
            for part in problem.parts or (None,):
                answer = problem.answer if part is None else part.answer
                if answer is not None:
                    statement = problem.statement if part is None else f"{problem.statement} {part.statement}"
                    groups["shipped physics problems"].append((problem.id, statement, answer.text, answer.unit))
    for name in ("physics_openstax_hs", "physics_theoremqa"):
        for row in rows(name):
            reference = row.raw.get("reference_answer")
            if reference is not None:
                groups[name].append((row.id, row.problem, str(reference), row.raw.get("unit")))
    for name, problems in groups.items():
        tally: Counter[str] = Counter()
        told: list[str] = []
        noisy = 0
        for id_, statement, reference, unit in problems:
            problem = problem_from_statement(statement)
            found = [p for p in solve(problem).parts if p.answer is not None]
            if not found:
                outcome = "silent"
            elif any(p.answer and compare_value(p.answer.text, reference, unit) for p in found):
                outcome = "right"
            else:
                outcome = "wrong"
                noisy += id_ in LABEL_NOISE
                told.append(f"{id_}: {[p.answer.text for p in found if p.answer]} for {reference} {unit or ''}")
            tally[outcome] += 1
        whole = len(problems)
        target = ">= 80 %" if name.startswith("shipped") else None
        yield Figure.share(name, "statements alone: right", tally["right"], whole, target)
        yield Figure.share(name, "statements alone: silent", tally["silent"], whole)
        limit = "0" if name.startswith("shipped") else "<= 2 %"
        known = sum(id_ in LABEL_NOISE for id_, *_ in problems)
        net = None if known else limit
        yield Figure.share(
            name, "statements alone: wrong" + (", raw" if known else ""), tally["wrong"], whole, net, told
        )
        if known:
            what = "statements alone: wrong, label noise out"
            yield Figure.share(name, what, tally["wrong"] - noisy, whole - known, limit)


def speed() -> Iterator[Figure]:
    """Milliseconds a line with units, reading included, modules loaded."""
    material = [(row.work, problem_from_statement(row.problem)) for row in rows("physics_openstax_hs")]
    for path in sorted((ROOT / "problem_sets").glob("physics_*.yaml")):
        for problem in load_problem_set(path):
            for part in problem.parts or (None,):
                material.append(("\n".join(problem.solution if part is None else part.solution), problem))
    for work, problem in material[::5]:
        check_work(work, problem)
    per_line: list[float] = []
    for work, problem in material:
        started = time.perf_counter()
        steps = judge_steps(split_steps(work, problem), problem)
        spent = 1000 * (time.perf_counter() - started)
        with_units = sum(any(Quantity in kinds(c.statement) for c in s.step.claims) for s in steps)
        if with_units:
            per_line.append(spent / len(steps))
    if per_line:
        yield Figure("physics speed", "median a line with units", f"{statistics.median(per_line):.2f} ms", "<= 2 ms")
        yield Figure("physics speed", "p99 a line", f"{quantile(per_line, 0.99):.1f} ms", "<= 100 ms")
