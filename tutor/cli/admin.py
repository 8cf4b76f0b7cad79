"""`tutor admin …`: teachers' accounts."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from tutor.cli.store import StoreUrl

app = typer.Typer(
    help="Add teachers to the site, reset their passwords, shut accounts out.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Login = Annotated[str, typer.Argument(help="What the teacher signs in with: an e-mail address, or a name.")]
Generate = Annotated[bool, typer.Option("--generate", help="Draw a password and print it, once.")]
Stdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


@app.command("add-teacher")
def add_teacher(
    login: Login,
    name: Annotated[str, typer.Option("--name", help="The name that rulings and marks carry; else the login.")] = "",
    generate: Generate = False,
    password_stdin: Stdin = False,
    store: StoreUrl = "",
) -> None:
    """Make an account for a teacher; the password is asked for, twice.

    Exit status: 0 made, 2 not made.
    """
    from tutor.store import open_store

    with open_store(store) as opened:
        password = _password(generate, password_stdin)
        teacher = opened.teachers.add(login, password, name)
    typer.echo(f"{teacher.login} may sign in now", err=True)
    if generate:
        typer.echo(password)


@app.command("reset-password")
def reset_password(
    login: Login, generate: Generate = False, password_stdin: Stdin = False, store: StoreUrl = ""
) -> None:
    """Give an account another password; whoever is signed in with it is signed out.

    Exit status: 0 done, 2 not done.
    """
    from tutor.store import open_store

    with open_store(store, create=False) as opened:
        password = _password(generate, password_stdin)
        teacher = opened.teachers.reset_password(login, password)
    typer.echo(f"{teacher.login} has a new password", err=True)
    if generate:
        typer.echo(password)


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False, store: StoreUrl = ""
) -> None:
    """List the accounts."""
    from tutor.store import open_store

    with open_store(store, create=False) as opened:
        teachers = opened.teachers.all()
    for teacher in teachers:
        if as_json:
            row = {"login": teacher.login, "name": teacher.name, "disabled": teacher.disabled}
            row["created_at"] = teacher.created_at.isoformat(timespec="seconds")
            typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            since = f"since {teacher.created_at:%Y-%m-%d}"
            typer.echo(f"{teacher.login:<32} {teacher.name:<28} {'disabled' if teacher.disabled else since}")
    if not teachers and not as_json:
        typer.echo("no teachers yet; add one with: tutor admin add-teacher LOGIN", err=True)


@app.command()
def disable(login: Login, store: StoreUrl = "") -> None:
    """Shut an account out and end its sessions; its classes and their work stay."""
    _set_disabled(login, store, disabled=True)


@app.command()
def enable(login: Login, store: StoreUrl = "") -> None:
    """Let an account in again that was shut out."""
    _set_disabled(login, store, disabled=False)


def _set_disabled(login: str, store: str, *, disabled: bool) -> None:
    from tutor.store import open_store

    with open_store(store, create=False) as opened:
        teacher = opened.teachers.set_disabled(login, disabled=disabled)
    typer.echo(f"{teacher.login} is {'shut out' if disabled else 'let in again'}", err=True)


def _password(generate: bool, from_stdin: bool) -> str:
    """Drawn, piped in, or typed twice without being shown; it never stands on the command line."""
    from tutor.store.codes import draw_password

    if generate:
        return draw_password()
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
