"""A class at a glance: who needs the teacher and about what, who is where, and what goes wrong in each problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from urllib.parse import urlencode

import altair as alt
import streamlit as st

from tutor.misconceptions.catalogue import entries
from tutor.records import Problem
from tutor.report.notation import printed
from tutor.report.summary import number
from tutor.store.desk import Book
from tutor.store.overview import Needs, Shared, Where, by_day, earned, needs, of_problems, where
from tutor.store.records import Classroom, Count, SetVersion, Standing, Student
from web.parts.marks import draw_marks
from web.parts.of_class import LINES, OVERVIEW, WORK, no_set_yet, the_class, the_set, titled
from web.parts.plain import escaped, in_html
from web.parts.tables import Cell, draw_download, draw_table
from web.parts.times import here, time_in_words
from web.resources import desk, store
from web.words import _, ngettext

SHOWN = 3  # of those who need the teacher, before the rest is counted
ICONS = {Where.SOLVED: "✓", Where.WRONG: "✗", Where.PARTLY: "◐", Where.OPEN: "?", Where.WAITING: "…"}
ORDER = (Where.SOLVED, Where.PARTLY, Where.WRONG, Where.OPEN, Where.WAITING)


def word_of(state: Where) -> str:
    """Where a student is, in one word or two."""
    match state:
        case Where.SOLVED:
            return _("solved")
        case Where.WRONG:
            return _("wrong")
        case Where.PARTLY:
            return _("in part")
        case Where.OPEN:
            return _("open")
        case Where.WAITING:
            return _("in check")


def class_view_page() -> None:
    """Draw the page."""
    st.set_page_config(layout="wide")
    room, book = the_class(OVERVIEW)
    titled(room.title)
    version = the_set(room, book)
    students = book.students.all()
    if version is None or not students:
        if version is None:
            no_set_yet(room)
        else:
            st.markdown(_("Nobody has joined yet. The class code is on the page of your classes."))
        return
    problems = desk().problems(version.id)
    standings = book.work.standings(version.set_id)
    mistakes = {p: book.work.misconceptions(version.set_id, p) for p in version.problem_ids}
    _draw_head(version, students, standings)
    _draw_needs(room, book, version, problems, needs(students, standings, mistakes), students)
    _draw_who_is_where(room, version, problems, students, standings)
    _draw_problems(book, version, problems, standings, mistakes)
    _draw_over_time(standings)
    draw_marks(book, version, problems, standings)


def when(moment: datetime) -> str:
    """A time for a table, in the browser's time zone."""
    return f"{moment.astimezone(here()):%Y-%m-%d %H:%M}"


def spoken(moment: datetime) -> str:
    """A time in a sentence."""
    return time_in_words(moment, store().now(), here())


def title_of(problems: Mapping[str, Problem], problem_id: str) -> str:
    """What a problem is called."""
    return (problems[problem_id].title if problem_id in problems else "") or problem_id


def _draw_head(version: SetVersion, students: Sequence[Student], standings: Sequence[Standing]) -> None:
    there = len({standing.student_id for standing in standings})
    said = _("{title}: {there} of {all} students have handed something in.").format(
        title=escaped(version.title), there=there, all=len(students)
    )
    if version.due is not None:
        said += " " + _("Due {when}.").format(when=spoken(version.due))
    st.markdown(said)


# ---------------------------------------------------------------- who needs me, and about what?


def _draw_needs(
    room: Classroom,
    book: Book,
    version: SetVersion,
    problems: Mapping[str, Problem],
    found: Needs,
    students: Sequence[Student],
) -> None:
    st.subheader(_("Who needs you"), anchor=False)
    cards = [_shared_card(room, version, shared, problems, students) for shared in found.shared[:SHOWN]]
    open_ = book.lines.open(version.set_id)
    if open_:
        cards.append(_open_card(room, version, [line.text for line in open_], sum(line.works for line in open_)))
    if found.stuck:
        cards.append(_stuck_card(room, version, problems, found))
    if found.silent:
        cards.append(_silent_card(found.silent))
    if not cards:
        cards = [
            f'<div class="need calm"><h3>✓ {in_html(_("Nobody is stuck"))}</h3>'
            f"<p>{in_html(_('No mistake is shared, no line waits for your word.'))}</p></div>"
        ]
    st.html(f'<div class="needs">{"".join(cards)}</div>')


def _card(kind: str, count: int, said: str, inside: str) -> str:
    return f'<div class="need {kind}"><h3><b>{count}</b> {in_html(said)}</h3>{inside}</div>'


