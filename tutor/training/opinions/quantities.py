"""Families of steps with numbers and quantities: calculated, put into a formula, converted, stated."""

from __future__ import annotations

from fractions import Fraction

from tutor.training.opinions.drafts import Draw, Move, fraction
from tutor.training.opinions.forms import FAMILIES, family

__all__ = ["FAMILIES"]

# ---------------------------------------------------------------- calculating


def _off(d: Draw, value: int) -> int:
    """A whole number that is near another, and is not it."""
    return value + d.rng.choice((1, -1, 2, -2, 10, -10, 100, value or 3))


@family("calculate: value of the unknown")
def _(d: Draw) -> Move:
    a, k, b = d.n(), d.s(), d.n(2, 60)
    before, value = d.rng.choice(
        (
            (f"{d.x} = {a * k}/{a}", k),
            (f"{d.x} = {b} - {a}", b - a),
            (f"{d.x} = {b} + {a}", b + a),
            (f"{d.x} = {a}*{b}", a * b),
            (f"{d.x} = ({b} - {a})*2", 2 * (b - a)),
            (f"{d.x} = sqrt({a * a})", a),
            (f"{d.x} = {a}^2", a * a),
            (f"{d.x} = ({a * k} + {a * b})/{a}", k + b),
            (f"{d.x} = {a}*{b} - {a}", a * b - a),
        )
    )
    return Move(before, f"{d.x} = {value}", "calculate", wrong=(f"{d.x} = {_off(d, value)}", f"{d.x} = {-value}"))


@family("calculate: one side of an equation")
def _(d: Draw) -> Move:
    a, b, c = d.n(2), d.n(1, 40), d.n(1, 40)
    sign = d.pick("+", "-")
    value = b + c if sign == "+" else b - c
    rel = d.pick("=", "=", "<", ">=")
    return Move(
        f"{a}{d.x} {rel} {b} {sign} {c}",
        f"{a}{d.x} {rel} {value}",
        "calculate",
        wrong=(f"{a}{d.x} {rel} {b - c if sign == '+' else b + c}", f"{a}{d.x} {rel} {_off(d, value)}"),
    )


@family("calculate: both sides", held_out=True)
def _(d: Draw) -> Move:
    a, b, c, e = d.n(), d.n(), d.n(), d.n(1, 30)
    return Move(f"{a}*{b}{d.x} = {c}*{e}", f"{a * b}{d.x} = {c * e}", "calculate", (), (f"{a + b}{d.x} = {c * e}",))


@family("calculate: part of a calculation")
def _(d: Draw) -> Move:
    a, b, c = d.n(), d.n(), d.n(1, 40)
    sign = d.pick("+", "-")
    return Move(
        f"{c} {sign} {a}*{b}",
        f"{c} {sign} {a * b}",
        "calculate",
        wrong=(f"{c} {sign} {_off(d, a * b)}", f"{(c + a) * b}"),
    )


@family("calculate: value of a calculation")
def _(d: Draw) -> Move:
    a, b, c = d.n(1, 30), d.n(1, 30), d.n()
    before, value = d.rng.choice(
        (
            (f"{a} + {b}*{c}", a + b * c),
            (f"({a} + {b})*{c}", (a + b) * c),
            (f"{a} + {b} + {c}", a + b + c),
            (f"{a}*{b}", a * b),
            (f"{a} - {b}", a - b),
            (f"{a * c}/{c}", a),
            (f"{a}^2 + {c}", a * a + c),
            (f"{a * c}/{c} - {b}", a - b),
        )
    )
    equals = d.pick("", "= ", "= ")
    return Move(before, f"{equals}{value}", "calculate", wrong=(f"{equals}{_off(d, value)}",))


@family("calculate: sum of fractions")
def _(d: Draw) -> Move:
    a, b, c, e = d.n(1, 6), d.n(2, 8), d.n(1, 6), d.n(2, 8)
    total = Fraction(a, b) + Fraction(c, e)
    return Move(f"{a}/{b} + {c}/{e}", f"= {fraction(total)}", "calculate", wrong=(f"= {a + c}/{b + e}",))


