"""A class as a teacher meets it on a Tuesday: 28 students, a set of six problems, work with the usual mistakes.

`seed(store)` fills an empty store and says how to sign in; all of it is drawn from one seed, so that screenshots stay
the same. The reports are the program's own; they are computed once for each version of the program and kept in the
folder for temporary files. `python -m tests.web.seeded URL` fills a database to look at.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tutor.batch.run import program_hash
from tutor.store import Store, Terms, open_store, problem_set_of, upload_of
from tutor.store.records import Classroom, RosterLine, SetVersion, State, Teacher
from tutor.store.schema import newest

SETS = Path(__file__).resolve().parents[2] / "problem_sets"
NOW = datetime(2026, 11, 24, 7, 41, tzinfo=UTC)  # before the first lesson
LOGIN, PASSWORD = "noether@example.org", "correct horse battery"
TITLE = "9b Mathematics"
CHOSEN = {
    "linear_equations": ("unknown-on-both-sides", "minus-bracket", "cross-multiplying"),
    "quadratic_equations": ("by-factors", "common-factor"),
    "physics_kinematics": ("goods-train",),
}
NAMES = """Amber Otter|Azure Heron|Coral Finch|Crimson Lynx|Cyan Puffin|Golden Owl|Green Gecko|Hazel Wren|Indigo Raven
Ivory Swan|Jade Falcon|Lilac Lemur|Lime Kiwi|Maroon Badger|Mint Dolphin|Olive Stork|Orange Robin|Pearl Seal
Pink Condor|Plum Panda|Purple Ibis|Red Marten|Ruby Tern|Russet Koala|Silver Kestrel|Teal Walrus|Topaz Crane
Violet Zebra""".replace("\n", "|").split("|")
FULL = """Mia Abel|Jonas Becker|Aylin Demir|Paul Ernst|Lea Fuchs|Emil Graf|Zoe Haas|Noah Ibrahim|Ida Jung|Ben Kaya
Lina Lang|Omar Moser|Frieda Neu|Levi Otto|Nele Paul|Tom Quast|Sara Roth|Finn Seidl|Maja Thoma|Luca Urban|Ella Vogt
Max Weiss|Amira Yildiz|Leo Zahn|Hanna Adler|Karl Brandt|Eva Conrad|Tim Dorn""".replace("\n", "|").split("|")

# By problem: how many students hand in what in the end, and with which first try, where they had one.
WORKS: dict[str, list[tuple[int, str, str]]] = {
    "unknown-on-both-sides": [
        (11, "5x - 7 = 2x + 8\n3x = 15\nx = 5", ""),
        (4, "5x - 2x = 8 + 7\n3x = 15\nx = 5", "5x - 7 = 2x + 8\n7x = 15\nx = 15/7"),
        (4, "5x - 7 = 2x + 8\n3x = 1\nx = 1/3", "5x - 7 = 2x + 8\n5x - 2x = 8 - 7\n3x = 1"),
        (2, "5x - 7 = 2x + 8\n7x = 15\nx = 15/7", ""),
        (2, "5x - 7 = 2x + 8   | -2x\n3x - 7 = 8   | +7\n3x = 15   | :3\nx = 5", ""),
    ],
    "minus-bracket": [
        (7, "4 - 2x + 3 = 9 - 4x\n7 - 2x = 9 - 4x\n2x = 2\nx = 1", ""),
        (9, "4 - 2x - 3 = 9 - 4x\n1 - 2x = 9 - 4x\n2x = 8\nx = 4", ""),
        (3, "4 - 2x + 3 = 9 - 4x\n7 - 2x = 9 - 4x\n2x = 2\nx = 1", "4 - 2x - 3 = 9 - 4x\n2x = 8\nx = 4"),
        (2, "4 - 2x + 3 = 9 - 4x\n7 - 2x = 9 - 4x\n-6x = 2\nx = -1/3", ""),
    ],
    "cross-multiplying": [
        (6, "3(x + 1) = 2(2x - 1)\n3x + 3 = 4x - 2\n5 = x", ""),
        (5, "3(x + 1) = 2(2x - 1)\n3x + 1 = 4x - 1\nx = 2", ""),
        (2, "2(x + 1) = 3(2x - 1)\n2x + 2 = 6x - 3\n5 = 4x\nx = 5/4", ""),
        (2, "3(x + 1) ~> 2(2x - 1\n3x + 3 = 4x - 2\nx = 5", ""),
    ],
    "by-factors": [
        (8, "(x - 2)(x - 3) = 0\nx = 2 or x = 3", ""),
        (5, "(x - 2)(x - 3) = 0\nx = 2", ""),
        (3, "(x + 2)(x + 3) = 0\nx = -2 or x = -3", ""),
        (1, "x² - 5x = -6\nx(x - 5) = -6\nx = -6 or x - 5 = -6\nx = -6 or x = -1", ""),
    ],
    "common-factor": [
        (8, "x^2 = 5x\nx = 5", "x^2 = 5x\nx = 5x/x\nx = 5"),
        (5, "x^2 - 5x = 0\nx(x - 5) = 0\nx = 0 or x = 5", ""),
    ],
    "goods-train": [
        (4, "v = 72 km/h = 20 m/s\ns = v t = 20 m/s * 45 s = 900 m", ""),
        (3, "s = v t = 72 * 45 = 3240 m", ""),
        (2, "v = 72 km/h = 259 m/s\ns = 259 m/s * 45 s = 11655 m", ""),
        (2, "v = 72 km/h = 20 m/s\ns = v / t = 20 / 45 = 0.44 m", ""),
    ],
}


@dataclass(frozen=True, slots=True)
class Seeded:
    """The teacher and the class that were put into the store, and the set that it works on."""

    teacher: Teacher
    room: Classroom
    version: SetVersion


@cache
def source() -> bytes:
    """The set: six problems, each as it stands in the sets that come with the program."""
    from ruamel.yaml import YAML

    yaml = YAML()
    problems = []
    for name, ids in CHOSEN.items():
        found = {p["id"]: p for p in yaml.load((SETS / f"{name}.yaml").read_text(encoding="utf-8"))["problems"]}
        problems += [found[problem_id] for problem_id in ids]
    with tempfile.TemporaryFile() as file:
        yaml.dump({"title": "Equations, and a goods train", "problems": problems}, file)
        file.seek(0)
        return file.read()


def reports() -> dict[str, dict[str, Any]]:
    """The report on each work by problem and text, from the file where it was kept or from the program itself."""
    kept = Path(tempfile.gettempdir()) / f"seeded-{program_hash()[:16]}.json.gz"
    wanted = sorted({f"{p}\n{work}" for p, rows in WORKS.items() for _, *both in rows for work in both if work})
    if kept.exists():
        there: dict[str, dict[str, Any]] = json.loads(gzip.decompress(kept.read_bytes()))
        if there.keys() >= set(wanted):
            return there
    from tutor.pipeline import grade_submission
    from tutor.records import Submission
    from tutor.report.machine import to_json

    problems = problem_set_of_source()
    made = {}
    for key in wanted:
        problem_id, _, work = key.partition("\n")
        report = grade_submission(Submission("", "", problem_id, work), problems[problem_id])
        made[key] = to_json(report) | {"seconds": 0.1}
    draft = kept.with_suffix(f".{os.getpid()}")
    draft.write_bytes(gzip.compress(json.dumps(made).encode()))
    draft.replace(kept)
    return made


@cache
def problem_set_of_source() -> Any:
    """The six problems by id."""
    from tutor.store.records import SetContent

    upload = upload_of("equations.yaml", source())
    return problem_set_of(SetContent("equations.yaml", source(), upload.yaml)).problems


class Hours:
    """A clock that is put to where it is wanted."""

    def __init__(self) -> None:
        self.now = NOW - timedelta(days=20)

    def __call__(self) -> datetime:
        return self.now


def seed(store: Store) -> Seeded:
    """Fill an empty store; what happens there has happened in the two weeks before `NOW`."""
    clock, usual = Hours(), store.now
    store.now = clock
    try:
        return _seeded(store, clock)
    finally:
        store.now = usual


def _seeded(store: Store, clock: Hours) -> Seeded:
    chance = random.Random(9)
    teacher = store.teachers.add(LOGIN, PASSWORD, "Dr Noether")
    desk = store.of_teacher(teacher.id)
    desk.open_class("Physics club")
    room = desk.open_class(TITLE)
    book = desk.in_class(room.id)
    students = []
    for n, name in enumerate(NAMES):
        clock.now = NOW - timedelta(days=14) + timedelta(minutes=n)
        students.append(store.door.join(room.code, name, f"10.0.{n}.1").student)
    ids = [f"s{4100 + 7 * n}" for n in range(len(students))]
    book.students.set_roster(
        RosterLine(s.id, s.name, gradebook, full)
        for s, gradebook, full in zip(students, ids, FULL, strict=True)
        if s.name != "Violet Zebra"
    )
    terms = Terms(due=NOW + timedelta(days=2), tries=None)
    version = book.sets.publish(book.sets.add(upload_of("equations.yaml", source()), terms).id)
    made = reports()
    weak = {name: chance.random() for name in NAMES}
    for number, (problem_id, rows) in enumerate(WORKS.items()):
        final = [(work, first) for many, work, first in rows for _ in range(many)]
        # Whoever finds it hard gets further down the list, and hands in fewer problems.
        able = sorted(students[: len(students) - 1], key=lambda s: weak[s.name] + chance.random() / 3)
        for place, (student, (work, first)) in enumerate(zip(able, final, strict=False)):
            begun = NOW - timedelta(days=5 - 0.8 * number, minutes=chance.randrange(0, 1400))
            for n, text in enumerate(t for t in (first, work) if t):
                spent = timedelta(seconds=chance.randrange(60, 420) + 30 * place)
                clock.now = begun + spent
                at = store.of_student(student.id)
                attempt = at.hand_in(version.id, problem_id, text, begun)
                report = made[f"{problem_id}\n{text}"]
                store.checking.report(attempt.id, report, engine=report["version"], seconds=0.1)
                wrong = report["first_wrong"]
                if wrong is not None and chance.random() < 0.5 - n / 4:
                    for rung in range(1, chance.randrange(2, 4)):
                        at.take_hint(attempt.id, wrong, rung)
                begun = clock.now + timedelta(minutes=1)
    _objections(store, clock, version)
    clock.now = NOW
    return Seeded(teacher, room, version)


def _objections(store: Store, clock: Hours, version: SetVersion) -> None:
    """Two students think that half the solutions are all of them; one that 259 m/s is right."""
    clock.now = NOW - timedelta(hours=3)
    wanted = {"by-factors": ("x = 2", "I only need one!", 2), "goods-train": ("v = 72 km/h = 259 m/s", "72 * 3.6", 1)}
    with store.reading() as session:
        from tutor.store.tables import AttemptRow

        works = session.query(AttemptRow).order_by(AttemptRow.id).all()
        places = [(row.id, row.student_id, row.problem_id, row.work.splitlines()) for row in works]
    for problem_id, (text, why, many) in wanted.items():
        found = [(a, s, lines.index(text)) for a, s, p, lines in places if p == problem_id and text in lines]
        for attempt_id, student_id, line in found[:many]:
            store.of_student(student_id).object_to(attempt_id, line, why)


def database() -> Path:
    """A seeded SQLite file to copy, made once for each version of the program and kept beside the reports."""
    said = hashlib.sha256(Path(__file__).read_bytes() + program_hash().encode() + newest().encode()).hexdigest()
    kept = Path(tempfile.gettempdir()) / f"seeded-{said[:16]}.db"
    if not kept.exists():
        with tempfile.TemporaryDirectory() as folder:
            with open_store(f"sqlite:///{folder}/made.db") as store:
                seed(store)
                store.upkeep.backup(Path(folder) / "copy.db")
            draft = kept.with_suffix(f".{os.getpid()}")
            shutil.copy(Path(folder) / "copy.db", draft)
            draft.replace(kept)
    return kept


def found(store: Store) -> Seeded:
    """Teacher, class and set of a store that was made from `database`."""
    teacher = store.teachers.known(LOGIN)
    assert teacher is not None
    book = store.of_teacher(teacher.id)
    room = next(room for room in book.classes() if room.title == TITLE)
    return Seeded(teacher, room, book.in_class(room.id).sets.all(State.PUBLISHED)[0])


if __name__ == "__main__":
    with open_store(sys.argv[1]) as opened:
        made_class = seed(opened)
        print(opened.sessions.begin(made_class.teacher))