def _shared_card(
    room: Classroom, version: SetVersion, shared: Shared, problems: Mapping[str, Problem], students: Sequence[Student]
) -> str:
    count, problem_id = shared.count, shared.problem_id
    said = ngettext("student shares a mistake", "students share a mistake", count.students)
    known = entries().get(count.what)
    name = known.name if known is not None else count.what
    example = f"<p><code>{in_html(count.examples[0])}</code></p>" if count.examples else ""
    where_ = in_html(title_of(problems, problem_id))
    links = "".join(
        f'<li><a href="{_link(room, version, student.id, problem_id)}">{in_html(student.name)}</a></li>'
        for student in students
        if student.id in count.who
    )
    who = f"<details><summary>{in_html(_('Who?'))}</summary><ul>{links}</ul></details>"
    return _card("shared", count.students, said, f'<p>{in_html(name)}.</p>{example}<p class="where">{where_}</p>{who}')


def _open_card(room: Classroom, version: SetVersion, lines: Sequence[str], works: int) -> str:
    said = ngettext("line waits for your word", "lines wait for your word", len(lines))
    some = "".join(f"<li><code>{in_html(line[:60])}</code></li>" for line in lines[:SHOWN])
    query = urlencode({"class": room.id, "set": version.set_id})
    go = f'<p class="where"><a href="{LINES}?{in_html(query)}">{in_html(_("Settle them"))}</a></p>'
    many = ngettext("in {n} work", "in {n} works", works).format(n=works)
    return _card("open", len(lines), said, f'<ul>{some}</ul><p class="where">{in_html(many)}</p>{go}')


def _stuck_card(room: Classroom, version: SetVersion, problems: Mapping[str, Problem], found: Needs) -> str:
    names = {stuck.student.id for stuck in found.stuck}
    said = ngettext("student is stuck", "students are stuck", len(names))
    rows = []
    for stuck in found.stuck[: SHOWN + 1]:
        tries = ngettext("{n} try", "{n} tries", stuck.standing.attempts).format(n=stuck.standing.attempts)
        hints = ngettext("{n} hint", "{n} hints", stuck.standing.hints).format(n=stuck.standing.hints)
        link = _link(room, version, stuck.student.id, stuck.standing.problem_id)
        title = in_html(title_of(problems, stuck.standing.problem_id))
        rows.append(
            f'<li><a href="{link}">{in_html(stuck.student.name)}</a> '
            f'<span class="where">{title}, {in_html(tries)}, {in_html(hints)}</span></li>'
        )
    return _card("stuck", len(names), said, f"<ul>{''.join(rows)}</ul>{_more(len(found.stuck) - len(rows))}")


def _silent_card(silent: Sequence[Student]) -> str:
    said = ngettext("student has handed in nothing", "students have handed in nothing", len(silent))
    names = ", ".join(in_html(student.name) for student in silent[: 2 * SHOWN])
    return _card("silent", len(silent), said, f"<p>{names}</p>{_more(len(silent) - 2 * SHOWN)}")


def _more(n: int) -> str:
    return f'<p class="where">{in_html(_("and {n} more").format(n=n))}</p>' if n > 0 else ""


def _link(room: Classroom, version: SetVersion, student_id: int, problem_id: str) -> str:
    query = {"class": room.id, "set": version.set_id, "student": student_id, "problem": problem_id}
    return f"{WORK}?{in_html(urlencode(query))}"


# ---------------------------------------------------------------- who is where


def _draw_who_is_where(
    room: Classroom,
    version: SetVersion,
    problems: Mapping[str, Problem],
    students: Sequence[Student],
    standings: Sequence[Standing],
) -> None:
    st.subheader(_("Who is where"), anchor=False)
    of = {(s.student_id, s.problem_id): s for s in standings}
    by_need = st.segmented_control(
        _("Order"),
        [True, False],
        default=True,
        required=True,
        format_func=lambda need: _("Most in need first") if need else _("By name"),
        label_visibility="collapsed",
        key="order-of-students",
    )
    ordered = sorted(students, key=lambda s: _need(s, version, of)) if by_need else list(students)
    legend = "".join(f"<span>{ICONS[state]} {in_html(word_of(state))}</span>" for state in ORDER)
    st.html(f'<div class="legend">{legend}<span>– {in_html(_("nothing handed in"))}</span></div>')
    st.html(_grid(room, version, problems, ordered, of))
    heads = [_("student"), *(title_of(problems, p) for p in version.problem_ids), _("marks")]
    rows = [
        [s.name, *(_in_words(of.get((s.id, p))) for p in version.problem_ids), _total(s, version, of)] for s in ordered
    ]
    with st.container(horizontal=True):
        draw_download("who-is-where.csv", heads, rows)
        each = [_every(student, p, problems, of) for student in ordered for p in version.problem_ids]
        columns = [
            _("student"),
            _("problem"),
            _("state"),
            _("marks"),
            _("of"),
            _("tries"),
            _("minutes"),
            _("hints"),
            _("first wrong line"),
        ]
        draw_download("each-work.csv", columns, [row for row in each if row], _("Every work as CSV"))


