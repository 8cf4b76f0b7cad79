"""A tree back to text: plain ASCII that reads to the same tree, LaTeX, and MathML.

One walk serves all three: a `_Style` says how each construction is spelt, and the walk alone decides where a
bracket is needed that was not written.
"""

from __future__ import annotations

import re
from html import escape
from typing import assert_never

from tutor.syntax import names
from tutor.syntax.shapes import is_power_of_ten
from tutor.syntax.tree import (
    Absolute,
    AllValues,
    Arrow,
    Both,
    Bracket,
    Call,
    Chain,
    Choose,
    Constant,
    Degrees,
    Derivative,
    Differential,
    Dots,
    Either,
    Evaluated,
    Expr,
    Factorial,
    Integral,
    Interval,
    Limit,
    Listing,
    Matrix,
    Mixed,
    Negative,
    Node,
    NoSolution,
    Number,
    NumberSet,
    Percent,
    PlusMinus,
    Positive,
    Power,
    Product,
    Quantity,
    Quotient,
    Root,
    Series,
    SetBuilder,
    SetOf,
    SetOperation,
    Statement,
    Sum,
    Symbol,
    Tuple,
    Unit,
    Words,
)

# How tightly a construction holds together; a part needs a bracket where its place asks for more.
_SUM, _SIGNED, _PRODUCT, _FACTOR, _ATOM = range(5)


def to_text(node: Node) -> str:
    """ASCII (but for units and words as they were written) that reads to the same tree.

    Where the tree has no bracket and plain text needs one, as above a fraction bar, the bracket is added.
    """
    if isinstance(node, Unit):
        return node.text
    return _text(node, _SUM)  # type: ignore[arg-type]


def _level(node: Node) -> int:
    if isinstance(node, Sum | Listing | SetOperation | Dots) or (isinstance(node, PlusMinus) and node.left is not None):
        return _ATOM if isinstance(node, Dots) else _SUM
    if isinstance(node, Negative | Positive | PlusMinus):
        return _SIGNED
    if isinstance(node, Product | Quotient | Limit | Series):
        return _PRODUCT
    if isinstance(node, Call) and node.name == "mod":
        return _PRODUCT
    if isinstance(node, Quantity):
        if isinstance(node.value, PlusMinus):
            return _SIGNED
        return _PRODUCT if isinstance(node.value, Quotient) or _is_scientific(node.value) else _FACTOR
    if isinstance(node, Power | Factorial | Percent | Degrees | Mixed | Derivative | Integral | Words):
        return _FACTOR
    return _ATOM


def _text(node: Statement, place: int) -> str:
    plain = _plain(node)
    return plain if _level(node) >= place else f"({plain})"


_ASCII_RELATIONS = {"≈": "~=", "≡": "===", "∝": "propto"}
_ASCII_SIGN = {"±": "+/-", "∓": "-/+"}


def _plain(node: Statement) -> str:  # one branch a kind of node
    match node:
        case Number():
            return _ascii_number(node)
        case Symbol(name) | Constant(name):
            return name
        case Sum(terms):
            return _text_sum(terms)
        case Product():
            return _text_product(node)
        case Quotient(top, bottom):
            over = _text(top, _PRODUCT)
            if _open_ended(top):
                over = f"({over})"
            under = _text(bottom, _FACTOR if not isinstance(bottom, Negative | Positive) else _SIGNED)
            return f"{over} / {under}" if _has_unit(top) or _has_unit(bottom) else f"{over}/{under}"
        case Negative(operand):
            return "-" + _signed_operand(operand)
        case Positive(operand):
            return "+" + _signed_operand(operand)
        case PlusMinus(left, right, sign):
            before = "" if left is None else _text(left, _SUM) + " "
            gap = " " if before else ""
            return f"{before}{_ASCII_SIGN[sign]}{gap}{_signed_operand(right)}"
        case Power(base, exponent):
            under = _text(base, _ATOM)
            if isinstance(base, Factorial | Percent | Mixed):
                under = _plain(base)
            return f"{under}^{_exponent(exponent)}"
        case Root(radicand, None):
            return f"sqrt({_text(radicand, _SUM)})"
        case Root(radicand, Expr() as index):
            return f"root({_text(radicand, _SUM)}, {_text(index, _SUM)})"
        case Absolute(operand):
            inner = _text(operand, _SUM)
            return f"abs({inner})" if "|" in inner else f"|{inner}|"
        case Factorial(operand):
            return _postfixed(operand) + "!"
        case Percent(operand):
            return _postfixed(operand) + "%"
        case Degrees(operand):
            return _postfixed(operand) + " deg"
        case Quantity(value, unit):
            return _text_quantity(value, unit)
        case Mixed(whole, top, bottom):
            return f"{whole.text} {top.text}/{bottom.text}"
        case Bracket(inner, style):
            return f"[{_text(inner, _SUM)}]" if style == "[" else f"({_text(inner, _SUM)})"
        case Call():
            return _text_call(node)
        case Choose(n, k, ordered):
            return f"{'P' if ordered else 'C'}({_text(n, _SUM)}, {_text(k, _SUM)})"
        case Derivative(operand, None, order):
            return _text(operand, _ATOM) + "'" * order
        case Derivative(operand, Symbol() as variable, order):
            power = "" if order == 1 else f"^{order}"
            below = f"d{_plain(variable)}{power}"
            if isinstance(operand, Symbol) and len(operand.name) == 1:
                return f"d{power}{operand.name}/{below}"
            return f"d{power}/{below}({_text(operand, _SUM)})"
        case Integral(integrand, variable, lower, upper):
            limits = "" if lower is None else f"_{_limit(lower)}"
            limits += "" if upper is None else f"^{_limit(upper)}"
            inner = _text(integrand, _SUM)
            if isinstance(integrand, PlusMinus | Listing) or _open_ended(integrand):
                inner = f"({inner})"
            return f"int{limits} {inner} d{variable.name}"
        case Evaluated(operand, lower, upper, variable):
            below = _limit(lower) if variable is None else f"{{{variable.name}={_text(lower, _SUM)}}}"
            return f"[{_text(operand, _SUM)}]_{below}^{_limit(upper)}"
        case Limit(operand, variable, target, side):
            return f"lim_({variable.name}->{_text(target, _SIGNED)}{side}) {_text(operand, _SIGNED)}"
        case Series(term, variable, lower, upper, kind):
            name = "sum" if kind == "sum" else "prod"
            return f"{name}_({variable.name}={_text(lower, _SUM)})^{_limit(upper)} {_text(term, _SIGNED)}"
        case Differential(variable):
            return f"d{variable.name}"
        case Matrix(rows, bars):
            inner = "[" + ", ".join("[" + _list(row) + "]" for row in rows) + "]"
            return f"|{inner}|" if bars else inner
        case Tuple(items, angle):
            return f"<{_list(items)}>" if angle else f"({_list(items)})"
        case Listing(items):
            return _list(items)
        case SetOf(items):
            return "{" + _list(items) + "}"
        case SetBuilder(variable, condition):
            return "{" + f"{_text(variable, _SUM)} | {_statement(condition)}" + "}"
        case Interval(lower, upper, closed_lower, closed_upper):
            return f"{'(['[closed_lower]}{_text(lower, _SUM)}, {_text(upper, _SUM)}{')]'[closed_upper]}"
        case NumberSet(name):
            return name
        case SetOperation(operator, parts):
            word = {"union": "union", "intersection": "intersect", "minus": "setminus"}[operator]
            return f" {word} ".join(_text(p, _SIGNED) for p in parts)
        case Dots():
            return "..."
        case Words(text):
            return text
        case Chain() | Either() | Both() | Arrow() | NoSolution() | AllValues():
            return _statement(node)
        case _:
            raise TypeError(f"no spelling for {type(node).__name__}")


