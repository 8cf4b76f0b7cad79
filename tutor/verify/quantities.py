"""Chains of quantities: their dimensions, their numbers in base units, the laws they state, the numbers put in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tutor.bridge.constants import constants_of_symbol
from tutor.bridge.dimensions import in_words
from tutor.bridge.exact import INVERSE_TRIGONOMETRIC, TRIGONOMETRIC
from tutor.bridge.units import ANGLES, is_affine, measure, turns_in, units_in
from tutor.errors import StudentError, Undefined, Unsupported
from tutor.laws.law import Meaning
from tutor.records import (
    Contradicts,
    Counterexample,
    DimensionMismatch,
    EqualValues,
    Evidence,
    FalseEquality,
    FollowsFrom,
    FollowThrough,
    NothingClaimed,
    Relation,
    Remark,
    Undecided,
    Verdict,
    WrongQuantity,
)
from tutor.syntax.printer import to_text
from tutor.syntax.tree import (
    Both,
    Bracket,
    Call,
    Chain,
    Constant,
    Degrees,
    Derivative,
    Either,
    Expr,
    Negative,
    Node,
    Number,
    PlusMinus,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Statement,
    Sum,
    Symbol,
    Unit,
    kinds,
    numbers,
    rebuild,
    substitute,
    symbols,
    walk,
    without_brackets,
)
from tutor.verify.alignment import numerals
from tutor.verify.calculations import calculate
from tutor.verify.chains import fills_in, judge_chain
from tutor.verify.dimensions import Mismatch, dimension, mismatch
from tutor.verify.figures import AGREE, Ball, How, Reckoned, compare, reckon, span_of
from tutor.verify.filling import judge_by_filling
from tutor.verify.lawful import judge_by_laws
from tutor.verify.meant import with_powers_below, without_rates
from tutor.verify.notebook import PROBLEM, Fact, Notebook
from tutor.verify.origins import judge_by_origins
from tutor.verify.physical import Physical, dimension_written, numerals_of, redefines, without_power_of_ten
from tutor.verify.questions import Outcome, Question, ask, found, setting_now
from tutor.verify.rearranged import slip_in_rearranging
from tutor.verify.shapes import constant, holds_calculus, is_name, without_units
from tutor.verify.tasks import Compare, Finding
from tutor.verify.tracing import judge_by_tracing
from tutor.verify.two_values import SOLUTIONS, neither_of_two
from tutor.verify.uncertainty import judge_with_uncertainty

PROVED = (Verdict.CORRECT, Verdict.FOLLOW_THROUGH)
EQUALITIES = frozenset({"=", "≈"})
FACTS_TRIED = 12


def judge_quantities(asked: Question, chain: Chain, physical: Physical) -> Outcome:
    """A chain in work about physics; the reading that holds is the one that was meant."""
    if PlusMinus in kinds(chain):
        outcome = judge_with_uncertainty(asked, chain, physical, judge_quantities)
        if outcome is not None:
            return outcome
    chain = primes_as_names(chain)
    first = without_brackets(chain.operands[0])
    if not asked.claim.continues:
        physical.head = first.name if isinstance(first, Symbol) else ""
    meant = letters_as_units(chain, physical)
    slip: Outcome | None = None
    ended = with_unit_at_the_end(chain)
    if ended not in (chain, meant):
        outcome = judge_as_read(asked, ended, physical)
        if outcome.evidence.verdict in PROVED:
            return outcome
    if meant != chain:
        outcome = judge_as_read(asked, meant, physical)
        if outcome.evidence.verdict in PROVED or isinstance(outcome.evidence, FalseEquality):
            return outcome
        slip = outcome if isinstance(outcome.evidence, WrongQuantity) else None
    outcome = judge_as_read(asked, chain, physical)
    if outcome.evidence.verdict in PROVED:
        return outcome
    for other in (
        with_brackets_below(meant),
        with_units_below(meant),
        with_functions_first(meant),
        without_rates(meant),
    ):
        if other == meant:
            continue
        again = judge_as_read(asked, other, physical)
        if again.evidence.verdict in PROVED:
            return again
        as_bad = isinstance(again.evidence, DimensionMismatch) and isinstance(outcome.evidence, DimensionMismatch)
        if outcome.evidence.verdict is Verdict.WRONG and not (as_bad or surely_wrong(again.evidence, physical)):
            outcome = replace(outcome, evidence=Undecided(("two readings are possible",)), remarks=())
    units = letters_as_units(chain, None)
    if units not in (chain, meant) and mismatch(units, physical) is None:
        again = judge_as_read(asked, units, physical)
        if again.evidence.verdict in PROVED or isinstance(again.evidence, FalseEquality):
            return again
    if slip is not None and not surely_wrong(outcome.evidence, physical):
        return slip
    if isinstance(outcome.evidence, DimensionMismatch):
        letters = units_as_letters(chain, asked.book, physical)
        if letters != chain:
            return judge_as_read(asked, letters, physical)
    if isinstance(outcome.evidence, NothingClaimed | Undecided) and (
        faulty := badly_rearranged(asked, chain, physical)
    ):
        return replace(outcome, evidence=faulty, remarks=())
    if isinstance(outcome.evidence, Counterexample) and may_be_units(outcome.evidence, asked, physical):
        return replace(outcome, evidence=Undecided(("a letter may be a unit",)), remarks=())
    return outcome


def badly_rearranged(asked: Question, chain: Chain, physical: Physical) -> Evidence | None:
    """`4T = ma - f` right after `ma = 4T - f`, or after F = ma and F = 4T - f.

    With words, a label or an empty line between them it may be the equation of another body, or of the way back.
    """
    book, step = asked.book, asked.step
    if asked.claim.among_words or asked.claim.continues or not symbols(chain) or len(chain.operands) != 2:
        return None
    beside = step.text[: asked.claim.span.start] + step.text[asked.claim.span.end :]
    if any(c.isalnum() for c in beside) and not asked.claim.linked and not GOES_ON.search(beside):
        return None
    after = physical.plain(chain)
    own = [f for f in reversed(book.facts) if 0 <= f.line < step.line and isinstance(f.statement, Chain)][:3]
    own = [f for f in own if (f.alone or said_on_the_way(asked, f.line)) and only_goes_on(asked, f.line)]
    for before in (*(f.statement for f in own[:1] if f.alone), *put_together(own)):
        if isinstance(before, Chain) and symbols(before) == symbols(after) and not said_anew(before, after):
            return slip_in_rearranging(before, after)
    return None


def only_goes_on(asked: Question, line: int) -> bool:
    """Nothing but equations, and words such as "solving for y gives", since a line."""
    between = [s for s in asked.ahead.steps if line < s.line < asked.step.line]
    return len(between) == asked.step.line - line - 1 and all(s.claims or GOES_ON.search(s.text) for s in between)


def said_on_the_way(asked: Question, line: int) -> bool:
    """`The second law tells us that F = m a, so we get`: of no other body."""
    text = next((s.text for s in asked.ahead.steps if s.line == line), "")
    return bool(GOES_ON.search(text)) and not ANOTHER_BODY.search(text)


ANOTHER_BODY = re.compile(
    r"\b(?:for|both|together|others?|another|each|first|one|whole|system|same|if|but|upper|lower|left|right|now)\b"
    r"|\b(?:two|three|four|third)\b|\bsecond\b(?!\s+law)",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"\b(?:solv\w+|rearrang\w+|gives?|yields?|isolat\w+|solve|algebra|so|thus|therefore|hence|simplif\w+|get|obtain)\b",
    re.IGNORECASE,
)


def said_anew(before: Chain, after: Chain) -> bool:
    """`s = v t` and `s = 1/2 v t`: two laws for one quantity, which may well belong to two motions."""
    head, other = before.operands[0], after.operands[0]
    return isinstance(head, Symbol) and head == other


def put_together(facts: Sequence[Fact]) -> Iterator[Chain]:
    """`ma = 4T - f` from F = ma and F = 4T - f"""
    for place, one in enumerate(facts):
        for other in facts[place + 1 :]:
            sides = [f.statement.operands for f in (one, other) if isinstance(f.statement, Chain)]
            if all(len(s) == 2 and isinstance(s[0], Symbol) for s in sides) and sides[0][0] == sides[1][0]:
                yield Chain((sides[1][1], sides[0][1]), ("=",))


def may_be_units(evidence: Counterexample, asked: Question, physical: Physical) -> bool:
    """`500/mm = 5·10^5 /m`: refuted only for the m of an equation, which nothing else speaks of."""
    known = asked.book.names_seen | physical.meanings.keys()
    return any(name in UNIT_LETTERS and name not in known for name in evidence.values)


def surely_wrong(evidence: Evidence, physical: Physical) -> bool:
    """Wrong by numbers that are known, not by letters that may be units."""
    if isinstance(evidence, Counterexample):
        return all(physical.meaning(name).value is not None for name in evidence.values)
    return isinstance(evidence, FalseEquality | WrongQuantity)


def primes_as_names(chain: Chain) -> Chain:
    """f' as a name, for another frequency, where nothing is differentiated."""
    if Derivative not in kinds(chain):
        return chain
    found_ = [n for n in walk(chain) if isinstance(n, Derivative)]
    if any(n.variable is not None or not isinstance(n.operand, Symbol) for n in found_):
        return chain
    if Quantity not in kinds(chain):
        return chain

    def change(node: Node) -> Node:
        if isinstance(node, Derivative) and isinstance(node.operand, Symbol):
            return Symbol(node.operand.name + "_prime" * node.order)
        return rebuild(node, change)

    return rebuild(chain, change)


