"""Quantities as formulas in the problem's own numbers, and the ways in which a formula can be worked out in parts.

A formula is a sum of products of written numbers: 2*3*180 + 3*3*180. Two calculations are one route where their
formulas are equal, whatever the order and grouping; a value is on the way to a result where it is some of the result's
products, short of a common factor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

# A product: numbers (or sums in a denominator, by their key) with their exponents, sorted.
Key = int | Fraction | str | tuple[object, ...]
Monomial = tuple[tuple[Key, int], ...]
Formula = Mapping[Monomial, int]  # how often each product is there; never 0

MOST_TERMS = 24
MOST_FACTORS = 40
HUNDREDS = "hundreds"  # pairs of noughts at the end of a number, and of places of a decimal
RESCALED = frozenset({-3, -1, 1, 3})  # cents for dollars, percent, millions
ONE: Formula = {(): 1}
NOTHING: Formula = {}


def formulas_of_number(value: Fraction) -> list[Formula]:
    """A written number: 0.40, 40 and 4000 are 40 with hundreds, so that what only differs by its unit is seen.

    0.25 is 25 with hundreds, and a quarter.
    """
    if not value:
        return [NOTHING]
    sign = -1 if value < 0 else 1
    size = abs(value)
    found: list[Formula] = [{_monomial(_factors(size)): sign}]
    if size.denominator != 1 and _only_twos_and_fives(size.denominator) and size.numerator < 10:
        found.append({_monomial(_factors(size, as_decimal=False)): sign})
    return found


def formula_of_number(value: Fraction) -> Formula:
    """The likeliest of the formulas of a number."""
    return formulas_of_number(value)[0]


def _factors(value: Fraction, *, as_decimal: bool = True) -> Counter[Key]:
    top, bottom = value.numerator, value.denominator
    hundreds = 0
    if bottom != 1 and as_decimal and _only_twos_and_fives(bottom):
        while top % bottom:
            top, hundreds = 100 * top, hundreds - 1
        top, bottom = top // bottom, 1
    while top % 100 == 0:
        top, hundreds = top // 100, hundreds + 1
    while bottom % 100 == 0:
        bottom, hundreds = bottom // 100, hundreds - 1
    found: Counter[Key] = Counter()
    if top != 1:
        found[top] += 1
    if bottom != 1:
        found[bottom] -= 1
    if hundreds:
        found[HUNDREDS] += hundreds
    return found


def _only_twos_and_fives(n: int) -> bool:
    for p in (2, 5):
        while n % p == 0:
            n //= p
    return n == 1


def _order(item: tuple[Key, int]) -> str:
    return repr(item)


def _monomial(factors: Mapping[Key, int]) -> Monomial:
    return tuple(sorted(((k, n) for k, n in factors.items() if n), key=_order))


def added(terms: Iterable[Formula]) -> Formula | None:
    """a + b + …"""
    found: Counter[Monomial] = Counter()
    for term in terms:
        for monomial, many in term.items():
            found[monomial] += many
    return _kept(found)


def _kept(found: Mapping[Monomial, int]) -> Formula | None:
    kept = {m: n for m, n in found.items() if n}
    return kept if len(kept) <= MOST_TERMS else None


def collected(a: Formula) -> Formula:
    """Three times the same product is 3 times it."""
    if all(abs(n) == 1 for n in a.values()):
        return a
    found: Counter[Monomial] = Counter()
    for monomial, many in a.items():
        found[_times(monomial, _monomial(_factors(Fraction(abs(many)))))] += 1 if many > 0 else -1
    return {m: n for m, n in found.items() if n}


def negated(a: Formula) -> Formula:
    """-a"""
    return {m: -n for m, n in a.items()}


def _times(a: Monomial, b: Monomial) -> Monomial:
    found: Counter[Key] = Counter(dict(a))
    for k, n in b:
        found[k] += n
    return _monomial(found)


def multiplied(a: Formula, b: Formula) -> Formula | None:
    """a b, multiplied out."""
    if len(a) * len(b) > MOST_TERMS:
        return None
    found: Counter[Monomial] = Counter()
    for m, j in a.items():
        for n, k in b.items():
            found[_times(m, n)] += j * k
    return _kept(found)


def inverted(a: Formula) -> Formula | None:
    """1/a; a sum in a denominator stays as it is."""
    if not a:
        return None
    a = collected(a)
    if len(a) == 1:
        ((monomial, many),) = a.items()
        return {tuple((k, -n) for k, n in monomial): many}
    if next(iter(sorted(a.items(), key=repr)))[1] < 0:
        back = inverted(negated(a))
        return None if back is None else negated(back)
    key: Key = ("sum", *sorted(a.items(), key=repr))
    return {((key, -1),): 1}


def short_of(part: Formula, whole: Formula) -> bool:
    """Whether a value is a result, or a single product of it, short of one factor."""
    part, whole = collected(part), collected(whole)
    return len(part) in (1, len(whole)) and on_the_way(part, whole)


def on_the_way(part: Formula, whole: Formula) -> bool:
    """Whether a value is some of the products of a result, all short of one common factor.

    >>> number = lambda n: formula_of_number(Fraction(n))
    >>> whole = added([multiplied(number(3), number(45)), multiplied(number(7), number(45))])
    >>> [on_the_way(p, whole) for p in (number(3), added([number(3), number(7)]), multiplied(number(3), number(45)))]
    [True, True, True]
    >>> on_the_way(multiplied(number(3), number(7)), whole)
    False
    """
    if _is_some_of(part, whole):
        return True
    part_collected, whole_collected = collected(part), collected(whole)
    if part_collected is part and whole_collected is whole:
        return False
    return _is_some_of(part_collected, whole_collected)


def _is_some_of(part: Formula, whole: Formula) -> bool:
    return _missing(part, whole) is not None


def _missing(part: Formula, whole: Formula) -> Monomial | None:
    """The common factor that some products of the whole have and the part has not."""
    if not part or len(part) > len(whole):
        return None
    first, sign = next(iter(part.items()))
    for monomial, many in whole.items():
        missing = _times(monomial, tuple((k, -n) for k, n in first))
        if not _left_out(missing, monomial):
            continue
        turned = 1 if sign * many > 0 else -1
        there = {m: whole.get(_times(m, missing), 0) * turned for m in part}
        if not all(0 < n <= there[m] or there[m] <= n < 0 for m, n in part.items()):
            continue
        if all(_left_out(missing, _times(m, missing)) for m in part):
            return missing
    return None


def lacking(part: Formula, whole: Formula) -> tuple[Fraction, ...]:
    """The numbers that a value on the way to a result still lacks: factors, or terms that are single numbers.

    >>> two, three, four = (formula_of_number(Fraction(n)) for n in (2, 3, 4))
    >>> lacking(multiplied(three, four), multiplied(multiplied(two, three), four))
    (Fraction(2, 1),)
    >>> lacking(added((two, three)), added((two, three, four)))
    (Fraction(4, 1),)
    """
    missing = _missing(part, whole)
    if missing is None:
        return ()
    if missing:
        factors = [Fraction(k) for k, n in missing if isinstance(k, int | Fraction) and n > 0]
        scale = Fraction(100) ** dict(missing).get(HUNDREDS, 0)
        return tuple(factors) if scale == 1 else (factors[0] * scale,) if len(factors) == 1 else ()
    return tuple(Fraction(m[0][0]) for m in whole if m not in part and len(m) == 1 and isinstance(m[0][0], int))


def _left_out(missing: Monomial, of: Monomial) -> bool:
    """Whether each factor that is missing is one of the product's, so that a later line can still bring it in."""
    there = dict(of)
    others = [key for key, _ in missing if key != HUNDREDS]
    for key, n in missing:
        have = there.get(key, 0)
        if key == HUNDREDS:
            if not others and n not in RESCALED:
                return False
        elif not (0 <= n <= have or have <= n <= 0):
            return False
    return True


