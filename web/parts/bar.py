"""Above every page: who is signed in, the ways in and out, the language.

They are links and a form of plain HTML, for they lead out of Streamlit's pages: whoever comes in or goes out gets a
fresh tab, in which nothing is left of whoever sat there before.
"""

from __future__ import annotations

from html import escape
from typing import Final

import streamlit as st

from tutor.store.records import Student, Teacher
from web import words
from web.words import _

STYLE: Final = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 4.25rem; }
.tutor-bar {
  display: flex; flex-wrap: wrap; justify-content: flex-end; align-items: center; gap: 0 0.2rem; font-size: 0.9rem;
}
.tutor-bar form { margin: 0; }
.tutor-bar strong { font-weight: 600; overflow-wrap: anywhere; margin-right: auto; }
.tutor-bar a, .tutor-bar button {
  display: inline-block; min-height: 2.2rem; padding: 0.3rem 0.5rem; border: 0; border-radius: 0.5rem;
  background: none; color: inherit; font: inherit; cursor: pointer;
  text-decoration: underline; text-underline-offset: 0.2em;
}
.tutor-bar a:hover, .tutor-bar button:hover { background: color-mix(in srgb, currentColor 9%, transparent); }
.tutor-bar :focus-visible { outline: 3px solid currentColor; outline-offset: 1px; }
</style>"""


def draw_bar(person: Teacher | Student | None) -> None:
    """Draw it."""
    if person is None:
        ways = [("/join", _("Join a class")), ("/come-back", _("Come back")), ("/teacher", _("Teachers"))]
        name = ""
    else:
        ways = [("/sign-out", _("Sign out"))]
        name = f"<strong>{escape(person.name)}</strong>"
    links = "".join(f'<a href="{path}">{escape(said)}</a>' for path, said in ways)
    others = "".join(
        f'<button name="language" value="{code}" lang="{code}">{escape(tongue)}</button>'
        for code, tongue in words.LANGUAGES.items()
        if code != words.language()
    )
    here = escape(f"/{_path()}", quote=True)
    form = f'<form method="post" action="/language"><input type="hidden" name="next" value="{here}">{others}</form>'
    label = escape(_("You and your language"), quote=True)
    st.html(f'{STYLE}<nav class="tutor-bar" aria-label="{label}">{name}{links}{form}</nav>')


def _path() -> str:
    """Of the page that is drawn, for the way back to it."""
    url = st.context.url or ""
    return url.split("://", 1)[-1].partition("/")[2].partition("?")[0]
