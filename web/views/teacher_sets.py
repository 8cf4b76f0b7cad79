"""The problem sets of a class: from a file to a set that students see in three clicks, and all its versions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo, available_timezones

import streamlit as st

from tutor.errors import AuthorError, TutorError
from tutor.problems import ProblemSet
from tutor.problems.changes import Change, Kind, changes
from tutor.problems.formats import FORMATS, IMPORTS
from tutor.problems.shipped import shipped_sets
from tutor.service.review import Finding, Review, Severity, file_of
from tutor.store import BadInput, Missing, StoreError, Terms, Upload, problem_set_of
from tutor.store.desk import Book
from tutor.store.records import Classroom, SetContent, SetVersion, State, Teacher
from web.parts.checking import follow, refusal_in_words
from web.parts.editor import work_editor
from web.parts.findings import LOOK_S, draw_findings, draw_progress, draw_summary, reviewer
from web.parts.of_class import the_class, titled
from web.parts.plain import escaped
from web.parts.statement import draw_statement
from web.parts.times import here, time_in_words
from web.parts.verdicts import draw_report
from web.resources import desk_of, service, store, the_teacher
from web.state import Incoming, teacher_sets
from web.views.set_form import begin_form, draw_form
from web.words import _, ngettext

PATH = "problem-sets"
TRIES = (0, 1, 2, 3, 5, 10)  # 0 for any number
AT_ONCE_S = 1.2  # what is read within this time needs no progress
KINDS = sorted({suffix.removeprefix(".") for suffix in FORMATS | IMPORTS})


def teacher_sets_page() -> None:
    """Draw the page: the sets of the chosen class, or the one that its address names."""
    teacher = the_teacher()
    room, book = the_class(PATH)
    version = _asked_for(book)
    if version is None:
        _draw_sets(teacher, room, book)
    elif st.query_params.get("do") == "form" and version.state is State.DRAFT:
        draw_form(book, version, back=lambda: _go(room.id, version.id))
    elif st.query_params.get("do") == "preview":
        _draw_preview(teacher, room, book, version)
    else:
        _draw_version(room, book, version)


def _asked_for(book: Book) -> SetVersion | None:
    """The version that the address names; None where it names none of this class."""
    asked = st.query_params.get("version", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 12):
        return None
    try:
        return book.sets.get(int(asked))
    except Missing:
        return None


def _go(class_id: int, version_id: int | None = None, do: str = "", problem: str = "") -> None:
    """Be at another place of this page with the next run."""
    wanted = {"class": str(class_id), "version": str(version_id or ""), "do": do, "problem": problem}
    st.query_params.from_dict({name: value for name, value in wanted.items() if value})


@lru_cache(maxsize=64)
def _problems(source_name: str, yaml: str) -> ProblemSet:
    return problem_set_of(SetContent(source_name, b"", yaml))


def _tell() -> None:
    """What happened with the last click, once."""
    now = teacher_sets()
    for news in now.news:
        st.toast(news)
    now.news.clear()


# ---------------------------------------------------------------- all sets of a class


def _draw_sets(teacher: Teacher, room: Classroom, book: Book) -> None:
    _tell()
    st.title(_("Problem sets"), anchor=False)
    rooms = desk_of(teacher).classes()
    if len(rooms) > 1:
        ids = [each.id for each in rooms]
        titles = {each.id: each.title for each in rooms}
        chosen = st.selectbox(
            _("Class"), ids, index=ids.index(room.id), format_func=lambda n: titles[n], key=f"class-{room.id}"
        )
        if chosen != room.id:
            _go(chosen)
            st.rerun()
    else:
        st.caption(_("Class {title}").format(title=escaped(room.title)))
    _draw_incoming(room, book)
    _draw_adding(room, book)
    versions = book.sets.all()
    groups = [list(those) for _set, those in groupby(versions, key=lambda version: version.set_id)]
    live = [those for those in groups if any(v.state is not State.ARCHIVED for v in those)]
    old = [those for those in groups if all(v.state is State.ARCHIVED for v in those)]
    for those in sorted(live, key=lambda those: max(v.id for v in those), reverse=True):
        _draw_card(room, those)
    if not live:
        st.markdown(_("No set yet. The first one is three clicks away: choose a file, look at it, publish."))
    if old:
        with st.expander(ngettext("{n} archived set", "{n} archived sets", len(old)).format(n=len(old))):
            for those in old:
                _draw_card(room, those)


def _draw_adding(room: Classroom, book: Book) -> None:
    now = teacher_sets()
    files = st.file_uploader(
        _("Add a set from a file: YAML, Excel, CSV, JSON or Moodle XML"),
        type=KINDS,
        accept_multiple_files=True,
        max_upload_size=5,
        key=f"files-{now.uploads}",
    )
    if files:
        now.refused.clear()
        for file in files:
            data = file.getvalue()
            now.incoming.append(Incoming(file.name, data, reviewer().look_through(file.name, data)))
        now.uploads += 1
        st.rerun()
    with st.container(horizontal=True):
        with st.popover(_("Write one in a form"), key="write"):
            title = st.text_input(_("Title of the set"), key="new-title", max_chars=100)
            if st.button(_("Begin"), type="primary", key="begin"):
                known = {version.title.strip().casefold() for version in book.sets.all()}
                if title.strip().casefold() in known:
                    said = _("There is a set of this title already; open it to edit it, or choose another title.")
                    st.markdown(f":red[✗ {said}]")
                elif title.strip():
                    _open(room, begin_form(book, title.strip()), do="form")
                else:
                    st.markdown(":red[✗ " + _("A set needs a title, such as “Fractions, week 3”.") + "]")
        ready = shipped_sets()
        if ready:
            with st.popover(_("Start from a ready-made set"), key="ready"):
                for name, (title, problems, path) in ready.items():
                    many = ngettext("{n} problem", "{n} problems", problems).format(n=problems)
                    if st.button(f"{title} · {many}", key=f"ready-{name}", width="stretch"):
                        data = path.read_bytes()
                        now.incoming.append(Incoming(path.name, data, reviewer().look_through(path.name, data)))
                        st.rerun()


def _draw_incoming(room: Classroom, book: Book) -> None:
    """Files that were uploaded: those that hold a set become drafts, of the others it is said why not."""
    now = teacher_sets()
    alone = len(now.incoming) == 1
    for incoming in list(now.incoming):
        found = incoming.reviewing.so_far
        if not (found.yaml or found.done):
            found = incoming.reviewing.wait(AT_ONCE_S)
        if not (found.yaml or found.done):
            continue
        now.incoming.remove(incoming)
        if found.yaml:
            try:
                version = _add(book, incoming.file_name, incoming.data, found)
            except (AuthorError, StoreError) as error:
                now.refused.append(_refused(found, str(error)))
                continue
            if alone:
                _open(room, version)
            now.news.append(_is_a_draft(version))
        else:
            now.refused.append(found)
    if now.incoming:
        _wait_for(tuple(now.incoming))
    for review in now.refused:
        with st.container(border=True, gap="xsmall"):
            st.markdown(":red[✗ **" + _("“{file}” could not be taken").format(file=escaped(review.name)) + "**]")
            for finding in review.findings:
                st.markdown(escaped(finding.message))


def _is_a_draft(version: SetVersion) -> str:
    title = escaped(version.title)
    if version.version == 1:
        return _("“{title}” is a draft now.").format(title=title)
    return _("Version {n} of “{title}” is a draft now; students see it when you publish it.").format(
        n=version.version, title=title
    )


def _refused(found: Review, why: str) -> Review:
    return Review(found.name, found.title, findings=(Finding(Severity.ERROR, "", (), None, why),), done=True)


@st.fragment(run_every=LOOK_S)
def _wait_for(incoming: tuple[Incoming, ...]) -> None:
    for each in incoming:
        found = each.reviewing.so_far
        if found.yaml or found.done:
            st.rerun()
        st.markdown(escaped(file_of(each.file_name).name))
        draw_progress(found)


def _add(book: Book, file_name: str, data: bytes, found: Review) -> SetVersion:
    name = file_of(file_name).name
    return book.sets.bring(Upload(found.name, found.title, name, data, found.yaml, found.problem_ids))


def _open(room: Classroom, version: SetVersion, do: str = "") -> None:
    _go(room.id, version.id, do)
    st.rerun()


def _state_badge(version: SetVersion) -> None:
    match version.state:
        case State.PUBLISHED:
            st.badge("● " + _("Students see version {n}").format(n=version.version), color="green")
        case State.DRAFT:
            st.badge("✎ " + _("Draft of version {n}").format(n=version.version), color="orange")
        case State.ARCHIVED:
            st.badge("▪ " + _("Archived, version {n}").format(n=version.version), color="gray")


def _draw_card(room: Classroom, those: list[SetVersion]) -> None:
    """One set: what students see of it, and the draft that may stand beside it."""
    shown = [v for v in those if v.state is State.PUBLISHED]
    drafts = [v for v in those if v.state is State.DRAFT and (not shown or v.version > shown[0].version)]
    tops = (drafts[:1] + shown) or those[:1]
    top = tops[0]
    with st.container(border=True, gap="small", key=f"set-{top.set_id}"):
        st.markdown(f"##### {escaped(top.title)}")
        with st.container(horizontal=True, gap="small"):
            for version in tops:
                _state_badge(version)
        st.caption(" · ".join(_facts(tops[-1])))
        with st.container(horizontal=True):
            for version in tops:
                label = _("Go on with the draft") if version.state is State.DRAFT else _("Open")
                if st.button(label, key=f"open-{version.id}", help=escaped(version.title)):
                    _open(room, version)


def _facts(version: SetVersion) -> list[str]:
    n = len(version.problem_ids)
    facts = [ngettext("{n} problem", "{n} problems", n).format(n=n)]
    if version.due is not None:
        facts.append(_("ends {when}").format(when=_when(version.due)))
    if version.tries is not None:
        facts.append(ngettext("{n} try", "{n} tries", version.tries).format(n=version.tries))
    if version.exam:
        facts.append(_("exam"))
    return facts


def _zone() -> str:
    """The time zone of the teacher's browser."""
    zone = st.context.timezone or "UTC"
    return zone if zone in _zones() else "UTC"


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))


