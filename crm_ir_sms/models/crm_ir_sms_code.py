import datetime
import logging
import secrets

import psycopg2.errors

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS
from odoo.tools import consteq, hmac

from odoo.addons.crm_ir_base.tools.phone import kind, to_e164
from odoo.addons.crm_ir_base.tools.text import to_latin_digits
from odoo.addons.crm_ir_base.tools.unlogged import unlogged

_logger = logging.getLogger(__name__)

_ATTEMPTS = 5
_MOST_PER_NUMBER = 3
_PER_NUMBER = datetime.timedelta(minutes=10)
_HOUR = datetime.timedelta(hours=1)


class CrmIrSmsCode(models.Model):
    """A one-time code, sent to a phone to know that a person holds it.

    Other modules call `_send` and `_verify`. A ``scope`` says what for, so that the code
    of one purpose is none for another. Only the newest code of a number and scope holds.
    """

    _name = "crm.ir.sms.code"
    _description = "One-Time Code"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    number = fields.Char(required=True)
    serial = fields.Integer(required=True, help="Counts the codes of a number.")
    scope = fields.Char(required=True)
    salt = fields.Char(required=True, groups=NO_ACCESS)
    digest = fields.Char(required=True, groups=NO_ACCESS)
    expires = fields.Datetime(required=True)
    attempts = fields.Integer()
    is_used = fields.Boolean()

    # of two that are asked for at one moment, neither would count the other
    _serial_uniq = models.UniqueIndex(
        "(number, serial)", "A code is being sent to this number at this moment."
    )
    _company_idx = models.Index("(company_id, create_date)")

    @api.model
    def _send(self, number, scope, company=None):
        """Send a new code to a ``number``, when this transaction is committed.

        Raises UserError, in words for who asks for the code, where the number is none of
        a mobile phone, had several codes just now, or nothing can be sent.
        """
        company = company or self.env.company
        codes = self.sudo()
        phone = to_e164(number)
        if not phone or kind(phone) == "landline":
            raise UserError(
                self.env._("This is not the number of a mobile phone: correct it.")
            )
        codes._check_limits(phone, company)
        seconds = codes._parameter("code_seconds", 120)
        expires = self.env.cr.now() + datetime.timedelta(seconds=seconds)
        code = str(100_000 + secrets.randbelow(900_000))
        # the log of statements would have the code
        with unlogged():
            vals = codes._message_vals(phone, code, company)
            messages = self.env["crm.ir.sms.message"].sudo()
            message = messages.create(
                {**vals, "purpose": "service", "lane": "now", "expires": expires}
            )
        salt = secrets.token_hex(16)
        last = codes.search([("number", "=", phone)], order="serial desc", limit=1)
        codes.create(
            {
                "company_id": company.id,
                "number": phone,
                "serial": last.serial + 1,
                "scope": scope,
                "salt": salt,
                "digest": codes._digest(salt, phone, scope, code),
                "expires": expires,
            }
        )
        message._outbox_deliver_now()

    @api.model
    def _verify(self, number, scope, code):
        """Whether ``code``, as a person typed it, is the newest of a number and scope.

        What is found is committed at once: an attempt counts and a right code is spent,
        whatever becomes of the caller's transaction. Of two at one moment one is told
        False.
        """
        phone = to_e164(number)
        try:
            with self.env.registry.cursor() as cr:
                codes = self.with_env(self.env(cr=cr, su=True))
                return codes._spend(phone, scope, to_latin_digits(code or "").strip())
        except psycopg2.errors.SerializationFailure:
            return False

    def _spend(self, phone, scope, code):
        newest = self.search(
            [("number", "=", phone), ("scope", "=", scope)],
            order="serial desc",
            limit=1,
        ).try_lock_for_update()
        if (
            not newest
            or newest.is_used
            or newest.attempts >= _ATTEMPTS
            or newest.expires <= self.env.cr.now()
        ):
            return False
        newest.attempts += 1
        newest.is_used = consteq(
            newest.digest, self._digest(newest.salt, phone, scope, code)
        )
        return newest.is_used

    def _check_limits(self, phone, company):
        now = self.env.cr.now()
        recent = [("number", "=", phone), ("create_date", ">", now - _PER_NUMBER)]
        if self.search_count(recent, limit=_MOST_PER_NUMBER) == _MOST_PER_NUMBER:
            raise UserError(
                self.env._(
                    "Several codes were sent to this number. Use the last one, or try"
                    " again in ten minutes."
                )
            )
        most = self._parameter("codes_per_hour", 500)
        of_company = [
            ("company_id", "=", company.id),
            ("create_date", ">", now - _HOUR),
        ]
        if self.search_count(of_company, limit=most) >= most:
            _logger.warning(
                "Company %s sent %s one-time codes within an hour, and sends no more",
                company.id,
                most,
            )
            raise self._unavailable()

    def _message_vals(self, phone, code, company):
        """Values of the message: the company's pattern for codes, or a text."""
        accounts = self.env["crm.ir.sms.account"]._ready(company, "service")
        if not accounts:
            raise self._unavailable()
        patterns = self.env["crm.ir.sms.pattern"].search(
            [("is_code", "=", True), ("account_id", "in", accounts.ids)]
        )
        if patterns:
            pattern = min(
                patterns, key=lambda one: accounts.ids.index(one.account_id.id)
            )
            (variable,) = pattern.variable_ids
            return pattern._message_vals(
                phone, {variable.name: code}, secret={variable.name}
            )
        return {
            "company_id": company.id,
            "number": phone,
            "body": self.env._("Your confirmation code: %(code)s", code="•••"),
            "secret_body": self.env._("Your confirmation code: %(code)s", code=code),
        }

    def _unavailable(self):
        return UserError(
            self.env._("A code cannot be sent now. Please try again later.")
        )

    def _digest(self, salt, phone, scope, code):
        return hmac(self.env, self._name, (salt, phone, scope, code))

    def _parameter(self, name, default):
        parameters = self.env["ir.config_parameter"]
        return int(parameters.get_param(f"crm_ir_sms.{name}", default))

    @api.autovacuum
    def _gc_codes(self):
        """Forget what no limit counts any more."""
        now = self.env.cr.now()
        self.search([("create_date", "<", now - _HOUR), ("expires", "<", now)]).unlink()
