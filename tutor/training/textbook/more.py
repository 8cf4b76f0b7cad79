"""What joins the topics: areas and energies of several factors, chains of equal signs, values said again."""

from __future__ import annotations

import math
from fractions import Fraction

from tutor.training.textbook import equations, quantities
from tutor.training.textbook.arithmetic import COUNT, Sort, Talk, slip, some_value
from tutor.training.textbook.quantities import Said

_TIMES = "(times|times|times|x|*|by|multiplied by)/MUL"


def _relation(talk: Talk, item: int) -> str:
    return "~=" if any(p.label == "APPROX" and p.item == item for p in talk.draft.pieces) else "="


def _rounded(value: float) -> Fraction:
    return Fraction(round(value, 2)).limit_denominator(100)


def _result(talk: Talk, said: Said, bank: str = "n.res") -> str:
    if bank == "n.res0":  # the word for "is" alone
        talk.bank(bank)
        return talk.said(said)
    marks: list[str] = []
    talk.draft.filled["c"] = lambda _d, label: marks.append(talk.said(said, label or "A"))
    talk.bank(bank)
    return marks[-1]


def said_again(talk: Talk) -> None:
    """The value just found said in another way: "which is 6/12, simplified 1/2"."""
    draft, rng = talk.draft, talk.rng
    last, value = talk.last, talk.last_value
    if last is None or value is None:
        return
    again = quantities.number(rng, value, words=0.1)
    if quantities.figures(value) is None:
        again = Said(str(_rounded(float(value))), str(_rounded(float(value))), value)
    elif value.denominator == 1 and rng.random() < 0.6:
        again = quantities.number(rng, Fraction(round(value, -1) or value), words=0)
    item = draft.items_begun
    draft.begin("")
    talk.bank("again")
    mark = talk.said(again)
    draft.items[item] = f"{last} {_relation(talk, item)} {mark}"
    draft.end()
    talk.last = mark


