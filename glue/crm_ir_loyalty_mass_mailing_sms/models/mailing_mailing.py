from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL, format_amount

from odoo.addons.crm_ir_loyalty.tools.lift import MIN_GROUP, Group, lift

# Days after a mailing in which purchases count for it.
DAYS = 30


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    l10n_ir_lift = fields.Text(
        "Effect",
        compute="_compute_l10n_ir_lift",
        help="Who was written to beside who was held out by lot, in the 30 days after the"
        " mailing.",
    )

    def _compute_l10n_ir_lift(self):
        for mailing in self:
            segment = mailing.contact_list_ids.filtered("l10n_ir_stat_domain")
            if len(segment) != 1 or not mailing.sent_date:
                mailing.l10n_ir_lift = False
                continue
            groups = mailing._l10n_ir_groups(segment)
            mailing.l10n_ir_lift = mailing._l10n_ir_sentence(segment, *groups)

    def _l10n_ir_groups(self, segment):
        """Who was written to and who was held out, with what they bought afterwards."""
        company = segment.l10n_ir_company_id
        zone = company._l10n_ir_zone()
        sent = fields.Datetime.context_timestamp(
            self.with_context(tz=zone.key), self.sent_date
        ).date()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT held, count(*), count(bought), coalesce(sum(bought), 0)::float
                  FROM crm_ir_segment_member member
             LEFT JOIN (
                       SELECT partner_id, sum(amount) AS bought
                         FROM (%(purchases)s) AS purchase
                        WHERE day > %(sent)s
                     GROUP BY partner_id
                       HAVING sum(amount) > 0
                  ) AS later ON later.partner_id = member.partner_id
                 WHERE member.list_id = %(segment)s
                   AND member.since <= %(sent_date)s
                   AND (member.left IS NULL OR member.left > %(sent_date)s)
              GROUP BY held
                """,
                purchases=self.env["crm.ir.purchase"]._get_purchases(
                    company, sent + timedelta(days=DAYS)
                ),
                segment=segment.id,
                sent=sent,
                sent_date=self.sent_date,
            )
        )
        found = {held: Group(*figures) for held, *figures in rows}
        return found.get(False, Group(0, 0, 0)), found.get(True, Group(0, 0, 0))

    def _l10n_ir_sentence(self, segment, written, held):
        found = lift(written, held)
        if not found:
            return self.env._(
                "The effect cannot be told: of %(written)s who were written to and"
                " %(held)s who were held out, each needs to be at least %(need)s.",
                written=written.members,
                held=held.members,
                need=MIN_GROUP,
            )
        currency = segment.l10n_ir_company_id.currency_id
        effect = self.env._(
            "%(written)s %% of %(written_members)s who were written to bought, and"
            " %(held)s %% of %(held_members)s who were held out: %(lift)s %% more (between"
            " %(low)s and %(high)s), and %(revenue)s more by head.",
            written=round(100 * written.share, 1),
            written_members=written.members,
            held=round(100 * held.share, 1),
            held_members=held.members,
            lift=round(100 * found.share, 1),
            low=round(100 * found.low, 1),
            high=round(100 * found.high, 1),
            revenue=format_amount(self.env, found.revenue, currency),
        )
        if found.is_certain:
            return effect
        return f"{effect} {self.env._('The difference may be chance.')}"
