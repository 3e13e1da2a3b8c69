"""Databases with their filestores, which belong together."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg2
from psycopg2 import sql

from . import layout
from .errors import Problem

# In the names of all but the user's own database.
PREFIX = f"crm_ir_{layout.KEY}_"


@contextlib.contextmanager
def cursor(name: str = "postgres") -> Iterator:
    """A cursor of its own connection, each statement committed."""
    try:
        connection = psycopg2.connect(dbname=name)
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise Problem(f"The database server cannot be used: {reason}") from None
    connection.autocommit = True
    try:
        with connection.cursor() as opened:
            yield opened
    finally:
        connection.close()


def names() -> list[str]:
    with cursor() as cr:
        cr.execute("SELECT datname FROM pg_database")
        return [name for (name,) in cr.fetchall()]


def filestore(name: str) -> Path:
    return layout.DATA / "filestore" / name


def drop(name: str) -> None:
    with cursor() as cr:
        cr.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                sql.Identifier(name)
            )
        )
    shutil.rmtree(filestore(name), ignore_errors=True)


def rename(old: str, new: str) -> None:
    """Give a finished database its name; the filestore goes first."""
    shutil.rmtree(filestore(new), ignore_errors=True)
    if filestore(old).exists():
        filestore(old).rename(filestore(new))
    with cursor() as cr:
        statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        cr.execute(statement.format(sql.Identifier(old), sql.Identifier(new)))


def clone(template: str, name: str) -> None:
    with cursor() as cr:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        cr.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    if filestore(template).exists():
        # Odoo never changes a stored file, so a hard link is as good as a copy.
        shutil.copytree(filestore(template), filestore(name), copy_function=os.link)


@contextlib.contextmanager
def temporary(template: str, label: str) -> Iterator[str]:
    """A clone that is gone afterwards; clones of killed runs go too."""
    for stale in names():
        pid = stale.removeprefix(PREFIX).partition("_run_")[2].partition("_")[0]
        if stale.startswith(PREFIX) and pid and not Path(f"/proc/{pid}").exists():
            drop(stale)
    name = f"{PREFIX}_run_{os.getpid()}_{label}"[:63]
    try:
        clone(template, name)
        yield name
    finally:
        drop(name)


def has_trigram() -> bool:
    with cursor() as cr:
        cr.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        return cr.fetchone() is not None