def several_factors(talk: Talk) -> None:
    """Areas, volumes and energies: "pi times 3 squared times 10", "half times 2 times 3 squared"."""
    draft, rng = talk.draft, talk.rng
    kind = rng.choice(
        ("circle", "triangle", "cylinder", "box", "kinetic", "potential", "perimeter", "hypotenuse", "sphere", "heat")
    )
    energy = kind in ("kinetic", "potential", "heat")
    talk.bank("energy.lead" if energy else "geometry.lead")
    unit = rng.choice(("", "", "cm", "m", "cm"))
    item = draft.items_begun
    draft.begin("")

    def number(value: Fraction | int, kind: str = "") -> str:
        value = Fraction(value)
        if kind and rng.random() < 0.4:
            return talk.said(quantities.measured(rng, value, kind))
        if unit and not energy and rng.random() < 0.6:
            return talk.said(quantities.measured(rng, value, "length", unit))
        return talk.said(quantities.number(rng, value))

    def times() -> None:
        draft.phrase(_TIMES)

    def half() -> str:
        r = rng.random()
        if r < 0.35:
            draft.phrase(
                "(half|one half|a half)/HALF (times|of|x|[])" if rng.random() < 0.5 else "half/HALF [times|of|x]"
            )
            return "1/2*"
        text = rng.choice(("1/2", "0.5", "½"))
        mark = draft.copied(text, "1/2" if text == "½" else text)
        times()
        return f"({mark})*"

    a, b, c = (Fraction(rng.randint(2, 20)) for _ in range(3))
    if kind in ("circle", "cylinder", "sphere"):
        front = ""
        size = 1.0
        if kind == "sphere":
            mark = draft.copied("4/3", "4/3")
            times()
            front, size = f"({mark})*", 4 / 3
        pi = draft.copied("pi", "pi") if rng.random() < 0.75 else draft.copied("3.14", "3.14")
        if rng.random() < 0.85:
            times()
        else:
            draft.phrase("x/MUL")
        first = number(a)
        if kind == "sphere":
            draft.phrase("cubed/CUBE")
            text, value = f"{front}({pi})*({first})^3", size * math.pi * float(a) ** 3
        else:
            draft.phrase("(squared|squared|sq)/SQ")
            text, value = f"({pi})*({first})^2", math.pi * float(a) ** 2
            if kind == "cylinder":
                times()
                text, value = f"{text}*({number(b)})", value * float(b)
        outcome = _rounded(value)
    elif kind == "triangle":
        front = half()
        one = number(a)
        times()
        text, outcome = f"{front}({one})*({number(b)})", a * b / 2
    elif kind == "box":
        one = number(a)
        times()
        two = number(b)
        times()
        text, outcome = f"({one})*({two})*({number(c)})", a * b * c
    elif kind == "kinetic":
        front = half()
        one = number(a, "mass")
        times()
        two = number(b, "speed") if rng.random() < 0.3 else number(b)
        draft.phrase("(squared|squared|squared|sq)/SQ")
        text, outcome = f"{front}({one})*({two})^2", a * b * b / 2
    elif kind == "potential":
        one = number(a, "mass")
        times()
        strength = rng.choice(("9.8", "10", "9.81"))
        g = draft.copied(strength, strength)
        times()
        text, outcome = f"({one})*({g})*({number(b, 'length')})", a * b * Fraction(strength)
    elif kind == "heat":
        one = number(a, "mass")
        times()
        heat = draft.copied("4200", "4200")
        times()
        text, outcome = f"({one})*({heat})*({number(b)})", a * b * 4200
    elif kind == "perimeter":
        mark = number(2)
        times()
        between = rng.choice((" + ", "+"))
        inner = f"({a}{between}{b})"
        draft.copied(inner, "")
        text, outcome = f"({mark})*({a} + {b})", 2 * (a + b)
    else:
        one = number(a)
        draft.phrase("squared/SQ (plus|+|plus|and|add)/ADD")
        two = number(b)
        draft.phrase("squared/SQ")
        text, outcome = f"({one})^2 + ({two})^2", a * a + b * b
    if rng.random() < 0.25:
        outcome = slip(rng, Fraction(outcome))
    end = (
        quantities.measured(rng, Fraction(outcome), "energy")
        if energy and rng.random() < 0.7
        else quantities.number(rng, Fraction(outcome), words=0.03)
    )
    if not energy and unit and rng.random() < 0.7:
        power = 1 if kind == "perimeter" else 3 if kind in ("cylinder", "box", "sphere") else 2
        spelled = {
            1: (unit,),
            2: (f"{unit}^2", f"{unit}²", f"square {unit}"),
            3: (f"{unit}^3", f"{unit}³", f"cubic {unit}"),
        }
        end = quantities.measured(rng, Fraction(outcome), "area", rng.choice(spelled[power]))
    mark = _result(talk, end)
    draft.items[item] = f"{text} {_relation(talk, item)} {mark}"
    draft.end()
    talk.last, talk.last_value = mark, None


