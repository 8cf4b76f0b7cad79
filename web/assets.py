"""Streamlit's own scripts, styles and fonts, from memory: read and compressed once for all who come.

Streamlit sends them as they are, two megabytes to every new browser, in hundreds of small reads; a class that opens the
site in the same minute keeps everybody waiting for it. Their names change with what is in them, so they may be kept.
"""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER: Final = Path(streamlit.__file__).parent / "static" / "static"
NAME: Final = re.compile(r"/static/((?:js|css|media)/[\w-][\w.-]*)", re.ASCII)
KEPT: Final = "public, immutable, max-age=31536000"
LEAST_SAVED: Final = 0.9  # what does not get smaller than that is sent as it is, such as fonts


@dataclass(frozen=True, slots=True)
class Asset:
    """A file. compressed: None where that saves nothing."""

    kind: str
    content: bytes
    compressed: bytes | None


class Assets:
    """Answers for them; all else goes on."""

    def __init__(self, app: ASGIApp, folder: Path = FOLDER) -> None:
        self.app = app
        self._folder = folder
        self._held: dict[str, Asset] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a file that is there."""
        asset = await self._asset(scope) if scope["type"] == "http" else None
        if asset is None:
            await self.app(scope, receive, send)
            return
        headers = {"cache-control": KEPT, "vary": "accept-encoding"}
        content = asset.content
        if asset.compressed is not None and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            content, headers["content-encoding"] = asset.compressed, "gzip"
        await Response(content, media_type=asset.kind, headers=headers)(scope, receive, send)

    async def _asset(self, scope: Scope) -> Asset | None:
        named = NAME.fullmatch(scope["path"].removeprefix(scope.get("root_path", "")))
        if named is None or scope["method"] != "GET" or "range" in Headers(scope=scope):
            return None
        name = named[1]
        if name not in self._held:
            found = await asyncio.to_thread(_read, self._folder / name)
            if found is None:
                return None
            self._held[name] = found
        return self._held[name]


def _read(path: Path) -> Asset | None:
    if not path.is_file():
        return None
    content = path.read_bytes()
    compressed = gzip.compress(content, 9, mtime=0)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(kind, content, compressed if len(compressed) < LEAST_SAVED * len(content) else None)
