"""Derivatives on the tree; an antiderivative is checked by differentiating it; definite integrals by F(b) - F(a)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tutor.bridge.balls import evaluate
from tutor.bridge.derive import derivative
from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.records import (
    Counterexample,
    EqualValues,
    Evidence,
    FalseEquality,
    Identity,
    NothingClaimed,
    Relation,
    Remark,
    SolutionSets,
    Undecided,
    Verdict,
)
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Chain,
    Constant,
    Derivative,
    Differential,
    Evaluated,
    Expr,
    Integral,
    Node,
    Quotient,
    Statement,
    Sum,
    Symbol,
    rebuild,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify import budget as child
from tutor.verify.antiderivatives import antiderivative, continuous_everywhere
from tutor.verify.budget import NoAnswer
from tutor.verify.kinds import is_definition, kinds_of
from tutor.verify.limits import Engine, Infinite
from tutor.verify.meaning import resolve
from tutor.verify.tasks import Budget, Compare, Finding, Relate, Setting, Task
from tutor.verify.trees import (
    ATOMS,
    ONE,
    ZERO,
    bounded,
    difference,
    has,
    linear_in,
    literal,
    negative,
    over,
    powers_in,
    text_of,
    times,
    total,
)

NAME = "calculus"
CALCULUS: frozenset[type[Node]] = frozenset({Derivative, Integral, Evaluated, Differential})
MAX_ORDER = 6
FRESH = "∫x"  # a name that nobody writes
CONSTANTS = frozenset({"C", "c", "K", "k", "const", "constant"})


def accepts(task: Task) -> bool:
    """A derivative, an integral or a differential stands in it, or a constant of integration."""
    kinds = kinds_of(task)
    if kinds.any(CALCULUS) or kinds.primed:
        return isinstance(task, Compare | Relate)
    if isinstance(task, Compare) and task.sign == "=":
        return any(is_constant_name(name, task.setting) for name in kinds.symbols)
    return False


def judge(task: Task, budget: Budget) -> Finding | None:
    """Work out derivatives and integrals, then ask what is left."""
    if isinstance(task, Relate):
        return _relate(task, budget)
    if not isinstance(task, Compare):
        return None
    kinds = kinds_of(task)
    if not (kinds.any(CALCULUS) or kinds.primed):
        return _up_to_a_constant(task, budget)
    return _compare(task, budget)


def is_constant_name(name: str, setting: Setting) -> bool:
    """Whether a symbol may be a constant of integration: C, c, K, C_1; in work about integrals, as the setting says."""
    return name in setting.constants or name == "C" or (name[:2] in ("C_", "c_") and name[2:].isdigit())


def _decide(task: Task, budget: Budget) -> Finding:
    from tutor.verify.domains import decide

    return decide(task, budget)


# ---------------------------------------------------------------- one side without calculus in it


@dataclass(frozen=True, slots=True)
class Antiderivative:
    """The symbol that stands for an indefinite integral, with what it stands for."""

    integrand: Expr
    variable: str


class Unfolder:
    """Takes derivatives, definite integrals and differentials out of expressions.

    dependents: names of unknown functions, y in dy/dx; y' becomes the symbol "y'".
    jar: symbols for indefinite integrals. moving: integration variables; d of one becomes the symbol "dx".
    assumed: a limit of integration is not known, so the integrand was taken to be continuous.
    """

    def __init__(self, setting: Setting, budget: Budget, *nodes: Node) -> None:
        self.setting = setting
        self.budget = budget
        self.jar: dict[str, Antiderivative] = {}
        self.assumed = False
        self.known = _without_circles(setting)
        self.variable = self._find_variable(nodes)
        self.dependents = {
            name
            for node in nodes
            for n in walk(node)
            if isinstance(n, Derivative) and (name := _bare_name(n.operand)) is not None and not self.is_known(name)
        }

    def is_known(self, name: str) -> bool:
        """Whether a symbol stands for a known function of something."""
        return name in self.known or name in self.setting.functions

    def _find_variable(self, nodes: tuple[Node, ...]) -> str:
        """The variable of y': the one that another derivative names, else x or t if there, else the only symbol."""
        names: set[str] = set()
        for node in nodes:
            for n in walk(node):
                if isinstance(n, Derivative | Integral) and n.variable is not None:
                    return n.variable.name
            names |= symbols(node)
        operands = {
            name
            for node in nodes
            for n in walk(node)
            if isinstance(n, Derivative) and (name := _bare_name(n.operand)) is not None
        }
        for name in sorted(operands):
            body = self.body(name)
            if body is not None and len(symbols(body)) == 1:
                return next(iter(symbols(body)))
        names -= operands
        for usual in ("x", "t"):
            if usual in names:
                return usual
        return next(iter(names)) if len(names) == 1 else "x"

    def body(self, name: str) -> Expr | None:
        """What a symbol or function is known to be."""
        if name in self.setting.functions:
            return self.setting.functions[name][1]
        return self.known.get(name)

    # ------------------------------------------------------------ from the top

    def side(self, expr: Expr) -> Expr:
        """The expression without calculus.

        Raises:
            Unsupported: something in it is not known well enough.
        """
        result = self.unfold(expr)
        assert isinstance(result, Expr)
        return bounded(result)

    def unfold(self, node: Node) -> Node:
        """One node."""
        match node:
            case Derivative(operand, variable, order):
                return _atom(self.derivative(operand, variable, order))
            case Call(name, (argument,), None, primes) if primes:
                return _atom(self.primed(name, argument, primes))
            case Evaluated():
                return _atom(self.evaluated(node))
            case Integral(integrand, variable, None, None):
                return self.indefinite(integrand, variable.name)
            case Integral():
                return _atom(self.definite(node))
            case Differential(variable):
                return _atom(self.differential(variable.name))
        return rebuild(node, self.unfold)

    def derivative(self, operand: Expr, variable: Symbol | None, order: int) -> Expr:
        """dⁿf/dxⁿ of an expression, of a known y, or of an unknown one as the symbol y'."""
        if not 1 <= order <= MAX_ORDER:
            raise TooLarge(f"a derivative of order {order}")
        name = _bare_name(operand)
        if name is not None and (variable is None or variable.name != name):
            body = self.body(name)
            if body is None:
                return Symbol(name + "'" * order)
            if variable is None:
                free = symbols(body)
                parameters = self.setting.functions[name][0] if name in self.setting.functions else ()
                if len(parameters) == 1:
                    variable = Symbol(parameters[0])
                elif len(free) == 1:
                    variable = Symbol(next(iter(free)))
                else:
                    variable = Symbol(self.variable)
            if not symbols(body):
                raise Unsupported(f"{name} is a number here, not a function")
            operand = body
        inner = self.side(resolve(operand, self.setting))
        x = variable.name if variable is not None else self.variable
        run = self.known.get(x)
        moving = symbols(run) if run is not None else frozenset()
        if name is not None and run is not None and moving and moving == symbols(inner) and x not in moving:
            # x = t², y = 2t: dy/dx = (dy/dt)/(dx/dt)
            (parameter, *others) = moving
            if others or order > 1:
                raise Unsupported("a curve in several parameters")
            rate = self.total_derivative(self.side(resolve(run, self.setting)), parameter)
            return bounded(Quotient(self.total_derivative(inner, parameter), rate))
        for _ in range(order):
            inner = bounded(self.total_derivative(inner, x))
        return inner

    def total_derivative(self, e: Expr, x: str) -> Expr:
        """∂e/∂x + Σ ∂e/∂y y' over the unknown functions y"""
        e = self.known_in_terms_of(e, x)
        self.budget.spend(2_000)
        parts = [derivative(e, x)] if has(e, x) else []
        for name in sorted(symbols(e)):
            if name == x:
                continue
            if name in self.jar:
                kept = self.jar[name]
                if kept.variable != x:
                    raise Unsupported("integrals over several variables")
                parts.append(times(derivative(e, name), kept.integrand))
            elif name.rstrip("'") in self.dependents:
                parts.append(times(derivative(e, name), Symbol(name + "'")))
        return total(*parts)

    def known_in_terms_of(self, e: Expr, x: str) -> Expr:
        """With the values put in of those symbols that depend on x."""
        for _ in range(8):
            values = {n: v for n, v in self.known.items() if n != x and n in symbols(e) and has_deep(v, x, self.known)}
            if not values:
                return e
            e = bounded(substitute(e, values))
        return e

    def primed(self, name: str, argument: Expr, order: int) -> Expr:
        """f'(a): the body's derivative, then a put in."""
        definition = self.setting.functions.get(name)
        if definition is None or len(definition[0]) != 1:
            raise Unsupported(f"{name} is not known")
        (parameter,), body = definition
        if order > MAX_ORDER:
            raise TooLarge(f"a derivative of order {order}")
        inner = self.side(resolve(body, self.setting))
        for _ in range(order):
            inner = bounded(derivative(inner, parameter))
        return substitute(inner, {parameter: argument}) if argument != Symbol(parameter) else inner

    def evaluated(self, e: Evaluated) -> Expr:
        """[F]_a^b = F(b) - F(a)"""
        operand = self.side(resolve(e.operand, self.setting))
        if e.variable is not None:
            name = e.variable.name
        else:
            free = symbols(operand) - symbols(e.lower) - symbols(e.upper)
            if len(free) != 1:
                free = frozenset({self.variable}) & symbols(operand)
            if len(free) != 1:
                raise Unsupported("the variable of [F]_a^b is not clear")
            (name,) = free
        return self.between(operand, name, e.lower, e.upper)

    def between(self, antiderivative_: Expr, name: str, lower: Expr, upper: Expr) -> Expr:
        """F(b) - F(a), with limits where an end is infinite."""
        ends: list[Expr] = []
        for end, side in ((upper, "-"), (lower, "+")):
            engine = Engine(self.setting, self.budget)
            target = engine.target(end)
            if isinstance(target, Infinite):
                value = engine.of(antiderivative_, name, target, side)
                if not isinstance(value, Expr):
                    raise Unsupported("the integral has no finite value, or none that was found")
                ends.append(value)
            else:
                put = substitute(antiderivative_, {name: target})
                if not symbols(put) and literal(put) is None:
                    try:
                        evaluate(put, angle_unit=self.setting.angle_unit, log_base=self.setting.log_base)
                    except Undefined:
                        value = engine.of(antiderivative_, name, target, side)
                        if not isinstance(value, Expr):
                            raise
                        put = value
                    except Unsupported:
                        pass
                ends.append(put)
        return difference(*ends)

    def definite(self, e: Integral) -> Expr:
        """∫_a^b f dx through an antiderivative, where one is found and nothing goes wrong between the ends."""
        assert e.lower is not None
        assert e.upper is not None
        name = e.variable.name
        if name in self.known and symbols(e.integrand) <= {name}:
            # ∫_0^1 e^u du with u = x² above: here u is only what is integrated over. Whether the ends were changed
            # with it is not for this to say.
            self.assumed = True
            e = replace(e, integrand=substitute(e.integrand, {name: Symbol(FRESH)}), variable=Symbol(FRESH))
            name = FRESH
        integrand = self.side(resolve(e.integrand, self.setting))
        assert e.lower is not None
        assert e.upper is not None
        lower, upper = self.side(e.lower), self.side(e.upper)
        if name in self.known:
            raise Unsupported("the variable of integration has a value")
        kept = Integral(integrand, e.variable, lower, upper, span=e.span)
        found = antiderivative(integrand, name)
        if found is None:
            return kept
        infinite = any(isinstance(n, Constant) and n.name == "infinity" for end in (lower, upper) for n in walk(end))
        if not continuous_everywhere(integrand, name):
            if symbols(kept):
                self.assumed = True
            elif not self.only_pole_is_an_end(integrand, name, lower, upper) and (infinite or not self.has_value(kept)):
                return kept
        return self.between(found, name, lower, upper)

    def has_value(self, e: Integral) -> bool:
        """Whether ball arithmetic encloses the integral, so that there is no pole between the ends."""
        self.budget.spend(20_000)
        try:
            evaluate(e, angle_unit=self.setting.angle_unit, log_base=self.setting.log_base)
        except (Undefined, Unsupported, TooLarge):
            return False
        return True

    def only_pole_is_an_end(self, f: Expr, name: str, lower: Expr, upper: Expr) -> bool:
        """Whether f is a sum of powers of x, so that only 0 can be a pole, and 0 does not lie inside."""
        powers = powers_in(f, name)
        if powers is None:
            return False
        ends = []
        for end in (lower, upper):
            target = Engine(self.setting, self.budget).target(end)
            sign = target.sign if isinstance(target, Infinite) else Engine(self.setting, self.budget).sign(target)
            if sign is None:
                return False
            ends.append(sign)
        return ends[0] * ends[1] >= 0 and ends != [0, 0]

    def indefinite(self, integrand: Expr, variable: str) -> Symbol:
        """A symbol for ∫ f dx, the same one for the same f."""
        inner = self.side(resolve(integrand, self.setting))
        key = Antiderivative(_unbracketed(inner), variable)
        for name, kept in self.jar.items():
            if kept == key:
                return Symbol(name)
        name = f"∫{len(self.jar) + 1}"
        self.jar[name] = key
        return Symbol(name)

    def differential(self, name: str) -> Expr:
        """Dx as the symbol "dx"; du = u'(x) dx where u is known."""
        body = self.known.get(name)
        if body is None or not symbols(body):
            return Symbol("d" + name)
        inner = self.side(body)
        return total(*(times(derivative(inner, s), self.differential(s)) for s in sorted(symbols(inner))))


