"""√u, a^u, ln u, |u|, sin u … as generators with their defining relations.

Rewriting is valid for positive values of the symbols; where a step needs that (√(x²) = x, ln(xy) = ln x + ln y)
the field notes `assumed`, and the caller looks at other values too.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial

from flint import arb, fmpq, fmpq_mpoly

from tutor.bridge.field import (
    ASSUMED,
    CERTAIN,
    UNKNOWN,
    Field,
    Generator,
    Pair,
    Part,
    common_unit,
    power_of_int,
    prime_factors,
    to_fraction,
)
from tutor.errors import TooLarge, Undefined, Unsupported

MAX_MULTIPLE = 64
MAX_INDEX = 1000
MAX_FACTORIAL = 1500
HALF = Fraction(1, 2)


class Kernels(Field):
    """A field that knows functions."""

    def __init__(
        self, *, real: bool = True, integers: frozenset[str] = frozenset(), positive_symbols: bool = True
    ) -> None:
        self.real = real
        self.integers = integers
        self.symbols_are_positive = ASSUMED if positive_symbols else UNKNOWN
        super().__init__()

    def open(self) -> None:
        """Forget everything but the choices that earlier attempts have taught."""
        super().open()
        self._found: dict[object, Generator] = {}

    def _at(self, key: object, make: Callable[[], Generator]) -> Generator:
        g = self._found.get(key)
        if g is None:
            g = self._found[key] = make()
            g.key = key
        return g

    # ------------------------------------------------------------ constants

    @property
    def pi(self) -> Generator:
        """π"""
        return self._at("pi", lambda: self.new("constant", "pi", positive=CERTAIN, value=arb.pi()))

    @property
    def i(self) -> Generator:
        """i, with i² = -1"""

        def make() -> Generator:
            g = self.new("constant", "i")
            self.relate(g, 2, -1)
            return g

        return self._at("i", make)

    # ------------------------------------------------------------ splitting an exponent or an angle

    def parts(self, x: Pair) -> list[tuple[str, Pair, Fraction]]:
        """x = Σ c m: the key of m, m, and c; m is a monomial over the denominator of x."""
        num, den = self.cancel(x)
        constant = self.number((num, den)) if type(den) is not fmpq_mpoly else None
        if constant is not None:
            return [("1", (1, 1), to_fraction(constant))] if constant != 0 else []
        result: list[tuple[str, Pair, Fraction]] = []
        if type(den) is fmpq_mpoly:
            if type(num) is not fmpq_mpoly:
                num = self.ctx.constant(num)
            whole, num = divmod(num, den)
            if whole:
                result += self.parts((whole, 1))
        if type(num) is fmpq_mpoly:
            if len(num) > 60:
                raise TooLarge("an exponent or angle of more than 60 terms")
            for monomial, c in num.terms():
                m = self.ctx.from_dict({monomial: 1})
                result.append((f"{m}/{den}" if type(den) is fmpq_mpoly else str(m), (m, den), to_fraction(c)))
        return result

    # ------------------------------------------------------------ powers

    def root(self, x: Pair, index: int) -> Pair:
        """The index-th root."""
        return self.rational_power(x, Fraction(1, index))

    def rational_power(self, x: Pair, r: Fraction) -> Pair:
        """x^r"""
        if r.denominator == 1:
            return self.to_power(x, r.numerator)
        if r.denominator > MAX_INDEX:
            raise TooLarge(f"a root of index {r.denominator}")
        if self.is_zero(x):
            if r < 0:
                raise Undefined("division by zero")
            return 0, 1
        return self._power_of_atoms(x, r, None)

    def general_power(self, base: Pair, exponent: Pair) -> Pair:
        """base^exponent"""
        n = self.number(exponent)
        if n is not None:
            return self.rational_power(base, to_fraction(n))
        if self.is_zero(base):
            raise Unsupported("a power of zero")
        return self._power_of_atoms(base, Fraction(1), exponent)

    def _power_of_atoms(self, x: Pair, r: Fraction, exponent: Pair | None) -> Pair:
        """x^r, or x^exponent where one is given, by the irreducible factors of x."""
        c, atoms = self.atoms(x)
        odd = self.real and exponent is None and r.denominator % 2 == 1
        result: Pair = (1, 1)
        if c < 0:
            c = -c
            if odd:
                result = (-1 if r.numerator % 2 else 1), 1
            else:
                flipped = self._flip(atoms)
                if flipped is not None:
                    atoms = flipped
                elif exponent is not None:
                    result = self._power_of_minus_one(exponent)
                elif self.real and not self._complex_atoms(atoms):
                    raise Undefined("an even root of a negative number")
                else:
                    if r.denominator != 2:
                        raise Unsupported("a complex root of that index")
                    result = self.power(self.i.gen, r.numerator % 4), 1
        loose = 0
        open_: list[fmpq_mpoly] = []
        for f, e in atoms:
            sign, sure = self.sign(f)
            g = self.only_generator(f)
            strict = sign > 0 and sure == CERTAIN and (g is None or g.kind != "symbol")
            if not strict and not odd:
                own = Fraction(e)
                if g is not None and g.kind == "symbol":
                    own = e * self.units.get(f"{g.name}|root", Fraction(1))
                loose += 1 if own == 1 else 2
                open_.append(f)
            if exponent is None:
                if e % 2 == 0 and not odd and sure != CERTAIN and (own := r * e).numerator % 2:
                    if sign == 0:  # √(f²) = |f|
                        result = self.multiply(result, self.rational_power(self.absolute((f, 1)), own))
                        continue
                    f = f if sign > 0 else -f
                    sign = 1
                result = self.multiply(result, self._atom_power(f, r * e, sign, sure))
            else:
                result = self.multiply(result, self._symbolic_power(f, self.multiply((e, 1), exponent), sign, sure))
        if loose > 1:
            self.assume(*open_)
        for p, e in self._primes(c):
            if exponent is None:
                result = self.multiply(result, self._prime_power(p, r * e))
            else:
                result = self.multiply(result, self._symbolic_power(p, self.multiply((e, 1), exponent), 1, CERTAIN))
        return result

    def _complex_atoms(self, atoms: list[tuple[fmpq_mpoly, int]]) -> bool:
        i = self._found.get("i")
        return i is not None and any(i.index in self.used_in(f) for f, _ in atoms)

    def _primes(self, c: fmpq) -> list[tuple[int, int]]:
        return prime_factors(int(c.p)) + [(p, -e) for p, e in prime_factors(int(c.q))]

    def _flip(self, atoms: list[tuple[fmpq_mpoly, int]]) -> list[tuple[fmpq_mpoly, int]] | None:
        """Take a factor -1 into an atom of odd exponent whose sign is open: x - 1 becomes 1 - x, or x becomes -x."""
        best: int | None = None
        best_sure = CERTAIN
        for i, (f, e) in enumerate(atoms):
            if e % 2:
                sign, sure = self.sign(f)
                if sign < 0 or sure < best_sure:
                    best, best_sure = i, (UNKNOWN if sign < 0 else sure)
        if best is None:
            return None
        return [(-f, e) if i == best else (f, e) for i, (f, e) in enumerate(atoms)]

    def _power_of_minus_one(self, exponent: Pair) -> Pair:
        result: Pair = (1, 1)
        for key, m, c in self.parts(exponent):
            if c.denominator != 1:
                raise Unsupported("a fractional power of a negative number")
            if key == "1":
                result = self.multiply(result, ((-1) ** (c.numerator % 2), 1))
                continue
            # Whole exponents are meant: (-1)^(2n) = 1.
            self.assume(*(p for p in m if type(p) is fmpq_mpoly))
            if c.numerator % 2:
                result = self.multiply(result, (self._sign_of(key, m).gen, 1))
        return result

    def _sign_of(self, key: str, m: Pair) -> Generator:
        """(-1)^m, whose square is 1"""

        def make() -> Generator:
            g = self.new("sign", "(-1)^", args=(m,))
            self.relate(g, 2, 1)
            return g

        return self._at(("sign", key), make)

    def _prime_power(self, p: int, r: Fraction) -> Pair:
        whole, rest = divmod(r.numerator, r.denominator)
        value = fmpq(power_of_int(p, abs(whole)))
        part: Pair = (value if whole >= 0 else 1 / value), 1
        if not rest:
            return part
        return self.multiply(part, self._root_of(p, Fraction(rest, r.denominator), CERTAIN))

    def _root_of(self, f: int | fmpq_mpoly, r: Fraction, sure: int) -> Pair:
        """f^r, 0 < r < 1, by a kernel g with g^N = f."""
        key = f"{f}|root"
        k = self.multiple(key, r)
        unit = self.units[key]
        if unit.numerator != 1:  # a root is asked for as a power of g = f^(1/N)
            self.units[key] = Fraction(1, unit.denominator)
            k = int(r * unit.denominator)

        def make() -> Generator:
            g = self.new("power", "root", args=((f, 1), (fmpq(1, unit.denominator), 1)), positive=sure)
            ball = self.ball(f)
            if ball is not None:
                g.value = ball.root(unit.denominator)
            self.relate(g, unit.denominator, f)
            return g

        g = self._at(("root", str(f)), make)
        return self.power(g.gen, k), 1

    def _atom_power(self, f: fmpq_mpoly, r: Fraction, sign: int, sure: int) -> Pair:
        """f^r of an irreducible polynomial f."""
        if r.denominator == 1:
            if sign < 0 and r.numerator % 2:
                raise Unsupported("a root that is negative")
            return self.to_power((f, 1), r.numerator)
        g = self.only_generator(f)
        if g is not None:
            if g.kind == "symbol":
                return self._symbol_power(g, r)
            if g.kind == "power":
                return self._power_of_power(g, (fmpq(r.numerator, r.denominator), 1))
            if g.kind == "abs" and r.denominator == 2 and r.numerator % 2 == 0:
                return self.to_power((f, 1), r.numerator)
        negative = self.ball(f)
        if negative is not None and negative < 0:
            if r.denominator % 2 == 0:
                raise Undefined("an even root of a negative number")
            other = self._atom_power(-f, r, 1, CERTAIN)
            return self.negative(other) if r.numerator % 2 else other
        if r.denominator == 2:
            simpler = self._denested(f)
            if simpler is not None:
                return self.to_power(simpler, r.numerator)
        whole, rest = divmod(r.numerator, r.denominator)
        part = self.to_power((f, 1), whole)
        return self.multiply(part, self._root_of(f, Fraction(rest, r.denominator), max(sure, ASSUMED)))

    def _symbol_power(self, g: Generator, r: Fraction) -> Pair:
        """x^r with r no integer: the generator of x becomes x^(1/N), in which everything is a power."""
        key = f"{g.name}|root"
        unit = self.units.get(key, Fraction(1))
        self.units[key] = common_unit(unit, r * unit)
        raise self.restart()

    def _denested(self, f: fmpq_mpoly) -> Pair | None:
        """√(a + b√c) = √((a+d)/2) ± √((a-d)/2) where d² = a² - b²c is a square of a rational number."""
        if len(f) != 2 or any(f.monoms()[1]):
            return None
        c = 1
        for i, degree in enumerate(f.monoms()[0]):
            if degree:
                g = self.at(i)
                if degree != 1 or g.name != "root" or type(g.args[0][0]) is not int or g.args[1][0] != fmpq(1, 2):
                    return None
                c *= g.args[0][0]
        b, a = to_fraction(f.leading_coefficient()), to_fraction(f.coefficient(1))
        square = a * a - b * b * c
        d = _exact_root(square) if square >= 0 else None
        if d is None or a + d < 0 or a - d < 0:
            return None
        first = self.rational_power((fmpq(*((a + d) / 2).as_integer_ratio()), 1), HALF)
        second = self.rational_power((fmpq(*((a - d) / 2).as_integer_ratio()), 1), HALF)
        return self.add(first, second) if b > 0 else self.subtract(first, second)

    def _power_of_power(self, g: Generator, exponent: Pair) -> Pair:
        """(b^m)^exponent = b^(m exponent)"""
        base, m = g.args
        if g.positive != CERTAIN:
            self.assume(g.gen)
        m = self.multiply(m, exponent)
        return self.exp(m) if g.name == "exp" else self.general_power(base, m)

    def _symbolic_power(self, f: int | fmpq_mpoly, exponent: Pair, sign: int, sure: int) -> Pair:
        """f^exponent for a prime number or an irreducible polynomial"""
        if sign < 0:
            raise Unsupported("a power of a negative number")
        g = self.only_generator(f)
        if g is not None and g.kind == "power":
            return self._power_of_power(g, exponent)
        if self._logarithms_in(exponent):
            return self.exp(self.cancel(self.multiply(exponent, self.ln((f, 1)))))
        result: Pair = (1, 1)
        for key, m, c in self.parts(exponent):
            if key == "1":
                result = self.multiply(result, self.rational_power((f, 1), c))
                continue
            k = self._bounded(self.multiple(f"{f}^{key}", c))
            unit = self.units[f"{f}^{key}"]

            def make(m: Pair = m, unit: Fraction = unit) -> Generator:
                amount = self.multiply(m, (fmpq(unit.numerator, unit.denominator), 1))
                return self.new("power", "power", args=((f, 1), amount), positive=max(sure, ASSUMED))

            generator = self._at(("power", str(f), key), make)
            result = self.multiply(result, self.to_power_quietly((generator.gen, 1), k))
        return result

    def to_power_quietly(self, x: Pair, k: int) -> Pair:
        """x^k of a kernel that is never zero, so that it is no divisor to remark on."""
        return self.to_power(x, k) if k >= 0 else (1, self.power(x[0], -k))

    def _bounded(self, k: int) -> int:
        if abs(k) > 10 * MAX_MULTIPLE:
            raise TooLarge(f"a power or angle taken {k} times")
        return k

    def _logarithms_in(self, *xs: Pair) -> bool:
        return any(self.at(i).kind == "ln" for x in xs for i in self.used_in(*x))

    def exp(self, x: Pair) -> Pair:
        """e^x"""
        result: Pair = (1, 1)
        angle: Pair = (0, 1)
        imaginary = self._found.get("i")
        for key, m, c in self.parts(x):
            amount = self.multiply(m, (fmpq(c.numerator, c.denominator), 1))
            used = self.used_in(m[0])
            if imaginary is not None and imaginary.index in used:
                angle = self.add(angle, self.divide(amount, (imaginary.gen, 1)))
                continue
            logarithms = [g for g in map(self.at, used) if g.kind == "ln"]
            if len(logarithms) == 1 and m[0].degrees()[logarithms[0].index] == 1:
                ln = logarithms[0]
                result = self.multiply(result, self.general_power(ln.args[0], self._over(amount, ln.gen)))
                continue
            k = self._bounded(self.multiple(f"e^{key}", c))
            unit = self.units[f"e^{key}"]

            def make(m: Pair = m, unit: Fraction = unit) -> Generator:
                amount = self.multiply(m, (fmpq(unit.numerator, unit.denominator), 1))
                value = self.ball(amount[0]) if type(amount[1]) is int else None
                return self.new(
                    "power",
                    "exp",
                    args=((1, 1), amount),
                    positive=CERTAIN,
                    value=value.exp() if value is not None else None,
                )

            generator = self._at(("exp", key), make)
            result = self.multiply(result, self.to_power_quietly((generator.gen, 1), k))
        if not self.is_zero(angle):
            cosine, sine = self.cis(angle)
            result = self.multiply(result, self.add(cosine, self.multiply((self.i.gen, 1), sine)))
        return result

    def _over(self, x: Pair, g: fmpq_mpoly) -> Pair:
        return self.cancel((x[0], self.mul(x[1], g)))

    # ------------------------------------------------------------ logarithms and absolute values

    def ln(self, x: Pair) -> Pair:
        """ln x"""
        if self.is_zero(x):
            raise Undefined("the logarithm of 0")
        c, atoms = self.atoms(x)
        result: Pair = (0, 1)
        if c < 0:
            c = -c
            flipped = self._flip(atoms)
            if flipped is not None:
                atoms = flipped
            elif self.real:
                raise Undefined("the logarithm of a negative number")
            else:
                result = self.mul(self.i.gen, self.pi.gen), 1
        loose = 0
        open_: list[fmpq_mpoly] = []
        for f, e in atoms:
            sign, sure = self.sign(f)
            if sign < 0 and sure == CERTAIN and e % 2:
                raise Undefined("the logarithm of a negative number")
            g = self.only_generator(f)
            own = Fraction(e)
            if g is not None and g.kind == "symbol":
                own = e * self.units.get(f"{g.name}|root", Fraction(1))
            if not (sign > 0 and sure == CERTAIN) or (g is not None and g.kind == "symbol"):
                loose += 1 if own == 1 else 2
                open_.append(f)
            result = self.add(result, self.multiply((e, 1), self._ln_of_atom(f)))
        if loose > 1:
            self.assume(*open_)
        for p, e in self._primes(c):
            result = self.add(result, self.multiply((e, 1), self._ln_of_atom(p)))
        return result

    def _ln_of_atom(self, f: int | fmpq_mpoly) -> Pair:
        g = self.only_generator(f)
        share: Pair = (1, 1)
        if g is not None:
            if g.kind == "power":
                base, m = g.args
                return m if g.name == "exp" else self.multiply(m, self.ln(base))
            if g.kind == "symbol":
                unit = self.units.get(f"{g.name}|root")
                if unit is not None:
                    share = fmpq(unit.numerator, unit.denominator), 1

        def make() -> Generator:
            ball = self.ball(f)
            value = ball.log() if ball is not None and ball > 0 else None
            argument: Part = f if g is None or g.kind != "symbol" else self.names[g.name]
            return self.new(
                "ln", "ln", args=((argument, 1),), positive=CERTAIN if type(f) is int else UNKNOWN, value=value
            )

        return self.multiply(share, (self._at(("ln", str(f)), make).gen, 1))

    def log(self, x: Pair, base: Pair) -> Pair:
        """ln x / ln base"""
        below = self.ln(base)
        if self.is_zero(below):
            raise Undefined("a logarithm to base 1")
        return self.divide(self.ln(x), below)

    def absolute(self, x: Pair) -> Pair:
        """|x| of a real x"""
        if self._complex_atoms([(p, 1) for p in x if type(p) is fmpq_mpoly]):
            raise Unsupported("the modulus of a complex expression")
        c, atoms = self.atoms(x)
        result: Pair = (abs(c), 1)
        for f, e in atoms:
            sign, sure = self.sign(f)
            if e % 2 == 0 or (sign and sure == CERTAIN):
                part = self.to_power((f, 1), e)
                result = self.multiply(result, self.negative(part) if sign < 0 and e % 2 else part)
                continue
            if sign:
                self.assume(f if sign > 0 else -f)
                result = self.multiply(result, self.to_power((f, 1) if sign > 0 else (-f, 1), e))
                continue
            result = self.multiply(result, self.to_power((self._absolute_of_atom(f).gen, 1), e))
        return result

    def _absolute_of_atom(self, f: fmpq_mpoly) -> Generator:
        def make() -> Generator:
            g = self.new("abs", "abs", args=((f, 1),), positive=CERTAIN)
            self.relate(g, 2, self.mul(f, f))
            return g

        return self._at(("abs", str(f)), make)

    # ------------------------------------------------------------ trigonometry

    def cis(self, x: Pair) -> tuple[Pair, Pair]:
        """(cos x, sin x), by the sum formulas from one pair for each monomial of the angle"""
        cosine: Pair = (1, 1)
        sine: Pair = (0, 1)
        for key, m, c in self.parts(x):
            part = self._cis_of_part(key, m, c)
            cosine, sine = self._turn((cosine, sine), part)
        return cosine, sine

    def _turn(self, a: tuple[Pair, Pair], b: tuple[Pair, Pair]) -> tuple[Pair, Pair]:
        (c, s), (d, t) = a, b
        return (
            self.subtract(self.multiply(c, d), self.multiply(s, t)),
            self.add(self.multiply(s, d), self.multiply(c, t)),
        )

    def _times(self, a: tuple[Pair, Pair], k: int) -> tuple[Pair, Pair]:
        if k < 0:
            cosine, sine = self._times(a, -k)
            return cosine, self.negative(sine)
        if k > MAX_MULTIPLE:
            raise TooLarge(f"an angle taken {k} times")
        result: tuple[Pair, Pair] = ((1, 1), (0, 1))
        while k:
            if k & 1:
                result = self._turn(result, a)
            k >>= 1
            if k:
                a = self._turn(a, a)
        return result

    def _cis_of_part(self, key: str, m: Pair, c: Fraction) -> tuple[Pair, Pair]:
        if type(m[1]) is int and type(m[0]) is fmpq_mpoly:
            g = self.only_generator(m[0])
            if g is not None and g.name == "pi":
                known = self._known_angle(c)
                if known is not None:
                    return known
            elif g is not None and g.kind in ("arcsin", "arctan") and c.denominator == 1:
                return self._times(self._of_inverse(g), c.numerator)
            elif c.denominator == 1 and self.integers and self._integer_times_pi(m[0]):
                return self._power_of_minus_one((c.numerator * m[0] / self.pi.gen, 1)), (0, 1)
        unit_key = f"cis {key}"
        k = self.multiple(unit_key, c)
        unit = self.units[unit_key]

        def make() -> Generator:
            angle = self.multiply(m, (fmpq(unit.numerator, unit.denominator), 1))
            value = self.ball(angle[0]) if type(angle[1]) is int else None
            cosine = self.new("cos", "cos", args=(angle,), value=value.cos() if value is not None else None)
            sine = self.new("sin", "sin", args=(angle,), value=value.sin() if value is not None else None)
            self.relate(sine, 2, 1 - cosine.gen**2)
            return cosine

        cosine = self._at(("cis", key), make)
        sine = self.at(cosine.index - 1)
        return self._times(((cosine.gen, 1), (sine.gen, 1)), k)

    def _integer_times_pi(self, m: fmpq_mpoly) -> bool:
        degrees = m.degrees()
        if degrees[self.pi.index] != 1:
            return False
        return all(self.at(i).name in self.integers for i, d in enumerate(degrees) if d and i != self.pi.index)

    def _known_angle(self, c: Fraction) -> tuple[Pair, Pair] | None:
        """cos and sin of cπ where they are (nested) square roots"""
        n = c.denominator
        k = c.numerator % (2 * n)
        if n == 1:
            return ((1, 1) if k == 0 else (-1, 1)), (0, 1)
        if k > n:
            k -= 2 * n
        if n == 2:
            return (0, 1), (1 if k > 0 else -1, 1)
        quarter = fmpq(1, 4)

        def root(u: int) -> Part:
            return self.rational_power((u, 1), HALF)[0]

        unit: tuple[Part, Part]
        if n == 3:
            unit = fmpq(1, 2), root(3) * fmpq(1, 2)
        elif n == 4:
            unit = root(2) * fmpq(1, 2), root(2) * fmpq(1, 2)
        elif n == 6:
            unit = root(3) * fmpq(1, 2), fmpq(1, 2)
        elif n == 12:
            unit = (root(6) + root(2)) * quarter, (root(6) - root(2)) * quarter
        elif n == 8:
            two = root(2)
            cosine = self.multiply((fmpq(1, 2), 1), self.rational_power((two + 2, 1), HALF))
            return self._times((cosine, self.divide((two * quarter, 1), cosine)), k)
        elif n in (5, 10):
            five = root(5)
            first = self.rational_power((10 - 2 * five, 1), HALF)
            fifth: tuple[Pair, Pair] = (((five + 1) * quarter, 1), self.multiply((quarter, 1), first))
            if n == 5:
                return self._times(fifth, k)
            # π/10 = π/2 - 2·π/5
            cosine, sine = self._times(fifth, 2)
            return self._times((sine, cosine), k)
        else:
            return None
        return self._times(((unit[0], 1), (unit[1], 1)), k)

    def _of_inverse(self, g: Generator) -> tuple[Pair, Pair]:
        """cos and sin of arcsin u, of arctan u"""
        (u,) = g.args
        square = self.multiply(u, u)
        if g.kind == "arcsin":
            return self.root(self.subtract((1, 1), square), 2), u
        cosine = self.inverse(self.root(self.add((1, 1), square), 2))
        return cosine, self.multiply(u, cosine)

    def inverse_function(self, name: str, x: Pair) -> Pair:
        """arcsin x or arctan x: known values, oddness, else a kernel"""
        num = x[0]
        if num == 0:
            return 0, 1
        negative = (num.leading_coefficient() if type(num) is fmpq_mpoly else num) < 0
        if negative:
            return self.negative(self.inverse_function(name, self.negative(x)))
        square = self.number(self.multiply(x, x))
        if square is not None:
            values = ARCSIN if name == "arcsin" else ARCTAN
            known = values.get(to_fraction(square))
            if known is not None:
                return self.multiply((fmpq(known.numerator, known.denominator), 1), (self.pi.gen, 1))
            if name == "arcsin" and square > 1 and self.real:
                raise Undefined("the arcsine of a number above 1")
        return self.function(name, (x,))

    # ------------------------------------------------------------ other functions

    def function(self, name: str, args: tuple[Pair, ...], key: object = None) -> Pair:
        """An opaque function of arguments; equal arguments give the same generator."""
        for g in self.generators:
            if g.kind != name or g.key != key or len(g.args) != len(args):
                continue
            if all(self.same(a, b) for a, b in zip(g.args, args, strict=True)):
                return g.gen, 1
        g = self.new(name, name, args=args)
        g.key = key
        return g.gen, 1

    def factorial(self, x: Pair) -> Pair:
        """x!; (n+1)! = (n+1) n!"""
        n = self.number(x)
        if n is not None:
            if n.q != 1 or n < 0:
                raise Undefined("the factorial of a number that is not a natural one")
            if n > MAX_FACTORIAL:
                raise TooLarge(f"the factorial of a number above {MAX_FACTORIAL}")
            return factorial(int(n.p)), 1
        for g in self.generators:
            if g.kind == "factorial":
                shift = self.number(self.subtract(x, g.args[0]))
                if shift is not None and shift.q == 1 and abs(shift) <= 40:
                    return self.multiply((g.gen, 1), self._steps_up(g.args[0], int(shift)))
        return self.new("factorial", "factorial", args=(x,), positive=CERTAIN).gen, 1

    def _steps_up(self, n: Pair, k: int) -> Pair:
        """(n+k)! / n!, whose factors are no divisors to remark on: where they vanish a factorial has no value."""
        if k < 0:
            num, den = self._steps_up(self.add(n, (k, 1)), -k)
            return den, num
        result: Pair = (1, 1)
        for j in range(1, k + 1):
            result = self.multiply(result, self.add(n, (j, 1)))
        return result

    def choose(self, n: Pair, k: Pair, *, ordered: bool) -> Pair:
        """n (n-1) … (n-k+1), divided by k! where the order does not count"""
        number = self.number(k)
        whole = self.number(n)
        if number is not None and whole is not None:
            if number.q != 1 or whole.q != 1 or number < 0 or whole < 0:
                raise Undefined("a choice of a number that is not a natural one")
            a, b = int(whole.p), int(number.p)
            if a > MAX_FACTORIAL:
                raise TooLarge(f"a choice from more than {MAX_FACTORIAL}")
            return comb(a, b) * (factorial(b) if ordered else 1), 1
        if number is not None and number.q == 1 and 0 <= number <= 30:
            count = int(number.p)
            result: Pair = (fmpq(1) if ordered else fmpq(1, factorial(count))), 1
            for j in range(count):
                result = self.multiply(result, self.subtract(n, (j, 1)))
            return result
        result = self.divide(self.factorial(n), self.factorial(self.subtract(n, k)))
        return result if ordered else self.divide(result, self.factorial(k))


# arcsin √q and arctan √q as multiples of π
ARCSIN = {Fraction(1): HALF, Fraction(3, 4): Fraction(1, 3), HALF: Fraction(1, 4), Fraction(1, 4): Fraction(1, 6)}
ARCTAN = {Fraction(1): Fraction(1, 4), Fraction(3): Fraction(1, 3), Fraction(1, 3): Fraction(1, 6)}


def _exact_root(q: Fraction) -> Fraction | None:
    from math import isqrt

    top, bottom = isqrt(q.numerator), isqrt(q.denominator)
    return Fraction(top, bottom) if top * top == q.numerator and bottom * bottom == q.denominator else None
