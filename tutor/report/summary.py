"""What a class's reports say together: counts, marks, the commonest errors, and what a person has to look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tutor.errors import StudentError
from tutor.records import Remark, Verdict
from tutor.report.causes import cause_in_words
from tutor.report.machine import evidence_from_json
from tutor.report.notation import printed
from tutor.report.words import in_words, remarks_in_words
from tutor.syntax.printer import to_text
from tutor.syntax.read import read

Stored = Mapping[str, Any]  # a report as the machine interface has it

WRONG_LINE = "a wrong line"  # as marking names the loss
FOR_A_PERSON = (Verdict.UNDECIDED.value, Verdict.UNREADABLE.value)
MAX_LISTED = 2_000  # lines for a person that are kept; the rest are counted


@dataclass(frozen=True, slots=True)
class Cell:
    """One student's mark on one problem; `status` other than graded has no mark yet.

    lost: each mark that was lost, in words. automatic: the program's mark where a person gave another, `why` theirs.
    """

    earned: Fraction
    pending: Fraction
    available: Fraction
    status: str
    row: str
    lost: tuple[str, ...] = ()
    automatic: Fraction | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """A line, or a whole row (line None), that a person has to look at."""

    row: str
    student: str
    problem: str
    line: int | None
    text: str
    verdict: str
    reason: str


@dataclass(slots=True)
class Mistake:
    """A mistake that several students may have made: the wrong line as it was read, with one example."""

    problem: str
    text: str
    reading: list[str]
    reason: str
    misconception: str | None
    students: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ProblemSummary:
    """One problem over the class. first_wrong: how often each line (from 0) was the first that is wrong."""

    id: str
    rows: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    first_wrong: Counter[int] = field(default_factory=Counter)
    faultless: int = 0
    answers_right: int = 0
    earned: Fraction = Fraction(0)
    pending: Fraction = Fraction(0)
    available: Fraction = Fraction(0)

    @property
    def share(self) -> float:
        """Marks earned of those that there were, 0 to 1."""
        return float(self.earned / self.available) if self.available else 0.0


@dataclass(slots=True)
class ClassSummary:
    """Fed with stored reports one by one; holds no report."""

    rows: int = 0
    lines: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    problems: dict[str, ProblemSummary] = field(default_factory=dict)
    marks: dict[str, dict[str, Cell]] = field(default_factory=dict)
    mistakes: dict[tuple[str, str], Mistake] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)
    looks_left_out: int = 0
    not_marked: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, reports: Iterable[Stored], problems: Iterable[str] = ()) -> ClassSummary:
        """The summary of these reports; problems come in the order given, then as they turn up."""
        found = cls(problems={p: ProblemSummary(p) for p in problems})
        for report in reports:
            found.add(report)
        return found

    def add(self, report: Stored) -> None:
        """Count one report in."""
        student, problem_id, status = _student(report), str(report.get("problem") or ""), report["status"]
        self.rows += 1
        self.statuses[status] += 1
        if status != "graded":
            self.not_marked.append(
                {
                    "id": report["id"],
                    "student": student,
                    "problem": problem_id,
                    "status": status,
                    "where": report.get("where", "") or report.get("extra", {}).get("file", ""),
                    "message": report.get("message") or _why_not(report),
                }
            )
            if not report["steps"]:
                reason = report.get("message", "")
                self._look(Look(report["id"], student, problem_id, None, "", status, reason))
        earned, pending, available = mark_of(report)
        # A row that names no problem of the set is counted and listed, and belongs to no column.
        if problem_id and (available or problem_id in self.problems):
            self._count_problem(report, student, earned, pending, available)
        for step in report["steps"]:
            verdict = step["verdict"]
            self.lines += 1
            self.verdicts[verdict] += 1
            if verdict in FOR_A_PERSON:
                reason = reason_of(step)
                self._look(Look(report["id"], student, problem_id, step["line"], step["text"], verdict, reason))

    def _count_problem(
        self, report: Stored, student: str, earned: Fraction, pending: Fraction, available: Fraction
    ) -> None:
        problem = self.problems.setdefault(report["problem"], ProblemSummary(report["problem"]))
        problem.rows += 1
        problem.earned += earned
        problem.pending += pending
        problem.available += available
        problem.verdicts.update(step["verdict"] for step in report["steps"])
        answer = report["answer"]
        problem.answers_right += bool(answer and answer["correct"])
        first = report["first_wrong"]
        if first is None:
            problem.faultless += report["status"] == "graded" and bool(report["steps"])
        else:
            problem.first_wrong[first] += 1
            self._mistake(next(s for s in report["steps"] if s["line"] == first), student, problem.id)
        row = self.marks.setdefault(student, {})
        # What is handed in again counts; a copy that could not be marked does not.
        if problem.id not in row or report["status"] == "graded" or row[problem.id].status != "graded":
            override = report.get("override")
            row[problem.id] = Cell(
                earned,
                pending,
                available,
                "graded" if override else report["status"],
                report["id"],
                tuple(losses_in_words(report)),
                Fraction(report["mark"]["earned"]) if override else None,
                override["why"] if override else "",
            )

    def _mistake(self, step: Stored, student: str, problem: str) -> None:
        key = step["misconception"] or " ; ".join(step["reading"]) or step["text"]
        found = self.mistakes.get((problem, key))
        if found is None:
            found = Mistake(problem, step["text"], list(step["reading"]), reason_of(step), step["misconception"])
            self.mistakes[problem, key] = found
        if student not in found.students[-1:]:
            found.students.append(student)

    def _look(self, look: Look) -> None:
        if len(self.looks) < MAX_LISTED:
            self.looks.append(look)
        else:
            self.looks_left_out += 1

    def commonest(self, many: int = 10, at_least: int = 1) -> list[Mistake]:
        """The mistakes made by most students first."""
        found = sorted(self.mistakes.values(), key=lambda m: (-len(m.students), m.problem, m.text))
        return [m for m in found if len(m.students) >= at_least][:many]


def _student(report: Stored) -> str:
    return str(report.get("student") or report["id"])


def _why_not(report: Stored) -> str:
    """What to say of a row whose lines say it themselves."""
    if report["status"] == "timeout":
        return "The time for a line ran out."
    first = next((s for s in report["steps"] if s["verdict"] == "unreadable"), None)
    if first is None:
        return ""
    return f"Line {first['line'] + 1} cannot be read: {reason_of(first)}"


def student_of(report: Stored) -> str:
    """Whose the report is; a row without a student is known by its id."""
    return _student(report)


def _remarks(found: Stored) -> list[Remark]:
    return [Remark(r["kind"], r["text"]) for r in found.get("remarks", ())]


def reason_of(step: Stored) -> str:
    """Why a stored line has its verdict."""
    said = in_words(evidence_from_json(step["evidence"]), _remarks(step), step["line"])
    # Nothing stands before the first line but the problem.
    first = step["line"] == 0 and len(step.get("claims", ())) <= 1
    return re.sub("the lines? before", "the problem", said) if first else said


def remarks_of(step: Stored) -> list[str]:
    """What is remarked on a stored line beside its reason."""
    return remarks_in_words(evidence_from_json(step["evidence"]), _remarks(step))


def claims_in_words(step: Stored) -> list[tuple[Verdict, str, str]]:
    """Verdict, text and reason of each claim of a line that makes several; nothing for a line that makes one."""
    found = [
        (
            Verdict(c["verdict"]),
            step["text"][c["start"] : c["end"]].strip(),
            in_words(evidence_from_json(c["evidence"]), _remarks(c), step["line"]),
        )
        for c in step.get("claims", ())
        if "evidence" in c
    ]
    return found if len(found) > 1 else []


def answer_in_words(text: str) -> str:
    """A final answer as people write it; what was typeset is read and printed.

    >>> answer_in_words("a = \\\\frac{v}{t} - u"), answer_in_words("x=-2")
    ('a = v/t − u', 'x=−2')
    """
    if "\\" in text or "&" in text or "$" in text:
        try:
            return printed(to_text(read(text)))
        except StudentError:
            return text.strip()
    return printed(text.strip())


def cost_in_words(lost: Stored, step: Stored | None = None) -> str:
    """What a line, or the work as a whole, costs; a wrong line's own reason says why.

    >>> cost_in_words({"marks": "1", "why": "the work stops early"})
    '−1 mark: the work stops early'
    """
    cost = f"−{counted(Fraction(lost['marks']), 'mark')}"
    said_already = step is not None and step["verdict"] == Verdict.WRONG.value and lost["why"] == WRONG_LINE
    return cost if said_already else f"{cost}: {printed(lost['why'].rstrip('.'))}"


def losses_in_words(report: Stored) -> list[str]:
    """Each mark that was lost, with its line and in one line of words.

    >>> losses_in_words({"mark": {"lost": [{"line": 1, "marks": "1", "why": "a wrong line"}]}, "steps": []})
    ['line 2: −1 mark: a wrong line']
    """
    steps = {step["line"]: step for step in report["steps"]}
    found = []
    for lost in report["mark"].get("lost", ()):
        step = steps.get(lost["line"])
        said = cost_in_words(lost, step)
        at = "" if lost["line"] is None else f"line {lost['line'] + 1}: "
        if step is not None and ":" not in said:
            at = f"line {lost['line'] + 1}, {shortened(step['text'])}: "
            said = f"{said}: {' '.join((*cause_in_words(step), reason_of(step)))}"
        found.append(f"{at}{said}")
    return found


def shortened(text: str) -> str:
    """A line as it is quoted in another."""
    return text if len(text) <= LONGEST_QUOTED else f"{text[: LONGEST_QUOTED - 1]}…"


LONGEST_QUOTED = 60


def mark_of(report: Stored) -> tuple[Fraction, Fraction, Fraction]:
    """What counts of earned, pending and available: a person's mark where there is one, else the program's.

    >>> mark_of({"mark": {"earned": "1", "pending": "1", "available": "3"}, "override": {"earned": "5/2"}})
    (Fraction(5, 2), Fraction(0, 1), Fraction(3, 1))
    """
    mark, override = report["mark"], report.get("override")
    available = Fraction(mark["available"])
    if override:
        return Fraction(override["earned"]), Fraction(0), available
    return Fraction(mark["earned"]), Fraction(mark["pending"]), available


def override_in_words(report: Stored) -> str:
    """`by hand: 2 of 3 marks, where the program gives 1 (the slip is in copying)`, "" where there is none."""
    override = report.get("override")
    if not override:
        return ""
    earned, _, available = mark_of(report)
    mark = report["mark"]
    own = number(Fraction(mark["earned"]))
    pending = Fraction(mark["pending"])
    waits = f" and leaves {number(pending)} open" if pending else ""
    why = f": {override['why']}" if override.get("why") else ""
    by = f" by {override['by']}" if override.get("by") else " by hand"
    then = override.get("automatic")
    changed = ""
    if then is not None and Fraction(then) != Fraction(mark["earned"]):
        changed = f", and gave {number(Fraction(then))} when it was set"
    return f"{number(earned)} of {counted(available, 'mark')}{by}, where the program gives {own}{waits}{changed}{why}"


def counted(number_: Fraction | int, thing: str) -> str:
    """How many of a thing.

    >>> counted(1, "mark"), counted(Fraction(1, 2), "mark"), counted(0, "line")
    ('1 mark', '0.5 mark', '0 lines')
    """
    return f"{number(Fraction(number_))} {thing}{'' if 0 < number_ <= 1 else 's'}"


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.5)
    2.0
    """
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, -int(-share * len(ordered) // 1) - 1))] if ordered else 0.0


def number(value: Fraction) -> str:
    """A mark for a person and a spreadsheet: exact where a decimal can be, else four places.

    >>> [number(Fraction(x)) for x in ("3", "5/2", "1/3")]
    ['3', '2.5', '0.3333']
    """
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.4f}".rstrip("0").rstrip(".")
