import time

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

# A sort of ten million purchases, faster in pieces that fit the caches of the processor
# and by parallel workers, which the usual cost of passing on a row rules out; and a join
# of a million customers. Neither gains by compiling. For the transaction of the run alone.
SETTINGS = {"work_mem": "32MB", "jit": "off", "parallel_tuple_cost": "0"}


class CrmIrCustomerRun(models.Model):
    """When the customers of a company were recomputed last, and by which bounds.

    The row is locked by the run under way, so that there is one at a time.
    """

    _name = "crm.ir.customer.run"
    _description = "Recomputation of Customers"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Date(
        "Reference Day",
        readonly=True,
        help="The day from which days were counted when all customers were recomputed.",
    )
    bounds = fields.Json(readonly=True)
    customers = fields.Integer(readonly=True)
    seconds = fields.Float(readonly=True)

    _company_uniq = models.Constraint(
        "UNIQUE (company_id)", "Customers of this company have a run already."
    )

    @api.model
    def _work(self):
        """Bring all companies up to date: all customers once a day, for time alone moves
        them, and whenever that was asked for; else those that were touched."""
        companies = self.env["res.company"].search([])
        for number, company in enumerate(companies, 1):
            self._update(company)
            self.env["ir.cron"]._commit_progress(1, remaining=len(companies) - number)

    @api.model
    def _update(self, company):
        """Recompute what is out of date in a company, unless another does so now."""
        today = company._l10n_ir_today()
        run = self._claim(company)
        if not run:
            return
        touches = self.env["crm.ir.customer.touch"]
        touched = Domain("company_id", "=", company.id)
        everybody = touched & Domain("partner_id", "=", False)
        # without bounds nobody could be scored alone
        if (
            run.date != today
            or not run.bounds
            or touches.search_count(everybody, limit=1)
        ):
            run._run_full(today)
        elif touches.search_count(touched, limit=1):
            run._run_touched()

    @api.model
    def _claim(self, company):
        """The locked run of a company; none where another transaction has it."""
        run = self.search([("company_id", "=", company.id)])
        if not run:
            run = self.create({"company_id": company.id})
        return run.try_lock_for_update()

    def _run_full(self, reference):
        """Recompute all customers and cohorts as of a day."""
        self.ensure_one()
        start = time.monotonic()
        self._apply_settings()
        stats = self.env["crm.ir.customer.stat"]
        bounds = stats._refresh(self.company_id, reference, moves=bool(self.date))
        self.env["crm.ir.customer.cohort"]._refresh(self.company_id, reference)
        self._take_touches()
        self.write(
            {
                "date": reference,
                "bounds": bounds,
                "customers": stats.search_count(
                    [("company_id", "=", self.company_id.id), ("frequency", ">", 0)]
                ),
                "seconds": time.monotonic() - start,
            }
        )

    def _run_touched(self):
        """Recompute the touched customers by the bounds of the last full run."""
        self.ensure_one()
        self._apply_settings()
        self.env["crm.ir.customer.stat"]._refresh(
            self.company_id,
            self.date,
            bounds=self.bounds,
            customer_ids=self._take_touches(),
        )

    def _take_touches(self):
        """Remove what this transaction sees in the queue; return ids of the customers."""
        contacts = SQL(
            "DELETE FROM crm_ir_customer_touch WHERE company_id = %s RETURNING partner_id",
            self.company_id.id,
        )
        # a contact that became a customer of its own, or stopped being one, counts too
        rows = self.env.execute_query(
            SQL(
                """
                WITH touch AS (%s)
                SELECT partner_id FROM touch WHERE partner_id IS NOT NULL
                 UNION
                SELECT partner.commercial_partner_id
                  FROM touch JOIN res_partner AS partner ON partner.id = touch.partner_id
                """,
                contacts,
            )
        )
        self.env["crm.ir.customer.touch"].invalidate_model()
        return [partner_id for (partner_id,) in rows]

    def _apply_settings(self):
        for name, value in SETTINGS.items():
            self.env.cr.execute(SQL("SELECT set_config(%s, %s, TRUE)", name, value))

    @api.model
    def action_recompute(self):
        """Have all customers of the current company recomputed by the job, at once.

        Raises AccessError for people who do not manage sales.
        """
        if not self.env.user.has_group("sales_team.group_sale_manager"):
            raise AccessError(
                self.env._("Ask a sales manager to recompute the customers.")
            )
        self.env["crm.ir.customer.touch"]._add(
            [(self.env.company, self.env["res.partner"])]
        )
        self.env.ref("crm_ir_loyalty.ir_cron_crm_ir_customer_run").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The customers are being recomputed; this takes up to some minutes."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
