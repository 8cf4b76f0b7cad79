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
    """`two-step · answer · line 14`; empty for the set as a whole."""
    parts = [finding.problem_id or ("" if finding.number is None else _("problem {n}").format(n=finding.number + 1))]
    parts.append(finding.field)
    if finding.line is not None:
        row = _("row {n}") if word == "row" else _("line {n}")
        parts.append(row.format(n=finding.line))
    return " · ".join(part for part in parts if part)


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


def draw_findings(review: Review, mend: Callable[[Finding], None] | None = None, key: str = "") -> None:
    """The findings, errors first and problem by problem. mend: opens the place; None offers no way there."""
    order = list(Severity)
    found = sorted(review.findings, key=lambda f: (order.index(f.severity), f.number if f.number is not None else -1))
    for n, finding in enumerate(found[:SHOWN]):
        with st.container(key=f"finding-{key}-{n}", border=finding.severity is Severity.ERROR, gap="xsmall"):
            where = place_in_words(finding, review.word)
            st.markdown(severity_in_words(finding.severity) + (f" &nbsp;{escaped(where)}" if where else ""))
            st.markdown(escaped(_capital(finding.message)))
            if mend is not None and finding.number is not None and finding.severity is not Severity.NOTE:
                label = _("Mend {problem}").format(problem=finding.problem_id or finding.number + 1)
                st.button(escaped(label), key=f"mend-{key}-{n}", on_click=mend, args=(finding,))
    if len(found) > SHOWN:
        st.caption(ngettext("and {n} more", "and {n} more", len(found) - SHOWN).format(n=len(found) - SHOWN))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
