"""The straight-line part of Maxima that STACK questions are written in, read by hand: nothing is ever evaluated by it.

`Variables` reads `a: 3; p: expand((x - a)^2);` statement by statement; numbers are exact, random draws are fixed, and
what is not known here raises `Unsupported` with what it was. Expressions come out in our own notation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb, factorial, gcd, isqrt, lcm

MAX_TEXT = 20_000
MAX_DEPTH = 60
MAX_TERMS = 200
MAX_BITS = 2_000
MAX_POWER = 200

_TOKEN = re.compile(
    r"\s+|/\*.*?\*/|(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d{1,2})?)|(?P<name>%?[A-Za-zα-ωΑ-Ω_][A-Za-z0-9α-ωΑ-Ω_]*)"
    r"|\"(?P<string>[^\"]*)\"|(?P<op>:=|<=|>=|\*\*|[-+*/^()\[\]{},:;$=<>#!'])",
    re.DOTALL,
)
_CONSTANTS = {"%pi": "pi", "%e": "e", "%i": "i", "pi": "pi"}
_SAME = "sin cos tan exp sqrt abs sinh cosh tanh sec csc cot ln".split()
_FUNCTIONS = dict(zip(_SAME, _SAME, strict=True), asin="arcsin", acos="arccos", atan="arctan", log="ln")
# What these do to the look of an expression our verifier does by itself.
_WRAPPERS = frozenset("factor simplify ratsimp fullratsimp trigsimp trigreduce radcan ev simp noun unsimp box".split())


class Unsupported(ValueError):
    """A piece of Maxima that is not read here; the message names it."""


@dataclass(frozen=True, slots=True)
class Num:
    """A number. decimal: written or computed as one."""

    value: Fraction
    decimal: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A letter, or a constant such as %pi."""

    name: str


@dataclass(frozen=True, slots=True)
class Apply:
    """An operation (+ * / ^ neg), a relation, a function or a list, with what it applies to."""

    head: str
    args: tuple[Value, ...]


Value = Num | Name | Apply
RELATIONS = ("=", "<", ">", "<=", ">=")


# ---------------------------------------------------------------- reading


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > MAX_TEXT:
        raise Unsupported("very long question variables")
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unsupported(f"“{text[at]}”")
        at = match.end()
        if match.lastgroup:
            yield match.lastgroup, match.group(match.lastgroup)
    yield "end", ""


