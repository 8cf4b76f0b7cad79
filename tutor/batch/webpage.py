"""The words of a web page, as an online text field of a learning platform hands it out."""

from __future__ import annotations

from html.parser import HTMLParser


class _Page(HTMLParser):
    """Words of a web page, a line for each block; powers and indices keep their place."""

    BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "ul", "ol", "table"})
    SILENT = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.SILENT:
            self.silent += 1
        elif tag in self.BLOCKS:
            self.found.append("\n")
        elif tag in ("sup", "sub"):
            self.found.append("^(" if tag == "sup" else "_(")
        elif tag == "td":
            self.found.append("  ")
        elif tag == "img" and not self.silent:
            # An equation drawn by a learning platform keeps its source beside the picture.
            self.found.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in self.BLOCKS and tag != "br":
            self.found.append("\n")
        elif tag in ("sup", "sub"):
            self.found.append(")")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data.replace("\n", " ") if data.strip() else " ")


def page_to_text(html: str) -> str:
    """A line for each block; powers and indices keep their place, scripts and styles go.

    >>> page_to_text("<p>x<sup>2</sup> = 9</p><p>x = &plusmn;3</p><script>alert(1)</script>")
    'x^(2) = 9\\nx = ±3'
    """
    page = _Page()
    page.feed(html)
    page.close()
    lines = "".join(page.found).replace("\xa0", " ").split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