def _atom(e: Expr) -> Expr:
    return e if isinstance(e, ATOMS) else Bracket(e)


def _bare_name(e: Expr) -> str | None:
    bare = without_brackets(e)
    return bare.name if isinstance(bare, Symbol) else None


def _unbracketed(node: Expr) -> Expr:
    def strip(n: Node) -> Node:
        return rebuild(without_brackets(n) if isinstance(n, Expr) else n, strip)

    result = strip(node)
    assert isinstance(result, Expr)
    return result


def _without_circles(setting: Setting) -> dict[str, Expr]:
    """The known values that are functions, without those that would lead back to themselves."""
    known: dict[str, Expr] = {}
    for name, body in setting.values.items():
        plain = not any(isinstance(n, Integral | Derivative | Differential) for n in walk(body))
        if symbols(body) and plain and not has_deep(body, name, known):
            known[name] = body
    return known


def has_deep(e: Expr, name: str, known: Mapping[str, Expr]) -> bool:
    """Whether a symbol occurs in e, or in the value of one that does."""
    seen: set[str] = set()
    todo = set(symbols(e))
    while todo:
        s = todo.pop()
        if s == name:
            return True
        if s not in seen:
            seen.add(s)
            if s in known:
                todo |= symbols(known[s])
    return False


# ---------------------------------------------------------------- comparing two sides


