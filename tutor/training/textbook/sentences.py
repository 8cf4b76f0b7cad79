"""Sentences that say quantities without calculating, sentences with nothing to read, and slips of the tongue."""

from __future__ import annotations

from fractions import Fraction

from tutor.training.textbook import quantities
from tutor.training.textbook.arithmetic import COUNT, Sort, Talk, some_sort, some_value
from tutor.training.textbook.equations import written
from tutor.training.textbook.phrases import Draft
from tutor.training.textbook.quantities import Said


def _value(talk: Talk, name: str, said: Said, around: str = "") -> None:
    """Fill a slot with a value of its own."""

    def say(draft: Draft, _label: str | None) -> None:
        def number(draft: Draft, _label: str | None) -> None:
            item = draft.items_begun
            draft.begin("")
            minus = talk.rng.random() < 0.02 and said.text[:1].isalnum()
            if minus:
                draft.phrase("(minus|negative|minus)/VNEG")
            draft.items[item] = f"value: {'-' if minus else ''}{talk.said(said, 'V')}"
            draft.end()

        before = draft.filled.get("x")
        draft.filled["x"] = number
        if around:
            talk.bank(around)
        else:
            number(draft, None)
        if before is not None:
            draft.filled["x"] = before

    talk.draft.filled[name] = say


def _pair(talk: Talk, name: str, label: str, between: str, sign: str) -> None:
    """Fill a slot with two numbers that are one value: "3 to 5", "3 out of 8"."""

    def say(draft: Draft, _label: str | None) -> None:
        rng = talk.rng
        item = draft.items_begun
        draft.begin("")
        first = talk.said(quantities.number(rng, Fraction(rng.randint(1, 12)), words=0.3), "V")
        draft.phrase(f"{between}/{label}")
        second = talk.said(quantities.number(rng, Fraction(rng.randint(2, 30)), words=0.3))
        draft.items[item] = f"value: ({first}){sign}({second})"
        draft.end()

    talk.draft.filled[name] = say


def fill_values(talk: Talk) -> None:
    """The slots of sentences that say quantities."""
    rng = talk.rng
    for name in "vwy":
        sort = some_sort(rng)
        value = some_value(rng, sort, small=rng.random() < 0.5)
        if value.denominator == 1 and rng.random() < 0.04:
            letter = rng.choice("xyntkmz")
            talk.symbols.add(letter)
            text = rng.choice(
                (
                    letter,
                    f"{rng.randint(2, 9)}{letter}",
                    f"{letter} + {rng.randint(1, 30)}",
                    f"{letter}-{rng.randint(1, 30)}",
                    f"{rng.randint(2, 9)}{letter} + {rng.randint(1, 30)}",
                )
            )
            said = Said(text, text, value)
        else:
            said = quantities.number(rng, value, words=0.3) if sort.name == "count" else sort.say(rng, value)
        _value(talk, name, said, "value.count" if sort.name == "count" else "value.measure")
    for name in ("vm", "wm"):
        kind = rng.choice(("length", "time", "length", "time", "mass", "volume"))
        _value(talk, name, quantities.measured(rng, some_value(rng, small=True), kind), rng.choice(("", "", "about")))
    for name in ("va", "wa"):
        angle = quantities.measured(rng, Fraction(rng.choice((30, 45, 60, 90, 120, 180, rng.randint(5, 175)))), "angle")
        _value(talk, name, angle if rng.random() < 0.7 else quantities.number(rng, angle.value))
    letter = rng.choice("xxxyntk")
    terms = [(Fraction(rng.randint(1, 9)), letter, rng.choice((1, 1, 2))), (Fraction(rng.randint(-9, 9) or 4), "", 0)]
    expression = written(terms[: rng.choice((1, 2, 2))], rng, tight=rng.random() < 0.5)

    def say_expression(draft: Draft, _label: str | None) -> None:
        talk.symbols.add(letter)
        item = draft.items_begun
        draft.begin("")
        draft.items[item] = f"value: {draft.copied(expression, expression, 'V')}"
        draft.end()

    talk.draft.filled["vx"] = say_expression
    for name in ("vp", "wp"):
        share = Fraction(rng.choice((5, 10, 20, 25, 30, 40, 50, 75, 80, rng.randint(1, 99))))
        _value(talk, name, quantities.percent(rng, share))
    for name, label, between, sign in (
        ("ratio", "RATIO", "(to|to|:|is to)", ":"),
        ("outof", "DIV", "(out of|out of|in|of)", "/"),
    ):
        _pair(talk, name, label, between, sign)
    for name in ("vf", "wf"):
        bottom = rng.randint(2, 10)
        _value(talk, name, quantities.number(rng, Fraction(rng.randint(1, bottom - 1), bottom)))


def saying(talk: Talk) -> None:
    """Quantities said in a sentence: "so she has 34 apples left"."""
    fill_values(talk)
    talk.form()
    talk.bank("said")


def nothing(talk: Talk) -> None:
    """A plan, a comment, a question, a heading."""
    talk.form()
    talk.bank("none")


