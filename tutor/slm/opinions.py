"""The bundled model's opinion of a step: what was done, whether it looks right, and why, in a sentence.

The two lines are cut into the finest tokens, each with marks of what can be seen by comparing them: which numbers and
letters stand in both, on which side, behind which sign, which number is the sum, difference, product or quotient of
which. A small Phi reads them; at the first of two markers it says the operation, at the second right or wrong.
Nothing here asks the verifier.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from tutor.errors import StudentError
from tutor.slm.jobs import Opinion, Origin, StepRequest
from tutor.slm.notation import OPERATIONS
from tutor.slm.phi import Array
from tutor.slm.weights import Tagger, load_tagger
from tutor.syntax import lexer

FOLDER = Path(__file__).parent / "bundled" / "opinion"
RIGHT, WRONG = "right", "wrong"
LABELS = (*OPERATIONS, RIGHT, WRONG)
BEFORE, LINE = "<before>", "<line>"
SPECIAL = ("<pad>", "<unk>", BEFORE, LINE)
SPELLINGS = 1024  # buckets for words by their letters
SLOTS = 40  # numbers and letters that are told apart by identity
MOST_TOKENS = 48  # of one line
AT_ONCE = 8  # steps that go through the model together

# Marks, each with an embedding of its own behind those of the spellings and slots.
MARKS = (
    "in line",
    "in both",
    "only here",
    "more often",
    "seldomer",
    "left",
    "right",
    "other side",
    "same side",
    "plus",
    "minus",
    "times",
    "below",
    "sign kept",
    "sign turned",
    "kept",
    "new",
    "gone",
    "is sum",
    "is difference",
    "is product",
    "is quotient",
    "is square",
    "is root",
    "of sum",
    "taken from",
    "taken away",
    "of product",
    "divided",
    "divides",
    "squared",
    "rooted",
    "in problem",
    "not in problem",
    "in words",
    "decimal",
    "percent",
    "large",
    "even",
    "negative of",
    "reciprocal of",
    "holds",
    "fails",
    "nearly",
    "last",
    "in bracket",
    "exponent",
    "scaled by power of ten",
    "scaled by sixty",
)
_MARK = {name: SPELLINGS + SLOTS + k for k, name in enumerate(MARKS)}
FEATURES = SPELLINGS + SLOTS + len(MARKS)


@dataclass(slots=True)
class Fine:
    """A token of a line, at its finest.

    text: as in the class of it. value: of a number. key: what makes it the same as another.
    sign: what stands before its term: + or -. side: 0 before the first relation, 1 behind it, 2 where there is none.
    """

    text: str
    kind: str
    start: int
    end: int
    value: float | None = None
    key: str = ""
    sign: str = "+"
    side: int = 2
    depth: int = 0
    above: str = ""
    spelt: bool = False


# ---------------------------------------------------------------- the finest tokens

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
_TENS = {w: 10 * k for k, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SHORT_WORDS = frozenset(
    "is it so to of on at in by we he she me my if or an as be do go up us no the and get got for his her you now add"
    " both each take off has had are was did per kg km cm mm mg ml ms hz ln log sin cos tan exp sqrt let then minus"
    " plus times per via".split()
)
_SIGNS_IN_WORDS = {
    "plus": "+",
    "minus": "-",
    "times": "*",
    "multiplied": "*",
    "divided": "/",
    "over": "/",
    "equals": "=",
    "squared": "^",
    "cubed": "^",
}
_LATEX = {
    "cdot": "*",
    "times": "*",
    "div": "/",
    "frac": "frac",
    "dfrac": "frac",
    "tfrac": "frac",
    "sqrt": "sqrt",
    "left": "",
    "right": "",
    "text": "",
    "mathrm": "",
}
_IGNORED = frozenset({"end", "delim", "skip"})


def finest(text: str) -> list[Fine]:
    """A line in its finest tokens.

    >>> [t.text for t in finest("so 2x = twenty one")]
    ['so', '<2>', 'x', '=', '<number>']
    """
    found: list[Fine] = []
    try:
        tokens = lexer.tokenize(text[:2000])
    except StudentError:
        return found
    for kind, value, start, end in tokens:
        if kind in _IGNORED:
            continue
        if kind == "num":
            found.append(_number(value, start, end))
        elif kind == "sup":
            found.append(Fine("^", "sign", start, start))
            found += [_number(value, start, end)] if value.isdigit() else [Fine(value, "letter", start, end, key=value)]
        elif kind == "vulgar":
            top, bottom = value.split("/")
            found += [_number(top, start, end), Fine("/", "sign", end, end), _number(bottom, end, end)]
        elif kind == "cmd":
            name = _LATEX.get(value, value)
            if name:
                found.append(Fine(name, "sign" if name in "*/" else "word", start, end))
        elif kind == "rel":
            found.append(Fine(value, "relation", start, end))
        elif kind in ("name", "func", "upright") or value.isalpha():
            found += _letters(value, start, end)
        elif kind == "/" and value == "÷":
            found.append(Fine("/", "sign", start, end))
        else:
            found.append(Fine(kind if len(kind) < 3 else value, "sign", start, end))
        if len(found) >= 4 * MOST_TOKENS:
            break
    return _settled(_joined(found))


def _number(text: str, start: int, end: int) -> Fine:
    digits = re.sub(r"[,' …]|\.\.\.", "", text)
    try:
        value = float(digits)
    except ValueError:
        value = float("nan")
    return Fine(_class_of(value), "number", start, end, value, f"{value:g}" if abs(value) < 1e5 else str(value))


def _class_of(value: float) -> str:
    if value != value or value != int(min(abs(value), 1e15)):
        return "<decimal>"
    return f"<{int(value)}>" if value <= 12 else "<number>"


def _letters(word: str, start: int, end: int) -> list[Fine]:
    """A word, a number in words, or letters that are multiplied."""
    low = word.lower()
    if low in _SMALL or low in _TENS:
        value = float(_SMALL.get(low, _TENS.get(low, 0)))
        return [Fine(_class_of(value), "number", start, end, value, f"{value:g}", spelt=True)]
    if len(word) == 1:
        return [Fine(word, "letter", start, end, key=word)]
    if len(word) <= 3 and low not in _SHORT_WORDS and (not re.search("[aeiou]", low) or word.isupper()):
        return [Fine(c, "letter", start + k, start + k + 1, key=c) for k, c in enumerate(word)]
    return [Fine(low, "word", start, end, key=low)]


def _joined(tokens: list[Fine]) -> list[Fine]:
    """Numbers in two words made one."""
    found: list[Fine] = []
    for token in tokens:
        last = found[-1] if found else None
        if (
            last is not None
            and last.spelt
            and token.spelt
            and last.value is not None
            and token.value is not None
            and last.value >= 20
            and 0 < token.value < 10
        ):
            value = last.value + token.value
            found[-1] = Fine(_class_of(value), "number", last.start, token.end, value, f"{value:g}", spelt=True)
        else:
            found.append(token)
    return found


_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


def _settled(tokens: list[Fine]) -> list[Fine]:
    """Side, sign and depth of each token."""
    relations = [k for k, t in enumerate(tokens) if t.kind == "relation"]
    sign, above, depth = "+", "", 0
    for k, token in enumerate(tokens):
        if token.text in _OPENING:
            depth += 1
            sign, above = "+", ""
        token.side = 2 if not relations else 0 if k < relations[0] else 1
        token.depth = depth
        written = _SIGNS_IN_WORDS.get(token.text, token.text) if token.kind == "word" else token.text
        if token.kind == "relation":
            sign, above = "+", ""
        elif written in ("+", "-", "±"):
            sign, above = written, ""
        elif written in ("*", "/", "^"):
            above = written
        elif token.kind in ("number", "letter"):
            token.sign, token.above = sign, above
            above = ""
        elif token.kind == "word":
            sign, above = "+", ""
        if token.text in _CLOSING:
            depth = max(depth - 1, 0)
    return tokens


# ---------------------------------------------------------------- small calculations that mark the tokens


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


def _pairs_mark(sources: Sequence[Fine], targets: Sequence[Fine], marks: dict[int, set[str]]) -> None:
    """Which number is made of which two, by one of the four operations, a square or a root."""
    sources = [t for t in sources if t.value is not None and t.value == t.value][:10]
    targets = [t for t in targets if t.value is not None and t.value == t.value][:10]
    if not sources or not targets:
        return
    values = np.array([t.value for t in sources])
    wanted = np.array([t.value for t in targets])
    with np.errstate(all="ignore"):
        one, other = values[:, None], values[None, :]
        ways = (
            ("is sum", "of sum", "of sum", one + other),
            ("is difference", "taken from", "taken away", one - other),
            ("is product", "of product", "of product", one * other),
            ("is quotient", "divided", "divides", one / other),
        )
        for result, first, second, made in ways:
            hits = np.abs(made[:, :, None] - wanted) <= 1e-9 * np.maximum(1.0, np.abs(wanted))
            if result == "is difference":
                hits |= np.abs(made[:, :, None] + wanted) <= 1e-9 * np.maximum(1.0, np.abs(wanted))
            for i, j, k in np.argwhere(hits):
                if i == j and len(sources) > 1 and result != "of product":
                    continue
                a, b = values[i], values[j]
                trivial = 0 in (a, b) or (1 in (a, b) and result in ("is product", "is quotient"))
                if trivial or sources[i] is targets[k] or sources[j] is targets[k]:
                    continue
                if result == "is quotient" and a == b:
                    continue
                marks[id(targets[k])].add(result)
                marks[id(sources[i])].add(first)
                marks[id(sources[j])].add(second)
    for a in sources:
        for b in targets:
            assert a.value is not None
            assert b.value is not None
            if a is b or a.value <= 1:
                continue
            if _near(a.value**2, b.value):
                marks[id(b)].add("is square")
                marks[id(a)].add("squared")
            elif b.value > 1 and _near(b.value**2, a.value):
                marks[id(b)].add("is root")
                marks[id(a)].add("rooted")
            elif b.value and _near(1 / b.value, a.value):
                marks[id(b)].add("reciprocal of")
            elif b.value:
                ratio = b.value / a.value
                ratio = ratio if ratio >= 1 else 1 / ratio
                if any(_near(ratio, p) for p in (10, 100, 1000, 1e6)):
                    marks[id(b)].add("scaled by power of ten")
                elif any(_near(ratio, p) for p in (60, 3600, 3.6, 24, 7, 12)):
                    marks[id(b)].add("scaled by sixty")


def _calculations(tokens: Sequence[Fine], marks: dict[int, set[str]]) -> None:
    """At each relation between two plain calculations: whether it holds."""
    for k, token in enumerate(tokens):
        if token.kind == "relation" and token.text in ("=", "≈"):
            left = _value(_run(tokens, k - 1, -1))
            right = _value(_run(tokens, k + 1, 1))
            if left is None or right is None:
                continue
            if _near(left, right):
                marks[id(token)].add("holds")
            elif abs(left - right) <= 0.006 * max(abs(left), abs(right)):
                marks[id(token)].add("nearly")
            else:
                marks[id(token)].add("fails")


_CALCULATES = frozenset("+-*/^()%")


def _run(tokens: Sequence[Fine], at: int, step: int) -> list[str | float]:
    """The calculation that begins or ends beside a relation; units and things counted are passed over."""
    found: list[str | float] = []
    passed = 0
    while 0 <= at < len(tokens):
        token = tokens[at]
        written = token.text if token.kind == "sign" else _SIGNS_IN_WORDS.get(token.text, "")
        if token.text == "x" and 0 < at < len(tokens) - 1 and _says_times(tokens[at - 1], token, tokens[at + 1]):
            written = "*"
        if token.kind == "number" and token.value is not None:
            if found and not isinstance(found[-1], str):
                break
            found.append(token.value)
        elif written and written in _CALCULATES:
            found.append(written)
        elif token.kind == "word" and token.text not in ("sqrt", "frac") and passed < 3 and token.text not in _BREAKS:
            passed += 1
        elif token.text in ("$", "cur", "{", "}"):
            pass
        else:
            if token.kind in ("letter", "word"):
                return [] if token.kind == "letter" or token.text in ("sqrt", "frac") else found[::step]
            break
        at += step
    return found[::step]


def _says_times(before: Fine, x: Fine, after: Fine) -> bool:
    """5 x 8, 5x8, 5 boxes x 8 apples; but not 2x."""
    return after.kind == "number" and (x.start > before.end or (before.kind == "number" and after.start == x.end))


_BREAKS = frozenset(
    "is so then and has have we get that this gives are because to which the i in there makes means".split()
)


def _value(run: list[str | float]) -> float | None:
    """The value of a calculation in numbers and signs; None where it is none."""
    while run and run[0] in ("*", "/", "^", "+", ")"):
        run = run[1:]
    while run and isinstance(run[-1], str) and run[-1] not in ")%":
        run = run[:-1]
    place = 0

    def total() -> float:
        nonlocal place
        value = product()
        while place < len(run) and run[place] in ("+", "-"):
            sign = run[place]
            place += 1
            value = value + product() if sign == "+" else value - product()
        return value

    def product() -> float:
        nonlocal place
        value = power()
        while place < len(run) and run[place] in ("*", "/", "("):
            sign = run[place]
            place += sign != "("
            value = value / power() if sign == "/" else value * power()
        return value

    def power() -> float:
        nonlocal place
        if place < len(run) and run[place] == "-":
            place += 1
            return -power()
        value = atom()
        if place < len(run) and run[place] == "%":
            place += 1
            value /= 100
        if place < len(run) and run[place] == "^":
            place += 1
            exponent = power()
            if abs(exponent) > 12:
                raise ValueError
            value = value**exponent
        return value

    def atom() -> float:
        nonlocal place
        if place >= len(run):
            raise ValueError
        found = run[place]
        place += 1
        if not isinstance(found, str):
            return found
        if found != "(":
            raise ValueError
        value = total()
        if place >= len(run) or run[place] != ")":
            raise ValueError
        place += 1
        return value

    try:
        value = total()
    except (ValueError, ZeroDivisionError, OverflowError, RecursionError):
        return None
    return value if place == len(run) and isinstance(value, float) else None


# ---------------------------------------------------------------- what the model sees


@dataclass(frozen=True, slots=True)
class Seen:
    """A step as the model sees it: classes by name, features by number, and the two lines' tokens."""

    classes: tuple[str, ...]
    features: tuple[tuple[int, ...], ...]
    before: tuple[Fine, ...]
    line: tuple[Fine, ...]

    @property
    def place_of_line(self) -> int:
        """Where the second marker stands; the first is at 0."""
        return len(self.before) + 1