@family("calculate: power or root", held_out=True)
def _(d: Draw) -> Move:
    a, b = d.n(2, 12), d.n(1, 20)
    before, value = d.rng.choice(((f"sqrt({a * a}) + {b}", a + b), (f"{a}^3", a**3), (f"{a}^2 - {b}^2", a * a - b * b)))
    return Move(before, f"= {value}", "calculate", wrong=(f"= {_off(d, value)}",))


@family("calculate: decimals")
def _(d: Draw) -> Move:
    a, b, letter = d.rng.randint(1, 400) / 10, d.n(2, 12), d.pick(d.x, "v", "F", "t", "total", "cost")
    return Move(
        f"{letter} = {a:g}*{b}",
        f"{letter} = {a * b:g}",
        "calculate",
        wrong=(f"{letter} = {a * b * 10:g}", f"{letter} = {a + b:g}"),
        verified=False,
    )


@family("calculate: percentage")
def _(d: Draw) -> Move:
    p, n = d.rng.choice((5, 10, 15, 20, 25, 30, 40, 50, 60, 75)), d.rng.randint(1, 30) * 20
    forms = (f"{p}% of {n} = {p * n / 100:g}", f"{p / 100:g}*{n} = {p * n / 100:g}", f"{n}*{p}/100 = {p * n / 100:g}")
    line = d.rng.choice(forms)
    wrong = line[: line.index("=")] + f"= {p * n / 10:g}"
    return Move("", line, "calculate", wrong=(wrong,), given=f"{p}% of {n}", verified=False)


@family("calculate: equality on its own")
def _(d: Draw) -> Move:
    a, b, c = d.n(2, 40), d.n(2, 40), d.n(2, 12)
    text, value = d.rng.choice(
        (
            (f"{a} + {b}", a + b),
            (f"{a} * {c}", a * c),
            (f"{max(a, b)} - {min(a, b)}", abs(a - b)),
            (f"{a * c} / {c}", a),
            (f"{a} + {b} + {c}", a + b + c),
            (f"{a} * {c} + {b}", a * c + b),
            (f"({a} + {b}) * {c}", (a + b) * c),
            (f"{a} + {b} - {c}", a + b - c),
        )
    )
    before = d.pick("", "", f"{d.n()} * {d.n()} = {a}", f"{c} + {d.n()} = {b}")
    return Move(
        before,
        f"{text} = {value}",
        "calculate",
        wrong=(f"{text} = {_off(d, value)}",),
        given=f"{a} {b} {c} {a * c}",
        verified=False,
    )


@family("calculate: mean", held_out=True)
def _(d: Draw) -> Move:
    k = d.n(3, 4)
    values = [d.n(1, 20) for _ in range(k)]
    values[-1] += -sum(values) % k
    before = f"({' + '.join(map(str, values))})/{k}"
    return Move(
        f"mean = {before}",
        f"mean = {sum(values) // k}",
        "calculate",
        (f"mean = {sum(values)}/{k}",),
        (f"mean = {sum(values)}",),
        verified=False,
    )


# ---------------------------------------------------------------- numbers put into formulas


