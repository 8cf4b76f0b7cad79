"""Nobody reaches another class, another student, or anything with a number that is not theirs."""

from fractions import Fraction

import pytest
from sqlalchemy.exc import IntegrityError

from tests.store.conftest import upload
from tutor.store import Missing, NotTaken, SignedOut, Terms
from tutor.store.records import BatchRow, Finding, RosterLine
from tutor.store.tables import AttemptRow, MarkRow

ROW = BatchRow(0, "1", "Ada", "eq", "x = 2", {})

# What the other teacher may try with numbers of this class, in their own book.
WITH_OWN_BOOK = {
    "rename": lambda s, b: b.students.rename(s.ada.id, "Eve"),
    "reset a code": lambda s, b: b.students.reset_code(s.ada.id),
    "roster": lambda s, b: b.students.set_roster([RosterLine(s.ada.id, "", "g1")]),
    "export": lambda s, b: b.students.export(s.ada.id),
    "delete": lambda s, b: b.students.delete(s.ada.id),
    "a set": lambda s, b: b.sets.get(s.version.id),
    "a set's content": lambda s, b: b.sets.content(s.version.id),
    "a set's terms": lambda s, b: b.sets.set_terms(s.version.id, Terms(tries=1)),
    "publish": lambda s, b: b.sets.publish(s.version.id),
    "archive": lambda s, b: b.sets.archive(s.version.id),
    "delete a set": lambda s, b: b.sets.delete(s.version.id),
    "a work": lambda s, b: b.work.attempt(s.attempt.id),
    "its reports": lambda s, b: b.work.reports(s.attempt.id),
    "its hints": lambda s, b: b.work.hints(s.attempt.id),
    "standings": lambda s, b: b.work.standings(s.version.set_id),
    "histogram": lambda s, b: b.work.first_wrong(s.version.set_id, "eq"),
    "misconceptions": lambda s, b: b.work.misconceptions(s.version.set_id),
    "open lines": lambda s, b: b.lines.open(s.version.set_id),
    "disputes": lambda s, b: b.lines.disputes(s.version.set_id),
    "settle": lambda s, b: b.lines.settle(s.version.set_id, "eq", "x = 2", Finding.WRONG),
    "withdraw": lambda s, b: b.lines.withdraw(s.ruling.id),
    "rulings": lambda s, b: b.lines.rulings(s.version.set_id),
    "a mark": lambda s, b: b.marks.give(s.ada.id, s.version.set_id, "eq", Fraction(0)),
    "a mark back": lambda s, b: b.marks.take_back(s.ada.id, s.version.set_id, "eq"),
    "marks": lambda s, b: b.marks.of_set(s.version.set_id),
    "an upload": lambda s, b: b.batches.get(s.batch.id),
    "its rows": lambda s, b: list(b.batches.rows(s.batch.id)),
    "its download": lambda s, b: b.batches.note_download(s.batch.id, "marks.csv"),
    "stop it": lambda s, b: b.batches.stop(s.batch.id),
    "resume it": lambda s, b: b.batches.resume(s.batch.id),
    "delete it": lambda s, b: b.batches.delete(s.batch.id),
    "upload for it": lambda s, b: b.batches.add("t", "f.csv", [ROW], s.version.id),
}

# What they may try with the number of the class itself.
WITH_HER_CLASS = {
    "the class": lambda b: b.room(),
    "a new code": lambda b: b.new_code(),
    "delete": lambda b: b.delete(),
    "events": lambda b: b.events(),
    "students": lambda b: b.students.all(),
    "roster": lambda b: b.students.roster(),
    "sets": lambda b: b.sets.all(),
    "add a set": lambda b: b.sets.add(upload("mine")),
    "works": lambda b: b.work.attempts(),
    "uploads": lambda b: b.batches.all(),
    "upload": lambda b: b.batches.add("t", "f.csv", [ROW]),
}


@pytest.fixture
def both(school):
    """A school in which there is one of everything."""
    s = school
    s.attempt = s.hand_in(s.ada)
    s.report(s.attempt, verdicts=["wrong"])
    s.place(s.ada).object_to(s.attempt.id, 0)
    s.ruling = s.book.lines.settle(s.version.set_id, "eq", "2x = 4", Finding.RIGHT)
    s.book.marks.give(s.ada.id, s.version.set_id, "eq", Fraction(2))
    s.batch = s.book.batches.add("test", "rows.csv", [ROW])
    return s


def everything(store):
    with store.engine.connect() as connection:
        from tutor.store.tables import Base

        return {t.name: connection.execute(t.select()).all() for t in Base.metadata.sorted_tables if t.name != "event"}


