from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.conftest import upload
from tutor.store import BadInput, Missing, NotTaken, Terms
from tutor.store.records import State


def test_a_set_goes_from_draft_to_published_to_archived(school):
    sets, ada = school.book.sets, school.place(school.ada)
    first = school.version
    second = sets.add(upload(source=b"title: Linear again\n"))
    assert (second.set_id, second.version, second.state) == (first.set_id, 2, State.DRAFT)
    assert ada.sets() == [first]
    sets.publish(second.id)
    assert [v.id for v in ada.sets()] == [second.id]
    assert sets.get(first.id).state is State.ARCHIVED
    assert [v.version for v in sets.all()] == [2, 1]
    assert [v.version for v in sets.all(State.ARCHIVED, State.DRAFT)] == [1]
    sets.publish(first.id)  # back to the old one
    assert [v.id for v in ada.sets()] == [first.id]
    sets.archive(first.id)
    assert ada.sets() == []


def test_what_was_uploaded_comes_back_byte_for_byte(school):
    source = bytes(range(256)) * 40
    version = school.book.sets.add(upload("table.xlsx", source=source))
    content = school.book.sets.content(version.id)
    assert content.source == source
    assert (content.source_name, content.yaml) == ("table.xlsx.yaml", "title: Linear\n")
    assert version.problem_ids == ("eq", "sum")
    assert len(version.sha256) == 64


def test_a_new_version_takes_over_the_terms(school, clock):
    end = clock.now + timedelta(days=7)
    school.book.sets.set_terms(school.version.id, Terms(end, 3, exam=True))
    again = school.book.sets.add(upload())
    assert (again.due, again.tries, again.exam) == (end, 3, True)
    other = school.book.sets.add(upload(), Terms(tries=1))
    assert (other.due, other.tries, other.exam) == (None, 1, False)


def test_a_file_of_the_same_name_is_the_next_version_only_where_it_holds_the_same_set(school):
    sets = school.book.sets
    same = sets.bring(upload(problems=("sum", "new")))
    retitled = sets.bring(replace(upload(problems=("x", "y")), title=same.title.upper()))
    assert [(v.set_id, v.version) for v in (same, retitled)] == [(school.version.set_id, 2), (school.version.set_id, 3)]
    other = sets.bring(replace(upload(problems=("a", "b")), title="Fractions"))
    assert (other.name, other.version) == ("linear 2", 1)
    again = sets.bring(replace(upload(problems=("b", "c")), title="Fractions, mended"))
    assert (again.set_id, again.version) == (other.set_id, 2)


def test_sets_come_in_the_order_of_their_ends(school, clock):
    sets = school.book.sets
    for name, days in (("later", 9), ("sooner", 2)):
        sets.publish(sets.add(upload(name), Terms(clock.now + timedelta(days=days))).id)
    assert [v.name for v in school.place(school.ada).sets()] == ["sooner", "later", "linear"]


REFUSED = [
    # upload and terms                                             says                why
    (upload(problems=()), Terms(), "at least one problem", "empty"),
    (upload(problems=("a", "a")), Terms(), "id of its own", "two problems of one id"),
    (upload(name=" "), Terms(), "empty", "no name"),
    (upload(source=b"x" * 5_000_001), Terms(), "at most 5000000", "too large"),
    (upload(), Terms(exam=True), "needs an end", "an exam that never ends"),
    (upload(), Terms(tries=0), "1 to 1000", "no try at all"),
]


@pytest.mark.parametrize(("given", "terms", "says", "why"), REFUSED, ids=[row[3] for row in REFUSED])
def test_a_set_that_will_not_do(sqlite_school, given, terms, says, why):
    with pytest.raises(BadInput, match=says):
        sqlite_school.book.sets.add(given, terms)
    assert len(sqlite_school.book.sets.all()) == 1


def test_an_end_without_a_zone_is_refused(sqlite_school, clock):
    with pytest.raises(BadInput, match="zone"):
        sqlite_school.book.sets.set_terms(sqlite_school.version.id, Terms(clock.now.replace(tzinfo=None)))


def test_a_version_that_was_worked_on_is_archived_and_not_deleted(school):
    school.hand_in(school.ada)
    with pytest.raises(BadInput, match="archive"):
        school.book.sets.delete(school.version.id)
    fresh = school.book.sets.add(upload("other"))
    school.book.sets.delete(fresh.id)
    with pytest.raises(Missing):
        school.book.sets.get(fresh.id)
    school.book.sets.archive(school.version.id)
    assert school.place(school.ada).content(school.version.id).yaml  # she still reads what she worked on
    with pytest.raises(Missing):
        school.place(school.bo).content(school.version.id)
    with pytest.raises(NotTaken, match="not open"):
        school.hand_in(school.ada, "x = 3")


def test_a_draft_is_written_on_and_what_students_saw_is_not(school):
    sets = school.book.sets
    draft = sets.add(upload())
    again = sets.rewrite(draft.id, upload("renamed", source=b"title: Longer", problems=("eq", "sum", "new")))
    assert (again.id, again.version, again.name) == (draft.id, draft.version, draft.name)
    assert again.problem_ids == ("eq", "sum", "new")
    assert sets.content(draft.id).source == b"title: Longer"
    sets.publish(draft.id)
    with pytest.raises(BadInput, match="a new one"):
        sets.rewrite(draft.id, upload())
