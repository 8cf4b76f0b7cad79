"""Problem sets in JSON, the same fields as in YAML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tutor.errors import AuthorError
from tutor.problems.sets import Draft

MAX_DEPTH = 12


def read(data: bytes) -> Draft:
    """The content of a JSON file; numbers keep the digits that the file shows.

    Raises:
        AuthorError: not JSON, or not an object.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str, object_pairs_hook=_object)
    except UnicodeDecodeError:
        raise AuthorError("line 1: this is not UTF-8 text; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise AuthorError(f"line {error.lineno}: this is not JSON: {error.msg}") from None
    except RecursionError:
        raise AuthorError("line 1: too many levels inside one another") from None
    if not isinstance(content, dict):
        raise AuthorError("line 1: a problem set is an object with a title and a list of problems")
    return Draft(content)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise AuthorError(f"line 1: the field {key} stands twice in one object")
        found[key] = value
    return found


def write(content: Mapping[str, Any]) -> bytes:
    """The content as indented JSON."""
    return (json.dumps({"$schema": "schema.json", **content}, indent=2, ensure_ascii=False) + "\n").encode()
