"""From handing in to the teacher's view: work, reports, hints, objections, rulings, marks."""

from datetime import timedelta
from fractions import Fraction

import pytest

from tests.store.conftest import report, upload
from tutor.store import BadInput, Missing, NotTaken, StoreError, Terms, case_key
from tutor.store.place import MAX_WORK
from tutor.store.records import Count, Finding
from tutor.store.reports import _line
from tutor.store.tables import AttemptRow


def test_work_waits_until_its_report_is_there(school):
    attempt = school.hand_in(school.ada)
    assert attempt.checked is None
    assert [a.id for a in school.store.checking.waiting()] == [attempt.id]
    checked = school.report(attempt)
    assert school.store.checking.waiting() == []
    (mine,) = school.place(school.ada).attempts()
    assert mine.checked == checked
    assert mine.checked.report == report(attempt.work)
    assert school.book.work.attempt(attempt.id) == mine


def test_a_report_that_comes_twice_is_stored_once(school):
    attempt = school.hand_in(school.ada)
    first = school.report(attempt)
    assert school.report(attempt, verdicts=["wrong"]) == first
    assert len(school.book.work.reports(attempt.id)) == 1


def test_work_that_is_marked_again_keeps_its_first_report(school):
    attempt = school.hand_in(school.ada)
    first = school.report(attempt)
    again = school.store.checking.report(
        attempt.id, report(attempt.work, verdicts=["wrong"]), engine="0.2.0", seconds=0.1, again=True
    )
    assert school.book.work.reports(attempt.id) == [first, again]
    assert school.place(school.ada).attempt(attempt.id).checked == again
    assert school.book.work.first_wrong(school.version.set_id, "eq") == {0: 1}


def test_what_is_no_report_is_refused(school):
    attempt = school.hand_in(school.ada)
    for thing in ({}, {"steps": 3}, report("x") | {"mark": {"earned": "much"}}, report("x") | {"steps": [{}]}):
        with pytest.raises(StoreError, match="report on attempt"):
            school.store.checking.report(attempt.id, thing, engine="0", seconds=0)
    assert school.store.checking.waiting()
    with pytest.raises(Missing):
        school.store.checking.report(10**9, report("x"), engine="0", seconds=0)


def test_the_same_work_twice_in_a_row_is_one_attempt(school):
    school.book.sets.set_terms(school.version.id, Terms(tries=2))
    one, same = school.hand_in(school.ada, "x = 3"), school.hand_in(school.ada, "x = 3")
    assert same == one
    two = school.hand_in(school.ada, "x = 2")
    with pytest.raises(NotTaken, match="2 times"):
        school.hand_in(school.ada, "x = 3")
    assert school.hand_in(school.ada, "x = 2") == two
    assert school.hand_in(school.ada, "60", "sum")  # tries are a problem's own
    assert school.hand_in(school.bo, "x = 3")  # and a student's


def test_a_corrected_set_gives_no_new_tries(school):
    school.book.sets.set_terms(school.version.id, Terms(tries=1))
    school.hand_in(school.ada)
    school.version = school.book.sets.publish(school.book.sets.add(upload(source=b"mended")).id)
    with pytest.raises(NotTaken, match="once"):
        school.hand_in(school.ada, "x = 3")


def test_late_work_is_taken_and_says_so(school, clock):
    school.book.sets.set_terms(school.version.id, Terms(clock.now + timedelta(hours=1)))
    assert not school.hand_in(school.ada).late
    clock.on(hours=2)
    assert school.hand_in(school.bo).late


