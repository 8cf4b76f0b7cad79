"""Whether a line of work shows what a mark scheme demands: asked of the verifier, never told by the letters alone.

An equation is shown by a line that is equivalent to it, by one that states the same law of physics, or by one that is
it with the problem's numbers put in. Where the problem, or an earlier mark, is equivalent to it already, only a line
of its form will do: `3x = 15` is not shown by `3x + 4 = 19`, nor (x - 2)(x - 3) = 0 by the quadratic before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import islice, pairwise, product

from tutor.errors import StudentError, Undefined, Unsupported
from tutor.laws.scene import scene_of
from tutor.records import (
    Award,
    CheckedStep,
    Evidence,
    FollowThrough,
    Part,
    Problem,
    Relation,
    Role,
    StatesLaw,
    Verdict,
    WrongLaw,
    WrongQuantity,
)
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Both,
    Bracket,
    Chain,
    Either,
    Evaluated,
    Expr,
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
    numbers,
    rebuild,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.answers import holds_product_of_sum, setting_of
from tutor.verify.domains import decide
from tutor.verify.notebook import solved_for
from tutor.verify.physical import dimension_written, in_base_units
from tutor.verify.shapes import is_zero, same_tree, unbracketed
from tutor.verify.tasks import Budget, Compare, Relate, Setting

SAME = (Relation.EQUIVALENT, Relation.SAME_ROOTS)
MOST_OWN = 6  # results of the student's that are put into a demand
WAYS = 120  # of putting the problem's numbers into a demand
HELD = (Verdict.CORRECT, Verdict.FOLLOW_THROUGH, Verdict.UNDECIDED, Verdict.NO_CLAIM)


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim of the work with what was said of it, and the line it stands on."""

    line: int
    statement: Statement
    evidence: Evidence

    @property
    def law(self) -> str:
        """The law that it states, or puts a wrong quantity into."""
        evidence = self.evidence.because if isinstance(self.evidence, FollowThrough) else self.evidence
        return evidence.law if isinstance(evidence, StatesLaw | WrongQuantity) else ""


def entries_of(steps: Sequence[CheckedStep]) -> Iterator[Entry]:
    """The claims that still stand, in order."""
    for step in steps:
        judged = step.judged
        for one in judged:
            if one.claim.role is not Role.RETRACTED:
                # What the line as a whole was found to be (the answer, a departure) is said of its only claim.
                settled = len(judged) == 1 or (one.evidence.verdict is Verdict.WRONG is not step.verdict)
                evidence = step.evidence if settled else one.evidence
                yield Entry(step.step.line, one.claim.statement, evidence)
        for claim in () if judged else step.step.claims:
            if claim.role is not Role.RETRACTED:
                yield Entry(step.step.line, claim.statement, step.evidence)


def parts_of(statement: Statement) -> Iterator[Statement]:
    """The statement, its parts where it makes several claims, and each link of a chain."""
    yield statement
    if isinstance(statement, Both):
        for part in statement.parts:
            yield from parts_of(part)
    elif isinstance(statement, Chain) and len(statement.operands) > 2:
        for (left, right), sign in zip(pairwise(statement.operands), statement.relations, strict=True):
            yield Chain((left, right), (sign,))
        # v = sqrt(2gh) = … = 24.7: the name goes with every side.
        for operand, sign in zip(statement.operands[2:], statement.relations[1:], strict=True):
            yield Chain((statement.operands[0], operand), (sign,))


