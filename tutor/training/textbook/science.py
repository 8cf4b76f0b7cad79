"""Physics, geometry and calculus in words: laws and what is put into them, quantities with units, derivatives."""

from __future__ import annotations

import random
from fractions import Fraction

from tutor.training.textbook import quantities
from tutor.training.textbook.arithmetic import Talk, slip
from tutor.training.textbook.equations import Term, spoken, written
from tutor.training.textbook.phrases import Draft
from tutor.training.textbook.quantities import Said
from tutor.training.textbook.sentences import fill_values

# What is found, how, and what of: names with the kinds of their units and their letters.
_LAWS = (
    ("force", "mul", "mass", "acceleration"), ("distance", "mul", "speed", "time"),
    ("speed", "div", "distance", "time"),
    ("velocity", "div", "displacement", "time"), ("time", "div", "distance", "speed"),
    ("momentum", "mul", "mass", "velocity"), ("work", "mul", "force", "distance"), ("power", "div", "work", "time"),
    ("power", "div", "energy", "time"), ("voltage", "mul", "current", "resistance"),
    ("current", "div", "voltage", "resistance"), ("resistance", "div", "voltage", "current"),
    ("charge", "mul", "current", "time"), ("energy", "mul", "power", "time"), ("density", "div", "mass", "volume"),
    ("mass", "mul", "density", "volume"), ("pressure", "div", "force", "area"), ("force", "mul", "pressure", "area"),
    ("weight", "mul", "mass", "gravity"), ("acceleration", "div", "force", "mass"),
    ("acceleration", "div", "change in speed", "time"), ("change in speed", "mul", "acceleration", "time"),
    ("wave speed", "mul", "frequency", "wavelength"), ("wavelength", "div", "wave speed", "frequency"),
    ("moment", "mul", "force", "distance"), ("area", "mul", "length", "width"), ("volume", "mul", "area", "height"),
    ("power", "mul", "voltage", "current"), ("impulse", "mul", "force", "time"),
    ("perimeter", "mul", "side", "number of sides"),
    ("area of the rectangle", "mul", "length", "width"), ("area of the parallelogram", "mul", "base", "height"),
    ("extension", "div", "force", "spring constant"), ("mass", "div", "force", "acceleration"),
)  # fmt: skip
_KINDS = {
    "force": "force", "mass": "mass", "acceleration": "acceleration", "distance": "length", "speed": "speed",
    "time": "time", "velocity": "speed", "displacement": "length", "momentum": "momentum", "work": "energy",
    "power": "power", "energy": "energy", "voltage": "voltage", "current": "current", "resistance": "resistance",
    "charge": "charge", "density": "density", "volume": "volume", "pressure": "pressure", "area": "area",
    "weight": "force", "gravity": "acceleration", "change in speed": "speed", "wave speed": "speed",
    "frequency": "frequency", "wavelength": "length", "length": "length", "width": "length", "height": "length",
    "impulse": "momentum", "side": "length", "base": "length", "area of the rectangle": "area",
    "area of the parallelogram": "area", "extension": "length", "temperature": "temperature", "angle": "angle",
    "kinetic energy": "energy", "potential energy": "energy", "heat": "energy", "tension": "force", "friction": "force",
    "radius": "length", "period": "time", "depth": "length", "upthrust": "force", "thrust": "force", "drag": "force",
    "perimeter": "length", "net force": "force", "resultant force": "force",
    "total resistance": "resistance", "first resistance": "resistance", "second resistance": "resistance",
    "total energy": "energy", "new length": "length", "old length": "length", "change in velocity": "speed",
    "final velocity": "speed", "initial velocity": "speed", "total distance": "length", "first distance": "length",
    "temperature change": "temperature", "final temperature": "temperature", "first temperature": "temperature",
    "total mass": "mass", "load": "mass", "total time": "time", "energy lost": "energy", "energy before": "energy",
    "energy after": "energy", "missing angle": "angle", "straight angle": "angle", "other angle": "angle",
    "third angle": "angle", "whole angle": "angle", "total momentum": "momentum", "first momentum": "momentum",
    "second momentum": "momentum", "total voltage": "voltage", "first voltage": "voltage",
    "second voltage": "voltage", "wasted energy": "energy", "input energy": "energy", "useful energy": "energy",
}  # fmt: skip
_SYMBOLS = {
    "force": "F", "mass": "m", "acceleration": "a", "distance": "d", "speed": "v", "time": "t", "velocity": "v",
    "work": "W", "power": "P", "energy": "E", "voltage": "V", "current": "I", "resistance": "R", "charge": "Q",
    "density": "D", "volume": "V", "pressure": "P", "area": "A", "momentum": "p", "displacement": "s", "height": "h",
    "radius": "r", "frequency": "f", "period": "T", "temperature": "T", "kinetic energy": "E", "length": "L",
}  # fmt: skip
_MEASURED = tuple(_KINDS)


