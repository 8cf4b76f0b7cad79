"""The smallest change of a wrong line with which it would follow: a sign, a number, an exponent, an operation, a term.

Where one number is wrong its right value is not guessed but solved for, from the value of the lines at a few points;
each mended line is then confirmed by the verifier. Nearer changes are tried first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isfinite

from tutor.errors import StudentError, Unsupported
from tutor.laws.forms import UNDEFINED, NotAFunction, function, prepared
from tutor.misconceptions.patterns import negated, plain, sum_of, with_part
from tutor.records import Relation, Verdict
from tutor.syntax.tree import (
    Call,
    Chain,
    Expr,
    Mixed,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Statement,
    Sum,
    Symbol,
    children,
    kinds,
    numbers,
    symbols,
)
from tutor.verify.domains import decide
from tutor.verify.physical import in_base_units
from tutor.verify.shapes import without_units
from tutor.verify.tasks import Budget, Compare, Relate, Setting

POINTS = (0.731, 1.618, 2.287, -0.577, 3.303)
NEAR = 1e-7
MOST_DENOMINATOR = 10_000
MOST_OF_A_FRACTION = 99  # above and below the bar of a fraction that a student may have meant
MOST_CONFIRMED = 24  # mended lines that are shown to the verifier
UNITS_OF_WORK = 60_000
PLAIN = Setting()
SWAPPED = {"sin": "cos", "cos": "sin", "tan": "cot", "cot": "tan", "ln": "log", "log": "ln"}
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that mends a line.

    kind: "sign", "number", "digits", "value", "exponent", "operation", "upside_down", "function", "relation",
    "extra_term", "missing_term", "factor". was: what the student wrote there, None where something was missing.
    now: what belongs there, None where something is too much. line: the whole line, mended.
    """

    kind: str
    was: Node | None
    now: Node | None
    line: Statement


def repaired(before: Statement, line: Statement, setting: Setting = PLAIN) -> Repair | None:
    """The nearest change of the line with which it follows from the statement before; None where none is found.

    Both may be expressions of one value, or equations, inequalities and their solutions. What the two have in common is
    left alone where a change in the rest will do.
    """
    before, line = plain(before), plain(line)
    if isinstance(before, Expr) != isinstance(line, Expr):
        return None
    if (Quantity in kinds(before)) != (Quantity in kinds(line)):  # 300/4 = 70 g
        before, line = without_units(before), without_units(line)
    for one, other, around in focused(before, line):
        found = mended(one, other, setting)
        if found is not None:
            return replace(found, line=around(found.line))
    return mended(before, line, setting)


Put = Callable[[Statement], Statement]


def focused(before: Statement, line: Statement) -> Iterator[tuple[Expr, Expr, Put]]:
    """What differs between two lines, smallest part first, with the way to put the mended part back."""
    match before, line:
        case Chain((a, b), ("=",)), Chain((c, d), ("=",)):
            left, right = alike(a, c), alike(b, d)
            if left is right:
                return
            one, other = (b, d) if left else (a, c)

            def around(new: Statement) -> Statement:
                assert isinstance(new, Expr)
                return replace(line, operands=(c, new) if left else (new, d))

            for inner, its, put in focused(one, other):
                yield inner, its, lambda new, put=put: around(put(new))  # type: ignore[misc]
            yield one, other, around
        case Sum(ours), Sum(theirs):
            common = [t for t in theirs if t in ours]
            mine, rest = without(ours, common), without(theirs, common)
            for term in list(rest):  # 720 for 36*20, 9/12 for 3/4
                if (own := next((t for t in mine if alike(t, term)), None)) is not None:
                    mine, rest = without(mine, [own]), without(rest, [term])
                    common.append(term)
            if common and mine and rest:
                yield sum_of(mine), sum_of(rest), lambda new: sum_of((*common, new))  # type: ignore[arg-type]


def alike(one: Expr, other: Expr) -> bool:
    """The same expression, or one of the same value at the points: 3(x + 1) and 3x + 3."""
    if one == other:
        return True
    names = sorted(symbols(one) | symbols(other))
    where = {name: i for i, name in enumerate(names)}
    try:
        f, g = (function(prepared(in_base_units(e)), where) for e in (one, other))
        points = [tuple(POINTS[(k + i) % len(POINTS)] + 0.11 * i for i in range(len(names))) for k in range(3)]
        return all(abs(f(p) - g(p)) <= NEAR * max(1.0, abs(g(p))) for p in points)
    except (NotAFunction, Unsupported, *UNDEFINED):
        return False


