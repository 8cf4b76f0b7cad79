"""Between a file that a teacher uploads and what is stored of it."""

from __future__ import annotations

from pathlib import Path, PurePath

from tutor.problems import ProblemSet, read_problem_set
from tutor.problems.formats import format_of
from tutor.store.records import SetContent
from tutor.store.sets import Upload

OWN = ".yaml"


def upload_of(file_name: str, data: bytes) -> Upload:
    """The upload that a file makes, its problems in our own format beside its bytes.

    Raises:
        AuthorError: it is too large, or of an unknown kind.
        InvalidSet: it has faults; all are named, with their lines.
    """
    file = Path(PurePath(file_name.replace("\\", "/")).name or "set")  # a browser may send a whole path
    found = read_problem_set(file, data)
    own = format_of(Path(f"set{OWN}")).write(found.draft.content).decode("utf-8")
    return Upload(found.name, found.title, file.name, data, own, tuple(found.problems))


def problem_set_of(content: SetContent) -> ProblemSet:
    """The problems of a stored set, named after the file it came from."""
    return read_problem_set(Path(content.source_name).with_suffix(OWN), content.yaml.encode("utf-8"))
