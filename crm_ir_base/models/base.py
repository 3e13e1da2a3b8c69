from odoo import api, models

from .import_batch import ImportBatch


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model
    def load(self, fields, data):
        """Override: an import that keeps account of its rows isolates those that fail."""
        batch = self.env.context.get("crm_ir_import_batch")
        if not isinstance(batch, ImportBatch):
            return super().load(fields, data)
        return batch.load(self, super().load, fields, data)

    @api.model
    def _convert_records(self, records, *, log=lambda message: None, savepoint):
        """Override: see `load`."""
        batch = self.env.context.get("crm_ir_import_batch")
        if isinstance(batch, ImportBatch):
            log = batch.watched(log)
        return super()._convert_records(records, log=log, savepoint=savepoint)

    def _load_records(self, data_list, update=False):
        """Override: see `load`."""
        batch = self.env.context.get("crm_ir_import_batch")
        if not isinstance(batch, ImportBatch):
            return super()._load_records(data_list, update)
        return batch.load_records(self, super()._load_records, data_list, update)
