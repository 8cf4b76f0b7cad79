"""What is served beside the pages: forms to come in by, health, metrics."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web.routes.health import HEALTH

ROUTES: list[BaseRoute] = [*HEALTH]
