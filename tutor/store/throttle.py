"""Five tries a minute: whoever guesses names, codes or passwords is made to wait.

A try is counted before the secret is compared, so tries at the same moment do not slip through together, and forgotten
when it succeeds. Besides five for one account from one address there are wider bounds: for one account from everywhere,
and for one address with all accounts, high enough for a class behind one router. Accounts and addresses are stored as
digests, for a minute.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Final

from sqlalchemy import ColumnElement, delete, select

from tutor.store.codes import digest
from tutor.store.errors import Refused, TooManyTries
from tutor.store.tables import TryRow
from tutor.store.texts import key_of

if TYPE_CHECKING:
    from tutor.store.store import Store

WINDOW: Final = timedelta(minutes=1)
OF_BOTH: Final = 5
OF_ACCOUNT: Final = 20
OF_ADDRESS: Final = 60
_LOCK: Final = 7_305_806_317_061_922


@contextmanager
def admitted(store: Store, what: str, account: str, address: str) -> Iterator[None]:
    """Around the comparison of a secret; it counts as a failure where `Refused` is raised.

    Raises:
        TooManyTries: there have been too many in the last minute.
    """
    who = digest(f"{what}\n{key_of(account)}")
    there = digest(f"address\n{_house(address)}")
    both = digest(who + there)
    number = _count(store, both, who, there)
    try:
        yield
    except Refused:
        raise
    except BaseException:
        _forget(store, TryRow.id == number)
        raise
    _forget(store, TryRow.both == both)


def _house(address: str) -> str:
    """The address, or where it is an IPv6 one the network it is from: its owner has 2^64 of them."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return address.strip().lower()
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)


def _count(store: Store, both: str, account: str, address: str) -> int:
    now = store.now()
    with store.writing() as session:
        store.lock(session, _LOCK)
        session.execute(delete(TryRow).where(TryRow.at <= now - WINDOW))
        for column, value, allowed in (
            (TryRow.both, both, OF_BOTH),
            (TryRow.account, account, OF_ACCOUNT),
            (TryRow.address, address, OF_ADDRESS),
        ):
            at = session.scalars(select(TryRow.at).where(column == value).order_by(TryRow.at)).all()
            if len(at) >= allowed:
                free = at[len(at) - allowed] + WINDOW - now
                wait_s = max(1, math.ceil(free.total_seconds()))
                raise TooManyTries("Too many tries. Please wait {wait_s} s and try again.", wait_s)
        row = TryRow(both=both, account=account, address=address, at=now)
        session.add(row)
        session.flush()
        return row.id


def _forget(store: Store, which: ColumnElement[bool]) -> None:
    with store.writing() as session:
        session.execute(delete(TryRow).where(which))
