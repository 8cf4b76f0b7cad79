"""A problem set in a form, problem by problem: each field says how it was read, and all is saved as one types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from difflib import get_close_matches
from typing import Any, Final

import streamlit as st

from tutor.errors import AuthorError
from tutor.problems.drafting import (
    PART_FIELDS,
    PROBLEM_FIELDS,
    answers_in_latex,
    as_givens,
    as_lines,
    as_text,
    free_id,
    looked_at,
    parted,
    statement_in_latex,
    together,
)
from tutor.problems.sets import Fault
from tutor.records import Problem
from tutor.service.review import Severity, field_in_words
from tutor.store import StoreError, Upload
from tutor.store.desk import Book
from tutor.store.records import SetVersion
from web.parts.findings import LOOK_S, reviewer, severity_in_words
from web.parts.plain import escaped
from web.parts.times import here
from web.state import Entry, SetForm, set_forms, widget
from web.words import _, ngettext

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
FORMS: Final = ("any", "factored", "expanded", "lowest_terms", "decimal", "exact")
IN_MORE: Final = ("id", "givens", "unknowns", "scheme", "figures", "form", "show_work", "topic")
ONE_PROBLEM: Final = {"id": "problem", "statement": ""}


def begin_form(book: Book, title: str) -> SetVersion:
    """A new set of that title with one empty problem, as a draft."""
    return book.sets.add(_upload(title, {"title": title}, [dict(ONE_PROBLEM)]))


def _upload(name: str, head: dict[str, Any], entries: list[dict[str, Any]]) -> Upload:
    yaml = together(head, entries)
    ids: list[str] = []
    for number, entry in enumerate(entries, start=1):
        wanted = str(entry.get("id") or "").strip()
        ids.append(wanted if wanted and wanted not in ids else f"problem {number}")
    title = str(head.get("title") or name)
    return Upload(name, title, f"{name}.yaml", yaml.encode("utf-8"), yaml, list(dict.fromkeys(ids)))


def _form(book: Book, version: SetVersion) -> SetForm:
    """The form of the tab for this draft, begun from what is stored."""
    forms = set_forms()
    yaml = book.sets.content(version.id).yaml
    now = forms.get(version.id)
    if now is None:
        head, entries = parted(yaml)
        entries = entries or [dict(ONE_PROBLEM)]
        now = SetForm(head, [Entry(n, entry) for n, entry in enumerate(entries)], yaml, next_uid=len(entries))
        forms[version.id] = now
    wanted = st.query_params.pop("problem", "")
    if wanted.isascii() and wanted.isdigit() and int(wanted) < len(now.entries):
        now.chosen = now.entries[int(wanted)].uid
    if all(entry.uid != now.chosen for entry in now.entries):
        now.chosen = now.entries[0].uid
    return now


def draw_form(book: Book, version: SetVersion, back: Callable[[], None]) -> None:
    """Draw the form for a draft. back: goes to where the set is looked through and published."""
    now = _form(book, version)
    key = f"form-{version.id}"
    st.button(_("← Check and publish"), on_click=back, type="tertiary", key="back")
    st.title(_("Edit the set"))
    now.head["title"] = st.text_input(
        _("Title of the set"), as_text(now.head.get("title")) or version.title, key=f"{key}-title", max_chars=100
    )
    _draw_choice(now, key)
    entry = next(entry for entry in now.entries if entry.uid == now.chosen)
    before = repr(entry.fields)
    _draw_problem(now, entry, f"{key}-{entry.uid}-{entry.revision}")
    _save(book, version, now)
    if repr(entry.fields) != before:
        st.rerun()  # what is said at the fields belongs to what stands in them now
    _draw_end(now, entry, key, back)


def _save(book: Book, version: SetVersion, now: SetForm) -> None:
    """Write what has changed into the draft."""
    entries = [entry.fields for entry in now.entries]
    upload = _upload(version.name, now.head, entries)
    if upload.yaml == now.saved:
        return
    try:
        book.sets.rewrite(version.id, upload)
    except (AuthorError, StoreError) as error:
        now.trouble = str(error)
        return
    now.saved, now.trouble = upload.yaml, ""
    now.saved_at = datetime.now(here()).strftime("%H:%M:%S")


# ---------------------------------------------------------------- which problem


def _draw_choice(now: SetForm, key: str) -> None:
    """The problems to choose from, each with what is to be mended in it."""
    names = {}
    for number, entry in enumerate(now.entries, start=1):
        title = as_text(entry.fields.get("title")) or as_text(entry.fields.get("id")) or _("new problem")
        faults = len(_faults(now, entry))
        mended = ngettext("{n} to mend", "{n} to mend", faults).format(n=faults)
        names[entry.uid] = f"{number}. {title}" + (f" · ✗ {mended}" if faults else "")
    uids = list(names)

    def choose(place: str) -> None:
        chosen = widget(place)
        if isinstance(chosen, int):
            now.chosen = chosen

    place = f"{key}-choice-{now.chosen}-{len(uids)}-{uids.index(now.chosen)}"
    st.selectbox(
        ngettext("{n} problem", "{n} problems", len(uids)).format(n=len(uids)),
        uids,
        index=uids.index(now.chosen),
        format_func=lambda uid: names.get(uid, ""),
        key=place,
        on_change=choose,
        args=(place,),
    )
    with st.container(horizontal=True, gap="small"):
        st.button(_("Add a problem"), on_click=_add, args=(now,), key=f"{key}-add")
        st.button(_("Duplicate"), on_click=_duplicate, args=(now,), key=f"{key}-duplicate")
        at = uids.index(now.chosen)
        st.button("↑", help=_("Move it up"), on_click=_move, args=(now, -1), key=f"{key}-up", disabled=at == 0)
        st.button(
            "↓", help=_("Move it down"), on_click=_move, args=(now, 1), key=f"{key}-down", disabled=at == len(uids) - 1
        )
        with st.popover(_("Delete"), disabled=len(uids) == 1):
            st.markdown(_("This problem is taken out of the draft."))
            st.button(_("Delete this problem"), on_click=_delete, args=(now,), key=f"{key}-delete", type="primary")


def _taken(now: SetForm) -> list[str]:
    return [as_text(entry.fields.get("id")) for entry in now.entries]


def _add(now: SetForm) -> None:
    """A new problem after the one that is shown."""
    _insert(now, {"id": free_id("", _taken(now)), "statement": ""})


def _duplicate(now: SetForm) -> None:
    entry = next(entry for entry in now.entries if entry.uid == now.chosen)
    fields = {**entry.fields, "id": free_id(as_text(entry.fields.get("id")), _taken(now))}
    if isinstance(fields.get("parts"), list):
        fields["parts"] = [dict(part) for part in fields["parts"]]
    _insert(now, fields)


def _insert(now: SetForm, fields: dict[str, Any]) -> None:
    at = next(k for k, entry in enumerate(now.entries) if entry.uid == now.chosen)
    now.entries.insert(at + 1, Entry(now.next_uid, fields))
    now.chosen = now.next_uid
    now.next_uid += 1


def _move(now: SetForm, by: int) -> None:
    at = next(k for k, entry in enumerate(now.entries) if entry.uid == now.chosen)
    now.entries.insert(at + by, now.entries.pop(at))


def _delete(now: SetForm) -> None:
    at = next(k for k, entry in enumerate(now.entries) if entry.uid == now.chosen)
    if len(now.entries) > 1:
        now.entries.pop(at)
        now.chosen = now.entries[max(0, at - 1)].uid


# ---------------------------------------------------------------- one problem


def _faults(now: SetForm, entry: Entry) -> tuple[Fault, ...]:
    _problem, faults = looked_at(now.head, entry.fields)
    same = [other for other in now.entries if other.fields.get("id") == entry.fields.get("id")]
    if len(same) > 1 and same[0] is not entry:
        twice = Fault(("problems", 0, "id"), "", None, _("another problem of the set has this id"))
        return (*faults, twice)
    return faults


class _Fields:
    """The boxes for the fields of a problem or of a part; each says below what is wrong with what stands in it."""

    def __init__(
        self, fields: dict[str, Any], place: tuple[str | int, ...], faults: tuple[Fault, ...], key: str
    ) -> None:
        self.fields, self.place, self.faults, self.key = fields, place, faults, key
        self.said: set[Fault] = set()

    def line(self, name: str, label: str, **how: Any) -> None:
        """A box of one line."""
        text = st.text_input(label, as_text(self.fields.get(name)), key=f"{self.key}-{name}", max_chars=2_000, **how)
        self.put(name, text.strip())
        self.tell(name)

    def box(self, name: str, label: str, *, height: int, **how: Any) -> None:
        """A box of several lines."""
        before = self.fields.get(name)
        shown = as_text(before)
        key = f"{self.key}-{name}"
        text = st.text_area(label, shown, key=key, height=height, max_chars=20_000, **how)
        if text != shown:
            lists = name in ("solution", "scheme", "answer", "equations")
            self.put(name, as_lines(text) if lists else as_givens(text) if name == "givens" else text.strip())
        self.tell(name)

    def put(self, name: str, value: Any) -> None:
        """Set a field, or take it out where it says nothing."""
        if value in ("", [], None):
            self.fields.pop(name, None)
        elif as_text(self.fields.get(name)) != as_text(value):
            self.fields[name] = value

    def tell(self, name: str) -> None:
        """What is wrong with a field, under it."""
        for fault in self.of(name):
            self.said.add(fault)
            which = field_in_words(fault.place[len(self.place) :]) if len(fault.place) > len(self.place) + 1 else ""
            where = f"{which}: " if "line" in which and not fault.message.startswith(which) else ""
            st.markdown(f":red[✗ {escaped(where + fault.message)}]")

    def of(self, name: str) -> Iterator[Fault]:
        """The faults of a field."""
        at = (*self.place, name)
        return (fault for fault in self.faults if fault.place[: len(at)] == at)

    def rest(self) -> None:
        """What is wrong with none of the fields that are shown."""
        for fault in self.faults:
            if fault not in self.said:
                st.markdown(f":red[✗ {escaped(fault.message)}]")


def _draw_problem(now: SetForm, entry: Entry, key: str) -> None:
    problem, _all = looked_at(now.head, entry.fields)
    fields = _Fields(entry.fields, ("problems", 0), _faults(now, entry), key)
    _draw_unknown(entry, fields, PROBLEM_FIELDS)
    fields.line("title", _("Title of the problem"), placeholder=_("such as: Two steps"))
    fields.box("statement", _("What students read"), height=110, placeholder="Solve 2x + 3 = 7.")
    _draw_reading(as_text(entry.fields.get("statement")))
    parts = entry.fields.get("parts")
    parts = parts if isinstance(parts, list) and all(isinstance(part, dict) for part in parts) else []
    said: set[Fault] = set()
    if not parts:
        _draw_answer(fields, problem, "")
    for k, part in enumerate(parts):
        with st.container(border=True, key=f"{key}-part-{k}"):
            letter = as_text(part.get("id")) or LETTERS[k % 26]
            st.markdown("**" + _("Part ({letter})").format(letter=escaped(letter)) + "**")
            inner = _Fields(part, ("problems", 0, "parts", k), fields.faults, f"{key}-{k}-{len(parts)}")
            _draw_unknown(entry, inner, PART_FIELDS)
            inner.box("statement", _("What part ({letter}) asks").format(letter=escaped(letter)), height=80)
            _draw_answer(inner, problem, letter)
            st.button(
                _("Take part ({letter}) out").format(letter=escaped(letter)),
                on_click=parts.pop,
                args=(k,),
                key=f"{key}-drop-{k}-{len(parts)}",
            )
            said |= inner.said
    fields.said |= said
    _draw_verified(now, entry)
    hidden = any(fault.place[2:3] and fault.place[2] in IN_MORE for fault in fields.faults)  # else it is looked for
    with st.expander(_("More: parts, given values, scheme, id"), expanded=hidden, key=f"{key}-more"):
        st.button(_("Add a part"), on_click=_add_part, args=(entry,), key=f"{key}-add-part")
        fields.line("id", _("Id, by which submissions name the problem"))
        fields.box("givens", _("Given values, one a line"), height=80, placeholder="u = 5 m/s")
        fields.line("unknowns", _("What is asked for, where the statement does not say it"), placeholder="x, y")
        if not parts:
            fields.box("scheme", _("Mark scheme, a line a mark"), height=80, placeholder="M1: 2x = 4\nA1: answer")
            fields.line("figures", _("Significant figures that the answer must have"))
            _draw_form_of_answer(fields, key)
        required = st.toggle(
            _("An answer without work earns nothing"), entry.fields.get("show_work") == "required", key=f"{key}-show"
        )
        fields.put("show_work", "required" if required else "")
        fields.line("topic", _("Topic"))
    fields.rest()


def _draw_verified(now: SetForm, entry: Entry) -> None:
    """What the verifier says of the worked solution, once the problem itself has no faults."""
    parts = entry.fields.get("parts") or ()
    if _faults(now, entry) or not any(fields.get("solution") for fields in (entry.fields, *parts)):
        return
    head = {name: value for name, value in now.head.items() if name not in ("title", "description")}
    yaml = together(head, [entry.fields]).encode("utf-8")
    review = reviewer().look_through("problem.yaml", yaml).so_far
    if not review.done:
        _wait_for(yaml)
        return
    found = [finding for finding in review.findings if finding.severity is not Severity.NOTE]
    for finding in found:
        st.markdown(f"{severity_in_words(finding.severity)} &nbsp;{escaped(finding.message)}")
    if not found:
        st.markdown(":green[✓ " + _("The worked solution holds, line by line.") + "]")


@st.fragment(run_every=LOOK_S)
def _wait_for(yaml: bytes) -> None:
    if reviewer().look_through("problem.yaml", yaml).so_far.done:
        st.rerun()
    st.caption(_("Verifying the worked solution …"))


def _draw_unknown(entry: Entry, fields: _Fields, known: tuple[str, ...]) -> None:
    """Fields of the file that there are not: what they hold, and where it may go."""
    there = fields.fields
    for name in [name for name in there if name not in known]:
        with st.container(border=True, gap="small"):
            fields.tell(name)
            st.text(f"{name}: {as_text(there[name])[:500]}")
            close = get_close_matches(name, known, n=1)
            with st.container(horizontal=True):
                if close and not there.get(close[0]):
                    label = _("Use it as {field}").format(field=close[0])
                    st.button(
                        label, on_click=_rename, args=(entry, there, name, close[0]), key=f"{fields.key}-use-{name}"
                    )
                st.button(_("Take it out"), on_click=there.pop, args=(name,), key=f"{fields.key}-out-{name}")


def _rename(entry: Entry, fields: dict[str, Any], name: str, right: str) -> None:
    fields[right] = fields.pop(name)
    entry.revision += 1


def _draw_form_of_answer(fields: _Fields, key: str) -> None:
    words = {
        "any": _("any form"),
        "factored": _("factored"),
        "expanded": _("expanded"),
        "lowest_terms": _("in lowest terms"),
        "decimal": _("a decimal"),
        "exact": _("exact"),
    }
    form = as_text(fields.fields.get("form")) or "any"
    options = FORMS if form in FORMS else (*FORMS, form)
    chosen = st.selectbox(
        _("Form of the answer"), options, options.index(form), format_func=lambda f: words.get(f, f), key=f"{key}-form"
    )
    fields.put("form", "" if chosen == "any" else chosen)
    fields.tell("form")


def _add_part(entry: Entry) -> None:
    """Another part; the first takes the answer of the problem over."""
    parts = entry.fields.get("parts")
    if not isinstance(parts, list) or not parts:
        moved = ("answer", "unit", "tolerance", "marks", "solution", "scheme", "figures", "form")
        first = {"id": "a", **{name: entry.fields.pop(name) for name in moved if name in entry.fields}}
        parts = entry.fields["parts"] = [first]
    taken = {as_text(part.get("id")) for part in parts}
    parts.append({"id": next((letter for letter in LETTERS if letter not in taken), f"{len(parts) + 1}")})


def _draw_reading(statement: str) -> None:
    """How the mathematics of the statement is read."""
    equations, unknowns = statement_in_latex(statement)
    if not statement:
        return
    if equations:
        st.caption(_("Read in it:"))
        for equation in equations[:6]:
            st.latex(equation)
    if unknowns:
        st.caption(_("Asked for: {names}").format(names=escaped(", ".join(unknowns))))
    if not equations and not unknowns:
        st.caption(_("No equation is read in it; the answer alone says what is right."))


def _draw_answer(fields: _Fields, problem: Problem | None, letter: str) -> None:
    fields.box("answer", _("Answer (on several lines: any of them will do)"), height=80, placeholder="x = 2")
    read = {} if problem is None else dict(answers_in_latex(problem))
    for form in read.get(letter, [])[:4]:
        st.caption(_("Read as:"))
        st.latex(form)
    unit, tolerance, marks = st.columns(3)
    with unit:
        fields.line("unit", _("Unit"), placeholder="m/s")
    with tolerance:
        fields.line("tolerance", _("Tolerance ±"), placeholder="0.01")
    with marks:
        fields.line("marks", _("Marks"), placeholder="1")
    fields.box(
        "solution",
        _("Worked solution, one line a step (verified before you publish)"),
        height=150,
        placeholder="2x + 3 = 7\n2x = 4\nx = 2",
    )


def _draw_end(now: SetForm, entry: Entry, key: str, back: Callable[[], None]) -> None:
    if now.trouble:
        st.markdown(f":red[✗ {escaped(now.trouble)}]")
    elif now.saved_at:
        st.caption("✓ " + _("Saved at {time}; students see nothing of it yet.").format(time=now.saved_at))
    else:
        st.caption(_("Everything is saved as you type; students see nothing of it yet."))
    st.button(_("Check and publish"), type="primary", on_click=back, key=f"{key}-done")
