"""`/healthz` for whoever starts and restarts the site, `/metrics` for Prometheus."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tutor.store import StoreError
from tutor.store.engine import file_of
from web.resources import service, store

LEAST_FREE: Final = 100_000_000


def health() -> dict[str, Any]:
    """Of the database, the processes that check, and the disk; `ok` where work is taken, checked and kept."""
    try:
        opened = store()
        opened.upkeep.reach()
        reached, file = True, file_of(opened.url)
    except StoreError:
        reached, file = False, None
    checking = service().health
    free = shutil.disk_usage(file.parent if file is not None else Path.cwd()).free
    room = free > LEAST_FREE
    return {
        "ok": bool(reached and checking["ok"] and room),
        "store": {"ok": reached},
        "checking": checking,
        "disk": {"ok": room, "free_bytes": free},
    }


async def healthz(request: Request) -> Response:
    """200 where all is well, 503 where something is not."""
    found = await asyncio.to_thread(health)
    return JSONResponse(found, status_code=200 if found["ok"] else 503, headers={"cache-control": "no-store"})


async def metrics(request: Request) -> Response:
    """The counts of the service in Prometheus' text format."""
    return PlainTextResponse(service().metrics(), media_type="text/plain; version=0.0.4")


HEALTH = [Route("/healthz", healthz), Route("/metrics", metrics)]
