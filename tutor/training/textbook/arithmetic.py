"""Calculations with numbers, told in words: what was done, or what happened, and what it comes to."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from tutor.training.textbook import quantities
from tutor.training.textbook.phrases import Draft
from tutor.training.textbook.quantities import Said

_FORMS = ("past", "base", "ing", "s", "pp")
_FORM_WEIGHTS = (5, 5, 3, 1.5, 0.7)


@dataclass(frozen=True, slots=True)
class Sort:
    """What is counted or measured. name: count, money, or a key of UNITS; unit: the one kept to through a line."""

    name: str
    unit: str = ""

    def say(self, rng: random.Random, value: Fraction) -> Said:
        """A value of this sort."""
        if self.name == "count":
            return quantities.number(rng, value)
        if self.name == "money":
            if rng.random() < 0.8:
                return quantities.money(rng, value, self.unit or "$")
            return quantities.number(rng, value)
        if rng.random() < 0.25:
            return quantities.number(rng, value)
        return quantities.measured(rng, value, self.name, self.unit)


COUNT = Sort("count")
MONEY = Sort("money")
EVERYDAY = ("length", "time", "mass", "volume", "length", "time")


_MONEYS = (MONEY, MONEY, MONEY, MONEY, MONEY, MONEY, Sort("money", "£"), Sort("money", "£"), Sort("money", "€"))


def some_sort(rng: random.Random) -> Sort:
    """Mostly things, often money, now and then a measure."""
    r = rng.random()
    if r < 0.58:
        return COUNT
    if r < 0.8:
        return rng.choice(_MONEYS)
    name = rng.choice(EVERYDAY)
    return Sort(name, rng.choice(quantities.UNITS[name]))


def some_value(rng: random.Random, sort: Sort = COUNT, *, small: bool = False) -> Fraction:
    """A number as exercises have them."""
    r = rng.random()
    if small or r < 0.45:
        value = Fraction(rng.randint(2, 20 if small else 30))
    elif r < 0.75:
        value = Fraction(rng.randint(10, 200))
    elif r < 0.86:
        value = Fraction(rng.randint(2, 60) * rng.choice((5, 10, 25, 50, 100)))
    elif r < 0.91:
        value = Fraction(rng.randint(200, 99_999))
    elif sort.name != "count" or r < 0.95:
        value = Fraction(rng.randint(1, 2000), rng.choice((10, 10, 100, 4, 2)))
    else:
        value = Fraction(rng.randint(1, 9), rng.randint(2, 10))
    return value


def slip(rng: random.Random, value: Fraction, others: tuple[Fraction, ...] = ()) -> Fraction:
    """A wrong outcome as students get them: one off, ten off, digits swapped, another operation, a place lost."""
    choices = [value + rng.choice((-1, 1)), value + rng.choice((-10, 10)), value * rng.choice((2, 10)), value / 10]
    if value.denominator == 1 and value > 11:
        digits = list(str(int(value)))
        k = rng.randrange(len(digits) - 1)
        digits[k], digits[k + 1] = digits[k + 1], digits[k]
        choices += [Fraction(int("".join(digits)))] * 2
    if len(others) == 2:
        a, b = others
        choices += [a + b, a * b, abs(a - b)]
    picked = rng.choice(choices)
    return picked if picked > 0 and quantities.figures(picked) is not None and picked < 10**7 else value + 1


class Talk:
    """A line in the making, with what its clauses share: the thing counted, the last value, the symbols."""

    def __init__(self, draft: Draft, previous: str | None, previous_value: Fraction | None) -> None:
        self.draft = draft
        self.rng = draft.rng
        self.last: str | None = None
        self.last_value = previous_value
        self.last_sort = COUNT
        self.true: bool | None = None
        self.symbols: set[str] = set()
        if previous is not None:
            draft.operands.append(previous)
            self.last = f"\u27e6{len(draft.operands) - 1}\u27e7"
        self.used_previous = False
        noun = draft.banks.pick("n", self.rng)
        who = draft.banks.pick("she", self.rng)
        self._noun, self._who = noun, who
        draft.filled["n"] = lambda d, _l: d.draw(noun if d.rng.random() < 0.5 else d.banks.pick("n", d.rng))
        draft.filled["she"] = lambda d, _l: d.draw(who if d.rng.random() < 0.5 else d.banks.pick("she", d.rng))

    # ------------------------------------------------------------ pieces of a clause

    def bank(self, name: str) -> None:
        """A phrase drawn from a bank."""
        self.draft.draw(self.draft.banks.pick(name, self.rng))

    def said(self, said: Said, label: str | None = "A") -> str:
        """A number with its unit; the mark for it."""
        mark = self.draft.copied(said.text, said.notation, label)
        if said.unit:
            self.draft.unit(said.unit, glued=said.glued)
        return mark

    def operand(
        self, name: str, sort: Sort, value: Fraction, *, plain: float = 0.35, label: str | None = "A"
    ) -> Callable[[], str]:
        """Fill a slot with a number in its noun phrase; afterwards the mark for it can be had."""
        marks: list[str] = []
        said = sort.say(self.rng, value)
        bank = "np.count" if sort.name == "count" else "np.measure"
        bare = self.rng.random() < plain

        def say(draft: Draft, own: str | None) -> None:
            def number(_draft: Draft, _own: str | None) -> None:
                marks.append(self.said(said, own or label))

            if bare:
                number(draft, None)
                return
            before = draft.filled.get("x"), draft.form
            draft.filled["x"] = number
            draft.form = self.rng.choice(("past", "s", "past", "base"))
            draft.draw(draft.banks.pick(bank, draft.rng))
            draft.form = before[1]
            if before[0] is not None:
                draft.filled["x"] = before[0]

        self.draft.filled[name] = say
        return lambda: marks[-1]

    def referring(self, name: str) -> Callable[[], str]:
        """Fill a slot with a word for the last value."""
        last = self.last or ""

        def say(draft: Draft, own: str | None) -> None:
            draft.draw(draft.banks.pick("ref", draft.rng))
            piece = draft.pieces[-1]
            piece.label, piece.item, piece.fixed = own or "REF", draft.item, True

        self.draft.filled[name] = say
        return lambda: last

    def outcome(self, sort: Sort, value: Fraction, name: str = "c") -> Callable[[], str]:
        """Fill the slot of the result."""
        marks: list[str] = []
        said = sort.say(self.rng, value)

        def say(draft: Draft, own: str | None) -> None:
            r = self.rng.random()
            if r < 0.06:
                draft.phrase("(a total of|about|exactly|only|just|a)") if sort.name == "count" else draft.phrase(
                    "(a total of|only|just)"
                )
            marks.append(self.said(said, own or "A"))
            if sort.name == "count" and r > 0.62:
                if r > 0.9:
                    draft.draw(draft.banks.pick("adj", draft.rng))
                draft.filled["n"](draft, None)

        self.draft.filled[name] = say
        return lambda: marks[-1]

    def result_of(
        self, true_value: Fraction, sort: Sort, others: tuple[Fraction, ...] = ()
    ) -> tuple[Callable[[], str], Fraction]:
        """The outcome as the student has it: about a third are wrong."""
        value = true_value
        if self.rng.random() < 0.3:
            value = slip(self.rng, true_value, others)
        elif quantities.figures(value) is None and self.rng.random() < 0.5:
            value = Fraction(round(value * 100), 100) or Fraction(1, 100)
        self.true = (self.true is not False) and value == true_value
        self.last_value, self.last_sort = value, sort
        return self.outcome(sort, value), value

    # ------------------------------------------------------------ who did it

    def subject(self) -> None:
        """Who did it; sets the form of the verbs."""
        form = self.rng.choices(_FORMS, _FORM_WEIGHTS)[0]
        self.draft.form = form
        self.bank("subj." + form)

    def form(self) -> None:
        """The form of the verbs of a story."""
        self.draft.form = self.rng.choice(("past", "past", "s", "base"))


# ---------------------------------------------------------------- clauses

_OPS = (
    ("add", 22), ("sub", 22), ("mul", 20), ("div", 14), ("half", 4), ("dbl", 4), ("trpl", 1), ("pct", 6), ("frac", 5),
    ("sq", 2), ("sqrt", 2), ("cube", 0.6), ("pow", 0.7), ("cbrt", 0.3),
)  # fmt: skip
_KINDS = {
    "add": "vns", "sub": "vns", "mul": "vns", "div": "vns", "half": "vn", "dbl": "vn", "trpl": "vn", "pct": "vn",
    "frac": "vn", "sq": "vn", "sqrt": "vn", "cube": "n", "pow": "n", "cbrt": "n",
}  # fmt: skip
_WRITTEN = {
    "add": "({a}) + ({b})", "sub": "({a}) - ({b})", "mul": "({a})*({b})", "div": "({a})/({b})", "half": "1/2*({a})",
    "dbl": "2*({a})", "trpl": "3*({a})", "pct": "({p})*({a})", "frac": "({f})*({a})", "sq": "({a})^2",
    "cube": "({a})^3", "subfrom": "({b}) - ({a})", "sqrt": "sqrt({a})", "cbrt": "cbrt({a})", "pow": "({a})^({b})",
}  # fmt: skip
_FRACTIONS = tuple(Fraction(n, d) for d in range(2, 11) for n in range(1, d))


@dataclass(slots=True)
class _Given:
    """An operation with its numbers."""

    op: str
    a: Fraction
    b: Fraction
    outcome: Fraction
    sorts: tuple[Sort, Sort, Sort]


def _given(rng: random.Random, op: str, a: Fraction | None = None, sort: Sort | None = None) -> _Given:
    """Numbers for an operation; `a` where the first is the last value said."""
    first = sort or some_sort(rng)
    small = rng.random() < 0.5
    if op in ("add", "sub", "subfrom"):
        left = a if a is not None else some_value(rng, first, small=small)
        right = some_value(rng, first, small=small)
        if op == "sub" and a is None and right > left:
            left, right = right, left
        return _Given(op, left, right, left + right if op == "add" else left - right, (first, first, first))
    if op == "mul":
        left = a if a is not None else some_value(rng, small=True)
        right = some_value(rng, first, small=small)
        sorts = (first, COUNT, first) if a is not None else rng.choice(((COUNT, first, first), (first, COUNT, first)))
        return _Given(op, left, right, left * right, sorts)
    if op == "div":
        right = some_value(rng, small=True)
        if a is not None:
            return _Given(op, a, right, a / right, (first, COUNT, first))
        quotient = some_value(rng, first, small=small)
        return _Given(op, quotient * right, right, quotient, (first, COUNT, first))
    if op == "pct":
        right = Fraction(rng.choice((5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 80, 90, rng.randint(1, 120))))
        left = (
            a
            if a is not None
            else Fraction(rng.choice((20, 40, 50, 80, 100, 120, 200, 250, 400, 1000, rng.randint(5, 900))))
        )
        return _Given(op, left, right, left * right / 100, (first, first, first))
    if op == "frac":
        right = rng.choice(_FRACTIONS)
        left = a if a is not None else right.denominator * some_value(rng, first, small=True)
        return _Given(op, left, right, left * right, (first, first, first))
    if op in ("sqrt", "cbrt"):
        root = Fraction(rng.randint(1, 20 if op == "sqrt" else 10))
        left = a if a is not None else root ** (2 if op == "sqrt" else 3)
        near = Fraction(round(float(left) ** (1 / 2 if op == "sqrt" else 1 / 3), 2)).limit_denominator(100)
        return _Given(op, left, root, near, (COUNT, COUNT, COUNT))
    if op == "pow":
        left, right = Fraction(rng.randint(2, 9)), Fraction(rng.randint(2, 5))
        return _Given(op, left, right, left ** int(right), (COUNT, COUNT, COUNT))
    factor = {"half": Fraction(1, 2), "dbl": Fraction(2), "trpl": Fraction(3)}.get(op)
    if factor is not None:
        left = a if a is not None else some_value(rng, first)
        if op == "half" and a is None and rng.random() < 0.7:
            left *= 2
        return _Given(op, left, factor, left * factor, (first, first, first))
    left = a if a is not None and a < 100 else some_value(rng, small=True)
    power = 2 if op == "sq" else 3
    return _Given(op, left, Fraction(power), left**power, (COUNT, COUNT, COUNT))


def _fill(talk: Talk, given: _Given, *, plain: float = 0.35) -> dict[str, Callable[[], str]]:
    """The slots of an operation's frames filled."""
    rng = talk.rng
    names = {"a": talk.operand("a", given.sorts[0], given.a, plain=plain)}
    if given.op == "pct":
        said = quantities.percent(rng, given.b)
        marks: list[str] = []

        def percent(_draft: Draft, label: str | None) -> None:
            marks.append(talk.said(said, label or "A"))

        talk.draft.filled["p"] = percent
        names["p"] = lambda: marks[-1]
    elif given.op == "frac":
        share = quantities.number(rng, given.b)
        shares: list[str] = []

        def fraction(_draft: Draft, label: str | None) -> None:
            shares.append(talk.said(share, label or "A"))

        talk.draft.filled["f"] = fraction
        names["f"] = lambda: shares[-1]
    else:
        names["b"] = talk.operand("b", given.sorts[1], given.b, plain=plain)
        names["two"] = talk.operand("two", COUNT, Fraction(2), plain=1)
    return names


