"""Codes that people copy from a board or a slip of paper, and the tokens of sessions.

All of them are drawn from `secrets`. The letters leave out look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) and vowels, so
that no code reads as a word.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from typing import Final

LETTERS: Final = "34679CDFGHJKMNPQRTVWXY"
CLASS_CODE: Final = 8  # 22^8, 5 * 10^10 of them
PERSONAL_CODE: Final = 12  # 22^12, 1.3 * 10^16 of them: drawn, so out of reach of guessing
TOKEN_BYTES: Final = 32


def draw_class_code() -> str:
    """What opens a class; it is no secret among its students.

    >>> code = draw_class_code()
    >>> len(code), set(code) <= set(LETTERS)
    (8, True)
    """
    return _draw(CLASS_CODE)


def draw_personal_code() -> str:
    """What brings one student back to their own place; shown once, stored as a hash."""
    return _draw(PERSONAL_CODE)


def draw_password() -> str:
    """A password for an account that somebody else will change or keep: twenty letters, 89 bits."""
    return grouped(_draw(20)).lower()


def draw_token() -> str:
    """What a browser keeps of a session."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def _draw(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def grouped(code: str) -> str:
    """A code as it is shown, in groups of four.

    >>> grouped("CDFGHJKMNPQR")
    'CDFG-HJKM-NPQR'
    """
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def plain_code(typed: str) -> str:
    """A code as it is stored, from what somebody typed: small letters, blanks and hyphens do not matter.

    >>> plain_code(" cdfg-hjkm nPQR ")
    'CDFGHJKMNPQR'
    """
    folded = unicodedata.normalize("NFKC", typed[:200]).upper()
    return "".join(c for c in folded if c.isalnum())


def digest(secret: str) -> str:
    """SHA-256 of a token that was drawn: too long to guess, so it needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
