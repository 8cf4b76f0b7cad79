"""What a look through a problem set has found: how far it is, and each finding with its problem, field and remedy."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import streamlit as st

from tutor.service.review import Finding, Review, Severity
from tutor.service.reviewer import Reviewer
from web.parts.plain import escaped
from web.words import _, ngettext

SHOWN = 30
LOOK_S = 0.7


@cache
def reviewer() -> Reviewer:
    """Where sets are looked through, for all tabs."""
    return Reviewer()


def severity_in_words(severity: Severity) -> str:
    """Icon, word and colour."""
    match severity:
        case Severity.ERROR:
            return ":red[✗ **" + _("To mend") + "**]"
        case Severity.WARNING:
            return ":orange[⚠ **" + _("To look at") + "**]"
        case Severity.NOTE:
            return ":gray[· **" + _("Note") + "**]"


def place_in_words(finding: Finding, word: str) -> str:
    """`answer · line 14 of the file`; empty for the set as a whole."""
    parts = [finding.field]
    if finding.line is not None:
        parts.append(_where(word).format(n=finding.line))
    return " · ".join(part for part in parts if part)


def _where(word: str) -> str:
    match word:
        case "row":
            return _("row {n} of the file")
        case "question":
            return _("question {n} of the file")
        case _:
            return _("line {n} of the file")


def draw_progress(review: Review) -> None:
    """How far the look through a set is."""
    if not review.problems:
        st.progress(0.0, text=_("Reading the file …"))
        return
    said = _("Checking worked solutions: {done} of {all} problems").format(done=review.looked_at, all=review.problems)
    st.progress(review.looked_at / review.problems, text=said)


def draw_summary(review: Review) -> None:
    """One line: how many problems, how many worked solutions hold, whether students may see it."""
    problems = ngettext("{n} problem", "{n} problems", review.problems).format(n=review.problems)
    verified = ngettext(
        "{verified} of {n} worked solution verified", "{verified} of {n} worked solutions verified", review.solutions
    ).format(verified=review.verified, n=review.solutions)
    counts = f"{problems}, {verified}" if review.solutions else problems
    errors, warnings = len(review.of(Severity.ERROR)), len(review.of(Severity.WARNING))
    if errors:
        said = ngettext(
            "{n} thing to mend before students can see it", "{n} things to mend before students can see it", errors
        )
        st.markdown(f":red[✗ **{said.format(n=errors)}**]  \n{counts}")
    elif warnings:
        said = ngettext("Ready, with {n} thing to look at", "Ready, with {n} things to look at", warnings)
        st.markdown(f":orange[⚠ **{said.format(n=warnings)}**]  \n{counts}")
    else:
        st.markdown(f":green[✓ **{_('Ready for students')}**]  \n{counts}")


def draw_findings(review: Review, severities: tuple[Severity, ...], mend: Callable[[Finding], None]) -> None:
    """The findings of these severities, a card a problem, errors first. mend: opens the place of one."""
    found = [finding for finding in review.findings if finding.severity in severities]
    general = [finding for finding in found if finding.number is None]
    for finding in general[:SHOWN]:
        st.markdown(f"{severity_in_words(finding.severity)} &nbsp;{escaped(_capital(finding.message))}")
    if len(general) > SHOWN:
        more = len(general) - SHOWN
        st.caption(ngettext("and {n} more like these", "and {n} more like these", more).format(n=more))
    numbers = list(dict.fromkeys(finding.number for finding in found if finding.number is not None))
    for number in sorted(numbers)[:SHOWN]:
        those = sorted((f for f in found if f.number == number), key=lambda f: list(Severity).index(f.severity))
        name = those[0].problem_id or _("problem {n}").format(n=number + 1)
        with st.container(key=f"findings-{number}-{severities[0]}", border=True, gap="small"):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(f"**{escaped(name)}**", width="content")
                label = _("Mend {problem}").format(problem=escaped(name))
                st.button(label, key=f"mend-{number}-{severities[0]}", on_click=mend, args=(those[0],))
            for finding in those:
                where = place_in_words(finding, review.word)
                said = escaped(_capital(finding.message))
                st.markdown(f"{severity_in_words(finding.severity)} &nbsp;{escaped(where)}  \n{said}")
    if len(numbers) > SHOWN:
        more = len(numbers) - SHOWN
        st.caption(ngettext("and {n} more problem", "and {n} more problems", more).format(n=more))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
