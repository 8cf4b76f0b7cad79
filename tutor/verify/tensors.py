"""Matrices and vectors as arrays of expressions: entry by entry what the operations on the whole come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from tutor.errors import TooLarge, Undefined, Unsupported
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Constant,
    Expr,
    Matrix,
    Negative,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
    Tuple,
    rebuild,
    walk,
    without_brackets,
)
from tutor.verify.tasks import Budget
from tutor.verify.trees import (
    ONE,
    ZERO,
    bounded,
    difference,
    integer,
    literal,
    negative,
    number,
    over,
    times,
    to_power,
    total,
)

MAX_SIDE = 6
MAX_POWER = 20
TRANSPOSES = frozenset({"T", "t", "top", "transpose", "prime"})
UNITS = {"i": 0, "j": 1, "k": 2, "i_hat": 0, "j_hat": 1, "k_hat": 2, "hat_i": 0, "hat_j": 1, "hat_k": 2}


class WrongShape(Exception):
    """The operation is not defined for arrays of these shapes; the text says which."""


@dataclass(frozen=True, slots=True)
class Array:
    """Rows of entries. column: it may stand as a vector, written as a list or as a column."""

    rows: tuple[tuple[Expr, ...], ...]
    vector: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)"""
        return len(self.rows), len(self.rows[0])

    @property
    def entries(self) -> tuple[Expr, ...]:
        """All entries, row by row."""
        return tuple(e for row in self.rows for e in row)

    def shown(self) -> str:
        """`2×3`"""
        return f"{self.shape[0]}×{self.shape[1]}"


@dataclass(frozen=True, slots=True)
class Identities:
    """factor · I, of whatever size is needed."""

    factor: Expr


Value = Expr | Array | Identities


