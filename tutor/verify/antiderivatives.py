"""F with F' = f for what schools integrate by hand: powers, functions of a x + b, x^n times e^x, sin, cos, ln."""

from __future__ import annotations

from fractions import Fraction

from tutor.syntax.tree import (
    Absolute,
    Bracket,
    Call,
    Constant,
    Expr,
    Negative,
    Positive,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
    walk,
)
from tutor.verify.trees import (
    ONE,
    ZERO,
    bounded,
    difference,
    has,
    linear_in,
    literal,
    negative,
    number,
    over,
    powers_in,
    times,
    to_power,
    total,
)

MAX_PARTS = 12


def antiderivative(f: Expr, name: str) -> Expr | None:
    """F with dF/dname = f wherever f is defined, without a constant; None where no rule fits.

    The rules are those of any table of integrals, e.g. NIST DLMF 4.10, 4.26.
    """
    powers = powers_in(f, name)
    if powers is not None:
        return bounded(total(*(_power(c, n, name) for n, c in sorted(powers.items(), reverse=True))))
    match f:
        case Bracket(inner) | Positive(inner):
            return antiderivative(inner, name)
        case Negative(inner):
            below = antiderivative(inner, name)
            return None if below is None else negative(below)
        case Sum(terms):
            parts: list[Expr] = []
            for term in terms:
                below = antiderivative(term, name)
                if below is None:
                    return None
                parts.append(below)
            return total(*parts)
        case Product(factors):
            free = [x for x in factors if not has(x, name)]
            bound = [x for x in factors if has(x, name)]
            if free:
                below = antiderivative(times(*bound), name)
                return None if below is None else times(*free, below)
            return _by_parts(bound, name)
        case Quotient(top, bottom):
            if not has(bottom, name):
                below = antiderivative(top, name)
                return None if below is None else over(below, bottom)
            if isinstance(top, Sum):
                return antiderivative(Sum(tuple(_sign_out(t, bottom) for t in top.terms)), name)
            if not has(top, name) and literal(top) != 1:
                below = antiderivative(over(ONE, bottom), name)
                return None if below is None else times(top, below)
            return _quotient(top, bottom, name)
    return _basic(f, name)


def _sign_out(term: Expr, bottom: Expr) -> Expr:
    return Negative(over(term.operand, bottom)) if isinstance(term, Negative) else over(term, bottom)


def _power(c: Expr, n: Fraction, name: str) -> Expr:
    """∫ c x^n dx"""
    x = Symbol(name)
    if n == -1:
        return times(c, Call("ln", (Absolute(x),)))
    return times(over(c, number(n + 1)), to_power(x, n + 1))


def _basic(f: Expr, name: str) -> Expr | None:
    """One function of a x + b."""
    match f:
        case Call("exp", (u,), None, 0):
            return _linear(u, name, f)
        case Power(base, exponent) if not has(base, name):
            if isinstance(base, Constant) and base.name == "e":
                return _linear(exponent, name, f)
            return _linear(exponent, name, over(f, Call("ln", (base,))))
        case Power(base, exponent) if not has(exponent, name):
            n = literal(exponent)
            match base, n:
                case Call("sec", (u,), None, 0), 2:
                    return _linear(u, name, Call("tan", (u,)))
                case Call("csc", (u,), None, 0), 2:
                    return _linear(u, name, negative(Call("cot", (u,))))
                case Call("sin", (u,), None, 0), 2:
                    return _linear(u, name, over(difference(u, times(Call("sin", (u,)), Call("cos", (u,)))), number(2)))
                case Call("cos", (u,), None, 0), 2:
                    return _linear(u, name, over(total(u, times(Call("sin", (u,)), Call("cos", (u,)))), number(2)))
                case Call("tan", (u,), None, 0), 2:
                    return _linear(u, name, difference(Call("tan", (u,)), u))
            if n is None:
                return None
            if n == -1:
                return _linear(base, name, Call("ln", (Absolute(base),)))
            return _linear(base, name, over(to_power(base, n + 1), number(n + 1)))
        case Root(u, None):
            return _linear(u, name, times(number(Fraction(2, 3)), to_power(u, Fraction(3, 2))))
        case Call(called, (u,), None, 0):
            return _function(called, u, name)
    return None


def _function(called: str, u: Expr, name: str) -> Expr | None:
    """∫ sin(u) dx and the like, u = a x + b"""
    sin, cos = Call("sin", (u,)), Call("cos", (u,))
    table: dict[str, Expr] = {
        "sin": negative(cos),
        "cos": sin,
        "tan": negative(Call("ln", (Absolute(cos),))),
        "cot": Call("ln", (Absolute(sin),)),
        "sec": Call("ln", (Absolute(total(Call("sec", (u,)), Call("tan", (u,)))),)),
        "csc": negative(Call("ln", (Absolute(total(Call("csc", (u,)), Call("cot", (u,)))),))),
        "sinh": Call("cosh", (u,)),
        "cosh": Call("sinh", (u,)),
        "ln": difference(times(u, Call("ln", (u,))), u),
    }
    found = table.get(called)
    return None if found is None else _linear(u, name, found)


