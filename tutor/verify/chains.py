"""a = b = c among claims: numbers, named values, functions, derivatives, rewritings; equations go to `relations`."""

from __future__ import annotations

from dataclasses import replace

from tutor.errors import StudentError, Undefined, Unsupported
from tutor.records import (
    Counterexample,
    FalseEquality,
    FollowsFrom,
    FollowThrough,
    NothingClaimed,
    Relation,
    Undecided,
    Verdict,
)
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Bracket,
    Call,
    Chain,
    Derivative,
    Differential,
    Evaluated,
    Expr,
    Integral,
    Negative,
    Node,
    Number,
    Positive,
    Power,
    Product,
    Quotient,
    Statement,
    Sum,
    Symbol,
    Words,
    children,
    kinds,
    numbers,
    rebuild,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify import settled, wording
from tutor.verify.calculations import calculate, judge_calculation
from tutor.verify.domains import decide
from tutor.verify.meaning import resolve
from tutor.verify.notebook import PROBLEM, Fact, Notebook
from tutor.verify.questions import (
    Outcome,
    Question,
    ask,
    define_function,
    found,
    setting_now,
    weakest,
    with_definitions,
)
from tutor.verify.relations import continues_expression, equation_known, judge_relation, restated
from tutor.verify.shapes import (
    KNOWN_FUNCTIONS,
    ORDER,
    constant,
    defined_function,
    derivative_order,
    holds_calculus,
    is_name,
    is_plain_number,
    is_zero,
    isolates,
    moving,
    same_tree,
    shows_decimals,
    term_by_term,
    unbracketed,
    without_units,
)
from tutor.verify.tasks import Budget, Compare, Finding, Setting


def judge_chain(asked: Question, chain: Chain) -> Outcome:
    """a = b = c, with numbers, with names for numbers, or with unknowns."""
    book = asked.book
    if all(constant(operand) for operand in chain.operands):
        return judge_calculation(asked, chain)
    head, rest = chain.operands[0], chain.operands[1:]
    if names_a_derivative(book, head) and len(rest) == 1 and is_zero(rest[0]):
        return Outcome(NothingClaimed("where the derivative is zero"), without_units(chain))
    if is_name(head) and all(constant(operand) for operand in rest):
        return judge_named_value(asked, chain, head, rest)
    plain = without_units(chain)
    if ORDER & set(chain.relations):
        return (
            Outcome(NothingClaimed("given"), plain, known=False)
            if restated(book, plain)
            else judge_relation(asked, plain)
        )
    if (named := defined_function(plain)) and not holds_calculus(plain):
        return judge_function(asked, plain, named)
    if holds_calculus(plain):
        return judge_calculus(asked, plain)
    if len(plain.operands) > 2 or asked.claim.continues:
        return judge_links(asked, chain, rewriting=asked.claim.continues)
    if restated(book, plain):
        return Outcome(NothingClaimed("given"), plain, known=False)
    if sets_to_zero(book, plain):
        return Outcome(NothingClaimed("where the derivative or the function is zero"), plain)
    if "=" in plain.relations or "≈" in plain.relations:
        left, right = plain.operands
        setting = setting_now(book)
        rewriting = is_rewriting(asked, plain)
        if not rewriting and surely_different(left, right, setting):
            return judge_relation(asked, plain)
        identity = ask(book, Compare(left, right, plain.relations[0], setting))
        if identity.evidence.verdict is Verdict.CORRECT:
            return found(identity, plain, book.wrong_line_used(plain) if not symbols(plain) else None)
        by_terms = by_given_terms(left, plain.relations[0], right, book)
        if by_terms is not None:
            return found(by_terms, plain, None)
        if identity.evidence.verdict is Verdict.WRONG and rewriting:
            return Outcome(identity.evidence, plain, identity.remarks)
    return judge_relation(asked, plain)


def is_rewriting(asked: Question, chain: Chain) -> bool:
    """The two sides are meant to be the same for every value, so that a difference counts against the line."""
    book = asked.book
    if factored(asked, chain):
        return True
    if continues_expression(book, chain) and not wording.puts_values_in(asked.step.text, book.text_before):
        return True
    if not asked.strict or book.prose:
        return False
    return no_equation(book, chain) or is_asked_for(chain.operands[0], chain.operands[1], book)