@dataclass
class Showing:
    """The work on one problem or part, held against the demands of a scheme.

    problem_entries: the claims of all parts. given: what the problem itself says, and what the scheme has asked for
    before.
    """

    problem: Problem
    part: Part | None
    entries: tuple[Entry, ...]
    problem_entries: tuple[Entry, ...] = ()
    given: list[Statement] = field(default_factory=list)

    @cached_property
    def setting(self) -> Setting:
        """What symbols mean in the problem."""
        return setting_of(self.problem)

    def line_that_shows(self, award: Award) -> Entry | None:
        """The first claim that shows what is demanded."""
        for form in award.forms:
            shows = self.shows(form)
            law = self.law_of(form)
            for entry in self.entries:
                if (law and entry.law == law) or self.is_shown_by(entry, form, shows, own=award.kind == "M"):
                    return entry
        return None

    def is_shown_by(
        self, entry: Entry, form: Statement, shows: Callable[[Statement], bool], *, own: bool = False
    ) -> bool:
        """Whether a claim shows a form, or a part of it does that stands before its mistake.

        own: the student's own wrong results may stand in it.
        """
        verdict = entry.evidence.verdict
        if verdict in HELD and any(shows(part) for part in parts_of(entry.statement)):
            return True
        after_wrong = any(e.evidence.verdict is Verdict.WRONG and e.line < entry.line for e in self.problem_entries)
        if own and after_wrong and verdict in HELD:
            return any(self.shows(other)(part) for other in self.with_own(form) for part in parts_of(entry.statement))
        if verdict is not Verdict.WRONG or isinstance(entry.evidence, WrongLaw):
            return False
        if isinstance(form, Expr):  # 84/7 = 14
            return isinstance(entry.statement, Chain) and shows(entry.statement)
        links = islice(parts_of(entry.statement), 1, None)  # 3x = 19 - 4 = 14
        return any(isinstance(part, Chain) and shows(part) for part in links)

    def with_own(self, form: Statement) -> Iterator[Statement]:
        """The demand with a wrong result of the student's, or one that follows from it, for one of its numbers."""
        ends = [
            entry.statement.operands[-1]
            for entry in self.problem_entries
            if entry.evidence.verdict in (Verdict.WRONG, Verdict.FOLLOW_THROUGH) and isinstance(entry.statement, Chain)
        ]
        own = list(dict.fromkeys(n[0] for end in ends if len(n := numbers(end)) == 1))
        for number in dict.fromkeys(numbers(form)):
            for other in own[:MOST_OWN]:
                if other.value != number.value:
                    yield put_in(form, number, other)

    def shows(self, form: Statement) -> Callable[[Statement], bool]:
        """Whether a statement of the work shows a form."""
        if isinstance(form, Expr):
            known = any(isinstance(g, Expr) and self.identical(form, g) for g in self.expressions_given())
            return lambda said: self.has_expression(said, form, by_form=known)
        known = any(self.equivalent(g, form) for g in self.given if not isinstance(g, Expr))
        return lambda said: self.is_equation(said, form, by_form=known)

    def expressions_given(self) -> Iterator[Expr]:
        """Expressions that the problem gives or the scheme has asked for before."""
        yield from (g for g in self.given if isinstance(g, Expr))

    # ------------------------------------------------------------ equations

    def is_equation(self, said: Statement, form: Statement, *, by_form: bool) -> bool:
        """Whether a statement is the equation demanded."""
        if isinstance(said, Expr):
            return False
        if same_shape(said, form):
            return True
        if isinstance(said, Chain) and len(said.operands) > 2:
            return False
        if is_bare_value(said) != is_bare_value(form):  # a = 20/8 may be a = (v - u)/t with its numbers
            worked = isinstance(said, Chain) and any(isinstance(without_brackets(o), Quotient) for o in said.operands)
            return worked and any(self.implies(said, filled) for filled in self.with_numbers(form, said))
        renamed = with_name_of(said, form)
        if by_form or needs_factors(form):
            return self.has_form(renamed, form)
        if is_isolated(form) and not is_isolated(renamed):
            return False
        if self.equivalent(renamed, form) or (symbols(renamed) == symbols(form) and self.implies(renamed, form)):
            return True
        return any(self.implies(renamed, filled) for filled in self.with_numbers(form, renamed))

    def has_form(self, said: Statement, form: Statement) -> bool:
        """Side by side the same, up to a factor and which side is which; in factors where the demand is."""
        match said, form:
            case Chain((a, b), (sign,)), Chain((c, d), (demanded,)):
                if needs_factors(form):
                    return needs_factors(said) and self.equivalent(said, form)
                if is_zero(without_brackets(c)) or is_zero(without_brackets(d)):
                    return sign == demanded == "=" and self.is_rearranged(said, form)
                if multiplied_out(form) and not multiplied_out(said):
                    return False
                turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
                straight = sign == demanded and self.identical(times(a, d), times(c, b))
                crossed = turned.get(sign, sign) == demanded and self.identical(times(b, d), times(c, a))
                return (straight or crossed) and self.equivalent(said, form)
            case Either(parts), Either(demanded_parts) if len(parts) == len(demanded_parts):
                return all(any(self.has_form(p, q) or same_shape(p, q) for p in parts) for q in demanded_parts)
        return False

    def is_rearranged(self, said: Chain, form: Chain) -> bool:
        """x² = 2 - x, -x² - x + 2 = 0 and 2x² + 2x - 4 = 0 for x² + x - 2 = 0, but no line with brackets to expand."""
        if not multiplied_out(said) or any(same_shape(said, given) for given in self.given):
            return False
        one, other = (less(*chain.operands) for chain in (said, form))
        return any(self.identical(times(other, factor), one) for factor in FACTORS)

    def equivalent(self, one: Statement, other: Statement) -> bool:
        """Whether two statements have the same solutions."""
        if not symbols(one) & symbols(other):
            return False
        there = self.related(one, other)
        if there in SAME:
            return True
        return there is not None and self.related(other, one) is not None

    def implies(self, one: Statement, other: Statement) -> bool:
        """Whether the second holds wherever the first does."""
        return self.related(one, other) is not None

    def related(self, one: Statement, other: Statement) -> Relation | None:
        """How the second follows from the first; None where it does not, or that is not known."""
        try:
            evidence = decide(Relate(in_base_units(one), in_base_units(other), self.setting), Budget(200_000)).evidence
        except (StudentError, Undefined, Unsupported):
            return None
        return getattr(evidence, "relation", None) if evidence.verdict is Verdict.CORRECT else None

    # ------------------------------------------------------------ expressions

    def has_expression(self, said: Statement, form: Expr, *, by_form: bool) -> bool:
        """Whether a side of a statement is the expression demanded."""
        sides = said.operands if isinstance(said, Chain) else (said,) if isinstance(said, Expr) else ()
        inner = (side.operand for side in sides if isinstance(side, Evaluated))  # [x³/3]_1^3
        for side in (*sides, *inner):
            if same_shape(side, form) or holds_terms(side, form):
                return True
            if not by_form and symbols(side) == symbols(form) and self.identical(side, form):
                return True
        return False

    def identical(self, one: Expr, other: Expr) -> bool:
        """Whether two expressions are the same for every value of their letters."""
        try:
            finding = decide(Compare(in_base_units(one), in_base_units(other), "=", self.setting), Budget(200_000))
        except (StudentError, Undefined, Unsupported):
            return False
        return finding.evidence.verdict is Verdict.CORRECT

    # ------------------------------------------------------------ physics

    def law_of(self, form: Statement) -> str:
        """The law of physics that a demand states, "" where it states none."""
        from tutor.laws.catalogue import catalogue
        from tutor.laws.law import Meaning
        from tutor.laws.matching import matches_of

        if not isinstance(form, Chain) or not self.is_physical or len(symbols(form)) < 2:
            return ""
        found = [m for m in matches_of(form, Meaning, (), self.scene_conditions) if m.right]
        self.roles = {
            expr.name: match.law.symbols[name].role
            for match in found
            for name, expr in match.names.items()
            if isinstance(expr, Symbol) and name in match.law.symbols
        }
        self.dimensions = {name: catalogue().roles[role].dimension for name, role in self.roles.items()}
        return found[0].law.id if found else ""

    @cached_property
    def is_physical(self) -> bool:
        """Whether the problem speaks of physics."""
        return scene_of(self.problem, self.part).physical

    @cached_property
    def scene_conditions(self) -> frozenset[str]:
        """What the problem says of the scene."""
        return scene_of(self.problem, self.part).conditions

    roles: Mapping[str, str] = field(default_factory=dict)
    dimensions: Mapping[str, object] = field(default_factory=dict)

    def values_for(self, name: str) -> list[Expr]:
        """The problem's values that a letter of a demand may stand for, in base units."""
        givens = scene_of(self.problem, self.part).givens
        by_name = [g.value for g in givens if g.symbol == name]
        if not by_name and (role := self.roles.get(name)):
            by_name = [g.value for g in givens if g.role == role]
            dimension = self.dimensions.get(name)
            alike = [g.value for g in givens if dimension_written(g.value) == dimension and g.value not in by_name]
            by_name += alike if dimension else []
        own = [v for entry in self.entries if (v := value_said(entry.statement, name)) is not None]
        return [in_base_units(value) for value in (*by_name, *dict.fromkeys(own))]

    def with_numbers(self, form: Statement, said: Statement) -> Iterator[Statement]:
        """The demand with the problem's numbers in the place of the letters that the work has numbers for."""
        if not self.is_physical or not isinstance(said, Chain) or not isinstance(form, Chain):
            return
        free = symbols(said)
        missing = sorted(symbols(form) - free)
        if not missing or not free <= symbols(form) or not free:
            return
        choices = [self.values_for(name) for name in missing]
        if not all(choices):
            return
        for chosen in islice(product(*choices), WAYS):
            yield substitute(in_base_units(form), {n: Bracket(v) for n, v in zip(missing, chosen, strict=True)})


