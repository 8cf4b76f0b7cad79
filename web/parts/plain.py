"""Text of a student, a teacher or a file, made safe where Streamlit reads Markdown: it shows as it stands."""

from __future__ import annotations

import re
from html import escape

JOINER = "\N{WORD JOINER}"  # nothing to the eye; ends what would be taken for a link, an arrow or a picture
_NOT_TO_OBEY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_MADE_INTO_SOMETHING = re.compile(
    r"(?<=www)(?=\.)|(?<=:)(?=/|streamlit)|(?<=@)|(?<=[-<])(?=[->])|(?<=[<>~])(?==)", re.IGNORECASE
)
_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")
_LEADING = re.compile(r"^[ \t]+", re.MULTILINE)


def visible(text: str) -> str:
    """Text without letters that a browser obeys rather than shows, such as those that turn the direction of reading.

    >>> visible("x\\x00 = 2\\r\\n")
    'x\ufffd = 2\\n'
    """
    return _NOT_TO_OBEY.sub("\ufffd", text.encode("utf-8", "replace").decode().replace("\r\n", "\n"))


def escaped(text: str) -> str:
    """Markdown that shows the text itself: no formatting, mathematics, colour, picture, link, list or HTML.

    It may stand inside Markdown of ours, as in `f"**{escaped(name)}**"`; a new line in the text is one on the page.

    >>> escaped("a*b"), escaped("$x$")
    ('a&#42;b', '&#36;x&#36;')
    """
    text = _MADE_INTO_SOMETHING.sub(JOINER, visible(text))
    text = _MARKUP.sub(lambda m: f"&#{ord(m[0])};", text)
    text = _LEADING.sub(lambda m: "&nbsp;" * len(m[0].expandtabs(4)), text)
    return re.sub(r"\n(?=\n)", "\n&nbsp;", text).replace("\n", "  \n")


def in_html(text: str) -> str:
    """The text for HTML of ours, between tags or in a quoted attribute.

    >>> in_html('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return escape(visible(text), quote=True)
