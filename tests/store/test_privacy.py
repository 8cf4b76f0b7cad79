"""Export, deletion, retention, the roster, and the book of who looked."""

import json
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.conftest import report
from tutor.store import BadInput, Change, Missing
from tutor.store.records import BatchRow, Purged, RosterLine
from tutor.store.tables import Base

SECRET = "the square root of my cat is 4711"


def fill(school):
    """Something of everything about Ada and Bo."""
    for student, work in ((school.ada, f"{SECRET}\nx = 2"), (school.bo, "Bo wrote this\nx = 2")):
        attempt = school.hand_in(student, work)
        school.report(attempt, verdicts=["unreadable"])
        place = school.place(student)
        place.take_hint(attempt.id, 0, 1)
        place.object_to(attempt.id, 0, work)
        place.save_draft(school.version.set_id, "sum", work)
        school.book.marks.give(student.id, school.version.set_id, "eq", Fraction(1), "why")
    school.book.students.set_roster(
        [RosterLine(school.ada.id, "", "id-ada", "Ada King"), RosterLine(school.bo.id, "", "id-bo", "Bo Diddley")]
    )
    school.book.batches.add(
        "t", "t.csv", [BatchRow(0, "1", "id-ada", "eq", SECRET, {}), BatchRow(0, "2", "id-bo", "eq", "x", {})]
    )


def test_an_export_has_everything_and_nothing_of_others(school):
    fill(school)
    found = school.book.students.export(school.ada.id)
    json.dumps(found)
    assert found["student"]["name"] == "Ada"
    assert found["roster"] == {"gradebook_id": "id-ada", "full_name": "Ada King"}
    (attempt,) = found["attempts"]
    assert (attempt["work"], attempt["set"], attempt["problem"]) == (f"{SECRET}\nx = 2", "linear", "eq")
    assert attempt["reports"][0]["report"] == report(f"{SECRET}\nx = 2", verdicts=["unreadable"])
    assert attempt["hints"][0]["rung"] == 1
    assert attempt["objections"][0]["why"] == f"{SECRET}\nx = 2"
    assert found["drafts"][0]["problem"] == "sum"
    assert found["given_marks"][0]["earned"] == "1"
    assert [row["work"] for row in found["uploaded"]] == [SECRET]
    assert "Bo" not in json.dumps(found)
    own = school.place(school.ada).export()
    assert "id-ada" not in json.dumps(own)
    assert own["attempts"] == found["attempts"]


@pytest.mark.parametrize("by", ["teacher", "student"])
def test_deleting_a_student_deletes_all_of_it_and_nothing_else(school, by):
    fill(school)
    if by == "teacher":
        school.book.students.delete(school.ada.id)
    else:
        school.place(school.ada).delete()
    with school.store.engine.connect() as connection:
        everything = str([connection.execute(table.select()).all() for table in Base.metadata.sorted_tables])
    for trace in (SECRET, "Ada King", "id-ada", "'Ada'"):
        assert trace not in everything
    assert "Bo wrote this" in everything
    bo = school.book.students.export(school.bo.id)
    assert len(bo["attempts"]) == len(bo["drafts"]) == len(bo["uploaded"]) == 1
    assert school.store.upkeep.check().faults == ()
    with pytest.raises(Missing):
        school.book.students.export(school.ada.id)
    assert ("student deleted" if by == "teacher" else "deleted") in {event.what for event in school.book.events()}


def test_deleted_text_is_not_left_in_the_file(sqlite_school):
    folder = Path(sqlite_school.store.url.database).parent
    fill(sqlite_school)

    def bytes_on_disk():
        return b"".join(path.read_bytes() for path in folder.glob("site.db*"))

    assert SECRET.encode() in bytes_on_disk()
    sqlite_school.book.students.delete(sqlite_school.ada.id)
    assert SECRET.encode() not in bytes_on_disk()


