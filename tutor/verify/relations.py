"""Does a line follow from the line before, the problem, an earlier line, or several of them?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from tutor.bridge.normal import same as same_form
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.records import (
    Correct,
    Counterexample,
    Evidence,
    FollowsFrom,
    NothingClaimed,
    Relation,
    Remark,
    SolutionSets,
    SolutionsLost,
    Undecided,
    Verdict,
)
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    AllValues,
    Both,
    Chain,
    Constant,
    Degrees,
    Either,
    Expr,
    Node,
    NoSolution,
    Number,
    Power,
    Root,
    Statement,
    Sum,
    Symbol,
    rebuild,
    substitute,
    symbols,
    walk,
)
from tutor.verify import wording
from tutor.verify.bounds import integers_among, is_bound, newcomer, numeral, turning_points, within
from tutor.verify.domains import decide
from tutor.verify.notebook import PROBLEM, Fact, Notebook, solved_for
from tutor.verify.one_unknown import spelt_out
from tutor.verify.questions import (
    EARLIER_LINES_TRIED,
    Outcome,
    Question,
    ask,
    found,
    replace_setting,
    setting_now,
    without_indices,
)
from tutor.verify.shapes import branches, holds_calculus, is_condition, isolates, part_of, same_tree
from tutor.verify.tasks import Entail, Finding, Relate, Setting


def judge_relation(asked: Question, statement: Statement) -> Outcome:
    """Does the statement follow from the line before, the problem, an earlier line, or several of them?"""
    book = asked.book
    names = symbols(statement)
    counters = counting_letters(statement, book)
    if counters:
        # The n of π/6 + 2πn runs over the integers; it is no unknown.
        book = replace_setting(book, counters)
        names -= counters
    if names - book.setting.integers:
        names -= book.setting.integers
    solutions_of_last = isinstance(statement, NoSolution | AllValues)
    related = [
        f
        for f in (reversed(book.facts) if solutions_of_last else book.about(names))
        if names <= f.names or solutions_of_last
    ][: EARLIER_LINES_TRIED * 2]
    through: Outcome | None = None
    refused: list[tuple[Finding, Fact]] = []
    refuted: list[tuple[Finding, Fact]] = []  # those that count against it
    open_ = False
    for fact in islice(ordered(related), EARLIER_LINES_TRIED):
        finding = relate(fact, statement, book)
        verdict = finding.evidence.verdict
        if verdict is Verdict.CORRECT:
            outcome = found(finding, statement, fact.rests_on, fact)
            if (gained := gained_for_good(asked, statement, fact, finding)) is not None:
                if through is None:
                    return gained
                continue
            if fact.rests_on is None:
                return outcome
            through = through or outcome
        elif verdict is Verdict.WRONG:
            refused.append((finding, fact))
            given = fact.line == PROBLEM or fact.given
            condition = given and is_condition(fact.statement) and not is_condition(statement)
            if not condition and not says_nothing(finding.evidence):
                refuted.append((finding, fact))
        else:
            open_ = True
    put_in = with_values_put_in(statement, book)
    if put_in is not None and put_in.evidence.verdict is Verdict.CORRECT:
        return put_in
    several = follows_from_several(statement, book, sound=True)
    if several is not None and several.evidence.verdict is Verdict.CORRECT:
        return several
    if through is not None or put_in is not None:
        return through or put_in  # type: ignore[return-value]
    own = follows_from_own(statement, book)
    if own is not None:
        return own
    tried = (
        one_of_the_cases(asked, statement, refuted),
        by_own_lines(statement, book),
        values_not_taken(statement, book) or by_own_discriminant(statement, book) if solutions_of_last else None,
    )
    for other in tried:
        if other is not None:
            return other
    if refused and (bounded := about_bounds(statement, refused, book)) is not None:
        return bounded
    return not_shown(asked, statement, refuted, several, open_=open_)


def says_nothing(evidence: Evidence) -> bool:
    """What stands before holds for every value: an identity, which fixes no unknown."""
    return isinstance(evidence, SolutionsLost) and evidence.before.startswith("all ")


def gained_for_good(asked: Question, statement: Statement, fact: Fact, finding: Finding) -> Outcome | None:
    """An inequality that lets numbers in which the one before keeps out, and no later line takes that back."""
    evidence, book = finding.evidence, asked.book
    if not isinstance(evidence, SolutionSets) or evidence.relation is not Relation.SOLUTIONS_GAINED:
        return None
    if not is_condition(fact.statement) or not is_condition(statement) or asked.claim.among_words or book.prose:
        return None
    if len(fact.names) != 1 or any(f.given and f.line != PROBLEM for f in book.about(fact.names)):
        return None
    (name,) = fact.names
    later = [s for s in asked.ahead.statements() if symbols(s) == fact.names and not isinstance(s, Expr)]
    for other in (*later, *(within(statement, (s,)) for s in later)):
        back = relate(fact, other, book).evidence
        if isinstance(back, SolutionSets) and back.relation is not Relation.SOLUTIONS_GAINED:
            return None
    value = newcomer(fact.statement, statement, name)
    if value is None:
        return None
    shown = to_text(numeral(value))
    remark = Remark("witness", f"{name} = {shown} fulfils this line, but not the line before.")
    witness = Counterexample({name: shown}, "no", "yes", evidence.before, evidence.after, Relation.SOLUTIONS_GAINED)
    return Outcome(witness, statement, (remark,), fact)


def by_own_lines(statement: Statement, book: Notebook) -> Outcome | None:
    """The student's last lines together give it, though one of them is wrong: it follows through."""
    names = symbols(statement)
    own = [f for f in islice(book.about(names), 3) if f.line != PROBLEM]
    for count in (2, 3):
        chosen = own[:count]
        wrong = [f.rests_on for f in chosen if f.rests_on is not None]
        if len(chosen) < count or not wrong:
            continue
        setting = setting_now(book, without=frozenset[str]().union(*(f.names for f in chosen)))
        premises = tuple(f.statement for f in chosen)
        finding = ask(book, Entail(premises, statement, setting))
        if finding.evidence.verdict is Verdict.CORRECT and not contradictory(premises, setting):
            return found(finding, statement, min(wrong))
    return with_the_other_unknown(statement, book)


