from datetime import timedelta

import pytest

from tests.store.conftest import report
from tutor.store import BadInput, Missing, StoreError
from tutor.store.records import BatchRow, BatchState


def rows(number):
    return [BatchRow(0, f"row {n}", f"s{n}", "eq", f"x = {n}", {"section": "A"}) for n in range(number)]


def test_an_upload_is_marked_row_by_row_until_it_is_done(school, clock):
    batches, checking = school.book.batches, school.store.checking
    upload = batches.add("Test 1", "test1.csv", rows(5), school.version.id)
    assert (upload.state, upload.rows, upload.done) == (BatchState.WAITING, 5, 0)
    assert checking.batches_waiting() == [upload.id]
    assert checking.take_batch(upload.id, "one")
    first = checking.next_rows(upload.id, limit=2)
    assert [(row.number, row.row_id, row.extra) for row in first] == [
        (0, "row 0", {"section": "A"}),
        (1, "row 1", {"section": "A"}),
    ]
    assert checking.store_rows(upload.id, "one", {r.number: report(r.work) for r in first}) is BatchState.RUNNING
    assert batches.get(upload.id).done == 2
    rest = checking.next_rows(upload.id)
    assert [row.number for row in rest] == [2, 3, 4]
    assert checking.store_rows(upload.id, "one", {r.number: report(r.work) for r in rest}) is BatchState.DONE
    (done,) = batches.all()
    assert (done.state, done.done, done.finished_at) == (BatchState.DONE, 5, clock.now)
    assert [row.report["steps"][0]["text"] for row in batches.rows(upload.id)] == [f"x = {n}" for n in range(5)]
    assert checking.batches_waiting() == []


def test_one_process_at_a_time_and_the_next_when_it_is_gone(school, clock):
    upload = school.book.batches.add("t", "t.csv", rows(2))
    checking = school.store.checking
    assert checking.take_batch(upload.id, "one")
    assert not checking.take_batch(upload.id, "two")
    clock.on(minutes=3)  # the first was killed
    assert checking.batches_waiting() == [upload.id]
    assert checking.take_batch(upload.id, "two")
    with pytest.raises(StoreError, match="taken over"):  # or was it only slow
        checking.store_rows(upload.id, "one", {0: report("late")})
    assert checking.store_rows(upload.id, "two", {0: report("x")}) is BatchState.RUNNING
    clock.now += timedelta(seconds=119)
    assert not checking.take_batch(upload.id, "three")


def test_a_row_is_marked_once(school):
    upload = school.book.batches.add("t", "t.csv", rows(2))
    school.store.checking.take_batch(upload.id, "one")
    school.store.checking.store_rows(upload.id, "one", {0: report("first")})
    school.store.checking.store_rows(upload.id, "one", {0: report("second")})
    assert next(school.book.batches.rows(upload.id)).report == report("first")


def test_a_stopped_upload_goes_on_where_it_was(school):
    batches, checking = school.book.batches, school.store.checking
    upload = batches.add("t", "t.csv", rows(3))
    checking.take_batch(upload.id, "one")
    batches.stop(upload.id)
    assert checking.store_rows(upload.id, "one", {0: report("x")}) is BatchState.STOPPED
    assert checking.batches_waiting() == []
    assert batches.resume(upload.id).state is BatchState.WAITING
    assert checking.take_batch(upload.id, "two")
    assert [row.number for row in checking.next_rows(upload.id)] == [1, 2]


def test_an_upload_that_is_deleted_while_it_is_marked(school):
    upload = school.book.batches.add("t", "t.csv", rows(1))
    school.store.checking.take_batch(upload.id, "one")
    school.book.batches.delete(upload.id)
    with pytest.raises(Missing):
        school.store.checking.store_rows(upload.id, "one", {0: report("x")})


def test_pages_of_rows_come_in_order(school):
    upload = school.book.batches.add("t", "t.csv", rows(1_203))
    assert [row.number for row in school.book.batches.rows(upload.id)] == list(range(1_203))


def test_an_upload_that_will_not_do_leaves_nothing(school):
    with pytest.raises(BadInput, match="0 rows"):
        school.book.batches.add("t", "t.csv", [])
    with pytest.raises(BadInput, match="Row 2 has 2000001"):
        school.book.batches.add("t", "t.csv", [*rows(1), BatchRow(0, "2", "s", "eq", "x" * 2_000_001, {})])
    assert school.book.batches.all() == []
