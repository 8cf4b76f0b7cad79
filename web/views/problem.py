"""One problem of a set: its statement, the student's work, what the check says of it, and earlier tries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import streamlit as st

from tutor.errors import AuthorError, TutorError
from tutor.records import Problem, Verdict
from tutor.report.summary import number
from tutor.store import Missing, NotTaken
from tutor.store.place import Place
from tutor.store.records import Attempt, Dispute, GivenMark, SetVersion
from web.parts.checking import follow, refusal_in_words
from web.parts.editor import draft_of, put_work, work_editor
from web.parts.hints import draw_rungs, offer_hint, rungs_of
from web.parts.plain import escaped, in_html
from web.parts.plots import draw_picture
from web.parts.readings import draw_correction
from web.parts.similar import none_found, offer_similar
from web.parts.statement import draw_statement
from web.parts.times import here, left_in_words, time_in_words
from web.parts.verdicts import draw_lines, draw_summary, summary_of
from web.resources import desk, place_of, store, the_student
from web.state import Solving, editing, solving, widget
from web.views.practice import STATEMENT, open_problem, practice_page
from web.words import _, ngettext, refusal

PATH: Final = "problem"
MAY_BE_MISREAD: Final = (Verdict.WRONG.value, Verdict.UNDECIDED.value, Verdict.UNREADABLE.value)
MAY_BE_RIGHT: Final = (Verdict.WRONG.value, Verdict.UNDECIDED.value)


@dataclass(frozen=True, slots=True)
class Task:
    """A problem of a published set as one student has it. attempts: oldest first."""

    place: Place
    version: SetVersion
    problem: Problem
    attempts: Sequence[Attempt]
    given: GivenMark | None
    now: datetime

    @property
    def key(self) -> str:
        """Of what the tab holds for it."""
        return f"{self.version.set_id}-{self.problem.id}"

    @property
    def bare(self) -> Task:
        """Without the attempts: for callbacks, which Streamlit keeps for as long as the tab is open."""
        return replace(self, attempts=())

    @property
    def tries_left(self) -> int | None:
        """How often it may still be handed in; None for any number."""
        return None if self.version.tries is None else max(0, self.version.tries - len(self.attempts))

    @property
    def over(self) -> bool:
        """Whether the exam has ended."""
        return self.version.exam and self.version.due is not None and self.now > self.version.due

    @property
    def open(self) -> bool:
        """Whether work can be handed in."""
        return not self.over and self.tries_left != 0


def problem_page() -> None:
    """Draw the page."""
    me = the_student()
    place = place_of(me)
    task = _task(place, st.query_params.get("set", ""), st.query_params.get("problem", ""))
    if task is None:
        st.title(_("This problem is not here"))
        st.write(_("It is in none of the problem sets of your class, or your teacher has taken it away."))
        _link_to_sets(_("See the problems of your class"))
        return
    now = solving(task.key)
    _link_to_sets(escaped(task.version.title))
    st.title(escaped(task.problem.title or task.problem.id))
    st.caption(" · ".join(escaped(words) for words in _terms(task)))
    draw_statement(task.problem)
    if task.open:
        _draw_editor(task, now)
    if now.message:
        st.text(now.message)
    shown = next((a for a in task.attempts if a.id == now.attempt_id), task.attempts[-1] if task.attempts else None)
    if shown is not None:
        _draw_attempt(task, shown, now)
    if len(task.attempts) > 1 or (task.attempts and not task.open):
        _draw_earlier(task, now, shown)
    if task.attempts and not task.version.exam:
        offer_similar(task.problem, lambda statement: _take_similar(now, statement), key=task.key)
        _go_to_similar(now)
    _offer_next(task)


def _take_similar(now: Solving, statement: str) -> None:
    now.similar = statement
    now.message = "" if statement else none_found()


def _go_to_similar(now: Solving) -> None:
    """To free practice with the problem that was found."""
    if statement := now.similar:
        now.similar = ""
        open_problem(statement)
        st.switch_page(st.Page(practice_page, url_path="practice"), query_params={STATEMENT: statement})


def _task(place: Place, set_id: str, problem_id: str) -> Task | None:
    """The problem that the address names, if it is one of the student's class."""
    version = next((v for v in place.sets() if str(v.set_id) == set_id and problem_id in v.problem_ids), None)
    if version is None:
        return None
    try:
        problem = desk().problems(version.id)[problem_id]
    except (AuthorError, KeyError, Missing):
        return None
    attempts = place.attempts(set_id=version.set_id, problem_id=problem_id)
    given = place.given_marks(version.set_id).get(problem_id)
    return Task(place, version, problem, attempts, given, store().now())


