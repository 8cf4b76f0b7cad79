"""The catalogue of student errors: 386 entries in `data/*.yaml`, loaded from `data/compiled.json`.

`python -m tutor.misconceptions` writes compiled.json after an entry was changed. Each entry is a wrong rule with its
true counterpart, examples, three hints and a source.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tutor.errors import AuthorError

DATA = Path(__file__).parent / "data"
COMPILED = "compiled.json"
FIELDS = ("id", "name", "domain", "level", "rule", "right", "examples", "detect", "confusable_with", "hints", "source")


@dataclass(frozen=True, slots=True)
class Example:
    """before: the line or lines before; wrong: the student's; right: what should have been written.

    check, domain: how, and over which numbers, it was checked.
    """

    before: str
    wrong: str
    right: str
    situation: str = ""
    check: str = ""
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One student error.

    name: in plain words. rule, right: the wrong and the true transformation, `pattern -> pattern`. detect: how it is
    recognised. confusable: ids of entries that explain the same lines. hints: a question, a pointer to the rule, the
    correction in general form. checked: its examples can be checked by calculation. labels: what logs of tutoring
    systems call it.
    """

    id: str
    name: str
    domain: str
    level: str
    rule: str
    right: str
    examples: tuple[Example, ...]
    detect: str
    confusable: frozenset[str]
    hints: tuple[str, str, str]
    source: str
    checked: bool
    topic: str
    labels: tuple[str, ...] = ()

    @property
    def physical(self) -> bool:
        """Whether it is about quantities with units."""
        return self.topic.startswith("physics")


@cache
def entries() -> Mapping[str, Entry]:
    """All entries by id, in the order of the files."""
    found = json.loads((DATA / COMPILED).read_text(encoding="utf-8"))
    return {fields["id"]: _entry(fields) for fields in found}


def _entry(fields: Mapping[str, Any]) -> Entry:
    return Entry(
        **{name: fields[name] for name in ("id", "name", "domain", "level", "rule", "right", "detect", "source")},
        examples=tuple(Example(**example) for example in fields["examples"]),
        confusable=frozenset(fields["confusable_with"]),
        hints=tuple(fields["hints"]),
        checked=fields["checked"] is True,
        topic=fields["topic"],
        labels=tuple(fields.get("log_labels", ())),
    )


def compile_data() -> str:
    """The text of compiled.json.

    Raises:
        AuthorError: an entry without one of its fields, two with one id, or a confusable that is not there.
    """
    from ruamel.yaml import YAML

    found: list[dict[str, Any]] = []
    for path in sorted(DATA.glob("*.yaml")):
        for fields in YAML(typ="safe").load(path):
            missing = [name for name in FIELDS if name not in fields]
            if missing:
                raise AuthorError(f"{path.name}, entry {fields.get('id', '?')}: no {', '.join(missing)}")
            examples = [{k: str(v) for k, v in example.items()} for example in fields["examples"]]
            found.append({**fields, "examples": examples, "topic": path.stem})
    ids = [fields["id"] for fields in found]
    for fields in found:
        if ids.count(fields["id"]) > 1:
            raise AuthorError(f"{fields['topic']}.yaml: {fields['id']} is there twice")
        if unknown := [other for other in fields["confusable_with"] if other not in ids]:
            raise AuthorError(f"{fields['topic']}.yaml, entry {fields['id']}: there is no {', '.join(unknown)}")
    return json.dumps(found, ensure_ascii=False, indent=0) + "\n"
