"""A file of submissions marked: upload it, see that it was understood, watch it, take the marks away."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import PurePath

import streamlit as st

from tutor.batch.tables import COLUMNS
from tutor.errors import AuthorError
from tutor.problems import ProblemSet
from tutor.report.gradebooks import columns_of
from tutor.report.summary import ClassSummary, number
from tutor.service.batches import batch_rows
from tutor.service.intake import KINDS, MAX_UPLOAD, Read, read_upload
from tutor.service.results import Kind, Results
from tutor.service.review import file_of
from tutor.store import Missing, Upload, problem_set_of
from tutor.store.desk import Book
from tutor.store.records import Batch, BatchState, Classroom, SetContent, SetVersion, State
from tutor.store.texts import MAX_TITLE
from web.parts.findings import reviewer
from web.parts.of_class import number_of, the_class
from web.parts.plain import escaped
from web.parts.tables import draw_table
from web.parts.times import here, time_in_words
from web.resources import batches, store
from web.state import FileToMark, marking
from web.words import _, ngettext

PATH = "batch"
MEGABYTE = 1_000_000
LOOK_S = 1.5
SHOWN = 5  # submissions of a file before it is marked
LISTED = 50  # lines for a person, and rows without a mark; the rest is in the files
SET_FROM_A_FILE = 0  # where a number of a version is expected
SET_S = 60.0  # the longest that is waited for a set to be read


def batch_page() -> None:
    """Draw the page: the uploads of the class and a new one, or the upload that the address names."""
    room, book = the_class(PATH)
    batch = _asked_for(book)
    if batch is None:
        _draw_uploads(room, book)
    else:
        _draw_upload(room, book, batch)


def _asked_for(book: Book) -> Batch | None:
    asked = number_of("batch")
    if asked is None:
        return None
    try:
        return book.batches.get(asked)
    except Missing:
        return None


def _go(room: Classroom, batch: Batch | None = None) -> None:
    wanted = {"class": str(room.id), "batch": str(batch.id) if batch is not None else ""}
    st.query_params.from_dict({name: value for name, value in wanted.items() if value})


@lru_cache(maxsize=64)
def _read_set(source_name: str, yaml: str) -> ProblemSet:
    return problem_set_of(SetContent(source_name, b"", yaml))


def _set_of(book: Book, version_id: int) -> ProblemSet:
    content = book.sets.content(version_id)
    return _read_set(content.source_name, content.yaml)


# ---------------------------------------------------------------- all uploads, and a new one


def _draw_uploads(room: Classroom, book: Book) -> None:
    st.title(_("Mark a file"), anchor=False)
    st.markdown(_("Every line is checked as on the site, and you take the marks away in a file."))
    _draw_new(room, book)
    found = book.batches.all()
    if found:
        st.subheader(_("Earlier files"), anchor=False)
        for batch in found:
            with st.container(border=True, horizontal=True, vertical_alignment="center"):
                with st.container(gap="xxsmall"):
                    st.markdown(f"**{escaped(batch.title)}**")
                    st.caption(f"{_state(batch)} · {time_in_words(batch.created_at, store().now(), here())}")
                if st.button(_("Open"), key=f"open-{batch.id}"):
                    _go(room, batch)
                    st.rerun()


def _state(batch: Batch) -> str:
    rows = ngettext("{n} submission", "{n} submissions", batch.rows).format(n=batch.rows)
    match batch.state:
        case BatchState.DONE:
            return f"✓ {_('marked')} · {rows}"
        case BatchState.STOPPED:
            return f"■ {_('stopped')} · " + _("{done} of {rows}").format(done=batch.done, rows=rows)
        case BatchState.RUNNING:
            return f"▶ {_('being marked')} · " + _("{done} of {rows}").format(done=batch.done, rows=rows)
        case BatchState.WAITING:
            return f"… {_('waits')} · {rows}"


def _draw_new(room: Classroom, book: Book) -> None:
    now = marking()
    with st.container(border=True):
        version_id = _choose_set(book)
        if version_id is None:
            return
        file = st.file_uploader(
            _("The submissions"),
            type=[kind.removeprefix(".") for kind in KINDS],
            max_upload_size=MAX_UPLOAD // MEGABYTE,
            key=f"submissions-{room.id}-{now.uploads}",
            help=_(
                "A table (CSV, Excel, JSON Lines, Parquet) with the columns student, problem, work; or the ZIP that "
                "Moodle or Canvas gives for an assignment, or one with a folder for each student. At most 50 MB."
            ),
        )
        if file is None:
            now.file = None
            return
        problems = _set_of(book, version_id)
        if now.file is None or (now.file.file_id, now.file.version_id) != (file.file_id, version_id):
            data = file.getvalue()
            with st.spinner(_("Reading the file …")):
                found = read_upload(file.name, data, list(problems.problems))
            now.file = FileToMark(file.file_id, version_id, file.name, data, found)
        _draw_columns(now.file, problems)
        _draw_found(now.file, problems)
        if not now.file.found.rows:
            return
        title = st.text_input(
            _("Title"), PurePath(file.name).stem[:MAX_TITLE], max_chars=MAX_TITLE, key=f"title-{file.file_id}"
        )
        many = len(now.file.found.rows)
        label = ngettext("Mark {n} submission", "Mark {n} submissions", many).format(n=many)
        if st.button(label, type="primary", key="mark"):
            rows = batch_rows(now.file.found.rows, problems.problems)
            batch = book.batches.add(title, file.name, rows, version_id)
            batches().look()
            now.file, now.uploads = None, now.uploads + 1
            _go(room, batch)
            st.rerun()


def _choose_set(book: Book) -> int | None:
    """The number of the version that the submissions answer; None where it is still to be chosen."""
    newest: dict[int, SetVersion] = {}
    for version in book.sets.all():
        kept = newest.get(version.set_id)
        if kept is None or _rank(version) > _rank(kept):
            newest[version.set_id] = version
    known = {v.id: v for v in sorted(newest.values(), key=_rank, reverse=True)}
    named = number_of("version")

    def said(number: int) -> str:
        return known[number].title if number in known else _("Another set, from a file")

    options = [*known, SET_FROM_A_FILE]
    chosen = st.selectbox(
        _("The problem set"), options, index=options.index(named) if named in known else 0, format_func=said, key="set"
    )
    return _set_from_a_file(book) if chosen == SET_FROM_A_FILE else chosen


def _rank(version: SetVersion) -> tuple[bool, bool, int]:
    return version.state is State.PUBLISHED, version.state is State.DRAFT, version.id


def _set_from_a_file(book: Book) -> int | None:
    file = st.file_uploader(
        _("The problem set as a file"),
        type=["yaml", "yml", "json", "csv", "xlsx", "xml"],
        max_upload_size=5,
        key="set-file",
        help=_("It is added to the sets of the class as a draft, which students do not see."),
    )
    if file is None:
        return None
    now = marking()
    if now.set_file != file.file_id:
        data = file.getvalue()
        with st.spinner(_("Reading the problem set …")):
            found = reviewer().look_through(file.name, data).wait(SET_S)
        now.set_file, now.set_version, now.set_trouble = file.file_id, None, []
        if found.yaml:
            name = file_of(file.name).name
            upload = Upload(found.name, found.title, name, data, found.yaml, found.problem_ids)
            now.set_version = book.sets.bring(upload).id
        else:
            now.set_trouble = [finding.message for finding in found.findings] or [_("It took too long to read.")]
    if now.set_version is None:
        _refused(_("“{file}” could not be taken").format(file=escaped(file.name)), *now.set_trouble)
    return now.set_version


def _refused(head: str, *why: str) -> None:
    st.markdown(f":red[✗ **{head}**]")
    for sentence in why:
        st.markdown(escaped(sentence))


def _draw_columns(file: FileToMark, problems: ProblemSet) -> None:
    """Which column of a table is which; they can be put right."""
    found = file.found
    if not found.heads:
        return
    words = {
        "work": _("The work"),
        "student": _("Student"),
        "problem": _("Problem"),
        "id": _("Number of the submission"),
    }
    guess = {ours: head for head, ours in (found.columns or {}).items()}
    alone = len(problems.problems) == 1
    needed = {"work", "student"} | (set() if alone else {"problem"})
    with st.expander(_("Columns"), expanded=bool(found.trouble) or bool(needed - guess.keys())):
        chosen: dict[str, str] = {}
        places = st.columns(2)
        for n, ours in enumerate(("student", "problem", "work", "id")):
            options = ["", *dict.fromkeys(h for h in found.heads if h)]
            head = places[n % 2].selectbox(
                words[ours],
                options,
                index=options.index(guess[ours]) if guess.get(ours) in options else 0,
                format_func=lambda h: h or _("none"),
                key=f"column-{ours}-{file.file_id}-{file.version_id}",
            )
            if head:
                chosen[head] = ours
        if chosen != {h: o for h, o in (found.columns or {}).items() if o in COLUMNS} and "work" in chosen.values():
            _read_again(file, problems, chosen)


def _read_again(file: FileToMark, problems: ProblemSet, columns: Mapping[str, str]) -> None:
    with st.spinner(_("Reading the file …")):
        file.found = read_upload(file.file_name, file.data, list(problems.problems), columns)
    st.rerun()


def _draw_found(file: FileToMark, problems: ProblemSet) -> None:
    found: Read = file.found
    if found.trouble:
        _refused(_("“{file}” could not be taken").format(file=escaped(file.file_name)), found.trouble)
        return
    if not found.rows:
        _refused(_("“{file}” holds no submissions").format(file=escaped(file.file_name)))
        return
    good = [row for row in found.rows if not row.status]
    bad = [row for row in found.rows if row.status]
    students = len({row.submission.student for row in found.rows})
    said = ngettext("{n} submission", "{n} submissions", len(found.rows)).format(n=len(found.rows))
    by = ngettext("{n} student", "{n} students", students).format(n=students)
    st.markdown(f"**{said}** · {by}")
    if good:
        rows = [
            (r.submission.student, problems.problems[r.submission.problem].title or r.submission.problem,
             _shortened(r.submission.work)) for r in good[:SHOWN]
        ]  # fmt: skip
        draw_table(_("The first submissions"), [_("Student"), _("Problem"), _("The work")], rows)
    if bad:
        many = ngettext(
            "{n} of them cannot be marked and will be listed",
            "{n} of them cannot be marked and will be listed",
            len(bad),
        ).format(n=len(bad))
        st.markdown(f":orange[◐ {many}]")
        draw_table(many, [_("Where"), _("Why")], [(r.where or r.submission.id, r.message) for r in bad[:SHOWN]])


def _shortened(work: str) -> str:
    lines = [line.strip() for line in work.split("\n") if line.strip()]
    said = " ⏎ ".join(lines[:3])[:120]
    return said + (" …" if len(lines) > 3 or len(said) == 120 else "")


# ---------------------------------------------------------------- one upload


def _draw_upload(room: Classroom, book: Book, batch: Batch) -> None:
    if st.button(_("← All files"), type="tertiary", key="back"):
        _go(room)
        st.rerun()
    st.title(escaped(batch.title), anchor=False)
    problem_set = _set_of(book, batch.version_id) if batch.version_id is not None else None
    about = "" if problem_set is None else f"{escaped(problem_set.title)} · "
    st.caption(f"{about}{escaped(batch.file_name)} · {time_in_words(batch.created_at, store().now(), here())}")
    if batch.state in (BatchState.WAITING, BatchState.RUNNING):
        _draw_progress(book, batch.id)
        return
    if batch.state is BatchState.STOPPED:
        st.progress(batch.done / max(1, batch.rows), text=_state(batch))
        with st.container(horizontal=True):
            if st.button(_("Go on"), type="primary", key="resume"):
                book.batches.resume(batch.id)
                batches().look()
                st.rerun()
            _draw_delete(room, book, batch)
    if batch.done:
        _draw_results(batch, problem_set, Results(book.batches, batch, problem_set))
    if batch.state is BatchState.DONE:
        _draw_delete(room, book, batch)


@st.fragment(run_every=LOOK_S)
def _draw_progress(book: Book, batch_id: int) -> None:
    try:
        batch = book.batches.get(batch_id)
    except Missing:
        st.rerun()
    if batch.state not in (BatchState.WAITING, BatchState.RUNNING):
        st.rerun()
    text = _("Waits for its turn; students come first.")
    if batch.done:
        done, rows = f"{batch.done:,}", f"{batch.rows:,}"
        text = _("{done} of {rows}").format(done=done, rows=rows) + _left(batch)
    st.progress(batch.done / max(1, batch.rows), text=text)
    st.caption(_("You may close this page; the marking goes on."))
    if st.button(_("Stop"), key="stop"):
        book.batches.stop(batch_id)
        st.rerun()


def _left(batch: Batch) -> str:
    """How long it may still take, once that can be said."""
    first = marking().first_seen.setdefault(batch.id, (time.monotonic(), batch.done))
    spent, done = time.monotonic() - first[0], batch.done - first[1]
    if spent < 3 or done < 5:
        return ""
    seconds = (batch.rows - batch.done) * spent / done
    if seconds < 90:
        return " · " + _("about {n} s left").format(n=max(1, round(seconds)))
    return " · " + _("about {n} min left").format(n=round(seconds / 60))


def _draw_delete(room: Classroom, book: Book, batch: Batch) -> None:
    with st.popover(_("Delete"), key="delete"):
        st.markdown(_("The submissions and their marks are deleted for good."))
        if st.button(_("Delete for good"), key="delete-for-good"):
            book.batches.delete(batch.id)
            _go(room)
            st.rerun()


def _summary(batch: Batch, results: Results) -> ClassSummary:
    """Of the reports so far, read through once for a tab."""
    now, key = marking(), (batch.id, batch.done)
    if now.summary is None or now.summary[0] != key:
        now.summary = (key, results.summary())
    return now.summary[1]


def _draw_results(batch: Batch, problem_set: ProblemSet | None, results: Results) -> None:
    with st.spinner(_("Counting …")):
        summary = _summary(batch, results)
    cells = [cell for row in summary.marks.values() for cell in row.values()]
    earned, available = sum(c.earned for c in cells), sum(c.available for c in cells)
    pending = sum(c.pending for c in cells)
    graded = summary.statuses["graded"]
    with st.container(horizontal=True, key="numbers"):
        st.metric(_("Marked"), f"{graded:,} / {summary.rows:,}")
        st.metric(_("Students"), f"{len(summary.marks):,}")
        share = f"{100 * float(earned / available):.0f} %" if available else "–"
        st.metric(_("Marks earned"), share)
        st.metric(_("Marks that wait for you"), number(pending + 0) if pending else "0")
    st.subheader(_("Take away"), anchor=False)
    _draw_files(summary, results)
    _draw_gradebook(batch, results)
    titles = {} if problem_set is None else {n: p.title for n, p in problem_set.problems.items() if p.title}
    _draw_for_a_person(summary, titles)
    _draw_not_marked(summary)
    _draw_problems(summary, titles)


def _draw_files(summary: ClassSummary, results: Results) -> None:
    words = {
        Kind.MARKS: (_("Marks"), _("Students and problems, with each mark that was lost"), "text/csv"),
        Kind.REPORT: (_("Report"), _("Every line with its verdict and reason, to print or keep"), "text/html"),
        Kind.REVIEW: (_("Lines for you"), _("Lines that could not be decided or read"), "text/csv"),
        Kind.ERRORS: (_("Not marked"), _("Submissions without a mark, each with why"), "text/csv"),
        Kind.GRADESCOPE: ("Gradescope", _("A results.json for each student"), "application/zip"),
        Kind.MOODLE: ("Moodle", _("A table for Moodle’s import of grades"), "text/csv"),
        Kind.RESULTS: ("JSON Lines", _("Every report, for programs"), "application/jsonl"),
    }
    empty = {Kind.REVIEW: not summary.looks, Kind.ERRORS: not summary.not_marked}
    with st.container(horizontal=True, gap="small", key="files"):
        for kind, (label, tip, mime) in words.items():
            if empty.get(kind):
                continue
            name = results.name_of(kind)
            st.download_button(
                f"{label} · {name}",
                partial(results.file, kind),
                name,
                mime if name == kind.value else "application/zip",
                key=f"file-{kind.name}",
                on_click="ignore",
                help=tip,
                type="primary" if kind is Kind.MARKS else "secondary",
            )


def _draw_gradebook(batch: Batch, results: Results) -> None:
    """The teacher's own export, with one column filled."""
    with st.expander(_("Fill the gradebook of Canvas or Moodle"), key="gradebook"):
        st.markdown(_("Export the gradebook there as CSV. One column is filled; all else stays as it is."))
        export = st.file_uploader(_("The exported gradebook"), type=["csv", "txt"], max_upload_size=20, key="export")
        if export is None:
            return
        data = export.getvalue()
        try:
            columns = columns_of(data)
            column = st.selectbox(
                _("The column"),
                columns,
                index=next((n for n, c in enumerate(columns) if c.casefold().startswith(batch.title.casefold())), None),
                accept_new_options=True,
                placeholder=_("Choose a column, or write the name of a new one"),
                key=f"gradebook-column-{export.file_id}",
            )
            whole = st.checkbox(_("Also where some marks still wait for me"), key="with-pending")
            if not column:
                return
            filled = results.fill(data, column, with_pending=whole)
        except AuthorError as error:
            _refused(_("This gradebook could not be filled"), str(error))
            return
        for sentence in filled.in_words():
            st.markdown("- " + escaped(sentence))
        st.download_button(
            _("Download the gradebook"),
            partial(results.taken, filled),
            export.name,
            "text/csv",
            key="filled-gradebook",
            on_click="ignore",
            type="primary",
        )