def with_the_other_unknown(statement: Statement, book: Notebook) -> Outcome | None:
    """x = 1, y = 4 or x = 6, y = -1 from x = 1 or x = 6, which rests on a wrong line, and y = 5 - x, which does not."""
    names = symbols(statement)
    about = [f for f in book.about(names) if f.names <= names]
    for shaky in islice((f for f in about if f.rests_on is not None), 2):
        missing = names - shaky.names
        others = [f for f in about if f.rests_on is None and missing <= f.names and f.names & shaky.names]
        for other in others[:2] if missing else ():
            premises = (shaky.statement, other.statement)
            setting = setting_now(book, without=names)
            finding = ask(book, Entail(premises, statement, setting))
            if finding.evidence.verdict is Verdict.CORRECT and not contradictory(premises, setting):
                return found(finding, statement, shaky.rests_on)
    return None


def values_not_taken(statement: Statement, book: Notebook) -> Outcome | None:
    """No solution, where u = -2 or u = -4 and u stands for 2^x."""
    for fact in reversed(book.facts):
        name = solved_for(fact.statement)
        if name is None:
            continue
        for meant in book.about(frozenset({name})):
            body = meant.statement
            if not isinstance(body, Chain) or body.relations != ("=",) or body.operands[0] != Symbol(name):
                continue
            if len(symbols(body.operands[1])) != 1 or name in symbols(body.operands[1]):
                continue
            put_in = substitute(fact.statement, {name: body.operands[1]})
            finding = ask(book, Relate(put_in, statement, book.setting))
            if finding.evidence.verdict is Verdict.CORRECT:
                return found(finding, statement, fact.rests_on, fact)
    return None


