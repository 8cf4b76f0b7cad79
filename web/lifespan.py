"""What happens before the first request and after the last: the database is opened, the checking processes started.

Where the database cannot be used yet, the site says so on every page and tries again until it can.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from importlib import import_module
from typing import Any, Final

import streamlit as st

from tutor.store import StoreError
from web import logs
from web.resources import batches, desk, service, store

DAY_S: Final = 86_400.0
AGAIN_S: Final = 10.0


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """Open what all tabs share, and close it."""
    logs.begin()
    await asyncio.to_thread(opened)
    service().start()
    keeper = asyncio.create_task(look_after())
    # The pages' modules else come with the first visitor, who waits for them. What is loaded for good need not be
    # looked through for garbage.
    for name in ("web.views", "pandas", "pyarrow"):
        await asyncio.to_thread(import_module, name)
    gc.collect()
    gc.freeze()
    try:
        yield None
    finally:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper
        await asyncio.to_thread(closed)


def opened() -> bool:
    """Open the database, and go on with the work that waits in it; whether that could be done."""
    try:
        store()
        desk()
        batches()
    except StoreError as error:
        logs.LOG.error("%s", json.dumps({"event": "store cannot be used", "why": str(error)}))
        return False
    return True


def closed() -> None:
    """Close what was opened, the database last; nothing that was handed in is lost by it."""
    if batches.cache_info().currsize:
        batches().close()
    service().close()
    if desk.cache_info().currsize:
        desk().close()
    if store.cache_info().currsize:
        store().close()


def purged() -> bool:
    """Delete what has been kept for as long as each class wants; whether that could be done."""
    try:
        found = asdict(store().upkeep.purge())
    except StoreError as error:
        logs.LOG.error("%s", json.dumps({"event": "clean-up put off", "why": str(error)}))
        return False
    if any(found.values()):
        logs.LOG.info("%s", json.dumps({"event": "clean-up", **found}))
    return True


async def look_after() -> None:
    """Open the database when that was not possible before, and clean it up every day."""
    while True:
        try:
            done = await asyncio.to_thread(opened) and await asyncio.to_thread(purged)
        except Exception as error:  # noqa: BLE001 - nobody would see that this has ended
            logs.fault(error)
            done = False
        await asyncio.sleep(DAY_S if done else AGAIN_S)