def _text(op: str, names: dict[str, Callable[[], str]]) -> str:
    return _WRITTEN[op].format(**{name: mark() for name, mark in names.items() if "{" + name + "}" in _WRITTEN[op]})


def _chosen_op(rng: random.Random) -> str:
    names, weights = zip(*_OPS, strict=True)
    op: str = rng.choices(names, weights)[0]
    return op


def told(talk: Talk) -> None:
    """A calculation in words with what it comes to: "i took 5 from the 12 she had, leaving 7"."""
    draft, rng = talk.draft, talk.rng
    op = _chosen_op(rng)
    kind = rng.choice(_KINDS[op])
    given = _given(rng, op)
    names = _fill(talk, given, plain=0.6 if kind == "n" else 0.35)
    item = draft.items_begun
    outcome, sort = given.outcome, given.sorts[2]
    if kind == "v" and rng.random() < 0.12:
        talk.bank("why")
        if rng.random() < 0.6:
            draft.say(",")
    draft.begin("")
    reverse = kind == "n" and rng.random() < 0.07
    if reverse:
        result, _ = talk.result_of(outcome, sort, (given.a, given.b))
        draft.filled["c"](draft, "A")
        draft.phrase("(is|=|is just|equals|was|comes from|should be|because it's|must be)/EQ")
        talk.bank(f"{op}.n")
        draft.items[item] = f"{result()} = {_text(op, names)}"
    else:
        if kind == "v":
            talk.subject()
        elif kind == "s":
            talk.form()
            if rng.random() < 0.1:
                draft.phrase("(since|because|if|as|so if|given that|when)")
        elif rng.random() < 0.15:
            talk.form()
            talk.bank("told.lead")
        talk.bank(f"{op}.{kind}")
        text = _text(op, names)
        extra = rng.random()
        if kind != "s" and extra < 0.1 and op in ("add", "sub", "mul", "div", "half", "dbl"):
            text, outcome, sort = _then(talk, text, outcome, sort)
        result, _ = talk.result_of(outcome, sort, (given.a, given.b))
        if kind == "v" and draft.form in ("ing", "base") and rng.random() < 0.3:
            talk.bank("n.res")
        else:
            talk.bank(kind + ".res")
        draft.items[item] = f"{text} = {result()}" if "APPROX" not in _labels(draft, item) else f"{text} ~= {result()}"
    talk.last = result()
    draft.end()
    if rng.random() < 0.05:
        outcome_repeated(talk)


