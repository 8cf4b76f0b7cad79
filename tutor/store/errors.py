"""What the store says when it cannot or will not do something."""

from __future__ import annotations

from tutor.errors import AuthorError, StudentError, TutorError


class StoreError(TutorError):
    """The database cannot be used; shown to whoever runs the program, and says what to do about it."""


class StoreBusy(StoreError):
    """Another program kept the database to itself for longer than we wait; the same call may succeed later."""


class NewerStore(StoreError):
    """The database was written by a newer program than this one."""


class OlderStore(StoreError):
    """The database has to be brought up to date before this program can use it."""


class SignedOut(StoreError):
    """The session in whose name something was asked for is over; nothing was done."""


class InWords(StudentError):
    """A sentence for whoever sits there, which a page may say in another language.

    Attributes:
        words: the sentence with its named blanks.
        blanks: what fills them, maybe a name that somebody has typed.
    """

    def __init__(self, words: str, **blanks: str | int) -> None:
        super().__init__(words.format(**blanks) if blanks else words)
        self.words = words
        self.blanks = blanks


class Refused(InWords):
    """A name, code, password or session that does not fit, or a right that is not there; shown as it stands."""


class TooManyTries(Refused):
    """Signing in was tried too often.

    Attributes:
        wait_s: seconds until the next try is let through.
    """

    def __init__(self, words: str, wait_s: int) -> None:
        super().__init__(words, wait_s=wait_s)
        self.wait_s = wait_s


class NotTaken(InWords):
    """Work that was handed in and not taken: too late, too often, too long, or for a set that is not open."""


class BadInput(AuthorError):
    """A teacher's or administrator's entry that cannot be stored as it is; says why."""


class Missing(AuthorError):
    """What was asked for is not there, or not in this class; the two are never told apart."""
