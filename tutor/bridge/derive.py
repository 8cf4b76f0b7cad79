"""The derivative of a tree, as a tree: d/dx, rule by rule, lightly tidied."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from tutor.errors import TooLarge, Unsupported
from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Choose,
    Constant,
    Degrees,
    Derivative,
    Evaluated,
    Expr,
    Factorial,
    Integral,
    Matrix,
    Mixed,
    Negative,
    Node,
    Number,
    Percent,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Series,
    Sum,
    Symbol,
    Tuple,
    Words,
    children,
    substitute,
    symbols,
    without_brackets,
)

MAX_DEPTH = 200  # brackets within brackets
MAX_SIZE = 20_000  # nodes that one derivative may build


def number(value: int) -> Expr:
    """An integer as a tree; -3 is Negative(3)."""
    found = Number(str(abs(value)), Fraction(abs(value)))
    return Negative(found) if value < 0 else found


ZERO = number(0)
ONE = number(1)
TWO = number(2)


def derivative(expr: Expr, name: str) -> Expr:
    """d(expr)/d(name), with 0 and 1 dropped and nothing expanded.

    An unknown function of `name` becomes a call with a prime (one argument) or a `Derivative` node; angles are radians.

    Raises:
        Unsupported: it has no derivative that this can write down (n!, ⌊x⌋, a set).
        TooLarge: nested too deeply, or too large a result.
    """
    if depth(expr, MAX_DEPTH) > MAX_DEPTH:
        raise TooLarge("This expression is nested too deeply.")
    try:
        return _Derivation(name).of(expr)
    except RecursionError:
        raise TooLarge("This expression is nested too deeply.") from None


def depth(expr: Expr, most: int) -> int:
    """Levels of the tree, counted to `most` + 1."""
    level: list[Node] = [expr]
    count = 0
    while level and count <= most:
        level = [child for n in level for child in children(n)]
        count += 1
    return count


class _Derivation:
    """One derivative being taken; counts the nodes it builds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.variable = Symbol(name)
        self.built = 0

    def of(self, expr: Expr) -> Expr:
        self.built += 1
        if self.built > MAX_SIZE:
            raise TooLarge("This derivative is too long.")
        match expr:
            case Symbol(name):
                return ONE if name == self.name else ZERO
            case Number() | Mixed() | Constant() | Words():
                return ZERO
            case Sum(terms):
                return plus(self.of(term) for term in terms)
            case Product(factors):
                return self._of_product(factors)
            case Quotient(top, bottom):
                return self._of_quotient(top, bottom)
            case Negative(operand):
                return minus(self.of(operand))
            case Positive(inner) | Bracket(inner):
                return self.of(inner)
            case Quantity(value, unit):
                inner = self.of(value)
                return ZERO if is_zero(inner) else Quantity(inner, unit)
            case Percent(operand):
                inner = self.of(operand)
                return ZERO if is_zero(inner) else Percent(bracketed(inner))
            case Degrees(operand):
                inner = self.of(operand)
                return ZERO if is_zero(inner) else Degrees(bracketed(inner))
            case Power(base, exponent):
                return self._of_power(base, exponent)
            case Root(radicand, index):
                return self._of_root(radicand, index, expr)
            case Absolute(operand):
                inner = self.of(operand)
                return times(Call("sgn", (operand,)), inner)
            case Call():
                return self._of_call(expr)
            case Derivative(operand, variable, order):
                return self._of_derivative(operand, variable, order)
            case Integral():
                return self._of_integral(expr)
            case Evaluated(operand, lower, upper, variable):
                return self._of_evaluated(operand, lower, upper, variable)
            case Series(term, variable, lower, upper, "sum") if variable.name != self.name:
                if self.name in symbols(lower) | symbols(upper):
                    raise Unsupported("the limits of the sum depend on the variable")
                inner = self.of(term)
                return ZERO if is_zero(inner) else Series(inner, variable, lower, upper)
            case Tuple(items, angle):
                return Tuple(tuple(self.of(item) for item in items), angle)
            case Matrix(rows, False):
                return Matrix(tuple(tuple(self.of(entry) for entry in row) for row in rows))
            case Factorial() | Choose() if self.name not in symbols(expr):
                return ZERO
        if self.name not in symbols(expr):
            return ZERO
        raise Unsupported(f"no derivative of a {type(expr).__name__}")

    def _of_product(self, factors: tuple[Expr, ...]) -> Expr:
        """(fgh)' = f'gh + fg'h + fgh'"""
        terms = []
        for k, factor in enumerate(factors):
            inner = self.of(factor)
            if not is_zero(inner):
                self.built += len(factors)
                terms.append(times(*factors[:k], inner, *factors[k + 1 :]))
        return plus(terms)

    def _of_quotient(self, top: Expr, bottom: Expr) -> Expr:
        """(f/g)' = (f'g - fg') / g²"""
        above, below = self.of(top), self.of(bottom)
        if is_zero(below):
            return over(above, bottom)
        return over(plus((times(above, bottom), minus(times(top, below)))), power(bottom, TWO))

    def _of_power(self, base: Expr, exponent: Expr) -> Expr:
        """(f^g)' = g f^(g-1) f' + f^g ln(f) g'"""
        inner, outer = self.of(base), self.of(exponent)
        terms: list[Expr] = []
        if not is_zero(inner):
            terms.append(times(exponent, power(base, less_one(exponent)), inner))
        if not is_zero(outer):
            if isinstance(base, Constant) and base.name == "e":
                terms.append(times(Power(base, exponent), outer))
            else:
                terms.append(times(Power(base, exponent), Call("ln", (base,)), outer))
        return plus(terms)

    def _of_root(self, radicand: Expr, index: Expr | None, whole: Root) -> Expr:
        """(√f)' = f' / (2√f), and f' / (n (ⁿ√f)^(n-1)) for the n-th root"""
        inner = self.of(radicand)
        if index is None:
            return over(inner, times(TWO, whole))
        if self.name in symbols(index):
            return self._of_power(radicand, Quotient(ONE, bracketed(index)))
        return over(inner, times(index, power(whole, less_one(index))))

    def _of_call(self, call: Call) -> Expr:
        if len(call.args) != 1 or call.subscript is not None:
            if self.name not in symbols(call):
                return ZERO
            if len(call.args) != 1:
                return Derivative(call, self.variable)
        argument = call.args[0]
        inner = self.of(argument)
        if is_zero(inner) and call.subscript is None:
            return ZERO
        if call.primes:
            return times(Call(call.name, call.args, call.subscript, call.primes + 1), inner)
        if call.name == "log" or (call.name in ("lg", "lb") and call.subscript is not None):
            return self._of_log(call, argument, inner)
        rule = RULES.get(call.name)
        if rule is not None:
            return rule(bracketed(argument), inner)
        if call.name in ("floor", "ceil", "sgn", "min", "max", "gcd", "lcm", "Re", "Im", "arg", "conj", "det", "tr"):
            raise Unsupported(f"no derivative of {call.name}")
        return times(Call(call.name, call.args, call.subscript, 1), inner)

    def _of_log(self, call: Call, argument: Expr, inner: Expr) -> Expr:
        """(log_b f)' = f' / (f ln b); a bare log has the base that the work gives it, kept as log e"""
        if call.subscript is None:
            # log_b(e) · f'/f, whatever b is here.
            return times(Call("log", (Constant("e"),)), over(inner, argument))
        base = call.subscript
        if self.name in symbols(base):
            return self.of(Quotient(Call("ln", (argument,)), Call("ln", (base,))))
        return over(inner, times(argument, Call("ln", (base,))))

    def _of_derivative(self, operand: Expr, variable: Symbol | None, order: int) -> Expr:
        if variable is None or variable.name == self.name:
            return Derivative(operand, variable, order + 1)
        if self.name not in symbols(operand):
            return ZERO
        return Derivative(Derivative(operand, variable, order), self.variable)

    def _of_integral(self, n: Integral) -> Expr:
        """d/dx ∫ f dx = f, and Leibniz' rule for ∫_a(x)^b(x) f(t) dt where f does not depend on x"""
        if n.lower is None or n.upper is None:
            if n.variable.name == self.name:
                return n.integrand
            raise Unsupported("an antiderivative with respect to another variable")
        if self.name != n.variable.name and self.name in symbols(n.integrand):
            raise Unsupported("the integrand depends on the variable")
        return plus(
            (
                times(put(n.integrand, n.variable.name, n.upper), self.of(n.upper)),
                minus(times(put(n.integrand, n.variable.name, n.lower), self.of(n.lower))),
            )
        )

    def _of_evaluated(self, operand: Expr, lower: Expr, upper: Expr, variable: Symbol | None) -> Expr:
        if variable is None:
            raise Unsupported("the variable of [F]_a^b is not clear")
        return self.of(Sum((put(operand, variable.name, upper), Negative(put(operand, variable.name, lower)))))