def _compare(task: Compare, budget: Budget) -> Finding | None:
    setting = task.setting
    unfolder = Unfolder(setting, budget, task.left, task.right)
    law = _same_integrals(task, budget)
    if law is not None:
        return law
    left, right = unfolder.side(task.left), unfolder.side(task.right)
    if unfolder.jar:
        if kinds_of(task).any(frozenset({Differential})):
            return Finding(Undecided(("a differential beside an integral",)))
        return _antiderivatives(task, left, right, unfolder, budget)
    if kinds_of(task).any(frozenset({Differential})):
        return _differentials(task, left, right, unfolder, budget)
    if unfolder.dependents and _is_new_fact(task, unfolder):
        return None
    if not any(isinstance(n, Integral) for side in (left, right) for n in walk(side)):
        if not _worked_out(task, left, right):
            return None
        finding = _decide(Compare(left, right, task.sign, setting), budget)
        return _as_claimed(finding, task, unfolder)
    return _definite(task, left, right, budget)


def _worked_out(task: Compare, left: Expr, right: Expr) -> bool:
    """Whether nothing of calculus is left, so that asking again cannot go round in a circle."""
    again = Compare(left, right, task.sign, task.setting)
    kinds = kinds_of(again)
    return not (kinds.any(CALCULUS) or kinds.primed)