class Evaluator:
    """Works out expressions with arrays in them.

    values: what symbols stand for. unit_vectors: read i, j, k as unit vectors. identity: read I as the unit matrix.
    """

    def __init__(
        self, values: Mapping[str, Expr], budget: Budget, *, unit_vectors: bool = False, identity: bool = False
    ) -> None:
        self.values = values
        self.budget = budget
        self.unit_vectors = unit_vectors
        self.identity = identity
        self.depth = 0
        self.letters_scaled = False  # a bare letter stood beside an array: it may be a number, a vector or a matrix

    def value(self, e: Expr) -> Value:
        """An array, or an expression without arrays.

        Raises:
            WrongShape: an operation on shapes that do not fit.
            Unsupported: something that has no meaning for arrays.
        """
        if self.depth > 60:
            raise TooLarge("nested too deeply")
        self.depth += 1
        try:
            return self._value(e)
        finally:
            self.depth -= 1

    def _value(self, e: Expr) -> Value:
        match e:
            case Bracket(inner) | Positive(inner):
                found = self.value(inner)
                return e if isinstance(found, Expr) and found is inner else found
            case Matrix(rows, bars):
                array = self.array(rows)
                return determinant(array, self.budget) if bars else array
            case Tuple(items):
                entries = [self.scalar(i) for i in items]
                return Array(tuple((x,) for x in entries), vector=True)
            case Symbol(name) if self.unit_vectors and name in UNITS:
                return Array(tuple((number(int(k == UNITS[name])),) for k in range(3)), vector=True)
            case Constant("i") if self.unit_vectors:
                return self.value(Symbol("i"))
            case Symbol(name) if name in self.values and any(
                isinstance(n, Matrix | Tuple) or (self.unit_vectors and isinstance(n, Symbol) and n.name in UNITS)
                for n in walk(self.values[name])
            ):
                return self.value(self.values[name])
            case Symbol("I") if self.identity and "I" not in self.values:
                return Identities(ONE)
            case Negative(inner):
                return self.scaled(number(-1), self.value(inner))
            case Sum(terms):
                result = self.value(terms[0])
                for term in terms[1:]:
                    if isinstance(term, Negative):
                        result = self.add(result, self.value(term.operand), -1)
                    else:
                        result = self.add(result, self.value(term), 1)
                return result
            case Product(factors, signs):
                result = self.value(factors[0])
                for k, factor in enumerate(factors[1:]):
                    sign = signs[k] if k < len(signs) else ""
                    result = self.multiply(result, self.value(factor), sign)
                return result
            case Quotient(top, bottom):
                above, below = self.value(top), self.value(bottom)
                if not isinstance(below, Expr):
                    raise Unsupported("division by an array")
                if isinstance(above, Expr):
                    return Quotient(above, below, stacked=True)
                if isinstance(above, Array):
                    return Array(tuple(tuple(over(x, below) for x in row) for row in above.rows), above.vector)
                return Identities(over(above.factor, below))
            case Power(base, exponent):
                return self.power(base, exponent)
            case Absolute(inner):
                found = self.value(inner)
                if isinstance(found, Array):
                    if found.vector or 1 in found.shape:
                        return length(found)
                    return determinant(found, self.budget)
                return Absolute(found) if isinstance(found, Expr) else e
            case Call(name, args) if args:
                return self.call(e, [self.value(a) for a in args])
        if any(isinstance(n, Matrix | Tuple) for n in walk(e)):
            return rebuild(e, lambda n: self.scalar(n) if isinstance(n, Expr) else n)
        return e

    def scalar(self, e: Expr) -> Expr:
        """The value, which must not be an array."""
        found = self.value(e)
        if not isinstance(found, Expr):
            raise Unsupported("an array where a number is needed")
        return found

    def array(self, rows: tuple[tuple[Expr, ...], ...]) -> Array:
        """Entries worked out; blocks are not taken apart."""
        if (
            not rows
            or len(rows) > MAX_SIDE
            or any(len(r) != len(rows[0]) or not 0 < len(r) <= 2 * MAX_SIDE for r in rows)
        ):
            raise Unsupported("a matrix with rows of different lengths, none, or too many")
        return Array(tuple(tuple(self.scalar(x) for x in row) for row in rows), vector=len(rows[0]) == 1)

    def scaled(self, factor: Expr, a: Value) -> Value:
        """The array times a number."""
        if isinstance(a, Array):
            return Array(tuple(tuple(times(factor, x) for x in row) for row in a.rows), a.vector)
        if isinstance(a, Identities):
            return Identities(times(factor, a.factor))
        return negative(a) if literal(factor) == -1 else times(factor, a)

    def add(self, a: Value, b: Value, sign: int) -> Value:
        """The sum or difference."""
        if isinstance(a, Expr) and isinstance(b, Expr):
            return total(a, b) if sign > 0 else difference(a, b)
        if isinstance(a, Identities) and isinstance(b, Identities):
            return Identities(total(a.factor, b.factor) if sign > 0 else difference(a.factor, b.factor))
        if isinstance(a, Identities) and isinstance(b, Array):
            return self.add(identity(b.shape[0], a.factor), b, sign)
        if isinstance(a, Array) and isinstance(b, Identities):
            return self.add(a, identity(a.shape[0], b.factor), sign)
        if isinstance(a, Array) and isinstance(b, Array):
            if a.vector and b.vector and self.unit_vectors:
                a, b = _same_length(a, b)
            if a.shape != b.shape:
                word = "added to" if sign > 0 else "subtracted from"
                first, second = (b, a) if sign < 0 else (a, b)
                raise WrongShape(f"a {first.shown()} array cannot be {word} a {second.shown()} one")
            op = total if sign > 0 else difference
            return Array(
                tuple(tuple(op(x, y) for x, y in zip(r, s, strict=True)) for r, s in zip(a.rows, b.rows, strict=True)),
                a.vector and b.vector,
            )
        raise Unsupported("a number added to an array")

    def multiply(self, a: Value, b: Value, sign: str) -> Value:
        """The product in the meaning of its sign."""
        if isinstance(a, Expr) and isinstance(b, Expr):
            return Product((_closed(a), _closed(b)), ("*",))
        if isinstance(a, Expr):
            self.letters_scaled |= _may_be_an_array(a)
            return self.scaled(a, b)
        if isinstance(b, Expr):
            self.letters_scaled |= _may_be_an_array(b)
            return self.scaled(b, a)
        if isinstance(a, Identities):
            return self.scaled(a.factor, b)
        if isinstance(b, Identities):
            return self.scaled(b.factor, a)
        self.budget.spend(50 * len(a.entries) * b.shape[1])
        if a.vector and b.vector:
            if sign in ("×", "cross"):
                return cross(a, b)
            if sign in ("·", "dot", "*"):
                return dot(a, b)
            raise Unsupported("two vectors side by side")
        rows_only = 1 in a.shape and 1 in b.shape and a.shape == b.shape != (1, 1)
        if rows_only and sign in ("·", "dot"):
            return dot(a, b)
        if rows_only and sign in ("×", "cross"):
            return cross(a, b)
        if a.shape[1] != b.shape[0]:
            if b.vector and a.shape[1] == 1 and a.shape[0] == b.shape[0] and sign in ("·", "dot"):
                return dot(a, b)
            raise WrongShape(
                f"a {a.shown()} matrix cannot be multiplied by a {b.shown()} one: "
                f"{a.shape[1]} columns do not match {b.shape[0]} rows"
            )
        columns = list(zip(*b.rows, strict=True))
        rows = tuple(tuple(_inner(row, column) for column in columns) for row in a.rows)
        result = Array(rows, b.vector)
        if result.shape == (1, 1) and sign in ("·", "dot"):
            return result.rows[0][0]
        return result

    def power(self, base: Expr, exponent: Expr) -> Value:
        """A^n, A^-1, A^T"""
        a = self.value(base)
        if isinstance(a, Expr):
            return Power(_closed(a), exponent)
        bare = without_brackets(exponent)
        if isinstance(bare, Symbol) and bare.name in TRANSPOSES and bare.name not in self.values:
            if isinstance(a, Identities):
                return a
            return Array(tuple(zip(*a.rows, strict=True)), vector=False)
        n = integer(exponent)
        if n is None or abs(n) > MAX_POWER:
            raise Unsupported("a matrix to this power")
        if isinstance(a, Identities):
            return Identities(to_power(a.factor, n))
        if a.vector and a.shape[1] == 1 and a.shape[0] > 1:
            if n == 2:
                return dot(a, a)
            raise Unsupported("a power of a vector")
        if a.shape[0] != a.shape[1]:
            raise WrongShape(f"a {a.shown()} matrix has no power or inverse, as it is not square")
        if n < 0:
            a, n = inverse(a, self.budget), -n
        result: Value = identity(a.shape[0], ONE)
        for _ in range(n):
            result = self.multiply(result, a, "")
        assert isinstance(result, Array)
        for entry in result.entries:
            bounded(entry)
        return result

    def call(self, e: Call, args: list[Value]) -> Value:
        """det, tr, transpose, dot, cross, norm; other functions of numbers stay."""
        if all(isinstance(a, Expr) for a in args):
            kept = tuple(a for a in args if isinstance(a, Expr))
            return (
                e
                if all(x is y for x, y in zip(kept, e.args, strict=True))
                else Call(e.name, kept, e.subscript, e.primes, bracketed=True)
            )
        name = e.name
        match name, args:
            case "det", [Array() as a]:
                return determinant(a, self.budget)
            case "tr" | "trace", [Array() as a]:
                if a.shape[0] != a.shape[1]:
                    raise WrongShape(f"a {a.shown()} matrix has no trace, as it is not square")
                return total(*(a.rows[i][i] for i in range(a.shape[0])))
            case "transpose", [Array() as a]:
                return Array(tuple(zip(*a.rows, strict=True)))
            case "inv" | "inverse", [Array() as a]:
                return inverse(a, self.budget)
            case "norm" | "abs" | "mag", [Array() as a]:
                return length(a)
            case "dot", [Array() as a, Array() as b]:
                return dot(a, b)
            case "cross", [Array() as a, Array() as b]:
                return cross(a, b)
            case (("rank" | "rk"), [Array() as a]):
                return number(len([r for r in reduced(numbers(a)) if any(r)]))
        raise Unsupported(f"{name} of an array")