def _statement(node: Statement, place: int = 0) -> str:
    """Claims; `;` holds loosest, then "or", then "and"."""
    match node:
        case Chain(operands, relations, modulus):
            text = _text(operands[0], _SUM)
            for relation, operand in zip(relations, operands[1:], strict=True):
                text += f" {_ASCII_RELATIONS.get(relation, relation)} {_text(operand, _SUM)}"
            return text if modulus is None else f"{text} (mod {_text(modulus, _SUM)})"
        case Both(parts):
            # "x = 1 and x = 2" lists values of x; a semicolon never does.
            sign = " and " if place else "; "
            return sign.join(_statement(p, 2) for p in parts)
        case Either(parts):
            return " or ".join(_statement(p, 1) for p in parts)
        case Arrow(parts, arrows):
            text = _statement(parts[0])
            for arrow, part in zip(arrows, parts[1:], strict=True):
                text += f" {'<==' if arrow == '<=' else arrow} {_statement(part)}"
            return text
        case NoSolution():
            return "no solution"
        case AllValues():
            return "all real numbers"
        case Expr():
            return _text(node, _SUM)
        case _:
            assert_never(node)


def _ascii_number(number: Number) -> str:
    text = number.text
    if "(" in text or "\u0305" in text:
        return _repeating_digits(text)
    if text.isascii():
        return text
    return text.replace("…", "...").replace("\u2009", " ").replace("\u202f", " ").replace("\u00a0", " ")


def _repeating_digits(text: str) -> str:
    """0.1(6) as 0.1666..., since a bracket after decimals would multiply."""
    if "(" in text:
        head, _, block = text.rstrip(")").partition("(")
    else:
        head = text[: text.index("\u0305") - 1]
        block = text[len(head) :].replace("\u0305", "")
    return f"{head}{block * 3}..."


def _text_sum(terms: tuple[Expr, ...]) -> str:
    text = _text(terms[0], _SIGNED if not isinstance(terms[0], PlusMinus) else _SUM)
    if isinstance(terms[0], Sum):
        text = f"({text})"
    for term in terms[1:]:
        if isinstance(term, Negative):
            text += " - " + _signed_operand(term.operand)
        else:
            text += " + " + _text(term, _SIGNED)
    return text


def _signed_operand(operand: Expr) -> str:
    return _text(operand, _SIGNED)


def _open_ended(node: Expr) -> bool:
    """Printed, it would take in a factor that comes after it."""
    match node:
        case Limit() | Series():
            return True
        case Product(factors):
            return _open_ended(factors[-1])
        case Quotient(_, bottom):
            return _open_ended(bottom)
        case Negative(operand) | Positive(operand):
            return _open_ended(operand)
        case _:
            return False


def _has_unit(node: Expr) -> bool:
    if isinstance(node, Product):
        return _has_unit(node.factors[-1]) or _has_unit(node.factors[0])
    return isinstance(node, Quantity)