PLAIN_ALGEBRA = frozenset({Symbol, Number, Sum, Product, Quotient, Negative, Positive, Power, Bracket})


def surely_different(left: Expr, right: Expr, setting: Setting) -> bool:
    """Rational expressions with exact coefficients and no known values, whose normal forms differ: an equation."""
    from tutor.bridge.normal import same

    if setting.values or setting.functions or not setting.real:
        return False
    if not (kinds(left) | kinds(right)) <= PLAIN_ALGEBRA:
        return False
    if any(n.places is not None for side in (left, right) for n in numbers(side)):
        return False
    try:
        return same(left, right) is False
    except (StudentError, Undefined, Unsupported):
        return False


def is_asked_for(left: Expr, right: Expr, book: Notebook) -> bool:
    """f(g(x)), where the problem defines f and g and asks for just that."""
    if not isinstance(left, Call) or left.name not in book.given_functions or left.primes:
        return False
    return to_text(left) in book.setting.unknowns and symbols(left) == symbols(right)


def factored(asked: Question, chain: Chain) -> bool:
    """`x^2 - 5x + 4 = (x - 1)(x - 3)`, where the left side stood alone on a side of an equation before."""
    left, right = chain.operands
    inner = without_brackets(right)
    if chain.relations != ("=",) or symbols(left) != symbols(right) or len(symbols(left)) != 1:
        return False
    if not isinstance(without_brackets(left), Sum) or not isinstance(inner, Product | Power):
        return False
    if not wording.speaks_of_factors(asked.step.text, asked.book.text_before):
        return False
    sides = [o for f in asked.book.facts if isinstance(f.statement, Chain) for o in f.statement.operands]
    return any(same_tree(left, side) for side in sides)


def no_equation(book: Notebook, chain: Chain) -> bool:
    """Nothing is asked for: known matrices, vectors, sets, or a rewriting of what the problem speaks of."""
    left, right = chain.operands
    if settled.known_objects(left, right, setting_now(book)):
        return True
    if settled.multiples_of_one_term(left, right) and not book.from_equations:
        return True
    if not symbols(right) <= symbols(left):
        return False
    if book.first_expression is not None:
        if symbols(left) != symbols(right):
            return False  # a² = 17 gives the value that is asked for
        return any(same_tree(left, part) for part in settled.parts_to_rewrite(book.first_expression))
    return any(same_tree(left, side) for side in proved_sides(book))


def proved_sides(book: Notebook) -> tuple[Expr, ...]:
    """The sides of the identity that the problem asks to prove."""
    for fact in book.facts:
        stated = fact.statement
        if fact.line != PROBLEM or fact.number in book.no_identities:
            continue
        if isinstance(stated, Chain) and defined_function(stated):
            continue  # g(x) = 3 - 2x says what g is
        if fact.line == PROBLEM and isinstance(stated, Chain) and stated.relations == ("=",) and symbols(stated):
            left, right = stated.operands
            possible = not surely_different(left, right, book.setting)
            if possible and ask(book, Compare(left, right, "=", book.setting)).evidence.verdict is Verdict.CORRECT:
                return left, right
        book.no_identities.add(fact.number)
    return ()


def by_given_terms(left: Expr, sign: str, right: Expr, book: Notebook) -> Finding | None:
    """P(A) + P(B) = 0.5 + 0.4 by the probabilities that are given."""
    if sign not in ("=", "≈") or Call not in kinds(left):
        return None
    if not any(isinstance(n, Call) and n.name in settled.MEASURES for n in walk(left)):
        return None
    terms = settled.given_terms(f.statement for f in book.facts if f.rests_on is None)
    if not terms:
        return None
    sides = [settled.with_terms(settled.by_addition(settled.with_terms(side, terms)), terms) for side in (left, right)]
    if not all(map(constant, sides)):
        return None
    finding = calculate(Chain((sides[0], sides[1]), (sign,)), book)
    evidence = finding.evidence
    if isinstance(evidence, FalseEquality):
        shown = {to_text(head): to_text(value) for head, value in terms}
        evidence = Counterexample(shown, evidence.left, evidence.right, to_text(left), to_text(right))
        return Finding(evidence, finding.remarks)
    return finding if evidence.verdict is Verdict.CORRECT else None