def outcome_repeated(talk: Talk) -> None:
    """The outcome once more, which says nothing new: "5% of 400 is 20, so the tax is $20"."""
    draft = talk.draft
    mark = talk.last or ""
    text = draft.operands[int(mark[1:-1])] if mark[1:-1].isdigit() else ""
    if not text:
        return

    def again(draft: Draft, _label: str | None) -> None:
        draft.say(("$" if talk.rng.random() < 0.2 and text.isdigit() else "") + text, None, fixed=True)
        if talk.rng.random() < 0.4:
            draft.filled["n"](draft, None)

    draft.filled["v"] = again
    talk.form()
    talk.bank("restated.end")


def _labels(draft: Draft, item: int) -> set[str]:
    return {p.label for p in draft.pieces if p.item == item and p.label}


_ALONE: dict[str, tuple[str, Callable[[Fraction], Fraction]]] = {
    "sq": ("({})^2", lambda v: v * v),
    "cube": ("({})^3", lambda v: v**3),
    "sqrt": ("sqrt({})", lambda v: Fraction(round(float(abs(v)) ** 0.5, 2)).limit_denominator(100)),
    "half": ("1/2*({})", lambda v: v / 2),
    "dbl": ("2*({})", lambda v: v * 2),
    "neg": ("-({})", lambda v: -v),
}