def chain(talk: Talk) -> None:
    """A letter, what it is, and what that comes to: "v is 0 plus 3 times 4, that's 12 metres per second"."""
    draft, rng = talk.draft, talk.rng
    letter = rng.choice("v x y F a s P E t m R I n c b d h w p q A V W T D".split())
    talk.symbols.add(letter)
    talk.bank("say.letter")
    item = draft.items_begun
    draft.begin("")
    squared = rng.random() < 0.12
    draft.copied(letter, letter)
    if squared:
        draft.phrase("squared/SQ")
    talk.bank("rel.eq")
    a, b, c = (Fraction(rng.randint(1, 30)) for _ in range(3))
    shape = rng.choice(("sum", "product", "quotient", "both", "less", "signs", "signs"))
    kind = rng.choice(("", "", "speed", "force", "length", "energy", "power"))

    def number(value: Fraction) -> str:
        if kind and rng.random() < 0.3:
            return talk.said(quantities.measured(rng, value, kind))
        return talk.said(quantities.number(rng, value))

    if shape == "signs":
        sign = rng.choice("+-*/")
        between = rng.choice((" ", ""))
        draft.copied(f"{a}{between}{sign}{between}{b}", "")
        text = f"{a} {sign} {b}"
        outcome = {"+": a + b, "-": a - b, "*": a * b, "/": a / b}[sign]
    elif shape == "both":
        one = number(a)
        draft.phrase("(plus|+|plus|add)/ADD")
        two = number(b)
        draft.phrase(_TIMES.replace("|by|", "|"))
        text, outcome = f"({one}) + ({two})*({number(c)})", a + b * c
    else:
        one = number(a if shape != "quotient" else a * b)
        words, sign, label = {
            "sum": ("(plus|plus|and|+|add)", "+", "ADD"), "less": ("(minus|less|take away|-)", "-", "SUB"),
            "product": ("(times|times|x|multiplied by)", "*", "MUL"),
            "quotient": ("(divided by|over|over)", "/", "DIV"),
        }[shape]  # fmt: skip
        draft.phrase(f"{words}/{label}")
        two = number(b)
        text = f"({one}) {sign} ({two})"
        outcome = {"sum": a + b, "less": a - b, "product": a * b, "quotient": a}[shape]
    head = f"{letter}^2" if squared else letter
    if rng.random() < 0.72:
        if rng.random() < 0.25:
            outcome = slip(rng, abs(outcome))
        if quantities.figures(outcome) is None:
            outcome = _rounded(float(outcome))
        end = quantities.number(rng, outcome, words=0.05) if outcome >= 0 else Said(str(outcome), str(outcome), outcome)
        if kind and rng.random() < 0.7:
            end = quantities.measured(rng, outcome, kind)
        mark = _result(talk, end, rng.choice(("n.res0", "n.res0", "n.res")))
        draft.items[item] = f"{head} = {text} {_relation(talk, item)} {mark}"
    else:
        draft.items[item] = f"{head} = {text}"
    draft.end()
    talk.last = None


def travelling(talk: Talk) -> None:
    """So far an hour for so many hours: "car goes 60 km per hour for two hours so 120 km"."""
    draft, rng = talk.draft, talk.rng
    pairs = (
        ("km/h", "hours", "km"), ("km per hour", "hours", "km"), ("kilometers per hour", "h", "kilometers"),
        ("mph", "hours", "miles"), ("miles per hour", "hours", "miles"), ("m/s", "s", "m"), ("m/s", "seconds", "m"),
        ("metres per second", "seconds", "metres"), ("cm/s", "s", "cm"), ("meters per minute", "minutes", "meters"),
        ("hours a day", "days", "hours"), ("hours per day", "days", "hours"), ("miles per day", "days", "miles"),
        ("L/min", "min", "L"), ("dollars per hour", "hours", "dollars"), ("dollars an hour", "hours", "dollars"),
    )  # fmt: skip
    rate, time, amount = rng.choice(pairs)
    a, b = Fraction(rng.randint(2, 90)), Fraction(rng.randint(2, 12))
    outcome = slip(rng, a * b) if rng.random() < 0.25 else a * b
    marks: dict[str, str] = {}

    def fill(name: str, value: Fraction, unit: str, bare: float) -> None:
        said = quantities.number(rng, value) if rng.random() < bare else quantities.measured(rng, value, "length", unit)
        draft.filled[name] = lambda _d, label: marks.__setitem__(name, talk.said(said, label or "A"))

    fill("a", a, rate, 0.1)
    fill("b", b, time, 0.1)
    item = draft.items_begun
    draft.form = rng.choice(("past", "s"))
    draft.begin("")
    talk.bank("travel")
    end = quantities.number(rng, outcome) if rng.random() < 0.3 else quantities.measured(rng, outcome, "length", amount)
    mark = _result(talk, end, rng.choice(("s.res", "n.res")))
    draft.items[item] = f"({marks['a']})*({marks['b']}) {_relation(talk, item)} {mark}"
    draft.end()
    talk.last = None


