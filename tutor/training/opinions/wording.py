"""How a line is put on paper: typed close or wide, with other signs, in LaTeX, in words, and with words around it.

Each list of phrases has a part that training never sees; `held_out` draws from that part alone.
"""

from __future__ import annotations

import random
import re

from tutor.errors import NotReadable, TooLarge
from tutor.syntax.printer import to_latex
from tutor.syntax.read import read
from tutor.syntax.tree import (
    Bracket,
    Chain,
    Either,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Root,
    Sum,
    Symbol,
)

Halves = tuple[tuple[str, ...], tuple[str, ...]]  # for training, and held out

_LEADS: Halves = (
    (
        "so",
        "then",
        "so then",
        "now",
        "next",
        "this gives",
        "which gives",
        "that gives",
        "we get",
        "i get",
        "I get",
        "and got",
        "i got",
        "then i got",
        "that means",
        "this means",
        "so now",
        "thus",
        "=>",
        "→",
        "therefore",
        "hence",
        "so we have",
        "we have",
        "which means",
        "that is",
        "giving",
        "and so",
        "ok so",
        "step 2:",
        "and then",
        "so I have",
        "we now have",
        "it becomes",
        "this becomes",
        "this is",
        "which is",
        "finally",
        "so finally",
        "leaving",
        "which leaves",
        "that leaves",
        "First,",
        "Then,",
        "1)",
        "2.",
        "Step 3:",
        "now we have",
        "so it's",
        "i end up with",
        "so you get",
        "the equation is now",
        "we find",
        "so:",
    ),
    (
        "consequently",
        "from this we obtain",
        "this turns into",
        "yields",
        "we arrive at",
        "that leads to",
        "accordingly",
        "it follows that",
        "you end up having",
        "as a result",
        "in other words",
        "resulting in",
        "∴",
        "what remains is",
        "and I'm left with",
    ),
)
_TAILS: Halves = (
    (
        "",
        "",
        "",
        "",
        "",
        "",
        ".",
        " .",
        " :)",
        " i think",
        " I think",
        " (simplified)",
        ", ok",
        " now",
        " yes",
        "?",
        "!",
        ";",
        ",",
    ),
    ("", "", " it seems", " if I'm right", " hopefully", " as needed"),
)