class _Reader:
    """Recursive descent over one text."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> str:
        kind, text = self.tokens[self.at]
        return text if kind == "op" else ""

    @property
    def over(self) -> bool:
        return self.tokens[self.at][0] == "end"

    def take(self, op: str) -> bool:
        if self.next == op:
            self.at += 1
            return True
        return False

    def need(self, op: str) -> None:
        if not self.take(op):
            raise Unsupported(f"“{self.tokens[self.at][1] or 'the end'}” where “{op}” was expected")

    def statements(self) -> Iterator[tuple[str, Value]]:
        """name: value, one after another; values without a name have the name ""."""
        while not self.over:
            if self.take(";") or self.take("$"):
                continue
            name = ""
            if self.tokens[self.at][0] == "name" and self.tokens[self.at + 1] == ("op", ":"):
                name = self.tokens[self.at][1]
                self.at += 2
            value = self.expression()
            if self.next == ":=":
                raise Unsupported("a function of the question's own")
            if not (self.over or self.next in (";", "$")):
                raise Unsupported(f"“{self.tokens[self.at][1]}”")
            yield name, value

    def expression(self) -> Value:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unsupported("brackets nested very deeply")
        left = self.sum()
        if self.next in RELATIONS:
            op = self.next
            self.at += 1
            left = Apply(op, (left, self.sum()))
        self.depth -= 1
        return left

    def sum(self) -> Value:
        terms = [self.product()]
        while self.next in ("+", "-"):
            minus = self.next == "-"
            self.at += 1
            term = self.product()
            terms.append(Apply("neg", (term,)) if minus else term)
        return terms[0] if len(terms) == 1 else Apply("+", tuple(terms))

    def product(self) -> Value:
        left = self.unary()
        while self.next in ("*", "/"):
            op = self.next
            self.at += 1
            right = self.unary()
            left = Apply("*", (*_pieces(left, "*"), right)) if op == "*" else Apply(op, (left, right))
        return left

    def unary(self) -> Value:
        if self.take("-"):
            return Apply("neg", (self.unary(),))
        if self.take("+"):
            return self.unary()
        self.take("'")
        base = self.postfix()
        if self.take("^") or self.take("**"):
            return Apply("^", (base, self.unary()))
        return base

    def postfix(self) -> Value:
        value = self.atom()
        while True:
            if self.take("["):
                index = self.expression()
                self.need("]")
                value = Apply("part", (value, index))
            elif self.take("!"):
                value = Apply("factorial", (value,))
            else:
                return value

    def atom(self) -> Value:
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Num(Fraction(text), "." in text or "e" in text.lower())
        if kind == "name":
            if text in ("if", "for", "while", "do", "block", "lambda", "makelist", "then", "else", "and", "or", "not"):
                raise Unsupported(f"“{text}”")
            if self.take("("):
                return Apply(text, self.items(")"))
            return Name(text)
        if kind == "op" and text == "(":
            value = self.expression()
            self.need(")")
            return value
        if kind == "op" and text == "[":
            return Apply("list", self.items("]"))
        if kind == "op" and text == "{":
            return Apply("set", self.items("}"))
        if kind == "string":
            raise Unsupported("text in quotes")
        raise Unsupported(f"“{text or 'the end'}”")

    def items(self, closing: str) -> tuple[Value, ...]:
        if self.take(closing):
            return ()
        found = [self.expression()]
        while self.take(","):
            found.append(self.expression())
        self.need(closing)
        return tuple(found)


def _is(value: Value, head: str) -> bool:
    return isinstance(value, Apply) and value.head == head


def _pieces(value: Value, head: str) -> tuple[Value, ...]:
    """What a sum or product is made of; anything else is one piece."""
    return value.args if isinstance(value, Apply) and value.head == head else (value,)


# ---------------------------------------------------------------- variables


@dataclass(slots=True)
class Variables:
    """The variables of a question, each with its value. drawn: whether any of them was a random draw."""

    values: dict[str, Value] = field(default_factory=dict)
    drawn: bool = False

    def run(self, text: str) -> None:
        """Take the statements on, in order."""
        for name, value in _Reader(text).statements():
            if name:
                self.values[name] = self.simple(value)

    def read(self, text: str) -> Value:
        """One expression with the variables put in."""
        reader = _Reader(text)
        value = reader.expression()
        reader.take(";")
        if not reader.over:
            raise Unsupported(f"“{reader.tokens[reader.at][1]}”")
        return self.simple(value)

    def simple(self, value: Value) -> Value:
        """With the variables put in, and the arithmetic done that Maxima does by itself."""
        match value:
            case Num():
                return value
            case Name(name):
                return self.values.get(name, value)
            case Apply(head, args):
                return self.applied(head, [self.simple(arg) for arg in args])

    def applied(self, head: str, args: list[Value]) -> Value:
        """An operation or a function of what is simple already."""
        if head in ("+", "*", "/", "^", "neg"):
            return _calculated(head, args)
        if head in RELATIONS or head in ("list", "set"):
            return Apply(head, tuple(args))
        if head.startswith("rand"):
            self.drawn = True
            return _draw(head, args)
        if head in _WRAPPERS and args:
            return args[0]
        numbers = [arg for arg in args if isinstance(arg, Num)]
        if len(numbers) == len(args) and args and (found := _of_numbers(head, numbers)) is not None:
            return found
        match head, args:
            case "sqrt", [inner]:
                return _root(inner)
            case "expand", [inner]:
                return _expanded(inner)
            case "diff", [inner, Name(x)]:
                return _differentiated(inner, x, 1)
            case "diff", [inner, Name(x), Num(times)] if times.denominator == 1 and 0 < times < 20:
                return _differentiated(inner, x, int(times))
            case "int" | "integrate", [inner, Name(x)]:
                return _integrated(inner, x)
            case "subst", [Apply("=", (Name(x), new)), inner]:
                return Variables({x: new}).simple(inner)
            case "subst", [new, Name(x), inner]:
                return Variables({x: new}).simple(inner)
            case "lhs", [Apply("=", (left, _))]:
                return left
            case "rhs", [Apply("=", (_, right))]:
                return right
            case "pi", []:
                return Name("%pi")
            case "stackunits", [_, _]:
                return Apply("*", tuple(args))
            case "float" | "dispdp" | "dispsf" | "decimalplaces" | "significantfigures" | "sigfigs", [inner, *_]:
                return inner
            case (("part" | "first" | "second" | "third" | "last" | "length"), [Apply("list", items), *rest]):
                return _of_list(head, items, rest)
        if head in _FUNCTIONS and len(args) == 1:
            return Apply(head, tuple(args))
        raise Unsupported(f"the function {head}")


def _draw(head: str, args: Sequence[Value]) -> Value:
    """The draw that stands for all: one from the middle, so that it is not 0 or 1 where that can be helped."""
    match head, list(args):
        case "rand", [Apply("list" | "set", items)] if items:
            return items[len(items) // 2]
        case "rand", [Num(n, False)] if n >= 1:
            return Num(Fraction(int(n) // 2))
        case "rand", [Num(n, True)]:
            return Num(n / 2, True)
        case "rand_with_step", [Num(low), Num(high), Num(step)] if step > 0:
            return Num(low + (high - low) // step // 2 * step)
        case "rand_with_prohib", [Num(low), Num(high), Apply("list", not_these)]:
            middle = (low + high) // 2
            near = sorted(range(int(low), min(int(high), int(low) + 500) + 1), key=lambda k: abs(k - middle))
            for k in near:
                if Num(Fraction(k)) not in not_these:
                    return Num(Fraction(k))
    raise Unsupported(f"the random draw {head}")


def _number(value: Fraction, *of: Num) -> Num:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise Unsupported("a very large number")
    return Num(value, any(one.decimal for one in of))


def _calculated(head: str, args: list[Value]) -> Value:
    match head, args:
        case "neg", [Num() as a]:
            return _number(-a.value, a)
        case "neg", [Apply("neg", (a,))]:
            return a
        case "/", [Num() as a, Num() as b]:
            if not b.value:
                raise Unsupported("a division by zero")
            return _number(a.value / b.value, a, b)
        case "/", [a, Num(value=Fraction(numerator=1, denominator=1))]:
            return a
        case "^", [Num() as a, Num() as b] if b.value.denominator == 1:
            if abs(b.value) > MAX_POWER:
                raise Unsupported("a very large power")
            if not a.value and b.value < 0:
                raise Unsupported("a division by zero")
            return _number(a.value ** int(b.value), a, b)
        case "^", [a, Num(value=Fraction(numerator=1, denominator=1))]:
            return a
        case "^", [_, Num(value=Fraction(numerator=0))]:
            return Num(Fraction(1))
        case "+", _:
            return _added([piece for arg in args for piece in _pieces(arg, "+")])
        case "*", _:
            return _multiplied([piece for arg in args for piece in _pieces(arg, "*")])
    return Apply(head, tuple(args))


def _added(terms: Sequence[Value]) -> Value:
    numbers = [term for term in terms if isinstance(term, Num)]
    rest: list[Value]
    total = _number(sum((n.value for n in numbers), Fraction(0)), *numbers)
    rest = [term for term in terms if not isinstance(term, Num)]
    if not rest:
        return total
    if total.value:
        # Numbers stay where the first of them stood.
        first = next(k for k, term in enumerate(terms) if isinstance(term, Num))
        rest.insert(sum(1 for term in terms[:first] if not isinstance(term, Num)), total)
    return rest[0] if len(rest) == 1 else Apply("+", tuple(rest))


def _multiplied(factors: Sequence[Value]) -> Value:
    total = Fraction(1)
    numbers: list[Num] = []
    rest: list[Value] = []
    for each in factors:
        minus, factor = (True, each.args[0]) if isinstance(each, Apply) and each.head == "neg" else (False, each)
        total = -total if minus else total
        if isinstance(factor, Num):
            numbers.append(factor)
            total *= factor.value
        else:
            rest.append(factor)
    number = _number(total, *numbers)
    if not rest or not number.value:
        return number
    if number.value == 1 and not number.decimal:
        return rest[0] if len(rest) == 1 else Apply("*", tuple(rest))
    if number.value == -1 and not number.decimal:
        return Apply("neg", (rest[0] if len(rest) == 1 else Apply("*", tuple(rest)),))
    return Apply("*", (number, *rest))


def _of_numbers(head: str, args: Sequence[Num]) -> Value | None:
    """A function of exact numbers."""
    a = args[0].value
    rest = [arg.value for arg in args[1:]]
    whole = all(arg.value.denominator == 1 for arg in args)
    match head, rest:
        case "abs", []:
            return _number(abs(a), *args)
        case "floor", []:
            return Num(Fraction(a.numerator // a.denominator))
        case (("ceiling" | "ceil"), []):
            return Num(Fraction(-(-a.numerator // a.denominator)))
        case "round", []:
            return Num(Fraction(round(a)))
        case "float", []:
            return Num(a, True)
        case (("decimalplaces" | "dispdp"), [n]) if 0 <= n <= 20:
            return Num(Fraction(round(a * 10 ** int(n)), 10 ** int(n)), True)
        case "factorial", [] if whole and 0 <= a <= 50:
            return Num(Fraction(factorial(int(a))))
        case "binomial", [n] if whole and 0 <= n <= a <= 500:
            return Num(Fraction(comb(int(a), int(n))))
        case (("pow" | "power"), [n]) if n.denominator == 1 and abs(n) <= MAX_POWER and (a or n >= 0):
            return _number(a ** int(n), *args)
        case "mod", [n] if n:
            return _number(a % n, *args)
        case "gcd", [n] if whole:
            return Num(Fraction(gcd(int(a), int(n))))
        case "lcm", [n] if whole:
            return Num(Fraction(lcm(int(a), int(n))))
        case (("min" | "max"), _):
            return _number((min if head == "min" else max)(a, *rest), *args)
    return None


def _root(inner: Value) -> Value:
    if isinstance(inner, Num) and inner.value >= 0:
        top, bottom = isqrt(inner.value.numerator), isqrt(inner.value.denominator)
        if Fraction(top * top, bottom * bottom) == inner.value:
            return Num(Fraction(top, bottom), inner.decimal)
    return Apply("sqrt", (inner,))


def _of_list(head: str, items: Sequence[Value], rest: Sequence[Value]) -> Value:
    if head == "length":
        return Num(Fraction(len(items)))
    places = {"first": 1, "second": 2, "third": 3, "last": len(items)}
    match rest:
        case [Num(n)] if head == "part" and n.denominator == 1:
            place = int(n)
        case _:
            place = places.get(head, 0)
    if not 1 <= place <= len(items):
        raise Unsupported("an item that the list has not")
    return items[place - 1]


# ---------------------------------------------------------------- polynomials

Monomial = tuple[tuple[str, int], ...]
Polynomial = dict[Monomial, Fraction]


def _polynomial(value: Value) -> Polynomial:
    match value:
        case Num(number, False):
            return {(): number}
        case Name(name) if name not in _CONSTANTS:
            return {((name, 1),): Fraction(1)}
        case Apply("neg", (inner,)):
            return {m: -c for m, c in _polynomial(inner).items()}
        case Apply("+", args):
            total: Polynomial = {}
            for arg in args:
                for m, c in _polynomial(arg).items():
                    total[m] = total.get(m, Fraction(0)) + c
            return total
        case Apply("*", args):
            product: Polynomial = {(): Fraction(1)}
            for arg in args:
                product = _times(product, _polynomial(arg))
            return product
        case Apply("/", (top, Num(bottom))) if bottom:
            return {m: c / bottom for m, c in _polynomial(top).items()}
        case Apply("^", (base, Num(n))) if n.denominator == 1 and 0 <= n <= 30:
            power: Polynomial = {(): Fraction(1)}
            inner_ = _polynomial(base)
            for _ in range(int(n)):
                power = _times(power, inner_)
            return power
    raise Unsupported("algebra on what is no polynomial")


def _times(a: Polynomial, b: Polynomial) -> Polynomial:
    found: Polynomial = {}
    for m, c in a.items():
        for n, d in b.items():
            powers = dict(m)
            for name, power in n:
                powers[name] = powers.get(name, 0) + power
            key = tuple(sorted(powers.items()))
            found[key] = found.get(key, Fraction(0)) + c * d
    if len(found) > MAX_TERMS:
        raise Unsupported("a product with very many terms")
    return found


def _written(polynomial: Polynomial) -> Value:
    terms: list[Value] = []
    order = sorted(polynomial.items(), key=lambda item: (-sum(power for _, power in item[0]), item[0]))
    for monomial, number in order:
        if number:
            powers = [_calculated("^", [Name(name), Num(Fraction(power))]) for name, power in monomial]
            terms.append(_multiplied([Num(number), *powers]))
    return _added(terms) if terms else Num(Fraction(0))


def _expanded(value: Value) -> Value:
    if isinstance(value, Apply) and value.head in (*RELATIONS, "list"):
        return Apply(value.head, tuple(_expanded(arg) for arg in value.args))
    return _written(_polynomial(value))


def _differentiated(value: Value, x: str, times: int) -> Value:
    polynomial = _polynomial(value)
    for _ in range(times):
        found: Polynomial = {}
        for monomial, number in polynomial.items():
            powers = dict(monomial)
            n = powers.pop(x, 0)
            if n:
                rest = tuple(sorted({**powers, **({x: n - 1} if n > 1 else {})}.items()))
                found[rest] = found.get(rest, Fraction(0)) + n * number
        polynomial = found
    return _written(polynomial)


def _integrated(value: Value, x: str) -> Value:
    found: Polynomial = {}
    for monomial, number in _polynomial(value).items():
        powers = dict(monomial)
        powers[x] = powers.get(x, 0) + 1
        found[tuple(sorted(powers.items()))] = number / powers[x]
    return _written(found)


# ---------------------------------------------------------------- writing


def in_our_notation(value: Value, latex: bool = False) -> str:
    """As our reader takes it; latex: as it stands between \\( and \\).

    >>> in_our_notation(Variables().read("expand((x-3)^2) = 2*%pi*x/3"))
    'x^2 - 6x + 9 = 2pi*x/3'
    """
    return _say(value, 0, latex)


def decimal_text(value: Fraction) -> str | None:
    """A terminating decimal, None for another number."""
    bottom = value.denominator
    for prime in (2, 5):
        while bottom % prime == 0:
            bottom //= prime
    if bottom != 1:
        return None
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    text = f"{abs(int(value * 10**digits)):0{digits + 1}d}"
    sign = "-" if value < 0 else ""
    return sign + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)


def _say(value: Value, place: int, latex: bool) -> str:
    """place: 0 anywhere, 1 a term, 2 a factor, 3 a base or an exponent."""
    match value:
        case Num(number, decimal):
            if decimal and (text := decimal_text(number)) is not None:
                shown = text
            elif number.denominator == 1:
                shown = str(number.numerator)
            elif latex:
                sign = "-" if number < 0 else ""
                return f"{sign}\\frac{{{abs(number.numerator)}}}{{{number.denominator}}}"
            else:
                shown = f"{number.numerator}/{number.denominator}"
                return f"({shown})" if place >= 2 else shown
            return f"({shown})" if number < 0 and place >= 1 else shown
        case Name(name):
            name = _CONSTANTS.get(name, name)
            return f"\\{name}" if latex and name in ("pi", "theta", "alpha", "beta", "lambda", "omega") else name
        case Apply("neg", (inner,)):
            said = f"-{_say(inner, 2, latex)}"
            return f"({said})" if place >= 1 else said
        case Apply("+", args):
            said = _sum(args, latex)
            return f"({said})" if place >= 2 else said
        case Apply("*", args):
            said = _product(args, latex)
            return f"({said})" if place >= 3 else said
        case Apply("/", (top, bottom)):
            if latex:
                return f"\\frac{{{_say(top, 0, latex)}}}{{{_say(bottom, 0, latex)}}}"
            said = f"{_say(top, 2, latex)}/{_say(bottom, 2 if _is(bottom, '^') else 3, latex)}"
            return f"({said})" if place >= 3 else said
        case Apply("^", (base, power)):
            exponent = _say(power, 0, latex)
            simple = re.fullmatch(r"\w", exponent) or (not latex and re.fullmatch(r"\d+", exponent))
            brackets = "{}" if latex else "()"
            said = f"{_say(base, 3, latex)}^{exponent if simple else brackets[0] + exponent + brackets[1]}"
            return f"({said})" if place >= 3 else said
        case Apply("sqrt", (inner,)) if latex:
            return f"\\sqrt{{{_say(inner, 0, latex)}}}"
        case Apply("list" | "set" as head, args):
            inside = ", ".join(_say(arg, 0, latex) for arg in args)
            opening, closing = ("[", "]") if head == "list" else ("\\{", "\\}") if latex else ("{", "}")
            return f"{opening}{inside}{closing}"
        case Apply(head, (left, right)) if head in RELATIONS:
            return f"{_say(left, 0, latex)} {head} {_say(right, 0, latex)}"
        case Apply(head, (inner,)) if head in _FUNCTIONS:
            return f"{chr(92) if latex else ''}{_FUNCTIONS[head]}({_say(inner, 0, latex)})"
        case Apply(head, _):
            raise Unsupported(f"the function {head}")


def _sum(terms: Sequence[Value], latex: bool) -> str:
    said = ""
    for k, term in enumerate(terms):
        minus, size = _size(term)
        text = _say(size, 1, latex)
        if not k:
            said = f"-{_say(size, 2, latex)}" if minus else text
        else:
            said += f" {'-' if minus else '+'} {text}"
    return said


def _size(term: Value) -> tuple[bool, Value]:
    """Whether a term is taken away, and how much."""
    match term:
        case Apply("neg", (inner,)):
            return True, inner
        case Num(number, decimal) if number < 0:
            return True, Num(-number, decimal)
        case Apply("*", (Num(number, decimal), *rest)) if number < 0:
            return True, _multiplied([Num(-number, decimal), *rest])
    return False, term


def _product(factors: Sequence[Value], latex: bool) -> str:
    said = ""
    for k, factor in enumerate(factors):
        text = _say(factor, 0 if k == 0 and isinstance(factor, Num) and latex else 2, latex)
        if k == 0 and isinstance(factor, Num) and factor.value < 0:
            text = _say(factor, 0, latex) if factor.value.denominator == 1 or factor.decimal else text
        touching = said and said[-1].isdigit() and (text[0].isalpha() or text[0] in "(\\")
        said += text if not said or touching else ((" " if latex else "*") + text)
    return said