def sets_to_zero(book: Notebook, chain: Chain) -> bool:
    """`3x² - 3 = 0` after `f'(x) = 3x² - 3`: asks where it is zero, and claims nothing."""
    if chain.relations != ("=",) or not is_zero(chain.operands[1]):
        return False
    side = chain.operands[0]
    bodies = [body for _, body in book.setting.functions.values()]
    for fact in book.facts:
        stated = fact.statement
        if isinstance(stated, Chain) and set(stated.relations) == {"="} and any(map(holds_calculus, stated.operands)):
            bodies.extend(o for o in stated.operands if not holds_calculus(o))
    bodies.extend(book.derivatives)
    return any(same_tree(side, body) for body in bodies if symbols(body))


def names_a_derivative(book: Notebook, head: Expr) -> bool:
    """v, after `v = ds/dt = …`."""
    name = without_brackets(head)
    return isinstance(name, Symbol) and any(
        isinstance(fact.statement, Chain)
        and without_brackets(fact.statement.operands[0]) == name
        and any(map(holds_calculus, fact.statement.operands[1:]))
        for fact in book.about(frozenset({name.name}))
    )


def judge_named_value(asked: Question, chain: Chain, head: Expr, rest: tuple[Expr, ...]) -> Outcome:
    """`total = 5*3 = 15`, `x = 6/2 = 3`: the calculation is judged, and so is the name's value where it is known."""
    book = asked.book
    outcome: Outcome | None = None
    if len(rest) > 1:
        finding = calculate(Chain(rest, chain.relations[1:], chain.modulus, span=chain.span), book)
        outcome = found(finding, chain, book.wrong_line_used(chain))
        if finding.evidence.verdict in (Verdict.WRONG, Verdict.UNDECIDED):
            return outcome
    named = without_units(Chain((head, rest[-1] if len(rest) > 1 else rest[0]), chain.relations[-1:] or ("=",)))
    names = symbols(named)
    known = bool(names) and any(True for _ in book.about(names))
    if isinstance(head, Call) and (head.name in book.setting.functions or head.primes):
        return judge_calculus(asked, without_units(chain))
    if isinstance(head, Call) or known:
        relation = judge_relation(asked, replace(named, relations=(chain.relations[0],)))
        if relation.evidence.verdict in (Verdict.NO_CLAIM, Verdict.UNDECIDED):
            formula = formula_filled_in(head, rest[0], book)
            if formula is not None:
                evidence = FollowsFrom((formula.line,), Relation.SUBSTITUTION, "numbers put into the formula")
                relation = found(Finding(evidence), named, formula.rests_on)
            elif not names and isinstance(relation.evidence, Undecided):
                relation = Outcome(NothingClaimed("definition"), named, known=False)
        if relation.evidence.verdict is Verdict.WRONG and outcome is not None:
            # t ≈ 3.91/0.22 ≈ 17.77: right by what was written, though the rounding has grown.
            first = judge_relation(asked, without_units(Chain((head, rest[0]), chain.relations[:1])))
            if first.evidence.verdict is not Verdict.WRONG or shows_decimals(rest[0]):
                return replace(outcome, statement=named, from_fact=relation.from_fact)
        if outcome is None or relation.evidence.verdict in (Verdict.WRONG, Verdict.FOLLOW_THROUGH):
            return relation
        return replace(outcome, statement=named, from_fact=relation.from_fact)
    if outcome is not None:
        return replace(outcome, statement=named)
    used = book.wrong_line_used(chain)
    return Outcome(NothingClaimed("definition"), named, from_fact=None, known=used is None or True)


def formula_filled_in(head: Expr, numbers: Expr, book: Notebook) -> Fact | None:
    """The formula v = u + at that `v = 5 + 2*3` fills in: the same shape, a number for each letter not yet known."""
    for fact in book.about(symbols(head)):
        statement = fact.statement
        if not isinstance(statement, Chain) or set(statement.relations) != {"="}:
            continue
        if without_brackets(statement.operands[0]) != without_brackets(head):
            continue
        filled: dict[str, Expr] = {}
        if fills_in(statement.operands[-1], without_units(numbers), filled):
            known = {name: book.value_of(name) for name in filled}
            if all(value is None or same_tree(value, filled[name]) for name, value in known.items()):
                return fact
    return None