_FORMULAS = (
    ("F = m*a", "F = {a}*{b}", "F = {a} kg * {b} m/s^2", "m a"),
    ("v = u + a*t", "v = {a} + {b}*{c}", "v = {a} m/s + {b} m/s^2 * {c} s", "u a t"),
    ("V = I*R", "V = {a}*{b}", "V = {a} A * {b} ohm", "I R"),
    ("s = v*t", "s = {a}*{b}", "s = {a} m/s * {b} s", "v t"),
    ("E = m*g*h", "E = {a}*9.8*{b}", "E = {a} kg * 9.8 m/s^2 * {b} m", "m h"),
    ("W = F*s", "W = {a}*{b}", "W = {a} N * {b} m", "F s"),
    ("P = W/t", "P = {a}/{b}", "P = {a} J / {b} s", "W t"),
    ("A = l*w", "A = {a}*{b}", "A = {a} cm * {b} cm", "l w"),
    ("a = (v - u)/t", "a = ({a} - {b})/{c}", "a = ({a} m/s - {b} m/s)/({c} s)", "v u t"),
    ("d = m/V", "d = {a}/{b}", "d = {a} g / {b} cm^3", "m V"),
    ("s = 1/2*a*t^2", "s = 1/2*{a}*{b}^2", "s = 1/2 * {a} m/s^2 * ({b} s)^2", "a t"),
    ("P = I^2*R", "P = {a}^2*{b}", "P = ({a} A)^2 * {b} ohm", "I R"),
    ("C = 2*pi*r", "C = 2*pi*{a}", "C = 2*pi*{a} cm", "r"),
    ("A = 1/2*b*h", "A = 1/2*{a}*{b}", "A = 1/2 * {a} m * {b} m", "b h"),
    ("p = F/A", "p = {a}/{b}", "p = {a} N / {b} m^2", "F A"),
    ("I = P*r*t", "I = {a}*{b}*{c}", "I = {a}*{b}*{c}", "P r t"),
)
_HELD_OUT_FORMULAS = (
    ("E = 1/2*m*v^2", "E = 1/2*{a}*{b}^2", "E = 1/2 * {a} kg * ({b} m/s)^2", "m v"),
    ("Q = m*c*T", "Q = {a}*{b}*{c}", "Q = {a}*{b}*{c}", "m c T"),
    ("v = f*L", "v = {a}*{b}", "v = {a} Hz * {b} m", "f L"),
    ("V = l*w*h", "V = {a}*{b}*{c}", "V = {a} cm * {b} cm * {c} cm", "l w h"),
    ("F = k*x", "F = {a}*{b}", "F = {a} N/m * {b} m", "k x"),
)
_UNITS = {"m": "kg", "a": "m/s^2", "u": "m/s", "v": "m/s", "t": "s", "F": "N", "s": "m", "I": "A", "R": "ohm", "h": "m"}


def _put_in(d: Draw, formulas: tuple[tuple[str, str, str, str], ...]) -> Move:
    formula, bare, measured, letters = d.rng.choice(formulas)
    values = {name: d.any() for name in "abc"}
    form = d.pick(bare, measured)
    line = form.format(**values)
    names = letters.split()
    given = ", ".join(f"{x} = {v} {_UNITS.get(x, '')}".strip() for x, v in zip(names, values.values(), strict=False))
    slipped = dict(values, a=str(d.n(61, 99)))
    symbol = formula.split(" ")[0]
    before = d.pick(formula, formula, formula, given)
    return (
        Move(
            before,
            line,
            "substitute",
            wrong=(form.format(**slipped), form.replace("^2", "").format(**values)),
            given=given,
            verified=False,
        )
        if symbol
        else Move(before, line, "substitute")
    )


@family("formula: numbers put in")
def _(d: Draw) -> Move:
    return _put_in(d, _FORMULAS)


@family("formula: numbers put in, others", held_out=True)
def _(d: Draw) -> Move:
    return _put_in(d, _HELD_OUT_FORMULAS)


@family("formula: value worked out")
def _(d: Draw) -> Move:
    a, b, c = d.n(2, 40), d.n(2, 20), d.n(2, 9)
    before, head, value, unit = d.rng.choice(
        (
            (f"F = {a} kg * {b} m/s^2", "F", a * b, "N"),
            (f"v = {a} m/s + {b} m/s^2 * {c} s", "v", a + b * c, "m/s"),
            (f"s = {a} m/s * {b} s", "s", a * b, "m"),
            (f"P = {a * c} J / {c} s", "P", a, "W"),
            (f"V = {a} A * {b} ohm", "V", a * b, "V"),
            (f"A = {a} cm * {b} cm", "A", a * b, "cm^2"),
            (f"W = {a}*{b}", "W", a * b, "J"),
            (f"a = ({a + b * c} - {a})/{c}", "a", b, "m/s^2"),
        )
    )
    wrong = (f"{head} = {_off(d, value)} {unit}", f"{head} = {value * 10} {unit}")
    return Move(before, f"{head} = {value} {unit}", "calculate", (f"{head} = {value}",), wrong, verified=False)