def by_own_discriminant(statement: Statement, book: Notebook) -> Outcome | None:
    """No real solution, by a discriminant that a wrong line made negative."""
    for fact in reversed(book.facts):
        if fact.rests_on is None:
            continue
        roots = spelt_out(fact.statement)  # x = (2 ± √(4 - 16))/2 has no value
        if isinstance(roots, Either) and roots != fact.statement:
            finding = ask(book, Relate(roots, statement, book.setting))
            if finding.evidence.verdict is Verdict.CORRECT:
                return found(finding, statement, fact.rests_on, fact)
        if not fact.names or not fact.names <= {"D", "Delta"}:
            continue
        (name,) = fact.names
        negative = ask(book, Relate(fact.statement, Chain((Symbol(name), numeral(Fraction(0))), ("<",)), book.setting))
        if isinstance(statement, NoSolution) and negative.evidence.verdict is Verdict.CORRECT:
            evidence = FollowsFrom((fact.line,), method="a negative discriminant")
            return found(Finding(evidence), statement, fact.rests_on)
    return None


A_CONDITION = NothingClaimed("a condition")


def about_bounds(statement: Statement, refuted: Sequence[tuple[Finding, Fact]], book: Notebook) -> Outcome | None:
    """Where an inequality turns; the integers among its solutions; a condition that leaves some solutions out."""
    for finding, fact in refuted:
        if not is_condition(fact.statement):
            continue
        if not is_condition(statement):
            for turning in turning_points(fact.statement):
                evidence = ask(book, Relate(turning, statement, book.setting)).evidence
                if evidence.verdict is Verdict.CORRECT or part_of(evidence):
                    kept = FollowsFrom((fact.line,), method="where both sides are equal")
                    return replace(found(Finding(kept), statement, fact.rests_on), known=False)
        if book.whole_numbers and len(fact.names) == 1 and part_of(finding.evidence):
            (name,) = fact.names
            if integers_among(fact.statement, statement, name):
                kept = FollowsFrom((fact.line,), method="the integers among the solutions")
                return found(Finding(kept), statement, fact.rests_on, fact)
    evidence = refuted[0][0].evidence
    some_kept = isinstance(evidence, SolutionsLost) and evidence.relation is Relation.SOLUTIONS_LOST
    if is_bound(statement) and some_kept and not any(is_condition(fact.statement) for _, fact in refuted):
        return Outcome(A_CONDITION, statement)
    return None


def counting_letters(statement: Statement, book: Notebook) -> frozenset[str]:
    """n, k or m as an integer factor of a period: new here, and beside π or a degree sign."""
    new = (symbols(statement) - book.names_seen) & {"n", "k", "m", "N", "K"}
    if not new:
        return frozenset()
    period = any(isinstance(n, Degrees) or (isinstance(n, Constant) and n.name == "pi") for n in walk(statement))
    return new if period else frozenset()


def ordered(facts: Sequence[Fact]) -> Iterable[Fact]:
    """The line before first, then the problem's own, then the others from the newest back."""
    yield from facts[:1]
    yield from (f for f in facts[1:] if f.line == PROBLEM)
    yield from (f for f in facts[1:] if f.line != PROBLEM)


def relate(fact: Fact, statement: Statement, book: Notebook) -> Finding:
    """How the statement stands to one fact, as written, or with the brackets that "do it to both sides" leaves out."""
    setting = setting_now(book, without=fact.names)
    key = (fact.number, id(statement))
    known = book.related.get(key)
    if known is not None and known[0] is statement and known[1] == setting:
        return known[2]
    finding = relate_as_meant(fact, statement, setting, book)
    if book.budget.left >= 0 and not book.budget.late:  # else more may be found when it is asked for itself
        book.related[key] = (statement, setting, finding)
    return finding


def relate_as_meant(fact: Fact, statement: Statement, setting: Setting, book: Notebook) -> Finding:
    """The same, asked anew."""
    finding = ask(book, Relate(fact.statement, statement, setting))
    if (
        finding.evidence.verdict is not Verdict.CORRECT
        and isinstance(fact.statement, Chain)
        and isinstance(statement, Chain)
    ):
        from tutor.verify.equations import same_operation_on_both_sides

        meant = same_operation_on_both_sides(fact.statement, statement)
        if meant is not None:
            reading, operation = meant
            again = ask(book, Relate(fact.statement, reading, setting))
            if again.evidence.verdict is Verdict.CORRECT:
                remark = Remark("reading", f"read as {to_text(reading)}: {operation}")
                return Finding(again.evidence, (*again.remarks, remark))
    evidence = finding.evidence
    if evidence.verdict is Verdict.UNDECIDED and same_values(fact.statement, statement):
        return Finding(SolutionSets(Relation.EQUIVALENT, to_text(fact.statement), to_text(statement)))
    if isinstance(evidence, SolutionSets) and evidence.relation is Relation.SOLUTIONS_LOST:
        ranges = [
            f.statement for f in book.facts if f.line == PROBLEM and f.names == fact.names and is_bound(f.statement)
        ]
        if ranges:  # sin x = 1/2 has two solutions between 0° and 360°
            inside = ask(book, Relate(within(fact.statement, ranges), statement, setting))
            return finding if inside.evidence.verdict is Verdict.UNDECIDED else inside
    return finding


