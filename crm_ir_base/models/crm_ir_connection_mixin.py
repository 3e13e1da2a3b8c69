import datetime
import random

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import retry
from ..tools.http import ALLOWED_HOSTS, Door, NotSent
from ..tools.unlogged import unlogged

# A model states these again: Odoo translates a choice in the module that names it.
PAUSE_REASONS = [
    ("refused", "The service refused the account"),
    ("away", "The service did not answer"),
    ("allowance", "As many left as may leave for now"),
    ("person", "Paused by a person"),
]


class CrmIrConnectionMixin(models.AbstractModel):
    """A company's account at a service outside, and whether it may be used now.

    It is bound to the database that it was made in: a copy of that database, or one
    restored from a backup, uses it only when an administrator says so, because the
    original may still be sending.
    """

    _name = "crm.ir.connection.mixin"
    _description = "Account at an Outside Service"
    _order = "sequence, id"
    # fields that no log may hold
    _secrets = frozenset({"proxy"})

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    base_url = fields.Char(
        string="Address",
        help="Leave empty for the service's own address.",
    )
    proxy = fields.Char(
        groups="base.group_system",
        copy=False,
        help="Address of an HTTP proxy, such as http://proxy.example.ir:3128.",
    )
    rate = fields.Integer(
        string="Most per Minute",
        help="How many may leave in a minute; 0 is no limit.",
    )
    database = fields.Char(
        default=lambda self: self._this_database(),
        copy=False,
        readonly=True,
        groups="base.group_system",
    )
    is_elsewhere = fields.Boolean(
        string="Belongs to Another Database",
        compute="_compute_is_elsewhere",
        search="_search_is_elsewhere",
    )
    pause_reason = fields.Selection(PAUSE_REASONS, copy=False, readonly=True)
    paused_until = fields.Datetime(
        copy=False,
        readonly=True,
        help="Empty, while there is a reason to pause, until a person resumes.",
    )
    pause_words = fields.Char(string="Words of the Service", copy=False, readonly=True)
    last_claim = fields.Datetime(copy=False, readonly=True, groups="base.group_system")
    failures = fields.Integer(
        string="Failures in a Row", copy=False, readonly=True, default=0
    )

    _rate_not_negative = models.Constraint(
        "CHECK (rate >= 0)",
        "The most per minute cannot be negative: use 0 for no limit.",
    )

    @api.depends("database")
    def _compute_is_elsewhere(self):
        here = self._this_database()
        for connection in self:
            connection.is_elsewhere = connection.sudo().database != here

    def _search_is_elsewhere(self, operator, value):
        if operator != "in":
            return NotImplemented
        elsewhere = fields.Domain("database", "!=", self._this_database())
        found = {True: elsewhere, False: ~elsewhere}
        return fields.Domain.OR(found[bool(one)] for one in value)

    @api.constrains("base_url", "proxy")
    def _check_addresses(self):
        for connection in self.sudo():
            for address in filter(None, (connection.base_url, connection.proxy)):
                try:
                    Door(address).check()
                except NotSent:
                    raise ValidationError(
                        self.env._(
                            "%(address)s cannot be used: give an address that begins with"
                            " https://. An address inside your network, or one without"
                            " encryption, must be in the server's %(setting)s.",
                            address=address,
                            setting=ALLOWED_HOSTS,
                        )
                    ) from None

    @api.model_create_multi
    def create(self, vals_list):
        # the log has the whole of a statement that fails, with the secrets in it
        with unlogged():
            connections = super().create(vals_list)
            connections.flush_recordset()
        return connections

    def write(self, vals):
        if not self._secrets & vals.keys():
            return super().write(vals)
        with unlogged():
            result = super().write(vals)
            self.flush_recordset()
        return result

    def action_resume(self):
        """Use the connection again, also in this database."""
        self.check_access("write")
        self.sudo().write(
            {
                "database": self._this_database(),
                "pause_reason": False,
                "paused_until": False,
                "pause_words": False,
                "failures": 0,
            }
        )
        return True

    def action_pause(self):
        """Send nothing until a person resumes."""
        return self.write({"pause_reason": "person", "paused_until": False})

    @api.model
    def _usable(self, now):
        """The connections that may be used ``now`` (UTC), best first."""
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param("database.is_neutralized"):
            return self.browse()
        running = fields.Domain("pause_reason", "=", False)
        over = fields.Domain("paused_until", "<=", now)
        return self.search([("is_elsewhere", "=", False), *(running | over)])

    def _allowance(self, outbox, now):
        """How many rows of ``outbox`` may leave ``now``, and when to look again if none.

        Returns a number, None for no limit, and a moment in UTC.
        """
        self.ensure_one()
        if not self.rate:
            return None, None
        minute = datetime.timedelta(minutes=1)
        left = outbox._left_since(self, now - minute)
        return max(self.rate - left, 0), now + minute

    def _fail(self, outcome):
        """Pause after an `Outcome` for which the connection is to blame."""
        if self.pause_reason == "person":
            return  # who paused it while the call was under way resumes it too
        self.failures += 1
        tries = min(self.failures, len(retry.SENDING))
        wait = retry.wait(retry.SENDING, tries, random.random(), outcome.wait)
        until = self.env.cr.now() + datetime.timedelta(seconds=wait)
        self._pause(
            outcome.pause, until, " ".join(filter(None, (outcome.code, outcome.words)))
        )

    def _succeed(self):
        """Forget a pause that is over."""
        if (
            self.pause_reason
            and (self.paused_until or datetime.datetime.max) <= self.env.cr.now()
        ):
            self._pause(False, False)
        if self.failures:
            self.failures = 0

    def _pause(self, reason, until, words=False):
        self.write(
            {"pause_reason": reason, "paused_until": until, "pause_words": words}
        )

    @api.model
    def _this_database(self):
        """What tells this database from its copies: a copy has another number."""
        self.env.cr.execute(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        )
        (number,) = self.env.cr.fetchone()
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return f"{uuid}/{number}"
