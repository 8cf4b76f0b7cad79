"""Times as a reader at the browser's place says them."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from web.words import _, ngettext


def here() -> tzinfo:
    """The time zone of the browser."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, TypeError):
        return UTC


def time_in_words(when: datetime, now: datetime, zone: tzinfo) -> str:
    """A day and a time.

    >>> now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> time_in_words(datetime(2026, 11, 23, 15, 5, tzinfo=UTC), now, UTC)
    'today, 15:05'
    >>> time_in_words(datetime(2027, 1, 2, 9, tzinfo=UTC), now, UTC)
    '2 Jan 2027, 09:00'
    """
    local, today = when.astimezone(zone), now.astimezone(zone).date()
    match (local.date() - today).days:
        case 0:
            day = _("today")
        case 1:
            day = _("tomorrow")
        case -1:
            day = _("yesterday")
        case _:
            day = f"{local.day} {_months()[local.month - 1]}"
            if local.year != today.year:
                day = f"{day} {local.year}"
    return f"{day}, {local:%H:%M}"


def _months() -> tuple[str, ...]:
    return (_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
            _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"))  # fmt: skip


def left_in_words(until: datetime, now: datetime) -> str:
    """How long there is still, roughly; empty where it is more than a day or over.

    >>> now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> left_in_words(datetime(2026, 11, 23, 12, 40, tzinfo=UTC), now)
    '40 minutes left'
    """
    minutes = int((until - now).total_seconds() // 60)
    if not 0 <= minutes < 24 * 60:
        return ""
    if minutes < 90:
        return ngettext("{n} minute left", "{n} minutes left", minutes).format(n=minutes)
    hours = round(minutes / 60)
    return ngettext("{n} hour left", "{n} hours left", hours).format(n=hours)
