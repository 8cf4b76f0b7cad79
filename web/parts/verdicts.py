"""Checked work on the page: each line as the student wrote it, icon, word and colour, the reason; one line for all.

Lines and reports are the objects of the machine interface. All text is escaped here; only the tags are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit as st

from tutor.errors import StudentError
from tutor.records import Verdict
from tutor.report.notation import printed
from tutor.report.opinions import opinion_in_words
from tutor.report.page import on_paper
from tutor.report.places import places_of
from tutor.report.summary import answer_in_words, claims_in_words, number, reason_of, remarks_of
from tutor.report.terminal import read_otherwise
from tutor.report.words import listed
from tutor.store.records import GivenMark
from tutor.syntax.printer import to_latex
from tutor.syntax.read import read
from web.parts.plain import escaped, in_html
from web.words import _, ngettext

Stored = Mapping[str, Any]

STYLE: Final = Path(__file__).with_name("verdicts.css")
NO_MORE_TO_SAY: Final = ("words", "heading", "label", "blank")  # of lines that claim nothing
ICONS: Final = {
    Verdict.CORRECT: ("✓", "right"),
    Verdict.FOLLOW_THROUGH: ("↪", "carried"),
    Verdict.WRONG: ("✗", "wrong"),
    Verdict.UNDECIDED: ("?", "open"),
    Verdict.UNREADABLE: ("⌧", "unread"),
    Verdict.NO_CLAIM: ("·", "still"),
}


def word_of(verdict: Verdict) -> str:
    """The verdict's name on a page."""
    match verdict:
        case Verdict.CORRECT:
            return _("correct")
        case Verdict.FOLLOW_THROUGH:
            return _("follows through")
        case Verdict.WRONG:
            return _("wrong")
        case Verdict.UNDECIDED:
            return _("undecided")
        case Verdict.UNREADABLE:
            return _("could not be read")
        case Verdict.NO_CLAIM:
            return _("nothing to check")


# ---------------------------------------------------------------- the work as a whole


def draw_report(report: Stored, *, below: Callable[[Stored, int], None] | None = None, marks: bool = False) -> None:
    """The summary and all lines. below: draws what belongs to a line, given the line and its place among all.

    marks: whether the mark is shown, too.
    """
    draw_summary(report, marks=marks)
    draw_lines(report["steps"], below=below)


def draw_lines(
    steps: list[Stored], *, below: Callable[[Stored, int], None] | None = None, to_teacher: bool = False
) -> None:
    """The lines, in order."""
    draw_style()
    before = None
    for place, step in enumerate(steps):
        draw_line(step, numbered=step["line"] != before, to_teacher=to_teacher)
        before = step["line"]
        if below is not None:
            below(step, place)


def draw_style() -> None:
    """The look of lines and hints; to be drawn before them."""
    st.html(STYLE)


def draw_line(step: Stored, *, numbered: bool = True, to_teacher: bool = False) -> None:
    """One line with its verdict."""
    reading = reading_in_markdown(step)
    st.html(line_in_html(step, numbered=numbered, reads=bool(reading), to_teacher=to_teacher))
    if reading:
        st.markdown(reading)


def draw_summary(report: Stored, *, marks: bool = False, given: GivenMark | None = None) -> None:
    """What is to be said of the work as a whole, its answer and, where it is wanted, the mark.

    given: the teacher's mark, which then counts.
    """
    draw_style()
    st.subheader(summary_of(report))
    if report.get("message"):
        st.html(f'<p class="outcome">{in_html(report["message"])}</p>')
    said = [*_answers(report), *(_mark(report, given) if marks else ())]
    if said:
        st.html(f'<p class="outcome">{" ".join(said)}</p>')


def summary_of(report: Stored) -> str:
    """One line for the whole work; it holds no text of the student's.

    >>> summary_of({"steps": [], "first_wrong": 1, "answer": None, "status": "graded"})
    'The first line to look at again is line 2'
    """
    steps = report["steps"]
    if report["first_wrong"] is not None:
        return _("The first line to look at again is line {line}").format(line=report["first_wrong"] + 1)
    verdicts = [_ruled(step) for step in steps]
    open_ = sum(v is Verdict.UNDECIDED for v in verdicts)
    unread = sum(v is Verdict.UNREADABLE for v in verdicts)
    answer = report["answer"]
    if unread:
        return ngettext(
            "No line is wrong; {n} could not be read", "No line is wrong; {n} could not be read", unread
        ).format(n=unread)
    if open_:
        return ngettext(
            "No line is wrong; {n} could not be decided", "No line is wrong; {n} could not be decided", open_
        ).format(n=open_)
    if report["status"] in ("timeout", "error"):
        return _("The check did not come to its end")
    if answer is not None and answer["correct"] is False:
        return _("No line is wrong, but this is not the answer yet")
    if Verdict.CORRECT in verdicts or (answer is not None and answer["correct"]):
        return _("Every line holds")
    return _("There is nothing to check yet")