def without(terms: Sequence[Expr], common: Sequence[Expr]) -> list[Expr]:
    """The terms that are left when the common ones are struck out once each."""
    left = list(terms)
    for term in common:
        if term in left:
            left.remove(term)
    return left


def mended(before: Statement, line: Statement, setting: Setting) -> Repair | None:
    """The first of the changes, in order, that the verifier confirms."""
    tried = 0
    seen: set[Statement] = set()
    fits = fitting(before, line)
    for change in changes(before, line):
        if change.line in seen or change.line == line:
            continue
        seen.add(change.line)
        if not fits(change.line):
            continue
        tried += 1
        if tried > MOST_CONFIRMED:
            return None
        if follows(before, change.line, setting):
            return change
    return None


def follows(before: Statement, line: Statement, setting: Setting) -> bool:
    """Whether the verifier says that the line is the same as the one before."""
    before, line = in_base_units(before), in_base_units(line)
    try:
        if isinstance(before, Expr) and isinstance(line, Expr):
            task: Compare | Relate = Compare(before, line, "=", setting)
        else:
            task = Relate(before, line, setting)
        evidence = decide(task, Budget(UNITS_OF_WORK)).evidence
    except StudentError:
        return False
    if evidence.verdict is not Verdict.CORRECT:
        return False
    return getattr(evidence, "relation", None) in (Relation.EQUIVALENT, Relation.SAME_ROOTS)


# ---------------------------------------------------------------- candidates, nearest first


def changes(before: Statement, line: Statement) -> Iterator[Repair]:
    """Changed lines, the likelier kinds of slip first."""
    parts = list(exprs(line))
    yield from signs(line, parts)
    if isinstance(line, Chain):
        yield from relations(line)
    for part in parts:
        yield from operations(line, part)
    yield from other_numbers(before, line)
    for part in parts:
        yield from exponents(line, part)
    yield from terms_too_many(line, parts)
    yield from missing(before, line)


def exprs(node: Node) -> Iterator[Expr]:
    """Every expression in a line, parents first."""
    if isinstance(node, Expr):
        yield node
    for part in () if isinstance(node, Mixed) else children(node):
        yield from exprs(part)


def changed(kind: str, line: Statement, part: Expr, new: Expr) -> Repair:
    """The line with another part in one place."""
    return Repair(kind, part, new, with_part(line, part, new))  # type: ignore[arg-type]


def signs(line: Statement, parts: Sequence[Expr]) -> Iterator[Repair]:
    """-a for a, at each term, number and side."""
    negative = {id(part.operand) for part in parts if isinstance(part, Negative)}
    for part in parts:
        if id(part) not in negative and not isinstance(part, Sum):
            yield changed("sign", line, part, negated(part))


def relations(line: Chain) -> Iterator[Repair]:
    """< for >, and the sides of an equation with = changed round for an inequality."""
    if len(line.relations) == 1 and (turned := TURNED.get(line.relations[0])) is not None:
        new = replace(line, relations=(turned,))
        yield Repair("relation", line, new, new)


def operations(line: Statement, part: Expr) -> Iterator[Repair]:
    """Another operation between two parts, a quotient upside down, another function."""
    match part:
        case Quotient(top, bottom):
            yield changed("upside_down", line, part, Quotient(bottom, top))
            yield changed("operation", line, part, Product((top, bottom)))
        case Product((a, b)):
            yield changed("operation", line, part, Quotient(a, b))
            yield changed("operation", line, part, Quotient(b, a))
            yield changed("operation", line, part, Sum((a, b)))
        case Sum((a, b)):
            yield changed("operation", line, part, Product((a, b)))
        case Call(name, (argument,)) if name in SWAPPED:
            yield changed("function", line, part, Call(SWAPPED[name], (argument,)))


