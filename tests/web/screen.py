"""What is on the screen of a page that AppTest drives, as text: of our own HTML what stands between the tags."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest


def pieces(page: AppTest) -> list[str]:
    """The texts on the page, in order, each element by itself."""
    found = []
    for element in page.main:
        match element.type:
            case "html":
                found.append(plain(element.proto.body))
            case "markdown" | "heading" | "title" | "header" | "subheader" | "caption" | "text" | "code":
                found.append(unescape(re.sub(r":[a-z]+\[([^]]*)\]", r"\1", str(element.value))))
            case "alert" | "success" | "info" | "warning" | "error":
                found.append(unescape(str(element.value)))
    return [piece for piece in found if piece]


def plain(html: str) -> str:
    """What is read of HTML: the text between its tags, blanks as one.

    >>> plain('<style>p {color: red}</style><p>1 &lt; <u>2</u></p>')
    '1 < 2'
    """
    html = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    html = re.sub(r"</(?:div|p|b|code|span)>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def screen(page: AppTest) -> str:
    """All of it."""
    return "\n".join(pieces(page))
