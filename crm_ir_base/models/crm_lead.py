from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.identity import economic_code, legal_id

# what a lead and its future contact both know about a person or a company
IDENTITY_FIELDS = [
    "birthdate_date",
    "l10n_ir_foreign_code",
    "l10n_ir_kind",
    "l10n_ir_national_code",
    "l10n_ir_phone2",
    "l10n_ir_registration_number",
    "l10n_ir_wedding_date",
]

# messages that a person wrote; an activity marked as done is one as well
HUMAN_MESSAGES = ("comment", "email", "sms")


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = [
        "crm.ir.duplicate.mixin",
        "crm.ir.identity.mixin",
        "crm.ir.phone.mixin",
        "crm.ir.text.mixin",
        "crm.lead",
    ]
    _l10n_ir_text_fields = (
        "city",
        "contact_name",
        "function",
        "name",
        "partner_name",
        "street",
        "street2",
    )

    l10n_ir_economic_code = fields.Char(
        string="Economic Code",
        copy=False,
        help="11 digits for a company, 14 for a person; the tax ID of the contact to be.",
    )
    l10n_ir_legal_id = fields.Char(
        string="National ID",
        copy=False,
        help="11 digits, given to every company; the company ID of the contact to be.",
    )
    source_id = fields.Many2one(
        compute="_compute_source_id", readonly=False, store=True
    )
    l10n_ir_referrer_id = fields.Many2one(
        "res.partner",
        string="Referrer",
        index="btree_not_null",
        help="The contact who sent us this customer.",
    )
    l10n_ir_contract_type_id = fields.Many2one(
        "crm.ir.contract.type",
        string="Contract Type",
        index="btree_not_null",
        ondelete="restrict",
    )
    l10n_ir_contact_ids = fields.Many2many(
        "res.partner",
        string="Customer's People",
        compute="_compute_l10n_ir_contact_ids",
    )
    l10n_ir_days_idle = fields.Integer(
        string="Days Idle",
        compute="_compute_l10n_ir_idle",
        help="Days since anybody worked on this lead, once they are too many for its team.",
    )
    l10n_ir_is_idle = fields.Boolean(
        string="Idle",
        compute="_compute_l10n_ir_idle",
        search="_search_l10n_ir_is_idle",
    )

    l10n_ir_expected_revenue_toman = fields.Char(
        string="Expected Revenue in Toman",
        compute="_compute_l10n_ir_expected_revenue_toman",
    )

    @api.depends("l10n_ir_referrer_id")
    def _compute_source_id(self):
        """A customer whom somebody sent us comes from a referral, if from nowhere else."""
        referral = self.env.ref("utm.utm_source_referral", raise_if_not_found=False)
        for lead in self:
            if lead.l10n_ir_referrer_id and not lead.source_id:
                lead.source_id = referral

    @api.depends("partner_id.commercial_partner_id")
    def _compute_l10n_ir_contact_ids(self):
        companies = self.partner_id.commercial_partner_id.filtered("is_company")
        people = self.env["res.partner"].search(
            [
                ("commercial_partner_id", "in", companies.ids),
                ("is_company", "=", False),
                ("type", "=", "contact"),
            ]
        )
        people_by_company = people.grouped("commercial_partner_id")
        for lead in self:
            company = lead.partner_id.commercial_partner_id
            lead.l10n_ir_contact_ids = people_by_company.get(company._origin)

    @api.depends(
        "active",
        "date_last_stage_update",
        "date_open",
        "team_id.l10n_ir_idle_days",
        "won_status",
    )
    def _compute_l10n_ir_idle(self):
        days_by_id = {}
        if self.team_id.filtered("l10n_ir_idle_days") and self.ids:
            idle = self._l10n_ir_idle_query("l10n_ir_idle_days")
            days_by_id = dict(
                self.env.execute_query(
                    SQL("SELECT * FROM (%s) idle WHERE id = ANY(%s)", idle, self.ids)
                )
            )
        for lead in self:
            lead.l10n_ir_days_idle = days_by_id.get(lead._origin.id, 0)
            lead.l10n_ir_is_idle = lead._origin.id in days_by_id

    def _search_l10n_ir_is_idle(self, operator, value):
        if operator != "in":
            return NotImplemented
        idle = self._l10n_ir_idle_domain("l10n_ir_idle_days")
        return Domain.OR(idle if wanted else ~idle for wanted in value)

    @api.depends(
        "contact_name",
        "country_id",
        "l10n_ir_national_code",
        "l10n_ir_phone2",
        "partner_name",
    )
    def _compute_potential_lead_duplicates(self):
        """Override of `crm`: also by national code, second phone number and full name."""
        result = super()._compute_potential_lead_duplicates()
        for lead, similar in self._l10n_ir_similar().items():
            lead.duplicate_lead_ids |= similar
            lead.duplicate_lead_count = len(lead.duplicate_lead_ids - lead)
        return result

    @api.depends(
        "company_currency", "company_id.l10n_ir_show_toman", "expected_revenue"
    )
    @api.depends_context("company", "lang")
    def _compute_l10n_ir_expected_revenue_toman(self):
        for lead in self:
            lead.l10n_ir_expected_revenue_toman = (
                lead.company_currency._l10n_ir_toman_text(
                    lead.expected_revenue, lead.company_id or self.env.company
                )
            )

    @api.constrains("l10n_ir_economic_code", "l10n_ir_kind")
    def _check_l10n_ir_economic_code(self):
        self._l10n_ir_check_number("l10n_ir_economic_code")

    @api.constrains("l10n_ir_legal_id", "l10n_ir_kind")
    def _check_l10n_ir_legal_id(self):
        self._l10n_ir_check_number("l10n_ir_legal_id")

    def _merge_get_fields(self):
        return [
            *super()._merge_get_fields(),
            *IDENTITY_FIELDS,
            "l10n_ir_contract_type_id",
            "l10n_ir_economic_code",
            "l10n_ir_legal_id",
            "l10n_ir_referrer_id",
        ]

    def _merge_get_fields_address(self):
        """Override of `crm`, which would write records where our checks read ids."""
        return self._convert_to_write(super()._merge_get_fields_address())

    def _merge_get_fields_specific(self):
        """Override of `crm`: the phone number of the other lead becomes the second."""
        return super()._merge_get_fields_specific() | {
            "l10n_ir_phone2": lambda fname, leads: leads._l10n_ir_merged_phone2(),
        }

    def _l10n_ir_merged_phone2(self):
        """Return the first number which will not be the phone of the merged lead."""
        phone = next(filter(None, self.mapped("phone")), False)
        numbers = [
            lead[fname] for lead in self for fname in ("l10n_ir_phone2", "phone")
        ]
        return next((n for n in numbers if n and n != phone), False)

    def _merge_dependences_history(self, opportunities):
        """Override of `crm`, which leaves the activities already done behind."""
        done = (
            self.env["mail.activity"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [("res_model", "=", self._name), ("res_id", "in", opportunities.ids)]
            )
            .filtered(lambda activity: not activity.active)
        )
        done.res_id = self.id
        return super()._merge_dependences_history(opportunities)

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        """Override of `crm`: the identity goes with the lead to its contact.

        Where a company is made together with its contact person, each gets its own
        half: numbers of the company to the company, of the person to the person.
        """
        values = super()._prepare_customer_values(partner_name, is_company, parent_id)
        person, company = not is_company, is_company or not self.partner_name
        values["l10n_ir_phone2"] = self.l10n_ir_phone2
        if person:
            values |= {
                fname: self[fname]
                for fname in (
                    "birthdate_date",
                    "l10n_ir_foreign_code",
                    "l10n_ir_national_code",
                    "l10n_ir_wedding_date",
                )
            }
        if company:
            values |= {
                "company_registry": self.l10n_ir_legal_id,
                "l10n_ir_kind": self.l10n_ir_kind,
                "l10n_ir_registration_number": self.l10n_ir_registration_number,
                "vat": self.l10n_ir_economic_code,
            }
        return values

    @api.model
    def _l10n_ir_number_formats(self):
        return super()._l10n_ir_number_formats() | {
            "l10n_ir_economic_code": economic_code,
            "l10n_ir_legal_id": legal_id,
        }

    def action_l10n_ir_merge_duplicates(self):
        """Open stock's merge with the lead and those similar to it.

        Similar leads of other salespeople are counted but cannot be merged. The merge
        takes at most five leads at a time.
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm.action_merge_opportunities"
        )
        similar = (self.duplicate_lead_ids - self)._filtered_access("write")
        return action | {
            "context": {
                "active_model": self._name,
                "active_ids": (self + similar[:4]).ids,
            },
        }

    def _l10n_ir_similarity_keys(self):
        """Override: with the names of the person and of the company."""
        keys = super()._l10n_ir_similarity_keys()
        if name := self._l10n_ir_person_name(self.contact_name):
            keys.add(("person", name))
        if name := self._l10n_ir_name(self.partner_name):
            keys.add(("company", name))
        return keys

    @api.model
    def _l10n_ir_name_fields(self):
        return {"company": "partner_name", "person": "contact_name"}

    def _l10n_ir_may_be_same(self, other, criterion):
        """Override: namesakes at two companies are two people."""
        companies = {self._l10n_ir_name(lead.partner_name) for lead in (self, other)}
        if criterion == "person" and len(companies - {""}) > 1:
            return False
        return super()._l10n_ir_may_be_same(other, criterion)

    @api.model
    def _l10n_ir_idle_domain(self, days_field):
        """Return the domain of leads idle for the days in that field of their team."""
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN (SELECT id FROM (%s) idle)",
                SQL.identifier(alias, "id"),
                self._l10n_ir_idle_query(days_field),
            )
        )

    @api.model
    def _l10n_ir_idle_query(self, days_field):
        """Return the query of ids of idle leads and how many days they have been idle.

        A lead is worked on when it is assigned or comes to a stage, when a person writes
        a message, when an activity is done, when a meeting takes place.
        Until a planned activity is overdue or a meeting is over, it is not idle. Won, lost
        and archived leads never are.

        Stock's rotting leads are something else: they stay too long in a stage, whatever
        happens there.
        """
        for model in ("calendar.event", "crm.team", "mail.activity", "mail.message"):
            self.env[model].flush_model()
        self.flush_model()
        return SQL(
            """
            SELECT lead.id, EXTRACT(DAY FROM %(now)s - work.last_at)::int
              FROM crm_lead lead
              JOIN crm_team team ON team.id = lead.team_id
              JOIN LATERAL (
                    SELECT GREATEST(
                        lead.date_open,
                        lead.date_last_stage_update,
                        (SELECT MAX(message.date)
                           FROM mail_message message
                          WHERE message.model = 'crm.lead'
                            AND message.res_id = lead.id
                            AND message.author_id IS DISTINCT FROM %(robot)s
                            AND (message.message_type IN %(human)s
                                 OR message.mail_activity_type_id IS NOT NULL)),
                        (SELECT MAX(event.stop)
                           FROM calendar_event event
                          WHERE event.opportunity_id = lead.id AND event.active)
                    ) AS last_at
                   ) work ON TRUE
             WHERE lead.active
               AND lead.won_status = 'pending'
               AND team.%(days)s > 0
               AND lead.date_last_stage_update < %(now)s - make_interval(days => team.%(days)s)
               AND work.last_at < %(now)s - make_interval(days => team.%(days)s)
               AND NOT EXISTS (
                    SELECT FROM mail_activity activity
                     WHERE activity.res_model = 'crm.lead'
                       AND activity.res_id = lead.id
                       AND activity.active
                       AND activity.date_deadline >= %(today)s)
            """,
            days=SQL.identifier(days_field),
            human=HUMAN_MESSAGES,
            now=fields.Datetime.now(),
            robot=self.env.ref("base.partner_root").id,
            today=fields.Date.today(),
        )

    def _l10n_ir_hand_over_to(self, user):
        """Give an idle lead to another salesperson, and tell both why."""
        self.ensure_one()
        former_user = self.user_id
        days = self.l10n_ir_days_idle
        self.user_id = user
        self.activity_ids.filtered(lambda a: a.user_id == former_user).user_id = user
        env = self.with_context(lang=user.lang).env
        self._message_log(
            body=Markup("<p>%s</p>")
            % env._(
                "Handed over from %(former)s to %(new)s: nobody worked on it for %(days)s days.",
                former=former_user.name,
                new=user.name,
                days=days,
            )
        )
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=env._("Follow up on an idle lead"),
        )