def reduced(talk: Talk) -> None:
    """A fraction in another form: "I reduced 18/24 to 3/4", "9/12 is 3/4 simplified"."""
    draft, rng = talk.draft, talk.rng
    bottom = rng.randint(2, 12)
    top = rng.randint(1, bottom - 1) or 1
    k = rng.randint(2, 9)
    small = Fraction(top, bottom)
    item = draft.items_begun
    as_decimal = quantities.figures(small) is not None and rng.random() < 0.35
    first = f"{top * k}/{bottom * k}"
    if rng.random() < 0.5:
        draft.form = rng.choice(("past", "base", "ing", "s"))
        draft.phrase("[i|I|we|then i|so we|you|now i|she|he]")
        draft.begin("")
        draft.phrase("(<simplify>|<reduce>|<turn>|<change>|<convert>|<cancel>|<bring>) [the fraction|it]")
        one = draft.copied(first, first)
        draft.phrase("(to|to|into|to get|down to|and get|and got)/EQ")
    else:
        draft.begin("")
        one = draft.copied(first, first)
        talk.bank(rng.choice(("again", "rel.eq")))
    if as_decimal:
        two = (
            talk.said(quantities.percent(rng, small * 100))
            if rng.random() < 0.4
            else draft.copied(quantities.figures(small) or "", quantities.figures(small) or "")
        )
    else:
        shown = str(small + (Fraction(1, bottom) if rng.random() < 0.15 else 0))
        two = draft.copied(shown, shown)
    draft.items[item] = f"({one}) {_relation(talk, item)} ({two})"
    draft.end()
    talk.last = None


def roots(talk: Talk) -> None:
    """A quadratic and its roots: "x squared minus nine equals zero therefore x is 3 or -3"."""
    rng = talk.rng
    letter = rng.choice("xxxynt")
    if rng.random() < 0.5:
        talk.bank("eq.lead")
        equations.quadratic_claim(talk, letter, factored=rng.random() < 0.5)
        talk.draft.phrase("(so|therefore|, so|hence|then|thus|, which means|. so|and|giving|, therefore)")
        equations.alternatives(talk, letter)
    else:
        n = rng.randint(1, 12)
        equations.claim(talk, ((Fraction(1), letter, 2),), "=", ((Fraction(n * n), "", 0),), signs=0.35)
        talk.draft.phrase("(so|therefore|, so|hence|then|thus|, which means|. so|and|, therefore)")
        if rng.random() < 0.5:
            equations.claim(talk, ((Fraction(1), letter, 1),), "=", ((Fraction(n), "", 0),), signs=0.35)
        else:
            equations.alternatives(talk, letter)


def taken_back_whole(talk: Talk) -> None:
    """A statement, a retraction, the statement anew: "n = 13 hmm no thats wrong, n = 12"."""
    draft, rng = talk.draft, talk.rng
    letter = rng.choice(equations.LETTERS)
    one = ((Fraction(1), letter, 1),)
    first, second = rng.sample(range(-9, 60), 2)
    talk.bank("eq.lead")
    equations.claim(talk, one, "=", ((Fraction(first), "", 0),))
    draft.phrase("[,|.|...|-]")
    draft.begin("no wait")
    talk.bank("retract")
    draft.end()
    draft.phrase("[,|:|...|it's|so]")
    equations.claim(talk, one, "=", ((Fraction(second), "", 0),))


def words_then_equation(talk: Talk) -> None:
    """An equation in words, then in signs: "a number plus twice the number is 36, so 3n = 36"."""
    draft, rng = talk.draft, talk.rng
    letter = rng.choice(equations.LETTERS)
    total, k = rng.randint(4, 120), rng.randint(2, 6)
    talk.bank("words.equation")
    draft.say(str(total), None, fixed=True)
    draft.phrase("(so|, so|, i.e.|, which is|that is|, in symbols|, equation :|, so we write|:|means|, then)")
    equations.claim(talk, ((Fraction(k), letter, 1),), "=", ((Fraction(total), "", 0),), signs=0.8)