LETTERS = frozenset("L T C F A V W")


def with_functions_first(chain: Chain) -> Chain:
    """(sin 40°)/1.52 for `sin 40° / 1.52`"""

    def change(node: Node) -> Node:
        if isinstance(node, Call) and not node.bracketed and len(node.args) == 1:
            inside = node.args[0]
            if isinstance(inside, Quotient) and not inside.stacked and constant(inside.bottom):
                return Quotient(change(replace(node, args=(inside.top,))), inside.bottom)  # type: ignore[arg-type]
            if isinstance(inside, Product) and isinstance(inside.factors[0], Degrees):
                head = replace(node, args=(inside.factors[0],))
                return Product((head, *inside.factors[1:]), inside.signs)
        return rebuild(node, change)

    return rebuild(chain, change)


def units_as_letters(chain: Chain, book: Notebook, physical: Physical) -> Chain:
    """2 L as twice a length L that the problem or the work speaks of."""

    def change(node: Node) -> Node:
        if isinstance(node, Quantity):
            names = [word for word, power in node.unit.factors if power == 1]
            known = all(n in physical.meanings or n in book.names_seen or n in LETTERS for n in names)
            result = node in chain.operands and isinstance(node.value, Number) and node.value.value >= 10  # = 36 W
            if known and not result and len(names) == len(node.unit.factors):
                return Product((node.value, *map(Symbol, names)), ("",) * len(names))
        return rebuild(node, change)

    return rebuild(chain, change)


def with_brackets_below(chain: Chain) -> Chain:
    """(m v)/((q)(B)) for `(m v)/(q)(B)`"""

    def change(node: Node) -> Node:
        if isinstance(node, Product):
            for place, factor in enumerate(node.factors[:-1]):
                signs = node.signs or ("",) * (len(node.factors) - 1)
                rest = node.factors[place + 1 :]
                beside = all(isinstance(r, Bracket) for r in rest) and not any(signs[place:])
                if isinstance(factor, Quotient) and not factor.stacked and beside:
                    below = Bracket(Product((factor.bottom, *rest), ("",) * len(rest)))
                    return (
                        Product((*node.factors[:place], Quotient(factor.top, below)))
                        if place
                        else Quotient(factor.top, below)
                    )
        return rebuild(node, change)

    return rebuild(chain, change)


def letters_as_units(chain: Chain, physical: Physical | None) -> Chain:
    """(75.0 m) and 10^8 m/s for numbers times letters m, s of which nothing is known, among other quantities."""
    if Quantity not in kinds(chain) or Symbol not in kinds(chain):
        return chain

    def change(node: Node) -> Node:
        if isinstance(node, Product):
            factors: list[Expr] = []
            units: list[tuple[str, int]] = []
            for factor in node.factors:
                takes = bool(factors) and (bool(units) or takes_unit(factors[-1]))
                letter = unit_letter(factor, physical) if takes else None
                if letter is not None:
                    units.append(letter)
                    continue
                if takes and (fraction := unit_fraction(factor, physical)):
                    units.extend(fraction)
                    continue
                if units:
                    factors = with_unit(factors, units)
                    units = []
                factors.append(change(factor))  # type: ignore[arg-type]
            factors = with_unit(factors, units) if units else factors
            if len(factors) < len(node.factors):
                return factors[0] if len(factors) == 1 else Product(tuple(factors), ("*",) * (len(factors) - 1))
        if isinstance(node, Quotient) and not node.stacked and (below := unit_letter(node.bottom, physical)):
            top = change(node.top)
            last = top.factors[-1] if isinstance(top, Product) else top
            if isinstance(last, Quantity):
                whole = Quantity(last.value, unit_of([*last.unit.factors, (below[0], -below[1])]))
                return Product((*top.factors[:-1], whole), top.signs) if isinstance(top, Product) else whole
        return rebuild(node, change)

    return rebuild(chain, change)


def with_unit_at_the_end(chain: Chain) -> Chain:
    """`2·2 = 4V`: what a calculation with numbers alone comes to, its unit typed right behind."""
    last = chain.operands[-1]
    if len(chain.operands) < 2 or not isinstance(last, Product) or len(last.factors) != 2:
        return chain
    before, (value, letter) = chain.operands[-2], last.factors
    if not constant(before) or is_numeral(before) or not is_numeral(value) or not isinstance(letter, Symbol):
        return chain
    unit = unit_letter(letter, None)
    if unit is None:
        return chain
    return replace(chain, operands=(*chain.operands[:-1], Quantity(value, unit_of([unit]))))


def takes_unit(expr: Expr) -> bool:
    """A numeral, or a fraction written on the line that ends in one: `1800 m / 150` s."""
    return is_numeral(expr) or (isinstance(expr, Quotient) and not expr.stacked and isinstance(expr.bottom, Number))


def with_unit(factors: list[Expr], units: Sequence[tuple[str, int]]) -> list[Expr]:
    """The unit put to the numeral, and to its power of ten, that stand last."""
    first = len(factors) - 1
    end = factors[first]
    if isinstance(end, Quotient):
        return [*factors[:first], Quotient(end.top, Quantity(end.bottom, unit_of(units)))]
    if first and isinstance(without_brackets(factors[first]), Power) and is_numeral(factors[first - 1]):
        first -= 1
    value = factors[first] if first == len(factors) - 1 else Product(tuple(factors[first:]), ("×",))
    return [*factors[:first], Quantity(value, unit_of(units))]


def unit_of(factors: Sequence[tuple[str, int]]) -> Unit:
    """A unit with its text."""
    text = " ".join(word if power == 1 else f"{word}^{power}" for word, power in factors)
    return Unit(text, tuple(factors))


def unit_fraction(expr: Expr, physical: Physical | None) -> list[tuple[str, int]]:
    """m/s² of `3.73 \\frac{m}{s^2}`"""
    inner = without_brackets(expr)
    if not isinstance(inner, Quotient):
        return []
    top, bottom = (
        unit_letter(without_brackets(inner.top), physical),
        unit_letter(without_brackets(inner.bottom), physical),
    )
    return [top, (bottom[0], -bottom[1])] if top and bottom else []


def unit_letter(expr: Expr, physical: Physical | None) -> tuple[str, int] | None:
    """m, s, J, m^2 …, where the problem and the work have no quantity of that name."""
    power, exponent = 1, expr.exponent if isinstance(expr, Power) else None
    if isinstance(expr, Power) and isinstance(exponent, Number) and exponent.value in SMALL:
        expr, power = expr.base, int(exponent.value)
    if not isinstance(expr, Symbol) or expr.name not in UNIT_LETTERS:
        return None
    if physical is None:
        return expr.name, power
    meaning = physical.meaning(expr.name)
    return (expr.name, power) if meaning.value is None and not meaning.role else None