def written(value: Fraction) -> Formula:
    """A number as it is written, to compare calculations step by step."""
    if not value:
        return NOTHING
    size = abs(value)
    key: Key = size.numerator if size.denominator == 1 else size
    return {((key, 1),) if size != 1 else (): -1 if value < 0 else 1}


def share_of(part: Formula, whole: Formula) -> Formula | None:
    """q where a part is q times the whole and q is one product: a quarter, 0.3."""
    if not part or len(part) != len(whole):
        return None
    (first, sign), *_ = whole.items()
    for monomial, many in part.items():
        ratio = _times(monomial, tuple((k, -n) for k, n in first))
        has = dict(first)
        others = [(k, n) for k, n in ratio if k != HUNDREDS]
        if (ratio and not others) or any(n * has.get(k, 0) < 0 for k, n in others):  # 2 is no share of 3
            continue
        if all(part.get(_times(m, ratio), 0) == n * sign * many for m, n in whole.items()):
            return {ratio: sign * many}
    return None


def merged(a: Formula) -> Iterator[Formula]:
    """The formula with 3/4 of something for all of it less 1/4 of it."""
    items = list(a.items())
    if not 3 <= len(items) <= 6:
        return
    for whole, many in items:
        for part, less in items:
            if whole != part:
                rest = {m: n for m, n in items if m not in (whole, part)}
                for one in together({whole: many}, {part: less}):
                    if (found := added((rest, one))) is not None:
                        yield found


def together(a: Formula, b: Formula) -> Iterator[Formula]:
    """a + b where b is a share of a: 3/4 a for a - 1/4 a."""
    for whole, part in ((a, b), (b, a)):
        share = share_of(part, whole)
        value = value_of(share) if share is not None else None
        if value is None or not -1 < value < 1 or not value or (1 + value).denominator > 1000:
            continue
        for factor in formulas_of_number(1 + value):
            found = multiplied(whole, factor)
            if found is not None:
                yield found


def value_of(a: Formula) -> Fraction | None:
    """What a formula comes to."""
    total = Fraction(0)
    for monomial, many in a.items():
        value = Fraction(many)
        for key, n in monomial:
            if isinstance(key, str):
                value *= Fraction(100) ** n
            elif isinstance(key, tuple):
                inner = value_of(dict(key[1:]))  # type: ignore[arg-type]
                if not inner:
                    return None
                value *= inner**n
            else:
                value *= Fraction(key) ** n
        total += value
    return total
