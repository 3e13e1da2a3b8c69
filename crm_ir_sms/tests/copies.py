"""Copies of a database, in which an experiment may commit whatever it likes."""

import contextlib
import shutil

from odoo import sql_db
from odoo.modules.registry import Registry
from odoo.tools import SQL, config


@contextlib.contextmanager
def copy_of(database, label):
    """Give the name of a copy of ``database``, gone afterwards.

    It has no files of the original; nobody else may be connected to the original.
    """
    # the part that is kept lets `make test` clean up after a run that was killed
    name = f"{database[: 62 - len(label)]}_{label}"
    sql_db.close_db(database)
    _command("DROP DATABASE IF EXISTS %s WITH (FORCE)", name)
    _command("CREATE DATABASE %s TEMPLATE %s", name, database)
    try:
        yield name
    finally:
        Registry.delete(name)
        sql_db.close_db(name)
        _command("DROP DATABASE %s WITH (FORCE)", name)
        shutil.rmtree(config.filestore(name), ignore_errors=True)


def _command(statement, *names):
    with contextlib.closing(sql_db.db_connect("postgres").cursor()) as cr:
        cr._cnx.autocommit = True
        cr.execute(SQL(statement, *map(SQL.identifier, names)))