# ---------------------------------------------------------------- shapes


def value_said(statement: Statement, name: str) -> Expr | None:
    """2.4 m/s² of a = 20/8 = 2.4 m/s²"""
    if not isinstance(statement, Chain) or set(statement.relations) - {"=", "≈"}:
        return None
    head, last = without_brackets(statement.operands[0]), statement.operands[-1]
    return last if isinstance(head, Symbol) and head.name == name and not symbols(last) else None


def is_bare_value(statement: Statement) -> bool:
    """x = 5, v = 3 m/s, x = 1 or x = 2: values and no working."""
    if isinstance(statement, Either):
        return all(map(is_bare_value, statement.parts))
    if not isinstance(statement, Chain) or solved_for(statement) is None or len(statement.operands) > 2:
        return False
    return all(
        not isinstance(node, Sum | Product | Power) or isinstance(node, Quantity)
        for operand in statement.operands
        for node in walk(operand)
    )


def needs_factors(statement: Statement) -> bool:
    """(x - 2)(x - 3) = 0, with a letter in each of two factors at least; x(x - 5) = 0 and (x - 1)^2 = 0."""
    if not isinstance(statement, Chain) or len(statement.operands) != 2 or statement.relations != ("=",):
        return False
    for side, other in (statement.operands, statement.operands[::-1]):
        if is_zero(without_brackets(other)):
            inner = without_brackets(side)
            if isinstance(inner, Power):
                return isinstance(without_brackets(inner.base), Sum) and bool(symbols(inner.base))
            if isinstance(inner, Product):
                lettered = [f for f in inner.factors if symbols(f)]
                sums = [f for f in lettered if isinstance(without_brackets(f), Sum) or isinstance(f, Power)]
                return len(lettered) > 1 and bool(sums)
    return False