def _may_be_an_array(e: Expr) -> bool:
    """Whether a factor is a letter of which nothing is known."""
    bare = without_brackets(e)
    return isinstance(bare, Symbol) or (isinstance(bare, Product) and any(map(_may_be_an_array, bare.factors)))


def _closed(e: Expr) -> Expr:
    from tutor.verify.trees import ATOMS

    return e if isinstance(e, ATOMS) else Bracket(e)


def _same_length(a: Array, b: Array) -> tuple[Array, Array]:
    """Plane vectors in terms of i and j get a third component 0."""
    n = max(a.shape[0], b.shape[0])
    return tuple(Array(x.rows + ((ZERO,),) * (n - x.shape[0]), vector=True) for x in (a, b))  # type: ignore[return-value]


def _inner(row: tuple[Expr, ...], column: tuple[Expr, ...]) -> Expr:
    return total(*(times(x, y) for x, y in zip(row, column, strict=True)))


def identity(size: int, factor: Expr) -> Array:
    """The unit matrix of this size times a factor."""
    return Array(tuple(tuple(factor if i == j else ZERO for j in range(size)) for i in range(size)))


def _as_list(a: Array) -> tuple[Expr, ...]:
    return a.entries


def dot(a: Array, b: Array) -> Expr:
    """Σ a_k b_k"""
    x, y = _as_list(a), _as_list(b)
    if len(x) != len(y):
        raise WrongShape(f"the dot product of a vector of {len(x)} and one of {len(y)} components is not defined")
    return _inner(x, y)


