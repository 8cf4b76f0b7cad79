"""What every answer tells the browser not to do: guess types, be framed elsewhere, fetch from anywhere but here."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EVERYWHERE: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
COMMON: Final = "base-uri 'self'; object-src 'none'; frame-ancestors 'self'; form-action 'self'"


@cache
def policy() -> str:
    """The Content-Security-Policy of pages.

    Streamlit's shell has one inline script, allowed by its digest, and sets styles inline; Vega compiles its
    expressions; components are modules in blobs. Nothing may come from, or go to, another host.
    """
    shell = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", shell, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    scripts = " ".join(["'self'", "'unsafe-eval'", "blob:", *(f"'sha256-{digest}'" for digest in digests)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        f"font-src 'self' data:; connect-src 'self' data: blob:; media-src 'self' blob: data:; "
        f"worker-src 'self' blob:; frame-src 'self' blob: data:; {COMMON}"
    )


class SecurityHeaders:
    """Adds them to every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application within does, with the headers that it did not set itself."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in EVERYWHERE.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", policy())
            await send(message)

        await self.app(scope, receive, with_headers)
