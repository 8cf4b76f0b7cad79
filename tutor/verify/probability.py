"""n!, C(n, k) and P(n, k) with letters; laws of probability as identities between measures of atoms."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

from tutor.errors import TooLarge, Unsupported
from tutor.records import Counterexample, Identity, NothingClaimed, Remark, Undecided, Verdict
from tutor.syntax.tree import (
    Bracket,
    Call,
    Choose,
    Derivative,
    Expr,
    Factorial,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    SetOperation,
    Sum,
    Symbol,
    Words,
    rebuild,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.kinds import kinds_of
from tutor.verify.meaning import resolve
from tutor.verify.tasks import Budget, Compare, Finding, Task
from tutor.verify.trees import ONE, bounded, difference, linear_in, literal, number, over, text_of, times, total

NAME = "counting and probability"
COUNTING: frozenset[type[Node]] = frozenset({Factorial, Choose})
MAX_STEPS = 12
MAX_EVENTS = 4
MEASURES = frozenset({"P", "Pr", "p"})


def accepts(task: Task) -> bool:
    """n! or C(n, k) with a letter, or the probability of an event."""
    if not isinstance(task, Compare) or task.sign not in ("=", "≈"):
        return False
    kinds = kinds_of(task)
    return (kinds.any(COUNTING) and bool(kinds.symbols)) or _about_events(task)


def judge(task: Task, budget: Budget) -> Finding | None:
    """Factorials by n! = n (n-1)!, laws of probability by atoms."""
    if not isinstance(task, Compare):
        return None
    if _about_events(task):
        events = _probability(task, budget)
        if events is not None:
            return events
    return _counting(task, budget)


def _about_events(task: Compare) -> bool:
    """Whether P is a probability, not a function of the problem's own."""
    found = kinds_of(task).calls & MEASURES
    return bool(found) and found.isdisjoint(task.setting.functions)


def _decide(task: Task, budget: Budget) -> Finding:
    from tutor.verify.domains import decide

    return decide(task, budget)


# ---------------------------------------------------------------- n!, C(n, k)


def _counting(task: Compare, budget: Budget) -> Finding | None:
    """Both sides over one factorial for each letter: (n+2)! = (n+2)(n+1) n!."""
    setting = task.setting
    left, right = (_as_factorials(resolve(s, setting)) for s in (task.left, task.right))
    arguments = [n.operand for s in (left, right) for n in walk(s) if isinstance(n, Factorial) and symbols(n.operand)]
    if not arguments:
        return None
    lowest: list[tuple[Expr, Fraction]] = []
    for argument in arguments:
        for k, (shape, shift) in enumerate(lowest):
            apart = _apart(argument, shape)
            if apart is not None:
                lowest[k] = (argument, Fraction(0)) if apart < shift else (shape, shift)
                break
        else:
            lowest.append((argument, Fraction(0)))
    names = [Symbol(f"({text_of(shape)})!") for shape, _ in lowest]

    def change(n: Node) -> Node:
        if not isinstance(n, Factorial) or not symbols(n.operand):
            return rebuild(n, change)
        for (shape, _), name in zip(lowest, names, strict=True):
            apart = _apart(n.operand, shape)
            if apart is not None:
                steps = [total(Bracket(shape), number(j)) for j in range(1, int(apart) + 1)]
                return Bracket(times(*(Bracket(s) for s in steps), name)) if steps else name
        raise Unsupported("a factorial of something unusual")

    a, b = change(left), change(right)
    assert isinstance(a, Expr)
    assert isinstance(b, Expr)
    found = _decide(Compare(bounded(a), bounded(b), task.sign, setting), budget)
    if found.evidence.verdict is Verdict.CORRECT:
        return Finding(Identity("n! = n (n-1)!"), found.remarks)
    return _at_whole_numbers(task, budget)


