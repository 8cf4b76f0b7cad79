"""argon2id hashes of passwords and personal codes, and their constant-time comparison."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from tutor.store.errors import BadInput

SHORTEST: Final = 10
LONGEST: Final = 1_000

# A password is somebody's choice and may be weak: RFC 9106's second choice, 64 MiB. A personal code is drawn and has 53
# bits, and a whole class makes one in the same minute: OWASP's least, 19 MiB.
_PASSWORDS: Final = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4, type=Type.ID)
_CODES: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
_AT_ONCE: Final = threading.BoundedSemaphore(4)  # bounds the memory that many people at the door can take


def acceptable_password(password: str, login: str) -> str:
    """The password as it is hashed (NFKC, so that every keyboard types the same).

    Raises:
        BadInput: it is too short, too long, or the login.
    """
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < SHORTEST:
        raise BadInput(f"A password has at least {SHORTEST} characters; this one has {len(plain)}.")
    if len(plain) > LONGEST:
        raise BadInput(f"A password has at most {LONGEST} characters; this one has {len(plain)}.")
    if plain.casefold() == login.casefold():
        raise BadInput("The password is the login itself; choose another.")
    if len(set(plain)) < 4:
        raise BadInput("The password repeats the same few characters; choose another.")
    return plain


def hash_password(password: str) -> str:
    """An argon2id hash with its own salt and parameters."""
    with _AT_ONCE:
        return _PASSWORDS.hash(password)


def hash_code(code: str) -> str:
    """The same for a code that was drawn, with less memory."""
    with _AT_ONCE:
        return _CODES.hash(code)


def fits(stored: str | None, given: str) -> bool:
    """Whether the secret is the one that was hashed.

    Without a hash (nobody has that name) as long is taken as with one, so that time tells nobody who is there.
    """
    given = unicodedata.normalize("NFKC", given[: LONGEST + 1])
    with _AT_ONCE:
        try:
            right = _PASSWORDS.verify(stored or _nobody(), given.encode("utf-8", "replace"))
        except (VerificationError, InvalidHashError):
            return False
    return right and stored is not None


def code_fits(stored: str | None, given: str) -> bool:
    """The same for a personal code."""
    with _AT_ONCE:
        try:
            right = _CODES.verify(stored or _nobody_s_code(), given.encode("utf-8", "replace"))
        except (VerificationError, InvalidHashError):
            return False
    return right and stored is not None


def outdated(stored: str) -> bool:
    """Whether a password's hash was made with other parameters than are used now."""
    return _PASSWORDS.check_needs_rehash(stored)


@cache
def _nobody() -> str:
    return _PASSWORDS.hash("nobody has this password")


@cache
def _nobody_s_code() -> str:
    return _CODES.hash("nobody has this code")
