"""How each line is read: while it is written, by the grammar alone, and after a check, where it can be put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from tutor.errors import TooLarge
from tutor.reading.mathfield import notation_of
from tutor.reading.steps import split_steps
from tutor.records import Claim, Problem, Step
from tutor.report.notation import printed
from web.parts.plain import escaped
from web.state import editing, widget
from web.words import _, ngettext

ABOUT = 28  # letters before the place where a line cannot be read


def draw_readings(key: str, problem: Problem | None, *, opened: bool = False) -> None:
    """One sentence on the lines that are being written, and behind it how each is read.

    Lines in words that the grammar does not read are read when the work is checked. opened: show the readings at once.
    """
    text = editing(key).text
    if not text.strip():
        return
    try:
        steps = split_steps(text, problem)
    except TooLarge as error:
        st.caption(escaped(str(error)))
        return
    troubles = [trouble for step in steps if (trouble := trouble_in_words(step))]
    if troubles:
        st.markdown(f":orange[⌧ {escaped(troubles[0])}]")
    else:
        lines = len({step.line for step in steps})
        said = ngettext("✓ I can read your line.", "✓ I can read all {n} lines.", lines).format(n=lines)
        st.markdown(f":gray[{escaped(said)}]")
    with st.expander(_("How I read your lines"), expanded=opened, key=f"{key}-readings-{opened}"):
        st.markdown("\n\n".join(_in_markdown(step) for step in steps))


def trouble_in_words(step: Step) -> str:
    """Why a line that looks like mathematics cannot be read yet, and where; empty where nothing is the matter."""
    if not step.unread:
        return ""
    unread = step.unread[0]
    before = step.text[: unread.span.start].strip()[-ABOUT:]
    said = {"line": step.line + 1, "what": unread.expected, "before": before}
    if not before:
        return _("I cannot read line {line} yet: {what}").format(**said)
    return _("I cannot read line {line} yet. After “{before}”: {what}").format(**said)


def _in_markdown(step: Step) -> str:
    """The line as it was read; mathematics is printed from our tree, all else is escaped."""
    number = f"**{step.line + 1}**&emsp;"
    if step.unread:
        return f"{number}:orange[⌧ {escaped(step.text)}]"
    read = [latex for claim in step.claims if (latex := _latex(claim))]
    if read:
        return number + " &emsp; ".join(read)
    if step.operation is not None:
        return f"{number}{escaped(step.text)} :gray[{escaped(_('(what you do)'))}]"
    later = step.needs_model or "=" in step.text
    said = _("(I read this when you check)") if later else _("(words)")
    return f"{number}{escaped(step.text)} :gray[{escaped(said)}]"


def _latex(claim: Claim) -> str:
    latex = notation_of(claim.statement)
    if "$" in latex or "\n" in latex:
        return escaped(claim.text)
    return f"$\\displaystyle {latex}$"


def readings_of(step: Mapping[str, Any]) -> list[str]:
    """What a checked line may also be read as, in typed notation, likeliest first.

    >>> readings_of({"reading": ["1/2*x"], "claims": [{"or_read": ["1/(2*x)"]}]})
    ['1/(2*x)']
    """
    return [other for claim in step.get("claims", ()) for other in claim.get("or_read", ())]


def can_be_corrected(step: Mapping[str, Any]) -> bool:
    """Whether to ask what was meant: a model read the line, nobody could read it, or it has two meanings."""
    return bool(
        step["verdict"] == "unreadable"
        or step.get("needs_model")
        or any(claim.get("by_model") for claim in step.get("claims", ()))
        or readings_of(step)
    )


def draw_correction(step: Mapping[str, Any], place: int, key: str, *, then: Callable[[], None] | None = None) -> None:
    """A way to say what a checked line was meant to say; the line is replaced in the work, where it can be taken back.

    place: of the step among all. key: of the editor that holds the work. then: called afterwards, as to check anew.
    """
    if not can_be_corrected(step):
        return
    field = f"{key}-meant-{place}"

    def use(meant: str) -> None:
        replace_line(key, step, meant)
        if then is not None:
            then()

    def use_field() -> None:
        if meant := str(widget(field) or "").strip():
            use(meant)

    with st.popover(_("Line {line}: I meant something else").format(line=step["line"] + 1), key=f"{field}-open"):
        for n, other in enumerate(readings_of(step)):
            st.button(
                _("I meant {reading}").format(reading=escaped(printed(other))),
                key=f"{field}-{n}",
                on_click=use,
                args=(other,),
            )
        st.text_input(
            _("What line {line} says, in notation").format(line=step["line"] + 1),
            value=" ; ".join(step["reading"]) or step["text"],
            key=field,
            max_chars=1_000,
        )
        st.button(_("Put it in my work"), key=f"{field}-use", on_click=use_field, type="primary")


def replace_line(key: str, step: Mapping[str, Any], meant: str) -> None:
    """Let the line of the work say what was meant; of a line with several steps, this one alone."""
    now = editing(key)
    lines = now.text.split("\n")
    meant, written = " ".join(meant.split()), step["text"].strip()
    places = sorted(range(len(lines)), key=lambda place: abs(place - step["line"]))
    at = next((place for place in places if written and written in lines[place]), None)
    if at is not None:
        lines[at] = lines[at].replace(written, meant, 1)
    else:  # the line has been changed since
        at = min(step["line"] + 1, len(lines))
        lines.insert(at, meant)
    now.put("\n".join(lines), at)