def substituted(talk: Talk) -> None:
    """A law, its numbers put in, its result: "V = IR so 12 = I*4, I = 3 A"."""
    draft, rng = talk.draft, talk.rng
    found, one, two, units = rng.choice((
        ("V", "I", "R", ("V", "A", "ohm")), ("F", "m", "a", ("N", "kg", "m/s^2")), ("d", "v", "t", ("m", "m/s", "s")),
        ("P", "I", "V", ("W", "A", "V")), ("W", "F", "d", ("J", "N", "m")), ("p", "m", "v", ("kg m/s", "kg", "m/s")),
        ("Q", "I", "t", ("C", "A", "s")), ("E", "P", "t", ("J", "W", "s")), ("v", "f", "L", ("m/s", "Hz", "m")),
    ))  # fmt: skip
    talk.symbols |= {found, one, two}
    a, b = Fraction(rng.randint(1, 20)), Fraction(rng.randint(2, 20))
    steps = [
        (f"{found} = {one}{two}" if rng.random() < 0.5 else f"{found} = {one}*{two}", f"{found} = {one}*{two}"),
        (f"{a * b} = {one}*{b}", f"{a * b} = {one}*{b}")
        if rng.random() < 0.5
        else (f"{a * b} = {b}{one}", f"{a * b} = {b}*{one}"),
        (f"{one} = {a * b}/{b}", f"{one} = {a * b}/{b}"),
    ]
    kept = [steps[0]] if rng.random() < 0.75 else []
    kept += [steps[1]] if rng.random() < 0.75 else []
    kept += [steps[2]] if rng.random() < 0.4 else []
    draft.phrase("[using|Ohms law :|the law :|formula|from|we use|i used|by|so|since|we know]")
    for text, item in kept:
        draft.begin(text if "*" not in text and item.count("*") else item)
        shown = text if rng.random() < 0.6 else text.replace(" ", "")
        draft.copied(shown, "")
        draft.end()
        draft.phrase("(so|,|, so|then|, then|and|. so|, which gives|, i put in the numbers :|therefore|means)")
    item_at = draft.items_begun
    draft.begin("")
    draft.copied(one, one)
    talk.bank("rel.eq")
    mark = talk.said(
        quantities.measured(rng, a, "force", units[1]) if rng.random() < 0.7 else quantities.number(rng, a)
    )
    draft.items[item_at] = f"{one} = {mark}"
    draft.end()
    talk.last = None