def cross(a: Array, b: Array) -> Value:
    """(a₂b₃ - a₃b₂, a₃b₁ - a₁b₃, a₁b₂ - a₂b₁)"""
    x, y = _as_list(a), _as_list(b)
    if len(x) != 3 or len(y) != 3:
        raise WrongShape(f"the cross product needs two vectors of 3 components, not {len(x)} and {len(y)}")
    rows = tuple((difference(times(x[i], y[j]), times(x[j], y[i])),) for i, j in ((1, 2), (2, 0), (0, 1)))
    return Array(rows, vector=True)


def length(a: Array) -> Expr:
    """√(Σ a_k²)"""
    squares = total(*(to_power(x, 2) for x in a.entries))
    value = exact(squares)
    return Root(squares) if value is None else Root(number(value))


def exact(e: Expr) -> Fraction | None:
    """The rational value of a number, None where it has none."""
    from tutor.bridge.exact import rational_value

    try:
        return rational_value(e)
    except (Undefined, Unsupported, TooLarge):
        return None


def determinant(a: Array, budget: Budget) -> Expr:
    """Σ sgn(p) Π a_{k,p(k)}"""
    n, m = a.shape
    if n != m:
        raise WrongShape(f"a {a.shown()} matrix has no determinant, as it is not square")
    entries = [[exact(x) for x in row] for row in a.rows]
    if all(x is not None for row in entries for x in row):
        return number(_numeric_determinant([[x or Fraction(0) for x in row] for row in entries]))
    if n > 4:
        raise TooLarge("a determinant of more than 4 rows with letters in it")
    budget.spend(3_000 * n)
    terms: list[Expr] = []
    for p in permutations(range(n)):
        sign = 1
        for i in range(n):
            for j in range(i):
                sign = -sign if p[j] > p[i] else sign
        terms.append(times(number(sign), *(a.rows[k][p[k]] for k in range(n))))
    return total(*terms)


def _numeric_determinant(rows: list[list[Fraction]]) -> Fraction:
    value = Fraction(1)
    rows = [list(r) for r in rows]
    for k in range(len(rows)):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if pivot is None:
            return Fraction(0)
        if pivot != k:
            rows[k], rows[pivot] = rows[pivot], rows[k]
            value = -value
        value *= rows[k][k]
        for i in range(k + 1, len(rows)):
            factor = rows[i][k] / rows[k][k]
            rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k], strict=True)]
    return value


def inverse(a: Array, budget: Budget) -> Array:
    """adj(A) / det(A)"""
    n, m = a.shape
    if n != m:
        raise WrongShape(f"a {a.shown()} matrix has no inverse, as it is not square")
    if n > 4:
        raise TooLarge("the inverse of a matrix of more than 4 rows")
    d = determinant(a, budget)
    if exact(d) == 0:
        raise Undefined("the matrix has determinant 0, so it has no inverse")
    if n == 1:
        return Array(((over(ONE, a.rows[0][0]),),))

    def cofactor(i: int, j: int) -> Expr:
        minor = tuple(row[:j] + row[j + 1 :] for k, row in enumerate(a.rows) if k != i)
        return times(number((-1) ** (i + j)), determinant(Array(minor), budget))

    return Array(tuple(tuple(over(cofactor(j, i), d) for j in range(n)) for i in range(n)))


def numbers(a: Array) -> list[list[Fraction]]:
    """The entries as exact numbers.

    Raises:
        Unsupported: one is not a rational number.
    """
    found: list[list[Fraction]] = []
    for row in a.rows:
        values = [exact(x) for x in row]
        if any(v is None for v in values):
            raise Unsupported("an entry that is no rational number")
        found.append([v for v in values if v is not None])
    return found


def reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """The reduced row echelon form."""
    rows = [list(r) for r in rows]
    top = 0
    for column in range(len(rows[0])):
        pivot = next((i for i in range(top, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[top], rows[pivot] = rows[pivot], rows[top]
        lead = rows[top][column]
        rows[top] = [x / lead for x in rows[top]]
        for i in range(len(rows)):
            if i != top and rows[i][column]:
                factor = rows[i][column]
                rows[i] = [x - factor * y for x, y in zip(rows[i], rows[top], strict=True)]
        top += 1
        if top == len(rows):
            break
    return rows