def exponents(line: Statement, part: Expr) -> Iterator[Repair]:
    """Another exponent, a square too much or forgotten."""
    match part:
        case Power(base, Number(value=value)):
            near = sorted(map(Fraction, range(-9, 21)), key=lambda k: abs(k - value))
            for other in (*near, value / 2, value * 2):
                if other == value:
                    continue
                new = base if other == 1 else Power(base, numeral(other))
                yield changed("exponent", line, part, new)
        case Symbol() | Number() | Quantity():
            yield changed("exponent", line, part, Power(part, numeral(Fraction(2))))


def terms_too_many(line: Statement, parts: Sequence[Expr]) -> Iterator[Repair]:
    """Without one of the terms or factors."""
    for part in parts:
        match part:
            case Sum(items):
                for i, item in enumerate(items):
                    rest = sum_of((*items[:i], *items[i + 1 :]))
                    yield Repair("extra_term", item, None, with_part(line, part, rest))  # type: ignore[arg-type]
            case Product(items) if len(items) > 1:
                for i, item in enumerate(items):
                    left = (*items[:i], *items[i + 1 :])
                    rest = left[0] if len(left) == 1 else Product(left)
                    yield Repair("factor", item, None, with_part(line, part, rest))  # type: ignore[arg-type]


# ---------------------------------------------------------------- numbers that are solved for

HOLE = "_hole_"


def other_numbers(before: Statement, line: Statement) -> Iterator[Repair]:
    """Each number with the value, if there is one, that makes the line follow."""
    calculation = isinstance(line, Expr) and not symbols(line) and not symbols(before)
    there = {signed_value(part) for part in signed_numbers(before)}
    found: list[Repair] = []
    for part in sorted(signed_numbers(line), key=lambda p: signed_value(p) in there):  # what is new first
        hole = with_part(line, part, Symbol(HOLE))
        for value in values_for(before, hole):
            fractions = Quotient in kinds(before) and part is line
            if not fractions and not at_home(value, (*numbers(before), *numbers(line))):
                continue
            kind = "digits" if are_swapped(signed_value(part), value) else "number"
            now = numeral(value, fraction=in_fractions(before))
            found.append(changed(kind, line, part, now))
            if calculation and is_shifted(signed_value(part), value):
                yield found[-1]  # 0.07 for 0.7
    if (
        isinstance(line, Quotient | Mixed | Product | Sum)
        and calculation
        and (len(found) != 1 or Sum not in kinds(line))
    ):
        for value in values_for(before, Symbol(HOLE)):
            now = numeral(value, fraction=in_fractions(before))
            yield changed("value", line, line, now)
    if calculation:
        yield from rounded_alike(before, line)  # type: ignore[arg-type]
    yield from found


def in_fractions(statement: Statement) -> bool:
    """Whether fractions stand in it, and no decimal."""
    return not kinds(statement).isdisjoint({Quotient, Mixed}) and not any(n.places for n in numbers(statement))


def is_shifted(one: Fraction, other: Fraction) -> bool:
    """0.7 and 0.07: the same but for the place of the point."""
    ratio = other / one if one else Fraction(0)
    return ratio in (10, 100, 1000, Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000))


def rounded_alike(before: Statement, line: Expr) -> Iterator[Repair]:
    """The value to the places that the student gave: 5.667 for 6.667 after 17/3."""
    inner = line.operand if isinstance(line, Negative) else line
    target = difference(before)
    if not isinstance(inner, Number) or inner.places is None or target is None:
        return
    try:
        value = function(prepared(in_base_units(target)), {})(())
    except (NotAFunction, Unsupported, *UNDEFINED):
        return
    if isfinite(value) and abs(value) < 1e9:
        shown = Fraction(f"{value:.{inner.places}f}")
        number = Number(f"{abs(float(shown)):.{inner.places}f}", abs(shown), inner.places)
        yield changed("number", line, line, Negative(number) if shown < 0 else number)


def at_home(value: Fraction, others: Sequence[Number]) -> bool:
    """Whether a number is of the kind of those around it: no fraction among whole numbers, no long decimal."""
    if value.denominator == 1:
        return True
    places = max((n.places or 0 for n in others), default=0)
    return 10 ** (places + 1) % value.denominator == 0 and (places > 0 or value.denominator in (2, 10))


