from psycopg2 import sql

from odoo import models
from odoo.tools import SQL

from ..tools import text


class _Folding:
    """A stock function of the registry, given what `fold` makes of its argument."""

    def __init__(self, stock, fold):
        self.stock = stock
        self.fold = fold

    def __call__(self, value):
        return self.stock(self.fold(value))


def _fold_sql(expression):
    """Return `expression` folded, in the type it came in (see `Registry.unaccent`)."""
    if isinstance(expression, SQL):
        return SQL("crm_ir_normalize(%s)", expression)
    if isinstance(expression, sql.Composable):
        return sql.SQL("crm_ir_normalize({})").format(expression)
    return f"crm_ir_normalize({expression})"


class CrmIrSearch(models.AbstractModel):
    """Searches that find a Persian word in whichever spelling it was stored.

    Where stock compares `x` for `ilike` and `=ilike`, this compares
    `crm_ir_normalize(x)`, within PostgreSQL's `unaccent` where the database has it.
    The operators `like` and `=` stay exact.
    """

    _name = "crm.ir.search"
    _description = "Persian Search"

    def init(self):
        result = super().init()
        former_body = self._get_function_body()
        self.env.cr.execute(text.sql_normalize_function("crm_ir_normalize"))
        if former_body and former_body != self._get_function_body():
            self._reindex()
        return result

    def _register_hook(self):
        result = super()._register_hook()
        registry = self.env.registry
        if not isinstance(registry.unaccent, _Folding):
            registry.unaccent = _Folding(registry.unaccent, _fold_sql)
            registry.unaccent_python = _Folding(
                registry.unaccent_python, text.normalize
            )
        return result

    def _unregister_hook(self):
        result = super()._unregister_hook()
        registry = self.env.registry
        if isinstance(registry.unaccent, _Folding):
            registry.unaccent = registry.unaccent.stock
            registry.unaccent_python = registry.unaccent_python.stock
        return result

    def _uninstall(self):
        """Drop the function and every index built on it."""
        self._unregister_hook()
        self.env.cr.execute("DROP FUNCTION IF EXISTS crm_ir_normalize(text) CASCADE")

    def _get_function_body(self):
        self.env.cr.execute(
            "SELECT prosrc FROM pg_proc WHERE oid = to_regprocedure('crm_ir_normalize(text)')"
        )
        return self.env.cr.fetchone()

    def _reindex(self):
        """Rebuild the indexes, which hold what the function returned when they were built."""
        self.env.cr.execute("""
            SELECT objid::regclass::text
              FROM pg_depend
             WHERE classid = 'pg_class'::regclass
               AND refclassid = 'pg_proc'::regclass
               AND refobjid = to_regprocedure('crm_ir_normalize(text)')
        """)
        for (index,) in self.env.cr.fetchall():
            self.env.cr.execute(SQL("REINDEX INDEX %s", SQL(index)))