def given_then_done(talk: Talk) -> None:
    """Quantities named and then used: "frequency 50 Hz and wavelength 6.8 m so the speed is 50 times 6.8 = 340 m/s"."""
    draft, rng = talk.draft, talk.rng
    names = (
        ("frequency", "Hz", "wavelength", "m", "speed", "m/s", "*"),
        ("mass", "kg", "acceleration", "m/s^2", "force", "N", "*"),
        ("speed", "m/s", "time", "s", "distance", "m", "*"), ("distance", "m", "time", "s", "speed", "m/s", "/"),
        ("force", "N", "distance", "m", "work", "J", "*"), ("voltage", "V", "resistance", "ohms", "current", "A", "/"),
        ("current", "A", "resistance", "ohms", "voltage", "V", "*"), ("energy", "J", "time", "s", "power", "W", "/"),
        ("mass", "kg", "volume", "m^3", "density", "kg/m^3", "/"), ("length", "cm", "width", "cm", "area", "cm^2", "*"),
        ("base", "m", "height", "m", "area", "m^2", "*"), ("mass", "kg", "speed", "m/s", "momentum", "kg m/s", "*"),
    )  # fmt: skip
    n1, u1, n2, u2, n3, u3, sign = rng.choice(names)
    b = Fraction(rng.randint(2, 30)) if rng.random() < 0.7 else Fraction(rng.randint(11, 99), 10)
    a = Fraction(rng.randint(2, 60)) * (b if sign == "/" else 1)
    out = a * b if sign == "*" else a / b
    if rng.random() < 0.25:
        out = slip(rng, out)
    t1, t2, t3 = (quantities.figures(v) or str(v) for v in (a, b, out))
    for k, (name, text, unit) in enumerate(((n1, t1, u1), (n2, t2, u2))):
        if k:
            draft.phrase("(and|and|,|, and|with|while the)")
        draft.phrase(f"[the|its|a] {name} [is|of|=|was|:|being]")
        draft.say(text, None, fixed=True)
        draft.say(unit, None, fixed=True)
    draft.phrase(f"(so|, so|. so|then|, then|therefore) [the|its] {n3} [is|=|will be|:|would be|equals]")
    item = draft.items_begun
    draft.begin("")
    bare = rng.random() < 0.5
    one = draft.copied(t1, t1)
    if not bare and rng.random() < 0.5:
        draft.unit(u1)
    draft.phrase(_TIMES if sign == "*" else "(divided by|over|/|divided by)/DIV")
    two = draft.copied(t2, t2)
    if not bare and rng.random() < 0.5:
        draft.unit(u2)
    mark = _result(talk, Said(t3, t3, out, u3 if rng.random() < 0.8 else ""))
    draft.items[item] = f"({one}) {sign} ({two}) {_relation(talk, item)} {mark}"
    draft.end()
    talk.last, talk.last_value = mark, None


def in_signs_then_words(talk: Talk) -> None:
    """Signs on the left and words for "is": "the discriminant is 25 - 24 which is 1"."""
    draft, rng = talk.draft, talk.rng
    talk.form()
    sort = COUNT if rng.random() < 0.7 else Sort("money")
    a, b = some_value(rng, small=True), some_value(rng, small=rng.random() < 0.7)
    sign = rng.choice("+-**/")
    if sign == "/":
        a = a * b
    outcome = {"+": a + b, "-": a - b, "*": a * b, "/": a / b}[sign]
    if rng.random() < 0.3:
        outcome = slip(rng, abs(outcome))
    if quantities.figures(outcome) is None or outcome < 0:
        a, b, sign, outcome = Fraction(9), Fraction(4), "-", Fraction(5)
    shown = rng.choice({"*": "*x×", "/": "/÷"}.get(sign, sign))
    between = rng.choice((" ", "", " "))
    first, second = (quantities.figures(v) or str(v) for v in (a, b))
    talk.bank("told.lead")
    item = draft.items_begun
    draft.begin("")
    draft.copied(f"{first}{between}{shown}{between}{second}", "")
    mark = _result(talk, sort.say(rng, outcome))
    draft.items[item] = f"{first} {sign} {second} {_relation(talk, item)} {mark}"
    draft.end()
    talk.last, talk.last_value, talk.last_sort = mark, outcome, sort


def fractions_said(talk: Talk) -> None:
    """Fractions added, taken, multiplied, divided: "1/2 plus 1/3 is 5/6", "two thirds times 3/4"."""
    draft, rng = talk.draft, talk.rng
    a, b = (Fraction(rng.randint(1, 7), rng.randint(2, 9)) for _ in range(2))
    sign, words, label, out = rng.choice((
        ("+", "(plus|and|+|added to|add)", "ADD", a + b), ("-", "(minus|take away|-|less)", "SUB", a - b),
        ("*", "(times|times|of|x|*|multiplied by)", "MUL", a * b),
        ("/", "(divided by|over|÷|divided by)", "DIV", a / b),
    ))  # fmt: skip
    if out <= 0:
        a, b, out = b, a, abs(out)
    if rng.random() < 0.3:
        out = Fraction(a.numerator + b.numerator, a.denominator + b.denominator)

    def number(value: Fraction) -> str:
        if value.denominator == 1 or rng.random() < 0.5:
            return talk.said(quantities.number(rng, value))
        text = f"{value.numerator}/{value.denominator}"
        return draft.copied(text, text)

    draft.phrase("[so|then|now|i did|we do|next|the answer is|add them :|it is|the fraction is|in total]")
    item = draft.items_begun
    draft.begin("")
    one = number(a)
    draft.phrase(f"{words}/{label}")
    two = number(b)
    shown = str(out)
    if rng.random() < 0.3:
        k = rng.randint(2, 4)
        shown = f"{out.numerator * k}/{out.denominator * k}"
    mark = _result(talk, Said(shown, shown, out))
    draft.items[item] = f"({one}) {sign} ({two}) {_relation(talk, item)} ({mark})"
    draft.end()
    talk.last, talk.last_value, talk.last_sort = mark, out, COUNT


