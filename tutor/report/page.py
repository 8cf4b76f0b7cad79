"""A class report as HTML that opens anywhere: one file, no script, nothing fetched, typeset by the browser's MathML.

Below `ONE_FILE` submissions everything is in one file; above, that file is an index and each student has a page.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast
from xml.etree.ElementTree import Element

from markupsafe import Markup

from tutor import __version__
from tutor.errors import StudentError
from tutor.records import Verdict
from tutor.report.causes import cause_in_words
from tutor.report.notation import printed
from tutor.report.opinions import opinion_in_words
from tutor.report.summary import (
    Cell,
    ClassSummary,
    Mistake,
    ProblemSummary,
    Stored,
    answer_in_words,
    claims_in_words,
    cost_in_words,
    mark_of,
    number,
    override_in_words,
    reason_of,
    remarks_of,
    student_of,
)
from tutor.report.words import VERDICTS
from tutor.syntax.printer import to_mathml
from tutor.syntax.read import read
from tutor.syntax.tree import (
    Bracket,
    Call,
    Chain,
    Constant,
    Expr,
    Node,
    Power,
    Product,
    Quotient,
    Root,
    Statement,
    Symbol,
    rebuild,
    without_brackets,
)

if TYPE_CHECKING:
    from jinja2 import Environment

ONE_FILE = 200  # submissions
SIGNS = {"=": "=", "<": "&lt;", ">": "&gt;", "<=": "≤", ">=": "≥", "!=": "≠", "≈": "≈", "≡": "≡"}
MATHML_NAME = re.compile(r"^(math|semantics|m[a-z]+)$")
MATHML_ATTRIBUTES = frozenset({"display", "mathvariant", "stretchy", "fence", "separator", "form", "columnalign",
                               "rowalign", "displaystyle", "scriptlevel", "lspace", "rspace", "width", "notation",
                               "accent", "accentover", "linethickness", "columnspacing", "rowspacing", "minsize",
                               "maxsize", "symmetric", "largeop", "movablelimits", "xmlns"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """What stands on the page beside the reports: titles and statements by problem id, and what made it."""

    title: str
    problems: Mapping[str, Mapping[str, Any]]
    made_with: str = ""

    def name(self, problem: str) -> str:
        """The problem's title, or its id."""
        return str(self.problems.get(problem, {}).get("title") or problem)


# ---------------------------------------------------------------- mathematics


@functools.lru_cache(maxsize=20_000)
def mathml(reading: str, continues: bool = False) -> Markup | None:
    """A reading as MathML, or None where it cannot be typeset; one that continues begins with its sign, as written."""
    try:
        tree = cast(Statement, on_paper(read(reading)))
    except StudentError:
        return None
    if continues and isinstance(tree, Chain):
        rest = tree.operands[1:]
        typeset = to_mathml(Chain(rest, tree.relations[1:]) if len(rest) > 1 else rest[0])
        sign = f"<mo>{SIGNS.get(tree.relations[0], '=')}</mo>"
        return trusted_mathml(re.sub(r"(<math[^>]*>)", lambda m: m[1] + sign, typeset, count=1))
    return trusted_mathml(to_mathml(tree))


def on_paper(node: Node) -> Node:
    """As it is written by hand: 2x for 2*x, and no brackets where a fraction bar or a raised place holds together.

    >>> from tutor.syntax.printer import to_text
    >>> to_text(on_paper(read("2*x*(x + 1) = 3*4*y")))
    '2x*(x + 1) = 3*4*y'
    """
    new = rebuild(node, on_paper)
    match new:
        case Product(factors, signs):
            touching = (
                s if s not in ("", "*") else "" if _touch(x, y) else "*"
                for s, x, y in zip(signs, factors, factors[1:], strict=False)
            )
            return replace(new, signs=tuple(touching))
        case Quotient(top, bottom):
            return replace(new, top=without_brackets(top), bottom=without_brackets(bottom))
        case Power(_, Bracket(inner, "(")):
            return replace(new, exponent=inner)
    return new


def _touch(before: Expr, after: Expr) -> bool:
    """Whether two factors are written without a sign: not before a number or a fraction, nor beside a word."""
    after = after.base if isinstance(after, Power) else after
    if any(isinstance(x, Symbol) and len(x.name) > 1 for x in (before, after)) or isinstance(before, Quotient):
        return False
    return isinstance(after, Symbol | Constant | Root | Bracket | Call)