def signed_numbers(node: Node) -> Iterator[Expr]:
    """The numbers of a line with their signs."""
    if isinstance(node, Number) or (isinstance(node, Negative) and isinstance(node.operand, Number)):
        yield node
        return
    for part in () if isinstance(node, Mixed) else children(node):
        yield from signed_numbers(part)


def signed_value(part: Expr) -> Fraction:
    """-3 of `-3`."""
    return -signed_value(part.operand) if isinstance(part, Negative) else part.value  # type: ignore[attr-defined]


def missing(before: Statement, line: Statement) -> Iterator[Repair]:
    """A term, or a factor, that the line lacks: a number, or a multiple of a letter or of its square."""
    names = sorted(symbols(line) | symbols(before))[:2]
    shapes: list[Expr | None] = [None]
    for name in names:
        shapes += [Symbol(name), Power(Symbol(name), numeral(Fraction(2)))]
    for part in signed_numbers(line):
        for name in names:
            yield Repair("factor", None, Symbol(name), with_part(line, part, Product((part, Symbol(name)))))  # type: ignore[arg-type]
    sides = line.operands if isinstance(line, Chain) else (line,)
    for side in sides[-1:] if len(sides) == 1 else sides:
        if not isinstance(side, Expr):
            continue
        hole = Symbol(HOLE)
        whole = with_part(line, side, Product((hole, side)))
        for value in values_for(before, whole):
            if value not in (0, 1) and at_home(value, (*numbers(before), *numbers(line))):
                now = numeral(value)
                new: Expr = Negative(side) if value == -1 else Product((now, side))
                yield Repair("factor", None, now, with_part(line, side, new))  # type: ignore[arg-type]
        for shape in shapes:
            term: Expr = hole if shape is None else Product((hole, shape))
            whole = with_part(line, side, sum_of((side, term)))
            for value in values_for(before, whole):
                if value and at_home(value, (*numbers(before), *numbers(line))):
                    now = term_of(value, shape)
                    yield Repair("missing_term", None, now, with_part(line, side, sum_of((side, now))))  # type: ignore[arg-type]


def term_of(value: Fraction, shape: Expr | None) -> Expr:
    """3x, -x, 5."""
    if shape is None:
        return numeral(value)
    size = shape if abs(value) == 1 else Product((numeral(abs(value)), shape))
    return Negative(size) if value < 0 else size


def values_for(before: Statement, hole: Node) -> list[Fraction]:
    """The number, short enough for a student's line, that the hole must have for the line to follow; [] where none.

    At each point the line is taken to be a + b·v in the hole's value v. For equations, L - R of the line must be a
    fixed multiple of L - R of the one before.
    """
    target, made = difference(before), difference(hole)
    if target is None or made is None:
        return []
    names = sorted((symbols(before) | symbols(hole)) - {HOLE})
    where = {name: i for i, name in enumerate(names)}
    try:
        goal = function(prepared(in_base_units(target)), where)
        line = function(prepared(in_base_units(made)), {**where, HOLE: len(names)})
    except (NotAFunction, Unsupported):
        return []
    rows = [row for k in range(len(POINTS)) if (row := at_point(goal, line, names, k)) is not None]
    if len(rows) < 3:
        return []
    found = expression_value(rows) if isinstance(before, Expr) else equation_value(rows)
    return [short] if found is not None and (short := short_fraction(found)) is not None else []


Row = tuple[float, float, float]


def at_point(goal: Callable[..., float], line: Callable[..., float], names: Sequence[str], k: int) -> Row | None:
    """(t, a, b): the value before, and the line's a + b·v, at the k-th point."""
    point = tuple(POINTS[(k + i) % len(POINTS)] + 0.11 * i for i in range(len(names)))
    try:
        t, a, one, two = goal(point), line((*point, 0.0)), line((*point, 1.0)), line((*point, 2.0))
    except UNDEFINED:
        try:  # 0 may not be put in: x/v
            t, one, two = goal(point), line((*point, 1.0)), line((*point, 2.0))
        except UNDEFINED:
            return None
        return None
    if not all(isinstance(v, float | int) and isfinite(v) for v in (t, a, one, two)):
        return None
    b = one - a
    return (t, a, b) if abs(two - one - b) <= NEAR * max(1.0, abs(two)) else None