def _linear(u: Expr, name: str, result: Expr) -> Expr | None:
    """Result / a where u = a x + b"""
    found = linear_in(u, name)
    return None if found is None else over(result, found[0])


def _quotient(top: Expr, bottom: Expr, name: str) -> Expr | None:
    """1/(a x + b), 1/(x² + a²), 1/√(a² - x²), and k u'/u"""
    inner = bottom.inner if isinstance(bottom, Bracket) else bottom
    if literal(top) == 1:
        match inner:
            case Power(base, exponent) if (n := literal(exponent)) is not None:
                return _basic(Power(base, number(-n)), name)
            case Call("cos", (u,), None, 0):
                return _basic(Call("sec", (u,)), name)
            case Root(radicand, None):
                powers = powers_in(radicand, name)
                if powers is not None and set(powers) == {Fraction(0), Fraction(2)}:
                    a2, lead = literal(powers[Fraction(0)]), literal(powers[Fraction(2)])
                    if a2 is not None and lead is not None and a2 > 0 > lead:
                        # ∫ dx/√(p - q x²) = arcsin(x √(q/p)) / √q
                        ratio = Root(number(-lead / a2))
                        return over(Call("arcsin", (times(Symbol(name), ratio),)), Root(number(-lead)))
                return _basic(to_power(radicand, Fraction(-1, 2)), name)
        if (linear := _basic(Power(Bracket(inner), Bracket(Negative(ONE))), name)) is not None:
            return linear
        powers = powers_in(inner, name)
        if powers is not None and set(powers) == {Fraction(0), Fraction(2)}:
            a2, lead = literal(powers[Fraction(0)]), literal(powers[Fraction(2)])
            if a2 is not None and lead is not None and a2 > 0 and lead > 0:
                # ∫ dx/(p + q x²) = arctan(x √(q/p)) / √(p q)
                ratio = Root(number(lead / a2))
                return over(Call("arctan", (times(Symbol(name), ratio),)), Root(number(a2 * lead)))
    over_, under = powers_in(top, name), powers_in(inner, name)
    if over_ is not None and under is not None and len(under) > 1 and max(under) <= 12:
        slope = {n - 1: times(c, number(n)) for n, c in under.items() if n != 0}
        if set(slope) == set(over_) and all(n.denominator == 1 for n in under):
            ratios = {
                literal(a) / literal(b) if literal(a) is not None and literal(b) else None  # type: ignore[operator]
                for a, b in ((over_[n], slope[n]) for n in slope)
            }
            if len(ratios) == 1 and None not in ratios:
                (k,) = ratios
                assert k is not None
                return times(number(k), Call("ln", (Absolute(inner),)))
    return None


def _by_parts(factors: list[Expr], name: str) -> Expr | None:
    """x^n e^(ax), x^n sin(ax), x^n cos(ax), by parts until the power is used up; x^n ln x."""
    if len(factors) == 1:
        return _basic(factors[0], name)
    polynomials = [f for f in factors if powers_in(f, name) is not None]
    others = [f for f in factors if powers_in(f, name) is None]
    if len(others) != 1:
        return None
    powers = powers_in(times(*polynomials), name)
    if powers is None:
        return None
    other = others[0].inner if isinstance(others[0], Bracket) else others[0]
    if isinstance(other, Call) and other.name == "ln" and other.args == (Symbol(name),):
        if Fraction(-1) in powers:
            return None
        parts = []
        for n, c in powers.items():
            # ∫ x^n ln x dx = x^(n+1) ln x / (n+1) - x^(n+1) / (n+1)²
            up = to_power(Symbol(name), n + 1)
            parts.append(times(c, difference(over(times(up, other), number(n + 1)), over(up, number((n + 1) ** 2)))))
        return total(*parts)
    if isinstance(other, Sum):
        return antiderivative(Sum(tuple(times(*polynomials, t) for t in other.terms)), name)
    if not all(n.denominator == 1 and 0 <= n <= MAX_PARTS for n in powers):
        return None
    result: Expr = ZERO
    sign = 1
    again: Expr | None = other
    while powers:
        again = antiderivative(again, name) if again is not None else None
        if again is None:
            return None
        polynomial = total(*(times(c, to_power(Symbol(name), n)) for n, c in powers.items()))
        result = total(result, times(number(sign), polynomial, again))
        sign = -sign
        powers = {n - 1: times(c, number(n)) for n, c in powers.items() if n > 0}
    return bounded(result)


def continuous_everywhere(f: Expr, name: str) -> bool:
    """Whether f is built of functions that are continuous for every real x, so that no pole can hide in it."""
    for n in walk(f):
        if isinstance(n, Quotient) and has(n.bottom, name):
            return False
        if isinstance(n, Power) and has(n.base, name):
            e = literal(n.exponent)
            if e is None or e.denominator != 1 or e < 0:
                return False
        if isinstance(n, Power) and has(n.exponent, name):
            base = literal(n.base)
            if not (isinstance(n.base, Constant) or (base is not None and base > 0)):
                return False
        if isinstance(n, Call) and n.name not in ("sin", "cos", "exp", "arctan", "sinh", "cosh", "tanh"):
            return False
        if isinstance(n, Root) and has(n, name):
            return False
    return True
