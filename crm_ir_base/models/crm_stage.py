from odoo import api, models


class CrmStage(models.Model):
    _inherit = "crm.stage"

    @api.model
    def _l10n_ir_prepare_pipeline(self):
        """Add our stages to a new Iranian database.

        A pipeline in use, and one of people who do not work in Iran, stays as it is.
        """
        iranian = self.env.ref("base.main_company").country_id.code == "IR"
        persian = self.env["res.lang"]._get_data(code="fa_IR")
        leads = self.env["crm.lead"].with_context(active_test=False)
        if (iranian or persian) and not leads.search_count([], limit=1):
            self._l10n_ir_add_stages()

    @api.model
    def _l10n_ir_add_stages(self):
        """Put two stages between those of stock, which keep their order.

        New, **Contacted**, Qualified, Proposition, **Negotiation**, Won.
        """
        sequences = {
            "crm.stage_lead1": 1,
            "crm.stage_lead2": 3,
            "crm.stage_lead3": 4,
        }
        for xml_id, sequence in sequences.items():
            if stage := self.env.ref(xml_id, raise_if_not_found=False):
                stage.sequence = sequence
        stages = {
            "crm_ir_base.crm_stage_contacted": {
                "name": "Contacted",
                "sequence": 2,
                "color": 4,
            },
            "crm_ir_base.crm_stage_negotiation": {
                "name": "Negotiation",
                "sequence": 5,
                "color": 2,
            },
        }
        self._load_records(
            [
                {"xml_id": xml_id, "noupdate": True, "values": values}
                for xml_id, values in stages.items()
            ],
            update=True,
        )
