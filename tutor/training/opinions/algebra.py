"""Families of steps with equations, inequalities, expressions, powers, logarithms and calculus."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt

from tutor.training.opinions.drafts import Draw, Family, Move, fraction, moved

FAMILIES: list[Family] = []


def family(name: str, *, held_out: bool = False) -> Callable[[Callable[[Draw], Move]], Callable[[Draw], Move]]:
    """Enter a maker of steps in the registry."""

    def enter(make: Callable[[Draw], Move]) -> Callable[[Draw], Move]:
        FAMILIES.append(Family(name, make, held_out))
        return make

    return enter


# ---------------------------------------------------------------- the same added to or taken from both sides


def _terms_moved(
    name: str, left: Callable[[Draw], str], sign: str = "=", *, held_out: bool = False, mirrored: bool = False
) -> None:
    """`left + b = c -> left = c - b` for a left side of some form."""

    def make(d: Draw) -> Move:
        side, b, c = left(d), d.s(), d.s(1, 30)
        rel = sign if sign == "=" else d.pick("<", ">", "<=", ">=")
        back = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(rel, "=")
        first = d.rng.random() < 0.2 and not side.startswith("-")
        before = f"{b} + {side} {rel} {c}" if first else f"{side} + {b} {rel} {c}"
        forms: tuple[str, ...] = (
            f"{side} {rel} {c - b}",
            f"{side} {rel} {c} - {b}",
            f"{side} + {b} - {b} {rel} {c} - {b}",
        )
        wrong: tuple[str, ...] = (f"{side} {rel} {c + b}", f"{side} + {b} {rel} {c - b}", f"{side} {rel} {b - c}")
        if mirrored:
            before = f"{c} {back} {side} + {b}"
            forms = (f"{c - b} {back} {side}", f"{c} - {b} {back} {side}")
            wrong = (f"{c + b} {back} {side}",)
        return Move(before, forms[0], moved(b), forms[1:], wrong, operand=str(abs(b)))

    FAMILIES.append(Family(f"term moved: {name}", make, held_out))


_terms_moved("ax", lambda d: f"{d.n()}{d.x}")
_terms_moved("x", lambda d: d.x)
_terms_moved("-ax", lambda d: f"-{d.n(1)}{d.x}")
_terms_moved("x/a", lambda d: f"{d.x}/{d.n()}")
_terms_moved("x^2", lambda d: f"{d.n(1, 5)}{d.x}^2")
_terms_moved("e^x", lambda d: f"{d.n(1, 5)}e^{d.x}")
_terms_moved("ln x", lambda d: f"ln({d.x})")
_terms_moved("|x|", lambda d: f"|{d.x} + {d.n()}|")
_terms_moved("ax + cy", lambda d: f"{d.n()}{d.x} + {d.n()}{d.y}")
_terms_moved("ax, inequality", lambda d: f"{d.n()}{d.x}", "<")
_terms_moved("x, inequality", lambda d: d.x, "<")
_terms_moved("ax, on the right", lambda d: f"{d.n()}{d.x}", mirrored=True)
_terms_moved("decimal", lambda d: f"{d.dec()}{d.x}")
_terms_moved("(ax)/b", lambda d: f"{d.n()}{d.x}/{d.n(3)}")
_terms_moved("a(x + p)", lambda d: f"{d.n()}({d.x} + {d.s()})", held_out=True)
_terms_moved("sqrt(x + p)", lambda d: f"sqrt({d.x} + {d.s()})", held_out=True)
_terms_moved("a sin x", lambda d: f"{d.n()}sin({d.x})", held_out=True)
_terms_moved("a/x", lambda d: f"{d.n()}/{d.x}", held_out=True)
_terms_moved("x^3", lambda d: f"{d.x}^3")
_terms_moved("sqrt(x)", lambda d: f"{d.n(1, 6)}sqrt({d.x})")
_terms_moved("cos x", lambda d: f"cos({d.x})")
_terms_moved("a(bx)", lambda d: f"({d.x} + {d.s()})^2")


@family("decimal constant moved")
def _(d: Draw) -> Move:
    b, c = d.rng.randint(1, 99), d.rng.randint(100, 400)
    a = d.n()
    return Move(
        f"{a}{d.x} + {b / 10:g} = {c / 10:g}",
        f"{a}{d.x} = {(c - b) / 10:g}",
        "subtract",
        wrong=(f"{a}{d.x} = {(c + b) / 10:g}",),
    )


@family("fraction moved")
def _(d: Draw) -> Move:
    b, c = Fraction(d.n(1, 5), d.n(2, 7)), Fraction(d.n(1, 9), d.n(2, 7))
    return Move(
        f"{d.x} + {fraction(b)} = {fraction(c)}",
        f"{d.x} = {fraction(c)} - {fraction(b)}",
        "subtract",
        (f"{d.x} = {fraction(c - b)}",),
        (f"{d.x} = {fraction(c + b)}",),
    )


@family("unknown term moved")
def _(d: Draw) -> Move:
    (a, c), b, e = d.two(), d.s(), d.s()
    forms = (f"{a - c}{d.x} + {b} = {e}", f"{a}{d.x} - {c}{d.x} + {b} = {e}")
    wrong = (f"{a + c}{d.x} + {b} = {e}", f"{c - a}{d.x} + {b} = {e}")
    return Move(f"{a}{d.x} + {b} = {c}{d.x} + {e}", forms[0], "subtract", forms[1:], wrong, operand=f"{c}{d.x}")


@family("unknown term moved, taken away before")
def _(d: Draw) -> Move:
    a, c, b = d.n(), d.n(), d.s()
    forms = (f"{a + c}{d.x} = {b}", f"{a}{d.x} + {c}{d.x} = {b}")
    return Move(f"{a}{d.x} = {b} - {c}{d.x}", forms[0], "add", forms[1:], (f"{a - c}{d.x} = {b}" if a != c else "",))


@family("constant moved, unknown on both sides")
def _(d: Draw) -> Move:
    (a, c), b, e = d.two(), d.s(), d.s()
    forms = (f"{a}{d.x} = {c}{d.x} + {e - b}", f"{a}{d.x} = {c}{d.x} + {e} - {b}")
    return Move(f"{a}{d.x} + {b} = {c}{d.x} + {e}", forms[0], moved(b), forms[1:], (f"{a}{d.x} = {c}{d.x} + {e + b}",))


@family("other letter's term moved")
def _(d: Draw) -> Move:
    a, b, c = d.n(1), d.s(), d.n(1, 30)
    return Move(
        f"{a}{d.x} + {b}{d.y} = {c}", f"{a}{d.x} = {c} - {b}{d.y}", moved(b), wrong=(f"{a}{d.x} = {c} + {b}{d.y}",)
    )


@family("all to one side, one term")
def _(d: Draw) -> Move:
    b, c = d.s(), d.n()
    return Move(
        f"{d.x}^2 + {b}{d.x} = {c}",
        f"{d.x}^2 + {b}{d.x} - {c} = 0",
        "subtract",
        wrong=(f"{d.x}^2 + {b}{d.x} + {c} = 0",),
    )


@family("term of a difference of letters moved")
def _(d: Draw) -> Move:
    a, b, c, e = d.rng.sample("abcdefghkmnpqrstuvwxyzABCEFGKLMNPQRSTUVW", 4)
    before, line, operation, wrong = d.rng.choice(
        (
            (f"{a} = {b} - {c}", f"{a} + {c} = {b}", "add", f"{a} - {c} = {b}"),
            (f"{a} = {b}*{c} - {e}", f"{a} + {e} = {b}*{c}", "add", f"{a} - {e} = {b}*{c}"),
            (f"{a} = {b}/{c} + {e}", f"{a} - {e} = {b}/{c}", "subtract", f"{a} + {e} = {b}/{c}"),
            (f"{a} + {b} = {c}", f"{a} = {c} - {b}", "subtract", f"{a} = {c} + {b}"),
            (f"{a}^2 + {b}^2 = {c}^2", f"{a}^2 = {c}^2 - {b}^2", "subtract", f"{a}^2 = {c}^2 + {b}^2"),
            (f"{a}*{b} + {c} = {e}", f"{a}*{b} = {e} - {c}", "subtract", f"{a}*{b} = {e} + {c}"),
        )
    )
    return Move(before, line, operation, wrong=(wrong,))


@family("term of a formula moved", held_out=True)
def _(d: Draw) -> Move:
    before, line, wrong = d.rng.choice(
        (
            ("v = u + a*t", "v - u = a*t", "v + u = a*t"),
            ("v^2 = u^2 + 2*a*s", "v^2 - u^2 = 2*a*s", "v^2 + u^2 = 2*a*s"),
            ("E = K + U", "E - U = K", "E + U = K"),
            ("F = N + m*g", "F - m*g = N", "F + m*g = N"),
            ("P = 2*l + 2*w", "P - 2*l = 2*w", "P + 2*l = 2*w"),
            ("s = u*t + 1/2*a*t^2", "s - u*t = 1/2*a*t^2", "s + u*t = 1/2*a*t^2"),
        )
    )
    return Move(before, line, "subtract", wrong=(wrong,))


@family("negative constant moved")
def _(d: Draw) -> Move:
    a, b, c = d.n(1), d.n(), d.s(1, 30)
    forms = (f"{a}{d.x} = {c + b}", f"{a}{d.x} = {c} + {b}", f"{a}{d.x} - {b} + {b} = {c} + {b}")
    return Move(f"{a}{d.x} - {b} = {c}", forms[0], "add", forms[1:], (f"{a}{d.x} = {c - b}",))


@family("term taken away from a number")
def _(d: Draw) -> Move:
    a, b, c = d.n(1), d.n(1, 20), d.s(1, 20)
    return Move(f"{b} - {a}{d.x} = {c}", f"-{a}{d.x} = {c - b}", "subtract", (), (f"{a}{d.x} = {c - b}",))


# ---------------------------------------------------------------- both sides multiplied


def _multiplied(name: str, top: Callable[[Draw], str], *, held_out: bool = False) -> None:
    """`top/a = c -> top = a c`"""

    def make(d: Draw) -> Move:
        side, a, c = top(d), d.n(), d.s()
        whole = f"({side})" if " " in side else side
        rel = d.pick("=", "=", "=", "<", ">=")
        forms = (f"{side} {rel} {a * c}", f"{side} {rel} {c}*{a}", f"{whole}/{a}*{a} {rel} {c}*{a}")
        wrong = (f"{side} {rel} {fraction(Fraction(c, a))}", f"{side} {rel} {c + a}", f"{side} {rel} {c}")
        return Move(f"{whole}/{a} {rel} {c}", forms[0], "multiply", forms[1:], wrong, operand=str(a))

    FAMILIES.append(Family(f"multiplied: {name}", make, held_out))


_multiplied("x/a", lambda d: d.x)
_multiplied("(x + b)/a", lambda d: f"{d.x} + {d.s()}")
_multiplied("(bx)/a", lambda d: f"{d.n()}{d.x}")
_multiplied("x^2/a", lambda d: f"{d.x}^2")
_multiplied("(bx + cy)/a", lambda d: f"{d.n()}{d.x} + {d.n()}{d.y}", held_out=True)
_multiplied("sqrt(x)/a", lambda d: f"sqrt({d.x})", held_out=True)
_multiplied("(bx + e)/a", lambda d: f"{d.n()}{d.x} + {d.s()}")


@family("multiplied: a = x/b, on the right")
def _(d: Draw) -> Move:
    a, c = d.n(), d.s()
    return Move(f"{c} = {d.x}/{a}", f"{a * c} = {d.x}", "multiply", (f"{c}*{a} = {d.x}",), (f"{c + a} = {d.x}",))


@family("multiplied by the unknown")
def _(d: Draw) -> Move:
    a, c = d.n(2, 40), d.n()
    return Move(f"{a}/{d.x} = {c}", f"{a} = {c}{d.x}", "multiply", (f"{c}{d.x} = {a}",), (f"{d.x} = {c * a}",))


@family("denominators cleared")
def _(d: Draw) -> Move:
    (a, b), c = d.two(2, 7), d.n()
    return Move(
        f"{d.x}/{a} + {d.x}/{b} = {c}",
        f"{b}{d.x} + {a}{d.x} = {a * b * c}",
        "multiply",
        (f"{b}{d.x} + {a}{d.x} = {a * b}*{c}",),
        (f"{b}{d.x} + {a}{d.x} = {c}", f"{a}{d.x} + {b}{d.x} = {a + b + c}"),
    )


@family("half cleared")
def _(d: Draw) -> Move:
    c, p = d.s(), d.s()
    return Move(
        f"1/2*({d.x} + {p}) = {c}",
        f"{d.x} + {p} = {2 * c}",
        "multiply",
        (f"{d.x} + {p} = {c}*2",),
        (f"{d.x} + {p} = {c}/2",),
    )


@family("multiplied: every term")
def _(d: Draw) -> Move:
    a, b, c = d.n(2, 9), d.s(), d.n(1, 20)
    return Move(
        f"{d.x}/{a} + {b} = {c}",
        f"{d.x} + {a * b} = {a * c}",
        "multiply",
        wrong=(f"{d.x} + {b} = {a * c}", f"{d.x} + {a * b} = {c}"),
        operand=str(a),
    )


@family("decimals cleared on both sides")
def _(d: Draw) -> Move:
    (a, c), e = d.two(1, 9), d.n(11, 80)
    rest = d.pick(f" + {e / 10:g}", "")
    whole = f" + {e}" if rest else ""
    return Move(
        f"{a / 10:g}{d.x} = {c / 10:g}{d.y}{rest}",
        f"{a}{d.x} = {c}{d.y}{whole}",
        "multiply",
        wrong=(f"{a}{d.x} = {c / 10:g}{d.y}{whole}",),
        operand="10",
    )


@family("tenths cleared", held_out=True)
def _(d: Draw) -> Move:
    a, b, c = d.n(1, 9), d.n(1, 9), d.n(11, 80)
    return Move(
        f"{a / 10:g}{d.x} + {b / 10:g} = {c / 10:g}",
        f"{a}{d.x} + {b} = {c}",
        "multiply",
        wrong=(f"{a}{d.x} + {b} = {c / 10:g}", f"{a}{d.x} + {b / 10:g} = {c}"),
    )


@family("sign of the whole turned")
def _(d: Draw) -> Move:
    c = d.s()
    return Move(f"-{d.x} = {c}", f"{d.x} = {-c}", "multiply", wrong=(f"{d.x} = {c}",))


@family("formula multiplied")
def _(d: Draw) -> Move:
    before, line, wrong = d.rng.choice(
        (
            ("I = V/R", "I*R = V", "I = V*R"),
            ("v = s/t", "v*t = s", "v = s*t"),
            ("P = W/t", "P*t = W", "P/t = W"),
            ("p = F/A", "p*A = F", "p/A = F"),
            ("a = F/m", "a*m = F", "a = F*m"),
            ("f = v/L", "f*L = v", "f = v*L"),
        )
    )
    return Move(before, line, "multiply", wrong=(wrong,))


@family("three quarters of x")
def _(d: Draw) -> Move:
    a, b, k = d.n(2, 6), d.n(2, 7), d.n(1, 6)
    if a == b:
        b += 1
    return Move(
        f"{a}/{b}*{d.x} = {a * k}",
        f"{a}{d.x} = {a * k * b}",
        "multiply",
        (f"{a}{d.x} = {a * k}*{b}",),
        (f"{a}{d.x} = {a * k}/{b}",),
    )


# ---------------------------------------------------------------- both sides divided


def _divided(name: str, rest: Callable[[Draw], str], *, held_out: bool = False) -> None:
    """`a*rest = c -> rest = c/a`"""

    def make(d: Draw) -> Move:
        side, a, k = rest(d), d.n(), d.s()
        whole = f"({side})" if " " in side else side
        rel = d.pick("=", "=", "=", "<", ">=")
        c = a * k
        if d.rng.random() < 0.25:
            c = d.s(1, 30)
        forms = (f"{side} {rel} {fraction(Fraction(c, a))}", f"{side} {rel} {c}/{a}", f"{a}{whole}/{a} {rel} {c}/{a}")
        wrong = (f"{side} {rel} {c - a}", f"{side} {rel} {c * a}", f"{side} {rel} {fraction(Fraction(a, c))}")
        return Move(f"{a}{whole} {rel} {c}", forms[0], "divide", forms[1:], wrong, operand=str(a))

    FAMILIES.append(Family(f"divided: {name}", make, held_out))


_divided("ax", lambda d: d.x)
_divided("a(x + b)", lambda d: f"{d.x} + {d.s()}")
_divided("ax^2", lambda d: f"{d.x}^2")
_divided("a ln x", lambda d: f"ln({d.x})")
_divided("a sin x", lambda d: f"sin({d.x})")
_divided("a(bx + e)", lambda d: f"{d.n()}{d.x} + {d.s()}")
_divided("a sqrt x", lambda d: f"sqrt({d.x})", held_out=True)
_divided("a e^x", lambda d: f"e^{d.x}", held_out=True)
_divided("a(x + y)", lambda d: f"{d.x} + {d.y}", held_out=True)
_divided("a cos x", lambda d: f"cos({d.x})")
_divided("ax^3", lambda d: f"{d.x}^3")


@family("divided: negative factor")
def _(d: Draw) -> Move:
    a, k = d.n(2, 9), d.s()
    return Move(
        f"-{a}{d.x} = {a * k}",
        f"{d.x} = {-k}",
        "divide",
        (f"{d.x} = {a * k}/(-{a})",),
        (f"{d.x} = {k}", f"{d.x} = {a * k + a}"),
    )


@family("divided: inequality turned")
def _(d: Draw) -> Move:
    a, k = d.n(2, 9), d.s()
    rel, back = d.rng.choice((("<", ">"), (">", "<"), ("<=", ">="), (">=", "<=")))
    return Move(f"-{a}{d.x} {rel} {a * k}", f"{d.x} {back} {-k}", "divide", (), (f"{d.x} {rel} {-k}",))


@family("divided: a = bx, on the right")
def _(d: Draw) -> Move:
    a, k = d.n(), d.s()
    return Move(f"{a * k} = {a}{d.x}", f"{k} = {d.x}", "divide", (f"{a * k}/{a} = {d.x}",), (f"{a * k - a} = {d.x}",))


@family("divided: every term")
def _(d: Draw) -> Move:
    a, b, c = d.n(2, 6), d.s(), d.s()
    return Move(
        f"{a * d.n(1, 1)}{d.x} + {a * b} = {a * c}",
        f"{d.x} + {b} = {c}",
        "divide",
        wrong=(f"{d.x} + {a * b} = {c}", f"{d.x} + {b} = {a * c}"),
    )


@family("divided: every term of two letters")
def _(d: Draw) -> Move:
    a, b, c, e = d.n(2, 7), d.n(1, 6), d.s(), d.s()
    return Move(
        f"{a * b}{d.x} + {a * c}{d.y} = {a * e}",
        f"{b}{d.x} + {c}{d.y} = {e}",
        "divide",
        wrong=(f"{b}{d.x} + {a * c}{d.y} = {e}", f"{b}{d.x} + {c}{d.y} = {a * e}"),
        operand=str(a),
    )


@family("divided: square and line")
def _(d: Draw) -> Move:
    a, b, c = d.n(2, 7), d.n(1, 5), d.n(1, 9)
    return Move(
        f"{a * b}{d.x}^2 = {a * c}{d.x} + {a}",
        f"{b}{d.x}^2 = {c}{d.x} + 1",
        "divide",
        wrong=(f"{b}{d.x}^2 = {a * c}{d.x} + 1", f"{b}{d.x}^2 = {c}{d.x} + {a}"),
        operand=str(a),
    )


@family("divided: quadratic, every term", held_out=True)
def _(d: Draw) -> Move:
    a, b, c = d.n(2, 6), d.s(), d.s()
    return Move(
        f"{a}{d.x}^2 + {a * b}{d.x} + {a * c} = 0",
        f"{d.x}^2 + {b}{d.x} + {c} = 0",
        "divide",
        wrong=(f"{d.x}^2 + {a * b}{d.x} + {c} = 0", f"{d.x}^2 + {b}{d.x} + {a * c} = 0"),
    )


@family("divided: decimals")
def _(d: Draw) -> Move:
    a, k = d.rng.randint(2, 60), d.n(2, 20)
    return Move(
        f"{a / 10:g}{d.x} = {a * k / 10:g}",
        f"{d.x} = {k}",
        "divide",
        (f"{d.x} = {a * k / 10:g}/{a / 10:g}",),
        (f"{d.x} = {a * k * a / 100:g}",),
    )


@family("formula divided")
def _(d: Draw) -> Move:
    before, line, wrong = d.rng.choice(
        (
            ("F = m*a", "F/m = a", "F*m = a"),
            ("V = I*R", "V/I = R", "V*I = R"),
            ("W = F*s", "W/F = s", "W - F = s"),
            ("Q = m*c*T", "Q/(m*c) = T", "Q/m*c = T"),
            ("P = I^2*R", "P/I^2 = R", "P/I = R"),
            ("2*a*s = v^2", "a*s = v^2/2", "a*s = 2*v^2"),
            ("d = r*t", "d/r = t", "d*r = t"),
            ("A = l*w", "A/w = l", "A - w = l"),
        )
    )
    return Move(before, line, "divide", wrong=(wrong,))


# ---------------------------------------------------------------- squares and roots of both sides


@family("squared: sqrt(x + a) = b")
def _(d: Draw) -> Move:
    a, b = d.s(), d.n(2, 15)
    inner = d.pick(f"{d.x} + {a}", d.x, f"{d.n()}{d.x} + {a}", f"{d.n()}{d.x}")
    forms = (f"{inner} = {b * b}", f"{inner} = {b}^2")
    return Move(f"sqrt({inner}) = {b}", forms[0], "square", forms[1:], (f"{inner} = {2 * b}", f"{inner} = {b}"))


@family("squared: formula")
def _(d: Draw) -> Move:
    before, line, wrong = d.rng.choice(
        (
            ("v = sqrt(2*g*h)", "v^2 = 2*g*h", "v^2 = 4*g^2*h^2"),
            ("c = sqrt(a^2 + b^2)", "c^2 = a^2 + b^2", "c^2 = a + b"),
            ("v = sqrt(T/m)", "v^2 = T/m", "v^2 = T^2/m"),
            ("t = sqrt(2*h/g)", "t^2 = 2*h/g", "t^2 = 4*h/g"),
        )
    )
    return Move(before, line, "square", wrong=(wrong,))


@family("squared: unknown on both sides", held_out=True)
def _(d: Draw) -> Move:
    a, b, c = d.n(), d.s(), d.s()
    return Move(
        f"sqrt({a}{d.x} + {b}) = {d.x} + {c}",
        f"{a}{d.x} + {b} = ({d.x} + {c})^2",
        "square",
        (f"{a}{d.x} + {b} = {d.x}^2 + {2 * c}{d.x} + {c * c}",),
        (f"{a}{d.x} + {b} = {d.x}^2 + {c * c}",),
    )


@family("squared: two roots")
def _(d: Draw) -> Move:
    a, b, c, e = d.n(), d.s(), d.n(), d.s()
    if a == c:
        c += 1
    return Move(
        f"sqrt({a}{d.x} + {b}) = sqrt({c}{d.x} + {e})",
        f"{a}{d.x} + {b} = {c}{d.x} + {e}",
        "square",
        wrong=(f"{a}{d.x} + {b} = ({c}{d.x} + {e})^2",),
    )


def _rooted(name: str, base: Callable[[Draw], str], *, held_out: bool = False) -> None:
    """`base^2 = k^2 -> base = k or base = -k`"""

    def make(d: Draw) -> Move:
        side, k = base(d), d.n(1, 15)
        whole = f"({side})" if len(side) > 1 else side
        square = d.rng.random() < 0.75
        value = k * k if square else (k * k + 1 if isqrt(k * k + 1) ** 2 != k * k + 1 else k * k + 2)
        root = str(k) if square else f"sqrt({value})"
        forms = (f"{side} = ±{root}", f"{side} = {root} or {side} = -{root}", f"{side} = ±sqrt({value})")
        wrong = (f"{side} = ±{fraction(Fraction(value, 2))}", f"{side} = {root}", f"{side} = -{root}")
        return Move(f"{whole}^2 = {value}", forms[0], "root", forms[1:], wrong)

    FAMILIES.append(Family(f"root: {name}", make, held_out))


_rooted("x^2", lambda d: d.x)
_rooted("(x + a)^2", lambda d: f"{d.x} + {d.s()}")
_rooted("(ax + b)^2", lambda d: f"{d.n()}{d.x} + {d.s()}", held_out=True)


@family("root: cube")
def _(d: Draw) -> Move:
    k = d.rng.choice((1, -1)) * d.rng.randint(2, 7)
    return Move(f"{d.x}^3 = {k**3}", f"{d.x} = {k}", "root", wrong=(f"{d.x} = {k**3}/3", f"{d.x} = {-k}"))


@family("root: of a measured square")
def _(d: Draw) -> Move:
    v, k = d.pick("v", "t", "c", "r", "d"), d.n(2, 40)
    return Move(
        f"{v}^2 = {k * k}", f"{v} = sqrt({k * k})", "root", (f"{v} = {k}",), (f"{v} = {k * k / 2:g}",), verified=False
    )


# ---------------------------------------------------------------- expanding, factorising, collecting


@family("expand: a(x + b)")
def _(d: Draw) -> Move:
    a, b, p = d.s(2), d.s(), d.n(1, 5)
    rest = d.pick("", "", f" = {d.s(1, 40)}", f" + {d.n()} = {d.s(1, 30)}", f" < {d.n()}")
    return Move(
        f"{a}({p}{d.x} + {b}){rest}",
        f"{a * p}{d.x} + {a * b}{rest}",
        "expand",
        wrong=(f"{a * p}{d.x} + {b}{rest}", f"{a * p}{d.x} + {-a * b}{rest}"),
    )


@family("expand: on both sides")
def _(d: Draw) -> Move:
    a, b, c, e = d.n(), d.s(), d.n(), d.s()
    return Move(
        f"{a}({d.x} + {b}) = {c}({d.x} + {e})",
        f"{a}{d.x} + {a * b} = {c}{d.x} + {c * e}",
        "expand",
        wrong=(f"{a}{d.x} + {b} = {c}{d.x} + {e}", f"{a}{d.x} + {a * b} = {c}{d.x} + {e}"),
    )


@family("expand: two brackets")
def _(d: Draw) -> Move:
    a, b = d.s(1, 9), d.s(1, 9)
    rest = d.pick("", "", " = 0", f" = {d.n()}")
    forms = (f"{d.x}^2 + {a + b}{d.x} + {a * b}{rest}", f"{d.x}^2 + {a}{d.x} + {b}{d.x} + {a * b}{rest}")
    if a + b == 0:
        forms = (f"{d.x}^2 + {a * b}{rest}", forms[1])
    return Move(
        f"({d.x} + {a})({d.x} + {b}){rest}",
        forms[0],
        "expand",
        forms[1:],
        (f"{d.x}^2 + {a * b}{rest}", f"{d.x}^2 + {a * b}{d.x} + {a + b}{rest}"),
    )


@family("expand: square of a sum")
def _(d: Draw) -> Move:
    a = d.s(1, 9)
    rest = d.pick("", "", f" = {d.n()}", f" + {d.n()}")
    return Move(
        f"({d.x} + {a})^2{rest}",
        f"{d.x}^2 + {2 * a}{d.x} + {a * a}{rest}",
        "expand",
        wrong=(f"{d.x}^2 + {a * a}{rest}", f"{d.x}^2 + {a}{d.x} + {a * a}{rest}"),
    )


@family("expand: minus before a bracket")
def _(d: Draw) -> Move:
    a, b, c = d.n(), d.n(1), d.s()
    return Move(
        f"{a}{d.x} - ({b}{d.x} + {c})", f"{a}{d.x} - {b}{d.x} - {c}", "expand", wrong=(f"{a}{d.x} - {b}{d.x} + {c}",)
    )


@family("expand: x(x + a)")
def _(d: Draw) -> Move:
    a, p = d.s(), d.n(1, 5)
    return Move(
        f"{p}{d.x}({d.x} + {a})",
        f"{p}{d.x}^2 + {p * a}{d.x}",
        "expand",
        wrong=(f"{p}{d.x}^2 + {a}", f"{p}{d.x}^2 + {p * a}"),
    )


@family("expand: bracket and a number")
def _(d: Draw) -> Move:
    a, b, c = d.n(), d.s(), d.n(1, 20)
    return Move(
        f"{c} + {a}({d.x} + {b})",
        f"{c} + {a}{d.x} + {a * b}",
        "expand",
        wrong=(f"{c + a}({d.x} + {b})", f"{c} + {a}{d.x} + {b}"),
    )


@family("expand: three terms", held_out=True)
def _(d: Draw) -> Move:
    a, b, c, e = d.n(2, 7), d.n(1, 7), d.s(), d.s()
    return Move(
        f"{a}({b}{d.x} + {c}{d.y} + {e})",
        f"{a * b}{d.x} + {a * c}{d.y} + {a * e}",
        "expand",
        wrong=(f"{a * b}{d.x} + {c}{d.y} + {e}", f"{a * b}{d.x} + {a * c}{d.y} + {e}"),
    )


@family("expand: (ax + b)(cx + d)", held_out=True)
def _(d: Draw) -> Move:
    a, b, c, e = d.n(2, 5), d.s(1, 6), d.n(2, 5), d.s(1, 6)
    forms = (
        f"{a * c}{d.x}^2 + {a * e}{d.x} + {b * c}{d.x} + {b * e}",
        f"{a * c}{d.x}^2 + {a * e + b * c}{d.x} + {b * e}",
    )
    return Move(f"({a}{d.x} + {b})({c}{d.x} + {e})", forms[0], "expand", forms[1:], (f"{a * c}{d.x}^2 + {b * e}",))


@family("factorise: common factor")
def _(d: Draw) -> Move:
    a, b = d.n(2, 9), d.s(1, 9)
    p = d.pick("1", "1", "3") if a % 3 else "1"
    rest = d.pick("", "", " = 0")
    return Move(
        f"{a * int(p)}{d.x} + {a * b}{rest}",
        f"{a}({p}{d.x} + {b}){rest}",
        "factorise",
        wrong=(f"{a}({p}{d.x} + {a * b}){rest}", f"{a}({p}{d.x} - {b}){rest}"),
    )


@family("factorise: trinomial")
def _(d: Draw) -> Move:
    a, b = d.s(1, 9), d.s(1, 9)
    if a + b == 0:
        b += 1 if b != -1 else 2
    rest = d.pick("", " = 0", " = 0")
    return Move(
        f"{d.x}^2 + {a + b}{d.x} + {a * b}{rest}",
        f"({d.x} + {a})({d.x} + {b}){rest}",
        "factorise",
        wrong=(f"({d.x} - {a})({d.x} - {b}){rest}", f"({d.x} + {a + b})({d.x} + {a * b}){rest}"),
    )


@family("factorise: difference of squares")
def _(d: Draw) -> Move:
    a = d.n(1, 12)
    rest = d.pick("", " = 0")
    return Move(
        f"{d.x}^2 - {a * a}{rest}", f"({d.x} - {a})({d.x} + {a}){rest}", "factorise", (), (f"({d.x} - {a})^2{rest}",)
    )


@family("factorise: x taken out")
def _(d: Draw) -> Move:
    a, b = d.n(1, 6), d.s()
    rest = d.pick("", " = 0")
    return Move(
        f"{a}{d.x}^2 + {b}{d.x}{rest}",
        f"{d.x}({a}{d.x} + {b}){rest}",
        "factorise",
        wrong=(f"{d.x}({a}{d.x} + {b}{d.x}){rest}", f"{d.x}({a} + {b}){rest}"),
    )


@family("factorise: perfect square")
def _(d: Draw) -> Move:
    a = d.s(1, 12)
    rest = d.pick("", " = 0", f" = {d.n()}")
    return Move(
        f"{d.x}^2 + {2 * a}{d.x} + {a * a}{rest}",
        f"({d.x} + {a})^2{rest}",
        "factorise",
        (),
        (f"({d.x} - {a})^2{rest}", f"({d.x} + {2 * a})^2{rest}"),
    )


@family("factorise: ax^2 + bx + c", held_out=True)
def _(d: Draw) -> Move:
    a, b, e = d.n(2, 4), d.s(1, 6), d.s(1, 6)
    if a * e + b == 0:
        e += 1 if e != -1 else 2
    return Move(
        f"{a}{d.x}^2 + {a * e + b}{d.x} + {b * e} = 0",
        f"({a}{d.x} + {b})({d.x} + {e}) = 0",
        "factorise",
        wrong=(f"({a}{d.x} - {b})({d.x} - {e}) = 0", f"({a}{d.x} + {e})({d.x} + {b}) = 0"),
    )


@family("factorise: two letters", held_out=True)
def _(d: Draw) -> Move:
    a, b, c = d.n(2, 7), d.n(1, 5), d.s(1, 5)
    return Move(
        f"{a * b}{d.x} + {a * c}{d.y}", f"{a}({b}{d.x} + {c}{d.y})", "factorise", (), (f"{a}({b}{d.x} + {a * c}{d.y})",)
    )


@family("collect: ax + bx")
def _(d: Draw) -> Move:
    a, b = d.n(1), d.n(1)
    rest = d.pick("", f" = {d.s(1, 40)}", f" = {d.s(1, 40)}", f" + {d.n()}")
    return Move(
        f"{a}{d.x} + {b}{d.x}{rest}",
        f"{a + b}{d.x}{rest}",
        "collect",
        wrong=(f"{a + b}{d.x}^2{rest}", f"{a * b if a * b != a + b else a * b + 1}{d.x}{rest}"),
    )


@family("collect: ax - bx")
def _(d: Draw) -> Move:
    a, b = d.two(2, 15)
    rest = d.pick("", f" = {d.s(1, 40)}", f" = {d.s(1, 40)}", f" > {d.n()}")
    return Move(f"{a}{d.x} - {b}{d.x}{rest}", f"{a - b}{d.x}{rest}", "collect", wrong=(f"{a + b}{d.x}{rest}",))


@family("collect: letters and numbers")
def _(d: Draw) -> Move:
    a, b, c, e = d.n(1), d.s(), d.n(1), d.s()
    const = f" + {b + e}" if b + e else ""
    rest = d.pick("", "", f" = {d.s(1, 30)}")
    return Move(
        f"{a}{d.x} + {b} + {c}{d.x} + {e}{rest}",
        f"{a + c}{d.x}{const}{rest}",
        "collect",
        wrong=(f"{a + c + b + e}{d.x}{rest}" if a + c + b + e else "", f"{a + c}{d.x} + {b - e}{rest}"),
    )


@family("collect: numbers on one side")
def _(d: Draw) -> Move:
    a, b, c, e = d.n(1), d.n(), d.n(), d.n(5, 40)
    return Move(
        f"{a}{d.x} + {b} + {c} = {e}", f"{a}{d.x} + {b + c} = {e}", "collect", (), (f"{a}{d.x} + {b * c} = {e}",)
    )


@family("collect: after expanding")
def _(d: Draw) -> Move:
    a, b, c, e = d.n(), d.s(), d.n(), d.s(1, 40)
    return Move(
        f"{a}{d.x} + {b} + {c}{d.x} = {e}",
        f"{a + c}{d.x} + {b} = {e}",
        "collect",
        wrong=(f"{a + c}{d.x}^2 + {b} = {e}", f"{a * c}{d.x} + {b} = {e}"),
    )


@family("collect: two letters")
def _(d: Draw) -> Move:
    a, b, c, e = d.n(), d.n(), d.n(1), d.n(1)
    return Move(
        f"{a}{d.x} + {b}{d.y} + {c}{d.x} + {e}{d.y}",
        f"{a + c}{d.x} + {b + e}{d.y}",
        "collect",
        wrong=(f"{a + b + c + e}{d.x}{d.y}",),
    )


@family("collect: squares", held_out=True)
def _(d: Draw) -> Move:
    a, b, c = d.n(1, 9), d.s(), d.n(1, 9)
    return Move(
        f"{a}{d.x}^2 + {b}{d.x} + {c}{d.x}^2",
        f"{a + c}{d.x}^2 + {b}{d.x}",
        "collect",
        (),
        (f"{a + c}{d.x}^4 + {b}{d.x}",),
    )


@family("collect: three terms of one letter", held_out=True)
def _(d: Draw) -> Move:
    a, b, c, total = d.n(3), d.n(1, 9), d.n(1, 9), d.n(5, 90)
    return Move(
        f"{a}{d.x} + {b}{d.x} + {c}{d.x} = {total}",
        f"{a + b + c}{d.x} = {total}",
        "collect",
        wrong=(f"{a + b - c}{d.x} = {total}" if a + b != c else "", f"{a + b}{d.x} = {total}"),
    )