def corrected(talk: Talk) -> None:
    """A number or a statement taken back."""
    draft, rng = talk.draft, talk.rng
    r = rng.random()
    if r < 0.3:
        # x is 5, no wait, 6
        letter = rng.choice("xynmtkzpw")
        talk.symbols.add(letter)
        wrong, right = rng.sample(range(1, 60), 2)
        talk.bank("eq.lead")
        item = draft.items_begun
        draft.begin("")
        draft.copied(letter, letter)
        talk.bank("rel.eq")
        relation = "="
        draft.copied(str(wrong), str(wrong))
        _taken_back(talk)
        if rng.random() < 0.2:
            draft.phrase("(it's|its|it is|that's|make that|i mean)")
        end = talk.said(quantities.number(rng, Fraction(right)))
        draft.items[item] = f"{letter} {relation} {end}"
        draft.end()
    elif r < 0.6:
        # 3 plus 4 is 8, no, 7
        a, b = rng.randint(2, 40), rng.randint(2, 40)
        op, sign, label, true = rng.choice(
            (
                ("(plus|and|+|added to)", "+", "ADD", a + b),
                ("(times|x|*)", "*", "MUL", a * b),
                ("(minus|take away|less)", "-", "SUB", a - b),
            )
        )
        item = draft.items_begun
        draft.begin("")
        first = talk.said(quantities.number(rng, Fraction(a)))
        draft.phrase(f"{op}/{label}")
        second = talk.said(quantities.number(rng, Fraction(b)))
        talk.bank("rel.eq")
        wrong = abs(true + rng.choice((-2, -1, 1, 10)))
        draft.copied(str(wrong), str(wrong))
        _taken_back(talk)
        end = draft.copied(str(true), str(true))
        draft.items[item] = f"({first}) {sign} ({second}) = {end}"
        draft.end()
    elif r < 0.85:
        # she has 12, i mean 13 apples
        sort = COUNT if rng.random() < 0.7 else Sort("money")
        slipped, meant = some_value(rng, sort, small=True), some_value(rng, sort)
        item = draft.items_begun
        talk.form()
        talk.bank("value.lead")
        draft.begin("")
        talk.said(sort.say(rng, slipped), "V")
        _taken_back(talk)
        end = talk.said(sort.say(rng, meant), "A")
        if sort is COUNT:
            draft.phrase("[{n}]")
        draft.items[item] = f"value: {end}"
        draft.end()
    else:
        if rng.random() < 0.5:
            rng.choice((saying, nothing))(talk)
            draft.phrase("(,|.|...|-)")
        draft.begin("no wait")
        talk.bank("retract")
        draft.end()
        draft.phrase("[,|...|:|, it's|.]")
        fill_values(talk)
        talk.form()
        talk.bank("said")


def _taken_back(talk: Talk) -> None:
    """No wait: the label on its last word, commas around."""
    draft = talk.draft
    if talk.rng.random() < 0.6:
        draft.say(",")
    draft.draw(draft.banks.pick("no.wait", talk.rng))
    word = next(p for p in reversed(draft.pieces) if p.text not in (",", ":", "*"))
    if word.label is None:
        word.label, word.item, word.fixed = "FIX", draft.item, True
    if draft.pieces[-1].text not in (",", ":") and talk.rng.random() < 0.5:
        draft.say(",")


def restated(talk: Talk) -> None:
    """Facts and then the calculation with the same numbers: "each box has 5 and there are 3 boxes so 5*3 = 15"."""
    draft, rng = talk.draft, talk.rng
    op = rng.choice(("mul", "add", "sub", "div"))
    sign = {"mul": "*", "add": "+", "sub": "-", "div": "/"}[op]
    b = some_value(rng, small=True)
    c = some_value(rng, small=True)
    a = {"mul": c, "add": c, "sub": b + c, "div": b * c}[op]
    out = {"mul": a * b, "add": a + b, "sub": c, "div": c}[op]
    talk.true = rng.random() < 0.7
    if not talk.true:
        out += 1
    texts = [
        quantities.number(rng, a, words=0).text,
        quantities.number(rng, b, words=0).text,
        quantities.number(rng, out, words=0).text,
    ]
    money = rng.random() < 0.25

    def fact(value: str) -> None:
        draft.filled["x"] = lambda d, _l: d.say(("$" if money and rng.random() < 0.7 else "") + value, None, fixed=True)
        draft.phrase("({x} {n}|{x} {n}|{x}|{x} {adj} {n}|{x} each|the {x} {n}|{x} {n} {where})")

    draft.filled["v"] = lambda _d, _l: fact(texts[0])
    draft.filled["w"] = lambda _d, _l: fact(texts[1])
    talk.form()
    before = rng.random() < 0.75

    def equation() -> None:
        item = draft.items_begun
        draft.begin("")
        if rng.random() < 0.7:
            between = rng.choice(("", " "))
            shown = rng.choice({"mul": "*x×", "div": "/÷"}.get(op, sign))
            text = between.join((texts[0], shown, texts[1], "=", texts[2]))
            draft.copied(text, "")
            draft.items[item] = (
                f"{texts[0].replace(',', '')} {sign} {texts[1].replace(',', '')} = {texts[2].replace(',', '')}"
            )
        else:
            one = draft.copied(texts[0], texts[0].replace(",", ""))
            draft.phrase(
                {
                    "mul": "(times|x|multiplied by)/MUL",
                    "add": "(plus|and|+)/ADD",
                    "sub": "(minus|take away|less)/SUB",
                    "div": "(divided by|over|split between)/DIV",
                }[op]
            )
            two = draft.copied(texts[1], texts[1].replace(",", ""))
            talk.bank("n.res0")
            three = draft.copied(texts[2], texts[2].replace(",", ""))
            draft.items[item] = f"{one} {sign} {two} = {three}"
        draft.end()

    if before:
        talk.bank("fact")
        talk.bank("fact.so")
        equation()
        draft.phrase("[{n}|in total|altogether|{n} left|so {she} <have> enough]")
    else:
        if rng.random() < 0.5:
            draft.filled["v"] = lambda _d, _l: fact(texts[2])
            talk.bank("restated.why")
            equation()
        else:
            equation()
            draft.filled["v"] = lambda _d, _l: fact(texts[2])
            talk.bank("restated.end")
    talk.last = None
