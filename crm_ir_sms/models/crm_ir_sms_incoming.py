import datetime
import functools
import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, plaintext2html

from odoo.addons.crm_ir_base.tools.http import DoorError
from odoo.addons.crm_ir_base.tools.phone import to_e164
from odoo.addons.crm_ir_base.tools.text import to_latin_digits

from ..tools.line import blocks_line, plain_line
from ..tools.text import clean_body

_logger = logging.getLogger(__name__)

# A gateway that gives no id may push a text again, or list it later with one.
_SAME = datetime.timedelta(minutes=2)
# So many calls are made for one inbox, while each brings new texts.
_ROUNDS = 20
_LONGEST = 64  # characters of what an index holds


class CrmIrSmsIncoming(models.Model):
    """A text that came in. It is committed first, and handled by a job of its own."""

    _name = "crm.ir.sms.incoming"
    _description = "Incoming Text"
    _order = "moment desc, id desc"
    _rec_name = "number"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    account_id = fields.Many2one(
        "crm.ir.sms.account", required=True, readonly=True, ondelete="restrict"
    )
    line = fields.Char(readonly=True, help="The line that the text was sent to.")
    number = fields.Char(string="Sender", required=True, readonly=True, index=True)
    body = fields.Text(readonly=True)
    moment = fields.Datetime(string="Received", required=True, readonly=True)
    external_id = fields.Char(string="Id at the Service", readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    lead_id = fields.Many2one(
        "crm.lead", readonly=True, index="btree_not_null", ondelete="set null"
    )
    is_handled = fields.Boolean(
        readonly=True, help="Whether it was shown to people and obeyed."
    )

    _external_id_uniq = models.UniqueIndex(
        "(account_id, external_id) WHERE external_id IS NOT NULL"
    )
    _minute_uniq = models.UniqueIndex(
        "(account_id, number, md5(body), date_trunc('minute', moment))"
        " WHERE external_id IS NULL"
    )
    _not_handled_idx = models.Index("(id) WHERE is_handled IS NOT TRUE")

    # === THE WAY IN === #

    @api.model
    def _poll_inboxes(self):
        """Read what came in, account by account."""
        for account in self.env["crm.ir.sms.account"]._askable():
            try:
                for _round in range(_ROUNDS):
                    if not self._poll_inbox(account):
                        break
            except Exception:
                # the other inboxes do not wait for it
                self.env.cr.rollback()
                _logger.exception("The inbox of account %s was not read", account.id)

    def _poll_inbox(self, account):
        """Make one call; returns how many texts were new."""
        outbox = self.env["crm.ir.sms.message"]
        gateway = account._gateway()
        if not gateway.reads_inbox:
            return 0
        after = account.sudo().inbox_after or ""
        outbox._outbox_commit()  # no transaction waits for the gateway
        try:
            with gateway.door:
                texts = gateway.inbox(after)
        except DoorError as error:
            _logger.info("No incoming texts: %s", error)
            return 0
        # many inboxes give each text once: nothing else is done with them before
        return outbox._outbox_transact(
            functools.partial(self._store_inbox, account, texts)
        )

    def _store_inbox(self, account, texts):
        ids = [int(one.external_id) for one in texts if one.external_id.isdecimal()]
        newest = max(ids, default=0)
        if newest > int(account.inbox_after or 0):
            account.inbox_after = str(newest)
        return self._store(account, texts)

    @api.model
    def _store(self, account, texts):
        """Keep `Incoming` texts that are new; returns how many are."""
        stored = sum(self._store_one(account, text) for text in texts)
        if stored:
            self.env.ref("crm_ir_sms.ir_cron_crm_ir_sms_incoming_handle")._trigger()
        return stored

    def _store_one(self, account, text):
        line = plain_line(text.line or account.sender)
        account = account._of_line(line)
        number = to_e164(text.number) or to_latin_digits(text.number)
        body = clean_body(text.body or "")
        external_id = to_latin_digits(text.external_id)[:_LONGEST] or None
        moment = text.moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        same = [
            ("account_id", "=", account.id),
            ("number", "=", number[:_LONGEST]),
            ("body", "=", body),
            ("moment", ">=", moment - _SAME),
            ("moment", "<=", moment + _SAME),
        ]
        if external_id:
            same.append(("external_id", "=", False))
        if self.search_count(same, limit=1):
            return 0
        # An INSERT of the ORM would fail, and write the text into the log, where
        # another transaction was faster.
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_ir_sms_incoming
                            (company_id, account_id, line, number, body, moment,
                             external_id, is_handled, create_uid, create_date,
                             write_uid, write_date)
                     VALUES (%(company)s, %(account)s, %(line)s, %(number)s, %(body)s,
                             %(moment)s, %(external_id)s, FALSE, %(uid)s, %(now)s,
                             %(uid)s, %(now)s)
                ON CONFLICT DO NOTHING
                """,
                company=account.company_id.id,
                account=account.id,
                line=line[:_LONGEST],
                number=number[:_LONGEST],
                body=body,
                moment=moment,
                external_id=external_id,
                uid=self.env.uid,
                now=self.env.cr.now(),
            ),
            log_exceptions=False,
        )
        return self.env.cr.rowcount

    # === WHAT IS DONE WITH THEM === #

    @api.model
    def _handle_all(self):
        """Handle each stored text, in a transaction of its own."""
        outbox = self.env["crm.ir.sms.message"]
        for text in self.search([("is_handled", "=", False)], order="moment, id"):
            try:
                outbox._outbox_transact(text._handle)
            except Exception:
                # the others do not wait for it, and it is tried again
                self.env.cr.rollback()
                _logger.exception("Incoming text %s could not be handled", text.id)

    def _handle(self):
        text = self.try_lock_for_update().filtered_domain([("is_handled", "=", False)])
        if not text:
            return
        text = text.with_company(text.company_id)
        text.is_handled = True
        text.partner_id = text._find_partner()
        text.lead_id = text._find_lead()
        wish = blocks_line(text.body)
        if wish is not None and not text._is_overtaken():
            text._obey(wish)
        for record in filter(None, (text.partner_id, text.lead_id)):
            text._post(record)
        if wish is None:
            text._call_salesperson()

    def _obey(self, wish):
        blocks = self.env["crm.ir.sms.block"]
        if wish:
            blocks._block(self.company_id, self.line, self.number, "answer")
        else:
            blocks._lift(self.company_id, self.line, self.number)

    def _is_overtaken(self):
        """Whether the sender changed their mind about the line since."""
        later = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("line", "=", self.line),
                ("number", "=", self.number),
                ("moment", ">", self.moment),
                ("is_handled", "=", True),
            ]
        )
        return any(blocks_line(text.body) is not None for text in later)

    def _last_sent(self):
        """The last text to the sender, which this one probably answers."""
        return self.env["crm.ir.sms.message"].search(
            [("company_id", "=", self.company_id.id), ("number", "=", self.number)],
            limit=1,
        )

    def _find_partner(self):
        partners = self.env["res.partner"].search(
            self._of_sender(), order="is_company, id"
        )
        return (partners & self._last_sent().partner_id) or partners[:1]

    def _find_lead(self):
        ours = self._of_sender()
        if self.partner_id:
            ours |= Domain("partner_id", "=", self.partner_id.id)
        return self.env["crm.lead"].search(
            ours & Domain("won_status", "=", "pending"), order="id desc", limit=1
        )

    def _of_sender(self):
        """Which contacts, and which leads, have the sender's number."""
        if not to_e164(self.number):
            return Domain.FALSE
        theirs = Domain("phone_sanitized", "=", self.number)
        theirs |= Domain("l10n_ir_phone2", "=", self.number)
        return theirs & Domain("company_id", "in", [False, self.company_id.id])

    def _post(self, record):
        """Show the text in a chatter; nobody gets an e-mail or a text about it."""
        record.message_post(
            body=self.body,
            message_type="sms",
            subtype_xmlid="mail.mt_note",
            author_id=self.partner_id.id,
            email_from=self.partner_id.email_formatted or self.number,
            notify_skip_followers=True,
        )

    def _call_salesperson(self):
        """Give whom it concerns one activity, however many texts come."""
        record = self.lead_id or self.partner_id
        kind = "crm_ir_sms.mail_activity_type_incoming"
        user = (
            self.lead_id.user_id
            or self.partner_id.user_id
            or self._last_sent().create_uid
        )
        if not record or not user.active or user.share:
            return
        if not record.activity_search([kind], user_id=user.id):
            record.activity_schedule(
                kind, user_id=user.id, note=plaintext2html(self.body)
            )