def put(expr: Expr, name: str, value: Expr) -> Expr:
    """The expression with a value for one symbol."""
    return substitute(expr, {name: value})


# ---------------------------------------------------------------- building, with 0 and 1 dropped


def is_zero(expr: Expr) -> bool:
    """Whether it is the numeral 0."""
    return isinstance(expr, Number) and expr.value == 0


def is_one(expr: Expr) -> bool:
    """Whether it is the numeral 1."""
    return isinstance(expr, Number) and expr.value == 1


def bracketed(expr: Expr) -> Expr:
    """In a bracket where it would need one."""
    if isinstance(expr, Number | Symbol | Constant | Bracket | Call | Root | Absolute | Words):
        return expr
    return Bracket(expr)


def plus(terms: Iterable[Expr]) -> Expr:
    """The sum without its zeros."""
    kept: list[Expr] = []
    for term in terms:
        if isinstance(term, Sum):
            kept.extend(term.terms)
        elif not is_zero(term):
            kept.append(term)
    if not kept:
        return ZERO
    return kept[0] if len(kept) == 1 else Sum(tuple(kept))


def minus(expr: Expr) -> Expr:
    """-expr"""
    if is_zero(expr):
        return expr
    if isinstance(expr, Negative):
        inner = expr.operand
        return inner.inner if isinstance(inner, Bracket) else inner
    return Negative(bracketed(expr) if isinstance(expr, Sum) else expr)


