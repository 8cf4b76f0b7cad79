"""The database: teachers, classes, students, problem sets, work, rulings and uploads.

`open_store` gives a `Store`. Pages reach it through `store.door` and `store.teachers` (who comes in), `store.sessions`
(who is there), `store.of_teacher(id)` and `store.of_student(id)` (what they may see and do).
Records go in and come out.
"""

from tutor.store.cases import case_key
from tutor.store.codes import grouped
from tutor.store.content import problem_set_of, upload_of
from tutor.store.desk import Change
from tutor.store.errors import (
    BadInput,
    InWords,
    Missing,
    NewerStore,
    NotTaken,
    OlderStore,
    Refused,
    SignedOut,
    StoreBusy,
    StoreError,
    TooManyTries,
)
from tutor.store.sets import Terms, Upload
from tutor.store.store import Store, open_store, upgrade_store

__all__ = [
    "BadInput",
    "Change",
    "InWords",
    "Missing",
    "NewerStore",
    "NotTaken",
    "OlderStore",
    "Refused",
    "SignedOut",
    "Store",
    "StoreBusy",
    "StoreError",
    "Terms",
    "TooManyTries",
    "Upload",
    "case_key",
    "grouped",
    "open_store",
    "problem_set_of",
    "upgrade_store",
    "upload_of",
]