def _is_new_fact(task: Compare, unfolder: Unfolder) -> bool:
    """`y' = 3x` with y unknown says something new; `d/dx(xy) = y + x y'` is a rule of calculus."""
    for side in (task.left, task.right):
        bare = without_brackets(side)
        if isinstance(bare, Derivative) and _bare_name(bare.operand) in unfolder.dependents:
            return True
    return not any(
        isinstance(n, Derivative) and _bare_name(n.operand) is None
        for side in (task.left, task.right)
        for n in walk(side)
    )


def _as_claimed(finding: Finding, task: Compare, unfolder: Unfolder) -> Finding | None:
    """The finding for the worked-out sides, in the words of what was written."""
    evidence = finding.evidence
    if evidence.verdict is not Verdict.WRONG:
        return finding if evidence.verdict is Verdict.CORRECT else None
    if unfolder.assumed or _is_an_equation(task, unfolder):
        return Finding(Undecided(("worked out the derivatives and integrals",)))
    return Finding(_named(evidence, task), finding.remarks)


def _is_an_equation(task: Compare, unfolder: Unfolder) -> bool:
    """f'(x) = 0 asks for which x the slope is 0; it does not claim that it always is."""
    for this, other in ((task.left, task.right), (task.right, task.left)):
        calculus = any(isinstance(n, Derivative) or (isinstance(n, Call) and n.primes) for n in walk(this))
        if calculus and not symbols(other) and symbols(unfolder.side(this)):
            return True
    return False


def _named(evidence: Evidence, task: Compare) -> Evidence:
    match evidence:
        case Counterexample():
            return replace(evidence, left_text=text_of(task.left), right_text=text_of(task.right))
        case FalseEquality():
            return replace(evidence, left_text=text_of(task.left), right_text=text_of(task.right))
    return evidence


def _definite(task: Compare, left: Expr, right: Expr, budget: Budget) -> Finding | None:
    """With a definite integral whose antiderivative was not found: balls refute, SymPy or balls confirm."""
    budget.spend(30_000)
    setting = task.setting
    if symbols(left) | symbols(right):
        return None
    try:
        a, b = (
            evaluate(s, bits=64, wide=wide, angle_unit=setting.angle_unit, log_base=setting.log_base)
            for s, wide in ((left, True), (right, True))
        )
    except (Undefined, Unsupported, TooLarge):
        return _improper(task, left, right, budget)
    if not a.overlaps(b):
        if task.sign not in ("=", "≈"):
            return None
        if a.rad() > abs(a - b) / 4 or b.rad() > abs(a - b) / 4:
            return None
        texts = _short(a), _short(b)
        if texts[0] == texts[1]:
            return None
        return Finding(FalseEquality(text_of(task.left), text_of(task.right), *texts, task.sign))
    if task.sign == "≈" or _has_decimals(right) or _has_decimals(left):
        return Finding(EqualValues(_short(a if not _has_decimals(left) else b), exact=False))
    found = _by_sympy(task, left, right, budget)
    if found is not None:
        return found
    return Finding(EqualValues(_short(a), exact=False))


def _has_decimals(e: Expr) -> bool:
    from tutor.bridge.exact import has_decimals

    return has_decimals(e)


def _short(ball: object) -> str:
    return str(ball.str(8, radius=False))  # type: ignore[attr-defined]


def _improper(task: Compare, left: Expr, right: Expr, budget: Budget) -> Finding | None:
    """No ball holds it: SymPy may know the improper integral."""
    return _by_sympy(task, left, right, budget) or Finding(Undecided(("definite integral",)))


def _by_sympy(task: Compare, left: Expr, right: Expr, budget: Budget) -> Finding | None:
    for with_integral, claimed in ((left, right), (right, left)):
        bare = without_brackets(with_integral)
        if (
            isinstance(bare, Integral)
            and bare.lower is not None
            and bare.upper is not None
            and not any(isinstance(n, Integral) for n in walk(claimed))
            and child.small_enough(bare, claimed)
        ):
            try:
                same, _ = child.ask(
                    budget,
                    "integral_equals",
                    bare.integrand,
                    bare.variable.name,
                    bare.lower,
                    bare.upper,
                    claimed,
                    child.options(task.setting),
                )
            except NoAnswer as reason:
                return Finding(Undecided(("definite integral",), timeout=True)) if reason.timeout else None
            if same:
                return Finding(Identity("SymPy: integrate"))
    return None