def _when(moment: datetime) -> str:
    return time_in_words(moment, store().now(), here())


# ---------------------------------------------------------------- one version of a set


def _draw_version(room: Classroom, book: Book, version: SetVersion) -> None:
    _tell()
    st.button(_("← All sets"), on_click=_go, args=(room.id,), type="tertiary", key="back")
    titled(version.title)
    with st.container(horizontal=True, vertical_alignment="center"):
        _state_badge(version)
        st.caption(" · ".join((*_facts(version), escaped(version.source_name))))
    content = book.sets.content(version.id)
    reviewing = reviewer().look_through(content.source_name, content.source)
    review = reviewing.wait(AT_ONCE_S) if not reviewing.so_far.done else reviewing.so_far
    if not review.done:
        _wait_until_done(version.id, content)
    else:
        draw_summary(review)

    def mend(finding: Finding) -> None:
        _mend(room, book, version, finding)

    if review.done:
        draw_findings(review, (Severity.ERROR,), mend)
    _draw_doing(room, book, version, content, review)
    if review.done:
        draw_findings(review, (Severity.WARNING, Severity.NOTE), mend)
    _draw_problems(content)
    _draw_versions(room, book, version)


@st.fragment(run_every=LOOK_S)
def _wait_until_done(version_id: int, content: SetContent) -> None:
    review = reviewer().look_through(content.source_name, content.source).so_far
    if review.done:
        st.rerun()
    draw_progress(review)


