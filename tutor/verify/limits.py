"""lim_{x→a} f by the laws of limits, continuity and L'Hôpital's rule; SymPy confirms what these do not reach."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tutor.bridge.balls import decide_sign, evaluate, sample_points
from tutor.bridge.derive import derivative
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.records import Evidence, FalseEquality, Identity, Remark, Undecided, Verdict
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Constant,
    Expr,
    Limit,
    Negative,
    Node,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify import budget as child
from tutor.verify.budget import NoAnswer
from tutor.verify.kinds import kinds_of
from tutor.verify.meaning import resolve
from tutor.verify.tasks import Budget, Compare, Finding, Relate, Setting, Task
from tutor.verify.trees import (
    ONE,
    ZERO,
    bounded,
    has,
    literal,
    negative,
    number,
    over,
    powers_in,
    replace_each,
    text_of,
    times,
    to_power,
    total,
)

NAME = "limits"
LIMITS: frozenset[type[Node]] = frozenset({Limit})
MAX_DEPTH = 6
MAX_ORDER = 4
JUMPS = frozenset({"floor", "ceil", "sgn", "round"})


@dataclass(frozen=True, slots=True)
class Infinite:
    """+∞ or -∞"""

    sign: int


Value = Expr | Infinite


def accepts(task: Task) -> bool:
    """A limit stands somewhere in it."""
    return not isinstance(task, Relate) and isinstance(task, Compare) and Limit in kinds_of(task).classes


def judge(task: Task, budget: Budget) -> Finding | None:
    """Both sides with their limits worked out."""
    if not isinstance(task, Compare):
        return None
    setting = task.setting
    left, right = resolve(task.left, setting), resolve(task.right, setting)
    dropped = _dropped(left, right, task, budget)
    if dropped is not None:
        return dropped
    engine = Engine(setting, budget)
    a, b = engine.side(left), engine.side(right)
    if a is not None and b is not None:
        if isinstance(a, Infinite) or isinstance(b, Infinite):
            return _infinite(a, b, task)
        finding = _decide(Compare(a, b, task.sign, setting), budget)
        if finding.evidence.verdict is Verdict.CORRECT:
            return Finding(Identity("laws of limits"), finding.remarks)
        if finding.evidence.verdict is Verdict.WRONG:
            return Finding(_with_texts(finding.evidence, task), finding.remarks)
        return None
    inner = _same_operands(left, right, task, budget)
    return inner if inner is not None else _by_sympy(left, right, task, budget)


def _with_texts(evidence: Evidence, task: Compare) -> Evidence:
    if isinstance(evidence, FalseEquality):
        return FalseEquality(text_of(task.left), text_of(task.right), evidence.left, evidence.right, evidence.sign)
    return evidence


def _decide(task: Task, budget: Budget) -> Finding:
    from tutor.verify.domains import decide

    return decide(task, budget)


def _infinite(a: Value, b: Value, task: Compare) -> Finding | None:
    """∞ = ∞, or ∞ against a number."""
    if isinstance(a, Infinite) and isinstance(b, Infinite):
        if a == b:
            return Finding(Identity("laws of limits"))
        return Finding(FalseEquality(text_of(task.left), text_of(task.right), _said(a), _said(b), task.sign))
    number_side = b if isinstance(a, Infinite) else a
    if isinstance(number_side, Infinite) or symbols(number_side):
        return None
    return Finding(FalseEquality(text_of(task.left), text_of(task.right), _said(a), _said(b), task.sign))


def _said(value: Value) -> str:
    if isinstance(value, Infinite):
        return "∞" if value.sign > 0 else "-∞"
    return text_of(value)


def _dropped(left: Expr, right: Expr, task: Compare, budget: Budget) -> Finding | None:
    """The limit of f against f itself: the word was left out on one side."""
    for with_limit, without in ((left, right), (right, left)):
        inner = without_brackets(with_limit)
        if isinstance(inner, Limit) and not any(isinstance(n, Limit) for n in walk(without)):
            name = inner.variable.name
            if has(without, name):
                same = _decide(Compare(inner.operand, without, task.sign, task.setting), budget)
                if same.evidence.verdict is Verdict.CORRECT:
                    remark = Remark("limit_dropped", f"lim is missing before {text_of(without)}")
                    return Finding(Identity("the same expression under the limit"), (*same.remarks, remark))
                return Finding(Undecided(("compared with the expression under the limit",)))
    return None


def _same_operands(left: Expr, right: Expr, task: Compare, budget: Budget) -> Finding | None:
    """Limits of equal functions at the same place are equal."""
    a, b = without_brackets(left), without_brackets(right)
    if isinstance(a, Limit) and isinstance(b, Limit):
        if (a.variable, a.target, a.side) != (b.variable, b.target, b.side):
            return None
        same = _decide(Compare(a.operand, b.operand, task.sign, task.setting), budget)
        if same.evidence.verdict is Verdict.CORRECT:
            return Finding(Identity("the same expression under the limit"), same.remarks)
        name = a.variable.name
        p, q = _as_quotient(a.operand), _as_quotient(b.operand)
        engine = Engine(task.setting, budget)
        target = engine.target(a.target)
        if p is not None and q is not None and engine.indeterminate(*p, name, target, a.side):
            # L'Hôpital written out: lim f/g = lim f'/g'.
            top, bottom = derivative(p[0], name), derivative(p[1], name)
            again = _decide(Compare(over(top, bottom), over(*q), task.sign, task.setting), budget)
            if again.evidence.verdict is Verdict.CORRECT:
                return Finding(Identity("L'Hôpital's rule"), again.remarks)
    return None


def _by_sympy(left: Expr, right: Expr, task: Compare, budget: Budget) -> Finding | None:
    """Confirmed by Gruntz's algorithm; it never refutes here."""
    for with_limit, claimed in ((left, right), (right, left)):
        inner = without_brackets(with_limit)
        if not isinstance(inner, Limit) or any(isinstance(n, Limit) for n in walk(claimed)):
            continue
        if task.sign != "=" or not child.small_enough(inner, claimed) or has(claimed, inner.variable.name):
            continue
        try:
            same, _ = child.ask(
                budget,
                "limit_equals",
                inner.operand,
                inner.variable.name,
                inner.target,
                inner.side,
                claimed,
                child.options(task.setting),
            )
        except NoAnswer as reason:
            return Finding(Undecided(("limit",), timeout=True)) if reason.timeout else None
        if same:
            return Finding(Identity("SymPy: Gruntz's algorithm"))
    return None