def same_values(before: Statement, after: Statement) -> bool:
    """x = (-3 ± √(9 - 32))/4 and x = (-3 ± √(-23))/4: the same, written out further, be it real or not."""
    one, other = spelt_out(before), spelt_out(after)
    if not isinstance(one, Either) or not isinstance(other, Either) or len(one.parts) != len(other.parts):
        return False
    for left, right in zip(one.parts, other.parts, strict=True):
        if not isinstance(left, Chain) or not isinstance(right, Chain) or len(left.operands) != len(right.operands):
            return False
        if left.operands[0] != right.operands[0] or left.relations != ("=",) or right.relations != ("=",):
            return False
        try:
            if not same_form(roots_named(left.operands[1]), roots_named(right.operands[1])):
                return False
        except (StudentError, Undefined, Unsupported):
            return False
    return True


def roots_named(expr: Expr) -> Expr:
    """A letter for √(9 - 32), the same one as for √(-23)."""
    from tutor.bridge.exact import rational_value

    def change(node: Node) -> Node:
        if isinstance(node, Root) and node.index is None and not symbols(node):
            return Symbol(f"root_{rational_value(node.radicand)}")
        return rebuild(node, change)

    return change(expr)  # type: ignore[return-value]


def follows_from_several(statement: Statement, book: Notebook, *, sound: bool) -> Outcome | None:
    """Several earlier lines together: a system, values put in; None where there are not several."""
    names = symbols(statement)
    about = names or (book.facts[-1].names if book.facts else names)  # "no solution" is about what came before
    premises = book.premises(about, sound=sound)
    if len(premises) < 2 or len(premises) > 8:
        return None
    if not names <= frozenset[str]().union(*(f.names for f in premises)):
        return None
    finding = ask(book, Entail(tuple(f.statement for f in premises), statement, setting_now(book, without=names)))
    rests_on = None if sound else min((f.rests_on for f in premises if f.rests_on is not None), default=None)
    if isinstance(finding.evidence, FollowsFrom):
        lines = tuple(sorted({f.line for f in premises}))
        finding = Finding(replace(finding.evidence, lines=lines), finding.remarks)
    return found(finding, statement, rests_on)


def follows_from_own(statement: Statement, book: Notebook) -> Outcome | None:
    """What the student's own lines give that rest on a wrong one: it follows through."""
    names = symbols(statement)
    replaced = {f.replaces for f in book.facts if f.replaces is not None}
    shaky = [f for f in book.about(names) if f.rests_on is not None and f.number not in replaced][:4]
    if len(shaky) < 2 or not names <= frozenset[str]().union(*(f.names for f in shaky)):
        return None
    premises = tuple(f.statement for f in shaky)
    setting = setting_now(book, without=frozenset[str]().union(*(f.names for f in shaky)))
    finding = decide(Entail(premises, statement, setting))
    if finding.evidence.verdict is not Verdict.CORRECT or contradictory(premises, setting):
        return None
    return found(finding, statement, min(f.rests_on for f in shaky if f.rests_on is not None))


def contradictory(premises: tuple[Statement, ...], setting: Setting) -> bool:
    """0 = 1 follows from them."""
    zero, one = (Number(digit, Fraction(digit)) for digit in "01")
    return decide(Entail(premises, Chain((zero, one), ("=",)), setting)).evidence.verdict is Verdict.CORRECT