def trusted_mathml(text: str) -> Markup | None:
    """The MathML if it is nothing but MathML: well formed, no foreign element, no attribute that could act.

    >>> trusted_mathml("<math><mi>x</mi></math>")
    Markup('<math><mi>x</mi></math>')
    >>> trusted_mathml("<math><mi onclick='x'>x</mi></math>") is trusted_mathml("<math><script/></math>") is None
    True
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root: Element = fromstring(text)
    except (ParseError, DefusedXmlException):
        return None
    for element in root.iter():
        name = element.tag.rsplit("}", 1)[-1]
        if not MATHML_NAME.match(name) or not MATHML_ATTRIBUTES.issuperset(element.attrib):
            return None
    return Markup(text)


# ---------------------------------------------------------------- what a page shows


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One of several claims on a line."""

    icon: str
    verdict: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of work on the page."""

    number: int
    text: str
    maths: list[Markup]
    verdict: str
    icon: str
    word: str
    reason: str
    remarks: list[str]
    hints: list[str]
    opinion: str
    causes: list[str]
    lost: list[str]
    claims: list[ClaimView]


@dataclass(frozen=True, slots=True)
class WorkView:
    """One submission on the page."""

    id: str
    anchor: str
    problem: str
    title: str
    statement: str
    status: str
    message: str
    earned: str
    pending: str
    available: str
    lines: list[LineView]
    answer: str
    answer_correct: bool | None
    lost: list[str]
    by_hand: str = ""


def line_view(step: Stored, lost: Iterable[Stored]) -> LineView:
    """A stored line with its icon, word and reason."""
    verdict = Verdict(step["verdict"])
    icon, word = VERDICTS[verdict]
    claimed = step["reading"][: len(step["reading"]) - len(step.get("said", ()))]
    notes = step.get("claims") or [{}] * len(claimed)
    continues = [bool(c.get("continues")) for c in notes]
    typeset = [m for m in map(mathml, claimed, continues) if m is not None]
    # Words and headings are shown as they are; so is a line of which only a part could be typeset.
    shown = typeset if len(typeset) == len(claimed) else []
    claims = [ClaimView(VERDICTS[v][0], v.value, text, said) for v, text, said in claims_in_words(step)]
    return LineView(
        step["line"] + 1,
        step["text"],
        shown,
        verdict.value,
        icon,
        word,
        "" if claims else reason_of(step),
        remarks_of(step),
        [printed(hint) for hint in step["hints"]],
        printed(opinion_in_words(step)),
        [*cause_in_words(step), *([printed(step["repair"])] if step.get("repair") else [])],
        [cost_in_words(x, step) for x in lost if x["line"] == step["line"]],
        claims,
    )


def work_view(report: Stored, about: About) -> WorkView:
    """A stored report as the page shows it."""
    mark, answer, problem = report["mark"], report["answer"], report.get("problem") or ""
    lost = mark.get("lost", [])
    lines = {s["line"] for s in report["steps"]}
    earned, pending, available = mark_of(report)
    return WorkView(
        report["id"],
        anchor("w", report["id"]),
        problem,
        about.name(problem),
        str(about.problems.get(problem, {}).get("statement", "")),
        report["status"],
        report.get("message", ""),
        number(earned),
        number(pending) if pending else "",
        number(available),
        [line_view(s, lost) for s in report["steps"]],
        "" if answer is None else answer_in_words(answer["text"]),
        None if answer is None else answer["correct"],
        [cost_in_words(x) for x in lost if x["line"] not in lines],
        override_in_words(report),
    )


def anchor(kind: str, name: str) -> str:
    """A name for a link: readable where it can be, and never the same for two names.

    >>> anchor("s", "Ada Lovelace"), anchor("s", "ada")
    ('s-Ada-Lovelace-48428cf7', 's-ada')
    """
    import zlib

    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:60]
    # Some file systems do not tell capitals from small letters.
    return f"{kind}-{plain}" if plain == name.lower() else f"{kind}-{plain}-{zlib.crc32(name.encode()):08x}"


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a bar: how wide, of what verdict, and what it says."""

    percent: float
    verdict: str
    word: str
    count: int


def bars(problem: ProblemSummary) -> list[Bar]:
    """The verdicts of a problem's lines as pieces of one bar."""
    total = sum(problem.verdicts.values())
    return [
        Bar(100 * problem.verdicts[v.value] / total, v.value, VERDICTS[v][1], problem.verdicts[v.value])
        for v in Verdict
        if problem.verdicts[v.value]
    ]


def columns(problem: ProblemSummary) -> list[tuple[int, int, float]]:
    """(line from 1, how often it is the first wrong one, height in percent)."""
    if not problem.first_wrong:
        return []
    most = max(problem.first_wrong.values())
    last = min(max(problem.first_wrong), 14)
    counts = [(n, problem.first_wrong[n]) for n in range(last)]
    counts.append((last, sum(c for n, c in problem.first_wrong.items() if n >= last)))
    return [(n + 1, count, 100 * count / max(most, counts[-1][1])) for n, count in counts]