def _as_quotient(e: Expr) -> tuple[Expr, Expr] | None:
    """(p, q) with e = p/q, gathered from products and sums of fractions; None where there is no fraction."""
    match e:
        case Bracket(inner) | Positive(inner):
            return _as_quotient(inner)
        case Negative(inner):
            found = _as_quotient(inner)
            return None if found is None else (negative(found[0]), found[1])
        case Quotient(top, bottom):
            p, q = _as_quotient(top) or (top, ONE), _as_quotient(bottom) or (bottom, ONE)
            return times(p[0], q[1]), times(p[1], q[0])
        case Product(factors):
            parts = [_as_quotient(f) for f in factors]
            if not any(parts):
                return None
            top = times(*(f if p is None else p[0] for f, p in zip(factors, parts, strict=True)))
            return top, times(*(ONE if p is None else p[1] for p in parts))
        case Sum(terms):
            parts = [_as_quotient(t) for t in terms]
            if not any(parts) or len(terms) > 6:
                return None
            bottoms = [ONE if p is None else p[1] for p in parts]
            tops = [t if p is None else p[0] for t, p in zip(terms, parts, strict=True)]
            added = [
                times(top, *(b for j, b in enumerate(bottoms) if j != i and b is not ONE)) for i, top in enumerate(tops)
            ]
            return total(*added), times(*bottoms)
        case Power(base, exponent) if (n := literal(exponent)) is not None and n < 0:
            return ONE, to_power(base, -n)
        case Power(base, exponent) if (n := literal(exponent)) is not None and n.denominator == 1:
            found = _as_quotient(base)
            return None if found is None else (to_power(found[0], n), to_power(found[1], n))
    return None