@family("formula: energy worked out", held_out=True)
def _(d: Draw) -> Move:
    m, v = d.n(1, 20) * 2, d.n(2, 20)
    before = d.pick(f"E = 1/2*{m}*{v}^2", f"E = 1/2 * {m} kg * ({v} m/s)^2")
    value = m * v * v // 2
    return Move(
        before,
        d.pick(f"E = {value} J", f"E = {value}"),
        "calculate",
        (),
        (f"E = {2 * value} J", f"E = {m * v // 2} J"),
        verified=False,
    )


# ---------------------------------------------------------------- converting

_FACTORS = (
    ("km", "m", 1000),
    ("m", "cm", 100),
    ("cm", "mm", 10),
    ("kg", "g", 1000),
    ("min", "s", 60),
    ("hours", "minutes", 60),
    ("L", "mL", 1000),
    ("kJ", "J", 1000),
    ("days", "hours", 24),
    ("kW", "W", 1000),
    ("feet", "inches", 12),
    ("weeks", "days", 7),
    ("minutes", "seconds", 60),
    ("h", "min", 60),
    ("kN", "N", 1000),
    ("dollars", "cents", 100),
    ("A", "mA", 1000),
    ("s", "ms", 1000),
    ("t", "kg", 1000),
    ("GB", "MB", 1000),
    ("m", "mm", 1000),
    ("decades", "years", 10),
    ("gallons", "quarts", 4),
    ("miles", "feet", 5280),
)
_HELD_OUT_FACTORS = (
    ("kΩ", "Ω", 1000),
    ("years", "months", 12),
    ("MJ", "J", 10**6),
    ("yards", "feet", 3),
    ("g", "mg", 1000),
)


def _converted(d: Draw, factors: tuple[tuple[str, str, int], ...]) -> Move:
    large, small, k = d.rng.choice(factors)
    n = d.rng.choice((d.n(1, 30), d.rng.randint(1, 99) / 10))
    down = d.rng.random() < 0.65
    one, other = (f"{n:g} {large}", f"{n * k:g} {small}") if down else (f"{n * k:g} {small}", f"{n:g} {large}")
    wrong = f"{n / k:g} {small}" if down else f"{n * k * k:g} {large}"
    relabelled = f"{n:g} {small}" if down else f"{n * k:g} {large}"
    x = d.pick("t", "s", "m", "d", "x", "")
    style = d.rng.randrange(3)
    if style == 0:
        return Move(
            "",
            f"{one} = {other}",
            "convert",
            wrong=(f"{one} = {wrong}", f"{one} = {relabelled}"),
            given=one,
            verified=False,
        )
    head = f"{x} = " if x else ""
    shown = d.pick(other, other, f"{one.split(' ')[0]}*{k} {small}" if down else other)
    return Move(head + one, head + shown, "convert", wrong=(head + wrong, head + relabelled), given=one, verified=False)


@family("convert: units")
def _(d: Draw) -> Move:
    return _converted(d, _FACTORS)


@family("convert: other units", held_out=True)
def _(d: Draw) -> Move:
    return _converted(d, _HELD_OUT_FACTORS)


@family("convert: speed")
def _(d: Draw) -> Move:
    v = d.rng.randint(1, 40)
    head = d.pick("v = ", "u = ", "", "")
    before, line, wrong = f"{head}{v * 18 / 5:g} km/h", f"{head}{v} m/s", f"{head}{v * 18 / 5 * 3.6:.4g} m/s"
    return Move(before, line, "convert", (f"{head}{v * 18 / 5:g}/3.6 m/s",), (wrong,), verified=False)