def _as_factorials(e: Expr) -> Expr:
    """C(n, k) = n (n-1) … (n-k+1) / k! for a numeral k, else n! / (k! (n-k)!)."""

    def change(n: Node) -> Node:
        below = rebuild(n, change)
        if not isinstance(below, Choose) or not symbols(below):
            return below
        top, k = below.n, literal(below.k)
        if k is not None and k.denominator == 1 and 0 <= k <= MAX_STEPS:
            falling = times(*(Bracket(difference(top, number(j))) for j in range(int(k)))) if k else ONE
            return Bracket(falling if below.ordered else over(falling, Factorial(Number(str(k), k))))
        bottom = Factorial(Bracket(difference(top, below.k)))
        if not below.ordered:
            return Quotient(Factorial(Bracket(top)), Bracket(times(Factorial(Bracket(below.k)), bottom)))
        return Quotient(Factorial(Bracket(top)), bottom)

    result = change(e)
    assert isinstance(result, Expr)
    return result


def _apart(a: Expr, b: Expr) -> Fraction | None:
    """a - b where that is a small whole number."""
    names = symbols(a)
    if names != symbols(b):
        return None
    rest: Expr = difference(Bracket(a), Bracket(b))
    for name in names:
        first, second = linear_in(a, name), linear_in(b, name)
        if first is None or second is None or literal(first[0]) != literal(second[0]) or literal(first[0]) is None:
            return None
    from tutor.bridge.normal import normal_form

    value = normal_form(rest).constant()
    return value if value is not None and value.denominator == 1 and abs(value) <= MAX_STEPS else None


def _at_whole_numbers(task: Compare, budget: Budget) -> Finding | None:
    """Refuted at small whole numbers where both sides have values; agreement there proves nothing here."""
    from tutor.bridge.exact import has_decimals, rational_value
    from tutor.errors import Undefined

    names = sorted(symbols(task.left) | symbols(task.right))
    if len(names) > 3 or has_decimals(task.left) or has_decimals(task.right) or task.sign != "=":
        return None
    left, right = resolve(task.left, task.setting), resolve(task.right, task.setting)
    agreed = 0
    refuted: Counterexample | None = None
    for values in product(range(2, 9), repeat=len(names)):
        budget.spend(60)
        point = dict(zip(names, values, strict=True))
        try:
            a, b = rational_value(left, point), rational_value(right, point)
        except (Undefined, Unsupported, TooLarge):
            continue
        if a == b:
            agreed += 1
        elif refuted is None:
            shown = {k: str(v) for k, v in point.items()}
            refuted = Counterexample(shown, str(a), str(b), text_of(task.left), text_of(task.right))
    if refuted is None or (agreed and not _is_rewriting(task)):
        return None
    return Finding(refuted)


def _is_rewriting(task: Compare) -> bool:
    """n!/(n-2)! = 20 asks for n; n!/(n-2)! = n² claims something of every n."""
    return bool(symbols(task.left)) and bool(symbols(task.right))


# ---------------------------------------------------------------- P(A ∪ B)


def _probability(task: Compare, budget: Budget) -> Finding | None:
    """P(event) as the sum of the atoms in it; a law holds if it is an identity in the atoms."""
    if not _is_law(task):
        return _value_given(task)
    names: list[str] = []
    for side in (task.left, task.right):
        for n in walk(side):
            if isinstance(n, Call) and n.name in MEASURES:
                for arg in n.args:
                    _collect(arg, names)
    if not names or len(names) > MAX_EVENTS:
        return _value_given(task)
    left, right = (_with_atoms(s, names) for s in (task.left, task.right))
    # The atoms add up to 1: the last one is what the others leave.
    cells = list(product((0, 1), repeat=len(names)))
    last = _cell(cells[-1])
    rest = difference(ONE, Bracket(total(*(Symbol(_cell(c)) for c in cells[:-1]))))

    def close(n: Node) -> Node:
        return Bracket(rest) if isinstance(n, Symbol) and n.name == last else rebuild(n, close)

    a, b = close(left), close(right)
    assert isinstance(a, Expr)
    assert isinstance(b, Expr)
    budget.spend(5_000)
    found = _decide(Compare(bounded(a), bounded(b), task.sign, replace(task.setting, values={})), budget)
    if found.evidence.verdict is Verdict.CORRECT:
        return Finding(Identity("laws of probability"))
    special = _special_case(task)
    if special is not None:
        return Finding(Undecided(("laws of probability",)), (Remark("assumption", special),))
    return Finding(Undecided(("laws of probability",)))


