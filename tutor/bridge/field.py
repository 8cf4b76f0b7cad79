"""Q(symbols, kernels): fractions of polynomials, reduced by the kernels' defining relations.

A pair (num, den) is an element. Numbers stay Python integers or `fmpq` until they meet a polynomial, because
most of what a line holds is numbers and they are several times as fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import comb, gcd, lcm
from typing import Any

from flint import Ordering, arb, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpz

from tutor.errors import TooLarge, Undefined

MAX_BITS = 20_000
MAX_TERMS = 3_000
MAX_DEGREE = 400
MAX_RESTARTS = 40
CAPACITIES = (8, 16, 40)

# An int, an fmpq or an fmpq_mpoly, told apart by `type(…) is`; flint's operators take any mixture.
Part = Any
Pair = tuple[Part, Part]

UNKNOWN, ASSUMED, CERTAIN = 0, 1, 2


class Again(Exception):
    """A choice made earlier was too small (room for generators, a common unit); start over with a better one."""


@cache
def context(capacity: int) -> fmpq_mpoly_ctx:
    """Polynomials in `capacity` generators, named from the last to the first.

    Generators are taken from the last to the first: in lexicographic order each new one is above all before it,
    so that the leading monomial of its defining relation r^q - u is r^q.
    """
    return fmpq_mpoly_ctx.get(tuple(f"g{capacity - 1 - i}" for i in range(capacity)), Ordering.lex)


def power_of_int(base: int, n: int) -> int:
    """base^n, n >= 0, of at most MAX_BITS binary digits."""
    if base.bit_length() * n > MAX_BITS and base not in (0, 1, -1):
        raise TooLarge(f"a number of more than {MAX_BITS} binary digits")
    return int(base**n)


def to_fraction(c: int | fmpq) -> Fraction:
    """The same number."""
    return Fraction(c) if isinstance(c, int) else Fraction(int(c.p), int(c.q))


def common_unit(a: Fraction, b: Fraction) -> Fraction:
    """The greatest fraction of which both are integer multiples."""
    return Fraction(gcd(a.numerator * b.denominator, b.numerator * a.denominator), a.denominator * b.denominator)


@dataclass(slots=True)
class Generator:
    """A symbol or a kernel.

    kind: "symbol", "constant", "power", "ln", "abs", "sin", "cos", "sign" or the name of a function.
    name: of a symbol, constant or function. args: of a kernel, as elements of the field.
    positive: CERTAIN, ASSUMED (for positive values of the symbols) or UNKNOWN.
    value: an enclosure, where it is a number.
    """

    kind: str
    name: str
    gen: fmpq_mpoly
    index: int
    args: tuple[Pair, ...] = ()
    positive: int = UNKNOWN
    value: arb | None = None
    key: object = None


class Field:
    """Q(symbols, kernels) as far as it has been met while expressions were converted."""

    symbols_are_positive = ASSUMED

    def __init__(self) -> None:
        self.level = 0
        self.restarts = 0
        self.units: dict[str, Fraction] = {}
        self.open()

    def open(self) -> None:
        """Forget everything but the choices that earlier attempts have taught."""
        self.capacity = CAPACITIES[self.level]
        self.ctx = context(self.capacity)
        self.names: dict[str, fmpq_mpoly] = {}
        self.generators: list[Generator] = []
        self.relations: list[tuple[int, int, fmpq_mpoly]] = []
        self.divisors: list[fmpq_mpoly] = []
        self.assumed: list[fmpq_mpoly] = []
        self.rational = True

    def restart(self) -> Again:
        """Count an attempt."""
        self.restarts += 1
        if self.restarts > MAX_RESTARTS:
            raise TooLarge("too many different powers and angles")
        return Again()

    # ------------------------------------------------------------ generators

    def new(self, kind: str, name: str, **more: object) -> Generator:
        """Another generator."""
        used = len(self.generators)
        if used == self.capacity:
            self.level += 1
            if self.level == len(CAPACITIES):
                raise TooLarge(f"more than {CAPACITIES[-1]} different symbols and functions")
            raise self.restart()
        index = self.capacity - 1 - used
        g = Generator(kind, name, self.ctx.gen(index), index, **more)  # type: ignore[arg-type]
        self.generators.append(g)
        if kind != "symbol":
            self.rational = False
        return g

    def symbol(self, name: str) -> fmpq_mpoly:
        """The element of a symbol: a generator, or x = r^q where a q-th root of x occurs."""
        element = self.names.get(name)
        if element is None:
            unit = self.units.get(f"{name}|root")
            # An even root is never negative where it has a value.
            even = unit is not None and unit.denominator % 2 == 0
            g = self.new("symbol", name, positive=CERTAIN if even else self.symbols_are_positive)
            element = g.gen if unit is None else g.gen**unit.denominator
            if unit is not None:
                self.rational = False
            self.names[name] = element
        return element

    def relate(self, g: Generator, degree: int, value: Part) -> None:
        """g^degree = value, from now on."""
        self.relations.append((g.index, degree, g.gen**degree - value))

    def assume(self, *positive: fmpq_mpoly) -> None:
        """Note that these were taken to be positive."""
        self.assumed += [f for f in positive if f not in self.assumed]

    def at(self, index: int) -> Generator:
        """The generator with this index in the context."""
        return self.generators[self.capacity - 1 - index]

    def only_generator(self, p: Part) -> Generator | None:
        """The generator that p is, if it is one."""
        if type(p) is fmpq_mpoly and len(p) == 1 and p.total_degree() == 1 and p.leading_coefficient() == 1:
            return self.at(p.degrees().index(1))
        return None

    def used_in(self, *parts: Part) -> set[int]:
        """Indices of the generators that occur."""
        used: set[int] = set()
        for part in parts:
            if type(part) is fmpq_mpoly and part:
                used.update(i for i, d in enumerate(part.degrees()) if d)
        return used

    def multiple(self, key: str, c: Fraction) -> int:
        """c in units of the greatest common unit of all that was asked for under this key."""
        unit = self.units.get(key)
        if unit is None:
            unit = self.units[key] = abs(c)
        k = c / unit
        if k.denominator == 1:
            return k.numerator
        self.units[key] = common_unit(unit, c)
        raise self.restart()

    # ------------------------------------------------------------ arithmetic

    def reduce(self, p: fmpq_mpoly) -> Part:
        """p modulo the defining relations, the latest first."""
        for index, degree, relation in reversed(self.relations):
            if p and p.degrees()[index] >= degree:
                p = divmod(p, relation)[1]
                if len(p) > MAX_TERMS:
                    raise TooLarge(f"an expression of more than {MAX_TERMS} terms")
        return p

    def mul(self, a: Part, b: Part) -> Part:
        """a b"""
        if type(a) is fmpq_mpoly and type(b) is fmpq_mpoly:
            if len(a) * len(b) > MAX_TERMS:
                raise TooLarge(f"a product of more than {MAX_TERMS} terms")
            return self.reduce(a * b) if self.relations else a * b
        return a * b

    def power(self, a: Part, n: int) -> Part:
        """a^n, n >= 0"""
        if n < 2:
            return a if n else 1
        if type(a) is int:
            return power_of_int(a, n)
        if type(a) is fmpq:
            return fmpq(power_of_int(int(a.p), n), power_of_int(int(a.q), n))
        terms = len(a)
        if self.relations and terms > 1:
            result: Part = 1
            if n > MAX_DEGREE:
                raise TooLarge("a power with too many terms")
            while n:
                if n & 1:
                    result = self.mul(result, a)
                n >>= 1
                if n:
                    a = self.mul(a, a)
            return result
        if (terms > 1 and (n * a.total_degree() > MAX_DEGREE or comb(terms + n - 1, n) > MAX_TERMS)) or n > 10_000:
            raise TooLarge("a power with too many terms")
        return self.reduce(a**n) if self.relations else a**n

    def multiply(self, x: Pair, y: Pair) -> Pair:
        """x y"""
        a, b = x
        c, d = y
        num = self.mul(a, c)
        if type(b) is int:
            return num, d
        if type(d) is int:
            return num, b
        return num, self.mul(b, d)

    def add(self, x: Pair, y: Pair) -> Pair:
        """x + y"""
        a, b = x
        c, d = y
        if type(b) is int:
            if type(d) is int:
                return a + c, 1
            return self.mul(a, d) + c, d
        if type(d) is int:
            return a + self.mul(c, b), b
        if b == d:
            return a + c, b
        return self.mul(a, d) + self.mul(c, b), self.mul(b, d)

    def negative(self, x: Pair) -> Pair:
        """-x"""
        return -x[0], x[1]

    def subtract(self, x: Pair, y: Pair) -> Pair:
        """x - y"""
        return self.add(x, (-y[0], y[1]))

    def inverse(self, x: Pair) -> Pair:
        """1 / x"""
        num, den = x
        if num == 0:
            raise Undefined("division by zero")
        if type(num) is fmpq_mpoly:
            if num.total_degree() == 0:
                return den * (1 / num.leading_coefficient()), 1
            self.divisors.append(num)
            return den, num
        return den * (fmpq(1) / num), 1

    def divide(self, x: Pair, y: Pair) -> Pair:
        """x / y"""
        return self.multiply(x, self.inverse(y))

    def to_power(self, x: Pair, n: int) -> Pair:
        """x^n for an integer n"""
        if n < 0:
            x, n = self.inverse(x), -n
        num, den = x
        return self.power(num, n), (1 if type(den) is int else self.power(den, n))

    def is_zero(self, x: Pair) -> bool:
        """Whether the numerator is the zero polynomial."""
        return bool(x[0] == 0)

    def same(self, x: Pair, y: Pair) -> bool:
        """x = y"""
        return self.is_zero(self.subtract(x, y))

    def cancel(self, x: Pair) -> Pair:
        """The same without common factors; the denominator's leading coefficient is 1."""
        num, den = x
        if type(den) is not fmpq_mpoly:
            return x
        if num == 0:
            return 0, 1
        if type(num) is fmpq_mpoly:
            common = num.gcd(den)
            if not common.is_one():
                num, den = num / common, den / common
        lead = den.leading_coefficient()
        if den.total_degree() == 0:
            return num * (1 / lead), 1
        if lead != 1:
            num, den = num * (1 / lead), den / lead
        return num, den

    def number(self, x: Pair) -> fmpq | None:
        """The rational number that x is, if it is one."""
        num, den = x
        if type(den) is fmpq_mpoly:
            num, den = self.cancel(x)
            if type(den) is fmpq_mpoly:
                return None
        if type(num) is fmpq_mpoly:
            if num.total_degree() > 0:
                return None
            return num.leading_coefficient() if num else fmpq(0)
        return fmpq(num)

    # ------------------------------------------------------------ factors and signs

    def factors(self, p: Part) -> tuple[fmpq, list[tuple[fmpq_mpoly, int]]]:
        """p = c f1^e1 f2^e2 …, each f irreducible over Q, primitive, with a positive leading coefficient."""
        if type(p) is not fmpq_mpoly:
            return fmpq(p), []
        if not p:
            return fmpq(0), []
        if len(p) == 1:
            return p.leading_coefficient(), [(self.ctx.gen(i), int(d)) for i, d in enumerate(p.degrees()) if d]
        if p.total_degree() == 1:
            f, c = self.primitive(p)
            return c, [(f, 1)]
        if p.total_degree() > 60 or len(p) > 200:
            f, c = self.primitive(p)
            return c, [(f, 1)]
        c, found = p.factor()
        result: list[tuple[fmpq_mpoly, int]] = []
        for f, e in found:
            g, lead = self.primitive(f)
            e = int(e)
            c = c * lead**e
            result.append((g, e))
        return c, self._squares_of_sines(result) if len(result) > 1 else result

    def _squares_of_sines(self, found: list[tuple[fmpq_mpoly, int]]) -> list[tuple[fmpq_mpoly, int]]:
        """(1 - cos u)(1 + cos u) = sin²u is a square, though its factors are none."""
        for cosine in self.generators:
            if cosine.kind != "cos":
                continue
            lower = next((i for i, (f, _) in enumerate(found) if f == cosine.gen - 1), None)
            upper = next((i for i, (f, _) in enumerate(found) if f == cosine.gen + 1), None)
            if lower is None or upper is None:
                continue
            m = min(found[lower][1], found[upper][1])
            rest = [(f, e - m if i in (lower, upper) else e) for i, (f, e) in enumerate(found)]
            found = [(f, e) for f, e in rest if e]
            # The factor -1 of (c - 1)(c + 1) = -s² is carried by a factor -1 that is no polynomial.
            found += [(self.at(cosine.index - 1).gen, 2 * m), (self.ctx.constant(-1), m)]
        return found

    def primitive(self, p: fmpq_mpoly) -> tuple[fmpq_mpoly, fmpq]:
        """(f, c) with p = c f, f with coprime integer coefficients and a positive leading one."""
        coefficients = p.coeffs()
        bottom, top = 1, 0
        for c in coefficients:
            bottom = lcm(bottom, int(c.q))
        for c in coefficients:
            top = gcd(top, int(c.p) * (bottom // int(c.q)))
        unit = fmpq(top, bottom)
        if coefficients[0] < 0:
            unit = -unit
        return (p, fmpq(1)) if unit == 1 else (p / unit, unit)

    def atoms(self, x: Pair) -> tuple[fmpq, list[tuple[fmpq_mpoly, int]]]:
        """x = c f1^e1 f2^e2 … with e of either sign."""
        c, top = self.factors(x[0])
        if type(x[1]) is not fmpq_mpoly:
            bottom: list[tuple[fmpq_mpoly, int]] = []
        else:
            d, bottom = self.factors(x[1])
            c = c / d
        result: list[tuple[fmpq_mpoly, int]] = []
        for f, e in top + [(f, -e) for f, e in bottom]:
            if f.total_degree() == 0:
                c = c * f.leading_coefficient() ** (e % 2)
                continue
            for i, (g, n) in enumerate(result):
                if g == f:
                    result[i] = (g, n + e)
                    break
            else:
                result.append((f, e))
        return c, [(f, e) for f, e in result if e]

    def ball(self, p: Part) -> arb | None:
        """An enclosure of p, where it is a number."""
        if type(p) is not fmpq_mpoly:
            return arb(fmpq(p))
        values = {}
        for i in self.used_in(p):
            value = self.at(i).value
            if value is None:
                return None
            values[i] = value
        total = arb(0)
        for monomial, c in p.terms():
            term = arb(c)
            for i, v in values.items():
                if monomial[i]:
                    term *= v ** monomial[i]
            total += term
        return total

    def sign(self, f: fmpq_mpoly) -> tuple[int, int]:
        """(sign, how sure): the sign of f for positive symbols, 0 where it is not known."""
        g = self.only_generator(f)
        if g is not None and g.positive:
            return 1, g.positive
        ball = self.ball(f)
        if ball is not None:
            if ball > 0:
                return 1, CERTAIN
            return (-1, CERTAIN) if ball < 0 else (0, UNKNOWN)
        signs: set[int] = set()
        sure = CERTAIN
        for monomial, c in f.terms():
            signs.add(1 if c > 0 else -1)
            if len(signs) > 1:
                break
            for i, d in enumerate(monomial):
                if d % 2:
                    sure = min(sure, self.at(i).positive)
        else:
            return (signs.pop(), sure) if sure else (0, UNKNOWN)
        used = self.used_in(f)
        if len(used) == 1:
            (i,) = used
            if f.degrees()[i] == 2 and f.discriminant(i).leading_coefficient() < 0:
                return (1 if f.leading_coefficient() > 0 else -1), CERTAIN
        return 0, UNKNOWN


def prime_factors(n: int) -> list[tuple[int, int]]:
    """n > 0 as powers of primes; a large cofactor without small factors stays in one piece."""
    if n == 1:
        return []
    if n.bit_length() <= 64:
        return [(int(p), e) for p, e in fmpz(n).factor()]
    found: list[tuple[int, int]] = []
    for p in range(2, 1000):
        e = 0
        while n % p == 0:
            n //= p
            e += 1
        if e:
            found.append((p, e))
    if n > 1:
        for k in (7, 5, 3, 2):
            root = int(fmpz(n).root(k))
            if root**k == n:
                return [*found, (root, k)]
        found.append((n, 1))
    return found