def test_an_exam_shows_no_verdict_before_its_end(school, clock):
    school.book.sets.set_terms(school.version.id, Terms(clock.now + timedelta(hours=1), exam=True))
    attempt = school.hand_in(school.ada)
    school.report(attempt, verdicts=["wrong"])
    place = school.place(school.ada)
    for seen in (place.attempt(attempt.id), *place.attempts(), school.hand_in(school.ada)):
        assert seen.withheld
        assert seen.checked is None
    assert "verdict" not in str(place.export())
    assert "verdict" in str(school.book.students.export(school.ada.id))
    with pytest.raises(NotTaken, match="no hints"):
        place.take_hint(attempt.id, 0, 1)
    with pytest.raises(NotTaken, match="no verdicts yet"):
        place.object_to(attempt.id, 0)
    assert school.book.work.attempt(attempt.id).checked is not None  # the teacher sees it
    school.book.lines.settle(school.version.set_id, "eq", "2x = 4", Finding.RIGHT)
    assert place.rulings(school.version.set_id) == {}
    clock.on(hours=1, seconds=1)
    assert place.attempt(attempt.id).checked is not None
    assert len(place.rulings(school.version.set_id)) == 1
    with pytest.raises(NotTaken, match="over"):
        school.hand_in(school.bo)


def test_an_exam_that_is_given_more_time_in_a_new_version_keeps_its_verdicts_back(school, clock):
    sets = school.book.sets
    sets.set_terms(school.version.id, Terms(clock.now + timedelta(hours=1), exam=True))
    attempt = school.hand_in(school.ada)
    school.report(attempt, verdicts=["wrong"])
    sets.publish(sets.add(upload(), Terms(clock.now + timedelta(hours=2), exam=True)).id)
    sets.add(upload(), Terms(clock.now + timedelta(hours=9), exam=True))  # a draft, which nobody sees
    school.book.marks.give(school.ada.id, school.version.set_id, "eq", Fraction(1))
    place = school.place(school.ada)
    clock.on(minutes=90)
    assert place.attempt(attempt.id).withheld
    assert place.attempts()[0].checked is None
    assert place.given_marks(school.version.set_id) == {}
    assert place.export()["given_marks"] == []
    assert "verdict" not in str(place.export())
    clock.on(minutes=31)
    assert place.attempt(attempt.id).checked is not None
    assert place.given_marks(school.version.set_id)["eq"].earned == 1
    assert len(place.export()["given_marks"]) == 1