def _draw_doing(room: Classroom, book: Book, version: SetVersion, content: SetContent, review: Review) -> None:
    """What can be done with a version: first the one thing that is next."""
    terms = _draw_terms(room, book, version)
    trouble, done = "", False
    with st.container(horizontal=True):
        if version.state is State.PUBLISHED:
            if st.button(_("Save the terms"), type="primary", key="save-terms", disabled=terms is None):
                trouble = _apply_terms(book, version, terms)
                done = not trouble
        else:
            label = _("Publish to {title}") if version.state is State.DRAFT else _("Publish again to {title}")
            pressed = st.button(
                escaped(label.format(title=room.title)),
                type="primary",
                key="publish",
                disabled=terms is None or not review.publishable,
            )
            if pressed:
                trouble = _publish(room, book, version, terms, review)
                done = not trouble
        st.button(
            _("Preview as a student"),
            key="preview",
            on_click=_go,
            args=(room.id, version.id, "preview"),
            disabled=not review.done or bool(review.of(Severity.ERROR)),
        )
        if version.state is State.DRAFT:
            st.button(_("Edit"), key="edit", on_click=_go, args=(room.id, version.id, "form"))
        else:
            label = _("Edit as a new version") if version.state is State.PUBLISHED else _("Restore as a new draft")
            st.button(label, key="edit", on_click=_again, args=(room, book, version))
        with st.popover(_("More"), key="more"):
            _draw_more(room, book, version, content)
    if done:
        st.rerun()
    if trouble:
        st.markdown(f":red[✗ {escaped(trouble)}]")
    elif version.state is not State.PUBLISHED and review.done and not review.publishable:
        st.caption(_("It can be published once everything marked “To mend” is mended."))