def with_values_put_in(statement: Statement, book: Notebook) -> Outcome | None:
    """The newest values of the symbols, put into one of the equations: 1 + 2 + z = 6 from x + y + z = 6."""
    names = symbols(statement)
    newest: dict[str, Fact] = {}
    for fact in book.facts:
        name = solved_for(fact.statement)
        if name is not None and isinstance(fact.statement, Chain):
            newest[name] = fact
    for fact in book.about(names):
        known = fact.names & set(newest) - {solved_for(statement)}
        used = [newest[name] for name in sorted(known) if newest[name] is not fact]
        if len(fact.names) < 2 or not used or not names <= fact.names:
            continue
        premises = (*(f.statement for f in used), fact.statement)
        finding = ask(book, Entail(premises, statement, setting_now(book, without=fact.names)))
        if finding.evidence.verdict is Verdict.CORRECT:
            shaky = [f.rests_on for f in (*used, fact) if f.rests_on is not None]
            lines = tuple(sorted({f.line for f in (*used, fact)}))
            evidence = FollowsFrom(lines, Relation.SUBSTITUTION, "values put in")
            return found(Finding(evidence, finding.remarks), statement, min(shaky, default=None))
    return None


def one_of_the_cases(asked: Question, statement: Statement, refuted: Sequence[tuple[Finding, Fact]]) -> Outcome | None:
    """A line that keeps some of the solutions is one case of several where the lines to come have the others."""
    book = asked.book
    for fact in book.open_cases:
        finding = relate(fact, statement, book)
        if part_of(finding.evidence):
            return found(Finding(FollowsFrom((fact.line,), method="one of the cases")), statement, fact.rests_on)
    for finding, fact in refuted:
        if not part_of(finding.evidence):
            continue
        later = [
            s
            for s in (without_indices(each, book) for each in asked.ahead.statements())
            if isinstance(s, Chain | Either) and symbols(s) and symbols(s) <= fact.names
        ]
        refused = [s for s in (*book.rejected, *asked.ahead.refused()) if symbols(s) <= fact.names]
        cases: list[Statement] = [statement]
        for other in (*refused, *later):
            seen = relate(fact, other, book).evidence
            if part_of(seen):
                cases.append(other)
            elif isinstance(seen, SolutionSets) and seen.relation is Relation.EQUIVALENT and solved_for(other):
                cases = [statement, other]  # x = 30° first, x = 30°, 150° in the end
                break
        if len(cases) > 1:
            together = relate(fact, Either(tuple(cases)), book)
            if together.evidence.verdict is Verdict.CORRECT:
                book.open_cases.append(fact)
                evidence: Correct = FollowsFrom((fact.line,), method="one of the cases")
                return found(Finding(evidence), statement, fact.rests_on)
    return None


def not_shown(
    asked: Question,
    statement: Statement,
    refuted: Sequence[tuple[Finding, Fact]],
    several: Outcome | None,
    *,
    open_: bool,
) -> Outcome:
    """Nothing made the claim right: refuted where it was surely meant to follow, else new or undecided."""
    book, claim = asked.book, asked.claim
    names = symbols(statement)
    if not names and not isinstance(statement, NoSolution | AllValues):
        return Outcome(Undecided(("no method fits",)), statement, known=False)
    unseen = names - book.names_seen - book.setting.integers
    if unseen and not claim.continues:
        return Outcome(NothingClaimed("introduces " + ", ".join(sorted(unseen))), statement)
    if not refuted and several is None and not any(True for f in book.about(names) if names <= f.names):
        return Outcome(NothingClaimed("a new equation"), statement)
    if refuted and begins_anew(statement, refuted, book):
        return Outcome(NothingClaimed("a new equation"), statement)
    gap = bool(book.gaps) and (not refuted or book.gaps[-1] > refuted[0][1].line)
    if refuted and not open_ and not gap and surely_meant(asked, statement, refuted[0][1]):
        finding, fact = refuted[0]
        evidence = finding.evidence
        # x_max, t_1: one of the solutions is meant; c = 5 from c² = 25 in a triangle: a length is positive.
        chosen = any("_" in name for name in names) or is_magnitude(evidence, names, book)
        if part_of(evidence) and (book.prose or chosen or claim.among_words or not (book.from_equations or fact.alone)):
            remark = Remark("solutions_left_out", "other solutions are left out: say why")
            kept = Finding(FollowsFrom((fact.line,), method="one of the solutions"), (remark,))
            return found(kept, statement, fact.rests_on, fact)
        if part_of(evidence) and (kept_branch := one_branch(statement, book)) is not None:
            return kept_branch
        return Outcome(evidence, statement, finding.remarks, fact)
    if several is not None and says_nothing(several.evidence):
        several = None
    if several is not None and several.evidence.verdict is Verdict.WRONG and not gap and determined(asked, statement):
        in_words = book.prose or claim.among_words
        if not (in_words and part_of(several.evidence)) and not in_one_case(statement, book):
            return several
    stronger = one_branch(statement, book)
    if stronger is not None:
        return stronger
    premises = book.premises(names, sound=False)
    unknowns = names.union(*(f.names for f in premises))
    if len(premises) < len(unknowns) and not claim.linked and not (book.from_equations and len(unknowns) == 1):
        return Outcome(NothingClaimed("a new equation"), statement)
    return Outcome(Undecided(("does it follow from an earlier line",)), statement)