def _amount(rng: random.Random) -> Fraction:
    r = rng.random()
    if r < 0.65:
        return Fraction(rng.randint(1, 30))
    if r < 0.8:
        return Fraction(rng.randint(3, 60) * rng.choice((5, 10, 50)))
    return Fraction(rng.randint(1, 300), 10)


def _measured(rng: random.Random, name: str, value: Fraction, *, bare: float = 0.3) -> Said:
    kind = _KINDS.get(name)
    if kind is None or rng.random() < bare:
        return quantities.number(rng, value)
    return quantities.measured(rng, value, kind)


def law(talk: Talk) -> None:
    """A law in words and the numbers put in: "force is mass times acceleration so 2 times 3 is 6 newtons"."""
    draft, rng = talk.draft, talk.rng
    found, op, first, second = rng.choice(_LAWS)
    draft.filled["q"] = lambda d, _l: d.say(found)
    draft.filled["r"] = lambda d, _l: d.say(first)
    draft.filled["s"] = lambda d, _l: d.say(second)
    lead = rng.random()
    if lead < 0.5:
        talk.bank("law." + op)
        talk.bank("law.so")
    elif lead < 0.8:
        talk.bank("law.lead")
    a, b = _amount(rng), _amount(rng)
    if op == "div" and rng.random() < 0.8:
        a = a * b
    if op == "sub" and b > a:
        a, b = b, a
    true = {"mul": a * b, "div": a / b, "add": a + b, "sub": a - b}[op]
    value = slip(rng, true, (a, b)) if rng.random() < 0.25 else true
    if quantities.figures(value) is None:
        value = Fraction(round(float(value), 2)).limit_denominator(100)
    talk.true = value == true
    item = draft.items_begun
    draft.begin("")
    one = talk.said(_measured(rng, first, a))
    talk.bank("symbol" + op)
    two = talk.said(_measured(rng, second, b))
    filler = _measured(rng, found, value, bare=0.2)
    ends: list[str] = []
    draft.filled["c"] = lambda _d, label: ends.append(talk.said(filler, label or "A"))
    talk.bank("n.res")
    relation = "~=" if any(p.label == "APPROX" and p.item == item for p in draft.pieces) else "="
    sign = {"mul": "*", "div": "/", "add": "+", "sub": "-"}[op]
    draft.items[item] = f"({one}) {sign} ({two}) {relation} {ends[-1]}"
    draft.end()
    talk.last, talk.last_value = ends[-1], None


def quantity(talk: Talk) -> None:
    """A quantity with its unit: "the speed of the car is 12 m/s"."""
    draft, rng = talk.draft, talk.rng
    name = rng.choice(_MEASURED)
    for slot in ("vq", "wq"):
        said = _measured(rng, name, _amount(rng), bare=0.08)

        def say(draft: Draft, _label: str | None, said: Said = said) -> None:
            item = draft.items_begun
            draft.begin("")
            draft.items[item] = f"value: {talk.said(said, 'V')}"
            draft.end()

        draft.filled[slot] = say
    draft.filled["q"] = lambda d, _l: d.say(name)
    fill_values(talk)
    talk.bank("phys.said")


