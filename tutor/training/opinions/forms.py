"""Families of steps that rewrite: powers, roots, logarithms, calculus, values put in, formulas turned round."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from tutor.training.opinions.algebra import FAMILIES, family
from tutor.training.opinions.drafts import Draw, Family, Move, fraction

__all__ = ["FAMILIES", "family"]

# ---------------------------------------------------------------- simplifying


@family("simplify: product of powers")
def _(d: Draw) -> Move:
    a, b = d.n(2, 7), d.n(2, 7)
    rest = d.pick("", "", " = 64")
    return Move(
        f"{d.x}^{a}*{d.x}^{b}{rest}",
        f"{d.x}^{a + b}{rest}",
        "simplify",
        wrong=(f"{d.x}^{a * b if a * b != a + b else a * b + 1}{rest}",),
    )


@family("simplify: quotient of powers")
def _(d: Draw) -> Move:
    a, b = d.n(4, 12), d.n(2, 3)
    return Move(f"{d.x}^{a}/{d.x}^{b}", f"{d.x}^{a - b}", "simplify", wrong=(f"{d.x}^{a + b}", f"{d.x}^({a}/{b})"))


@family("simplify: power of a power")
def _(d: Draw) -> Move:
    a, b, c = d.n(2, 6), d.n(2, 5), d.n(1, 4)
    wrong = f"{c}{d.x}^{a * b}" if c > 1 else f"{d.x}^{a + b if a + b != a * b else a + b + 1}"
    return Move(f"({c}{d.x}^{a})^{b}", f"{c**b}{d.x}^{a * b}", "simplify", wrong=(wrong,))


@family("simplify: surd")
def _(d: Draw) -> Move:
    a, b = d.n(2, 6), d.rng.choice((2, 3, 5, 6, 7))
    head = d.pick("", f"{d.x} = ", f"{d.x} = ±")
    return Move(
        f"{head}sqrt({a * a * b})",
        f"{head}{a}sqrt({b})",
        "simplify",
        (),
        (f"{head}{a * a}sqrt({b})", f"{head}{b}sqrt({a})"),
    )


@family("simplify: product of roots", held_out=True)
def _(d: Draw) -> Move:
    a, b = d.rng.sample((2, 3, 5, 6, 7, 10), 2)
    return Move(f"sqrt({a})*sqrt({b})", f"sqrt({a * b})", "simplify", wrong=(f"sqrt({a + b})",))


@family("simplify: fraction reduced")
def _(d: Draw) -> Move:
    a, b, k = d.n(1, 9), d.n(2, 9), d.n(2, 9)
    if gcd(a, b) > 1 or a == b:
        a, b = 3, 7
    head = d.pick("", f"{d.x} = ", f"{d.x} = ")
    line = f"{a}/{b}" if b > 1 else f"{a}"
    return Move(f"{head}{a * k}/{b * k}", f"{head}{line}", "simplify", wrong=(f"{head}{b}/{a}", f"{head}{a}/{b * k}"))


@family("simplify: two signs in one")
def _(d: Draw) -> Move:
    a, b = d.n(), d.n()
    sign = d.pick("- (-", "+ (-")
    result = "+" if sign[0] == "-" else "-"
    back = "-" if result == "+" else "+"
    rest = d.pick("", f" = {d.n()}")
    return Move(
        f"{a}{d.x} {sign}{b}){rest}", f"{a}{d.x} {result} {b}{rest}", "simplify", (), (f"{a}{d.x} {back} {b}{rest}",)
    )


@family("simplify: sum of logarithms")
def _(d: Draw) -> Move:
    f, a = d.pick("log", "ln"), d.n()
    other = d.pick(str(a), d.y, f"({d.x} + {a})")
    shown = other.strip("()")
    rest = d.pick("", "", f" = {d.n(1, 5)}")
    product = f"{d.x}*{other}" if not other.isdigit() else f"{other}{d.x}"
    return Move(
        f"{f}({d.x}) + {f}({shown}){rest}", f"{f}({product}){rest}", "simplify", (), (f"{f}({d.x} + {shown}){rest}",)
    )


@family("simplify: difference of logarithms", held_out=True)
def _(d: Draw) -> Move:
    f, a = d.pick("log", "ln"), d.n()
    rest = d.pick("", f" = {d.n(1, 5)}")
    return Move(f"{f}({d.x}) - {f}({a}){rest}", f"{f}({d.x}/{a}){rest}", "simplify", wrong=(f"{f}({d.x} - {a}){rest}",))


@family("simplify: power out of a logarithm")
def _(d: Draw) -> Move:
    f, a = d.pick("log", "ln"), d.n(2, 6)
    return Move(f"{f}({d.x}^{a})", f"{a}{f}({d.x})", "simplify", wrong=(f"{f}({d.x})^{a}", f"{f}({a}{d.x})"))


@family("simplify: Pythagoras")
def _(d: Draw) -> Move:
    a = d.n(1, 6)
    return Move(
        f"{a}sin({d.x})^2 + {a}cos({d.x})^2",
        f"{a}",
        "simplify",
        (f"{a}(sin({d.x})^2 + cos({d.x})^2)",),
        (f"{2 * a}", f"{a}sin({d.x})cos({d.x})"),
    )


@family("simplify: exponential and logarithm", held_out=True)
def _(d: Draw) -> Move:
    a = d.n(2, 6)
    before, line, wrong = d.rng.choice(
        (
            (f"e^(ln({d.x}))", d.x, f"ln({d.x})"),
            (f"ln(e^({a}{d.x}))", f"{a}{d.x}", f"e^({a}{d.x})"),
            (f"e^({a}*ln({d.x}))", f"{d.x}^{a}", f"{a}{d.x}"),
        )
    )
    return Move(before, line, "simplify", wrong=(wrong,), verified=False)


@family("simplify: fraction of fractions")
def _(d: Draw) -> Move:
    a, b, c, e = d.n(1, 6), d.n(2, 7), d.n(1, 6), d.n(2, 7)
    return Move(f"({a}/{b})/({c}/{e})", f"{a}/{b}*{e}/{c}", "simplify", (f"{a * e}/{b * c}",), (f"{b}/{a}*{c}/{e}",))


@family("simplify: negative power")
def _(d: Draw) -> Move:
    a, c = d.n(1, 6), d.n(1, 6)
    return Move(f"{c}{d.x}^(-{a})", f"{c}/{d.x}^{a}", "simplify", (), (f"-{c}{d.x}^{a}", f"1/({c + 1}{d.x}^{a})"))


# ---------------------------------------------------------------- cancelling


@family("cancel: bracket")
def _(d: Draw) -> Move:
    a, b = d.s(), d.s()
    if a == b:
        b += 1 if b != -1 else 2
    return Move(
        f"(({d.x} + {a})({d.x} + {b}))/({d.x} + {a})", f"{d.x} + {b}", "cancel", wrong=(f"{d.x} + {a}", f"{d.x} - {b}")
    )


@family("cancel: bracket above and below")
def _(d: Draw) -> Move:
    a, b, c = d.rng.sample(range(-9, 10), 3)
    return Move(
        f"(({d.x} + {a or 10})({d.x} + {b or 10}))/(({d.x} + {a or 10})({d.x} + {c or 11}))",
        f"({d.x} + {b or 10})/({d.x} + {c or 11})",
        "cancel",
        wrong=(f"{b or 10}/{c or 11}" if (b or 10) != (c or 11) else "",),
    )


@family("cancel: number")
def _(d: Draw) -> Move:
    a, k = d.n(2, 9), d.n(2, 9)
    below = d.pick("", "", f"{d.y}")
    line = f"{k}{d.x}" + (f"/{below}" if below else "")
    return Move(f"({a * k}{d.x})/({a}{below})", line, "cancel", (), (f"{a}{d.x}" + (f"/{below}" if below else ""),))


@family("cancel: letter")
def _(d: Draw) -> Move:
    a, b = d.n(2, 9), d.n(2, 9)
    return Move(
        f"({a}{d.x}{d.y})/({b}{d.y})", f"{a}{d.x}/{b}", "cancel", wrong=(f"{a}{d.x}*{d.y}/{b}", f"{b}{d.x}/{a}")
    )


@family("cancel: x with x^2", held_out=True)
def _(d: Draw) -> Move:
    a, b = d.n(1, 9), d.s()
    return Move(
        f"({d.x}({a}{d.x} + {b}))/{d.x}",
        f"{a}{d.x} + {b}",
        "cancel",
        wrong=(f"{a} + {b}" if a + b else "", f"{a}{d.x}"),
    )


@family("cancel: in a product of fractions")
def _(d: Draw) -> Move:
    a, b, c = d.rng.sample((2, 3, 5, 7, 11, 13), 3)
    return Move(f"{a}/{b} * {b}/{c}", f"{a}/{c}", "cancel", wrong=(f"{c}/{a}",))


# ---------------------------------------------------------------- values put in


@family("substitute: into a line")
def _(d: Draw) -> Move:
    a, b, v = d.n(1), d.s(), d.s(1, 9)
    x, y = (d.x, d.y)
    shown = f"({v})" if v < 0 or d.rng.random() < 0.4 else f"*{v}"
    given = d.pick(f"{x} = {v}", f"when {x} = {v}", f"Find {y} when {x} = {v}.")
    return Move(
        f"{y} = {a}{x} + {b}",
        f"{y} = {a}{shown} + {b}",
        "substitute",
        (f"{y} = {a * v + b}",),
        (f"{y} = {a}{v if v >= 0 else f'({v})'} + {b}" if a > 1 else "",),
        given=given,
        verified=False,
    )


@family("substitute: found value put back")
def _(d: Draw) -> Move:
    a, b, v, c = d.n(1), d.n(1), d.s(1, 9), d.n(5, 60)
    shown = f"({v})" if v < 0 or d.rng.random() < 0.5 else f"*{v}"
    return Move(
        f"{d.x} = {v}",
        f"{a}{shown} + {b}{d.y} = {c}",
        "substitute",
        given=f"{a}{d.x} + {b}{d.y} = {c}",
        verified=False,
        wrong=(f"{a}({v + 1}) + {b}{d.y} = {c}",),
    )


@family("substitute: one letter for another")
def _(d: Draw) -> Move:
    a, b, c, e = d.n(1, 6), d.n(1, 6), d.s(1, 6), d.n(5, 40)
    return Move(
        f"{d.y} = {b}{d.x} + {c}",
        f"{a}{d.x} + {b}{d.x} + {c} = {e}",
        "substitute",
        (f"{a}{d.x} + ({b}{d.x} + {c}) = {e}",),
        (f"{a}{d.x} + {b}{d.x} = {e}",),
        given=f"{a}{d.x} + {d.y} = {e}",
        verified=False,
    )


@family("substitute: argument of a function")
def _(d: Draw) -> Move:
    f, a, b, v = d.pick("f", "g", "h"), d.n(1), d.s(), d.s(1, 9)
    shown = f"({v})"
    power = d.pick("", "^2")
    return Move(
        f"{f}({d.x}) = {a}{d.x}{power} + {b}",
        f"{f}({v}) = {a}{shown}{power} + {b}",
        "substitute",
        (f"{f}({v}) = {a * v ** (2 if power else 1) + b}",),
        (f"{f}({v}) = {a}({v + 1}){power} + {b}",),
        verified=False,
    )


@family("substitute: quadratic formula")
def _(d: Draw) -> Move:
    a, b, c = d.n(1, 5), d.s(), d.s()
    return Move(
        f"{a}{d.x}^2 + {b}{d.x} + {c} = 0",
        f"{d.x} = ({-b} ± sqrt({abs(b)}^2 - 4*{a}*({c})))/(2*{a})",
        "substitute",
        verified=False,
        wrong=(f"{d.x} = ({b} ± sqrt({abs(b)}^2 - 4*{a}*({c})))/(2*{a})",),
    )


@family("substitute: discriminant", held_out=True)
def _(d: Draw) -> Move:
    a, b, c = d.n(1, 5), d.n(1), d.s()
    return Move(
        f"{d.pick('D', 'Δ')} = b^2 - 4*a*c",
        f"D = {b}^2 - 4*{a}*({c})",
        "substitute",
        given=f"{a}x^2 + {b}x + {c} = 0",
        verified=False,
        wrong=(f"D = {b}^2 + 4*{a}*({c})",),
    )


# ---------------------------------------------------------------- calculus


def _term(a: int, x: str, n: int) -> str:
    return str(a) if n == 0 else f"{a}{x}" if n == 1 else f"{a}{x}^{n}"


def _polynomial(d: Draw, degree: int) -> list[tuple[int, int]]:
    powers = sorted({degree, *(d.rng.randint(0, degree) for _ in range(d.rng.randint(1, 2)))}, reverse=True)
    return [(d.n(1, 9) if k == 0 else d.s(1, 9), n) for k, n in enumerate(powers)]


def _written(terms: list[tuple[int, int]], x: str) -> str:
    return " + ".join(_term(a, x, n) for a, n in terms) or "0"


def _derived(terms: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(a * n, n - 1) for a, n in terms if n]


@family("differentiate: polynomial")
def _(d: Draw) -> Move:
    x = d.pick("x", "x", "t")
    terms = _polynomial(d, d.n(2, 4))
    f, name = _written(terms, x), d.pick("y", "f", "d")
    line = _written(_derived(terms), x)
    wrong = _written([(a, n - 1) for a, n in terms if n], x)
    other = _written([(a * n, n) for a, n in terms if n], x)
    heads = {"y": ("y = ", f"dy/d{x} = "), "f": (f"f({x}) = ", f"f'({x}) = "), "d": ("", f"d/d{x} ({f}) = ")}[name]
    return Move(
        heads[0] + f, heads[1] + line, "differentiate", (), (heads[1] + wrong, heads[1] + other), verified=False
    )


@family("differentiate: sign d/dx carried out")
def _(d: Draw) -> Move:
    x = "x"
    terms = _polynomial(d, d.n(2, 4))
    return Move(
        f"dy/dx = d/dx ({_written(terms, x)})",
        f"dy/dx = {_written(_derived(terms), x)}",
        "differentiate",
        wrong=(f"dy/dx = {_written([(a, n - 1) for a, n in terms if n], x)}",),
        verified=False,
    )


@family("differentiate: functions")
def _(d: Draw) -> Move:
    a, b = d.n(1, 7), d.n(2, 6)
    before, line, wrong = d.rng.choice(
        (
            (f"{a}sin({b}x)", f"{a * b}cos({b}x)", f"{a}cos({b}x)"),
            (f"{a}cos({b}x)", f"-{a * b}sin({b}x)", f"{a * b}sin({b}x)"),
            (f"{a}e^({b}x)", f"{a * b}e^({b}x)", f"{a}e^({b}x)"),
            (f"{a}ln(x)", f"{a}/x", f"1/({a}x)" if a > 1 else "ln(1)/x"),
            (f"({b}x + {a})^{b}", f"{b * b}({b}x + {a})^{b - 1}", f"{b}({b}x + {a})^{b - 1}"),
            (f"x^{b}*sin(x)", f"{b}x^{b - 1}*sin(x) + x^{b}*cos(x)", f"{b}x^{b - 1}*cos(x)"),
        )
    )
    heads = d.rng.choice((("y = ", "dy/dx = "), ("f(x) = ", "f'(x) = "), ("y = ", "y' = ")))
    return Move(heads[0] + before, heads[1] + line, "differentiate", wrong=(heads[1] + wrong,), verified=False)


@family("differentiate: other letters")
def _(d: Draw) -> Move:
    y, x = d.rng.choice(
        (("A", "r"), ("V", "x"), ("h", "t"), ("P", "x"), ("N", "t"), ("C", "q"), ("T", "t"), ("u", "x"))
    )
    terms = _polynomial(d, d.n(2, 3))
    heads = d.rng.choice(((f"{y} = ", f"d{y}/d{x} = "), (f"{y}({x}) = ", f"{y}'({x}) = "), (f"{y} = ", f"{y}' = ")))
    return Move(
        heads[0] + _written(terms, x),
        heads[1] + _written(_derived(terms), x),
        "differentiate",
        wrong=(heads[1] + _written([(a, n - 1) for a, n in terms if n], x),),
        verified=False,
    )


@family("differentiate: charge to current, energy to force")
def _(d: Draw) -> Move:
    x = d.pick("t", "x")
    heads = d.rng.choice((("q = ", "I = "), ("W = ", "P = "), ("p = ", "F = "))) if x == "t" else ("W = ", "F = ")
    terms = _polynomial(d, d.n(2, 3))
    return Move(
        heads[0] + _written(terms, x),
        heads[1] + _written(_derived(terms), x),
        "differentiate",
        wrong=(heads[1] + _written([(a, n - 1) for a, n in terms if n], x),),
        verified=False,
    )


@family("integrate: current to charge, force to work")
def _(d: Draw) -> Move:
    x = d.pick("t", "x")
    heads = d.rng.choice((("I = ", "q = "), ("P = ", "W = "), ("F = ", "p = "))) if x == "t" else ("F = ", "W = ")
    terms = _polynomial(d, d.n(1, 3))
    whole = " + ".join(_term_over(a, x, n + 1) for a, n in terms)
    return Move(
        heads[0] + _written(terms, x),
        f"{heads[1]}{whole} + C",
        "integrate",
        wrong=(f"{heads[1]}{_written([(a, n + 1) for a, n in terms], x)} + C",),
        verified=False,
    )


@family("differentiate: place to speed", held_out=True)
def _(d: Draw) -> Move:
    terms = _polynomial(d, d.n(2, 3))
    heads = d.rng.choice((("s = ", "v = "), ("v = ", "a = "), ("x(t) = ", "v(t) = ")))
    return Move(
        heads[0] + _written(terms, "t"),
        heads[1] + _written(_derived(terms), "t"),
        "differentiate",
        verified=False,
        wrong=(heads[1] + _written([(a, n - 1) for a, n in terms if n], "t"),),
    )


@family("integrate: polynomial")
def _(d: Draw) -> Move:
    x = d.pick("x", "x", "t")
    terms = _polynomial(d, d.n(1, 3))
    whole = " + ".join(_term_over(a, x, n + 1) for a, n in terms)
    wrong = _written([(a, n + 1) for a, n in terms], x)
    style = d.rng.randrange(3)
    before = (f"∫ ({_written(terms, x)}) d{x}", f"y' = {_written(terms, x)}", f"dy/d{x} = {_written(terms, x)}")[style]
    head = "" if style == 0 else "y = "
    return Move(
        before, f"{head}{whole} + C", "integrate", wrong=(f"{head}{wrong} + C", f"{head}{whole}"), verified=False
    )


def _term_over(a: int, x: str, n: int) -> str:
    top = Fraction(a, n)
    if top.denominator == 1:
        return _term(top.numerator, x, n)
    return f"{_term(a, x, n)}/{n}"


@family("integrate: definite")
def _(d: Draw) -> Move:
    x, n, a, b = d.pick("x", "x", "t"), d.n(1, 3), d.n(1, 3), d.n(1, 5)
    return Move(
        f"\\int_{{{a}}}^{{{a + b}}} {n + 1}{x}^{n} d{x}",
        f"[{x}^{n + 1}]_{a}^{a + b}",
        "integrate",
        (),
        (f"[{n + 1}{x}^{n + 1}]_{a}^{a + b}", f"[{n * (n + 1)}{x}^{n - 1}]_{a}^{a + b}"),
        verified=False,
    )


@family("integrate: functions")
def _(d: Draw) -> Move:
    b = d.n(2, 6)
    before, line, wrong = d.rng.choice(
        (
            (f"cos({b}x)", f"sin({b}x)/{b}", f"{b}sin({b}x)"),
            (f"sin({b}x)", f"-cos({b}x)/{b}", f"cos({b}x)/{b}"),
            (f"e^({b}x)", f"e^({b}x)/{b}", f"{b}e^({b}x)"),
            (f"{b}/x", f"{b}ln|x|", f"-{b}/x^2"),
        )
    )
    return Move(f"∫ {before} dx", f"{line} + C", "integrate", wrong=(f"{wrong} + C", line), verified=False)


@family("integrate: speed to place", held_out=True)
def _(d: Draw) -> Move:
    terms = _polynomial(d, d.n(1, 2))
    whole = " + ".join(_term_over(a, "t", n + 1) for a, n in terms)
    heads = d.rng.choice((("v = ", "s = "), ("a = ", "v = ")))
    return Move(
        heads[0] + _written(terms, "t"),
        f"{heads[1]}{whole} + C",
        "integrate",
        verified=False,
        wrong=(f"{heads[1]}{_written([(a, n + 1) for a, n in terms], 't')} + C",),
    )


# ---------------------------------------------------------------- proportions, swaps, inverse functions


@family("cross multiply: number over x")
def _(d: Draw) -> Move:
    a, b, c = d.n(), d.n(), d.n()
    return Move(
        f"{a}/{d.x} = {b}/{c}",
        f"{a}*{c} = {b}{d.x}",
        "cross multiply",
        (f"{b}{d.x} = {a * c}", f"{a * c} = {b}{d.x}"),
        (f"{a}*{b} = {c}{d.x}", f"{a}{d.x} = {b * c}"),
    )


@family("cross multiply: x above")
def _(d: Draw) -> Move:
    a, b, c = d.n(), d.n(), d.n()
    return Move(
        f"{d.x}/{a} = {b}/{c}",
        f"{c}{d.x} = {a}*{b}",
        "cross multiply",
        (f"{c}{d.x} = {a * b}",),
        (f"{a}{d.x} = {b * c}", f"{b}{d.x} = {a * c}"),
    )


@family("cross multiply: brackets")
def _(d: Draw) -> Move:
    (a, b), p, q = d.two(), d.s(), d.s()
    return Move(
        f"({d.x} + {p})/{a} = ({d.x} + {q})/{b}",
        f"{b}({d.x} + {p}) = {a}({d.x} + {q})",
        "cross multiply",
        wrong=(f"{a}({d.x} + {p}) = {b}({d.x} + {q})",),
    )


@family("cross multiply: unknowns below", held_out=True)
def _(d: Draw) -> Move:
    (a, b), p, q = d.two(), d.s(), d.s()
    if p == q:
        q += 1 if q != -1 else 2
    return Move(
        f"{a}/({d.x} + {p}) = {b}/({d.x} + {q})",
        f"{a}({d.x} + {q}) = {b}({d.x} + {p})",
        "cross multiply",
        wrong=(f"{a}({d.x} + {p}) = {b}({d.x} + {q})",),
    )


@family("cross multiply: four letters")
def _(d: Draw) -> Move:
    a, b, c, e = d.rng.sample("abcdpqrsxyz", 4)
    return Move(f"{a}/{b} = {c}/{e}", f"{a}*{e} = {b}*{c}", "cross multiply", wrong=(f"{a}*{c} = {b}*{e}",))


def _sides(name: str, *, held_out: bool = False) -> None:
    def make(d: Draw) -> Move:
        left = {
            "number": str(d.s(1, 40)),
            "number and line": str(d.s(1, 40)),
            "fraction": f"{d.n()}/{d.n()}",
            "formula": d.pick("m*a", "I*R", "u + a*t", "1/2*m*v^2", "d/t"),
            "line": f"{d.n()}{d.y} + {d.s()}",
        }[name]
        right = {
            "number": d.x,
            "number and line": f"{d.n()}{d.x} + {d.s()}",
            "fraction": d.x,
            "formula": d.pick("F", "V", "E"),
            "line": f"{d.n()}{d.x}",
        }[name]
        rel, back = d.rng.choice((("=", "="), ("=", "="), ("<", ">"), (">=", "<=")))
        if name == "formula":
            rel = back = "="
        wrong = (f"{right} {rel} {left}",) if rel != back else (f"{right} = -({left})",) if name != "formula" else ()
        return Move(f"{left} {rel} {right}", f"{right} {back} {left}", "swap", (), wrong)

    FAMILIES.append(Family(f"swap: {name}", make, held_out))


_sides("number")
_sides("number and line")
_sides("formula")


@family("swap: power, root or decimal")
def _(d: Draw) -> Move:
    left, right = d.pick(str(d.n(2, 90)), d.dec()), d.pick(f"{d.x}^2", f"sqrt({d.x})", d.x, f"{d.n()}({d.x} + {d.s()})")
    return Move(f"{left} = {right}", f"{right} = {left}", "swap", (), (f"{right} = -{left}",))


_sides("fraction", held_out=True)
_sides("line", held_out=True)


@family("log: a^x = b")
def _(d: Draw) -> Move:
    (a, b), f = d.two(2, 30), d.pick("ln", "log")
    forms = (f"{d.x}*{f}({a}) = {f}({b})", f"{f}({a}^{d.x}) = {f}({b})")
    return Move(f"{a}^{d.x} = {b}", forms[0], "log", forms[1:], (f"{d.x} = {f}({b})", f"{d.x}*{f}({b}) = {f}({a})"))


@family("log: e^x = b")
def _(d: Draw) -> Move:
    a, b = d.n(1, 5), d.n(2, 40)
    return Move(
        f"e^({a}{d.x})= {b}", f"{a}{d.x} = ln({b})", "log", (f"ln(e^({a}{d.x})) = ln({b})",), (f"{a}{d.x} = e^{b}",)
    )


@family("log: 10^x = b")
def _(d: Draw) -> Move:
    b = d.n(2, 400)
    return Move(f"10^{d.x} = {b}", f"{d.x} = log({b})", "log", (), (f"{d.x} = {b}/10", f"{d.x} = 10^{b}"))


@family("log: decay", held_out=True)
def _(d: Draw) -> Move:
    k, b = d.dec(), d.n(2, 20)
    return Move(f"{b} = e^({k}t)", f"ln({b}) = {k}t", "log", (), (f"ln({b}) = e*{k}t",))


@family("log: power on both sides")
def _(d: Draw) -> Move:
    (a, b), c = d.two(2, 12), d.s(1, 5)
    return Move(
        f"{a}^({d.x} + {c}) = {b}",
        f"({d.x} + {c})*ln({a}) = ln({b})",
        "log",
        wrong=(f"{d.x} + {c}*ln({a}) = ln({b})", f"({d.x} + {c})*{a} = ln({b})"),
    )


@family("exp: ln x = b")
def _(d: Draw) -> Move:
    b = d.n(1, 9)
    return Move(
        f"ln({d.x}) = {b}", f"{d.x} = e^{b}", "exp", (), (f"{d.x} = {b}e", f"{d.x} = ln({b})", f"{d.x} = 10^{b}")
    )


@family("exp: log x = b")
def _(d: Draw) -> Move:
    b = d.n(1, 5)
    return Move(
        f"log({d.x}) = {b}", f"{d.x} = 10^{b}", "exp", (f"{d.x} = {10**b}",), (f"{d.x} = {10 * b}" if b > 1 else "",)
    )


@family("exp: log to a base")
def _(d: Draw) -> Move:
    a, b = d.n(2, 6), d.n(2, 4)
    return Move(
        f"log_{a}({d.x}) = {b}",
        f"{d.x} = {a}^{b}",
        "exp",
        (f"{d.x} = {a**b}",),
        (f"{d.x} = {a}*{b}", f"{d.x} = {b}^{a}"),
    )


@family("exp: ln(x + a) = b", held_out=True)
def _(d: Draw) -> Move:
    a, b, c = d.s(), d.n(1, 6), d.n(1, 5)
    return Move(f"ln({c}{d.x} + {a}) = {b}", f"{c}{d.x} + {a} = e^{b}", "exp", wrong=(f"{c}{d.x} + e^{a} = e^{b}",))


@family("exp: logs on both sides")
def _(d: Draw) -> Move:
    f, a, b = d.pick("ln", "log"), d.n(), d.s()
    return Move(
        f"{f}({a}{d.x} + {b}) = {f}({d.y})",
        f"{a}{d.x} + {b} = {d.y}",
        "exp",
        (),
        (f"{a}{d.x} = {d.y}",),
        verified=False,
    )


@family("reciprocal: 1/x = a")
def _(d: Draw) -> Move:
    a, b = d.n(2, 12), d.n(1, 9)
    if a == b:
        b += 1
    letter = d.pick(d.x, "R", "f", "C")
    return Move(
        f"1/{letter} = {fraction(Fraction(b, a))}",
        f"{letter} = {fraction(Fraction(a, b))}",
        "reciprocal",
        wrong=(f"{letter} = {fraction(Fraction(b, a))}",),
    )


@family("reciprocal: decimal")
def _(d: Draw) -> Move:
    k = d.rng.choice((2, 4, 5, 8, 10, 20, 25, 50))
    letter = d.pick(d.x, "R", "f", "T")
    return Move(
        f"1/{letter} = {1 / k:g}",
        f"{letter} = {k}",
        "reciprocal",
        (f"{letter} = 1/{1 / k:g}",),
        (f"{letter} = {1 / k:g}",),
    )


@family("reciprocal: fractions of numbers and letters")
def _(d: Draw) -> Move:
    a, b = d.two(2, 15)
    return Move(
        f"{a}/{d.x} = {b}/{d.y}",
        f"{d.x}/{a} = {d.y}/{b}",
        "reciprocal",
        (),
        (f"{d.x}/{a} = {b}/{d.y}", f"{d.x}/{b} = {d.y}/{a}"),
    )


@family("reciprocal: two sides of letters", held_out=True)
def _(d: Draw) -> Move:
    before, line, wrong = d.rng.choice(
        (
            ("1/T = f", "T = 1/f", "T = f"),
            ("1/R = 1/a + 1/b", "R = 1/(1/a + 1/b)", "R = a + b"),
            ("1/x = y/z", "x = z/y", "x = y/z"),
            ("a/x = b/c", "x/a = c/b", "x/a = b/c"),
        )
    )
    return Move(before, line, "reciprocal", wrong=(wrong,))


# ---------------------------------------------------------------- turned round, and what has no name of its own


@family("rearrange: formula for one letter")
def _(d: Draw) -> Move:
    before, line, wrong = d.rng.choice(
        (
            ("F = m*a", "a = F/m", "a = m/F"),
            ("F = m*a", "m = F/a", "m = F*a"),
            ("V = I*R", "I = V/R", "I = V*R"),
            ("V = I*R", "R = V/I", "R = I/V"),
            ("v = u + a*t", "t = (v - u)/a", "t = v - u/a"),
            ("v = u + a*t", "a = (v - u)/t", "a = (v + u)/t"),
            ("s = v*t", "t = s/v", "t = v/s"),
            ("s = v*t", "v = s/t", "v = t/s"),
            ("P = W/t", "W = P*t", "W = P/t"),
            ("Q = m*c*T", "c = Q/(m*T)", "c = Q*m/T"),
            ("E = m*g*h", "h = E/(m*g)", "h = E*m*g"),
            ("A = 1/2*b*h", "h = 2*A/b", "h = A/(2*b)"),
            ("C = 2*pi*r", "r = C/(2*pi)", "r = 2*pi/C"),
            ("d = m/V", "V = m/d", "V = m*d"),
            ("E = 1/2*m*v^2", "v = sqrt(2*E/m)", "v = sqrt(E/(2*m))"),
            ("v^2 = u^2 + 2*a*s", "s = (v^2 - u^2)/(2*a)", "s = (v^2 + u^2)/(2*a)"),
            ("y = m*x + c", "x = (y - c)/m", "x = (y + c)/m"),
        )
    )
    return Move(before, line, "rearrange", wrong=(wrong,))


@family("rearrange: gas law and others", held_out=True)
def _(d: Draw) -> Move:
    before, line, wrong = d.rng.choice(
        (
            ("P*V = n*R*T", "T = P*V/(n*R)", "T = n*R/(P*V)"),
            ("P*V = n*R*T", "V = n*R*T/P", "V = P/(n*R*T)"),
            ("F = k*x", "k = F/x", "k = F*x"),
            ("p = F/A", "A = F/p", "A = p/F"),
            ("F = G*M*m/r^2", "r = sqrt(G*M*m/F)", "r = G*M*m/F"),
            ("I = P*r*t", "r = I/(P*t)", "r = I*P/t"),
            ("v = f*L", "L = v/f", "L = f/v"),
        )
    )
    return Move(before, line, "rearrange", wrong=(wrong,))


@family("rearrange: line for x")
def _(d: Draw) -> Move:
    a, b = d.n(), d.s()
    return Move(f"{d.y} = {a}{d.x} + {b}", f"{d.x} = ({d.y} - {b})/{a}", "rearrange", (), (f"{d.x} = {d.y}/{a} - {b}",))


@family("rearrange: letters left, numbers right")
def _(d: Draw) -> Move:
    (a, c), b, e = d.two(), d.s(), d.s()
    forms = (f"{a - c}{d.x} = {e - b}", f"{a}{d.x} - {c}{d.x} = {e} - {b}")
    return Move(
        f"{a}{d.x} + {b} = {c}{d.x} + {e}",
        forms[0],
        "rearrange",
        forms[1:],
        (f"{a + c}{d.x} = {e - b}", f"{a - c}{d.x} = {e + b}"),
    )


@family("rearrange: all to one side")
def _(d: Draw) -> Move:
    b, c = d.s(), d.s()
    return Move(
        f"{d.x}^2 = {b}{d.x} + {c}",
        f"{d.x}^2 - {b}{d.x} - {c} = 0",
        "rearrange",
        (),
        (f"{d.x}^2 + {b}{d.x} + {c} = 0",),
    )


@family("rearrange: solved in one go")
def _(d: Draw) -> Move:
    a, b, k = d.n(), d.s(), d.s()
    return Move(
        f"{a}{d.x} + {b} = {a * k + b}",
        f"{d.x} = ({a * k + b} - {b})/{a}",
        "rearrange",
        (f"{d.x} = {k}",),
        (f"{d.x} = ({a * k + b} + {b})/{a}",),
    )


@family("other: product is zero")
def _(d: Draw) -> Move:
    a, b = d.rng.sample([n for n in range(-9, 10) if n], 2)
    joined = d.pick(" or ", ", ", " or ")
    forms = (f"{d.x} = {-a}{joined}{d.x} = {-b}", f"{d.x} + {a} = 0{joined}{d.x} + {b} = 0")
    if d.rng.random() < 0.4:
        return Move(f"({d.x} + {a})({d.x} + {b}) = 0", forms[1], "other", wrong=(f"{d.x} + {a} = 0",))
    return Move(
        f"({d.x} + {a})({d.x} + {b}) = 0",
        forms[0],
        "other",
        forms[1:],
        (f"{d.x} = {a} or {d.x} = {b}" if a + b else "", f"{d.x} = {-a}"),
    )


@family("other: x is a factor")
def _(d: Draw) -> Move:
    a, b = d.n(1, 4), d.s()
    return Move(
        f"{d.x}({a}{d.x} + {a * b}) = 0",
        f"{d.x} = 0 or {d.x} = {-b}",
        "other",
        wrong=(f"{d.x} = {-b}", f"{d.x} = 0 or {d.x} = {b}"),
    )


@family("other: quadratic to its roots")
def _(d: Draw) -> Move:
    a, b = d.rng.sample([n for n in range(-9, 10) if n], 2)
    middle = f" - {a + b}{d.x}" if a + b else ""
    return Move(
        f"{d.x}^2{middle} + {a * b} = 0",
        f"{d.x} = {a} or {d.x} = {b}",
        "other",
        wrong=(f"{d.x} = {-a} or {d.x} = {-b}" if a + b else "", f"{d.x} = {a}"),
    )


@family("other: |x| is a number")
def _(d: Draw) -> Move:
    b, a = d.n(1, 20), d.n(2, 5)
    side = d.pick(d.x, f"{a}{d.x}")
    return Move(f"|{side}| = {b}", f"{side} = {b} or {side} = -{b}", "other", (), (f"{side} = {b}",))


@family("other: three factors")
def _(d: Draw) -> Move:
    a, b, c = d.rng.sample([n for n in range(-6, 7) if n], 3)
    return Move(
        f"({d.x} + {a})({d.x} + {b})({d.x} + {c}) = 0",
        f"{d.x} = {-a} or {d.x} = {-b} or {d.x} = {-c}",
        "other",
        (f"{d.x} + {a} = 0 or {d.x} + {b} = 0 or {d.x} + {c} = 0",),
        (f"{d.x} = {-a} or {d.x} = {-b}",),
    )


@family("other: both cases of |x|", held_out=True)
def _(d: Draw) -> Move:
    a, b = d.s(), d.n(1, 12)
    return Move(
        f"|{d.x} + {a}| = {b}", f"{d.x} + {a} = {b} or {d.x} + {a} = -{b}", "other", (), (f"{d.x} + {a} = {b}",)
    )