def _then(talk: Talk, text: str, value: Fraction, sort: Sort) -> tuple[str, Fraction, Sort]:
    """Something more that is done to the whole before its result is told."""
    op = talk.rng.choice(("mul", "div", "add", "sub", "mul", "div", *_ALONE, "pow", "subfrom"))
    if op in _ALONE:
        talk.bank(f"then.{op}")
        write, calculate = _ALONE[op]
        return write.format(text), calculate(value), sort
    if op in ("pow", "subfrom"):
        by = Fraction(talk.rng.randint(2, 3)) if op == "pow" else some_value(talk.rng, sort)
        mark = talk.operand("b", COUNT if op == "pow" else sort, by, plain=0.8)
        talk.bank(f"then.{op}")
        if op == "pow":
            return f"({text})^({mark()})", value ** int(by), COUNT
        return f"({mark()}) - ({text})", by - value, sort
    given = _given(talk.rng, op, value, sort)
    before = talk.draft.filled.get("b")
    mark = talk.operand("b", given.sorts[1], given.b, plain=0.7)
    talk.bank(f"then.{op}")
    if before is not None:
        talk.draft.filled["b"] = before
    sign = {"mul": "*", "div": "/", "add": "+", "sub": "-"}[op]
    return f"({text}) {sign} ({mark()})", given.outcome, given.sorts[2]