UNIT_LETTERS = frozenset("m s J F C K N V W A T Pa Hz kg km cm mm eV".split())


def is_numeral(expr: Expr) -> bool:
    """A number, a power of ten, or a calculation in brackets."""
    inner = without_brackets(expr)
    if isinstance(inner, Power):
        return isinstance(without_brackets(inner.base), Number) and constant(inner.exponent)
    return isinstance(inner, Number) or (inner is not expr and constant(inner) and Quantity not in kinds(inner))


def with_units_below(chain: Chain) -> Chain:
    """1/(10 Ω) for `1/10 Ω`, with the powers of ten where they belong"""
    chain = with_powers_below(chain)

    def change(node: Node) -> Node:
        if isinstance(node, Quantity) and isinstance(node.value, Quotient) and not node.value.stacked:
            return Quotient(node.value.top, Quantity(node.value.bottom, node.unit))
        return rebuild(node, change)

    return rebuild(chain, change)


def judge_as_read(asked: Question, chain: Chain, physical: Physical) -> Outcome:
    """A chain by its dimensions, the laws, the numbers put in, and by what it follows from."""
    if (strange := unknown_unit(chain)) is not None:
        return Outcome(strange, physical.plain(chain), known=False)
    evidence = mismatch(chain, physical)
    if evidence is not None and stands_for(asked, evidence, chain):
        return Outcome(NothingClaimed("quantities that belong together"), physical.plain(chain), known=False)
    if evidence is not None and not redefines(chain, physical):
        return Outcome(evidence, named_value(chain, physical) or physical.plain(chain))
    own = by_numbers(asked, chain, physical)
    says_value = len(chain.operands) == 2 and is_name(chain.operands[0]) and numerals_only(chain.operands[1])
    if symbols(chain):
        for by_law in (False,) if says_value else (True, False):
            other = (
                judge_by_laws(asked, chain, physical, proved=own is not None)
                if by_law
                else judge_by_tracing(asked, chain, physical)
            )
            if other is None:
                continue
            if difference_in_degrees(other.evidence, physical):
                continue
            if other.evidence.verdict is Verdict.WRONG:
                return once_more(other, asked, physical)
            if other.evidence.verdict in PROVED and own is None:
                own = other
    if own is None or own.evidence.verdict is not Verdict.WRONG:
        other = judge_by_origins(asked, chain, physical)
        if other is not None:
            return other
    if own is not None:
        return own
    outcome = judge_generally(asked, chain, physical)
    if isinstance(outcome.evidence, NothingClaimed):
        return judge_by_filling(asked, chain, physical) or outcome
    return outcome


def unknown_unit(chain: Chain) -> Undecided | None:
    """`3 zorkons = 4 N`: what is no unit of measurement cannot be compared with one."""
    alone = [o for o in map(without_brackets, chain.operands) if isinstance(o, Quantity)]
    strange = next((o for o in alone if not measure(o.unit).dimension and measure(o.unit).nouns), None)
    other = next((o for o in alone if measure(o.unit).dimension and not measure(o.unit).nouns), None)
    if strange is None or other is None:
        return None
    text = f"“{strange.unit.text}” is not a unit that is known here, so it cannot be compared with {other.unit.text}"
    return Undecided(("units",), why=text)


def difference_in_degrees(evidence: Evidence, physical: Physical) -> bool:
    """ΔT = 91.9 °C is as good as 91.9 K."""
    conversion = isinstance(evidence, WrongQuantity) and evidence.slip == "conversion"
    return conversion and physical.head.startswith("Delta") and "C" in evidence.used  # type: ignore[union-attr]


def stands_for(asked: Question, evidence: DimensionMismatch, chain: Chain) -> bool:
    """`3 m³ of water = 3000 kg`, `3000 kg in 300 s = 10 kg/s`: two quantities among words, which belong together."""
    if evidence.where != "sides" or len(chain.operands) != 2 or not all(map(numerals_only, chain.operands)):
        return False
    span, text = asked.claim.span, asked.step.text
    beside = text[: span.start] + text[span.end :]
    return asked.claim.among_words or any(c.isalnum() for c in beside) or bool(OF_SOMETHING.search(asked.claim.text))


OF_SOMETHING = re.compile(r"\b(?:of|in|per|for|is|gives?|takes?)\b")


def once_more(outcome: Outcome, asked: Question, physical: Physical) -> Outcome:
    """The same quantity put for the same other one on a later line follows through from the first such line."""
    evidence = outcome.evidence
    line = asked.step.line
    if isinstance(evidence, WrongQuantity):
        first = physical.mixed_up.setdefault((evidence.used, evidence.needed), line)
        if first < line:
            evidence = FollowThrough(first, FollowsFrom((first,), Relation.SUBSTITUTION, "the same quantity"))
            return replace(outcome, evidence=evidence)
    return outcome


# ---------------------------------------------------------------- numbers


@dataclass(frozen=True, slots=True)
class Link:
    """How two neighbours of a chain agree. names: symbols whose values were put in. guessed: a constant of nature was
    put in for one. left_out: they agree only with the units left out.
    """

    how: How
    left: Reckoned | None = None
    right: Reckoned | None = None
    names: frozenset[str] = frozenset()
    guessed: bool = False
    left_out: bool = False


def by_numbers(asked: Question, chain: Chain, physical: Physical) -> Outcome | None:
    """The chain by the values of its sides; None where they do not tell."""
    if not set(chain.relations) <= EQUALITIES or holds_calculus(chain) or len(chain.operands) > 40:
        return None
    head = without_brackets(chain.operands[0])
    name = head.name if isinstance(head, Symbol) else ""
    if len(chain.operands) == 2 and (is_name(head) or isinstance(without_brackets(chain.operands[1]), Symbol)):
        flipped = Chain(chain.operands[::-1], chain.relations)
        if not name and constant(head):
            chain, head = flipped, without_brackets(flipped.operands[0])
            name = head.name if isinstance(head, Symbol) else ""
        if not constant(chain.operands[1]):
            return None
        return by_known_value(asked, chain, name, physical) if name else None
    calculation = chain
    goes_on = asked.claim.continues and BEGINS_WITH_SIGN.match(asked.step.text)
    if (is_name(head) and not asked.claim.continues) or (asked.claim.continues and not goes_on):
        calculation = Chain(chain.operands[1:], chain.relations[1:])
    return by_links(asked, chain, calculation, physical)


BEGINS_WITH_SIGN = re.compile(r"[\s$&\\\[(]*(?:=|≈|~|→|->|⇒|=>|approx|to\b)")


def by_links(asked: Question, chain: Chain, calculation: Chain, physical: Physical) -> Outcome | None:
    """Each link of a chain by its numbers: refuted by one that is surely false, right where all of them agree."""
    book = asked.book
    links: list[Link] = []
    open_ = put_in = False
    used: set[str] = set()
    remarks: list[Remark] = []
    for (left, right), sign in zip(pairwise(calculation.operands), calculation.relations, strict=True):
        link = link_of(left, right, sign, book, physical)
        links.append(link)
        used |= link.names
        if link.how in AGREE:
            remarks.extend(remarks_of(link, right))
            continue
        if link.how is How.APART and constant(left) and constant(right):
            if (turned := turned_into(left, right, sign, book, physical)) is not None:
                links[-1] = turned
                remarks.append(Remark("unit_missing", "the unit of the factor is left out"))
                continue
            if cut_apart(asked, chain):
                return Outcome(Undecided(("where a number begins or ends is not sure",)), physical.plain(chain))
            if not by_other_means(asked, calculation, physical):
                evidence = false_equality(left, right, sign, link)
                return Outcome(evidence, named_value(chain, physical) or physical.plain(chain))
            continue
        if link.how is How.APART and (wrong := put_in_wrongly(asked, left, right, link, physical)) is not None:
            return Outcome(wrong, named_value(chain, physical) or physical.plain(chain))
        if same_for_all(asked, left, right, sign, physical) or filled_in(left, right, sign, book, physical):
            continue
        unknown = link.how is How.OPEN and link.left is None
        if unknown and not constant(left) and Quantity not in kinds(left) and (constant(right) or len(links) == 1):
            put_in = True  # a formula, or numbers for letters that nothing else is known of
        else:
            open_ = True
    agreed = any(link.how in AGREE for link in links)
    if not links or (put_in and not agreed):
        return None
    if (wrong_unit := unit_of_result(calculation, links, book, physical)) is not None:
        return Outcome(wrong_unit, named_value(chain, physical) or physical.plain(chain))
    if open_:
        return None
    last = calculation.operands[-1]
    if not constant(last):
        return None  # letters to the end: a law, or a rewriting
    decided = [link for link in links if link.left is not None]
    exact = all(link.how is How.EXACT for link in decided)
    if (missing := unit_missing(asked, chain, physical)) is not None:
        remarks.append(missing)
    finding = Finding(EqualValues(to_text(last), exact=exact), tuple(dict.fromkeys(remarks)))
    rests = [line for n in used | put_in_by_name(calculation, physical) if (line := physical.rests.get(n)) is not None]
    wrong_line = book.wrong_line_used(Chain(calculation.operands[:-1], calculation.relations[:-1]))
    rests_on = min([*rests, *([wrong_line] if wrong_line is not None else [])], default=None)
    if rests_on is None and not asked.claim.continues:
        rests_on = wrong_formula(asked, chain, calculation, physical)
    if rests_on == asked.step.line:
        rests_on = None
    return found(finding, facts_of(chain, physical), rests_on)