def _text_product(node: Product) -> str:
    factors = node.factors
    signs = node.signs or ("*",) * (len(factors) - 1)
    first = factors[0]
    text = _text(first, _PRODUCT if isinstance(first, Quotient | Quantity | Call) else _FACTOR)
    if isinstance(first, Quotient) and _open_ended(first):
        text = f"({text})"
    for i in range(1, len(factors)):
        before, factor = factors[i - 1], factors[i]
        last = i == len(factors) - 1
        if isinstance(factor, Negative | Positive) or (isinstance(factor, PlusMinus) and factor.left is None):
            piece = (
                _plain(factor)
                if _level(factor.operand if not isinstance(factor, PlusMinus) else factor.right) >= _FACTOR
                else f"({_plain(factor)})"
            )
        elif last and isinstance(factor, Limit | Series):
            piece = _plain(factor)
        else:
            piece = _text(factor, _FACTOR)
        if signs[i - 1] == "" and _may_touch(before, factor) and i == 1:
            text += piece
        elif _has_unit(before) or _has_unit(factor):
            text += f" * {piece}"
        else:
            text += f"*{piece}"
    return text


def _may_touch(before: Expr, after: Expr) -> bool:
    """2x, 2(x + 1), (x + 1)(x - 1): products that read the same without a sign."""
    if isinstance(after, Power):
        after = after.base
    if isinstance(before, Number) and "e" not in before.text:
        if isinstance(after, Constant):
            return after.name == "i" and before.text.isdigit()
        if isinstance(after, Symbol):
            return (len(after.name) == 1 and after.name not in "xXeECP") or (
                after.name == "x" and before.text.isdigit()
            )
        return isinstance(after, Bracket) and after.style == "(" and "." not in before.text[-1:]
    return isinstance(before, Bracket) and isinstance(after, Bracket) and before.style == after.style == "("


def _exponent(exponent: Expr) -> str:
    if isinstance(exponent, Negative | Positive):
        inner = exponent.operand
        sign = "-" if isinstance(exponent, Negative) else "+"
        if isinstance(inner, Negative | Positive) or _level(inner) >= _FACTOR:
            return sign + _exponent(inner)
        return f"({_text(exponent, _SUM)})"
    return _text(exponent, _FACTOR)


def _postfixed(operand: Expr) -> str:
    if isinstance(operand, Factorial | Percent):
        return _plain(operand)
    return _text(operand, _ATOM)


def _limit(value: Expr) -> str:
    if isinstance(value, Number | Symbol | Constant) and not (isinstance(value, Symbol) and len(value.name) > 1):
        return _plain(value)
    return f"({_text(value, _SUM)})"


def _list(items: tuple[Expr, ...]) -> str:
    return ", ".join(_text(i, _SUM) for i in items)


_MONEY = frozenset("$£€¥₹")


def _text_quantity(value: Expr, unit: Unit) -> str:
    sign = unit.factors[0][0] if unit.factors else ""
    if sign in _MONEY or sign in names.CURRENCY_WORDS:
        rest = unit.text[len(sign) :] if unit.text.startswith(sign) else ""
        amount = _text(value, _ATOM)
        return f"{sign}{' ' if sign.isalpha() else ''}{amount}{rest}"
    inner = _plain(value) if _stands_before_a_unit(value) else _text(value, _ATOM)
    return f"{inner} {' '.join(_unit_text(unit).split())}"


def _stands_before_a_unit(value: Expr) -> bool:
    """3/4 cup, 2 1/2 cups, 10^8 m, 3.0*10^8 m and 9.8 ± 0.1 m need no bracket."""
    if isinstance(value, PlusMinus):
        return isinstance(value.left, Number)
    return isinstance(value, Quotient | Mixed) or is_power_of_ten(value) or _is_scientific(value)


def _is_scientific(value: Expr) -> bool:
    """3.0*10^8"""
    return isinstance(value, Product) and len(value.factors) == 2 and is_power_of_ten(value.factors[1])


def _unit_text(unit: Unit) -> str:
    text = re.sub(r"\\(?:text|mathrm|textrm|mbox)\s*\{|[{}]|\\[,;: ]|\\!", " ", unit.text)
    return text.replace("\\cdot", "*").strip()


def _text_call(call: Call) -> str:
    args = call.args
    if call.name == "mod":
        return f"{_text(args[0], _PRODUCT)} mod {_text(args[1], _FACTOR)}"
    if call.name == "P":
        return f"P({' | '.join(_event(a) for a in args)})"
    name = call.name
    if name.endswith("_inverse"):
        name = name.removesuffix("_inverse") + "^-1"
    if call.subscript is not None:
        name += f"_{_limit(call.subscript)}"
    return f"{name}{chr(39) * call.primes}({_list(args)})"


def _event(event: Expr) -> str:
    if isinstance(event, SetBuilder):
        return _statement(event.condition)
    return _text(event, _SUM)


# ---------------------------------------------------------------- LaTeX


def to_latex(node: Node) -> str:
    """LaTeX that KaTeX and MathJax show; every letter in it comes from a fixed list or is escaped."""
    if isinstance(node, Unit):
        return _latex_unit(node)
    return _latex(node, _SUM)  # type: ignore[arg-type]