def test_another_teacher_reaches_nothing_and_changes_nothing(both):
    before = everything(both.store)
    for what, act in WITH_OWN_BOOK.items():
        with pytest.raises(Missing):
            pytest.fail(f"{what}: {act(both, both.other_book)}")
    intruder = both.store.of_teacher(both.other.id).in_class(both.room.id)
    for what, act in WITH_HER_CLASS.items():
        with pytest.raises(Missing):
            pytest.fail(f"{what}: {act(intruder)}")
    assert everything(both.store) == before
    assert [room.id for room in both.store.of_teacher(both.other.id).classes()] == [both.other_room.id]


def test_whoever_has_signed_out_reaches_nothing_and_changes_nothing(both):
    """What a tab that is still open holds in its hands does nothing any more; nor does another's session."""
    sessions, store = both.store.sessions, both.store
    hers, ada_s = sessions.begin(both.teacher), sessions.begin(both.ada)
    desk, place = store.of_teacher(both.teacher.id, hers), store.of_student(both.ada.id, ada_s)
    assert desk.classes()
    assert place.attempts() is not None
    sessions.end(hers)
    sessions.end(ada_s)
    before = everything(store)
    book = desk.in_class(both.room.id)
    calls = {what: (lambda act=act: act(book)) for what, act in WITH_HER_CLASS.items()}
    calls |= {what: (lambda act=act: act(both, book)) for what, act in WITH_OWN_BOOK.items()}
    calls |= {"classes": desk.classes, "open a class": lambda: desk.open_class("10a"), "export mine": place.export}
    calls |= {"draft": lambda: place.save_draft(both.version.set_id, "eq", "2x"), "delete me": place.delete}
    calls["another's session"] = store.of_student(both.ada.id, sessions.begin(both.bo)).attempts
    before["session"] = everything(store)["session"]
    for what, call in calls.items():
        with pytest.raises(SignedOut):
            pytest.fail(f"{what}: {call()}")
    assert everything(store) == before


def test_her_own_teacher_may_do_all_of_it(both):
    book = both.book
    final = ("delete", "delete a set", "delete it", "upload for it", "archive")
    for what, act in WITH_OWN_BOOK.items():
        if what not in final:
            act(both, book)
    for what, act in WITH_HER_CLASS.items():
        if what != "delete":
            act(book)
    for what in ("upload for it", "archive", "delete it", "delete"):
        WITH_OWN_BOOK[what](both, book)


AS_STUDENT = {
    "a work": lambda s, p: p.attempt(s.attempt.id),
    "its hints": lambda s, p: p.hints(s.attempt.id),
    "a hint": lambda s, p: p.take_hint(s.attempt.id, 0, 1),
    "an objection": lambda s, p: p.object_to(s.attempt.id, 0),
}


def test_a_student_reaches_no_other_student_s_work(both):
    for student in (both.bo, both.cy):
        place = both.place(student)
        for what, act in AS_STUDENT.items():
            with pytest.raises(Missing):
                pytest.fail(f"{what}: {act(both, place)}")
        assert place.attempts() == []
        assert place.objections() == []
        assert place.given_marks(both.version.set_id) == {}
        assert "2x = 4" not in str(place.export())


def test_a_student_of_another_class_reaches_no_set(both):
    place = both.place(both.cy)
    assert place.sets() == []
    assert place.rulings(both.version.set_id) == {}
    for act in (
        lambda: place.content(both.version.id),
        lambda: place.save_draft(both.version.set_id, "eq", "x = 2"),
    ):
        with pytest.raises(Missing):
            act()
    with pytest.raises(NotTaken):
        place.hand_in(both.version.id, "eq", "x = 2")


def test_a_student_sees_no_draft_and_no_source(both):
    draft = both.book.sets.add(upload("secret", source=b"answer: 42"))
    place = both.place(both.ada)
    assert [version.id for version in place.sets()] == [both.version.id]
    with pytest.raises(Missing):
        place.content(draft.id)
    assert place.content(both.version.id).source == b""


def test_the_database_itself_refuses_rows_that_join_two_classes(both):
    common = {"class_id": both.room.id, "problem_id": "eq"}
    at = both.store.now()
    for row in (
        AttemptRow(**common, student_id=both.cy.id, set_id=both.version.set_id, version_id=both.version.id,
                   work="", started_at=at, handed_in_at=at, late=False),
        MarkRow(**common, student_id=both.cy.id, set_id=both.version.set_id, why="", by="", at=at),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), both.store.writing() as session:
            session.add(row)
