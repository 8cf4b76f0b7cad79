"""The words of the site in the reader's language: `_("Check")` where a page draws, gettext catalogues in `web/locale`.

The language is the one that the reader has chosen (a cookie), or the first of the browser's that there is a catalogue
for, or English, which needs none.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from tutor.errors import TutorError
from tutor.store import InWords

COOKIE: Final = "tutor_language"
FOLDER: Final = Path(__file__).with_name("locale")
LANGUAGES: Final = {"en": "English", "de": "Deutsch"}

_spoken: ContextVar[str] = ContextVar("spoken", default="")


def best_of(chosen: str, accepted: str) -> str:
    """The language to speak. chosen: of the cookie, may be empty or anything; accepted: an Accept-Language header.

    >>> best_of("", "fr-CH, de;q=0.9, en;q=0.8"), best_of("en", "de"), best_of("xx", "")
    ('de', 'en', 'en')
    """
    if chosen in LANGUAGES:
        return chosen
    for wanted in accepted.split(","):
        code = wanted.split(";")[0].strip().split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return "en"


def language() -> str:
    """Of the request that is being answered: that of `speaking`, else of the page's browser tab."""
    if spoken := _spoken.get():
        return spoken
    accepted = f"{st.context.locale or ''},{st.context.headers.get('Accept-Language', '')}"
    return best_of(st.context.cookies.get(COOKIE, ""), accepted)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Answer in that language; for routes, which no browser tab of Streamlit's stands behind."""
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("site", FOLDER, [code], fallback=True)


def _(message: str) -> str:
    """The message in the language of the reader; English where the catalogue lacks it."""
    return _catalogue(language()).gettext(message)


def refusal(error: TutorError) -> str:
    """Why something was not taken, in the language of the reader as far as the catalogue has it; plain text."""
    return _(error.words).format(**error.blanks) if isinstance(error, InWords) and error.blanks else _(str(error))


def ngettext(one: str, many: str, n: int) -> str:
    """As `_`, for words that depend on a number."""
    return _catalogue(language()).ngettext(one, many, n)