_LATEX_RELATIONS = {
    "=": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "≈": r"\approx", "in": r"\in",
    "notin": r"\notin", "subset": r"\subset", "≡": r"\equiv", "∝": r"\propto", ":=": ":=",
}  # fmt: skip
_LATEX_ARROWS = {"->": r"\to", "=>": r"\Rightarrow", "<=>": r"\Leftrightarrow", "<=": r"\Leftarrow"}
_LATEX_CONSTANTS = {"pi": r"\pi", "e": "e", "i": "i", "infinity": r"\infty"}
_LATEX_OPERATORS = {"union": r"\cup", "intersection": r"\cap", "minus": r"\setminus"}
_LATEX_FUNCTIONS = frozenset(
    """
    sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan ln log exp gcd min max det arg
    """.split()
)
_LATEX_ACCENTS = {"bar": "bar", "vec": "vec", "hat": "hat", "tilde": "tilde", "dot": "dot", "ddot": "ddot"}
_LATEX_SPECIAL = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
     "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}"}
)  # fmt: skip


def _latex_words(text: str) -> str:
    return rf"\text{{{text.translate(_LATEX_SPECIAL)}}}"


def _latex(node: Statement, place: int) -> str:
    written = _latex_plain(node)
    level = _level(node)
    if isinstance(node, Quotient):
        level = _FACTOR  # a fraction bar holds its parts together
    return written if level >= place else rf"\left({written}\right)"


def _latex_name(name: str) -> str:
    base, *below = re.split(r"_(?![^{]*\})", name)
    written = rf"\{base}" if base in names.GREEK and base != "omicron" else base
    if base == "Delta" and below:
        return rf"\Delta {_latex_name('_'.join(below))}"
    if base in ("angle", "triangle") and below:
        return rf"\{base} {below[0]}"
    if len(base) > 1 and not written.startswith("\\"):
        written = r"\hbar" if base == "hbar" else base if base.isupper() and base.isalpha() else _latex_words(base)
    subs = []
    for part in below:
        if part in _LATEX_ACCENTS:
            written = rf"\{_LATEX_ACCENTS[part]}{{{written}}}"
        else:
            inner = part[1:-1] if part.startswith("{") else part
            if inner in names.GREEK:
                inner = rf"\{inner}"
            elif len(inner) > 1 and inner.isalpha():
                inner = rf"\text{{{inner}}}"
            elif not re.fullmatch(r"[\w+\-*/,' ()]*", inner):
                inner = _latex_words(inner)
            subs.append(inner)
    return f"{written}_{{{','.join(subs)}}}" if subs else written


def _latex_plain(node: Statement) -> str:
    match node:
        case Number(text):
            return _latex_number(text)
        case Symbol(name):
            return _latex_name(name)
        case Constant(name):
            return _LATEX_CONSTANTS[name]
        case Sum(terms):
            written = _latex(terms[0], _SUM if isinstance(terms[0], PlusMinus) else _SIGNED)
            for term in terms[1:]:
                if isinstance(term, Negative):
                    written += " - " + _latex(term.operand, _SIGNED)
                else:
                    written += " + " + _latex(term, _SIGNED)
            return written
        case Product():
            return _latex_product(node)
        case Quotient(top, bottom):
            return rf"\frac{{{_latex(top, _SUM)}}}{{{_latex(bottom, _SUM)}}}"
        case Negative(operand):
            return "-" + _latex(operand, _SIGNED)
        case Positive(operand):
            return "+" + _latex(operand, _SIGNED)
        case PlusMinus(left, right, sign):
            before = "" if left is None else _latex(left, _SUM)
            return rf"{before} {chr(92)}{'pm' if sign == '±' else 'mp'} {_latex(right, _SIGNED)}".strip()
        case Power(Call(name, args, subscript, 0), exponent) if name in names.TRIGONOMETRIC and _whole(exponent):
            return (
                rf"\{name}^{{{_latex(exponent, _SUM)}}}{_latex_arguments(args)}"
                if name in _LATEX_FUNCTIONS
                else (rf"{_latex_call(Call(name, args, subscript))}^{{{_latex(exponent, _SUM)}}}")
            )
        case Power(base, exponent):
            under = _latex(base, _ATOM)
            if isinstance(base, Quotient):
                under = rf"\left({_latex_plain(base)}\right)"
            return f"{under}^{{{_latex(exponent, _SUM)}}}"
        case Root(radicand, index):
            degree = "" if index is None else f"[{_latex(index, _SUM)}]"
            return rf"\sqrt{degree}{{{_latex(radicand, _SUM)}}}"
        case Absolute(operand):
            return rf"\left|{_latex(operand, _SUM)}\right|"
        case Factorial(operand):
            return _latex(operand, _ATOM) + "!"
        case Percent(operand):
            return _latex(operand, _ATOM) + r"\%"
        case Degrees(operand):
            return _latex(operand, _ATOM) + r"^\circ"
        case Quantity(value, unit):
            return _latex_quantity(value, unit)
        case Mixed(whole, top, bottom):
            return rf"{whole.text}\frac{{{top.text}}}{{{bottom.text}}}"
        case Bracket(inner, style):
            opening, closing = ("[", "]") if style == "[" else ("(", ")")
            return rf"\left{opening}{_latex(inner, _SUM)}\right{closing}"
        case Call():
            return _latex_call(node)
        case Choose(n, k, ordered):
            if ordered:
                return rf"P({_latex(n, _SUM)}, {_latex(k, _SUM)})"
            return rf"\binom{{{_latex(n, _SUM)}}}{{{_latex(k, _SUM)}}}"
        case Derivative(operand, None, order):
            return _latex(operand, _ATOM) + "'" * order
        case Derivative(operand, Symbol() as variable, order):
            power = "" if order == 1 else f"^{{{order}}}"
            below = f"d{_latex_name(variable.name)}{power}"
            if isinstance(operand, Symbol):
                return rf"\frac{{d{power}{_latex_name(operand.name)}}}{{{below}}}"
            return rf"\frac{{d{power}}}{{{below}}}\left({_latex(operand, _SUM)}\right)"
        case Integral(integrand, variable, lower, upper):
            limits = "" if lower is None else f"_{{{_latex(lower, _SUM)}}}"
            limits += "" if upper is None else f"^{{{_latex(upper, _SUM)}}}"
            return rf"\int{limits} {_latex(integrand, _SIGNED)}\,d{_latex_name(variable.name)}"
        case Evaluated(operand, lower, upper, variable):
            start = "" if variable is None else f"{_latex_name(variable.name)}="
            return rf"\left[{_latex(operand, _SUM)}\right]_{{{start}{_latex(lower, _SUM)}}}^{{{_latex(upper, _SUM)}}}"
        case Limit(operand, variable, target, side):
            sign = f"^{{{side}}}" if side else ""
            return (
                rf"\lim_{{{_latex_name(variable.name)}\to {_latex(target, _SIGNED)}{sign}}} {_latex(operand, _SIGNED)}"
            )
        case Series(term, variable, lower, upper, kind):
            name = "sum" if kind == "sum" else "prod"
            below = f"{_latex_name(variable.name)}={_latex(lower, _SUM)}"
            return rf"\{name}_{{{below}}}^{{{_latex(upper, _SUM)}}} {_latex(term, _SIGNED)}"
        case Differential(variable):
            return f"d{_latex_name(variable.name)}"
        case Matrix(rows, bars):
            body = r" \\ ".join(" & ".join(_latex(e, _SUM) for e in row) for row in rows)
            name = "vmatrix" if bars else "pmatrix"
            return rf"\begin{{{name}}}{body}\end{{{name}}}"
        case Tuple(items, angle):
            written = ", ".join(_latex(i, _SUM) for i in items)
            return rf"\left\langle {written}\right\rangle" if angle else rf"\left({written}\right)"
        case Listing(items):
            return ", ".join(_latex(i, _SUM) for i in items)
        case SetOf(()):
            return r"\varnothing"
        case SetOf(items):
            return r"\left\{" + ", ".join(_latex(i, _SUM) for i in items) + r"\right\}"
        case SetBuilder(variable, condition):
            return rf"\left\{{{_latex(variable, _SUM)} \mid {_latex_statement(condition)}\right\}}"
        case Interval(lower, upper, closed_lower, closed_upper):
            opening, closing = "(["[closed_lower], ")]"[closed_upper]
            return rf"\left{opening}{_latex(lower, _SUM)}, {_latex(upper, _SUM)}\right{closing}"
        case NumberSet(name):
            return rf"\mathbb{{{name}}}"
        case SetOperation(operator, parts):
            return f" {_LATEX_OPERATORS[operator]} ".join(_latex(p, _SIGNED) for p in parts)
        case Dots():
            return r"\ldots"
        case Words(text):
            return _latex_words(text)
        case Chain() | Either() | Both() | Arrow() | NoSolution() | AllValues():
            return _latex_statement(node)
        case _:
            raise TypeError(f"no spelling for {type(node).__name__}")