def _terms(task: Task) -> list[str]:
    said = []
    if task.version.exam:
        said.append(_("Exam: no hints, and what was found is shown after the end."))
    if task.version.due is not None:
        when = time_in_words(task.version.due, task.now, here())
        if task.version.exam:
            said.append((_("Ended {when}") if task.over else _("Ends {when}")).format(when=when))
        else:
            late = task.now > task.version.due
            said.append(
                (_("Was due {when}; it can still be handed in, late") if late else _("Due {when}")).format(when=when)
            )
        if left := left_in_words(task.version.due, task.now):
            said.append(left)
    if task.tries_left is not None and not task.over:
        said.append(ngettext("{n} try left", "{n} tries left", task.tries_left).format(n=task.tries_left))
    marks = task.problem.marks
    said.append(ngettext("{n} mark", "{n} marks", int(marks > 1) + 1).format(n=number(marks)))
    return said


# ---------------------------------------------------------------- writing and handing in


def _draw_editor(task: Task, now: Solving) -> None:
    draft = task.place.drafts(task.version.set_id).get(task.problem.id)
    initial = draft.work if draft is not None else task.attempts[-1].work if task.attempts else ""
    key = f"work-{task.key}"
    if draft is not None and now.seen_at is not None and draft.at > now.seen_at and draft.work != draft_of(key).text:
        put_work(key, draft.work)
        now.message = _(
            "You went on in another tab or on another device, and this is what you wrote there. "
            "“Take the last change back” brings back what stood here."
        )
    now.seen_at = draft.at if draft is not None else now.seen_at or task.now

    def keep() -> None:
        try:
            at = task.place.save_draft(task.version.set_id, task.problem.id, draft_of(key).text, seen=now.seen_at)
        except (NotTaken, Missing) as error:
            now.message = refusal(error)
            return
        if at is None:
            editing(key).left = True  # the page is drawn anew, with the later draft
        else:
            now.seen_at = at

    work_editor(key, initial, problem=task.problem, on_change=keep)
    st.button(
        _("Hand in") if task.version.exam else _("Check"),
        key=f"check-{task.key}",
        type="primary",
        on_click=_hand_in,
        args=(task, now, key),
    )


def _hand_in(task: Task, now: Solving, key: str) -> None:
    draft = draft_of(key)
    now.message, now.objecting = "", None
    if draft.empty:
        now.message = _("There is nothing to check yet: write a first line.")
        return
    try:
        task.place.me()  # the tab may have been signed out
        handed = desk().hand_in(task.place.student_id, task.version.id, task.problem.id, draft.text)
    except TutorError as error:
        now.message = refusal_in_words(error)
        return
    now.attempt_id = handed.attempt.id


# ---------------------------------------------------------------- what was found


def _draw_attempt(task: Task, attempt: Attempt, now: Solving) -> None:
    if attempt.withheld:
        st.subheader(_("Handed in"))
        when = time_in_words(attempt.handed_in_at, task.now, here())
        st.write(escaped(_("Your work of {when} is stored. You can change it until the end.").format(when=when)))
        return
    report: Mapping[str, Any] | None = attempt.checked.report if attempt.checked is not None else None
    if report is None:
        report = _checked_now(task, attempt)
    if report is None:
        st.subheader(_("Your work is stored"))
        st.write(_("It has not been checked yet, for much is being checked at the moment."))
        st.button(_("Look again"), key=f"look-{task.key}")
        return
    newest = attempt.id == task.attempts[-1].id
    bare, mine = task.bare, replace(attempt, checked=None)
    if not newest:
        when = time_in_words(attempt.handed_in_at, task.now, here())
        st.caption(escaped(_("This is your work of {when}.").format(when=when)))
    elif task.open and draft_of(f"work-{task.key}").text.strip() != attempt.work.strip():
        st.caption(_("You have changed your work since this check."))
    draw_summary(report, marks=True, given=task.given if newest else None)
    steps: list[Mapping[str, Any]] = report["steps"]
    taken = [] if task.version.exam else [(hint.line, hint.rung) for hint in task.place.hints(attempt.id)]
    disputes = {d.line: d for d in task.place.objections() if d.attempt_id == attempt.id}
    rung_before: dict[int, int] = {}

    def below(step: Mapping[str, Any], place: int) -> None:
        line, before = step["line"], rung_before.get(step["line"], 0)
        rungs = 0 if task.version.exam else len(rungs_of(step))
        rung_before[line] = before + rungs  # the ladders of two mistakes on one line stand one above the other
        sent = disputes.get(line)
        draw_picture(step, task.problem, report)
        if rungs:
            own = max(
                (rung - before for at, rung in taken if at == line and before < rung <= before + rungs), default=0
            )
            draw_rungs(step, own)
        if sent is not None and step["verdict"] in MAY_BE_RIGHT:
            _draw_sent(sent)
        if not rungs and step["verdict"] not in MAY_BE_MISREAD:
            return
        with st.container(horizontal=True):
            if rungs:
                offer_hint(
                    step,
                    place,
                    own,
                    lambda rung: _take_hint(bare, mine, now, line, before + rung),
                    key=f"{task.key}-{attempt.id}",
                )
            if step["verdict"] in MAY_BE_RIGHT and "ruling" not in step and sent is None and now.objecting != place:
                st.button(
                    _("I think line {line} is right").format(line=line + 1),
                    key=f"object-{task.key}-{attempt.id}-{place}",
                    type="tertiary",
                    on_click=_object,
                    args=(now, place),
                )
            if newest and task.open and step["verdict"] in MAY_BE_MISREAD:
                draw_correction(step, place, f"work-{task.key}")
        if now.objecting == place:
            _draw_objection(bare, mine, now, step, place)

    draw_lines(steps, below=below)


