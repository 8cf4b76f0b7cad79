"""What a model wrote to the replies of the four jobs, read strictly: what is not in the notation is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.errors import NotReadable, TooLarge
from tutor.slm.jobs import GivenValue
from tutor.slm.notation import MAX_LINES, OPERATIONS, value
from tutor.slm.sources import NotGrounded, Source, source_of
from tutor.slm.tokens import tokenize
from tutor.syntax.read import read, read_expr
from tutor.syntax.tree import Negative, Percent, Quantity, Statement, symbols

MAX_REASON = 240
MAX_HINT = 320
MAX_ROLE = 80
RIGHT = {"yes": True, "no": False, "unsure": None}

_LETTER = re.compile(r"[^\W\d](?:_?\w{1,3})?")
_THINKING = re.compile(r"\s*<think>.*?</think>\s*", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
# What may be mathematics in a sentence: figures, and signs with what stands around them.
_FORMULA = re.compile(r"[^\s,;:!?\"'“”‘’]*[\d=<>^+*/√²³][^\s,;:!?\"'“”‘’]*")
_MARKUP = re.compile(r"[<>]|https?:|\[[^\]]*\]\(|`")


@dataclass(frozen=True, slots=True)
class ProblemParts:
    """What was read of a statement."""

    givens: tuple[GivenValue, ...]
    unknown: str
    relations: tuple[str, ...]
    letters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """An opinion as a model gave it."""

    operation: str
    looks_right: bool | None
    reason: str


def _rows(text: str) -> list[str]:
    """The lines before "end", without the thoughts that some models put first."""
    text = _THINKING.sub("", text, count=1)
    rows = []
    for row in text.strip().split("\n"):
        row = "".join(c if c.isprintable() else " " for c in row).strip()  # none that commands a terminal
        if row == "end":
            break
        if row:
            rows.append(row)
    return rows


def line(text: str, source: Source) -> tuple[str, ...]:
    """A reading in lines of step notation, each of which can be read and stands in the source.

    Raises:
        NotReadable, TooLarge: a line is no step notation.
        NotGrounded: there is something in it that the source lacks, or nothing where there should be a line.
    """
    rows = _rows(text)
    if rows == ["nothing"]:
        return ()
    if not rows:
        raise NotGrounded("There is no line in it.")
    if len(rows) > MAX_LINES:
        raise NotGrounded(f"There are {len(rows)} lines in it; at most {MAX_LINES} are taken.")
    for row in rows:
        source.check(row)
    return tuple(rows)


def problem(text: str, source: Source) -> ProblemParts:
    """Givens, letters, relations and the unknown, each of which stands in the statement.

    Raises:
        NotReadable, TooLarge: a value or a relation cannot be read.
        NotGrounded: a line is none of these, or says what the statement does not.
    """
    givens: list[GivenValue] = []
    letters: dict[str, str] = {}
    relations: list[str] = []
    unknown = ""
    for row in _rows(text):
        head, _, rest = row.partition(":")
        rest = rest.strip()
        match head:
            case "given":
                givens.append(_given(rest, source))
            case "letter":
                name, _, meaning = (part.strip() for part in rest.partition("="))
                if not _LETTER.fullmatch(name) or not meaning:
                    raise NotGrounded(f"{rest} says of no letter what it stands for.")
                letters[name] = _described(meaning, source)
            case "relation":
                relations.append(_relation(rest, source, letters.keys() | {g.symbol for g in givens}))
            case "unknown":
                unknown = _described(rest, source)
            case _:
                raise NotGrounded(f"{row[:MAX_ROLE]} is no line of the notation.")
    if not (givens or unknown):
        raise NotGrounded("It says neither what is given nor what is asked.")
    return ProblemParts(tuple(givens), unknown, tuple(relations), tuple(letters.items()))


def _given(rest: str, source: Source) -> GivenValue:
    parts = [part.strip() for part in rest.split("|")]
    if len(parts) not in (2, 3):
        raise NotGrounded(f"{rest} is no VALUE | ROLE | LETTER.")
    written = value(parts[0])
    source.check_tree(written)
    symbol = parts[2] if len(parts) == 3 else ""
    if symbol:
        source.check_tree(read_expr(symbol))
    number, unit = _amount(parts[0], written)
    return GivenValue(number, unit, _described(parts[1], source), symbol)


def _amount(text: str, written: Statement) -> tuple[str, str]:
    """`12 m/s` to 12 and m/s; `$5` to 5 and $."""
    inner = written.operand if isinstance(written, Negative) else written
    if isinstance(inner, Percent):
        return text.replace("%", "").strip(), "%"
    if isinstance(inner, Quantity):
        return text.replace(inner.unit.text, "").strip(), inner.unit.text
    return text, ""


def _described(text: str, source: Source) -> str:
    if not text or len(text) > MAX_ROLE or not source.has_words(text):
        raise NotGrounded(f'"{text[:MAX_ROLE]}" is not said in the statement.')
    return text


def _relation(text: str, source: Source, letters: set[str]) -> str:
    found = read(text)
    own = source_of(f"{source.text} {' '.join(f'; {letter}' for letter in sorted(letters) if letter)}", symbols=letters)
    own.check_tree(found)
    if not symbols(found) <= letters | set(source.letters):
        raise NotGrounded(f"{text} holds a letter that stands for nothing.")
    return text


def opinion(text: str, source: Source) -> Said:
    """Operation, yes or no, and a reason; sentences of the reason whose mathematics the source lacks are left out.

    Raises:
        NotGrounded: an operation that is not in the list, or no yes or no.
    """
    said = {head.strip(): rest.strip() for head, sign, rest in (row.partition(":") for row in _rows(text)) if sign}
    operation = said.get("operation", "").lower()
    right = said.get("right", "").lower().rstrip(".")
    if operation not in OPERATIONS:
        raise NotGrounded(f'"{operation[:MAX_ROLE]}" is no operation; they are {", ".join(OPERATIONS)}.')
    if right not in RIGHT:
        raise NotGrounded(f'"{right[:MAX_ROLE]}" is neither yes, no nor unsure.')
    sentences = _SENTENCE.split(said.get("reason", "")[:MAX_REASON])
    reason = " ".join(s for s in sentences if not _MARKUP.search(s) and _grounded(s, source))
    return Said(operation, RIGHT[right], reason)


def hint(text: str, source: Source) -> str:
    """A hint of one or two sentences on one line, whose mathematics stands in the hint that was to be said again.

    Raises:
        NotGrounded: it is empty, long, holds markup, or mathematics of its own.
    """
    said = " ".join(_rows(text))
    if not said or len(said) > MAX_HINT:
        raise NotGrounded(f"A hint has 1 to {MAX_HINT} characters; this has {len(said)}.")
    if _MARKUP.search(said.replace(" > ", " ").replace(" < ", " ")):
        raise NotGrounded("A hint holds no markup.")
    if not _grounded(said, source):
        raise NotGrounded("It holds mathematics that the hint does not.")
    return said


def _grounded(sentence: str, source: Source) -> bool:
    """Whether the mathematics of a sentence stands in the source: its numbers, and its formulas letter by letter.

    Of "one" and "two" sides, steps and terms anybody may speak.
    """
    said = {t.copy for t in tokenize(sentence) if t.kind == "number" and t.text[0].isalpha()}
    if not said - {"1", "2"} <= set(source.figures):
        return False
    for formula in _FORMULA.findall(sentence):
        bare = formula.strip(".()")
        try:
            source.check_tree(read(bare))
        except NotGrounded:
            return False
        except (NotReadable, TooLarge):
            if "".join(bare.split()) not in "".join(source.text.split()):
                return False
    return True
