import csv

from odoo import api, models
from odoo.tools import file_open
from odoo.tools.sql import SQL

from ..tools.places import place_key


class ResCity(models.Model):
    _inherit = "res.city"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base_address_extended`: a city that its Iranian province has
        already, under another spelling, is returned and not made twice."""
        iran = self.env.ref("base.ir")
        known = {}
        if any(vals.get("country_id") == iran.id for vals in vals_list):
            known = self._l10n_ir_by_key()
        found = {
            index: city
            for index, vals in enumerate(vals_list)
            if vals.get("country_id") == iran.id
            and (
                city := known.get(
                    (vals.get("state_id"), place_key(vals.get("name") or ""))
                )
            )
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
        """Cities of Iran by (province id, key of a name in any language)."""
        iran = self.env.ref("base.ir")
        self.flush_model(["country_id", "name", "state_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT city.id, city.state_id, names.value
                     FROM res_city city, jsonb_each_text(city.name) AS names
                    WHERE city.country_id = %s""",
                iran.id,
            )
        )
        return {
            (state_id, place_key(name)): self.browse(city_id)
            for city_id, state_id, name in rows
        }

    @api.model
    def _l10n_ir_load_cities(self, provinces):
        """Create the cities that are not there, with Persian and English names.

        :param provinces: ISO code -> province
        """
        iran = self.env.ref("base.ir")
        known = self._l10n_ir_by_key()
        with file_open("crm_ir_base/data/places/cities.csv") as file:
            rows = [
                (provinces[row["province_iso"]], row) for row in csv.DictReader(file)
            ]
        rows = [
            (state, row)
            for state, row in rows
            if (state.id, place_key(row["name_fa"])) not in known
        ]
        cities = self.with_context(lang="en_US").create(
            [
                {"name": row["name_en"], "country_id": iran.id, "state_id": state.id}
                for state, row in rows
            ]
        )
        self.flush_model(["name"])
        # Persian is written beside English even where it is not installed yet
        self.env.cr.execute_values(
            """UPDATE res_city SET name = name || jsonb_build_object('fa_IR', names.fa)
                 FROM (VALUES %s) AS names (id, fa) WHERE res_city.id = names.id""",
            [
                (city.id, row["name_fa"])
                for city, (_state, row) in zip(cities, rows, strict=True)
            ],
        )
        cities.invalidate_recordset(["name"])

    @api.model
    def _l10n_ir_unload_cities(self, provinces):
        """Delete the cities of our list that nobody uses and no other module brought.

        :param provinces: ISO code -> province
        """
        known = self._l10n_ir_by_key()
        with file_open("crm_ir_base/data/places/cities.csv") as file:
            cities = self.union(
                *(
                    known.get(
                        (provinces[row["province_iso"]].id, place_key(row["name_fa"])),
                        self,
                    )
                    for row in csv.DictReader(file)
                )
            )
        cities -= (
            self.env["res.partner"]
            .with_context(active_test=False)
            .search([("city_id", "in", cities.ids)])
            .city_id
        )
        brought = self.env["ir.model.data"].search(
            [("model", "=", self._name), ("res_id", "in", cities.ids)]
        )
        (cities - self.browse(brought.mapped("res_id"))).unlink()