@family("convert: fraction, decimal, per cent")
def _(d: Draw) -> Move:
    top, bottom = d.rng.choice(
        ((1, 2), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5), (1, 8), (3, 10), (7, 10), (1, 20), (3, 8))
    )
    value = top / bottom
    forms = [f"{top}/{bottom}", f"{value:g}", f"{100 * value:g}%"]
    one, other = d.rng.sample(forms, 2)
    head = d.pick("", "", f"{d.x} = ")
    wrong = f"{top}.{bottom}" if other == forms[1] else f"{value * 10:g}%" if other == forms[2] else f"{bottom}/{top}"
    if not head and d.rng.random() < 0.5:
        return Move("", f"{one} = {other}", "convert", wrong=(f"{one} = {wrong}",), verified=False)
    return Move(head + one, head + other, "convert", wrong=(head + wrong,), verified=False)


# ---------------------------------------------------------------- stating


@family("state: formula")
def _(d: Draw) -> Move:
    right = tuple(f for f, *_ in _FORMULAS)
    before = d.pick(
        "", "", f"{d.pick('m', 't', 'v')} = {d.any()}", f"{d.pick('m', 'r', 'h')} = {d.any()} {d.pick('kg', 'm', 's')}"
    )
    return Move(before, d.rng.choice(right), "state", verified=False)


@family("state: other formulas", held_out=True)
def _(d: Draw) -> Move:
    return Move(
        d.pick("", f"{d.pick('m', 'v')} = {d.any()}"), d.rng.choice(_HELD_OUT_FORMULAS)[0], "state", verified=False
    )


@family("state: given")
def _(d: Draw) -> Move:
    letter, n = d.pick("m", "v", "t", "h", "F", "r", "d", "u", d.x), d.any()
    unit = d.pick("", " m", " kg", " s", " m/s", " N", " cm")
    wrong = f"{letter} = {n}0{unit}"
    return Move(
        d.pick("", "", f"a = {d.any()}"),
        f"{letter} = {n}{unit}",
        "state",
        (),
        (wrong,),
        given=f"{n}{unit}",
        verified=False,
    )


@family("state: definition")
def _(d: Draw) -> Move:
    what = d.pick(
        "the number of apples",
        "the cost of one pen",
        "her age",
        "the length",
        "the number",
        "the price",
        "the time in hours",
    )
    line = d.pick(f"let {d.x} = {what}", f"let {d.x} be {what}", f"{d.x} = {what}", f"{d.x} is {what}")
    return Move(d.pick("", "", f"{d.y} = {d.n()}"), line, "state", verified=False)


@family("state: equation of the problem")
def _(d: Draw) -> Move:
    equation = d.pick(
        f"{d.n()}{d.x} + {d.s()} = {d.s()}",
        f"{d.n()}({d.x} + {d.s()}) = {d.n()}",
        f"{d.x}^2 + {d.s()}{d.x} + {d.s()} = 0",
        f"{d.x}/{d.n()} = {d.n()}",
        f"{d.n()}{d.x} < {d.n()}",
        f"sqrt({d.x} + {d.n()}) = {d.n()}",
        f"{d.x} + {d.y} = {d.n()}",
    )
    return Move("", equation, "state", given=f"Solve {equation}", verified=False)


@family("state: the answer again")
def _(d: Draw) -> Move:
    x, n = d.pick(d.x, d.x, "v", "F"), d.s(1, 60)
    before = d.pick(f"{x} = {n}", f"{d.n()}{x}/{d.n()} = {n}", f"{d.n()} + {d.n()} = {n}")
    if before.startswith(f"{x} ="):
        line = d.pick(
            f"answer: {x} = {n}", f"so {x} = {n}", f"therefore {x} is {n}", f"the answer is {n}", f"{x} = {n}"
        )
    else:
        line = d.pick(f"the answer is {n}", f"answer: {n}", f"so it is {n}", f"{n}", f"therefore the answer is {n}")
    wrong = line.replace(str(n), str(_off(d, n)))
    return Move(before, line, "state", wrong=(wrong,), verified=False)
