from odoo.tests import Form, TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestPlaces(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.iran = cls.env.ref("base.ir")
        cls.State = cls.env["res.country.state"]
        cls.City = cls.env["res.city"]
        cls.env["res.lang"]._activate_lang("fa_IR")

    def _province(self, iso):
        return self.State.search([("l10n_ir_iso_code", "=", iso)])

    def test_every_province_and_city_is_there_once(self):
        provinces = self.State.search([("country_id", "=", self.iran.id)])
        self.assertEqual(len(provinces), 31)
        self.assertEqual(
            set(provinces.mapped("l10n_ir_iso_code")),
            {f"IR-{number:02}" for number in range(31)},
        )
        self.assertGreaterEqual(
            self.City.search_count([("state_id", "in", provinces.ids)]), 1100
        )

    def test_names_follow_the_language(self):
        self.env.company.country_id = self.iran
        province = self._province("IR-23")
        self.assertEqual(province.with_context(lang="fa_IR").display_name, "تهران")
        self.assertEqual(province.with_context(lang="en_US").display_name, "Tehran")
        city = self.City.search([("name", "=", "Mashhad")])
        self.assertEqual(city.with_context(lang="fa_IR").display_name, "مشهد")

    def test_a_province_is_found_by_any_spelling(self):
        province = self._province("IR-09")
        for spelling in ("خراسان رضوی", "خراسان رضوي", "Razavi Khorasan"):
            with self.subTest(spelling):
                found = self.State.name_search(spelling)
                self.assertIn(province.id, [id_ for id_, _name in found])

    def test_loading_again_leaves_one_set(self):
        count = self.City.search_count([])
        provinces = self.State._l10n_ir_load_provinces()
        self.City._l10n_ir_load_cities(provinces)
        self.assertEqual(self.City.search_count([]), count)
        self.assertEqual(len(provinces), 31)

    def test_another_list_of_provinces_after_ours_makes_no_second_set(self):
        """Names, blanks and codes as the common AGPL list writes them."""
        province = self._province("IR-23")
        before = self.State.search_count([])
        brought = self.State.create(
            [
                {
                    "country_id": self.iran.id,
                    "name": "استان  تهران",
                    "code": "10",
                },
                {
                    "country_id": self.iran.id,
                    "name": "استان چهارمحال بختياري",
                    "code": "12",
                },
                {"country_id": self.env.ref("base.us").id, "name": "X", "code": "X9"},
            ]
        )
        self.assertEqual(brought[0], province)
        self.assertEqual(brought[1], self._province("IR-14"))
        self.assertEqual(self.State.search_count([]), before + 1)
        city = self.City.create(
            {"name": "تهران", "country_id": self.iran.id, "state_id": province.id}
        )
        self.assertEqual(city.with_context(lang="en_US").name, "Tehran")

    def test_a_list_of_provinces_before_ours_is_completed(self):
        province = self._province("IR-23")
        province.write(
            {
                "name": "استان  تهران",
                "code": "10",
                "l10n_ir_iso_code": False,
                "l10n_ir_name_en": False,
            }
        )
        self.assertEqual(self.State._l10n_ir_load_provinces()["IR-23"], province)
        self.assertEqual(province.l10n_ir_iso_code, "IR-23")
        self.assertEqual(province.code, "10", "the other list keeps its own code")

    def test_choosing_a_city_fills_the_province_and_keeps_the_postal_code(self):
        city = self.City.search([("name", "=", "Mashhad")])
        self.iran.enforce_cities = True
        form = Form(
            self.env["res.partner"].with_context(
                lang="fa_IR", default_country_id=self.iran.id
            )
        )
        form.name = "رضا نمونه"
        form.zip = "9133712345"
        form.city_id = city
        partner = form.save()
        self.assertEqual(partner.city, "مشهد")
        self.assertEqual(partner.state_id, self._province("IR-09"))
        self.assertEqual(partner.zip, "9133712345")

    def test_uninstalling_keeps_the_cities_that_are_used(self):
        provinces = self.State._l10n_ir_load_provinces()
        city = self.City.search([("name", "=", "Mashhad")])
        self.env["res.partner"].create({"name": "رضا نمونه", "city_id": city.id})
        self.City._l10n_ir_unload_cities(provinces)
        self.assertEqual(self.City.search([("country_id", "=", self.iran.id)]), city)