def in_percent(talk: Talk) -> None:
    """A part as a share: "18 out of 24 is 75%", "0.75 times 100 is 75 percent"."""
    draft, rng = talk.draft, talk.rng
    whole = Fraction(rng.choice((4, 5, 8, 10, 20, 25, 40, 50, 80, 100, 200, rng.randint(3, 90))))
    part = Fraction(rng.randint(1, int(whole)))
    share = part / whole * 100
    if quantities.figures(share) is None:
        share = Fraction(round(share))
    if rng.random() < 0.25:
        share = slip(rng, share)
    end = quantities.percent(rng, share)
    talk.bank("percent.lead")
    item = draft.items_begun
    draft.begin("")
    if rng.random() < 0.6:
        one = talk.said(quantities.number(rng, part))
        draft.phrase("(out of|out of|over|of the|divided by|/|of|from)/DIV")
        two = talk.said(quantities.number(rng, whole))
        sign = "/"
    else:
        decimal = Fraction(rng.randint(1, 99), 100)
        end = quantities.percent(rng, decimal * 100)
        one = talk.said(quantities.number(rng, decimal, words=0))
        draft.phrase("(times|x|*|multiplied by)/MUL")
        two = draft.copied("100", "100")
        sign = "*"
    mark = _result(talk, end)
    draft.items[item] = f"({one}) {sign} ({two}) {_relation(talk, item)} {mark}"
    draft.end()
    talk.last, talk.last_value = mark, None


def two_steps_at_once(talk: Talk) -> None:
    """Two operations before a result: "twice 7 plus 3 is 17", "half of 10 minus 2"."""
    draft, rng = talk.draft, talk.rng
    a, b = Fraction(rng.randint(2, 40)), Fraction(rng.randint(1, 20))
    item = draft.items_begun
    draft.phrase("[so|then|i did|it is|that's|we have|now|the answer is|because]")
    draft.begin("")
    words, front, value = rng.choice((
        ("(twice|double|two times)/DBL", "2*", a * 2), ("half/HALF [of]", "1/2*", a / 2),
        ("(three times|triple)/TRPL", "3*", a * 3), ("", "", a), ("", "", a),
    ))  # fmt: skip
    if words:
        draft.phrase(words)
        one = talk.said(quantities.number(rng, a))
        left = f"{front}({one})"
    else:
        one = talk.said(quantities.number(rng, a))
        k = Fraction(rng.randint(2, 12))
        draft.phrase(_TIMES.replace("|by|", "|"))
        left, value = f"({one})*({talk.said(quantities.number(rng, k))})", a * k
    sign, spoken, label, value = rng.choice((
        ("+", "(plus|and|+|add)", "ADD", value + b), ("-", "(minus|take away|-|less)", "SUB", value - b),
    ))  # fmt: skip
    draft.phrase(f"{spoken}/{label}")
    two = talk.said(quantities.number(rng, b))
    if rng.random() < 0.25:
        value = slip(rng, abs(value))
    end = quantities.number(rng, value, words=0.1) if value >= 0 else Said(str(value), str(value), value)
    mark = _result(talk, end)
    draft.items[item] = f"{left} {sign} ({two}) {_relation(talk, item)} {mark}"
    draft.end()
    talk.last, talk.last_value, talk.last_sort = mark, value, COUNT