# What is said of an operation; `#` stands for what both sides were changed by.
_SAID: dict[str, Halves] = {
    "add": (
        (
            "add # to both sides",
            "added # to both sides",
            "i added # on each side",
            "plus # both sides",
            "+#",
            "adding #",
            "add #",
            "I moved the # over",
            "adding # to both sides",
            "+ # on both sides",
            "so i add #",
            "i plus # to each side",
        ),
        ("put # onto each side", "brought the # across", "increase either side by #", "both sides get # more"),
    ),
    "subtract": (
        (
            "subtract # from both sides",
            "took # from both sides",
            "i took away # from each side",
            "minus # both sides",
            "-#",
            "subtracting #",
            "take # off both sides",
            "subtract #",
            "i minus # on both sides",
            "moved the # over",
            "subtracting # from both sides",
            "- # on both sides",
            "so i take # away",
            "minused # from each side",
        ),
        (
            "knock # off each side",
            "removed # left and right",
            "deducted # on either side",
            "get rid of the #",
            "lose the # on both",
        ),
    ),
    "multiply": (
        (
            "multiply both sides by #",
            "times both sides by #",
            "times #",
            "multiplied by #",
            "*#",
            "x #",
            "i multiplied each side by #",
            "multiplying both sides by #",
            "multiply by #",
            "multiply everything by #",
            "times everything by #",
            "both sides times #",
        ),
        ("scale both sides up by #", "# lots of each side", "take either side # times", "clear the denominator #"),
    ),
    "divide": (
        (
            "divide both sides by #",
            "divided by #",
            "÷#",
            "/#",
            "i divided each side by #",
            "dividing both sides by #",
            "divide by #",
            "divide everything by #",
            "divide through by #",
            "both sides divided by #",
            "so i divide by #",
        ),
        (
            "split both sides into # parts",
            "get rid of the factor #",
            "take out the # by sharing each side",
            "cut each side down # times",
        ),
    ),
    "square": (
        ("square both sides", "squared both sides", "squaring", "i squared each side", "^2 both sides", "square it"),
        ("raise each side to the second power", "multiply either side by itself"),
    ),
    "root": (
        (
            "square root both sides",
            "take the square root",
            "took the root of both sides",
            "rooting both sides",
            "take the root",
            "sqrt both sides",
            "square rooted it",
        ),
        ("undo the power on each side", "take roots"),
    ),
    "expand": (
        (
            "expand",
            "expanding the brackets",
            "multiply out",
            "expand the brackets",
            "i expanded",
            "distribute",
            "using the distributive property",
            "open the brackets",
            "distributing",
            "foil",
        ),
        ("get rid of the parentheses", "clear brackets", "remove the parentheses"),
    ),
    "factorise": (
        (
            "factorise",
            "factor",
            "factoring",
            "factored",
            "i factorised",
            "take out a common factor",
            "factor it",
            "factorising",
        ),
        ("write it as a product", "pull the common part out front", "split into brackets"),
    ),
    "collect": (
        (
            "collect like terms",
            "combine like terms",
            "collecting terms",
            "combining",
            "add the like terms",
            "combined the terms",
            "group the terms",
            "put the like terms together",
        ),
        ("gather everything alike", "lump same terms", "merge equal terms"),
    ),
    "simplify": (
        (
            "simplify",
            "simplifying",
            "simplified",
            "i simplified it",
            "in simplest form",
            "simplifies to",
            "make it simpler",
        ),
        ("tidy up", "write it shorter", "neater form"),
    ),
    "substitute": (
        (
            "substitute",
            "sub in",
            "put in the numbers",
            "plug in",
            "plugging in",
            "substituting",
            "put the values in",
            "insert the values",
        ),
        ("replace each letter by its number", "drop the figures in", "with the data"),
    ),
    "differentiate": (
        ("differentiate", "derivative", "take the derivative", "differentiating", "the derivative is", "diff"),
        ("find the slope function", "gradient function"),
    ),
    "integrate": (
        ("integrate", "take the integral", "integrating", "the integral is", "antiderivative"),
        ("find the primitive", "undo the derivative"),
    ),
    "cross multiply": (
        ("cross multiply", "cross multiplying", "i cross multiplied", "cross multiplication"),
        ("multiply diagonally", "go crosswise"),
    ),
    "swap": (
        ("swap sides", "switch the sides", "swap", "flip it around", "turn it round"),
        ("read from right to left", "mirror the equation"),
    ),
    "log": (
        ("take logs", "take the log of both sides", "log both sides", "taking ln", "ln both sides", "taking logs"),
        ("apply the logarithm",),
    ),
    "exp": (
        ("exponentiate", "undo the log", "take e to the power of both sides", "raise to the power", "undo the ln"),
        ("remove the logarithm",),
    ),
    "reciprocal": (
        ("take the reciprocal", "flip both sides", "flip the fraction", "reciprocal of both sides", "invert"),
        ("turn both upside down",),
    ),
    "rearrange": (
        (
            "rearrange",
            "rearranging",
            "rearranged",
            "make it the subject",
            "solve for it",
            "change the subject",
            "rearrange the formula",
        ),
        ("isolate the letter", "get it on its own"),
    ),
    "cancel": (
        ("cancel", "cancelling", "cancel out", "cancelled", "i cancelled the same thing", "canceling"),
        ("strike out what is common",),
    ),
    "convert": (
        ("convert", "converting", "convert the units", "converted", "change the units", "in other units"),
        ("in different units", "switch units"),
    ),
    "calculate": (
        ("calculate", "work it out", "calculating", "worked out", "evaluate", "compute"),
        ("do the sums", "crunch the numbers"),
    ),
}


def half(pair: Halves, held_out: bool) -> tuple[str, ...]:
    """The phrases to draw from."""
    return pair[held_out]


# ---------------------------------------------------------------- notation in other dress

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def dressed(text: str, rng: random.Random, style: str) -> str:
    """Plain notation as one of: "plain", "close", "signs", "latex", "words"."""
    match style:
        case "close":
            return (
                re.sub(r"(?<=[\w)^.=<>*/+-]) (?=[-+*/=<>]|[(\w])", "", text)
                if not re.search(r"[a-z]{3}|\d [a-zA-Z]", text)
                else text
            )
        case "signs":
            text = re.sub(r"\^(\d+)(?![\d/.])", lambda m: m[1].translate(_SUPERSCRIPT), text)
            text = (
                text.replace("*", rng.choice(("·", "×", " × ", "*")))
                .replace("sqrt", "√")
                .replace("<=", "≤")
                .replace(">=", "≥")
            )
            return text.replace("-", rng.choice(("-", "−", "–")))
        case "latex":
            try:
                shown = to_latex(read(text))
            except (NotReadable, TooLarge):
                return text
            shown = re.sub(r"\\left|\\right", "", shown) if rng.random() < 0.5 else shown
            return rng.choice(("${}$", "\\({}\\)", "{}", "$${}$$")).replace("{}", shown)
        case "words":
            try:
                return in_words(read(text), rng) or text
            except (NotReadable, TooLarge):
                return text
        case _:
            return text


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_RELATIONS = {
    "=": ("equals", "is", "is equal to", "=", "is the same as", "gives"),
    "<": ("is less than", "is smaller than", "<"),
    ">": ("is greater than", "is more than", "is bigger than"),
    "<=": ("is at most", "is less than or equal to"),
    ">=": ("is at least", "is greater than or equal to"),
}