def going_on(talk: Talk) -> None:
    """A calculation with the last value said: "times 3 is 21", "then halve it to get 6"."""
    draft, rng = talk.draft, talk.rng
    if talk.last is None or talk.last_value is None:
        told(talk)
        return
    op = rng.choices(
        ("add", "sub", "mul", "div", "half", "dbl", "trpl", "sq", "sqrt", "pct", "frac", "subfrom"),
        (8, 9, 8, 8, 5, 4, 1.5, 1, 1, 2, 2, 1.5),
    )[0]
    if op == "sqrt" and talk.last_value <= 0:
        op = "add"
    given = _given(rng, op, talk.last_value, talk.last_sort if rng.random() < 0.7 else COUNT)
    if op == "subfrom":
        given.outcome = given.b - given.a
    if op == "sub" and given.outcome < 0:
        given = _given(rng, "add", talk.last_value, talk.last_sort)
        op = "add"
    names = _fill(talk, given, plain=0.6)
    names["a"] = talk.referring("ref")
    if rng.random() < 0.35:
        talk.draft.form = rng.choice(("base", "past", "s", "ing"))
        if rng.random() < 0.4:
            draft.phrase("(I|i|we|you|she|he|{name}|{she})")
            talk.draft.form = rng.choice(("past", "base"))
        elif rng.random() < 0.4:
            draft.phrase("(you can|we can|i have to|need to|let's|i will|now|if you|and you|they|by)")
            talk.draft.form = "base"
    else:
        talk.draft.form = rng.choice(("base", "past", "past", "ing"))
    item = draft.items_begun
    draft.begin("")
    talk.bank(f"go.{op}")
    text = _text(op, names)
    if rng.random() < 0.06:
        text, outcome, sort = _then(talk, text, given.outcome, given.sorts[2])
    else:
        outcome, sort = given.outcome, given.sorts[2]
    result, _ = talk.result_of(outcome, sort, (given.a, given.b))
    talk.bank(rng.choice(("n.res", "n.res", "v.res")))
    relation = "~=" if "APPROX" in _labels(draft, item) else "="
    draft.items[item] = f"{text} {relation} {result()}"
    talk.last = result()
    draft.end()


