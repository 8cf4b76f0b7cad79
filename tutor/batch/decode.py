"""Bytes that people hand in to text: encodings, web pages, LaTeX documents, and what is no text at all."""

from __future__ import annotations

import codecs
import re

# By its first bytes, what a file is that cannot be read as text, and what to ask for instead.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a photo (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or sound (RIFF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"{\\rtf", "a rich-text document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
)
SUFFIXES: dict[str, str] = {
    ".pdf": "a PDF",
    ".png": "a picture (PNG)",
    ".jpg": "a photo (JPEG)",
    ".jpeg": "a photo (JPEG)",
    ".heic": "a photo (HEIC)",
    ".webp": "a picture (WebP)",
    ".gif": "a picture (GIF)",
    ".tif": "a picture (TIFF)",
    ".tiff": "a picture (TIFF)",
    ".bmp": "a picture (BMP)",
    ".svg": "a drawing (SVG)",
    ".doc": "a Word document",
    ".docx": "a Word document",
    ".odt": "an OpenDocument text",
    ".pages": "a Pages document",
    ".rtf": "a rich-text document",
    ".ppt": "a presentation",
    ".pptx": "a presentation",
    ".xls": "a spreadsheet",
    ".xlsx": "a spreadsheet",
    ".ods": "a spreadsheet",
    ".zip": "a ZIP archive inside the submission",
    ".rar": "a RAR archive",
    ".7z": "a 7z archive",
    ".gz": "a gzip archive",
    ".mp3": "a sound file",
    ".m4a": "a sound file",
    ".wav": "a sound file",
    ".mp4": "a film",
    ".mov": "a film",
}
TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".tex", ".text", ".html", ".htm", ""})


def not_text(name: str, start: bytes) -> str | None:
    """What the file is, where it is no text; its first bytes count for more than its name.

    >>> not_text("work.txt", b"%PDF-1.7")
    'a PDF'
    """
    for signature, what in SIGNATURES:
        if start.startswith(signature):
            by_name = SUFFIXES.get(suffix(name))
            return by_name if by_name and signature.startswith(b"PK") else what
    if start[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "a photo (HEIC)"
    return SUFFIXES.get(suffix(name))


def suffix(name: str) -> str:
    """The ending, in small letters."""
    base = name.rsplit("/", 1)[-1]
    return f".{base.rsplit('.', 1)[1].lower()}" if "." in base.lstrip(".") else ""


def encoding_of(data: bytes) -> str:
    """A guess at the encoding from the text itself: a byte order mark, then UTF-8, then what old spreadsheets write.

    A text that is UTF-8 but for a broken byte or two stays UTF-8.

    >>> [encoding_of(x) for x in (b"2x", "é".encode(), "é".encode("cp1252"), "é".encode("utf-16"))]
    ['utf-8', 'utf-8', 'cp1252', 'utf-16']
    """
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:4000]
    if len(head) >= 4 and head.count(0) >= len(head) // 3:
        return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
    good, bad = _utf8_evidence(data)
    return "utf-8" if bad == 0 or good > bad else "cp1252"


def _utf8_evidence(data: bytes) -> tuple[int, int]:
    """How many letters beyond ASCII are good UTF-8, and how many bytes are none."""
    text = data.decode("utf-8", errors="surrogateescape")
    if text.isascii():
        return 0, 0
    bad = len(re.findall("[\udc80-\udcff]", text))
    return sum(not c.isascii() for c in text) - bad, bad


def to_text(data: bytes, encoding: str | None = None) -> str:
    """The text, with the marks and line ends of every system made plain; broken bytes become U+FFFD.

    >>> to_text("2x = 4\\r\\nx = 2".encode("utf-16"))
    '2x = 4\\nx = 2'
    """
    found = encoding or encoding_of(data)
    # cp1252 leaves five bytes undefined; latin-1 never fails.
    text = data.decode(found, errors="replace")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def tex_to_text(text: str) -> str:
    r"""The body of a LaTeX document without its comments.

    >>> tex_to_text(r"\documentclass{article}\begin{document}x=2 % done" + "\n" + r"\end{document}")
    'x=2'
    """
    inside = re.search(r"\\begin\{document\}(.*?)(?:\\end\{document\}|\Z)", text, re.DOTALL)
    body = inside.group(1) if inside else text
    return "\n".join(re.sub(r"(?<!\\)%.*", "", line).rstrip() for line in body.strip().split("\n"))


def file_to_work(name: str, data: bytes) -> str:
    """The work in a file of text, by what its name says it is."""
    text = to_text(data)
    kind = suffix(name)
    if kind in (".html", ".htm"):
        from tutor.batch.webpage import page_to_text

        return page_to_text(text)
    return tex_to_text(text) if kind == ".tex" else text
