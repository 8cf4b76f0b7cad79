"""Above every page: the pages, who is signed in, the ways in and out, the language.

The ways in and out are links and a form of plain HTML, for they lead out of Streamlit's pages: whoever comes in or goes
out gets a fresh tab, in which nothing is left of whoever sat there before.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import quote, urlencode

import streamlit as st

from tutor.store.records import Student, Teacher
from web import words
from web.words import _

STYLE: Final = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 2.5rem; }
@media (min-width: 48rem) { [data-testid="stMainBlockContainer"] { padding-top: 1.5rem; } }
[data-testid="stHeader"] { background: none; pointer-events: none; }
[data-testid="stHeader"] * { pointer-events: auto; }
/* White on the light accent of the dark theme would be hard to read. */
[data-testid^="stBaseButton-primary"], [data-testid^="stBaseButton-primary"]:is(:hover, :focus, :active) {
  color: light-dark(#fff, #0b201e);
}
/* Streamlit's own grey for captions is too light to read on paper. */
[data-testid="stCaptionContainer"] { color: light-dark(#55606d, #a9b3bf); opacity: 1; }
.st-key-bar { border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); padding-bottom: 0.4rem; }
.st-key-language { position: absolute; width: 0; height: 0; }
.tutor-bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.2rem; font-size: 0.9rem; line-height: 1.4; }
.tutor-bar form { display: contents; }
.tutor-bar strong { font-weight: 600; overflow-wrap: anywhere; padding-right: 0.5rem; }
.tutor-bar a, .tutor-bar button {
  display: inline-flex; align-items: center; min-height: 2.2rem; margin: 0; padding: 0 0.5rem; border: 0;
  border-radius: 0.5rem; background: none; color: inherit; font: inherit; cursor: pointer;
  text-decoration: underline; text-underline-offset: 0.2em;
}
.tutor-bar a:hover, .tutor-bar button:hover { background: color-mix(in srgb, currentColor 9%, transparent); }
.tutor-bar :focus-visible { outline: 3px solid currentColor; outline-offset: 1px; }
</style>"""

# The page is read out in the language that it is written in; Streamlit's own says English, whatever it shows.
_said_in = st.components.v2.component(
    "tutor_language", js="export default ({ data }) => { document.documentElement.lang = data.lang; };"
)


def draw_bar(person: Teacher | Student | None, pages: Sequence[st.Page]) -> None:
    """Draw it. pages: that whoever is there may open."""
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
    listed = [page for page in pages if page.visibility == "visible"]
    with st.container(key="bar", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        if len(listed) > 1:
            with st.container(key="pages", horizontal=True, gap="xsmall", width="content"):
                for page in listed:
                    st.page_link(page)
        st.html(f'{STYLE}<nav class="tutor-bar" aria-label="{label}">{name}{links}{form}</nav>', width="content")
        _said_in(key="language", data={"lang": words.language()}, width="content")


def _path() -> str:
    """Of the page that is drawn, with what it is asked for, for the way back to it."""
    url = st.context.url or ""
    path = url.split("://", 1)[-1].partition("/")[2].partition("?")[0]
    asked = urlencode(st.query_params.to_dict(), quote_via=quote)
    return f"{path}?{asked}" if asked else path