def put_in_by_name(calculation: Chain, physical: Physical) -> set[str]:
    """C of `1/2 C V² = 1/2 · 50×10⁻³ · 200²` after C = 50×10⁻³ F: letters whose values stand among the numbers."""
    figures = {without_power_of_ten(n.value) for o in calculation.operands if constant(o) for n in numbers(o)}
    known = {n: physical.meaning(n).value for n in symbols(calculation) if n in physical.rests}
    return {n for n, value in known.items() if value is not None and figures.issuperset(numerals_of(value))}


def wrong_formula(asked: Question, chain: Chain, calculation: Chain, physical: Physical) -> int | None:
    """The wrong line whose formula `E = 2·9.81·80 = 1570 J` works out."""
    head, book = without_brackets(chain.operands[0]), asked.book
    if not isinstance(head, Symbol) or not constant(calculation.operands[0]):
        return None
    for fact in list(book.about(frozenset({head.name})))[:3]:
        if fact.rests_on is None:
            continue
        for left, right in sides_of(fact.statement, head.name):
            first = calculation.operands[0]
            link = forced(left, right, head.name, first, "=", book, physical)
            agrees = link is not None and link.how in AGREE
            if agrees or any(filled_in(o, first, "=", book, physical) for o in (left, right)):
                return fact.rests_on
    return None


def cut_apart(asked: Question, chain: Chain) -> bool:
    """`000 · 1.08` of 400 000 · 1.08; `75 = 3 : 4` of d : 75 = 3 : 4."""
    if any(n.text.startswith("00") for n in numbers(chain)):
        return True
    before = asked.step.text[: asked.claim.span.start].rstrip()
    return before.endswith(":") and ":" in asked.claim.text


def turned_into(left: Expr, right: Expr, sign: str, book: Notebook, physical: Physical) -> Link | None:
    """`54 km/h ÷ 3.6 = 15 m/s`: what is done to the numeral, and the same quantity in another unit."""
    inner = without_brackets(right)
    if not (isinstance(inner, Quantity) and is_numeral(inner.value)) and not isinstance(inner, Degrees):
        return None
    quantities = factors_with_unit(left)
    if quantities is None or len(quantities) != 1 or quantities[0] == without_brackets(left):
        return None
    in_turns = any(map(turns_in, units_in(quantities[0])))
    if not in_turns and link_of(quantities[0], right, sign, book, physical).how not in AGREE:
        return None
    angle = book.setting.angle_unit
    a = side(without_degrees(left), {}, {}, book, physical, False, angle)
    b = side(without_degrees(right), {}, {}, book, physical, False, angle)
    if a is None or b is None:
        return None
    how = compare(a, b, approximate=sign == "≈")
    return Link(how, a, b) if how in AGREE else None


def is_in_radians(unit: Unit) -> bool:
    """rad, rad/s"""
    return any(ANGLES.get(word) == "radian" for word, _ in unit.factors)


def turns_in_radians(expr: Expr) -> Expr:
    """5 · 2π rad/s for 5 rev/s"""

    def change(node: Node) -> Node:
        if isinstance(node, Quantity) and turns_in(node.unit) == 1:
            full = Product((Number("2", Fraction(2)), Constant("pi")), ("*",))
            return Quantity(Bracket(Product((node.value, full), ("*",))), node.unit)
        return rebuild(node, change)

    return change(expr)  # type: ignore[return-value]


def without_degrees(expr: Expr) -> Expr:
    """30 for 30°"""

    def change(node: Node) -> Node:
        return node.operand if isinstance(node, Degrees) else rebuild(node, change)

    return change(expr)  # type: ignore[return-value]


def factors_with_unit(expr: Expr) -> list[Expr] | None:
    """The quantities among the factors of a product or quotient of numbers; None for anything else."""
    match expr:
        case Bracket(inner):
            return factors_with_unit(inner)
        case Quantity(value, unit):
            # 54/3.6 km/h: the unit of what is turned into another, written last
            first = next(iter(numbers(value)), None)
            return (
                None
                if first is None
                else [Quantity(first, unit) if isinstance(without_brackets(value), Quotient | Product) else expr]
            )
        case Degrees():
            return [expr]
        case Product(factors):
            parts = [factors_with_unit(f) for f in factors]
        case Quotient(top, bottom):
            parts = [factors_with_unit(top), factors_with_unit(bottom)]
        case _:
            return [] if constant(expr) and Quantity not in kinds(expr) and Degrees not in kinds(expr) else None
    found_: list[Expr] = []
    for part in parts:
        if part is None:
            return None
        found_ += part
    return found_


def by_other_means(asked: Question, calculation: Chain, physical: Physical) -> bool:
    """Whether the calculation holds in a reading that the judge of plain calculations knows (run-on equals, …)."""
    numeric = [o for o in calculation.operands if constant(o)]
    if len(numeric) != len(calculation.operands):
        return False
    for plain in (physical.plain(calculation), without_units(calculation)):
        finding = calculate(plain, asked.book)
        meant = any(r.kind in ("run_on_equals", "percent") for r in finding.remarks)
        if finding.evidence.verdict is Verdict.CORRECT and meant:
            return True
    return False


def facts_of(chain: Chain, physical: Physical) -> Statement:
    """What is to be remembered: the formula by itself, and the value by itself."""
    value = named_value(chain, physical)
    plain = physical.plain(chain)
    if value is None or len(plain.operands) < 3:
        return value or plain
    formula = [o for o in plain.operands[:-1] if symbols(o)]
    if len(formula) < 2:
        return value
    return Both((Chain(tuple(formula), ("=",) * (len(formula) - 1)), value))


def named_value(chain: Chain, physical: Physical) -> Chain | None:
    """`v = 14` of `v = d/t = 28/2 = 14 m/s`, in base units."""
    head, last = chain.operands[0], chain.operands[-1]
    if is_name(head) and symbols(head) and constant(last):
        return physical.plain(Chain((head, last), ("=",)))
    return None


