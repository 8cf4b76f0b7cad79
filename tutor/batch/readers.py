"""Submissions from wherever a class keeps them: a table, a folder per student, or a platform's ZIP archive."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tutor.batch.folders import read_folder, read_zip
from tutor.batch.rows import ProblemNames, Row, with_unique_ids
from tutor.batch.tables import TABLES, Columns, empty_table, read_table
from tutor.errors import AuthorError


def read_submissions(path: Path, problems: Sequence[str], columns: Columns = None) -> Iterator[Row]:
    """The rows in their order, each under an id of its own. columns: of a table, heading → id, student, problem, work.

    Raises:
        AuthorError: there is no such file, it is of no known kind, or it has no column with the work.
    """
    return with_unique_ids(_reader(path, columns)(path, ProblemNames(problems)))


def _reader(path: Path, columns: Columns) -> Callable[[Path, ProblemNames], Iterator[Row]]:
    if path.is_dir():
        return read_folder
    if not path.exists():
        raise AuthorError(f"there is no file or folder {path}")
    kind = path.suffix.lower()
    if kind == ".zip":
        return read_zip
    if kind not in TABLES:
        known = ", ".join((*TABLES, ".zip"))
        raise AuthorError(f"{path}: submissions come as a table or archive ({known}) or as a folder per student")
    if empty_table(path):
        raise AuthorError(f"{path} is empty")
    return functools.partial(read_table, columns=columns)