def _same_integrals(task: Compare, budget: Budget) -> Finding | None:
    """∫_a^b f = [F]_a^b with F' = f, and ∫_a^b f = ∫_a^b g with f = g"""
    a, b = without_brackets(task.left), without_brackets(task.right)
    if isinstance(a, Evaluated):
        a, b = b, a
    if not (isinstance(a, Integral) and a.lower is not None and a.upper is not None):
        return None
    same_ends = getattr(b, "lower", None) == a.lower and getattr(b, "upper", None) == a.upper
    if not same_ends:
        return None
    unfolder = Unfolder(task.setting, budget, a)
    name = a.variable.name
    f = unfolder.side(resolve(a.integrand, task.setting))
    if isinstance(b, Evaluated) and (b.variable is None or b.variable.name == name):
        big = unfolder.side(resolve(b.operand, task.setting))
        if not (continuous_everywhere(f, name) and continuous_everywhere(big, name)) and (
            not symbols(a) and not unfolder.has_value(a)
        ):
            return None
        slope = derivative(big, name)
        found = _decide(Compare(slope, f, "=", task.setting), budget)
        if found.evidence.verdict is Verdict.CORRECT:
            return Finding(Identity("differentiating"), found.remarks)
        if isinstance(found.evidence, Counterexample) and not symbols(a):
            # F' ≠ f alone does not make F(b) - F(a) wrong; the numbers decide below.
            return None
        return None
    if isinstance(b, Integral):
        other = substitute(b.integrand, {b.variable.name: a.variable}) if b.variable != a.variable else b.integrand
        found = _decide(Compare(a.integrand, other, "=", task.setting), budget)
        if found.evidence.verdict is Verdict.CORRECT:
            return found
    return None


# ---------------------------------------------------------------- indefinite integrals


def _antiderivatives(task: Compare, left: Expr, right: Expr, unfolder: Unfolder, budget: Budget) -> Finding | None:
    """d(left) = d(right), with dx, dy, … as symbols; for one variable, at dx = 1."""
    if task.sign != "=":
        return None
    moving = sorted({k.variable for k in unfolder.jar.values()})
    base = [m for m in moving if m not in unfolder.known]
    if not base:
        base = sorted({s for m in moving for s in _roots(m, unfolder.known)})
    if not base:
        return None
    slopes = [_differential_of(side, base, unfolder) for side in (left, right)]
    a, b = slopes
    if any(name.startswith("∫") for s in slopes for name in symbols(s)):
        found = _decide(Compare(a, b, "=", task.setting), budget)
        return found if found.evidence.verdict is Verdict.CORRECT else Finding(Undecided(("differentiating",)))
    setting = replace(task.setting, values={k: v for k, v in task.setting.values.items() if k not in base})
    found = _decide(Compare(a, b, "=", setting), budget)
    evidence = found.evidence
    if evidence.verdict is Verdict.CORRECT:
        remarks = [*found.remarks, *_missing_constant(task, unfolder), *_bare_logarithm(task, base)]
        return Finding(Identity("differentiating", getattr(evidence, "except_where", ())), tuple(remarks))
    if evidence.verdict is Verdict.WRONG and len(base) == 1 and not _differs_by_setting(task, unfolder, base[0]):
        return Finding(_slopes_differ(evidence, task))
    return Finding(Undecided(("differentiating both sides",)))


def _roots(name: str, known: Mapping[str, Expr]) -> set[str]:
    """The unknown symbols that a known one depends on."""
    found: set[str] = set()
    todo = {name}
    seen: set[str] = set()
    while todo:
        s = todo.pop()
        if s in seen:
            continue
        seen.add(s)
        if s in known:
            todo |= symbols(known[s])
        else:
            found.add(s)
    return found


def _differential_of(e: Expr, base: list[str], unfolder: Unfolder) -> Expr:
    """Σ ∂e/∂s ds over the base variables; ds is left out where there is only one."""
    one = len(base) == 1

    def d(name: str) -> Expr:
        return ONE if one else Symbol("d" + name)

    for name in base:
        e = unfolder.known_in_terms_of(e, name)
    parts: list[Expr] = []
    for name in base:
        if has(e, name):
            parts.append(times(derivative(e, name), d(name)))
    for name in sorted(symbols(e)):
        if name not in unfolder.jar:
            continue
        kept = unfolder.jar[name]
        outer = derivative(e, name)
        if kept.variable in base:
            f = kept.integrand
            for other in base:
                f = unfolder.known_in_terms_of(f, other)
            parts.append(times(outer, f, d(kept.variable)))
            continue
        f, g = kept.integrand, unfolder.known[kept.variable]
        for other in base:
            f, g = unfolder.known_in_terms_of(f, other), unfolder.known_in_terms_of(g, other)
        slope = total(*(times(derivative(g, s), d(s)) for s in base if has(g, s)))
        parts.append(times(outer, f, slope))
    return bounded(total(*parts))


def _differs_by_setting(task: Compare, unfolder: Unfolder, base: str) -> bool:
    """Whether one side is in a letter whose tie to the variable is not known, so that nothing can be refuted."""
    extra = {s for side in (task.left, task.right) for s in symbols(side)} - {base} - set(unfolder.known)
    in_integrands = {s for k in unfolder.jar.values() for s in symbols(k.integrand)}
    strange = {s for s in extra - in_integrands if not is_constant_name(s, task.setting) and s not in CONSTANTS}
    return any((len(s) == 1 and s in "uvwst") or s in ("theta", "phi") for s in strange)