def _again(room: Classroom, book: Book, version: SetVersion, problem_id: str = "") -> None:
    """A new draft with the problems of that version, in the form."""
    content = book.sets.content(version.id)
    source = content.yaml.encode("utf-8")
    upload = Upload(version.name, version.title, f"{version.name}.yaml", source, content.yaml, version.problem_ids)
    draft = book.sets.add(upload)
    teacher_sets().news.append(
        _("Version {n} is a draft now; students see it when you publish it.").format(n=draft.version)
    )
    _go(room.id, draft.id, "form", problem_id)


def _mend(room: Classroom, book: Book, version: SetVersion, finding: Finding) -> None:
    """The form, at the problem that the finding names."""
    problem = "" if finding.number is None else str(finding.number)
    if version.state is State.DRAFT:
        _go(room.id, version.id, "form", problem)
    else:
        _again(room, book, version, problem)


def _publish(room: Classroom, book: Book, version: SetVersion, terms: Terms | None, review: Review) -> str:
    """Show the version to the students; what stands in the way, "" where nothing did."""
    if terms is None or not review.publishable:
        return _("This set has mistakes that students should not meet.")
    try:
        book.sets.set_terms(version.id, terms)
        book.sets.publish(version.id)
    except (AuthorError, StoreError) as error:
        return str(error)
    teacher_sets().news.append(_("Students of {title} see it now.").format(title=escaped(room.title)))
    return ""


def _apply_terms(book: Book, version: SetVersion, terms: Terms | None) -> str:
    try:
        book.sets.set_terms(version.id, terms or Terms())
    except (AuthorError, StoreError) as error:
        return str(error)
    teacher_sets().news.append(_("The terms are saved."))
    return ""


def _draw_terms(room: Classroom, book: Book, version: SetVersion) -> Terms | None:
    """Until when, how often, and whether it is an exam; None while they do not fit together, which is said there."""
    key = f"{version.id}"
    with st.container(border=True, gap="small"):
        ends = st.toggle(_("It ends at a certain time"), value=version.due is not None, key=f"ends-{key}")
        due = None
        if ends:
            when, where = st.columns([1, 1])
            zone = where.selectbox(_("Time zone"), _zones(), index=_zones().index(_zone()), key=f"zone-{key}")
            local = version.due.astimezone(ZoneInfo(zone)) if version.due is not None else _next_week(zone)
            picked = when.datetime_input(
                _("End"), value=local.replace(tzinfo=None), key=f"due-{key}-{zone}", format="YYYY-MM-DD"
            )
            due = None if picked is None else picked.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        now_tries = version.tries or 0
        options = TRIES if now_tries in TRIES else (*TRIES, now_tries)
        tries = st.selectbox(
            _("How often each problem may be handed in"),
            options,
            index=options.index(now_tries),
            format_func=lambda n: _times(n) if n else _("as often as they like"),
            key=f"tries-{key}",
        )
        exam = st.toggle(_("Exam: no hints, and verdicts only after the end"), value=version.exam, key=f"exam-{key}")
        if exam and due is None:
            st.markdown(":red[✗ " + _("An exam needs an end, after which students see how they did.") + "]")
            return None
        if due is not None and due < store().now():
            st.markdown(":orange[⚠ " + _("This end has passed already.") + "]")
    return Terms(due, tries or None, exam)


def _times(n: int) -> str:
    return _("once") if n == 1 else ngettext("{n} time", "{n} times", n).format(n=n)


def _next_week(zone: str) -> datetime:
    """A week from now, at the end of the day."""
    today = datetime.now(ZoneInfo(zone)).date()
    return datetime.combine(today + timedelta(days=7), time(23, 45), ZoneInfo(zone))


def _draw_more(room: Classroom, book: Book, version: SetVersion, content: SetContent) -> None:
    st.download_button(
        _("Download to share (YAML)"),
        content.yaml.encode("utf-8"),
        file_name=_file_name(version.name, ".yaml"),
        mime="application/yaml",
        key="share",
        width="stretch",
    )
    if not content.source_name.endswith((".yaml", ".yml")):
        st.download_button(
            _("Download the file you uploaded"),
            content.source,
            file_name=_file_name(version.name, file_of(content.source_name).suffix),
            mime="application/octet-stream",
            key="original",
            width="stretch",
        )
    if version.state is not State.ARCHIVED:
        said = _("Archive: students no longer see it, their work stays")
        if st.button(said, key="archive", width="stretch"):
            book.sets.archive(version.id)
            teacher_sets().news.append(_("It is archived."))
            st.rerun()
    if version.state is not State.PUBLISHED:
        sure = st.checkbox(_("I am sure"), key=f"sure-{version.id}")
        if st.button(_("Delete this version for good"), key="delete", width="stretch", disabled=not sure):
            try:
                book.sets.delete(version.id)
            except BadInput as error:
                st.markdown(f":red[✗ {escaped(str(error))}]")
                return
            teacher_sets().news.append(_("It is deleted."))
            _go(room.id)
            st.rerun()