def _every(
    student: Student, problem_id: str, problems: Mapping[str, Problem], of: Mapping[tuple[int, str], Standing]
) -> list[Cell]:
    """A student's last work on a problem as a row; empty where there is none."""
    s = of.get((student.id, problem_id))
    if s is None:
        return []
    line = None if s.first_wrong is None else s.first_wrong + 1
    title, minutes = title_of(problems, problem_id), round(s.seconds / 60, 1)
    marks = (_decimal(earned(s)), _decimal(s.available))
    return [student.name, title, word_of(where(s)), *marks, s.attempts, minutes, s.hints, line]


def _need(student: Student, version: SetVersion, of: Mapping[tuple[int, str], Standing]) -> tuple[int, int, str]:
    found = [of[student.id, p] for p in version.problem_ids if (student.id, p) in of]
    wrong = sum(where(s) in (Where.WRONG, Where.OPEN) for s in found)
    return -wrong, len(found), student.name


def _decimal(value: Fraction | None) -> str | None:
    return None if value is None else number(value)


def _in_words(standing: Standing | None) -> str:
    if standing is None:
        return ""
    marks = earned(standing)
    said = f"{word_of(where(standing))}"
    return (
        said if marks is None or standing.available is None else f"{said} {number(marks)}/{number(standing.available)}"
    )


def _total(student: Student, version: SetVersion, of: Mapping[tuple[int, str], Standing]) -> str:
    found = [earned(of[student.id, p]) for p in version.problem_ids if (student.id, p) in of]
    return number(sum((marks for marks in found if marks is not None), Fraction(0)))


