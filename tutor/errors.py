"""One tree of exceptions: what a student reads, what an author reads, what a budget stops."""

from __future__ import annotations


class TutorError(Exception):
    """The root; anything else that escapes is a bug of ours."""


class StudentError(TutorError):
    """Shown to the student as it stands."""


class AuthorError(TutorError):
    """Shown to whoever wrote the problem set or handed over the submissions."""


class NotReadable(StudentError):
    """Text that looks like mathematics and could not be read.

    Attributes:
        text: the text that was being read.
        start, end: the place in it, as offsets.
        expected: what would have been readable there, as a sentence.
    """

    def __init__(self, text: str, start: int, end: int, expected: str) -> None:
        super().__init__(f"{text}\n{' ' * start}^ {expected}")
        self.text = text
        self.start = start
        self.end = end
        self.expected = expected


class TooLarge(StudentError):
    """A number, a power, an expression or a text past what the program takes on."""


class Undefined(TutorError):
    """An expression has no (real) value there: division by zero, the logarithm of a negative number."""


class Unsupported(TutorError):
    """The method has no meaning for such an expression; another one may."""


class OutOfBudget(TutorError):
    """The work allowed for one line was used up before a decision."""


class ModelError(TutorError):
    """A language model could not be loaded or did not answer; says what to do about it. Lines are judged without."""
