"""Numbers a + b i, exact where the parts are rational, with written decimals as intervals; equations by roots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product as choices
from math import isqrt
from typing import Any

from tutor.bridge.balls import evaluate_complex
from tutor.bridge.exact import interval, rational_value, to_fraction
from tutor.bridge.normal import normal_form
from tutor.errors import OutOfBudget, TooLarge, Undefined, Unsupported
from tutor.records import (
    EqualValues,
    Evidence,
    FalseEquality,
    Relation,
    SolutionSets,
    SolutionsLost,
    Undecided,
    Verdict,
)
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Chain,
    Constant,
    Either,
    Expr,
    Listing,
    Negative,
    Node,
    Number,
    PlusMinus,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    SetOf,
    Statement,
    Sum,
    rebuild,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.kinds import kinds_of
from tutor.verify.meaning import resolve
from tutor.verify.tasks import Budget, Compare, Finding, Relate, Setting, Task
from tutor.verify.trees import ZERO, difference, integer, linear_in, negative, number, over, text_of, times, total

NAME = "complex numbers"
MAX_POWER = 64
MAX_SIGNS = 3
MAX_DEGREE = 24
PARTS = frozenset({"conj", "Re", "Im", "abs"})


def accepts(task: Task) -> bool:
    """The imaginary unit stands in it, or the work is about complex numbers."""
    if not isinstance(task, Compare | Relate):
        return False
    kinds = kinds_of(task)
    if "i" in kinds.constants or _letter_i(task):
        return True
    return not task.setting.real and (isinstance(task, Relate) or kinds.any(frozenset({Root})))


def _letter_i(task: Compare | Relate) -> bool:
    """Whether i stands there as a letter of which nothing is known, so that it may be the imaginary unit."""
    setting = task.setting
    if "i" not in kinds_of(task).symbols:
        return False
    return "i" not in setting.values and "i" not in setting.unknowns and "i" not in setting.integers


def judge(task: Task, budget: Budget) -> Finding | None:
    """Numbers by their parts; equations by their roots in the plane."""
    if isinstance(task, Compare | Relate) and _letter_i(task):
        return _with_imaginary_unit(task, budget)
    match task:
        case Compare():
            return _numbers(task, budget)
        case Relate():
            return _equations(task, budget)
    return None


def _with_imaginary_unit(task: Compare | Relate, budget: Budget) -> Finding | None:
    """Where the line is right with i² = -1, that is what was meant; else i stays a letter."""
    from tutor.verify.domains import decide

    unit = {"i": Constant("i")}
    again: Compare | Relate
    match task:
        case Compare(left, right):
            again = replace(task, left=substitute(left, unit), right=substitute(right, unit))
        case Relate(before, after):
            again = replace(task, before=substitute(before, unit), after=substitute(after, unit))
    if "i" not in kinds_of(again).constants:  # it was only an index, bound by a sum
        return None
    found = decide(again, budget)
    return found if found.evidence.verdict is Verdict.CORRECT else None


# ---------------------------------------------------------------- a + b i with rational parts


Range = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Gaussian:
    """Every number re + im i with its parts in these intervals; points where nothing was rounded."""

    re: Range
    im: Range

    def __add__(self, other: Gaussian) -> Gaussian:
        return Gaussian(_plus(self.re, other.re), _plus(self.im, other.im))

    def __neg__(self) -> Gaussian:
        return Gaussian(_minus(self.re), _minus(self.im))

    def __mul__(self, other: Gaussian) -> Gaussian:
        return Gaussian(
            _plus(_times(self.re, other.re), _minus(_times(self.im, other.im))),
            _plus(_times(self.re, other.im), _times(self.im, other.re)),
        )

    def inverse(self) -> Gaussian:
        """(re - im i) / |z|²"""
        low, high = self.norm()
        if low <= 0:
            raise Undefined("division by zero")
        scale = (1 / high, 1 / low)
        return Gaussian(_times(self.re, scale), _times(_minus(self.im), scale))

    def norm(self) -> Range:
        """|z|²"""
        return _plus(_square(self.re), _square(self.im))

    @property
    def exact(self) -> bool:
        """Whether both parts are points."""
        return self.re[0] == self.re[1] and self.im[0] == self.im[1]

    def overlaps(self, other: Gaussian) -> bool:
        """Whether the two may be the same number."""
        return all(a[0] <= b[1] and b[0] <= a[1] for a, b in ((self.re, other.re), (self.im, other.im)))

    def shown(self) -> str:
        """`3 - 2i`, of the middle."""
        re, im = (self.re[0] + self.re[1]) / 2, (self.im[0] + self.im[1]) / 2
        if im == 0:
            return str(re)
        size = "" if abs(im) == 1 else str(abs(im))
        if "/" in size:
            size = f"({size})"
        if re == 0:
            return f"{'-' if im < 0 else ''}{size}i"
        return f"{re} {'-' if im < 0 else '+'} {size}i"


def _plus(a: Range, b: Range) -> Range:
    return a[0] + b[0], a[1] + b[1]


def _minus(a: Range) -> Range:
    return -a[1], -a[0]


def _times(a: Range, b: Range) -> Range:
    corners = (a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1])
    return min(corners), max(corners)


def _square(a: Range) -> Range:
    low, high = sorted((a[0] ** 2, a[1] ** 2))
    return (Fraction(0) if a[0] <= 0 <= a[1] else low), high


def gaussian(e: Expr) -> Gaussian:
    """The number that an expression is, where its parts are rational; a written decimal is its rounding interval.

    Raises:
        Undefined: division by zero.
        Unsupported: a symbol, or an irrational part.
        TooLarge: a power that is too large.
    """
    match e:
        case Constant("i"):
            return Gaussian((Fraction(0), Fraction(0)), (Fraction(1), Fraction(1)))
        case Bracket(inner) | Positive(inner):
            return gaussian(inner)
        case Negative(inner):
            return -gaussian(inner)
        case Sum(terms):
            total = gaussian(terms[0])
            for t in terms[1:]:
                total = total + gaussian(t)
            return total
        case Product(factors):
            result = gaussian(factors[0])
            for f in factors[1:]:
                result = result * gaussian(f)
            return result
        case Quotient(top, bottom):
            return gaussian(top) * gaussian(bottom).inverse()
        case Power(base, exponent) if any(isinstance(n, Constant) and n.name == "i" for n in walk(base)):
            n = integer(exponent)
            if n is None:
                raise Unsupported("a power that is not whole")
            if abs(n) > 4 * MAX_POWER and not (isinstance(without_brackets(base), Constant)):
                raise TooLarge("a power of a complex number that is too large")
            return _power(gaussian(base), n % 4 if isinstance(without_brackets(base), Constant) else n)
        case Absolute(inner) if _has_i(inner):
            return _real_root(gaussian(inner).norm())
        case Call(name, (argument,), None, 0) if name in PARTS and _has_i(argument):
            z = gaussian(argument)
            zero = (Fraction(0), Fraction(0))
            match name:
                case "conj":
                    return Gaussian(z.re, _minus(z.im))
                case "Re":
                    return Gaussian(z.re, zero)
                case "Im":
                    return Gaussian(z.im, zero)
            return _real_root(z.norm())
        case Root(radicand, None):
            z = gaussian(radicand)
            if not any(z.im) and z.exact and z.re[0] < 0:
                root = _real_root((-z.re[0], -z.re[0]))
                return Gaussian(root.im, root.re)
    if _has_i(e):
        raise Unsupported(f"{type(e).__name__} of a complex number")
    low, high = interval(e)
    return Gaussian((to_fraction(low), to_fraction(high)), (Fraction(0), Fraction(0)))


def _power(z: Gaussian, n: int) -> Gaussian:
    if n < 0:
        return _power(z.inverse(), -n)
    one = (Fraction(1), Fraction(1))
    result = Gaussian(one, (Fraction(0), Fraction(0)))
    for _ in range(n):
        result = result * z
    return result


def _real_root(square: Range) -> Gaussian:
    if square[0] != square[1]:
        raise Unsupported("a root of a rounded number")
    value = square[0]
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    if top * top != value.numerator or bottom * bottom != value.denominator:
        raise Unsupported("an irrational root")
    root = Fraction(top, bottom)
    return Gaussian((root, root), (Fraction(0), Fraction(0)))


def _has_i(e: Node) -> bool:
    return any(isinstance(n, Constant) and n.name == "i" for n in walk(e))


def _numbers(task: Compare, budget: Budget) -> Finding | None:
    if task.sign not in ("=", "≈") or symbols(task.left) or symbols(task.right):
        return None
    sides = resolve(task.left, task.setting), resolve(task.right, task.setting)
    try:
        left, right = (gaussian(s) for s in sides)
    except Unsupported:
        return _irrational_parts(task, *sides, budget)
    exact = left.exact and right.exact
    if left.overlaps(right):
        best = left if left.exact else right
        return Finding(EqualValues(best.shown(), exact))
    if left.shown() == right.shown():
        return None
    evidence: Evidence = FalseEquality(text_of(task.left), text_of(task.right), left.shown(), right.shown(), task.sign)
    return Finding(evidence)


def _irrational_parts(task: Compare, left: Expr, right: Expr, budget: Budget) -> Finding | None:
    """|1 + i| = √2 through √(re² + im²); arg z = θ through z = |z| e^(iθ)."""
    from tutor.verify.domains import decide

    a, b = evaluate_complex(left, bits=128), evaluate_complex(right, bits=128)
    if not a.overlaps(b):
        return None
    for this, other in ((left, right), (right, left)):
        bare = without_brackets(this)
        if isinstance(bare, Call) and bare.name == "arg" and len(bare.args) == 1 and not _has_i(other):
            z = bare.args[0]
            turned = Product((_modulus(z), Power(Constant("e"), Bracket(Product((Constant("i"), Bracket(other)))))))
            found = decide(Compare(z, turned, "=", task.setting), budget)
            if found.evidence.verdict is Verdict.CORRECT:
                return Finding(EqualValues(text_of(other)))

    def change(n: Node) -> Node:
        if isinstance(n, Absolute) or (isinstance(n, Call) and n.name == "abs"):
            inner = n.operand if isinstance(n, Absolute) else n.args[0]
            if _has_i(inner):
                return _modulus(inner)
        if isinstance(n, Call) and n.name in PARTS and _has_i(n):
            return Bracket(_written(gaussian(n)))
        return rebuild(n, change)

    new = [change(s) for s in (left, right)]
    if all(x is y for x, y in zip(new, (left, right), strict=True)):
        return None
    assert isinstance(new[0], Expr)
    assert isinstance(new[1], Expr)
    found = decide(Compare(new[0], new[1], task.sign, task.setting), budget)
    return found if found.evidence.verdict is Verdict.CORRECT else None


def _modulus(z: Expr) -> Expr:
    low, high = gaussian(z).norm()
    if low != high:
        raise Unsupported("the modulus of a rounded number")
    return Root(number(low))


def _written(z: Gaussian) -> Expr:
    return total(number(z.re[0]), times(number(z.im[0]), Constant("i")))


# ---------------------------------------------------------------- equations in the plane


@dataclass(frozen=True, slots=True)
class Candidate:
    """A solution as it is written, with a ball that holds it."""

    value: Expr
    ball: Any


def _equations(task: Relate, budget: Budget) -> Finding | None:
    """x² = -1 → x = ±i: the roots of the polynomial against the values written."""
    names = symbols(task.before) | symbols(task.after)
    if len(names) != 1:
        return None
    (name,) = names
    setting = task.setting
    before, after = _polynomials(task.before, setting), _polynomials(task.after, setting)
    if before is None or after is None:
        return None
    budget.spend(20_000)
    first, second = _all_roots(before, name), _all_roots(after, name)
    if first is None or second is None:
        return None
    lost = [r for r in first if not any(r.ball.overlaps(s.ball) for s in second)]
    gained = [s for s in second if not any(s.ball.overlaps(r.ball) for r in first)]
    texts = _listed(first, name), _listed(second, name)
    if lost:
        relation = Relation.DIFFERENT if gained else Relation.SOLUTIONS_LOST
        return Finding(SolutionsLost(_each(lost, name), *texts, _each(gained, name), relation))
    if not _proved(second, gained, before, name, setting, budget):
        return Finding(Undecided(("roots in the plane",)))
    if gained:
        return Finding(SolutionSets(Relation.SOLUTIONS_GAINED, *texts, _each(gained, name)))
    return Finding(SolutionSets(Relation.EQUIVALENT, *texts))


def _proved(
    found: list[Candidate], gained: list[Candidate], before: list[Expr], name: str, setting: Setting, budget: Budget
) -> bool:
    """Whether each value written that lies on a root's ball is that root: put in, it gives 0."""
    from tutor.verify.domains import decide

    for candidate in found:
        if candidate in gained or (isinstance(candidate.value, Constant) and candidate.value.name == "root"):
            continue
        for polynomial in before:
            put = substitute(polynomial, {name: Bracket(candidate.value)})
            try:
                at = decide(Compare(put, ZERO, "=", setting), budget)
            except OutOfBudget:
                return False
            if at.evidence.verdict is Verdict.CORRECT:
                break
        else:
            return False
    return True


