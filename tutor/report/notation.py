"""Typed notation as a book prints it, in plain text: for reasons, remarks and readings."""

from __future__ import annotations

import re
from functools import lru_cache

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SIGNS = (
    ("<=>", "⇔"), ("<=", "≤"), (">=", "≥"), ("!=", "≠"), ("~=", "≈"), ("+/-", "±"), ("->", "→"), ("...", "…"),
    ("infinity", "∞"), ("sqrt(", "√("),
)  # fmt: skip
GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω",
}  # fmt: skip
GREEK_NAME = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(GREEK)})(?![^\W\d_])")
NOT_IN_A_WORD = r"(?<![^\W\d_])"  # no letter before; a number may be


@lru_cache(maxsize=20_000)
def printed(text: str) -> str:
    """Typed notation as a book prints it.

    >>> printed("2*x^2 >= 3*a*sqrt(y)"), printed("20*3*(x + 1)*(x - 1)"), printed("5pi/6 - x_1^2")
    ('2x² ≥ 3a·√y', '20·3(x + 1)(x − 1)', '5π/6 − x₁²')
    >>> printed("a follow-through, -3 is (-3)"), printed("int_0^2 3*x dx"), printed("lim_(x->infinity) 1/x")
    ('a follow-through, −3 is (−3)', '∫₀² 3x dx', 'lim[x→∞] 1/x')
    """
    for typed, shown in SIGNS:
        text = text.replace(typed, shown)
    text = re.sub(r"(?<![\w.^/])(\d+(?:\.\d+)?)\*(?=[^\W\d]|[(√])", r"\1", text).replace(")*(", ")(")
    text = re.sub(r"(?<=[\w)\]!%°′])\s?\*\s?(?=[\w(√\[+-])", "·", text)
    text = re.sub(NOT_IN_A_WORD + r"pi\b", "π", text)
    text = GREEK_NAME.sub(lambda m: GREEK[m[0]], text)
    text = re.sub(r"(?<=[\d)]) deg\b", "°", text)
    text = re.sub(r"(?<=[-+·/])(\s?)\((\d+)\)", r"\1\2", text)
    text = re.sub(r"\(\(([^()]*)\)\)", r"(\1)", text)
    text = re.sub(r"(-?\d+\.\d+) \((-?\d+/\d+)\)", r"\2 ≈ \1", text)
    text = re.sub(r"√\(((?:\d+(?:\.\d+)?|[^\W\d_]))\)", r"√\1", text)
    text = re.sub(r"\bint(?=_| )", "∫", text)
    text = re.sub(r"\blim_\(([^()]*)\)", r"lim[\1]", text)
    text = re.sub(r"\bin Z\b", "∈ ℤ", text)
    text = re.sub(r"(?<=[\w\])∫])_(\d{1,2})(?!\w|\.\d)", lambda m: m[1].translate(SUBSCRIPT), text)
    text = re.sub(r"(?<=[\w)])\^(\d{1,3})(?!\d|[.,]\d|[\^!])", lambda m: m[1].translate(SUPERSCRIPT), text)
    return _minus(text).replace("….", "…")


def _minus(text: str) -> str:
    """A hyphen that is a minus sign as one; hyphens in words stay."""
    text = re.sub(r"(?<=\s)-(?=\s)", "−", text)
    text = re.sub(r"(^|[\s(\[{,;:=<>≤≥≠≈·/±+|^√→−])-(?=[\w(√∞|.\[])", r"\1−", text)
    return re.sub(r"(?<=[\d)\]!°²³πⁿ])-(?=[\d(√πa-z]\b|\d|[(√])", "−", text)


def value(text: str) -> str:
    """A value as people say it: the exact fraction first, a decimal that goes on with its dots.

    >>> value("1.583 (19/12)"), value("0.8333 (5/6)·π"), value("3.000…"), value("7500000000000")
    ('19/12', '5/6·π', 'about 3', '7\u202f500\u202f000\u202f000\u202f000')
    """
    text = re.sub(r"-?\d+\.\d+ \((-?\d+/\d+)\)", r"\1", text)
    if found := re.fullmatch(r"(-?\d+)\.0+…", text):
        return f"about {found[1]}"
    return grouped(text) if re.fullmatch(r"-?\d{5,}", text) else text


def at_a_point(text: str) -> str:
    """A value worked out at a point: six figures are not all there are.

    >>> at_a_point("1.97260"), at_a_point("1.00000"), at_a_point("0.8"), at_a_point("4/5")
    ('about 1.9726', 'about 1', '0.8', '4/5')
    """
    if re.fullmatch(r"-?\d+\.\d+", text) and len(re.sub(r"\D", "", text).lstrip("0")) >= 6:
        return f"about {text.rstrip('0').rstrip('.')}"
    return value_and_decimal(text)


def value_and_decimal(text: str) -> str:
    """A value with its decimal beside it, where two are compared.

    >>> value_and_decimal("1.583 (19/12)"), value_and_decimal("0.6")
    ('19/12 (about 1.583)', '0.6')
    """
    found = re.fullmatch(r"(-?\d+\.\d+) \((-?\d+/\d+)\)", text)
    return f"{found[2]} (about {found[1]})" if found else value(text)


def grouped(digits: str) -> str:
    """Digits in threes, from five on."""
    return f"{int(digits):,}".replace(",", "\u202f") if len(digits.lstrip("-")) > 4 else digits


def interval(text: str) -> str:
    """A range of solutions as an inequality.

    >>> [interval(x) for x in ("x in (-∞, 3)", "x in [-2, 3)", "x in (1, ∞)", "x = 2")]
    ['x < 3', '-2 <= x < 3', 'x > 1', 'x = 2']
    """
    found = re.fullmatch(r"(\w+) in ([\[(])(.+), (.+)([\])])", text)
    if found is None:
        return text
    name, left, low, high, right = found.groups()
    below, above = ("<" if left == "(" else "<="), ("<" if right == ")" else "<=")
    if "∞" in low or "infinity" in low:
        return f"all {name}" if high in ("∞", "infinity") else f"{name} {above} {high}"
    if high in ("∞", "infinity"):
        return f"{name} {'>' if left == '(' else '>='} {low}"
    return f"{low} {below} {name} {above} {high}"