def _whole(exponent: Expr) -> bool:
    return isinstance(exponent, Number | Symbol)


def _latex_number(text: str) -> str:
    mantissa, letter, exponent = text.lower().partition("e")
    if letter:
        return rf"{_latex_number(mantissa)}\times 10^{{{exponent.lstrip('+')}}}"
    if "(" in text and "." in text:
        head, _, block = text.partition("(")
        return rf"{head}\overline{{{block.rstrip(')')}}}"
    if "\u0305" in text:
        head = text[: text.index("\u0305") - 1]
        return rf"{head}\overline{{{text[len(head) :].replace(chr(0x305), '')}}}"
    text = text.replace("...", r"\ldots").replace("…", r"\ldots")
    return text.replace(",", "{,}").replace(" ", r"\,").replace("'", r"\,")


_LATEX_SIGNS = {"*": r" \cdot ", "·": r" \cdot ", "×": r" \times ", "cross": r" \times ", "dot": r" \cdot ", "": ""}


def _latex_product(node: Product) -> str:
    signs = node.signs or ("*",) * (len(node.factors) - 1)
    written = ""
    for i, factor in enumerate(node.factors):
        last = i == len(node.factors) - 1
        piece = (
            _latex_plain(factor)
            if (last and i and isinstance(factor, Limit | Series)) or (i == 0 and isinstance(factor, Quantity))
            else _latex(factor, _FACTOR)
        )
        if i:
            sign = _LATEX_SIGNS.get(signs[i - 1], r" \cdot ")
            if not sign and (piece[:1].isdigit() or piece[:1] in "-+" or _has_unit(node.factors[i - 1])):
                sign = r" \cdot "
            if not sign and isinstance(node.factors[i - 1], Number) and piece.startswith(r"\frac"):
                sign = r" \cdot "
            if not sign and written[-1:].isalpha() and piece[:1].isalpha():
                sign = " "
            written += sign
        written += piece
    return written


def _latex_quantity(value: Expr, unit: Unit) -> str:
    sign = unit.factors[0][0] if unit.factors else ""
    amount = _latex_plain(value) if _stands_before_a_unit(value) else _latex(value, _ATOM)
    if sign in _MONEY:
        rest = Unit("", unit.factors[1:])
        tail = _latex_unit(rest) if rest.factors else ""
        shown = r"\$" if sign == "$" else rf"\text{{{sign}}}"
        return f"{shown}{amount}{tail}"
    return rf"{amount}\,{_latex_unit(unit)}"


