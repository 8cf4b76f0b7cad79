"""`python -m tests.languages`: bring the catalogues in `web/locale` up to date with the texts of the site.

It collects every text that a page, a form or a refusal of the store says into `site.pot`, puts new ones into each
language's `site.po`, drops those that are gone, and compiles `site.mo`. Then the empty `msgstr` are to be translated
(any editor for gettext catalogues does) and the command run once more. A new language: `python -m tests.languages fr`,
and its name in `web/words.py`. `tests/web/test_languages.py` fails where anything of this was forgotten.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "web" / "locale"
TEMPLATE = LOCALE / "site.pot"
SAID = {"_": None, "ngettext": (1, 2)}
REFUSED = {"Refused": None, "TooManyTries": None, "NotTaken": None}  # as the store says them, without blanks
SOURCES = (("web", SAID), ("tutor/store", REFUSED))
HEAD = """# The texts of the site of showwork-tutor.
# Brought up to date by: python -m tests.languages
#"""


def said_in_python(
    file: IO[bytes], keywords: Mapping[str, object], tags: object, options: object
) -> Iterator[tuple[int, str, str | tuple[str, ...], list[str]]]:
    """The texts in a module, by its syntax tree: before Python 3.12 Babel overlooks those within f-strings."""
    calls = [node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(node.func, ast.Name) and node.func.id in keywords:
            words = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if words:
                yield node.lineno, node.func.id, tuple(words) if len(words) > 1 else words[0], []


def texts() -> Catalog:
    """Every text, each with the files in which it stands."""
    found = Catalog(project="showwork-tutor", header_comment=HEAD, fuzzy=False)
    methods = [("**.py", said_in_python), ("**/templates/**.html", "jinja2")]
    for folder, keywords in SOURCES:
        for name, _line, text, comments, context in extract_from_dir(
            str(ROOT / folder), methods, keywords=keywords, strip_comment_tags=True
        ):
            found.add(text, None, [(f"{folder}/{Path(name).as_posix()}", 0)], auto_comments=comments, context=context)
    return found


def po_of(code: str) -> Path:
    """The catalogue of a language, to be edited; the compiled one lies beside it."""
    return LOCALE / code / "LC_MESSAGES" / "site.po"


def read(path: Path, code: str | None = None) -> Catalog:
    """A catalogue from its file."""
    with path.open("rb") as file:
        return read_po(file, locale=code)


def compiled(catalogue: Catalog) -> bytes:
    """As gettext takes it."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def entries(catalogue: Catalog) -> Iterator[Message]:
    """The texts, without the header."""
    return (message for message in catalogue if message.id)


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False, ignore_obsolete=True)


def main(new: Iterable[str]) -> None:
    """Bring all catalogues up to date, and begin those of new languages."""
    template = texts()
    before = read(TEMPLATE) if TEMPLATE.exists() else Catalog()
    if [m.id for m in entries(before)] != [m.id for m in entries(template)]:
        _write(TEMPLATE, template)
    else:
        template.creation_date = before.creation_date
    codes = sorted({path.parents[1].name for path in LOCALE.glob("*/LC_MESSAGES/site.po")} | set(new))
    for code in codes:
        path = po_of(code)
        catalogue = read(path, code) if path.exists() else Catalog(code, header_comment=HEAD, fuzzy=False)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=True, keep_user_comments=True)
        _write(path, catalogue)
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        empty = sum(not all(m.string if isinstance(m.string, tuple) else (m.string,)) for m in entries(catalogue))
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {empty} to translate")


if __name__ == "__main__":
    main(sys.argv[1:])