def seen(asked: StepRequest) -> Seen:
    """The tokens of a step with their marks."""
    before, line = finest(asked.before)[-MOST_TOKENS:], finest(asked.line)[:MOST_TOKENS]
    given = {t.key for t in finest(asked.problem) if t.kind == "number"} if asked.problem else None
    marks: dict[int, set[str]] = {id(t): set() for t in (*before, *line)}
    _pairs_mark(before, line, marks)
    _pairs_mark(line, line, marks)
    _calculations(line, marks)
    _calculations(before, marks)
    _compare(before, line, marks)
    _describe(before, line, given, marks)
    slots: dict[str, int] = {}
    classes: list[str] = []
    features: list[tuple[int, ...]] = []
    for marker, tokens in ((BEFORE, before), (LINE, line)):
        classes.append(marker)
        features.append(())
        for token in tokens:
            classes.append(token.text if token.kind != "letter" else "<letter>")
            numbers = [_MARK[name] for name in sorted(marks[id(token)])]
            if token.kind in ("number", "letter"):
                slot = slots.setdefault(token.key, len(slots))
                if slot < SLOTS:
                    numbers.append(SPELLINGS + slot)
            if token.kind in ("letter", "word"):
                numbers += _spelling(token.text)
            features.append(tuple(numbers))
    return Seen(tuple(classes), tuple(features), tuple(before), tuple(line))