def _draw_for_a_person(summary: ClassSummary, titles: Mapping[str, str]) -> None:
    unmarked = {row["id"] for row in summary.not_marked}  # listed below, with where they stand in the file
    looks = [look for look in summary.looks if look.line is not None or look.row not in unmarked]
    if looks:
        many = len(looks) + summary.looks_left_out
        head = ngettext("{n} line for you to look at", "{n} lines for you to look at", many).format(n=many)
        st.subheader(head, anchor=False)
        rows = [
            (
                look.student,
                titles.get(look.problem, look.problem),
                "" if look.line is None else look.line + 1,
                look.text[:200],
                look.reason,
            )
            for look in looks[:LISTED]
        ]
        heads = [_("Student"), _("Problem"), _("Line"), _("Text"), _("Why")]
        draw_table(head, heads, rows)
        if many > LISTED:
            st.caption(_("The first {n}; all are in review.csv.").format(n=LISTED))


def _draw_not_marked(summary: ClassSummary) -> None:
    if summary.not_marked:
        many = len(summary.not_marked)
        head = ngettext("{n} submission without a mark", "{n} submissions without a mark", many).format(n=many)
        st.subheader(head, anchor=False)
        rows = [(row["student"], row["where"] or row["id"], row["message"]) for row in summary.not_marked[:LISTED]]
        draw_table(head, [_("Student"), _("Where"), _("Why")], rows)
        if many > LISTED:
            st.caption(_("The first {n}; all are in errors.csv.").format(n=LISTED))


def _draw_problems(summary: ClassSummary, titles: Mapping[str, str]) -> None:
    found = [p for p in summary.problems.values() if p.rows]
    if not found:
        return
    st.subheader(_("By problem"), anchor=False)
    rows = [(titles.get(p.id, p.id), p.rows, p.answers_right, f"{100 * p.share:.0f} %") for p in found]
    heads = [_("Problem"), _("Works"), _("Right"), _("Marks")]
    draw_table(_("By problem"), heads, rows)
    common = summary.commonest(8, at_least=2)
    if common:
        st.subheader(_("Commonest mistakes"), anchor=False)
        draw_table(
            _("Commonest mistakes"),
            [_("Students"), _("Problem"), _("Line"), _("Why")],
            [(len(m.students), titles.get(m.problem, m.problem), m.text[:200], m.reason) for m in common],
        )
