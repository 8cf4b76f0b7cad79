"""What the tests of the teacher's pages of a class share: a seeded class, and how to find things on the screen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.web import seeded
from tests.web.seeded import Seeded
from tutor.store import Store
from tutor.store.desk import Book
from tutor.store.records import Teacher


@pytest.fixture
def school(site: Store, tmp_path: Path, sign_in: Callable[[Teacher], None]) -> Seeded:
    """The seeded class, its teacher signed in."""
    with closing(sqlite3.connect(seeded.database())) as made, closing(sqlite3.connect(tmp_path / "site.db")) as here:
        made.backup(here)
    found = seeded.found(site)
    sign_in(found.teacher)
    return found


def book_of(store: Store, school: Seeded) -> Book:
    return store.of_teacher(school.teacher.id).in_class(school.room.id)


def html_of(page: AppTest) -> str:
    return "\n".join(str(each.proto.body) for each in page.get("html"))


def words_of(page: AppTest) -> str:
    """All text on the screen."""
    kinds = (page.title, page.subheader, page.markdown, page.caption, page.text, page.code, page.warning, page.success)
    return "\n".join(str(each.value) for kind in kinds for each in kind) + "\n" + html_of(page)


def button(page: AppTest, label: str, n: int = 0):
    return [b for b in page.button if b.label == label][n]


Opened = Callable[..., AppTest]