def bracketed_signs(talk: Talk) -> None:
    """Several signs, then words: "(20 - 5)/3 which is 5 m/s^2"."""
    draft, rng = talk.draft, talk.rng
    a, b, c = (rng.randint(2, 40) for _ in range(3))
    a, b = max(a, b) + 1, min(a, b)
    text, value = rng.choice((
        (f"({a} - {b})/{c}", Fraction(a - b, c)), (f"({a} + {b})/{c}", Fraction(a + b, c)),
        (f"{c}*({a} - {b})", Fraction(c * (a - b))), (f"{a} + {b} + {c}", Fraction(a + b + c)),
        (f"{a}*{b} + {c}", Fraction(a * b + c)), (f"{a}*{b} - {c}", Fraction(a * b - c)),
        (f"{a} - {b} - {c}", Fraction(a - b - c)), (f"{a}*{b}/{c}", Fraction(a * b, c)),
        (f"{c}({a} + {b})", Fraction(c * (a + b))), (f"{a}^2 - {b}", Fraction(a * a - b)),
        (f"{a} + {b}*{c}", Fraction(a + b * c)), (f"{a} x {b} x {c}", Fraction(a * b * c)),
    ))  # fmt: skip
    if quantities.figures(value) is None:
        value = Fraction(round(float(value), 2)).limit_denominator(100)
    if rng.random() < 0.25:
        value = slip(rng, abs(value))
    talk.form()
    talk.bank(rng.choice(("told.lead", "geometry.lead", "say.letter")))
    item = draft.items_begun
    draft.begin("")
    draft.copied(text if rng.random() < 0.6 else text.replace(" ", ""), "")
    kind = rng.choice((*quantities.UNITS, "", "", "", "", "", "", "", "", "", "", "", ""))
    end = quantities.number(rng, value, words=0.08) if not kind else quantities.measured(rng, value, kind)
    if value < 0:
        end = Said(str(value), str(value), value)
    mark = _result(talk, end)
    draft.items[item] = f"{text} {_relation(talk, item)} {mark}"
    draft.end()
    talk.last, talk.last_value, talk.last_sort = mark, value, COUNT


_THOUSANDS = (
    ("J", "kJ"), ("m", "km"), ("g", "kg"), ("W", "kW"), ("N", "kN"), ("joules", "kJ"), ("metres", "km"), ("mL", "L"),
    ("Pa", "kPa"), ("grams", "kg"), ("watts", "kilowatts"), ("V", "kV"),
)  # fmt: skip


def in_other_units(talk: Talk) -> None:
    """A product and then its value in other units: "2 times 300 is 600 J that is 0.6 kJ"."""
    draft, rng = talk.draft, talk.rng
    small, large = rng.choice(_THOUSANDS)
    a, b = Fraction(rng.randint(2, 60)), Fraction(rng.randint(2, 90) * rng.choice((5, 10, 50, 100)))
    item = draft.items_begun
    talk.bank(rng.choice(("energy.lead", "say.letter", "told.lead")))
    draft.begin("")
    one = talk.said(quantities.number(rng, a))
    draft.phrase(_TIMES)
    two = talk.said(quantities.number(rng, b))
    mark = _result(talk, quantities.measured(rng, a * b, "length", small))
    draft.items[item] = f"({one})*({two}) {_relation(talk, item)} {mark}"
    draft.end()
    item = draft.items_begun
    draft.begin("")
    draft.phrase(
        "(that is|, that is|which is|, which is|or|, or|that's|, that's|i.e.|, so|and that is|, in other units)/EQ"
    )
    again = talk.said(quantities.measured(rng, a * b / 1000, "length", large))
    draft.items[item] = f"{mark} = {again}"
    draft.end()
    talk.last, talk.last_value = None, None
