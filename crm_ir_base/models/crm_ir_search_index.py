import logging
import threading
from contextlib import closing

from odoo import api, models
from odoo.modules.db import FunctionStatus
from odoo.sql_db import db_connect
from odoo.tools import SQL, make_identifier

_logger = logging.getLogger(__name__)

PREFIX = "crm_ir_search_"

# What people type into a search box. Fields that stock indexes by trigram come on top,
# because a search does not use the index of stock any more.
FIELDS = {
    "crm.lead": (
        "contact_name",
        "email_from",
        "l10n_ir_economic_code",
        "l10n_ir_legal_id",
        "l10n_ir_national_code",
        "l10n_ir_phone2",
        "name",
        "partner_name",
        "phone",
    ),
    "res.partner": (
        "company_registry",
        "complete_name",
        "email",
        "l10n_ir_national_code",
        "l10n_ir_phone2",
        "name",
        "phone",
        "ref",
        "vat",
    ),
}


class CrmIrSearchIndex(models.AbstractModel):
    """Trigram indexes on what `crm.ir.search` makes a search compare."""

    _name = "crm.ir.search.index"
    _description = "Persian Search Index"

    def init(self):
        result = super().init()
        if obstacle := self._get_obstacle():
            _logger.info(
                "Searches for Persian words run without an index: %s", obstacle
            )
        return result

    def _get_obstacle(self):
        registry = self.env.registry
        if not registry.has_trigram:
            return "the PostgreSQL extension pg_trgm is not installed"
        if registry.has_unaccent == FunctionStatus.PRESENT:
            return "the PostgreSQL function unaccent is not immutable"
        self.env.cr.execute("SELECT show_trgm('\u0639\u0644\u06cc') = '{}'")
        if self.env.cr.fetchone()[0]:
            return "the database knows ASCII letters only (LC_CTYPE is C)"
        return None

    @api.model
    def _cron_build(self):
        """Build what is missing, in a thread that outlives the job.

        CREATE INDEX CONCURRENTLY waits for the end of every transaction older than
        itself, and the scheduler keeps one open as long as the job runs.
        """
        threading.Thread(
            target=build,
            args=[self.env.registry],
            name="crm_ir_search_index",
            daemon=True,
        ).start()


def build(registry):
    """Create the missing indexes of a database without blocking anybody's writes.

    Takes its own connection and commits. An index left invalid by an interrupted build,
    or not wanted any more, is dropped. Nothing happens where a trigram index is
    impossible, or while another build is going on.
    """
    if not registry.has_trigram or registry.has_unaccent == FunctionStatus.PRESENT:
        return
    threading.current_thread().dbname = registry.db_name
    with closing(db_connect(registry.db_name).cursor()) as cr:
        cr.connection.autocommit = True
        cr.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [PREFIX])
        if not cr.fetchone()[0]:
            return
        try:
            _build(cr, _wanted(registry))
        finally:
            cr.execute("SELECT pg_advisory_unlock(hashtext(%s))", [PREFIX])


def _build(cr, wanted):
    cr.execute(
        """
        SELECT relname, indisvalid
          FROM pg_class
          JOIN pg_index ON indexrelid = pg_class.oid
         WHERE relnamespace = current_schema::regnamespace
           AND starts_with(relname, %s)
        """,
        [PREFIX],
    )
    existing = dict(cr.fetchall())
    valid = {name for name, is_valid in existing.items() if is_valid}
    for name in existing.keys() - (valid & wanted.keys()):
        cr.execute(SQL("DROP INDEX CONCURRENTLY %s", SQL.identifier(name)))
    missing = {name: wanted[name] for name in sorted(wanted.keys() - valid)}
    for name, (table, expression) in missing.items():
        cr.execute(
            SQL(
                "CREATE INDEX CONCURRENTLY %s ON %s USING gin ((%s) gin_trgm_ops)",
                SQL.identifier(name),
                SQL.identifier(table),
                SQL(expression),
            )
        )
        _logger.info("Index %s is built", name)
    # the planner has no statistics of a new expression
    for table in sorted({table for table, _expression in missing.values()}):
        cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))


def _wanted(registry):
    """Return {index name: (table, expression)}, the expression as a search writes it."""
    prefix = f"{PREFIX}unaccent_" if registry.has_unaccent else PREFIX
    return {
        make_identifier(f"{prefix}{Model._table}_{field.name}"): (
            Model._table,
            registry.unaccent(_column(field)),
        )
        for Model in registry.values()
        if Model._auto and not Model._abstract
        for field in Model._fields.values()
        if field.store and field.column_type and not field.company_dependent
        if field.index == "trigram" or field.name in FIELDS.get(Model._name, ())
    }


def _column(field):
    column = f'"{field.name}"'
    if field.translate:
        return f"(jsonb_path_query_array({column}, '$.*')::text)"
    return column
