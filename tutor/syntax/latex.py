"""LaTeX commands to the tokens of their plain spelling, each keeping its place in the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tutor.syntax import names

if TYPE_CHECKING:
    from tutor.syntax.lexer import Token

_SYMBOLS: dict[str, tuple[str, str]] = {
    "cdot": ("*", "·"), "times": ("*", "×"), "ast": ("*", "*"), "bullet": ("*", "·"), "div": ("/", "÷"),
    "pm": ("±", "±"), "mp": ("∓", "∓"), "le": ("rel", "<="), "leq": ("rel", "<="), "leqslant": ("rel", "<="),
    "ge": ("rel", ">="), "geq": ("rel", ">="), "geqslant": ("rel", ">="), "lt": ("rel", "<"), "gt": ("rel", ">"),
    "ne": ("rel", "!="), "neq": ("rel", "!="), "approx": ("rel", "≈"), "sim": ("rel", "≈"), "simeq": ("rel", "≈"),
    "cong": ("rel", "≈"), "doteq": ("rel", "≈"), "equiv": ("rel", "≡"), "propto": ("rel", "∝"), "in": ("rel", "in"),
    "notin": ("rel", "notin"), "subset": ("rel", "subset"), "subseteq": ("rel", "subset"), "coloneqq": ("rel", ":="),
    "to": ("arrow", "->"), "rightarrow": ("arrow", "->"), "longrightarrow": ("arrow", "->"), "mapsto": ("arrow", "->"),
    "implies": ("arrow", "=>"), "Rightarrow": ("arrow", "=>"), "Longrightarrow": ("arrow", "=>"),
    "iff": ("arrow", "<=>"), "Leftrightarrow": ("arrow", "<=>"), "Longleftrightarrow": ("arrow", "<=>"),
    "leftrightarrow": ("arrow", "<=>"), "impliedby": ("arrow", "<="), "Leftarrow": ("arrow", "<="),
    "therefore": ("arrow", "=>"), "because": ("skip", ""), "checkmark": ("skip", ""), "blacksquare": ("skip", ""),
    "square": ("skip", ""), "qed": ("skip", ""), "Box": ("skip", ""), "infty": ("const", "infinity"),
    "pi": ("const", "pi"), "emptyset": ("{}", "∅"), "varnothing": ("{}", "∅"), "cup": ("setop", "union"),
    "cap": ("setop", "intersection"), "setminus": ("setop", "minus"), "int": ("int", "∫"), "sum": ("series", "sum"),
    "prod": ("series", "product"), "lim": ("lim", "lim"), "limits": ("skip", ""), "ldots": ("dots", "…"),
    "cdots": ("dots", "…"), "dots": ("dots", "…"), "dotsc": ("dots", "…"), "dotsb": ("dots", "…"),
    "vdots": ("dots", "…"), "lfloor": ("floor", "⌊"), "rfloor": ("⌋", "⌋"), "lceil": ("ceil", "⌈"),
    "rceil": ("⌉", "⌉"), "langle": ("⟨", "⟨"), "rangle": ("⟩", "⟩"), "lvert": ("|(", "|"), "rvert": ("|)", "|"),
    "vert": ("|", "|"), "mid": ("|", "|"), "lVert": ("‖", "‖"), "rVert": ("‖", "‖"), "Vert": ("‖", "‖"),
    "lbrace": ("set{", "{"), "rbrace": ("set}", "}"), "lbrack": ("[", "["), "rbrack": ("]", "]"),
    "land": ("and", "∧"), "wedge": ("and", "∧"), "lor": ("or", "∨"), "vee": ("or", "∨"), "colon": (":", ":"),
    "angle": ("angle", "angle"), "measuredangle": ("angle", "angle"), "triangle": ("angle", "triangle"),
    "degree": ("°", "°"), "circ": ("°", "circ"), "prime": ("prime", "'"), "partial": ("name", "d"),
    "bmod": ("mod", "mod"), "mod": ("mod", "mod"), "pmod": ("pmod", "mod"), "hbar": ("name", "hbar"),
    "ell": ("name", "l"), "varepsilon": ("name", "epsilon"), "vartheta": ("name", "theta"), "varphi": ("name", "phi"),
    "varrho": ("name", "rho"), "imath": ("name", "i"), "jmath": ("name", "j"), "omicron": ("name", "o"),
    "euro": ("cur", "€"), "pounds": ("cur", "£"), "textdollar": ("cur", "$"),
}  # fmt: skip

_SPACING = frozenset(
    """
    displaystyle textstyle scriptstyle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm quad
    qquad nolimits nonumber notag hfill underline cancel bcancel xcancel mathstrut ensuremath mathbf boldsymbol bm
    mathit mathcal mathsf mathnormal normalsize large Large small centering noindent hline smallskip medskip par
    newline thinspace enspace space sout bf it rm limits pmb emph thickspace negthinspace allowbreak protect
    """.split()
)
_WITH_DISCARDED = frozenset(
    ["tag", "label", "hspace", "vspace", "phantom", "hphantom", "vphantom", "color", "ref", "eqref", "mspace"]
)
_UPRIGHT = frozenset(
    ["text", "mathrm", "textrm", "textbf", "textit", "textsf", "texttt", "textnormal", "operatorname", "mbox", "hbox"]
)
_ARGUMENTS = frozenset(
    """
    frac dfrac tfrac cfrac sqrt binom dbinom tbinom overline bar hat widehat vec tilde widetilde dot ddot mathbb
    overrightarrow not
    """.split()
)
_ROWS_OF_CLAIMS = frozenset(
    """
    aligned align align* equation equation* gather gather* gathered split eqnarray eqnarray* alignat alignat*
    flalign flalign* alignedat multline multline* displaymath math
    """.split()
)
_ROW_SPACE = re.compile(r"\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|cm|mm|in)\s*\]")


def tokens(source: str, scanned: list[Token]) -> list[Token]:
    """The tokens of a line that holds backslashes."""
    out: list[Token] = []
    inside: list[str] = []  # environments and upright groups: "upright", "{", or an environment's name
    i = 0
    last = len(scanned) - 1
    while i <= last:
        token = scanned[i]
        kind, value, start, end = token
        i += 1
        if kind == "cmd":
            name = value[1:]
            found = _SYMBOLS.get(name)
            if found is not None:
                if found[0] == "dots" and out and out[-1][0] == "num" and "." in out[-1][1]:
                    number = out.pop()
                    out.append(("num", number[1] + "…", number[2], end))
                elif found[0] != "skip":
                    out.append((*found, start, end))
            elif name in _ARGUMENTS:
                out.append(("cmd", name, start, end))
            elif name in names.FUNCTIONS:
                out.append(("func", name, start, end))
            elif name in names.GREEK:
                out.append(("name", name, start, end))
            elif name in ("left", "right", "middle"):
                if scanned[i][0] == ".":
                    i += 1
                elif scanned[i][0] == "|":
                    side = {"left": "|(", "right": "|)", "middle": "|"}[name]
                    out.append((side, "|", start, scanned[i][3]))
                    i += 1
                else:
                    # The bracket begins at its \left, so that f\left(x\right) is f(x).
                    scanned[i] = (*scanned[i][:2], start, scanned[i][3])
            elif name in _SPACING:
                pass
            elif name in _WITH_DISCARDED:
                i = _after_group(scanned, i)
            elif name in _UPRIGHT:
                if scanned[i][0] == "{":
                    i += 1
                    inside.append("upright")
            elif name in ("boxed", "fbox"):
                if scanned[i][0] == "{":
                    i += 1
                    inside.append("boxed")
            elif name == "textcolor":
                i = _after_group(scanned, i)
            elif name in ("begin", "end"):
                after = _after_group(scanned, i)
                environment = source[scanned[i][3] : scanned[after - 1][2]].strip() if scanned[i][0] == "{" else ""
                i = after
                if name == "begin":
                    if environment.startswith(("array", "alignat", "alignedat")) and scanned[i][0] == "{":
                        i = _after_group(scanned, i)
                    inside.append(environment)
                    if environment not in _ROWS_OF_CLAIMS:
                        out.append(("begin", environment, start, scanned[after - 1][3]))
                else:
                    if environment in inside:
                        while inside.pop() != environment:
                            pass
                    if environment not in _ROWS_OF_CLAIMS:
                        out.append(("close", environment, start, scanned[after - 1][3]))
            else:
                out.append(("unknown", value, start, end))
        elif kind == "esc":
            sign = value[1:]
            if sign == "{":
                out.append(("set{", "{", start, end))
            elif sign == "}":
                out.append(("set}", "}", start, end))
            elif sign == "\\":
                out.append(("row", value, start, end))
                if space := _ROW_SPACE.match(source, end):
                    while scanned[i][2] < space.end():
                        i += 1
            elif sign == " " and out and out[-1][1] in names.SETS and scanned[i][0] == "{":
                # R \ {0} in plain text
                out.append(("setop", "minus", start, end))
            elif sign == "%":
                out.append(("%", "%", start, end))
            elif sign == "$":
                out.append(("cur", "$", start, end))
            elif sign == "|":
                out.append(("‖", "‖", start, end))
            elif sign in ("(", ")", "[", "]"):
                out.append(("delim", value, start, end))
            elif sign == "*":
                # Markdown escapes it.
                out.append(("*", "*", start, end))
            elif sign == "_":
                out.append(("_", "_", start, end))
            elif sign in ",!" and _groups_digits(out, scanned, i):
                number, following = out.pop(), scanned[i]
                if number[0] == ",":
                    number = out.pop()
                i += 1
                out.append(("num", f"{number[1]} {following[1]}", number[2], following[3]))
        elif kind == "{":
            if (
                out
                and out[-1][0] == "num"
                and scanned[i][0] == ","
                and scanned[i + 1][0] == "}"
                and scanned[i + 2][0] == "num"
            ):
                number, following = out.pop(), scanned[i + 2]
                sign = "," if len(following[1]) >= 3 else "."
                whole = number[1].replace(".", "") if sign == "." else number[1]
                out.append(("num", whole + sign + following[1], number[2], following[3]))
                i += 3
                continue
            inside.append("{")
            out.append(token)
        elif kind == "}":
            if inside and inside[-1] in ("upright", "boxed", "{"):
                if inside.pop() == "{":
                    out.append(token)
            else:
                out.append(token)
        elif kind == "name" and "upright" in inside:
            out.append(("upright", value, start, end))
        elif (
            (kind == "&" and not (inside and inside[-1] not in _ROWS_OF_CLAIMS))
            or (kind == "rel" and value == "≈" and source[start] == "~")
            or (kind == "cur" and value == "$" and scanned[i][0] != "num")
        ):
            pass
        else:
            out.append(token)
    return out


def _after_group(scanned: list[Token], i: int) -> int:
    """The index after the `{…}` group that starts at i; i itself where none does."""
    if scanned[i][0] != "{":
        return i
    depth = 0
    while i < len(scanned) - 1:
        kind = scanned[i][0]
        i += 1
        if kind == "{":
            depth += 1
        elif kind == "}":
            depth -= 1
            if not depth:
                break
    return i


def _groups_digits(out: list[Token], scanned: list[Token], i: int) -> bool:
    """1\\,200 and 1,\\!200 are one numeral."""
    if scanned[i][0] != "num" or len(scanned[i][1].split(".")[0]) != 3:
        return False
    number = out[-1] if out else ("", "", 0, 0)
    if number[0] == "," and len(out) > 1:
        number = out[-2]
    elif number[0] == ",":
        return False
    return number[0] == "num" and "." not in number[1] and not number[1].startswith("0")