# ---------------------------------------------------------------- pages


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "number": number, "anchor": anchor, "bars": bars, "columns": columns, "mathml": mathml, "printed": printed,
        "verdicts": [(v.value, *VERDICTS[v]) for v in Verdict],
    }  # fmt: skip
    return environment


@dataclass(frozen=True, slots=True)
class _Student:
    name: str
    anchor: str
    href: str
    cells: Mapping[str, Cell]
    works: list[WorkView]

    @property
    def earned(self) -> Fraction:
        return sum((c.earned for c in self.cells.values()), Fraction(0))

    @property
    def pending(self) -> Fraction:
        return sum((c.pending for c in self.cells.values()), Fraction(0))

    @property
    def available(self) -> Fraction:
        return sum((c.available for c in self.cells.values()), Fraction(0))


@dataclass(frozen=True, slots=True)
class _Mistake:
    found: Mistake
    maths: list[Markup]
    links: list[tuple[str, str]]


class Reports(Protocol):
    """A class's stored reports, of which only one need be in memory."""

    def __iter__(self) -> Iterator[Stored]:
        """Each report once."""

    def placed(self) -> Iterator[tuple[Any, Stored]]:
        """Each report with where it is."""

    def at(self, place: Any) -> Stored:
        """The report at a place."""


@dataclass(frozen=True, slots=True)
class StudentPage:
    """What a page of its own is made from: one student's marks, and where the reports are stored."""

    name: str
    cells: Mapping[str, Cell]
    places: list[Any]


@dataclass(frozen=True, slots=True)
class WriteStudent:
    """Writes a student's page into a folder; may do so in another process."""

    reports: Reports
    folder: Path
    index: str
    about: About

    def __call__(self, page: StudentPage) -> None:
        """Write the page."""
        works = [work_view(self.reports.at(place), self.about) for place in page.places]
        student = _Student(page.name, anchor("s", page.name), "", page.cells, works)
        template = _environment().get_template("student.html.j2")
        text = template.render(student=student, about=self.about, index=f"../{self.index}", version=__version__)
        (self.folder / f"{student.anchor}.html").write_text(text, encoding="utf-8")


Spread = Callable[[WriteStudent, Iterable[StudentPage]], None]


def one_by_one(write: WriteStudent, pages: Iterable[StudentPage]) -> None:
    """Write the pages in this process."""
    for page in pages:
        write(page)


def write_html(
    path: Path, reports: Reports, summary: ClassSummary, about: About, spread: Spread = one_by_one
) -> list[Path]:
    """The report at `path`; the students' pages of a large class in a folder beside it. Returns the files written.

    spread: who writes the students' pages.
    """
    if summary.rows < ONE_FILE:
        works: dict[str, list[WorkView]] = {}
        for report in reports:
            works.setdefault(student_of(report), []).append(work_view(report, about))
        students = [
            _Student(n, anchor("s", n), f"#{anchor('s', n)}", summary.marks.get(n, {}), w) for n, w in works.items()
        ]
        _write(path, summary, about, students, whole=True)
        return [path]
    folder = path.with_name(f"{path.stem}_students")
    folder.mkdir(exist_ok=True)
    places: dict[str, list[Any]] = {}
    for place, report in reports.placed():
        places.setdefault(student_of(report), []).append(place)
    pages = (StudentPage(name, summary.marks.get(name, {}), own) for name, own in places.items())
    spread(WriteStudent(reports, folder, path.name, about), pages)
    students = [
        _Student(n, anchor("s", n), f"{folder.name}/{anchor('s', n)}.html", summary.marks.get(n, {}), [])
        for n in places
    ]
    _write(path, summary, about, students, whole=False)
    return [path, *(folder / f"{anchor('s', n)}.html" for n in places)]


def _write(path: Path, summary: ClassSummary, about: About, students: list[_Student], *, whole: bool) -> None:
    hrefs = {s.name: s.href for s in students}
    mistakes = [
        _Mistake(m, [x for x in map(mathml, m.reading) if x is not None], [(n, hrefs[n]) for n in m.students])
        for m in summary.commonest(12)
    ]
    text = _environment().get_template("class.html.j2").render(
        summary=summary,
        about=about,
        students=students,
        mistakes=mistakes,
        hrefs=hrefs,
        whole=whole,
        looks=list(_looks(summary)),
        version=__version__,
    )  # fmt: skip
    path.write_text(text, encoding="utf-8")


def _looks(summary: ClassSummary) -> Iterator[tuple[Any, str]]:
    for look in summary.looks[:300]:
        try:
            icon = VERDICTS[Verdict(look.verdict)][0]
        except ValueError:  # a row's status
            icon = "⌧"
        yield look, icon
