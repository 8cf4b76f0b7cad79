"""`/healthz` for whoever starts and restarts the site, `/metrics` for Prometheus."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from web.resources import service


async def healthz(request: Request) -> Response:
    """200 where work is checked, 503 where it is not."""
    health = service().health
    return JSONResponse(health, status_code=200 if health["ok"] else 503)


async def metrics(request: Request) -> Response:
    """The counts of the service in Prometheus' text format."""
    return PlainTextResponse(service().metrics(), media_type="text/plain; version=0.0.4")


HEALTH = [Route("/healthz", healthz), Route("/metrics", metrics)]