def _answers(report: Stored) -> Iterator[str]:
    """What is to be said of the final answer, of each part where the problem has parts."""
    for answer in report.get("parts") or ([report["answer"]] if report["answer"] else []):
        if not str(answer["text"]).strip():
            continue
        text = f"<code>{in_html(answer_in_words(answer['text']))}</code>"
        part = answer.get("part")
        if answer["correct"] is None:
            said = (
                _("Your answer to ({part}), {answer}, could not be decided; a person should look at it.")
                if part
                else _("Your answer, {answer}, could not be decided; a person should look at it.")
            )
        elif answer["correct"]:
            said = _("Your answer to ({part}), {answer}, is right.") if part else _("Your answer, {answer}, is right.")
        else:
            said = (
                _("Your answer to ({part}), {answer}, is not right yet.")
                if part
                else _("Your answer, {answer}, is not right yet.")
            )
        yield in_html(said).format(answer=text, part=in_html(str(part)))


def _mark(report: Stored, given: GivenMark | None) -> Iterator[str]:
    mark = report["mark"]
    available, pending = Fraction(mark["available"]), Fraction(mark["pending"])
    if given is not None:
        said = _("Your teacher gives {earned} of {available}.")
        if given.why:
            said = _("Your teacher gives {earned} of {available}: {why}")
        yield in_html(said).format(
            earned=f"<b>{number(given.earned)}</b>", available=number(available), why=in_html(given.why)
        )
    elif available:
        said = ngettext("{earned} of {available} mark.", "{earned} of {available} marks.", int(available > 1) + 1)
        yield in_html(said).format(earned=f"<b>{number(Fraction(mark['earned']))}</b>", available=number(available))
        if pending:
            yield in_html(
                ngettext(
                    "{n} more waits for your teacher to look.",
                    "{n} more wait for your teacher to look.",
                    int(pending > 1) + 1,
                )
            ).format(n=number(pending))


# ---------------------------------------------------------------- one line


def line_in_html(step: Stored, *, numbered: bool = True, reads: bool = False, to_teacher: bool = False) -> str:
    """The line, what is said of it, and no text that is not escaped.

    reads: its reading is drawn below. to_teacher: a ruling on it is the reader's own.
    """
    verdict = Verdict(step["verdict"])
    counts = _ruled(step)
    icon, tone = ICONS[counts]
    if counts is Verdict.NO_CLAIM and not step["reading"]:
        tone += " prose"
    if reads:
        tone += " reads"
    ruling = step.get("ruling")
    word = word_of(counts)
    if ruling is not None:
        word = _ruling_in_a_word(right=ruling["right"], to_teacher=to_teacher)
    place = step["line"] + 1
    named = _("Line {line}: {verdict}").format(line=place, verdict=word)
    said = [_teacher(ruling, to_teacher=to_teacher)] if ruling is not None else []
    # The teacher's word is not argued with.
    if counts is verdict or (ruling is not None and ruling["right"] and verdict is Verdict.FOLLOW_THROUGH):
        said += _words_of(step, verdict)
    return (
        f'<div class="work {tone}" role="group" aria-label="{in_html(named)}"><div class="row">'
        f'<span class="number" aria-hidden="true">{place if numbered else ""}</span>'
        f'<code class="written">{_written(step)}</code>'
        f'<span class="verdict"><span class="icon" aria-hidden="true">{icon}</span> {in_html(word)}</span>'
        f"</div>{''.join(said)}</div>"
    )


def _ruled(step: Stored) -> Verdict:
    """What counts: the teacher's word, else the verdict."""
    ruling = step.get("ruling")
    if ruling is None:
        return Verdict(step["verdict"])
    return Verdict.CORRECT if ruling["right"] else Verdict.WRONG


