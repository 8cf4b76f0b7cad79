"""From a wrong line and what stands before it to the errors that lead from one to the other.

Every rule is applied to the lines before, anywhere in their trees; its result is compared with the student's line
by the verifier. Nothing is said of a line that follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from re import IGNORECASE, search

from tutor.errors import StudentError, Unsupported
from tutor.misconceptions.asking import as_asked, up_to_constants
from tutor.misconceptions.catalogue import Entry, entries
from tutor.misconceptions.chance import by_chance, sides_kept
from tutor.misconceptions.comparing import Agreement, agreement, is_written, same_expression
from tutor.misconceptions.misconception import Misconception
from tutor.misconceptions.patterns import plain, put_in
from tutor.misconceptions.physical import physical_causes
from tutor.misconceptions.right_moves import right_moves
from tutor.misconceptions.rules import index, rules
from tutor.records import Verdict
from tutor.syntax.tree import (
    Absolute,
    Both,
    Call,
    Chain,
    Constant,
    Degrees,
    Derivative,
    Either,
    Evaluated,
    Expr,
    Integral,
    Limit,
    Matrix,
    Mixed,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Statement,
    Sum,
    Symbol,
    Tuple,
    kinds,
    numbers,
    rebuild,
    symbols,
    walk,
)
from tutor.verify.domains import decide
from tutor.verify.physical import in_base_units
from tutor.verify.tasks import Entail, Setting

MOST_FORMS = 400  # wrong forms compared for one line
MOST_FIRST_SLIPS = 40
PLAIN = Setting()
CALCULUS: frozenset[type[Node]] = frozenset({Integral, Limit, Derivative})


@dataclass(frozen=True, slots=True)
class Cause:
    """One error that explains a line.

    form: what the wrong rule makes of the line before. written: it is what the student wrote, sign for sign.
    after: the error that came first, where two slips together explain the line. named: the problem speaks of it.
    """

    id: str
    form: Statement
    written: bool
    after: str | None = None
    agreement: Agreement = Agreement.VALUE
    named: bool = False

    @property
    def entry(self) -> Entry:
        """What the catalogue has of it."""
        return entries()[self.id]


def explain(
    before: Sequence[Statement],
    line: Statement,
    setting: Setting = PLAIN,
    situation: str = "",
    *,
    moved: bool = False,
    as_it_stands: bool = False,
) -> tuple[Cause, ...]:
    """The errors that lead from the statements before to a line, likeliest first; none where it follows from them.

    before: what the line was made from, the latest last: an equation, an expression, the lines of a system, or given
    values with the formula into which they are put. situation: the problem's words, which tell a variance from a sum.
    moved: a right step was taken before already; else, where nothing is found, such steps are tried. as_it_stands: of
    one statement before, only errors that give the line sign for sign are looked for.
    """
    subjects, wanted = as_asked([plain(statement) for statement in before], plain(line))
    wanted = with_units(wanted, subjects)
    values, formulas = parted(subjects)
    if values and not any(Quantity in kinds(s) for s in subjects):
        formulas += [put_in(formula, values) for formula in formulas]
    follows = follows_from(subjects, formulas, wanted, setting, values)
    found: list[Cause] = []
    left = MOST_FORMS
    final = is_final(wanted)
    lines = all_lines(formulas, subjects)
    calculus = any(not kinds(each).isdisjoint(CALCULUS) for each in lines)
    for rule in rules_about(subjects, wanted, lines):
        if follows and not (rule.keeps_value and (final or not rule.final)):
            continue
        named = bool(situation and rule.words and search(rule.words, situation, IGNORECASE))
        if rule.words and not named and (situation or rule.only_named):
            continue
        if situation and rule.unless and search(rule.unless, situation, IGNORECASE):
            continue
        best = Agreement.NONE
        form: Statement | None = None
        limits = rule.entry.topic.startswith("calculus")
        for each in forms(rule, lines):
            if calculus and not limits and unworked(each, wanted):
                continue
            left -= 1
            pair = up_to_constants(each, wanted, subjects)
            if as_it_stands:
                close = Agreement.WRITTEN if is_written(*pair) else Agreement.NONE
            else:
                close = agreement(*pair, setting, values)
            if close > best:
                best, form = close, each
            if best is Agreement.WRITTEN:
                break
        if form is not None and best is Agreement.VALUE and not rule.keeps_value:
            form = None if by_chance(rule.entry.topic, subjects, form, wanted) else form
        if form is None and rule.fits is not None and any(rule.fits(each, wanted) for each in formulas):
            form, best = wanted, Agreement.VALUE
        if form is not None and (
            best is Agreement.WRITTEN or rule.keeps_value or not right_after_all(form, formulas, setting)
        ):
            found.append(Cause(rule.id, form, best is Agreement.WRITTEN, agreement=best, named=named))
    measured = any(not kinds(s).isdisjoint(NEEDED["physics"]) for s in (*subjects, wanted))
    found += [
        Cause(each.id, each.form, each.agreement is Agreement.WRITTEN, agreement=each.agreement, named=each.named)
        for each in physical_causes(subjects, wanted, situation, follows, bare=not measured)
    ]
    if not found and not follows and not moved and len(subjects) == 1:
        for move in right_moves(subjects[0]):
            after = explain((move,), line, setting, situation, moved=True)
            if after and any(sides_kept(subjects[0], wanted)):
                after = tuple(c for c in after if c.agreement is not Agreement.VALUE)
            if after:
                return after
    return tuple(sorted(found, key=rank))


def unworked(form: Statement, line: Statement) -> bool:
    """Whether an integral, limit or derivative is still to be worked out in the form, and is so in the line."""
    return not kinds(form).isdisjoint(CALCULUS) and kinds(line).isdisjoint(CALCULUS)


def right_after_all(form: Statement, formulas: Sequence[Statement], setting: Setting) -> bool:
    """Whether the wrong rule gave what is right: of two integrals the verifier may tell less than of their values."""
    return isinstance(form, Expr) and any(isinstance(f, Expr) and same_expression(f, form, setting) for f in formulas)


def follows_from(
    subjects: Sequence[Statement],
    formulas: Sequence[Statement],
    line: Statement,
    setting: Setting,
    values: Mapping[str, Expr],
) -> bool:
    """Whether the line says the same as one of those before it, or follows from all of them."""
    if any(agreement(each, line, setting, values) for each in formulas):
        return True
    if isinstance(line, Expr) or any(isinstance(s, Expr) for s in subjects):
        return False
    parts = line.parts if isinstance(line, Both) else (line,)
    premises = tuple(subjects)
    found = [decide(Entail(premises, part, setting)) for part in parts]
    return all(
        f.evidence.verdict is Verdict.CORRECT and not any(r.kind == "truncated" for r in f.remarks) for f in found
    )


def with_units(line: Statement, subjects: Sequence[Statement]) -> Statement:
    """A letter after a number as the unit that it is in the lines before: -22.3 m after 20 m · tan 40°."""
    units = {n.unit.text: n.unit for s in subjects if Quantity in kinds(s) for n in walk(s) if isinstance(n, Quantity)}
    if not units or units.keys().isdisjoint(symbols(line)) or any(units.keys() & symbols(s) for s in subjects):
        return line

    def change(node: Node) -> Node:
        match node:
            case Product((Number() as value, Symbol(name))) if name in units:
                return Quantity(value, units[name])
        return rebuild(node, change)

    return change(line)  # type: ignore[return-value]


def is_final(line: Statement) -> bool:
    """Whether a line states solutions: values, bounds, or that there are none."""
    match line:
        case Either(parts) | Both(parts):
            return all(is_final(part) for part in parts)
        case Chain(operands):
            return any(isinstance(o, Symbol) for o in operands) and sum(bool(symbols(o)) for o in operands) == 1
        case Expr():
            return False
    return True


def rules_about(subjects: Sequence[Statement], line: Statement, lines: Sequence[Statement]) -> Iterator[Misconception]:
    """The rules that speak of what stands in the lines and may make something of them, but those of physics."""
    statements = (*subjects, line)
    there = frozenset().union(*map(kinds, statements))
    names = {n.name for s in statements for n in walk(s) if isinstance(n, Call | Constant)}
    topics = {topic for topic in topics_of_mathematics() if about(topic, there, names)}
    found = frozenset().union(*map(kinds, lines))
    for place in index():
        if place.topic in topics and place.may_fit(found):
            yield rules()[place.id]


@cache
def topics_of_mathematics() -> frozenset[str]:
    """The topics of the rules that are not of physics."""
    return frozenset(place.topic for place in index() if not place.physical)


def about(topic: str, there: frozenset[type[Node]], names: Set[str]) -> bool:
    """Whether lines with these kinds of node and these names are what the entries of a topic speak of."""
    needed = NEEDED.get(topic)
    return needed is None or not there.isdisjoint(needed) or not names.isdisjoint(NAMES.get(topic, frozenset()))


NEEDED: Mapping[str, frozenset[type[Node]]] = {
    "physics": frozenset({Quantity, Degrees}),
    "calculus_integrals": frozenset({Integral, Evaluated}),
    "calculus_limits_derivatives": frozenset({Derivative, Limit}),
    "vectors_matrices_complex": frozenset({Matrix, Tuple, Root, Absolute}),
    "logarithms": frozenset({Power}),
    "trigonometry": frozenset({Degrees}),
}
NAMES: Mapping[str, frozenset[str]] = {
    "logarithms": frozenset({"log", "ln", "lg", "exp", "e"}),
    "trigonometry": frozenset("sin cos tan cot sec csc arcsin arccos arctan pi".split()),
    "vectors_matrices_complex": frozenset({"i", "conj", "arg", "det", "cos"}),
    "calculus_limits_derivatives": frozenset({"at"}),
}


def all_lines(formulas: Sequence[Statement], subjects: Sequence[Statement]) -> list[Statement]:
    """What rules are applied to: each line, also with its mixed numbers as sums, and all of them as one system."""
    found: list[Statement] = [*formulas, *(plain(parts_of_mixed(f)) for f in formulas if Mixed in kinds(f))]  # type: ignore[list-item]
    return [*found, Both(tuple(subjects))] if len(subjects) > 1 else found


def forms(rule: Misconception, lines: Sequence[Statement]) -> Iterator[Statement]:
    """What a rule makes of each line."""
    seen: set[Statement] = set()
    for line in lines:
        try:
            for form in rule.forms(line):
                new = plain(form)
                if new != line and new not in seen:
                    seen.add(new)
                    yield new
        except (StudentError, Unsupported, ArithmeticError, ValueError, RecursionError):
            continue


def parts_of_mixed(node: Node) -> Node:
    """2 + 1/3 for each 2 1/3."""
    if isinstance(node, Mixed):
        return Sum((node.whole, Quotient(node.top, node.bottom)))
    return rebuild(node, parts_of_mixed)


def parted(subjects: Sequence[Statement]) -> tuple[Mapping[str, Expr], list[Statement]]:
    """Values that stand beside a formula, in base units, and the formulas; all are formulas where there is no other."""
    values: dict[str, Expr] = {}
    formulas: list[Statement] = []
    for subject in subjects:
        if isinstance(subject, Chain) and is_value(subject):
            name = subject.operands[0]
            assert isinstance(name, Symbol)
            values[name.name] = in_base_units(subject.operands[1])
        else:
            formulas.append(subject)
    used = frozenset().union(*(symbols(f) for f in formulas)) if formulas else frozenset()
    if not used & values.keys():
        return {}, list(subjects)
    return values, formulas


def is_value(chain: Chain) -> bool:
    """`m = 2 kg`"""
    return (
        len(chain.operands) == 2
        and chain.relations == ("=",)
        and isinstance(chain.operands[0], Symbol)
        and not symbols(chain.operands[1])
        and bool(numbers(chain.operands[1]))
    )


def rank(cause: Cause) -> tuple[bool, int, bool, bool, bool, int, str]:
    """Sooner: what gives the line as it was written, what the problem is about, the rule that says more of the line.

    Where only the solutions are the same, both sides were changed: by a rule for equations sooner than in one term.
    """
    whole = cause.agreement is Agreement.VALUE and cause.entry.topic.startswith("equations")
    physical = cause.entry.physical and not rules()[cause.id].bare
    return (not physical, -cause.agreement, not cause.named, not whole, unheard(cause), -size_of(cause.id), cause.id)


def unheard(cause: Cause) -> bool:
    """Whether the rule is about certain problems, and nothing was said of the problem."""
    return bool(rules()[cause.id].words) and not cause.named


def size_of(name: str) -> int:
    """How much of a line the rule's pattern takes up."""
    from tutor.misconceptions.misconception import compiled

    rule = rules()[name]
    return rule.size or max((sum(1 for _ in walk(each.pattern)) for each in compiled(rule.patterns)), default=6)