def _grid(
    room: Classroom,
    version: SetVersion,
    problems: Mapping[str, Problem],
    students: Sequence[Student],
    of: Mapping[tuple[int, str], Standing],
) -> str:
    heads = "".join(
        f'<th scope="col"><span class="short" aria-hidden="true">{n}</span>'
        f'<span class="long">{n}. {in_html(title_of(problems, p))}</span></th>'
        for n, p in enumerate(version.problem_ids, 1)
    )
    rows = "".join(
        f'<tr><th scope="row">{in_html(s.name)}</th>'
        f"{''.join(_cell(room, version, s, p, of.get((s.id, p))) for p in version.problem_ids)}"
        f'<td class="total">{_total(s, version, of)}</td></tr>'
        for s in students
    )
    caption = _("Students down, problems across: state, marks, tries, time and hints")
    return (
        f'<div class="sheet" tabindex="0" role="region" aria-label="{in_html(caption)}"><table class="standing">'
        f'<caption>{in_html(caption)}</caption><thead><tr><th scope="col">{in_html(_("Student"))}</th>{heads}'
        f'<th scope="col">{in_html(_("Marks"))}</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _cell(room: Classroom, version: SetVersion, student: Student, problem_id: str, standing: Standing | None) -> str:
    if standing is None:
        return f'<td><span class="none" title="{in_html(_("nothing handed in"))}">–</span></td>'
    state = where(standing)
    marks = earned(standing)
    of = "" if marks is None or standing.available is None else f"/{number(standing.available)}"
    mark = ("" if marks is None else number(marks)) + ("✎" if standing.given is not None else "")
    more = [] if standing.first_wrong is None else [_("line {n}").format(n=standing.first_wrong + 1)]
    if standing.attempts > 1:
        more.append(ngettext("{n} try", "{n} tries", standing.attempts).format(n=standing.attempts))
    more.append(_("{n} min").format(n=max(1, round(standing.seconds / 60))))
    if standing.hints:
        more.append(ngettext("{n} hint", "{n} hints", standing.hints).format(n=standing.hints))
    word = word_of(state)
    said = f"{student.name}: {word} {mark}{of}, {', '.join(more)}"
    return (
        f'<td><a class="{state.value}" href="{_link(room, version, student.id, problem_id)}" title="{in_html(said)}">'
        f'<span class="top"><span class="icon">{ICONS[state]}</span><span class="word">{in_html(word)}</span>'
        f'<span class="mark">{in_html(mark)}<span class="of">{in_html(of)}</span></span></span>'
        f'<span class="more">{in_html(" · ".join(more))}</span></a></td>'
    )


# ---------------------------------------------------------------- problem by problem


def _draw_problems(
    book: Book,
    version: SetVersion,
    problems: Mapping[str, Problem],
    standings: Sequence[Standing],
    mistakes: Mapping[str, Sequence[Count]],
) -> None:
    st.subheader(_("Problem by problem"), anchor=False)
    found = of_problems(version.problem_ids, standings)
    heads = [_("problem"), _("handed in"), *(word_of(state) for state in ORDER), _("minutes (middle)")]
    rows = [
        [title_of(problems, each.problem_id), each.handed_in, *(each.by_state.get(state, 0) for state in ORDER),
         None if each.minutes is None else round(each.minutes, 1)]
        for each in found
    ]  # fmt: skip
    draw_table(_("How the class stands with each problem"), heads, rows)
    draw_download("problems.csv", heads, rows)
    worst = max(found, key=lambda each: (each.by_state.get(Where.WRONG, 0), each.handed_in)).problem_id
    ids = list(version.problem_ids)
    problem_id = st.selectbox(
        _("Look closer at"),
        ids,
        index=ids.index(worst),
        format_func=lambda p: f"{ids.index(p) + 1}. {title_of(problems, p)}",
        key=f"closer-{version.id}",
    )
    if problem_id in problems and (statement := problems[problem_id].statement):
        st.markdown(escaped(statement))
    left, right = st.columns(2, gap="large")
    with left:
        _draw_first_wrong(book, version, problem_id)
    with right:
        _draw_mistakes(mistakes[problem_id])


def _draw_first_wrong(book: Book, version: SetVersion, problem_id: str) -> None:
    st.markdown(f"**{_('Where it first goes wrong')}**")
    counts = book.work.first_wrong(version.set_id, problem_id)
    if not counts:
        st.markdown(_("Nobody has handed in this problem."))
        return
    nowhere = _("nowhere")
    last = max((line for line in counts if line is not None), default=-1)
    rows = [(_("line {n}").format(n=line + 1), counts.get(line, 0)) for line in range(last + 1)]
    rows.append((nowhere, counts.get(None, 0)))
    said = "; ".join(f"{name}: {n}" for name, n in rows)
    chart = _bars([name for name, _n in rows], [n for _name, n in rows], _("first wrong line"), _("students"))
    st.altair_chart(chart, alt=_("Students by the first wrong line of their work. {rows}.").format(rows=said))
    draw_download(f"first-wrong-{problem_id}.csv", [_("first wrong line"), _("students")], rows)


def _bars(names: list[str], values: Sequence[float], across: str, up: str) -> alt.Chart:
    """A bar for each name with its number on it, so that nothing is left to colour."""
    data = alt.Data(values=[{"name": name, "value": value} for name, value in zip(names, values, strict=True)])
    base = alt.Chart(data).encode(
        x=alt.X("name:N", sort=names, title=across, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y=alt.Y("value:Q", title=up, axis=alt.Axis(tickMinStep=1, format="d")),
        tooltip=[alt.Tooltip("name:N", title=across), alt.Tooltip("value:Q", title=up)],
    )
    # A grey that is read on a light and on a dark page.
    said = base.mark_text(dy=-8, fontSize=13, color="#808890").encode(text="value:Q")
    return (base.mark_bar(color="#2a8f88", cornerRadiusEnd=3) + said).properties(height=240)


def _draw_mistakes(counts: Sequence[Count]) -> None:
    st.markdown(f"**{_('Commonest mistakes')}**")
    if not counts:
        st.markdown(_("No mistake of the catalogue was found."))
        return
    known = entries()
    parts = []
    for count in counts[:5]:
        entry = known.get(count.what)
        many = ngettext("{n} student", "{n} students", count.students).format(n=count.students)
        lines = "".join(f"<code>{in_html(text)}</code>" for text in count.examples)
        name = entry.name if entry is not None else count.what
        hint = f'<p class="quiet">{in_html(printed(entry.hints[1]))}</p>' if entry is not None else ""
        parts.append(
            f'<div class="mistake"><b>{in_html(many)}</b>: {in_html(name)}.'
            f'<div class="example">{lines}</div>{hint}</div>'
        )
    st.html("".join(parts))
    rows = [[known[c.what].name if c.what in known else c.what, c.students, " | ".join(c.examples)] for c in counts]
    draw_download("mistakes.csv", [_("mistake"), _("students"), _("lines")], rows)


def _draw_over_time(standings: Sequence[Standing]) -> None:
    days = by_day(standings, here())
    if not days:
        return
    st.subheader(_("Handed in over time"), anchor=False)
    rows = [(f"{day:%m-%d}", n) for day, n in days.items()]
    said = "; ".join(f"{day}: {n}" for day, n in rows)
    chart = _bars([day for day, _n in rows], [n for _day, n in rows], _("day"), _("last works"))
    st.altair_chart(chart, alt=_("Last works by the day they were handed in. {rows}.").format(rows=said))
    draw_download("handed-in.csv", [_("day"), _("last works")], [(f"{day}", n) for day, n in days.items()])
