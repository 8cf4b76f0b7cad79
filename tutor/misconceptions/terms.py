"""A line taken apart for rules: its sides, their terms, coefficients, factors, and polynomials with exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import gcd, isqrt

from tutor.misconceptions.keeping import kept
from tutor.misconceptions.patterns import ONE, TURNED, ZERO, negated, product_of, sum_of
from tutor.syntax.tree import (
    Bracket,
    Chain,
    Either,
    Expr,
    Mixed,
    Negative,
    Node,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    Statement,
    Sum,
    Symbol,
    symbols,
)

MOST_DEGREE = 8
Polynomial = tuple[Fraction, ...]
Make = Callable[[Expr, Expr], Chain]

# ---------------------------------------------------------------- numbers


def value(expr: Expr) -> Fraction | None:
    """The exact value of an expression of numbers; None where there is a letter, or no rational value."""
    if isinstance(expr, Number):
        return expr.value if expr.value.__class__ is Fraction else Fraction(expr.value)
    return None if isinstance(expr, Symbol) else _value(expr)


@kept
def _value(expr: Expr) -> Fraction | None:
    match expr:
        case Bracket(inner):
            return value(inner)
        case Positive(operand):
            return value(operand)
        case Negative(operand):
            inside = value(operand)
            return None if inside is None else -inside
        case Percent(operand):
            inside = value(operand)
            return None if inside is None else inside / 100
        case Mixed(whole, top, bottom):
            return whole.value + top.value / bottom.value if bottom.value else None
        case Sum(terms=parts) | Product(factors=parts):
            found = Fraction(isinstance(expr, Product))
            for part in parts:
                inside = value(part)
                if inside is None:
                    return None
                found = found * inside if isinstance(expr, Product) else found + inside
            return found
        case Quotient(top, bottom):
            a, b = value(top), value(bottom)
            return None if a is None or not b else a / b
        case Power(base, exponent):
            a, n = value(base), value(exponent)
            if a is None or n is None or n.denominator != 1 or abs(n) > 60 or (not a and n < 0):
                return None
            return a ** int(n)
        case Root(radicand, index):
            a, k = value(radicand), Fraction(2) if index is None else value(index)
            return None if a is None or k is None or k.denominator != 1 else exact_root(a, int(k))
    return None


def number(found: Fraction | int) -> Expr:
    """A number as it is written: 3, -3, 1/3, -1/3."""
    found = Fraction(found)
    if found < 0:
        return Negative(number(-found))
    top = Number(str(found.numerator), Fraction(found.numerator))
    if found.denominator == 1:
        return top
    return Quotient(top, Number(str(found.denominator), Fraction(found.denominator)))


def exact_root(found: Fraction, k: int = 2) -> Fraction | None:
    """The k-th root of a rational number where it is one, too; of negative numbers only odd roots."""
    if found < 0:
        inside = exact_root(-found, k) if k % 2 else None
        return None if inside is None else -inside
    top, bottom = whole_root(found.numerator, k), whole_root(found.denominator, k)
    return None if top is None or bottom is None else Fraction(top, bottom)


def whole_root(n: int, k: int) -> int | None:
    """The k-th root of a whole number where it is whole."""
    if k < 1 or n > 10**30:
        return None
    near = isqrt(n) if k == 2 else round(n ** (1 / k))
    return next((m for m in (near, near + 1, near - 1) if m >= 0 and m**k == n), None)


def root_of(expr: Expr, k: int = 2) -> Expr:
    """√a as a number where it is one, x for √(x²), else as a root."""
    found = value(expr)
    exact = None if found is None else exact_root(found, k)
    if exact is not None:
        return number(exact)
    match expr:
        case Power(base, Number(value=n)) if n % k == 0:
            return base if n == k else Power(base, number(n / k))
        case Product(factors):
            parts = [root_of(f, k) for f in factors]
            if not any(isinstance(p, Root) for p in parts):
                return product_of(parts)
    return Root(expr, None if k == 2 else number(k))


# ---------------------------------------------------------------- terms and factors


def terms(expr: Expr) -> tuple[Expr, ...]:
    """The terms of a sum; anything else is one term, and 0 none."""
    if isinstance(expr, Sum):
        return expr.terms
    return () if expr == ZERO else (expr,)


def partial_sums(place: Node) -> Iterator[tuple[Sum, Callable[[Expr], Expr]]]:
    """A sum, and each part of a short one, with how what it becomes is put beside the other terms."""
    if not isinstance(place, Sum):
        return
    parts = place.terms
    for size in range(len(parts), 1, -1):
        for some in combinations(range(len(parts)), size):
            rest = [t for k, t in enumerate(parts) if k not in some]
            if rest and len(parts) > 4:
                return
            chosen = place if not rest else Sum(tuple(parts[k] for k in some))
            yield chosen, lambda new, rest=rest: sum_of((new, *rest)) if rest else new  # type: ignore[misc]


def differing(before: Statement, line: Statement) -> tuple[Expr, Expr] | None:
    """The parts in which two lines differ, what both have beside them left out; None where there are several."""
    if isinstance(before, Chain) and isinstance(line, Chain) and before.relations == line.relations:
        pairs = [(a, b) for a, b in zip(before.operands, line.operands, strict=True) if a != b]
        return differing(*pairs[0]) if len(pairs) == 1 else None
    if not isinstance(before, Expr) or not isinstance(line, Expr):
        return None
    for kind in (Sum, Product):
        mine = list(terms(before) if kind is Sum else factors(before))
        theirs = list(terms(line) if kind is Sum else factors(line))
        shared = [p for p in mine if p in theirs]
        if not shared or not (isinstance(before, kind) or isinstance(line, kind)):
            continue
        for part in shared:
            if part in mine and part in theirs:
                mine.remove(part)
                theirs.remove(part)
        if mine and theirs:
            return (sum_of(mine), sum_of(theirs)) if kind is Sum else (product_of(mine), product_of(theirs))
    return before, line


def factors(expr: Expr) -> tuple[Expr, ...]:
    """The factors of a product, a sign as -1."""
    if isinstance(expr, Negative):
        return (number(-1), *factors(expr.operand))
    return expr.factors if isinstance(expr, Product) else (expr,)


@kept
def split(term: Expr) -> tuple[Fraction, Expr]:
    """The number in front of a term and the rest of it: 3, x² for 3x²; 1/4, x for x/4; -5, 1 for -5."""
    whole = value(term)
    if whole is not None:
        return whole, ONE
    match term:
        case Negative(operand):
            found, body = split(operand)
            return -found, body
        case Product(parts):
            found, rest = Fraction(1), []
            for part in parts:
                one, body = split(part)
                found *= one
                if body != ONE:
                    rest.append(body)
            return found, product_of(rest)
        case Quotient(top, bottom):
            one, over = split(top)
            other, under = split(bottom)
            if other:
                return one / other, over if under == ONE else Quotient(over, under)
    return Fraction(1), term


def times(found: Fraction, body: Expr) -> Expr:
    """A number times an expression, as it is written: x for 1·x, -x for (-1)·x."""
    if body == ONE:
        return number(found)
    if found < 0:
        return Negative(times(-found, body))
    if found == 1:
        return body
    return product_of((number(found), body)) if found else ZERO


def scaled(expr: Expr, by: Fraction) -> Expr:
    """A sum with each of its terms times a number."""
    return sum_of([times(c * by, body) for c, body in map(split, terms(expr))])


def over(expr: Expr, by: Expr) -> Expr:
    """a/b, a where b is 1."""
    return expr if by == ONE else Quotient(expr, by)


def difference(one: Expr, other: Expr) -> Expr:
    """a - b"""
    return sum_of((one, *(negated(t) for t in terms(other)))) if terms(one) or terms(other) else ZERO


# ---------------------------------------------------------------- equations


def sides(line: Statement) -> Iterator[tuple[Expr, Expr, Make]]:
    """The two sides of an equation or inequality, from either side, and how a new one is made of others."""
    if not isinstance(line, Chain) or len(line.operands) != 2 or line.relations[0] not in TURNED:
        return
    relation = line.relations[0]
    for a, b, sign in ((*line.operands, relation), (*line.operands[::-1], TURNED[relation])):
        yield a, b, lambda left, right, sign=sign: Chain((left, right), (sign,))  # type: ignore[misc]


def equation(line: Statement) -> bool:
    """Whether it is an equation of two sides."""
    return isinstance(line, Chain) and line.relations == ("=",)


@kept
def isolated(line: Statement) -> tuple[tuple[Expr, Expr, str], ...]:
    """The one term that holds letters on a side, alone, the other side with the rest brought over, and the relation.

    |x + 1|, 3, "=" for 2·|x + 1| - 1 = 5.
    """
    found_alone: list[tuple[Expr, Expr, str]] = []
    for left, right, make in sides(line):
        with_letters = [t for t in terms(left) if symbols(t)]
        if len(with_letters) != 1:
            continue
        found, body = split(with_letters[0])
        if not found:
            continue
        rest = [t for t in terms(left) if not symbols(t)]
        other = difference(right, sum_of(rest)) if rest else right
        known = value(other)
        if known is not None:
            other = number(known / found)
        elif found != 1:
            other = Quotient(other, number(found))
        relation = make(left, right).relations[0]
        found_alone.append((body, other, TURNED[relation] if found < 0 else relation))
    return tuple(found_alone)


def the_letter(line: Statement) -> str | None:
    """The one letter of a line; None where there are several or none."""
    names = symbols(line)
    return next(iter(names)) if len(names) == 1 else None


def either(name_or_left: str | Expr, values: Sequence[Expr]) -> Statement:
    """x = 1 or x = 2"""
    left = Symbol(name_or_left) if isinstance(name_or_left, str) else name_or_left
    parts: list[Chain] = []
    for found in values:
        part = Chain((left, found), ("=",))
        if part not in parts:
            parts.append(part)
    return parts[0] if len(parts) == 1 else Either(tuple(parts))


# ---------------------------------------------------------------- polynomials


@kept
def polynomial(expr: Expr, name: str) -> Polynomial | None:
    """The coefficients, lowest first, without noughts at the end; None where it is none."""
    found = rational(expr, name)
    if found is None or len(found[1]) != 1:
        return None
    below = found[1][0]
    return trimmed(found[0] if below == 1 else [c / below for c in found[0]])


@kept
def rational(expr: Expr, name: str) -> tuple[Polynomial, Polynomial] | None:
    """Top and bottom of a quotient of polynomials; nothing is cancelled, so that the bottom keeps its zeros."""
    one = (Fraction(1),)
    known = value(expr)
    if known is not None:
        return trimmed([known]), one
    match expr:
        case Symbol(letter):
            return ((Fraction(0), Fraction(1)), one) if letter == name else None
        case Bracket(inner):
            return rational(inner, name)
        case Negative(operand):
            found = rational(operand, name)
            return None if found is None else (tuple(-c for c in found[0]), found[1])
        case Sum(terms=parts) | Product(factors=parts):
            whole: tuple[Polynomial, Polynomial] = (one, one) if isinstance(expr, Product) else ((), one)
            for part in parts:
                found = rational(part, name)
                if found is None:
                    return None
                if isinstance(expr, Product):
                    whole = multiplied(whole[0], found[0]), multiplied(whole[1], found[1])
                elif whole[1] == found[1]:
                    whole = added(whole[0], found[0]), whole[1]
                else:
                    top = added(multiplied(whole[0], found[1]), multiplied(found[0], whole[1]))
                    whole = top, multiplied(whole[1], found[1])
                if max(len(whole[0]), len(whole[1])) > MOST_DEGREE:
                    return None
            return whole
        case Quotient(top, bottom):
            a, b = rational(top, name), rational(bottom, name)
            if a is None or b is None or not b[0]:
                return None
            return multiplied(a[0], b[1]), multiplied(a[1], b[0])
        case Power(base, Number(value=n)) if n.denominator == 1 and 0 <= n < MOST_DEGREE:
            found = rational(base, name)
            if found is None:
                return None
            whole = (one, one)
            for _ in range(int(n)):
                whole = multiplied(whole[0], found[0]), multiplied(whole[1], found[1])
            return whole if len(whole[0]) <= MOST_DEGREE else None
    return None


def trimmed(found: Sequence[Fraction]) -> Polynomial:
    """Without noughts at the end."""
    end = len(found)
    while end and not found[end - 1]:
        end -= 1
    return tuple(found[:end])


def added(a: Polynomial, b: Polynomial) -> Polynomial:
    """The sum of two polynomials."""
    size = max(len(a), len(b))
    zero = Fraction(0)
    return trimmed([(a[i] if i < len(a) else zero) + (b[i] if i < len(b) else zero) for i in range(size)])


def multiplied(a: Polynomial, b: Polynomial) -> Polynomial:
    """The product of two polynomials."""
    if len(a) == 1 == a[0] or len(b) == 1 == b[0]:
        return trimmed(b if len(a) == 1 == a[0] else a)
    found = [Fraction(0)] * max(len(a) + len(b) - 1, 0)
    for i, c in enumerate(a):
        for j, d in enumerate(b):
            found[i + j] += c * d
    return trimmed(found)


def at(found: Polynomial, x: Fraction) -> Fraction:
    """Its value at a number."""
    total = Fraction(0)
    for c in reversed(found):
        total = total * x + c
    return total


def written(found: Polynomial, name: str) -> Expr:
    """The polynomial as a sum, highest power first."""
    x = Symbol(name)
    powers = [ONE, x, *(Power(x, number(n)) for n in range(2, len(found)))]
    return sum_of([times(found[n], powers[n]) for n in range(len(found) - 1, -1, -1) if found[n]])


@kept
def all_on_one_side(line: Statement, name: str) -> Polynomial | None:
    """Left side minus right side of an equation, as a polynomial."""
    both = [(left, right) for left, right, _ in sides(line)]
    both.sort(key=lambda pair: pair[1] != ZERO)  # 0 = x² - 4 the other way round
    return polynomial(difference(*both[0]), name) if both else None


def roots(found: Polynomial) -> list[Expr] | None:
    """The real roots, rational ones first found and then those of what is quadratic; None where some are not found."""
    gained: list[Expr] = []
    rest = trimmed(found)
    if not rest:
        return None
    while len(rest) > 1 and not rest[0]:
        if ZERO not in gained:
            gained.append(ZERO)
        rest = rest[1:]
    while len(rest) > 3:
        one = rational_root(rest)
        if one is None:
            return None
        if number(one) not in gained:
            gained.append(number(one))
        rest = divided(rest, one)
    if len(rest) == 2:
        gained.append(number(-rest[0] / rest[1]))
    elif len(rest) == 3:
        gained.extend(quadratic_roots(rest[2], rest[1], rest[0]))
    return list(dict.fromkeys(gained))


def quadratic_roots(a: Fraction, b: Fraction, c: Fraction) -> list[Expr]:
    """Of a·x² + b·x + c, real ones only."""
    inside = b * b - 4 * a * c
    if inside < 0:
        return []
    exact = exact_root(inside)
    if exact is not None:
        return [number((-b + s * exact) / (2 * a)) for s in ((1, -1) if exact else (1,))]
    root = Root(number(inside))
    return [Quotient(sum_of((number(-b), s)), number(2 * a)) for s in (root, Negative(root))]


def rational_root(found: Polynomial) -> Fraction | None:
    """A rational root with small top and bottom."""
    scale = 1
    for c in found:
        scale *= c.denominator // gcd(scale, c.denominator)
    first, last = abs(int(found[0] * scale)), abs(int(found[-1] * scale))
    if not first:
        return Fraction(0)
    for top in (n for n in range(1, min(first, 200) + 1) if first % n == 0):
        for bottom in (n for n in range(1, min(last, 60) + 1) if last % n == 0):
            for one in (Fraction(top, bottom), Fraction(-top, bottom)):
                if not at(found, one):
                    return one
    return None


def divided(found: Polynomial, root: Fraction) -> Polynomial:
    """By x - root, which goes into it."""
    gained: list[Fraction] = []
    carry = Fraction(0)
    for c in reversed(found):
        carry = carry * root + c
        gained.append(carry)
    return tuple(reversed(gained[:-1]))