def link_of(left: Expr, right: Expr, sign: str, book: Notebook, physical: Physical) -> Link:
    """How two sides agree, in base units first, then with the units left out."""
    if not physical.head.startswith("Delta") and (affine := temperatures(left, right)) is not None:
        return Link(affine, *in_the_right_unit(left, right))
    one, other = dimension_written(left), dimension_written(right)
    if one and other and one != other:
        return Link(How.OPEN)  # a scale, 1 cm = 10 N
    if any(map(turns_in, units_in(left))) and any(map(is_in_radians, units_in(right))):
        left = turns_in_radians(left)
    elif any(map(is_in_radians, units_in(left))) and any(map(turns_in, units_in(right))):
        right = turns_in_radians(right)
    names = symbols(left) | symbols(right)
    values = values_for(names, physical, book)
    if values is None:
        return Link(How.OPEN)
    known, guessed = values
    seen: list[tuple[How, Reckoned, Reckoned]] = []
    for scaled in (True, False):
        if not scaled and not units_may_be_left_out(left, right, known, physical):
            break
        for angle in angle_units(left, right, book):
            a = side(left, known, guessed, book, physical, scaled, angle)
            b = side(right, known, guessed, book, physical, scaled, angle)
            if a is None or b is None:
                continue
            how = compare(a, b, approximate=sign == "≈")
            if how in AGREE:
                return Link(how, a, b, names & known.keys(), bool(guessed), not scaled)
            seen.append((how, a, b))
    if not seen:
        return Link(How.OPEN)
    how = How.APART if all(h is How.APART for h, _, _ in seen) else How.OPEN
    if how is How.APART and guessed.keys() - {"g"}:
        how = How.OPEN
    if how is How.APART and any(map(has_long_size, (*units_in(left), *units_in(right)))):
        angle = book.setting.angle_unit
        a, b = (side(s, known, guessed, book, physical, True, angle, given_is_exact=False) for s in (left, right))
        if a is not None and b is not None and compare(a, b, approximate=sign == "≈") in AGREE:
            return Link(How.ROUNDED, a, b, names & known.keys(), bool(guessed))
    return Link(how, seen[0][1], seen[0][2], names & known.keys(), bool(guessed))


def has_long_size(unit: Unit) -> bool:
    """Whether a unit's size is written rounded where it is put in: 1.6e-19 J for 1 eV, though the problem says it."""
    return len(str(without_power_of_ten(Fraction(measure_size(unit))).numerator)) > 4


def values_for(
    names: frozenset[str], physical: Physical, book: Notebook
) -> tuple[dict[str, Expr], dict[str, Ball]] | None:
    """The values of symbols as written, and balls for constants of nature that nobody has defined."""
    known: dict[str, Expr] = {}
    guessed: dict[str, Ball] = {}
    for name in names:
        value = physical.meaning(name).value
        if value is not None:
            if symbols(value):
                return None
            known[name] = value
            continue
        written = book.value_of(name)
        if written is not None:
            known[name] = written
            continue
        candidates = constants_of_symbol(name)
        if not candidates:
            return None
        first = candidates[0]
        amounts = [first.value, *first.roundings]
        guessed[name] = span_of(min(amounts), max(amounts))
    return known, guessed


def side(
    expr: Expr,
    known: dict[str, Expr],
    guessed: dict[str, Ball],
    book: Notebook,
    physical: Physical,
    scaled: bool,
    angle: str,
    given_is_exact: bool = True,
) -> Reckoned | None:
    """One side worked out, with the values of its symbols put in; the problem's decimals may count as rounded."""
    plain = physical.plain(expr) if scaled else without_units(expr)
    if known and symbols(plain):
        put_in = {n: physical.plain(v) if scaled else without_units(v) for n, v in known.items()}
        plain = substitute(plain, put_in)
    setting = book.setting
    exact = exact_numbers(book) if given_is_exact else frozenset[Fraction]()
    return reckon(expr, plain, guessed, exact, angle_unit=angle, log_base=setting.log_base, scaled=scaled)


def exact_numbers(book: Notebook) -> ExactNumbers:
    """The decimals of a line that stand for no rounding interval: those that the problem gives."""
    return ExactNumbers(book)


class ExactNumbers:
    """The problem's decimals, whatever power of ten their unit put them to."""

    def __init__(self, book: Notebook) -> None:
        self.book = book

    def __contains__(self, value: object) -> bool:
        physical = self.book.physical
        return physical is not None and physical.is_given(value)


def angle_units(left: Expr, right: Expr, book: Notebook) -> tuple[str, ...]:
    """Radians; degrees too where a function of angles is taken of a bare number, or gives one."""
    unit = book.setting.angle_unit
    if Call not in kinds(left) | kinds(right):
        return (unit,)
    calls = [n for s in (left, right) for n in walk(s) if isinstance(n, Call)]
    bare = any(c.name in TRIGONOMETRIC and not any(Degrees in kinds(a) for a in c.args) for c in calls)
    back = any(c.name in INVERSE_TRIGONOMETRIC for c in calls)
    return ("radian", "degree") if bare or back else (unit,)


def units_may_be_left_out(left: Expr, right: Expr, known: dict[str, Expr], physical: Physical) -> bool:
    """Whether the numerals alone may be meant: a unit stands that is no base unit, and not on all that needs one."""
    sizes = [[measure_size(u) for u in units_in(s)] for s in (left, right)]
    of_values = [measure_size(u) for v in known.values() for u in units_in(v)]
    if all(size == 1 for each in (*sizes, of_values) for size in each):
        return False
    try:
        one, other = dimension(left, physical), dimension(right, physical)
    except (Mismatch, StudentError, Undefined, Unsupported):
        return False
    if one is not None and one == other:
        return False
    if isinstance(without_brackets(right), Number) and units_cancel(left):
        return False  # (3 km/s)/(2 m/s) = 1.5
    # Base units throughout on one side: the number on the other side is in base units as well.
    return bool(known) or not any(sizes[k] and all(size == 1 for size in sizes[k]) and sizes[1 - k] for k in (0, 1))


def units_cancel(expr: Expr) -> bool:
    """A quotient of two quantities of one kind, with their units."""
    inner = without_brackets(expr)
    if not isinstance(inner, Quotient):
        return False
    top, bottom = dimension_written(without_brackets(inner.top)), dimension_written(without_brackets(inner.bottom))
    return bool(top) and top == bottom


def all_have_units(expressions: Sequence[Expr], values: Sequence[Expr]) -> bool:
    """No number of a formula, nor one put in, has lost its unit; degrees Celsius may be meant as they stand."""
    if any(next(units_in(v), None) is None or any(map(is_affine, units_in(v))) for v in values):
        return False
    written = [n for e in expressions for n in numerals(e)]
    return bool(written) and all(isinstance(n, Quantity) for n in written)


def measure_size(unit: Any) -> Any:
    """Base units in one unit; 1 where that is not known."""
    try:
        return measure(unit).size
    except Unsupported:
        return 1


CELSIUS = frozenset({"°C", "ºC", "℃", "degC", "celsius", "Celsius", "°Celsius"})
FAHRENHEIT = frozenset({"°F", "ºF", "℉", "degF", "fahrenheit", "Fahrenheit", "°Fahrenheit"})
KELVIN = frozenset({"K", "kelvin", "kelvins", "Kelvin"})


def temperatures(left: Expr, right: Expr) -> How | None:
    """`25 °C = 298 K`: the zeros of the two scales are 273.15 K apart. None where this is not asked."""
    for one, other in ((left, right), (right, left)):
        inside, beside = single_quantity(one), single_quantity(other)
        if inside is None or beside is None:
            continue
        if inside[1] in CELSIUS and beside[1] in KELVIN:
            return How.ROUNDED if abs(inside[0] + 273.15 - beside[0]) <= 0.51 else How.APART
        if inside[1] in FAHRENHEIT and beside[1] in CELSIUS | KELVIN:
            celsius = (inside[0] - 32) / 1.8
            reached = celsius + 273.15 if beside[1] in KELVIN else celsius
            return How.ROUNDED if abs(reached - beside[0]) <= 0.51 else How.APART
    return None


def in_the_right_unit(left: Expr, right: Expr) -> tuple[Reckoned, Reckoned]:
    """Two temperatures, both on the scale of the right one, counted from its own zero."""
    one, other = single_quantity(left), single_quantity(right)
    assert one is not None
    assert other is not None
    zeros, size = (
        [459.67 / 1.8 if w in FAHRENHEIT else 0.0 if w in KELVIN else 273.15 for _, w in (one, other)],
        1 / 1.8,
    )
    kelvins = one[0] * (size if one[1] in FAHRENHEIT else 1) + zeros[0]
    reached, stated = kelvins - zeros[1], other[0] * (size if other[1] in FAHRENHEIT else 1)
    return Reckoned(reached, reached, reached, reached), Reckoned(stated, stated, stated, stated)