def _slopes_differ(evidence: Evidence, task: Compare) -> Evidence:
    """The derivatives of the two sides at one point."""

    def said(side: Expr) -> str:
        bare = without_brackets(side)
        if isinstance(bare, Integral):
            return "the integrand"
        return f"the derivative of {text_of(side)}"

    texts = said(task.left), said(task.right)
    match evidence:
        case Counterexample():
            return replace(evidence, left_text=texts[0], right_text=texts[1])
        case FalseEquality():
            return Counterexample({}, evidence.left, evidence.right, *texts)
    return evidence


def _missing_constant(task: Compare, unfolder: Unfolder) -> Iterator[Remark]:
    """∫ 2x dx = x²: an antiderivative, not all of them."""
    sides = [any(_is_indefinite(n) for n in walk(s)) for s in (task.left, task.right)]
    if sides[0] == sides[1]:
        return
    answer = task.right if sides[0] else task.left
    question = task.left if sides[0] else task.right
    extra = symbols(answer) - symbols(question) - set(unfolder.known)
    if not extra:
        yield Remark("constant_missing", f"{text_of(answer)} + C: the constant of integration is missing")


def _is_indefinite(n: Node) -> bool:
    return isinstance(n, Integral) and n.lower is None


def _bare_logarithm(task: Compare, base: list[str]) -> Iterator[Remark]:
    """∫ dx/x = ln x: true for x > 0 only."""
    integrands = [n for s in (task.left, task.right) for n in walk(s) if _is_indefinite(n)]
    if any(isinstance(n, Call) and n.name in ("ln", "log") for i in integrands for n in walk(i)):
        return
    for side in (task.left, task.right):
        for n in walk(side):
            if isinstance(n, Call) and n.name in ("ln", "log") and len(n.args) == 1:
                argument = without_brackets(n.args[0])
                if any(has(argument, m) for m in base) and _may_be_negative(argument):
                    text = text_of(argument)
                    yield Remark("domain", f"true where {text} > 0; ln|{text}| is true where {text} < 0 as well")
                    return


def _may_be_negative(e: Expr) -> bool:
    """Whether it is not positive at sight."""
    match e:
        case Absolute():
            return False
        case Sum(terms):
            return not all(_square_or_positive(t) for t in terms)
    return not _square_or_positive(e)


def _square_or_positive(e: Expr) -> bool:
    from tutor.syntax.tree import Power

    value = literal(e)
    if value is not None:
        return value > 0
    match e:
        case Power(Constant("e"), _):
            return True
        case Power(_, exponent) if (n := literal(exponent)) is not None:
            return n.denominator == 1 and n.numerator % 2 == 0
        case Call("exp"):
            return True
    return False


def _up_to_a_constant(task: Compare, budget: Budget) -> Finding | None:
    """ln|2x| + C = ln|x| + C: the two C differ by a number, which the work leaves unsaid.

    Solves right = left for the constant on the right: it must not depend on anything but the constant on the left.
    """
    setting = task.setting
    names = [n for n in symbols(task.left) | symbols(task.right) if is_constant_name(n, setting)]
    left, right = resolve(task.left, setting), resolve(task.right, setting)
    if len(names) == 2 and setting.constants:
        # 1/3 + C = K: each side has its own.
        name = next((n for n in names if has(right, n) and not has(left, n)), "")
        if not name or has(right, next(n for n in names if n != name)):
            return None
    elif len(names) != 1 or (not setting.constants and not _added_to_both(task, names[0])):
        return None
    else:
        (name,) = names
        if not (has(left, name) and has(right, name)):
            return None
    others = sorted((symbols(left) | symbols(right)) - set(names))
    if not others:
        return None
    linear = linear_in(right, name) or linear_in(left, name)
    if linear is None:
        return None
    this = left if linear_in(right, name) is not None else right
    slope, rest = linear
    constant = over(difference(this, rest), slope)
    budget.spend(3_000 * len(others))
    for other in others:
        if not has(constant, other):
            continue
        found = _decide(
            Compare(derivative(constant, other), ZERO, "=", replace(setting, constants=frozenset())), budget
        )
        if found.evidence.verdict is not Verdict.CORRECT:
            return None
    return Finding(Identity("up to the constant of integration"))


def _added_to_both(task: Compare, name: str) -> bool:
    """Whether C is a term of each side, and a function beyond powers is there, as after an integral."""
    for side in (task.left, task.right):
        bare = without_brackets(side)
        if not (isinstance(bare, Sum) and any(_bare_name(t) == name for t in bare.terms)):
            return False
    return any(isinstance(n, Call) for s in (task.left, task.right) for n in walk(s))


# ---------------------------------------------------------------- differentials


def _differentials(task: Compare, left: Expr, right: Expr, unfolder: Unfolder, budget: Budget) -> Finding | None:
    """Du = 2x dx where u = x² is known; with u unknown it defines du."""
    written = {n.variable.name for s in (task.left, task.right) for n in walk(s) if isinstance(n, Differential)}
    if not any(name in unfolder.known for name in written):
        return Finding(NothingClaimed("definition"))
    free = sorted({"d" + s for name in written for s in _roots(name, unfolder.known)})
    for name in list(unfolder.known):
        left, right = (
            substitute(s, {name: Bracket(unfolder.known[name])}) if has(s, name) else s for s in (left, right)
        )
    if len(free) == 1:
        left, right = (substitute(s, {free[0]: ONE}) for s in (left, right))
    found = _decide(Compare(left, right, task.sign, replace(task.setting, values={})), budget)
    if isinstance(found.evidence, Counterexample) and len(free) == 1:
        texts = (f"{text_of(task.left)} over {free[0]}", f"{text_of(task.right)} over {free[0]}")
        return Finding(replace(found.evidence, left_text=texts[0], right_text=texts[1]))
    if found.evidence.verdict is Verdict.CORRECT:
        return Finding(Identity("differentiating"), found.remarks)
    return found if found.evidence.verdict is Verdict.WRONG and len(free) == 1 else None