def _written(step: Stored) -> str:
    """The line as the student wrote it, underlined where it goes wrong."""
    text, done, pieces = step["text"], 0, []
    for start, end in sorted(places_of(step)):
        if start < done:
            continue
        pieces += [in_html(text[done:start]), f"<u>{in_html(text[start:end]) or '&nbsp;&nbsp;'}</u>"]
        done = end
    return "".join([*pieces, in_html(text[done:])])


def _words_of(step: Stored, verdict: Verdict) -> list[str]:
    found: list[str] = []
    claims = [claim for claim in claims_in_words(step) if claim[0] is not Verdict.NO_CLAIM]
    if verdict is Verdict.WRONG:
        claims = [claim for claim in claims if claim[0] is Verdict.WRONG]
    if len({(own, reason) for own, _text, reason in claims}) > 1:
        for own, text, reason in claims:
            icon = f'<span class="icon" aria-hidden="true">{ICONS[own][0]}</span>'
            words = f"{text}: {word_of(own)}. {reason}"
            found.append(f'<div class="said aside">{icon} {in_html(words)}</div>')
    elif trial := trial_of(step):
        found += [_said(_("The two are not the same for every value."), "why"), _said(trial, "why")]
    elif verdict is Verdict.NO_CLAIM:
        if step["evidence"]["why"] not in NO_MORE_TO_SAY and (reason := reason_of(step)):
            found.append(_said(reason.split(";")[0].rstrip(".") + "."))
    elif reason := reason_of(step):
        found.append(_said(reason, "why"))
    found += [_said(remark) for remark in remarks_of(step)]
    if verdict is Verdict.UNDECIDED and (opinion := opinion_in_words(step)):
        found.append(_said(printed(opinion)))
    return found


def _said(text: str, kind: str = "aside") -> str:
    return f'<div class="said {kind}">{in_html(text)}</div>'


def trial_of(step: Stored) -> str:
    """Numbers to be put in by hand where two sides differ; empty where the reason names them already."""
    evidence = step["evidence"]
    if step["verdict"] != Verdict.WRONG.value or evidence["kind"] != "counterexample" or not evidence["values"]:
        return ""
    sides = [printed(evidence[name]) for name in ("left", "right", "left_text", "right_text")]
    if not all(sides) or any(side.lower() in ("yes", "no", "true", "false") for side in sides[:2]):
        return ""
    if any(remark["kind"] == "witness" for remark in step.get("remarks", ())):
        return ""
    left, right, left_text, right_text = sides
    values = listed(printed(f"{name} = {value}") for name, value in evidence["values"].items())
    return _("Try {values}: {left_text} gives {left}, {right_text} gives {right}.").format(
        values=values, left=left, right=right, left_text=left_text, right_text=right_text
    )


def reading_in_markdown(step: Stored) -> str:
    """How the line was read, typeset, where that is more than what is written; all text in it is escaped."""
    claims = step.get("claims", ())
    by_model = any(claim.get("by_model") for claim in claims)
    readings = list(step["reading"])
    in_latex = any(sign in step["text"] for sign in "\\$&")
    if not readings or not (by_model or in_latex or read_otherwise(step["text"], readings)):
        return ""
    shown = " &emsp; ".join(map(typeset, readings))
    said = _("Read by the language model as") if by_model else _("Read as")
    return f":gray[{escaped(said)}]&ensp;{shown}"


@lru_cache(maxsize=5_000)
def typeset(reading: str) -> str:
    """A reading as Markdown: printed anew from its tree, or as text where it cannot be."""
    try:
        latex = to_latex(on_paper(read(reading)))
    except StudentError:
        return escaped(printed(reading))
    return escaped(printed(reading)) if "$" in latex or "\n" in latex else f"${latex}$"


def _ruling_in_a_word(*, right: bool, to_teacher: bool) -> str:
    if to_teacher:
        return _("right, as you ruled") if right else _("wrong, as you ruled")
    return _("right, says your teacher") if right else _("wrong, says your teacher")


def _teacher(ruling: Stored, *, to_teacher: bool) -> str:
    if to_teacher:
        said = _("You ruled this line right.") if ruling["right"] else _("You ruled this line wrong.")
    elif ruling["right"]:
        said = _("Your teacher says this line is right.")
    else:
        said = _("Your teacher says this line is wrong.")
    if ruling["comment"]:
        said = f"{said.rstrip('.')}: {ruling['comment']}"
    return f'<div class="teacher">{in_html(said)}</div>'