def _checked_now(task: Task, attempt: Attempt) -> Mapping[str, Any] | None:
    """The report on work that is being checked, once it is there."""
    ticket = desk().ticket(attempt.id)
    if ticket is not None:
        lines = sum(bool(line.strip()) for line in attempt.work.splitlines())
        return follow(ticket, lines=lines, key=f"follow-{task.key}")
    checked = task.place.attempt(attempt.id).checked  # it may have come meanwhile
    return None if checked is None else checked.report


def _take_hint(task: Task, attempt: Attempt, now: Solving, line: int, rung: int) -> None:
    try:
        task.place.take_hint(attempt.id, line, rung)
    except TutorError as error:
        now.message = refusal(error)


# ---------------------------------------------------------------- "I think this is right"


def _draw_sent(sent: Dispute) -> None:
    said = _("You have sent this line to your teacher.")
    if sent.why:
        said = _("You have sent this line to your teacher: “{why}”").format(why=sent.why)
    st.html(f'<div class="rung">{in_html(said)}</div>')


def _draw_objection(task: Task, attempt: Attempt, now: Solving, step: Mapping[str, Any], place: int) -> None:
    key, line = f"{task.key}-{attempt.id}-{place}", step["line"]
    with st.container(border=True):
        st.text_area(
            _("Why do you think that line {line} is right?").format(line=line + 1),
            key=f"why-{key}",
            max_chars=2_000,
            height=90,
            placeholder=_("One sentence is enough."),
        )
        with st.container(horizontal=True):
            st.button(
                _("Send to your teacher"),
                key=f"send-{key}",
                on_click=_send_objection,
                args=(task, attempt, now, line, f"why-{key}"),
            )
            st.button(_("Never mind"), key=f"leave-{key}", type="tertiary", on_click=_object, args=(now, None))


def _object(now: Solving, place: int | None) -> None:
    now.objecting = place


def _send_objection(task: Task, attempt: Attempt, now: Solving, line: int, field: str) -> None:
    now.message, now.objecting = "", None
    try:
        task.place.object_to(attempt.id, line, str(widget(field) or ""))
    except TutorError as error:
        now.message = refusal(error)


# ---------------------------------------------------------------- earlier tries, and on


def _draw_earlier(task: Task, now: Solving, shown: Attempt | None) -> None:
    with st.expander(_("Your tries so far ({n})").format(n=len(task.attempts))):
        for n, attempt in reversed(list(enumerate(task.attempts, 1))):
            when = time_in_words(attempt.handed_in_at, task.now, here())
            said = [_("Try {n}, {when}").format(n=n, when=when)]
            if attempt.late:
                said.append(_("late"))
            if attempt.checked is not None:
                said.append(summary_of(attempt.checked.report))
            st.text(" · ".join(said))
            st.code(attempt.work, language=None, wrap_lines=True)
            with st.container(horizontal=True):
                if attempt.checked is not None and (shown is None or attempt.id != shown.id):
                    st.button(
                        _("See what was found in try {n}").format(n=n),
                        key=f"show-{task.key}-{attempt.id}",
                        on_click=_show,
                        args=(now, attempt.id),
                    )
                if task.open:
                    st.button(
                        _("Go on from try {n}").format(n=n),
                        key=f"again-{task.key}-{attempt.id}",
                        type="tertiary",
                        on_click=_go_on_from,
                        args=(task.bare, now, replace(attempt, checked=None)),
                    )


def _show(now: Solving, attempt_id: int) -> None:
    now.attempt_id, now.objecting = attempt_id, None


def _go_on_from(task: Task, now: Solving, attempt: Attempt) -> None:
    put_work(f"work-{task.key}", attempt.work)
    _show(now, attempt.id)


def _link_to_sets(label: str) -> None:
    from web.views.sets_of_student import PATH as SETS  # the two pages lead to each other
    from web.views.sets_of_student import sets_page

    st.page_link(st.Page(sets_page, url_path=SETS, default=True), label=label, icon="⬅️")


def _offer_next(task: Task) -> None:
    """To the problem that comes after this one in the set."""
    ids = list(task.version.problem_ids)
    at = ids.index(task.problem.id)
    after = next(iter(ids[at + 1 :]), None)
    if after is None:
        return
    problem = desk().problems(task.version.id).get(after)
    if problem is not None:
        # A link from a page to itself leaves the address in the browser as it was.
        st.button(
            escaped(_("Next problem: {title}").format(title=problem.title or problem.id)),
            key=f"next-{task.key}",
            type="tertiary",
            icon="➡️",
            on_click=_go_to,
            args=(task.version.set_id, after),
        )


def _go_to(set_id: int, problem_id: str) -> None:
    st.query_params.from_dict({"set": str(set_id), "problem": problem_id})