# ---------------------------------------------------------------- lines that follow from lines


@dataclass(frozen=True, slots=True)
class Slope:
    """y' = slope, as a statement about an unknown y(x) gives it; explicit where y itself is a function of x alone."""

    slope: Expr
    explicit: Expr | None


def _relate(task: Relate, budget: Budget) -> Finding | None:
    found = _by_definition(task, budget) or _by_slopes(task, budget)
    if found is not None:
        return found
    if is_definition(task.before, task.setting):
        return Finding(Undecided(("the line before is a definition",)))
    return _unfolded(task, budget)


def _by_definition(task: Relate, budget: Budget) -> Finding | None:
    """The derivative of what the line before defines: y = x³ → y' = 3x²; f(x) = x³ → f'(x) = 3x²"""
    before, after = task.before, task.after
    if not (isinstance(before, Chain) and isinstance(after, Chain)):
        return None
    if before.relations != ("=",) or after.relations != ("=",):
        return None
    head = without_brackets(before.operands[0])
    body = before.operands[1]
    setting = task.setting
    match head:
        case Symbol(name) if not has(body, name) and symbols(body):
            setting = replace(setting, values={**setting.values, name: body})
        case Call(name, (Symbol(parameter),), None, 0):
            setting = replace(setting, functions={**setting.functions, name: ((parameter,), body)})
        case _:
            return None
    about = without_brackets(after.operands[0])
    mentions = (isinstance(about, Derivative) and _bare_name(about.operand) == name) or (
        isinstance(about, Call) and about.primes > 0 and about.name == name
    )
    if not mentions:
        return None
    finding = _compare(Compare(after.operands[0], after.operands[1], "=", setting), budget)
    if finding is not None and finding.evidence.verdict in (Verdict.CORRECT, Verdict.WRONG):
        return finding
    return None


def _by_slopes(task: Relate, budget: Budget) -> Finding | None:
    """Implicit differentiation and differential equations: both lines give y', and it is the same."""
    pair = _dependent_pair(task)
    if pair is None:
        return None
    y, x = pair
    if _takes_the_value_at_a_point(task.before, task.after):
        return Finding(Undecided(("the slope at a point",)))
    a = _slope(task.before, y, x, task.setting, budget)
    b = _slope(task.after, y, x, task.setting, budget)
    if a is None or b is None:
        return None
    left, right = a.slope, b.slope
    explicit = b.explicit or a.explicit
    if explicit is not None:
        left, right = substitute(left, {y: explicit}), substitute(right, {y: explicit})
    found = _decide(Compare(bounded(left), bounded(right), "=", task.setting), budget)
    if found.evidence.verdict is Verdict.CORRECT:
        shown = text_of(left) if len(text_of(left)) < 60 else "the same function"
        text = f"{y}' = {shown}"
        return Finding(SolutionSets(Relation.EQUIVALENT, text, text), found.remarks)
    if isinstance(found.evidence, Counterexample):
        refuted = _refuted_slope(task, a, b, found.evidence, y, x, budget)
        if refuted is not None:
            return refuted
    return Finding(Undecided(("compared the slopes that the two lines give",)))


def _takes_the_value_at_a_point(before: Statement, after: Statement) -> bool:
    """dy/dx = -x/y, and = -3/4 below it: the right side at a point, and no curve of its own."""
    if not (isinstance(before, Chain) and isinstance(after, Chain)) or symbols(after.operands[-1]):
        return False
    return isinstance(before.operands[0], Derivative) and after.operands[0] == before.operands[-1]


def _refuted_slope(
    task: Relate, a: Slope, b: Slope, evidence: Counterexample, y: str, x: str, budget: Budget
) -> Finding | None:
    """A rational point on the curve at which the two lines give different slopes."""
    texts = f"{y}' by the line before", f"{y}' by this one"
    has_calculus = [any(isinstance(n, Derivative | Differential | Integral) for n in walk(s)) for s in _sides(task)]
    if all(has_calculus) or b.explicit is not None:
        # Both are claims about every solution; where y itself is free, so is the point.
        if set(evidence.values) <= {x, y} and not a.explicit:
            return Finding(replace(evidence, left_text=texts[0], right_text=texts[1]))
        return None
    curve = task.before if not has_calculus[0] else task.after
    if not isinstance(curve, Chain) or len(curve.operands) != 2:
        return None
    equation = difference(curve.operands[0], curve.operands[1])
    if not symbols(equation) <= {x, y}:
        return None
    for point in _points_on(equation, x, y, budget):
        try:
            left, right = (
                evaluate(s.slope, point, 64, angle_unit=task.setting.angle_unit, log_base=task.setting.log_base)
                for s in (a, b)
            )
        except (Undefined, Unsupported, TooLarge):
            continue
        if not left.overlaps(right):
            shown = {k: str(v) for k, v in point.items()}
            return Finding(Counterexample(shown, _short(left), _short(right), *texts))
    return None