def named_quantity(talk: Talk) -> None:
    """A letter and its value: "the force F is 20 N", "given u = 0, a = 3 m/s^2"."""
    draft, rng = talk.draft, talk.rng
    names = rng.sample(list(_SYMBOLS), rng.choice((1, 1, 1, 2, 3)))
    talk.bank("given")
    used: set[str] = set()
    for k, name in enumerate(names):
        letter = _SYMBOLS[name]
        if letter in used:
            continue
        used.add(letter)
        talk.symbols.add(letter)
        if k:
            draft.phrase("(,|,|and|, and|;)")
        if rng.random() < 0.3 and len(names) == 1:
            draft.phrase(f"(the {name}|{name}|so the {name}|the total {name}|the final {name})")
        item = draft.items_begun
        draft.begin("")
        said = _measured(rng, name, _amount(rng), bare=0.15)
        if rng.random() < 0.6:
            between = rng.choice(("=", " = "))
            if said.text[0].isdigit():
                draft.copied(letter, letter)
                draft.say("=", "EQ", glued=between == "=")
                mark = draft.copied(said.text, said.notation, glued=between == "=")
                if said.unit:
                    draft.unit(said.unit, glued=said.glued)
            else:
                draft.copied(letter, letter)
                draft.say("=", "EQ")
                mark = talk.said(said)
        else:
            draft.copied(letter, letter)
            talk.bank("rel.eq")
            mark = talk.said(said)
        draft.items[item] = f"{letter} = {mark}"
        draft.end()


_FORMULAS = (
    ("v = u + at", (("v", "EQ", "u", "ADD", "a", "", "t"), "v = u + a*t")),
    ("F = ma", (("F", "EQ", "m", "MUL", "a"), "F = m*a")),
    ("V = IR", (("V", "EQ", "I", "MUL", "R"), "V = I*R")),
    ("P = IV", (("P", "EQ", "I", "MUL", "V"), "P = I*V")),
    ("p = mv", (("p", "EQ", "m", "MUL", "v"), "p = m*v")),
    ("W = Fd", (("W", "EQ", "F", "MUL", "d"), "W = F*d")),
    ("v = d/t", (("v", "EQ", "d", "DIV", "t"), "v = d/t")),
    ("P = W/t", (("P", "EQ", "W", "DIV", "t"), "P = W/t")),
    ("Q = It", (("Q", "EQ", "I", "MUL", "t"), "Q = I*t")),
    ("E = mgh", (("E", "EQ", "m", "MUL", "g", "MUL", "h"), "E = m*g*h")),
    ("R = V/I", (("R", "EQ", "V", "DIV", "I"), "R = V/I")),
    ("P = F/A", (("P", "EQ", "F", "DIV", "A"), "P = F/A")),
    ("E = mc^2", (("E", "EQ", "m", "MUL", "c", "SQ"), "E = m*c^2")),
    ("A = pi r^2", None), ("T = 1/f", None), ("v = f*L", (("v", "EQ", "f", "MUL", "L"), "v = f*L")),
    ("s = d/t", (("s", "EQ", "d", "DIV", "t"), "s = d/t")), ("y = mx + c", None),
    ("v^2 = u^2 + 2as", None), ("s = ut + 1/2 a t^2", None), ("a^2 + b^2 = c^2", None),
    ("c^2 = a^2 + b^2", (("c", "SQ", "EQ", "a", "SQ", "ADD", "b", "SQ"), "c^2 = a^2 + b^2")),
    ("A = lw", (("A", "EQ", "L", "MUL", "w"), "A = L*w")), ("d = st", (("d", "EQ", "s", "MUL", "t"), "d = s*t")),
)  # fmt: skip
_SAID = {
    "EQ": "(is|=|equals|is equal to|equal)/EQ", "MUL": "(times|times|x|multiplied by)/MUL",
    "DIV": "(over|over|divided by)/DIV", "ADD": "plus/ADD", "SQ": "squared/SQ",
}  # fmt: skip