WORKS = [
    # work              stored                why
    ("", "", "blank work earns 0, but is work"),
    ("x = 2\x00", "x = 2\ufffd", "no database stores NUL"),
    ("x = \ud800", "x = ?", "half of a pair"),
    ("½ ≤ 𝑥 ✓ 🦊\r\n\tx", "½ ≤ 𝑥 ✓ 🦊\r\n\tx", "all else as it was typed"),
    ("'; DROP TABLE attempt; --", "'; DROP TABLE attempt; --", "text is text"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>", "the same"),
]


@pytest.mark.parametrize(("work", "stored", "why"), WORKS, ids=[row[2] for row in WORKS])
def test_work_is_stored_as_it_was_written(school, work, stored, why):
    attempt = school.hand_in(school.ada, work)
    school.store.checking.report(attempt.id, report(work), engine="0", seconds=0)
    (mine,) = school.place(school.ada).attempts()
    assert mine.work == stored
    assert mine.checked.report == report(work)


def test_work_that_is_too_long_is_refused_in_words(school):
    with pytest.raises(NotTaken, match=f"{MAX_WORK + 1} characters"):
        school.hand_in(school.ada, "x" * (MAX_WORK + 1))
    with pytest.raises(NotTaken, match="characters"):
        school.place(school.ada).save_draft(school.version.set_id, "eq", "x" * (MAX_WORK + 1))
    with pytest.raises(NotTaken, match="not in the set"):
        school.hand_in(school.ada, problem_id="no such problem")


def test_a_draft_survives_and_goes_when_it_is_handed_in(school, clock):
    place, set_id = school.place(school.ada), school.version.set_id
    place.save_draft(set_id, "eq", "2x = 4")
    clock.on(minutes=5)
    place.save_draft(set_id, "eq", "2x = 4\nx =")
    place.save_draft(set_id, "sum", "20")
    place.save_draft(set_id, "sum", "  ")
    assert {name: draft.work for name, draft in place.drafts(set_id).items()} == {"eq": "2x = 4\nx ="}
    assert school.place(school.bo).drafts(set_id) == {}
    attempt = school.hand_in(school.ada)
    assert attempt.handed_in_at - attempt.started_at == timedelta(minutes=5)
    assert place.drafts(set_id) == {}


def test_hints_are_noted_once_each(school):
    attempt = school.hand_in(school.ada)
    place = school.place(school.ada)
    for rung in (1, 1, 2):
        place.take_hint(attempt.id, 0, rung)
    assert [(hint.line, hint.rung) for hint in place.hints(attempt.id)] == [(0, 1), (0, 2)]
    assert school.book.work.hints(attempt.id) == place.hints(attempt.id)


# ---------------------------------------------------------------- objections and rulings


def test_a_ruling_settles_every_case_like_it(school):
    set_id = school.version.set_id
    hers, his = school.hand_in(school.ada, "x = 4/2\nx = 2"), school.hand_in(school.bo, "x=4/2\nx = 2")
    school.report(hers, verdicts=["undecided"])
    school.report(his, verdicts=["wrong"])
    said = school.place(school.bo).object_to(his.id, 0, "four halves are two")
    assert said.settled is None
    (line,) = school.book.lines.open(set_id)
    assert (line.text, line.works, line.disputed, line.verdict) == ("x = 4/2", 2, 1, "undecided")
    ruling = school.book.lines.settle(set_id, line.problem_id, line.text, Finding.RIGHT, "quite so")
    assert ruling.by == "Ms Lovelace"
    assert school.book.lines.open(set_id) == []
    assert [dispute.settled for dispute in school.book.lines.disputes(set_id)] == [ruling.id]
    assert [dispute.settled for dispute in school.place(school.bo).objections()] == [ruling.id]
    key = case_key("eq", "x  =  4/2")
    assert school.place(school.ada).rulings(set_id) == {key: ruling}
    dee = school.store.door.join(school.room.code, "Dee", "10.0.0.4").student
    school.report(school.hand_in(dee))
    assert school.place(dee).rulings(set_id) == {}  # a line that is not in her work is another's
    changed = school.book.lines.settle(set_id, "eq", "x=4/2", Finding.WRONG)
    assert school.book.lines.rulings(set_id) == {key: changed}
    school.book.lines.withdraw(changed.id)
    assert len(school.book.lines.open(set_id)) == 1


def test_an_objection_is_about_a_line_that_is_there_and_made_once(school):
    attempt = school.hand_in(school.ada)
    place = school.place(school.ada)
    with pytest.raises(NotTaken, match="no verdicts yet"):
        place.object_to(attempt.id, 0)
    school.report(attempt, verdicts=["wrong"])
    with pytest.raises(NotTaken, match="no such line"):
        place.object_to(attempt.id, 7)
    place.object_to(attempt.id, 0, "because")
    place.object_to(attempt.id, 0, "because I checked it")
    assert [dispute.why for dispute in school.book.lines.disputes(school.version.set_id)] == ["because I checked it"]


def test_only_last_works_wait_for_a_word(school):
    first = school.hand_in(school.ada, "x = ?")
    school.report(first, verdicts=["unreadable"])
    assert len(school.book.lines.open(school.version.set_id)) == 1
    school.report(school.hand_in(school.ada, "x = 2"))
    assert school.book.lines.open(school.version.set_id) == []


def test_nothing_is_no_line_to_settle(school):
    with pytest.raises(BadInput):
        school.book.lines.settle(school.version.set_id, "eq", " \n", Finding.RIGHT)


# ---------------------------------------------------------------- the class


def test_who_is_where(school, clock):
    school.place(school.ada).save_draft(school.version.set_id, "eq", "2x")
    clock.on(minutes=3)
    wrong = school.hand_in(school.ada, "2x = 10\nx = 5")
    school.report(wrong, verdicts=["wrong"], misconceptions=["sign_lost_moving_terms"], earned="1")
    school.place(school.ada).take_hint(wrong.id, 0, 1)
    clock.on(minutes=2)
    right = school.hand_in(school.ada)
    school.report(right)
    school.hand_in(school.bo, "60", "sum")
    one, two = school.book.work.standings(school.version.set_id)
    assert (one.student_id, one.problem_id, one.attempts, one.hints) == (school.ada.id, "eq", 2, 1)
    assert (one.status, one.earned, one.available, one.first_wrong) == ("graded", 3, 3, None)
    assert (one.attempt_id, one.seconds) == (right.id, 180)
    assert (two.student_id, two.problem_id, two.status, two.earned) == (school.bo.id, "sum", "waiting", None)


def test_what_goes_wrong_most_is_counted_by_student_and_its_lines_are_without_names(school):
    dee = school.store.door.join(school.room.code, "Dee", "10.0.0.4").student
    for student, line in ((school.ada, "2x = 10"), (school.bo, "2x = 10 "), (dee, "2x = 7 - 3")):
        name = ["sign_lost_moving_terms"] if "10" in line else []
        verdicts = ["wrong"] if name else []
        school.report(school.hand_in(student, f"{line}\nx = 5"), verdicts=verdicts, misconceptions=name)
    set_id = school.version.set_id
    assert school.book.work.first_wrong(set_id, "eq") == {0: 2, None: 1}
    (count,) = school.book.work.misconceptions(set_id)
    assert count == Count("sign_lost_moving_terms", 2, ("2x = 10", "2x = 10 "), (school.ada.id, school.bo.id))
    assert school.book.work.misconceptions(set_id, "sum") == []


def test_a_line_that_the_teacher_ruled_right_is_no_mistake():
    step = {"text": "2x = 10", "line": 0, "verdict": "follow_through", "misconception": "sign_lost_moving_terms"}
    attempt = AttemptRow(class_id=1, problem_id="eq")
    named = "sign_lost_moving_terms"
    assert _line(attempt, 0, step).misconception == named
    assert _line(attempt, 0, {**step, "ruling": {"right": False}}).misconception == named
    assert _line(attempt, 0, {**step, "ruling": {"right": True}}).misconception is None


# ---------------------------------------------------------------- marks


def test_a_given_mark_stands_beside_the_program_s(school):
    attempt = school.hand_in(school.ada)
    school.report(attempt, earned="3/2")
    set_id, marks = school.version.set_id, school.book.marks
    given = marks.give(school.ada.id, set_id, "eq", Fraction(5, 2), "good idea")
    assert (given.earned, given.automatic, given.by) == (Fraction(5, 2), Fraction(3, 2), "Ms Lovelace")
    assert marks.of_set(set_id) == {(school.ada.id, "eq"): given}
    assert school.place(school.ada).given_marks(set_id) == {"eq": given}
    assert school.book.work.standings(set_id)[0].given == given
    again = marks.give(school.ada.id, set_id, "eq", Fraction(3))
    assert marks.of_set(set_id) == {(school.ada.id, "eq"): again}
    marks.take_back(school.ada.id, set_id, "eq")
    assert marks.of_set(set_id) == {}
    assert school.place(school.ada).given_marks(set_id) == {}
    assert school.book.students.export(school.ada.id)["given_marks"][0]["why"] == "good idea"


def test_a_mark_is_no_more_than_there_is_and_no_less_than_nothing(school):
    school.report(school.hand_in(school.ada))
    for earned in (Fraction(4), Fraction(-1), Fraction(10**9)):
        with pytest.raises(BadInput):
            school.book.marks.give(school.ada.id, school.version.set_id, "eq", earned)
    unmarked = school.book.marks.give(school.bo.id, school.version.set_id, "eq", Fraction(4))
    assert unmarked.automatic is None
