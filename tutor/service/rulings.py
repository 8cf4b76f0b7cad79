"""A teacher's word on a line, put into the reports of every work in which the same line stands.

The evidence stays what it is: a ruling stands beside it, as a mark by hand stands beside the program's. Reports are
kept without rulings, so that one that is given or taken back counts at the next look.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tutor.records import Verdict

WRONG = frozenset({Verdict.WRONG.value})


@dataclass(frozen=True, slots=True)
class Ruling:
    """text: the line as a student wrote it. right: whether it holds. comment: for the student. by: who says so."""

    text: str
    right: bool
    comment: str = ""
    by: str = ""


def line_key(text: str) -> str:
    """The same for lines that differ in blanks, or in how a letter is encoded.

    >>> line_key(" 2x+3  = 7") == line_key("2x + 3 = 7"), line_key("X = 2") == line_key("x = 2")
    (True, False)
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def by_line(rulings: Sequence[Ruling]) -> dict[str, Ruling]:
    """The rulings by their lines; of two on the same line the later one."""
    return {line_key(ruling.text): ruling for ruling in rulings}


def settled_step(step: Mapping[str, Any], rulings: Mapping[str, Ruling]) -> dict[str, Any]:
    """The step with the ruling on its line under `ruling`, where there is one."""
    ruling = rulings.get(line_key(step["text"]))
    if ruling is None:
        return dict(step)
    return {**step, "ruling": {"right": ruling.right, "comment": ruling.comment, "by": ruling.by}}


def settled(report: Mapping[str, Any], rulings: Mapping[str, Ruling]) -> dict[str, Any]:
    """The report with the rulings on its lines, and what follows for the first wrong line, the answer and the mark.

    The program's own mark stays under `mark.automatic`. Where the mark goes by a mark scheme it is left as it is: which
    of the scheme's points a line earns is more than a ruling on the line says.
    """
    if not rulings:
        return dict(report)
    steps = [settled_step(step, rulings) for step in report["steps"]]
    right = {step["line"]: step["ruling"]["right"] for step in steps if "ruling" in step}
    if not right:
        return dict(report)
    wrong = (s["line"] for s in steps if (not s["ruling"]["right"] if "ruling" in s else s["verdict"] in WRONG))
    found = {**report, "steps": steps, "first_wrong": next(wrong, None)}
    answer = report["answer"]
    if answer is not None and answer["line"] in right:
        found["answer"] = {**answer, "correct": right[answer["line"]]}
    if not report["mark"].get("points"):
        found["mark"] = _marked(report["mark"], answer, right)
    return found


def _marked(mark: Mapping[str, Any], answer: Mapping[str, Any] | None, right: Mapping[int, bool]) -> dict[str, Any]:
    """What a line cost that is ruled right is given back; marks that waited for the answer are given or lost."""
    lost = [one for one in mark["lost"] if not right.get(one["line"], False)]
    pending = Fraction(mark["pending"])
    if answer is not None and answer["correct"] is None and answer["line"] in right:
        if not right[answer["line"]] and pending:
            lost.append({"line": answer["line"], "marks": str(pending), "why": "ruled wrong"})
        pending = Fraction(0)
    gone = sum((Fraction(one["marks"]) for one in lost), Fraction(0))
    earned = max(Fraction(0), Fraction(mark["available"]) - pending - gone)
    before = {name: mark[name] for name in ("earned", "pending", "lost")}
    return {**mark, "earned": str(earned), "pending": str(pending), "lost": lost, "automatic": before}