def formula(talk: Talk) -> None:
    """A formula in letters, written or spoken: "v equals u plus a t"."""
    draft, rng = talk.draft, talk.rng
    text, said = rng.choice(_FORMULAS)
    talk.symbols |= {c for c in text if c.isalpha()}
    talk.bank("formula.lead")
    item = draft.items_begun
    draft.begin("")
    if said is None or rng.random() < 0.4:
        shown = (
            text if rng.random() < 0.5 else text.replace(" ", "") if "1/2" not in text and "pi" not in text else text
        )
        draft.copied(shown, "")
        draft.items[item] = text
    else:
        parts, copied = said
        for k, part in enumerate(parts):
            if part in _SAID:
                if part == "MUL" and k > 2 and parts[k - 1] not in _SAID and rng.random() < 0.25:
                    continue
                draft.phrase(_SAID[part])
            elif part:
                beside = k > 0 and (parts[k - 1] == "" or draft.pieces[-1].operand >= 0)
                draft.copied(part, part, "AJ" if beside else "A")
        draft.items[item] = copied
    draft.end()
    if rng.random() < 0.15:
        draft.phrase("(because|since|to find the {qty}|for the {qty}|and put in the numbers|here|first|again)")


def trigonometry(talk: Talk) -> None:
    """A function of a number: "the sine of 30 is a half"."""
    draft, rng = talk.draft, talk.rng
    item = draft.items_begun
    draft.begin("")
    r = rng.random()
    if r < 0.25:
        talk.bank("trig.inverse")
        value = talk.said(quantities.number(rng, Fraction(rng.randint(1, 99), 100), words=0))
    elif r < 0.75:
        talk.bank("trig")
        degrees = rng.choice((30, 45, 60, 90, 0, 37, 53, 20, rng.randint(1, 89)))
        value = talk.said(
            Said(str(degrees), str(degrees), Fraction(degrees), rng.choice(("", "", "degrees", "°")), False)
        )
    else:
        talk.bank("logs")
        number = rng.choice((10, 100, 1000, 1, 2, 5, rng.randint(2, 50)))
        value = talk.said(quantities.number(rng, Fraction(number)))
    names = {
        "SIN": "sin", "COS": "cos", "TAN": "tan", "LN": "ln", "LOG": "log", "ASIN": "arcsin", "ACOS": "arccos",
        "ATAN": "arctan",
    }  # fmt: skip
    name = names[next(p.label for p in reversed(draft.pieces) if p.label in names)]
    talk.bank("rel.eq")
    outcome = rng.choice(
        (Fraction(1, 2), Fraction(1), Fraction(rng.randint(1, 99), 100), Fraction(rng.randint(1, 999), 1000))
    )
    end = talk.said(quantities.number(rng, outcome, words=0))
    draft.items[item] = f"{name}({value}) = {end}"
    draft.end()


