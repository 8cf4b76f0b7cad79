"""Questions exported from Moodle as XML: numerical, short answer, calculated, and the STACK questions that we can read.

Read only. Every question says what became of it: it is imported, imported with fixed values where Moodle draws them, or
skipped with the reason. The file's own code (Maxima, formulas) is read by `tutor.problems.maxima`, never run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tutor.errors import AuthorError
from tutor.problems.maxima import Apply, Name, Num, Unsupported, Value, Variables, decimal_text, in_our_notation
from tutor.problems.sets import Draft, Fault, InvalidSet, Place, gather_faults

MAX_QUESTIONS: Final = 2_000
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
INPUTS: Final = ("algebraic", "numerical", "units", "equiv", "singlechar", "varmatrix", "matrix", "textarea")
TESTS: Final = frozenset(
    "AlgEquiv EqualComAss CasEqual SubstEquiv NumAbsolute NumRelative NumSigFigs NumDecPlaces Units UnitsStrict "
    "UnitsAbsolute UnitsRelative Diff Int FacForm Expanded SingleFrac PartFrac CompSquare LowestTerms GT GTE Equiv "
    "EquivFirst SameType".split()
)
FORMS: Final = {"FacForm": "factored", "Expanded": "expanded", "LowestTerms": "lowest_terms"}
KINDS: Final = {
    "multichoice": "a choice among answers",
    "truefalse": "true or false",
    "essay": "a free text",
    "matching": "matching",
    "cloze": "a text with gaps",
    "description": "only a text",
    "calculatedmulti": "a choice among answers",
}
_TAG = re.compile(r"[^\w. -]+")
_PLACEHOLDER = re.compile(r"\[\[(input|validation|feedback):([^\]]*)\]\]")
_MAXIMA = re.compile(r"\{@(.*?)@\}|\{#(.*?)#\}", re.DOTALL)
_DRAWN = re.compile(r"\{=([^{}]*(?:\{\w+\}[^{}]*)*)\}|\{(\w+)\}")
_MATHS = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]|\$\$.*?\$\$", re.DOTALL)


class Skipped(Exception):
    """Why a question is not imported."""


def read(data: bytes) -> Draft:
    """The questions of a quiz.

    Raises:
        AuthorError: not XML, XML that declares entities, or no quiz; none of its questions can be imported.
    """
    try:
        root = fromstring(data, forbid_dtd=True)
    except ParseError as error:
        raise AuthorError(f"line {error.position[0]}: this is not XML, or the file is cut off") from None
    except DefusedXmlException:
        raise AuthorError("line 1: the file declares a document type or entities, which are not read") from None
    except (ValueError, LookupError):
        raise AuthorError("line 1: this is not XML in an encoding that is known") from None
    if root.tag != "quiz":
        raise AuthorError("line 1: this is not a Moodle question bank: export it from Moodle as “Moodle XML”")
    importing = _Importing()
    for number, question in enumerate(root.iter("question"), start=1):
        if number > MAX_QUESTIONS:
            raise AuthorError(f"question {number}: at most {MAX_QUESTIONS} are read")
        importing.take(number, question)
    if not importing.problems:
        raise InvalidSet([f.message for f in importing.remarks] or ["question 1: there is no question in this file"])
    content: dict[str, Any] = {"problems": importing.problems}
    if importing.first_category:
        content = {"title": importing.first_category, **content}
    return Draft(content, importing.places, "question", importing.remarks)


class _Importing:
    """What has been made of the questions so far."""

    def __init__(self) -> None:
        self.problems: list[dict[str, Any]] = []
        self.places: dict[Place, int] = {}
        self.remarks: list[Fault] = []
        self.category = self.first_category = ""
        self.ids: set[str] = set()

    def take(self, number: int, question: Element) -> None:
        kind = question.get("type", "")
        if kind == "category":
            self.category = _category(_text(question.find("category")))
            self.first_category = self.first_category or self.category.rpartition("/")[2]
            return
        name = _plain(_text(question.find("name"))).replace("\n", " ")[:200]
        notes: list[str] = []
        try:
            entry = self.entry(kind, question, name, notes)
        except (Skipped, Unsupported) as reason:
            why = str(reason) if isinstance(reason, Skipped) else f"it uses {reason}"
            self.remarks.append(Fault((), "", number, f"question {number}, “{name}”, was skipped: {why}"))
            return
        at = len(self.problems)
        self.places["problems", at] = number
        self.problems.append(entry)
        self.ids.add(entry["id"])
        for note in notes:
            self.remarks.append(Fault(("problems", at), entry["id"], number, note))

    def entry(self, kind: str, question: Element, name: str, notes: list[str]) -> dict[str, Any]:
        if question.findtext("hidden", "0").strip() == "1":
            raise Skipped("it is hidden in Moodle")
        reading = READINGS.get(kind)
        if reading is None:
            raise Skipped(f"it is {KINDS[kind]}" if kind in KINDS else f"questions of the kind “{kind}” are not read")
        entry: dict[str, Any] = {"id": self.free_id(question.findtext("idnumber", "").strip() or name), "title": name}
        if self.category:
            entry["topic"] = self.category
        marks = _fraction(question.findtext("defaultgrade", ""))
        if marks is not None and marks != 1:
            entry["marks"] = str(marks)
        asked = question.find("questiontext")
        if asked is not None and (asked.find("file") is not None or "<img" in _text(asked)):
            notes.append("has a picture, which is left out")
        entry |= reading(question, notes)
        if not entry.get("statement", "").strip():
            raise Skipped("it has no text")
        _, faults = _problem(entry)
        if faults and "solution" in entry:
            entry.pop("solution")
            _, faults = _problem(entry)
        if faults and "unit" in entry:
            entry.pop("unit")
            _, faults = _problem(entry)
        if faults:
            raise Skipped(faults[0].message)
        return entry

    def free_id(self, wanted: str) -> str:
        stem = " ".join(_TAG.sub(" ", wanted).strip(" ._-")[:80].split()) or "question"
        number, found = 1, stem
        while found in self.ids:
            number += 1
            found = f"{stem} {number}"
        return found


def _problem(entry: dict[str, Any]) -> tuple[Any, tuple[Fault, ...]]:
    _, problems, faults = gather_faults(Path("question"), Draft({"problems": [entry]}))
    return problems.get(0), faults


# ---------------------------------------------------------------- the kinds of question


def _numerical(question: Element, notes: list[str]) -> dict[str, Any]:
    entry = {"statement": _plain(_text(question.find("questiontext")))}
    answers = []
    for answer in _right(question, notes):
        text = _text(answer).strip()
        if _fraction(text) is None:
            raise Skipped(f"its answer “{text[:40]}” is not a number")
        answers.append(text)
        tolerance = _fraction(answer.findtext("tolerance", ""))
        if tolerance and "tolerance" not in entry:
            entry["tolerance"] = decimal_text(tolerance) or str(tolerance)
    return entry | {"answer": _one(answers)} | _unit(question) | _worked(question, _plain, notes)


def _short(question: Element, notes: list[str]) -> dict[str, Any]:
    answers = []
    for answer in _right(question, notes):
        text = _plain(_text(answer)).strip()
        if re.search(r"\*\s*(?:[^\w\s(]|$)|(?:^|[^\w\s)])\s*\*", text):
            raise Skipped(f"its answer “{text[:40]}” holds a wildcard")
        answers.append(_without_delimiters(text))
    entry = {"statement": _plain(_text(question.find("questiontext"))), "answer": _one(answers)}
    return entry | _worked(question, _plain, notes)


def _calculated(question: Element, notes: list[str]) -> dict[str, Any]:
    values = _first_values(question)
    variables = Variables({name: Num(value, True) for name, value in values.items()})

    def filled(text: str) -> str:
        def put(match: re.Match[str]) -> str:
            formula, name = match.groups()
            if name is not None:
                return (decimal_text(values[name]) or str(values[name])) if name in values else match.group()
            return in_our_notation(variables.read(_unbraced(formula)))

        return _plain(_DRAWN.sub(put, text))

    entry: dict[str, Any] = {"statement": filled(_text(question.find("questiontext")))}
    answers = []
    for answer in _right(question, notes):
        value = variables.read(_unbraced(_text(answer)))
        answers.append(in_our_notation(value))
        tolerance = _fraction(answer.findtext("tolerance", ""))
        relative = answer.findtext("tolerancetype", "1").strip() != "2"
        if tolerance and isinstance(value, Num):
            size = abs(value.value) * tolerance if relative else tolerance
            entry["tolerance"] = decimal_text(size) or str(size.limit_denominator(10**9))
        elif tolerance:
            notes.append("its tolerance is left out, since its answer is no plain number")
    if values:
        shown = ", ".join(f"{name} = {decimal_text(value) or value}" for name, value in list(values.items())[:6])
        notes.append(f"was imported without randomisation, with {shown}")
    return entry | {"answer": _one(answers)} | _unit(question) | _worked(question, filled, notes)


def _first_values(question: Element) -> dict[str, Fraction]:
    found = {}
    for definition in question.iter("dataset_definition"):
        name = _text(definition.find("name")).strip()
        items = {
            item.findtext("number", "").strip(): item.findtext("value", "") for item in definition.iter("dataset_item")
        }
        value = _fraction(items.get("1") or next(iter(items.values()), ""))
        if value is None:
            value = _fraction(_text(definition.find("minimum")))
        if value is None:
            raise Skipped(f"it has no values for {{{name}}}")
        found[name] = value
    return found


def _unbraced(formula: str) -> str:
    return re.sub(r"\{(\w+)\}", r"(\1)", formula)


def _stack(question: Element, notes: list[str]) -> dict[str, Any]:
    inputs = question.findall("input")
    if not inputs:
        raise Skipped("it has no input")
    if len(inputs) > len(LETTERS):
        raise Skipped(f"it has {len(inputs)} inputs")
    for one in inputs:
        kind = one.findtext("type", "").strip()
        if kind not in INPUTS:
            raise Skipped(f"its input is of the kind “{kind}”")
    variables = Variables()
    variables.run(_text(question.find("questionvariables")))

    def filled(text: str) -> str:
        return _plain(
            _MAXIMA.sub(lambda m: in_our_notation(variables.read(m.group(1) or m.group(2)), latex=True), text)
        )

    text = _text(question.find("questiontext"))
    if "[[" in _PLACEHOLDER.sub("", text):
        raise Skipped("its text holds blocks, such as graphs or conditions")
    letters = {one.findtext("name", "").strip(): LETTERS[k] for k, one in enumerate(inputs)}

    def gap(match: re.Match[str]) -> str:
        if match.group(1) != "input" or len(inputs) == 1:
            return ""
        return f"({letters.get(match.group(2).strip(), '?')}) …"

    statement = filled(_PLACEHOLDER.sub(gap, text))
    answered = [_stack_answer(question, one, variables) for one in inputs]
    if variables.drawn:
        drawn = [(name, value) for name, value in variables.values.items() if isinstance(value, Num)][:6]
        shown = ", ".join(f"{name} = {in_our_notation(value)}" for name, value in drawn)
        notes.append("was imported without randomisation" + (f", with {shown}" if shown else ""))
    if len(inputs) > 1:
        marks = _fraction(question.findtext("defaultgrade", "")) or Fraction(1)
        each = str(marks / len(inputs))
        parts = [{"id": LETTERS[k], "marks": each, **answer} for k, answer in enumerate(answered)]
        return {"statement": statement, "parts": parts}
    return {"statement": statement, **answered[0], **_worked(question, filled, notes)}


def _stack_answer(question: Element, one: Element, variables: Variables) -> dict[str, Any]:
    """The answer that an input wants, with the form and the tolerance that its tests ask for."""
    name = one.findtext("name", "").strip()
    value = variables.read(one.findtext("tans", ""))
    entry: dict[str, Any] = {"answer": _answer(value, units=one.findtext("type", "").strip() == "units")}
    for node in question.iter("node"):
        if node.findtext("sans", "").strip() != name:
            continue
        test = node.findtext("answertest", "").strip()
        if test not in TESTS:
            raise Skipped(f"it uses the answer test “{test}”")
        option = _fraction(node.findtext("testoptions", ""))
        if test in FORMS:
            entry["form"] = FORMS[test]
        elif option and test in ("NumAbsolute", "UnitsAbsolute"):
            entry["tolerance"] = decimal_text(option) or str(option)
        elif option and test in ("NumRelative", "UnitsRelative") and isinstance(value, Num):
            size = abs(value.value) * option
            entry["tolerance"] = decimal_text(size) or str(size)
        elif test == "NumSigFigs" and option and option.denominator == 1 and 1 <= option <= 15:
            entry["figures"] = str(option)
    return entry


def _answer(value: Value, *, units: bool) -> str:
    """The model answer; with units as `9.81 m/s^2`."""
    if isinstance(value, Name) and value.name in ("true", "false"):
        raise Skipped("its answer is true or false")
    match value:
        case Apply("*" | "/" as head, (first, *rest)) if units:
            number, *unit = first.args if isinstance(first, Apply) and first.head == "*" else (first,)
            if isinstance(number, Num):
                tail = Apply("*", tuple(unit)) if len(unit) > 1 else unit[0] if unit else None
                whole = Apply(head, (tail, *rest)) if tail is not None else rest[0] if head == "*" else None
                if len(rest) > 1 and tail is None and head == "*":
                    whole = Apply("*", tuple(rest))
                if whole is not None:
                    return f"{in_our_notation(number)} {in_our_notation(whole)}"
        case Apply("list", args) if args and all(isinstance(a, Apply) and a.head == "=" for a in args):
            return " or ".join(in_our_notation(arg) for arg in args)
    return in_our_notation(value)


READINGS: Final[dict[str, Callable[[Element, list[str]], dict[str, Any]]]] = {
    "numerical": _numerical,
    "shortanswer": _short,
    "calculated": _calculated,
    "calculatedsimple": _calculated,
    "stack": _stack,
}


# ---------------------------------------------------------------- pieces


def _right(question: Element, notes: list[str]) -> Iterator[Element]:
    """The answers that earn everything."""
    answers = question.findall("answer")
    right = [answer for answer in answers if _fraction(answer.get("fraction", "")) == 100]
    if not right:
        raise Skipped("no answer of it earns full marks")
    if any(0 < (_fraction(answer.get("fraction", "")) or 0) < 100 for answer in answers):
        notes.append("its answers for a part of the marks are left out")
    yield from right


def _one(answers: list[str]) -> str | list[str]:
    return answers[0] if len(answers) == 1 else answers


def _unit(question: Element) -> dict[str, Any]:
    """The unit that the answer is in, where Moodle asks for one."""
    if question.findtext("showunits", "0").strip() == "3":
        return {}
    for unit in question.iter("unit"):
        if _fraction(unit.findtext("multiplier", "1")) == 1 and (name := unit.findtext("unit_name", "").strip()):
            return {"unit": name}
    return {}


def _worked(question: Element, plain: Callable[[str], str], notes: list[str]) -> dict[str, Any]:
    """The general feedback as a worked solution, where it reads as lines of work."""
    text = _text(question.find("generalfeedback"))
    if not text.strip():
        return {}
    lines = [_without_delimiters(line).strip() for line in plain(text).splitlines()]
    lines = [line for line in lines if line]
    worked = [line for line in lines if re.search(r"[=<>≤≥]", line)]
    if worked and len(worked) * 2 >= len(lines) and len(lines) <= 200:
        return {"solution": lines}
    notes.append("its feedback does not read as lines of work, and is left out")
    return {}


def _without_delimiters(text: str) -> str:
    return re.sub(r"\\[()\[\]]|\$\$", "", text)


def _text(element: Element | None) -> str:
    """What stands in the `text` child, or in the element itself."""
    if element is None:
        return ""
    inner = element.find("text")
    return (inner.text if inner is not None else element.text) or ""


def _fraction(text: str) -> Fraction | None:
    text = text.strip().replace(",", ".")
    if not re.fullmatch(r"[-+]?\d{1,30}(?:\.\d{0,30})?(?:[eE][-+]?\d{1,2})?|[-+]?\.\d{1,30}", text):
        return None
    return Fraction(text)


def _category(path: str) -> str:
    """`$course$/top/Mechanics/Forces` to `Mechanics/Forces`."""
    pieces = [piece.strip() for piece in path.split("/")]
    return "/".join(p for p in pieces if p and not p.startswith("$") and p != "top" and not p.startswith("Default for"))


_BLOCKS = frozenset("p div br li ul ol tr table h1 h2 h3 h4 h5 h6 pre blockquote section".split())
_SILENT = frozenset("script style head title object iframe".split())


class _Plain(HTMLParser):
    """HTML to lines of text; `<sup>2</sup>` is ^2."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser's own
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n- " if tag == "li" else "\n")
        elif tag in ("sup", "sub"):
            self.pieces.append("^" if tag == "sup" else "_")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS and tag != "br":
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data)


def _plain(html: str) -> str:
    """The text of HTML, mathematics between \\( and \\) as it stands."""
    # A sign of order inside mathematics is no tag.
    html = _MATHS.sub(
        lambda m: re.sub(r"<(?=[\s\d\w\\(-])(?!/?(?:span|b|i|em|p|br|sup|sub)\b)", "&lt;", m.group()), html
    )
    parser = _Plain()
    parser.feed(html)
    parser.close()
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(parser.pieces).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