def fills_in(formula: Node, numbers: Node, filled: dict[str, Expr]) -> bool:
    """Whether `numbers` is the formula with a constant in place of each letter, the same one each time."""
    if isinstance(formula, Expr) and isinstance(numbers, Expr):
        formula, numbers = without_brackets(formula), without_brackets(numbers)
    if isinstance(formula, Symbol) and isinstance(numbers, Expr):
        return constant(numbers) and same_tree(filled.setdefault(formula.name, numbers), numbers)
    if isinstance(formula, Number):
        return isinstance(numbers, Number) and formula.value == numbers.value
    below, beside = list(children(formula)), list(children(numbers))
    if type(formula) is not type(numbers) or len(below) != len(beside):
        return False
    if not below:
        return formula == numbers
    return all(fills_in(a, b, filled) for a, b in zip(below, beside, strict=True))


def judge_function(asked: Question, chain: Chain, named: tuple[str, tuple[str, ...], Expr]) -> Outcome:
    """f(x) = …: a definition where f is new, else a rewriting of the function that is known."""
    name, _, body = named
    book = asked.book
    links = Chain(chain.operands[1:], chain.relations[1:]) if len(chain.operands) > 2 else None
    if (inverse := judge_inverse(asked, chain, named)) is not None:
        return inverse
    if name not in book.setting.functions:
        define_function(book, *named)
        if links is not None:
            return judge_links(asked, links, rewriting=True)
        return Outcome(NothingClaimed("definition"), chain, known=False)
    finding = ask(book, Compare(chain.operands[0], body, "=", setting_now(book)))
    known_names, known_body = book.setting.functions[name]
    comparable = symbols(body) <= set(named[1]) and symbols(known_body) <= set(known_names)
    if finding.evidence.verdict is Verdict.WRONG and (book.prose or not asked.strict or not comparable):
        define_function(book, *named)
        return Outcome(NothingClaimed("definition"), chain, known=False)
    if links is not None and finding.evidence.verdict is Verdict.CORRECT:
        return judge_links(asked, links, rewriting=True)
    return found(finding, chain, None, known=False)


def judge_inverse(asked: Question, chain: Chain, named: tuple[str, tuple[str, ...], Expr]) -> Outcome | None:
    """f⁻¹(x) = …, where f is known: f(f⁻¹(x)) = x, or f⁻¹(f(x)) = x, which says the same where f is one to one."""
    book = asked.book
    name, parameters, body = named
    known = book.setting.functions.get(name.removesuffix("_inverse"))
    if known is None or not name.endswith("_inverse") or len(parameters) != 1 or len(known[0]) != 1:
        return None
    letter, (own,), inside = parameters[0], known[0], known[1]
    if symbols(body) != {letter} or symbols(inside) != {own}:
        return None
    there = ask(book, Compare(substitute(inside, {own: Bracket(body)}), Symbol(letter), "=", book.setting))
    if there.evidence.verdict is not Verdict.WRONG:
        return found(there, chain, None, known=False)
    back = ask(book, Compare(substitute(body, {letter: Bracket(inside)}), Symbol(own), "=", book.setting))
    if back.evidence.verdict is not Verdict.WRONG:
        return found(back, chain, None, known=False)
    wrong = [f for f in book.facts if f.rests_on is not None]
    for fact in reversed(wrong):
        if not isinstance(fact.statement, Chain) or not isolates(fact.statement):
            continue
        for side in fact.statement.operands:
            if len(symbols(side)) == 1 and not isinstance(side, Symbol):
                (other,) = symbols(side)
                same = ask(book, Compare(substitute(side, {other: Symbol(letter)}), body, "=", book.setting))
                if same.evidence.verdict is Verdict.CORRECT:
                    return found(same, chain, fact.rests_on, known=False)
    if wrong or book.prose or not asked.strict:
        return Outcome(NothingClaimed("definition"), chain, known=False)
    return Outcome(there.evidence, chain, there.remarks, known=False)