class Engine:
    """Works out limits in one setting within one budget."""

    def __init__(self, setting: Setting, budget: Budget) -> None:
        self.setting = setting
        self.budget = budget

    # ------------------------------------------------------------ whole sides

    def side(self, expr: Expr) -> Value | None:
        """The expression with each limit in it worked out; None where one is not."""
        bare = without_brackets(expr)
        if isinstance(bare, Limit):
            return self.limit(bare)
        if isinstance(bare, Constant) and bare.name == "infinity":
            return Infinite(1)
        if isinstance(bare, Negative | Positive) and without_brackets(bare.operand) == Constant("infinity"):
            return Infinite(-1 if isinstance(bare, Negative) else 1)
        failed = False

        def change(node: Node) -> Node | None:
            nonlocal failed
            if not isinstance(node, Limit):
                return None
            value = self.limit(node)
            if not isinstance(value, Expr):
                failed = True
                return ZERO
            return value

        result = replace_each(expr, change)
        return None if failed else result

    def limit(self, e: Limit) -> Value | None:
        """The value of one limit."""
        inner = self.side(e.operand) if any(isinstance(n, Limit) for n in walk(e.operand)) else e.operand
        if not isinstance(inner, Expr):
            return None
        target = self.target(e.target)
        name = e.variable.name
        if has(e.target, name):
            return None
        if isinstance(target, Expr) and not e.side:
            both = self.of(inner, name, target, "")
            if both is not None:
                return both
            right, left = self.of(inner, name, target, "+"), self.of(inner, name, target, "-")
            if right is None or left is None:
                return None
            if isinstance(right, Infinite) or isinstance(left, Infinite):
                return right if right == left else None
            same = _decide(Compare(left, right, "=", self.setting), self.budget)
            return right if same.evidence.verdict is Verdict.CORRECT else None
        return self.of(inner, name, target, e.side)

    def target(self, e: Expr) -> Value:
        """Where the variable goes."""
        bare = without_brackets(e)
        if isinstance(bare, Constant) and bare.name == "infinity":
            return Infinite(1)
        if isinstance(bare, Positive):
            return self.target(bare.operand)
        if isinstance(bare, Negative) and without_brackets(bare.operand) == Constant("infinity"):
            return Infinite(-1)
        return e

    # ------------------------------------------------------------ the laws

    def of(self, e: Expr, name: str, target: Value, side: str, depth: int = 0) -> Value | None:
        """The limit of e as name goes to target; None where no law reaches it.

        Raises:
            OutOfBudget: too much work.
        """
        self.budget.spend(500)
        if depth > MAX_DEPTH * 4:
            return None
        if not has(e, name):
            return e
        if isinstance(target, Expr):
            if self.continuous(e, name, target):
                return self.value(substitute(e, {name: target}))
        elif (found := self.leading(e, name, target)) is not None:
            return found

        def below(part: Expr) -> Value | None:
            return self.of(part, name, target, side, depth + 1)

        match e:
            case Symbol():
                return target
            case Bracket(inner) | Positive(inner):
                return below(inner)
            case Negative(inner):
                return _minus(below(inner))
            case Sum(terms):
                return self.sum(terms, below) or self.by_quotient(e, name, target, side, depth)
            case Product(factors):
                return self.product([below(f) for f in factors]) or self.by_quotient(e, name, target, side, depth)
            case Quotient(top, bottom):
                return self.quotient(top, bottom, name, target, side, depth)
            case Power(base, exponent):
                return self.power(base, exponent, name, target, side, depth)
            case Root(radicand, index):
                inner_value = below(radicand)
                if isinstance(inner_value, Infinite):
                    return inner_value if inner_value.sign > 0 else None
                if inner_value is None or (index is not None and has(index, name)):
                    return None
                sign = self.sign(inner_value)
                if sign is None or (sign < 0 and index is None):
                    return None
                if sign == 0 and not (side == "+" or self.stays_positive(radicand, name, target, side)):
                    return None
                return Root(inner_value, index)
            case Absolute(inner):
                value = below(inner)
                if isinstance(value, Infinite):
                    return Infinite(1)
                return None if value is None else Absolute(value)
            case Call(called, (argument,), None, 0):
                return self.call(called, below(argument), argument, name, target, side)
        return None

    def stays_positive(self, e: Expr, name: str, target: Value, side: str) -> bool:
        """Whether e > 0 near the target, on this side."""
        return isinstance(target, Expr) and self.side_sign(e, name, target, side) == 1

    def continuous(self, e: Expr, name: str, target: Expr) -> bool:
        """Whether e has a value on a whole neighbourhood of the target, at a generic point of the other symbols."""
        if any(isinstance(n, Call) and n.name in JUMPS for n in walk(e)):
            return False
        others = tuple(sorted((symbols(e) | symbols(target)) - {name}))
        for point in sample_points(others, positive=True, count=2) if others else ({},):
            try:
                near = evaluate(target, point, 64) + _tiny()
                evaluate(
                    e,
                    {**point, name: near},
                    64,
                    angle_unit=self.setting.angle_unit,
                    log_base=self.setting.log_base,
                )
            except (Undefined, Unsupported, TooLarge):
                return False
        return True

    def value(self, e: Expr) -> Expr:
        """A plain number instead, where the value is one at a glance."""
        known = literal(e)
        if known is not None:
            return number(known)
        if not symbols(e):
            from tutor.bridge.exact import rational_value

            try:
                return number(rational_value(e, angle_unit=self.setting.angle_unit, log_base=self.setting.log_base))
            except (Undefined, Unsupported, TooLarge):
                return e
        return e

    def leading(self, e: Expr, name: str, target: Infinite) -> Value | None:
        """Of a sum of powers at ±∞: its highest power decides; of a ratio of two, both."""
        powers = powers_in(e, name)
        if powers is not None:
            return self.of_powers(self.without_zeros(powers), target)
        fraction = _as_quotient(e)
        if fraction is None:
            return None
        p, q = (self.without_zeros(powers_in(part, name) or {}) for part in fraction)
        if not p or not q:
            return None
        (m, a), (n, b) = max(p.items()), max(q.items())
        return self.of_powers({m - n: over(a, b)}, target)

    def without_zeros(self, powers: dict[Fraction, Expr]) -> dict[Fraction, Expr]:
        """The powers whose coefficients are not 0."""
        return {n: c for n, c in powers.items() if not self.is_zero(c)}

    def of_powers(self, powers: dict[Fraction, Expr], target: Infinite) -> Value | None:
        """The limit of Σ c x^n at ±∞"""
        if not powers:
            return ZERO
        n, c = max(powers.items(), key=lambda item: item[0])
        if n < 0:
            return ZERO
        if n == 0:
            return self.value(c)
        if n.denominator != 1 and target.sign < 0:
            return None
        sign = self.sign(c)
        if not sign:
            return None
        return Infinite(sign * (target.sign if n.denominator == 1 and n.numerator % 2 else 1))

    def sum(self, terms: tuple[Expr, ...], below) -> Value | None:  # type: ignore[no-untyped-def]
        """The sum law, lim (a + b) = lim a + lim b, unless it is ∞ - ∞"""
        finite: list[Expr] = []
        infinite: set[int] = set()
        for term in terms:
            value = below(term)
            if value is None:
                return None
            if isinstance(value, Infinite):
                infinite.add(value.sign)
            else:
                finite.append(value)
        if infinite:
            return Infinite(infinite.pop()) if len(infinite) == 1 else None
        return self.value(total(*finite))

    def product(self, values: list[Value | None]) -> Value | None:
        """The product law, lim (a b) = lim a lim b, unless it is 0·∞"""
        if any(v is None for v in values):
            return None
        finite = [v for v in values if isinstance(v, Expr)]
        infinite = [v for v in values if isinstance(v, Infinite)]
        if not infinite:
            return self.value(times(*finite))
        sign = 1
        for v in infinite:
            sign *= v.sign
        for f in finite:
            s = self.sign(f)
            if not s:
                return None
            sign *= s
        return Infinite(sign)

    def by_quotient(self, e: Expr, name: str, target: Value, side: str, depth: int) -> Value | None:
        """Of the same as one fraction; of 0·∞ as 0/(1/∞)."""
        found = _as_quotient(e)
        if found is None and isinstance(e, Product) and depth < MAX_DEPTH:
            for i, f in enumerate(e.factors):
                rest = e.factors[:i] + e.factors[i + 1 :]
                inverse = _inverse(f)
                if inverse is not None and has(f, name):
                    value = self.quotient(times(*rest), inverse, name, target, side, depth + 1)
                    if value is not None:
                        return value
            return None
        if found is None or depth > MAX_DEPTH:
            return None
        return self.quotient(*found, name, target, side, depth + 1)

    def indeterminate(self, p: Expr, q: Expr, name: str, target: Value, side: str) -> bool:
        """Whether p/q is 0/0 or ∞/∞ there."""
        a, b = self.of(p, name, target, side, 1), self.of(q, name, target, side, 1)
        if isinstance(a, Infinite) and isinstance(b, Infinite):
            return True
        return isinstance(a, Expr) and isinstance(b, Expr) and self.is_zero(a) and self.is_zero(b)

    def quotient(self, top: Expr, bottom: Expr, name: str, target: Value, side: str, depth: int) -> Value | None:
        """The limit of p/q, by L'Hôpital's rule where it is 0/0 or ∞/∞"""
        if depth > MAX_DEPTH:
            return None
        a, b = self.of(top, name, target, side, depth + 1), self.of(bottom, name, target, side, depth + 1)
        if a is None or b is None:
            return None
        if isinstance(b, Infinite):
            return ZERO if isinstance(a, Expr) else self.lhopital(top, bottom, name, target, side, depth)
        if not self.is_zero(b):
            if isinstance(a, Infinite):
                sign = self.sign(b)
                return Infinite(a.sign * sign) if sign else None
            return self.value(over(a, b))
        if isinstance(a, Expr) and self.is_zero(a):
            return self.lhopital(top, bottom, name, target, side, depth)
        if not isinstance(target, Expr):
            return None
        near = self.side_sign(bottom, name, target, side)
        above = a.sign if isinstance(a, Infinite) else self.sign(a)
        return Infinite(near * above) if near and above else None

    def lhopital(self, top: Expr, bottom: Expr, name: str, target: Value, side: str, depth: int) -> Value | None:
        """L'Hôpital's rule: lim p/q = lim p'/q' where that limit exists"""
        self.budget.spend(5_000)
        p, q = bounded(derivative(top, name)), bounded(derivative(bottom, name))
        return self.of(over(p, q), name, target, side, depth + 2)

    def power(self, base: Expr, exponent: Expr, name: str, target: Value, side: str, depth: int) -> Value | None:
        """a^u, u^n and u^v = e^(v ln u)"""
        if not has(base, name):
            u = self.of(exponent, name, target, side, depth + 1)
            if isinstance(u, Expr):
                return self.value(to_power(base, u))
            grows = self.sign(Call("ln", (base,)))
            if u is None or not grows:
                return None
            return Infinite(1) if grows * u.sign > 0 else ZERO
        if not has(exponent, name):
            u, n = self.of(base, name, target, side, depth + 1), literal(exponent)
            if u is None or n is None:
                return None
            if isinstance(u, Expr):
                sign = self.sign(u)
                if sign is None or (n.denominator != 1 and sign <= 0) or (n < 0 and sign == 0):
                    if n < 0 and n.denominator == 1:
                        return self.quotient(ONE, to_power(base, -n), name, target, side, depth + 1)
                    return None
                return self.value(to_power(u, exponent))
            if n < 0:
                return ZERO
            if n.denominator != 1 and u.sign < 0:
                return None
            return Infinite(1 if u.sign > 0 or n.numerator % 2 == 0 else -1)
        inner = times(exponent, Call("ln", (base,)))
        found = self.of(inner, name, target, side, depth + 1)
        if isinstance(found, Infinite):
            return Infinite(1) if found.sign > 0 else ZERO
        return None if found is None else self.value(to_power(Constant("e"), found))

    def call(self, called: str, u: Value | None, argument: Expr, name: str, target: Value, side: str) -> Value | None:
        """f(u) for an f continuous at lim u, and the limits at the ends of its domain"""
        if u is None:
            return None
        if isinstance(u, Infinite):
            match called:
                case "exp":
                    return Infinite(1) if u.sign > 0 else ZERO
                case "ln" | "log" if u.sign > 0:
                    return Infinite(1)
                case "arctan":
                    return times(number(Fraction(u.sign, 2)), Constant("pi"))
                case "tanh":
                    return number(u.sign)
                case "sinh":
                    return u
                case "cosh":
                    return Infinite(1)
            return None
        if called in ("sin", "cos", "exp", "arctan", "sinh", "cosh", "tanh"):
            return self.value(Call(called, (u,)))
        if called in ("ln", "log"):
            sign = self.sign(u)
            if sign == 1:
                return self.value(Call(called, (u,)))
            if sign == 0 and (isinstance(target, Expr) and self.side_sign(argument, name, target, side) == 1):
                return Infinite(-1)
            return None
        if called in ("tan", "sec") and self.is_zero(Call("cos", (u,))) is False:
            return self.value(Call(called, (u,)))
        return None

    # ------------------------------------------------------------ signs

    def is_zero(self, e: Expr) -> bool:
        """Whether it is certainly 0."""
        known = literal(e)
        if known is not None:
            return known == 0
        if not symbols(e):
            try:
                sign = self.sign(e)
            except (Undefined, Unsupported, TooLarge):
                return False
            if sign is not None:
                return sign == 0
        return _decide(Compare(e, ZERO, "=", self.setting), self.budget).evidence.verdict is Verdict.CORRECT

    def sign(self, e: Expr) -> int | None:
        """-1, 0, 1 for certain, of a number."""
        known = literal(e)
        if known is not None:
            return (known > 0) - (known < 0)
        if symbols(e):
            return None
        try:
            found = decide_sign(e, angle_unit=self.setting.angle_unit, log_base=self.setting.log_base)
        except (Undefined, Unsupported, TooLarge):
            return None
        if found is None and _decide(Compare(e, ZERO), self.budget).evidence.verdict is Verdict.CORRECT:
            return 0
        return found

    def side_sign(self, e: Expr, name: str, target: Expr, side: str) -> int | None:
        """The sign of e near the target, from its first derivative that is not 0 there."""
        current = e
        for order in range(MAX_ORDER + 1):
            if order and not self.continuous(current, name, target):
                return None
            try:
                sign = self.sign(self.value(substitute(current, {name: target})))
            except (Undefined, Unsupported, TooLarge):
                return None
            if sign is None:
                return None
            if sign:
                if order % 2 == 0:
                    return sign
                return None if not side else sign * (1 if side == "+" else -1)
            if order == 0 and not self.continuous(current, name, target):
                return None
            current = bounded(derivative(current, name))
        return None


def _minus(value: Value | None) -> Value | None:
    if value is None:
        return None
    return Infinite(-value.sign) if isinstance(value, Infinite) else negative(value)


def _inverse(e: Expr) -> Expr | None:
    """1/e where that is simpler than e: of a power, an exponential, ln."""
    match e:
        case Bracket(inner):
            return _inverse(inner)
        case Power(base, exponent):
            n = literal(exponent)
            return to_power(base, negative(exponent) if n is None else number(-n))
        case Call("exp", (u,), None, 0):
            return Call("exp", (negative(u),))
        case Symbol() | Root():
            return over(ONE, e)
        case Call("tan", (u,), None, 0):
            return Call("cot", (u,))
    return None


def _tiny() -> Any:
    """A ball around 0 of radius 2^-30."""
    from tutor.bridge.balls import arb

    return arb(0, 2.0**-30)


def limit_value(e: Expr, name: str, target: Value, side: str, setting: Setting, budget: Budget) -> Value | None:
    """Lim of e as name goes to target from a side; None where no law reaches it."""
    return Engine(setting, budget).of(e, name, target, side)