def expression_value(rows: Sequence[Row]) -> float | None:
    """v with a + b·v = t at each point."""
    found = [(t - a) / b for t, a, b in rows if abs(b) > NEAR]
    return found[0] if len(found) == len(rows) and agree(found) else None


def equation_value(rows: Sequence[Row]) -> float | None:
    """v for which a + b·v = c·t at each point, for some c that is not 0."""
    (t, a, b), *others = rows
    found = []
    for s, p, q in others:
        # (a + b v) s = (p + q v) t
        slope = b * s - q * t
        if abs(slope) <= NEAR * max(abs(b * s), abs(q * t), 1e-9):
            return None
        found.append((p * t - a * s) / slope)
    if not agree(found):
        return None
    v = found[0]
    return v if abs(a + b * v) > NEAR else None


def agree(values: Sequence[float]) -> bool:
    """All the same, for what floating point can tell."""
    return all(abs(v - values[0]) <= 1e-6 * max(1.0, abs(values[0])) for v in values)


def short_fraction(value: float) -> Fraction | None:
    """The fraction, or short decimal, that a float is."""
    if abs(value) > 1e9:
        return None
    near = Fraction(value).limit_denominator(MOST_DENOMINATOR)
    if abs(float(near) - value) > 1e-7 * max(1.0, abs(value)):
        return None
    decimal = 10_000 % near.denominator == 0
    return near if decimal or max(abs(near.numerator), near.denominator) <= MOST_OF_A_FRACTION else None


def difference(statement: Node) -> Expr | None:
    """L - R of an equation, an expression itself."""
    if isinstance(statement, Expr):
        return statement
    if isinstance(statement, Chain) and len(statement.operands) == 2 and statement.relations == ("=",):
        return Sum((statement.operands[0], Negative(statement.operands[1])))
    return None


def fitting(before: Statement, line: Statement) -> Callable[[Statement], bool]:
    """A quick test, at points, of whether a changed line may follow; always true where there is no value."""
    target = difference(before)
    if target is None:
        return lambda _: True
    names = sorted(symbols(before) | symbols(line))
    where = {name: i for i, name in enumerate(names)}
    points = [tuple(POINTS[(k + i) % len(POINTS)] + 0.11 * i for i in range(len(names))) for k in range(3)]
    try:
        goal = function(prepared(in_base_units(target)), where)
        goals = [goal(point) for point in points]
    except (NotAFunction, Unsupported, *UNDEFINED):
        return lambda _: True

    def fits(candidate: Statement) -> bool:
        made = difference(candidate)
        if made is None:
            return True
        try:
            f = function(prepared(in_base_units(made)), where)
            values = [f(point) for point in points]
        except (NotAFunction, Unsupported, *UNDEFINED):
            return not isinstance(before, Expr)
        if isinstance(before, Expr):
            return all(abs(v - g) <= 0.02 * max(abs(v), abs(g), 1e-9) for v, g in zip(values, goals, strict=True))
        if len(names) == 1:
            return True
        ratio = values[0] * goals[1] - values[1] * goals[0]
        return abs(ratio) <= 1e-3 * max(abs(values[0] * goals[1]), 1e-9)

    return fits


def are_swapped(one: Fraction, other: Fraction) -> bool:
    """53 and 35: the same digits in another order."""
    a, b = str(abs(one)), str(abs(other))
    return a != b and len(a) == len(b) > 1 and sorted(a) == sorted(b)


def numeral(value: Fraction, *, fraction: bool = False) -> Expr:
    """A number as people write it: 5, -3, 2/3, 0.25 where it is short and no fraction is wanted."""
    size = abs(value)
    if size.denominator == 1:
        shown: Expr = Number(str(size), size)
    elif (
        not fraction
        and (text := f"{float(size):.6g}")
        and "e" not in text
        and Fraction(text) == size
        and len(text) <= 7
    ):
        shown = Number(text, size, len(text.split(".")[1]))
    else:
        shown = Quotient(
            Number(str(size.numerator), Fraction(size.numerator)),
            Number(str(size.denominator), Fraction(size.denominator)),
        )
    return Negative(shown) if value < 0 else shown