def values_put_in_wrongly(left: Expr, sign: str, right: Expr, setting: Setting, book: Notebook) -> Finding | None:
    """A - B = -12 - 8, where A = -12 and B = -8 stand above: the values were put in, and wrongly."""
    names = symbols(left)
    written_out = isinstance(without_brackets(right), Sum | Product | Quotient) and constant(right)
    if len(names) < 2 or not written_out or not names <= set(setting.values) or sign != "=" or book.doubted >= 0:
        return None
    put_in = substitute(left, {name: setting.values[name] for name in names})
    if not constant(put_in) or (shows_decimals(right) and not all(is_plain_number(setting.values[n]) for n in names)):
        return None
    finding = calculate(Chain((put_in, right), (sign,)), book)
    evidence = finding.evidence
    if not isinstance(evidence, FalseEquality):
        return finding if evidence.verdict is Verdict.CORRECT else None
    values = {name: to_text(setting.values[name]) for name in sorted(names)}
    return Finding(
        Counterexample(values, evidence.left, evidence.right, to_text(left), evidence.right_text), finding.remarks
    )


def judge_calculus(asked: Question, chain: Chain) -> Outcome:
    """dy/dx = …, f'(x) = …, ∫ … = …: each link by what is known of y and f; `f'(x) = 0` is an equation to solve."""
    book = asked.book
    setting = with_definitions(setting_now(book), book)
    if chain.relations == ("=",) and is_zero(chain.operands[1]) and derivative_order(chain.operands[0]):
        return Outcome(NothingClaimed("where the derivative is zero"), slope_worked_out(chain, setting))
    findings: list[Finding] = []
    equations: list[Chain] = []
    for place, (left, sign, right) in enumerate(zip(chain.operands, chain.relations, chain.operands[1:], strict=False)):
        if place == 0 and isinstance(left, Symbol) and left.name not in book.names_seen and holds_calculus(right):
            continue  # v = ds/dt: a name for the derivative
        finding = ask(book, Compare(left, right, sign, setting))
        numbers = {n for n in symbols(right) & set(setting.values) if not symbols(setting.values[n])} - moving(left)
        if finding.evidence.verdict is not Verdict.CORRECT and symbols(right) & set(setting.values):
            again = ask(book, Compare(left, resolve(right, setting, values=True), sign, setting))
            if again.evidence.verdict is Verdict.CORRECT or numbers:
                finding = again if again.evidence.verdict is Verdict.CORRECT else Finding(Undecided(("values put in",)))
        if finding.evidence.verdict is not Verdict.CORRECT:
            through = own_derivative(left, right, sign, book) or own_value(left, right, sign, book)
            if through is None and finding.evidence.verdict is Verdict.WRONG:
                through = by_own_parts(left, right, sign, book, setting)
            if through is not None:
                return through
        evidence = finding.evidence
        if isinstance(evidence, Counterexample) and evidence.values and constant(right):
            equations.append(Chain((left, right), (sign,)))
            continue
        findings.append(finding)
    book.derivatives.extend(o for o in chain.operands if symbols(o) and not holds_calculus(o))
    whole = weakest(findings)
    verdict = whole.evidence.verdict
    known = all(closed(left, right, book) for left, right in zip(chain.operands, chain.operands[1:], strict=False))
    if verdict is Verdict.WRONG and not known and ((book.prose and not asked.claim.linked) or not asked.strict):
        return Outcome(Undecided(("compared with what is known",)), chain)
    if verdict in (Verdict.CORRECT, Verdict.WRONG) or equations:
        statement: Statement = chain
        if equations:
            statement = slope_worked_out(equations[-1], setting)
        if not findings:
            return Outcome(NothingClaimed("a new equation"), statement)
        return found(whole, statement, None)
    relation = judge_relation(asked, chain)
    return relation if relation.evidence.verdict is not Verdict.NO_CLAIM else found(whole, chain, None)


def slope_worked_out(chain: Chain, setting: Setting) -> Statement:
    """f'(x) = 0 as 3x² - 3 = 0, where f is known."""
    from tutor.verify.calculus import Unfolder

    try:
        return Unfolder(setting, Budget(), chain).unfold(chain)  # type: ignore[return-value]
    except (Unsupported, Undefined, StudentError):
        return chain