def calculus(talk: Talk) -> None:
    """A derivative or an integral: "the derivative of x cubed is three x squared"."""
    draft, rng = talk.draft, talk.rng
    letter = rng.choice(("x", "x", "x", "t", "y", "u"))
    talk.symbols.add(letter)
    power, size = rng.randint(2, 3), Fraction(rng.choice((1, 1, 2, 3, 4, 5, 7)))
    item = draft.items_begun
    draft.begin("")

    def body(terms: tuple[Term, ...]) -> str:
        bracketed = any(p.label == "LP" for p in draft.pieces) or any(p.label == "EQ" for p in draft.pieces)
        if rng.random() < 0.55 and bracketed:
            return spoken(talk, terms)
        text = written(terms, random.Random(1), tight=rng.random() < 0.5)
        draft.copied(text, "")
        return text

    relation = "(is|is|=|equals|gives|becomes|, which is|is just|we get|you get|to get)/EQ"
    if rng.random() < 0.6:
        talk.bank("deriv")
        inside: tuple[Term, ...] = ((size, letter, power),)
        out: tuple[Term, ...] = ((size * power, letter, power - 1),)
        if rng.random() < 0.3:
            c = Fraction(rng.randint(2, 9))
            inside, out = (*inside, (c, letter, 1)), (*out, (c, "", 0))
        if rng.random() < 0.3:
            out = ((size, letter, power - 1), *out[1:])
        left = body(inside)
        draft.phrase(relation)
        right = body(out)
        draft.items[item] = f"d/d{letter}({left}) = {right}"
    else:
        talk.bank("integ")
        inside = ((size * power, letter, power - 1),)
        left = body(inside)
        draft.phrase(relation)
        right = body(((size, letter, power),))
        constant = ""
        if rng.random() < 0.6:
            draft.phrase("(plus|+|plus|and)/ADD")
            name = rng.choice("cC")
            draft.copied(name, name)
            constant = f" + {name}"
        draft.items[item] = f"int {left} d{letter} = {right}{constant}"
    draft.end()


def conversion(talk: Talk) -> None:
    """Two names of one quantity: "i converted 2.5 km to 2500 m", "90 min is one and a half hours"."""
    draft, rng = talk.draft, talk.rng
    first, second, factor = rng.choice((
        ("km", "m", 1000), ("m", "cm", 100), ("cm", "mm", 10), ("kg", "g", 1000), ("hours", "minutes", 60),
        ("minutes", "seconds", 60), ("h", "min", 60), ("min", "s", 60), ("days", "hours", 24), ("weeks", "days", 7),
        ("years", "months", 12), ("feet", "inches", 12), ("kJ", "J", 1000), ("kN", "N", 1000),
        ("kilometers", "meters", 1000),
        ("metres", "centimetres", 100), ("kilograms", "grams", 1000), ("L", "ml", 1000), ("yards", "feet", 3),
    ))  # fmt: skip
    a = Fraction(rng.randint(1, 20)) if rng.random() < 0.7 else Fraction(rng.randint(2, 99), 10)
    b = a * factor
    if rng.random() < 0.2:
        b = slip(rng, b)
    pair = [(a, first), (b, second)]
    if rng.random() < 0.4:
        pair.reverse()
    item = draft.items_begun
    draft.begin("")
    changed = rng.random() < 0.4
    if changed:
        draft.form = rng.choice(("past", "base", "ing", "s"))
        draft.phrase("[i|I|we|first i|then i|so i|now we|you] (<convert>|<convert>|<change>|<turn>)")
    one = talk.said(quantities.measured(rng, pair[0][0], "length", pair[0][1]))
    if changed:
        draft.phrase("(to|into|in to|to get)/EQ")
    else:
        draft.phrase("(is|=|equals|is the same as|is equal to|makes|are|which is|, which is|, that's|that is)/EQ")
    two = talk.said(quantities.measured(rng, pair[1][0], "length", pair[1][1]))
    draft.items[item] = f"({one}) = ({two})"
    draft.end()
    if rng.random() < 0.2:
        draft.phrase("(first|because the units must match|so the units match|to use it in the formula|before)")