LARGEST_TEMPERATURE = 10**40


def single_quantity(expr: Expr) -> tuple[float, str] | None:
    """Number and unit word of `-25 °C`."""
    inner, sign = without_brackets(expr), 1
    if isinstance(inner, Negative):
        inner, sign = without_brackets(inner.operand), -1
    if isinstance(inner, Quantity) and len(inner.unit.factors) == 1 and inner.unit.factors[0][1] == 1:
        value, word = without_brackets(inner.value), inner.unit.factors[0][0]
        if isinstance(value, Negative):
            value, sign = without_brackets(value.operand), -sign
        if isinstance(value, Number) and abs(value.value) < LARGEST_TEMPERATURE:
            return sign * float(value.value), word
    return None


# ---------------------------------------------------------------- what a link may be, apart from numbers


def same_for_all(asked: Question, left: Expr, right: Expr, sign: str, physical: Physical) -> bool:
    """A rewriting that holds for all values of the letters."""
    if not symbols(left) or not symbols(right):
        return False
    book = asked.book
    setting = setting_now(book, without=symbols(left) | symbols(right))
    finding = ask(book, Compare(physical.plain(left), physical.plain(right), sign, setting))
    return finding.evidence.verdict is Verdict.CORRECT


def filled_in(left: Expr, right: Expr, sign: str, book: Notebook, physical: Physical) -> bool:
    """`d/t = (100 m)/(9.58 s)`: the same shape, a number for each letter, its value where that is known."""
    if not symbols(left) or not constant(right):
        return False
    filled: dict[str, Expr] = {}
    if not fills_in(left, right, filled):
        return False
    for name, put in filled.items():
        value = physical.meaning(name).value
        if value is not None and link_of(value, put, sign, book, physical).how is How.APART:
            return False
    return True


def put_in_wrongly(asked: Question, left: Expr, right: Expr, link: Link, physical: Physical) -> Evidence | None:
    """`m v^2 = (2 kg)(3 m/s)`, where m = 2 kg and v = 3 m/s are known: the values were put in, and wrongly."""
    book = asked.book
    names = symbols(left)
    if not names or not constant(right) or link.guessed or link.left is None or link.right is None:
        return None
    if book.doubted >= 0 or magnitude_meant(link) or speaks_of_magnitude(asked.step.text):
        return None
    if isinstance(without_brackets(right), Number | Quantity | Negative) or (book.prose and asked.claim.among_words):
        return None  # a result by itself is judged by what forces it
    amounts = {v for n in names for v in amounts_of(physical.meaning(n).value)}
    written = [n.value for n in numbers(without_units(right))]
    in_formula = {n.value for n in numbers(left)}
    if not written or not all(abs(v) in amounts or v in in_formula or v in SMALL for v in written):
        return None
    values = {n: to_text(v) for n in sorted(names) if (v := physical.meaning(n).value) is not None}
    if len(values) < len(names) or any(physical.meaning(n).line == asked.step.line for n in names):
        return None
    return Counterexample(values, shown(link.left), shown(link.right), to_text(left), to_text(right))


SMALL = frozenset({1, 2, 3, 4})


def amounts_of(value: Expr | None) -> Iterator[Any]:
    """The numerals of a value as written."""
    if value is not None:
        for node in numbers(value):
            yield node.value


def magnitude_meant(link: Link) -> bool:
    """The two differ in sign alone."""
    a, b = link.left, link.right
    if a is None or b is None:
        return False
    flipped = Reckoned(-b.hi, -b.lo, -b.high, -b.low)
    if b.numeral is not None:
        flipped = flipped._replace(numeral=b.numeral._replace(value=-b.numeral.value))
    return compare(a, flipped) in AGREE


MAGNITUDE = re.compile(r"\b(?:magnitudes?|size|absolute|strength)\b", re.IGNORECASE)


def speaks_of_magnitude(text: str) -> bool:
    """The words say that signs are left out."""
    return bool(MAGNITUDE.search(text))


def false_equality(left: Expr, right: Expr, sign: str, link: Link) -> FalseEquality:
    """The witness: both sides with their values, in the unit of the right side where it has one."""
    a, b = link.left, link.right
    assert a is not None
    assert b is not None
    inner = without_brackets(right.operand if isinstance(right, Negative) else right)
    if isinstance(inner, Quantity):
        size, unit = float(measure_size(inner.unit)), f" {inner.unit.text}"
        return FalseEquality(to_text(left), to_text(right), shown(a, size) + unit, shown(b, size) + unit, sign)
    return FalseEquality(to_text(left), to_text(right), shown(a), shown(b), sign)


def shown(value: Reckoned, size: float = 1.0) -> str:
    """A value to four figures."""
    return plain_text(value.value / size)


def plain_text(number: float) -> str:
    """`39.62`, `1570`, `6.532×10^4`"""
    if number == 0:
        return "0"
    text = f"{number:.4g}"
    if "e" not in text:
        return text
    if 1e4 <= abs(number) < 1e6:
        return f"{number:.0f}"
    mantissa, _, exponent = f"{number:.3e}".partition("e")
    return f"{mantissa}×10^{int(exponent)}"


# ---------------------------------------------------------------- a value for a name


def by_known_value(asked: Question, chain: Chain, name: str, physical: Physical) -> Outcome | None:
    """`v = 39.6 m/s`: what is given, what an earlier line says, or what the formulas so far force."""
    book, claimed = asked.book, chain.operands[1]
    sign = chain.relations[0]
    plain = physical.plain(chain)
    before = physical.meaning(name)
    remarks: list[Remark] = []
    if (other := neither_of_two(asked, name, claimed)) is not None:
        return Outcome(other, plain)
    if before.value is not None:
        known = link_of(before.value, claimed, sign, book, physical)
        if known.how in AGREE or (magnitude_meant(known) and sign_dropped(known, asked.step.text)):
            if before.line == PROBLEM and not converted(before.value, claimed):
                return Outcome(NothingClaimed("given"), plain)
            remarks.extend(remarks_of(known, claimed))
            if (missing := unit_missing(asked, chain, physical)) is not None:
                remarks = [r for r in remarks if r.kind != "unit_missing"] + [missing]
            finding = Finding(FollowsFrom((before.line,), Relation.EQUIVALENT, "the same value"), tuple(remarks))
            return found(finding, plain, rests(name, physical, asked))
        if known.how is How.APART and copied_wrongly(asked, before, claimed):
            now, then = to_text(claimed), to_text(before.value)
            evidence = Contradicts(
                name, (f"{name} = {value_shown(known, claimed)}",), (f"{name} = {now}",), (before.line,)
            )
            remark = () if isinstance(before.value, Number | Quantity) else (Remark("witness", f"{then} gives that."),)
            return Outcome(evidence, plain, remark)
    if (other := none_of_those_found(asked, name, claimed, sign, physical)) is not None:
        return Outcome(other, plain)
    apart: tuple[Fact, Link] | None = None
    with_units = False
    for fact in list(book.about(frozenset({name})))[:FACTS_TRIED]:
        for left, right in sides_of(fact.statement, name):
            link = forced(left, right, name, claimed, sign, book, physical)
            if link is None:
                continue
            if link.left_out and not link.names and units_all_written(asked, fact, claimed):
                link = forced(left, right, name, claimed, sign, book, physical, whole=True) or link
                with_units = right_below(asked, fact)
            if link.how in AGREE:
                return by_formula(asked, chain, name, fact, link, physical)
            if magnitude_meant(link) and sign_dropped(link, asked.step.text):
                return by_formula(asked, chain, name, fact, link, physical)
            if link.how is How.APART and apart is None:
                apart = (fact, link)
    if apart is not None and (
        surely_forced(asked, name, apart[0], physical) or said_to_solve(asked, name, apart[0]) or with_units
    ):
        fact, link = apart
        return Outcome(contradiction(name, claimed, fact, link, physical), plain)
    if before.value is None and apart is None and (same := found_before(asked, chain, claimed, physical)) is not None:
        return same
    if before.value is not None or apart is not None:
        if without_brackets(claimed) != claimed or not isinstance(claimed, Number | Quantity | Negative):
            return None
        return Outcome(NothingClaimed("a value"), plain)
    return None