def _latex_unit(unit: Unit) -> str:
    above = [(w, n) for w, n in unit.factors if n > 0]
    below = [(w, n) for w, n in unit.factors if n < 0]

    def side(factors: list[tuple[str, int]]) -> str:
        return r"\cdot ".join(_latex_words(w) + (f"^{{{abs(n)}}}" if abs(n) != 1 else "") for w, n in factors)

    if not below:
        return side(above)
    return f"{side(above)}/{side(below)}" if len(below) == 1 else f"{side(above)}/({side(below)})"


def _latex_arguments(args: tuple[Expr, ...]) -> str:
    return r"\left(" + ", ".join(_latex(a, _SUM) for a in args) + r"\right)"


def _latex_call(call: Call) -> str:
    name, args = call.name, call.args
    if name == "mod":
        return rf"{_latex(args[0], _PRODUCT)} \bmod {_latex(args[1], _FACTOR)}"
    if name in ("floor", "ceil") and len(args) == 1:
        return rf"\l{name} {_latex(args[0], _SUM)} \r{name}"
    if name == "conj" and len(args) == 1:
        return rf"\overline{{{_latex(args[0], _SUM)}}}"
    if name == "P":
        inner = r" \mid ".join(
            _latex_statement(a.condition) if isinstance(a, SetBuilder) else _latex(a, _SUM) for a in args
        )
        return rf"P\left({inner}\right)"
    if name in _LATEX_FUNCTIONS:
        head = rf"\{name}"
    elif name.endswith("_inverse"):
        head = f"{_latex_name(name.removesuffix('_inverse'))}^{{-1}}"
    elif name in names.FUNCTIONS and len(name) > 1:
        head = rf"\operatorname{{{name}}}"
    else:
        head = _latex_name(name)
    if call.subscript is not None:
        head += f"_{{{_latex(call.subscript, _SUM)}}}"
    return head + "'" * call.primes + _latex_arguments(args)


def _latex_statement(node: Statement) -> str:
    match node:
        case Chain(operands, relations, modulus):
            written = _latex(operands[0], _SUM)
            for relation, operand in zip(relations, operands[1:], strict=True):
                written += f" {_LATEX_RELATIONS[relation]} {_latex(operand, _SUM)}"
            return written if modulus is None else rf"{written} \pmod{{{_latex(modulus, _SUM)}}}"
        case Either(parts):
            return r" \text{ or } ".join(_latex_statement(p) for p in parts)
        case Both(parts):
            return r" \text{ and } ".join(_latex_statement(p) for p in parts)
        case Arrow(parts, arrows):
            written = _latex_statement(parts[0])
            for arrow, part in zip(arrows, parts[1:], strict=True):
                written += f" {_LATEX_ARROWS[arrow]} {_latex_statement(part)}"
            return written
        case NoSolution():
            return r"\text{no solution}"
        case AllValues():
            return r"\text{all real numbers}"
        case Expr():
            return _latex(node, _SUM)
        case _:
            assert_never(node)


# ---------------------------------------------------------------- MathML

_MATHML_RELATIONS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "≈": "≈", "in": "∈",
                     "notin": "∉", "subset": "⊂", "≡": "≡", "∝": "∝", ":=": ":="}  # fmt: skip
_MATHML_ARROWS = {"->": "→", "=>": "⇒", "<=>": "⇔", "<=": "⇐"}
_MATHML_CONSTANTS = {"pi": "π", "e": "e", "i": "i", "infinity": "∞"}
_MATHML_OPERATORS = {"union": "∪", "intersection": "∩", "minus": "∖"}
_MATHML_ACCENTS = {"bar": "¯", "vec": "→", "hat": "^", "tilde": "~", "dot": "˙", "ddot": "¨"}


def to_mathml(node: Node) -> str:
    """Presentation MathML, complete with its <math> element; every text in it is escaped."""
    inner = _ml_unit(node) if isinstance(node, Unit) else _ml(node, _SUM)  # type: ignore[arg-type]
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inner}</math>'


def _row(*parts: str) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


def _op(sign: str) -> str:
    return f"<mo>{escape(sign)}</mo>"


def _mtext(text: str) -> str:
    return f"<mtext>{escape(text)}</mtext>"


def _fenced(left: str, inner: str, right: str) -> str:
    return _row(_op(left), inner, _op(right))


def _commas(items: tuple[Expr, ...]) -> str:
    return _op(",").join(_ml(i, _SUM) for i in items)


def _ml(node: Statement, place: int) -> str:
    written = _ml_plain(node)
    level = _FACTOR if isinstance(node, Quotient) else _level(node)
    return written if level >= place else _fenced("(", written, ")")


def _ml_name(name: str) -> str:
    base, *below = re.split(r"_(?![^{]*\})", name)
    letter = names.GREEK_LETTER.get(base, "ħ" if base == "hbar" else base)
    if base == "Delta" and below:
        return _row("<mi>Δ</mi>", _ml_name("_".join(below)))
    if base in ("angle", "triangle") and below:
        return _row(_op("∠" if base == "angle" else "△"), f"<mi>{escape(below[0])}</mi>")
    written = f"<mi>{escape(letter)}</mi>"
    subs = []
    for part in below:
        if part in _MATHML_ACCENTS:
            written = f"<mover>{written}{_op(_MATHML_ACCENTS[part])}</mover>"
        else:
            inner = part.strip("{}")
            subs.append(f"<mi>{escape(names.GREEK_LETTER.get(inner, inner))}</mi>")
    return f"<msub>{written}{_row(_op(',').join(subs))}</msub>" if subs else written