def _each(values: Iterable[Candidate], name: str) -> tuple[str, ...]:
    return tuple(f"{name} = {_shown(c)}" for c in values)


def _listed(values: list[Candidate], name: str) -> str:
    return " or ".join(_each(values, name)) or "no solution"


def _shown(c: Candidate) -> str:
    if isinstance(c.value, Constant) and c.value.name == "root":
        return _ball_text(c.ball)
    return text_of(c.value)


def _ball_text(ball: Any) -> str:
    re, im = (float(p.mid()) for p in (ball.real, ball.imag))

    def short(v: float) -> str:
        return f"{v:.6g}"

    if abs(im) < 1e-12:
        return short(re)
    sign = "-" if im < 0 else "+"
    size = "" if abs(abs(im) - 1) < 1e-12 else short(abs(im))
    return f"{'-' if im < 0 else ''}{size}i" if abs(re) < 1e-12 else f"{short(re)} {sign} {size}i"


def _polynomials(statement: Statement, setting: Setting) -> list[Expr] | None:
    """Expressions one of which is 0, with each ± taken both ways."""
    match statement:
        case Either(parts):
            result: list[Expr] = []
            for part in parts:
                below = _polynomials(part, setting)
                if below is None:
                    return None
                result.extend(below)
            return result
        case Chain((left, right), ("=",)):
            listed = without_brackets(right)
            rights = listed.items if isinstance(listed, Listing) else (right,)
            return [p for r in rights for p in _both_signs(difference(resolve(left, setting), resolve(r, setting)))]
        case Chain((left, right), ("in",)) if isinstance(right, SetOf):
            return [difference(left, item) for item in right.items]
    return None