def times(*factors: Expr) -> Expr:
    """The product without its ones; 0 if a factor is."""
    kept: list[Expr] = []
    negative = False
    for each in factors:
        factor = each
        while isinstance(factor, Negative):
            negative = not negative
            factor = factor.operand
        if is_zero(factor):
            return ZERO
        if is_one(factor):
            continue
        if isinstance(factor, Product):
            kept.extend(factor.factors)
        else:
            kept.append(Bracket(factor) if isinstance(factor, Sum | Positive) else factor)
    if not kept:
        return number(-1) if negative else ONE
    found = kept[0] if len(kept) == 1 else Product(tuple(kept), ("*",) * (len(kept) - 1))
    if negative:
        return Negative(found)
    return found.inner if isinstance(found, Bracket) and len(kept) == 1 else found


def over(top: Expr, bottom: Expr) -> Expr:
    """The quotient, top / bottom."""
    if is_zero(top) or is_one(bottom):
        return top
    if isinstance(top, Negative):
        return minus(over(top.operand, bottom))
    return Quotient(top, bottom, stacked=True)


def power(base: Expr, exponent: Expr) -> Expr:
    """base^exponent, with exponents 0 and 1 dropped."""
    if is_one(exponent):
        return base
    if is_zero(exponent):
        return ONE
    safe = isinstance(base, Number | Symbol | Constant | Bracket | Call | Absolute)
    return Power(base if safe else Bracket(base), exponent)