def own_derivative(left: Expr, right: Expr, sign: str, book: Notebook) -> Outcome | None:
    """y'' by the student's own, wrong y': it follows through."""
    from tutor.bridge.derive import derivative

    order = derivative_order(left)
    if order is None or order[1] < 2:
        return None
    name, primes, variable = order
    for fact in reversed(book.facts):
        statement = fact.statement
        if fact.rests_on is None or not isinstance(statement, Chain):
            continue
        lower = derivative_order(statement.operands[0])
        body = statement.operands[-1]
        if lower is not None and lower[:2] == (name, primes - 1):
            letter = variable or min(symbols(body), default="x")
            finding = ask(book, Compare(derivative(body, letter), right, sign, book.setting))
            if finding.evidence.verdict is Verdict.CORRECT:
                return found(finding, Chain((left, right), (sign,)), fact.rests_on)
    return None


def own_value(left: Expr, right: Expr, sign: str, book: Notebook) -> Outcome | None:
    """The left side once more, equal to what the student wrongly had for it: it follows through."""
    for fact in reversed(book.facts):
        statement = fact.statement
        if fact.rests_on is None or not isinstance(statement, Chain) or set(statement.relations) != {"="}:
            continue
        own = put_for(left, statement.operands[0], statement.operands[-1])
        if own != left:
            own = resolve(own, setting_now(book), values=constant(right))
            finding = ask(book, Compare(own, right, sign, book.setting))
            if finding.evidence.verdict is Verdict.CORRECT:
                return found(finding, Chain((left, right), (sign,)), fact.rests_on)
    return None


def put_for(expr: Expr, part: Expr, instead: Expr) -> Expr:
    """The expression with `instead` wherever `part` stands."""
    wanted = unbracketed(part)

    def change(node: Node) -> Node:
        if isinstance(node, Expr) and unbracketed(node) == wanted:
            return Bracket(instead)
        return rebuild(node, change)

    return change(expr)  # type: ignore[return-value]


def by_own_parts(left: Expr, right: Expr, sign: str, book: Notebook, setting: Setting) -> Outcome | None:
    """y' = u'v + uv' or (u'v - uv')/v² with the student's own, wrong u' or v': it follows through."""
    from tutor.bridge.derive import derivative

    order = derivative_order(left)
    if order is None or order[1] != 1:
        return None
    body = setting.values.get(order[0]) or setting.functions.get(order[0], ((), None))[1]
    parts = {n: v for n, v in setting.values.items() if n != order[0] and len(symbols(v)) == 1}
    if body is None or len(symbols(body)) != 1 or not 2 <= len(parts) <= 4:
        return None
    (letter,) = symbols(body)
    slopes: dict[str, tuple[Expr, int | None]] = {n: (derivative(v, letter), None) for n, v in parts.items()}
    for fact in book.facts:
        statement = fact.statement
        if fact.rests_on is not None and isinstance(statement, Chain):
            own = derivative_order(statement.operands[0])
            if own is not None and own[1] == 1 and own[0] in slopes:
                slopes[own[0]] = (statement.operands[-1], fact.rests_on)
    for u in parts:
        for v in parts:
            lines = [line for name in (u, v) for line in [slopes[name][1]] if line is not None]
            if u == v or not lines:
                continue
            a, b = Bracket(parts[u]), Bracket(parts[v])
            da, db = Bracket(slopes[u][0]), Bracket(slopes[v][0])
            product = Sum((Product((da, b)), Product((a, db))))
            quotient = Quotient(Bracket(Sum((Product((da, b)), Negative(Product((a, db)))))), Bracket(Product((b, b))))
            for whole, slope in ((Product((a, b)), product), (Quotient(a, b), quotient)):
                if decide(Compare(body, whole, "=", book.setting)).evidence.verdict is not Verdict.CORRECT:
                    continue
                finding = decide(Compare(slope, right, sign, book.setting))
                if finding.evidence.verdict is Verdict.CORRECT:
                    return found(finding, Chain((left, right), (sign,)), min(lines))
    return None


def is_new_value(head: Expr, book: Notebook) -> bool:
    """cos θ, where nothing was said of θ."""
    inner = without_brackets(head)
    return isinstance(inner, Call) and bool(symbols(inner)) and not symbols(inner) & book.names_seen