_SIGNS = {
    "+": ("+",),
    "-": ("-", "-", "\u2013", "\u2212"),
    "*": ("*", "*", "x", "\u00d7", "\u00b7", "X"),
    "/": ("/", "/", "\u00f7"),
}
_LABEL = {"+": "ADD", "-": "SUB", "*": "MUL", "/": "DIV"}


def symbols_said(talk: Talk) -> Callable[[Draft, str | None], None]:
    """Fill {e}: a calculation in signs within a sentence, its operands bare or with what they count."""
    rng = talk.rng

    def say(draft: Draft, _label: str | None) -> None:
        item = draft.items_begun
        op = rng.choice(("add", "sub", "mul", "div", "mul", "add", "sub"))
        given = _given(rng, op)
        sign = {"add": "+", "sub": "-", "mul": "*", "div": "/"}[op]
        worded = rng.random()
        counted = worded < 0.3  # 3 apples + 4 apples
        spoken = 0.3 <= worded < 0.42  # 3 times 4
        tight = not counted and not spoken and rng.random() < 0.4
        draft.begin("")

        def operand(value: Fraction, sort: Sort, first: bool) -> str:
            if sort.name == "count" and not counted and not spoken:
                said = quantities.number(rng, value, words=0.03)
            else:
                said = sort.say(rng, value)
            if not first and tight and draft.pieces:
                mark = draft.copied(said.text, said.notation, glued=True)
                if said.unit:
                    draft.unit(said.unit, glued=said.glued)
            else:
                mark = talk.said(said)
            if counted and sort.name == "count" and rng.random() < 0.75:
                draft.phrase("({n}|{n}|{adj} {n}|{n} {where}|{n1}|{n} per {n1})")
            return mark

        def relation(text: str, label: str) -> None:
            draft.say(text, label, glued=tight)

        left = operand(given.a, given.sorts[0], True)
        if spoken:
            draft.phrase(
                {"+": "plus", "-": "(minus|less)", "*": "(times|x|multiplied by)", "/": "(divided by|over)"}[sign]
                + "/"
                + _LABEL[sign]
            )
        else:
            relation(rng.choice(_SIGNS[sign]), _LABEL[sign])
        right = operand(given.b, given.sorts[1], False)
        text, outcome, sort = f"({left}) {sign} ({right})", given.outcome, given.sorts[2]
        if rng.random() < 0.15:
            more = _given(rng, rng.choice(("add", "sub")), outcome, sort)
            sign = "+" if more.op == "add" else "-"
            relation(rng.choice(_SIGNS[sign]), _LABEL[sign])
            text = f"({text}) {sign} ({operand(more.b, sort, False)})"
            outcome = more.outcome
        true = outcome
        if rng.random() < 0.3:
            outcome = slip(rng, outcome, (given.a, given.b))
        elif quantities.figures(outcome) is None:
            outcome = Fraction(round(outcome * 100), 100)
        if spoken:
            draft.phrase("(is|=|equals|which is|makes|gives)/EQ")
        else:
            relation("=", "EQ")
        end = operand(outcome, sort, False)
        draft.items[item] = f"{text} = {end}"
        draft.end()
        talk.true = talk.true is not False and true == outcome
        talk.last, talk.last_value, talk.last_sort = end, outcome, sort

    return say