def _is_law(task: Compare) -> bool:
    """Whether probabilities of events stand on both sides, or P(A) with 1."""
    with_p = [any(isinstance(n, Call) and n.name in MEASURES for n in walk(s)) for s in (task.left, task.right)]
    if all(with_p):
        return True
    side, other = (task.left, task.right) if with_p[0] else (task.right, task.left)
    several = sum(isinstance(n, Call) and n.name in MEASURES for n in walk(side)) > 1
    return several and literal(other) == 1


def _value_given(task: Compare) -> Finding | None:
    """P(A) = 3/10 says what P(A) is."""
    for side, other in ((task.left, task.right), (task.right, task.left)):
        bare = without_brackets(side)
        if (
            isinstance(bare, Call)
            and bare.name in MEASURES
            and not bare.primes
            and bare.name not in task.setting.functions
        ):
            about_event = any(isinstance(n, Symbol | Words | SetOperation) for a in bare.args for n in walk(a))
            if about_event and not any(isinstance(n, Call) and n.name in MEASURES for n in walk(other)):
                return Finding(NothingClaimed("definition"))
    return None


def _cell(bits: tuple[int, ...]) -> str:
    return "p_" + "".join(map(str, bits))


def _collect(event: Expr, names: list[str]) -> None:
    """The letters of the simple events in an event."""
    for n in walk(event):
        if isinstance(n, Symbol) and n.name not in names and not _complemented_mark(n.name):
            names.append(n.name)


def _complemented_mark(name: str) -> bool:
    return name in ("c", "C_mark")


def _with_atoms(e: Expr, names: list[str]) -> Expr:
    cells = list(product((0, 1), repeat=len(names)))

    def measure(event: Expr) -> Expr:
        inside = [c for c in cells if _holds(event, dict(zip(names, c, strict=True)))]
        return Bracket(total(*(Symbol(_cell(c)) for c in inside))) if inside else number(0)

    def change(n: Node) -> Node:
        if isinstance(n, Call) and n.name in MEASURES:
            if len(n.args) != 1:
                raise Unsupported("a probability of several things")
            event = without_brackets(n.args[0])
            given = _given(event)
            if given is not None:
                what, condition = given
                both = SetOperation("intersection", (what, condition))
                return Quotient(measure(both), measure(condition))
            return measure(event)
        return rebuild(n, change)

    result = change(e)
    assert isinstance(result, Expr)
    return result


def _given(event: Expr) -> tuple[Expr, Expr] | None:
    """(A, B) of A | B."""
    if isinstance(event, SetOperation) and event.operator == "given" and len(event.parts) == 2:
        return event.parts[0], event.parts[1]
    if isinstance(event, Call) and event.name == "given" and len(event.args) == 2:
        return event.args[0], event.args[1]
    return None


def _holds(event: Expr, truth: dict[str, int]) -> bool:
    """Whether an event occurs in an atom."""
    match event:
        case Bracket(inner):
            return _holds(inner, truth)
        case Symbol(name):
            return bool(truth[name])
        case SetOperation("union", parts):
            return any(_holds(p, truth) for p in parts)
        case SetOperation("intersection", parts):
            return all(_holds(p, truth) for p in parts)
        case SetOperation("minus", (a, b)):
            return _holds(a, truth) and not _holds(b, truth)
        case Derivative(inner, None, 1):
            return not _holds(inner, truth)
        case Power(base, Symbol("c" | "C")):
            return not _holds(base, truth)
        case Call("not" | "complement", (inner,)):
            return not _holds(inner, truth)
        case Call(name, (), None, 1):
            return not truth[name]
    raise Unsupported("an event that cannot be read")


def _special_case(task: Compare) -> str | None:
    """What P(A ∪ B) = P(A) + P(B) and P(A ∩ B) = P(A) P(B) take for granted."""
    for side, other in ((task.left, task.right), (task.right, task.left)):
        bare, rest = without_brackets(side), without_brackets(other)
        if not (isinstance(bare, Call) and bare.name in MEASURES and len(bare.args) == 1):
            continue
        event = without_brackets(bare.args[0])
        if not isinstance(event, SetOperation):
            continue
        minus = isinstance(rest, Sum) and any(isinstance(t, Negative) for t in rest.terms)
        if event.operator == "union" and isinstance(rest, Sum) and not minus:
            return "true where the events cannot both happen"
        if event.operator == "intersection" and isinstance(rest, Product):
            return "true where the events are independent"
    return None