def _ml_number(text: str) -> str:
    if "(" in text and "." in text:
        head, _, block = text.partition("(")
        return _row(f"<mn>{escape(head)}</mn>", f"<mover><mn>{escape(block.rstrip(')'))}</mn>{_op('¯')}</mover>")
    return f"<mn>{escape(text)}</mn>"


def _ml_plain(node: Statement) -> str:
    match node:
        case Number(text):
            return _ml_number(text)
        case Symbol(name):
            return _ml_name(name)
        case Constant(name):
            return f"<mi>{_MATHML_CONSTANTS[name]}</mi>"
        case Sum(terms):
            parts = [_ml(terms[0], _SUM if isinstance(terms[0], PlusMinus) else _SIGNED)]
            for term in terms[1:]:
                if isinstance(term, Negative):
                    parts += [_op("−"), _ml(term.operand, _SIGNED)]
                else:
                    parts += [_op("+"), _ml(term, _SIGNED)]
            return _row(*parts)
        case Product(factors, signs):
            return _ml_product(factors, signs or ("*",) * (len(factors) - 1))
        case Quotient(top, bottom):
            return f"<mfrac>{_ml(top, _SUM)}{_ml(bottom, _SUM)}</mfrac>"
        case Negative(operand):
            return _row(_op("−"), _ml(operand, _SIGNED))
        case Positive(operand):
            return _row(_op("+"), _ml(operand, _SIGNED))
        case PlusMinus(left, right, sign):
            return _row("" if left is None else _ml(left, _SUM), _op(sign), _ml(right, _SIGNED))
        case Power(base, exponent):
            under = _fenced("(", _ml_plain(base), ")") if isinstance(base, Quotient) else _ml(base, _ATOM)
            return f"<msup>{under}{_ml(exponent, _SUM)}</msup>"
        case Root(radicand, None):
            return f"<msqrt>{_ml(radicand, _SUM)}</msqrt>"
        case Root(radicand, Expr() as index):
            return f"<mroot>{_ml(radicand, _SUM)}{_ml(index, _SUM)}</mroot>"
        case Absolute(operand):
            return _fenced("|", _ml(operand, _SUM), "|")
        case Factorial(operand):
            return _row(_ml(operand, _ATOM), _op("!"))
        case Percent(operand):
            return _row(_ml(operand, _ATOM), _op("%"))
        case Degrees(operand):
            return f"<msup>{_ml(operand, _ATOM)}{_op('∘')}</msup>"
        case Quantity(value, unit):
            return _ml_quantity(value, unit)
        case Mixed(whole, top, bottom):
            return _row(_ml_plain(whole), f"<mfrac>{_ml_plain(top)}{_ml_plain(bottom)}</mfrac>")
        case Bracket(inner, style):
            opening, closing = ("[", "]") if style == "[" else ("(", ")")
            return _fenced(opening, _ml(inner, _SUM), closing)
        case Call():
            return _ml_call(node)
        case Choose(n, k, ordered):
            if ordered:
                return _row("<mi>P</mi>", _fenced("(", _commas((n, k)), ")"))
            return _fenced("(", f'<mfrac linethickness="0">{_ml(n, _SUM)}{_ml(k, _SUM)}</mfrac>', ")")
        case Derivative(operand, None, order):
            return f"<msup>{_ml(operand, _ATOM)}{_op('′' * order)}</msup>"
        case Derivative(operand, Symbol() as variable, order):
            d = "<mi>d</mi>" if order == 1 else f"<msup><mi>d</mi><mn>{order}</mn></msup>"
            x = _ml_name(variable.name) if order == 1 else f"<msup>{_ml_name(variable.name)}<mn>{order}</mn></msup>"
            if isinstance(operand, Symbol):
                return f"<mfrac>{_row(d, _ml_name(operand.name))}{_row('<mi>d</mi>', x)}</mfrac>"
            return _row(f"<mfrac>{d}{_row('<mi>d</mi>', x)}</mfrac>", _fenced("(", _ml(operand, _SUM), ")"))
        case Integral(integrand, variable, lower, upper):
            sign = _op("∫")
            if lower is not None and upper is not None:
                sign = f"<msubsup>{sign}{_ml(lower, _SUM)}{_ml(upper, _SUM)}</msubsup>"
            return _row(sign, _ml(integrand, _SIGNED), "<mi>d</mi>", _ml_name(variable.name))
        case Evaluated(operand, lower, upper, variable):
            start = "" if variable is None else _ml_name(variable.name) + _op("=")
            fenced = _fenced("[", _ml(operand, _SUM), "]")
            return f"<msubsup>{fenced}{_row(start, _ml(lower, _SUM))}{_ml(upper, _SUM)}</msubsup>"
        case Limit(operand, variable, target, side):
            goal = _ml(target, _SIGNED)
            if side:
                goal = f"<msup>{goal}{_op(side)}</msup>"
            below = _row(_ml_name(variable.name), _op("→"), goal)
            return _row(f"<munder>{_op('lim')}{below}</munder>", _ml(operand, _SIGNED))
        case Series(term, variable, lower, upper, kind):
            below = _row(_ml_name(variable.name), _op("="), _ml(lower, _SUM))
            sign = _op("∑" if kind == "sum" else "∏")
            return _row(f"<munderover>{sign}{below}{_ml(upper, _SUM)}</munderover>", _ml(term, _SIGNED))
        case Differential(variable):
            return _row("<mi>d</mi>", _ml_name(variable.name))
        case Matrix(rows, bars):
            body = "".join("<mtr>" + "".join(f"<mtd>{_ml(e, _SUM)}</mtd>" for e in row) + "</mtr>" for row in rows)
            opening, closing = ("|", "|") if bars else ("(", ")")
            return _fenced(opening, f"<mtable>{body}</mtable>", closing)
        case Tuple(items, angle):
            return _fenced("⟨" if angle else "(", _commas(items), "⟩" if angle else ")")
        case Listing(items):
            return _row(_commas(items))
        case SetOf(items):
            return _fenced("{", _commas(items), "}") if items else _op("∅")
        case SetBuilder(variable, condition):
            return _fenced("{", _ml(variable, _SUM) + _op("|") + _ml_statement(condition), "}")
        case Interval(lower, upper, closed_lower, closed_upper):
            return _fenced("(["[closed_lower], _commas((lower, upper)), ")]"[closed_upper])
        case NumberSet(name):
            return f'<mi mathvariant="double-struck">{escape(name)}</mi>'
        case SetOperation(operator, parts):
            return _row(_op(_MATHML_OPERATORS[operator]).join(_ml(p, _SIGNED) for p in parts))
        case Dots():
            return _op("…")
        case Words(text):
            return _mtext(text)
        case Chain() | Either() | Both() | Arrow() | NoSolution() | AllValues():
            return _ml_statement(node)
        case _:
            raise TypeError(f"no spelling for {type(node).__name__}")


