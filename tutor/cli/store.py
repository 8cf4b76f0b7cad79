"""`tutor db …`: bring the site's database up to date, back it up, check it, clean it up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Upgrade, back up, check and clean up the site's database.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

StoreUrl = Annotated[
    str,
    typer.Option(
        "--store",
        envvar="TUTOR_STORE",
        metavar="URL",
        help="The database: sqlite:///tutor.db (the usual one), or postgresql://user@host/database.",
    ),
]


@app.command()
def upgrade(
    store: StoreUrl = "",
    backup: Annotated[
        bool, typer.Option("--backup/--no-backup", help="Copy a SQLite file of an older version first.")
    ] = True,
) -> None:
    """Make the tables of a new database, or bring those of an older version up to date.

    A SQLite file is copied first, beside it, under its name with the old revision. All changes are made or none.

    Exit status: 0 it is up to date, 2 it could not be done.
    """
    from tutor.store import open_store, upgrade_store
    from tutor.store.errors import OlderStore
    from tutor.store.store import copy_before_upgrade

    try:
        open_store(store).close()
    except OlderStore:
        copy = copy_before_upgrade(store) if backup else None
        if copy is not None:
            typer.echo(f"the old database is copied to {copy}")
    before, after = upgrade_store(store)
    typer.echo(f"up to date ({after})" if before == after else f"upgraded from {before or 'nothing'} to {after}")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The copy to write.", show_default=False)],
    store: StoreUrl = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
) -> None:
    """Copy the database while the site runs; the copy is one file that only you can read.

    To restore it, stop the site and put the copy in the database's place (without the -wal and -shm files beside it).
    For PostgreSQL use pg_dump.

    Exit status: 0 copied, 2 it could not be done.
    """
    from tutor.store import open_store

    with open_store(store, create=False) as opened:
        size = opened.upkeep.backup(file, force=force)
    typer.echo(f"{file}: {size} bytes")


@app.command()
def check(store: StoreUrl = "") -> None:
    """Check that the database is whole and as this version of the program needs it, and count what is in it.

    Exit status: 0 all is well, 1 faults (all are printed), 2 it could not be opened.
    """
    from tutor.store import open_store

    with open_store(store, create=False) as opened:
        health = opened.upkeep.check()
    typer.echo(f"{health.name}: revision {health.revision}")
    for table, number in sorted(health.counts.items()):
        typer.echo(f"  {table:<14} {number}")
    for fault in health.faults:
        typer.echo(fault, err=True)
    typer.echo(f"{len(health.faults)} faults" if health.faults else "no faults")
    raise typer.Exit(1 if health.faults else 0)


@app.command()
def purge(store: StoreUrl = "") -> None:
    """Delete what is older than each class keeps it, and sessions that are over; to be run once a day.

    Exit status: 0 done, 2 it could not be done.
    """
    from tutor.store import open_store

    with open_store(store, create=False) as opened:
        gone = opened.upkeep.purge()
    typer.echo(
        f"deleted: {gone.students} students, {gone.attempts} works, {gone.batches} uploads, "
        f"{gone.sessions} sessions, {gone.events} events"
    )