def in_one_case(statement: Statement, book: Notebook) -> bool:
    """x² = 9 after t = x² and t = 9 or t = 4: one of them at a time."""
    premises = book.premises(symbols(statement), sound=True)
    setting = setting_now(book, without=frozenset[str]().union(*(f.names for f in premises)))
    for fact in premises:
        if isinstance(fact.statement, Either) and not fact.names <= symbols(statement):
            others = tuple(f.statement for f in premises if f is not fact)
            for part in fact.statement.parts[:4]:
                if ask(book, Entail((*others, part), statement, setting)).evidence.verdict is Verdict.CORRECT:
                    return True
    return False


def begins_anew(statement: Statement, refuted: Sequence[tuple[Finding, Fact]], book: Notebook) -> bool:
    """After x = 8, the equation x - 3 = -5: another case, where the problem states no equation in x."""
    newest = next(book.about(symbols(statement)), None)
    if newest is None or (newest.solves is None and not isinstance(newest.statement, Either)):
        return False
    done = solved_for(newest.statement) is not None and newest.rests_on is None
    stated = any(fact.line == PROBLEM for _, fact in refuted) or book.from_equations or book.asks_to_rewrite
    return done and not stated and solved_for(statement) is None and len(symbols(statement)) == 1


def one_branch(statement: Statement, book: Notebook) -> Outcome | None:
    """r = √(A/π) from A = πr²: it gives the line before, and only a sign was chosen."""
    last = next((f for f in book.about(symbols(statement)) if f.names == symbols(statement)), None)
    if last is None or len(last.names - book.setting.integers) < 2 or not isolates(statement):
        return None
    if ask(book, Relate(statement, last.statement, book.setting)).evidence.verdict is not Verdict.CORRECT:
        return None
    remark = Remark("solutions_left_out", "other solutions are left out: say why")
    evidence = FollowsFrom((last.line,), method="one of the solutions")
    return replace(found(Finding(evidence, (remark,)), statement, last.rests_on), from_fact=last)


def is_magnitude(evidence: Evidence, names: frozenset[str], book: Notebook) -> bool:
    """Only negative solutions are left out, of a letter that stands for a quantity rather than the x of an equation."""
    if len(names) != 1 or not isinstance(evidence, SolutionsLost):
        return False
    (name,) = names
    if any(f.line == PROBLEM for f in book.about(names)):
        return False
    if not all(lost.replace(" ", "").startswith(f"{name}=-") for lost in evidence.lost):
        return False
    related = any(len(fact.names) > 1 for fact in book.about(names))
    pythagorean = any(sums_squares(fact.statement) for fact in book.about(names))
    return related or pythagorean or book.tells_a_story or name not in UNKNOWN_LETTERS


def sums_squares(statement: Statement) -> bool:
    """x² + 5² = 13²: a right triangle."""
    if not isinstance(statement, Chain):
        return False
    sides = [o for o in statement.operands if isinstance(o, Sum)]
    squares = [t for s in sides for t in s.terms if isinstance(t, Power) and t.exponent == Number("2", Fraction(2))]
    return len(squares) == 2 and all(isinstance(t.base, Symbol | Number) for t in squares) and len(sides) == 1