def _sides(task: Relate) -> tuple[Statement, Statement]:
    return task.before, task.after


def _points_on(equation: Expr, x: str, y: str, budget: Budget):  # type: ignore[no-untyped-def]
    """Small rational points of a curve, exactly on it."""
    from fractions import Fraction

    from tutor.bridge.exact import rational_value

    grid = [Fraction(k, 2) for k in range(-12, 13)]
    grid.sort(key=lambda v: (v.denominator, abs(v), v < 0))
    budget.spend(len(grid) ** 2 * 8)
    for a in grid:
        for b in grid:
            try:
                if rational_value(equation, {x: a, y: b}) == 0:
                    yield {x: a, y: b}
            except (Undefined, Unsupported, TooLarge):
                continue


def _dependent_pair(task: Relate) -> tuple[str, str] | None:
    """(y, x) of the dy/dx, y' or dy and dx that stand in the task."""
    y: str | None = None
    x: str | None = None
    differentials: list[str] = []
    names: set[str] = set()
    for side in _sides(task):
        names |= symbols(side)
        for n in walk(side):
            if isinstance(n, Derivative) and (name := _bare_name(n.operand)) is not None and n.order == 1:
                y = y or name
                if n.variable is not None:
                    x = x or n.variable.name
            elif isinstance(n, Differential) or (isinstance(n, Integral) and n.lower is None):
                differentials.append(n.variable.name)
    differentials = list(dict.fromkeys(differentials))
    if y is None and len(differentials) == 2:
        y = "y" if "y" in differentials else differentials[0]
        x = next(d for d in differentials if d != y)
    if y is None:
        return None
    if x is None:
        others = sorted(names - {y})
        x = next((u for u in ("x", "t") if u in others), others[0] if len(others) == 1 else None)
    return None if x is None or x == y else (y, x)


def _slope(statement: Statement, y: str, x: str, setting: Setting, budget: Budget) -> Slope | None:
    """Y' as a function of x and y, from an equation linear in y' or dy, or by differentiating it."""
    if not (isinstance(statement, Chain) and len(statement.operands) == 2 and statement.relations == ("=",)):
        return None
    values = {k: v for k, v in setting.values.items() if k not in (x, y)}
    functions = {k: v for k, v in setting.functions.items() if k != y}
    bare = replace(setting, values=values, functions=functions)
    unfolder = Unfolder(bare, budget, statement)
    unfolder.dependents.add(y)
    left, right = (unfolder.side(s) for s in statement.operands)
    explicit: Expr | None = None
    rest = difference(left, right)
    names = symbols(rest)
    prime = y + "'"
    if unfolder.jar:
        parts = []
        for name, weight in ((x, ONE), (y, Symbol(prime))):
            if has(rest, name):
                parts.append(times(derivative(rest, name), weight))
        for name, kept in unfolder.jar.items():
            weight = ONE if kept.variable == x else Symbol(prime)
            if kept.variable not in (x, y):
                return None
            parts.append(times(derivative(rest, name), kept.integrand, weight))
        rest = total(*parts)
    elif {"d" + x, "d" + y} & names and any(isinstance(n, Differential) for n in walk(statement)):
        rest = substitute(rest, {"d" + x: ONE, "d" + y: Symbol(prime)})
    elif prime not in names:
        for this, other in ((left, right), (right, left)):
            if _bare_name(this) == y and not has(other, y):
                explicit = other
        rest = unfolder.total_derivative(rest, x)
    if any(name.startswith("∫") for name in symbols(rest)) or prime + "'" in symbols(rest):
        return None
    linear = linear_in(rest, prime)
    if linear is None:
        try:
            slope = derivative(rest, prime)
        except Unsupported:
            return None
        if has(slope, prime) or literal(slope) == 0:
            return None
        linear = slope, substitute(rest, {prime: ZERO})
    return Slope(bounded(negative(over(linear[1], linear[0]))), explicit)


def _is_identity(statement: Node, setting: Setting, budget: Budget) -> bool:
    match statement:
        case Chain((left, right), ("=",)):
            found = _decide(Compare(left, right, "=", setting), budget)
            return found.evidence.verdict is Verdict.CORRECT
    return False


def _unfolded(task: Relate, budget: Budget) -> Finding | None:
    """The two lines with their derivatives worked out, asked again."""
    unfolder = Unfolder(task.setting, budget, task.before, task.after)
    if unfolder.dependents:
        return None
    before, after = unfolder.unfold(task.before), unfolder.unfold(task.after)
    if unfolder.jar or (before is task.before and after is task.after):
        return None
    for unfolded, written in ((before, task.before), (after, task.after)):
        # f'(x) = 3x² - 3 works out to an identity: it says what f' is, and solves nothing.
        if unfolded is not written and _is_identity(unfolded, task.setting, budget):
            return None
    again = Relate(before, after, task.setting)  # type: ignore[arg-type]
    kinds = kinds_of(again)
    if kinds.any(CALCULUS) or kinds.primed:
        return None
    return _decide(again, budget)