def _both_signs(e: Expr) -> list[Expr]:
    """All readings of the ± in an expression; one ∓ goes with the ± before it."""
    places = sum(isinstance(n, PlusMinus) for n in walk(e))
    if places == 0:
        return [e]
    if places > MAX_SIGNS:
        raise TooLarge("too many ± in one line")
    readings: list[Expr] = []
    for signs in choices((1, -1), repeat=places):
        taken = iter(signs)

        def change(n: Node, taken: Iterable[int] = taken) -> Node:
            if isinstance(n, PlusMinus):
                sign = next(taken)  # type: ignore[call-overload]
                right = change(n.right, taken)
                assert isinstance(right, Expr)
                signed = right if sign > 0 else Negative(Bracket(right))
                if n.left is None:
                    return Bracket(signed)
                left = change(n.left, taken)
                assert isinstance(left, Expr)
                return Bracket(Sum((left, signed)))
            return rebuild(n, lambda m: change(m, taken))

        reading = change(e)
        assert isinstance(reading, Expr)
        readings.append(reading)
    return readings


def _all_roots(polynomials: list[Expr], name: str) -> list[Candidate] | None:
    """The distinct complex roots of all of them."""
    found: list[Candidate] = []
    for p in polynomials:
        here = _roots(p, name)
        if here is None:
            return None
        for c in here:
            if not any(c.ball.overlaps(d.ball) for d in found):
                found.append(c)
    return found


def _roots(p: Expr, name: str) -> list[Candidate] | None:
    if name not in symbols(p):
        return None
    linear = linear_in(p, name)
    if linear is not None:
        value = without_brackets(over(negative(linear[1]), linear[0]))
        if without_brackets(linear[0]) == Number("1", Fraction(1)):
            value = without_brackets(negative(linear[1]))
        return [Candidate(_tidy(value), evaluate_complex(value, bits=128))]
    if _has_i(p):
        return None
    top, bottom = normal_form(p).to_univariate(name)
    if bottom.degree() > 0:
        return None
    if not 0 < top.degree() <= MAX_DEGREE:
        return None
    roots: Any = top.complex_roots()
    return [Candidate(Constant("root"), ball) for ball, _ in roots]


def _tidy(e: Expr) -> Expr:
    """`2 - 3i` where the parts are rational."""
    try:
        rational_value(e)
    except (Undefined, Unsupported, TooLarge):
        pass
    else:
        return e
    try:
        z = gaussian(e)
    except (Undefined, Unsupported, TooLarge):
        return e
    if not z.exact:
        return e
    return _written(z)
