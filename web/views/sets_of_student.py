"""The class's problem sets for a student: what is due next, and where they are with each problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Final

import streamlit as st

from tutor.errors import AuthorError
from tutor.records import Problem
from tutor.report.summary import number
from tutor.store import Missing
from tutor.store.place import Place
from tutor.store.progress import Progress, Stage, progress_of
from tutor.store.records import SetVersion
from web.parts.plain import escaped, in_html
from web.parts.times import here, left_in_words, time_in_words
from web.resources import desk, place_of, store, the_student
from web.views.problem import PATH as PROBLEM
from web.views.problem import problem_page
from web.words import _, ngettext

PATH: Final = "problems"
OPENED: Final = 2  # sets whose problems are shown at once
STYLE: Final = """<style>
.stage { font-size: .9rem; font-weight: 600; color: light-dark(#5a6069, #a2a9b4); }
.stage.done { color: light-dark(#1a6b33, #5fd083); } .stage.look_again { color: light-dark(#b3261e, #ff9a90); }
.stage.open, .stage.draft, .stage.waiting { color: light-dark(#7a4b00, #f2bd5b); }
.terms { margin: -.4rem 0 .3rem; color: light-dark(#4b525c, #b4bbc6); font-size: .95rem; }
.terms .exam { font-weight: 600; color: light-dark(#6a35b5, #c9a5ff); }
</style>"""


def sets_page() -> None:
    """Draw the page."""
    me = the_student()
    place = place_of(me)
    now, zone = store().now(), here()
    st.html(STYLE)
    st.title(_("Problems"))
    sets = place.sets()
    if not sets:
        st.write(_("Your teacher has put up no problems yet. Until then you can practise freely."))
        return
    # First what is not due yet, the nearest end first.
    for n, version in enumerate(sorted(sets, key=lambda v: v.due is not None and v.due < now)):
        _draw_set(place, version, now, zone, opened=n < OPENED)


def _draw_set(place: Place, version: SetVersion, now: datetime, zone: tzinfo, *, opened: bool) -> None:
    try:
        problems = desk().problems(version.id)
    except (AuthorError, Missing):
        problems = {}
    attempts, drafts = place.attempts(set_id=version.set_id), place.drafts(version.set_id)
    given = place.given_marks(version.set_id)
    found = {
        name: progress_of([a for a in attempts if a.problem_id == name], draft=name in drafts, given=given.get(name))
        for name in version.problem_ids
    }
    st.subheader(escaped(version.title))
    st.html(f'<p class="terms">{" · ".join(terms_in_html(version, list(found.values()), now, zone))}</p>')
    if not problems:
        st.write(_("This set cannot be opened at the moment. Please tell your teacher."))
        return
    many = len(version.problem_ids)
    with st.expander(ngettext("{n} problem", "{n} problems", many).format(n=many), expanded=opened):
        for name in version.problem_ids:
            _draw_problem(version, name, problems, found[name])


def _draw_problem(version: SetVersion, name: str, problems: Mapping[str, Problem], found: Progress) -> None:
    title = problems[name].title if name in problems else name
    icon, words = stage_in_words(found, version)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap=None):
        st.page_link(
            st.Page(problem_page, url_path=PROBLEM),
            label=escaped(title or name),
            query_params={"set": str(version.set_id), "problem": name},
        )
        st.html(
            f'<div class="stage {found.stage.value}"><span aria-hidden="true">{icon}</span> {in_html(words)}</div>',
            width="content",
        )


def stage_in_words(found: Progress, version: SetVersion) -> tuple[str, str]:
    """Icon and words for where the student is."""
    mark = ""
    if found.earned is not None and found.available and found.stage in (Stage.DONE, Stage.LOOK_AGAIN, Stage.OPEN):
        mark = _("{earned} of {available}").format(earned=number(found.earned), available=number(found.available))
    match found.stage:
        case Stage.NOT_BEGUN:
            icon, words = "○", _("not begun")
        case Stage.DRAFT:
            icon, words = "✎", _("draft kept")
        case Stage.WAITING:
            icon, words = "…", _("being checked")
        case Stage.HANDED_IN:
            icon, words = "●", _("handed in")
        case Stage.OPEN:
            icon, words = "?", _("waits for your teacher")
        case Stage.DONE:
            icon, words = "✓", _("done")
        case Stage.LOOK_AGAIN if found.line is not None:
            icon, words = "✗", _("line {line} to look at").format(line=found.line + 1)
        case Stage.LOOK_AGAIN:
            icon, words = "✗", _("not finished yet")
    said = [words, *([mark] if mark else [])]
    if version.tries is not None and found.tries and found.stage is not Stage.DONE:
        left = max(0, version.tries - found.tries)
        said.append(ngettext("{n} try left", "{n} tries left", left).format(n=left))
    return icon, " · ".join(said)


def terms_in_html(version: SetVersion, found: Sequence[Progress], now: datetime, zone: tzinfo) -> list[str]:
    """When it ends, how often it may be handed in, whether it is an exam, and how much of it is done."""
    said = []
    if version.exam:
        said.append(f'<span class="exam">{in_html(_("Exam"))}</span>')
    if version.due is not None:
        when = time_in_words(version.due, now, zone)
        over = now > version.due
        words = (
            (_("ended {when}") if over else _("ends {when}"))
            if version.exam
            else (_("was due {when}") if over else _("due {when}"))
        )
        said.append(in_html(words.format(when=when)))
        if left := left_in_words(version.due, now):
            said.append(f"<b>{in_html(left)}</b>")
    if version.tries is not None:
        said.append(in_html(ngettext("{n} try each", "{n} tries each", version.tries).format(n=version.tries)))
    done = sum(one.stage in (Stage.DONE, Stage.HANDED_IN) for one in found)
    words = _("{done} of {many} handed in") if version.exam and (not version.due or now <= version.due) else ""
    said.append(in_html((words or _("{done} of {many} done")).format(done=done, many=len(found))))
    return said
