"""Finite sums and products, sums with dots, geometric series, terms of sequences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from tutor.bridge.exact import rational_value
from tutor.errors import OutOfBudget, TooLarge, Undefined, Unsupported
from tutor.records import Counterexample, Evidence, FalseEquality, Identity, Remark, Samples, Undecided, Verdict
from tutor.syntax.tree import (
    Bracket,
    Constant,
    Dots,
    Expr,
    Factorial,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Root,
    Series,
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
from tutor.verify.limits import Engine, Infinite
from tutor.verify.meaning import resolve
from tutor.verify.tasks import Budget, Compare, Finding, Setting, Task
from tutor.verify.trees import (
    ONE,
    ZERO,
    bounded,
    difference,
    has,
    integer,
    linear_in,
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

NAME = "series"
SERIES: frozenset[type[Node]] = frozenset({Series, Dots})
MAX_TERMS = 400
FEW_TERMS = 12
CHECKED = 10  # values of n at which a sum with n terms is looked at
MAX_DEGREE = 8


def accepts(task: Task) -> bool:
    """A sum or product sign, dots, or a term a_5 of a sequence whose a_n is known."""
    if not isinstance(task, Compare) or task.sign not in ("=", "≈"):
        return False
    kinds = kinds_of(task)
    if kinds.any(SERIES):
        return True
    return bool(task.setting.values) and any(_term_of(name, task.setting) for name in kinds.symbols)


def judge(task: Task, budget: Budget) -> Finding | None:
    """Terms of sequences put in, dots read as a rule, sums in closed form."""
    if not isinstance(task, Compare):
        return None
    setting = task.setting
    left, right = resolve(task.left, setting), resolve(task.right, setting)
    left, right = (_with_terms(s, setting) for s in (left, right))
    kinds = kinds_of(task)
    if Dots in kinds.classes:
        return _dotted(replace(task, left=left, right=right), task, budget)
    if Series in kinds.classes:
        return _series(Compare(left, right, task.sign, setting), task, budget)
    if left is task.left and right is task.right:
        return None
    found = _decide(Compare(left, right, task.sign, setting), budget)
    return Finding(_named(found.evidence, task), found.remarks)


def _decide(task: Task, budget: Budget) -> Finding:
    from tutor.verify.domains import decide

    return decide(task, budget)


def _named(evidence: Evidence, task: Compare) -> Evidence:
    if isinstance(evidence, Counterexample | FalseEquality):
        return replace(evidence, left_text=text_of(task.left), right_text=text_of(task.right))
    return evidence


# ---------------------------------------------------------------- terms of sequences


def _term_of(name: str, setting: Setting) -> tuple[Expr, str, int] | None:
    """(a_n's body, "n", 5) for the name a_5 where a_n is known."""
    stem, _, index = name.rpartition("_")
    if not stem or not index.isdigit():
        return None
    for letter in ("n", "k", "i", "m", "r"):
        body = setting.values.get(f"{stem}_{letter}")
        if body is not None and has(body, letter) and name not in setting.values:
            return body, letter, int(index)
    return None


def _with_terms(e: Expr, setting: Setting) -> Expr:
    """a_5 by the rule for a_n."""
    if not setting.values:
        return e
    values: dict[str, Expr] = {}
    for name in symbols(e):
        term = _term_of(name, setting)
        if term is not None:
            body, letter, index = term
            values[name] = Bracket(substitute(body, {letter: number(index)}))
    return substitute(e, values) if values else e


# ---------------------------------------------------------------- Σ and Π


def _series(task: Compare, shown: Compare, budget: Budget) -> Finding | None:
    """Each sum in closed form where a rule gives one; else by steps n-1 → n; else at several n."""
    setting = task.setting
    remarks: list[Remark] = []
    closed = [_closed(side, setting, budget, remarks) for side in (task.left, task.right)]
    if all(c is not None for c in closed):
        a, b = (c for c in closed if c is not None)
        if isinstance(a, Infinite) or isinstance(b, Infinite):
            return _divergent(a, b, shown)
        found = _decide(Compare(a, b, task.sign, setting), budget)
        verdict = found.evidence.verdict
        if verdict is Verdict.CORRECT:
            return Finding(found.evidence, (*found.remarks, *remarks))
        if verdict is Verdict.WRONG and not remarks and symbols(a) == symbols(b):
            return Finding(_named(found.evidence, shown), found.remarks)
        if verdict is Verdict.WRONG and remarks:
            return Finding(Undecided(("closed form of the sum",)))
    if any(isinstance(n, Series) and _indexed(n) for s in (task.left, task.right) for n in walk(s)):
        return None
    upper = _letter(task)
    if upper is not None:
        refuted = _at_small_values(task, shown, upper, budget)
        if refuted is not None and refuted.evidence.verdict is Verdict.WRONG:
            return refuted
        if refuted is not None and _by_steps(task, upper, budget):
            return Finding(Identity("induction"))
        known = _by_sympy(task, budget)
        return known or refuted
    return _by_sympy(task, budget)


def _divergent(a: Expr | Infinite, b: Expr | Infinite, shown: Compare) -> Finding | None:
    if isinstance(a, Infinite) and isinstance(b, Infinite):
        return Finding(Identity("the sum grows past all bounds")) if a == b else None
    texts = tuple(
        "∞" if isinstance(v, Infinite) and v.sign > 0 else "-∞" if isinstance(v, Infinite) else text_of(v)
        for v in (a, b)
    )
    return Finding(FalseEquality(text_of(shown.left), text_of(shown.right), texts[0], texts[1], shown.sign))


def _closed(side: Expr, setting: Setting, budget: Budget, remarks: list[Remark]) -> Expr | Infinite | None:
    """The side with each sum worked out; None where one is not."""
    bare = without_brackets(side)
    if isinstance(bare, Constant) and bare.name == "infinity":
        return Infinite(1)
    if isinstance(bare, Series):
        return closed_form(bare, setting, budget, remarks)
    failed = False

    def change(n: Node) -> Node | None:
        nonlocal failed
        if not isinstance(n, Series):
            return None
        value = closed_form(n, setting, budget, remarks)
        if not isinstance(value, Expr):
            failed = True
            return ZERO
        return value

    result = replace_each(side, change)
    return None if failed else result


def closed_form(s: Series, setting: Setting, budget: Budget, remarks: list[Remark]) -> Expr | Infinite | None:
    """Added up term by term, or by the rule for powers of k and for a r^k; None where no rule fits."""
    name = s.variable.name
    lower, upper = integer(s.lower), integer(s.upper)
    if any(isinstance(n, Series) for n in walk(s.term)):
        return None
    if _indexed(s) and (lower is None or upper is None or upper - lower >= MAX_TERMS):
        return None
    if lower is not None and upper is not None:
        if upper - lower > FEW_TERMS and s.kind == "sum" and not _indexed(s):
            formula = _polynomial_sum(s, budget)
            if formula is not None:
                return formula
        if upper - lower < MAX_TERMS:
            budget.spend(100 * max(1, upper - lower))
            terms = [_at_index(s.term, name, k) for k in range(lower, upper + 1)]
            return _added(terms, s.kind)
        if s.kind == "sum":
            return _geometric(s, setting, budget, remarks)
        return None
    if s.kind != "sum":
        return None
    target = Engine(setting, budget).target(s.upper)
    if isinstance(target, Infinite):
        return _geometric(s, setting, budget, remarks) if target.sign > 0 else None
    return _polynomial_sum(s, budget) or _geometric(s, setting, budget, remarks)


def _indexed(s: Series) -> bool:
    """Whether x_i stands in a sum over i: then x_1, x_2, … are different letters."""
    return any(name.endswith("_" + s.variable.name) for name in symbols(s.term))


def _at_index(term: Expr, name: str, k: int) -> Expr:
    """The term for one value of the index, in names such as x_i too."""
    values: dict[str, Expr] = {name: number(k)}
    for letter in symbols(term):
        if letter.endswith("_" + name):
            values[letter] = Symbol(f"{letter[: -len(name)]}{k}")
    return substitute(term, values)


def _added(terms: list[Expr], kind: str) -> Expr:
    values: list[Fraction] = []
    for t in terms:
        try:
            values.append(rational_value(t))
        except (Unsupported, Undefined):
            break
    if len(values) == len(terms):
        result = Fraction(0 if kind == "sum" else 1)
        for v in values:
            result = result + v if kind == "sum" else result * v
            if result.numerator.bit_length() > Budget.MAX_BITS or result.denominator.bit_length() > Budget.MAX_BITS:
                raise TooLarge("a sum or product of too many digits")
        return number(result)
    if not terms:
        return ZERO if kind == "sum" else ONE
    return bounded(total(*terms) if kind == "sum" else times(*(Bracket(t) for t in terms)))


def _polynomial_sum(s: Series, budget: Budget) -> Expr | None:
    """Σ c_j k^j by Faulhaber's formula: the polynomial of degree j+1 through the first j+2 sums."""
    name = s.variable.name
    powers = powers_in(s.term, name)
    if powers is None or not all(n.denominator == 1 and 0 <= n <= MAX_DEGREE for n in powers):
        return None
    if has(s.lower, name) or has(s.upper, name):
        return None
    budget.spend(2_000)
    parts = []
    before = difference(s.lower, ONE)
    for n, c in powers.items():
        coefficients = _faulhaber(int(n))
        parts.append(times(c, Bracket(difference(_at(coefficients, s.upper), _at(coefficients, before)))))
    return bounded(total(*parts))


def _faulhaber(degree: int) -> list[Fraction]:
    """Coefficients of 1^d + 2^d + … + n^d as a polynomial in n, lowest first."""
    size = degree + 2
    values = [Fraction(0)]
    for k in range(1, size):
        values.append(values[-1] + Fraction(k) ** degree)
    # Newton's form on 0, 1, 2, …, multiplied out.
    differences: list[Fraction] = []
    row = values
    for _ in range(size):
        differences.append(row[0])
        row = [b - a for a, b in pairwise(row)]
    result = [Fraction(0)] * size
    basis = [Fraction(1)]
    for k, d in enumerate(differences):
        for i, c in enumerate(basis):
            result[i] += d * c
        step = [Fraction(0)] * (len(basis) + 1)
        for i, c in enumerate(basis):
            step[i + 1] += c / (k + 1)
            step[i] -= c * k / (k + 1)
        basis = step
    return result


def _at(coefficients: list[Fraction], n: Expr) -> Expr:
    return total(
        *(times(number(c), to_power(n, k)) for k, c in enumerate(coefficients) if c and k > 0), number(coefficients[0])
    )


def _geometric(s: Series, setting: Setting, budget: Budget, remarks: list[Remark]) -> Expr | Infinite | None:
    """Σ a r^k = a r^p (1 - r^(q-p+1)) / (1 - r), and a r^p / (1 - r) without end where |r| < 1"""
    name = s.variable.name
    first = substitute(s.term, {name: s.lower})
    ratio = _ratio(s.term, name, setting, budget)
    if ratio is None:
        return None
    engine = Engine(setting, budget)
    target = engine.target(s.upper)
    one = _decide(Compare(ratio, ONE, "=", setting), budget).evidence.verdict
    if one is Verdict.CORRECT:
        return None
    if not isinstance(target, Infinite):
        count = total(difference(s.upper, s.lower), ONE)
        top = times(first, Bracket(difference(ONE, to_power(ratio, count))))
        if symbols(ratio):
            remarks.append(Remark("domain", f"true where {text_of(ratio)} is not 1"))
        return bounded(over(top, difference(ONE, ratio)))
    if symbols(ratio):
        remarks.append(Remark("domain", f"true where |{text_of(ratio)}| < 1"))
        return bounded(over(first, difference(ONE, ratio)))
    small = engine.sign(difference(ONE, times(ratio, ratio)))
    if small == 1:
        return bounded(over(first, difference(ONE, ratio)))
    sign = engine.sign(first)
    if small is not None and sign and engine.sign(ratio) == 1:
        return Infinite(sign)
    return None


def _ratio(term: Expr, name: str, setting: Setting, budget: Budget) -> Expr | None:
    """t(k+1)/t(k) where it does not depend on k."""
    found = _base_of_power(term, name)
    if found is None:
        return None
    following = substitute(term, {name: total(Symbol(name), ONE)})
    budget.spend(2_000)
    same = _decide(Compare(following, times(Bracket(found), Bracket(term)), "=", setting), budget)
    return found if same.evidence.verdict is Verdict.CORRECT else None


def _base_of_power(term: Expr, name: str) -> Expr | None:
    """r where the term is a product of powers r^(k + …) and constants, by its shape."""
    match term:
        case Bracket(inner):
            return _base_of_power(inner, name)
        case Negative(inner):
            return _base_of_power(inner, name)
        case Product(factors):
            result: Expr = ONE
            for f in factors:
                if has(f, name):
                    below = _base_of_power(f, name)
                    if below is None:
                        return None
                    result = times(result, below)
            return result
        case Quotient(top, bottom):
            above = _base_of_power(top, name) if has(top, name) else ONE
            below = _base_of_power(bottom, name) if has(bottom, name) else ONE
            return None if above is None or below is None else over(above, below)
        case Power(base, exponent) if not has(base, name):
            linear = linear_in(exponent, name)
            if linear is None:
                return None
            return to_power(base, linear[0])
    return None


# ---------------------------------------------------------------- with n terms


def _letter(task: Compare) -> str | None:
    """The n in the upper limits, where there is one."""
    names: set[str] = set()
    for side in (task.left, task.right):
        for n in walk(side):
            if isinstance(n, Series):
                names |= symbols(n.upper) | symbols(n.lower)
    return next(iter(names)) if len(names) == 1 else None


def _at_small_values(task: Compare, shown: Compare, name: str, budget: Budget) -> Finding | None:
    """n = 1, 2, 3, …: refuted at the first at which the sides differ, or Samples."""
    agreed = 0
    start = _first(task, name)
    for n in range(start, start + CHECKED):
        left, right = (substitute(s, {name: number(n)}) for s in (task.left, task.right))
        others = symbols(left) | symbols(right)
        if others:
            found = _decide(Compare(left, right, task.sign, task.setting), budget)
            if found.evidence.verdict is Verdict.CORRECT:
                agreed += 1
                continue
            if isinstance(found.evidence, Counterexample):
                values = {name: str(n), **found.evidence.values}
                return Finding(
                    replace(
                        found.evidence, values=values, left_text=text_of(shown.left), right_text=text_of(shown.right)
                    )
                )
            return None
        try:
            budget.spend(200 * (n + 1))
            a, b = rational_value(left), rational_value(right)
        except Undefined:
            continue
        except (Unsupported, TooLarge):
            return None
        if a != b:
            texts = text_of(shown.left), text_of(shown.right)
            return Finding(Counterexample({name: str(n)}, str(a), str(b), *texts))
        agreed += 1
    return Finding(Samples(agreed)) if agreed >= 4 else None


def _first(task: Compare, name: str) -> int:
    """The least n for which no sum is empty."""
    least = 1
    for side in (task.left, task.right):
        for s in walk(side):
            if isinstance(s, Series):
                lower, linear = literal(s.lower), linear_in(s.upper, name)
                if lower is not None and linear is not None:
                    a, b = literal(linear[0]), literal(linear[1])
                    if a is not None and b is not None and a > 0:
                        least = max(least, -int(-(lower - b) // a))
    return least


def _by_steps(task: Compare, name: str, budget: Budget) -> bool:
    """L(n) - L(n-1) = R(n) - R(n-1), a sum giving its last terms; with agreement at the start that is induction."""
    n_before = difference(Symbol(name), ONE)
    steps: list[Expr] = []
    for side in (task.left, task.right):
        step = _step(side, name, n_before)
        if step is None:
            return False
        steps.append(step)
    try:
        integers = replace(task.setting, integers=task.setting.integers | {name})
        found = _decide(Compare(bounded(steps[0]), bounded(steps[1]), "=", integers), budget)
    except OutOfBudget:
        return False
    return found.evidence.verdict is Verdict.CORRECT


def _step(side: Expr, name: str, n_before: Expr) -> Expr | None:
    """side(n) - side(n-1)"""
    bare = without_brackets(side)
    if not any(isinstance(n, Series) for n in walk(bare)):
        return difference(bare, Bracket(substitute(bare, {name: Bracket(n_before)})))
    match bare:
        case Series(term, variable, lower, upper, "sum"):
            linear = linear_in(upper, name)
            if linear is None or has(term, name) or has(lower, name):
                return None
            slope = integer(linear[0])
            if slope is None or not 1 <= slope <= 4:
                return None
            last = [substitute(term, {variable.name: difference(upper, number(j))}) for j in range(slope)]
            return total(*last)
        case Sum(terms):
            parts = [_step(t, name, n_before) for t in terms]
            return None if any(p is None for p in parts) else total(*(p for p in parts if p is not None))
        case Negative(inner):
            below = _step(inner, name, n_before)
            return None if below is None else negative(below)
        case Product(factors):
            sums = [f for f in factors if any(isinstance(n, Series) for n in walk(f))]
            rest = [f for f in factors if f not in sums]
            if len(sums) != 1 or any(has(f, name) for f in rest):
                return None
            below = _step(sums[0], name, n_before)
            return None if below is None else times(*rest, Bracket(below))
        case Quotient(top, bottom) if not has(bottom, name):
            below = _step(top, name, n_before)
            return None if below is None else over(below, bottom)
    return None


def _by_sympy(task: Compare, budget: Budget) -> Finding | None:
    """SymPy's closed form confirms; it does not refute."""
    for with_sum, claimed in ((task.left, task.right), (task.right, task.left)):
        bare = without_brackets(with_sum)
        if not isinstance(bare, Series) or any(isinstance(n, Series) for n in walk(claimed)):
            continue
        nested = sum(isinstance(n, Series) for n in walk(bare)) > 1
        if nested or not child.small_enough(bare, claimed) or task.sign != "=":
            continue
        try:
            same, _ = child.ask(budget, "sum_equals", bare, claimed, child.options(task.setting))
        except NoAnswer as reason:
            return Finding(Undecided(("sum",), timeout=True)) if reason.timeout else None
        if same:
            return Finding(Identity("SymPy: closed form of the sum"))
    return None


# ---------------------------------------------------------------- dots


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule that the written terms follow, as the sum it stands for."""

    kind: str
    series: Series


def _dotted(task: Compare, shown: Compare, budget: Budget) -> Finding | None:
    """1 + 2 + … + n by the rule that its written terms follow; refuted only where there is just one such rule."""
    options: list[list[Expr]] = []
    for side in (task.left, task.right):
        readings = _readings(side, budget, task.setting)
        if not readings:
            return Finding(Undecided(("the rule behind the dots",)))
        options.append(readings)
    findings: list[Finding] = []
    for left in options[0]:
        for right in options[1]:
            found = _series(Compare(left, right, task.sign, task.setting), shown, budget)
            if found is None:
                found = _decide(Compare(left, right, task.sign, task.setting), budget)
            if found.evidence.verdict is Verdict.CORRECT:
                return found
            findings.append(found)
    if len(findings) == 1:
        return findings[0]
    return Finding(Undecided(("the rule behind the dots",)))


def _readings(side: Expr, budget: Budget, setting: Setting) -> list[Expr]:
    """What a side with dots may stand for; the side itself where it has none."""
    if not any(isinstance(n, Dots) for n in walk(side)):
        return [side]
    bare = without_brackets(side)
    match bare:
        case Sum(terms) if any(isinstance(t, Dots) for t in terms):
            return [p.series for p in patterns(list(terms), "sum", budget, setting)]
        case Product(factors) if any(isinstance(f, Dots) for f in factors):
            return [p.series for p in patterns(list(factors), "product", budget, setting)]
        case Quotient(top, bottom):
            return [
                Quotient(Bracket(a), Bracket(b))
                for a in _readings(top, budget, setting)
                for b in _readings(bottom, budget, setting)
            ]
        case Product(factors):
            holders = [k for k, f in enumerate(factors) if any(isinstance(n, Dots) for n in walk(f))]
            if len(holders) == 1:
                (k,) = holders
                return [
                    Product((*factors[:k], Bracket(r), *factors[k + 1 :]), bare.signs)
                    for r in _readings(factors[k], budget, setting)
                ]
    return []


def patterns(terms: list[Expr], kind: str, budget: Budget, setting: Setting) -> list[Pattern]:
    """Arithmetic, geometric, and powers of arithmetic: the rules that fit the terms before and after the dots."""
    places = [k for k, t in enumerate(terms) if isinstance(t, Dots)]
    if len(places) != 1:
        return []
    (at,) = places
    before, after = terms[:at], terms[at + 1 :]
    if len(before) < 2 or len(after) > 2:
        return []
    index = Symbol("k" if all(not has(t, "k") for t in terms if not isinstance(t, Dots)) else "j")
    found: list[Pattern] = []
    last = after[-1] if after else None
    for rule, term in _rules(before, index):
        upper = Constant("infinity") if last is None else _count(term, index.name, last, rule, setting, budget)
        if upper is None:
            continue
        if len(after) == 2:
            expected = substitute(term, {index.name: Bracket(difference(upper, ONE))})
            same = _decide(Compare(after[0], expected, "=", setting), budget)
            if same.evidence.verdict is not Verdict.CORRECT:
                continue
        series = Series(term, index, ZERO, upper, kind)
        if all(p.series != series for p in found):
            found.append(Pattern(rule, series))
    if kind == "sum" and last is None and any(p.kind == "arithmetic" for p in found) and len(found) > 1:
        found = [p for p in found if p.kind != "arithmetic"]
    return found


def _values(terms: list[Expr]) -> list[Fraction] | None:
    values: list[Fraction] = []
    for t in terms:
        try:
            values.append(rational_value(t))
        except (Undefined, Unsupported, TooLarge):
            return None
    return values


def _rules(before: list[Expr], index: Symbol) -> list[tuple[str, Expr]]:
    """(name, term with index from 0) for each rule that fits the first terms."""
    rules: list[tuple[str, Expr]] = []
    inner = [_power_parts(t) for t in before]
    exponents = {e for _, e in inner}
    if len(exponents) == 1 and None not in exponents:
        (exponent,) = exponents
        bases = _values([b for b, _ in inner])
        assert exponent is not None
        if bases is not None and _steady(bases):
            rules.append(("powers", to_power(_arithmetic(bases, index), exponent)))
    factorials = [without_brackets(t).operand for t in before if isinstance(without_brackets(t), Factorial)]  # type: ignore[attr-defined]
    if len(factorials) == len(before):
        arguments = _values(factorials)
        if arguments is not None and _steady(arguments):
            rules.append(("factorials", Factorial(Bracket(_arithmetic(arguments, index)))))
    values = _values(before)
    if values is None:
        return [*rules, *_with_letters(before, index)]
    if _steady(values) and not rules:
        rules.append(("arithmetic", _arithmetic(values, index)))
    if all(values) and len({b / a for a, b in pairwise(values)}) == 1:
        ratio = values[1] / values[0]
        if ratio != 1:
            rules.append(("geometric", times(number(values[0]), to_power(Bracket(number(ratio)), index))))
    tops = [1 / v for v in values if v]
    if len(tops) == len(values) and len(values) > 2 and _steady(tops) and not _steady(values):
        rules.append(("harmonic", over(ONE, _arithmetic(tops, index))))
    if not rules and len(values) > 2:
        roots = [_square_root(v) for v in values]
        if all(r is not None for r in roots):
            plain = [r for r in roots if r is not None]
            if _steady(plain):
                rules.append(("powers", to_power(_arithmetic(plain, index), 2)))
    return rules


def _square_root(v: Fraction) -> Fraction | None:
    try:
        return rational_value(Root(number(v)))
    except (Undefined, Unsupported, TooLarge):
        return None


def _steady(values: list[Fraction]) -> bool:
    steps = {b - a for a, b in pairwise(values)}
    return len(steps) == 1 and steps != {Fraction(0)}


def _arithmetic(values: list[Fraction], index: Symbol) -> Expr:
    return total(number(values[0]), times(number(values[1] - values[0]), index))


def _power_parts(t: Expr) -> tuple[Expr, Fraction | None]:
    bare = without_brackets(t)
    if isinstance(bare, Power):
        return bare.base, literal(bare.exponent)
    return t, None


def _with_letters(before: list[Expr], index: Symbol) -> list[tuple[str, Expr]]:
    """a + ar + ar² + …, x + 2x + …, a + (a+d) + …: the next over the one before, or less it."""
    from tutor.bridge.normal import normal_form, same

    try:
        step = difference(before[1], before[0])
        steady = all(same(difference(b, a), step) is True for a, b in pairwise(before[1:]))
        rules = []
        if steady and len(before) > 2:
            rules.append(("arithmetic", total(before[0], times(Bracket(step), index))))
        ratio = over(before[1], before[0])
        if all(same(over(b, a), ratio) is True for a, b in pairwise(before[1:])):
            base = _simple_ratio(before[0], before[1]) or ratio
            normal_form(base)
            rules.append(("geometric", times(before[0], to_power(Bracket(base), index))))
        if len(before) == 2 and rules:
            rules.append(("arithmetic", total(before[0], times(Bracket(step), index))))
    except (Undefined, Unsupported, TooLarge):
        return []
    return rules


def _simple_ratio(a: Expr, b: Expr) -> Expr | None:
    """x for a = 1 or b = a x as written."""
    from tutor.bridge.normal import same

    for name in sorted(symbols(b)):
        if same(b, times(a, Symbol(name))) is True:
            return Symbol(name)
    return None


def _count(term: Expr, name: str, last: Expr, rule: str, setting: Setting, budget: Budget) -> Expr | None:
    """The index of the last term written, where it is one of the terms."""
    if rule in ("arithmetic", "powers", "factorials", "harmonic"):
        inner, goal = without_brackets(term), without_brackets(last)
        if rule == "powers":
            goal, exponent = _power_parts(goal)
            inner = without_brackets(inner)
            assert isinstance(inner, Power)
            if exponent is None and (root := literal(goal)) is not None:
                power = literal(inner.exponent)
                base = _square_root(root) if power == 2 else None
                if base is None:
                    return None
                goal = number(base)
            elif exponent != literal(inner.exponent):
                return None
            inner = without_brackets(inner.base)
        elif rule == "factorials":
            if not isinstance(goal, Factorial) or not isinstance(inner, Factorial):
                return None
            inner, goal = without_brackets(inner.operand), without_brackets(goal.operand)
        elif rule == "harmonic":
            inner, goal = over(ONE, inner), over(ONE, goal)
            if isinstance(inner, Quotient) and isinstance(without_brackets(inner.bottom), Quotient):
                inner = without_brackets(inner.bottom).bottom  # type: ignore[attr-defined]
            if isinstance(goal, Quotient) and isinstance(without_brackets(goal.bottom), Quotient):
                goal = without_brackets(goal.bottom).bottom  # type: ignore[attr-defined]
        linear = linear_in(without_brackets(inner), name)
        if linear is None:
            return None
        count = over(Bracket(difference(goal, linear[1])), linear[0])
        return _whole(count)
    # Geometric: first · r^k = last, for k a numeral or a letter and a shift.
    values = _values([last])
    if values is not None:
        for k in range(1, 200):
            budget.spend(30)
            try:
                reached = rational_value(substitute(term, {name: number(k)}))
            except (Undefined, Unsupported, TooLarge):
                return None
            if reached == values[0]:
                return number(k)
        return None
    for letter in sorted(symbols(last) - symbols(substitute(term, {name: ZERO}))):
        for shift in (0, -1, 1, -2, 2):
            count = total(Symbol(letter), number(shift))
            at = substitute(term, {name: Bracket(count)})
            if _decide(Compare(at, last, "=", setting), budget).evidence.verdict is Verdict.CORRECT:
                return count
    return None


def _whole(count: Expr) -> Expr | None:
    """The count, if it is a whole number that is not negative, or holds a letter."""
    if symbols(count):
        from tutor.bridge.normal import normal_form

        try:
            value = normal_form(count)
        except (Undefined, Unsupported, TooLarge):
            return None
        names = value.symbols
        if len(names) != 1:
            return count
        linear = powers_in(count, names[0])
        if linear is None or not set(linear) <= {Fraction(0), Fraction(1)}:
            return count
        slope = rational_value(linear.get(Fraction(1), ZERO))
        shift = rational_value(linear.get(Fraction(0), ZERO))
        return total(times(number(slope), Symbol(names[0])), number(shift))
    try:
        value_ = rational_value(count)
    except (Undefined, Unsupported, TooLarge):
        return None
    return number(value_) if value_.denominator == 1 and value_ >= 1 else None
