from datetime import UTC, datetime
from fractions import Fraction

from tutor.report.gradebooks import fill
from tutor.service.class_marks import class_entries
from tutor.store.records import GivenMark, RosterLine, Standing

NOW = datetime(2026, 9, 1, tzinfo=UTC)


def standing(student, problem, earned, pending=0, given=None):
    hand = None if given is None else GivenMark(student, 1, problem, Fraction(given), "", "T", None, NOW)
    marks = (None, None) if earned is None else (Fraction(earned), Fraction(pending))
    status = "waiting" if earned is None else "graded"
    return Standing(student, problem, 1, NOW, 1.0, 1, status, *marks, Fraction(3), None, 0, hand)


def test_the_marks_of_a_class_go_into_its_gradebook():
    roster = [
        RosterLine(1, "Quiet Fox", "s101", "Ada Lovelace"),
        RosterLine(2, "Brave Owl", "s102"),
        RosterLine(3, "Calm Elk"),
        RosterLine(4, "Kind Yak", "s104"),
    ]
    standings = [
        standing(1, "a", 2, given="5/2"),
        standing(1, "b", 1),
        standing(2, "a", 1, pending=2),
        standing(4, "a", 3),
        standing(4, "b", None),
    ]
    found = class_entries(standings, roster, Fraction(6))
    assert [(e.name, e.earned, bool(e.pending)) for e in found] == [
        ("s101", Fraction(7, 2), False),
        ("s102", 1, True),
        ("Calm Elk", None, False),
        ("s104", 3, True),
    ]
    export = b"Student,ID,SIS User ID,Test (1)\nAda,1,s101,\nBo,2,s102,\n"
    assert fill(export, "Test", found).data == b"Student,ID,SIS User ID,Test (1)\nAda,1,s101,3.5\nBo,2,s102,\n"
