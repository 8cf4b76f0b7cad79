"""left = right for all values of the symbols: by normal form, refuted by exact numbers or disjoint balls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import islice, product
from typing import Any

from tutor.bridge import balls
from tutor.bridge.enclosures import decimal_ball, plane_point
from tutor.bridge.exact import KNOWN_CALLS, last_place, rational_value
from tutor.bridge.normal import Normal, normal_forms
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.records import Counterexample, EqualValues, FalseEquality, Identity, Remark, Samples, Verdict
from tutor.syntax.tree import (
    Bracket,
    Call,
    Constant,
    Degrees,
    Derivative,
    Differential,
    Dots,
    Evaluated,
    Expr,
    Integral,
    Interval,
    Limit,
    Listing,
    Matrix,
    Negative,
    Node,
    Number,
    NumberSet,
    PlusMinus,
    Quantity,
    Series,
    SetBuilder,
    SetOf,
    SetOperation,
    Sum,
    Symbol,
    Tuple,
    Words,
    numbers,
    rebuild,
    walk,
)
from tutor.verify.kinds import kinds_of
from tutor.verify.meaning import TRIGONOMETRIC, resolve
from tutor.verify.tasks import Budget, Compare, Finding, Setting, Task
from tutor.verify.trees import CLOSED

NAME = "identities"

RELATIONS = frozenset({"=", "≈", "!=", "<", "<=", ">", ">="})
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}

# What other domains know more about; here it can only be the same on both sides, a name for something.
CALCULUS = frozenset({Derivative, Integral, Limit, Series, Evaluated, Differential})
NO_NUMBERS = frozenset({Matrix, Tuple, Listing, SetOf, SetBuilder, Interval, NumberSet, SetOperation, Quantity, Dots})

# Values to try, those that are easy to check by hand first.
NICE = tuple(
    Fraction(a, b)
    for a, b in (
        (2, 1), (1, 1), (3, 1), (0, 1), (-1, 1), (4, 1), (1, 2), (5, 1), (-2, 1), (10, 1), (-3, 1), (1, 3), (7, 1),
        (-1, 2), (6, 1), (3, 2), (9, 1), (-5, 1), (1, 10), (20, 1), (8, 1), (-4, 1), (2, 3), (16, 1), (100, 1),
        (-10, 1), (5, 4), (11, 1), (-2, 3), (13, 1), (30, 1), (3, 4), (12, 1), (-7, 1), (50, 1), (-1, 10), (25, 1),
        (17, 8),
    )
)  # fmt: skip
WHOLE = tuple(v for v in NICE if v.denominator == 1)
SQUARES = tuple(Fraction(v) for v in (4, 9, 1, 16, 0, 25))
PLANE = (
    (1, 1), (2, -1), (-1, 2), (3, 0), (-2, -3), (0, 1), (1, -2), (-3, 1),
    (2, 3), (4, 1), (-1, -1), (5, 2), (0, -2), (1, 3), (-4, 2), (2, 5),
)  # fmt: skip
# Letters that run over whole numbers unless something else is seen: n in (-1)^n, k in sin(πk).
WHOLE_LETTERS = frozenset("jkmn")
TRIES = 48
SAMPLES = 12
BITS = 128
AGREEMENT = 100
SMALL = 64

Values = dict[str, Fraction]


def accepts(task: Task) -> bool:
    """A comparison of expressions that hold a symbol or a function."""
    return isinstance(task, Compare) and task.sign in RELATIONS


def judge(task: Task, budget: Budget) -> Finding | None:
    """Identity, Samples or Counterexample; None where neither is seen."""
    if not isinstance(task, Compare):
        return None
    if task.left == task.right and task.sign in ("=", "≈", "<=", ">="):
        return Finding(Identity("the same on both sides"))
    kinds = kinds_of(task)
    if kinds.any(NO_NUMBERS):
        return None
    if PlusMinus in kinds.classes:
        return _both_signs(task, budget) if task.sign in ("=", "≈") else None
    original = task
    setting = task.setting
    left, right = resolve(task.left, setting), resolve(task.right, setting)
    if left is not task.left or right is not task.right:
        task = Compare(left, right, task.sign, setting)
        kinds = kinds_of(task)
    names = set(kinds.symbols)
    if Words in kinds.classes:
        names.update(n.text for e in (left, right) for n in walk(e) if isinstance(n, Words))
    case = _Case(left, right, setting, budget, names, "i" in kinds.constants)
    case.computable = kinds.calls <= KNOWN_CALLS
    if kinds.any(CALCULUS):
        return case.opaque() if task.sign in ("=", "≈") else None
    finding = case.equal(task.sign) if task.sign in ("=", "≈") else case.ordered(task.sign)
    if finding is not None and finding.evidence.verdict is Verdict.CORRECT:
        return finding
    if finding is not None:
        other = _other_reading(original, kinds.calls, budget)
        if other is not None:
            return other
    return _with_known_values(task, finding, budget)


def _other_reading(task: Compare, calls: set[str], budget: Budget) -> Finding | None:
    """What is refuted may be meant in degrees, or with log for ln; then the remark says so."""
    setting = task.setting
    if setting.angle_unit == "radian" and calls & TRIGONOMETRIC and _has_plain_angle(task):
        changed, words = replace(setting, angle_unit="degree"), "angles read in degrees"
    elif setting.log_base == "10" and "log" in calls:
        changed, words = replace(setting, log_base="e"), "log read as the natural logarithm"
    else:
        return None
    finding = judge(replace(task, setting=replace(changed, values={})), budget)
    if finding is None or finding.evidence.verdict is not Verdict.CORRECT:
        return None
    return Finding(finding.evidence, (Remark("reading", words), *finding.remarks))


def _has_plain_angle(task: Compare) -> bool:
    """Whether a whole number of at least 10 stands in the angle of a trigonometric function, without π."""
    for side in (task.left, task.right):
        for call in walk(side):
            if isinstance(call, Call) and call.name in TRIGONOMETRIC:
                inside = list(walk(call))
                if any(isinstance(n, Number) and n.value >= 10 for n in inside) and not any(
                    isinstance(n, Constant | Degrees) for n in inside
                ):
                    return True
    return False


def _both_signs(task: Compare, budget: Budget) -> Finding | None:
    """a ± b = c ± d: the upper signs together and the lower ones together, or crosswise."""
    from tutor.verify.domains import decide

    upper, lower = (tuple(_with_sign(e, above=above) for e in (task.left, task.right)) for above in (True, False))
    refuted: list[Finding] = []
    for pairs in (((upper[0], upper[1]), (lower[0], lower[1])), ((upper[0], lower[1]), (lower[0], upper[1]))):
        found = [decide(Compare(a, b, task.sign, task.setting), budget) for a, b in pairs]
        if all(f.evidence.verdict is Verdict.CORRECT for f in found):
            return Finding(found[0].evidence, tuple(dict.fromkeys(found[0].remarks + found[1].remarks)))
        wrong = [f for f in found if f.evidence.verdict is Verdict.WRONG]
        refuted += wrong[:1]
    # √9 = ±3 is loose, not refuted: each side may mean either value.
    if upper[0] == lower[0] or upper[1] == lower[1]:
        return None
    return refuted[0] if len(refuted) == 2 else None


def _with_sign(expr: Expr, *, above: bool) -> Expr:
    """The expression with the upper or the lower one of all its double signs."""

    def change(node: Node) -> Node:
        node = rebuild(node, change)
        if not isinstance(node, PlusMinus):
            return node
        right: Expr = node.right if isinstance(node.right, CLOSED) else Bracket(node.right)
        if (node.sign == "±") != above:
            right = Negative(right)
        return right if node.left is None else Sum((node.left, right))

    return change(expr)  # type: ignore[return-value]


def _with_known_values(task: Compare, finding: Finding | None, budget: Budget) -> Finding | None:
    """A second try, with what the problem and earlier lines say the symbols are."""
    known = task.setting.values
    if not known:
        return finding
    occurring = kinds_of(task).symbols
    if not any(n in occurring for n in known):
        return finding
    from tutor.verify.domains import decide

    left, right = (resolve(e, task.setting, values=True) for e in (task.left, task.right))
    setting = task.setting
    bare = Setting(setting.angle_unit, setting.log_base, setting.real, setting.unknowns, setting.integers)
    second = decide(Compare(left, right, task.sign, bare), budget)
    if second.evidence.verdict is Verdict.UNDECIDED:
        return None
    return second


class _Case:
    """Two sides and what is known of them."""

    def __init__(
        self, left: Expr, right: Expr, setting: Setting, budget: Budget, symbols: set[str], imaginary: bool
    ) -> None:
        self.left = left
        self.right = right
        self.setting = setting
        self.budget = budget
        self.names = sorted(symbols)
        self.computable = True  # no function occurs that has no values
        self.hopeless = False  # the last point has no values, however many bits are used
        self.assumed: list[Any] = []  # what the normal form took to be positive, in `field`
        self.field: Any = None
        self.complex = imaginary or not setting.real
        self.whole = setting.integers | (WHOLE_LETTERS & symbols)

    def normal(self, *, positive_symbols: bool = True) -> tuple[Normal, Normal]:
        """Both sides over one field."""
        self.budget.spend(100)
        left, right = normal_forms(
            (self.left, self.right),
            real=not self.complex,
            integers=self.setting.integers,
            positive_symbols=positive_symbols,
        )
        return left, right

    def opaque(self) -> Finding | None:
        """Equality of expressions in which an integral or a limit is a name for something."""
        a, b = self.normal()
        return Finding(Identity()) if (a - b).is_zero() and not a.assumed else None

    # ------------------------------------------------------------ equality

    def equal(self, sign: str) -> Finding | None:
        """left = right"""
        if not self.names:
            return self.equal_numbers(sign)
        try:
            a, b = self.normal()
            difference = a - b
        except (TooLarge, Unsupported):
            return self.by_points(sign)
        if difference.is_zero():
            if not a.assumed:
                return self.identity(a, b)
            self.assumed = [f for f in a.assumed if _is_of_symbols(f, a)]
            self.field = a.field
            return self.on_part_of_the_domain(Identity("normal form, for positive values"))
        if a.rational_only:
            if _decimals(self.left) or _decimals(self.right):
                finding = self.rounded(sign)
                if finding is not None:
                    return finding
            return self.rational_witness(a, b)
        return self.by_points(sign)

    def equal_numbers(self, sign: str) -> Finding | None:
        """left = right without symbols"""
        if _decimals(self.left) or _decimals(self.right):
            return None  # what a decimal may stand for is decided before this
        from tutor.syntax.printer import to_text

        try:
            a, b = self.normal()
            if (a - b).is_zero():
                return Finding(EqualValues(to_text(self.right)))
        except (TooLarge, Unsupported):
            pass
        if self.differ_at({}):
            left, right = self.shown_at({})
            return Finding(FalseEquality(to_text(self.left), to_text(self.right), left, right, sign))
        return None

    def identity(self, a: Normal, b: Normal) -> Finding:
        """Identity, with the points at which only one side is defined."""
        if not a.divisors and not b.divisors:
            return Finding(Identity())
        excluded = _excluded(a, b)
        if not excluded:
            return Finding(Identity())
        return Finding(
            Identity(except_where=tuple(text for text, _ in excluded)),
            (Remark("domain", "true only where " + " and ".join(words for _, words in excluded)),),
        )

    def rational_witness(self, a: Normal, b: Normal) -> Finding | None:
        """The first nice point at which two different rational functions are defined and differ."""
        for values in self.points(NICE, 400):
            self.budget.spend(10)
            try:
                x, y = a.evaluate(values), b.evaluate(values)
            except Undefined:
                continue
            if x != y and _short(x) and _short(y):
                return self.counterexample(values, self.number(x), self.number(y))
        return None

    def number(self, q: Fraction) -> str:
        """As a decimal where the line holds decimals and it ends, else as a fraction."""
        if q.denominator == 1 or not (_decimals(self.left) or _decimals(self.right)):
            return str(q)
        digits = next((k for k in range(1, 13) if 10**k % q.denominator == 0), None)
        return str(q) if digits is None else f"{float(q):.{digits}f}"

    def counterexample(self, values: Mapping[str, Any], left: str, right: str) -> Finding:
        """Values at which the sides differ."""
        from tutor.syntax.printer import to_text

        return Finding(
            Counterexample({k: str(v) for k, v in values.items()}, left, right, to_text(self.left), to_text(self.right))
        )

    # ------------------------------------------------------------ points

    def points(self, pool: tuple[Fraction, ...], limit: int) -> Iterator[Values]:
        """Values for all symbols, nice ones first; the symbols differ from each other soon."""
        names = self.names
        if not names:
            yield {}
            return
        pools = [tuple(v for v in pool if v.denominator == 1) if n in self.whole else pool for n in names]
        if len(names) == 1:
            for v in pools[0][:limit]:
                yield {names[0]: v}
            return
        # Each symbol walks through its pool with a stride and offset of its own.
        n = len(names)
        for t in range(limit):
            yield {
                name: pools[j][(t * (1 + (j * (t // len(pool))) % 5) + j * (1 + t // 3)) % len(pools[j])]
                for j, name in enumerate(names)
            }
        if n <= 4:
            yield from islice((dict(zip(names, vs, strict=True)) for vs in product(*(p[:8] for p in pools))), limit)

    def values_at(self, values: Mapping[str, Any], bits: int) -> tuple[Any, Any] | None:
        """Balls for both sides; None where one has no value that can be made out."""
        self.budget.spend(30 * (bits // 64))
        try:
            if self.complex:
                return (
                    balls.evaluate_complex(self.left, values, bits),
                    balls.evaluate_complex(self.right, values, bits),
                )
            return balls.evaluate(self.left, values, bits), balls.evaluate(self.right, values, bits)
        except balls.Uncertain:
            return None
        except (Undefined, Unsupported, TooLarge):
            self.hopeless = True
            return None

    def defined(self, expr: Expr, values: Mapping[str, Any]) -> bool | None:
        """Whether a side has a value at a point; None where that cannot be made out."""
        try:
            balls.evaluate(expr, values, SMALL)
        except Undefined:
            return False
        except (Unsupported, TooLarge):
            return None
        return True

    def differ_at(self, values: Mapping[str, Any]) -> bool | None:
        """Whether the sides differ at a point: True is rigorous; False is agreement to AGREEMENT bits."""
        self.hopeless = False
        pair = self.values_at(values, SMALL)
        if pair is None:
            pair = None if self.hopeless else self.values_at(values, BITS)
            if pair is None:
                return None
        if not pair[0].overlaps(pair[1]):
            return True
        for bits in (BITS, 2 * BITS):
            pair = self.values_at(values, bits)
            if pair is None:
                return None
            if not pair[0].overlaps(pair[1]):
                return True
            if _agree(*pair):
                return False
        return None

    def by_points(self, sign: str) -> Finding | None:
        """Refuted at a point, or the same at enough points, by ball arithmetic."""
        if not self.computable:
            return None
        agreeing = 0
        failing: list[Mapping[str, Any]] = []
        if _decimals(self.left) or _decimals(self.right):
            try:
                finding = self.rounded(sign)
            except (TooLarge, Unsupported, Undefined):
                finding = None
            return finding or self.refuted_rounded(sign)
        for values in self.candidate_points():
            differ = self.differ_at(values)
            if differ:
                failing.append(values)
                if self.complex or all(v > 0 for v in values.values()):
                    return self.witness(values)
            elif differ is False:
                agreeing += 1
                if agreeing >= SAMPLES:
                    break
        if failing:
            # Wrong for negative values only: right on part of the domain, if it is right there at enough points.
            right = self.positive_agreement()
            if right:
                return self.on_part_of_the_domain(Samples(right))
            return self.witness(failing[0]) if right is not None or not agreeing else None
        return self.for_whole_numbers(Finding(Samples(agreeing))) if agreeing >= SAMPLES else None

    def for_whole_numbers(self, finding: Finding) -> Finding:
        """With a remark where it holds only for whole values of a letter that was taken to have them."""
        letters = sorted(self.whole - self.setting.integers)
        if not letters or self.complex:
            return finding
        for values in self.points(tuple(v for v in NICE if v > 0), 3):
            for shift in (Fraction(1, 2), Fraction(1, 3)):
                if self.differ_at(values | {n: values[n] + shift for n in letters}):
                    words = " and ".join(letters) + (
                        " is a whole number" if len(letters) == 1 else " are whole numbers"
                    )
                    return Finding(finding.evidence, (*finding.remarks, Remark("domain", f"true where {words}")))
        return finding

    def candidate_points(self) -> Iterator[Mapping[str, Any]]:
        """Real points; in the complex plane where the setting says so."""
        if self.setting.real:
            yield from self.points(NICE, TRIES)
            return
        for t in range(len(PLANE)):
            yield {name: plane_point(*PLANE[(t * (1 + j) + j) % len(PLANE)]) for j, name in enumerate(self.names)}

    def positive_agreement(self) -> int | None:
        """How many positive points agree if all that have values do and they are enough; 0 if one differs."""
        agreeing = 0
        pool = tuple(v for v in NICE if v > 0)
        for values in self.points(pool, 24):
            differ = self.differ_at(values)
            if differ:
                return 0
            agreeing += differ is False
            if agreeing >= SAMPLES:
                return agreeing
        return None if agreeing == 0 else 0

    def witness(self, values: Mapping[str, Any]) -> Finding:
        """A counterexample at a point where the balls are disjoint, or at a nicer one with exact values."""
        if not self.complex:
            for nice in self._nicer_points(values):
                try:
                    x, y = rational_value(self.left, nice), rational_value(self.right, nice)
                except (Undefined, Unsupported, TooLarge):
                    continue
                if x != y and _short(x) and _short(y):
                    return self.counterexample(nice, self.number(x), self.number(y))
        return self.counterexample({k: _coordinate(v) for k, v in values.items()}, *self.shown_at(values))

    def shown_at(self, values: Mapping[str, Any]) -> tuple[str, str]:
        """Both sides as decimals at a point where their balls are disjoint, with figures enough to differ."""
        for bits in (SMALL, BITS, 2 * BITS):
            pair = self.values_at(values, bits)
            if pair is not None and not pair[0].overlaps(pair[1]):
                break
        if pair is None:
            raise Unsupported("no value at this point")
        for digits in (6, 12, 25, 50):
            left, right = (_decimal(v, digits) for v in pair)
            if left != right:
                break
        return left, right

    def _nicer_points(self, values: Mapping[str, Fraction]) -> Iterator[Values]:
        yield dict(values)
        positive = all(v > 0 for v in values.values())
        for pool in (tuple(v for v in WHOLE[:6] if v > 0 or not positive), SQUARES):
            for point in self.points(pool, 6):
                if not positive or all(v > 0 for v in point.values()):
                    yield point
        if len(self.names) == 2:
            yield dict(zip(self.names, (Fraction(9), Fraction(16)), strict=True))

    # ------------------------------------------------------------ parts of the domain

    def on_part_of_the_domain(self, evidence: Identity | Samples) -> Finding | None:
        """True for positive symbols: look at positive points for safety, and at negative ones for the remark."""
        if self.complex or not self.names:
            return self._without_signs(evidence)
        agreed = 0
        for values in self.points(tuple(v for v in NICE if v > 0), 10):
            differ = self.differ_at(values)
            if differ:
                return self.witness(values)
            agreed += differ is False
            if agreed == 4:
                break
        if not agreed:
            for values in self.points(NICE, TRIES):
                differ = self.differ_at(values)
                if differ:
                    return self.witness(values)
                agreed += differ is False
            if not agreed:
                return None
        matters = [n for n in self.names if self._breaks({n})]
        if not matters and len(self.names) > 1 and self._breaks(set(self.names)):
            matters = self.names
        if not matters:
            return self.for_whole_numbers(Finding(evidence))
        conditions = self._conditions(matters)
        return Finding(evidence, (Remark("domain", "true only where " + " and ".join(conditions)),))

    def _conditions(self, matters: list[str]) -> list[str]:
        """x ≥ 0 for each symbol whose sign matters, or for each expression that was taken to be positive."""
        weak = {n: "≥" if self._holds_at_zero(n) else ">" for n in matters}
        field = self.field
        if field is None or not any(field.only_generator(f) is None for f in self.assumed):
            return [f"{n} {sign} 0" for n, sign in weak.items()]
        sign = ">" if any(g.kind == "ln" for g in field.generators) else "≥"
        conditions = []
        for f in self.assumed:
            g = field.only_generator(f)
            if g is None:
                conditions.append(f"{_polynomial_text(f, field)} {sign} 0")
            elif g.name in weak:
                conditions.append(f"{g.name} {weak[g.name]} 0")
        return conditions

    def _without_signs(self, evidence: Identity | Samples) -> Finding | None:
        """In the complex plane the rule of signs is one of branches: look at points all over it."""
        agreed = 0
        failed = False
        for values in self.candidate_points():
            differ = self.differ_at(values)
            if differ and all(getattr(v, "imag", 0) == 0 and v.real > 0 for v in values.values()):
                return self.witness(values)
            failed = failed or bool(differ)
            agreed += differ is False
            if agreed >= SAMPLES:
                break
        if failed:
            return Finding(evidence, (Remark("domain", "true only for some values of the root or logarithm"),))
        return Finding(evidence) if agreed or not self.names else None

    def _breaks(self, negative: set[str]) -> bool:
        """Whether the sides differ, or only one is defined, where these symbols are negative."""
        for values in self.points(tuple(v for v in NICE if v > 0), 3):
            point = {n: (-v if n in negative else v) for n, v in values.items()}
            differ = self.differ_at(point)
            if differ:
                return True
            if differ is None:
                one, other = self.defined(self.left, point), self.defined(self.right, point)
                if one is not None and other is not None and one != other:
                    return True
        return False

    def _holds_at_zero(self, name: str) -> bool:
        for values in self.points(tuple(v for v in NICE if v > 0), 3):
            pair = self.values_at(values | {name: Fraction(0)}, SMALL)
            if pair is not None and pair[0].overlaps(pair[1]):
                return True
        return False

    # ------------------------------------------------------------ decimals

    def rounded(self, sign: str) -> Finding | None:
        """Equal if the decimals of one side stand for their rounding intervals."""
        left, right = _decimals(self.left), _decimals(self.right)
        common = set(left) & set(right)
        choices: list[tuple[set[Fraction], set[Fraction]]] = []
        if set(right) - common:
            choices.append((set(), set(right) - common))
        if set(left) - common and (sign == "≈" or not set(right) - common):
            choices.append((set(left) - common, set()))
        if sign == "≈" and len(choices) == 2:
            choices.append((set(left) - common, set(right) - common))
        for cut, kind in ((False, "rounded"), (True, "truncated")):
            for loose_left, loose_right in choices:
                if self._consistent(loose_left, loose_right, cut):
                    figures = "rounded" if kind == "rounded" else "cut off, not rounded"
                    return Finding(
                        Identity("normal form, within the decimals shown"),
                        (Remark(kind, f"true for decimals that are {figures}"),),
                    )
        return None

    def _consistent(self, loose_left: set[Fraction], loose_right: set[Fraction], cut: bool) -> bool:
        """Whether each coefficient of left - right may be 0 for some values within the intervals."""
        intervals: dict[str, Any] = {}
        left = _loosened(self.left, loose_left, "left", cut, intervals)
        right = _loosened(self.right, loose_right, "right", cut, intervals)
        a, b = normal_forms((left, right), real=not self.complex, integers=self.setting.integers)
        difference = a - b
        coefficients: dict[tuple[int, ...], Any] = {}
        field = difference.field
        numerator = difference.numerator
        known: dict[int, Any] = {}
        for g in difference.generators:
            if g.kind == "symbol" and g.name in intervals:
                known[g.index] = intervals[g.name]
            elif g.value is not None:
                known[g.index] = g.value
        for monomial, c in numerator.terms():
            rest = tuple(0 if i in known else int(d) for i, d in enumerate(monomial))
            term = field.ball(field.ctx.constant(c))
            for i, v in known.items():
                if monomial[i]:
                    term = term * v ** int(monomial[i])
            coefficients[rest] = coefficients.get(rest, 0) + term
        return all(c.contains(0) for c in coefficients.values())

    def refuted_rounded(self, sign: str) -> Finding | None:
        """Disjoint at a point though every decimal stands for all that it may have been cut or rounded from."""
        left, right = set(_decimals(self.left)), set(_decimals(self.right))
        common = left & right
        intervals: dict[str, Any] = {}
        of_left = left - common if sign == "≈" or not right - common else set()
        loose_left = _loosened(self.left, of_left, "left", True, intervals)
        loose_right = _loosened(self.right, right - common, "right", True, intervals)
        agreeing = 0
        for values in self.points(NICE, TRIES):
            try:
                pair = tuple(balls.evaluate(e, values | intervals, SMALL) for e in (loose_left, loose_right))
            except (Undefined, Unsupported, TooLarge):
                continue
            if not pair[0].overlaps(pair[1]):
                if all(v > 0 for v in values.values()):
                    return self.witness(values)
                return None
            agreeing += 1
            if agreeing >= SAMPLES:
                return Finding(Samples(agreeing), (Remark("rounded", "true for decimals that are rounded"),))
        return None

    # ------------------------------------------------------------ order

    def ordered(self, sign: str) -> Finding | None:
        """left ≠, <, ≤, >, ≥ right for all values"""
        try:
            a, b = self.normal(positive_symbols=False)
            difference = (a - b).reduced()
        except (TooLarge, Unsupported):
            difference = None
        if difference is not None and difference.is_zero() and not difference.assumed:
            if sign in ("<=", ">="):
                return Finding(Identity())
            return self._first_failing(sign, islice(self.points(NICE, TRIES), TRIES))
        found = self._first_failing(sign, self.points(NICE, TRIES))
        if found is not None:
            return found
        if difference is not None and self._certain_sign(difference, sign):
            return Finding(Identity("sign of the difference"))
        return None

    def _first_failing(self, sign: str, points: Iterator[Values]) -> Finding | None:
        for values in points:
            pair = None if self.complex else self.values_at(values, SMALL)
            if pair is None:
                continue
            x, y = pair
            fails = {
                "<": x >= y,
                "<=": x > y,
                ">": x <= y,
                ">=": x < y,
                "!=": x.is_exact() and y.is_exact() and x == y,
            }[sign]
            if fails:
                left, right = _decimal(x, 6), _decimal(y, 6)
                return self.counterexample(values, left, right)
        return None

    def _certain_sign(self, difference: Normal, sign: str) -> bool:
        """Whether left - right has one sign everywhere, seen factor by factor."""
        if difference.assumed:
            return False
        field = difference.field
        c, atoms = field.atoms(difference.pair)
        strict = True
        positive = c > 0
        for f, e in atoms:
            found, sure = field.sign(f)
            never_zero = _never_zero(f, field)
            if e > 0 and not never_zero:
                strict = False
            if e % 2 == 0:
                continue
            if not found or sure != 2:
                return False
            if found < 0:
                positive = not positive
        if sign == "!=":
            return strict
        wanted = sign in (">", ">=")
        return positive == wanted and (strict or sign in ("<=", ">="))


# ---------------------------------------------------------------- numbers and text


def _agree(x: Any, y: Any) -> bool:
    """Whether two balls that overlap do so to AGREEMENT bits of the larger."""
    gap = (x - y).abs_upper()
    size = max(1.0, float(x.abs_upper()))
    return bool(gap < size * 2.0**-AGREEMENT)


def _short(value: Fraction) -> bool:
    return abs(value.numerator) < 10**12 and value.denominator < 10**9


def _coordinate(v: Any) -> str:
    return str(v) if isinstance(v, Fraction) else _decimal(v, 6)


def _decimal(value: Any, digits: int) -> str:
    """The middle of a ball."""
    if hasattr(value, "imag") and not isinstance(value, Fraction):
        real, imag = value.real, value.imag
        if imag != 0:
            a, b = _decimal(real, digits), _decimal(imag, digits)
            return f"{a} + {b}i" if not b.startswith("-") else f"{a} - {b[1:]}i"
        value = real
    exact = _whole(value)
    return exact if exact is not None else value.mid().str(digits, radius=False)


def _whole(value: Any) -> str | None:
    return str(int(value.mid().fmpz())) if value.is_exact() and value.is_integer() and abs(value) < 10**15 else None


def _decimals(expr: Expr) -> dict[Fraction, Number]:
    """Written decimals by value."""
    return {n.value: n for n in numbers(expr) if n.places}


def _loosened(expr: Expr, which: set[Fraction], side: str, cut: bool, intervals: dict[str, Any]) -> Expr:
    """The expression with a symbol for each of these decimals, whose interval is added to `intervals`."""

    def change(node: Node) -> Node:
        if isinstance(node, Number):
            if node.value not in which or not node.places:
                return node
            unit = last_place(node)
            if unit is None:
                return node
            name = f"{side} {len(intervals)}"
            intervals[name] = decimal_ball(node.value, unit, cut=cut)
            return Symbol(name)
        return rebuild(node, change)

    return change(expr) if which else expr  # type: ignore[return-value]


# ---------------------------------------------------------------- where only one side is defined


def _excluded(a: Normal, b: Normal) -> list[tuple[str, str]]:
    """(condition, words) for each factor of a divisor on one side only: ("x - 1 = 0", "x is not 1")."""
    if len(a.divisors) == len(b.divisors) and all(p == q for p, q in zip(a.divisors, b.divisors, strict=True)):
        return []
    field = a.field
    sides: list[list[Any]] = []
    for side in (a, b):
        factors: list[Any] = []
        for d in side.divisors:
            if len(d) > 60:
                continue
            for f, _ in field.atoms((d, 1))[1]:
                if f not in factors:
                    factors.append(f)
        sides.append(factors)
    return [
        _condition(f, a)
        for one, other in (sides, sides[::-1])
        for f in one
        if f not in other and _is_of_symbols(f, a) and not _never_zero(f, field)
    ]


def _is_of_symbols(f: Any, a: Normal) -> bool:
    field = a.field
    return all(field.at(i).kind == "symbol" and f"{field.at(i).name}|root" not in field.units for i in field.used_in(f))


def _never_zero(f: Any, field: Any) -> bool:
    g = field.only_generator(f)
    if g is not None:
        return g.positive == 2 and ((g.kind == "power" and g.name != "root") or g.value is not None)
    used = field.used_in(f)
    if len(used) == 1:
        (i,) = used
        if f.degrees()[i] == 2:
            return bool(f.discriminant(i).leading_coefficient() < 0)
    sign, sure = field.sign(f)
    has_constant = not any(f.monoms()[-1])
    return bool(sign and sure == 2 and has_constant)


def _condition(f: Any, a: Normal) -> tuple[str, str]:
    field = a.field
    text = _polynomial_text(f, field)
    used = field.used_in(f)
    if len(used) == 1 and f.total_degree() == 1:
        (i,) = used
        constant = f.coefficient(1) if len(f) == 2 else 0
        return f"{text} = 0", f"{field.at(i).name} is not {-constant / f.leading_coefficient()}"
    return f"{text} = 0", f"{text} is not 0"


def _polynomial_text(f: Any, field: Any) -> str:
    """Terms of high degree first, then by the alphabet."""
    terms = []
    for monomial, c in f.terms():
        powers = sorted((field.at(i).name, int(d)) for i, d in enumerate(monomial) if d)
        terms.append((-sum(d for _, d in powers), [(n, -d) for n, d in powers], powers, c))
    ordered = [(powers, c) for _, _, powers, c in sorted(terms, key=lambda t: t[:2])]
    first = next((i for i, (_, c) in enumerate(ordered) if c > 0), 0)
    ordered.insert(0, ordered.pop(first))
    parts: list[str] = []
    for powers, c in ordered:
        factors = [n if d == 1 else f"{n}^{d}" for n, d in powers]
        size = abs(c)
        body = "*".join(([] if size == 1 and factors else [str(size)]) + factors)
        parts.append(("- " if c < 0 else "+ ") + body)
    text = " ".join(parts)
    return text[2:] if text.startswith("+ ") else "-" + text[2:]
