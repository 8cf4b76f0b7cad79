"""A row of a class: one submission, or the reason why it cannot be marked."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tutor.records import Submission

MAX_WORK = 2_000_000  # letters in one piece of work


@dataclass(frozen=True, slots=True)
class Row:
    """status "" is a submission to be marked; "unreadable" or "error" says with `message` why it is not.

    where: the line, cell or file that it came from, for a person.
    """

    submission: Submission
    where: str = ""
    status: str = ""
    message: str = ""


def near(word: str, known: Iterable[str], many: int = 8) -> str:
    """`; did you mean "b"?`, or what there is.

    >>> near("linear1", ["linear-1", "linear-2"])
    'did you mean "linear-1"?'
    >>> near("zzz", ["linear-1", "linear-2"])
    'there are: linear-1, linear-2'
    """
    names = list(known)
    close = difflib.get_close_matches(word.casefold(), [n.casefold() for n in names], 1, 0.7)
    if close:
        return f'did you mean "{next(n for n in names if n.casefold() == close[0])}"?'
    return f"there are: {', '.join(names[:many])}{' …' if len(names) > many else ''}"


def plain_name(name: str) -> str:
    """How two spellings of a problem's name are compared.

    >>> plain_name("Linear_01 ")
    'linear-01'
    """
    return re.sub(r"[\s_-]+", "-", name.strip().casefold())


class ProblemNames:
    """The problems of the set, found again in however a table or a file spells them."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self._plain = {plain_name(n): n for n in names}

    def find(self, spelt: str) -> str | None:
        """The problem's own name; the only problem of a set need not be named."""
        if not spelt.strip():
            return self.names[0] if len(self.names) == 1 else None
        if spelt in self._plain.values():
            return spelt
        return self._plain.get(plain_name(spelt))

    def why_not(self, spelt: str) -> str:
        """What to tell whoever named a problem that is not there."""
        if not spelt.strip():
            return f"The row names no problem; {near('', self.names)}."
        hint = near(spelt, self.names)
        return f'There is no problem "{spelt[:80]}" in the set; {hint}{"" if hint.endswith("?") else "."}'


LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def row_of(submission: Submission, names: ProblemNames, where: str) -> Row:
    """The row, with its problem found, its size looked at, and halves of letters (which no file can hold) replaced."""
    if any(LONE_SURROGATE.search(t) for t in (submission.id, submission.student, submission.problem, submission.work)):
        row_id, student, problem, work = (
            LONE_SURROGATE.sub("\ufffd", t)
            for t in (submission.id, submission.student, submission.problem, submission.work)
        )
        submission = replace(submission, id=row_id, student=student, problem=problem, work=work)
    if len(submission.work) > MAX_WORK:
        message = f"The work has {len(submission.work):,} letters; at most {MAX_WORK:,} are read."
        return Row(replace(submission, work=submission.work[:200]), where, "unreadable", message)
    found = names.find(submission.problem)
    if found is None:
        return Row(submission, where, "error", names.why_not(submission.problem))
    return Row(replace(submission, problem=found), where)


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def with_unique_ids(rows: Iterable[Row]) -> Iterator[Row]:
    """Each row under an id of its own: a row whose id was used before is not marked and says so.

    Rows without an id get one from student and problem, numbered where they come again (a second attempt).
    """
    seen: set[int] = set()
    for row in rows:
        s = row.submission
        wanted = s.id or f"{s.student}/{s.problem}"
        name, again = wanted, 1
        while _key(name) in seen:
            again += 1
            name = f"{wanted}#{again}"
        seen.add(_key(name))
        if again > 1 and s.id:
            message = f'The id "{s.id}" stands in an earlier row too; give each row its own id to have both marked.'
            yield Row(replace(s, id=name), row.where, "error", message)
        else:
            yield row if s.id == name else replace(row, submission=replace(s, id=name))


def in_shard(row_id: str, shard: tuple[int, int]) -> bool:
    """Whether shard i of n (from 1) has this row: by the row's id alone, the same on every machine.

    >>> sum(in_shard("ada/1", (i, 3)) for i in (1, 2, 3))
    1
    """
    i, n = shard
    return _key(row_id) % n == i - 1