def none_of_those_found(asked: Question, name: str, claimed: Expr, sign: str, physical: Physical) -> Contradicts | None:
    """`t = 1.98 s` after `t = 3.96 s or t = -1.03 s`"""
    book = asked.book
    if asked.claim.among_words or not numerals_only(claimed):
        return None
    newest = next(iter(book.about(frozenset({name}))), None)
    if newest is None or not isinstance(newest.statement, Either) or not 0 <= newest.line < asked.step.line:
        return None
    values = [p.operands[-1] for p in newest.statement.parts if isinstance(p, Chain) and is_name(p.operands[0])]
    if len(values) < 2 or len(values) != len(newest.statement.parts) or not all(map(constant, values)):
        return None
    links = [
        link_of(value, each, sign, book, physical) for value in values for each in (claimed, without_units(claimed))
    ]
    if any(link.how is not How.APART or magnitude_meant(link) for link in links):
        return None
    those = " or ".join(f"{name} = {to_text(v)}" for v in values)
    return Contradicts(name, (those,), (f"{name} = {to_text(claimed)}",), (newest.line,))


def converted(before: Expr, after: Expr) -> bool:
    """The two are in units of different sizes."""
    sizes = [{measure_size(u) for u in units_in(e)} for e in (before, after)]
    return bool(sizes[0] and sizes[1] and sizes[0] != sizes[1])


def sign_dropped(link: Link, text: str) -> bool:
    """A magnitude stated without its sign, or a direction that the words tell."""
    a, b = link.left, link.right
    if a is None or b is None:
        return False
    return (a.value < 0 < b.value) or speaks_of_magnitude(text) or bool(DIRECTION.search(text))


DIRECTION = re.compile(
    r"\b(?:down\w*|up\w*|left\w*|right\w*|opposite|back\w*|decelerat\w*|direction|north|south|east|west|sign|negative|"
    r"positive|loss|lost|towards?|away|against)\b",
    re.IGNORECASE,
)


def copied_wrongly(asked: Question, before: Meaning, claimed: Expr) -> bool:
    """`v = 8370 m/s` right after `v = √(…) = 2370 m/s`: what the work has just found, with other figures."""
    book, claim, value = asked.book, asked.claim, before.value
    if value is None or before.line == PROBLEM or claim.among_words or before.line < book.doubted:
        return False
    if before.line >= asked.step.line or DIRECTION.search(asked.step.text):
        return False
    if before.dimension not in (None, dimension_written(claimed)) or not numerals_only(claimed):
        return False
    if not numerals_only(value):
        return before.line >= asked.step.line - 2 and not book.gaps  # a calculation that waits for its value
    ours, theirs = ("".join(c for c in to_text(without_units(v)) if c.isdecimal()) for v in (claimed, value))
    if ours.strip("0") == theirs.strip("0") or sorted(ours) == sorted(theirs):
        return True
    differ = [a for a, b in zip(ours, theirs, strict=False) if a != b]
    return len(ours) == len(theirs) > 2 and len(differ) == 1


def value_shown(link: Link, like: Expr) -> str:
    """The value of the left side, in the unit of the quantity beside it."""
    assert link.left is not None
    inner = without_brackets(like.operand if isinstance(like, Negative) else like)
    if isinstance(inner, Quantity):
        return f"{shown(link.left, float(measure_size(inner.unit)))} {inner.unit.text}"
    return shown(link.left)


def found_before(asked: Question, chain: Chain, claimed: Expr, physical: Physical) -> Outcome | None:
    """`m = 100 kg`, `Q = 7.35×10^6 J`: a quantity that the problem gives, or that an earlier line found."""
    book, plain = asked.book, physical.plain(chain)
    stated = dimension_written(claimed)
    if not stated:
        return None
    for given in physical.scene.givens:
        if dimension_written(given.value) == stated:
            link = link_of(given.value, claimed, "=", book, physical)
            if link.how in (How.EXACT, How.ROUNDED) or magnitude_meant(link):
                return Outcome(NothingClaimed("given"), plain)
    for result, line, rests_on in reversed(physical.results):
        if line < asked.step.line and dimension_written(result) == stated:
            link = link_of(result, claimed, "=", book, physical)
            if link.how in (How.EXACT, How.ROUNDED):
                evidence = FollowsFrom((line,), Relation.EQUIVALENT, "the value found before")
                return found(Finding(evidence), plain, rests_on)
    return None


def by_formula(asked: Question, chain: Chain, name: str, fact: Fact, link: Link, physical: Physical) -> Outcome:
    """The value follows from a formula of the work or the problem, with the values of its other letters."""
    remarks = remarks_of(link, chain.operands[1])
    if (missing := unit_missing(asked, chain, physical)) is not None:
        remarks.append(missing)
    lines = sorted({fact.line, *(physical.meaning(n).line for n in link.names if n != name)})
    hangs = [line for n in link.names if n != name and (line := physical.rests.get(n)) is not None]
    if fact.rests_on is not None:
        hangs.append(fact.rests_on)
    evidence = FollowsFrom(tuple(lines), Relation.SUBSTITUTION, "values put in")
    return found(Finding(evidence, tuple(remarks)), physical.plain(chain), min(hangs, default=None))


def rests(name: str, physical: Physical, asked: Question) -> int | None:
    """The wrong line that a value hangs on."""
    line = physical.rests.get(name)
    return line if line != asked.step.line else None


def sides_of(statement: Statement, name: str) -> Iterator[tuple[Expr, Expr]]:
    """Neighbours of a chain of equalities that speak of the name and of something else."""
    if isinstance(statement, Chain) and set(statement.relations) <= EQUALITIES and not holds_calculus(statement):
        for left, right in pairwise(statement.operands):
            names = symbols(left) | symbols(right)
            if name in names and (len(names) > 1 or not (is_name(left) or is_name(right))):
                yield left, right


def forced(
    left: Expr,
    right: Expr,
    name: str,
    claimed: Expr,
    sign: str,
    book: Notebook,
    physical: Physical,
    *,
    whole: bool = False,
) -> Link | None:
    """Whether a formula holds with the value claimed; None where another letter has no value.

    whole: no unit is left out, neither in the formula nor in the values.
    """
    names = symbols(left) | symbols(right)
    if isinstance(without_brackets(right), Symbol) and symbols(right) == {name}:
        left, right = right, left
    if isinstance(without_brackets(left), Symbol) and symbols(left) == {name} and name not in symbols(right):
        if values_for(names - {name}, physical, book) is None:
            return None
        return link_of(right, claimed, sign, book, physical)
    values = values_for(names - {name}, physical, book)
    if values is None:
        return None
    known, guessed = values
    seen: list[Link] = []
    whole = whole or all_have_units((left, right), (claimed, *known.values()))
    for scaled in (True,) if whole else (True, False):
        value = side(claimed, {}, {}, book, physical, scaled, book.setting.angle_unit)
        if value is None or (
            not scaled and not any(measure_size(u) != 1 for v in (claimed, *known.values()) for u in units_in(v))
        ):
            continue
        balls = {**guessed, name: value.ball()}
        for angle in angle_units(left, right, book):
            a = side(left, known, balls, book, physical, scaled, angle)
            b = side(right, known, balls, book, physical, scaled, angle)
            if a is None or b is None:
                continue
            how = compare(a, b)
            seen.append(Link(how, a, b, frozenset(known), bool(guessed), not scaled))
            if how in AGREE:
                return seen[-1]
    if not seen:
        return None
    apart = all(link.how is How.APART for link in seen) and not guessed.keys() - {"g"}
    return seen[0] if apart else replace(seen[0], how=How.OPEN)


def surely_forced(asked: Question, name: str, fact: Fact, physical: Physical) -> bool:
    """The formula stands right above, its letters have known values, and the line was meant to follow."""
    book, claim = asked.book, asked.claim
    if claim.among_words or (book.prose and not claim.linked):
        return False
    if not fact.alone or fact.line < 0 or book.doubted > fact.line or speaks_of_magnitude(asked.step.text):
        return False
    if physical.meaning(name).value is not None and physical.meaning(name).line >= fact.line:
        return False
    if book.gaps and book.gaps[-1] >= fact.line:
        return False
    newest = next(iter(book.about(frozenset({name}))), None)
    return fact is newest or (newest is not None and newest.line == fact.line)


