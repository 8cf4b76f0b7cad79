"""The labels that a tagger gives to the tokens of a line, and what they make together: lines of step notation.

A label says what a token *does*; `assemble` carries the labels out from left to right. Everything that stands in a
reading is copied from the text or is the sign that a label is for.

    O         nothing
    A         an operand, copied             REF      the last value said before, as "that", "it", "the result"
    AJ        an operand that multiplies the one before, as in "v is u plus a t"
    RES       what the claim comes to, said before it is complete: "after paying 12 he has 23 of his 35"
    AEQ       an operand that equals what comes before, as in "that makes x 16"
    U         the unit of the operand before PCT      the operand before is in percent
    V         a value said by itself, an item of its own; VNEG "minus" or "negative" before it
    D         what is defined: `let x`; with EQ and an operand after it, `let u = 3x`
    FIX       "no wait": the next operand replaces the last one
    RETRACT   "no wait", an item of its own

    ADD SUB MUL DIV POW RATIO   signs, on the word that says them
    RSUB RDIV               the same the other way round: "3 less than 10", "2 into 10"
    OFF MORE                by a part: "20% off 80" is 80 - 20%*80, "20% more than 80" is 80 + 20%*80
    DOWNBY UPBY             the same the other way round: "80 reduced by 20%", "80 goes up by 20%"
    TADD TSUB TMUL TDIV TPOW TSUBFROM   applied to all so far on this side: "take 5 from 12 and multiply by 3"
    TSQ TCUBE TSQRT THALF TDBL TNEG     likewise, without an operand: "then square it"
    NEG SQRT CBRT SIN COS TAN ASIN ACOS ATAN LOG LN DBL TRPL HALF   before their operand
    SQOF CUBEOF             likewise: "the square of 5"
    DERIV INT               before theirs: "the derivative of x cubed" is d/dx(x^3), "the integral of 2x" is int 2x dx
    SQ CUBE                 after their operand
    SUMUP DIFF              the sum of all results of the line, the difference of its last two: "… is 12, … is 15,
                            together 27" goes on with 12 + 15
    LP RP                   brackets in words; what is opened closes at the end of its side at the latest
    MULLP                   times a bracket that opens here, "four brackets x minus two"
    EQ LT GT LE GE NE APPROX   relations
    OR AND                  between alternatives
    OP_…                    an operation; X its operand, XV the letter that X is put in for; OP_MOVE takes X across

A label with `B-` begins a new claim; V, D, RETRACT and OP_… always begin an item of their own. A claim that begins with
a sign or a relation goes on with the last value: after "12 - 5 = 7", "times 3 is 21" is `7*3 = 21`. A value may be
spoken with signs: "3 out of 8" is `value: 3/8` and "3 to 5" `value: 3:5`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tutor.slm.tokens import Token
from tutor.syntax import lexer

OUTSIDE = "O"
SIGNS = {"ADD": "+", "SUB": "-", "MUL": "*", "DIV": "/", "POW": "^", "RATIO": ":"}
REVERSED = {"RSUB": "r-", "RDIV": "r/", "OFF": "off", "MORE": "more", "DOWNBY": "down", "UPBY": "up"}
BY_A_PART = {"off": "-", "more": "+", "down": "-", "up": "+"}
THEN = {"TADD": "+", "TSUB": "-", "TMUL": "*", "TDIV": "/", "TPOW": "^", "TSUBFROM": "r-"}
THEN_ALONE = {
    "TSQ": ("", "^2"), "TCUBE": ("", "^3"), "TSQRT": ("sqrt", ""), "THALF": ("1/2*", ""), "TDBL": ("2*", ""),
    "TNEG": ("-", ""),
}  # fmt: skip
CALLS = {
    "SQRT": "sqrt", "CBRT": "cbrt", "SIN": "sin", "COS": "cos", "TAN": "tan", "ASIN": "arcsin", "ACOS": "arccos",
    "ATAN": "arctan", "LOG": "log", "LN": "ln", "DERIV": "d", "INT": "int",
}  # fmt: skip
FACTORS = {"NEG": "-", "DBL": "2*", "TRPL": "3*", "HALF": "1/2*"}
POSTFIX = {"SQ": "^2", "CUBE": "^3"}
POWERS = {"SQOF": "^2", "CUBEOF": "^3"}
RELATIONS = {"EQ": "=", "LT": "<", "GT": ">", "LE": "<=", "GE": ">=", "NE": "!=", "APPROX": "~="}
OPERATIONS = {
    "OP_ADD": "+", "OP_SUB": "-", "OP_MUL": "*", "OP_DIV": "/", "OP_HALVE": "/2", "OP_DOUBLE": "*2", "OP_TRIPLE": "*3",
    "OP_SQUARE": "square", "OP_ROOT": "root", "OP_EXPAND": "expand", "OP_FACTORISE": "factorise",
    "OP_COLLECT": "collect", "OP_SIMPLIFY": "simplify", "OP_SUBSTITUTE": "substitute",
    "OP_DIFFERENTIATE": "differentiate", "OP_INTEGRATE": "integrate", "OP_CROSS": "cross multiply", "OP_SWAP": "swap",
    "OP_LOG": "log", "OP_EXP": "exp", "OP_RECIPROCAL": "reciprocal", "OP_REARRANGE": "rearrange",
    "OP_CANCEL": "cancel", "OP_CONVERT": "convert", "OP_MOVE": "",
}  # fmt: skip
WITH_OPERAND = frozenset({"OP_ADD", "OP_SUB", "OP_MUL", "OP_DIV", "OP_MOVE"})
BEGINNING = (
    "A",
    "REF",
    "SUMUP",
    "DIFF",
    *FACTORS,
    *CALLS,
    *POWERS,
    "LP",
    *SIGNS,
    "DOWNBY",
    "UPBY",
    *THEN,
    *THEN_ALONE,
    *RELATIONS,
)
LABELS: tuple[str, ...] = (
    OUTSIDE, "A", "AJ", "AEQ", "RES", "REF", "SUMUP", "DIFF", "U", "PCT", "V", "VNEG", "D", "FIX", "RETRACT", *SIGNS,
    *REVERSED, *THEN, *THEN_ALONE,
    *CALLS, *FACTORS, *POWERS, *POSTFIX, "LP", "RP", "MULLP", *RELATIONS, "OR", "AND", *OPERATIONS, "X", "XV",
    *(f"B-{label}" for label in BEGINNING),
)  # fmt: skip
COPYING = frozenset({"A", "AJ", "AEQ", "RES", "B-A", "V", "D", "X", "XV", "U"})
_GOING_ON = frozenset({*SIGNS, "DOWNBY", "UPBY", *THEN, *THEN_ALONE, *RELATIONS})
_OWN_ITEM = frozenset({"V", "VNEG", "D", "RETRACT", *OPERATIONS})


class Nonsense(Exception):
    """The labels make no reading."""


@dataclass(slots=True)
class _Side:
    """One side of a relation, or what a bracket holds.

    parts: operands and signs in turn. before: what waits for the next operand, outermost first.
    """

    parts: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Claim:
    """A claim that is being put together.

    done: sides and relations in turn. sides: the side at hand, and the brackets open in it.
    links: alternatives before, and the words between them. replacing: the last operand was taken back.
    kind: what its line begins with, `let ` or `value: `. result: what it comes to, where that was said early;
    at_result: it was said last.
    """

    done: list[str] = field(default_factory=list)
    sides: list[_Side] = field(default_factory=lambda: [_Side()])
    links: list[str] = field(default_factory=list)
    replacing: bool = False
    kind: str = ""
    result: str = ""
    at_result: bool = False


@dataclass(slots=True)
class _Operation:
    label: str
    operand: str = ""
    letter: str = ""
    replacing: bool = False


@dataclass(slots=True)
class _Retraction:
    replacing: bool = False


_Item = _Claim | _Operation | _Retraction


def assemble(tokens: Sequence[Token], labels: Sequence[str], before: str | None = None) -> tuple[str, ...] | None:
    """The lines of step notation that labelled tokens make; None where they make none.

    before: the last value of the lines before, which "that" stands for where the line says none itself.

    >>> from tutor.slm.tokens import tokenize
    >>> tokens = tokenize("took 3 from both sides and got 2x is four")
    >>> assemble(tokens, "OP_SUB X O O O O O B-A EQ A".split())
    ('op: -3', '2x = 4')
    >>> assemble(tokenize("take 5 from 12 and multiply by 3, gives 21"), "O B-A RSUB A O TMUL O A O EQ A".split())
    ('(12 - 5)*3 = 21',)
    """
    found = with_places(tokens, labels, before)
    return None if found is None else tuple(line for line, _start, _end in found)


def with_places(
    tokens: Sequence[Token], labels: Sequence[str], before: str | None = None
) -> tuple[tuple[str, int, int], ...] | None:
    """As `assemble`; each line with the place in the text where it begins and ends."""
    builder = Assembly(before)
    try:
        for token, label in zip(tokens, labels, strict=True):
            builder.take(token, label)
        return builder.finish()
    except Nonsense:
        return None


class Assembly:
    """Carries labels out, one token after another."""

    def __init__(self, before: str | None) -> None:
        self.lines: list[tuple[str, int, int]] = []
        self.now: _Item | None = None
        self.start = self.end = 0
        self.last = before or ""  # the last value said
        self.waiting = ""  # an operand said before its operation
        self.waiting_letter = ""
        self.waiting_from = -1
        self.signed = ""  # a sign said before a value
        self.results: list[tuple[str, bool]] = []  # what each item came to, and whether it was a claim
        self.came_from = before or ""

    def copied(self) -> Assembly:
        """One that can go on by itself."""
        other = copy.copy(self)
        other.lines, other.now = list(self.lines), copy.deepcopy(self.now)
        other.results = list(self.results)
        return other

    @property
    def state(self) -> tuple[object, ...]:
        """All that what comes next depends on, and the lines so far."""
        lines = tuple(line for line, _start, _end in self.lines)
        return lines, repr(self.now), self.last, self.waiting, self.waiting_letter, self.signed

    # ------------------------------------------------------------ items

    def take(self, token: Token, label: str) -> None:
        """Carry out one label.

        Raises:
            Nonsense: it makes no reading together with those before.
        """
        if label == OUTSIDE:
            return
        base = label.removeprefix("B-")
        begins = base != label
        if begins or label in _OWN_ITEM:
            if self.now is not None and self.now.replacing:
                self.now = None  # said anew, as a whole
            if not self.signed:
                self._close()
                self.start = token.start
            elif label != "V":
                raise Nonsense
        self.end = token.end
        if begins:
            self._begin_claim(token, base)
        elif label == "VNEG":
            self.signed = "-"
        elif label == "V":
            self._value(token)
        elif label == "D":
            self.now = _Claim(kind="let ")
            self._operand(self.now, _copied(token))
        elif label == "RETRACT":
            self.now = _Retraction()
        elif label in OPERATIONS:
            self._operation(label)
        elif label in ("X", "XV"):
            self._put_in(token, label)
        elif label == "U":
            self._unit(token)
        else:
            self._go_on(token, label)

    def _close(self) -> None:
        """End the item at hand."""
        now, self.now = self.now, None
        match now:
            case None:
                return
            case _Retraction():
                line = "no wait"
            case _Operation():
                line = _operation_line(now)
            case _Claim():
                line = self._claim_line(now)
        self.lines.append((line, self.start, self.end))

    def finish(self) -> tuple[tuple[str, int, int], ...]:
        """The lines of notation, each with where it begins and ends.

        Raises:
            Nonsense: something is still due.
        """
        if self.waiting or self.waiting_letter or self.signed or (self.now is not None and self.now.replacing):
            raise Nonsense
        self._close()
        return tuple(self.lines)

    # ------------------------------------------------------------ claims

    def _begin_claim(self, token: Token, base: str) -> None:
        claim = _Claim()
        self.now = claim
        if base in _GOING_ON:
            self._operand(claim, self._reference())
        self._in_claim(claim, token, base)

    def _reference(self) -> str:
        if not self.last:
            raise Nonsense
        return self.last

    def _sum_of_results(self) -> str:
        """All claims of the line came to, where there are several; else its values, too, and what was said before."""
        of_claims = [text for text, is_claim in self.results if is_claim]
        added = of_claims if len(of_claims) > 1 else [text for text, _ in self.results]
        if len(added) == 1 and self.came_from:
            added = [self.came_from, *added]
        if len(added) < 2:
            raise Nonsense
        return " + ".join(_wrapped(text, 1.5) for text in added)

    def _difference_of_results(self) -> str:
        """The larger less the smaller."""
        if len(self.results) < 2:
            raise Nonsense
        one, other = (text for text, _ in self.results[-2:])
        if _size(other) > _size(one):
            one, other = other, one
        return f"{_wrapped(one, 1)} - {_wrapped(other, 2)}"

    def _go_on(self, token: Token, label: str) -> None:
        match self.now:
            case _Claim() as now:
                self._in_claim(now, token, label)
            case _Operation() as now if label == "FIX" and now.operand:
                now.operand, now.replacing = "", True
            case _:
                raise Nonsense

    def _in_claim(self, now: _Claim, token: Token, label: str) -> None:
        side = now.sides[-1]
        now.at_result = label == "RES"
        if label == "A":
            self._operand(now, _copied(token))
        elif label == "RES":
            if now.result or now.done or now.links:
                raise Nonsense
            now.result = _copied(token)
        elif label == "AJ":
            _expect_sign(side)
            side.parts.append("*")
            self._operand(now, _copied(token))
        elif label == "AEQ":
            _end_side(now)
            now.done.append("=")
            self._operand(now, _copied(token))
        elif label == "REF":
            self._operand(now, self._reference())
        elif label == "SUMUP":
            self._operand(now, self._sum_of_results())
        elif label == "DIFF":
            self._operand(now, self._difference_of_results())
        elif label == "PCT":
            _change_last(side, _in_percent)
        elif label in CALLS or label in FACTORS or label in POWERS:
            _expect_operand(side)
            side.before.append(CALLS.get(label) or FACTORS.get(label) or POWERS[label])
        elif label == "LP":
            _expect_operand(side)
            now.sides.append(_Side())
        elif label == "MULLP":
            _expect_sign(side)
            side.parts.append("*")
            now.sides.append(_Side())
        elif label == "RP":
            _close_bracket(now)
        elif label in SIGNS or label in REVERSED:
            _expect_sign(side)
            side.parts.append(SIGNS.get(label) or REVERSED[label])
        elif label in THEN:
            whole = _whole(now)
            now.sides[-1].parts = [whole if label in ("TADD", "TSUB") else _wrapped(whole, 2), THEN[label]]
        elif label in THEN_ALONE:
            first, after = THEN_ALONE[label]
            whole = _whole(now)
            text = f"sqrt({whole})" if first == "sqrt" else f"{first}{_wrapped(whole, 4 if after else 2.5)}{after}"
            now.sides[-1].parts = [text]
        elif label in POSTFIX:
            _change_last(side, lambda text: _raised(text, POSTFIX[label]))
        elif label in RELATIONS:
            _end_side(now)
            now.done.append(RELATIONS[label])
        elif label in ("OR", "AND"):
            _end_side(now)
            now.links += [" ".join(now.done), label.lower()]
            now.done = []
        elif label == "FIX":
            if now.replacing or not side.parts or _is_sign(side.parts[-1]):
                raise Nonsense
            side.parts.pop()
            now.replacing = True
        else:
            raise Nonsense

    def _operand(self, claim: _Claim, text: str) -> None:
        """Put an operand where one is due; an equation brings its own relations."""
        pieces = _at_relations(text)
        if claim.replacing and len(pieces) > 1:
            claim.done, claim.sides = [], [_Side()]
        claim.replacing = False
        side = claim.sides[-1]
        _expect_operand(side)
        for k, piece in enumerate(pieces):
            if k % 2:
                _end_side(claim)
                claim.done.append(piece)
            else:
                _put(claim.sides[-1], piece)

    def _claim_line(self, claim: _Claim) -> str:
        """The claim as a line; what it says last becomes the last value."""
        _end_side(claim)
        if claim.result:
            claim.done += ["=", claim.result]
        if claim.kind != "let ":
            self.last = claim.done[-1]
            self.results.append((self.last, claim.kind == ""))
        if claim.kind == "value: " and (claim.links or len(claim.done) > 1):
            raise Nonsense
        text = " ".join(claim.done)
        return claim.kind + (_alternatives([*claim.links, text]) if claim.links else text)

    # ------------------------------------------------------------ the other items

    def _value(self, token: Token) -> None:
        self.now = _Claim(kind="value: ")
        self._operand(self.now, self.signed + _copied(token))
        self.signed = ""

    def _operation(self, label: str) -> None:
        self.now = _Operation(label, self.waiting, self.waiting_letter)
        if self.waiting_from >= 0:
            self.start = self.waiting_from
        self.waiting, self.waiting_letter, self.waiting_from = "", "", -1

    def _put_in(self, token: Token, label: str) -> None:
        """The operand of an operation; one that no operation before it can take waits for the next."""
        copied = _copied(token)
        now = self.now
        if isinstance(now, _Operation) and not (now.operand if label == "X" else now.letter):
            if label == "X":
                now.operand, now.replacing = copied, False
            else:
                now.letter = copied
            return
        self._close()
        if self.waiting_from < 0:
            self.waiting_from = token.start
        if label == "X" and not self.waiting:
            self.waiting = copied
        elif label == "XV" and not self.waiting_letter:
            self.waiting_letter = copied
        else:
            raise Nonsense

    def _unit(self, token: Token) -> None:
        if not token.copy or token.kind != "unit":
            raise Nonsense
        match self.now:
            case _Operation() as now if now.operand:
                now.operand = _with_unit(now.operand, token.copy)
            case _Claim() as now if now.at_result:
                now.result = _with_unit(now.result, token.copy)
            case _Claim() as now if not now.replacing:
                _change_last(now.sides[-1], lambda text: _with_unit(text, token.copy))
            case None if self.waiting:
                self.waiting = _with_unit(self.waiting, token.copy)
            case _:
                raise Nonsense


def _end_side(claim: _Claim) -> None:
    if claim.replacing:
        raise Nonsense
    claim.done.append(_whole(claim))
    claim.sides = [_Side()]


def _whole(claim: _Claim) -> str:
    """The side at hand, its brackets closed."""
    while len(claim.sides) > 1:
        _close_bracket(claim)
    return _joined(claim.sides[-1])


def _close_bracket(claim: _Claim) -> None:
    if len(claim.sides) < 2:
        raise Nonsense
    inside = _joined(claim.sides.pop())
    _put(claim.sides[-1], f"({inside})")


# ---------------------------------------------------------------- texts


def _copied(token: Token) -> str:
    if not token.copy or token.kind in ("unit", "punct"):
        raise Nonsense
    return token.copy


def _operation_line(now: _Operation) -> str:
    sign = OPERATIONS[now.label]
    if now.label in WITH_OPERAND:
        if not now.operand or now.letter or _has_relation(now.operand):
            raise Nonsense
        if now.label == "OP_MOVE":
            return f"op: +{now.operand[1:]}" if now.operand[0] == "-" else f"op: -{now.operand.lstrip('+')}"
        return f"op: {sign}{_wrapped(now.operand, 2 if sign in '+-' else 3)}"
    if now.label == "OP_SUBSTITUTE" and now.operand:
        if bool(now.letter) == _has_relation(now.operand):
            raise Nonsense
        return f"op: substitute {now.letter} = {now.operand}" if now.letter else f"op: substitute {now.operand}"
    if now.operand or now.letter:
        raise Nonsense
    return f"op: {sign}"


_SIGNS = frozenset({*SIGNS.values(), *REVERSED.values()})


def _is_sign(part: str) -> bool:
    return part in _SIGNS


def _expect_operand(side: _Side) -> None:
    if side.parts and not _is_sign(side.parts[-1]):
        raise Nonsense


def _expect_sign(side: _Side) -> None:
    if not side.parts or _is_sign(side.parts[-1]) or side.before:
        raise Nonsense


def _put(side: _Side, text: str) -> None:
    """An operand, with what was said before it."""
    while side.before:
        first = side.before.pop()
        if first == "int":
            text = f"int {text}" if _DIFFERENTIAL.search(text) else f"int {_wrapped(text, 2)} d{_letter(text)}"
        elif first.isalpha():
            name = f"d/d{_letter(text)}" if first == "d" else first
            text = f"{name}{text}" if _is_bracketed(text) else f"{name}({text})"
        elif first[0] == "^":
            text = _wrapped(text, 4) + first
        else:
            text = first + _wrapped(text, 2)
    side.parts.append(text)


_DIFFERENTIAL = re.compile(r"d[a-zA-Zθ]\)?$")


def _letter(text: str) -> str:
    """The one letter that a text is about."""
    letters = {name for kind, name, _, _ in lexer.tokenize(text) if kind == "name" and len(name) == 1}
    if len(letters) != 1:
        raise Nonsense
    return letters.pop()


def _change_last(side: _Side, change: Callable[[str], str]) -> None:
    if not side.parts or _is_sign(side.parts[-1]):
        raise Nonsense
    side.parts[-1] = change(side.parts[-1])


def _in_percent(text: str) -> str:
    return text if text.endswith("%") else text + "%"


_FIRST_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def _size(text: str) -> float:
    """The first number of a text; nothing where it has none."""
    found = _FIRST_NUMBER.search(text)
    return float(found[0].replace(",", "")) if found else 0.0


_LAST_NUMBER = re.compile(r"(?:\d+ )?\d[\d.,]*(?:/\d+)?$")


def _with_unit(text: str, unit: str) -> str:
    if text.endswith(")") and _CALL.match(text) is not None:  # the sine of 30 degrees
        return f"{_with_unit(text[:-1], unit)})"
    if unit[0] in "$£€":
        number = _LAST_NUMBER.search(text)  # 2*308 dollars is 2*$308
        place = number.start() if number is not None else 0
        return f"{text[:place]}{unit[0]}{text[place:]}{unit[1:]}"
    if unit.startswith("/"):
        return text + unit
    if _HAS_UNIT.search(text):
        raise Nonsense
    return f"{text} {unit}"


_HAS_UNIT = re.compile(r"\d [A-Za-zμΩ°]\S*$")


def _at_relations(text: str) -> list[str]:
    """Sides and relations of an equation in turn: "2x = 4" -> ["2x", "=", "4"]"""
    found: list[str] = []
    start = depth = 0
    for kind, _value, begin, end in lexer.tokenize(text):
        depth += (kind in "([{") - (kind in ")]}")
        if kind == "rel" and depth == 0:
            found += [text[start:begin].strip(), text[begin:end]]
            start = end
    return [*found, text[start:].strip()]


def _has_relation(text: str) -> bool:
    return len(_at_relations(text)) > 1


def _joined(side: _Side) -> str:
    """The text of a side: each operand in brackets where its neighbours bind closer."""
    parts = side.parts
    if not parts or _is_sign(parts[-1]) or side.before:
        raise Nonsense
    terms: list[str] = []
    signs: list[str] = []
    factors: list[str] = [parts[0]]
    links: list[str] = []
    for sign, operand in zip(parts[1::2], parts[2::2], strict=True):
        if sign in ("+", "-", "r-"):
            terms.append(_product(factors, links))
            signs.append(sign)
            factors, links = [operand], []
        elif sign == "r/":
            factors[-1] = f"{_wrapped(operand, 2)}/{_wrapped(factors[-1], 3)}"
        elif sign in BY_A_PART:
            part, whole = (factors[-1], operand) if sign in ("off", "more") else (operand, factors[-1])
            factors[-1] = f"({whole} {BY_A_PART[sign]} {_wrapped(part, 2)}*{_wrapped(whole, 3)})"
        else:
            factors.append(operand)
            links.append(sign)
    terms.append(_product(factors, links))
    if not signs:
        return terms[0][1:-1] if len(parts) == 3 and parts[1] in BY_A_PART else terms[0]
    settled, last = "", terms[0]  # `last` is the term that "less than" may still take away from the next
    for sign, term in zip(signs, terms[1:], strict=True):
        if sign == "r-":
            last = f"{_wrapped(term, 1)} - {_wrapped(last, 2)}"
            if settled:
                last = f"({last})"
        else:
            settled = f"{settled}{last} {sign} "
            last = _wrapped(term, 2 if sign == "-" else 1.5)
    return settled + last


def _product(factors: list[str], links: list[str]) -> str:
    """Factors joined by *, / and ^, of which ^ binds closest."""
    if not links:
        return factors[0]
    bound: list[str] = [factors[0]]
    kept: list[str] = []
    for link, factor in zip(links, factors[1:], strict=True):
        if link == "^":
            bound[-1] = f"{_wrapped(bound[-1], 4)}^{_wrapped(factor, 4)}"
        else:
            bound.append(factor)
            kept.append(link)
    text = bound[0]
    if kept and not _NEGATIVE.fullmatch(text):
        text = _wrapped(text, 2)
    for link, factor in zip(kept, bound[1:], strict=True):
        text += link + _wrapped(factor, 2 if link == "*" and "/" not in factor else 3)
    return text


_NEGATIVE = re.compile(r"-[\w.]+")
_ATOM = re.compile(r"[$£€]?[\d.,]+%?|[A-Za-zα-ωΑ-Ω](?:_\{?\w+\}?|\d)?|[A-Z]{2,3}|\\frac\{[^{}]*\}\{[^{}]*\}|[½⅓⅔¼¾⅛]")
_CALL = re.compile(rf"(?:{'|'.join(CALLS.values())})(?=\()")
_MONOMIAL = re.compile(r"[\d.]* ?[A-Za-zα-ω]")


def _strength(text: str) -> float:
    """How closely a text holds together: 1 a sum, 2 a product, 3 a power, 4 a number or a letter."""
    if _is_bracketed(text) or _ATOM.fullmatch(text):
        return 4
    if (call := _CALL.match(text)) is not None and _is_bracketed(text[call.end() :]):
        return 4
    depth = 0
    product = False
    for i, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if depth:
            continue
        if character in "=<>≤≥≈~":
            return 0
        if character in "+-±" and i > 0 and text[i - 1] not in "*/^eE":
            return 1
        product = product or character in "*/×·÷: "
    if text[0] in "-+":
        return 1.25
    return 3 if ("^" in text or "²" in text) and not product else 2


def _wrapped(text: str, least: float) -> str:
    """The text, in brackets unless it holds together at least so closely."""
    return text if _strength(text) >= least else f"({text})"


def _raised(text: str, power: str) -> str:
    """x -> x^2, x + 1 -> (x + 1)^2, and 2x -> 2x^2 as it is said"""
    return text + power if _MONOMIAL.fullmatch(text) else _wrapped(text, 4) + power


def _is_bracketed(text: str) -> bool:
    """Whether a text is one pair of brackets with what is inside."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for i, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0 and i + 1 < len(text):
            return False
    return True


def _alternatives(parts: list[str]) -> str:
    """x = 2 or -3 -> x = 2 or x = -3"""
    head = _at_relations(parts[0])
    text = parts[0]
    for link, part in zip(parts[1::2], parts[2::2], strict=True):
        whole = part if _has_relation(part) or len(head) == 1 else f"{head[0]} {head[1]} {part}"
        text += f" {link} {whole}"
    return text
