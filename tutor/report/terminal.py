"""Reports on a terminal: each line of work with its verdict and reason, a caret under the place that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.records import Verdict
from tutor.report.causes import cause_in_words
from tutor.report.notation import printed
from tutor.report.opinions import opinion_in_words
from tutor.report.praise import praise_in_words
from tutor.report.summary import (
    ClassSummary,
    Stored,
    answer_in_words,
    claims_in_words,
    cost_in_words,
    counted,
    number,
    override_in_words,
    reason_of,
    remarks_of,
)
from tutor.report.words import VERDICTS

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

STYLES: dict[Verdict, str] = {
    Verdict.CORRECT: "green",
    Verdict.FOLLOW_THROUGH: "cyan",
    Verdict.WRONG: "bold red",
    Verdict.UNDECIDED: "yellow",
    Verdict.UNREADABLE: "magenta",
    Verdict.NO_CLAIM: "dim",
}
INDENT = "      "
LONG = 400  # letters of a line that are shown
AROUND = 60  # letters shown before and after an unreadable place in a long line


def visible(text: str) -> str:
    """Text without letters that a terminal would obey.

    >>> visible("x\\x1b[2J=\\x00 2")
    'x␛[2J=␀ 2'
    """
    return re.sub(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]",
        lambda m: chr(0x2400 + ord(m[0])) if ord(m[0]) < 0x20 else "�",
        text.replace("\t", "    ").replace("\n", " "),
    )


def _shortened(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}… ({len(text):,} letters)"


SAME = str.maketrans({"×": "·", "÷": "/", "−": "-", "–": "-"})
WITHOUT_BRACKETS = re.compile(r"(ln|log|sin|cos|tan|√)\((-?[\w.°]+)\)")


def read_otherwise(text: str, readings: list[str]) -> bool:
    """Whether a reading says more than the text: more than spaces and times signs, or what `=` carries over.

    >>> read_otherwise("(1) 2x &= ln 4", ["2*x = ln(4)"]), read_otherwise("= 2x", ["x + x = 2*x"])
    (False, False)
    >>> read_otherwise("2^3x", ["2^(3*x)"])
    True
    """
    written, *read = (_plainly(t) for t in (text, *readings))
    return any(r not in written and not r.endswith(written) for r in read)


def _plainly(text: str) -> str:
    text = WITHOUT_BRACKETS.sub(r"\1\2", printed(text)).translate(SAME)
    return re.sub(r"\band\b|[\s*·&$;,]", "", text)


def caret(text: str, start: int) -> list[str]:
    """The text, or what is around the place, and a caret under the place.

    >>> caret("2(x+3", 5)
    ['2(x+3', '     ^']
    """
    start = max(0, min(start, len(text)))
    if len(text) > 2 * AROUND:
        left = max(0, start - AROUND)
        cut = text[left : start + AROUND]
        before = "…" if left else ""
        after = "…" if start + AROUND < len(text) else ""
        return [f"{before}{visible(cut)}{after}", " " * (start - left + len(before)) + "^"]
    return [visible(text), " " * len(visible(text[:start])) + "^"]


def _step(step: Stored, lost: list[Stored], hints: int) -> Iterator[Text]:
    from rich.text import Text

    verdict = Verdict(step["verdict"])
    icon, word = VERDICTS[verdict]
    style = STYLES[verdict]
    reason = reason_of(step)
    number_ = f"{step['line'] + 1:>4}  "
    if verdict is Verdict.NO_CLAIM:
        yield Text.assemble(
            (number_, "dim"), (visible(_shortened(step["text"])), "dim"), (f"   {icon} {reason}", "dim")
        )
        for remark in remarks_of(step):
            yield Text.assemble(INDENT, ("remark  ", "dim"), visible(_shortened(remark)))
        return
    if verdict is Verdict.UNREADABLE:
        shown, mark = caret(step["text"], step["evidence"].get("start", 0))
        yield Text.assemble((number_, "dim"), (shown, "bold"))
        yield Text(INDENT + mark, style)
    else:
        yield Text.assemble((number_, "dim"), (visible(_shortened(step["text"])), "bold"))
    costs = "".join(f" ({cost_in_words(x, step)})" for x in lost)
    claims = claims_in_words(step)
    said = "" if claims else visible(_shortened(reason))
    yield Text.assemble(INDENT, (f"{icon} {word}", style), f"  {said}" if said else "", (costs, style))
    for own, text, words in claims:
        yield Text.assemble(INDENT, (f"  {VERDICTS[own][0]} ", STYLES[own]), visible(_shortened(f"{text}: {words}")))
    if read_otherwise(step["text"], step["reading"]):
        readings = visible(_shortened(printed(" ; ".join(step["reading"]))))
        yield Text.assemble(INDENT, ("read as  ", "dim"), (readings, "dim"))
    for remark in remarks_of(step):
        yield Text.assemble(INDENT, ("remark  ", "dim"), visible(_shortened(remark)))
    for cause in cause_in_words(step):
        yield Text.assemble(INDENT, ("cause  ", "dim"), visible(_shortened(cause)))
    if verdict is Verdict.UNDECIDED and (opinion := opinion_in_words(step)):
        yield Text.assemble(INDENT, ("model  ", "dim"), visible(_shortened(printed(opinion))))
    for hint in step["hints"][:hints]:
        yield Text.assemble(INDENT, ("hint  ", "dim"), visible(_shortened(printed(hint))))
    if step.get("repair") and hints > len(step["hints"]):
        yield Text.assemble(INDENT, ("mend  ", "dim"), visible(_shortened(printed(step["repair"]))))


def _hang(console: Console, text: Text, indent: str = "") -> None:
    """Print, with what is too wide for one line indented below it."""
    text.rstrip()
    indent = indent or (INDENT + "    " if text.plain.startswith(INDENT + "  ") else INDENT)
    if text.cell_len <= console.width:
        console.print(text, soft_wrap=True, highlight=False)
        return
    first, *rest = text.wrap(console, console.width - len(indent))
    console.print(first, soft_wrap=True, highlight=False)
    for more in rest:
        more.rstrip()
        console.print(indent, more, sep="", soft_wrap=True, highlight=False)


def _heading(report: Stored) -> str:
    names = [n for n in (report.get("student"), report.get("problem")) if n]
    return visible(" · ".join(names))


def _marks(report: Stored) -> str:
    if by_hand := override_in_words(report):
        return visible(by_hand)
    mark = report["mark"]
    waiting = f" ({number(Fraction(mark['pending']))} waiting for a person to look)"
    pending = "" if mark["pending"] == "0" else waiting
    return f"{number(Fraction(mark['earned']))} of {counted(Fraction(mark['available']), 'mark')}{pending}"


def show_report(report: Stored, console: Console, hints: int = 0) -> None:
    """Every line of the work with its verdict, then the final answer and the mark.

    hints: of a wrong line, how many of its three hints; with a fourth comes the change that mends the line.
    """
    from rich.text import Text

    heading = _heading(report)
    if heading:
        console.print(Text(heading, "bold underline"))
    mark = report["mark"]
    by_line: dict[int | None, list[Stored]] = {}
    for lost in mark.get("lost", ()):
        by_line.setdefault(lost["line"], []).append(lost)
    for step in report["steps"]:
        for text in _step(step, by_line.pop(step["line"], []), hints):
            _hang(console, text)
    said = list(praise_in_words(report))
    if report.get("message"):
        status = "" if report["status"] == "graded" else f"{report['status']}: "
        said.append(f"{status}{report['message']}")
    answer = report["answer"]
    if answer is not None:
        verdict = {True: "right", False: "not right", None: "not decided"}[answer["correct"]]
        said.append(f"Final answer {answer_in_words(answer['text'])}: {verdict}.")
    for rest in by_line.values():
        said.extend(f"{cost_in_words(x)}." for x in rest)
    if Fraction(mark["available"]):
        said.append(f"{_marks(report)}.")
    if said:
        _hang(console, Text(f"   =  {visible(' '.join(said))}", "bold"))
    console.print()


def show_summary(
    summary: ClassSummary, console: Console, *, seconds: float, done: int, times: dict[str, float], kept: int
) -> None:
    """The last lines of a run: rows, verdicts, speed, the slowest rows and the commonest errors."""
    from rich.text import Text

    from tutor.report.summary import percentile

    def line(label: str, text: str, style: str = "") -> None:
        _hang(console, Text.assemble((f"{label:<16}", "bold"), (text, style)), " " * 16)

    statuses = ", ".join(f"{n} {status}" for status, n in sorted(summary.statuses.items(), key=lambda x: -x[1]))
    line("submissions", f"{summary.rows} ({statuses})" if summary.rows else "0")
    counts = [f"{summary.verdicts[v.value]} {VERDICTS[v][1]}" for v in Verdict if summary.verdicts[v.value]]
    line("lines", f"{summary.lines} ({', '.join(counts)})" if counts else "0")
    if kept:
        line("kept", f"{kept} from an earlier run")
    if done:
        rate = done / seconds if seconds else 0.0
        spent = [1000 * t for t in times.values()]
        line(
            "speed",
            f"{done} marked in {seconds:.1f} s, {rate:.0f} a second; "
            f"p50 {percentile(spent, 0.5):.1f} ms, p95 {percentile(spent, 0.95):.1f} ms",
        )
        slowest = sorted(times.items(), key=lambda x: -x[1])[:5]
        line("slowest", ", ".join(f"{visible(name)} {1000 * t:.0f} ms" for name, t in slowest))
    label = "common errors"
    for mistake in summary.commonest(5, at_least=2):
        people = f"{len(mistake.students)} student{'' if len(mistake.students) == 1 else 's'}"
        line(
            label,
            visible(f"{people}, {mistake.problem}: {_shortened(mistake.text.strip())} — {mistake.reason}"),
        )
        label = ""
    label = "not marked"
    for row in summary.not_marked[:5]:
        line(label, visible(f"{row['student']} {row['problem']}: {row['status']}. {row['message']}"[:LONG]), "yellow")
        label = ""
    if len(summary.not_marked) > 5:
        line("", f"… and {len(summary.not_marked) - 5} more, in errors.csv", "yellow")