def _ml_product(factors: tuple[Expr, ...], signs: tuple[str, ...]) -> str:
    parts: list[str] = []
    for i, factor in enumerate(factors):
        if i:
            sign = signs[i - 1]
            if not sign and isinstance(factor, Number):
                sign = "·"
            parts.append(_op({"": "\u2062", "×": "×", "cross": "×"}.get(sign, "·")))
        last = i == len(factors) - 1
        parts.append(_ml_plain(factor) if last and isinstance(factor, Limit | Series) else _ml(factor, _FACTOR))
    return _row(*parts)


def _ml_quantity(value: Expr, unit: Unit) -> str:
    sign = unit.factors[0][0] if unit.factors else ""
    amount = _ml_plain(value) if _stands_before_a_unit(value) else _ml(value, _ATOM)
    if sign in _MONEY:
        rest = unit.factors[1:]
        return _row(_mtext(sign), amount, _ml_unit(Unit("", rest)) if rest else "")
    return _row(amount, '<mspace width="0.2em"/>', _ml_unit(unit))


def _ml_unit(unit: Unit) -> str:
    parts: list[str] = []
    for i, (word, n) in enumerate(unit.factors):
        if n < 0:
            parts.append(_op("/"))
        elif i:
            parts.append(_op("·"))
        power = abs(n)
        parts.append(_mtext(word) if power == 1 else f"<msup>{_mtext(word)}<mn>{power}</mn></msup>")
    return _row(*parts)


def _ml_call(call: Call) -> str:
    name, args = call.name, call.args
    if name == "mod":
        return _row(_ml(args[0], _PRODUCT), _op("mod"), _ml(args[1], _FACTOR))
    if name in ("floor", "ceil"):
        left, right = "⌊⌋" if name == "floor" else "⌈⌉"
        return _fenced(left, _commas(args), right)
    if name == "conj":
        return f"<mover>{_row(_commas(args))}{_op('¯')}</mover>"
    if name == "P":
        events = [_ml_statement(a.condition) if isinstance(a, SetBuilder) else _ml(a, _SUM) for a in args]
        return _row("<mi>P</mi>", _fenced("(", _op("|").join(events), ")"))
    head = (
        f"<msup>{_ml_name(name.removesuffix('_inverse'))}{_row(_op('−'), '<mn>1</mn>')}</msup>"
        if name.endswith("_inverse")
        else _ml_name(name)
    )
    if call.subscript is not None:
        head = f"<msub>{head}{_ml(call.subscript, _SUM)}</msub>"
    if call.primes:
        head = f"<msup>{head}{_op('′' * call.primes)}</msup>"
    return _row(head, _op("\u2061"), _fenced("(", _commas(args), ")"))


def _ml_statement(node: Statement) -> str:
    match node:
        case Chain(operands, relations, modulus):
            parts = [_ml(operands[0], _SUM)]
            for relation, operand in zip(relations, operands[1:], strict=True):
                parts += [_op(_MATHML_RELATIONS[relation]), _ml(operand, _SUM)]
            if modulus is not None:
                parts += [_mtext(" (mod "), _ml(modulus, _SUM), _mtext(")")]
            return _row(*parts)
        case Either(parts_):
            return _row(_mtext(" or ").join(_ml_statement(p) for p in parts_))
        case Both(parts_):
            return _row(_mtext(" and ").join(_ml_statement(p) for p in parts_))
        case Arrow(parts_, arrows):
            shown = [_ml_statement(parts_[0])]
            for arrow, part in zip(arrows, parts_[1:], strict=True):
                shown += [_op(_MATHML_ARROWS[arrow]), _ml_statement(part)]
            return _row(*shown)
        case NoSolution():
            return _mtext("no solution")
        case AllValues():
            return _mtext("all real numbers")
        case Expr():
            return _ml(node, _SUM)
        case _:
            assert_never(node)