def _file_name(name: str, suffix: str) -> str:
    """A name that any system takes."""
    return (re.sub(r"[^\w-]+", "_", name).strip("_")[:80] or "set") + re.sub(r"[^.\w]", "", suffix)


def _draw_problems(content: SetContent) -> None:
    """The problems with their answers, for the teacher's eye."""
    try:
        problems = _problems(content.source_name, content.yaml)
    except AuthorError:
        return
    with st.expander(_("The problems and their answers")):
        for number, problem in enumerate(problems, start=1):
            st.markdown(f"**{number}. {escaped(problem.title or problem.id)}** · {_marks(problem.marks)}")
            draw_statement(problem)
            answers = [(each.id, each.answer) for each in problem.parts] if problem.parts else [("", problem.answer)]
            said = [f"({letter}) {answer.text}".removeprefix("() ") for letter, answer in answers if answer is not None]
            if said:
                st.caption(_("Answer") + ": " + escaped("; ".join(said)))


def _marks(marks: object) -> str:
    return ngettext("{n} mark", "{n} marks", 1 if str(marks) == "1" else 2).format(n=marks)


def _draw_versions(room: Classroom, book: Book, version: SetVersion) -> None:
    """All versions of the set, each with what it changed."""
    those = [v for v in book.sets.all() if v.set_id == version.set_id]
    if len(those) < 2:
        return
    with st.expander(ngettext("{n} version", "{n} versions", len(those)).format(n=len(those)), key="versions"):
        texts = {v.id: book.sets.content(v.id).yaml for v in those}
        for v, before in zip(those, (*those[1:], None), strict=True):
            with st.container(border=v.id == version.id, gap="xsmall", key=f"version-{v.id}"):
                with st.container(horizontal=True, vertical_alignment="center"):
                    _state_badge(v)
                    st.caption(_when(v.published_at or v.created_at))
                    if v.id != version.id:
                        label = _("Open version {n}").format(n=v.version)
                        st.button(label, key=f"see-{v.id}", on_click=_go, args=(room.id, v.id), type="tertiary")
                if before is not None:
                    st.caption(escaped(_changed(changes(texts[before.id], texts[v.id]))))


def _changed(found: Iterable[Change]) -> str:
    """`changed: two-step (answer) · added: new`."""
    said: list[str] = []
    words = {Kind.ADDED: _("added"), Kind.CHANGED: _("changed"), Kind.REMOVED: _("removed")}
    by_kind: dict[Kind, list[str]] = {}
    for change in found:
        name = change.problem_id or _("the set")
        by_kind.setdefault(change.kind, []).append(f"{name} ({', '.join(change.fields)})" if change.fields else name)
    said = [f"{words[kind]}: {', '.join(names[:6])}{' …' if len(names) > 6 else ''}" for kind, names in by_kind.items()]
    return " · ".join(said) or _("the same problems")


# ---------------------------------------------------------------- as a student sees it


def _draw_preview(teacher: Teacher, room: Classroom, book: Book, version: SetVersion) -> None:
    st.button(_("← Back to the set"), on_click=_go, args=(room.id, version.id), type="tertiary", key="back")
    st.caption(_("As a student sees it. Nothing you try here is stored."))
    content = book.sets.content(version.id)
    try:
        problems = _problems(content.source_name, content.yaml)
    except AuthorError:
        st.markdown(_("This set cannot be read yet; mend it first."))
        return
    ids = list(problems.problems)
    titles = {p.id: f"{n}. {p.title or p.id}" for n, p in enumerate(problems, start=1)}
    chosen = st.selectbox(_("Problem"), ids, format_func=lambda name: titles[name], key=f"previewed-{version.id}")
    problem = problems[chosen]
    key = f"preview-{version.id}-{chosen}"
    titled(problem.title or problem.id)
    facts = _facts(version)[1:]
    if facts:
        st.caption(" · ".join(facts))
    draw_statement(problem)
    draft = work_editor(key, problem=problem)
    if st.button(_("Check"), type="primary", key=f"check-{key}") and not draft.empty:
        try:
            ticket = service().submit(f"teacher {teacher.id}", problem, draft.text, slot=key)
            report = follow(ticket, lines=len(draft.lines), key=key)
        except TutorError as error:
            st.text(refusal_in_words(error))
            return
        if report is not None:
            draw_report(report)