@cache
def _spelling(word: str) -> tuple[int, ...]:
    pieces = (word,) if len(word) < 4 else (word[:5], word[:3], word[-3:])
    return tuple(sorted({crc32(p.encode()) % SPELLINGS for p in pieces}))


def _compare(before: Sequence[Fine], line: Sequence[Fine], marks: dict[int, set[str]]) -> None:
    """What is kept, new and gone in the order of writing."""
    ours, theirs = [t.key or t.text for t in before], [t.key or t.text for t in line]
    for action, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for token in before[i:j]:
            marks[id(token)].add("kept" if action == "equal" else "gone")
        for token in line[k:m]:
            marks[id(token)].add("kept" if action == "equal" else "new")


def _describe(before: Sequence[Fine], line: Sequence[Fine], given: set[str] | None, marks: dict[int, set[str]]) -> None:
    """Marks of single tokens, against those of the other line that are the same."""
    for own, other in ((before, line), (line, before)):
        count_own, count_other = _counted(own), _counted(other)
        places: dict[str, list[Fine]] = {}
        for token in other:
            places.setdefault(token.key, []).append(token)
        for token in own:
            mark = marks[id(token)]
            if own is line:
                mark.add("in line")
            if token.side < 2:
                mark.add(("left", "right")[token.side])
            if token.kind not in ("number", "letter"):
                continue
            if token.depth:
                mark.add("in bracket")
            mark.add("minus" if token.sign == "-" else "plus")
            if token.above:
                mark.add({"*": "times", "/": "below", "^": "exponent"}[token.above])
            here, there = count_own[token.key], count_other.get(token.key, 0)
            mark.add("in both" if there else "only here")
            if there and here != there:
                mark.add("more often" if here > there else "seldomer")
            for same in places.get(token.key, ()):
                mark.add("sign kept" if same.sign == token.sign else "sign turned")
                if token.side < 2 and same.side < 2:
                    mark.add("same side" if same.side == token.side else "other side")
            if token.kind == "number":
                _describe_number(token, given, mark)
        numbers = [t for t in own if t.kind == "number"]
        if numbers:
            marks[id(numbers[-1])].add("last")


