"""Equations and inequalities: what was done to both sides, what they became, what a letter stands for."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction

from tutor.training.textbook import quantities
from tutor.training.textbook.arithmetic import COUNT, Talk
from tutor.training.textbook.phrases import Draft

LETTERS = "x x x x x y y n n m t k p z w b c q r h s d".split()
_RELATIONS = {"=": "eq", "<": "lt", ">": "gt", "<=": "le", ">=": "ge", "!=": "ne"}
_WRITTEN = {"<=": ("<=", "\u2264", "=<"), ">=": (">=", "\u2265", "=>"), "!=": ("\u2260", "!=")}

# A term: its coefficient, its letter ("" for a number), its power.
Term = tuple[Fraction, str, int]


def written(terms: Sequence[Term], rng: random.Random, *, tight: bool) -> str:
    """2x + 3, as typed."""
    out = ""
    for k, (coefficient, letter, power) in enumerate(terms):
        size = abs(coefficient)
        text = "" if letter and size == 1 else quantities.figures(size) or str(size)
        if letter and "/" in text:
            text = f"({text})"
        if letter:
            text += letter
            if power != 1:
                text += ("²" if power == 2 else "³") if power in (2, 3) and rng.random() < 0.25 else f"^{power}"
        sign = "-" if coefficient < 0 else "+"
        if k == 0:
            out = ("-" if coefficient < 0 else "") + text
        else:
            out += sign + text if tight else f" {sign} {text}"
    return out


def notation(terms: Sequence[Term]) -> str:
    """2*x + 3"""
    out = ""
    for k, (coefficient, letter, power) in enumerate(terms):
        size = abs(coefficient)
        text = quantities.figures(size) or f"({size})"
        if letter:
            text = letter if size == 1 else f"{text}*{letter}"
            if power != 1:
                text += f"^{power}"
        sign = "-" if coefficient < 0 else "+"
        out = ("-" if coefficient < 0 else "") + text if k == 0 else f"{out} {sign} {text}"
    return out


def spoken(talk: Talk, terms: Sequence[Term]) -> str:
    """Say an expression in words, term by term; its notation."""
    draft, rng = talk.draft, talk.rng
    words = rng.random() < 0.5
    out = ""
    for k, (coefficient, letter, power) in enumerate(terms):
        if k:
            draft.phrase("(minus|minus|take away|less|-)/SUB" if coefficient < 0 else "(plus|plus|plus|and|+|add)/ADD")
        elif coefficient < 0:
            draft.phrase("(minus|negative|minus)/NEG")
        size = abs(coefficient)
        if not letter:
            mark = talk.said(quantities.number(rng, size, words=0.75 if words else 0.1))
        elif size == 1:
            mark = draft.copied(letter, letter)
        elif size == Fraction(1, 2) and rng.random() < 0.6:
            draft.phrase("half/HALF [of|a|an|the]")
            mark = "1/2*" + draft.copied(letter, letter)
        elif size == 2 and rng.random() < 0.1:
            draft.phrase("(twice|double|two times)/DBL")
            mark = "2*" + draft.copied(letter, letter)
        elif words or size.denominator != 1:
            number = talk.said(quantities.number(rng, size, words=0.85))
            if rng.random() < 0.12:
                draft.phrase("(times|lots of)/MUL")
                mark = f"({number})*" + draft.copied(letter, letter)
            else:
                # "two x" has no sign between; "2 x" is one token.
                mark = f"({number})*" + draft.copied(letter, letter, "AJ")
        else:
            text = (quantities.figures(size) or str(size)) + letter
            mark = draft.copied(text, text)
        if letter and power != 1:
            draft.phrase({2: "(squared|squared|squared|sq)/SQ", 3: "(cubed|cubed)/CUBE"}[power])
            mark = f"{mark}^{power}"
        sign = "-" if coefficient < 0 else "+"
        out = (f"-{mark}" if coefficient < 0 else mark) if k == 0 else f"{out} {sign} {mark}"
    return out


def claim(talk: Talk, left: Sequence[Term], relation: str, right: Sequence[Term], *, signs: float = 0.55) -> None:
    """An equation or inequality: in signs, in words, or half and half."""
    draft, rng = talk.draft, talk.rng
    item = draft.items_begun
    draft.begin("")
    for term in (*left, *right):
        if term[1]:
            talk.symbols.add(term[1])
    tight = rng.random() < 0.5
    r = rng.random()
    if r < signs:
        sign = rng.choice(_WRITTEN.get(relation, (relation,)))
        between = sign if tight else f" {sign} "
        text = written(left, rng, tight=tight) + between + written(right, rng, tight=tight)
        draft.copied(text, f"{notation(left)} {relation} {notation(right)}")
        draft.items[item] = f"{notation(left)} {relation} {notation(right)}"
    else:
        mixed = r < signs + (1 - signs) * 0.4
        ends = []
        for k, side in enumerate((left, right)):
            if k:
                talk.bank("rel." + _RELATIONS[relation])
            if mixed and rng.random() < 0.8 and not (len(side) == 1 and not side[0][1]):
                text = written(side, rng, tight=rng.random() < 0.6)
                draft.copied(text, notation(side))
                ends.append(notation(side))
            else:
                ends.append(spoken(talk, side))
        draft.items[item] = f"{ends[0]} {relation} {ends[1]}"
    draft.end()
    talk.last, talk.last_value = None, None


def operation(talk: Talk, name: str, operand: Callable[[], tuple[str, str]] | None, *, after: bool = False) -> None:
    """An operation named in words, its verb in the form that who does it asks for."""
    draft, rng = talk.draft, talk.rng
    if after:
        talk.bank("op.after")
        draft.form = "ing"
    elif rng.random() < 0.12:
        talk.bank("op.why")
    if not after:
        if rng.random() < 0.9:
            talk.subject()
        else:
            draft.form = "base"
    item = draft.items_begun
    draft.begin("")
    marks: list[str] = []
    if operand is not None:
        text, copied = operand()

        def say(draft: Draft, _label: str | None) -> None:
            marks.append(draft.copied(text, copied, "X"))

        draft.filled["o"] = say
    talk.bank("op." + name)
    named = {"halve": "/2", "double": "*2", "triple": "*3", "plug": "substitute", "cross": "cross multiply"}
    sign = {"sub": "-", "add": "+", "mul": "*", "div": "/"}.get(name)
    if sign is not None:
        draft.items[item] = f"op: {sign}{marks[-1]}"
    elif name == "substitute":
        draft.items[item] = f"op: substitute {marks[-1]}"
    else:
        draft.items[item] = f"op: {named.get(name, name)}"
    draft.end()


def _number(talk: Talk, value: Fraction) -> Callable[[], tuple[str, str]]:
    def say() -> tuple[str, str]:
        said = quantities.number(talk.rng, value, words=0.2)
        return said.text, said.notation

    return say


def _some_linear(rng: random.Random) -> tuple[str, Fraction, Fraction, Fraction, Fraction]:
    """a x + b = c with its root."""
    letter = rng.choice(LETTERS)
    a = Fraction(rng.randint(2, 12))
    root = (
        Fraction(rng.randint(-9, 15) or 1)
        if rng.random() < 0.85
        else Fraction(rng.randint(1, 15), rng.choice((2, 4, 10)))
    )
    b = Fraction(rng.choice((-1, 1)) * rng.randint(1, 20 if rng.random() < 0.8 else 200))
    return letter, a, b, a * root + b, root


def _slipped(rng: random.Random, value: Fraction) -> Fraction:
    """Now and then a wrong number."""
    if rng.random() < 0.72:
        return value
    return rng.choice((-value, value + 1, value - 1, value + rng.randint(2, 9), value * 2)) or Fraction(1)


def solving(talk: Talk) -> None:
    """Steps of a linear equation: what is done to both sides and what they become."""
    draft, rng = talk.draft, talk.rng
    letter, a, b, c, root = _some_linear(rng)
    talk.symbols.add(letter)
    relation = "=" if rng.random() < 0.85 else rng.choice(("<", ">", "<=", ">="))
    moves: list[tuple[str, Callable[[], tuple[str, str]] | None, tuple[Term, ...], tuple[Term, ...]]] = []
    middle = _slipped(rng, c - b)
    end = _slipped(rng, middle / a)
    if quantities.figures(end) is None and rng.random() < 0.5:
        end = Fraction(round(end))  # a slip of its own
    first: tuple[tuple[Term, ...], tuple[Term, ...]] = (((a, letter, 1), (b, "", 0)), ((c, "", 0),))
    if rng.random() < 0.25:
        extra = Fraction(rng.randint(1, 9))
        first = (((a + extra, letter, 1), (b, "", 0)), ((extra, letter, 1), (c, "", 0)))
        text = written(((extra, letter, 1),), rng, tight=True)
        moves.append(("sub", lambda: (text, text), ((a, letter, 1), (b, "", 0)), ((c, "", 0),)))
    size = abs(b)
    name = "sub" if b > 0 else "add"
    if rng.random() < 0.2:
        text = ("+" if b > 0 and rng.random() < 0.4 else "-" if b < 0 else "") + str(size)
        moves.append(("move", lambda: (text, text.removeprefix("+")), ((a, letter, 1),), ((middle, "", 0),)))
    else:
        moves.append((name, _number(talk, size), ((a, letter, 1),), ((middle, "", 0),)))
    if a == 2 and rng.random() < 0.4:
        moves.append(("halve", None, ((Fraction(1), letter, 1),), ((end, "", 0),)))
    else:
        moves.append(("div", _number(talk, a), ((Fraction(1), letter, 1),), ((end, "", 0),)))
    if rng.random() < 0.18:
        d = Fraction(rng.randint(2, 9))
        first = (((1 / d, letter, 1),), ((root, "", 0),))
        moves = [
            (
                "double" if d == 2 and rng.random() < 0.5 else "mul",
                _number(talk, d),
                ((Fraction(1), letter, 1),),
                ((_slipped(rng, root * d), "", 0),),
            )
        ]
        if moves[0][0] == "double":
            moves[0] = ("double", None, *moves[0][2:])
    start = rng.randrange(len(moves))
    stop = rng.randint(start + 1, min(len(moves), start + (3 if rng.random() < 0.3 else 1)))
    if rng.random() < 0.25:
        before = first if start == 0 else (moves[start - 1][2], moves[start - 1][3])
        talk.bank("eq.lead")
        claim(talk, before[0], relation, before[1])
        draft.phrase("(so|,|then|, then|so then|and|and then|, so|.|, now|, next) ")
    if stop - start == 1 and moves[start][0] != "move" and rng.random() < 0.1:
        # x = 4 after dividing both sides by 3
        move, operand, left, right = moves[start]
        claim(talk, left, relation, right)
        operation(talk, move, operand, after=True)
        return
    for k, (move, operand, left, right) in enumerate(moves[start:stop]):
        if k:
            draft.phrase("(,|then|, then|and then|and|so then|, and then|. then|, next|, after that|;|, so)")
        if move == "move":
            _moved(talk, operand, b)
        else:
            operation(talk, move, operand)
        if stop - start == 1 and rng.random() < 0.12:
            break
        if relation != "=" and rng.random() < 0.1:
            draft.phrase("[,] (flip the sign|and flip the sign|the sign flips|and the inequality flips|dont flip) [,]")
        talk.bank("so")
        claim(talk, left, relation, right)


def _moved(talk: Talk, operand: Callable[[], tuple[str, str]] | None, b: Fraction) -> None:
    operation(talk, "move", operand)
    talk.draft.items[-1] = f"op: {'-' if b > 0 else '+'}{abs(b)}"


def one_equation(talk: Talk) -> None:
    """An equation said by itself: "three x plus two is eleven", "so x equals 5"."""
    draft, rng = talk.draft, talk.rng
    letter, a, b, c, root = _some_linear(rng)
    r = rng.random()
    if rng.random() < 0.08:
        talk.bank("eliminating")
        talk.bank("so")
    relation = "=" if rng.random() < 0.8 else rng.choice(("<", ">", "<=", ">=", "<", ">", "!="))
    talk.bank("eq.lead")
    one, end = ((Fraction(1), letter, 1),), ((_slipped(rng, root), "", 0),)
    if r < 0.35:
        claim(talk, one, relation, end, signs=0.3)
    elif r < 0.6:
        claim(talk, ((a, letter, 1), (b, "", 0)), relation, ((c, "", 0),), signs=0.35)
    elif r < 0.75:
        claim(talk, ((a, letter, 1),), relation, ((c - b, "", 0),), signs=0.35)
    elif r < 0.83:
        other = rng.choice([x for x in "xyzabnm" if x != letter and x not in "ab"])
        claim(talk, ((a, letter, 1), (Fraction(rng.randint(1, 5)), other, 1)), relation, ((c, "", 0),), signs=0.35)
    elif r < 0.9:
        k = Fraction(rng.randint(1, 9))
        claim(talk, ((a, letter, 1), (b, "", 0)), relation, ((k, letter, 1), (c, "", 0)), signs=0.35)
    else:
        p, q = rng.randint(1, 9), rng.randint(1, 9)
        claim(
            talk,
            ((Fraction(1), letter, 2), (Fraction(-(p + q)), letter, 1), (Fraction(p * q), "", 0)),
            "=",
            ((Fraction(0), "", 0),),
            signs=0.3,
        )
    if rng.random() < 0.2:
        draft.phrase("(so|,|, so|and so|, then|therefore|hence|which means|and|. so|meaning)")
        claim(talk, one, relation, end, signs=0.35)


def alternatives(talk: Talk, letter: str = "") -> None:
    """Two solutions: "x is 3 or -3"."""
    draft, rng = talk.draft, talk.rng
    letter = letter or rng.choice(LETTERS)
    talk.symbols.add(letter)
    first, second = rng.sample(range(-12, 13), 2)
    if rng.random() < 0.3:
        second = -first
    if first == second:
        second += 3
    talk.bank("eq.lead")
    item = draft.items_begun
    draft.begin(f"{letter} = {first} or {letter} = {second}")

    def number(value: int) -> None:
        if value < 0 and rng.random() < 0.25:
            draft.phrase("(minus|negative)/NEG")
            talk.said(quantities.number(rng, Fraction(-value)))
        else:
            draft.copied(str(value), str(value))

    r = rng.random()
    if r < 0.35:
        between = rng.choice(("=", " = "))
        draft.copied(f"{letter}{between}{first}", "")
        draft.phrase("(or|or|or|and|,|or else|, or|and also)/OR")
        draft.copied(f"{letter}{between}{second}", "")
    elif r < 0.5:
        between = rng.choice(("=", " = "))
        draft.copied(f"{letter}{between}{first}", "")
        draft.phrase("(or|or|and|,|, or)/OR")
        number(second)
    else:
        if rng.random() < 0.1:
            draft.phrase("either")
        draft.copied(letter, letter)
        talk.bank("rel.eq")
        number(first)
        draft.phrase("(or|or|or|and|,|or else|, or)/OR")
        if rng.random() < 0.35:
            draft.copied(letter, letter)
            talk.bank("rel.eq")
        number(second)
    draft.items[item] = f"{letter} = {first} or {letter} = {second}"
    draft.end()


def defining(talk: Talk) -> None:
    """What a letter stands for: "let x be the number of apples"."""
    draft, rng = talk.draft, talk.rng
    letter = rng.choice([*LETTERS, "a", "e", "g", "f", "l", "A", "T", "N", "P", "C"])
    talk.symbols.add(letter)
    r = rng.random()
    if r < 0.75:
        second = rng.choice([x for x in "yzbnkvwms" if x != letter])

        def define(name: str) -> Callable[[Draft, str | None], None]:
            def say(draft: Draft, label: str | None) -> None:
                talk.symbols.add(name)
                item = draft.items_begun
                draft.begin("")
                draft.items[item] = f"let {draft.copied(name, name, label)}"
                draft.end()

            return say

        draft.filled["l"], draft.filled["l2"] = define(letter), define(second)
        draft.form = rng.choice(("past", "s"))
        talk.bank("define")
        return
    k, extra = rng.randint(2, 9), rng.randint(1, 20)
    other = rng.choice("xyntwm")
    if other == letter:
        letter = "u"
    body = rng.choice((f"{k}{other}", f"{other}+{extra}", f"{other} - {extra}", f"{other}^2", f"{k}{other} + {extra}"))
    head = letter if rng.random() < 0.5 else f"{rng.choice('fgh')}({other})"
    draft.begin(f"let {head} = {body}")
    draft.phrase("(let|let|set|put|so let|we let|now let|define|say)")
    talk.symbols |= {other, head[0]}
    r = rng.random()
    if r < 0.4:
        draft.copied(f"{head} = {body}", "", "D")
    else:
        draft.copied(head, head, "D")
        draft.phrase("(be|be|be|equal|be equal to|=|is|as)/EQ")
        if r < 0.6:
            draft.copied(body, body)
        else:
            terms = ((Fraction(rng.choice((1, 1, k))), other, rng.choice((1, 2, 2, 3))), (Fraction(-extra), other, 1))
            draft.items[-1] = f"let {head} = {spoken(talk, terms[: rng.choice((1, 2))])}"
    draft.end()


def putting_in(talk: Talk) -> None:
    """A value put into an equation, and what comes out."""
    draft, rng = talk.draft, talk.rng
    letter, a, b, _c, root = _some_linear(rng)
    talk.symbols.add(letter)
    value = abs(root)
    item = draft.items_begun
    if rng.random() < 0.6:
        between = rng.choice(("=", " = "))
        text = f"{letter}{between}{quantities.figures(value)}"
        operation(talk, "substitute", lambda: (text, text))
    else:
        talk.subject()
        draft.begin("")
        said = quantities.number(rng, value, words=0.2)
        draft.filled["o"] = lambda d, _l: (d.copied(said.text, said.notation, "X"), None)[1]
        draft.filled["l"] = lambda d, _l: (d.copied(letter, letter, "XV"), None)[1]
        talk.bank("op.putfor")
        draft.items[item] = f"op: substitute {letter} = {said.notation}"
        draft.end()
    if rng.random() < 0.6:
        talk.bank("so")
        item = draft.items_begun
        draft.begin("")
        total = _slipped(rng, a * value + b)
        words = rng.random() < 0.5
        if not words:
            sign, end = "+" if b > 0 else "-", quantities.figures(total) or str(total)
            text = f"{a}({quantities.figures(value)}) {sign} {abs(b)} = {end}"
            if rng.random() < 0.5:
                text = text.replace(" ", "")
            draft.copied(text, text)
            draft.items[item] = text
        else:
            first = talk.said(quantities.number(rng, a))
            draft.phrase("(times|times|x|*)/MUL")
            second = talk.said(quantities.number(rng, value))
            draft.phrase("(plus|+|add)/ADD" if b > 0 else "(minus|-|take away)/SUB")
            third = talk.said(quantities.number(rng, abs(b)))
            talk.bank("rel.eq")
            last = f"{'-' if total < 0 else ''}{quantities.figures(abs(total)) or abs(total)}"
            mark = draft.copied(last, last)
            draft.items[item] = f"({first})*({second}) {'+' if b > 0 else '-'} ({third}) = {mark}"
        draft.end()


_ALONE = (
    "plug plug halve double triple exp square root expand factorise collect simplify cross swap"
    " rearrange cancel log reciprocal differentiate integrate expand factorise collect simplify convert"
).split()


def named_operation(talk: Talk) -> None:
    """An operation without an operand, alone or with the equation that it gives."""
    rng = talk.rng
    name = rng.choice(_ALONE)
    operation(talk, name, None)
    if rng.random() < 0.65:
        talk.bank("so")
        letter, a, b, c, root = _some_linear(rng)
        if name in ("factorise", "expand") and rng.random() < 0.7:
            quadratic_claim(talk, letter, factored=name == "factorise")
        elif name in ("differentiate", "integrate") and rng.random() < 0.8:
            slope(talk)
        elif name in ("square", "root"):
            claim(talk, ((Fraction(1), letter, 2 if name == "square" else 1),), "=", ((abs(root), "", 0),))
        else:
            claim(talk, ((a, letter, 1), (b, "", 0)) if rng.random() < 0.6 else ((a, letter, 1),), "=", ((c, "", 0),))


def quadratic_claim(talk: Talk, letter: str, *, factored: bool) -> None:
    """(x - 2)(x - 3) = 0, or x^2 - 5x + 6 = 0"""
    draft, rng = talk.draft, talk.rng
    p, q = rng.choice((-1, 1)) * rng.randint(1, 9), rng.choice((-1, 1)) * rng.randint(1, 9)
    talk.symbols.add(letter)
    if factored:

        def factor(r: int) -> str:
            return f"({letter}{'-' if r > 0 else '+'}{abs(r)})"

        text = factor(p) + rng.choice(("", "", " ", "*")) + factor(q)
        if rng.random() < 0.4:
            text = text.replace("-", " - ").replace("+", " + ")
        item = draft.items_begun
        draft.begin("")
        body = f"{factor(p)}*{factor(q)}"
        if rng.random() < 0.7:
            end = rng.choice(("=", " = ")) + "0"
            draft.copied(text + end, "")
        else:
            draft.copied(text, "")
            talk.bank("rel.eq")
            talk.said(quantities.number(rng, Fraction(0), words=0))
        draft.items[item] = f"{body} = 0"
        draft.end()
    else:
        claim(
            talk,
            ((Fraction(1), letter, 2), (Fraction(-(p + q) or 1), letter, 1), (Fraction(p * q), "", 0)),
            "=",
            ((Fraction(0), "", 0),),
        )


def identity(talk: Talk) -> None:
    """An expression and what it is the same as: "x squared minus 5x plus 6 factors into (x-2)(x-3)"."""
    draft, rng = talk.draft, talk.rng
    letter = rng.choice(LETTERS)
    talk.symbols.add(letter)
    p, q = rng.choice((-1, 1)) * rng.randint(1, 9), rng.choice((-1, 1)) * rng.randint(1, 9)
    if p == -q:
        q += 1 if q != -1 else 2
    quadratic = ((Fraction(1), letter, 2), (Fraction(-(p + q)), letter, 1), (Fraction(p * q), "", 0))
    factors = "".join(f"({letter} {'-' if r > 0 else '+'} {abs(r)})" for r in (p, q))
    k, c = rng.randint(2, 9), rng.randint(1, 12)
    single, opened = (
        f"{k}({letter} + {c})",
        ((Fraction(k), letter, 1), (Fraction(_slipped(rng, Fraction(k * c))), "", 0)),
    )
    item = draft.items_begun
    tight = rng.random() < 0.5

    def sign(text: str) -> str:
        shown = text.replace(" ", "") if tight else text
        draft.copied(shown, text)
        return text

    def expanded(terms: Sequence[Term]) -> str:
        return spoken(talk, terms) if rng.random() < 0.5 else sign(written(terms, random.Random(0), tight=False))

    backwards = rng.random() < 0.5
    draft.begin("")
    if backwards:
        draft.phrase(
            "[factorising|to factorise|factor|if we factorise|the factors of|i factorised|we factorise|factoring]"
        )
        left = expanded(quadratic if rng.random() < 0.7 else opened)
        two = letter + "^2" in left or "^2" in left
        talk.bank("rel.factors")
        right = sign(factors if two else single)
    else:
        draft.phrase(
            "[expanding|expand|if we expand|multiplying out|opening|when i expand|i expanded|the bracket|distributing]"
        )
        two = rng.random() < 0.5
        left = sign(factors if two else single)
        talk.bank("rel.expands")
        right = expanded(quadratic if two else opened)
    draft.items[item] = f"{left} = {right}"
    draft.end()


def difference(talk: Talk) -> None:
    """How one unknown compares with another: "C is 11 more than B"."""
    draft, rng = talk.draft, talk.rng
    first, second = rng.sample("xyzABCDnmpqKJTPS", 2)
    talk.symbols |= {first, second}
    item = draft.items_begun
    draft.begin("")
    one = draft.copied(first, first)
    talk.bank("rel.eq")
    value = Fraction(rng.randint(2, 40))
    r = rng.random()
    if r < 0.5:
        number = talk.said(COUNT.say(rng, value))
        more = rng.random() < 0.5
        if rng.random() < 0.3:
            draft.phrase("({n}|{unitw})")
        draft.phrase(
            "(more than|greater than|bigger than|older than|above|taller than|longer than|added to)/ADD"
            if more
            else "(less than|fewer than|smaller than|younger than|below|shorter than)/RSUB"
        )
        two = draft.copied(second, second)
        draft.items[item] = f"{one} = ({two}) {'+' if more else '-'} ({number})"
    elif r < 0.75:
        draft.phrase("(twice|double|two times)/DBL [as (many|much|old|big|long) as|the number of]")
        draft.items[item] = f"{one} = 2*{draft.copied(second, second)}"
    elif r < 0.85:
        draft.phrase("half/HALF [of|as (many|much|old|big) as]")
        draft.items[item] = f"{one} = 1/2*{draft.copied(second, second)}"
    else:
        number = talk.said(quantities.number(rng, Fraction(rng.randint(3, 9)), words=0.6))
        draft.phrase("times/MUL [as (many|much|old|big) as|the number of]")
        draft.items[item] = f"{one} = ({number})*{draft.copied(second, second)}"
    draft.end()


def between(talk: Talk) -> None:
    """Two bounds: "x is greater than 2 and less than 5"."""
    draft, rng = talk.draft, talk.rng
    letter = rng.choice(LETTERS)
    talk.symbols.add(letter)
    low = rng.randint(-5, 20)
    high = low + rng.randint(1, 30)
    bounds = [(rng.choice((">", ">=")), low), (rng.choice(("<", "<=")), high)]
    if rng.random() < 0.3:
        bounds.reverse()
    talk.bank("eq.lead")
    item = draft.items_begun
    draft.begin("")
    link = "and" if rng.random() < 0.8 else "or"
    written_out = rng.random() < 0.3
    for k, (relation, value) in enumerate(bounds):
        if k:
            draft.phrase("(and|but|and|and also|,)/AND" if link == "and" else "(or|or|or else)/OR")
        if written_out:
            draft.copied(f"{letter} {relation} {value}", "")
            continue
        draft.copied(letter, letter)
        talk.bank("rel." + _RELATIONS[relation])
        draft.copied(str(value), str(value))
    (r1, v1), (r2, v2) = bounds
    draft.items[item] = f"{letter} {r1} {v1} {link} {letter} {r2} {v2}"
    draft.end()


def solution_pair(talk: Talk) -> None:
    """Two unknowns: "x is 2 and y is 5"."""
    draft, rng = talk.draft, talk.rng
    talk.bank("eq.lead")
    letters = rng.sample("xyzabnmuvwt", rng.choice((2, 2, 2, 3)))
    for k, letter in enumerate(letters):
        if k:
            draft.phrase("(and|and|,|, and|while|;|so|and then)")
        value = Fraction(rng.randint(-9, 30))
        claim(talk, ((Fraction(1), letter, 1),), "=", ((value, "", 0),), signs=0.4)


def slope(talk: Talk) -> None:
    """A derivative by its sign: "dy/dx = 6x + 2", "f'(x) is 3x squared"."""
    draft, rng = talk.draft, talk.rng
    letter = rng.choice("xxxt")
    talk.symbols |= {letter, "y", "f"}
    head = rng.choice((f"dy/d{letter}", f"f'({letter})", "y'", f"dy/d{letter}", "y", f"F({letter})"))
    a, b = Fraction(rng.randint(1, 12)), Fraction(rng.randint(-9, 9) or 2)
    terms = ((a, letter, rng.choice((1, 1, 2))), (b, "", 0))[: rng.choice((1, 2, 2))]
    item = draft.items_begun
    draft.begin("")
    if rng.random() < 0.6:
        body = written(terms, rng, tight=rng.random() < 0.5)
        between = rng.choice(("=", " = "))
        draft.copied(f"{head}{between}{body}", "")
        draft.items[item] = f"{head} = {notation(terms)}"
    else:
        draft.copied(head, head)
        talk.bank("rel.eq")
        draft.items[item] = f"{head} = {spoken(talk, terms)}"
    draft.end()
    talk.last, talk.last_value = None, None
