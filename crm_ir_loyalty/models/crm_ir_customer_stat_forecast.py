from odoo import api, fields, models
from odoo.tools import format_amount

from ..tools.churn import Churn


class CrmIrCustomerStat(models.Model):
    # one file for each thing that is told of a customer
    _inherit = "crm.ir.customer.stat"  # pylint: disable=consider-merging-classes-inherited

    active_probability = fields.Float(
        "Still a Customer",
        readonly=True,
        aggregator="avg",
        help="How likely it is that the customer will ever buy again.",
    )
    expected_purchases = fields.Float(
        readonly=True,
        help="How many purchases are foretold for the next twelve months.",
    )
    value = fields.Monetary(
        "Expected Value",
        readonly=True,
        help="What the purchases of the next twelve months are worth today: foretold from"
        " how often, how recently and for how much the customer bought.",
    )
    churn_risk = fields.Float(
        "Risk of Leaving",
        readonly=True,
        aggregator="avg",
        help="How likely it is that the customer buys nothing until they count as"
        " inactive. Shown where it tells more than the day of the last purchase does.",
    )
    churn_reasons = fields.Text(
        "Why at Risk",
        compute="_compute_churn_reasons",
        help="What sets this customer apart from the average one, the weightiest first.",
    )

    @api.depends("churn_risk", "last_purchase")
    def _compute_churn_reasons(self):
        forecasts = {
            company: self.env["crm.ir.customer.forecast"].sudo()._last(company)
            for company in self.company_id
        }
        for stat in self:
            forecast = forecasts.get(stat.company_id)
            if not (stat.churn_risk and forecast and forecast.churn):
                stat.churn_reasons = False
                continue
            today = stat.company_id._l10n_ir_today()
            away = (today - stat.last_purchase).days
            known = (today - stat.first_purchase).days
            sentences = {
                "recency": self.env._(
                    "The last purchase was %(days)s days ago.", days=away
                ),
                "frequency": self.env._(
                    "Bought on %(days)s days so far.", days=stat.frequency
                ),
                "monetary": self.env._(
                    "Bought for %(amount)s in all.",
                    amount=format_amount(self.env, stat.monetary, stat.currency_id),
                ),
                "tenure": self.env._("First bought %(days)s days ago.", days=known),
            }
            reasons = Churn(**forecast.churn).reasons(
                (away, stat.frequency, stat.monetary, known)
            )
            stat.churn_reasons = "\n".join(sentences[name] for name, _ in reasons)
