"""Every page of the site with something on it, to be looked at: by axe, on a phone, in pictures.

A page that is not on the tour fails `test_pages.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from playwright.sync_api import Page

from tests.web.browser.tabs import settled
from tests.web.seeded import Seeded, seed
from tutor.store import Store, Terms, upload_of
from tutor.store.records import Student

Who = Literal["guest", "student", "teacher"]
MISTAKEN = b"""title: Fractions, week 3
problems:
  - id: shared-pizza
    title: A shared pizza
    statement: Solve x/3 + x/6 = 5
    answer: x = 10
    solution: ["x/3 + x/6 = 5", "2x + x = 30", "x = 11"]
  - id: halves
    title: Halves
    statement: Solve x/2 = 4
    answer: x = 8
"""
EXAM = b"""title: A short test
problems:
  - id: brackets
    title: Two brackets
    statement: Solve 2(x + 1) = 3(x - 2)
    answer: x = 8
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """The class of `tests.web.seeded`, and one of its students who is in the middle of it."""

    seeded: Seeded
    student: Student
    blanks: Mapping[str, object]

    def person(self, who: Who):
        """Who is signed in where the stop is; None for a guest."""
        return {"guest": None, "student": self.student, "teacher": self.seeded.teacher}[who]


@dataclass(frozen=True, slots=True)
class Stop:
    """One page. path: with blanks that `Scene.blanks` fills. do: what to do there first, such as handing work in."""

    name: str
    who: Who
    path: str
    do: Callable[[Page], None] | None = None

    @property
    def page(self) -> str:
        """The path alone."""
        return self.path.partition("?")[0].strip("/")


def scene_of(store: Store) -> Scene:
    """Fill an empty store with everything that the tour comes by."""
    seeded = seed(store)
    book = store.of_teacher(seeded.teacher.id).in_class(seeded.room.id)
    draft = book.sets.add(upload_of("fractions.yaml", MISTAKEN))
    terms = Terms(due=store.now() + timedelta(days=1), tries=2, exam=True)
    exam = book.sets.publish(book.sets.add(upload_of("test.yaml", EXAM), terms).id)
    student = _in_the_middle(store, book.students.all())
    attempt = next(a for a in reversed(store.of_student(student.id).attempts()) if a.problem_id == "minus-bracket")
    return Scene(
        seeded,
        student,
        {
            "room": seeded.room.id,
            "set": seeded.version.set_id,
            "version": seeded.version.id,
            "draft": draft.id,
            "exam": exam.set_id,
            "student": student.id,
            "attempt": attempt.id,
            "code": seeded.room.code,
        },
    )


def _in_the_middle(store: Store, students: list[Student]) -> Student:
    """One whose last try at a problem is wrong, who took a hint with it, and has done others."""

    def fits(student: Student) -> tuple[int, int]:
        place = store.of_student(student.id)
        works = place.attempts()
        tried = [a for a in works if a.problem_id == "minus-bracket"]
        wrong = bool(tried) and tried[-1].checked is not None and tried[-1].checked.report["first_wrong"] is not None
        return (int(wrong) + int(wrong and bool(place.hints(tried[-1].id))), len(works))

    return max(students, key=fits)


def check_the_example(page: Page) -> None:
    """Free practice: take the example, check it, ask for a hint."""
    page.get_by_role("button", name="An equation").click()
    page.get_by_test_id("line-3").wait_for()
    settled(page)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_text("The first line to look at again").wait_for()
    page.get_by_role("button", name="A hint for line 1").click()
    page.get_by_text("Hint 1").wait_for()
    settled(page)


def join(page: Page) -> None:
    """Come into the class, to the page that shows the personal code."""
    page.get_by_role("button", name="Join the class").click()
    page.get_by_role("heading", name="Your own code").wait_for()


def send_it_empty(page: Page) -> None:
    """A form with messages at its fields."""
    page.get_by_label("Login").fill("nobody@example.org")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").first.wait_for()


STOPS: tuple[Stop, ...] = (
    Stop("practice", "guest", "/"),
    Stop("practice-checked", "guest", "/", check_the_example),
    Stop("join", "guest", "/join?code={code}"),
    Stop("joined", "guest", "/join?code={code}", join),
    Stop("come-back", "guest", "/come-back"),
    Stop("teachers-door", "guest", "/teacher"),
    Stop("teachers-door-refused", "guest", "/teacher", send_it_empty),
    Stop("problems", "student", "/"),
    Stop("problem", "student", "/problem?set={set}&problem=minus-bracket"),
    Stop("problem-done", "student", "/problem?set={set}&problem=unknown-on-both-sides"),
    Stop("problem-physics", "student", "/problem?set={set}&problem=goods-train"),
    Stop("exam", "student", "/problem?set={exam}&problem=brackets"),
    Stop("my-data", "student", "/my-data"),
    Stop("sign-out", "student", "/sign-out"),
    Stop("classes", "teacher", "/"),
    Stop("class", "teacher", "/class?class={room}&set={set}"),
    Stop("class-work", "teacher", "/class-work?class={room}&set={set}&student={student}&problem=minus-bracket"),
    Stop("class-lines", "teacher", "/class-lines?class={room}&set={set}"),
    Stop("batch", "teacher", "/batch?class={room}"),
    Stop("class-roster", "teacher", "/class-roster?class={room}"),
    Stop("class-settings", "teacher", "/class-settings?class={room}"),
    Stop("problem-sets", "teacher", "/problem-sets?class={room}"),
    Stop("set", "teacher", "/problem-sets?class={room}&version={version}"),
    Stop("set-mistaken", "teacher", "/problem-sets?class={room}&version={draft}"),
    Stop("set-form", "teacher", "/problem-sets?class={room}&version={draft}&do=form"),
    Stop("set-preview", "teacher", "/problem-sets?class={room}&version={version}&do=preview"),
)