def closed(left: Expr, right: Expr, book: Notebook) -> bool:
    """f(-1) = 2, g(f(2)) = g(4): no unknowns, and the problem defines the functions."""
    if symbols(left) or symbols(right):
        return False
    nodes = [n for side in (left, right) for n in walk(side)]
    if any(isinstance(n, Words | Derivative | Integral | Differential | Evaluated) for n in nodes):
        return False
    defined = book.given_functions if book.prose else book.setting.functions
    return all(n.name in KNOWN_FUNCTIONS or (n.name in defined and not n.primes) for n in nodes if isinstance(n, Call))


def judge_links(asked: Question, chain: Chain, *, rewriting: bool) -> Outcome:
    """a = b = c with symbols: each link is a rewriting, a value put in, or an equation.

    A link is refuted only where both sides are in the same symbols, no known value makes it true, and the chain goes
    on from an expression, so that a rewriting was meant.
    """
    book = asked.book
    findings: list[Finding] = []
    own_line: int | None = None
    left_over: list[tuple[Expr, str, Expr]] = []
    setting = setting_now(book)
    for place, (left, sign, right) in enumerate(zip(chain.operands, chain.relations, chain.operands[1:], strict=False)):
        if constant(left) and constant(right):
            findings.append(calculate(Chain((left, right), (sign,)), book))
            continue
        left, right = without_units(left), without_units(right)
        known = values_put_in_wrongly(left, sign, right, setting, book)
        if known is not None:
            findings.append(known)
            continue
        if place == 0 and is_name(left) and not (symbols(left) & book.names_seen) and not isinstance(left, Call):
            continue  # a new name for what follows
        finding = by_given_terms(left, sign, right, book) or ask(book, Compare(left, right, sign, setting))
        if finding.evidence.verdict is not Verdict.CORRECT and symbols(left) != symbols(right):
            defined = with_definitions(setting, book)
            put_in = [resolve(side, defined, values=True) for side in (left, right)]
            again = ask(book, Compare(put_in[0], put_in[1], sign, book.setting))
            finding = again if again.evidence.verdict is Verdict.CORRECT else finding
        if finding.evidence.verdict is Verdict.CORRECT:
            findings.append(finding)
            continue
        same_names = bool(symbols(left)) and symbols(left) == symbols(right)
        meant = rewriting or place > 0
        if (
            finding.evidence.verdict is Verdict.WRONG
            and meant
            and same_names
            and sign == "="
            and (rewriting or not equation_known(book, left, right))
            and (not asked.claim.among_words or (place > 0 and term_by_term(chain)))
        ) or (finding.evidence.verdict is Verdict.WRONG and sign == "=" and closed(left, right, book)):
            findings.append(finding)
        elif (
            finding.evidence.verdict is Verdict.WRONG
            and asked.strict
            and not book.prose
            and settled.known_objects(left, right, setting)
        ):
            through = own_value(left, right, sign, book)
            if through is None:
                findings.append(finding)
            else:
                findings.append(
                    Finding(
                        through.evidence.because if isinstance(through.evidence, FollowThrough) else through.evidence
                    )
                )
                own_line = through.evidence.rests_on if isinstance(through.evidence, FollowThrough) else None
        elif finding.evidence.verdict is Verdict.WRONG:
            left_over.append((left, sign, right))
        else:
            findings.append(finding)
    whole = weakest(findings)
    if own_line is not None and whole.evidence.verdict is Verdict.CORRECT and not left_over:
        return found(whole, chain, own_line)
    if whole.evidence.verdict is Verdict.WRONG or not left_over:
        named = is_name(chain.operands[0]) or is_new_value(chain.operands[0], book)
        if whole.evidence.verdict is Verdict.WRONG and named and constant(chain.operands[-1]):
            claimed = without_units(Chain((chain.operands[0], chain.operands[-1]), ("=",)))
            return found(whole, claimed, None)  # later lines go by the value
        return found(whole, chain, book.wrong_line_used(chain), known=whole.evidence.verdict is not Verdict.WRONG)
    outcome: Outcome | None = None
    for left, sign, right in left_over:
        outcome = judge_relation(asked, Chain((left, right), (sign,)))
        if outcome.evidence.verdict is Verdict.WRONG:
            return replace(outcome, statement=chain)
    assert outcome is not None
    if findings and outcome.evidence.verdict is Verdict.NO_CLAIM:
        return found(whole, outcome.statement, book.wrong_line_used(chain))
    return replace(outcome, statement=chain)