def multiplied_out(statement: Statement) -> bool:
    """No bracket is left that could be multiplied out."""
    return not any(holds_product_of_sum(node) for node in walk(unbracketed(statement)))


def is_isolated(statement: Statement) -> bool:
    """y = x - 4: a name, and what it is."""
    if not isinstance(statement, Chain) or len(statement.operands) != 2 or statement.relations != ("=",):
        return False
    return any(
        isinstance(head := without_brackets(one), Symbol) and head.name not in symbols(other)
        for one, other in (statement.operands, statement.operands[::-1])
    )


def with_name_of(said: Statement, form: Statement) -> Statement:
    """2n + 2 = 40 as 2x + 2 = 40, where each has one letter."""
    own, demanded = symbols(said), symbols(form)
    if len(own) == len(demanded) == 1 and own != demanded:
        (name,), (wanted,) = own, demanded
        return substitute(said, {name: Symbol(wanted)})
    return said


FACTORS = tuple(
    sign(Quotient(Number(str(top), Fraction(top)), Number(str(bottom), Fraction(bottom))))
    for top, bottom in ((1, 1), (2, 1), (1, 2), (3, 1), (1, 3), (4, 1), (1, 4), (5, 1), (10, 1))
    for sign in (Bracket, Negative)
)


def put_in(form: Statement, number: Number, other: Number) -> Statement:
    """A statement with one number in the place of another."""

    def change(node: Node) -> Node:
        return other if node == number else rebuild(node, change)

    return change(form)  # type: ignore[return-value]


