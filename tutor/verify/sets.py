"""Sets: lists of elements, intervals, N Z Q R, unions and intersections; membership, inclusion, number of elements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tutor.bridge.exact import rational_value, to_fmpq
from tutor.bridge.roots import Root as Point
from tutor.bridge.roots import rational_root
from tutor.bridge.solution_sets import EVERYTHING, NOTHING, RealSet, intersection, minus, of_points, union
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.records import EqualValues, FalseEquality, Identity, Undecided, Verdict
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Constant,
    Expr,
    Interval,
    Listing,
    Negative,
    Node,
    NumberSet,
    Positive,
    Product,
    Quantity,
    SetBuilder,
    SetOf,
    SetOperation,
    Statement,
    Sum,
    Symbol,
    Tuple,
    Words,
    rebuild,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.kinds import kinds_of
from tutor.verify.tasks import Budget, Compare, Finding, Setting, Task
from tutor.verify.trees import number, text_of

NAME = "sets"
SETS: frozenset[type[Node]] = frozenset({SetOf, SetBuilder, Interval, NumberSet, SetOperation})
SIGNS = frozenset({"=", "in", "notin", "subset", "!="})
ORDER = {"N": 0, "Z": 1, "Q": 2, "R": 3, "C": 4}
MAX_ELEMENTS = 200


def accepts(task: Task) -> bool:
    """A set stands in it, or a symbol that is known to be one."""
    if not isinstance(task, Compare) or task.sign not in SIGNS:
        return False
    kinds = kinds_of(task)
    if kinds.any(SETS):
        return True
    return any(
        isinstance(without_brackets(v), tuple(SETS)) for n, v in task.setting.values.items() if n in kinds.symbols
    )


@dataclass(frozen=True, slots=True)
class Elements:
    """A finite set by its elements, each once: numbers, letters, pairs."""

    items: tuple[Expr, ...]


Value = Elements | RealSet | str  # str: N, Z, Q, R, C


def judge(task: Task, budget: Budget) -> Finding | None:
    """Work out the sets and compare."""
    if not isinstance(task, Compare):
        return None
    sets = _Sets(task.setting, budget)
    match task.sign:
        case "=" | "!=":
            return _cardinality(task, sets) or _equality(task, sets)
        case "in" | "notin":
            return _membership(task, sets)
        case "subset":
            return _inclusion(task, sets)
    return None


class _Sets:
    """Works out sets in one setting."""

    def __init__(self, setting: Setting, budget: Budget) -> None:
        self.setting = setting
        self.budget = budget

    def value(self, e: Expr, depth: int = 0) -> Value:
        """The set that an expression is.

        Raises:
            Unsupported: it is no set that can be worked out.
        """
        if depth > 30:
            raise TooLarge("sets nested too deeply")
        self.budget.spend(50)
        match e:
            case Bracket(inner):
                return self.value(inner, depth + 1)
            case SetOf(items):
                if len(items) > MAX_ELEMENTS:
                    raise TooLarge(f"a set of more than {MAX_ELEMENTS} elements")
                return Elements(self.distinct(items))
            case Interval(lower, upper, closed_lower, closed_upper):
                return self.interval(lower, upper, closed_lower, closed_upper)
            case Tuple((lower, upper)):
                return self.interval(lower, upper, False, False)
            case NumberSet("R"):
                return EVERYTHING
            case NumberSet(name):
                return name
            case Symbol(name) if name in self.setting.values:
                return self.value(self.setting.values[name], depth + 1)
            case Symbol(name) if name in ORDER:
                return self.value(NumberSet(name), depth + 1)
            case Sum((first, Negative(second))):
                return self.combine("minus", self.value(first, depth + 1), self.value(second, depth + 1))
            case SetOperation(operator, parts):
                result = self.value(parts[0], depth + 1)
                for part in parts[1:]:
                    result = self.combine(operator, result, self.value(part, depth + 1))
                return result
            case SetBuilder(variable, condition):
                return self.builder(variable, condition)
        raise Unsupported(f"{type(e).__name__} is no set")

    def builder(self, variable: Expr, condition: Statement) -> Value:
        """{x : condition} through the intervals that the condition is written in."""
        bare = without_brackets(variable)
        if not isinstance(bare, Symbol) or symbols(condition) != {bare.name}:
            raise Unsupported("a condition in more than one letter")
        from tutor.verify.one_unknown import solution_set

        result = solution_set(condition, bare.name, self.setting)
        if not isinstance(result, RealSet):
            raise Unsupported("a condition with infinitely many separate solutions")
        return result

    def distinct(self, items: Iterable[Expr]) -> tuple[Expr, ...]:
        """Each element once."""
        kept: list[Expr] = []
        for item in items:
            if not any(self.same(item, k) for k in kept):
                kept.append(item)
        return tuple(kept)

    def same(self, a: Expr, b: Expr) -> bool:
        """Whether two elements are the same: certain both ways, or not answered.

        Raises:
            Unsupported: it cannot be told.
        """
        a, b = without_brackets(a), without_brackets(b)
        if a == b:
            return True
        if isinstance(a, SetOf | Tuple) or isinstance(b, SetOf | Tuple):
            if isinstance(a, Tuple) and isinstance(b, Tuple):
                return len(a.items) == len(b.items) and all(
                    self.same(x, y) for x, y in zip(a.items, b.items, strict=True)
                )
            if isinstance(a, SetOf) and isinstance(b, SetOf):
                return self.subset(Elements(a.items), Elements(b.items)) and self.subset(
                    Elements(b.items), Elements(a.items)
                )
            return False
        if isinstance(a, Symbol | Words) and isinstance(b, Symbol | Words):
            # Letters that nothing is known of name different things: {a, b} has two elements.
            return False
        try:
            x, y = rational_value(_plain(a)), rational_value(_plain(b))
        except (Undefined, Unsupported, TooLarge):
            pass
        else:
            return x == y
        if symbols(a) or symbols(b):
            if bool(symbols(a)) != bool(symbols(b)) and not self.setting.values:
                return False
            raise Unsupported("elements that hold letters")
        from tutor.verify.domains import decide

        verdict = decide(Compare(a, b, "=", self.setting), self.budget).evidence.verdict
        if verdict is Verdict.CORRECT:
            return True
        if verdict is Verdict.WRONG:
            return False
        raise Unsupported("elements that cannot be told apart")

    def interval(self, lower: Expr, upper: Expr, closed_lower: bool, closed_upper: bool) -> RealSet:
        """The interval between two ends; [a, a] is one point, and an interval that runs backwards is empty."""
        low, high = self.end(lower), self.end(upper)
        if low == 1 or high == -1:
            raise Unsupported("an interval that begins at ∞ or ends at -∞")
        if low == -1 and high == 1:
            return EVERYTHING
        if low == -1:
            assert isinstance(high, Point)
            return RealSet((high,), (closed_upper,), (True, False))
        if high == 1:
            assert isinstance(low, Point)
            return RealSet((low,), (closed_lower,), (False, True))
        assert isinstance(low, Point)
        assert isinstance(high, Point)
        from tutor.bridge.roots import compare

        order = compare(low, high)
        if order > 0:
            return NOTHING
        if order == 0:
            return of_points([low]) if closed_lower and closed_upper else NOTHING
        return RealSet((low, high), (closed_lower, closed_upper), (False, True, False))

    def end(self, e: Expr) -> Point | int:
        """A number, or ±1 for ±∞."""
        bare = without_brackets(e)
        if isinstance(bare, Constant) and bare.name == "infinity":
            return 1
        if isinstance(bare, Positive):
            return self.end(bare.operand)
        if isinstance(bare, Negative) and without_brackets(bare.operand) == Constant("infinity"):
            return -1
        return self.point(bare)

    def point(self, e: Expr) -> Point:
        """A real number as a point of the line."""
        from tutor.bridge.balls import evaluate

        e = _plain(e)
        if symbols(e):
            raise Unsupported("a bound that holds a letter")
        try:
            return rational_root(to_fmpq(rational_value(e)))
        except Unsupported:
            evaluate(e, bits=64)  # Raises where there is no such number.
            return Point(None, lambda bits: evaluate(e, bits=bits), text_of(e))

    def points(self, items: Iterable[Expr]) -> RealSet:
        """A finite set of numbers as a set of real numbers."""
        from tutor.bridge.roots import sorted_roots

        return of_points(sorted_roots([self.point(i) for i in items]))

    def combine(self, operator: str, a: Value, b: Value) -> Value:
        """a ∪ b, a ∩ b, a \\ b"""
        if isinstance(a, Elements) and isinstance(b, Elements):
            match operator:
                case "union":
                    return Elements(self.distinct((*a.items, *b.items)))
                case "intersection":
                    return Elements(tuple(x for x in a.items if any(self.same(x, y) for y in b.items)))
                case _:
                    return Elements(tuple(x for x in a.items if not any(self.same(x, y) for y in b.items)))
        if isinstance(a, str) or isinstance(b, str):
            return self.with_number_sets(operator, a, b)
        first = self.points(a.items) if isinstance(a, Elements) else a
        second = self.points(b.items) if isinstance(b, Elements) else b
        match operator:
            case "union":
                result = union(first, second)
            case "intersection":
                result = intersection(first, second)
            case _:
                result = minus(first, second)
        assert isinstance(result, RealSet)
        return result

    def with_number_sets(self, operator: str, a: Value, b: Value) -> Value:
        """Z ∩ {1/2, 3} = {3}; Z ∪ Q = Q; Z ∩ [1, 3) = {1, 2}"""
        a, b = ("R" if v is EVERYTHING else v for v in (a, b))
        if isinstance(a, str) and isinstance(b, str):
            low, high = sorted((a, b), key=ORDER.__getitem__)
            if operator == "union":
                return EVERYTHING if high == "R" else high
            if operator == "intersection":
                return low
            raise Unsupported("a difference of number sets")
        if operator == "intersection":
            name, other = (a, b) if isinstance(a, str) else (b, a)
            assert isinstance(name, str)
            if isinstance(other, Elements):
                return Elements(tuple(x for x in other.items if self.belongs(x, name)))
            if isinstance(other, RealSet) and name in ("N", "Z"):
                return self.whole_numbers(other, name)
        if operator == "minus" and isinstance(a, Elements) and isinstance(b, str):
            return Elements(tuple(x for x in a.items if not self.belongs(x, b)))
        raise Unsupported("such a combination with a number set")

    def whole_numbers(self, a: RealSet, name: str) -> Elements:
        """The integers in a bounded set."""
        if a.between[0] or a.between[-1]:
            raise Unsupported("infinitely many whole numbers")
        if not a.cuts:
            return Elements(())
        from tutor.bridge.balls import bounds

        low, high = bounds(a.cuts[0].ball(64))[0], bounds(a.cuts[-1].ball(64))[1]
        if high - low > MAX_ELEMENTS:
            raise TooLarge("too many whole numbers")
        found = [n for n in range(int(low.p // low.q), int(high.p // high.q) + 2) if rational_root(to_fmpq(n)) in a]
        if name == "N" and any(n == 0 for n in found):
            raise Unsupported("0 belongs to N for some and not for others")
        return Elements(tuple(number(n) for n in found if name == "Z" or n > 0))

    def belongs(self, item: Expr, to: Value) -> bool:
        """Whether an element belongs to a set.

        Raises:
            Unsupported: it cannot be told.
        """
        if isinstance(to, Elements):
            return any(self.same(item, x) for x in to.items)
        if isinstance(to, RealSet):
            return self.point(without_brackets(item)) in to
        if any(isinstance(n, Constant) and n.name == "i" for n in walk(item)):
            if to == "C":
                return True
            raise Unsupported("a complex number")
        point = self.point(without_brackets(item))
        if to in ("C", "R"):
            return True
        if point.exact is None:
            if _irrational(without_brackets(item)):
                return False
            raise Unsupported("whether the number is rational")
        if to == "Q":
            return True
        whole = int(point.exact.q) == 1
        if to == "N" and point.exact == 0:
            raise Unsupported("0 belongs to N for some and not for others")
        return whole and (to == "Z" or point.exact > 0)

    def subset(self, a: Value, b: Value) -> bool:
        """Whether a ⊆ b."""
        if isinstance(a, Elements):
            return all(self.belongs(x, b) for x in a.items)
        if isinstance(a, str):
            name = "R" if b is EVERYTHING else b
            if isinstance(name, str):
                return ORDER[a] <= ORDER[name]
            raise Unsupported("a number set inside such a set")
        if isinstance(b, str):
            if ORDER[b] >= ORDER["R"]:
                return True
            if a.finite:
                raise Unsupported("whether the points belong")
            return False
        second = self.points(b.items) if isinstance(b, Elements) else b
        return minus(a, second).empty


def _plain(e: Expr) -> Expr:
    """Without units."""

    def strip(n: Node) -> Node:
        return strip(n.value) if isinstance(n, Quantity) else rebuild(n, strip)

    result = strip(e)
    assert isinstance(result, Expr)
    return result


def _irrational(e: Expr) -> bool:
    """π, e, and roots of whole numbers that are not powers: irrational for certain."""
    from tutor.syntax.tree import Root
    from tutor.verify.trees import integer, literal

    match e:
        case Constant("pi" | "e"):
            return True
        case Negative(inner) | Bracket(inner):
            return _irrational(inner)
        case Root(radicand, index) if integer(radicand) is not None and (index is None or integer(index)):
            return True  # a rational root would have been found by exact arithmetic
    from tutor.syntax.tree import Quotient

    match e:
        case Product(factors):
            rest = [f for f in factors if literal(f) is None]
            return len(rest) == 1 and _irrational(rest[0]) and all(literal(f) != 0 for f in factors)
        case Quotient(top, bottom) if literal(bottom):
            return _irrational(top)
        case Sum(terms):
            rest = [t for t in terms if literal(t) is None]
            return len(rest) == 1 and _irrational(rest[0])
    return False


# ---------------------------------------------------------------- the three kinds of claim


def _equality(task: Compare, sets: _Sets) -> Finding | None:
    a, b = sets.value(task.left), sets.value(task.right)
    if isinstance(a, Elements) and isinstance(b, Elements) and _to_solve(a, b):
        return None
    forward, back = _witness(sets, a, b), _witness(sets, b, a)
    equal = forward is None and back is None
    if equal == (task.sign == "="):
        return Finding(Identity("element by element")) if equal else Finding(EqualValues("different sets"))
    if task.sign != "=":
        return None
    texts = text_of(task.left), text_of(task.right)
    if forward is not None:
        return Finding(FalseEquality(*texts, f"a set that holds {forward}", f"a set without {forward}"))
    return Finding(FalseEquality(*texts, f"a set without {back}", f"a set that holds {back}"))


def _to_solve(a: Elements, b: Elements) -> bool:
    """Whether {x, 2} = {3, 2} asks what x is: a letter on one side only, a number on the other."""
    letters = [{s for x in v.items for s in symbols(x)} for v in (a, b)]
    return (
        letters[0] != letters[1]
        and bool(letters[0] ^ letters[1])
        and any(not symbols(x) and not isinstance(x, Words) for v in (a, b) for x in v.items)
    )


def _witness(sets: _Sets, a: Value, b: Value) -> str | None:
    """Something in a that is not in b, as text; None where a ⊆ b."""
    if isinstance(a, Elements):
        for x in a.items:
            if not sets.belongs(x, b):
                return text_of(x)
        return None
    if isinstance(a, RealSet) and not isinstance(b, str):
        second = sets.points(b.items) if isinstance(b, Elements) else b
        rest = minus(a, second)
        if rest.empty:
            return None
        return _one_of(rest)
    if sets.subset(a, b):
        return None
    return "other numbers"


def _one_of(rest: RealSet) -> str:
    """A number in the set."""
    from tutor.bridge.roots import rational_text
    from tutor.bridge.solution_sets import between_roots

    for k, cut in enumerate(rest.cuts):
        if rest.at[k]:
            return cut.text
    for k, inside in enumerate(rest.between):
        if inside:
            left = rest.cuts[k - 1] if k > 0 else None
            right = rest.cuts[k] if k < len(rest.cuts) else None
            return rational_text(between_roots(left, right))
    return "a number"


def _membership(task: Compare, sets: _Sets) -> Finding | None:
    to = sets.value(task.right)
    item = without_brackets(task.left)
    items = item.items if isinstance(item, Listing) else (item,)
    for each in items:
        if symbols(each) and not isinstance(to, Elements):
            return None
        if symbols(each) and any(not symbols(x) for x in to.items):  # type: ignore[union-attr]
            return None
        inside = sets.belongs(each, to)
        if inside != (task.sign == "in"):
            says = "belongs to it" if inside else "does not belong to it"
            evidence = FalseEquality(text_of(each), text_of(task.right), says, text_of(task.right), task.sign)
            return Finding(evidence)
    return Finding(Identity("membership"))


def _inclusion(task: Compare, sets: _Sets) -> Finding | None:
    a, b = sets.value(task.left), sets.value(task.right)
    missing = _witness(sets, a, b)
    if missing is None:
        return Finding(Identity("element by element"))
    texts = text_of(task.left), text_of(task.right)
    return Finding(FalseEquality(*texts, f"a set that holds {missing}", f"a set without {missing}", "subset"))


def _cardinality(task: Compare, sets: _Sets) -> Finding | None:
    """|{1, 2, 3}| = 3, n(A) = 3"""
    changed = False

    def change(n: Node) -> Node:
        nonlocal changed
        inner: Expr | None = None
        match n:
            case Absolute(operand):
                inner = operand
            case Call("n" | "card" | "N", (operand,), None, 0):
                inner = operand
            case Product((Symbol("n" | "N"), operand)):
                inner = operand
        if inner is not None and _is_set(inner, sets.setting):
            value = sets.value(inner)
            if isinstance(value, Elements):
                changed = True
                return number(len(value.items))
        return rebuild(n, change)

    left, right = change(task.left), change(task.right)
    if not changed:
        return None
    assert isinstance(left, Expr)
    assert isinstance(right, Expr)
    if any(isinstance(n, tuple(SETS)) for side in (left, right) for n in walk(side)):
        raise Unsupported("a set beside a number")
    from tutor.verify.domains import decide

    found = decide(Compare(left, right, task.sign, sets.setting), sets.budget)
    return found if found.evidence.verdict is not Verdict.UNDECIDED else Finding(Undecided(("counted elements",)))


def _is_set(e: Expr, setting: Setting) -> bool:
    bare = without_brackets(e)
    if isinstance(bare, Symbol):
        bare = without_brackets(setting.values.get(bare.name, bare))
    return isinstance(bare, tuple(SETS))