def right_below(asked: Question, fact: Fact) -> bool:
    """The line stands right below the formula, both without words."""
    return fact.alone and not asked.claim.among_words and fact.line == asked.step.line - 1 > asked.book.doubted


def units_all_written(asked: Question, fact: Fact, claimed: Expr) -> bool:
    """`12 C = 10 C + q` before `2 kC = q`: no number has lost its unit, so none is to be left out."""
    if next(units_in(claimed), None) is None or fact.line >= asked.step.line:
        return False
    claims = (c for s in asked.ahead.steps if s.line == fact.line for c in s.claims)
    for chain in (s for c in claims for s in (c.statement, *c.alternatives) if isinstance(s, Chain)):
        written = [n for operand in chain.operands for n in numerals(operand)]
        if asked.book.plain(chain) == fact.statement and written and all(isinstance(n, Quantity) for n in written):
            return not any(is_affine(u) for n in (*written, claimed) for u in units_in(n))
    return False


def said_to_solve(asked: Question, name: str, fact: Fact) -> bool:
    """`The equation has the two solutions t = 3.96 and t = -1.03`, after an equation in t alone."""
    book, before = asked.book, asked.step.text[: asked.claim.span.start]
    newest = next((f for f in book.about(frozenset({name})) if f.names == {name} and f.solves is None), None)
    if fact is not newest or not fact.alone or not 0 <= fact.line < asked.step.line or fact.line < book.doubted:
        return False
    return not (book.gaps and book.gaps[-1] >= fact.line) and bool(SOLUTIONS.search(before))


def contradiction(name: str, claimed: Expr, fact: Fact, link: Link, physical: Physical) -> Evidence:
    """What the formula gives, and what the line says."""
    assert link.left is not None
    assert link.right is not None
    sides = fact.statement.operands if isinstance(fact.statement, Chain) else ()
    isolated = any(without_brackets(o) == Symbol(name) for o in sides)
    inner = without_brackets(claimed.operand if isinstance(claimed, Negative | Positive) else claimed)
    size, unit = 1.0, ""
    if isinstance(inner, Quantity) and not link.left_out:
        size, unit = float(measure_size(inner.unit)), f" {inner.unit.text}"
    if isolated:
        return Contradicts(
            name, (f"{name} = {shown(link.left, size)}{unit}",), (f"{name} = {to_text(claimed)}",), (fact.line,)
        )
    values = {n: to_text(v) for n in sorted(link.names) if (v := physical.meaning(n).value) is not None}
    values[name] = to_text(claimed)
    left, right = sides[:2] or (claimed, claimed)
    return Counterexample(values, shown(link.left), shown(link.right), to_text(left), to_text(right))


# ---------------------------------------------------------------- units and figures of results


def unit_of_result(calculation: Chain, links: Sequence[Link], book: Notebook, physical: Physical) -> Evidence | None:
    """`s = v t = 72·2 = 144 m`, where v is in km/h: the numbers agree, but the unit of the result is another."""
    last = calculation.operands[-1]
    if not isinstance(without_brackets(last), Quantity) or not any(link.left_out for link in links):
        return None
    for first in calculation.operands[:-1]:
        names = symbols(first)
        if not names and next(units_in(first), None) is None:
            continue
        values = values_for(names, physical, book)
        if values is None or values[1]:
            continue
        if any(next(units_in(v), None) is None for v in values[0].values()):
            continue
        a = side(first, values[0], {}, book, physical, True, book.setting.angle_unit)
        b = side(last, {}, {}, book, physical, True, book.setting.angle_unit)
        try:
            one = dimension(first, physical)
        except (Mismatch, StudentError, Undefined, Unsupported):
            continue
        if one is None or one != dimension(last, physical) or a is None or b is None:
            continue
        link = Link(compare(a, b), a, b)
        if link.how is How.APART and not magnitude_meant(link):
            return false_equality(first, last, "=", link)
    return None


def unit_missing(asked: Question, chain: Chain, physical: Physical) -> Remark | None:
    """The result has no unit, though what it was worked out from has one."""
    last = without_brackets(chain.operands[-1])
    last = without_brackets(last.operand) if isinstance(last, Negative) else last
    if not isinstance(last, Number) or not last.value:
        return None
    coming = asked.ahead.claims_next()
    if coming is not None and coming.continues:
        return None
    for operand in chain.operands[:-1]:
        try:
            found_ = dimension(operand, physical)
        except (Mismatch, StudentError, Undefined, Unsupported):
            continue
        if found_:
            return Remark("unit_missing", f"the unit is missing: this is {in_words(found_)}")
    roles = {one.role for one in physical.scene.asked}
    if coming is None and len(roles) == 1:
        from tutor.laws.catalogue import catalogue

        role = catalogue().roles.get(roles.pop())
        if role is not None and role.dimension and not role.angle:
            return Remark("unit_missing", f"the unit is missing: this is {in_words(role.dimension)}")
    return None


def remarks_of(link: Link, right: Expr) -> list[Remark]:
    """What is to be said of a link that agrees."""
    found_: list[Remark] = []
    if link.left_out:
        found_.append(Remark("unit_missing", "the units are left out in the middle of the calculation"))
    if link.left is None:
        return found_
    value = plain_text(link.left.value)
    same = link.right is not None and plain_text(link.right.value) == value
    if link.how is How.ROUNDED and numerals_only(right) and not same:
        found_.append(Remark("rounded", f"rounded, from {value}"))
    elif link.how is How.TRUNCATED:
        found_.append(Remark("truncated", f"cut off instead of rounded, from {value}"))
    elif link.how is How.FEW:
        found_.append(Remark("figures_few", f"only one figure is shown of {value}"))
    elif link.how is How.WITHIN:
        found_.append(Remark("early_rounding", f"the numbers shown give {value}: rounding early has cost accuracy"))
    return found_


def numerals_only(expr: Expr) -> bool:
    """A result rather than a calculation."""
    inner = without_brackets(expr.operand if isinstance(expr, Negative) else expr)
    return isinstance(inner, Number | Quantity | Bracket)


# ---------------------------------------------------------------- as any other line


def judge_generally(asked: Question, chain: Chain, physical: Physical) -> Outcome:
    """The chain in base units as any other; what is refuted so counts only where it is refuted as written, too."""
    first = judge_chain(asked, physical.plain(chain))
    if first.evidence.verdict is not Verdict.WRONG:
        return first
    written = without_units(chain)
    if written != physical.plain(chain):
        second = judge_chain(asked, written)
        if second.evidence.verdict is not Verdict.WRONG:
            excuse = second.evidence if second.evidence.verdict in PROVED else Undecided(("the units may be left out",))
            return replace(second, evidence=excuse)
    if by_value_alone(first.evidence, chain) and not any(rearranges(chain, f) for f in asked.book.facts):
        return replace(first, evidence=Undecided(("does it follow from an earlier line",)), remarks=())
    return first


def rearranges(chain: Chain, fact: Fact) -> bool:
    """`t² - 4t + 9 = 0` after 3t² - 12t + 9 = 0: the same unknown on the left, as a sum, and 0 on the right."""
    before = fact.statement
    if not isinstance(before, Chain) or Quantity in kinds(chain) | kinds(before):
        return False
    return symbols(before) == symbols(chain) and all(
        len(c.operands) == 2 and isinstance(c.operands[0], Sum) and c.operands[1] == Number("0", Fraction(0))
        for c in (before, chain)
    )


def by_value_alone(evidence: Evidence, chain: Chain) -> bool:
    """A value refuted by formulas whose letters may stand for something else here."""
    if isinstance(evidence, FalseEquality):
        return True  # the numbers have been looked at before, with their figures
    if isinstance(evidence, Counterexample):
        # m g sin 30° = 58.9 N tells what m g is, where the letters have no values; it is no identity.
        return any(constant(o) for o in chain.operands)
    return constant(chain.operands[-1]) or bool(set(chain.relations) - EQUALITIES)