def less(one: Expr, other: Expr) -> Expr:
    """A difference."""
    return Sum((Bracket(one), Negative(Bracket(other))))


def times(one: Expr, other: Expr) -> Expr:
    """A product."""
    return Product((Bracket(one), Bracket(other)), ("*",))


def holds_terms(side: Expr, form: Expr) -> bool:
    """6x - 3 in 6x - 3 - 2x + 8"""
    own, demanded = without_brackets(side), without_brackets(form)
    if not isinstance(own, Sum) or not isinstance(demanded, Sum) or not symbols(demanded):
        return False
    terms = Counter(map(shape, flat_terms(own.terms)))
    return Counter(map(shape, flat_terms(demanded.terms))) <= terms


def same_shape(one: Statement, other: Statement) -> bool:
    """The same but for brackets and the order of terms, factors and sides."""
    return same_tree(one, other) or shape(unbracketed(one)) == shape(unbracketed(other))


def shape(node: Node) -> str:
    """A statement as text that does not depend on the order of terms, factors and sides.

    >>> from tutor.syntax.read import read
    >>> shape(read("2x + 3 = 0")) == shape(read("0 = 3 + x*2"))
    True
    """
    match node:
        case Chain((left, right), ("=" | "≈",)):
            return " = ".join(sorted((shape(left), shape(right))))
        case Either(parts):
            return " or ".join(sorted(map(shape, parts)))
        case Sum(terms):
            return f"({' + '.join(sorted(map(shape, flat_terms(terms))))})"
        case Product(factors):
            return f"({' * '.join(sorted(map(shape, flat_factors(factors))))})"
        case Quotient(top, bottom):
            return f"({shape(top)} / {shape(bottom)})"
        case Power(base, exponent):
            return f"({shape(base)} ^ {shape(exponent)})"
        case Negative(operand):
            return f"-{shape(operand)}"
        case Bracket(inner):
            return shape(inner)
        case Number(value=value):
            return str(value)
        case Symbol(name):
            return name
        case Chain() | Both() | Expr():
            return to_text(node)
    return str(node)


def flat_terms(terms: Sequence[Expr]) -> Iterator[Expr]:
    """a, b, c of (a + b) + c."""
    for term in terms:
        inner = without_brackets(term)
        if isinstance(inner, Sum):
            yield from flat_terms(inner.terms)
        else:
            yield inner


def flat_factors(factors: Sequence[Expr]) -> Iterator[Expr]:
    """a, b, c of a·(b·c)."""
    for factor in factors:
        inner = without_brackets(factor)
        if isinstance(inner, Product):
            yield from flat_factors(inner.factors)
        else:
            yield inner