def less_one(exponent: Expr) -> Expr:
    """One less than the exponent, worked out where it is a number."""
    inner = exponent
    while isinstance(inner, Bracket):
        inner = inner.inner
    sign = 1
    if isinstance(inner, Negative):
        sign, inner = -1, inner.operand
    if isinstance(inner, Number):
        value = sign * inner.value - 1
        if value.denominator == 1:
            return number(value.numerator)
        return Bracket(ratio(value))
    match inner:
        case Quotient(Number(value=top), Number(value=bottom)) if bottom:
            value = sign * top / bottom - 1
            return number(value.numerator) if value.denominator == 1 else Bracket(ratio(value))
    return Bracket(Sum((exponent, number(-1))))


def ratio(value: Fraction) -> Expr:
    """A fraction as a tree."""
    found = Quotient(number(abs(value.numerator)), number(value.denominator), stacked=True)
    return Negative(found) if value < 0 else found


# ---------------------------------------------------------------- the functions


def _call(name: str, argument: Expr) -> Expr:
    return Call(name, (without_brackets(argument),))


def _square(expr: Expr) -> Expr:
    return Power(expr, TWO)


def _one_minus_square(u: Expr) -> Expr:
    return Sum((ONE, Negative(_square(u))))


def _one_plus_square(u: Expr) -> Expr:
    return Sum((ONE, _square(u)))


def _square_minus_one(u: Expr) -> Expr:
    return Sum((_square(u), number(-1)))


# (outside, inside') -> the derivative of f(u) with u' = du
RULES: dict[str, Callable[[Expr, Expr], Expr]] = {
    "sin": lambda u, du: times(_call("cos", u), du),
    "cos": lambda u, du: minus(times(_call("sin", u), du)),
    "tan": lambda u, du: over(du, _square(_call("cos", u))),
    "cot": lambda u, du: minus(over(du, _square(_call("sin", u)))),
    "sec": lambda u, du: times(_call("sec", u), _call("tan", u), du),
    "csc": lambda u, du: minus(times(_call("csc", u), _call("cot", u), du)),
    "arcsin": lambda u, du: over(du, Root(_one_minus_square(u))),
    "arccos": lambda u, du: minus(over(du, Root(_one_minus_square(u)))),
    "arctan": lambda u, du: over(du, _one_plus_square(u)),
    "arccot": lambda u, du: minus(over(du, _one_plus_square(u))),
    "arcsec": lambda u, du: over(du, times(Absolute(u), Root(_square_minus_one(u)))),
    "arccsc": lambda u, du: minus(over(du, times(Absolute(u), Root(_square_minus_one(u))))),
    "sinh": lambda u, du: times(_call("cosh", u), du),
    "cosh": lambda u, du: times(_call("sinh", u), du),
    "tanh": lambda u, du: over(du, _square(_call("cosh", u))),
    "coth": lambda u, du: minus(over(du, _square(_call("sinh", u)))),
    "sech": lambda u, du: minus(times(_call("sech", u), _call("tanh", u), du)),
    "csch": lambda u, du: minus(times(_call("csch", u), _call("coth", u), du)),
    "arsinh": lambda u, du: over(du, Root(_one_plus_square(u))),
    "arcosh": lambda u, du: over(du, Root(_square_minus_one(u))),
    "artanh": lambda u, du: over(du, _one_minus_square(u)),
    "arcoth": lambda u, du: over(du, _one_minus_square(u)),
    "ln": lambda u, du: over(du, u),
    "lg": lambda u, du: over(du, times(u, _call("ln", number(10)))),
    "lb": lambda u, du: over(du, times(u, _call("ln", TWO))),
    "exp": lambda u, du: times(_call("exp", u), du),
    "sqrt": lambda u, du: over(du, times(TWO, Root(u))),
    "abs": lambda u, du: times(_call("sgn", u), du),
}
for _long, _short in (("arcsinh", "arsinh"), ("arccosh", "arcosh"), ("arctanh", "artanh"), ("arccoth", "arcoth")):
    RULES[_long] = RULES[_short]