def number_in_words(value: int) -> str:
    """21 -> twenty one"""
    if value < 20:
        return _ONES[value]
    tens, ones = divmod(value, 10)
    return _TENS[tens - 2] + (f" {_ONES[ones]}" if ones else "")


def in_words(node: Node, rng: random.Random) -> str | None:
    """2x + 3 = 7 -> two x plus three equals 7; None for what has no plain words."""

    def said(n: Node) -> str:
        match n:
            case Number(text=text, value=value):
                spoken = value.denominator == 1 and 0 <= value < 100 and text.isdigit() and rng.random() < 0.5
                return number_in_words(int(value)) if spoken else text
            case Symbol(name=name):
                return name
            case Negative(operand):
                return f"{rng.choice(('minus', 'negative', '-'))} {said(operand)}"
            case Bracket(inner):
                return f"({said(inner)})" if rng.random() < 0.5 else said(inner)
            case Sum(terms):
                parts = [said(terms[0])]
                for term in terms[1:]:
                    if isinstance(term, Negative):
                        parts += [rng.choice(("minus", "minus", "take away", "-")), said(term.operand)]
                    else:
                        parts += [rng.choice(("plus", "plus", "add", "+")), said(term)]
                return " ".join(parts)
            case Product(factors, signs):
                parts = [said(factors[0])]
                for sign, factor in zip(signs, factors[1:], strict=True):
                    parts += [said(factor)] if not sign and rng.random() < 0.8 else ["times", said(factor)]
                return " ".join(parts)
            case Quotient(top, bottom):
                return f"{said(top)} {rng.choice(('over', 'divided by', '/'))} {said(bottom)}"
            case Power(base, Number(text="2")):
                return f"{said(base)} squared"
            case Power(base, Number(text="3")):
                return f"{said(base)} cubed"
            case Power(base, exponent):
                return f"{said(base)} to the power of {said(exponent)}"
            case Root(radicand, None):
                return f"{rng.choice(('the square root of', 'root', 'square root of'))} {said(radicand)}"
            case Chain(operands, relations) if all(r in _RELATIONS for r in relations):
                parts = [said(operands[0])]
                for relation, operand in zip(relations, operands[1:], strict=True):
                    parts += [rng.choice(_RELATIONS[relation]), said(operand)]
                return " ".join(parts)
            case Either(parts=alternatives):
                return " or ".join(said(p) for p in alternatives)
            case _:
                raise _NoWords

    try:
        return said(node)
    except _NoWords:
        return None


class _NoWords(Exception):
    pass


# ---------------------------------------------------------------- words around it


def told(text: str, operation: str, operand: str, rng: random.Random, held_out: bool) -> str:
    """A line with what a student says around it."""
    kind = rng.random()
    tail = rng.choice(half(_TAILS, held_out)) if rng.random() < 0.4 else ""
    if held_out:
        kind *= 0.62  # always with words
    if kind < 0.34:
        phrases = [p for p in half(_SAID.get(operation, ((), ())), held_out) if operand or "#" not in p]
        if phrases:
            said = rng.choice(phrases).replace("#", operand)
            between = rng.choice((": ", " so ", ", ", " → ", " and get ", " gives ", " to get ", " ", ", so "))
            if held_out:
                between = rng.choice((": ", ", ", " and find ", " producing "))
            return said + between + text + tail if rng.random() < 0.8 else f"{text} ({said})"
    if kind < 0.62:
        return f"{rng.choice(half(_LEADS, held_out))} {text}{tail}"
    return text + (tail if rng.random() < 0.3 else "")


def recased(text: str, rng: random.Random) -> str:
    """Now and then with a capital, in capitals, or with a letter of a word lost or doubled."""
    chance = rng.random()
    if chance < 0.2:
        return text[:1].upper() + text[1:]
    if chance < 0.28:
        words = text.split(" ")
        k = rng.randrange(len(words))
        word = words[k]
        if word.isalpha() and len(word) > 3:
            at = rng.randrange(1, len(word) - 1)
            words[k] = rng.choice(
                (
                    word[:at] + word[at + 1 :],
                    word[:at] + word[at] + word[at:],
                    word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                )
            )
        return " ".join(words)
    return text
