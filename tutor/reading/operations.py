"""What the student says was done: in the margin (`| -3`, `/:5`, `(÷2)`) or in words (`subtract 3 from both sides`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.regex import regex

_SIGNS = {
    "+": "add", "-": "subtract", "−": "subtract", "–": "subtract", "×": "multiply", "*": "multiply", "·": "multiply",
    "÷": "divide", ":": "divide", "/": "divide", "√": "root", "^": "square", "²": "square",
}  # fmt: skip
_MARGINS = (
    # 2x = 4   | :2
    regex(r"\|\s*(?P<sign>[+\-−–×*·÷/:])\s*(?P<operand>[^|=]{1,40}?)\s*\|?\s*$"),
    regex(r"\|\s*(?P<word>√|sqrt|\(\s*\)\s*²|\^\s*2|²|\(\s*\)\s*\^\s*2|ln|log|exp|e\^)\s*\|?\s*$"),
    # 2x = 4   /:2; but 6/-1 and 6 / -1 are quotients
    regex(
        r"(?:(?<=[\s\w)])\s*/\s*(?P<sign>[:÷×])|\s{2,}/\s*(?P<sign2>[+\-−–*·]))\s*(?P<operand>[^\s=/|]{1,20})\s*/?\s*$"
    ),
    # 2x = 4  (÷2), [-3]
    regex(r"(?:\s+|(?<=\d))[(\[{]\s*(?P<sign>[÷×:/*·])\s*(?P<operand>[^()\[\]=]{1,20}?)\s*[)\]}]\s*$"),
    regex(r"\s{2,}[(\[{]\s*(?P<sign>[+\-−–])\s*(?P<operand>[^()\[\]=]{1,20}?)\s*[)\]}]\s*$"),
    # 2x + 3 = 7, -3 both sides
    regex(
        r"(?:^|[,;\s])\s*\(?\s*(?P<sign>[+\-−–×*·÷/:])\s*(?P<operand>[^\s=]{1,12}|\([^()=]{1,20}\))\s*"
        r"(?:on|from|to|off)?\s*(?:both|each|either)\s*sides?\s*\)?\s*[.:]?",
        re.IGNORECASE,
    ),
    # 2x = 4   ÷2
    regex(r"(?<=\S)\s{3,}(?P<sign>[+\-−–×÷:])\s*(?P<operand>[\w.]{1,12})\s*$"),
)
# Each of them needs one of these, which is quicker to look for.
_IN_MARGINS = ("|", "|", "/", ")]}", ")]}", "", "")
_SIDES = 5  # the one that speaks of both sides

_VERBS: tuple[tuple[str, str], ...] = (
    (
        "subtract",
        r"subtract(?:ing)?|minus(?:ing)?(?=\s[^.]{0,30}both)"
        r"|tak(?:e|ing)(?=\s+(?:away\s+)?[-\d\w.]+\s+(?:away\s+)?from)",
    ),
    ("add", r"add(?:ing)?"),
    ("divide", r"divid(?:e|ing)"),
    ("multiply", r"(?:cross[- ]?)?multiply(?:ing)?|times(?=\s+both)"),
    (
        "root",
        r"(?:tak(?:e|ing)|find(?:ing)?)\s+(?:the\s+)?(?:positive\s+)?(?:square|cube|nth|[a-z]+th)?[- ]?roots?"
        r"|(?:square|cube)[- ]root(?:ing)?(?=\s+both)",
    ),
    ("square", r"squar(?:e|ing)(?=\s+(?:both|each|the|this|it))"),
    ("log", r"tak(?:e|ing)\s+(?:the\s+)?(?:natural\s+)?(?:ln|logs?|logarithms?)\b|apply(?:ing)?\s+(?:ln|log)"),
    ("exp", r"exponentiat(?:e|ing)"),
    (
        "differentiate",
        r"differentiat(?:e|ing)|tak(?:e|ing)\s+(?:the\s+)?(?:first\s+|second\s+|partial\s+)?derivatives?",
    ),
    ("integrate", r"integrat(?:e|ing)"),
    (
        "expand",
        r"expand(?:ing)?|distribut(?:e|ing)|open(?:ing)?\s+(?:the\s+)?(?:brackets|parentheses)"
        r"|multiply(?:ing)?\s+out",
    ),
    ("factor", r"factor(?:i[sz](?:e|ing)|ing)?"),
    ("substitute", r"substitut(?:e|ing)|sub(?:bing)?(?=\s)|plug(?:ging)?|putting"),
    (
        "combine",
        r"(?:combin(?:e|ing)|collect(?:ing)?|gather(?:ing)?|group(?:ing)?)\s+(?:the\s+)?(?:all\s+)?"
        r"(?:like|similar)?\s*terms",
    ),
    ("simplify", r"simplify(?:ing)?"),
    ("reciprocal", r"tak(?:e|ing)\s+(?:the\s+)?reciprocals?|invert(?:ing)?"),
    ("swap", r"swap(?:ping)?|switch(?:ing)?\s+(?:the\s+)?sides|flip(?:ping)?\s+(?:the\s+)?sides"),
    ("other", r"rearrang(?:e|ing)|complet(?:e|ing)\s+the\s+square|isolat(?:e|ing)|cancel(?:l?ing)?"),
)  # fmt: skip
_WORDS = regex(
    r"(?:^|[.,;:(\[]|\b(?:by|then|we|i|now|next|so|and|first|to|also|can|if|after|when|step\s\d+:?))\s*(?:"
    + "|".join(f"(?P<{name}>\\b(?:{pattern}))" for name, pattern in _VERBS)
    + r")\b",
    re.IGNORECASE,
)
_BEGINNINGS = (
    "subtract", "add", "divid", "multipl", "root", "squar", "ln", "log", "exponent", "differentia", "deriv",
    "integra", "expand", "distribut", "open", "factor", "substit", "sub", "plug", "putting", "combin",
    "collect", "gather", "group", "simplif", "recipro", "invert", "swap", "switch", "flip", "rearrang",
    "complet", "isolat", "cancel", "minus", "tak", "times", "cross", "apply",
)  # fmt: skip
_OPERAND = regex(
    r"\s*(?:(?:both|each|either)\s+(?:sides?|terms?|parts?)(?:\s+of\s+(?:the|this|our)\s+\w+)?"
    r"|(?:the\s+)?(?:whole\s+)?(?:equation|everything|through|it|all terms|"
    r"every term|each term))?\s*(?P<by>by)?\s*(?P<operand>[^,;:=<>≤≥⇒→.?!]{1,40}?(?:\.\d+)?)\s*"
    r"(?=$|[,;:)\].?!⇒→]|\s\(|\s(?:from|to|on|off|of|both|each|everywhere|gives?|we|and|so|in|into|through|throughout|yields?|term)\b)",
    re.IGNORECASE,
)
_NEEDS_OPERAND = frozenset({"add", "subtract", "multiply", "divide"})
_MATHEMATICAL = regex(r"[\d\\√π(]|^[a-zA-Z]$|^[-−+]?\s*[a-zA-Z][\^²³]")


@dataclass(frozen=True, slots=True)
class Found:
    """An operation in a row. operand: the place of its operand, (0, 0) without one. start, end: its own place."""

    name: str
    start: int
    end: int
    operand: tuple[int, int] = (0, 0)


def margin(text: str, start: int, end: int) -> Found | None:
    """An operation in the margin at the end of a line."""
    part = text[start:end]
    if not any(c in part for c in "|/([{,;") and "side" not in part and "   " not in part:
        return None
    for number, (needed, pattern) in enumerate(zip(_IN_MARGINS, _MARGINS, strict=True)):
        if needed and not any(c in part for c in needed):
            continue
        if number == _SIDES and "side" not in part.lower():
            continue
        m = pattern.search(part)
        if m is None:
            continue
        if number < 2 and part.count("|") % 2 == 0 and not part.rstrip().endswith("|"):
            continue  # the bars of an absolute value
        if number != _SIDES and not any(c in part[: m.start()] for c in "=<>≤≥"):
            continue
        groups = m.groupdict()
        if groups.get("word"):
            word = groups["word"]
            name = (
                "root"
                if word in ("√", "sqrt")
                else "log"
                if word in ("ln", "log")
                else "exp"
                if word[0] == "e"
                else "square"
            )
            return Found(name, start + m.start(), start + m.end())
        return Found(
            _SIGNS[groups.get("sign") or groups["sign2"]],
            start + m.start(),
            start + m.end(),
            (start + m.start("operand"), start + m.end("operand")),
        )
    return None


def in_words(text: str, start: int, end: int, words: frozenset[str]) -> Found | None:
    """The first operation that a row names in words; `words` are those of the row, in lower case."""
    if not any(word.startswith(_BEGINNINGS) for word in words):
        return None
    m = _WORDS.search(text, start, end)
    if m is None:
        return None
    name = m.lastgroup or "other"
    both = re.search(
        r"\b(?:both|each|either)\s+sides?|\b(?:from|to|by)\s+(?:both|each)", text[m.end() : end], re.IGNORECASE
    )
    operand = _OPERAND.match(text, m.end(), end)
    if name in _NEEDS_OPERAND and operand is not None and not text[m.start() : m.end()].lower().startswith("cross"):
        inner = operand.group("operand").strip(" $\\()")
        if (
            inner
            and _MATHEMATICAL.search(inner)
            and not re.search(r"[A-Za-z]{4,}", inner.replace("sqrt", "").replace("frac", ""))
        ):
            first, last = operand.span("operand")
            while (
                text.count("(", first, last) > text.count(")", first, last) and (more := text.find(")", last, end)) >= 0
            ):
                last = more + 1
            return Found(name, m.start(m.lastgroup or 0), last, (first, last))
    if name in _NEEDS_OPERAND and both is None and not text[m.start() : m.end()].lower().strip().startswith("cross"):
        return None
    return Found(name, m.start(m.lastgroup or 0), m.end())
