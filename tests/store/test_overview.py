"""Who needs the teacher: the rows a teacher would argue about."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from tutor.store.overview import Where, by_day, earned, needs, of_problems, where
from tutor.store.records import Count, GivenMark, Standing, Student

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def student(number, name="Ada"):
    return Student(number, 1, name, AT, AT)


def standing(number=1, problem="p", earned=3, pending=0, wrong=None, attempts=1, hints=0, given=None, **more):
    mark = None if given is None else GivenMark(number, 1, problem, Fraction(given), "", "T", Fraction(earned), AT)
    return Standing(
        student_id=number,
        problem_id=problem,
        attempts=attempts,
        last_at=more.get("at", AT),
        seconds=more.get("seconds", 60.0),
        attempt_id=1,
        status="graded",
        earned=None if earned is None else Fraction(earned),
        pending=Fraction(pending),
        available=None if earned is None else Fraction(3),
        first_wrong=wrong,
        hints=hints,
        given=mark,
    )


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (standing(), Where.SOLVED),
        (standing(earned=2, wrong=0), Where.WRONG),
        (standing(earned=3, wrong=1), Where.WRONG),  # a mistake that cost nothing is one to talk about
        (standing(earned=1, pending=2), Where.OPEN),
        (standing(earned=2), Where.PARTLY),  # it stops early
        (standing(earned=None), Where.WAITING),
        (standing(earned=1, pending=2, given=2), Where.PARTLY),  # the teacher has looked
        (standing(earned=1, wrong=0, given=3), Where.SOLVED),
        (standing(earned=3, given=1), Where.PARTLY),  # the teacher's word is the last
    ],
)
def test_where_a_student_is(found, state):
    assert where(found) is state


def test_the_teacher_s_mark_counts():
    assert earned(standing(earned=1, given="5/2")) == Fraction(5, 2)


def test_stuck_are_those_who_tried_again_or_took_hints_and_are_still_wrong():
    ada, bo, cy, di, em = (student(n, name) for n, name in enumerate(("Ada", "Bo", "Cy", "Di", "Em"), 1))
    found = needs(
        [ada, bo, cy, di, em],
        [
            standing(1, wrong=0, attempts=3),
            standing(2, attempts=4),  # solved at last
            standing(3, wrong=1, attempts=2, hints=1),
            standing(4, wrong=1, attempts=2),  # one more look may do
        ],
        {"p": [Count("sign", 2, ("x = 1",)), Count("other", 1)]},
    )
    assert [stuck.student for stuck in found.stuck] == [ada, cy]
    assert found.silent == (em,)
    assert [(shared.problem_id, shared.count.what) for shared in found.shared] == [("p", "sign")]


def test_problems_come_in_the_order_of_the_set_with_the_middle_time():
    first, second = of_problems(["q", "p"], [standing(n, seconds=60.0 * n, wrong=0) for n in (1, 2, 9)])
    assert (first.problem_id, first.handed_in, first.minutes) == ("q", 0, None)
    assert (second.by_state[Where.WRONG], second.minutes) == (3, 2.0)


def test_days_in_between_are_there():
    days = by_day([standing(at=AT), standing(2, at=AT), standing(at=AT + timedelta(days=2))], UTC)
    assert days == {date(2026, 11, 20): 2, date(2026, 11, 21): 0, date(2026, 11, 22): 1}
