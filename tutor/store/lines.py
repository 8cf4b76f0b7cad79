"""Lines that wait for a teacher's word, and the rulings, each of which settles every case like it."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from tutor.store.cases import case_key
from tutor.store.errors import BadInput, Missing
from tutor.store.records import Dispute, Finding, OpenLine, Ruling
from tutor.store.reports import in_pieces
from tutor.store.rows import ruling_of
from tutor.store.scope import Scope
from tutor.store.tables import AttemptRow, DisputeRow, LineRow, RulingRow
from tutor.store.texts import MAX_LINE, bounded, one_line
from tutor.store.work import LastChecked, last_checked

MAX_COMMENT = 2_000
OPEN = ("undecided", "unreadable")


class Lines:
    """The lines of one class that a person has to look at."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def open(self, set_id: int) -> list[OpenLine]:
        """What waits in students' last works, and what they have objected to; the commonest first. Raises Missing."""
        with self._scope.reading() as session:
            self._scope.set_of(session, set_id)
            disputed = defaultdict(list)
            for dispute, attempt in self._disputes(session, set_id):
                disputed[attempt.problem_id, dispute.key].append((dispute, attempt))
            last = {row.report_id: row for row in last_checked(session, self._scope.class_id, set_id)}
            cases = defaultdict(list)
            for some in in_pieces(list(last)):
                for line in session.scalars(select(LineRow).where(LineRow.report_id.in_(some))):
                    case = (last[line.report_id].problem_id, line.key)
                    if line.verdict in OPEN or case in disputed:
                        cases[case].append((line, last[line.report_id]))
            ruled = {(row.problem_id, row.key) for row in self._rulings(session, set_id)}
            found = [
                _open_line(set_id, case, cases.get(case, []), disputed.get(case, []))
                for case in {**cases, **disputed}
                if case not in ruled
            ]
            return sorted(found, key=lambda o: (-o.disputed, -o.works, o.problem_id, o.text))

    def disputes(self, set_id: int) -> list[Dispute]:
        """Every objection to a line of a set, oldest first, with what settled it; raises Missing."""
        with self._scope.reading() as session:
            self._scope.set_of(session, set_id)
            ruled = {(row.problem_id, row.key): row.id for row in self._rulings(session, set_id)}
            return [
                Dispute(
                    dispute.id,
                    attempt.id,
                    attempt.student_id,
                    set_id,
                    attempt.problem_id,
                    dispute.line,
                    dispute.text,
                    dispute.why,
                    dispute.at,
                    ruled.get((attempt.problem_id, dispute.key)),
                )
                for dispute, attempt in self._disputes(session, set_id)
            ]

    def settle(self, set_id: int, problem_id: str, text: str, finding: Finding, comment: str = "") -> Ruling:
        """Say of a line that it is right or wrong, for every work on the problem in which it stands.

        A second word on the same line takes the first one's place.

        Raises:
            BadInput: there is no line, or the comment is too long.
            Missing: there is no such set.
        """
        if not one_line(text):
            raise BadInput("There is no line to settle.")
        comment = bounded(comment, "comment", MAX_COMMENT)
        key = case_key(problem_id, text)
        with self._scope.writing() as session:
            self._scope.store.lock(session, self._scope.class_id)
            self._scope.set_of(session, set_id)
            by = self._scope.teacher_name(session)
            row = session.scalar(
                select(RulingRow).where(
                    RulingRow.set_id == set_id, RulingRow.problem_id == problem_id, RulingRow.key == key
                )
            )
            if row is None:
                row = RulingRow(class_id=self._scope.class_id, set_id=set_id, problem_id=problem_id, key=key)
                session.add(row)
            row.text, row.finding, row.comment = bounded(text[:MAX_LINE], "line", MAX_LINE), finding.value, comment
            row.by, row.at = by, self._scope.now()
            session.flush()
            self._scope.note(session, "line settled", detail=f"ruling {row.id}: {finding.value}")
            return ruling_of(row)

    def withdraw(self, ruling_id: int) -> None:
        """Take a ruling back; raises Missing."""
        with self._scope.writing() as session:
            row = session.get(RulingRow, ruling_id)
            if row is None or row.class_id != self._scope.class_id:
                raise Missing("There is no such ruling in this class.")
            session.delete(row)
            self._scope.note(session, "ruling withdrawn", detail=f"ruling {ruling_id}")

    def rulings(self, set_id: int) -> dict[str, Ruling]:
        """The rulings on lines of a set, by `case_key`; raises Missing."""
        with self._scope.reading() as session:
            self._scope.set_of(session, set_id)
            return {row.key: ruling_of(row) for row in self._rulings(session, set_id)}

    def _rulings(self, session: Session, set_id: int) -> list[RulingRow]:
        found = select(RulingRow).where(RulingRow.class_id == self._scope.class_id, RulingRow.set_id == set_id)
        return list(session.scalars(found.order_by(RulingRow.id)))

    def _disputes(self, session: Session, set_id: int) -> list[Row[DisputeRow, AttemptRow]]:
        return list(
            session.execute(
                select(DisputeRow, AttemptRow)
                .join(AttemptRow, AttemptRow.id == DisputeRow.attempt_id)
                .where(DisputeRow.class_id == self._scope.class_id, AttemptRow.set_id == set_id)
                .order_by(DisputeRow.id)
            )
        )


def _open_line(
    set_id: int,
    case: tuple[str, str],
    found: list[tuple[LineRow, LastChecked]],
    disputed: list[tuple[DisputeRow, AttemptRow]],
) -> OpenLine:
    problem_id, key = case
    works = {report.attempt_id for _, report in found} | {attempt.id for _, attempt in disputed}
    if found:
        line, report = found[0]
        text, verdict, attempt_id, number = line.text, line.verdict, report.attempt_id, line.line
    else:
        dispute, attempt = disputed[0]
        text, verdict, attempt_id, number = dispute.text, "", attempt.id, dispute.line
    objectors = len({attempt.student_id for _, attempt in disputed})
    return OpenLine(set_id, problem_id, key, text, verdict, len(works), objectors, attempt_id, number)
