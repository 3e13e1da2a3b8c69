import csv

from odoo import api, fields, models
from odoo.tools import file_open

from ..tools.places import place_key


class ResCountryState(models.Model):
    _inherit = "res.country.state"

    l10n_ir_iso_code = fields.Char(
        string="ISO 3166-2",
        index="btree_not_null",
        help="Code of an Iranian province in ISO 3166-2:IR, such as IR-23 for Tehran.",
    )
    l10n_ir_name_en = fields.Char(
        string="English Name",
        help="Shown in place of the Persian name where the interface is not in Persian.",
    )

    @property
    def _rec_names_search(self):
        return [*super()._rec_names_search, "l10n_ir_name_en"]

    @api.depends("name", "l10n_ir_name_en")
    @api.depends_context("lang", "company")
    def _compute_display_name(self):
        """Override of `base`: a province in the reader's language, and without the
        country where the company is at home in it."""
        super()._compute_display_name()
        if self.env.context.get("formatted_display_name"):
            return
        persian = (self.env.lang or "").startswith("fa")
        at_home = self.env.company.country_id.code == "IR"
        for state in self.filtered("l10n_ir_iso_code"):
            name = state.name if persian else state.l10n_ir_name_en or state.name
            state.display_name = name if at_home else f"{name} (IR)"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: an Iranian province that is there already, under another
        spelling, is returned and not made twice, whoever brings the list of provinces."""
        iran = self.env.ref("base.ir")
        known = {}
        if any(vals.get("country_id") == iran.id for vals in vals_list):
            known = self._l10n_ir_by_key()
        found = {
            index: state
            for index, vals in enumerate(vals_list)
            if vals.get("country_id") == iran.id
            and (state := known.get(place_key(vals.get("name") or "")))
        }
        created = iter(
            super().create(
                [vals for index, vals in enumerate(vals_list) if index not in found]
            )
        )
        return self.concat(
            *(found.get(index) or next(created) for index in range(len(vals_list)))
        )

    @api.model
    def _l10n_ir_by_key(self):
        """Provinces of Iran by the keys of their names, aliases included."""
        states = self.search([("country_id", "=", self.env.ref("base.ir").id)])
        by_iso = {state.l10n_ir_iso_code: state for state in states}
        by_key = {
            place_key(name): state
            for state in states
            for name in (state.name, state.l10n_ir_name_en)
            if name
        }
        for province in self._l10n_ir_provinces():
            names = [province["name_fa"], province["name_en"]]
            names += filter(None, province["aliases"].split(";"))
            keys = [place_key(name) for name in names]
            state = by_iso.get(province["iso"])
            state = state or next((by_key[key] for key in keys if key in by_key), None)
            if state:
                by_key.update(dict.fromkeys(keys, state))
        return by_key

    @api.model
    def _l10n_ir_provinces(self):
        """Rows of `data/places/provinces.csv`."""
        with file_open("crm_ir_base/data/places/provinces.csv") as file:
            return list(csv.DictReader(file))

    @api.model
    def _l10n_ir_load_provinces(self):
        """Create the provinces that are not there, and complete those that are.

        :return: ISO code -> province
        """
        iran = self.env.ref("base.ir")
        by_key = self._l10n_ir_by_key()
        provinces = {}
        for row in self._l10n_ir_provinces():
            names = {"l10n_ir_iso_code": row["iso"], "l10n_ir_name_en": row["name_en"]}
            state = by_key.get(place_key(row["name_fa"]))
            if state:
                state.write(names)
            else:
                # a whole ISO code as the code: numbers alone are other lists' codes
                state = self.create(
                    {
                        "country_id": iran.id,
                        "name": row["name_fa"],
                        "code": row["iso"],
                        **names,
                    }
                )
                self.env["ir.model.data"]._update_xmlids(
                    [
                        {
                            "xml_id": "crm_ir_base.state_"
                            + row["iso"].lower().replace("-", "_"),
                            "record": state,
                            "noupdate": True,
                        }
                    ]
                )
            provinces[row["iso"]] = state
        return provinces
