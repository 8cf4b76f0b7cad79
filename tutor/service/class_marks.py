"""A class's marks on a problem set as a gradebook takes them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tutor.report.gradebooks import Entry
from tutor.store.records import RosterLine, Standing


def class_entries(
    standings: Iterable[Standing], roster: Iterable[RosterLine], available: Fraction = Fraction(0)
) -> list[Entry]:
    """An entry for each student of the roster, the marks of all problems together; a mark by hand counts.

    available: the marks that the whole set has to give.
    """
    of_student: dict[int, list[Standing]] = {}
    for standing in standings:
        of_student.setdefault(standing.student_id, []).append(standing)
    found = []
    for line in roster:
        mine = of_student.get(line.student_id, [])
        given = [s.given.earned if s.given is not None else s.earned for s in mine]
        marks = [mark for mark in given if mark is not None]
        # Work whose check has not ended waits as much as an answer that nobody could decide.
        waits = sum(((s.pending or Fraction(0)) for s in mine if s.given is None), Fraction(0))
        unchecked = sum(1 for s in mine if s.given is None and s.earned is None)
        names = tuple(name for name in (line.gradebook_id, line.full_name, line.pseudonym) if name)
        earned = sum(marks, Fraction(0)) if marks else None
        found.append(Entry(names, earned, waits + unchecked, available))
    return found