def _describe_number(token: Fine, given: set[str] | None, mark: set[str]) -> None:
    if given is not None:
        mark.add("in problem" if token.key in given else "not in problem")
    if token.spelt:
        mark.add("in words")
    if token.value is not None:
        if token.text == "<decimal>":
            mark.add("decimal")
        elif token.value % 2 == 0:
            mark.add("even")
        if token.value > 100:
            mark.add("large")


def _counted(tokens: Sequence[Fine]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for token in tokens:
        counts[token.key] = counts.get(token.key, 0) + 1
    return counts


# ---------------------------------------------------------------- the reason, in words

_DONE = {
    "add": "{it} was added to both sides",
    "subtract": "{it} was subtracted from both sides",
    "multiply": "both sides were multiplied by {it}",
    "divide": "both sides were divided by {it}",
    "square": "both sides were squared",
    "root": "a root was taken of both sides",
    "expand": "a bracket was multiplied out",
    "factorise": "the expression was written as a product",
    "collect": "like terms were put together",
    "simplify": "the expression was simplified",
    "substitute": "values were put in for letters",
    "differentiate": "the derivative was taken",
    "integrate": "the integral was taken",
    "cross multiply": "the two fractions were multiplied across",
    "swap": "the two sides were swapped",
    "log": "the logarithm was taken of both sides",
    "exp": "the logarithm was undone",
    "reciprocal": "both sides were turned upside down",
    "rearrange": "the equation was rearranged",
    "cancel": "a common factor was cancelled",
    "convert": "a value was written in another unit or form",
    "calculate": "a value was calculated",
    "state": "something was stated, not worked out",
    "other": "the line was turned into another form",
}
_UNKNOWN_OPERAND = {
    "add": "something was added to both sides",
    "subtract": "something was subtracted from both sides",
    "multiply": "both sides were multiplied by the same",
    "divide": "both sides were divided by the same",
}
_MADE = frozenset(
    {
        "is sum",
        "is difference",
        "is product",
        "is quotient",
        "is square",
        "is root",
        "reciprocal of",
        "scaled by power of ten",
        "scaled by sixty",
    }
)


def reason(asked: StepRequest, step: Seen, operation: str, looks_right: bool | None) -> str:
    """Why a model may think so, in a sentence or two; numbers and formulas in it are copied from the two lines."""
    operand = _operand(asked.before, step, operation)
    general = _UNKNOWN_OPERAND.get(operation) or _DONE[operation]
    done = _DONE[operation].replace("{it}", operand) if operand else general
    said = f"It seems that {done}"
    if looks_right is None:
        return f"{said}; whether it is right is hard to tell."
    return f"{said}." if looks_right else f"{said}; {_doubt(asked.line, step)}."


def _operand(before: str, step: Seen, operation: str) -> str:
    """What both sides were changed by, as it stands in the line before; empty where it cannot be told."""
    if operation not in _UNKNOWN_OPERAND:
        return ""
    for k, token in enumerate(step.before):
        if token.kind != "number" or token.side == 2 or _has(step, k + 1, "exponent"):
            continue
        if any(t.key == token.key and t.side == token.side and t.above == token.above for t in step.line):
            continue
        following = step.before[k + 1] if k + 1 < len(step.before) else None
        factor = (
            following is not None
            and (following.kind == "letter" or following.text in ("(", "*"))
            and following.end > token.end
        )
        if operation in ("add", "subtract"):
            wanted = token.sign == ("+" if operation == "subtract" else "-") and not token.above and not token.depth
            if not wanted:
                continue
            if factor and following is not None and following.kind == "letter":
                # A relation said in words leaves the line without sides.
                if not any(t.key == following.key and t.side in (token.side, 2) for t in step.line):
                    return before[token.start : following.end]
            elif not factor and not _replaced(step, token.side):
                return before[token.start : token.end]
        elif (operation == "multiply" and token.above == "/") or (operation == "divide" and factor and not token.above):
            return before[token.start : token.end]
    return ""


def _replaced(step: Seen, side: int) -> bool:
    """Whether a side has a number of its own now, that stands for one that went."""
    first = step.place_of_line + 1
    return any(
        token.kind == "number" and token.side == side and not token.above and _has(step, first + k, "only here")
        and not (k + 1 < len(step.line) and step.line[k + 1].kind == "letter")
        for k, token in enumerate(step.line)
    )  # fmt: skip


def _has(step: Seen, place: int, mark: str) -> bool:
    return _MARK[mark] in step.features[place]


def _doubt(line: str, step: Seen) -> str:
    """What looks changed on the way."""
    first = step.place_of_line + 1
    for k in range(len(step.line)):
        if _has(step, first + k, "fails"):
            left, right = _edges(step.line, k)
            return f"the two sides of {line[left:right].strip()} do not look equal"
    for k, token in enumerate(step.line):
        if (
            token.kind in ("number", "letter")
            and _has(step, first + k, "sign turned")
            and not _has(step, first + k, "sign kept")
        ):
            if not _has(step, first + k, "other side"):
                return f"the sign of {line[token.start : token.end]} changed on the way"
        elif token.kind == "number" and _has(step, first + k, "other side") and not _has(step, first + k, "same side"):
            return f"{line[token.start : token.end]} is on the other side with the sign it had"
    for k, token in enumerate(step.line):
        if (
            token.kind == "number"
            and _has(step, first + k, "only here")
            and not any(_has(step, first + k, m) for m in _MADE)
        ):
            return f"it is not clear where {line[token.start : token.end]} comes from"
    return "something does not look as it should"


def _edges(tokens: Sequence[Fine], relation: int) -> tuple[int, int]:
    """Where the two calculations beside a relation begin and end."""
    left = right = relation
    while left > 0 and tokens[left - 1].kind in ("number", "sign"):
        left -= 1
    while (
        right + 1 < len(tokens) and tokens[right + 1].kind in ("number", "sign") and tokens[right + 1].text not in ".,;"
    ):
        right += 1
    return tokens[left].start, tokens[right].end


# ---------------------------------------------------------------- asking the model


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability of being right a step is said to look right, and below which wrong."""

    right: float
    wrong: float


def looks_right(probability: float, limits: Thresholds) -> bool | None:
    """True, False, or None between the two thresholds."""
    return True if probability >= limits.right else False if probability <= limits.wrong else None


class Opinions:
    """The model that gives opinions, with its thresholds."""

    def __init__(self, tagger: Tagger, thresholds: Thresholds) -> None:
        self.tagger = tagger
        self.thresholds = thresholds

    def of(self, asked: Sequence[StepRequest], origin: Origin) -> list[Opinion]:
        """An opinion on each step."""
        steps = [seen(step) for step in asked]
        found: list[Opinion] = []
        for step, request, (operation, sure, right) in zip(steps, asked, self.scores(steps), strict=True):
            if not step.line:
                found.append(Opinion(origin=origin, fault="There is nothing in this line to have an opinion of."))
                continue
            looks = looks_right(right, self.thresholds)
            why = reason(request, step, operation, looks)
            found.append(Opinion(operation, looks, why, origin=origin, probability=sure))
        return found

    def scores(self, steps: Sequence[Seen]) -> list[tuple[str, float, float]]:
        """The likeliest operation of each step, its probability, and the probability that the step is right."""
        found: list[tuple[str, float, float]] = [("", 0.0, 0.0)] * len(steps)
        number = self.tagger.vocabulary.number
        # Steps of like length go together, so that little is padding.
        order = sorted(range(len(steps)), key=lambda k: len(steps[k].classes))
        for start in range(0, len(order), AT_ONCE):
            places = order[start : start + AT_ONCE]
            logs = self.tagger.phi.log_probabilities(
                [[number(name) for name in steps[k].classes] for k in places],
                [list(steps[k].features) for k in places],
            )
            for k, log in zip(places, logs, strict=True):
                found[k] = _read_off(log, steps[k].place_of_line)
        return found


def _read_off(log: Array, line: int) -> tuple[str, float, float]:
    operations = np.exp(log[0, : len(OPERATIONS)].astype(np.float64))
    operations /= operations.sum()
    right, wrong = np.exp(log[line, len(OPERATIONS) : len(OPERATIONS) + 2].astype(np.float64))
    best = int(operations.argmax())
    return OPERATIONS[best], float(operations[best]), float(right / (right + wrong))


@cache
def bundled(folder: Path = FOLDER) -> Opinions:
    """The model that ships with the package.

    Raises:
        ModelError: its files are missing or altered.
    """
    tagger = load_tagger(folder, LABELS, FEATURES)
    limits: Mapping[str, float] = tagger.config["thresholds"]
    return Opinions(tagger, Thresholds(limits["right"], limits["wrong"]))


def give(asked: Sequence[StepRequest], backend: str, seed: int = 0) -> list[Opinion]:
    """The bundled model's opinion on each step; the model is loaded at the first call.

    Raises:
        ModelError: its files are missing or altered.
    """
    model = bundled()
    return model.of(asked, Origin(backend, model.tagger.name, seed=seed))