def test_a_class_is_deleted_with_all_that_is_in_it(school):
    fill(school)
    school.book.delete()
    with school.store.engine.connect() as connection:
        left = {t.name: connection.scalar(text(f"SELECT count(*) FROM {t.name}")) for t in Base.metadata.sorted_tables}
    assert {name: n for name, n in left.items() if n and name != "event"} == {
        "teacher": 2,
        "classroom": 1,
        "student": 1,
    }


def test_the_roster_is_set_whole_or_not_at_all(school):
    students = school.book.students
    students.set_roster([RosterLine(school.ada.id, "", "1", "Ada King"), RosterLine(school.bo.id, "", "2")])
    assert [(line.pseudonym, line.gradebook_id) for line in students.roster()] == [("Ada", "1"), ("Bo", "2")]
    students.set_roster([RosterLine(school.ada.id, "", "2"), RosterLine(school.bo.id, "", "1")])  # the other way round
    with pytest.raises(BadInput, match=r'"2" stands for two'):
        students.set_roster([RosterLine(school.bo.id, "", "2")])
    with pytest.raises(Missing):
        students.set_roster([RosterLine(school.ada.id, "", ""), RosterLine(school.cy.id, "", "9")])
    assert [(line.pseudonym, line.gradebook_id) for line in students.roster()] == [("Ada", "2"), ("Bo", "1")]
    students.set_roster([RosterLine(school.ada.id, "", ""), RosterLine(school.bo.id, "", "")])
    assert {line.gradebook_id for line in students.roster()} == {""}


def test_renaming_a_student(school):
    assert school.book.students.rename(school.ada.id, "Grace").name == "Grace"
    with pytest.raises(BadInput, match="called"):
        school.book.students.rename(school.ada.id, "bO")


def test_it_is_noted_who_looked_and_who_exported(school):
    attempt = school.hand_in(school.ada)
    school.book.work.attempt(attempt.id)
    school.book.students.export(school.ada.id)
    school.book.students.roster()
    events = [(event.what, event.about) for event in school.book.events() if event.actor.startswith("teacher")]
    assert events[:3] == [
        ("roster viewed", None),
        ("student exported", school.ada.id),
        ("work viewed", school.ada.id),
    ]
    assert "Ada" not in str(school.book.events())


# ---------------------------------------------------------------- retention


def test_what_is_older_than_the_class_keeps_it_goes(school, clock):
    school.book.change(Change(retention_days=30))
    fill(school)
    clock.on(days=20)
    school.hand_in(school.bo, "x = 7")
    assert school.store.upkeep.purge() == Purged()
    clock.on(days=11)  # Ada was here 31 days ago, Bo 11
    purged = school.store.upkeep.purge()
    assert (purged.students, purged.attempts, purged.batches) == (1, 2, 1)
    assert [student.name for student in school.book.students.all()] == ["Bo"]
    assert [a.work for a in school.book.work.attempts()] == ["x = 7"]
    assert school.place(school.bo).drafts(school.version.set_id) == {}
    assert school.store.upkeep.check().faults == ()
    assert [s.name for s in school.other_book.students.all()] == ["Cy"]  # kept for 400 days


def test_a_class_may_keep_work_for_ever(school, clock):
    school.book.change(Change(retention_days=0))
    assert school.book.room().retention_days is None
    school.hand_in(school.ada)
    clock.on(days=5_000)
    school.store.upkeep.purge()
    assert len(school.book.students.all()) == 2
    assert school.other_book.students.all() == []


def test_retention_is_some_days_or_for_ever(school):
    for days in (-1, 3_651):
        with pytest.raises(BadInput, match="1 to 3650"):
            school.book.change(Change(retention_days=days))


def test_sessions_that_are_over_are_cleaned_up(school, clock):
    school.store.sessions.begin(school.teacher)
    clock.now += timedelta(days=1)
    assert school.store.upkeep.purge().sessions == 1
