"""What happens before the first request and after the last: the database is opened, the checking processes started."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

from web.resources import batches, desk, service, store


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """Open what all tabs share, and close it."""
    await asyncio.to_thread(store)
    service().start()
    await asyncio.to_thread(desk)
    await asyncio.to_thread(batches)
    # Streamlit collects garbage after every run of a page; what is loaded for good need not be looked through.
    gc.collect()
    gc.freeze()
    try:
        yield None
    finally:
        await asyncio.to_thread(batches().close)
        await asyncio.to_thread(service().close)
        await asyncio.to_thread(desk().close)
        store().close()