def part_changed(talk: Talk) -> None:
    """So many percent off or more: "20% off 80 dollars is 64"."""
    draft, rng = talk.draft, talk.rng
    p = Fraction(rng.choice((5, 10, 15, 20, 25, 30, 40, 50, 75, rng.randint(1, 99))))
    a = Fraction(rng.choice((20, 40, 50, 60, 80, 100, 120, 200, 250, 400, 1000, rng.randint(5, 900))))
    less = rng.random() < 0.55
    out = a * (100 - p if less else 100 + p) / 100
    if rng.random() < 0.3:
        out = slip(rng, out)
    share = quantities.percent(rng, p)
    whole = (quantities.money if rng.random() < 0.5 else quantities.number)(rng, a)
    end = (quantities.money if rng.random() < 0.5 else quantities.number)(rng, out)
    item = draft.items_begun
    draft.begin("")
    if rng.random() < 0.6:
        one = talk.said(share)
        draft.phrase(
            "(off|off|off of|less than|discount on|off from|lower than|under|cheaper than|taken off)/OFF"
            if less
            else "(more than|more than|above|extra on|higher than|on top of|added to|bigger than|over|added on to)/MORE"
        )
        two = talk.said(whole)
    else:
        two = talk.said(whole)
        talk.bank("part.down" if less else "part.up")
        one = talk.said(share)
    ends: list[str] = []
    draft.filled["c"] = lambda _d, label: ends.append(talk.said(end, label or "A"))
    talk.bank("n.res")
    relation = "~=" if any(q.label == "APPROX" and q.item == item for q in draft.pieces) else "="
    draft.items[item] = f"({two}) {'-' if less else '+'} ({one})*({two}) {relation} {ends[-1]}"
    draft.end()
    talk.last = None


def mean(talk: Talk) -> None:
    """Several numbers added, and their mean: "4 plus 8 plus 9 is 21, divide by 3 and the mean is 7"."""
    draft, rng = talk.draft, talk.rng
    count = rng.randint(3, 5)
    values = [Fraction(rng.randint(1, 60)) for _ in range(count)]
    total = sum(values, Fraction(0))
    if rng.random() < 0.2:
        total += 1
    item = draft.items_begun
    talk.bank("mean.lead")
    draft.begin("")
    signs = rng.random() < 0.45
    tight = signs and rng.random() < 0.5
    comma = not signs and rng.random() < 0.35
    marks = []
    for k, value in enumerate(values):
        if k:
            if signs:
                draft.say("+", "ADD", glued=tight)
            elif comma and k < count - 1:
                draft.say(",", "ADD")
            else:
                draft.phrase("(and)/ADD" if comma else "(plus|plus|and|add|+)/ADD")
        said = quantities.number(rng, value, words=0 if tight else 0.15)
        marks.append(draft.copied(said.text, said.notation, glued=tight and k > 0))
    text = " + ".join(marks)
    ends: list[str] = []
    said = quantities.number(rng, total, words=0.05)
    draft.filled["c"] = lambda _d, label: ends.append(talk.said(said, label or "A"))
    talk.bank("n.res")
    relation = "~=" if any(p.label == "APPROX" and p.item == item for p in draft.pieces) else "="
    draft.items[item] = f"{text} {relation} {ends[-1]}"
    draft.end()
    if rng.random() < 0.5:
        item = draft.items_begun
        draft.phrase("(and|, and|then|, then|and then|so|,|, now|. then)")
        draft.begin("")
        average = Fraction(round(float(total / count), 2)).limit_denominator(100)
        which = rng.random()
        if which < 0.45:
            draft.phrase("(divide|dividing|divided|i divide|we divide|i divided|/|share it) by/DIV")
            first = ends[-1]
        elif which < 0.75:
            draft.phrase(
                "(divide|dividing|split|i divide|share) (it|that|this|the sum|the total)/REF (by|into|between)/DIV"
            )
            first = ends[-1]
        else:
            first = draft.copied(said.text, said.notation)
            draft.phrase("(divided by|over|/|shared by|split by)/DIV")
        by = talk.said(quantities.number(rng, Fraction(count), words=0.25))
        out = quantities.number(rng, average, words=0.05)
        more: list[str] = []
        draft.filled["c"] = lambda _d, label: more.append(talk.said(out, label or "A"))
        talk.bank("n.res")
        relation = "~=" if any(p.label == "APPROX" and p.item == item for p in draft.pieces) else "="
        draft.items[item] = f"({first})/({by}) {relation} {more[-1]}"
        draft.end()
        ends = more
    talk.last, talk.last_value = ends[-1], None
