"""One line of mathematics to a tree: a precedence-climbing reader over the tokens of `lexer`.

Where a line has two plausible meanings the reader takes the likelier and notes the question; `readings` asks it
again with the other answer. Nothing is evaluated here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from tutor.errors import NotReadable, TooLarge
from tutor.syntax import advice, names
from tutor.syntax.lexer import Token, plain, tokenize
from tutor.syntax.tree import (
    Absolute,
    AllValues,
    Arrow,
    Both,
    Bracket,
    Call,
    Chain,
    Choose,
    Constant,
    Degrees,
    Derivative,
    Differential,
    Dots,
    Either,
    Evaluated,
    Expr,
    Factorial,
    Integral,
    Interval,
    Limit,
    Listing,
    Matrix,
    Mixed,
    Negative,
    Node,
    NoSolution,
    Number,
    NumberSet,
    Percent,
    PlusMinus,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Series,
    SetBuilder,
    SetOf,
    SetOperation,
    Span,
    Statement,
    Sum,
    Symbol,
    Tuple,
    Unit,
    Words,
    symbols,
    walk,
)

MAX_DEPTH = 40
MAX_DIGITS = 10_000
MAX_READINGS = 4


@dataclass(frozen=True, slots=True)
class ReadHints:
    """What is known of the work around the line.

    symbols: the unknowns and givens in use. functions: names that are applied, as f in f(x).
    decimal_comma, cross_is_times: None where nothing is known. complex: i is the imaginary unit.
    units: a single letter after a number is a unit.
    """

    symbols: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    decimal_comma: bool | None = None
    cross_is_times: bool | None = None
    complex: bool = False
    units: bool = False


NO_HINTS = ReadHints()


class _Stop(Exception):
    """Reading cannot go on at this token; `wanted` says what was looked for."""

    def __init__(self, wanted: str, index: int) -> None:
        self.wanted = wanted
        self.index = index


# ---------------------------------------------------------------- numerals

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[. ]\d{3})+")
_REPEATING = re.compile(r"(\d*)\.(\d*?)(\d+?)\3+$")
_BRACKETED = re.compile(r"(\d*)\.(\d*)\((\d+)\)$")
_OVERLINED = re.compile(r"(\d*)\.(\d*)((?:\d\u0305)+)$")


def _repeating(whole: str, fixed: str, block: str) -> Fraction:
    """whole.fixed block block block …, exactly"""
    nines = 10 ** len(block) - 1
    return Fraction(int(whole + fixed or "0") * nines + int(block), 10 ** len(fixed) * nines)


@lru_cache(maxsize=4096)
def _numeral(text: str) -> tuple[Fraction, int | None]:
    """The exact value of a numeral and its decimal places."""
    if len(text) > MAX_DIGITS:
        raise TooLarge(f"This numeral has more than {MAX_DIGITS:,} digits.")
    digits = text.replace(",", "").replace(" ", "").replace("'", "")
    if (found := _BRACKETED.match(digits)) is not None:
        return _repeating(*found.groups()), None
    if "\u0305" in digits and (found := _OVERLINED.match(digits)) is not None:
        return _repeating(found[1], found[2], found[3].replace("\u0305", "")), None
    if digits.endswith(("...", "…")):
        digits = digits.rstrip(".…")
        found = _REPEATING.match(digits)
        # Two equal digits at the end are a pattern, as in 0.1666…; so is a longer block seen twice.
        if found is not None and (len(found[3]) > 1 or len(digits) - found.start(3) >= 2):
            return _repeating(found[1], found[2], found[3]), None
    digits = digits.replace("\u0305", "")
    mantissa, _, exponent = digits.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    value = Fraction(_integer(whole + decimals), 10 ** len(decimals))
    places: int | None = len(decimals) if decimals else None
    if exponent:
        power = int(exponent) if len(exponent) < 8 else MAX_DIGITS + 1
        if abs(power) > MAX_DIGITS:
            raise TooLarge(f"This numeral has more than {MAX_DIGITS:,} digits.")
        value *= Fraction(10) ** power
        places = max((places or 0) - power, 0) or None
    return value, places


def _with_point(numeral: str) -> str:
    """1,234 and 1.234 where a comma marks the decimals."""
    if numeral.count(",") == 1:
        return numeral.replace(".", "").replace(",", ".")
    return numeral.replace(".", "") if _GROUPED.fullmatch(numeral) else numeral


def _integer(digits: str) -> int:
    # Python refuses int() of more than 4 300 digits at once.
    if len(digits) <= 4000:
        return int(digits or "0")
    value = 0
    for i in range(0, len(digits), 4000):
        part = digits[i : i + 4000]
        value = value * 10 ** len(part) + int(part)
    return value


# ---------------------------------------------------------------- tables

_ADDITIVE = frozenset("+-±∓")
# Kinds that may follow an operand as the next factor of an unwritten product.
_STARTS = frozenset(
    """
    num name upright func const ( [ { √ root vulgar | |( cmd begin int floor ceil set angle series lim Sigma Pi
    cur deriv ⟨ ‖
    """.split()
)
_GOES_ON = (_STARTS | {"*", "/", "of", "mod", "per", ":", "."}) - {"cur", "angle", "set", "⟨"}
_POSTFIX = frozenset({"percent", "^", "!", "%", "°", "sup", "sub", "'", "prime", "permille", "cur", "name", "upright"})
_CLOSERS = frozenset({")", "]", "}", "set}", "|", "|)", "⌋", "⌉", "⟩", "close", "row", "&", "end"})
_WORDLIKE = frozenset({"name", "upright", "func", "of", "per", "int", "and", "or", "mod", "lim"})
_AFTER_WORDS = frozenset(
    {"rel", "end", "+", "-", "*", "/", ")", ",", "arrow", "row", "&", "close", ";", "]", "}", "set}", "±", "set{"}
)

_SPLIT_FUNCTIONS = sorted(
    (f for f in (*names.TRIGONOMETRIC, *names.INVERSE.values(), "ln", "log", "exp", "sqrt")), key=len, reverse=True
)
_VARIABLES = "[xyztuvwabknrmABCDR]"
_RUN_OF_FUNCTIONS = re.compile(
    rf"(?:{_VARIABLES}{{0,2}}?(?:{'|'.join(_SPLIT_FUNCTIONS)}))+(?:{_VARIABLES}{{0,2}}|{_VARIABLES}?d[a-z]|pi)"
)
_FUNCTION_OR_LETTER = re.compile(rf"{'|'.join(_SPLIT_FUNCTIONS)}|pi$|.")
_NOT_FUNCTIONS = frozenset(
    """
    cost costs since single sing sink tank tang tang sine cosine tangent login logs logo land secant secs sect
    since tang tango sing basin blog knots rexp unsin sins sini cosy cots cotta expo expel lnd logic
    """.split()
)

_D = r"(?:d|∂|\\mathrm\s*\{\s*d\s*\}|\\text\s*\{\s*d\s*\}|\\partial\s*)"
_LETTER = r"(?:\\?(?:alpha|beta|theta|phi|omega|rho|lambda|sigma|tau)(?![A-Za-z])|[A-Za-zα-ω])"
_ORDER = r"(?:\s*\^\s*\{?\s*([2-9])\s*\}?|([²³⁴]))?"
_DERIVATIVE = re.compile(rf"{_D}{_ORDER}\s?({_LETTER}(?:\([a-z]\))?)?\s?/\s?{_D}\s?({_LETTER}){_ORDER}(?![A-Za-z0-9])")
_STACKED_DERIVATIVE = re.compile(
    rf"\\[dtc]?frac\s*\{{\s*{_D}{_ORDER}\s*({_LETTER})?\s*\}}\s*\{{\s*{_D}\s*({_LETTER}){_ORDER}\s*\}}"
)
_ORDERS = {"²": 2, "³": 3, "⁴": 4}

_NO_SOLUTION = re.compile(
    r"(?:(?:so |hence |therefore |∴ ?)?(?:there (?:is|are|exists?)|(?:the |this )?(?:equation|system|inequality) has"
    r"|[a-z] has|[a-z] ?=|it has|has)\s+)?(?:no\s+(?:such\s+)?(?:real\s+|integer\s+|rational\s+|possible\s+|valid\s+)?"
    r"(?:solutions?|roots?|zeros?|values?|answers?)(?:\s+(?:for|of)\s+[a-z])?|no\s+[a-z]|none)",
    re.IGNORECASE,
)
_ALL_VALUES = re.compile(
    r"(?:(?:so |hence |therefore )?(?:[a-z]\s*=\s*|[a-z]\s+(?:is|can be)\s+|(?:the )?solutions?(?: set)? (?:is|are)\s+"
    r"|there (?:is|are)\s+|true for\s+|it is\s+))?(?:(?:all|any|every)\s+(?:real\s+)?(?:numbers?|values?|reals?|[a-z])"
    r"(?:\s+of\s+[a-z])?|infinitely\s+many(?:\s+solutions)?|infinite(?:\s+number\s+of)?\s+solutions|always\s+true"
    r"|\(?-(?:∞|infinity|oo),\s*(?:∞|infinity|oo)\))",
    re.IGNORECASE,
)


_UPRIGHT = re.compile(r"\\(?:text|mathrm|textrm|mbox)\s*\{([^{}]*)\}")


def _span(first: Node, last: Node) -> Span:
    return Span(first.span[0], last.span[1])


_Part = TypeVar("_Part")


class _Reader:
    """One pass over the tokens of a line.

    bars: |…| open in the innermost bracket. integrals: ∫ whose dx is still to come.
    soft: stop at prose instead of failing. splits: the token list is our own and may be changed.
    """

    __slots__ = (
        "bars",
        "choices",
        "closing",
        "depth",
        "hints",
        "integrals",
        "letters",
        "pos",
        "raising",
        "seen",
        "soft",
        "source",
        "toks",
        "wordy",
    )

    def __init__(self, source: str, toks: list[Token], hints: ReadHints, choices: frozenset[str]) -> None:
        self.source = source
        self.toks = toks
        self.hints = hints
        self.choices = choices
        self.seen: dict[str, None] = {}
        self.pos = 0
        self.depth = 0
        self.bars = 0
        self.integrals = 0
        self.closing = False
        self.raising = False
        self.soft = False
        self.wordy = False
        self.letters: frozenset[str] | None = None

    # ------------------------------------------------------------ small services

    def asks(self, question: str) -> bool:
        """Note that the line is ambiguous here; True where the second answer is to be taken."""
        self.seen[question] = None
        return question in self.choices

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooLarge(f"More than {MAX_DEPTH} brackets, signs or powers stand inside one another.")

    def kind(self) -> str:
        return self.toks[self.pos][0]

    def take(self, kind: str, wanted: str) -> int:
        """Pass a token of this kind; its end."""
        token = self.toks[self.pos]
        if token[0] != kind:
            raise _Stop(wanted, self.pos)
        self.pos += 1
        return token[3]

    def adjacent(self) -> bool:
        """No space stands before the token at hand."""
        return self.pos > 0 and self.toks[self.pos - 1][3] == self.toks[self.pos][2]

    def span_from(self, start: int) -> Span:
        return Span(start, self.toks[self.pos - 1][3])

    def singles(self) -> frozenset[str]:
        """The letters that stand alone somewhere in the line or are known from the work."""
        if self.letters is None:
            known = {n for n in self.hints.symbols if len(n) == 1}
            self.letters = frozenset(known | {t[1] for t in self.toks if t[0] == "name" and len(t[1]) == 1})
        return self.letters

    def attempt(self, part: Callable[[], _Part], back_to: int) -> _Part | None:
        """The part, or None (and back to the token) where prose begins; outside prose a failure is a failure."""
        if not self.soft:
            return part()
        state = (back_to, self.depth, self.bars, self.integrals, self.closing, self.raising)
        try:
            return part()
        except _Stop:
            self.pos, self.depth, self.bars, self.integrals, self.closing, self.raising = state
            return None

    # ------------------------------------------------------------ statements

    def statement(self) -> Statement:
        first: Statement = self.rows()
        if self.toks[self.pos][0] != "arrow":
            return first
        parts = [first]
        arrows = []
        while self.kind() == "arrow":
            back = self.pos
            arrow = self.toks[back][1]
            self.pos += 1
            part = self.attempt(self.rows, back)
            if part is None:
                break
            arrows.append(arrow)
            parts.append(part)
        if not arrows:
            return first
        return Arrow(tuple(parts), tuple(arrows), span=_span(parts[0], parts[-1]))

    def rows(self) -> Statement:
        """Claims one below the other; a row that begins with a relation goes on from the row before."""
        first = self.alternatives()
        if self.toks[self.pos][0] != "row":
            return first
        parts = [first]
        while self.kind() == "row":
            self.pos += 1
            kind = self.kind()
            if kind in ("end", "close"):
                break
            if kind == "arrow":
                self.pos += 1
            if kind == "rel" and isinstance(parts[-1], Expr | Chain):
                parts[-1] = self.chain_from(parts[-1])
            else:
                parts.append(self.alternatives())
        if len(parts) == 1:
            return parts[0]
        return Both(tuple(parts), span=_span(parts[0], parts[-1]))

    def alternatives(self) -> Statement:
        """Claims joined by ";" (loosest), "or", and "and"."""
        first = self.claims()
        kind = self.toks[self.pos][0]
        if kind != "or" and kind != "and" and kind != ";":
            return first
        parts = [first]
        signs = []
        while (kind := self.kind()) in ("or", "and", ";"):
            back = self.pos - (self.toks[self.pos - 1][0] == ",")
            self.pos += 1
            if self.kind() == "end":
                self.pos = back
                break
            part = self.attempt(self.claims, back)
            if part is None or (self.soft and self.strays(parts[-1], part)):
                self.pos = back
                break
            signs.append(kind)
            parts.append(part)
        for sign in ("and", "or"):
            parts, signs = self.gathered(parts, signs, sign)
        if len(parts) == 1:
            return parts[0]
        flat = [q for p in parts for q in (p.parts if isinstance(p, Both) else (p,))]
        return Both(tuple(flat), span=_span(parts[0], parts[-1]))

    def gathered(self, parts: list[Statement], signs: list[str], sign: str) -> tuple[list[Statement], list[str]]:
        """Neighbours that this sign joins, as one claim."""
        groups = [[parts[0]]]
        left = []
        for joint, part in zip(signs, parts[1:], strict=True):
            if joint == sign:
                groups[-1].append(part)
            else:
                groups.append([part])
                left.append(joint)
        return [g[0] if len(g) == 1 else self.joined(g, sign) for g in groups], left

    def claims(self) -> Statement:
        first = self.chain()
        if self.toks[self.pos][0] != ",":
            return first
        parts = [first]
        while self.kind() == ",":
            back = self.pos
            self.pos += 1
            if self.kind() in ("or", "and"):
                break
            if self.kind() == "end":
                self.pos = back
                break
            part = self.attempt(self.chain, back)
            if part is None or (self.soft and self.strays(parts[-1], part)):
                self.pos = back
                break
            parts.append(part)
        if len(parts) == 1:
            return first
        return self.joined(parts, ",")

    def strays(self, before: Statement, part: Node) -> bool:
        """Prose joins these two by a comma or "and", mathematics does not."""
        if isinstance(part, Words) or isinstance(before, Words):
            return True
        if isinstance(part, Expr):
            return self.kind() == "rel"
        return isinstance(before, Expr) and not isinstance(before, Symbol | Listing)

    def joined(self, parts: list[Statement], sign: str) -> Statement:
        """Claims joined by a comma, "or" or "and"; a bare value after `x = 1` is another value of x."""
        span = _span(parts[0], parts[-1])
        if any(isinstance(p, Words) for p in parts) and any(isinstance(p, Chain) for p in parts):
            parts = [p for p in parts if not isinstance(p, Words)]
        if all(isinstance(p, Expr) for p in parts):
            flat = [i for p in parts for i in (p.items if isinstance(p, Listing) else (p,))]
            return Listing(tuple(i for i in flat if isinstance(i, Expr)), span=span)
        full: list[Statement] = []
        last: Chain | None = None
        values = 0
        for i, part in enumerate(parts):
            if isinstance(part, Expr):
                if last is None:
                    following = parts[i + 1]
                    if isinstance(following, Chain) and isinstance(part, Symbol | Listing):
                        before = part.items if isinstance(part, Listing) else (part,)
                        left = Listing((*before, following.operands[0]), span=_span(part, following.operands[0]))
                        parts[i + 1] = Chain(
                            (left, *following.operands[1:]), following.relations, following.modulus, span=span
                        )
                        continue
                    full.append(part)
                    continue
                if last.relations[-1] in ("=", "!=", "≈"):
                    part = Chain((last.operands[0], part), last.relations[-1:], span=part.span)
                    values += 1
            if isinstance(part, Chain):
                last = part
            elif isinstance(part, Either | Both) and isinstance(part.parts[-1], Chain):
                last = part.parts[-1]
            full.append(part)
        if len(full) == 1:
            return full[0]
        either = sign == "or"
        if not either:
            # "x = 1 and x = 2" and "x = 1, 2" list values of x.
            each = [q for p in full for q in (p.parts if isinstance(p, Either) else (p,))]
            heads = [p.operands[0] for p in each if isinstance(p, Chain) and p.relations == ("=",)]
            either = len(heads) == len(each) and all(isinstance(h, Symbol) and h == heads[0] for h in heads)
        kind = Either if either else Both
        flat_parts = [q for p in full for q in (p.parts if isinstance(p, kind) else (p,))]
        return kind(tuple(flat_parts), span=span)

    def chain(self) -> Statement:
        first = self.operands()
        if self.toks[self.pos][0] != "rel" and not self.relation_word():
            return first
        return self.chain_from(first)

    def relation_word(self) -> bool:
        """`in`, `notin`, `subset`, `propto`, `equals` between two operands; the token is made a relation."""
        kind, value, start, end = self.toks[self.pos]
        if kind == "equals":
            self.toks[self.pos] = ("rel", "=", start, end)
            return True
        if kind != "name" or value not in _RELATION_WORDS:
            return False
        after = self.toks[self.pos + 1]
        if value == "in" and after[0] not in ("(", "[", "{", "set", "set{", "{}", "cmd") and after[1] not in names.SETS:
            return False
        self.toks[self.pos] = ("rel", _RELATION_WORDS[value], start, end)
        return True

    def chain_from(self, first: Expr | Chain) -> Statement:
        toks = self.toks
        operands: list[Expr]
        relations: list[str]
        if isinstance(first, Chain):
            operands, relations = list(first.operands), list(first.relations)
        else:
            operands, relations = [first], []
        modulus: Expr | None = None
        while toks[self.pos][0] == "rel" or self.relation_word():
            back = self.pos
            relation = toks[back][1]
            self.pos += 1
            # `x == 2`, `x = > 2` and `>=` typed apart are one sign.
            if toks[self.pos][0] == "rel" and toks[self.pos][1] == "=" and relation in "<>":
                relation += "="
                self.pos += 1
            if toks[self.pos][0] == "cmd" and toks[self.pos][1] == "not":
                raise _Stop("operand", self.pos)
            right = self.attempt(self.operands, back)
            if right is None:
                break
            if relation in ("in", "notin", "subset"):
                right = _as_set(right)
            operands.append(right)
            relations.append(relation)
        if not relations:
            return operands[0]
        last = operands[-1]
        if "≡" in relations and isinstance(last, Call) and last.name == "mod" and last.span[0] == last.args[0].span[0]:
            operands[-1], modulus = last.args
        elif "≡" in relations and toks[self.pos][0] in ("(", "pmod", "mod"):
            modulus = self.modulus()
        return Chain(tuple(operands), tuple(relations), modulus, span=self.span_from(operands[0].span[0]))

    def modulus(self) -> Expr | None:
        """(mod n)"""
        back = self.pos
        bracket = self.kind() == "("
        if bracket:
            self.pos += 1
        if self.kind() not in ("mod", "pmod"):
            self.pos = back
            return None
        self.pos += 1
        value = self.product()
        if bracket:
            self.take(")", ")")
        return value

    def operands(self) -> Expr:
        """A side of a relation: a sum, or sets joined by ∪ and ∩."""
        left = self.sum()
        kind = self.toks[self.pos][0]
        if kind != "setop" and not (kind in ("name", "or") and self.is_union(left)):
            return left
        while (kind := self.kind()) == "setop" or (kind in ("name", "or") and self.is_union(left)):
            operator = self.toks[self.pos][1]
            operator = _SET_WORDS.get(operator, operator)
            self.pos += 1
            right = _as_set(self.sum())
            left = _as_set(left)
            if isinstance(left, SetOperation) and left.operator == operator:
                left = SetOperation(operator, (*left.parts, right), span=_span(left, right))
            else:
                left = SetOperation(operator, (left, right), span=_span(left, right))
        return left

    def is_union(self, left: Expr) -> bool:
        """U between two intervals, or "or" between them."""
        return (
            isinstance(left, Interval | SetOperation)
            and self.toks[self.pos][1] in ("U", "u", "or")
            and self.toks[self.pos + 1][0] in "(["
        )

    # ------------------------------------------------------------ expressions

    def sum(self) -> Expr:
        toks = self.toks
        kind, _, start, _ = toks[self.pos]
        left = self.signed() if kind in _ADDITIVE else self.product()
        kind = toks[self.pos][0]
        if kind not in _ADDITIVE:
            if kind == "|" and self.bars == 0 and toks[self.pos + 1][0] == "_":
                return self.evaluated(left)
            return left
        if self.integrals and self.closing:
            return left
        terms = [left]
        while kind in _ADDITIVE:
            back = self.pos
            sign_at = toks[back][2]
            if self.closing and (toks[back + 1][0] in _CLOSERS):
                break
            self.pos += 1
            part = self.signed if toks[self.pos][0] in _ADDITIVE else self.product
            right = part() if not self.soft else self.attempt(part, back)
            if right is None:
                break
            if kind == "+":
                terms.append(right)
            elif kind == "-":
                terms.append(Negative(right, span=Span(sign_at, right.span[1])))
            else:
                before = terms[0] if len(terms) == 1 else Sum(tuple(terms), span=Span(start, terms[-1].span[1]))
                terms = [PlusMinus(before, right, kind, span=Span(start, right.span[1]))]
            if self.integrals and self.closing:
                break
            kind = toks[self.pos][0]
        left = terms[0] if len(terms) == 1 else Sum(tuple(terms), span=Span(start, terms[-1].span[1]))
        if toks[self.pos][0] == "|" and self.bars == 0 and toks[self.pos + 1][0] == "_":
            return self.evaluated(left)
        return left

    def signed(self, part: Callable[[], Expr] | None = None) -> Expr:
        """A term (or what `part` reads) with signs before it."""
        kind, _, start, _ = self.toks[self.pos]
        if kind not in _ADDITIVE:
            return (part or self.product)()
        self.pos += 1
        self.deeper()
        inner = self.signed(part)
        self.depth -= 1
        span = Span(start, inner.span[1])
        if kind == "-":
            return Negative(inner, span=span)
        if kind == "+":
            return Positive(inner, span=span)
        return PlusMinus(None, inner, kind, span=span)

    def signed_factor(self) -> Expr:
        if self.toks[self.pos][0] not in _ADDITIVE:
            return self.factor()
        return self.signed(self.factor)

    def product(self) -> Expr:
        toks = self.toks
        left = self.factor()
        kind = toks[self.pos][0]
        if kind not in _GOES_ON:
            return left
        start = left.span[0]
        factors = [left]
        signs: list[str] = []
        quotients = 0
        while kind in _GOES_ON:
            back = self.pos
            if self.integrals and self.closing and not (kind == "/" and isinstance(factors[-1], Differential)):
                break
            if kind == "*" or kind == "of":
                sign = toks[back][1]
                self.pos += 1
                right = self.signed_factor() if not self.soft else self.attempt(self.signed_factor, back)
                if right is None:
                    break
                factors.append(right)
                signs.append("*" if kind == "of" else sign)
            elif kind == "/" or kind == ":":
                if kind == ":" and not (toks[back - 1][0] == toks[back + 1][0] == "num"):
                    break
                measured = any(isinstance(f, Quantity) for f in factors)
                bottom = self.attempt(self.bottom_measured if measured else self.bottom, back)
                if bottom is None:
                    break
                quotients += 1
                if quotients > MAX_DEPTH:
                    raise TooLarge(f"More than {MAX_DEPTH} divisions follow one another.")
                unit: Unit | None = None
                if isinstance(bottom, Quantity) and bottom.span == _FRACTION_UNIT:
                    unit, bottom = bottom.unit, bottom.value
                top = factors[0] if len(factors) == 1 else self.multiplied(factors, signs)
                quotient: Expr = Quotient(top, bottom, span=Span(start, bottom.span[1]))
                if unit is not None:
                    quotient = Quantity(quotient, unit, span=Span(start, unit.span[1]))
                factors, signs = [quotient], []
            elif kind == "mod":
                self.pos += 1
                right = self.attempt(self.signed_factor, back)
                if right is None:
                    break
                left = factors[0] if len(factors) == 1 else self.multiplied(factors, signs)
                factors, signs = [Call("mod", (left, right), span=_span(left, right))], []
            elif kind == ".":
                # A full stop between letters is the scalar product; anywhere else it ends a sentence.
                if toks[back - 1][0] != "name" or toks[back + 1][0] != "name" or self.soft or not self.adjacent():
                    break
                self.pos += 1
                factors.append(self.factor())
                signs.append("dot")
            elif kind == "per":
                break
            else:
                if not self.may_follow(kind, factors[-1]):
                    break
                sign = ""
                if kind == "name" and toks[back][1] in ("x", "X") and self.is_cross(factors[-1]):
                    self.pos += 1
                    sign = "cross"
                elif kind == "name" and toks[back][1] == "choose":
                    break
                part = self.signed_factor if sign else self.factor
                right = part() if not self.soft else self.attempt(part, back)
                if right is None or isinstance(right, Words):
                    self.pos = back
                    break
                factors.append(right)
                signs.append(sign)
            kind = toks[self.pos][0]
        if len(factors) == 1:
            return factors[0]
        return self.multiplied(factors, signs)

    def multiplied(self, factors: list[Expr], signs: list[str]) -> Product:
        return Product(tuple(factors), tuple(signs), span=_span(factors[0], factors[-1]))

    def may_follow(self, kind: str, before: Expr) -> bool:
        """Whether a token of this kind may be the next factor without a sign."""
        if kind == "num":
            return isinstance(before, Bracket | Call | Factorial) and self.adjacent()
        if kind == "(" and self.toks[self.pos + 1][0] == "mod":
            return False
        if kind == "name" and (self.is_union(before) or self.relation_word()):
            return False
        if kind == "|":
            return self.bars == 0 and self.toks[self.pos + 1][0] not in ("_", *_CLOSERS) and not self.soft
        if kind == "(" and self.soft and not self.adjacent() and isinstance(before, Number | Quantity | Percent):
            return self.toks[self.pos + 1][0] in ("num", "-")
        if kind == "upright":
            return False
        if kind in ("name", "const") and isinstance(before, Quantity):
            value = self.toks[self.pos][1]
            return value in ("x", "X") or value in self.hints.symbols
        if kind == "name" and self.soft and self.toks[self.pos][1] in ("a", "A", "I") and not self.adjacent():
            return self.toks[self.pos + 1][0] not in _WORDLIKE
        return not (kind == "vulgar" and isinstance(before, Number))

    def is_cross(self, before: Expr) -> bool:
        """`5 x 3`: the letter stands for times."""
        hint = self.hints.cross_is_times
        if hint is False or not self.looks_cross(self.pos, before):
            return False
        left, here, right = self.toks[self.pos - 1 : self.pos + 2]
        spaced = left[3] < here[2] and here[3] < right[2]
        numbers = right[0] in ("num", "cur", "vulgar") and isinstance(before, Number | Quantity | Percent | Mixed)
        if hint:
            return spaced or numbers
        x_is_letter = here[1] in self.hints.symbols or self.x_elsewhere()
        if numbers:
            return spaced or (not x_is_letter and not self.asks("x is a letter"))
        return spaced and not x_is_letter and not self.asks("x is a letter")

    def looks_cross(self, index: int, before: Expr | None = None) -> bool:
        left, right = self.toks[index - 1], self.toks[index + 1]
        return right[0] in ("num", "cur", "vulgar", "(", "√", "[") and (
            left[0] in ("num", "vulgar", ")", "%", "cur", "upright", "]")
            or (left[0] == "name" and (isinstance(before, Quantity) or len(left[1]) > 1))
        )

    def x_elsewhere(self) -> bool:
        """x stands somewhere in the line where it cannot be a times sign."""
        return any(
            t[0] == "name" and t[1] in ("x", "X") and not (i and self.looks_cross(i)) for i, t in enumerate(self.toks)
        )

    def bottom_measured(self) -> Expr:
        """What stands below a division sign when there is a unit above it."""
        return self.bottom(measured=True)

    def bottom(self, measured: bool = False) -> Expr:
        """What stands below a division sign.

        `3/4 cup` is three quarters of a cup: there the unit is handed back with the span _FRACTION_UNIT.
        """
        toks = self.toks
        slash = self.pos
        self.pos += 1
        tight = toks[slash - 1][3] == toks[slash][2] and toks[slash][3] == toks[slash + 1][2]
        if tight and not measured and toks[slash + 1][0] == "num" and toks[slash + 2][0] in ("name", "upright"):
            _, value, start, end = toks[self.pos]
            self.pos += 1
            number = Number(value, *_numeral(value), span=Span(start, end))
            if (unit := self.unit_here(number)) is not None:
                return Quantity(number, unit, span=_FRACTION_UNIT)
            self.pos -= 1
        node = self.signed_factor()
        if (
            toks[slash][1] == "/"
            and isinstance(node, Number | Symbol | Constant | Power)
            and self.kind() in ("name", "const", "(", "√", "func")
            and self.adjacent()
            and not self.is_hidden_cross()
            and self.asks("the product stands below the bar")
        ):
            more: list[Expr] = [node]
            while self.kind() in ("name", "const", "(", "√", "func") and self.adjacent():
                more.append(self.factor())
            node = self.multiplied(more, [""] * (len(more) - 1))
        return node

    def is_hidden_cross(self) -> bool:
        return self.kind() == "name" and self.toks[self.pos][1] in ("x", "X") and self.toks[self.pos + 1][0] == "num"

    def factor(self) -> Expr:
        """An operand with its exponent, factorial, percent, degree and unit signs."""
        toks = self.toks
        kind, value, start, end = toks[self.pos]
        node: Expr
        if kind == "num":
            self.pos += 1
            exact, places = _numeral(value if not self.hints.decimal_comma else _with_point(value))
            node = Number(value, exact, places, span=Span(start, end))
            if toks[self.pos][0] in _AFTER_NUMBER:
                node = self.number_with(node)
        elif kind == "name":
            node = self.name()
        elif kind == "(":
            node = self.bracket()
        else:
            node = self.operand(kind)
        kind = toks[self.pos][0]
        marks = 0
        while kind in _POSTFIX:
            marks += 1
            if marks > MAX_DEPTH:
                raise TooLarge(f"More than {MAX_DEPTH} signs follow one another.")
            if kind == "^":
                powered = self.power(node, start)
                if powered is None:
                    break
                node = powered
            elif kind == "sup":
                node = self.superscript(node, start)
            elif (kind == "name" or kind == "upright") and toks[self.pos][1] in _DEGREES:
                if not self.degree_word(node):
                    break
                node = self.degrees(node, start)
            elif kind == "name" or kind == "upright":
                unit = self.unit_here(node)
                if unit is None:
                    break
                node = Quantity(node, unit, span=Span(start, self.toks[self.pos - 1][3]))
                if toks[self.pos][0] in ("num", "and"):
                    node = self.compound(node)
            elif kind == "!":
                node = Factorial(node, span=Span(start, toks[self.pos][3]))
                self.pos += 1
            elif kind == "%":
                if isinstance(node, Symbol) and self.toks[self.pos + 1][0] in ("num", "name"):
                    raise _Stop("operator", self.pos)
                node = Percent(node, span=Span(start, toks[self.pos][3]))
                self.pos += 1
            elif kind == "°":
                if toks[self.pos][1] == "circ":
                    break
                node = self.degrees(node, start)
            elif kind == "cur":
                if not isinstance(node, Number) or toks[self.pos + 1][0] in ("num", "(", "cur"):
                    break
                _, sign, at, end = toks[self.pos]
                self.pos += 1
                node = Quantity(node, Unit(sign, ((sign, 1),), span=Span(at, end)), span=Span(start, end))
            elif kind == "percent":
                self.pos += 1
                node = Percent(node, span=Span(start, toks[self.pos - 1][3]))
            elif (kind == "'" or kind == "prime") and isinstance(node, Symbol):
                node = self.primed(node, start)
            else:
                break
            kind = toks[self.pos][0]
        return node

    def number_with(self, number: Number) -> Expr:
        """A numeral whose meaning the next token changes: mixed numbers, 5C2, decimal commas, repeating marks."""
        toks = self.toks
        kind, value, start, end = toks[self.pos]
        first = number.span[0]
        if kind == "num":
            after = toks[self.pos + 1]
            last = toks[self.pos + 2] if after[0] == "/" else None
            if (
                last is not None
                and last[0] == "num"
                and end == after[2]
                and after[3] == last[2]
                and start > number.span[1]
                and number.text.isdigit()
                and value.isdigit()
                and last[1].isdigit()
            ):
                self.pos += 3
                top = Number(value, *_numeral(value), span=Span(start, end))
                bottom = Number(last[1], *_numeral(last[1]), span=Span(last[2], last[3]))
                return Mixed(number, top, bottom, span=Span(first, last[3]))
        elif kind == "vulgar":
            if number.text.isdigit():
                self.pos += 1
                top, bottom = _vulgar(value, Span(start, end))
                return Mixed(number, top, bottom, span=Span(first, end))
        elif kind == "cmd":
            if value in ("frac", "dfrac", "tfrac") and toks[self.pos + 2][0] == "upright":
                return self.stacked_unit(number)
            if value in ("frac", "dfrac", "tfrac") and number.text.isdigit():
                back = self.pos
                fraction = self.command()
                if (
                    isinstance(fraction, Quotient)
                    and isinstance(fraction.top, Number)
                    and isinstance(fraction.bottom, Number)
                    and fraction.top.text.isdigit()
                    and fraction.bottom.text.isdigit()
                    and fraction.top.value < fraction.bottom.value
                    and not self.asks("the fraction multiplies")
                ):
                    return Mixed(number, fraction.top, fraction.bottom, span=_span(number, fraction))
                self.pos = back
            elif value in ("overline", "bar", "dot") and "." in self.source[number.span[0] : start]:
                return self.repeating(number)
        elif kind == "name":
            after = toks[self.pos + 1]
            if value in _ORDINALS and number.span[1] == start and number.text.isdigit():
                self.pos += 1
                return replace(number, span=Span(first, end))
            if value in "CP" and after[0] == "num" and number.span[1] == start and end == after[2]:
                self.pos += 2
                below = Number(after[1], *_numeral(after[1]), span=Span(after[2], after[3]))
                return Choose(number, below, value == "P", span=_span(number, below))
            if value == "choose":
                self.pos += 1
                below_expr = self.factor()
                return Choose(number, below_expr, span=_span(number, below_expr))
        elif kind == ",":
            return self.decimal_comma(number)
        return number

    def stacked_unit(self, number: Number) -> Expr:
        """10 \\frac{\\text{m}}{\\text{s}}"""
        start = self.toks[self.pos][2]
        self.pos += 1
        factors: list[tuple[str, int]] = []
        for sign in (1, -1):
            self.take("{", "{")
            while self.kind() in ("upright", "name"):
                self.unit_factor(factors, sign)
                if self.kind() == "*":
                    self.pos += 1
            self.take("}", "}")
        unit = Unit(_unit_text(factors), tuple(factors), span=self.span_from(start))
        return Quantity(number, unit, span=self.span_from(number.span[0]))

    def repeating(self, number: Number) -> Expr:
        """0.1\\overline{6}"""
        toks = self.toks
        start = number.span[0]
        digits = ""
        while self.kind() == "cmd" and toks[self.pos][1] in ("overline", "bar", "dot"):
            self.pos += 1
            if self.kind() == "{":
                self.pos += 1
                digits += toks[self.pos][1]
                self.take("num", "digits")
                self.take("}", "}")
            else:
                digits += toks[self.pos][1][0]
                self.take("num", "digits")
        if not digits.isdigit():
            raise _Stop("digits", self.pos)
        span = self.span_from(start)
        text = f"{number.text.rstrip('.')}{'' if '.' in number.text.rstrip('.') else '.'}({digits})"
        return Number(text, *_numeral(text), span=span)

    def decimal_comma(self, number: Number) -> Expr:
        """0,5 where a comma marks the decimals."""
        toks = self.toks
        comma, after = toks[self.pos], toks[self.pos + 1]
        hint = self.hints.decimal_comma
        if (
            hint is False
            or after[0] != "num"
            or comma[2] != number.span[1]
            or comma[3] != after[2]
            or not after[1].isdigit()
            or not number.text.replace(".", "").replace(" ", "").isdigit()
        ):
            return number
        if hint is None and not _GROUPED.fullmatch(number.text):
            following = toks[self.pos + 2][0]
            arithmetic = following in "+-*/%" or following == "cur"
            before = toks[self.pos - 2][0] if self.pos >= 2 else ""
            zero = number.text == "0"
            if self.depth or following == "," or not (zero or arithmetic or before in ("+", "-", "*", "/", "cur")):
                if self.depth or following == "," or not self.asks("the comma marks decimals"):
                    return number
            elif before == "," or (not zero and not arithmetic and before == "-"):
                return number
        self.pos += 2
        text = number.text + "," + after[1]
        value, places = _numeral(number.text.replace(".", "") + "." + after[1])
        return Number(text, value, places, span=Span(number.span[0], after[3]))

    # ------------------------------------------------------------ signs after an operand

    def power(self, base: Expr, start: int) -> Expr | None:
        """a^b, with b a single operand, a signed one or a braced group."""
        toks = self.toks
        self.pos += 1
        kind, _value, _, _end = toks[self.pos]
        if kind in ("+", "-") and (toks[self.pos + 1][0] in _CLOSERS or toks[self.pos + 1][0] in "(),"):
            self.pos -= 1
            return None
        if kind == "{" and toks[self.pos + 1][0] in ("+", "-") and toks[self.pos + 2][0] == "}":
            self.pos -= 1
            return None
        if kind == "°" or (kind in "{(" and toks[self.pos + 1][0] == "°" and toks[self.pos + 2][0] in "})"):
            self.pos += 0 if kind == "°" else 1
            node = self.degrees(base, start)
            if kind != "°":
                self.pos += 1
            return node
        if kind == "prime" or (kind == "{" and toks[self.pos + 1][0] in ("prime", "'")):
            self.pos += kind == "{"
            node = self.primed(base, start)
            if kind == "{":
                self.take("}", "}")
            return node
        self.deeper()
        # x^23 in LaTeX is x² times 3, yet whoever types it means x to the 23.
        raising, self.raising = self.raising, True
        exponent: Expr = self.signed(self.factor) if kind in _ADDITIVE else self.exponent_operand()
        self.raising = raising
        numeric = isinstance(base, Number | Constant)
        if numeric and isinstance(exponent, Number) and self.kind() == "name" and self.adjacent():
            if not self.is_hidden_cross() and self.asks("the product stands in the exponent"):
                more: list[Expr] = [exponent]
                while self.kind() == "name" and self.adjacent():
                    more.append(self.factor())
                exponent = self.multiplied(more, [""] * (len(more) - 1))
        elif (
            isinstance(exponent, Number)
            and self.kind() == "/"
            and self.adjacent()
            and toks[self.pos + 1][0] == "num"
            and toks[self.pos][3] == toks[self.pos + 1][2]
            and toks[self.pos - 2][0] == "^"
            and exponent.text == "1"
            and not numeric
            and self.asks("the fraction stands in the exponent")
        ):
            self.pos += 1
            below = self.factor()
            exponent = Quotient(exponent, below, span=_span(exponent, below))
        self.depth -= 1
        return Power(base, exponent, span=Span(start, self.toks[self.pos - 1][3]))

    def exponent_operand(self) -> Expr:
        if self.kind() == "{":
            return self.group()
        return self.factor()

    def superscript(self, base: Expr, start: int) -> Expr:
        _, value, at, end = self.toks[self.pos]
        if value[-1] in "+-" and len(value) == 1:
            raise _Stop("operator", self.pos)
        self.pos += 1
        if value.isdigit():
            exponent: Expr = Number(value, *_numeral(value), span=Span(at, end))
        else:
            inner = _Reader(value, list(tokenize(value)), self.hints, self.choices)
            exponent = inner.sum()
            if inner.kind() != "end":
                raise _Stop("operator", self.pos - 1)
            exponent = _moved(exponent, at)
        return Power(base, exponent, span=Span(start, end))

    def degrees(self, node: Expr, start: int) -> Expr:
        """30°, or 25 °C"""
        end = self.toks[self.pos][3]
        self.pos += 1
        kind, value, at, letter_end = self.toks[self.pos]
        value = {"Celsius": "C", "celsius": "C", "Fahrenheit": "F", "fahrenheit": "F"}.get(value, value)
        closing = kind == "}" and self.toks[self.pos + 1][1] in ("C", "F")
        if closing:
            kind, value, at, letter_end = self.toks[self.pos + 1]
        if kind in ("name", "upright") and value in ("C", "F", "K") and value not in self.hints.symbols:
            if closing:
                # The brace after ^{\circ} is passed by the caller; the letter is put in its place.
                self.toks[self.pos], self.toks[self.pos + 1] = self.toks[self.pos + 1], self.toks[self.pos]
            self.pos += 1
            unit = Unit(f"°{value}", ((f"°{value}", 1),), span=Span(at - 1, letter_end))
            return Quantity(node, unit, span=Span(start, letter_end))
        return Degrees(node, span=Span(start, end))

    def degree_word(self, node: Expr) -> bool:
        """`30 degrees`, `30 deg`"""
        value = self.toks[self.pos][1]
        return value not in self.hints.symbols and (value != "deg" or not isinstance(node, Call))

    def primed(self, node: Expr, start: int) -> Expr:
        """y' and y''"""
        order = 0
        while self.kind() in ("'", "prime"):
            order += 1
            self.pos += 1
        if not isinstance(node, Symbol):
            raise _Stop("operator", self.pos - 1)
        return Derivative(node, None, order, span=self.span_from(start))

    def evaluated(self, node: Expr) -> Expr:
        """F(x) |_a^b"""
        self.pos += 1
        lower, upper, variable = self.limits()
        if lower is None or upper is None:
            raise _Stop("limits", self.pos)
        return Evaluated(node, lower, upper, variable, span=self.span_from(node.span[0]))

    def limits(self) -> tuple[Expr | None, Expr | None, Symbol | None]:
        """_a^b, in either order; `x=a` names the variable."""
        lower: Expr | None = None
        upper: Expr | None = None
        variable: Symbol | None = None
        for _ in range(2):
            kind, value, at, _end = self.toks[self.pos]
            if kind == "_" and lower is None:
                self.pos += 1
                if self.kind() == "{" and self.toks[self.pos + 2][1] == "=" and self.toks[self.pos + 1][0] == "name":
                    self.pos += 1
                    variable = self.variable()
                    self.pos += 1
                    lower = self.sum()
                    self.take("}", "}")
                else:
                    lower = self.limit_value()
            elif kind == "sub" and lower is None:
                self.pos += 1
                lower = self.little(value, at)
            elif kind == "^" and upper is None:
                self.pos += 1
                upper = self.limit_value()
            elif kind == "sup" and upper is None:
                self.pos += 1
                upper = self.little(value, at)
        return lower, upper, variable

    def little(self, value: str, at: int) -> Expr:
        inner = _Reader(value, list(tokenize(value)), self.hints, self.choices)
        return _moved(inner.sum(), at)

    def limit_value(self) -> Expr:
        """One operand of _ or ^: a group, a bracket, a signed letter or numeral (never with its own exponent)."""
        kind, value, start, end = self.toks[self.pos]
        if kind == "{":
            return self.group()
        if kind == "(":
            inner = self.bracket()
            return inner.inner if isinstance(inner, Bracket) else inner
        if kind in ("-", "+"):
            self.pos += 1
            inner = self.limit_value()
            cls = Negative if kind == "-" else Positive
            return cls(inner, span=Span(start, inner.span[1]))
        self.pos += 1
        if kind == "num":
            number = Number(value, *_numeral(value), span=Span(start, end))
            if self.kind() == "/" and self.toks[self.pos + 1][0] == "num" and self.adjacent():
                self.pos += 1
                below = self.limit_value()
                return Quotient(number, below, span=_span(number, below))
            return number
        if kind == "const":
            constant = Constant(names.CONSTANTS.get(value, value), span=Span(start, end))
            if self.kind() == "/" and self.toks[self.pos + 1][0] == "num" and self.adjacent():
                self.pos += 1
                below = self.limit_value()
                return Quotient(constant, below, span=_span(constant, below))
            return constant
        self.pos -= 1
        if kind == "name" and len(value) == 1:
            return self.letter()
        if kind in ("cmd", "√"):
            return self.operand(kind)
        raise _Stop("limits", self.pos)

    # ------------------------------------------------------------ units

    def unit_here(self, node: Expr) -> Unit | None:
        """The unit or counted noun that begins at this token, if one does."""
        toks = self.toks
        kind, value, start, _end = toks[self.pos]
        hints = self.hints
        if self.raising or value in hints.symbols or (kind == "name" and value in hints.functions):
            return None
        numeric = isinstance(node, Number | Mixed | Percent | Quotient) or (
            isinstance(node, Power) and isinstance(node.base, Number)
        )
        if kind == "upright":
            if not isinstance(node, Number | Mixed | Bracket | Quotient | Symbol | Root | Power | Constant):
                return None
            if value in names.STOP_WORDS and value != "in":
                return None
            if len(value) == 1 and value not in names.SINGLE_UNITS:
                return None
        elif len(value) == 1:
            if isinstance(node, Power) and isinstance(node.base, Number) and node.base.text == "10":
                # 7.35 × 10^6 J
                if value not in names.SINGLE_UNITS:
                    return None
                return self.unit()
            if not numeric or value not in names.SINGLE_UNITS or not self.single_letter_unit(value):
                return None
        elif not numeric:
            if value not in names.UNITS or value in ("in", "second", "square") or self.adjacent():
                return None
            if not isinstance(node, Bracket | Symbol | Root | Power | Constant):
                return None
        elif not self.word_unit(value, start):
            return None
        return self.unit()

    def single_letter_unit(self, letter: str) -> bool:
        """`14 m`, `14 m/s`: a letter after a number that is a unit."""
        toks = self.toks
        pos = self.pos
        spaced = not self.adjacent()
        if self.hints.units:
            return True
        after, following = toks[pos + 1], toks[pos + 2]
        if letter in "CFTHtlΩ" and letter != "C":
            return False
        if after[0] == "/" and following[0] in ("name", "upright") and after[2] == toks[pos][3]:
            known = following[1] in names.UNITS or following[1] in names.SINGLE_UNITS
            if known and (len(following[1]) > 1 or spaced or toks[pos + 3][0] in ("^", "sup")):
                return following[1] not in self.hints.symbols
        if after[0] == "/" and following[0] == "(" and toks[pos + 3][1] in names.UNITS:
            return True
        if after[0] == "/" and (letter, following[1]) in _COMPOUND and following[1] not in self.hints.symbols:
            return True
        if not spaced:
            return False
        if after[0] == "num" and following[1] in _FINER.get(letter, ()):
            return True
        if after[0] == ")" and (toks[pos - 2][0] == "(" or (toks[pos - 2][0] in "+-" and toks[pos - 3][0] == "(")):
            return True
        if after[0] == "name" and after[1] == "x" and following[0] == "num":
            return True
        used = sum(
            t[0] == "name" and t[1] == letter and not (i > 1 and toks[i - 1][0] == "/" and self.is_unit_word(i - 2))
            for i, t in enumerate(toks)
        )
        as_unit = sum(
            t[0] == "name" and t[1] == letter and i > 0 and toks[i - 1][0] == "num" and toks[i - 1][3] < t[2]
            for i, t in enumerate(toks)
        )
        ends = after[0] in ("end", "rel", ",", ".", ";", ")", "arrow", "delim")
        if used != as_unit and any(t[0] == "^" and i and toks[i - 1][1] == "10" for i, t in enumerate(toks)):
            return ends
        if (
            used != as_unit
            or (not ends and after[0] in ("^", "sup", "name", "const", "func"))
            or (after[0] == "(" and after[2] == toks[pos][3])
        ):
            return after[0] in ("^", "sup") and used == as_unit and letter in "ms" and toks[0][1] != letter
        others = any(
            t[0] == "name"
            and i
            and (toks[i - 1][0] == "num" or toks[i - 2][1] == "10")
            and (t[1] in names.UNITS or (t[1] in names.SINGLE_UNITS and (t[1], toks[i + 2][1]) in _COMPOUND))
            for i, t in enumerate(toks)
        )
        alone = toks[1][1] == "=" and toks[0][0] == "name" and ends
        return others or used > 1 or alone

    def word_unit(self, value: str, start: int) -> bool:
        """Whether a word of two letters or more after a number is a unit or a counted noun."""
        toks = self.toks
        if value in names.UNITS:
            if value == "in":
                return (
                    toks[self.pos + 1][0] not in _WORDLIKE
                    and toks[self.pos + 1][0] not in ("delim", "upright")
                    and toks[self.pos + 1][0] != "num"
                )
            if len(value) == 2 and set(value) <= self.singles():
                return False
            return not (
                (value in ("mo", "Omega") and self.source[start : start + 1] not in ("Ω", "\\"))
                or (value == "sec" and toks[self.pos + 1][0] in ("(", "name", "^", "sup"))
            )
        if len(value) == 2 or value in names.STOP_WORDS or value in names.GREEK or value in names.EACH:
            return False
        if value.lower() in names.UNITS:
            return True
        if not value.isalpha() or value in ("choose", "sum", "prod") or set(value) <= self.singles():
            return False
        if _RUN_OF_FUNCTIONS.fullmatch(value) and value not in _NOT_FUNCTIONS:
            return False
        if value.startswith("pi") and len(value) <= 4:
            return False
        if value.isupper() or not value[1:].islower() or (self.soft and value[0].isupper()):
            return False
        # `2abc` typed together is a product whose letters are not known, not a noun.
        return toks[self.pos - 1][3] < start or len(value) > 4

    def unit(self) -> Unit:
        """km, m/s^2, kg·m/s², socks per pair, square feet: the factors with their exponents."""
        toks = self.toks
        start = toks[self.pos][2]
        factors: list[tuple[str, int]] = []
        sign = 1
        if self.kind() in ("/", "per"):
            sign = -1
            self.pos += 1
        while True:
            self.unit_factor(factors, sign)
            kind, value, at, end = toks[self.pos]
            after = toks[self.pos + 1]
            if kind in ("/", "*") and after[0] == "°" and toks[self.pos + 2][1] in ("C", "F"):
                factors.append((f"°{toks[self.pos + 2][1]}", -1 if kind == "/" else sign))
                self.pos += 3
                break
            if kind == "/" and self.is_unit_word(self.pos + 1):
                self.pos += 1
                sign = -1
            elif kind == "/" and after[0] == "(" and self.is_unit_word(self.pos + 2):
                self.pos += 2
                while self.kind() in ("name", "upright"):
                    self.unit_factor(factors, -1)
                    if self.kind() == "*":
                        self.pos += 1
                self.take(")", ")")
                break
            elif kind == "per" and after[0] in ("name", "upright"):
                self.pos += 1
                sign = -1
            elif (
                kind == "*"
                and self.is_unit_word(self.pos + 1)
                and after[1] in _SHORT_UNITS
                and (value == "·" or (value == "*" and toks[self.pos - 1][3] == at and end == after[2]))
            ):
                self.pos += 1
            elif kind in ("name", "upright") and self.unit_goes_on(factors[-1][0]):
                if value in ("a", "an"):
                    self.pos += 1
                    sign = -1
            else:
                break
        written = self.source[start : toks[self.pos - 1][3]]
        if "\\" in self.source:
            written = _unit_text(factors)
        return Unit(written, tuple(factors), span=self.span_from(start))

    def unit_goes_on(self, last: str) -> bool:
        """Whether the word at hand belongs to the unit: `kg m`, `glue sticks`, `dollars an hour`, `dozen eggs`."""
        kind, value, _, _ = self.toks[self.pos]
        after = self.toks[self.pos + 1]
        if value in self.hints.symbols or (value in ("x", "X")):
            return False
        if value in ("a", "an"):
            return after[0] in ("name", "upright") and after[1] in names.UNITS and len(after[1]) > 2
        if last in names.MULTIPLES or last == "$":
            return value in names.MULTIPLES or (
                last in names.MULTIPLES and self.is_unit_word(self.pos) and len(value) > 2
            )
        if value in _SHORT_UNITS and last in _SHORT_UNITS and value != "in":
            return (
                kind == "upright" or after[0] in ("^", "sup", "/") or self.hints.units or (len(last + value) > 2)
            ) and value not in self.singles_as_symbols()
        return False

    def singles_as_symbols(self) -> frozenset[str]:
        return self.hints.symbols

    def is_unit_word(self, index: int) -> bool:
        kind, value, _start, _ = self.toks[index]
        if kind not in ("name", "upright") or value in self.hints.symbols:
            return False
        if kind == "upright":
            return value not in names.STOP_WORDS
        if len(value) == 1:
            return value in names.SINGLE_UNITS
        if value in names.UNITS:
            return True
        return len(value) > 2 and value.islower() and value not in names.STOP_WORDS and value not in names.GREEK

    def unit_factor(self, factors: list[tuple[str, int]], sign: int) -> None:
        toks = self.toks
        kind, value, _, _ = toks[self.pos]
        if kind not in ("name", "upright"):
            raise _Stop("unit", self.pos)
        self.pos += 1
        exponent = 1
        if value in names.POWER_WORDS and self.is_unit_word(self.pos):
            exponent = names.POWER_WORDS[value]
            value = toks[self.pos][1]
            self.pos += 1
        word = self.possessive(value)
        known = value in names.UNITS or len(value) == 1
        if not known:
            # A counted noun of two words, `glue sticks`, and `pairs of socks`.
            nxt = toks[self.pos]
            if (
                nxt[0] == "name"
                and len(nxt[1]) > 2
                and nxt[1].islower()
                and nxt[1] not in names.STOP_WORDS
                and nxt[1] not in names.UNITS
                and nxt[1] not in names.EACH
                and nxt[1] not in self.hints.symbols
                and not nxt[1].endswith(("ed", "ing", "ly"))
            ):
                word = f"{word} {nxt[1]}"
                self.pos += 1
        if (
            toks[self.pos][0] == "of"
            and toks[self.pos + 1][0] in ("name", "upright")
            and len(toks[self.pos + 1][1]) > 2
            and toks[self.pos + 1][1] not in names.STOP_WORDS
            and value not in names.MULTIPLES
        ):
            if not known:
                word = f"{word} of {toks[self.pos + 1][1]}"
            self.pos += 2
        kind, value, _, _ = toks[self.pos]
        if kind == "^":
            after = toks[self.pos + 1]
            braced = after[0] == "{"
            at = self.pos + 1 + braced
            minus = toks[at][0] == "-"
            at += minus
            if toks[at][0] != "num" or not toks[at][1].isdigit() or len(toks[at][1]) > 2:
                raise _Stop("unit", at)
            exponent = int(toks[at][1]) * (-1 if minus else 1)
            self.pos = at + 1
            if braced:
                self.take("}", "}")
        elif kind == "sup" and value.lstrip("-").isdigit() and len(value) < 4:
            exponent = int(value)
            self.pos += 1
        elif kind == "name" and value in ("squared", "cubed"):
            exponent = names.POWER_WORDS[value]
            self.pos += 1
        if (
            self.kind() == "."
            and value in _ABBREVIATED
            and toks[self.pos + 1][0] in ("*", "+", "-", "/", "rel", ")", "^")
        ):
            self.pos += 1
        factors.append(("Ω" if word == "Omega" else word, sign * exponent))

    def compound(self, first: Quantity) -> Expr:
        """5 ft 6 in, 2 hours and 30 minutes: the sum of the two"""
        toks = self.toks
        finer = _FINER.get(first.unit.factors[0][0]) if len(first.unit.factors) == 1 else None
        at = self.pos + (self.kind() == "and")
        if finer is None or toks[at][0] != "num" or toks[at + 1][0] not in ("name", "upright"):
            return first
        if toks[at + 1][1] not in finer or toks[at + 2][0] in ("/", "per", "^"):
            return first
        self.pos = at + 1
        _, value, start, end = toks[at]
        number = Number(value, *_numeral(value), span=Span(start, end))
        unit = self.unit()
        second: Expr = Quantity(number, unit, span=self.span_from(start))
        if self.kind() in ("num", "and"):
            second = self.compound(second)  # type: ignore[arg-type]
        terms = second.terms if isinstance(second, Sum) else (second,)
        return Sum((first, *terms), span=self.span_from(first.span[0]))

    def possessive(self, word: str) -> str:
        """`children's bowls`, `girls' shoes`"""
        toks = self.toks
        if self.kind() == "'" and self.adjacent():
            after = toks[self.pos + 1]
            if after[1] == "s" and after[2] == toks[self.pos][3]:
                self.pos += 2
                return word + "'s"
            if word.endswith("s") and after[0] == "name":
                self.pos += 1
                return word + "'"
        return word

    def money(self) -> Expr:
        """$5, $4/hour, $2.5 per kg, $3 million"""
        toks = self.toks
        _, sign, start, _end = toks[self.pos]
        self.pos += 1
        kind, value, at, number_end = toks[self.pos]
        node: Expr
        if kind == "num":
            self.pos += 1
            number = Number(value, *_numeral(value), span=Span(at, number_end))
            node = self.number_with(number) if self.kind() in ("num", "vulgar", ",") else number
        elif kind == "(":
            node = self.bracket()
        elif kind == "-" and toks[self.pos + 1][0] == "num":
            node = self.signed(self.factor)
        elif kind == "name" and len(value) == 1:
            node = self.letter()
        else:
            raise _Stop("amount", self.pos)
        factors = [(sign, 1)]
        kind, value, _, _ = toks[self.pos]
        if (kind == "/" and self.is_unit_word(self.pos + 1)) or (
            kind == "per" and toks[self.pos + 1][0] in ("name", "upright")
        ):
            factors += self.unit().factors
        elif kind in ("name", "upright") and (
            value in names.MULTIPLES or (value in ("a", "an") and self.unit_goes_on("$"))
        ):
            if value in ("a", "an"):
                self.pos += 1
                self.unit_factor(factors, -1)
            else:
                factors += self.unit().factors
        elif kind in ("name", "upright") and value in ("dollars", "dollar"):
            self.pos += 1
        self.each()
        text = sign + "".join(f"/{w}" if n == -1 else f" {w}" for w, n in factors[1:])
        span = self.span_from(start)
        return Quantity(node, Unit(text, tuple(factors), span=span), span=span)

    def each(self) -> None:
        """Pass `each` or `in total` after a quantity, where the line goes on or ends after it."""
        toks = self.toks
        at = self.pos
        if toks[at][1] == "in" and toks[at + 1][1] in ("total", "all"):
            at += 1
        goes_on = toks[at + 1][0] in ("rel", "end", "*", "+", "-", "/") or at > self.pos
        if toks[at][0] == "name" and toks[at][1] in names.EACH and goes_on:
            self.pos = at + 1

    # ------------------------------------------------------------ operands

    def operand(self, kind: str) -> Expr:
        toks = self.toks
        _, value, start, end = toks[self.pos]
        if kind == "func":
            return self.function()
        if kind == "const":
            self.pos += 1
            return Constant(names.CONSTANTS.get(value, value), span=Span(start, end))
        if kind == "√" or kind == "root":
            return self.radical()
        if kind == "vulgar":
            self.pos += 1
            top, bottom = _vulgar(value, Span(start, end))
            return Quotient(top, bottom, stacked=True, span=Span(start, end))
        if kind == "|" or kind == "|(":
            return self.absolute()
        if kind == "[":
            return self.bracket()
        if kind == "{" or kind == "set{":
            return self.braces()
        if kind == "cmd":
            return self.command()
        if kind == "cur":
            return self.money()
        if kind == "begin":
            return self.environment()
        if kind == "int":
            return self.integral()
        if kind == "series":
            return self.series(value)
        if kind in ("Sigma", "Pi"):
            if toks[self.pos + 1][0] in ("_", "sub", "^") and toks[self.pos + 2][0] in ("{", "("):
                return self.series("sum" if kind == "Sigma" else "product")
            self.pos += 1
            return self.named(kind, start, end)
        if kind == "lim":
            return self.limit()
        if kind in ("floor", "ceil"):
            self.pos += 1
            inner = self.inside("⌋" if kind == "floor" else "⌉")
            return Call(kind, (inner,), span=self.span_from(start))
        if kind == "⟨":
            self.pos += 1
            items = self.items("⟩")
            return Tuple(tuple(items), angle=True, span=self.span_from(start))
        if kind == "rel" and value == "<":
            return self.angle_vector()
        if kind == "‖":
            self.pos += 1
            return Absolute(self.inside("‖"), span=self.span_from(start))
        if kind == "angle":
            self.pos += 1
            _, letters, _, last = toks[self.pos]
            self.take("name", "operand")
            return Symbol(f"{value}_{letters}", span=Span(start, last))
        if kind == "set":
            self.pos += 1
            return NumberSet(value, span=Span(start, end))
        if kind == "{}":
            self.pos += 1
            return SetOf((), span=Span(start, end))
        if kind == "dots":
            self.pos += 1
            return Dots(span=Span(start, end))
        if kind == "upright":
            if len(value) == 1 or (value.isupper() and len(value) <= 4):
                toks[self.pos] = ("name", value, start, end)
                return self.name()
            return self.words()
        if kind == "sup" and toks[self.pos + 1][0] == "name" and toks[self.pos + 1][1] in "CP":
            below = toks[self.pos + 2]
            if below[0] == "sub" and value.isdigit() and below[1].isdigit():
                self.pos += 3
                n = Number(value, *_numeral(value), span=Span(start, end))
                k = Number(below[1], *_numeral(below[1]), span=Span(below[2], below[3]))
                return Choose(n, k, toks[self.pos - 2][1] == "P", span=Span(start, below[3]))
        raise _Stop("operand", self.pos)

    def inside(self, closer: str) -> Expr:
        """One expression up to its closing sign."""
        self.deeper()
        outer, self.bars = self.bars, 0
        closing, self.closing = self.closing, False
        inner = self.sum()
        # A dx inside, as in ∫ \\frac{dx}{x}, closes the integral around it.
        self.closing = closing or (self.closing and self.integrals > 0)
        self.bars = outer
        self.depth -= 1
        self.take(closer, closer)
        return inner

    def items(self, closer: str) -> list[Expr]:
        """Expressions between commas, up to the closing sign."""
        self.deeper()
        outer, self.bars = self.bars, 0
        found: list[Expr] = []
        while True:
            if closer in ("}", "set}"):
                self.ungroup()
            found.append(self.operands())
            if self.kind() not in (",", ";"):
                break
            self.pos += 1
        self.bars = outer
        self.depth -= 1
        self.take(closer, closer)
        return found

    def ungroup(self) -> None:
        """Inside {…} and gcd(…) a comma always separates: {100,200} has two members."""
        kind, value, start, _end = self.toks[self.pos]
        if kind == "num" and "," in value:
            pieces: list[Token] = []
            for i, piece in enumerate(value.split(",")):
                if i:
                    pieces.append((",", ",", start - 1, start))
                pieces.append(("num", piece, start, start + len(piece)))
                start += len(piece) + 1
            self.toks[self.pos : self.pos + 1] = pieces

    def group(self) -> Expr:
        """{…} of LaTeX: the expression inside, with no bracket of its own."""
        self.take("{", "{")
        return self.inside("}")

    def argument_group(self) -> Expr:
        """The argument of a LaTeX command: a group, or one letter or digit."""
        kind, value, start, end = self.toks[self.pos]
        if kind == "{":
            return self.group()
        if kind == "num" and len(value) > 1 and value.isdigit():
            self.toks[self.pos : self.pos + 1] = [
                ("num", value[0], start, start + 1),
                ("num", value[1:], start + 1, end),
            ]
            end = start + 1
            value = value[0]
        if kind == "num":
            self.pos += 1
            return Number(value, *_numeral(value), span=Span(start, end))
        if kind == "name":
            if len(value) > 1 and value not in names.GREEK:
                self.split(self.pos, [value[0], value[1:]])
            return self.letter()
        return self.operand(kind)

    def bracket(self) -> Expr:
        """(a), (a, b), [a, b), [[1, 2], [3, 4]], [F]_a^b"""
        toks = self.toks
        kind, _, start, _ = toks[self.pos]
        self.pos += 1
        if toks[self.pos][0] in (")", "]"):
            raise _Stop("operand", self.pos)
        self.deeper()
        outer, self.bars = self.bars, 0
        waiting, self.integrals = self.integrals, 0
        closing, self.closing = self.closing, False
        raising, self.raising = self.raising, False
        items = [self.operands()]
        separators = 0
        while (k := toks[self.pos][0]) in (",", ";"):
            separators += 1
            self.pos += 1
            items.append(self.operands())
        self.bars, self.integrals, self.closing, self.raising = outer, waiting, closing, raising
        self.depth -= 1
        k = toks[self.pos][0]
        if k not in (")", "]"):
            raise _Stop(")" if kind == "(" else "]", self.pos)
        end = toks[self.pos][3]
        self.pos += 1
        span = Span(start, end)
        matching = (kind == "(") == (k == ")")
        if len(items) == 1:
            if not matching:
                raise _Stop(")" if kind == "(" else "]", self.pos - 1)
            if kind == "[" and isinstance(items[0], Tuple | Bracket) and toks[self.pos - 2][0] == "]":
                row = items[0].items if isinstance(items[0], Tuple) else (items[0].inner,)
                return Matrix((row,), span=span)
            if isinstance(items[0], Matrix):
                return replace(items[0], span=span)
            if kind == "[" and toks[self.pos][0] in ("_", "sub"):
                return self.evaluated_bracket(items[0], start)
            return Bracket(items[0], kind, span=span)
        if kind == "[" and k == "]" and all(self.is_row(i) for i in items):
            rows = tuple(_row(i) for i in items)
            if len({len(r) for r in rows}) == 1:
                return Matrix(rows, span=span)
        if len(items) == 2 and (kind == "[" or k == "]"):
            return Interval(items[0], items[1], kind == "[", k == "]", span=span)
        if len(items) == 2 and (_is_infinite(items[0]) or _is_infinite(items[1])):
            return Interval(items[0], items[1], False, False, span=span)
        return Tuple(tuple(items), span=span)

    def is_row(self, item: Expr) -> bool:
        return isinstance(item, Interval | Tuple | Bracket) and self.source[item.span[0]] == "["

    def evaluated_bracket(self, inner: Expr, start: int) -> Expr:
        lower, upper, variable = self.limits()
        if lower is None or upper is None:
            raise _Stop("limits", self.pos)
        return Evaluated(inner, lower, upper, variable, span=self.span_from(start))

    def braces(self) -> Expr:
        """{1, 2}, {x | x > 1}, or a LaTeX group."""
        toks = self.toks
        kind, _, start, _ = toks[self.pos]
        closer = "}" if kind == "{" else "set}"
        if kind == "set{" and toks[self.pos + 1][0] == "begin":
            raise _Stop("operand", self.pos)
        if kind == "{" and "\\" in self.source and not (self.pos and toks[self.pos - 1][0] == "setop"):
            if toks[self.pos + 1][0] == "}" and toks[self.pos + 2][0] in ("_", "^"):
                return self.choose_around()
            return self.group()
        self.pos += 1
        if self.kind() == closer:
            self.pos += 1
            return SetOf((), span=self.span_from(start))
        back = self.pos
        self.deeper()
        outer, self.bars = self.bars, -1
        if self.kind() == "name":
            variable: Expr = self.operands()
            condition: Statement | None = None
            if self.kind() == "rel" and toks[self.pos][1] == "in":
                within = self.chain_from(variable)
                variable_ok = self.kind() in ("|", ":", "|(")
                if variable_ok:
                    self.pos += 1
                    rest = self.alternatives()
                    condition = Both((within, rest), span=_span(within, rest))
            elif self.kind() in ("|", ":"):
                self.pos += 1
                condition = self.alternatives()
            if condition is not None:
                self.depth -= 1
                self.bars = outer
                self.take(closer, closer)
                return SetBuilder(variable, condition, span=self.span_from(start))
        self.depth -= 1
        self.bars = outer
        self.pos = back
        items = self.items(closer)
        return SetOf(tuple(items), span=self.span_from(start))

    def choose_around(self) -> Expr:
        """{}_nC_k"""
        start = self.toks[self.pos][2]
        self.pos += 2
        sign = self.kind()
        self.pos += 1
        n = self.argument_group()
        letter = self.toks[self.pos][1]
        if letter not in ("C", "P") or self.toks[self.pos + 1][0] != "_" or sign not in "_^":
            raise _Stop("operand", self.pos)
        self.pos += 2
        k = self.argument_group()
        return Choose(n, k, letter == "P", span=self.span_from(start))

    def absolute(self) -> Expr:
        _kind, _, start, _ = self.toks[self.pos]
        self.pos += 1
        self.deeper()
        outer, self.bars = self.bars, 1
        inner = self.sum()
        self.bars = outer
        self.depth -= 1
        if self.kind() not in ("|", "|)"):
            raise _Stop("|", self.pos)
        self.pos += 1
        if isinstance(inner, Matrix):
            return Matrix(inner.rows, bars=True, span=self.span_from(start))
        return Absolute(inner, span=self.span_from(start))

    def angle_vector(self) -> Expr:
        """<1, 2>"""
        start = self.toks[self.pos][2]
        self.pos += 1
        self.deeper()
        items = [self.sum()]
        while self.kind() == ",":
            self.pos += 1
            items.append(self.sum())
        self.depth -= 1
        if len(items) < 2 or self.toks[self.pos][1] != ">":
            raise _Stop("operand", self.pos)
        self.pos += 1
        return Tuple(tuple(items), angle=True, span=self.span_from(start))

    def radical(self) -> Expr:
        """√a takes one operand: √2x is (√2)x, and √(2x) the other."""
        kind, value, start, end = self.toks[self.pos]
        self.pos += 1
        self.deeper()
        token = self.toks[self.pos]
        inner = self.root_operand()
        if (
            isinstance(inner, Number)
            and self.kind() == "name"
            and self.adjacent()
            and self.asks("the root covers the product")
        ):
            more: list[Expr] = [inner]
            while self.kind() == "name" and self.adjacent():
                more.append(self.factor())
            inner = self.multiplied(more, [""] * (len(more) - 1))
        self.depth -= 1
        index: Expr | None = None
        if kind == "root":
            index = Number(value, Fraction(int(value)), span=Span(start, end))
        if isinstance(inner, Bracket) and token[0] == "(":
            inner = inner.inner
        return Root(inner, index, span=self.span_from(start))

    def root_operand(self) -> Expr:
        kind, value, start, end = self.toks[self.pos]
        if kind == "num":
            self.pos += 1
            return self.root_power(Number(value, *_numeral(value), span=Span(start, end)))
        if kind == "name":
            if len(value) > 1 and self.resolve():
                kind = self.kind()
            return self.root_power(self.letter() if kind == "name" else self.operand(kind))
        if kind in ("(", "["):
            return self.bracket()
        return self.operand(kind)

    def root_power(self, node: Expr) -> Expr:
        """√x² is the root of x², as -x² is the negative of x²."""
        kind = self.kind()
        if kind == "sup" and not self.asks("the power stands outside the root"):
            return self.superscript(node, node.span[0])
        if kind == "^" and not self.asks("the power stands outside the root"):
            return self.power(node, node.span[0]) or node
        return node

    # ------------------------------------------------------------ LaTeX commands and environments

    def command(self) -> Expr:
        toks = self.toks
        _, value, start, _ = toks[self.pos]
        if value.endswith("frac"):
            found = _STACKED_DERIVATIVE.match(self.source, start)
            if found is not None:
                return self.derivative(found)
            self.pos += 1
            top = self.argument_group()
            bottom = self.argument_group()
            return Quotient(top, bottom, stacked=True, span=self.span_from(start))
        self.pos += 1
        if value == "sqrt":
            index: Expr | None = None
            if self.kind() == "[":
                self.pos += 1
                index = self.inside("]")
            return Root(self.argument_group(), index, span=self.span_from(start))
        if value.endswith("binom"):
            n = self.argument_group()
            return Choose(n, self.argument_group(), span=self.span_from(start))
        if value == "mathbb":
            braced = self.kind() == "{"
            self.pos += braced
            letter = toks[self.pos][1]
            if letter not in ("N", "Z", "Q", "R", "C"):
                raise _Stop("operand", self.pos)
            self.pos += 1
            if braced:
                self.take("}", "}")
            return NumberSet(letter, span=self.span_from(start))
        if value == "not":
            raise _Stop("operand", self.pos - 1)
        accent = _ACCENTS[value]
        inner = self.argument_group()
        span = self.span_from(start)
        if isinstance(inner, Symbol):
            if len(inner.name) > 1 and inner.name.isupper():
                return replace(inner, span=span)
            base, underscore, below = inner.name.partition("_")
            sub = Symbol(f"{base}_{accent}{underscore}{below}", span=span)
            return self.subscripted(sub, start) if self.kind() in ("_", "sub") else sub
        if accent == "bar":
            return Call("conj", (inner,), span=span)
        raise _Stop("operand", self.pos - 1)

    def environment(self) -> Expr:
        """Matrices; cases and arrays of claims are read by `system`."""
        _, name, start, _ = self.toks[self.pos]
        if name.rstrip("*") not in _MATRICES:
            raise _Stop("operand", self.pos)
        self.pos += 1
        rows: list[tuple[Expr, ...]] = []
        row: list[Expr] = []
        self.deeper()
        outer, self.bars = self.bars, 0
        while True:
            kind = self.kind()
            if kind == "close" and not row:
                break
            row.append(self.sum())
            kind = self.kind()
            if kind == "&":
                self.pos += 1
            elif kind == "row":
                self.pos += 1
                rows.append(tuple(row))
                row = []
            elif kind == "close":
                rows.append(tuple(row))
                break
            else:
                raise _Stop("operator", self.pos)
        self.bars = outer
        self.depth -= 1
        self.pos += 1
        if not rows or len({len(r) for r in rows}) != 1:
            raise _Stop("row", self.pos - 1)
        return Matrix(tuple(rows), bars=name.startswith(("v", "V")), span=self.span_from(start))

    def system(self) -> Statement | None:
        """\\begin{cases} x + y = 3 \\\\ x - y = 1 \\end{cases}, with or without a brace before it."""
        toks = self.toks
        back = self.pos
        if self.kind() == "set{":
            self.pos += 1
        if self.kind() != "begin" or toks[self.pos][1] not in ("cases", "array", "dcases", "rcases", "aligned"):
            self.pos = back
            return None
        start = toks[back][2]
        self.pos += 1
        parts: list[Statement] = []
        while self.kind() != "close":
            if self.kind() == "&":
                self.pos += 1
                continue
            parts.append(self.alternatives())
            while self.kind() == "&":
                self.pos += 1
                if self.kind() == "rel" and isinstance(last := parts[-1], Expr | Chain):
                    parts[-1] = self.chain_from(last)
            if self.kind() == "row":
                self.pos += 1
            elif self.kind() != "close":
                raise _Stop("operator", self.pos)
        self.pos += 1
        if not parts or any(isinstance(p, Expr) for p in parts):
            raise _Stop("relation", self.pos - 1)
        return parts[0] if len(parts) == 1 else Both(tuple(parts), span=self.span_from(start))

    # ------------------------------------------------------------ calculus

    def derivative(self, found: re.Match[str]) -> Expr:
        """d/dx (f), dy/dx, d²y/dx²"""
        start, end = found.span()
        order = int(found[1] or _ORDERS.get(found[2] or "", 1))
        while self.toks[self.pos][2] < end:
            self.pos += 1
        variable = Symbol(_letter_name(found[4]), span=Span(*found.span(4)))
        if found[3]:
            at = Span(*found.span(3))
            if found[3].endswith(")"):
                argument = Symbol(found[3][-2], span=Span(at.end - 2, at.end - 1))
                call = Call(_letter_name(found[3][:1]), (argument,), span=at)
                return Derivative(call, variable, order, span=Span(start, end))
            return Derivative(Symbol(_letter_name(found[3]), span=at), variable, order, span=Span(start, end))
        operand: Expr
        self.deeper()
        kind = self.kind()
        if kind in "([":
            operand = self.factor()
            if isinstance(operand, Bracket):
                operand = operand.inner
        elif kind == "{" or kind == "set{":
            operand = self.factor()
        else:
            operand = self.argument(derivative=True)
        self.depth -= 1
        return Derivative(operand, variable, order, span=self.span_from(start))

    def integral(self) -> Expr:
        start = self.toks[self.pos][2]
        self.pos += 1
        if self.kind() == "of":
            self.pos += 1
        lower, upper, _ = self.limits()
        if self.kind() == "name" and self.toks[self.pos][1] == "from":
            self.pos += 1
            lower = self.sum()
            if self.toks[self.pos][1] != "to":
                raise _Stop("limits", self.pos)
            self.pos += 1
            upper = self.limit_value()
            if self.kind() == "of":
                self.pos += 1
        self.deeper()
        self.integrals += 1
        outer, self.closing = self.closing, False
        bars, self.bars = self.bars, 0
        integrand = self.sum()
        self.bars = bars
        self.closing = outer
        self.integrals -= 1
        self.depth -= 1
        if (
            isinstance(integrand, Bracket)
            and not any(isinstance(n, Differential) for n in walk(integrand))
            and self.kind() == "name"
        ):
            raise _Stop("dx", self.pos)
        stripped, variable = _without_differential(integrand)
        if variable is None:
            free = symbols(integrand)
            if len(free) != 1:
                raise _Stop("dx", self.pos)
            variable = Symbol(next(iter(free)))
        return Integral(stripped, variable, lower, upper, span=self.span_from(start))

    def limit(self) -> Expr:
        """lim_{x→a} f, lim x->a f, lim(x->a) f"""
        start = self.toks[self.pos][2]
        self.pos += 1
        if self.kind() == "_":
            self.pos += 1
        opener = self.kind()
        grouped = opener in ("{", "(")
        if grouped or self.toks[self.pos][1] == "as":
            self.pos += 1
        variable = self.variable()
        if self.kind() != "arrow":
            raise _Stop("->", self.pos)
        self.pos += 1
        outer, self.closing = self.closing, True
        target = self.signed() if grouped else self.limit_value()
        self.closing = outer
        side = ""
        kind, value, _, end = self.toks[self.pos]
        if kind == "^":
            self.pos += 1
            braced = self.kind() == "{"
            self.pos += braced
            side = self.kind()
            self.pos += 1
            if braced:
                self.take("}", "}")
        elif kind == "sup" and value in "+-":
            side = value
            self.pos += 1
        elif kind in ("+", "-") and (grouped or (self.adjacent() and end < self.toks[self.pos + 1][2])):
            side = kind
            self.pos += 1
        if side not in ("", "+", "-"):
            raise _Stop("->", self.pos)
        if grouped:
            self.take(")" if opener == "(" else "}", ")")
        if self.kind() in ("of", ","):
            self.pos += 1
        self.deeper()
        operand = self.signed()
        self.depth -= 1
        return Limit(operand, variable, target, side, span=self.span_from(start))

    def series(self, kind: str) -> Expr:
        """Σ_{k=1}^{n} a_k"""
        start = self.toks[self.pos][2]
        self.pos += 1
        variable: Symbol | None = None
        lower: Expr | None = None
        upper: Expr | None = None
        for _ in range(2):
            if self.kind() == "_" and lower is None:
                self.pos += 1
                opener = self.kind()
                if opener not in ("{", "("):
                    raise _Stop("limits", self.pos)
                self.pos += 1
                variable = self.variable()
                if self.toks[self.pos][1] != "=":
                    raise _Stop("limits", self.pos)
                self.pos += 1
                lower = self.sum()
                self.take("}" if opener == "{" else ")", ")")
            elif self.kind() == "^" and upper is None:
                self.pos += 1
                upper = self.limit_value()
        if variable is None or lower is None or upper is None:
            raise _Stop("limits", self.pos)
        self.deeper()
        term = self.signed()
        self.depth -= 1
        return Series(term, variable, lower, upper, kind, span=self.span_from(start))

    def variable(self) -> Symbol:
        kind, value, start, end = self.toks[self.pos]
        if kind != "name":
            raise _Stop("variable", self.pos)
        self.pos += 1
        return Symbol(value, span=Span(start, end))

    # ------------------------------------------------------------ functions and names

    def function(self) -> Expr:
        """sin x, sin²x, sin^-1 x, log_2 8, sqrt(x), gcd(12, 18)"""
        toks = self.toks
        _, value, start, end = toks[self.pos]
        if value in self.hints.symbols:
            self.pos += 1
            return self.named(value, start, end)
        name = names.FUNCTIONS[value]
        if (
            value in ("tr", "Re", "Im", "tg", "lg")
            and toks[self.pos + 1][0] not in ("(", "begin", "\\")
            and (self.source[start] != "\\")
        ):
            toks[self.pos : self.pos + 1] = [
                ("name", value[0], start, start + 1),
                ("name", value[1], start + 1, end),
            ]
            return self.letter()
        if name in _NAMES_ALONE and toks[self.pos + 1][0] in ("rel", "end", ",", ")"):
            self.pos += 1
            return Symbol(value, span=Span(start, end))
        if name in ("min", "max", "det", "arg", "rank", "dim") and toks[self.pos + 1][0] not in (
            "(",
            "{",
            "begin",
            "[",
            "|",
        ):
            if toks[self.pos + 1][0] == "name" and name == "det":
                pass
            else:
                return self.words()
        self.pos += 1
        subscript: Expr | None = None
        kind, sign, at, last = toks[self.pos]
        if kind == "_":
            self.pos += 1
            subscript = self.function_subscript(toks[self.pos - 2][2])
        elif kind == "sub":
            self.pos += 1
            subscript = self.little(sign, at)
        elif kind == "num" and name == "log" and self.adjacent() and sign.isdigit():
            # log2(8) and log10 100 name their base; log2x does not.
            after = toks[self.pos + 1]
            if after[0] == "(" or (after[0] in ("num", "name") and last < after[2]):
                self.pos += 1
                subscript = Number(sign, *_numeral(sign), span=Span(at, last))
        power: Expr | None = None
        kind, sign, at, last = toks[self.pos]
        if kind == "^":
            self.pos += 1
            power = self.signed(self.raised) if self.kind() in _ADDITIVE else self.raised()
        elif kind == "sup":
            self.pos += 1
            power = self.little(sign, at)
        primes = 0
        while self.kind() == "'":
            primes += 1
            self.pos += 1
        if self.kind() == "_" and subscript is None:
            self.pos += 1
            subscript = self.function_subscript(start)
        if power is not None and _is_minus_one(power) and name in names.INVERSE:
            name, power = names.INVERSE[name], None
        self.deeper()
        args: tuple[Expr, ...]
        bracketed = True
        kind = self.kind()
        if kind == "(":
            args = self.arguments(separating=name in names.SEVERAL)
        elif kind == "[" and name not in ("det",):
            inner = self.bracket()
            if isinstance(inner, Interval | Tuple):
                raise _Stop("operand", self.pos - 1)
            args = (inner.inner if isinstance(inner, Bracket) else inner,)
        elif kind == "{" and "\\" in self.source:
            args = (self.group(),)
        elif name == "sqrt":
            self.pos -= 1
            self.depth -= 1
            node = self.radical()
            return node if power is None else Power(node, power, span=node.span)
        elif name == "nCr" or name == "nPr":
            if subscript is not None or value not in ("nCr", "nPr"):
                raise _Stop("operand", self.pos)
            self.depth -= 1
            n, k = Symbol("n", span=Span(start, start + 1)), Symbol("r", span=Span(end - 1, end))
            return Choose(n, k, name == "nPr", span=Span(start, end))
        else:
            if kind not in _STARTS and kind not in _ADDITIVE:
                self.pos -= 1
                raise _Stop("argument", self.pos + 1)
            args = (self.argument(),)
            bracketed = False
        self.depth -= 1
        span = self.span_from(start)
        applied = _applied(name, args, subscript, primes, bracketed, span)
        if applied is None:
            raise _Stop("argument", self.pos - 1)
        return applied if power is None else Power(applied, power, span=span)

    def function_subscript(self, start: int) -> Expr:
        if self.source[start] == "\\":
            return self.argument_group()
        return self.limit_value()

    def raised(self) -> Expr:
        """The exponent between a function's name and its argument."""
        kind, value, start, end = self.toks[self.pos]
        if kind == "num":
            self.pos += 1
            return Number(value, *_numeral(value), span=Span(start, end))
        if kind == "{":
            self.pos += 1
            self.deeper()
            inner = self.sum()
            self.depth -= 1
            self.take("}", "}")
            return inner
        if kind == "(":
            inner = self.bracket()
            return inner.inner if isinstance(inner, Bracket) else inner
        if kind == "name" and len(value) == 1:
            return self.letter()
        raise _Stop("operand", self.pos)

    def arguments(self, separating: bool = False) -> tuple[Expr, ...]:
        """(a, b): the arguments in a bracket."""
        self.pos += 1
        outer, self.bars = self.bars, 0
        waiting, self.integrals = self.integrals, 0
        closing, self.closing = self.closing, False
        found = []
        while True:
            if separating:
                self.ungroup()
            found.append(self.operands())
            if self.kind() not in (",", ";"):
                break
            self.pos += 1
        self.bars, self.integrals, self.closing = outer, waiting, closing
        self.take(")", ")")
        return tuple(found)

    def argument(self, derivative: bool = False) -> Expr:
        """What an unbracketed function takes: 2x of sin 2x + 1, π/6 of sin π/6, x of sin x cos x."""
        toks = self.toks
        factors = [self.signed_factor()]
        while True:
            kind = toks[self.pos][0]
            if kind in ("name", "const"):
                if kind == "name" and len(toks[self.pos][1]) > 1 and not self.resolve():
                    break
                if toks[self.pos][0] not in ("name", "const", "func"):
                    break
                if toks[self.pos][0] == "func" and not derivative:
                    break
                if self.is_differential():
                    break
                if toks[self.pos][0] == "name" and toks[self.pos][1] == "x" and self.looks_cross(self.pos, factors[-1]):
                    break
            elif (kind == "func" and derivative) or (kind in ("cmd", "√") and self.adjacent()):
                pass
            elif not (kind == "(" and self.adjacent() and isinstance(factors[-1], Number | Constant | Symbol)):
                break
            more = self.attempt(self.factor, self.pos)
            if more is None:
                break
            factors.append(more)
        node = factors[0] if len(factors) == 1 else self.multiplied(factors, [""] * (len(factors) - 1))
        if toks[self.pos][0] == "/" and not isinstance(node, Bracket) and not derivative:
            numeric = toks[self.pos + 1][0] == "num"
            has_pi = any(isinstance(n, Constant | Degrees) for n in walk(node))
            if numeric and (has_pi or self.asks("the function takes the quotient")):
                self.pos += 1
                below = self.factor()
                node = Quotient(node, below, span=_span(node, below))
        return node

    def is_differential(self) -> bool:
        kind, value, _, _end = self.toks[self.pos]
        if kind != "name" or value[0] != "d" or not self.integrals:
            return False
        return len(value) == 2 or (len(value) == 1 and self.toks[self.pos + 1][0] == "name")

    def resolve(self) -> bool:
        """Split the run of letters at hand into names that mean something; False where it is a word."""
        _, value, _start, _end = self.toks[self.pos]
        if value in self.hints.symbols or value in self.hints.functions or value in names.GREEK:
            return True
        pieces = self.pieces(value)
        if pieces is None:
            return False
        if len(pieces) > 1:
            self.split(self.pos, pieces)
        return True

    def split(self, index: int, pieces: list[str]) -> None:
        _, _, start, _ = self.toks[index]
        new: list[Token] = []
        for piece in pieces:
            kind = "func" if piece in names.FUNCTIONS else "const" if piece == "pi" else "name"
            new.append((kind, piece, start, start + len(piece)))
            start += len(piece)
        self.toks[index : index + 1] = new

    def pieces(self, value: str) -> list[str] | None:
        """The names in a run of letters, or None for a word."""
        if len(value) == 1:
            return [value]
        singles = self.singles()
        letters = list(value)
        if value.isupper() and len(value) <= 4:
            known = {n for n in self.hints.symbols if len(n) == 1}
            return letters if set(value) <= known else [value]
        if self.integrals and len(value) >= 2 and value[-2] == "d" and value[-1].isalpha():
            if len(value) == 2:
                return [value]
            before = self.pieces(value[:-2])
            return None if before is None else [*before, value[-2:]]
        if len(value) == 2:
            return letters
        if set(value) <= singles and value not in names.STOP_WORDS:
            return letters
        if value not in _NOT_FUNCTIONS and _RUN_OF_FUNCTIONS.fullmatch(value):
            found = _FUNCTION_OR_LETTER.findall(value)
            if any(len(f) > 1 for f in found):
                return list(found)
        if value.startswith("pi") and len(value) <= 4:
            rest = value[2:]
            if len(rest) == 1 or set(rest) <= singles:
                return ["pi", *rest]
        return None

    def name(self) -> Expr:
        """A symbol, a function applied, a differential, or words that stand for a value."""
        toks = self.toks
        _, value, start, end = toks[self.pos]
        hints = self.hints
        if len(value) == 1:
            if value == "d" and (found := _DERIVATIVE.match(self.source, start)) and "d" not in hints.symbols:
                return self.derivative(found)
            return self.letter()
        if value in hints.symbols:
            self.pos += 1
            return self.named(value, start, end)
        if value in hints.functions:
            return self.letter()
        if value in names.GREEK or self.source[start] == "\\":
            if value == "Delta":
                return self.delta()
            return self.letter()
        if toks[self.pos + 1][0] == "_" and value not in ("sum", "prod") and toks[self.pos + 1][2] == end:
            self.pos += 1
            return self.named(value, start, end)
        if value[0] == "d" and (len(value) == 2 or value[1:] in names.GREEK):
            found = _DERIVATIVE.match(self.source, start)
            if found is not None:
                return self.derivative(found)
            if self.integrals:
                self.pos += 1
                self.closing = True
                return Differential(Symbol(value[1:], span=Span(start + 1, end)), span=Span(start, end))
            if value[1:] in "xyztuvw" and "d" not in self.singles():
                self.pos += 1
                return Differential(Symbol(value[1], span=Span(start + 1, end)), span=Span(start, end))
        if value in ("sum", "prod") and toks[self.pos + 1][0] == "_":
            return self.series("sum" if value == "sum" else "product")
        if value in names.CURRENCY_WORDS and toks[self.pos + 1][0] == "num":
            return self.money()
        if (
            len(value) == 2
            and value in names.STOP_WORDS
            and not self.after_operator()
            and (self.soft or toks[self.pos + 1][0] not in ("+", "-", "*", "/", "rel", "^"))
        ):
            raise _Stop("operand", self.pos)
        pieces = self.pieces(value)
        if pieces is None:
            return self.words()
        if len(pieces) == 1:
            self.pos += 1
            return self.named(value, start, end)
        if len(value) == 2 and toks[self.pos + 1][0] in ("name", "func") and end < toks[self.pos + 1][2]:
            following = toks[self.pos + 1][1]
            if len(following) > 2 and following.isalpha() and not self.after_operator():
                return self.words()
        self.split(self.pos, pieces)
        return self.factor_again()

    def factor_again(self) -> Expr:
        kind = self.kind()
        return self.name() if kind == "name" else self.operand(kind)

    def after_operator(self) -> bool:
        """The token at hand follows an operator, an opening bracket or a digit without a space."""
        if not self.pos:
            return False
        before = self.toks[self.pos - 1]
        if before[0] in ("+", "-", "*", "/", "^", "(", "[", "{", "rel", "√", "func"):
            return True
        return before[0] == "num" and before[3] == self.toks[self.pos][2]

    def delta(self) -> Expr:
        """Δt is one name."""
        toks = self.toks
        _, _value, start, end = toks[self.pos]
        after = toks[self.pos + 1]
        if self.source[start] not in "Δ∆\\" or after[0] != "name" or not after[1][0].isalpha():
            return self.letter()
        if self.source[start] != "\\" and after[2] != end:
            return self.letter()
        if len(after[1]) > 1 and after[1] not in names.GREEK:
            self.split(self.pos + 1, [after[1][0], after[1][1:]])
            after = toks[self.pos + 1]
        self.pos += 2
        return self.named(f"Delta_{after[1]}", start, after[3])

    def letter(self) -> Expr:
        """A one-letter (or Greek, or declared) name: constant, symbol or function."""
        toks = self.toks
        _, value, start, end = toks[self.pos]
        self.pos += 1
        hints = self.hints
        kind = toks[self.pos][0]
        if value in "ei" and value not in hints.symbols and kind != "_" and kind != "sub":
            if value == "e":
                return Constant("e", span=Span(start, end))
            if self.i_is_unit():
                return Constant("i", span=Span(start, end))
        elif value == "d" and self.integrals and kind == "name" and "d" not in hints.symbols:
            letter = toks[self.pos]
            if len(letter[1]) == 1:
                self.pos += 1
                self.closing = True
                return Differential(Symbol(letter[1], span=Span(letter[2], letter[3])), span=Span(start, letter[3]))
        if kind in _AFTER_LETTER:
            return self.named(value, start, end)
        return Symbol(value, span=Span(start, end))

    def i_is_unit(self) -> bool:
        if self.hints.complex:
            return True
        toks = self.toks
        for i, t in enumerate(toks):
            if t[0] == "name" and t[1] == "i":
                before, after = toks[i - 1] if i else t, toks[i + 1]
                if before[0] == "_" or (before[0] == "{" and i > 1 and toks[i - 2][0] == "_"):
                    return False
                if (before[0] in ("num", "const") and before[3] == t[2]) or after[0] == "sup":
                    return not self.asks("i is a letter")
                if after[0] == "^" and (toks[i + 2][1] in ("2", "3", "4") or toks[i + 3][1] in ("2", "3", "4")):
                    return not self.asks("i is a letter")
                if after[0] == "const" or (
                    before[1] == "(" and i > 2 and toks[i - 2][0] == "^" and toks[i - 3][1] == "e"
                ):
                    return not self.asks("i is a letter")
                if before[0] in ("+", "-") and i > 1 and toks[i - 2][0] == "num" and after[0] in (")", "end", "rel"):
                    return not self.asks("i is a letter")
        return False

    def named(self, name: str, start: int, end: int) -> Expr:
        """A name with what may follow it: a subscript, primes, arguments."""
        toks = self.toks
        kind, value, at, last = toks[self.pos]
        if kind == "_" or kind == "sub":
            symbol = self.subscripted(Symbol(name, span=Span(start, end)), start)
            if self.kind() not in ("(", "'"):
                return symbol
            name = symbol.name
        elif kind == "num":
            if last > at and value.isdigit() and end == at and len(name) == 1:
                return self.letter_and_digits(name, start, end)
            return Symbol(name, span=Span(start, end))
        primes = 0
        back = self.pos
        while self.kind() in ("'", "prime"):
            primes += 1
            self.pos += 1
        if primes and self.kind() == "(" and (name in self.hints.functions or name not in self.hints.symbols):
            self.deeper()
            args = self.arguments()
            self.depth -= 1
            return Call(name, args, primes=primes, span=self.span_from(start))
        if primes:
            self.pos = back
            return Symbol(name, span=Span(start, toks[back - 1][3]))
        if self.kind() == "^" and name in ("f", "g", "h") and self.inverse_of():
            self.deeper()
            args = self.arguments()
            self.depth -= 1
            return Call(f"{name}_inverse", args, span=self.span_from(start))
        if self.kind() == "(":
            applied = self.maybe_applied(name, start)
            if applied is not None:
                return applied
        return Symbol(name, span=self.span_from(start))

    def inverse_of(self) -> bool:
        """f^-1(, f^{-1}("""
        toks = self.toks
        at = self.pos + 1
        braced = toks[at][0] == "{"
        at += braced
        if toks[at][0] != "-" or toks[at + 1][1] != "1":
            return False
        at += 2
        if braced:
            if toks[at][0] != "}":
                return False
            at += 1
        if toks[at][0] != "(":
            return False
        self.pos = at
        return True

    def subscripted(self, symbol: Symbol, start: int) -> Symbol:
        """x_1, v_max, a_{n+1}: the subscript is part of the name."""
        toks = self.toks
        base = symbol.name
        if base.count("_") > 3:
            raise _Stop("subscript", self.pos)
        kind, value, _at, _end = toks[self.pos]
        self.pos += 1
        if kind == "sub":
            below = value
        elif self.kind() == "{":
            opened = self.pos
            depth = 0
            while True:
                k = self.kind()
                if k == "end":
                    raise _Stop("}", self.pos)
                depth += (k == "{") - (k == "}")
                self.pos += 1
                if not depth:
                    break
            inner = [t[1] for t in toks[opened + 1 : self.pos - 1] if t[0] not in ("cmd",)]
            below = "".join(inner)
        else:
            below = toks[self.pos][1]
            letter = toks[self.pos + 1]
            if (
                below == "0"
                and base == "v"
                and letter[0] == "name"
                and letter[1] in ("x", "y", "z")
                and letter[2] == toks[self.pos][3]
            ):
                # v_0y is one name in physics, unlike a_1x.
                self.pos += 1
                below += letter[1]
            if self.kind() not in ("num", "name", "upright", "func", "of", "per", "const", "int", "or", "and", "*"):
                raise _Stop("subscript", self.pos)
            self.pos += 1
        if not below:
            raise _Stop("subscript", self.pos - 1)
        if not below.isalnum():
            below = "{" + below.replace(" ", "") + "}"
        found = Symbol(f"{base}_{below}", span=self.span_from(start))
        return self.subscripted(found, start) if self.kind() in ("_", "sub") else found

    def letter_and_digits(self, name: str, start: int, end: int) -> Expr:
        """x1: likelier x with a subscript than x times 1, and x2 may be a lost x^2."""
        _, digits, at, last = self.toks[self.pos]
        span = Span(start, last)
        known = f"{name}_{digits}" in self.hints.symbols or f"{name}{digits}" in self.hints.symbols
        if len(digits) == 1 or known:
            if known or not self.asks("the digit multiplies"):
                self.pos += 1
                return Symbol(f"{name}_{digits}", span=span)
        else:
            raise _Stop("operator", self.pos)
        self.pos += 1
        number = Number(digits, *_numeral(digits), span=Span(at, last))
        return Product((Symbol(name, span=Span(start, end)), number), ("",), span=span)

    def maybe_applied(self, name: str, start: int) -> Expr | None:
        """f(x), P(A|B), C(5, 2); None where a bracket after a letter means a product."""
        hints = self.hints
        known = name in hints.functions
        if known or (name in _USUALLY_FUNCTIONS and name not in hints.symbols and self.adjacent()):
            doubtful = name == "h" or self.toks[self.pos - 2][0] == "num"
            if not known and doubtful and self.asks("the letter multiplies"):
                return None
            self.deeper()
            args = self.arguments()
            self.depth -= 1
            return Call(name, args, span=self.span_from(start))
        if not self.adjacent() or name in hints.symbols:
            return None
        toks = self.toks
        opened = self.pos
        inside, after = toks[opened + 1], toks[opened + 2]
        if name in ("C", "P") and self.comma_inside(opened):
            self.deeper()
            args = self.arguments(separating=True)
            self.depth -= 1
            if len(args) == 2:
                return Choose(args[0], args[1], name == "P", span=self.span_from(start))
            raise _Stop("argument", self.pos - 1)
        if name in ("P", "Pr", "p") and self.is_event(opened):
            return self.probability(start)
        if name in ("E", "Var") and inside[0] == "name" and inside[1].isupper() and after[0] == ")":
            return self.applied_plainly(name, start)
        if after[0] == ")" and inside[0] == "name" and inside[1] != name:
            if inside[1] == "t" and name in "vsaxyzuhrpqNPTVIAQdfgm":
                return self.applied_plainly(name, start)
            if inside[1] in ("x", "n") and name in "yuvpqrPQRFGHATVCSNwz" and not self.asks("the letter multiplies"):
                return self.applied_plainly(name, start)
        if (
            after[0] == ")"
            and (
                (inside[0] == "num" and (name.isupper() or name in "pqruvwsy"))
                or (inside[0] == "name" and inside[1] != name)
            )
            and toks[self.pos - 2][0] != "num"
            and self.asks("the letter is applied")
        ):
            return self.applied_plainly(name, start)
        likely = name in ("F", "G") and after[0] == ")" and inside[0] in ("num", "name")
        if likely and not self.asks("the letter multiplies"):
            return self.applied_plainly(name, start)
        return None

    def applied_plainly(self, name: str, start: int) -> Expr:
        self.deeper()
        args = self.arguments()
        self.depth -= 1
        return Call(name, args, span=self.span_from(start))

    def comma_inside(self, opened: int) -> bool:
        depth = 0
        for kind, value, _, _ in self.toks[opened:]:
            if kind == "(":
                depth += 1
            elif kind == ")":
                depth -= 1
                if not depth:
                    return False
            elif depth == 1 and (kind == "," or (kind == "num" and "," in value)):
                return True
        return False

    def is_event(self, opened: int) -> bool:
        """P(A), P(A|B), P(X = 2), P(red): the bracket holds an event."""
        toks = self.toks
        first = toks[opened + 1]
        if first[0] == "upright":
            return True
        if first[0] == "name" and first[1][0].isupper() and first[1] not in self.hints.symbols:
            return True
        depth = 0
        for kind, _value, _, _ in toks[opened:]:
            if kind == "(":
                depth += 1
            elif kind == ")":
                depth -= 1
                if not depth:
                    break
            elif depth == 1 and kind in ("setop", "rel", "and", "or"):
                return True
        return (
            first[0] == "name" and len(first[1]) > 1 and (first[1] in names.STOP_WORDS or self.pieces(first[1]) is None)
        )

    def probability(self, start: int) -> Expr:
        """P(A), P(A|B), P(A ∩ B), P(X = 2); "A and B" is A ∩ B."""
        self.pos += 1
        self.deeper()
        outer, self.bars = self.bars, 0
        args = [self.event()]
        if self.kind() == "|":
            self.pos += 1
            args.append(self.event())
        elif self.kind() == ",":
            self.pos += 1
            second = self.event()
            args = [SetOperation("intersection", (args[0], second), span=_span(args[0], second))]
        self.bars = outer
        self.depth -= 1
        self.take(")", ")")
        return Call("P", tuple(args), span=self.span_from(start))

    def event(self) -> Expr:
        found = self.event_part()
        while self.kind() in ("and", "or"):
            operator = "intersection" if self.kind() == "and" else "union"
            self.pos += 1
            right = self.event_part()
            found = SetOperation(operator, (found, right), span=_span(found, right))
        return found

    def event_part(self) -> Expr:
        self.bars = -1
        back = self.pos
        words = back
        while self.toks[words][0] in _WORDLIKE or self.toks[words][0] in ("num", "-"):
            words += 1
        if self.toks[words][0] in (")", "|") and words > back + 1:
            # P(at least 2 heads)
            self.pos = words
            self.bars = 0
            span = self.span_from(self.toks[back][2])
            if any(len(t[1]) > 2 and t[0] in ("name", "upright") for t in self.toks[back:words]):
                return Words(" ".join(self.source[span[0] : span[1]].split()), span=span)
            self.pos = back
            self.bars = -1
        claim = self.chain()
        self.bars = 0
        if isinstance(claim, Chain):
            subject = claim.operands[0] if len(claim.operands) == 2 else claim.operands[1]
            return SetBuilder(subject, claim, span=claim.span)
        if not isinstance(claim, Expr):
            raise _Stop("operand", self.pos)
        return claim

    # ------------------------------------------------------------ words

    def words(self) -> Expr:
        """A phrase that stands for a value: `cost per kg`, `Total`, `\\text{Area}`."""
        toks = self.toks
        start = toks[self.pos][2]
        first = self.pos
        if toks[first][0] == "upright" and toks[first + 1][0] in ("_", "sub"):
            self.pos += 1
            return self.subscripted(Symbol(toks[first][1]), start)
        if toks[first][1].lower() in names.CONNECTIVES and toks[first + 1][0] != "rel":
            raise _Stop("words", first)
        if self.soft and toks[first][0] != "upright" and toks[first][1].lower() in names.STOP_WORDS:
            raise _Stop("operand", first)
        pos = first
        while toks[pos][0] in _WORDLIKE or (
            toks[pos][0] in ("-", "'")
            and pos > first
            and toks[pos + 1][0] in _WORDLIKE
            and toks[pos - 1][3] == toks[pos][2]
            and toks[pos][3] == toks[pos + 1][2]
        ):
            if pos > first and toks[pos][0] in ("and", "or") and toks[pos + 1][0] not in _WORDLIKE:
                break
            pos += 1
        last = toks[pos - 1]
        if toks[pos][0] not in _AFTER_WORDS and not (toks[pos][0] == "." and toks[pos + 1][0] == "end"):
            raise _Stop("words", first)
        # `the cost c = 5` speaks of c.
        if pos - first > 1 and last[0] == "name" and len(last[1]) == 1 and toks[pos][0] == "rel":
            self.pos = pos - 1
            if toks[pos - 2][1] == "Delta":
                self.pos -= 1
                return self.delta()
            return self.letter()
        if first and toks[first - 1][0] not in _BEFORE_WORDS:
            raise _Stop("operator", first)
        self.pos = pos
        self.wordy = True
        return Words(" ".join(self.source[start : last[3]].split()), span=Span(start, last[3]))


_AFTER_NUMBER = frozenset({"num", "vulgar", "cmd", "name", ","})
_ABBREVIATED = frozenset(
    ["in", "ft", "oz", "lb", "hr", "min", "sec", "yd", "mi", "hrs", "lbs", "mins", "secs", "gal", "qt", "pt", "sq"]
)
_NAMES_ALONE = frozenset({"gcd", "lcm", "min", "max", "det", "rank", "dim"})
_FINER: dict[str, frozenset[str]] = {
    word: frozenset(finer.split())
    for words, finer in (
        ("h hr hrs hour hours", "m min mins minute minutes s sec secs second seconds"),
        ("min mins minute minutes", "s sec secs second seconds"),
        ("day days", "h hr hrs hour hours"),
        ("week weeks", "day days"),
        ("year years", "month months week weeks day days"),
        ("month months", "day days week weeks"),
        ("ft foot feet", "in inch inches"),
        ("yd yard yards", "ft foot feet in inch inches"),
        ("lb lbs pound pounds", "oz ounce ounces"),
        ("m metre metres meter meters", "cm mm centimetres centimeters"),
        ("km", "m"),
        ("kg", "g"),
        ("dollar dollars", "cent cents"),
    )
    for word in words.split()
}
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_COMPOUND = frozenset(
    (p[0], p[2]) for p in ["m/s", "N/m", "N/C", "V/m", "W/m", "J/s", "C/s", "J/K", "J/C", "g/L", "m/h", "N/s"]
)
_DEGREES = frozenset({"degrees", "degree", "deg"})
_AFTER_LETTER = frozenset({"_", "sub", "num", "'", "prime", "(", "^"})
_USUALLY_FUNCTIONS = frozenset({"f", "g", "h"})
_MATRICES = frozenset(["matrix", "pmatrix", "bmatrix", "vmatrix", "Vmatrix", "Bmatrix", "smallmatrix", "array"])
_SHORT_UNITS = names.SINGLE_UNITS | frozenset(u for u in names.UNITS if len(u) <= 3)
_ACCENTS = {
    "overline": "bar", "bar": "bar", "hat": "hat", "widehat": "hat", "vec": "vec", "overrightarrow": "vec",
    "tilde": "tilde", "widetilde": "tilde", "dot": "dot", "ddot": "ddot",
}  # fmt: skip
_BEFORE_WORDS = frozenset(
    {"rel", "+", "-", "*", "/", "(", "arrow", ",", ";", "or", "and", "row", "&", "begin", "{", "set{", "±", "["}
)
_FRACTION_UNIT = Span(-1, -1)
_RELATION_WORDS = {"in": "in", "notin": "notin", "subset": "subset", "propto": "∝"}
_SET_WORDS = {"intersect": "intersection", "setminus": "minus", "U": "union", "u": "union", "or": "union"}


def _unit_text(factors: list[tuple[str, int]]) -> str:
    """m/s^2, the factors in written order"""
    text = ""
    for word, n in factors:
        text += ("/" if n < 0 else "*" if text else "") + word + (f"^{abs(n)}" if abs(n) != 1 else "")
    return text


def _letter_name(text: str) -> str:
    text = text.lstrip("\\")
    return names.LETTERS.get(text, text)


def _vulgar(value: str, span: Span) -> tuple[Number, Number]:
    top, bottom = value.split("/")
    return Number(top, Fraction(int(top)), span=span), Number(bottom, Fraction(int(bottom)), span=span)


def _is_minus_one(expr: Expr) -> bool:
    return isinstance(expr, Negative) and isinstance(expr.operand, Number) and expr.operand.text == "1"


def _is_infinite(expr: Expr) -> bool:
    inner = expr.operand if isinstance(expr, Negative | Positive) else expr
    return isinstance(inner, Constant) and inner.name == "infinity"


def _row(item: Expr) -> tuple[Expr, ...]:
    if isinstance(item, Interval):
        return (item.lower, item.upper)
    if isinstance(item, Tuple):
        return item.items
    assert isinstance(item, Bracket)
    return (item.inner,)


def _as_set(expr: Expr) -> Expr:
    """(a, b) among sets is an open interval, R the real numbers."""
    if isinstance(expr, Tuple) and len(expr.items) == 2 and not expr.angle:
        return Interval(expr.items[0], expr.items[1], False, False, span=expr.span)
    if isinstance(expr, Symbol) and expr.name in names.SETS:
        return NumberSet(expr.name, span=expr.span)
    return expr


def _moved(expr: Expr, by: int) -> Expr:
    """The tree of a superscript, at its place in the line."""
    from tutor.syntax.tree import rebuild

    moved = rebuild(expr, lambda n: _moved(n, by) if isinstance(n, Expr) else n)
    return replace(moved, span=Span(expr.span[0] + by, expr.span[1] + by))


def _without_differential(expr: Expr) -> tuple[Expr, Symbol | None]:
    """The integrand without its dx, and the variable."""
    if isinstance(expr, Differential):
        return Number("1", Fraction(1), span=expr.span), expr.variable
    if isinstance(expr, Product):
        for i, factor in enumerate(expr.factors):
            inner, variable = _without_differential(factor)
            if variable is None:
                continue
            if isinstance(factor, Differential):
                rest = expr.factors[:i] + expr.factors[i + 1 :]
                signs = expr.signs[: max(i - 1, 0)] + expr.signs[max(i, 1) :] if expr.signs else ()
                if len(rest) == 1:
                    return rest[0], variable
                return Product(rest, signs, span=_span(rest[0], rest[-1])), variable
            return replace(expr, factors=(*expr.factors[:i], inner, *expr.factors[i + 1 :])), variable
        return expr, None
    if isinstance(expr, Quotient):
        inner, variable = _without_differential(expr.top)
        return (expr, None) if variable is None else (replace(expr, top=inner), variable)
    if isinstance(expr, Negative):
        inner, variable = _without_differential(expr.operand)
        return (expr, None) if variable is None else (replace(expr, operand=inner), variable)
    if isinstance(expr, Sum):
        inner, variable = _without_differential(expr.terms[-1])
        return (expr, None) if variable is None else (replace(expr, terms=(*expr.terms[:-1], inner)), variable)
    return expr, None


def _applied(
    name: str, args: tuple[Expr, ...], subscript: Expr | None, primes: int, bracketed: bool, span: Span
) -> Expr | None:
    if name in names.SEVERAL and len(args) == 1 and isinstance(args[0], SetOf):
        args = args[0].items
    if name == "sqrt":
        if len(args) == 2:
            return Root(args[0], args[1], span=span)
        return Root(args[0], span=span) if len(args) == 1 else None
    if name == "cbrt":
        return Root(args[0], Number("3", Fraction(3)), span=span) if len(args) == 1 else None
    if name == "abs":
        return Absolute(args[0], span=span) if len(args) == 1 else None
    if name == "factorial":
        return Factorial(Bracket(args[0]), span=span) if len(args) == 1 else None
    if name in ("nCr", "nPr"):
        return Choose(args[0], args[1], name == "nPr", span=span) if len(args) == 2 else None
    if len(args) > 1 and name in names.TRIGONOMETRIC:
        return None
    return Call(name, args, subscript, primes, span=span, bracketed=bracketed)


# ---------------------------------------------------------------- the four ways in


def _run(text: str, hints: ReadHints, choices: frozenset[str]) -> tuple[Statement, dict[str, None]]:
    toks = list(tokenize(text))
    source = text if text.isascii() else plain(text)
    reader = _Reader(source, toks, hints, choices)
    _trim(toks)
    try:
        if toks[0][0] == "arrow":
            reader.pos = 1
        found = _whole(reader)
        if toks[reader.pos][0] != "end":
            raise _Stop("operator", reader.pos)
    except _Stop as stop:
        phrase = _phrase(text)
        if phrase is not None:
            return phrase, {}
        raise _unreadable(text, toks, stop) from None
    if reader.wordy or isinstance(found, Interval):
        found = _phrase(text) or found
        if isinstance(found, Words) and len(found.text.split()) > 3:
            raise NotReadable(plain(text), 0, len(text), "There are words here, and no mathematics.")
    return _settled(found), reader.seen


def _whole(reader: _Reader) -> Statement:
    if reader.kind() in ("begin", "set{"):
        found = reader.system()
        if found is not None:
            return found
    return reader.statement()


def _connected(toks: list[Token], soft: bool) -> list[Token]:
    """Without the signs that set mathematics off from words, where the mathematics goes on across them."""
    kept: list[Token] = []
    around = _ACROSS if soft else _ACROSS | {",", "(", ")", "."}
    for i, token in enumerate(toks):
        if token[0] == "delim":
            after = i + 1
            while toks[after][0] == "delim":
                after += 1
            if not kept or toks[after][0] == "end" or kept[-1][0] in around or toks[after][0] in around:
                continue
        kept.append(token)
    return kept


_ACROSS = frozenset({"or", "and", "rel", "arrow"})


def _trim(toks: list[Token]) -> None:
    """Drop what does not belong to the claim: a tick, a full stop, a comma at the end, a $ at either end."""
    if any(t[0] == "skip" or t[0] == "delim" for t in toks):
        toks[:] = _connected([t for t in toks if t[0] != "skip"], soft=False)
    while len(toks) > 1 and (toks[-2][0] in (".", ",", ";", "row") or toks[-2][1] == "QED"):
        del toks[-2]
    while len(toks) > 3 and toks[0][1] == "$" == toks[-2][1] and toks[-3][0] != "num":
        del toks[-2], toks[0]
        while len(toks) > 1 and toks[-2][0] in (".", ","):
            del toks[-2]
    if len(toks) > 3 and toks[0][1] == "$" == toks[-2][1] and sum(t[1] == "$" for t in toks) == 2:
        del toks[-2], toks[0]
    # So that looking ahead needs no bounds.
    toks += toks[-1:] * 3
    toks += toks[-1:] * 3  # so that looking ahead needs no bounds


def _phrase(text: str) -> Statement | None:
    """`no solution`, `all real numbers`"""
    if len(text) > 100:
        return None
    words = " ".join(_UPRIGHT.sub(r"\1", plain(text)).strip(" .!$").split())
    span = Span(0, len(text))
    if _NO_SOLUTION.fullmatch(words):
        return NoSolution(span=span)
    if _ALL_VALUES.fullmatch(words):
        return AllValues(span=span)
    return None


def _settled(found: Statement) -> Statement:
    """x ∈ ∅ and x ∈ R say that there is no solution, or that every value is one."""
    if isinstance(found, Chain) and found.relations == ("in",) and isinstance(found.operands[0], Symbol):
        right = found.operands[1]
        if isinstance(right, SetOf) and not right.items:
            return NoSolution(span=found.span)
        if isinstance(right, NumberSet) and right.name == "R":
            return AllValues(span=found.span)
    if isinstance(found, SetOf) and not found.items:
        return NoSolution(span=found.span)
    return found


def _unreadable(text: str, toks: list[Token], stop: _Stop) -> NotReadable:
    found = toks[min(stop.index, len(toks) - 1)]
    before = toks[stop.index - 1][0] if stop.index else ""
    return NotReadable(plain(text), found[2], found[3], advice.sentence(stop.wanted, before, found[0]))


def where_it_stops(text: str) -> tuple[str, str, str]:
    """What the reader looked for where it stops in a broken text, the kind of token before, and the kind found."""
    toks = list(tokenize(text))
    reader = _Reader(plain(text), toks, NO_HINTS, frozenset())
    _trim(toks)
    try:
        _whole(reader)
        wanted, index = "operator", reader.pos
    except _Stop as stop:
        wanted, index = stop.wanted, stop.index
    return wanted, toks[index - 1][0] if index else "", toks[min(index, len(toks) - 1)][0]


def read(text: str, hints: ReadHints = NO_HINTS) -> Statement:
    """The likeliest meaning of a line.

    Raises:
        NotReadable: with the place and what was expected there.
        TooLarge: longer, deeper or with longer numerals than is taken on.
    """
    return _run(text, hints, frozenset())[0]


def readings(text: str, hints: ReadHints = NO_HINTS) -> tuple[Statement, ...]:
    """All plausible meanings of a line, likeliest first; at most four.

    Raises as `read` does.
    """
    first, questions = _run(text, hints, frozenset())
    if not questions:
        return (first,)
    found = [first]
    for question in questions:
        try:
            other = _run(text, hints, frozenset({question}))[0]
        except (NotReadable, TooLarge):
            continue
        if other not in found:
            found.append(other)
    return tuple(found[:MAX_READINGS])


def read_expr(text: str, hints: ReadHints = NO_HINTS) -> Expr:
    """The likeliest meaning of a text that is one expression; raises as `read` does."""
    found = read(text, hints)
    if not isinstance(found, Expr):
        raise NotReadable(plain(text), 0, len(text), "An expression belongs here, without a relation sign.")
    return found


def read_longest(text: str, start: int = 0, hints: ReadHints = NO_HINTS) -> tuple[Statement, int] | None:
    """The longest claim that begins at an offset, and the offset where it ends; None where none begins.

    Prose ends it: of "so he sells 300 * 3/5 = 180 chickens." and the offset of 300 it reads up to "chickens".

    Raises:
        TooLarge: as `read` does.
    """
    toks = list(tokenize(text))
    first = 0
    while toks[first][2] < start:
        first += 1
    toks = toks[first:]
    if any(t[0] == "skip" or t[0] == "delim" for t in toks):
        toks = _connected([t for t in toks if t[0] != "skip"], soft=True)
    if toks[0][0] == "end":
        return None
    toks += toks[-1:] * 3
    source = text if text.isascii() else plain(text)
    reader = _Reader(source, toks, hints, frozenset())
    reader.soft = True
    try:
        found = _whole(reader)
    except _Stop:
        return None
    return found, toks[reader.pos - 1][3]
