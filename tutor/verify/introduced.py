"""A value that is said to be known, which nobody has told, while the lines to come put another one in.

`Insert the values m = 1000 kg and c = 800 J/(kg K)`, then (100 kg)(800 J/(kg K)), where the problem has 100 kg: two
values for one name cannot both be right, and the problem has the second one. The first is wrong, unless it was worked
out on the way, or belongs to something else of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from tutor.bridge import units
from tutor.errors import TutorError
from tutor.records import Claim, Role, WrongQuantity
from tutor.syntax.printer import to_text
from tutor.syntax.tree import Chain, Degrees, Expr, Symbol, kinds, symbols, without_brackets
from tutor.verify.alignment import align
from tutor.verify.amounts import Amount, agree, amount_of, exchanged, is_coefficient, is_one_number, near
from tutor.verify.physical import Physical
from tutor.verify.questions import Question
from tutor.verify.shapes import constant

CLAIMS_LOOKED_AHEAD = 10
EQUALITIES = frozenset({"=", "≈"})
THE_SAME = 1e-6


def given_away(asked: Question, chain: Chain, physical: Physical) -> WrongQuantity | None:
    """WrongQuantity where lines to come put a known value in for a name that has another one, of no origin, here."""
    if len(chain.operands) != 2 or chain.relations != ("=",) or not _introduces(asked):
        return None
    name, value = without_brackets(chain.operands[0]), chain.operands[1]
    number = amount_of(value)
    if not isinstance(name, Symbol) or number is None or not number.numeral or not is_one_number(value):
        return None
    if is_coefficient(value) or (number.bare and Degrees not in kinds(value)):
        return None
    try:
        if _has_an_origin(value, number, name.name, asked, physical):
            return None
        meant = _put_in_later(name.name, number, asked, physical)
    except (TutorError, ArithmeticError):
        return None
    if meant is None or agree(meant, value) or _may_be_half(number, meant, asked, physical):
        return None
    known = [g.value for g in physical.scene.givens if not g.implied] + [result for result, _, _ in physical.results]
    if not any(_is(meant, each) for each in known) or not _slipped(number, meant, known):
        return None
    return WrongQuantity(f"{name.name} = {number.text}", f"{name.name} = {to_text(meant)}", "other_given")


def _introduces(asked: Question) -> bool:
    """In a sentence, or among what is given, and not as what follows from something."""
    claim = asked.claim
    if claim.role not in (Role.CLAIM, Role.GIVEN, Role.DEFINITION) or claim.continues:
        return False
    said_of_it = claim.among_words or claim.role is not Role.CLAIM
    return said_of_it and not _WORKED_OUT.search(asked.step.text[: claim.span.start])


_WORKED_OUT = re.compile(
    r"\b(?:half|halve\w*|twice|doubl\w*|average|mean|midpoint|convert\w*|total|sum|difference|per|each|symmetr\w*|so"
    r"|therefore|thus|hence|suppose|guess|estimat\w*|approximat\w*|about|try|if instead|would)\b",
    re.IGNORECASE,
)


def _slipped(number: Amount, meant: Expr, known: list[Expr]) -> bool:
    """A digit, a power of ten, a factor 2 or the number of another quantity put there; else it may be another thing."""
    true = amount_of(meant)
    if true is None or not true.si:
        return False
    ratio = abs(number.si / true.si)
    if any(near(ratio, k, THE_SAME) or near(ratio, 1 / k, THE_SAME) for k in (2.0, 10.0, 100.0, 1000.0)):
        return True
    one, other = number.digits, true.digits
    apart = sum(a != b for a, b in zip(one, other, strict=False))
    if exchanged(one, other) or (len(one) == len(other) > 2 and apart == 1):
        return True
    others = [a for each in known if (a := amount_of(each)) is not None and a.dimension != number.dimension]
    return any(near(abs(a.numeral), abs(number.numeral), THE_SAME) for a in others)


def _is(one: Expr, other: Expr) -> bool:
    """The same quantity, but for its sign."""
    a, b = amount_of(one), amount_of(other)
    return a is not None and b is not None and a.dimension == b.dimension and near(abs(a.si), abs(b.si), THE_SAME)


def _has_an_origin(value: Expr, number: Amount, name: str, asked: Question, physical: Physical) -> bool:
    """It is a quantity of the problem or of an earlier line, or two of them added, or what is left of a right angle."""
    givens = [g.value for g in physical.scene.givens]
    said = [m.value for n, m in physical.meanings.items() if n != name and m.value is not None]
    known = [*givens, *said, *(result for result, _, _ in physical.results)]
    if any(agree(value, each) for each in known if not symbols(each)):
        return True
    if asked.claim.role is not Role.GIVEN:
        alike = {a.si for each in known if (a := amount_of(each)) is not None and a.dimension == number.dimension}
        alike |= {90.0, 180.0, 270.0, 360.0} if number.bare else set()
        sums = (abs(k) for a, b in combinations(sorted(alike), 2) for k in (a + b, a - b))
        if any(near(abs(number.si), each, THE_SAME) for each in sums):
            return True
    figures = rf"(?<![\d.,]){re.escape(f'{abs(number.numeral):.12g}')}(?:\.0+)?(?![\d.,]*\d)"
    others = (a for each in givens if (a := amount_of(each)) is not None and a.dimension != number.dimension)
    of_others = sum(1 for a in others if near(abs(a.numeral), abs(number.numeral), THE_SAME))
    if len(re.findall(figures, physical.statement.replace(",", ""))) > of_others:
        return True
    unit = re.escape(next((u.text for u in units.units_in(value)), "°"))
    before = (s.text for s in asked.ahead.steps[: asked.ahead.position])
    return any(re.search(rf"{figures}\s*{unit}", text.replace(",", "")) for text in before)


_HALVES = re.compile(
    r"\b(?:diameters?|radi(?:us|i)|half|twice|double\w*|both|each|pairs?|total|round|return\w*|back|amplitudes?|peaks?"
    r"|mid\w*|cent(?:re|er)\w*|thick\w*|symmetr\w*|(?:average|mean) (?:speed|velocity|force|power|acceleration|height)"
    r"|equal (?:parts?|pieces|halves|masses|lengths)|identical)\b",
    re.IGNORECASE,
)


def _may_be_half(number: Amount, meant: Expr, asked: Question, physical: Physical) -> bool:
    """A radius for a diameter, one way for there and back: worked out in the head."""
    true = amount_of(meant)
    if true is None or not true.si:
        return True
    halved = any(near(abs(number.si / true.si), k, THE_SAME) for k in (0.5, 2.0))
    return halved and bool(_HALVES.search(physical.statement) or _HALVES.search(asked.step.text))


# ---------------------------------------------------------------- what the lines to come put in


def _put_in_later(name: str, number: Amount, asked: Question, physical: Physical) -> Expr | None:
    """The one number of that kind which stands, in a line to come, where its formula has the name."""
    formulas = {
        f.statement.operands[0]: f.statement.operands[-1]
        for f in asked.book.facts
        if isinstance(f.statement, Chain) and set(f.statement.relations) <= EQUALITIES
    }
    for claim in _coming(asked):
        chain = claim.statement
        if not isinstance(chain, Chain) or not set(chain.relations) <= EQUALITIES:
            continue
        head = without_brackets(chain.operands[0])
        if head == Symbol(name) and not claim.continues:
            return None  # what it is, is said anew
        for formula, numeric in _side_by_side(chain, formulas):
            found = _in_the_place_of(name, number, formula, numeric, physical)
            if found is not None:
                return found
        if (found := _equation_with_value(name, number, chain, formulas)) is not None:
            return found
        if symbols(chain.operands[-1]) and isinstance(head, Symbol):
            formulas[head] = chain.operands[-1]
    return None


def _coming(asked: Question) -> Iterator[Claim]:
    """The claims to come, up to the next part."""
    ahead = asked.ahead
    claims = list(ahead.steps[ahead.position].claims[ahead.skip :])
    for step in ahead.steps[ahead.position + 1 :]:
        if step.part != asked.step.part or _ANOTHER.search(step.text) or len(claims) >= CLAIMS_LOOKED_AHEAD:
            break
        claims.extend(step.claims)
    return iter([c for c in claims if c.role is not Role.RETRACTED][:CLAIMS_LOOKED_AHEAD])


_ANOTHER = re.compile(
    r"^\s*\(?[a-h]\s?\)|\b(?:second|third|other|another|instead|on the way|back|way up|way down|new)\b", re.IGNORECASE
)


def _side_by_side(chain: Chain, formulas: dict[Expr, Expr]) -> Iterator[tuple[Expr, Expr]]:
    """A formula and numbers beside it, or the formula on an earlier line."""
    for formula, numeric in pairwise(chain.operands):
        if not constant(numeric) or is_one_number(numeric):
            continue
        if isinstance(without_brackets(formula), Symbol):
            formula = formulas.get(without_brackets(formula), formula)
        if symbols(formula) and not isinstance(without_brackets(formula), Symbol):
            yield formula, numeric


def _in_the_place_of(name: str, number: Amount, formula: Expr, numeric: Expr, physical: Physical) -> Expr | None:
    """The number that stands for a name; θ is θ_0 where the formula has no other."""
    names = symbols(formula)
    here = name if name in names else f"{name}_0" if "_" not in name and f"{name}_0" in names else None
    if here is None:
        return None

    def known(symbol: str, piece: Expr) -> bool:
        if symbol == here:
            return _same_kind(number, piece)
        value = physical.meaning(symbol).value
        return value is not None and not symbols(value) and agree(piece, value)

    placed = [p for p in align(formula, numeric, known) or () if p.symbol == here]
    if len({p.number for p in placed}) != 1:
        return None
    (each, *_) = placed
    as_it_is = each.coefficient is None and each.number_power == each.formula_power
    return each.number if as_it_is and is_one_number(each.number) and _same_kind(number, each.number) else None


def _equation_with_value(name: str, number: Amount, chain: Chain, formulas: dict[Expr, Expr]) -> Expr | None:
    """-20 m of `-20 m = (14 m/s) t - (4.9 m/s²) t²`, where y = v t - 1/2 g t² stands before."""
    formula = formulas.get(Symbol(name))
    if formula is None or len(chain.operands) != 2:
        return None
    left, right = chain.operands
    if not constant(left) or not is_one_number(left) or not _same_kind(number, left):
        return None
    unknown = symbols(right)
    return left if unknown and unknown < symbols(formula) and name not in unknown else None


def _same_kind(number: Amount, piece: Expr) -> bool:
    other = amount_of(piece)
    return other is not None and other.bare == number.bare and other.dimension == number.dimension