UNKNOWN_LETTERS = frozenset("xyzuwpqknm")


def surely_meant(asked: Question, statement: Statement, fact: Fact) -> bool:
    """Whether a line that does not follow from `fact` was surely meant to.

    In one unknown, lines of mathematics follow each other. With several unknowns a new line may be new information,
    unless the problem gave the one equation, or the line solves for one of three or more letters. In prose, and among
    words, names are used again for other things, so only what is linked ("so", "⇒") to the claim right before counts.
    """
    claim, book = asked.claim, asked.book
    names = symbols(statement) - book.setting.integers or symbols(statement)
    about = fact.names - book.setting.integers or fact.names
    if fact.line < book.doubted and fact.line != PROBLEM:
        return False
    derived = isinstance(claim.statement, Chain) and len(claim.statement.operands) > 2
    if derived and solved_for(fact.statement) and branches(fact.statement) and branches(statement):
        return False  # worked out by themselves: the solutions of another equation
    if book.prose or claim.among_words:
        last = book.facts[-1] if book.facts else None
        # Formulas on lines of their own, right below each other, follow each other in prose too.
        below = not claim.among_words and fact.alone and fact.line == asked.step.line - 1
        return (
            (claim.linked or below or wording.derives(asked.step, claim))
            and fact is last
            and fact.line >= asked.step.line - 1
            and len(fact.names) == 1
            and not fact.given
            and solved_for(fact.statement) is None
        )
    if len(about) == 1:
        return fact.alone or fact.line == PROBLEM
    if holds_calculus(statement) and holds_calculus(fact.statement) and names == fact.names:
        return fact is book.facts[-1]  # 2x + 2y y' = 0, 2y y' = 2x: the same slope is meant
    solves = len(names) == 2 and names == fact.names and fact is book.facts[-1] and fact.alone and isolates(statement)
    if solves and contradictory((fact.statement, statement), book.setting):
        return True  # 2x + 2y = 40, y = 40 - x: both cannot hold, and the second solves the first for y
    if len(book.premises(names, sound=False)) > 1:
        return False
    if claim.linked or claim.continues:
        return names == fact.names
    if book.from_equations and fact.line == PROBLEM:
        return names == fact.names and not book.partly_read
    if book.from_equations and fact.alone and fact.replaces is not None and not book.partly_read:
        return names == fact.names  # one equation in two letters, and a line that it turned into
    return len(names) >= 3 and names == fact.names and fact.alone and isolates(statement)


def determined(asked: Question, statement: Statement) -> bool:
    """The premises fix all unknowns, and the problem (or the student, line by line) wrote them as equations."""
    if asked.claim.among_words or asked.book.prose:
        solved = solved_for(statement) is not None or isinstance(statement, Both)
        if not solved or not wording.solves(asked.step, asked.claim, asked.book.text_before):
            return False
        if asked.book.doubted >= 0:
            return False
    premises = asked.book.premises(symbols(statement), sound=False)
    unknowns = frozenset[str]().union(*(f.names for f in premises))
    return len(premises) >= len(unknowns)


def restated(book: Notebook, statement: Statement) -> bool:
    """The statement is one of the problem's own, as written or with its sides exchanged."""
    flipped = (
        Chain(statement.operands[::-1], statement.relations)
        if isinstance(statement, Chain) and statement.relations == ("=",)
        else None
    )
    return any(
        f.line == PROBLEM and (same_tree(f.statement, statement) or (flipped and same_tree(f.statement, flipped)))
        for f in book.facts
    )


def continues_expression(book: Notebook, chain: Chain) -> bool:
    """The left side is the expression that was to be rewritten, so the right side must equal it."""
    return (
        book.expression is not None
        and len(chain.operands) == 2
        and same_tree(book.expression[0], chain.operands[0])
        and symbols(chain.operands[0]) == symbols(chain.operands[1])
    )


def equation_known(book: Notebook, left: Expr, right: Expr) -> bool:
    """Some fact relates these symbols, so that `left = right` may hold because of it."""
    names = symbols(left) | symbols(right)
    return any(True for f in book.about(names) if f.names <= names)