def in_a_gap(talk: Talk) -> None:
    """A calculation in signs within a sentence: "she spends 3*4 = 12 dollars on lunch"."""
    talk.form()
    talk.draft.filled["e"] = symbols_said(talk)
    talk.bank("gap")


def nested(talk: Talk) -> None:
    """A calculation within another: "three times the sum of 4 and 5 is 27"."""
    draft, rng = talk.draft, talk.rng
    sort = some_sort(rng) if rng.random() < 0.4 else COUNT
    a, b = some_value(rng, small=True), some_value(rng, small=True)
    k = Fraction(rng.randint(2, 12))
    one = talk.operand("a", sort, max(a, b), plain=0.85)
    two = talk.operand("b", sort, min(a, b), plain=0.85)
    first = talk.operand("k1", COUNT, k, plain=1)
    share = quantities.percent(rng, k * 5)
    marks: list[str] = []
    draft.filled["p1"] = lambda _d, label: marks.append(talk.said(share, label or "A"))
    item = draft.items_begun
    draft.begin("")
    over: str | None = None
    if rng.random() < 0.85:
        start = len(draft.pieces)
        talk.bank("nest.over")
        over = next(p.label for p in draft.pieces[start:] if p.label not in (None, "A"))
        outer = marks[-1] if marks else first() if any(p.operand >= 0 for p in draft.pieces[start:]) else ""
    start = len(draft.pieces)
    talk.bank("nest")
    sign = next(p.label for p in draft.pieces[start:] if p.label in ("ADD", "SUB", "MUL", "DIV"))
    text, value = {
        "ADD": (f"{one()} + {two()}", a + b),
        "SUB": (f"{one()} - {two()}", abs(a - b)),
        "MUL": (f"({one()})*({two()})", a * b),
        "DIV": (f"({one()})/({two()})", max(a, b) / min(a, b)),
    }[sign or ""]
    value = Fraction(value)
    match over:
        case "DBL" | "TRPL":
            text, value = f"{2 if over == 'DBL' else 3}*({text})", value * (2 if over == "DBL" else 3)
        case "HALF":
            text, value = f"1/2*({text})", value / 2
        case "SQRT":
            text, value = f"sqrt({text})", Fraction(round(float(value) ** 0.5, 2)).limit_denominator(100)
        case "SQOF" | "CUBEOF":
            power = 2 if over == "SQOF" else 3
            text, value = f"({text})^{power}", value**power
        case "NEG":
            text, value = f"-({text})", -value
        case "MUL":
            text, value = f"({outer})*({text})", (k * 5 / 100 if marks else k) * value
        case "ADD":
            text, value = f"({outer}) + ({text})", k + value
        case "SUB":
            text, value = f"({outer}) - ({text})", k - value
        case "RSUB":
            text, value = f"({text}) - ({outer})", value - k
        case "DIV":
            text, value = f"({outer})/({text})", k / (value or 1)
        case _:
            pass
    result, _ = talk.result_of(value, sort, (a, b))
    talk.true = None  # units and roots that do not end are not followed here
    talk.bank("n.res")
    relation = "~=" if "APPROX" in _labels(draft, item) else "="
    draft.items[item] = f"{text} {relation} {result()}"
    talk.last = result()
    draft.end()
